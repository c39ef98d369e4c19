//! What sort of page it is, by its structure and by what it says of itself.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::clean::{Verdict, extent};
use super::hints::Hints;
use super::linked::Linked;
use super::outline::{Block, Outline};
use super::signs::{self, Counts, Signs};
use super::{Dated, Kind};

/// What the kind is judged by.
pub(super) struct Context<'a> {
    pub(super) outline: &'a Outline,
    pub(super) linked: &'a Linked,
    pub(super) verdicts: &'a [Verdict],
    pub(super) title: &'a str,
    pub(super) body: &'a str,
    pub(super) published: Option<Dated>,
    pub(super) has_author: bool,
    /// Element of the headline.
    pub(super) heading: Option<usize>,
    pub(super) url: Option<&'a str>,
    /// The page as it was parsed.
    pub(super) page: &'a str,
}

/// A free part is shorter than this, in words.
const FREE_PART: usize = 220;

/// The kind of the page, and the signs that it was told by.
pub(super) fn find(context: &Context<'_>) -> (Kind, Signs) {
    let counts = Counts::of(context);
    let signs = signs::of(context, &counts);
    (decide(context, &counts, &signs), signs)
}

fn decide(context: &Context<'_>, page: &Counts, signs: &Signs) -> Kind {
    let Context { outline, linked, body, .. } = *context;
    let typed = |part: &str| linked.types.iter().any(|name| name.contains(part));
    if typed("liveblogposting") || is_column_of_entries(context) {
        return Kind::Live;
    }
    let og = outline.meta("og:type").unwrap_or("").to_ascii_lowercase();
    let says_article = calls_itself_article(linked) || og == "article" || og.ends_with(":article");
    if !says_article && !context.has_author && page.all < 250 && is_wall(context) {
        return Kind::Wall;
    }
    if log_odds(signs) < 0.0 {
        let says_list = typed("collectionpage") || typed("searchresultspage") || typed("itemlist");
        return if says_list || page.is_listing() { Kind::Index } else { Kind::Other };
    }
    if body.is_empty() {
        return if says_article { Kind::Stub } else { Kind::Other };
    }
    let promised = linked.body.as_deref().map_or(0, str::len);
    let shut = linked.free == Some(false) || says_article && asks_to_pay(context);
    if shut && page.words < FREE_PART || promised > 3 * body.len() && promised > 1000 {
        return Kind::Stub;
    }
    Kind::Article
}

/// The weights of signs: a line has the sign, its threshold and the weight that counts above it.
const TABLE: &str = include_str!("kind.tsv");

/// How much more likely than not it is that the page holds an article, as the logarithm of the odds.
fn log_odds(signs: &Signs) -> f32 {
    static WEIGHTS: OnceLock<FxHashMap<&str, Vec<(f32, f32)>>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        let mut out: FxHashMap<&str, Vec<(f32, f32)>> = FxHashMap::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(name), Some(above), Some(weight)) = (cells.next(), cells.next(), cells.next()) else { continue };
            if let (Ok(above), Ok(weight)) = (above.parse(), weight.parse()) {
                out.entry(name).or_default().push((above, weight));
            }
        }
        out
    });
    let of = |name: &str, value: f32| -> f32 {
        let steps = weights.get(name).into_iter().flatten();
        steps.filter(|(above, _)| value > *above).map(|(_, weight)| weight).sum()
    };
    of("bias", 1.0) + signs.iter().map(|(name, value)| of(name, *value)).sum::<f32>()
}

/// Whether JSON-LD says that the page is an article.
pub(super) fn calls_itself_article(linked: &Linked) -> bool {
    let is_type =
        |name: &String| matches!(name.as_str(), "article" | "blogposting" | "report") || name.ends_with("newsarticle");
    linked.is_article && linked.types.iter().any(is_type)
}

/// Words of a title; two Han, kana or Thai letters are one.
pub(super) fn title_words(title: &str) -> usize {
    let cjk = title.chars().filter(|c| crate::text::is_cjk(*c)).count();
    title.split_whitespace().count() + cjk / 2
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
