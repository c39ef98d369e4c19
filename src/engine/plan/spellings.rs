//! Other spellings of a name that the index holds: `Aliyev` also finds who is printed Əliyev or Алиев.
//!
//! The index keeps each word of the names of people and places as printed, behind its key. Spellings with the key of
//! what was typed are read off; keys that differ a little are found with an automaton; and each candidate is compared
//! with what was typed letter by letter: keys alone cannot tell that Putin and Poutine are one and Hansen and Hanson
//! two. Names that history changed come from the tables of aliases. `=` before a name turns all this off.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::{InvertedIndexReader, SegmentReader, Term};
use tantivy_fst::Automaton;

use crate::engine::local::matching::filter::{self, Matching};
use crate::index::Reader;
use crate::index::named::{folded_words, person_word_term};
use crate::index::schema::schema;
use crate::text::{Aliases, NearKeys, Row, fold, keys_may_meet, name_key, same_name, words};

/// Between the key of a spelling and the spelling.
const SEPARATOR: u8 = b'\t';
/// Candidates that are compared for one word.
const CANDIDATES: usize = 512;
/// Spellings of one word that are looked for, those that most articles hold.
const MOST: usize = 16;
/// Names of several words are looked for in so many combinations of spellings.
const COMBINATIONS: usize = 64;
/// Shorter keys must be equal.
const SHORT: usize = 5;

/// Another spelling of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Other {
    /// As an article prints it.
    pub(crate) surface: String,
    pub(crate) folded: String,
    pub(crate) key: String,
}

/// The table of the program and that of the user.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables<'t> {
    pub(crate) own: Option<&'t Aliases>,
}

impl<'t> Tables<'t> {
    /// Other names of the bearer of `name`, sorted, each once.
    pub(crate) fn others(self, name: &str) -> BTreeSet<&'t str> {
        let own = self.own.into_iter().flat_map(|own| own.others(name));
        Aliases::builtin().others(name).chain(own).collect()
    }
}

/// How many articles hold each spelling of some words; in the order of the alphabet.
type Found = BTreeMap<(String, String), u64>;

/// Gathers the spellings behind `key`, and behind keys that are `near`, which `fits` lets through, given as key and
/// spelling.
fn gather(
    reader: &Reader,
    key: &str,
    near: bool,
    found: &mut Found,
    fits: impl Fn(&str, &str) -> bool,
) -> tantivy::Result<()> {
    let keys = NearKeys::of(key).filter(|_| near);
    // What begins with the key and a tab lies side by side.
    let (first, last) = (format!("{key}\t"), format!("{key}\n"));
    for segment in reader.searcher.segment_readers() {
        let index = segment.inverted_index(schema().1.spelling)?;
        if let Some(keys) = &keys {
            let mut terms = index.terms().search(ByKey(keys)).into_stream()?;
            take(&mut terms, segment, &index, found, &fits)?;
        } else {
            let mut terms = index.terms().range().ge(first.as_bytes()).lt(last.as_bytes()).into_stream()?;
            take(&mut terms, segment, &index, found, &fits)?;
        }
    }
    Ok(())
}

/// Takes the first spellings of one segment that fit.
fn take<A: Automaton>(
    terms: &mut TermStreamer<'_, A>,
    segment: &SegmentReader,
    index: &InvertedIndexReader,
    found: &mut Found,
    fits: &impl Fn(&str, &str) -> bool,
) -> tantivy::Result<()>
where
    A::State: Clone,
{
    let mut seen = 0;
    while seen < CANDIDATES
        && let Some((term, info)) = terms.next()
    {
        let Some((key, surface)) = std::str::from_utf8(term).ok().and_then(|term| term.split_once('\t')) else {
            continue;
        };
        seen += 1;
        let count = if fits(key, surface) { living(segment, index, info)? } else { 0 };
        if count > 0 {
            *found.entry((key.to_owned(), surface.to_owned())).or_default() += count;
        }
    }
    Ok(())
}

/// Articles of a segment that hold a term, without those that are deleted: what is matched must not depend on what the
/// index held before.
fn living(segment: &SegmentReader, index: &InvertedIndexReader, info: &TermInfo) -> tantivy::Result<u64> {
    Ok(u64::from(match segment.alive_bitset() {
        None => info.doc_freq,
        Some(alive) => index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?.doc_freq_given_deletes(alive),
    }))
}

/// How many articles hold `term`.
pub(crate) fn holders(reader: &Reader, term: &Term) -> tantivy::Result<u64> {
    let mut sum = 0;
    for segment in reader.searcher.segment_readers() {
        let index = segment.inverted_index(term.field())?;
        if let Some(info) = index.get_term_info(term)? {
            sum += living(segment, &index, &info)?;
        }
    }
    Ok(sum)
}

/// Accepts a key that is near, and whatever spelling.
struct ByKey<'k>(&'k NearKeys<'k>);

impl Automaton for ByKey<'_> {
    /// `None` behind the key.
    type State = Option<Row>;

    fn start(&self) -> Self::State {
        Some(self.0.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.is_none()
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.as_ref().is_none_or(|row| self.0.may_be_near(row))
    }

    fn will_always_match(&self, state: &Self::State) -> bool {
        state.is_none()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let row = state.as_ref()?;
        // No letter of a key is taken for the separator: where the key is not near there, nothing goes on.
        if byte == SEPARATOR && self.0.is_near(row) { None } else { Some(self.0.read(row, byte)) }
    }
}

