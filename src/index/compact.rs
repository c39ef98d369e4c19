//! Compaction: one segment, no deleted documents.

use std::path::Path;
use std::time::{Duration, Instant};

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, TantivyError};

use super::pipeline::write_error;
use super::store;
use crate::error::Result;

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
/// is written where there is nothing to merge or drop. Fails as busy while another process writes to the index.
pub fn compact(path: &Path) -> Result<CompactReport> {
    let began = Instant::now();
    let fail = |cause: TantivyError| write_error(path, cause);
    let (index, _) = store::open(path)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(fail)?;
    // Its own merges would run beside this one and take segments from it.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    writer.garbage_collect_files().wait().map_err(fail)?;
    let metas = index.searchable_segment_metas().map_err(fail)?;
    let mut report = CompactReport {
        segments: metas.len() as u64,
        documents: metas.iter().map(|meta| u64::from(meta.num_docs())).sum(),
        dropped: metas.iter().map(|meta| u64::from(meta.num_deleted_docs())).sum(),
        bytes_before: store::folder_size(path),
        ..CompactReport::default()
    };
    if report.segments > 1 || report.dropped > 0 {
        let segments: Vec<_> = metas.iter().map(tantivy::SegmentMeta::id).collect();
        // The handles keep the files of the old segments from being removed.
        drop(metas);
        writer.merge(&segments).wait().map_err(fail)?;
        writer.garbage_collect_files().wait().map_err(fail)?;
    }
    writer.wait_merging_threads().map_err(fail)?;
    report.bytes_after = store::folder_size(path);
    report.elapsed = began.elapsed();
    Ok(report)
}
