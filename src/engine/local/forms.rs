//! The words of an index that a pattern (`med*`) or a word with a letter wrong (`lachn~1`) stands for.
//!
//! Both are nondeterministic automata over letters, run with one bit a state (Wu and Manber, Fast text searching
//! allowing errors, CACM 1992), so that a dictionary is walked without allocating.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tantivy::schema::Field;
use tantivy::termdict::TermStreamer;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;

/// Letters of a pattern or word at most, so that its states are the bits of one number.
const LONGEST: usize = 120;

/// What words are asked for.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    letters: Vec<char>,
    /// Letters that may be wrong, 0 to 2; a pattern has none.
    edits: usize,
    /// `*` and `?` stand for other letters.
    open: bool,
    /// The places of the stars, one bit each.
    stars: u128,
    /// The letters before the first and after the last that is open.
    ends: (String, String),
    /// The longest run of letters that are not open: a word that fits holds it.
    run: String,
}

/// States that are active: bit `i` of row `k` where `i` letters are matched with `k` of them wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    rows: [u128; 3],
    /// The bytes of a character that is not complete yet.
    bytes: [u8; 4],
    length: usize,
}

impl Form {
    /// The words that fit a pattern with `*` and `?`.
    pub(crate) fn pattern(pattern: &str) -> Form {
        let letters: Vec<char> = pattern.chars().take(LONGEST).collect();
        let stars = letters.iter().enumerate().filter(|(_, letter)| **letter == '*').map(|(at, _)| 1 << at).sum();
        let is_open = |c: &char| matches!(c, '*' | '?');
        let before = letters.iter().take_while(|c| !is_open(c)).collect();
        let after = letters.iter().rev().take_while(|c| !is_open(c)).collect::<String>().chars().rev().collect();
        let run = pattern.split(['*', '?']).max_by_key(|run| run.len()).unwrap_or("").to_owned();
        Form { letters, edits: 0, open: true, stars, ends: (before, after), run }
    }

    /// The words that differ from `word` in `edits` letters at most, two at most: one more, one less or another.
    pub(crate) fn fuzzy(word: &str, edits: u8) -> Form {
        let letters = word.chars().take(LONGEST).collect();
        let (ends, run) = Default::default();
        Form { letters, edits: usize::from(edits.min(2)), open: false, stars: 0, ends, run }
    }

    /// The letter that every word that fits begins with; `None` where there is none.
    pub(crate) fn head(&self) -> Option<char> {
        self.ends.0.chars().next()
    }

    /// True for a pattern that is its beginning and one star.
    fn is_prefix(&self) -> bool {
        self.letters.ends_with(&['*']) && self.letters.len() == self.ends.0.chars().count() + 1
    }

    /// A state from which nothing fits.
    pub(crate) fn dead(&self) -> State {
        State { rows: [0; 3], bytes: [0; 4], length: 0 }
    }

    /// True for a word that fits, given as bytes.
    fn fits_bytes(&self, word: &[u8]) -> bool {
        word.ends_with(self.ends.1.as_bytes())
            && memchr::memmem::find(word, self.run.as_bytes()).is_some()
            && std::str::from_utf8(word).is_ok_and(|word| self.fits(word))
    }

    /// True for a word that fits.
    pub(crate) fn fits(&self, word: &str) -> bool {
        let mut state = self.start();
        for c in word.chars() {
            state = self.step(state, c);
        }
        self.is_match(&state)
    }

    /// The letters that `c` can stand for, one bit a place.
    fn places_of(&self, c: char) -> u128 {
        let fits = |letter: &char| *letter == c || (self.open && *letter == '?');
        self.letters.iter().enumerate().filter(|(_, letter)| fits(letter)).map(|(at, _)| 1 << at).sum()
    }

    fn step(&self, state: State, c: char) -> State {
        let places = self.places_of(c);
        let mut rows = [0; 3];
        for k in 0..=self.edits {
            let old = state.rows[k];
            let mut row = ((old & places) << 1) | (old & self.stars);
            if k > 0 {
                // A letter too many, another letter, and after the new row below a letter that is not there.
                row |= state.rows[k - 1] | (state.rows[k - 1] << 1) | (rows[k - 1] << 1);
            }
            rows[k] = self.closed(row);
        }
        State { rows, bytes: [0; 4], length: 0 }
    }

    /// A star stands for nothing, too.
    fn closed(&self, row: u128) -> u128 {
        (row | ((row & self.stars) << 1)) & ((1 << (self.letters.len() + 1)) - 1)
    }
}

impl Automaton for Form {
    type State = State;

    fn start(&self) -> State {
        let mut rows = [0; 3];
        rows[0] = self.closed(1);
        for k in 1..=self.edits {
            rows[k] = self.closed(rows[k - 1] | (rows[k - 1] << 1));
        }
        State { rows, bytes: [0; 4], length: 0 }
    }

    fn is_match(&self, state: &State) -> bool {
        state.length == 0 && state.rows.iter().any(|row| row & (1 << self.letters.len()) != 0)
    }

