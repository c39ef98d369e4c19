//! What has vanished since an earlier run, and what only seems to have.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use tantivy::Searcher;

use super::payload::Payload;
use super::record::StoredPath;
use super::state::State;
use super::store;
use super::survey::Ground;

/// The keys of pages that are gone: known to the index, below a path that was named and walked in this run, not
/// hidden by a folder that could not be read, and not seen.
///
/// Where a named folder gives no page at all although the index knows some, its disk may not be mounted: its pages
/// are kept with a warning, unless `prune` says that they really are gone.
pub(crate) fn vanished(
    (state, searcher): (&State, &Searcher),
    payload: &Payload,
    grounds: &[Ground],
    seen: &HashSet<u64>,
    prune: bool,
    warnings: &mut Vec<String>,
) -> tantivy::Result<Vec<u64>> {
    let roots: Vec<PathBuf> = payload.roots.iter().map(StoredPath::to_path).collect();
    let mut gone = Vec::new();
    let mut kept = vec![0_u64; grounds.len()];
    for (key, entry) in state.entries.iter().filter(|(key, _)| !seen.contains(key)) {
        let Some(root) = usize::try_from(entry.location.root).ok().and_then(|at| roots.get(at)) else { continue };
        let Some(at) = ground_of(grounds, root, || store::path_of(searcher, *key))? else { continue };
        if grounds[at].alive || prune {
            gone.push(*key);
        } else {
            kept[at] += 1;
        }
    }
    for (ground, kept) in grounds.iter().zip(kept) {
        if kept > 0 {
            warnings.push(format!(
                "{}: no pages here any more; the {kept} that the index knows are kept, remove them with --prune",
                ground.path.display()
            ));
        }
    }
    gone.sort_unstable();
    Ok(gone)
}

/// The ground on which a page of this root would have been seen. Its own path is stored with the document and
/// looked up only where the roots alone do not tell.
fn ground_of(
    grounds: &[Ground],
    root: &Path,
    path: impl Fn() -> tantivy::Result<Option<PathBuf>>,
) -> tantivy::Result<Option<usize>> {
    for (at, ground) in grounds.iter().enumerate() {
        if root.starts_with(&ground.path) && ground.hidden.is_empty() {
            return Ok(Some(at));
        }
        let related = root.starts_with(&ground.path) || ground.path.starts_with(root);
        if related && path()?.is_some_and(|path| ground.covers(&path)) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}
