//! The grammar of dates that name their month, and mostly their year, in the languages of `names`.
//!
//! What is read at a token, longest form first:
//! - `2020-11-10`, `2020/11/10`, `2020. 11. 10.`, `2020年11月10日`, `2020년 11월 10일`;
//! - `10/11/2020`, `10.11.2020`, `10-11-20`;
//! - `10 November 2020`, `10. Nov. 2020`, `10 de noviembre de 2020`, `10th of November, 2020`, `10-Nov-20`;
//! - `November 10, 2020`, `Nov 10th 2020`;
//! - `2020. november 10.`, `2020-ci il noyabrın 10`, `2020 წლის 10 ნოემბერი`;
//! - `November 2020`, `noviembre de 2020`, `2020年11月`;
//! - and the forms that name or mark their month again without the year.

use super::calendar::Calendar;
use super::other::{buddhist, era_date, old_style, other_date};
use super::token::{Token, TokenKind};

/// Which of two numbers below 13 is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `10/11/2020` is the tenth of November.
    DayMonth,
    /// `10/11/2020` is the eleventh of October.
    MonthDay,
}

impl Order {
    /// The order of a language tag: month first for English without a region and for the regions that write so
    /// (CLDR: US, PH, and the US territories), day first for all others.
    pub fn of(tag: Option<&str>) -> Order {
        let tag = tag.unwrap_or("").to_ascii_lowercase().replace('_', "-");
        match tag.split_once('-') {
            None if tag == "en" => Order::MonthDay,
            Some(("en" | "es" | "fil", "us" | "ph" | "pr" | "gu" | "vi" | "as" | "um")) => Order::MonthDay,
            _ => Order::DayMonth,
        }
    }
}

/// The parts of a date as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: Option<i8>,
    /// True when the order of day and month was only assumed.
    pub(crate) assumed: bool,
}

/// A cursor over tokens; every reading starts from a copy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    /// The token under the cursor.
    pub(crate) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    /// A number with `min` to `max` digits.
    pub(crate) fn number(&mut self, min: u8, max: u8) -> Option<u32> {
        match self.peek()?.kind {
            TokenKind::Number(value, digits) if (min..=max).contains(&digits) => {
                self.at += 1;
                Some(value)
            }
            _ => None,
        }
    }

    /// One of the marks.
    pub(crate) fn mark(&mut self, marks: &str) -> Option<char> {
        match self.peek()?.kind {
            TokenKind::Mark(c) if marks.contains(c) => {
                self.at += 1;
                Some(c)
            }
            _ => None,
        }
    }

    /// One of the words, which are given in lower case with blanks between and compared without regard to ASCII case.
    pub(crate) fn word(&mut self, words: &str) -> bool {
        let Some(token) = self.peek() else { return false };
        let written = token.span.of(self.text);
        let found = matches!(token.kind, TokenKind::Word(_) | TokenKind::Weekday(..))
            && words.split(' ').any(|word| word.eq_ignore_ascii_case(written));
        self.at += usize::from(found);
        found
    }

    /// True when no white space stands before the token under the cursor.
    pub(crate) fn glued(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        match (before, self.peek()) {
            (Some(before), Some(here)) => before.span.end == here.span.start,
            _ => false,
        }
    }

    fn month(&mut self) -> Option<(i8, bool)> {
        let TokenKind::Month(month, short) = self.peek()?.kind else { return None };
        // The stop of `Nov.` belongs to the month and ends no sentence.
        self.at += 1;
        if short {
            self.mark(".");
        }
        // Arab papers write both names of a month: `تشرين الثاني/نوفمبر`.
        let mut next = *self;
        next.mark("/");
        if matches!(next.peek().map(|token| token.kind), Some(TokenKind::Month(other, _)) if other == month) {
            self.at = next.at + 1;
        }
        Some((month, short))
    }

    fn day(&mut self) -> Option<i8> {
        let day = self.number(1, 2)?;
        (1..=31).contains(&day).then_some(day as i8)
    }

    fn year(&mut self) -> Option<i16> {
        // From 1000 on: earlier years are printed with fewer figures or with their era.
        let year = self.number(4, 4)?;
        (1000..3000).contains(&year).then_some(year as i16)
    }
}

