//! Opening a file, and when it changed.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Opens a file for reading; does not wait for a writer where it has become a named pipe since it was listed.
#[cfg(unix)]
pub(super) fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // Without the flags a pipe that nobody writes to would hold the run for ever, and a terminal could become its own.
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Last change in nanoseconds since 1970; 0 where the file system keeps none.
pub(super) fn mtime(meta: &Metadata) -> i64 {
    let nanoseconds = |since: std::time::Duration| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
    match meta.modified().map(|time| time.duration_since(UNIX_EPOCH)) {
        Ok(Ok(after)) => nanoseconds(after),
        Ok(Err(before)) => -nanoseconds(before.duration()),
        Err(_) => 0,
    }
}
