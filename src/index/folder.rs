//! The index folder: its locks, who may read it, the checksum of its list of files, and what in it is ours.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, FileSlice, INDEX_WRITER_LOCK, Lock, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

use super::access::{self, Access, OTHERS};
use super::blocks::StoreFile;
use super::digest;
use super::fault;
use super::listed::Listed;
use super::schema::FORMAT;
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
///
/// The list of segments, `meta.json`, gets a list of their files (see [`Listed`]) and a checksum of its own (see [`seal`]).
/// Each file is held against the list when it is opened.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    inner: MmapDirectory,
    access: Access,
    /// Of the `meta.json` that was read or written last.
    listed: Arc<RwLock<Listed>>,
}

impl Folder {
    /// Opens a folder; new files in it are as open as the folder is.
    pub(crate) fn open(path: &Path) -> tantivy::Result<Folder> {
        let (path, access) = (path.to_owned(), Access::of(path));
        Ok(Folder { inner: MmapDirectory::open(&path)?, path, access, listed: Arc::default() })
    }

    fn list(&self, listed: Listed) {
        *self.listed.write().unwrap_or_else(PoisonError::into_inner) = listed;
    }

    /// `meta`, as Tantivy writes it, with the list of its files.
    fn with_files(&self, meta: &[u8]) -> io::Result<Vec<u8>> {
        let open =
            |name: &str| Ok(FileSlice::new(self.inner.get_file_handle(Path::new(name)).map_err(io::Error::other)?));
        let known = self.listed.read().unwrap_or_else(PoisonError::into_inner).clone();
        let listed = known.of(meta, open)?;
        let with_files = listed.put_into(meta)?;
        self.list(listed);
        Ok(with_files)
    }
}

/// A file that is there and is not what was written.
fn exchanged(file: &Path, words: &str) -> OpenReadError {
    OpenReadError::wrap_io_error(io::Error::new(io::ErrorKind::InvalidData, words), file.to_owned())
}

/// Takes an open folder and what is ours in it from group and others. True where there was something to take.
pub(crate) fn close(path: &Path) -> io::Result<bool> {
    let mode = path.metadata()?.permissions().mode();
    if mode & OTHERS == 0 {
        return Ok(false);
    }
    fs::set_permissions(path, Permissions::from_mode(mode & !OTHERS))?;
    for entry in fs::read_dir(path)? {
        let file = entry?.path();
        if is_ours(&file) {
            fs::set_permissions(&file, Permissions::from_mode(Access::Private.file_mode()))?;
        }
    }
    Ok(true)
}

/// Opens a folder and what is ours in it as far as the umask lets new ones be.
pub(crate) fn share(path: &Path) -> io::Result<()> {
    // The umask cannot be asked for without being set; a new folder has what it leaves.
    let probe = path.join(".shared");
    DirBuilder::new().mode(Access::Shared.folder_mode()).create(&probe)?;
    let mode = probe.metadata().map(|meta| meta.permissions().mode());
    fs::remove_dir(&probe)?;
    let mode = mode? & Access::Shared.folder_mode();
    for entry in fs::read_dir(path)? {
        let file = entry?.path();
        if is_ours(&file) {
            fs::set_permissions(&file, Permissions::from_mode(mode & Access::Shared.file_mode()))?;
        }
    }
    fs::set_permissions(path, Permissions::from_mode(mode))
}

/// Begins `meta.json` where it has a checksum of the rest. Tantivy passes over keys that it does not know.
const SEAL: &[u8] = b"{\"checksum\":\"";
/// Hex digits of the checksum.
const DIGITS: usize = 16;

/// `data`, a JSON object, with its checksum as the first key. Tantivy checks its segments; a bit that turned in their list
/// would give other statistics, other totals or other documents without a word.
fn seal(data: &[u8]) -> Vec<u8> {
    let Some(rest) = data.strip_prefix(b"{") else { return data.to_owned() };
    [SEAL, checksum(data).as_bytes(), b"\",", rest].concat()
}

fn checksum(data: &[u8]) -> String {
    // Every command reads it, so it is a quick sum and not a cryptographic one.
    format!("{:0DIGITS$x}", digest::of_bytes(data))
}

/// Whether sealed data is what was written; `None` where it has no seal.
fn is_whole(data: &[u8]) -> Option<bool> {
    let (digits, rest) = data.strip_prefix(SEAL)?.split_at_checked(DIGITS)?;
    let rest = rest.strip_prefix(b"\",")?;
    Some(digits == checksum(&[b"{", rest].concat()).as_bytes())
}

