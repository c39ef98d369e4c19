//! When a page says that it was published: a date as precise as the page was, with the zone as written.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

use super::compact;
use super::{Granularity, Interval};

/// How precise a [`Stamp`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year is known.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// Hours and minutes.
    Minute,
    /// Hours, minutes and seconds.
    Second,
}

impl Precision {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
            Precision::Minute => "minute",
            Precision::Second => "second",
        }
    }
}

/// A date, or a date and time, as written. The day is the one on the page, never moved to another time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    date: Date,
    time: Time,
    /// Minutes east of Greenwich, where the page names a zone.
    offset: Option<i16>,
    precision: Precision,
}

impl Stamp {
    /// A stamp known to the year.
    pub fn year(year: i16) -> Option<Stamp> {
        Some(Stamp { precision: Precision::Year, ..Stamp::day(Date::new(year, 1, 1).ok()?) })
    }

    /// A stamp known to the month.
    pub fn month(year: i16, month: i8) -> Option<Stamp> {
        Some(Stamp { precision: Precision::Month, ..Stamp::day(Date::new(year, month, 1).ok()?) })
    }

    /// A stamp known to the day.
    pub fn day(date: Date) -> Stamp {
        Stamp { date, time: Time::midnight(), offset: None, precision: Precision::Day }
    }

    /// A stamp with a time of day; `offset` is minutes east of Greenwich.
    pub fn at(date: Date, time: Time, precision: Precision, offset: Option<i16>) -> Stamp {
        Stamp { date, time, offset, precision }
    }

    /// How precise it is.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The first day it can mean.
    pub fn date(&self) -> Date {
        self.date
    }

    /// Minutes east of Greenwich, where the page names a zone.
    pub fn offset(&self) -> Option<i16> {
        self.offset
    }

