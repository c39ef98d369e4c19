//! Productions for languages other than English, whose function words the lexicon does not know: weekdays alone,
//! seasons, decades of two figures and centuries. Closed tables (`words`); what is not in them is not read.

use super::parser::Parser;
use super::partial::{Expression, Partial, Unit};
use super::period::Reading;
use super::phrases::Said;
use super::rule::DateRule;
use super::words::Words;
use crate::date::token::TokenKind;

impl Parser<'_> {
    pub(super) fn folded(&self, at: usize) -> String {
        crate::text::fold(self.str(at))
    }

    /// The token after the word for day behind a weekday: `cümə günü, noyabrın 13-də`.
    pub(super) fn after_day(&self, at: usize) -> usize {
        at + usize::from(!self.english && Words::embedded().behind_weekday.has(&self.folded(at)))
    }

    fn begins_like(&self, at: usize, words: &[&str]) -> bool {
        let word = self.folded(at);
        !word.is_empty() && words.iter().any(|known| word.starts_with(known))
    }

    /// A weekday alone: `am Dienstag`, `в прошлую пятницу`, `salı günü`. The bare word is one in German and, in lower
    /// case, in French; elsewhere it may be a market (`pazar`), an environment (`среда`) or a man (`Domingo`).
    pub(super) fn foreign_weekday(&self, at: usize, weekday: i8) -> Option<Reading> {
        let words = Words::embedded();
        let which = |at: usize| words.which(&self.folded(at));
        let before = at.checked_sub(1).map(|before| self.folded(before)).unwrap_or_default();
        let name = self.folded(at);
        // German weekdays are no other words; French ones are also names, but then have a capital.
        let bare = name.ends_with("tag")
            || name == "mittwoch"
            || name == "sonnabend"
            || name.contains(' ')
            || name.ends_with("di") && self.str(at).starts_with(char::is_lowercase);
        // `Dienstag vergangener Woche`, `lunes de la semana pasada`
        let links = (at + 1..at + 4).take_while(|at| matches!(self.str(*at), "de" | "della" | "da" | "la")).count();
        if let Some((Said::Unit(Unit::Week, rel), _, end)) = self.said(at + 1 + links) {
            let weeks = rel.step() as i8;
            return Some((Partial::WeekdayIn { weekday, weeks }, end, DateRule::RelativeWeekday));
        }
        if let Some(rel) = which(at + 1) {
            return Some((Partial::Weekday { weekday, rel: Some(rel) }, at + 2, DateRule::Weekday));
        }
        if let Some(rel) = at.checked_sub(1).and_then(which) {
            return Some((Partial::Weekday { weekday, rel: Some(rel) }, at + 1, DateRule::Weekday));
        }
        let day = words.behind_weekday.has(&self.folded(at + 1));
        (bare || day || words.before_weekday.has(&before)).then_some((
            Partial::Weekday { weekday, rel: None },
            at + 1,
            DateRule::Weekday,
        ))
    }

    /// A word of the tables: a season with its year, a century in Roman figures, `siglo XIX`.
    pub(super) fn foreign_word(&self, at: usize) -> Option<Reading> {
        // Most words are none of these, which two looks tell.
        let word = self.str(at);
        if word.starts_with(['I', 'V', 'X']) {
            let number = roman(word.trim_end_matches(['e', 'è']))?;
            let next = if self.dash(at + 1) { at + 3 } else { at + 1 };
            return self.begins_like(next, &Words::embedded().century).then_some((
                Partial::Century(number),
                next + 1,
                DateRule::Century,
            ));
        }
        if matches!(word, "siglo" | "Siglo" | "secolo" | "século") {
            let number = roman(self.str(at + 1))?;
            return Some((Partial::Century(number), at + 2, DateRule::Century));
        }
        let next = at + 1 + usize::from(matches!(self.str(at + 1), "de" | "del" | "عام"));
        let year = self.number(next, 4, 4).filter(|year| (1000..2100).contains(year) && !self.goes_on(next))?;
        let season = Words::embedded().season(&self.folded(at))?;
        Some((Partial::Season { year: Some(year as i32), season, rel: None }, next + 1, DateRule::Season))
    }

    /// `44 v. Chr.`, `44 до н. э.`
    pub(super) fn foreign_era(&self, at: usize) -> Option<Reading> {
        let year = self.number(at, 1, 4).filter(|year| *year > 0 && !self.english)?;
        let year_word = usize::from(Words::embedded().behind_year.has(self.str(at + 1)));
        match self.said(at + 1).or_else(|| self.said(at + 1 + year_word)) {
            Some((Said::BeforeEra, _, end)) => Some((Partial::Year(-(year as i32)), end, DateRule::Era)),
            _ => None,
        }
    }

    /// A date of an era of the Far East: `平成23年3月11日`.
    pub(super) fn era_day(&self, at: usize) -> Option<Expression> {
        let (partial, end, rule) = self.explicit(at)?;
        Some(self.found(at, end, partial, rule))
    }

    /// `19. Jahrhundert`, `19e siècle`, `19-м веке`.
    pub(super) fn foreign_century(&self, at: usize) -> Option<Reading> {
        // Twenty-one centuries: higher numbers are ordinals of something else.
        let number = self.number(at, 1, 2).filter(|number| !self.english && (1..22).contains(number))?;
        let mut next = at + 1;
        if self.mark(next, ".-") {
            next += 1;
        }
        if self.glued(next) && matches!(self.kind(next), TokenKind::Word(_)) {
            next += 1;
        }
        // `19世纪`, `20世紀`, `21세기`
        if self.mark(next, "世세") && self.mark(next + 1, "纪紀기") {
            return Some((Partial::Century(number as i32), next + 2, DateRule::Century));
        }
        self.begins_like(next, &Words::embedded().century).then_some((
            Partial::Century(number as i32),
            next + 1,
            DateRule::Century,
        ))
    }

    /// `90-е годы`, `den 90er Jahren`, `90'lı yıllar`: the decade of two figures at `at` whose suffix begins at
    /// `joint`.
    pub(super) fn short_decade(&self, at: usize, joint: usize) -> Option<Reading> {
        let value = self.number(at, 2, 2).filter(|value| value % 10 == 0 && *value >= 20)? as i32;
        let before = at.checked_sub(1).map(|before| self.str(before).to_lowercase()).unwrap_or_default();
        if Words::embedded().years_before_short_decade.has(&before) && !self.goes_on(at) {
            return Some((Partial::Decade(1900 + value), at + 1, DateRule::Decade));
        }
        let suffix = self.glued(joint) && matches!(self.kind(joint), TokenKind::Word(_));
        (suffix && self.begins_like(joint + 1, &Words::embedded().years_behind_decade)).then_some((
            Partial::Decade(1900 + value),
            joint + 2,
            DateRule::Decade,
        ))
    }
}

/// The value of Roman figures up to XXI, in capitals.
fn roman(word: &str) -> Option<i32> {
    const FIGURES: [&str; 21] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX", "XX", "XXI",
    ];
    (1..).zip(FIGURES).find(|(_, figure)| *figure == word).map(|(number, _)| number)
}
