//! Other spellings of a name that the index holds: `Aliyev` also finds who is printed Əliyev or Алиев.
//!
//! The index keeps each word of the names of people and places as printed, behind its key. Spellings with the key of
//! what was typed are read off; keys that differ a little are found with an automaton; and each candidate is compared
//! with what was typed letter by letter: keys alone cannot tell that Putin and Poutine are one and Hansen and Hanson
//! two. Names that history changed come from the tables of aliases, and those that a place has in other languages from
//! what articles print it as. What then speaks against a candidate is in [`super::evidence`]. `=` before a name turns
//! all this off.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Bearers, Candidate, Source, Typed, is_ordinary};
use super::field::{Field, Term};
use super::lexicon::{Lexicon, Printed, Spellings};
use super::matches::Match;
use crate::index::named::{folded_words, person_word_term, place_key};
use crate::text::{Aliases, fold, keyboard_forms, keys_may_meet, name_key, same_name, sought_keys, words};

/// Spellings of one word that are looked for, those that most articles hold: a bound on what one word costs.
const MOST_SPELLINGS: usize = 16;
/// Names under which one place is printed that are looked at: more are misprints.
const MOST_NAMES: usize = 64;
/// Names of several words are looked for in so many combinations of spellings: each is a phrase query.
const MOST_COMBINATIONS: usize = 64;
/// Shorter keys must be equal: with one of four letters exchanged a key is that of another name.
const SHORT_KEY: usize = 5;
/// Words with shorter keys are not taken for names: too many ordinary words have the key of one.
const SHORTEST_NAME: usize = 3;

/// Another spelling of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Other {
    /// As an article prints it.
    pub(super) surface: String,
    pub(super) folded: String,
    pub(super) key: String,
}

/// The table of the program and that of the user.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tables<'t> {
    pub(super) own: Option<&'t Aliases>,
}

impl<'t> Tables<'t> {
    /// Other names of the bearer of `name`, sorted, each once.
    pub(super) fn others(self, name: &str) -> BTreeSet<&'t str> {
        let own = self.own.into_iter().flat_map(|own| own.others(name));
        Aliases::builtin().others(name).chain(own).collect()
    }
}

/// Candidates by their folded form.
type Candidates = BTreeMap<String, Candidate>;

/// Spellings of `word`, a name of `bearers`, in the index other than what folds to it, the most frequent first.
fn others<L: Lexicon>(word: &str, bearers: Bearers, lexicon: &L, tables: Tables<'_>) -> Result<Vec<Other>, L::Error> {
    let typed = Typed::new(word, bearers);
    let mut found = candidates(word, &typed, lexicon, tables)?;
    found.remove(&fold(word));
    found.retain(|_, candidate| typed.fits(candidate));
    typed.drop_rivals(&mut found);
    let mut fit = Vec::new();
    for (folded, candidate) in found {
        if !is_ordinary(&folded, candidate.printed(), holders(lexicon, &Field::Body.term(&folded))?) {
            fit.push((folded, candidate));
        }
    }
    // A stable sort: of equals the first of the alphabet is kept, whatever the segments.
    fit.sort_by_key(|(_, candidate)| Reverse(candidate.printed().all()));
    fit.truncate(MOST_SPELLINGS);
    let other = |(folded, candidate): (String, Candidate)| {
        let surface = candidate.surface().to_owned();
        Other { key: name_key(&surface), surface, folded }
    };
    Ok(fit.into_iter().map(other).collect())
}

/// What the index holds that may be another spelling of `word`.
fn candidates<L: Lexicon>(
    word: &str,
    typed: &Typed<'_>,
    lexicon: &L,
    tables: Tables<'_>,
) -> Result<Candidates, L::Error> {
    let mut found = Candidates::new();
    let key = name_key(word);
    if key.is_empty() {
        return Ok(found);
    }
    let meets = |other: &str, surface: &str| (other == key || keys_may_meet(&key, other)) && same_name(word, surface);
    add(&mut found, Source::Sound, lexicon.spellings(&key, key.len() >= SHORT_KEY, &meets)?);
    for other in sought_keys(word) {
        add(&mut found, Source::Sound, lexicon.spellings(&other, false, &|_, surface| same_name(word, surface))?);
    }
    for name in tables.others(word) {
        let other = name_key(name);
        let plain = folded_words(name) == fold(name) && !other.is_empty() && !name.contains(' ');
        if plain {
            let held = lexicon.spellings(&other, false, &|_, surface| same_name(name, surface))?;
            add(&mut found, Source::Table, held);
        }
    }
    if typed.places.are_renowned() {
        for id in typed.places.ids() {
            add(&mut found, Source::Place, names_of_place(id, lexicon)?);
        }
    }
    Ok(found)
}

