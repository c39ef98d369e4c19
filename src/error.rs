//! One opaque error for the whole library.
//!
//! Damaged input is not an error: extraction, annotation and query parsing return a value with notes. Only
//! the file system and the index can fail. Messages are lower case, without a full stop, and read
//! `thing: cause; what to do next`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::text::safe_path;

/// Shorthand for results of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, with the path or thing it went wrong with.
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    Io { path: PathBuf, doing: &'static str, cause: io::Error },
    Refused { path: PathBuf, why: String },
    NoIndex { path: PathBuf },
    Foreign { path: PathBuf },
    Format { path: PathBuf, found: u32, ours: u32 },
    Busy { path: PathBuf },
    Index { path: PathBuf, cause: String },
    Damaged { path: PathBuf, cause: String },
    NoSuchId { id: String },
    Usage { message: String },
    Interrupted,
    Stopped,
    Internal { message: String },
}

impl Error {
    fn new(kind: Kind) -> Error {
        // A pointer, so that a result of it costs the hot paths no more than the value.
        Error(Box::new(kind))
    }

    /// The file system refused `doing` ("read", "open", "create") on `path`.
    pub fn io(doing: &'static str, path: &Path, cause: io::Error) -> Error {
        Error::new(Kind::Io { path: path.to_owned(), doing, cause })
    }

    /// A file that is refused for what it is or holds: too large, not a page, a damaged archive.
    pub fn refused(path: &Path, why: impl Into<String>) -> Error {
        Error::new(Kind::Refused { path: path.to_owned(), why: why.into() })
    }

    /// There is no index at `path`.
    pub(crate) fn no_index(path: &Path) -> Error {
        Error::new(Kind::NoIndex { path: path.to_owned() })
    }

    /// `path` holds files, but no index of ours.
    pub(crate) fn foreign(path: &Path) -> Error {
        Error::new(Kind::Foreign { path: path.to_owned() })
    }

    /// The index at `path` has format `found`, this program reads `ours`.
    pub(crate) fn format(path: &Path, found: u32, ours: u32) -> Error {
        Error::new(Kind::Format { path: path.to_owned(), found, ours })
    }

    /// Another process writes to the index at `path`.
    pub(crate) fn busy(path: &Path) -> Error {
        Error::new(Kind::Busy { path: path.to_owned() })
    }

    /// The index at `path` failed for `cause`.
    pub fn index(path: &Path, cause: impl fmt::Display) -> Error {
        Error::new(Kind::Index { path: path.to_owned(), cause: brief(&cause) })
    }

    /// The files of the index at `path` are not what they were when they were written.
    pub fn damaged(path: &Path, cause: impl fmt::Display) -> Error {
        Error::new(Kind::Damaged { path: path.to_owned(), cause: brief(&cause) })
    }

    /// No article of the index has this id.
    pub(crate) fn no_such_id(id: &str) -> Error {
        Error::new(Kind::NoSuchId { id: id.to_owned() })
    }

    /// What was asked for cannot be asked like that.
    pub fn usage(message: impl Into<String>) -> Error {
        Error::new(Kind::Usage { message: message.into() })
    }

    /// The user stopped the run; what was done so far is committed.
    pub fn interrupted() -> Error {
        Error::new(Kind::Interrupted)
    }

    /// A request was not answered before its deadline, or was cancelled.
    pub fn stopped() -> Error {
        Error::new(Kind::Stopped)
    }

    /// The program broke a promise to itself.
    pub(crate) fn internal(message: impl Into<String>) -> Error {
        Error::new(Kind::Internal { message: message.into() })
    }

    /// True when another process holds the index and trying again later can help.
    pub fn is_busy(&self) -> bool {
        matches!(*self.0, Kind::Busy { .. })
    }

    /// True when the run was stopped by the user.
    pub fn is_interrupted(&self) -> bool {
        matches!(*self.0, Kind::Interrupted)
    }

    /// True when a request was given up at its deadline, or because it was cancelled.
    pub fn is_stopped(&self) -> bool {
        matches!(*self.0, Kind::Stopped)
    }

