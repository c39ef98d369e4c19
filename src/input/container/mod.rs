//! Files that hold many pages: what is in them, one piece after the other.
//!
//! A container is streamed and never unpacked to disk. [`open`] tells its format by the content and gives the pieces in
//! the order of the file; [`fetch`] reads one piece again, by its [`Locator`]. What is damaged is a [`Hurt`], after which
//! the reader has found its way back, or has come to the end. Bytes of the file decide nothing but what is read: names of
//! entries are text, lengths are claims, and nothing is allocated because a file says so.

mod counted;
mod dialect;
mod entries;
mod http;
mod input;
mod lines;
mod news;
mod packing;
mod payload;
mod probe;
mod record_head;
mod table;
mod tar;
mod unpacked;
mod warc;
mod whole;
mod zip;

use std::fmt;
use std::io;
use std::path::Path;

use self::input::Input;
pub(super) use self::payload::Coding;
use self::probe::Format;
pub(super) use self::probe::{begins_like_a_container, ends_like_a_zip};
pub(super) use self::record_head::lines as head_lines;
use self::unpacked::Place;
pub(super) use self::zip::page_within;
use super::ready::Ready;
use super::{Fields, Limits, Locator, Source, file};
use crate::date::Stamp;
use crate::{Error, Result};

/// The pieces of one file.
pub trait Container: Send {
    /// The next piece in the order of the file, `None` at the end. After a [`Hurt`] it can be called again.
    fn next(&mut self) -> std::result::Result<Option<Piece>, Hurt>;

    /// Everything before this byte of the file has been given out: where a later run may go on. 0 where it can only begin
    /// anew.
    fn mark(&self) -> u64;

    /// Bytes of the file that were read so far, about: for who asks how far a run is.
    fn reached(&self) -> u64;

    /// Goes to the piece at `place`, or as near before it as this format can: the next piece may be one before it.
    fn go_to(&mut self, _place: &Locator) -> io::Result<()> {
        Ok(())
    }
}

/// One thing in a container.
#[derive(Debug)]
pub struct Piece {
    /// Where it lies.
    pub locator: Locator,
    /// What it is.
    pub what: What,
}

/// What a piece is.
#[derive(Debug)]
pub enum What {
    /// A page as it was saved.
    Page(SavedPage),
    /// A page that is not read, and why: larger than the limit.
    Refused(String),
    /// What is no page, or none that was saved.
    Skipped(RecordSkip),
}

/// The bytes of a page, and what the container says of it.
#[derive(Debug, Default)]
pub struct SavedPage {
    /// The name of the entry, where it has one.
    pub name: Option<String>,
    /// As they lie there, with the codings of the transfer.
    pub bytes: Vec<u8>,
    /// How they were coded for the transfer.
    pub(super) coding: Coding,
    /// Where it was fetched.
    pub url: Option<String>,
    /// When it was fetched.
    pub captured: Option<Stamp>,
    /// The character encoding that the server named.
    pub charset: Option<String>,
    /// What was odd about the record.
    pub notes: Vec<String>,
    /// The parts of an article that came as such.
    pub(super) ready: Option<Box<Ready>>,
}

impl SavedPage {
    /// The article `ready`, of which these are the bytes.
    fn ready(bytes: Vec<u8>, ready: Ready) -> SavedPage {
        SavedPage { bytes, url: ready.url.clone(), ready: Some(Box::new(ready)), ..SavedPage::default() }
    }
}

/// Why a record gives no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum RecordSkip {
    /// What was asked of a server.
    Request,
    /// What a crawler says of itself or of other records.
    About,
    /// Another status than 200 and 203.
    Status,
    /// A picture, a script, a feed.
    OtherType,
    /// No address of the web: a look-up of a name, a screenshot.
    OtherAddress,
    /// The rules for crawlers of a site.
    Robots,
    /// The same as an earlier capture, without its bytes.
    Revisit,
    /// The second part of a record in several.
    Continuation,
    /// Text that was made of another record.
    Conversion,
    /// Nothing was sent.
    Empty,
    /// A type of record that is not known.
    Unknown,
    /// A link, a device or a pipe.
    Special,
    /// An item of news without a text: a picture, a list, a calendar.
    NoText,
    /// An item of news that was withdrawn.
    Withdrawn,
    /// A line that cannot be read, beyond those that are told.
    Broken,
}

impl RecordSkip {
    /// All of them, in the order of their numbers.
    pub const ALL: [RecordSkip; 15] = [
        RecordSkip::Request,
        RecordSkip::About,
        RecordSkip::Status,
        RecordSkip::OtherType,
        RecordSkip::OtherAddress,
        RecordSkip::Robots,
        RecordSkip::Revisit,
        RecordSkip::Continuation,
        RecordSkip::Conversion,
        RecordSkip::Empty,
        RecordSkip::Unknown,
        RecordSkip::Special,
        RecordSkip::NoText,
        RecordSkip::Withdrawn,
        RecordSkip::Broken,
    ];

    /// The reason in words, before a count.
    pub fn name(self) -> &'static str {
        match self {
            RecordSkip::Request => "requests of crawlers",
            RecordSkip::About => "records about the crawl",
            RecordSkip::Status => "answers other than 200",
            RecordSkip::OtherType => "records of another type",
            RecordSkip::OtherAddress => "records without an address of the web",
            RecordSkip::Robots => "robots.txt",
            RecordSkip::Revisit => "records of pages that had not changed",
            RecordSkip::Continuation => "later parts of records",
            RecordSkip::Conversion => "texts made of other records",
            RecordSkip::Empty => "empty answers",
            RecordSkip::Unknown => "records of an unknown kind",
            RecordSkip::Special => "links, pipes and devices in archives",
            RecordSkip::NoText => "items without a text",
            RecordSkip::Withdrawn => "items that were withdrawn",
            RecordSkip::Broken => "more lines that cannot be read",
        }
    }
}

