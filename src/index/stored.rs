//! What is stored of a document: read back as it was written, or not at all.
//!
//! Tantivy has a checksum over all that is stored, which no query has the time to look at, and asks for as much memory as a
//! length says before it looks whether so much is there. So the bytes of a document are walked here, and what they hold is
//! held against a sum in a column: neither a letter that has turned nor another document in the place of the one that was
//! asked for is ever shown.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;

use tantivy::columnar::Column;
use tantivy::directory::OwnedBytes;
use tantivy::error::DataCorruption;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TantivyError};

use super::column;
use super::digest;
use super::record::{self, Outcome, Record, read_mentions};
use super::schema::schema;

/// What is stored of one document.
#[derive(Debug)]
pub(crate) struct Stored {
    /// Without the mentions: see [`Stored::read_mentions`].
    pub(crate) record: Record,
    /// The frozen body; empty for a page that failed.
    pub(crate) body: String,
    /// The index that it is of, where several are asked at once.
    pub(crate) index: Option<PathBuf>,
    mentions: Vec<u8>,
}

impl Stored {
    /// Reads the mentions into the record.
    pub(crate) fn read_mentions(&mut self) -> tantivy::Result<()> {
        if let Outcome::Page(page) = &mut self.record.outcome {
            page.annotations.mentions = read_mentions(&self.mentions).map_err(|cause| unreadable(&cause))?;
        }
        Ok(())
    }
}

/// The sums of what is stored, a column for each segment, opened when they are first asked for: a list of hits asks ten
/// times.
#[derive(Debug)]
pub(crate) struct Sums(Vec<OnceLock<Column<u64>>>);

impl Sums {
    /// None of them opened yet.
    pub(crate) fn of(searcher: &Searcher) -> Sums {
        Sums(searcher.segment_readers().iter().map(|_| OnceLock::new()).collect())
    }

    /// As [`load`].
    pub(crate) fn load(&self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<Stored> {
        let segment = searcher.segment_reader(address.segment_ord);
        let known = &self.0[address.segment_ord as usize];
        if known.get().is_none() {
            // Where another thread was quicker, its column is the same.
            let _ = known.set(column::STORED.open(segment)?);
        }
        match known.get() {
            Some(sums) => read(segment, address.doc_id, sums),
            None => load(searcher, address),
        }
    }
}

/// What is stored of a document. Fails as corrupt where it is not what was written.
pub(crate) fn load(searcher: &Searcher, address: DocAddress) -> tantivy::Result<Stored> {
    let segment = searcher.segment_reader(address.segment_ord);
    read(segment, address.doc_id, &column::STORED.open(segment)?)
}

fn read(segment: &SegmentReader, doc: DocId, sums: &Column<u64>) -> tantivy::Result<Stored> {
    let bytes = bytes_of(segment, doc)?;
    let values = Values::read(&bytes).filter(|values| sums.first(doc) == Some(values.sum()));
    let values = values.ok_or_else(|| corrupt("what is stored of an article is not what was written"))?;
    let body = str::from_utf8(values.body).map_err(|_| corrupt("the text of an article is none"))?.to_owned();
    let record = record::decode(values.record).map_err(|cause| unreadable(&cause))?;
    Ok(Stored { record, body, index: None, mentions: values.mentions.to_owned() })
}

fn bytes_of(segment: &SegmentReader, doc: DocId) -> tantivy::Result<OwnedBytes> {
    // Without a cache: a block is one article, and few are read twice in one command.
    let read = || segment.get_store_reader(0)?.get_document_bytes(doc);
    // Tantivy believes what stands in a block of where a document begins, and panics where that is outside.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(corrupt("a stored article is not where it should be")))
}

/// Stored bytes that cannot be read back.
fn unreadable(cause: &postcard::Error) -> TantivyError {
    corrupt(&format!("what is stored of an article cannot be read: {cause}"))
}

fn corrupt(words: &str) -> TantivyError {
    TantivyError::DataCorruption(DataCorruption::comment_only(words))
}

/// The sum that stands in the column of a document of which this is stored; a part that is not is empty.
pub(crate) fn sum_of(record: &[u8], body: &str, mentions: &[u8]) -> u64 {
    Values { record, body: body.as_bytes(), mentions }.sum()
}

/// Codes that Tantivy gives values that are a length and bytes: texts, and bytes.
const TEXT: u8 = 0;
const BYTES: u8 = 4;

/// The stored fields of one document.
#[derive(Debug, Default, PartialEq)]
struct Values<'b> {
    record: &'b [u8],
    body: &'b [u8],
    mentions: &'b [u8],
}

impl<'b> Values<'b> {
    /// Reads a document as Tantivy writes it: how many values there are, and for each its field, four bytes, the code of its
    /// type, its length and as many bytes. `None` where it is not that.
    fn read(mut bytes: &'b [u8]) -> Option<Values<'b>> {
        let (_, f) = schema();
        let mut values = Values::default();
        // A count that is too large ends with the bytes.
        for _ in 0..number(&mut bytes)? {
            let (field, rest) = bytes.split_first_chunk::<4>()?;
            let (TEXT | BYTES, rest) = rest.split_first().map(|(code, rest)| (*code, rest))? else { return None };
            bytes = rest;
            let length = usize::try_from(number(&mut bytes)?).ok()?;
            let (value, rest) = bytes.split_at_checked(length)?;
            bytes = rest;
            match Field::from_field_id(u32::from_le_bytes(*field)) {
                field if field == f.record => values.record = value,
                field if field == f.text => values.body = value,
                field if field == f.mentions => values.mentions = value,
                _ => return None,
            }
        }
        bytes.is_empty().then_some(values)
    }

    fn sum(&self) -> u64 {
        digest::sum(3, [self.record, self.body, self.mentions].into_iter().map(digest::of_bytes))
    }
}

/// A number as Tantivy writes counts and lengths: seven bits a byte, the least first, the highest bit set in the last byte.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 != 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;
    use crate::index::terms;

