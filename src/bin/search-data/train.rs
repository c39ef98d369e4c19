//! Trains the tagger: an averaged structured perceptron with a margin, then pruned and rounded to a byte a weight.

use search::annotate::tagger::{Model, SLOT, Tag, Weights, legal};

use crate::examples::Example;

/// Weights of one feature or scores of one word.
type Row = [f32; Tag::COUNT];

/// A perceptron while it learns: the weights, and how much each has weighed so far in the average.
struct Learner {
    rows: Vec<Row>,
    sums: Vec<Row>,
    steps: [Row; Tag::COUNT],
    step_sums: [Row; Tag::COUNT],
    clock: f32,
}

/// Adds this to every tag but the right one: what is right must lead by it.
const MARGIN: f32 = 1.0;
/// Of a hundred features so many are hidden each time a word is seen.
const DROPPED: u64 = 30;
/// Of the greatest weights so many thousandths are cut to the greatest byte.
const CUT: usize = 2;

/// The weights of `features` features after `epochs` rounds over `examples`.
fn learn(examples: &[Example], features: usize, epochs: usize) -> (Vec<Row>, [Row; Tag::COUNT]) {
    let mut learner = Learner {
        rows: vec![Row::default(); features],
        sums: vec![Row::default(); features],
        steps: Default::default(),
        step_sums: Default::default(),
        clock: 1.0,
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 12345u64;
    for epoch in 0..epochs {
        for at in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (random >> 33) as usize % (at + 1));
        }
        let wrong: usize = order.iter().map(|at| learner.see(&examples[*at], random.wrapping_add(*at as u64))).sum();
        eprintln!("round {}: {wrong} words wrong", epoch + 1);
    }
    learner.average()
}

impl Learner {
    /// Learns from one stretch; returns how many of its words were wrong.
    fn see(&mut self, example: &Example, seed: u64) -> usize {
        let mut scores: Vec<Row> = Vec::with_capacity(example.tags.len());
        for (word, gold) in example.words().zip(&example.tags) {
            let mut score = [MARGIN; Tag::COUNT];
            score[gold.number()] = 0.0;
            for feature in word {
                if dropped(*feature, seed) {
                    continue;
                }
                for (score, weight) in score.iter_mut().zip(&self.rows[*feature as usize]) {
                    *score += weight;
                }
            }
            scores.push(score);
        }
        let found = decode(&scores, &self.steps);
        let mut wrong = 0;
        let mut before = (Tag::OUTSIDE, Tag::OUTSIDE);
        for ((word, gold), found) in example.words().zip(&example.tags).zip(&found) {
            if gold != found {
                wrong += 1;
                for feature in word.iter().filter(|feature| !dropped(**feature, seed)) {
                    self.move_row(*feature as usize, gold.number(), 1.0);
                    self.move_row(*feature as usize, found.number(), -1.0);
                }
            }
            if (before.0, *gold) != (before.1, *found) {
                self.move_step((before.0, *gold), 1.0);
                self.move_step((before.1, *found), -1.0);
            }
            before = (*gold, *found);
        }
        self.clock += 1.0;
        wrong
    }

    fn move_row(&mut self, feature: usize, tag: usize, by: f32) {
        self.rows[feature][tag] += by;
        self.sums[feature][tag] += by * self.clock;
    }

    fn move_step(&mut self, (from, to): (Tag, Tag), by: f32) {
        self.steps[from.number()][to.number()] += by;
        self.step_sums[from.number()][to.number()] += by * self.clock;
    }

    fn average(mut self) -> (Vec<Row>, [Row; Tag::COUNT]) {
        let all = self.rows.iter_mut().zip(&self.sums).chain(self.steps.iter_mut().zip(&self.step_sums));
        for (row, sums) in all {
            for (weight, sum) in row.iter_mut().zip(sums) {
                *weight -= sum / self.clock;
            }
        }
        (self.rows, self.steps)
    }
}

/// True for [`DROPPED`] features of a hundred, others for each `seed`: what is learnt must not hang on any one.
fn dropped(feature: u32, seed: u64) -> bool {
    let hash = (seed ^ u64::from(feature).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash >> 40) % 100 < DROPPED
}

/// The best legal tags under `scores`.
fn decode(scores: &[Row], steps: &[Row; Tag::COUNT]) -> Vec<Tag> {
    let mut total = [f32::NEG_INFINITY; Tag::COUNT];
    total[0] = 0.0;
    let mut from = Vec::with_capacity(scores.len());
    for word in scores {
        let mut next = [f32::NEG_INFINITY; Tag::COUNT];
        let mut back = [Tag::OUTSIDE; Tag::COUNT];
        for tag in Tag::all() {
            for before in Tag::all().filter(|before| legal(*before, tag)) {
                let score = total[before.number()] + steps[before.number()][tag.number()] + word[tag.number()];
                if score > next[tag.number()] {
                    (next[tag.number()], back[tag.number()]) = (score, before);
                }
            }
        }
        total = next;
        from.push(back);
    }
    let closed = Tag::all().filter(|tag| legal(*tag, Tag::OUTSIDE));
    let mut tag = closed.max_by(|a, b| total[a.number()].total_cmp(&total[b.number()])).unwrap_or_default();
    let mut out = vec![Tag::OUTSIDE; scores.len()];
    for (slot, back) in out.iter_mut().zip(&from).rev() {
        *slot = tag;
        tag = back[tag.number()];
    }
    out
}

/// Trains on `examples`, whose feature numbers stand for the hashes in `names`, and returns a file of `slots` slots.
pub(crate) fn train(examples: &[Example], names: &[u64], epochs: usize, slots: usize) -> (Vec<u8>, String) {
    let (rows, steps) = learn(examples, names.len(), epochs);
    let greatest = |row: &Row| row.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| greatest(&rows[*b]).total_cmp(&greatest(&rows[*a])));
    // A table that is more than half full makes every look-up of a feature that it lacks a long one.
    order.truncate(slots / 2);
    let top = order.get(order.len() * CUT / 1000).map_or(1.0, |at| greatest(&rows[*at]));
    let scale = 127.0 / top;
    let round = |row: &Row| -> Weights { row.map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8) };
    let kept: Vec<(u64, Weights)> = order.iter().map(|at| (names[*at], round(&rows[*at]))).collect();
    let kept: Vec<_> = kept.into_iter().filter(|(_, weights)| weights.iter().any(|weight| *weight != 0)).collect();
    let steps = steps.map(|row| row.map(|weight| (weight * scale).round() as i16));
    let (file, homeless) = Model::encode(&steps, &kept, slots);
    let report =
        format!("{} features seen, {} kept, {homeless} without room, {} bytes", names.len(), kept.len(), slots * SLOT);
    (file, report)
}
