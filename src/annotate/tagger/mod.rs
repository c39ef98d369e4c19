//! A trained tagger for the names of a text: it corrects what the rules of [`super::names`] found.
//!
//! A linear model over hashed features, trained as a structured perceptron, reads each stretch of capitalised words
//! with what is known of them (the rules' own verdict among it), scores thirteen tags a word and takes the best
//! sequence that is legal. The weights are files of the program, one for a language or a few (`models.rs`), read where they
//! lie. `data/tagger/README.md` has their cards: data, licences, scores, and the command that trains them. `README.md` here
//! says why it is built so.
//!
//! Texts in languages without a model keep what the rules say.

mod features;
mod model;
mod models;
mod nouns;
mod observations;
mod tag;
mod towns;
mod viterbi;

pub use features::features;
pub use model::{Model, SLOT, Weights};
pub use nouns::{FEATURES, Nouns, SLOTS, slots};
pub use observations::Observations;
use tag::Scores;
pub use tag::{Tag, legal};
pub use viterbi::best;

use super::gazetteer::{Candidates, Entry, Gazetteer, PlaceKind};
use super::names::{Cues, Gap, Label, Name, NameRule, Setting, Sex, Tokens, Traits, longest, sex};

/// The names of `tokens`, where `names` are those that the rules found. In order, none overlapping.
pub fn tag(tokens: &Tokens<'_>, names: Vec<Name>, setting: Setting, lang: Option<&str>) -> Vec<Name> {
    match models::for_language(lang) {
        Some((model, own)) => {
            let nouns = setting.nouns.then(models::nouns).flatten();
            let found = read((model, nouns), tokens, &names, setting);
            if own { merge(tokens, &found, names, setting) } else { fill(tokens, &found, names, setting) }
        }
        // The words of another language would be guesses.
        None => names,
    }
}

/// What a model finds in `tokens`, where the rules found `names`: first word, one past the last word, label. Words that the
/// filter takes for ordinary are not read.
pub fn read(
    (model, nouns): (&Model, Option<&Nouns>),
    tokens: &Tokens<'_>,
    names: &[Name],
    setting: Setting,
) -> Vec<(usize, usize, Label)> {
    let observations = Observations::new(tokens, names, setting);
    let ordinary = |at: usize| nouns.is_some_and(|nouns| nouns.is_ordinary(&observations, at));
    let mut found = Vec::with_capacity(names.len());
    let (mut scores, mut hashes) = (Vec::new(), Vec::new());
    for stretch in observations.stretches() {
        let mut at = stretch.start;
        while at < stretch.end {
            let from = at;
            scores.clear();
            while at < stretch.end && !ordinary(at) {
                hashes.clear();
                features(&observations, at, |feature| hashes.push(feature));
                scores.push(model.sum(&hashes));
                at += 1;
            }
            let tags = best(&scores, model);
            entities(&tags, |start, end, label| {
                let name = (from + start, from + end, label);
                let sure = || lead(&tags[start..end], &scores[start..end]) >= least(label, setting);
                if by_rules(names, name) || sure() {
                    found.push(name);
                }
            });
            // The ordinary word that ends what is read.
            at += 1;
        }
    }
    found
}

/// By how much a name that the rules did not find must lead, on the average of its words, in units of the weights.
///
/// Precision before recall: three of four places that led by less were none, and F1 on uner-ewt-dev is higher for it (LOC 73.5
/// to 74.3).
fn least(label: Label, setting: Setting) -> i32 {
    match (label, setting.known) {
        (Label::Person, true) => 0,
        (Label::Place, true) => 450,
        (_, true) => 200,
        // Where every noun has a capital, unknown nouns look most like surnames.
        (Label::Person, _) if setting.nouns => 500,
        (Label::Person, _) => 200,
        _ => 300,
    }
}

/// By how much the words of a name lead on the average over what is no name.
fn lead(tags: &[Tag], scores: &[Scores]) -> i32 {
    let words = tags.iter().zip(scores);
    let sum: i32 = words.map(|(tag, score)| i32::from(score[tag.number()]) - i32::from(score[0])).sum();
    sum / tags.len().max(1) as i32
}

/// True for a name that the rules found too.
fn by_rules(names: &[Name], (start, end, label): (usize, usize, Label)) -> bool {
    let at = names.partition_point(|name| name.start < start);
    names.get(at).is_some_and(|name| (name.start, name.end, name.label) == (start, end, label))
}

