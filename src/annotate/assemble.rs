//! From names with their places and people to the mentions of a body.

use std::collections::HashMap;

use super::gazetteer::Entry;
use super::names::{Case, Cues, Gap, Label, Name, Setting, Tokens};
use super::people::Linked;
use super::{Annotations, Headline, Mention, Place, Value};
use crate::text::Span;

/// What the names of a body mean.
pub(super) struct Resolved<'o> {
    /// For each name the place of the gazetteer, and how sure that is.
    pub(super) places: Vec<Option<(Entry, f32)>>,
    /// For each name the person.
    pub(super) people: Linked,
    /// The places of the user's table, by the first words of their names.
    pub(super) own: HashMap<usize, &'o Place>,
}

/// The mentions that `names` make, and the distinct places and people in the order of first mention.
pub(super) fn assemble(
    tokens: &Tokens<'_>,
    names: &[Name],
    resolved: Resolved<'_>,
    (title, headline): (&Tokens<'_>, &[Name]),
    setting: Setting,
) -> Annotations {
    let Resolved { places: placed, people: linked, own } = resolved;
    debug_assert_eq!((placed.len(), linked.of_name.len()), (names.len(), names.len()), "one answer for each name");
    let mut out = Annotations { people: linked.people, ..Annotations::default() };
    let mut numbers = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        let value = match (name.label, placed[at], linked.of_name[at]) {
            _ if own.contains_key(&name.start) => {
                let place = own[&name.start];
                Value::Place(number(place.id, || place.clone(), &mut numbers, &mut out.places))
            }
            (Label::Place, Some((entry, _)), _) => {
                Value::Place(number(entry.record.id, || Place::from_entry(entry), &mut numbers, &mut out.places))
            }
            (Label::Place, None, _) => Value::Unplaced,
            (Label::Person, _, Some(person)) => Value::Person(person),
            (Label::Org, ..) => Value::Org,
            // A person who may be several of the text is left out: a wrong join is worse than a missing one.
            (Label::Person | Label::Unknown, ..) => continue,
        };
        let confidence = name.confidence * placed[at].map_or(1.0, |(_, sure)| sure);
        out.mentions.push(Mention::new(span(tokens, name, setting), value, confidence, name.rule.name()));
    }
    let values = names.iter().zip(placed.iter().zip(&linked.of_name)).map(|(name, (place, person))| {
        let place = place.and_then(|(entry, _)| numbers.get(&entry.record.id).copied());
        (tokens.key(name.start, name.end), place.filter(|_| name.label == Label::Place), *person)
    });
    out.headline = named_too(values, title, headline);
    out
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
            // Headlines name people by their surnames; of two with one surname the first of the text is meant.
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

/// The bytes of a name. The last stop of `U.S.`, `Washington, D.C.` and `Smith Inc.` belongs to it, and a case ending that a
/// language parts from it, as endings do that stand together with their words: `Ankara'da`, `Arafat-nak`.
fn span(tokens: &Tokens<'_>, name: &Name, setting: Setting) -> Span {
    let mut span = tokens.span(name.start, name.end);
    let initial = |at: usize| tokens.list[at].initial(tokens.text);
    let last = name.end - 1;
    let initials = initial(last) && last > name.start && initial(last - 1);
    let short = last > name.start && Cues::embedded().written_with_a_stop.has(tokens.folded(last));
    if (initials || short) && tokens.text[span.range().end..].starts_with('.') {
        span.end += 1;
    }
    if tokens.list.get(name.end).is_some_and(|next| Some(next.gap) == setting.parted && next.case == Case::Lower) {
        let known =
            setting.parted == Some(Gap::Apostrophe) || Cues::embedded().hyphened_endings.has(tokens.folded(name.end));
        span.end = if known { tokens.list[name.end].span.end } else { span.end };
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
