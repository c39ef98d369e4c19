//! When it was published, and when it was changed.

mod evidence;
pub(crate) mod limit;
mod reconcile;
pub(crate) mod visible;

use std::iter::once_with;

use crate::date::{Date, Precision, Stamp};
use crate::extract::article::{DateOrigin, Dated};
use crate::extract::context::PageContext;
use crate::extract::evidence::Evidence;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::Property;
use evidence::{METAS, declared_changes, metas};

/// A date that the page offers.
struct DateEvidence<'a> {
    evidence: Evidence<'a>,
    origin: DateOrigin,
    /// As it was read; `None` where the text is no date or none that the page can have.
    stamp: Option<Stamp>,
    /// The day in the address is believed against it. Content systems write the day into the address, while a day in words
    /// alone may be that of an event.
    yields_to_address: bool,
}

impl<'a> DateEvidence<'a> {
    fn new(evidence: Evidence<'a>, origin: DateOrigin, stamp: Option<Stamp>) -> DateEvidence<'a> {
        DateEvidence { evidence, origin, stamp, yields_to_address: false }
    }
}

/// What the page offers for the day of its publication, strongest first. Each piece is read when it is asked for.
fn publications<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = DateEvidence<'a>> {
    let machine = move |evidence: Evidence<'a>, origin: DateOrigin| {
        let stamp = context.machine(&evidence.text);
        DateEvidence::new(evidence, origin, stamp)
    };
    let linked = Evidence::json_ld("datePublished", context.json_ld.published.as_deref());
    let linked = linked.into_iter().map(move |evidence| machine(evidence, DateOrigin::JsonLd));
    let metas = metas(&METAS, context).map(move |meta| machine(Evidence::of_meta(meta), DateOrigin::Meta));
    let times = once_with(move || {
        let (_, item, stamp) = best_time(context)?;
        Some(DateEvidence::new(of_item(item), DateOrigin::Time, Some(stamp)))
    });
    let line = once_with(move || {
        let shown = visible::best(context)?;
        let evidence = Evidence::named("text", shown.line(context));
        let yields_to_address = shown.stamp.precision() == Precision::Day;
        Some(DateEvidence { yields_to_address, ..DateEvidence::new(evidence, DateOrigin::Text, Some(shown.stamp)) })
    });
    let named = once_with(move || {
        let (stamp, line) = visible::named(context)?;
        Some(DateEvidence::new(Evidence::named("text", line), DateOrigin::Text, Some(stamp)))
    });
    let address = once_with(move || {
        let url = context.url.filter(|url| from_url(url).is_some())?;
        Some(DateEvidence::new(Evidence::named("address", url), DateOrigin::Url, day_of_address(context)))
    });
    let month = once_with(move || {
        let url = context.url.filter(|url| month_of_url(url).is_some())?;
        let stamp = month_of_url(url).filter(|stamp| context.allows(*stamp));
        Some(DateEvidence::new(Evidence::named("address", url), DateOrigin::Url, stamp))
    });
    let last = times.chain(line).chain(named).chain(address).chain(month).flatten();
    linked.chain(metas).chain(published_items(context)).chain(last)
}

/// `itemprop=datePublished` and its likes.
fn published_items<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = DateEvidence<'a>> {
    let outline = context.outline;
    let is_published = |item: &&Property| item.name.contains("datepublished") || item.name == "dateissued";
    outline.items.iter().filter(is_published).map(move |item| {
        let line = || outline.line(&outline.elements[item.element as usize]);
        let stamp = context.machine(&item.value).or_else(|| context.human(&line()));
        DateEvidence::new(of_item(item), DateOrigin::Time, stamp)
    })
}

fn of_item(item: &Property) -> Evidence<'_> {
    Evidence::named(&item.name, &*item.value)
}

/// The day in the address, where the page can have it.
fn day_of_address(context: &PageContext<'_>) -> Option<Stamp> {
    context.url.and_then(from_url).filter(|stamp| context.allows(*stamp))
}

/// What the page offers for the day of its publication, strongest first, for an explanation.
pub(crate) fn candidates<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = Evidence<'a>> {
    publications(context).map(|offered| offered.evidence)
}

