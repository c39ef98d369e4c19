//! The fields and terms of a plan as Tantivy has them.

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, SegmentReader, schema};

use crate::engine::plan::{Field, Term};
use crate::index::Reader;
use crate::index::schema::schema;

/// The handle of a field.
pub(crate) fn handle(field: Field) -> schema::Field {
    let f = &schema().1;
    match field {
        Field::Title => f.title,
        Field::Body => f.body,
        Field::TitleStem => f.title_stem,
        Field::BodyStem => f.body_stem,
        Field::NameWords => f.name_words,
        Field::Byline => f.byline,
        Field::Section => f.section,
        Field::Tag => f.tag,
        Field::Has => f.has,
        Field::Site => f.site,
        Field::Lang => f.lang,
        Field::Kind => f.kind,
        Field::Place => f.place,
        Field::Dateline => f.dateline,
        Field::DatelineWords => f.dateline_words,
        Field::Unplaced => f.unplaced,
        Field::Person => f.person,
        Field::Org => f.org,
        Field::Named => f.named,
    }
}

/// The term of a field of text.
pub(crate) fn lowered(term: &Term) -> tantivy::Term {
    debug_assert!(!matches!(term.field, Field::Kind | Field::Place | Field::Dateline), "{term}: the field has numbers");
    tantivy::Term::from_field_text(handle(term.field), &term.text)
}

/// The term of a field of numbers.
pub(crate) fn number(field: Field, number: u64) -> tantivy::Term {
    tantivy::Term::from_field_u64(handle(field), number)
}

/// For each term the documents that hold it, those deleted since included, but not those that are passed over.
pub(crate) fn doc_freqs(reader: &Reader, terms: &[&Term]) -> tantivy::Result<Vec<u64>> {
    if reader.passes_over {
        return holders(reader, terms);
    }
    terms.iter().map(|term| reader.searcher.doc_freq(&lowered(term))).collect()
}

/// For each term the documents that hold it, without those that are deleted.
pub(crate) fn holders(reader: &Reader, terms: &[&Term]) -> tantivy::Result<Vec<u64>> {
    let holders = |term: &&Term| {
        let (term, mut sum) = (lowered(term), 0);
        for segment in reader.searcher.segment_readers() {
            let index = segment.inverted_index(term.field())?;
            if let Some(info) = index.get_term_info(&term)? {
                sum += living(segment, &index, &info)?;
            }
        }
        Ok(sum)
    };
    terms.iter().map(holders).collect()
}

/// Articles of a segment that hold a term, without those that are deleted: what is matched must not depend on what the
/// index held before.
pub(crate) fn living(segment: &SegmentReader, index: &InvertedIndexReader, info: &TermInfo) -> tantivy::Result<u64> {
    Ok(u64::from(match segment.alive_bitset() {
        None => info.doc_freq,
        Some(alive) => index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?.doc_freq_given_deletes(alive),
    }))
}
