//! The library under `search`, the search engine for news archives.
//!
//! One type per stage, data down: an archive folder gives [`input::Source`]s, a source gives an [`input::Page`], a page
//! gives an [`extract::Article`], an article gives [`annotate::Annotations`], and all of these go into the index. See
//! ARCHITECTURE.md for the map and the invariants.

pub mod annotate;
pub mod api;
pub mod date;
pub mod engine;
pub mod error;
pub mod extract;
pub mod index;
pub mod input;
pub mod lang;
#[cfg(feature = "mcp")]
pub mod mcp;
pub mod output;
pub mod query;
pub mod text;
#[cfg(feature = "serve")]
pub mod web;

pub use error::{Error, Result};
