//! What a snippet should show, found among the mentions of a stored body.

use rustc_hash::FxHashMap;

use crate::annotate::{Annotations, Value};
use crate::engine::plan::{Target, TargetKind};
use crate::index::geo::Spot;
use crate::index::named::folded_words;
use crate::text::{Catenation, Catenator, Pair, Pairs, Span, words};

/// One thing found: where, and which target it satisfies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) target: usize,
}

impl TargetKind {
    /// True where `surface`, which satisfies it, is another spelling of the name that was typed.
    pub(crate) fn is_other_spelling(&self, surface: &str) -> bool {
        match self {
            TargetKind::Word { spellings, .. } => {
                !spellings.is_empty() && spellings.contains(&crate::text::fold(surface))
            }
            TargetKind::Person { name, .. } => !shares_a_word(surface, name),
            TargetKind::Place { name, ids, .. } => {
                folded_words(surface) != *name && crate::index::place_ids(surface).iter().any(|id| ids.contains(id))
            }
            _ => false,
        }
    }
}

/// Adds the pairs of characters in `body` that `targets` ask for to `marks`.
pub(crate) fn paired(body: &str, targets: &[Target], marks: &mut Vec<Mark>) {
    let number = |(at, target): (usize, &'_ Target)| match &target.kind {
        TargetKind::Pair(term) => Some((term.clone(), at)),
        _ => None,
    };
    let wanted: FxHashMap<String, usize> = targets.iter().enumerate().filter_map(number).collect();
    // Most queries ask for none, and the walk over a body takes longer than all else here.
    if wanted.is_empty() {
        return;
    }
    let mut pairs = Pairs::default();
    let mut mark = |pair: Pair<'_>| {
        marks.extend(wanted.get(pair.term).map(|target| Mark { span: pair.span, target: *target }));
    };
    words(body).for_each_word(|word| pairs.take(body, word, &mut mark));
    pairs.close(&mut mark);
}

/// Adds the words with signs in `body` that `targets` ask for to `marks`.
pub(crate) fn catenated(body: &str, targets: &[Target], marks: &mut Vec<Mark>) {
    let mut wanted: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, target) in targets.iter().enumerate() {
        for term in target.kind.written().into_iter().flat_map(|written| &written.catenations) {
            wanted.entry(term).or_default().push(at);
        }
    }
    // Most queries ask for none, as with pairs.
    if wanted.is_empty() {
        return;
    }
    let mut catenator = Catenator::default();
    let mut mark = |found: Catenation<'_>| {
        let targets = wanted.get(found.term).into_iter().flatten();
        marks.extend(targets.map(|target| Mark { span: found.span, target: *target }));
    };
    words(body).for_each_word(|word| catenator.take(body, word, &mut mark));
    catenator.close(body, &mut mark);
}

/// Adds the mentions in `body` that satisfy `targets` to `marks`.
pub(crate) fn mentioned(body: &str, targets: &[Target], annotations: &Annotations, marks: &mut Vec<Mark>) {
    for mention in &annotations.mentions {
        for (at, target) in targets.iter().enumerate() {
            if satisfies(&mention.value, mention.span.of(body), target, annotations) {
                marks.push(Mark { span: mention.span, target: at });
            }
        }
    }
}

fn satisfies(value: &Value, surface: &str, target: &Target, annotations: &Annotations) -> bool {
    match (&target.kind, value) {
        (TargetKind::Date { asked, overlap }, Value::Date(date)) => {
            if *overlap {
                asked.overlaps(date)
            } else {
                asked.contains(date)
            }
        }
        (TargetKind::Place { name, exact: true, .. }, Value::Place(_) | Value::Unplaced) => {
            folded_words(surface) == *name
        }
        (TargetKind::Place { ids, name, .. }, Value::Place(at)) => {
            annotations.places.get(*at as usize).is_some_and(|place| {
                ids.contains(&place.id)
                    // Who asks for a country is shown its towns.
                    || place.ancestors.iter().any(|id| ids.contains(id))
                    || place.also.iter().any(|own| folded_words(own) == *name)
            })
        }
        (TargetKind::Near { centre, km }, Value::Place(at)) => {
            annotations.places.get(*at as usize).is_some_and(|place| {
                Spot { lat: place.lat, lon: place.lon, radius_km: place.radius_km }.is_near(*centre, *km)
            })
        }
        (TargetKind::Place { name, also, .. }, Value::Unplaced) => {
            // With blanks around, so that a name is found as whole words only.
            let surface = format!(" {} ", folded_words(surface));
            also.iter().chain([name]).any(|name| surface.contains(&format!(" {name} ")))
        }
        (TargetKind::Person { name, keys, exact }, Value::Person(at)) => {
            let person = annotations.people.get(*at as usize);
            person.is_some_and(|person| keys.iter().any(|keys| is_person(&person.key, keys)))
                && (!exact || shares_a_word(surface, name))
        }
        (TargetKind::Org(keys), Value::Org) => holds(&crate::text::fold(surface), keys),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::plan::Written;

    #[test]
    fn a_key_of_a_person_holds_the_words_in_order() {
        let keys = |words: &[&[&str]]| -> Vec<Vec<String>> {
            words.iter().map(|keys| keys.iter().map(|key| (*key).to_owned()).collect()).collect()
        };
        for (key, asked, expected) in [
            ("ilham aliev", keys(&[&["aliev"]]), true),
            ("ilham aliev", keys(&[&["ilham"], &["aliev"]]), true),
            ("ilham haidar aliev", keys(&[&["ilham"], &["aliev"]]), true),
            ("ilham aliev", keys(&[&["aliev"], &["ilham"]]), false),
            ("ilham aliev", keys(&[&["anar"], &["aliev"]]), false),
            ("ilham aliev", keys(&[&["anar", "ilham"], &["aliev"]]), true),
            ("aliev", keys(&[&["aliev"], &["aliev"]]), false),
        ] {
            assert_eq!(is_person(key, &asked), expected, "{key} {asked:?}");
        }
    }

    #[test]
    fn words_of_names_are_compared_folded() {
        for (surface, name, expected) in [
            ("İlham Əliyev", "eliyev", true),
            ("Aliyev's", "aliyev", true),
            ("Aliyeva", "aliyev", false),
            ("", "aliyev", false),
        ] {
            assert_eq!(shares_a_word(surface, name), expected, "{surface} {name}");
        }
        let parts = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (text, words, expected) in [
            ("international red cross", "red cross", true),
            ("red new cross", "red cross", true),
            ("cross red", "red cross", false),
            ("red", "red cross", false),
        ] {
            assert_eq!(holds(text, &parts(words)), expected, "{text}");
        }
    }

    #[test]
    fn spellings_that_were_not_typed_are_told() {
        let word = TargetKind::Word {
            folded: "aliyev".into(),
            stems: Vec::new(),
            spellings: vec!["eliyev".into()],
            written: Written::default(),
        };
        assert!(word.is_other_spelling("Əliyev") && !word.is_other_spelling("Aliyev"));
        let person = TargetKind::Person { name: "anar aliyev".into(), keys: Vec::new(), exact: false };
        assert!(person.is_other_spelling("Əliyev") && !person.is_other_spelling("A. Aliyev"));
        assert!(!TargetKind::Phrase(vec!["a".into()], Written::default()).is_other_spelling("b"));
    }
}
