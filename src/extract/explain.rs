//! Why an article came out as it did: every block of the page with what was decided about it, every field with what
//! was found for it.
//!
//! Made only when it is asked for; extraction itself keeps none of it.

use serde::Serialize;

use crate::extract::article::Article;
use crate::extract::block_model::features::{COUNT, Facts, is_asked};
use crate::extract::body::choose::Guide;
use crate::extract::body::clean::{Scene, Verdict};
use crate::extract::context::PageContext;
use crate::extract::fields::date;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Outline, Tag};
use crate::extract::html::value_text::one_line;
use crate::extract::trace::{Candidate, Trace};

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

/// Reports on all blocks. `rules` are the verdicts before the model was asked, `verdicts` those after it.
pub(crate) fn blocks(
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

/// Reports on the metadata: what the page offers for each field, and which of it the article's value was made of, as
/// `trace` has it.
pub(crate) fn fields(context: &PageContext<'_>, fetched: Option<&str>, article: &Article) -> Vec<FieldReport> {
    let PageContext { outline, json_ld, trace, .. } = *context;
    let mut offers = Offers { outline, trace, found: Vec::new() };
    let mut fields = Vec::new();
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    offers.linked("headline", json_ld.headline.as_deref());
    offers.metas(&["og:title", "twitter:title", "title"]);
    offers.add("title", &outline.title);
    let headings = outline.elements.iter().filter(|element| matches!(element.tag, Tag::Heading(1 | 2)));
    for heading in headings.take(MOST) {
        offers.add(if heading.tag == Tag::Heading(1) { "h1" } else { "h2" }, &outline.line(heading));
    }
    fields.push(offers.report("title", some(article.title.clone())));

    for name in json_ld.authors.iter().chain(&json_ld.organisations) {
        offers.linked("author", Some(name));
    }
    offers.metas_like(&["author", "creator", "byl"]);
    for element in
        outline.elements.iter().filter(|element| element.is_author || element.hints.has(Hints::BYLINE)).take(MOST)
    {
        offers.add("byline", &outline.line(element));
    }
    fields.push(offers.report("byline", some(article.byline.join(", "))));

    offers.linked("datePublished", json_ld.published.as_deref());
    offers.metas_like(&["date", "time", "publish"]);
    offers.items();
    for (origin, value) in date::offers(context) {
        offers.add(origin, &value);
    }
    let dated = article.published.map(|dated| format!("{} (from {})", dated.stamp, dated.origin));
    fields.push(offers.report("published", dated));
    offers.linked("dateModified", json_ld.modified.as_deref());
    offers.metas_like(&["modif", "update"]);
    fields.push(offers.report("modified", article.modified.map(|stamp| stamp.to_string())));

    for (origin, address) in [("fetched", fetched), ("canonical", outline.canonical.as_deref())] {
        offers.add(origin, address.unwrap_or(""));
    }
    offers.metas(&["og:url"]);
    offers.linked("url", json_ld.url.as_deref());
    fields.push(offers.report("url", article.url.clone()));
    offers.metas(&["og:site_name"]);
    offers.linked("publisher", json_ld.publisher.as_deref());
    fields.push(offers.report("site", article.site.clone()));
    offers.linked("articleSection", json_ld.section.as_deref());
    offers.metas_like(&["section"]);
    fields.push(offers.report("section", article.section.clone()));
    for words in &json_ld.keywords {
        offers.linked("keywords", Some(words));
    }
    offers.metas_like(&["keyword", "tag"]);
    fields.push(offers.report("tags", some(article.tags.join(", "))));
    fields.push(offers.report("correction", article.correction.clone()));
    offers.metas(&["og:description", "description", "twitter:description", "dc.description"]);
    offers.linked("description", json_ld.description.as_deref());
    fields.push(offers.report("lead", article.lead.clone()));
    offers.add("html lang", outline.lang.as_deref().unwrap_or(""));
    offers.metas(&["og:locale"]);
    fields.push(offers.report("lang", article.lang.clone()));
    for kind in json_ld.types.iter().take(MOST) {
        offers.linked("@type", Some(kind));
    }
    offers.metas(&["og:type"]);
    fields.push(offers.report("kind", Some(article.kind.name().to_owned())));
    fields
}

/// Most candidates of one sort.
const MOST: usize = 12;

/// Collects the candidates of one field.
struct Offers<'a> {
    outline: &'a Outline,
    trace: &'a Trace,
    found: Vec<Candidate>,
}

