//! Which blocks of the chosen element are the article's, and why the others are not.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::extract::body::choose::{Weights, ends_sentence};
use crate::extract::body::{leftovers, phrases};
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Outline, Tag};
use crate::extract::word_bag::WordBag;

/// What is decided about a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Verdict {
    /// Text of the article.
    Keep,
    /// The standfirst, above the text: kept.
    Lead,
    /// Outside the chosen element.
    Outside,
    /// In a menu, side column, comment section or the like.
    Foreign,
    /// A linked heading with a few words: another story.
    Teaser,
    /// Under a heading that announces other stories.
    Section,
    /// Mostly links.
    Links,
    /// The headline again.
    Title,
    /// A line that templates write.
    Furniture,
    /// Said before on the page.
    Repeated,
    /// A short line before the first or after the last running text.
    Edge,
    /// Holds no letter or digit.
    Empty,
    /// Dropped by the block model against the rules.
    VotedOut,
    /// Kept by the block model against the rules.
    VotedIn,
    /// Kept as a cell of a table that is kept.
    Cell,
}

impl Verdict {
    /// Whether the block is part of the body.
    pub(crate) fn is_kept(self) -> bool {
        matches!(self, Verdict::Keep | Verdict::Lead | Verdict::VotedIn | Verdict::Cell)
    }

    /// Its name in explanations.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Verdict::Keep => "keep",
            Verdict::Lead => "lead",
            Verdict::Outside => "outside",
            Verdict::Foreign => "foreign",
            Verdict::Teaser => "teaser",
            Verdict::Section => "section",
            Verdict::Links => "links",
            Verdict::Title => "title",
            Verdict::Furniture => "furniture",
            Verdict::Repeated => "repeated",
            Verdict::Edge => "edge",
            Verdict::Empty => "empty",
            Verdict::VotedOut => "voted-out",
            Verdict::VotedIn => "voted-in",
            Verdict::Cell => "cell",
        }
    }
}

/// What cleaning knows of the page.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) outline: &'a Outline,
    pub(crate) weights: &'a Weights,
    /// The chosen element.
    pub(crate) root: usize,
    /// The element of the headline.
    pub(crate) heading: Option<usize>,
    pub(crate) title: &'a str,
    /// Who wrote it, as the page declares.
    pub(crate) authors: &'a [String],
    /// The page's own description, which often is the standfirst.
    pub(crate) description: &'a str,
}

/// A verdict for each block of the page, in order.
pub(crate) fn judge(scene: Scene<'_>) -> Vec<Verdict> {
    let Scene { outline, root, .. } = scene;
    let range = blocks_of(outline, root);
    let mut verdicts = vec![Verdict::Outside; outline.blocks.len()];
    let mut foreign = foreign_within(outline, scene.weights, root, true);
    let (teasers, others) = teaser_words(outline, range.clone(), &foreign);
    // Four hundred words of other text are an article beside its teasers, however many these are.
    let is_list = teasers > others || (teasers * 3 > others && others < 400);
    if is_list && !ends_in_teasers(outline, range.clone(), &foreign) {
        // A list whose entries are linked headings with a few words each is the article.
        foreign = foreign_within(outline, scene.weights, root, false);
    }
    let title = WordBag::of(scene.title);
    let mut seen = HashSet::new();
    for index in range.clone() {
        let block = &outline.blocks[index];
        let text = outline.text_of(block);
        verdicts[index] = if block.letters == 0 {
            Verdict::Empty
        } else if let Some(verdict) = foreign.get(&block.element) {
            *verdict
        } else if is_title(outline, block, &title) {
            Verdict::Title
        } else if is_links(outline, block) {
            Verdict::Links
        } else if phrases::is_furniture(text, block.words) || leftovers::is_settings(text) {
            Verdict::Furniture
        // Short lines are repeated on purpose: answers, refrains, names before what they say.
        } else if block.words > 9 && !is_cell(outline, block) && !seen.insert(text) {
            Verdict::Repeated
        } else {
            Verdict::Keep
        };
    }
    cut_sections(outline, root, &mut verdicts);
    trim(outline, range.clone(), &mut verdicts);
    trim_notes(scene, range.clone(), &mut verdicts);
    drop_orphans(outline, range, &mut verdicts);
    find_lead(scene, &mut verdicts);
    verdicts
}