    /// True when the output's reader has gone away, as `head` does: not a failure for a command.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(&*self.0, Kind::Io { cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe)
    }

    /// True when the fault lies in what a file holds: trying again changes nothing while the file stays as it is.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(*self.0, Kind::Refused { .. })
    }

    /// True when there is no index yet.
    pub fn is_no_index(&self) -> bool {
        matches!(*self.0, Kind::NoIndex { .. })
    }

    /// True when the index was made by an older version.
    pub fn is_older_format(&self) -> bool {
        matches!(*self.0, Kind::Format { found, ours, .. } if found < ours)
    }

    /// True when an id was asked for that no article has.
    pub fn is_no_such_id(&self) -> bool {
        matches!(*self.0, Kind::NoSuchId { .. })
    }

    /// The message for whoever asks from elsewhere: it names no path of this machine.
    pub fn public(&self) -> String {
        let stage = "tell whoever runs this archive";
        match &*self.0 {
            Kind::Io { doing, cause, .. } => {
                format!("failed to {doing} a file of the archive: {}; {stage}", plain(cause))
            }
            Kind::Refused { .. } => format!("a file of the archive is refused; {stage}"),
            Kind::NoIndex { .. } => "there is no index yet; make one with 'search index FOLDER', or name another with \
                                     --index"
                .to_owned(),
            Kind::Foreign { .. } => {
                "the folder of the index holds something else; name another with --index".to_owned()
            }
            Kind::Format { found, ours, .. } => format!(
                "the index is of format {found}, this program reads {ours}; run 'search index' on the folders again"
            ),
            Kind::Busy { .. } => "another run is writing to the index; try again when it has ended".to_owned(),
            Kind::Index { .. } => format!("the index failed; {stage}"),
            Kind::Damaged { .. } => format!("the index is damaged; {stage}, 'search check' tells more"),
            Kind::NoSuchId { .. } | Kind::Usage { .. } | Kind::Interrupted | Kind::Stopped => self.to_string(),
            Kind::Internal { .. } => format!("a fault in the program; {stage}"),
        }
    }

    /// True when what was asked cannot be asked like that.
    pub fn is_usage(&self) -> bool {
        matches!(*self.0, Kind::Usage { .. })
    }

    /// The reason alone, without the path: for lists that already show the path.
    pub(crate) fn reason(&self) -> String {
        match &*self.0 {
            Kind::Io { doing, cause, .. } => format!("failed to {doing}: {}", plain(cause)),
            Kind::Refused { why, .. } => why.clone(),
            _ => self.to_string(),
        }
    }
}

/// The operating system's words without "(os error 2)".
fn plain(cause: &io::Error) -> String {
    let text = cause.to_string();
    match text.find(" (os error") {
        // The number tells users nothing, and is no part of a sentence.
        Some(at) => text[..at].to_lowercase(),
        None => text,
    }
}

/// What to do where there is no room left; `None` where something else is wrong.
fn remedy(cause: &io::Error) -> Option<&'static str> {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some("make room"),
        io::ErrorKind::FileTooLarge => Some("raise the limit of the size of files ('ulimit -f')"),
        _ => None,
    }
}

