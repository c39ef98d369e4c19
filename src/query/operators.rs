//! Operators that librarians have used for decades: how each is recognised in a chunk.
//!
//! | typed | read as |
//! |---|---|
//! | `w/5` `near/5` `adj/5` `NEAR` | between two parts, at most 5 words apart (`NEAR`: 10), in either order |
//! | `pre/5` | the left part first |
//! | `w/s` `w/p` | in one sentence, in one paragraph |
//! | `atleast3(x)` | three times at least |
//! | `hlead(x)` `first50(x)` | in the headline and the first two paragraphs; in the first 50 words |
//! | `caps(x)` | with capitals |
//! | `allcaps(x)` `plural(x)` `singular(x)` | in capitals throughout; in the form that was typed |
//! | `=x` | this form of the word alone |
//! | `x*` `x?z` `x~1` | any letters, one letter, at most one letter different |

use super::chunk;
use super::tree::{Pattern, Reach, Scope, Word};
use crate::text::Span;

/// Words that two parts may be apart at most; a sentence or a paragraph says more beyond that.
const FARTHEST: u32 = 1_000;
/// What `NEAR` without a number stands for.
const NEAR: u32 = 10;
/// Most letters that a word may differ in; with three nearly every short word would do.
const MOST_EDITS: u8 = 2;
/// Longest pattern in characters; the longest word of the index has 80 bytes.
const LONGEST_PATTERN: usize = 80;

/// The operator between two parts that `chunk` is, if any.
pub(super) fn reach(chunk: &str) -> Option<Reach> {
    if chunk == "NEAR" {
        return Some(Reach::Within(NEAR));
    }
    let (head, tail) = chunk.split_once('/')?;
    // Beyond a thousand words, closeness says nothing that a paragraph does not say better.
    let words = || distance(tail);
    match head.to_ascii_lowercase().as_str() {
        "w" if tail.eq_ignore_ascii_case("s") => Some(Reach::Sentence),
        "w" if tail.eq_ignore_ascii_case("p") => Some(Reach::Paragraph),
        "w" | "near" | "adj" => words().map(Reach::Within),
        "pre" => words().map(Reach::Before),
        _ => None,
    }
}

/// A number of words between two parts; figures and nothing else.
pub(super) fn distance(text: &str) -> Option<u32> {
    text.parse::<u32>().ok().filter(|_| digits(text)).map(|words| words.clamp(1, FARTHEST))
}

/// A word with an open ending; `None` where `stem` is no word.
pub(super) fn open_ended(stem: &str) -> Option<Marked> {
    pattern(&format!("{stem}*")).map(Marked::Pattern)
}

/// What a chunk right before an opening parenthesis asks of everything inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// In one part of the text.
    In(Scope),
    /// So many times at least.
    AtLeast(u32),
    /// Written with capitals.
    Caps,
    /// Written in capitals throughout.
    AllCaps,
    /// In the form that was typed: other systems tell singular and plural apart.
    Form,
}

/// The function that `chunk` names, where an opening parenthesis follows it.
pub(super) fn function(chunk: &str) -> Option<Function> {
    let name = chunk.to_ascii_lowercase();
    let counted = |head: &str| {
        let tail = name.strip_prefix(head).filter(|tail| digits(tail))?;
        // More than any number is as good as the greatest.
        Some(tail.parse::<u32>().unwrap_or(u32::MAX))
    };
    match name.as_str() {
        "hlead" => Some(Function::In(Scope::Lead)),
        "caps" => Some(Function::Caps),
        "allcaps" => Some(Function::AllCaps),
        "plural" | "singular" => Some(Function::Form),
        _ => {
            let first = counted("first").map(|words| Function::In(Scope::First(words)));
            first.or_else(|| counted("atleast").map(Function::AtLeast))
        }
    }
}

/// What the signs in or around a word ask for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Marked {
    /// `=x`: where the words begin.
    Exact(usize),
    /// `x*`, `x?z`.
    Pattern(Pattern),
    /// `x~1`.
    Fuzzy(Word, u8),
    /// Signs that cannot be read as they were meant, and why.
    Odd(&'static str),
}