    fn failed() -> Vec<u8> {
        let (root, path) = ("/srv/archive".into(), "a.html".into());
        let failed = Record { root, path, locator: None, outcome: Outcome::Failed("empty file".to_owned()) };
        record::encode(&failed).expect("written")
    }

    /// An index in memory with one document, which stores these and has this sum.
    fn searcher(record: &[u8], body: &str, mentions: &[u8], sum: u64) -> Searcher {
        let (schema, f) = schema();
        let index = Index::create_in_ram(schema.clone());
        index.tokenizers().register(terms::NAME, terms::analyzer());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).expect("a writer");
        let mut doc = TantivyDocument::new();
        doc.add_bytes(f.record, record);
        doc.add_text(f.text, body);
        doc.add_bytes(f.mentions, mentions);
        doc.add_u64(f.stored, sum);
        writer.add_document(doc).expect("added");
        writer.commit().expect("committed");
        index.reader().expect("a reader").searcher()
    }

    const FIRST: DocAddress = DocAddress { segment_ord: 0, doc_id: 0 };

    #[test]
    fn what_tantivy_wrote_is_read_back() {
        for body in ["", "Eels.", &"Die Aale sind zurück. ".repeat(2_000)] {
            let searcher = searcher(&failed(), body, b"mentions", sum_of(&failed(), body, b"mentions"));
            let stored = load(&searcher, FIRST).expect("read");
            assert_eq!((stored.body.as_str(), &stored.mentions[..]), (body, &b"mentions"[..]));
            assert!(matches!(stored.record.outcome, Outcome::Failed(_)));
            assert_eq!(Sums::of(&searcher).load(&searcher, FIRST).expect("read").body, body);
        }
    }

    #[test]
    fn what_has_another_sum_is_not_shown() {
        let record = failed();
        for sum in [sum_of(&record, "Eals.", b""), sum_of(&record, "Eels.", b"x"), sum_of(b"", "Eels.", b""), 0] {
            let cause = load(&searcher(&record, "Eels.", b"", sum), FIRST).expect_err("damage");
            assert!(cause.to_string().contains("is not what was written"), "{cause}");
        }
        // The parts do not run into each other.
        assert_ne!(sum_of(b"ab", "c", b""), sum_of(b"a", "bc", b""));
    }

    #[test]
    fn a_record_that_cannot_be_read_is_damage() {
        let whole = failed();
        let other_coding = [&[0xFF], &whole[1..]].concat();
        for record in [&b""[..], &whole[..1], &whole[..9], &[&whole[..], b"!"].concat(), &other_coding] {
            let cause = load(&searcher(record, "", b"", sum_of(record, "", b"")), FIRST).expect_err("damage");
            assert!(matches!(cause, TantivyError::DataCorruption(_)), "{cause}");
            assert!(cause.to_string().contains("what is stored of an article cannot be read: "), "{cause}");
        }
        // A failure has no mentions, so what stands there does not matter; of a page it would.
        let torn = searcher(&whole, "", b"cut off", sum_of(&whole, "", b"cut off"));
        assert!(load(&torn, FIRST).expect("read").read_mentions().is_ok());
    }

    /// A document as Tantivy writes it.
    fn document(values: &[(Field, u8, u64, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0x80 | values.len() as u8];
        for (field, code, length, value) in values {
            bytes.extend(field.field_id().to_le_bytes());
            bytes.push(*code);
            let mut rest = *length;
            while rest > 0x7F {
                bytes.push((rest & 0x7F) as u8);
                rest >>= 7;
            }
            bytes.push(0x80 | rest as u8);
            bytes.extend(*value);
        }
        bytes
    }

    #[test]
    fn a_length_is_believed_only_where_there_are_as_many_bytes() {
        let (_, f) = schema();
        let whole = document(&[(f.record, BYTES, 3, b"abc"), (f.text, TEXT, 300, &[b'x'; 300])]);
        let read = Values { record: b"abc", body: &[b'x'; 300], mentions: b"" };
        assert_eq!(Values::read(&whole), Some(read));
        for torn in [
            document(&[(f.text, TEXT, 500 << 30, b"Eels.")]),
            document(&[(f.text, TEXT, u64::MAX, b"Eels.")]),
            document(&[(f.text, TEXT, 6, b"Eels.")]),
            document(&[(f.text, TEXT, 4, b"Eels.")]),
            document(&[(f.text, 1, 5, b"Eels.")]),
            document(&[(f.key, TEXT, 5, b"Eels.")]),
            vec![0x7F; 12],
            vec![0x85],
            Vec::new(),
        ] {
            assert_eq!(Values::read(&torn), None, "{torn:?}");
        }
        for cut in 0..whole.len() {
            assert_eq!(Values::read(&whole[..cut]), None, "{cut}");
        }
    }
}
