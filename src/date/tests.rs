//! Stamps, written dates, zones, intervals and names of months, in many languages.

use proptest::prelude::*;

use super::*;
use crate::text::tests::table;

fn iso(text: &str) -> String {
    Stamp::parse_iso(text).map_or("none".to_owned(), |stamp| stamp.to_string())
}

#[test]
fn stamps_of_pages_are_read() {
    table(
        "2020 ==> 2020
         2020-11 ==> 2020-11
         2020-1 ==> 2020-01
         2020/11 ==> 2020-11
         2020-11-10 ==> 2020-11-10
         2020.11.10 ==> 2020-11-10
         2020-1-5 ==> 2020-01-05
         20201110 ==> 2020-11-10
         2020-11-10T08:15 ==> 2020-11-10T08:15
         2020-11-10t08:15 ==> 2020-11-10T08:15
         2020-11-10 08:15 ==> 2020-11-10T08:15
         2020-11-10, 08:15 ==> 2020-11-10T08:15
         2020-11-10T8:15 ==> 2020-11-10T08:15
         2020-11-10T0815 ==> 2020-11-10T08:15
         2020-11-10T081530 ==> 2020-11-10T08:15:30
         2020-11-10T08:15:30 ==> 2020-11-10T08:15:30
         2020-11-10T08:15:60 ==> 2020-11-10T08:15:59
         2020-11-10T08:15:30,5 ==> 2020-11-10T08:15:30
         2020-11-10T08:15:30.123456 ==> 2020-11-10T08:15:30
         2020-11-10T08:15Z ==> 2020-11-10T08:15Z
         2020-11-10T08:15z ==> 2020-11-10T08:15Z
         2020-11-10T08:15 UTC ==> 2020-11-10T08:15Z
         2020-11-10T08:15+04 ==> 2020-11-10T08:15+04:00
         2020-11-10T08:15+4 ==> 2020-11-10T08:15+04:00
         2020-11-10T08:15+0400 ==> 2020-11-10T08:15+04:00
         2020-11-10T08:15-03:30 ==> 2020-11-10T08:15-03:30
         2020-11-10T08:15GMT+2 ==> 2020-11-10T08:15+02:00
         2020-11-10T08:15+14:00 ==> 2020-11-10T08:15+14:00
         2020-11-10T08:15+15:00 ==> none
         2020-11-10T08:15+04:60 ==> none
         2020-11-10T08:15 Baku ==> none
         2020-11-10T25:15 ==> none
         2020-11-10T08 ==> none
         2020-11T08:15 ==> none
         2020-02-30 ==> none
         2021-02-29 ==> none
         2020-02-29 ==> 2020-02-29
         2020-00 ==> none
         2020-13 ==> none
         202 ==> none
         2020-111 ==> none
         202011101 ==> none
         2020-11/10 ==> none
         10-11-2020 ==> none
         now ==> none",
        iso,
    );
    assert_eq!(Stamp::parse_iso(""), None);
}

#[test]
fn a_stamp_covers_the_days_it_may_mean() {
    table(
        "2020 ==> 2020-01-01 2020-12-31 year
         2020-02 ==> 2020-02-01 2020-02-29 month
         2020-11-10 ==> 2020-11-10 2020-11-10 day
         2020-11-10T08:15Z ==> 2020-11-10 2020-11-10 minute
         2020-11-10T23:59:59-11:00 ==> 2020-11-10 2020-11-10 second",
        |text| {
            let stamp = Stamp::parse_iso(text).expect("a stamp");
            let days = stamp.interval();
            format!("{} {} {}", days.start, days.end, stamp.precision().name())
        },
    );
}

/// What a byline in `lang` says, with the order of figures that the language has.
fn byline(row: &str) -> String {
    let (lang, text) = row.split_once(' ').expect("a language");
    let code = lang.split('-').next();
    written(text, code, Order::of(Some(lang))).map_or("none".to_owned(), |found| found.stamp.to_string())
}

