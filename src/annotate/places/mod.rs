//! Places: from names to the places they mean. See README.md beside this file.

mod dateline;
mod resolve;

pub(crate) use dateline::{dateline, name_dateline};
pub(crate) use resolve::{likely, resolve};

#[cfg(test)]
mod tests;
