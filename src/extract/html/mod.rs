//! From the text of a page to an [`outline::Outline`] of it: flat lists of elements, blocks and metadata.
//!
//! `strip` takes out what no rule reads, `parse` builds the tree of what is left, `reader` walks it once.

pub(crate) mod class_hints;
pub(crate) mod head_link;
pub(crate) mod outline;
pub(crate) mod parse;
pub(crate) mod reader;
pub(crate) mod references;
pub(crate) mod strip;
mod tag;
pub(crate) mod value_text;
