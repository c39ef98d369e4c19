//! The threads that work on pages, and the watch over them.
//!
//! Extraction is linear and capped, so a page within the limits takes seconds at worst. What no cap helps against is a
//! read that hangs, on a dead network drive, and a fault of ours. A thread cannot be killed: a page that takes longer
//! than the limit is given up, recorded as failed, and its thread is left behind and replaced. What the thread brings
//! when it comes to an end after all is thrown away.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};

use super::scan::Message;
use super::worker::{self, Job, RunConfig, WorkerState};

/// How often the watch looks.
// The limit is in whole seconds, so a tenth of one is as exact as it need be.
pub(crate) const TICK: Duration = Duration::from_millis(100);

/// Threads that may be left behind. More hanging pages than these mean that something else is wrong.
// Each keeps the page that it reads: 32 of the largest size are a gigabyte.
const MAX_ABANDONED: usize = 32;

/// The two ends that a worker works between. They lie in the slot, not in the thread, so that a thread that was left
/// behind holds neither open.
#[derive(Clone)]
struct Channels {
    jobs: Receiver<Job>,
    out: Sender<Message>,
}

/// What one worker is at.
struct Slot {
    /// `None` once the worker has ended or was left behind.
    ends: Option<Channels>,
    /// The page in work and for how many ticks.
    job: Option<(Job, u32)>,
}

type SharedSlot = Arc<Mutex<Slot>>;

/// The workers of one run.
pub(crate) struct WorkerPool {
    config: RunConfig,
    slots: Vec<SharedSlot>,
    /// Ticks that a page may take.
    patience: Option<u32>,
    last_look: Instant,
    abandoned: usize,
}

impl WorkerPool {
    /// Starts `threads` workers that take from `jobs` and give to `out`. They end when `jobs` does.
    pub(crate) fn start(
        threads: usize,
        config: RunConfig,
        page_timeout: Option<Duration>,
        jobs: &Receiver<Job>,
        out: &Sender<Message>,
    ) -> WorkerPool {
        let patience = page_timeout.map(|limit| (limit.as_millis() / TICK.as_millis()).try_into().unwrap_or(u32::MAX));
        // Every slot holds its own ends: the queue closes when the last worker has ended, not when the pool is dropped.
        let ends = Channels { jobs: jobs.clone(), out: out.clone() };
        let slots = (0..threads).map(|_| spawn(ends.clone(), config.clone())).collect();
        WorkerPool { config, slots, patience, last_look: Instant::now(), abandoned: 0 }
    }

    /// Gives up the pages that have taken too long and returns what is to be recorded of them. To be called often; it
    /// counts its own looks, not the clock, so that a stopped or suspended program fails no page.
    pub(crate) fn watch(&mut self) -> Vec<Message> {
        let Some(patience) = self.patience else { return Vec::new() };
        if self.last_look.elapsed() < TICK || self.abandoned >= MAX_ABANDONED {
            return Vec::new();
        }
        self.last_look = Instant::now();
        let mut out = Vec::new();
        for shared in &mut self.slots {
            let mut slot = lock(shared);
            let Some((_, ticks)) = &mut slot.job else { continue };
            // Ticks and not the clock: a laptop that slept over night has given up no page.
            *ticks += 1;
            if *ticks <= patience {
                continue;
            }
            if let (Some((job, _)), Some(ends)) = (slot.job.take(), slot.ends.take()) {
                out.push(Message::Done(Box::new(worker::late(job, TICK * patience))));
                drop(slot);
                *shared = spawn(ends, self.config.clone());
                self.abandoned += 1;
            }
        }
        out
    }

    /// Leaves the pages in work behind, for a run that is to end now: nothing is recorded of them, so that the next run
    /// reads them. Workers without a page end by themselves when the queue closes.
    pub(crate) fn leave(&mut self) {
        for shared in &self.slots {
            let mut slot = lock(shared);
            if slot.job.is_some() {
                (slot.job, slot.ends) = (None, None);
            }
        }
    }
}

fn lock(slot: &SharedSlot) -> std::sync::MutexGuard<'_, Slot> {
    // A panic is caught before it comes here; should one poison the lock, what it guards is whole: two plain options.
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

fn spawn(ends: Channels, config: RunConfig) -> SharedSlot {
    let slot = Arc::new(Mutex::new(Slot { ends: Some(ends), job: None }));
    let shared = Arc::clone(&slot);
    thread::spawn(move || {
        let mut state = WorkerState::default();
        while work(&shared, &config, &mut state) {}
        lock(&shared).ends = None;
    });
    slot
}

