//! How serde writes dates: in ISO 8601 where a person may read it, as numbers of days in what is stored.

use jiff::civil::Date;
use jiff::{Span, Unit};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Day 0.
// Of 14 bits, which are two bytes as postcard writes them, archives of the web use most: 1987 to 2032.
const ORIGIN: Date = jiff::civil::date(2010, 1, 1);

/// Days from day 0 to `date`, negative before it.
pub(super) fn days(date: Date) -> i32 {
    let days = ORIGIN.until((Unit::Day, date)).map(|span| span.get_days());
    debug_assert!(days.is_ok(), "the whole calendar has fewer days than an i32 holds");
    days.unwrap_or(0)
}

/// The date that lies `days` after day 0; `None` outside of the calendar.
pub(super) fn date(days: i32) -> Option<Date> {
    // More days than a `Span` holds would panic in `days`; `try_days` says so.
    ORIGIN.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(super) fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    if to.is_human_readable() { date.serialize(to) } else { days(*date).serialize(to) }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    if from.is_human_readable() {
        return Date::deserialize(from);
    }
    date(i32::deserialize(from)?).ok_or_else(|| D::Error::custom("not a day of the calendar"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_comes_back() {
        for day in [Date::MIN, Date::MAX, ORIGIN, jiff::civil::date(1987, 7, 29), jiff::civil::date(2000, 2, 29)] {
            assert_eq!(date(days(day)), Some(day));
        }
        for days in [i32::MIN, i32::MAX, days(Date::MAX) + 1, days(Date::MIN) - 1] {
            assert_eq!(date(days), None, "{days}");
        }
    }
}
