//! Ranking: BM25F over title and body (Robertson, Zaragoza and Taylor, CIKM 2004), one saturation a part of the query.
//!
//! What each rule gives on judged queries is in `README.md` beside this file.

pub(crate) mod feedback;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::index::Totals;
use crate::index::schema::schema;

/// Where occurrences stop to add much.
const K1: f64 = 1.2;
/// What an occurrence in the title is worth beside one in the body.
const TITLE: f64 = 2.0;
/// What an occurrence of another form of a word is worth beside the form that was typed.
const VARIANT: f64 = 0.7;
/// What a name weighs beside another word that is as rare.
const NAME: f64 = 1.5;
/// What an occurrence of a name in the title is worth.
const NAME_TITLE: f64 = 3.0;

/// What a filter by a place or an organisation weighs beside the words of a query: it puts articles that are about what
/// was asked for before those that name it in passing.
pub(crate) const PLACE: f64 = 3.0;
/// What a filter by a person weighs: about what the rarity of a name in plain words gives it.
pub(crate) const PERSON: f64 = 6.0;

/// How far the length of an article counts against it, from 0 to 1: not at all for a query of one part, where every
/// match holds all that was asked, the saturation bounds what a long article gains, and a fuller one is the better
/// answer; and more with every further part, since a long article holds many words by chance (He and Ounis, ECIR 2005,
/// on normalisation and query length).
fn length_weight(parts: usize) -> f64 {
    (0.2 * parts.saturating_sub(1) as f64).min(0.6)
}

/// Terms in titles and terms in bodies.
pub(crate) type Terms = (Vec<Term>, Vec<Term>);

/// The terms of one word in all its forms.
#[derive(Clone, Debug, Default)]
struct Forms {
    /// The word as typed.
    exact: Terms,
    /// Terms that count other forms only.
    others: Terms,
    /// Terms in the fields of stems that count the typed form too.
    stems: Terms,
}

impl Forms {
    /// A field of stems holds what differs from its stem. So the typed word under its own name there is other forms
    /// alone, and under another stem it is the typed form too.
    fn new(exact: Terms, stemmed: Terms) -> Forms {
        let (_, f) = schema();
        let sort = |exact: &[Term], stemmed: Vec<Term>| {
            let is_typed = |term: &Term| exact.iter().any(|typed| typed.value().as_str() == term.value().as_str());
            let is_surface = |term: &Term| term.field() == f.title || term.field() == f.body;
            let new = stemmed.into_iter().filter(|term| !exact.contains(term));
            new.partition::<Vec<Term>, _>(|term| is_surface(term) || is_typed(term))
        };
        let (other_titles, title_stems) = sort(&exact.0, stemmed.0);
        let (other_bodies, body_stems) = sort(&exact.1, stemmed.1);
        Forms { exact, others: (other_titles, other_bodies), stems: (title_stems, body_stems) }
    }

    /// About how many documents hold one of the terms, out of `documents`. The typed form is mostly among the stems,
    /// a word of the title mostly in the body too, so the larger of the two stands for both; other forms are taken to be
    /// independent. To know better, all postings would have to be read.
    fn frequency(&self, searcher: &Searcher, documents: f64) -> tantivy::Result<f64> {
        let without = |terms: &[Term]| -> tantivy::Result<f64> {
            terms.iter().try_fold(1.0, |share, term| {
                let found = (searcher.doc_freq(term)? as f64).min(documents);
                Ok(share * (1.0 - found / documents.max(1.0)))
            })
        };
        let titles = without(&self.exact.0)?.min(without(&self.stems.0)?) * without(&self.others.0)?;
        let bodies = without(&self.exact.1)?.min(without(&self.stems.1)?) * without(&self.others.1)?;
        Ok(documents * (1.0 - titles.min(bodies)))
    }
}

