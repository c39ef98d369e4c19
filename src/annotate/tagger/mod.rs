//! A trained tagger for the names of a text: it corrects what the rules of [`super::names`] found.
//!
//! A linear model over hashed features, trained as a structured perceptron, reads each stretch of capitalised words
//! with what is known of them (the rules' own verdict among it), scores thirteen tags a word and takes the best
//! sequence that is legal. The weights are one file of the program, read where it lies. `data/tagger/README.md` is its
//! card: data, licences, scores, and the command that trains it. `README.md` here says why it is built so.
//!
//! It was trained on English: texts in other languages keep what the rules say.

mod features;
mod model;
mod observations;
mod tag;
mod towns;
mod viterbi;

pub use features::features;
pub use model::{Model, SLOT, Weights};
pub use observations::Observations;
pub use tag::{Tag, legal};
pub use viterbi::best;

use super::gazetteer::{Candidates, Entry, Gazetteer, PlaceKind};
use super::names::{Gap, Label, Name, NameRule, Setting, Sex, Tokens, Traits, longest, sex};

/// The names of `tokens`, where `names` are those that the rules found. In order, none overlapping.
pub fn tag(tokens: &Tokens<'_>, names: Vec<Name>, setting: Setting) -> Vec<Name> {
    match Model::embedded() {
        // Trained on English: in other languages its words would be guesses.
        Some(model) if setting.known => merge(tokens, &read(model, tokens, &names), names, setting),
        _ => names,
    }
}

/// What `model` finds in `tokens`, where the rules found `names`: first word, one past the last word, label.
pub fn read(model: &Model, tokens: &Tokens<'_>, names: &[Name]) -> Vec<(usize, usize, Label)> {
    let observations = Observations::new(tokens, names);
    let mut found = Vec::with_capacity(names.len());
    let (mut scores, mut hashes) = (Vec::new(), Vec::new());
    for stretch in observations.stretches() {
        scores.clear();
        for at in stretch.clone() {
            hashes.clear();
            features(&observations, at, |feature| hashes.push(feature));
            scores.push(model.sum(&hashes));
        }
        entities(&best(&scores, model), |start, end, label| {
            found.push((stretch.start + start, stretch.start + end, label));
        });
    }
    found
}

/// The tagger's names, with what the rules knew of those on which both agree. A place for which the rules have evidence
/// is no organisation.
fn merge(tokens: &Tokens<'_>, found: &[(usize, usize, Label)], names: Vec<Name>, setting: Setting) -> Vec<Name> {
    let mut known = names.into_iter().peekable();
    let mut out: Vec<Name> = Vec::with_capacity(found.len());
    for &(start, end, label) in found {
        while known.next_if(|name| name.end <= start).is_some() {}
        let mut within = Vec::new();
        while let Some(name) = known.next_if(|name| name.start < end) {
            within.push(name);
        }
        // A capitalised article inside a sentence mostly opens the name of an organisation, but not that of `The
        // Hague`.
        if label == Label::Org
            && let Some(place) = with_article(tokens, start, end, setting)
        {
            out.push(place);
            continue;
        }
        let same = within.iter().position(|name| (name.start, name.end) == (start, end));
        out.push(match same.map(|at| within.swap_remove(at)) {
            // A country is a place whatever it does: who looks for China wants the place. README.md has the cost.
            Some(name) if name.label == label || (label == Label::Org && is_certain(&name)) => name,
            same => named(tokens, (start, end), label, setting, same.or_else(|| nearest(within, end))),
        });
    }
    towns::restore(tokens, &mut out, setting);
    out
}

/// The place whose main name has an article, written inside a sentence: `The Hague`.
fn with_article(tokens: &Tokens<'_>, start: usize, end: usize, setting: Setting) -> Option<Name> {
    if tokens.folded(start) != "the" || tokens.list[start].gap != Gap::Blank || end != start + 2 {
        return None;
    }
    let found = longest(tokens, start + 1, setting).filter(|found| found.end == end)?;
    let first = found.places.clone().next().and_then(|first| Gazetteer::embedded().row(first.row))?;
    first.name().starts_with("The ").then_some(Name {
        start,
        end,
        label: Label::Place,
        confidence: 0.8,
        rule: NameRule::GazetteerAndArticle,
        places: found.places,
        sex: None,
    })
}

/// Of the rules' places in a longer name the one that says best where it is: `City of Santa Ana`, `Seoul City Hall`.
fn nearest(within: Vec<Name>, end: usize) -> Option<Name> {
    let mut places = within.into_iter().filter(|name| name.label == Label::Place && !name.places.is_empty());
    let first = places.next()?;
    if first.end == end { Some(first) } else { places.find(|name| name.end == end).or(Some(first)) }
}

