//! Zip files: pages as entries, and files of many pages within them, as in WACZ.
//!
//! The directory at the end of the file is read, not the heads before the entries: browsers write sizes behind the data.
//! Names of entries are text and lead to no file.

use std::collections::HashMap;
use std::io::{Cursor, Read, Seek, Write};

use ::zip::result::ZipError;
use ::zip::{CompressionMethod, ZipArchive};
use sha2::{Digest, Sha256};

use super::entries::{self, Entry, Inner};
use super::input::Input;
use super::{Container, Hurt, Piece, RecordSkip, SavedPage, Scope, Unopened, What};
use crate::input::{ContainerEntry, Limits, Locator, unpack};
use crate::text::safe_line;

/// Entries of one file that are read.
// The largest mirrors in one zip have some hundred thousand; the directory of more takes memory that nobody asked for.
const MOST_ENTRIES: usize = 1_000_000;
/// Bytes of the list of a WACZ's entries.
const PACKAGE: u64 = 16 << 20;
/// Bytes of a directory of entries.
const DIRECTORY: u64 = 256 << 20;

/// The entries of one zip.
pub(super) struct Zip {
    archive: ZipArchive<Input>,
    /// What is read where it lies.
    input: Input,
    scope: Scope,
    next: usize,
    inside: Option<Inner>,
    /// What a WACZ says of the digests of its entries.
    digests: HashMap<String, String>,
    /// It is a WACZ, whose lists of pages are of those in its crawls.
    is_package: bool,
    pending: Option<Hurt>,
}

impl Zip {
    /// Opens the zip that `input` is. The error says why it is not read.
    pub(super) fn open(input: Input, scope: Scope) -> Result<Zip, Unopened> {
        let mut archive = opened(input.clone(), input.length()).map_err(Unopened::Refused)?;
        // Fifty gigabytes in one file that names the same bytes over and over.
        if archive.has_overlapping_entries().unwrap_or(true) {
            return Err(Unopened::Refused("ZIP archive whose entries lie upon each other".to_owned()));
        }
        let digests = digests(&mut archive, scope.limits.ratio);
        let holds = |folder: &str| archive.file_names().flatten().any(|name| name.starts_with(folder));
        let is_package = holds("archive/") && holds("pages/");
        Ok(Zip { archive, input, scope, next: 0, inside: None, digests, is_package, pending: None })
    }

    fn name(&self, at: usize) -> String {
        match self.archive.name_for_index(at) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("number {at}"),
        }
    }

    /// What entry number `at` holds; `None` for a folder, and for a file of many pages, which is read next.
    fn piece(&mut self, at: usize) -> Option<What> {
        let name = self.name(at);
        if self.is_package && name.starts_with("pages/") {
            return Some(What::Skipped(RecordSkip::About));
        }
        let ratio = self.scope.limits.ratio;
        let judged = entries::judge(&name, || read(&mut self.archive, at, entries::HEAD, ratio));
        match judged {
            Err(why) => Some(What::Refused(why)),
            Ok(Entry::Folder) => None,
            Ok(Entry::Skip(why)) => Some(What::Skipped(why)),
            Ok(Entry::Page) => Some(self.page(at, name)),
            Ok(Entry::Container) => {
                self.compare_digest(at, &name);
                let entry = ContainerEntry { name, nth: 0 };
                match self.inner(at).and_then(|input| Inner::open(input, entry, &self.scope)) {
                    Ok(inner) => {
                        self.inside = Some(inner);
                        None
                    }
                    Err(why) => Some(What::Refused(why)),
                }
            }
        }
    }

    fn page(&mut self, at: usize, name: String) -> What {
        match page_of(&mut self.archive, at, self.scope.limits) {
            Ok(bytes) => What::Page(SavedPage { bytes, name: Some(name), ..SavedPage::default() }),
            Err(why) => What::Refused(why),
        }
    }

    /// Says so where a WACZ names another digest of entry number `at` than it has.
    fn compare_digest(&mut self, at: usize, name: &str) {
        let Some(said) = self.digests.get(name) else { return };
        let Ok(mut entry) = self.archive.by_index(at) else { return };
        let mut digest = Sha256::new();
        let read = std::io::copy(&mut entry, &mut Hashed(&mut digest));
        // Who reads the entry says why it cannot be read.
        if read.is_ok() && data_encoding::HEXLOWER.encode(&digest.finalize()) != *said {
            let why = format!("entry {}: its digest is not the one in datapackage.json", safe_line(name));
            self.pending = Some(Hurt { at: 0, why, resumed: Some(0), of_system: false });
        }
    }

    /// The bytes of an entry as a file of its own: where it lies if it is stored as it is, else in memory.
    fn inner(&mut self, at: usize) -> Result<Input, String> {
        let entry = self.archive.by_index(at).map_err(|cause| reason(&cause))?;
        let (method, size) = (entry.compression(), entry.compressed_size());
        if method == CompressionMethod::Stored && !entry.encrypted() {
            let start = entry.data_start().ok_or("an entry without data")?;
            return Ok(self.input.part(start, size));
        }
        drop(entry);
        let bytes = read(&mut self.archive, at, entries::PACKED_TWICE + 1, self.scope.limits.ratio)?;
        if bytes.len() as u64 > entries::PACKED_TWICE {
            return Err(entries::packed_twice());
        }
        Ok(Input::of_memory(bytes))
    }
}

