//! What people type for a range of days: `2020`, `2019..2021`, `monday..`, `last week`, `>=2020 <2021-05`.
//!
//! Forms with two ends are taken apart here; what stands for one stretch of days is read in [`super::days`].

use std::borrow::Cow;

use jiff::ToSpan;

use super::days::{self, Days};
use crate::date::Date;
use crate::text::fold;

/// What a date field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DateFilter {
    /// Articles without this date.
    None,
    /// Articles with this date in the range.
    Within(DateRange),
}

/// A range of days, both ends included; an end that is `None` is open. Both open: any date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct DateRange {
    /// First day.
    pub(crate) from: Option<Date>,
    /// Last day, never before `from`.
    pub(crate) to: Option<Date>,
}

/// A filter as read, with what was odd about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateReading {
    /// What is asked for.
    pub(crate) filter: DateFilter,
    /// Why it may not be what was meant: ends swapped, day and month told apart by a guess.
    pub(crate) note: Option<&'static str>,
}

/// The longest text that can be a date, in bytes: "between the 10th of November, 2020 and ..." has under 80.
const LONGEST_DATE: usize = 120;

const SWAPPED: &str = "the range ends before it begins; its ends were swapped";
const DAY_FIRST: &str = "read with the day before the month; 2020-11-10 is never mistaken";

impl DateFilter {
    /// Reads what stands after `date:`; `None` where it is no date. `today` is what relative dates rest on.
    pub(crate) fn read(text: &str, today: Date) -> Option<DateReading> {
        // Dates are read again for every chunk that may belong to them, so what is read has to be short.
        if text.len() > LONGEST_DATE {
            return None;
        }
        let text = fold(text).replace('…', "..").replace("...", "..");
        let text = as_typed_here(text.trim());
        let text = text.trim();
        match text {
            "none" | "undated" | "unknown" => return Some(DateReading { filter: DateFilter::None, note: None }),
            "any" | "dated" | ".." => return Reader::default().finish(),
            _ => {}
        }
        let reader = Reader { today, ..Reader::default() };
        if text.starts_with(['<', '>']) { reader.comparisons(text) } else { reader.range(text) }
    }
}

/// `text` without what other systems put into a date: brackets around a range (`[2019 TO 2021]`), words for signs of
/// comparison (`aft 2019`, `geq (2019-11-01) and leq (2020-01-31)`).
fn as_typed_here(text: &str) -> Cow<'_, str> {
    const SIGNS: [(&str, &str); 7] =
        [("aft", ">"), ("bef", "<"), ("is", ""), ("geq", ">="), ("leq", "<="), ("gte", ">="), ("lte", "<=")];
    if text.starts_with(['[', '{']) {
        let inner = text.trim_matches(['[', ']', '{', '}']).replace('*', "");
        return Cow::Owned(inner.replace(" to ", ".."));
    }
    let sign = |word: &str| SIGNS.iter().find(|(known, _)| *known == word).map(|(_, sign)| *sign);
    if text.split([' ', '(']).next().and_then(sign).is_none() {
        return Cow::Borrowed(text);
    }
    let words = text.split([' ', '(', ')']).filter(|word| !matches!(*word, "" | "and" | "&"));
    Cow::Owned(words.map(|word| sign(word).map_or_else(|| format!("{word} "), str::to_owned)).collect())
}

/// A range under construction.
#[derive(Clone, Copy, Debug, Default)]
struct Reader {
    today: Date,
    range: DateRange,
    note: Option<&'static str>,
}

impl Reader {
    /// The range with its ends in order; `None` where one lies before the year 1, which no page is of.
    fn finish(mut self) -> Option<DateReading> {
        // Nobody asks for no day at all: ends in the wrong order were meant the other way round.
        if let (Some(from), Some(to)) = (self.range.from, self.range.to)
            && to < from
        {
            self.range = DateRange { from: Some(to), to: Some(from) };
            self.note = Some(SWAPPED);
        }
        let ends = [self.range.from, self.range.to];
        // Stamps in the index begin with the year 1.
        let ours = ends.into_iter().flatten().all(|end| end.year() > 0);
        ours.then_some(DateReading { filter: DateFilter::Within(self.range), note: self.note })
    }

    fn days(&mut self, text: &str) -> Option<Days> {
        self.noted(days::read(text, self.today)?)
    }