    /// All days it can mean.
    pub(crate) fn interval(&self) -> Interval {
        let (year, month) = (self.date.year(), self.date.month());
        match self.precision {
            Precision::Year => {
                Interval { end: self.date.last_of_year(), granularity: Granularity::Year, ..Interval::day(self.date) }
            }
            Precision::Month => Interval::month(year, month).unwrap_or(Interval::day(self.date)),
            Precision::Day | Precision::Minute | Precision::Second => Interval::day(self.date),
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z of its beginning, for sorting; without a zone it is taken as UTC.
    pub(crate) fn sort_key(&self) -> i64 {
        let minutes = i64::from(self.offset.unwrap_or(0));
        let seconds = self
            .date
            .to_datetime(self.time)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map_or(0, |zoned| zoned.timestamp().as_second());
        seconds - minutes * 60
    }

    /// Reads an ISO 8601 date or date-time in the spellings that pages use: `2020`, `2020-11`, `2020-11-10`,
    /// `20201110`, `2020/11/10`, `2020-11-10T08:15`, with seconds, fractions, a blank for the `T`, and a zone `Z`,
    /// `+0400`, `+04:00`, `+04`, `GMT` or `UTC`. `None` for anything else and for days the calendar lacks.
    pub fn parse_iso(text: &str) -> Option<Stamp> {
        let text = text.trim();
        let (date, used) = parse_date(text)?;
        let rest = &text[used..];
        if rest.is_empty() {
            return Some(date);
        }
        // A time without its day cannot be placed.
        if date.precision != Precision::Day {
            return None;
        }
        let rest = rest.strip_prefix(['T', 't', ' ', ',']).map(str::trim_start)?;
        parse_time(date.date, rest)
    }
}

/// A number of exactly `digits` ASCII digits at `at`.
fn number(text: &str, at: usize, digits: usize) -> Option<i16> {
    let part = text.get(at..at + digits)?;
    if part.bytes().all(|b| b.is_ascii_digit()) { part.parse().ok() } else { None }
}

/// The date at the start of `text` and how many bytes it took.
fn parse_date(text: &str) -> Option<(Stamp, usize)> {
    let year = number(text, 0, 4)?;
    let digit_at = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let separator = text.as_bytes().get(4).copied();
    if digit_at(4) {
        let (month, day) = (number(text, 4, 2)?, number(text, 6, 2)?);
        // Nine digits in a row are an id.
        if digit_at(8) {
            return None;
        }
        return Some((Stamp::day(Date::new(year, month as i8, day as i8).ok()?), 8));
    }
    let Some(separator @ (b'-' | b'/' | b'.')) = separator else {
        return Some((Stamp::year(year)?, 4));
    };
    let month_digits = if digit_at(6) { 2 } else { 1 };
    let month = number(text, 5, month_digits)? as i8;
    let at = 5 + month_digits;
    if text.as_bytes().get(at) != Some(&separator) {
        return if digit_at(at) { None } else { Some((Stamp::month(year, month)?, at)) };
    }
    let day_digits = if digit_at(at + 2) { 2 } else { 1 };
    let day = number(text, at + 1, day_digits)? as i8;
    let end = at + 1 + day_digits;
    if digit_at(end) {
        return None;
    }
    Some((Stamp::day(Date::new(year, month, day).ok()?), end))
}

/// The time of day and zone in `text`, which must hold nothing else.
fn parse_time(date: Date, text: &str) -> Option<Stamp> {
    let hour_digits = if text.as_bytes().get(1).is_some_and(u8::is_ascii_digit) { 2 } else { 1 };
    let hour = number(text, 0, hour_digits)?;
    let mut at = hour_digits;
    let colon = text.as_bytes().get(at) == Some(&b':');
    if colon {
        at += 1;
    }
    let minute = number(text, at, 2)?;
    at += 2;
    let mut second = None;
    if colon && text.as_bytes().get(at) == Some(&b':') {
        second = Some(number(text, at + 1, 2)?);
        at += 3;
    } else if !colon && number(text, at, 2).is_some() {
        second = number(text, at, 2);
        at += 2;
    }
    let rest = text.get(at..)?;
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let offset = parse_zone(rest.trim())?;
    // A leap second is the last second of its minute.
    let time = Time::new(hour as i8, minute as i8, second.map_or(0, |s| s.min(59)) as i8, 0).ok()?;
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    Some(Stamp { date, time, offset, precision })
}

/// Minutes east of Greenwich; the outer `None` is a zone that cannot be read, the inner one no zone.
fn parse_zone(text: &str) -> Option<Option<i16>> {
    if text.is_empty() {
        return Some(None);
    }
    if ["Z", "z", "UTC", "GMT", "utc", "gmt"].contains(&text) {
        return Some(Some(0));
    }
    // `GMT+4` is four hours east, as `UTC+4` is; POSIX counts the other way, but pages do not.
    let text = text.trim_start_matches("GMT").trim_start_matches("UTC");
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return None,
    };
    let digits: String = text.chars().skip(1).filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 => (number(&digits, 0, 1)?, 0),
        2 => (number(&digits, 0, 2)?, 0),
        4 => (number(&digits, 0, 2)?, number(&digits, 2, 2)?),
        _ => return None,
    };
    // Kiribati is at +14: nothing lies farther east.
    if hours > 14 || minutes > 59 { None } else { Some(Some(sign * (hours * 60 + minutes))) }
}

/// ISO 8601: as many parts as are known, and the zone as written.
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.date, self.time);
        match self.precision {
            Precision::Year => return write!(f, "{:04}", date.year()),
            Precision::Month => return write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Day => return write!(f, "{date}"),
            Precision::Minute => write!(f, "{date}T{:02}:{:02}", time.hour(), time.minute())?,
            Precision::Second => write!(f, "{date}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?,
        }
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
        }
    }
}

