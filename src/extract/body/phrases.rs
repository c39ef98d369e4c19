//! Phrases that mark a line as furniture, in the languages of the archives.
//!
//! A line is compared in lower case and by its beginning. The lists in `data/extract/phrases.txt` hold what sites put into their
//! templates, so a phrase needs no context; what could begin a sentence of an article is bounded by the length of
//! the line.

use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::extract::tables::PHRASES;
use crate::text::word_lists::{Phrase, WordLists};

/// What a phrase says of a line; the numbers are bits, so that what is said of a line is a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum List {
    Furniture = 1,
    Short = 2,
    Alone = 4,
    Others = 8,
    OthersFrom = 16,
    Legal = 32,
    Call = 64,
}

impl List {
    /// Whether its phrases are whole lines.
    fn is_of_lines(self) -> bool {
        matches!(self, List::Alone | List::Others)
    }
}

/// The sections of the table whose phrases begin lines.
const LISTS: [(&str, List); 7] = [
    ("furniture", List::Furniture),
    ("short", List::Short),
    ("alone", List::Alone),
    ("others", List::Others),
    ("others-from", List::OthersFrom),
    ("legal", List::Legal),
    ("call", List::Call),
];

/// The phrases by their first three bytes, and those that are looked for inside a line.
#[derive(Debug, Default)]
struct Phrases {
    starts: FxHashMap<[u8; 3], Vec<(List, Phrase)>>,
    holds: Option<Regex>,
    /// Sources of pictures, as captions end with them.
    sources: Vec<Phrase>,
}

fn phrases() -> &'static Phrases {
    static PHRASES_READ: OnceLock<Phrases> = OnceLock::new();
    PHRASES_READ.get_or_init(|| {
        let table = WordLists::parse(PHRASES);
        let mut out = Phrases::default();
        for (section, list) in LISTS {
            for phrase in table.phrases(section) {
                let phrase = if list.is_of_lines() { whole(&phrase).to_owned().into() } else { phrase };
                if let Some(key) = first_bytes(&phrase) {
                    out.starts.entry(key).or_default().push((list, phrase));
                }
            }
        }
        let holds: Vec<String> = table.phrases("holds").iter().map(|phrase| regex::escape(phrase)).collect();
        // The pattern is one of plain words: it cannot fail.
        out.holds = Regex::new(&holds.join("|")).ok();
        debug_assert!(out.holds.is_some(), "the phrases inside lines make no pattern");
        out.sources = table.phrases("caption source");
        out
    })
}

/// The key of a phrase or line. Phrases of two bytes only match whole lines.
fn first_bytes(text: &str) -> Option<[u8; 3]> {
    let bytes = text.as_bytes();
    match bytes.len() {
        0 | 1 => None,
        // No text holds a zero byte: the parse has dropped it.
        2 => Some([bytes[0], bytes[1], 0]),
        _ => Some([bytes[0], bytes[1], bytes[2]]),
    }
}

/// A line without the marks at its end.
fn whole(line: &str) -> &str {
    line.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Longest beginning of a line that is compared, in characters.
// The longest phrase of the table has 37; thrice that, for signs that lower case makes longer.
const LONGEST_BEGINNING: usize = 120;

/// The lists of which a phrase begins the line or, for lists of whole lines, is the line: a sum of [`List`]s. The line
/// is compared in lower case, without what stands before its first letter.
fn lists_of(text: &str) -> u8 {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let text = text.char_indices().nth(LONGEST_BEGINNING).map_or(text, |(end, _)| &text[..end]);
    let line: String =
        if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().flat_map(char::to_lowercase).collect() };
    let whole = whole(&line);
    let keys = first_bytes(&line).into_iter().chain(first_bytes(whole).filter(|_| whole.len() == 2));
    let found = keys.filter_map(|key| phrases().starts.get(&key)).flatten();
    found.fold(0, |lists, (list, phrase)| {
        let said = if list.is_of_lines() { whole == phrase } else { line.starts_with(&**phrase) };
        if said { lists | *list as u8 } else { lists }
    })
}

/// Whether one of the lists that make a line of so many words furniture is among `lists`.
fn makes_furniture(lists: u8, words: u32) -> bool {
    // The longer a line, the more likely it is a sentence that begins with such words: the sections were made for
    // these lengths.
    let asked = match words {
        0..=4 => List::Furniture as u8 | List::Short as u8 | List::Alone as u8,
        5..=25 => List::Furniture as u8 | List::Short as u8,
        26..=40 => List::Furniture as u8,
        _ => 0,
    };
    lists & asked != 0
}

/// Whether one of the lists that close a page is among those of a line, or it holds such a phrase.
fn makes_closing(lists: u8, text: &str, words: u32) -> bool {
    // A call is short, a legal note can be a long paragraph.
    let asked = if words <= 45 { List::Legal as u8 | List::Call as u8 } else { List::Legal as u8 };
    let holds = || phrases().holds.as_ref().is_some_and(|holds| holds.is_match(&text.to_lowercase()));
    (words <= 130 && lists & asked != 0) || (words <= 60 && holds())
}

