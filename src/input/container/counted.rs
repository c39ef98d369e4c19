//! A file whose reader knows how far it is.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use super::input::Input;

/// Bytes that are asked of the system at once.
// Larger ones win nothing that can be measured; smaller ones cost calls.
const STEP: usize = 128 << 10;

/// A buffered file, and the number of bytes before the next one.
pub(super) struct Counted {
    inner: BufReader<Input>,
    at: u64,
}

impl Counted {
    pub(super) fn new(file: Input) -> Counted {
        Counted { inner: BufReader::with_capacity(STEP, file), at: 0 }
    }

    /// The place of the next byte.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Goes to the byte `at`.
    pub(super) fn go_to(&mut self, at: u64) -> io::Result<()> {
        // Within the buffer it costs nothing.
        let by = i64::try_from(i128::from(at) - i128::from(self.at));
        match by {
            Ok(by) => self.inner.seek_relative(by)?,
            Err(_) => self.inner.seek(SeekFrom::Start(at)).map(|_| ())?,
        }
        self.at = at;
        Ok(())
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
        self.at += count as u64;
    }
}
