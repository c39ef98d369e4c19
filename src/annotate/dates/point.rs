//! A date as far as it is known.

use jiff::civil::Date;

/// A year, month or day. Years before our era are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: i32,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

impl Point {
    pub(super) fn from_date(date: Date) -> Point {
        Point { year: date.year().into(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// The calendar day, where it is known and in our era.
    pub(super) fn date(&self) -> Option<Date> {
        Date::new(calendar_year(self.year)?, self.month?, self.day?).ok()
    }
}

/// A year of our era that the calendar has.
pub(super) fn calendar_year(year: i32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1..=9998).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_our_era_is_a_date() {
        for (year, month, day, expected) in [
            (2020, Some(11), Some(10), Some("2020-11-10")),
            (2020, Some(11), None, None),
            (2020, None, None, None),
            (2021, Some(2), Some(29), None),
            (-480, Some(8), Some(1), None),
            (99_999, Some(1), Some(1), None),
        ] {
            let found = Point { year, month, day }.date().map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{year} {month:?} {day:?}");
        }
    }

    #[test]
    fn the_calendar_has_the_years_of_our_era() {
        for (year, expected) in [(1, Some(1)), (9998, Some(9998)), (0, None), (-1, None), (9999, None), (70_000, None)]
        {
            assert_eq!(calendar_year(year), expected, "{year}");
        }
    }
}
