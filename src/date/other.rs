//! The grammar of dates of other calendars and eras:
//! - `15 خرداد 1399`, `10 محرم 1442 هـ`, `15 Nisan 5781`, `Nisan 15, 5781`, `ט״ו בשבט תשפ״א`, `መስከረም 2 ቀን 2013`;
//! - `昭和64年1月7日`, `令和元年`, `民國109年`; and the Buddhist years of Thai months;
//! - `7 May 1915 (Old Style)`: a day of the Julian calendar.

use super::calendar::Calendar;
use super::explicit::{Cursor, Parts};
use super::token::TokenKind;

/// A date of another calendar; what it does not name is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OtherDate {
    pub(crate) calendar: Calendar,
    pub(crate) year: Option<i32>,
    pub(crate) month: i8,
    pub(crate) day: Option<i8>,
}

impl OtherDate {
    /// The Gregorian day, where day and year are named and the calendar has them.
    pub(crate) fn gregorian(&self) -> Option<Parts> {
        let date = self.calendar.day(self.year?, self.month, self.day?)?;
        Some(Parts { year: Some(date.year()), month: date.month(), day: Some(date.day()), assumed: false })
    }
}

/// What may stand between a month and its year.
const BEFORE_YEAR: &str = "سنة عام سال לשנת שנת ቀን of";
/// What may stand behind a year and says whose it is.
const BEHIND_YEAR: &str = "هـ ه هجرية هجري هجری شمسی قمری ah ap am ce";

/// The date of another calendar that begins at the cursor and names a month, and the token after it.
pub(crate) fn other_date(start: Cursor<'_>) -> Option<(OtherDate, usize)> {
    let mut cur = start;
    let day = match cur.peek()?.kind {
        TokenKind::Number(_, 1 | 2) => cur.number(1, 2),
        TokenKind::Word(_) => hebrew_number(&mut cur).filter(|day| *day <= 30),
        TokenKind::OtherMonth(..) => None,
        _ => return None,
    };
    if day.is_none() && cur.at > start.at || day.is_some_and(|day| !(1..=31).contains(&day)) {
        return None;
    }
    if day.is_some() {
        super::explicit::ordinal(&mut cur);
        cur.word("of");
    }
    let TokenKind::OtherMonth(calendar, month) = cur.peek()?.kind else { return None };
    cur.at += 1;
    let mut day = day.map(|day| day as i8);
    if day.is_none() {
        let mut inner = cur;
        let number = inner.number(1, 2).filter(|number| (1..=31).contains(number));
        if number.is_some() {
            day = number.map(|day| day as i8);
            cur = inner;
        }
    }
    let found = |year, at| Some((OtherDate { calendar, year, month, day }, at));
    match year_of(calendar, cur) {
        Some((year, at)) => found(Some(year), at),
        None => found(None, cur.at),
    }
}

/// The year of a calendar, with the words before and behind it.
fn year_of(calendar: Calendar, mut cur: Cursor<'_>) -> Option<(i32, usize)> {
    cur.mark(",،");
    while cur.word(BEFORE_YEAR) {}
    let year = match cur.peek()?.kind {
        TokenKind::Number(_, 4) => cur.number(4, 4)? as i32,
        // The thousands are left out: 781 is 5781.
        TokenKind::Word(_) if calendar == Calendar::Hebrew => {
            let number = hebrew_number(&mut cur)? as i32;
            if number < 1000 { number + 5000 } else { number }
        }
        _ => return None,
    };
    cur.word(BEHIND_YEAR);
    calendar.years().contains(&year).then_some((year, cur.at))
}

/// The year alone that says it is of the Islamic calendar: `1442 هـ`.
pub(crate) fn hijri_year(mut cur: Cursor<'_>) -> Option<(i32, usize)> {
    let year = cur.number(4, 4)? as i32;
    let said = cur.word("هـ هجرية هجري هجری ah");
    (said && Calendar::Hijri.years().contains(&year)).then_some((year, cur.at))
}

