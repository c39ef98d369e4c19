//! Ranking: BM25F over title and body (Robertson, Zaragoza and Taylor, CIKM 2004), one saturation a part of the query.
//!
//! What each rule gives on judged queries is in `../README.md`.

pub(crate) mod feedback;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use crate::engine::local::matching::terms;
use crate::engine::plan::{Averages, Part, TITLE, Term, Terms};
use crate::index::schema::schema;

/// Where occurrences stop to add much.
// The usual value of BM25; 1.5 was worse on judged queries (`../README.md`).
const K1: f64 = 1.2;
/// What an occurrence of another form of a word is worth beside the form that was typed.
// An inflected form is nearly the word, and a rare ending says nothing of the subject.
const VARIANT: f64 = 0.7;
/// How far the length of an article counts against it, from 0 to 1: not at all for a query of one part, where every
/// match holds all that was asked, the saturation bounds what a long article gains, and a fuller one is the better
/// answer; and more with every further part, since a long article holds many words by chance (He and Ounis, ECIR 2005,
/// on normalisation and query length).
fn length_weight(parts: usize) -> f64 {
    (0.2 * parts.saturating_sub(1) as f64).min(0.6)
}

/// Upper bound of the score of a part: no saturation reaches `K1 + 1`.
fn bound(part: &Part) -> f64 {
    part.repeats * part.weight * (K1 + 1.0)
}

/// The score of one part in one document, taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    /// Occurrences of the typed form in the title.
    pub(crate) title: f64,
    /// Occurrences of the typed form in the body.
    pub(crate) body: f64,
    /// Occurrences of other forms in both.
    pub(crate) variants: f64,
    /// Inverse document frequency, times how often the query holds the part and what a name weighs more.
    pub(crate) weight: f64,
    /// What it adds to the score.
    pub(crate) score: f64,
}

/// The parts of a query over one segment.
pub(crate) struct Scorer {
    parts: Vec<OpenPart>,
    /// Numbers of the parts, what can add most first, and what those from there on add at most.
    by_bound: Vec<(usize, f64)>,
    /// What each part adds to the score of the document at hand, in query order.
    shares: Vec<f64>,
    lengths: Lengths,
    /// Words of the title that is the query, and what such an article gains.
    titled: Option<(u32, f64)>,
    /// The query is filters alone: then articles with a name as typed come before those with other spellings of it.
    filters: bool,
}

/// Lengths of documents as the saturation sees them.
struct Lengths {
    title: FieldNormReader,
    body: FieldNormReader,
    average: f64,
    weight: f64,
}

impl Lengths {
    /// For a query of so many parts.
    fn open(parts: usize, averages: Averages, segment: &SegmentReader) -> tantivy::Result<Lengths> {
        let (_, f) = schema();
        Ok(Lengths {
            title: segment.get_fieldnorms_reader(f.title)?,
            body: segment.get_fieldnorms_reader(f.body)?,
            average: averages.length(),
            weight: length_weight(parts),
        })
    }

    /// What `count` of `part` is worth in `doc`, for a part of weight 1; `filters` where the query is nothing else.
    fn worth(&self, part: &OpenPart, count: Count, filters: bool, doc: DocId) -> f64 {
        let frequency = count.frequency(part.title);
        let found = if frequency > 0.0 { self.saturation(frequency, doc) } else { 0.0 };
        let typed = part.filter && filters && count.title + count.body > 0.0;
        // More than any saturation: each bearer of the name as typed before each of other spellings.
        if typed { found + K1 + 1.0 } else { found }
    }

    /// What `frequency` occurrences in `doc` count: from 0 to below `K1 + 1`.
    fn saturation(&self, frequency: f64, doc: DocId) -> f64 {
        let length = TITLE * f64::from(self.title.fieldnorm(doc)) + f64::from(self.body.fieldnorm(doc));
        let norm = K1 * (1.0 - self.weight + self.weight * length / self.average);
        frequency * (K1 + 1.0) / (frequency + norm)
    }
}

struct OpenPart {
    words: Vec<OpenForms>,
    instead: OpenPlaces,
    factor: f64,
    title: f64,
    filter: bool,
}

#[derive(Default)]
struct OpenForms {
    typed: OpenPlaces,
    others: OpenPlaces,
    inclusive: OpenPlaces,
}

#[derive(Default)]
struct OpenPlaces {
    title: Vec<SegmentPostings>,
    body: Vec<SegmentPostings>,
}

impl OpenPlaces {
    fn open(terms: &Terms, segment: &SegmentReader) -> tantivy::Result<OpenPlaces> {
        let all = |terms: &[Term]| -> tantivy::Result<Vec<SegmentPostings>> {
            let mut out = Vec::with_capacity(terms.len());
            for term in terms {
                let term = terms::lowered(term);
                let index = segment.inverted_index(term.field())?;
                out.extend(index.read_postings(&term, IndexRecordOption::WithFreqs)?);
            }
            Ok(out)
        };
        Ok(OpenPlaces { title: all(&terms.title)?, body: all(&terms.body)? })
    }
}

/// Occurrences of one word in one document.
#[derive(Clone, Copy)]
struct Count {
    title: f64,
    body: f64,
    title_variants: f64,
    body_variants: f64,
}

impl Count {
    /// Occurrences, those in the title times `title`.
    fn frequency(self, title: f64) -> f64 {
        title * (self.title + VARIANT * self.title_variants) + self.body + VARIANT * self.body_variants
    }
}

