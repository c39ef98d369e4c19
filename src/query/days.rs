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
const MOST_DATE_WORDS: usize = 8;

/// Reads a folded expression. `today` is what relative ones rest on.
pub(super) fn read(text: &str, today: Date) -> Option<Days> {
    let text = text.trim();
    // Figures first: names of months are looked up in every language, which costs more than all forms of numbers.
    if let Some(days) = figures(text) {
        return Some(days);
    }
    let mut parts: Vec<String> = Vec::new();
    // In figures the hyphen belongs to the date; `november-2020` is two words.
    let hyphened = text.contains(char::is_alphabetic);
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '_' | '/') || (hyphened && c == '-')) {
        if part.is_empty() || matches!(part, "of" | "the" | "in" | "on" | "de" | "del" | "год" | "года" | "г.")
        {
            continue;
        }
        // A paragraph that was pasted behind the colon is given up before its words are looked up.
        if parts.len() == MOST_DATE_WORDS {
            return None;
        }
        match parts.last_mut() {
            // Names of months of several words, as Vietnamese has them.
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
        // An archive knows days: so many hours reach back to the day that holds them, rounded up.
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
    // `2020-11-10` has ten bytes, and no other form in figures is longer.
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
    // Most of the world writes the day first; a second number over 12 can be no month.
    let (day, month) = if second > 12 { (second, first) } else { (first, second) };
    let date = Date::new(year, month, day).ok()?;
    // With full stops or hyphens hardly anybody puts the month first; with slashes Americans do.
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
        // The last three days include today, as people who say it on the third mean it.
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
            // Last Monday, asked on a Monday, is a week ago.
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
                // A day of this year that is still to come was last meant a year ago: archives hold the past.
                None => of(today.year()).filter(|date| *date <= today).or_else(|| of(today.year() - 1))?,
            };
            Some(Days::one(date))
        }
        // A month that has begun is this year's, though it is not over.
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
            // The winter of a year begins in December of the one before.
            of(today.year() + 1).or_else(|| of(today.year())).or_else(|| of(today.year() - 1))?
        }
    };
    Some(interval.into())
}

impl Named {
    /// Finds the one place where `part` fits.
    fn take(&mut self, part: &str) -> Option<()> {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // Four figures are a year, never a day and a month run together.
        if digits == 4 && digits == part.len() {
            return put(&mut self.year, part.parse().ok()?);
        }
        if matches!(digits, 1 | 2) && matches!(&part[digits..], "" | "." | "st" | "nd" | "rd" | "th") {
            return put(&mut self.day, part[..digits].parse().ok()?);
        }
        // Abbreviations keep their full stop: `Nov.`
        let word = part.trim_end_matches('.');
        if let Some(season) = season(word) {
            return put(&mut self.season, season);
        }
        // A name that several languages have for different months is read as English has it.
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
    // Two years or two months are no date: whatever it is, it is read as words.
    if slot.is_some() {
        return None;
    }
    *slot = Some(value);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday.
    const TODAY: Date = jiff::civil::date(2026, 11, 22);

    /// Checks rows `TYPED ==> FIRST..LAST`; one day stands alone, `?` behind what was guessed, nothing for no date.
    #[track_caller]
    fn check(rows: &str) {
        for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
            let (typed, expected) = row.split_once("==>").expect("a row has ==>");
            let printed = match read(typed.trim(), TODAY) {
                None => String::new(),
                Some(Days { first, last, guessed }) => {
                    let last = if first == last { String::new() } else { format!("..{last}") };
                    format!("{first}{last}{}", if guessed { "?" } else { "" })
                }
            };
            assert_eq!(printed, expected.trim(), "{typed}");
        }
    }

    #[test]
    fn dates_in_figures() {
        check(
            "2020 ==> 2020-01-01..2020-12-31
            2020-02 ==> 2020-02-01..2020-02-29
            2020-02-29 ==> 2020-02-29
            2021-02-29 ==>
            20200229 ==> 2020-02-29
            29.02.2020 ==> 2020-02-29
            29-02-2020 ==> 2020-02-29
            1/2/2020 ==> 2020-02-01?
            2/2/2020 ==> 2020-02-02
            13/2/2020 ==> 2020-02-13
            2/13/2020 ==> 2020-02-13
            13/13/2020 ==>
            1.2.20 ==>
            2/2020 ==> 2020-02-01..2020-02-29
            13/2020 ==>
            2020-w01 ==> 2019-12-30..2020-01-05
            2020-w54 ==>
            2020-q1 ==> 2020-01-01..2020-03-31
            2020q4 ==> 2020-10-01..2020-12-31
            q2 2020 ==> 2020-04-01..2020-06-30
            q5 2020 ==>
            1990s ==> 1990-01-01..1999-12-31
            199s ==>
            1 ==>
            12345 ==>",
        );
    }

