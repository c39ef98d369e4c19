//! The incremental state: what the index knows of each source, read from its own columns.
//!
//! There is no second book-keeping that could disagree with the index: the state is atomic with the commit. Only the
//! times of files that were touched without a change lie in a file beside it, which the commit names.

use std::collections::HashMap;
use std::path::Path;

use tantivy::columnar::Column;
use tantivy::{Searcher, SegmentReader};

use super::column;
use super::location::Location;
use super::made::Made;
use super::sidecar::{self, Sidecar, SidecarKind};
use crate::error::Result;

/// In place of the time of a file that changed so shortly before it was read that it may have changed again since
/// without another time. No file has it, so the next run compares the bytes.
pub(crate) const UNTRUSTED: i64 = i64::MIN;

/// What the incremental state keeps of a document beside what the file system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) key: u64,
    pub(crate) id: u64,
    pub(crate) content: u64,
    pub(crate) order: i64,
    pub(crate) failed: bool,
    /// Key of the container that the page lies in; 0 for a plain file.
    pub(crate) parent: u64,
    /// Words in title and body.
    pub(crate) words: u64,
    /// Words in the title.
    pub(crate) title_words: u64,
}

/// What a container has in place of the digest of a page's bytes; a page that failed has 0.
pub(crate) const CONTAINER: u64 = 1;

impl Identity {
    /// True for a file of many pages, which is no page itself.
    pub(crate) fn is_container(self) -> bool {
        self.failed && self.content == CONTAINER
    }
}

/// What is known of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) location: Location,
    pub(crate) size: u64,
    pub(crate) mtime: i64,
    pub(crate) made: Made,
    /// Size and time are newer than those in the columns: the file was touched, its bytes are the same.
    pub(crate) touched: bool,
    pub(crate) identity: Identity,
}

/// All sources of the index by key.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) entries: HashMap<u64, Entry>,
}

impl State {
    /// Reads the columns of every document that is not deleted.
    pub(crate) fn load(searcher: &Searcher) -> tantivy::Result<State> {
        // About 130 bytes a page, so that all of them fit into memory: 130 MB for a million pages.
        let mut entries = HashMap::with_capacity(searcher.num_docs() as usize);
        for segment in searcher.segment_readers() {
            let columns = Columns::open(segment)?;
            for doc in segment.doc_ids_alive() {
                // Columns and not stored documents: these would have to be unpacked one by one.
                let entry = columns.entry(doc);
                entries.insert(entry.identity.key, entry);
            }
        }
        Ok(State { entries })
    }

    /// Takes over what the file of the last commit says of touched sources. Without it they are read again.
    pub(crate) fn touch(&mut self, folder: &Path, file: &Sidecar) {
        let numbers = sidecar::read(folder, SidecarKind::Touched, file).unwrap_or_default();
        for [key, size, mtime] in numbers.as_chunks::<3>().0 {
            if let Some(entry) = self.entries.get_mut(key) {
                (entry.size, entry.mtime, entry.touched) = (*size, mtime.cast_signed(), true);
            }
        }
    }
}

/// Writes the file for `revision` that lists those of `entries` whose columns are behind; `None` where there is none.
///
/// A touched file must not be read again in every run, and its document cannot be written again without reading it:
/// the commit names a list of keys, sizes and times instead.
pub(crate) fn write_touched<'e>(
    folder: &Path,
    revision: u64,
    entries: impl Iterator<Item = &'e Entry>,
) -> Result<Option<Sidecar>> {
    let mut touched: Vec<[u64; 3]> = entries
        .filter(|entry| entry.touched)
        .map(|entry| [entry.identity.key, entry.size, entry.mtime.cast_unsigned()])
        .collect();
    // The map has no order, and equal states must give equal files.
    touched.sort_unstable();
    sidecar::write(folder, SidecarKind::Touched, revision, touched.as_flattened())
}

/// The columns of one segment that the state is read from.
pub(crate) struct Columns {
    key: Column<u64>,
    id: Column<u64>,
    root: Column<u64>,
    size: Column<u64>,
    mtime: Column<i64>,
    content: Column<u64>,
    made: Column<u64>,
    order: Column<i64>,
    failed: Column<u64>,
    /// `None` where no page of the segment lies in a container.
    parent: Option<Column<u64>>,
    words: Column<u64>,
    title_words: Column<u64>,
}

impl Columns {
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        Ok(Columns {
            key: column::KEY.open(segment)?,
            id: column::ID.open(segment)?,
            root: column::ROOT.open(segment)?,
            size: column::SIZE.open(segment)?,
            mtime: column::MTIME.open(segment)?,
            content: column::CONTENT.open(segment)?,
            made: column::MADE.open(segment)?,
            order: column::ORDER.open(segment)?,
            failed: column::FAILED.open(segment)?,
            parent: column::PARENT.find(segment)?,
            words: column::WORDS.open(segment)?,
            title_words: column::TITLE_WORDS.open(segment)?,
        })
    }

    pub(crate) fn entry(&self, doc: u32) -> Entry {
        // Every document has all of these but the words, which a failure has none of.
        let unsigned = |column: &Column<u64>| column.first(doc).unwrap_or(0);
        Entry {
            location: Location::from_column(unsigned(&self.root)),
            size: unsigned(&self.size),
            mtime: self.mtime.first(doc).unwrap_or(0),
            made: Made::from_column(unsigned(&self.made)),
            touched: false,
            identity: Identity {
                key: unsigned(&self.key),
                id: unsigned(&self.id),
                content: unsigned(&self.content),
                order: self.order.first(doc).unwrap_or(i64::MIN),
                failed: unsigned(&self.failed) == 1,
                parent: self.parent.as_ref().map_or(0, unsigned),
                words: unsigned(&self.words),
                title_words: unsigned(&self.title_words),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: u64, touched: bool) -> Entry {
        let identity =
            Identity { key, id: 2, content: 3, order: 4, failed: false, parent: 9, words: 5, title_words: 6 };
        let location = Location::from_column(0);
        Entry { location, size: 10 * key, mtime: -7, made: Made::from_column(8), touched, identity }
    }

    fn state(keys: &[u64]) -> State {
        State { entries: keys.iter().map(|key| (*key, entry(*key, false))).collect() }
    }

    #[test]
    fn touched_sources_are_told_to_the_next_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let entries = [entry(3, true), entry(1, false), entry(2, true)];
        let file = write_touched(folder.path(), 5, entries.iter()).expect("written").expect("a file");
        assert_eq!(file.name, "touched-5");
        // One of them is not known any more.
        let mut next = state(&[1, 2]);
        next.entries.insert(2, Entry { size: 1, mtime: 1, ..entry(2, false) });
        next.touch(folder.path(), &file);
        assert_eq!(next.entries[&2], entry(2, true));
        assert_eq!((next.entries[&1], next.entries.len()), (entry(1, false), 2));
    }

    #[test]
    fn without_their_file_touched_sources_are_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = state(&[1, 2]);
        for (name, content) in [("touched-9", None), ("touched-5", Some("torn")), ("superseded-5", Some(""))] {
            if let Some(content) = content {
                std::fs::write(folder.path().join(name), content).expect("written");
            }
            let mut next = state(&[1, 2]);
            next.touch(folder.path(), &Sidecar { name: name.to_owned(), sum: None });
            assert_eq!(next.entries, before.entries, "{name}");
        }
        assert_eq!(write_touched(folder.path(), 6, [entry(1, false)].iter()).expect("nothing to write"), None);
    }
}
