//! Ranking: BM25F over title and body (Robertson, Zaragoza and Taylor, CIKM 2004), one saturation a part of the query.
//!
//! A part of a query may be found in several variants, the word itself and its stems; the best of them counts, so that
//! an inflected form never adds to the exact one. Title occurrences weigh double inside the one saturation. Lengths come from
//! the surface words. Constants: `k1` 1.5, `b` 0.75, title weight 2, chosen on CISI, TIME, LISA and Cranfield.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::index::Totals;
use crate::index::schema::schema;

const K1: f64 = 1.5;
const B: f64 = 0.75;
const TITLE: f64 = 2.0;
/// What a stem is worth beside the word itself.
const STEM: f64 = 0.9;

/// One part of the query that scores.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The exact form first.
    variants: Vec<Variant>,
    /// How often the query holds it.
    pub(crate) repeats: f64,
    /// The want that shows it in a snippet.
    pub(crate) want: usize,
}

#[derive(Clone, Debug)]
struct Variant {
    title: Vec<Term>,
    body: Vec<Term>,
    /// Worth of the variant, times its inverse document frequency.
    weight: f64,
}

/// Averages of the index that scores rest on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Averages {
    documents: f64,
    length: f64,
}

impl Averages {
    /// From the sums that the commit carries: the same whatever the segments and however many deleted documents they
    /// still hold.
    pub(crate) fn of(totals: Totals) -> Averages {
        let documents = totals.pages as f64;
        let length = totals.words as f64 + (TITLE - 1.0) * totals.title_words as f64;
        Averages { documents, length: (length / documents.max(1.0)).max(1.0) }
    }
}

/// Inverse document frequency as in BM25, never negative.
fn idf(documents: f64, frequency: f64) -> f64 {
    (1.0 + (documents - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln()
}

impl Part {
    /// The part for terms of the word itself and terms of its stems. `title` and `body` say which of the two fields count.
    pub(crate) fn new(
        searcher: &Searcher,
        averages: Averages,
        exact: (Vec<Term>, Vec<Term>),
        stemmed: (Vec<Term>, Vec<Term>),
        want: usize,
    ) -> tantivy::Result<Part> {
        let mut variants = Vec::with_capacity(2);
        for ((title, body), worth) in [(exact, 1.0), (stemmed, STEM)] {
            if title.is_empty() && body.is_empty() {
                continue;
            }
            // How many documents hold a variant is not known without reading its postings. A word of the title is
            // mostly in the body too, so the larger field stands for both.
            let sum = |terms: &[Term]| -> tantivy::Result<u64> {
                terms.iter().map(|term| searcher.doc_freq(term)).sum::<tantivy::Result<u64>>()
            };
            let frequency = sum(&title)?.max(sum(&body)?) as f64;
            let weight = worth * idf(averages.documents, frequency.min(averages.documents));
            variants.push(Variant { title, body, weight });
        }
        Ok(Part { variants, repeats: 1.0, want })
    }

    /// The weight of its exact form: how much it tells of an article to hold it.
    pub(crate) fn weight(&self) -> f64 {
        self.variants.first().map_or(0.0, |variant| variant.weight)
    }
}

/// The parts of a query over one segment.
pub(crate) struct Scorer {
    parts: Vec<(f64, Vec<OpenVariant>)>,
    title_lengths: FieldNormReader,
    body_lengths: FieldNormReader,
    average: f64,
}

struct OpenVariant {
    title: Vec<SegmentPostings>,
    body: Vec<SegmentPostings>,
    weight: f64,
}

impl Scorer {
    pub(crate) fn open(parts: &[Part], averages: Averages, segment: &SegmentReader) -> tantivy::Result<Scorer> {
        let (_, f) = schema();
        let open_all = |terms: &[Term]| -> tantivy::Result<Vec<SegmentPostings>> {
            let mut out = Vec::with_capacity(terms.len());
            for term in terms {
                let index = segment.inverted_index(term.field())?;
                out.extend(index.read_postings(term, IndexRecordOption::WithFreqs)?);
            }
            Ok(out)
        };
        let mut open = Vec::with_capacity(parts.len());
        for part in parts {
            let mut variants = Vec::with_capacity(part.variants.len());
            for variant in &part.variants {
                let (title, body) = (open_all(&variant.title)?, open_all(&variant.body)?);
                variants.push(OpenVariant { title, body, weight: variant.weight });
            }
            open.push((part.repeats, variants));
        }
        Ok(Scorer {
            parts: open,
            title_lengths: segment.get_fieldnorms_reader(f.title)?,
            body_lengths: segment.get_fieldnorms_reader(f.body)?,
            average: averages.length,
        })
    }

    /// The score of `doc`. Documents come in rising order. Parts are summed in query order, so that the sum is the same
    /// whatever the segments.
    pub(crate) fn score(&mut self, doc: DocId) -> f64 {
        let length = TITLE * f64::from(self.title_lengths.fieldnorm(doc)) + f64::from(self.body_lengths.fieldnorm(doc));
        let norm = K1 * (1.0 - B + B * length / self.average);
        let mut score = 0.0;
        for (repeats, variants) in &mut self.parts {
            let mut best = 0.0_f64;
            for variant in variants {
                let frequency = TITLE * count(&mut variant.title, doc) + count(&mut variant.body, doc);
                if frequency > 0.0 {
                    best = best.max(variant.weight * frequency * (K1 + 1.0) / (frequency + norm));
                }
            }
            score += *repeats * best;
        }
        score
    }
}

/// Occurrences in `doc`, over all of `postings`.
fn count(postings: &mut [SegmentPostings], doc: DocId) -> f64 {
    let mut sum = 0;
    for postings in postings {
        if postings.doc() < doc && postings.doc() != TERMINATED {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            sum += postings.term_freq();
        }
    }
    f64::from(sum)
}
