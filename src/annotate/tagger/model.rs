//! The weights: a hash table that is used where it lies.
//!
//! The file holds the scores of steps from tag to tag, 13 by 13 `i16`, filled up to [`HEAD`] bytes; then 2^n slots of
//! [`SLOT`] bytes; then a tag of two bytes for each slot. A slot holds thirteen `i8`, a feature's weight for each tag, and 24
//! bits of its hash, the mark; zero where it is free. Its tag is the lower half of the mark, or 1 where that is zero; zero
//! where the slot is free. The tags of the first [`FARTHEST`] slots stand behind the last one too. A feature lies in the first
//! free slot from the one that its hash names. Numbers are little-endian.
//!
//! Most of the hundred features of a word have no weights. The tags are an eighth of the table and mostly in a near cache,
//! so that only features that have some wait for memory.

use std::sync::OnceLock;

use super::decode::{Scores, Tag};

static WEIGHTS: &[u8] = include_bytes!("../../../data/tagger/weights.bin");

/// Bytes of a slot.
pub const SLOT: usize = 16;
/// Bytes before the slots.
const HEAD: usize = 352;
/// So many features are looked up together.
const BATCH: usize = 128;
/// No feature lies farther from the slot that its hash names.
const FARTHEST: usize = 64;
/// So many tags are compared at once.
const LANES: usize = 4;

/// A model as it is used.
#[derive(Debug)]
pub struct Model {
    steps: [[i16; Tag::COUNT]; Tag::COUNT],
    slots: &'static [Slot],
    tags: &'static [[u8; 2]],
}

type Slot = [u8; SLOT];

/// The weights of one feature, by [`Tag::number`].
pub type Weights = [i8; Tag::COUNT];

impl Model {
    /// The model that is part of the program; `None` where its file is empty.
    pub fn embedded() -> Option<&'static Model> {
        static ONE: OnceLock<Option<Model>> = OnceLock::new();
        ONE.get_or_init(|| Model::read(WEIGHTS)).as_ref()
    }

    /// Reads a file; `None` where it is none.
    pub fn read(file: &'static [u8]) -> Option<Model> {
        let (head, rest) = file.split_at_checked(HEAD)?;
        let count = rest.len().checked_sub(2 * FARTHEST)? / (SLOT + 2);
        let (slots, tags) = rest.split_at_checked(count * SLOT)?;
        let (slots, (tags, odd)) = (slots.as_chunks().0, tags.as_chunks());
        if !count.is_power_of_two() || tags.len() != count + FARTHEST || !odd.is_empty() {
            return None;
        }
        let mut numbers = head.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
        let mut steps = [[0; Tag::COUNT]; Tag::COUNT];
        for step in steps.as_flattened_mut() {
            *step = numbers.next()?;
        }
        Some(Model { steps, slots, tags })
    }

    /// What going from one tag to the next adds.
    pub fn step(&self, tag: Tag, next: Tag) -> i32 {
        i32::from(self.steps[tag.number()][next.number()])
    }

    /// The sums of the weights of `features`.
    ///
    /// All features of a batch are looked up before any slot is read, without a branch: so the slots, most of which lie
    /// outside the near caches, come together and not one after the other.
    pub fn sum(&self, features: &[u64]) -> Scores {
        let mut sum = Scores::default();
        for batch in features.chunks(BATCH) {
            let (mut found, mut count) = ([(0, 0); BATCH], 0);
            for feature in batch {
                let (home, mark) = place(*feature);
                let at = self.find(home, mark);
                found[count] = (at.unwrap_or(0), mark);
                count += usize::from(at.is_some());
            }
            for (at, mark) in &found[..count] {
                // Rarely it is that of another feature with the same tag.
                let Some(slot) = self.slots.get(*at).filter(|slot| mark_of(slot) == *mark) else { continue };
                // All sixteen, so that it is one instruction: what lies past the tags is not read. A word has some hundred
                // features, so no sum comes near the end of an `i16`.
                for (score, weight) in sum.iter_mut().zip(slot) {
                    *score = score.wrapping_add(i16::from(*weight as i8));
                }
            }
        }
        sum
    }

    /// The slot from `home` on with the tag of `mark`.
    #[inline]
    fn find(&self, home: usize, mark: u32) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let home = home & mask;
        let tag = u64::from(tag_of(mark)) * ONES;
        for far in (0..FARTHEST).step_by(LANES) {
            let tags = self.tags.get(home + far..home + far + LANES)?.as_flattened();
            let tags = u64::from_le_bytes(tags.try_into().ok()?);
            let (same, free) = (zeros(tags ^ tag), zeros(tags));
            let first = (same | free).trailing_zeros();
            if first < u64::BITS {
                return (same >> first & 1 == 1).then_some((home + far + first as usize / 16) & mask);
            }
        }
        None
    }

    /// The file with these weights, in `slots` slots, a power of two. Features that find no room are left out; their number
    /// is returned too.
    pub fn encode(
        steps: &[[i16; Tag::COUNT]; Tag::COUNT],
        features: &[(u64, Weights)],
        slots: usize,
    ) -> (Vec<u8>, usize) {
        let mut file: Vec<u8> = steps.iter().flatten().flat_map(|step| step.to_le_bytes()).collect();
        file.resize(HEAD, 0);
        let (mut table, mut tags): (Vec<Slot>, _) = (vec![[0; SLOT]; slots], vec![0_u16; slots]);
        let mut homeless = 0;
        for (feature, weights) in features {
            let (at, mark) = place(*feature);
            let mut near = (at..at + FARTHEST).map(|at| at & (slots - 1));
            match near.find(|at| tags[*at] == 0) {
                Some(at) => {
                    tags[at] = tag_of(mark);
                    for (byte, weight) in table[at].iter_mut().zip(weights) {
                        *byte = *weight as u8;
                    }
                    table[at][Tag::COUNT..].copy_from_slice(&mark.to_le_bytes()[..3]);
                }
                None => homeless += 1,
            }
        }
        file.extend(table.as_flattened());
        file.extend(tags.iter().cycle().take(slots + FARTHEST).flat_map(|tag| tag.to_le_bytes()));
        (file, homeless)
    }
}

