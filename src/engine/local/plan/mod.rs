//! What a plan asks of the dictionaries of the index.

pub(crate) mod dictionary;

pub(crate) use crate::engine::plan::Plan;
