//! People: which mentions name the same one. See README.md beside this file.

mod fix_boundaries;
mod forms;
mod link;
mod person;
mod propagate_mentions;

pub(crate) use fix_boundaries::fix_boundaries;
pub(crate) use link::{Linked, link};
pub(crate) use propagate_mentions::propagate_mentions;

#[cfg(test)]
mod tests;