/// The publication date: that of the strongest evidence that holds one, unless the page itself shows that it is another.
pub(crate) fn find(context: &PageContext<'_>) -> Option<Dated> {
    let (found, stamp) = publications(context).find_map(|offered| offered.stamp.map(|stamp| (offered, stamp)))?;
    context.trace.won("published", found.evidence.origin, &found.evidence.text);
    let dated = Dated { stamp, origin: found.origin };
    // What a page declares for programs is its own day also where it was published elsewhere before.
    let first = (found.origin > DateOrigin::Meta).then(|| visible::first_published(context)).flatten();
    if let Some((line, stamp)) = first.filter(|(_, first)| first.date() < stamp.date()) {
        context.trace.won("published", "text", line);
        return Some(Dated { stamp, origin: DateOrigin::Text });
    }
    match found.origin {
        DateOrigin::JsonLd | DateOrigin::Meta | DateOrigin::Time => {
            Some(reconcile::revised(context, dated, day_of_address(context)))
        }
        DateOrigin::Text | DateOrigin::Url => {
            let rival = day_of_address(context).filter(|day| found.yields_to_address && *day != stamp);
            let Some(stamp) = rival else { return Some(dated) };
            context.trace.won("published", "address", context.url.unwrap_or(""));
            Some(Dated { stamp, origin: DateOrigin::Url })
        }
    }
}

/// What the page offers for the day of its last change, strongest first: declared ones, then `itemprop=dateModified`, else a
/// `<time>` beside that of the publication or beside a word for a change, else a line that says so.
pub(crate) fn changes<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = (Evidence<'a>, Option<Stamp>)> {
    let items = context.outline.items.iter().filter(|item| item.name.contains("datemodified"));
    let of_comment = move |item: &Property| {
        context.outline.is_inside(item.element, context.body.start, |part| part.hints.has(Hints::COMMENT))
    };
    let items = items.map(move |item| (of_item(item), context.machine(&item.value).filter(|_| !of_comment(item))));
    let time = once_with(move || {
        let (item, stamp) = time_of_change(context)?;
        Some((Evidence::named("time", &*item.value), Some(stamp)))
    });
    let line = once_with(move || {
        let (line, stamp) = visible::change(context)?;
        Some((Evidence::named("text", line), Some(stamp)))
    });
    declared_changes(context).chain(items).chain(time.flatten()).chain(line.flatten())
}

/// The date of the last change.
pub(crate) fn find_modified(context: &PageContext<'_>) -> Option<Stamp> {
    let (evidence, stamp) = changes(context).find_map(|(evidence, stamp)| Some((evidence, stamp?)))?;
    context.trace.won("modified", evidence.origin, &evidence.text);
    Some(stamp)
}

/// The later of two `<time>` in the line whose first is the publication, else one beside a word for a change.
fn time_of_change<'a>(context: &'a PageContext<'_>) -> Option<(&'a Property, Stamp)> {
    let (first, published, stamp) = best_time(context)?;
    let others = times(context).filter(|(block, item, other)| {
        *block == first && other.date() >= stamp.date() && item.value != published.value
    });
    let latest = others.max_by_key(|(.., other)| other.sort_key()).filter(|(.., other)| *other != stamp);
    let beside = || {
        times(context).find(|(block, item, _)| {
            // Between headline and text, right after it or in it: above 3 no other story is.
            is_of_change(context, *block, item) && visible::place(context, *block, item.element) > 3
        })
    };
    latest.or_else(beside).map(|(_, item, stamp)| (item, stamp))
}

/// The `<time datetime>` of the page: block, item and date.
fn times<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = (usize, &'a Property, Stamp)> + 'a {
    let outline = context.outline;
    let items = outline.items.iter().enumerate().filter(|(_, item)| item.name == "time");
    // What an element says of itself stands before its time.
    let says_changed = move |at: usize, item: &Property| {
        let own = at.checked_sub(1).map(|before| &outline.items[before]).filter(|other| other.element == item.element);
        own.is_some_and(|other| other.name.contains("datemodified"))
    };
    items.filter(move |(at, item)| !says_changed(*at, item)).filter_map(|(_, item)| {
        let block = context.outline.elements[item.element as usize].first as usize;
        time(context, item).map(|stamp| (block, item, stamp))
    })
}

/// The date of a `<time>`. Where the attribute is written in figures whose order is a guess, its text may have the month in words.
fn time(context: &PageContext<'_>, item: &Property) -> Option<Stamp> {
    let stamp = context.machine(&item.value)?;
    if item.value.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some(stamp);
    }
    let outline = context.outline;
    let line = outline.line(&outline.elements[item.element as usize]);
    let shown = context.shown(&line).filter(|shown| !shown.assumed).map(|shown| shown.stamp);
    Some(shown.filter(|shown| reconcile::is_swapped(stamp.date(), shown.date())).unwrap_or(stamp))
}

