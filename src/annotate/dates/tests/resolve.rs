//! What lacks its year or month, against an anchor: each decision of `anchor.rs` and `resolve.rs` by itself.

use crate::annotate::dates::anchor::recounts;
use crate::annotate::dates::outcome::{Outcome, century, decade, half_year, quarter_year, reference, shown};
use crate::annotate::dates::partial::{Expression, Partial, Rel, Unit};
use crate::annotate::dates::point::Point;
use crate::annotate::dates::resolve::{Resolver, Site};
use crate::annotate::dates::rule::DateRule;
use crate::annotate::dates::tense::Tense;
use crate::date::Date;

const DAY: Date = jiff::civil::date(2020, 11, 12);

fn news() -> Resolver {
    Resolver::new(Some(DAY), false)
}

fn anchor() -> Option<Point> {
    Some(Point::from_date(DAY))
}

/// An anchor in a story of other times.
fn story(year: i32, month: i8, day: i8) -> Option<Point> {
    Some(Point { year, month: Some(month), day: Some(day) })
}

fn expression(partial: Partial) -> Expression {
    Expression { start: 0, end: 1, partial, part_of_day: false, year: None, joined: false, rule: DateRule::Explicit }
}

fn site(tense: Tense) -> Site {
    Site { at: 10, tense, aside: false, until: false, paragraph: 0, opens: false }
}

#[test]
fn a_month_without_its_year_lies_where_the_tense_looks() {
    for (month, rel, tense, year) in [
        (5, None, Tense::Past, 2020),
        (11, None, Tense::Past, 2020),
        (12, None, Tense::Past, 2019),
        (5, None, Tense::Future, 2021),
        (11, None, Tense::Future, 2020),
        (12, None, Tense::Future, 2020),
        (12, None, Tense::Planned, 2020),
        (12, None, Tense::Open, 2020),
        (1, None, Tense::Open, 2020),
        (5, Some(Rel::Last), Tense::Open, 2020),
        (11, Some(Rel::Last), Tense::Open, 2019),
        (12, Some(Rel::Last), Tense::Open, 2019),
        (5, Some(Rel::Next), Tense::Open, 2021),
        (12, Some(Rel::Next), Tense::Open, 2020),
        (12, Some(Rel::This), Tense::Past, 2020),
    ] {
        assert_eq!(news().year_of_month(month, rel, anchor(), tense), Some(year), "{month} {rel:?} {tense:?}");
    }
    assert_eq!(Resolver::new(None, true).year_of_month(5, None, None, Tense::Past), None);
}

#[test]
fn a_month_of_a_story_goes_forward() {
    for (base, month, year) in [
        (story(1944, 12, 3), 1, 1945),
        (story(1944, 12, 3), 4, 1945),
        (story(1944, 12, 3), 5, 1944),
        (story(1944, 5, 3), 6, 1944),
        (story(1944, 5, 3), 4, 1944),
    ] {
        assert_eq!(news().year_of_month(month, None, base, Tense::Past), Some(year), "{base:?} {month}");
    }
}

#[test]
fn a_day_without_its_month_lies_where_the_tense_looks() {
    for (day, tense, month) in [
        (3, Tense::Past, (2020, 11)),
        (12, Tense::Past, (2020, 11)),
        (25, Tense::Past, (2020, 10)),
        (25, Tense::Open, (2020, 10)),
        (25, Tense::Future, (2020, 11)),
        (3, Tense::Future, (2020, 12)),
        (3, Tense::Planned, (2020, 12)),
    ] {
        let base = anchor().expect("an anchor");
        assert_eq!(news().month_of_day(day, base, tense), Some(month), "{day} {tense:?}");
    }
    let (december, january) = (jiff::civil::date(2020, 12, 30), jiff::civil::date(2021, 1, 2));
    let turn = |day: Date, of_month, tense| {
        Resolver::new(Some(day), false).month_of_day(of_month, Point::from_date(day), tense)
    };
    assert_eq!(turn(december, 3, Tense::Future), Some((2021, 1)));
    assert_eq!(turn(january, 25, Tense::Past), Some((2020, 12)));
    let base = story(1993, 5, 20).expect("an anchor");
    assert_eq!(news().month_of_day(25, base, Tense::Past), Some((1993, 5)), "a story stays in its month");
}

#[test]
fn a_day_without_its_year_is_the_nearest_on_the_right_side() {
    for (month, day, weekday, tense, year) in [
        (11, 10, None, Tense::Past, 2020),
        (11, 10, None, Tense::Open, 2020),
        (11, 20, None, Tense::Future, 2020),
        (1, 3, None, Tense::Future, 2021),
        (11, 10, Some(2), Tense::Past, 2020),
        (11, 10, Some(7), Tense::Past, 2019),
        (11, 10, Some(3), Tense::Past, 2021),
        (11, 10, Some(5), Tense::Past, 2020),
    ] {
        let found = news().year_of_day(month, day, weekday, anchor(), tense);
        assert_eq!(found, Some(year), "{month} {day} {weekday:?} {tense:?}");
    }
    assert_eq!(news().year_of_day(2, 29, None, story(1915, 3, 1), Tense::Past), Some(1916), "a year that has the day");
}

