//! Dates that readers see, and how likely each is the article's.

use std::sync::OnceLock;

use crate::date::{Date, Order, Precision, Stamp, Written};
use crate::text::Span;
use crate::text::word_lists::{Phrase, WordLists};

use crate::extract::context::PageContext;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Element, Tag};
use crate::extract::tables::DATES;

/// Words beside dates, of all languages.
struct DateWords {
    published: Vec<Phrase>,
    changed: Vec<Phrase>,
    first: Vec<Phrase>,
    legal: Vec<Phrase>,
}

fn words() -> &'static DateWords {
    static WORDS: OnceLock<DateWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = WordLists::parse(DATES);
        DateWords {
            published: table.phrases("published"),
            changed: table.phrases("changed"),
            first: table.phrases("first published"),
            legal: table.phrases("legal"),
        }
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
    // Without a headline, eight blocks: kicker, standfirst, byline, date, caption and what is between them.
    let heading = context.heading.map_or(body.start.saturating_sub(8), |at| outline.elements[at].first as usize);
    // Some templates set the date above the headline.
    let above = heading.saturating_sub(4).min(body.start)..body.start + 1;
    // The better the place the higher; the distances leave room for what is added and taken off below.
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
    // Nine takes even the best place below any other; three only off a list that may be the line of the byline.
    zone - if is_other { 9 } else { 0 } - if in_list { 3 } else { 0 }
}

/// How a page writes dates in figures, by those that leave no doubt (`25/11/2020`), else by one that is a day of `declared` in one
/// of the orders; `None` where it has none or both ways.
pub(crate) fn order(text: &str, declared: &[Date]) -> Option<Order> {
    let (mut certain, mut likely) = ((false, false), (false, false));
    for (left, right, year) in
        memchr::memchr_iter(b'/', text.as_bytes()).take(MOST_MARKS).filter_map(|at| figures(text, at))
    {
        certain.0 |= left > 12 && right <= 12;
        certain.1 |= right > 12 && left <= 12;
        let is_declared = |day: i8, month: i8| {
            left != right && declared.iter().any(|date| (date.year(), date.month(), date.day()) == (year, month, day))
        };
        likely.0 |= is_declared(left, right);
        likely.1 |= is_declared(right, left);
    }
    let told = |found| match found {
        (true, false) => Some(Order::DayMonth),
        (false, true) => Some(Order::MonthDay),
        _ => None,
    };
    if certain == (false, false) { told(likely) } else { told(certain) }
}

/// The three numbers of a date in figures whose first slash stands at `at`, where day and month can be such.
fn figures(text: &str, at: usize) -> Option<(i8, i8, i16)> {
    let bytes = text.as_bytes();
    let before = bytes[..at].iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let digits = |from: usize, most: usize| {
        bytes[from..bytes.len().min(from + most)].iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let after = digits(at + 1, 3);
    let second = at + 1 + after;
    let is_date = (1..=2).contains(&before)
        && (1..=2).contains(&after)
        && bytes.get(second) == Some(&b'/')
        && digits(second + 1, 5) == 4;
    let number = |from: usize, to: usize| text.get(from..to).filter(|_| is_date)?.parse::<i16>().ok();
    let (left, right, year) = (number(at - before, at)?, number(at + 1, second)?, number(second + 1, second + 5)?);
    let small = |number: i16| i8::try_from(number).ok().filter(|number| (1..=31).contains(number));
    Some((small(left)?, small(right)?, year))
}

/// Most slashes that are looked at for the order of dates.
// The first dates of a page tell the order; a page of megabytes has a slash in every address.
const MOST_MARKS: usize = 2_000;
/// Blocks longer than this hold text, not data of the article.
const LINE: u32 = 25;
/// Most blocks that are searched for a date.
// A day of publication stands near headline or text, and each block that is read for one costs.
const MOST_LINES: usize = 400;

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
    let lines = outline.blocks.iter().enumerate().filter(move |(index, block)| {
        let opens = *index == body.start || *index == body.start + 1;
        (block.words <= LINE || opens) && has_digit(outline.text_of(block))
    });
    lines.take(MOST_LINES).filter_map(|(index, _)| in_block(context, index))
}

