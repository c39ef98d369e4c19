//! Stop words: what a question is made of besides what it asks about.
//!
//! A stop word is not needed in an article, as long as the query has something else to go by. The words are data
//! ([`crate::text::stop_languages`]).
//!
//! English is the default; in a query of seven words or more a longer English list counts too, of words that mean little
//! in a question (`what was said by`) and much in a headline. Another language takes over when it explains more words of
//! the query than English, and two at least: `die` and `was` are English words too. Words in another script cannot be
//! mistaken and count at once.

use super::tree::{Capitals, Field, Node, NodeKind, Word};
use crate::text::{STOP_LANGUAGES, stop_languages};

/// A set of languages, one bit each, as [`STOP_LANGUAGES`] has them.
type Languages = u32;
const ENGLISH: Languages = 1;
const ENGLISH_QUESTION: Languages = 2;
/// Words of a query from which the longer English list counts.
const QUESTION: usize = 7;

/// True when some language has these folded words, one blank between them, as a stop word.
pub(super) fn is_listed(key: &str) -> bool {
    stop_languages(key) != 0
}

/// The languages that have all of this part as a stop word; none for anything but a plain word or chunk.
fn languages(node: &Node) -> Languages {
    match &node.kind {
        NodeKind::Word(word) if word.capitals != Capitals::Free || word.written.is_some() => 0,
        NodeKind::Word(word) => stop_languages(&word.folded),
        // No contraction has more than three parts.
        NodeKind::Chunk(words) if words.len() <= 3 && words.iter().all(|word| word.capitals == Capitals::Free) => {
            stop_languages(&join(words))
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
    let best = (2..STOP_LANGUAGES.len()).max_by_key(|at| (counts.found[*at], std::cmp::Reverse(*at))).unwrap_or(0);
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
    found: [usize; STOP_LANGUAGES.len()],
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
