//! Whole pages, and what the tests of all rooms share.

use super::*;
use proptest::prelude::*;

/// The day on which the pages of tests are read.
pub(crate) const TODAY: Date = Date::constant(2026, 11, 1);

/// The article of a page of HTML that was fetched at no known time from no known address.
pub(crate) fn read(html: &str) -> Article {
    extract(&page(html), TODAY)
}

/// A page of HTML with nothing known of where it comes from.
pub(crate) fn page(text: &str) -> Page {
    Page {
        format: Format::Html,
        text: text.to_owned(),
        url: None,
        folder: None,
        captured: None,
        encoding: "UTF-8",
        sha256: String::new(),
        notes: Vec::new(),
    }
}

const FIRST: &str = "The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the \
                     flood of last spring.";
const SECOND: &str = "Work is to begin in June, said Anna Holm, who chairs the council, and will take two years at the \
                      least.";

#[test]
fn a_modern_page() {
    let html = format!(
        r#"<html lang="en"><head><title>Bridge to be rebuilt - The Ostmark Herald</title>
        <meta property="og:title" content="Bridge to be rebuilt"><meta property="og:site_name" content="The Ostmark Herald">
        <link rel="canonical" href="https://www.herald.example.com/2020/11/bridge-to-be-rebuilt?utm_source=x">
        <script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Bridge to be rebuilt",
        "datePublished": "2020-11-10T08:15:00+04:00", "author": {{"@type": "Person", "name": "Jo Berg"}},}}]}}</script>
        </head><body><nav><ul><li><a href="/a">Home</a><li><a href="/b">News</a></ul></nav>
        <article><h1>Bridge to be rebuilt</h1><p class="byline">By Jo Berg</p><div class="article-body">
        <p>{FIRST}</p><div class="share-bar">Share this on every network that you can think of, please.</div>
        <h2>What comes next</h2><p>{SECOND}</p><ul><li>First, the piers are to be mended.</li><li>Then comes the deck.</li></ul>
        <p>Read more: <a href="/c">Flood of the century</a></p></div></article>
        <footer>© The Ostmark Herald</footer></body></html>"#
    );
    let article = read(&html);
    assert_eq!(article.title, "Bridge to be rebuilt");
    assert_eq!(article.byline, ["Jo Berg"]);
    let published = article.published.expect("a date");
    assert_eq!(
        (published.stamp.to_string().as_str(), published.origin),
        ("2020-11-10T08:15:00+04:00", DateOrigin::JsonLd)
    );
    assert_eq!(article.identity.as_deref(), Some("https://herald.example.com/2020/11/bridge-to-be-rebuilt"));
    assert_eq!(article.site.as_deref(), Some("herald.example.com"));
    assert_eq!(article.kind, Kind::Article);
    let expected =
        format!("{FIRST}\n\nWhat comes next\n\n{SECOND}\n\nFirst, the piers are to be mended.\n\nThen comes the deck.");
    assert_eq!(article.body, expected);
}

#[test]
fn an_old_page_of_tables_and_breaks() {
    let html = format!(
        "<table><tr><td><a href=1>News</a><br><a href=2>Sport</a></td><td><font size=5>Bridge to be rebuilt</font><br><br>\
         10 November 2020<br><br>{FIRST}<br><br>{SECOND}</td></tr></table>"
    );
    let article = read(&html);
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
    let published = article.published.expect("a date");
    assert_eq!((published.stamp.to_string().as_str(), published.origin), ("2020-11-10", DateOrigin::Text));
}

#[test]
fn plain_text_begins_with_its_title() {
    let article = extract(&Page { format: Format::Text, ..page("A title\n\nOne\nparagraph.\n\n\n\nTwo.\n") }, TODAY);
    assert_eq!((article.title.as_str(), article.body.as_str()), ("A title", "One paragraph.\n\nTwo."));
}

#[test]
fn hostile_pages_end() {
    for html in [
        String::new(),
        "<div>".repeat(100_000),
        format!("<p>{}", "word ".repeat(160_000)),
        "<b><a href=x><p>".repeat(20_000),
        "<svg>".repeat(20_000),
        "<table><tr><td>".repeat(10_000),
        "<ul><li>".repeat(10_000),
        // An element begins in what is trimmed off.
        "<pre>\u{cc}<br><br><a rel=author".to_owned(),
        // One word, cut into many.
        format!("<p>{}", "x".repeat(500_000)),
    ] {
        let article = read(&html);
        assert!(article.body.len() <= html.len() + 100);
    }
}

proptest! {
    #[test]
    fn any_page_gives_a_body_of_paragraphs(
        html in "(<(/?(p|pre|div|td|tr|table|li|h1|a|br|time|meta|article)|/?[a-z!]{1,3})( class=(byline|date|body)| rel=author)?>|[A-Za-z0-9 .&;\u{301}\u{5d0}\n]{1,12}){0,60}"
    ) {
        let article = read(&html);
        prop_assert_eq!(crate::text::nfc(&article.body), article.body.as_str());
        prop_assert!(article.body.is_empty() || article.body.split("\n\n").all(|part| !part.trim().is_empty()));
    }
}

/// The dates of a page with `line`, fetched on `captured`, as it is read on `today`: published, and when it is due again.
#[track_caller]
fn check_ahead(page: Page, captured: &str, today: &str, expected: &str) {
    let page = Page { captured: captured.parse().ok().map(crate::date::Stamp::day), ..page };
    let article = extract(&page, today.parse().expect("a day"));
    let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
    let found = format!("{} {}", day(article.published.map(|dated| dated.stamp.date())), day(article.dated_ahead));
    assert_eq!(found, expected, "captured {captured}, read on {today}");
}

#[test]
fn a_date_that_lies_ahead_is_taken_when_its_day_has_come() {
    let html = format!("<h1>Bridge to be rebuilt</h1><p>Posted 12 November 2020</p><p>{FIRST}</p><p>{SECOND}</p>");
    let text = format!("Bridge to be rebuilt\n12 November 2020\n\n{FIRST}\n\n{SECOND}\n");
    for page in [page(&html), Page { format: Format::Text, ..page(&text) }] {
        // Zones are a day ahead of Greenwich at most, so the day before is soon enough.
        for row in [
            " 2020-11-10 ==> - 2020-11-11",
            " 2020-11-11 ==> 2020-11-12 -",
            " 2021-05-01 ==> 2020-11-12 -",
            "2020-11-30 2020-11-10 ==> - 2020-11-11",
            // It was not published when it was fetched, so it is the date of something else for ever.
            "2020-11-05 2020-11-10 ==> - -",
            "2020-11-05 2021-05-01 ==> - -",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let (captured, today) = input.split_once(' ').expect("two days");
            check_ahead(page.clone(), captured, today, expected);
        }
    }
}

#[test]
fn a_change_that_lies_ahead_is_waited_for_too() {
    let html = format!(
        "<meta property=article:modified_time content=2020-11-20><meta property=article:published_time content=2020-11-09>\
         <h1>Bridge to be rebuilt</h1><p>{FIRST}</p><p>{SECOND}</p>"
    );
    check_ahead(page(&html), "", "2020-11-10", "2020-11-09 2020-11-19");
    check_ahead(page(&html), "", "2020-11-19", "2020-11-09 -");
}
