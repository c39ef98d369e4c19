//! Reading the one date of a short visible text: a byline, a dateline, the text of a `<time>` element.

use jiff::civil::{Date, Time};

use super::calendar;
use super::explicit::{Cursor, Order, Parts, explicit};
use super::names::{self, Meaning};
use super::token::{TokenKind, named, named_words, tokens};
use super::{Precision, Stamp, zone};
use crate::text::Span;

/// A date found in a visible text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Written {
    /// Bytes of the text: the date and, where there is one, its time and zone.
    pub(crate) span: Span,
    /// What it says.
    pub(crate) stamp: Stamp,
    /// True when the order of day and month was assumed (`10/11/2020`); other evidence may say otherwise.
    pub(crate) assumed: bool,
}

/// Bytes that are read: a byline is short, and what is longer is not one.
const MAX_BYTES: usize = 1_000;

/// The first written-out date of `text`, with the time and zone beside it: `10 Kasım 2020 14:35`,
/// `Nov. 10, 2020 at 8:15 a.m. EST`, `2020年11月10日`. A date known to the day is preferred to one known to the month.
/// `None` where no date names its month and year, and for days that the calendar lacks.
///
/// `lang` is an ISO 639-1 code and decides month names that languages share; `order` reads `10/11/2020`. Only the
/// first 1000 bytes are looked at.
pub(crate) fn written(text: &str, lang: Option<&str>, order: Order) -> Option<Written> {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let tokens = tokens(text, named_words(), |_, folded| classify(folded, lang));
    let mut month = None;
    let mut at = 0;
    while at < tokens.len() {
        let cur = Cursor { text, tokens: &tokens, at };
        match explicit(cur, order).filter(|_| !inside_number(&cur)) {
            Some((parts, next)) => {
                at = next;
                let Some(found) = dated(parts, Cursor { at: next, ..cur }, cur) else { continue };
                // The first date known to the day wins: a month alone is often the heading of an archive.
                if parts.day.is_some() {
                    return Some(found);
                }
                month = month.or(Some(found));
            }
            None => at += 1,
        }
    }
    month
}

/// A token that stands for a month or weekday in `lang`, or by agreement of all languages.
fn classify(folded: &str, lang: Option<&str>) -> TokenKind {
    let readings = names::lookup(folded);
    if readings.is_empty() {
        let other = calendar::month(folded, lang);
        return other.map_or(TokenKind::Word(0), |(calendar, month)| TokenKind::OtherMonth(calendar, month));
    }
    let short = readings.iter().all(|name| name.short);
    if let Some(month) = names::month(folded, lang) {
        named(Meaning::Month(month), short)
    } else if let Some(weekday) = names::weekday(folded, lang) {
        named(Meaning::Weekday(weekday), short)
    } else {
        TokenKind::Word(0)
    }
}

/// True when the number under the cursor is the tail of a longer one: `192.10.11.2020`, `A-10-11-2020`.
fn inside_number(cur: &Cursor<'_>) -> bool {
    let Some(before) = cur.at.checked_sub(1) else { return false };
    let number = matches!(cur.tokens[cur.at].kind, TokenKind::Number(..));
    let mark = matches!(cur.tokens[before].kind, TokenKind::Mark('.' | '/' | '-' | '_'));
    let further = before.checked_sub(1).is_some_and(|at| cur.tokens[at].span.end == cur.tokens[before].span.start);
    number && mark && cur.glued() && further
}

/// The stamp of the parts, with the time after them or, failing that, the time before them.
fn dated(parts: Parts, after: Cursor<'_>, start: Cursor<'_>) -> Option<Written> {
    let year = parts.year?;
    let span = |from: usize, to: usize| Span {
        start: start.tokens.get(from).map_or(0, |token| token.span.start),
        end: start.tokens.get(to.wrapping_sub(1)).map_or(0, |token| token.span.end),
    };
    let Some(day) = parts.day else {
        let stamp = Stamp::month(year, parts.month)?;
        return Some(Written { span: span(start.at, after.at), stamp, assumed: false });
    };
    let date = Date::new(year, parts.month, day).ok()?;
    let (clock, from, to) = match clock_after(after, date) {
        Some((clock, end)) => (Some(clock), start.at, end),
        None => match clock_before(start, date) {
            Some((clock, begin)) => (Some(clock), begin, after.at),
            None => (None, start.at, after.at),
        },
    };
    let stamp = clock.map_or(Stamp::day(date), |clock| Stamp::at(date, clock.time, clock.precision, clock.offset));
    Some(Written { span: span(from, to), stamp, assumed: parts.assumed })
}

#[derive(Clone, Copy, Debug)]
struct Clock {
    time: Time,
    precision: Precision,
    offset: Option<i16>,
}

/// Words that stand between a date and its time.
const BETWEEN: &str = "at um à a las los alle ore ora kl klo o om às as στις ωρα ώρα godz v u ob jam pukul saat saati в о во \
                       г года год р року в. t i и on den le il el la ας ժամը kell ساعت الساعة בשעה";

