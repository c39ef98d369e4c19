//! Terms as the index takes them: made by us, once, before Tantivy sees the text.
//!
//! A text field is given as a list of terms, one a line. Each line is one position; an empty line leaves its position
//! empty, which is how the terms of a word's forms ([`super::forms`]) stand at the position of the word. A line may hold several terms of one position, with tabs between. [`gap`] keeps a phrase from running from one name into the next.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use super::beside::Beside;
use crate::text::{self, Catenation, Catenator, Pair, Pairs};

/// Name under which the tokenizer is registered.
pub(crate) const NAME: &str = "terms";

/// Positions between two names of one field.
const NAME_GAP: usize = 64;

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

/// Layout term on the first word of a paragraph, and so of a sentence.
pub(crate) const PARAGRAPH: &str = "p";
/// Layout term on the first word of a sentence that begins no paragraph.
pub(crate) const SENTENCE: &str = "s";
/// Layout term on a word whose first letter alone is a capital.
pub(crate) const INITIAL: &str = "c";
/// Layout term on a word of two letters at least, all capitals.
pub(crate) const CAPITALS: &str = "u";
/// Layout term on a word with other capitals.
pub(crate) const MIXED: &str = "m";

/// The layout term for the capitals of a word as written; `None` where it has none.
pub(crate) fn capitals(written: &str) -> Option<&'static str> {
    // Most words are small ASCII letters: one look at the bytes ends it.
    if written.is_ascii() && !written.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let is_letter = |c: &char| c.is_uppercase() || c.is_lowercase();
    let mut letters = written.chars().filter(is_letter);
    let first = letters.next()?.is_uppercase();
    let (mut upper, mut lower) = (0, 0);
    letters.for_each(|c| if c.is_uppercase() { upper += 1 } else { lower += 1 });
    match (first, upper, lower) {
        (false, 0, _) => None,
        (true, 0, _) => Some(INITIAL),
        (true, _, 0) => Some(CAPITALS),
        _ => Some(MIXED),
    }
}

/// Words as [`push_words`] gives them, and on equal lines the layout: where paragraphs and sentences begin, and which
/// words have capitals. `body` says whether the text has paragraphs; a title is one sentence. What else stands at the
/// positions of the words goes to `beside`.
pub(crate) fn push_with_layout(
    text: &str,
    body: bool,
    words: &mut String,
    layout: &mut String,
    beside: &mut Beside,
) -> u64 {
    let starts = if body { starts(text) } else { Vec::new() };
    let mut starts = starts.into_iter().peekable();
    let mut count = 0;
    let (mut pairs, mut catenator) = (Pairs::default(), Catenator::default());
    text::words(text).for_each_word(|word| {
        words.push_str(word.folded);
        words.push('\n');
        count += 1;
        pairs.take(text, word, &mut |pair: Pair<'_>| beside.push(pair.first, pair.term));
        catenator.take(text, word, &mut |found: Catenation<'_>| beside.push(found.first, found.term));
        // A sentence without words begins nothing; its paragraph begins with the next one.
        let mut unit = None;
        while let Some((_, mark)) = starts.next_if(|(start, _)| *start <= word.span.start) {
            unit = if unit == Some(PARAGRAPH) { unit } else { Some(mark) };
        }
        let shape = capitals(word.span.of(text));
        layout.push_str(unit.unwrap_or(""));
        if unit.is_some() && shape.is_some() {
            layout.push('\t');
        }
        layout.push_str(shape.unwrap_or(""));
        layout.push('\n');
    });
    pairs.close(&mut |pair: Pair<'_>| beside.push(pair.first, pair.term));
    catenator.close(text, &mut |found: Catenation<'_>| beside.push(found.first, found.term));
    count
}

/// Where each sentence of `body` begins, in bytes, and what begins there.
fn starts(body: &str) -> Vec<(u32, &'static str)> {
    let mut out = Vec::new();
    for paragraph in text::paragraphs(body) {
        let marks = std::iter::once(PARAGRAPH).chain(std::iter::repeat(SENTENCE));
        out.extend(text::sentences(body, paragraph).into_iter().map(|sentence| sentence.start).zip(marks));
    }
    out
}

/// Takes the first line off `rest`. A search for the one byte is what most of the time goes to in a list of short lines.
pub(crate) fn next_line<'t>(rest: &mut &'t str) -> &'t str {
    let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    let (line, after) = rest.split_at(end);
    *rest = after.strip_prefix('\n').unwrap_or("");
    line
}

/// Leaves positions empty so that no phrase crosses from one name into the next.
pub(crate) fn gap(out: &mut String) {
    for _ in 0..NAME_GAP {
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
            let length = memchr::memchr2(b'\n', b'\t', self.rest.as_bytes()).unwrap_or(self.rest.len());
            let term = &self.rest[..length];
            let shared = self.rest.as_bytes().get(length) == Some(&b'\t');
            self.rest = self.rest.get(length + 1..).unwrap_or("");
            let position = self.position;
            self.position += usize::from(!shared);
            if !term.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(term);
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
    fn empty_lines_keep_the_positions_of_their_words() {
        let mut words = String::new();
        assert_eq!(push_words("Three medals were won", &mut words), 4);
        assert_eq!(tokens("\nen:medal\n\n\n"), [(1, "en:medal".to_owned())]);
        assert_eq!(tokens(""), []);
    }

    #[test]
    fn layout_has_the_positions_of_the_words() {
        let (mut words, mut layout) = (String::new(), String::new());
        let text = "One NATO talk. Dr. McKay came.\n\n– iPad";
        let count = push_with_layout(text, true, &mut words, &mut layout, &mut Beside::default());
        assert_eq!((count, words.lines().count(), layout.lines().count()), (7, 7, 7));
        let found: Vec<String> = tokens(&layout).into_iter().map(|(at, mark)| format!("{at}{mark}")).collect();
        assert_eq!(found.join(" "), "0p 0c 1u 3s 3c 4m 6p 6m");
    }

    #[test]
    fn pairs_stand_beside_their_first_characters() {
        let (mut words, mut layout, mut beside) = (String::new(), String::new(), Beside::default());
        push_with_layout("in 北京大", false, &mut words, &mut layout, &mut beside);
        assert_eq!(words, "in\n北\n京\n大\n");
        let stems = tokens(&beside.join("\n\n\n\n".to_owned()));
        assert_eq!(stems, [(1, "北京".to_owned()), (2, "京大".to_owned())]);
    }

    #[test]
    fn capitals_are_told_apart() {
        for (written, shape) in [
            ("medal", None),
            ("19", None),
            ("Medal", Some(INITIAL)),
            ("A", Some(INITIAL)),
            ("G7", Some(INITIAL)),
            ("NATO", Some(CAPITALS)),
            ("iPad", Some(MIXED)),
            ("McKay", Some(MIXED)),
            ("İzmir", Some(INITIAL)),
            ("МИД", Some(CAPITALS)),
            ("北", None),
        ] {
            assert_eq!(capitals(written), shape, "{written}");
        }
    }

    #[test]
    fn names_stand_apart() {
        let mut names = String::new();
        push_words("Anar", &mut names);
        gap(&mut names);
        push_words("Leyla", &mut names);
        assert_eq!(tokens(&names), [(0, "anar".to_owned()), (NAME_GAP + 1, "leyla".to_owned())]);
    }
}
