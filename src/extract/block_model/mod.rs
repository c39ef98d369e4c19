//! The block model, a fitted classifier that overrules the rules of `body::clean` block by block.

mod ancestry;
pub(crate) mod classifier;
pub(crate) mod features;
