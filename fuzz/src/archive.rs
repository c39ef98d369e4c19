//! An index of saved pages, made for one run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::{env, fs, process};

use search::api::{Engine, Request};
use search::engine::Local;
use search::index::{self, Options};
use search::input::{Fields, Limits, WalkOptions};

use crate::query::today;

/// Brings the index at `index` to the state of `folder`.
pub fn make(index: &Path, folder: &Path) {
    let stop = AtomicBool::new(false);
    let options = Options {
        index: index.to_owned(),
        paths: vec![folder.to_owned()],
        threads: 1,
        rebuild: false,
        shared: false,
        dry_run: false,
        walk: WalkOptions { ignore_files: true, follow: false, mapped: false },
        page_timeout: None,
        prune: false,
        moved: None,
        places: None,
        fields: Fields::usual(),
        limits: Limits::default(),
        today: today(),
        stop: &stop,
    };
    index::run(&options, &mut |_| {}).unwrap();
}

/// A folder for one run, where there is one in memory.
pub fn place(name: &str) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { env::temp_dir() };
    parent.join(format!("search-fuzz-{name}-{}", process::id()))
}

/// An index of a folder, and the words of its pages.
pub struct Archive {
    pub engine: Local,
    pub words: Vec<String>,
    /// Removed at the end, but for a fault.
    place: PathBuf,
}

impl Drop for Archive {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.place);
    }
}

impl Archive {
    pub fn of(folder: &Path) -> Archive {
        let place = place("archive");
        make(&place, folder);
        let engine = Local::open(&place).unwrap();
        let mut request = Request::new("*", today());
        (request.limit, request.snippets) = (200, 0);
        let mut words = BTreeSet::new();
        for hit in engine.search(&request).unwrap().body.hits {
            words.extend(engine.article(&hit.id).unwrap().body.split_whitespace().map(str::to_owned));
        }
        Archive { engine, words: words.into_iter().collect(), place }
    }
}
