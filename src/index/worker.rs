//! One page from its source to its index document. Runs on any thread; knows nothing of the index.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tantivy::TantivyDocument;

use super::container::Ticket;
use super::document;
use super::location::Location;
use super::made::{Made, Pipeline};
use super::state::{Entry, Identity};
use super::stories::Fingerprint;
use crate::annotate::gazetteer::OwnPlaces;
use crate::annotate::{self, ArticleContext};
use crate::date::Date;
use crate::error::Error;
use crate::extract::{Article, Extractor, Kind};
use crate::input::container::SavedPage;
use crate::input::{self, Limits, Page, Source};
use crate::lang::StemCache;

/// Bytes at the beginning of a body in which names and dates are looked for. The longest articles have a tenth of it;
/// a file of 32 MB that is nothing but names would take gigabytes.
pub(crate) const MAX_ANNOTATED_BYTES: usize = 2 << 20;

/// What one thread keeps from page to page. Nothing in it shows in what becomes of a page.
#[derive(Default)]
pub(crate) struct WorkerState {
    extractor: Extractor,
    stems: StemCache,
}

/// A page to look at.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) source: Source,
    /// Number of its root folder.
    pub(crate) root: u64,
    /// What the index knows of it.
    pub(crate) known: Option<Entry>,
    /// Its document would be the same if its bytes are: compare them first.
    pub(crate) compare: bool,
    /// What was read of it already, where it lies in a container.
    pub(crate) saved: Option<Saved>,
    /// What it carries on its way, where it lies in a container.
    pub(crate) ticket: Option<Ticket>,
}

/// A page as the reader of a container hands it on, or why it does not.
pub(crate) type Saved = std::result::Result<Box<SavedPage>, String>;

impl Job {
    /// The job without the bytes that were read.
    pub(crate) fn outline(&self) -> Job {
        Job { source: self.source.clone(), ticket: self.ticket.clone(), saved: None, ..*self }
    }

    fn location(&self) -> Location {
        Location::new(self.root, &self.source)
    }
}

/// How articles are taken out of pages: a seam for tests of what happens when that goes wrong.
pub(crate) type Extract = fn(&mut Extractor, &Page, Date) -> Article;

/// The configuration of one run.
#[derive(Clone)]
pub(crate) struct RunConfig {
    pub(crate) limits: Limits,
    /// Places that the user adds to the gazetteer.
    pub(crate) own: Option<Arc<OwnPlaces>>,
    pub(crate) pipeline: Pipeline,
    pub(crate) extract: Extract,
    /// Read and compare only.
    pub(crate) dry_run: bool,
}

/// What became of a [`Job`].
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) source: Source,
    pub(crate) known: Option<Entry>,
    pub(crate) outcome: Outcome,
    pub(crate) ticket: Option<Ticket>,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    /// The bytes are those that the index has; size and time may be new.
    Same(Entry),
    /// The file system refused it, or it took too long; the index keeps what it knows of it.
    Unread(String),
    /// A dry run stops before the extraction.
    Readable,
    /// A page, ready to be added.
    Page { entry: Entry, document: Box<TantivyDocument>, kind: Kind, fingerprint: Fingerprint },
    /// It failed; the document remembers why.
    Failed { entry: Entry, document: Box<TantivyDocument>, reason: String },
}

/// Runs a job. A fault in our own code on one page is that page's failure, not the end of the run.
/// `state` lives as long as the thread.
pub(crate) fn run(mut job: Job, config: &RunConfig, state: &mut WorkerState) -> Done {
    let saved = job.saved.take();
    let outcome = catch_unwind(AssertUnwindSafe(|| process(&job, saved, config, state))).unwrap_or_else(|_| {
        // It may have been left half-changed.
        *state = WorkerState::default();
        let reason = "internal error while reading this page; please report it".to_owned();
        failed(&job, reason, config.pipeline.fault())
    });
    Done { source: job.source, known: job.known, outcome, ticket: job.ticket }
}

fn process(job: &Job, saved: Option<Saved>, config: &RunConfig, state: &mut WorkerState) -> Outcome {
    let page = match saved {
        None => input::read(&job.source, config.limits),
        Some(Ok(saved)) => input::read_saved(*saved, &job.source, config.limits),
        Some(Err(why)) => return failed(job, why, config.pipeline.page(None)),
    };
    let page = match page {
        Ok(page) => page,
        Err(error) if error.is_refusal() => return failed(job, Error::reason(&error), config.pipeline.page(None)),
        Err(error) => return unread(job, Error::reason(&error)),
    };
    // Bytes decide, not the file's time: a copy or a checkout gives every file a new one.
    let content = document::content_of(&page);
    if let Some(entry) = job.known.filter(|known| job.compare && known.identity.content == content) {
        let (size, mtime) = (job.source.size, job.source.mtime);
        let touched = entry.touched || (entry.size, entry.mtime) != (size, mtime);
        return Outcome::Same(Entry { size, mtime, touched, ..entry });
    }
    if config.dry_run {
        return Outcome::Readable;
    }
    let article = (config.extract)(&mut state.extractor, &page, config.pipeline.today);
    let made = config.pipeline.page(article.dated_ahead);
    let context = ArticleContext {
        title: &article.title,
        published: article.published.map(|dated| dated.stamp),
        lang: article.lang.as_deref(),
        own: config.own.as_deref(),
    };
    let annotations =
        // The article is stored and searched whole; only names and dates are not looked for beyond it.
        annotate::annotate(&article.body[..article.body.floor_char_boundary(MAX_ANNOTATED_BYTES)], context);
    let kind = article.kind;
    let place = (job.location(), made);
    match document::page(&job.source, &page, article, annotations, place, &mut state.stems) {
        Ok((document, identity, fingerprint)) => {
            Outcome::Page { entry: entry(job, identity, made), document: Box::new(document), kind, fingerprint }
        }
        Err(cause) => failed(job, format!("cannot be stored: {cause}; please report it"), config.pipeline.fault()),
    }
}

/// What is recorded of a page that was given up after `limit`.
pub(crate) fn late(job: Job, limit: Duration) -> Done {
    let reason = format!("gave up after {} s; allow more with --page-timeout", limit.as_secs_f64());
    let outcome = unread(&job, reason);
    Done { source: job.source, known: job.known, outcome, ticket: job.ticket }
}

/// What could not be read now may go well next time: an article that is known is kept, and where there is none a
/// document made by nothing is always tried again.
fn unread(job: &Job, reason: String) -> Outcome {
    // What was read once is worth more than the news that the disk is away.
    match job.known {
        Some(known) if !known.identity.failed => Outcome::Unread(reason),
        _ => failed(job, reason, Made::NOTHING),
    }
}

fn failed(job: &Job, reason: String, made: Made) -> Outcome {
    let reason = match &job.source.locator {
        Some(locator) => format!("{locator}: {reason}"),
        None => reason,
    };
    match document::failure(&job.source, &reason, job.location(), made) {
        Ok((document, identity)) => {
            Outcome::Failed { entry: entry(job, identity, made), document: Box::new(document), reason }
        }
        Err(cause) => Outcome::Unread(format!("{reason}; and that cannot be stored: {cause}")),
    }
}

fn entry(job: &Job, identity: Identity, made: Made) -> Entry {
    Entry { location: job.location(), size: job.source.size, mtime: job.source.mtime, made, touched: false, identity }
}