/// Formats up to this one were made by versions that gave `meta.json` no seal, too.
const LAST_UNSEALED: u64 = 6;

/// True where `data` is not what was written into `meta.json`. Without a seal it is whole only where it is the work of
/// another program or of a version that makes none: a bit may have turned in the key itself. What a newer version makes is
/// not for us to judge, and a folder that it can read is not to be thrown away.
pub(crate) fn is_torn(data: &[u8]) -> bool {
    if let Some(whole) = is_whole(data) {
        return !whole;
    }
    let Ok(meta) = serde_json::from_slice::<Value>(data) else { return true };
    let payload = meta["payload"].as_str().and_then(|payload| serde_json::from_str::<Value>(payload).ok());
    payload
        .and_then(|payload| payload["format"].as_u64())
        .is_some_and(|format| (LAST_UNSEALED + 1..=FORMAT.into()).contains(&format))
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
        let listed = self.listed.read().unwrap_or_else(PoisonError::into_inner);
        let name = path.to_str().unwrap_or_default();
        match self.inner.get_file_handle(path) {
            // Tantivy takes a segment without positions for one that has none.
            Err(OpenReadError::FileDoesNotExist(_)) if listed.names(name) => {
                Err(exchanged(path, "this file is missing"))
            }
            Ok(file) if !listed.is(name, FileSlice::new(file.clone())) => {
                Err(exchanged(path, "it is not the file that was written"))
            }
            Ok(file) if name.ends_with(".store") => Ok(StoreFile::guard(file, &self.path.join(path))),
            other => other,
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let written = self.inner.open_write(path)?;
        if self.access == Access::Private {
            // In a folder that nobody else can enter, the moment before does not matter.
            let mode = Permissions::from_mode(self.access.file_mode());
            fs::set_permissions(self.path.join(path), mode)
                .map_err(|cause| OpenWriteError::wrap_io_error(cause, path.to_owned()))?;
        }
        Ok(written)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MANAGED) {
            return managed(&self.path);
        }
        let data = self.inner.atomic_read(path)?;
        if path != Path::new(META) {
            return Ok(data);
        }
        if is_torn(&data) {
            return Err(exchanged(path, "its bytes are not those that were written"));
        }
        self.list(Listed::read(&data).unwrap_or_default());
        Ok(data)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path != Path::new(META) {
            return put(&self.path, path, data, self.access);
        }
        put(&self.path, path, &seal(&self.with_files(data)?), self.access)?;
        // This rename is the commit, and a name is on the disk only when its folder is. Who reports the commit, or
        // deletes what the one before it named, must not be ahead of the disk when the power goes.
        self.sync_directory()
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let fail = |cause: io::Error| LockError::IoError(Arc::new(cause));
        let path = self.path.join(&lock.filepath);
        let mode = self.access.file_mode();
        let file = match File::options().write(true).create(true).truncate(false).mode(mode).open(&path) {
            Err(_) if lock.is_blocking => match File::open(&path) {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    return Ok(DirectoryLock::from(Box::new(())));
                }
                other => other.map_err(fail)?,
            },
            other => other.map_err(fail)?,
        };
        if lock.is_blocking {
            match file.lock() {
                // A reader without it may have to open the index a second time. A writer has asked for its own lock before,
                // without which it does not begin.
                Err(cause) if fault::has_no_locks(&cause) => return Ok(DirectoryLock::from(Box::new(()))),
                other => other.map_err(fail)?,
            }
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

/// Folder inside of an index folder where an upgrade makes the new index.
pub(crate) const WORKSHOP: &str = "upgrade";

/// Removes what an upgrade that was stopped has left. For whoever holds the lock of the writer.
pub(crate) fn discard_workshop(path: &Path) {
    // Where it cannot be removed it is in nobody's way, and the next upgrade says so.
    let _ = fs::remove_dir_all(path.join(WORKSHOP));
}

/// Takes the lock of the one writer; fails as busy where another has it.
pub(crate) fn lock(path: &Path) -> Result<DirectoryLock> {
    let folder = Folder::open(path).map_err(|cause| fault::error(path, "open index", &cause))?;
    folder.acquire_lock(&INDEX_WRITER_LOCK).map_err(|cause| match cause {
        LockError::LockBusy => Error::busy(path),
        LockError::IoError(cause) => fault::lock_error(path, &cause),
    })
}

/// Removes the index at `path`, but no file that is not ours and not the folder. The file that makes it an index goes
/// last, so that a removal that was stopped can be done again.
pub(crate) fn clear(path: &Path) -> Result<()> {
    let locked = lock(path)?;
    discard_workshop(path);
    let entries = fs::read_dir(path).map_err(|cause| Error::io("read", path, cause))?;
    // A lock file that is removed and made anew would let a second writer in beside one that waits for the old one.
    let stays = |file: &Path| file.ends_with(META) || file.extension().is_some_and(|ending| ending == "lock");
    let ours = entries.flatten().map(|entry| entry.path()).filter(|file| is_ours(file) && !stays(file));
    for file in ours.chain([path.join(META)]) {
        fs::remove_file(&file).map_err(|cause| Error::io("remove", &file, cause))?;
    }
    drop(locked);
    Ok(())
}

/// The file that makes a folder an index.
pub(crate) const META: &str = "meta.json";

/// Tantivy's list of the files that it has made.
pub(crate) const MANAGED: &str = ".managed.json";

/// What a kill may leave of files that are put in their place whole.
const UNFINISHED: [&str; 2] = [".meta.json.new", ".managed.json.new"];

/// Writes the file `name` whole: at any moment it is the old one or the new one.
fn put(folder: &Path, name: &Path, data: &[u8], access: Access) -> io::Result<()> {
    let fresh = folder.join(format!(".{}.new", name.to_string_lossy().trim_start_matches('.')));
    access::write(&fresh, data, access)?;
    fs::rename(&fresh, folder.join(name))
}

/// Tantivy's list of the files that it may delete, as it would have written it: what is in the folder under a name of
/// Tantivy's. So a damaged or missing list stops nobody, and a file that it does not name is not left for ever.
fn managed(folder: &Path) -> Result<Vec<u8>, OpenReadError> {
    let fail = |cause| OpenReadError::wrap_io_error(cause, PathBuf::from(MANAGED));
    let names = managed_names(folder).map_err(fail)?;
    if !names.iter().any(|name| name == META) {
        return Err(OpenReadError::FileDoesNotExist(MANAGED.into()));
    }
    serde_json::to_vec(&names).map_err(|cause| fail(cause.into()))
}

/// The names in `folder` that Tantivy gives, but for those of its locks.
fn managed_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        names.extend(name.to_str().filter(|name| *name == META || is_of_segment(name)).map(str::to_owned));
    }
    Ok(names)
}