/// Whether a short line is furniture; `words` is its length.
pub(super) fn is_furniture(text: &str, words: u32) -> bool {
    words <= 40 && (makes_furniture(lists_of(text), words) || is_credited(text))
}

/// Whether a line is a heading over other stories, which are not the article's.
pub(super) fn announces_others(text: &str) -> bool {
    lists_of(text) & (List::Others as u8 | List::OthersFrom as u8) != 0
}

/// Whether a paragraph at the end of the text is a legal note, a call or a credit rather than text.
pub(super) fn is_closing(text: &str, words: u32) -> bool {
    let lists = if words <= 130 { lists_of(text) } else { 0 };
    makes_closing(lists, text, words) || makes_furniture(lists, words) || words <= 40 && is_credited(text)
}

/// What sort of template line it is, as a number: 0 none, 1 a heading over other stories, 2 furniture, 3 what closes a
/// page.
pub(crate) fn sort(text: &str, words: u32) -> u8 {
    if words > 130 {
        return 0;
    }
    let lists = lists_of(text);
    if words <= 12 && lists & (List::Others as u8 | List::OthersFrom as u8) != 0 {
        1
    } else if makes_furniture(lists, words) || words <= 40 && is_credited(text) {
        2
    } else if makes_closing(lists, text, words) {
        3
    } else {
        0
    }
}

/// Whether a line ends as a caption does: with its source in brackets (`(Image: Jo Berg)`) or after a sign.
fn is_credited(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ' ']);
    let Some(inner) = text.strip_suffix([')', ']']) else { return false };
    let Some(open) = inner.rfind(['(', '[']) else { return false };
    let inner = inner[open + 1..].trim_start().to_lowercase();
    // What is longer is a remark in brackets that mentions a picture.
    inner.len() < 80
        && phrases()
            .sources
            .iter()
            .any(|source| inner.strip_prefix(&**source).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_told_from_sentences() {
        for line in [
            "© 2020 The Herald",
            "Read more: Flood of the century",
            "▶ Watch: the flood",
            "Share",
            "Lesen Sie auch: Die Flut",
            "The bridge (Photo: Jo Berg)",
        ] {
            assert!(is_furniture(line, line.split(' ').count() as u32), "{line}");
        }
        for line in ["The council voted on Monday.", "Share prices fell by a third.", "The bridge (built in 1902)"] {
            assert!(!is_furniture(line, line.split(' ').count() as u32), "{line}");
        }
    }

    #[test]
    fn headings_announce_other_stories() {
        for line in ["Related Stories:", "More from Ostmark", "Mehr zum Thema", "You may also like"] {
            assert!(announces_others(line), "{line}");
        }
        assert!(!announces_others("More than a bridge"));
    }

    #[test]
    fn what_a_line_says_depends_on_its_length() {
        // What could begin a sentence counts in short lines alone.
        let long = "Recommended by all of the experts who had looked at the old bridge for years, the plan was at last accepted \
                    by the council of the town on Monday";
        assert!(is_furniture("Recommended for you", 3));
        assert!(!is_furniture(long, long.split(' ').count() as u32));
        // A whole line is furniture, its beginning is not.
        assert!(is_furniture("Print", 1) && !is_furniture("Print it on paper", 4));
        for words in [0, 4, 25, 40, 41, 200] {
            assert_eq!(is_furniture("© 2020 The Herald", words), words <= 40, "{words}");
        }
    }

    #[test]
    fn closing_notes_are_told_in_many_languages() {
        for line in [
            "All rights reserved. No part of this may be published again.",
            "Sign up for our newsletter and get the news of the day in your inbox.",
            "Das könnte Sie auch interessieren",
            "À lire aussi : la crue du siècle",
            "Читайте также: наводнение века",
            "Bunlar da ilginizi çekebilir",
            "関連記事",
        ] {
            assert!(is_closing(line, line.split(' ').count() as u32), "{line}");
        }
        for line in ["Work is to begin in June.", "Die Arbeiten beginnen im Juni.", "Работы начнутся в июне."]
        {
            assert!(!is_closing(line, 5), "{line}");
        }
    }

    #[test]
    fn the_sort_of_a_line_is_a_number_for_the_model() {
        for (line, words, expected) in [
            ("The council voted on Monday.", 5, 0),
            ("Related stories", 2, 1),
            ("© 2020 The Herald", 4, 2),
            ("The bridge in 1902 (Foto: Jo Berg)", 7, 2),
            // Too long to be looked at.
            ("© 2020 The Herald", 131, 0),
        ] {
            assert_eq!(sort(line, words), expected, "{line}");
        }
    }

    #[test]
    fn captions_end_with_their_source() {
        for line in
            ["The bridge (Image: Jo Berg)", "Die Brücke [Bild: dpa].", "El puente (Foto Ana)", "The flood (AFP)"]
        {
            assert!(is_credited(line), "{line}");
        }
        for line in ["The bridge (imagery of the flood)", "The bridge (built in 1902)", "Photo: Jo Berg", "()", "a)"] {
            assert!(!is_credited(line), "{line}");
        }
    }
}
