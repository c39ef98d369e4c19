//! The weights: a hash table that is used where it lies.
//!
//! The file holds the scores of steps from tag to tag, 13 by 13 `i16`, filled up to [`HEAD`] bytes, and then 2^n slots
//! of [`SLOT`] bytes. A slot holds thirteen `i8`, a feature's weight for each tag, and 24 bits of its hash, the mark;
//! zero where it is free. A feature lies in the first free slot from the one that its hash names. Numbers are
//! little-endian.

use super::tag::{Scores, Tag};

/// Bytes of a slot.
pub const SLOT: usize = 16;
/// Bytes before the slots.
const HEAD: usize = 352;
/// No feature lies farther from the slot that its hash names. With half of the slots taken hardly one would.
const FARTHEST: usize = 64;

/// A model as it is used.
#[derive(Debug)]
pub struct Model {
    steps: [[i16; Tag::COUNT]; Tag::COUNT],
    slots: &'static [Slot],
}

type Slot = [u8; SLOT];

/// Features whose slots are read before they are looked at.
// As many reads as a processor has on their way at a time, twice over.
const AT_ONCE: usize = 32;

/// The weights of one feature, by [`Tag::number`].
pub type Weights = [i8; Tag::COUNT];

impl Model {
    /// Reads a file; `None` where it is none.
    pub fn read(file: &'static [u8]) -> Option<Model> {
        let (head, slots) = file.split_at_checked(HEAD)?;
        let (slots, rest) = slots.as_chunks();
        // The slot is taken by a mask, which only a power of two allows.
        if !slots.len().is_power_of_two() || !rest.is_empty() {
            return None;
        }
        let mut numbers = head.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
        let mut steps = [[0; Tag::COUNT]; Tag::COUNT];
        for step in steps.as_flattened_mut() {
            *step = numbers.next()?;
        }
        Some(Model { steps, slots })
    }

    /// What going from one tag to the next adds.
    pub fn step(&self, tag: Tag, next: Tag) -> i32 {
        i32::from(self.steps[tag.number()][next.number()])
    }

    /// The sums of the weights of `features`, by [`Tag::number`].
    pub fn sum(&self, features: &[u64]) -> Scores {
        debug_assert!(
            features.len() < 256,
            "a word has some hundred and fifty features at most: more might overflow the sums"
        );
        let mut sum = Scores::default();
        // The table is larger than a processor's cache. All slots of a piece are read before any is looked at: reads
        // do not wait for one another, but each look at a mark is a guess, and a wrong one throws away the reads behind.
        let mut slots = [Slot::default(); AT_ONCE];
        for piece in features.chunks(AT_ONCE) {
            for (slot, feature) in slots.iter_mut().zip(piece) {
                *slot = self.home(*feature);
            }
            for (slot, feature) in slots.iter().zip(piece) {
                let Some(slot) = self.found(*feature, slot) else { continue };
                // All sixteen, so that they are two registers: what lies past the tags is not read. A word has some
                // hundred features, so no sum comes near the end of an `i16`.
                let weights = slot.map(|weight| i16::from(weight as i8));
                sum = std::array::from_fn(|tag| sum[tag].wrapping_add(weights[tag]));
            }
        }
        sum
    }

    /// The slot that the hash of a feature names, whosever it is.
    #[inline]
    fn home(&self, feature: u64) -> Slot {
        let (home, _) = place(feature);
        self.slots.get(home & (self.slots.len() - 1)).copied().unwrap_or_default()
    }

    /// The slot of a feature that has weights; three of four do, and most lie where their hashes say.
    #[inline]
    fn found(&self, feature: u64, at_home: &Slot) -> Option<Slot> {
        let (home, mark) = place(feature);
        match mark_of(at_home) {
            found if found == mark => Some(*at_home),
            0 => None,
            _ => self.farther(home, mark).copied(),
        }
    }

    /// The slot of a feature that does not lie where its hash says.
    #[inline(never)]
    fn farther(&self, home: usize, mark: u32) -> Option<&'static Slot> {
        for at in home + 1..home + FARTHEST {
            let slot = self.slots.get(at & (self.slots.len() - 1))?;
            match mark_of(slot) {
                found if found == mark => return Some(slot),
                0 => return None,
                _ => {}
            }
        }
        None
    }

    /// The file with these weights, in `slots` slots, a power of two. Features that find no room are left out; their
    /// number is returned too.
    pub fn encode(
        steps: &[[i16; Tag::COUNT]; Tag::COUNT],
        features: &[(u64, Weights)],
        slots: usize,
    ) -> (Vec<u8>, usize) {
        let mut file: Vec<u8> = steps.iter().flatten().flat_map(|step| step.to_le_bytes()).collect();
        file.resize(HEAD, 0);
        let mut table: Vec<Slot> = vec![[0; SLOT]; slots];
        let mut homeless = 0;
        for (feature, weights) in features {
            let (at, mark) = place(*feature);
            let mut near = (at..at + FARTHEST).map(|at| at & (slots - 1));
            // Features come by weight, heaviest first: those that find no room are the least.
            match near.find(|at| mark_of(&table[*at]) == 0) {
                Some(at) => {
                    for (byte, weight) in table[at].iter_mut().zip(weights) {
                        *byte = *weight as u8;
                    }
                    table[at][Tag::COUNT..].copy_from_slice(&mark.to_le_bytes()[..3]);
                }
                None => homeless += 1,
            }
        }
        file.extend(table.as_flattened());
        (file, homeless)
    }
}

/// The mark in a slot.
fn mark_of(slot: &Slot) -> u32 {
    u32::from_le_bytes([slot[12], slot[13], slot[14], slot[15]]) >> 8
}

/// The slot that a hash names, and the bits by which it is told from others there.
fn place(feature: u64) -> (usize, u32) {
    // The slot is named by low bits, the mark by the highest: the two are independent.
    let mark = (feature >> 40) as u32;
    (feature as usize & 0xFFFF_FFFF, mark.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

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
