//! What can be asked of an engine and what it answers: plain data, and the trait that every engine implements.
//!
//! Nothing here knows how an index is made; the JSON forms of [`Hit`] and [`ArticleView`] are contracts, written
//! down in the README and versioned by [`VERSION`].

mod cursor;
mod request;
mod response;

pub use cursor::Cursor;
pub use request::{Listing, Request, Sort};
pub use response::{ArticleView, ExtractRow, Failed, Hit, MentionView, Page, PlaceRef, Response, Snippet, Stats, Why};

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

    /// One article by its id: the newest capture.
    fn show(&self, id: &str) -> Result<ArticleView>;

    /// What is in the index.
    fn stats(&self) -> Result<Stats>;
}
