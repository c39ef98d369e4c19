//! The index folder: its locks, and what in it is ours.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::sidecar;
use crate::error::{Error, Result};

/// A folder that need not be writable, and whose locks end when they are dropped.
///
/// A reader locks the folder for the moment in which it opens the files of a commit, so that none is removed meanwhile,
/// and a lock file is made for it. Where that is refused (another user's index, a read-only disk) an existing lock file
/// is locked as it is; without one nobody has ever written here.
///
/// Tantivy's own locks end with the last descriptor of the lock file. A child that another thread is just starting holds
/// one too until it runs its program, so that a run right after another in one process could find the index busy.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    inner: MmapDirectory,
}

impl Folder {
    pub(crate) fn open(path: &Path) -> tantivy::Result<Folder> {
        Ok(Folder { path: path.to_owned(), inner: MmapDirectory::open(path)? })
    }
}

/// A lock that is given up when dropped, whoever else has the file open.
struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let fail = |cause: io::Error| LockError::IoError(Arc::new(cause));
        let path = self.path.join(&lock.filepath);
        let file = match File::options().write(true).create(true).truncate(false).open(&path) {
            Err(_) if lock.is_blocking => match File::open(&path) {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    return Ok(DirectoryLock::from(Box::new(())));
                }
                other => other.map_err(fail)?,
            },
            other => other.map_err(fail)?,
        };
        if lock.is_blocking {
            file.lock().map_err(fail)?;
        } else {
            file.try_lock().map_err(|refused| match refused {
                TryLockError::WouldBlock => LockError::LockBusy,
                TryLockError::Error(cause) => fail(cause),
            })?;
        }
        Ok(DirectoryLock::from(Box::new(Held(file))))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// Removes the index at `path`, but no file that is not ours and not the folder. The file that makes it an index goes
/// last, so that a removal that was stopped can be done again.
pub(crate) fn clear(path: &Path) -> Result<()> {
    let locked = Folder::open(path)
        .map_err(|cause| Error::index(path, cause))?
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(|cause| match cause {
            LockError::LockBusy => Error::busy(path),
            LockError::IoError(cause) => Error::io("lock", path, io::Error::new(cause.kind(), cause.to_string())),
        })?;
    let entries = fs::read_dir(path).map_err(|cause| Error::io("read", path, cause))?;
    let ours = entries.flatten().map(|entry| entry.path()).filter(|file| is_ours(file));
    for file in ours.chain([path.join(META)]) {
        fs::remove_file(&file).map_err(|cause| Error::io("remove", &file, cause))?;
    }
    drop(locked);
    Ok(())
}

/// The file that makes a folder an index.
pub(crate) const META: &str = "meta.json";

/// True for a file of a segment, for a sidecar and for Tantivy's list of its files.
fn is_ours(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let of_segment =
        name.len() > 32 && name.bytes().take(32).all(|b| b.is_ascii_hexdigit()) && name[32..].starts_with('.');
    of_segment || sidecar::is_name(name) || name == ".managed.json"
}
