//! Compaction: one segment, no deleted documents.
//!
//! A merge writes a new file with a checksum of its own, so what is damaged would be whole ever after: each segment is
//! verified before.

use std::path::Path;
use std::time::{Duration, Instant};

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, SegmentMeta, TantivyError};

use super::check::verify;
use super::folder;
use super::pipeline::write_error;
use super::store;
use crate::error::{Error, Result};

/// Memory of a writer that adds nothing: the least that Tantivy takes.
// Tantivy refuses less.
const WRITER_MEMORY: usize = 15 << 20;

/// What [`compact`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompactReport {
    /// Parts that the index had; it has one now, or none where it is empty.
    pub segments: u64,
    /// Documents that are kept, failures included.
    pub documents: u64,
    /// Deleted or replaced documents that were still in it.
    pub dropped: u64,
    /// Bytes of the index folder before.
    pub bytes_before: u64,
    /// Bytes of the index folder now.
    pub bytes_after: u64,
    /// Time taken.
    pub elapsed: Duration,
}

/// Merges all parts of the index at `path` into one and drops what was deleted. The answers stay the same; scores
/// become those of an index made afresh of the same pages, for until then deleted documents still count in how rare a
/// word is.
///
/// Atomic: stopped at any moment, the index is as before or as after. Readers go on with what they have open. Nothing
/// is written where there is nothing to merge or drop, and where a file of the index is damaged, which is an error. Fails
/// as busy while another process writes to the index.
pub fn compact(path: &Path) -> Result<CompactReport> {
    let began = Instant::now();
    let fail = |cause: TantivyError| write_error(path, &cause);
    let (index, _) = store::open(path)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(fail)?;
    // Its own merges would run beside this one and take segments from it.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let metas = index.searchable_segment_metas().map_err(fail)?;
    let mut report = CompactReport {
        segments: metas.len() as u64,
        documents: metas.iter().map(|meta| u64::from(meta.num_docs())).sum(),
        dropped: metas.iter().map(|meta| u64::from(meta.num_deleted_docs())).sum(),
        ..CompactReport::default()
    };
    let merges = report.segments > 1 || report.dropped > 0;
    if merges {
        metas.iter().try_for_each(|meta| verify(&index, meta)).map_err(fail)?;
    }
    folder::tidy(path).map_err(|cause| Error::io("tidy up", path, cause))?;
    writer.garbage_collect_files().wait().map_err(fail)?;
    report.bytes_before = store::folder_size(path);
    if merges {
        let segments: Vec<_> = metas.iter().map(SegmentMeta::id).collect();
        // The handles keep the files of the old segments from being removed.
        drop(metas);
        let merged = writer.merge(&segments).wait();
        // Also after a failure: what was written until the disk was full is of no use.
        let swept = writer.garbage_collect_files().wait();
        merged.map_err(fail)?;
        swept.map_err(fail)?;
    }
    writer.wait_merging_threads().map_err(fail)?;
    report.bytes_after = store::folder_size(path);
    report.elapsed = began.elapsed();
    Ok(report)
}
