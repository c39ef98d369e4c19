//! What a commit carries beside the documents: one JSON object in Tantivy's commit payload, so that it is atomic
//! with them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::StoredPath;
use super::schema::FORMAT;
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
    /// Name of the file that lists the superseded captures, when there are any.
    pub(crate) superseded: Option<String>,
    /// Name of the file that lists the touched sources, when there are any.
    pub(crate) touched: Option<String>,
    /// Name of the file that lists the stories, when there are any.
    pub(crate) stories: Option<String>,
    /// Other users of the machine may read it, as the umask of each run says: `search index --shared`.
    #[serde(default)]
    pub(crate) shared: bool,
    /// `meta.json` has a checksum of its own; false in indexes of versions that gave it none.
    #[serde(default)]
    pub(crate) sealed: bool,
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
        pages.fold(Totals::default(), |sums, page| Totals {
            pages: sums.pages + 1,
            words: sums.words + page.words,
            title_words: sums.title_words + page.title_words,
        })
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
            sealed: true,
            totals: Totals::default(),
        }
    }
}

impl Payload {
    /// The position of `root` in the list, added at its end where it is new.
    pub(crate) fn root_number(&mut self, root: &Path) -> u64 {
        let root = StoredPath::new(root);
        let at = self.roots.iter().position(|known| *known == root).unwrap_or_else(|| {
            self.roots.push(root);
            self.roots.len() - 1
        });
        at as u64
    }
}
