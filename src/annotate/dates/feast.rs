//! Days with a name and a fixed or computable date.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::partial::Feast;

/// The day of a feast in a year.
pub(super) fn date(feast: Feast, year: i16) -> Option<Date> {
    let easter = || easter(year);
    match feast {
        Feast::GoodFriday => easter()?.checked_sub(2.days()).ok(),
        Feast::Easter => easter(),
        Feast::Thanksgiving => Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok(),
        _ => {
            let (month, day) = usual(feast);
            Date::new(year, month, day).ok()
        }
    }
}

/// The month and day on which a feast falls, or about which it moves.
pub(super) fn usual(feast: Feast) -> (i8, i8) {
    match feast {
        Feast::Christmas => (12, 25),
        Feast::ChristmasEve => (12, 24),
        Feast::Boxing => (12, 26),
        Feast::NewYear => (1, 1),
        Feast::NewYearEve => (12, 31),
        Feast::Valentine => (2, 14),
        Feast::GoodFriday | Feast::Easter => (4, 8),
        Feast::Halloween => (10, 31),
        Feast::Thanksgiving => (11, 25),
    }
}

/// Easter Sunday of the western churches: the anonymous Gregorian computus, as Meeus gives it in Astronomical
/// Algorithms, chapter 8.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_their_days() {
        let shown = |feast, year| date(feast, year).expect("a day").to_string();
        assert_eq!(shown(Feast::Easter, 2024), "2024-03-31");
        assert_eq!(shown(Feast::Easter, 1818), "1818-03-22");
        assert_eq!(shown(Feast::GoodFriday, 2011), "2011-04-22");
        assert_eq!(shown(Feast::Thanksgiving, 2020), "2020-11-26");
    }
}
