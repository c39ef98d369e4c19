//! Tokens of one text as the grammar sees them, and the productions tried at each of them.

use super::lexicon::{self, Lex};
use super::partial::{Expression, Partial};
use super::phrases::Phrases;
use super::rule::DateRule;
use crate::date::Order;
use crate::date::explicit::Cursor;
use crate::date::token::{Token, TokenKind};

/// One text and its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) order: Order,
    /// False where the words of the lexicon do not apply.
    pub(super) english: bool,
    /// ISO 639-1.
    pub(super) lang: &'a str,
    /// Those of a language other than English.
    pub(super) phrases: Option<&'static Phrases>,
}

impl<'a> Parser<'a> {
    /// The kind of token `at`; a blank mark past the end.
    pub(super) fn kind(&self, at: usize) -> TokenKind {
        #[cfg(test)]
        crate::text::tests::steps::tick();
        self.tokens.get(at).map_or(TokenKind::Mark(' '), |token| token.kind)
    }

    /// What the word at `at` means; `None` for all that is no word of the lexicon.
    pub(super) fn lex(&self, at: usize) -> Lex {
        match self.kind(at) {
            TokenKind::Word(number) => lexicon::meaning(number),
            _ => Lex::None,
        }
    }

    /// What stands before `at`.
    pub(super) fn lex_before(&self, at: usize) -> Lex {
        at.checked_sub(1).map_or(Lex::None, |before| self.lex(before))
    }

    /// The kind of the token before `at`.
    pub(super) fn kind_before(&self, at: usize) -> TokenKind {
        at.checked_sub(1).map_or(TokenKind::Mark(' '), |before| self.kind(before))
    }

    /// True when token `at` is one of the marks.
    pub(super) fn mark(&self, at: usize, marks: &str) -> bool {
        matches!(self.kind(at), TokenKind::Mark(c) if marks.contains(c))
    }

