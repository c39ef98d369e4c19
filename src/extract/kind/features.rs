//! The features by which the kind of a page is decided: some 130 numbers, most of them read in one pass over the outline.
//!
//! None of them knows a site. Names and words are those of content systems, of schema.org and of templates in
//! general; what a feature is worth was fitted (`data/extract/kind.tsv`), what it means is said here.

use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::article::DateOrigin;
use crate::extract::body::choose::ends_sentence;
use crate::extract::body::clean::{Verdict, extent};
use crate::extract::context::PageContext;
use crate::extract::fields::title;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Outline, Tag};
use crate::extract::kind::context::{FeatureValues, KindContext, calls_itself_article, log, yes};
use crate::extract::kind::url_features;
use crate::extract::tables::KIND_WORDS;
use crate::text::word_lists::{Phrase, WordLists};

/// All features of a page.
pub(crate) fn read(context: &KindContext<'_>, counts: &Counts) -> FeatureValues {
    let mut out = FeatureValues::with_capacity(110);
    declared_types(context.page, &mut out);
    declared(context, &mut out);
    titled(context, &mut out);
    url_features::read(context.page.url, context.page.title, &mut out);
    body_class(context.html, &mut out);
    counts.write(&mut out);
    elements(context, &mut out);
    repeated(context.page.outline, &mut out);
    marks(context.html, &mut out);
    speech(context.body, &mut out);
    lines(context.page.outline, &mut out);
    out
}

/// The types that the page declares: of JSON-LD and `og:type`.
fn declared_types(page: &PageContext<'_>, out: &mut FeatureValues) {
    let PageContext { outline, json_ld, .. } = *page;
    let typed = |parts: &[&str]| yes(json_ld.types.iter().any(|name| parts.iter().any(|part| name.contains(part))));
    let og = outline.meta("og:type").unwrap_or("").to_ascii_lowercase();
    out.extend([
        ("ld_article", yes(calls_itself_article(json_ld))),
        ("ld_news", typed(&["newsarticle"])),
        ("ld_product", typed(&["product", "offer"])),
        ("ld_forum", typed(&["qapage", "discussionforum"])),
        ("ld_list", typed(&["collectionpage", "itemlist", "searchresultspage"])),
        ("ld_service", typed(&["service", "business", "store", "restaurant", "hotel"])),
        ("ld_software", typed(&["softwareapplication", "webapplication", "techarticle", "apireference"])),
        ("ld_course", typed(&["course", "event"])),
        ("ld_person", yes(json_ld.types.iter().any(|name| name == "person"))),
        ("og_article", yes(og == "article" || og.ends_with(":article"))),
        ("og_product", yes(og.contains("product"))),
    ]);
}

/// What else the page declares: meta tags, and where date and author come from.
fn declared(context: &KindContext<'_>, out: &mut FeatureValues) {
    let PageContext { outline, json_ld, .. } = *context.page;
    let origin = context.published.map(|dated| dated.origin);
    let meta = |names: &[&str]| yes(names.iter().any(|name| outline.meta(name).is_some()));
    let described = outline.meta("description").or(outline.meta("og:description")).map_or(0, str::len);
    let generator = outline.meta("generator").unwrap_or("").to_ascii_lowercase();
    out.extend([
        ("m_author", meta(&["author", "article:author"])),
        ("m_modified", meta(&["article:modified_time"])),
        ("m_section", meta(&["article:section", "article:tag"])),
        ("m_keywords", meta(&["news_keywords"])),
        ("m_price", meta(&["product:price:amount", "og:price:amount", "product:price"])),
        ("m_image", meta(&["og:image"])),
        ("m_description", log(described)),
        ("m_count", log(outline.metas.len())),
        ("m_generator", yes(words().generators.iter().any(|name| generator.contains(&**name)))),
        ("d_text", yes(origin == Some(DateOrigin::Text))),
        ("d_none", yes(origin.is_none())),
        ("author", yes(context.has_author)),
        ("author_ld", yes(!json_ld.authors.is_empty())),
    ]);
}

