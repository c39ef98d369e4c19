//! From text to tokens. Total: every byte is in one token or between two.

use super::field::FieldName;
use crate::text::Span;

/// What a piece of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-` at the start of a chunk that goes on.
    Minus,
    /// `AND` or `&&`.
    And,
    /// `OR` or `||`.
    Or,
    /// `NOT`
    Not,
    /// A known field's name and colon; its value follows at once.
    Field(FieldName),
    /// A quoted text; `inner` is what stands between the quotes, `closed` is false where the text ends first.
    Quoted { inner: Span, closed: bool },
    /// Anything else up to white space, a parenthesis, or the quote after a colon.
    Chunk,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: TokenKind,
}

/// Steps through the tokens of a text in linear time.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// After a field's colon: a chunk is taken as it stands.
    value: bool,
    /// No quote closes after this point, per family; spares hostile text a search from every quote.
    unclosed: [bool; 3],
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Lexer<'t> {
        Lexer { text, at: 0, value: false, unclosed: [false; 3] }
    }

    /// Where the next token would be looked for.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes on from `at`, which is a character boundary.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The next token; after the last one, `None`.
    pub(super) fn next_token(&mut self) -> Option<Token> {
        let value = std::mem::take(&mut self.value);
        let rest = &self.text[self.at..];
        let start = self.at + rest.find(|c: char| !c.is_whitespace())?;
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        let (kind, end) = match first {
            '(' => (TokenKind::Open, start + 1),
            ')' => (TokenKind::Close, start + 1),
            '-' if !value && self.excludes(start) => (TokenKind::Minus, start + 1),
            _ if family(first).is_some() => self.quoted(start, first),
            _ => self.chunk(start, value),
        };
        self.at = end;
        self.value = matches!(kind, TokenKind::Field(_));
        Some(Token { span: Span::new(start, end), kind })
    }

    /// True for a dash at the start of a chunk with something after it that can be excluded.
    fn excludes(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + 1..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || c == '(')
            && after.is_some_and(|c| !c.is_whitespace() && (!c.is_ascii_punctuation() || "\"(=@#_*?".contains(c)))
    }

    fn quoted(&mut self, start: usize, open: char) -> (TokenKind, usize) {
        let inner = start + open.len_utf8();
        let family = family(open);
        let index = family.map_or(0, |family| family as usize);
        if !self.unclosed[index] {
            for (offset, c) in self.text[inner..].char_indices() {
                let at = inner + offset;
                if self::family(c) == family && !self.is_gershayim(at) {
                    let inner = Span::new(inner, at);
                    return (TokenKind::Quoted { inner, closed: true }, at + c.len_utf8());
                }
            }
            self.unclosed[index] = true;
        }
        let end = self.text.len();
        (TokenKind::Quoted { inner: Span::new(inner, end), closed: false }, end)
    }

    /// True for a quote inside a Hebrew abbreviation, where it is no quote.
    fn is_gershayim(&self, at: usize) -> bool {
        self.text[at..].starts_with('"')
            && is_hebrew(self.text[..at].chars().next_back())
            && is_hebrew(self.text[at + 1..].chars().next())
    }

    fn chunk(&self, start: usize, value: bool) -> (TokenKind, usize) {
        let rest = &self.text[start..];
        if !value && let Some((name, length)) = FieldName::at_start_of(rest) {
            return (TokenKind::Field(name), start + length);
        }
        let mut last = None;
        let mut end = self.text.len();
        for (offset, c) in rest.char_indices() {
            if c.is_whitespace() || matches!(c, '(' | ')') || (last == Some(':') && family(c).is_some()) {
                end = start + offset;
                break;
            }
            last = Some(c);
        }
        let kind = match &self.text[start..end] {
            // After a colon or an excluding dash it is a word.
            _ if value || self.text[..start].ends_with('-') => TokenKind::Chunk,
            "AND" | "&&" => TokenKind::And,
            "OR" | "||" => TokenKind::Or,
            "NOT" => TokenKind::Not,
            _ => TokenKind::Chunk,
        };
        (kind, end)
    }
}

/// Quotes that can close each other: autocorrection often turns only one of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Guillemets,
    Corners,
}

fn family(c: char) -> Option<Family> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' => Some(Family::Double),
        '«' | '»' => Some(Family::Guillemets),
        '「' | '」' | '『' | '』' => Some(Family::Corners),
        _ => None,
    }
}

/// True for a Hebrew letter.
pub(super) fn is_hebrew(c: Option<char>) -> bool {
    matches!(c, Some('\u{05D0}'..='\u{05EA}'))
}

/// True for any of the characters that quote.
pub(super) fn is_quote(c: char) -> bool {
    family(c).is_some()
}
