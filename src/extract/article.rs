//! The article: what extraction found on one page.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::date::{Date, Stamp};
use crate::extract::html::value_text::one_line;

/// One article. The body is frozen: every later span is a byte range into exactly these bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Headline without the site's name; empty where there is none.
    pub title: String,
    /// Names of the authors, in the order of the page.
    pub byline: Vec<String>,
    /// When it was published.
    pub published: Option<Dated>,
    /// When it was last changed.
    pub modified: Option<Stamp>,
    /// The first day on which the page may be read in another way: one of its dates was refused as it lies ahead of the day
    /// on which the page was read, and is allowed by then. No part of the article that is stored or shown.
    #[serde(skip)]
    pub dated_ahead: Option<Date>,
    /// When an archive of the web saved it, where the page's address is that of the archive's copy. No part of the article
    /// that is stored: the page knows when it was saved.
    #[serde(skip)]
    pub captured: Option<Stamp>,
    /// Section or rubric, as the page names it.
    pub section: Option<String>,
    /// Key words that the page gives the article, in its order, each once; at most 40.
    pub tags: Vec<String>,
    /// The note in which the outlet says what was wrong in the article, on one line; at most 1,200 bytes.
    pub correction: Option<String>,
    /// Host of the page without `www.`, in lower case, or the site's name where no address is known.
    pub site: Option<String>,
    /// Address of the page: canonical where the page names one, cleaned of tracking parameters.
    pub url: Option<String>,
    /// The address that identifies the article across captures: `url`, but only where it can be trusted (not a root or
    /// section page, same registrable domain, not contradicted by the page's other evidence).
    pub identity: Option<String>,
    /// ISO 639-1 code.
    pub lang: Option<String>,
    /// What sort of page it is.
    pub kind: Kind,
    /// Summary or standfirst, from the page's own description; else the first paragraph.
    pub lead: Option<String>,
    /// Plain text in NFC, paragraphs separated by one blank line (`"\n\n"`), no other blank lines.
    pub body: String,
    /// What was odd about the page.
    pub notes: Vec<String>,
}

/// A publication date with the evidence it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The date, as precise as the page gives it.
    pub stamp: Stamp,
    /// Where it was found.
    pub origin: DateOrigin,
}

/// Where a publication date was found, strongest evidence first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrigin {
    /// schema.org data in JSON-LD.
    JsonLd,
    /// A `<meta>` tag.
    Meta,
    /// A `<time>` element or an `itemprop`.
    Time,
    /// Text of the page, beside the byline or headline.
    Text,
    /// The page's address.
    Url,
}

impl fmt::Display for DateOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateOrigin::JsonLd => "json-ld",
            DateOrigin::Meta => "meta",
            DateOrigin::Time => "time",
            DateOrigin::Text => "text",
            DateOrigin::Url => "url",
        })
    }
}

/// What sort of page it is. Nothing is dropped for its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A whole article.
    Article,
    /// A teaser or the free part of a paid article.
    Stub,
    /// A cookie, captcha, login or error page.
    Wall,
    /// A list of articles: a front page, a section, search results.
    Index,
    /// A running report of dated entries.
    Live,
    /// Anything else.
    #[default]
    Other,
}

impl Kind {
    /// All kinds, in the order in which reports list them.
    pub(crate) const ALL: [Kind; 6] = [Kind::Article, Kind::Live, Kind::Stub, Kind::Index, Kind::Wall, Kind::Other];

    /// The name used in queries and output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Stub => "stub",
            Kind::Wall => "wall",
            Kind::Index => "index",
            Kind::Live => "live",
            Kind::Other => "other",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The first paragraph of a body on one line; `None` of an empty one.
pub(crate) fn first_paragraph(body: &str) -> Option<String> {
    body.split("\n\n").next().filter(|text| !text.is_empty()).map(one_line)
}
