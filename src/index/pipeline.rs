//! The run: walk, read, extract, annotate, write, commit.
//!
//! One thread walks and decides what has changed, a few do the work, and the calling thread writes. All queues are
//! bounded, so memory does not grow with the archive. What is in the index afterwards does not depend on the
//! number of threads or the order in which they finish.

mod containers;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use rustc_hash::FxHashMap;
use tantivy::{IndexWriter, Searcher, TantivyDocument, TantivyError, Term};

use super::container::{self, Budget, Ticket, Tracker};
use super::digest::hash;
use super::document;
use super::fault;
use super::folder::{self, META};
use super::location::LocationOrder;
use super::made::{self, Pipeline};
use super::merges::{Damage, VerifiedMerges};
use super::payload::{Payload, Totals};
use super::record::StoredPath;
use super::removal;
use super::report::{Change, Failure, Options, Progress, Report};
use super::scan::{Ends, Message, RootScan, Scan, Seen};
use super::schema::{FORMAT, schema};
use super::sidecar;
use super::state::{Entry, State, write_touched};
use super::store::{self, Opened, Reader};
use super::stories::{Fingerprint, Stories};
use super::superseded::Superseded;
use super::worker::{Done, Extract, Job, MAX_ANNOTATED_BYTES, Outcome, RunConfig};
use super::worker_pool::{TICK, WorkerPool};
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::input::{self, Walk};
use crate::text::safe_path;

/// Memory that Tantivy may fill before it writes a segment.
// Large enough that segments to merge are few, small enough for any machine.
const WRITER_MEMORY: usize = 64 << 20;
/// Pages on their way between two threads: enough to keep all busy, few enough to hold few of them in memory.
// Pages may have 32 MB each, so every one more on its way counts.
const QUEUE: usize = 16;
/// A run of hours commits now and then, so that a power cut costs minutes.
// A commit groups the stories of all pages anew, so it must be rare beside the work between two of them.
const COMMIT_EVERY: Duration = Duration::from_secs(120);
/// How long the pages in work may still take once the run is to stop.
// Pages take milliseconds; who has pressed Ctrl-C waits two seconds at most, and the last commit needs some of them.
const LAST_PAGES: Duration = Duration::from_secs(1);
/// File times closer to the beginning of the run than this are not trusted: some file systems count in steps of two
/// seconds.
const MTIME_STEP: i64 = 2_000_000_000;

