//! Who wrote it.
//!
//! Names come from JSON-LD, then from meta tags, then from what the page shows. Only people count at first; where
//! the page credits nobody but an agency, a desk or itself, that name is better than none.

use std::iter::once_with;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::extract::context::PageContext;
use crate::extract::evidence::{Evidence, Origin};
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Tag};
use crate::extract::html::value_text::plain;
use crate::extract::tables::BYLINES;
use crate::text::word_lists::{Phrase, WordLists};

/// Meta tags that name authors, best first.
const METAS: [&str; 11] = [
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "article:author",
    "cxenseparse:author",
    "creator",
];

/// The words of `data/extract/bylines.txt`.
struct BylineWords {
    /// Beginnings that introduce an author wherever they stand.
    by: Vec<Phrase>,
    /// Beginnings that do so only in what is known to be a byline: elsewhere they begin names and headlines.
    by_in_bylines: Vec<Phrase>,
    between_names: Vec<Phrase>,
    cut_before: Vec<Phrase>,
    roles_after: FxHashSet<Phrase>,
    role_begins: FxHashSet<Phrase>,
    particles: FxHashSet<Phrase>,
    never: FxHashSet<Phrase>,
    outlet: FxHashSet<Phrase>,
    no_one: FxHashSet<Phrase>,
    date_words: FxHashSet<Phrase>,
}

fn words() -> &'static BylineWords {
    static WORDS: OnceLock<BylineWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = WordLists::parse(BYLINES);
        BylineWords {
            by: table.phrases("by"),
            by_in_bylines: table.phrases("by in bylines"),
            between_names: table.phrases("between names"),
            cut_before: table.phrases("cut before"),
            roles_after: table.phrase_set("role after a name"),
            role_begins: table.phrase_set("role begins"),
            particles: table.phrase_set("particle"),
            never: table.phrase_set("never in a name"),
            outlet: table.phrase_set("outlet"),
            no_one: table.phrase_set("no one"),
            date_words: table.phrase_set("date word"),
        }
    })
}

/// A text of the page that may credit authors, and the names that were read from it.
#[derive(Debug)]
struct Credit {
    text: String,
    names: Vec<String>,
}

impl Credit {
    fn of(text: String) -> Credit {
        Credit { names: vec![text.clone()], text }
    }
}

/// Whose names are taken from a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Accepted {
    /// People, as the place itself says that it names authors.
    People,
    /// People whose names also look like it: the place may say anything.
    LikelyPeople,
    /// The agency, desk or outlet that signs where no person does.
    Outlet,
}

/// One place of the page that may credit authors.
struct CreditSource<'a> {
    origin: Origin<'a>,
    accepted: Accepted,
    credits: Vec<Credit>,
}

/// The credit_sources that may credit authors, in the order in which they are believed. Each is read when it is asked for.
fn credit_sources<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = CreditSource<'a>> {
    use Accepted::{LikelyPeople, Outlet, People};
    let place = |origin, accepted, credits| CreditSource { origin, accepted, credits };
    let named = Origin::Named;
    let declared = once_with(move || {
        let authors = context.json_ld.authors.iter().cloned().map(Credit::of).collect();
        place(Origin::JsonLd("author"), People, authors)
    });
    let metas = METAS.iter().map(move |name| place(Origin::Meta(name), People, of_metas(context, name)));
    let links = once_with(move || place(named("byline"), People, marked(context, true)));
    let names = once_with(move || place(named("byline"), People, marked(context, false)));
    let by = once_with(move || place(named("line that begins with by"), LikelyPeople, by_line(context)));
    let dated = once_with(move || place(named("line with the date"), LikelyPeople, beside_date(context)));
    let outlets = outlets(context).map(move |evidence| {
        let credit = Credit { names: vec![plain(&evidence.text)], text: evidence.text.into_owned() };
        place(evidence.origin, Outlet, vec![credit])
    });
    let alone = once_with(move || place(named("name that stands alone"), LikelyPeople, alone(context)));
    declared.chain(metas).chain(links).chain(names).chain(by).chain(dated).chain(outlets).chain(alone)
}

