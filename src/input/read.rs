//! From a file to a page.

use std::fs::Metadata;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::container::{self, SavedPage, begins_like_a_container};
use super::ready::{Ready, is_news};
use super::web_archive::host_folder;
use super::wrapped::{self, Wrapped};
use super::{Format, Limits, Page, Source, charset, file, kind, saved, sniff, unpack};
use crate::date::Stamp;
use crate::{Error, Result};

/// Reads and decodes the page at `source`. Fails where the file cannot be read, or is refused: empty, larger than
/// `limits`, damaged, or not a page at all.
pub fn read(source: &Source, limits: Limits) -> Result<Page> {
    let folder = host_folder(&source.path);
    Ok(Page { folder, ..read_file(&source.file(), limits)? })
}

/// Reads and decodes the file at `path`, with the rules of [`read`].
pub fn read_file(path: &Path, limits: Limits) -> Result<Page> {
    let mut notes = Vec::new();
    let bytes = contents(path, limits, &mut notes)?;
    Ok(Page { folder: host_folder(path), ..page(bytes, path, limits, notes)? })
}

/// Bytes at the beginning of a file that tell a page.
// Comments of the programs that save pages stand before the first tag: an address and a day, some hundred bytes.
const HEAD: u64 = 16 << 10;

/// What a file is, by how it begins.
pub(super) enum Beginning {
    Page,
    Container,
    /// Agency copy as it is sent over a wire.
    Wire,
    Other,
}

/// What the file at `path`, packed or not, is. A page too where it cannot be read: who reads it then says why, and an
/// earlier reading of it is kept.
pub(super) fn beginning(path: &Path) -> Beginning {
    let mut head = Vec::new();
    if file::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_err() {
        return Beginning::Page;
    }
    beginning_of(&head)
}

/// What a file is that begins with `head`, packed or not.
pub(super) fn beginning_of(head: &[u8]) -> Beginning {
    let mut unpacked = Vec::new();
    let head = if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let _ = zstd::stream::read::Decoder::with_buffer(head)
            .and_then(|decoder| decoder.take(HEAD).read_to_end(&mut unpacked));
        &unpacked
    } else if unpack::is_gzip(head) {
        // It is cut off, so it ends in an error; what came before that is the beginning.
        let _ = flate2::read::GzDecoder::new(head).take(HEAD).read_to_end(&mut unpacked);
        &unpacked
    } else {
        head
    };
    match () {
        // News holds pages too.
        () if is_news(head) => Beginning::Container,
        () if sniff::is_html(head) || wrapped::is_mhtml(head) => Beginning::Page,
        () if begins_like_a_container(head) => Beginning::Container,
        () if sniff::is_wire(head) => Beginning::Wire,
        () => Beginning::Other,
    }
}

/// Decodes a page whose bytes are at hand, compressed or not, with the rules of [`read`]. `name` is what messages call
/// it and what tells its format: plain text where it ends in `.txt`, else HTML. A name that tells nothing leaves it to the
/// content.
pub fn read_bytes(bytes: Vec<u8>, name: &Path, limits: Limits) -> Result<Page> {
    if bytes.len() as u64 > limits.page {
        return Err(larger(name, limits));
    }
    page(bytes, name, limits, Vec::new())
}

fn larger(path: &Path, limits: Limits) -> Error {
    Error::refused(path, unpack::larger(limits))
}

/// Decodes a page out of a container, with the rules of [`read`]. The error names the container.
pub fn read_saved(saved: SavedPage, source: &Source, limits: Limits) -> Result<Page> {
    let SavedPage { name, bytes, coding, url, captured, charset, mut notes, ready } = saved;
    if let Some(ready) = ready {
        return ready_page(&ready, &bytes).map_err(|cause| Error::refused(&source.file(), cause.to_string()));
    }
    let refused = |why: String| Error::refused(&source.file(), why);
    let bytes = coding.undo(bytes, limits, &mut notes).map_err(refused)?;
    let in_entry = name.as_deref().and_then(|name| host_folder(name.as_ref()));
    let folder = in_entry.or_else(|| host_folder(&source.path));
    let format = name.and_then(|name| kind::format(name.rsplit('/').next().unwrap_or_default().as_ref()));
    let known = Known { format, url, captured, charset };
    Ok(Page { folder, ..decoded(bytes, known, limits, notes).map_err(refused)? })
}

/// The page that a ready article is.
fn ready_page(ready: &Ready, bytes: &[u8]) -> serde_json::Result<Page> {
    Ok(Page {
        format: Format::Ready,
        text: serde_json::to_string(ready)?,
        url: ready.url.clone(),
        captured: None,
        encoding: "UTF-8",
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)),
        notes: Vec::new(),
        folder: None,
    })
}

