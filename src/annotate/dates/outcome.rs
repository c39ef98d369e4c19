//! What an expression comes to: days, or TIMEX3 notation where there are none.

use super::point::calendar_year;
use crate::date::Interval;

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Days(Interval),
    /// TIMEX3 notation.
    Timex(String),
}

/// The ten years from `first`; negative before our era.
pub(super) fn decade(first: i32) -> Outcome {
    match calendar_year(first).and_then(Interval::decade) {
        Some(days) => Outcome::Days(days),
        None => Outcome::Timex(format!("BC{:03}", first.abs() / 10)),
    }
}

/// The century of this number, 19 for the nineteenth; negative before our era.
pub(super) fn century(number: i32) -> Outcome {
    match i16::try_from(number).ok().filter(|number| (1..99).contains(number)).and_then(Interval::century) {
        Some(days) => Outcome::Days(days),
        None => Outcome::Timex(format!("BC{:02}", (number.abs() - 1).max(0))),
    }
}

/// The first or second half of a year.
pub(super) fn half_year(year: Option<i32>, half: i8) -> Outcome {
    let ends = year.and_then(calendar_year).and_then(|year| {
        let (first, last) = if half == 1 { (1, 6) } else { (7, 12) };
        Some((Interval::month(year, first)?.start, Interval::month(year, last)?.end))
    });
    ends.map_or_else(
        || Outcome::Timex(format!("{}-H{half}", shown(year))),
        |(start, end)| Outcome::Days(Interval::range(start, end)),
    )
}

/// A quarter of a year.
pub(super) fn quarter_year(year: Option<i32>, quarter: i8) -> Outcome {
    debug_assert!((1..=4).contains(&quarter), "four quarters");
    let days = year.and_then(calendar_year).and_then(|year| Interval::quarter(year, quarter));
    days.map_or_else(|| Outcome::Timex(format!("{}-Q{quarter}", shown(year))), Outcome::Days)
}

/// The year in TIMEX3 notation.
pub(super) fn shown(year: Option<i32>) -> String {
    match year {
        Some(year) if year < 0 => format!("BC{:04}", -year),
        Some(year) => format!("{year:04}"),
        None => "XXXX".to_owned(),
    }
}

/// The season in TIMEX3 notation.
pub(super) fn season_name(season: i8) -> &'static str {
    ["WI", "SP", "SU", "FA"][season.clamp(0, 3) as usize]
}

/// A time that nothing completes, by its direction.
pub(super) fn reference(direction: i32) -> Outcome {
    let name = match direction.signum() {
        -1 => "PAST_REF",
        1 => "FUTURE_REF",
        _ => "PRESENT_REF",
    };
    Outcome::Timex(name.to_owned())
}