#[test]
fn a_text_recounts_the_past_by_its_dates() {
    let day = |year| Partial::Day { year: Some(year), month: 5, day: 3, weekday: None };
    let open = Partial::Day { year: None, month: 2, day: 3, weekday: None };
    let weekday = Partial::Weekday { weekday: 2, rel: None };
    for (partials, expected) in [
        (&[][..], false),
        (&[Partial::Year(1915)], true),
        (&[Partial::Year(2019)], false),
        (&[day(1915)], true),
        (&[day(2020)], false),
        (&[weekday, Partial::Year(1915)], false),
        (&[weekday, day(1915), day(1916)], false),
        (&[weekday, day(1915), day(1916), day(1917)], true),
        (&[Partial::Today(0), day(1915)], false),
        (
            &[Partial::Today(1), weekday, day(1912), open, open, open, open, day(1915), open, open, day(1917), open],
            true,
        ),
    ] {
        let founds: Vec<Expression> = partials.iter().map(|partial| expression(*partial)).collect();
        assert_eq!(recounts(&founds, Some(DAY)), expected, "{partials:?}");
    }
    assert!(recounts(&[], None), "its own dates are all there is");
}

#[test]
fn weekdays_lie_beside_their_anchor() {
    for (weekday, rel, tense, expected) in [
        (4, None, Tense::Past, "2020-11-12"),
        (3, None, Tense::Past, "2020-11-11"),
        (5, None, Tense::Past, "2020-11-06"),
        (5, None, Tense::Future, "2020-11-13"),
        (4, Some(Rel::Last), Tense::Open, "2020-11-05"),
        (3, Some(Rel::Last), Tense::Open, "2020-11-11"),
        (4, Some(Rel::Next), Tense::Open, "2020-11-19"),
        (5, Some(Rel::Next), Tense::Open, "2020-11-13"),
        (5, Some(Rel::This), Tense::Open, "2020-11-06"),
    ] {
        let found = news().resolve(&expression(Partial::Weekday { weekday, rel }), site(tense));
        let Outcome::Days(days) = found else { panic!("{weekday} {rel:?}: {found:?}") };
        assert_eq!(days.to_string(), expected, "{weekday} {rel:?} {tense:?}");
    }
}

#[test]
fn shifts_have_the_precision_of_their_unit() {
    for (unit, amount, expected) in [
        (Unit::Minute, -5.0, "2020-11-12"),
        (Unit::Hour, -30.0, "2020-11-11"),
        (Unit::Day, -2.0, "2020-11-10"),
        (Unit::Week, -1.0, "2020-W45"),
        (Unit::Fortnight, -1.0, "2020-W44"),
        (Unit::Weekend, 0.0, "2020-11-14..2020-11-15"),
        (Unit::Month, -11.0, "2019-12"),
        (Unit::Month, 2.0, "2021-01"),
        (Unit::Quarter, -1.0, "2020-Q3"),
        (Unit::Year, -10.0, "2010"),
        (Unit::Year, -0.5, "2020-05"),
        (Unit::Decade, -2.0, "2000"),
    ] {
        let partial = Partial::Shift { unit, amount: Some(amount), back: false, on_text: false };
        let found = news().resolve(&expression(partial), site(Tense::Open));
        let Outcome::Days(days) = found else { panic!("{unit:?} {amount}: {found:?}") };
        assert_eq!(days.to_string(), expected, "{unit:?} {amount}");
    }
}

#[test]
fn amounts_that_no_calendar_holds_are_references() {
    for (amount, back, expected) in [
        (Some(1e12), false, "FUTURE_REF"),
        (Some(1e12), true, "PAST_REF"),
        (None, true, "PAST_REF"),
        (None, false, "FUTURE_REF"),
    ] {
        for unit in [Unit::Day, Unit::Week, Unit::Month] {
            let partial = Partial::Shift { unit, amount, back, on_text: false };
            let found = news().resolve(&expression(partial), site(Tense::Open));
            assert_eq!(found, Outcome::Timex(expected.to_owned()), "{unit:?} {amount:?}");
        }
    }
}

#[test]
fn outcomes_are_written_in_timex3() {
    let text = |outcome: Outcome| match outcome {
        Outcome::Days(days) => days.to_string(),
        Outcome::Timex(text) => text,
    };
    for (outcome, expected) in [
        (decade(1990), "199"),
        (decade(-470), "BC047"),
        (century(19), "18"),
        (century(-5), "BC04"),
        (half_year(Some(2020), 1), "2020-01-01..2020-06-30"),
        (half_year(Some(2020), 2), "2020-07-01..2020-12-31"),
        (half_year(None, 2), "XXXX-H2"),
        (quarter_year(Some(2020), 3), "2020-Q3"),
        (quarter_year(None, 3), "XXXX-Q3"),
        (reference(-3), "PAST_REF"),
        (reference(0), "PRESENT_REF"),
        (reference(2), "FUTURE_REF"),
    ] {
        assert_eq!(text(outcome), expected);
    }
    assert_eq!(
        [shown(Some(2020)), shown(Some(71)), shown(Some(-480)), shown(None)],
        ["2020", "0071", "BC0480", "XXXX"]
    );
}

#[test]
fn durations_name_their_unit() {
    for (unit, amount, expected) in [
        (Unit::Minute, Some(5.0), "PT5M"),
        (Unit::Hour, Some(1.5), "PT1.5H"),
        (Unit::Day, Some(3.0), "P3D"),
        (Unit::Week, None, "PXW"),
        (Unit::Fortnight, Some(1.0), "P2W"),
        (Unit::Month, Some(6.0), "P6M"),
        (Unit::Year, Some(0.5), "P0.5Y"),
        (Unit::Decade, Some(2.0), "P20Y"),
        (Unit::Century, Some(1.0), "P100Y"),
    ] {
        assert_eq!(unit.duration(amount), expected, "{unit:?}");
    }
}
