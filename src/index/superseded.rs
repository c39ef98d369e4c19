//! Captures of one article: which of them are superseded by a newer one.
//!
//! Several documents with one id are captures of one article; the newest is searched. Newest is decided by capture
//! time, else modified or published date, then by key, so the answer does not depend on the order of indexing. The
//! superseded keys are a derived file that the commit names, made again from the columns when it is missing.

use std::collections::HashMap;
use std::path::Path;

use super::sidecar::{self, Kind};
use super::state::Entry;
use crate::error::Result;

/// Keys of captures that a newer capture of the same article supersedes, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Superseded(Vec<u64>);

impl Superseded {
    /// From the entries of all sources.
    pub(crate) fn of<'e>(entries: impl Iterator<Item = &'e Entry>) -> Superseded {
        let pages = entries.map(|entry| entry.identity).filter(|identity| !identity.failed);
        Superseded::find(pages.map(|identity| (identity.id, identity.order, identity.key)))
    }

    /// From captures as `(id, order, key)`.
    fn find(captures: impl Iterator<Item = (u64, i64, u64)>) -> Superseded {
        let mut newest: HashMap<u64, (i64, u64)> = HashMap::new();
        let mut older = Vec::new();
        for (id, order, key) in captures {
            newest
                .entry(id)
                .and_modify(|best| {
                    let loser = (order, key).min(*best);
                    older.push(loser.1);
                    *best = (order, key).max(*best);
                })
                .or_insert((order, key));
        }
        older.sort_unstable();
        Superseded(older)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn contains(&self, key: u64) -> bool {
        self.0.binary_search(&key).is_ok()
    }

    /// Writes the file for `revision` and returns its name, or `None` when nothing is superseded.
    pub(crate) fn write(&self, folder: &Path, revision: u64) -> Result<Option<String>> {
        sidecar::write(folder, Kind::Superseded, revision, &self.0)
    }

    /// Reads a file that [`Superseded::write`] made; `None` when it is missing or damaged.
    pub(crate) fn read(folder: &Path, name: &str) -> Option<Superseded> {
        sidecar::read(folder, Kind::Superseded, name).filter(|keys| keys.is_sorted()).map(Superseded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_capture_stays_whatever_the_order() {
        let captures = [(7, 10, 1), (7, 30, 2), (7, 20, 3), (8, 5, 4), (9, 1, 6), (9, 1, 5)];
        let forward = Superseded::find(captures.iter().copied());
        let backward = Superseded::find(captures.iter().rev().copied());
        assert_eq!(forward, Superseded(vec![1, 3, 5]));
        assert_eq!(forward, backward);
        assert!(forward.contains(3) && !forward.contains(2));
    }
}
