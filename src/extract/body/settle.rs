//! What is put right after the block model, which looks at one block at a time.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use crate::extract::body::choose::{Guide, ends_sentence};
use crate::extract::body::clean::{Verdict, blocks_of, drop_orphans, extent, is_cell, row_of};
use crate::extract::body::leftovers;
use crate::extract::html::outline::{Outline, Tag};
use crate::extract::word_bag::WordBag;

/// Puts right what the block model cannot know; `ruled` are the verdicts of the rules alone.
pub(crate) fn settle(
    outline: &Outline,
    guide: Option<&Guide>,
    odds: &[Option<i32>],
    ruled: &[Verdict],
    verdicts: &mut [Verdict],
) {
    restore_told(outline, guide, verdicts);
    restore_runs(outline, verdicts);
    complete_kin(outline, odds, ruled, verdicts);
    drop_settings(outline, verdicts);
    complete_tables(outline, odds, verdicts);
    drop_copies(outline, verdicts);
    drop_orphans(outline, 0..outline.blocks.len(), verdicts);
}

/// Drops settings of programs, which the model takes for long paragraphs.
fn drop_settings(outline: &Outline, verdicts: &mut [Verdict]) {
    for (block, verdict) in outline.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_kept()) {
        if leftovers::is_settings(outline.text_of(block)) {
            *verdict = Verdict::Furniture;
        }
    }
}

/// Letters of a text of which hardly anything is left.
const NOTHING: u32 = 500;
/// Blocks of the shortest run that comes back.
const RUN: usize = 3;
/// Words of a paragraph that is long for a run.
const LONG: u32 = 20;

/// Brings back what JSON-LD tells, the rules keep and the model drops, where less than a third of it would be left: a whole article
/// was lost. A round-up of links is told by JSON-LD, too, and is left to the model.
fn restore_told(outline: &Outline, guide: Option<&Guide>, verdicts: &mut [Verdict]) {
    let Some(guide) = guide.filter(|guide| guide.letters() as u32 > 3 * kept_letters(outline, verdicts)) else {
        return;
    };
    let is_told = |at: &usize| {
        let block = &outline.blocks[*at];
        verdicts[*at] == Verdict::VotedOut && block.words >= LONG && guide.holds(outline.text_of(block))
    };
    let told: Vec<usize> = (0..verdicts.len()).filter(is_told).collect();
    if told.iter().all(|at| outline.blocks[*at].linked == 0) {
        told.into_iter().for_each(|at| verdicts[at] = Verdict::Keep);
    }
}

fn kept_letters(outline: &Outline, verdicts: &[Verdict]) -> u32 {
    let kept = outline.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_kept());
    kept.map(|(block, _)| block.letters).sum()
}

/// Brings back runs of long paragraphs that the rules keep and the model drops between others of the text, or where hardly anything
/// else is left: it is right about a single one as often as not, about three in a row hardly ever.
fn restore_runs(outline: &Outline, verdicts: &mut [Verdict]) {
    let whole = if kept_letters(outline, verdicts) < NOTHING { 0..verdicts.len() } else { extent(verdicts) };
    let is_dropped = |index: usize, verdicts: &[Verdict]| {
        let block = &outline.blocks[index];
        verdicts[index] == Verdict::VotedOut
            && block.words >= LONG
            && block.link_share() < 0.3
            && ends_sentence(outline.text_of(block))
    };
    let mut index = whole.start;
    while index < whole.end {
        let end = (index..whole.end).find(|at| !is_dropped(*at, verdicts)).unwrap_or(whole.end);
        if end - index >= RUN {
            verdicts[index..end].fill(Verdict::Keep);
        }
        index = end + 1;
    }
}