/// The time that follows a date after at most six tokens that may stand between, and the token after it.
fn clock_after(mut cur: Cursor<'_>, date: Date) -> Option<(Clock, usize)> {
    // `, at about `, brackets, a weekday: behind six tokens a time belongs to something else.
    for _ in 0..=6 {
        if let Some(found) = clock(cur, date) {
            return Some(found);
        }
        if !between(&mut cur) {
            return None;
        }
    }
    None
}

fn between(cur: &mut Cursor<'_>) -> bool {
    let Some(token) = cur.peek() else { return false };
    let passes = match token.kind {
        TokenKind::Mark(c) => !matches!(c, '+' | '%' | '$' | '€'),
        TokenKind::Weekday(..) => true,
        TokenKind::Word(_) => return cur.word(BETWEEN),
        TokenKind::Number(..) | TokenKind::Month(..) | TokenKind::OtherMonth(..) => false,
    };
    cur.at += usize::from(passes);
    passes
}

/// The time that ends at most four tokens before the date, and its first token.
fn clock_before(start: Cursor<'_>, date: Date) -> Option<(Clock, usize)> {
    // `3:05 PM EST, Tue`: a time with its zone and a weekday before the date is twelve tokens at most.
    let first = start.at.saturating_sub(12);
    for at in first..start.at {
        let Some((found, mut end)) = clock(Cursor { at, ..start }, date) else { continue };
        while end < start.at {
            let mut cur = Cursor { at: end, ..start };
            if !between(&mut cur) || start.at - end > 4 {
                break;
            }
            end = cur.at;
        }
        if end == start.at {
            return Some((found, at));
        }
    }
    None
}

/// The minute behind an hour, where the two are parted by a mark or a sign for hours.
fn minute(cur: &mut Cursor<'_>) -> Option<i8> {
    let mut inner = *cur;
    let separated = inner.mark(":.時时시点").is_some() || (inner.glued() && inner.word("h u"));
    let minute = inner.number(2, 2).filter(|minute| *minute < 60 && separated)?;
    *cur = inner;
    Some(minute as i8)
}

/// The second behind a minute; a fraction of it is passed over.
fn second(cur: &mut Cursor<'_>) -> Option<i8> {
    let mut inner = *cur;
    inner.mark(":").filter(|_| inner.glued())?;
    let second = inner.number(2, 2).filter(|second| *second < 60)?;
    *cur = inner;
    if inner.mark(".").is_some() && inner.glued() && inner.number(1, 9).is_some() {
        *cur = inner;
    }
    Some(second as i8)
}

/// `14:35`, `14:35:20`, `14.35`, `14h35`, `8:15 a.m.`, `8 pm`, with a zone; and the token after it.
fn clock(start: Cursor<'_>, date: Date) -> Option<(Clock, usize)> {
    let mut cur = start;
    let mut hour = cur.number(1, 2)? as i8;
    let minute = minute(&mut cur);
    let second = minute.and_then(|_| second(&mut cur));
    if minute.is_some() && second.is_none() {
        cur.mark("分분");
    }
    match half(&mut cur) {
        // `14:35 pm` is a slip; neither half of it can be believed.
        Some(afternoon) if (1..=12).contains(&hour) => hour = hour % 12 + if afternoon { 12 } else { 0 },
        Some(_) => return None,
        None if minute.is_none() => return None,
        None => {}
    }
    let time = Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0), 0).ok()?;
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    let (offset, end) = zone::read(cur, date).map_or((None, cur.at), |(offset, end)| (Some(offset), end));
    Some((Clock { time, precision, offset }, end))
}

