//! Files of the user's own that are read whole: settings, names, places, saved queries; and those made for nobody else.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use search::{Error, Result};

/// Bytes of such a file that are read; a larger one is an error.
// A million names in two spellings have about half of it; what is larger is some other file.
const LARGEST: u64 = 64 << 20;

/// The text of the file at `path`, without its byte order mark; `None` where there is no file. Pipes, devices and folders
/// are refused: a pipe that nobody writes to would hold the command for ever.
pub(crate) fn text(path: &Path) -> Result<Option<String>> {
    let fail = |cause| Error::io("read", path, cause);
    let file = match open(path) {
        Ok(file) => file,
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(cause) => return Err(fail(cause)),
    };
    let kind = file.metadata().map_err(fail)?;
    if !kind.is_file() {
        let what = if kind.is_dir() { "a folder" } else { "a pipe or device" };
        return Err(Error::refused(path, format!("{what}, not a file; copy what it gives into a file and name that")));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::refused(path, format!("larger than {} MB", LARGEST >> 20)));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
    let text = String::from_utf8(bytes);
    text.map(Some).map_err(|_| Error::refused(path, "not UTF-8; convert the file with iconv".to_owned()))
}

/// A new file for nobody but the user.
#[cfg(unix)]
pub(crate) fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // New: what another user has put there under this name is not written to.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
pub(crate) fn create(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}
