//! Wildcard terms (`med*`) and fuzzy terms (`lachn~1`): which words fit.
//!
//! Both are nondeterministic automata over letters, run with one bit a state (Wu and Manber, Fast text searching
//! allowing errors, CACM 1992), so that a dictionary is walked without allocating. A walk goes on from [`Form::start`]
//! with [`Form::accept`], byte by byte.

/// Letters of a pattern or word at most, so that its states are the bits of one number. The query language takes 80, the
/// longest word of an index.
const LONGEST_FORM: usize = 120;

/// The words of an index that a form stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FormWords {
    /// The canonical form of the term.
    pub(crate) label: String,
    /// In alphabetical order.
    pub(crate) words: Vec<String>,
    /// Those that most documents hold; they score for all.
    pub(crate) common: Vec<String>,
    /// There are more, which are left out.
    pub(crate) cut: bool,
}

/// What words are asked for.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// As the query prints it.
    label: String,
    letters: Vec<char>,
    /// Edit distance of words that fit, 0 to 2; a pattern has none.
    edits: usize,
    /// `*` and `?` stand for other letters.
    open: bool,
    /// The places of the stars, one bit each.
    stars: u128,
    /// What each word that fits begins with.
    head: String,
    /// For each ASCII character the letters that it can stand for, one bit a place.
    ascii: Box<[u128; 128]>,
}

/// States that are active: bit `i` of row `k` where `i` letters are matched with `k` edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FormState {
    rows: [u128; 3],
    /// The bytes of a character that is not complete yet.
    bytes: [u8; 4],
    length: usize,
}

impl Form {
    /// The words that fit a pattern with `*` and `?`.
    pub(crate) fn pattern(pattern: &str) -> Form {
        let letters: Vec<char> = pattern.chars().take(LONGEST_FORM).collect();
        let stars = letters.iter().enumerate().filter(|(_, letter)| **letter == '*').map(|(at, _)| 1 << at).sum();
        let head = letters.iter().take_while(|c| !matches!(c, '*' | '?')).collect();
        let ascii = ascii(&letters, true);
        Form { label: pattern.to_owned(), letters, edits: 0, open: true, stars, head, ascii }
    }

    /// The words that differ from `word` in `edits` letters at most, two at most: one more, one less or another.
    pub(crate) fn fuzzy(word: &str, edits: u8) -> Form {
        let letters: Vec<char> = word.chars().take(LONGEST_FORM).collect();
        let ascii = ascii(&letters, false);
        Form {
            label: format!("{word}~{edits}"),
            letters,
            edits: usize::from(edits.min(2)),
            open: false,
            stars: 0,
            head: String::new(),
            ascii,
        }
    }

    /// Of the words that fit, those that begin with its own first letter.
    pub(crate) fn of_one_head(mut self) -> Form {
        self.head = self.letters.iter().take(1).collect();
        self
    }

    /// The canonical form of the term.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// True for a wildcard term, false for a fuzzy one.
    pub(crate) fn is_wildcard(&self) -> bool {
        self.open
    }

    /// What each word that fits begins with; empty where they begin with any letter.
    pub(crate) fn head(&self) -> &str {
        &self.head
    }

    /// True for a word that fits.
    pub(crate) fn fits(&self, word: &str) -> bool {
        let mut state = self.start();
        for c in word.chars() {
            state = self.step(&state, c);
        }
        self.is_match(&state)
    }

    fn places_of(&self, c: char) -> u128 {
        match self.ascii.get(c as usize) {
            Some(places) => *places,
            None => places_of(&self.letters, self.open, c),
        }
    }

    fn step(&self, state: &FormState, c: char) -> FormState {
        let places = self.places_of(c);
        let mut rows = [0; 3];
        for k in 0..=self.edits {
            let old = state.rows[k];
            let mut row = ((old & places) << 1) | (old & self.stars);
            // Wu and Manber: each row takes over from the one below what one more edit allows.
            if k > 0 {
                // A letter too many, another letter, and after the new row below a letter that is not there.
                row |= state.rows[k - 1] | (state.rows[k - 1] << 1) | (rows[k - 1] << 1);
            }
            rows[k] = self.closed(row);
        }
        FormState { rows, bytes: [0; 4], length: 0 }
    }

    /// A star stands for nothing, too.
    fn closed(&self, row: u128) -> u128 {
        (row | ((row & self.stars) << 1)) & ((1 << (self.letters.len() + 1)) - 1)
    }
}

/// The `letters` that `c` can stand for, one bit a place.
fn places_of(letters: &[char], open: bool, c: char) -> u128 {
    let fits = |letter: &char| *letter == c || (open && *letter == '?');
    letters.iter().enumerate().filter(|(_, letter)| fits(letter)).map(|(at, _)| 1 << at).sum()
}

fn ascii(letters: &[char], open: bool) -> Box<[u128; 128]> {
    Box::new(std::array::from_fn(|c| places_of(letters, open, c as u8 as char)))
}

impl Form {
    /// The state before the first byte of a word.
    pub(crate) fn start(&self) -> FormState {
        let mut rows = [0; 3];
        rows[0] = self.closed(1);
        for k in 1..=self.edits {
            rows[k] = self.closed(rows[k - 1] | (rows[k - 1] << 1));
        }
        FormState { rows, bytes: [0; 4], length: 0 }
    }

    /// True where the word that was read fits.
    pub(crate) fn is_match(&self, state: &FormState) -> bool {
        state.length == 0 && state.rows.iter().any(|row| row & (1 << self.letters.len()) != 0)
    }

    /// False where no word that goes on from here fits.
    pub(crate) fn can_match(&self, state: &FormState) -> bool {
        state.rows.iter().any(|row| *row != 0)
    }

    /// The state after one more byte.
    pub(crate) fn accept(&self, state: &FormState, byte: u8) -> FormState {
        // Most letters are one byte.
        if byte.is_ascii() && state.length == 0 {
            return self.step(state, byte.into());
        }
        let mut next = *state;
        // Five bytes without a character are no UTF-8: a dead state, which no walk goes on from.
        let Some(slot) = next.bytes.get_mut(next.length) else {
            return FormState { rows: [0; 3], ..next };
        };
        *slot = byte;
        next.length += 1;
        let read = std::str::from_utf8(&next.bytes[..next.length]).ok().and_then(|text| text.chars().next());
        match read {
            Some(c) => self.step(&next, c),
            None => next,
        }
    }
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
                    assert!(!fits || word.starts_with(form.head()), "{pattern} {word}");
                }
            }
        }
    }

    #[test]
    fn what_every_word_that_fits_begins_with() {
        for (form, head, is_wildcard) in [
            (Form::pattern("med*"), "med", true),
            (Form::pattern("m?d*l"), "m", true),
            (Form::pattern("*adal*"), "", true),
            (Form::fuzzy("lachin", 1), "", false),
            (Form::fuzzy("çağa", 2).of_one_head(), "ç", false),
        ] {
            assert_eq!((form.head(), form.is_wildcard()), (head, is_wildcard), "{}", form.label());
        }
        assert_eq!(Form::fuzzy("lachin", 1).label(), "lachin~1");
    }

    #[test]
    fn bytes_that_are_no_text_fit_nothing() {
        let form = Form::pattern("*");
        let state = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF].iter().fold(form.start(), |state, byte| form.accept(&state, *byte));
        assert!(!form.is_match(&state) && !form.can_match(&state));
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
