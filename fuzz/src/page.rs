//! What an extractor may not make of any page.

use std::path::Path;

use search::annotate::ArticleContext;
use search::date::Date;
use search::extract::{self, Article, Extractor};
use search::input::{self, Limits};

use crate::annotated;

/// What is wrong with what the extractor makes of a page; `thorough`: also with its explanation, and with the mentions
/// that annotation finds in it.
pub fn fault(bytes: &[u8], extractor: &mut Extractor, thorough: bool) -> Option<String> {
    let page = input::read_bytes(bytes.to_vec(), Path::new("page.html"), Limits::default()).ok()?;
    let article = extractor.extract(&page, Date::MAX);
    malformed(&article).map(str::to_owned).or_else(|| {
        if !thorough {
            return None;
        }
        let (explained, why) = extract::explain(&page, Date::MAX);
        if explained != article || why.blocks.iter().any(|block| block.numbers.len() != why.features.len()) {
            return Some("the explanation is of another article".to_owned());
        }
        let published = article.published.map(|dated| dated.stamp);
        let context = ArticleContext { title: &article.title, published, lang: article.lang.as_deref(), own: None };
        annotated::fault(&article.body, context)
    })
}

/// What no article may be.
fn malformed(article: &Article) -> Option<&'static str> {
    let body = &article.body;
    let lines = [Some(&article.title), article.lead.as_ref(), article.section.as_ref()];
    match () {
        () if !body.is_empty() && body.split("\n\n").any(|part| part.trim().is_empty()) => Some("an empty paragraph"),
        () if body.trim() != body => Some("white space at an end of the body"),
        () if body.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) => {
            Some("a control character in the body")
        }
        () if search::text::nfc(body) != body.as_str() => Some("the body is not NFC"),
        () if lines.into_iter().flatten().any(|line| line.contains(['\n', '\r'])) => Some("a field of two lines"),
        () if article.byline.iter().any(|name| name.trim().is_empty()) => Some("a byline without a name"),
        () => None,
    }
}
