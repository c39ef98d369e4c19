//! What is asked.

use sha2::{Digest, Sha256};

use super::Cursor;
use crate::date::Date;

/// One search. Every text is a valid query.
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
    /// Search all captures of an article, not only the newest.
    pub versions: bool,
    /// Say of each hit why it has its score.
    pub explain: bool,
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
            versions: false,
            explain: false,
        }
    }

    /// A number that tells apart what lists in another order: text, listing, order, captures, recency. How many hits are
    /// listed, and how, is no part of it.
    pub(crate) fn digest(&self) -> u64 {
        let Request { text, listing, sort, versions, recency, .. } = self;
        let asked = format!("{listing:?} {sort:?} {versions} {recency:?} {text}");
        Sha256::digest(asked.as_bytes()).first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
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