/// The date that begins at the cursor, and the index of the token after it.
pub(crate) fn explicit(start: Cursor<'_>, order: Order) -> Option<(Parts, usize)> {
    let other = || other_date(start).and_then(|(date, at)| Some((date.gregorian()?, at)));
    let (parts, end) = match start.peek()?.kind {
        TokenKind::Number(_, 4) => year_first(start),
        TokenKind::Number(_, 1 | 2) => {
            numeric(start, order).or_else(|| day_first(start)).or_else(|| month_day_sign(start)).or_else(other)
        }
        TokenKind::Month(..) => month_first(start),
        TokenKind::Mark(c) if !c.is_ascii() => era_date(start),
        TokenKind::Word(_) => month_in_figures(start).or_else(other),
        TokenKind::OtherMonth(..) => other(),
        _ => None,
    }?;
    // Old Style: the day of the Julian calendar becomes one of ours.
    let marked = parts.year.zip(parts.day).and_then(|(year, day)| {
        let at = old_style(Cursor { at: end, ..start })?;
        Some((Calendar::Julian.day(i32::from(year), parts.month, day)?, at))
    });
    Some(match marked {
        Some((date, at)) => {
            (Parts { year: Some(date.year()), month: date.month(), day: Some(date.day()), assumed: false }, at)
        }
        None => (parts, end),
    })
}

/// `tháng 9 năm 2020`: Vietnamese counts its months.
fn month_in_figures(mut cur: Cursor<'_>) -> Option<(Parts, usize)> {
    let month = counted_month(&mut cur)?;
    let year = counted_year(&mut cur);
    Some((Parts { year, month, day: None, assumed: false }, cur.at))
}

fn counted_month(cur: &mut Cursor<'_>) -> Option<i8> {
    let mut inner = *cur;
    // The folded word is no other one of Vietnamese; its capital is not ASCII-folded as a whole, but its first letter is.
    if !inner.word("tháng") {
        return None;
    }
    let month = inner.number(1, 2).filter(|month| (1..=12).contains(month))?;
    *cur = inner;
    Some(month as i8)
}

fn counted_year(cur: &mut Cursor<'_>) -> Option<i16> {
    let mut inner = *cur;
    if !inner.word("năm") && inner.mark("/-").is_none() {
        return None;
    }
    let year = inner.year()?;
    *cur = inner;
    Some(year)
}

const YEAR_WORDS: &str = "ci cı cu cü il ilin ili թ թվականի წლის წელს წ gada";
/// Marks with which a number goes on, so that it is neither a day nor a year.
const FRACTION: &str = ".,:%";
const OF: &str = "of de del d' عام سنة";
const ORDINALS: &str = "st nd rd th er re e º ª го е й ին ე მე da də de dan dən";

/// `2020-11-10`, `2020年11月10日`, `2020. november 10.`, `2020年11月`.
fn year_first(start: Cursor<'_>) -> Option<(Parts, usize)> {
    year_in_figures(start).or_else(|| year_before_month(start))
}

/// `2020-11-10`, `2020年11月10日`, `2020年11月`.
fn year_in_figures(mut cur: Cursor<'_>) -> Option<(Parts, usize)> {
    let persian = cur.peek()?.span.of(cur.text).starts_with(|c: char| ('\u{06F0}'..='\u{06F9}').contains(&c));
    let year = Some(cur.year()?);
    let separator = cur.mark("-/.年년")?;
    let east = separator == '年' || separator == '년';
    if !east && separator != '.' && !cur.glued() {
        return None;
    }
    let month = cur.number(1, 2).filter(|month| (1..=12).contains(month))? as i8;
    let second = if east { cur.mark("月월") } else { cur.mark(&separator.to_string()) };
    let mut last = cur;
    if second.is_some()
        && let Some(day) = last.day()
    {
        if east {
            last.mark("日일号");
        }
        // `۱۳۹۹/۰۳/۱۵`: in Persian figures such years are those of Iran.
        if persian && year.is_some_and(|year| (1300..1500).contains(&year)) {
            let date = Calendar::Persian.day(year?.into(), month, day)?;
            let parts = Parts { year: Some(date.year()), month: date.month(), day: Some(date.day()), assumed: false };
            return Some((parts, last.at));
        }
        return Some((Parts { year, month, day: Some(day), assumed: false }, last.at));
    }
    let is_month = east && second.is_some() || separator == '-' && cur.tokens[cur.at - 1].span.len() == 2;
    is_month.then_some((Parts { year, month, day: None, assumed: false }, cur.at))
}

