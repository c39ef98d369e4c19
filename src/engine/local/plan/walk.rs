//! Dictionaries walked where they lie.
//!
//! Tantivy hands a dictionary out as a stream of words, or looks up one word. Here its automaton is walked: words that end
//! alike share their last steps, so what leads to no word that fits is left out wherever it is met again, and of words that
//! begin alike the first steps are taken once.

use std::path::Path;
use std::sync::OnceLock;

use tantivy::directory::{CompositeFile, Directory, FileSlice, OwnedBytes};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader, TantivyError};
use tantivy_fst::raw::{Fst, Node};

use crate::engine::plan::{Form, FormState};

/// The files of dictionaries of one commit, opened when they are first walked.
#[derive(Debug, Default)]
pub(crate) struct Dictionaries(OnceLock<Vec<CompositeFile>>);

impl Dictionaries {
    /// The dictionary of one field in the segment with this number, always of the same `searcher`; `None` where it has no
    /// word.
    pub(super) fn open(&self, searcher: &Searcher, segment: u32, field: Field) -> tantivy::Result<Option<Dictionary>> {
        let Some(words) = self.files(searcher)?.get(segment as usize).and_then(|file| file.open_read(field)) else {
            return Ok(None);
        };
        Dictionary::read(&words).map(Some)
    }

    fn files(&self, searcher: &Searcher) -> tantivy::Result<&[CompositeFile]> {
        if let Some(files) = self.0.get() {
            return Ok(files);
        }
        let open = |segment: &SegmentReader| -> tantivy::Result<CompositeFile> {
            // The segment has it open, so it is there although a later commit may have removed it.
            let name = format!("{}.term", segment.segment_id().uuid_string());
            Ok(CompositeFile::open(&searcher.index().directory().open_read(Path::new(&name))?)?)
        };
        let files = searcher.segment_readers().iter().map(open).collect::<tantivy::Result<_>>()?;
        Ok(self.0.get_or_init(|| files))
    }
}

/// The words of one field in one segment.
pub(super) struct Dictionary {
    fst: Fst<OwnedBytes>,
    places: Places,
}

fn damaged() -> TantivyError {
    TantivyError::InternalError("a dictionary of words is damaged".to_owned())
}

impl Dictionary {
    /// Reads a dictionary: its automaton, where the postings of each word stand, the bytes of that in eight bytes, and what
    /// it is made of in two numbers of four bytes.
    fn read(file: &FileSlice) -> tantivy::Result<Dictionary> {
        const MADE_OF: [u32; 2] = [1, 1];
        let bytes = file.read_bytes()?;
        let (rest, sort) = bytes.split_last_chunk::<4>().ok_or_else(damaged)?;
        let (rest, version) = rest.split_last_chunk::<4>().ok_or_else(damaged)?;
        let (rest, length) = rest.split_last_chunk::<8>().ok_or_else(damaged)?;
        let is_known = [*version, *sort].map(u32::from_le_bytes) == MADE_OF;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok().filter(|_| is_known).ok_or_else(damaged)?;
        let (start, end) = (rest.len().checked_sub(length).ok_or_else(damaged)?, rest.len());
        let fst = Fst::new(bytes.slice(0..start)).map_err(|_| damaged())?;
        Ok(Dictionary { fst, places: Places::read(&bytes.slice(start..end)).ok_or_else(damaged)? })
    }

    /// Where the postings of a word stand, by its place in the dictionary.
    pub(super) fn info(&self, place: u64) -> tantivy::Result<TermInfo> {
        self.places.info(place).ok_or_else(damaged)
    }

    /// The words that fit `form`, in alphabetical order.
    pub(super) fn fitting<'f>(&'f self, form: &'f Form) -> Walk<'f> {
        let mut walk = Walk {
            fst: &self.fst,
            form,
            word: Vec::new(),
            path: Vec::new(),
            found: 0,
            is_begun: false,
            barren: Barren::default(),
        };
        walk.begin();
        walk
    }

    /// Calls `found` for each of `words` that is there, with its place among them and in the dictionary. They come
    /// sorted: what one has in common with the next is walked once.
    pub(super) fn look_up<'w>(&self, words: impl Iterator<Item = &'w [u8]>, mut found: impl FnMut(usize, u64)) {
        let mut path = vec![(self.fst.root(), 0)];
        let mut last: &[u8] = &[];
        for (at, word) in words.enumerate() {
            let same = last.iter().zip(word).take_while(|(one, other)| one == other).count();
            path.truncate(same + 1);
            last = word;
            // Of what ended before, this one has the end in common: it ends there too.
            while path.len() <= word.len()
                && let Some((node, sum)) = path.last()
                && path.len() > same
                && let Some(next) = node.find_input(word[path.len() - 1])
            {
                let step = node.transition(next);
                path.push((self.fst.node(step.addr), sum + step.out.value()));
            }
            if path.len() == word.len() + 1
                && let Some((node, sum)) = path.last().filter(|(node, _)| node.is_final())
            {
                found(at, sum + node.final_output().value());
            }
        }
    }
}

