//! What sort of page it is, by its structure and by what it says of itself.

mod cards;
pub(crate) mod context;
mod features;
mod live;
mod url_features;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::extract::article::Kind;
use crate::extract::context::PageContext;
use crate::extract::json_ld::JsonLd;
use crate::extract::tables::{KIND_WORDS, KINDS};
use crate::text::word_lists::{Phrase, WordLists};
use context::{FeatureValues, KindContext, calls_itself_article};
use features::Counts;

/// Words of a text that is one by itself: two or three paragraphs.
const WHOLE_TEXT: usize = 60;
/// A free part is shorter than this, in words.
const FREE_PART: usize = 220;

/// The kind of the page, and the features that it was decided by.
pub(crate) fn find(context: &KindContext<'_>) -> (Kind, FeatureValues) {
    let counts = Counts::of(context);
    let features = features::read(context, &counts);
    (decide(context, &counts, &features), features)
}

fn decide(context: &KindContext<'_>, page: &Counts, features: &FeatureValues) -> Kind {
    let PageContext { outline, json_ld, .. } = *context.page;
    let told = |kind: Kind, origin: &str, why: &str| {
        context.page.trace.won("kind", origin, why);
        kind
    };
    if let Some(name) = declared_type(json_ld, &["liveblogposting"]) {
        return told(Kind::Live, "json-ld @type", name);
    }
    if live::is_column_of_entries(context) {
        return told(Kind::Live, "rule", "a column of dated entries");
    }
    let og = outline.meta("og:type").unwrap_or("").to_ascii_lowercase();
    let says_article = calls_itself_article(json_ld) || og == "article" || og.ends_with(":article");
    // Walls say little; where there are more words, something else stands beside the box.
    if !says_article && !context.has_author && page.all < 250 && is_wall(context, page) {
        return told(Kind::Wall, "rule", "a short page of consent, log-in or error");
    }
    if !says_article && !context.has_author && cards::is_list(outline) {
        return told(Kind::Index, "rule", "a list of cards");
    }
    let (odds, rival) = log_odds(features);
    let table = format!("log-odds of an article {odds:+.1}, else {rival}");
    // Only articles are sold one by one.
    let is_sold = calls_itself_article(json_ld) && json_ld.free == Some(false);
    // The weights are fitted so that zero is the cut.
    if odds < 0.0 && !is_sold {
        if let Some(name) = declared_type(json_ld, &["collectionpage", "searchresultspage", "itemlist"]) {
            return told(Kind::Index, "json-ld @type", name);
        }
        let kind = if page.is_listing() { Kind::Index } else { Kind::Other };
        return told(kind, "table", &table);
    }
    match lack(context, page, says_article) {
        Some((kind, why)) => told(kind, "rule", why),
        None => told(Kind::Article, "table", &table),
    }
}

/// The first type of the page in JSON-LD that has one of `parts` in its name.
fn declared_type<'a>(json_ld: &'a JsonLd, parts: &[&str]) -> Option<&'a str> {
    parts.iter().find_map(|part| json_ld.types.iter().find(|name| name.contains(part))).map(String::as_str)
}

/// What the text lacks of a whole article, with the kind that the page is for that; `None` where nothing.
fn lack(context: &KindContext<'_>, page: &Counts, says_article: bool) -> Option<(Kind, &'static str)> {
    let PageContext { json_ld, .. } = *context.page;
    if context.body.is_empty() {
        return Some((if says_article { Kind::Stub } else { Kind::Other }, "no text"));
    }
    let shut = json_ld.free == Some(false) || says_article && asks_to_pay(context);
    if shut && page.words < FREE_PART {
        return Some((Kind::Stub, "not free, and short"));
    }
    let promised = json_ld.body.as_deref().map_or(0, str::len);
    // A thousand bytes are two paragraphs: less is a description put into the wrong field.
    let is_part = promised > 3 * context.body.len() && promised > 1000;
    is_part.then_some((Kind::Stub, "less than a third of the text in JSON-LD"))
}

/// Sorts of pages that are no articles, in the order of the table's columns.
const SORTS: [&str; 6] = ["service", "listing", "documentation", "forum", "product", "collection"];

/// A line of the table of weights: above its threshold a feature adds these weights, one for each of [`SORTS`].
type Step = (f32, [f32; SORTS.len()]);