/// One part of the query that scores: a word in all its forms, or several words that stand side by side.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    words: Vec<Forms>,
    /// About how many documents hold it.
    pub(crate) found: f64,
    /// Inverse document frequency.
    idf: f64,
    /// 1, or more for a name.
    emphasis: f64,
    /// What an occurrence in the title is worth.
    title: f64,
    /// How often the query holds it.
    pub(crate) repeats: f64,
    /// The want that shows it in a snippet.
    pub(crate) want: usize,
    /// It is a filter by a name: it tells how much an article is about it, and is no word of the query.
    filter: bool,
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

    /// Pages of the index.
    pub(crate) fn documents(self) -> f64 {
        self.documents
    }

    /// Inverse document frequency as in BM25, never negative.
    fn idf(self, frequency: f64) -> f64 {
        (1.0 + (self.documents - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln()
    }
}

impl Part {
    /// The part for terms of the word itself and terms of its stems, in titles and in bodies.
    pub(crate) fn new(
        searcher: &Searcher,
        averages: Averages,
        exact: Terms,
        stemmed: Terms,
        want: usize,
    ) -> tantivy::Result<Part> {
        let word = Forms::new(exact, stemmed);
        let found = word.frequency(searcher, averages.documents)?;
        let idf = averages.idf(found);
        Ok(Part { words: vec![word], found, idf, emphasis: 1.0, title: TITLE, repeats: 1.0, want, filter: false })
    }

    /// One part of several words that stand side by side: as rare as the rarest of them and found as often as the one
    /// that is found least, an upper bound that needs no positions. `None` for no parts.
    pub(crate) fn joined(parts: Vec<Part>) -> Option<Part> {
        let idf = parts.iter().map(|part| part.idf).fold(0.0, f64::max);
        let found = parts.iter().map(|part| part.found).fold(f64::INFINITY, f64::min);
        let mut parts = parts.into_iter();
        let mut all = Part { idf, found, ..parts.next()? };
        all.words.extend(parts.flat_map(|part| part.words));
        Some(all)
    }

    /// The part for a filter by a name: for each word of the name the terms for it as typed, and those for all spellings.
    /// Every match holds it, so how rare it is says nothing; `weight` takes its place.
    pub(crate) fn evidence(words: impl IntoIterator<Item = (Vec<Term>, Vec<Term>)>, want: usize, weight: f64) -> Part {
        let title = schema().1.title;
        let forms = |(exact, all): (Vec<Term>, Vec<Term>)| Forms {
            exact: exact.into_iter().partition(|term| term.field() == title),
            others: Terms::default(),
            stems: (Vec::new(), all),
        };
        let words = words.into_iter().map(forms).collect();
        Part { words, found: 0.0, idf: weight, emphasis: 1.0, title: TITLE, repeats: 1.0, want, filter: true }
    }

    /// True for a filter by a name.
    pub(crate) fn is_filter(&self) -> bool {
        self.filter
    }

    /// The part as a name, which weighs more.
    pub(crate) fn named(self) -> Part {
        Part { emphasis: NAME, title: NAME_TITLE, ..self }
    }

    /// The part with its weight times `factor`.
    pub(crate) fn times(self, factor: f64) -> Part {
        Part { emphasis: self.emphasis * factor, ..self }
    }

    /// How much it tells of an article to hold it once more.
    pub(crate) fn weight(&self) -> f64 {
        self.idf * self.emphasis
    }

    /// No score of the part is as high.
    fn bound(&self) -> f64 {
        self.repeats * self.weight() * (K1 + 1.0)
    }
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
            average: averages.length,
            weight: length_weight(parts),
        })
    }

    /// What `count` of `part` is worth in `doc`, for a part of weight 1; `filters` where the query is nothing else.
    fn worth(&self, part: &OpenPart, count: Count, filters: bool, doc: DocId) -> f64 {
        let frequency = count.frequency(part.title);
        let found = if frequency > 0.0 { self.saturation(frequency, doc) } else { 0.0 };
        let typed = part.filter && filters && count.title + count.body > 0.0;
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
    factor: f64,
    title: f64,
    filter: bool,
}

#[derive(Default)]
struct OpenForms {
    exact: OpenPlaces,
    others: OpenPlaces,
    stems: OpenPlaces,
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
                let index = segment.inverted_index(term.field())?;
                out.extend(index.read_postings(term, IndexRecordOption::WithFreqs)?);
            }
            Ok(out)
        };
        Ok(OpenPlaces { title: all(&terms.0)?, body: all(&terms.1)? })
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
        let (title, body) = (count(&mut self.exact.title, doc), count(&mut self.exact.body, doc));
        // A field of stems holds the typed form too where its stem is another word.
        let stems = |stems: f64, exact: f64, others: f64| others + (stems - exact).max(0.0);
        Count {
            title,
            body,
            title_variants: stems(count(&mut self.stems.title, doc), title, count(&mut self.others.title, doc)),
            body_variants: stems(count(&mut self.stems.body, doc), body, count(&mut self.others.body, doc)),
        }
    }
}

impl OpenPart {
    /// The counts of the word that is found least.
    fn count(&mut self, doc: DocId) -> Count {
        let mut least = Count { title: 0.0, body: 0.0, title_variants: 0.0, body_variants: 0.0 };
        for (at, word) in self.words.iter_mut().enumerate() {
            let count = word.count(doc);
            if at == 0 || count.frequency(self.title) < least.frequency(self.title) {
                least = count;
            }
        }
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
                    exact: OpenPlaces::open(&word.exact, segment)?,
                    others: OpenPlaces::open(&word.others, segment)?,
                    stems: OpenPlaces::open(&word.stems, segment)?,
                });
            }
            open.push(OpenPart { words, factor: part.repeats * part.weight(), title: part.title, filter: part.filter });
        }
        let words = || parts.iter().filter(|part| !part.filter);
        let bound = words().map(Part::bound).sum();
        let lengths = Lengths::open(words().count(), averages, segment)?;
        let filters = words().next().is_none();
        Ok(Scorer { parts: open, lengths, titled: titled.map(|words| (words, bound)), filters })
    }

    /// The score of `doc`. Documents come in rising order. Parts are summed in query order, so that the sum is the same
    /// whatever the segments.
    pub(crate) fn score(&mut self, doc: DocId) -> f64 {
        let mut is_titled = true;
        let mut score = 0.0;
        for part in &mut self.parts {
            let count = part.count(doc);
            is_titled &= count.title > 0.0 || part.filter;
            score += part.factor * self.lengths.worth(part, count, self.filters, doc);
        }
        match self.titled {
            Some((words, bound)) if is_titled && self.lengths.title.fieldnorm(doc) == words => score + bound,
            _ => score,
        }
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