/// A walk over the words of a dictionary that fit a form.
pub(super) struct Walk<'f> {
    fst: &'f Fst<OwnedBytes>,
    form: &'f Form,
    /// The word that stands at the end of the path.
    word: Vec<u8>,
    path: Vec<Step<'f>>,
    /// Words found so far.
    found: u64,
    is_begun: bool,
    barren: Barren,
}

/// One node of the automaton on the way to a word.
struct Step<'f> {
    node: Node<'f>,
    /// The number of the way out that is taken next.
    next: usize,
    state: FormState,
    /// What the outputs on the way sum up to: the place of the word in the dictionary.
    place: u64,
    /// Words that were found when it was entered.
    found: u64,
}

impl Walk<'_> {
    /// Takes the way that all words that fit have in common.
    fn begin(&mut self) {
        let (mut node, mut place, mut state) = (self.fst.root(), 0, self.form.start());
        for byte in self.form.head().bytes() {
            let Some(next) = node.find_input(byte) else { return };
            let step = node.transition(next);
            (node, place, state) = (self.fst.node(step.addr), place + step.out.value(), self.form.accept(&state, byte));
            self.word.push(byte);
        }
        self.path.push(Step { node, next: 0, state, place, found: 0 });
    }

    /// The word that was found last.
    pub(super) fn word(&self) -> &[u8] {
        &self.word
    }

    /// Goes on to the next word that fits; its place in the dictionary, or `None` behind the last.
    pub(super) fn next(&mut self) -> Option<u64> {
        if !std::mem::replace(&mut self.is_begun, true)
            && let Some(place) = self.here()
        {
            return Some(place);
        }
        loop {
            let step = self.path.last_mut()?;
            if step.next == step.node.len() {
                self.leave();
                continue;
            }
            let way = step.node.transition(step.next);
            step.next += 1;
            let (state, place) = (self.form.accept(&step.state, way.inp), step.place + way.out.value());
            let node = self.fst.node(way.addr);
            if !self.form.can_match(&state) || (remembers(self.form, &node) && self.barren.holds(&node, &state)) {
                continue;
            }
            self.word.push(way.inp);
            self.path.push(Step { node, next: 0, state, place, found: self.found });
            if let Some(place) = self.here() {
                return Some(place);
            }
        }
    }

    /// The place of the word at the end of the path, where it is one that fits.
    fn here(&mut self) -> Option<u64> {
        let step = self.path.last().filter(|step| step.node.is_final() && self.form.is_match(&step.state))?;
        self.found += 1;
        Some(step.place + step.node.final_output().value())
    }

    /// Steps back from a node that is done with.
    fn leave(&mut self) {
        let Some(step) = self.path.pop() else { return };
        self.word.pop();
        if step.found == self.found && remembers(self.form, &step.node) {
            self.barren.insert(self.fst, &step.node, &step.state);
        }
    }
}

/// Whether it is worth while to remember that a node leads to nothing. Fuzzy terms have too many states, and leave out most of
/// a dictionary by the beginnings of its words.
fn remembers(form: &Form, node: &Node<'_>) -> bool {
    form.is_wildcard() && node.len() > 1
}

/// Nodes that lead to no word that fits, for each state in which they were met: one bit a byte of the dictionary.
#[derive(Default)]
struct Barren(Vec<(FormState, Vec<u64>)>);

/// States for which nodes are remembered: a pattern has few, and one with many leaves out enough by them.
const MOST_STATES: usize = 8;

impl Barren {
    fn holds(&self, node: &Node<'_>, state: &FormState) -> bool {
        let bit = 1 << (node.addr() % 64);
        self.0.iter().any(|(known, bits)| known == state && bits[node.addr() / 64] & bit != 0)
    }

    fn insert(&mut self, fst: &Fst<OwnedBytes>, node: &Node<'_>, state: &FormState) {
        let at = match self.0.iter().position(|(known, _)| known == state) {
            Some(at) => at,
            None if self.0.len() < MOST_STATES => {
                self.0.push((*state, vec![0; fst.size() / 64 + 1]));
                self.0.len() - 1
            }
            None => return,
        };
        self.0[at].1[node.addr() / 64] |= 1 << (node.addr() % 64);
    }
}

/// Where the postings of the words of a dictionary stand. Words are in blocks: of the first all is written in full, of the
/// others in as many bits as the largest number of the block takes.
struct Places {
    blocks: OwnedBytes,
    bits: OwnedBytes,
}

impl Places {
    /// Words of a block.
    const BLOCK: usize = 256;
    /// Bytes in full.
    const FULL: usize = 39;

    /// Reads the bytes of the blocks, the number of words, the blocks, and the bits.
    fn read(bytes: &OwnedBytes) -> Option<Places> {
        const HEAD: usize = 16;
        let length = usize::try_from(u64::from_le_bytes(*bytes.first_chunk()?)).ok()?;
        let end = HEAD.checked_add(length).filter(|end| *end <= bytes.len())?;
        Some(Places { blocks: bytes.slice(HEAD..end), bits: bytes.slice(end..bytes.len()) })
    }