/// Cells of a table may say the same: a table without one of them is another table.
pub(super) fn is_cell(outline: &Outline, block: &Block) -> bool {
    row_of(outline, block).is_some()
}

pub(super) fn blocks_of(outline: &Outline, element: usize) -> Range<usize> {
    let part = outline.elements[element];
    part.first as usize..part.last as usize
}

/// Elements below `root` that do not belong to the article, with all that is in them.
fn foreign_within(outline: &Outline, weights: &Weights, root: usize, teasers: bool) -> HashMap<u32, Verdict> {
    let mut out = HashMap::new();
    for index in root + 1..outline.end_of(root) {
        let element = outline.elements[index];
        let inherited = out.get(&element.parent).copied();
        let excused = is_quote_source(outline, element.parent, element.tag);
        if let Some(verdict) = inherited {
            out.insert(index as u32, verdict);
        } else if weights.is_foreign(outline, index, root) && !excused {
            out.insert(index as u32, Verdict::Foreign);
        } else if teasers && is_teaser(outline, index) {
            out.insert(index as u32, Verdict::Teaser);
        }
    }
    out
}

/// Words in teasers, and words that are neither in teasers nor foreign.
fn teaser_words(outline: &Outline, range: Range<usize>, foreign: &HashMap<u32, Verdict>) -> (u32, u32) {
    let (mut teasers, mut others) = (0, 0);
    for block in &outline.blocks[range] {
        match foreign.get(&block.element) {
            Some(Verdict::Teaser) => teasers += block.words,
            Some(_) => {}
            None => others += block.words,
        }
    }
    (teasers, others)
}

/// Whether a whole text comes first and then nothing but teasers of a line or two each: what an entry of a list says is longer.
fn ends_in_teasers(outline: &Outline, range: Range<usize>, foreign: &HashMap<u32, Verdict>) -> bool {
    let is_teaser = |block: &&Block| foreign.get(&block.element) == Some(&Verdict::Teaser);
    let is_run = |block: &Block| block.words >= 12 && ends_sentence(outline.text_of(block));
    let blocks = &outline.blocks[range];
    let Some(first) = blocks.iter().position(|block| is_teaser(&block)) else { return false };
    let is_text = |block: &&Block| !foreign.contains_key(&block.element) && is_run(block);
    // Three paragraphs are a text; the introduction of a list has one or two. Thirty words are two sentences.
    blocks[..first].iter().filter(is_text).count() >= 3
        && !blocks[first..].iter().any(|block| is_text(&block))
        && blocks[first..].iter().filter(is_teaser).all(|block| block.words <= 30)
}

/// A box with a heading that is a link, and few words besides: another story.
fn is_teaser(outline: &Outline, index: usize) -> bool {
    let element = outline.elements[index];
    let blocks = &outline.blocks[blocks_of(outline, index)];
    // A teaser has a label, a headline, a date, an author and a line or two of text.
    if !matches!(element.tag, Tag::Division | Tag::Item | Tag::Article | Tag::Section) || blocks.len() > 6 {
        return false;
    }
    let is_linked_heading = |block: &&Block| {
        matches!(outline.elements[block.element as usize].tag, Tag::Heading(_)) && block.link_share() > 0.9
    };
    let heading: u32 = blocks.iter().filter(is_linked_heading).map(|block| block.words).sum();
    let all: u32 = blocks.iter().map(|block| block.words).sum();
    // A linked heading of one or two words is a section or a name; sixty words more are an article with a linked
    // headline.
    heading >= 3 && all - heading < 60
}

