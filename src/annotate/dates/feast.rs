//! Days with a name and a fixed or computable date.

use std::sync::OnceLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::partial::Feast;
use crate::date::calendar::{self, Calendar};

/// The day of a feast in a year.
pub(super) fn date(feast: Feast, year: i16) -> Option<Date> {
    let easter = || easter(year);
    match feast {
        Feast::GoodFriday => easter()?.checked_sub(2.days()).ok(),
        Feast::Easter => easter(),
        Feast::Thanksgiving => Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok(),
        Feast::Named(number) => match named_days().get(usize::from(number))?.falls {
            Falls::Fixed(month, day) => Date::new(year, month, day).ok(),
            Falls::Easter(days) => easter()?.checked_add(days.days()).ok(),
            Falls::Eastern(days) => calendar::eastern_easter(year)?.checked_add(days.days()).ok(),
            Falls::Nth(month, nth, weekday, days) => {
                let date = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
                date.checked_add(days.days()).ok()
            }
            Falls::Of(calendar, month, day) => {
                let near = calendar.year_near(Date::new(year, 7, 1).ok()?);
                let mut dates = (near - 2..=near + 2).filter_map(|year| calendar.day(year, month, day));
                dates.find(|date| date.year() == year)
            }
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
        Feast::Named(number) => match named_days().get(usize::from(number)).map(|day| day.falls) {
            Some(Falls::Fixed(month, day)) => (month, day),
            Some(Falls::Nth(month, _, _, days)) => (month, if days == 0 { 15 } else { 27 }),
            Some(Falls::Easter(days) | Falls::Eastern(days)) if days > 30 => (5, 24),
            Some(Falls::Easter(_) | Falls::Eastern(_) | Falls::Of(..)) | None => (4, 8),
        },
    }
}

/// When a named day falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Falls {
    /// Month and day.
    Fixed(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// So many days after Easter Sunday of the eastern churches.
    Eastern(i64),
    /// The nth (from the end where negative) such weekday of the month, and days after it.
    Nth(i8, i8, Weekday, i64),
    /// Month and day of another calendar.
    Of(Calendar, i8, i8),
}

impl Falls {
    /// Reads the last cell of a row of the table.
    fn read(cell: &str) -> Option<Falls> {
        if let Some(days) = cell.strip_prefix("eastern") {
            return days.parse().ok().map(Falls::Eastern);
        }
        if let Some(days) = cell.strip_prefix("easter") {
            return days.parse().ok().map(Falls::Easter);
        }
        if let Some((month, day)) = cell.split_once('-').filter(|_| !cell.contains('/')) {
            return Some(Falls::Fixed(month.parse().ok()?, day.parse().ok()?));
        }
        let mut cells = cell.split('/');
        let (first, second, third) = (cells.next()?, cells.next()?, cells.next()?);
        if let Some(calendar) = Calendar::named(first) {
            return Some(Falls::Of(calendar, second.parse().ok()?, third.parse().ok()?));
        }
        let (weekday, days) = third.split_once('+').unwrap_or((third, "0"));
        let weekday = Weekday::from_monday_one_offset(weekday.parse().ok()?).ok()?;
        Some(Falls::Nth(first.parse().ok()?, second.parse().ok()?, weekday, days.parse().ok()?))
    }
}

/// A named day of the table.
#[derive(Clone, Copy, Debug)]
struct NamedDay {
    lang: &'static str,
    name: &'static str,
    falls: Falls,
}

const FILE: &str = include_str!("../../../data/dates/holidays.tsv");

/// The days of the table, in its order: [`Feast::Named`] holds a number in this list.
fn named_days() -> &'static [NamedDay] {
    static ONE: OnceLock<Vec<NamedDay>> = OnceLock::new();
    ONE.get_or_init(|| {
        let rows = FILE.lines().filter(|row| !row.starts_with('#'));
        rows.filter_map(|row| {
            let mut cells = row.split('\t');
            Some(NamedDay { lang: cells.next()?, name: cells.next()?, falls: Falls::read(cells.next()?)? })
        })
        .collect()
    })
}

