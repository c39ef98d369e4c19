//! `search-data train-tagger`.

use std::fmt::Write;
use std::path::Path;

use search::annotate::names::Setting;
use search::annotate::tagger::{Model, Nouns};

use crate::examples::{self, Noun, Part};
use crate::{nouns, train};

/// Rounds over the data: more change nothing that held-out text shows.
const ROUNDS: usize = 12;

/// A line of `mix.tsv`, whose head says what its columns mean.
struct Mix<'a> {
    name: &'a str,
    bits: u32,
    learnt: Vec<Part<'a>>,
    held: Vec<Part<'a>>,
}

/// Trains the models of `mix.tsv` in `dir`, or those that are named, on sets of `texts`; writes `NAME.bin` for each and
/// returns a report with the scores on the sets that are held out.
pub(crate) fn build(dir: &Path, texts: &Path, names: &[&str]) -> Result<String, String> {
    let path = dir.join("mix.tsv");
    let table = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut report = String::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mix = read(line).ok_or_else(|| format!("{}: {line}", path.display()))?;
        if names.is_empty() || names.contains(&mix.name) {
            one(dir, texts, &mix, &mut report)?;
        }
    }
    Ok(report)
}

fn read(line: &str) -> Option<Mix<'_>> {
    let mut cells = line.split('\t');
    let (name, bits) = (cells.next()?, cells.next()?.parse().ok()?);
    let mut parts = || -> Option<Vec<Part<'_>>> {
        cells.next()?.split(' ').filter(|part| !part.is_empty()).map(Part::read).collect()
    };
    Some(Mix { name, bits, learnt: parts()?, held: parts()? })
}

fn one(dir: &Path, texts: &Path, mix: &Mix<'_>, report: &mut String) -> Result<(), String> {
    let train = |parts: &[Part<'_>]| {
        let examples = examples::read(texts, parts, mix.name)?;
        let (file, trained) = train::train(&examples.list, &examples.names, ROUNDS, 1 << mix.bits);
        Ok::<_, String>((file, trained))
    };
    let rest = mix.held.iter().filter(|part| part.every.is_some()).copied();
    let parts: Vec<Part<'_>> = mix.learnt.iter().copied().chain(rest).collect();
    let (mut file, mut trained) = train(&parts)?;
    let model = Model::read(file.clone().leak()).ok_or("the file cannot be read again")?;
    let nouns = if Setting::for_language(Some(mix.name)).nouns { Some(filter(dir, texts, mix, report)?) } else { None };
    for part in &mix.held {
        let _ = writeln!(
            report,
            "{}, without {}:\n{}",
            mix.name,
            part.set,
            examples::score((&model, nouns.as_ref()), texts, part, mix.name)?
        );
    }
    if mix.held.iter().any(|part| part.in_the_end) {
        let held = mix.held.iter().copied().filter(|part| part.in_the_end).map(Part::whole);
        let parts: Vec<Part<'_>> = mix.learnt.iter().copied().chain(held).collect();
        (file, trained) = train(&parts)?;
    }
    let path = dir.join(mix.name).with_extension("bin");
    std::fs::write(&path, &file).map_err(|error| format!("{}: {error}", path.display()))?;
    let _ = writeln!(report, "{}: {trained}", mix.name);
    Ok(())
}

/// Trains the filter of a language whose nouns have capitals, writes `NAME-nouns.bin`, and returns that which has not seen what
/// is held out.
fn filter(dir: &Path, texts: &Path, mix: &Mix<'_>, report: &mut String) -> Result<Nouns, String> {
    let parts: Vec<Part<'_>> = mix.learnt.iter().chain(&mix.held).copied().collect();
    let learnt = examples::nouns(texts, &parts, false, mix.name)?;
    let held = examples::nouns(texts, &mix.held, true, mix.name)?;
    let weights = nouns::learn(&learnt);
    let (least, told) = nouns::least(&weights, &held);
    let _ = writeln!(report, "{}, filter: {told}", mix.name);
    let whole: Vec<Noun> = learnt.into_iter().chain(held).collect();
    let path = dir.join(format!("{}-nouns.bin", mix.name));
    let file = Nouns::encode(least, &nouns::learn(&whole));
    std::fs::write(&path, &file).map_err(|error| format!("{}: {error}", path.display()))?;
    Nouns::read(Nouns::encode(least, &weights).leak()).ok_or_else(|| "the filter cannot be read again".to_owned())
}
