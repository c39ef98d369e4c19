//! Productions for amounts of time: durations, what lies an amount before or after, ages, and sets of times.

use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::{Expression, Partial, Rel, Unit};
use super::rule::DateRule;
use crate::date::token::TokenKind;

/// Groups of three digits behind the first: up to a million million millions.
const GROUPS: usize = 6;

impl Parser<'_> {
    /// `three weeks`, `three weeks ago`, `a year later`, `the last 30 days`, `19 years old`.
    pub(super) fn amount_phrase(&self, start: usize) -> Option<Expression> {
        // `$5 million a year ago` begins with money.
        if matches!(self.kind_before(start), TokenKind::Mark('$' | '£' | '€' | '#')) && self.glued(start) {
            return None;
        }
        let mut at = self.approx(start);
        let start = if self.lex(at) == Lex::The && at == start + 1 { at } else { start };
        at = self.skip(at, &[Lex::The]);
        let article = self.lex_before(at) == Lex::The;
        let related = matches!(self.lex(at), Lex::Rel(rel) if !matches!(rel, Rel::This | Rel::That));
        let stretch = related || self.lex(at) == Lex::Same || article && matches!(self.lex(at), Lex::Ord(_));
        if stretch {
            at += 1;
        }
        let (amount, mut next) = self.amount(at)?;
        next = self.skip_dash(next);
        if matches!(self.lex(next), Lex::More | Lex::Rel(Rel::Previous | Rel::Following | Rel::Last)) {
            next += 1;
        }
        let (Lex::Unit(unit) | Lex::Units(unit)) = self.lex(next) else { return self.age(start, at, next) };
        let plural = matches!(self.lex(next), Lex::Units(_));
        let hyphen = self.dash(next.wrapping_sub(1));
        // `3 month` without an s is a heading or a table, unless it stands for an adjective (`3-month`).
        if matches!(self.kind(at), TokenKind::Number(..)) && !plural && !hyphen && amount != Some(1.0) {
            return None;
        }
        let end = next + 1;
        // `the one year` names a year of the text, not how long.
        if article && !stretch && amount == Some(1.0) {
            return None;
        }
        if self.is_age(end) {
            return Some(self.found(start, self.age_end(end), Partial::Nothing, DateRule::Age));
        }
        if !stretch && let Some(found) = self.shifted(start, end, unit, amount) {
            return Some(found);
        }
        // `fall 2 second` and `a second`, `a minute` are no amounts worth a mention.
        if matches!(unit, Unit::Second) && !plural {
            return None;
        }
        if matches!(self.lex(at), Lex::A) && self.rate(at) {
            return Some(self.found(start, end, Partial::Every(unit), DateRule::Rate));
        }
        Some(self.found(start, end, Partial::Duration { unit, amount }, DateRule::Duration))
    }

    /// `about`, `more than`, `less than`, `at least`, `up to`: the token after them.
    fn approx(&self, at: usize) -> usize {
        match self.str(at).to_ascii_lowercase().as_str() {
            "more" | "less" | "fewer" if self.str(at + 1) == "than" => at + 2,
            _ => self.skip(at, &[Lex::Approx]),
        }
    }

    /// An amount that begins with the figures at `at`, which are `value`: `1,200`, `2.5`.
    fn in_figures(&self, at: usize, mut value: f64) -> (Option<f64>, usize) {
        let mut end = at + 1;
        // A list of thousands without blanks is no amount, and must not be read to its end from each of its numbers.
        let most = end + 2 * GROUPS;
        while end < most && self.glued(end) && self.mark(end, ",") && self.glued(end + 1) {
            // Thousands have three digits behind the comma; `1,5` is a list.
            let Some(group) = self.number(end + 1, 3, 3) else { break };
            value = value * 1000.0 + f64::from(group);
            end += 2;
        }
        if self.glued(end)
            && self.mark(end, ".")
            && self.glued(end + 1)
            && let TokenKind::Number(part, digits @ 1..=2) = self.kind(end + 1)
        {
            value += f64::from(part) / 10f64.powi(i32::from(digits));
            end += 2;
        }
        (Some(value), end)
    }

    /// An amount that begins with the word at `at`, which is `value`: `three`, `twenty-five`, `two hundred`.
    fn in_words(&self, at: usize, mut value: f64) -> (Option<f64>, usize) {
        let mut end = at + 1;
        if value >= 20.0
            && let Lex::Card(ones @ 1..10) = self.lex(self.skip_dash(end))
        {
            value += f64::from(ones);
            end = self.skip_dash(end) + 1;
        }
        if self.lex(end) == Lex::Hundred {
            value *= 100.0;
            end += 1;
        }
        (Some(value), end)
    }

    /// An amount and the token after it; the inner `None` is one that is not named.
    fn amount(&self, at: usize) -> Option<(Option<f64>, usize)> {
        match (self.kind(at), self.lex(at)) {
            // More digits are ids and telephone numbers.
            (TokenKind::Number(value, digits), _) if digits <= 6 => Some(self.in_figures(at, f64::from(value))),
            (_, Lex::Card(value)) => Some(self.in_words(at, f64::from(value))),
            (_, Lex::A) => match self.lex(at + 1) {
                Lex::Few | Lex::Couple => Some((None, at + 2 + usize::from(self.lex(at + 2) == Lex::Of))),
                Lex::Half => Some((Some(0.5), at + 2)),
                Lex::Hundred => Some((Some(100.0), at + 2)),
                _ => Some((Some(1.0), at + 1)),
            },
            (_, Lex::Half) => Some((Some(0.5), self.skip(self.skip_dash(at + 1), &[Lex::A]))),
            (_, Lex::Vague | Lex::Few) => Some((None, at + 1)),
            (_, Lex::Couple) if self.lex(at + 1) == Lex::Of => Some((None, at + 2)),
            // `years ago` counts nothing; `hours later` mostly starts a paragraph that has its day already.
            (_, Lex::Units(unit)) if !unit.is_clock() => Some((None, at)),
            _ => None,
        }
    }

    /// What follows an amount and makes it a date: `ago`, `earlier`, `later`, `before`.
    fn shifted(&self, start: usize, end: usize, unit: Unit, amount: Option<f64>) -> Option<Expression> {
        let (back, on_text, end) = match (self.lex(end), self.str(end)) {
            (Lex::Ago, _) | (_, "back") => (true, false, end + 1),
            (Lex::Earlier, _) => (true, true, end + 1),
            (Lex::After, word) | (_, word @ "before")
                if unit == Unit::Day
                    && let Some(Expression { partial: Partial::Feast { feast, year, .. }, end, .. }) =
                        self.modified(end + 1) =>
            {
                let days = amount.filter(|days| *days < 100.0)? as i8;
                let shift = if word == "before" { -days } else { days };
                return Some(self.found(start, end, Partial::Feast { feast, year, shift }, DateRule::Feast));
            }
            // `two days before the vote` rests on an event, which is not dated here.
            (_, "before") if self.closes(end + 1) || self.lex(end + 1) == Lex::Rel(Rel::That) => (true, true, end + 1),
            (Lex::Later, _) => (false, true, end + 1),
            (Lex::After, _) if self.closes(end + 1) => (false, true, end + 1),
            (_, "from") if self.str(end + 1) == "now" => (false, false, end + 2),
            (_, "hence") => (false, false, end + 1),
            _ => return None,
        };
        let rule = if on_text { DateRule::ShiftInText } else { DateRule::Ago };
        Some(self.found(start, end, Partial::Shift { unit, amount, back, on_text }, rule))
    }

    /// True when no noun can follow at `at`: a mark or the end.
    fn closes(&self, at: usize) -> bool {
        matches!(self.kind(at), TokenKind::Mark(c) if !"'’\"“‘(".contains(c))
    }

    /// True when the amount before `at` is an age.
    fn is_age(&self, at: usize) -> bool {
        self.lex(self.skip_dash(at)) == Lex::Old || self.lex(at) == Lex::Of && self.str(at + 1) == "age"
    }

    fn age_end(&self, at: usize) -> usize {
        if self.lex(at) == Lex::Of { at + 2 } else { self.skip_dash(at) + 1 }
    }

    /// `aged 30`: a number that no unit follows.
    fn age(&self, start: usize, at: usize, next: usize) -> Option<Expression> {
        let aged = matches!(self.str(at.wrapping_sub(1)), "aged" | "age");
        aged.then(|| self.found(start, next, Partial::Nothing, DateRule::Age))
    }

    /// True when `a` at `at` follows a number or price: `$3 a year`, `twice a day`.
    fn rate(&self, at: usize) -> bool {
        matches!(self.kind_before(at), TokenKind::Number(..))
            || matches!(self.lex_before(at), Lex::Card(_) | Lex::Counted)
            || matches!(self.str(at.wrapping_sub(1)), "times" | "once" | "twice" | "cents" | "dollar" | "share")
    }

    /// `every Monday`, `each year`, `daily`, `per month`.
    pub(super) fn set_phrase(&self, start: usize) -> Option<Expression> {
        let found = |end, partial| Some(self.found(start, end, partial, DateRule::Set));
        match self.lex(start) {
            Lex::Regular(unit) => return found(start + 1, Partial::Every(unit)),
            Lex::Per => {
                return match self.lex(start + 1) {
                    Lex::Unit(unit) if !unit.is_clock() => found(start + 2, Partial::Every(unit)),
                    _ => None,
                };
            }
            _ => {}
        }
        let mut at = start + 1;
        if self.str(at) == "other" {
            at += 1;
        }
        match (self.kind(at), self.lex(at)) {
            (TokenKind::Weekday(weekday, _), _) => found(at + 1, Partial::EveryWeekday(weekday)),
            (TokenKind::Month(month, false), _) => found(at + 1, Partial::EveryMonth(month)),
            (_, Lex::Season(season)) => found(at + 1, Partial::EverySeason(season)),
            (_, Lex::Part) => found(at + 1, Partial::Every(Unit::Day)),
            (_, Lex::Unit(unit)) => found(at + 1, Partial::Every(unit)),
            _ => {
                let (_, next) = self.amount(at)?;
                match self.lex(next) {
                    Lex::Units(unit) => found(next + 1, Partial::Every(unit)),
                    _ => None,
                }
            }
        }
    }
}
