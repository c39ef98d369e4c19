//! From a page of HTML to the article in it, step by step.
//!
//! Each step uses what those before it found: the headline tells where the body lies, the body where the fields lie, and all
//! of them what kind of page it is.

use std::borrow::Cow;
use std::ops::Range;

use crate::date::{Date, Order, Precision, Stamp};
use crate::extract::article::{Article, first_paragraph};
use crate::extract::block_model::{classifier, features};
use crate::extract::body::{choose, clean, settle};
use crate::extract::context::PageContext;
use crate::extract::explain::{self, Explanation};
use crate::extract::fields::date::limit::DateLimit;
use crate::extract::fields::site::{OtherHost, SiteNames};
use crate::extract::fields::{address, byline, correction, date, lead, own_host, section, tags, title};
use crate::extract::html::class_hints::HintReader;
use crate::extract::html::outline::Outline;
use crate::extract::html::value_text::one_line;
use crate::extract::html::{reader, strip};
use crate::extract::json_ld::{self, JsonLd};
use crate::extract::kind::{self, context::FeatureValues};
use crate::extract::trace::Trace;
use crate::extract::twice_encoded;
use crate::input::Page;
use crate::lang;

/// Takes the article out of a page of HTML, with the features by which its kind was decided; the reasons are put into
/// `explanation`.
pub(crate) fn read(
    page: &Page,
    limit: &DateLimit,
    hints: &mut HintReader,
    mut explanation: Option<&mut Explanation>,
) -> (Article, FeatureValues) {
    let trace = if explanation.is_some() { Trace::kept() } else { Trace::default() };
    let mended = twice_encoded::mended(&page.text);
    let stripped = strip::strip(&mended);
    let outline = reader::read(&stripped.html, hints);
    let json_ld = json_ld::read(&stripped.json_ld, &own_title(&outline));
    let addresses = address::Addresses { base: own_host::base(&stripped), ..addresses(page, &outline, &json_ld) };
    let address = address::decide(addresses);
    let other_host = other_host(page, &stripped, &address);
    let sites = SiteNames::read(&outline, &json_ld, address.url.as_ref());
    let title = one_line(&title::find(&outline, &json_ld, &sites, &trace));
    let description = lead::find(&outline, &json_ld, &trace);
    let subject = Subject {
        outline: &outline,
        json_ld: &json_ld,
        title: &title,
        heading: title::heading(&outline, &title),
        description: description.as_deref().unwrap_or(""),
    };
    let text = Text::find(&subject, explanation.as_deref_mut());

    let lang = lang::detect(&text.body, outline.lang.as_deref());
    let url = address.url.as_ref().map(ToString::to_string);
    let context = PageContext {
        outline: &outline,
        json_ld: &json_ld,
        url: url.as_deref(),
        other_host: other_host.as_ref(),
        sites: &sites,
        title: &title,
        heading: subject.heading,
        body: text.extent.clone(),
        lang,
        order: order(&outline, &json_ld, lang),
        limit,
        trace: &trace,
    };
    if let Some(evidence) = &address.origin {
        trace.won("url", evidence.origin, &evidence.text);
    }
    let (article, features) = fields(&context, &text, &stripped.html);
    let mut notes = stripped.notes;
    notes.extend(matches!(mended, Cow::Owned(_)).then(|| twice_encoded::NOTE.to_owned()));
    notes.extend(text.is_hidden.then(|| "the text is only in JSON-LD".to_owned()));
    notes.extend(address.note);
    notes.extend(json_ld.broken.then(|| "some JSON-LD could not be read".to_owned()));
    let host = address.url.as_ref().and_then(address::site).or(other_host.as_ref().map(|(_, host)| host.clone()));
    let article = Article {
        site: host.or(sites.name.clone()),
        captured: address.captured,
        identity: address.identity,
        lead: description.or_else(|| first_paragraph(&text.body)),
        body: text.body,
        notes,
        ..article
    };
    if let Some(explanation) = explanation {
        explanation.fields = explain::fields(&context, addresses, &article);
    }
    (article, features)
}

/// The fields that lie beside the text, and the kind, which is decided by all of them; `html` is the page as it was parsed.
fn fields(context: &PageContext<'_>, text: &Text, html: &str) -> (Article, FeatureValues) {
    let published = date::find(context);
    let modified = date::find_modified(context);
    let byline = byline::find(context);
    let (kind, features) = kind::find(&kind::context::KindContext {
        page: context,
        verdicts: &text.verdicts,
        body: &text.body,
        published,
        has_author: !byline.is_empty(),
        html,
    });
    let article = Article {
        title: context.title.to_owned(),
        byline,
        published,
        modified,
        // After all dates were read: it is about those that were refused.
        dated_ahead: context.limit.due(),
        section: section::find(context),
        tags: tags::find(context, &text.body),
        correction: correction::find(context),
        url: context.url.map(str::to_owned),
        lang: context.lang.map(str::to_owned),
        kind,
        ..Article::default()
    };
    (article, features)
}

