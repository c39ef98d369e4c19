//! Positions of words in one segment, and how its texts are laid out.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use crate::index::schema::schema;
use crate::index::terms;

/// So many postings are looked at one after the other, which is quicker than to keep them in order: a word has about six
/// terms, a wildcard up to ten thousand.
const FEW: usize = 8;

/// Postings of several terms of one field, read together. Documents are asked for in rising order.
pub(crate) struct Union {
    postings: Vec<SegmentPostings>,
    /// Where each stands; those that have ended are left out.
    heads: BinaryHeap<Reverse<(DocId, usize)>>,
}

/// Positions of one word in one document, at most.
// Of a page of 32 MB, as large as is read, with a word of a letter and a blank at each.
const MOST_POSITIONS: u32 = 16 << 20;

/// Adds the positions of the word in the document at which `postings` stand. How many there are stands in the file, and a bit
/// that has turned there would ask for sixteen gigabytes; `search check` tells of it.
fn append(postings: &mut SegmentPostings, out: &mut Vec<u32>) {
    if postings.term_freq() <= MOST_POSITIONS {
        postings.append_positions_with_offset(0, out);
    }
}

impl Union {
    pub(crate) fn open(segment: &SegmentReader, terms: &[Term]) -> tantivy::Result<Union> {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            let index = segment.inverted_index(term.field())?;
            postings.extend(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let heads = postings.iter().enumerate().map(|(at, postings)| Reverse((postings.doc(), at)));
        let heads = heads.filter(|Reverse((doc, _))| *doc != TERMINATED).collect();
        Ok(Union { postings, heads })
    }

    /// The positions of any of the terms in `doc`, sorted, each once.
    pub(crate) fn positions(&mut self, doc: DocId) -> Vec<u32> {
        let mut out = Vec::new();
        if self.postings.len() <= FEW {
            let mut here = 0;
            for postings in &mut self.postings {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    append(postings, &mut out);
                    here += 1;
                }
            }
            // Positions of one term come sorted, each once.
            if here > 1 {
                out.sort_unstable();
                out.dedup();
            }
            debug_assert!(out.is_sorted(), "positions of one term come sorted");
            return out;
        }
        let mut here = Vec::new();
        // Only those that stand before or on the document are touched; of ten thousand that is a handful.
        while let Some(&Reverse((head, at))) = self.heads.peek() {
            if head > doc {
                break;
            }
            self.heads.pop();
            let postings = &mut self.postings[at];
            // Documents are asked for in rising order, so no posting is sought backwards.
            let head = if head < doc { postings.seek(doc) } else { head };
            if head == doc {
                append(postings, &mut out);
                here.push(Reverse((head, at)));
            } else if head != TERMINATED {
                self.heads.push(Reverse((head, at)));
            }
        }
        self.heads.extend(here);
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Where paragraphs and sentences begin in the titles or bodies of a segment, and which words have capitals.
pub(crate) struct Layout {
    marks: Vec<(&'static str, Union)>,
}

impl Layout {
    /// Those of `marks`, of which alone something may be asked.
    pub(crate) fn open(segment: &SegmentReader, title: bool, marks: &[&'static str]) -> tantivy::Result<Layout> {
        let field = if title { schema().1.title_layout } else { schema().1.body_layout };
        let open = |mark| Ok((mark, Union::open(segment, &[Term::from_field_text(field, mark)])?));
        Ok(Layout { marks: marks.iter().copied().map(open).collect::<tantivy::Result<_>>()? })
    }

    /// The positions of any of `marks` in `doc`, sorted.
    fn any(&mut self, doc: DocId, marks: &[&str]) -> Vec<u32> {
        let mut out = self.of_marks(doc, marks).concat();
        out.sort_unstable();
        out
    }

    /// The positions of each of `marks` in `doc`, each list sorted.
    pub(crate) fn of_marks(&mut self, doc: DocId, marks: &[&str]) -> Vec<Vec<u32>> {
        debug_assert!(marks.iter().all(|mark| self.marks.iter().any(|(open, _)| open == mark)), "{marks:?} are open");
        let asked = self.marks.iter_mut().filter(|(mark, _)| marks.contains(mark));
        asked.map(|(_, union)| union.positions(doc)).collect()
    }

    /// The positions on which paragraphs begin; a title has none.
    pub(crate) fn paragraphs(&mut self, doc: DocId) -> Vec<u32> {
        self.any(doc, &[terms::PARAGRAPH])
    }

    /// The positions on which sentences begin; a title has none.
    pub(crate) fn sentences(&mut self, doc: DocId) -> Vec<u32> {
        self.any(doc, &[terms::PARAGRAPH, terms::SENTENCE])
    }

    /// The positions of words with capitals of one of these kinds.
    pub(crate) fn capitals(&mut self, doc: DocId, kinds: &[&str]) -> Vec<u32> {
        self.any(doc, kinds)
    }
}
