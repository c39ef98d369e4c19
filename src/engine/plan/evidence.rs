//! What speaks for two words being names of one bearer, beside how they sound.
//!
//! A person and a place never share a name because they sound alike: what a word is a name of is what the archive prints
//! it as and, where the archive does not hold it, what gazetteer and lexicon know it as. Of a place that the gazetteer
//! knows it knows the names too, so two names that it gives to different places are not joined by sound; and a word that
//! the archive mostly prints as no name at all is an ordinary word, however much it sounds like one.

use std::collections::BTreeMap;

use super::lexicon::Printed;
use super::place_names::{Places, is_abbreviation};
use crate::annotate::names::Traits;
use crate::text::{are_transcriptions, fold, is_keyboard_form, name_key, read_alike};

/// So few articles that print a word as a name may all be wrong about what it is a name of.
const FEW: u64 = 3;

/// What a word is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bearers {
    pub(super) people: bool,
    pub(super) places: bool,
}

impl Bearers {
    pub(super) const PEOPLE: Bearers = Bearers { people: true, places: false };

    /// Of a word that the archive prints so; where that is seldom, or never, also by what is known of it.
    pub(super) fn of(word: &str, printed: Printed) -> Bearers {
        // One label in five may be a slip of the annotation: a surname in a dateline, a town behind a title.
        let enough = |count: u64| count > 0 && count * 5 >= printed.all();
        let shown = Bearers { people: enough(printed.people), places: enough(printed.places) };
        if printed.all() > FEW {
            return shown;
        }
        let known = Bearers::known(word);
        Bearers { people: shown.people || known.people, places: shown.places || known.places }
    }

    /// By what gazetteer and lexicon know of the word; of both where that is nothing.
    fn known(word: &str) -> Bearers {
        let person = is_known_name(Traits::of_word(&fold(word)));
        let places = Places::of(word);
        // Towns bear the names of people and people those of towns; large ones and countries stand for themselves.
        Bearers { people: person || !places.are_renowned(), places: places.are_known() || !person }
    }

    /// What both are names of; `None` where that is nothing.
    pub(super) fn shared(self, other: Bearers) -> Option<Bearers> {
        let shared = Bearers { people: self.people && other.people, places: self.places && other.places };
        (shared.people || shared.places).then_some(shared)
    }
}

/// True for a word that the archive, where `held` articles hold it, mostly prints as no name.
pub(super) fn is_ordinary(folded: &str, printed: Printed, held: u64) -> bool {
    printed.all() * 2 < held || is_common(folded)
}

/// True for a word of some language that is not known as the name of a person or as what a place is called first of all.
fn is_common(folded: &str) -> bool {
    let traits = Traits::of_word(folded);
    let is_word = traits.has(Traits::COMMON) || traits.has(Traits::DEMONYM);
    is_word && !is_known_name(traits) && !Places::of(folded).are_called_so
}

fn is_known_name(traits: Traits) -> bool {
    [Traits::GIVEN, Traits::SURNAME, Traits::PERSON].into_iter().any(|name| traits.has(name))
}

/// True for two names that only sound alike: each is a name in its own right.
// Fischer and Fisher, Clark and Clarke: of 68 pairs of which both are in lists of names none was one name but by the
// table of aliases, since such lists hold what bearers write themselves; they hold several transcriptions of a name in
// -ov or -ski, though.
fn are_two_names(one: &str, other: &str) -> bool {
    let is_name = |word: &str| word.is_ascii() && is_known_name(Traits::of_word(word));
    let (a, b) = (fold(one), fold(other));
    is_name(&a) && is_name(&b) && !is_keyboard_form(one, other) && !are_transcriptions(one, other)
}

/// True for two words in Latin letters: who printed them had nothing to transcribe.
fn are_latin(one: &str, other: &str) -> bool {
    [one, other].iter().all(|word| fold(word).is_ascii())
}

/// How a candidate was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// It sounds like the typed word.
    Sound,
    /// Articles print the place so that the typed word is a name of.
    Place,
    /// A table of aliases gives both names to one bearer.
    Table,
}

/// A spelling that the index holds and that may be one of what was typed.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    /// As articles print it, with what capitals and accents ever, and in how many.
    pub(super) surfaces: BTreeMap<String, Printed>,
    pub(super) sources: Vec<Source>,
}

