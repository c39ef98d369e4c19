//! A trained tagger for the names of a text: it corrects what the rules of [`super::names`] found.
//!
//! A linear model over hashed features, trained as a structured perceptron, reads each stretch of capitalised words with
//! what is known of them (the rules' own verdict among it), scores thirteen tags a word and takes the best sequence that
//! is legal. The weights are one file of the program, read where it lies. `data/tagger/README.md` is its card: data,
//! licences, scores, and the command that trains it. `README.md` here says why it is built so.
//!
//! It was trained on English: texts in other languages keep what the rules say.

mod decode;
mod features;
mod model;
mod scene;

pub use decode::{Scores, Tag, best, legal};
pub use features::features;
pub use model::{Model, SLOT, Weights};
pub use scene::Scene;

use super::gazetteer::Candidates;
use super::names::{Label, Name, Setting, Sex, Tokens, Traits, longest, sex};

/// The names of `tokens`, where `names` are those that the rules found. In order, none overlapping.
pub fn tag(tokens: &Tokens<'_>, names: Vec<Name>, setting: Setting) -> Vec<Name> {
    match Model::embedded() {
        Some(model) if setting.known => merge(tokens, &read(model, tokens, &names), names, setting),
        _ => names,
    }
}

/// What `model` finds in `tokens`, where the rules found `names`: first word, one past the last word, label.
pub fn read(model: &Model, tokens: &Tokens<'_>, names: &[Name]) -> Vec<(usize, usize, Label)> {
    let scene = Scene::new(tokens, names);
    let mut found = Vec::with_capacity(names.len());
    let mut scores = Vec::new();
    for stretch in scene.stretches() {
        scores.clear();
        for at in stretch.clone() {
            let mut sum = Scores::default();
            features(&scene, at, |feature| model.add(feature, &mut sum));
            scores.push(sum);
        }
        entities(&best(&scores, model), |start, end, label| {
            found.push((stretch.start + start, stretch.start + end, label));
        });
    }
    found
}

/// The tagger's names, with what the rules knew of those on which both agree.
fn merge(tokens: &Tokens<'_>, found: &[(usize, usize, Label)], names: Vec<Name>, setting: Setting) -> Vec<Name> {
    let mut known = names.into_iter().peekable();
    let mut out = Vec::with_capacity(found.len());
    for &(start, end, label) in found {
        while known.next_if(|name| name.start < start).is_some() {}
        let same = known.next_if(|name| (name.start, name.end) == (start, end));
        out.push(match same {
            Some(name) if name.label == label => name,
            same => named(tokens, (start, end), label, setting, same),
        });
    }
    out
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

/// The name from word `start` to `end - 1` with what the rules would know of it.
fn named(
    tokens: &Tokens<'_>,
    (start, end): (usize, usize),
    label: Label,
    setting: Setting,
    same: Option<Name>,
) -> Name {
    let places = match (label, same) {
        (Label::Place, Some(name)) if !name.places.is_empty() => name.places,
        (Label::Place, _) => places(tokens, start, end, setting),
        _ => Candidates::default(),
    };
    let sex = if label == Label::Person { titled(tokens, start) } else { None };
    Name { start, end, label, confidence: 0.7, rule: "tagger", places, sex }
}

/// What the gazetteer knows under the words of a name, or under all but a last one that says what sort of area it is.
fn places(tokens: &Tokens<'_>, start: usize, end: usize, setting: Setting) -> Candidates {
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