/// One line of at most two hundred characters: some causes quote whole files.
fn brief(cause: &dyn fmt::Display) -> String {
    let text = cause.to_string();
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(200) {
        Some((at, _)) => format!("{}...", &line[..at]),
        None => line.to_owned(),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Io { path, cause, .. } => {
                write!(f, "{}: {}", safe_path(path), self.reason())?;
                let Some(remedy) = remedy(cause) else { return Ok(()) };
                write!(f, "; {remedy} and run the same command again, what was committed is kept")
            }
            Kind::Refused { path, .. } => write!(f, "{}: {}", safe_path(path), self.reason()),
            Kind::NoIndex { path } => write!(
                f,
                "{}: no index here; make one with 'search index FOLDER --index {0}', or name another with --index",
                safe_path(path)
            ),
            Kind::Foreign { path } => write!(
                f,
                "{}: this folder holds something that is not a search index; name another with --index",
                safe_path(path)
            ),
            Kind::Format { path, found, ours } if found > ours => write!(
                f,
                "{}: made by a newer version (format {found}, this program reads {ours}); upgrade search",
                safe_path(path)
            ),
            // What the format before this one has stored can be read: see `index::upgrade`.
            Kind::Format { path, found, ours } if found + 1 == *ours => write!(
                f,
                "{}: made by an older version (format {found}, this program reads {ours}); run 'search index' \
                 on your folders to rebuild it, or 'search index --upgrade' where the pages are gone",
                path.display()
            ),
            Kind::Format { path, found, ours } => write!(
                f,
                "{}: made by an older version (format {found}, this program reads {ours}); run 'search index' \
                 on your folders to rebuild it",
                safe_path(path)
            ),
            Kind::Busy { path } => write!(
                f,
                "{}: busy, another 'search index' is writing to it; try again when it has ended",
                safe_path(path)
            ),
            Kind::Index { path, cause } => write!(
                f,
                "{}: index failed: {cause}; if it goes on, remove this folder and run 'search index' on your folders again",
                safe_path(path)
            ),
            Kind::Damaged { path, cause } => write!(
                f,
                "{}: damaged index: {cause}; remove this folder and run 'search index' on your folders again",
                safe_path(path)
            ),
            Kind::NoSuchId { id } => {
                write!(f, "{id}: no article has this id; ids are in the output of 'search query'")
            }
            Kind::Usage { message } => f.write_str(message),
            Kind::Stopped => f.write_str("not answered in time; ask for less, or allow more time"),
            Kind::Internal { message } => write!(f, "internal error: {message}; please report this"),
            Kind::Interrupted => f.write_str("stopped; what was done so far is kept, run the same command to go on"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Io { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn io_error(kind: io::ErrorKind) -> io::Error {
        io::Error::from(kind)
    }

    #[test]
    fn messages_name_the_thing_the_cause_and_what_to_do() {
        let at = Path::new("/a/index");
        let system = |number| io::Error::from_raw_os_error(number);
        for (error, expected) in [
            (Error::io("open", at, system(libc::ENOENT)), "/a/index: failed to open: no such file or directory"),
            (
                Error::io("write", at, system(libc::ENOSPC)),
                "/a/index: failed to write: no space left on device; make room and run the same command again, what was committed \
                 is kept",
            ),
            (
                Error::io("write", at, system(libc::EFBIG)),
                "/a/index: failed to write: file too large; raise the limit of the size of files ('ulimit -f') and run the same \
                 command again, what was committed is kept",
            ),
            (Error::refused(at, "empty file"), "/a/index: empty file"),
            (Error::refused(Path::new("/a\n/b: x"), "empty file"), "$'/a\\n/b: x': empty file"),
            (
                Error::no_index(at),
                "/a/index: no index here; make one with 'search index FOLDER --index /a/index', or name another with --index",
            ),
            (
                Error::format(at, 9, 6),
                "/a/index: made by a newer version (format 9, this program reads 6); upgrade search",
            ),
            (
                Error::format(at, 4, 6),
                "/a/index: made by an older version (format 4, this program reads 6); run 'search index' on your folders to \
                 rebuild it",
            ),
            (
                Error::format(at, 5, 6),
                "/a/index: made by an older version (format 5, this program reads 6); run 'search index' on your folders to \
                 rebuild it, or 'search index --upgrade' where the pages are gone",
            ),
            (Error::busy(at), "/a/index: busy, another 'search index' is writing to it; try again when it has ended"),
            (
                Error::damaged(at, "a.store: cut off"),
                "/a/index: damaged index: a.store: cut off; remove this folder and run 'search index' on your folders again",
            ),
            (Error::no_such_id("12ab"), "12ab: no article has this id; ids are in the output of 'search query'"),
            (Error::usage("type it once"), "type it once"),
        ] {
            assert_eq!(error.to_string(), expected);
        }
        let foreign = Error::foreign(at).to_string();
        assert!(foreign.contains("not a search index") && foreign.ends_with("name another with --index"), "{foreign}");
    }

    #[test]
    fn each_predicate_holds_for_its_own_errors_alone() {
        let at = Path::new("/a");
        type Predicate = (&'static str, fn(&Error) -> bool);
        let predicates: [Predicate; 7] = [
            ("busy", Error::is_busy),
            ("interrupted", Error::is_interrupted),
            ("broken pipe", Error::is_broken_pipe),
            ("refusal", Error::is_refusal),
            ("no index", Error::is_no_index),
            ("older format", Error::is_older_format),
            ("no such id", Error::is_no_such_id),
        ];
        for (error, expected) in [
            (Error::busy(at), "busy"),
            (Error::interrupted(), "interrupted"),
            (Error::io("write", at, io_error(io::ErrorKind::BrokenPipe)), "broken pipe"),
            (Error::io("write", at, io_error(io::ErrorKind::NotFound)), ""),
            (Error::refused(at, "empty file"), "refusal"),
            (Error::no_index(at), "no index"),
            (Error::format(at, 5, 6), "older format"),
            (Error::format(at, 7, 6), ""),
            (Error::no_such_id("x"), "no such id"),
            (Error::damaged(at, "x"), ""),
            (Error::index(at, "x"), ""),
            (Error::usage("x"), ""),
        ] {
            let held: Vec<&str> = predicates.iter().filter(|(_, holds)| holds(&error)).map(|(name, _)| *name).collect();
            assert_eq!(held.join(" "), expected, "{error}");
        }
    }

    #[test]
    fn what_is_said_to_others_names_no_path() {
        let at = Path::new("/secret/place");
        for error in [
            Error::io("open", at, io_error(io::ErrorKind::NotFound)),
            Error::refused(at, "/secret/place: no page"),
            Error::no_index(at),
            Error::foreign(at),
            Error::format(at, 9, 6),
            Error::busy(at),
            Error::index(at, "/secret/place/a.store is not there"),
            Error::damaged(at, "/secret/place/a.store: cut off"),
            Error::internal("/secret/place"),
        ] {
            let said = error.public();
            assert!(!said.contains("secret"), "{said}");
            assert!(said.contains("; "), "what to do next: {said}");
        }
        assert_eq!(Error::usage("type it once").public(), "type it once");
    }

    #[test]
    fn a_reason_leaves_the_path_out() {
        let at = Path::new("/a/b.html");
        assert_eq!(Error::refused(at, "empty file").reason(), "empty file");
        assert_eq!(
            Error::io("read", at, io::Error::from_raw_os_error(libc::EIO)).reason(),
            "failed to read: input/output error"
        );
        assert!(Error::busy(at).reason().starts_with("/a/b.html: busy"), "where the path is the message");
    }

    #[test]
    fn causes_are_one_line_and_not_long() {
        let long = "ş".repeat(300);
        for (cause, expected) in [("one\ntwo", "one"), ("", ""), ("short", "short")] {
            assert_eq!(brief(&cause), expected);
        }
        assert_eq!(brief(&long), format!("{}...", "ş".repeat(200)));
        assert_eq!(brief(&"x".repeat(200)), "x".repeat(200));
    }
}
