//! From an article to the dates, places and people in it.

pub mod dates;
pub mod gazetteer;
mod mention;
pub mod names;
pub mod people;
pub mod places;
pub mod tagger;

pub use mention::{Annotations, Headline, Mention, Person, Place, Value};

use std::collections::HashMap;

use self::dates::{DateMention, DateValue};
use self::gazetteer::OwnPlaces;
use self::names::{Label, Name, NameRule, Setting, Tokens};
use crate::date::Stamp;
use crate::text::Span;

/// What annotation knows of a text beside the text itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The headline, which may name people and places in full.
    pub title: &'a str,
    /// When the text was published; relative dates rest on it.
    pub published: Option<Stamp>,
    /// ISO 639-1 code of its language.
    pub lang: Option<&'a str>,
    /// Places that the user adds to the gazetteer.
    pub own: Option<&'a OwnPlaces>,
}

/// Raised by hand when the rules give other mentions for the same text.
const RULES: &str = "4";
/// The head of the SHA-256 of the files under `data/` that annotation reads; a test tells what it must be.
const DATA: &str = "c9b0120e1cce1391";

/// Names the rules and data of today: when it changes, the next run of `search index` annotates every page again.
pub fn version() -> String {
    format!("{RULES} {DATA}")
}

/// Finds the dates, places and people in `body`. Spans are byte ranges into `body`; mentions are sorted by where they
/// begin. Never fails.
pub fn annotate(body: &str, context: Context<'_>) -> Annotations {
    let mut out = annotate_names(body, context);
    add_dates(dates::dates(body, context.published, context.lang), &mut out.mentions);
    out
}

/// The places, people and organisations in `body`.
fn annotate_names(body: &str, context: Context<'_>) -> Annotations {
    let tokens = Tokens::new(body);
    let setting = Setting::of(context.lang);
    let mut names = names::find(&tokens, setting);
    names::demote_common_words(&tokens, &mut names, context.lang);
    let title = Tokens::new(context.title);
    let headline = names::find(&title, setting);
    names::document_consistency(&tokens, &mut names, (&title, &headline));
    let mut names = tagger::tag(&tokens, names, setting);
    people::fix_boundaries(&tokens, &mut names, setting);
    people::propagate_mentions(&tokens, &mut names, setting);
    places::name_dateline(&tokens, &mut names, setting);
    let own = own_places(&tokens, &mut names, context.own);
    let placed = places::resolve(&tokens, &names, setting.home);
    let linked = people::link(&tokens, &names, setting.endings);
    let mut out = Annotations { people: linked.people, ..Annotations::default() };
    let mut numbers = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        let value = match (name.label, placed[at], linked.of_name[at]) {
            _ if own.contains_key(&name.start) => {
                let place = own[&name.start];
                Value::Place(number(place.id, || place.clone(), &mut numbers, &mut out.places))
            }
            (Label::Place, Some((entry, _)), _) => {
                Value::Place(number(entry.record.id, || Place::of(entry), &mut numbers, &mut out.places))
            }
            (Label::Place, None, _) => Value::Unplaced,
            (Label::Person, _, Some(person)) => Value::Person(person),
            (Label::Org, ..) => Value::Org,
            // People whom several persons of the text may be, and names of who knows what.
            (Label::Person | Label::Unknown, ..) => continue,
        };
        out.mentions.push(mention(&tokens, name, value, placed[at].map(|(_, sure)| sure)));
    }
    let values = names.iter().zip(placed.iter().zip(&linked.of_name)).map(|(name, (place, person))| {
        let place = place.and_then(|(entry, _)| numbers.get(&entry.record.id).copied());
        (tokens.key(name.start, name.end), place.filter(|_| name.label == Label::Place), *person)
    });
    out.headline = named_too(values, &title, &headline);
    out
}

