//! The headline.

mod edges;

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use edges::{MARKS, STRONG, before_tail, is_cut, squeeze, with_kicker, without_site};

use crate::extract::evidence::{Evidence, Origin};
use crate::extract::fields::site::SiteNames;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Outline, Tag};
use crate::extract::html::value_text::plain;
use crate::extract::json_ld::JsonLd;
use crate::extract::tables::TITLES;
use crate::extract::trace::Trace;
use crate::extract::word_bag::{WordBag, overlap, word_hashes};
use crate::text::word_lists::{Phrase, WordLists};

/// What the page calls itself in its head, in the order in which it is believed where no heading agrees with any of it.
///
/// Of the two tags for social networks the second is a copy where both are there.
fn declared<'a>(outline: &'a Outline, json_ld: &'a JsonLd) -> impl Iterator<Item = Evidence<'a>> {
    let social = ["og:title", "twitter:title"].into_iter().find_map(|name| Evidence::open_graph(outline, name));
    let title = Some(Evidence::named("title", &*outline.title));
    let all = [Evidence::json_ld("headline", json_ld.headline.as_deref()), social, title];
    all.into_iter().flatten()
}

/// What the page offers, strongest first: of the headings the one that agrees best with what the page calls itself.
pub(crate) fn candidates<'a>(outline: &'a Outline, json_ld: &'a JsonLd) -> impl Iterator<Item = Evidence<'a>> {
    let declared: Vec<Evidence<'_>> = declared(outline, json_ld).collect();
    let names = Names::of(&declared);
    let headings = names.headings(outline).into_iter().map(|(at, _)| heading_evidence(outline, at));
    headings.chain(declared)
}

fn heading_evidence(outline: &Outline, at: usize) -> Evidence<'_> {
    let element = &outline.elements[at];
    Evidence::named(if element.tag == Tag::Heading(1) { "h1" } else { "h2" }, outline.line(element))
}

/// What a page calls itself, as readers see it.
struct Names {
    /// `og:title` or its like.
    social: String,
    /// `<title>`.
    own: String,
    /// JSON-LD.
    headline: String,
}

