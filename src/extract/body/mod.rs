//! The text of the article: the element that holds it, and which of that element's blocks belong to it by rule.

pub(crate) mod choose;
pub(crate) mod clean;
mod leftovers;
pub(crate) mod phrases;
pub(crate) mod settle;

#[cfg(test)]
mod tests;
