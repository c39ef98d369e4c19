//! What a file is, by how it begins.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::dialect::{Dialect, is_arc, is_warc};
use super::packing::Packing;
use super::unpacked::skippable;

/// Bytes at the beginning of a file that tell what it is.
const HEAD: u64 = 4096;
/// The largest dictionary of a file of Zstandard frames, packed and unpacked.
// Those that are trained for archives have 64 KB to 2 MB.
const DICTIONARY: u64 = 16 << 20;

/// What a file is.
pub(super) enum Format {
    /// Records in a row.
    Records(Packing, Dialect),
    Zip,
}

/// What `file` is. The content decides; where it says nothing, because it is damaged or empty, a file that was taken for a
/// container is one of records.
pub(super) fn probe(file: &mut File, path: &Path) -> io::Result<Format> {
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    let format = match dictionary_length(&head) {
        Some(length) => Format::Records(Packing::Zstd(dictionary(file, length)?), Dialect::Warc),
        None => of_head(&head, path),
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(format)
}

/// What a file called `path` is that begins with `head` and has no dictionary.
pub(super) fn of_head(head: &[u8], path: &Path) -> Format {
    if is_zip(head) {
        return Format::Zip;
    }
    let packing = packing(head, path);
    let unpacked = match &packing {
        Packing::Plain => head.to_vec(),
        Packing::Gzip => {
            let mut unpacked = Vec::new();
            // It is cut off, so it may end in an error; what came before that is the beginning.
            let _ = flate2::read::MultiGzDecoder::new(head).take(HEAD).read_to_end(&mut unpacked);
            unpacked
        }
        // Only records of WARC were ever packed so.
        Packing::Zstd(_) => Vec::new(),
    };
    let name = path.to_string_lossy().to_ascii_lowercase();
    let is_named_arc = name.trim_end_matches(".open").trim_end_matches(".gz").ends_with(".arc");
    let is_arc = is_arc(&unpacked) || (is_named_arc && !is_warc(&unpacked));
    Format::Records(packing, if is_arc { Dialect::Arc } else { Dialect::Warc })
}

/// True where `head` is that of a zip, or of an empty one.
fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn packing(head: &[u8], path: &Path) -> Packing {
    if is_warc(head) || is_arc(head) {
        return Packing::Plain;
    }
    let ending = |ending: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    let zstd = Packing::Zstd(Vec::new());
    // Damaged at its beginning: then the name tells.
    match () {
        () if head.starts_with(Packing::Gzip.magic()) => Packing::Gzip,
        () if head.starts_with(zstd.magic()) || skippable(head).is_some() => zstd,
        () if ending("gz") => Packing::Gzip,
        () if ending("zst") => zstd,
        () => Packing::Plain,
    }
}

/// The frame in which a file of Zstandard frames has their dictionary.
const DICTIONARY_FRAME: &[u8] = &[0x5d, 0x2a, 0x4d, 0x18];

/// Bytes of the dictionary with which a file begins.
fn dictionary_length(head: &[u8]) -> Option<u32> {
    skippable(head).filter(|_| head.starts_with(DICTIONARY_FRAME))
}

/// The dictionary in the first frame of `file`, which has `length` bytes; none where it is too large or cannot be read.
fn dictionary(file: &mut File, length: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if u64::from(length) > DICTIONARY {
        return Ok(bytes);
    }
    file.seek(SeekFrom::Start(8))?;
    file.take(u64::from(length)).read_to_end(&mut bytes)?;
    if !bytes.starts_with(Packing::Zstd(Vec::new()).magic()) {
        return Ok(bytes);
    }
    // It may be packed itself.
    let mut unpacked = Vec::new();
    let read = zstd::stream::read::Decoder::with_buffer(&bytes[..])
        .and_then(|decoder| decoder.take(DICTIONARY + 1).read_to_end(&mut unpacked));
    Ok(if read.is_ok() && unpacked.len() as u64 <= DICTIONARY { unpacked } else { Vec::new() })
}

/// True where a file that begins with `head`, packed or not, holds many pages.
pub(in crate::input) fn begins_like_a_container(head: &[u8]) -> bool {
    is_warc(head.trim_ascii_start()) || is_arc(head) || is_zip(head)
}
