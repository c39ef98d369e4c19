//! When a word that the gazetteer knows is a place, and when a word looks like a surname.

use super::cues::Cues;
use super::lexicon::Traits;
use super::token::{Case, Gap, Tokens};
use super::walk::Match;
use super::{Label, NameRule};
use crate::annotate::gazetteer::{Entry, Gazetteer, Kind};

/// Inhabitants from which on a town is known by its name alone.
const KNOWN: u64 = 100_000;
/// The same where the word is also a name of people or a common word.
const WELL_KNOWN: u64 = 500_000;

/// What the name at `at` is, how sure that is and why. `follows`: a capitalised word that nothing explains comes next.
pub(super) fn accepts_place(
    tokens: &Tokens<'_>,
    at: usize,
    place: &Match,
    follows: bool,
    home: Option<[u8; 2]>,
) -> (Label, f32, NameRule) {
    let Some((main, best)) = best(tokens, at, place) else { return (Label::Unknown, 0.0, NameRule::NotInCapitals) };
    let (token, words) = (&tokens.list[at], place.end - at);
    let area = best.record.kind != Kind::City;
    let people = if best.curated() { WELL_KNOWN } else { best.record.population };
    let told = located(tokens, at) || placed_after(tokens, place.end) || contained(tokens, place);
    let plain = token.gap != Gap::Sentence && token.case == Case::Title;
    let at_home = home.is_some_and(|home| lies_in(place, home)) && (plain || place.bent || people >= 10_000);
    let located = told || at_home;
    let person = token.is(Traits::GIVEN.with(Traits::SURNAME).with(Traits::PERSON));
    if tokens.text[tokens.span(at, place.end).range().end..].starts_with(['$', '£', '€']) {
        return (Label::Unknown, 0.0, NameRule::Currency);
    }
    if roman(token.span.of(tokens.text)) {
        return (Label::Unknown, 0.0, NameRule::Number);
    }
    if follows && !area && !told && (words == 1 || people < 200_000) {
        return (Label::Unknown, 0.0, NameRule::LongerName);
    }
    if token.is(Traits::ORG) && words == 1 && !area {
        return (Label::Org, 0.6, NameRule::KnownOrg);
    }
    if !area && short_acronym(tokens, at, place) {
        return (Label::Unknown, 0.0, NameRule::Acronym);
    }
    let common = (at..place.end).all(|at| tokens.list[at].is(Traits::COMMON));
    if words > 1 && common && !area && !located && people < KNOWN {
        return (Label::Unknown, 0.0, NameRule::CommonWords);
    }
    let country = matches!(best.record.kind, Kind::Country | Kind::Continent) && (main || !token.is(Traits::COMMON));
    if country || (words > 1 && (area || people >= 1_000 || located)) {
        return (Label::Place, 0.9, NameRule::Gazetteer);
    }
    let placed = located && token.gap != Gap::Sentence && people >= KNOWN / 2;
    if words == 1 && token.is(Traits::COMMON) && !placed && (people < 2_000_000 || !main) {
        return (Label::Unknown, 0.0, NameRule::CommonWord);
    }
    if place.bent && !told && !at_home && !area && people < 2 * WELL_KNOWN {
        return (Label::Unknown, 0.0, NameRule::Ending);
    }
    if located {
        return (
            Label::Place,
            0.8,
            if told { NameRule::GazetteerAndPreposition } else { NameRule::GazetteerAndLanguage },
        );
    }
    let enough = if person || place.bent { WELL_KNOWN } else { KNOWN };
    if people >= enough || (area && !person) {
        return (Label::Place, 0.8, NameRule::Gazetteer);
    }
    if !person && people >= 2_000 && token.gap != Gap::Sentence {
        return (Label::Place, 0.6, NameRule::Gazetteer);
    }
    (Label::Unknown, 0.0, NameRule::SmallPlace)
}

