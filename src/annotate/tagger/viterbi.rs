//! The best legal sequence of tags.

use super::model::Model;
use super::tag::{LAST, MIDDLE, Scores, Tag};

/// Numbers of the tags after which no name is open.
const CLOSED: [u8; 7] = [0, 3, 4, 7, 8, 11, 12];

/// The best legal tags of a stretch with these scores: Viterbi's algorithm.
pub fn best(scores: &[Scores], model: &Model) -> Vec<Tag> {
    if let [word] = scores {
        return vec![best_alone(word, model)];
    }
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
            // Illegal steps are never looked at, which is what makes the search cheap: five steps a tag, not thirteen.
            let befores: &[u8] = if matches!(tag.part(), Some(MIDDLE | LAST)) { &opened } else { &CLOSED };
            for before in befores {
                let score = total[usize::from(*before)] + model.step(Tag(*before), tag);
                if score > next[tag.number()] {
                    (next[tag.number()], back[tag.number()]) = (score, *before);
                }
            }
            // Half the range below zero stands for `never`: adding to it must not come round to the top.
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

/// The best tag of a word that is a stretch of its own, as most are: no part of a name, or a whole one.
fn best_alone(word: &Scores, model: &Model) -> Tag {
    let whole = Tag::all().filter(|tag| !tag.open() && !matches!(tag.part(), Some(MIDDLE | LAST)));
    whole.max_by_key(|tag| model.step(Tag::OUTSIDE, *tag) + i32::from(word[tag.number()])).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::tagger::legal;
    use crate::text::hash::mix;

    #[test]
    fn closed_tags_are_those_that_may_end_a_stretch() {
        for tag in Tag::all() {
            assert_eq!(CLOSED.contains(&tag.0), legal(tag, Tag::OUTSIDE), "{tag:?}");
        }
    }

    /// The score of a sequence, and whether it is legal from end to end.
    fn worth(tags: &[Tag], scores: &[Scores], model: &Model) -> Option<i32> {
        let mut before = Tag::OUTSIDE;
        let mut sum = 0;
        for (tag, word) in tags.iter().zip(scores) {
            if !legal(before, *tag) {
                return None;
            }
            sum += model.step(before, *tag) + i32::from(word[tag.number()]);
            before = *tag;
        }
        legal(before, Tag::OUTSIDE).then_some(sum)
    }

    /// Every sequence of `words` tags.
    fn all_sequences(words: usize) -> Vec<Vec<Tag>> {
        let longer = |all: Vec<Vec<Tag>>| {
            all.iter().flat_map(|tags| Tag::all().map(|tag| [&tags[..], &[tag]].concat())).collect()
        };
        (0..words).fold(vec![Vec::new()], |all, _| longer(all))
    }

    fn model(seed: u64) -> Model {
        let step = |at: usize| (mix(seed, at as u64) % 41) as i16 - 20;
        let mut steps = [[0; Tag::COUNT]; Tag::COUNT];
        for (at, slot) in steps.as_flattened_mut().iter_mut().enumerate() {
            *slot = step(at);
        }
        let (file, _) = Model::encode(&steps, &[], 1);
        Model::read(file.leak()).expect("a model")
    }

    #[test]
    fn the_best_sequence_is_found_and_is_legal() {
        let all: Vec<Vec<Vec<Tag>>> = (0..4).map(all_sequences).collect();
        for seed in 0..60_u64 {
            let model = model(seed);
            let words = (seed % 4) as usize;
            let scores: Vec<Scores> = (0..words)
                .map(|word| std::array::from_fn(|tag| (mix(seed ^ 77, (word * 16 + tag) as u64) % 201) as i16 - 100))
                .collect();
            let found = best(&scores, &model);
            let most = all[words].iter().filter_map(|tags| worth(tags, &scores, &model)).max();
            assert_eq!(worth(&found, &scores, &model), most, "seed {seed}");
        }
    }

    #[test]
    fn no_words_have_no_tags() {
        assert!(best(&[], &model(1)).is_empty());
    }
}
