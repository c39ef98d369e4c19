//! Filters of a plan: sites, languages, kinds, dates and lengths.

use super::field::Field;
use super::lexicon::Lexicon;
use super::matches::{DateColumn, Match};
use super::planner::Planner;
use super::target::TargetKind;
use crate::date::{Date, Granularity, Interval};
use crate::extract::Kind;
use crate::index::document::kind_number;
use crate::query::{self, DateFilter, DateOf};

impl<L: Lexicon> Planner<'_, L> {
    /// The articles with what a field is asked for.
    pub(super) fn field(&mut self, field: &query::Field, counts: bool) -> Result<Match, L::Error> {
        Ok(match field {
            query::Field::Text(scope, node) => self.node(node, Some(*scope), counts)?,
            query::Field::Name(role, name, spelling) => self.name(*role, name, *spelling, counts)?,
            query::Field::Near(centre, metres) => self.near(centre, *metres, counts)?,
            query::Field::Site(site) => Match::term(Field::Site.term(site)),
            query::Field::Lang(code) => Match::term(Field::Lang.term(code)),
            query::Field::Has(query::CHANGES) => Match::Dated(DateColumn::Changed),
            query::Field::Has(what) => Match::term(Field::Has.term(what)),
            query::Field::Kind(name) => {
                let kinds = Kind::ALL.iter().filter(|kind| kind.name() == *name);
                Match::AnyNumber(Field::Kind, kinds.map(|kind| kind_number(*kind)).collect())
            }
            query::Field::Date(of, filter) => self.date(*of, filter, counts),
            query::Field::Length { min, max } => {
                Match::Length { min: u64::from(*min), max: max.map_or(u64::MAX, u64::from) }
            }
        })
    }

    fn date(&mut self, asked_of: DateOf, filter: &DateFilter, counts: bool) -> Match {
        let of = match asked_of {
            DateOf::Published => DateColumn::Published,
            DateOf::Captured => DateColumn::Captured,
            DateOf::Changed => DateColumn::Changed,
            DateOf::About | DateOf::AboutOverlap => DateColumn::Mentioned,
        };
        let range = match filter {
            DateFilter::None => return Match::none_of(Match::Dated(of)),
            DateFilter::Within(range) => range,
        };
        let asked = Interval {
            // An open end: no date of an article lies outside.
            start: range.from.unwrap_or(Date::MIN),
            end: range.to.unwrap_or(Date::MAX),
            granularity: Granularity::Range,
        };
        let overlap = asked_of == DateOf::AboutOverlap;
        // Dates of publication and capture stand nowhere in the body that a snippet could show.
        if counts && of == DateColumn::Mentioned {
            self.targets.push(TargetKind::Date { asked, overlap });
        }
        Match::Days { of, asked, overlap }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_knows_the_kinds_that_the_extractor_gives() {
        let mut given = Kind::ALL.map(Kind::name);
        given.sort_unstable();
        let mut known: Vec<&str> = query::KINDS.to_vec();
        known.sort_unstable();
        assert_eq!(known, given);
    }
}
