//! Annotated texts as the tagger's trainer sees them.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use rustc_hash::FxBuildHasher;
use search::annotate::names::{self, Label, Name, Setting, Tokens};
use search::annotate::tagger::{self, FEATURES, Model, Nouns, Observations, Tag, features, slots};
use search::text::Span;
use serde::Deserialize;

/// One annotated text.
#[derive(Deserialize)]
struct Row {
    /// ISO 639-1 code of its language.
    #[serde(default)]
    lang: Option<String>,
    text: String,
    #[serde(default)]
    entities: Vec<Entity>,
}

/// A name in it; offsets count characters.
#[derive(Deserialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: String,
    start: usize,
    end: usize,
}

/// A stretch of words with the numbers of their features, and the right tags.
pub(crate) struct Example {
    features: Vec<u32>,
    ends: Vec<usize>,
    pub(crate) tags: Vec<Tag>,
}

impl Example {
    /// The features of each word.
    pub(crate) fn words(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.features[start..*end])
    }
}

/// Examples with the features that occur at least [`LEAST`] times.
#[derive(Default)]
pub(crate) struct Examples {
    pub(crate) list: Vec<Example>,
    /// The hash of each feature.
    pub(crate) names: Vec<u64>,
}

/// A feature seen less often says nothing.
const LEAST: u32 = 2;

/// The features that stand often enough to be learnt, sorted.
fn frequent(raw: &[Raw]) -> Vec<u64> {
    let mut counts: HashMap<u64, u32, FxBuildHasher> = HashMap::default();
    for feature in raw.iter().flat_map(|(words, _)| words.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut names: Vec<u64> = counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

/// A set of texts in a mix.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    /// Its file below the folder of texts, without `.jsonl`.
    pub(crate) set: &'a str,
    /// How often it counts.
    times: usize,
    /// Every so many texts one is held out.
    pub(crate) every: Option<usize>,
    /// It is learnt in the end, when the figures have been taken.
    pub(crate) in_the_end: bool,
}

impl<'a> Part<'a> {
    /// `+3*5:SET`, of which all but the set may be missing.
    pub(crate) fn read(written: &'a str) -> Option<Part<'a>> {
        let rest = written.strip_prefix('+').unwrap_or(written);
        let (times, rest) = rest.split_once('*').map_or(Some((1, rest)), |(n, rest)| Some((n.parse().ok()?, rest)))?;
        let (every, set) = match rest.split_once(':') {
            Some((every, set)) => (Some(every.parse().ok().filter(|every| *every > 1)?), set),
            None => (None, rest),
        };
        Some(Part { set, times, every, in_the_end: written.starts_with('+') })
    }

    /// All of its texts.
    pub(crate) fn whole(self) -> Part<'a> {
        Part { every: None, ..self }
    }

    /// Its texts that are held out, or those that are not.
    fn rows(&self, texts: &Path, held: bool) -> Result<Vec<Row>, String> {
        let rows = rows(&texts.join(self.set).with_extension("jsonl"))?.into_iter().enumerate();
        let wanted = |at: usize| self.every.is_none_or(|every| at.is_multiple_of(every) == held);
        Ok(rows.filter(|(at, _)| wanted(*at)).map(|(_, row)| row).collect())
    }
}

/// Reads the sets below `texts`, but for texts of theirs that are held out. `lang` is the language of texts that name none.
pub(crate) fn read(texts: &Path, parts: &[Part<'_>], lang: &str) -> Result<Examples, String> {
    let mut raw = Vec::new();
    for part in parts {
        let from = raw.len();
        let rows = part.rows(texts, false)?;
        for time in 0..part.times {
            one(&rows, time, lang, &mut raw);
        }
        eprintln!("{}: {} stretches", part.set, raw.len() - from);
    }
    let names = frequent(&raw);
    let numbers: HashMap<u64, u32, FxBuildHasher> = names.iter().copied().zip(0..).collect();
    let list = raw.into_iter().map(|(words, tags)| {
        let mut example = Example { features: Vec::new(), ends: Vec::new(), tags };
        for word in words {
            example.features.extend(word.iter().filter_map(|feature| numbers.get(feature)));
            example.ends.push(example.features.len());
        }
        example
    });
    Ok(Examples { list: list.collect(), names })
}

/// The features of each word of a stretch, and the right tags.
type Raw = (Vec<Vec<u64>>, Vec<Tag>);

fn rows(path: &Path) -> Result<Vec<Row>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display())))
        .collect()
}

