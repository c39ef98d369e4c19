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
        Feast::Named(number) => match NAMED.get(usize::from(number))?.1 {
            Falls::Fixed(month, day) => Date::new(year, month, day).ok(),
            Falls::Easter(days) => easter()?.checked_add(days.days()).ok(),
            Falls::Nth(month, nth, weekday) => Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok(),
        },
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
        Feast::Named(number) => match NAMED.get(usize::from(number)).map(|(_, falls)| *falls) {
            Some(Falls::Fixed(month, day)) => (month, day),
            Some(Falls::Nth(month, _, _)) => (month, 15),
            Some(Falls::Easter(days)) if days > 30 => (5, 24),
            Some(Falls::Easter(_)) | None => (4, 8),
        },
    }
}

/// When a named day falls.
#[derive(Clone, Copy, Debug)]
enum Falls {
    /// Month and day.
    Fixed(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// The nth (from the end where negative) such weekday of the month.
    Nth(i8, i8, Weekday),
}

/// Days with names of several words, folded and without apostrophes; the first that fits is taken. Days that countries
/// keep on different dates (Mother's Day, Victory Day, Independence Day) have no place here.
const NAMED: &[(&str, Falls)] = &[
    ("ash wednesday", Falls::Easter(-46)),
    ("palm sunday", Falls::Easter(-7)),
    ("maundy thursday", Falls::Easter(-3)),
    ("easter monday", Falls::Easter(1)),
    ("ascension day", Falls::Easter(39)),
    ("whit sunday", Falls::Easter(49)),
    ("whit monday", Falls::Easter(50)),
    ("pentecost", Falls::Easter(49)),
    ("epiphany", Falls::Fixed(1, 6)),
    ("all saints day", Falls::Fixed(11, 1)),
    ("all souls day", Falls::Fixed(11, 2)),
    ("martin luther king day", Falls::Nth(1, 3, Weekday::Monday)),
    ("presidents day", Falls::Nth(2, 3, Weekday::Monday)),
    ("memorial day", Falls::Nth(5, -1, Weekday::Monday)),
    ("labor day", Falls::Nth(9, 1, Weekday::Monday)),
    ("columbus day", Falls::Nth(10, 2, Weekday::Monday)),
    ("juneteenth", Falls::Fixed(6, 19)),
    ("veterans day", Falls::Fixed(11, 11)),
    ("armistice day", Falls::Fixed(11, 11)),
    ("bastille day", Falls::Fixed(7, 14)),
    ("may day", Falls::Fixed(5, 1)),
    ("international workers day", Falls::Fixed(5, 1)),
    ("international womens day", Falls::Fixed(3, 8)),
    ("april fools day", Falls::Fixed(4, 1)),
    ("patricks day", Falls::Fixed(3, 17)),
    ("burns night", Falls::Fixed(1, 25)),
    ("bonfire night", Falls::Fixed(11, 5)),
    ("guy fawkes night", Falls::Fixed(11, 5)),
    ("anzac day", Falls::Fixed(4, 25)),
    ("canada day", Falls::Fixed(7, 1)),
    ("groundhog day", Falls::Fixed(2, 2)),
];

/// The named day that begins with the words of `next`, which gives lower-case words without apostrophes one by one with
/// what to hand back when they are the last ones.
pub(super) fn named<T>(mut next: impl FnMut(usize) -> Option<(String, T)>) -> Option<(Feast, T)> {
    let mut words: Vec<(String, T)> = Vec::new();
    for (number, (name, _)) in (0..).zip(NAMED) {
        let fits = name.split(' ').enumerate().all(|(at, word)| {
            while words.len() <= at {
                match next(words.len()) {
                    Some(read) => words.push(read),
                    None => return false,
                }
            }
            words[at].0 == word
        });
        if fits {
            let (_, end) = words.drain(..name.split(' ').count()).next_back()?;
            return Some((Feast::Named(number), end));
        }
    }
    None
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