impl Offers<'_> {
    fn add(&mut self, origin: &str, value: &str) {
        let value = one_line(value);
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

    /// The report of one field: the candidates, the value's sources among them marked. A source that is no candidate, such as a
    /// line of the text, is added.
    fn report(&mut self, field: &'static str, value: Option<String>) -> FieldReport {
        let mut candidates = std::mem::take(&mut self.found);
        for source in self.trace.sources(field).into_iter().take(4 * MOST) {
            let known =
                candidates.iter_mut().find(|other| other.origin == source.origin && other.value == source.value);
            match known {
                Some(candidate) => candidate.won = true,
                None => candidates.push(source),
            }
        }
        FieldReport { field, value, candidates }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::explain;
    use crate::extract::tests::{TODAY, page};

    /// The sources of `field` on a page with `head`, then a headline, `line` and a text.
    fn sources(field: &str, head: &str, line: &str) -> String {
        let html = format!(
            "<html lang=en><head>{head}</head><body><h1>Bridge to be rebuilt</h1>{line}<p>The council of Ostmark voted to rebuild \
             the old bridge, which had been closed since the flood of last spring.</p></body>"
        );
        let (_, why) = explain(&page(&html), TODAY);
        let report = why.fields.iter().find(|report| report.field == field).expect("a known field");
        let won = report.candidates.iter().filter(|candidate| candidate.won);
        won.map(|candidate| format!("{}={}", candidate.origin, candidate.value)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn the_winner_is_what_the_value_was_made_of() {
        for row in [
            // The same day in two places: the first agrees, the second is what was taken.
            "published ++ <meta name=moddate content=2020-11-09><meta name=date content=2020-11-09> ++ ==> meta date=2020-11-09",
            "published ++ <meta name=date content=2020-11-09> ++ <p>Posted 9 November 2020</p> ==> meta date=2020-11-09",
            "published ++ ++ <p>Posted 9 November 2020</p> ==> text=Posted 9 November 2020",
            "published ++ <link rel=canonical href=https://herald.example.com/2020/11/09/bridge-to-be-rebuilt> ++ ==> \
             address=https://herald.example.com/2020/11/09/bridge-to-be-rebuilt",
            "title ++ <meta property=og:title content='Bridge to be rebuilt'> ++ ==> h1=Bridge to be rebuilt",
            "byline ++ <meta name=author content='Jo Berg'> ++ <p class=byline>By Jo Berg</p> ==> meta author=Jo Berg",
            "byline ++ ++ <p class=byline>By Jo Berg</p> ==> byline=By Jo Berg",
            "byline ++ <meta name=author content=admin> ++ <p>Jo Berg | 28 May 2008</p> ==> line with the date=Jo Berg | 28 May 2008",
            "url ++ <link rel=canonical href=https://herald.example.com/2020/11/a-long-bridge> ++ ==> \
             canonical=https://herald.example.com/2020/11/a-long-bridge",
            "section ++ <meta property=article:section content=City> ++ ==> meta article:section=City",
            "tags ++ <meta property=article:tag content=Bridges> ++ ==> meta article:tag=Bridges",
            "lead ++ <meta name=description content='It opens in June.'> ++ ==> description=It opens in June.",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let parts: Vec<&str> = input.split("++").map(str::trim).collect();
            assert_eq!(sources(parts[0], parts[1], parts[2]), expected, "{input}");
        }
    }
}
