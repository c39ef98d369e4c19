//! From a file to a page.

use std::fs::Metadata;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Format, Limits, Page, Source, charset, file, kind, saved, sniff, unpack};
use crate::{Error, Result};

/// Reads and decodes the page at `source`. Fails where the file cannot be read, or is refused: empty, larger than
/// `limits`, damaged, or not a page at all.
pub fn read(source: &Source, limits: Limits) -> Result<Page> {
    read_file(&source.file(), limits)
}

/// Reads and decodes the file at `path`, with the rules of [`read`].
pub fn read_file(path: &Path, limits: Limits) -> Result<Page> {
    let mut notes = Vec::new();
    let bytes = contents(path, limits, &mut notes)?;
    page(bytes, path, limits, notes)
}

/// Bytes at the beginning of a file that tell a page.
// Comments of the programs that save pages stand before the first tag: an address and a day, some hundred bytes.
const HEAD: u64 = 4096;

/// True where the file at `path`, packed or not, begins like a page in HTML. True too where it cannot be read: who reads
/// it then says why, and an earlier reading of it is kept.
pub(super) fn begins_like_a_page(path: &Path) -> bool {
    let mut head = Vec::new();
    if file::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_err() {
        return true;
    }
    if unpack::is_gzip(&head) {
        let mut unpacked = Vec::new();
        // It is cut off, so it ends in an error; what came before that is the beginning.
        let _ = flate2::read::GzDecoder::new(&head[..]).take(HEAD).read_to_end(&mut unpacked);
        head = unpacked;
    }
    sniff::is_html(&head)
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
    Error::refused(path, format!("larger than the limit of {}", unpack::mebibytes(limits.page)))
}

fn page(mut bytes: Vec<u8>, path: &Path, limits: Limits, mut notes: Vec<String>) -> Result<Page> {
    let refused = |why: String| Error::refused(path, why);
    let name = path.file_name().unwrap_or(path.as_os_str());
    if unpack::is_gzip(&bytes) {
        bytes = unpack::gunzip(&bytes, limits, &mut notes).map_err(refused)?;
    } else if kind::is_gz(name) && !bytes.is_empty() {
        notes.push("named .gz, but it is not compressed".to_owned());
    }
    if bytes.is_empty() {
        return Err(refused("empty file".to_owned()));
    }
    if let Some(what) = sniff::other_format(&bytes) {
        return Err(refused(format!("{what}, not a page")));
    }
    if charset::utf16(&bytes).is_none() {
        if sniff::is_binary(&bytes) {
            return Err(refused("binary data, not a page".to_owned()));
        }
        if memchr::memchr(0, &bytes).is_some() {
            notes.push("it holds zero bytes".to_owned());
        }
    }
    // Of the bytes as they were saved, before any reading of ours: who checks a citation has nothing else.
    let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
    let decoded = charset::decode(bytes, None);
    let by_content = || if sniff::is_plain(&decoded.text) { Format::Text } else { Format::Html };
    let format = kind::format(name).unwrap_or_else(by_content);
    let saved::Origin { url, captured } = match format {
        Format::Html => saved::origin(&decoded.text),
        Format::Text => saved::Origin::default(),
    };
    notes.extend(decoded.notes);
    Ok(Page { format, text: decoded.text, url, captured, encoding: decoded.encoding, sha256, notes })
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