/// Indexes what `options` names and calls `progress` after every page.
///
/// One bad page never stops the run; it is recorded, counted and reported. Errors are those of the index itself:
/// it cannot be opened or written, another run holds it, the disk is full. The last commit stays intact then.
pub fn run(options: &Options<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Report> {
    run_as(Program { build: made::program(), extract: Extractor::extract }, options, progress)
}

/// The program that indexes.
#[derive(Clone, Copy)]
pub(super) struct Program {
    /// Which build of it this is.
    pub(super) build: u64,
    pub(super) extract: Extract,
}

/// As [`run`], by `program`.
pub(super) fn run_as(program: Program, options: &Options<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Report> {
    let began = Instant::now();
    let fail = |cause: TantivyError| write_error(&options.index, &cause);
    // Before an index is made: a name that is mistyped must not leave one behind.
    let walks = walks(options)?;
    let damage = Damage::default();
    let (writer, reader, opened) = open(options, &damage)?;
    let Reader { searcher, payload, .. } = reader;
    let mut state = State::load(&searcher).map_err(fail)?;
    if let Some(file) = &payload.touched {
        state.touch(&options.index, file);
    }
    let mut run = Run::new(program, options, (writer, payload, damage.clone()));
    run.warn(&opened);
    if let Err(error) = run.go(walks, (&state, &searcher), progress) {
        run.give_up();
        return Err(error);
    }
    let Run { writer, mut report, .. } = run;
    // It keeps the files of the last commit from being removed.
    drop(searcher);
    if let Some(writer) = writer {
        writer.wait_merging_threads().map_err(fail)?;
    }
    damage.check().map_err(fail)?;
    report.index_bytes = store::folder_size(&options.index);
    report.elapsed = began.elapsed();
    report.failures.sort();
    report.changes.sort();
    Ok(report)
}

/// The walks over the paths that were named, in their order, or why one cannot begin; an error where none can.
fn walks(options: &Options<'_>) -> Result<Vec<Result<Walk>>> {
    let walks: Vec<Result<Walk>> = options.paths.iter().map(|path| input::walk(path, options.walk)).collect();
    if options.prune && options.index.join(META).exists() && options.paths.iter().any(|path| is_missing(path)) {
        return Ok(walks);
    }
    if walks.is_empty() || walks.iter().any(Result::is_ok) {
        return Ok(walks);
    }
    let errors: Vec<String> = walks.iter().filter_map(|walk| Some(walk.as_ref().err()?.to_string())).collect();
    Err(Error::usage(errors.join("; ")))
}

/// Whether there is nothing at `path`, which is not the same as something that cannot be looked at.
fn is_missing(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|cause| cause.kind() == std::io::ErrorKind::NotFound)
}

/// Where something lay that is not there any more: absolute, and canonical as far as it is there.
fn former(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    // `absolute` has left nothing such as `..` that would lead out of what is not there.
    there.and_then(|(above, real)| Some(real.join(path.strip_prefix(above).ok()?))).unwrap_or(path)
}

/// What goes into the index for one source: a failure has no fingerprint.
pub(super) type Renewed = (Entry, TantivyDocument, Option<Fingerprint>);

/// Makes an index at `options.index` of `documents` that are there already, in one commit: the one after that of `known`,
/// of its roots.
pub(super) fn fill(
    options: &Options<'_>,
    known: Payload,
    documents: impl Iterator<Item = Result<Renewed>>,
) -> Result<()> {
    let damage = Damage::default();
    let (writer, reader, _) = open(options, &damage)?;
    let program = Program { build: made::program(), extract: Extractor::extract };
    let mut run = Run::new(program, options, (writer, Payload { shared: options.shared, ..known }, damage));
    for document in documents {
        let (entry, document, fingerprint) = document?;
        run.fingerprints.extend(fingerprint.map(|fingerprint| (entry.identity.key, fingerprint)));
        run.write(entry, document, false)?;
    }
    run.commit(&State::default(), &reader.searcher)?;
    let merged = run.writer.map_or(Ok(()), IndexWriter::wait_merging_threads);
    merged.map_err(|cause| write_error(&options.index, &cause))
}

/// The index as it is and, but for a dry run, what writes to it.
fn open(options: &Options<'_>, damage: &Damage) -> Result<(Option<IndexWriter>, Reader, Opened)> {
    if options.dry_run {
        let (reader, renewed) = Reader::open_or_empty(&options.index)?;
        return Ok((None, reader, Opened { renewed, closed: false }));
    }
    let fail = |cause: TantivyError| write_error(&options.index, &cause);
    let (index, opened) = store::open_or_create(&options.index, options.shared)?;
    // One thread: several would give documents to segments as they finish, and the order of segments would show.
    let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(fail)?;
    writer.set_merge_policy(Box::new(VerifiedMerges::new(&index, damage)));
    folder::tidy(&options.index).map_err(|cause| Error::io("tidy up", &options.index, cause))?;
    // What a kill left behind bears the names that this run will give out again.
    writer.garbage_collect_files().wait().map_err(fail)?;
    Ok((Some(writer), Reader::open(&options.index)?, opened))
}

/// Everything that decides what the document of a page holds, beside the page and the day.
fn fingerprint(options: &Options<'_>) -> u64 {
    let limits = options.limits;
    let schema = serde_json::to_string(&schema().0);
    debug_assert!(schema.is_ok(), "a schema can be written");
    hash(&[
        &FORMAT.to_be_bytes(),
        schema.as_ref().map_or("", String::as_str).as_bytes(),
        document::VERSION.as_bytes(),
        &MAX_ANNOTATED_BYTES.to_be_bytes(),
        &crate::extract::fingerprint().to_be_bytes(),
        &crate::text::fingerprint().to_be_bytes(),
        &crate::date::fingerprint().to_be_bytes(),
        &crate::lang::fingerprint().to_be_bytes(),
        &crate::annotate::fingerprint().to_be_bytes(),
        &limits.page.to_be_bytes(),
        &limits.ratio.to_be_bytes(),
        options.places.as_ref().map_or("", |places| places.digest()).as_bytes(),
    ])
}

/// Nanoseconds since 1970. A clock before that gives 0: then no file time is trusted, and all pages are compared.
fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_nanos()).unwrap_or(i64::MAX)
}

