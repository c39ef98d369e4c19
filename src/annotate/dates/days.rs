//! Productions for days that stand in lists or are counted by their weekday: `5, 6 and 7 May`, `the last Friday of the
//! month`, `a week on Monday`.

use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::{Expression, Partial, Rel, Unit};
use super::rule::DateRule;
use super::words::Words;
use crate::date::calendar::Calendar;
use crate::date::other::{era_year, hijri_year, other_date};
use crate::date::token::TokenKind;

use super::period::Reading;

/// Days of one list that are looked at: longer ones are tables.
const LIST: usize = 12;

impl Parser<'_> {
    /// A day of a list whose month, and maybe year, stand at its end: `Monday 21, Tuesday 22 and Wednesday 23 June 2021`.
    pub(super) fn list_day(&self, start: usize) -> Option<Expression> {
        let (weekday, at) = self.led_by_weekday(start);
        let first = self.list_number(at)?;
        if self.glued(start) && !self.mark(start.wrapping_sub(1), "(") {
            return None;
        }
        let end = self.behind_number(at);
        let (mut last, mut next) = (first, end);
        for _ in 0..LIST {
            let link = next;
            next = self.list_link(next);
            if next == link {
                return None;
            }
            let (_, number) = self.led_by_weekday(next);
            let day = self.list_number(number).filter(|day| *day > last)?;
            let behind = self.behind_number(number);
            if let Some(Partial::Day { year, month, day: found, .. }) = self.explicit(number).map(|found| found.0)
                && i8::try_from(day) == Ok(found)
                && self.named_month(behind)
            {
                let partial = Partial::Day { year, month, day: i8::try_from(first).ok()?, weekday };
                return Some(self.found(start, at + 1, partial, DateRule::DayRange));
            }
            (last, next) = (day, behind);
        }
        None
    }

    /// True when the name of a month stands at `at`, or behind a preposition there.
    fn named_month(&self, at: usize) -> bool {
        let at = at + usize::from(self.lex(at) == Lex::Of || matches!(self.str(at), "de" | "di" | "d"));
        matches!(self.kind(at), TokenKind::Month(..))
    }

    /// The weekday before a number in a list, and the token of the number.
    fn led_by_weekday(&self, at: usize) -> (Option<i8>, usize) {
        let TokenKind::Weekday(weekday, _) = self.kind(at) else { return (None, at) };
        let next = at + 1 + usize::from(self.mark(at + 1, ".,"));
        (Some(weekday), next + usize::from(self.lex(next) == Lex::The || matches!(self.str(next), "den" | "el" | "le")))
    }

    fn list_number(&self, at: usize) -> Option<u32> {
        self.number(at, 1, 2).filter(|day| (1..=31).contains(day) && !self.goes_on(at))
    }

    /// The token after a number and what makes it an ordinal: `5.`, `5th`, `1er`.
    fn behind_number(&self, at: usize) -> usize {
        let next = at + 1;
        if self.glued(next) && matches!(self.str(next), "st" | "nd" | "rd" | "th" | "er" | "º") {
            return next + 1;
        }
        next + usize::from(!self.english && self.mark(next, "."))
    }

    /// The token after the words and marks between two days of a list.
    fn list_link(&self, mut at: usize) -> usize {
        let words = Words::embedded();
        // `, and on the`
        for _ in 0..4 {
            let word = self.str(at);
            let links = self.mark(at, ",&")
                || self.dash(at)
                || matches!(self.lex(at), Lex::And | Lex::To | Lex::The)
                || !self.english && (words.to.has(word) || words.and.has(word))
                || matches!(word, "on" | "el" | "le" | "am" | "den" | "il");
            if !links {
                break;
            }
            at += 1;
        }
        at
    }

    /// True when a list of days goes on at the comma `link`, behind the day `day`: `May 5, 6 and 7`.
    pub(super) fn days_go_on(&self, link: usize, day: i8) -> bool {
        let (mut at, mut last, mut ends) = (link, day as u32, false);
        for _ in 0..LIST {
            let comma = self.mark(at, ",");
            at += usize::from(comma);
            ends = self.lex(at) == Lex::And;
            at += usize::from(ends);
            if !comma && !ends {
                return false;
            }
            let Some(next) = self.list_number(at).filter(|next| *next > last) else { return false };
            (last, at) = (next, at + 1);
            if ends {
                break;
            }
        }
        // `May 5, 6 and 7 people` counts.
        ends && (!self.lower(at) || matches!(self.lex(at), Lex::In | Lex::To | Lex::Past | Lex::Future))
    }

    /// `the last Friday of this month`, `first Monday of October 2020`, `the second Tuesday in May`.
    pub(super) fn nth_weekday(&self, start: usize) -> Option<Expression> {
        let at = self.skip(start, &[Lex::The]);
        let nth = match self.lex(at) {
            Lex::Ord(nth @ 1..=5) => i8::try_from(nth).ok()?,
            Lex::Rel(Rel::Last) => -1,
            _ => return None,
        };
        let TokenKind::Weekday(weekday, false) = self.kind(at + 1) else { return None };
        let next = at + 2;
        if self.lex(next) != Lex::Of && self.str(next) != "in" {
            return None;
        }
        let month = self.skip(next + 1, &[Lex::The]);
        let rel = match self.lex(month) {
            Lex::Rel(rel) => Some(rel),
            // `the first Friday of the month` comes again and again.
            _ => None,
        };
        if rel.is_some() && self.lex(month + 1) == Lex::Unit(Unit::Month) {
            let partial = Partial::NthWeekday { nth, weekday, year: None, month: None, rel };
            return Some(self.found(start, month + 2, partial, DateRule::RelativeWeekday));
        }
        let named = month + usize::from(rel.is_some());
        if !matches!(self.kind(named), TokenKind::Month(..)) {
            return None;
        }
        let (Partial::Month { year, month, .. }, end, rule) = self.explicit(named)? else { return None };
        Some(self.found(start, end, Partial::NthWeekday { nth, weekday, year, month: Some(month), rel }, rule))
    }

    /// `a week on Monday`, `a week from Friday`.
    pub(super) fn week_on(&self, start: usize) -> Option<Expression> {
        let week = self.lex(start) == Lex::A && self.lex(start + 1) == Lex::Unit(Unit::Week);
        let TokenKind::Weekday(weekday, false) = self.kind(start + 3) else { return None };
        let partial = Partial::Weekday { weekday, rel: Some(Rel::NextButOne) };
        (week && matches!(self.str(start + 2), "on" | "from"))
            .then(|| self.found(start, start + 4, partial, DateRule::RelativeWeekday))
    }

    /// True when the weekday at `at` is a part of a name: the Sunday Telegraph, Black Friday.
    pub(super) fn is_named_weekday(&self, at: usize) -> bool {
        let words = Words::embedded();
        let next = self.capital(at + 1) && !self.glued(at + 1);
        next && self.lex_before(at) == Lex::The && self.str(at).starts_with(char::is_uppercase)
            || next && words.behind_named_weekday.has(self.str(at + 1))
            || at > 0 && self.capital(at - 1) && words.before_named_weekday.has(self.str(at - 1))
    }

    /// A date of another calendar that lacks its year or its day.
    pub(super) fn other(&self, at: usize) -> Option<Reading> {
        let (date, end) = other_date(self.cursor(at))?;
        if date.year.is_some() && date.day.is_some() {
            // A day that the calendar has is read by the shared grammar.
            return None;
        }
        // Alone, names of months are other words, but for the month of fasting.
        let said =
            date.calendar == Calendar::Hijri && date.month == 9 && (self.lex_before(at) == Lex::In || !self.english)
                || matches!(self.str(end), "ماه")
                || matches!(self.str(at.wrapping_sub(1)), "شهر" | "ماه" | "bulan" | "ayında");
        let read = date.year.is_some() || date.day.is_some() || said;
        let rule = if date.year.is_some() { DateRule::Explicit } else { DateRule::MonthDay };
        read.then_some((Partial::Other(date), end, rule))
    }

    /// A year of another calendar or era: `سال ۱۳۹۸`, `1442 هـ`, `昭和64年`, `พ.ศ. 2563`.
    pub(super) fn other_year(&self, at: usize) -> Option<Reading> {
        if let Some((year, end)) = era_year(self.cursor(at)) {
            return Some((Partial::Year(i32::from(year)), end, DateRule::Era));
        }
        if let Some((year, end)) = hijri_year(self.cursor(at)) {
            return Some((Partial::OtherYear(Calendar::Hijri, year), end, DateRule::Era));
        }
        let year = self.number(at, 4, 4).filter(|_| !self.goes_on(at))? as i32;
        let before = self.str(at.wrapping_sub(1));
        match self.lang {
            "fa" if matches!(before, "سال" | "سال‌های") && Calendar::Persian.years().contains(&year) => {
                Some((Partial::OtherYear(Calendar::Persian, year), at + 1, DateRule::Era))
            }
            "th" if (2400..2700).contains(&year) && (before.ends_with("ปี") || self.mark(at.wrapping_sub(1), ".")) => {
                Some((Partial::Year(year - 543), at + 1, DateRule::Era))
            }
            _ => None,
        }
    }

    /// True when the text around `at` tells of a game, whose quarters are no quarters of a year.
    pub(super) fn in_game(&self, at: usize) -> bool {
        // A sentence back and one on.
        let around = at.saturating_sub(16)..at + 20;
        around.into_iter().any(|at| {
            let score = self.number(at, 1, 3).is_some()
                && self.dash(at + 1)
                && self.glued(at + 1)
                && self.glued(at + 2)
                && self.number(at + 2, 1, 3).is_some();
            score || Words::embedded().games.has(self.str(at))
        })
    }
}
