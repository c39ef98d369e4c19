//! The engine of a process that stays: it goes on with the last commit while new ones are written.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::Local;
use crate::api::{Asked, Request};
use crate::date::Date;
use crate::error::Result;
use crate::index::META;
use crate::text::Aliases;

/// An archive that is asked again and again. Every answer is of one commit: the last there is when it is asked.
pub struct Live {
    paths: Vec<PathBuf>,
    names: Option<Arc<Aliases>>,
    today: fn(&str) -> Date,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The commit in use, with the state of the files that name it.
    open: Option<(Vec<Stamp>, Arc<Local>)>,
    /// What could not be opened, and why: it is not tried again before it changes.
    failed: Option<(Vec<Stamp>, String)>,
}

/// What tells one file that names a commit from the next: a commit writes a new one. All zero where there is none.
type Stamp = [i64; 4];

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("paths", &self.paths).finish_non_exhaustive()
    }
}

impl Live {
    /// The archive of the indexes at `paths`, with the names that the user says are of one bearer, and what day it is for
    /// a query. Nothing is opened yet: an index may come later.
    pub fn new(paths: Vec<PathBuf>, names: Option<Arc<Aliases>>, today: fn(&str) -> Date) -> Live {
        Live { paths, names, today, state: Mutex::default() }
    }

    /// The engine over the last commit. Where a later one cannot be opened the one in use stays.
    pub fn engine(&self) -> Result<Arc<Local>> {
        let stamps = self.stamps();
        // Nothing is left half done where a thread of it has failed.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, engine)) = &state.open
            && (*of == stamps || state.failed.as_ref().is_some_and(|(of, _)| *of == stamps))
        {
            return Ok(Arc::clone(engine));
        }
        match Local::open_all(&self.paths) {
            Ok(engine) => {
                let engine = Arc::new(engine);
                *state = State { open: Some((stamps, Arc::clone(&engine))), failed: None };
                Ok(engine)
            }
            Err(error) => match &state.open {
                Some((_, engine)) => {
                    let engine = Arc::clone(engine);
                    state.failed = Some((stamps, error.public()));
                    Ok(engine)
                }
                None => Err(error),
            },
        }
    }

    /// Why the last commit is not the one in use; `None` where it is.
    pub fn behind(&self) -> Option<String> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failed.as_ref().map(|(_, why)| why.clone())
    }

    /// The request for what is asked, given up at `until`.
    pub fn request(&self, asked: Asked, until: Instant) -> Request {
        let today = (self.today)(&asked.q);
        Request { names: self.names.clone(), until: Some(until), ..asked.request(today) }
    }

    fn stamps(&self) -> Vec<Stamp> {
        let stamp = |path: &PathBuf| {
            let file = fs::metadata(path.join(META)).ok()?;
            Some([file.ino().cast_signed(), file.mtime(), file.mtime_nsec(), file.size().cast_signed()])
        };
        self.paths.iter().map(|path| stamp(path).unwrap_or_default()).collect()
    }
}
