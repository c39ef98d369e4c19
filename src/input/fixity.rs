//! Whether a saved page is still there, byte for byte.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Limits, Source, WalkItem, WalkOptions, original, walk};
use crate::Result;

/// What has become of the bytes of a saved page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fixity {
    /// They are where they were.
    Unchanged,
    /// They are the file at this path now.
    Moved(PathBuf),
    /// Others are in their place, with this SHA-256 in hex; `None` where what is there cannot be read as a page.
    Changed(Option<String>),
    /// Nothing is in their place, and no file below the root has them.
    Gone,
}

/// Compares saved pages with their digests. What is missing is looked for by digest among the plain files below its root,
/// all of which are read once for that.
#[derive(Debug, Default)]
pub struct Comparer {
    limits: Limits,
    /// Files below a root by the digest of their page.
    known: HashMap<PathBuf, HashMap<String, PathBuf>>,
}

impl Comparer {
    /// One that reads pages within `limits`.
    pub fn new(limits: Limits) -> Comparer {
        Comparer { limits, known: HashMap::new() }
    }

    /// What has become of the page at `source`, whose unpacked bytes had this SHA-256 in hex. Fails where the file system
    /// refuses to read what is there.
    pub fn compare(&mut self, source: &Source, sha256: &str) -> Result<Fixity> {
        let path = source.file();
        if path.symlink_metadata().is_err_and(|cause| is_missing(&cause)) {
            return Ok(self.find(&source.root, sha256).map_or(Fixity::Gone, Fixity::Moved));
        }
        match original(source, self.limits) {
            Ok(bytes) => Ok(match digest(&bytes) {
                now if now == sha256 => Fixity::Unchanged,
                now => Fixity::Changed(Some(now)),
            }),
            Err(error) if error.is_refusal() => Ok(Fixity::Changed(None)),
            Err(error) => Err(error),
        }
    }

    fn find(&mut self, root: &Path, sha256: &str) -> Option<PathBuf> {
        let limits = self.limits;
        let known = self.known.entry(root.to_owned()).or_insert_with(|| digests(root, limits));
        known.get(sha256).cloned()
    }
}

fn is_missing(cause: &std::io::Error) -> bool {
    matches!(cause.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

fn digest(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The plain files below `root` by the digest of their page, of equal ones the first; none where the root is gone.
fn digests(root: &Path, limits: Limits) -> HashMap<String, PathBuf> {
    let mut found = HashMap::new();
    for item in walk(root, WalkOptions { ignore_files: false, follow: false, mapped: false }).into_iter().flatten() {
        let WalkItem::Page(source) = item else { continue };
        // What cannot be read has no digest to be found by.
        if let Ok(bytes) = original(&source, limits) {
            found.entry(digest(&bytes)).or_insert_with(|| source.file());
        }
    }
    found
}
