//! What an index document says of the places, people and organisations in a body, beside which there are.
//!
//! How much an article is about something is kept as frequencies of the terms of one field: each mention counts once,
//! one in the first paragraph twice, one in the dateline three times, and the headline adds two. What stands there is
//! what a report is about: of the stories of a news agency of 1987 whose editors noted the countries, those that name
//! a country once and far down were marked with it in 17 of 100 cases, those that name it in the first paragraph in 38,
//! in the dateline alone in 70, in the dateline and three times more in 97.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use tantivy::TantivyDocument;

use super::geo::Spot;
use super::schema::Fields;
use crate::annotate::places::dateline;
use crate::annotate::{Annotations, Value};
use crate::text::{Span, fold, paragraphs, spelling_keys, words};

/// Distinct places of one article whose coordinates are kept, the first of the text.
// A gazetteer printed as a page names thousands; what it is near to is no question that anybody asks.
const MAX_SPOTS: usize = 256;
/// No frequency is larger.
// BM25 saturates: beyond thirty a mention adds less than one in a hundred, and postings stay small.
const MAX_FREQUENCY: u32 = 30;
/// What a mention in the first paragraph adds, once for each thing.
const LEAD_BONUS: u32 = 1;
/// What a mention in the dateline adds.
const DATELINE_BONUS: u32 = 2;
/// What the headline adds.
const HEADLINE_BONUS: u32 = 2;
/// Bytes of a name that is kept for lists; a longer one is no name.
// A name that long is a sentence that was taken for one.
const MAX_NAME_BYTES: usize = 100;

/// The term for a place, or one that contains it, by its id.
pub(crate) fn place_term(id: u32) -> String {
    format!("place {id}")
}

/// The term for a place by its name as printed.
pub(crate) fn place_name_term(name: &str) -> String {
    format!("place ={}", folded_words(name))
}

/// The term for a person by the key of one word of the name.
pub(crate) fn person_term(key: &str) -> String {
    format!("person {key}")
}

/// The term for a person by one word of the name as printed, folded.
pub(crate) fn person_word_term(folded: &str) -> String {
    format!("person ={folded}")
}

/// The term for an organisation by one word of its name, folded.
pub(crate) fn org_term(folded: &str) -> String {
    format!("org {folded}")
}

/// Folded words with blanks between them.
pub(crate) fn folded_words(name: &str) -> String {
    let mut out = String::new();
    words(name).for_each_word(|word| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.folded);
    });
    out
}

