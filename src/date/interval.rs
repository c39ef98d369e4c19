//! Closed day intervals with a granularity.

use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How coarse a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// One day.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of a calendar year.
    Quarter,
    /// A meteorological season of the northern hemisphere: three months, winter named by its January.
    Season,
    /// A calendar year.
    Year,
    /// Ten years from one divisible by ten.
    Decade,
    /// A hundred years as people count them in figures: the 19th century is 1801 to 1900.
    Century,
    /// Any other closed range of days.
    Range,
}

/// A closed range of days: both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    #[serde(with = "super::compact")]
    pub start: Date,
    /// Last day, never before `start`.
    #[serde(with = "super::compact")]
    pub end: Date,
    /// How the interval was named.
    pub granularity: Granularity,
}

impl Interval {
    /// One day.
    pub fn day(day: Date) -> Interval {
        Interval { start: day, end: day, granularity: Granularity::Day }
    }

    /// The days from `start` to `end`, swapped where they come the wrong way round.
    pub fn range(start: Date, end: Date) -> Interval {
        let (start, end) = if start <= end { (start, end) } else { (end, start) };
        Interval { start, end, granularity: Granularity::Range }
    }

    /// The whole month, or `None` where the calendar has no such month.
    pub fn month(year: i16, month: i8) -> Option<Interval> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Interval { start, end: start.last_of_month(), granularity: Granularity::Month })
    }

    /// The whole year, or `None` outside the years -9999 to 9999.
    pub fn year(year: i16) -> Option<Interval> {
        let start = Date::new(year, 1, 1).ok()?;
        Some(Interval { start, end: start.last_of_year(), granularity: Granularity::Year })
    }

    /// Quarter 1 to 4 of a year.
    pub(crate) fn quarter(year: i16, quarter: i8) -> Option<Interval> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let first = Interval::month(year, quarter * 3 - 2)?;
        let last = Interval::month(year, quarter * 3)?;
        Some(Interval { start: first.start, end: last.end, granularity: Granularity::Quarter })
    }

    /// Season 0 to 3 (winter, spring, summer, autumn); winter of a year is the December before to its February.
    pub(crate) fn season(year: i16, season: i8) -> Option<Interval> {
        let (first, last) = match season {
            0 => (Interval::month(year.checked_sub(1)?, 12)?, Interval::month(year, 2)?),
            1..=3 => (Interval::month(year, season * 3)?, Interval::month(year, season * 3 + 2)?),
            _ => return None,
        };
        Some(Interval { start: first.start, end: last.end, granularity: Granularity::Season })
    }

    /// The ISO week, Monday to Sunday, that holds `day`.
    pub(crate) fn week_of(day: Date) -> Option<Interval> {
        let back = i64::from(day.weekday().to_monday_zero_offset());
        let start = day.checked_sub(back.days()).ok()?;
        let end = start.checked_add(6.days()).ok()?;
        Some(Interval { start, end, granularity: Granularity::Week })
    }

    /// The ten years from `first`, which is rounded down to a multiple of ten.
    pub(crate) fn decade(first: i16) -> Option<Interval> {
        // Rounded towards the past, before our era too.
        let first = first.div_euclid(10) * 10;
        Some(Interval {
            start: Date::new(first, 1, 1).ok()?,
            end: Date::new(first.checked_add(9)?, 12, 31).ok()?,
            granularity: Granularity::Decade,
        })
    }

    /// The `n`th century of our era: 20 is 1901 to 2000.
    pub(crate) fn century(n: i16) -> Option<Interval> {
        let last = n.checked_mul(100)?;
        Some(Interval {
            start: Date::new(last.checked_sub(99)?, 1, 1).ok()?,
            end: Date::new(last, 12, 31).ok()?,
            granularity: Granularity::Century,
        })
    }

    /// True when every day of `other` is in this interval.
    pub fn contains(&self, other: &Interval) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one day.
    pub(crate) fn overlaps(&self, other: &Interval) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Number of days, at least 1.
    pub fn days(&self) -> i64 {
        self.start.until((Unit::Day, self.end)).map_or(1, |span| i64::from(span.get_days()) + 1)
    }

    /// Both ends in one number that sorts by start, then end: days since 0001-01-01, start in the upper half.
    pub(crate) fn to_column(self) -> u64 {
        (u64::from(day_number(self.start)) << 32) | u64::from(day_number(self.end))
    }

    /// The ends of a number from [`Interval::to_column`]; the granularity is lost and comes back as `Range`
    /// (or `Day` for a single day).
    pub(crate) fn from_column(column: u64) -> Option<Interval> {
        let start = day_of((column >> 32) as u32)?;
        let end = day_of((column & 0xFFFF_FFFF) as u32)?;
        Some(if start == end { Interval::day(start) } else { Interval::range(start, end) })
    }
}

