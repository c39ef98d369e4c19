//! What made a document: the pipeline fingerprint and the day on which the page is due again, as one number in the column
//! `made`. Pages whose number is not what today's run would write are read again.

use std::time::UNIX_EPOCH;

use super::digest::hash;
use crate::date::{Date, Stamp};

/// Bits of the day: days since 1970 up to the year 4840. The rest is enough of a fingerprint to be told from any other.
const DAY_BITS: u32 = 20;
const DAYS: u64 = (1 << DAY_BITS) - 1;

/// What made one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Made(u64);

impl Made {
    /// Nothing made it: the page could not be read, and is tried again in every run.
    pub(crate) const NOTHING: Made = Made(0);

    fn new(fingerprint: u64, due: Option<Date>) -> Made {
        Made(fingerprint & !DAYS | due.map_or(0, day_number))
    }

    pub(crate) fn to_column(self) -> u64 {
        self.0
    }

    pub(crate) fn from_column(value: u64) -> Made {
        Made(value)
    }

    fn fingerprint(self) -> u64 {
        self.0 & !DAYS
    }

    /// Whether the day has come on which the page may be read in another way.
    fn is_due(self, today: Date) -> bool {
        let day = self.0 & DAYS;
        day != 0 && day <= day_number(today)
    }
}

/// Days since 1970, from 1; 0 for the time before.
fn day_number(day: Date) -> u64 {
    let days = Stamp::day(day).sort_key().div_euclid(86_400);
    // 1 is the first day, since 0 says that there is none.
    u64::try_from(days + 1).unwrap_or(0).min(DAYS)
}

/// What a run makes documents with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pipeline {
    fingerprint: u64,
    /// The build of the program: see [`program`].
    program: u64,
    /// In UTC.
    pub(crate) today: Date,
}

impl Pipeline {
    /// `fingerprint` is of everything that decides what the document of a page holds, beside the page and the day.
    pub(crate) fn new(fingerprint: u64, program: u64, today: Date) -> Pipeline {
        Pipeline { fingerprint, program, today }
    }

    /// Of a page that was read, or refused for what it holds. It is read again on the day `due`, if there is one.
    pub(crate) fn page(self, due: Option<Date>) -> Made {
        Made::new(self.fingerprint, due)
    }

    /// Of a page that failed by a fault of ours. Versions are not raised for every fault that is mended, so that another
    /// build of the program tries it again, once.
    pub(crate) fn fault(self) -> Made {
        Made::new(hash(&[b"fault", &self.fingerprint.to_be_bytes(), &self.program.to_be_bytes()]), None)
    }

    /// Whether this run would make the same of the same page, where it is a document that `made` says, and `failed`.
    pub(crate) fn is_current(self, made: Made, failed: bool) -> bool {
        let same = made.fingerprint() == self.page(None).fingerprint();
        // A fault carries another fingerprint than any document, so the two cannot be mixed up.
        (same && !made.is_due(self.today)) || (failed && made == self.fault())
    }
}

/// The build of this program: size and time of its file; 0 where they are not known. The bytes would say it better, but
/// there are 60 MB of them, and a build too many costs one more try.
pub(crate) fn program() -> u64 {
    let meta = std::env::current_exe().and_then(std::fs::metadata);
    let time = meta.as_ref().ok().and_then(|meta| meta.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    match (meta, time) {
        (Ok(meta), Some(time)) => hash(&[&meta.len().to_be_bytes(), &time.as_nanos().to_be_bytes()]),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn pipeline(fingerprint: u64, program: u64, today: &str) -> Pipeline {
        Pipeline { fingerprint, program, today: day(today) }
    }

    #[test]
    fn a_page_is_read_again_by_another_pipeline_alone() {
        let (now, later) = (pipeline(1 << 40, 7, "2030-01-01"), pipeline(2 << 40, 7, "2030-01-01"));
        for failed in [false, true] {
            let made = now.page(None);
            assert!(now.is_current(made, failed) && !later.is_current(made, failed));
            assert!(pipeline(1 << 40, 8, "2031-01-01").is_current(made, failed), "neither day nor build matter");
        }
        assert!(!now.is_current(Made::NOTHING, true), "in every run");
    }

    #[test]
    fn a_page_is_read_again_when_its_day_has_come() {
        let on = |today: &str| pipeline(1 << 40, 7, today);
        let ahead = on("2030-01-01").page(Some(day("2030-05-31")));
        for (today, current) in
            [("2030-01-02", true), ("2030-05-30", true), ("2030-05-31", false), ("2031-01-01", false)]
        {
            assert_eq!(on(today).is_current(ahead, false), current, "{today}");
        }
        assert!(!pipeline(2 << 40, 7, "2030-01-02").is_current(ahead, false));
    }

    #[test]
    fn a_fault_of_ours_is_tried_once_by_each_build() {
        let (now, rebuilt, newer) = (
            pipeline(1 << 40, 7, "2030-01-01"),
            pipeline(1 << 40, 8, "2030-01-01"),
            pipeline(2 << 40, 7, "2030-01-01"),
        );
        let fault = now.fault();
        assert!(now.is_current(fault, true), "not in every run");
        assert!(!rebuilt.is_current(fault, true) && !newer.is_current(fault, true));
        assert!(!now.is_current(fault, false), "only failures carry it");
    }

    proptest! {
        #[test]
        fn fingerprint_and_day_do_not_mix(fingerprint: u64, days in 0i64..300_000) {
            let due = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(days)).expect("a day");
            let made = Made::new(fingerprint, Some(due));
            prop_assert_eq!(Made::from_column(made.to_column()), made);
            prop_assert_eq!(made.fingerprint(), Made::new(fingerprint, None).fingerprint());
            prop_assert!(made.is_due(due) && !made.is_due(due.yesterday().expect("a day")));
        }
    }
}
