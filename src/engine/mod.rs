//! Engines: what answers a [`crate::api::Request`].

mod local;
mod plan;

pub use local::{Local, mentions};