/// Headlines are sentences; names of goods, services and sections are not.
fn titled(context: &KindContext<'_>, out: &mut FeatureValues) {
    let title = context.page.title;
    let words = title.split_whitespace().count().max(1);
    let small = title.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_lowercase)).count();
    out.extend([
        ("t_words", title::word_count(title) as f32),
        ("t_colon", yes(title.contains(": "))),
        ("t_digit", yes(title.bytes().any(|byte| byte.is_ascii_digit()))),
        ("t_quote", yes(title.contains(['“', '"', '‘', '„', '«', '’', '\'']))),
        ("t_small", small as f32 / words as f32),
        ("t_whole", yes(title == context.page.outline.title)),
        ("t_heading", yes(context.page.heading.is_some())),
    ]);
}

/// What content systems write into the class of `<body>`: which template made the page.
fn body_class(page: &str, out: &mut FeatureValues) {
    let tag = page.find("<body").map_or("", |at| &page[at..]);
    let tag = tag.split('>').next().unwrap_or("");
    let class = tag.split_once("class=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap_or(""));
    let class = class.to_ascii_lowercase();
    let any = |test: &dyn Fn(&str) -> bool| yes(class.split_ascii_whitespace().any(test));
    let holds =
        |parts: &[&str]| any(&|token| !token.starts_with("tweak-") && parts.iter().any(|part| token.contains(part)));
    out.extend([
        ("c_post", any(&|token| words().post_classes.contains(token))),
        ("c_page", any(&|token| token == "page" || token.starts_with("page-id-"))),
        ("c_archive", any(&|token| words().archive_classes.contains(token))),
        ("c_shop", holds(&["woocommerce-page", "product", "catalog", "cart", "shop"])),
        ("c_forum", holds(&["forum", "topic", "thread", "question", "discuss"])),
        ("c_article", holds(&["article", "news", "story", "blog", "post"])),
    ]);
}

/// Aggregate block statistics.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    blocks: usize,
    /// Words on the page, and in its body.
    pub(crate) all: usize,
    pub(crate) words: usize,
    /// Words in running text, and blocks of it.
    running: usize,
    runs: usize,
    /// Blocks, paragraphs, headings' words and blocks with a quotation, of the body.
    kept: usize,
    paragraphs: usize,
    headings: usize,
    heading_words: usize,
    quotes: usize,
    longest: usize,
    /// Lines that are a link; lines that are a link with a few words beside it.
    links: usize,
    entries: usize,
    letters: usize,
    linked: usize,
    prices: usize,
    years: usize,
    codes: usize,
    /// Blocks between headline and text; words of the first block of the text.
    gap: usize,
    first: usize,
}

impl Counts {
    pub(crate) fn of(context: &KindContext<'_>) -> Counts {
        let outline = context.page.outline;
        let mut out = Counts { blocks: outline.blocks.len(), ..Counts::default() };
        for (block, verdict) in outline.blocks.iter().zip(context.verdicts) {
            out.count(outline, block, *verdict);
        }
        let body = extent(context.verdicts);
        let after = context.page.heading.map_or(0, |at| outline.elements[at].last as usize);
        out.gap = if after > 0 { body.start.saturating_sub(after) } else { 0 };
        out.first = outline.blocks.get(body.start).map_or(0, |block| block.words as usize);
        // Words are not counted again where the text is only in JSON-LD: its bytes tell enough.
        // Eight bytes a word, between English and Russian.
        out.words = if out.words == 0 { context.body.len() / 8 } else { out.words };
        out
    }

