//! From a decoded page to the article in it. The only user of the HTML parser.
//!
//! One pass over the text takes out what no rule reads (`strip`), one parse and one walk make flat lists of
//! elements and blocks (`outline`), and every field is found in these lists. README.md beside this file says what
//! is optimised and why each rule is there.

mod article;
mod block_model;
mod body;
mod context;
mod explain;
mod fields;
mod html;
mod json_ld;
mod kind;
mod plain_text;
mod tables;
mod trace;
mod word_bag;

pub use article::{Article, DateOrigin, Dated, Kind};
pub use explain::{BlockReport, Explanation, FieldReport};
pub use trace::Candidate;

use crate::date::{Date, Order};
use crate::input::{Format, Page};
use crate::lang;
use article::first_paragraph;
use block_model::{classifier, features};
use body::{choose, clean};
use context::PageContext;
use fields::date::limit::DateLimit;
use fields::site::SiteNames;
use fields::{address, byline, correction, date, tags, title};
use html::class_hints::HintReader;
use html::outline::Outline;
use html::value_text::{one_line, plain};
use html::{reader, strip};
use json_ld::JsonLd;
pub(crate) use tables::fingerprint;
use trace::Trace;

/// Takes articles out of many pages: what it learned of the names in the markup of one serves the next, for pages of one
/// site share them. What it gives does not depend on the pages before.
#[derive(Debug, Default)]
pub struct Extractor {
    hints: HintReader,
}

impl Extractor {
    /// Takes the article out of `page`, read on `today` (in UTC). Never fails: a page without an article gives an empty body,
    /// a kind and notes.
    pub fn extract(&mut self, page: &Page, today: Date) -> Article {
        let limit = limit(page, today);
        match page.format {
            Format::Html => from_html(page, &limit, &mut self.hints, None).0,
            Format::Text => plain_text::read(page, &limit),
        }
    }
}

/// Takes the article out of one page, as [`Extractor::extract`] does.
pub fn extract(page: &Page, today: Date) -> Article {
    Extractor::default().extract(page, today)
}

/// As [`extract`], with the reasons. Plain text has none: all of it is the article.
pub fn explain(page: &Page, today: Date) -> (Article, Explanation) {
    let mut explanation = Explanation::default();
    let limit = limit(page, today);
    let article = match page.format {
        Format::Html => from_html(page, &limit, &mut HintReader::default(), Some(&mut explanation)).0,
        Format::Text => plain_text::read(page, &limit),
    };
    (article, explanation)
}

/// The signs by which the kind of a page is told, by name: what the table of weights is fitted on. A page of plain text
/// has none.
pub fn signs(page: &Page, today: Date) -> Vec<(&'static str, f32)> {
    match page.format {
        Format::Html => from_html(page, &limit(page, today), &mut HintReader::default(), None).1,
        Format::Text => Vec::new(),
    }
}

fn limit(page: &Page, today: Date) -> DateLimit {
    DateLimit::new(page.captured.map(|captured| captured.date()), today)
}