#[test]
fn bylines_name_their_day() {
    table(
        "en November 10, 2020 ==> 2020-11-10
         en Nov 10, 2020 ==> 2020-11-10
         en Nov. 10th, 2020 ==> 2020-11-10
         en 10 November 2020 ==> 2020-11-10
         en 10th of November 2020 ==> 2020-11-10
         en Tue, 10 Nov 2020 08:15:30 GMT ==> 2020-11-10T08:15:30Z
         en Tuesday, November 10, 2020 ==> 2020-11-10
         en Updated November 10, 2020, 8:15 p.m. EST ==> 2020-11-10T20:15-05:00
         en November 10, 2020 12:05 a.m. ==> 2020-11-10T00:05
         en November 10, 2020 12:05 p.m. ==> 2020-11-10T12:05
         en Posted on 11/10/2020 ==> 2020-11-10
         en-GB Posted on 11/10/2020 ==> 2020-10-11
         en-US 1/2/20 ==> 2020-01-02
         en-GB 1/2/20 ==> 2020-02-01
         en-GB 1/2/69 ==> 1969-02-01
         en-GB 1/2/68 ==> 2068-02-01
         en 2020-11-10 ==> 2020-11-10
         en November 2020 ==> 2020-11
         en © 2020 ==> none
         en Vol. 10, No. 11 ==> none
         en 10 comments ==> none
         az 10 noyabr 2020 ==> 2020-11-10
         az 10 Noyabr, 2020, 14:35 ==> 2020-11-10T14:35
         az 10.11.2020, 14:35 ==> 2020-11-10T14:35
         tr 10 Kasım 2020 Salı 14:35 ==> 2020-11-10T14:35
         tr 10 Ağustos 2020 ==> 2020-08-10
         tr 10.11.2020 - 14:35 ==> 2020-11-10T14:35
         ru 10 ноября 2020 ==> 2020-11-10
         ru 10.11.2020 14:35 ==> 2020-11-10T14:35
         ru вторник, 10 ноября 2020 года, 14:35 МСК ==> 2020-11-10T14:35+03:00
         uk 10 листопада 2020 ==> 2020-11-10
         bg 10 ноември 2020 ==> 2020-11-10
         sr 10. новембра 2020. ==> 2020-11-10
         hr 10. studenoga 2020. ==> 2020-11-10
         pl 10 listopada 2020 ==> 2020-11-10
         pl wtorek, 10 listopada 2020 ==> 2020-11-10
         cs 10. listopadu 2020 ==> 2020-11-10
         sk 10. novembra 2020 ==> 2020-11-10
         de 10. November 2020 ==> 2020-11-10
         de Dienstag, 10.11.2020, 14:35 Uhr ==> 2020-11-10T14:35
         de 10. März 2020 um 14.35 Uhr ==> 2020-03-10T14:35
         nl dinsdag 10 november 2020 14:35 ==> 2020-11-10T14:35
         sv 10 november 2020 ==> 2020-11-10
         da 10. november 2020 ==> 2020-11-10
         no 10. november 2020 ==> 2020-11-10
         fi 10. marraskuuta 2020 ==> 2020-11-10
         hu 2020. november 10., kedd ==> 2020-11-10
         ro 10 noiembrie 2020 ==> 2020-11-10
         fr 10 novembre 2020 ==> 2020-11-10
         fr mardi 10 novembre 2020 à 14h35 ==> 2020-11-10T14:35
         fr 1er mars 2020 ==> 2020-03-01
         es 10 de noviembre de 2020 ==> 2020-11-10
         es martes, 10 de noviembre del 2020 ==> 2020-11-10
         pt 10 de novembro de 2020 ==> 2020-11-10
         it 10 novembre 2020 ==> 2020-11-10
         it 1º marzo 2020 ==> 2020-03-01
         el 10 Νοεμβρίου 2020 ==> 2020-11-10
         ka 10 ნოემბერი 2020 ==> 2020-11-10
         hy 10 նոյեմբերի 2020 ==> 2020-11-10
         he 10 בנובמבר 2020 ==> 2020-11-10
         ar 10 نوفمبر 2020 ==> 2020-11-10
         ar الثلاثاء 10 نوفمبر 2020 ==> 2020-11-10
         fa 10 نوامبر 2020 ==> 2020-11-10
         zh 2020年11月10日 ==> 2020-11-10
         zh 2020年11月 ==> 2020-11
         ja 2020年11月10日 14:35 ==> 2020-11-10T14:35
         ko 2020년 11월 10일 ==> 2020-11-10
         id 10 November 2020 ==> 2020-11-10
         xx 10 November 2020 ==> 2020-11-10",
        byline,
    );
}

