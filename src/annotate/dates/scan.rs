//! One walk over the tokens: expressions in order, with what ties neighbours together.

use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::{Expression, Partial, Rel, Unit};
use super::phrases::Said;
use super::rule::DateRule;
use super::words::Words;
use crate::date::token::TokenKind;

/// All expressions of the text, in order and without overlap.
pub(super) fn scan(parser: &Parser<'_>) -> Vec<Expression> {
    let mut out: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < parser.tokens.len() {
        // Two words of three: none of what follows begins with a word that the English grammar does not know.
        if parser.english && parser.kind(at) == TokenKind::Word(0) {
            at += 1;
            continue;
        }
        let ancient = out.last().is_some_and(|last| is_ancient(&last.partial));
        let early = || if ancient { parser.early(at) } else { None };
        let listed = || out.last().and_then(|last| parser.listed_day(at, last));
        let list = parser.list_day(at).or_else(|| parser.day_range(at));
        let Some(found) = list.or_else(|| parser.expression(at)).or_else(early).or_else(listed) else {
            at += 1;
            continue;
        };
        let found = parser.with_tail(found);
        out.push(found);
        at = found.end;
        while let Some(next) = out.last().and_then(|last| parser.second_end(last)) {
            at = next.end;
            share_year(&mut out, &next);
            out.push(next);
        }
    }
    join(parser, &mut out);
    out.retain(|found| found.partial != Partial::Nothing);
    out
}

/// Gives the year of the second end of `April 6-7, 1915` to the first.
fn share_year(out: &mut [Expression], next: &Expression) {
    if let (Some(Expression { partial: Partial::Day { year: first @ None, .. }, .. }), Partial::Day { year, .. }) =
        (out.last_mut(), next.partial)
    {
        *first = year;
    }
}

/// True for a date of the first thousand years of our era.
fn is_ancient(partial: &Partial) -> bool {
    match *partial {
        Partial::Year(year) => (1..1000).contains(&year),
        Partial::Day { year, .. } | Partial::Month { year, .. } => year.is_some_and(|year| (1..1000).contains(&year)),
        _ => false,
    }
}

