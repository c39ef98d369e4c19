//! When it was published, and when it was changed.

use std::ops::Range;

use super::hints::Hints;
use super::linked::Linked;
use super::outline::{Outline, Part, Tag};
use super::{DateOrigin, Dated};
use crate::date::{Date, Order, Precision, Stamp, written};
use crate::text::Span;

/// Meta tags that hold the publication date, best first.
const METAS: [&str; 34] = [
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

/// What the dates of a page are read with.
pub(super) struct Context<'a> {
    pub(super) outline: &'a Outline,
    pub(super) linked: &'a Linked,
    /// Element of the headline.
    pub(super) heading: Option<usize>,
    /// Blocks from the first to after the last of the body.
    pub(super) body: Range<usize>,
    /// ISO 639-1 code.
    pub(super) lang: Option<&'a str>,
    /// No date may be later.
    pub(super) latest: Date,
    pub(super) url: Option<&'a str>,
    pub(super) order: Order,
}

impl Context<'_> {
    fn allows(&self, stamp: Stamp) -> bool {
        stamp.date() <= self.latest && stamp.date().year() >= EARLIEST
    }

    /// Reads a machine-written date.
    fn machine(&self, text: &str) -> Option<Stamp> {
        let text = text.trim();
        let stamp = Stamp::parse_iso(text).or_else(|| epoch(text)).or_else(|| self.human(text))?;
        (self.allows(stamp) && stamp.precision() >= Precision::Day).then_some(stamp)
    }

    /// Reads a date written for people.
    fn human(&self, text: &str) -> Option<Stamp> {
        self.shown(text).map(|(_, stamp)| stamp)
    }

    /// A date written for people, and where in the text it stands.
    fn shown(&self, text: &str) -> Option<(Span, Stamp)> {
        let found = written(text, self.lang, self.order)?;
        (self.allows(found.stamp) && found.stamp.precision() >= Precision::Day).then_some((found.span, found.stamp))
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

/// The publication date with the strongest evidence.
pub(super) fn find(context: &Context<'_>) -> Option<Dated> {
    let found = |stamp: Option<Stamp>, origin| stamp.map(|stamp| Dated { stamp, origin });
    let from_linked = context.linked.published.as_deref().and_then(|text| context.machine(text));
    let address = context.url.and_then(from_url).filter(|stamp| context.allows(*stamp));
    let dated = found(from_linked, DateOrigin::JsonLd)
        .or_else(|| found(first_meta(&METAS, context), DateOrigin::Meta))
        .or_else(|| found(from_items(context), DateOrigin::Time))
        .or_else(|| found(from_text(context), DateOrigin::Text))
        .or_else(|| found(address, DateOrigin::Url))?;
    Some(as_shown(context, dated, address))
}

/// The date as readers saw it, where the page or its address has another reading of the one that was declared.
///
/// A moment in Greenwich time is often on another day than the one on the page. A declared `11/01/2023` is read in the
/// order of the page's language, which its data may not have been written in.
fn as_shown(context: &Context<'_>, dated: Dated, address: Option<Stamp>) -> Dated {
    if dated.origin > DateOrigin::Time {
        return dated;
    }
    let day = dated.stamp.date();
    let is_utc = dated.stamp.offset() == Some(0);
    let next_to =
        |other: Date| day.tomorrow().is_ok_and(|next| next == other) || day.yesterday().is_ok_and(|last| last == other);
    if let Some(stamp) = address.filter(|other| is_utc && next_to(other.date())) {
        return Dated { stamp, origin: DateOrigin::Url };
    }
    let may_swap = dated.origin == DateOrigin::Meta && is_in_digits(context, dated.stamp);
    if !is_utc && !may_swap {
        return dated;
    }
    let Some(shown) = from_text(context) else { return dated };
    let other = shown.date();
    let swapped = other.year() == day.year() && other.month() == day.day() && other.day() == day.month();
    if (is_utc && next_to(other) && is_local(context, dated.stamp, shown)) || (may_swap && swapped) {
        return Dated { stamp: shown, origin: DateOrigin::Text };
    }
    dated
}

/// Whether a meta tag gives the date in digits whose order is a guess.
fn is_in_digits(context: &Context<'_>, stamp: Stamp) -> bool {
    let date = stamp.date();
    let mut values = context.outline.metas.iter().map(|meta| meta.value.trim()).filter(|value| value.len() <= 30);
    date.day() <= 12
        && date.day() != date.month()
        && values.any(|value| {
            value.contains('/') && Stamp::parse_iso(value).is_none() && context.human(value) == Some(stamp)
        })
}

/// Whether `shown`, on the day before or after, can be the moment `utc` in the zone of the readers.
///
/// With a time of day it must be whole quarters of an hour away. Without one, Europe is one to three hours ahead of
/// Greenwich, and the languages that America shares with it are also up to twelve hours behind.
fn is_local(context: &Context<'_>, utc: Stamp, shown: Stamp) -> bool {
    let clock = |stamp: Stamp| (stamp.sort_key() + i64::from(stamp.offset().unwrap_or(0)) * 60).div_euclid(60);
    let hour = clock(utc).rem_euclid(24 * 60) / 60;
    let later = shown.date() > utc.date();
    if shown.precision() > Precision::Day {
        let zone = clock(shown) - clock(utc);
        return (-12 * 60..=14 * 60).contains(&zone) && zone % 15 == 0;
    }
    match context.lang {
        // English is read in too many zones.
        Some("en") => false,
        Some("es" | "pt" | "fr") => later == (hour >= 21) && (later || hour < 12),
        Some("zh" | "ja" | "ko" | "vi" | "th" | "id" | "hi" | "bn" | "ur" | "fa" | "ar" | "ru" | "kk") => {
            later && hour >= 12
        }
        _ => later && hour >= 21,
    }
}

/// The date of the last change.
pub(super) fn find_modified(context: &Context<'_>) -> Option<Stamp> {
    let linked = context.linked.modified.as_deref().and_then(|text| context.machine(text));
    linked.or_else(|| first_meta(&MODIFIED, context)).or_else(|| modified_item(context))
}

/// `itemprop=dateModified`, else the later of two `<time>` in the line whose first is the publication, else one beside a
/// word for a change.
fn modified_item(context: &Context<'_>) -> Option<Stamp> {
    let outline = context.outline;
    let mut marked = outline.items.iter().filter(|item| item.name.contains("datemodified"));
    if let Some(stamp) = marked.find_map(|item| context.machine(&item.value)) {
        return Some(stamp);
    }
    let (first, stamp) = best_time(context)?;
    let others = times(context).filter(|(block, _, other)| *block == first && other.date() >= stamp.date());
    let latest = others.map(|(_, _, other)| other).max_by_key(Stamp::sort_key);
    let latest = latest.filter(|other| *other != stamp);
    latest.or_else(|| {
        let mut all = times(context);
        all.find(|(block, element, _)| says_changed(context, *block) && place(context, *block, *element) > 3)
            .map(|(_, _, stamp)| stamp)
    })
}

/// Whether the words of a line say that something was changed, and not that it was published.
fn says_changed(context: &Context<'_>, block: usize) -> bool {
    let Some(block) = context.outline.blocks.get(block).filter(|block| block.words <= LINE) else { return false };
    let line = context.outline.text_of(block).to_lowercase();
    CHANGED.iter().any(|word| line.contains(word)) && !PUBLISHED.iter().any(|word| line.contains(word))
}

/// The `<time datetime>` of the page: block, element and value.
fn times<'a>(context: &'a Context<'a>) -> impl Iterator<Item = (usize, u32, Stamp)> + 'a {
    let items = context.outline.items.iter().filter(|item| item.name == "time");
    items.filter_map(|item| {
        let block = context.outline.elements[item.element as usize].first as usize;
        context.machine(&item.value).map(|stamp| (block, item.element, stamp))
    })
}

fn first_meta(names: &[&str], context: &Context<'_>) -> Option<Stamp> {
    names.iter().find_map(|name| {
        let mut values = context.outline.metas.iter().filter(|meta| meta.name == *name);
        values.find_map(|meta| context.machine(&meta.value))
    })
}

/// `itemprop=datePublished`, else the `<time datetime>` nearest to the headline and the beginning of the text.
fn from_items(context: &Context<'_>) -> Option<Stamp> {
    let outline = context.outline;
    let is_published = |name: &str| name.contains("datepublished") || name == "dateissued";
    for item in outline.items.iter().filter(|item| is_published(&item.name)) {
        let element = outline.elements[item.element as usize];
        let stamp = context.machine(&item.value).or_else(|| context.human(&outline.line(&element)));
        if stamp.is_some() {
            return stamp;
        }
    }
    best_time(context).map(|(_, stamp)| stamp)
}

/// The block and value of the `<time>` with the best place; of several in one line the first.
fn best_time(context: &Context<'_>) -> Option<(usize, Stamp)> {
    let mut best: Option<(i32, usize, Stamp)> = None;
    for (block, element, stamp) in times(context) {
        let score = place(context, block, element) - i32::from(says_changed(context, block));
        if score > 0 && best.is_none_or(|(other, ..)| score > other) {
            best = Some((score, block, stamp));
        }
    }
    best.map(|(_, block, stamp)| (block, stamp))
}

/// How likely a date in this block is the article's: highest between headline and text, then right after the text;
/// 0 and less inside other stories, comments and menus.
fn place(context: &Context<'_>, block: usize, element: u32) -> i32 {
    let outline = context.outline;
    let body = &context.body;
    let heading = context.heading.map_or(body.start.saturating_sub(8), |at| outline.elements[at].first as usize);
    let above = heading.saturating_sub(4).min(body.start)..body.start + 1;
    let zone = if above.contains(&block) {
        10
    } else if (body.end..body.end + 6).contains(&block) {
        6
    } else if body.contains(&block) {
        4
    } else {
        2
    };
    let others = Hints::RELATED.with(Hints::SIDE).with(Hints::TEASER).with(Hints::COMMENT).with(Hints::NAV);
    let is_other = outline
        .is_inside(element, body.start, |part| part.hints.has(others) || matches!(part.tag, Tag::Aside | Tag::Nav));
    let in_list = outline.is_inside(element, body.start, |part| part.tag == Tag::Item);
    zone - if is_other { 9 } else { 0 } - if in_list { 3 } else { 0 }
}

/// Blocks longer than this hold text, not data of the article.
const LINE: u32 = 25;
/// Most blocks that are searched for a date.
const MOST: usize = 400;

/// The visible date with the best place; its element may be named for it, and words beside it may say what it is.
fn from_text(context: &Context<'_>) -> Option<Stamp> {
    let outline = context.outline;
    let mut best: Option<(i32, Stamp)> = None;
    let body = &context.body;
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let lines = outline.blocks.iter().enumerate().filter(|(index, block)| {
        let opens = *index == body.start || *index == body.start + 1;
        (block.words <= LINE || opens) && has_digit(outline.text_of(block))
    });
    for (index, block) in lines.take(MOST) {
        let text = outline.text_of(block);
        let Some((shown, stamp)) = context.shown(&text[..text.floor_char_boundary(160)]) else { continue };
        if block.words > LINE && !is_dateline(&text[..shown.start as usize]) {
            continue;
        }
        let lower = text.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let named = outline.ancestors(block.element).take(3).any(|at| {
            let part = outline.elements[at as usize];
            part.hints.has(Hints::DATE.with(Hints::BYLINE)) || part.tag == Tag::Time
        });
        let score = place(context, index, block.element)
            + if named { 3 } else { 0 }
            + i32::from(block.words <= 8)
            + if says(PUBLISHED) { 2 } else { 0 }
            + i32::from(stamp.precision() > Precision::Day)
            - if says(CHANGED) { 2 } else { 0 }
            - if says(LEGAL) { 20 } else { 0 };
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, stamp));
        }
    }
    best.filter(|(score, _)| *score > 0).map(|(_, stamp)| stamp).or_else(|| from_named(context))
}

