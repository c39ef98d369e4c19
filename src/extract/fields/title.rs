//! The headline.

use crate::extract::fields::site::SiteNames;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Outline, Tag};
use crate::extract::html::value_text::plain;
use crate::extract::json_ld::JsonLd;
use crate::extract::trace::Trace;
use crate::extract::word_bag::{WordBag, overlap, word_hashes};

/// The headline of the page without the site's name; empty where there is none.
///
/// It is found before the body, so all that it may ask is handed over one by one.
pub(crate) fn find(outline: &Outline, json_ld: &JsonLd, sites: &SiteNames, trace: &Trace) -> String {
    let sites: Vec<String> = sites.all().map(squeeze).collect();
    let social =
        ["og:title", "twitter:title"].into_iter().find(|name| outline.meta(name).is_some()).unwrap_or("og:title");
    let og = plain(outline.meta(social).unwrap_or(""));
    let own = plain(&outline.title);
    let headline = json_ld.headline.clone().unwrap_or_default();
    let reference = format!("{og} {own} {headline}");
    let unnamed = reference.trim().is_empty();
    let named = squeeze(&format!("{og} {headline}"));
    let heading = headings(outline, unnamed, &named)
        .filter(|(_, text)| !is_banner(text, &sites, &[&og, &own, &headline]))
        .map(|(at, text)| (score(&text, &[&og, &own, &headline]), at, text))
        .reduce(|best, other| if other.0 > best.0 { other } else { best });
    if let Some((_, at, text)) = heading.filter(|(score, ..)| *score > 0.5 || unnamed) {
        let element = &outline.elements[at];
        trace.won("title", if element.tag == Tag::Heading(1) { "h1" } else { "h2" }, &outline.line(element));
        for (origin, other) in [(social, &og), ("json-ld headline", &headline)] {
            let bare = without_site(other, &sites);
            if is_after_kicker(&text, &bare) {
                trace.also("title", origin, other);
                return bare;
            }
        }
        return without_site(&text, &sites);
    }
    let written = [("json-ld headline", headline), (social, og), ("title", own)];
    let (origin, written) = written.into_iter().find(|(_, text)| !text.is_empty()).unwrap_or_default();
    if !written.is_empty() {
        trace.won("title", origin, &written);
    }
    shown_part(outline, &written, &sites).unwrap_or_else(|| without_site(&written, &sites))
}

/// Words of a title; two Han, kana or Thai letters are one.
pub(crate) fn word_count(title: &str) -> usize {
    let cjk = title.chars().filter(|c| crate::text::is_cjk(*c)).count();
    title.split_whitespace().count() + cjk / 2
}

/// Most parts of a title, between marks, that are looked at.
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
    sites.iter().any(|site| site.len() >= 5 && key.contains(site.as_str()) && 2 * site.len() >= key.len())
        && references.iter().any(|other| !other.is_empty())
        && references.iter().all(|other| squeeze(other) != key)
}

/// The element of the headline: the first heading that agrees with `title`.
pub(crate) fn heading(outline: &Outline, title: &str) -> Option<usize> {
    let title = WordBag::of(title);
    let is_heading = |tag: Tag| matches!(tag, Tag::Heading(1..=3));
    let mut headings = outline.elements.iter().enumerate().filter(|(_, element)| is_heading(element.tag));
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
    let short = outline.line(kicker).split_whitespace().count() <= 6;
    if short && (named || parted) && bare.split_whitespace().count() >= 3 { bare.to_owned() } else { whole }
}

/// Whether `heading` is `title` with a kicker before it, as some sites set it: `Council - Bridge to be rebuilt`.
fn is_after_kicker(heading: &str, title: &str) -> bool {
    let (heading, title) = (word_hashes(heading), word_hashes(title));
    title.len() >= 3 && heading.len() > title.len() && heading.len() <= 2 * title.len() && heading.ends_with(&title)
}