impl Parser<'_> {
    /// A year of three figures in a text that is about such times: `in 348 he died`, `366,` after `about 360 -`.
    fn early(&self, at: usize) -> Option<Expression> {
        let year = self.number(at, 3, 3).filter(|_| !self.goes_on(at) && !self.glued(at + 1))?;
        let led = matches!(self.lex_before(at), Lex::In | Lex::To | Lex::After)
            || self.dash(at.wrapping_sub(1))
            || matches!(self.str(at.wrapping_sub(1)), "about" | "around");
        let alone = !self.lower(at + 1) || matches!(self.lex(at + 1), Lex::Past | Lex::And | Lex::To);
        (led && alone).then(|| self.found(at, at + 1, Partial::Year(year as i32), DateRule::Era))
    }

    /// `the 25th` in a list of days, whatever follows: `On May 20 they took A, on the 25th B`.
    fn listed_day(&self, at: usize, last: &Expression) -> Option<Expression> {
        let led = self.lex(at) == Lex::The && matches!(self.str(at.wrapping_sub(1)), "on" | "by");
        if !led || !matches!(last.partial, Partial::Day { .. } | Partial::DayOfMonth(_)) || at - last.end > 12 {
            return None;
        }
        // Twelve tokens back is the same sentence or the one before.
        let (day, end) = self.ordinal(at + 1)?;
        (1..=31).contains(&day).then(|| self.found(at, end, Partial::DayOfMonth(day as i8), DateRule::DayOfMonth))
    }

    /// The first day of `6-7 February`, `5 and 6 May 1990` or `9. bis 11. September`.
    fn day_range(&self, at: usize) -> Option<Expression> {
        let day = self.number(at, 1, 2).filter(|day| (1..=31).contains(day))?;
        let link = at + 1 + usize::from(!self.english && self.mark(at + 1, "."));
        let words = Words::embedded();
        let foreign = || !self.english && (words.to.has(self.str(link)) || words.and.has(self.str(link)));
        if !(self.dash(link) || matches!(self.lex(link), Lex::And | Lex::To) || foreign()) || self.goes_on(at) {
            return None;
        }
        if self.glued(at) && !self.mark(at.wrapping_sub(1), "(") {
            return None;
        }
        let second = link + 1;
        self.number(second, 1, 2).filter(|there| *there > day)?;
        let next = self.modified(second)?;
        let month = second + 1 + usize::from(!self.english && self.mark(second + 1, "."));
        match next.partial {
            Partial::Day { year, month: number, .. } if matches!(self.kind(month), TokenKind::Month(..)) => {
                let partial = Partial::Day { year, month: number, day: day as i8, weekday: None };
                Some(self.found(at, at + 1, partial, DateRule::DayRange))
            }
            _ => None,
        }
    }

    /// The second end of a range that leaves out what the first end said: `April 6-7`, `1939-45`, `May 4 and 5`.
    fn second_end(&self, first: &Expression) -> Option<Expression> {
        let link = first.end;
        let number = link + 1;
        match first.partial {
            Partial::Day { month, day, year, .. }
                if matches!(self.kind(first.end - 1), TokenKind::Number(_, 1 | 2)) =>
            {
                let listed = self.mark(link, ",") && self.days_go_on(link, day);
                let linked = listed || self.dash(link) || matches!(self.lex(link), Lex::And | Lex::To);
                // `May 5, 6, and 7`
                let number = if listed && self.lex(number) == Lex::And { number + 1 } else { number };
                if !linked || self.goes_on(number) {
                    return None;
                }
                let next =
                    self.number(number, 1, 2).filter(|next| (day as u32..=31).contains(next) && *next > day as u32)?;
                let after = number + 1;
                if matches!(self.kind(after), TokenKind::Month(..))
                    || matches!(self.lex(after), Lex::Units(_) | Lex::Counted)
                {
                    return None;
                }
                let comma = after + usize::from(self.mark(after, ","));
                let found = self.number(comma, 4, 4).filter(|year| (1000..2100).contains(year) && !self.goes_on(comma));
                let end = if found.is_some() { comma + 1 } else { after };
                let year = found.map(|year| year as i32).or(year);
                let partial = Partial::Day { year, month, day: next as i8, weekday: None };
                Some(Expression {
                    joined: !listed && !matches!(self.lex(link), Lex::And),
                    ..self.found(number, end, partial, DateRule::DayRange)
                })
            }
            Partial::Year(year) if year > 1000 && (self.dash(link) || self.mark(link, "/")) => {
                let next = self.number(number, 2, 2)? as i32;
                let glued = !self.glued(number + 1) || !matches!(self.kind(number + 1), TokenKind::Word(_));
                (next > year % 100 && glued && !self.goes_on(number)).then(|| Expression {
                    joined: true,
                    ..self.found(number, number + 1, Partial::Year(year - year % 100 + next), DateRule::YearRange)
                })
            }
            _ => None,
        }
    }

    /// `found` with what completes it: a part of the day, `of that year`.
    fn with_tail(&self, mut found: Expression) -> Expression {
        match found.partial {
            Partial::Weekday { weekday, rel: None }
                if self.lex_before(found.start) == Lex::A
                    || matches!(self.str(found.end), "mornings" | "afternoons" | "evenings" | "nights") =>
            {
                found.partial = Partial::EveryWeekday(weekday);
            }
            // `10 Kasım 2020 Salı`, `noyabrın 10-da, çərşənbə axşamı`
            Partial::Day { year, month, day, weekday: None } if !self.english => {
                let next = found.end + usize::from(self.mark(found.end, ",("));
                if let TokenKind::Weekday(weekday, false) = self.kind(next) {
                    found.partial = Partial::Day { year, month, day, weekday: Some(weekday) };
                    found.end = next + 1;
                }
            }
            Partial::Weekday { .. } | Partial::Day { .. } if self.lex(found.end) == Lex::Part => {
                found.end += 1;
                found.part_of_day = true;
            }
            _ => {}
        }
        let open = matches!(
            found.partial,
            Partial::Day { year: None, .. }
                | Partial::Month { year: None, rel: None, .. }
                | Partial::Season { year: None, rel: None, .. }
                | Partial::Quarter { year: None, rel: None, .. }
        );
        // `mayo del año pasado`, `mai de l'an dernier`
        let year = || {
            let link =
                |at: &usize| matches!(self.str(*at), "de" | "del" | "do" | "dell" | "di" | "l" | "'" | "\u{2019}");
            let links = (found.end..found.end + 3).take_while(link).count();
            self.said(found.end + links)
        };
        if open && let Some((Said::Unit(Unit::Year, rel), _, end)) = year() {
            // `im Mai letzten Jahres`
            found.year = Some(rel);
            found.end = end;
        } else if open {
            let at = self.skip(found.end, &[Lex::Of]);
            let mut next = self.skip(at, &[Lex::The]);
            let rel = match self.lex(next) {
                Lex::Rel(rel) => rel,
                Lex::Same if next > at => Rel::That,
                _ => return found,
            };
            next = self.skip(next + 1, &[Lex::Same]);
            if self.lex(next) == Lex::Unit(Unit::Year) && (at > found.end || rel != Rel::This) {
                let rel = if rel == Rel::Next && self.lex(at) == Lex::The { Rel::Following } else { rel };
                found.year = Some(rel);
                found.end = next + 1;
            }
        }
        found
    }
}

