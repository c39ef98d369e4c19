//! What has vanished since an earlier run, and what only seems to have.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use tantivy::Searcher;

use super::payload::Payload;
use super::record::StoredPath;
use super::scan::RootScan;
use super::state::State;
use super::store;

/// The keys of pages that are gone: known to the index, below a path that was named and walked in this run, not
/// unreadable by a folder that could not be read, and not seen.
///
/// Where a named folder gives no page at all although the index knows some, its disk may not be mounted: its pages
/// are kept with a warning, unless `prune` says that they really are gone.
pub(crate) fn vanished(
    (state, searcher): (&State, &Searcher),
    payload: &Payload,
    root_scans: &[RootScan],
    seen: &HashSet<u64>,
    prune: bool,
    warnings: &mut Vec<String>,
) -> tantivy::Result<Vec<u64>> {
    let roots: Vec<PathBuf> = payload.roots.iter().map(StoredPath::to_path).collect();
    let mut gone = Vec::new();
    let mut kept = vec![0_u64; root_scans.len()];
    for (key, entry) in state.entries.iter().filter(|(key, _)| !seen.contains(key)) {
        let Some(root) = usize::try_from(entry.location.root).ok().and_then(|at| roots.get(at)) else { continue };
        let Some(at) = root_scan_of(root_scans, root, || store::path_of(searcher, *key))? else { continue };
        if root_scans[at].alive || prune {
            gone.push(*key);
        } else {
            kept[at] += 1;
        }
    }
    for (root_scan, kept) in root_scans.iter().zip(kept) {
        if kept > 0 {
            warnings.push(format!(
                "{}: no pages here any more; the {kept} that the index knows are kept, remove them with --prune",
                root_scan.path.display()
            ));
        }
    }
    gone.sort_unstable();
    Ok(gone)
}

/// The scan in which a page of this root would have been seen. Its own path is stored with the document and
/// looked up only where the roots alone do not tell.
fn root_scan_of(
    root_scans: &[RootScan],
    root: &Path,
    path: impl Fn() -> tantivy::Result<Option<PathBuf>>,
) -> tantivy::Result<Option<usize>> {
    for (at, root_scan) in root_scans.iter().enumerate() {
        if root.starts_with(&root_scan.path) && root_scan.unreadable.is_empty() {
            return Ok(Some(at));
        }
        let related = root.starts_with(&root_scan.path) || root_scan.path.starts_with(root);
        if related && path()?.is_some_and(|path| root_scan.covers(&path)) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}