impl Names {
    fn of(declared: &[Evidence<'_>]) -> Names {
        let mut names = Names { social: String::new(), own: String::new(), headline: String::new() };
        for evidence in declared {
            match evidence.origin {
                Origin::JsonLd(_) => names.headline = written_title(evidence),
                Origin::Named("title") => names.own = written_title(evidence),
                _ => names.social = written_title(evidence),
            }
        }
        names
    }

    fn all(&self) -> [&str; 3] {
        [&self.social, &self.own, &self.headline]
    }

    /// Whether the page is called nothing outside of its text.
    fn is_none(&self) -> bool {
        self.all().iter().all(|name| name.trim().is_empty())
    }

    /// The headings that can be the headline, each with its text. Where the page is called nothing, any heading of the second
    /// rank may be it.
    fn headings(&self, outline: &Outline) -> Vec<(usize, String)> {
        let unnamed = self.is_none();
        let named = squeeze(&format!("{} {}", self.social, self.headline));
        let is_heading = |tag: Tag, hints: Hints| match tag {
            Tag::Heading(1) => true,
            Tag::Heading(2) => unnamed || hints.has(Hints::TITLE),
            _ => false,
        };
        let all = outline.elements.iter().enumerate();
        let found = all.filter(|(at, element)| is_heading(element.tag, element.hints) && !is_step(outline, *at));
        found
            .map(|(index, _)| (index, line(outline, index, &named)))
            .filter(|(_, text)| !text.is_empty() && text.len() < LONGEST_HEADING)
            .take(MOST_HEADINGS)
            .collect()
    }
}

/// Whether a heading is a step of the path to the page, or an entry of a menu.
fn is_step(outline: &Outline, heading: usize) -> bool {
    let around = || outline.ancestors(heading as u32).skip(1).map(|at| outline.elements[at as usize]);
    around().any(|part| part.tag == Tag::Nav)
        || around().take(2).any(|part| part.tag == Tag::Item) && around().take(4).any(|part| part.hints.has(Hints::NAV))
}

/// The headline of the page without the site's name; empty where there is none.
///
/// It is found before the body, so all that it may ask is handed over one by one.
pub(crate) fn find(outline: &Outline, json_ld: &JsonLd, sites: &SiteNames, trace: &Trace) -> String {
    let sites: Vec<String> = sites.all().map(squeeze).collect();
    let telling = |evidence: &Evidence<'_>| !is_generic(&written_title(evidence), &sites);
    let declared: Vec<Evidence<'_>> = declared(outline, json_ld).filter(telling).collect();
    let names = Names::of(&declared);
    let mut headings = names.headings(outline);
    headings.retain(|(_, text)| !is_banner(text, &sites, &names.all()));
    let best = headings
        .iter()
        .map(|(at, text)| (score(text, &names.all()), *at, text.as_str()))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .filter(|(score, ..)| *score > AGREES || names.is_none())
        .map(|(_, at, text)| (at, text));
    if let Some((at, text)) = best.or_else(|| seen(outline, &headings, &names)) {
        let evidence = heading_evidence(outline, at);
        trace.won("title", evidence.origin, &evidence.text);
        let bare = after_kicker(text, &declared, &names, &sites, trace);
        let whole = || with_kicker(text, &names, &sites).or_else(|| before_tail(text, &names, &sites));
        return bare.or_else(whole).unwrap_or_else(|| without_site(text, &sites));
    }
    let written = declared.iter().map(|evidence| (evidence.origin, written_title(evidence)));
    let mut written = written.filter(|(_, text)| !text.is_empty() && !is_cut(text, &names, &sites));
    let Some((origin, written)) = written.next() else { return String::new() };
    trace.won("title", origin, &written);
    shown_part(outline, &written, &sites)
        .or_else(|| longest_part(&written, &sites))
        .unwrap_or_else(|| without_site(&written, &sites))
}

/// The one `h1` of a page whose own names are others: readers saw it, and the names are written for search engines. A short one,
/// or one that the names have whole, is a label over the headline.
fn seen<'h>(outline: &Outline, headings: &'h [(usize, String)], names: &Names) -> Option<(usize, &'h str)> {
    let mut first = headings.iter().filter(|(at, _)| outline.elements[*at].tag == Tag::Heading(1));
    let (at, text) = first.next().filter(|_| first.next().is_none())?;
    let words = WordBag::of(text);
    // What introduces something, or comes after the text has begun, is a heading inside it.
    if text.ends_with(':') || is_within_text(outline, *at) {
        return None;
    }
    let is_label = names.all().iter().any(|name| WordBag::of(name).has_all(&words));
    (word_count(text) >= LEAST_SEEN && !is_label).then_some((*at, text))
}

/// Whether running text stands before a heading.
fn is_within_text(outline: &Outline, heading: usize) -> bool {
    let before = &outline.blocks[..(outline.elements[heading].first as usize).min(outline.blocks.len())];
    // Two may be the description of a picture and a notice; twenty-five words are more than a teaser has.
    let is_text = |block: &&Block| block.words >= 25 && block.link_share() < 0.3;
    before.iter().filter(is_text).count() >= 3
}

/// Whether a title says nothing of the page: nothing but the name of the site, or a word that templates write.
fn is_generic(title: &str, sites: &[String]) -> bool {
    static GENERIC: OnceLock<FxHashSet<Phrase>> = OnceLock::new();
    let generic = GENERIC.get_or_init(|| WordLists::parse(TITLES).phrase_set("generic"));
    let title = title.trim_matches(|c: char| !c.is_alphanumeric());
    title.is_empty() || generic.contains(title.to_lowercase().as_str()) || sites.contains(&squeeze(title))
}

