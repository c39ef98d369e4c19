//! Opening and creating the index folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::columnar::Column;
use tantivy::directory::Directory;
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::store::Compressor;
use tantivy::{
    DocAddress, DocId, DocSet, Index, IndexReader, IndexSettings, ReloadPolicy, Searcher, SegmentReader, TERMINATED,
    TantivyError, Term,
};

use super::access::{self, Access};
use super::column;
use super::container::ContainerRecord;
use super::fault;
use super::folder::{self, Folder, META};
use super::joined;
use super::location::{Location, LocationOrder};
use super::payload::Payload;
use super::record::{Outcome, StoredPath};
use super::schema::{FORMAT, schema};
use super::state::{Columns, State};
use super::stored::Sums;
pub(crate) use super::stored::{Stored, load};
use super::stories::Stories;
use super::superseded::{Age, Superseded};
use super::terms;
use crate::error::{Error, Result};

/// An index that is open for reading: one commit of it, which does not change under the reader.
pub struct Reader {
    path: PathBuf,
    pub(crate) searcher: Searcher,
    pub(crate) payload: Payload,
    pub(crate) superseded: Superseded,
    sums: Sums,
    stories: OnceLock<Stories>,
    locations: OnceLock<LocationOrder>,
    /// The indexes, where it is several at once; else none.
    parts: Vec<Part>,
    /// Documents of some index are passed over, so that its dictionaries count more than are searched.
    pub(crate) passes_over: bool,
}

/// One of the indexes of a reader that has several.
#[derive(Debug)]
pub(super) struct Part {
    /// Its folder.
    pub(super) path: PathBuf,
    /// The number that its first segment has among all.
    pub(super) first_segment: u32,
    /// What its roots count from among all.
    pub(super) first_root: u64,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("path", &self.path).field("revision", &self.payload.revision).finish()
    }
}

impl Reader {
    /// Opens the last commit of the index at `path`.
    pub fn open(path: &Path) -> Result<Reader> {
        let (index, mut payload) = open(path)?;
        let fail = |cause: TantivyError| fault::error(path, OPEN, &cause);
        let searcher = loop {
            let reader: IndexReader =
                index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(fail)?;
            let again = payload_of(&index, path)?;
            if again.revision == payload.revision {
                break reader.searcher();
            }
            // A commit came between the two: what was opened may be older or newer than what is known of it.
            payload = again;
        };
        if searcher.num_docs() != payload.documents {
            let words = format!("{} documents where {} were written", searcher.num_docs(), payload.documents);
            return Err(Error::damaged(path, words));
        }
        let superseded = match &payload.superseded {
            None => Superseded::default(),
            Some(file) => match Superseded::read(path, file) {
                Some(found) => found,
                None => {
                    let state = State::load(&searcher).map_err(fail)?;
                    Superseded::of(state.entries.values(), &LocationOrder::of(&payload.roots))
                }
            },
        };
        Ok(Reader {
            path: path.to_owned(),
            sums: Sums::of(&searcher),
            searcher,
            payload,
            superseded,
            stories: OnceLock::new(),
            locations: OnceLock::new(),
            parts: Vec::new(),
            passes_over: false,
        })
    }

    /// Over the segments of several indexes, with what a commit of them all would say beside them.
    pub(super) fn of_parts(
        searcher: Searcher,
        payload: Payload,
        superseded: Superseded,
        parts: Vec<Part>,
        passes_over: bool,
    ) -> Reader {
        Reader {
            path: parts.first().map_or_else(PathBuf::new, |part| part.path.clone()),
            sums: Sums::of(&searcher),
            searcher,
            payload,
            superseded,
            stories: OnceLock::new(),
            locations: OnceLock::new(),
            parts,
            passes_over,
        }
    }

    /// Opens the last commit of the index at `path`, or an empty index in memory where there is none or one that
    /// would be rebuilt, with the roots of the latter.
    pub(crate) fn open_or_empty(path: &Path) -> Result<(Reader, Option<Vec<PathBuf>>)> {
        let renewed = match Reader::open(path) {
            Err(error) if error.is_older_format() => Some(old_roots(path)),
            Err(error) if error.is_no_index() => None,
            other => return other.map(|reader| (reader, None)),
        };
        let reader = Index::create_in_ram(schema().0.clone()).reader();
        let searcher = reader.map_err(|cause| fault::error(path, OPEN, &cause))?.searcher();
        let (payload, superseded) = (Payload::default(), Superseded::default());
        let (sums, stories) = (Sums::of(&searcher), OnceLock::from(Stories::default()));
        let (path, locations, parts) = (path.to_owned(), OnceLock::new(), Vec::new());
        let reader =
            Reader { path, searcher, payload, superseded, sums, stories, locations, parts, passes_over: false };
        Ok((reader, renewed))
    }

