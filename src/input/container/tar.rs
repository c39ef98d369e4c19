//! Tar files, packed or not: pages as entries, and files of many pages within them.
//!
//! An entry is a head of 512 bytes and its bytes, filled up to the next 512. Names are text and lead to no file; links,
//! devices and pipes are passed over. Where a head is damaged the next good one is looked for.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use ::tar::{EntryType, Header, PaxExtensions};

use super::entries::{self, Entry, Inner};
use super::input::Input;
use super::unpacked::{Place, Unpacked};
use super::{Container, Hurt, Piece, RecordSkip, SavedPage, Scope, What};
use crate::input::{ContainerEntry, Locator, unpack};

/// Bytes of a head, and of which entries are a multiple.
const BLOCK: usize = 512;
/// Bytes of the head before an entry that has its long name.
// The longest names that file systems take have 4 KB.
const LONGEST_NAME: u64 = 1 << 20;

/// The entries of one tar.
pub(super) struct Tar {
    input: Unpacked,
    /// Its file, for what is read where it lies.
    file: Input,
    scope: Scope,
    /// How often each name was met, by its digest.
    names: HashMap<u64, u32>,
    /// What was said of the next entry before its head.
    ahead: Ahead,
    inside: Option<Inner>,
    pending: Option<Hurt>,
    /// The empty block that ends a tar was read.
    closed: bool,
    ended: bool,
}

/// Name and size of the next entry, where its head has no room for them.
#[derive(Default)]
struct Ahead {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

/// A head.
struct Head {
    at: Place,
    kind: EntryType,
    name: String,
    size: u64,
}

/// True where a tar begins with `head`: a head whose sum is right.
pub(super) fn begins(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(is_head)
}

fn is_head(block: &[u8]) -> bool {
    // The sum is of the bytes without its own eight, which count as blanks.
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    let own: u32 = block[148..156].iter().map(|byte| u32::from(*byte)).sum();
    block[0] != 0 && Header::from_byte_slice(block).cksum().is_ok_and(|said| said == sum - own + 8 * u32::from(b' '))
}

impl Tar {
    pub(super) fn new(input: Unpacked, file: Input, scope: Scope) -> Tar {
        let (names, ahead) = (HashMap::new(), Ahead::default());
        Tar { input, file, scope, names, ahead, inside: None, pending: None, closed: false, ended: false }
    }

    /// The next head; `None` at the end.
    fn head(&mut self) -> Result<Option<Head>, Hurt> {
        loop {
            self.input.begin_record();
            let there = self.input.ensure(BLOCK);
            if there < BLOCK {
                return self.end(there);
            }
            let block = &self.input.bytes()[..BLOCK];
            // Tars that were joined go on behind it.
            if block.iter().all(|byte| *byte == 0) {
                self.closed = true;
                self.input.consume(BLOCK);
                continue;
            }
            if !is_head(block) {
                return Err(self.look_for_head());
            }
            self.closed = false;
            if let Some(head) = self.read_head()? {
                return Ok(Some(head));
            }
        }
    }

    /// What is to be said where no whole head is left.
    fn end(&mut self, there: usize) -> Result<Option<Head>, Hurt> {
        self.ended = true;
        let at = self.input.place();
        let none = |why: &str| Hurt { at: at.outer, why: why.to_owned(), resumed: None, of_system: false };
        if let Some(broken) = self.input.broken() {
            return Err(Hurt { at: broken.at, of_system: broken.of_system, ..none(&broken.why) });
        }
        if there > 0 && self.input.bytes().iter().any(|byte| *byte != 0) && !self.closed {
            return Err(none("it ends inside a head"));
        }
        if self.closed { Ok(None) } else { Err(none("it has no end, so that entries may be missing")) }
    }

    /// Passes over what is no head, to the next that is one.
    fn look_for_head(&mut self) -> Hurt {
        let at = self.input.place();
        self.ahead = Ahead::default();
        let resumed = loop {
            self.input.consume(BLOCK);
            self.input.begin_record();
            if self.input.ensure(BLOCK) < BLOCK {
                self.ended = true;
                break None;
            }
            if is_head(&self.input.bytes()[..BLOCK]) {
                break Some(self.input.place().outer);
            }
        };
        Hurt { at: at.outer, why: "a head whose sum is wrong".to_owned(), resumed, of_system: false }
    }

    /// Reads the head at hand; `None` where it only says something of the next one.
    fn read_head(&mut self) -> Result<Option<Head>, Hurt> {
        let at = self.input.place();
        let header = Header::from_byte_slice(&self.input.bytes()[..BLOCK]).clone();
        self.input.consume(BLOCK);
        let kind = header.entry_type();
        let size = self.ahead.size.or(header.entry_size().ok()).unwrap_or(0);
        if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
            let bytes = self.take(size, LONGEST_NAME, at)?;
            self.say_ahead(kind, &bytes);
            return Ok(None);
        }
        let Ahead { name, .. } = std::mem::take(&mut self.ahead);
        let name = name.unwrap_or_else(|| header.path_bytes().into_owned());
        Ok(Some(Head { at, kind, name: String::from_utf8_lossy(&name).into_owned(), size }))
    }