/// Of a title that begins with the site or has several marks, as a path through the site has (`Herald » City » Bridge to be
/// rebuilt`), the part that is far longer than all others.
fn longest_part(title: &str, sites: &[String]) -> Option<String> {
    let mark = STRONG.iter().find(|mark| title.contains(**mark))?;
    let parts: Vec<&str> = title.split(mark).map(str::trim).collect();
    let is_path = parts.len() >= 3 || parts.first().is_some_and(|first| sites.contains(&squeeze(first)));
    let (at, longest) = parts.iter().enumerate().max_by_key(|(_, part)| word_count(part))?;
    let others = parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| word_count(part));
    // Twice as long as the next: a section and a site have one to three words each.
    let is_far = others.max().is_some_and(|next| word_count(longest) >= (2 * next).max(3));
    (is_path && is_far).then(|| without_site(longest, sites))
}

/// A declared title as readers see it.
fn written_title(evidence: &Evidence<'_>) -> String {
    match evidence.origin {
        Origin::JsonLd(_) => evidence.text.to_string(),
        _ => plain(&evidence.text),
    }
}

/// The declared title without the site's name, where the heading is that title behind a kicker.
fn after_kicker(
    heading: &str,
    declared: &[Evidence<'_>],
    names: &Names,
    sites: &[String],
    trace: &Trace,
) -> Option<String> {
    // What JSON-LD has before a colon is no kicker: the name of a series, or of who speaks.
    if heading.contains(':') && squeeze(&without_site(&names.headline, sites)) == squeeze(heading) {
        return None;
    }
    // The tag for social networks first: it is the one that is most often written without the kicker.
    for (name, of_json_ld) in [(&names.social, false), (&names.headline, true)] {
        let bare = without_site(name, sites);
        if is_after_kicker(heading, &bare) {
            let is_it = |evidence: &&Evidence<'_>| {
                matches!(evidence.origin, Origin::JsonLd(_)) == of_json_ld && evidence.origin != Origin::Named("title")
            };
            if let Some(evidence) = declared.iter().find(is_it) {
                trace.also("title", evidence.origin, name);
            }
            return Some(bare);
        }
    }
    None
}

/// Words of a title; two Han, kana or Thai letters are one.
pub(crate) fn word_count(title: &str) -> usize {
    let cjk = title.chars().filter(|c| crate::text::is_cjk(*c)).count();
    title.split_whitespace().count() + cjk / 2
}

/// Agreement above which a heading is the headline: half of the words of both, so that a heading over a list or a box of the
/// page, which shares a name or two with the title, is none.
const AGREES: f32 = 0.5;
/// Words of the shortest `h1` that is the headline against what the page calls itself.
const LEAST_SEEN: usize = 4;
/// Headings that are looked at; a page with more is a list.
const MOST_HEADINGS: usize = 40;
/// Bytes of the longest heading; what is longer is a text in large letters.
const LONGEST_HEADING: usize = 600;
/// Most parts of a title, between marks, that are looked at.
// Headline, section, site and slogan are four: what has more is a list of words for search engines.
const MOST_PARTS: usize = 6;

/// The part of a title, between marks, that a block of the page shows or begins with: `Herald - Energy - Pipe by pipe` over a
/// page that says `Pipe by pipe`. The longest one counts; a site's name is none.
fn shown_part(outline: &Outline, title: &str, sites: &[String]) -> Option<String> {
    let mut cuts: Vec<(usize, usize)> = vec![(0, 0)];
    for mark in MARKS {
        cuts.extend(title.match_indices(mark).map(|(at, _)| (at, at + mark.len())));
    }
    cuts.sort_unstable();
    cuts.truncate(MOST_PARTS);
    if cuts.len() < 2 {
        return None;
    }
    cuts.push((title.len(), title.len()));
    let pairs =
        cuts.iter().enumerate().flat_map(|(at, (_, start))| cuts[at + 1..].iter().map(|(end, _)| (*start, *end)));
    let parts = pairs.filter_map(|(start, end)| title.get(start..end)).map(|part| (squeeze(part), part.trim()));
    let parts: Vec<(String, &str)> = parts
        .filter(|(key, part)| *part != title && part.split_whitespace().count() >= 3 && !sites.contains(key))
        .collect();
    let blocks = outline.blocks.iter().filter(|block| (3..=40).contains(&block.words) && block.link_share() < 0.5);
    let shown = blocks.flat_map(|block| {
        let key = squeeze(outline.text_of(block));
        parts.iter().filter(move |(part, _)| key.starts_with(part.as_str()))
    });
    shown.max_by_key(|(key, _)| key.len()).map(|(_, part)| (*part).to_owned())
}

