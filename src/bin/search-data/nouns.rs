//! Trains the filter of languages whose nouns have capitals: logistic regression with a rate for each weight.

use search::annotate::tagger::{FEATURES, SLOTS};

use crate::examples::Noun;

/// Rounds over the words.
const ROUNDS: usize = 8;
/// How fast weights move at first.
const RATE: f32 = 0.2;
/// Of a hundred features so many are hidden each time a word is seen, as in the tagger.
const DROPPED: u64 = 30;
/// A byte of weight, in logits: the greatest weight is four.
const UNIT: f32 = 127.0 / 4.0;
/// Of a thousand words of names that are held out so many may be passed over.
// Those look like nouns to the tagger too: F1 on held-out text is the same to two tenths from 10 to 100.
const LOST: usize = 80;

/// The weights that tell parts of names from other words.
pub(crate) fn learn(words: &[Noun]) -> Vec<i8> {
    let (mut weights, mut squares) = (vec![0.0_f32; SLOTS], vec![1e-3_f32; SLOTS]);
    let mut random = 12345u64;
    let mut next = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        random >> 33
    };
    let mut order: Vec<usize> = (0..words.len()).collect();
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, next() as usize % (at + 1));
        }
        for at in &order {
            let (slots, named) = &words[*at];
            let mut kept = [0; FEATURES];
            let mut count = 0;
            for slot in slots {
                if next() % 100 >= DROPPED {
                    (kept[count], count) = (*slot, count + 1);
                }
            }
            let sum: f32 = kept[..count].iter().map(|slot| weights[*slot]).sum();
            let wrong = 1.0 / (1.0 + (-sum).exp()) - if *named { 1.0 } else { 0.0 };
            for slot in &kept[..count] {
                squares[*slot] += wrong * wrong;
                weights[*slot] -= RATE * wrong / squares[*slot].sqrt();
            }
        }
    }
    weights.into_iter().map(|weight| (weight * UNIT).round().clamp(-127.0, 127.0) as i8).collect()
}

/// The least sum at which a word is read, so that few words of names are passed over; and what that means for `held`.
pub(crate) fn least(weights: &[i8], held: &[Noun]) -> (i32, String) {
    let sum = |slots: &[usize; FEATURES]| -> i32 { slots.iter().map(|slot| i32::from(weights[*slot])).sum() };
    let mut named: Vec<i32> = held.iter().filter(|(_, named)| *named).map(|(slots, _)| sum(slots)).collect();
    named.sort_unstable();
    let least = named.get(named.len() * LOST / 1_000).copied().unwrap_or(i32::MIN);
    let passed = held.iter().filter(|(slots, named)| !named && sum(slots) < least).count();
    let others = held.len() - named.len();
    (
        least,
        format!("{passed} of {others} other words are passed over, and {LOST} of 1,000 of {} of names", named.len()),
    )
}