    /// The stories that this commit tells, read when they are first asked for.
    pub(crate) fn stories(&self) -> tantivy::Result<&Stories> {
        if let Some(stories) = self.stories.get() {
            return Ok(stories);
        }
        let stories = match &self.payload.stories {
            None if !self.parts.is_empty() => Stories::of(&self.searcher, &self.superseded)?,
            None => Stories::default(),
            Some(file) => match Stories::read(&self.path, file) {
                Some(found) => found,
                None => Stories::of(&self.searcher, &self.superseded)?,
            },
        };
        Ok(self.stories.get_or_init(|| stories))
    }

    fn locations(&self) -> &LocationOrder {
        self.locations.get_or_init(|| LocationOrder::of(&self.payload.roots))
    }

    /// Opens what tells the captures in one segment apart.
    pub(crate) fn captures(&self, segment: &SegmentReader) -> tantivy::Result<Captures<'_>> {
        let id = segment.segment_id();
        let number = || self.searcher.segment_readers().iter().position(|one| one.segment_id() == id);
        let part = if self.parts.is_empty() { None } else { number().and_then(|number| self.part(number as u32)) };
        Ok(Captures {
            order: self.locations(),
            root: column::ROOT.open(segment)?,
            key: column::KEY.open(segment)?,
            first_root: part.map_or(0, |part| part.first_root),
        })
    }

    /// The index that the segment with this number is of, where there are several.
    fn part(&self, segment: u32) -> Option<&Part> {
        self.parts.iter().rfind(|part| part.first_segment <= segment)
    }

    /// A failed read of this index as an error of ours.
    pub(crate) fn failure(&self, cause: &TantivyError) -> Error {
        if self.parts.is_empty() {
            return fault::error(&self.path, "read index", cause);
        }
        let paths: Vec<PathBuf> = self.parts.iter().map(|part| part.path.clone()).collect();
        joined::failure(&paths, cause)
    }

    /// What is stored of the document at `address`. Fails as corrupt where it is not what was written.
    pub(crate) fn load(&self, address: DocAddress) -> tantivy::Result<Stored> {
        let mut stored = self.sums.load(&self.searcher, address)?;
        stored.index = self.part(address.segment_ord).map(|part| part.path.clone());
        Ok(stored)
    }

    /// The key of the document at `address`.
    pub(crate) fn key(&self, address: DocAddress) -> tantivy::Result<u64> {
        let column = column::KEY.open(self.searcher.segment_reader(address.segment_ord))?;
        Ok(column.first(address.doc_id).unwrap_or(0))
    }

    /// How new the capture at `address` is, among those of its article.
    pub(crate) fn age(&self, address: DocAddress) -> tantivy::Result<Age> {
        let columns = Columns::open(self.searcher.segment_reader(address.segment_ord))?;
        let mut entry = columns.entry(address.doc_id);
        entry.location.root += self.part(address.segment_ord).map_or(0, |part| part.first_root);
        Ok(Age::of(&entry, self.locations()))
    }

    /// The folder of the index.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The columns of one segment that tell captures of one article apart.
pub(crate) struct Captures<'r> {
    order: &'r LocationOrder,
    root: Column<u64>,
    key: Column<u64>,
    /// What the roots of the segment's index count from.
    first_root: u64,
}

impl Captures<'_> {
    /// A number of its own for each capture of an article, smaller for what comes first: see [`LocationOrder`].
    pub(crate) fn rank(&self, doc: DocId) -> u64 {
        let value = |column: &Column<u64>| column.first(doc).unwrap_or(0);
        let mut location = Location::from_column(value(&self.root));
        location.root += self.first_root;
        self.order.rank(location, value(&self.key))
    }
}

/// What fails where the files of an index cannot be opened.
pub(super) const OPEN: &str = "open index";

/// What is at `path`.
enum FolderContent {
    Nothing,
    Foreign,
    Index,
}

fn inspect(path: &Path) -> Result<FolderContent> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(FolderContent::Nothing),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotADirectory => return Ok(FolderContent::Foreign),
        Err(cause) => return Err(Error::io("read", path, cause)),
    };
    if path.join(META).exists() {
        return Ok(FolderContent::Index);
    }
    // What a crash during creation, or version control, leaves behind does not make a folder foreign.
    let foreign = entries.flatten().any(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    Ok(if foreign { FolderContent::Foreign } else { FolderContent::Nothing })
}

