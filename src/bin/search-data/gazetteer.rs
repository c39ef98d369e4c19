//! The gazetteer: sources to tables. The layout is that of `search::annotate::gazetteer`.

use std::collections::HashMap;
use std::path::Path;

use search::annotate::gazetteer::{PlaceKind, name_words, region_id};

use crate::areas::{Subdivisions, districts, regions};
use crate::draft::{Draft, Name, middle};
use crate::keys;
use crate::sources::{City, cities, list, number, rows, subdivisions};

/// Builds all tables in `out` and returns a line on each.
pub(crate) fn build(sources: &Path, out: &Path) -> Result<String, String> {
    let mut drafts = drafts(sources)?;
    supplement(&out.join("supplement.tsv"), &mut drafts)?;
    drafts.sort_by_key(|draft| draft.id);
    if let Some(pair) = drafts.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(format!("two places have the id {}: {} and {}", pair[0].id, pair[0].name, pair[1].name));
    }
    let (places, names) = tables(&drafts)?;
    let (keys, lists, count) = keys::build(&drafts)?;
    let mut report = format!("{} places, {count} keys", drafts.len());
    for (name, bytes) in
        [("places.bin", places), ("names.txt", names.into_bytes()), ("keys.fst", keys), ("lists.bin", lists)]
    {
        report.push_str(&format!("\n{name} {} bytes", bytes.len()));
        std::fs::write(out.join(name), bytes).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(report)
}

/// The places of the public sources.
fn drafts(dir: &Path) -> Result<Vec<Draft>, String> {
    let cities = cities(dir)?;
    let iso = subdivisions(dir)?;
    let iso = Subdivisions::new(&iso);
    let mut states = HashMap::new();
    for row in rows(&dir.join("states.tsv"), 3)? {
        states.insert((row[1].clone(), row[2].clone()), number(&row[0])?);
    }
    let (continents, by_code) = continents(dir)?;
    let (countries, capitals) = countries(dir, &cities, &by_code)?;
    let ids: HashMap<String, u32> = countries.iter().map(|draft| (draft.country.clone(), draft.id)).collect();
    let (regions, region_ids) = regions(&cities, &states, &ids, &iso);
    let (districts, district_ids) = districts(&cities, &region_ids, &iso)?;
    let mut out = continents;
    out.extend(countries);
    out.extend(regions);
    out.extend(districts);
    for city in cities {
        let capital = capitals.get(&city.country).is_some_and(|name| *name == name_words(&city.name));
        let region = (city.country.clone(), city.admin1.clone());
        let district = (region.0.clone(), region.1.clone(), city.district.clone());
        let parent = district_ids.get(&district).or_else(|| region_ids.get(&region)).or_else(|| ids.get(&city.country));
        out.push(Draft {
            id: city.id,
            kind: PlaceKind::City,
            parent: parent.copied(),
            country: city.country,
            name: city.name,
            lat: city.lat,
            lon: city.lon,
            population: city.population,
            capital,
            radius_km: 0,
            names: city.names.iter().map(|name| Name::other(name)).collect(),
        });
    }
    Ok(out)
}

fn continents(dir: &Path) -> Result<(Vec<Draft>, HashMap<String, u32>), String> {
    let (mut drafts, mut ids) = (Vec::new(), HashMap::new());
    for row in rows(&dir.join("continents.tsv"), 6)? {
        let id = number(&row[0])?;
        ids.insert(row[1].clone(), id);
        drafts.push(Draft {
            id,
            kind: PlaceKind::Continent,
            country: String::new(),
            name: row[2].clone(),
            lat: number(&row[3])?,
            lon: number(&row[4])?,
            parent: None,
            population: 1_000_000_000,
            capital: false,
            radius_km: 2_550,
            names: list(&row[5]).iter().map(|name| Name::other(name)).collect(),
        });
    }
    Ok((drafts, ids))
}

