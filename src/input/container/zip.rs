//! Zip files: pages as entries, and WARC files within them, as in WACZ.
//!
//! The directory at the end of the file is read, not the heads before the entries: browsers write sizes behind the data.
//! Names of entries are text and lead to no file.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use ::zip::result::ZipError;
use ::zip::{CompressionMethod, ZipArchive};

use super::input::{Input, Window};
use super::probe::{self, Format};
use super::unpacked::Unpacked;
use super::warc::Warc;
use super::{Container, Hurt, Piece, RecordSkip, SavedPage, What};
use crate::input::kind::Name;
use crate::input::read::{Beginning, beginning_of};
use crate::input::{ContainerEntry, Limits, Locator, file, kind, unpack};
use crate::text::safe_line;
use crate::{Error, Result};

/// Entries of one file that are read.
// The largest mirrors in one zip have some hundred thousand; the directory of more takes memory that nobody asked for.
const MOST_ENTRIES: usize = 1_000_000;
/// Bytes of a directory of entries.
const DIRECTORY: u64 = 256 << 20;
/// The largest WARC file that is packed within a zip a second time: it is held in memory while it is read.
// Those who follow WACZ store it as it is, and then it is read where it lies.
const PACKED_TWICE: u64 = 64 << 20;
/// Bytes at the beginning of an entry that tell a page.
const HEAD: u64 = 4096;

/// The entries of one zip.
pub(super) struct Zip {
    archive: ZipArchive<File>,
    /// Opened a second time for what is read where it lies.
    file: File,
    limits: Limits,
    next: usize,
    /// The records of the entry that is read now, and its name.
    inside: Option<(Warc, ContainerEntry)>,
}

impl Zip {
    /// Opens the zip at `path`. The error says why it is not read.
    pub(super) fn open(path: &Path, limits: Limits) -> Result<Zip> {
        let failed = |cause| Error::io("open", path, cause);
        let refused = |why: String| Error::refused(path, why);
        let input = file::open(path).map_err(failed)?;
        let size = input.metadata().map_err(failed)?.len();
        let mut archive =
            ZipArchive::new(input).map_err(|cause| refused(format!("ZIP archive: {}", reason(&cause))))?;
        if archive.len() > MOST_ENTRIES || size.saturating_sub(archive.central_directory_start()) > DIRECTORY {
            return Err(refused(format!("ZIP archive of more than {MOST_ENTRIES} entries")));
        }
        // Fifty gigabytes in one file that names the same bytes over and over.
        if archive.has_overlapping_entries().unwrap_or(true) {
            return Err(refused("ZIP archive whose entries lie upon each other".to_owned()));
        }
        let file = file::open(path).map_err(failed)?;
        Ok(Zip { archive, file, limits, next: 0, inside: None })
    }

    /// The page at `locator` again.
    pub(super) fn fetch(mut self, locator: &Locator) -> Option<SavedPage> {
        let entry = locator.entry.as_ref()?;
        let at = self.archive.index_for_name(&entry.name)?;
        let what = match self.piece(at)? {
            Found::Page(what) => what,
            Found::Records(mut records) => {
                records.go_to(locator.outer, locator.inner).ok()?;
                records.next().ok()??.what
            }
        };
        if let What::Page(page) = what { Some(page) } else { None }
    }

    fn name(&self, at: usize) -> String {
        match self.archive.name_for_index(at) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("number {at}"),
        }
    }

    /// What entry number `at` holds; `None` for a folder.
    fn piece(&mut self, at: usize) -> Option<Found> {
        let name = self.name(at);
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let said = kind::of_name(OsStr::new(base));
        if base.is_empty() {
            return None;
        }
        let skip = Some(Found::Page(What::Skipped(RecordSkip::OtherType)));
        let hidden = name
            .split(['/', '\\'])
            .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."));
        if hidden || said == Name::Other {
            let is_archive = !hidden && kind::is_archive(OsStr::new(base));
            return if is_archive { Some(refuse("an archive within an archive; unpack it first")) } else { skip };
        }
        let head = match self.read(at, HEAD) {
            Ok(head) => head,
            Err(why) => return Some(Found::Page(What::Refused(why))),
        };
        match (said, beginning_of(&head)) {
            (Name::Container, _) | (Name::Nothing, Beginning::Container) => Some(self.records(at, &head, base)),
            (Name::Nothing, Beginning::Other) => skip,
            _ => Some(self.page(at, name)),
        }
    }

    fn page(&mut self, at: usize, name: String) -> Found {
        let most = self.limits.page;
        Found::Page(match self.read(at, most + 1) {
            Ok(bytes) if bytes.len() as u64 > most => {
                What::Refused(format!("larger than the limit of {}", unpack::mebibytes(most)))
            }
            Ok(bytes) => What::Page(SavedPage { bytes, name: Some(name), ..SavedPage::default() }),
            Err(why) => What::Refused(why),
        })
    }

    /// The first `most` bytes of an entry; the error says why it cannot be read.
    fn read(&mut self, at: usize, most: u64) -> std::result::Result<Vec<u8>, String> {
        let mut entry = self.archive.by_index(at).map_err(|cause| reason(&cause))?;
        let packed = entry.compressed_size();
        let room = unpack::FREE.saturating_add(self.limits.ratio.saturating_mul(packed));
        let mut bytes = Vec::new();
        (&mut entry)
            .take(most.min(room + 1))
            .read_to_end(&mut bytes)
            .map_err(|cause| format!("damaged entry: {cause}"))?;
        if bytes.len() as u64 > room {
            return Err(format!("unpacks to more than {} times its size", self.limits.ratio));
        }
        Ok(bytes)
    }
}

