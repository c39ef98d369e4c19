//! Matching and scores over a small index in memory.

mod damaged;
mod filter;
mod proximity;
mod rank;
mod wildcard;

use tantivy::query::EnableScoring;
use tantivy::{DocSet, Index, Searcher, TERMINATED, TantivyDocument};

use super::matching::filter::Matching;
use crate::index::beside::Beside;
use crate::index::schema::schema;
use crate::index::terms;

/// One segment with these titles and bodies, in this order, as the index has them but for stems and mentions.
fn archive(articles: &[(&str, &str)]) -> Searcher {
    let (schema, f) = schema();
    let index = Index::create_in_ram(schema.clone());
    index.tokenizers().register(terms::NAME, terms::analyzer());
    let mut writer = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
    for (title, body) in articles {
        let mut doc = TantivyDocument::new();
        doc.add_u64(f.live, 1);
        for (text, is_body, words_of, layout_of) in
            [(title, false, f.title, f.title_layout), (body, true, f.body, f.body_layout)]
        {
            let (mut words, mut layout) = (String::new(), String::new());
            terms::push_with_layout(text, is_body, &mut words, &mut layout, &mut Beside::default());
            doc.add_text(words_of, words);
            doc.add_text(layout_of, layout);
        }
        writer.add_document(doc).expect("a document is added");
    }
    writer.commit().expect("a commit");
    index.reader().expect("a reader").searcher()
}

/// The numbers of the articles that match, in order.
fn found(searcher: &Searcher, matching: &Matching) -> Vec<u32> {
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher)).expect("a weight");
    let mut documents = weight.scorer(searcher.segment_reader(0), 1.0).expect("a scorer");
    let mut out = Vec::new();
    while documents.doc() != TERMINATED {
        out.push(documents.doc());
        documents.advance();
    }
    out
}
