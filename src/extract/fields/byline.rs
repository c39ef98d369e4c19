//! Who wrote it.
//!
//! Names come from JSON-LD, then from meta tags, then from what the page shows. Only people count at first; where
//! the page credits nobody but an agency, a desk or itself, that name is better than none.

mod lines;
mod names;

use std::iter::once_with;

use crate::extract::context::PageContext;
use crate::extract::evidence::{Evidence, Origin};
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Element, Outline, Tag};
use crate::extract::html::value_text::plain;
use lines::{alone, beside_date, by_line, signed_by_another};
pub(crate) use names::signature;
use names::{
    ends_with_other_hand, is_alias, is_body, is_host, is_label, is_mail, is_name, is_no_one, is_person_like, split,
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
    let signed = once_with(move || place(named("by, against the meta tags"), LikelyPeople, signed_by_another(context)));
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
    declared
        .chain(signed)
        .chain(metas)
        .chain(links)
        .chain(names)
        .chain(by)
        .chain(dated)
        .chain(outlets)
        .chain(desks)
        .chain(alone)
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
    let metas = context.outline.metas.iter().filter(|meta| meta.name == name && !is_in_list(context, meta.element));
    metas.map(|meta| Credit { names: vec![plain(&meta.value)], text: meta.value.clone() }).collect()
}

/// Whether a meta tag stands in an entry of a list, as those of the works that an article cites do.
fn is_in_list(context: &PageContext<'_>, element: u32) -> bool {
    context.outline.is_inside(element, context.body.start, |part| part.tag == Tag::Item)
}

/// What is credited where no person is: authors of any sort in JSON-LD, then the first meta tag of each name.
fn outlets<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = Evidence<'a>> {
    let json_ld = context.json_ld;
    let declared = json_ld.authors.iter().chain(&json_ld.organisations);
    let declared = declared.filter_map(|name| Evidence::json_ld("author", Some(name)));
    let tags = METAS.iter().filter_map(move |name| {
        let meta =
            context.outline.metas.iter().find(|meta| meta.name == *name && !is_in_list(context, meta.element))?;
        Some(Evidence { origin: Origin::Meta(name), text: meta.value.as_str().into() })
    });
    declared.chain(tags)
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
    let whole = whole.filter(|name| !is_host_of_two(context, name));
    for name in whole.flat_map(|name| split(name)).filter(|name| !is_mail(name) && !is_host(name)) {
        let name = without_outlet(context, tidy(&name));
        let folded = crate::text::fold(&name);
        let is_person = is_name(&name)
            && !is_body(&folded)
            && !is_no_one(&folded)
            // `code: Jo Berg` is a list of tasks.
            && !name.contains(": ")
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
        let text = if part.end - part.start < LONGEST_CREDIT { outline.line(part) } else { String::new() };
        if !(2..longest_line(&text)).contains(&text.chars().count()) || is_of_another_hand(outline, part) {
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
    // One article has one day: lines that each have their own are those of a list of articles.
    let is_dated = |credit: &&Credit| {
        credit.text.contains(|c: char| c.is_ascii_digit()) && without_by(&credit.text) != credit.text
    };
    if out.iter().filter(is_dated).count() >= 3 { Vec::new() } else { out }
}

/// Characters of a line of four or five names; what is longer is a portrait. Names in Han letters have three.
fn longest_line(text: &str) -> usize {
    if text.starts_with(crate::text::is_cjk) { 40 } else { 120 }
}

/// Whether the words before an element say that whom it names did not write the text: `Reviewed by`, `Photos:`.
fn is_of_another_hand(outline: &Outline, part: &Element) -> bool {
    // The longest of these words has some twenty letters.
    let from = outline.text.floor_char_boundary((part.start as usize).saturating_sub(40));
    let to = outline.text.floor_char_boundary(part.start as usize);
    ends_with_other_hand(&outline.text[from.min(to)..to])
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

fn is_outlet(context: &PageContext<'_>, folded: &str) -> bool {
    let squeeze = |text: &str| -> String { crate::text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let name = squeeze(folded);
    context.sites.outlets().any(|outlet| name == squeeze(outlet.strip_prefix("www.").unwrap_or(outlet)))
}

/// Whether a name of two parts is that of the site as its host has it: `Church and Life, Ostmark` on `church-and-life.example`.
fn is_host_of_two(context: &PageContext<'_>, name: &str) -> bool {
    let letters = |text: &str| -> String { crate::text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let first = name.split(", ").next().unwrap_or(name);
    split(first).len() > 1 && context.sites.all().any(|name| letters(name) == letters(first))
}

#[cfg(test)]
mod tests;
