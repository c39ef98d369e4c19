//! WARC 0.17 to 1.1 and ARC: records in a row, packed one by one, in blocks, as a whole or not at all.
//!
//! A length is a claim. After a block there is the next record or the end; where there is neither, the length was wrong,
//! and the next head is looked for: within the block, where it took too much along, else behind it. Where each record is
//! packed by itself, its member ends it.

mod block;
mod judge;

use std::collections::VecDeque;
use std::io;

use self::block::{Block, Ended, Inside};
use self::judge::Judged;
use super::dialect::Dialect;
use super::record_head::{LONGEST, RecordHead};
use super::unpacked::{Break, Place, Unpacked};
use super::{Container, Hurt, Piece, SavedPage, What};
use crate::date::Stamp;
use crate::input::{Limits, Locator, saved, unpack};

/// Bytes that may be read a second time, beside as many as the file has unpacked.
// Each length that lies sends the reader back once; a file of nothing but such lengths must not cost its square.
const READ_AGAIN: u64 = 64 << 20;

/// The records of one file.
pub(super) struct Warc {
    input: Unpacked,
    dialect: Dialect,
    limits: Limits,
    /// What was found wrong with a record that could be read.
    pending: VecDeque<Hurt>,
    mark: u64,
    /// Bytes that were unpacked, and those of them a second time.
    unpacked: u64,
    again: u64,
}

impl Warc {
    pub(super) fn new(input: Unpacked, dialect: Dialect, limits: Limits) -> Warc {
        let mark = input.place().outer;
        Warc { input, dialect, limits, pending: VecDeque::new(), mark, unpacked: 0, again: 0 }
    }

    /// Passes over the ends of lines; how many there are.
    fn skip_lines(&mut self) -> usize {
        let mut lines = 0;
        while self.input.ensure(1) > 0 {
            let blank = self.input.bytes().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            lines += self.input.bytes()[..blank].iter().filter(|byte| **byte == b'\n').count();
            if blank == 0 {
                break;
            }
            self.input.consume(blank);
        }
        lines
    }

    /// True where a record begins with the next byte.
    fn is_at_record(&mut self) -> bool {
        self.input.ensure(self.dialect.needs()) >= 6 && self.dialect.begins(self.input.bytes())
    }

