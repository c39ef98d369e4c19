//! What a reference says of an article, whichever list it comes from.

use crate::api::{ExportRow, Hit, Snippet};

/// What a reference says of one article.
#[derive(Clone, Copy, Debug)]
pub struct Referred<'a> {
    pub(super) id: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) byline: &'a [String],
    pub(super) site: Option<&'a str>,
    pub(super) date: Option<&'a str>,
    pub(super) captured: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) section: Option<&'a str>,
    pub(super) lang: Option<&'a str>,
    pub(super) text_sha256: &'a str,
    pub(super) passages: &'a [Snippet],
}

impl<'a> From<&'a Hit> for Referred<'a> {
    fn from(hit: &'a Hit) -> Referred<'a> {
        Referred {
            id: &hit.id,
            title: hit.title.as_deref(),
            byline: &hit.byline,
            site: hit.site.as_deref(),
            date: hit.date.as_deref(),
            captured: hit.captured.as_deref(),
            url: hit.url.as_deref(),
            section: None,
            lang: hit.lang.as_deref(),
            text_sha256: &hit.text_sha256,
            passages: &hit.snippets,
        }
    }
}

impl<'a> From<&'a ExportRow> for Referred<'a> {
    fn from(row: &'a ExportRow) -> Referred<'a> {
        Referred {
            id: &row.id,
            title: row.title.as_deref(),
            byline: &row.byline,
            site: row.site.as_deref(),
            date: row.date.as_deref(),
            captured: row.captured.as_deref(),
            url: row.url.as_deref(),
            section: row.section.as_deref(),
            lang: row.lang.as_deref(),
            text_sha256: &row.text_sha256,
            passages: &[],
        }
    }
}