const ORIGIN: Date = jiff::civil::date(1, 1, 1);

/// Days since 0001-01-01; days before it count as 0.
fn day_number(day: Date) -> u32 {
    // The columns are unsigned; dates before our era are kept in TIMEX3 notation and never come here.
    ORIGIN.until((Unit::Day, day)).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
}

fn day_of(number: u32) -> Option<Date> {
    // A number from a damaged index may be more days than a `Span` holds: `days` would panic, `try_days` says so.
    ORIGIN.checked_add(Span::new().try_days(number).ok()?).ok()
}

/// The code in TIMEX3 of the season whose last month is `month`.
fn season_ending_in(month: i8) -> &'static str {
    match month {
        2 => "WI",
        5 => "SP",
        8 => "SU",
        _ => "FA",
    }
}

/// ISO 8601 where it has a form (`2020`, `2020-11`, `2020-11-10`, `2020-W47`), the forms of TIMEX3 where it has
/// none (`2020-Q4`, `2020-SU`, `199` for the 1990s, `18` for the 19th century), and `start..end` for other ranges.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.start;
        match self.granularity {
            Granularity::Day => write!(f, "{start}"),
            Granularity::Week => {
                let week = start.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Granularity::Month => write!(f, "{:04}-{:02}", start.year(), start.month()),
            Granularity::Quarter => write!(f, "{:04}-Q{}", start.year(), (start.month() + 2) / 3),
            Granularity::Season => write!(f, "{:04}-{}", self.end.year(), season_ending_in(self.end.month())),
            Granularity::Year => write!(f, "{:04}", start.year()),
            Granularity::Decade => write!(f, "{:03}", start.year() / 10),
            Granularity::Century => write!(f, "{:02}", (start.year() - 1) / 100),
            Granularity::Range => write!(f, "{start}..{}", self.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_print_their_iso_form() {
        let day = Date::new(2020, 12, 1).expect("a day");
        let shown: Vec<String> = [
            Some(Interval::day(day)),
            Interval::week_of(day),
            Interval::month(2020, 11),
            Interval::quarter(2020, 4),
            Interval::season(2021, 0),
            Interval::year(987),
            Interval::decade(1994),
            Interval::century(19),
            Some(Interval::range(day, Date::new(2020, 11, 30).expect("a day"))),
        ]
        .into_iter()
        .map(|interval| interval.expect("an interval").to_string())
        .collect();
        assert_eq!(
            shown,
            ["2020-12-01", "2020-W49", "2020-11", "2020-Q4", "2021-WI", "0987", "199", "18", "2020-11-30..2020-12-01"]
        );
    }

    #[test]
    fn a_column_keeps_both_ends_and_sorts() {
        let november = Interval::month(2020, 11).expect("a month");
        let back = Interval::from_column(november.to_column()).expect("an interval");
        assert_eq!((back.start, back.end), (november.start, november.end));
        assert_eq!(november.days(), 30);
        assert!(Interval::year(1992).expect("a year").to_column() < november.to_column());
    }

    #[test]
    fn what_the_calendar_lacks_is_none() {
        assert_eq!(Interval::month(2020, 13), None);
        assert_eq!(Interval::quarter(2020, 5), None);
        assert_eq!(Interval::season(2020, 4), None);
    }
}
