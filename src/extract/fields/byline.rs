//! Who wrote it.
//!
//! Names come from JSON-LD, then from meta tags, then from what the page shows. Only people count at first; where
//! the page credits nobody but an agency, a desk or itself, that name is better than none.

mod names;

use std::iter::once_with;

use crate::date::Precision;
use crate::extract::context::PageContext;
use crate::extract::evidence::{Evidence, Origin};
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Element, Tag};
use crate::extract::html::value_text::plain;
pub(crate) use names::signature;
use names::{
    is_alias, is_body, is_host, is_known_person, is_label, is_mail, is_name, is_no_one, is_person_like, split,
    stands_alone, tidy, tidy_outlet, without_by,
};

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
    let desks = once_with(move || place(named("byline"), Outlet, desks(context)));
    let alone = once_with(move || place(named("name that stands alone"), LikelyPeople, alone(context)));
    declared.chain(metas).chain(links).chain(names).chain(by).chain(dated).chain(outlets).chain(desks).chain(alone)
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
        Accepted::Outlet => {
            let names = all.iter().filter(|name| !is_mail(name)).map(|name| tidy_outlet(name));
            names.filter(|name| is_outlet_credit(context, name)).collect()
        }
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
    is_name(name) && !is_mail(name) && !is_no_one(&folded) && !repeats_title(context, &folded)
}

/// The people in a list of credits.
fn people(context: &PageContext<'_>, names: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // `Jobs & Hire` would fall apart into two people.
    let whole = names.iter().filter(|name| !is_outlet(context, &crate::text::fold(without_by(name))));
    for name in whole.flat_map(|name| split(name)).filter(|name| !is_mail(name) && !is_host(name)) {
        let name = without_outlet(context, tidy(&name));
        let folded = crate::text::fold(&name);
        let is_person = is_name(&name)
            && !is_body(&folded)
            && !is_no_one(&folded)
            && !is_outlet(context, &folded)
            && !repeats_title(context, &folded);
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

/// Bytes of the longest element that is read for a line of names, with the blanks between its parts.
const LONGEST_CREDIT: u32 = 1_000;

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
        // A line of four or five names; what is longer is a portrait.
        let text = if part.end - part.start < LONGEST_CREDIT { outline.line(part) } else { String::new() };
        if !(2..120).contains(&text.chars().count()) {
            continue;
        }
        let signed = linked || without_by(&text).len() < text.len();
        let fits = |name: &String| is_person_like(&tidy(name)) || (signed && is_alias(&tidy(name)));
        let apart = names_apart(context, index);
        let names = if apart.is_empty() { split(&text).into_iter().filter(fits).collect() } else { apart };
        if !names.is_empty() {
            out.push(Credit { text, names });
            last = (part.end, part.last);
        }
    }
    out
}

/// The first short element named a byline that names an agency, a desk or an institution.
fn desks(context: &PageContext<'_>) -> Vec<Credit> {
    let outline = context.outline;
    let elements = outline.elements.iter().enumerate();
    let named = elements.filter(|(_, part)| part.is_author || part.hints.has(Hints::BYLINE) && part.tag != Tag::Body);
    let short = named.filter(|(index, part)| part.end - part.start < 80 && !is_elsewhere(context, *index));
    let mut lines = short.map(|(_, part)| outline.line(part));
    let is_desk = |line: &String| {
        let name = without_by(line);
        // A date, a count of readers or a button says something else.
        is_body(&crate::text::fold(name))
            && name.starts_with(char::is_uppercase)
            && !name.contains(char::is_numeric)
            && !is_label(name)
    };
    lines.find(is_desk).map(Credit::of).into_iter().collect()
}

/// The names of an element that only its inner elements part: `<span>Jo Berg</span> <span>Anna Holm</span>`. Empty where these
/// are not two names and more that are all its text.
fn names_apart(context: &PageContext<'_>, index: usize) -> Vec<String> {
    let outline = context.outline;
    let whole = outline.elements[index];
    let text = outline.line(&whole);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let inside = outline.elements[index + 1..].iter().take_while(|part| part.start < whole.end);
    let (mut names, mut end, mut named) = (Vec::new(), whole.start, 0);
    for part in inside.filter(|part| part.end > part.start && part.end <= whole.end) {
        let line = outline.line(part);
        let is_part = part.start >= end && line.len() < text.len();
        if is_part && stands_alone(&line) && !line.starts_with(crate::text::is_cjk) {
            end = part.end;
            named += letters(&line);
            names.push(line);
        }
    }
    // What introduces the names may stand beside them: `By`, `and`.
    let is_all = named + 6 >= letters(&text);
    if names.len() >= 2 && is_all { names } else { Vec::new() }
}

