//! The words of an index for which a wildcard or fuzzy term stands, and the documents that hold one of them.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use tantivy::postings::TermInfo;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy::{BitSet, DocId, Score, Searcher, SegmentReader};
use tantivy_fst::Automaton;

use crate::engine::plan::{Form, FormState, FormWords};
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

/// A word that fits: its dictionary, its bytes and its postings.
struct Fit {
    dictionary: usize,
    word: (usize, usize),
    info: TermInfo,
}

impl Automaton for Form {
    type State = FormState;

    fn start(&self) -> FormState {
        Form::start(self)
    }

    fn is_match(&self, state: &FormState) -> bool {
        Form::is_match(self, state)
    }

    fn can_match(&self, state: &FormState) -> bool {
        Form::can_match(self, state)
    }

    fn accept(&self, state: &FormState, byte: u8) -> FormState {
        Form::accept(self, state, byte)
    }
}

/// The fields whose dictionaries hold the words of texts as they are.
fn fields() -> [Field; 2] {
    let f = &schema().1;
    [f.title, f.body]
}

/// The first `most` words, in alphabetical order, of titles and bodies that fit `form`, and where their postings stand.
pub(crate) fn find(
    searcher: &Searcher,
    lists: &Lists,
    form: &Form,
    most: usize,
) -> tantivy::Result<(FormWords, Arc<Vec<Postings>>)> {
    let mut found = Gathered { bytes: Vec::new(), fits: Vec::new(), most, cut: false };
    let mut postings = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        for field in fields() {
            let index = reader.inverted_index(field)?;
            found.gather(postings.len(), form, index.terms(), || lists.get(searcher, (segment, field)))?;
            postings.push(Postings { segment, field, infos: Vec::new() });
        }
    }
    Ok(found.into_words(form.label(), postings))
}

struct Gathered {
    /// The words, one after the other.
    bytes: Vec<u8>,
    fits: Vec<Fit>,
    most: usize,
    cut: bool,
}

impl Gathered {
    /// Takes the first words of `terms`, the dictionary with this number, that fit `form`.
    fn gather<'l>(
        &mut self,
        dictionary: usize,
        form: &Form,
        terms: &TermDictionary,
        list: impl FnOnce() -> Option<&'l List>,
    ) -> tantivy::Result<()> {
        // Fuzzy terms have no fixed letters to search for: the automaton walks the dictionary itself.
        if !form.is_wildcard() {
            self.take(dictionary, &mut terms.search(form).into_stream()?, |_| true);
            return Ok(());
        }
        let start = form.head_letters();
        if start.is_empty()
            && let Some(list) = list()
        {
            // So many of each dictionary: which of them are the first of the alphabet is known when all are read.
            let room = self.fits.len() + self.most;
            for word in list.fitting(form) {
                if self.fits.len() == room {
                    self.cut = true;
                    break;
                }
                if let Some(info) = terms.get(word)? {
                    self.add(dictionary, word, &info);
                }
            }
            return Ok(());
        }
        // The part of the dictionary with the letters that the pattern begins with is read through: an automaton is
        // slower than that where it cannot leave out much.
        let mut range = terms.range().ge(start);
        if let Some(end) = after(start.as_bytes()) {
            range = range.lt(end);
        }
        let all = form.is_prefix();
        self.take(dictionary, &mut range.into_stream()?, |word| all || form.fits_bytes(word));
        Ok(())
    }

    fn take<A: Automaton>(&mut self, dictionary: usize, stream: &mut TermStreamer<'_, A>, fits: impl Fn(&[u8]) -> bool)
    where
        A::State: Clone,
    {
        let room = self.fits.len() + self.most;
        while let Some((word, info)) = stream.next() {
            if !fits(word) {
                continue;
            }
            if self.fits.len() == room {
                self.cut = true;
                return;
            }
            self.add(dictionary, word, info);
        }
    }

    fn add(&mut self, dictionary: usize, word: &[u8], info: &TermInfo) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(word);
        self.fits.push(Fit { dictionary, word: (start, self.bytes.len()), info: info.clone() });
    }

    /// All dictionaries together, and the postings of each.
    fn into_words(mut self, label: &str, mut postings: Vec<Postings>) -> (FormWords, Arc<Vec<Postings>>) {
        let bytes = self.bytes;
        let of = |fit: &Fit| &bytes[fit.word.0..fit.word.1];
        // Each dictionary is in order already, of which a stable sort makes use.
        self.fits.sort_by(|one, other| of(one).cmp(of(other)));
        let mut words: Vec<(&[u8], u64)> = Vec::new();
        for fit in &self.fits {
            let count = u64::from(fit.info.doc_freq);
            let full = words.len() == self.most;
            match words.last_mut() {
                Some((last, sum)) if *last == of(fit) => *sum += count,
                _ if full => {
                    self.cut = true;
                    break;
                }
                _ => words.push((of(fit), count)),
            }
            postings[fit.dictionary].infos.push(fit.info.clone());
        }
        let text = |word: &[u8]| String::from_utf8_lossy(word).into_owned();
        let mut by_count: Vec<&(&[u8], u64)> = words.iter().collect();
        by_count.sort_by_key(|(_, count)| Reverse(*count));
        let common = by_count.into_iter().take(MOST_COMMON).map(|(word, _)| text(word)).collect();
        let words = words.into_iter().map(|(word, _)| text(word)).collect();
        (FormWords { label: label.to_owned(), words, common, cut: self.cut }, Arc::new(postings))
    }
}

