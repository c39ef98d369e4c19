//! Where a place lies, as one number in a column.

use crate::annotate::gazetteer::distance_km;

/// A point, or an area by its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// Half the greatest extent of an area in kilometres; 0 for points.
    pub(crate) radius_km: u32,
}

/// The largest number of 24 bits: steps of 1.2 m from north to south and of 2.4 m at most from west to east.
const MAX_24_BITS: f64 = 16_777_215.0;

impl Spot {
    /// From the highest bit: 24 of latitude, 24 of longitude, 16 of the radius.
    pub(crate) fn to_column(self) -> u64 {
        let share = |degrees: f64, most: f64| {
            ((degrees + most) / (2.0 * most) * MAX_24_BITS).round().clamp(0.0, MAX_24_BITS) as u64
        };
        share(self.lat, 90.0) << 40 | share(self.lon, 180.0) << 16 | u64::from(self.radius_km.min(0xFFFF))
    }

    pub(crate) fn from_column(value: u64) -> Spot {
        let degrees = |bits: u64, most: f64| (bits & 0xFF_FFFF) as f64 / MAX_24_BITS * 2.0 * most - most;
        Spot { lat: degrees(value >> 40, 90.0), lon: degrees(value >> 16, 180.0), radius_km: (value & 0xFFFF) as u32 }
    }

    /// True when its middle is not farther than `km` from `centre`. An area larger than that is not near: an article
    /// that names Azerbaijan is not one about what happens to lie in its middle.
    pub(crate) fn is_near(self, centre: Spot, km: f64) -> bool {
        /// Kilometres of a degree of latitude, less than any.
        const DEGREE: f64 = 111.0;
        // Two comparisons go before the sines and cosines of the distance.
        f64::from(self.radius_km) <= km
            && (self.lat - centre.lat).abs() * DEGREE <= km
            && distance_km((self.lat, self.lon), (centre.lat, centre.lon)) <= km
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(lat in -90.0..=90.0f64, lon in -180.0..=180.0f64, radius_km in 0u32..3_000) {
            let spot = Spot { lat, lon, radius_km };
            let read = Spot::from_column(spot.to_column());
            prop_assert!(distance_km((lat, lon), (read.lat, read.lon)) < 0.003);
            prop_assert_eq!(read.radius_km, radius_km);
            prop_assert!(read.is_near(spot, f64::from(radius_km).max(0.01)));
        }

        #[test]
        fn nearness_is_distance(lat in -89.0..89.0f64, lon in -180.0..180.0f64, north in -3.0..3.0f64, east in -3.0..3.0f64) {
            let (centre, other) = (Spot { lat, lon, radius_km: 0 }, Spot { lat: (lat + north).clamp(-90.0, 90.0), lon: lon + east, radius_km: 0 });
            let km = distance_km((centre.lat, centre.lon), (other.lat, other.lon));
            prop_assert!(other.is_near(centre, km + 0.001) && !other.is_near(centre, km - 0.001));
        }
    }

    #[test]
    fn a_large_area_is_not_near_its_middle() {
        let centre = Spot { lat: 40.3, lon: 47.7, radius_km: 0 };
        let country = Spot { radius_km: 240, ..centre };
        assert!(!country.is_near(centre, 50.0) && country.is_near(centre, 240.0));
    }
}