/// `2020. november 10.`, `2020 10 ноября`, `2020 november`.
fn year_before_month(mut cur: Cursor<'_>) -> Option<(Parts, usize)> {
    let year = Some(cur.year()?);
    cur.mark(".,-");
    while cur.word(YEAR_WORDS) {
        cur.mark(".");
    }
    let mut day_before = cur;
    if let Some(day) = day_before.day() {
        day_before.mark(".");
        let (month, _) = day_before.month()?;
        return Some((Parts { year, month, day: Some(day), assumed: false }, day_before.at));
    }
    let (month, _) = cur.month()?;
    let mut inner = cur;
    let day = inner.day().filter(|_| !continues(&inner, FRACTION));
    if day.is_some() {
        cur = inner;
        ordinal(&mut cur);
    }
    Some((Parts { year, month, day, assumed: false }, cur.at))
}

/// `11月10日`, `11월 10일`.
fn month_day_sign(start: Cursor<'_>) -> Option<(Parts, usize)> {
    let mut cur = start;
    let month = cur.number(1, 2).filter(|month| (1..=12).contains(month))? as i8;
    cur.mark("月월")?;
    let day = cur.day()?;
    cur.mark("日일号")?;
    Some((Parts { year: None, month, day: Some(day), assumed: false }, cur.at))
}

/// `10/11/2020`, `10.11.20`, `10-11-2020`.
fn numeric(start: Cursor<'_>, order: Order) -> Option<(Parts, usize)> {
    let mut cur = start;
    let first = cur.number(1, 2)?;
    let separator = cur.mark("/.-")?;
    if separator != '.' && !cur.glued() {
        return None;
    }
    let second = cur.number(1, 2)?;
    if cur.mark("/.-")? != separator || (separator != '.' && !cur.glued()) {
        return None;
    }
    let year = match cur.peek()?.kind {
        TokenKind::Number(year, 4) if (1000..3000).contains(&year) => year as i16,
        TokenKind::Number(year, 2) if cur.glued() => in_window(year),
        _ => return None,
    };
    cur.at += 1;
    // `10.11.2020.4` is a version.
    if continues(&cur, "./-") {
        return None;
    }
    // Nobody prints months first with stops between.
    let order = if separator == '.' { Order::DayMonth } else { order };
    let (day, month) = day_and_month(first, second, order);
    // Where both could be the month the order was a guess: a caller with other evidence may swap them.
    let assumed = separator != '.' && first <= 12 && second <= 12 && first != second;
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some((Parts { year: Some(year), month: month as i8, day: Some(day as i8), assumed }, cur.at))
}

/// The year that two figures stand for: the window of POSIX, 1969 to 2068.
fn in_window(figures: u32) -> i16 {
    (if figures < 69 { 2000 + figures } else { 1900 + figures }) as i16
}

/// Which of two numbers is the day and which the month; `order` decides where both can be either.
fn day_and_month(first: u32, second: u32, order: Order) -> (u32, u32) {
    match order {
        _ if second > 12 => (second, first),
        _ if first > 12 => (first, second),
        Order::DayMonth => (first, second),
        Order::MonthDay => (second, first),
    }
}

/// `10 November 2020`, `10 de noviembre de 2020`, `10-Nov-20`, `10 ноября`.
fn day_first(start: Cursor<'_>) -> Option<(Parts, usize)> {
    let mut cur = start;
    let day = Some(cur.day()?);
    if cur.mark(".").is_none() || cur.glued() {
        ordinal(&mut cur);
    }
    let dashed = cur.mark("-/").is_some();
    while cur.word(OF) {
        cur.mark("'’");
    }
    if let Some(month) = counted_month(&mut cur) {
        let year = counted_year(&mut cur);
        return Some((Parts { year, month, day, assumed: false }, cur.at));
    }
    let name = cur.at;
    let (month, short) = cur.month()?;
    let (year, end) = year_behind(cur, dashed, short).map_or((None, cur.at), |(year, end)| (Some(year), end));
    let year = year.map(|year| buddhist(cur.tokens[name].span.of(cur.text), year));
    Some((Parts { year, month, day, assumed: false }, end))
}