/// Adds what the annotations of `body` say.
pub(crate) fn add(doc: &mut TantivyDocument, f: &Fields, body: &str, annotations: &Annotations) {
    doc.add_text(f.named, Frequencies::of(body, annotations).lines());
    for place in annotations.places.iter().take(MAX_SPOTS) {
        let spot = Spot { lat: place.lat, lon: place.lon, radius_km: place.radius_km };
        doc.add_u64(f.geo, spot.to_column());
    }
    for spelling in spellings(body, annotations) {
        doc.add_text(f.spelling, spelling);
    }
    for person in annotations.people.iter().filter(|person| person.name.len() <= MAX_NAME_BYTES) {
        doc.add_text(f.people, format!("{}\t{}", person.key, person.name));
    }
    let orgs = annotations.mentions.iter().filter(|mention| mention.value == Value::Org);
    let mut known = HashSet::new();
    for surface in orgs.map(|org| org.span.of(body)).filter(|surface| surface.len() <= MAX_NAME_BYTES) {
        let key = folded_words(surface);
        if !key.is_empty() && known.insert(key.clone()) {
            doc.add_text(f.orgs, format!("{key}\t{}", surface.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
}

/// How much the body is about each thing, by terms.
struct Frequencies {
    counts: BTreeMap<String, u32>,
}

impl Frequencies {
    fn of(body: &str, annotations: &Annotations) -> Frequencies {
        let lead = paragraphs(body).first().copied().unwrap_or(Span::new(0, 0));
        let dateline = dateline(body).unwrap_or(Span::new(0, 0));
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut seen: HashSet<(String, bool)> = HashSet::new();
        // A term of several things in the headline gains once.
        let mut headline: BTreeSet<String> = BTreeSet::new();
        for mention in &annotations.mentions {
            let terms = terms(&mention.value, mention.span.of(body), annotations);
            let (in_dateline, in_lead) = (dateline.contains(mention.span), lead.contains(mention.span));
            for term in &terms {
                *counts.entry(term.clone()).or_default() += 1;
                let more = if in_dateline { DATELINE_BONUS } else { LEAD_BONUS };
                // Once for each thing: a paragraph that repeats a name says no more about it.
                if (in_dateline || in_lead) && seen.insert((term.clone(), in_dateline)) {
                    *counts.entry(term.clone()).or_default() += more;
                }
            }
            if is_in_headline(&mention.value, annotations) {
                headline.extend(terms);
            }
        }
        for term in headline {
            *counts.entry(term).or_default() += HEADLINE_BONUS;
        }
        Frequencies { counts }
    }

    /// Each term as often as it counts, one a line.
    fn lines(&self) -> String {
        let mut out = String::new();
        for (term, count) in &self.counts {
            for _ in 0..(*count).min(MAX_FREQUENCY) {
                out.push_str(term);
                out.push('\n');
            }
        }
        out
    }
}

fn is_in_headline(value: &Value, annotations: &Annotations) -> bool {
    match value {
        Value::Place(at) => annotations.headline.places.contains(at),
        Value::Person(at) => annotations.headline.people.contains(at),
        _ => false,
    }
}

/// The terms that a mention counts for, each once.
fn terms(value: &Value, surface: &str, annotations: &Annotations) -> Vec<String> {
    let mut out = Vec::new();
    match value {
        Value::Place(at) => {
            if let Some(place) = annotations.places.get(*at as usize) {
                out.extend(place.ancestors.iter().chain([&place.id]).map(|id| place_term(*id)));
            }
            out.push(place_name_term(surface));
        }
        Value::Unplaced => out.push(place_name_term(surface)),
        Value::Person(at) => {
            if let Some(person) = annotations.people.get(*at as usize) {
                out.extend(person.key.split(' ').map(person_term));
            }
            words(surface).for_each_word(|word| out.push(person_word_term(word.folded)));
        }
        Value::Org => words(surface).for_each_word(|word| out.push(org_term(word.folded))),
        Value::Date(_) | Value::Timex(..) => {}
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Letters of a word of which spellings are kept; shorter ones tell too little.
// "Li" and "Al" are keys of too much.
const MIN_SPELLING_LETTERS: usize = 3;

/// What a word is printed as a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Bearer {
    Person,
    Place,
}

impl Bearer {
    /// The letter that stands for it in a spelling.
    fn letter(self) -> char {
        match self {
            Bearer::Person => 'p',
            Bearer::Place => 'l',
        }
    }

    /// What a mention names; `None` for organisations and dates.
    fn of(value: &Value) -> Option<Bearer> {
        match value {
            Value::Person(_) => Some(Bearer::Person),
            Value::Place(_) | Value::Unplaced => Some(Bearer::Place),
            Value::Org | Value::Date(_) | Value::Timex(..) => None,
        }
    }
}

/// The term for a word of a name as printed, behind its key or what [`place_key`] gives.
fn spelling_term(key: &str, bearer: Bearer, surface: &str) -> String {
    format!("{key}\t{}{surface}", bearer.letter())
}

/// What [`spelling_term`] was made of; `None` for other text.
pub(crate) fn read_spelling(term: &str) -> Option<(&str, Bearer, &str)> {
    let (key, rest) = term.split_once('\t')?;
    let mut letters = rest.chars();
    let bearer = match letters.next()? {
        'p' => Bearer::Person,
        'l' => Bearer::Place,
        _ => return None,
    };
    Some((key, bearer, letters.as_str()))
}

/// What stands in the place of a key before the names that a place of the gazetteer is printed under. No key of a name
/// holds its first character.
pub(crate) fn place_key(id: u32) -> String {
    format!("@{id}")
}

/// The words of the names of people and places as printed, each behind each of its keys, and names of places of one
/// word behind the id of the place too; sorted.
fn spellings(body: &str, annotations: &Annotations) -> BTreeSet<String> {
    let mut known: HashSet<(&str, Bearer)> = HashSet::new();
    let mut out = BTreeSet::new();
    for mention in &annotations.mentions {
        let Some(bearer) = Bearer::of(&mention.value) else { continue };
        let surface = mention.span.of(body);
        if let Value::Place(at) = mention.value
            && let Some(place) = annotations.places.get(at as usize)
            && is_one_word(surface)
        {
            out.insert(spelling_term(&place_key(place.id), bearer, &in_title_case(surface)));
        }
        words(surface).for_each_word(|word| {
            let word = word.span.of(surface);
            // A particle ("de", "bin", "von") is part of a thousand names: as a spelling of one it would find all of them.
            let is_name = !word.starts_with(char::is_lowercase) && word.len() <= MAX_NAME_BYTES;
            let is_long = word.chars().nth(MIN_SPELLING_LETTERS - 1).is_some();
            if !is_name || !is_long || !known.insert((word, bearer)) {
                return;
            }
            for key in spelling_keys(word) {
                out.insert(spelling_term(&key, bearer, &in_title_case(word)));
            }
        });
    }
    out
}

/// The words of the names of people and places, folded, without particles.
pub(crate) fn mentioned_words(body: &str, annotations: &Annotations) -> HashSet<String> {
    let mut out = HashSet::new();
    for mention in annotations.mentions.iter().filter(|mention| Bearer::of(&mention.value).is_some()) {
        let surface = mention.span.of(body);
        words(surface).for_each_word(|word| {
            // As in [`spellings`].
            if !word.span.of(surface).starts_with(char::is_lowercase) && !out.contains(word.folded) {
                out.insert(word.folded.to_owned());
            }
        });
    }
    out
}

/// True for a name of one word that is long enough to be kept as a spelling.
fn is_one_word(surface: &str) -> bool {
    let mut all = words(surface);
    let whole = all.next_word().is_some_and(|word| word.span == Span::new(0, surface.len()));
    whole && surface.len() <= MAX_NAME_BYTES && surface.chars().nth(MIN_SPELLING_LETTERS - 1).is_some()
}

/// A word in capitals as running text would print it.
fn in_title_case(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if letters.clone().all(char::is_uppercase) => {
            // The capital of `i` in Turkish is `İ`; what it folds to is the same.
            let rest: String = letters.flat_map(char::to_lowercase).collect();
            let title = format!("{first}{rest}");
            if fold(&title) == fold(word) { title } else { word.to_owned() }
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Headline, Mention, Person, Place};

    /// Every mention of these surfaces in `body`, in the order of the text.
    fn annotations(body: &str, named: &[(&str, Value)], headline: Headline) -> Annotations {
        let mut mentions = Vec::new();
        for (surface, value) in named {
            for (at, _) in body.match_indices(surface) {
                let span = Span::new(at, at + surface.len());
                mentions.push(Mention { span, value: value.clone(), confidence: 1.0, rule: String::new() });
            }
        }
        mentions.sort_by_key(|mention| mention.span.start);
        let place = Place {
            id: 7,
            name: "Baku".to_owned(),
            country: "AZ".to_owned(),
            ancestors: vec![3],
            lat: 40.4,
            lon: 49.9,
            radius_km: 0,
            also: Vec::new(),
        };
        let people = vec![Person { name: "Anna Rossi".to_owned(), key: "ana rosi".to_owned() }];
        Annotations { mentions, places: vec![place], people, headline }
    }

    #[track_caller]
    fn check(body: &str, named: &[(&str, Value)], headline: Headline, expected: &[(&str, u32)]) {
        let found = Frequencies::of(body, &annotations(body, named, headline));
        for (term, count) in expected {
            assert_eq!(found.counts.get(*term).copied().unwrap_or(0), *count, "{term} in {body}");
        }
        assert_eq!(found.counts.len(), expected.iter().filter(|(_, count)| *count > 0).count(), "{:?}", found.counts);
    }

    #[test]
    fn what_stands_in_front_counts_more() {
        let baku = || ("Baku", Value::Place(0));
        let all = |count: u32| [("place 7", count), ("place 3", count), ("place =baku", count)];
        check("It rained.\n\nThen Baku was wet.", &[baku()], Headline::default(), &all(1));
        check("It rained in Baku.\n\nThen it stopped.", &[baku()], Headline::default(), &all(2));
        check("Baku, May 3 — It rained.\n\nThen it stopped.", &[baku()], Headline::default(), &all(3));
        // Once for each thing, not for each mention.
        check("It rained in Baku, and Baku was wet.\n\nBaku again.", &[baku()], Headline::default(), &all(4));
        let headline = Headline { places: vec![0], people: Vec::new() };
        check("It rained.\n\nThen Baku was wet.", &[baku()], headline, &all(3));
    }

    #[test]
    fn people_count_by_key_and_by_word() {
        let named = [("Anna Rossi", Value::Person(0)), ("Rossi", Value::Person(0))];
        let expected = [("person ana", 1), ("person rosi", 1), ("person =anna", 1), ("person =rossi", 1)];
        check("It rained.\n\nSo said Anna Rossi.", &named[..1], Headline::default(), &expected);
        let expected = [("org harbour", 1), ("org board", 1)];
        check("It rained.\n\nThe Harbour Board met.", &[("Harbour Board", Value::Org)], Headline::default(), &expected);
    }

    #[test]
    fn no_frequency_is_larger_than_the_cap() {
        let body = format!("It rained.\n\n{}", "Ulduz ".repeat(100));
        let found = Frequencies::of(&body, &annotations(&body, &[("Ulduz", Value::Unplaced)], Headline::default()));
        assert_eq!(found.lines().lines().count(), MAX_FREQUENCY as usize);
        assert_eq!(found.lines().lines().next(), Some("place =ulduz"));
    }

    #[test]
    fn spellings_are_names_as_running_text_prints_them() {
        let body = "ANNA ROSSI came. Rossi and Li met rossi in ULDUZ.";
        let named = [
            ("ANNA ROSSI", Value::Person(0)),
            ("Rossi and Li", Value::Person(0)),
            ("rossi", Value::Person(0)),
            ("ULDUZ", Value::Unplaced),
        ];
        let found = spellings(body, &annotations(body, &named, Headline::default()));
        let printed: Vec<&str> = found.iter().filter_map(|spelling| Some(spelling.split_once('\t')?.1)).collect();
        // Two letters tell too little, and a word in small letters is no name.
        assert_eq!(printed, ["pAnna", "pRossi", "lUlduz"], "{found:?}");
    }

    #[test]
    fn capitals_become_what_folds_alike() {
        for (word, expected) in
            [("ROSSI", "Rossi"), ("Rossi", "Rossi"), ("İZMİR", "İZMİR"), ("МИР", "Мир"), ("A", "A"), ("", "")]
        {
            assert_eq!(fold(&in_title_case(word)), fold(word), "{word}");
            if word != "İZMİR" {
                assert_eq!(in_title_case(word), expected);
            }
        }
    }

    #[test]
    fn words_are_folded_with_blanks_between() {
        for (name, expected) in [("Anna  Rossi", "anna rossi"), ("", ""), ("—", ""), ("Şuşa-Baku", "susa baku")] {
            assert_eq!(folded_words(name), expected, "{name}");
        }
        assert_eq!(place_name_term("Anna Rossi"), "place =anna rossi");
        assert_eq!((place_term(7), person_term("ana")), ("place 7".to_owned(), "person ana".to_owned()));
        assert_eq!((person_word_term("anna"), org_term("board")), ("person =anna".to_owned(), "org board".to_owned()));
    }
}