/// What the page offers, strongest first.
pub(crate) fn candidates<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = Evidence<'a>> {
    credit_sources(context).flat_map(|place| {
        place.credits.into_iter().map(move |credit| Evidence { origin: place.origin, text: credit.text.into() })
    })
}

/// The authors in the order of the page; empty where the page names none.
pub(crate) fn find(context: &PageContext<'_>) -> Vec<String> {
    credit_sources(context).find_map(|place| accepted(context, &place)).unwrap_or_default()
}

/// The names that a place gives; `None` where it gives none that are accepted from it.
fn accepted(context: &PageContext<'_>, place: &CreditSource<'_>) -> Option<Vec<String>> {
    let all: Vec<String> = place.credits.iter().flat_map(|credit| credit.names.iter().cloned()).collect();
    let found: Vec<String> = match place.accepted {
        Accepted::People => people(context, &all),
        Accepted::LikelyPeople => people(context, &all).into_iter().filter(|name| is_person_like(name)).collect(),
        Accepted::Outlet => all.iter().map(|name| tidy(name)).filter(|name| is_outlet_credit(context, name)).collect(),
    };
    if found.is_empty() {
        return None;
    }
    let gave = |credit: &&Credit| {
        place.accepted == Accepted::Outlet || people(context, &credit.names).iter().any(|name| found.contains(name))
    };
    for credit in place.credits.iter().filter(gave) {
        context.trace.also("byline", place.origin, &credit.text);
    }
    Some(found)
}

/// The credits in the meta tags of this name.
fn of_metas(context: &PageContext<'_>, name: &str) -> Vec<Credit> {
    let metas = context.outline.metas.iter().filter(|meta| meta.name == name);
    metas.map(|meta| Credit { names: vec![plain(&meta.value)], text: meta.value.clone() }).collect()
}

/// What is credited where no person is: authors of any sort in JSON-LD, then the first meta tag of each name.
fn outlets<'a>(context: &PageContext<'a>) -> impl Iterator<Item = Evidence<'a>> + use<'a> {
    let (json_ld, outline) = (context.json_ld, context.outline);
    let declared = json_ld.authors.iter().chain(&json_ld.organisations);
    let declared = declared.filter_map(|name| Evidence::json_ld("author", Some(name)));
    declared.chain(METAS.iter().filter_map(|name| Evidence::meta(outline, name)))
}

/// Whether a credit that names no person names at least somebody.
fn is_outlet_credit(context: &PageContext<'_>, name: &str) -> bool {
    let folded = crate::text::fold(name);
    is_name(name) && !words().no_one.contains(folded.as_str()) && !repeats_title(context, &folded)
}

/// The people in a list of credits.
fn people(context: &PageContext<'_>, names: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // `Jobs & Hire` would fall apart into two people.
    let whole = names.iter().filter(|name| !is_outlet(context, &crate::text::fold(without_by(name))));
    for name in whole.flat_map(|name| split(name)) {
        let name = without_outlet(context, tidy(&name));
        let folded = crate::text::fold(&name);
        let is_person =
            is_name(&name) && !is_body(&folded) && !is_outlet(context, &folded) && !repeats_title(context, &folded);
        if is_person && !out.iter().any(|other| crate::text::fold(other) == folded) {
            out.push(name);
        }
    }
    out
}

/// A name without the outlet's behind it: `Jo Berg Ostmark Herald`.
fn without_outlet(context: &PageContext<'_>, name: String) -> String {
    let rest = context.sites.outlets().find_map(|outlet| {
        let rest = name.strip_suffix(outlet)?.strip_suffix(' ')?;
        (rest.split(' ').count() >= 2).then(|| rest.to_owned())
    });
    rest.unwrap_or(name)
}

/// Whether a name is the headline, as damaged tags make it.
fn repeats_title(context: &PageContext<'_>, folded: &str) -> bool {
    !context.title.is_empty() && crate::text::fold(context.title) == folded
}

