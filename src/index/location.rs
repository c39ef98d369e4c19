//! Where a source lies, as one number in a column, and an order of sources that does not depend on where their roots lie.

use std::os::unix::ffi::OsStrExt;

use super::digest::hash;
use super::record::StoredPath;
use crate::input::{Locator, Source};

/// Bits of the root's number: sixteen million roots, and each file that is named alone may bring one.
// Together with the length and the digest they fill the column.
const ROOT_BITS: u32 = 24;
/// Bits of the digest of the path. It parts files of one article and one length only.
// Files of one article are few, so that 28 bits part them.
const DIGEST_BITS: u32 = 28;
/// The longest path that is told from longer ones, in bytes; no Linux system has longer ones.
const MAX_LENGTH: u64 = 4095;

/// A root by its number, and the path below it as far as it is needed to put files into an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    /// Position of the root in the list that the commit carries.
    pub(crate) root: u64,
    /// Length and digest of the path below the root; 0 in documents of versions that did not keep it, and never else.
    path: u64,
}

impl Location {
    /// The location of `source`, whose root has the number `root`.
    pub(crate) fn new(root: u64, source: &Source) -> Location {
        debug_assert!(root < 1 << ROOT_BITS, "a root's number has {ROOT_BITS} bits in the column");
        let path = source.path.as_os_str().as_bytes();
        let locator = source.locator.as_ref().map(Locator::to_bytes).unwrap_or_default();
        let digest = hash(&[path, &locator]) >> (64 - DIGEST_BITS);
        // Never 0, which is what documents of older versions have there.
        let length = (path.len() as u64).clamp(1, MAX_LENGTH);
        Location { root, path: length << DIGEST_BITS | digest }
    }

    /// From the highest bit: 12 of the path's length, 28 of its digest, 24 of the root's number.
    pub(crate) fn to_column(self) -> u64 {
        self.path << ROOT_BITS | self.root
    }

    pub(crate) fn from_column(value: u64) -> Location {
        Location { root: value & ((1 << ROOT_BITS) - 1), path: value >> ROOT_BITS }
    }
}

/// An order of all sources of one index: shorter paths below the root come first, equally long ones by their digests,
/// equal paths in the order of their roots' names.
///
/// It depends on the roots only where one path is below two of them, and then on which of them sorts first, which stays
/// when they are moved together. The document key, a hash of the absolute path, must not decide what is shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct LocationOrder {
    /// For each root its position among the sorted ones.
    ranks: Vec<u64>,
}

impl LocationOrder {
    /// For the roots that a commit carries.
    pub(crate) fn of(roots: &[StoredPath]) -> LocationOrder {
        let paths: Vec<_> = roots.iter().map(StoredPath::to_path).collect();
        let mut sorted: Vec<usize> = (0..paths.len()).collect();
        // By name and not by number: numbers say in which order the roots were named, which must not show.
        sorted.sort_by(|one, other| paths[*one].cmp(&paths[*other]));
        let mut ranks = vec![0; paths.len()];
        for (rank, at) in (0..).zip(sorted) {
            ranks[at] = rank;
        }
        LocationOrder { ranks }
    }

    /// A number that is smaller for what comes first. `key` stands in for documents of older versions.
    pub(crate) fn rank(&self, location: Location, key: u64) -> u64 {
        let root = usize::try_from(location.root).ok().and_then(|at| self.ranks.get(at)).copied();
        match (location.path, root) {
            (0, _) | (_, None) => key,
            (path, Some(root)) => path << ROOT_BITS | root,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    use super::*;

    fn source(root: &str, path: impl Into<PathBuf>) -> Source {
        Source { root: root.into(), path: path.into(), locator: None, size: 0, mtime: 0 }
    }

    fn roots(names: &[&str]) -> Vec<StoredPath> {
        names.iter().map(|name| StoredPath::new(Path::new(name))).collect()
    }

    #[test]
    fn the_folder_of_the_root_decides_nothing() {
        for path in ["a.html", "2020/11/a.html", "şuşa.html"] {
            let here = Location::new(3, &source("/srv/archive", path));
            assert_eq!(here, Location::new(3, &source("/mnt/disk", path)), "{path}");
        }
    }

    #[test]
    fn short_paths_come_first_then_roots_by_name() {
        let order = LocationOrder::of(&roots(&["/z/news", "/a/news"]));
        let rank = |root, path: &str| order.rank(Location::new(root, &source("/", path)), 7);
        assert!(rank(0, "b.html") < rank(0, "copy/b.html"));
        assert!(rank(0, "b.html") < rank(1, "copy/b.html"));
        assert!(rank(1, "b.html") < rank(0, "b.html"), "equal paths: /a before /z");
        assert_ne!(rank(0, "a.html"), rank(0, "b.html"));
    }

    #[test]
    fn records_of_one_file_differ() {
        let record = |at: Option<u64>| {
            let locator = at.map(|outer| Locator { outer, inner: 0, entry: None });
            Location::new(0, &Source { locator, ..source("/a", "crawl.warc") })
        };
        assert_ne!(record(Some(0)), record(Some(512)));
        assert_ne!(record(None), record(Some(0)));
    }

    #[test]
    fn what_older_versions_wrote_is_ordered_by_key() {
        let old = Location::from_column(1);
        assert_eq!((old.root, LocationOrder::of(&roots(&["/a", "/b"])).rank(old, 42)), (1, 42));
        let unknown = Location::new(5, &source("/a", "a.html"));
        assert_eq!(LocationOrder::of(&[]).rank(unknown, 42), 42);
    }

    proptest! {
        #[test]
        fn a_column_reads_back(root in 0u64..1 << ROOT_BITS, name in prop::collection::vec(1u8..=255, 0..5000)) {
            let path = PathBuf::from(OsString::from_vec(name));
            let location = Location::new(root, &source("/a", path));
            prop_assert_eq!(Location::from_column(location.to_column()), location);
            prop_assert!(location.path != 0);
        }
    }
}