/// Ties neighbours with only a link between them: a year said once goes to both, and ranges are marked.
fn join(parser: &Parser<'_>, out: &mut [Expression]) {
    // From the end, so that a year said once reaches through a list: `on 3, 4 and 5 May 1990`.
    for at in (1..out.len()).rev() {
        let (head, tail) = out.split_at_mut(at);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first_mut()) else { continue };
        let between = first.end..second.start;
        // `, and the`: more words are a clause.
        if between.len() > 3 {
            continue;
        }
        let to = |token: usize| {
            parser.lex(token) == Lex::To || !parser.english && Words::embedded().to.has(parser.str(token))
        };
        let linked = between.clone().all(|token| {
            to(token)
                || parser.dash(token)
                || parser.mark(token, ",/")
                || matches!(parser.lex(token), Lex::And | Lex::The | Lex::In)
        });
        if !linked || between.is_empty() {
            continue;
        }
        let ranged = between.clone().any(|token| parser.dash(token) || to(token));
        second.joined |= ranged || parser.str(first.start.wrapping_sub(1)).eq_ignore_ascii_case("between");
        let listed = between.len() == 1 || ranged;
        if listed
            && let (Some((None, early)), Some((Some(year), late))) = (year_of(&first.partial), year_of(&second.partial))
        {
            // From November to March 1990 began in 1989.
            let year = if early > late && ranged { year - 1 } else { year };
            set_year(&mut first.partial, year);
        }
    }
}

/// The year of a partial that may lack one, and its place in the year.
fn year_of(partial: &Partial) -> Option<(Option<i32>, i8)> {
    match *partial {
        Partial::Day { year, month, .. } | Partial::Month { year, month, rel: None } => Some((year, month)),
        Partial::Season { year, season, rel: None } => Some((year, season * 3)),
        _ => None,
    }
}

fn set_year(partial: &mut Partial, found: i32) {
    match partial {
        Partial::Day { year, .. } | Partial::Month { year, .. } | Partial::Season { year, .. } => *year = Some(found),
        _ => {}
    }
}
