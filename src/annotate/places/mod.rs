//! Places: from names to the places they mean. See README.md beside this file.

mod resolve;

pub use resolve::resolve;
