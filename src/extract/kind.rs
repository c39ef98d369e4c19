//! What sort of page it is, by its structure and by what it says of itself.

use super::body::ends_sentence;
use super::clean::{Verdict, extent};
use super::hints::Hints;
use super::linked::Linked;
use super::outline::{Block, Outline, Tag};
use super::{DateOrigin, Dated, Kind};

/// What the kind is judged by.
pub(super) struct Context<'a> {
    pub(super) outline: &'a Outline,
    pub(super) linked: &'a Linked,
    pub(super) verdicts: &'a [Verdict],
    pub(super) title: &'a str,
    pub(super) body: &'a str,
    pub(super) published: Option<Dated>,
    pub(super) has_author: bool,
}

/// A free part is shorter than this.
const FREE_PART: usize = 220;
/// Types of JSON-LD objects that are no articles.
const OTHER_TYPES: [&str; 12] = [
    "product",
    "offer",
    "qapage",
    "faqpage",
    "service",
    "business",
    "softwareapplication",
    "techarticle",
    "profilepage",
    "apireference",
    "course",
    "itempage",
];

/// The kind of the page.
pub(super) fn find(context: &Context<'_>) -> Kind {
    let Context { outline, linked, body, .. } = *context;
    let page = Counts::of(context);
    let typed = |part: &str| linked.types.iter().any(|name| name.contains(part));
    let og = outline.meta("og:type").unwrap_or("").to_ascii_lowercase();
    if typed("liveblogposting") || is_column_of_entries(context) {
        return Kind::Live;
    }
    let forum = typed("discussionforumposting") || typed("qapage");
    let calls_itself = linked.is_article && linked.types.iter().any(|name| is_article_type(name));
    let says_article = calls_itself || og == "article" || og.ends_with(":article");
    if !says_article && !context.has_author && page.all < 250 && is_wall(context) {
        return Kind::Wall;
    }
    let says_list = typed("collectionpage") || typed("searchresultspage") || typed("itemlist") && !linked.is_article;
    if !says_article && (says_list || page.is_listing()) {
        return Kind::Index;
    }
    // Words are not counted again where the text is only in JSON-LD: its bytes tell enough.
    let words = if page.words == 0 { body.len() / 8 } else { page.words };
    if words == 0 || forum && !calls_itself {
        return Kind::Other;
    }
    let promised = linked.body.as_deref().map_or(0, str::len);
    let shut = linked.free == Some(false) || says_article && asks_to_pay(context);
    if shut && words < FREE_PART || promised > 3 * body.len() && promised > 1000 {
        return Kind::Stub;
    }
    if article_points(context, &page, calls_itself, &og) >= 0 { Kind::Article } else { Kind::Other }
}

fn is_article_type(name: &str) -> bool {
    matches!(name, "article" | "blogposting" | "report") || name.ends_with("newsarticle")
}

/// Evidence for an article less evidence against it, in tenths; 0 and more is enough.
///
/// The weights are those of a logistic regression over about 1,100 news pages and other pages, rounded; what had no
/// clear weight there was left out.
fn article_points(context: &Context<'_>, page: &Counts, calls_itself: bool, og: &str) -> i32 {
    let Context { outline, linked, .. } = *context;
    let title = title_words(context.title);
    let other_type = linked.types.iter().any(|name| OTHER_TYPES.iter().any(|part| name.contains(part)));
    let named_byline = outline.elements.iter().any(|part| part.hints.has(Hints::BYLINE));
    let date = context.published.map(|dated| dated.origin);
    let evidence = [
        (22, calls_itself),
        (12, og == "article" || og.ends_with(":article")),
        (10, named_byline),
        (6, context.has_author),
        (3, date.is_some_and(|origin| origin != DateOrigin::Text)),
        (6, date == Some(DateOrigin::Text)),
        // Signed and dated: rare on pages of goods and services, the rule in archives of news.
        (8, date.is_some() && context.has_author),
        (10, page.paragraphs >= 4),
        (9, outline.elements.iter().filter(|part| part.tag == Tag::Article).count() == 1),
        // Headlines are sentences, names of goods and pages are not.
        (9, title >= 6),
        (-12, title <= 3),
        (-10, og.starts_with("product") || og == "profile"),
        (-3, og == "website"),
        (-8, other_type),
        (-9, outline.elements.iter().filter(|part| part.tag == Tag::Code).take(2).count() == 2),
        (-10, page.headings * 60 > page.words),
        (-10, outline.items.iter().filter(|item| item.name == "time").count() >= 6),
        (-5, page.links >= 12 && page.running < 40 * page.links),
        (-7, page.words < 150),
        (-8, page.words > 2500),
    ];
    evidence.iter().filter(|(_, holds)| *holds).map(|(points, _)| points).sum::<i32>() - 4
}

