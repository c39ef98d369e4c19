//! The tokens that date grammars read: numbers, words and single marks.

use rustc_hash::FxHashMap;

use super::names::{self, Meaning};
use crate::text::{Span, fold_into, is_cjk, is_plain_letter};

/// What one token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of decimal digits of any script, with its value (or `u32::MAX` above nine digits) and their count.
    Number(u32, u8),
    /// The name of a month, 1 to 12; `true` for an abbreviation.
    Month(i8, bool),
    /// The name of a day of the week, 1 for Monday to 7; `true` for an abbreviation.
    Weekday(i8, bool),
    /// Any other word; the number is the caller's, 0 for a word that means nothing to it.
    Word(u16),
    /// Any other character that is not white space; Han, Kana and Hangul characters stand alone too.
    Mark(char),
}

/// One token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
}

/// The tokens of `text` in order. A word and the number beside it are parted (`10th`, `14h35`).
///
/// `classify` tells what a word is that is not merged into a name of several words. It gets the word as written and its
/// folded form, and of a long text each word only once, since most stand there again and again.
pub(crate) fn tokens(text: &str, mut classify: impl FnMut(&str, &str) -> TokenKind) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 4);
    let mut folded = String::new();
    let mut opener = String::new();
    let mut seen = FxHashMap::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            at = end;
            continue;
        }
        if digit(c).is_some() {
            let (token, next) = number(text, at);
            out.push(token);
            at = next;
            opener.clear();
            continue;
        }
        if !is_letter(c) {
            out.push(Token { span: Span::new(at, end), kind: TokenKind::Mark(c) });
            if c != '-' && c != '\'' {
                opener.clear();
            }
            at = end;
            continue;
        }
        let end = letters_end(text, end);
        let span = Span::new(at, end);
        let word = &text[at..end];
        at = end;
        if opener.is_empty()
            && let Some(kind) = seen.get(word)
        {
            out.push(Token { span, kind: *kind });
            continue;
        }
        folded.clear();
        fold_into(word, &mut folded);
        if !opener.is_empty() {
            opener.push(' ');
            opener.push_str(&folded);
            if let Some(kind) = names::lookup(&opener).first().map(|name| named(name.meaning, name.short)) {
                while out.last().is_some_and(|last| matches!(last.kind, TokenKind::Mark(_))) {
                    out.pop();
                }
                if let Some(last) = out.last_mut() {
                    *last = Token { span: Span { end: span.end, ..last.span }, kind };
                }
                opener.clear();
                continue;
            }
            opener.clear();
        }
        let kind = classify(word, &folded);
        out.push(Token { span, kind });
        if names::opens(&folded) {
            opener.push_str(&folded);
        } else if text.len() > LONG {
            seen.insert(word, kind);
        }
    }
    out
}

/// In texts of so many bytes words are remembered.
const LONG: usize = 1_000;

/// The kind of token that a name is.
pub(crate) fn named(meaning: Meaning, short: bool) -> TokenKind {
    match meaning {
        Meaning::Month(number) => TokenKind::Month(number, short),
        Meaning::Weekday(number) => TokenKind::Weekday(number, short),
    }
}

fn number(text: &str, start: usize) -> (Token, usize) {
    let (mut value, mut digits, mut end) = (0u32, 0u8, start);
    for c in text[start..].chars() {
        let Some(digit) = digit(c) else { break };
        value = if digits < 9 { value * 10 + digit } else { u32::MAX };
        digits = digits.saturating_add(1);
        end += c.len_utf8();
    }
    (Token { span: Span::new(start, end), kind: TokenKind::Number(value, digits) }, end)
}

/// The value of a decimal digit: ASCII, full-width, Arabic, Persian, Devanagari and Bengali.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        '\u{0966}'..='\u{096F}' => '\u{0966}',
        '\u{09E6}'..='\u{09EF}' => '\u{09E6}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

/// The end of the letters of `text` from `at` on. Most are ASCII: those are read as bytes.
fn letters_end(text: &str, at: usize) -> usize {
    let ascii = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let at = at + ascii;
    if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
        return at;
    }
    at + text[at..].find(|c| !is_letter(c)).unwrap_or(text.len() - at)
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    // Dashes and quotation marks, told without a table.
    if matches!(c, '\u{2010}'..='\u{205E}') {
        return false;
    }
    is_plain_letter(c)
        || (c.is_alphabetic() && !is_cjk(c) && !matches!(c, '\u{AC00}'..='\u{D7A3}'))
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{200C}' | '\u{200D}' | '\u{00AD}')
        || matches!(c, '\u{0591}'..='\u{05C7}' | '\u{0640}')
}
