//! What a plan asks of one index, read from Tantivy's dictionaries and columns.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyError};
use tantivy_fst::Automaton;

use crate::engine::local::matching::filter;
use crate::engine::local::matching::{collect, terms};
use crate::engine::local::plan::dictionary::{self, FormPostings};
use crate::engine::local::plan::walk::Dictionaries;
use crate::engine::local::views::article;
use crate::engine::plan::{Field, Form, FormWords, Lexicon, Spellings, Term};
use crate::index::geo::Spot;
use crate::index::named::{folded_words, read_spelling};
use crate::index::schema::schema;
use crate::index::{Reader, Totals, column};
use crate::text::{NearKeys, Row};

/// Between the key of a spelling and the spelling.
const SEPARATOR: u8 = b'\t';
/// Candidates of one segment that are compared for one word: a bound on what a key costs that a great many spellings
/// have.
const CANDIDATES: usize = 512;
/// Terms from which on they are looked up together.
const MANY: usize = 64;

/// The dictionaries of one commit.
pub(crate) struct IndexLexicon<'r> {
    reader: &'r Reader,
    dictionaries: &'r Dictionaries,
    /// Where the postings of the words stand that were looked up for a wildcard or fuzzy term: the dictionary tells it
    /// along with the words, and to look up ten thousand of them again would cost more than all else.
    postings: RefCell<FormPostings>,
}

impl<'r> IndexLexicon<'r> {
    pub(crate) fn new(reader: &'r Reader, dictionaries: &'r Dictionaries) -> IndexLexicon<'r> {
        IndexLexicon { reader, dictionaries, postings: RefCell::default() }
    }

    /// The postings of all words that were looked up, by the term that they fit.
    pub(crate) fn into_postings(self) -> FormPostings {
        self.postings.into_inner()
    }
}

impl Lexicon for IndexLexicon<'_> {
    type Error = TantivyError;

    fn totals(&self) -> Totals {
        self.reader.payload.totals
    }

    fn langs(&self) -> tantivy::Result<Vec<String>> {
        let mut langs = HashSet::new();
        for segment in self.reader.searcher.segment_readers() {
            let index = segment.inverted_index(schema().1.lang)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                langs.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
        Ok(langs.into_iter().collect())
    }

    fn doc_freqs(&self, terms: &[&Term]) -> tantivy::Result<Vec<u64>> {
        // A few are looked up sooner than the dictionaries are opened.
        if self.reader.passes_over || terms.len() < MANY {
            return terms::doc_freqs(self.reader, terms);
        }
        dictionary::doc_freqs(&self.reader.searcher, self.dictionaries, terms)
    }

    fn holders(&self, terms: &[&Term]) -> tantivy::Result<Vec<u64>> {
        terms::holders(self.reader, terms)
    }

    fn words(&self, form: &Form, most: usize) -> tantivy::Result<FormWords> {
        let (words, postings) = dictionary::find(&self.reader.searcher, self.dictionaries, form, most)?;
        self.postings.borrow_mut().insert(form.label().to_owned(), postings);
        Ok(words)
    }

    fn spellings(&self, key: &str, near: bool, fits: &dyn Fn(&str, &str) -> bool) -> tantivy::Result<Spellings> {
        let mut found = Spellings::new();
        gather(self.reader, key, near, &mut found, fits)?;
        Ok(found)
    }

    fn bearers(&self, keys: &[String]) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut found = BTreeMap::new();
        for segment in self.reader.searcher.segment_readers() {
            let Some(people) = column::PEOPLE.find(segment)? else { continue };
            // Counted by ordinal: a name is read once, however many documents hold it.
            let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
            for doc in living_holders(segment, Field::Person, keys)? {
                column::ordinals(&people, doc)?.for_each(|ord| *counts.entry(ord).or_default() += 1);
            }
            let (ordinals, counts): (Vec<u64>, Vec<u64>) = counts.into_iter().unzip();
            let mut counts = counts.into_iter();
            column::each_string(&people, &ordinals, |term| {
                let count = counts.next().unwrap_or(0);
                let named = |text: &&str| {
                    let key = text.split_once('\t').map_or("", |(key, _)| key);
                    key.split(' ').any(|word| keys.iter().any(|key| key == word))
                };
                if let Some(bearer) = std::str::from_utf8(term).ok().filter(named) {
                    *found.entry(bearer.to_owned()).or_default() += count;
                }
            })?;
        }
        Ok(found)
    }

    fn newest(&self) -> tantivy::Result<Option<i64>> {
        let mut newest = None;
        for segment in self.reader.searcher.segment_readers() {
            let column: Option<Column<i64>> = column::PUBLISHED_AT.find(segment)?;
            newest = newest.max(column.map(|column| column.max_value()));
        }
        Ok(newest)
    }

    fn own_place(&self, folded: &str) -> tantivy::Result<Option<Spot>> {
        let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let matching = filter::phrase(&[terms::handle(Field::Unplaced)], &words, 0);
        let Some(first) = collect::first(self.reader, &matching)? else { return Ok(None) };
        let stored = self.reader.load(first)?;
        let mut places = article::annotations(&stored.record).into_iter().flat_map(|(found, _)| &found.places);
        let place = places.find(|place| place.also.first().is_some_and(|own| folded_words(own) == folded));
        Ok(place.map(|place| Spot { lat: place.lat, lon: place.lon, radius_km: place.radius_km }))
    }
}