/// Words of a title; two Han, kana or Thai letters are one.
fn title_words(title: &str) -> usize {
    let cjk = title.chars().filter(|c| crate::text::is_cjk(*c)).count();
    title.split_whitespace().count() + cjk / 2
}

/// What is on the page, in numbers.
#[derive(Default)]
struct Counts {
    /// Words on the page, and in its body.
    all: usize,
    words: usize,
    /// Paragraphs, and headings, of the body.
    paragraphs: usize,
    headings: usize,
    /// Lines that are one link.
    links: usize,
    /// Lines that are a link with a few words beside it.
    entries: usize,
    /// Words in running text anywhere, and how many blocks of it.
    running: usize,
    runs: usize,
}

impl Counts {
    fn of(context: &Context<'_>) -> Counts {
        let mut out = Counts::default();
        for (block, verdict) in context.outline.blocks.iter().zip(context.verdicts) {
            let words = block.words as usize;
            let tag = context.outline.elements[block.element as usize].tag;
            let share = block.link_share();
            let is_run = words >= 15 && share < 0.5 && ends_sentence(context.outline.text_of(block));
            out.all += words;
            out.running += if is_run { words } else { 0 };
            out.runs += usize::from(is_run);
            out.links += usize::from(words >= 5 && share > 0.8);
            out.entries += usize::from((4..40).contains(&words) && share > 0.5);
            if verdict.is_kept() {
                out.words += words;
                out.paragraphs += usize::from(is_run && words >= 20);
                out.headings += usize::from(matches!(tag, Tag::Heading(_)));
            }
        }
        out
    }

    /// Many linked lines, and little running text for them.
    fn is_listing(&self) -> bool {
        self.links >= 12 && self.paragraphs < 6 && self.words < 40 * self.links && self.running < 20 * self.links
            || self.entries >= 6 && self.runs <= 1 && self.words < 15 * self.entries
    }
}

/// Five elements that are named entries of a live report, or five times of day that stand alone within the text.
fn is_column_of_entries(context: &Context<'_>) -> bool {
    let outline = context.outline;
    let named = outline.elements.iter().filter(|part| part.hints.has(Hints::LIVE)).take(5).count();
    let is_time = |block: &&Block| {
        let hour = outline.text_of(block).split_once([':', '.']);
        let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        hour.is_some_and(|(hour, minute)| is_number(hour) && minute.len() == 2 && is_number(minute))
    };
    named == 5 || outline.blocks[extent(context.verdicts)].iter().filter(is_time).take(5).count() == 5
}

/// Whether a short line asks to pay for the rest.
fn asks_to_pay(context: &Context<'_>) -> bool {
    const ASKS: [&str; 16] = [
        "already a subscriber",
        "for subscribers",
        "subscribers only",
        "subscriber-only",
        "subscribe to read",
        "subscribe to continue",
        "continue reading with",
        "réservé aux abonnés",
        "déjà abonné",
        "für abonnenten",
        "jetzt weiterlesen",
        "weiterlesen mit",
        "solo para suscriptores",
        "per gli abbonati",
        "для подписчиков",
        "abonelere özel",
    ];
    context.outline.blocks.iter().filter(|block| (2..25).contains(&block.words)).any(|block| {
        let line = context.outline.text_of(block).to_lowercase();
        ASKS.iter().any(|phrase| line.contains(phrase))
    })
}

