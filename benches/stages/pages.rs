//! The pages: from a folder, or made here.

use std::error::Error;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use search::input::{self, Limits, Page, Source, WalkItem, WalkOptions};
use tempfile::TempDir;

use crate::made;

/// A new folder with about `bytes` of HTML and nothing else, from `named`, evenly spread over it, or made here.
pub(crate) fn folder(named: Option<&OsStr>, bytes: usize) -> Result<TempDir, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    match named {
        Some(named) => copy(Path::new(named), folder.path(), bytes)?,
        None => make(folder.path(), bytes)?,
    }
    // A file that has only just changed is compared by its bytes in the second run; those of archives are old.
    let yesterday = SystemTime::now() - Duration::from_secs(86_400);
    for source in sources(folder.path())? {
        File::options().write(true).open(source.file())?.set_modified(yesterday)?;
    }
    Ok(folder)
}

/// The pages of a folder, in memory.
pub(crate) struct Set {
    pub(crate) folder: PathBuf,
    pub(crate) sources: Vec<Source>,
    pub(crate) pages: Vec<Page>,
}

impl Set {
    /// Reads all pages of `folder`; what is no page is passed over.
    pub(crate) fn load(folder: &TempDir) -> Result<Set, Box<dyn Error>> {
        let sources = sources(folder.path())?;
        let pages = sources.iter().filter_map(|source| input::read(source, Limits::default()).ok()).collect();
        Ok(Set { folder: folder.path().to_owned(), sources, pages })
    }

    /// Bytes of decoded text in all pages.
    pub(crate) fn bytes(&self) -> usize {
        self.pages.iter().map(|page| page.text.len()).sum()
    }
}

fn sources(folder: &Path) -> Result<Vec<Source>, Box<dyn Error>> {
    let page = |found| if let WalkItem::Page(source) = found { Some(source) } else { None };
    Ok(input::walk(folder, WalkOptions { ignore_files: false, follow: false, mapped: false })?
        .filter_map(page)
        .collect())
}

/// Copies every n-th page of `from`, with n such that about `bytes` come together.
fn copy(from: &Path, to: &Path, bytes: usize) -> Result<(), Box<dyn Error>> {
    let all = sources(from)?;
    let total: u64 = all.iter().map(|source| source.size).sum();
    let step = usize::try_from(total)?.div_ceil(bytes).max(1);
    for (number, source) in all.iter().enumerate().step_by(step) {
        let name = source.path.file_name().map(PathBuf::from).unwrap_or_default();
        fs::copy(source.file(), to.join(format!("{number:06}-{}", name.display())))?;
    }
    Ok(())
}

fn make(to: &Path, bytes: usize) -> Result<(), Box<dyn Error>> {
    let mut total = 0;
    for (number, page) in made::pages().enumerate() {
        if total >= bytes {
            break;
        }
        fs::write(to.join(format!("{number:06}.html")), &page)?;
        total += page.len();
    }
    Ok(())
}
