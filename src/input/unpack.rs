//! gzip, with bounds.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use super::Limits;

/// Decompressed bytes that are always allowed, whatever the ratio.
pub(super) const FREE: u64 = 1 << 20;

/// Most members of one file. Tools that compress block by block make one of 64 KB each; a file of many thousand tiny
/// ones is made to waste time.
const MOST_MEMBERS: usize = 4096;

/// True when `bytes` begin as a gzip file does.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// Decompresses all members of the gzip file `packed`, and says in `notes` what was left over. The error is the reason
/// why the file is refused.
pub(super) fn gunzip(packed: &[u8], limits: Limits, notes: &mut Vec<String>) -> Result<Vec<u8>, String> {
    let most = limits.page.min(FREE.saturating_add(limits.ratio.saturating_mul(packed.len() as u64)));
    let mut bytes = Vec::with_capacity((packed.len() * 4).min(most as usize));
    let mut rest = packed;
    for _ in 0..MOST_MEMBERS {
        let mut member = GzDecoder::new(rest);
        let room = most.saturating_sub(bytes.len() as u64).saturating_add(1);
        if let Err(cause) = member.by_ref().take(room).read_to_end(&mut bytes) {
            return Err(damage(&cause, bytes.len()));
        }
        if bytes.len() as u64 > most {
            return Err(too_large(most, limits));
        }
        rest = member.into_inner();
        if !is_gzip(rest) {
            // Padding with zeros is what tapes and block devices leave.
            if rest.iter().any(|byte| *byte != 0) {
                notes.push(format!("{} bytes after the end of the gzip data are left out", rest.len()));
            }
            return Ok(bytes);
        }
    }
    Err(format!("gzip file of more than {MOST_MEMBERS} parts"))
}

fn damage(cause: &io::Error, read: usize) -> String {
    match cause.kind() {
        io::ErrorKind::UnexpectedEof => format!("truncated gzip file: it ends after {read} bytes of the page"),
        _ => format!("damaged gzip file: {cause}"),
    }
}

pub(super) fn too_large(most: u64, limits: Limits) -> String {
    if most == limits.page {
        format!("decompresses to more than the limit of {}", mebibytes(limits.page))
    } else {
        format!("decompresses to more than {} times its size", limits.ratio)
    }
}

/// Why a page that has more bytes than `limits` allow is not read.
pub(super) fn larger(limits: Limits) -> String {
    format!("larger than the limit of {}", mebibytes(limits.page))
}

/// A size for messages: `32 MiB`.
pub(super) fn mebibytes(bytes: u64) -> String {
    if bytes.is_multiple_of(1 << 20) { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn check(packed: &[u8], expected: &str) {
        let limits = Limits { page: 8 << 20, ratio: 100 };
        let mut notes = Vec::new();
        let found = match gunzip(packed, limits, &mut notes) {
            Ok(bytes) => format!("{} {}", String::from_utf8_lossy(&bytes), notes.join(";")),
            Err(reason) => reason,
        };
        assert_eq!(found.trim_end(), expected);
    }

    #[test]
    fn members_are_joined_and_damage_is_named() {
        let page = gzip(b"one page");
        check(&page, "one page");
        check(&[&page[..], &gzip(b", two parts")].concat(), "one page, two parts");
        check(&[&page[..], &[0; 9]].concat(), "one page");
        check(&[&page[..], b"rest"].concat(), "one page 4 bytes after the end of the gzip data are left out");
        check(&page[..page.len() - 3], "truncated gzip file: it ends after 8 bytes of the page");
        check(&page[..5], "truncated gzip file: it ends after 0 bytes of the page");
        let mut damaged = page.clone();
        let checksum = damaged.len() - 8;
        damaged[checksum] ^= 1;
        check(&damaged, "damaged gzip file: corrupt gzip stream does not have a matching checksum");
    }

    #[test]
    fn bombs_are_refused() {
        check(&gzip(&vec![b' '; 4 << 20]), "decompresses to more than 100 times its size");
        let noise: Vec<u8> = (0..9u32 << 20).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        check(&gzip(&noise), "decompresses to more than the limit of 8 MiB");
        check(&gzip(b"").repeat(5000), "gzip file of more than 4096 parts");
    }

    #[test]
    fn what_just_fits_is_read() {
        let limits = Limits { page: 1000, ratio: 100 };
        assert_eq!(gunzip(&gzip(&[b'a'; 1000]), limits, &mut Vec::new()).map(|b| b.len()), Ok(1000));
        assert!(gunzip(&gzip(&[b'a'; 1001]), limits, &mut Vec::new()).is_err());
    }
}