/// Whether a short page is there to be got past: an error, or two different things that such pages ask or say.
fn is_wall(context: &Context<'_>) -> bool {
    const TITLES: [&str; 14] = [
        "just a moment",
        "attention required",
        "access denied",
        "are you a robot",
        "captcha",
        "404",
        "page not found",
        "not found",
        "403",
        "forbidden",
        "security check",
        "error",
        "sign in",
        "log in",
    ];
    /// Alternatives of one thing each, in lower case.
    const SIGNS: [&[&str]; 10] = [
        &[
            "we use cookies",
            "accept all",
            "wir verwenden cookies",
            "alle akzeptieren",
            "tout accepter",
            "utilisons des cookies",
        ],
        &[
            "your consent",
            "einwilligung",
            "consentement",
            "consentimiento",
            "consenso",
            "согласие",
            "rızanız",
            "razılıq",
        ],
        &["personal data", "personenbezogen", "données personnelles", "datos personales", "персональн", "kişisel veri"],
        &["partners", "partnern", "partenaires", "партнер", "before you continue"],
        &["captcha", "characters", "символы с картинки", "symbols from the"],
        &["robot", "робот", "you are human", "ein mensch", "un humain", "insan olduğunuz"],
        &["enable javascript", "javascript aktivieren", "activer javascript", "включите javascript", "javascript'i"],
        &["unusual traffic", "suspicious", "подозрительн", "ungewöhnlich", "trafic inhabituel", "tráfico inusual"],
        &["checking your browser", "enable cookies", "проверка браузера", "browser wird überprüft", "been blocked"],
        &[
            "page you requested",
            "page you are looking for",
            "seite nicht gefunden",
            "страница не найдена",
            "page introuvable",
        ],
    ];
    let title = context.title.to_lowercase();
    let text = context.outline.text.to_lowercase();
    let signs = SIGNS.iter().filter(|words| words.iter().any(|word| text.contains(word) || title.contains(word)));
    TITLES.iter().any(|phrase| title.starts_with(phrase)) || signs.count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::input::{Format, Page};

    #[test]
    fn kinds() {
        let card = "<article><a href=/a><h3>The bridge is open again</h3></a><p>After two years.</p></article>";
        let told = "<p>The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the flood.</p>";
        let rows: Vec<(String, Kind)> = vec![
            (format!("<title>Science</title><h1>Science</h1>{}", card.repeat(8)), Kind::Index),
            (
                "<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies. With your consent we \
                 process personal data.</p>"
                    .to_owned(),
                Kind::Wall,
            ),
            (
                "<title>Проверка</title><h1>Подтвердите, что вы не робот</h1><p>Введите символы с картинки.</p>".to_owned(),
                Kind::Wall,
            ),
            (
                format!(
                    "<meta property=og:type content=article><h1>Council votes for a new old bridge</h1>{told}<div \
                     class=paywall><p>Already a subscriber? Log in to read on.</p></div>"
                ),
                Kind::Stub,
            ),
            (
                format!("<meta property=og:type content=article><h1>Council votes for a new old bridge</h1>{told}"),
                Kind::Article,
            ),
            (format!("<meta property=og:type content=product><h1>Steel pan</h1>{told}"), Kind::Other),
        ];
        for (text, kind) in rows {
            let page = Page {
                format: Format::Html,
                text,
                url: None,
                captured: None,
                encoding: "UTF-8",
                sha256: String::new(),
                notes: Vec::new(),
            };
            assert_eq!(extract(&page).kind, kind, "{}", page.text);
        }
    }
}
