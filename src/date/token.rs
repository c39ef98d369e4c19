//! The tokens that date grammars read: numbers, words and single marks.

use std::sync::OnceLock;

use super::calendar::{self, Calendar};
use super::filter::WordFilter;
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
    /// The name of a month of another calendar.
    OtherMonth(Calendar, i8),
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
/// `classify` tells what a word is that is not merged into a name of several words, from the word as written and its
/// folded form. It is asked for words of `known` alone, which has [`named_words`] and all that mean something to the
/// caller; any other is `Word(0)`.
pub(crate) fn tokens(text: &str, known: &WordFilter, classify: impl FnMut(&str, &str) -> TokenKind) -> Vec<Token> {
    let mut reader = Reader {
        text,
        known,
        classify,
        out: Vec::with_capacity(text.len() / 4),
        folded: String::new(),
        opener: String::new(),
    };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        at = if c.is_whitespace() {
            end
        } else if digit(c).is_some() {
            let (token, end) = number(text, at);
            reader.out.push(token);
            reader.opener.clear();
            end
        } else if is_letter(c) {
            let end = letters_end(text, end);
            reader.word(Span::new(at, end));
            end
        } else {
            reader.mark(Span::new(at, end), c);
            end
        };
    }
    reader.out
}

/// The tokens of a text as they are read.
struct Reader<'t, F> {
    text: &'t str,
    known: &'t WordFilter,
    classify: F,
    out: Vec<Token>,
    /// The folded form of the word at hand; kept so that no word allocates.
    folded: String,
    /// The folded word before, where a name of several words begins with it (`bazar ertəsi`).
    opener: String,
}

/// The words of the names of months and weekdays in all languages and calendars.
pub(crate) fn named_words() -> &'static WordFilter {
    static WORDS: OnceLock<WordFilter> = OnceLock::new();
    WORDS.get_or_init(|| WordFilter::of(names::all(None).chain(calendar::all())))
}

impl<'t, F: FnMut(&str, &str) -> TokenKind> Reader<'t, F> {
    fn mark(&mut self, span: Span, c: char) {
        self.out.push(Token { span, kind: TokenKind::Mark(c) });
        // A name goes on over a hyphen or apostrophe: `çərşənbə-axşamı`.
        if c != '-' && c != '\'' {
            self.opener.clear();
        }
    }

    fn word(&mut self, span: Span) {
        let word = span.of(self.text);
        let unknown = Token { span, kind: TokenKind::Word(0) };
        // Nearly all words of a text: nothing is to be looked up for them.
        if self.opener.is_empty() && word.is_ascii() && !self.known.may_have_letters(word) {
            self.out.push(unknown);
            return;
        }
        self.folded.clear();
        fold_into(word, &mut self.folded);
        if !self.opener.is_empty() && self.ends_name(span) {
            return;
        }
        if !self.known.may_have(&self.folded) {
            self.out.push(unknown);
            return;
        }
        let kind = (self.classify)(word, &self.folded);
        self.out.push(Token { span, kind });
        if names::opens(&self.folded) || calendar::opens(&self.folded) {
            self.opener.push_str(&self.folded);
        }
    }

    /// Joins the word at `span` to the one before, where the two are a name of a month or weekday. Empties the opener.
    fn ends_name(&mut self, span: Span) -> bool {
        self.opener.push(' ');
        self.opener.push_str(&self.folded);
        let other =
            || calendar::month(&self.opener, None).map(|(calendar, month)| TokenKind::OtherMonth(calendar, month));
        let found = names::lookup(&self.opener).first().map(|name| named(name.meaning, name.short)).or_else(other);
        self.opener.clear();
        let Some(kind) = found else { return false };
        while self.out.last().is_some_and(|last| matches!(last.kind, TokenKind::Mark(_))) {
            self.out.pop();
        }
        debug_assert!(!self.out.is_empty(), "the word that opens the name was read");
        if let Some(last) = self.out.last_mut() {
            *last = Token { span: Span { end: span.end, ..last.span }, kind };
        }
        true
    }
}

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
        // Nine digits fit into the number; longer ones are no date, and must not come round to one.
        value = if digits < 9 { value * 10 + digit } else { u32::MAX };
        digits = digits.saturating_add(1);
        end += c.len_utf8();
    }
    (Token { span: Span::new(start, end), kind: TokenKind::Number(value, digits) }, end)
}

/// The value of a decimal digit of any living script.
fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    // Where the tens of Unicode's decimal digits begin, in order.
    const ZEROS: [u32; 21] = [
        0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0xFF10,
    ];
    let code = c as u32;
    // The letters of Latin, Greek, Cyrillic and Hebrew, and all of the Far East but its full-width forms.
    if code < 0x0660 || (0x1820..0xFF10).contains(&code) {
        return None;
    }
    let at = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    Some(code - ZEROS[at]).filter(|value| *value < 10)
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
        || matches!(c, '\u{0591}'..='\u{05C7}' | '\u{05F3}' | '\u{05F4}' | '\u{0640}')
        // Words of India, with the signs in them that are no letters by themselves, and runs of Thai.
        || matches!(c, '\u{0900}'..='\u{0963}' | '\u{0971}'..='\u{0DFF}' | '\u{0E01}'..='\u{0E3A}' | '\u{0E40}'..='\u{0E4E}')
}
