//! Folding: the form in which words are compared.
//!
//! Goal: a reader who types a word without its accents, or in capitals, finds it. Letters are lower-cased,
//! Latin and Greek accents go, and letters that only look like accented ones (`ı ø ł đ ß æ`) become what people
//! type for them. Cyrillic keeps `й`, which is a letter of its own, and gives up `ё`. Arabic and Hebrew lose
//! their vowel points, Arabic its tatweel and the seats of its alifs.
//!
//! `İ` and `ı` are mapped before lower-casing: Unicode lower-cases `İ` to `i` and a combining dot, which
//! would leave a mark inside the word.

use std::borrow::Cow;
use std::sync::OnceLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` in Unicode normal form C; borrowed when it is in that form already.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The character that two make in normal form C, where they make one.
pub(crate) fn compose(first: char, second: char) -> Option<char> {
    unicode_normalization::char::compose(first, second)
}

/// `text` on one line: one blank for each run of white space and control characters, none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The folded form of a word. Folding twice changes nothing more.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Appends the folded form of `word` to `out`.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    // Nearly every word of English, and a copy of bytes: no character is decoded.
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if c == HAMZA_ABOVE && out.chars().next_back().is_some_and(|last| compose(last, c).is_some()) {
            // Half of a letter that was taken apart when the word was folded: ئ is no ي with a mark.
            out.push(c);
        } else {
            fold_char(c, out);
        }
    }
}

/// The one Arabic mark that makes letters in normal form C, and is an ending of Persian behind others.
const HAMZA_ABOVE: char = '\u{0654}';

fn fold_char(c: char, out: &mut String) {
    match c {
        'İ' | 'ı' => out.push('i'),
        'ə' | 'Ə' => out.push('e'),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'þ' | 'Þ' => out.push_str("th"),
        'ħ' | 'Ħ' => out.push('h'),
        'ŋ' | 'Ŋ' => out.push('n'),
        'ё' | 'Ё' => out.push('е'),
        // Its decomposition would lose the breve, and `й` is a letter of its own, not an accented `и`.
        'й' | 'Й' => out.push('й'),
        'ї' | 'Ї' => out.push('ї'),
        'ў' | 'Ў' => out.push('ў'),
        'ѓ' | 'Ѓ' => out.push('ѓ'),
        'ќ' | 'Ќ' => out.push('ќ'),
        'ς' => out.push('σ'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        // Readers type the one for the other.
        'ة' => out.push('ه'),
        // Marks, tatweel, joiners and soft hyphens.
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{0640}' => {}
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200B}'..='\u{200F}' | '\u{00AD}' | '\u{FE0F}' => {}
        // Full-width and half-width forms, figures above and below the line.
        '\u{FF00}'..='\u{FFEF}' | '²' | '³' | '¹' | '\u{2070}'..='\u{2089}' => {
            push_lower(&mut std::iter::once(c).nfkc(), out);
        }
        // Ligatures of typesetters, and Arabic letters in the shape that they have in a word: each is one or several
        // letters, which fold in turn. Those that are phrases stay as they are.
        '\u{FB00}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}' => {
            let letters = || std::iter::once(c).nfkc();
            if letters().all(char::is_alphanumeric) && letters().all(|letter| letter != c) {
                letters().for_each(|letter| fold_char(letter, out));
            } else {
                push_lower(&mut std::iter::once(c).nfd(), out);
            }
        }
        // Hangul and CJK never decompose into a letter and an accent.
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{D7FF}' => out.push(c),
        '\u{0900}'..='\u{10FF}' => out.push(c),
        'а'..='я' => out.push(c),
        '\u{00C0}'..='\u{024F}' => out.push_str(latin(c)),
        _ => push_lower(&mut std::iter::once(c).nfd(), out),
    }
}

/// The folded form of a Latin letter with an accent, from a table that is made once.
fn latin(c: char) -> &'static str {
    static TABLE: OnceLock<Vec<String>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let folded = |c: char| {
            let mut out = String::new();
            push_lower(&mut std::iter::once(c).nfd(), &mut out);
            out
        };
        ('\u{00C0}'..='\u{024F}').map(folded).collect()
    });
    table.get(c as usize - 0xC0).map_or("", String::as_str)
}

fn push_lower(chars: &mut dyn Iterator<Item = char>, out: &mut String) {
    for c in chars {
        if !matches!(c, '\u{0300}'..='\u{036F}') {
            out.extend(c.to_lowercase().filter(|c| !matches!(c, '\u{0300}'..='\u{036F}')));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_on_one_line() {
        assert_eq!(squeeze(" a\n\u{1}b \u{a0}c\t"), "a b c");
        assert_eq!(squeeze(" \u{7f}"), "");
    }

    #[track_caller]
    fn check(rows: &str) {
        for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
            let (input, expected) = row.split_once(" ==> ").unwrap_or((row, ""));
            assert_eq!(fold(input), expected, "{input}");
            assert_eq!(fold(&fold(input)), expected, "{input} folded twice");
        }
    }

    #[test]
    fn words_fold_to_what_people_type() {
        check(
            "Laçın ==> lacin
             LAÇIN ==> lacin
             İlham ==> ilham
             Kəlbəcər ==> kelbecer
             Şuşa ==> susa
             Élysée ==> elysee
             Straße ==> strasse
             Łódź ==> lodz
             Йод ==> йод
             Ещё ==> еще
             Ελλάς ==> ελλασ
             أحمد ==> احمد
             كِتَاب ==> كتاب
             北京 ==> 北京
             한국 ==> 한국
             ＡＢＣ ==> abc
             ﬁnal ==> final
             oﬃcial ==> official
             ﻣﺪﻳﻨﺔ ==> مدينه
             ﷺ ==> ﷺ
             CO₂ ==> co2
             km² ==> km2",
        );
    }

    #[test]
    fn decomposed_text_composes() {
        assert_eq!(nfc("Lac\u{327}ın"), "Laçın");
        assert!(matches!(nfc("plain"), Cow::Borrowed(_)));
    }
}
