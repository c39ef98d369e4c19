//! Files of comma-separated values, and of those with other marks between them: an article a row.

use std::io::{self, Read};

use csv::ByteRecord;

use super::unpacked::Unpacked;
use super::{Container, Hurt, Piece, RecordSkip, SavedPage, Scope, What, lines};
use crate::input::ready::Part;
use crate::input::{Locator, charset};

/// Bytes at the beginning that tell the character encoding and the mark.
const HEAD: usize = 64 << 10;
/// Rows that cannot be read and are told one by one; the rest is counted.
const MOST_TOLD: u32 = 20;

/// The rows of one table.
pub(super) struct Table {
    rows: csv::Reader<Bounded>,
    is_plain: bool,
    encoding: Option<&'static str>,
    head: Vec<String>,
    scope: Scope,
    told: u32,
    ended: bool,
    /// It holds no texts, which is still to be told.
    unfit: bool,
}

/// Bytes up to a limit, which is set anew for each row.
struct Bounded {
    input: Unpacked,
    left: u64,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.input.ensure(1) == 0 {
            return match self.input.broken() {
                Some(broken) => Err(io::Error::other(broken.why.clone())),
                None => Ok(0),
            };
        }
        let count = self.input.bytes().len().min(into.len());
        if self.left < count as u64 {
            return Err(io::Error::other("a row larger than the limit of a page; a quotation mark may be missing"));
        }
        self.left -= count as u64;
        self.input.begin_record();
        into[..count].copy_from_slice(&self.input.bytes()[..count]);
        self.input.consume(count);
        Ok(count)
    }
}

impl Table {
    pub(super) fn new(mut input: Unpacked, scope: Scope) -> Result<Table, String> {
        input.ensure(HEAD);
        let start = &input.bytes()[..input.bytes().len().min(HEAD)];
        if charset::utf16(start).is_some() {
            return Err("a table in UTF-16; save it as UTF-8".to_owned());
        }
        let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        // The end of what is looked at may cut a letter.
        let whole = memchr::memrchr(b'\n', start).map_or(start, |end| &start[..end]);
        let encoding = match std::str::from_utf8(whole) {
            Ok(_) => None,
            Err(_) => Some(charset::decode(whole.to_vec(), None).encoding),
        };
        let delimiter = delimiter(start.split(|byte| *byte == b'\n').next().unwrap_or_default());
        let is_plain = input.is_plain();
        input.consume(mark);
        let left = scope.limits.page.max(1 << 20);
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(Bounded { input, left });
        let mut first = ByteRecord::new();
        rows.read_byte_record(&mut first).map_err(|cause| format!("table: {cause}"))?;
        let head: Vec<String> = first.iter().map(|name| decoded(name, encoding).trim().to_owned()).collect();
        let unfit = !scope.fields.fit(&head);
        Ok(Table { rows, is_plain, encoding, head, scope, told: 0, ended: false, unfit })
    }

    fn what(&mut self, row: &ByteRecord) -> What {
        let values: Vec<String> = row.iter().map(|value| decoded(value, self.encoding)).collect();
        let get = |field: &str| {
            let at = self.head.iter().position(|name| name.eq_ignore_ascii_case(field))?;
            Some(Part::One(values.get(at)?.clone()))
        };
        let Some(ready) = self.scope.fields.article(get) else { return What::Skipped(RecordSkip::NoText) };
        // A table of one row, which says what its fields are.
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let written = writer.write_record(&self.head).and_then(|()| writer.write_record(&values));
        match (written, writer.into_inner()) {
            (Ok(()), Ok(bytes)) => What::Page(SavedPage::ready(bytes, ready)),
            _ => What::Refused("a row that cannot be written".to_owned()),
        }
    }

    fn broken(&mut self, cause: &csv::Error, at: u64) -> Result<Option<Piece>, Hurt> {
        if let csv::ErrorKind::Io(cause) = cause.kind() {
            self.ended = true;
            let of_system = cause.raw_os_error().is_some();
            return Err(Hurt { at, why: cause.to_string(), resumed: None, of_system });
        }
        self.told += 1;
        let what =
            if self.told > MOST_TOLD { What::Skipped(RecordSkip::Broken) } else { What::Refused(cause.to_string()) };
        Ok(Some(Piece { locator: self.locator(at), what }))
    }

    fn locator(&self, at: u64) -> Locator {
        let (outer, inner) = if self.is_plain { (at, 0) } else { (0, at) };
        Locator { outer, inner, entry: None }
    }
}

/// The mark between values that is most frequent in the first line.
fn delimiter(line: &[u8]) -> u8 {
    let count = |mark: u8| line.iter().filter(|byte| **byte == mark).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn decoded(value: &[u8], encoding: Option<&'static str>) -> String {
    match encoding.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes())) {
        Some(encoding) => encoding.decode_without_bom_handling(value).0.into_owned(),
        None => String::from_utf8_lossy(value).into_owned(),
    }
}

impl Container for Table {
    fn next(&mut self) -> Result<Option<Piece>, Hurt> {
        if self.unfit {
            (self.unfit, self.ended) = (false, true);
            return Err(lines::no_text(0, &self.head));
        }
        if self.ended {
            return Ok(None);
        }
        let at = self.rows.position().byte();
        self.rows.get_mut().left = self.scope.limits.page.max(1 << 20);
        let mut row = ByteRecord::new();
        match self.rows.read_byte_record(&mut row) {
            Ok(false) => {
                self.ended = true;
                Ok(None)
            }
            Ok(true) => Ok(Some(Piece { locator: self.locator(at), what: self.what(&row) })),
            Err(cause) => self.broken(&cause, at),
        }
    }

    fn mark(&self) -> u64 {
        // Rows are read with the head of their table.
        0
    }

    fn reached(&self) -> u64 {
        self.rows.get_ref().input.reached()
    }
}
