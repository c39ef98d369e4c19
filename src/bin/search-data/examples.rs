//! Annotated texts as the tagger's trainer sees them.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use rustc_hash::FxBuildHasher;
use search::annotate::names::{self, Label, Name, Setting, Tokens};
use search::annotate::tagger::{self, Model, Observations, Tag, features};
use search::text::Span;
use serde::Deserialize;

/// One annotated text.
#[derive(Deserialize)]
struct Row {
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

/// Reads `files`; `3*FILE` counts a file three times.
pub(crate) fn read(files: &[&str]) -> Result<Examples, String> {
    let mut raw = Vec::new();
    for file in files {
        let (times, path) = match file.split_once('*') {
            Some((times, path)) => (times.parse().map_err(|_| format!("not a number: {times}"))?, path),
            None => (1, *file),
        };
        let from = raw.len();
        one(Path::new(path), &mut raw)?;
        let read = raw.len() - from;
        for _ in 1..times {
            raw.extend_from_within(from..from + read);
        }
        eprintln!("{path}: {read} stretches, {times} times");
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

fn one(path: &Path, out: &mut Vec<Raw>) -> Result<(), String> {
    for (number, row) in rows(path)?.iter().enumerate() {
        let (text, entities) = spans(row);
        // Corpora print a blank before every mark; the press does not. The model sees both.
        if number % 2 == 0 {
            stretches(&text, &entities, out);
        } else {
            let (text, entities) = closed_up(&text, &entities);
            stretches(&text, &entities, out);
        }
    }
    Ok(())
}

/// F1 of exact spans on the texts of `path`, by label and in all.
pub(crate) fn score(model: &Model, path: &Path) -> Result<String, String> {
    const LABELS: [(Label, &str); 3] = [(Label::Person, "PER"), (Label::Place, "LOC"), (Label::Org, "ORG")];
    let mut counts = [[0usize; 3]; 4];
    for row in rows(path)? {
        let (text, entities) = spans(&row);
        let tokens = Tokens::new(&text);
        let names = by_rules(&tokens);
        let in_words =
            |(span, label): &(Span, Label)| (words_of(&tokens, *span).start, words_of(&tokens, *span).end, *label);
        let gold: Vec<_> = entities.iter().map(in_words).collect();
        let found = tagger::read(model, &tokens, &names);
        for (at, (label, _)) in LABELS.iter().enumerate() {
            let of = |list: &[(usize, usize, Label)]| list.iter().filter(|name| name.2 == *label).count();
            let both = found.iter().filter(|name| name.2 == *label && gold.contains(name)).count();
            for row in [at, 3] {
                counts[row][0] += both;
                counts[row][1] += of(&found);
                counts[row][2] += of(&gold);
            }
        }
    }
    let names = LABELS.iter().map(|(_, name)| *name).chain(["all"]);
    let shown = names
        .zip(counts)
        .map(|(name, [both, found, gold])| format!("{name} {:.1}", 200.0 * both as f64 / (found + gold).max(1) as f64));
    Ok(shown.collect::<Vec<_>>().join("  "))
}

/// The words that a span touches.
fn words_of(tokens: &Tokens<'_>, span: Span) -> Range<usize> {
    let start = tokens.list.partition_point(|token| token.span.end <= span.start);
    start..tokens.list.partition_point(|token| token.span.start < span.end)
}

fn by_rules(tokens: &Tokens<'_>) -> Vec<Name> {
    let mut names = names::find(tokens, Setting::for_language(Some("en")));
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

/// `text` without the blanks that corpora print before marks and after brackets, and the names in it.
fn closed_up(text: &str, entities: &[(Span, Label)]) -> (String, Vec<(Span, Label)>) {
    let mut out = String::with_capacity(text.len());
    let mut new = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        new.resize(at + c.len_utf8(), out.len());
        let rest = &text[at + c.len_utf8()..];
        let before_mark = rest.starts_with([',', '.', ';', ':', '!', '?', ')', '%'])
            || ["'s ", "’s ", "' ", "n't"].iter().any(|mark| rest.starts_with(mark));
        if c == ' ' && (before_mark || text[..at].ends_with(['(', '$'])) {
            continue;
        }
        out.push(c);
    }
    new.push(out.len());
    let moved = |at: u32| new[at as usize];
    let entities = entities.iter().map(|(span, label)| (Span::new(moved(span.start), moved(span.end)), *label));
    (out, entities.collect())
}

fn stretches(text: &str, entities: &[(Span, Label)], out: &mut Vec<Raw>) {
    let tokens = Tokens::new(text);
    let names = by_rules(&tokens);
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
    let observations = Observations::new(&tokens, &names);
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