/// Names in elements that the page marks as author: `linked` asks for author links and microdata, else for elements
/// with the name of a byline. The first one counts, and those right beside it.
fn marked(context: &PageContext<'_>, linked: bool) -> Vec<Credit> {
    let outline = context.outline;
    let mut out: Vec<Credit> = Vec::new();
    let mut last = (0, 0);
    for (index, part) in outline.elements.iter().enumerate() {
        let wanted = if linked { part.is_author } else { part.hints.has(Hints::BYLINE) && part.tag != Tag::Body };
        // Inside one that was read, or far from the first.
        if !wanted || part.end <= last.0 || (!out.is_empty() && part.first > last.1 + 3) || is_elsewhere(context, index)
        {
            continue;
        }
        let text = outline.line(part);
        let signed = linked || without_by(&text).len() < text.len();
        let fits = |name: String| is_person_like(&name) || (signed && is_alias(&name));
        let names: Vec<String> = split(&text).into_iter().filter(|name| fits(tidy(name))).collect();
        // A line of four or five names; what is longer is a portrait.
        if (2..120).contains(&text.chars().count()) && !names.is_empty() {
            out.push(Credit { text, names });
            last = (part.end, part.last);
        }
    }
    out
}

/// Whether the element belongs to comments, other stories or menus; names around the article itself say nothing.
fn is_elsewhere(context: &PageContext<'_>, index: usize) -> bool {
    let others = Hints::COMMENT.with(Hints::RELATED).with(Hints::TEASER).with(Hints::SIDE).with(Hints::NAV);
    context.outline.is_inside(index as u32, context.body.start, |part| {
        part.hints.has(others) || matches!(part.tag, Tag::Nav | Tag::Aside)
    })
}

/// A line near the headline or the ends of the text that begins with `By`.
fn by_line(context: &PageContext<'_>) -> Vec<Credit> {
    let (outline, body) = (context.outline, &context.body);
    let heading = context.heading.map_or(body.start.saturating_sub(8), |at| outline.elements[at].first as usize);
    let near = [
        // Between headline and text can lie pictures with captions, share bars and a list of contents.
        heading.min(body.start)..body.start.min(heading + 25),
        body.start..(body.start + 3).min(outline.blocks.len()),
        // Signed below, as columns and agency copy are.
        body.end.saturating_sub(2)..(body.end + 4).min(outline.blocks.len()),
    ];
    let mut lines = near.into_iter().flat_map(|range| &outline.blocks[range]).filter(|block| block.words <= 14);
    let found = lines.find(|block| {
        let text = outline.text_of(block);
        let rest = without_by(text);
        rest.len() < text.trim().len() && split(rest).first().is_some_and(|name| is_person_like(&tidy(name)))
    });
    found.map(|block| Credit::of(outline.text_of(block).to_owned())).into_iter().collect()
}

/// Names in the line with the date, between headline and text: `Jo Berg | 28 May 2008`, `28 May 2008, by Jo Berg`, or in an
/// element of their own beside that of the date.
fn beside_date(context: &PageContext<'_>) -> Vec<Credit> {
    let (outline, body) = (context.outline, &context.body);
    let heading = context.heading.map_or(body.start.saturating_sub(3), |at| outline.elements[at].first as usize);
    let end = (body.start + 1).min(heading + 8).min(outline.blocks.len());
    let lines = outline.blocks[heading.min(end)..end].iter().filter(|block| (3..=24).contains(&block.words));
    let mut credits = lines.filter_map(|block| {
        let text = outline.text_of(block).to_owned();
        Some(Credit { names: vec![signed(context, block)?], text })
    });
    credits.next().into_iter().collect()
}

/// The credit in a line that has a date, or digits under a headline: an element that is a name, else what stands before
/// the date, else what follows it and begins with `By`.
fn signed(context: &PageContext<'_>, block: &Block) -> Option<String> {
    let outline = context.outline;
    let text = outline.text_of(block);
    let digit = text.find(char::is_numeric)?;
    let date = crate::date::written(text, context.lang, crate::date::Order::of(context.lang)).map(|date| date.span);
    if date.is_none() && context.heading.is_none() {
        return None;
    }
    let title = crate::text::fold(context.title);
    let parts = outline.elements[block.element as usize..].iter().take_while(|part| part.start < block.end);
    let inside = parts.filter(|part| part.start >= block.start && part.end <= block.end && part.end > part.start);
    let name = inside.map(|part| outline.line(part)).find(|name| is_person_like(name) && name.len() < text.len());
    if let Some(name) = name.filter(|name| !crate::text::fold(name).contains(&title)) {
        return Some(name);
    }
    let before = &text[..date.map_or(digit, |date| date.start as usize)];
    // Lines that are parted by one break are one block: the headline may stand before the name.
    let before = before.strip_prefix(context.title).unwrap_or(before);
    let first = split(before).into_iter().next().map(|name| tidy(&name));
    if let Some(name) = first.filter(|name| is_person_like(name) && before.chars().count() < 60) {
        return Some(name);
    }
    let after = date.map_or("", |date| &text[date.end as usize..]).trim_start_matches(|c: char| !c.is_alphanumeric());
    (without_by(after).len() < after.len()).then(|| after.to_owned())
}