/// Whether the element belongs to comments, other stories, menus or the foot of the page; names around the article itself say
/// nothing.
fn is_elsewhere(context: &PageContext<'_>, index: usize) -> bool {
    let outline = context.outline;
    let others = Hints::COMMENT.with(Hints::RELATED).with(Hints::TEASER).with(Hints::SIDE).with(Hints::NAV);
    let is_other = outline.is_inside(index as u32, context.body.start, |part| {
        part.hints.has(others) || matches!(part.tag, Tag::Nav | Tag::Aside)
    });
    // An article has a foot of its own, in which its author may stand; that of a page has lists of links.
    let in_foot = |wanted: fn(&Element) -> bool| outline.is_inside(index as u32, context.body.start, wanted);
    is_other || in_foot(|part| part.tag == Tag::Footer) && in_foot(|part| part.tag == Tag::List)
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
    let is_headline = |index: &usize| {
        let headline = context.heading.map(|at| outline.elements[at]);
        headline.is_some_and(|part| (part.first..part.last).contains(&(*index as u32)))
    };
    let lines = (heading.min(end)..end).filter(|index| !is_headline(index)).map(|index| &outline.blocks[index]);
    let lines = lines.filter(|block| (3..=24).contains(&block.words) && !is_by_picture(context, block));
    let mut credits = lines.filter_map(|block| {
        let text = outline.text_of(block).to_owned();
        Some(Credit { names: vec![signed(context, block)?], text })
    });
    credits.next().into_iter().collect()
}

/// Whether a line belongs to a picture or a button.
fn is_by_picture(context: &PageContext<'_>, block: &Block) -> bool {
    let outline = context.outline;
    // The line of a caption is at most a few elements down in it.
    let around = outline.ancestors(block.element).take(4).map(|at| outline.elements[at as usize]);
    around
        .into_iter()
        .any(|part| matches!(part.tag, Tag::Figure | Tag::Caption | Tag::Button) || part.hints.has(Hints::CAPTION))
}

/// The credit in a line that has the day of a date: an element that is a name, else what stands before the date, else what follows
/// it and begins with `By`. A part of the headline is none.
fn signed(context: &PageContext<'_>, block: &Block) -> Option<String> {
    let outline = context.outline;
    let text = outline.text_of(block);
    // Pages of one language have dates in another, which their names of months tell.
    let date = [context.lang, None]
        .into_iter()
        .find_map(|lang| crate::date::written(text, lang, crate::date::Order::of(lang)))
        .filter(|date| date.stamp.precision() >= Precision::Day)?
        .span;
    let title = crate::text::fold(context.title);
    let is_said = |name: &str| stands_alone(name) && !title.contains(&crate::text::fold(name));
    let parts = outline.elements[block.element as usize..].iter().take_while(|part| part.start < block.end);
    let inside = parts.filter(|part| part.start >= block.start && part.end <= block.end && part.end > part.start);
    if let Some(name) = inside.map(|part| outline.line(part)).find(|name| name.len() < text.len() && is_said(name)) {
        return Some(name);
    }
    let before = &text[..date.start as usize];
    // Lines that are parted by one break are one block: the headline may stand before the name.
    let before = before.strip_prefix(context.title).unwrap_or(before);
    let first = split(before).into_iter().next().map(|name| tidy(&name));
    if let Some(name) = first.filter(|name| is_said(name) && before.chars().count() < 60) {
        return Some(name);
    }
    let after = text[date.end as usize..].trim_start_matches(|c: char| !c.is_alphanumeric());
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
    let mut lines = near.into_iter().flatten().filter(|index| {
        let block = &outline.blocks[*index];
        let tag = outline.elements[block.element as usize].tag;
        let is_line = (2..=4).contains(&block.words) && !matches!(tag, Tag::Heading(_) | Tag::Item | Tag::Cell);
        is_line && !is_by_picture(context, block)
    });
    let found = lines.find(|index| {
        let name = tidy(outline.text_of(&outline.blocks[*index]));
        is_known_person(&name) || *index < body.start && stands_alone(&name) && has_date_beside(context, *index)
    });
    found.map(|index| Credit::of(outline.text_of(&outline.blocks[index]).to_owned())).into_iter().collect()
}

/// Whether the line before or after a block is a date.
fn has_date_beside(context: &PageContext<'_>, index: usize) -> bool {
    let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
    // A date with a time of day and a word for each has eight words.
    let lines = beside.filter_map(|at| context.outline.blocks.get(at)).filter(|block| block.words <= 8);
    lines
        .map(|block| context.outline.text_of(block))
        .any(|line| line.contains(char::is_numeric) && context.human(line).is_some())
}

fn is_outlet(context: &PageContext<'_>, folded: &str) -> bool {
    let squeeze = |text: &str| -> String { crate::text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = squeeze(folded);
    context.sites.outlets().any(|outlet| name == squeeze(outlet.strip_prefix("www.").unwrap_or(outlet)))
}

#[cfg(test)]
mod tests;