/// Opens the index at `path` for readers and the short work of [`super::compact()`].
pub(crate) fn open(path: &Path) -> Result<(Index, Payload)> {
    match inspect(path)? {
        FolderContent::Nothing => return Err(Error::no_index(path)),
        FolderContent::Foreign => return Err(Error::foreign(path)),
        FolderContent::Index => {}
    }
    let fail = |cause: TantivyError| fault::error(path, OPEN, &cause);
    let folder: Box<dyn Directory> = Box::new(Folder::open(path).map_err(fail)?);
    let index = Index::open(folder).map_err(fail)?;
    let payload = payload_of(&index, path)?;
    index.tokenizers().register(terms::NAME, terms::analyzer());
    Ok((index, payload))
}

/// The payload of the last commit. Its format is looked at before anything else of it is believed.
fn payload_of(index: &Index, path: &Path) -> Result<Payload> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: u32,
    }
    let metas = index.load_metas().map_err(|cause| fault::error(path, OPEN, &cause))?;
    let Some(text) = metas.payload else {
        // Created, then killed before the first commit; or the work of another program.
        let ours = metas.schema == schema().0 && metas.segments.is_empty();
        return if ours { Ok(Payload::default()) } else { Err(Error::foreign(path)) };
    };
    let found = serde_json::from_str::<Head>(&text).map_err(|_| Error::foreign(path))?.format;
    if found != FORMAT {
        return Err(Error::format(path, found, FORMAT));
    }
    serde_json::from_str(&text).map_err(|cause| Error::damaged(path, cause))
}

/// The folders that an index of an older format was made of, as far as they can be read.
fn old_roots(path: &Path) -> Vec<PathBuf> {
    #[derive(serde::Deserialize)]
    struct Head {
        roots: Vec<StoredPath>,
    }
    // Only for a word to the user about folders that were in it: where it cannot be read there is nothing to say.
    let metas = Folder::open(path).ok().and_then(|folder| Index::open(folder).ok()?.load_metas().ok());
    let head = metas.and_then(|metas| serde_json::from_str::<Head>(&metas.payload?).ok());
    head.map(|head| head.roots.iter().map(StoredPath::to_path).collect()).unwrap_or_default()
}

/// What opening an index for writing did beside it.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    /// An index of an older format gave way to a new one, and everything is to be read again: the roots of the old one.
    pub(crate) renewed: Option<Vec<PathBuf>>,
    /// The folder was open to other users.
    pub(crate) closed: bool,
}

/// Opens the index at `path` for writing, or makes one. Other users may read it where `shared` says so or an earlier run
/// has said so.
pub(crate) fn open_or_create(path: &Path, shared: bool) -> Result<(Index, Opened)> {
    let access = if shared { Access::Shared } else { Access::Private };
    match open(path) {
        Ok((index, payload)) if payload.shared => Ok((index, Opened::default())),
        Ok(_) if shared => {
            folder::share(path).map_err(|cause| Error::io("open to other users", path, cause))?;
            Ok((open(path)?.0, Opened::default()))
        }
        Ok(_) => {
            let closed = folder::close(path).map_err(|cause| Error::io(CLOSE, path, cause))?;
            // Opened again: what is written from now on is as private as the folder is now.
            Ok((open(path)?.0, Opened { closed, ..Opened::default() }))
        }
        Err(error) if error.is_no_index() => Ok((create(path, access)?, Opened::default())),
        Err(error) if error.is_older_format() => {
            let roots = old_roots(path);
            folder::clear(path)?;
            Ok((create(path, access)?, Opened { renewed: Some(roots), ..Opened::default() }))
        }
        Err(error) => Err(error),
    }
}

/// What fails where the folder is another user's.
const CLOSE: &str = "close it to other users (with --shared it stays open)";

fn create(path: &Path, access: Access) -> Result<Index> {
    access::make(path, access).map_err(|cause| Error::io("create", path, cause))?;
    if access == Access::Private {
        // The folder may have been there, open and empty but for a file of version control.
        folder::close(path).map_err(|cause| Error::io(CLOSE, path, cause))?;
    }
    let fail = |cause: TantivyError| fault::error(path, "create index", &cause);
    let directory = Folder::open(path).map_err(fail)?;
    let settings = IndexSettings {
        // A fifth more index than with Zstandard, and articles are read in less than half of the time.
        docstore_compression: Compressor::Lz4,
        // Pages come slower than they are packed.
        docstore_compress_dedicated_thread: false,
        // One article a block: a hit unpacks its own article and not its neighbours.
        docstore_blocksize: 1,
        ..IndexSettings::default()
    };
    let schema: Schema = schema().0.clone();
    let index = Index::create(directory, schema, settings).map_err(fail)?;
    index.tokenizers().register(terms::NAME, terms::analyzer());
    Ok(index)
}

