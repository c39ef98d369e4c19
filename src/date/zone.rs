//! Time zones as pages write them.

use jiff::civil::Date;

use super::explicit::Cursor;
use super::token::TokenKind;

/// Abbreviations that mean one offset wherever they are printed, in minutes east of Greenwich. `IST`, `BST` and
/// `CST` mean several; of these only those are here that one reading dominates in print.
const ZONES: &[(&str, i16)] = &[
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("мск", 180),
    ("МСК", 180),
    ("TRT", 180),
    ("TSİ", 180),
    ("AZT", 240),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
];

/// Names of North American zones that follow the season, with their winter offset.
const SEASONAL: &[(&str, i16)] = &[("ET", -300), ("CT", -360), ("MT", -420), ("PT", -480)];

/// Minutes east of Greenwich in the zone of this name.
fn offset_of(name: &str, date: Date) -> Option<i16> {
    let fixed = ZONES.iter().find(|(zone, _)| *zone == name).map(|(_, offset)| *offset);
    fixed.or_else(|| SEASONAL.iter().find(|(zone, _)| *zone == name).map(|(_, winter)| winter + summer(date)))
}

/// The zone at the cursor, in minutes east of Greenwich, and the token after it: `GMT`, `(UTC+04:00)`, `+0400`, `ET`.
pub(crate) fn read(start: Cursor<'_>, date: Date) -> Option<(i16, usize)> {
    let mut cur = start;
    let bracket = cur.mark("(").is_some();
    let name = cur
        .peek()
        .filter(|token| matches!(token.kind, TokenKind::Word(_) | TokenKind::Month(..) | TokenKind::Weekday(..)));
    let name = name.map(|token| token.span.of(cur.text));
    let named = name.and_then(|name| offset_of(name, date));
    if named.is_some() {
        cur.at += 1;
    }
    let offset = match (named, figures(cur)) {
        // `GMT+4`: the figures count from Greenwich, while behind `EST` a sign is a dash.
        (Some(0) | None, Some((offset, end))) => {
            cur.at = end;
            offset
        }
        (Some(offset), _) => offset,
        (None, None) => return None,
    };
    if bracket {
        cur.mark(")");
    }
    Some((offset, cur.at))
}

/// `+04:00`, `-0530`, `+4`.
fn figures(mut cur: Cursor<'_>) -> Option<(i16, usize)> {
    let sign = if cur.mark("+-\u{2212}")? == '+' { 1 } else { -1 };
    if !cur.glued() {
        return None;
    }
    let (hours, minutes) = if let Some(both) = cur.number(4, 4) {
        (both / 100, both % 100)
    } else {
        let hours = cur.number(1, 2)?;
        let mut inner = cur;
        let minutes = inner.mark(":").and_then(|_| inner.number(2, 2));
        if minutes.is_some() {
            cur = inner;
        }
        (hours, minutes.unwrap_or(0))
    };
    (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes) as i16, cur.at))
}

/// Minutes that North American clocks are ahead in summer: from the second Sunday of March to the first Sunday of
/// November (Energy Policy Act of 2005, in force since 2007; earlier years differ by some weeks).
fn summer(date: Date) -> i16 {
    let sunday = |month: i8, nth: i8| {
        Date::new(date.year(), month, 1).and_then(|first| first.nth_weekday_of_month(nth, jiff::civil::Weekday::Sunday))
    };
    match (sunday(3, 2), sunday(11, 1)) {
        (Ok(start), Ok(end)) if start <= date && date < end => 60,
        _ => 0,
    }
}
