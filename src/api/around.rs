//! What is answered about a match as a whole.

use serde::Serialize;

use super::Hit;

/// The unit of a timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// A row a year.
    #[default]
    Year,
    /// A row a month.
    Month,
    /// A row a day.
    Day,
}

/// When the articles of a match were published, or which days they speak of.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// Articles that match. By publication it is the sum of the rows; by dates mentioned an article may be in several.
    pub total: u64,
    /// The unit of the rows.
    pub by: By,
    /// By dates mentioned, not by publication.
    pub about: bool,
    /// Rows with articles, earliest first; undated articles last.
    pub rows: Vec<Bucket>,
    /// How the query was read, in canonical form.
    pub query: String,
    /// What was dropped or read otherwise than typed; one sentence each.
    pub notes: Vec<String>,
    /// Other spellings of names that were searched too.
    pub also: Vec<String>,
}

/// One row of a timeline. Its JSON form is the contract of `search timeline --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bucket {
    /// ISO 8601: the year, month or day; a coarser one for articles that are dated no finer, an interval for what is
    /// longer than a year; null for undated articles.
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

/// The earliest articles of a match.
#[derive(Clone, Debug, Default)]
pub struct Firsts {
    /// Articles that match.
    pub total: u64,
    /// Those of them without a date, which are first of nothing.
    pub undated: u64,
    /// The first of all, of each site and of each language; earliest first among each of the three.
    pub rows: Vec<Earliest>,
    /// How the query was read, in canonical form.
    pub query: String,
    /// What was dropped or read otherwise than typed; one sentence each.
    pub notes: Vec<String>,
    /// Other spellings of names that were searched too.
    pub also: Vec<String>,
}

/// One row of `search first`. Its JSON form is the contract of `search first --json`.
#[derive(Clone, Debug, Serialize)]
pub struct Earliest {
    /// `all`, `site` or `lang`.
    pub of: Of,
    /// The site or the language; null for all.
    pub name: Option<String>,
    /// The article, with rank 0, score 0 and no snippets.
    #[serde(flatten)]
    pub hit: Hit,
}

/// One day of the calendar through the years.
#[derive(Clone, Debug, Default)]
pub struct Years {
    /// A row for each year with articles, earliest first.
    pub rows: Vec<YearRow>,
    /// How the query was read, in canonical form.
    pub query: String,
    /// What was dropped or read otherwise than typed; one sentence each.
    pub notes: Vec<String>,
    /// Other spellings of names that were searched too.
    pub also: Vec<String>,
}

/// One year of `search on`. Its JSON form is the contract of `search on --json`.
#[derive(Clone, Debug, Serialize)]
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