/// An index that cannot be read or written.
pub(crate) fn write_error(path: &Path, cause: &TantivyError) -> Error {
    fault::error(path, "write index", cause)
}

struct Run<'a, 'o> {
    options: &'a Options<'o>,
    /// `None` for a dry run.
    writer: Option<IndexWriter>,
    config: RunConfig,
    /// When the run began, nanoseconds since 1970.
    started: i64,
    payload: Payload,
    damage: Damage,
    commit_at: Instant,
    /// Entries that this run wrote; `None` where it removed one.
    updates: HashMap<u64, Option<Entry>>,
    /// Prints of the pages that this run wrote.
    fingerprints: FxHashMap<u64, Fingerprint>,
    report: Report,
    /// Containers that are being read, or whose pages are not all written.
    trackers: Vec<Arc<Tracker>>,
    /// Something is to be committed.
    dirty: bool,
}

impl<'a, 'o> Run<'a, 'o> {
    fn new(
        program: Program,
        options: &'a Options<'o>,
        (writer, payload, damage): (Option<IndexWriter>, Payload, Damage),
    ) -> Self {
        let config = RunConfig {
            limits: options.limits,
            own: options.places.clone(),
            pipeline: Pipeline::new(fingerprint(options), program.build, options.today),
            extract: program.extract,
            dry_run: options.dry_run,
        };
        // What was asked for once holds for the runs that come, so it is to be committed.
        let opens = options.shared && !payload.shared;
        // Readers make it anew from the columns each time; a commit does so once.
        let damaged = !payload.sidecars().all(|file| sidecar::is_whole(&options.index, file));
        Run {
            options,
            writer,
            config,
            started: now(),
            commit_at: Instant::now() + COMMIT_EVERY,
            payload: Payload { shared: payload.shared || options.shared, ..payload },
            damage,
            updates: HashMap::new(),
            fingerprints: FxHashMap::default(),
            report: Report::default(),
            trackers: Vec::new(),
            dirty: opens || damaged,
        }
    }

    /// Says what opening the index has changed.
    fn warn(&mut self, opened: &Opened) {
        if opened.closed {
            let folder = safe_path(&self.options.index);
            let warning = format!("{folder}: closed to other users of this machine; --shared leaves it open");
            self.report.warnings.push(warning);
        }
        if let Some(roots) = &opened.renewed {
            self.report.warnings.push("the index was made by an older version: everything is read again".to_owned());
            self.old_roots(roots);
        }
    }

