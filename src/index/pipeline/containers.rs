//! Files of many pages on the writing side of a run: what is said of them, and how far a commit says they are read.

use tantivy::{Searcher, TantivyError};

use super::{Run, write_error};
use crate::error::{Error, Result};
use crate::index::container::{Children, ContainerRecord, Tracker};
use crate::index::location::Location;
use crate::index::report::Failure;
use crate::index::state::{Entry, UNTRUSTED};
use crate::index::{document, store};
use crate::input::container::prints;
use crate::input::{Skip, Source};

impl Run<'_, '_> {
    /// A container that has not changed.
    pub(super) fn passed(&mut self, source: &Source, children: &Children, searcher: &Searcher) -> Result<()> {
        self.report.unchanged += children.pages;
        let fail = |cause: TantivyError| write_error(&self.options.index, &cause);
        let record = store::container_of(searcher, document::key_of(source)).map_err(fail)?;
        let mut reasons = record.map(|record| record.tally.lines()).unwrap_or_default();
        for key in &children.failed {
            reasons.extend(store::reason_of(searcher, *key).map_err(fail)?);
        }
        for reason in reasons {
            self.failure(Failure { path: source.file(), reason, known: true });
        }
        Ok(())
    }

    /// A container that was read.
    pub(super) fn closed(&mut self, tracker: &Tracker) {
        let tally = tracker.tally();
        for (why, count) in &tally.skipped {
            let skipped = self.report.skipped.entry(Skip::Record(*why)).or_default();
            skipped.add_many(*count, &tracker.source.path);
        }
        for reason in tally.lines() {
            self.failure(Failure { path: tracker.source.file(), reason, known: false });
        }
        self.dirty = true;
    }

    /// Writes how far the containers are that were opened and not known to be whole.
    pub(super) fn write_containers(&mut self) -> Result<()> {
        let mut open = Vec::new();
        for tracker in std::mem::take(&mut self.trackers) {
            let standing = tracker.standing();
            let mtime = if standing.whole { tracker.source.mtime } else { UNTRUSTED };
            let source = Source { mtime, ..tracker.source.clone() };
            if !standing.whole {
                open.push(tracker.clone());
            }
            let prints = prints(&source.file(), standing.read_to).unwrap_or_default();
            let record = ContainerRecord { read_to: standing.read_to, prints, tally: standing.tally };
            let (location, made) = (Location::new(tracker.root, &source), self.config.pipeline.page(None));
            let stored = document::container(&source, record, location, made);
            let (document, identity) = stored.map_err(|cause| Error::index(&self.options.index, cause))?;
            let entry = Entry { location, size: source.size, mtime, made, touched: false, identity };
            self.write(entry, document, true)?;
        }
        self.trackers = open;
        Ok(())
    }
}