    /// `None` where the file is damaged.
    fn info(&self, place: u64) -> Option<TermInfo> {
        let place = usize::try_from(place).ok()?;
        let full: &[u8; Places::FULL] = self.blocks.get(place / Self::BLOCK * Self::FULL..)?.first_chunk()?;
        let long = |at: usize| Some(u64::from_le_bytes(*full.get(at..)?.first_chunk()?) as usize);
        let short = |at: usize| Some(u32::from_le_bytes(*full.get(at..)?.first_chunk()?) as usize);
        let (postings, positions) = (long(12)?, long(24)?);
        let widths = [full[37], full[38], full[36]].map(usize::from);
        let row: usize = widths.iter().sum();
        let Some(before) = (place % Self::BLOCK).checked_sub(1) else {
            return Some(TermInfo {
                doc_freq: short(8)? as u32,
                postings_range: postings..postings.checked_add(short(20)?)?,
                positions_range: positions..positions.checked_add(short(32)?)?,
            });
        };
        let bits = self.bits.get(long(0)?..)?;
        let at = before * row;
        let start = |at: usize| number(bits, at, widths[0]);
        let position = |at: usize| number(bits, at + widths[0], widths[1]);
        // What belongs to a word ends where that of the next begins.
        let range = |base: usize, from: usize, to: usize| Some(base.checked_add(from)?..base.checked_add(to)?);
        Some(TermInfo {
            doc_freq: number(bits, at + widths[0] + widths[1], widths[2])? as u32,
            postings_range: range(postings, start(at)?, start(at + row)?)?,
            positions_range: range(positions, position(at)?, position(at + row)?)?,
        })
    }
}

/// The number of so many bits that begins at bit `at`; bits are counted from the lowest of each byte.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    /// More would not always lie in eight bytes.
    const WIDEST: usize = 56;
    let rest = bytes.get(at / 8..).filter(|_| width <= WIDEST)?;
    let word = match rest.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    Some((word >> (at % 8) & ((1 << width) - 1)) as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::schema::{IndexRecordOption, SchemaBuilder, TextFieldIndexing, TextOptions};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;

    /// An index whose only field has these words, the first in the most documents.
    fn index(words: &[String]) -> (Searcher, Field) {
        let mut schema = SchemaBuilder::default();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let field = schema.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
        for number in 0..3 {
            let mut document = TantivyDocument::default();
            document.add_text(field, words[..words.len().div_ceil(number + 1)].join(" "));
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        (index.reader().expect("a reader").searcher(), field)
    }

    fn words() -> impl Strategy<Value = Vec<String>> {
        // Of few letters, so that words begin and end alike, and now and then more than a block.
        prop::collection::btree_set("[abcə]{1,6}", 1..400).prop_map(|words| words.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_walk_gives_the_words_that_fit_with_their_postings(
            words in words(),
            pattern in "[*?ab]{0,2}[abə]{1,2}[*?]{0,2}[abə]?[*?]{0,1}",
            edits in 0u8..3,
        ) {
            let (searcher, field) = index(&words);
            let terms = searcher.segment_reader(0).inverted_index(field).expect("a field");
            let dictionary = Dictionaries::default().open(&searcher, 0, field).expect("whole").expect("words");
            let fuzzy = pattern.replace(['*', '?'], "a");
            for form in [Form::pattern(&pattern), Form::fuzzy(&fuzzy, edits), Form::fuzzy(&fuzzy, edits).of_one_head()] {
                let mut walk = dictionary.fitting(&form);
                let mut found = Vec::new();
                while let Some(place) = walk.next() {
                    let info = terms.terms().get(walk.word()).expect("read");
                    prop_assert_eq!(dictionary.info(place).ok(), info);
                    found.push(String::from_utf8_lossy(walk.word()).into_owned());
                }
                let fits = |word: &&String| word.starts_with(form.head()) && form.fits(word);
                let expected: Vec<String> = words.iter().filter(fits).cloned().collect();
                prop_assert_eq!(found, expected, "{:?}", form);
            }
        }

        #[test]
        fn words_are_looked_up_together_as_one_by_one(held in words(), asked in words()) {
            let (searcher, field) = index(&held);
            let dictionary = Dictionaries::default().open(&searcher, 0, field).expect("whole").expect("words");
            let mut found = Vec::new();
            dictionary.look_up(asked.iter().map(|word| word.as_bytes()), |word, place| found.push((word, place)));
            let place = |word: &String| held.binary_search(word).ok().map(|place| place as u64);
            let each = asked.iter().enumerate().filter_map(|(at, word)| Some((at, place(word)?)));
            prop_assert_eq!(found, each.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_damaged_dictionary_is_told() {
        for bytes in [&b""[..], b"abc", &[1; 64], &[0; 16]] {
            assert!(Dictionary::read(&FileSlice::from(bytes.to_vec())).is_err(), "{bytes:?}");
        }
        assert!(Places::read(&OwnedBytes::new(vec![255; 20])).is_none());
        let places = Places { blocks: OwnedBytes::new(vec![60; 39]), bits: OwnedBytes::new(Vec::new()) };
        assert!(places.info(1).is_none() && places.info(256).is_none() && places.info(u64::MAX).is_none());
    }
}