/// Adds spellings to the candidates; those that differ in capitals and accents alone are one. A spelling that was found
/// in two ways has the same counts twice.
fn add(candidates: &mut Candidates, source: Source, found: Spellings) {
    for ((_, surface), printed) in found {
        let candidate = candidates.entry(fold(&surface)).or_default();
        candidate.surfaces.insert(surface, printed);
        if !candidate.sources.contains(&source) {
            candidate.sources.push(source);
        }
    }
}

/// The names of one word under which articles print a place, with all that print them as names.
fn names_of_place<L: Lexicon>(id: u32, lexicon: &L) -> Result<Spellings, L::Error> {
    let mut out = Spellings::new();
    let mut names: Vec<((String, String), Printed)> =
        lexicon.spellings(&place_key(id), false, &|_, _| true)?.into_iter().collect();
    names.sort_by_key(|(_, printed)| Reverse(printed.all()));
    for ((_, surface), _) in names.into_iter().take(MOST_NAMES) {
        let folded = fold(&surface);
        out.extend(lexicon.spellings(&name_key(&surface), false, &|_, other| fold(other) == folded)?);
    }
    Ok(out)
}

/// Other spellings of a plain word of a query, where it is a name: empty for ordinary words.
///
/// A word that the archive holds is a name where half of the articles that hold it print it in the name of a person or
/// place. One that it does not hold is, where it was typed with a capital, or is the key of a name.
pub(super) fn of_word<L: Lexicon>(
    typed: &str,
    folded: &str,
    lexicon: &L,
    tables: Tables<'_>,
) -> Result<Vec<Other>, L::Error> {
    let key = name_key(typed);
    if key.chars().count() < SHORTEST_NAME || typed.chars().any(|c| c.is_numeric()) {
        return Ok(Vec::new());
    }
    let found = lexicon.spellings(&key, false, &|_, _| true)?;
    let held = holders(lexicon, &Field::Body.term(folded))?;
    let printed = printed_as(&found, folded);
    let is_name = match held {
        0 => typed.starts_with(char::is_uppercase) || !found.is_empty(),
        held => !is_ordinary(folded, printed, held),
    };
    if !is_name {
        return Ok(Vec::new());
    }
    let mut out = others(typed, Bearers::of(typed, printed), lexicon, tables)?;
    // A name that the annotation does not find in any article is no spelling there, but still a word.
    for form in keyboard_forms(typed, held == 0) {
        let known = form == folded || out.iter().any(|other| other.folded == form);
        if !known && holders(lexicon, &Field::Body.term(&form))? > 0 {
            out.push(Other { surface: form.clone(), key: name_key(&form), folded: form });
        }
    }
    Ok(out)
}

/// In how many articles the word is printed as a name, in whatever capitals and accents.
fn printed_as(found: &Spellings, folded: &str) -> Printed {
    let mut sum = Printed::default();
    found.iter().filter(|((_, surface), _)| fold(surface) == folded).for_each(|(_, printed)| sum += *printed);
    sum
}

