//! The documents of a match, found once and looked at often: by a list, by several facets and by a timeline.

use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader, TERMINATED};

use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::collect;
use crate::engine::local::matching::filter::Matching;
use crate::engine::local::stop::Stop;
use crate::index::Reader;

/// What a filter may find for each document of the match before it is cheaper to look the documents up in it than to
/// walk over it: a jump in a list of postings costs about as much as eight steps.
const JUMP: u32 = 8;

/// The living documents of a match, segment by segment.
#[derive(Debug)]
pub(crate) struct Documents<'r> {
    reader: &'r Reader,
    /// In rising order.
    segments: Vec<Vec<DocId>>,
    sets: Arc<Vec<(SegmentId, BitSet)>>,
}

impl<'r> Documents<'r> {
    /// Those of `matching`.
    pub(crate) fn of(reader: &'r Reader, matching: &Matching, stop: Stop<'_>) -> Fallible<Documents<'r>> {
        let segments = collect::documents(reader, matching, stop)?;
        let set = |(segment, documents): (&SegmentReader, &Vec<DocId>)| {
            let mut set = BitSet::with_max_value(segment.max_doc());
            for doc in documents {
                set.insert(*doc);
            }
            (segment.segment_id(), set)
        };
        let sets = Arc::new(reader.searcher.segment_readers().iter().zip(&segments).map(set).collect());
        Ok(Documents { reader, segments, sets })
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.segments.iter().map(Vec::len).sum::<usize>() as u64
    }

    /// Each segment with its documents.
    pub(crate) fn segments(&self) -> impl Iterator<Item = (&'r SegmentReader, &[DocId])> {
        self.reader.searcher.segment_readers().iter().zip(self.segments.iter().map(Vec::as_slice))
    }

    /// How many of them `filter` finds.
    pub(crate) fn count_in(&self, filter: &Matching, stop: Stop<'_>) -> Fallible<u64> {
        let weight = filter.weight(EnableScoring::disabled_from_searcher(&self.reader.searcher))?;
        let mut pace = stop.pace();
        let mut count = 0;
        for ((segment, documents), (_, set)) in self.segments().zip(self.sets.iter()) {
            if documents.is_empty() {
                continue;
            }
            let mut found = weight.scorer(segment, 1.0)?;
            if found.size_hint() / JUMP > documents.len() as u32 {
                for doc in documents {
                    pace.step()?;
                    // A scorer must not be asked to go back.
                    let at = if found.doc() < *doc { found.seek(*doc) } else { found.doc() };
                    count += u64::from(at == *doc);
                }
                continue;
            }
            while found.doc() != TERMINATED {
                pace.step()?;
                count += u64::from(set.contains(found.doc()));
                found.advance();
            }
        }
        Ok(count)
    }

    /// The same documents as a query, so that what matched is not looked for again.
    pub(crate) fn matching(&self) -> Matching {
        Box::new(FoundQuery(Arc::clone(&self.sets)))
    }
}

#[derive(Clone, Debug)]
struct FoundQuery(Arc<Vec<(SegmentId, BitSet)>>);

impl Query for FoundQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(FoundWeight(self.clone())))
    }
}

struct FoundWeight(FoundQuery);

impl Weight for FoundWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let id = segment.segment_id();
        match self.0.0.iter().find(|(known, _)| *known == id) {
            Some((_, set)) if set.len() > 0 => Ok(Box::new(ConstScorer::new(BitSetDocSet::from(set.clone()), boost))),
            // A segment without documents; there is no other, as the query is asked of the commit that it was made of.
            _ => Ok(Box::new(EmptyScorer)),
        }
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(tantivy::TantivyError::InvalidArgument(format!("document {doc} has no score of ours")))
    }
}
