//! Stop words by language: what a sentence is made of besides what it is about.
//!
//! The words are data (`stopwords.tsv`), sorted so that they are looked up in place: a query process builds no table.

use std::cmp::Ordering;

/// Lines of a word, a tab and its languages, sorted by the word's bytes. Comments sort before all words.
const STOP_WORDS: &str = include_str!("stopwords.tsv");

/// The languages of the data; a set of them has one bit each, in this order. `en+` are English words that only a long
/// question may do without.
pub(crate) const STOP_LANGUAGES: [&str; 14] =
    ["en", "en+", "ar", "az", "de", "es", "fa", "fr", "it", "nl", "pt", "ru", "tr", "uk"];

/// Where the lines lie that begin with a byte: from the place at its number to the next one.
// Made by the compiler: a table made at run time would cost every query more than it saves.
static FIRST_BYTES: [u32; 257] = {
    let (bytes, mut starts, mut at, mut byte) = (STOP_WORDS.as_bytes(), [0; 257], 0, 0);
    while byte < 256 {
        // `at` is the beginning of a line here, of the first that begins with this byte or one behind it.
        while at < bytes.len() && (bytes[at] as usize) < byte {
            while at < bytes.len() && bytes[at] != b'\n' {
                at += 1;
            }
            at += 1;
        }
        starts[byte] = at as u32;
        byte += 1;
    }
    starts[256] = bytes.len() as u32;
    starts
};

/// The languages that have these folded words, one blank between them, as a stop word.
pub(crate) fn stop_languages(key: &str) -> u32 {
    let Some(first) = key.bytes().next().map(usize::from) else { return 0 };
    // A search by halves over the bytes of the file itself.
    let (mut low, mut high) = (FIRST_BYTES[first] as usize, FIRST_BYTES[first + 1] as usize);
    while low < high {
        let middle = low + (high - low) / 2;
        let start = STOP_WORDS.as_bytes()[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let length = STOP_WORDS.as_bytes()[start..].iter().position(|b| *b == b'\n');
        let length = length.unwrap_or(STOP_WORDS.len() - start);
        let (word, codes) = STOP_WORDS[start..start + length].split_once('\t').unwrap_or(("", ""));
        match word.cmp(key) {
            Ordering::Less => low = start + length + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return stop_set(codes),
        }
    }
    0
}

/// The set of the languages with these codes, which blanks part.
fn stop_set(codes: &str) -> u32 {
    codes.split(' ').filter_map(|code| STOP_LANGUAGES.iter().position(|known| *known == code)).map(|at| 1 << at).sum()
}

/// True for a folded word that is a stop word of `lang`, an ISO 639-1 code; never for languages without a list.
pub(crate) fn is_stop_word(lang: &str, folded: &str) -> bool {
    is_among(lang, stop_languages(folded))
}

/// True where a set of languages, as [`stop_languages`] gives it, has `lang`.
pub(crate) fn is_among(lang: &str, languages: u32) -> bool {
    // Most words are stop words nowhere.
    languages != 0
        && STOP_LANGUAGES.iter().position(|known| *known == lang).is_some_and(|at| languages & (1 << at) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn the_data_is_sorted_folded_and_found() {
        let rows: Vec<&str> = STOP_WORDS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.len() > 1000);
        for pair in rows.windows(2) {
            assert!(pair[0].split('\t').next() < pair[1].split('\t').next(), "{pair:?}");
        }
        for row in rows {
            let (key, codes) = row.split_once('\t').expect("a tab");
            let mut folded = Vec::new();
            words(key).for_each_word(|word| folded.push(word.folded.to_owned()));
            assert_eq!(folded.join(" "), key);
            assert_eq!(stop_set(codes).count_ones() as usize, codes.split(' ').count(), "{row}");
            assert_eq!(stop_languages(key), stop_set(codes), "{key}");
        }
        for other in ["", "a b", "lachin", "zzz", "#", "\u{10FFFF}"] {
            assert_eq!(stop_languages(other), 0, "{other}");
        }
    }

    #[test]
    fn a_stop_word_of_one_language_is_a_word_of_another() {
        for (lang, word, expected) in [
            ("de", "die", true),
            ("en", "die", false),
            ("en", "the", true),
            // Only a long question may do without it.
            ("en", "appeared", false),
            ("xx", "the", false),
        ] {
            assert_eq!(is_stop_word(lang, word), expected, "{lang} {word}");
        }
    }
}
