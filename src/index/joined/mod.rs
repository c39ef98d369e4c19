//! Several indexes as one archive.
//!
//! They are joined below everything that counts: one searcher has the segments of all, and what a commit carries beside its
//! documents is made for all together. The engine above knows nothing of where one index ends, so that an answer is the one
//! of an index made of all the archives. `ARCHITECTURE.md` says why answers are not merged instead.
//!
//! What the same in two indexes means:
//!
//! - One file that both have read is one document. The one read from the later state of the file is kept, of equal ones that
//!   of the index that was named first; the others are passed over as if they were deleted.
//! - Two files with one id are captures of one article, and the newest is searched, by the rule that holds in one index
//!   ([`super::Age`]).
//! - Copies of a story are found across indexes, when stories are first asked for: no commit has a list of them.

mod folder;
mod overlap;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

use super::fault;
use super::location::LocationOrder;
use super::payload::Payload;
use super::store::{OPEN, Part, Reader};
use super::terms;
use crate::error::{Error, Result};
use folder::Joined;
use overlap::Overlap;

impl Reader {
    /// Opens the last commits of the indexes at `paths` as one archive; a folder that is named twice is asked once. With one
    /// path it is [`Reader::open`].
    pub fn open_all(paths: &[PathBuf]) -> Result<Reader> {
        let paths = distinct(paths);
        match &paths[..] {
            [] => Err(Error::usage("no index is named")),
            [path] => Reader::open(path),
            _ => open(&paths),
        }
    }
}

/// `paths` without those that lead where an earlier one does.
fn distinct(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut seen = Vec::with_capacity(paths.len());
    let is_new = |path: &&PathBuf| {
        // What is not there is an error of whoever opens it.
        let place = path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
        let is_new = !seen.contains(&place);
        seen.push(place);
        is_new
    };
    paths.iter().filter(is_new).cloned().collect()
}

fn open(paths: &[PathBuf]) -> Result<Reader> {
    loop {
        let readers: Vec<Reader> = paths.iter().map(|path| Reader::open(path)).collect::<Result<_>>()?;
        match join(&readers) {
            // Files of a commit that another has replaced meanwhile are gone.
            Err(_) if is_replaced(&readers)? => {}
            Err(cause) => return Err(failure(paths, &cause)),
            Ok(joined) => return Ok(joined),
        }
    }
}

/// Whether one of the indexes has a later commit than the one that its reader holds.
fn is_replaced(readers: &[Reader]) -> Result<bool> {
    for reader in readers {
        if Reader::open(reader.path())?.payload.revision != reader.payload.revision {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A failed read of several indexes as an error that names the one where it lies.
pub(super) fn failure(paths: &[PathBuf], cause: &TantivyError) -> Error {
    // Which index a failed read was of is not in the error, and who is told that an index is damaged removes it.
    let is_damaged = |path: &&PathBuf| super::check(path).is_ok_and(|report| !report.damaged.is_empty());
    match paths.iter().find(is_damaged) {
        Some(path) => fault::error(path, OPEN, cause),
        None => {
            let names: Vec<&OsStr> = paths.iter().map(|path| path.as_os_str()).collect();
            Error::index(Path::new(&names.join(" and ".as_ref())), cause)
        }
    }
}

fn join(readers: &[Reader]) -> tantivy::Result<Reader> {
    let mut payload = Payload::default();
    let (mut parts, mut first_segment) = (Vec::with_capacity(readers.len()), 0);
    for reader in readers {
        let first_root = payload.roots.len() as u64;
        parts.push(Part { path: reader.path().to_owned(), first_segment, first_root });
        first_segment += reader.searcher.segment_readers().len() as u32;
        payload.roots.extend(reader.payload.roots.iter().cloned());
        payload.totals = payload.totals + reader.payload.totals;
    }
    let both = Overlap::of(readers, &parts, &LocationOrder::of(&payload.roots))?;
    payload.totals = payload.totals - both.totals;
    let index = Index::open(Joined::new(readers, &both.hidden)?)?;
    index.tokenizers().register(terms::NAME, terms::analyzer());
    let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Reader::of_parts(reader.searcher(), payload, both.superseded, parts, !both.hidden.is_empty()))
}
