//! Why an article came out as it did: every block of the page with what was decided about it, every field with what
//! was found for it.
//!
//! Made only when it is asked for; extraction itself keeps none of it.

use serde::Serialize;

use crate::extract::article::{Article, first_paragraph};
use crate::extract::block_model::features::{COUNT, Facts, is_asked};
use crate::extract::body::choose::Guide;
use crate::extract::body::clean::{Scene, Verdict};
use crate::extract::context::PageContext;
use crate::extract::evidence::Evidence;
use crate::extract::fields::address::{self, Addresses};
use crate::extract::fields::{byline, date, lead, section, site, tags, title};
use crate::extract::html::class_hints::Hints;
use crate::extract::html::value_text::one_line;
use crate::extract::trace::{Candidate, Trace};
use crate::lang;

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

/// Reports on the metadata: what the page offers for each field, and which of it the article's value was made of. `addresses`
/// are those that the page gives for itself.
pub(crate) fn fields(context: &PageContext<'_>, addresses: Addresses<'_>, article: &Article) -> Vec<FieldReport> {
    let PageContext { url, other_host, outline, json_ld, trace, .. } = *context;
    note_text(context, article);
    if let Some(found) = site::candidates(url, other_host, outline, json_ld).next() {
        trace.won("site", found.origin, &found.text);
    }
    let list = |list: &[String]| Some(list.join(", ")).filter(|text| !text.is_empty());
    let title = Some(article.title.clone()).filter(|title| !title.is_empty());
    let dated = article.published.map(|dated| format!("{} (from {})", dated.stamp, dated.origin));
    let modified = article.modified.map(|stamp| stamp.to_string());
    let kind = Some(article.kind.name().to_owned());
    let changes = date::changes(context).map(|(evidence, _)| evidence);
    vec![
        report(trace, "title", title, title::candidates(outline, json_ld)),
        report(trace, "byline", list(&article.byline), byline::candidates(context)),
        report(trace, "published", dated, date::candidates(context)),
        report(trace, "modified", modified, changes),
        report(trace, "url", article.url.clone(), address::candidates(addresses)),
        report(trace, "site", article.site.clone(), site::candidates(url, other_host, outline, json_ld)),
        report(trace, "section", article.section.clone(), section::candidates(context)),
        report(trace, "tags", list(&article.tags), tags::candidates(context)),
        report(trace, "correction", article.correction.clone(), std::iter::empty()),
        report(trace, "lead", article.lead.clone(), lead::candidates(outline, json_ld)),
        report(trace, "lang", article.lang.clone(), declared_lang(context)),
        report(trace, "kind", kind, declared_kinds(context)),
    ]
}

/// Notes what was made of the text itself. Nothing but an explanation asks for it, so it is not noted on the way.
fn note_text(context: &PageContext<'_>, article: &Article) {
    let trace = context.trace;
    let first = first_paragraph(&article.body);
    if let Some(lead) = article.lead.as_deref().filter(|lead| first.as_deref() == Some(*lead)) {
        trace.also("lead", "text", lead);
    }
    let read = lang::detect(&article.body, None);
    match (read, article.lang.as_deref()) {
        (Some(read), Some(lang)) if read == lang => trace.won("lang", "text", read),
        (_, Some(_)) => trace.won("lang", "html lang", context.outline.lang.as_deref().unwrap_or("")),
        (_, None) => {}
    }
}

/// What the page says of its language; the text is believed before it.
fn declared_lang<'a>(context: &PageContext<'a>) -> impl Iterator<Item = Evidence<'a>> + use<'a> {
    context.outline.lang.as_deref().map(|lang| Evidence::named("html lang", lang)).into_iter()
}

/// What the page calls itself; the features of all of it decide beside that.
fn declared_kinds<'a>(context: &PageContext<'a>) -> impl Iterator<Item = Evidence<'a>> + use<'a> {
    let types = context.json_ld.types.iter().take(MOST_OF_A_SORT);
    let types = types.filter_map(|name| Evidence::json_ld("@type", Some(name)));
    types.chain(Evidence::open_graph(context.outline, "og:type"))
}

/// Candidates of one field that are printed; a page can have thousands of tags.
const MOST_CANDIDATES: usize = 48;
/// Types of JSON-LD that are printed.
const MOST_OF_A_SORT: usize = 12;

