//! From one typed chunk to index words, and which of them belong together.

use super::quotes::is_hebrew;
use super::stop_words;
use super::tree::{Capitals, Node, NodeKind, Word};
use crate::text::{Span, compose, is_cjk, is_passed_over, nfc, words};

/// The index words of `span`, in order.
pub(super) fn index_words(text: &str, span: Span) -> Vec<Word> {
    let mut out = Vec::new();
    let mut found = words(span.of(text));
    while let Some(word) = found.next_word() {
        let at = span.start as usize;
        let span = Span::new(at + word.span.start as usize, at + word.span.end as usize);
        // Nearly all words are; the second look costs an allocation.
        if is_stable(word.folded) {
            out.push(Word {
                span,
                folded: word.folded.to_owned(),
                stop: false,
                capitals: Capitals::Free,
                written: None,
            });
            continue;
        }
        // Folding can make letters of signs and signs of letters (half-width kana, ligatures): what comes out is cut
        // into words once more, so that the canonical form reads back.
        let folded = nfc(word.folded).into_owned();
        words(&folded).for_each_word(|inner| {
            if is_stable(inner.folded) {
                out.push(Word {
                    span,
                    folded: inner.folded.to_owned(),
                    stop: false,
                    capitals: Capitals::Free,
                    written: None,
                });
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
    // A piece of a word (a run of Chinese, a ligature) has no capitals of its own to ask for.
    let alone = again.next_word().is_some_and(|found| found.folded == word.folded && found.span.len() == typed.len());
    let spelled = alone && again.next_word().is_none() && typed.chars().any(char::is_uppercase);
    word.capitals = if spelled { Capitals::As(typed.to_owned()) } else { Capitals::Some };
}

/// Asks of `word` to be in capitals throughout.
pub(super) fn ask_for_all_capitals(text: &str, word: &mut Word) {
    let loud = word.span.of(text).to_uppercase();
    let mut again = words(&loud);
    // Some letters have no capital, and some become two.
    let same = again.next_word().is_some_and(|found| found.folded == word.folded && found.span.len() == loud.len());
    if same && loud.chars().any(char::is_uppercase) {
        word.capitals = Capitals::As(loud);
    } else {
        ask_for_capitals(text, word);
    }
}

/// The parts of a chunk: words that are typed as one stay together, others stand side by side.
pub(super) fn parts(text: &str, span: Span) -> Vec<Node> {
    let mut groups: Vec<Vec<Word>> = Vec::new();
    for word in index_words(text, span) {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| joins(text, last, &word)) => group.push(word),
            _ => groups.push(vec![word]),
        }
    }
    groups.into_iter().map(|group| node(text, group)).collect()
}

/// A word, or a chunk of several.
fn node(text: &str, mut words: Vec<Word>) -> Node {
    // The index cuts `l'accord` into two words, and `l` stands beside anything in French.
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
        // `c'est` is a stop word as it stands; without its `c` the rest would be asked for.
        && !stop_words::is_listed(&rest_key.join(" "))
}

/// True when what stands between two words keeps them together.
fn joins(text: &str, left: &Word, right: &Word) -> bool {
    let between = text.get(left.span.end as usize..right.span.start as usize).unwrap_or("");
    let mut signs = between.chars();
    let unspaced = |c: Option<char>| c.filter(|c| is_cjk(*c));
    let ends = (unspaced(left.folded.chars().next_back()), unspaced(right.folded.chars().next()));
    match ends {
        (None, None) => {}
        // Such that compose would read back as one character.
        (Some(last), Some(first)) => return between.chars().all(is_passed_over) && compose(last, first).is_none(),
        // A run of characters of a script without blanks is a part of its own: `G20峰会`.
        _ => return false,
    }
    let Some(sign) = signs.next() else {
        return true;
    };
    // Two signs are a gap: `a--b`, `a, b`.
    if signs.next().is_some() {
        return false;
    }
    match sign {
        '-' | '‐' | '‑' | '.' | '\'' | '’' | 'ʼ' | '_' | '&' | '@' | '+' | '·' | '״' | '׳' => true,
        '"' => is_hebrew(left.span.of(text).chars().next_back()) && is_hebrew(right.span.of(text).chars().next()),
        // Between figures these signs are part of a number, a time or a date; between words they part them.
        ',' | ':' | '/' | '–' | '−' | '٫' | '٬' => {
            left.span.of(text).ends_with(char::is_numeric) && right.span.of(text).starts_with(char::is_numeric)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a chunk, words of one part with hyphens between.
    fn printed(text: &str) -> String {
        let parts = parts(text, Span::new(0, text.len()));
        let folded = |part: &Node| part.words().iter().map(|word| word.folded.clone()).collect::<Vec<_>>().join("-");
        parts.iter().map(folded).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_was_typed_as_one_stays_together() {
        for (chunk, expected) in [
            ("Lachin", "lachin"),
            ("COVID-19", "covid-19"),
            ("U.S.", "u-s"),
            ("AT&T", "at-t"),
            ("user@example.com", "user-example-com"),
            ("snake_case", "snake-case"),
            ("a+b", "a-b"),
            ("3,000", "3-000"),
            ("a,b", "a b"),
            ("10:30", "10-30"),
            ("a:b", "a b"),
            ("24/7", "24-7"),
            ("and/or", "and or"),
            ("1992–1994", "1992-1994"),
            ("a–b", "a b"),
            ("a--b", "a b"),
            ("a—b", "a b"),
            ("北京大学", "北-京-大-学"),
            ("北京-上海", "北-京 上-海"),
            ("G20峰会", "g20 峰-会"),
            ("น้ำท่วม", "น-ำ-ท-ว-ม"),
            ("\u{1025}\u{1037}\u{102E}", "\u{1025} \u{102E}"),
            ("a;b", "a b"),
            ("צה\"ל", "צה-ל"),
            ("a\"b", "a b"),
            ("l'accord", "accord"),
            ("dell’arte", "arte"),
            ("L'Aquila", "aquila"),
            ("rock'n", "rock-n"),
            ("c'est", "c-est"),
            ("d-day", "d-day"),
            ("...", ""),
        ] {
            assert_eq!(printed(chunk), expected, "{chunk}");
        }
    }

    #[test]
    fn capitals_are_those_that_were_typed() {
        for (typed, expected) in [
            ("Apple", Capitals::As("Apple".to_owned())),
            ("NATO", Capitals::As("NATO".to_owned())),
            ("İzmir", Capitals::As("İzmir".to_owned())),
            ("apple", Capitals::Some),
            ("北", Capitals::Some),
        ] {
            let mut words = index_words(typed, Span::new(0, typed.len()));
            assert_eq!(words.len(), 1, "{typed}");
            ask_for_capitals(typed, &mut words[0]);
            assert_eq!(words[0].capitals, expected, "{typed}");
        }
    }

    #[test]
    fn spans_of_words_are_bytes_of_the_whole_text() {
        let text = "x Laçın-Şuşa y";
        let words = index_words(text, Span::new(2, text.len() - 2));
        assert_eq!(words.iter().map(|word| word.span.of(text)).collect::<Vec<_>>(), ["Laçın", "Şuşa"]);
    }
}
