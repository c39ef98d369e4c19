//! Regions and districts: GeoNames gives them as codes and names of its cities; their extent is that of their cities,
//! their names in other languages come from ISO 3166-2 where a subdivision of that country bears one of their names.

use std::collections::{BTreeMap, HashMap, HashSet};

use search::annotate::gazetteer::{PlaceKind, name_words, region_id};
use search::annotate::names::Traits;
use search::text::hash::fnv1a_32;

use crate::draft::{Draft, Name, middle};
use crate::sources::{City, Subdivision};

/// Ids of districts begin here.
const FIRST_DISTRICT: u32 = 0xE000_0000;

/// Districts of other countries are kept where ISO 3166-2 knows them or they have this many inhabitants.
const LARGE_DISTRICT: u64 = 100_000;

/// Countries whose news names its counties as a matter of course.
const COUNTIES: [&str; 2] = ["US", "GB"];

/// Words that say what a division is and may be left out of its name.
const GENERIC: &[&str] = &[
    "province",
    "region",
    "district",
    "state",
    "oblast",
    "county",
    "governorate",
    "department",
    "prefecture",
    "republic",
    "city",
    "municipality",
    "rayon",
    "raion",
    "parish",
    "division",
    "territory",
    "canton",
    "voivodeship",
    "of",
    "special",
    "autonomous",
    "capital",
    "krai",
    "okrug",
    "provincia",
    "departamento",
    "metropolitan",
];

/// The id of a district: a hash (FNV-1a) of where it is and its name, folded to 29 bits.
fn district_id(country: &str, admin1: &str, name: &str) -> u32 {
    let text = format!("{country}.{admin1}.{name}");
    let hash = fnv1a_32(text.as_bytes());
    FIRST_DISTRICT | ((hash >> 3) ^ (hash & 7))
}

/// Country, code of its region and name of the district to the district's id.
type DistrictIds = HashMap<(String, String, String), u32>;

/// The subdivisions of ISO 3166-2 by country and folded name.
pub(crate) struct Subdivisions<'a> {
    by_name: HashMap<(&'a str, String), &'a Subdivision>,
}

impl<'a> Subdivisions<'a> {
    pub(crate) fn new(rows: &'a [(String, Subdivision)]) -> Subdivisions<'a> {
        let mut by_name = HashMap::new();
        for (country, row) in rows {
            for name in std::iter::once(&row.name).chain(&row.names) {
                by_name.entry((country.as_str(), name_words(name))).or_insert(row);
                by_name.entry((country.as_str(), bare(name))).or_insert(row);
            }
        }
        Subdivisions { by_name }
    }

    fn find(&self, country: &'a str, name: &str) -> Option<&'a Subdivision> {
        let known = |key: String| self.by_name.get(&(country, key)).copied();
        known(name_words(name)).or_else(|| known(bare(name)))
    }
}

/// The folded name without the words that say what it is; the whole name where nothing would be left.
fn bare(name: &str) -> String {
    let all = name_words(name);
    let rest: Vec<&str> = all.split(' ').filter(|word| !GENERIC.contains(word)).collect();
    if rest.is_empty() { all.clone() } else { rest.join(" ") }
}

/// The regions of all cities, and for each country and code its id.
pub(crate) fn regions<'a>(
    cities: &'a [City],
    states: &HashMap<(String, String), u32>,
    countries: &HashMap<String, u32>,
    iso: &Subdivisions<'a>,
) -> (Vec<Draft>, HashMap<(String, String), u32>) {
    let mut groups: BTreeMap<(&str, &str), Vec<&City>> = BTreeMap::new();
    for city in cities {
        groups.entry((&city.country, &city.admin1)).or_default().push(city);
    }
    let (mut drafts, mut ids) = (Vec::new(), HashMap::new());
    for ((country, code), cities) in groups {
        let key = (country.to_owned(), code.to_owned());
        let id = states.get(&key).copied().or_else(|| region_id(country, code));
        let (Some(id), Some(name)) = (id, commonest(cities.iter().map(|city| city.region.as_str()))) else { continue };
        let subdivision = iso.find(country, &name);
        drafts.push(area(id, PlaceKind::Region, name, &cities, countries.get(country).copied(), subdivision));
        ids.insert(key, id);
    }
    (drafts, ids)
}

/// The districts that are worth a place, and for each country, code and name its id.
pub(crate) fn districts<'a>(
    cities: &'a [City],
    regions: &HashMap<(String, String), u32>,
    iso: &Subdivisions<'a>,
) -> Result<(Vec<Draft>, DistrictIds), String> {
    let mut groups: BTreeMap<(&str, &str, &str), Vec<&City>> = BTreeMap::new();
    for city in cities.iter().filter(|city| !city.district.is_empty()) {
        groups.entry((&city.country, &city.admin1, &city.district)).or_default().push(city);
    }
    let (mut drafts, mut ids, mut taken) = (Vec::new(), HashMap::new(), HashSet::new());
    for ((country, code, name), cities) in groups {
        let Some(region) = regions.get(&(country.to_owned(), code.to_owned())) else { continue };
        let people: u64 = cities.iter().map(|city| city.population).sum();
        let subdivision = iso.find(country, name);
        let same = cities.iter().any(|city| bare(&city.region) == bare(name));
        if same || !(COUNTIES.contains(&country) || people >= LARGE_DISTRICT || subdivision.is_some()) {
            continue;
        }
        let id = district_id(country, code, name);
        if !taken.insert(id) {
            return Err(format!("two districts have the id {id}, one is {country}.{code}.{name}"));
        }
        drafts.push(area(id, PlaceKind::District, name.to_owned(), &cities, Some(*region), subdivision));
        ids.insert((country.to_owned(), code.to_owned(), name.to_owned()), id);
    }
    Ok((drafts, ids))
}

fn area(
    id: u32,
    kind: PlaceKind,
    name: String,
    cities: &[&City],
    parent: Option<u32>,
    iso: Option<&Subdivision>,
) -> Draft {
    let points: Vec<(f64, f64)> = cities.iter().map(|city| (city.lat, city.lon)).collect();
    let (lat, lon, radius_km) = middle(&points);
    let mut names = Vec::new();
    let short = bare(&name);
    // `Western Province` is not `Western`.
    if !Traits::of_word(&short).has(Traits::COMMON.with(Traits::DIRECTION)) {
        names.push(Name { text: short, main: true, capitals: false });
    }
    if let Some(subdivision) = iso {
        names.push(Name { text: subdivision.name.clone(), main: true, capitals: false });
        names.extend(subdivision.names.iter().map(|name| Name::other(name)));
    }
    let population = cities.iter().map(|city| city.population).sum();
    let country = cities[0].country.clone();
    Draft { id, kind, country, name, lat, lon, parent, population, capital: false, radius_km, names }
}

fn commonest<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name.to_owned())
}
