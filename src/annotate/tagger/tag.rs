//! Tags, and which may follow which.

use crate::annotate::names::Label;

/// The part of a word in a name: outside, or first, middle, last or only word of a person, place or organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tag(pub(super) u8);

/// Scores of the tags of one word, by [`Tag::number`]; the rest are zero, for the processor's sake.
pub(crate) type Scores = [i16; 16];

const LABELS: [Label; 3] = [Label::Person, Label::Place, Label::Org];
const FIRST: u8 = 0;
pub(super) const MIDDLE: u8 = 1;
pub(super) const LAST: u8 = 2;
/// The only word of a name.
const ONLY: u8 = 3;

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
    pub fn in_name(label: Label, at: usize, words: usize) -> Tag {
        let Some(label) = LABELS.iter().position(|known| *known == label) else { return Tag::OUTSIDE };
        let part = match (at, words) {
            (0, 1) => ONLY,
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

    pub(super) fn part(self) -> Option<u8> {
        Some(self.0.checked_sub(1)? % 4)
    }

    /// True for the first or only word of a name.
    pub fn begins(self) -> bool {
        matches!(self.part(), Some(FIRST | ONLY))
    }

    /// True for the last or only word of a name.
    pub fn ends(self) -> bool {
        matches!(self.part(), Some(LAST | ONLY))
    }

    /// True when the name goes on with the next word.
    pub(super) fn open(self) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_one_another_as_names_go_on() {
        for tag in Tag::all() {
            for words in 1..4 {
                for at in 0..words {
                    let here = Tag::in_name(Label::Org, at, words);
                    assert_eq!((here.begins(), here.ends()), (at == 0, at + 1 == words));
                    let next = if at + 1 < words { Tag::in_name(Label::Org, at + 1, words) } else { tag };
                    assert_eq!(legal(here, next), at + 1 < words || tag.begins() || tag == Tag::OUTSIDE);
                }
            }
        }
        assert_eq!(Tag::in_name(Label::Unknown, 0, 1), Tag::OUTSIDE);
    }

    #[test]
    fn a_tag_knows_its_label_and_part() {
        for label in LABELS {
            let name: Vec<Tag> = (0..3).map(|at| Tag::in_name(label, at, 3)).collect();
            assert!(name.iter().all(|tag| tag.label() == Some(label)));
            assert_eq!(name.iter().map(|tag| tag.open()).collect::<Vec<_>>(), [true, true, false]);
        }
        assert_eq!(Tag::OUTSIDE.label(), None);
        assert_eq!(Tag::all().count(), Tag::COUNT);
    }
}
