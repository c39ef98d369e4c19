//! The columns of the index, each with the type of its values: a name that is not here does not compile.

use std::marker::PhantomData;

use tantivy::columnar::{Column, Dictionary, DynamicColumn, HasAssociatedColumnType, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::frames;

/// A column of numbers, signed or unsigned.
#[derive(Debug)]
pub(crate) struct Numbers<T> {
    name: &'static str,
    values: PhantomData<fn() -> T>,
}

impl<T> Clone for Numbers<T> {
    fn clone(&self) -> Numbers<T> {
        *self
    }
}

impl<T> Copy for Numbers<T> {}

impl<T> Numbers<T> {
    const fn new(name: &'static str) -> Numbers<T> {
        Numbers { name, values: PhantomData }
    }

    /// Its name in the schema.
    pub(crate) const fn name(self) -> &'static str {
        self.name
    }
}

impl<T> Numbers<T>
where
    T: HasAssociatedColumnType,
    DynamicColumn: Into<Option<Column<T>>>,
{
    /// The column in one segment; `None` where no document of the segment has a value.
    pub(crate) fn find(self, segment: &SegmentReader) -> tantivy::Result<Option<Column<T>>> {
        segment.fast_fields().column_opt(self.name)
    }

    /// The column in one segment, where documents have values in it; else an error.
    pub(crate) fn open(self, segment: &SegmentReader) -> tantivy::Result<Column<T>> {
        let missing = || tantivy::TantivyError::SchemaError(format!("there is no column '{}'", self.name));
        self.find(segment)?.ok_or_else(missing)
    }
}

/// A column of strings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strings {
    name: &'static str,
}

impl Strings {
    const fn new(name: &'static str) -> Strings {
        Strings { name }
    }

    /// Its name in the schema.
    pub(crate) const fn name(self) -> &'static str {
        self.name
    }

    /// The column in one segment; `None` where no document of the segment has a value.
    pub(crate) fn find(self, segment: &SegmentReader) -> tantivy::Result<Option<StrColumn>> {
        segment.fast_fields().str(self.name)
    }
}

/// Values that one document has in a column, at most.
// The longest page that is read has 32 MB, and a sentence, a name or a date seldom takes fewer than eight of them.
const MOST_VALUES: usize = 4 << 20;

/// The values of one document. Fails as corrupt where it has more than the column: where the values of a document begin and
/// end stands in the file, and a bit that has turned there would ask for sixteen gigabytes.
pub(crate) fn values<T>(column: &Column<T>, doc: DocId) -> tantivy::Result<impl Iterator<Item = T>>
where
    T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static,
{
    let rows = column.index.value_row_ids(doc);
    let held = rows.start <= rows.end && rows.end <= column.values.num_vals() && rows.len() <= MOST_VALUES;
    if !held {
        return Err(no_values());
    }
    Ok(rows.map(|row| column.values.get_val(row)))
}

/// The numbers of the strings of one document; see [`values`].
pub(crate) fn ordinals(column: &StrColumn, doc: DocId) -> tantivy::Result<impl Iterator<Item = u64>> {
    values(column.ords(), doc)
}

/// Hands the strings with these numbers, which rise, to `take`. Fails as corrupt where a number has none: a document holds
/// it, and what is counted without it would be wrong without a word.
pub(crate) fn each_string(column: &StrColumn, numbers: &[u64], take: impl FnMut(&[u8])) -> tantivy::Result<()> {
    let all = dictionary(column)?.sorted_ords_to_term_cb(numbers, take)?;
    if all { Ok(()) } else { Err(no_string()) }
}

/// All strings of `column`, each in the place of its number.
pub(crate) fn strings(column: &StrColumn) -> tantivy::Result<Vec<String>> {
    let mut out = Vec::new();
    let mut all = dictionary(column)?.stream()?;
    while all.advance() {
        out.push(str::from_utf8(all.key()).map_err(|_| no_string())?.to_owned());
    }
    Ok(out)
}

/// The dictionary of `column`. Fails as corrupt where it asks for more memory than it needs.
fn dictionary(column: &StrColumn) -> tantivy::Result<&Dictionary> {
    let dictionary = column.dictionary();
    let sound = frames::are_sound(&dictionary.sstable_slice.read_bytes()?);
    sound.then_some(dictionary).ok_or_else(|| corrupt("a block of a dictionary says to be longer than it can be"))
}

/// A document holds the number of a string that is not in its column.
pub(crate) fn no_string() -> TantivyError {
    corrupt("a document holds a value that its column has not")
}

