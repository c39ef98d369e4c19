//! What a commit carries beside the documents: one JSON object in Tantivy's commit payload, so that it is atomic
//! with them.

use std::ops::{Add, Sub};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::StoredPath;
use super::schema::FORMAT;
use super::sidecar::Sidecar;
use super::state::Entry;

/// The payload of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// Format of the index; see [`FORMAT`].
    pub(crate) format: u32,
    /// Folders and files that were indexed, canonical and absolute; the `root` column counts in this list.
    pub(crate) roots: Vec<StoredPath>,
    /// Counts commits.
    pub(crate) revision: u64,
    /// The file that lists the superseded captures, when there are any.
    pub(crate) superseded: Option<Sidecar>,
    /// The file that lists the touched sources, when there are any.
    pub(crate) touched: Option<Sidecar>,
    /// The file that lists the stories, when there are any.
    pub(crate) stories: Option<Sidecar>,
    /// Other users of the machine may read it, as the umask of each run says: `search index --shared`.
    pub(crate) shared: bool,
    /// Documents of the commit, failures included: what the segments have, less what is deleted.
    pub(crate) documents: u64,
    /// What ranking needs to know of all pages.
    pub(crate) totals: Totals,
}

/// Sums over all pages that did not fail. Tantivy's own count deleted documents until a merge, and estimate after it:
/// these depend on nothing but the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Totals {
    pub(crate) pages: u64,
    /// Words of titles and bodies.
    pub(crate) words: u64,
    /// Words of titles.
    pub(crate) title_words: u64,
}

impl Totals {
    /// The sums over `entries`.
    pub(crate) fn of<'e>(entries: impl Iterator<Item = &'e Entry>) -> Totals {
        let pages = entries.map(|entry| entry.identity).filter(|identity| !identity.failed);
        pages.fold(Totals::default(), |sums, page| {
            sums + Totals { pages: 1, words: page.words, title_words: page.title_words }
        })
    }
}

impl Add for Totals {
    type Output = Totals;

    fn add(self, other: Totals) -> Totals {
        Totals {
            pages: self.pages + other.pages,
            words: self.words + other.words,
            title_words: self.title_words + other.title_words,
        }
    }
}

impl Sub for Totals {
    type Output = Totals;

    /// Without `other`, which is a part of these.
    fn sub(self, other: Totals) -> Totals {
        Totals {
            pages: self.pages.saturating_sub(other.pages),
            words: self.words.saturating_sub(other.words),
            title_words: self.title_words.saturating_sub(other.title_words),
        }
    }
}

impl Default for Payload {
    fn default() -> Payload {
        Payload {
            format: FORMAT,
            roots: Vec::new(),
            revision: 0,
            superseded: None,
            touched: None,
            stories: None,
            shared: false,
            documents: 0,
            totals: Totals::default(),
        }
    }
}

impl Payload {
    /// The position of `root` in the list, added at its end where it is new.
    pub(crate) fn root_number(&mut self, root: &Path) -> u64 {
        let root = StoredPath::new(root);
        // A number once given is never given to another root: it stands in the column of every document.
        let at = self.roots.iter().position(|known| *known == root).unwrap_or_else(|| {
            self.roots.push(root);
            self.roots.len() - 1
        });
        at as u64
    }

    /// The files beside Tantivy's that the commit names.
    pub(crate) fn sidecars(&self) -> impl Iterator<Item = &Sidecar> {
        [&self.superseded, &self.touched, &self.stories].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::location::Location;
    use crate::index::made::Made;
    use crate::index::state::Identity;

    #[test]
    fn a_root_is_listed_once_and_keeps_its_number() {
        let mut payload = Payload::default();
        let numbers = ["/a", "/b", "/a", "/a/c", "/b"].map(|root| payload.root_number(Path::new(root)));
        assert_eq!(numbers, [0, 1, 0, 2, 1]);
        assert_eq!(payload.roots.len(), 3);
    }

    #[test]
    fn a_payload_reads_back() {
        let superseded = Some(Sidecar { name: "superseded-7".to_owned(), sum: Some(u64::MAX) });
        let payload = Payload { revision: 7, shared: true, superseded, documents: 12, ..Payload::default() };
        let json = serde_json::to_string(&payload).expect("written");
        assert_eq!(serde_json::from_str::<Payload>(&json).expect("read"), payload);
        assert_eq!(payload.sidecars().count(), 1);
    }

    #[test]
    fn totals_are_of_pages_that_did_not_fail() {
        let entry = |words, title_words, failed| Entry {
            location: Location::from_column(0),
            size: 0,
            mtime: 0,
            made: Made::NOTHING,
            touched: false,
            identity: Identity { key: 0, id: 0, content: 0, order: 0, failed, parent: 0, words, title_words },
        };
        let entries = [entry(10, 2, false), entry(7, 0, false), entry(100, 50, true)];
        assert_eq!(Totals::of(entries.iter()), Totals { pages: 2, words: 17, title_words: 2 });
        assert_eq!(Totals::of([].iter()), Totals::default());
    }
}
