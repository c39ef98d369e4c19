//! The rows of views of a match as a whole.

use serde::Serialize;

use super::Hit;

/// The unit of a timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// A row a year.
    #[default]
    Year,
    /// A row a quarter.
    Quarter,
    /// A row a month.
    Month,
    /// A row a week, Monday to Sunday (ISO 8601).
    Week,
    /// A row a day.
    Day,
}

/// One row of a timeline. Its JSON form is the contract of `search timeline --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bucket {
    /// The site, language or kind whose articles are counted; none where all of the match are counted together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// ISO 8601: the year, month, week or day; a quarter as `2020-Q4`; a coarser one for articles that are dated no finer, an
    /// interval for what is longer than a year; null for undated articles.
    pub date: Option<String>,
    /// Articles of the match.
    pub articles: u64,
    /// All articles of the archive with this date; only where shares were asked for, else null.
    pub of: Option<u64>,
    /// The first as a part of the second, from 0 to 1, rounded to six decimals; null likewise.
    pub share: Option<f64>,
}

/// What an article is the first of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// The whole match.
    All,
    /// A site.
    Site,
    /// A language.
    Lang,
}

/// One row of `search first`. Its JSON form is the contract of `search first --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Earliest {
    /// `all`, `site` or `lang`.
    pub of: Of,
    /// The site or the language; null for all.
    pub name: Option<String>,
    /// When it was last changed, where that was in a later year than that of its publication: what was asked for may have
    /// come with the change. Null else.
    pub changed: Option<String>,
    /// The article, with rank 0, score 0 and no snippets.
    #[serde(flatten)]
    pub hit: Hit,
}

/// One year of `search on`. Its JSON form is the contract of `search on --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearRow {
    /// The day.
    pub date: String,
    /// Articles of the match on this day.
    pub articles: u64,
    /// Stories that they tell.
    pub stories: u64,
    /// The best of them, one a story.
    pub hits: Vec<Hit>,
}
