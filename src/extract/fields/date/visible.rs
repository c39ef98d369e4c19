//! Dates that readers see, and how likely each is the article's.

use crate::date::{Order, Precision, Stamp};
use std::sync::OnceLock;

use crate::extract::context::PageContext;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Part, Tag};
use crate::extract::tables::{DATES, Entry, Table};

/// Words beside dates, of all languages.
struct DateWords {
    published: Vec<Entry>,
    changed: Vec<Entry>,
    legal: Vec<Entry>,
}

fn words() -> &'static DateWords {
    static WORDS: OnceLock<DateWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = Table::read(DATES);
        DateWords { published: table.list("published"), changed: table.list("changed"), legal: table.list("legal") }
    })
}

/// A date in a short line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub(crate) stamp: Stamp,
    /// Index of its block.
    pub(crate) block: usize,
    /// See [`place`].
    pub(crate) place: i32,
    /// Higher for one that is likely the publication's.
    pub(crate) score: i32,
    /// Its element is named for dates or bylines.
    pub(crate) named: bool,
    /// The order of day and month is a guess.
    pub(crate) assumed: bool,
}

impl Shown {
    /// The line that it stands in.
    pub(crate) fn line<'a>(&self, context: &PageContext<'a>) -> &'a str {
        context.outline.text_of(&context.outline.blocks[self.block])
    }

    /// Words of the line.
    pub(crate) fn words(&self, context: &PageContext<'_>) -> u32 {
        context.outline.blocks[self.block].words
    }
}

/// How likely a date in this block is the article's: highest between headline and text, then right after the text;
/// 0 and less inside other stories, comments and menus.
pub(crate) fn place(context: &PageContext<'_>, block: usize, element: u32) -> i32 {
    let outline = context.outline;
    let body = &context.body;
    let heading = context.heading.map_or(body.start.saturating_sub(8), |at| outline.elements[at].first as usize);
    let above = heading.saturating_sub(4).min(body.start)..body.start + 1;
    let zone = if above.contains(&block) {
        10
    } else if (body.end..body.end + 6).contains(&block) {
        6
    } else if body.contains(&block) {
        4
    } else {
        2
    };
    let others = Hints::RELATED.with(Hints::SIDE).with(Hints::TEASER).with(Hints::COMMENT).with(Hints::NAV);
    let is_other = outline
        .is_inside(element, body.start, |part| part.hints.has(others) || matches!(part.tag, Tag::Aside | Tag::Nav));
    let in_list = outline.is_inside(element, body.start, |part| part.tag == Tag::Item);
    zone - if is_other { 9 } else { 0 } - if in_list { 3 } else { 0 }
}

/// How a page writes the dates in figures that leave no doubt (`25/11/2020`); `None` where it has none or both ways.
pub(crate) fn order(text: &str) -> Option<Order> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u8>().ok());
    let (mut day_first, mut month_first) = (false, false);
    for at in memchr::memchr_iter(b'/', bytes).take(MOST_MARKS) {
        let digits = |range: &[u8]| range.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let before = bytes[..at].iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let after = digits(&bytes[at + 1..bytes.len().min(at + 4)]);
        let second = at + 1 + after;
        let is_date = (1..=2).contains(&before)
            && (1..=2).contains(&after)
            && bytes.get(second) == Some(&b'/')
            && digits(&bytes[second + 1..bytes.len().min(second + 6)]) == 4;
        if let (true, Some(left), Some(right)) = (is_date, number(at - before, at), number(at + 1, second)) {
            day_first |= (13..=31).contains(&left) && (1..=12).contains(&right);
            month_first |= (13..=31).contains(&right) && (1..=12).contains(&left);
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(Order::DayMonth),
        (false, true) => Some(Order::MonthDay),
        _ => None,
    }
}

/// Most slashes that are looked at for the order of dates.
const MOST_MARKS: usize = 2_000;
/// Blocks longer than this hold text, not data of the article.
const LINE: u32 = 25;
/// Most blocks that are searched for a date.
const MOST: usize = 400;

