//! Time on the processor.

use std::error::Error;
use std::time::{Duration, Instant};

use nix::sys::resource::{Usage, UsageWho, getrusage};

/// Whose time to take.
#[derive(Clone, Copy)]
pub(crate) enum Who {
    /// This process, all threads.
    Us,
    /// Processes that were started and have ended.
    Children,
}

fn usage(who: Who) -> Result<Usage, Box<dyn Error>> {
    Ok(getrusage(match who {
        Who::Us => UsageWho::RUSAGE_SELF,
        Who::Children => UsageWho::RUSAGE_CHILDREN,
    })?)
}

/// Time on the processor so far, in the program and in the system for it.
fn used(who: Who) -> Result<Duration, Box<dyn Error>> {
    let usage = usage(who)?;
    let (user, system) = (usage.user_time(), usage.system_time());
    let microseconds = (user.tv_sec() + system.tv_sec()) * 1_000_000 + user.tv_usec() + system.tv_usec();
    Ok(Duration::from_micros(u64::try_from(microseconds)?))
}

/// The most memory that this process, or the largest of those that were started and have ended, has held; in bytes.
pub(crate) fn peak(who: Who) -> Result<u64, Box<dyn Error>> {
    Ok(u64::try_from(usage(who)?.max_rss())? * 1024)
}

/// Times of the same work in several rounds.
#[derive(Clone, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Does `work` once and adds the time that it took on the processor.
    pub(crate) fn add<T>(&mut self, who: Who, work: impl FnOnce() -> T) -> Result<T, Box<dyn Error>> {
        let before = used(who)?;
        let out = work();
        self.0.push(used(who)?.saturating_sub(before));
        Ok(out)
    }

    /// Does `work` once and adds the time that passed.
    pub(crate) fn clock<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let out = work();
        self.0.push(start.elapsed());
        out
    }

    /// How many times longer this took than `other`, at the median.
    pub(crate) fn over(&self, other: &Times) -> f64 {
        self.median().as_secs_f64() / other.median().as_secs_f64().max(1e-9)
    }

    /// Adds a time that was taken otherwise.
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The middle one; zero without any.
    pub(crate) fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// The time that `percent` of all do not exceed; zero without any.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or_default()
    }

    /// The place of the longest; `None` without any.
    pub(crate) fn slowest(&self) -> Option<usize> {
        (0..self.0.len()).max_by_key(|at| self.0[*at])
    }
}