/// Gathers the spellings behind `key`, and behind keys that are `near`, which `fits` lets through, given as key and
/// spelling.
fn gather(
    reader: &Reader,
    key: &str,
    near: bool,
    found: &mut Spellings,
    fits: &dyn Fn(&str, &str) -> bool,
) -> tantivy::Result<()> {
    let keys = NearKeys::of(key).filter(|_| near);
    // What begins with the key and a tab lies side by side.
    // A line break is the character after a tab: no key holds either.
    let (first, last) = (format!("{key}\t"), format!("{key}\n"));
    for segment in reader.searcher.segment_readers() {
        let index = segment.inverted_index(schema().1.spelling)?;
        if let Some(keys) = &keys {
            let mut terms = index.terms().search(ByKey(keys)).into_stream()?;
            take(&mut terms, segment, &index, found, fits)?;
        } else {
            let mut terms = index.terms().range().ge(first.as_bytes()).lt(last.as_bytes()).into_stream()?;
            take(&mut terms, segment, &index, found, fits)?;
        }
    }
    Ok(())
}

/// Takes the first spellings of one segment that fit.
fn take<A: Automaton>(
    terms: &mut TermStreamer<'_, A>,
    segment: &SegmentReader,
    index: &InvertedIndexReader,
    found: &mut Spellings,
    fits: &dyn Fn(&str, &str) -> bool,
) -> tantivy::Result<()>
where
    A::State: Clone,
{
    let mut seen = 0;
    while seen < CANDIDATES
        && let Some((term, info)) = terms.next()
    {
        let Some((key, bearer, surface)) = std::str::from_utf8(term).ok().and_then(read_spelling) else { continue };
        seen += 1;
        // Postings are read only for what fits, where documents are deleted.
        let count = if fits(key, surface) { terms::living(segment, index, info)? } else { 0 };
        if count > 0 {
            found.entry((key.to_owned(), surface.to_owned())).or_default().add(bearer, count);
        }
    }
    Ok(())
}

/// The living documents of a segment that hold one of `texts` in `field`, in rising order.
fn living_holders(segment: &SegmentReader, field: Field, texts: &[String]) -> tantivy::Result<BTreeSet<DocId>> {
    let mut found = BTreeSet::new();
    for term in field.terms(texts).iter().map(terms::lowered) {
        let index = segment.inverted_index(term.field())?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                found.insert(postings.doc());
            }
            postings.advance();
        }
    }
    Ok(found)
}

/// Accepts a key that is near, and whatever spelling.
struct ByKey<'k>(&'k NearKeys<'k>);

impl Automaton for ByKey<'_> {
    /// `None` behind the key.
    type State = Option<Row>;

    fn start(&self) -> Self::State {
        Some(self.0.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.is_none()
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.as_ref().is_none_or(|row| self.0.may_be_near(row))
    }

    fn will_always_match(&self, state: &Self::State) -> bool {
        state.is_none()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let row = state.as_ref()?;
        // No letter of a key is taken for the separator: where the key is not near there, nothing goes on.
        if byte == SEPARATOR && self.0.is_near(row) { None } else { Some(self.0.read(row, byte)) }
    }
}
