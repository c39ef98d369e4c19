//! Stored articles as they lie in their file: a block that says to hold more than its bytes can is refused.
//!
//! Before each packed block stands the length of what was packed. Tantivy asks for so much memory before it unpacks, and a
//! bit that has turned there asks for gigabytes.
//!
//! Blocks are read into memory and not mapped: who exports an archive reads each of them once, and pages of mapped files
//! that nobody needs any more still count as memory of the program.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::{FileHandle, FileSlice, OwnedBytes};

use super::listed::footer_of;

/// Bytes that one byte of a packed block can become.
// A byte of a length in LZ4 stands for 255 bytes at most, and all others for fewer.
const MOST_UNPACKED: usize = 255;

/// Bytes at the end of the content that speak of it: a version, four bytes, where the blocks end, eight, and what packed
/// them.
const TRAILER: usize = 28;

/// A range of so many bytes is one block, not all of them, which a merge copies at once.
// The longest article of 1,880 labelled pages is packed into 80 KB.
const ONE_BLOCK: usize = 1 << 20;

/// The file of the stored articles of one segment.
#[derive(Debug)]
pub(super) struct StoreFile {
    file: Arc<dyn FileHandle>,
    /// The same file, to be read; `None` where it cannot be opened a second time.
    unmapped: Option<File>,
    /// Where the blocks end, which begin with the file.
    blocks: usize,
}

impl StoreFile {
    /// `file`, which lies at `path`, with its blocks under guard; as it is where it does not end as such files do, which
    /// Tantivy refuses.
    pub(super) fn guard(file: Arc<dyn FileHandle>, path: &Path) -> Arc<dyn FileHandle> {
        match end_of_blocks(&file) {
            Ok(Some(blocks)) => Arc::new(StoreFile { file, unmapped: File::open(path).ok(), blocks }),
            _ => file,
        }
    }
}

fn end_of_blocks(file: &Arc<dyn FileHandle>) -> io::Result<Option<usize>> {
    let (_, content) = footer_of(FileSlice::new(file.clone()))?;
    if content.len() < TRAILER {
        return Ok(None);
    }
    let trailer = content.slice_from_end(TRAILER).read_bytes()?;
    let end = trailer[4..].first_chunk().map(|end| u64::from_le_bytes(*end));
    Ok(end.and_then(|end| usize::try_from(end).ok()))
}

impl StoreFile {
    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let Some(file) = self.unmapped.as_ref().filter(|_| range.end <= self.blocks && range.len() <= ONE_BLOCK) else {
            return self.file.read_bytes(range);
        };
        let mut bytes = vec![0; range.len()];
        file.read_exact_at(&mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for StoreFile {
    fn len(&self) -> usize {
        self.file.len()
    }
}

impl FileHandle for StoreFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let end = range.end;
        let bytes = self.read(range)?;
        // What is read there is a block, or all of them when they are copied.
        if end <= self.blocks && !can_unpack(&bytes) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a stored article says to be longer than it can be",
            ));
        }
        Ok(bytes)
    }
}

/// Whether a packed block can become as many bytes as it says.
fn can_unpack(block: &[u8]) -> bool {
    let Some((length, packed)) = block.split_first_chunk::<4>() else { return true };
    u32::from_le_bytes(*length) as usize <= packed.len().saturating_mul(MOST_UNPACKED)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one block and its trailer, as Tantivy writes it.
    fn file(length: u32, packed: &[u8]) -> Arc<dyn FileHandle> {
        let block = [&length.to_le_bytes(), packed].concat();
        let mut bytes = block.clone();
        bytes.extend(2u32.to_le_bytes());
        bytes.extend((block.len() as u64).to_le_bytes());
        bytes.extend([1; 16]);
        let version = r#"{"major":0,"minor":27,"patch":0,"index_format_version":7}"#;
        let footer = format!(r#"{{"version":{version},"crc":5}}"#);
        bytes.extend(footer.as_bytes());
        bytes.extend((footer.len() as u32).to_le_bytes());
        bytes.extend(1337u32.to_le_bytes());
        Arc::new(OwnedBytes::new(bytes))
    }

    #[test]
    fn a_block_that_says_to_be_longer_than_it_can_be_is_not_read() {
        for (length, packed, read) in [
            (0, &b""[..], true),
            (3, b"\x30abc", true),
            (1_020, b"\x30abc", true),
            (1_021, b"\x30abc", false),
            (1 << 31, b"\x30abc", false),
        ] {
            let guarded = StoreFile::guard(file(length, packed), Path::new("in memory alone"));
            assert_eq!(guarded.read_bytes(0..4 + packed.len()).is_ok(), read, "{length}");
            // The rest of the file is no block.
            assert!(guarded.read_bytes(4 + packed.len()..guarded.len()).is_ok());
            assert!(guarded.read_bytes(0..guarded.len()).is_ok());
        }
    }

    #[test]
    fn what_does_not_end_like_such_a_file_is_left_alone() {
        for bytes in [&b""[..], b"cut off", &[0; 200]] {
            let file: Arc<dyn FileHandle> = Arc::new(OwnedBytes::new(bytes.to_vec()));
            assert_eq!(StoreFile::guard(file, Path::new("in memory alone")).len(), bytes.len());
        }
    }
}
