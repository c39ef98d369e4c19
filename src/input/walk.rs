//! From a folder to the pages below it.

mod programs;
mod rules;

use std::collections::VecDeque;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, IntoIter, WalkDir};

use self::programs::Programs;
use self::rules::Rules;
use super::container::RecordSkip;
use super::kind::Name;
use super::read::Beginning;
use super::{Source, file, kind, read};
use crate::{Error, Result};

/// One thing that [`Walk`] came upon.
#[derive(Debug)]
pub enum WalkItem {
    /// A file to read.
    Page(Source),
    /// A file that holds many pages.
    Container(Source),
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
    /// A file whose name ends like that of something else, or which tells nothing and does not begin like a page.
    OtherType,
    /// A PDF document.
    Pdf,
    /// Mail, one or many.
    Mail,
    /// A page as Safari saves it in one file.
    WebArchive,
    /// Agency copy in ANPA 1312 or IPTC 7901.
    Wire,
    /// An archive in a format that is not read.
    Packed,
    /// A list or a second copy that a program made which saves sites.
    Made,
    /// A file or folder whose name begins with a dot.
    Hidden,
    /// The folder with the pictures and scripts of a saved page that lies beside it.
    Companion,
    /// A link to a folder of the archive.
    LinkedFolder,
    /// A link that leads out of the archive.
    Outside,
    /// A named pipe, socket or device.
    Special,
    /// A page or folder that an ignore file names.
    Ignored,
    /// A record of a container that gives no page.
    Record(RecordSkip),
}

impl Skip {
    /// The reason in words, after a count: "12 files of another type".
    pub fn name(self) -> &'static str {
        match self {
            Skip::OtherType => "files of another type",
            Skip::Pdf => "PDF documents, which are not read",
            Skip::Mail => "mail, which is not read",
            Skip::WebArchive => "Safari's web archives, which are not read",
            Skip::Wire => "agency copy in ANPA 1312 or IPTC 7901, which is not read",
            Skip::Packed => "archives in a format that is not read",
            Skip::Made => "lists and second copies of programs that save sites",
            Skip::Hidden => "hidden files and folders",
            Skip::Companion => "folders of saved pages' pictures and scripts",
            Skip::LinkedFolder => "links to folders",
            Skip::Outside => "links that lead out of the archive (--follow reads them)",
            Skip::Special => "pipes, sockets and devices",
            Skip::Ignored => "pages and folders named in ignore files",
            Skip::Record(why) => why.name(),
        }
    }
}

/// What lies below one root: an iterator over [`WalkItem`] in the byte order of names, folder by folder, the same on every
/// run. Only one folder's names are held at a time.
///
/// Links to files of the archive are read like files, for archives that keep their content elsewhere in it and link to
/// it. Links to its folders are not followed: they would give every page twice, and a handful of them that cross would
/// give it a thousand times. Links that lead out of it are followed where that is asked for: who gives an archive away
/// could otherwise have any file of the reader's indexed. Of folders outside each is walked once, so there are no loops.
#[derive(Debug)]
pub struct Walk {
    root: PathBuf,
    file: Option<PathBuf>,
    /// What is walked, with its depth below the root: the root, and folders outside that links lead to.
    entries: Vec<(IntoIter, usize)>,
    /// Where links have led, where they are followed.
    outside: Option<Vec<PathBuf>>,
    mapped: bool,
    programs: Programs,
    /// `None` where ignore files are disregarded.
    rules: Option<Rules>,
    /// What was wrong with ignore files and has not been told yet.
    problems: VecDeque<WalkItem>,
}

/// What a walk takes in.
#[derive(Clone, Copy, Debug)]
pub struct WalkOptions {
    /// Leave out what ignore files name.
    pub ignore_files: bool,
    /// Follow links that lead out of the root.
    pub follow: bool,
    /// Take files of JSON, XML and of tables for ready articles whatever their fields are called.
    pub mapped: bool,
}