/// What the words beside a date say for it: more than 0 of a publication, less of a change; a copyright is never a date.
fn words_beside(text: &str) -> i32 {
    let lower = text.to_lowercase();
    let says = |words: &[Phrase]| says(&lower, words);
    let weighed = |words: &[Phrase], weight: i32| if says(words) { weight } else { 0 };
    weighed(&words().published, 2) - weighed(&words().changed, 2) - weighed(&words().legal, 20)
}

/// Whether a label says that what follows it was changed, and not that it was published.
pub(super) fn is_of_change(label: &str) -> bool {
    let lower = label.to_lowercase();
    says(&lower, &words().changed) && !says(&lower, &words().published)
}

fn says(lower: &str, words: &[Phrase]) -> bool {
    words.iter().any(|word| lower.contains(&**word))
}

fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Most dates of a line that are looked at: publication, change, and one of them in another form.
const MOST_IN_LINE: usize = 3;

/// The dates of a line, each with the words between it and the one before.
fn labelled<'t>(context: &PageContext<'_>, text: &'t str) -> Vec<(&'t str, Written)> {
    let mut out = Vec::new();
    let mut from = 0;
    while out.len() < MOST_IN_LINE && has_digit(&text[from..]) {
        let rest = &text[from..];
        // A dateline or a label stands at the beginning of its line.
        let Some(mut found) = context.shown(&rest[..rest.floor_char_boundary(160)]) else { break };
        let label = &rest[..found.span.start as usize];
        found.span = Span::new(from + found.span.start as usize, from + found.span.end as usize);
        from = found.span.end as usize;
        out.push((label, found));
    }
    out
}

/// The date of a line that is the article's: the first that no word calls a change, else the first.
fn first_of(dates: &[(&str, Written)]) -> Option<Written> {
    let published = dates.iter().find(|(label, _)| !is_of_change(label));
    published.or(dates.first()).map(|(_, found)| *found)
}

fn in_block(context: &PageContext<'_>, index: usize) -> Option<Shown> {
    let outline = context.outline;
    let block = outline.blocks[index];
    let text = outline.text_of(&block);
    let dates = labelled(context, text);
    let found = first_of(&dates)?;
    if block.words > LINE && !is_dateline(&text[..found.span.start as usize]) || is_of_picture(context, index) {
        return None;
    }
    let named = outline.ancestors(block.element).take(3).any(|at| {
        let part = outline.elements[at as usize];
        part.hints.has(Hints::DATE.with(Hints::BYLINE)) || part.tag == Tag::Time
    });
    let place = place(context, index, block.element);
    // Where one of several dates is another's change, the words for it say nothing of the first.
    let beside = if dates.len() > 1 { &text[..found.span.end as usize] } else { text };
    let score = place
        // A name outweighs a word beside the date, and a word outweighs a short line or a time of day.
        + if named { 3 } else { 0 }
        + i32::from(block.words <= 8)
        + i32::from(found.stamp.precision() > Precision::Day)
        + words_beside(beside);
    Some(Shown { stamp: found.stamp, block: index, place, score, named, assumed: found.assumed })
}

/// Whether a line is the caption of a picture, or says the same as one: what it dates is the picture.
fn is_of_picture(context: &PageContext<'_>, index: usize) -> bool {
    let outline = context.outline;
    let is_caption = |block: &Block| {
        // A caption is the element itself or lies a step or two in it.
        let mut around = outline.ancestors(block.element).take(3).map(|at| outline.elements[at as usize]);
        // The line with the date of the article stands in such elements, too; what dates a picture are the last words of a sentence.
        let is_sentence = outline.text_of(block).starts_with(char::is_alphabetic) && block.words >= 6;
        is_sentence && around.any(|part| part.tag == Tag::Caption || part.hints.has(Hints::CAPTION))
    };
    let block = &outline.blocks[index];
    // Some templates write a caption once more below the picture.
    let before = index.checked_sub(1).map(|before| &outline.blocks[before]);
    is_caption(block)
        || before.is_some_and(|before| is_caption(before) && outline.text_of(before) == outline.text_of(block))
}

