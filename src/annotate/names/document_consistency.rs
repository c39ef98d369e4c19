//! One sense per document: what one mention makes plain holds for the others.

use std::collections::{HashMap, HashSet};

use super::lexicon::Traits;
use super::token::{Case, Gap, Tokens};
use super::{Label, Name, NameRule};
use crate::annotate::gazetteer::{Candidates, Gazetteer, PlaceKind};

/// Relabels names by the other names of the text. `headline` are those of its headline.
pub fn document_consistency(tokens: &Tokens<'_>, names: &mut [Name], headline: (&Tokens<'_>, &[Name])) {
    let surnames = surnames(tokens, names, headline);
    for name in names.iter_mut().filter(|name| name.end == name.start + 1) {
        let open = name.label == Label::Unknown || (name.label == Label::Place && yields(tokens, name));
        if open && surnames.contains(tokens.folded(name.start)) {
            (name.label, name.confidence, name.rule) = (Label::Person, 0.8, NameRule::SurnameOfFullName);
            name.places = Candidates::default();
        }
    }
    // People first: a surname takes its town out of the places before these are spread.
    let mut places: HashMap<String, Candidates> = HashMap::new();
    for name in names.iter().filter(|name| name.label == Label::Place) {
        places.entry(tokens.key(name.start, name.end)).or_insert_with(|| name.places.clone());
    }
    let acronyms = acronyms(tokens, names);
    for name in names.iter_mut().filter(|name| name.label == Label::Unknown) {
        let key = tokens.key(name.start, name.end);
        if acronyms.contains(&key) && tokens.list[name.start].case == Case::Upper {
            (name.label, name.confidence, name.rule) = (Label::Org, 0.8, NameRule::Acronym);
        } else if let Some(found) = places.get(&key) {
            (name.label, name.confidence, name.rule) = (Label::Place, 0.6, NameRule::PlaceElsewhere);
            name.places = found.clone();
        }
    }
}

/// True for a place that a person's surname may displace: no country, no preposition before it, no comma after it.
fn yields(tokens: &Tokens<'_>, name: &Name) -> bool {
    let gazetteer = Gazetteer::embedded();
    let country = name
        .places
        .clone()
        .next()
        .and_then(|first| gazetteer.row(first.row))
        .is_some_and(|entry| matches!(entry.record.kind, PlaceKind::Country | PlaceKind::Continent));
    !country
        && name.rule != NameRule::GazetteerAndPreposition
        && tokens.list.get(name.end).is_none_or(|next| next.gap != Gap::Comma || !next.capital())
}

/// The last words of all people named with two words or more.
fn surnames<'t>(tokens: &'t Tokens<'_>, names: &[Name], headline: (&'t Tokens<'_>, &[Name])) -> HashSet<&'t str> {
    let mut out = HashSet::new();
    for (tokens, names) in [(tokens, names), headline] {
        let people = names.iter().filter(|name| name.label == Label::Person);
        for name in people {
            // A single word counts where a title stands before it: `Mr Baker` makes every `Baker` a person.
            let titled = name.rule == NameRule::TitleAndName;
            if name.end > name.start + 1 || titled {
                out.insert(tokens.folded(name.end - 1));
            }
        }
    }
    // Short common words at the end of a name (`Kim Le`) would make people of half the text.
    out.retain(|word| word.len() > 3 || !(word.is_empty() || Traits::of_word(word).has(Traits::COMMON)));
    out
}

/// First letters of the organisations of the text, and what stands in brackets right after one.
fn acronyms(tokens: &Tokens<'_>, names: &[Name]) -> HashSet<String> {
    let mut out = HashSet::new();
    for name in names.iter().filter(|name| name.end > name.start + 1 && name.label != Label::Person) {
        let letters: String = (name.start..name.end)
            .filter(|at| tokens.list[*at].capital())
            .filter_map(|at| tokens.folded(at).chars().next())
            .collect();
        let bracket = tokens.list.get(name.end).is_some_and(|next| next.gap == Gap::Open && next.case == Case::Upper);
        if name.label == Label::Org && bracket {
            out.insert(tokens.folded(name.end).to_owned());
        }
        // Two letters abbreviate too much.
        if (name.label == Label::Org || bracket) && letters.len() > 2 {
            out.insert(letters);
        }
    }
    out
}