/// Takes one page and does it; false when there is no more to do.
fn work(shared: &SharedSlot, config: &RunConfig, state: &mut WorkerState) -> bool {
    let Some(jobs) = lock(shared).ends.as_ref().map(|ends| ends.jobs.clone()) else { return false };
    let Ok(job) = jobs.recv() else { return false };
    // While the page is in work this thread must not keep the queue open.
    drop(jobs);
    lock(shared).job = Some((job.outline(), 0));
    let done = worker::run(job, config, state);
    let out = {
        let mut slot = lock(shared);
        slot.job = None;
        // Gone when the watch has given this thread up.
        slot.ends.as_ref().map(|ends| ends.out.clone())
    };
    out.is_some_and(|out| out.send(Message::Done(Box::new(done))).is_ok())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crossbeam_channel::unbounded;

    use super::super::made::Pipeline;
    use super::super::worker::Outcome;
    use super::*;
    use crate::date::Date;
    use crate::extract::{Article, Extractor};
    use crate::input::{Limits, Page, Source};

    fn slow(extractor: &mut Extractor, page: &Page, today: Date) -> Article {
        if page.text.contains("slow") {
            thread::sleep(Duration::from_millis(700));
        }
        extractor.extract(page, today)
    }

    fn config() -> RunConfig {
        let pipeline = Pipeline::new(1 << 40, 1, "2030-01-01".parse().expect("a day"));
        RunConfig { limits: Limits::default(), own: None, pipeline, extract: slow, dry_run: false }
    }

    fn job(folder: &std::path::Path, name: &str) -> Job {
        fs::write(folder.join(name), format!("{name}\n\nThe {name} eels are back.")).expect("written");
        let source = Source { root: folder.into(), path: name.into(), locator: None, size: 0, mtime: 0 };
        Job { source, root: 0, known: None, compare: false, saved: None, ticket: None }
    }

    /// Name and outcome of a page that is done.
    fn outcome(message: Message) -> String {
        let Message::Done(done) = message else { panic!("a page: {message:?}") };
        let name = done.source.path.display().to_string();
        match done.outcome {
            Outcome::Page { .. } => name,
            Outcome::Failed { reason, entry, .. } => format!("{name}: {reason} ({:?})", entry.made),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_page_that_takes_too_long_is_given_up_and_its_thread_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let (to_workers, jobs) = unbounded();
        let (to_writer, messages) = unbounded();
        let mut pool = WorkerPool::start(1, config(), Some(TICK), &jobs, &to_writer);
        drop((jobs, to_writer));
        for name in ["slow.txt", "next.txt"] {
            to_workers.send(job(folder.path(), name)).expect("somebody works");
        }
        let mut given_up = Vec::new();
        while given_up.is_empty() {
            given_up = pool.watch();
            thread::sleep(TICK / 4);
        }
        let given_up: Vec<String> = given_up.into_iter().map(outcome).collect();
        // Made by nothing, so that every run tries it again.
        assert_eq!(given_up, ["slow.txt: gave up after 0.1 s; allow more with --page-timeout (Made(0))"]);
        drop(to_workers);
        // The thread in its place does the next page; what the slow one brings at last is thrown away.
        assert_eq!(messages.iter().map(outcome).collect::<Vec<_>>(), ["next.txt"]);
        assert!(pool.watch().is_empty());
    }

    #[test]
    fn pages_in_work_are_left_behind_when_a_run_is_to_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let (to_workers, jobs) = unbounded();
        let (to_writer, messages) = unbounded();
        let mut pool = WorkerPool::start(2, config(), None, &jobs, &to_writer);
        drop((jobs, to_writer));
        for name in ["first.txt", "slow.txt"] {
            to_workers.send(job(folder.path(), name)).expect("somebody works");
        }
        assert_eq!(messages.recv().map(outcome).as_deref(), Ok("first.txt"));
        drop(to_workers);
        while !pool.slots.iter().any(|slot| lock(slot).job.is_some()) {
            thread::sleep(TICK / 20);
        }
        pool.leave();
        // The channel closes though a thread is still at its page, and that page is not among the results.
        assert!(messages.iter().next().is_none());
    }

    #[test]
    fn without_a_limit_nothing_is_given_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let (to_workers, jobs) = unbounded();
        let (to_writer, messages) = unbounded();
        let mut pool = WorkerPool::start(2, config(), None, &jobs, &to_writer);
        drop((jobs, to_writer));
        for name in ["slow.txt", "next.txt"] {
            to_workers.send(job(folder.path(), name)).expect("somebody works");
        }
        drop(to_workers);
        assert!(pool.watch().is_empty());
        let mut all: Vec<String> = messages.iter().map(outcome).collect();
        all.sort();
        assert_eq!(all, ["next.txt", "slow.txt"]);
    }
}