/// The visible date with the best place and words; the first of several.
pub(crate) fn best(context: &PageContext<'_>) -> Option<Shown> {
    let mut best: Option<Shown> = None;
    for shown in all(context) {
        if best.is_none_or(|other| shown.score > other.score) {
            best = Some(shown);
        }
    }
    best.filter(|shown| shown.score > 0)
}

/// The first date of each short line, and of a dateline at the beginning of the text.
pub(crate) fn all<'a>(context: &'a PageContext<'_>) -> impl Iterator<Item = Shown> + 'a {
    let (outline, body) = (context.outline, &context.body);
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let lines = outline.blocks.iter().enumerate().filter(move |(index, block)| {
        let opens = *index == body.start || *index == body.start + 1;
        (block.words <= LINE || opens) && has_digit(outline.text_of(block))
    });
    lines.take(MOST).filter_map(|(index, _)| in_block(context, index))
}

fn in_block(context: &PageContext<'_>, index: usize) -> Option<Shown> {
    let outline = context.outline;
    let block = outline.blocks[index];
    let text = outline.text_of(&block);
    let found = context.shown(&text[..text.floor_char_boundary(160)])?;
    if block.words > LINE && !is_dateline(&text[..found.span.start as usize]) {
        return None;
    }
    let lower = text.to_lowercase();
    let says = |words: &[Entry]| words.iter().any(|word| lower.contains(&**word));
    let named = outline.ancestors(block.element).take(3).any(|at| {
        let part = outline.elements[at as usize];
        part.hints.has(Hints::DATE.with(Hints::BYLINE)) || part.tag == Tag::Time
    });
    let place = place(context, index, block.element);
    let score = place
        + if named { 3 } else { 0 }
        + i32::from(block.words <= 8)
        + if says(&words().published) { 2 } else { 0 }
        + i32::from(found.stamp.precision() > Precision::Day)
        - if says(&words().changed) { 2 } else { 0 }
        - if says(&words().legal) { 20 } else { 0 };
    Some(Shown { stamp: found.stamp, block: index, place, score, named, assumed: found.assumed })
}

/// Whether what stands before a date in running text makes it a dateline: a place or an agency, and a mark.
fn is_dateline(before: &str) -> bool {
    let before = before.trim_end();
    before.len() < 60 && !before.ends_with(char::is_alphanumeric)
}

/// The first date in a short element that is named for it, wherever it stands, and its text.
pub(crate) fn named(context: &PageContext<'_>) -> Option<(Stamp, String)> {
    let outline = context.outline;
    let named = |part: &&Part| part.tag == Tag::Time || part.hints.has(Hints::DATE.with(Hints::BYLINE));
    let short = outline.elements.iter().filter(named).filter(|part| part.end - part.start < 200).take(MOST);
    short
        .filter(|part| !part.hints.has(Hints::COMMENT))
        .map(|part| outline.line(part))
        .find_map(|line| Some((context.human(&line)?, line)))
}

/// Whether the words of a line say that something was changed, and not that it was published.
pub(crate) fn says_changed(context: &PageContext<'_>, block: usize) -> bool {
    let Some(block) = context.outline.blocks.get(block).filter(|block| block.words <= LINE) else { return false };
    let line = context.outline.text_of(block).to_lowercase();
    words().changed.iter().any(|word| line.contains(&**word))
        && !words().published.iter().any(|word| line.contains(&**word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_without_doubt_tell_the_order() {
        for (text, order) in [
            ("on 25/11/2020 and 03/04/2020", Some(Order::DayMonth)),
            ("on 11/25/2020", Some(Order::MonthDay)),
            ("on 11/25/2020 or 25/11/2020", None),
            ("24/7/365, 1/2, 13/05/20, 2020/11/25", None),
            ("25/11/2020", Some(Order::DayMonth)),
            ("/", None),
        ] {
            assert_eq!(super::order(text), order, "{text}");
        }
    }
}
