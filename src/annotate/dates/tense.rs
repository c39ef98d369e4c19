//! The tense around an expression: in which direction an underspecified date lies.

use super::lexicon::Lex;
use super::parser::Parser;
use super::partial::{Expression, Rel};
use super::words::Words;
use crate::date::Date;

/// What the words around an expression say of its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Nothing.
    Open,
    /// `was`, `said`, a word in `-ed`.
    Past,
    /// `would`, `planned`, `is to be`: later than the story, which may itself be past.
    Planned,
    /// `will`: later than the publication.
    Future,
}

impl Tense {
    /// True when the direction is forward.
    pub(super) fn is_ahead(self) -> bool {
        matches!(self, Tense::Future | Tense::Planned)
    }
}

/// The tense of the eight words before an expression and the six after it, in the same sentence. The future wins,
/// for `said it will` is about the future; after the expression only plain words for it count.
pub(super) fn around(parser: &Parser<'_>, found: &Expression) -> Tense {
    let stop = |at: &usize| parser.mark(*at, ".!?;") && !parser.glued(*at + 1);
    let until = matches!(parser.str(found.start.wrapping_sub(1)), "until" | "till");
    let mut tense = Tense::Open;
    // Eight words back and six on: a clause. The nearer word decides among those of one kind.
    for at in (found.start.saturating_sub(8)..found.start).rev().take_while(|at| !stop(at)) {
        match parser.lex(at) {
            _ if is_future(parser, at) => return Tense::Future,
            Lex::Future | Lex::Rel(Rel::Next) => tense = Tense::Planned,
            // `has been put off until Monday`
            _ if until && Words::embedded().put_off.has(parser.str(at)) => return Tense::Future,
            // `is open until`
            _ if matches!(parser.str(at), "is" | "are" | "runs" | "remains") && until => return Tense::Future,
            _ if parser.str(at) == "to" && parser.str(at + 1) == "be" => tense = Tense::Planned,
            _ if tense == Tense::Open && is_past(parser, at) => tense = Tense::Past,
            _ => {}
        }
    }
    if tense != Tense::Open {
        return tense;
    }
    for at in (found.end..found.end + 6).take_while(|at| !stop(at)) {
        if is_future(parser, at) || matches!(parser.str(at), "is" | "are") && parser.str(at + 1) == "to" {
            return Tense::Future;
        }
        if is_past(parser, at) {
            return Tense::Past;
        }
    }
    Tense::Open
}

fn is_future(parser: &Parser<'_>, at: usize) -> bool {
    matches!(parser.str(at), "will" | "shall" | "ll")
}

fn is_past(parser: &Parser<'_>, at: usize) -> bool {
    // Four letters in `ed` are names and nouns (`Fred`, `seed`).
    let word = parser.str(at);
    parser.lex(at) == Lex::Past || word.len() > 4 && word.ends_with("ed") && parser.lower(at)
}

/// The day that is closest to a publication, on the side that the tense tells, of what has one in most years.
pub(super) fn nearest(published: Date, tense: Tense, of: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let dates = (published.year() - 1..=published.year() + 1).filter_map(of);
    dates.min_by_key(|date| weight(published, *date, tense))
}

/// Days from a publication, more where the tense looks the other way.
pub(super) fn weight(published: Date, date: Date, tense: Tense) -> i32 {
    let days = published.until(date).map_or(i32::MAX / 2, |span| span.get_days());
    let wrong = if tense.is_ahead() { days < 0 } else { days > 0 };
    // Chosen on the development articles: past tense leaves little doubt, none leaves the nearest.
    let doubt = if tense == Tense::Past { 240 } else { 90 };
    days.abs() + if wrong { doubt } else { 0 }
}
