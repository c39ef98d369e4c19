//! From text to tokens. Total: every byte is in one token or between two.

use super::field::FieldName;
use super::foreign;
use super::quotes::{FAMILIES, Family, family, is_hebrew};
use crate::text::Span;

/// What a piece of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-` at the start of a chunk that goes on; `!` elsewhere.
    Minus,
    /// `AND` or `&&`.
    And,
    /// `OR` or `||`.
    Or,
    /// `NOT`, or a word for it in another system.
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
    unclosed: [bool; FAMILIES],
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Lexer<'t> {
        Lexer { text, at: 0, value: false, unclosed: [false; FAMILIES] }
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
        // Right behind a colon nothing is an operator: `title:-x`, `by:OR`.
        let value = std::mem::take(&mut self.value);
        let rest = &self.text[self.at..];
        let start = self.at + rest.find(|c: char| !c.is_whitespace())?;
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        let (kind, end) = match first {
            '(' => (TokenKind::Open, start + 1),
            ')' => (TokenKind::Close, start + 1),
            '-' | '!' if !value && self.excludes(start) => (TokenKind::Minus, start + 1),
            _ => match family(first) {
                Some(family) => self.quoted(start, first.len_utf8(), family),
                None => self.chunk(start, value),
            },
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

    /// The text quoted from `start`, where a quote of `family` opens it that is so many bytes long.
    fn quoted(&mut self, start: usize, open: usize, family: Family) -> (TokenKind, usize) {
        let inner = start + open;
        // Looked for from every quote, a quote that nothing closes would cost the square of the text.
        if !self.unclosed[family as usize] {
            for (offset, c) in self.text[inner..].char_indices() {
                let at = inner + offset;
                if self::family(c) == Some(family) && !self.is_gershayim(at) {
                    let inner = Span::new(inner, at);
                    return (TokenKind::Quoted { inner, closed: true }, at + c.len_utf8());
                }
            }
            self.unclosed[family as usize] = true;
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
        if !value && let Some((name, length)) = FieldName::at_start_of(rest).or_else(|| foreign::field(rest)) {
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
            // After `-` an operator would have nothing to join.
            _ if value || self.text[..start].ends_with('-') => TokenKind::Chunk,
            "AND" | "&&" => TokenKind::And,
            "OR" | "||" => TokenKind::Or,
            "NOT" | "ANDNOT" | "AND_NOT" | "BUTNOT" => TokenKind::Not,
            _ => TokenKind::Chunk,
        };
        (kind, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of `text`, one letter and what was typed for each.
    fn tokens(text: &str) -> String {
        let (mut lexer, mut out) = (Lexer::new(text), Vec::new());
        while let Some(token) = lexer.next_token() {
            let kind = match token.kind {
                TokenKind::Open | TokenKind::Close | TokenKind::Minus => String::new(),
                TokenKind::And => "and ".to_owned(),
                TokenKind::Or => "or ".to_owned(),
                TokenKind::Not => "not ".to_owned(),
                TokenKind::Field(_) => "field ".to_owned(),
                TokenKind::Quoted { inner, closed } => {
                    format!("quoted{} <{}> ", if closed { "" } else { " open" }, inner.of(text))
                }
                TokenKind::Chunk => "chunk ".to_owned(),
            };
            out.push(format!("{kind}{}", token.span.of(text)));
        }
        out.join(" | ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(tokens(text), expected, "{text}");
    }

    #[test]
    fn chunks_end_at_blanks_and_parentheses() {
        check("", "");
        check(" \t ", "");
        check("a b\u{3000}c", "chunk a | chunk b | chunk c");
        check("(a)b", "( | chunk a | ) | chunk b");
        check("a(b", "chunk a | ( | chunk b");
        check("COVID-19, w/5", "chunk COVID-19, | chunk w/5");
    }

    #[test]
    fn operators_are_capitals_alone() {
        check("a AND b OR c NOT d", "chunk a | and AND | chunk b | or OR | chunk c | not NOT | chunk d");
        check("a && b || c", "chunk a | and && | chunk b | or || | chunk c");
        check("and or not ANDa", "chunk and | chunk or | chunk not | chunk ANDa");
        check("-AND title:OR", "- | chunk AND | field title: | chunk OR");
    }

    #[test]
    fn a_dash_excludes_at_the_start_of_something() {
        check("-a", "- | chunk a");
        check("(-a)", "( | - | chunk a | )");
        check("a-b -- - -", "chunk a-b | chunk -- | chunk - | chunk -");
        check(
            "-\"a\" -(b) -=c -*d -?e -@f -_g -#h",
            concat!(
                "- | quoted <a> \"a\" | - | ( | chunk b | ) | - | chunk =c | - | chunk *d | - | chunk ?e | ",
                "- | chunk @f | - | chunk _g | - | chunk #h"
            ),
        );
        check("-, -.x", "chunk -, | chunk -.x");
        check("title:-a", "field title: | chunk -a");
    }

    #[test]
    fn quotes_of_one_family_close_each_other() {
        check("\"a b\"c", "quoted <a b> \"a b\" | chunk c");
        check("“a\" „b”", "quoted <a> “a\" | quoted <b> „b”");
        check("«a \"b» c", "quoted <a \"b> «a \"b» | chunk c");
        check("「a』", "quoted <a> 「a』");
        check("a\"b c\"", "chunk a\"b | chunk c\"");
        check("«a", "quoted open <a> «a");
        check("\"a", "quoted open <a> \"a");
        check("צה\"ל x", "chunk צה\"ל | chunk x");
        check("\"צה\"ל\" x", "quoted <צה\"ל> \"צה\"ל\" | chunk x");
    }

    #[test]
    fn fields_are_known_names_with_a_value_at_once() {
        check("title:x", "field title: | chunk x");
        check("Title:\"x y\"", "field Title: | quoted <x y> \"x y\"");
        check("site:(x)", "field site: | ( | chunk x | )");
        check("title: x", "chunk title: | chunk x");
        check("title:) foo:x", "chunk title: | ) | chunk foo:x");
        check("title:body:x", "field title: | chunk body:x");
        check("foo:\"x\"", "chunk foo: | quoted <x> \"x\"");
        check("about~:2020", "field about~: | chunk 2020");
    }
}
