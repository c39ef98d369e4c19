//! Where words stand, and how often for the length of what is read.

use serde::Serialize;

/// One place where something of a query stands. Its JSON form is the contract of `search lines --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// Version of the contract.
    pub v: u32,
    /// Id of the article, 16 hex digits.
    pub id: String,
    /// The day on which it was published, `2020-12-01`; null where it is dated no finer than a month.
    pub day: Option<String>,
    /// The year.
    pub year: Option<i16>,
    /// Host without `www.`, or the site's name.
    pub site: Option<String>,
    /// ISO 639-1.
    pub lang: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Where it stands.
    pub part: Part,
    /// First byte in that part.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What stands before it, whole words.
    pub left: String,
    /// The words found, as printed.
    pub hit: String,
    /// What stands behind it, whole words.
    pub right: String,
}

/// A part of an article that has words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The headline.
    Title,
    /// The stored body.
    Body,
}

/// By what frequencies are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// The year of publication.
    Year,
    /// The month of publication; articles that are dated no finer than a year have a row of that year.
    Month,
    /// The site.
    Site,
    /// The language.
    Lang,
}

/// How often something stands in the articles of one year, month, site or language. Its JSON form is the contract of
/// `search lines --per --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frequency {
    /// The year, month, site or language; null for articles without one.
    pub value: Option<String>,
    /// Places where something of the query stands, in titles and bodies.
    pub occurrences: u64,
    /// Articles that match.
    pub articles: u64,
    /// All articles that the filters of the query let through, whatever their words.
    pub of: u64,
    /// Words in titles and bodies of these.
    pub words: u64,
    /// Occurrences in a million of these words, rounded to three decimals.
    pub per_million: f64,
}