/// Starts to walk over the folder or single file `root`.
///
/// An error means that the root itself is missing or cannot be listed, which says nothing about the pages that an
/// earlier run found there. A folder that gives no page at all may be an archive whose disk is not mounted.
///
/// With [`WalkOptions::ignore_files`] the `.ignore` and `.searchignore` files at and below `root` are obeyed: gitignore syntax, deeper
/// files outweigh higher ones and `.searchignore` outweighs `.ignore`. Hidden files and the companion folders of saved
/// pages are left out either way; a file that is named itself never is.
pub fn walk(root: &Path, options: WalkOptions) -> Result<Walk> {
    let failed = |cause: io::Error| Error::io("open", root, cause);
    let meta = fs::metadata(root).map_err(failed)?;
    if !meta.is_dir() && !meta.is_file() {
        return Err(Error::refused(root, "a pipe, socket or device, not a page"));
    }
    if meta.is_dir() {
        let canonical = fs::canonicalize(root).map_err(failed)?;
        fs::read_dir(&canonical).map_err(failed)?;
        return Ok(Walk::new(&canonical.clone(), canonical, None, options));
    }
    // Only the folder is made canonical: a link keeps its own name, which has the ending that tells the format.
    let name = root.file_name().ok_or_else(|| Error::refused(root, "neither a file nor a folder"))?;
    let folder = root.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(folder).map_err(failed)?;
    let options = WalkOptions { ignore_files: false, follow: true, mapped: options.mapped };
    Ok(Walk::new(&folder.join(name), folder, Some(PathBuf::from(name)), options))
}

impl Walk {
    fn new(top: &Path, root: PathBuf, file: Option<PathBuf>, options: WalkOptions) -> Walk {
        let entries = WalkDir::new(top).follow_root_links(false).sort_by_file_name().into_iter();
        Walk {
            root,
            file,
            entries: vec![(entries, 0)],
            outside: options.follow.then(Vec::new),
            mapped: options.mapped,
            programs: Programs::default(),
            rules: options.ignore_files.then(Rules::default),
            problems: VecDeque::new(),
        }
    }

    /// How far below the root an entry of the folder that is walked now lies.
    fn depth(&self, entry: &DirEntry) -> usize {
        self.entries.last().map_or(0, |(_, above)| *above) + entry.depth()
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
        // The root, or where a link has led.
        let why = if entry.depth() == 0 {
            None
        } else if is_hidden(entry) {
            Some(Skip::Hidden)
        } else if is_companion(entry.path()) {
            Some(Skip::Companion)
        } else if self.programs.made(entry.path()) {
            Some(Skip::Made)
        } else {
            self.is_ignored(entry, true).then_some(Skip::Ignored)
        };
        if let Some(why) = why {
            if let Some((entries, _)) = self.entries.last_mut() {
                entries.skip_current_dir();
            }
            return Some(self.skipped(entry, why));
        }
        self.programs.enter(entry.path());
        let depth = self.depth(entry);
        let problems = self.rules.as_mut().map(|rules| rules.enter(entry.path(), depth)).unwrap_or_default();
        for (path, error) in problems {
            self.problems.push_back(WalkItem::Problem { path: self.below_root(&path), error });
        }
        self.problems.pop_front()
    }

    fn is_ignored(&mut self, entry: &DirEntry, is_folder: bool) -> bool {
        let depth = self.depth(entry);
        self.rules.as_mut().is_some_and(|rules| rules.ignore(entry.path(), depth, is_folder))
    }

    /// Where a link leads that leads out of the root; `None` for everything else.
    fn leads_out(&self, entry: &DirEntry) -> Option<PathBuf> {
        let target = entry.path_is_symlink().then(|| fs::canonicalize(entry.path()).ok())??;
        (!target.starts_with(&self.root)).then_some(target)
    }

    /// A link to a folder: walked next where it leads out of the root and links are followed, else left out.
    fn linked_folder(&mut self, entry: &DirEntry) -> Option<WalkItem> {
        let Some(target) = self.leads_out(entry) else { return Some(self.skipped(entry, Skip::LinkedFolder)) };
        if self.is_ignored(entry, true) {
            return Some(self.skipped(entry, Skip::Ignored));
        }
        let depth = self.depth(entry);
        let Some(outside) = &mut self.outside else { return Some(self.skipped(entry, Skip::Outside)) };
        // A folder that holds the root, or that another link has led to, would give the same pages again.
        if self.root.starts_with(&target) || outside.iter().any(|known| target.starts_with(known)) {
            return Some(self.skipped(entry, Skip::LinkedFolder));
        }
        outside.push(target);
        let entries = WalkDir::new(entry.path()).follow_root_links(true).sort_by_file_name().into_iter();
        self.entries.push((entries, depth));
        None
    }

