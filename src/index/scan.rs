//! The walking side of a run: what is there, and what of it has to be read.

mod containers;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crossbeam_channel::Sender;

use super::container::{Budget, Children, ContainerRecord, Tracker};
use super::document::key_of;
use super::made::Pipeline;
use super::state::{Entry, State, UNTRUSTED};
use super::worker::{Done, Job};
use crate::input::{Fields, Limits, Skip, Source, Walk, WalkItem};

/// What the other threads tell the writing one.
#[derive(Debug)]
pub(crate) enum Message {
    /// A page has not changed; where it failed before, its path, for it still fails.
    Unchanged(Option<(PathBuf, u64)>),
    /// A file or folder is left out; its path below the root.
    Skipped(Skip, PathBuf),
    /// A file or folder could not be looked at.
    Problem(PathBuf, String),
    /// A worker is done with a page.
    Done(Box<Done>),
    /// A container has not changed: its source, how many pages it has, and the keys of those that failed.
    Passed(Source, Children),
    /// A container is being read.
    Opened(Arc<Tracker>),
    /// It was read, as far as it could be.
    Closed(Arc<Tracker>),
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
    /// It is not there any more, and was said to be gone for good.
    pub(crate) gone: bool,
}

impl RootScan {
    pub(crate) fn new(walk: Walk, root: u64) -> RootScan {
        let path = walk.file().map_or_else(|| walk.root().to_owned(), |file| walk.root().join(file));
        RootScan { walk: Some(walk), root, path, alive: false, unreadable: Vec::new(), gone: false }
    }

    /// Of a folder or file that is gone for good: nothing is walked.
    pub(crate) fn gone(path: PathBuf) -> RootScan {
        RootScan { walk: None, root: 0, path, alive: false, unreadable: Vec::new(), gone: true }
    }

    /// A walk that has ended.
    #[cfg(test)]
    pub(crate) fn ended(path: PathBuf, alive: bool, unreadable: Vec<PathBuf>) -> RootScan {
        RootScan { walk: None, root: 0, path, alive, unreadable, gone: false }
    }

    /// True when the walk would have seen `path`, had it been there.
    pub(crate) fn covers(&self, path: &Path) -> bool {
        path.starts_with(&self.path) && !self.unreadable.iter().any(|unreadable| path.starts_with(unreadable))
    }
}

/// What a scan came by.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Keys of pages and containers.
    pub(crate) keys: HashSet<u64>,
    /// Containers of which it cannot be told what is gone: not read now, or not all of them.
    pub(crate) parents: HashSet<u64>,
}

impl Seen {
    /// Whether the source is there, or may be.
    pub(crate) fn has(&self, entry: &Entry) -> bool {
        self.keys.contains(&entry.identity.key) || self.parents.contains(&entry.identity.parent)
    }
}

/// What the scan needs to know.
pub(crate) struct Scan<'a> {
    pub(crate) state: &'a State,
    pub(crate) pipeline: Pipeline,
    pub(crate) limits: Limits,
    /// Where ready articles have their parts.
    pub(crate) fields: Fields,
    /// Times of change at or after this one are not trusted.
    pub(crate) trusted_until: i64,
    pub(crate) rebuild: bool,
    pub(crate) stop: &'a AtomicBool,
    pub(crate) found: &'a AtomicU64,
    /// Bytes of files that were come by, for who asks how far the run is.
    pub(crate) read: &'a AtomicU64,
    /// What the index has of the pages in containers.
    pub(crate) children: HashMap<u64, Children>,
    /// What the index stores of the container with a key.
    pub(crate) container_of: &'a (dyn Fn(u64) -> Option<ContainerRecord> + Sync),
    pub(crate) budget: Budget,
}

/// Where a scan hands on what it finds.
#[derive(Clone, Copy)]
pub(crate) struct Ends<'a> {
    pub(crate) jobs: &'a Sender<Job>,
    pub(crate) messages: &'a Sender<Message>,
}

