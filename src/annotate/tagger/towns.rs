//! Towns that the tagger takes for people.
//!
//! The model learned from texts in which an unknown word at the head of a sentence is mostly a person. The document
//! knows better: `Aghdam was returned` in a text that names Azerbaijan speaks of the town there. A word is made a place
//! where nothing says that it is a person's (no given name, no surname, no title before it, no longer name with it) and
//! its main bearer in the gazetteer lies in a country that the text names.

use std::collections::HashSet;

use super::places;
use crate::annotate::gazetteer::{Entry, Gazetteer};
use crate::annotate::names::{Label, Name, NameRule, Setting, Tokens, Traits};

/// Inhabitants that a town needs: hamlets bear the names of everybody.
const TOWN: u64 = 1_000;

/// Makes places of those single words among `names` that the tagger took for people and that are towns.
pub(super) fn restore(tokens: &Tokens<'_>, names: &mut [Name], setting: Setting) {
    let alone = |name: &Name| name.label == Label::Person && name.end == name.start + 1;
    // Most texts have none, and what follows walks over all names twice.
    if !names.iter().any(alone) {
        return;
    }
    let countries: HashSet<[u8; 2]> =
        names.iter().filter(|name| name.label == Label::Place).filter_map(first).map(|at| at.record.country).collect();
    let people: HashSet<&str> = names
        .iter()
        .filter(|name| name.label == Label::Person && (!alone(name) || is_titled(tokens, name.start)))
        .flat_map(|name| (name.start..name.end).map(|at| tokens.folded(at)))
        .collect();
    for name in names.iter_mut().filter(|name| alone(name)) {
        // Any trace of a person in the lexicon keeps the tagger's word: it has seen more than this rule.
        let ours = tokens.list[name.start].is(Traits::GIVEN.with(Traits::SURNAME).with(Traits::COMMON));
        if ours || people.contains(tokens.folded(name.start)) {
            continue;
        }
        let found = places(tokens, name.start, name.end, setting);
        let town = found.clone().find(|candidate| candidate.main).and_then(|main| Gazetteer::embedded().row(main.row));
        if town.is_some_and(|town| town.record.population >= TOWN && countries.contains(&town.record.country)) {
            (name.label, name.rule, name.places) = (Label::Place, NameRule::TownOfCountry, found);
            name.sex = None;
        }
    }
}

/// How near a town must lie to another place of the text to be meant, in kilometres: a day's errand.
const NEAR: f64 = 60.0;
/// So many places of a text are asked, and so many that one name may mean; both come most likely first.
const ASKED: usize = 16;

/// Adds to `names` those of the rules' places that the tagger passed over and that a preposition leads to, where a town of that
/// name lies near another place of the text: `in Rolle am Genfersee` beside Lausanne is no role. In order, as `names` are.
pub(super) fn keep(names: &mut Vec<Name>, passed_over: impl Iterator<Item = Name>) {
    let led = |name: &Name| name.label == Label::Place && name.rule == NameRule::GazetteerAndPreposition;
    let mut doubtful = passed_over.filter(led).peekable();
    if doubtful.peek().is_none() {
        return;
    }
    let settled: Vec<Entry> =
        names.iter().filter(|name| name.label == Label::Place).filter_map(first).take(ASKED).collect();
    let near = |town: Entry| {
        let beside = |other: &Entry| other.row != town.row && town.distance_km(other) < NEAR;
        town.record.population >= TOWN && settled.iter().any(beside)
    };
    let meant = |name: &Name| {
        let gazetteer = Gazetteer::embedded();
        name.places.clone().take(ASKED).filter_map(|candidate| gazetteer.row(candidate.row)).any(near)
    };
    names.extend(doubtful.filter(meant));
    names.sort_by_key(|name| name.start);
}

/// The place that a name most likely means.
fn first(name: &Name) -> Option<Entry> {
    name.places.clone().next().and_then(|first| Gazetteer::embedded().row(first.row))
}

fn is_titled(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && tokens.list[at - 1].is(Traits::HONORIFIC.with(Traits::ROLE))
}
