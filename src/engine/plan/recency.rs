//! Newer articles first among those of like relevance, where that is asked for.
//!
//! An article loses up to half of its score for its age, the first half of that within the half-life: exponential decay
//! as in time-based language models (Li and Croft, CIKM 2003), above a floor, so that age puts in order what is about
//! equally relevant and never lifts a weak match above one twice as good. Age is counted from the newest article of the
//! index that is not dated after today, so that an archive of old papers has new ones too.

use crate::date::{Date, Stamp};

/// What the oldest articles keep of their score, and undated ones: never less than half, so that age puts no article
/// above one twice as relevant.
const FLOOR: f64 = 0.5;
const DAY: f64 = 86_400.0;

/// How age counts in one search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Recency {
    /// Time of the newest article, seconds since 1970.
    newest: i64,
    /// Days.
    half_life: f64,
}

impl Recency {
    /// Age as it counts `today`, where the newest article is of the time `newest`, in seconds since 1970. Without any, or
    /// where it is dated ahead, age counts from today.
    pub(crate) fn new(newest: Option<i64>, half_life: u32, today: Date) -> Recency {
        let end_of_today = Stamp::day(today).sort_key().saturating_add(86_399);
        let newest = newest.unwrap_or(end_of_today).min(end_of_today);
        // A half-life of no days would divide by nothing.
        Recency { newest, half_life: f64::from(half_life.max(1)) }
    }

    /// What the score of an article is multiplied by that was published at `time`.
    pub(crate) fn factor(self, time: Option<i64>) -> f64 {
        // That a page has no date is no reason to show it first.
        let Some(time) = time else { return FLOOR };
        let days = self.newest.saturating_sub(time).max(0) as f64 / DAY;
        FLOOR + (1.0 - FLOOR) * (-days / self.half_life).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_beats_older_beats_undated() {
        let recency = Recency { newest: 100 * 86_400, half_life: 30.0 };
        for (day, expected) in [(100, 1.0), (130, 1.0), (70, 0.75), (40, 0.625)] {
            assert!((recency.factor(Some(day * 86_400)) - expected).abs() < 1e-9, "{day}");
        }
        let ancient = recency.factor(Some(-1_000 * 86_400));
        assert!((recency.factor(None) - FLOOR).abs() < 1e-9 && ancient > FLOOR);
    }

    #[test]
    fn age_is_counted_from_the_newest_article_but_never_from_the_future() {
        let today = Date::new(1987, 3, 20).expect("a day");
        let midnight = Stamp::day(today).sort_key();
        for (newest, expected) in [
            (None, midnight + 86_399),
            (Some(midnight - 5), midnight - 5),
            (Some(midnight + 86_399), midnight + 86_399),
            (Some(midnight + 86_400), midnight + 86_399),
        ] {
            assert_eq!(Recency::new(newest, 365, today), Recency { newest: expected, half_life: 365.0 }, "{newest:?}");
        }
        assert_eq!(Recency::new(None, 0, today).half_life, 1.0);
    }
}
