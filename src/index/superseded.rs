//! Captures of one article: which of them are superseded by a newer one.
//!
//! Several documents with one id are captures of one article; the newest is searched. See [`Age`] for what is newer. The
//! superseded keys are a derived file that the commit names, made again from the columns when it is missing.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::location::LocationOrder;
use super::sidecar::{self, Sidecar, SidecarKind};
use super::state::Entry;
use crate::error::Result;

/// Which of two captures of one article is the newer one; the greatest is searched.
///
/// By the time of the capture, else of the last change, else of publication. Of equal times the digest of the page's
/// bytes decides, so that it stays the same capture when files are moved; of equal bytes the file whose path is shorter
/// ([`LocationOrder`]). Nothing of it depends on the order of indexing or on the folder in which the archive lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Age {
    /// Seconds since 1970; the smallest number where nothing is known.
    time: i64,
    /// Digest of the page's bytes.
    content: u64,
    /// Rank of its location.
    location: Reverse<u64>,
}

impl Age {
    pub(crate) fn of(entry: &Entry, order: &LocationOrder) -> Age {
        let location = order.rank(entry.location, entry.identity.key);
        Age { time: entry.identity.order, content: entry.identity.content, location: Reverse(location) }
    }
}

/// Keys of captures that a newer capture of the same article supersedes, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Superseded(Vec<u64>);

impl Superseded {
    /// From the entries of all sources.
    pub(crate) fn of<'e>(entries: impl Iterator<Item = &'e Entry>, order: &LocationOrder) -> Superseded {
        let pages = entries.filter(|entry| !entry.identity.failed);
        Superseded::find(pages.map(|entry| (entry.identity.id, Age::of(entry, order), entry.identity.key)))
    }

    /// From captures as `(id, age, key)`.
    fn find(captures: impl Iterator<Item = (u64, Age, u64)>) -> Superseded {
        let mut newest: HashMap<u64, (Age, u64)> = HashMap::new();
        let mut older = Vec::new();
        for (id, age, key) in captures {
            newest
                .entry(id)
                .and_modify(|best| {
                    let loser = (age, key).min(*best);
                    // Losers are noted as they come: no second pass, and no table of all captures.
                    older.push(loser.1);
                    *best = (age, key).max(*best);
                })
                .or_insert((age, key));
        }
        older.sort_unstable();
        Superseded(older)
    }

    /// These without `keys`.
    pub(crate) fn without(&self, keys: &[u64]) -> Superseded {
        let keys: HashSet<&u64> = keys.iter().collect();
        Superseded(self.0.iter().filter(|key| !keys.contains(key)).copied().collect())
    }

    /// These and those of `others`.
    pub(crate) fn with(mut self, others: impl Iterator<Item = Superseded>) -> Superseded {
        others.for_each(|other| self.0.extend(other.0));
        self.0.sort_unstable();
        self
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

    /// Writes the file for `revision`; `None` when nothing is superseded.
    pub(crate) fn write(&self, folder: &Path, revision: u64) -> Result<Option<Sidecar>> {
        sidecar::write(folder, SidecarKind::Superseded, revision, &self.0)
    }

    /// Reads a file that [`Superseded::write`] made; `None` when it is missing, damaged or another.
    pub(crate) fn read(folder: &Path, file: &Sidecar) -> Option<Superseded> {
        // Membership is looked up by halves, which gives wrong answers on a list out of order.
        sidecar::read(folder, SidecarKind::Superseded, file).filter(|keys| keys.is_sorted()).map(Superseded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(time: i64, content: u64, location: u64) -> Age {
        Age { time, content, location: Reverse(location) }
    }

    /// Captures as `(id, time, content, rank of the location, key)`.
    #[track_caller]
    fn check(captures: &[(u64, i64, u64, u64, u64)], superseded: &[u64]) {
        let find = |order: &mut dyn Iterator<Item = &(u64, i64, u64, u64, u64)>| {
            Superseded::find(order.map(|(id, time, content, at, key)| (*id, age(*time, *content, *at), *key)))
        };
        let forward = find(&mut captures.iter());
        assert_eq!(forward, Superseded(superseded.to_vec()));
        assert_eq!(forward, find(&mut captures.iter().rev()), "in any order");
        let all: Vec<u64> = captures.iter().map(|capture| capture.4).collect();
        assert!(all.iter().all(|key| forward.contains(*key) == superseded.contains(key)));
        assert_eq!((forward.len(), forward.is_empty()), (superseded.len(), superseded.is_empty()));
    }

    #[test]
    fn the_newest_capture_stays() {
        check(&[], &[]);
        check(&[(7, 10, 0, 0, 1), (8, 10, 0, 0, 2)], &[]);
        check(&[(7, 10, 9, 9, 1), (7, 30, 0, 8, 2), (7, 20, 5, 7, 3), (8, 5, 0, 0, 4)], &[1, 3]);
    }

    #[test]
    fn of_equal_times_bytes_decide_and_of_equal_bytes_the_path() {
        check(&[(7, 10, 2, 5, 1), (7, 10, 3, 9, 2)], &[1]);
        check(&[(7, 10, 3, 4, 9), (7, 10, 3, 5, 1), (7, 10, 3, 6, 5)], &[1, 5]);
        // Undated pages have the smallest time.
        check(&[(7, i64::MIN, 3, 4, 9), (7, -1, 1, 5, 1)], &[9]);
    }

    #[test]
    fn a_list_out_of_order_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |keys: &[u64]| {
            let name =
                sidecar::write(folder.path(), SidecarKind::Superseded, 3, keys).expect("written").expect("a name");
            Superseded::read(folder.path(), &name)
        };
        assert_eq!(write(&[1, 5, 9]), Some(Superseded(vec![1, 5, 9])));
        assert_eq!(write(&[1, 9, 5]), None, "it is searched by halves");
        assert_eq!(Superseded::default().write(folder.path(), 4).expect("nothing to write"), None);
    }
}
