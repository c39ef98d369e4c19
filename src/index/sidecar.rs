//! Small files of numbers beside Tantivy's own, each named by the commit that it belongs to.
//!
//! A file is written and synced before its commit and removed after the next one, so that at any moment the files of
//! the last commit are whole. A digest at its end tells a damaged file from a good one, and the commit has it too, so that the
//! file of another commit or another index is told from its own. Whoever reads it must be able to do without.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

use super::access::{self, Access};
use super::digest;
use crate::error::{Error, Result};

/// What a sidecar holds; the beginning of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SidecarKind {
    Superseded,
    Touched,
    Stories,
}

impl SidecarKind {
    const ALL: [SidecarKind; 3] = [SidecarKind::Superseded, SidecarKind::Touched, SidecarKind::Stories];

    fn prefix(self) -> &'static str {
        match self {
            SidecarKind::Superseded => "superseded-",
            SidecarKind::Touched => "touched-",
            SidecarKind::Stories => "stories-",
        }
    }
}

/// A file as its commit names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sidecar {
    /// In the folder of the index.
    pub(crate) name: String,
    /// The digest at its end; none where an older version named the file alone.
    pub(crate) sum: Option<u64>,
}

/// True for the name of a file that [`write`] makes.
pub(crate) fn is_name(name: &str) -> bool {
    SidecarKind::ALL.iter().any(|kind| kind.holds(name))
}

impl SidecarKind {
    fn holds(self, name: &str) -> bool {
        name.strip_prefix(self.prefix())
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    }
}

/// Writes `numbers` for the commit `revision` and returns what the commit is to name; no file and `None` where there are none.
pub(crate) fn write(at: &Path, kind: SidecarKind, revision: u64, numbers: &[u64]) -> Result<Option<Sidecar>> {
    if numbers.is_empty() {
        return Ok(None);
    }
    let name = format!("{}{revision}", kind.prefix());
    let path = at.join(&name);
    let mut bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let sum = digest::sum(numbers.len(), numbers.iter().copied());
    bytes.extend(sum.to_le_bytes());
    access::write(&path, &bytes, Access::of(at)).map_err(|cause| Error::io("write", &path, cause))?;
    Ok(Some(Sidecar { name, sum: Some(sum) }))
}

/// Reads a file that [`write`] made; `None` when it is missing, damaged or another.
pub(crate) fn read(folder: &Path, kind: SidecarKind, file: &Sidecar) -> Option<Vec<u64>> {
    let bytes = open(folder, kind, file)?;
    Some(bytes.as_chunks().0.iter().map(|number| u64::from_le_bytes(*number)).collect())
}

/// The numbers of a file that [`write`] made, eight bytes each, read where they lie; `None` when it is missing, damaged or
/// another.
pub(crate) fn open(folder: &Path, kind: SidecarKind, file: &Sidecar) -> Option<OwnedBytes> {
    if !kind.holds(&file.name) {
        return None;
    }
    let bytes = MmapDirectory::open(folder).ok()?.open_read(Path::new(&file.name)).ok()?.read_bytes().ok()?;
    let (content, written) = bytes.split_last_chunk::<8>()?;
    let (numbers, rest) = content.as_chunks::<8>();
    let sum = digest::sum(numbers.len(), numbers.iter().map(|number| u64::from_le_bytes(*number)));
    // A file that was cut off ends in numbers that are no checksum of what is left.
    let whole = rest.is_empty() && sum == u64::from_le_bytes(*written) && file.sum.is_none_or(|named| named == sum);
    let length = content.len();
    whole.then(|| bytes.slice(0..length))
}

/// Whether the file that a commit names is there and is what was written.
pub(crate) fn is_whole(folder: &Path, file: &Sidecar) -> bool {
    SidecarKind::ALL.iter().any(|kind| kind.holds(&file.name) && open(folder, *kind, file).is_some())
}

/// Removes the files of other commits. A failure leaves small files behind and nothing else.
pub(crate) fn sweep<'s>(folder: &Path, keep: impl Iterator<Item = &'s Sidecar>) {
    let keep: Vec<&str> = keep.map(|file| file.name.as_str()).collect();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if let Some(name) = name.to_str()
            && is_name(name)
            && !keep.contains(&name)
        {
            // A reader may have it open, and the next sweep takes what this one could not.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_and_a_damaged_or_another_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let file = write(at, SidecarKind::Touched, 4, &[1, 2, u64::MAX]).expect("written").expect("a file");
        assert_eq!(read(at, SidecarKind::Touched, &file), Some(vec![1, 2, u64::MAX]));
        assert_eq!(read(at, SidecarKind::Superseded, &file), None);
        let whole = fs::read(at.join(&file.name)).expect("bytes");
        let mut flipped = whole.clone();
        flipped[3] ^= 1;
        for damaged in [&whole[..8], &whole[..24], &whole[8..], &flipped, b"", b"abc"] {
            fs::write(at.join(&file.name), damaged).expect("written");
            assert_eq!(read(at, SidecarKind::Touched, &file), None, "{damaged:?}");
        }
        // Whole, but of another commit.
        let other = write(at, SidecarKind::Touched, 4, &[1, 2]).expect("written").expect("a file");
        assert_eq!((read(at, SidecarKind::Touched, &file), is_whole(at, &other)), (None, true));
        let unbound = Sidecar { sum: None, ..file };
        assert_eq!(read(at, SidecarKind::Touched, &unbound), Some(vec![1, 2]));
        let outside = Sidecar { name: "touched-/../../etc/passwd".to_owned(), sum: None };
        assert_eq!(read(at, SidecarKind::Touched, &outside), None);
        assert_eq!(write(at, SidecarKind::Touched, 5, &[]).expect("nothing to write"), None);
    }

    #[test]
    fn only_files_of_other_commits_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["touched-1", "touched-2", "superseded-1", "touched-x", "meta.json"] {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        sweep(folder.path(), [Sidecar { name: "touched-2".to_owned(), sum: None }].iter());
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        left.sort();
        assert_eq!(left, ["meta.json", "touched-2", "touched-x"]);
    }
}
