//! Fixity: whether the files of an index are still those that were written.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::Index;

use super::store;
use crate::error::{Error, Result};

/// What [`check`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Files that were compared.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Names of those whose bytes differ from what was written or that cannot be read, sorted.
    pub damaged: Vec<PathBuf>,
}

/// Compares every file of the last commit of the index at `path` with the checksum (CRC-32) that was written into it.
///
/// Reads the whole index and writes nothing; a run may write meanwhile. Fails as the other commands do where the index
/// cannot be opened at all.
pub fn check(path: &Path) -> Result<CheckReport> {
    let (index, _) = store::open(path)?;
    let mut report = CheckReport::default();
    let mut suspects = Vec::new();
    for file in files(&index, path)? {
        let Ok(meta) = path.join(&file).metadata() else { continue };
        report.files += 1;
        report.bytes += meta.len();
        if !index.directory().validate_checksum(&file).unwrap_or(false) {
            suspects.push(file);
        }
    }
    if !suspects.is_empty() {
        // What a run has replaced meanwhile was removed, not damaged.
        let now = files(&index, path)?;
        report.damaged = suspects.into_iter().filter(|file| now.contains(file)).collect();
        report.damaged.sort();
    }
    Ok(report)
}

/// The files of the last commit that are in the folder: their names begin with the id of their segment.
fn files(index: &Index, path: &Path) -> Result<HashSet<PathBuf>> {
    let metas = index.searchable_segment_metas().map_err(|cause| Error::index(path, cause))?;
    let ids: HashSet<String> = metas.iter().map(|meta| meta.id().uuid_string()).collect();
    let entries = fs::read_dir(path).map_err(|cause| Error::io("read", path, cause))?;
    let names = entries.flatten().map(|entry| PathBuf::from(entry.file_name()));
    Ok(names
        .filter(|name| name.to_str().and_then(|name| name.split_once('.')).is_some_and(|(id, _)| ids.contains(id)))
        .collect())
}
