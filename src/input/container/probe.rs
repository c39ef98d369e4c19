//! What a file is, by how it begins.

use std::io::{self, Read};
use std::path::Path;

use super::Scope;
use super::dialect::{Dialect, is_arc, is_warc};
use super::input::Input;
use super::packing::Packing;
use super::tar;
use super::unpacked::{Unpacked, skippable};
use crate::input::ready::{begins_like_articles, is_news};

/// Bytes at the beginning of a file that tell what it is.
const HEAD: u64 = 4096;
/// Bytes at the end of a zip in which its directory is named: a fixed part, and a comment of at most 64 KiB.
const ZIP_END: usize = 22 + (64 << 10);
/// The largest dictionary of a file of Zstandard frames, packed and unpacked.
// Those that are trained for archives have 64 KB to 2 MB.
const DICTIONARY: u64 = 16 << 20;

/// What a file is.
pub(super) enum Format {
    /// Records in a row.
    Records(Unpacked, Dialect),
    Tar(Unpacked),
    Zip,
    /// JSON, a value a line.
    Lines(Unpacked),
    /// JSON, one value.
    Json(Unpacked),
    /// Values between commas or the like.
    Table(Unpacked),
    /// A feed, or news in XML.
    Xml(Unpacked),
}

/// What `input` is, which is called `name`. The content decides; where it says nothing, because it is damaged or empty, the
/// name does, and a file that was taken for a container is one of records.
pub(super) fn probe(input: &Input, name: &Path, scope: &Scope) -> io::Result<Format> {
    let mut head = Vec::new();
    input.clone().take(HEAD).read_to_end(&mut head)?;
    if is_zip(&head) {
        return Ok(Format::Zip);
    }
    let packing = match dictionary_length(&head) {
        Some(length) => Packing::Zstd(dictionary(input, length)?),
        None => packing(&head, name),
    };
    let is_packed = !matches!(packing, Packing::Plain);
    let mut unpacked = Unpacked::new(input.clone(), input.length(), packing, scope.limits)?;
    unpacked.ensure(HEAD as usize);
    let head = unpacked.bytes();
    let (is_warc, is_arc, is_tar) = (is_warc(head), is_arc(head), tar::begins(head));
    if !is_packed && !is_warc && !is_arc && !is_tar && has_zip_end(input)? {
        return Ok(Format::Zip);
    }
    let ending = ending(name);
    Ok(match () {
        () if is_warc => Format::Records(unpacked, Dialect::Warc),
        () if is_arc => Format::Records(unpacked, Dialect::Arc),
        () if is_tar || matches!(ending.as_str(), "tar" | "tgz" | "tzst") => Format::Tar(unpacked),
        // A crawl whose beginning is damaged.
        () if ending == "warc" => Format::Records(unpacked, Dialect::Warc),
        () if ending == "arc" => Format::Records(unpacked, Dialect::Arc),
        () if is_news(head) => Format::Xml(unpacked),
        () if is_json(head) => json(unpacked, &ending),
        () if matches!(ending.as_str(), "csv" | "tsv") => Format::Table(unpacked),
        () if is_table(head, scope) => Format::Table(unpacked),
        () if matches!(ending.as_str(), "xml" | "rss" | "atom") => Format::Xml(unpacked),
        () if matches!(ending.as_str(), "json" | "jsonl" | "ndjson") => Format::Lines(unpacked),
        () => Format::Records(unpacked, Dialect::Warc),
    })
}

fn is_json(head: &[u8]) -> bool {
    matches!(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Lines of JSON, or one value of it.
fn json(mut unpacked: Unpacked, ending: &str) -> Format {
    // The first article of a list of lines ends within it.
    unpacked.ensure(1 << 20);
    let head = unpacked.bytes();
    let ends = |end: &[u8]| memchr::memmem::find(head, end).is_some();
    let is_list = head.trim_ascii_start().starts_with(b"[");
    let is_lines = matches!(ending, "jsonl" | "ndjson") || ends(b"}\n{") || ends(b"}\r\n{");
    if is_lines && !is_list { Format::Lines(unpacked) } else { Format::Json(unpacked) }
}

/// True where `head` is the beginning of a table of articles.
fn is_table(head: &[u8], scope: &Scope) -> bool {
    !head.starts_with(b"<") && crate::input::ready::heads_table(head, &scope.fields)
}

/// The ending of a name in lower case, without those of packing and of being written.
fn ending(name: &Path) -> String {
    let name = name.to_string_lossy().to_ascii_lowercase();
    let stem = name.trim_end_matches(".open").trim_end_matches(".gz").trim_end_matches(".zst");
    stem.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_owned())
}

/// True where `input` ends like a zip: other bytes may stand in front of one.
fn has_zip_end(input: &Input) -> io::Result<bool> {
    let mut end = Vec::new();
    let from = input.length().saturating_sub(ZIP_END as u64);
    input.part(from, ZIP_END as u64).read_to_end(&mut end)?;
    Ok(ends_like_a_zip(&end))
}

/// True where a file that ends with `bytes` is a zip, whatever it begins with.
pub(in crate::input) fn ends_like_a_zip(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(ZIP_END)..];
    memchr::memmem::rfind(end, b"PK\x05\x06").is_some_and(|at| end.len() - at >= 22)
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
        () if ending("gz") || ending("tgz") => Packing::Gzip,
        () if ending("zst") || ending("tzst") => zstd,
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
fn dictionary(input: &Input, length: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if u64::from(length) > DICTIONARY {
        return Ok(bytes);
    }
    input.part(8, u64::from(length)).read_to_end(&mut bytes)?;
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
    is_warc(head.trim_ascii_start()) || is_arc(head) || is_zip(head) || tar::begins(head) || begins_like_articles(head)
}