/// Drops what follows a heading that announces other stories, as far as the heading's box goes.
fn cut_sections(outline: &Outline, root: usize, verdicts: &mut [Verdict]) {
    let range = blocks_of(outline, root);
    let kept = |verdicts: &[Verdict], range: Range<usize>| -> u32 {
        range.filter(|index| verdicts[*index] == Verdict::Keep).map(|index| outline.blocks[index].words).sum()
    };
    let all = kept(verdicts, range.clone());
    for index in range.clone() {
        let block = &outline.blocks[index];
        // A longer line is a sentence that happens to begin so.
        if block.words > 12 || !phrases::announces_others(outline.text_of(block)) {
            continue;
        }
        let mut scope = block.element as usize;
        while scope != root && outline.elements[scope].last as usize <= index + 1 {
            scope = outline.elements[scope].parent as usize;
        }
        let most = match outline.elements[block.element as usize].tag {
            // A box of its own may hold four tenths of the text: lists of stories are long. In hundredths.
            _ if scope != root => 40,
            Tag::Heading(_) => 20,
            // In the flow of the text such a line is more often a link between two paragraphs.
            _ => 0,
        };
        let end = (outline.elements[scope].last as usize).min(range.end);
        // What would take away more than that is the article, under a heading that is a label.
        if kept(verdicts, index..end) * 100 <= all * most {
            verdicts[index..end]
                .iter_mut()
                .filter(|verdict| **verdict == Verdict::Keep)
                .for_each(|kept| *kept = Verdict::Section);
        }
    }
}

/// Takes in the standfirst: a sentence or two between headline and text that is named so or is the page's description.
fn find_lead(scene: Scene<'_>, verdicts: &mut [Verdict]) {
    let Scene { outline, root, .. } = scene;
    let Some(first) = verdicts.iter().position(|verdict| *verdict == Verdict::Keep) else { return };
    // Without a headline the fifteen blocks before the text are as far as templates go.
    let after = scene.heading.map_or(first.saturating_sub(15), |heading| outline.elements[heading].last as usize);
    let description = WordBag::of(scene.description);
    let title = WordBag::of(scene.title);
    let opening = outline.text_of(&outline.blocks[first]);
    for (index, verdict) in verdicts.iter_mut().enumerate().take(first).skip(after) {
        let block = &outline.blocks[index];
        let text = outline.text_of(block);
        // Fewer words are a label, more are the text.
        if !(6..=100).contains(&block.words) || block.link_share() > 0.5 {
            continue;
        }
        let around: Vec<u32> = outline.ancestors(block.element).take_while(|at| *at as usize != root).collect();
        let named = around.iter().take(4).any(|at| outline.elements[*at as usize].hints.has(Hints::LEAD));
        // Descriptions are cut short or lose their quotation marks: not all words agree.
        let described = WordBag::of(text).overlap(&description) > 0.8;
        let foreign = around.iter().any(|at| scene.weights.is_foreign(outline, *at as usize, 0));
        // A paragraph beside the element with all others is the text's first.
        let tag = outline.elements[block.element as usize].tag;
        let beside = tag == Tag::Paragraph
            && around.len() >= 2
            && outline.is_around(around[1], root)
            && reads_on(outline, block);
        let fresh = WordBag::of(text).overlap(&title) < 0.8 && !opening.starts_with(text);
        if ((named || beside) && !foreign || described) && fresh && !phrases::is_furniture(text, block.words) {
            *verdict = Verdict::Lead;
        }
    }
}

/// Whether a block is a sentence of the text, and no caption, date or call.
fn reads_on(outline: &Outline, block: &Block) -> bool {
    block.words >= 12 && block.linked == 0 && ends_sentence(outline.text_of(block))
}

/// A footer in a quote names who is quoted.
fn is_quote_source(outline: &Outline, parent: u32, tag: Tag) -> bool {
    tag == Tag::Footer && outline.elements[parent as usize].tag == Tag::Quote
}

fn is_title(outline: &Outline, block: &Block, title: &WordBag) -> bool {
    let tag = outline.elements[block.element as usize].tag;
    if tag == Tag::Heading(1) {
        return true;
    }
    // A heading that says nearly the same is the headline in another wording; a paragraph must say it nearly word for
    // word.
    let close = if matches!(tag, Tag::Heading(_)) { 0.8 } else { 0.9 };
    let words = block.words as usize;
    // Far longer or shorter texts cannot agree.
    title.len() > 0 && words <= 2 * title.len() && WordBag::of(outline.text_of(block)).overlap(title) >= close
}

