//! Lists of cards: boxes of one shape, each a linked heading with a line or two.

use rustc_hash::FxHashMap;

use crate::extract::body::choose::ends_sentence;
use crate::extract::html::outline::{Block, Outline, Tag};

/// Cards of the shortest list.
const FEWEST: usize = 5;
/// Words of a card beside its heading: a section of an article has more.
const MOST_WORDS: u32 = 45;

/// Whether the text of a page is that of its cards: their lines beside next to no running text of its own.
pub(super) fn is_list(outline: &Outline) -> bool {
    let mut lists: FxHashMap<(u32, u32), Vec<usize>> = FxHashMap::default();
    for (index, part) in outline.elements.iter().enumerate() {
        if is_card(outline, index) {
            let parent = outline.elements[part.parent as usize];
            lists.entry((part.class, parent.class)).or_default().push(index);
        }
    }
    let Some(cards) = lists.into_values().max_by_key(Vec::len).filter(|cards| cards.len() >= FEWEST) else {
        return false;
    };
    let running = |blocks: &[Block]| -> u32 {
        let runs = blocks
            .iter()
            .filter(|block| block.words >= 8 && block.link_share() < 0.5 && ends_sentence(outline.text_of(block)));
        runs.map(|block| block.words).sum()
    };
    let own: u32 = cards.iter().map(|at| running(blocks_of(outline, *at))).sum();
    // A fifth of the text may introduce the list or stand in the foot of the page.
    own > 0 && running(&outline.blocks) * 4 <= own * 5
}

/// Whether an element has a heading that is a link, a line or two, and next to nothing else.
fn is_card(outline: &Outline, index: usize) -> bool {
    let part = outline.elements[index];
    let blocks = blocks_of(outline, index);
    // Label, heading, date, author, text and a link to read on.
    if !matches!(part.tag, Tag::Division | Tag::Item | Tag::Article | Tag::Section) || !(2..=7).contains(&blocks.len())
    {
        return false;
    }
    let is_linked_heading = |block: &&Block| {
        matches!(outline.elements[block.element as usize].tag, Tag::Heading(2..=4)) && block.link_share() > 0.9
    };
    let headings = blocks.iter().filter(is_linked_heading).count();
    let others: u32 = blocks.iter().filter(|block| !is_linked_heading(block)).map(|block| block.words).sum();
    headings == 1 && (1..=MOST_WORDS).contains(&others)
}

fn blocks_of(outline: &Outline, index: usize) -> &[Block] {
    let part = outline.elements[index];
    &outline.blocks[part.first as usize..part.last as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::class_hints::HintReader;
    use crate::extract::html::{reader, strip};

    const TEXT: &str =
        "<p>The council of Ostmark voted on Monday to rebuild the old bridge, closed since the flood.</p>";

    #[track_caller]
    fn check(html: &str, expected: bool) {
        let outline = reader::read(&strip::strip(html).html, &mut HintReader::default());
        assert_eq!(is_list(&outline), expected, "{html}");
    }

    #[test]
    fn cards_are_a_list_where_they_are_the_text() {
        let card = |tag: &str| format!("<{tag}><a href=/a><h3>Bridge</h3></a>{TEXT}<span>1 July 2021</span></{tag}>");
        check(&card("div class=card").repeat(5), true);
        check(&card("article").repeat(8), true);
        check(&format!("<ul>{}</ul>", card("li").repeat(6)), true);
        check(&card("div class=card").repeat(4), false);
        check(&format!("<h1>Bridge</h1>{}{}", TEXT.repeat(6), card("div").repeat(6)), false);
        // Sections of an article that are not boxes, or whose headings lead nowhere.
        check(&format!("<h2><a href=/a>Bridge</a></h2>{TEXT}").repeat(6), false);
        check(&format!("<div><h2>Bridge</h2>{TEXT}</div>").repeat(6), false);
    }
}
