//! Tantivy's errors in our words: what the system refused, what is damaged, and who holds the index.
//!
//! Only a damaged index is to be removed. Where the system has refused something (no room, no more open files, a disk that
//! is read only) the files are whole and the cause is elsewhere.

use std::io;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::schema::document::DeserializeError;

use crate::error::Error;

/// `cause`, which ended `doing` ("open index", "write index") on the index at `path`.
pub(crate) fn error(path: &Path, doing: &'static str, cause: &TantivyError) -> Error {
    match cause {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::busy(path),
        TantivyError::LockFailure(LockError::IoError(cause), _) => lock_error(path, cause),
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            Error::damaged(path, format!("{}: this file is missing", file.display()))
        }
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) if !is_refused(&copy(io_error)) => {
            Error::damaged(path, format!("{}: {}", filepath.display(), sentence(io_error.as_ref())))
        }
        TantivyError::DataCorruption(_)
        | TantivyError::IncompatibleIndex(_)
        | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => Error::damaged(path, sentence(cause)),
        _ => match system_error(cause) {
            Some(refused) if is_refused(&refused) => Error::io(doing, path, refused),
            Some(odd) => Error::damaged(path, sentence(&odd)),
            None => Error::index(path, cause),
        },
    }
}

/// A lock that the file system did not give.
pub(crate) fn lock_error(path: &Path, cause: &io::Error) -> Error {
    if has_no_locks(cause) {
        return Error::refused(
            path,
            "this file system has no locks, so that two runs could write at once; put the index on another with --index",
        );
    }
    Error::io("lock", path, copy(cause))
}

/// True where the file system, or a server behind it, cannot lock files at all.
pub(crate) fn has_no_locks(cause: &io::Error) -> bool {
    cause.raw_os_error().is_some_and(|number| [libc::ENOLCK, libc::ENOSYS, libc::EOPNOTSUPP].contains(&number))
}

/// The error of the file system inside `cause`, where there is one.
fn system_error(cause: &TantivyError) -> Option<io::Error> {
    use OpenDirectoryError::{FailedToCreateTempDir, IoError};
    match cause {
        TantivyError::IoError(cause)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: cause, .. })
        | TantivyError::DeserializeError(DeserializeError::CorruptedValue(cause))
        | TantivyError::OpenDirectoryError(IoError { io_error: cause, .. } | FailedToCreateTempDir(cause)) => {
            Some(copy(cause))
        }
        // Some paths through Tantivy keep only the words of the cause.
        other => numbered(&other.to_string()),
    }
}

/// An error is no value that can be copied; its number is, and stands for its words. Where Tantivy has made another error of
/// it, the words still have the number.
fn copy(cause: &io::Error) -> io::Error {
    let text = cause.to_string();
    let known = cause.raw_os_error().map(io::Error::from_raw_os_error).or_else(|| numbered(&text));
    known.unwrap_or_else(|| io::Error::new(cause.kind(), text))
}

/// The operating system's error that `text` quotes: `... (os error 28)`, or `Os { code: 28, ... }`.
fn numbered(text: &str) -> Option<io::Error> {
    let (_, rest) = text.rsplit_once("(os error ").or_else(|| text.rsplit_once("Os { code: "))?;
    Some(io::Error::from_raw_os_error(rest.split([')', ',']).next()?.parse().ok()?))
}

/// True where the file system refuses what may well be whole.
fn is_refused(cause: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    // What comes from the system has a number; what Tantivy makes of bytes that it cannot read has none.
    cause.raw_os_error().is_some() || !matches!(cause.kind(), UnexpectedEof | InvalidData | InvalidInput | Other)
}

/// The first sentence of Tantivy's words; what follows quotes whole files or guesses.
fn sentence(cause: &dyn std::fmt::Display) -> String {
    let text = cause.to_string();
    text.split(". ").next().unwrap_or("").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::error::DataCorruption;

    use super::*;

    const AT: &str = "/srv/index";

    fn system(number: i32) -> Arc<io::Error> {
        Arc::new(io::Error::from_raw_os_error(number))
    }

    fn kind(kind: io::ErrorKind) -> Arc<io::Error> {
        Arc::new(io::Error::from(kind))
    }

    fn opened(io_error: Arc<io::Error>) -> TantivyError {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath: "a.idx".into() })
    }

    #[test]
    fn only_damage_is_to_be_removed() {
        let written = |io_error| OpenWriteError::IoError { io_error, filepath: "a.idx".into() };
        let folder = |io_error| OpenDirectoryError::IoError { io_error, directory_path: AT.into() };
        let thread = |text: &str| TantivyError::ErrorInThread(text.to_owned());
        let corrupt = |text: &str| DataCorruption::comment_only(text);
        for (cause, expected) in [
            (corrupt("cut off. It may have been").into(), "damaged index: "),
            (opened(kind(io::ErrorKind::UnexpectedEof)), "damaged index: a.idx: "),
            (OpenReadError::FileDoesNotExist("a.pos".into()).into(), "damaged index: a.pos: this file is missing"),
            (TantivyError::IoError(kind(io::ErrorKind::InvalidData)), "damaged index: "),
            (opened(kind(io::ErrorKind::PermissionDenied)), "failed to open index: permission denied"),
            (opened(system(libc::EMFILE)), "failed to open index: too many open files"),
            (written(system(libc::EROFS)).into(), "failed to open index: read-only file system"),
            (folder(system(libc::EACCES)).into(), "failed to open index: permission denied"),
            (TantivyError::IoError(system(libc::ENOSPC)), "failed to open index: no space left on device; make room"),
            (
                TantivyError::IoError(Arc::new(io::Error::other("No space left on device (os error 28)"))),
                "failed to open index: no space left on device; make room",
            ),
            (thread("worker: No space left on device (os error 28)"), "failed to open index: no space left on device"),
            (thread("Os { code: 24, kind: Uncategorized, message: \"...\" }"), "failed to open index: too many open"),
            (thread("a word"), "index failed: "),
            (TantivyError::LockFailure(LockError::LockBusy, None), "busy, another"),
            (
                TantivyError::LockFailure(LockError::IoError(system(libc::ENOLCK)), None),
                "this file system has no locks",
            ),
            (TantivyError::LockFailure(LockError::IoError(system(libc::EIO)), None), "failed to lock: "),
        ] {
            let text = error(Path::new(AT), "open index", &cause).to_string();
            let rest = text.strip_prefix("/srv/index: ").unwrap_or(&text);
            assert!(rest.starts_with(expected), "{cause:?}: {text}");
            assert_eq!(
                text.contains("remove this folder"),
                expected.starts_with("damaged") || expected.starts_with("index")
            );
        }
    }
}
