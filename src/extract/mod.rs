//! From a decoded page to the article in it. The only user of the HTML parser.
//!
//! One pass over the text takes out what no rule reads (`strip`), one parse and one walk make flat lists of
//! elements and blocks (`outline`), and every field is found in these lists. README.md beside this file says what
//! is optimised and why each rule is there.

mod article;
mod block_model;
mod body;
mod context;
mod evidence;
mod explain;
mod fields;
mod html;
mod json_ld;
mod kind;
mod plain_text;
mod read_html;
mod ready;
mod tables;
mod trace;
mod twice_encoded;
mod word_bag;

pub use article::{Article, DateOrigin, Dated, Kind};
pub use explain::{BlockReport, Explanation, FieldReport};
pub use trace::Candidate;

use crate::date::Date;
use crate::input::{Format, Page};
pub(crate) use fields::address::identity;
use fields::date::limit::DateLimit;
use html::class_hints::HintReader;
pub(crate) use tables::fingerprint;

/// Takes articles out of many pages: what it learned of the names in the markup of one serves the next, for pages of one
/// site share them. What it gives does not depend on the pages before.
#[derive(Debug, Default)]
pub struct Extractor {
    hints: HintReader,
}

impl Extractor {
    /// Takes the article out of `page`, read on `today` (in UTC). Never fails: a page without an article gives an empty body,
    /// a kind and notes.
    pub fn extract(&mut self, page: &Page, today: Date) -> Article {
        let limit = limit(page, today);
        match page.format {
            Format::Html => read_html::read(page, &limit, &mut self.hints, None).0,
            Format::Text => plain_text::read(page, &limit),
            Format::Ready => ready::read(page, &limit, &mut self.hints),
        }
    }
}

/// Takes the article out of one page, as [`Extractor::extract`] does.
pub fn extract(page: &Page, today: Date) -> Article {
    Extractor::default().extract(page, today)
}

/// As [`extract`], with the reasons. Plain text and ready articles have none: all of it is the article.
pub fn explain(page: &Page, today: Date) -> (Article, Explanation) {
    let mut explanation = Explanation::default();
    let limit = limit(page, today);
    let article = match page.format {
        Format::Html => read_html::read(page, &limit, &mut HintReader::default(), Some(&mut explanation)).0,
        Format::Text => plain_text::read(page, &limit),
        Format::Ready => ready::read(page, &limit, &mut HintReader::default()),
    };
    (article, explanation)
}

/// The features by which the kind of a page is decided, by name: what the table of weights is fitted on. A page of plain
/// text and a ready article have none.
pub fn kind_features(page: &Page, today: Date) -> Vec<(&'static str, f32)> {
    match page.format {
        Format::Html => read_html::read(page, &limit(page, today), &mut HintReader::default(), None).1,
        Format::Text | Format::Ready => Vec::new(),
    }
}

fn limit(page: &Page, today: Date) -> DateLimit {
    DateLimit::new(page.captured.map(|captured| captured.date()), today)
}

#[cfg(test)]
pub(crate) mod tests;