impl OpenForms {
    fn count(&mut self, doc: DocId) -> Count {
        let (title, body) = (count(&mut self.typed.title, doc), count(&mut self.typed.body, doc));
        // A field of stems holds the typed form too where its stem is another word.
        // An article may hold the typed word oftener than its stem field knows of: never less than none.
        let stems = |stems: f64, exact: f64, others: f64| others + (stems - exact).max(0.0);
        Count {
            title,
            body,
            title_variants: stems(count(&mut self.inclusive.title, doc), title, count(&mut self.others.title, doc)),
            body_variants: stems(count(&mut self.inclusive.body, doc), body, count(&mut self.others.body, doc)),
        }
    }
}

impl OpenPart {
    /// The counts of the word that is found least, and of what the words are where they are written otherwise.
    fn count(&mut self, doc: DocId) -> Count {
        let mut least = Count { title: 0.0, body: 0.0, title_variants: 0.0, body_variants: 0.0 };
        for (at, word) in self.words.iter_mut().enumerate() {
            let found = word.count(doc);
            // An upper bound of how often they stand side by side, without reading positions.
            if at == 0 || found.frequency(self.title) < least.frequency(self.title) {
                least = found;
            }
        }
        least.title_variants += count(&mut self.instead.title, doc);
        least.body_variants += count(&mut self.instead.body, doc);
        least
    }
}

impl Scorer {
    /// The scorer of `segment`. `titled` is the number of words in a title that is the query, where it can be one.
    pub(crate) fn open(
        parts: &[Part],
        titled: Option<u32>,
        averages: Averages,
        segment: &SegmentReader,
    ) -> tantivy::Result<Scorer> {
        let mut open = Vec::with_capacity(parts.len());
        for part in parts {
            let mut words = Vec::with_capacity(part.words.len());
            for word in &part.words {
                words.push(OpenForms {
                    typed: OpenPlaces::open(&word.typed, segment)?,
                    others: OpenPlaces::open(&word.others, segment)?,
                    inclusive: OpenPlaces::open(&word.inclusive, segment)?,
                });
            }
            open.push(OpenPart {
                words,
                instead: OpenPlaces::open(&part.instead, segment)?,
                factor: part.repeats * part.weight,
                title: part.title,
                filter: part.is_filter(),
            });
        }
        let words = || parts.iter().filter(|part| !part.is_filter());
        let bound = words().map(bound).sum();
        let lengths = Lengths::open(words().count(), averages, segment)?;
        // Beside words the mentions alone decide: there the spelling is one hint among several.
        let filters = words().next().is_none();
        let (by_bound, shares) = (by_bound(&open, filters), vec![0.0; open.len()]);
        Ok(Scorer { parts: open, by_bound, shares, lengths, titled: titled.map(|words| (words, bound)), filters })
    }

    /// The score of `doc`. Documents come in rising order.
    pub(crate) fn score(&mut self, doc: DocId) -> f64 {
        self.score_from(doc, 0.0).unwrap_or_default()
    }

    /// The score of `doc`; `None` where it is below `least` for certain, which mostly shows without a look at the parts that
    /// add little (MaxScore; Turtle and Flood, Information Processing and Management, 1995). Documents come in rising order.
    pub(crate) fn score_from(&mut self, doc: DocId, least: f64) -> Option<f64> {
        let mut bonus = self.titled.map_or(0.0, |(_, bonus)| bonus);
        let mut sum = 0.0;
        for (at, rest) in &self.by_bound {
            if sum + rest + bonus + ROUNDING < least {
                return None;
            }
            let part = &mut self.parts[*at];
            let count = part.count(doc);
            if count.title == 0.0 && !part.filter {
                bonus = 0.0;
            }
            self.shares[*at] = part.factor * self.lengths.worth(part, count, self.filters, doc);
            sum += self.shares[*at];
        }
        // In query order, so that the sum is the same whatever the segments.
        let score: f64 = self.shares.iter().sum();
        // All parts are in a title of as many words: nothing else stands there.
        let is_titled = self.titled.is_some_and(|(words, _)| bonus > 0.0 && self.lengths.title.fieldnorm(doc) == words);
        Some(if is_titled { score + bonus } else { score })
    }

    /// What each part adds to the score of `doc`, in query order.
    pub(crate) fn explain(&mut self, doc: DocId) -> Vec<Share> {
        let shares = self.parts.iter_mut().map(|part| {
            let count = part.count(doc);
            let found = self.lengths.worth(part, count, self.filters, doc);
            let variants = count.title_variants + count.body_variants;
            let weight = part.factor;
            Share { title: count.title, body: count.body, variants, weight, score: weight * found }
        });
        shares.collect()
    }
}

/// Scores are rounded to four decimals before they are compared, and a sum in another order differs by less.
const ROUNDING: f64 = 1e-4;

/// The parts by what they can add, most first, each with the sum from it to the last.
fn by_bound(parts: &[OpenPart], filters: bool) -> Vec<(usize, f64)> {
    // A name as typed counts twice where nothing else is asked.
    let most = |part: &OpenPart| part.factor * (K1 + 1.0) * if filters && part.filter { 2.0 } else { 1.0 };
    let mut order: Vec<(usize, f64)> = parts.iter().map(most).enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut rest = 0.0;
    for (_, bound) in order.iter_mut().rev() {
        rest += *bound;
        *bound = rest;
    }
    order
}

/// Occurrences in `doc`, over all of `postings`.
fn count(postings: &mut [SegmentPostings], doc: DocId) -> f64 {
    let mut sum = 0;
    for postings in postings {
        // Documents come in rising order; an ended list must not be sought.
        if postings.doc() < doc && postings.doc() != TERMINATED {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            sum += postings.term_freq();
        }
    }
    f64::from(sum)
}
