//! The bytes of a container as they are unpacked, with the place of each in the file, and the way back into a file after
//! a damaged member.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use super::counted::Counted;
use super::input::Input;
use super::packing::{Member, Packing};
use crate::input::Limits;

/// Bytes that are unpacked at once.
const STEP: usize = 64 << 10;
/// Unpacked bytes of a member that are always allowed, whatever its ratio.
const FREE: u64 = 1 << 20;
/// Bytes of a member that tell whether a record begins there.
const BEGINNING: usize = 512;
/// The largest member that is unpacked to find out whether it is whole, where no record begins in it.
// Those who pack in blocks make them of 64 KB; a file full of false ones costs this much work once for each.
const WHOLE: u64 = 1 << 20;
/// Bytes that are unpacked in one file to find such members.
// So that the search stays linear.
const SEARCHED: u64 = 256 << 20;

/// A place in a container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Where the member begins, in bytes of the file; where nothing is packed the place itself.
    pub(super) outer: u64,
    /// Unpacked bytes of the member before it.
    pub(super) inner: u64,
}

/// A member, by where it begins.
#[derive(Clone, Copy)]
struct Start {
    /// In bytes of the file.
    outer: u64,
    /// In unpacked bytes of all members.
    total: u64,
}

/// What cannot be unpacked.
#[derive(Clone, Debug)]
pub(super) struct Break {
    /// Where the member begins.
    pub(super) at: u64,
    pub(super) why: String,
    /// It is the file system that refused it.
    pub(super) of_system: bool,
}

enum State {
    Plain(Counted),
    Inside(Member),
    /// Before a member, or behind the last one.
    Between(Counted),
    /// While the file goes from one to the next.
    Moving,
}

/// A buffer of unpacked bytes.
pub(super) struct Unpacked {
    state: State,
    packing: Packing,
    /// Bytes of the file.
    size: u64,
    ratio: u64,
    buffer: Vec<u8>,
    from: usize,
    to: usize,
    /// Unpacked bytes before `buffer[from]`.
    total: u64,
    /// The member of `buffer[from]` and those that begin behind it.
    starts: VecDeque<Start>,
    broken: Option<Break>,
    /// What was unpacked when the record began that is read now: the ratio is that of a record.
    record: Start,
    /// Bytes that were unpacked to find whole members.
    searched: u64,
}

impl Unpacked {
    pub(super) fn new(file: Input, size: u64, packing: Packing, limits: Limits) -> io::Result<Unpacked> {
        let (buffer, starts) = (vec![0; 2 * STEP], VecDeque::new());
        let state = State::Between(Counted::new(file));
        let mut unpacked = Unpacked {
            state,
            packing,
            size,
            ratio: limits.ratio,
            buffer,
            from: 0,
            to: 0,
            total: 0,
            starts,
            broken: None,
            record: Start { outer: 0, total: 0 },
            searched: 0,
        };
        unpacked.go_to(0, 0)?;
        Ok(unpacked)
    }

    /// Goes to a place that [`Unpacked::place`] has given.
    pub(super) fn go_to(&mut self, outer: u64, inner: u64) -> io::Result<()> {
        let Some(mut file) = self.take_file() else { return Ok(()) };
        file.go_to(outer)?;
        (self.from, self.to, self.total, self.broken) = (0, 0, 0, None);
        self.starts = VecDeque::from([Start { outer, total: 0 }]);
        self.record = Start { outer, total: 0 };
        self.state = if matches!(self.packing, Packing::Plain) { State::Plain(file) } else { State::Between(file) };
        let mut left = inner;
        while left > 0 && self.ensure(1) > 0 {
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(self.bytes().len());
            self.consume(step);
            left -= step as u64;
        }
        Ok(())
    }

    /// The file; who takes it puts a state in its place.
    fn take_file(&mut self) -> Option<Counted> {
        match std::mem::replace(&mut self.state, State::Moving) {
            State::Plain(file) | State::Between(file) => Some(file),
            State::Inside(member) => Some(member.into_file()),
            State::Moving => None,
        }
    }

