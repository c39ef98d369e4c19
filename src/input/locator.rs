//! Where a page lies in a container: a crawl, a zip, a file of lines.

use serde::{Deserialize, Serialize};

/// Where one page lies in a container file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// Where the compressed member or the entry begins, in bytes of the file.
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

impl Locator {
    /// What tells the page from all others of its container.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let inner = self.inner.to_be_bytes();
        match &self.entry {
            // Who packs a zip anew moves its entries and keeps their names.
            Some(entry) => [entry.name.as_bytes(), &entry.nth.to_be_bytes(), &inner].concat(),
            None => [self.outer.to_be_bytes(), inner].concat(),
        }
    }
}
