//! Where a page lies in a container: a crawl, a zip, a file of lines.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::safe_line;

/// Where one page lies in a container file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// Where the compressed member begins, in bytes of the file, or of the entry in which the record lies; 0 for what is an
    /// entry itself.
    pub outer: u64,
    /// Where the record begins in what is unpacked there, in bytes; 0 for the first.
    pub inner: u64,
    /// The entry of a zip or tar; `None` for records in a row.
    pub entry: Option<ContainerEntry>,
}

/// One entry of a zip or tar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerEntry {
    /// Its name: text for people, never part of a path.
    pub name: String,
    /// Which of the entries of this name it is, from 0.
    pub nth: u32,
}

/// The place in words, for messages.
impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.entry {
            Some(entry) => write!(f, "entry {}", safe_line(&entry.name))?,
            None => write!(f, "record at byte {}", self.outer)?,
        }
        if self.inner > 0 { write!(f, ", {} bytes into what is unpacked there", self.inner) } else { Ok(()) }
    }
}

impl Locator {
    /// What tells the page from all others of its container.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let inner = self.inner.to_be_bytes();
        match &self.entry {
            // Who packs a zip anew moves its entries and keeps their names.
            Some(entry) => {
                // Records of a file within it have a place of their own there; the entry as a whole has none.
                let outer = if self.outer == 0 { Vec::new() } else { self.outer.to_be_bytes().to_vec() };
                [entry.name.as_bytes(), &entry.nth.to_be_bytes(), &inner, &outer].concat()
            }
            None => [self.outer.to_be_bytes(), inner].concat(),
        }
    }
}