/// Whether what stands before a date in running text makes it a dateline: a place or an agency, and a mark.
fn is_dateline(before: &str) -> bool {
    let before = before.trim_end();
    before.len() < 60 && !before.ends_with(char::is_alphanumeric)
}

/// The first date in a short element that is named for it, wherever it stands.
fn from_named(context: &Context<'_>) -> Option<Stamp> {
    let outline = context.outline;
    let named = |part: &&Part| part.tag == Tag::Time || part.hints.has(Hints::DATE.with(Hints::BYLINE));
    let short = outline.elements.iter().filter(named).filter(|part| part.end - part.start < 200).take(MOST);
    short.filter(|part| !part.hints.has(Hints::COMMENT)).find_map(|part| context.human(&outline.line(part)))
}

/// Words beside a publication date.
const PUBLISHED: &[&str] = &[
    "publi",
    "posted",
    "veröffentlicht",
    "erstellt",
    "erschienen",
    "datum",
    "date:",
    "pubblicato",
    "gepubliceerd",
    "geplaatst",
    "publicerad",
    "publisert",
    "julkaistu",
    "opublikowano",
    "опубликовано",
    "дата",
    "yayın",
    "dərc",
    "pressemitteilung",
    "written on",
    "created",
];
/// Words beside the date of a change.
const CHANGED: &[&str] = &[
    "updated",
    "modified",
    "edited",
    "aktualisiert",
    "geändert",
    "mis à jour",
    "actualiz",
    "aggiornat",
    "bijgewerkt",
    "uppdaterad",
    "oppdatert",
    "opdateret",
    "zaktualizowano",
    "обновлено",
    "güncelle",
    "last change",
    "stand:",
];
/// Words beside dates of something else.
const LEGAL: &[&str] = &["©", "copyright", "(c)", "all rights"];

