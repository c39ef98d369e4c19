//! The walking side of a run: what is there, and what of it has to be read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crossbeam_channel::Sender;

use super::document::key_of;
use super::made::Pipeline;
use super::state::{Entry, State, UNTRUSTED};
use super::worker::{Done, Job};
use crate::input::{Skip, Source, Walk, WalkItem};

/// What the other threads tell the writing one.
#[derive(Debug)]
pub(crate) enum Message {
    /// A page has not changed; where it failed before, its path, for it still fails.
    Unchanged(Option<(PathBuf, u64)>),
    /// A file is no page.
    Skipped(Skip),
    /// A file or folder could not be looked at.
    Problem(PathBuf, String),
    /// A worker is done with a page.
    Done(Box<Done>),
}

/// One named path and what the walk over it saw.
#[derive(Debug)]
pub(crate) struct RootScan {
    /// The walk, until it has been taken.
    walk: Option<Walk>,
    /// Number of its root folder.
    root: u64,
    /// The folder or single file, canonical and absolute.
    pub(crate) path: PathBuf,
    /// It gave a page, or something that an ignore file names: its disk is there.
    pub(crate) alive: bool,
    /// Paths below it that could not be looked at: what is known of them is kept.
    pub(crate) unreadable: Vec<PathBuf>,
}

impl RootScan {
    pub(crate) fn new(walk: Walk, root: u64) -> RootScan {
        let path = walk.file().map_or_else(|| walk.root().to_owned(), |file| walk.root().join(file));
        RootScan { walk: Some(walk), root, path, alive: false, unreadable: Vec::new() }
    }

    /// A walk that has ended.
    #[cfg(test)]
    pub(crate) fn ended(path: PathBuf, alive: bool, unreadable: Vec<PathBuf>) -> RootScan {
        RootScan { walk: None, root: 0, path, alive, unreadable }
    }

    /// True when the walk would have seen `path`, had it been there.
    pub(crate) fn covers(&self, path: &Path) -> bool {
        path.starts_with(&self.path) && !self.unreadable.iter().any(|unreadable| path.starts_with(unreadable))
    }
}

/// What the scan needs to know.
pub(crate) struct Scan<'a> {
    pub(crate) state: &'a State,
    pub(crate) pipeline: Pipeline,
    /// Times of change at or after this one are not trusted.
    pub(crate) trusted_until: i64,
    pub(crate) rebuild: bool,
    pub(crate) stop: &'a AtomicBool,
    pub(crate) found: &'a AtomicU64,
}

impl Scan<'_> {
    /// Walks all of `root_scans`; returns the keys of all pages seen. Ends early when stopped or when nobody listens.
    pub(crate) fn run(
        &self,
        root_scans: &mut [RootScan],
        jobs: &Sender<Job>,
        messages: &Sender<Message>,
    ) -> HashSet<u64> {
        let mut seen = HashSet::new();
        for root_scan in root_scans {
            let Some(walk) = root_scan.walk.take() else { continue };
            let top = walk.root().to_owned();
            for found in walk {
                if self.stop.load(Ordering::Relaxed) {
                    return seen;
                }
                let heard = match found {
                    WalkItem::Page(source) => {
                        root_scan.alive = true;
                        self.page(source, root_scan.root, &mut seen, jobs, messages)
                    }
                    WalkItem::Skipped { why, .. } => {
                        root_scan.alive |= why == Skip::Ignored;
                        messages.send(Message::Skipped(why)).is_ok()
                    }
                    WalkItem::Problem { path, error } => {
                        root_scan.unreadable.push(top.join(&path));
                        messages.send(Message::Problem(top.join(path), error.reason())).is_ok()
                    }
                };
                if !heard {
                    return seen;
                }
            }
        }
        seen
    }

    /// Hands one page on; false when nobody listens any more.
    fn page(
        &self,
        mut source: Source,
        root: u64,
        seen: &mut HashSet<u64>,
        jobs: &Sender<Job>,
        messages: &Sender<Message>,
    ) -> bool {
        let key = key_of(&source);
        if !seen.insert(key) {
            return true;
        }
        self.found.fetch_add(1, Ordering::Relaxed);
        let known = self.state.entries.get(&key).copied();
        if let Some(entry) = known.filter(|entry| self.is_unchanged(entry, &source)) {
            let failed = entry.identity.failed.then(|| (source.file(), key));
            return messages.send(Message::Unchanged(failed)).is_ok();
        }
        if source.mtime >= self.trusted_until {
            source.mtime = UNTRUSTED;
        }
        let compare = !self.rebuild && known.is_some_and(|entry| self.is_current(&entry));
        jobs.send(Job { source, root, known, compare }).is_ok()
    }

    fn is_unchanged(&self, entry: &Entry, source: &Source) -> bool {
        !self.rebuild && self.is_current(entry) && entry.size == source.size && entry.mtime == source.mtime
    }

    fn is_current(&self, entry: &Entry) -> bool {
        self.pipeline.is_current(entry.made, entry.identity.failed)
    }
}