/// The bytes of the page at `source` as they were saved, unpacked and not decoded: those that its SHA-256 is of.
pub fn original(source: &Source, limits: Limits) -> Result<Vec<u8>> {
    let (path, mut notes) = (source.file(), Vec::new());
    let refused = |why: String| Error::refused(&path, why);
    let bytes = match source.locator {
        None => contents(&path, limits, &mut notes)?,
        Some(_) => {
            let SavedPage { bytes, coding, ready, .. } = container::fetch(source, limits)?;
            if ready.is_some() {
                return Ok(bytes);
            }
            coding.undo(bytes, limits, &mut notes).map_err(refused)?
        }
    };
    let bytes =
        if unpack::is_gzip(&bytes) { unpack::gunzip(&bytes, limits, &mut notes).map_err(refused)? } else { bytes };
    wrapped::unwrap(bytes, limits).map(|page| page.bytes).map_err(refused)
}

/// What is known of a page beside its bytes.
#[derive(Default)]
struct Known {
    format: Option<Format>,
    url: Option<String>,
    captured: Option<Stamp>,
    charset: Option<String>,
}

fn page(bytes: Vec<u8>, path: &Path, limits: Limits, mut notes: Vec<String>) -> Result<Page> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    if kind::is_gz(name) && !unpack::is_gzip(&bytes) && !bytes.is_empty() {
        notes.push("named .gz, but it is not compressed".to_owned());
    }
    let known = Known { format: kind::format(name), ..Known::default() };
    decoded(bytes, known, limits, notes).map_err(|why| Error::refused(path, why))
}

/// The page that `bytes` are, compressed or not; the error says why they are none.
fn decoded(
    mut bytes: Vec<u8>,
    known: Known,
    limits: Limits,
    mut notes: Vec<String>,
) -> std::result::Result<Page, String> {
    if unpack::is_gzip(&bytes) {
        bytes = unpack::gunzip(&bytes, limits, &mut notes)?;
    }
    let Wrapped { bytes, url, captured, charset } = wrapped::unwrap(bytes, limits)?;
    let known = Known {
        url: known.url.or(url),
        captured: known.captured.or(captured),
        charset: known.charset.or(charset),
        ..known
    };
    if bytes.is_empty() {
        return Err("empty file".to_owned());
    }
    if let Some(what) = sniff::other_format(&bytes) {
        return Err(format!("{what}, not a page"));
    }
    if charset::utf16(&bytes).is_none() {
        if sniff::is_binary(&bytes) {
            return Err("binary data, not a page".to_owned());
        }
        if memchr::memchr(0, &bytes).is_some() {
            notes.push("it holds zero bytes".to_owned());
        }
    }
    // Of the bytes as they were saved, before any reading of ours: who checks a citation has nothing else.
    let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
    let decoded = charset::decode(bytes, known.charset.as_deref());
    let by_content = || if sniff::is_plain(&decoded.text) { Format::Text } else { Format::Html };
    let format = known.format.unwrap_or_else(by_content);
    let origin = match format {
        // Who fetched the page knows better than what is written in it.
        Format::Html if known.url.is_none() => saved::origin(&decoded.text),
        _ => saved::Origin { url: known.url, captured: None },
    };
    let (url, captured) = (origin.url, known.captured.or(origin.captured));
    notes.extend(decoded.notes);
    Ok(Page { format, text: decoded.text, url, folder: None, captured, encoding: decoded.encoding, sha256, notes })
}

/// The bytes of the file at `path`. A file that changes while it is read is read a second time.
fn contents(path: &Path, limits: Limits, notes: &mut Vec<String>) -> Result<Vec<u8>> {
    let (bytes, changed) = attempt(path, limits)?;
    if !changed {
        return Ok(bytes);
    }
    let (bytes, changed) = attempt(path, limits)?;
    if changed {
        notes.push("it changed while it was read".to_owned());
    }
    Ok(bytes)
}

/// Reads the file once; true where it was not the same before and after.
fn attempt(path: &Path, limits: Limits) -> Result<(Vec<u8>, bool)> {
    let failed = |cause: io::Error| Error::io("read", path, cause);
    let mut file = file::open(path).map_err(|cause| Error::io("open", path, cause))?;
    let before = file.metadata().map_err(failed)?;
    if !before.is_file() {
        let what = if before.is_dir() { "a folder" } else { "a pipe, socket or device" };
        return Err(Error::refused(path, format!("{what}, not a page")));
    }
    if before.len() > limits.page {
        return Err(larger(path, limits));
    }
    // One byte more, so that the read that finds the end does not make it grow.
    let mut bytes = Vec::with_capacity(before.len() as usize + 1);
    (&mut file).take(limits.page.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limits.page {
        return Err(larger(path, limits));
    }
    let after = file.metadata().map_err(failed)?;
    let state = |meta: &Metadata| (meta.len(), file::mtime(meta));
    let changed = state(&before) != state(&after) || bytes.len() as u64 != after.len();
    Ok((bytes, changed))
}

#[cfg(test)]
mod tests;
