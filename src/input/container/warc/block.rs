//! The block of a record: what its length says, what is really there, and what of it is kept.

use super::super::dialect::Dialect;
use super::super::http;
use super::super::record_head::RecordHead;
use super::super::unpacked::{Place, Unpacked};
use super::judge::Judged;
use super::{LONGEST, find_record};
use crate::input::Limits;

/// Bytes kept back at the end of what is searched, so that the beginning of a record is not cut.
const KEPT_BACK: usize = 8;

/// How a block ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Where its length says.
    Whole,
    /// With its member, behind which another record begins.
    Member,
    /// With the file, or before what cannot be unpacked.
    Cut,
}

/// The beginning of a record within a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside {
    pub(super) place: Place,
    /// As [`Unpacked::total`].
    pub(super) total: u64,
    /// Bytes of the block before it.
    pub(super) offset: u64,
    /// Bytes of the block before the end of its own block, as its length has it.
    end: Option<u64>,
}

/// A block that is being read.
pub(super) struct Block {
    dialect: Dialect,
    left: u64,
    /// Its bytes, as far as they are kept.
    bytes: Vec<u8>,
    /// Bytes that were read.
    read: u64,
    /// Bytes that are kept.
    most: usize,
    pub(super) ended: Ended,
    /// The first record that begins in it, by how it looks. A page may quote one.
    pub(super) record_inside: Option<Inside>,
    line_start: bool,
    /// Bytes before the body of an answer, and those with the body where its head says how many they are.
    answer: Option<(u64, Option<u64>)>,
    /// Its length is more than the file has: the first record that begins in it ends it.
    doomed: bool,
}

impl Block {
    /// `rest` is how many bytes there are behind the head, where that is known.
    pub(super) fn begin(head: &RecordHead, dialect: Dialect, limits: Limits, rest: Option<u64>) -> Block {
        // A page of the largest size comes behind a head.
        let most = usize::try_from(limits.page).unwrap_or(usize::MAX).saturating_add(LONGEST);
        let (bytes, ended) = (Vec::new(), Ended::Whole);
        let doomed = rest.is_some_and(|rest| rest < head.length);
        Block {
            dialect,
            left: head.length,
            bytes,
            read: 0,
            most,
            ended,
            record_inside: None,
            line_start: true,
            answer: None,
            doomed,
        }
    }

    /// Reads it all; `judge` says by its first bytes whether it is a page. What is none is not kept. `by_member` says that
    /// the record begins with a member.
    pub(super) fn read(
        &mut self,
        input: &mut Unpacked,
        judge: impl FnOnce(&[u8]) -> Judged,
        by_member: bool,
    ) -> Judged {
        let by_member = by_member && !input.is_plain();
        self.read_to(input, LONGEST, by_member);
        let judged = judge(&self.bytes);
        if let Ok(Some((http, body))) = http::split(&self.bytes) {
            let body = body as u64;
            self.answer = Some((body, http.length.map(|length| body.saturating_add(length))));
        }
        if !matches!(judged, Judged::Page(_)) {
            self.most = 0;
            self.bytes = Vec::new();
        }
        self.read_to(input, usize::MAX, by_member);
        judged
    }

    /// Reads until `count` bytes of it were read or it has ended.
    fn read_to(&mut self, input: &mut Unpacked, count: usize, by_member: bool) {
        while self.ended == Ended::Whole && self.left > 0 && self.read < count as u64 {
            if input.ensure(KEPT_BACK + 1) == 0 {
                let clean = by_member && input.broken().is_none();
                self.ended = if clean { Ended::Member } else { Ended::Cut };
                return;
            }
            if by_member && input.is_member_start() {
                input.ensure(self.dialect.needs());
                if self.dialect.begins(input.bytes()) {
                    self.ended = Ended::Member;
                    return;
                }
            }
            self.step(input, count);
        }
    }

    fn step(&mut self, input: &mut Unpacked, count: usize) {
        let room = (count as u64 - self.read).min(self.left);
        let there = input.member_rest().max(1);
        self.line_start |= input.is_member_start();
        let mut step = usize::try_from(room).unwrap_or(usize::MAX).min(there);
        // The end of what is at hand may cut the beginning of a record.
        if step == there && there > 2 * KEPT_BACK && self.left > there as u64 {
            step -= KEPT_BACK;
        }
        if self.record_inside.is_none()
            && let Some(offset) = find_record(input, self.dialect, step + KEPT_BACK - 1, self.line_start)
            && (offset as u64) < self.left
        {
            let place = input.place_after(offset);
            let total = input.total() + offset as u64;
            let from = self.read + offset as u64;
            let head = self.dialect.head(&input.bytes()[offset..]).ok().flatten();
            let end = head.map(|(head, length)| from.saturating_add(length as u64).saturating_add(head.length));
            self.record_inside = Some(Inside { place, total, offset: from, end });
            if self.doomed {
                (step, self.ended) = (offset, Ended::Member);
            }
        }
        let bytes = &input.bytes()[..step];
        let kept = step.min(self.most.saturating_sub(self.bytes.len()));
        self.bytes.extend_from_slice(&bytes[..kept]);
        self.line_start = bytes.ends_with(b"\n");
        input.consume(step);
        self.left -= step as u64;
        self.read += step as u64;
    }

    /// The record within it that was taken along by a length that is too large and ends by chance where that record does:
    /// it ends there by its own length too, and nothing else says that the length was right.
    pub(super) fn taken_along(&self) -> Option<Inside> {
        let inside = self.record_inside?;
        let ends = inside.end.is_some_and(|end| end <= self.read && self.read - end <= 4);
        let is_body = match self.answer {
            // A crawl that was fetched begins where the answer's head ends.
            Some((body, length)) => body == inside.offset || length == Some(self.read),
            None => inside.offset == 0,
        };
        (ends && !is_body).then_some(inside)
    }

    /// Ends it after its first `length` bytes, and the line ends there.
    pub(super) fn cut(&mut self, length: u64) {
        self.read = length;
        self.bytes.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        self.trim();
    }

    /// Adds what was found behind it.
    pub(super) fn add(&mut self, rest: &[u8]) {
        self.read += rest.len() as u64;
        let room = self.most.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&rest[..rest.len().min(room)]);
        self.trim();
    }

    fn trim(&mut self) {
        let end = self.bytes.trim_ascii_end().len();
        self.bytes.truncate(end);
    }

    /// Its bytes from the place `body` on; `None` where they are more than were kept.
    pub(super) fn into_body(mut self, body: usize) -> Option<Vec<u8>> {
        if self.ended == Ended::Member {
            self.trim();
        }
        let most = (self.most - LONGEST) as u64;
        if self.read.saturating_sub(body as u64) > most {
            return None;
        }
        self.bytes.drain(..body.min(self.bytes.len()));
        Some(self.bytes)
    }
}
