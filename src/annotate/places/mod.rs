//! Places: from names to the places they mean. See README.md beside this file.

mod dateline;
mod resolve;

pub use dateline::{dateline, name_dateline};
pub use resolve::{likely, resolve};

#[cfg(test)]
mod tests;
