//! From what a plan matches to Tantivy's queries.

use super::changes::Changes;
use super::filter::{self, Damage, Matching};
use super::{proximity, terms};
use crate::engine::local::plan::dictionary::{self, FormPostings};
use crate::engine::plan::{DateColumn, Match, Term};
use crate::index::{Superseded, column};

/// What lowering takes beside the match.
pub(crate) struct Lowering<'r> {
    /// Captures that newer ones supersede.
    pub(crate) superseded: &'r Superseded,
    /// When the words of articles changed; of no article where the match does not ask for it.
    pub(crate) changes: Changes,
    /// Where the words stand that wildcard and fuzzy terms stand for.
    pub(crate) postings: FormPostings,
    /// Where filters note that a column is damaged.
    pub(crate) damage: &'r Damage,
}

impl Lowering<'_> {
    /// The query that finds what `planned` matches.
    pub(crate) fn lower(&self, planned: Match) -> Matching {
        let all = |parts: Vec<Match>| parts.into_iter().map(|part| self.lower(part)).collect::<Vec<_>>();
        match planned {
            Match::Nothing => filter::nothing(),
            Match::AnyTerm(terms) => filter::any_term(terms.iter().map(terms::lowered)),
            Match::AnyNumber(field, numbers) => {
                filter::any_term(numbers.into_iter().map(|number| terms::number(field, number)))
            }
            Match::And { must, not } => filter::and(all(must), all(not)),
            Match::Or(parts) => filter::or(all(parts)),
            Match::Phrase { field, words, slop } => filter::phrase(&[terms::handle(field)], &words, slop),
            Match::Placed { place, region, times } => {
                proximity::matching(place.map(&|term: Term| terms::lowered(&term)), region, times)
            }
            Match::Forms(forms, fields) => {
                let postings = self.postings.get(&forms.label).cloned();
                debug_assert!(postings.is_some(), "{}: planned with the words of another index", forms.label);
                let fields = fields.into_iter().map(terms::handle).collect();
                dictionary::holding(postings.unwrap_or_default(), fields)
            }
            Match::Days { of, asked, overlap } => match of {
                DateColumn::Published => filter::days(column::PUBLISHED, asked, overlap, self.damage),
                DateColumn::Mentioned => filter::days(column::DATES, asked, overlap, self.damage),
                // A capture has one moment, which is inside the days where it shares one with them.
                DateColumn::Captured => filter::seconds(column::CAPTURED_AT, asked, self.damage),
                DateColumn::Changed => self.changes.within(asked, self.damage),
            },
            Match::Dated(DateColumn::Published) => filter::any_value(column::PUBLISHED, self.damage),
            Match::Dated(DateColumn::Mentioned) => filter::any_value(column::DATES, self.damage),
            Match::Dated(DateColumn::Captured) => filter::any_value(column::CAPTURED_AT, self.damage),
            Match::Dated(DateColumn::Changed) => self.changes.any(self.damage),
            Match::Length { min, max } => filter::number(column::WORDS, min, max, self.damage),
            Match::Near { centre, km } => filter::near(centre, km, self.damage),
            Match::Superseded => filter::superseded(self.superseded, self.damage),
        }
    }
}
