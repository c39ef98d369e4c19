//! Entries of zip and tar files: which are pages, and the files of many pages within them.

use std::ffi::OsStr;
use std::path::Path;

use super::input::Input;
use super::{Container, Hurt, Piece, RecordSkip, Scope, What, reader};
use crate::input::kind::{self, Name};
use crate::input::read::{Beginning, beginning_of};
use crate::input::{ContainerEntry, Locator, unpack};
use crate::text::safe_line;

/// Files of many pages that lie within each other, the outermost counted.
// A mirror packed a second time. Those who nest deeper want to see how deep a reader goes.
const DEPTH: u8 = 2;
/// The largest file of many pages that is packed within another a second time: it is held in memory while it is read.
// Those who follow WACZ store it as it is, and then it is read where it lies.
pub(super) const PACKED_TWICE: u64 = 64 << 20;
/// Bytes at the beginning of an entry that tell what it is.
pub(super) const HEAD: u64 = 4096;

/// What an entry is.
pub(super) enum Entry {
    Folder,
    Skip(RecordSkip),
    Page,
    /// A file of many pages.
    Container,
}

/// What the entry called `name` is; `head` gives its first bytes where the name does not tell. The error says why it is not
/// read.
pub(super) fn judge(name: &str, head: impl FnOnce() -> Result<Vec<u8>, String>) -> Result<Entry, String> {
    let base = base(name);
    if base.is_empty() {
        return Ok(Entry::Folder);
    }
    let hidden = name
        .split(['/', '\\'])
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."));
    if hidden {
        return Ok(Entry::Skip(RecordSkip::OtherType));
    }
    Ok(match kind::of_name(OsStr::new(base)) {
        Name::Container => Entry::Container,
        Name::Page(_) => Entry::Page,
        Name::Other if kind::is_archive(OsStr::new(base)) => return Err(nested()),
        Name::Other => Entry::Skip(RecordSkip::OtherType),
        Name::Nothing | Name::Data => match beginning_of(&head()?) {
            Beginning::Container => Entry::Container,
            Beginning::Page => Entry::Page,
            Beginning::Other | Beginning::Wire => Entry::Skip(RecordSkip::OtherType),
        },
    })
}

/// The name behind the last stroke.
pub(super) fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn nested() -> String {
    "an archive within an archive; unpack it first".to_owned()
}

/// Why an entry that is packed a second time and larger than [`PACKED_TWICE`] is not read.
pub(super) fn packed_twice() -> String {
    format!("packed twice and larger than {}; unpack it first", unpack::mebibytes(PACKED_TWICE))
}

/// A file of many pages within another, while it is read.
pub(super) struct Inner {
    container: Box<dyn Container>,
    entry: ContainerEntry,
}

impl Inner {
    /// Opens the entry of a file with this scope, whose bytes are `input`. The error says why it is not read.
    pub(super) fn open(input: Input, entry: ContainerEntry, scope: &Scope) -> Result<Inner, String> {
        let depth = scope.depth + 1;
        if depth >= DEPTH {
            return Err(nested());
        }
        let container = reader(input, Path::new(base(&entry.name)), Scope { depth, ..scope.clone() })
            .map_err(|why| why.to_string())?;
        Ok(Inner { container, entry })
    }

    /// The next piece, under the names of both files; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Piece, Hurt>> {
        Some(match self.container.next() {
            Ok(None) => return None,
            Ok(Some(Piece { locator, what })) => Ok(self.named(locator, what)),
            Err(hurt) => {
                let why = format!("entry {}: {}", safe_line(&self.entry.name), hurt.why);
                Err(Hurt { why, ..hurt })
            }
        })
    }

    fn named(&self, Locator { outer, inner, entry }: Locator, what: What) -> Piece {
        let entry = match entry {
            Some(within) => ContainerEntry {
                name: format!("{}/{}", self.entry.name, within.name),
                nth: self.entry.nth + within.nth,
            },
            None => self.entry.clone(),
        };
        Piece { locator: Locator { outer, inner, entry: Some(entry) }, what }
    }
}
