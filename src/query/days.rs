//! One stretch of days as people type it: `2020-11`, `10.11.2020`, `november 2020`, `last week`, `30d`.
//!
//! Numbers are read first, then the words of time ("yesterday", "last 3 weeks"), then names of months and weekdays in
//! any language that [`crate::date::names`] knows. A date without its year is the latest one that has begun.

use jiff::{Span, ToSpan};

use crate::date::{Date, Interval, Stamp, names};

/// First and last day; `guessed` where day and month could be the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) guessed: bool,
}

impl Days {
    pub(super) fn one(day: Date) -> Days {
        Days { first: day, last: day, guessed: false }
    }
}

impl From<Interval> for Days {
    fn from(interval: Interval) -> Days {
        Days { first: interval.start, last: interval.end, guessed: false }
    }
}

/// Longest expression, in words: "monday the 10th of november in 2020".
const MOST_WORDS: usize = 8;

/// Reads a folded expression. `today` is what relative ones rest on.
pub(super) fn read(text: &str, today: Date) -> Option<Days> {
    let text = text.trim();
    if let Some(days) = figures(text) {
        return Some(days);
    }
    let mut parts: Vec<String> = Vec::new();
    let hyphened = text.contains(char::is_alphabetic);
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '_' | '/') || (hyphened && c == '-')) {
        if part.is_empty() || matches!(part, "of" | "the" | "in" | "on" | "de" | "del" | "год" | "года" | "г.")
        {
            continue;
        }
        if parts.len() == MOST_WORDS {
            return None;
        }
        match parts.last_mut() {
            Some(last) if names::opens(last) && !names::lookup(&format!("{last} {part}")).is_empty() => {
                last.push(' ');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    relative(&parts, today).or_else(|| named(&parts, today))
}

/// The day that a duration reaches back to: `2weeks`, `30d`, `3 months ago`.
pub(super) fn back(text: &str, today: Date) -> Option<Date> {
    let text = text.trim();
    let text = text.strip_suffix("ago").unwrap_or(text).trim_end();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, unit) = match text.strip_prefix("a ").or_else(|| text.strip_prefix("one ")) {
        Some(unit) => (1, unit),
        None => (text[..digits].parse().ok()?, &text[digits..]),
    };
    today.checked_sub(span(count, unit.trim_start_matches([' ', '-']))?).ok()
}

fn span(count: i32, unit: &str) -> Option<Span> {
    let span = match unit {
        "h" | "hour" | "hours" => return Span::new().try_days(count.checked_add(23)? / 24).ok(),
        "d" | "day" | "days" => Span::new().try_days(count),
        "w" | "wk" | "wks" | "week" | "weeks" => Span::new().try_weeks(count),
        "m" | "mo" | "month" | "months" => Span::new().try_months(count),
        "y" | "yr" | "yrs" | "year" | "years" => Span::new().try_years(count),
        _ => return None,
    };
    span.ok()
}

/// Dates in figures alone, and the few letters that go with them (`2020-W49`, `2020-Q4`, `1990s`).
fn figures(text: &str) -> Option<Days> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == 'q') || text.len() > 10 {
        return None;
    }
    if let Some(stamp) = Stamp::parse_iso(text) {
        return Some(stamp.interval().into());
    }
    if let Some(decade) = text.strip_suffix("0s").filter(|head| head.len() == 3) {
        return Interval::decade(decade.parse::<i16>().ok()?.checked_mul(10)?).map(Days::from);
    }
    if let Some((year, rest)) = text.split_at_checked(4)
        && let Ok(year) = year.parse::<i16>()
    {
        let rest = rest.trim_start_matches(['-', ' ']);
        if let Some(quarter) = rest.strip_prefix('q') {
            return Interval::quarter(year, quarter.parse().ok()?).map(Days::from);
        }
        if let Some(week) = rest.strip_prefix('w') {
            let monday = jiff::civil::ISOWeekDate::new(year, week.parse().ok()?, jiff::civil::Weekday::Monday).ok()?;
            return Interval::week_of(monday.date()).map(Days::from);
        }
        return None;
    }
    if let Some((quarter, year)) = text.strip_prefix('q').and_then(|rest| rest.split_once([' ', '-', '/'])) {
        return Interval::quarter(year.parse().ok()?, quarter.parse().ok()?).map(Days::from);
    }
    day_month_year(text)
}

