//! How texts are cut and keyed, as one number: it decides the postings of every document.

use super::hash::mix;

/// The version of words, folding, pairs, sentences, paragraphs and name keys: raised when one of them comes out otherwise for
/// the same text. A test below finds out where that was forgotten.
const VERSION: u64 = 3;
/// The head of the SHA-256 of the files in `data/text`; a test below says what it must be.
const DATA: u64 = 0x7C4A_6516_D7DB_DC25;

/// Names the way in which texts are cut into words and sentences and names are keyed. An index that was made under another
/// fingerprint holds other postings than a query asks for.
pub(crate) const fn fingerprint() -> u64 {
    mix(VERSION, DATA)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::text::tests::golden::{Golden, articles, check, data_digest};
    use crate::text::{name_key, pairs_of, paragraphs, sentences, words};

    const GOLDEN: Golden = Golden { version: 3, input: 0x6095_C59C_4EAD_392D, output: 0x1CAC_8BBA_2E18_7F00 };

    #[test]
    fn the_digest_is_that_of_the_data() {
        let now = data_digest(&["text/abbreviations.txt", "text/han.txt"]);
        assert_eq!(DATA, now, "the data changed: put {now:#018x} into DATA");
    }

    #[test]
    fn other_words_have_another_version() {
        let (mut input, mut output) = (String::new(), String::new());
        for article in articles() {
            let _ = writeln!(input, "{}", article.body);
            words(&article.body).for_each_word(|word| {
                let key = name_key(word.span.of(&article.body));
                let _ = writeln!(output, "{:?} {} {key}", word.span, word.folded);
            });
            let _ = writeln!(output, "{:?}", pairs_of(&article.body));
            for paragraph in paragraphs(&article.body) {
                let _ = writeln!(output, "{paragraph:?} {:?}", sentences(&article.body, paragraph));
            }
        }
        check(GOLDEN, VERSION, &input, &output);
    }
}