/// A name that stands alone right under the headline or at the end of the text.
fn alone(context: &PageContext<'_>) -> Vec<Credit> {
    let (outline, body) = (context.outline, &context.body);
    let heading = context.heading.map_or(body.start, |at| outline.elements[at].last as usize);
    let near = [
        heading.min(body.start)..body.start.min(heading + 4),
        body.end.saturating_sub(1)..(body.end + 1).min(outline.blocks.len()),
    ];
    let mut lines = near.into_iter().flat_map(|range| &outline.blocks[range]).filter(|block| {
        let tag = outline.elements[block.element as usize].tag;
        (2..=4).contains(&block.words) && !matches!(tag, Tag::Heading(_) | Tag::Item | Tag::Cell)
    });
    let found = lines.find(|block| is_person_like(&tidy(outline.text_of(block))));
    found.map(|block| Credit::of(outline.text_of(block).to_owned())).into_iter().collect()
}

/// The names in a line of plain text that credits them and says nothing else: `By Jo Berg and Anna Holm`; empty for any other
/// line. Of the words that introduce an author only those count that begin no name and no headline.
pub(crate) fn signature(line: &str) -> Vec<String> {
    let line = line.trim();
    let lower = line.to_lowercase();
    let is_one = words().by.iter().any(|mark| lower.starts_with(&**mark));
    let names: Vec<String> = if is_one { split(line).iter().map(|name| tidy(name)).collect() } else { Vec::new() };
    let people: Vec<String> = names.iter().filter(|name| is_person_like(name)).cloned().collect();
    // A role or a town after the names is dropped, a sentence is none.
    // Fourteen words hold four names.
    if people.is_empty() || line.ends_with(['.', '!', '?']) || line.split_whitespace().count() > 14 {
        return Vec::new();
    }
    people
}

/// Splits a line of several names.
fn split(line: &str) -> Vec<String> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = vec![without_by(&line).to_owned()];
    for mark in &words().between_names {
        out = out.iter().flat_map(|part| part.split(&**mark)).map(|part| part.trim().to_owned()).collect();
    }
    let is_mail = |part: &str| part.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    // An address beside a name says nothing that the name does not.
    let named = out.iter().any(|part| !part.is_empty() && !is_mail(part));
    out.retain(|part| !(part.is_empty() || named && is_mail(part)));
    out
}

/// A line without the words that introduce an author.
fn without_by(line: &str) -> &str {
    let mut line = line.trim();
    loop {
        let lower = line.to_lowercase();
        let mut marks = words().by.iter().chain(&words().by_in_bylines);
        let Some(mark) = marks.find(|mark| lower.starts_with(&***mark)) else { return line };
        if lower.len() != line.len() {
            return line;
        }
        line = line[mark.len()..].trim_start();
    }
}

/// A name without what is written beside it: brackets, handles, dates, roles after a dash.
fn tidy(name: &str) -> String {
    let name = before_marks(without_by(name));
    // A date that follows the name.
    let digit = name.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 3);
    let name = digit.map_or(name, |at| name[..at].trim_end());
    let mut parts: Vec<&str> = name.split_whitespace().collect();
    while digit.is_some() && parts.last().is_some_and(|word| is_date_word(word)) {
        parts.pop();
    }
    // `News Staff` without its role would be another name; Korean names are one word.
    while parts.last().is_some_and(|word| is_role_word(word))
        && (parts.len() > 2 || parts.len() == 2 && !parts[0].is_ascii())
    {
        parts.pop();
    }
    if let Some(at) = (2..parts.len()).find(|at| opens_role(parts[*at])) {
        parts.truncate(at);
    }
    let name = parts.join(" ");
    crate::text::nfc(name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')).into_owned()
}

