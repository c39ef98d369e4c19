//! What one run of indexing was asked to do, and what it did.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::annotate::gazetteer::OwnPlaces;
use crate::date::Date;
use crate::extract::Kind;
use crate::input::{Fields, Limits, Skip, WalkOptions};

/// What to index, and how.
#[derive(Debug)]
pub struct Options<'a> {
    /// Folder of the index; made when missing.
    pub index: PathBuf,
    /// Folders and files to read.
    pub paths: Vec<PathBuf>,
    /// Threads that read, extract and annotate; 0 means one a core.
    pub threads: usize,
    /// Read every page again, changed or not.
    pub rebuild: bool,
    /// Remove what vanished even where a whole root is empty now, or is not there.
    pub prune: bool,
    /// A folder or file that was moved to one of the paths and is not there any more: what is known of it goes where pages
    /// were found at the new place.
    pub moved: Option<PathBuf>,
    /// What the walk takes in.
    pub walk: WalkOptions,
    /// Caps on one page.
    pub limits: Limits,
    /// Today in UTC: no page is dated later than the day after it.
    pub today: Date,
    /// Places that the user adds to the gazetteer. Pages that were read with others are read again.
    pub places: Option<Arc<OwnPlaces>>,
    /// Where ready articles have their parts.
    pub fields: Fields,
    /// Let other users read the index, as the umask says; once said it holds for later runs. Else its folder and files are
    /// for their owner alone.
    pub shared: bool,
    /// Find out what a run would do, and write nothing: no folder, no lock, no file.
    pub dry_run: bool,
    /// Longest time for one page; `None` for no bound. A page that takes longer is a failure of this run, what the index
    /// knows of it is kept, and the next run tries again.
    pub page_timeout: Option<Duration>,
    /// Set from outside to stop: what was done so far is committed.
    pub stop: &'a AtomicBool,
}

/// How far a run has come; handed to the caller's progress function after every page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Pages found so far, unchanged ones included.
    pub found: u64,
    /// Pages done, unchanged ones included.
    pub done: u64,
    /// Pages that failed.
    pub failed: u64,
    /// True when the walk has ended, so that `found` is final.
    pub walked: bool,
    /// Bytes of files that were come by so far, those of a file of many pages as far as it is read.
    pub read: u64,
}

/// One page or folder that failed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
    /// True when it failed in an earlier run too and has not changed since.
    pub known: bool,
}

/// What a run would do with one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Add it.
    Add,
    /// Read it again and replace it.
    Update,
    /// Remove it from the index.
    Remove,
}

/// What a run did, or with [`Options::dry_run`] would do. Pages counted in `added`, `updated`, `unchanged` and `failures` add up to the pages found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Pages that are new to the index.
    pub added: u64,
    /// Pages that were in the index and were read again.
    pub updated: u64,
    /// Pages that had not changed.
    pub unchanged: u64,
    /// Pages that are gone from their root and from the index.
    pub removed: u64,
    /// Pages read in this run, by kind; empty for a dry run, which takes no articles out of them.
    pub kinds: BTreeMap<Kind, u64>,
    /// Files that are no pages, by the reason for which they were passed over.
    pub skipped: BTreeMap<Skip, Skipped>,
    /// For a dry run what it would change, sorted by path; else empty.
    pub changes: Vec<(PathBuf, Change)>,
    /// What failed, sorted by path.
    pub failures: Vec<Failure>,
    /// Remarks on the run as a whole, such as a root whose vanished pages were kept.
    pub warnings: Vec<String>,
    /// Articles that a query can find now: pages that did not fail, without superseded captures. After a dry run those
    /// that the index has, without what would be removed.
    pub articles: u64,
    /// Captures that a newer one supersedes.
    pub superseded: u64,
    /// Bytes of pages read in this run.
    pub bytes: u64,
    /// Bytes of the index folder.
    pub index_bytes: u64,
    /// Time taken.
    pub elapsed: Duration,
    /// The run was stopped; what was done is committed.
    pub interrupted: bool,
}

/// What was passed over for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Files and folders.
    pub count: u64,
    /// Files by the ending of their names, with its dot and in lower case; those without one, or with an odd one, are in
    /// none. Empty for reasons that have nothing to do with the name.
    pub types: BTreeMap<String, u64>,
    /// The first of them, below its root.
    pub example: PathBuf,
}

impl Skipped {
    /// Counts what lies at `path`.
    pub(crate) fn add(&mut self, why: Skip, path: PathBuf) {
        if why == Skip::OtherType
            && let Some(ending) = path.extension().and_then(|ending| ending.to_str())
            // Longer ones, and those with signs, are no types: `style.css?v=3`, `Mr. Smith`.
            && ending.len() <= 8
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            *self.types.entry(format!(".{}", ending.to_ascii_lowercase())).or_default() += 1;
        }
        if self.count == 0 {
            self.example = path;
        }
        self.count += 1;
    }
}

impl Skipped {
    /// Counts so many records of the container at `path`.
    pub(crate) fn add_many(&mut self, count: u64, path: &Path) {
        if self.count == 0 {
            path.clone_into(&mut self.example);
        }
        self.count += count;
    }
}

impl Report {
    /// Pages that the run came across.
    pub fn pages(&self) -> u64 {
        self.added + self.updated + self.unchanged + self.failures.len() as u64
    }
}
