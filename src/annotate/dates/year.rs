//! Productions for years that stand alone, and what keeps other numbers from being one.

use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::Partial;
use super::period::Reading;
use super::rule::DateRule;
use super::words::Words;
use crate::date::token::TokenKind;
use crate::text::word_lists::WordSet;

impl Parser<'_> {
    /// A year of four figures. A number is a year unless its neighbours say that it counts, labels or measures.
    pub(super) fn year(&self, at: usize, led: bool) -> Option<Reading> {
        let value = self.number(at, 4, 4)?;
        // Years of three figures need an era or a preposition, and news hardly speaks of later ones.
        if !(1000..2100).contains(&value) || self.part_of_number(at) {
            return None;
        }
        let before = self.lex_before(at);
        let after = self.lex(at + 1);
        let range = self.range_before(at) || self.range_after(at);
        let dotted = self.mark(at.wrapping_sub(1), ".") && self.lex(at.wrapping_sub(2)) == Lex::Label;
        if dotted
            || before == Lex::Label && self.capital(at - 1)
            || matches!(before, Lex::Label) && matches!(self.str(at - 1), "no" | "number" | "page" | "pp" | "room")
            || after == Lex::Counted
            || self.str(at.wrapping_sub(1)) == "of" && Words::embedded().amounts.has(self.str(at.wrapping_sub(2)))
            || matches!(after, Lex::Units(_) | Lex::Hundred)
            || self.is_address(at)
            || self.is_hours(at).is_some()
            || matches!(self.kind_before(at), TokenKind::Number(..))
            || matches!(after, Lex::To | Lex::And) && self.lex(at + 3) == Lex::Counted
            || matches!(self.kind(at + 1), TokenKind::Number(..)) && !range
        {
            return None;
        }
        let introduced = matches!(before, Lex::In if self.str(at - 1) != "at")
            || matches!(before, Lex::To | Lex::After | Lex::Mod | Lex::And)
            || matches!(self.kind_before(at), TokenKind::Mark('(' | '[' | ';' | '–' | '—') | TokenKind::Month(..))
            || matches!(self.lex_before(at), Lex::Unit(_) | Lex::Units(_))
            || led;
        let age = matches!(after, Lex::Unit(_)) && self.lex(at + 2) == Lex::Old;
        let apart = self.mark(at + 1, ",:()") && (at == 0 || self.opens(at) || self.mark(at.wrapping_sub(1), "(–-"));
        // Below 1700 most numbers of four figures count something: a year there needs a preposition, a range or a
        // bracket.
        let early = value < 1700 && !introduced && !range && !apart;
        // Plans of states reach that far (`by 2040`); larger numbers count something.
        let late = value > 2040 && !introduced;
        let counted =
            before == Lex::Approx && !range && !matches!(self.str(at - 1), "circa" | "ca" | "around" | "about");
        // `2000 people`, `1500 houses`: round numbers before a word in lower case count.
        let round = value % 100 == 0 && !introduced && !range;
        if early || late || counted || age || round && self.lower(at + 1) || !self.english && !self.foreign(at, range) {
            return None;
        }
        let joined = self.lex(at + 1) == Lex::Ad;
        Some((Partial::Year(value as i32), at + 1 + usize::from(joined), DateRule::Year))
    }

    /// True when the digits at `at` are glued into something longer: `$1990`, `1,990`, `1990.5`, `B1990`, `1990x`.
    fn part_of_number(&self, at: usize) -> bool {
        if self.goes_on(at) || self.glued(at + 1) && matches!(self.kind(at + 1), TokenKind::Word(_)) {
            return true;
        }
        if !self.glued(at) {
            return self.mark(at.wrapping_sub(1), "$£€#№+=<>") || self.mark(at + 1, "%=");
        }
        match self.kind_before(at) {
            TokenKind::Mark(c) if "$£€#№.:,_@=+*".contains(c) => true,
            TokenKind::Mark('/') => !self.range_before(at),
            TokenKind::Mark(_) if self.dash(at - 1) && self.glued(at - 1) => {
                !self.range_before(at) && !self.hyphen_word(at)
            }
            TokenKind::Word(_) | TokenKind::Number(..) => true,
            _ => false,
        }
    }

    /// `mid-1990`, `post-1990`, `September-2020`, `499 BC-1990`.
    fn hyphen_word(&self, at: usize) -> bool {
        let Some(first) = at.checked_sub(2) else { return true };
        matches!(self.kind(first), TokenKind::Month(..))
            || self.lex(first) == Lex::Mod
            || matches!(self.str(first).to_ascii_lowercase().as_str(), "post" | "pre" | "bc" | "then")
            || matches!(self.kind(first), TokenKind::Mark(_))
    }

    /// A year and a dash stand before the number at `at`.
    fn range_before(&self, at: usize) -> bool {
        let Some(first) = at.checked_sub(2) else { return false };
        (self.dash(at - 1) || self.mark(at - 1, "/"))
            && self.number(first, 4, 4).is_some_and(|year| {
                (1000..2100).contains(&year)
                    // Reigns and wars are shorter; farther apart are telephone numbers.
                    && self.number(at, 4, 4).is_some_and(|here| here > year && here < year + 500)
            })
    }

    /// A dash and the end of a range of years follow the number at `at`.
    pub(super) fn range_after(&self, at: usize) -> bool {
        let (Some(here), true) = (self.number(at, 4, 4), self.dash(at + 1)) else { return false };
        match self.kind(at + 2) {
            TokenKind::Number(there, 4) => here < there && there < 2100.min(here + 500),
            TokenKind::Number(there, 2) => here % 100 < there,
            _ => false,
        }
    }

    /// A number, capitalised words and the last word of a street: `1355 Inwood Terrace`.
    fn is_address(&self, at: usize) -> bool {
        (at + 1..at + 5)
            .take_while(|&next| self.capital(next) || matches!(self.kind(next), TokenKind::Number(..)) && next > at + 1)
            .any(|next| next > at + 1 && self.lex(next) == Lex::Street)
    }

    /// A bare year in a language whose function words are not known: between 1800 and 2040, and in brackets, in a
    /// range, before a word for year, or at the end of a clause.
    fn foreign(&self, at: usize, range: bool) -> bool {
        let words = Words::embedded();
        let value = self.number(at, 4, 4).unwrap_or(0);
        let close = matches!(self.kind_before(at), TokenKind::Mark('('))
            || self.mark(at + 1, "),.;")
            || at + 1 == self.tokens.len();
        let named = |at: usize, list: &WordSet| list.has(&self.str(at).to_lowercase());
        let east = self.mark(at + 1, "年년");
        // Four digits alone may be any number; beside another year with a word between them they are a year: `entre 1988 y
        // 1994`, `1988 bis 1994`.
        let there = |other: Option<u32>| other.is_some_and(|other| (1800..2041).contains(&other));
        let word = |at: usize| matches!(self.kind(at), TokenKind::Word(_));
        let linked = |link: usize, other: usize| {
            word(link) && words.between_years.has(self.str(link)) && there(self.number(other, 4, 4))
        };
        let paired = linked(at + 1, at + 2) || at > 1 && linked(at - 1, at - 2);
        let next = if self.dash(at + 1) || self.mark(at + 1, "'\u{2019}") { at + 2 } else { at + 1 };
        (1800..2041).contains(&value)
            && (range
                || close
                || east
                || paired
                || named(next, &words.behind_year)
                || at > 0 && named(at - 1, &words.before_year))
    }

    /// `1990-е`, `1990er`, `1990'lar`, `1990-cı illər`, `les années 1990`, `los años 1990`.
    pub(super) fn foreign_decade(&self, at: usize) -> Option<Reading> {
        let value = self.number(at, 4, 4).filter(|value| (1000..2100).contains(value))? as i32;
        let words = Words::embedded();
        let before = self.str(at.wrapping_sub(1)).to_lowercase();
        let decade = self.str(at.wrapping_sub(2)).to_lowercase();
        if before == "de" && words.decade_of.has(&decade) {
            return Some((Partial::Decade(value - value % 10), at + 1, DateRule::Decade));
        }
        if words.years_before_decade.has(&before) {
            return Some((Partial::Decade(value), at + 1, DateRule::Decade));
        }
        let joint = self.joint(at);
        let suffix = self.str(joint).to_lowercase();
        let years = self.str(joint + 1).to_lowercase();
        let years = years.starts_with("illər") || years.starts_with("yıllar");
        let decade = match suffix.as_str() {
            ending if words.decade_endings.has(ending) => true,
            "cı" | "ci" | "cu" | "cü" | "lı" | "li" | "lu" | "lü" => years,
            _ => suffix.starts_with("lar") || suffix.starts_with("ler"),
        };
        decade.then(|| (Partial::Decade(value), joint + 1 + usize::from(years), DateRule::Decade))
    }

    /// The token after the number at `at` and a hyphen or apostrophe behind it.
    pub(super) fn joint(&self, at: usize) -> usize {
        at + 1 + usize::from(self.dash(at + 1) || self.mark(at + 1, "'\u{2019}"))
    }

    /// The years of antiquity that name their era: `493 BC`, `c. 480 B.C.`, `842 AD`, and the first of `499-493 BC`.
    pub(super) fn before_era(&self, at: usize) -> Option<Reading> {
        let value = self.number(at, 1, 4)? as i32;
        let mut end = at + 1;
        let bc = self.bc(end).map(|after| (after, true));
        let ad = || (self.lex(end) == Lex::Ad && self.str(end).starts_with("A")).then_some((end + 1, false));
        if let Some((after, bc)) = bc.or_else(ad) {
            return Some((Partial::Year(if bc { -value } else { value }), after, DateRule::Era));
        }
        if self.dash(end) || self.lex(end) == Lex::To {
            end += 1;
            self.number(end, 1, 4).filter(|there| (*there as i32) < value)?;
            self.bc(end + 1)?;
            return Some((Partial::Year(-value), at + 1, DateRule::Era));
        }
        None
    }

    /// The token after `BC`, `BCE`, `B.C.`.
    fn bc(&self, at: usize) -> Option<usize> {
        if self.lex(at) == Lex::Bc && self.str(at).starts_with('B') {
            return Some(at + 1);
        }
        let dotted = self.str(at) == "B" && self.mark(at + 1, ".") && self.str(at + 2) == "C";
        dotted.then(|| at + 3 + usize::from(self.mark(at + 3, ".")))
    }

    /// `AD 842`, `AD842`.
    pub(super) fn anno(&self, at: usize) -> Option<Reading> {
        if self.str(at) != "AD" {
            return None;
        }
        let value = self.number(at + 1, 1, 4).filter(|_| !self.goes_on(at + 1))?;
        Some((Partial::Year(value as i32), at + 2, DateRule::Era))
    }

    /// `'96`, where no letter stands before the apostrophe.
    pub(super) fn apostrophe_year(&self, at: usize) -> Option<Reading> {
        if !self.mark(at, "'\u{2019}\u{2018}") || self.glued(at) && !matches!(self.kind_before(at), TokenKind::Mark(_))
        {
            return None;
        }
        if !self.glued(at + 1) {
            return None;
        }
        if let Some((Partial::Decade(decade), end, rule)) = self.apostrophe_decade(at + 1) {
            return Some((Partial::Decade(decade), end, rule));
        }
        let value = self.number(at + 1, 2, 2).filter(|_| !self.goes_on(at + 1) && !self.glued(at + 2))? as i32;
        let introduced =
            matches!(self.lex_before(at), Lex::In | Lex::To | Lex::Of | Lex::And | Lex::Mod | Lex::Season(_));
        introduced.then_some((
            // Two figures: the thirty years to come are nearer than those a hundred back.
            Partial::Year(if value < 30 { 2000 + value } else { 1900 + value }),
            at + 2,
            DateRule::ShortYear,
        ))
    }

    fn apostrophe_decade(&self, at: usize) -> Option<Reading> {
        let value = self.number(at, 2, 2).filter(|value| value % 10 == 0)? as i32;
        (self.glued(at + 1) && self.str(at + 1) == "s").then_some((
            Partial::Decade(1900 + value),
            at + 2,
            DateRule::Decade,
        ))
    }

    /// A year of three figures after `c.`, `circa` or `AD`.
    pub(super) fn short_year(&self, at: usize) -> Option<Reading> {
        let value = self.number(at, 3, 3).filter(|_| !self.goes_on(at))?;
        let dotted = self.mark(at.wrapping_sub(1), ".") && matches!(self.str(at.wrapping_sub(2)), "c" | "ca");
        let circa = matches!(self.str(at.wrapping_sub(1)), "circa" | "AD") || dotted;
        circa.then_some((Partial::Year(value as i32), at + 1, DateRule::Era))
    }

    /// `BC` behind a month or decade: `August 480 BC`, `the 470s BC`.
    pub(super) fn era(&self, end: usize, partial: &mut Partial) -> usize {
        match partial {
            Partial::Decade(number) | Partial::Century(number) => match self.bc(end) {
                Some(after) => {
                    *number = -*number;
                    after
                }
                None => end,
            },
            Partial::Month { year: year @ None, .. } => match (self.before_era(end), self.early_year(end + 1)) {
                (Some((Partial::Year(found), after, _)), _) => {
                    *year = Some(found);
                    after
                }
                (None, Some(found)) if self.lex(end) == Lex::Of => {
                    *year = Some(found);
                    end + 2
                }
                _ => end,
            },
            Partial::Day { year: year @ None, .. } => {
                let named = self.before_era(end).or_else(|| self.foreign_era(end)).or_else(|| self.anno(end));
                match (named, self.early_year(end)) {
                    (Some((Partial::Year(found), after, _)), _) => {
                        *year = Some(found);
                        after
                    }
                    (_, Some(found)) => {
                        *year = Some(found);
                        end + 1
                    }
                    _ => end,
                }
            }
            _ => end,
        }
    }

    /// A year of three figures behind a day, where nothing follows that it could count: `30 September 420)`.
    fn early_year(&self, at: usize) -> Option<i32> {
        let year = self.number(at, 3, 3).filter(|_| !self.goes_on(at))?;
        let closed = matches!(self.kind(at + 1), TokenKind::Mark(c) if ",.;:)".contains(c));
        closed.then_some(year as i32)
    }
}
