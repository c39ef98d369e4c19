//! Dates as pages declare them: which texts are dates of this page, and the meta tags that hold one.

use crate::date::{Precision, Stamp, Written, written};
use crate::extract::context::PageContext;
use crate::extract::html::outline::Property;

/// Meta tags that hold the publication date, best first.
pub(crate) const METAS: [&str; 39] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "og:published_time",
    "article:published",
    "article_date_original",
    "originalpublicationdate",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "date.issued",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "displaydate",
    "article.created",
    "published_at",
    "published-date",
    "publication_date",
    "article:post_date",
    "citation_publication_date",
    "citation_date",
    "bt:pubdate",
    "datecreated",
    "published",
    "date_published",
    "release_date",
    "article_publication_date",
    "published_time",
    "date",
];
/// Meta tags that hold the date of the last change.
const MODIFIED: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:updated_time",
    "dc.date.modified",
    "dcterms.modified",
    "last-modified",
    "article.updated",
    "lastmod",
];
/// News in HTML begins about here; an earlier date is a template's default.
const EARLIEST: i16 = 1990;

impl PageContext<'_> {
    pub(crate) fn allows(&self, stamp: Stamp) -> bool {
        stamp.date().year() >= EARLIEST && self.limit.allows(stamp.date())
    }

    /// Reads a machine-written date.
    pub(crate) fn machine(&self, text: &str) -> Option<Stamp> {
        let text = text.trim();
        // `2022-01-10T22:06:08:684Z`: a time that cannot be read takes nothing from the day before it.
        let day = || text.get(..10).filter(|_| text[10..].starts_with(['T', ' '])).and_then(Stamp::parse_iso);
        let stamp = Stamp::parse_iso(text).or_else(|| epoch(text)).or_else(day).or_else(|| self.human(text))?;
        (stamp.precision() >= Precision::Day && self.allows(stamp)).then_some(stamp)
    }

    /// Reads a date written for people.
    pub(crate) fn human(&self, text: &str) -> Option<Stamp> {
        self.shown(text).map(|found| found.stamp)
    }

    /// A date written for people, and where in the text it stands.
    pub(crate) fn shown(&self, text: &str) -> Option<Written> {
        let found = written(text, self.lang, self.order)?;
        (found.stamp.precision() >= Precision::Day && self.allows(found.stamp)).then_some(found)
    }
}

/// Seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Stamp> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text[..10].parse().ok()?;
    let moment = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    Some(Stamp::at(moment.date(), moment.time(), Precision::Second, Some(0)))
}

/// The date of the last change that JSON-LD or a meta tag declares.
pub(crate) fn declared_change(context: &PageContext<'_>) -> Option<Stamp> {
    let linked = context.json_ld.modified.as_deref();
    if let Some(stamp) = linked.and_then(|text| context.machine(text)) {
        context.trace.won("modified", "json-ld dateModified", linked.unwrap_or(""));
        return Some(stamp);
    }
    let (meta, stamp) = first_meta(&MODIFIED, context)?;
    context.trace.won("modified", format_args!("meta {}", meta.name), &meta.value);
    Some(stamp)
}

/// The first meta tag of these names, in their order, that holds a date.
pub(crate) fn first_meta<'a>(names: &[&str], context: &PageContext<'a>) -> Option<(&'a Property, Stamp)> {
    names.iter().find_map(|name| {
        let mut metas = context.outline.metas.iter().filter(|meta| meta.name == *name);
        metas.find_map(|meta| context.machine(&meta.value).map(|stamp| (meta, stamp)))
    })
}