/// `/2020/11/10/`, `/2020-11-10-` or `/20201110/` in an address.
pub(super) fn from_url(url: &str) -> Option<Stamp> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bytes = path.as_bytes();
    for start in 0..bytes.len() {
        let fresh = start == 0 || !bytes[start - 1].is_ascii_digit();
        if !fresh || !bytes[start].is_ascii_digit() {
            continue;
        }
        for width in [10, 8] {
            let Some(piece) = path.get(start..start + width) else { continue };
            let ends = bytes.get(start + width).is_none_or(|next| !next.is_ascii_digit());
            let plausible = piece.starts_with("19") || piece.starts_with("20");
            let stamp = Stamp::parse_iso(piece).filter(|stamp| stamp.precision() == Precision::Day);
            if ends && plausible && stamp.is_some() {
                return stamp;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::page;
    use crate::extract::{DateOrigin, extract};

    const TEXT: &str = "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>\
                        <p>Work is to begin in June, said the chair of the council, and will take two years at the least.</p>";

    #[track_caller]
    fn check(lang: &str, rows: &[&str]) {
        for row in rows {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let (head, line) = input.split_once(" ++ ").unwrap_or(("", input));
            let html =
                format!("<html lang={lang}><head>{head}</head><body><h1>Bridge to be rebuilt</h1>{line}{TEXT}</body>");
            let article = extract(&page(&html));
            let published = article.published.map_or("none".to_owned(), |dated| dated.stamp.to_string());
            let modified = article.modified.map_or(String::new(), |stamp| format!(" changed {stamp}"));
            assert_eq!(format!("{published}{modified}"), *expected, "{input}");
        }
    }

    #[test]
    fn dates_are_found_by_rank() {
        check(
            "en",
            &[
                "<meta name=date content=2020-11-10> ++ <p>9 November 2020</p> ==> 2020-11-10",
                "<p>Posted 9 November 2020</p> ==> 2020-11-09",
                "<p>Posted 9 November 2999</p> ==> none",
                "<p><time datetime=2020-11-09>9</time> <time datetime=2020-11-12>12</time></p> ==> \
                 2020-11-09 changed 2020-11-12",
                "<p>© 2020 Herald</p> ==> none",
            ],
        );
    }

    #[test]
    fn the_day_is_that_of_the_readers() {
        check(
            "de",
            &[
                "<meta property=article:published_time content=2020-11-09T23:00Z> ++ <p>10. November 2020</p> ==> 2020-11-10",
                "<meta property=article:published_time content=2020-11-09T10:00Z> ++ <p>10. November 2020</p> ==> \
                 2020-11-09T10:00Z",
                "<meta name=date content=11/01/2023> ++ <p>01.11.2023</p> ==> 2023-11-01",
            ],
        );
        check(
            "en",
            &[
                "<meta property=article:published_time content=2020-11-10T03:15:00Z> ++ <p>November 9, 2020 10:15 pm</p> ==> \
                 2020-11-09T22:15",
            ],
        );
    }

    #[test]
    fn origin_is_kept() {
        let html = format!("<h1>Bridge</h1><p>Posted 9 November 2020</p>{TEXT}");
        assert_eq!(extract(&page(&html)).published.map(|dated| dated.origin), Some(DateOrigin::Text));
    }
}
