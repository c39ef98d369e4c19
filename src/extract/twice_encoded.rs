//! Text that was encoded twice: UTF-8 that some program took for windows-1252 and wrote as UTF-8 again (`cafÃ©`, `itâ€™s`).
//!
//! Such runs are turned back where that is certain. Each begins with a letter that can be the first byte of a character and goes on
//! with as many signs as its other bytes are; few of these stand beside each other in any language.

use std::borrow::Cow;

use memchr::memchr_iter;

/// What the article says of a page that was mended.
pub(crate) const NOTE: &str = "text that was encoded twice was repaired";

/// Fewest runs of a page: a single one may stand there on purpose, in an article on encodings.
const FEWEST: usize = 2;

/// `text` with its runs turned back; borrowed where it has none or too few.
pub(crate) fn mended(text: &str) -> Cow<'_, str> {
    if runs(text).filter(|run| run.is_certain).take(FEWEST).count() < FEWEST {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for run in runs(text).filter(|run| run.is_certain || run.is_common) {
        out.push_str(&text[from..run.start]);
        out.push(run.meant);
        from = run.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// A character that was encoded twice, and where it stands.
struct Run {
    start: usize,
    end: usize,
    meant: char,
    /// No language writes these signs beside each other.
    is_certain: bool,
    /// It begins as the runs of Western and Cyrillic letters and of quotation marks do.
    is_common: bool,
}

/// The runs of a text, in order.
fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let mut after = 0;
    // The letters that stand for first bytes, from Â to ô, are written with this byte.
    memchr_iter(0xC3, text.as_bytes()).filter_map(move |start| {
        let run = Some(start).filter(|start| *start >= after).and_then(|start| run_at(text, start))?;
        after = run.end;
        Some(run)
    })
}

fn run_at(text: &str, start: usize) -> Option<Run> {
    let mut chars = text.get(start..)?.chars();
    let first = byte_of(chars.next()?)?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let is_common = matches!(first, 0xC2 | 0xC3 | 0xD0 | 0xD1 | 0xE2);
    let (mut bytes, mut end, mut is_certain) = ([first, 0, 0, 0], start + 2, length > 2);
    for byte in &mut bytes[1..length] {
        let c = chars.next()?;
        *byte = byte_of(c).filter(|byte| (0x80..0xC0).contains(byte))?;
        is_certain |= !AFTER_WORDS.contains(&c) && (is_common || !AFTER_NAMES.contains(&c));
        end += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    Some(Run { start, end, meant, is_certain, is_common })
}

/// Signs that stand behind a word in capitals that ends in such a letter: `“AMANHÃ”`.
const AFTER_WORDS: [char; 15] = ['‘', '’', '“', '”', '„', '‚', '–', '—', '…', '›', '‹', '»', '«', '\u{A0}', '¿'];
/// Signs that stand behind names and figures: `WEIß®`.
const AFTER_NAMES: [char; 11] = ['®', '™', '©', '°', '²', '³', '¹', 'ª', 'º', '½', '§'];

/// The byte that a character is in windows-1252.
fn byte_of(c: char) -> Option<u8> {
    /// The characters of the bytes from 80 to 9F; a blank where there is none.
    const HIGH: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
    match u32::from(c) {
        // Bytes that have no character there stand for the controls of these numbers.
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        0x2013..=0x2122 | 0x152..=0x192 | 0x2C6 | 0x2DC => {
            HIGH.chars().position(|high| high == c).and_then(|at| u8::try_from(0x80 + at).ok())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_turned_back() {
        for (written, meant) in [
            ("cafÃ© itâ€™s", "café it’s"),
            ("rÃ©sumÃ© Â£5", "résumé £5"),
            ("GrÃ¶ÃŸe, â‚¬ 5", "Größe, € 5"),
            ("Ð¼Ð¾Ñ\u{81}Ñ‚ Ñ€Ð¾Ð²", "мост ров"),
            ("æ©‹ã\u{81}®", "橋の"),
            ("ðŸ˜€ Ã¼", "😀 ü"),
            ("Ã‰tÃ©, dÃ©jÃ\u{A0}", "Été, déjà"),
            ("kapÄ±sÄ±", "kapısı"),
        ] {
            assert_eq!(mended(written), meant, "{written}");
        }
    }

    #[test]
    fn what_may_be_meant_stays() {
        for text in [
            "café, Größe, naïve, AMANHÃ",
            "“AMANHÃ” e “IRMÃ”, «AMANHÃ» e «IRMÃ»",
            "an article on Ã© alone",
            "Ã Â â ê",
            "50 % der Äpfel – für 3 €",
            "FUß® und WEIß®, „Fuß“",
            "",
        ] {
            assert!(matches!(mended(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn each_byte_has_its_character() {
        assert_eq!(byte_of('€'), Some(0x80));
        assert_eq!(byte_of('Ÿ'), Some(0x9F));
        assert_eq!(byte_of('’'), Some(0x92));
        assert_eq!(byte_of('\u{9D}'), Some(0x9D));
        assert_eq!(byte_of('é'), Some(0xE9));
        assert_eq!(byte_of('a'), None);
        assert_eq!(byte_of('Ж'), None);
    }
}
