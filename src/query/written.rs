//! Words that their signs or capitals make other words: `C++`, `#MeToo`, `@NewsDesk`, and `US` beside `us`.

use super::tree::{Capitals, Node, NodeKind};
use crate::text::{JOINED, Span, catenations_of, is_acronym, words};

/// Notes at each word below `root` how it was written, where that makes it another word. Inside quotations only signs
/// do: what has capitals there is often a heading. Inside a chunk none do, as hyphens join its words to others.
pub(super) fn mark(root: &mut Node, text: &str) {
    mark_below(root, text, capitals_tell(text));
}

/// True where capitals say something: not in a text that is in capitals throughout, unless all of its words that have any may
/// be acronyms.
fn capitals_tell(text: &str) -> bool {
    let mut found = words(text);
    text.contains(char::is_lowercase)
        || std::iter::from_fn(|| found.next_word().map(|word| is_no_shout(word.span.of(text), word.folded)))
            .all(|is| is)
}

/// True for an acronym, an operator, and what has no capitals: numbers, words of scripts without them.
fn is_no_shout(written: &str, folded: &str) -> bool {
    is_acronym(written, folded) || !written.contains(char::is_uppercase) || matches!(written, "AND" | "OR" | "NOT")
}

fn mark_below(node: &mut Node, text: &str, capitals_tell: bool) {
    node.children_mut().iter_mut().for_each(|child| mark_below(child, text, capitals_tell));
    let word = match &mut node.kind {
        NodeKind::Word(word) => word,
        NodeKind::Phrase(words) => {
            let plain = words.iter_mut().filter(|word| word.capitals == Capitals::Free);
            plain.for_each(|word| word.written = signed(text, word.span));
            return;
        }
        _ => return,
    };
    if word.capitals != Capitals::Free {
        return;
    }
    let typed = word.span.of(text);
    if let Some(term) = signed(text, word.span) {
        word.written = Some(term);
    } else if capitals_tell && is_acronym(typed, &word.folded) {
        word.written = Some(typed.to_owned());
    }
}

/// What the word at `span` and the signs that belong to it are together, folded.
fn signed(text: &str, span: Span) -> Option<String> {
    let (before, behind) = (&text[..span.start as usize], &text[span.end as usize..]);
    if !before.ends_with(['#', '@']) && !behind.starts_with(['#', '+']) {
        return None;
    }
    // As much around it as tells whether the signs are its own.
    let start = before.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(3).map_or(text.len(), |(at, _)| span.end as usize + at);
    let found = catenations_of(&text[start..end])
        .into_iter()
        .map(|(found, term)| (Span { start: start as u32 + found.start, end: start as u32 + found.end }, term));
    let mut own = found.filter(|(found, _)| found.start <= span.start && found.end >= span.end);
    let (_, term) = own.next()?;
    let written = term.strip_prefix(JOINED)?;
    // What a hyphen joins is no word with a sign.
    (written.starts_with(['#', '@']) || written.ends_with(['#', '+'])).then(|| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_capitals_make_another_word() {
        fn below(node: &Node, out: &mut Vec<String>) {
            let words = node.words().iter();
            out.extend(words.map(|word| word.written.clone().unwrap_or_else(|| word.folded.clone())));
            node.children().iter().for_each(|child| below(child, out));
        }
        for (typed, expected) in [
            ("C++ developers", "c++ developers"),
            ("C# C+ A+B", "c# c+ a b"),
            ("#MeToo @NewsDesk", "#metoo @newsdesk"),
            ("title:C++", "c++"),
            ("US tariffs", "US tariffs"),
            ("US", "US"),
            ("us", "us"),
            ("US OR uk", "US uk"),
            ("HELP US", "help us"),
            ("US AND WHO", "US WHO"),
            ("US AND UK", "us uk"),
            ("US 北京", "US 北 京"),
            ("US AND 10/11/2020", "US 10 11 2020"),
            ("US WHO 2020", "US WHO 2020"),
            ("(C++)", "c++"),
            ("C++, Java", "c++ java"),
            ("a#b", "a b"),
            ("\"C++ developers\"", "c++ developers"),
            ("\"the C# school\" -\"@NewsDesk, C+\"", "the c# school @newsdesk c+"),
            ("C++-Entwickler", "c++ entwickler"),
            // A finding of the fuzzer: the hyphen of the printed form makes it another word.
            ("26.6,4stl#", "26 6 4stl"),
            ("\"help US\"", "help us"),
            ("C++ w/5 (#MeToo OR Java)", "c++ #metoo java"),
        ] {
            let query = crate::query::parse(typed, jiff::civil::date(2026, 11, 22));
            let mut words = Vec::new();
            below(&query.root, &mut words);
            assert_eq!(words.join(" "), expected, "{typed}");
        }
    }
}