/// What stands before the first mark or word that ends a name.
fn before_marks(name: &str) -> &str {
    let name = name.split(['(', '|', '•', '·', '@', '[', '/', '<']).next().unwrap_or("");
    let name = words().cut_before.iter().fold(name, |name, mark| name.split(&**mark).next().unwrap_or(name));
    // `Jo Berg. Drawings`: a sentence ends, which no initial does.
    let ends = name.match_indices(". ").find(|(at, _)| {
        let word = name[..*at].rsplit(' ').next().unwrap_or("");
        word.chars().count() > 3 && *at > word.len()
    });
    ends.map_or(name, |(at, _)| &name[..at])
}

fn is_date_word(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    folded.is_empty() || !crate::date::names::lookup(&folded).is_empty() || words().date_words.contains(folded.as_str())
}

fn is_role_word(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    words().roles_after.contains(folded.as_str())
}

/// Whether the word begins a role or an outlet: `Jo Berg Senior Reporter`, `Jo Berg The Ostmark Herald`.
fn opens_role(word: &str) -> bool {
    words().role_begins.contains(crate::text::fold(word).as_str())
}

/// Whether the text can be the name under which somebody writes: one or two words.
fn is_alias(name: &str) -> bool {
    name.split_whitespace().count() <= 2
        && is_name(name)
        && !has_stop_word(name)
        && !name.chars().any(|c| "?!:%$€".contains(c))
}

/// Whether the text can be a name at all.
fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    let words = name.split_whitespace().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    // Long names of desks have seven words; more figures are a date or a telephone number.
    (2..=60).contains(&count) && words <= 7 && digits <= 2 && !name.contains("http") && !name.contains("www.")
}

/// Whether the text looks like a person's name: two to five words with capitals, no word that names have not.
fn is_person_like(name: &str) -> bool {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let first = name.chars().next().unwrap_or(' ');
    if crate::text::is_cjk(first) {
        // Names in Han letters have two to four, with a role up to six.
        return parts.len() <= 2 && name.chars().count() <= 6;
    }
    let cased = first.is_lowercase() || first.is_uppercase();
    let capital =
        |word: &&str| word.starts_with(char::is_uppercase) || words().particles.contains(word.to_lowercase().as_str());
    (2..=5).contains(&parts.len())
        // The longest names with particles.
        && name.chars().count() <= 45
        && !name.chars().any(|c| c.is_numeric() || matches!(c, '?' | '!' | ':' | '"' | '%' | '$' | '€'))
        && (!cased || (parts.iter().all(capital) && first.is_uppercase()))
        && !has_stop_word(name)
        && !parts.iter().any(|word| is_month(word))
}

/// Whether a word is in the text that buttons and labels have and names have not.
fn has_stop_word(name: &str) -> bool {
    let folded = crate::text::fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| words().never.contains(word))
}

fn is_month(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    // Shorter ones are names as well: May, Mai, Jan.
    folded.chars().count() > 4
        && !crate::date::names::lookup(&folded).is_empty()
        // Given names, too.
        && !matches!(folded.as_str(), "april" | "august")
}

fn is_outlet(context: &PageContext<'_>, folded: &str) -> bool {
    let squeeze = |text: &str| -> String { crate::text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = squeeze(folded);
    context.sites.outlets().any(|outlet| name == squeeze(outlet.strip_prefix("www.").unwrap_or(outlet)))
}

/// Whether the words speak of a desk, a role or a company rather than of a person.
fn is_body(folded: &str) -> bool {
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `de` in the middle is a particle, at the end a domain.
    let is_body = |word: &str| words().outlet.contains(word);
    parts.first() == Some(&"the")
        || parts.iter().enumerate().any(|(at, word)| is_body(word) && (*word != "de" || at + 1 == parts.len()))
}

#[cfg(test)]
mod tests;
