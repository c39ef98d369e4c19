//! Spellings of one place that are the name of another.
//!
//! Gazetteers give the spellings of all languages: Grenada is `Granada` in Spanish, Paris `Parys` in Afrikaans. Who
//! prints such a name in running text means the place that is called so, where people know it. Names that differ by
//! more than a letter are left alone, and so is a small town beside a large one: `Roma` is a town in America too, and
//! mostly not meant.

use super::{Candidate, Candidates, Entry, Gazetteer, PlaceKind, name_words};
use crate::text::{misprint, name_key, same_name};

/// A place with fewer people is too little known to keep its name for itself.
const KNOWN: u64 = 5_000;
/// A town with so many people keeps its name even beside a country whose name it is in another language.
const LARGE: u64 = 100_000;

/// The places that `name` may mean, of which the gazetteer knows `found`; in their order. Left out are those of whose
/// main name it is a spelling that differs by one letter, where it is the main name of a place with more people, of a
/// large town where the other is a country (`Granada`), or (`Parys` sounds like Paris and is none) of a town that
/// people know.
pub(crate) fn meant(name: &str, found: impl Iterator<Item = Candidate>) -> Vec<(Candidate, Entry)> {
    let gazetteer = Gazetteer::embedded();
    let entry = |candidate: Candidate| Some((candidate, gazetteer.row(candidate.row)?));
    let mut out: Vec<(Candidate, Entry)> = found.filter_map(entry).collect();
    // No place has it as its main name: then it is nobody's own, and every spelling stays.
    let Some(own) = out.iter().filter(|(candidate, _)| candidate.main).map(|(_, entry)| known(entry)).max() else {
        return out;
    };
    if out.iter().all(|(candidate, _)| candidate.main) {
        return out;
    }
    let words = name_words(name);
    out.retain(|(candidate, entry)| candidate.main || !is_another(&words, entry, own));
    out
}

/// True when `name`, whose best known bearer weighs `own`, is not meant for `entry`.
fn is_another(name: &str, entry: &Entry, own: u64) -> bool {
    let main = name_words(entry.name());
    let sounds = || name_key(name) == name_key(&main) && !same_name(name, &main);
    let country = entry.record.kind == PlaceKind::Country;
    misprint(name, &main) && (known(entry) < own || (country && own >= LARGE) || (own >= KNOWN && sounds()))
}

/// How many people know a place: those who live there; a country is known to all.
fn known(entry: &Entry) -> u64 {
    if entry.record.kind == PlaceKind::Country { u64::MAX } else { entry.record.population }
}

impl Gazetteer {
    /// As [`Gazetteer::find`], without places of which the name is only a foreign spelling while another bears it.
    pub(crate) fn find_meant(&self, name: &str) -> Vec<(Candidate, Entry)> {
        let found: Candidates = self.find(name);
        meant(name, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_that_is_the_name_of_another_place_means_that_one() {
        let names = |name: &str| -> Vec<&str> {
            Gazetteer::embedded().find_meant(name).iter().map(|(_, entry)| entry.name()).collect()
        };
        for (name, other) in [("Granada", "Grenada"), ("Grenada", "Granada"), ("Parys", "Paris")] {
            assert!(names(name).contains(&name) && !names(name).contains(&other), "{name}: {:?}", names(name));
        }
        for (name, place) in [("Roma", "Rome"), ("Laçın", "Lachin"), ("Kiev", "Kyiv")] {
            assert!(names(name).contains(&place), "{name}: {:?}", names(name));
        }
    }
}