/// Whether a heading is the site's banner: half of it or more is a name of the site, and the page calls itself otherwise.
fn is_banner(text: &str, sites: &[String], references: &[&str]) -> bool {
    let key = squeeze(text);
    // Short names are found in many a headline; a headline that is half a name of the site is its banner.
    sites.iter().any(|site| site.len() >= 5 && key.contains(site.as_str()) && 2 * site.len() >= key.len())
        && references.iter().any(|other| !other.is_empty())
        && references.iter().all(|other| squeeze(other) != key)
}

/// The element of the headline: the first heading that agrees with `title`.
pub(crate) fn heading(outline: &Outline, title: &str) -> Option<usize> {
    let title = WordBag::of(title);
    let is_heading = |tag: Tag| matches!(tag, Tag::Heading(1..=3));
    let mut headings = outline.elements.iter().enumerate().filter(|(_, element)| is_heading(element.tag));
    // The headline was made of one of them, less a kicker or a site of a word or two.
    let agrees = |text: &str| WordBag::of(text).overlap(&title) >= 0.8;
    let found = headings.find(|(index, element)| agrees(&outline.line(element)) || agrees(&line(outline, *index, "")));
    found.map(|(index, _)| index)
}

/// The text of a heading without a kicker that is set apart in it: a first element of a few words that is named so, or
/// that a mark of its own parts from the rest. Before a colon it is part of the headline where `named`, what the page
/// calls itself, squeezed, has it too.
fn line(outline: &Outline, heading: usize, named: &str) -> String {
    let element = &outline.elements[heading];
    let whole = outline.line(element);
    let inside = outline.elements[heading + 1..].iter().take_while(|part| part.start < element.end);
    let mut first =
        inside.filter(|part| part.start == element.start && part.end > part.start && part.end < element.end);
    let Some(kicker) = first.next() else { return whole };
    let Some(rest) = whole.strip_prefix(&outline.line(kicker)).map(str::trim_start) else { return whole };
    let bare = rest.trim_start_matches([':', '-', '–', '—', '|', '/', '•']).trim_start();
    let has_colon = rest.starts_with(':') || outline.line(kicker).ends_with(':');
    if has_colon && named.contains(&squeeze(&whole)) {
        return whole;
    }
    let named = kicker.hints.has(Hints::TAGS.with(Hints::LEAD));
    let parted = bare.len() < rest.len();
    // More words are the headline itself, set in two parts.
    let short = outline.line(kicker).split_whitespace().count() <= 6;
    if short && (named || parted) && bare.split_whitespace().count() >= 3 { bare.to_owned() } else { whole }
}

/// Whether `heading` is `title` with a kicker before it, as some sites set it: `Council - Bridge to be rebuilt`.
fn is_after_kicker(heading: &str, title: &str) -> bool {
    let (heading, title) = (word_hashes(heading), word_hashes(title));
    // Two words follow many a kicker by chance, and a kicker is not longer than the headline.
    title.len() >= 3 && heading.len() > title.len() && heading.len() <= 2 * title.len() && heading.ends_with(&title)
}

/// How well a heading agrees with what the page calls itself.
fn score(text: &str, references: &[&str]) -> f32 {
    let agreement = |other: &&&str| {
        let first = MARKS.iter().filter_map(|mark| other.find(mark)).min().map(|at| &other[..at]);
        // `Headline - A Long Name of the Site` begins with the heading.
        // Just below a heading that is the whole of what the page calls itself.
        if first.is_some_and(|first| squeeze(first) == squeeze(text)) { 0.95 } else { overlap(text, other) }
    };
    references.iter().filter(|other| !other.is_empty()).map(|other| agreement(&other)).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests;
