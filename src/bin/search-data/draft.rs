//! A place while the gazetteer is put together.

use search::annotate::gazetteer::{Entry, NONE, PlaceKind, Record};

/// A place before it has a row.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) id: u32,
    pub(crate) kind: PlaceKind,
    pub(crate) country: String,
    pub(crate) name: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// Id of the place that contains it.
    pub(crate) parent: Option<u32>,
    pub(crate) population: u64,
    /// Capital of its country.
    pub(crate) capital: bool,
    pub(crate) radius_km: u32,
    /// Names beside the main one.
    pub(crate) names: Vec<Name>,
}

/// One name of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    /// Of the rank of the main name.
    pub(crate) main: bool,
    /// Counts only in capitals.
    pub(crate) capitals: bool,
}

impl Name {
    pub(crate) fn other(text: &str) -> Name {
        Name { text: text.to_owned(), main: false, capitals: false }
    }

    pub(crate) fn main(text: &str) -> Name {
        Name { text: text.to_owned(), main: true, capitals: is_acronym(text) }
    }
}

/// True for `US`, `U.K.`, `USSR`: at most five letters, all of them ASCII capitals.
pub(crate) fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| *c != '.').count();
    (2..=5).contains(&letters) && text.chars().all(|c| c.is_ascii_uppercase() || c == '.')
}

impl Draft {
    pub(crate) fn record(&self, name: u32, parent: Option<u32>) -> Record {
        let code = self.country.as_bytes();
        Record {
            id: self.id,
            kind: self.kind,
            country: if code.len() == 2 { [code[0], code[1]] } else { [0, 0] },
            lat: self.lat,
            lon: self.lon,
            name,
            parent: parent.unwrap_or(NONE),
            population: self.population,
            radius_km: self.radius_km,
        }
    }

    /// How likely its name means it where nothing else is known: roughly the power of ten of the people concerned.
    pub(crate) fn weight(&self) -> f64 {
        let people = (self.population as f64 + 10.0).log10();
        // News names capitals for their governments.
        let seat = if self.capital { 1.0 } else { 0.0 };
        people
            + seat
            + match self.kind {
                PlaceKind::Country | PlaceKind::Continent => 2.0,
                PlaceKind::City => 0.5,
                PlaceKind::Region | PlaceKind::District => 0.0,
                PlaceKind::Area | PlaceKind::Water | PlaceKind::Land | PlaceKind::Island => 4.0,
            }
    }
}

/// The point in the middle of a set of points and the distance of the farthest in km. Cells of half a degree count
/// once, so that a crowded corner does not pull the middle to itself.
pub(crate) fn middle(points: &[(f64, f64)]) -> (f64, f64, u32) {
    let mut cells: Vec<(i32, i32)> =
        points.iter().map(|(lat, lon)| ((lat * 2.0).floor() as i32, (lon * 2.0).floor() as i32)).collect();
    cells.sort_unstable();
    cells.dedup();
    let (lat, lon) = if cells.len() < 2 { points.first().copied().unwrap_or((0.0, 0.0)) } else { direction(&cells) };
    let here = entry_at(lat, lon);
    let radius = points.iter().map(|(lat, lon)| here.distance_km(&entry_at(*lat, *lon))).fold(0.0, f64::max);
    (lat, lon, radius.max(10.0) as u32)
}

/// Latitude and longitude of the mean of the middles of `cells`, as directions from the middle of the earth.
fn direction(cells: &[(i32, i32)]) -> (f64, f64) {
    let mut sum = [0.0_f64; 3];
    for (lat, lon) in cells.iter().map(|(a, b)| (f64::from(*a) / 2.0 + 0.25, f64::from(*b) / 2.0 + 0.25)) {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        sum[0] += lat.cos() * lon.cos();
        sum[1] += lat.cos() * lon.sin();
        sum[2] += lat.sin();
    }
    (sum[2].atan2(sum[0].hypot(sum[1])).to_degrees(), sum[1].atan2(sum[0]).to_degrees())
}

/// A place of which only the point is known.
fn entry_at(lat: f64, lon: f64) -> Entry {
    let (id, kind, country, name) = (0, PlaceKind::Area, [0, 0], 0);
    Entry { row: 0, record: Record { id, kind, country, lat, lon, name, parent: NONE, population: 0, radius_km: 0 } }
}