/// Where the living documents stand whose `field` has `value`; none where there is no such document.
pub(crate) fn locate(searcher: &Searcher, field: Field, value: u64) -> tantivy::Result<Vec<DocAddress>> {
    let term = Term::from_field_u64(field, value);
    let mut out = Vec::new();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let index = segment.inverted_index(field)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                out.push(DocAddress::new(ord, postings.doc()));
            }
            postings.advance();
        }
    }
    Ok(out)
}

/// What is stored of the source with this key; `None` where there is none.
fn load_key(searcher: &Searcher, key: u64) -> tantivy::Result<Option<Stored>> {
    let address = locate(searcher, schema().1.key, key)?.into_iter().next();
    address.map(|address| load(searcher, address)).transpose()
}

/// The absolute path of the source with this key; `None` where there is none.
pub(crate) fn path_of(searcher: &Searcher, key: u64) -> tantivy::Result<Option<PathBuf>> {
    let stored = load_key(searcher, key)?;
    Ok(stored.map(|Stored { record, .. }| record.root.join(record.path)))
}

/// The reason for which the source with this key failed in an earlier run; `None` where it did not.
pub(crate) fn reason_of(searcher: &Searcher, key: u64) -> tantivy::Result<Option<String>> {
    Ok(match load_key(searcher, key)?.map(|stored| stored.record.outcome) {
        Some(Outcome::Failed(reason)) => Some(reason),
        _ => None,
    })
}

/// What is stored of the container with this key; `None` where it is none.
pub(crate) fn container_of(searcher: &Searcher, key: u64) -> tantivy::Result<Option<ContainerRecord>> {
    Ok(match load_key(searcher, key)?.map(|stored| stored.record.outcome) {
        Some(Outcome::Container(record)) => Some(*record),
        _ => None,
    })
}

/// Bytes of all files in the index folder.
pub(crate) fn folder_size(path: &Path) -> u64 {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    // Files come and go while a run merges; the sum is for people.
    entries.filter_map(|entry| entry.metadata().ok()).filter(fs::Metadata::is_file).map(|meta| meta.len()).sum()
}

#[cfg(test)]
mod tests {
    use tantivy::{IndexWriter, TantivyDocument};

    use super::*;
    use crate::index::record::{self, Record};
    use crate::index::stored;

    /// An index in memory with a document for each key and stored record.
    fn searcher(documents: &[(u64, &[u8])], deleted: &[u64]) -> Searcher {
        let (schema, f) = schema();
        let index = Index::create_in_ram(schema.clone());
        index.tokenizers().register(terms::NAME, terms::analyzer());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).expect("a writer");
        for (key, record) in documents {
            let mut doc = TantivyDocument::new();
            doc.add_u64(f.key, *key);
            doc.add_bytes(f.record, record);
            doc.add_u64(f.stored, stored::sum_of(record, "", b""));
            writer.add_document(doc).expect("added");
        }
        writer.commit().expect("committed");
        for key in deleted {
            writer.delete_term(Term::from_field_u64(f.key, *key));
        }
        writer.commit().expect("committed");
        index.reader().expect("a reader").searcher()
    }

    fn failed() -> Vec<u8> {
        let (root, path) = ("/srv/archive".into(), "a.html".into());
        let failed = Record { root, path, locator: None, outcome: Outcome::Failed("empty file".to_owned()) };
        record::encode(&failed).expect("written")
    }

    #[test]
    fn a_source_is_found_by_its_key() {
        let failed = failed();
        let searcher = searcher(&[(7, &failed), (8, &failed), (9, &failed)], &[8]);
        let found = |key| locate(&searcher, schema().1.key, key).expect("a dictionary").len();
        assert_eq!([7, 8, 9, 10].map(found), [1, 0, 1, 0]);
        assert_eq!(path_of(&searcher, 7).expect("read"), Some(PathBuf::from("/srv/archive/a.html")));
        assert_eq!(reason_of(&searcher, 7).expect("read").as_deref(), Some("empty file"));
        assert_eq!((path_of(&searcher, 8).expect("gone"), reason_of(&searcher, 10).expect("unknown")), (None, None));
    }
}
