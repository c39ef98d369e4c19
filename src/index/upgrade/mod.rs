//! An index of the format before this one, made anew of what is stored in it: for archives whose pages are gone.
//!
//! The new index is made in a folder of its own inside the old one. Its files are then moved beside the old ones, and
//! its `meta.json` over the old one: that rename is the upgrade. Killed before it, the index is the old one; after
//! it, the new one; and the next writer removes what is left over.

mod format_6;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, TantivyError};

use self::format_6::{OldDocument, OldIndex, OldPayload, OldSource};
use super::document;
use super::folder::{self, META, WORKSHOP};
use super::payload::Payload;
use super::pipeline::{self, Renewed, write_error};
use super::report::{Options, Progress};
use super::schema::FORMAT;
use super::sidecar;
use super::state::Entry;
use super::store;
use crate::error::{Error, Result};
use crate::lang::StemCache;

/// Memory of a writer that adds nothing: the least that Tantivy takes.
// Tantivy refuses less.
const WRITER_MEMORY: usize = 15 << 20;

/// What [`upgrade`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpgradeReport {
    /// Format that the index had; the one it has now where there was nothing to do.
    pub from: u32,
    /// Format that it has now.
    pub to: u32,
    /// Articles that were taken over.
    pub articles: u64,
    /// Older captures of them.
    pub captures: u64,
    /// Pages that had failed, with their reasons.
    pub failures: u64,
    /// Bytes of the index folder before.
    pub bytes_before: u64,
    /// Bytes of the index folder now.
    pub bytes_after: u64,
    /// Time taken.
    pub elapsed: Duration,
}

/// Makes the index that `options` names one of today's format, of what is stored in it; reads no page. Ids, dates and
/// what is known of each file stay as they are. Of `options`, the index and whether it is shared count. `progress` is
/// called after every document.
///
/// Atomic: stopped at any moment, the index is as before or as after. The folder holds both for a moment, so the disk
/// must have room for the new one. Nothing is done where the index is of today's format. Fails as an older format where
/// it is older than the one before this, as busy while another process writes to it, as damaged where a file of it is.
pub fn upgrade(options: &Options<'_>, progress: &mut dyn FnMut(Progress)) -> Result<UpgradeReport> {
    let began = Instant::now();
    let path = &options.index;
    let bytes_before = store::folder_size(path);
    let mut report = UpgradeReport { from: FORMAT, to: FORMAT, bytes_before, ..UpgradeReport::default() };
    match store::open(path) {
        Err(error) if error.is_older_format() => {}
        other => return other.map(|_| UpgradeReport { bytes_after: bytes_before, ..report }),
    }
    let lock = folder::lock(path)?;
    let old = OldIndex::open(path)?;
    report.from = format_6::OLD;
    let workshop = path.join(WORKSHOP);
    folder::discard_workshop(path);
    let upgraded = make((&old, &workshop), options, &mut report, progress)
        .and_then(|()| swap_in(&workshop, path).map_err(|cause| Error::io("write index", path, cause)));
    if upgraded.is_err() {
        // The disk may be full.
        folder::discard_workshop(path);
    }
    upgraded?;
    drop((lock, old));
    remove_old(path)?;
    report.bytes_after = store::folder_size(path);
    report.elapsed = began.elapsed();
    Ok(report)
}

/// Makes the new index in the folder `workshop` and counts in `report` what it holds.
fn make(
    (old, workshop): (&OldIndex, &Path),
    options: &Options<'_>,
    report: &mut UpgradeReport,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let mut cache = StemCache::default();
    let mut ids = HashSet::new();
    let mut done = 0;
    let documents = old.documents().map(|document| {
        let document = document.and_then(|document| renew(document, &mut cache));
        let document = document.map_err(|cause| write_error(&options.index, &cause))?;
        let identity = document.0.identity;
        if identity.failed {
            report.failures += 1;
        } else if ids.insert(identity.id) {
            report.articles += 1;
        } else {
            report.captures += 1;
        }
        done += 1;
        progress(Progress { found: old.len(), done, failed: report.failures, walked: true, read: 0 });
        Ok(document)
    });
    let OldPayload { roots, revision, shared, .. } = &old.payload;
    let payload = Payload { roots: roots.clone(), revision: *revision, ..Payload::default() };
    let options = Options {
        index: workshop.to_owned(),
        paths: Vec::new(),
        moved: None,
        places: None,
        fields: crate::input::Fields::usual(),
        shared: options.shared || *shared,
        dry_run: false,
        ..*options
    };
    pipeline::fill(&options, payload, documents)
}

/// What today's index holds in the place of an old document. Who made it stays: the next run that comes by the page reads
/// it again, as after any change of the program.
fn renew((entry, source, document): OldSource, cache: &mut StemCache) -> tantivy::Result<Renewed> {
    let place = (entry.location, entry.made);
    let fail = |cause: postcard::Error| TantivyError::InternalError(format!("an article cannot be stored: {cause}"));
    match document {
        OldDocument::Failed(reason) => {
            let document = document::failure_as(entry.identity, &source, &reason, place).map_err(fail)?;
            Ok((entry, document, None))
        }
        OldDocument::Page(read) => {
            let (document, identity, fingerprint) =
                document::page_as(entry.identity, &source, *read, place, cache).map_err(fail)?;
            Ok((Entry { identity, ..entry }, document, Some(fingerprint)))
        }
    }
}

/// Moves the index in `workshop`, a folder inside of the index folder `path`, into the place of the one there.
fn swap_in(workshop: &Path, path: &Path) -> io::Result<()> {
    let mut files: Vec<_> = fs::read_dir(workshop)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
    files.retain(|file| file != META && !file.as_encoded_bytes().starts_with(b"."));
    for file in &files {
        fs::rename(workshop.join(file), path.join(file))?;
    }
    folder::list_files(path)?;
    // On the disk before the list that names them is.
    File::open(path)?.sync_all()?;
    fs::rename(workshop.join(META), path.join(META))?;
    File::open(path)?.sync_all()
}

/// Removes the files of the old index.
fn remove_old(path: &Path) -> Result<()> {
    let fail = |cause: TantivyError| write_error(path, &cause);
    let (index, payload) = store::open(path)?;
    let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(fail)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    folder::tidy(path).map_err(|cause| Error::io("tidy up", path, cause))?;
    writer.garbage_collect_files().wait().map_err(fail)?;
    sidecar::sweep(path, payload.sidecars());
    writer.wait_merging_threads().map_err(fail)
}
