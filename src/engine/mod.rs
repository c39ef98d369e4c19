//! Engines: what answers a [`crate::api::Request`].

mod live;
mod local;
mod plan;

pub use live::Live;
pub use local::{Local, mentions};