    fn go(
        &mut self,
        walks: Vec<Result<Walk>>,
        (state, searcher): (&State, &Searcher),
        progress: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let mut root_scans = Vec::new();
        for (path, walk) in self.options.paths.iter().zip(walks) {
            match walk {
                Ok(walk) => {
                    let root = self.payload.root_number(walk.root());
                    root_scans.push(RootScan::new(walk, root));
                }
                Err(_) if self.options.prune && is_missing(path) && self.knows(&former(path)) => {
                    root_scans.push(RootScan::gone(former(path)));
                }
                Err(error) => self.failure(Failure { path: path.clone(), reason: error.reason(), known: false }),
            }
        }
        let moved = self.options.moved.as_deref().map(|old| self.moved_from(old)).transpose()?;
        let seen = self.walk_and_write(state, searcher, &mut root_scans, progress)?;
        if root_scans.iter().any(|scan| scan.alive) {
            root_scans.extend(moved.map(RootScan::gone));
        }
        self.report.interrupted = self.options.stop.load(Ordering::Relaxed);
        if !self.report.interrupted {
            let Run { payload, options, report, .. } = self;
            let path_of = |key| store::path_of(searcher, key);
            let gone =
                removal::vanished((state, &path_of), payload, &root_scans, &seen, options.prune, &mut report.warnings);
            for key in gone.map_err(|cause| self.failed(&cause))? {
                if self.options.dry_run {
                    let path = store::path_of(searcher, key).map_err(|cause| self.failed(&cause))?;
                    self.report.changes.extend(path.map(|path| (path, Change::Remove)));
                }
                self.delete(key);
                self.updates.insert(key, None);
                let is_page = !state.entries.get(&key).is_some_and(|entry| entry.identity.is_container());
                self.report.removed += u64::from(is_page);
            }
        }
        if self.dirty {
            self.commit(state, searcher)?;
        }
        // What a dry run did not extract is not counted here.
        let superseded = self.superseded(state);
        let pages = self.entries(state).filter(|entry| !entry.identity.failed).count();
        self.report.superseded = superseded.len() as u64;
        self.report.articles = (pages - superseded.len()) as u64;
        Ok(())
    }

    /// Whether the index has read `path`, something in it, or a folder that holds it.
    fn knows(&self, path: &Path) -> bool {
        let roots = self.payload.roots.iter().map(StoredPath::to_path);
        let named: Vec<PathBuf> = self.options.paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
        // The roots of this run are in the list already.
        roots.filter(|root| !named.contains(root)).any(|root| root.starts_with(path) || path.starts_with(root))
    }

    /// Where what was moved lay; an error where it still is or never was.
    fn moved_from(&self, old: &Path) -> Result<PathBuf> {
        if !is_missing(old) {
            return Err(Error::refused(
                old,
                "it is still there; move it first, or read the copy like any other folder",
            ));
        }
        let former = former(old);
        if !self.knows(&former) {
            return Err(Error::refused(old, "the index knows nothing of it; 'search stats' lists its folders"));
        }
        Ok(former)
    }

    /// Says which folders of an index that gave way this run does not read.
    fn old_roots(&mut self, roots: &[PathBuf]) {
        let named: Vec<PathBuf> = self.options.paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
        for root in roots.iter().filter(|root| !named.iter().any(|path| root.starts_with(path))) {
            let root = safe_path(root);
            self.report.warnings.push(format!("{root}: was in it too; run 'search index {root}' to have it again"));
        }
    }

