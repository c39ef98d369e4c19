//! The calendars beside the Gregorian one in which newspapers print days, and the names of their months.
//!
//! The arithmetic is that of `calendrical_calculations`. The names are data: `data/dates/calendars.tsv`. Days of the
//! Islamic calendar are those of the Umm al-Qura calendar as it is computed; where a country waits for the moon, its days
//! may be one later.

use std::sync::OnceLock;

use calendrical_calculations::chinese_based::{Chinese, YearBounds};
use calendrical_calculations::gregorian::{fixed_from_gregorian, gregorian_from_fixed};
use calendrical_calculations::hebrew::BookHebrew;
use calendrical_calculations::rata_die::RataDie;
use calendrical_calculations::{coptic, ethiopian, islamic, julian, persian};
use jiff::ToSpan as _;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::words;

/// A calendar other than the Gregorian one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Calendar {
    /// The Islamic calendar of the moon: Muharram is 1.
    Hijri,
    /// The solar calendar of Iran and Afghanistan: Farvardin is 1.
    Persian,
    /// The Hebrew calendar: Nisan is 1, Adar 12, the second Adar of a leap year 13.
    Hebrew,
    /// The calendar of the Copts: Thout is 1.
    Coptic,
    /// The calendar of Ethiopia: Meskerem is 1.
    Ethiopian,
    /// The calendar of before 1582, in Russia of before 1918, with the months of the Gregorian one.
    Julian,
    /// The Chinese calendar of the moon; a year is named by the Gregorian one in which it begins.
    Chinese,
}

impl Calendar {
    /// The calendar of this name in the data files.
    pub(crate) fn named(name: &str) -> Option<Calendar> {
        Some(match name {
            "hijri" => Calendar::Hijri,
            "persian" => Calendar::Persian,
            "hebrew" => Calendar::Hebrew,
            "coptic" => Calendar::Coptic,
            "ethiopian" => Calendar::Ethiopian,
            "julian" => Calendar::Julian,
            "chinese" => Calendar::Chinese,
            _ => return None,
        })
    }

    /// The years that print means where it names this calendar: two or three centuries around today.
    pub(crate) fn years(self) -> std::ops::Range<i32> {
        match self {
            Calendar::Hijri => 1200..1600,
            Calendar::Persian => 1200..1500,
            Calendar::Hebrew => 5400..5900,
            Calendar::Coptic => 1400..1900,
            Calendar::Ethiopian => 1700..2100,
            Calendar::Julian | Calendar::Chinese => 1..2100,
        }
    }

    /// The day, 1 to 31, of a month in a year; `None` for days that the calendar lacks.
    pub(crate) fn day(self, year: i32, month: i8, day: i8) -> Option<Date> {
        let start = self.month_start(year, month)?;
        let date = start.checked_add(i64::from(day.checked_sub(1).filter(|days| *days >= 0)?).days()).ok()?;
        (date < self.after_month(year, month)?).then_some(date)
    }

    /// The first and the last day of a month.
    pub(crate) fn month(self, year: i32, month: i8) -> Option<(Date, Date)> {
        Some((self.month_start(year, month)?, self.after_month(year, month)?.yesterday().ok()?))
    }

    /// The first and the last day of a year.
    pub(crate) fn year(self, year: i32) -> Option<(Date, Date)> {
        let first = self.first_month();
        Some((self.month_start(year, first)?, self.month_start(year + 1, first)?.yesterday().ok()?))
    }

    /// About the year that a day falls into: it may be the one beside it.
    pub(crate) fn year_near(self, date: Date) -> i32 {
        let year = i32::from(date.year());
        match self {
            // Years of the moon are eleven days shorter than those of the sun; the first began in 622.
            Calendar::Hijri => (year - 622) * 33 / 32 + 1,
            Calendar::Persian => year - 621,
            Calendar::Hebrew => year + 3761,
            Calendar::Coptic => year - 283,
            Calendar::Ethiopian => year - 7,
            Calendar::Julian | Calendar::Chinese => year,
        }
    }

