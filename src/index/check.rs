//! Fixity: whether the files of an index are still those that were written.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentComponent;
use tantivy::{Index, SegmentMeta};

use super::fault;
use super::folder::{self, MANAGED, META};
use super::payload::Payload;
use super::{sidecar, store};
use crate::error::Result;

/// What [`check`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Files that were compared.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Names of those whose bytes differ from what was written, that cannot be read or that are not there, sorted.
    pub damaged: Vec<PathBuf>,
}

/// Compares every file of the last commit of the index at `path` with the checksum that was written into it, CRC-32 in
/// the files of segments, digests of 64 bits in the others, and with what the commit says of it, so that the file of
/// another index, another segment or another commit is no whole one here.
///
/// Reads the whole index and writes nothing; a run may write meanwhile. Fails as the other commands do where the index
/// cannot be opened at all.
pub fn check(path: &Path) -> Result<CheckReport> {
    let mut report = CheckReport::default();
    if fs::read(path.join(META)).is_ok_and(|meta| folder::is_torn(&meta)) {
        // Nothing that it says can be believed, and nothing else can be found without it.
        report.take(path, META);
        report.damaged.push(META.into());
        return Ok(report);
    }
    let (index, payload) = store::open(path)?;
    let mut suspects = Vec::new();
    for file in files(&index, &payload, path)? {
        report.take(path, &file);
        if !is_whole(&index, &payload, path, &file) {
            suspects.push(file);
        }
    }
    suspects.extend(odd_footers(&segments(&index, path)?, path));
    if !suspects.is_empty() {
        // What a run has replaced meanwhile was removed, not damaged.
        let (index, payload) = store::open(path)?;
        let now = files(&index, &payload, path)?;
        report.damaged = suspects.into_iter().filter(|file| now.contains(file)).collect();
        report.damaged.sort();
        report.damaged.dedup();
    }
    Ok(report)
}

impl CheckReport {
    fn take(&mut self, path: &Path, file: impl AsRef<Path>) {
        self.files += 1;
        self.bytes += path.join(file).metadata().map_or(0, |meta| meta.len());
    }
}

/// Tantivy's list of its files; `None` where it cannot be read.
fn managed(path: &Path) -> Option<HashSet<PathBuf>> {
    serde_json::from_slice(&fs::read(path.join(MANAGED)).ok()?).ok()
}

/// The files that the last commit needs, there or not.
fn files(index: &Index, payload: &Payload, path: &Path) -> Result<HashSet<PathBuf>> {
    let mut files: HashSet<PathBuf> = segments(index, path)?.iter().flat_map(Segment::files).collect();
    files.extend(payload.sidecars().map(|file| PathBuf::from(&file.name)));
    files.extend([META, MANAGED].map(PathBuf::from));
    Ok(files)
}

/// The files of one segment.
struct Segment {
    /// Written at once.
    own: Vec<PathBuf>,
    /// The list of deleted documents, of a later run.
    deletes: Option<PathBuf>,
}

impl Segment {
    fn of(meta: &SegmentMeta) -> Segment {
        use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
        Segment {
            own: [Postings, Positions, FastFields, FieldNorms, Terms, Store]
                .map(|part| meta.relative_path(part))
                .into(),
            deletes: meta.has_deletes().then(|| meta.relative_path(Delete)),
        }
    }

    fn files(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.own.iter().chain(&self.deletes).cloned()
    }
}

fn segments(index: &Index, path: &Path) -> Result<Vec<Segment>> {
    let metas = index.searchable_segment_metas().map_err(|cause| fault::error(path, "read index", &cause))?;
    Ok(metas.iter().map(Segment::of).collect())
}

/// Fails where a file of a segment is not what was written, or cannot be read. Who writes anew what stands in it must ask
/// this first: the new file would have a good checksum of bad bytes.
pub(super) fn verify(index: &Index, segment: &SegmentMeta) -> tantivy::Result<()> {
    for file in Segment::of(segment).files() {
        if !index.directory().validate_checksum(&file)? {
            let cause = io::Error::new(io::ErrorKind::InvalidData, "its bytes are not those that were written");
            return Err(OpenReadError::wrap_io_error(cause, file).into());
        }
    }
    Ok(())
}

fn is_whole(index: &Index, payload: &Payload, path: &Path, file: &Path) -> bool {
    let name = file.to_str().unwrap_or_default();
    match name {
        // It was looked at before the index was opened, and when it was.
        META => true,
        // It has no checksum, but what counts of it is known.
        MANAGED => managed(path).is_some_and(|managed| {
            let segments = segments(index, path).unwrap_or_default();
            managed.contains(Path::new(META))
                && segments.iter().flat_map(Segment::files).all(|file| managed.contains(&file))
        }),
        name if sidecar::is_name(name) => {
            payload.sidecars().any(|file| file.name == name && sidecar::is_whole(path, file))
        }
        // The folder holds its size and its checksum against the list of the commit.
        _ => index.directory().validate_checksum(file).unwrap_or(false),
    }
}

/// Files whose footers name another version than the others of their segment do, which are written at once. The checksum
/// in a footer speaks of what stands before the footer.
fn odd_footers(segments: &[Segment], path: &Path) -> Vec<PathBuf> {
    let mut odd = Vec::new();
    for segment in segments {
        let version = |file: &PathBuf| footer_version(&path.join(file)).map(|version| version.to_string());
        let versions: Vec<Option<String>> = segment.own.iter().map(version).collect();
        let mut sorted = versions.clone();
        sorted.sort_unstable();
        // One bit turns in one file: the version in the middle is that of the others.
        let common = &sorted[sorted.len() / 2];
        let differs = segment.own.iter().zip(&versions).filter(|(_, version)| *version != common);
        odd.extend(differs.map(|(file, _)| file.clone()));
    }
    odd
}

/// The version in the footer of a segment's file, which is JSON, its length, and a magic number, the latter four bytes
/// each.
fn footer_version(file: &Path) -> Option<Value> {
    let bytes = fs::read(file).ok()?;
    let (rest, _magic) = bytes.split_last_chunk::<4>()?;
    let (rest, length) = rest.split_last_chunk::<4>()?;
    let from = rest.len().checked_sub(u32::from_le_bytes(*length) as usize)?;
    serde_json::from_slice::<Value>(&rest[from..]).ok()?.get("version").cloned()
}