    /// The head of the record that begins with the next byte, and the end of its lines; the error says what is wrong.
    fn head(&mut self) -> Result<RecordHead, &'static str> {
        let mut looked_at = 4096.max(self.dialect.needs());
        loop {
            let there = self.input.ensure(looked_at);
            match self.dialect.head(self.input.bytes())? {
                Some((head, length)) => {
                    self.input.consume(length);
                    return Ok(head);
                }
                None if there < looked_at => return Err("a record's head that has no end"),
                None if looked_at >= LONGEST => return Err("a record's head of more than 64 KiB"),
                None => looked_at = (looked_at * 4).min(LONGEST),
            }
        }
    }

    /// What is wrong at `at`, after the reader has gone on to the next record.
    fn lost(&mut self, at: Place, why: &str) -> Hurt {
        // Where the head itself is wrong, the search begins behind it.
        let head = usize::from(self.is_at_record());
        self.input.consume(head);
        self.go_on(at, why)
    }

    /// Looks for the next record and says from where the reader goes on.
    fn go_on(&mut self, at: Place, why: &str) -> Hurt {
        let (mut why, mut at, mut of_system) = (why.to_owned(), at.outer, false);
        let resumed = loop {
            if self.scan(None) {
                break Some(self.input.place().outer);
            }
            let Some(broken) = self.input.broken().cloned() else { break None };
            if broken.at <= at || why.is_empty() {
                (at, why) = (broken.at, broken.why);
            }
            of_system |= broken.of_system;
            if self.input.resume(self.dialect.beginning()).is_none() {
                break None;
            }
        };
        Hurt { at, why, resumed, of_system }
    }

    /// Goes to the next byte that begins a record, and hands what it passes over to `into`. False at the end, and before
    /// what cannot be unpacked.
    fn scan(&mut self, mut into: Option<&mut Vec<u8>>) -> bool {
        let most = usize::try_from(self.limits.page).unwrap_or(usize::MAX);
        let mut line_start = self.input.is_member_start();
        loop {
            let there = self.input.ensure(self.dialect.needs());
            if there == 0 {
                return false;
            }
            let found = find_record(&mut self.input, self.dialect, usize::MAX, line_start);
            let step = found.unwrap_or(there.saturating_sub(5).max(1));
            let bytes = &self.input.bytes()[..step];
            line_start = if step == 0 { line_start } else { bytes.ends_with(b"\n") };
            if let Some(into) = &mut into {
                let room = most.saturating_sub(into.len());
                into.extend_from_slice(&bytes[..step.min(room)]);
            }
            self.input.consume(step);
            if found.is_some() {
                return true;
            }
        }
    }

    /// Sees to it that the next byte begins a record or nothing is left. The block of the record at `at` is changed
    /// where its length was wrong; `None` where it is lost.
    fn settle(&mut self, at: Place, block: Block) -> Result<Block, Hurt> {
        match block.ended {
            Ended::Member => {
                let why = "a record that is shorter than its length";
                self.pending.push_back(Hurt::passed(at, why, self.input.place()));
                Ok(block)
            }
            Ended::Cut if self.input.broken().is_none() => match block.record_inside {
                Some(inside) if self.may_go_back(inside) => self.back_to(at, block, inside),
                _ => Err(self.go_on(at, "it ends inside a record")),
            },
            Ended::Cut => Err(self.go_on(at, "")),
            Ended::Whole => {
                let lines = self.skip_lines();
                if self.is_at_record() {
                    // Where members part records the length is theirs.
                    let by_member = at.inner == 0 && self.input.is_member_start();
                    return match block.taken_along() {
                        Some(inside) if !by_member && self.may_go_back(inside) => self.back_to(at, block, inside),
                        _ => Ok(block),
                    };
                }
                if self.input.ensure(1) == 0 {
                    return if self.is_damaged_here() { Err(self.go_on(at, "")) } else { Ok(block) };
                }
                match block.record_inside {
                    // Where lines end the block as they should, its length was right, and a page may quote a record.
                    Some(inside) if lines < self.dialect.lines_behind() && self.may_go_back(inside) => {
                        self.back_to(at, block, inside)
                    }
                    _ => self.behind(at, block, lines),
                }
            }
        }
    }

    /// True where the member that ends here is damaged: what was read of it may be wrong.
    fn is_damaged_here(&self) -> bool {
        let here = self.input.place();
        // Of a member that gave no byte nothing was read.
        here.inner > 0 && self.input.broken().is_some_and(|broken| broken.at == here.outer)
    }

    /// Bytes that are unpacked again by going back to a record.
    fn cost(&self, inside: Inside) -> u64 {
        self.input.total() - inside.total + inside.place.inner
    }

    fn may_go_back(&self, inside: Inside) -> bool {
        self.again + self.cost(inside) <= READ_AGAIN + self.unpacked
    }

    /// Ends the block where a record begins in it, and goes there.
    fn back_to(&mut self, at: Place, mut block: Block, inside: Inside) -> Result<Block, Hurt> {
        self.again += self.cost(inside);
        block.cut(inside.offset);
        let hurt = Hurt::passed(at, "a record that is shorter than its length", inside.place);
        if self.input.go_to(inside.place.outer, inside.place.inner).is_err() {
            return Err(self.go_on(at, "it cannot be read again"));
        }
        self.pending.push_back(hurt);
        Ok(block)
    }

    /// Goes to the next record behind a block that something else follows: the rest of the record, where its length was
    /// too small, or what belongs to none, where `lines` ended it as they should.
    fn behind(&mut self, at: Place, mut block: Block, lines: usize) -> Result<Block, Hurt> {
        let from = self.input.place();
        let hurt = if lines >= self.dialect.lines_behind() {
            self.go_on(from, "bytes that belong to no record")
        } else {
            let (mut rest, why) = (Vec::new(), "a record that is longer than its length");
            let found = self.scan(Some(&mut rest));
            if !found && self.is_damaged_here() {
                return Err(self.go_on(at, ""));
            }
            block.add(&rest);
            if found { Hurt::passed(at, why, self.input.place()) } else { self.go_on(at, why) }
        };
        self.pending.push_back(hurt);
        Ok(block)
    }

    /// The next record, which begins with the next byte.
    fn record(&mut self) -> Result<Piece, Hurt> {
        let at = self.input.place();
        let began = self.input.total();
        self.input.begin_record();
        let head = self.head().map_err(|why| self.lost(at, why))?;
        let mut block = Block::begin(&head, self.dialect, self.limits, self.input.rest());
        let judged = block.read(&mut self.input, |start| judge::judge(&head, start), at.inner == 0);
        let block = self.settle(at, block);
        self.unpacked += self.input.total().saturating_sub(began);
        let what = self.piece(&head, judged, block?);
        let locator = Locator { outer: at.outer, inner: at.inner, entry: None };
        Ok(Piece { locator, what })
    }

    fn piece(&self, head: &RecordHead, judged: Judged, block: Block) -> What {
        let page = match judged {
            Judged::Skip(why) => return What::Skipped(why),
            Judged::Refuse(why) => return What::Refused(why.to_owned()),
            Judged::Page(page) => page,
        };
        let Some(bytes) = block.into_body(page.body) else {
            return What::Refused(unpack::larger(self.limits));
        };
        let truncated = head.truncated.as_ref().map(|why| format!("the crawler cut it off: {why}"));
        let fetched = Stamp::parse_iso(head.date.as_deref().unwrap_or_default());
        let (url, captured) = saved::unwrapped(head.url.as_deref().unwrap_or_default(), fetched);
        let notes = truncated.into_iter().collect();
        What::Page(SavedPage {
            name: None,
            bytes,
            coding: page.coding,
            url,
            captured,
            charset: page.charset,
            notes,
            ready: None,
        })
    }
}