    /// The month with which a year begins.
    fn first_month(self) -> i8 {
        // The Hebrew year begins with its seventh month.
        if self == Calendar::Hebrew { 7 } else { 1 }
    }

    /// The months of a year, counted from 1.
    fn months(self, year: i32) -> i8 {
        match self {
            Calendar::Hebrew if BookHebrew::is_hebrew_leap_year(year) => 13,
            Calendar::Coptic | Calendar::Ethiopian => 13,
            Calendar::Chinese => 1,
            _ => 12,
        }
    }

    fn month_start(self, year: i32, month: i8) -> Option<Date> {
        // Far from these years the arithmetic has no calendar to agree with.
        if !(1..=7_000).contains(&year) || !(1..=self.months(year)).contains(&month) {
            return None;
        }
        let month = u8::try_from(month).ok()?;
        civil(match self {
            Calendar::Hijri => islamic::fixed_from_saudi_islamic(year, month, 1),
            Calendar::Persian => persian::fixed_from_fast_persian(year, month, 1),
            Calendar::Hebrew => BookHebrew::fixed_from_book_hebrew(BookHebrew { year, month, day: 1 }),
            Calendar::Coptic => coptic::fixed_from_coptic(year, month, 1),
            Calendar::Ethiopian => ethiopian::fixed_from_ethiopian(year, month, 1),
            Calendar::Julian => julian::fixed_from_julian(year, month, 1),
            // In July the year that began in January or February is running.
            Calendar::Chinese => YearBounds::compute::<Chinese>(fixed_from_gregorian(year, 7, 1)).new_year,
        })
    }

    /// The day after the last one of a month.
    fn after_month(self, year: i32, month: i8) -> Option<Date> {
        match self {
            Calendar::Chinese => self.month_start(year, month)?.checked_add(30.days()).ok(),
            // Elul is followed by the first month of the next year, the last Adar by Nisan of the same.
            Calendar::Hebrew if month == 6 => self.month_start(year + 1, 7),
            _ if month < self.months(year) => self.month_start(year, month + 1),
            Calendar::Hebrew => self.month_start(year, 1),
            _ => self.month_start(year + 1, 1),
        }
    }
}

fn civil(fixed: RataDie) -> Option<Date> {
    let (year, month, day) = gregorian_from_fixed(fixed).ok()?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Easter Sunday of the eastern churches, by the Gregorian calendar.
pub(crate) fn eastern_easter(year: i16) -> Option<Date> {
    civil(julian::easter(i32::from(year)))
}

const DATA: &str = include_str!("../../data/dates/calendars.tsv");

#[derive(Debug, Default)]
struct Table {
    months: FxHashMap<String, Vec<(&'static str, Calendar, i8)>>,
    openers: FxHashSet<String>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        for row in DATA.lines().filter(|row| !row.starts_with('#')) {
            table.add_row(row);
        }
        table
    })
}

impl Table {
    /// Adds one row; rows that cannot be read are left out (a test says that there are none).
    fn add_row(&mut self, row: &'static str) -> Option<()> {
        let mut cells = row.split('\t');
        let (lang, calendar) = (cells.next()?, Calendar::named(cells.next()?)?);
        let month = cells.next()?.parse().ok()?;
        for name in cells.next()?.split(',') {
            let mut key = String::new();
            words(name).for_each_word(|word| {
                if !key.is_empty() {
                    self.openers.insert(key.clone());
                    key.push(' ');
                }
                key.push_str(word.folded);
            });
            self.months.entry(key).or_default().push((lang, calendar, month));
        }
        Some(())
    }
}

/// The month that a folded word, or several with one blank between them, names in a text of `lang`; where the language is
/// not known, the month on which all languages agree.
pub(crate) fn month(folded: &str, lang: Option<&str>) -> Option<(Calendar, i8)> {
    let readings = table().months.get(folded)?;
    match lang {
        Some(lang) => readings.iter().find(|reading| reading.0 == lang).map(|reading| (reading.1, reading.2)),
        None => {
            let first = readings.first().map(|reading| (reading.1, reading.2))?;
            readings.iter().all(|reading| (reading.1, reading.2) == first).then_some(first)
        }
    }
}

