//! Place names that are ordinary words of the text's language, and meant as such: `Çarşamba` is a town and Wednesday,
//! `Zug` a canton and a train, `Kent` a county and a city of any name.
//!
//! No list of such words is kept: every language has its own, and a gazetteer of the world has them all. What is asked
//! instead is what the text itself shows. A word is taken for ordinary where it names a day or month in the text's
//! language, where the same text has it in lower case, and, in languages whose towns have no article, where an article
//! stands before it. Such a word is a place only where something else says so: a preposition of place, a word for an
//! area, a place that contains it. A place that stands out as one elsewhere in the text is one everywhere, and a
//! country with a capital inside a sentence is meant.

use std::collections::HashSet;

use super::cues::Cues;
use super::token::{Case, Gap, Tokens};
use super::{Label, Name, NameRule};
use crate::annotate::gazetteer::{Candidates, Gazetteer, PlaceKind};
use crate::date::names;

/// Takes the label from places of one word that are ordinary words in `tokens`, a text in `lang`.
pub fn demote_common_words(tokens: &Tokens<'_>, found: &mut [Name], lang: Option<&str>) {
    let articles = lang.map(|lang| Cues::embedded().articles(lang)).unwrap_or_default();
    let open = |name: &Name| {
        name.label == Label::Place && name.end == name.start + 1 && name.rule != NameRule::GazetteerAndPreposition
    };
    let doubtful: Vec<usize> = (0..found.len()).filter(|at| open(&found[*at])).collect();
    if doubtful.is_empty() {
        return;
    }
    // One walk over the text for all doubtful names together.
    let small = in_lower_case(tokens, &doubtful.iter().map(|at| tokens.folded(found[*at].start)).collect());
    for at in doubtful {
        let name = &mut found[at];
        let (token, word) = (&tokens.list[name.start], tokens.folded(name.start));
        // `China` with a capital inside a sentence is the country, though the text also has `china`.
        let meant = token.case == Case::Title && token.gap != Gap::Sentence && is_country(name);
        // Names of days and months are towns in many countries; their language knows them as days.
        let day =
            lang.is_some_and(|lang| names::weekday(word, Some(lang)).or(names::month(word, Some(lang))).is_some());
        let behind_article = token.gap == Gap::Blank
            && name.start > 0
            && articles.has(tokens.folded(name.start - 1))
            && !is_country(name)
            && is_town(name);
        if day || (small.contains(word) && !meant) || behind_article {
            (name.label, name.confidence, name.rule) = (Label::Unknown, 0.0, NameRule::OrdinaryWord);
            name.places = Candidates::default();
        }
    }
}

/// Those of `words` that the text has in lower case too.
fn in_lower_case<'t>(tokens: &'t Tokens<'_>, words: &HashSet<&'t str>) -> HashSet<&'t str> {
    // Most words of a text are none of them: their first letter and length tell.
    let shape =
        |word: &str| 1u64 << ((usize::from(word.as_bytes().first().copied().unwrap_or(0)) ^ (word.len() << 3)) & 63);
    let shapes = words.iter().fold(0, |shapes, word| shapes | shape(word));
    let lower = (0..tokens.list.len()).filter(|at| tokens.list[*at].case == Case::Lower).map(|at| tokens.folded(at));
    lower.filter(|word| shapes & shape(word) != 0 && words.contains(word)).collect()
}

fn is_country(name: &Name) -> bool {
    kind(name).is_some_and(|kind| matches!(kind, PlaceKind::Country | PlaceKind::Continent))
}

/// True where a town bears the name, though an area around it may be meant first (`Zug`).
fn is_town(name: &Name) -> bool {
    let gazetteer = Gazetteer::embedded();
    let mut rows = name.places.clone().filter_map(|candidate| gazetteer.row(candidate.row));
    rows.any(|entry| entry.record.kind == PlaceKind::City)
}

/// The sort of the place that the name most likely means.
fn kind(name: &Name) -> Option<PlaceKind> {
    let first = name.places.clone().next()?;
    Gazetteer::embedded().row(first.row).map(|entry| entry.record.kind)
}