impl Candidate {
    /// In how many articles it is a name.
    pub(super) fn printed(&self) -> Printed {
        let mut sum = Printed::default();
        self.surfaces.values().for_each(|printed| sum += *printed);
        sum
    }

    /// As most articles print it; of equals the first of the alphabet.
    pub(super) fn surface(&self) -> &str {
        self.surfaces.iter().rev().max_by_key(|(_, printed)| printed.all()).map_or("", |(surface, _)| surface)
    }

    fn is_from(&self, source: Source) -> bool {
        self.sources.contains(&source)
    }
}

/// A word that was typed as a name.
#[derive(Debug)]
pub(super) struct Typed<'w> {
    word: &'w str,
    bearers: Bearers,
    pub(super) places: Places,
}

/// Names of places with shorter keys are one only where the gazetteer says so, and where one has no like sound only of the
/// largest or where several articles say so: gazetteers hold `Kilo` for Kiel and `Ofen` for Buda.
const SHORT_PLACE: usize = 5;

impl<'w> Typed<'w> {
    pub(super) fn new(word: &'w str, bearers: Bearers) -> Typed<'w> {
        let places = if bearers.places { Places::of(word) } else { Places::default() };
        Typed { word, bearers, places }
    }

    /// True where the candidate is a name of what the typed word is one of, and nothing speaks against it.
    pub(super) fn fits(&self, candidate: &Candidate) -> bool {
        let printed = Bearers::of(candidate.surface(), candidate.printed());
        let Some(shared) = printed.shared(self.bearers) else { return false };
        candidate.is_from(Source::Table)
            || (shared.places && self.is_place(candidate))
            || (shared.people && self.is_person(candidate))
    }

    fn is_place(&self, candidate: &Candidate) -> bool {
        let (surface, printed) = (candidate.surface(), candidate.printed());
        let own = Places::of(surface);
        if !candidate.is_from(Source::Sound) && !self.places.are_capital() && is_abbreviation(surface) {
            return false;
        }
        match candidate.is_from(Source::Sound) {
            _ if own.is_empty() && candidate.is_from(Source::Place) => printed.places > 1,
            sounds if own.share(&self.places) => {
                let short = fold(surface).len() < SHORT_PLACE && !self.places.are_capital();
                sounds || (printed.places >= printed.people && (!short || printed.places > 1))
            }
            false => false,
            true if !own.is_empty() && !self.places.is_empty() => false,
            true if !are_latin(self.word, surface) => true,
            // It would be in the gazetteer, where the one is.
            true if self.places.are_known() => {
                name_key(self.word).len() >= SHORT_PLACE && read_alike(self.word, surface)
            }
            true => !are_two_names(self.word, surface),
        }
    }

    fn is_person(&self, candidate: &Candidate) -> bool {
        let surface = candidate.surface();
        let (one, other) = (Places::of(self.word), Places::of(surface));
        // Large towns that nobody is called by are no people, however they are labelled, and two towns that people know
        // are not one name because somebody bears it too.
        let is_town =
            |word: &str, places: &Places| places.are_renowned() && !is_known_name(Traits::of_word(&fold(word)));
        let towns = is_town(self.word, &one) || is_town(surface, &other);
        let latin = are_latin(self.word, surface);
        let both_known = latin && one.are_known() && other.are_known();
        let are_two = (towns || both_known) && !other.share(&one);
        candidate.is_from(Source::Sound) && !are_two && !(latin && are_two_names(self.word, surface))
    }

    /// Takes out candidates of which nothing but the sound speaks for each and which are different names: one of them is
    /// not meant, and nothing says which.
    pub(super) fn drop_rivals(&self, candidates: &mut BTreeMap<String, Candidate>) {
        let weak = |candidate: &Candidate| {
            candidate.sources.iter().all(|source| *source == Source::Sound)
                && are_latin(self.word, candidate.surface())
                && !is_keyboard_form(self.word, candidate.surface())
        };
        let names: Vec<String> =
            candidates.values().filter(|other| weak(other)).map(|other| other.surface().to_owned()).collect();
        let rivals = |name: &String| names.iter().any(|other| name != other && are_two_names(name, other));
        let dropped: Vec<&String> = names.iter().filter(|name| rivals(name)).collect();
        candidates.retain(|_, candidate| !weak(candidate) || !dropped.iter().any(|name| *name == candidate.surface()));
    }
}
