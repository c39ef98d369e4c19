//! From a decoded page to the article in it. The only user of the HTML parser.
//!
//! One pass over the text takes out what no rule reads (`strip`), one parse and one walk make flat lists of
//! elements and blocks (`outline`), and every field is found in these lists. README.md beside this file says what
//! is optimised and why each rule is there.

mod article;
mod block_model;
mod body;
mod explain;
mod fields;
mod html;
mod json_ld;
mod kind;
mod plain_text;

pub use article::{Article, DateOrigin, Dated, Kind};
pub use explain::{BlockReport, Candidate, Explanation, FieldReport};

use crate::date::Order;
use crate::input::{Format, Page};
use crate::{lang, text};
use block_model::{classifier, features};
use body::{choose, clean};
use explain::Trace;
use fields::{address, byline, correction, date, tags, title};
use html::class_hints::HintReader;
use html::outline::Outline;
use html::strip;

/// Names the rules of today: a change that gives another article for the same page raises it, and the next run of
/// `search index` reads every page again.
pub const VERSION: &str = "2";

/// Takes articles out of many pages: what it learned of the names in the markup of one serves the next, for pages of one
/// site share them. What it gives does not depend on the pages before.
#[derive(Debug, Default)]
pub struct Extractor {
    hints: HintReader,
}

impl Extractor {
    /// Takes the article out of `page`. Never fails: a page without an article gives an empty body, a kind and notes.
    pub fn extract(&mut self, page: &Page) -> Article {
        match page.format {
            Format::Html => from_html(page, &mut self.hints, None).0,
            Format::Text => plain_text::read(page),
        }
    }
}

/// Takes the article out of one page, as [`Extractor::extract`] does.
pub fn extract(page: &Page) -> Article {
    Extractor::default().extract(page)
}

/// As [`extract`], with the reasons. Plain text has none: all of it is the article.
pub fn explain(page: &Page) -> (Article, Explanation) {
    let mut explanation = Explanation::default();
    let article = match page.format {
        Format::Html => from_html(page, &mut HintReader::default(), Some(&mut explanation)).0,
        Format::Text => plain_text::read(page),
    };
    (article, explanation)
}

/// The signs by which the kind of a page is told, by name: what the table of weights is fitted on. A page of plain text
/// has none.
pub fn signs(page: &Page) -> Vec<(&'static str, f32)> {
    match page.format {
        Format::Html => from_html(page, &mut HintReader::default(), None).1,
        Format::Text => Vec::new(),
    }
}

