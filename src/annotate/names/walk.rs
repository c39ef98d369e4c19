//! The longest name of the gazetteer that begins at a word.

use super::Setting;
use super::lexicon::Traits;
use super::token::{Case, Tokens};
use crate::annotate::gazetteer::{Candidates, Gazetteer, PlaceKind, Walk};

/// A name of the gazetteer in a text.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    /// One past its last word.
    pub(crate) end: usize,
    /// What it may mean.
    pub(crate) places: Candidates,
    /// It was found only without an ending.
    pub(crate) inflected: bool,
}

/// No name of the gazetteer has more words.
const MAX_WORDS: usize = 8;

/// How many readings of a half-read name are followed at a time. More are guesses on guesses: two endings on one name
/// are rare.
const READINGS: usize = 4;

/// The longest name that begins at word `start`.
pub(crate) fn longest(tokens: &Tokens<'_>, start: usize, setting: Setting) -> Option<Match> {
    let gazetteer = Gazetteer::embedded();
    let mut live: Vec<(Walk, bool)> = Vec::new();
    let mut best = None;
    for at in start..tokens.list.len().min(start + MAX_WORDS) {
        // A comma or stop ends a name, whatever the gazetteer has behind it: `Paris, Texas` is two places.
        if at > start && !tokens.list[at].gap.joins() {
            break;
        }
        let word = tokens.folded(at);
        let mut next = Vec::new();
        let inflected = |next: &mut Vec<_>, walk| {
            setting.endings.strip(word, |form| {
                // Every ending may be none: without a bound, each word of a long name would double the readings.
                if next.len() < READINGS {
                    next.extend(gazetteer.step(walk, form).map(|walk| (walk, true)));
                }
            });
        };
        if at == start {
            next.extend(tokens.places(at).map(|walk| (walk, false)));
            inflected(&mut next, gazetteer.start());
        }
        for (walk, was_inflected) in &live {
            next.extend(gazetteer.step(*walk, word).map(|walk| (walk, *was_inflected)));
            inflected(&mut next, *walk);
        }
        if next.is_empty() {
            break;
        }
        live = next;
        if may_end(tokens, start, at) {
            let readings = live.iter().map(|(walk, inflected)| (gazetteer.at(*walk), *inflected));
            let found = readings.filter(|(places, _)| !places.is_empty());
            // The last of equals wins, as `max_by_key` has it; the order of the table of endings decides then.
            let likely = found.max_by_key(|(places, inflected)| {
                let (at_home, people) = weight(gazetteer, places, setting.home);
                (at_home, !inflected, people)
            });
            if let Some((places, inflected)) = likely {
                best = Some(Match { end: at + 1, places, inflected });
            }
        }
    }
    best
}

/// Which reading of a word is likely: one that is at home where the text is, then one that needs no ending taken off
/// (`Şuşanı` is Shusha in Azerbaijani and a village in Romanian), then the largest place.
fn weight(gazetteer: &Gazetteer, places: &Candidates, home: Option<[u8; 2]>) -> (bool, u64) {
    let at_home = places.clone().filter_map(|place| gazetteer.row(place.row)).any(|entry| {
        Some(entry.record.country) == home && (entry.record.population > 0 || entry.record.kind != PlaceKind::City)
    });
    let first = places.clone().next().and_then(|first| gazetteer.row(first.row));
    (at_home, first.map_or(0, |entry| entry.record.population))
}

/// A name ends in a word that is written as its first one is, or in a common noun of places (`Gaza strip`).
fn may_end(tokens: &Tokens<'_>, start: usize, at: usize) -> bool {
    let (first, last) = (&tokens.list[start], &tokens.list[at]);
    last.capital() || first.case == Case::Uncased || last.is(Traits::AREA.with(Traits::FEATURE))
}
