//! Terms that stand beside the words of a text, at their positions, in the field of its stems.
//!
//! A stem is one such term; a pair of Chinese characters, at the position of the first, is another. They are few, or the
//! text has no stems, so they are gathered apart and joined with the lines of stems at the end.

/// Terms and the numbers of the words beside which they stand, in the order of the words.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    terms: String,
    /// Number of the word, from 0, and where the term ends in `terms`.
    places: Vec<(usize, usize)>,
}

impl Beside {
    /// Adds a term, which is not empty, beside the word with this number; numbers never fall.
    pub(crate) fn push(&mut self, number: usize, term: &str) {
        debug_assert!(self.places.last().is_none_or(|(last, _)| *last <= number), "terms come in the order of words");
        self.terms.push_str(term);
        self.places.push((number, self.terms.len()));
    }

    /// `stems`, one line a word or nothing at all, with these terms on the lines of their words.
    pub(crate) fn join(&self, stems: String) -> String {
        if self.places.is_empty() {
            return stems;
        }
        let mut out = String::with_capacity(stems.len() + self.terms.len() + 2 * self.places.len());
        let mut lines = stems.split_terminator('\n');
        let (mut places, mut start) = (self.places.iter().peekable(), 0);
        for number in 0.. {
            let stem = lines.next();
            if stem.is_none() && places.peek().is_none() {
                break;
            }
            let mut empty = stem.is_none_or(str::is_empty);
            out.push_str(stem.unwrap_or(""));
            while let Some((_, end)) = places.next_if(|(place, _)| *place == number) {
                if !std::mem::take(&mut empty) {
                    out.push('\t');
                }
                out.push_str(&self.terms[start..*end]);
                start = *end;
            }
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_stand_on_the_lines_of_their_words() {
        let mut beside = Beside::default();
        assert_eq!(beside.join("medal\n\n".to_owned()), "medal\n\n");
        [(0, "a"), (2, "b"), (2, "c")].into_iter().for_each(|(number, term)| beside.push(number, term));
        assert_eq!(beside.join("medal\n\n\nwin\n".to_owned()), "medal\ta\n\nb\tc\nwin\n");
        // A language without stems.
        assert_eq!(beside.join(String::new()), "a\n\nb\tc\n");
    }
}
