//! The gazetteer: names of places, and what is known of each place.
//!
//! The data are files under `data/gazetteer` that are compiled into the program and read where they lie: nothing is
//! unpacked, and a process that looks up no name pays nothing. `data/gazetteer/README.md` says where they come from.

mod candidates;
mod home;
mod meant;
mod own;
mod record;

use std::cmp::Ordering;
use std::sync::OnceLock;

use fst::raw::{CompiledAddr, Fst};

use crate::text::words;

pub use candidates::{Candidate, Candidates};
pub(crate) use home::home_of;
pub(crate) use meant::meant;
pub use own::OwnPlaces;
pub(crate) use record::SIZE;
pub use record::{NONE, PlaceKind, Record};

static PLACES: &[u8] = include_bytes!("../../../data/gazetteer/places.bin");
static LISTS: &[u8] = include_bytes!("../../../data/gazetteer/lists.bin");
static KEYS: &[u8] = include_bytes!("../../../data/gazetteer/keys.fst");
static NAMES: &str = include_str!("../../../data/gazetteer/names.txt");

/// Names and places.
pub(crate) struct Gazetteer {
    keys: Option<Fst<&'static [u8]>>,
}

/// A place of the gazetteer. Copied freely: it is a row number and its decoded record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Its row in the table.
    pub row: u32,
    /// What the table holds.
    pub record: Record,
}

/// How far a name has been spelt out, word by word. See [`Gazetteer::start`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    node: CompiledAddr,
    output: u64,
    begun: bool,
}

impl Gazetteer {
    /// The gazetteer that is part of the program.
    pub(crate) fn embedded() -> &'static Gazetteer {
        static ONE: OnceLock<Gazetteer> = OnceLock::new();
        ONE.get_or_init(|| {
            // The file is part of the program and a test verifies it whole, so a process only reads its head.
            let keys = Fst::new(KEYS);
            debug_assert!(keys.is_ok(), "keys.fst is damaged");
            Gazetteer { keys: keys.ok() }
        })
    }

    /// Number of places.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(PLACES.len() / SIZE).unwrap_or(NONE)
    }

    /// The place with this id.
    pub(crate) fn place(&self, id: u32) -> Option<Entry> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match Record::id_at(PLACES, middle)?.cmp(&id) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return self.row(middle),
            }
        }
        None
    }

    /// The place in row `row` of the table.
    pub(crate) fn row(&self, row: u32) -> Option<Entry> {
        Some(Entry { row, record: Record::decode(PLACES, row)? })
    }

    /// The places that `name` may mean, the most likely first; empty where it is unknown. Case, accents and
    /// punctuation do not matter.
    pub(crate) fn find(&self, name: &str) -> Candidates {
        let mut walk = Some(self.start());
        let mut first = true;
        words(name).for_each_word(|word| {
            if !(std::mem::take(&mut first) && word.folded == ARTICLE) {
                walk = walk.and_then(|walk| self.step(walk, word.folded));
            }
        });
        walk.map_or_else(Candidates::default, |walk| self.at(walk))
    }

    /// The start of a walk over the words of a text.
    pub(crate) fn start(&self) -> Walk {
        let node = self.keys.as_ref().map_or(0, |keys| keys.root().addr());
        Walk { node, output: 0, begun: false }
    }

    /// Goes on by one folded word; `None` where no name goes on so.
    pub(crate) fn step(&self, walk: Walk, folded: &str) -> Option<Walk> {
        // Keys have blanks between words, so that `new york` is no head of `new yorkshire`.
        let walk = if walk.begun { self.bytes(walk, b" ")? } else { walk };
        self.bytes(walk, folded.as_bytes()).map(|walk| Walk { begun: true, ..walk })
    }

    fn bytes(&self, walk: Walk, bytes: &[u8]) -> Option<Walk> {
        let keys = self.keys.as_ref()?;
        let mut node = keys.node(walk.node);
        let mut output = walk.output;
        for &byte in bytes {
            let transition = node.transition(node.find_input(byte)?);
            output += transition.out.value();
            node = keys.node(transition.addr);
        }
        Some(Walk { node: node.addr(), output, begun: walk.begun })
    }

    /// The places whose name ends here; empty where the words so far are only the head of a name.
    pub(crate) fn at(&self, walk: Walk) -> Candidates {
        let Some(node) = self.keys.as_ref().map(|keys| keys.node(walk.node)) else { return Candidates::default() };
        if !walk.begun || !node.is_final() {
            return Candidates::default();
        }
        Candidates::new(walk.output + node.final_output().value(), LISTS)
    }
}

