//! The words of an index for which a wildcard or fuzzy term stands, and the documents that hold one of them.

use std::cmp::{Ordering, Reverse};
use std::collections::binary_heap::PeekMut;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, Score, Searcher, SegmentReader};

use super::walk::{Dictionaries, Dictionary, Walk};
use crate::engine::local::matching::terms::handle;
use crate::engine::plan::{Form, FormWords, Term};
use crate::index::schema::schema;

/// By the term that they fit, where the postings of words stand.
pub(crate) type FormPostings = HashMap<String, Arc<Vec<Postings>>>;

/// Where the postings of the words stand in one field of one segment.
#[derive(Debug)]
pub(crate) struct Postings {
    segment: u32,
    field: Field,
    infos: Vec<TermInfo>,
}

/// Words of which the postings are read for the score; the match has all.
const MOST_COMMON: usize = 32;

/// The fields whose dictionaries hold the words of texts as they are.
fn fields() -> [Field; 2] {
    let f = &schema().1;
    [f.title, f.body]
}

/// The first `most` words, in alphabetical order, of titles and bodies that fit `form`, and where their postings stand.
pub(crate) fn find(
    searcher: &Searcher,
    dictionaries: &Dictionaries,
    form: &Form,
    most: usize,
) -> tantivy::Result<(FormWords, Arc<Vec<Postings>>)> {
    let mut open = Vec::new();
    let mut postings = Vec::new();
    for segment in 0..searcher.segment_readers().len() as u32 {
        for field in fields() {
            if let Some(dictionary) = dictionaries.open(searcher, segment, field)? {
                open.push(dictionary);
                postings.push(Postings { segment, field, infos: Vec::new() });
            }
        }
    }
    let words = merged(&open, form, most, &mut postings)?;
    Ok((words, Arc::new(postings)))
}

/// The words of all dictionaries together; `postings` are those of each.
fn merged(open: &[Dictionary], form: &Form, most: usize, postings: &mut [Postings]) -> tantivy::Result<FormWords> {
    // All are walked side by side, and no further than to the last word that is wanted.
    let heads = open.iter().enumerate().filter_map(|(dictionary, words)| {
        let mut walk = words.fitting(form);
        Some(Head { place: walk.next()?, walk, dictionary })
    });
    let mut heads: BinaryHeap<Head<'_>> = heads.collect();
    let mut words: Vec<(String, u64)> = Vec::new();
    let mut cut = false;
    while let Some(first) = heads.peek() {
        if words.len() == most {
            cut = true;
            break;
        }
        let word = first.walk.word().to_vec();
        let mut count = 0;
        while let Some(mut head) = heads.peek_mut().filter(|head| head.walk.word() == word) {
            let info = open[head.dictionary].info(head.place)?;
            count += u64::from(info.doc_freq);
            postings[head.dictionary].infos.push(info);
            match head.walk.next() {
                Some(place) => head.place = place,
                None => drop(PeekMut::pop(head)),
            }
        }
        words.push((String::from_utf8_lossy(&word).into_owned(), count));
    }
    let mut by_count: Vec<&(String, u64)> = words.iter().collect();
    by_count.sort_by_key(|(_, count)| Reverse(*count));
    let common = by_count.into_iter().take(MOST_COMMON).map(|(word, _)| word.clone()).collect();
    let words = words.into_iter().map(|(word, _)| word).collect();
    Ok(FormWords { label: form.label().to_owned(), words, common, cut })
}

/// For each term of a text the documents that hold it, those deleted since included.
pub(crate) fn doc_freqs(
    searcher: &Searcher,
    dictionaries: &Dictionaries,
    terms: &[&Term],
) -> tantivy::Result<Vec<u64>> {
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_unstable_by_key(|at| terms[*at]);
    let mut counts = vec![0; terms.len()];
    for segment in 0..searcher.segment_readers().len() as u32 {
        for of_field in order.chunk_by(|one, other| terms[*one].field == terms[*other].field) {
            let field = of_field.first().map(|first| handle(terms[*first].field));
            let Some(field) = field else { continue };
            let Some(dictionary) = dictionaries.open(searcher, segment, field)? else { continue };
            let words = of_field.iter().map(|at| terms[*at].text.as_bytes());
            let mut found = Vec::new();
            dictionary.look_up(words, |word, place| found.push((of_field[word], place)));
            for (term, place) in found {
                counts[term] += u64::from(dictionary.info(place)?.doc_freq);
            }
        }
    }
    Ok(counts)
}

/// The word at which a walk stands.
struct Head<'f> {
    walk: Walk<'f>,
    /// Of the word in its dictionary.
    place: u64,
    dictionary: usize,
}

impl Ord for Head<'_> {
    /// The first of the alphabet is the greatest: it lies on top of a heap.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.walk.word(), other.dictionary).cmp(&(self.walk.word(), self.dictionary))
    }
}

impl PartialOrd for Head<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head<'_> {}

/// The documents that hold one of the words with these `postings` in one of `fields`.
pub(crate) fn holding(postings: Arc<Vec<Postings>>, fields: Vec<Field>) -> Box<dyn Query> {
    Box::new(HoldingQuery { postings, fields })
}

#[derive(Clone, Debug)]
struct HoldingQuery {
    postings: Arc<Vec<Postings>>,
    fields: Vec<Field>,
}

impl Query for HoldingQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let segments = scoring.searcher().map(Searcher::segment_readers).unwrap_or_default();
        let segments = segments.iter().map(SegmentReader::segment_id).collect();
        Ok(Box::new(HoldingWeight { query: self.clone(), segments }))
    }
}

struct HoldingWeight {
    query: HoldingQuery,
    /// Which segment has which number.
    segments: Vec<tantivy::index::SegmentId>,
}

impl Weight for HoldingWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let number = self.segments.iter().position(|id| *id == segment.segment_id());
        let mut documents = BitSet::with_max_value(segment.max_doc());
        for postings in self.query.postings.iter() {
            let wanted = Some(postings.segment as usize) == number && self.query.fields.contains(&postings.field);
            let Some((first, rest)) = postings.infos.split_first().filter(|_| wanted) else { continue };
            let index = segment.inverted_index(postings.field)?;
            let mut block = index.read_block_postings_from_terminfo(first, IndexRecordOption::Basic)?;
            let mut rest = rest.iter();
            loop {
                while !block.docs().is_empty() {
                    for doc in block.docs() {
                        documents.insert(*doc);
                    }
                    block.advance();
                }
                let Some(info) = rest.next() else { break };
                index.reset_block_postings_from_terminfo(info, &mut block)?;
            }
        }
        // An empty set has no first document to stand on.
        if documents.len() == 0 {
            return Ok(Box::new(EmptyScorer));
        }
        Ok(Box::new(ConstScorer::from(BitSetDocSet::from(documents))))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("holds a word", 1.0))
    }
}
