//! Engines: what answers a [`crate::api::Request`].

mod local;

pub use local::{Local, mentions};