/// The report of one field: the candidates, the value's sources among them marked. A source that is no candidate, such as a
/// line of the text, is added.
fn report<'a>(
    trace: &Trace,
    field: &'static str,
    value: Option<String>,
    offered: impl Iterator<Item = Evidence<'a>>,
) -> FieldReport {
    let mut candidates: Vec<Candidate> = Vec::new();
    let offered = offered.map(|evidence| (evidence.origin.to_string(), one_line(&evidence.text)));
    for (origin, value) in offered.filter(|(_, value)| !value.is_empty()).take(MOST_CANDIDATES) {
        // A place can be asked twice: for people first, then for whoever signs.
        if !candidates.iter().any(|other| other.origin == origin && other.value == value) {
            candidates.push(Candidate { origin, value, won: false });
        }
    }
    for source in trace.sources(field).into_iter().take(MOST_CANDIDATES) {
        let known = candidates.iter_mut().find(|other| other.origin == source.origin && other.value == source.value);
        match known {
            Some(candidate) => candidate.won = true,
            None => candidates.push(source),
        }
    }
    FieldReport { field, value, candidates }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            "site ++ <link rel=canonical href=https://herald.example.com/2020/11/a-long-bridge> ++ ==> \
             url=https://herald.example.com/2020/11/a-long-bridge",
            "site ++ <meta property=og:site_name content=Herald> ++ ==> og:site_name=Herald",
            "modified ++ <meta name=lastmod content=2020-11-12> ++ ==> meta lastmod=2020-11-12",
            "lang ++ ++ ==> text=en",
            "correction ++ ++ <p>Correction: The piers are of stone, not of steel.</p> ==> \
             text=Correction: The piers are of stone, not of steel.",
            "published ++ ++ ==> ",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let parts: Vec<&str> = input.split("++").map(str::trim).collect();
            assert_eq!(sources(parts[0], parts[1], parts[2]), expected, "{input}");
        }
    }

    /// All candidates of `field` on a page with this head and body, in the order of their list.
    #[track_caller]
    fn check(field: &str, html: &str, expected: &str) {
        let (_, why) = explain(&page(html), TODAY);
        let report = why.fields.iter().find(|report| report.field == field).expect("a known field");
        let shown = report.candidates.iter().map(|candidate| {
            format!("{}={}{}", candidate.origin, candidate.value, if candidate.won { "*" } else { "" })
        });
        assert_eq!(shown.collect::<Vec<_>>().join("|"), expected, "{field}");
    }

    #[test]
    fn candidates_stand_in_the_order_in_which_they_are_believed() {
        let text = "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood of spring.</p>";
        let head = "<meta name=date content=2020-11-09><meta name=pubdate content=soon><meta property=article:section content=City>\
                    <meta name=sailthru.section content=Local><meta property=og:title content='Bridge to be rebuilt'>\
                    <title>Bridge to be rebuilt | Herald</title><meta name=author content='Jo Berg'><meta name=byl content='By Anna Holm'>";
        let html = format!(
            "<html><head>{head}</head><body><h1>Bridge to be rebuilt</h1><h1>Other news</h1>{text}</body></html>"
        );
        check("published", &html, "meta pubdate=soon|meta date=2020-11-09*");
        check("section", &html, "meta article:section=City*|meta sailthru.section=Local");
        check(
            "title",
            &html,
            "h1=Bridge to be rebuilt*|h1=Other news|og:title=Bridge to be rebuilt|title=Bridge to be rebuilt | Herald",
        );
        check("byline", &html, "meta author=Jo Berg*|meta byl=By Anna Holm");
    }

    #[test]
    fn each_field_is_reported_once() {
        let (_, why) = explain(&page("<p>The council voted.</p>"), TODAY);
        let fields: Vec<&str> = why.fields.iter().map(|report| report.field).collect();
        let expected = "title byline published modified url site section tags correction lead lang kind";
        assert_eq!(fields.join(" "), expected);
    }

    #[test]
    fn long_lists_are_cut() {
        let tags = "<meta property=article:tag content=x>".replace('x', "'a, b'").repeat(3);
        let many: String = (0..500).map(|at| format!("<meta property=article:tag content=tag{at}x>")).collect();
        let (_, why) = explain(&page(&format!("{tags}{many}<p>The council voted.</p>")), TODAY);
        assert!(why.fields.iter().all(|report| report.candidates.len() <= 2 * MOST_CANDIDATES));
    }

    proptest::proptest! {
        /// An explanation is of the same article, and where a field has a value something is said to have made it.
        #[test]
        fn an_explanation_is_of_the_same_article(
            page_text in "(<(h1|p|p class=byline|time datetime=2020-11-09|title|meta name=author content=Jo|li)>|[A-Z][a-z]{2,8} |By Jo Berg|9 November 2020|</p>){0,30}"
        ) {
            let page = page(&page_text);
            let (article, why) = explain(&page, TODAY);
            proptest::prop_assert_eq!(&article, &crate::extract::extract(&page, TODAY));
            for report in why.fields.iter().filter(|report| report.value.is_some() && report.field != "lang") {
                proptest::prop_assert!(report.candidates.iter().any(|candidate| candidate.won), "{}: {:?}", report.field, report);
            }
        }
    }
}