/// The tagger's names, with what the rules knew of those on which both agree. A place for which the rules have evidence
/// is no organisation.
fn merge(tokens: &Tokens<'_>, found: &[(usize, usize, Label)], names: Vec<Name>, setting: Setting) -> Vec<Name> {
    let mut known = names.into_iter().peekable();
    let mut out: Vec<Name> = Vec::with_capacity(found.len());
    let mut passed_over = Vec::new();
    for &(start, end, label) in found {
        // `Mr Justice Tarrow`: an organisation has no honorific.
        let label = if label == Label::Org && titled_closely(tokens, start) { Label::Person } else { label };
        passed_over.extend(std::iter::from_fn(|| known.next_if(|name| name.end <= start)));
        let mut within = Vec::new();
        while let Some(name) = known.next_if(|name| name.start < end) {
            within.push(name);
        }
        // `Toplantı Çarşamba`: what the text's language knows as a word or day is no place for want of a better reading.
        let ordinary = within.iter().any(|name| name.rule == NameRule::OrdinaryWord);
        if label == Label::Place && ordinary && !setting.known {
            continue;
        }
        // `Heyet Bakü'den`: a word at the head of the sentence makes no person of a place that its ending proves.
        let is_proved = |name: &Name| name.label == Label::Place && name.rule == NameRule::GazetteerAndPreposition;
        if label == Label::Person && !setting.known && within.iter().any(is_proved) {
            out.extend(within.into_iter().filter(is_proved));
            continue;
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
    // In English the tagger has seen enough towns to be believed.
    if !setting.known {
        towns::keep(&mut out, passed_over.into_iter().chain(known));
    }
    out
}

/// The rules' names, and the tagger's where they have none: of a model that was trained on a neighbour's texts, which finds people
/// and organisations by how they are written and what stands beside them, but does not know the words of the language. It may make the
/// name of a person longer, no other.
fn fill(tokens: &Tokens<'_>, found: &[(usize, usize, Label)], mut names: Vec<Name>, setting: Setting) -> Vec<Name> {
    names.retain(|name| name.label != Label::Unknown);
    let mut added = Vec::new();
    for &(start, end, label) in found {
        let first = names.partition_point(|name| name.end <= start);
        let within = names[first..].iter().take_while(|name| name.start < end);
        let same_person = |name: &Name| name.label == label && label == Label::Person;
        if within.clone().all(|name| same_person(name) && start <= name.start && name.end <= end) {
            let same = within.clone().any(|name| (name.start, name.end) == (start, end));
            added.extend((!same).then(|| named(tokens, (start, end), label, setting, None)));
        }
    }
    let inside = |name: &Name| {
        let at = added.partition_point(|longer| longer.end <= name.start);
        added.get(at).is_some_and(|longer| longer.start < name.end)
    };
    names.retain(|name| !inside(name));
    names.extend(added);
    names.sort_by_key(|name| name.start);
    names
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
    let saint = Cues::embedded().saints.has(tokens.folded(start)) && end > start + 2;
    let places = match close {
        Some(name) if label == Label::Place && places.is_empty() && !saint => name.places,
        _ => places,
    };
    let sex = if label == Label::Person { titled(tokens, start) } else { None };
    Name { start, end, label, confidence: 0.7, rule: NameRule::Tagger, places, sex }
}

/// What the gazetteer knows under the words of a name, or under all but a last one that says what sort of area it is.
fn places(tokens: &Tokens<'_>, start: usize, end: usize, setting: Setting) -> Candidates {
    let start = start + usize::from(start + 1 < end && tokens.folded(start) == "the");
    // Hospitals and schools of saints stand in every town: `St. John's Hospital` is not in St. John's.
    let saint = Cues::embedded().saints.has(tokens.folded(start));
    let whole = longest(tokens, start, setting).filter(|found| {
        let kind = || tokens.list[found.end].is(Traits::AREA.with(Traits::FEATURE));
        found.end == end || (found.end + 1 == end && !saint && kind())
    });
    whole.map(|found| found.places).unwrap_or_default()
}

/// True for a word right behind an honorific.
fn titled_closely(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let (title, here) = (&tokens.list[before], &tokens.list[at]);
    title.is(Traits::HONORIFIC) && title.capital() && here.gap.joins() && !here.is(Traits::ORG_HEAD)
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

    /// The names of a text as `label:surface`, with blanks between them.
    fn shown(lang: &str, text: &str) -> String {
        let tokens = Tokens::new(text);
        let setting = Setting::for_language(Some(lang));
        let names = tag(&tokens, names::find(&tokens, setting), setting, Some(lang));
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
            assert_eq!(shown("en", text.trim()), expected.trim(), "{text}");
        }
    }

    #[test]
    fn other_languages_have_models_of_their_own_or_of_a_neighbour() {
        for row in "fr | Elle habite à Rolle au bord du lac et travaille à Lausanne. ==> l:Rolle l:Lausanne
             ru | Премьер-министр Олег Вельский прилетел в Казань. ==> p:Олег Вельский l:Казань
             pt | O ministro Rui Tavares chegou ontem a Lisboa. ==> p:Rui Tavares l:Lisboa
             az | Prezident Bakıdan Şuşaya gəldi. ==> l:Bakıdan l:Şuşaya"
            .lines()
        {
            let (given, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let (lang, text) = given.split_once(" | ").expect("a language");
            assert_eq!(shown(lang, text), expected, "{text}");
        }
    }

    #[test]
    fn texts_in_languages_without_a_model_keep_what_the_rules_say() {
        let tokens = Tokens::new("Tohtori Matti Virtanen asuu Helsingissä.");
        let setting = Setting::for_language(Some("fi"));
        let rules = names::find(&tokens, setting);
        let tagged = tag(&tokens, rules.clone(), setting, Some("fi"));
        let of = |names: &[Name]| names.iter().map(|name| (name.start, name.end, name.label)).collect::<Vec<_>>();
        assert_eq!(of(&tagged), of(&rules));
    }
}