/// `10.11.2020`, `10/11/2020`, `10-11-2020`, `11/2020`: the day before the month, unless only the other way fits.
fn day_month_year(text: &str) -> Option<Days> {
    let mut parts = text.split(['.', '/', '-']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let Some(year) = third else {
        return (second.len() == 4)
            .then(|| Interval::month(second.parse().ok()?, first.parse().ok()?))?
            .map(Days::from);
    };
    if year.len() != 4 {
        return None;
    }
    let (year, first, second): (i16, i8, i8) = (year.parse().ok()?, first.parse().ok()?, second.parse().ok()?);
    let (day, month) = if second > 12 { (second, first) } else { (first, second) };
    let date = Date::new(year, month, day).ok()?;
    let guessed = text.contains('/') && first <= 12 && second <= 12 && first != second;
    Some(Days { guessed, ..Days::one(date) })
}

/// What is counted from today.
fn relative(parts: &[&str], today: Date) -> Option<Days> {
    match parts {
        ["today" | "now"] => Some(Days::one(today)),
        ["yesterday"] => Some(Days::one(today.checked_sub(1.day()).ok()?)),
        ["tomorrow"] => Some(Days::one(today.checked_add(1.day()).ok()?)),
        [.., "ago"] => back(&parts.join(" "), today).map(Days::one),
        ["last" | "past" | "previous", count, unit] | [count, unit]
            if count.bytes().all(|b| b.is_ascii_digit()) && span(1, unit).is_some() =>
        {
            Some(Days { first: back(&format!("{count} {unit}"), today)?, ..Days::one(today) })
        }
        [which @ ("this" | "last" | "past" | "previous" | "next"), unit] => {
            let step = match *which {
                "this" => 0,
                "next" => 1,
                _ => -1,
            };
            stepped(unit, step, today)
        }
        [duration] => Some(Days { first: back(duration, today)?, ..Days::one(today) }),
        _ => None,
    }
}

/// The week, month, quarter, year, weekday or named month `step` before or after the present one.
fn stepped(unit: &str, step: i32, today: Date) -> Option<Days> {
    let moved = |span: Span| today.checked_add(span).ok();
    let interval = match unit {
        "day" => Interval::day(moved(step.days())?),
        "week" => Interval::week_of(moved(step.weeks())?)?,
        "month" => month_of(moved(step.months())?)?,
        "quarter" => {
            let day = moved((step * 3).months())?;
            Interval::quarter(day.year(), (day.month() + 2) / 3)?
        }
        "year" => Interval::year(moved(step.years())?.year())?,
        "decade" => Interval::decade(moved((step * 10).years())?.year())?,
        _ => return stepped_name(unit, step, today),
    };
    Some(interval.into())
}

fn month_of(day: Date) -> Option<Interval> {
    Interval::month(day.year(), day.month())
}

fn stepped_name(name: &str, step: i32, today: Date) -> Option<Days> {
    if let Some(weekday) = names::weekday(name, None) {
        let ahead = (i32::from(weekday) - i32::from(today.weekday().to_monday_one_offset())).rem_euclid(7);
        let days = match step {
            0 => ahead,
            1 if ahead == 0 => 7,
            1 => ahead,
            _ => ahead - 7,
        };
        return today.checked_add(days.days()).ok().map(Days::one);
    }
    let month = names::month(name, None)?;
    let year = match step {
        0 => today.year(),
        1 => today.year() + i16::from(month <= today.month()),
        _ => today.year() - i16::from(month >= today.month()),
    };
    Interval::month(year, month).map(Days::from)
}

/// What the words of a date in words can be; each at most once.
#[derive(Default)]
struct Named {
    weekday: Option<i8>,
    day: Option<i8>,
    month: Option<i8>,
    season: Option<i8>,
    year: Option<i16>,
}

/// A date in words: `november`, `november 2020`, `10 nov 2020`, `monday`, `summer 2020`.
fn named(parts: &[&str], today: Date) -> Option<Days> {
    let mut found = Named::default();
    for part in parts {
        found.take(part)?;
    }
    let Named { weekday, day, month, season, year } = found;
    match (day, month, season) {
        (Some(day), Some(month), None) => {
            let of = |year| Date::new(year, month, day).ok();
            let date = match year {
                Some(year) => of(year)?,
                None => of(today.year()).filter(|date| *date <= today).or_else(|| of(today.year() - 1))?,
            };
            Some(Days::one(date))
        }
        (None, Some(month), None) if weekday.is_none() => {
            let year = year.unwrap_or(today.year() - i16::from(month > today.month()));
            Interval::month(year, month).map(Days::from)
        }
        (None, None, Some(season)) if weekday.is_none() => season_of(season, year, today),
        (None, None, None) if year.is_none() => {
            let back = (today.weekday().to_monday_one_offset() - weekday?).rem_euclid(7);
            today.checked_sub(i32::from(back).days()).ok().map(Days::one)
        }
        _ => None,
    }
}

fn season_of(season: i8, year: Option<i16>, today: Date) -> Option<Days> {
    let interval = match year {
        Some(year) => Interval::season(year, season)?,
        None => {
            let of = |year| Interval::season(year, season).filter(|interval| interval.start <= today);
            of(today.year() + 1).or_else(|| of(today.year())).or_else(|| of(today.year() - 1))?
        }
    };
    Some(interval.into())
}

impl Named {
    /// Finds the one place where `part` fits.
    fn take(&mut self, part: &str) -> Option<()> {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 4 && digits == part.len() {
            return put(&mut self.year, part.parse().ok()?);
        }
        if matches!(digits, 1 | 2) && matches!(&part[digits..], "" | "." | "st" | "nd" | "rd" | "th") {
            return put(&mut self.day, part[..digits].parse().ok()?);
        }
        let word = part.trim_end_matches('.');
        if let Some(season) = season(word) {
            return put(&mut self.season, season);
        }
        if let Some(month) = names::month(word, None).or_else(|| names::month(word, Some("en"))) {
            return put(&mut self.month, month);
        }
        put(&mut self.weekday, names::weekday(word, None).or_else(|| names::weekday(word, Some("en")))?)
    }
}

fn season(word: &str) -> Option<i8> {
    Some(match word {
        "winter" => 0,
        "spring" => 1,
        "summer" => 2,
        "autumn" | "fall" => 3,
        _ => return None,
    })
}

fn put<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    if slot.is_some() {
        return None;
    }
    *slot = Some(value);
    Some(())
}
