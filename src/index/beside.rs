//! Terms that stand beside the words of a text, at their positions, in the field of its stems.
//!
//! A stem is one such term; a pair of Chinese characters, at the position of the first, is another, and so is what words
//! with a sign between are together. They are few, or the text has no stems, so they are gathered apart and joined with
//! the lines of stems at the end.

use super::terms::next_line;

/// Terms and the numbers of the words beside which they stand, in the order of the words.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    terms: String,
    /// Number of the word, from 0, and where the term begins and ends in `terms`.
    places: Vec<(usize, usize, usize)>,
}

impl Beside {
    /// Adds a term, which is not empty, beside the word with this number.
    pub(crate) fn push(&mut self, number: usize, term: &str) {
        let start = self.terms.len();
        self.terms.push_str(term);
        self.places.push((number, start, self.terms.len()));
    }

    /// `stems`, one line a word or nothing at all, with these terms on the lines of their words.
    pub(crate) fn join(mut self, stems: String) -> String {
        if self.places.is_empty() {
            return stems;
        }
        // Nearly in order: what a word belongs to is known a word or two later.
        self.places.sort_by_key(|(number, ..)| *number);
        let mut out = String::with_capacity(stems.len() + self.terms.len() + 2 * self.places.len());
        let mut rest = &*stems;
        let mut places = self.places.iter().peekable();
        for number in 0.. {
            if rest.is_empty() && places.peek().is_none() {
                break;
            }
            let stem = next_line(&mut rest);
            let mut empty = stem.is_empty();
            out.push_str(stem);
            while let Some((_, start, end)) = places.next_if(|(place, ..)| *place == number) {
                if !std::mem::take(&mut empty) {
                    out.push('\t');
                }
                out.push_str(&self.terms[*start..*end]);
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
        let beside = |terms: &[(usize, &str)]| {
            let mut beside = Beside::default();
            terms.iter().for_each(|(number, term)| beside.push(*number, term));
            beside
        };
        let terms = [(2, "b"), (0, "a"), (2, "c")];
        assert_eq!(beside(&[]).join("medal\n\n".to_owned()), "medal\n\n");
        assert_eq!(beside(&terms).join("medal\n\n\nwin\n".to_owned()), "medal\ta\n\nb\tc\nwin\n");
        // A language without stems.
        assert_eq!(beside(&terms).join(String::new()), "a\n\nb\tc\n");
    }
}
