//! Runs of characters of scripts without blanks between words: their pairs stand for words.

use super::clauses::Loose;
use super::field::{Field, Term, in_body, in_title};
use super::lexicon::Lexicon;
use super::matches::Match;
use super::part::{Terms, WordTerms};
use super::planner::Planner;
use super::target::TargetKind;
use crate::query::Scope;
use crate::text::Span;

impl<L: Lexicon> Planner<'_, L> {
    /// The pairs as words side by side, each of which an article that fills up a list may lack.
    pub(super) fn loose_pairs(&mut self, pairs: Vec<(Span, String)>) -> Vec<Loose<Match>> {
        let typed = |span: Span, planner: &Self| planner.typed_at(span).to_owned();
        let loose = |(span, term): (Span, String), planner: &mut Self| {
            let label = typed(span, planner);
            Loose { label, matching: planner.pair(span, term, None, true) }
        };
        pairs.into_iter().map(|pair| loose(pair, self)).collect()
    }

    /// The articles that hold all the pairs.
    pub(super) fn all_pairs(&mut self, pairs: Vec<(Span, String)>, scope: Option<Scope>, counts: bool) -> Match {
        let must = pairs.into_iter().map(|(span, term)| self.pair(span, term, scope, counts)).collect();
        Match::And { must, not: Vec::new() }
    }

    /// The articles that hold one pair, which was typed at `span`.
    fn pair(&mut self, span: Span, term: String, scope: Option<Scope>, counts: bool) -> Match {
        let title: Vec<Term> = in_title(scope).then(|| Field::TitleStem.term(&term)).into_iter().collect();
        let body: Vec<Term> = in_body(scope).then(|| Field::BodyStem.term(&term)).into_iter().collect();
        let matching = Match::AnyTerm(title.iter().chain(&body).cloned().collect());
        let known = self.targets.iter().position(|kind| matches!(kind, TargetKind::Pair(other) if *other == term));
        match known {
            _ if !counts => {}
            Some(at) => self.repeat(at),
            None => {
                let words = WordTerms { typed: Terms { title, body }, ..WordTerms::default() };
                self.score(vec![words], Some(span.start), TargetKind::Pair(term));
            }
        }
        matching
    }
}
