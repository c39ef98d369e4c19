//! What has vanished since an earlier run, and what only seems to have.

use std::path::{Path, PathBuf};

use super::payload::Payload;
use super::record::StoredPath;
use super::scan::{RootScan, Seen};
use super::state::State;
use crate::text::safe_path;

/// Where the source with a key lies, as the index knows; `None` where it does not.
pub(crate) type PathOf<'a> = &'a dyn Fn(u64) -> tantivy::Result<Option<PathBuf>>;

/// The keys of pages that are gone, sorted: known to the index, below a path that was named and walked in this run, not
/// hidden by a folder that could not be read, and not seen.
///
/// Where a named folder gives no page at all although the index knows some, its disk may not be mounted: its pages
/// are kept with a warning, unless `prune` says that they really are gone.
pub(crate) fn vanished(
    (state, path_of): (&State, PathOf<'_>),
    payload: &Payload,
    scans: &[RootScan],
    seen: &Seen,
    prune: bool,
    warnings: &mut Vec<String>,
) -> tantivy::Result<Vec<u64>> {
    let roots: Vec<PathBuf> = payload.roots.iter().map(StoredPath::to_path).collect();
    let mut gone = Vec::new();
    let mut kept = vec![0_u64; scans.len()];
    for (key, entry) in state.entries.iter().filter(|(_, entry)| !seen.has(entry)) {
        // A root that the commit does not list was never walked: nothing is known of what lies there.
        let Some(root) = usize::try_from(entry.location.root).ok().and_then(|at| roots.get(at)) else { continue };
        let Some(at) = scan_of(scans, root, &|| path_of(*key))? else { continue };
        if scans[at].alive || scans[at].gone || prune {
            gone.push(*key);
        } else {
            kept[at] += 1;
        }
    }
    for (scan, kept) in scans.iter().zip(kept) {
        if kept > 0 {
            warnings.push(format!(
                "{}: no pages here any more; the {kept} that the index knows are kept, remove them with --prune",
                safe_path(&scan.path)
            ));
        } else if !prune && !scan.gone && !scan.alive && scan.unreadable.is_empty() {
            let path = safe_path(&scan.path);
            warnings.push(format!(
                "{path}: no pages here; pages are HTML, whatever their names, and .txt files, alone or in WARC files"
            ));
        }
    }
    gone.sort_unstable();
    Ok(gone)
}

/// The scan in which a page of this root would have been seen. Its own path is stored with the document and looked up
/// only where the roots alone do not tell: that reads an article from the disk.
fn scan_of(
    scans: &[RootScan],
    root: &Path,
    path: &dyn Fn() -> tantivy::Result<Option<PathBuf>>,
) -> tantivy::Result<Option<usize>> {
    for (at, scan) in scans.iter().enumerate() {
        if root.starts_with(&scan.path) && scan.unreadable.is_empty() {
            return Ok(Some(at));
        }
        let related = root.starts_with(&scan.path) || scan.path.starts_with(root);
        if related && path()?.is_some_and(|path| scan.covers(&path)) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::index::location::Location;
    use crate::index::made::Made;
    use crate::index::state::{Entry, Identity};
    use crate::input::Source;

    /// Roots of the index by their numbers, and its sources: key, number of the root, path below it.
    struct Index {
        roots: &'static [&'static str],
        sources: &'static [(u64, u64, &'static str)],
    }

    const INDEX: Index = Index {
        roots: &["/a/news", "/a/news/2020", "/b"],
        sources: &[
            (1, 0, "one.html"),
            (2, 0, "2019/two.html"),
            (3, 1, "three.html"),
            (4, 1, "05/four.html"),
            (5, 2, "five.html"),
            (6, 9, "of a root that is not listed"),
        ],
    };

    fn state(index: &Index) -> State {
        let entry = |(key, root, path): &(u64, u64, &str)| {
            let source = Source { root: "/".into(), path: path.into(), locator: None, size: 0, mtime: 0 };
            let identity =
                Identity { key: *key, id: 0, content: 0, order: 0, failed: false, parent: 0, words: 0, title_words: 0 };
            let location = Location::new(*root, &source);
            (*key, Entry { location, size: 0, mtime: 0, made: Made::NOTHING, touched: false, identity })
        };
        State { entries: index.sources.iter().map(entry).collect() }
    }

    /// What a run is asked and what it comes across.
    #[derive(Default)]
    struct Case {
        /// Paths that were walked: whether they gave pages, and what of them could not be read.
        walked: &'static [(&'static str, bool, &'static [&'static str])],
        seen: &'static [u64],
        prune: bool,
    }

    /// Keys that are gone, warnings, and how often a path was looked up.
    fn outcome(case: &Case) -> (Vec<u64>, Vec<String>, usize) {
        let payload = Payload {
            roots: INDEX.roots.iter().map(|root| StoredPath::new(Path::new(root))).collect(),
            ..Payload::default()
        };
        let scan = |(path, alive, unreadable): &(&str, bool, &[&str])| {
            RootScan::ended(path.into(), *alive, unreadable.iter().map(PathBuf::from).collect())
        };
        let scans: Vec<RootScan> = case.walked.iter().map(scan).collect();
        let looked_up = Cell::new(0);
        let path_of = |key: u64| {
            looked_up.set(looked_up.get() + 1);
            let source = INDEX.sources.iter().find(|source| source.0 == key);
            Ok(source.and_then(|(_, root, path)| Some(Path::new(INDEX.roots.get(*root as usize)?).join(path))))
        };
        let mut warnings = Vec::new();
        let seen = Seen { keys: case.seen.iter().copied().collect(), parents: Default::default() };
        let gone = vanished((&state(&INDEX), &path_of), &payload, &scans, &seen, case.prune, &mut warnings);
        (gone.expect("paths are known"), warnings, looked_up.get())
    }

    #[track_caller]
    fn check(case: &Case, gone: &[u64]) {
        let (found, warnings, _) = outcome(case);
        assert_eq!(found, gone);
        assert!(warnings.is_empty(), "{warnings:?}");
    }

    #[test]
    fn what_was_walked_and_not_seen_is_gone() {
        check(&Case { walked: &[("/a/news", true, &[])], seen: &[1, 2, 3, 4], ..Case::default() }, &[]);
        check(&Case { walked: &[("/a/news", true, &[])], seen: &[1, 4], ..Case::default() }, &[2, 3]);
        // A folder above the roots.
        check(&Case { walked: &[("/", true, &[])], seen: &[1], ..Case::default() }, &[2, 3, 4, 5]);
    }

    #[test]
    fn what_was_not_walked_is_kept() {
        check(&Case::default(), &[]);
        check(&Case { walked: &[("/b", true, &[])], seen: &[5], ..Case::default() }, &[]);
        check(&Case { walked: &[("/c", true, &[])], prune: true, ..Case::default() }, &[]);
        // `/a/newspaper` begins like `/a/news` and is another folder.
        check(&Case { walked: &[("/a/newspaper", true, &[])], ..Case::default() }, &[]);
    }

    #[test]
    fn a_folder_below_a_root_answers_for_itself() {
        check(&Case { walked: &[("/a/news/2019", true, &[])], ..Case::default() }, &[2]);
        check(&Case { walked: &[("/a/news/2020/05", true, &[])], ..Case::default() }, &[4]);
        // A single file that was named, and is gone since: it is the walk that fails, so it is not here; one beside it is.
        check(&Case { walked: &[("/a/news/one.html", true, &[])], ..Case::default() }, &[1]);
    }

    #[test]
    fn what_lies_behind_a_folder_that_cannot_be_read_is_kept() {
        check(&Case { walked: &[("/a/news", true, &["/a/news/2019"])], seen: &[1], ..Case::default() }, &[3, 4]);
        check(&Case { walked: &[("/a/news", true, &["/a/news/2020"])], seen: &[1], ..Case::default() }, &[2]);
        check(&Case { walked: &[("/a/news", true, &["/a/news"])], prune: true, ..Case::default() }, &[]);
        // Another walk that was named has seen it.
        let walked: &[(&str, bool, &[&str])] = &[("/a/news", true, &["/a/news/2020"]), ("/a/news/2020/05", true, &[])];
        check(&Case { walked, seen: &[1, 2], ..Case::default() }, &[4]);
    }

    #[test]
    fn an_empty_folder_may_be_a_disk_that_is_not_mounted() {
        let empty = Case { walked: &[("/a/news", false, &[]), ("/b", true, &[])], seen: &[5], ..Case::default() };
        let (gone, warnings, _) = outcome(&empty);
        assert!(gone.is_empty());
        assert_eq!(
            warnings,
            ["/a/news: no pages here any more; the 4 that the index knows are kept, remove them with --prune"]
        );
        check(&Case { prune: true, ..empty }, &[1, 2, 3, 4]);
        let (gone, warnings, _) = outcome(&Case { walked: &[("/c", false, &[])], ..Case::default() });
        let nothing = "/c: no pages here; pages are HTML, whatever their names, and .txt files, alone or in WARC files"
            .to_owned();
        assert_eq!((gone, warnings), (Vec::new(), vec![nothing]));
    }

    #[test]
    fn paths_are_looked_up_only_where_roots_do_not_tell() {
        let looked_up = |case: &Case| outcome(case).2;
        assert_eq!(looked_up(&Case { walked: &[("/", true, &[])], ..Case::default() }), 0);
        assert_eq!(looked_up(&Case { walked: &[("/b", true, &["/b/x"])], ..Case::default() }), 1);
        assert_eq!(looked_up(&Case { walked: &[("/a/news/2019", true, &[])], ..Case::default() }), 2);
    }

    #[test]
    fn a_path_that_cannot_be_read_removes_nothing() {
        let broken = |_| Err(tantivy::TantivyError::InternalError("a disk".to_owned()));
        let payload = Payload { roots: vec![StoredPath::new(Path::new("/a/news"))], ..Payload::default() };
        let scans = [RootScan::ended("/a/news/2019".into(), true, Vec::new())];
        let found = vanished((&state(&INDEX), &broken), &payload, &scans, &Seen::default(), true, &mut Vec::new());
        assert!(found.is_err(), "{found:?}");
    }
}