/// One in each lane.
const ONES: u64 = u64::MAX / 0xFFFF;

/// The highest bits of the lanes of `tags` that are zero. A lane borrows from the next higher one only where it is zero
/// itself, so the lowest bit is always right; those above it may not be.
fn zeros(tags: u64) -> u64 {
    tags.wrapping_sub(ONES) & !tags & (ONES << 15)
}

/// The mark in a slot.
fn mark_of(slot: &Slot) -> u32 {
    u32::from_le_bytes([slot[13], slot[14], slot[15], 0])
}

/// The tag of the feature with this mark.
fn tag_of(mark: u32) -> u16 {
    (mark as u16).max(1)
}

/// The slot that a hash names, and the bits by which it is told from others there.
fn place(feature: u64) -> (usize, u32) {
    let mark = (feature >> 40) as u32;
    (feature as usize & 0xFFFF_FFFF, mark.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lane_that_is_zero_is_found() {
        for (lanes, expected) in [
            ([1, 2, 3, 4], 4),
            ([0, 2, 3, 0], 0),
            ([1, 0x8000, 0, 1], 2),
            ([0xFFFF, 0x8000, 0x7FFF, 0], 3),
            ([0x100, 0, 0, 0], 1),
        ] {
            let bytes: Vec<u8> = lanes.iter().flat_map(|lane: &u16| lane.to_le_bytes()).collect();
            let tags = u64::from_le_bytes(bytes.try_into().expect("four lanes"));
            assert_eq!(zeros(tags).trailing_zeros() / 16, expected, "{lanes:?}");
        }
    }

    #[test]
    fn features_have_the_weights_they_were_given() {
        let feature = |at: u64| at.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ at << 51;
        let weights = |at: u64| -> Weights { std::array::from_fn(|tag| (at as usize + tag) as i8) };
        // Three of four slots are taken, so that features lie far from home, and past the end of the table.
        let features: Vec<(u64, Weights)> = (0..768).map(|at| (feature(at), weights(at))).collect();
        let (file, homeless) = Model::encode(&[[3; Tag::COUNT]; Tag::COUNT], &features, 1024);
        let model = Model::read(file.leak()).expect("a model");
        assert_eq!((homeless, model.step(Tag::OUTSIDE, Tag::OUTSIDE)), (0, 3));
        for at in 0..768 {
            let expected = weights(at).map(i16::from);
            assert_eq!(model.sum(&[feature(at)])[..Tag::COUNT], expected, "{at}");
        }
        assert_eq!(model.sum(&[feature(7), feature(9)])[1], i16::from(weights(7)[1]) + i16::from(weights(9)[1]));
        let strangers = (1_000..9_000).filter(|at| model.sum(&[feature(*at)]) != Scores::default()).count();
        assert!(strangers < 2, "{strangers}");
        assert!(Model::read(b"no model").is_none());
    }
}
