//! From a folder to the pages below it.

mod rules;

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, IntoIter, WalkDir};

use self::rules::Rules;
use super::{Source, file, kind};
use crate::{Error, Result};

/// One thing that [`Walk`] came upon.
#[derive(Debug)]
pub enum WalkItem {
    /// A file to read.
    Page(Source),
    /// A file or folder that is left out on purpose; a folder stands for everything in it.
    Skipped {
        /// Path below the root.
        path: PathBuf,
        /// Why it is left out.
        why: Skip,
    },
    /// Something that could not be looked at. Whatever an earlier run found at or below `path` has not vanished: it
    /// could not be seen.
    Problem {
        /// Path below the root; empty where the root itself gave way.
        path: PathBuf,
        /// What went wrong.
        error: Error,
    },
}

/// Why a file or folder is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// A file whose name does not end like that of a page.
    OtherType,
    /// A file or folder whose name begins with a dot.
    Hidden,
    /// The folder with the pictures and scripts of a saved page that lies beside it.
    Companion,
    /// A link to a folder.
    LinkedFolder,
    /// A named pipe, socket or device.
    Special,
    /// A page or folder that an ignore file names.
    Ignored,
}

impl Skip {
    /// The reason in words, after a count: "12 files of another type".
    pub fn name(self) -> &'static str {
        match self {
            Skip::OtherType => "files of another type",
            Skip::Hidden => "hidden files and folders",
            Skip::Companion => "folders of saved pages' pictures and scripts",
            Skip::LinkedFolder => "links to folders",
            Skip::Special => "pipes, sockets and devices",
            Skip::Ignored => "pages and folders named in ignore files",
        }
    }
}

/// What lies below one root: an iterator over [`WalkItem`] in the byte order of names, folder by folder, the same on every
/// run. Only one folder's names are held at a time.
///
/// Links to files are read like files, for archives that keep their content elsewhere and link to it. Links to folders
/// are not followed: inside the archive they would give every page twice, a handful of them that cross would give it a
/// thousand times, and outside of it they name a folder that the user can name as well. So there are no loops.
#[derive(Debug)]
pub struct Walk {
    root: PathBuf,
    file: Option<PathBuf>,
    entries: IntoIter,
    /// `None` where ignore files are disregarded.
    rules: Option<Rules>,
    /// What was wrong with ignore files and has not been told yet.
    problems: VecDeque<WalkItem>,
}

/// Starts to walk over the folder or single file `root`.
///
/// An error means that the root itself is missing or cannot be listed, which says nothing about the pages that an
/// earlier run found there. A folder that gives no page at all may be an archive whose disk is not mounted.
///
/// With `ignore_files` the `.ignore` and `.searchignore` files at and below `root` are obeyed: gitignore syntax, deeper
/// files outweigh higher ones and `.searchignore` outweighs `.ignore`. Hidden files and the companion folders of saved
/// pages are left out either way; a file that is named itself never is.
pub fn walk(root: &Path, ignore_files: bool) -> Result<Walk> {
    let failed = |cause: io::Error| Error::io("open", root, cause);
    if fs::metadata(root).map_err(failed)?.is_dir() {
        let canonical = fs::canonicalize(root).map_err(failed)?;
        fs::read_dir(&canonical).map_err(failed)?;
        return Ok(Walk::new(&canonical.clone(), canonical, None, ignore_files));
    }
    // Only the folder is made canonical: a link keeps its own name, which has the ending that tells the format.
    let name = root.file_name().ok_or_else(|| Error::refused(root, "neither a file nor a folder"))?;
    let folder = root.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(folder).map_err(failed)?;
    Ok(Walk::new(&folder.join(name), folder, Some(PathBuf::from(name)), false))
}

impl Walk {
    fn new(top: &Path, root: PathBuf, file: Option<PathBuf>, ignore_files: bool) -> Walk {
        let entries = WalkDir::new(top).follow_root_links(false).sort_by_file_name().into_iter();
        Walk { root, file, entries, rules: ignore_files.then(Rules::default), problems: VecDeque::new() }
    }

