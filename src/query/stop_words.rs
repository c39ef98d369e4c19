//! Stop words: what a question is made of besides what it asks about.
//!
//! A stop word is not needed in an article, as long as the query has something else to go by. The words are data
//! (`stopwords.tsv`), sorted so that they are looked up in place: a query process builds no table.
//!
//! English is the default; in a query of seven words or more a longer English list counts too, of words that mean little
//! in a question (`what was said by`) and much in a headline. Another language takes over when it explains more words of
//! the query than English, and two at least: `die` and `was` are English words too. Words in another script cannot be
//! mistaken and count at once.

use std::cmp::Ordering;

use super::tree::{Capitals, Field, Node, NodeKind, Word};

/// Lines of a word, a tab and its languages, sorted by the word's bytes. Comments sort before all words.
const DATA: &str = include_str!("stopwords.tsv");

/// The languages of the data; a set of them has one bit each, in this order.
const CODES: [&str; 14] = ["en", "en+", "ar", "az", "de", "es", "fa", "fr", "it", "nl", "pt", "ru", "tr", "uk"];
type Languages = u32;
const ENGLISH: Languages = 1;
const ENGLISH_QUESTION: Languages = 2;
/// Words of a query from which the longer English list counts.
const QUESTION: usize = 7;

/// True when some language has these folded words, one blank between them, as a stop word.
pub(super) fn is_listed(key: &str) -> bool {
    languages_of(key) != 0
}

/// True for an English stop word.
pub(super) fn is_english(folded: &str) -> bool {
    languages_of(folded) & ENGLISH != 0
}

/// The languages that have these folded words, one blank between them, as a stop word.
fn languages_of(key: &str) -> Languages {
    // A search by halves over the bytes of the file itself: a table would cost every query more than it saves.
    let (mut low, mut high) = (0, DATA.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = DATA.as_bytes()[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let length = DATA.as_bytes()[start..].iter().position(|b| *b == b'\n').unwrap_or(DATA.len() - start);
        let (word, codes) = DATA[start..start + length].split_once('\t').unwrap_or(("", ""));
        match word.cmp(key) {
            Ordering::Less => low = start + length + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return set_of(codes),
        }
    }
    0
}

fn set_of(codes: &str) -> Languages {
    codes.split(' ').filter_map(|code| CODES.iter().position(|known| *known == code)).map(|at| 1 << at).sum()
}

/// The languages that have all of this part as a stop word; none for anything but a plain word or chunk.
fn languages(node: &Node) -> Languages {
    match &node.kind {
        NodeKind::Word(word) if word.capitals != Capitals::Free => 0,
        NodeKind::Word(word) => languages_of(&word.folded),
        // No contraction has more than three parts.
        NodeKind::Chunk(words) if words.len() <= 3 && words.iter().all(|word| word.capitals == Capitals::Free) => {
            languages_of(&join(words))
        }
        _ => 0,
    }
}

fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// Marks the stop words of a whole query.
pub(super) fn mark(root: &mut Node) {
    let mut counts = Counts::default();
    counts.add(root);
    // English is compared apart: it wins every tie.
    let best = (2..CODES.len()).max_by_key(|at| (counts.found[*at], std::cmp::Reverse(*at))).unwrap_or(0);
    // Two words at least: `die` alone is English.
    let chosen = if counts.found[best] >= 2 && counts.found[best] > counts.found[0] {
        1 << best
    } else if counts.words >= QUESTION {
        ENGLISH | ENGLISH_QUESTION
    } else {
        ENGLISH
    };
    mark_below(root, chosen);
}

/// Plain words of a query, and how many of them each language has as stop words.
#[derive(Default)]
struct Counts {
    words: usize,
    found: [usize; CODES.len()],
}

impl Counts {
    fn add(&mut self, node: &Node) {
        self.words += usize::from(matches!(node.kind, NodeKind::Word(_) | NodeKind::Chunk(_)));
        let found = languages(node);
        for (bit, count) in self.found.iter_mut().enumerate() {
            *count += usize::from(found & (1 << bit) != 0);
        }
        for child in node.children() {
            self.add(child);
        }
    }
}

/// True for a plain part that one of the `chosen` languages, or any language in another script, has as a stop word.
fn is_stop(part: &Node, chosen: Languages) -> bool {
    let found = languages(part);
    // Words in another script can be no words of the chosen language.
    found & chosen != 0 || (found != 0 && !is_latin(part))
}

fn is_latin(part: &Node) -> bool {
    match &part.kind {
        NodeKind::Word(word) => word.folded.starts_with(|c: char| c < '\u{0370}'),
        _ => true,
    }
}

/// Marks words that stand side by side with something that is no stop word. Operands of an operator, the only word
/// of a field and phrases were asked for as they are.
fn mark_below(node: &mut Node, chosen: Languages) {
    for child in node.children_mut() {
        mark_below(child, chosen);
    }
    let NodeKind::All(parts) = &mut node.kind else {
        return;
    };
    // Exclusions and filters narrow down, but the words are what is asked for.
    let is_content = |part: &Node| match &part.kind {
        NodeKind::Not(_) => false,
        NodeKind::Field(field) => matches!(field, Field::Text(..)),
        _ => !is_stop(part, chosen),
    };
    // `to be or not to be`: where all are stop words, all are needed.
    if !parts.iter().any(is_content) {
        return;
    }
    for part in parts.iter_mut().filter(|part| is_stop(part, chosen)) {
        match &mut part.kind {
            NodeKind::Word(word) => word.stop = true,
            NodeKind::Chunk(words) => words.iter_mut().for_each(|word| word.stop = true),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn the_data_is_sorted_folded_and_found() {
        let rows: Vec<&str> = DATA.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.len() > 1000);
        for pair in rows.windows(2) {
            assert!(pair[0].split('\t').next() < pair[1].split('\t').next(), "{pair:?}");
        }
        for row in rows {
            let (key, codes) = row.split_once('\t').expect("a tab");
            let mut folded = Vec::new();
            words(key).for_each_word(|word| folded.push(word.folded.to_owned()));
            assert_eq!(folded.join(" "), key);
            assert_eq!(set_of(codes).count_ones() as usize, codes.split(' ').count(), "{row}");
            assert_eq!(languages_of(key), set_of(codes), "{key}");
        }
        for other in ["", "a b", "lachin", "zzz", "#", "\u{10FFFF}"] {
            assert_eq!(languages_of(other), 0, "{other}");
        }
    }

    /// The stop words of a query that an article need not hold.
    fn marked(text: &str) -> String {
        fn below(node: &Node, out: &mut Vec<String>) {
            if node.is_stop() {
                out.push(node.to_string());
            }
            node.children().iter().for_each(|child| below(child, out));
        }
        let mut out = Vec::new();
        below(&crate::query::parse(text, jiff::civil::date(2026, 11, 22)).root, &mut out);
        out.join(" ")
    }

    #[test]
    fn the_language_of_a_query_decides() {
        for (text, expected) in [
            ("the town", "the"),
            ("the", ""),
            ("the of", ""),
            ("die Medaille", ""),
            ("die Medaille und das Dorf", "die und das"),
            ("people who die in Lachin", "who in"),
            ("медаль за дом", "за"),
            ("los pueblos de la costa", "los de la"),
            ("the AND town", ""),
            ("the -town", ""),
            ("the title:town", "the"),
            ("title:(the town)", "the"),
            ("\"the town\"", ""),
            // The longer list of a question.
            ("what was said about the last train home", "what was said about the last"),
            ("said about", "about"),
        ] {
            assert_eq!(marked(text), expected, "{text}");
        }
    }
}