#[test]
fn zones_are_read_as_pages_print_them() {
    table(
        "en November 10, 2020 8:15 GMT ==> 2020-11-10T08:15Z
         en November 10, 2020 8:15 UTC ==> 2020-11-10T08:15Z
         en November 10, 2020 8:15 (UTC+4) ==> 2020-11-10T08:15+04:00
         en November 10, 2020 8:15 GMT+04:00 ==> 2020-11-10T08:15+04:00
         en November 10, 2020 8:15 +0400 ==> 2020-11-10T08:15+04:00
         en November 10, 2020 8:15 CET ==> 2020-11-10T08:15+01:00
         en July 10, 2020 8:15 CEST ==> 2020-07-10T08:15+02:00
         en November 10, 2020 8:15 EST ==> 2020-11-10T08:15-05:00
         en July 10, 2020 8:15 EDT ==> 2020-07-10T08:15-04:00
         en July 10, 2020 8:15 PT ==> 2020-07-10T08:15-07:00
         en December 10, 2020 8:15 PT ==> 2020-12-10T08:15-08:00
         en March 7, 2020 8:15 ET ==> 2020-03-07T08:15-05:00
         en March 8, 2020 8:15 ET ==> 2020-03-08T08:15-04:00
         en October 31, 2020 8:15 ET ==> 2020-10-31T08:15-04:00
         en November 1, 2020 8:15 ET ==> 2020-11-01T08:15-05:00
         en November 10, 2020 8:15 XYZ ==> 2020-11-10T08:15",
        byline,
    );
}

#[test]
fn months_and_weekdays_have_their_names() {
    let name = |row: &str| {
        let (lang, name) = row.split_once(' ').expect("a language");
        let folded = crate::text::fold(name);
        match (names::month(&folded, Some(lang)), names::weekday(&folded, Some(lang))) {
            (Some(number), _) => format!("month {number}"),
            (_, Some(number)) => format!("weekday {number}"),
            _ => "none".to_owned(),
        }
    };
    table(
        "en may ==> month 5
         en may. ==> none
         en thurs ==> weekday 4
         en febuary ==> month 2
         az yanvar ==> month 1
         az dekabrda ==> month 12
         az şənbə ==> weekday 6
         tr ocak ==> month 1
         tr şubat ==> month 2
         tr perşembe ==> weekday 4
         ru января ==> month 1
         ru мая ==> month 5
         ru воскресенье ==> weekday 7
         uk січня ==> month 1
         uk травня ==> month 5
         pl maja ==> month 5
         cs května ==> month 5
         hr svibnja ==> month 5
         de januar ==> month 1
         de jänner ==> month 1
         de sonnabend ==> weekday 6
         fr février ==> month 2
         fr dimanche ==> weekday 7
         es enero ==> month 1
         es domingo ==> weekday 7
         pt maio ==> month 5
         it gennaio ==> month 1
         it venerdì ==> weekday 5
         nl maart ==> month 3
         sv maj ==> month 5
         fi toukokuuta ==> month 5
         hu május ==> month 5
         ro mai ==> month 5
         el μαΐου ==> month 5
         ka მაისი ==> month 5
         hy մայիսի ==> month 5
         ar مايو ==> month 5
         ar أيار ==> month 5
         fa ژوئن ==> month 6
         he מאי ==> month 5
         en noise ==> none",
        name,
    );
}

#[test]
fn intervals_are_closed_at_both_ends() {
    let shown = |interval: Option<Interval>| {
        interval.map_or("none".to_owned(), |days| format!("{}..{} {} {days}", days.start, days.end, days.days()))
    };
    for (interval, expected) in [
        (Interval::month(2020, 2), "2020-02-01..2020-02-29 29 2020-02"),
        (Interval::month(2021, 2), "2021-02-01..2021-02-28 28 2021-02"),
        (Interval::month(2020, 0), "none"),
        (Interval::year(2020), "2020-01-01..2020-12-31 366 2020"),
        (Interval::year(0), "0000-01-01..0000-12-31 366 0000"),
        (Interval::quarter(2020, 1), "2020-01-01..2020-03-31 91 2020-Q1"),
        (Interval::quarter(2020, 4), "2020-10-01..2020-12-31 92 2020-Q4"),
        (Interval::quarter(2020, 0), "none"),
        (Interval::season(2020, 0), "2019-12-01..2020-02-29 91 2020-WI"),
        (Interval::season(2020, 1), "2020-03-01..2020-05-31 92 2020-SP"),
        (Interval::season(2020, 2), "2020-06-01..2020-08-31 92 2020-SU"),
        (Interval::season(2020, 3), "2020-09-01..2020-11-30 91 2020-FA"),
        (Interval::season(2020, -1), "none"),
        (Interval::decade(1994), "1990-01-01..1999-12-31 3652 199"),
        (Interval::decade(2000), "2000-01-01..2009-12-31 3653 200"),
        (Interval::century(19), "1801-01-01..1900-12-31 36524 18"),
        (Interval::century(20), "1901-01-01..2000-12-31 36525 19"),
        (Interval::century(400), "none"),
    ] {
        assert_eq!(shown(interval), expected);
    }
}

