//! The walking side of a run: what is there, and what of it has to be read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crossbeam_channel::Sender;

use super::document::key_of;
use super::state::{Entry, State, UNTRUSTED};
use super::worker::{Done, Job};
use crate::input::{Found, Skip, Source, Walk};

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
pub(crate) struct Ground {
    /// The walk, until it has been taken.
    walk: Option<Walk>,
    /// Number of its root folder.
    root: u64,
    /// The folder or single file, canonical and absolute.
    pub(crate) path: PathBuf,
    /// It gave a page, or something that an ignore file names: its disk is there.
    pub(crate) alive: bool,
    /// Paths below it that could not be looked at: what is known of them is kept.
    pub(crate) hidden: Vec<PathBuf>,
}

impl Ground {
    pub(crate) fn new(walk: Walk, root: u64) -> Ground {
        let path = walk.file().map_or_else(|| walk.root().to_owned(), |file| walk.root().join(file));
        Ground { walk: Some(walk), root, path, alive: false, hidden: Vec::new() }
    }

    /// True when the walk would have seen `path`, had it been there.
    pub(crate) fn covers(&self, path: &Path) -> bool {
        path.starts_with(&self.path) && !self.hidden.iter().any(|hidden| path.starts_with(hidden))
    }
}

/// What the survey needs to know.
pub(crate) struct Survey<'a> {
    pub(crate) state: &'a State,
    /// Digest of what makes documents today.
    pub(crate) made: u64,
    /// Times of change at or after this one are not trusted.
    pub(crate) trusted_until: i64,
    pub(crate) rebuild: bool,
    pub(crate) stop: &'a AtomicBool,
    pub(crate) found: &'a AtomicU64,
}

impl Survey<'_> {
    /// Walks all of `grounds`; returns the keys of all pages seen. Ends early when stopped or when nobody listens.
    pub(crate) fn run(&self, grounds: &mut [Ground], jobs: &Sender<Job>, messages: &Sender<Message>) -> HashSet<u64> {
        let mut seen = HashSet::new();
        for ground in grounds {
            let Some(walk) = ground.walk.take() else { continue };
            let top = walk.root().to_owned();
            for found in walk {
                if self.stop.load(Ordering::Relaxed) {
                    return seen;
                }
                let heard = match found {
                    Found::Page(source) => {
                        ground.alive = true;
                        self.page(source, ground.root, &mut seen, jobs, messages)
                    }
                    Found::Skipped { why, .. } => {
                        ground.alive |= why == Skip::Ignored;
                        messages.send(Message::Skipped(why)).is_ok()
                    }
                    Found::Problem { path, error } => {
                        ground.hidden.push(top.join(&path));
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
        let compare = !self.rebuild && known.is_some_and(|entry| entry.made == self.made);
        jobs.send(Job { source, root, known, compare }).is_ok()
    }

    fn is_unchanged(&self, entry: &Entry, source: &Source) -> bool {
        !self.rebuild && entry.made == self.made && entry.size == source.size && entry.mtime == source.mtime
    }
}
