//! From one typed chunk to index words, and which of them belong together.

use super::quotes::is_hebrew;
use super::stop_words;
use super::tree::{Capitals, Node, NodeKind, Word};
use crate::text::{Span, nfc, words};

/// The index words of `span`, in order.
pub(super) fn index_words(text: &str, span: Span) -> Vec<Word> {
    let mut out = Vec::new();
    let mut found = words(span.of(text));
    while let Some(word) = found.next_word() {
        let at = span.start as usize;
        let span = Span::new(at + word.span.start as usize, at + word.span.end as usize);
        if is_stable(word.folded) {
            out.push(Word { span, folded: word.folded.to_owned(), stop: false, capitals: Capitals::Free });
            continue;
        }
        // Folding can make letters of signs and signs of letters (half-width kana, ligatures): what comes out is cut
        // into words once more, so that the canonical form reads back.
        let folded = nfc(word.folded).into_owned();
        words(&folded).for_each_word(|inner| {
            if is_stable(inner.folded) {
                out.push(Word { span, folded: inner.folded.to_owned(), stop: false, capitals: Capitals::Free });
            }
        });
    }
    out
}

/// True when `folded` reads back as this one word.
fn is_stable(folded: &str) -> bool {
    if folded.is_ascii() && folded.len() <= 80 {
        return true;
    }
    let mut again = words(folded);
    nfc(folded) == folded
        && again.next_word().is_some_and(|word| word.folded == folded && word.span.len() == folded.len())
        && again.next_word().is_none()
}

/// Asks of `word` the capitals that it was typed with, or some where it was typed without any.
pub(super) fn ask_for_capitals(text: &str, word: &mut Word) {
    let typed = word.span.of(text);
    let mut again = words(typed);
    let alone = again.next_word().is_some_and(|found| found.folded == word.folded && found.span.len() == typed.len());
    let spelled = alone && again.next_word().is_none() && typed.chars().any(char::is_uppercase);
    word.capitals = if spelled { Capitals::As(typed.to_owned()) } else { Capitals::Some };
}

/// The parts of a chunk: words that are typed as one stay together, others stand side by side.
pub(super) fn parts(text: &str, span: Span) -> Vec<Node> {
    let mut groups: Vec<Vec<Word>> = Vec::new();
    for word in index_words(text, span) {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| joins(text, last.span, word.span)) => group.push(word),
            _ => groups.push(vec![word]),
        }
    }
    groups.into_iter().map(|group| node(text, group)).collect()
}

/// A word, or a chunk of several.
fn node(text: &str, mut words: Vec<Word>) -> Node {
    if is_elided(text, &words) {
        words.remove(0);
    }
    let span = match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
        _ => Span::new(0, 0),
    };
    let kind = match <[Word; 1]>::try_from(words) {
        Ok([word]) => NodeKind::Word(word),
        Err(words) => NodeKind::Chunk(words),
    };
    Node { span, kind }
}

/// True for `l'accord`, `dell'arte`: an article or preposition that sticks to its word is not asked for.
fn is_elided(text: &str, words: &[Word]) -> bool {
    const ELIDED: &[&str] = &[
        "l", "d", "j", "c", "n", "s", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "un", "dell", "nell",
        "all", "sull", "dall", "quell",
    ];
    let [first, rest @ ..] = words else {
        return false;
    };
    let rest_key: Vec<&str> = rest.iter().map(|word| word.folded.as_str()).collect();
    rest.first().is_some_and(|next| {
        let between = text.get(first.span.end as usize..next.span.start as usize).unwrap_or("");
        matches!(between, "'" | "’" | "ʼ")
    }) && ELIDED.contains(&first.folded.as_str())
        && !stop_words::is_listed(&rest_key.join(" "))
}

/// True when what stands between two words keeps them together.
fn joins(text: &str, left: Span, right: Span) -> bool {
    let between = text.get(left.end as usize..right.start as usize).unwrap_or("");
    let mut signs = between.chars();
    let Some(sign) = signs.next() else {
        return true;
    };
    if signs.next().is_some() {
        return false;
    }
    match sign {
        '-' | '‐' | '‑' | '.' | '\'' | '’' | 'ʼ' | '_' | '&' | '@' | '+' | '·' | '״' | '׳' => true,
        '"' => is_hebrew(left.of(text).chars().next_back()) && is_hebrew(right.of(text).chars().next()),
        ',' | ':' | '/' | '–' | '−' | '٫' | '٬' => {
            left.of(text).ends_with(char::is_numeric) && right.of(text).starts_with(char::is_numeric)
        }
        _ => false,
    }
}
