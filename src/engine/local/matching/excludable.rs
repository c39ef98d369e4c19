//! A query that may stand in an exclusion whatever the order in which its documents are asked for.
//!
//! A workaround for Tantivy 0.27. `Exclude` asks each excluded scorer about every candidate through `seek_danger`, also
//! where that scorer already stands behind the candidate. `PhraseScorer::seek_danger` demands that it does not, and
//! what it answers there is not to be relied on. The default `seek_danger` of `DocSet`, which looks at `doc` first and
//! then calls `seek`, is right in any order: a scorer that hands on all but this one method has it. It can go when
//! `lacking_a_phrase` in the tests passes without.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

/// The documents of `inner`.
pub(crate) fn excludable(inner: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ExcludableQuery(Arc::from(inner)))
}

#[derive(Clone, Debug)]
struct ExcludableQuery(Arc<dyn Query>);

impl Query for ExcludableQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExcludableWeight(self.0.weight(scoring)?)))
    }
}

struct ExcludableWeight(Box<dyn Weight>);

impl Weight for ExcludableWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ExcludableScorer(self.0.scorer(segment, boost)?)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(segment, doc)
    }
}

struct ExcludableScorer(Box<dyn Scorer>);

impl DocSet for ExcludableScorer {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for ExcludableScorer {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