/// True for `XX` and the ordinals of French, `XXe`.
fn roman(word: &str) -> bool {
    let digits = word.trim_end_matches(['e', 'è']);
    digits.len() > 1 && digits.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

/// True for `HIV`: up to four capitals, where the words beside are not in capitals too and no dateline begins.
fn short_acronym(tokens: &Tokens<'_>, at: usize, place: &Match) -> bool {
    let token = &tokens.list[at];
    let upper = |at: usize| tokens.list.get(at).is_some_and(|token| token.case == Case::Upper && token.span.len() > 4);
    let among = (at > 0 && upper(at - 1)) || upper(place.end);
    let dateline = token.gap == Gap::Sentence
        && tokens.list.get(place.end).is_some_and(|next| matches!(next.gap, Gap::Comma | Gap::Open | Gap::Other));
    place.end == at + 1 && token.case == Case::Upper && token.span.len() <= 4 && !among && !dateline
}

/// The most likely place whose way of writing fits the text, and whether the name is its main one.
fn best(tokens: &Tokens<'_>, at: usize, place: &Match) -> Option<(bool, Entry)> {
    let upper = (at..place.end).all(|at| tokens.list[at].case == Case::Upper || tokens.list[at].initial(tokens.text));
    let gazetteer = Gazetteer::embedded();
    let mut fitting = place.places.clone().filter(|candidate| upper || !candidate.capitals);
    fitting.next().and_then(|candidate| Some((candidate.main, gazetteer.row(candidate.row)?)))
}

/// True when the word before is a preposition of place.
fn located(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0
        && tokens.list[at].gap == Gap::Blank
        && (tokens.list[at - 1].case == Case::Lower || tokens.list[at - 1].gap == Gap::Sentence)
        && tokens.list[at - 1].is(Traits::BEFORE_PLACE)
}

/// True when a word for an area comes next (`Zabux kəndində`), or an ending of place after an apostrophe (`Bakü'den`).
fn placed_after(tokens: &Tokens<'_>, end: usize) -> bool {
    tokens.list.get(end).is_some_and(|next| match next.gap {
        Gap::Blank => next.is(Traits::AREA) && next.case == Case::Lower,
        Gap::Apostrophe => Cues::embedded().place_endings.has(tokens.folded(end)),
        _ => false,
    })
}

/// True when a town of some size among the places lies in the country.
pub(super) fn lies_in(place: &Match, country: [u8; 2]) -> bool {
    let gazetteer = Gazetteer::embedded();
    let mut rows = place.places.clone().filter_map(|candidate| gazetteer.row(candidate.row));
    rows.any(|entry| {
        entry.record.country == country && (entry.record.population >= 1_000 || entry.record.kind != Kind::City)
    })
}

/// True for `Lachin, Azerbaijan`: a comma and a place that contains the first.
fn contained(tokens: &Tokens<'_>, place: &Match) -> bool {
    let gazetteer = Gazetteer::embedded();
    if tokens.list.get(place.end).is_none_or(|next| next.gap != Gap::Comma || !next.capital()) {
        return false;
    }
    let Some(outer) = super::longest(tokens, place.end, super::Setting::default()) else { return false };
    let outer: Vec<Entry> = outer.places.take(4).filter_map(|outer| gazetteer.row(outer.row)).collect();
    let mut inner = place.places.clone().take(40).filter_map(|inner| gazetteer.row(inner.row));
    inner.any(|inner| outer.iter().any(|outer| inner.row != outer.row && inner.within(outer)))
}

/// Whether a match in a script without capitals is a place: long enough and well known, since any word may begin one.
pub(super) fn accepts_bare(tokens: &Tokens<'_>, at: usize, place: &Match) -> bool {
    let letters: usize = (at..place.end).map(|at| tokens.folded(at).chars().count()).sum();
    let Some((_, best)) = best(tokens, at, place) else { return false };
    let dense = crate::text::is_cjk(tokens.folded(at).chars().next().unwrap_or(' '));
    if letters < if dense { 2 } else { 3 }
        || (place.end == at + 1 && tokens.list[at].is(Traits::COMMON.with(Traits::AREA)))
    {
        return false;
    }
    best.record.kind == Kind::Country
        || best.record.population >= KNOWN
        || (letters >= 5 && best.record.population >= 2_000)
        || best.record.kind != Kind::City
}

/// True for a word that ends as surnames of some languages do.
pub(super) fn surname_like(folded: &str) -> bool {
    // Five letters and more: `Ian` and `Nova` are no surnames with an ending.
    folded.chars().count() > 4 && Cues::embedded().surname_endings.iter().any(|ending| folded.ends_with(ending))
}
