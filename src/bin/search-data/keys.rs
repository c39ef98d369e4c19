//! Which names become keys, and the key file itself.

use std::collections::BTreeMap;

use search::annotate::gazetteer::{Candidate, Candidates, PlaceKind, name_words};

use crate::draft::{Draft, Name, is_acronym};

/// From how many inhabitants on a town keeps its names in scripts other than those of [`is_near`].
const LARGE: u64 = 50_000;

/// The names of `draft` that are worth a key.
fn kept(draft: &Draft) -> Vec<Name> {
    let mut out = vec![Name { text: draft.name.clone(), main: true, capitals: false }];
    out.extend(draft.names.iter().filter(|name| name.main || is_name(&name.text, draft)).cloned());
    out
}

/// True for an alternate name as a text may print it. GeoNames mixes in airport codes (`BAK`), romanised spellings of
/// other scripts (`a ge da mu`, in lower case) and whole phrases.
fn is_name(name: &str, draft: &Draft) -> bool {
    let Some(first) = name.chars().next() else { return false };
    let odd = |c: char| c.is_numeric() || matches!(c, '(' | ')' | ',' | '/' | ':' | ';' | '=' | '"');
    if name.contains(odd) || name.chars().count() > 48 || is_acronym(name) {
        return false;
    }
    if first.is_ascii_lowercase() || (first.is_lowercase() && !is_unicameral(first) && is_near(first)) {
        return false;
    }
    let area = draft.kind != PlaceKind::City;
    (area || draft.population >= LARGE || name.chars().all(|c| !c.is_alphabetic() || is_near(c)))
        && name.chars().filter(|c| c.is_alphabetic()).count() >= if is_near(first) { 3 } else { 2 }
}

/// Georgian letters are lower case to Unicode but the script has no capitals in use.
fn is_unicameral(c: char) -> bool {
    matches!(c, '\u{10D0}'..='\u{10FF}')
}

/// Letters of Latin (with `ə` and the other letters of the phonetic block), Greek, Cyrillic, Armenian, Hebrew, Arabic
/// and Georgian.
fn is_near(c: char) -> bool {
    matches!(c, '\0'..='\u{02FF}' | '\u{0370}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{10A0}'..='\u{10FF}'
        | '\u{1C90}'..='\u{1CBF}' | '\u{1E00}'..='\u{1FFF}' | '\u{2C60}'..='\u{2C7F}')
}

/// The key file, the lists it points into, and the number of keys. `drafts` lie in the order of their rows.
pub(crate) fn build(drafts: &[Draft]) -> Result<(Vec<u8>, Vec<u8>, usize), String> {
    let mut keys: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for (row, draft) in drafts.iter().enumerate() {
        for name in kept(draft) {
            let key = name_words(&name.text);
            if key.is_empty() || (key.chars().count() < 2 && !name.capitals) {
                continue;
            }
            let list = keys.entry(key).or_default();
            let row = u32::try_from(row).map_err(|error| error.to_string())?;
            match list.iter_mut().find(|candidate| candidate.row == row) {
                Some(known) => {
                    known.main |= name.main;
                    known.capitals &= name.capitals;
                }
                None => list.push(Candidate { row, main: name.main, capitals: name.capitals }),
            }
        }
    }
    write(drafts, keys)
}

fn write(drafts: &[Draft], keys: BTreeMap<String, Vec<Candidate>>) -> Result<(Vec<u8>, Vec<u8>, usize), String> {
    let weight =
        |candidate: &Candidate| drafts[candidate.row as usize].weight() + if candidate.main { 1.0 } else { 0.0 };
    let count = keys.len();
    let mut lists = Vec::new();
    let mut seen: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
    let mut builder = fst::MapBuilder::memory();
    for (key, mut list) in keys {
        list.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.row.cmp(&b.row)));
        let same = list.iter().map(|candidate| candidate.encode()).collect();
        let value = *seen.entry(same).or_insert_with(|| Candidates::encode(&list, &mut lists));
        builder.insert(key, value).map_err(|error| error.to_string())?;
    }
    Ok((builder.into_inner().map_err(|error| error.to_string())?, lists, count))
}