/// Whether the words beside a `<time>` say that it is that of a change.
fn is_of_change(context: &PageContext<'_>, block: usize, item: &Property) -> bool {
    match visible::label_of(context, item.element).trim() {
        "" => visible::says_changed(context, block),
        label => visible::is_of_change(label),
    }
}

/// The block, item and date of the `<time>` with the best place; of several in one line the first that is no change.
fn best_time<'a>(context: &'a PageContext<'_>) -> Option<(usize, &'a Property, Stamp)> {
    let mut best: Option<(i32, (usize, &Property, Stamp))> = None;
    for (block, item, stamp) in times(context) {
        let score = visible::place(context, block, item.element) - i32::from(is_of_change(context, block, item));
        // The first of several in one line is the publication, the second the change.
        if score > 0 && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, (block, item, stamp)));
        }
    }
    best.map(|(_, found)| found)
}

/// `/2020/11/10/`, `/2020/nov/10/`, `/2020-11-10-` or `/20201110/` in an address.
fn from_url(url: &str) -> Option<Stamp> {
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
            // Eight figures are as often the number of an article.
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
        // Paths of three numbers are also versions and pages.
        let year = number(part[0], 4).filter(|year| (1900..2100).contains(year))?;
        let month = match number(part[1], 2) {
            Some(month) => i8::try_from(month).ok(),
            None => crate::date::names::month(part[1], Some("en")),
        };
        let day = i8::try_from(number(part[2], 2)?).ok()?;
        Date::new(year, month?, day).ok().map(Stamp::day)
    })
}

