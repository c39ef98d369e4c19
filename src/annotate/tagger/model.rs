//! The weights: a hash table that is used where it lies.
//!
//! The file holds the scores of steps from tag to tag, 13 by 13 `i16`, filled up to [`HEAD`] bytes, and then 2^n slots of
//! [`SLOT`] bytes. A slot holds 24 bits of a feature's hash (zero: free) and thirteen `i8`, its weight for each tag. A
//! feature lies in the first free slot from the one that its hash names. Numbers are little-endian.

use std::sync::OnceLock;

use super::decode::{Scores, Tag};

static WEIGHTS: &[u8] = include_bytes!("../../../data/tagger/weights.bin");

/// Bytes of a slot.
pub const SLOT: usize = 16;
/// Bytes before the slots.
const HEAD: usize = 352;
/// No feature lies farther from the slot that its hash names.
const FARTHEST: usize = 64;

/// A model as it is used.
#[derive(Debug)]
pub struct Model {
    steps: [[i16; Tag::COUNT]; Tag::COUNT],
    slots: &'static [u8],
    mask: usize,
}

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
        let (head, slots) = file.split_at_checked(HEAD)?;
        let count = slots.len() / SLOT;
        if !count.is_power_of_two() || count * SLOT != slots.len() {
            return None;
        }
        let mut numbers = head.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
        let mut steps = [[0; Tag::COUNT]; Tag::COUNT];
        for step in steps.as_flattened_mut() {
            *step = numbers.next()?;
        }
        Some(Model { steps, slots, mask: count - 1 })
    }

    /// What going from one tag to the next adds.
    pub fn step(&self, tag: Tag, next: Tag) -> i32 {
        i32::from(self.steps[tag.number()][next.number()])
    }

    /// Adds the weights of `feature` to `scores`.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut Scores) {
        let (mut at, mark) = place(feature);
        for _ in 0..FARTHEST {
            let offset = (at & self.mask) * SLOT;
            let Some(Ok(slot)) = self.slots.get(offset..offset + SLOT).map(<&[u8; SLOT]>::try_from) else { return };
            let found = u32::from_le_bytes([slot[13], slot[14], slot[15], 0]);
            if found == mark {
                // All sixteen, so that it is one instruction: what lies past the tags is not read. A word has some hundred
                // features, so no sum comes near the end of an `i16`.
                for (score, weight) in scores.iter_mut().zip(slot) {
                    *score = score.wrapping_add(i16::from(*weight as i8));
                }
                return;
            }
            if found == 0 {
                return;
            }
            at += 1;
        }
    }

    /// The file with these weights, in `slots` slots, a power of two. Features that find no room are left out; their number
    /// is returned too.
    pub fn encode(
        steps: &[[i16; Tag::COUNT]; Tag::COUNT],
        features: &[(u64, Weights)],
        slots: usize,
    ) -> (Vec<u8>, usize) {
        let mut file: Vec<u8> = steps.iter().flatten().flat_map(|step| step.to_le_bytes()).collect();
        file.resize(HEAD + slots * SLOT, 0);
        let mut homeless = 0;
        for (feature, weights) in features {
            let (at, mark) = place(*feature);
            let mut offsets = (at..at + FARTHEST).map(|at| HEAD + (at & (slots - 1)) * SLOT);
            match offsets.find(|offset| file[offset + 13..offset + SLOT] == [0; 3]) {
                Some(offset) => {
                    for (byte, weight) in file[offset..].iter_mut().zip(weights) {
                        *byte = *weight as u8;
                    }
                    file[offset + 13..offset + SLOT].copy_from_slice(&mark.to_le_bytes()[..3]);
                }
                None => homeless += 1,
            }
        }
        (file, homeless)
    }
}

/// The slot that a hash names, and the bits by which it is told from others there.
fn place(feature: u64) -> (usize, u32) {
    let mark = (feature >> 40) as u32;
    (feature as usize & 0xFFFF_FFFF, mark.max(1))
}