/// Spellings of `word` in the index other than what folds to it, the most frequent first.
fn others(word: &str, reader: &Reader, tables: Tables<'_>) -> tantivy::Result<Vec<Other>> {
    let key = name_key(word);
    let own = fold(word);
    let mut found = Found::new();
    if key.is_empty() {
        return Ok(Vec::new());
    }
    gather(reader, &key, key.len() >= SHORT, &mut found, |other, surface| {
        (other == key || keys_may_meet(&key, other)) && fold(surface) != own && same_name(word, surface)
    })?;
    for name in tables.others(word) {
        let other = name_key(name);
        let plain = folded_words(name) == fold(name) && !other.is_empty() && other != key;
        if plain && !name.contains(' ') {
            gather(reader, &other, false, &mut found, |_, surface| same_name(name, surface))?;
        }
    }
    let mut by_count: Vec<((String, String), u64)> = found.into_iter().collect();
    by_count.sort_by_key(|(_, count)| Reverse(*count));
    let mut out: Vec<Other> = Vec::new();
    for ((key, surface), _) in by_count {
        let folded = fold(&surface);
        if out.len() < MOST && folded != own && out.iter().all(|other| other.folded != folded) {
            out.push(Other { surface, folded, key });
        }
    }
    Ok(out)
}

/// Other spellings of a plain word of a query, where it is a name: empty for ordinary words.
///
/// A word that the archive holds is a name where half of the articles that hold it print it in the name of a person or
/// place. One that it does not hold is, where it was typed with a capital, or is the key of a name.
pub(crate) fn of_word(typed: &str, folded: &str, reader: &Reader, tables: Tables<'_>) -> tantivy::Result<Vec<Other>> {
    let (_, f) = schema();
    let key = name_key(typed);
    let mut found = Found::new();
    if key.chars().count() < 3 || typed.chars().any(|c| c.is_numeric()) {
        return Ok(Vec::new());
    }
    gather(reader, &key, false, &mut found, |_, _| true)?;
    let held = holders(reader, &Term::from_field_text(f.body, folded))?;
    let printed: u64 = found.iter().filter(|((_, surface), _)| fold(surface) == folded).map(|(_, count)| *count).sum();
    let is_name = match held {
        0 => typed.starts_with(char::is_uppercase) || !found.is_empty(),
        held => printed * 2 >= held,
    };
    if is_name { others(typed, reader, tables) } else { Ok(Vec::new()) }
}

/// A person's name as it is looked for.
#[derive(Debug, Default)]
pub(crate) struct Person {
    /// For each word of the name: folded as typed, and the keys that will do, its own first.
    pub(crate) words: Vec<(String, Vec<String>)>,
    /// Other spellings that are looked for, as articles print them, sorted.
    pub(crate) also: Vec<String>,
    /// The spellings of the last word that will do, where others in the index have its key and are other names.
    only: Vec<String>,
}

impl Person {
    /// The keys of `name` in the index, and of its other spellings there unless it has to be `exact`.
    pub(crate) fn find(name: &str, exact: bool, reader: &Reader, tables: Tables<'_>) -> tantivy::Result<Person> {
        let mut person = Person::default();
        let mut typed = Vec::new();
        words(name).for_each_word(|word| {
            // As in the keys of people: print uses the Arabic article at will.
            let key = name_key(word.span.of(name));
            if !key.is_empty() && !matches!(word.folded, "al" | "el" | "ال") {
                typed.push((word.span.of(name), word.folded.to_owned(), key));
            }
        });
        let last = typed.len().saturating_sub(1);
        for (at, (word, folded, key)) in typed.into_iter().enumerate() {
            let mut keys = vec![key];
            if !exact {
                let others = others(word, reader, tables)?;
                if at == last && has_namesakes(word, &keys[0], reader)? {
                    person.only = others.iter().map(|other| other.folded.clone()).chain([folded.clone()]).collect();
                }
                for other in others {
                    if !keys.contains(&other.key) {
                        keys.push(other.key);
                    }
                    person.also.push(other.surface);
                }
            }
            person.words.push((folded, keys));
        }
        person.also.sort_unstable();
        person.also.dedup();
        Ok(person)
    }

    /// For each word of the name the keys that will do.
    pub(crate) fn keys(&self) -> Vec<Vec<String>> {
        self.words.iter().map(|(_, keys)| keys.clone()).collect()
    }

    /// The articles that name such a person.
    pub(crate) fn matching(&self) -> Matching {
        let mut phrases: Vec<Vec<String>> = vec![Vec::new()];
        for (_, keys) in &self.words {
            let longer = phrases
                .iter()
                .flat_map(|phrase| keys.iter().map(|key| phrase.iter().chain([key]).cloned().collect::<Vec<String>>()));
            phrases = longer.take(COMBINATIONS).collect();
        }
        let (_, f) = schema();
        let matching = filter::or(phrases.iter().map(|phrase| filter::phrase(&[f.person], phrase, 2)).collect());
        if self.only.is_empty() {
            return matching;
        }
        let printed = self.only.iter().map(|word| Term::from_field_text(f.named, &person_word_term(word)));
        filter::and(vec![matching, filter::any_term(printed)], Vec::new())
    }
}

/// True when the index holds other names with the key of `word`: Busch, where Bush is asked for.
fn has_namesakes(word: &str, key: &str, reader: &Reader) -> tantivy::Result<bool> {
    let mut found = Found::new();
    gather(reader, key, false, &mut found, |_, surface| !same_name(word, surface))?;
    Ok(!found.is_empty())
}