    /// The day that a duration reaches back to (`2weeks..`), or the days that anything else names.
    fn end(&mut self, text: &str, anchor: Date) -> Option<Days> {
        // As an end of a range a duration is a point, `2weeks..`; alone it is a stretch that ends today.
        let read = match days::back(text, self.today) {
            Some(day) => Days::one(day),
            None => days::read(text, anchor)?,
        };
        self.noted(read)
    }

    fn noted(&mut self, days: Days) -> Option<Days> {
        if days.guessed {
            self.note = Some(DAY_FIRST);
        }
        Some(days)
    }

    /// `>=2020`, `<2021-05`, and several of them with blanks or commas between.
    fn comparisons(mut self, text: &str) -> Option<DateReading> {
        let mut rest = text;
        while !rest.is_empty() {
            let more = rest.starts_with('>');
            rest = &rest[1..];
            let equal = rest.starts_with('=');
            rest = &rest[usize::from(equal)..];
            let next = rest.find(['<', '>']).unwrap_or(rest.len());
            let value = rest[..next].trim_matches(|c: char| c.is_whitespace() || c == ',');
            rest = &rest[next..];
            if more { self.since(value, equal)? } else { self.until(value, equal)? }
        }
        self.finish()
    }

    fn since(&mut self, value: &str, equal: bool) -> Option<()> {
        let days = self.end(value, self.today)?;
        // After 2020 means after its last day.
        let from = if equal { days.first } else { days.last.checked_add(1.day()).ok()? };
        self.range.from = Some(self.range.from.map_or(from, |old| old.max(from)));
        Some(())
    }

    fn until(&mut self, value: &str, equal: bool) -> Option<()> {
        let days = self.end(value, self.today)?;
        let to = if equal { days.last } else { days.first.checked_sub(1.day()).ok()? };
        self.range.to = Some(self.range.to.map_or(to, |old| old.min(to)));
        Some(())
    }

    fn range(mut self, text: &str) -> Option<DateReading> {
        for (word, equal) in [("since ", true), ("from ", true), ("after ", false)] {
            if let Some(rest) = text.strip_prefix(word)
                // `from 2019 to 2021` is a range with two ends, `from 2019` one with one.
                && two_ends(rest).is_none()
            {
                self.since(rest.trim(), equal)?;
                return self.finish();
            }
        }
        for (word, equal) in [("until ", true), ("till ", true), ("up to ", true), ("before ", false)] {
            if let Some(rest) = text.strip_prefix(word) {
                self.until(rest.trim(), equal)?;
                return self.finish();
            }
        }
        let bare = text.strip_prefix("from ").or_else(|| text.strip_prefix("between ")).unwrap_or(text);
        let Some((first, second)) = two_ends(bare) else {
            let days = self.days(text)?;
            self.range = DateRange { from: Some(days.first), to: Some(days.last) };
            return self.finish();
        };
        self.ends(first.trim(), second.trim())
    }

    fn ends(mut self, first: &str, second: &str) -> Option<DateReading> {
        // `..` alone is read before, as any date; here it would be two dashes of a text.
        if first.is_empty() && second.is_empty() {
            return None;
        }
        if second.starts_with('p') && first.starts_with(|c: char| c.is_ascii_digit()) {
            return self.period(first, second);
        }
        if !second.is_empty() {
            self.range.to = Some(self.end(second, self.today)?.last);
        }
        if !first.is_empty() {
            let mut from = self.end(first, self.today)?.first;
            // "november..february" and "monday..friday": the first end is the latest before the second.
            if let Some(to) = self.range.to.filter(|to| *to < from) {
                let earlier = self.end(first, to)?.first;
                from = if earlier <= to { earlier } else { from };
            }
            self.range.from = Some(from);
        }
        self.finish()
    }

    /// ISO 8601's first day and duration: `2001/P1Y` is the year 2001.
    fn period(mut self, first: &str, duration: &str) -> Option<DateReading> {
        let from = self.days(first)?.first;
        let span: jiff::Span = duration.parse().ok()?;
        let to = from.checked_add(span).ok()?.checked_sub(1.day()).ok()?;
        self.range = DateRange { from: Some(from), to: Some(to) };
        self.finish()
    }
}

