//! What the article is about, in the key words that the page gives it.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::extract::context::PageContext;
use crate::extract::evidence::{Evidence, Origin};
use crate::extract::html::value_text::one_line;
use crate::extract::html::value_text::plain;
use crate::extract::tables::TAGS;
use crate::text::word_lists::{Phrase, WordLists};

/// Meta tags that hold one key word each, or several, for this article.
const METAS: [&str; 8] = [
    "article:tag",
    "og:article:tag",
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "cxenseparse:recs:tags",
    "dc.subject",
    "citation_keywords",
];
/// Most tags of one article. Labelled pages that have any have 5 at the median and 20 at the 95th percentile.
const MOST_TAGS: usize = 40;
/// Longest tag, in characters and in words; longer ones are sentences.
const LONGEST_TAG: usize = 60;
const MOST_WORDS: usize = 7;
/// A `keywords` tag with more than so many entries was written for search engines.
const STUFFED: usize = 25;

/// What the page offers, strongest first; all of it counts, but for the old `keywords` tag, which comes last.
pub(crate) fn candidates<'a>(context: &PageContext<'a>) -> impl Iterator<Item = Evidence<'a>> + use<'a> {
    let outline = context.outline;
    let declared = context.json_ld.keywords.iter().filter_map(|words| Evidence::json_ld("keywords", Some(words)));
    let metas = outline.metas.iter().filter(|meta| METAS.contains(&meta.name.as_str())).map(Evidence::of_meta);
    let items = outline.items.iter().filter(|item| item.name == "keywords").map(|item| {
        let line = || outline.line(&outline.elements[item.element as usize]);
        let text = if item.value.is_empty() { line().into() } else { Cow::from(&item.value) };
        Evidence::named("itemprop keywords", text)
    });
    let links = outline.elements.iter().filter(|part| part.is_tag);
    let links = links.map(|link| Evidence::named(LINK, outline.line(link)));
    declared.chain(metas).chain(items).chain(links).chain(Evidence::meta(outline, OLD))
}

/// A link to the page of a tag: one key word, whatever commas are in it.
const LINK: &str = "rel=tag";
/// The meta tag that was invented for search engines.
const OLD: &str = "keywords";

/// The page's key words in its order, each once; empty where it gives none. `body` is the text of the article.
///
/// JSON-LD, the tags of the article and links to tag pages are all believed. The old `keywords` tag is often the same on every
/// page of a site: it is believed where nothing else is there, it is short and most of it is said by headline or text.
pub(crate) fn find(context: &PageContext<'_>, body: &str) -> Vec<String> {
    let mut tags = Tags { title: crate::text::fold(context.title), ..Tags::default() };
    for evidence in candidates(context) {
        let is_taken = match evidence.origin {
            Origin::Named(LINK) => tags.add(&evidence.text),
            Origin::Meta(OLD) if !tags.found.is_empty() => false,
            Origin::Meta(OLD) => {
                tags.split(&evidence.text);
                let is_stuffed = tags.found.len() > STUFFED || !tags.are_said(context.title, body);
                if is_stuffed {
                    return Vec::new();
                }
                true
            }
            _ => {
                tags.split(&evidence.text);
                true
            }
        };
        if is_taken {
            context.trace.also("tags", evidence.origin, &evidence.text);
        }
    }
    tags.found
}

#[derive(Default)]
struct Tags {
    /// The headline, folded.
    title: String,
    found: Vec<String>,
    seen: FxHashSet<String>,
}

impl Tags {
    /// Adds the parts of a list; a comma or semicolon parts them, or a bar where there is neither.
    fn split(&mut self, list: &str) {
        let marks: &[char] = if list.contains([',', ';', '،', '、', '，']) {
            &[',', ';', '،', '、', '，', '\n']
        } else {
            &['|', '•', '\n', '\t']
        };
        for part in list.split(marks) {
            // `#bridge #flood` is a list, too.
            part.split(" #").for_each(|tag| {
                self.add(tag);
            });
        }
    }

    /// Whether headline or text say more than half of the tags.
    fn are_said(&self, title: &str, body: &str) -> bool {
        let text = format!(" {} ", crate::text::fold(&format!("{title}\n{body}")));
        let said = self.found.iter().filter(|tag| text.contains(crate::text::fold(tag).as_str())).count();
        2 * said > self.found.len()
    }

    /// Adds one tag, cleaned, unless it is none or was seen before.
    fn add(&mut self, tag: &str) -> bool {
        let tag = one_line(&plain(tag));
        let tag = tag.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '#' | '"' | '“' | '”' | '«' | '»' | '.' | '[' | ']' | '\'')
        });
        if self.found.len() >= MOST_TAGS || !is_tag(tag) {
            return false;
        }
        let folded = crate::text::fold(tag);
        if folded == self.title || !self.seen.insert(folded) {
            return false;
        }
        self.found.push(tag.to_owned());
        true
    }
}

/// Whether a text can be a key word for readers: short, with a letter, and no name for machines (`type:story`, `topic_id`, an
/// address, a number).
fn is_tag(tag: &str) -> bool {
    let letters = tag.chars().filter(|c| c.is_alphabetic()).count();
    let digits = tag.chars().filter(char::is_ascii_digit).count();
    let is_code = tag.split(' ').any(|word| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        inner.contains([':', '=', '_', '\\', '{']) || inner.contains("//") || inner.contains('@')
    });
    letters >= 1
        && !is_key_of_system(tag)
        && (letters >= 2 || tag.chars().any(crate::text::is_cjk))
        // A year or a number of a law beside a word; more are a code.
        && digits <= letters + 4
        && tag.chars().count() <= LONGEST_TAG
        && tag.split(' ').count() <= MOST_WORDS
        && !is_code
}

