//! What `search new` has reported: ids of articles, a file for each query and index, and not a revision of the index. A
//! page that is read again, or an index that is made anew, reports nothing twice and hides nothing.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use search::api::Hit;
use search::{Error, Result};
use sha2::{Digest, Sha256};

use super::{message, own_file, settings};

/// The ids of the articles that were reported for one query over one index, with those of their copies. While it is held
/// no other run has it.
pub(crate) struct Reported {
    file: PathBuf,
    ids: BTreeSet<String>,
    /// Locked until it is closed, with the value or the process.
    _lock: File,
}

impl Reported {
    /// What was reported for the query called `name` over these indexes. Waits for a run that holds it.
    pub(crate) fn load(name: &str, indexes: &[PathBuf]) -> Result<Reported> {
        let file = folder()?.join(file_name(name, indexes));
        make_folder(&file)?;
        let lock = lock(&file, name)?;
        sweep(&file);
        let ids = own_file::text(&file)?.unwrap_or_default().lines().map(str::to_owned).collect();
        Ok(Reported { file, ids, _lock: lock })
    }

    /// When something was last written; `None` where nothing ever was.
    pub(crate) fn since(&self) -> Option<SystemTime> {
        written(&self.file)
    }

    /// Those of `hits` whose story was not reported, by the article itself or by a copy.
    pub(crate) fn news(&self, hits: &[Hit]) -> Vec<Hit> {
        let is_new = |hit: &&Hit| ids(hit).all(|id| !self.ids.contains(id));
        let news = (1..).zip(hits.iter().filter(is_new));
        news.map(|(rank, hit)| Hit { rank, cursor: None, ..hit.clone() }).collect()
    }

    /// Takes the stories of `hits` for reported.
    pub(crate) fn add(&mut self, hits: &[Hit]) {
        self.ids.extend(hits.iter().flat_map(ids).map(str::to_owned));
    }

    /// Writes the file anew.
    pub(crate) fn store(&self) -> Result<()> {
        replace(&self.file, &self.ids.iter().flat_map(|id| [id.as_str(), "\n"]).collect::<String>())
    }
}

/// Writes `file` anew beside the old one and puts it in its place: at no moment there is half of it.
pub(crate) fn replace(file: &Path, text: &str) -> Result<()> {
    // A name of this run alone, and a file that was not there: a link of that name would be written through.
    let fresh = beside(file, &format!(".{}{FRESH}", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut out = OpenOptions::new().write(true).create_new(true).open(&fresh)?;
        out.write_all(text.as_bytes())?;
        // Before the rename: a power cut would otherwise leave the new name with no content.
        out.sync_all()?;
        fs::rename(&fresh, file)?;
        sync_folder(file)
    };
    write().map_err(|cause| {
        let _ = fs::remove_file(&fresh);
        Error::io("write", file, cause)
    })
}

/// When what was reported for the query called `name` over these indexes was last written.
pub(crate) fn asked(name: &str, indexes: &[PathBuf]) -> Option<SystemTime> {
    written(&folder().ok()?.join(file_name(name, indexes)))
}

fn written(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}

/// Removes what was reported for the query called `name`, over all indexes.
pub(crate) fn forget(name: &str) -> Result<()> {
    let folder = folder()?;
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        let of_query = |file: &str| {
            let digest = file.strip_prefix(name)?.strip_prefix('-')?;
            let digest = digest.strip_suffix(".lock").unwrap_or(digest);
            Some(digest.len() == DIGITS && digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        if entry.file_name().to_str().and_then(of_query) == Some(true) {
            fs::remove_file(entry.path()).map_err(|cause| Error::io("remove", &entry.path(), cause))?;
        }
    }
    Ok(())
}

/// The folder of what was reported.
fn folder() -> Result<PathBuf> {
    let folder = settings::folder("XDG_STATE_HOME", ".local/state");
    let folder =
        folder.ok_or_else(|| Error::usage("there is no folder for what was reported; set $HOME or $XDG_STATE_HOME"))?;
    // The name of the folder of older versions: what they have reported must not be news again.
    Ok(folder.join("told"))
}

/// Hex digits that stand for indexes in the name of a file.
const DIGITS: usize = 16;

fn file_name(name: &str, indexes: &[PathBuf]) -> String {
    // Two paths to one index share what was reported, and so do indexes in any order. An index that is not there is
    // reported by the engine before.
    let mut places: Vec<PathBuf> =
        indexes.iter().map(|index| fs::canonicalize(index).unwrap_or_else(|_| index.clone())).collect();
    places.sort();
    places.dedup();
    let places: Vec<&[u8]> = places.iter().map(|place| place.as_os_str().as_encoded_bytes()).collect();
    // No path holds a NUL.
    let digest = Sha256::digest(places.join(&0));
    format!("{name}-{}", data_encoding::HEXLOWER.encode(&digest[..DIGITS / 2]))
}

/// How the name of a file ends that is not whole yet.
const FRESH: &str = ".new";

/// `file` with `end` behind its name.
fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(end);
    name.into()
}

/// Holds what was reported for the query `name` until the lock is closed; waits, and says so, where another run does.
fn lock(file: &Path, name: &str) -> Result<File> {
    let path = beside(file, ".lock");
    let fail = |cause| Error::io("lock", &path, cause);
    // Read and not written: the file stays empty, and a link of that name does no harm.
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => {
            message::remark(&format!("another 'search new {name}' runs; waiting for it"));
        }
        // A file system without locks: one run at a time goes well there too.
        Err(TryLockError::Error(cause)) if has_no_locks(&cause) => return Ok(file),
        Err(TryLockError::Error(cause)) => return Err(fail(cause)),
    }
    file.lock().map_err(fail)?;
    Ok(file)
}

/// True where the file system, or a server behind it, cannot lock files at all.
fn has_no_locks(cause: &std::io::Error) -> bool {
    cause.kind() == std::io::ErrorKind::Unsupported || cause.raw_os_error() == Some(libc::ENOLCK)
}

/// Removes what runs that were killed have left beside `file`: who holds the lock is the only one that writes there.
fn sweep(file: &Path) {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|name| name.to_str())) else { return };
    let is_left = |left: &str| left.strip_prefix(name).is_some_and(|end| end.starts_with('.') && end.ends_with(FRESH));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_left) {
            // What cannot be removed is in nobody's way: the next file has a name of its own.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The ids of a hit and of its copies.
fn ids(hit: &Hit) -> impl Iterator<Item = &str> {
    let copies = hit.story.iter().flat_map(|story| story.copies.iter().chain([&story.first]));
    [hit.id.as_str()].into_iter().chain(copies.map(|copy| copy.id.as_str()))
}

/// Makes the folder of `file`, with those above it.
pub(crate) fn make_folder(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    // A new folder is on the disk only when the one above it is.
    let fresh: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    fs::create_dir_all(folder)
        .and_then(|()| fresh.iter().try_for_each(|fresh| sync_folder(fresh)))
        .map_err(|cause| Error::io("make", folder, cause))
}

/// Brings the name of `file` to the disk.
pub(crate) fn sync_folder(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