/// Whether a block is there for its links.
fn is_links(outline: &Outline, block: &Block) -> bool {
    let share = block.link_share();
    let tag = outline.elements[block.element as usize].tag;
    let whole = share > 0.9;
    match tag {
        // A long paragraph is there for its links only if it is nearly all links: a list of tags set as one.
        _ if block.words > 60 => share > 0.8,
        Tag::Item => (whole && block.words > 1) || (share > 0.5 && is_link_list(outline, block)),
        Tag::Cell => whole && block.words > 6,
        _ => {
            whole
                || (share > 0.7 && block.words < 15)
                || (share > 0.6 && block.words < 25 && !ends_sentence(outline.text_of(block)))
        }
    }
}

/// Whether the list around a block is mostly links.
fn is_link_list(outline: &Outline, block: &Block) -> bool {
    let lists = outline.ancestors(block.element).map(|at| outline.elements[at as usize]);
    // The list of an item is at most a few elements up; further up lies another.
    let Some(list) = lists.take(4).find(|part| part.tag == Tag::List) else { return false };
    let blocks = &outline.blocks[list.first as usize..list.last as usize];
    // A list of hundreds is one of links or none of ours; its beginning tells.
    let (letters, linked) = blocks
        .iter()
        .take(40)
        .fold((0, 0), |(letters, linked), block| (letters + block.letters, linked + block.linked));
    // Three fifths of the letters: menus have counts and dates beside their links.
    blocks.len() > 1 && linked * 10 > letters * 6
}

/// Drops short lines before the first running text and after the last.
fn trim(outline: &Outline, range: Range<usize>, verdicts: &mut [Verdict]) {
    let runs = |index: usize, verdicts: &[Verdict]| {
        let block = &outline.blocks[index];
        verdicts[index] == Verdict::Keep
            // Twelve words are running text whatever they end with; six are if they are a sentence.
            && (block.words >= 12 || (block.words >= 6 && ends_sentence(outline.text_of(block))))
    };
    let Some(first) = range.clone().find(|index| runs(*index, verdicts)) else { return };
    let Some(last) = range.clone().rev().find(|index| runs(*index, verdicts)) else { return };
    let start = opening(outline, range.start..first, verdicts);
    for index in range {
        let tag = outline.elements[outline.blocks[index].element as usize].tag;
        let outside = index < start || index > last;
        // Texts end with lists, tables and quotes, whose lines are short; forty of them are a directory.
        let kept = index > last && matches!(tag, Tag::Item | Tag::Cell | Tag::Quote | Tag::Code) && index < last + 40;
        if verdicts[index] == Verdict::Keep && outside && !kept {
            verdicts[index] = Verdict::Edge;
        }
    }
}

/// Where the text begins before its first running paragraph, at the end of `before`: with short sentences that are written as it is,
/// or with a heading that has at most a picture below it.
fn opening(outline: &Outline, before: Range<usize>, verdicts: &[Verdict]) -> usize {
    let first = before.end;
    let own = outline.elements[outline.blocks[first].element as usize];
    let is_short_sentence = |index: &usize| {
        let block = &outline.blocks[*index];
        let (text, part) = (outline.text_of(block), outline.elements[block.element as usize]);
        // A date has figures, and a signature no three words that begin small.
        let small = text.split(' ').filter(|word| word.starts_with(char::is_lowercase)).count();
        verdicts[*index] == Verdict::Keep
            && (part.tag, part.class, part.parent) == (Tag::Paragraph, own.class, own.parent)
            && block.words >= 3
            && block.linked == 0
            && ends_sentence(text)
            && !text.ends_with(':')
            && !text.contains(char::is_numeric)
            && (small >= 2 || !text.contains(char::is_lowercase))
    };
    let short = before.clone().rev().take_while(is_short_sentence).count();
    let is_heading =
        |index: &usize| matches!(outline.elements[outline.blocks[*index].element as usize].tag, Tag::Heading(_));
    let start = first - short;
    // A caption and its source lie between at most.
    let nearest = (before.start..start).rev().take(4).find(|index| verdicts[*index] == Verdict::Keep);
    nearest.filter(is_heading).unwrap_or(start)
}

