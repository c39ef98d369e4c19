//! Why an article came out as it did: every block of the page with what was decided about it, every field with what
//! was found for it.
//!
//! Made only when it is asked for; extraction itself keeps none of it.

use serde::Serialize;

use super::Article;
use super::body::Guide;
use super::clean::{Scene, Verdict};
use super::features::{COUNT, Facts, is_asked};
use super::hints::Hints;
use super::linked::Linked;
use super::outline::{Outline, Tag};

/// The reasons behind one article.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explanation {
    /// All blocks of the page, in reading order.
    pub blocks: Vec<BlockReport>,
    /// The fields that were found, each with its candidates.
    pub fields: Vec<FieldReport>,
    /// Names of the numbers that the block model sees, in the order of [`BlockReport::numbers`].
    pub features: Vec<String>,
}

/// What was decided about one block: a run of text without a break.
#[derive(Clone, Debug, Serialize)]
pub struct BlockReport {
    /// Its text, as it stands on the page.
    pub text: String,
    /// Whether it is part of the body.
    pub kept: bool,
    /// What the rules say of it, a word: `keep`, `outside`, `foreign` and so on.
    pub rule: &'static str,
    /// Whether the block model is asked about it.
    pub asked: bool,
    /// How sure the block model is that it is text of the article, in log-odds; null where it was not asked.
    pub odds: Option<f32>,
    /// What decided, a word like `rule`; `voted-out` and `voted-in` are the model's.
    pub verdict: &'static str,
    /// What tags and names say of it and of the elements around it.
    pub names: Vec<&'static str>,
    /// The numbers that the model sees.
    pub numbers: Vec<i16>,
}

/// What was found for one field of the article.
#[derive(Clone, Debug, Serialize)]
pub struct FieldReport {
    /// `title`, `published` and so on.
    pub field: &'static str,
    /// What the article says; null where nothing was found.
    pub value: Option<String>,
    /// What the page offers for it, in the order in which it is believed.
    pub candidates: Vec<Candidate>,
}

/// One value that the page offers for a field.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Where it stands: `json-ld`, `og:title`, `h1` and so on.
    pub origin: String,
    /// As it stands on the page.
    pub value: String,
    /// Whether the field's value was made of it.
    pub won: bool,
}

/// Reports on all blocks. `rules` are the verdicts before the model was asked, `verdicts` those after it.
pub(super) fn blocks(
    scene: Scene<'_>,
    guide: Option<&Guide>,
    rules: &[Verdict],
    odds: &[Option<i32>],
    verdicts: &[Verdict],
) -> Vec<BlockReport> {
    let facts = Facts::of(scene, rules, guide, true);
    let mut row = [0; COUNT];
    let mut out = Vec::with_capacity(verdicts.len());
    for (index, block) in scene.outline.blocks.iter().enumerate() {
        facts.fill(index, &mut row);
        let around = scene.outline.ancestors(block.element);
        let hints = around.fold(Hints::NONE, |all, at| all.with(scene.outline.elements[at as usize].hints));
        let named = Hints::NAMES.iter().enumerate().filter(|(bit, _)| hints.0 & (1 << bit) != 0);
        out.push(BlockReport {
            text: scene.outline.text_of(block).to_owned(),
            kept: verdicts[index].is_kept(),
            rule: rules[index].name(),
            asked: is_asked(block, rules[index]),
            odds: odds[index].map(|odds| odds as f32 / 1000.0),
            verdict: verdicts[index].name(),
            names: named.map(|(_, name)| *name).collect(),
            numbers: row.to_vec(),
        });
    }
    out
}