/// All folded names, and what begins those of several words.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    table().months.keys().chain(&table().openers).map(String::as_str)
}

/// True when a name of several words begins with this folded word (`ربيع الأول`).
pub(crate) fn opens(folded: &str) -> bool {
    table().openers.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for row in DATA.lines().filter(|row| !row.starts_with('#')) {
            assert_eq!(row.split('\t').count(), 4, "{row}");
            assert!(Table::default().add_row(row).is_some(), "{row}");
        }
    }

    /// Days that newspapers printed with both dates.
    #[test]
    fn days_of_other_calendars_fall_on_their_days() {
        for row in "persian 1399 3 15 ==> 2020-06-04
            persian 1357 11 22 ==> 1979-02-11
            persian 1399 12 30 ==> 2021-03-20
            persian 1400 12 30 ==> none
            hijri 1442 10 1 ==> 2021-05-13
            hijri 1444 10 1 ==> 2023-04-21
            hijri 1445 12 10 ==> 2024-06-16
            hijri 1443 1 1 ==> 2021-08-09
            hijri 1442 13 1 ==> none
            hebrew 5781 11 15 ==> 2021-01-28
            hebrew 5784 13 14 ==> 2024-03-24
            hebrew 5783 13 14 ==> none
            hebrew 5782 7 1 ==> 2021-09-07
            hebrew 5708 2 5 ==> 1948-05-14
            coptic 1737 1 1 ==> 2020-09-11
            ethiopian 2013 1 1 ==> 2020-09-11
            ethiopian 2012 4 29 ==> 2020-01-08
            julian 1917 10 25 ==> 1917-11-07
            julian 1900 2 29 ==> 1900-03-13
            chinese 2020 1 1 ==> 2020-01-25
            julian 1917 2 0 ==> none"
            .lines()
            .map(str::trim)
        {
            let (given, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let cells: Vec<&str> = given.split(' ').collect();
            let number = |at: usize| cells[at].parse::<i32>().expect("a number");
            let calendar = Calendar::named(cells[0]).expect("a calendar");
            let found = calendar.day(number(1), number(2) as i8, number(3) as i8);
            assert_eq!(found.map_or("none".to_owned(), |date| date.to_string()), expected, "{row}");
        }
    }

    #[test]
    fn months_and_years_have_their_days() {
        let shown = |ends: Option<(Date, Date)>| ends.map(|(start, end)| format!("{start}..{end}")).unwrap_or_default();
        assert_eq!(shown(Calendar::Persian.month(1399, 3)), "2020-05-21..2020-06-20");
        assert_eq!(shown(Calendar::Persian.year(1399)), "2020-03-20..2021-03-20");
        assert_eq!(shown(Calendar::Hebrew.month(5781, 12)), "2021-02-13..2021-03-13");
        assert_eq!(shown(Calendar::Hebrew.year(5781)), "2020-09-19..2021-09-06");
        assert_eq!(shown(Calendar::Hijri.month(1442, 9)), "2021-04-13..2021-05-12");
    }

    #[test]
    fn the_year_of_a_day_is_near() {
        let date = Date::new(2021, 6, 16).expect("a day");
        for calendar in [Calendar::Hijri, Calendar::Persian, Calendar::Hebrew, Calendar::Coptic, Calendar::Ethiopian] {
            let near = calendar.year_near(date);
            let inside = |year| calendar.year(year).is_some_and(|(start, end)| start <= date && date <= end);
            assert!((near - 1..=near + 1).any(inside), "{calendar:?} {near}");
        }
    }

    #[test]
    fn eastern_easter_falls_on_its_day() {
        let shown = |year| eastern_easter(year).map(|date| date.to_string());
        assert_eq!(shown(2021).as_deref(), Some("2021-05-02"));
        assert_eq!(shown(1999).as_deref(), Some("1999-04-11"));
    }
}