/// Whether a tag is a note of the content system: the name of a field with its value or without (`Category:`, `Day: Friday`), or the
/// name of a layout (`splitscreenimageleftinset`).
fn is_key_of_system(tag: &str) -> bool {
    static WORDS: OnceLock<(FxHashSet<Phrase>, Vec<Phrase>)> = OnceLock::new();
    let (fields, layouts) = WORDS.get_or_init(|| {
        let table = WordLists::parse(TAGS);
        (table.phrase_set("field"), table.phrases("layout"))
    });
    let lower = tag.to_lowercase();
    // `NLP Category: General` is a field, too.
    let is_name =
        |name: &str| fields.contains(name) || name.rsplit(' ').next().is_some_and(|last| fields.contains(last));
    let is_field = lower.split_once(':').is_some_and(|(name, _)| is_name(name.trim()));
    // Compound words of German are as long, but have none of these in them.
    let is_long = lower.len() >= 16 && lower.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_field || is_long && layouts.iter().filter(|part| lower.contains(&***part)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tests::read;

    #[test]
    fn tags_come_from_what_speaks_of_the_article() {
        let text = "<h1>Bridge to be rebuilt</h1><p>The council of Ostmark voted to rebuild the old bridge, which had been \
                    closed since the flood.</p>";
        for row in [
            "<meta property=article:tag content=Bridges><meta property=article:tag content='Ostmark, bridges'> ==> Bridges|Ostmark",
            "<meta name=news_keywords content='bridge; flood ; #Ostmark'> ==> bridge|flood|Ostmark",
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"keywords\":[\"Brücke\",{\"name\":\"Hochwasser\"}]}</script> \
             ==> Brücke|Hochwasser",
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"keywords\":\"Brücke, Hochwasser\"}</script> ==> \
             Brücke|Hochwasser",
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"keywords\":\"Type:Story,page_id:4,12345,Flood\"}</script> \
             ==> Flood",
            "<a rel=tag href=/t/flood>Flood</a> <a rel='tag nofollow' href=/t/bridge>#Bridge</a> ==> Flood|Bridge",
            "<meta name=keywords content='bridge, flood, weather'> ==> bridge|flood|weather",
            "<meta name=keywords content='news, sport, weather, shares, horoscope, flood'> ==> ",
            "<meta property=article:tag content='Bridge to be rebuilt'> ==> ",
            "<meta name=news_keywords content='水害、橋、議会'> ==> 水害|橋|議会",
        ] {
            let (input, expected) = row.split_once(" ==>").expect("a row has ==>");
            let found = read(&format!("{input}{text}")).tags;
            assert_eq!(found.join("|"), expected.trim(), "{input}");
        }
    }

    #[test]
    fn tags_are_bounded() {
        let many: String =
            (0..500).map(|at| format!("<meta property=article:tag content='word{}x'>", "a".repeat(at % 60))).collect();
        assert!(read(&many).tags.len() <= super::MOST_TAGS);
    }

    #[track_caller]
    fn check(head: &str, expected: &str) {
        let html = format!(
            "<html><head>{head}</head><h1>Bridge to be rebuilt</h1><p>The council of Ostmark voted to rebuild it.</p>"
        );
        assert_eq!(read(&html).tags.join("|"), expected, "{head}");
    }

    #[test]
    fn sources_are_joined_and_each_tag_counts_once() {
        check(
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"keywords\":[\"Bridges\",\"Ostmark\"]}</script>\
             <meta property=article:tag content=BRIDGES><meta name=news_keywords content='flood, ostmark'>",
            "Bridges|Ostmark|flood",
        );
        // The old tag counts only where nothing else is there.
        check("<meta property=article:tag content=Bridges><meta name=keywords content='council, ostmark'>", "Bridges");
        check("<meta name=keywords content='council, ostmark'>", "council|ostmark");
        check("<meta name=keywords content='council, tunnel, ferry'>", "");
    }

    #[test]
    fn tags_are_for_readers() {
        for (tag, is_one) in [
            ("Flood", true),
            ("Нагорный Карабах", true),
            ("水", true),
            ("x", false),
            // One letter is a code to this rule, whatever stands behind it.
            ("G20", false),
            ("COVID-19", true),
            ("2020", false),
            ("type:story", false),
            ("Category:", false),
            ("Day: Friday", false),
            ("NLP Category: General", false),
            ("Kategorie: Brücken", false),
            ("Ostmark: the bridge", true),
            ("splitscreenimageleftinset", false),
            ("articleheaderfullwidth", false),
            ("bundesverfassungsgericht", true),
            ("page_id", false),
            ("http://herald.example.com/t", false),
            ("jo@herald.example", false),
            ("one two three four five six seven", true),
            ("one two three four five six seven eight", false),
            ("", false),
        ] {
            assert_eq!(is_tag(tag), is_one, "{tag}");
        }
    }

    #[test]
    fn lists_are_parted_by_commas_or_else_by_bars() {
        let split = |list: &str| {
            let mut tags = Tags::default();
            tags.split(list);
            tags.found.join("/")
        };
        assert_eq!(split("a river, a bridge; a town"), "a river/a bridge/a town");
        assert_eq!(split("river | bridge"), "river/bridge");
        assert_eq!(split("rock | roll, pop"), "rock | roll/pop");
        assert_eq!(split("نهر، جسر"), "نهر/جسر");
        assert_eq!(split("#flood #bridge #Ostmark"), "flood/bridge/Ostmark");
        assert_eq!(split("flood\nbridge"), "flood/bridge");
        assert_eq!(split("#Flood, “Bridge”, [Town]."), "Flood/Bridge/Town");
        assert_eq!(split(" , ;"), "");
    }
}