/// The year behind day and month, of two figures too where they are joined by dashes.
fn year_behind(mut cur: Cursor<'_>, dashed: bool, short: bool) -> Option<(i16, usize)> {
    if dashed {
        cur.mark("-/");
    }
    cur.mark(",.");
    of_year(&mut cur);
    let mut long = cur;
    if let Some(year) = long.year().filter(|_| !continues(&long, FRACTION)) {
        return Some((year, long.at));
    }
    if let Some(found) = apostrophe_year(cur) {
        return Some(found);
    }
    let blank = !cur.glued();
    let year = cur.number(2, 2)?;
    // `15 Jun 19` behind a short month; `3 Dec 98 people` counts.
    let read = dashed || short && blank && !continues(&cur, FRACTION) && !counts(&cur);
    read.then_some((in_window(year), cur.at))
}

/// `'19` behind a month.
fn apostrophe_year(mut cur: Cursor<'_>) -> Option<(i16, usize)> {
    cur.mark("'’‘").filter(|_| cur.glued())?;
    let year = cur.number(2, 2).filter(|_| !continues(&cur, FRACTION))?;
    // The thirty years to come are nearer than those a hundred back.
    Some(((if year < 30 { 2000 + year } else { 1900 + year }) as i16, cur.at))
}

/// True when the word under the cursor may be what the number before it counts.
fn counts(cur: &Cursor<'_>) -> bool {
    const LINKS: &str = "and or to in at on by from was is were but when while as for et y und e i";
    let word = cur.peek().filter(|token| matches!(token.kind, TokenKind::Word(_)));
    word.is_some_and(|token| token.span.of(cur.text).starts_with(char::is_lowercase)) && !cur.clone().word(LINKS)
}

/// What stands between a month and its year: `de`, `พ.ศ.`.
fn of_year(cur: &mut Cursor<'_>) {
    while cur.word(OF) {}
    let mut era = *cur;
    if era.word("พ ค") && era.mark(".").is_some() && era.word("ศ") && era.mark(".").is_some() {
        *cur = era;
    }
}

/// `November 10, 2020`, `November 10`, `November 2020`, `novembre de 2020`.
fn month_first(start: Cursor<'_>) -> Option<(Parts, usize)> {
    let mut cur = start;
    let (month, _) = cur.month()?;
    let mut with_day = cur;
    if let Some(day) = with_day.day().filter(|_| !continues(&with_day, FRACTION)) {
        ordinal(&mut with_day);
        let mut end = with_day.at;
        with_day.mark(",");
        let year = with_day.year().filter(|_| !continues(&with_day, FRACTION));
        if year.is_some() {
            end = with_day.at;
        }
        return Some((Parts { year, month, day: Some(day), assumed: false }, end));
    }
    let mut with_year = cur;
    with_year.mark(",-/");
    of_year(&mut with_year);
    let year = with_year.year().filter(|_| !continues(&with_year, FRACTION));
    let year = year.map(|year| buddhist(start.tokens[start.at].span.of(start.text), year));
    if year.is_none()
        && let Some((year, end)) = apostrophe_year(cur)
    {
        return Some((Parts { year: Some(year), month, day: None, assumed: false }, end));
    }
    let end = if year.is_some() { with_year.at } else { cur.at };
    Some((Parts { year, month, day: None, assumed: false }, end))
}

/// The ending of an ordinal number: `10th`, `1er`, `1º`, `10-го`, `10-da`.
pub(super) fn ordinal(cur: &mut Cursor<'_>) {
    let mut next = *cur;
    if next.mark("º°").is_some() {
        *cur = next;
        return;
    }
    if next.mark("-").is_some() && !next.glued() {
        return;
    }
    if next.glued() && next.word(ORDINALS) {
        *cur = next;
    }
}

/// True when the number before the cursor goes on with one of the marks: `10.5`, `10:30`, `10,000`, `10%`.
fn continues(cur: &Cursor<'_>, marks: &str) -> bool {
    let mut next = *cur;
    if !next.glued() {
        return false;
    }
    match next.mark(marks) {
        Some('%') => true,
        Some(_) => next.glued() && matches!(next.peek().map(|token| token.kind), Some(TokenKind::Number(..))),
        None => false,
    }
}