/// The day on which the text says that it was published first, in a sentence of its own: `This story was originally published on 14
/// March 2018`. The text of the article alone is read.
pub(super) fn first_published<'a>(context: &PageContext<'a>) -> Option<(&'a str, Stamp)> {
    let outline = context.outline;
    // A note stands before the text, at its beginning or its end: within three blocks.
    let body = &context.body;
    let ends = [body.start.saturating_sub(6)..body.start + 3, body.end.saturating_sub(3)..body.end + 4];
    let near = ends.into_iter().flatten().filter_map(|index| outline.blocks.get(index));
    let short = near.filter(|block| block.words <= MOST_WORDS_OF_NOTE).map(|block| outline.text_of(block));
    short.filter(|text| has_digit(text)).find_map(|text| {
        let lower = text.to_lowercase();
        let said = words().first.iter().find_map(|phrase| lower.find(&**phrase).map(|at| at + phrase.len()));
        // Lower case may have other lengths: then the text is searched from its beginning.
        let rest = said.map(|at| text.get(at..).filter(|_| lower.len() == text.len()).unwrap_or(text))?;
        let found = context.shown(&rest[..rest.floor_char_boundary(80)])?;
        Some((text, found.stamp))
    })
}

/// Words of the longest note on an earlier publication.
const MOST_WORDS_OF_NOTE: u32 = 45;

/// The first date between headline and text, or right after it, that a word calls a change, and its line.
pub(super) fn change<'a>(context: &PageContext<'a>) -> Option<(&'a str, Stamp)> {
    let outline = context.outline;
    let heading = context.heading.map_or(context.body.start, |at| outline.elements[at].first as usize);
    // From a line above the headline to the lines below the text, as far as `place` goes.
    let near = heading.saturating_sub(4)..context.body.end + 6;
    let near = outline.blocks.iter().enumerate().take(near.end).skip(near.start);
    let short = near.filter(|(_, block)| block.words <= LINE);
    let lines = short.map(|(index, block)| (index, block, outline.text_of(block)));
    let dated =
        lines.filter(|(.., text)| has_digit(text) && says(&text.to_lowercase(), &words().changed)).take(MOST_LINES);
    dated
        // Above 3 it is no other story.
        .filter(|(index, block, _)| place(context, *index, block.element) > 3)
        .find_map(|(.., text)| {
            let (_, found) = labelled(context, text).into_iter().find(|(label, _)| is_of_change(label))?;
            Some((text, found.stamp))
        })
}

/// Whether what stands before a date in running text makes it a dateline: a place or an agency, and a mark.
fn is_dateline(before: &str) -> bool {
    let before = before.trim_end();
    // Sixty bytes hold a town and two agencies.
    before.len() < 60 && !before.ends_with(char::is_alphanumeric)
}

/// The first date in a short element that is named for it, wherever it stands, and its text.
pub(crate) fn named(context: &PageContext<'_>) -> Option<(Stamp, String)> {
    let outline = context.outline;
    let named = |part: &&Element| part.tag == Tag::Time || part.hints.has(Hints::DATE.with(Hints::BYLINE));
    let short = outline.elements.iter().filter(named).filter(|part| part.end - part.start < 200).take(MOST_LINES);
    short
        .filter(|part| !part.hints.has(Hints::COMMENT))
        .map(|part| outline.line(part))
        .find_map(|line| Some((context.human(&line)?, line)))
}

/// The words before an element in its line, as far as the one before it of the same sort.
pub(super) fn label_of<'a>(context: &PageContext<'a>, element: u32) -> &'a str {
    let outline = context.outline;
    let part = outline.elements[element as usize];
    let Some(block) = outline.blocks.get(part.first as usize).filter(|block| block.words <= LINE) else { return "" };
    let mut same = outline.elements[..element as usize].iter().rev().take_while(|other| other.end > block.start);
    let after = same.find(|other| other.tag == Tag::Time && other.end <= part.start).map(|other| other.end);
    let from = after.unwrap_or(block.start).max(block.start);
    outline.text.get(from as usize..part.start as usize).unwrap_or("")
}

