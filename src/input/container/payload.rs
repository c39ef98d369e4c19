//! The body of an answer without the codings in which it was sent.
//!
//! Crawlers often undo a coding and keep the line that names it, so what is said is tried and not believed: chunks only
//! where the first line is that of one, an unpacking only where it gives something.

use std::io::Read;

use crate::input::{Limits, sniff, unpack};

/// Bytes at the beginning of a body that tell a page.
// As of a file.
const BEGINNING: u64 = 4096;

/// What an answer's head says of how its body is coded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::input) struct Coding {
    pub(super) chunked: bool,
    /// In lower case.
    pub(super) content: Option<String>,
}

impl Coding {
    /// `body` without its codings; what is odd goes to `notes`. The error is the reason why it is refused.
    pub(in crate::input) fn undo(
        &self,
        body: Vec<u8>,
        limits: Limits,
        notes: &mut Vec<String>,
    ) -> Result<Vec<u8>, String> {
        let body = if self.chunked { joined_chunks(&body, notes).unwrap_or(body) } else { body };
        let Some(decoders) = self.decoders(&body) else { return Ok(body) };
        let most = limits.page.min(unpack::FREE.saturating_add(limits.ratio.saturating_mul(body.len() as u64)));
        for decoder in decoders {
            let mut bytes = Vec::new();
            let read = decoder.reader(&body).take(most + 1).read_to_end(&mut bytes);
            if bytes.len() as u64 > most {
                return Err(unpack::too_large(most, limits));
            }
            if read.is_ok() {
                return Ok(bytes);
            }
            // The beginning of what was cut off is worth more than nothing; of what is no such coding nothing comes.
            if decoder == Decoder::of_magic(&body) && !bytes.is_empty() {
                notes.push("its packed body is damaged or cut off; what could be unpacked was read".to_owned());
                return Ok(bytes);
            }
        }
        Ok(body)
    }

    /// The first bytes of a body that begins with `start`, without its codings.
    pub(super) fn beginning(&self, start: &[u8]) -> Vec<u8> {
        let joined = if self.chunked { joined_chunks(start, &mut Vec::new()) } else { None };
        let mut bytes = joined.unwrap_or_else(|| start.to_vec());
        // Some are packed twice.
        for _ in 0..2 {
            let magic = Decoder::of_magic(&bytes);
            let unpacked = self.decoders(&bytes).unwrap_or_default().into_iter().find_map(|decoder| {
                let first = decoder.first(&bytes);
                (sniff::is_html(&first) || (decoder == magic && !first.is_empty())).then_some(first)
            });
            let Some(unpacked) = unpacked else { break };
            bytes = unpacked;
        }
        bytes.truncate(BEGINNING as usize);
        bytes
    }

    /// What may unpack `body`, in the order in which it is tried; `None` where it is not packed.
    fn decoders(&self, body: &[u8]) -> Option<Vec<Decoder>> {
        let magic = Decoder::of_magic(body);
        match self.content.as_deref() {
            // Text under the name of a coding was unpacked by the crawler.
            Some(name) if magic == Decoder::None && !sniff::is_html(body) => match name {
                "deflate" => Some(vec![Decoder::Zlib, Decoder::Deflate]),
                "br" => Some(vec![Decoder::Brotli]),
                _ => None,
            },
            _ if magic == Decoder::None => None,
            _ => Some(vec![magic]),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decoder {
    None,
    Gzip,
    Zlib,
    Deflate,
    Brotli,
    Zstd,
}

impl Decoder {
    /// What `body` is packed with, as its first bytes say.
    fn of_magic(body: &[u8]) -> Decoder {
        match body {
            [0x1f, 0x8b, 8, ..] => Decoder::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Decoder::Zstd,
            // The window of 32 KiB in its usual levels; no text begins so.
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => Decoder::Zlib,
            _ => Decoder::None,
        }
    }

    /// The first bytes that come out of `body`, which may be cut off.
    fn first(self, body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        // It may end in an error; what came before that is the beginning.
        let _ = self.reader(body).take(BEGINNING).read_to_end(&mut bytes);
        bytes
    }

    fn reader<'b>(self, body: &'b [u8]) -> Box<dyn Read + 'b> {
        match self {
            Decoder::None => Box::new(body),
            Decoder::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(body)),
            Decoder::Zlib => Box::new(flate2::bufread::ZlibDecoder::new(body)),
            Decoder::Deflate => Box::new(flate2::bufread::DeflateDecoder::new(body)),
            Decoder::Brotli => Box::new(brotli_decompressor::Decompressor::new(body, 4096)),
            Decoder::Zstd => match zstd::stream::read::Decoder::with_buffer(body) {
                Ok(decoder) => Box::new(decoder),
                Err(_) => Box::new(&b""[..]),
            },
        }
    }
}

/// The chunks of `body` as one; `None` where it does not begin with one.
fn joined_chunks(body: &[u8], notes: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some((length, data)) = chunk(rest) else {
            if joined.is_empty() {
                return None;
            }
            notes.push("its chunks end too early; what is there was read".to_owned());
            return Some(joined);
        };
        if length == 0 {
            return Some(joined);
        }
        let (data, after) = data.split_at(length.min(data.len()));
        joined.extend_from_slice(data);
        rest = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")).unwrap_or(after);
    }
}

/// The length in the line at the beginning of `bytes`, and what follows the line; `None` where that is no head of a chunk.
fn chunk(bytes: &[u8]) -> Option<(usize, &[u8])> {
    // Extensions are rare and short.
    const LONGEST: usize = 1024;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(LONGEST)])?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    // `from_str_radix` takes a sign.
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let length = u64::from_str_radix(digits, 16).ok()?;
    Some((usize::try_from(length).unwrap_or(usize::MAX), &bytes[end + 1..]))
}
