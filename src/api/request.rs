//! What is asked.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use sha2::{Digest, Sha256};

use super::Cursor;
use crate::date::Date;
use crate::text::Aliases;

/// One search. Every text is a valid query, but for filters with a value that cannot be read.
#[derive(Clone, Debug)]
pub struct Request {
    /// The query as typed.
    pub text: String,
    /// Today, for dates such as "last week".
    pub today: Date,
    /// What to list beside the match.
    pub listing: Listing,
    /// Order of the hits.
    pub sort: Sort,
    /// Most hits to list; 0 lists the whole match.
    pub limit: usize,
    /// Hits to pass over before the first one listed.
    pub offset: usize,
    /// Where the list goes on; `None` for its beginning. A cursor of another query is an error.
    pub after: Option<Cursor>,
    /// Days after which an article has lost half of what it loses for its age, which is half of its score in the end;
    /// `None` where age is no matter.
    pub recency: Option<u32>,
    /// Snippets a hit, at most; 0 for none.
    pub snippets: usize,
    /// List one article of each story, the best, with what is known of the others. Where all captures are searched, each
    /// stands for itself.
    pub group: bool,
    /// Name the other articles of each story.
    pub copies: bool,
    /// Search all captures of an article, not only the newest; a filter on the time of capture does so too.
    pub versions: bool,
    /// Look for words and names as they are typed, not in other forms or spellings.
    pub exact: bool,
    /// Search a filter whose value cannot be read as words; else such a query is an error that says what would fit.
    pub lenient: bool,
    /// Names that the user says are of one bearer, beside the table of the program.
    pub names: Option<Arc<Aliases>>,
    /// Say of each hit why it has its score.
    pub explain: bool,
    /// When the asker has waited long enough: the engine gives up then. `None` for never.
    pub until: Option<Instant>,
    /// Set from another thread, it makes the engine give up; `None` where nobody will.
    pub cancel: Option<Arc<AtomicBool>>,
}

impl Request {
    /// A search for `text` with the defaults of the command line.
    pub fn new(text: impl Into<String>, today: Date) -> Request {
        Request {
            text: text.into(),
            today,
            listing: Listing::default(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            after: None,
            recency: None,
            snippets: 1,
            group: true,
            copies: false,
            versions: false,
            exact: false,
            lenient: false,
            names: None,
            explain: false,
            until: None,
            cancel: None,
        }
    }

    /// A number that tells apart what lists in another order: text, listing, order, captures, grouping, spellings,
    /// recency. How many hits are listed, and how, is no part of it.
    pub(crate) fn digest(&self) -> u64 {
        let Request { text, listing, sort, versions, group, exact, recency, .. } = self;
        let asked = format!("{listing:?} {sort:?} {versions} {group} {exact} {recency:?} {text}");
        Sha256::digest(asked.as_bytes()).first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }
}

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// People mentioned.
    People,
    /// Places mentioned, and all that contain them but continents.
    Places,
    /// Organisations mentioned.
    Orgs,
    /// Single days that the text speaks of.
    About,
    /// Sites, each with those below it.
    Sites,
    /// Languages.
    Languages,
    /// Years of publication.
    Years,
    /// Kinds of page.
    Kinds,
}

impl Facet {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Facet::People => "people",
            Facet::Places => "places",
            Facet::Orgs => "orgs",
            Facet::About => "about",
            Facet::Sites => "sites",
            Facet::Languages => "languages",
            Facet::Years => "years",
            Facet::Kinds => "kinds",
        }
    }
}

/// What is listed beside the match: the articles that hold all words of the query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    /// Where the match is smaller than the limit, the best articles that lack some words follow it, marked.
    #[default]
    Fill,
    /// The match alone.
    All,
    /// Any word of the query makes a match.
    Any,
}

/// Order of the hits. Ties are broken by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Oldest first; undated articles last.
    Date,
    /// Newest first; undated articles last.
    DateDown,
    /// By site, then best first.
    Site,
    /// Longest first.
    Words,
}

impl Sort {
    /// Every order.
    pub(crate) const ALL: [Sort; 5] = [Sort::Score, Sort::Date, Sort::DateDown, Sort::Site, Sort::Words];

    /// The name by which it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Score => "score",
            Sort::Date => "date",
            Sort::DateDown => "-date",
            Sort::Site => "site",
            Sort::Words => "words",
        }
    }

    /// The order of this name.
    pub fn named(name: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.name() == name)
    }
}
