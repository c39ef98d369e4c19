//! What the gazetteer says of one name: the place that is best known by it, and whether it is first of all that place's.

use crate::annotate::gazetteer::{Entry, Gazetteer, PlaceKind};
use crate::annotate::places::likely;
use crate::text::fold;

/// A town with fewer people is too little known for its name to say that a word is a name of a place.
// Hamlets bear the surnames of half of the world.
const KNOWN_TOWN: u64 = 15_000;
/// A town with fewer people is looked for under no name that does not sound like the typed one.
// Gazetteers give Sodom for Ithaca and Kaffa for Feodosiya; what other languages call large towns is in use.
const RENOWNED: u64 = 100_000;
/// Latin letters of a name that may be an abbreviation, at most.
// Of four letters most are names: Mali, Kuba, Wien.
const ABBREVIATION: usize = 3;
/// A town with so many people has short names in other languages that people know: Wien, Rom, Prag.
const CAPITAL: u64 = 1_000_000;

/// The place that is best known by a name, and those that are called so and contain it or lie in it, as a district does
/// that is named for its town; none where the gazetteer has no such name.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The best known first.
    all: Vec<Entry>,
    /// The first is called so before all else.
    pub(super) are_called_so: bool,
    /// Another place that people know is called so before all else.
    others_are: bool,
    /// Divisions of two countries are called so: `West`, `Centre`, `Norte` say where in a country something lies, and each
    /// language has a word for it, which is a word of the language first of all.
    are_directions: bool,
}

impl Places {
    pub(super) fn of(name: &str) -> Places {
        let meant = Gazetteer::embedded().find_meant(name);
        let called = |place: &Entry| meant.iter().any(|(candidate, entry)| entry.row == place.row && candidate.main);
        let mut all = likely(name);
        let Some(first) = all.first().copied() else { return Places::default() };
        // Mahdia lies in Africa and was called so, and is not what anybody means.
        let is_one = |place: &Entry| place.row == first.row || (place.within(&first) || first.within(place));
        // Brasília is in Brazil and no name of it.
        let town = |place: &Entry| place.record.kind == PlaceKind::City && first.record.kind != PlaceKind::City;
        let others = |place: &&Entry| called(place) && is_known(place) && (!is_one(place) || town(place));
        let others_are = all.iter().any(|place| others(&place));
        let are_directions = is_division(&first)
            && all.iter().any(|place| is_division(place) && place.record.country != first.record.country);
        all.retain(|place| place.row == first.row || (is_one(place) && called(place)));
        Places { are_called_so: called(&first), others_are, are_directions, all }
    }

    /// True where the best known is more than a village.
    pub(super) fn are_known(&self) -> bool {
        self.all.first().is_some_and(is_known)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// True where the best known has other names that many people know.
    pub(super) fn are_renowned(&self) -> bool {
        self.all
            .first()
            .is_some_and(|first| first.record.kind != PlaceKind::City || first.record.population >= RENOWNED)
    }

    /// True where the best known is so large that its short names are in use.
    pub(super) fn are_capital(&self) -> bool {
        self.all.first().is_some_and(|first| first.record.kind == PlaceKind::City && first.record.population >= CAPITAL)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = u32> {
        self.all.iter().map(|place| place.record.id)
    }

    /// True where both names are of one place, and neither is first of all the name of another.
    pub(super) fn share(&self, other: &Places) -> bool {
        let is_own = |names: &Places| (names.are_called_so || !names.others_are) && !names.are_directions;
        is_own(self) && is_own(other) && self.ids().any(|id| other.ids().any(|other| other == id))
    }
}

/// True for what stands for a name by its first letters: `ROK`, `UAE`. What other languages write so is another name to them, or
/// a word.
pub(super) fn is_abbreviation(surface: &str) -> bool {
    let folded = fold(surface);
    let mut meant = Gazetteer::embedded().find(surface).peekable();
    let in_capitals = meant.peek().is_some() && meant.all(|candidate| candidate.capitals);
    in_capitals || (folded.is_ascii() && folded.len() <= ABBREVIATION)
}

fn is_division(place: &Entry) -> bool {
    matches!(place.record.kind, PlaceKind::Region | PlaceKind::District)
}

fn is_known(place: &Entry) -> bool {
    place.record.kind != PlaceKind::City || place.record.population >= KNOWN_TOWN
}
