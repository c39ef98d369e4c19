//! Tags, and the best legal sequence of them.

use super::model::Model;
use crate::annotate::names::Label;

/// The part of a word in a name: outside, or first, middle, last or only word of a person, place or organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tag(u8);

/// Scores of the tags of one word, by [`Tag::number`]; the rest are zero, for the processor's sake.
pub type Scores = [i16; 16];

const LABELS: [Label; 3] = [Label::Person, Label::Place, Label::Org];
const FIRST: u8 = 0;
const MIDDLE: u8 = 1;
const LAST: u8 = 2;

impl Tag {
    /// No part of a name.
    pub const OUTSIDE: Tag = Tag(0);
    /// How many tags there are.
    pub const COUNT: usize = 13;

    /// All tags, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Tag> {
        (0..Tag::COUNT as u8).map(Tag)
    }

    /// The tag of word `at` of a name of `words` words; outside for a label that is not tagged.
    pub fn of(label: Label, at: usize, words: usize) -> Tag {
        let Some(label) = LABELS.iter().position(|known| *known == label) else { return Tag::OUTSIDE };
        let part = match (at, words) {
            (0, 1) => 3,
            (0, _) => FIRST,
            (at, words) if at + 1 == words => LAST,
            _ => MIDDLE,
        };
        Tag(1 + label as u8 * 4 + part)
    }

    /// From 0 to [`Tag::COUNT`] - 1.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// What the name is; `None` outside.
    pub fn label(self) -> Option<Label> {
        LABELS.get(usize::from(self.0.checked_sub(1)? / 4)).copied()
    }

    fn part(self) -> Option<u8> {
        Some(self.0.checked_sub(1)? % 4)
    }

    /// True for the first or only word of a name.
    pub fn begins(self) -> bool {
        matches!(self.part(), Some(FIRST | 3))
    }

    /// True for the last or only word of a name.
    pub fn ends(self) -> bool {
        matches!(self.part(), Some(LAST | 3))
    }

    /// True when the name goes on with the next word.
    fn open(self) -> bool {
        matches!(self.part(), Some(FIRST | MIDDLE))
    }
}

/// True when `next` may follow `tag`. A stretch begins after and ends before [`Tag::OUTSIDE`].
pub fn legal(tag: Tag, next: Tag) -> bool {
    if tag.open() {
        next.label() == tag.label() && matches!(next.part(), Some(MIDDLE | LAST))
    } else {
        !matches!(next.part(), Some(MIDDLE | LAST))
    }
}

/// Numbers of the tags after which no name is open.
const CLOSED: [u8; 7] = [0, 3, 4, 7, 8, 11, 12];

/// The best legal tags of a stretch with these scores: Viterbi's algorithm.
pub fn best(scores: &[Scores], model: &Model) -> Vec<Tag> {
    const NEVER: i32 = i32::MIN / 2;
    let mut total = [NEVER; Tag::COUNT];
    total[0] = 0;
    let mut from = Vec::with_capacity(scores.len());
    for word in scores {
        let mut next = [NEVER; Tag::COUNT];
        let mut back = [0u8; Tag::COUNT];
        for tag in Tag::all() {
            // The first and the middle of a name of this label, where the name goes on; else whatever ends before.
            let first = tag.0.saturating_sub(1) / 4 * 4 + 1;
            let opened = [first, first + 1];
            let befores: &[u8] = if matches!(tag.part(), Some(MIDDLE | LAST)) { &opened } else { &CLOSED };
            for before in befores {
                let score = total[usize::from(*before)] + model.step(Tag(*before), tag);
                if score > next[tag.number()] {
                    (next[tag.number()], back[tag.number()]) = (score, *before);
                }
            }
            next[tag.number()] = next[tag.number()].saturating_add(i32::from(word[tag.number()])).max(NEVER);
        }
        total = next;
        from.push(back);
    }
    let last = CLOSED.iter().map(|tag| Tag(*tag)).max_by_key(|tag| total[tag.number()]);
    let mut tag = last.unwrap_or_default();
    let mut out = vec![Tag::OUTSIDE; scores.len()];
    for (slot, back) in out.iter_mut().zip(&from).rev() {
        *slot = tag;
        tag = Tag(back[tag.number()]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_one_another_as_names_go_on() {
        for tag in Tag::all() {
            assert_eq!(CLOSED.contains(&tag.0), legal(tag, Tag::OUTSIDE), "{tag:?}");
            for words in 1..4 {
                for at in 0..words {
                    let here = Tag::of(Label::Org, at, words);
                    assert_eq!((here.begins(), here.ends()), (at == 0, at + 1 == words));
                    let next = if at + 1 < words { Tag::of(Label::Org, at + 1, words) } else { tag };
                    assert_eq!(legal(here, next), at + 1 < words || tag.begins() || tag == Tag::OUTSIDE);
                }
            }
        }
        assert_eq!(Tag::of(Label::Unknown, 0, 1), Tag::OUTSIDE);
    }
}