/// Makes places of what the user's table names, whatever else it was taken for; by their first words.
fn own_places<'o>(tokens: &Tokens<'_>, names: &mut Vec<Name>, own: Option<&'o OwnPlaces>) -> HashMap<usize, &'o Place> {
    let found = own.map(|own| own.find(tokens)).unwrap_or_default();
    for (start, end, _) in &found {
        names.retain(|name| name.end <= *start || *end <= name.start);
        let places = gazetteer::Candidates::default();
        let (label, rule) = (Label::Place, NameRule::OwnGazetteer);
        names.push(Name { start: *start, end: *end, label, confidence: 0.9, rule, places, sex: None });
    }
    names.sort_by_key(|name| name.start);
    found.into_iter().map(|(start, _, place)| (start, place)).collect()
}

/// What of the body's names the headline has too: places under the same name, people under their last one. `values` are
/// the body's names with the place or person each means.
fn named_too(
    values: impl Iterator<Item = (String, Option<u32>, Option<u32>)>,
    title: &Tokens<'_>,
    headline: &[Name],
) -> Headline {
    let (mut places, mut people): (HashMap<String, u32>, HashMap<String, u32>) = Default::default();
    for (key, place, person) in values {
        if let Some(person) = person {
            people.entry(key.rsplit(' ').next().unwrap_or("").to_owned()).or_insert(person);
        }
        if let Some(place) = place {
            places.entry(key).or_insert(place);
        }
    }
    let mut out = Headline::default();
    for name in headline {
        out.places.extend(places.get(&title.key(name.start, name.end)));
        out.people.extend(people.get(title.folded(name.end - 1)));
    }
    for list in [&mut out.places, &mut out.people] {
        list.sort_unstable();
        list.dedup();
    }
    out
}

/// Puts `dates` among the names, in the order of the text. The month in a name ("April Jones") is no date.
fn add_dates(dates: Vec<DateMention>, mentions: &mut Vec<Mention>) {
    let within = |names: &[Mention], span: Span| {
        let at = names.partition_point(|name| name.span.end <= span.start);
        names.get(at).is_some_and(|name| name.span != span && name.span.contains(span))
    };
    let dates: Vec<Mention> = dates.into_iter().filter(|date| !within(mentions, date.span)).map(date_mention).collect();
    mentions.extend(dates);
    mentions.sort_by_key(|mention| mention.span);
}

fn date_mention(date: DateMention) -> Mention {
    let value = match date.value {
        DateValue::Days(interval) => Value::Date(interval),
        DateValue::Timex(value) => Value::Timex(date.kind, value),
    };
    Mention { span: date.span, value, confidence: date.confidence, rule: date.rule.name().to_owned() }
}

fn mention(tokens: &Tokens<'_>, name: &Name, value: Value, placed: Option<f32>) -> Mention {
    let confidence = name.confidence * placed.unwrap_or(1.0);
    Mention { span: span(tokens, name), value, confidence, rule: name.rule.name().to_owned() }
}

/// The bytes of a name. The last stop of `U.S.`, `Washington, D.C.` and `Smith Inc.` belongs to it.
fn span(tokens: &Tokens<'_>, name: &Name) -> Span {
    let mut span = tokens.span(name.start, name.end);
    let initial = |at: usize| tokens.list[at].initial(tokens.text);
    let last = name.end - 1;
    let initials = initial(last) && last > name.start && initial(last - 1);
    let short =
        last > name.start && matches!(tokens.folded(last), "inc" | "corp" | "ltd" | "co" | "jr" | "sr" | "bros");
    if (initials || short) && tokens.text[span.range().end..].starts_with('.') {
        span.end += 1;
    }
    span
}

/// The number of the place `id` among `places`, which receives it where it is new.
fn number(id: u32, place: impl FnOnce() -> Place, numbers: &mut HashMap<u32, u32>, places: &mut Vec<Place>) -> u32 {
    *numbers.entry(id).or_insert_with(|| {
        places.push(place());
        u32::try_from(places.len() - 1).unwrap_or(u32::MAX)
    })
}

#[cfg(test)]
mod tests;
