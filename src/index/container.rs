//! A file of many pages in a run: what of it was read, up to where its pages are written, and the room that pages on their
//! way may take.
//!
//! A container is a document of its own, so that what is known of it is atomic with its pages. A commit in the middle says
//! how far all pages are written, and the next run goes on there.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::made::Pipeline;
use super::state::{Entry, State};
use crate::input::Source;
use crate::input::container::{Hurt, RecordSkip};

/// Damaged places that are listed; the rest is counted.
// A file that is noise from end to end has thousands.
const MOST_HURTS: usize = 20;
/// Bytes of pages on their way between the reader of a container and what writes them.
// Two of the largest pages; the usual ones are a thousandth of it.
const ROOM: u64 = 64 << 20;
/// How often who waits for room looks whether the run is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// What the index stores of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ContainerRecord {
    /// Everything before this byte is in the index.
    pub(crate) read_to: u64,
    /// Digests of its beginning and of what stands before `read_to`.
    pub(crate) prints: [u64; 2],
    /// What was read of it.
    pub(crate) tally: Tally,
}

/// What was come by in a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// Records that are no pages, by reason.
    pub(crate) skipped: BTreeMap<RecordSkip, u64>,
    /// Its damaged places, as far as they are listed.
    pub(crate) hurts: Vec<Hurt>,
    /// All of them.
    pub(crate) hurts_in_all: u64,
}

impl Tally {
    pub(crate) fn skip(&mut self, why: RecordSkip) {
        *self.skipped.entry(why).or_default() += 1;
    }

    pub(crate) fn hurt(&mut self, hurt: Hurt) {
        if self.hurts.len() < MOST_HURTS {
            self.hurts.push(hurt);
        }
        self.hurts_in_all += 1;
    }

    /// What is wrong with the file, in lines for people.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.hurts.iter().map(Hurt::to_string).collect();
        let rest = self.hurts_in_all - self.hurts.len() as u64;
        if rest > 0 {
            lines.push(format!("damaged at {rest} more places"));
        }
        lines
    }
}

/// How far the reading of one container is, shared by who reads it and who writes its pages.
#[derive(Debug)]
pub(crate) struct Tracker {
    pub(crate) source: Source,
    /// Number of its root folder.
    pub(crate) root: u64,
    /// The index has pages of it that this run compares: until it is through, nothing may be passed over next time.
    compares: bool,
    progress: Mutex<TrackerProgress>,
}

#[derive(Debug, Default)]
struct TrackerProgress {
    /// Pages that are not written yet, and how far the file was read before each.
    open: BTreeMap<u64, Point>,
    /// How far it is read.
    reached: Point,
    last: u64,
    ended: bool,
}

/// A place in the file and what was come by before it.
#[derive(Clone, Debug, Default)]
struct Point {
    mark: u64,
    tally: Tally,
}

/// What can be said of a container at a commit.
pub(crate) struct Standing {
    pub(crate) read_to: u64,
    pub(crate) tally: Tally,
    /// It was read to its end, and every page is written.
    pub(crate) whole: bool,
}

impl Tracker {
    pub(crate) fn new(source: Source, root: u64, compares: bool, known: &ContainerRecord) -> Arc<Tracker> {
        let reached = Point { mark: known.read_to, tally: known.tally.clone() };
        let progress = Mutex::new(TrackerProgress { reached, ..TrackerProgress::default() });
        Arc::new(Tracker { source, root, compares, progress })
    }

    fn lock(&self) -> MutexGuard<'_, TrackerProgress> {
        // What it guards is whole whatever happened: plain numbers.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A ticket for the page that was read last; `mark` is where a run may go on that has all pages before it.
    pub(crate) fn ticket(self: &Arc<Tracker>, mark: u64, room: Room) -> Ticket {
        let mut progress = self.lock();
        progress.reached.mark = mark;
        progress.last += 1;
        let (number, point) = (progress.last, progress.reached.clone());
        progress.open.insert(number, point);
        Ticket(Arc::new(Held { tracker: Arc::clone(self), number, _room: room }))
    }

    /// Counts what is no page.
    pub(crate) fn count(&self, mark: u64, count: impl FnOnce(&mut Tally)) {
        let mut progress = self.lock();
        progress.reached.mark = mark;
        count(&mut progress.reached.tally);
    }

    /// Says that the file was read to its end.
    pub(crate) fn end(&self) {
        self.lock().ended = true;
    }

    /// All that was come by.
    pub(crate) fn tally(&self) -> Tally {
        self.lock().reached.tally.clone()
    }

    /// What a commit may say now.
    pub(crate) fn standing(&self) -> Standing {
        let progress = self.lock();
        let whole = progress.ended && progress.open.is_empty();
        let Point { mark, tally } = progress.open.values().next().unwrap_or(&progress.reached).clone();
        // Pages that are gone from the file are known by a run that has read it all.
        let read_to = if self.compares && !whole { 0 } else { mark };
        Standing { read_to, tally: if read_to == 0 && !whole { Tally::default() } else { tally }, whole }
    }
}

/// What a page of a container carries on its way. When the last of it is dropped the page's room is free.
#[derive(Clone, Debug)]
pub(crate) struct Ticket(Arc<Held>);

