//! The text of the article: the element that holds it, and which of that element's blocks belong to it by rule.

pub(crate) mod choose;
pub(crate) mod clean;
pub(crate) mod phrases;

#[cfg(test)]
mod tests;