    #[test]
    fn dates_that_are_counted_from_today() {
        check(
            "today ==> 2026-11-22
            now ==> 2026-11-22
            yesterday ==> 2026-11-21
            tomorrow ==> 2026-11-23
            this week ==> 2026-11-16..2026-11-22
            last week ==> 2026-11-09..2026-11-15
            next week ==> 2026-11-23..2026-11-29
            past month ==> 2026-10-01..2026-10-31
            this quarter ==> 2026-10-01..2026-12-31
            last quarter ==> 2026-07-01..2026-09-30
            last year ==> 2025-01-01..2025-12-31
            this decade ==> 2020-01-01..2029-12-31
            last decade ==> 2010-01-01..2019-12-31
            last day ==> 2026-11-21
            last sunday ==> 2026-11-15
            this sunday ==> 2026-11-22
            next sunday ==> 2026-11-29
            last monday ==> 2026-11-16
            next monday ==> 2026-11-23
            this november ==> 2026-11-01..2026-11-30
            last november ==> 2025-11-01..2025-11-30
            last october ==> 2026-10-01..2026-10-31
            next november ==> 2027-11-01..2027-11-30
            next december ==> 2026-12-01..2026-12-31
            last fortnight ==>",
        );
    }

    #[test]
    fn durations() {
        check(
            "30d ==> 2026-10-23..2026-11-22
            2weeks ==> 2026-11-08..2026-11-22
            1month ==> 2026-10-22..2026-11-22
            1y ==> 2025-11-22..2026-11-22
            24h ==> 2026-11-21..2026-11-22
            25h ==> 2026-11-20..2026-11-22
            3 days ==> 2026-11-19..2026-11-22
            last 3 days ==> 2026-11-19..2026-11-22
            previous 2 weeks ==> 2026-11-08..2026-11-22
            3 days ago ==> 2026-11-19
            a week ago ==> 2026-11-15
            one year ago ==> 2025-11-22
            last x days ==>
            3 moons ago ==>
            99999999999d ==>",
        );
        assert_eq!(back("2 weeks", TODAY), Date::new(2026, 11, 8).ok());
        assert_eq!(back("week", TODAY), None);
        assert_eq!(back("99999y", TODAY), None);
    }

    #[test]
    fn dates_in_words() {
        check(
            "november ==> 2026-11-01..2026-11-30
            december ==> 2025-12-01..2025-12-31
            november 2020 ==> 2020-11-01..2020-11-30
            2020 november ==> 2020-11-01..2020-11-30
            november-2020 ==> 2020-11-01..2020-11-30
            10 nov. 2020 ==> 2020-11-10
            nov 10, 2020 ==> 2020-11-10
            the 1st of november in 2020 ==> 2020-11-01
            2nd november ==> 2026-11-02
            23 november ==> 2025-11-23
            22 november ==> 2026-11-22
            30 feb 2020 ==>
            sunday ==> 2026-11-22
            monday ==> 2026-11-16
            tuesday 10 november 2020 ==> 2020-11-10
            monday 2020 ==>
            monday november ==>
            10 november 11 ==>
            november november ==>
            2020 2021 ==>
            summer 2020 ==> 2020-06-01..2020-08-31
            autumn ==> 2026-09-01..2026-11-30
            fall ==> 2026-09-01..2026-11-30
            winter ==> 2025-12-01..2026-02-28
            summer monday ==>
            10 ==>
            of the in ==>
            a b c d e f g h i ==>",
        );
    }

    #[test]
    fn names_of_months_in_other_languages() {
        check(
            "10 ноября 2020 ==> 2020-11-10
            10 ноября 2020 года ==> 2020-11-10
            10 noyabr 2020 ==> 2020-11-10
            10 de noviembre de 2020 ==> 2020-11-10
            november 2020 ==> 2020-11-01..2020-11-30
            bazar ertesi ==> 2026-11-16
            cersenbe 11 noyabr 2020 ==> 2020-11-11",
        );
    }
}