fn from_html(
    page: &Page,
    limit: &DateLimit,
    hints: &mut HintReader,
    mut explanation: Option<&mut Explanation>,
) -> (Article, kind::evidence::FeatureValues) {
    let trace = if explanation.is_some() { Trace::kept() } else { Trace::default() };
    let stripped = strip::strip(&page.text);
    let outline = reader::read(&stripped.html, hints);
    let own_title = format!("{} {}", outline.meta("og:title").unwrap_or(""), outline.title);
    let json_ld = json_ld::read(&stripped.json_ld, &own_title);
    let address = address::decide(address::Addresses {
        fetched: page.url.as_deref(),
        canonical: outline.canonical.as_deref(),
        og: outline.meta("og:url"),
        linked: json_ld.url.as_deref(),
    });
    let sites = SiteNames::read(&outline, &json_ld, address.url.as_ref());
    let title = one_line(&title::find(&outline, &json_ld, &sites, &trace));

    let weights = choose::Weights::of(&outline);
    let heading = title::heading(&outline, &title);
    let guide = json_ld.body.as_deref().map(choose::Guide::of);
    let root = choose::choose(&outline, &weights, guide.as_ref(), heading);
    let description = description(&outline, &json_ld, &trace);
    let scene = clean::Scene {
        outline: &outline,
        weights: &weights,
        root,
        heading,
        title: &title,
        authors: &json_ld.authors,
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
    let told = json_ld.body.as_deref().zip(guide.as_ref());
    if let Some(told) = told.and_then(|(told, guide)| choose::told(told, guide, &body)) {
        body = told;
        notes.push("the text is only in JSON-LD".to_owned());
    }

    let lang = lang::detect(&body, outline.lang.as_deref());
    let url = address.url.as_ref().map(ToString::to_string);
    let context = PageContext {
        outline: &outline,
        json_ld: &json_ld,
        url: url.as_deref(),
        sites: &sites,
        title: &title,
        heading,
        body: extent,
        lang,
        order: order(&outline, lang),
        limit,
        trace: &trace,
    };
    let published = date::find(&context);
    let modified = date::find_modified(&context);
    notes.extend(address.note);
    if json_ld.broken {
        notes.push("some JSON-LD could not be read".to_owned());
    }
    let byline = byline::find(&context);
    let (kind, features) = kind::find(&kind::evidence::Evidence {
        page: &context,
        verdicts: &verdicts,
        body: &body,
        published,
        has_author: !byline.is_empty(),
        html: &stripped.html,
    });
    let article = Article {
        byline,
        modified,
        dated_ahead: limit.due(),
        section: section(&outline, &json_ld, &trace),
        tags: tags::find(&context, &body),
        correction: correction::find(&context),
        site: address.url.as_ref().and_then(address::site).or(sites.name.clone()),
        identity: address.identity,
        kind,
        lead: description.or_else(|| first_paragraph(&body)),
        lang: lang.map(str::to_owned),
        title: title.clone(),
        published,
        url: url.clone(),
        body,
        notes,
    };
    if let Some(explanation) = explanation {
        note_rest(&context, &address.origin, &article);
        explanation.fields = explain::fields(&context, page.url.as_deref(), &article);
    }
    (article, features)
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

fn section(outline: &Outline, json_ld: &JsonLd, trace: &Trace) -> Option<String> {
    const METAS: [&str; 5] =
        ["article:section", "parsely-section", "section", "cxenseparse:section", "sailthru.section"];
    let of_meta = METAS.iter().find_map(|name| Some((*name, outline.meta(name)?)));
    let (found, raw) = match (&json_ld.section, of_meta) {
        (Some(text), _) => (text.clone(), ("json-ld articleSection", text.as_str())),
        (None, Some((name, text))) => (plain(text), (name, text)),
        (None, None) => return None,
    };
    let meta = if METAS.contains(&raw.0) { "meta " } else { "" };
    trace.won("section", format_args!("{meta}{}", raw.0), raw.1);
    Some(one_line(&found)).filter(|text| !text.is_empty() && text.len() < 100)
}

/// What the page says of itself in a sentence or two.
fn description(outline: &Outline, json_ld: &JsonLd, trace: &Trace) -> Option<String> {
    let metas = ["og:description", "description", "twitter:description", "dc.description"];
    let meta = metas.iter().find_map(|name| Some((*name, outline.meta(name)?)));
    let found = match (meta, &json_ld.description) {
        (Some((name, text)), _) => {
            trace.won("lead", name, text);
            plain(text)
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
fn note_rest(context: &PageContext<'_>, address: &Option<(&'static str, String)>, article: &Article) {
    let PageContext { outline, json_ld, trace, .. } = *context;
    if let Some((origin, text)) = address {
        trace.won("url", origin, text);
        trace.won("site", "url", article.url.as_deref().unwrap_or(""));
    } else if let Some(name) = outline.meta("og:site_name") {
        trace.won("site", "og:site_name", name);
    } else if let Some(name) = &json_ld.publisher {
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

#[cfg(test)]
pub(crate) mod tests;