impl Zip {
    /// The records of the WARC file that entry number `at` is, whose first bytes are `head`.
    fn records(&mut self, at: usize, head: &[u8], base: &str) -> Found {
        let Format::Records(packing, dialect) = probe::of_head(head, Path::new(base)) else {
            return refuse("an archive within an archive; unpack it first");
        };
        let limits = self.limits;
        let opened = self
            .inner(at)
            .and_then(|(input, size)| Unpacked::new(input, size, packing, limits).map_err(|cause| cause.to_string()));
        match opened {
            Ok(input) => Found::Records(Box::new(Warc::new(input, dialect, limits))),
            Err(why) => Found::Page(What::Refused(why)),
        }
    }

    /// The bytes of an entry as a file of its own, and how many they are: where it lies if it is stored as it is, else in
    /// memory.
    fn inner(&mut self, at: usize) -> std::result::Result<(Box<dyn Input>, u64), String> {
        let entry = self.archive.by_index(at).map_err(|cause| reason(&cause))?;
        let (method, size) = (entry.compression(), entry.compressed_size());
        if method == CompressionMethod::Stored && !entry.encrypted() {
            let start = entry.data_start().ok_or("an entry without data")?;
            drop(entry);
            let file = self.file.try_clone().map_err(|cause| cause.to_string())?;
            return Ok((Box::new(Window::new(file, start, size)), size));
        }
        drop(entry);
        let bytes = self.read(at, PACKED_TWICE + 1)?;
        if bytes.len() as u64 > PACKED_TWICE {
            return Err(format!("packed twice and larger than {}; unpack it first", unpack::mebibytes(PACKED_TWICE)));
        }
        let size = bytes.len() as u64;
        Ok((Box::new(Cursor::new(bytes)), size))
    }
}

/// What an entry holds.
enum Found {
    Page(What),
    Records(Box<Warc>),
}

fn refuse(why: &str) -> Found {
    Found::Page(What::Refused(why.to_owned()))
}

/// Why the archive or an entry cannot be read.
fn reason(cause: &ZipError) -> String {
    match cause {
        ZipError::Io(cause) => cause.to_string(),
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => "locked with a password".to_owned(),
        other => other.to_string(),
    }
}

impl Container for Zip {
    fn next(&mut self) -> std::result::Result<Option<Piece>, Hurt> {
        loop {
            if let Some((records, entry)) = &mut self.inside {
                match records.next() {
                    Ok(Some(Piece { locator, what })) => {
                        let locator = Locator { entry: Some(entry.clone()), ..locator };
                        return Ok(Some(Piece { locator, what }));
                    }
                    Err(hurt) => {
                        let why = format!("entry {}: {}", safe_line(&entry.name), hurt.why);
                        return Err(Hurt { why, ..hurt });
                    }
                    Ok(None) => self.inside = None,
                }
            }
            if self.next >= self.archive.len() {
                return Ok(None);
            }
            let at = self.next;
            self.next += 1;
            let entry = ContainerEntry { name: self.name(at), nth: 0 };
            match self.piece(at) {
                None => {}
                Some(Found::Records(records)) => self.inside = Some((*records, entry)),
                Some(Found::Page(what)) => {
                    return Ok(Some(Piece { locator: Locator { outer: 0, inner: 0, entry: Some(entry) }, what }));
                }
            }
        }
    }

    fn mark(&self) -> u64 {
        // The directory stands at the end: there is no going on.
        0
    }
}

#[cfg(test)]
mod tests;