/// How well a heading agrees with what the page calls itself.
fn score(text: &str, references: &[&str]) -> f32 {
    let agreement = |other: &&&str| {
        let first = MARKS.iter().filter_map(|mark| other.find(mark)).min().map(|at| &other[..at]);
        // `Headline - A Long Name of the Site` begins with the heading.
        if first.is_some_and(|first| squeeze(first) == squeeze(text)) { 0.95 } else { overlap(text, other) }
    };
    references.iter().filter(|other| !other.is_empty()).map(|other| agreement(&other)).fold(0.0, f32::max)
}

/// `unnamed`: the page says nowhere else what it is called, so that any heading of the second rank may be it.
fn headings<'o>(outline: &'o Outline, unnamed: bool, named: &'o str) -> impl Iterator<Item = (usize, String)> + 'o {
    let is_heading = move |tag: Tag, hints: Hints| match tag {
        Tag::Heading(1) => true,
        Tag::Heading(2) => unnamed || hints.has(Hints::TITLE),
        _ => false,
    };
    let all = outline.elements.iter().enumerate();
    let found = all.filter(move |(_, element)| is_heading(element.tag, element.hints));
    found
        .map(move |(index, _)| (index, line(outline, index, named)))
        .filter(|(_, text)| !text.is_empty() && text.len() < 600)
        .take(40)
}

/// Marks that stand between a headline and the name of the site.
const MARKS: [&str; 11] = [" | ", " – ", " — ", " - ", " • ", " · ", " » ", " :: ", " « ", " ‹ ", " // "];

/// Cuts ` - Site Name` from the end of a title; `sites` are the names that the site is known by.
fn without_site(title: &str, sites: &[String]) -> String {
    let mut title = title.trim();
    for _ in 0..3 {
        let cut = MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
        let Some((at, width)) = cut else { break };
        let (head, tail) = (title[..at].trim(), title[at + width..].trim());
        let tail_key = squeeze(tail);
        let named = sites.iter().any(|key| !key.is_empty() && (key.contains(&tail_key) || tail_key.contains(key)));
        let strong = [" | ", " » ", " :: ", " // "].iter().any(|mark| title[at..].starts_with(mark));
        if (head.split_whitespace().count() >= 2 && strong && tail.split_whitespace().count() <= 5)
            || (named && !head.is_empty())
        {
            title = head;
        } else {
            break;
        }
    }
    // `Site Name - Headline`.
    let first = MARKS.iter().filter_map(|mark| title.find(mark).map(|at| (at, mark.len()))).min();
    let rest = first.and_then(|(at, width)| {
        let (head, rest) = (squeeze(&title[..at]), title[at + width..].trim());
        let named = sites.iter().any(|key| key.len() >= 5 && (head == *key || head.strip_prefix("the") == Some(key)));
        (named && rest.split_whitespace().count() >= 3).then_some(rest)
    });
    rest.unwrap_or(title).to_owned()
}

fn squeeze(name: &str) -> String {
    let name = name.strip_prefix("www.").unwrap_or(name);
    crate::text::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::read;

    #[test]
    fn headlines_come_without_site_and_section() {
        let text =
            "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>";
        for row in [
            "<title>Bridge to be rebuilt | Herald</title><h1>Bridge to be rebuilt</h1> ==> Bridge to be rebuilt",
            "<title>Herald - City - Bridge to be rebuilt</title><td>Bridge to be rebuilt<br>By Jo Berg</td> ==> Bridge to be rebuilt",
            "<link rel=canonical href=https://herald.example/a/b-c-d><title>Bridge to be rebuilt | The Herald</title><h1>The Herald\
             </h1><p>Bridge to be rebuilt</p> ==> Bridge to be rebuilt",
            "<title>Herald - Bridge to be rebuilt</title><h2>Bridge to be rebuilt</h2> ==> Bridge to be rebuilt",
            "<title>Bridge to be rebuilt</title><h1>The Herald</h1> ==> Bridge to be rebuilt",
            "<title>Council - Bridge to be rebuilt</title><h1><span class=a>Council</span><span class=b> - </span>\
             <span class=c>Bridge to be rebuilt</span></h1> ==> Bridge to be rebuilt",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            assert_eq!(read(&format!("{input}{text}")).title, expected, "{input}");
        }
    }
}