    fn say_ahead(&mut self, kind: EntryType, bytes: &[u8]) {
        if kind.is_gnu_longname() {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            self.ahead.name = Some(bytes[..end].to_vec());
            return;
        }
        for extension in PaxExtensions::new(bytes).flatten() {
            match extension.key_bytes() {
                b"path" => self.ahead.name = Some(extension.value_bytes().to_vec()),
                b"size" => self.ahead.size = extension.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
    }

    /// The first `most` bytes of the entry at hand, which has `size`, and goes behind it. The error says that it ends
    /// inside it; what was read of it is then lost.
    fn take(&mut self, size: u64, most: u64, at: Place) -> Result<Vec<u8>, Hurt> {
        let (bytes, whole) = self.take_what_is_there(size, most);
        if whole { Ok(bytes) } else { Err(self.cut(at)) }
    }

    /// As [`Tar::take`], with what is there and whether it is all.
    fn take_what_is_there(&mut self, size: u64, most: u64) -> (Vec<u8>, bool) {
        let filled = size.saturating_add((BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64);
        let (mut bytes, mut left) = (Vec::new(), filled);
        if most == 0 && self.input.rest().is_some_and(|rest| rest >= filled) {
            let behind = self.input.place().outer + filled;
            return (bytes, self.input.go_to(behind, 0).is_ok());
        }
        while left > 0 {
            // What is not kept may be as large as gzip makes it: no bytes of the file give more than a thousand.
            if size > most && self.input.is_gzip() {
                self.input.begin_record();
            }
            let there = self.input.ensure(1) as u64;
            if there == 0 {
                return (bytes, filled - left >= size);
            }
            let step = there.min(left) as usize;
            let wanted = most.min(size).saturating_sub(bytes.len() as u64).min(step as u64) as usize;
            bytes.extend_from_slice(&self.input.bytes()[..wanted]);
            self.input.consume(step);
            left -= step as u64;
        }
        (bytes, true)
    }

    fn cut(&mut self, at: Place) -> Hurt {
        self.ended = true;
        let (mut why, mut of_system) = ("it ends inside an entry".to_owned(), false);
        if let Some(broken) = self.input.broken() {
            (why, of_system) = (broken.why.clone(), broken.of_system);
        }
        Hurt { at: at.outer, why, resumed: None, of_system }
    }

    /// What the entry with this head holds; `None` for what is no file, and for a file of many pages, which is read next.
    fn piece(&mut self, head: &Head, entry: ContainerEntry) -> Result<Option<What>, Hurt> {
        let Head { at, kind, size, .. } = *head;
        if !matches!(kind, EntryType::Regular | EntryType::Continuous) {
            self.take(size, 0, at)?;
            let is_about = kind.is_dir() || kind.is_pax_global_extensions() || kind.is_gnu_longlink();
            return Ok((!is_about).then_some(What::Skipped(RecordSkip::Special)));
        }
        let start = usize::try_from(size.min(entries::HEAD)).unwrap_or(0);
        let there = self.input.ensure(start).min(start);
        let judged = entries::judge(&entry.name, || Ok(self.input.bytes()[..there].to_vec()));
        let what = match judged {
            Ok(Entry::Page) => return self.page(head, entry.name).map(Some),
            Ok(Entry::Container) => return self.container(head, entry),
            Ok(Entry::Folder) => None,
            Ok(Entry::Skip(why)) => Some(What::Skipped(why)),
            Err(why) => Some(What::Refused(why)),
        };
        self.take(size, 0, at)?;
        Ok(what)
    }

    fn page(&mut self, head: &Head, name: String) -> Result<What, Hurt> {
        if head.size > self.scope.limits.page {
            self.take(head.size, 0, head.at)?;
            return Ok(What::Refused(unpack::larger(self.scope.limits)));
        }
        let (bytes, whole) = self.take_what_is_there(head.size, head.size);
        if !whole {
            let hurt = self.cut(head.at);
            if bytes.is_empty() {
                return Err(hurt);
            }
            self.pending = Some(hurt);
        }
        Ok(What::Page(SavedPage { bytes, name: Some(name), ..SavedPage::default() }))
    }

    fn container(&mut self, head: &Head, entry: ContainerEntry) -> Result<Option<What>, Hurt> {
        let input = if self.input.is_plain() {
            let input = self.file.part(self.input.place().outer, head.size);
            self.take(head.size, 0, head.at)?;
            input
        } else if head.size > entries::PACKED_TWICE {
            self.take(head.size, 0, head.at)?;
            return Ok(Some(What::Refused(entries::packed_twice())));
        } else {
            Input::of_memory(self.take(head.size, head.size, head.at)?)
        };
        match Inner::open(input, entry, &self.scope) {
            Ok(inner) => self.inside = Some(inner),
            Err(why) => return Ok(Some(What::Refused(why))),
        }
        Ok(None)
    }

    /// The entry called `name`, by how many of that name came before.
    fn entry(&mut self, name: &str) -> ContainerEntry {
        let mut digest = DefaultHasher::new();
        name.hash(&mut digest);
        let met = self.names.entry(digest.finish()).or_default();
        *met += 1;
        ContainerEntry { name: name.to_owned(), nth: *met - 1 }
    }
}

impl Container for Tar {
    fn next(&mut self) -> Result<Option<Piece>, Hurt> {
        loop {
            if let Some(hurt) = self.pending.take() {
                return Err(hurt);
            }
            if let Some(inner) = &mut self.inside {
                match inner.next() {
                    Some(found) => return found.map(Some),
                    None => self.inside = None,
                }
            }
            if self.ended {
                return Ok(None);
            }
            let Some(head) = self.head()? else { return Ok(None) };
            let entry = self.entry(&head.name);
            if let Some(what) = self.piece(&head, entry.clone())? {
                return Ok(Some(Piece { locator: Locator { outer: 0, inner: 0, entry: Some(entry) }, what }));
            }
        }
    }

    fn mark(&self) -> u64 {
        // Which of the entries of a name one is tells only who has met the others.
        0
    }

    fn reached(&self) -> u64 {
        self.input.reached()
    }
}

#[cfg(test)]
mod tests;
