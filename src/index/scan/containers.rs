//! Containers in a scan: which are passed over, where the reading of the others begins, and what comes of it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{Ends, Message, Scan, Seen};
use crate::index::container::{Children, ContainerRecord, Tally, Tracker};
use crate::index::document::key_of;
use crate::index::state::{Entry, UNTRUSTED};
use crate::index::worker::Job;
use crate::input::Source;
use crate::input::container::{self, Container, Hurt, Piece, What};

impl Scan<'_> {
    /// Passes over a container or reads it; false when nobody listens any more.
    pub(super) fn container(&self, mut source: Source, root: u64, seen: &mut Seen, ends: Ends<'_>) -> bool {
        let key = key_of(&source);
        if !seen.keys.insert(key) {
            return true;
        }
        let known = self.state.entries.get(&key).filter(|entry| entry.identity.is_container());
        let children = self.children.get(&key).cloned().unwrap_or_default();
        if known.is_some_and(|entry| self.is_unchanged(entry, &source)) && !children.stale {
            seen.parents.insert(key);
            self.read.fetch_add(source.size, Ordering::Relaxed);
            self.found.fetch_add(children.pages + children.failed.len() as u64, Ordering::Relaxed);
            return ends.say(Message::Passed(source, children));
        }
        if source.mtime >= self.trusted_until {
            source.mtime = UNTRUSTED;
        }
        let before = self.before(&source, known, &children);
        let opened = container::open(&source, self.limits, &self.fields, before.read_to);
        match opened {
            Ok(reader) => {
                // What was not read again is there still.
                let compares = before.read_to == 0 && children.pages + children.failed.len() as u64 > 0;
                let tracker = Tracker::new(source, root, compares, &before);
                let read = Reading { scan: self, tracker, seen, ends }.all(reader);
                if !read.whole || before.read_to > 0 {
                    seen.parents.insert(key);
                }
                read.heard
            }
            Err(error) => {
                seen.parents.insert(key);
                self.found.fetch_add(1, Ordering::Relaxed);
                ends.say(Message::Problem(source.file(), error.reason()))
            }
        }
    }

    /// What an earlier run has read of the container and stands there still: it has only grown, or that run was stopped.
    fn before(&self, source: &Source, known: Option<&Entry>, children: &Children) -> ContainerRecord {
        let usable = known.filter(|entry| self.compares(Some(**entry)) && !children.stale);
        let record = usable.and_then(|entry| (self.container_of)(entry.identity.key));
        let grown = |record: &ContainerRecord| {
            record.read_to > 0
                && record.read_to <= source.size
                && container::prints(&source.file(), record.read_to).is_ok_and(|prints| prints == record.prints)
        };
        let Some(mut record) = record.filter(grown) else { return ContainerRecord::default() };
        // What is read again is counted again.
        let mark = record.read_to;
        record.tally.hurts.retain(|hurt| hurt.at < mark);
        record.tally.hurts_in_all = record.tally.hurts.len() as u64;
        record
    }
}

/// What came of reading a container.
struct Read {
    /// Somebody listens still.
    heard: bool,
    /// It was read to its end, and no damage hid anything.
    whole: bool,
}

/// The reading of one container.
struct Reading<'s, 'a> {
    scan: &'s Scan<'a>,
    tracker: Arc<Tracker>,
    seen: &'s mut Seen,
    ends: Ends<'s>,
}

impl Reading<'_, '_> {
    fn all(mut self, mut reader: Box<dyn Container>) -> Read {
        let (mut whole, mut refused, mut read) = (true, false, 0);
        if !self.ends.say(Message::Opened(Arc::clone(&self.tracker))) {
            return Read { heard: false, whole: false };
        }
        loop {
            if self.scan.stop.load(Ordering::Relaxed) {
                return Read { heard: true, whole: false };
            }
            let reached = reader.reached().min(self.tracker.source.size).max(read);
            self.scan.read.fetch_add(reached - read, Ordering::Relaxed);
            read = reached;
            let heard = match reader.next() {
                Ok(Some(piece)) => self.piece(piece, reader.mark()),
                Err(hurt) => {
                    whole = false;
                    refused |= hurt.of_system;
                    self.hurt(hurt, reader.mark());
                    true
                }
                Ok(None) => {
                    // What the file system refused is tried again by the next run.
                    if !refused {
                        self.tracker.end();
                    }
                    self.scan.read.fetch_add(self.tracker.source.size - read, Ordering::Relaxed);
                    let heard = self.ends.say(Message::Closed(self.tracker));
                    return Read { heard, whole };
                }
            };
            if !heard {
                return Read { heard: false, whole: false };
            }
        }
    }

    fn hurt(&self, hurt: Hurt, mark: u64) {
        self.scan.found.fetch_add(1, Ordering::Relaxed);
        self.tracker.count(mark, |tally: &mut Tally| tally.hurt(hurt));
    }

    /// Hands a page on; false when nobody listens any more.
    fn piece(&mut self, Piece { locator, what }: Piece, mark: u64) -> bool {
        let (saved, size) = match what {
            What::Skipped(why) => {
                self.tracker.count(mark, |tally| tally.skip(why));
                return true;
            }
            What::Refused(why) => (Err(why), 0),
            What::Page(page) => {
                let size = page.bytes.len() as u64;
                (Ok(Box::new(page)), size)
            }
        };
        // The time of the file says nothing of a page in it: bytes are compared wherever the file is read.
        let source = Source { locator: Some(locator), size, mtime: 0, ..self.tracker.source.clone() };
        let key = key_of(&source);
        if !self.seen.keys.insert(key) {
            return true;
        }
        let stop = self.scan.stop;
        let Some(room) = self.scan.budget.room(size, || stop.load(Ordering::Relaxed)) else { return true };
        self.scan.found.fetch_add(1, Ordering::Relaxed);
        let known = self.scan.state.entries.get(&key).copied();
        let compare = self.scan.compares(known);
        let ticket = Some(self.tracker.ticket(mark, room));
        let root = self.tracker.root;
        self.ends.jobs.send(Job { source, root, known, compare, saved: Some(saved), ticket }).is_ok()
    }
}