    /// True when no white space stands before token `at`.
    pub(super) fn glued(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(at)) {
            (Some(before), Some(here)) => before.span.end == here.span.start,
            _ => false,
        }
    }

    /// True when at most three tokens stand between the beginning of a sentence and token `at`.
    pub(super) fn opens(&self, at: usize) -> bool {
        // `In late May` opens a sentence as much as `May` does.
        let first = at.saturating_sub(3);
        first == 0 || (first..=at).any(|token| self.begins(token))
    }

    /// True when token `at` is the first of a sentence or line.
    pub(super) fn begins(&self, at: usize) -> bool {
        let (Some(before), Some(here)) = (at.checked_sub(1).and_then(|at| self.tokens.get(at)), self.tokens.get(at))
        else {
            return true;
        };
        let gap = self.text.get(before.span.end as usize..here.span.start as usize).unwrap_or("");
        gap.contains('\n') || self.mark(at - 1, ".!?") && !gap.is_empty() && !self.lower(at)
    }

    /// The text of token `at`.
    pub(super) fn str(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// True when token `at` is a word that begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        matches!(self.kind(at), TokenKind::Word(_)) && self.str(at).starts_with(char::is_uppercase)
    }

    /// True when token `at` is a word in lower case.
    pub(super) fn lower(&self, at: usize) -> bool {
        matches!(self.kind(at), TokenKind::Word(_)) && self.str(at).starts_with(char::is_lowercase)
    }

    /// `at` moved over one token that is any of these words or marks.
    pub(super) fn skip(&self, at: usize, what: &[Lex]) -> usize {
        at + usize::from(what.contains(&self.lex(at)))
    }

    /// `at` moved over a hyphen or dash.
    pub(super) fn skip_dash(&self, at: usize) -> usize {
        at + usize::from(self.dash(at))
    }

    /// True for a hyphen or dash at `at`.
    pub(super) fn dash(&self, at: usize) -> bool {
        self.mark(at, "-\u{2010}\u{2011}\u{2012}–—")
    }

    /// The value of the number at `at` when it has from `min` to `max` digits.
    pub(super) fn number(&self, at: usize, min: u8, max: u8) -> Option<u32> {
        match self.kind(at) {
            TokenKind::Number(value, digits) if (min..=max).contains(&digits) => Some(value),
            _ => None,
        }
    }

    /// True when the number at `at` goes on behind a mark: `10.5`, `10:30`, `10,000`, or is followed by `%`.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        if !self.glued(at + 1) {
            return false;
        }
        self.mark(at + 1, "%°º")
            || self.mark(at + 1, ".,:/") && self.glued(at + 2) && matches!(self.kind(at + 2), TokenKind::Number(..))
    }

    /// The cursor of the shared grammar at `at`.
    pub(super) fn cursor(&self, at: usize) -> Cursor<'a> {
        Cursor { text: self.text, tokens: self.tokens, at }
    }

    /// The longest expression that begins at token `at`.
    pub(super) fn expression(&self, at: usize) -> Option<Expression> {
        let found = match self.kind(at) {
            TokenKind::Number(..) if !self.english => {
                longest([self.clock_phrase(at), self.modified(at), self.phrase(at), self.amount_phrase(at)])
            }
            TokenKind::Number(..) => {
                longest([self.clock_phrase(at), self.modified(at), self.amount_phrase(at), self.ordinal_day(at)])
            }
            TokenKind::OtherMonth(..) => self.modified(at),
            TokenKind::Month(..) | TokenKind::Weekday(..) => longest([self.modified(at), self.part_of(at), None, None]),
            TokenKind::Mark('\'' | '\u{2019}' | '\u{2018}') => self.modified(at),
            // `ט״ו בשבט`, `tháng 9`: dates that begin with a word.
            TokenKind::Word(_) if matches!(self.lang, "he" | "vi") => {
                longest([self.era_day(at), self.phrase(at), self.modified(at), None])
            }
            TokenKind::Word(0) if !self.english => self.modified(at),
            TokenKind::Word(_) if !self.english => longest([self.phrase(at), self.modified(at), None, None]),
            TokenKind::Mark(c) if !c.is_ascii() && !self.english => longest([
                self.phrase(at),
                self.other_year(at).map(|(partial, end, rule)| self.found(at, end, partial, rule)),
                self.era_day(at),
                None,
            ]),
            TokenKind::Mark(_) | TokenKind::Word(0) => return None,
            TokenKind::Word(_) => self.word_expression(at),
        };
        found.filter(|found| found.end > at)
    }

    fn word_expression(&self, at: usize) -> Option<Expression> {
        match self.lex(at) {
            Lex::The => longest([
                self.nth_weekday(at),
                self.modified(at),
                self.part_of(at),
                self.relative(at),
                self.amount_phrase(at),
            ])
            .or_else(|| self.ordinal_day(at)),
            Lex::Mod | Lex::Edge => longest([self.modified(at), self.part_of(at), self.relative(at), None]),
            Lex::Part => longest([self.part_of(at), self.clock_phrase(at), None, None]),
            Lex::Season(_) | Lex::Ord(_) | Lex::Decade(_) | Lex::Fiscal | Lex::Nth | Lex::Feast(_) | Lex::Ad => {
                longest([self.nth_weekday(at), self.modified(at), self.ordinal_day(at), None])
            }
            Lex::Rel(_) | Lex::Same | Lex::Later | Lex::Earlier | Lex::Today(_) | Lex::Tonight => {
                longest([self.nth_weekday(at), self.relative(at), self.amount_phrase(at), None])
            }
            Lex::Card(_) | Lex::Vague | Lex::Few | Lex::Couple | Lex::Half | Lex::Units(_) | Lex::Approx => {
                longest([self.amount_phrase(at), self.modified(at), None, None])
            }
            Lex::Unit(_) => self.relative(at),
            Lex::A => longest([self.week_on(at), self.amount_phrase(at), self.relative(at), None]),
            Lex::Each | Lex::Regular(_) | Lex::Per => self.set_phrase(at),
            _ => None,
        }
    }

    /// A found expression from `start` to before `end`.
    pub(super) fn found(&self, start: usize, end: usize, partial: Partial, rule: DateRule) -> Expression {
        Expression { start, end, partial, part_of_day: false, year: None, joined: false, rule }
    }
}

/// The one that ends last; of two that end at the same token, the first.
pub(super) fn longest<const N: usize>(options: [Option<Expression>; N]) -> Option<Expression> {
    let mut best: Option<Expression> = None;
    for found in options.into_iter().flatten() {
        // The longest reading has used the most evidence; of equals the caller's order decides.
        if best.is_none_or(|best| found.end > best.end) {
            best = Some(found);
        }
    }
    best
}
