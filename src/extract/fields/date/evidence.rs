//! Dates as pages declare them: which texts are dates of this page, and the meta tags that hold one.

use crate::date::{Precision, Stamp, Written, written};
use crate::extract::context::PageContext;
use crate::extract::evidence::Evidence;
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
    // Ten figures are seconds from 2001 on, thirteen are milliseconds; other lengths are numbers of articles.
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text[..10].parse().ok()?;
    let moment = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    Some(Stamp::at(moment.date(), moment.time(), Precision::Second, Some(0)))
}

/// The meta tags of these names, in the order of the names.
pub(crate) fn metas<'a>(
    names: &'static [&'static str],
    context: &PageContext<'a>,
) -> impl Iterator<Item = &'a Property> + use<'a> {
    let all = &context.outline.metas;
    names.iter().flat_map(move |name| all.iter().filter(move |meta| meta.name == *name))
}

/// The first meta tag for the day of publication that holds a date.
pub(super) fn first_meta<'a>(context: &PageContext<'a>) -> Option<(&'a Property, Stamp)> {
    metas(&METAS, context).find_map(|meta| context.machine(&meta.value).map(|stamp| (meta, stamp)))
}

/// What JSON-LD and meta tags declare as the day of the last change, strongest first, with the date as it was read.
pub(super) fn declared_changes<'a>(
    context: &'a PageContext<'_>,
) -> impl Iterator<Item = (Evidence<'a>, Option<Stamp>)> {
    let linked = Evidence::json_ld("dateModified", context.json_ld.modified.as_deref());
    let all = linked.into_iter().chain(metas(&MODIFIED, context).map(Evidence::of_meta));
    all.map(|evidence| {
        let stamp = context.machine(&evidence.text);
        (evidence, stamp)
    })
}