    fn file_like(&mut self, entry: &DirEntry) -> Option<WalkItem> {
        let (kind, name, is_named) = (entry.file_type(), kind::of_name(entry.file_name()), self.depth(entry) == 0);
        let why = if !kind.is_file() && !kind.is_symlink() {
            Some(Skip::Special)
        // A file that is named itself is wanted, whatever it is called.
        } else if is_hidden(entry) && !is_named {
            Some(Skip::Hidden)
        // Before its metadata are asked for: most files beside saved pages are pictures and scripts.
        } else if kind.is_file() && name == Name::Other && !is_named {
            Some(other_type(entry))
        } else if !is_named && entry.file_name() == "robots.txt" {
            Some(Skip::Record(RecordSkip::Robots))
        } else if !is_named && self.programs.made(entry.path()) {
            Some(Skip::Made)
        } else {
            None
        };
        if let Some(why) = why {
            return Some(self.skipped(entry, why));
        }
        match fs::metadata(entry.path()) {
            Ok(meta) if meta.is_dir() => self.linked_folder(entry),
            // Who reads it says why it leads nowhere, and remembers that it is there.
            Err(_) if matches!(name, Name::Page(_)) && kind.is_symlink() => {
                Some(WalkItem::Page(self.source(entry, 0, 0)))
            }
            Err(cause) if matches!(name, Name::Page(_) | Name::Container) => {
                Some(self.problem("open", entry.path(), cause))
            }
            Ok(meta) => Some(self.file_or_why(entry, &meta, name, is_named)),
            // A link to nowhere that nothing says was a page.
            Err(_) => Some(self.skipped(entry, Skip::OtherType)),
        }
    }

    /// A file, or a link to one: a page, many of them, or why it is none. What its name does not tell its beginning does.
    fn file_or_why(&mut self, entry: &DirEntry, meta: &Metadata, name: Name, is_named: bool) -> WalkItem {
        if name == Name::Other && !is_named {
            return self.skipped(entry, other_type(entry));
        } else if !meta.is_file() {
            return self.skipped(entry, Skip::Special);
        } else if self.outside.is_none() && self.leads_out(entry).is_some() {
            return self.skipped(entry, Skip::Outside);
        } else if self.is_ignored(entry, false) {
            return self.skipped(entry, Skip::Ignored);
        }
        let source = self.source(entry, meta.len(), file::mtime(meta));
        match name {
            Name::Page(_) => WalkItem::Page(source),
            Name::Container => WalkItem::Container(source),
            Name::Data if self.mapped => WalkItem::Container(source),
            Name::Other | Name::Nothing | Name::Data => match read::beginning(entry.path()) {
                Beginning::Container => WalkItem::Container(source),
                Beginning::Page => WalkItem::Page(source),
                Beginning::Other if is_named && name == Name::Data => WalkItem::Container(source),
                // Who reads it says what it is.
                Beginning::Other | Beginning::Wire if is_named => WalkItem::Page(source),
                Beginning::Wire => self.skipped(entry, Skip::Wire),
                Beginning::Other => self.skipped(entry, Skip::OtherType),
            },
        }
    }

    fn source(&self, entry: &DirEntry, size: u64, mtime: i64) -> Source {
        let path = self.below_root(entry.path());
        Source { root: self.root.clone(), path, locator: None, size, mtime }
    }
}

impl Iterator for Walk {
    type Item = WalkItem;

    fn next(&mut self) -> Option<WalkItem> {
        if let Some(problem) = self.problems.pop_front() {
            return Some(problem);
        }
        loop {
            let entry = match self.entries.last_mut()?.0.next() {
                Some(Ok(entry)) => entry,
                None => {
                    self.entries.pop();
                    continue;
                }
                Some(Err(error)) => {
                    // An error without a path happened in the middle of listing some folder: any of them.
                    let path = error.path().unwrap_or(&self.root).to_owned();
                    let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("links to itself"));
                    return Some(self.problem("list", &path, cause));
                }
            };
            // Where a link has led the walk begins with the link.
            let is_folder = entry.file_type().is_dir() || (entry.depth() == 0 && self.entries.len() > 1);
            let found = if is_folder { self.folder(&entry) } else { self.file_like(&entry) };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// Why a file is left out whose name is that of something else.
fn other_type(entry: &DirEntry) -> Skip {
    let ending = entry.path().extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => Skip::Pdf,
        "eml" | "mbox" | "msg" => Skip::Mail,
        "webarchive" => Skip::WebArchive,
        "7z" | "rar" | "xz" | "bz2" => Skip::Packed,
        _ => Skip::OtherType,
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