/// True where the index holds each word of `name` in names of people.
pub(super) fn is_printed<L: Lexicon>(name: &str, lexicon: &L) -> Result<bool, L::Error> {
    for word in name.split(' ') {
        if holders(lexicon, &Field::Named.term(&person_word_term(word)))? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How many living articles hold `term`.
pub(super) fn holders<L: Lexicon>(lexicon: &L, term: &Term) -> Result<u64, L::Error> {
    let counts = lexicon.holders(&[term])?;
    debug_assert_eq!(counts.len(), 1, "one count a term");
    Ok(counts.into_iter().sum())
}

/// A person's name as it is looked for.
#[derive(Debug, Default)]
pub(super) struct Person {
    /// For each word of the name: folded as typed, and the keys that will do, its own first.
    pub(super) words: Vec<(String, Vec<String>)>,
    /// Other spellings that are looked for, as articles print them, sorted.
    pub(super) also: Vec<String>,
    /// The spellings of the last word that will do, where others in the index have its key and are other names.
    only: Vec<String>,
}

impl Person {
    /// The keys of `name` in the index, and of its other spellings there unless it has to be `exact`.
    pub(super) fn find<L: Lexicon>(
        name: &str,
        exact: bool,
        lexicon: &L,
        tables: Tables<'_>,
    ) -> Result<Person, L::Error> {
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
                let others = others(word, Bearers::PEOPLE, lexicon, tables)?;
                // Only the surname: given names are shared by many people anyway.
                if at == last && has_namesakes(&folded, &keys[0], &others, lexicon)? {
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
        if !exact {
            person.complete_initials(lexicon)?;
        }
        person.also.sort_unstable();
        person.also.dedup();
        Ok(person)
    }

    /// For each word of the name the keys that will do.
    pub(super) fn keys(&self) -> Vec<Vec<String>> {
        self.words.iter().map(|(_, keys)| keys.clone()).collect()
    }

    /// The articles that name such a person.
    pub(super) fn matching(&self) -> Match {
        let mut phrases: Vec<Vec<String>> = vec![Vec::new()];
        for (_, keys) in &self.words {
            let longer = phrases
                .iter()
                .flat_map(|phrase| keys.iter().map(|key| phrase.iter().chain([key]).cloned().collect::<Vec<String>>()));
            // The keys as typed come first in each list, so they are never among those that are cut.
            phrases = longer.take(MOST_COMBINATIONS).collect();
        }
        // A middle name and a particle may stand between two words of a name.
        let matching = Match::or(phrases.iter().map(|phrase| Match::phrase(&[Field::Person], phrase, 2)).collect());
        if self.only.is_empty() {
            return matching;
        }
        let printed = self.only.iter().map(|word| Field::Named.term(&person_word_term(word)));
        Match::And { must: vec![matching, Match::AnyTerm(printed.collect())], not: Vec::new() }
    }
}

/// True when the index holds names with the key of a word, `folded`, that are none of its spellings: Busch, where Bush is
/// asked for.
fn has_namesakes<L: Lexicon>(folded: &str, key: &str, others: &[Other], lexicon: &L) -> Result<bool, L::Error> {
    let is_other = |surface: &str| {
        let surface = fold(surface);
        surface != folded && others.iter().all(|other| other.folded != surface)
    };
    let found = lexicon.spellings(key, false, &|_, surface| is_other(surface))?;
    Ok(found.values().any(|printed| printed.people > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::plan::tests::Mock;

    fn tables() -> Tables<'static> {
        Tables { own: None }
    }

    fn of(typed: &str) -> String {
        let Ok(others) = of_word(typed, &fold(typed), &Mock::archive(), tables());
        others.into_iter().map(|other| other.surface).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_have_other_spellings_and_words_have_none() {
        for (typed, expected) in [
            // The most frequent first.
            ("Aliyev", "Əliyev Алиев"),
            ("aliyev", "Əliyev Алиев"),
            ("Əliyev", "Aliyev Алиев"),
            // No article holds it, and it has a capital.
            ("Aliev", "Əliyev Aliyev Алиев"),
            // Most articles with the word print it in no name.
            ("bush", ""),
            ("medal", ""),
            // Too short, or no name.
            ("Al", ""),
            ("Aliyev2", ""),
        ] {
            assert_eq!(of(typed), expected, "{typed}");
        }
    }

    fn person(name: &str, exact: bool) -> Person {
        let Ok(person) = Person::find(name, exact, &Mock::archive(), tables());
        person
    }

    #[test]
    fn people_are_looked_for_by_the_keys_of_their_words() {
        let anar = person("Anar Aliyev", false);
        let words: Vec<(&str, usize)> = anar.words.iter().map(|(word, keys)| (word.as_str(), keys.len())).collect();
        assert_eq!(words, [("anar", 1), ("aliyev", 1)]);
        assert_eq!(anar.also, ["Əliyev", "Алиев"]);
        assert!(anar.only.is_empty());
        assert_eq!(person("Anar Aliyev", true).also, [""; 0]);
        // The article is no word of the name.
        assert_eq!(person("al-Rashid", false).words.len(), 1);
    }

    #[test]
    fn namesakes_of_one_key_are_told_apart_by_what_is_printed() {
        // Busch has the key of Bush and is another name.
        let bush = person("Bush", false);
        assert_eq!(bush.only, ["bush"]);
        assert!(matches!(bush.matching(), Match::And { must, .. } if must.len() == 2));
        assert!(person("Bush", true).only.is_empty());
    }

    #[test]
    fn combinations_of_spellings_are_bounded() {
        let keys: Vec<String> = (0..10).map(|number| format!("key{number}")).collect();
        let words = vec![("word".to_owned(), keys); 3];
        let many = Person { words, ..Person::default() };
        let Match::Or(phrases) = many.matching() else { panic!("several phrases") };
        assert_eq!(phrases.len(), MOST_COMBINATIONS);
        assert_eq!(Person::default().matching(), Match::Nothing);
    }
}
