//! From an archive folder to decoded pages.
//!
//! [`walk`] lists what lies below a folder, in a fixed order; [`read`] makes a decoded [`Page`] of one file, and
//! [`read_bytes`] of bytes that came another way. What is odd about a page is a note on it; what is not a page at all
//! is an [`Error`](crate::Error) that says what it is instead.

mod charset;
pub mod container;
mod file;
mod fixity;
mod kind;
mod locator;
mod prescan;
mod read;
mod ready;
mod saved;
mod sniff;
mod unpack;
mod walk;
mod web_archive;
mod wrapped;

use std::path::PathBuf;

use crate::date::Stamp;

pub use fixity::{Comparer, Fixity};
pub use locator::{ContainerEntry, Locator};
pub use read::{original, read, read_bytes, read_file, read_saved};
pub use ready::Fields;
pub(crate) use ready::{Body as ReadyBody, Ready as ReadyArticle};
pub use walk::{Skip, Walk, WalkItem, WalkOptions, walk};
pub(crate) use web_archive::{Original, original as original_address};

/// Where the bytes of one page come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Canonical absolute folder (or, for a single file, its folder) that was named in the run.
    pub root: PathBuf,
    /// Path below `root`.
    pub path: PathBuf,
    /// Where the page lies in a container; `None` for a plain file.
    pub locator: Option<Locator>,
    /// Bytes on disk.
    pub size: u64,
    /// Last change, nanoseconds since 1970; negative before.
    pub mtime: i64,
}

impl Source {
    /// The file to open.
    pub fn file(&self) -> PathBuf {
        self.root.join(&self.path)
    }
}

/// What the bytes of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// HTML or XHTML.
    Html,
    /// Plain text whose first line is the title.
    Text,
    /// The parts of an article, which came as such.
    Ready,
}

/// One page, decoded.
#[derive(Clone, Debug)]
pub struct Page {
    /// What `text` is.
    pub format: Format,
    /// The decoded text; not yet normalised.
    pub text: String,
    /// Address it was fetched from, where the source says so.
    pub url: Option<String>,
    /// The folder that is named like a host, without `www.`, where it lies in one: mirrors are kept so. Of several the
    /// innermost; none of those above the folder that is indexed.
    pub folder: Option<String>,
    /// When it was fetched, where the source says so.
    pub captured: Option<Stamp>,
    /// Name of the character encoding, as the WHATWG Encoding Standard spells it.
    pub encoding: &'static str,
    /// SHA-256 of the bytes after decompression and before decoding, in hex.
    pub sha256: String,
    /// What was odd about the input.
    pub notes: Vec<String>,
}

/// Caps that keep one input from taking all memory or time.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest page after decompression, in bytes.
    pub page: u64,
    /// Most decompressed bytes for each compressed byte, beyond the first megabyte.
    pub ratio: u64,
}

impl Default for Limits {
    /// 32 MiB a page and a ratio of 200.
    fn default() -> Limits {
        Limits { page: 32 << 20, ratio: 200 }
    }
}