/// Damage, and where the reader went on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Hurt {
    /// Where it begins, in bytes of the file.
    pub at: u64,
    /// What it is.
    pub why: String,
    /// Where the next record was found, in bytes of the file; `None` where there was none.
    pub resumed: Option<u64>,
    /// The file system refused it, so that another run may have more luck.
    pub of_system: bool,
}

impl Hurt {
    /// Damage of the record at `at` that hides nothing: `next` is read next.
    fn passed(at: Place, why: &str, next: Place) -> Hurt {
        Hurt { at: at.outer, why: why.to_owned(), resumed: Some(next.outer), of_system: false }
    }
}

impl fmt::Display for Hurt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "damaged at byte {}: {}; ", self.at, self.why)?;
        match self.resumed {
            Some(at) => write!(f, "went on at byte {at}"),
            None => write!(f, "nothing behind it could be read"),
        }
    }
}

/// Opens the container at `source` and begins at the byte `from`, which is 0 or a [`Container::mark`]. `fields` says where
/// ready articles have their parts.
pub fn open(source: &Source, limits: Limits, fields: &Fields, from: u64) -> Result<Box<dyn Container>> {
    let path = source.file();
    let mut container = opened(&path, limits, fields.clone())?;
    if from > 0 {
        let place = Locator { outer: from, inner: 0, entry: None };
        container.go_to(&place).map_err(|cause| Error::io("read", &path, cause))?;
    }
    Ok(container)
}

/// Reads one page of a container again; an error where it is not there.
pub fn fetch(source: &Source, limits: Limits) -> Result<SavedPage> {
    let path = source.file();
    let gone = || Error::refused(&path, "there is no such record in it any more");
    let locator = source.locator.as_ref().ok_or_else(gone)?;
    let mut container = opened(&path, limits, Fields::any())?;
    container.go_to(locator).map_err(|cause| Error::io("read", &path, cause))?;
    loop {
        let piece = match container.next() {
            Ok(Some(piece)) => piece,
            Ok(None) => return Err(gone()),
            // Damage before it.
            Err(_) => continue,
        };
        match piece.what {
            What::Page(page) if piece.locator == *locator => return Ok(page),
            // Records in a row are in their order.
            _ if locator.entry.is_none() && piece.locator.outer > locator.outer => return Err(gone()),
            _ => {}
        }
    }
}

/// Why a container cannot be opened.
enum Unopened {
    System(io::Error),
    Refused(String),
}

impl fmt::Display for Unopened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unopened::System(cause) => cause.fmt(f),
            Unopened::Refused(why) => f.write_str(why),
        }
    }
}

/// How the pieces of a container are read.
#[derive(Clone)]
struct Scope {
    limits: Limits,
    fields: Fields,
    /// Files in which it lies.
    depth: u8,
}

fn opened(path: &Path, limits: Limits, fields: Fields) -> Result<Box<dyn Container>> {
    let failed = |cause| Error::io("open", path, cause);
    let file = file::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if !meta.is_file() {
        return Err(Error::refused(path, "a folder, pipe, socket or device, not an archive"));
    }
    let scope = Scope { limits, fields, depth: 0 };
    reader(Input::of_file(file, meta.len()), path, scope).map_err(|why| match why {
        Unopened::System(cause) => failed(cause),
        Unopened::Refused(why) => Error::refused(path, why),
    })
}

/// What reads `input`, which is called `name`.
fn reader(input: Input, name: &Path, scope: Scope) -> std::result::Result<Box<dyn Container>, Unopened> {
    if input.length() == 0 {
        return Err(Unopened::Refused("empty file".to_owned()));
    }
    Ok(match probe::probe(&input, name, &scope).map_err(Unopened::System)? {
        Format::Zip => Box::new(zip::Zip::open(input, scope)?),
        Format::Records(unpacked, dialect) => Box::new(warc::Warc::new(unpacked, dialect, scope.limits)),
        Format::Tar(unpacked) => Box::new(tar::Tar::new(unpacked, input, scope)),
        Format::Lines(unpacked) => Box::new(lines::Lines::new(unpacked, scope)),
        Format::Table(unpacked) => Box::new(table::Table::new(unpacked, scope).map_err(Unopened::Refused)?),
        Format::Json(unpacked) => Box::new(whole::Whole::json(unpacked, &scope).map_err(Unopened::Refused)?),
        Format::Xml(unpacked) => Box::new(whole::Whole::xml(unpacked, scope.limits).map_err(Unopened::Refused)?),
    })
}

/// Bytes at either end of what was read that tell whether a file has only grown since.
// The heads of some records: no two crawls have those in common.
const PRINT: u64 = 64 << 10;

/// Digests of the first bytes of the file at `path`, and of those before `mark`.
pub fn prints(path: &Path, mark: u64) -> std::io::Result<[u64; 2]> {
    use sha2::{Digest, Sha256};
    use std::io::{Read, Seek, SeekFrom};
    let mut file = file::open(path)?;
    let mut print = |from: u64| -> std::io::Result<u64> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(from))?;
        (&mut file).take(PRINT.min(mark - from)).read_to_end(&mut bytes)?;
        let digest = Sha256::digest(&bytes);
        Ok(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    Ok([print(0)?, print(mark.saturating_sub(PRINT))?])
}