/// True for a place that is a country or a part of one, or that a preposition before it makes one.
fn is_certain(name: &Name) -> bool {
    is_area(name) || name.rule == NameRule::GazetteerAndPreposition
}

/// True for a place that is no town: whatever a country is said to do, it is looked for as a place. Unions of countries
/// (`European Union`, `EU`) are organisations with a territory.
pub fn is_area(name: &Name) -> bool {
    let first = name.places.clone().next().and_then(|first| Gazetteer::embedded().row(first.row));
    let union = |entry: &Entry| entry.record.kind == PlaceKind::Area && entry.name().ends_with(" Union");
    name.label == Label::Place && first.is_some_and(|entry| entry.record.kind != PlaceKind::City && !union(&entry))
}

/// Calls `each` with the first word, one past the last word, and the label of each name that `tags` spell.
pub fn entities(tags: &[Tag], mut each: impl FnMut(usize, usize, Label)) {
    let mut start = 0;
    for (at, tag) in tags.iter().enumerate() {
        if tag.begins() {
            start = at;
        }
        if let Some(label) = tag.label().filter(|_| tag.ends()) {
            each(start, at + 1, label);
        }
    }
}

/// The name from word `start` to `end - 1` with what the rules would know of it. `close` is a place of theirs in it:
/// `southern Iraq` is where Iraq is.
fn named(
    tokens: &Tokens<'_>,
    (start, end): (usize, usize),
    label: Label,
    setting: Setting,
    close: Option<Name>,
) -> Name {
    let places = if label == Label::Place { places(tokens, start, end, setting) } else { Candidates::default() };
    // `southern Iraq` is a place that no gazetteer has; Iraq in it is where it lies.
    let places = match close {
        Some(name) if label == Label::Place && places.is_empty() => name.places,
        _ => places,
    };
    let sex = if label == Label::Person { titled(tokens, start) } else { None };
    Name { start, end, label, confidence: 0.7, rule: NameRule::Tagger, places, sex }
}

/// What the gazetteer knows under the words of a name, or under all but a last one that says what sort of area it is.
fn places(tokens: &Tokens<'_>, start: usize, end: usize, setting: Setting) -> Candidates {
    let start = start + usize::from(start + 1 < end && tokens.folded(start) == "the");
    let whole = longest(tokens, start, setting).filter(|found| {
        found.end == end || (found.end + 1 == end && tokens.list[found.end].is(Traits::AREA.with(Traits::FEATURE)))
    });
    whole.map(|found| found.places).unwrap_or_default()
}

/// What an honorific before word `at` says of the person's sex.
fn titled(tokens: &Tokens<'_>, at: usize) -> Option<Sex> {
    let before = tokens.list.get(at.checked_sub(1)?)?;
    before.is(Traits::HONORIFIC).then(|| sex(before.traits)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names;

    /// The names of an English text as `label:surface`, with blanks between them.
    fn shown(text: &str) -> String {
        let tokens = Tokens::new(text);
        let setting = Setting::for_language(Some("en"));
        let names = tag(&tokens, names::find(&tokens, setting), setting);
        let show = |name: &Name| {
            let label = match name.label {
                Label::Person => 'p',
                Label::Place => 'l',
                Label::Org => 'o',
                Label::Unknown => '?',
            };
            format!("{label}:{}", tokens.span(name.start, name.end).of(text))
        };
        names.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_of_three_kinds_are_told_apart() {
        for row in "Prime Minister Anna Bergström met officials of the World Bank in Geneva. ==> p:Anna Bergström o:World Bank l:Geneva
             The company was founded by Mark Ellison in Denver. ==> p:Mark Ellison l:Denver
             China said on Friday it would talk to Turkey. ==> l:China l:Turkey
             Shusha was quiet. Later Aghdam in Azerbaijan was returned. ==> l:Shusha l:Aghdam l:Azerbaijan
             President Kalbajar spoke. Kalbajar then left Azerbaijan. ==> p:President Kalbajar p:Kalbajar l:Azerbaijan
             Nothing here has a name. ==> "
            .lines()
        {
            let (text, expected) = row.split_once("==>").expect("a row has ==>");
            assert_eq!(shown(text.trim()), expected.trim(), "{text}");
        }
    }

    #[test]
    fn texts_in_other_languages_keep_what_the_rules_say() {
        let tokens = Tokens::new("Der Bürgermeister Hans Möller wohnt in Köln.");
        let setting = Setting::for_language(Some("de"));
        let rules = names::find(&tokens, setting);
        let tagged = tag(&tokens, rules.clone(), setting);
        let of = |names: &[Name]| names.iter().map(|name| (name.start, name.end, name.label)).collect::<Vec<_>>();
        assert_eq!(of(&tagged), of(&rules));
    }

    #[test]
    fn the_file_is_a_model() {
        assert!(Model::embedded().is_some());
    }
}
