//! What a plan must know of an index.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use super::field::Term;
use super::wildcard::{Form, FormWords};
use crate::index::Totals;
use crate::index::geo::Spot;
use crate::index::named::Bearer;

/// How many articles hold each spelling of some words, given as key and spelling; in the order of the alphabet.
pub(crate) type Spellings = BTreeMap<(String, String), Printed>;

/// How many articles print a word in the name of a person, and in that of a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) people: u64,
    pub(crate) places: u64,
}

impl Printed {
    /// So many articles more print it as the name of a `bearer`.
    pub(crate) fn add(&mut self, bearer: Bearer, articles: u64) {
        match bearer {
            Bearer::Person => self.people += articles,
            Bearer::Place => self.places += articles,
        }
    }

    /// Articles that print it as a name; one that prints both counts twice.
    pub(crate) fn all(self) -> u64 {
        self.people + self.places
    }
}

impl AddAssign for Printed {
    fn add_assign(&mut self, other: Printed) {
        self.people += other.people;
        self.places += other.places;
    }
}

/// What a plan asks of an index. Questions come in batches where an engine may be far away.
pub(crate) trait Lexicon {
    /// Why the index cannot be asked.
    type Error;

    /// Sums over the articles of the index, whatever its segments and however many deleted documents they hold.
    fn totals(&self) -> Totals;

    /// The codes of the languages that articles are in, in any order.
    fn langs(&self) -> Result<Vec<String>, Self::Error>;

    /// For each term the documents that hold it, as the dictionary says: those deleted since are counted. Scores rest on
    /// it, for which about is good enough.
    fn doc_freqs(&self, terms: &[&Term]) -> Result<Vec<u64>, Self::Error>;

    /// For each term the living documents that hold it: what is matched must not depend on what the index held before.
    fn holders(&self, terms: &[&Term]) -> Result<Vec<u64>, Self::Error>;

    /// The first `most` words, in alphabetical order, of titles and bodies that fit `form`.
    fn words(&self, form: &Form, most: usize) -> Result<FormWords, Self::Error>;

    /// The spellings of names behind `key` (a name key or [`place_key`](crate::index::named::place_key)), or with `near`
    /// behind keys that differ from it a little, that `fits` lets through, given as key and spelling.
    fn spellings(&self, key: &str, near: bool, fits: &dyn Fn(&str, &str) -> bool) -> Result<Spellings, Self::Error>;

    /// The people of whose names one word has one of `keys`, each as key, a tab and name, and how many living documents
    /// name them.
    fn bearers(&self, keys: &[String]) -> Result<BTreeMap<String, u64>, Self::Error>;

    /// When the newest article was published, seconds since 1970; `None` where none has a date.
    fn newest(&self) -> Result<Option<i64>, Self::Error>;

    /// Where a place lies that no gazetteer of ours has and some article names (the user's own table does), by its folded
    /// name; `None` where no article does.
    fn own_place(&self, folded: &str) -> Result<Option<Spot>, Self::Error>;
}
