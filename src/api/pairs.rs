//! Who and where together.

use serde::Serialize;

/// What kind of partner is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// People.
    People,
    /// Places that are known; not what contains them.
    Places,
    /// Organisations.
    Orgs,
}

/// How near a partner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
    /// Anywhere in the article.
    Article,
}

/// What is asked of the sentences of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairsAsked {
    /// The kind of partner.
    pub with: With,
    /// Where it stands.
    pub window: Window,
    /// Pieces of evidence a row, at most; earliest published first.
    pub evidence: usize,
    /// Only partners whose name holds this text, capitals and accents no matter.
    pub show: Option<String>,
}

/// One partner. Its JSON form is the contract of `search pairs --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The name that is printed most often, or the main name of a place.
    pub value: String,
    /// Of a place: its id in GeoNames or in a table of places.
    pub id: Option<u32>,
    /// Of a place: ISO 3166-1 code; null where there is none.
    pub country: Option<String>,
    /// Articles that name both in one window.
    pub articles: u64,
    /// Stories that these articles tell: copies of one count once.
    pub stories: u64,
    /// How often the partner is named in such windows.
    pub times: u64,
    /// Where; earliest published first, undated last.
    pub evidence: Vec<Evidence>,
}

/// The sentences that name both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// Id of the article, 16 hex digits.
    pub id: String,
    /// When it was published, ISO 8601.
    pub date: Option<String>,
    /// Host without `www.`, or the site's name.
    pub site: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Where the text begins in the stored body, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The text between the two.
    pub text: String,
}