/// A number in Hebrew letters, which a double quote parts or a single one follows: `ט״ו`, `תשפ"א`, `א'`.
fn hebrew_number(cur: &mut Cursor<'_>) -> Option<u32> {
    let mut inner = *cur;
    let first = inner.peek()?.span.of(inner.text);
    // Cheap for the words of all other scripts.
    if !first.starts_with(|c: char| ('\u{05D0}'..='\u{05EA}').contains(&c)) || first.len() > 10 {
        return None;
    }
    inner.at += 1;
    // `בט״ו`: in, on.
    let first = first.strip_prefix(['ב', 'ל', 'ה']).filter(|rest| !rest.is_empty()).unwrap_or(first);
    let mut letters = first.to_owned();
    // The double quote in the middle of a word may be one of its letters for the tokens.
    if !letters.contains('\u{05F4}') {
        if inner.glued() && inner.mark("\"״”").is_some() {
            let last = inner.peek().filter(|_| inner.glued())?.span.of(inner.text);
            letters.push_str(last);
            inner.at += 1;
        } else if !(inner.glued() && inner.mark("'׳’").is_some()) {
            return None;
        }
    }
    let number = letters.chars().filter(|c| *c != '\u{05F4}').try_fold(0, |sum, c| Some(sum + letter_value(c)?))?;
    *cur = inner;
    (number > 0).then_some(number)
}

/// The value of a Hebrew letter as a figure.
fn letter_value(c: char) -> Option<u32> {
    const LETTERS: [(char, u32); 22] = [
        ('א', 1),
        ('ב', 2),
        ('ג', 3),
        ('ד', 4),
        ('ה', 5),
        ('ו', 6),
        ('ז', 7),
        ('ח', 8),
        ('ט', 9),
        ('י', 10),
        ('כ', 20),
        ('ל', 30),
        ('מ', 40),
        ('נ', 50),
        ('ס', 60),
        ('ע', 70),
        ('פ', 80),
        ('צ', 90),
        ('ק', 100),
        ('ר', 200),
        ('ש', 300),
        ('ת', 400),
    ];
    LETTERS.iter().find(|(letter, _)| *letter == c).map(|(_, value)| *value)
}

/// Eras of the Far East, by their two characters, and the year before their first.
const ERAS: [(&str, i16); 7] =
    [("明治", 1867), ("大正", 1911), ("昭和", 1925), ("平成", 1988), ("令和", 2018), ("民國", 1911), ("民国", 1911)];

/// `昭和64年`, `令和元年`, `民國109年`: the Gregorian year, and the token after the sign for year.
pub(crate) fn era_year(mut cur: Cursor<'_>) -> Option<(i16, usize)> {
    let TokenKind::Mark(first) = cur.peek()?.kind else { return None };
    let second = cur.tokens.get(cur.at + 1)?.kind;
    let is_second = |name: &str| matches!(second, TokenKind::Mark(c) if name.ends_with(c));
    let (_, before) = ERAS.into_iter().find(|(name, _)| name.starts_with(first) && is_second(name))?;
    cur.at += 2;
    let year = if cur.mark("元").is_some() { 1 } else { cur.number(1, 3)? };
    cur.mark("年")?;
    // The longest era so far is that of the Republic of China.
    (1..=150).contains(&year).then_some((before + year as i16, cur.at))
}

/// `昭和64年1月7日`, `平成23年3月`.
pub(crate) fn era_date(start: Cursor<'_>) -> Option<(Parts, usize)> {
    let (year, at) = era_year(start)?;
    let mut cur = Cursor { at, ..start };
    let month = cur.number(1, 2).filter(|month| (1..=12).contains(month))? as i8;
    cur.mark("月")?;
    let mut last = cur;
    let day = last.number(1, 2).filter(|day| (1..=31).contains(day)).filter(|_| last.mark("日号號").is_some());
    let end = if day.is_some() { last.at } else { cur.at };
    Some((Parts { year: Some(year), month, day: day.map(|day| day as i8), assumed: false }, end))
}

/// The Gregorian year of one behind a Thai month, which counts from the Buddha: `6 มิถุนายน 2554` is in 2011.
pub(crate) fn buddhist(month: &str, year: i16) -> i16 {
    let thai = month.starts_with(|c: char| ('\u{0E00}'..='\u{0E7F}').contains(&c));
    if thai && (2400..2700).contains(&year) { year - 543 } else { year }
}

/// The token after words that say that the day before them is of the Julian calendar.
pub(crate) fn old_style(mut cur: Cursor<'_>) -> Option<usize> {
    cur.word("года г");
    let bracket = cur.mark("([").is_some();
    cur.mark(",");
    let said = cur.word("old") && cur.word("style")
        || dotted(&mut cur, "o", "s")
        || dotted(&mut cur, "ст", "ст")
        || cur.word("по") && cur.word("старому") && cur.word("стилю");
    if bracket {
        cur.mark(")]")?;
    }
    said.then_some(cur.at)
}

/// Two short words with their stops: `O.S.`, `ст. ст.`.
fn dotted(cur: &mut Cursor<'_>, first: &str, second: &str) -> bool {
    let mut inner = *cur;
    let found = inner.word(first) && inner.mark(".").is_some() && inner.word(second);
    if found {
        inner.mark(".");
        *cur = inner;
    }
    found
}
