//! Saved pages to begin with.

use std::fs;
use std::path::{Path, PathBuf};

/// The files below a folder, without those that a short run would spend its time on.
pub fn pages(folder: &Path) -> Vec<Vec<u8>> {
    let (mut folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let pages = files.into_iter().filter_map(|file| fs::read(file).ok());
    pages.filter(|bytes| (1..=64_000).contains(&bytes.len())).collect()
}
