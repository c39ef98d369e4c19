//! When it was published, and when it was changed.

mod evidence;
pub(crate) mod limit;
mod reconcile;
pub(crate) mod visible;

use crate::date::{Date, Precision, Stamp};
use crate::extract::article::{DateOrigin, Dated};
use crate::extract::context::PageContext;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::Property;
use evidence::{METAS, declared_change, first_meta};

/// The publication date with the strongest evidence.
pub(crate) fn find(context: &PageContext<'_>) -> Option<Dated> {
    let address = context.url.and_then(from_url).filter(|stamp| context.allows(*stamp));
    let url = || context.url.unwrap_or("");
    let linked = context.json_ld.published.as_deref();
    if let Some(stamp) = linked.and_then(|text| context.machine(text)) {
        context.trace.won("published", "json-ld datePublished", linked.unwrap_or(""));
        return Some(reconcile::revised(context, Dated { stamp, origin: DateOrigin::JsonLd }, address));
    }
    if let Some((meta, stamp)) = first_meta(&METAS, context) {
        context.trace.won("published", format_args!("meta {}", meta.name), &meta.value);
        return Some(reconcile::revised(context, Dated { stamp, origin: DateOrigin::Meta }, address));
    }
    if let Some((item, stamp)) = from_items(context) {
        context.trace.won("published", &item.name, &item.value);
        return Some(reconcile::revised(context, Dated { stamp, origin: DateOrigin::Time }, address));
    }
    if let Some(shown) = visible::best(context) {
        // Content systems write the day into the address; a day in words alone may be that of an event.
        if let Some(stamp) = address.filter(|day| shown.stamp.precision() == Precision::Day && *day != shown.stamp) {
            context.trace.won("published", "address", url());
            return Some(Dated { stamp, origin: DateOrigin::Url });
        }
        context.trace.won("published", "text", shown.line(context));
        return Some(Dated { stamp: shown.stamp, origin: DateOrigin::Text });
    }
    if let Some((stamp, line)) = visible::named(context) {
        context.trace.won("published", "text", &line);
        return Some(Dated { stamp, origin: DateOrigin::Text });
    }
    context.trace.won("published", "address", url());
    address.map(|stamp| Dated { stamp, origin: DateOrigin::Url })
}

/// What the page shows of its date beside its declarations: place and text, for an explanation.
pub(crate) fn offers(context: &PageContext<'_>) -> Vec<(&'static str, String)> {
    let shown = visible::best(context).map(|shown| ("text", shown.line(context).to_owned()));
    let address = context.url.filter(|url| from_url(url).is_some()).map(|url| ("address", url.to_owned()));
    shown.into_iter().chain(address).collect()
}

/// The date of the last change.
pub(crate) fn find_modified(context: &PageContext<'_>) -> Option<Stamp> {
    if let Some(stamp) = declared_change(context) {
        return Some(stamp);
    }
    let (origin, value, stamp) = modified_item(context)?;
    context.trace.won("modified", origin, value);
    Some(stamp)
}

/// `itemprop=dateModified`, else the later of two `<time>` in the line whose first is the publication, else one beside a
/// word for a change: name, value and date.
fn modified_item<'a>(context: &'a PageContext<'_>) -> Option<(&'a str, &'a str, Stamp)> {
    let outline = context.outline;
    let mut marked = outline.items.iter().filter(|item| item.name.contains("datemodified"));
    let of_comment =
        |item: &Property| outline.is_inside(item.element, context.body.start, |part| part.hints.has(Hints::COMMENT));
    let marked =
        marked.find_map(|item| context.machine(&item.value).filter(|_| !of_comment(item)).map(|stamp| (item, stamp)));
    if let Some((item, stamp)) = marked {
        return Some((&item.name, &item.value, stamp));
    }
    let (first, published, stamp) = best_time(context)?;
    let others = times(context).filter(|(block, item, other)| {
        *block == first && other.date() >= stamp.date() && item.value != published.value
    });
    let latest = others.max_by_key(|(.., other)| other.sort_key()).filter(|(.., other)| *other != stamp);
    let beside = || {
        times(context).find(|(block, item, _)| {
            visible::says_changed(context, *block) && visible::place(context, *block, item.element) > 3
        })
    };
    latest.or_else(beside).map(|(_, item, stamp)| ("time", item.value.as_str(), stamp))
}

/// The `<time datetime>` of the page: block, item and date.
fn times<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = (usize, &'a Property, Stamp)> + 'a {
    let items = context.outline.items.iter().filter(|item| item.name == "time");
    items.filter_map(|item| {
        let block = context.outline.elements[item.element as usize].first as usize;
        context.machine(&item.value).map(|stamp| (block, item, stamp))
    })
}

/// `itemprop=datePublished`, else the `<time datetime>` nearest to the headline and the beginning of the text.
fn from_items<'a>(context: &'a PageContext<'_>) -> Option<(&'a Property, Stamp)> {
    let outline = context.outline;
    let is_published = |name: &str| name.contains("datepublished") || name == "dateissued";
    for item in outline.items.iter().filter(|item| is_published(&item.name)) {
        let element = outline.elements[item.element as usize];
        let stamp = context.machine(&item.value).or_else(|| context.human(&outline.line(&element)));
        if let Some(stamp) = stamp {
            return Some((item, stamp));
        }
    }
    best_time(context).map(|(_, item, stamp)| (item, stamp))
}

