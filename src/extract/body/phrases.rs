//! Phrases that mark a line as furniture, in the languages of the archives.
//!
//! A line is compared in lower case and by its beginning. The lists in `data/extract/phrases.txt` hold what sites put into their
//! templates, so a phrase needs no context; what could begin a sentence of an article is bounded by the length of
//! the line.

use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::extract::tables::{Entry, PHRASES, Table};

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
    starts: FxHashMap<[u8; 3], Vec<(List, Entry)>>,
    holds: Option<Regex>,
    /// Sources of pictures, as captions end with them.
    sources: Vec<Entry>,
}

fn phrases() -> &'static Phrases {
    static PHRASES_READ: OnceLock<Phrases> = OnceLock::new();
    PHRASES_READ.get_or_init(|| {
        let table = Table::read(PHRASES);
        let mut out = Phrases::default();
        for (section, list) in LISTS {
            for phrase in table.list(section) {
                let phrase = if list.is_of_lines() { whole(&phrase).to_owned().into() } else { phrase };
                if let Some(key) = first_bytes(&phrase) {
                    out.starts.entry(key).or_default().push((list, phrase));
                }
            }
        }
        let holds: Vec<String> = table.list("holds").iter().map(|phrase| regex::escape(phrase)).collect();
        // The pattern is one of plain words: it cannot fail.
        out.holds = Regex::new(&holds.join("|")).ok();
        debug_assert!(out.holds.is_some(), "the phrases inside lines make no pattern");
        out.sources = table.list("caption source");
        out
    })
}

/// The key of a phrase or line. Phrases of two bytes only match whole lines.
fn first_bytes(text: &str) -> Option<[u8; 3]> {
    let bytes = text.as_bytes();
    match bytes.len() {
        0 | 1 => None,
        2 => Some([bytes[0], bytes[1], 0]),
        _ => Some([bytes[0], bytes[1], bytes[2]]),
    }
}

/// A line without the marks at its end.
fn whole(line: &str) -> &str {
    line.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Longest beginning of a line that is compared, in characters.
const MOST: usize = 120;

/// The lists of which a phrase begins the line or, for lists of whole lines, is the line: a sum of [`List`]s. The line
/// is compared in lower case, without what stands before its first letter.
fn lists_of(text: &str) -> u8 {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let text = text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end]);
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
    let asked = if words <= 45 { List::Legal as u8 | List::Call as u8 } else { List::Legal as u8 };
    let holds = || phrases().holds.as_ref().is_some_and(|holds| holds.is_match(&text.to_lowercase()));
    (words <= 130 && lists & asked != 0) || (words <= 60 && holds())
}

/// Whether a short line is furniture; `words` is its length.
pub(crate) fn is_furniture(text: &str, words: u32) -> bool {
    words <= 40 && (makes_furniture(lists_of(text), words) || is_credited(text))
}

/// Whether a line is a heading over other stories, which are not the article's.
pub(crate) fn announces_others(text: &str) -> bool {
    lists_of(text) & (List::Others as u8 | List::OthersFrom as u8) != 0
}

/// Whether a paragraph at the end of the text is a legal note, a call or a credit rather than text.
pub(crate) fn is_closing(text: &str, words: u32) -> bool {
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
}