#[derive(Debug)]
struct Held {
    tracker: Arc<Tracker>,
    number: u64,
    _room: Room,
}

impl Ticket {
    /// Says that the page is written.
    pub(crate) fn written(&self) {
        self.0.tracker.lock().open.remove(&self.0.number);
    }
}

/// The bytes that pages of containers may take on their way: a large one waits for others, the largest goes alone.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<(Mutex<u64>, Condvar)>);

impl Budget {
    pub(crate) fn new() -> Budget {
        Budget(Arc::new((Mutex::new(ROOM), Condvar::new())))
    }

    /// Room for `bytes`; `None` where `is_over` says that nobody waits for the page any more.
    pub(crate) fn room(&self, bytes: u64, is_over: impl Fn() -> bool) -> Option<Room> {
        let bytes = bytes.min(ROOM);
        let (free, freed) = &*self.0;
        let mut left = free.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < bytes {
            if is_over() {
                return None;
            }
            (left, _) = freed.wait_timeout(left, LOOK).unwrap_or_else(PoisonError::into_inner);
        }
        *left -= bytes;
        drop(left);
        Some(Room { budget: self.clone(), bytes })
    }
}

/// Room for one page, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Room {
    budget: Budget,
    bytes: u64,
}

impl Drop for Room {
    fn drop(&mut self) {
        let (free, freed) = &*self.budget.0;
        *free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        freed.notify_all();
    }
}

/// What the index knows of the pages in one container.
#[derive(Clone, Debug, Default)]
pub(crate) struct Children {
    pub(crate) pages: u64,
    /// Keys of those that failed.
    pub(crate) failed: Vec<u64>,
    /// Some of them are to be read again.
    pub(crate) stale: bool,
}

/// The pages in all containers, by the key of the container.
pub(crate) fn children(state: &State, pipeline: Pipeline) -> HashMap<u64, Children> {
    let mut all: HashMap<u64, Children> = HashMap::new();
    for Entry { made, identity, .. } in state.entries.values().filter(|entry| entry.identity.parent != 0) {
        let children = all.entry(identity.parent).or_default();
        if identity.failed {
            children.failed.push(identity.key);
        } else {
            children.pages += 1;
        }
        children.stale |= !pipeline.is_current(*made, identity.failed);
    }
    // The map they come from has no order.
    all.values_mut().for_each(|children| children.failed.sort_unstable());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source { root: "/a".into(), path: "crawl.warc.gz".into(), locator: None, size: 9, mtime: 1 }
    }

    fn hurt(at: u64) -> Hurt {
        Hurt { at, why: "noise".to_owned(), resumed: None, of_system: false }
    }

    #[test]
    fn a_commit_says_no_more_than_what_is_written() {
        let (tracker, budget) = (Tracker::new(source(), 0, false, &ContainerRecord::default()), Budget::new());
        let ticket = |mark| tracker.ticket(mark, budget.room(1, || false).expect("room"));
        let standing = || {
            let Standing { read_to, tally, whole } = tracker.standing();
            (read_to, tally.skipped.values().sum::<u64>(), tally.hurts_in_all, whole)
        };
        let skip = |mark| tracker.count(mark, |tally| tally.skip(RecordSkip::Request));
        skip(10);
        let first = ticket(20);
        skip(30);
        tracker.count(40, |tally| tally.hurt(hurt(35)));
        let second = ticket(50);
        skip(60);
        tracker.end();
        assert_eq!(standing(), (20, 1, 0, false), "the first page is not written");
        second.written();
        assert_eq!(standing(), (20, 1, 0, false), "and pages are written in any order");
        first.written();
        assert_eq!(standing(), (60, 3, 1, true));
    }

    #[test]
    fn a_file_that_is_compared_is_begun_anew_until_it_is_through() {
        let (tracker, budget) = (Tracker::new(source(), 0, true, &ContainerRecord::default()), Budget::new());
        let ticket = tracker.ticket(20, budget.room(1, || false).expect("room"));
        tracker.end();
        assert_eq!((tracker.standing().read_to, tracker.standing().whole), (0, false));
        ticket.written();
        assert_eq!((tracker.standing().read_to, tracker.standing().whole), (20, true));
    }

    #[test]
    fn pages_wait_for_room_and_the_largest_goes_alone() {
        let budget = Budget::new();
        let large = budget.room(10 * ROOM, || false).expect("room for one");
        assert!(budget.room(1, || true).is_none(), "there is none, and nobody waits");
        drop(large);
        let two = [budget.room(ROOM / 2, || false), budget.room(ROOM / 2, || false)];
        assert!(two.iter().all(Option::is_some) && budget.room(1, || true).is_none());
        let waiting = std::thread::spawn({
            let budget = budget.clone();
            move || budget.room(ROOM, || false).is_some()
        });
        drop(two);
        assert!(waiting.join().expect("it ends"));
    }

    #[test]
    fn many_damaged_places_are_counted() {
        let mut tally = Tally::default();
        (0..25).for_each(|at| tally.hurt(hurt(at)));
        let lines = tally.lines();
        assert_eq!((lines.len(), lines[20].as_str()), (21, "damaged at 5 more places"));
        assert_eq!(lines[3], "damaged at byte 3: noise; nothing behind it could be read");
    }
}