/// By what the page calls itself one of several articles in JSON-LD is chosen.
fn own_title(outline: &Outline) -> String {
    format!("{} {}", outline.meta("og:title").unwrap_or(""), outline.title)
}

fn addresses<'a>(page: &'a Page, outline: &'a Outline, json_ld: &'a JsonLd) -> address::Addresses<'a> {
    address::Addresses {
        fetched: page.url.as_deref(),
        canonical: outline.canonical.as_deref(),
        og: outline.meta("og:url"),
        linked: json_ld.url.as_deref(),
        base: None,
    }
}

/// The host of a page without an address: as its links say, else as the folder is named in which it lies.
fn other_host(page: &Page, stripped: &strip::Stripped<'_>, address: &address::Address<'_>) -> Option<OtherHost> {
    if address.url.is_some() {
        return None;
    }
    let folder = || page.folder.clone().map(|host| ("path", host));
    own_host::find(stripped).or_else(folder)
}

/// What is known of an article before its text is found.
struct Subject<'a> {
    outline: &'a Outline,
    json_ld: &'a JsonLd,
    title: &'a str,
    /// Element of the headline.
    heading: Option<usize>,
    description: &'a str,
}

/// The text of an article and where it lies.
struct Text {
    body: String,
    /// Of each block of the page, by rules and model.
    verdicts: Vec<clean::Verdict>,
    /// Blocks from the first to after the last of the text, by the rules alone.
    extent: Range<usize>,
    /// The page shows next to nothing of it: it is taken from JSON-LD.
    is_hidden: bool,
}

impl Text {
    fn find(subject: &Subject<'_>, explanation: Option<&mut Explanation>) -> Text {
        let Subject { outline, json_ld, title, heading, description } = *subject;
        let weights = choose::Weights::of(outline, heading);
        let guide = json_ld.body.as_deref().map(choose::Guide::of);
        let scene = clean::Scene {
            outline,
            weights: &weights,
            root: choose::choose(outline, &weights, guide.as_ref(), heading),
            heading,
            title,
            authors: &json_ld.authors,
            description,
        };
        let mut verdicts = clean::judge(scene);
        let odds = classifier::odds(scene, guide.as_ref(), &verdicts);
        let rules = verdicts.clone();
        // Dates and names lie beside the text, where the model is no better than the rules.
        let extent = clean::extent(&verdicts);
        classifier::overrule(scene, &odds, &mut verdicts);
        settle::settle(outline, guide.as_ref(), &odds, &rules, &mut verdicts);
        if let Some(explanation) = explanation {
            explanation.features = features::names();
            explanation.blocks = explain::blocks(scene, guide.as_ref(), &rules, &odds, &verdicts);
        }
        let shown = clean::compose(outline, &verdicts);
        let declared = json_ld.body.as_deref().zip(guide.as_ref());
        match declared.and_then(|(declared, guide)| choose::told(declared, guide, &shown)) {
            Some(body) => Text { body, verdicts, extent, is_hidden: true },
            None => Text { body: shown, verdicts, extent, is_hidden: false },
        }
    }
}

/// How the page writes `10/11/2020`: as its declared region does, else as its other dates show, else as the language of the
/// text does.
fn order(outline: &Outline, json_ld: &JsonLd, lang: Option<&str>) -> Order {
    let declared = outline.lang.as_deref().or(outline.meta("og:locale")).filter(|tag| lang::normalise(tag) == lang);
    match declared.filter(|tag| tag.contains(['-', '_'])) {
        Some(region) => Order::of(Some(region)),
        None => date::visible::order(&outline.text, &days(outline, json_ld)).unwrap_or(Order::of(declared.or(lang))),
    }
}

/// Most values of a page in which a day is looked for.
const MOST_VALUES: usize = 200;

/// The days that a page declares for programs.
fn days(outline: &Outline, json_ld: &JsonLd) -> Vec<Date> {
    let items = outline.metas.iter().chain(&outline.items).take(MOST_VALUES).map(|item| item.value.as_str());
    let values = [&json_ld.published, &json_ld.modified].into_iter().flatten().map(String::as_str).chain(items);
    let dates = values.filter(|value| value.starts_with("20") || value.starts_with("19")).filter_map(Stamp::parse_iso);
    dates.filter(|stamp| stamp.precision() >= Precision::Day).map(|stamp| stamp.date()).collect()
}