/// Whether the list of files on the disk names all that it should.
fn is_listed(folder: &Path, names: &[String]) -> bool {
    let listed = fs::read(folder.join(MANAGED)).ok().and_then(|data| serde_json::from_slice(&data).ok());
    listed.is_some_and(|listed: HashSet<String>| names.iter().all(|name| listed.contains(name)))
}

/// Removes what a kill has left of files that are put in their place whole, and makes the list of files again where it is
/// damaged or missing. For whoever holds the lock of the writer.
pub(crate) fn tidy(folder: &Path) -> io::Result<()> {
    discard_workshop(folder);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(is_unfinished) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    list_files(folder)
}

/// Makes the list of files again where it does not name all that it should.
pub(crate) fn list_files(folder: &Path) -> io::Result<()> {
    let names = managed_names(folder)?;
    if is_listed(folder, &names) {
        return Ok(());
    }
    put(folder, Path::new(MANAGED), &serde_json::to_vec(&names)?, Access::of(folder))
}

/// True for a file that was to be put in the place of another, by this version or by one before, which gave them six
/// letters or figures at random.
fn is_unfinished(name: &str) -> bool {
    let at_random = name.strip_prefix(".tmp");
    UNFINISHED.contains(&name)
        || at_random.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// True for a file of a segment, for a sidecar, for Tantivy's lists and locks.
fn is_ours(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let of_tantivy = [META, MANAGED].contains(&name) || name.starts_with(".tantivy-");
    is_of_segment(name) || of_tantivy || sidecar::is_name(name) || is_unfinished(name)
}

fn is_of_segment(name: &str) -> bool {
    name.len() > 32 && name.bytes().take(32).all(|b| b.is_ascii_hexdigit()) && name[32..].starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_what_was_written_alone() {
        let data = b"{\n  \"segments\": [],\n  \"opstamp\": 7\n}\n";
        let sealed = seal(data);
        let read: serde_json::Value = serde_json::from_slice(&sealed).expect("still JSON");
        assert_eq!((&read["opstamp"], read["checksum"].as_str().map(str::len)), (&7.into(), Some(16)));
        assert_eq!((is_whole(&sealed), is_whole(data), is_whole(b"")), (Some(true), None, None));
        for at in SEAL.len()..sealed.len() {
            for bit in 0..8 {
                let mut torn = sealed.clone();
                torn[at] ^= 1 << bit;
                assert_ne!(is_whole(&torn), Some(true), "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn without_a_seal_only_older_and_foreign_lists_are_whole() {
        for (data, torn) in [
            (r#"{"payload":"{\"format\":6}"}"#, false),
            (r#"{"payload":"{\"format\":7}"}"#, true),
            (r#"{"chacksum":"0123456789abcdef","payload":"{\"format\":7}"}"#, true),
            (r#"{"payload":"{\"format\":99}"}"#, false),
            (r#"{"payload":"of another program"}"#, false),
            (r#"{"opstamp":7}"#, false),
            ("no JSON", true),
            ("", true),
        ] {
            assert_eq!(is_torn(data.as_bytes()), torn, "{data}");
        }
        assert!(!is_torn(&seal(br#"{"payload":"{\"format\":7}"}"#)));
    }

    #[test]
    fn what_is_ours_is_known_by_name() {
        for (name, ours) in [
            ("meta.json", true),
            (".managed.json", true),
            (".meta.json.new", true),
            (".tantivy-writer.lock", true),
            (".tmpAb3dE9", true),
            (".tmpAb3dE", false),
            (".tmp-notes", false),
            ("8e0cdd4bc0104b6889589981bf717e53.store", true),
            ("8e0cdd4bc0104b6889589981bf717e53.12.del", true),
            ("stories-12", true),
            ("8e0cdd4bc0104b6889589981bf717e53", false),
            ("8e0cdd4bc0104b6889589981bf717e5.store", false),
            ("ge0cdd4bc0104b6889589981bf717e53.store", false),
            ("stories-", false),
            ("notes.txt", false),
            (".gitkeep", false),
        ] {
            assert_eq!(is_ours(&Path::new("/index").join(name)), ours, "{name}");
        }
    }

    #[test]
    fn an_open_folder_is_closed_and_strangers_in_it_are_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().join("index");
        access::make(&at, Access::Shared).expect("made");
        fs::set_permissions(&at, Permissions::from_mode(0o755)).expect("opened");
        assert_eq!(Access::of(&at), Access::Shared);
        for name in ["meta.json", "stories-1", "notes.txt"] {
            fs::write(at.join(name), "x").expect("written");
            fs::set_permissions(at.join(name), Permissions::from_mode(0o644)).expect("opened");
        }
        assert!(close(&at).expect("closed"));
        assert!(!close(&at).expect("nothing to do"));
        let mode = |name: &str| at.join(name).metadata().expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(""), mode("meta.json"), mode("stories-1"), mode("notes.txt")), (0o700, 0o600, 0o600, 0o644));
        assert_eq!(Access::of(&at), Access::Private);
    }

    #[test]
    fn what_was_left_behind_is_swept_and_the_list_of_files_made_again() {
        let segment = "8e0cdd4bc0104b6889589981bf717e53.store";
        for list in [
            None,
            Some(""),
            Some("[\"meta.json\"]"),
            Some("[\"meta.json\",\"8e0cdd4bc0104b6889589981bf717e53.store\"]"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let at = folder.path();
            for name in [META, segment, ".meta.json.new", ".tmpAb3dE9", "notes.txt", ".tmp"] {
                fs::write(at.join(name), "x").expect("written");
            }
            fs::create_dir(at.join(".tmpFolder")).expect("made");
            fs::create_dir(at.join(WORKSHOP)).expect("made");
            fs::write(at.join(WORKSHOP).join(META), "x").expect("written");
            if let Some(list) = list {
                fs::write(at.join(MANAGED), list).expect("written");
            }
            let read = Folder::open(at).expect("a folder").atomic_read(Path::new(MANAGED)).expect("a list");
            tidy(at).expect("tidied");
            let sorted = |data: &[u8]| {
                let mut names: Vec<String> = serde_json::from_slice(data).expect("a list");
                names.sort();
                names
            };
            let written = fs::read(at.join(MANAGED)).expect("there");
            assert_eq!(
                (sorted(&read), sorted(&written)),
                (vec![segment.into(), META.into()], sorted(&read)),
                "{list:?}"
            );
            let mut left: Vec<_> =
                fs::read_dir(at).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
            left.sort();
            assert_eq!(left, [MANAGED, ".tmp", ".tmpFolder", segment, META, "notes.txt"], "{list:?}");
        }
    }
}
