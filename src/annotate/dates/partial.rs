//! What an expression says before it is resolved.

use super::rule::DateRule;
use crate::date::calendar::Calendar;
use crate::date::other::OtherDate;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The TIMEX3 duration of `amount` units; `None` is an amount that is not named.
    pub(super) fn duration(self, amount: Option<f64>) -> String {
        let (prefix, suffix, times) = match self {
            Unit::Second => ("PT", "S", 1.0),
            Unit::Minute => ("PT", "M", 1.0),
            Unit::Hour => ("PT", "H", 1.0),
            Unit::Day => ("P", "D", 1.0),
            Unit::Week => ("P", "W", 1.0),
            Unit::Weekend => ("P", "WE", 1.0),
            Unit::Fortnight => ("P", "W", 2.0),
            Unit::Month => ("P", "M", 1.0),
            Unit::Quarter => ("P", "Q", 1.0),
            Unit::Year => ("P", "Y", 1.0),
            Unit::Decade => ("P", "Y", 10.0),
            Unit::Century => ("P", "Y", 100.0),
        };
        match amount {
            Some(amount) => format!("{prefix}{}{suffix}", amount * times),
            None => format!("{prefix}X{suffix}"),
        }
    }

    /// True for units below the day.
    pub(super) fn is_clock(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }
}

/// How an expression stands to its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rel {
    /// `last year`: before the publication.
    Last,
    /// `next year`: after the publication; `the next year` in a narrative: after the last date.
    Next,
    /// `this year`: of the publication.
    This,
    /// `the year before last`.
    LastButOne,
    /// `the year after next`.
    NextButOne,
    /// `that year`, `the same year`: of the last date.
    That,
    /// `the previous year`: before the last date.
    Previous,
    /// `the following year`: after the last date.
    Following,
}

impl Rel {
    /// Units to go from the anchor.
    pub(super) fn step(self) -> i32 {
        match self {
            Rel::Last | Rel::Previous => -1,
            Rel::Next | Rel::Following => 1,
            Rel::This | Rel::That => 0,
            Rel::LastButOne => -2,
            Rel::NextButOne => 2,
        }
    }

    /// True when the anchor is the last date of the text.
    pub(super) fn on_text(self) -> bool {
        matches!(self, Rel::That | Rel::Previous | Rel::Following)
    }
}

/// Days with a name and a fixed or computable date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    Christmas,
    ChristmasEve,
    Boxing,
    NewYear,
    NewYearEve,
    Valentine,
    GoodFriday,
    Easter,
    Halloween,
    Thanksgiving,
    /// A day of the table in `feast`, by its number; in the lexicon the first word of any of them.
    Named(u16),
}

/// What is said of a time, before an anchor completes it. Years before our era are negative: -480 is 480 BC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Partial {
    Day {
        year: Option<i32>,
        month: i8,
        day: i8,
        weekday: Option<i8>,
    },
    Month {
        year: Option<i32>,
        month: i8,
        rel: Option<Rel>,
    },
    Year(i32),
    Decade(i32),
    /// The number of the century, 19 for the nineteenth.
    Century(i32),
    Season {
        year: Option<i32>,
        season: i8,
        rel: Option<Rel>,
    },
    Quarter {
        year: Option<i32>,
        quarter: i8,
        rel: Option<Rel>,
    },
    Half {
        year: Option<i32>,
        half: i8,
    },
    Weekday {
        weekday: i8,
        rel: Option<Rel>,
    },
    DayOfMonth(i8),
    /// `last year`, `the same month`.
    Unit {
        unit: Unit,
        rel: Rel,
    },
    /// `three weeks ago` (from the publication), `three weeks later` (from the last date).
    Shift {
        unit: Unit,
        amount: Option<f64>,
        back: bool,
        on_text: bool,
    },
    /// Days from the publication.
    Today(i8),
    Feast {
        feast: Feast,
        year: Option<i32>,
        /// Days after it: `the day after Christmas`.
        shift: i8,
    },
    /// A date of another calendar.
    Other(OtherDate),
    /// A year of another calendar.
    OtherYear(Calendar, i32),
    /// `the last Friday of the month`: from the end where negative.
    NthWeekday {
        nth: i8,
        weekday: i8,
        year: Option<i32>,
        month: Option<i8>,
        /// How the month, or the year of a named one, stands to the publication.
        rel: Option<Rel>,
    },
    /// A weekday of a week so many weeks from that of the publication: `上周二`.
    WeekdayIn {
        weekday: i8,
        weeks: i8,
    },
    /// A day of a month so many months from that of the publication: `先月5日`.
    DayOf {
        months: i8,
        day: i8,
    },
    /// A time of day.
    Clock {
        hour: i8,
        minute: i8,
    },
    Duration {
        unit: Unit,
        amount: Option<f64>,
    },
    /// Repeated times: every unit, or every such weekday or month.
    Every(Unit),
    EveryWeekday(i8),
    EveryMonth(i8),
    EverySeason(i8),
    /// Recognised, and no date: an age.
    Nothing,
}

/// A partial value and the tokens it was read from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expression {
    /// First token.
    pub(super) start: usize,
    /// The token after the last one.
    pub(super) end: usize,
    pub(super) partial: Partial,
    /// True when a part of the day is named with it.
    pub(super) part_of_day: bool,
    /// The year that goes with it, where that is said in relation: `August of that year`.
    pub(super) year: Option<Rel>,
    /// True when the expression before it and this one are the two ends of a range.
    pub(super) joined: bool,
    /// The rule, for explanations.
    pub(super) rule: DateRule,
}