fn one(rows: &[Row], time: usize, lang: &str, out: &mut Vec<Raw>) {
    for (number, row) in rows.iter().enumerate() {
        let (text, entities) = spans(row);
        let lang = row.lang.as_deref().unwrap_or(lang);
        // Corpora print a blank before every mark; the press does not. The model sees both, each time the other one.
        if (number + time).is_multiple_of(2) {
            stretches(&text, &entities, lang, out);
        } else {
            let (text, entities) = printed(&text, &entities, lang);
            stretches(&text, &entities, lang, out);
        }
    }
}

/// A capitalised word as the filter sees it, and whether it is part of a name.
pub(crate) type Noun = ([usize; FEATURES], bool);

/// The words of texts that the filter is asked for: of those that are held out, or of the others.
pub(crate) fn nouns(texts: &Path, parts: &[Part<'_>], held: bool, lang: &str) -> Result<Vec<Noun>, String> {
    let mut out = Vec::new();
    for part in parts {
        for (number, row) in part.rows(texts, held)?.iter().enumerate() {
            let (text, entities) = spans(row);
            let (text, entities) =
                if number.is_multiple_of(2) { (text, entities) } else { printed(&text, &entities, lang) };
            let tokens = Tokens::new(&text);
            let names = by_rules(&tokens, lang);
            let observations = Observations::new(&tokens, &names, Setting::for_language(Some(lang)));
            let named: Vec<Range<usize>> = entities.iter().map(|(span, _)| words_of(&tokens, *span)).collect();
            let asked = (0..tokens.list.len()).filter(|at| observations.may_be_ordinary(*at));
            out.extend(asked.map(|at| (slots(&observations, at), named.iter().any(|words| words.contains(&at)))));
        }
    }
    Ok(out)
}

/// F1 of exact spans on the texts of `part` that are held out, by label and in all, of the rules alone and of a model
/// with its filter.
pub(crate) fn score(
    model: (&Model, Option<&Nouns>),
    texts: &Path,
    part: &Part<'_>,
    lang: &str,
) -> Result<String, String> {
    let mut counts = [[[0usize; 3]; 4]; 2];
    for row in part.rows(texts, true)? {
        let (text, entities) = spans(&row);
        let lang = row.lang.as_deref().unwrap_or(lang);
        let tokens = Tokens::new(&text);
        let names = by_rules(&tokens, lang);
        let gold: Vec<Words> = entities
            .iter()
            .map(|(span, label)| (words_of(&tokens, *span).start, words_of(&tokens, *span).end, *label))
            .collect();
        let ruled: Vec<Words> = names.iter().map(|name| (name.start, name.end, name.label)).collect();
        count(&ruled, &gold, &mut counts[0]);
        count(&tagger::read(model, &tokens, &names, Setting::for_language(Some(lang))), &gold, &mut counts[1]);
    }
    Ok(format!("    rules   {}\n    tagger  {}", shown(&counts[0]), shown(&counts[1])))
}

/// A name as its first word, one past its last, and its label.
type Words = (usize, usize, Label);

const LABELS: [(Label, &str); 3] = [(Label::Person, "PER"), (Label::Place, "LOC"), (Label::Org, "ORG")];

/// Adds to each label's row how many of `found` are right, how many there are, and how many there should be.
fn count(found: &[Words], gold: &[Words], counts: &mut [[usize; 3]; 4]) {
    for (at, (label, _)) in LABELS.iter().enumerate() {
        let of = |list: &[Words]| list.iter().filter(|name| name.2 == *label).count();
        let both = found.iter().filter(|name| name.2 == *label && gold.contains(name)).count();
        for row in [at, 3] {
            for (sum, more) in counts[row].iter_mut().zip([both, of(found), of(gold)]) {
                *sum += more;
            }
        }
    }
}

fn shown(counts: &[[usize; 3]; 4]) -> String {
    let names = LABELS.iter().map(|(_, name)| *name).chain(["all"]);
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let shown = names.zip(counts).map(|(name, [both, found, gold])| {
        let f1 = percent(2 * both, found + gold);
        format!("{name} {f1:.1} (P {:.1} R {:.1})", percent(*both, *found), percent(*both, *gold))
    });
    shown.collect::<Vec<_>>().join("  ")
}

/// The words that a span touches.
fn words_of(tokens: &Tokens<'_>, span: Span) -> Range<usize> {
    let start = tokens.list.partition_point(|token| token.span.end <= span.start);
    start..tokens.list.partition_point(|token| token.span.start < span.end)
}

/// What the passes before the tagger make of a text, as `annotate` runs them.
fn by_rules(tokens: &Tokens<'_>, lang: &str) -> Vec<Name> {
    let mut names = names::find(tokens, Setting::for_language(Some(lang)));
    names::demote_common_words(tokens, &mut names, Some(lang));
    names::document_consistency(tokens, &mut names, (&Tokens::new(""), &[]));
    names
}

/// The names of a row as bytes of its text.
fn spans(row: &Row) -> (String, Vec<(Span, Label)>) {
    let mut bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(row.text.len());
    let entities = row.entities.iter().filter_map(|entity| {
        let label = match entity.kind.as_str() {
            "PER" => Label::Person,
            "LOC" => Label::Place,
            "ORG" => Label::Org,
            _ => return None,
        };
        Some((Span::new(*bytes.get(entity.start)?, *bytes.get(entity.end)?), label))
    });
    (row.text.clone(), entities.collect())
}

/// Words that a corpus of a language prints apart and the press together.
const CONTRACTIONS: [(&str, &[(&str, &str)]); 1] = [(
    "pt",
    &[
        ("de o ", "do "),
        ("de a ", "da "),
        ("de os ", "dos "),
        ("de as ", "das "),
        ("em o ", "no "),
        ("em a ", "na "),
        ("em os ", "nos "),
        ("em as ", "nas "),
        ("em um ", "num "),
        ("em uma ", "numa "),
        ("por o ", "pelo "),
        ("por a ", "pela "),
        ("por os ", "pelos "),
        ("por as ", "pelas "),
        ("a o ", "ao "),
        ("a os ", "aos "),
        ("a a ", "à "),
        ("a as ", "às "),
    ],
)];

/// `text` as the press prints it, without the blanks of corpora before marks and after brackets and with contractions, and
/// the names in it.
fn printed(text: &str, entities: &[(Span, Label)], lang: &str) -> (String, Vec<(Span, Label)>) {
    let together = CONTRACTIONS.iter().find(|(code, _)| *code == lang).map_or(&[][..], |(_, pairs)| pairs);
    let mut out = String::with_capacity(text.len());
    let mut new = vec![0; text.len() + 1];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let begins = at == 0 || text[..at].ends_with([' ', '\n']);
        let pair = together.iter().filter(|_| begins).find(|(apart, _)| rest.starts_with(apart));
        let (read, written) = match pair {
            Some((apart, joined)) => (apart.len(), *joined),
            None if c == ' ' && is_of_corpora(&text[..at], &rest[1..]) => (1, ""),
            None => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        for (step, slot) in new[at..at + read].iter_mut().enumerate() {
            *slot = out.len() + step.min(written.len());
        }
        out.push_str(written);
        at += read;
    }
    new[text.len()] = out.len();
    let moved = |at: u32| new[at as usize];
    let entities = entities.iter().map(|(span, label)| (Span::new(moved(span.start), moved(span.end)), *label));
    (out, entities.collect())
}

/// True for the blank between `before` and `rest` that corpora print and the press does not.
fn is_of_corpora(before: &str, rest: &str) -> bool {
    let mark = rest.starts_with([',', '.', ';', ':', '!', '?', ')', '%'])
        || ["'s ", "’s ", "' ", "n't"].iter().any(|mark| rest.starts_with(mark));
    mark || before.ends_with(['(', '$'])
}

fn stretches(text: &str, entities: &[(Span, Label)], lang: &str, out: &mut Vec<Raw>) {
    let tokens = Tokens::new(text);
    let names = by_rules(&tokens, lang);
    let mut tags = vec![Tag::OUTSIDE; tokens.list.len()];
    for (span, label) in entities {
        let Range { start, end } = words_of(&tokens, *span);
        // Corpora differ on whether a country that acts is an organisation; to us it is a place.
        let area = names.iter().any(|name| (name.start, name.end) == (start, end) && tagger::is_area(name));
        let label = if *label == Label::Org && area { Label::Place } else { *label };
        for (at, tag) in tags[start..end].iter_mut().enumerate() {
            *tag = Tag::in_name(label, at, end - start);
        }
    }
    let observations = Observations::new(&tokens, &names, Setting::for_language(Some(lang)));
    for stretch in observations.stretches() {
        let mut right = tags[stretch.clone()].to_vec();
        mend(&mut right);
        let words = stretch.map(|at| {
            let mut word = Vec::with_capacity(100);
            features(&observations, at, |feature| word.push(feature));
            word
        });
        out.push((words.collect(), right));
    }
}

/// Names that stick out of a stretch are cut off: what is left must be legal.
fn mend(tags: &mut [Tag]) {
    let mut at = 0;
    while at < tags.len() {
        let Some(label) = tags[at].label() else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while end < tags.len() && !tags[end - 1].ends() && !tags[end].begins() && tags[end].label() == Some(label) {
            end += 1;
        }
        for (position, tag) in tags[at..end].iter_mut().enumerate() {
            *tag = Tag::in_name(label, position, end - at);
        }
        at = end;
    }
}