    /// The bytes at hand.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.from..self.to]
    }

    /// Sees to it that `count` bytes are at hand; fewer are at the end, or before damage. Returns how many there are.
    pub(super) fn ensure(&mut self, count: usize) -> usize {
        while self.to - self.from < count && self.fill() {}
        self.to - self.from
    }

    /// Passes over `count` of the bytes at hand.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.to - self.from);
        self.from += count;
        self.total += count as u64;
        self.pass_starts();
    }

    /// Forgets the members before that of the next byte.
    fn pass_starts(&mut self) {
        while self.starts.get(1).is_some_and(|next| next.total <= self.total) {
            self.starts.pop_front();
        }
    }

    /// The place of the next byte.
    pub(super) fn place(&self) -> Place {
        self.place_after(0)
    }

    /// The place of the byte that is `count` bytes behind the next one; it is at hand.
    pub(super) fn place_after(&self, count: usize) -> Place {
        let total = self.total + count as u64;
        let Some(start) = self.starts.iter().rev().find(|start| start.total <= total) else { return Place::default() };
        let inner = total - start.total;
        match self.packing {
            Packing::Plain => Place { outer: start.outer + inner, inner: 0 },
            _ => Place { outer: start.outer, inner },
        }
    }

    /// Bytes from the next one to the end, where nothing is packed.
    pub(super) fn rest(&self) -> Option<u64> {
        self.is_plain().then(|| self.size.saturating_sub(self.place().outer))
    }

    /// True where nothing is packed.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.packing, Packing::Plain)
    }

    /// Bytes of the file that were read.
    pub(super) fn reached(&self) -> u64 {
        match &self.state {
            State::Plain(file) | State::Between(file) => file.at(),
            State::Inside(member) => member.at(),
            State::Moving => 0,
        }
    }

    /// True where the file is packed with gzip.
    pub(super) fn is_gzip(&self) -> bool {
        matches!(self.packing, Packing::Gzip)
    }

    /// Unpacked bytes before the next one, since the last [`Unpacked::go_to`].
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Says that a record begins with the next byte.
    pub(super) fn begin_record(&mut self) {
        if let State::Inside(member) = &self.state {
            // What is at hand is a small part of what a record may unpack to in any case.
            self.record = Start { outer: member.at(), total: self.total + (self.to - self.from) as u64 };
        }
    }

    /// True where a member begins with the next byte.
    pub(super) fn is_member_start(&self) -> bool {
        !matches!(self.packing, Packing::Plain) && self.starts.front().is_some_and(|start| start.total == self.total)
    }

    /// Bytes at hand before the next member.
    pub(super) fn member_rest(&self) -> usize {
        let all = self.to - self.from;
        self.starts.get(1).map_or(all, |next| usize::try_from(next.total - self.total).unwrap_or(all))
    }

    /// What lies behind the bytes at hand and cannot be unpacked.
    pub(super) fn broken(&self) -> Option<&Break> {
        self.broken.as_ref()
    }

    fn fill(&mut self) -> bool {
        if self.broken.is_some() {
            return false;
        }
        self.make_room();
        loop {
            if matches!(self.state, State::Between(_)) && !self.begin_member() {
                return false;
            }
            let read = match &mut self.state {
                State::Plain(file) => file.read(&mut self.buffer[self.to..]),
                State::Inside(member) => member.read(&mut self.buffer[self.to..]),
                State::Between(_) | State::Moving => return false,
            };
            match read {
                Ok(0) if matches!(self.state, State::Inside(_)) => match self.take_file() {
                    Some(file) => self.state = State::Between(file),
                    None => return false,
                },
                Ok(0) => return false,
                Ok(count) => return self.took(count),
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return self.breaks(self.last_start(), &cause),
            }
        }
    }

    /// Where the member that is unpacked now begins.
    fn last_start(&self) -> u64 {
        self.starts.back().map_or(0, |start| start.outer)
    }

    /// Counts what was unpacked; false where it is more than there may be.
    fn took(&mut self, count: usize) -> bool {
        self.to += count;
        let State::Inside(member) = &self.state else { return true };
        let Some(start) = self.starts.back() else { return true };
        let since = if self.record.total > start.total { self.record } else { *start };
        let unpacked = self.total + (self.to - self.from) as u64 - since.total;
        let packed = member.at().saturating_sub(since.outer);
        if unpacked <= FREE.saturating_add(self.ratio.saturating_mul(packed)) {
            return true;
        }
        let why = format!("a {} that unpacks to more than {} times its size", self.packing.member(), self.ratio);
        self.broken = Some(Break { at: start.outer, why, of_system: false });
        false
    }

    fn breaks(&mut self, at: u64, cause: &io::Error) -> bool {
        let of_system = cause.raw_os_error().is_some();
        self.broken = Some(Break { at, why: self.packing.damage(cause), of_system });
        false
    }

    fn make_room(&mut self) {
        if self.buffer.len() - self.to >= STEP / 2 {
            return;
        }
        self.buffer.copy_within(self.from..self.to, 0);
        (self.from, self.to) = (0, self.to - self.from);
        if self.buffer.len() - self.to < STEP {
            self.buffer.resize(self.to + STEP, 0);
        }
    }

    /// Begins the next member; false at the end of the file, and where there is something else.
    fn begin_member(&mut self) -> bool {
        let Some(mut file) = self.take_file() else { return false };
        let begins = before_member(&mut file, self.size, &self.packing);
        let at = file.at();
        match begins {
            Ok(Some(true)) => match Member::begin(&self.packing, file) {
                Ok(member) => self.state = State::Inside(member),
                Err(file) => {
                    self.state = State::Between(file);
                    return self.breaks(at, &io::Error::from(io::ErrorKind::OutOfMemory));
                }
            },
            Ok(found) => {
                self.state = State::Between(file);
                if found.is_some() {
                    let why = format!("bytes that are no {}", self.packing.member());
                    self.broken = Some(Break { at, why, of_system: false });
                }
                return false;
            }
            Err(cause) => {
                self.state = State::Between(file);
                return self.breaks(at, &cause);
            }
        }
        let total = self.total + (self.to - self.from) as u64;
        // A member without a byte leaves its place to the next.
        if self.starts.back().is_some_and(|last| last.total == total) {
            self.starts.pop_back();
        }
        self.starts.push_back(Start { outer: at, total });
        self.pass_starts();
        true
    }

    /// Goes to the next member that can be unpacked behind the damage, and returns where it begins; `None` where there is
    /// none. A member can be unpacked that `is_beginning` says yes to, or that is whole.
    pub(super) fn resume(&mut self, is_beginning: fn(&[u8]) -> bool) -> Option<u64> {
        let broken = self.broken.take()?;
        if broken.of_system || matches!(self.packing, Packing::Plain) {
            return None;
        }
        let mut file = self.take_file()?;
        let mut at = broken.at + 1;
        let found = loop {
            let Ok(Some(candidate)) = next_magic(&mut file, at, self.packing.magic()) else { break None };
            let (good, back) = self.is_good(file, is_beginning);
            file = back;
            if good {
                break Some(candidate);
            }
            at = candidate + 1;
        };
        self.state = State::Between(file);
        let at = found?;
        self.go_to(at, 0).ok()?;
        Some(at)
    }

    /// Whether the member at which `file` stands is one; and the file.
    fn is_good(&mut self, file: Counted, is_beginning: fn(&[u8]) -> bool) -> (bool, Counted) {
        let mut member = match Member::begin(&self.packing, file) {
            Ok(member) => member,
            Err(file) => return (false, file),
        };
        let mut head = Vec::new();
        let whole = (&mut member).take(BEGINNING as u64).read_to_end(&mut head).is_ok();
        let good = is_beginning(&head) || (whole && self.ends_well(&mut member));
        (good, member.into_file())
    }

    fn ends_well(&mut self, member: &mut Member) -> bool {
        if self.searched >= SEARCHED {
            return false;
        }
        let read = io::copy(&mut member.take(WHOLE), &mut io::sink());
        self.searched += *read.as_ref().unwrap_or(&WHOLE);
        read.is_ok_and(|read| read < WHOLE)
    }
}

