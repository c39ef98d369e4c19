//! The last day that a date of a page may name, and what was refused for lying after it.

use std::cell::Cell;

use crate::date::Date;

/// The last day on which a page can have been published.
///
/// That is the day on which it was fetched or, where that is not known or is still to come, today; and one day more, since
/// the readers of an outlet can be a day ahead of Greenwich.
#[derive(Debug)]
pub(crate) struct DateLimit {
    last: Date,
    captured: Option<Date>,
    /// The earliest day that was refused.
    refused: Cell<Option<Date>>,
}

impl DateLimit {
    /// The limit for a page that was fetched on `captured`, read on `today`; both are days in UTC.
    pub(crate) fn new(captured: Option<Date>, today: Date) -> DateLimit {
        let day = captured.map_or(today, |captured| captured.min(today));
        DateLimit { last: day.tomorrow().unwrap_or(day), captured, refused: Cell::new(None) }
    }

    /// Whether a page may name `day` as one of its dates. A refusal is remembered for [`DateLimit::due`].
    pub(crate) fn allows(&self, day: Date) -> bool {
        if day > self.last {
            self.refused.set(Some(self.refused.get().map_or(day, |other| other.min(day))));
        }
        day <= self.last
    }

    /// The first day on which the page may be read in another way than today, as a date that was refused is allowed by then.
    ///
    /// `None` where nothing was refused, or only what lies after the capture as well: that is refused for ever.
    pub(crate) fn due(&self) -> Option<Date> {
        // The limit lies one day after today, so a day comes within it the day before.
        let due = self.refused.get()?.yesterday().ok()?;
        self.captured.is_none_or(|captured| captured >= due).then_some(due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[track_caller]
    fn check(captured: &str, today: &str, asked: &[&str], expected: (&str, &str)) {
        let limit = DateLimit::new(day(captured), day(today).expect("a day"));
        let allowed: Vec<&str> = asked.iter().copied().filter(|text| limit.allows(day(text).expect("a day"))).collect();
        assert_eq!(allowed.join(" "), expected.0);
        assert_eq!(limit.due(), day(expected.1));
    }

    #[test]
    fn a_day_is_allowed_up_to_the_one_after_capture_or_today() {
        check("", "2020-11-10", &["2020-11-10", "2020-11-11"], ("2020-11-10 2020-11-11", ""));
        check("", "2020-11-10", &["2020-11-12"], ("", "2020-11-11"));
        check("2020-11-01", "2020-11-10", &["2020-11-02", "2020-11-03"], ("2020-11-02", ""));
        // A clock that was wrong when the page was fetched: today counts.
        check("2020-11-20", "2020-11-10", &["2020-11-12"], ("", "2020-11-11"));
        check("2020-11-20", "2020-11-10", &["2020-11-30"], ("", ""));
    }

    #[test]
    fn the_earliest_refusal_is_due_first() {
        check("", "2020-11-10", &["2021-01-05", "2020-12-24", "2999-01-01"], ("", "2020-12-23"));
        // The end of the calendar has no day after it.
        check("", "9999-12-31", &["9999-12-31"], ("9999-12-31", ""));
    }

    proptest::proptest! {
        /// Read again on the day that it names, something is allowed that was not.
        #[test]
        fn the_due_day_is_the_first_that_changes_anything(captured in -40_i32..40, asked in proptest::collection::vec(-40_i32..40, 1..8), known: bool) {
            let today = day("2020-11-10").expect("a day");
            let at = |offset: i32| today.saturating_add(jiff::ToSpan::days(offset));
            let captured = known.then(|| at(captured));
            let allowed = |now: Date| {
                let limit = DateLimit::new(captured, now);
                let allowed: Vec<bool> = asked.iter().map(|offset| limit.allows(at(*offset))).collect();
                (allowed, limit.due())
            };
            let (now, due) = allowed(today);
            for later in 1..60 {
                let has_come = due.is_some_and(|due| at(later) >= due);
                proptest::prop_assert_eq!(allowed(at(later)).0 != now, has_come, "{} days later", later);
            }
        }
    }
}
