//! The distinct words of a text: each is looked up once, however often it stands there.

use hashbrown::HashTable;

use super::lexicon::Traits;
use crate::annotate::gazetteer::{Gazetteer, Walk};
use crate::text::Span;
use crate::text::hash::hash_word;

/// The distinct folded words of a text, numbered as they come.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    folded: String,
    words: Vec<Word>,
    numbers: HashTable<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    folded: Span,
    hash: u64,
    traits: Option<Traits>,
    /// The names of places that begin with it, once they have been asked for.
    places: Option<Option<Walk>>,
}

impl Vocabulary {
    /// The number of `folded`, which is new or not.
    pub(super) fn number(&mut self, folded: &str) -> u32 {
        let Vocabulary { folded: all, words, numbers } = self;
        let hash = hash_word(folded.as_bytes());
        let same = |number: &u32| words[*number as usize].folded.of(all) == folded;
        let found = numbers.entry(hash, same, |number| words[*number as usize].hash);
        *found
            .or_insert_with(|| {
                let start = all.len();
                all.push_str(folded);
                words.push(Word { folded: Span::new(start, all.len()), hash, traits: None, places: None });
                words.len() as u32 - 1
            })
            .get()
    }

    /// The folded word `number`.
    pub(super) fn folded(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| word.folded.of(&self.folded))
    }

    /// The hash of word `number`.
    pub(super) fn hash(&self, number: u32) -> u64 {
        self.words.get(number as usize).map_or(0, |word| word.hash)
    }

    /// What the lexicon knows of word `number`.
    pub(super) fn traits(&mut self, number: u32) -> Traits {
        let Some(word) = self.words.get_mut(number as usize) else { return Traits::default() };
        *word.traits.get_or_insert_with(|| Traits::of_hash(word.hash))
    }

    /// Looks word `number` up in the gazetteer, for [`Vocabulary::places`].
    pub(super) fn look_up(&mut self, number: u32) {
        let Some(word) = self.words.get_mut(number as usize) else { return };
        let gazetteer = Gazetteer::embedded();
        word.places.get_or_insert_with(|| gazetteer.step(gazetteer.start(), word.folded.of(&self.folded)));
    }

    /// The names of places that begin with word `number`.
    pub(super) fn places(&self, number: u32) -> Option<Walk> {
        let word = self.words.get(number as usize)?;
        let gazetteer = Gazetteer::embedded();
        word.places.unwrap_or_else(|| gazetteer.step(gazetteer.start(), word.folded.of(&self.folded)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number() {
        let mut words = Vocabulary::default();
        let numbers: Vec<u32> =
            "the mayor of london and the mayor of".split(' ').map(|word| words.number(word)).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 0, 1, 2]);
        assert_eq!(words.folded(3), "london");
        assert_eq!(words.folded(9), "");
        assert_eq!(words.traits(0), Traits::of_word("the"));
        assert!(words.places(3).is_some() && words.places(9).is_none());
    }
}