#[test]
fn a_week_begins_on_monday() {
    let day = |text: &str| text.parse::<Date>().expect("a day");
    for (within, start, name) in [
        ("2020-11-09", "2020-11-09", "2020-W46"),
        ("2020-11-10", "2020-11-09", "2020-W46"),
        ("2020-11-15", "2020-11-09", "2020-W46"),
        ("2020-11-16", "2020-11-16", "2020-W47"),
        ("2021-01-03", "2020-12-28", "2020-W53"),
        ("2021-01-04", "2021-01-04", "2021-W01"),
    ] {
        let week = Interval::week_of(day(within)).expect("a week");
        assert_eq!((week.start, week.days(), week.to_string().as_str()), (day(start), 7, name), "{within}");
    }
}

#[test]
fn intervals_hold_and_meet_each_other() {
    let (year, may) = (Interval::year(2020).expect("a year"), Interval::month(2020, 5).expect("a month"));
    let (june, other) = (Interval::month(2020, 6).expect("a month"), Interval::year(2021).expect("a year"));
    assert!(year.contains(&may) && !may.contains(&year) && year.contains(&year));
    assert!(year.overlaps(&may) && may.overlaps(&year) && !may.overlaps(&june) && !year.overlaps(&other));
    let range = Interval::range(june.end, may.start);
    assert!(range.contains(&may) && range.contains(&june) && range.start < range.end);
}

proptest! {
    #[test]
    fn a_column_gives_back_both_ends(a in 0i64..3_600_000, b in 0i64..3_600_000) {
        let day = |n: i64| jiff::civil::date(1, 1, 1).checked_add(jiff::Span::new().days(n)).expect("a day");
        let interval = Interval::range(day(a), day(b));
        let back = Interval::from_column(interval.to_column()).expect("an interval");
        prop_assert_eq!((back.start, back.end), (interval.start, interval.end));
        prop_assert_eq!(interval.days(), (a - b).abs() + 1);
    }

    #[test]
    fn columns_sort_as_their_days(a in 0i64..3_600_000, b in 0i64..3_600_000) {
        let day = |n: i64| jiff::civil::date(1, 1, 1).checked_add(jiff::Span::new().days(n)).expect("a day");
        let (one, other) = (Interval::day(day(a)), Interval::day(day(b)));
        prop_assert_eq!(one.to_column().cmp(&other.to_column()), a.cmp(&b));
    }

    #[test]
    fn any_number_may_be_asked_for_its_days(column in any::<u64>()) {
        if let Some(days) = Interval::from_column(column) {
            prop_assert!(days.start <= days.end);
        }
    }

    #[test]
    fn what_a_stamp_prints_it_reads(y in 1i16..9999, d in 0i32..365, h in 0i8..24, m in 0i8..60, zone in -14i16..15) {
        let date = Date::new(y, 1, 1).expect("a day").checked_add(jiff::Span::new().days(d)).expect("a day");
        let time = jiff::civil::Time::new(h, m, 0, 0).expect("a time");
        let stamp = Stamp::at(date, time, Precision::Minute, Some(zone * 60));
        prop_assert_eq!(Stamp::parse_iso(&stamp.to_string()), Some(stamp));
    }

    #[test]
    fn any_text_may_be_a_byline(text in "\\PC{0,60}", lang in "(en|ru|az|zh|ar)") {
        if let Some(found) = written(&text, Some(&lang), Order::of(Some(&lang))) {
            prop_assert!(text.get(found.span.range()).is_some());
        }
    }
}
