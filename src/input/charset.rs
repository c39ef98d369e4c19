//! From bytes to text: which character encoding a page is in, and its text.
//!
//! The first of these that holds decides:
//! 1. a byte order mark, or the zero bytes of UTF-16 without one;
//! 2. valid UTF-8 with characters beyond ASCII, whatever is declared: other encodings do not give that by accident;
//! 3. what is declared, by the server or in the page, unless the bytes contradict it: UTF-8 that is mostly invalid, or
//!    Western European, the default of many old tools, with bytes that look like another script or like Turkish;
//! 4. UTF-8 with little damage, or plain ASCII;
//! 5. the guess of chardetng, which browsers use, with the country of the page's address as a hint.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::{prescan, saved};

/// Bytes at the beginning that are looked at for the address of the page and for UTF-16.
const HEAD: usize = 4096;

/// Bytes that the guess looks at, from a little before the first that is not plain ASCII. Its certainty hardly grows
/// beyond that, its time does.
const GUESSED: usize = 256 << 10;

/// Text and the encoding it was in.
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub(super) text: String,
    /// The encoding, as the WHATWG Encoding Standard spells it.
    pub(super) encoding: &'static str,
    /// What was odd.
    pub(super) notes: Vec<String>,
}

/// Decodes `bytes`. `declared` is what the server said, where that is known. Never fails: what cannot be decoded becomes
/// U+FFFD, with a note. Valid UTF-8 is not copied.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    let mut notes = Vec::new();
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes[mark..], notes);
    }
    if let Some(encoding) = utf16(&bytes) {
        return decode_as(encoding, &bytes, notes);
    }
    let declared = declaration(&bytes, declared, &mut notes);
    match String::from_utf8(bytes) {
        Ok(text) => match other_than_utf8(&text, declared, &mut notes) {
            None => Decoded { text, encoding: UTF_8.name(), notes },
            Some(encoding) => decode_as(encoding, text.as_bytes(), notes),
        },
        Err(error) => {
            let encoding = choose(error.as_bytes(), declared, &mut notes);
            decode_as(encoding, error.as_bytes(), notes)
        }
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], mut notes: Vec<String>) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
        notes.push(format!("characters that are not valid {}: {lost}", encoding.name()));
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), notes }
}

/// The byte order of UTF-16 text, with or without a mark. Without one, at least one unit in eight must be an ASCII
/// character, as in any text with markup or blanks: zeros on one side of the pairs, hardly any on the other.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding).filter(|encoding| *encoding != UTF_8);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let (pairs, _) = head.as_chunks::<2>();
    let high = pairs.iter().filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let low = pairs.iter().filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    let enough = |count: usize, other: usize| count >= 4 && count * 8 >= pairs.len() && other * 16 <= count;
    match () {
        () if enough(low, high) => Some(UTF_16LE),
        () if enough(high, low) => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding of bytes that are not UTF-16 and have no mark.
/// The encoding of valid UTF-8 that is another one all the same: as declared, where no characters contradict it, or
/// plain ASCII with the escapes of ISO-2022-JP.
fn other_than_utf8(
    text: &str,
    declared: Option<&'static Encoding>,
    notes: &mut Vec<String>,
) -> Option<&'static Encoding> {
    let Some(declared) = declared else {
        let escapes = memchr::memchr(0x1b, text.as_bytes()).is_some() && text.is_ascii();
        return escapes.then(|| guess(text.as_bytes(), None, notes));
    };
    if declared == UTF_8 {
        return None;
    }
    // The encodings of East Asia give a few valid characters by accident, the single-byte ones hardly one.
    let needed = if declared.is_single_byte() { 1 } else { 4 };
    if text.chars().filter(|c| !c.is_ascii()).count() < needed {
        return Some(declared);
    }
    notes.push(format!("declared as {}, but it is UTF-8", declared.name()));
    None
}

