//! What a snippet should show, found among the mentions of a stored body.

use crate::annotate::{Annotations, Value};
use crate::engine::plan::{Want, What};
use crate::index::geo::Spot;
use crate::index::named::folded_words;
use crate::text::Span;

/// One thing found: where, and which want it satisfies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) want: usize,
}

impl What {
    /// True where `surface`, which satisfies it, is another spelling of the name that was typed.
    pub(crate) fn is_other_spelling(&self, surface: &str) -> bool {
        match self {
            What::Word { spellings, .. } => !spellings.is_empty() && spellings.contains(&crate::text::fold(surface)),
            What::Person { name, .. } => !shares_a_word(surface, name),
            What::Place { name, ids, .. } => {
                folded_words(surface) != *name && crate::index::place_ids(surface).iter().any(|id| ids.contains(id))
            }
            _ => false,
        }
    }
}

/// Adds the mentions in `body` that satisfy `wants` to `marks`.
pub(crate) fn mentioned(body: &str, wants: &[Want], annotations: &Annotations, marks: &mut Vec<Mark>) {
    for mention in &annotations.mentions {
        for (at, want) in wants.iter().enumerate() {
            if satisfies(&mention.value, mention.span.of(body), want, annotations) {
                marks.push(Mark { span: mention.span, want: at });
            }
        }
    }
}

fn satisfies(value: &Value, surface: &str, want: &Want, annotations: &Annotations) -> bool {
    match (&want.what, value) {
        (What::Date { asked, overlap }, Value::Date(date)) => {
            if *overlap {
                asked.overlaps(date)
            } else {
                asked.contains(date)
            }
        }
        (What::Place { name, exact: true, .. }, Value::Place(_) | Value::Unplaced) => folded_words(surface) == *name,
        (What::Place { ids, name, .. }, Value::Place(at)) => {
            annotations.places.get(*at as usize).is_some_and(|place| {
                ids.contains(&place.id)
                    || place.ancestors.iter().any(|id| ids.contains(id))
                    || place.also.iter().any(|own| folded_words(own) == *name)
            })
        }
        (What::Near { centre, km }, Value::Place(at)) => annotations.places.get(*at as usize).is_some_and(|place| {
            Spot { lat: place.lat, lon: place.lon, radius_km: place.radius_km }.is_near(*centre, *km)
        }),
        (What::Place { name, also, .. }, Value::Unplaced) => {
            let surface = format!(" {} ", folded_words(surface));
            also.iter().chain([name]).any(|name| surface.contains(&format!(" {name} ")))
        }
        (What::Person { name, keys, exact }, Value::Person(at)) => {
            let person = annotations.people.get(*at as usize);
            person.is_some_and(|person| keys.iter().any(|keys| is_person(&person.key, keys)))
                && (!exact || shares_a_word(surface, name))
        }
        (What::Org(keys), Value::Org) => holds(&crate::text::fold(surface), keys),
        _ => false,
    }
}

/// True for the key of a person that holds one of each of `keys`, in this order.
pub(crate) fn is_person(key: &str, keys: &[Vec<String>]) -> bool {
    let mut words = key.split(' ');
    keys.iter().all(|keys| words.any(|word| keys.iter().any(|key| key == word)))
}

/// True where a word of `surface`, folded, is one of the folded `name`.
fn shares_a_word(surface: &str, name: &str) -> bool {
    folded_words(surface).split(' ').any(|word| name.split(' ').any(|other| other == word))
}

/// Whether the words of `text` hold all of `parts` in this order.
fn holds(text: &str, parts: &[String]) -> bool {
    let mut words = text.split_whitespace();
    parts.iter().all(|part| words.any(|word| word == part))
}