fn from_html(
    page: &Page,
    hints: &mut HintReader,
    mut explanation: Option<&mut Explanation>,
) -> (Article, kind::features::Signs) {
    let trace = if explanation.is_some() { Trace::kept() } else { Trace::default() };
    let stripped = strip::strip(&page.text);
    let outline = Outline::read(&stripped.html, hints);
    let named = format!("{} {}", outline.meta("og:title").unwrap_or(""), outline.title);
    let linked = json_ld::read(&stripped.json_ld, &named);
    let address = address::decide(address::Addresses {
        fetched: page.url.as_deref(),
        canonical: outline.canonical.as_deref(),
        og: outline.meta("og:url"),
        linked: linked.url.as_deref(),
    });
    let site_name = outline.meta("og:site_name").or(linked.publisher.as_deref()).map(json_ld::plain);
    let domain = address.url.as_ref().and_then(address::label);
    let sites: Vec<&str> =
        [site_name.as_deref(), linked.publisher.as_deref(), domain.as_deref()].into_iter().flatten().collect();
    let title = one_line(&title::find(&outline, &linked, &sites, &trace));

    let weights = choose::Weights::of(&outline);
    let heading = title::heading(&outline, &title);
    let guide = linked.body.as_deref().map(choose::Guide::of);
    let root = choose::choose(&outline, &weights, guide.as_ref(), heading);
    let description = description(&outline, &linked, &trace);
    let scene = clean::Scene {
        outline: &outline,
        weights: &weights,
        root,
        heading,
        title: &title,
        authors: &linked.authors,
        description: description.as_deref().unwrap_or(""),
    };
    let mut verdicts = clean::judge(scene);
    let odds = classifier::odds(scene, guide.as_ref(), &verdicts);
    let rules = explanation.is_some().then(|| verdicts.clone());
    // Dates and names lie beside the text, where the model is no better than the rules.
    let extent = clean::extent(&verdicts);
    classifier::overrule(scene, &odds, &mut verdicts);
    clean::settle(&outline, &odds, &mut verdicts);
    if let Some((explanation, rules)) = explanation.as_deref_mut().zip(rules) {
        explanation.features = features::names();
        explanation.blocks = explain::blocks(scene, guide.as_ref(), &rules, &odds, &verdicts);
    }
    let mut body = clean::compose(&outline, &verdicts);
    let mut notes = stripped.notes;
    let told = linked.body.as_deref().zip(guide.as_ref());
    if let Some(told) = told.and_then(|(told, guide)| choose::told(told, guide, &body)) {
        body = told;
        notes.push("the text is only in JSON-LD".to_owned());
    }

    let lang = lang::detect(&body, outline.lang.as_deref());
    let url = address.url.as_ref().map(ToString::to_string);
    let context = date::Context {
        outline: &outline,
        linked: &linked,
        heading,
        body: extent.clone(),
        lang,
        latest: latest(page),
        url: url.as_deref(),
        order: order(&outline, lang),
        trace: &trace,
    };
    let published = date::find(&context);
    notes.extend(address.note);
    if linked.broken {
        notes.push("some JSON-LD could not be read".to_owned());
    }
    let byline = byline::find(&byline::Context {
        outline: &outline,
        linked: &linked,
        site: site_name.as_deref(),
        title: &title,
        heading,
        body: extent.clone(),
        lang,
        trace: &trace,
    });
    let (kind, signs) = kind::find(&kind::Context {
        outline: &outline,
        linked: &linked,
        verdicts: &verdicts,
        title: &title,
        body: &body,
        published,
        has_author: !byline.is_empty(),
        heading,
        url: url.as_deref(),
        page: &stripped.html,
        trace: &trace,
    });
    let article = Article {
        byline,
        modified: date::find_modified(&context),
        section: section(&outline, &linked, &trace),
        tags: tags::find(&outline, &linked, &title, &body, &trace),
        correction: correction::find(&outline, &title, heading, &extent, &trace),
        site: address.url.as_ref().and_then(address::site).or(site_name),
        identity: address.identity,
        kind,
        lead: description.or_else(|| first_paragraph(&body)),
        lang: lang.map(str::to_owned),
        title,
        published,
        url: url.clone(),
        body,
        notes,
    };
    if let Some(explanation) = explanation {
        note_rest(&context, &address.origin, &article);
        explanation.fields = explain::fields(&context, page.url.as_deref(), &article);
    }
    (article, signs)
}

/// The last day on which the page can have been published: when it was fetched, else today; one day more for zones.
fn latest(page: &Page) -> crate::date::Date {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = page.captured.map_or(today, |captured| captured.date().min(today));
    day.tomorrow().unwrap_or(day)
}

/// How the page writes `10/11/2020`: as its declared region does, else as its other dates show, else as the language of the
/// text does.
fn order(outline: &Outline, lang: Option<&str>) -> Order {
    let declared = outline.lang.as_deref().or(outline.meta("og:locale")).filter(|tag| lang::normalise(tag) == lang);
    match declared.filter(|tag| tag.contains(['-', '_'])) {
        Some(region) => Order::of(Some(region)),
        None => date::visible::order(&outline.text).unwrap_or(Order::of(declared.or(lang))),
    }
}

fn section(outline: &Outline, linked: &json_ld::Linked, trace: &Trace) -> Option<String> {
    const METAS: [&str; 5] =
        ["article:section", "parsely-section", "section", "cxenseparse:section", "sailthru.section"];
    let of_meta = METAS.iter().find_map(|name| Some((*name, outline.meta(name)?)));
    let (found, raw) = match (&linked.section, of_meta) {
        (Some(text), _) => (text.clone(), ("json-ld articleSection", text.as_str())),
        (None, Some((name, text))) => (json_ld::plain(text), (name, text)),
        (None, None) => return None,
    };
    let meta = if METAS.contains(&raw.0) { "meta " } else { "" };
    trace.won("section", format_args!("{meta}{}", raw.0), raw.1);
    Some(one_line(&found)).filter(|text| !text.is_empty() && text.len() < 100)
}

