//! A quick look at the capitalised words of a language whose nouns all have capitals.
//!
//! Most of them are no names, and to find that out by the features of the tagger would cost more than all other annotation. A linear
//! model over a few features, whose weights fit a processor's cache, tells first which are surely none; only the others are read.
//!
//! The file holds the least sum that a word must have to be read, an `i32`, and then 2^n weights of a byte each; numbers are
//! little-endian. Features share slots where their hashes meet: of a few features a word one wrong weight is outvoted.

use super::features::window;
use super::observations::Observations;
use crate::text::hash::{hash_word, mix};

/// Weights of the filter.
// What a processor holds in its nearest cache; a table of four times the size told no more.
pub const SLOTS: usize = 1 << 15;
/// Features of a word.
pub const FEATURES: usize = 19;
/// Bytes before the weights.
const HEAD: usize = 4;

/// A filter as it is used.
#[derive(Debug)]
pub struct Nouns {
    least: i32,
    weights: &'static [u8],
}

impl Nouns {
    /// Reads a file; `None` where it is none.
    pub fn read(file: &'static [u8]) -> Option<Nouns> {
        let (least, weights) = file.split_first_chunk::<HEAD>()?;
        (weights.len() == SLOTS).then_some(Nouns { least: i32::from_le_bytes(*least), weights })
    }

    /// The file with these weights, [`SLOTS`] of them.
    pub fn encode(least: i32, weights: &[i8]) -> Vec<u8> {
        let weights = weights.iter().map(|weight| *weight as u8);
        least.to_le_bytes().into_iter().chain(weights).collect()
    }

    /// True for a word that is surely no part of a name: a noun, or what links two.
    pub(super) fn is_ordinary(&self, observations: &Observations<'_>, at: usize) -> bool {
        let noun = |at: usize| observations.may_be_ordinary(at) && self.sum(&slots(observations, at)) < self.least;
        if observations.is_link(at) { at > 0 && noun(at - 1) && noun(at + 1) } else { noun(at) }
    }

    /// The sum of the weights in `slots`: the greater, the likelier the word is part of a name.
    pub fn sum(&self, slots: &[usize; FEATURES]) -> i32 {
        slots.iter().filter_map(|slot| self.weights.get(*slot)).map(|weight| i32::from(*weight as i8)).sum()
    }
}

/// Where the weights of the features of word `at` lie.
pub fn slots(observations: &Observations<'_>, at: usize) -> [usize; FEATURES] {
    let w = window(observations, at);
    let folded = observations.tokens.folded(at);
    let (here, traits, places) = (w.here, u64::from(w.here.traits), u64::from(w.here.places));
    let (from, length) = (at as u64 - u64::from(here.chain.0), u64::from(here.chain.1 - here.chain.0).min(5));
    let head = folded.char_indices().nth(4).map_or(0, |(end, _)| hash_word(&folded.as_bytes()[..end]));
    let tail = folded.char_indices().rev().nth(3).map_or(0, |(start, _)| hash_word(&folded.as_bytes()[start..]));
    let base = u64::from(here.base_traits) << 8 | u64::from(here.base_places);
    let look = |fact: &super::observations::Observation| u64::from(fact.shape) << 8 | u64::from(fact.gap);
    let values = [
        1,
        here.word,
        here.ending,
        head,
        tail,
        w.left.word,
        w.right.word,
        mix(w.left.word, here.ending),
        mix(w.left2.word, w.left.word),
        w.left.ending,
        w.right.ending,
        traits,
        mix(traits, places),
        mix(places, w.left.word),
        mix(mix(look(w.left), look(here)), look(w.right)),
        mix(from.min(3), length),
        u64::from(here.elsewhere),
        mix(here.why, u64::from(here.rule)),
        base,
    ];
    let mut number = 0_u64;
    values.map(|value| {
        number += 1;
        (mix(value, number.wrapping_mul(0x9E37_79B9_7F4A_7C15)) >> 40) as usize % SLOTS
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names::{Setting, Tokens, find};
    use crate::annotate::tagger::models;

    #[test]
    fn ordinary_nouns_are_passed_over_and_names_are_not() {
        let nouns = models::nouns().expect("a filter");
        let setting = Setting::for_language(Some("de"));
        for (text, expected) in [
            ("Gestern kam die Verhandlung in der Sitzung des Ausschusses zu einem Ende.", ""),
            ("Gestern sprach Merkel in der Sitzung.", "merkel"),
            ("Er kam mit der Familie aus Köln und las die Zeitung.", "koln"),
        ] {
            let tokens = Tokens::new(text);
            let observations = Observations::new(&tokens, &find(&tokens, setting), setting);
            let read = (1..tokens.list.len())
                .filter(|at| tokens.list[*at].capital() && !nouns.is_ordinary(&observations, *at));
            assert_eq!(read.map(|at| tokens.folded(at)).collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }

    #[test]
    fn weights_are_read_as_they_were_written() {
        let weights: Vec<i8> = (0..SLOTS).map(|at| (at % 251) as i8).collect();
        let nouns = Nouns::read(Nouns::encode(-7, &weights).leak()).expect("a filter");
        assert_eq!((nouns.least, nouns.sum(&[3; FEATURES])), (-7, 3 * FEATURES as i32));
        assert!(Nouns::read(b"no filter").is_none());
    }
}
