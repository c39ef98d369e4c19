//! What the kind of a page is judged by, and the form of the numbers that are made of it.

use crate::extract::article::Dated;
use crate::extract::body::clean::Verdict;
use crate::extract::context::PageContext;
use crate::extract::json_ld::JsonLd;

/// What is known of a page when its kind is asked for: everything else.
pub(crate) struct KindContext<'a> {
    pub(crate) page: &'a PageContext<'a>,
    pub(crate) verdicts: &'a [Verdict],
    /// Text of the article.
    pub(crate) body: &'a str,
    pub(crate) published: Option<Dated>,
    pub(crate) has_author: bool,
    /// The page as it was parsed.
    pub(crate) html: &'a str,
}

/// Name and value of each feature, always the same names in the same order.
///
/// Yes is 1 and no is 0; counts are `ln(1 + n)`, shares are of 1, rates are per hundred words.
pub(crate) type FeatureValues = Vec<(&'static str, f32)>;

pub(crate) fn yes(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

pub(crate) fn log(count: usize) -> f32 {
    (1.0 + count as f32).ln()
}

/// Whether JSON-LD says that the page is an article.
pub(super) fn calls_itself_article(json_ld: &JsonLd) -> bool {
    let is_type =
        |name: &String| matches!(name.as_str(), "article" | "blogposting" | "report") || name.ends_with("newsarticle");
    json_ld.is_article && json_ld.types.iter().any(is_type)
}
