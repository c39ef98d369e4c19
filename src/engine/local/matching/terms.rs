//! The fields and terms of a plan as Tantivy has them.

use tantivy::{Searcher, schema};

use crate::engine::plan::{Field, Term};
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

/// For each term the documents that hold it, those deleted since included.
pub(crate) fn doc_freqs(searcher: &Searcher, terms: &[&Term]) -> tantivy::Result<Vec<u64>> {
    terms.iter().map(|term| searcher.doc_freq(&lowered(term))).collect()
}