/// Blocks that are written alike are read alike: where the model takes in most of those that a rule drops (captions of a gallery,
/// headings that are links), it takes in all.
fn complete_kin(outline: &Outline, odds: &[Option<i32>], ruled: &[Verdict], verdicts: &mut [Verdict]) {
    let is_ruled_out =
        |at: usize| matches!(ruled[at], Verdict::Foreign | Verdict::Links | Verdict::Teaser | Verdict::Edge);
    let kind = |at: usize| {
        let part = outline.elements[outline.blocks[at].element as usize];
        (part.class, outline.elements[part.parent as usize].class, part.tag.rank(), ruled[at])
    };
    let mut kin: FxHashMap<_, (u32, u32)> = FxHashMap::default();
    for at in (0..verdicts.len()).filter(|at| is_ruled_out(*at) && odds[*at].is_some()) {
        let (taken, all) = kin.entry(kind(at)).or_default();
        *taken += u32::from(verdicts[at] == Verdict::VotedIn);
        *all += 1;
    }
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        let is_dropped = is_ruled_out(at) && !verdict.is_kept();
        // One or two may be chance.
        if is_dropped && kin.get(&kind(at)).is_some_and(|(taken, all)| *all >= 3 && *all < 3 * *taken) {
            *verdict = Verdict::VotedIn;
        }
    }
}

/// A table is read as a whole: all its cells are kept, the short and repeated ones too, or what was decided stands.
///
/// It is kept where most of its words are text by the model, with the benefit of the doubt: numbers and names say
/// little about themselves. Where the model was not asked, the rules decide.
fn complete_tables(outline: &Outline, odds: &[Option<i32>], verdicts: &mut [Verdict]) {
    for (index, table) in outline.elements.iter().enumerate() {
        let inner = outline.elements[table.parent as usize].tag == Tag::Table;
        // `<tbody>` and its like are tables within one; under four cells there is nothing to read as a whole.
        if table.tag != Tag::Table || inner || table.last < table.first + 4 {
            continue;
        }
        let range = blocks_of(outline, index);
        let cells: Vec<usize> = range.clone().filter(|at| row_of(outline, &outline.blocks[*at]).is_some()).collect();
        // A fifth of other blocks makes it a layout table with a text in it.
        if cells.len() * 10 < range.len() * 8 || balance(outline, odds, verdicts, &cells) <= 0 {
            continue;
        }
        for at in cells {
            if !verdicts[at].is_kept() {
                verdicts[at] = Verdict::Cell;
            }
        }
    }
}

/// Whether more words of `cells` are text than not: more than 0 then.
fn balance(outline: &Outline, odds: &[Option<i32>], verdicts: &[Verdict], cells: &[usize]) -> i64 {
    let weigh = |at: &usize| {
        let ruled = if verdicts[*at].is_kept() { 1_000 } else { -1_000 };
        // Clamped, so that one long cell that the model is sure of does not decide for all; 500 is the benefit of the
        // doubt.
        let odds = odds[*at].map_or(ruled, |odds| odds.clamp(-1_000, 1_000) + 500);
        i64::from(odds) * i64::from(outline.blocks[*at].words)
    };
    cells.iter().map(weigh).sum()
}

/// Drops what was said before, and a standfirst that the text says again.
fn drop_copies(outline: &Outline, verdicts: &mut [Verdict]) {
    let mut seen = HashSet::new();
    let kept: Vec<usize> = (0..verdicts.len()).filter(|index| verdicts[*index].is_kept()).collect();
    for index in &kept {
        let block = &outline.blocks[*index];
        if block.words > 9 && !is_cell(outline, block) && !seen.insert(outline.text_of(block)) {
            verdicts[*index] = Verdict::Repeated;
        }
    }
    // A standfirst stands at the beginning, and the text says it again soon or never.
    let opening = kept.iter().take(8).filter(|index| (6..=100).contains(&outline.blocks[**index].words));
    let opening: Vec<(usize, WordBag)> =
        opening.map(|index| (*index, WordBag::of(outline.text_of(&outline.blocks[*index])))).collect();
    for (at, (index, bag)) in opening.iter().enumerate() {
        // Nine tenths of the words: an editor changes one or two of them.
        let is_again = |(later, other): &(usize, WordBag)| {
            verdicts[*later].is_kept() && bag.overlap(other) > 0.9 && !names_another(outline, *index, *later)
        };
        if opening[at + 1..].iter().any(is_again) {
            verdicts[*index] = Verdict::Repeated;
        }
    }
}

/// Whether of two blocks each has a name that the other has not: lines of one pattern, each on something else.
fn names_another(outline: &Outline, one: usize, other: usize) -> bool {
    let [one, other] = [one, other].map(|at| outline.text_of(&outline.blocks[at]));
    let names = |text: &'_ str, than: &str| {
        let known: HashSet<&str> = than.split(' ').collect();
        text.split(' ')
            .any(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !known.contains(word))
    };
    names(one, other) && names(other, one)
}