/// The encoding of bytes that are not valid UTF-8.
fn choose(bytes: &[u8], declared: Option<&'static Encoding>, notes: &mut Vec<String>) -> &'static Encoding {
    let utf8 = Utf8::count(bytes);
    match declared {
        Some(declared) if declared == UTF_8 && utf8.errors <= utf8.characters => UTF_8,
        Some(declared) if declared == WINDOWS_1252 && is_doubtfully_western(bytes) => {
            guess(bytes, Some(declared), notes)
        }
        Some(declared) if declared != UTF_8 => declared,
        _ if utf8.errors * 4 <= utf8.characters => UTF_8,
        _ => guess(bytes, declared, notes),
    }
}

/// The encoding that is declared, first by the server, then by the page. As in browsers UTF-16 that can be read as
/// ASCII is UTF-8.
fn declaration(bytes: &[u8], declared: Option<&str>, notes: &mut Vec<String>) -> Option<&'static Encoding> {
    let labels = declared.map(str::to_owned).into_iter().chain(prescan::labels(bytes));
    for label in labels {
        match Encoding::for_label(label.as_bytes()) {
            Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => return Some(UTF_8),
            Some(encoding) if encoding == X_USER_DEFINED => return Some(WINDOWS_1252),
            Some(encoding) if encoding != REPLACEMENT => return Some(encoding),
            _ => notes.push(format!("the declared encoding {label} is not known")),
        }
    }
    None
}

/// How much of some bytes is UTF-8.
struct Utf8 {
    /// Valid characters beyond ASCII.
    characters: usize,
    /// Stretches that are not valid; a character that the end of the bytes cuts off does not count.
    errors: usize,
}

impl Utf8 {
    fn count(bytes: &[u8]) -> Utf8 {
        let mut found = Utf8 { characters: 0, errors: 0 };
        let mut left = bytes.len();
        for chunk in bytes.utf8_chunks() {
            // Each character beyond ASCII has one byte that is not a continuation.
            found.characters += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
            left -= chunk.valid().len() + chunk.invalid().len();
            let cut_off = left == 0 && found.characters > 0 && chunk.invalid().first() >= Some(&0xc2);
            found.errors += usize::from(!chunk.invalid().is_empty() && !cut_off);
        }
        found
    }
}

/// True where bytes that are declared as Western European may well be something else. Either most bytes beyond ASCII
/// have another one before them: in Western languages such a letter stands among ASCII ones, while words in another
/// script have nothing else. Or there are letters that in the West only Icelandic has, where other encodings have common
/// letters of Turkish, Romanian and Czech.
fn is_doubtfully_western(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0xc0).count();
    let pairs = bytes.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0).count();
    let icelandic = bytes.iter().filter(|byte| matches!(byte, 0xd0 | 0xdd | 0xde | 0xf0 | 0xfd | 0xfe)).count();
    (high >= 16 && pairs * 2 > high) || icelandic >= 4
}

/// The guess of the detector, with a note where it is not what is declared.
fn guess(bytes: &[u8], declared: Option<&'static Encoding>, notes: &mut Vec<String>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let telling = bytes.iter().position(|byte| *byte >= 0x80 || *byte == 0x1b).unwrap_or(0);
    let sample = &bytes[telling.saturating_sub(16)..];
    detector.feed(&sample[..sample.len().min(GUESSED)], true);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let country = saved::origin(&head).url.and_then(|url| top_level_domain(&url));
    let guessed = detector.guess(country.as_deref().map(str::as_bytes), Utf8Detection::Allow);
    match declared {
        Some(declared) if declared == guessed => {}
        Some(declared) => notes.push(format!("declared as {}, but it looks like {}", declared.name(), guessed.name())),
        None if guessed == UTF_8 => {}
        None => notes.push(format!("no encoding is declared; it looks like {}", guessed.name())),
    }
    guessed
}

/// The last label of the host in `url`, in lower-case ASCII; `None` for numbers.
fn top_level_domain(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let label = url.domain()?.rsplit('.').find(|label| !label.is_empty())?;
    let plain = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    plain.then(|| label.to_owned())
}

#[cfg(test)]
mod tests;