    fn count(&mut self, outline: &Outline, block: &Block, verdict: Verdict) {
        let words = block.words as usize;
        let tag = outline.elements[block.element as usize].tag;
        let text = outline.text_of(block);
        let share = block.link_share();
        // Fifteen words are a sentence that no menu or card has.
        let is_run = words >= 15 && share < 0.5 && ends_sentence(text);
        self.all += words;
        self.letters += block.letters as usize;
        self.linked += block.linked as usize;
        self.running += if is_run { words } else { 0 };
        self.runs += usize::from(is_run);
        self.links += usize::from(words >= 5 && share > 0.8);
        self.entries += usize::from((4..40).contains(&words) && share > 0.5);
        self.prices += usize::from(words < 25 && is_price(text));
        self.years += usize::from(words < 15 && has_year(text));
        self.codes += usize::from(tag == Tag::Code);
        if verdict.is_kept() {
            self.count_kept(words, text, is_run, matches!(tag, Tag::Heading(_)));
        }
    }

    /// Counts a block of the text; `is_run` where it is a sentence.
    fn count_kept(&mut self, words: usize, text: &str, is_run: bool, is_heading: bool) {
        self.kept += 1;
        self.words += words;
        self.paragraphs += usize::from(is_run && words >= 20);
        self.headings += usize::from(is_heading);
        self.heading_words += if is_heading { words } else { 0 };
        self.quotes += usize::from(text.contains(['“', '„', '«', '"']));
        self.longest = self.longest.max(words);
    }

    /// Many linked lines, and little running text for them.
    pub(super) fn is_listing(&self) -> bool {
        // An article with a dozen links has six paragraphs or forty words for each of them.
        self.links >= 12 && self.paragraphs < 6 && self.words < 40 * self.links && self.running < 20 * self.links
            // Six short linked lines and no text to speak of.
            || self.entries >= 6 && self.runs <= 1 && self.words < 15 * self.entries
    }

    fn write(&self, out: &mut FeatureValues) {
        let share = |part: usize, of: usize, least: usize| part as f32 / of.max(least) as f32;
        out.extend([
            ("n_blocks", log(self.blocks)),
            ("n_all", log(self.all)),
            ("n_words", log(self.words)),
            ("n_paragraphs", log(self.paragraphs)),
            ("n_headings", log(self.headings)),
            ("n_links", log(self.links)),
            ("n_entries", log(self.entries)),
            ("n_prices", log(self.prices)),
            ("n_years", log(self.years)),
            ("n_codes", log(self.codes)),
            ("n_longest", log(self.longest)),
            ("n_mean", share(self.running, self.runs, 1)),
            ("n_gap", log(self.gap)),
            ("n_first", log(self.first)),
            ("r_headings", share(self.heading_words, self.words, 50)),
            ("r_entries", share(self.entries, self.blocks, 10)),
            ("r_running", share(self.running, self.all, 50)),
            ("r_linked", share(self.linked, self.letters, 100)),
            ("r_paragraphs", share(self.paragraphs, self.kept, 5)),
            ("r_quotes", share(self.quotes, self.kept, 5)),
        ]);
    }
}

