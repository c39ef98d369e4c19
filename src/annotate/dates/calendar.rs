//! Productions for dates of the calendar, with what may stand before them; days and months here.

use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::{Expression, Partial, Rel, Unit};
use super::period::Reading;
use super::rule::DateRule;
use crate::date::explicit::explicit;
use crate::date::token::TokenKind;

impl Parser<'_> {
    /// A calendar date with what may stand before it: `early March 1990`, `the end of 1942`, `mid-2007`.
    pub(super) fn modified(&self, start: usize) -> Option<Expression> {
        let mut at = self.skip(start, &[Lex::The]);
        let article = at > start;
        let mut modified = false;
        if self.lex(at) == Lex::Mod {
            at = self.skip_dash(at + 1);
            // `early to mid 1990s`, `early in 1862`
            if self.lex(at) == Lex::To && self.lex(self.skip_dash(at + 1)) == Lex::Mod {
                at = self.skip_dash(self.skip_dash(at + 1) + 1);
            }
            if self.str(at) == "in" {
                at = self.skip(at + 1, &[Lex::The]);
            }
            modified = true;
        } else if let Some(of) = self.edge(at) {
            at = self.skip(of, &[Lex::The]);
            at = self.skip(at, &[Lex::Mod]);
            at = self.skip_dash(at);
            modified = true;
        }
        at = if modified { self.skip(at, &[Lex::The]) } else { at };
        // Seasons, months and years that stand behind `early` or an article need no other evidence.
        let (partial, end, rule) = self.calendar(at, article || modified)?;
        // The bare article belongs to seasons and days, not to decades and centuries.
        let keep = modified || matches!(partial, Partial::Season { .. } | Partial::Half { .. } | Partial::Feast { .. });
        let bare = article && !keep;
        let alone =
            matches!(partial, Partial::Decade(_) | Partial::Century(_) | Partial::Quarter { .. } | Partial::Day { .. });
        if bare && !alone && !self.year_word(at) {
            return None;
        }
        if modified && matches!(partial, Partial::Nothing) {
            return None;
        }
        let month_first = matches!(self.kind(at), TokenKind::Month(..) | TokenKind::Weekday(..));
        let with_article = matches!(partial, Partial::Day { .. } | Partial::Quarter { .. }) && !month_first;
        let first = if !bare || with_article { start } else { at + usize::from(self.year_word(at)) };
        let mut found = self.found(first, end, partial, rule);
        found.end = self.era(found.end, &mut found.partial);
        Some(found)
    }

    /// `year`, before its number.
    fn year_word(&self, at: usize) -> bool {
        self.lex(at) == Lex::Unit(Unit::Year)
    }

    /// `the end of`, `the second half of`, `the early part of`: the token after `of`.
    fn edge(&self, at: usize) -> Option<usize> {
        let mut at = self.skip(at, &[Lex::The, Lex::Mod]);
        match self.lex(at) {
            Lex::Edge => at += 1,
            Lex::Ord(1 | 2) | Lex::Later | Lex::Rel(Rel::Last)
                if self.lex(at + 1) == Lex::Half && self.str(at + 1) == "half" =>
            {
                return None;
            }
            _ if self.str(at) == "part" || self.str(at) == "rest" || self.str(at) == "remainder" => at += 1,
            _ => return None,
        }
        (self.lex(at) == Lex::Of).then_some(at + 1)
    }

    /// A calendar date without anything before it, the token after it and the rule.
    fn calendar(&self, at: usize, led: bool) -> Option<Reading> {
        match self.kind(at) {
            TokenKind::Weekday(..) => self.weekday(at),
            TokenKind::OtherMonth(..) => self.explicit(at).or_else(|| self.other(at)),
            TokenKind::Month(..) => self.month_feast(at).or_else(|| self.month(at, led)),
            // Longest and most certain first; a bare year of four figures last but one, since any number may be one.
            TokenKind::Number(_, digits) => self
                .day_number(at)
                .or_else(|| self.other(at))
                .or_else(|| self.other_year(at).filter(|_| !self.english))
                .or_else(|| self.decade(at))
                .or_else(|| self.ordinal_century(at))
                .or_else(|| self.foreign_century(at))
                .or_else(|| self.before_era(at))
                .or_else(|| self.foreign_era(at))
                .or_else(|| (digits == 4).then(|| self.year(at, led)).flatten())
                .or_else(|| self.short_year(at)),
            TokenKind::Mark(_) => self.apostrophe_year(at),
            TokenKind::Word(_) => match self.lex(at) {
                Lex::Season(season) => self.season(at, season, led),
                Lex::Ord(_) => self.ordinal_century(at).or_else(|| self.quarter(at)).or_else(|| self.spelled_day(at)),
                Lex::Decade(tens) if led => Some((Partial::Decade(1900 + i32::from(tens)), at + 1, DateRule::Decade)),
                Lex::Fiscal => self.fiscal(at),
                Lex::Nth => self.short_quarter(at),
                Lex::Feast(feast) => self.feast(at, feast),
                Lex::Ad => self.anno(at),
                _ if !self.english => self.foreign_word(at),
                Lex::Unit(Unit::Year) if led => {
                    let year = self.number(at + 1, 1, 4).filter(|_| !self.goes_on(at + 1))?;
                    Some((Partial::Year(year as i32), at + 2, DateRule::Year))
                }
                _ => None,
            },
        }
    }

    /// A weekday, alone or with the day after it.
    fn weekday(&self, at: usize) -> Option<Reading> {
        let TokenKind::Weekday(weekday, short) = self.kind(at) else { return None };
        let mut next = at + 1;
        if short && self.mark(next, ".") {
            next += 1;
        }
        let next = self.after_day(next);
        let mut day = next;
        while self.mark(day, ",(") || matches!(self.lex(day), Lex::The) || self.str(day) == "den" {
            day += 1;
        }
        if day <= next + 2
            && let Some((Partial::Day { year, month, day, .. }, end, rule)) = self.explicit(day)
            && (!short || falls_on(year, month, day, weekday))
        {
            return Some((Partial::Day { year, month, day, weekday: Some(weekday) }, end, rule));
        }
        // `Sun`, `Sat`, `Wed` are papers and verbs; only `on Sun.` is a day.
        if short && !(self.mark(at + 1, ".") && matches!(self.lex_before(at), Lex::In)) {
            return None;
        }
        if !self.english {
            return self.foreign_weekday(at, weekday);
        }
        if self.is_named_weekday(at) {
            return None;
        }
        if self.str(next) == "week" && !self.dash(next + 1) && self.lex(next + 1) != Lex::Of {
            let rel = Some(Rel::NextButOne);
            return Some((Partial::Weekday { weekday, rel }, next + 1, DateRule::RelativeWeekday));
        }
        Some((Partial::Weekday { weekday, rel: None }, next, DateRule::Weekday))
    }

    /// What the shared grammar reads at `at`, when it names a day.
    pub(super) fn explicit(&self, at: usize) -> Option<Reading> {
        let (parts, end) = explicit(self.cursor(at), self.order)?;
        let year = parts.year.map(i32::from);
        let partial = match parts.day {
            Some(day) => Partial::Day { year, month: parts.month, day, weekday: None },
            None => Partial::Month { year, month: parts.month, rel: None },
        };
        Some((partial, end, if year.is_some() { DateRule::Explicit } else { DateRule::MonthDay }))
    }

    /// A date that begins with a number.
    fn day_number(&self, at: usize) -> Option<Reading> {
        let before = at.checked_sub(1).filter(|_| self.glued(at));
        if before.is_some_and(|before| self.mark(before, "./:$£€#_") || self.dash(before) && self.inside_code(at)) {
            return None;
        }
        // `2007-08` in prose is two years; `1. May` is no date of English.
        let years = self.dash(at + 1) && matches!(self.kind(at + 2), TokenKind::Number(_, 2)) && !self.dash(at + 3);
        if years && self.range_after(at)
            || self.english && self.mark(at + 1, ".") && matches!(self.kind(at + 2), TokenKind::Month(..))
        {
            return None;
        }
        // Known by its figures in every English text, whatever the order of day and month.
        if self.english
            && self.str(at) == "9"
            && self.mark(at + 1, "/")
            && self.str(at + 2) == "11"
            && !self.goes_on(at + 2)
        {
            let day = Partial::Day { year: Some(2001), month: 9, day: 11, weekday: None };
            return Some((day, at + 3, DateRule::Name));
        }
        self.lower_month(at)
            .or_else(|| self.explicit(at))
            .filter(|(_, end, _)| self.lex(*end) != Lex::Street || !self.capital(*end))
    }

    /// `31st march, 2016`: the months that are words, in small letters, are months between a day and a year.
    fn lower_month(&self, at: usize) -> Option<Reading> {
        let day = self.number(at, 1, 2).filter(|day| self.english && (1..=31).contains(day))?;
        let name = self.ordinal(at).map_or(at + 1, |(_, end)| end);
        let month = match self.str(name) {
            "march" => 3,
            "may" => 5,
            "august" => 8,
            _ => return None,
        };
        let next = name + 1 + usize::from(self.mark(name + 1, ","));
        let year = self.number(next, 4, 4).filter(|year| (1000..2100).contains(year) && !self.goes_on(next))? as i32;
        let day = Partial::Day { year: Some(year), month, day: day as i8, weekday: None };
        Some((day, next + 1, DateRule::Explicit))
    }

    /// True when the number at `at`, behind a hyphen, goes on something else than a date or year.
    fn inside_code(&self, at: usize) -> bool {
        let Some(first) = at.checked_sub(2) else { return false };
        if !self.glued(at - 1) {
            return false;
        }
        match self.kind(first) {
            TokenKind::Number(_, digits) => digits != 4 && digits > 2,
            // `ב-15`: one letter of Hebrew is a preposition.
            TokenKind::Word(_) => self.lex(first) != Lex::Mod && self.lang != "he",
            _ => false,
        }
    }

    /// A date that begins with the name of a month.
    fn month(&self, at: usize, led: bool) -> Option<Reading> {
        let TokenKind::Month(_, short) = self.kind(at) else { return None };
        let (mut partial, mut end, rule) = self.explicit(at)?;
        if let Partial::Day { year: None, month, .. } = partial
            && (self.lex(end) == Lex::Counted || self.mark(end, "%$") || matches!(self.lex(end), Lex::Units(_)))
        {
            partial = Partial::Month { year: None, month, rel: None };
            end = at + 1;
        }
        if let Partial::Month { year: None, .. } = partial {
            end = at + 1;
            if short && !self.mark(at + 1, ".") || !led && !self.is_month(at) {
                return None;
            }
        }
        Some((partial, end, rule))
    }

    /// Whether the month name at `at`, with neither day nor year, is a month and no name or verb.
    fn is_month(&self, at: usize) -> bool {
        if !self.english {
            return !self.is_other_word(at);
        }
        if !matches!(self.str(at), "May" | "March" | "August" | "April" | "June") {
            return true;
        }
        // `May Johnson`, `April Jones`; but `March On Washington` is a title in capitals.
        let person = self.capital(at + 1) && self.str(at) != "March" && !self.mark(at + 1, ".,");
        let before = self.lex_before(at);
        if matches!(before, Lex::In | Lex::To | Lex::Mod | Lex::Rel(_) | Lex::Each | Lex::After | Lex::Of) {
            // `by May Smith` is a byline.
            return !(before == Lex::In && self.str(at - 1) == "by" && self.str(at) == "May" && person);
        }
        if before == Lex::Title || person || self.lex(at + 1) == Lex::Verb {
            return false;
        }
        match self.str(at) {
            "May" | "March" => {
                before == Lex::And && matches!(self.kind_before(at - 1), TokenKind::Month(..))
                    || (self.dash(at + 1) || self.lex(at + 1) == Lex::To)
                        && matches!(self.kind(at + 2), TokenKind::Month(..) | TokenKind::Number(..))
                    || before == Lex::A && self.lower(at + 1)
                    || self.mark(at.wrapping_sub(1), "(/–-")
            }
            _ => !self.capital(at.wrapping_sub(1)),
        }
    }

    /// True for months of other languages that are more often other words: Romanian `mai` is more, Ukrainian `лютий` fierce.
    fn is_other_word(&self, at: usize) -> bool {
        let before = self.str(at.wrapping_sub(1));
        let word = self.str(at);
        match self.lang {
            "ro" => word.eq_ignore_ascii_case("mai") && !matches!(before, "luna" | "lunii" | "Luna"),
            "uk" => word.starts_with("лют") && !matches!(before, "у" | "в" | "до" | "з"),
            "be" => word.starts_with("лют") && !matches!(before, "у" | "ў" | "да" | "з"),
            "fa" => matches!(word, "مه" | "جون" | "مارس") && self.str(at + 1) != "ماه" && before != "ماه",
            // Months of a year have a capital; in small letters they are a hearth, a space, a sowing.
            "tr" => self.lower(at) && !self.str(at + 1).starts_with("ay"),
            "fr" => word == "Mars",
            _ => false,
        }
    }

    /// An ordinal number in figures or letters, and the token after it.
    pub(super) fn ordinal(&self, at: usize) -> Option<(i32, usize)> {
        match (self.kind(at), self.lex(at)) {
            (TokenKind::Number(value, 1 | 2), _) if self.glued(at + 1) => {
                matches!(self.str(at + 1), "st" | "nd" | "rd" | "th").then_some((value as i32, at + 2))
            }
            (_, Lex::Ord(number)) => Some((i32::from(number), at + 1)),
            (_, Lex::Card(tens @ 20..)) if self.dash(at + 1) => match self.lex(at + 2) {
                Lex::Ord(number @ 1..10) => Some((i32::from(tens + number), at + 3)),
                _ => None,
            },
            _ => None,
        }
    }

    /// `the 10th of November`, `the first of May, 1900`, `the first day of May`.
    fn spelled_day(&self, at: usize) -> Option<Reading> {
        let (day, mut end) = self.ordinal(at)?;
        if self.lex(end) == Lex::Unit(Unit::Day) {
            end += 1;
        }
        if self.lex(end) != Lex::Of || !(1..=31).contains(&day) {
            return None;
        }
        let (Partial::Month { year, month, .. }, after, rule) = self.explicit(end + 1)? else { return None };
        Some((Partial::Day { year, month, day: day as i8, weekday: None }, after, rule))
    }

    /// `the 18th`: a day of the month at hand.
    pub(super) fn ordinal_day(&self, start: usize) -> Option<Expression> {
        let at = self.skip(start, &[Lex::The]);
        let (day, end) = self.ordinal(at)?;
        if let Some((partial, end, rule)) = self.spelled_day(at) {
            return Some(self.found(start, end, partial, rule));
        }
        let figures = matches!(self.kind(at), TokenKind::Number(..));
        let led = at > start && matches!(self.lex_before(start), Lex::In | Lex::To) && self.str(start - 1) != "in";
        let alone = !self.lower(end) && !self.capital(end) && !self.dash(end)
            || matches!(self.lex(end), Lex::And | Lex::To | Lex::In | Lex::Past | Lex::Future);
        // In letters only where it is no rank: `on the fifteenth`.
        ((figures || day > 9 && self.lex(at) != Lex::None) && led && alone && (1..=31).contains(&day))
            .then(|| self.found(start, end, Partial::DayOfMonth(day as i8), DateRule::DayOfMonth))
    }
}

/// Whether a day falls on a weekday; true where the year is not known.
fn falls_on(year: Option<i32>, month: i8, day: i8, weekday: i8) -> bool {
    let date = year.and_then(super::point::calendar_year).map(|year| jiff::civil::Date::new(year, month, day));
    date.is_none_or(|date| date.is_ok_and(|date| date.weekday().to_monday_one_offset() == weekday))
}
