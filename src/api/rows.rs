//! What is handed out row by row, of a match that may be larger than any list.

use serde::Serialize;

use super::{MentionView, Occurrence, Page, PlaceRef};

/// What rows are made of a match.
///
/// Rows come earliest published first, undated articles last; of equal times the order is that of ids. No order, limit,
/// offset or grouping of the request matters: every article of the match is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// A [`Row::Article`] for each article.
    Articles {
        /// With everything that was found in the text.
        mentions: bool,
    },
    /// A [`Row::Occurrence`] for each place where something of the query stands, in the order of the texts, titles before
    /// bodies. What overlaps is one.
    Occurrences {
        /// Characters to show on each side, at most.
        context: usize,
    },
}

/// One row; of each kind of [`Rows`] the variant of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Of [`Rows::Articles`].
    Article(Box<ExportRow>),
    /// Of [`Rows::Occurrences`].
    Occurrence(Box<Occurrence>),
}

/// One article with all that is known of it. Its JSON form is the contract of `search export`.
///
/// Absent is null, lists are never absent, offsets are bytes into `body`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExportRow {
    /// Version of the contract.
    pub v: u32,
    /// 16 hex digits.
    pub id: String,
    /// ISO 8601 date or date-time with the zone as written.
    pub date: Option<String>,
    /// The day of `date`, `2020-12-01`; null where it is dated no finer than a month.
    pub day: Option<String>,
    /// The year of `date`.
    pub year: Option<i16>,
    /// Where the date was found: `json-ld`, `meta`, `time`, `text`, `url`.
    pub date_origin: Option<String>,
    /// `year`, `month`, `day`, `minute` or `second`.
    pub date_precision: Option<String>,
    /// When it was last changed, ISO 8601.
    pub modified: Option<String>,
    /// Host without `www.`, or the site's name.
    pub site: Option<String>,
    /// Section, as the page names it.
    pub section: Option<String>,
    /// ISO 639-1.
    pub lang: Option<String>,
    /// `article`, `live`, `stub`, `index`, `wall` or `other`.
    pub kind: String,
    /// Headline; null where the page has none.
    pub title: Option<String>,
    /// Authors in the order of the page.
    pub byline: Vec<String>,
    /// Key words that the page gives the article.
    pub tags: Vec<String>,
    /// Words in title and body.
    pub words: u64,
    /// Summary.
    pub lead: Option<String>,
    /// The stored body, paragraphs separated by a blank line.
    pub body: String,
    /// The note in which the outlet says what was wrong in it.
    pub correction: Option<String>,
    /// Names of the people mentioned, in the order of first mention.
    pub people: Vec<String>,
    /// Places mentioned, in the order of first mention.
    pub places: Vec<PlaceRef>,
    /// Distinct dates mentioned, ISO 8601, sorted, the first 50.
    pub dates: Vec<String>,
    /// Id of the first article of the story that it tells, its own where that is it; null where it stands alone.
    pub story: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Where it lies.
    #[serde(flatten)]
    pub file: Page,
    /// When the page was fetched, ISO 8601.
    pub captured: Option<String>,
    /// SHA-256 of the page's bytes, after decompression.
    pub sha256: String,
    /// SHA-256 of the stored body.
    pub text_sha256: String,
    /// Everything found in the body, in its order; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Vec<MentionView>>,
}
