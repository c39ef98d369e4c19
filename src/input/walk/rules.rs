//! Ignore files: what the owner of an archive wants left out.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::input::file;
use crate::{Error, Result};

/// Names of ignore files, the weaker one first.
const NAMES: [&str; 2] = [".ignore", ".searchignore"];

/// Largest ignore file. Each line becomes a part of one automaton, so a file of megabytes would take all memory.
const LARGEST: u64 = 64 << 10;

/// The ignore files of the folders between the root and where the walk is, each with its folder's depth.
///
/// The syntax is git's: the last pattern that fits decides, `!` takes back, and a deeper file outweighs those above
/// it. What lies in an ignored folder cannot be taken back, for nobody looks into it.
#[derive(Debug, Default)]
pub(super) struct Rules {
    folders: Vec<(usize, Gitignore)>,
}

impl Rules {
    /// Reads the ignore files of `folder`, which the walk has come to at `depth`; returns those that could not be read
    /// or understood, with the cause. What could be understood holds.
    pub(super) fn enter(&mut self, folder: &Path, depth: usize) -> Vec<(PathBuf, Error)> {
        self.leave(depth);
        let mut builder = GitignoreBuilder::new(folder);
        let mut problems = Vec::new();
        let mut found = false;
        for name in NAMES {
            let path = folder.join(name);
            match lines(&path) {
                Ok(None) => {}
                Ok(Some(text)) => {
                    found = true;
                    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
                        if let Err(cause) = builder.add_line(None, line) {
                            problems.push((path.clone(), Error::refused(&path, format!("line {number}: {cause}"))));
                        }
                    }
                }
                Err(error) => problems.push((path, error)),
            }
        }
        if found {
            match builder.build() {
                Ok(rules) => self.folders.push((depth, rules)),
                Err(cause) => {
                    let path = folder.join(NAMES[1]);
                    problems.push((path.clone(), Error::refused(&path, cause.to_string())));
                }
            }
        }
        problems
    }

    /// Forgets the rules of folders that do not hold what lies at `depth`.
    fn leave(&mut self, depth: usize) {
        while self.folders.last().is_some_and(|(of, _)| *of >= depth) {
            self.folders.pop();
        }
    }

    /// True when `path`, which the walk has come to at `depth`, is to be left out.
    pub(super) fn ignore(&mut self, path: &Path, depth: usize, is_folder: bool) -> bool {
        self.leave(depth);
        let decided = self.folders.iter().rev().map(|(_, rules)| rules.matched(path, is_folder));
        decided.into_iter().find(|verdict| !verdict.is_none()).is_some_and(|verdict| verdict.is_ignore())
    }
}

/// The content of an ignore file; `None` where there is none. A pipe of that name is not waited for.
fn lines(path: &Path) -> Result<Option<String>> {
    let failed = |cause: io::Error| Error::io("read", path, cause);
    let file: File = match file::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(failed(cause)),
    };
    let meta = file.metadata().map_err(failed)?;
    if !meta.is_file() {
        return Err(Error::refused(path, "not a file of ignore rules"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::refused(path, format!("more than {} KiB of ignore rules", LARGEST >> 10)));
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