    /// The canonical absolute folder that all paths are relative to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path below the root of the single file that was named; `None` where a folder was named. The walk says
    /// nothing about other files of that folder.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    fn below_root(&self, path: &Path) -> PathBuf {
        let below = path.strip_prefix(&self.root);
        debug_assert!(below.is_ok(), "the walk stays below its root");
        below.unwrap_or(path).to_owned()
    }

    fn problem(&self, doing: &'static str, path: &Path, cause: io::Error) -> WalkItem {
        WalkItem::Problem { path: self.below_root(path), error: Error::io(doing, path, cause) }
    }

    fn skipped(&self, entry: &DirEntry, why: Skip) -> WalkItem {
        WalkItem::Skipped { path: self.below_root(entry.path()), why }
    }

    /// A folder is walked through without a word unless it is left out.
    fn folder(&mut self, entry: &DirEntry) -> Option<WalkItem> {
        let why = if entry.depth() == 0 {
            None
        } else if is_hidden(entry) {
            Some(Skip::Hidden)
        } else if is_companion(entry.path()) {
            Some(Skip::Companion)
        } else {
            self.is_ignored(entry, true).then_some(Skip::Ignored)
        };
        if let Some(why) = why {
            self.entries.skip_current_dir();
            return Some(self.skipped(entry, why));
        }
        let problems = self.rules.as_mut().map(|rules| rules.enter(entry.path(), entry.depth())).unwrap_or_default();
        for (path, error) in problems {
            self.problems.push_back(WalkItem::Problem { path: self.below_root(&path), error });
        }
        self.problems.pop_front()
    }

    fn is_ignored(&mut self, entry: &DirEntry, is_folder: bool) -> bool {
        self.rules.as_mut().is_some_and(|rules| rules.ignore(entry.path(), entry.depth(), is_folder))
    }

    fn file_like(&mut self, entry: &DirEntry) -> WalkItem {
        let (kind, is_page) = (entry.file_type(), kind::format(entry.file_name()).is_some());
        if !kind.is_file() && !kind.is_symlink() {
            return self.skipped(entry, Skip::Special);
        }
        // A hidden file that is named itself is wanted.
        if is_hidden(entry) && entry.depth() > 0 {
            return self.skipped(entry, Skip::Hidden);
        }
        // Before its metadata are asked for: most files beside saved pages are pictures and scripts.
        if kind.is_file() && !is_page {
            return self.skipped(entry, Skip::OtherType);
        }
        match fs::metadata(entry.path()) {
            Ok(meta) if meta.is_dir() => self.skipped(entry, Skip::LinkedFolder),
            // A link's own name tells its format, whatever it points to.
            _ if !is_page => self.skipped(entry, Skip::OtherType),
            Ok(meta) if !meta.is_file() => self.skipped(entry, Skip::Special),
            _ if self.is_ignored(entry, false) => self.skipped(entry, Skip::Ignored),
            Ok(meta) => WalkItem::Page(Source {
                root: self.root.clone(),
                path: self.below_root(entry.path()),
                record: None,
                size: meta.len(),
                mtime: file::mtime(&meta),
            }),
            Err(cause) => self.problem("open", entry.path(), cause),
        }
    }
}

impl Iterator for Walk {
    type Item = WalkItem;

    fn next(&mut self) -> Option<WalkItem> {
        if let Some(problem) = self.problems.pop_front() {
            return Some(problem);
        }
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    // An error without a path happened in the middle of listing some folder: any of them.
                    let path = error.path().unwrap_or(&self.root).to_owned();
                    let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("links to itself"));
                    return Some(self.problem("list", &path, cause));
                }
            };
            if entry.file_type().is_dir() {
                if let Some(found) = self.folder(&entry) {
                    return Some(found);
                }
            } else {
                return Some(self.file_like(&entry));
            }
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().first() == Some(&b'.')
}

/// True for `NAME_files` with a `NAME.html` or the like beside it.
fn is_companion(folder: &Path) -> bool {
    let Some(page) = folder.file_name().and_then(kind::companion_of) else {
        return false;
    };
    ["html", "htm", "xhtml", "HTML", "HTM", "html.gz", "htm.gz"]
        .iter()
        .any(|ending| folder.with_file_name(format!("{page}.{ending}")).exists())
}

#[cfg(test)]
mod tests;