/// A document has other values than its column.
pub(crate) fn no_values() -> TantivyError {
    corrupt("a document has values that its column has not")
}

fn corrupt(words: &str) -> TantivyError {
    TantivyError::DataCorruption(DataCorruption::comment_only(words))
}

// What they hold is said beside the fields in `schema.rs`.
pub(crate) const KEY: Numbers<u64> = Numbers::new("key");
pub(crate) const ID: Numbers<u64> = Numbers::new("id");
pub(crate) const ROOT: Numbers<u64> = Numbers::new("root");
pub(crate) const SIZE: Numbers<u64> = Numbers::new("size");
pub(crate) const MTIME: Numbers<i64> = Numbers::new("mtime");
pub(crate) const CONTENT: Numbers<u64> = Numbers::new("content");
pub(crate) const MADE: Numbers<u64> = Numbers::new("made");
pub(crate) const ORDER: Numbers<i64> = Numbers::new("order");
pub(crate) const FAILED: Numbers<u64> = Numbers::new("failed");
pub(crate) const STORED: Numbers<u64> = Numbers::new("stored");
pub(crate) const PARENT: Numbers<u64> = Numbers::new("parent");
pub(crate) const SITE: Strings = Strings::new("site");
pub(crate) const LANG: Strings = Strings::new("lang");
pub(crate) const KIND: Numbers<u64> = Numbers::new("kind");
pub(crate) const PUBLISHED: Numbers<u64> = Numbers::new("published");
pub(crate) const PUBLISHED_AT: Numbers<i64> = Numbers::new("published_at");
pub(crate) const CAPTURED_AT: Numbers<i64> = Numbers::new("captured_at");
pub(crate) const DATES: Numbers<u64> = Numbers::new("dates");
pub(crate) const PLACE: Numbers<u64> = Numbers::new("place");
pub(crate) const GEO: Numbers<u64> = Numbers::new("geo");
pub(crate) const PEOPLE: Strings = Strings::new("people");
pub(crate) const ORGS: Strings = Strings::new("orgs");
pub(crate) const WORDS: Numbers<u64> = Numbers::new("words");
pub(crate) const TITLE_WORDS: Numbers<u64> = Numbers::new("title_words");
pub(crate) const DIGEST: Numbers<u64> = Numbers::new("digest");
pub(crate) const SENTENCES: Numbers<u64> = Numbers::new("sentences");

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::columnar::column_index::MultiValueIndex;
    use tantivy::columnar::column_values::VecColumn;
    use tantivy::schema::Type;

    use super::*;
    use crate::index::schema::schema;

    /// A column of these values, of which document after document has those from one of `starts` to the next.
    fn column(starts: &[u32], values: Vec<u64>) -> Column<u64> {
        Column { index: MultiValueIndex::for_test(starts).into(), values: Arc::new(VecColumn::from(values)) }
    }

    #[test]
    fn a_document_has_no_more_values_than_its_column() {
        let whole = column(&[0, 2, 2, 3], vec![7, 8, 9]);
        let of = |doc| values(&whole, doc).expect("whole").collect::<Vec<u64>>();
        assert_eq!([of(0), of(1), of(2)], [vec![7, 8], vec![], vec![9]]);
        for starts in [&[0, 4][..], &[0, 4_000_000_000], &[0, u32::MAX]] {
            let torn = column(starts, vec![7, 8, 9]);
            assert!(values(&torn, 0).is_err(), "{starts:?}");
        }
    }

    #[test]
    fn every_column_of_the_schema_is_here_with_its_type() {
        let unsigned = [
            KEY,
            ID,
            ROOT,
            SIZE,
            CONTENT,
            MADE,
            FAILED,
            STORED,
            PARENT,
            KIND,
            PUBLISHED,
            DATES,
            PLACE,
            GEO,
            WORDS,
            TITLE_WORDS,
            DIGEST,
            SENTENCES,
        ];
        let signed = [MTIME, ORDER, PUBLISHED_AT, CAPTURED_AT];
        let strings = [SITE, LANG, PEOPLE, ORGS];
        let mut here: Vec<(&str, Type)> = unsigned.map(|column| (column.name(), Type::U64)).to_vec();
        here.extend(signed.map(|column| (column.name(), Type::I64)));
        here.extend(strings.map(|column| (column.name(), Type::Str)));
        here.sort_unstable();
        let fields = schema().0.fields().map(|(_, entry)| entry).filter(|entry| entry.is_fast());
        let mut there: Vec<(&str, Type)> =
            fields.map(|entry| (entry.name(), entry.field_type().value_type())).collect();
        there.sort_unstable();
        assert_eq!(here, there);
    }
}