/// What is written into a digest.
struct Hashed<'d>(&'d mut Sha256);

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The digests in hex that the `datapackage.json` of a WACZ gives, by the names of entries.
fn digests(archive: &mut ZipArchive<Input>, ratio: u64) -> HashMap<String, String> {
    let package = archive.index_for_name("datapackage.json").and_then(|at| read(archive, at, PACKAGE, ratio).ok());
    let package: serde_json::Value = package.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let of_resource = |resource: &serde_json::Value| {
        let (name, hash) = (resource["path"].as_str()?, resource["hash"].as_str()?);
        Some((name.to_owned(), hash.strip_prefix("sha256:")?.to_ascii_lowercase()))
    };
    package["resources"].as_array().into_iter().flatten().filter_map(of_resource).collect()
}

/// The directory of the zip in `input`, which has `size` bytes; the error says why it is not read.
fn opened<R: Read + Seek>(input: R, size: u64) -> Result<ZipArchive<R>, String> {
    let archive = ZipArchive::new(input).map_err(|cause| format!("ZIP archive: {}", reason(&cause)))?;
    if archive.len() > MOST_ENTRIES || size.saturating_sub(archive.central_directory_start()) > DIRECTORY {
        return Err(format!("ZIP archive of more than {MOST_ENTRIES} entries"));
    }
    Ok(archive)
}

/// All of the entry that is a page.
fn page_of<R: Read + Seek>(archive: &mut ZipArchive<R>, at: usize, limits: Limits) -> Result<Vec<u8>, String> {
    let bytes = read(archive, at, limits.page + 1, limits.ratio)?;
    if bytes.len() as u64 > limits.page {
        return Err(unpack::larger(limits));
    }
    Ok(bytes)
}

/// The first `most` bytes of an entry; the error says why it cannot be read.
fn read<R: Read + Seek>(archive: &mut ZipArchive<R>, at: usize, most: u64, ratio: u64) -> Result<Vec<u8>, String> {
    let mut entry = archive.by_index(at).map_err(|cause| reason(&cause))?;
    let packed = entry.compressed_size();
    let room = unpack::FREE.saturating_add(ratio.saturating_mul(packed));
    let mut bytes = Vec::new();
    (&mut entry)
        .take(most.min(room.saturating_add(1)))
        .read_to_end(&mut bytes)
        .map_err(|cause| format!("damaged entry: {cause}"))?;
    if bytes.len() as u64 > room {
        return Err(format!("unpacks to more than {ratio} times its size"));
    }
    Ok(bytes)
}

/// The page in a page that is a zip itself, as SingleFile writes them; `None` where there is none in it, the error where it
/// cannot be read.
pub(in crate::input) fn page_within(bytes: &[u8], limits: Limits) -> Result<Option<Vec<u8>>, String> {
    let mut archive = opened(Cursor::new(bytes), bytes.len() as u64)?;
    let page = ["index.html", "index.htm", "index.xhtml"].iter().find_map(|name| archive.index_for_name(name));
    page.map(|at| page_of(&mut archive, at, limits)).transpose()
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
    fn next(&mut self) -> Result<Option<Piece>, Hurt> {
        loop {
            if let Some(hurt) = self.pending.take() {
                return Err(hurt);
            }
            if let Some(inner) = &mut self.inside {
                match inner.next() {
                    Some(found) => return found.map(Some),
                    None => self.inside = None,
                }
            }
            if self.next >= self.archive.len() {
                return Ok(None);
            }
            let at = self.next;
            self.next += 1;
            if let Some(what) = self.piece(at) {
                let entry = ContainerEntry { name: self.name(at), nth: 0 };
                return Ok(Some(Piece { locator: Locator { outer: 0, inner: 0, entry: Some(entry) }, what }));
            }
        }
    }

    fn mark(&self) -> u64 {
        // The directory stands at the end: there is no going on.
        0
    }

    fn reached(&self) -> u64 {
        (self.input.length() / self.archive.len().max(1) as u64).saturating_mul(self.next as u64)
    }

    fn go_to(&mut self, place: &Locator) -> std::io::Result<()> {
        let Some(entry) = &place.entry else { return Ok(()) };
        // The entry itself, or the one that it lies in.
        let ends = [entry.name.len()].into_iter().chain(entry.name.rmatch_indices('/').map(|(at, _)| at));
        let found = ends.filter_map(|end| self.archive.index_for_name(&entry.name[..end])).next();
        self.next = found.unwrap_or(self.archive.len());
        Ok(())
    }
}

#[cfg(test)]
mod tests;
