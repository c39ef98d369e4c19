//! Terms as the index takes them: made by us, once, before Tantivy sees the text.
//!
//! A text field is given as a list of terms, one a line. Each line is one position; an empty line leaves its position
//! empty, which is how stems and surface words keep equal positions while only the stems that differ are
//! written. [`gap`] keeps a phrase from running from one name into the next.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::lang::StemCache;
use crate::text;

/// Name under which the tokenizer is registered.
pub(crate) const NAME: &str = "terms";

/// Positions between two names of one field.
const GAP: usize = 64;

/// The analyzer of all text fields.
pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::from(Lines::default())
}

/// The folded words of `text`, one a line; returns how many there are.
pub(crate) fn push_words(text: &str, out: &mut String) -> u64 {
    let mut count = 0;
    text::words(text).for_each_word(|word| {
        out.push_str(word.folded);
        out.push('\n');
        count += 1;
    });
    count
}

/// For each term in `lines` its stem, or an empty line where the stem is the term itself.
/// Nothing for languages without a stemmer.
pub(crate) fn stems(lines: &str, lang: &str, cache: &mut StemCache) -> String {
    let mut out = String::with_capacity(lines.len() / 2);
    let mut rest = lines;
    let words = std::iter::from_fn(|| (!rest.is_empty()).then(|| next_line(&mut rest)));
    cache.stem_all(lang, words, |word, stem| {
        if stem != word {
            out.push_str(stem);
        }
        out.push('\n');
    });
    out
}

/// Takes the first line off `rest`. A search for the one byte is what most of the time goes to in a list of short lines.
fn next_line<'t>(rest: &mut &'t str) -> &'t str {
    let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    let (line, after) = rest.split_at(end);
    *rest = after.strip_prefix('\n').unwrap_or("");
    line
}

/// Leaves positions empty so that no phrase crosses from one name into the next.
pub(crate) fn gap(out: &mut String) {
    for _ in 0..GAP {
        out.push('\n');
    }
}

#[derive(Clone, Default)]
struct Lines {
    token: Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.token.reset();
        LineStream { rest: text, position: 0, token: &mut self.token }
    }
}

struct LineStream<'a> {
    rest: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        while !self.rest.is_empty() {
            let line = next_line(&mut self.rest);
            let position = self.position;
            self.position += 1;
            if !line.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(line);
                self.token.position = position;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(lines: &str) -> Vec<(usize, String)> {
        let mut analyzer = analyzer();
        let mut stream = analyzer.token_stream(lines);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.clone()));
        }
        out
    }

    #[test]
    fn stems_keep_the_positions_of_their_words() {
        let mut words = String::new();
        assert_eq!(push_words("Three medals were won", &mut words), 4);
        let mut cache = StemCache::default();
        assert_eq!(tokens(&stems(&words, "en", &mut cache)), [(1, "medal".to_owned())]);
        assert_eq!(tokens(&stems(&words, "az", &mut cache)), []);
    }

    #[test]
    fn names_stand_apart() {
        let mut names = String::new();
        push_words("Anar", &mut names);
        gap(&mut names);
        push_words("Leyla", &mut names);
        assert_eq!(tokens(&names), [(0, "anar".to_owned()), (GAP + 1, "leyla".to_owned())]);
    }
}