/// The marked word that the chunk at `span` is; `None` for plain chunks.
pub(super) fn marked(text: &str, span: Span) -> Option<Marked> {
    let typed = span.of(text);
    // Addresses are full of signs that mean something else there.
    if typed.contains("://") {
        return None;
    }
    if typed.strip_prefix('=').is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
        return Some(Marked::Exact(1));
    }
    if is_pattern(typed) {
        // A sign that ends a sentence is no letter of the pattern.
        let whole = typed.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
        let read = pattern(whole).map(Marked::Pattern);
        return Some(read.unwrap_or(Marked::Odd("* and ? stand for letters of one word")));
    }
    fuzzy(text, span)
}

/// True for a star that touches a letter or digit, and for question marks between two of them: no sentence ends there.
fn is_pattern(chunk: &str) -> bool {
    let mut last = ' ';
    let mut open = false;
    for c in chunk.chars() {
        if (c == '*' && last.is_alphanumeric()) || (c.is_alphanumeric() && (last == '*' || (open && last == '?'))) {
            return true;
        }
        open = c == '?' && (open || last.is_alphanumeric());
        last = c;
    }
    false
}

/// The pattern of `typed`; `None` where what stands between its signs is no word, or several.
fn pattern(typed: &str) -> Option<Pattern> {
    let mut out = String::with_capacity(typed.len());
    let mut rest = typed;
    while let Some(first) = rest.chars().next() {
        if first == '*' || first == '?' {
            // Two stars are one.
            if !(first == '*' && out.ends_with('*')) {
                out.push(first);
            }
            rest = &rest[1..];
            continue;
        }
        let length = rest.find(['*', '?']).unwrap_or(rest.len());
        let piece = &rest[..length];
        let found = chunk::index_words(piece, Span::new(0, length));
        match found.as_slice() {
            [word] if word.span.len() == length => out.push_str(&word.folded),
            _ => return None,
        }
        rest = &rest[length..];
    }
    // Folding may have taken the only letter away.
    let known = is_pattern(&out) && out.chars().count() <= LONGEST_PATTERN;
    known.then_some(Pattern(out))
}

fn fuzzy(text: &str, span: Span) -> Option<Marked> {
    let typed = span.of(text);
    let (head, tail) = typed.split_once('~')?;
    let tail = tail.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
    // Lucene once said how much of a word has to be the same: `x~0.8`.
    let share = tail
        .strip_prefix("0.")
        .filter(|tail| digits(tail))
        .map(|tail| !tail.starts_with(['0', '1', '2', '3', '4', '5']));
    if !head.ends_with(char::is_alphanumeric) || !(tail.is_empty() || share.is_some() || digits(tail)) {
        return None;
    }
    let at = span.start as usize;
    let mut words = chunk::index_words(text, Span::new(at, at + head.len()));
    let (Some(word), true) = (words.pop(), words.is_empty()) else {
        return Some(Marked::Odd("~ stands after one word"));
    };
    if !word.folded.ends_with(char::is_alphanumeric) {
        return Some(Marked::Odd("~ stands after one word"));
    }
    match tail.parse::<u8>() {
        Err(_) if tail.is_empty() || share == Some(true) => Some(Marked::Fuzzy(word, 1)),
        // No letter different is the word itself, and no other form of it.
        Ok(0) => Some(Marked::Exact(0)),
        Ok(edits) => Some(Marked::Fuzzy(word, edits.min(MOST_EDITS))),
        Err(_) => Some(Marked::Fuzzy(word, MOST_EDITS)),
    }
}

