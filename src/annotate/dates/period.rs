//! Productions for periods of the calendar: decades, centuries, seasons, quarters, fiscal years, and for feasts.

use super::feast;
use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::{Feast, Partial, Unit};
use super::rule::DateRule;
use crate::date::token::TokenKind;

/// What was read, the token after it and the rule.
pub(super) type Reading = (Partial, usize, DateRule);

impl Parser<'_> {
    /// `1920s`, `1920's`, `'20s`, `470s`.
    pub(super) fn decade(&self, at: usize) -> Option<Reading> {
        let TokenKind::Number(value, digits) = self.kind(at) else { return None };
        if value % 10 != 0 {
            return None;
        }
        let mut end = at + 1;
        if !self.english {
            return if digits == 4 { self.foreign_decade(at) } else { self.short_decade(at, self.joint(at)) };
        }
        if self.mark(end, "'\u{2019}") && self.glued(end) {
            end += 1;
        }
        if !self.glued(end) || self.str(end) != "s" {
            return None;
        }
        // `mid-80s`
        let dashed = at > 0 && self.dash(at - 1);
        let before = self.lex_before(if dashed { at - 1 } else { at });
        let year = match digits {
            4 if (1000..2100).contains(&value) => value as i32,
            3 => value as i32,
            // `in his 90s` is an age; it is found so that nothing shorter is read in it.
            2 if before == Lex::Whose => return Some((Partial::Nothing, end + 1, DateRule::Age)),
            // `in the 30s °F`
            2 if self.mark(end + 1, "°%") || self.mark(end + 2, "°") => return None,
            // `the 10s` are hardly ever a decade of years.
            2 if value >= 20 && matches!(before, Lex::The | Lex::Mod | Lex::And) => 1900 + value as i32,
            _ => return None,
        };
        let partial =
            if year % 100 == 0 && year < 1900 { Partial::Century(year / 100 + 1) } else { Partial::Decade(year) };
        Some((partial, end + 1, DateRule::Decade))
    }

    /// `19th century`, `twentieth-century`; also the first of `15th to 19th centuries`.
    pub(super) fn ordinal_century(&self, at: usize) -> Option<Reading> {
        let (number, mut end) = self.ordinal(at)?;
        end = self.skip_dash(end);
        let is_century = |at: usize| matches!(self.lex(at), Lex::Unit(Unit::Century) | Lex::Units(Unit::Century));
        if is_century(end) {
            return Some((Partial::Century(number), end + 1, DateRule::Century));
        }
        if matches!(self.lex(end), Lex::And | Lex::To) {
            let next = self.skip(end + 1, &[Lex::The, Lex::Mod]);
            let (_, after) = self.ordinal(self.skip_dash(next))?;
            if is_century(self.skip_dash(after)) {
                return Some((Partial::Century(number), end, DateRule::Century));
            }
        }
        None
    }

    pub(super) fn season(&self, at: usize, season: i8, led: bool) -> Option<Reading> {
        let mut next = at + 1;
        while self.lex(next) == Lex::Of || self.mark(next, ",") && next == at + 1 {
            next += 1;
        }
        next = self.skip(next, &[Lex::The]);
        let year = self.number(next, 4, 4).filter(|year| (1000..2100).contains(year)).filter(|_| !self.goes_on(next));
        if let Some(year) = year {
            let mut year = year as i32;
            let mut end = next + 1;
            // `the winter of 1939-40` is named by its January.
            if self.dash(end) && self.number(end + 1, 2, 2).is_some_and(|second| second as i32 == (year + 1) % 100) {
                year += i32::from(season == 0);
                end += 2;
            }
            return Some((Partial::Season { year: Some(year), season, rel: None }, end, DateRule::Season));
        }
        if let Some((Partial::Year(year), end, _)) = self.before_era(next) {
            return Some((Partial::Season { year: Some(year), season, rel: None }, end, DateRule::Season));
        }
        self.season_alone(at, season, led)
    }

    /// A season without a year.
    fn season_alone(&self, at: usize, season: i8, led: bool) -> Option<Reading> {
        // `spring` and `fall` are also nouns and verbs of other things.
        let fall = self.str(at).eq_ignore_ascii_case("fall");
        // `fall` is a verb and `spring` a well: both need a preposition or a term behind them.
        let sure = !fall && (led || season != 1);
        let named = self.capital(at) && (self.capital(at + 1) || self.capital(at.wrapping_sub(1)));
        let term = matches!(
            self.str(at + 1),
            "offensive"
                | "campaign"
                | "semester"
                | "term"
                | "election"
                | "elections"
                | "meeting"
                | "session"
                | "season"
        );
        let end = at + 1 + usize::from(self.lex(at + 1) == Lex::Units(Unit::Month));
        let in_season = self.lex_before(at) == Lex::In && matches!(self.str(at - 1), "in" | "by" | "since" | "until");
        (sure && !named || in_season || term && !named).then_some((
            Partial::Season { year: None, season, rel: None },
            end,
            DateRule::Season,
        ))
    }

    /// `first quarter of 2020`, `second half of 2020`.
    pub(super) fn quarter(&self, at: usize) -> Option<Reading> {
        let Lex::Ord(nth) = self.lex(at) else { return None };
        let next = self.skip_dash(at + 1);
        let quarter = self.lex(next) == Lex::Unit(Unit::Quarter) && nth <= 4;
        let half = self.lex(next) == Lex::Half && nth <= 2;
        if !(quarter || half) {
            return None;
        }
        let mut end = self.skip(next + 1, &[Lex::Of]);
        end = self.skip(end, &[Lex::Fiscal]);
        let year = self.number(end, 4, 4).filter(|year| (1800..2100).contains(year)).map(|year| year as i32);
        let end = if year.is_some() { end + 1 } else { next + 1 };
        let nth = nth as i8;
        if quarter && year.is_none() && self.in_game(at) {
            return None;
        }
        if quarter {
            return Some((Partial::Quarter { year, quarter: nth, rel: None }, end, DateRule::Quarter));
        }
        year.map(|_| (Partial::Half { year, half: nth }, end, DateRule::Half))
    }

    pub(super) fn fiscal(&self, at: usize) -> Option<Reading> {
        let next = at + 1 + usize::from(self.lex(at + 1) == Lex::Unit(Unit::Year));
        let year = self.number(next, 4, 4).filter(|year| (1900..2100).contains(year))?;
        Some((Partial::Year(year as i32), next + 1, DateRule::Year))
    }

    pub(super) fn feast(&self, at: usize, feast: Feast) -> Option<Reading> {
        // Behind another capitalised word it is a name or a title: `Johnnie Christmas`.
        // `good`, `new` and `ash` open names of days only with a capital.
        if !self.capital(at) || self.capital(at.wrapping_sub(1)) && self.lex_before(at) == Lex::None {
            return None;
        }
        if let Some((feast, end)) = self.named_day(at) {
            return Some(self.with_year(feast, end));
        }
        let mut end = at + 1;
        let word = |at: usize| self.str(at).to_ascii_lowercase();
        if self.mark(end, "'\u{2019}") && word(end + 1) == "s" {
            end += 2;
        }
        let (feast, end) = match (feast, word(end).as_str()) {
            (Feast::Christmas, "eve") => (Feast::ChristmasEve, end + 1),
            (Feast::Christmas, "day") => (Feast::Christmas, end + 1),
            (Feast::Christmas, _) => (Feast::Christmas, at + 1),
            (Feast::NewYear, "year") => {
                let end = if self.mark(end + 1, "'\u{2019}") { end + 3 } else { end + 1 };
                match word(end).as_str() {
                    "eve" => (Feast::NewYearEve, end + 1),
                    "day" => (Feast::NewYear, end + 1),
                    _ => return None,
                }
            }
            (Feast::GoodFriday, "friday") => (feast, end + 1),
            (Feast::Boxing | Feast::Valentine, "day") => (feast, end + 1),
            (Feast::Thanksgiving | Feast::Easter, "day" | "sunday") => (feast, end + 1),
            // What only begins with its name: the Monday is in the table of named days, the rest are events and sweets.
            (Feast::Easter, "monday" | "rising" | "offensive" | "island" | "egg" | "eggs") => return None,
            (Feast::Easter | Feast::Halloween | Feast::Thanksgiving, _) => (feast, at + 1),
            _ => return None,
        };
        Some(self.with_year(feast, end))
    }

    /// The day that ends before token `end`, with the year behind it.
    fn with_year(&self, feast: Feast, end: usize) -> Reading {
        let next = if self.mark(end, ",") || self.lex(end) == Lex::Of { end + 1 } else { end };
        let year = self.number(next, 4, 4).filter(|year| (1000..2100).contains(year)).map(|year| year as i32);
        (Partial::Feast { feast, year, shift: 0 }, if year.is_some() { next + 1 } else { end }, DateRule::Feast)
    }

    /// A named day of the table at `at`, every word with a capital, and the token after it.
    fn named_day(&self, at: usize) -> Option<(Feast, usize)> {
        let mut token = at;
        feast::named(|_| {
            let mut here = token;
            // `Eid al-Fitr`
            if here > at && self.dash(here) {
                here += 1;
            }
            let article = here > at && matches!(self.str(here), "al" | "ul");
            token = here;
            if !article && !self.str(here).starts_with(char::is_uppercase) {
                return None;
            }
            let mut word = self.str(here).to_ascii_lowercase();
            token += 1;
            if self.mark(token, "'\u{2019}") {
                token += 1;
                if self.str(token) == "s" {
                    word.push('s');
                    token += 1;
                }
            }
            Some((word, token))
        })
    }

    /// `May Day`, `April Fools' Day`, whose first word is a month.
    pub(super) fn month_feast(&self, at: usize) -> Option<Reading> {
        if !self.english || !matches!(self.str(at + 1), "Day" | "Fools" | "Fool") {
            return None;
        }
        self.named_day(at).map(|(feast, end)| self.with_year(feast, end))
    }

    /// `Q4 2020`, `H1 2020`; without a year only behind a preposition or article.
    pub(super) fn short_quarter(&self, at: usize) -> Option<Reading> {
        let letter = self.str(at);
        let nth = self.number(at + 1, 1, 1).filter(|nth| self.glued(at + 1) && (1..=4).contains(nth))? as i8;
        let mut next = self.skip(at + 2, &[Lex::Of]);
        next += usize::from(self.mark(next, ","));
        let year = self.number(next, 4, 4).filter(|year| (1900..2100).contains(year)).map(|year| year as i32);
        let end = if year.is_some() { next + 1 } else { at + 2 };
        match letter {
            "Q" if year.is_some() || matches!(self.lex_before(at), Lex::In | Lex::The) => {
                Some((Partial::Quarter { year, quarter: nth, rel: None }, end, DateRule::Quarter))
            }
            "H" if year.is_some() && nth < 3 => Some((Partial::Half { year, half: nth }, end, DateRule::Half)),
            _ => None,
        }
    }
}