/// Drops what follows the text in its own paragraphs: portraits of the authors, legal notes, calls to subscribe.
///
/// Goes up from the end, over at most six blocks, as long as they are of that sort.
fn trim_notes(scene: Scene<'_>, range: Range<usize>, verdicts: &mut [Verdict]) {
    // Portraits, notes and calls are six blocks at most; below a longer row of them something else is wrong.
    let kept: Vec<usize> = range.rev().filter(|index| verdicts[*index] == Verdict::Keep).take(6).collect();
    for index in kept {
        let block = &scene.outline.blocks[index];
        let text = scene.outline.text_of(block);
        // A portrait is a paragraph; what is longer is an article about its author.
        let portrait = block.words <= 110 && scene.authors.iter().any(|name| is_portrait(text, name));
        if !portrait && !phrases::is_closing(text, block.words) {
            break;
        }
        verdicts[index] = Verdict::Edge;
    }
}

/// Whether a paragraph is about `name`: it begins with the name and does not quote.
fn is_portrait(text: &str, name: &str) -> bool {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = start.strip_prefix("About ").unwrap_or(start);
    // A single name begins many a sentence of a text about its bearer.
    name.contains(' ') && rest.starts_with(name) && !text.contains(['"', '“', '„', '«'])
}

/// Drops headings whose text was dropped: followed by a heading of their own rank or a higher one, or by nothing.
pub(super) fn drop_orphans(outline: &Outline, range: Range<usize>, verdicts: &mut [Verdict]) {
    let rank = |index: usize| match outline.elements[outline.blocks[index].element as usize].tag {
        Tag::Heading(rank) => Some(rank),
        _ => None,
    };
    let mut next: Option<usize> = None;
    for index in range.rev() {
        if !verdicts[index].is_kept() {
            continue;
        }
        let empty = match next {
            None => true,
            // Nothing was dropped in between where one follows the other: lines of one heading.
            Some(next) => next > index + 1 && rank(next).zip(rank(index)).is_some_and(|(next, own)| next <= own),
        };
        if rank(index).is_some() && empty {
            verdicts[index] = Verdict::Edge;
        } else {
            next = Some(index);
        }
    }
}

/// From the first kept block to after the last; empty where none is kept.
pub(crate) fn extent(verdicts: &[Verdict]) -> Range<usize> {
    let first = verdicts.iter().position(|verdict| verdict.is_kept());
    let last = verdicts.iter().rposition(|verdict| verdict.is_kept());
    first.zip(last).map_or(0..0, |(first, last)| first..last + 1)
}

/// The kept blocks as text: paragraphs with one blank line between them, cells of a table row with a tab.
pub(crate) fn compose(outline: &Outline, verdicts: &[Verdict]) -> String {
    debug_assert_eq!(verdicts.len(), outline.blocks.len(), "a verdict for each block");
    let mut out = String::new();
    let mut row = None;
    for (block, _) in outline.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_kept()) {
        let current = row_of(outline, block);
        if !out.is_empty() {
            out.push_str(if current.is_some() && current == row { "\t" } else { "\n\n" });
        }
        row = current;
        let lines = outline.lines_of(block);
        let is_code = outline.elements[block.element as usize].tag == Tag::Code;
        let shown = if is_code { lines } else { leftovers::without_marks(lines) };
        out.push_str(&crate::text::nfc(&shown));
    }
    out
}

/// The table row that a block is a whole cell of; a long cell is a paragraph of a layout table.
pub(super) fn row_of(outline: &Outline, block: &Block) -> Option<u32> {
    let cell = outline.elements[block.element as usize];
    let parent = outline.elements[cell.parent as usize];
    // Sixty words in a cell are a paragraph, and a tab before it would be lost in the text.
    (cell.tag == Tag::Cell && parent.tag == Tag::Row && cell.last - cell.first == 1 && block.words < 60)
        .then_some(cell.parent)
}

#[cfg(test)]
mod tests;
