//! Productions for expressions that need an anchor: `last Tuesday`, `the following day`, `earlier that year`, and for
//! times of day.

use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::{Expression, Partial, Rel, Unit};
use super::rule::DateRule;
use crate::date::token::TokenKind;

impl Parser<'_> {
    /// An expression that rests on the publication or on the last date of the text.
    pub(super) fn relative(&self, start: usize) -> Option<Expression> {
        match self.lex(start) {
            Lex::Today(days) => {
                let end = self.skip(start + 1, &[Lex::Part]);
                let mut found = self.found(start, end, Partial::Today(days), DateRule::Today);
                found.part_of_day = end > start + 1;
                return Some(found);
            }
            Lex::Tonight => {
                let mut found = self.found(start, start + 1, Partial::Today(0), DateRule::Today);
                found.part_of_day = true;
                return Some(found);
            }
            _ => {}
        }
        let mut at = start;
        let lead = matches!(self.lex(at), Lex::Mod | Lex::Earlier | Lex::Later);
        if lead {
            at += 1;
            at = self.skip_dash(at);
            if self.str(at) == "in" {
                at += 1;
            }
        } else if let Some(of) = self.lead_of(at) {
            at = of;
        }
        let led = at > start;
        self.year_ago(start)
            .or_else(|| self.day_beside(start))
            .or_else(|| self.related(start, at, led))
            .or_else(|| if led { self.unit_at_hand(start, at) } else { None })
    }

    /// `the end of`, `the spring of`, `the latter part of`: the token after `of`.
    fn lead_of(&self, at: usize) -> Option<usize> {
        let mut at = self.skip(at, &[Lex::The]);
        at = self.skip(at, &[Lex::Mod, Lex::Later]);
        let part = matches!(self.str(at), "part" | "rest" | "remainder" | "half");
        let nth = matches!(self.lex(at), Lex::Ord(_)) || self.str(at) == "latter";
        if nth && matches!(self.str(at + 1), "half" | "part") {
            at += 1;
        } else if !(part || self.lex(at) == Lex::Edge) {
            return None;
        }
        (self.lex(at + 1) == Lex::Of).then_some(at + 2)
    }

    /// `the end of the year`, `later in the month`: the unit of the last date.
    fn unit_at_hand(&self, start: usize, at: usize) -> Option<Expression> {
        if self.lex(at) != Lex::The {
            return None;
        }
        match self.lex(at + 1) {
            Lex::Season(season) => {
                let partial = Partial::Season { year: None, season, rel: None };
                Some(self.found(start, at + 2, partial, DateRule::UnitAtHand))
            }
            Lex::Unit(unit) if !unit.is_clock() && unit != Unit::Day => {
                Some(self.found(start, at + 2, Partial::Unit { unit, rel: Rel::That }, DateRule::UnitAtHand))
            }
            _ => None,
        }
    }

    /// `the year-ago quarter`, `a year-earlier profit`, `the weekend`.
    fn year_ago(&self, start: usize) -> Option<Expression> {
        let at = self.skip(start, &[Lex::The, Lex::A]);
        let Lex::Unit(unit) = self.lex(at) else { return None };
        // `the weekend` has no word of relation and yet means the one next to the publication.
        if unit == Unit::Weekend && self.lex(start) == Lex::The {
            return Some(self.found(start, at + 1, Partial::Unit { unit, rel: Rel::This }, DateRule::Weekend));
        }
        let ago = self.dash(at + 1) && matches!(self.lex(at + 2), Lex::Ago | Lex::Earlier);
        let partial = Partial::Shift { unit, amount: Some(1.0), back: true, on_text: false };
        ago.then(|| self.found(start, at + 3, partial, DateRule::Ago))
    }

    /// `the day before`, `the week after`, `the day before yesterday`.
    fn day_beside(&self, start: usize) -> Option<Expression> {
        let at = self.skip(start, &[Lex::The]);
        let Lex::Unit(unit) = self.lex(at) else { return None };
        if at == start || unit.is_clock() {
            return None;
        }
        let back = match (self.lex(at + 1), self.str(at + 1)) {
            (_, "before") => true,
            (Lex::After | Lex::Rel(Rel::Following), _) => false,
            _ => return None,
        };
        if let Lex::Today(days) = self.lex(at + 2) {
            let days = if back { days - 1 } else { days + 1 };
            return Some(self.found(start, at + 3, Partial::Today(days), DateRule::Today));
        }
        // `the day after Christmas`
        if unit == Unit::Day
            && let Some(Expression { partial: Partial::Feast { feast, year, .. }, end, .. }) = self.modified(at + 2)
        {
            let shift = if back { -1 } else { 1 };
            return Some(self.found(start, end, Partial::Feast { feast, year, shift }, DateRule::Feast));
        }
        // `the day before the vote`: an event that is not dated here.
        if matches!(self.lex(at + 2), Lex::Rel(_) | Lex::The | Lex::A | Lex::Whose)
            || self.capital(at + 2)
            || matches!(self.kind(at + 2), TokenKind::Month(..) | TokenKind::Number(..))
        {
            return None;
        }
        let rel = if back { Rel::Previous } else { Rel::Following };
        Some(self.found(start, at + 2, Partial::Unit { unit, rel }, DateRule::UnitBeside))
    }

    /// A word of relation and what it relates to.
    fn related(&self, start: usize, at: usize, led: bool) -> Option<Expression> {
        let article = self.lex(at) == Lex::The;
        let (rel, at) = self.relation(at)?;
        let mut end = at + 1;
        let mut part_of_day = false;
        let (partial, rule) = match (self.lex(at), self.kind(at)) {
            (_, TokenKind::Weekday(weekday, _)) => {
                end = self.skip(end, &[Lex::Part]);
                part_of_day = end > at + 1;
                (Partial::Weekday { weekday, rel: Some(rel) }, DateRule::RelativeWeekday)
            }
            (_, TokenKind::Month(month, false)) if !matches!(self.kind(at + 1), TokenKind::Number(..)) => {
                (Partial::Month { year: None, month, rel: Some(rel) }, DateRule::RelativeMonth)
            }
            (Lex::Season(season), _) => {
                (Partial::Season { year: None, season, rel: Some(rel) }, DateRule::RelativeSeason)
            }
            (Lex::Part, _) => {
                part_of_day = true;
                match rel {
                    Rel::Last => (Partial::Today(-1), DateRule::PartOfDay),
                    Rel::This => (Partial::Today(0), DateRule::PartOfDay),
                    Rel::Next => return None,
                    _ => (Partial::Unit { unit: Unit::Day, rel }, DateRule::PartOfDay),
                }
            }
            (Lex::Fiscal, _) if self.lex(at + 1) == Lex::Unit(Unit::Year) => {
                end += 1;
                (Partial::Unit { unit: Unit::Year, rel }, DateRule::RelativeUnit)
            }
            (Lex::Unit(unit), _) if !unit.is_clock() => self.related_unit((start, at), (unit, rel), article, led)?,
            _ => return None,
        };
        let mut found = self.found(start, end, partial, rule);
        found.part_of_day = part_of_day;
        Some(found)
    }

    /// `last`, `the following`, `the same`, `this coming`: the relation, and the token after it.
    fn relation(&self, mut at: usize) -> Option<(Rel, usize)> {
        let article = self.lex(at) == Lex::The;
        at = self.skip(at, &[Lex::The]);
        let mut rel = match self.lex(at) {
            // `to this day`
            Lex::Rel(Rel::This) if self.lex_before(at) == Lex::To => return None,
            Lex::Rel(rel) => rel,
            Lex::Same if article => Rel::That,
            _ => return None,
        };
        at += 1;
        if self.lex(at) == Lex::Same && rel != Rel::That
            || matches!((rel, self.str(at)), (Rel::This, "past" | "coming"))
        {
            if let Lex::Rel(other) = self.lex(at) {
                rel = other;
            }
            at += 1;
        } else if self.lex(at) == Lex::Same {
            at += 1;
        }
        // `the next year` is the one after the last date of the text, `next year` the one after its publication.
        if article && rel == Rel::Next {
            rel = Rel::Following;
        }
        if article && matches!(rel, Rel::This) && self.str(at - 1) != "current" {
            return None;
        }
        Some((rel, at))
    }

    /// `last year`, `the coming week`, `over the last decade`. `article`: one opens it; `led`: words lead up to it
    /// (`the end of`), which only a point in time has.
    fn related_unit(
        &self,
        (start, at): (usize, usize),
        (unit, rel): (Unit, Rel),
        article: bool,
        led: bool,
    ) -> Option<(Partial, DateRule)> {
        let stretch = article && rel == Rel::Last && !led;
        let future = article && rel == Rel::Following && self.str(at - 1) == "coming";
        let over =
            matches!(self.str(start.wrapping_sub(1)), "over" | "in" | "during" | "for" | "throughout" | "within");
        if unit == Unit::Century && rel == Rel::Last && !over {
            // A hundred years are hardly ever meant: `a chart from the last century`.
            Some((Partial::Unit { unit, rel }, DateRule::RelativeUnit))
        } else if stretch || future || unit == Unit::Decade && rel == Rel::Last {
            Some((Partial::Duration { unit, amount: Some(1.0) }, DateRule::Stretch))
        } else if matches!(self.lex(at + 1), Lex::Old) {
            None
        } else {
            Some((Partial::Unit { unit, rel }, DateRule::RelativeUnit))
        }
    }

    /// `the night of 13 February`, `early in the morning of 29 April 1975`, `the evening of May 4`.
    pub(super) fn part_of(&self, start: usize) -> Option<Expression> {
        let mut at = self.skip(start, &[Lex::The]);
        at = self.skip(at, &[Lex::Mod]);
        if self.str(at) == "in" {
            at = self.skip(at + 1, &[Lex::The]);
        }
        if self.lex(at) != Lex::Part {
            return None;
        }
        at += 1;
        at += usize::from(self.lex(at) == Lex::Units(Unit::Hour));
        if self.lex(at) != Lex::Of {
            return None;
        }
        let day = self.modified(at + 1).or_else(|| self.relative(at + 1)).or_else(|| self.lone_day(at + 1))?;
        if !matches!(day.partial, Partial::Day { .. } | Partial::Weekday { .. } | Partial::DayOfMonth(_)) {
            return None;
        }
        Some(Expression { start, part_of_day: true, ..day })
    }

    /// The first day of `the night of 3-4 May`.
    fn lone_day(&self, at: usize) -> Option<Expression> {
        let day = self.number(at, 1, 2).filter(|day| (1..=31).contains(day))?;
        let dash = self.dash(at + 1) && matches!(self.kind(at + 2), TokenKind::Number(_, 1 | 2));
        dash.then(|| self.found(at, at + 1, Partial::DayOfMonth(day as i8), DateRule::DayOfMonth))
    }

    /// A time of day, with the day that follows it: `3:00 a.m.`, `9:34 p.m., March 19 EST`, `noon on Friday`.
    pub(super) fn clock_phrase(&self, start: usize) -> Option<Expression> {
        let (hour, minute, end) = self.clock(start)?;
        let mut found = self.found(start, end, Partial::Clock { hour, minute }, DateRule::Clock);
        found.part_of_day = true;
        found.end = self.zone(end);
        let mut day = found.end + usize::from(self.mark(found.end, ","));
        if self.str(day) == "on" {
            day += 1;
        }
        let with = match self.kind(day) {
            TokenKind::Month(..) | TokenKind::Weekday(..) | TokenKind::Number(_, 1 | 2 | 4) => self.modified(day),
            _ if matches!(self.lex(day), Lex::Today(_) | Lex::The) => self.relative(day),
            _ => None,
        };
        let is_day = |partial: &Partial| {
            let day = matches!(partial, Partial::Day { .. } | Partial::Weekday { .. } | Partial::Today(_));
            day || matches!(partial, Partial::Unit { unit: Unit::Day, .. })
        };
        if let Some(with) = with.filter(|with| is_day(&with.partial)) {
            found.partial = with.partial;
            found.end = self.zone(with.end);
        }
        Some(found)
    }

    /// A zone in capitals: `EST`, `GMT`, `UTC`.
    fn zone(&self, at: usize) -> usize {
        let zone = matches!(
            self.str(at),
            "EST"
                | "EDT"
                | "CST"
                | "CDT"
                | "MST"
                | "MDT"
                | "PST"
                | "PDT"
                | "GMT"
                | "UTC"
                | "BST"
                | "CET"
                | "CEST"
                | "ET"
                | "MSK"
        );
        at + usize::from(zone)
    }

    /// `1430 GMT`, `0600 local time`, `1900 hours`: the hour and minute.
    pub(super) fn is_hours(&self, at: usize) -> Option<(i8, i8)> {
        let figures = self.number(at, 4, 4).filter(|figures| figures / 100 < 24 && figures % 100 < 60)?;
        let named = self.zone(at + 1) > at + 1 || matches!(self.str(at + 1), "hours" | "hrs" | "local");
        named.then_some(((figures / 100) as i8, (figures % 100) as i8))
    }

    fn clock(&self, at: usize) -> Option<(i8, i8, usize)> {
        if let Some((hour, minute)) = self.is_hours(at) {
            return Some((hour, minute, at + 1));
        }
        if matches!(self.lex_before(at), Lex::In | Lex::To) && matches!(self.str(at), "noon" | "midnight") {
            return Some((if self.str(at) == "noon" { 12 } else { 0 }, 0, at + 1));
        }
        // 24:00 is the end of a day in timetables.
        let hour = self.number(at, 1, 2).filter(|hour| *hour <= 24)?;
        if self.glued(at) && self.mark(at.wrapping_sub(1), "./:$£€#,") {
            return None;
        }
        let (figures, end) = self.minute(at + 1);
        let minute = figures.unwrap_or(0);
        if let Some((afternoon, end)) = self.half_of_day(end) {
            // `12 a.m.` is midnight.
            let hour = (hour <= 12).then_some(hour % 12 + if afternoon { 12 } else { 0 })?;
            return Some((hour as i8, minute as i8, end));
        }
        if self.str(end).eq_ignore_ascii_case("o") && self.mark(end + 1, "'\u{2019}") && self.str(end + 2) == "clock" {
            return Some((hour as i8, minute as i8, end + 3));
        }
        let is_time = figures.is_some() && hour < 24 && self.is_time(at, end);
        is_time.then_some((hour as i8, minute as i8, end))
    }

    /// The minute behind an hour, and the token after it and its seconds.
    fn minute(&self, at: usize) -> (Option<u32>, usize) {
        let separated = self.glued(at) && self.mark(at, ":.") && self.glued(at + 1);
        let minute = separated.then(|| self.number(at + 1, 2, 2)).flatten().filter(|minute| *minute < 60);
        let end = if minute.is_some() { at + 2 } else { at };
        let seconds =
            self.glued(end) && self.mark(end, ":") && self.glued(end + 1) && self.number(end + 1, 2, 2).is_some();
        (minute, if minute.is_some() && seconds { end + 2 } else { end })
    }

    /// `am`, `p.m.`: whether it is the afternoon, and the token after it.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        let word = self.str(at).to_ascii_lowercase();
        let dotted = self.mark(at + 1, ".") && self.str(at + 2).eq_ignore_ascii_case("m");
        match word.as_str() {
            "am" | "pm" => Some((word == "pm", at + 1)),
            "a" | "p" if dotted => {
                Some((word == "p", at + 3 + usize::from(self.mark(at + 3, ".") && self.glued(at + 3))))
            }
            _ => None,
        }
    }

    /// Whether the figures of hour and minute from `at` to `end` are a time of day.
    fn is_time(&self, at: usize, end: usize) -> bool {
        let colon = self.mark(at + 1, ":");
        // `3-2` and `1:5` are scores: without `at` or a zone a time needs two figures of hour and a colon.
        let introduced =
            matches!(self.str(at.wrapping_sub(1)), "at" | "by" | "from" | "until" | "to" | "till" | "around")
                || self.dash(at.wrapping_sub(1))
                || matches!(self.kind_before(at), TokenKind::Weekday(..))
                || self.zone(end) > end;
        let long = matches!(self.kind(at), TokenKind::Number(_, 2)) && !self.capital(at.wrapping_sub(1));
        let more = self.glued(end) && self.mark(end, ":.,-%") && self.glued(end + 1) && !self.dash(end);
        colon && !more && (introduced || long)
    }
}
