//! What the bytes of a container are read from: a file, a part of one, or memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

/// Bytes that are read from any place. Parts of it and copies have places of their own.
#[derive(Clone)]
pub(super) struct Input {
    bytes: Arc<Bytes>,
    start: u64,
    length: u64,
    at: u64,
}

enum Bytes {
    File(File),
    Memory(Vec<u8>),
}

impl Input {
    /// All of `file`, which has `length` bytes.
    pub(super) fn of_file(file: File, length: u64) -> Input {
        Input { bytes: Arc::new(Bytes::File(file)), start: 0, length, at: 0 }
    }

    pub(super) fn of_memory(bytes: Vec<u8>) -> Input {
        let length = bytes.len() as u64;
        Input { bytes: Arc::new(Bytes::Memory(bytes)), start: 0, length, at: 0 }
    }

    /// The `length` bytes from `start` on as a file of their own; fewer where there are no more.
    pub(super) fn part(&self, start: u64, length: u64) -> Input {
        let length = length.min(self.length.saturating_sub(start));
        Input { bytes: Arc::clone(&self.bytes), start: self.start.saturating_add(start), length, at: 0 }
    }

    /// All of its bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = into.len().min(left);
        let place = self.start.saturating_add(self.at);
        let read = match &*self.bytes {
            Bytes::File(file) => file.read_at(&mut into[..most], place)?,
            Bytes::Memory(bytes) => {
                let from = usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
                (&bytes[from..]).read(&mut into[..most])?
            }
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Input {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
