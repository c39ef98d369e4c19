//! The spellings of a person's name that the index holds: `person:Aliyev` also finds who is printed Əliyev or Алиев.
//!
//! Most spellings share a key and need nothing. For the others the dictionary of keys is read through for those that
//! could be meant, and each is checked against a name as some article prints it: keys alone cannot tell that Putin and
//! Poutine are one and Hansen and Hanson two. `=` before the name turns this off.

use std::collections::BTreeMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::filter::{self, Matching};
use super::show;
use crate::index::Reader;
use crate::index::schema::schema;
use crate::text::{keys_may_meet, name_key, same_name, words};

/// A person's name as it is looked for.
#[derive(Debug, Default)]
pub(crate) struct Person {
    /// For each word of the name the keys that will do, its own first.
    pub(crate) keys: Vec<Vec<String>>,
    /// Other spellings that are looked for, as articles print them, sorted.
    pub(crate) also: Vec<String>,
}

/// Of one word so many other keys are looked at, the first in the order of the alphabet.
const CANDIDATES: usize = 64;
/// Names of several words are looked for in so many combinations of spellings.
const COMBINATIONS: usize = 64;

impl Person {
    /// The keys of `name` in the index, and of its other spellings there.
    pub(crate) fn find(name: &str, reader: &Reader) -> tantivy::Result<Person> {
        let mut person = Person::default();
        let mut typed = Vec::new();
        words(name).for_each_word(|word| {
            // As in the keys of people: print uses the Arabic article at will.
            let key = name_key(word.span.of(name));
            if !key.is_empty() && !matches!(word.folded, "al" | "el" | "ال") {
                typed.push((word.span.of(name), key));
            }
        });
        let exact = name.starts_with('=');
        for (word, key) in typed {
            let mut keys = vec![key];
            if !exact {
                for (other, form) in others(word, &keys[0], reader)? {
                    keys.push(other);
                    person.also.push(form);
                }
            }
            person.keys.push(keys);
        }
        person.also.sort_unstable();
        person.also.dedup();
        Ok(person)
    }

    /// The articles that name such a person.
    pub(crate) fn matching(&self) -> Matching {
        let mut phrases: Vec<Vec<String>> = vec![Vec::new()];
        for keys in &self.keys {
            let longer = phrases
                .iter()
                .flat_map(|phrase| keys.iter().map(|key| phrase.iter().chain([key]).cloned().collect::<Vec<String>>()));
            phrases = longer.take(COMBINATIONS).collect();
        }
        filter::or(phrases.iter().map(|phrase| filter::phrase(&[schema().1.person], phrase, 2)).collect())
    }
}

/// Keys other than `key` under which the index holds spellings of `word`, each with a spelling.
fn others(word: &str, key: &str, reader: &Reader) -> tantivy::Result<Vec<(String, String)>> {
    let field = schema().1.person;
    let mut candidates: BTreeMap<String, DocAddress> = BTreeMap::new();
    for (number, segment) in (0..).zip(reader.searcher.segment_readers()) {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() && candidates.len() < CANDIDATES {
            let Ok(other) = std::str::from_utf8(terms.key()) else { continue };
            if other == key || !keys_may_meet(key, other) || candidates.contains_key(other) {
                continue;
            }
            let term = Term::from_field_text(field, other);
            let postings = index.read_postings(&term, IndexRecordOption::Basic)?;
            if let Some(doc) = postings.map(|postings| postings.doc()).filter(|doc| *doc != TERMINATED) {
                candidates.insert(other.to_owned(), DocAddress::new(number, doc));
            }
        }
    }
    let checked = candidates.into_iter().filter_map(|(other, address)| {
        let form = printed(&other, address, reader)?;
        same_name(word, &form).then_some((other, form))
    });
    Ok(checked.collect())
}

/// The word with this key in a person's name of the article at `address`.
fn printed(key: &str, address: DocAddress, reader: &Reader) -> Option<String> {
    let stored = crate::index::store::load(&reader.searcher, address)?;
    let mut found = None;
    for person in &show::annotations(&stored.record)?.people {
        words(&person.name).for_each_word(|word| {
            let surface = word.span.of(&person.name);
            if found.is_none() && name_key(surface) == key {
                found = Some(surface.to_owned());
            }
        });
    }
    found
}