    /// Runs all threads until every page is written or the run is stopped; returns what the walk saw.
    fn walk_and_write(
        &mut self,
        state: &State,
        searcher: &Searcher,
        root_scans: &mut [RootScan],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Seen> {
        let threads = match self.options.threads {
            0 => thread::available_parallelism().map_or(2, usize::from),
            n => n,
        };
        let config = self.config.clone();
        let (found, read) = (AtomicU64::new(0), AtomicU64::new(0));
        // One that cannot be read is read anew, and so is its container.
        let container_of = |key| store::container_of(searcher, key).ok().flatten();
        let scan = Scan {
            state,
            pipeline: config.pipeline,
            limits: config.limits,
            fields: self.options.fields.clone(),
            trusted_until: self.started.saturating_sub(MTIME_STEP),
            rebuild: self.options.rebuild,
            stop: self.options.stop,
            found: &found,
            read: &read,
            children: container::children(state, config.pipeline),
            container_of: &container_of,
            budget: Budget::new(),
        };
        let (to_workers, jobs) = bounded::<Job>(QUEUE);
        let (to_writer, messages) = bounded::<Message>(QUEUE);
        thread::scope(|scope| {
            let mut pool = WorkerPool::start(threads, config, self.options.page_timeout, &jobs, &to_writer);
            drop(jobs);
            let scan = &scan;
            let walker = scope.spawn(move || scan.run(root_scans, Ends { jobs: &to_workers, messages: &to_writer }));
            let found = || (found.load(Ordering::Relaxed), read.load(Ordering::Relaxed), walker.is_finished());
            let written = self.write_all(&messages, &mut pool, (state, searcher), &found, progress);
            // Closes the channel: when writing has failed, the other threads cannot send any more and end. Otherwise the join
            // below would wait for them for ever.
            drop(messages);
            // Without what it saw, everything would seem to have vanished.
            let seen = walker.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
            written.map(|()| seen)
        })
    }

    /// Takes messages until all senders are gone.
    fn write_all(
        &mut self,
        messages: &Receiver<Message>,
        pool: &mut WorkerPool,
        (state, searcher): (&State, &Searcher),
        found: &dyn Fn() -> (u64, u64, bool),
        progress: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let mut stopped_at = None;
        loop {
            let message = match messages.recv_timeout(TICK) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            if self.options.stop.load(Ordering::Relaxed)
                && stopped_at.get_or_insert_with(Instant::now).elapsed() >= LAST_PAGES
            {
                pool.leave();
            }
            for message in message.into_iter().chain(pool.watch()) {
                self.take(message, searcher)?;
            }
            if Instant::now() >= self.commit_at && self.dirty {
                self.commit(state, searcher)?;
            }
            let (found, read, walked) = found();
            let (done, failed) = (self.report.pages(), self.report.failures.len() as u64);
            progress(Progress { found, done, failed, walked, read });
        }
    }

    fn take(&mut self, message: Message, searcher: &Searcher) -> Result<()> {
        match message {
            Message::Unchanged(None) => self.report.unchanged += 1,
            Message::Unchanged(Some((path, key))) => {
                let reason = store::reason_of(searcher, key).map_err(|cause| self.failed(&cause))?;
                let reason = reason.unwrap_or_else(|| "failed in an earlier run".to_owned());
                self.failure(Failure { path, reason, known: true });
            }
            Message::Skipped(why, path) => self.report.skipped.entry(why).or_default().add(why, path),
            Message::Problem(path, reason) => self.failure(Failure { path, reason, known: false }),
            Message::Done(done) => {
                let ticket = done.ticket.clone();
                self.done(*done)?;
                ticket.iter().for_each(Ticket::written);
            }
            Message::Passed(source, children) => self.passed(&source, &children, searcher)?,
            Message::Opened(tracker) => self.trackers.push(tracker),
            Message::Closed(tracker) => self.closed(&tracker),
        }
        Ok(())
    }

    fn done(&mut self, done: Done) -> Result<()> {
        self.report.bytes += done.source.size;
        let known = done.known.is_some();
        let (entry, document) = match done.outcome {
            Outcome::Same(entry) => {
                self.report.unchanged += 1;
                if done.known != Some(entry) {
                    self.updates.insert(entry.identity.key, Some(entry));
                    self.dirty = true;
                }
                return Ok(());
            }
            Outcome::Unread(reason) => {
                self.failure(Failure { path: done.source.file(), reason, known: false });
                return Ok(());
            }
            Outcome::Readable => {
                self.count(known);
                let change = if known { Change::Update } else { Change::Add };
                self.report.changes.push((done.source.file(), change));
                return Ok(());
            }
            Outcome::Page { entry, document, kind, fingerprint } => {
                self.fingerprints.insert(entry.identity.key, fingerprint);
                *self.report.kinds.entry(kind).or_default() += 1;
                self.count(known);
                (entry, document)
            }
            Outcome::Failed { entry, document, reason } => {
                self.failure(Failure { path: done.source.file(), reason, known: false });
                (entry, document)
            }
        };
        self.write(entry, *document, known)
    }

    fn count(&mut self, known: bool) {
        *if known { &mut self.report.updated } else { &mut self.report.added } += 1;
    }

    fn write(&mut self, entry: Entry, document: TantivyDocument, known: bool) -> Result<()> {
        let key = entry.identity.key;
        if known {
            self.delete(key);
        }
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if let Err(cause) = writer.add_document(document) {
            // It only says that Tantivy's thread has ended; a commit says why.
            let cause = writer.prepare_commit().err().unwrap_or(cause);
            return Err(self.failed(&cause));
        }
        self.updates.insert(key, Some(entry));
        self.dirty = true;
        Ok(())
    }

    /// Removes what was written since the last commit: after a failure the disk may be full.
    fn give_up(&mut self) {
        if let Some(mut writer) = self.writer.take()
            && writer.rollback().is_ok()
        {
            let _ = writer.garbage_collect_files().wait();
        }
        // As the folder says, and not as this run believes: a commit that failed may have come as far as its name.
        if let Ok((_, committed)) = store::open(&self.options.index) {
            sidecar::sweep(&self.options.index, committed.sidecars());
        }
    }

    fn delete(&mut self, key: u64) {
        if let Some(writer) = &self.writer {
            writer.delete_term(Term::from_field_u64(schema().1.key, key));
            self.dirty = true;
        }
    }

    /// A failed read or write of the index as an error of ours.
    fn failed(&self, cause: &TantivyError) -> Error {
        write_error(&self.options.index, cause)
    }

    fn failure(&mut self, failure: Failure) {
        self.report.failures.push(failure);
    }

    /// All entries as they stand after what this run wrote so far.
    fn entries<'s>(&'s self, state: &'s State) -> impl Iterator<Item = &'s Entry> {
        // What this run wrote stands before what was there.
        let old = state.entries.iter().filter(|(key, _)| !self.updates.contains_key(key)).map(|(_, entry)| entry);
        old.chain(self.updates.values().flatten())
    }

    fn superseded(&self, state: &State) -> Superseded {
        Superseded::of(self.entries(state), &LocationOrder::of(&self.payload.roots))
    }

    /// The stories as they stand after what this run wrote so far.
    fn stories(&self, searcher: &Searcher, superseded: &Superseded) -> Result<Stories> {
        // Documents that were replaced or removed are in the columns still.
        let kept = |key: u64| match self.updates.get(&key) {
            None => true,
            Some(entry) => entry.is_some_and(|entry| !entry.identity.failed),
        };
        let found = Stories::of_run(searcher, superseded, &self.fingerprints, kept);
        found.map_err(|cause| self.failed(&cause))
    }

    fn commit(&mut self, state: &State, searcher: &Searcher) -> Result<()> {
        if self.options.dry_run {
            return Ok(());
        }
        self.write_containers()?;
        let folder = &self.options.index;
        self.damage.check().map_err(|cause| self.failed(&cause))?;
        let mut payload = self.payload.clone();
        payload.revision += 1;
        let superseded = self.superseded(state);
        // Derived files are written and synced first: the commit that names them is the one atomic step.
        payload.superseded = superseded.write(folder, payload.revision)?;
        payload.stories = self.stories(searcher, &superseded)?.write(folder, payload.revision)?;
        payload.touched = write_touched(folder, payload.revision, self.entries(state))?;
        payload.totals = Totals::of(self.entries(state));
        payload.documents = self.entries(state).count() as u64;
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let message = serde_json::to_string(&payload).map_err(|cause| Error::index(folder, cause))?;
        let fail = |cause: TantivyError| write_error(folder, &cause);
        let mut prepared = writer.prepare_commit().map_err(fail)?;
        prepared.set_payload(&message);
        prepared.commit().map_err(fail)?;
        sidecar::sweep(folder, payload.sidecars());
        self.payload = payload;
        self.commit_at = Instant::now() + COMMIT_EVERY;
        self.dirty = false;
        Ok(())
    }
}
