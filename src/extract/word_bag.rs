//! Short texts compared by their words: headlines, standfirsts, lines that may repeat them.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// How far two short texts agree, 0 to 1: F1 over their folded words.
pub(crate) fn overlap(left: &str, right: &str) -> f32 {
    WordBag::of(left).overlap(&WordBag::of(right))
}

/// The folded words of a short text, as sorted hashes.
#[derive(Debug)]
pub(crate) struct WordBag(Vec<u64>);

impl WordBag {
    pub(crate) fn of(text: &str) -> WordBag {
        WordBag::from(word_hashes(text))
    }

    /// The words with these hashes.
    pub(crate) fn from(mut words: Vec<u64>) -> WordBag {
        words.sort_unstable();
        WordBag(words)
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// F1 of two bags, 0 to 1; 0 for two empty ones.
    pub(crate) fn overlap(&self, other: &WordBag) -> f32 {
        let all = self.len() + other.len();
        if all == 0 { 0.0 } else { 2.0 * self.common(other) as f32 / all as f32 }
    }

    /// Whether all words of `other` are in this bag, as often as it has them.
    pub(crate) fn has_all(&self, other: &WordBag) -> bool {
        self.common(other) == other.len()
    }

    /// Words that both have, as often as both have them.
    fn common(&self, other: &WordBag) -> usize {
        let (mut left, mut right, mut common) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(left), other.0.get(right)) {
            common += usize::from(a == b);
            left += usize::from(a <= b);
            right += usize::from(b <= a);
        }
        common
    }
}

/// Hashes of the folded words of a text, in order.
pub(crate) fn word_hashes(text: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    crate::text::words(text).for_each_word(|word| {
        let mut hasher = FxHasher::default();
        hasher.write(word.folded.as_bytes());
        out.push(hasher.finish());
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: f32) {
        assert!((overlap(left, right) - expected).abs() < 0.001, "{left} / {right}: {}", overlap(left, right));
        assert!((overlap(right, left) - expected).abs() < 0.001, "not the same both ways");
    }

    #[test]
    fn overlap_is_f1_of_the_words() {
        check("Bridge to be rebuilt", "bridge to be REBUILT!", 1.0);
        check("Bridge to be rebuilt", "Flood of the century", 0.0);
        // Two of the two words, two of the six: 2 * 2 / 8.
        check("old bridge", "the old bridge is closed again", 0.5);
        // A word counts as often as both have it.
        check("no no no", "no", 0.5);
        check("Élan à Köln", "elan a koln", 1.0);
        check("Мост восстановят", "мост ВОССТАНОВЯТ", 1.0);
        check("", "", 0.0);
        check("", "bridge", 0.0);
    }

    #[test]
    fn hashes_stand_in_the_order_of_the_words() {
        let [one, two] = [word_hashes("old bridge"), word_hashes("bridge old")];
        assert_eq!(one.len(), 2);
        assert_eq!((one[0], one[1]), (two[1], two[0]));
    }
}