/// A stamp in what is stored: precision, days, seconds of the day, minutes east of Greenwich.
type Compact = (Precision, i32, i32, Option<i16>);

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        let (hour, minute, second) = (self.time.hour(), self.time.minute(), self.time.second());
        let seconds = (i32::from(hour) * 60 + i32::from(minute)) * 60 + i32::from(second);
        let compact: Compact = (self.precision, compact::days(self.date), seconds, self.offset);
        compact.serialize(serializer)
    }
}

/// The time of day that is so many seconds after midnight.
fn time_of(seconds: i32) -> Option<Time> {
    let part = |n: i32| i8::try_from(n).ok();
    Time::new(part(seconds / 3600)?, part(seconds / 60 % 60)?, part(seconds % 60)?, 0).ok()
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Stamp, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            return Stamp::parse_iso(&text).ok_or_else(|| D::Error::custom("not an ISO 8601 date"));
        }
        let (precision, days, seconds, offset) = Compact::deserialize(deserializer)?;
        let date = compact::date(days).ok_or_else(|| D::Error::custom("not a day of the calendar"))?;
        let time = time_of(seconds).ok_or_else(|| D::Error::custom("not a second of the day"))?;
        Ok(Stamp { date, time, offset, precision })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stamps_are_read_as_pages_write_them() {
        for row in "2020 ==> 2020
             2020-11 ==> 2020-11
             2020-11-10 ==> 2020-11-10
             2020/1/5 ==> 2020-01-05
             20201110 ==> 2020-11-10
             2020-11-10T08:15 ==> 2020-11-10T08:15
             2020-11-10T08:15:30.123Z ==> 2020-11-10T08:15:30Z
             2020-11-10 08:15:30 +0400 ==> 2020-11-10T08:15:30+04:00
             2020-11-10T08:15:30-05:30 ==> 2020-11-10T08:15:30-05:30
             2020-11-10T081530Z ==> 2020-11-10T08:15:30Z
             2020-11-10 08:15 GMT ==> 2020-11-10T08:15Z
             2020-13-01 ==> none
             2020-11-10Tnoon ==> none
             20201110123 ==> none
             soon ==> none"
            .lines()
        {
            let (input, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let found = Stamp::parse_iso(input).map_or("none".to_owned(), |stamp| stamp.to_string());
            assert_eq!(found, expected, "{input}");
        }
    }

    #[test]
    fn zones_order_stamps() {
        let key = |text| Stamp::parse_iso(text).expect("a stamp").sort_key();
        assert_eq!(key("1970-01-01"), 0);
        assert_eq!(key("2020-11-10T08:00+04:00"), key("2020-11-10T04:00Z"));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic_and_what_it_prints_it_reads(text in "\\PC{0,30}", y in 1i16..9999, m in 1i8..13) {
            let _ = Stamp::parse_iso(&text);
            let stamp = Stamp::month(y, m).expect("a month");
            prop_assert_eq!(Stamp::parse_iso(&stamp.to_string()), Some(stamp));
        }

        #[test]
        fn it_is_read_back_as_it_was_stored(days in any::<i32>(), seconds in any::<i32>(), offset in any::<Option<i16>>()) {
            let compact: Compact = (Precision::Second, days, seconds, offset);
            let bytes = postcard::to_stdvec(&compact).expect("written");
            if let Ok(stamp) = postcard::from_bytes::<Stamp>(&bytes) {
                prop_assert_eq!(postcard::to_stdvec(&stamp).expect("written"), bytes);
            }
        }
    }

    #[test]
    fn stamps_of_every_precision_are_stored() {
        for text in
            ["2020", "2020-11", "2020-11-10", "1890-01-01T08:15", "2020-11-10T23:59:59-05:30", "9999-12-31T00:00Z"]
        {
            let stamp = Stamp::parse_iso(text).expect("a stamp");
            let bytes = postcard::to_stdvec(&stamp).expect("written");
            assert_eq!(postcard::from_bytes::<Stamp>(&bytes), Ok(stamp), "{text}");
            assert_eq!(serde_json::to_string(&stamp).expect("written"), format!("\"{text}\""));
        }
    }
}
