//! Which documents hold what a plan asks for: filters, positions, and the pass that collects the match.

pub(crate) mod changes;
mod closeness;
pub(crate) mod collect;
mod excludable;
pub(crate) mod filter;
pub(crate) mod found;
pub(crate) mod lower;
pub(crate) mod occurrences;
pub(crate) mod proximity;
pub(crate) mod terms;
pub(crate) mod tiers;
