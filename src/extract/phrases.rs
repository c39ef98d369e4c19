//! Phrases that mark a line as furniture, in the languages of the archives.
//!
//! A line is compared in lower case and by its beginning. The lists in `phrases.txt` hold what sites put into their
//! templates, so a phrase needs no context; what could begin a sentence of an article is bounded by the length of
//! the line. A `_` at the end of a phrase stands for a blank.

use std::collections::HashMap;
use std::sync::OnceLock;

const DATA: &str = include_str!("phrases.txt");

/// What a phrase says of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Furniture,
    Short,
    Alone,
    Others,
    OthersFrom,
    Legal,
    Call,
    Holds,
}

impl List {
    fn of(name: &str) -> List {
        match name {
            "furniture" => List::Furniture,
            "short" => List::Short,
            "alone" => List::Alone,
            "others" => List::Others,
            "others-from" => List::OthersFrom,
            "legal" => List::Legal,
            "call" => List::Call,
            _ => List::Holds,
        }
    }
}

/// The phrases by their first three bytes, and those that are looked for inside a line.
#[derive(Debug, Default)]
struct Table {
    starts: HashMap<[u8; 3], Vec<(List, String)>>,
    holds: Vec<String>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        let mut list = List::Furniture;
        for line in DATA.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                list = List::of(name);
                continue;
            }
            for phrase in line.split(" ; ").map(|phrase| phrase.replace('_', " ")) {
                match first_bytes(&phrase) {
                    _ if list == List::Holds => table.holds.push(phrase),
                    Some(key) => table.starts.entry(key).or_default().push((list, phrase)),
                    None => {}
                }
            }
        }
        table
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

/// A line prepared for comparison: lower case, without what stands before its first letter.
struct Line(String);

impl Line {
    /// Longest beginning that is compared, in characters.
    const MOST: usize = 120;

    fn of(text: &str) -> Line {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
        let start = text.get(..Line::MOST.min(text.len())).filter(|start| start.is_ascii());
        Line(match start {
            Some(start) => start.to_ascii_lowercase(),
            None => text.chars().take(Line::MOST).flat_map(char::to_lowercase).collect(),
        })
    }

    /// Whether a phrase of one of the lists begins the line or, for lists of whole lines, is the line.
    fn is_in(&self, lists: &[List]) -> bool {
        let whole = self.0.trim_end_matches(|c: char| !c.is_alphanumeric());
        let found = |key: [u8; 3]| table().starts.get(&key).into_iter().flatten();
        let mut phrases =
            first_bytes(&self.0).into_iter().chain(first_bytes(whole).filter(|_| whole.len() == 2)).flat_map(found);
        phrases.any(|(list, phrase)| {
            lists.contains(list)
                && match list {
                    List::Alone | List::Others => whole == phrase.trim_end_matches(|c: char| !c.is_alphanumeric()),
                    _ => self.0.starts_with(phrase.as_str()),
                }
        })
    }
}

/// Whether a short line is furniture; `words` is its length.
pub(super) fn is_furniture(text: &str, words: u32) -> bool {
    let lists: &[List] = match words {
        0..=4 => &[List::Furniture, List::Short, List::Alone],
        5..=25 => &[List::Furniture, List::Short],
        26..=40 => &[List::Furniture],
        _ => return false,
    };
    Line::of(text).is_in(lists) || is_credited(text)
}

/// Whether a line is a heading over other stories, which are not the article's.
pub(super) fn announces_others(text: &str) -> bool {
    Line::of(text).is_in(&[List::Others, List::OthersFrom])
}

/// Whether a paragraph at the end of the text is a legal note, a call or a credit rather than text.
pub(super) fn is_closing(text: &str, words: u32) -> bool {
    let line = Line::of(text);
    let lists: &[List] = if words <= 45 { &[List::Legal, List::Call] } else { &[List::Legal] };
    let holds = || {
        let lower = text.to_lowercase();
        table().holds.iter().any(|part| lower.contains(part.as_str()))
    };
    (words <= 130 && line.is_in(lists)) || (words <= 60 && holds()) || is_furniture(text, words)
}

/// What sort of template line it is, as a number: 0 none, 1 a heading over other stories, 2 furniture, 3 what closes a
/// page.
pub(super) fn sort(text: &str, words: u32) -> u8 {
    match words {
        0..=12 if announces_others(text) => 1,
        0..=40 if is_furniture(text, words) => 2,
        0..=130 if is_closing(text, words) => 3,
        _ => 0,
    }
}

/// Whether a line ends as a caption does: with its source in brackets (`(Image: Jo Berg)`) or after a sign.
fn is_credited(text: &str) -> bool {
    const SOURCES: [&str; 22] = [
        "image",
        "images",
        "photo",
        "photos",
        "picture",
        "pictures",
        "credit",
        "pic",
        "foto",
        "fotos",
        "bild",
        "quelle",
        "source",
        "getty",
        "ap photo",
        "afp",
        "reuters",
        "©",
        "crédit",
        "imagen",
        "video",
        "photograph",
    ];
    let text = text.trim_end_matches(['.', ' ']);
    let Some(inner) = text.strip_suffix([')', ']']) else { return false };
    let Some(open) = inner.rfind(['(', '[']) else { return false };
    let inner = inner[open + 1..].trim_start().to_lowercase();
    inner.len() < 80
        && SOURCES
            .iter()
            .any(|source| inner.strip_prefix(source).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
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