/// The named days of languages other than English: language, name and feast.
pub(super) fn foreign() -> impl Iterator<Item = (&'static str, &'static str, Feast)> {
    let days = (0..).zip(named_days());
    days.filter(|(_, day)| day.lang != "en").map(|(number, day)| (day.lang, day.name, Feast::Named(number)))
}

/// True when the name of the feast has a capital in its table.
pub(super) fn has_capital(feast: Feast) -> bool {
    let Feast::Named(number) = feast else { return true };
    named_days().get(usize::from(number)).is_some_and(|day| day.name.starts_with(char::is_uppercase))
}

/// The English named day that begins with the words of `next`, which gives lower-case words without apostrophes one by one
/// with what to hand back when they are the last ones.
pub(super) fn named<T>(mut next: impl FnMut(usize) -> Option<(String, T)>) -> Option<(Feast, T)> {
    let mut words: Vec<(String, T)> = Vec::new();
    for (number, day) in (0..).zip(named_days()).filter(|(_, day)| day.lang == "en") {
        let fits = day.name.split(' ').enumerate().all(|(at, word)| {
            while words.len() <= at {
                match next(words.len()) {
                    Some(read) => words.push(read),
                    None => return false,
                }
            }
            words[at].0 == *word
        });
        if fits {
            let (_, end) = words.drain(..day.name.split(' ').count()).next_back()?;
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
    fn every_row_is_read() {
        let rows = FILE.lines().filter(|row| !row.starts_with('#')).count();
        assert_eq!(named_days().len(), rows);
        for (cell, falls) in [
            ("easter-46", Some(Falls::Easter(-46))),
            ("easter+1", Some(Falls::Easter(1))),
            ("11-1", Some(Falls::Fixed(11, 1))),
            ("5/-1/1", Some(Falls::Nth(5, -1, Weekday::Monday, 0))),
            ("11/4/4+1", Some(Falls::Nth(11, 4, Weekday::Thursday, 1))),
            ("eastern-2", Some(Falls::Eastern(-2))),
            ("hijri/10/1", Some(Falls::Of(Calendar::Hijri, 10, 1))),
            ("5/1/8", None),
            ("soon", None),
        ] {
            assert_eq!(Falls::read(cell), falls, "{cell}");
        }
    }

    #[test]
    fn named_days_fall_on_their_days() {
        for row in "ash wednesday 2021 2021-02-17
            ascension day 2023 2023-05-18
            whit monday 2022 2022-06-06
            martin luther king day 2021 2021-01-18
            memorial day 2022 2022-05-30
            labor day 2020 2020-09-07
            black friday 2020 2020-11-27
            eid al fitr 2021 2021-05-13
            passover 2019 2019-04-20
            hanukkah 2021 2021-11-29
            orthodox easter 2021 2021-05-02
            chinese new year 2024 2024-02-10
            guy fawkes night 1999 1999-11-05"
            .lines()
            .map(str::trim)
        {
            let mut words = row.split(' ').collect::<Vec<_>>();
            let (expected, year) = (words.pop().expect("a day"), words.pop().expect("a year"));
            let mut given = words.iter();
            let (feast, _) = named(|_| given.next().map(|word| ((*word).to_owned(), ()))).expect("a named day");
            let found = date(feast, year.parse().expect("a year")).expect("a date");
            assert_eq!(found.to_string(), expected, "{row}");
        }
        assert!(foreign().all(|(_, _, feast)| (1990..2030).any(|year| date(feast, year).is_some())));
    }

    #[test]
    fn feasts_fall_on_their_days() {
        let shown = |feast, year| date(feast, year).expect("a day").to_string();
        assert_eq!(shown(Feast::Easter, 2024), "2024-03-31");
        assert_eq!(shown(Feast::Easter, 1818), "1818-03-22");
        assert_eq!(shown(Feast::GoodFriday, 2011), "2011-04-22");
        assert_eq!(shown(Feast::Thanksgiving, 2020), "2020-11-26");
    }
}