/// English puts it before some names and leaves it out at will: keys go without it.
const ARTICLE: &str = "the";

/// The form in which a name is a key of the gazetteer: folded words with blanks between them.
pub fn name_words(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    words(name).for_each_word(|word| {
        if out.is_empty() && word.folded == ARTICLE {
            return;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.folded);
    });
    out
}

impl Entry {
    /// Its main name.
    pub fn name(&self) -> &'static str {
        debug_assert!(NAMES.is_char_boundary(self.record.name as usize), "a record names a place in the file of names");
        let rest = NAMES.get(self.record.name as usize..).unwrap_or("");
        rest.split_once('\n').map_or(rest, |(name, _)| name)
    }

    /// ISO 3166-1 alpha-2 code of its country; empty where it has none.
    pub fn country(&self) -> &str {
        // Seas and continents have none.
        if self.record.country == [0, 0] { "" } else { std::str::from_utf8(&self.record.country).unwrap_or("") }
    }

    /// True for the places of the supplement, each of which somebody found worth a row.
    pub(crate) fn curated(&self) -> bool {
        (1 << 31..0xC000_0000).contains(&self.record.id)
    }

    /// The place that contains it.
    pub fn parent(&self) -> Option<Entry> {
        (self.record.parent != NONE).then(|| Gazetteer::embedded().row(self.record.parent)).flatten()
    }

    /// The places that contain it, nearest first. No chain is longer than eight: town, district, region, country,
    /// continent and what users put between; the bound also ends a circle in damaged data.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Entry> + use<> {
        std::iter::successors(self.parent(), Entry::parent).take(8)
    }

    /// True when `other` contains this place, or is it.
    pub fn within(&self, other: &Entry) -> bool {
        self.row == other.row || self.ancestors().any(|entry| entry.row == other.row)
    }

    /// Distance to `other` in km, on a sphere of radius 6,371 km.
    pub fn distance_km(&self, other: &Entry) -> f64 {
        distance_km((self.record.lat, self.record.lon), (other.record.lat, other.record.lon))
    }
}

/// The id of a first division: its country and GeoNames admin1 code as digits to base 37, so that it never changes.
/// `None` for odd codes.
pub fn region_id(country: &str, code: &str) -> Option<u32> {
    // GeoNames writes `00` where a place has no division.
    if country.len() != 2 || code.is_empty() || code.len() > 3 || code == "00" {
        return None;
    }
    let mut id: u32 = 0;
    for byte in country.bytes().chain(std::iter::repeat_n(b' ', 3 - code.len())).chain(code.bytes()) {
        id = id * 37
            + match byte {
                b'0'..=b'9' => u32::from(byte - b'0') + 1,
                b'A'..=b'Z' => u32::from(byte - b'A') + 11,
                b' ' => 0,
                _ => return None,
            };
    }
    Some(0xC000_0000 + id)
}

/// The country with this code.
fn country(code: &str) -> Option<Entry> {
    let gazetteer = Gazetteer::embedded();
    let rows = (0..gazetteer.len()).filter_map(|row| gazetteer.row(row));
    let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    rows.filter(|_| is_code).find(|entry| entry.record.kind == PlaceKind::Country && entry.country() == code)
}

/// Degrees to five decimals: about a metre.
pub(super) fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// Distance in km between two points, given as degrees north and east, on a sphere of radius 6,371 km.
pub fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (a, b) = (one.0.to_radians(), other.0.to_radians());
    let east = (other.1 - one.1).to_radians();
    // The haversine formula; rounding may lift it over 1 at antipodes.
    let h = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
    2.0 * 6_371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests;