/// A sign of money with a digit beside it.
fn is_price(text: &str) -> bool {
    text.match_indices(['$', '€', '£', '₹', '₽', '₺', '₼', '¥']).any(|(at, sign)| {
        let after = text[at + sign.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        after || text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
    })
}

fn has_year(text: &str) -> bool {
    let year = |digits: &[u8]| matches!(&digits[..2], b"19" | b"20") && digits[2..].iter().all(u8::is_ascii_digit);
    text.as_bytes().windows(4).any(year)
}

/// Elements that are counted.
const TAGS: [(&str, Tag); 11] = [
    ("e_article", Tag::Article),
    ("e_section", Tag::Section),
    ("e_form", Tag::Form),
    ("e_button", Tag::Button),
    ("e_figure", Tag::Figure),
    ("e_quote", Tag::Quote),
    ("e_time", Tag::Time),
    ("e_h2", Tag::Heading(2)),
    ("e_h3", Tag::Heading(3)),
    ("e_nav", Tag::Nav),
    ("e_div", Tag::Division),
];
/// Names of classes whose elements are counted.
const NAMED: [(&str, Hints); 16] = [
    ("h_byline", Hints::BYLINE),
    ("h_date", Hints::DATE),
    ("h_comment", Hints::COMMENT),
    ("h_related", Hints::RELATED),
    ("h_share", Hints::SHARE),
    ("h_call", Hints::CALL),
    ("h_side", Hints::SIDE),
    ("h_nav", Hints::NAV),
    ("h_teaser", Hints::TEASER),
    ("h_body", Hints::BODY),
    ("h_story", Hints::STORY),
    ("h_title", Hints::TITLE),
    ("h_bio", Hints::BIO),
    ("h_dialog", Hints::DIALOG),
    ("h_contents", Hints::CONTENTS),
    ("h_ad", Hints::AD),
];

/// How many elements there are of a sort, and with a name of a sort.
fn elements(context: &KindContext<'_>, out: &mut FeatureValues) {
    let mut tags = [0; TAGS.len()];
    let mut named = [0; NAMED.len()];
    for part in &context.page.outline.elements {
        for (count, (_, tag)) in tags.iter_mut().zip(TAGS) {
            *count += usize::from(part.tag == tag);
        }
        if part.hints != Hints::NONE {
            for (count, (_, hint)) in named.iter_mut().zip(NAMED) {
                *count += usize::from(part.hints.has(hint));
            }
        }
    }
    out.push(("e_one_article", yes(tags[0] == 1)));
    out.extend(TAGS.iter().zip(tags).map(|((name, _), count)| (*name, log(count))));
    out.extend(NAMED.iter().zip(named).map(|((name, _), count)| (*name, log(count))));
    let times = context.page.outline.items.iter().filter(|item| item.name == "time").count();
    let pieces = ["cart", "forum"].map(|piece| memchr::memmem::find_iter(context.html.as_bytes(), piece).count());
    out.extend([("e_times", log(times)), ("p_cart", log(pieces[0])), ("p_forum", log(pieces[1]))]);
}

/// Brothers of one shape that hold text: posts, entries, cards.
fn repeated(outline: &Outline, out: &mut FeatureValues) {
    let mut shapes: FxHashMap<(u32, u32), (usize, usize)> = FxHashMap::default();
    for part in &outline.elements {
        let holds = matches!(part.tag, Tag::Division | Tag::Article | Tag::Section | Tag::Item | Tag::Row | Tag::Table);
        let bytes = (part.end - part.start) as usize;
        // A card has two blocks and a line of text; smaller brothers are items of menus.
        if holds && part.last - part.first >= 2 && bytes >= 60 {
            let shape = shapes.entry((part.parent, part.hints.0)).or_default();
            *shape = (shape.0 + 1, shape.1 + bytes);
        }
    }
    let most = shapes.values().map(|shape| shape.0).max().unwrap_or(0);
    // Three columns of a layout are three brothers.
    let heaviest = shapes.values().filter(|shape| shape.0 >= 4).map(|shape| shape.1).max().unwrap_or(0);
    out.extend([("s_most", log(most)), ("s_share", heaviest as f32 / outline.text.len().max(100) as f32)]);
}

/// What the software of forums, shops and manuals writes into a page: how many different marks of each there are.
fn marks(page: &str, out: &mut FeatureValues) {
    let (pattern, groups) = &words().software;
    let mut seen = FxHashSet::default();
    let mut counts = [0_usize; SOFTWARE.len()];
    for found in pattern.iter().flat_map(|pattern| pattern.find_iter(page)).take(MOST_MARKS) {
        if seen.insert(found.as_str())
            && let Some(group) = groups.get(found.as_str())
        {
            counts[*group] += 1;
        }
    }
    let [forum, shop, docs] = counts;
    out.extend([
        ("x_forum", forum as f32),
        ("x_forum_two", yes(forum >= 2)),
        ("x_shop", shop as f32),
        ("x_shop_three", yes(shop >= 3)),
        ("x_docs", docs as f32),
        ("x_docs_two", yes(docs >= 2)),
    ]);
}

/// Most marks that are looked at.
// A page of megabytes has a hundred thousand, and what software wrote it shows in the first.
const MOST_MARKS: usize = 3_000;
/// Sorts of software whose marks are counted.
const SOFTWARE: [&str; 3] = ["forum", "shop", "manual"];

/// Bytes of the body whose words are counted.
// About a thousand words: who speaks to whom shows by then, and a book would cost a hundred times as much.
const SAMPLE: usize = 6_000;

/// Words of the body that tell who speaks, to whom, and of what; per hundred words.
fn speech(body: &str, out: &mut FeatureValues) {
    let mut counts = [0_usize; SPEECH.len()];
    let mut all = 0;
    crate::text::words(&body[..body.floor_char_boundary(SAMPLE)]).for_each_word(|word| {
        all += 1;
        if let Some(count) = words().speech.get(word.folded).and_then(|at| counts.get_mut(*at)) {
            *count += 1;
        }
    });
    out.extend(SPEECH.iter().zip(counts).map(|(name, count)| (*name, count as f32 * 100.0 / all.max(60) as f32)));
}

/// Short lines that templates write: labels of buttons, menus and boxes.
fn lines(outline: &Outline, out: &mut FeatureValues) {
    let phrases = &words().labels;
    let mut counts = [0_usize; LABELS.len()];
    for block in outline.blocks.iter().filter(|block| block.words <= 6) {
        let line = outline.text_of(block).to_lowercase();
        let mut seen = [false; LABELS.len()];
        let begins = line.chars().next().and_then(|first| phrases.get(&first)).into_iter().flatten();
        for (phrase, at) in begins {
            seen[*at] |= line.starts_with(&**phrase);
        }
        counts.iter_mut().zip(seen).for_each(|(count, seen)| *count += usize::from(seen));
    }
    out.extend(LABELS.iter().zip(counts).map(|(name, count)| (*name, log(count))));
}

/// Features of the words of the text, each a section of the table.
const SPEECH: [&str; 6] = ["w_we", "w_you", "w_he", "w_past", "w_offer", "w_manual"];
/// Features of the short lines, each a section of the table.
const LABELS: [&str; 8] = ["l_press", "l_shop", "l_cart", "l_account", "l_forum", "l_service", "l_manual", "l_list"];

/// The words of `data/extract/kinds.txt` that are counted.
struct FeatureWords {
    generators: Vec<Phrase>,
    post_classes: FxHashSet<Phrase>,
    archive_classes: FxHashSet<Phrase>,
    /// One pattern of all marks of software, and the sort of each.
    software: (Option<Regex>, FxHashMap<Phrase, usize>),
    /// Words by the feature in [`SPEECH`].
    speech: FxHashMap<Phrase, usize>,
    /// Beginnings of lines by their first letter, with the feature in [`LABELS`].
    labels: FxHashMap<char, Vec<(Phrase, usize)>>,
}

fn words() -> &'static FeatureWords {
    static WORDS: OnceLock<FeatureWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = WordLists::parse(KIND_WORDS);
        let numbered = |names: &[&str], start: &str| -> Vec<(Phrase, usize)> {
            let lists = names.iter().enumerate().map(|(at, name)| (at, table.phrases(&format!("{start}{name}"))));
            lists.flat_map(|(at, list)| list.into_iter().map(move |word| (word, at))).collect()
        };
        let software: FxHashMap<Phrase, usize> = numbered(&SOFTWARE, "software: ").into_iter().collect();
        let pattern = software.keys().map(|mark| regex::escape(mark)).collect::<Vec<_>>().join("|");
        let mut labels: FxHashMap<char, Vec<(Phrase, usize)>> = FxHashMap::default();
        for (phrase, at) in numbered(&LABELS, "") {
            labels.entry(phrase.chars().next().unwrap_or(' ')).or_default().push((phrase, at));
        }
        let pattern = Regex::new(&pattern).ok();
        debug_assert!(pattern.is_some(), "the marks of software make no pattern");
        FeatureWords {
            generators: table.phrases("generator"),
            post_classes: table.phrase_set("body class: post"),
            archive_classes: table.phrase_set("body class: archive"),
            software: (pattern, software),
            speech: numbered(&SPEECH, "").into_iter().collect(),
            labels,
        }
    })
}

#[cfg(test)]
mod tests;