impl Ends<'_> {
    /// False when nobody listens any more.
    fn say(self, message: Message) -> bool {
        self.messages.send(message).is_ok()
    }
}

impl Scan<'_> {
    /// Walks all of `root_scans`; returns all that it saw. Ends early when stopped or when nobody listens.
    pub(crate) fn run(&self, root_scans: &mut [RootScan], ends: Ends<'_>) -> Seen {
        let mut seen = Seen::default();
        for root_scan in root_scans {
            let Some(walk) = root_scan.walk.take() else { continue };
            let top = walk.root().to_owned();
            for found in walk {
                // What was not walked is not seen, and nothing is removed after a run that was stopped.
                if self.stop.load(Ordering::Relaxed) {
                    return seen;
                }
                let heard = match found {
                    WalkItem::Page(source) => {
                        root_scan.alive = true;
                        self.page(source, root_scan.root, &mut seen, ends)
                    }
                    WalkItem::Container(source) => {
                        root_scan.alive = true;
                        self.container(source, root_scan.root, &mut seen, ends)
                    }
                    WalkItem::Skipped { path, why } => {
                        root_scan.alive |= why == Skip::Ignored;
                        ends.say(Message::Skipped(why, path))
                    }
                    WalkItem::Problem { path, error } => {
                        root_scan.unreadable.push(top.join(&path));
                        ends.say(Message::Problem(top.join(path), error.reason()))
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
    fn page(&self, mut source: Source, root: u64, seen: &mut Seen, ends: Ends<'_>) -> bool {
        let key = key_of(&source);
        // Two roots that overlap, or a file named beside its folder: one source, one document.
        if !seen.keys.insert(key) {
            return true;
        }
        self.found.fetch_add(1, Ordering::Relaxed);
        self.read.fetch_add(source.size, Ordering::Relaxed);
        let known = self.state.entries.get(&key).copied();
        if let Some(entry) = known.filter(|entry| self.is_unchanged(entry, &source)) {
            let failed = entry.identity.failed.then(|| (source.file(), key));
            return ends.say(Message::Unchanged(failed));
        }
        if source.mtime >= self.trusted_until {
            // It may change again within the same step of the clock and keep its time.
            source.mtime = UNTRUSTED;
        }
        let compare = self.compares(known);
        ends.jobs.send(Job { source, root, known, compare, saved: None, ticket: None }).is_ok()
    }

    fn compares(&self, known: Option<Entry>) -> bool {
        !self.rebuild && known.is_some_and(|entry| self.is_current(&entry))
    }

    fn is_unchanged(&self, entry: &Entry, source: &Source) -> bool {
        !self.rebuild && self.is_current(entry) && entry.size == source.size && entry.mtime == source.mtime
    }

    fn is_current(&self, entry: &Entry) -> bool {
        self.pipeline.is_current(entry.made, entry.identity.failed)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::fs;
    use std::time::UNIX_EPOCH;

    use crossbeam_channel::unbounded;
    use tempfile::TempDir;

    use super::*;
    use crate::index::location::Location;
    use crate::index::made::Made;
    use crate::index::state::Identity;
    use crate::input::{self, WalkOptions};

    const OBEY: WalkOptions = WalkOptions { ignore_files: true, follow: false, mapped: false };

    /// A folder with these files.
    fn folder(paths: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for path in paths {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "Eels\n\nThe eels are back.").expect("written");
        }
        folder
    }

    /// What a scan hands on.
    #[derive(Debug, Default)]
    struct Heard {
        /// Names of the pages that are to be read, whether their bytes are to be compared first, and their times.
        jobs: Vec<(String, bool, i64)>,
        unchanged: usize,
        known_failures: Vec<String>,
        skipped: usize,
        problems: usize,
        seen: usize,
    }

    struct Asked {
        state: State,
        pipeline: Pipeline,
        trusted_until: i64,
        rebuild: bool,
        stop: bool,
    }

    fn pipeline(fingerprint: u64) -> Pipeline {
        Pipeline::new(fingerprint << 40, 1, "2030-01-01".parse().expect("a day"))
    }

    impl Default for Asked {
        fn default() -> Asked {
            let state = State::default();
            Asked { state, pipeline: pipeline(1), trusted_until: i64::MAX, rebuild: false, stop: false }
        }
    }

    fn name(path: &Path) -> String {
        path.file_name().expect("a name").to_string_lossy().into_owned()
    }

    static READ: AtomicU64 = AtomicU64::new(0);

    /// A scan over an index without containers.
    fn scan_of<'a>(state: &'a State, pipeline: Pipeline, stop: &'a AtomicBool, found: &'a AtomicU64) -> Scan<'a> {
        Scan {
            state,
            pipeline,
            limits: Limits::default(),
            fields: Fields::usual(),
            trusted_until: 0,
            rebuild: false,
            stop,
            found,
            read: &READ,
            children: HashMap::new(),
            container_of: &|_| None,
            budget: Budget::new(),
        }
    }

    fn scan(asked: &Asked, paths: &[&Path]) -> Heard {
        let (stop, found) = (AtomicBool::new(asked.stop), AtomicU64::new(0));
        let scan = Scan {
            trusted_until: asked.trusted_until,
            rebuild: asked.rebuild,
            ..scan_of(&asked.state, asked.pipeline, &stop, &found)
        };
        let walk = |path: &&Path| RootScan::new(input::walk(path, OBEY).expect("a walk"), 0);
        let mut root_scans: Vec<RootScan> = paths.iter().map(walk).collect();
        let (to_workers, jobs) = unbounded();
        let (to_writer, messages) = unbounded();
        let seen = scan.run(&mut root_scans, Ends { jobs: &to_workers, messages: &to_writer }).keys.len();
        drop((to_workers, to_writer));
        let job = |job: Job| (name(&job.source.path), job.compare, job.source.mtime);
        let mut heard = Heard { jobs: jobs.iter().map(job).collect(), seen, ..Heard::default() };
        for message in messages.iter() {
            match message {
                Message::Unchanged(None) => heard.unchanged += 1,
                Message::Unchanged(Some((path, _))) => heard.known_failures.push(name(&path)),
                Message::Skipped(..) => heard.skipped += 1,
                Message::Problem(..) => heard.problems += 1,
                other => panic!("nobody works: {other:?}"),
            }
        }
        assert_eq!(found.into_inner() as usize, heard.jobs.len() + heard.unchanged + heard.known_failures.len());
        heard
    }

    /// An entry for the file, as the last run would have left it.
    fn known(path: &Path, change: impl FnOnce(&mut Entry)) -> (u64, Entry) {
        let meta = path.metadata().expect("a file");
        let path = path.canonicalize().expect("a path");
        let (root, file) = (path.parent().expect("a folder"), path.file_name().expect("a name"));
        let mtime = meta.modified().expect("a time").duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as i64;
        let source = Source { root: root.into(), path: file.into(), locator: None, size: meta.len(), mtime };
        let key = key_of(&source);
        let identity =
            Identity { key, id: 0, content: 0, order: 0, failed: false, parent: 0, words: 0, title_words: 0 };
        let (location, made) = (Location::new(0, &source), pipeline(1).page(None));
        let mut entry = Entry { location, size: source.size, mtime, made, touched: false, identity };
        change(&mut entry);
        (key, entry)
    }

    fn names(jobs: &[(String, bool, i64)]) -> Vec<&str> {
        jobs.iter().map(|(name, ..)| name.as_str()).collect()
    }

    #[test]
    fn what_is_new_is_read_in_order_and_once() {
        let folder = folder(&["b.txt", "a.txt", "c/d.txt", "e.css"]);
        let heard = scan(&Asked::default(), &[folder.path(), &folder.path().join("c"), &folder.path().join("a.txt")]);
        assert_eq!((names(&heard.jobs), heard.skipped, heard.seen), (vec!["a.txt", "b.txt", "d.txt"], 1, 3));
        assert!(heard.jobs.iter().all(|(_, compare, _)| !compare), "there is nothing to compare with");
    }

    #[test]
    fn what_is_as_it_was_is_left_alone() {
        let folder = folder(&["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"]);
        let at = |name: &str| folder.path().join(name);
        let entries: HashMap<u64, Entry> = [
            known(&at("a.txt"), |_| ()),
            known(&at("b.txt"), |entry| entry.size += 1),
            known(&at("c.txt"), |entry| entry.mtime -= 1),
            known(&at("d.txt"), |entry| entry.made = pipeline(2).page(None)),
            known(&at("e.txt"), |entry| entry.identity.failed = true),
            known(&at("f.txt"), |entry| (entry.identity.failed, entry.made) = (true, Made::NOTHING)),
        ]
        .into();
        let asked = Asked { state: State { entries }, ..Asked::default() };
        let heard = scan(&asked, &[folder.path()]);
        let compared: Vec<(&str, bool)> =
            heard.jobs.iter().map(|(name, compare, _)| (name.as_str(), *compare)).collect();
        // Another pipeline would make another document of the same bytes.
        assert_eq!(compared, [("b.txt", true), ("c.txt", true), ("d.txt", false), ("f.txt", false)]);
        assert_eq!((heard.unchanged, heard.known_failures, heard.seen), (1, vec!["e.txt".to_owned()], 6));
        let all = scan(&Asked { rebuild: true, ..asked }, &[folder.path()]);
        assert_eq!((all.jobs.len(), all.unchanged), (6, 0));
        assert!(all.jobs.iter().all(|(_, compare, _)| !compare));
    }

    #[test]
    fn a_time_of_just_now_is_not_trusted() {
        let folder = folder(&["a.txt"]);
        let heard = scan(&Asked { trusted_until: 0, ..Asked::default() }, &[folder.path()]);
        assert_eq!(heard.jobs[0].2, UNTRUSTED);
        let heard = scan(&Asked::default(), &[folder.path()]);
        assert!(heard.jobs[0].2 > 0);
    }

    #[test]
    fn a_run_that_is_stopped_has_seen_nothing() {
        let folder = folder(&["a.txt", "b.txt"]);
        let heard = scan(&Asked { stop: true, ..Asked::default() }, &[folder.path()]);
        assert_eq!((heard.seen, heard.jobs.len()), (0, 0));
    }

    #[test]
    fn an_ignored_page_shows_that_the_disk_is_there() {
        let folder = folder(&["a.txt"]);
        fs::write(folder.path().join(".ignore"), "*.txt\n").expect("written");
        let (stop, found) = (AtomicBool::new(false), AtomicU64::new(0));
        let state = State::default();
        let scan = scan_of(&state, pipeline(1), &stop, &found);
        let mut root_scans = [RootScan::new(input::walk(folder.path(), OBEY).expect("a walk"), 0)];
        assert!(!root_scans[0].alive);
        let (to_workers, _jobs) = unbounded();
        let (to_writer, _messages) = unbounded();
        assert!(scan.run(&mut root_scans, Ends { jobs: &to_workers, messages: &to_writer }).keys.is_empty());
        assert!(root_scans[0].alive);
    }

    #[test]
    fn a_scan_covers_what_lies_below_it_and_can_be_read() {
        let scan = RootScan::ended("/a/b".into(), true, vec!["/a/b/closed".into()]);
        for (path, covered) in [
            ("/a/b/c.html", true),
            ("/a/b", true),
            ("/a/bc.html", false),
            ("/a/c.html", false),
            ("/a/b/closed", false),
            ("/a/b/closed/d/e.html", false),
            ("/a/b/closed.html", true),
        ] {
            assert_eq!(scan.covers(Path::new(path)), covered, "{path}");
        }
    }
}
