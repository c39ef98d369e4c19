//! What programs keep beside the pages: lists of their own, the same page several times, and our own index.

use std::path::{Path, PathBuf};

/// What a program has put into a folder.
#[derive(Debug, Default)]
pub(super) struct Programs {
    /// The folder of one capture of ArchiveBox that is walked now, and what is read of it.
    capture: Option<(PathBuf, PathBuf)>,
}

impl Programs {
    /// Looks at a folder before it is walked.
    pub(super) fn enter(&mut self, folder: &Path) {
        if let Some(best) = best_of_capture(folder) {
            self.capture = Some((folder.to_owned(), best));
        }
    }

    /// True where the file or folder at `path` is a copy or a list that a program made.
    pub(super) fn made(&self, path: &Path) -> bool {
        if let Some((capture, best)) = &self.capture
            && path.starts_with(capture)
            && path != capture
        {
            return !path.starts_with(best) && !best.starts_with(path);
        }
        is_of_httrack(path) || is_of_index(path)
    }
}

/// For the folder of a capture of ArchiveBox the page in it that says most: as a browser left it in one file, as it showed it,
/// as it was fetched.
fn best_of_capture(folder: &Path) -> Option<PathBuf> {
    // They are called after the second in which they were made, with a counter.
    let name = folder.file_name()?.to_str()?;
    let is_time = name.len() >= 10 && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let there = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    if !is_time || there("index.json").is_none() || there("index.html").is_none() {
        return None;
    }
    let fetched = || {
        let host = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
        host.filter(|path| path.file_name().is_some_and(|name| name.as_encoded_bytes().contains(&b'.'))).min()
    };
    there("singlefile.html").or_else(|| there("output.html")).or_else(fetched)
}

/// The list of mirrors and the cache that HTTrack keeps at the top of its folder.
fn is_of_httrack(path: &Path) -> bool {
    match path.file_name().and_then(|name| name.to_str()) {
        Some("hts-cache") => path.with_file_name("index.html").exists(),
        Some("index.html") => path.with_file_name("hts-cache").is_dir(),
        _ => false,
    }
}

/// The list of segments of an index that lies inside of the archive: it has fields and is no file of articles.
fn is_of_index(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "meta.json") && path.with_file_name(".managed.json").exists()
}