/// The block, item and date of the `<time>` with the best place; of several in one line the first.
fn best_time<'a>(context: &'a PageContext<'_>) -> Option<(usize, &'a Property, Stamp)> {
    let mut best: Option<(i32, (usize, &Property, Stamp))> = None;
    for (block, item, stamp) in times(context) {
        let score = visible::place(context, block, item.element) - i32::from(visible::says_changed(context, block));
        if score > 0 && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, (block, item, stamp)));
        }
    }
    best.map(|(_, found)| found)
}

/// `/2020/11/10/`, `/2020/nov/10/`, `/2020-11-10-` or `/20201110/` in an address.
pub(crate) fn from_url(url: &str) -> Option<Stamp> {
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
    from_segments(path)
}

/// A year, a month in figures or in English, and a day, each a part of the path: `/2020/7/5/`, `/2020/july/05/`.
fn from_segments(path: &str) -> Option<Stamp> {
    let segments: Vec<&str> = path.split('/').collect();
    segments.windows(3).find_map(|part| {
        let number = |text: &str, width: usize| text.parse::<i16>().ok().filter(|_| text.len() <= width);
        let year = number(part[0], 4).filter(|year| (1900..2100).contains(year))?;
        let month = match number(part[1], 2) {
            Some(month) => i8::try_from(month).ok(),
            None => crate::date::names::month(part[1], Some("en")),
        };
        let day = i8::try_from(number(part[2], 2)?).ok()?;
        Date::new(year, month?, day).ok().map(Stamp::day)
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::DateOrigin;
    use crate::extract::tests::read;

    const TEXT: &str = "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>\
                        <p>Work is to begin in June, said the chair of the council, and will take two years at the least.</p>";

    #[track_caller]
    fn check(lang: &str, rows: &[&str]) {
        for row in rows {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let (head, line) = input.split_once(" ++ ").unwrap_or(("", input));
            let html =
                format!("<html lang={lang}><head>{head}</head><body><h1>Bridge to be rebuilt</h1>{line}{TEXT}</body>");
            let article = read(&html);
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
                "<meta property=article:published_time content=2020-11-10> ++ <p>9 November 2020</p> ==> 2020-11-10",
                "<meta property=article:published_time content=2020-11-10T22:06:08:684Z> ++ <p>a</p> ==> 2020-11-10",
                "<link rel=canonical href=https://herald.example.com/2020/november/9/bridge> ++ <p>a</p> ==> 2020-11-09",
                "<link rel=canonical href=https://herald.example.com/2020/11/9/bridge> ++ <p>8 November 2020</p> ==> 2020-11-09",
                "<link rel=canonical href=https://herald.example.com/2020/11/9/bridge> ++ <p>8 November 2020, 9:15</p> ==> \
                 2020-11-08T09:15",
                "<p>Posted 9 November 2020</p> ==> 2020-11-09",
                "<p>Posted 9 November 2999</p> ==> none",
                "<p><time datetime=2020-11-09>9</time> <time datetime=2020-11-12>12</time></p> ==> \
                 2020-11-09 changed 2020-11-12",
                "<p>© 2020 Herald</p> ==> none",
            ],
        );
    }

    #[test]
    fn doubtful_declarations_give_way_to_what_is_shown() {
        const PUBLISHED: &str = "<meta property=article:published_time content=";
        const CHANGED: &str = "<meta property=article:modified_time content=";
        let rows = [
            // A tag that does not say what it dates.
            "<meta name=date content=2020-11-10> ++ <p>9 November 2020</p> ==> 2020-11-09".to_owned(),
            "<meta name=date content=2020-11-10> ++ <p>12 November 2020</p> ==> 2020-11-10".to_owned(),
            "<meta name=date content=2020-11-10> ++ <p>The flood of 9 November 2020 had closed the bridge to the people of the \
             whole town, said the chair.</p> ==> 2020-11-10"
                .to_owned(),
            // Published after it was changed.
            format!("{PUBLISHED}2020-11-10>{CHANGED}2020-11-08> ++ <p>9 May 2019</p> ==> 2019-05-09 changed 2020-11-08"),
            format!(
                "{PUBLISHED}2020-11-10>{CHANGED}2020-11-08> ++ <p>9 May 2019</p><p>10 November 2020</p> ==> 2020-11-10 changed \
                 2020-11-08"
            ),
            format!("{PUBLISHED}2020-11-10>{CHANGED}2020-11-12> ++ <p>9 May 2019</p> ==> 2020-11-10 changed 2020-11-12"),
            // Two that agree on the minute against JSON-LD.
            format!(
                "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-11-03T10:25Z\"}}</script>\
                 {PUBLISHED}2020-11-06T14:25Z> ++ <p>6 November 2020, 15:25</p> ==> 2020-11-06T14:25Z"
            ),
            format!(
                "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-11-03T10:25Z\"}}</script>\
                 {PUBLISHED}2020-11-06T14:25Z> ++ <p>6 November 2020, 15:31</p> ==> 2020-11-03T10:25Z"
            ),
        ];
        check("en", &rows.each_ref().map(String::as_str));
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
        assert_eq!(read(&html).published.map(|dated| dated.origin), Some(DateOrigin::Text));
    }
}
