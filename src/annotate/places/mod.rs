//! Places: from names to the places they mean. See README.md beside this file.

mod dateline;
mod resolve;
mod states;

pub(crate) use dateline::{dateline, name_dateline};
pub(crate) use resolve::{likely, resolve};
pub(crate) use states::drop_states;

#[cfg(test)]
mod tests;
