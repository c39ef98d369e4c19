//! What is shown and kept of a person.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::forms::inflections_of_one_word;
use crate::annotate::Person;
use crate::annotate::names::Endings;
use crate::text::{fold, name_key, words};

/// Surfaces of one person's mentions, each with how often and where it stands first.
pub(super) type Surfaces = HashMap<String, (usize, u32)>;

/// The person with these mentions: of the surfaces with the most words the one that bears no ending, then the most
/// frequent, then the first.
pub(super) fn person(surfaces: &Surfaces, endings: Endings) -> Person {
    let whole = |form: &str| {
        let words = form.split([' ', '-']).filter(|word| word.trim_matches(['.', '"', '“', '”']).chars().count() > 1);
        words.count()
    };
    // Whole words before initials, then the longest, then without a case ending: `İlham Cəfərli`, not `Cəfərlinin`.
    debug_assert!(!surfaces.is_empty(), "a person is mentioned");
    let best = surfaces.iter().max_by_key(|(form, (count, start))| {
        let bare = !surfaces.keys().any(|other| whole(other) == whole(form) && bears_ending(form, other, endings));
        (whole(form), form.split([' ', '-']).count(), bare, *count, Reverse(*start))
    });
    let mut name = best.map(|(form, _)| form.clone()).unwrap_or_default();
    // Named in full only in another case: the surname alone may stand in the text as it is.
    let last = name.rsplit(' ').next().unwrap_or("").to_owned();
    let bare = surfaces.keys().filter(|form| !form.contains(' ') && bears_ending(&last, form, endings));
    if let Some(bare) = bare.min_by_key(|form| (form.len(), (*form).clone())) {
        name.truncate(name.len() - last.len());
        name.push_str(bare);
    }
    let key = person_key(&name);
    Person { name, key }
}

/// True when `form` is `other` with a case ending on its last word.
fn bears_ending(form: &str, other: &str, endings: Endings) -> bool {
    let (form, other) = (fold(form), fold(other));
    let (head, last) = form.rsplit_once(' ').unwrap_or(("", &form));
    let (other_head, other_last) = other.rsplit_once(' ').unwrap_or(("", &other));
    let mut found = false;
    endings.strip(last, |bare| found |= bare == other_last && bare != last);
    // What is a case of the other may be longer (`Вельской`) or shorter than it.
    found
        && inflections_of_one_word(
            head.split(' ').next().unwrap_or(""),
            other_head.split(' ').next().unwrap_or(""),
            endings,
        )
}

/// The keys of the parts of a name with blanks between them. The Arabic article is left out: print uses it at will.
fn person_key(name: &str) -> String {
    let mut parts = Vec::new();
    words(name).for_each_word(|word| {
        // Papers write `al-Bashir`, `El Bashir` and `Bashir` for one man.
        if !matches!(word.folded, "al" | "el" | "ال") {
            parts.push(name_key(word.span.of(name)));
        }
    });
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}
