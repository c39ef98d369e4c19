//! What the runners of this folder share: inputs made at random, and what must not come of any input.

pub mod annotated;
pub mod archive;
pub mod clock;
pub mod container;
pub mod index_files;
pub mod page;
pub mod pages;
pub mod queries;
pub mod query;
pub mod random;
pub mod seeds;