    fn can_match(&self, state: &State) -> bool {
        state.rows.iter().any(|row| *row != 0)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let mut next = *state;
        let Some(slot) = next.bytes.get_mut(next.length) else {
            return State { rows: [0; 3], ..next };
        };
        *slot = byte;
        next.length += 1;
        let read = std::str::from_utf8(&next.bytes[..next.length]).ok().and_then(|text| text.chars().next());
        match read {
            Some(c) => self.step(next, c),
            None => next,
        }
    }
}

/// The words of an index that fit a form.
#[derive(Debug)]
pub(crate) struct Forms {
    /// In alphabetical order.
    pub(crate) words: Vec<String>,
    /// Those that most documents hold, [`MOST_COMMON`] at most.
    pub(crate) common: Vec<String>,
    /// There are more, which are left out.
    pub(crate) cut: bool,
}

/// Words of which the postings are read for the score; the match has all.
const MOST_COMMON: usize = 32;

/// The first `most` words, in alphabetical order, that fit `form` in `fields`.
pub(crate) fn find(searcher: &Searcher, fields: [Field; 2], form: &Form, most: usize) -> tantivy::Result<Forms> {
    let mut found = Found { words: BTreeMap::new(), most, cut: false };
    for segment in searcher.segment_readers() {
        for field in fields {
            let index = segment.inverted_index(field)?;
            if !form.open {
                found.gather(&mut index.terms().search(form).into_stream()?, |_| true);
                continue;
            }
            // The part of the dictionary with the letters that the pattern begins with is read through: an automaton
            // is slower than that where it cannot leave out much.
            let start = form.ends.0.as_bytes();
            let mut range = index.terms().range().ge(start);
            if let Some(end) = after(start) {
                range = range.lt(end);
            }
            let all = form.is_prefix();
            found.gather(&mut range.into_stream()?, |word| all || form.fits_bytes(word));
        }
    }
    let cut = found.cut || found.words.len() > most;
    let words: Vec<(String, u64)> = found.words.into_iter().take(most).collect();
    let mut by_count: Vec<&(String, u64)> = words.iter().collect();
    by_count.sort_by_key(|(_, count)| Reverse(*count));
    let common = by_count.into_iter().take(MOST_COMMON).map(|(word, _)| word.clone()).collect();
    Ok(Forms { words: words.into_iter().map(|(word, _)| word).collect(), common, cut })
}

/// Words with the number of documents that hold them.
struct Found {
    words: BTreeMap<String, u64>,
    most: usize,
    cut: bool,
}

impl Found {
    /// Takes the first words of `stream` that fit.
    fn gather<A: Automaton>(&mut self, stream: &mut TermStreamer<'_, A>, fits: impl Fn(&[u8]) -> bool)
    where
        A::State: Clone,
    {
        let mut taken = 0;
        while let Some((word, info)) = stream.next() {
            if !fits(word) {
                continue;
            }
            taken += 1;
            if taken > self.most {
                self.cut = true;
                return;
            }
            *self.words.entry(String::from_utf8_lossy(word).into_owned()).or_default() += u64::from(info.doc_freq);
        }
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

/// `words` as terms of `field`.
pub(crate) fn terms<'w>(field: Field, words: impl IntoIterator<Item = &'w String>) -> Vec<Term> {
    words.into_iter().map(|word| Term::from_field_text(field, word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_fit_words() {
        for row in "med* medal medals med | me amed
            *an an lachan | a ana
            m?dal medal modal | mdal meedal medals
            *a*b* ab xaxbx | ba b
            l?ç* laç liçx | lç
            ** a | "
            .lines()
        {
            let (pattern, rest) = row.trim().split_once(' ').expect("a pattern");
            let (fit, other) = rest.split_once('|').expect("a bar");
            let form = Form::pattern(pattern);
            for (words, fits) in [(fit, true), (other, false)] {
                for word in words.split_whitespace() {
                    assert_eq!(form.fits(word), fits, "{pattern} {word}");
                    let by_ends = word.starts_with(&form.ends.0) && form.fits_bytes(word.as_bytes());
                    assert_eq!(by_ends, fits, "{pattern} {word}");
                    assert!(!form.is_prefix() || fits == word.starts_with(&form.ends.0), "{pattern} {word}");
                }
            }
        }
    }

    /// Levenshtein's distance by the textbook.
    fn distance(one: &str, other: &str) -> usize {
        let other: Vec<char> = other.chars().collect();
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (i, a) in one.chars().enumerate() {
            let mut last = std::mem::replace(&mut row[0], i + 1);
            for (j, b) in other.iter().enumerate() {
                let next = (last + usize::from(a != *b)).min(row[j] + 1).min(row[j + 1] + 1);
                last = std::mem::replace(&mut row[j + 1], next);
            }
        }
        row[other.len()]
    }

    proptest! {
        #[test]
        fn a_fuzzy_word_fits_what_is_so_far_away(one in "[abcə]{1,6}", other in "[abcə]{0,7}", edits in 0u8..3) {
            let by_bytes = {
                let form = Form::fuzzy(&one, edits);
                let end = other.bytes().fold(form.start(), |state, byte| form.accept(&state, byte));
                form.is_match(&end)
            };
            prop_assert_eq!(by_bytes, distance(&one, &other) <= usize::from(edits));
            prop_assert_eq!(Form::fuzzy(&one, edits).fits(&other), by_bytes);
        }
    }
}
