//! From articles to the index: fields, document mapping, the run, incremental state, captures.
//!
//! Tantivy is known here and in the local engine only.

mod access;
pub(crate) mod beside;
mod blocks;
mod check;
pub(crate) mod column;
mod compact;
mod container;
mod digest;
pub(crate) mod document;
mod fault;
mod folder;
pub(crate) mod forms;
mod frames;
pub(crate) mod geo;
mod joined;
mod listed;
pub(crate) mod location;
mod made;
mod merges;
pub(crate) mod named;
mod payload;
mod pipeline;
pub(crate) mod record;
mod removal;
mod report;
mod scan;
pub(crate) mod schema;
mod sidecar;
pub(crate) mod sites;
mod state;
pub(crate) mod store;
mod stored;
pub(crate) mod stories;
mod superseded;
pub(crate) mod terms;
#[cfg(test)]
mod tests;
mod upgrade;
mod worker;
mod worker_pool;

use crate::annotate::gazetteer::Gazetteer;

pub use check::{CheckReport, check};
pub use compact::{CompactReport, compact};
pub(crate) use folder::META;
pub(crate) use payload::Totals;
pub use pipeline::run;
pub use report::{Change, Failure, Options, Progress, Report, Skipped};
pub use store::Reader;
pub(crate) use stories::Stories;
pub(crate) use superseded::{Age, Superseded};
pub use upgrade::{UpgradeReport, upgrade};

/// Gazetteer ids of every place that bears `name`, in any of its spellings; empty where there is none.
pub(crate) fn place_ids(name: &str) -> Vec<u32> {
    Gazetteer::embedded().find_meant(name).into_iter().map(|(_, place)| place.record.id).collect()
}