/// A year and a month, each a part of the path, before the name of the article: `/2020/11/bridge/`.
fn month_of_url(url: &str) -> Option<Stamp> {
    let (_, path) = url.split_once("://")?;
    let segments: Vec<&str> = path.split(['?', '#']).next()?.split('/').collect();
    segments.windows(3).find_map(|part| {
        let year = part[0].parse::<i16>().ok().filter(|year| part[0].len() == 4 && (1990..2100).contains(year))?;
        let month = match part[1].parse::<i8>() {
            Ok(month) => (part[1].len() == 2).then_some(month)?,
            Err(_) => crate::date::names::month(part[1], Some("en"))?,
        };
        // A number behind them is no name but a page or a day.
        part[2].contains(char::is_alphabetic).then(|| Stamp::month(year, month)).flatten()
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
                "<p><time datetime=03-11-2024>November 03, 2024</time></p> ==> 2024-11-03",
                "<p><time itemprop=dateModified datetime=2021-03-09>02/03/2021 22:57 | Actualizado a 09/03/2021</time></p> ==> \
                 2021-03-02T22:57 changed 2021-03-09",
                "<p>Last updated <time datetime=2021-03-09>9 March</time>. First published <time datetime=2021-03-02>2 March</time></p> ==> \
                 2021-03-02 changed 2021-03-09",
                "<p>Updated: March 5, 2021 Published: March 2, 2021</p> ==> 2021-03-02 changed 2021-03-05",
                "<p>Stand: 09.03.2021 10:00 Uhr, veröffentlicht am 02.03.2021</p> ==> 2021-03-02 changed 2021-03-09T10:00",
                "<p>Mis à jour le 3 mars 2021, publié le 1er février 2021</p> ==> 2021-02-01 changed 2021-03-03",
                "<p>Обновлено: 9 марта 2021, опубликовано: 2 марта 2021</p> ==> 2021-03-02 changed 2021-03-09",
                "<p>2 Nov 2020</p><p>This story was originally published on 14 Mar 2018.</p> ==> 2018-03-14",
                "<p>2. November 2020</p><p>Dieser Text ist zuerst erschienen am 14. März 2018.</p> ==> 2018-03-14",
                "<figure><figcaption>Soldiers at the mill, June 17, 2020</figcaption></figure><p>Soldiers at the mill, June 17, 2020</p> ==> none",
                "<link rel=canonical href=https://herald.example.com/2015/11/bridge-to-be-rebuilt/> ++ <p>a</p> ==> 2015-11",
                "<link rel=canonical href=https://herald.example.com/2015/nov/bridge/> ++ <p>a</p> ==> 2015-11",
                "<link rel=canonical href=https://herald.example.com/2015/13/bridge/> ++ <p>a</p> ==> none",
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

    #[test]
    fn days_in_addresses() {
        for (url, expected) in [
            ("https://herald.example.com/2020/11/10/bridge", "2020-11-10"),
            ("https://herald.example.com/2020-11-10-bridge.html", "2020-11-10"),
            ("https://herald.example.com/news/20201110/bridge", "2020-11-10"),
            ("https://herald.example.com/2020/7/5/bridge", "2020-07-05"),
            ("https://herald.example.com/2020/jul/05/bridge", "2020-07-05"),
            ("https://herald.example.com/2020/july/5", "2020-07-05"),
            // A month, a number of an article, a day that there is not.
            ("https://herald.example.com/2020/11/bridge", "none"),
            ("https://herald.example.com/120201110/bridge", "none"),
            ("https://herald.example.com/202011101/bridge", "none"),
            ("https://herald.example.com/2020/13/40/bridge", "none"),
            ("https://herald.example.com/18891110/bridge", "none"),
            ("", "none"),
        ] {
            assert_eq!(super::from_url(url).map_or("none".to_owned(), |stamp| stamp.to_string()), expected, "{url}");
        }
    }

    #[test]
    fn declared_dates_have_many_forms() {
        let meta = |value: &str| format!("<meta name=pubdate content='{value}'> ++ <p>a</p>");
        for (value, expected) in [
            ("2020-11-10", "2020-11-10"),
            ("2020-11-10T08:15:00+04:00", "2020-11-10T08:15:00+04:00"),
            ("1604996100", "2020-11-10T08:15:00Z"),
            ("1604996100000", "2020-11-10T08:15:00Z"),
            ("Tue, 10 Nov 2020 08:15", "2020-11-10T08:15"),
            ("November 10, 2020", "2020-11-10"),
            // No day, too early for the web, no date.
            ("2020-11", "none"),
            ("1970-01-01", "none"),
            ("0", "none"),
            ("soon", "none"),
        ] {
            check("en", &[&format!("{} ==> {expected}", meta(value))]);
        }
    }

    #[test]
    fn declarations_are_believed_in_order() {
        let linked =
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-11-09\"}</script>";
        let item = "<p><span itemprop=datePublished content=2020-11-11>a</span></p>";
        let time = "<p><time datetime=2020-11-12>a</time></p>";
        let rows = [
            format!("{linked}<meta name=pubdate content=2020-11-10> ++ {item}{time} ==> 2020-11-09"),
            format!("<meta name=pubdate content=2020-11-10> ++ {item}{time} ==> 2020-11-10"),
            // Of two tags the one that says more of what it is.
            "<meta name=date content=2020-11-08><meta property=article:published_time content=2020-11-10> ++ <p>a</p> ==> 2020-11-10"
                .to_owned(),
            format!("{item}{time} ==> 2020-11-11"),
            format!("{time} ==> 2020-11-12"),
            "<p><span itemprop=datePublished>11 November 2020</span></p> ==> 2020-11-11".to_owned(),
        ];
        for row in rows {
            check("en", &[&row]);
        }
    }

    #[test]
    fn changes_are_found_by_rank() {
        check(
            "en",
            &[
                "<meta property=og:updated_time content=2020-11-13><meta name=pubdate content=2020-11-10> ++ <p>a</p> ==> \
                 2020-11-10 changed 2020-11-13",
                "<meta name=pubdate content=2020-11-10> ++ <p itemprop=dateModified content=2020-11-12>a</p> ==> 2020-11-10 changed 2020-11-12",
                "<p><time datetime=2020-11-09>9</time></p><p>Updated <time datetime=2020-11-12>12</time></p> ==> \
                 2020-11-09 changed 2020-11-12",
                // Another story's, and one that is no later.
                "<p><time datetime=2020-11-09>9</time></p><div class=related>Updated <time datetime=2020-11-12>12</time></div> ==> 2020-11-09",
                "<p><time datetime=2020-11-09>9</time> <time datetime=2020-11-09>again</time></p> ==> 2020-11-09",
            ],
        );
    }
}
