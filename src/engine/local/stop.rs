//! When a request is given up: at its deadline, or when another thread says so.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::failure::{Failure, Fallible};
use crate::api::Request;

/// Documents between two looks at the clock. A look costs about 25 ns and a document of the cheapest scan about 5, so
/// that the looks are below one percent; and even where each document is scored, a thousand take about a millisecond.
const EVERY: u32 = 1024;

/// The deadline of a request and its switch, handed down to whatever may take long.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stop<'r> {
    until: Option<Instant>,
    cancel: Option<&'r AtomicBool>,
}

impl<'r> Stop<'r> {
    /// What `request` says of it.
    pub(crate) fn of(request: &'r Request) -> Stop<'r> {
        Stop { until: request.until, cancel: request.cancel.as_deref() }
    }

    /// Fails where the request is to be given up.
    pub(crate) fn check(self) -> Fallible<()> {
        // Nothing else is published through the switch, so no order with other memory is needed.
        let cancelled = self.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed));
        let late = || self.until.is_some_and(|until| Instant::now() >= until);
        if cancelled || late() { Err(Failure::Stopped) } else { Ok(()) }
    }

    /// Checks once for many documents.
    pub(crate) fn pace(self) -> Pace<'r> {
        Pace { stop: self, seen: 0 }
    }
}

/// Counts the documents of one scan.
#[derive(Debug)]
pub(crate) struct Pace<'r> {
    stop: Stop<'r>,
    seen: u32,
}

impl Pace<'_> {
    /// To be called with each document: at the first and at every 1,024th after it the request is looked at.
    #[inline]
    pub(crate) fn step(&mut self) -> Fallible<()> {
        let due = self.seen.is_multiple_of(EVERY);
        self.seen = self.seen.wrapping_add(1);
        if due { self.stop.check() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn nothing_stops_a_request_that_has_no_deadline() {
        let mut pace = Stop::default().pace();
        for _ in 0..5 * EVERY {
            assert!(pace.step().is_ok());
        }
    }

    #[test]
    fn a_deadline_stops_when_it_has_come() {
        let now = Instant::now();
        let stop = |until| Stop { until: Some(until), cancel: None };
        assert!(matches!(stop(now).check(), Err(Failure::Stopped)));
        assert!(stop(now + Duration::from_secs(3_600)).check().is_ok());
    }

    #[test]
    fn a_scan_looks_at_its_first_document_and_then_at_every_1024th() {
        let cancel = AtomicBool::new(false);
        let mut pace = Stop { until: None, cancel: Some(&cancel) }.pace();
        assert!(pace.step().is_ok());
        cancel.store(true, Ordering::Relaxed);
        let passed = (1..).take_while(|_| pace.step().is_ok()).count();
        assert_eq!(passed, 1023);
        cancel.store(false, Ordering::Relaxed);
        assert!(pace.step().is_ok());
    }
}