/// The table of weights, by feature.
fn weights() -> &'static FxHashMap<&'static str, Vec<Step>> {
    static WEIGHTS: OnceLock<FxHashMap<&str, Vec<Step>>> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let mut out: FxHashMap<&str, Vec<Step>> = FxHashMap::default();
        for line in KINDS.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let Some(name) = cells.next() else { continue };
            let mut numbers = cells.map(|cell| {
                let number = cell.parse();
                debug_assert!(number.is_ok(), "kind.tsv: {cell} is no number");
                number.unwrap_or(0.0)
            });
            let above = numbers.next().unwrap_or(0.0);
            let row = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
            out.entry(name).or_default().push((above, row));
        }
        out
    })
}

/// How much more likely than not it is that the page holds an article, as the logarithm of the odds against all other sorts
/// together, and the likeliest of these.
fn log_odds(features: &FeatureValues) -> (f32, &'static str) {
    let weights = weights();
    let mut sums = [0.0_f32; SORTS.len()];
    for (name, value) in features.iter().copied().chain([("bias", 1.0)]) {
        for (_, row) in weights.get(name).into_iter().flatten().filter(|(above, _)| value > *above) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let likeliest = (0..SORTS.len()).max_by(|left, right| sums[*left].total_cmp(&sums[*right])).unwrap_or(0);
    (-sums.iter().map(|sum| sum.exp()).sum::<f32>().max(f32::MIN_POSITIVE).ln(), SORTS[likeliest])
}

/// The phrases of `data/extract/kinds.txt` that decide by themselves.
struct KindWords {
    asks_to_pay: Vec<Phrase>,
    wall_titles: Vec<Phrase>,
    /// Alternatives of one thing each.
    walls: Vec<Vec<Phrase>>,
}

fn words() -> &'static KindWords {
    static WORDS: OnceLock<KindWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = WordLists::parse(KIND_WORDS);
        KindWords {
            asks_to_pay: table.phrases("asks to pay"),
            wall_titles: table.phrases("wall title"),
            walls: table.phrase_groups("wall: "),
        }
    })
}

/// Whether a short line asks to pay for the rest.
fn asks_to_pay(context: &KindContext<'_>) -> bool {
    context.page.outline.blocks.iter().filter(|block| (2..25).contains(&block.words)).any(|block| {
        let line = context.page.outline.text_of(block).to_lowercase();
        words().asks_to_pay.iter().any(|phrase| line.contains(&**phrase))
    })
}