/// The countries, and the folded name of each one's capital by code.
fn countries(
    dir: &Path,
    cities: &[City],
    continents: &HashMap<String, u32>,
) -> Result<(Vec<Draft>, HashMap<String, String>), String> {
    let mut points: HashMap<&str, Vec<(f64, f64)>> = HashMap::new();
    for city in cities {
        points.entry(&city.country).or_default().push((city.lat, city.lon));
    }
    let (mut drafts, mut capitals) = (Vec::new(), HashMap::new());
    for row in rows(&dir.join("countries.tsv"), 7)? {
        let (lat, lon, radius_km) = points.get(row[1].as_str()).map_or((0.0, 0.0, 0), |points| middle(points));
        capitals.insert(row[1].clone(), name_words(&row[4]));
        drafts.push(Draft {
            id: number(&row[0])?,
            kind: PlaceKind::Country,
            country: row[1].clone(),
            name: row[2].clone(),
            lat,
            lon,
            parent: continents.get(&row[3]).copied(),
            population: number(&row[5])?,
            capital: false,
            radius_km,
            names: list(&row[6]).iter().flat_map(|name| country_names(name)).collect(),
        });
    }
    Ok((drafts, capitals))
}

/// `Iran, Islamic Republic of` is `Islamic Republic of Iran` and `Iran`.
fn country_names(name: &str) -> Vec<Name> {
    match name.split_once(", ") {
        Some((head, tail)) => vec![Name::other(head), Name::other(&format!("{tail} {head}"))],
        None => vec![Name::other(name)],
    }
}

/// Adds the places and names of the supplement. Its columns stand in its head.
fn supplement(path: &Path, drafts: &mut Vec<Draft>) -> Result<(), String> {
    let mut at: HashMap<u32, usize> = drafts.iter().enumerate().map(|(at, draft)| (draft.id, at)).collect();
    let countries: HashMap<String, u32> =
        drafts.iter().filter(|draft| draft.kind == PlaceKind::Country).map(|d| (d.country.clone(), d.id)).collect();
    for row in rows(path, 9)? {
        let wrong = |what: &str| format!("{}: {}: {what}", path.display(), row[1]);
        let names = list(&row[2]).into_iter().map(|name| Name::main(&name));
        let id = match row[0].split_once('.') {
            Some((country, code)) => region_id(country, code).ok_or_else(|| wrong("no such region code"))?,
            None => countries.get(&row[0]).copied().map_or_else(|| number(&row[0]), Ok)?,
        };
        if let Some(known) = at.get(&id) {
            drafts[*known].names.extend(names);
            if !row[1].is_empty() {
                let old = std::mem::replace(&mut drafts[*known].name, row[1].clone());
                drafts[*known].names.push(Name::main(&old));
            }
            continue;
        }
        let parent = match row[3].split_once('.') {
            Some((country, code)) => region_id(country, code),
            None if row[3].is_empty() => None,
            None => Some(countries.get(&row[3]).copied().map_or_else(|| number(&row[3]), Ok)?),
        };
        if parent.is_some_and(|parent| !at.contains_key(&parent)) || id < 1 << 31 {
            return Err(wrong("its parent stands nowhere above it, or its id is not in the supplement's range"));
        }
        let parent_country = parent.and_then(|id| at.get(&id)).map(|at| drafts[*at].country.clone());
        at.insert(id, drafts.len());
        drafts.push(Draft {
            id,
            kind: PlaceKind::from_name(&row[4]).ok_or_else(|| wrong("no such kind"))?,
            country: parent_country.unwrap_or_default(),
            name: row[1].clone(),
            lat: number(&row[5])?,
            lon: number(&row[6])?,
            parent,
            population: number(&row[7])?,
            capital: false,
            radius_km: number(&row[8])?,
            names: names.collect(),
        });
    }
    Ok(())
}

/// The table of places and the file of names.
fn tables(drafts: &[Draft]) -> Result<(Vec<u8>, String), String> {
    let row_of: HashMap<u32, u32> = drafts.iter().zip(0u32..).map(|(draft, row)| (draft.id, row)).collect();
    let (mut places, mut names, mut known) = (Vec::new(), String::new(), HashMap::new());
    for draft in drafts {
        let offset = *known.entry(draft.name.as_str()).or_insert_with(|| {
            let at = names.len();
            names.push_str(&draft.name);
            names.push('\n');
            at
        });
        let offset = u32::try_from(offset).map_err(|error| error.to_string())?;
        let parent = draft.parent.and_then(|id| row_of.get(&id)).copied();
        places.extend_from_slice(&draft.record(offset, parent).encode());
    }
    Ok((places, names))
}
