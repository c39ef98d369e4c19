//! Where the parts of a query stand in a stored article: the targets, their matcher, and the sentences to show.

pub(crate) mod matcher;
pub(crate) mod snippet;
pub(crate) mod targets;
