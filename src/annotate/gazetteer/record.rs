//! One place as the table holds it: 23 bytes, little endian, sorted by id.
//!
//! | bytes | what |
//! |---|---|
//! | 0..4 | id |
//! | 4 | kind |
//! | 5..7 | country code, two NUL bytes where there is none |
//! | 7..10, 10..13 | latitude and longitude, 24-bit fractions of 90 and 180 degrees (under 3 m) |
//! | 13..16 | offset of the name in the file of names |
//! | 16..19 | row of the place that contains it, [`NONE`] where there is none |
//! | 19..22 | population: five bits of exponent, nineteen of mantissa, rounded down |
//! | 22 | radius in steps of 10 km, for areas |

/// Bytes of a record.
pub(crate) const SIZE: usize = 23;

/// The row that stands for no place.
pub const NONE: u32 = 0x00FF_FFFF;

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A continent.
    Continent,
    /// A state, or a territory with a country code of its own.
    Country,
    /// The first division of a country: state, province, oblast, rayon.
    Region,
    /// The second division: county, department.
    District,
    /// A town, village or city quarter.
    City,
    /// An area that is no division of today: historic, natural or in common speech.
    Area,
    /// A sea, lake, river, strait or canal.
    Water,
    /// A mountain, range, pass or desert.
    Land,
    /// An island or group of islands.
    Island,
}

impl PlaceKind {
    /// All kinds; the place in this list is the number in the record.
    pub(crate) const ALL: [PlaceKind; 9] = [
        PlaceKind::Continent,
        PlaceKind::Country,
        PlaceKind::Region,
        PlaceKind::District,
        PlaceKind::City,
        PlaceKind::Area,
        PlaceKind::Water,
        PlaceKind::Land,
        PlaceKind::Island,
    ];

    /// The name used in data files and output.
    pub fn name(self) -> &'static str {
        match self {
            PlaceKind::Continent => "continent",
            PlaceKind::Country => "country",
            PlaceKind::Region => "region",
            PlaceKind::District => "district",
            PlaceKind::City => "city",
            PlaceKind::Area => "area",
            PlaceKind::Water => "water",
            PlaceKind::Land => "land",
            PlaceKind::Island => "island",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<PlaceKind> {
        PlaceKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A decoded record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// GeoNames id; ids from 2^31 are ours.
    pub id: u32,
    /// Sort of place.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code, `[0, 0]` where there is none.
    pub country: [u8; 2],
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Offset in the file of names.
    pub name: u32,
    /// Row of the containing place, or [`NONE`].
    pub parent: u32,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// Half the greatest extent of an area in km, to the next 10, at most 2,550; 0 for points.
    pub radius_km: u32,
}

const FULL: f64 = 8_388_607.0;
const MANTISSA: u32 = 19;

impl Record {
    /// The record as the table stores it.
    pub fn encode(&self) -> [u8; SIZE] {
        let mut out = [0; SIZE];
        out[0..4].copy_from_slice(&self.id.to_le_bytes());
        out[4] = self.kind as u8;
        out[5..7].copy_from_slice(&self.country);
        put(&mut out[7..10], fraction(self.lat / 90.0));
        put(&mut out[10..13], fraction(self.lon / 180.0));
        put(&mut out[13..16], self.name);
        put(&mut out[16..19], self.parent);
        put(&mut out[19..22], squeeze(self.population));
        // Rounded up: an area that is cut off would lose what lies in it.
        out[22] = u8::try_from(self.radius_km.div_ceil(10)).unwrap_or(u8::MAX);
        out
    }

    /// Reads row `row` of `table`; `None` past its end.
    pub fn decode(table: &[u8], row: u32) -> Option<Record> {
        let at = (row as usize).checked_mul(SIZE)?;
        let bytes = table.get(at..at.checked_add(SIZE)?)?;
        Some(Record {
            id: u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            kind: *PlaceKind::ALL.get(bytes[4] as usize)?,
            country: [bytes[5], bytes[6]],
            lat: degrees(get(&bytes[7..10])) * 90.0,
            lon: degrees(get(&bytes[10..13])) * 180.0,
            name: get(&bytes[13..16]),
            parent: get(&bytes[16..19]),
            population: stretch(get(&bytes[19..22])),
            radius_km: u32::from(bytes[22]) * 10,
        })
    }

    /// The id in row `row` of `table`, without decoding the rest.
    pub(crate) fn id_at(table: &[u8], row: u32) -> Option<u32> {
        let at = (row as usize).checked_mul(SIZE)?;
        let bytes = table.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
}

fn put(out: &mut [u8], value: u32) {
    out.copy_from_slice(&value.to_le_bytes()[..3]);
}

fn get(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0])
}

fn fraction(value: f64) -> u32 {
    // Two's complement in 24 bits: the sign survives the shift in `degrees`.
    ((value.clamp(-1.0, 1.0) * FULL).round() as i32 as u32) & NONE
}

fn degrees(bits: u32) -> f64 {
    f64::from(((bits << 8) as i32) >> 8) / FULL
}

fn squeeze(population: u64) -> u32 {
    // Nineteen bits of mantissa are exact up to half a million; above, a place is large enough not to miss the rest.
    let exponent = (u64::BITS - population.leading_zeros()).saturating_sub(MANTISSA).min(31);
    let mantissa = (population >> exponent).min((1 << MANTISSA) - 1) as u32;
    (exponent << MANTISSA) | mantissa
}

fn stretch(bits: u32) -> u64 {
    u64::from(bits & ((1 << MANTISSA) - 1)) << (bits >> MANTISSA)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            (id, population) in (any::<u32>(), 0u64..9_000_000_000),
            (lat, lon) in (-90.0..90.0f64, -180.0..180.0f64),
            (name, parent, radius) in (0u32..=NONE, 0u32..=NONE, 0u32..2_550),
        ) {
            let record = Record {
                id, kind: PlaceKind::City, country: *b"AZ", lat, lon, name, parent, population, radius_km: radius,
            };
            let read = Record::decode(&record.encode(), 0).expect("a whole record");
            prop_assert_eq!((read.id, read.name, read.parent, read.kind), (id, name, parent, PlaceKind::City));
            prop_assert!((read.lat - lat).abs() < 1e-4 && (read.lon - lon).abs() < 1e-4);
            prop_assert!(read.population <= population && population - read.population <= population >> 18);
            prop_assert!(read.radius_km >= radius && read.radius_km < radius + 10);
        }
    }

    #[test]
    fn a_short_table_has_no_record() {
        assert_eq!(Record::decode(&[0; SIZE - 1], 0), None);
        assert_eq!(Record::decode(&[], u32::MAX), None);
    }
}
