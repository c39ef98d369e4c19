//! A folder of Tantivy's, in no place, that has the segments of several indexes.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde_json::{Value, json};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, RamDirectory, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::fastfield::write_alive_bitset;
use tantivy::index::SegmentId;
use tantivy::{BitSet, DocId, Index, IndexMeta, SegmentReader};

use super::overlap::Hidden;
use crate::index::folder::{Folder, META};
use crate::index::schema::schema;
use crate::index::store::Reader;

/// The segments of several indexes.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    /// What the list of segments says, as Tantivy would have written it.
    meta: Arc<Vec<u8>>,
    /// By the digits of a segment's name: the folder where its files lie, and the digits that they have there.
    segments: Arc<BTreeMap<String, (Folder, String)>>,
    /// The lists of the documents that are left, of segments some of whose documents are passed over.
    alive: RamDirectory,
}

impl Joined {
    /// Over the commits that `readers` hold, without the documents that are `hidden`.
    pub(super) fn new(readers: &[Reader], hidden: &Hidden) -> tantivy::Result<Joined> {
        let mut segments = BTreeMap::new();
        let mut metas = Vec::new();
        // Tantivy puts a footer behind each of its files; an index of ours in memory does it for us.
        let alive = RamDirectory::create();
        let writer = Index::open_or_create(alive.clone(), schema().0.clone())?;
        for (at, reader) in readers.iter().enumerate() {
            let folder = Folder::open(reader.path())?;
            // Read for the list of files in it, against which each is held when it is opened.
            folder.atomic_read(Path::new(META))?;
            for (number, segment) in reader.searcher.segment_readers().iter().enumerate() {
                let own = segment.segment_id();
                // A folder that was copied has the names of the one that it was copied from.
                let is_taken = segments.contains_key(&own.uuid_string());
                let id = if is_taken { SegmentId::generate_random() } else { own };
                segments.insert(id.uuid_string(), (folder.clone(), own.uuid_string()));
                let mut deletes = None;
                if let Some(hidden) = hidden.get(&(at, number)) {
                    let opstamp = segment.delete_opstamp().unwrap_or(0);
                    let left = left(segment, hidden);
                    let name = PathBuf::from(format!("{}.{opstamp}.del", id.uuid_string()));
                    let mut out = writer.directory().open_write(&name)?;
                    write_alive_bitset(&left, &mut out)?;
                    out.terminate()?;
                    deletes = Some((segment.max_doc() - left.len() as u32, opstamp));
                } else if segment.has_deletes() {
                    deletes = segment.delete_opstamp().map(|opstamp| (segment.num_deleted_docs(), opstamp));
                }
                let deletes = deletes
                    .map(|(count, opstamp): (u32, u64)| json!({ "num_deleted_docs": count, "opstamp": opstamp }));
                metas.push(json!({ "segment_id": id, "max_doc": segment.max_doc(), "deletes": deletes }));
            }
        }
        let mut meta = serde_json::to_value(IndexMeta::with_schema(schema().0.clone())).map_err(io::Error::from)?;
        meta["segments"] = Value::Array(metas);
        let meta = Arc::new(serde_json::to_vec(&meta).map_err(io::Error::from)?);
        Ok(Joined { meta, segments: Arc::new(segments), alive })
    }
}

/// The living documents of a segment without those that are `hidden`.
fn left(segment: &SegmentReader, hidden: &FxHashSet<DocId>) -> BitSet {
    let mut left = BitSet::with_max_value(segment.max_doc());
    for doc in segment.doc_ids_alive() {
        left.insert(doc);
    }
    hidden.iter().for_each(|doc| left.remove(*doc));
    left
}

/// Nothing is written through several indexes at once.
fn refused() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "several indexes at once are only read")
}

impl Directory for Joined {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if self.alive.exists(path)? {
            return self.alive.get_file_handle(path);
        }
        let missing = || OpenReadError::FileDoesNotExist(path.to_owned());
        let (digits, ending) = path.to_str().and_then(|name| name.split_once('.')).ok_or_else(missing)?;
        let (folder, own) = self.segments.get(digits).ok_or_else(missing)?;
        folder.get_file_handle(Path::new(&format!("{own}.{ending}")))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        match self.get_file_handle(path) {
            Ok(_) => Ok(true),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(path == Path::new(META)),
            Err(cause) => Err(cause),
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(META) {
            return Ok(self.meta.to_vec());
        }
        Err(OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        // What a commit removes meanwhile is seen by whoever opens this, who begins anew.
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
