//! What can be asked of an engine and what it answers: plain data, and the trait that every engine implements.
//!
//! Nothing here knows how an index is made; the JSON forms of [`Hit`] and [`ArticleView`] are contracts, written
//! down in the README and versioned by [`VERSION`].

mod around;
mod cursor;
mod pairs;
mod request;
mod response;

pub use around::{Bucket, By, Earliest, Firsts, Of, Timeline, YearRow, Years};
pub use cursor::Cursor;
pub use pairs::{Evidence, Pair, Pairs, PairsAsked, Window, With};
pub use request::{Facet, Listing, Request, Sort};
pub use response::{
    ArticleView, ExtractRow, FacetValue, Facets, Failed, Hit, MentionView, Page, PlaceRef, Response, Snippet, Stats,
    Story, Teller, Why,
};

use crate::error::Result;

/// Version of the JSON contracts. Adding a key keeps it.
pub const VERSION: u32 = 1;

/// A search engine over one archive. One shard, many shards and test doubles look the same from outside.
pub trait Engine {
    /// The match of the request, ranked, with snippets.
    fn search(&self, request: &Request) -> Result<Response>;

    /// How many articles match, and how the query was read: a response without hits, from the same match as
    /// [`Engine::search`].
    fn count(&self, request: &Request) -> Result<Response>;

    /// When the articles of the match were published, or with `about` which days they speak of: a row for each `by`, the
    /// fitting unit where there is none. With `shares` each row is held against all articles. No order, limit or group
    /// of the request matters.
    fn timeline(&self, request: &Request, by: Option<By>, about: bool, shares: bool) -> Result<Timeline>;

    /// The earliest article of the match, of all, of each site and of each language.
    fn first(&self, request: &Request) -> Result<Firsts>;

    /// Who or what stands beside what was asked for, in the windows of the match; [`Request::limit`] bounds the rows.
    fn pairs(&self, request: &Request, asked: &PairsAsked) -> Result<Pairs>;

    /// The best articles of the match on one day of each year, `(month, day)`: published then, or with `about` speaking of
    /// it. The limit of the request holds for each year.
    fn on(&self, request: &Request, day: (i8, i8), about: bool) -> Result<Years>;

    /// Articles that share the telling words of the one with this id, best first, without it and its copies. The text of
    /// the request is passed over; the answer's says which words were looked for.
    fn similar(&self, id: &str, request: &Request) -> Result<Response>;

    /// The articles that tell the story of the one with this id, itself among them, each with how much of it is the
    /// same. An article that stands alone is the only one.
    fn copies(&self, id: &str) -> Result<Story>;

    /// How many articles of the match are about each value of `facet`; [`Request::limit`] bounds the values.
    fn facets(&self, request: &Request, facet: Facet) -> Result<Facets>;

    /// One article by its id: the newest capture.
    fn show(&self, id: &str) -> Result<ArticleView>;

    /// What is in the index.
    fn stats(&self) -> Result<Stats>;
}