/// Whether a short page is there to be got past: an error, or two different things that such pages ask or say.
fn is_wall(context: &KindContext<'_>, page: &Counts) -> bool {
    let title = context.page.title.to_lowercase();
    // Beside a whole text such words stand in a box; a page that is there to be got past has them in its own text.
    let whole = if page.words >= WHOLE_TEXT { context.body } else { &context.page.outline.text };
    let text = whole.to_lowercase();
    let is_said = |phrase: &Phrase| text.contains(&**phrase) || title.contains(&**phrase);
    let signs = words().walls.iter().filter(|phrases| phrases.iter().any(is_said));
    words().wall_titles.iter().any(|phrase| title.starts_with(&**phrase)) || signs.count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tests::read;

    const TOLD: &str = "<p>The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the \
                        flood.</p><p>Work is to begin in June, said Anna Holm, who chairs the council, and will take two years.</p>";
    const TOLD2: &str = "<p>The railway had asked for a tunnel instead, at three times the price, and has not said whether it will go to \
                         court.</p><p>Nobody knows what it will cost, for the price of steel has doubled since the autumn.</p>";
    const OG: &str = "<meta property=og:type content=article>";
    const HEADLINE: &str = "<h1>Council votes for a new old bridge</h1>";

    #[track_caller]
    fn check(rows: &[(&str, Kind, String)]) {
        for (name, kind, text) in rows {
            assert_eq!(read(text).kind, *kind, "{name}");
        }
    }

    #[test]
    fn walls() {
        check(&[
            (
                "cookies",
                Kind::Wall,
                "<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies. With your consent we \
                 process personal data.</p>"
                    .to_owned(),
            ),
            (
                "captcha",
                Kind::Wall,
                "<title>Проверка</title><h1>Подтвердите, что вы не робот</h1><p>Введите символы с картинки.</p>".to_owned(),
            ),
            (
                "robot check",
                Kind::Wall,
                "<title>Just a moment...</title><h1>herald.example.com</h1><p>Checking your browser before you go on.</p>"
                    .to_owned(),
            ),
            (
                "log-in",
                Kind::Wall,
                "<title>Log in - Herald</title><h1>Log in</h1><p>Username</p><p>Password</p><p>Forgot it?</p>".to_owned(),
            ),
            ("error", Kind::Wall, "<title>404 - Herald</title><h1>404</h1><p>The page is gone.</p>".to_owned()),
            (
                "a box of consent beside an article",
                Kind::Article,
                format!(
                    "{HEADLINE}<div class=consent><p>We and our partners use cookies to process personal data with your consent.</p></div>\
                     <article>{TOLD}{TOLD2}</article>"
                ),
            ),
            (
                "an article on captchas",
                Kind::Article,
                format!("{OG}<h1>Captcha of the council keeps robots out</h1>{TOLD}"),
            ),
        ]);
    }

    #[test]
    fn articles_and_parts_of_them() {
        let entry = |hour: u8| {
            format!("<p>{hour}:15</p><p>The council goes on with its debate about the bridge, and it is late.</p>")
        };
        check(&[
            ("article", Kind::Article, format!("{OG}{HEADLINE}{TOLD}")),
            (
                "old page",
                Kind::Article,
                format!(
                    "<title>Council votes for a new old bridge</title>{HEADLINE}<p>By Jo Berg, 10 November 2008</p>{TOLD}"
                ),
            ),
            (
                "paywall",
                Kind::Stub,
                format!("{OG}{HEADLINE}{TOLD}<div class=paywall><p>Already a subscriber? Log in to read on.</p></div>"),
            ),
            (
                "not free",
                Kind::Stub,
                format!(
                    "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Council votes\",\
                     \"isAccessibleForFree\":false}}</script>{HEADLINE}{TOLD}"
                ),
            ),
            (
                "live, declared",
                Kind::Live,
                format!("<script type=application/ld+json>{{\"@type\":\"LiveBlogPosting\"}}</script>{HEADLINE}{TOLD}"),
            ),
            ("live, told by its entries", Kind::Live, format!("{HEADLINE}{}", (8..14).map(entry).collect::<String>())),
        ]);
    }

    #[test]
    fn other_pages() {
        let card = "<article><a href=/a><h3>The bridge is open again</h3></a><p>After two years.</p></article>";
        let post = "<div class=postbit><p>anna7</p><p>Joined: May 2011</p><p>Posts: 210</p><p>I would take the one that you had, \
                    it holds.</p><p>Quote</p></div>";
        let step = "<h2>Install</h2><p>Type the command below, the default value of the parameter is a file.</p>\
                    <pre>bridge install --file a.txt</pre>";
        check(&[
            ("index", Kind::Index, format!("<title>Science</title><h1>Science</h1>{}", card.repeat(8))),
            (
                "product",
                Kind::Other,
                "<meta property=og:type content=product><title>Steel pan</title><h1>Steel pan</h1><p>$ 49.00</p><p>In stock</p>\
                 <p>Add to cart</p><p>Our steel pan is made for you, with free shipping and a warranty of ten years.</p>"
                    .to_owned(),
            ),
            (
                "forum",
                Kind::Other,
                format!(
                    "<meta name=generator content=phpBB><link rel=canonical href=https://forum.example.com/viewtopic.php?t=7>\
                     <title>Which steel? - Forum</title><h1>Which steel?</h1>{}<p>Post Reply</p><p>Log in</p><p>Register</p>",
                    post.repeat(6)
                ),
            ),
            (
                "documentation",
                Kind::Other,
                format!(
                    "<meta name=generator content=Docusaurus><link rel=canonical href=https://docs.example.com/docs/latest/install>\
                     <title>Install | Manual</title><nav>On this page</nav><h1>Install</h1>{}<p>Edit this page</p><p>Next page</p>",
                    step.repeat(4)
                ),
            ),
            ("nothing", Kind::Other, String::new()),
        ]);
    }
}