/// The two ends of a range, wherever people put the sign between them.
fn two_ends(text: &str) -> Option<(&str, &str)> {
    // A hyphen only between blanks: `2019-05` is a month, no range.
    for sign in ["..", "–", "—", " - ", " to ", " till ", " until ", " and "] {
        if let Some(ends) = text.split_once(sign) {
            return Some(ends);
        }
    }
    // ISO 8601: 2019-05-01/2019-06-30, 2001/P1Y.
    let iso = |part: &str| part.len() >= 7 && part.as_bytes()[4] == b'-';
    if let Some((first, second)) = text.split_once('/')
        && (second.starts_with('p') || (iso(first) && iso(second)))
    {
        return Some((first, second));
    }
    // 2019-2021, 2019/2021
    let year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    text.split_once(['-', '/']).filter(|(first, second)| year(first) && year(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 22);

    /// The canonical form, with a `!` where something is odd; nothing where it is no date.
    #[track_caller]
    fn check(rows: &str) {
        for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
            let (typed, expected) = row.split_once("==>").expect("a row has ==>");
            let read = DateFilter::read(typed.trim(), TODAY);
            let printed = read.map(|read| format!("{}{}", read.filter, if read.note.is_some() { "!" } else { "" }));
            assert_eq!(printed.unwrap_or_default(), expected.trim(), "{typed}");
        }
    }

    #[test]
    fn ends_with_signs_and_words_between() {
        check(
            "2019..2021 ==> 2019-01-01..2021-12-31
            2019…2021 ==> 2019-01-01..2021-12-31
            2019...2021 ==> 2019-01-01..2021-12-31
            2019 - 2021 ==> 2019-01-01..2021-12-31
            2019-2021 ==> 2019-01-01..2021-12-31
            2019/2021 ==> 2019-01-01..2021-12-31
            2019—2021 ==> 2019-01-01..2021-12-31
            2019 to 2021 ==> 2019-01-01..2021-12-31
            2019 till 2021 ==> 2019-01-01..2021-12-31
            2019 until 2021 ==> 2019-01-01..2021-12-31
            from 2019 to 2021 ==> 2019-01-01..2021-12-31
            between 2019 and 2021 ==> 2019-01-01..2021-12-31
            FROM 2019 TO 2021 ==> 2019-01-01..2021-12-31
            2021..2019 ==> 2019-12-31..2021-01-01!
            2019.. ==> 2019-01-01..
            ..2019 ==> ..2019-12-31
            .. ==> ..
            any ==> ..
            dated ==> ..
            none ==> none
            undated ==> none
            unknown ==> none
            1/2/2020..3/2/2020 ==> 2020-02-01..2020-02-03!
            2019..x ==>
            x..2019 ==>
            2019-05-01/2019-06-30 ==> 2019-05-01..2019-06-30
            2019-05/2019-06 ==> 2019-05-01..2019-06-30
            2001/p1y ==> 2001-01-01..2001-12-31
            2001-05-01/P1M ==> 2001-05-01..2001-05-31
            2001/px ==>",
        );
    }

    #[test]
    fn open_ends_in_words() {
        check(
            "since 2020 ==> 2020-01-01..
            from 2020 ==> 2020-01-01..
            after 2020 ==> 2021-01-01..
            after 2020-05-01 ==> 2020-05-02..
            until 2020 ==> ..2020-12-31
            till 2020-05 ==> ..2020-05-31
            up to 2020 ==> ..2020-12-31
            before 2020 ==> ..2019-12-31
            since yesterday ==> 2026-11-21..
            since 2weeks ==> 2026-11-08..
            since ==>
            before x ==>",
        );
    }

    #[test]
    fn comparisons() {
        check(
            ">2020 ==> 2021-01-01..
            >=2020 ==> 2020-01-01..
            <2020 ==> ..2019-12-31
            <=2020 ==> ..2020-12-31
            >=2020 <2021-05 ==> 2020-01-01..2021-04-30
            >=2020, <2021-05 ==> 2020-01-01..2021-04-30
            >=2019 >=2020 ==> 2020-01-01..
            <=2020 <=2019 ==> ..2019-12-31
            >2021 <2020 ==> 2019-12-31..2022-01-01!
            > ==>
            >=x ==>",
        );
    }

    #[test]
    fn the_first_end_without_a_year_is_the_latest_before_the_second() {
        check(
            "november..february ==> 2025-11-01..2026-02-28
            january..february ==> 2026-01-01..2026-02-28
            monday..friday ==> 2026-11-16..2026-11-20
            friday..monday ==> 2026-11-13..2026-11-16
            2weeks..1week ==> 2026-11-08..2026-11-15",
        );
    }

    #[test]
    fn no_date_is_before_the_year_one_or_too_long() {
        check("0000 ==>");
        let padded = |length: usize| format!("{}2020", " ".repeat(length - 4));
        assert!(DateFilter::read(&padded(LONGEST_DATE), TODAY).is_some());
        assert!(DateFilter::read(&padded(LONGEST_DATE + 1), TODAY).is_none());
    }
}