impl Container for Warc {
    fn next(&mut self) -> Result<Option<Piece>, Hurt> {
        if let Some(hurt) = self.pending.pop_front() {
            return Err(hurt);
        }
        self.skip_lines();
        let at = self.input.place();
        if self.input.ensure(1) == 0 {
            return match self.input.broken().cloned() {
                None => Ok(None),
                Some(Break { at: outer, .. }) => Err(self.go_on(Place { outer, inner: 0 }, "")),
            };
        }
        if at.inner == 0 {
            self.mark = at.outer;
        }
        if !self.is_at_record() {
            return Err(self.lost(at, "bytes that belong to no record"));
        }
        self.record().map(Some)
    }

    fn mark(&self) -> u64 {
        self.mark
    }

    fn reached(&self) -> u64 {
        self.input.reached()
    }

    fn go_to(&mut self, place: &Locator) -> io::Result<()> {
        self.mark = place.outer;
        self.input.go_to(place.outer, place.inner)
    }
}

/// Where among the first `most` bytes at hand a record begins; `line_start` says that the first is at the start of a line.
fn find_record(input: &mut Unpacked, dialect: Dialect, most: usize, line_start: bool) -> Option<usize> {
    if line_start && dialect.begins_amid(input.bytes()) {
        return Some(0);
    }
    // What is at hand grows with every look at a candidate, what is searched does not.
    let (mut from, most) = (0, most.min(input.bytes().len()));
    loop {
        let bytes = &input.bytes()[..most];
        let (hit, next) = dialect.candidate(bytes, from)?;
        if hit > 0 && (!dialect.begins_line() || bytes[hit - 1] == b'\n') {
            input.ensure(hit + dialect.needs());
            if dialect.begins_amid(&input.bytes()[hit..]) {
                return Some(hit);
            }
        }
        from = next;
    }
}

#[cfg(test)]
mod tests;