/// Reports on the metadata: what the page offers for each field, and which of it the article's value was made of.
pub(super) fn fields(outline: &Outline, linked: &Linked, fetched: Option<&str>, article: &Article) -> Vec<FieldReport> {
    let mut offers = Offers { outline, found: Vec::new() };
    let mut fields = Vec::new();
    offers.linked("headline", linked.headline.as_deref());
    offers.metas(&["og:title", "twitter:title", "title"]);
    offers.add("title", &outline.title);
    let headings = outline.elements.iter().filter(|element| matches!(element.tag, Tag::Heading(1 | 2)));
    for heading in headings.take(MOST) {
        offers.add(if heading.tag == Tag::Heading(1) { "h1" } else { "h2" }, &outline.line(heading));
    }
    fields.push(offers.report("title", Some(article.title.clone()).filter(|title| !title.is_empty()), same_words));

    for name in linked.authors.iter().chain(&linked.organisations) {
        offers.linked("author", Some(name));
    }
    offers.metas_like(&["author", "creator", "byl"]);
    for element in
        outline.elements.iter().filter(|element| element.is_author || element.hints.has(Hints::BYLINE)).take(MOST)
    {
        offers.add("byline", &outline.line(element));
    }
    let byline = Some(article.byline.join(", ")).filter(|byline| !byline.is_empty());
    fields.push(offers.report("byline", byline, |value, found| found.split(", ").any(|name| value.contains(name))));

    offers.linked("datePublished", linked.published.as_deref());
    offers.metas_like(&["date", "time", "publish"]);
    offers.items();
    let dated = article.published.map(|dated| format!("{} (from {})", dated.stamp, dated.origin));
    fields.push(offers.report("published", dated, same_day));
    offers.linked("dateModified", linked.modified.as_deref());
    offers.metas_like(&["modif", "update"]);
    fields.push(offers.report("modified", article.modified.map(|stamp| stamp.to_string()), same_day));

    for (origin, address) in [("fetched", fetched), ("canonical", outline.canonical.as_deref())] {
        offers.add(origin, address.unwrap_or(""));
    }
    offers.metas(&["og:url"]);
    offers.linked("url", linked.url.as_deref());
    fields.push(offers.report("url", article.url.clone(), |value, found| value.starts_with(found)));
    offers.metas(&["og:site_name"]);
    offers.linked("publisher", linked.publisher.as_deref());
    fields.push(offers.report("site", article.site.clone(), |value, found| value == found));
    offers.linked("articleSection", linked.section.as_deref());
    offers.metas_like(&["section"]);
    fields.push(offers.report("section", article.section.clone(), |value, found| value == found));
    offers.metas(&["og:description", "description", "twitter:description", "dc.description"]);
    offers.linked("description", linked.description.as_deref());
    fields.push(offers.report("lead", article.lead.clone(), same_words));
    offers.add("html lang", outline.lang.as_deref().unwrap_or(""));
    offers.metas(&["og:locale"]);
    fields.push(offers.report("lang", article.lang.clone(), |value, found| value.starts_with(found)));
    for kind in linked.types.iter().take(MOST) {
        offers.linked("@type", Some(kind));
    }
    offers.metas(&["og:type"]);
    fields.push(offers.report("kind", Some(article.kind.name().to_owned()), |value, found| value.contains(found)));
    fields
}

/// Most candidates of one sort.
const MOST: usize = 12;

fn same_words(value: &str, found: &str) -> bool {
    super::title::overlap(value, found) > 0.99
}

/// Whether a date as it stands on the page begins with the day that was found.
fn same_day(value: &str, found: &str) -> bool {
    found.get(..10).is_some_and(|day| value.starts_with(day))
}

/// Collects the candidates of one field.
struct Offers<'a> {
    outline: &'a Outline,
    found: Vec<Candidate>,
}

impl Offers<'_> {
    fn add(&mut self, origin: &str, value: &str) {
        let value = super::one_line(value);
        if !value.is_empty() && self.found.len() < 4 * MOST {
            self.found.push(Candidate { origin: origin.to_owned(), value, won: false });
        }
    }

    fn linked(&mut self, key: &str, value: Option<&str>) {
        self.add(&format!("json-ld {key}"), value.unwrap_or(""));
    }

    fn metas(&mut self, names: &[&str]) {
        for name in names {
            self.add(name, self.outline.meta(name).unwrap_or(""));
        }
    }

    /// Meta tags with one of the parts in their name.
    fn metas_like(&mut self, parts: &[&str]) {
        let outline = self.outline;
        for meta in outline.metas.iter().filter(|meta| parts.iter().any(|part| meta.name.contains(part))).take(MOST) {
            self.add(&format!("meta {}", meta.name), &meta.value);
        }
    }

    /// Microdata and `<time>` that speak of dates.
    fn items(&mut self) {
        let outline = self.outline;
        let dates = outline.items.iter().filter(|item| item.name == "time" || item.name.contains("date"));
        for item in dates.take(MOST) {
            self.add(&item.name, &item.value);
        }
    }

    /// The report of one field; the first candidate that agrees with the value has won.
    fn report(&mut self, field: &'static str, value: Option<String>, agrees: fn(&str, &str) -> bool) -> FieldReport {
        let mut candidates = std::mem::take(&mut self.found);
        if let Some(value) = &value
            && let Some(winner) = candidates.iter_mut().find(|candidate| agrees(&candidate.value, value))
        {
            winner.won = true;
        }
        FieldReport { field, value, candidates }
    }
}