/// Whether the words of a line say that something was changed, and not that it was published.
pub(super) fn says_changed(context: &PageContext<'_>, block: usize) -> bool {
    let Some(block) = context.outline.blocks.get(block).filter(|block| block.words <= LINE) else { return false };
    is_of_change(context.outline.text_of(block))
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
            assert_eq!(super::order(text, &[]), order, "{text}");
        }
    }

    #[test]
    fn a_declared_day_tells_the_order() {
        let day = |text: &str| text.parse().expect("a day");
        let declared = [day("2020-03-09"), day("2020-05-05")];
        for (text, order) in [
            ("09/03/2020", Some(Order::DayMonth)),
            ("03/09/2020", Some(Order::MonthDay)),
            ("03/09/2020 and 09/03/2020", None),
            ("05/05/2020", None),
            ("09/03/2021", None),
            ("03/09/2020 and 25/11/2020", Some(Order::DayMonth)),
        ] {
            assert_eq!(super::order(text, &declared), order, "{text}");
        }
    }

    /// The visible date that is chosen on a page with these lines between headline and text, and below the text.
    #[track_caller]
    fn check(above: &str, below: &str, expected: &str) {
        let html = format!(
            "<html lang=en><body><h1>Bridge to be rebuilt</h1>{above}<p>The council of Ostmark voted to rebuild the old bridge, \
             which had been closed since the flood of spring.</p><p>Work is to begin in June, said the chair of the council, and \
             will take two years at the least.</p>{below}</body>"
        );
        let dated = crate::extract::tests::read(&html).published;
        assert_eq!(dated.map_or("none".to_owned(), |dated| dated.stamp.to_string()), expected, "{above} / {below}");
    }

    #[test]
    fn the_best_place_and_words_win() {
        check("<p>9 November 2020</p>", "<p>12 November 2020</p>", "2020-11-09");
        check("", "<p>12 November 2020</p>", "2020-11-12");
        check("<p>Updated: 12 November 2020</p><p>Posted 9 November 2020</p>", "", "2020-11-09");
        check("<p>12 November 2020</p><p class=date>9 November 2020</p>", "", "2020-11-09");
        // With a time of day it is the moment at which a system wrote it.
        check("<p>12 November 2020</p><p>9 November 2020, 8:15</p>", "", "2020-11-09T08:15");
        check("<p>© 12 November 2020 The Herald</p>", "", "none");
        check("<p>November 2020</p>", "", "none");
        check("<p>9 November 1889</p>", "", "none");
    }

    #[test]
    fn dates_of_other_stories_are_none_of_the_article_s() {
        check("", "<div class=related><p>12 November 2020</p></div>", "none");
        check("<nav>12 November 2020</nav>", "<p>9 November 2020</p>", "2020-11-09");
    }

    #[test]
    fn dates_are_read_in_the_language_of_the_page() {
        for (lang, line, text, expected) in [
            (
                "de",
                "Veröffentlicht am 9. März 2020",
                "Der Rat der Stadt hat am Montag beschlossen, dass die alte Brücke wieder aufgebaut wird.",
                "2020-03-09",
            ),
            (
                "ru",
                "Опубликовано 9 марта 2020",
                "Городской совет в понедельник решил восстановить старый мост, закрытый после наводнения.",
                "2020-03-09",
            ),
            (
                "tr",
                "Yayın: 9 Mart 2020",
                "Belediye meclisi pazartesi günü selden beri kapalı olan eski köprünün yeniden yapılmasına karar verdi.",
                "2020-03-09",
            ),
            (
                "zh",
                "2020年3月9日",
                "市议会星期一投票决定重建去年春天洪水以来一直关闭的老桥，反对者只有两名议员，工程将于六月开始。",
                "2020-03-09",
            ),
            (
                "en-US",
                "03/09/2020",
                "The council of the town voted on Monday to rebuild the old bridge, which was closed after the flood.",
                "2020-03-09",
            ),
            (
                "en-GB",
                "09/03/2020",
                "The council of the town voted on Monday to rebuild the old bridge, which was closed after the flood.",
                "2020-03-09",
            ),
        ] {
            let html = format!("<html lang={lang}><h1>9</h1><p>{line}</p><p>{text}</p><p>{text} </p></html>");
            let dated = crate::extract::tests::read(&html).published;
            assert_eq!(dated.map_or("none".to_owned(), |dated| dated.stamp.date().to_string()), expected, "{lang}");
        }
    }

    #[test]
    fn a_dateline_is_a_place_or_an_agency_before_the_date() {
        for (before, expected) in
            [("OSTMARK (Reuters) - ", true), ("", true), ("Ostmark, ", true), ("The flood of ", false)]
        {
            assert_eq!(is_dateline(before), expected, "{before}");
        }
        assert!(!is_dateline(&format!("{} - ", "x".repeat(80))));
    }
}