/// The least bytes that come after everything that begins with `start`; `None` where nothing does.
fn after(start: &[u8]) -> Option<Vec<u8>> {
    let mut end = start.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

/// Bytes of words in one list. A larger dictionary is read where it lies, which is slower by far.
const LONGEST_LIST: usize = 64 << 20;

/// The words of all dictionaries as plain text, made at the first wildcard term that begins with its wildcard: a search
/// through text is fifty times as fast as one through a dictionary.
#[derive(Debug, Default)]
pub(crate) struct Lists(OnceLock<Vec<FieldList>>);

/// A segment's number and a field, and the words there; none where they are too many.
type FieldList = ((u32, Field), Option<List>);

impl Lists {
    /// The words in one field of one segment of `searcher`, always the same one; `None` where they are too many.
    fn get(&self, searcher: &Searcher, at: (u32, Field)) -> Option<&List> {
        let all = self.0.get_or_init(|| {
            let mut all = Vec::new();
            for (number, segment) in (0..).zip(searcher.segment_readers()) {
                for field in fields() {
                    let terms = segment.inverted_index(field);
                    all.push(((number, field), terms.ok().and_then(|index| List::read(index.terms()))));
                }
            }
            all
        });
        all.iter().find(|(key, _)| *key == at)?.1.as_ref()
    }
}

/// The words of one dictionary, each with a line break behind it.
#[derive(Debug)]
struct List(Vec<u8>);

impl List {
    fn read(terms: &TermDictionary) -> Option<List> {
        let mut bytes = Vec::new();
        let mut stream = terms.stream().ok()?;
        while stream.advance() && bytes.len() < LONGEST_LIST {
            bytes.extend_from_slice(stream.key());
            bytes.push(b'\n');
        }
        // The last word that was taken may have gone beyond.
        (bytes.len() < LONGEST_LIST).then_some(List(bytes))
    }

    /// The words that fit.
    fn fitting<'l>(&'l self, form: &'l Form) -> impl Iterator<Item = &'l [u8]> {
        let finder = memchr::memmem::Finder::new(&form.piece()).into_owned();
        let mut from = 0;
        let words = std::iter::from_fn(move || {
            let rest = self.0.get(from..).filter(|rest| !rest.is_empty())?;
            let at = from + finder.find(rest)?;
            let start = memchr::memrchr(b'\n', &self.0[from..at]).map_or(from, |before| from + before + 1);
            let end = memchr::memchr(b'\n', &self.0[at..]).map_or(self.0.len(), |length| at + length);
            from = end + 1;
            Some(&self.0[start..end])
        });
        words.filter(|word| form.fits_bytes(word))
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_least_bytes_after_a_beginning() {
        assert_eq!(after(b"med").as_deref(), Some(b"mee".as_slice()));
        assert_eq!(after(b"a\xFF").as_deref(), Some(b"b".as_slice()));
        assert_eq!(after(b"\xFF\xFF"), None);
        assert_eq!(after(b""), None);
    }

    fn words() -> impl Strategy<Value = Vec<String>> {
        prop::collection::btree_set("[abcə]{1,6}", 0..30).prop_map(|words| words.into_iter().collect())
    }

    proptest! {
        #[test]
        fn a_list_gives_the_words_that_fit(words in words(), pattern in "[*?]{0,2}[abə]{1,2}[*?]{0,2}[abə]?[*?]{0,1}") {
            let form = Form::pattern(&pattern);
            let text: String = words.iter().map(|word| format!("{word}\n")).collect();
            let list = List(text.into_bytes());
            let found: Vec<&[u8]> = list.fitting(&form).collect();
            let expected: Vec<&[u8]> = words.iter().filter(|word| form.fits(word)).map(|word| word.as_bytes()).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn what_begins_alike_lies_before_what_comes_after(start in "[abə]{0,3}", word in "[abcə]{0,5}") {
            let begins = word.starts_with(&start);
            let inside = word.as_bytes() >= start.as_bytes()
                && after(start.as_bytes()).is_none_or(|end| word.as_bytes() < end.as_slice());
            prop_assert_eq!(begins, inside);
        }
    }
}
