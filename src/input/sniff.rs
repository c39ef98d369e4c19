//! Files that are not text, whatever they are called.

/// Beginnings of files that archives hold under the name of a page, and what they are.
const MAGIC: [(&[u8], &str); 26] = [
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"\x7fELF", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OggS", "an audio or video file"),
    (b"bplist00", "a Safari web archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"WARC/1.", "a WARC file"),
    // No browser reads it; it must not be taken for UTF-16, whose mark is the beginning of its own.
    (b"\xff\xfe\0\0", "UTF-32 text"),
    (b"\0\0\xfe\xff", "UTF-32 text"),
];

/// Bytes that are looked at for control characters.
// What is no text shows it in its first bytes: headers of files are numbers.
const SAMPLE: usize = 8192;

/// What `bytes` are, where they begin like a well-known format that is no page: "a PNG image".
pub(super) fn other_format(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    if is_wire(bytes) {
        return Some("agency copy in ANPA 1312 or IPTC 7901");
    }
    match (bytes.get(..4), bytes.get(4..12)) {
        (Some(b"RIFF"), Some([.., b'W', b'E', b'B', b'P'])) => Some("a WebP image"),
        (Some(b"RIFF"), Some(_)) => Some("an audio or video file"),
        (_, Some([b'f', b't', b'y', b'p', ..])) => Some("an audio or video file"),
        (Some([b'I', b'D', b'3', 0..=9]), _) => Some("an audio or video file"),
        _ => None,
    }
}

/// True where `head` is that of agency copy in ANPA 1312, which begins with the signs that woke a teleprinter, or in IPTC 7901:
/// the start of a heading, three letters of the agency, a number.
pub(super) fn is_wire(head: &[u8]) -> bool {
    let is_iptc = |head: &[u8]| {
        head.get(..4).is_some_and(|start| start[0] == 1 && start[1..].iter().all(u8::is_ascii_alphabetic))
            && head.get(4).is_some_and(u8::is_ascii_digit)
    };
    head.starts_with(b"\x16\x16\x01") || is_iptc(head)
}

/// True where `head`, the beginning of a file, is that of a page in HTML: markup from the first character, and a tag that
/// only pages have.
pub(super) fn is_html(head: &[u8]) -> bool {
    // UTF-16 is ASCII with zero bytes between, as far as tags go.
    let plain: Vec<u8> = head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let plain = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"]
        .iter()
        .fold(&plain[..], |bytes, mark| bytes.strip_prefix(*mark).unwrap_or(bytes))
        .trim_ascii_start();
    let tags: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head>", b"<head ", b"<body"];
    // A script begins with markup too, but what a reader saw is not in it.
    plain.starts_with(b"<")
        && !plain.starts_with(b"<?php")
        && tags.iter().any(|tag| memchr::memmem::find(plain, tag).is_some())
}

/// True where nothing in the beginning of `text` is markup.
pub(super) fn is_plain(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(SAMPLE)];
    !head.trim_start().starts_with('<') && !head.contains("</")
}

/// True when more than one byte in twenty at the beginning is a control character that text does not have. Not for
/// UTF-16. Up to sixteen are forgiven where they are not most of it: damaged pages hold a few, and short ones must not fall for them.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // Escape belongs to ISO-2022-JP.
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    // One in twenty parts text from noise by a wide margin: of all bytes one in ten is such a character, of text none.
    let controls = sample.iter().filter(control).count();
    // What is mostly such characters is no damaged page, however short it is.
    controls > (sample.len() / 20).max(16) || 2 * controls > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_how_they_begin() {
        let utf16: Vec<u8> = "\u{feff}<!DOCTYPE html><p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (head, expected) in [
            (&b"<!DOCTYPE html><p>"[..], true),
            (b"\xef\xbb\xbf\n <HTML lang=tr>", true),
            (b"<!-- saved --><body>", true),
            (b"<?xml version='1.0'?><html xmlns='x'>", true),
            (&utf16, true),
            (b"<?xml version='1.0'?><rss><title>x</title>", false),
            (b"<?php echo '<html>';", false),
            (b"<svg><title>x</title></svg>", false),
            (b"body { color: red } /* <html> */", false),
            (b"", false),
        ] {
            assert_eq!(is_html(head), expected, "{:?}", String::from_utf8_lossy(head));
        }
        assert!(is_plain("The eels\n\nThey are < 3 years old.") && !is_plain("\n<p>The eels") && !is_plain("a</b>"));
    }

    #[test]
    fn well_known_formats_are_named() {
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], Some("a PNG image")),
            (b"%PDF-1.7\n", Some("a PDF document")),
            (b"PK\x03\x04\x14", Some("a ZIP archive")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("a WebP image")),
            (b"\0\0\0\x20ftypisom", Some("an audio or video file")),
            (b"\x16\x16\x01W2870\x1fasian", Some("agency copy in ANPA 1312 or IPTC 7901")),
            (b"\x01abc062 4 i 211 xyz", Some("agency copy in ANPA 1312 or IPTC 7901")),
            (b"\x01abc", None),
            (b"<!doctype html>", None),
            (b"GIF", None),
            (b"", None),
        ] {
            assert_eq!(other_format(bytes), expected);
        }
    }

    #[test]
    fn a_few_control_characters_are_text() {
        assert!(!is_binary(b"<p>one\0two</p>"));
        assert!(!is_binary("<p>Шуша</p>".repeat(100).as_bytes()));
        assert!(is_binary(&[0; 100]));
        assert!(is_binary(b"\x01\x02<p>\x03\x04\x05\x06") && !is_binary(b"<p>a\0b\x01\x02"));
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(is_binary(&noise));
    }
}
