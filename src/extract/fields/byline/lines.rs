//! Lines without a mark of their own that credit somebody: `By Jo Berg`, a name beside the date, a name that stands alone.

use std::ops::Range;

use super::names::{is_known_person, is_person_like, split, stands_alone, tidy, without_by};
use super::{Credit, METAS, of_metas};
use crate::date::Precision;
use crate::extract::context::PageContext;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Tag};

/// The line between headline and text that begins with `By`, where the meta tags name somebody else: these have whoever put the page
/// into the system (`METADATA.md`).
pub(super) fn signed_by_another(context: &PageContext<'_>) -> Vec<Credit> {
    let metas = METAS.iter().flat_map(|name| of_metas(context, name));
    let declared: Vec<String> = metas.map(|credit| crate::text::fold(&credit.text)).collect();
    if declared.is_empty() {
        return Vec::new();
    }
    let is_declared = |name: &String| {
        // Initials and particles are in any name.
        let words = name.split_whitespace().filter(|word| word.chars().count() >= 3).map(crate::text::fold);
        words.into_iter().any(|word| declared.iter().any(|text| text.contains(&word)))
    };
    let heading = first_block(context, 8);
    let mut credits = first_by_line(context, heading.min(context.body.start)..(context.body.start + 1));
    credits.retain(|credit| !split(&credit.text).iter().any(is_declared));
    credits
}

/// A line near the headline or the ends of the text that begins with `By`.
pub(super) fn by_line(context: &PageContext<'_>) -> Vec<Credit> {
    let (outline, body) = (context.outline, &context.body);
    let heading = first_block(context, 8);
    let near = [
        // Between headline and text can lie pictures with captions, share bars and a list of contents.
        heading.min(body.start)..body.start.min(heading + 25),
        body.start..(body.start + 3).min(outline.blocks.len()),
        // Signed below, as columns and agency copy are.
        body.end.saturating_sub(2)..(body.end + 4).min(outline.blocks.len()),
    ];
    near.into_iter().map(|range| first_by_line(context, range)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The first block of the headline; without one, that of a few blocks before the text.
fn first_block(context: &PageContext<'_>, before: usize) -> usize {
    let start = context.body.start.saturating_sub(before);
    context.heading.map_or(start, |at| context.outline.elements[at].first as usize)
}

/// The first of these blocks that begins with `By` and a name.
fn first_by_line(context: &PageContext<'_>, range: Range<usize>) -> Vec<Credit> {
    let outline = context.outline;
    let end = range.end.min(outline.blocks.len());
    let mut lines = outline.blocks[range.start.min(end)..end].iter().filter(|block| block.words <= 14);
    let found = lines.find(|block| {
        let text = outline.text_of(block);
        let rest = without_by(text);
        rest.len() < text.trim().len() && split(rest).first().is_some_and(|name| is_person_like(&tidy(name)))
    });
    found.map(|block| Credit::of(outline.text_of(block).to_owned())).into_iter().collect()
}

/// Names in the line with the date, between headline and text: `Jo Berg | 28 May 2008`, `28 May 2008, by Jo Berg`, or in an
/// element of their own beside that of the date.
pub(super) fn beside_date(context: &PageContext<'_>) -> Vec<Credit> {
    let (outline, body) = (context.outline, &context.body);
    let heading = first_block(context, 3);
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
pub(super) fn alone(context: &PageContext<'_>) -> Vec<Credit> {
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