/// True for `pm`, `p.m.`; false for `am`, `a.m.`; `None` for anything else.
fn half(cur: &mut Cursor<'_>) -> Option<bool> {
    let mut next = *cur;
    let afternoon = if next.word("pm") {
        true
    } else if next.word("am") {
        false
    } else {
        let afternoon = next.word("p");
        if !(afternoon || next.word("a")) {
            return None;
        }
        next.mark(".")?;
        if !next.word("m") {
            return None;
        }
        afternoon
    };
    next.mark(".");
    *cur = next;
    Some(afternoon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(rows: &str) {
        for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let (lang, text) = input.split_once(' ').expect("a language");
            let code = lang.split('-').next();
            let found = written(text, code, Order::of(Some(lang)));
            let shown = found.map_or("none".to_owned(), |found| found.stamp.to_string());
            assert_eq!(shown, expected, "{input}");
        }
    }

    #[test]
    fn bylines_of_many_languages_are_read() {
        check(
            "tr 10 Kasım 2020 14:35 ==> 2020-11-10T14:35
             ru 10 ноября 2020 г., 14:35 ==> 2020-11-10T14:35
             ru 14:35, 10 ноября 2020 ==> 2020-11-10T14:35
             ru 10 ноября 2020 года в 14:35 мск ==> 2020-11-10T14:35+03:00
             en Nov. 10, 2020 at 8:15 a.m. ET ==> 2020-11-10T08:15-05:00
             en July 10, 2020 at 12:15 p.m. ET ==> 2020-07-10T12:15-04:00
             en By Ann Lee | Updated 3:05 PM EST, Tue November 10, 2020 ==> 2020-11-10T15:05-05:00
             en Published 10:05, 10th November 2020 BST ==> 2020-11-10T10:05
             en 10-Nov-20 ==> 2020-11-10
             en Tuesday 10 November 2020 08.15 GMT ==> 2020-11-10T08:15Z
             de Dienstag, 10. November 2020 ==> 2020-11-10
             de Stand: 10.11.2020 14:35 Uhr ==> 2020-11-10T14:35
             de 3. März 2020 um 7.05 Uhr ==> 2020-03-03T07:05
             fr Publié le 1er décembre 2020 à 14h35 ==> 2020-12-01T14:35
             es 10 de noviembre de 2020 a las 14:35 h ==> 2020-11-10T14:35
             pt 10 de novembro de 2020 às 14:35 ==> 2020-11-10T14:35
             it martedì 10 novembre 2020, ore 14:35 ==> 2020-11-10T14:35
             pl 10 listopada 2020, 14:35 ==> 2020-11-10T14:35
             hr 10. listopada 2020. u 14:35 ==> 2020-10-10T14:35
             cs 10. 11. 2020 14:35 ==> 2020-11-10T14:35
             uk 10 листопада 2020, 14:35 ==> 2020-11-10T14:35
             az 10 noyabr 2020 14:35 (UTC+04:00) ==> 2020-11-10T14:35+04:00
             az 2020-ci il noyabrın 10-da ==> 2020-11-10
             hu 2020. november 10. 14:35 ==> 2020-11-10T14:35
             ka 2020 წლის 10 ნოემბერი ==> 2020-11-10
             hy 2020 թ. նոյեմբերի 10 ==> 2020-11-10
             el 10 Νοεμβρίου 2020, 14:35 ==> 2020-11-10T14:35
             he 10 בנובמבר 2020 ==> 2020-11-10
             ar ١٠ نوفمبر ٢٠٢٠ ==> 2020-11-10
             ar 10 تشرين الثاني/نوفمبر 2020 ==> 2020-11-10
             fa ۱۰ نوامبر ۲۰۲۰ ==> 2020-11-10
             zh 2020年11月10日 14:35 ==> 2020-11-10T14:35
             ja 2020年11月10日（火） 14時35分 ==> 2020-11-10T14:35
             ko 2020년 11월 10일 14:35 ==> 2020-11-10T14:35
             id Selasa, 10 November 2020 ==> 2020-11-10
             fi 10.11.2020 klo 14.35 ==> 2020-11-10T14:35
             sv 10 november 2020 kl. 14:35 ==> 2020-11-10T14:35
             nl 10 nov. 2020 om 14:35 ==> 2020-11-10T14:35
             en 2020-11-10T08:15:30.123+0400 ==> 2020-11-10T08:15:30+04:00
             en November 2020 ==> 2020-11",
        );
    }

    #[test]
    fn the_order_of_figures_is_that_of_the_language_unless_it_cannot_be() {
        check(
            "en-US 10/11/2020 ==> 2020-10-11
             en-GB 10/11/2020 ==> 2020-11-10
             en-GB 11/25/2020 ==> 2020-11-25
             en 25/11/2020 ==> 2020-11-25
             en 10.11.2020 ==> 2020-11-10
             fr 10/11/20 ==> 2020-11-10
             en 2020/11/10 ==> 2020-11-10",
        );
        let assumed = |text| written(text, None, Order::DayMonth).expect("a date").assumed;
        assert!(assumed("10/11/2020") && !assumed("10/10/2020") && !assumed("25/11/2020") && !assumed("10.11.2020"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        check(
            "en 3 hours ago ==> none
             en November 10 ==> none
             en 31 February 2020 ==> none
             en version 1.10.11.2020 ==> none
             en 13/13/2020 ==> none
             en 5 comments ==> none
             en 555-10-2020 ==> none
             en © 2020 The Paper ==> none",
        );
    }

    #[test]
    fn the_span_covers_date_and_time() {
        let text = "By A. Lee, 10 November 2020, 14:35 GMT | 5 comments";
        let found = written(text, Some("en"), Order::DayMonth).expect("a date");
        assert_eq!(found.span.of(text), "10 November 2020, 14:35 GMT");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "([0-9]{1,4}|[-/.:, T年月日+]|nov|november|pm|GMT|تشرين|الثاني|\\PC){0,30}") {
            if let Some(found) = written(&text, None, Order::DayMonth) {
                prop_assert!(text.get(found.span.range()).is_some());
            }
        }
    }
}