/// A distance after a phrase, as in `"a b"~5`: how many words, and its length in bytes.
pub(super) fn slop(rest: &str) -> Option<(u32, usize)> {
    let digits = rest.strip_prefix('~')?;
    let length = digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let words = if length == 0 { NEAR } else { digits[..length].parse().unwrap_or(FARTHEST) };
    Some((words.clamp(1, FARTHEST), length + 1))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_between_parts() {
        let rows: &[(&str, Option<Reach>)] = &[
            ("w/5", Some(Reach::Within(5))),
            ("W/5", Some(Reach::Within(5))),
            ("near/3", Some(Reach::Within(3))),
            ("adj/1", Some(Reach::Within(1))),
            ("pre/2", Some(Reach::Before(2))),
            ("w/s", Some(Reach::Sentence)),
            ("W/P", Some(Reach::Paragraph)),
            ("NEAR", Some(Reach::Within(10))),
            ("w/0", Some(Reach::Within(1))),
            ("w/1000", Some(Reach::Within(1_000))),
            ("w/1001", Some(Reach::Within(1_000))),
            // More than a number can be is no operator: it is read as words.
            ("w/99999999999", None),
            ("near", None),
            ("pre/s", None),
            ("w/", None),
            ("w/+5", None),
            ("w/5a", None),
            ("and/or", None),
            ("w5", None),
        ];
        for (chunk, expected) in rows {
            assert_eq!(reach(chunk), *expected, "{chunk}");
        }
    }

    #[test]
    fn functions_before_a_parenthesis() {
        let rows: &[(&str, Option<Function>)] = &[
            ("hlead", Some(Function::In(Scope::Lead))),
            ("HLEAD", Some(Function::In(Scope::Lead))),
            ("first50", Some(Function::In(Scope::First(50)))),
            ("caps", Some(Function::Caps)),
            ("atleast3", Some(Function::AtLeast(3))),
            ("atleast99999999999", Some(Function::AtLeast(u32::MAX))),
            ("first", None),
            ("atleast", None),
            ("atleast-3", None),
            ("first5x", None),
            ("lead", None),
        ];
        for (chunk, expected) in rows {
            assert_eq!(function(chunk), *expected, "{chunk}");
        }
    }

    /// What is read from a marked word, in words of this test.
    fn read(chunk: &str) -> String {
        match marked(chunk, Span::new(0, chunk.len())) {
            None => "plain".to_owned(),
            Some(Marked::Exact(skip)) => format!("exact from {skip}"),
            Some(Marked::Pattern(Pattern(pattern))) => format!("pattern {pattern}"),
            Some(Marked::Fuzzy(word, edits)) => format!("fuzzy {} {edits}", word.folded),
            Some(Marked::Odd(_)) => "odd".to_owned(),
        }
    }

    #[test]
    fn marked_words() {
        let rows = "Lachin ==> plain
            =Lachin ==> exact from 1
            == ==> plain
            =- ==> plain
            med* ==> pattern med*
            Med*, ==> pattern med*
            *stan ==> pattern *stan
            m?d ==> pattern m?d
            m??d ==> pattern m??d
            m**d ==> pattern m*d
            who? ==> plain
            who?? ==> plain
            ?who ==> plain
            * ==> plain
            a-*b ==> odd
            new-yo* ==> odd
            laç* ==> pattern lac*
            http://x.com/a*b ==> plain
            medal~ ==> fuzzy medal 1
            medal~0 ==> exact from 0
            medal~1 ==> fuzzy medal 1
            medal~2 ==> fuzzy medal 2
            medal~3 ==> fuzzy medal 2
            medal~300 ==> fuzzy medal 2
            medal~0.8 ==> fuzzy medal 1
            medal~0.5 ==> fuzzy medal 2
            medal~1.5 ==> plain
            medal~1. ==> fuzzy medal 1
            medal~x ==> plain
            ~1 ==> plain
            a-b~1 ==> odd";
        for row in rows.lines() {
            let (chunk, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            assert_eq!(read(chunk), expected, "{chunk}");
        }
    }

    #[test]
    fn a_pattern_has_eighty_characters_at_most() {
        let longest = format!("{}*", "a".repeat(LONGEST_PATTERN - 1));
        assert!(read(&longest).starts_with("pattern "), "{longest}");
        assert_eq!(read(&format!("a{longest}")), "odd");
    }

    #[test]
    fn a_distance_behind_a_phrase() {
        assert_eq!(slop("~5 x"), Some((5, 2)));
        assert_eq!(slop("~x"), Some((10, 1)));
        assert_eq!(slop("~0"), Some((1, 2)));
        assert_eq!(slop("~12345"), Some((1_000, 6)));
        assert_eq!(slop("~99999999999"), Some((1_000, 12)));
        assert_eq!(slop(" ~5"), None);
        assert_eq!(slop(""), None);
    }
}