/// What the page says of itself in a sentence or two.
fn description(outline: &Outline, linked: &json_ld::Linked, trace: &Trace) -> Option<String> {
    let metas = ["og:description", "description", "twitter:description", "dc.description"];
    let meta = metas.iter().find_map(|name| Some((*name, outline.meta(name)?)));
    let found = match (meta, &linked.description) {
        (Some((name, text)), _) => {
            trace.won("lead", name, text);
            json_ld::plain(text)
        }
        (None, Some(text)) => {
            trace.won("lead", "json-ld description", text);
            text.clone()
        }
        (None, None) => return None,
    };
    Some(one_line(&found)).filter(|text| !text.is_empty())
}

/// Notes for an explanation what the fields were made of that are put together here.
fn note_rest(context: &date::Context<'_>, address: &Option<(&'static str, String)>, article: &Article) {
    let date::Context { outline, linked, trace, .. } = *context;
    if let Some((origin, text)) = address {
        trace.won("url", origin, text);
        trace.won("site", "url", article.url.as_deref().unwrap_or(""));
    } else if let Some(name) = outline.meta("og:site_name") {
        trace.won("site", "og:site_name", name);
    } else if let Some(name) = &linked.publisher {
        trace.won("site", "json-ld publisher", name);
    }
    if let Some(lead) = article.lead.as_deref().filter(|lead| first_paragraph(&article.body).as_deref() == Some(*lead))
    {
        trace.also("lead", "text", lead);
    }
    let read = lang::detect(&article.body, None);
    if read.is_some() && read == article.lang.as_deref() {
        trace.won("lang", "text", read.unwrap_or(""));
    } else if article.lang.is_some() {
        trace.won("lang", "html lang", outline.lang.as_deref().unwrap_or(""));
    }
}

fn first_paragraph(body: &str) -> Option<String> {
    body.split("\n\n").next().filter(|text| !text.is_empty()).map(one_line)
}

/// On one line, in NFC.
fn one_line(text: &str) -> String {
    text::nfc(&text::squeeze(text)).into_owned()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(super) fn page(text: &str) -> Page {
        Page {
            format: Format::Html,
            text: text.to_owned(),
            url: None,
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
        let article = extract(&page(&html));
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
        let expected = format!(
            "{FIRST}\n\nWhat comes next\n\n{SECOND}\n\nFirst, the piers are to be mended.\n\nThen comes the deck."
        );
        assert_eq!(article.body, expected);
    }

    #[test]
    fn an_old_page_of_tables_and_breaks() {
        let html = format!(
            "<table><tr><td><a href=1>News</a><br><a href=2>Sport</a></td><td><font size=5>Bridge to be rebuilt</font><br><br>\
             10 November 2020<br><br>{FIRST}<br><br>{SECOND}</td></tr></table>"
        );
        let article = extract(&page(&html));
        assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
        let published = article.published.expect("a date");
        assert_eq!((published.stamp.to_string().as_str(), published.origin), ("2020-11-10", DateOrigin::Text));
    }

    #[test]
    fn plain_text_begins_with_its_title() {
        let article = extract(&Page { format: Format::Text, ..page("A title\n\nOne\nparagraph.\n\n\n\nTwo.\n") });
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
            let article = extract(&page(&html));
            assert!(article.body.len() <= html.len() + 100);
        }
    }

    proptest! {
        #[test]
        fn any_page_gives_a_body_of_paragraphs(
            html in "(<(/?(p|pre|div|td|tr|table|li|h1|a|br|time|meta|article)|/?[a-z!]{1,3})( class=(byline|date|body)| rel=author)?>|[A-Za-z0-9 .&;\u{301}\u{5d0}\n]{1,12}){0,60}"
        ) {
            let article = extract(&page(&html));
            prop_assert_eq!(text::nfc(&article.body), article.body.as_str());
            prop_assert!(article.body.is_empty() || article.body.split("\n\n").all(|part| !part.trim().is_empty()));
        }
    }
}
