//! The archive in a browser: pages and the same as JSON, read only, from one process.
//!
//! A request becomes an `Ask`, a route makes a `Reply` of it, and `server` alone knows HTTP's library. Every
//! page is whole without a script. No answer names a folder of this machine: what is sent goes through
//! [`crate::api::Public`] or names no place.

mod ask;
mod day;
mod export;
mod guard;
mod json;
mod links;
mod pages;
mod reply;
mod routes;
mod server;

pub use server::{Doors, serve};

use crate::engine::Live;

/// What is shown: an archive, and texts of help by their names.
#[derive(Debug)]
pub struct Site {
    /// The indexes that are asked.
    pub live: Live,
    /// Name and text of each topic.
    pub help: &'static [(&'static str, &'static str)],
}
