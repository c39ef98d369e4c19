//! More like one article: the words that tell it from others, asked for like any query.

use rustc_hash::FxHashMap;
use tantivy::Term;

use super::stories;
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::filter::Matching;
use crate::engine::local::rank::feedback::may_tell;
use crate::index::Reader;
use crate::index::record::Outcome;
use crate::index::schema::schema;
use crate::index::store::{self, Stored};
use crate::text::{Pair, Pairs, is_cjk, words};

/// Words that are asked for.
// Each is a list of postings to read; the words behind the first dozen are shared by chance.
const WORDS: usize = 16;
/// Words of the body that are read: what it is about stands at its head.
const HEAD: usize = 400;
/// What a word of the headline weighs beside one of the body.
const TITLE: f64 = 3.0;
/// Words in more articles than one in so many tell nothing.
// As for the terms of feedback: what a tenth of the archive holds tells as little as a stop word.
const COMMON: f64 = 10.0;

/// What is noted where an article has no word to ask for.
pub(crate) const NOTHING_TELLS: &str = "no word of this article tells it from others and stands in another one too";

/// The query for more like the article with this id, and the articles that it should not find: itself and its copies.
pub(crate) fn query(reader: &Reader, id: &str) -> Fallible<(String, Matching)> {
    let (address, key) = stories::locate(reader, id)?;
    let stored = store::load(&reader.searcher, address)?;
    Ok((telling_words(reader, &stored)?, stories::own(reader, key)?))
}

/// The words that tell this article from others, best first, as a query. A word that no other article has finds nothing
/// and is left out. Empty where there is no such word.
fn telling_words(reader: &Reader, stored: &Stored) -> Fallible<String> {
    let Outcome::Page(page) = &stored.record.outcome else { return Ok(String::new()) };
    let weights = [(&page.article.title, TITLE), (&stored.body, 1.0)];
    let weights = weights.into_iter().fold(Weights::default(), |weights, (text, weight)| weights.with(text, weight));
    let articles = reader.searcher.num_docs() as f64;
    let mut told = Vec::new();
    for (term, (word, weight)) in weights.0.into_iter().filter(|(term, _)| may_tell(term.text())) {
        let found = reader.searcher.doc_freq(&term.in_index())? as f64;
        if found >= 2.0 && found <= (articles / COMMON).max(3.0) {
            // Repeats count less and less, as they do in ranking.
            told.push((weight / (weight + 1.5) * (articles / found).ln(), word));
        }
    }
    told.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let words: Vec<String> = told.into_iter().take(WORDS).map(|(_, word)| word).collect();
    Ok(words.join(" "))
}

/// What can be asked for of an article.
#[derive(PartialEq, Eq, Hash)]
enum Asked {
    Word(String),
    /// Two characters of a script without blanks.
    Pair(String),
}

impl Asked {
    fn text(&self) -> &str {
        match self {
            Asked::Word(text) | Asked::Pair(text) => text,
        }
    }

    fn in_index(&self) -> Term {
        let (_, f) = schema();
        match self {
            Asked::Word(word) => Term::from_field_text(f.body, word),
            Asked::Pair(pair) => Term::from_field_text(f.body_stem, pair),
        }
    }
}

/// What can be asked for, with how it is typed and what it weighs.
#[derive(Default)]
struct Weights(FxHashMap<Asked, (String, f64)>);

impl Weights {
    /// Adds the words of the head of `text`, each of this weight.
    fn with(mut self, text: &str, weight: f64) -> Weights {
        let mut add = |asked: Asked, typed: &str| {
            self.0.entry(asked).or_insert_with(|| (typed.to_owned(), 0.0)).1 += weight;
        };
        let (mut words, mut pairs) = (words(text), Pairs::default());
        let mut left = HEAD;
        while let Some(word) = words.next_word().filter(|_| left > 0) {
            left -= 1;
            pairs.take(text, word, &mut |pair: Pair<'_>| add(Asked::Pair(pair.term.to_owned()), pair.span.of(text)));
            // One character says little: its pairs stand for it.
            if !word.folded.starts_with(is_cjk) {
                add(Asked::Word(word.folded.to_owned()), word.folded);
            }
        }
        self
    }
}