/// Passes over padding and what is meant to be skipped; `Some(true)` where a member begins, `Some(false)` where something
/// else does, `None` at the end.
fn before_member(file: &mut Counted, size: u64, packing: &Packing) -> io::Result<Option<bool>> {
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(None);
        }
        // Padding with zeros is what tapes and block devices leave.
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        if zeros > 0 {
            file.consume(zeros);
            continue;
        }
        let at = file.at();
        let head = head(file)?;
        if let (Packing::Zstd(_), Some(length)) = (packing, skippable(&head)) {
            let behind = at.saturating_add(8 + u64::from(length));
            if behind > size {
                return Ok(Some(false));
            }
            file.go_to(behind)?;
            continue;
        }
        file.go_to(at)?;
        return Ok(Some(head.starts_with(packing.magic())));
    }
}

/// The next eight bytes, or as many as there are.
fn head(file: &mut Counted) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(8);
    file.take(8).read_to_end(&mut head)?;
    Ok(head)
}

/// Bytes of the frame that begins with `head`, where it is one that Zstandard skips.
pub(super) fn skippable(head: &[u8]) -> Option<u32> {
    let (magic, length) = (head.first_chunk::<4>()?, head.get(4..8)?.first_chunk::<4>()?);
    (u32::from_le_bytes(*magic) & 0xffff_fff0 == 0x184d_2a50).then(|| u32::from_le_bytes(*length))
}

/// Goes to the next `magic` at or behind the byte `at`.
fn next_magic(file: &mut Counted, at: u64, magic: &[u8]) -> io::Result<Option<u64>> {
    file.go_to(at)?;
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let Some(hit) = memchr::memchr(magic[0], bytes) else {
            let all = bytes.len();
            file.consume(all);
            continue;
        };
        file.consume(hit);
        let at = file.at();
        if head(file)?.starts_with(magic) {
            file.go_to(at)?;
            return Ok(Some(at));
        }
        file.go_to(at + 1)?;
    }
}
