//! What two articles share, and what stands against their being copies.

use std::cmp::Ordering;

use super::fingerprint::{digest_of, has_facts, template_of, words_of};

/// Of the words of the longer article those that both share, at least, in a hundred. Two copies with a fifth changed each
/// share 64 in the middle of their spread.
// Measured on pairs of copies with a fifth of the sentences changed in each: 64 is the middle of their spread, and half
// of the words leaves room for its lower end.
const MIN_SHARED_PERCENT: u32 = 50;

/// Likewise once common sentences are left out, for two articles that are close with them: of a report by a template
/// little is left, and one sentence more or less is much of it.
const MIN_SHARED_PERCENT_OF_REST: u32 = 30;

/// The sentences of one article that are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sketch<'a> {
    /// Folded sentences, sorted.
    pub(super) sentences: &'a [u64],
    /// Digests above it were not kept.
    pub(super) limit: u32,
}

/// Words in the sentences of two articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Similarity {
    /// In sentences that both have.
    pub(super) same: u32,
    /// In all sentences of the longer one.
    pub(super) longer: u32,
    /// In sentences with numbers or names that both have.
    pub(super) agree: u32,
    /// In sentences that differ in numbers and names alone.
    pub(super) differ: u32,
    /// How many sentences both have.
    pub(super) sentences: u32,
}

impl Similarity {
    /// Whether the two are copies: half of the words are the same, and where both fill one template, they mostly fill it
    /// alike, or differ in little of the text: a figure that was brought up to date.
    pub(super) fn is_copy(self) -> bool {
        self.agrees() || (self.is_close() && self.differ * 4 <= self.same)
    }

    /// Whether the two are copies that no template has made: reports by a template share its standing text and fill its
    /// templates differently.
    pub(super) fn agrees(self) -> bool {
        self.is_close() && self.differ * 2 <= self.agree
    }

    /// Whether two articles are copies that are close as they stand, by what is left of them without common sentences:
    /// they agree in more numbers and names than they differ in.
    pub(super) fn rest_agrees(self) -> bool {
        self.shares(MIN_SHARED_PERCENT_OF_REST) && self.differ <= self.agree
    }

    /// Whether half of the words of the longer one are the same.
    pub(super) fn is_close(self) -> bool {
        self.shares(MIN_SHARED_PERCENT)
    }

    /// Counts a sentence that both have.
    fn add(&mut self, sentence: u64) {
        self.sentences += 1;
        self.same += words_of(sentence);
        self.agree += if has_facts(sentence) { words_of(sentence) } else { 0 };
    }

    fn shares(self, percent: u32) -> bool {
        self.same > 0 && self.same * 100 >= self.longer * percent
    }

    /// The words that both share among those of the longer one, in a thousand.
    pub(super) fn share(self) -> u32 {
        (self.same * 1000).checked_div(self.longer).unwrap_or(0)
    }
}

/// Compares articles; keeps its memory from one pair to the next.
#[derive(Debug, Default)]
pub(super) struct Comparer {
    ones: Vec<u64>,
    others: Vec<u64>,
}

impl Comparer {
    /// What two articles share. What differs is counted only where enough is the same.
    pub(super) fn compare(&mut self, one: Sketch<'_>, other: Sketch<'_>) -> Similarity {
        let limit = one.limit.min(other.limit);
        let within = |sentence: &&u64| digest_of(**sentence) <= limit;
        let mut ones = one.sentences.iter().take_while(within).peekable();
        let mut others = other.sentences.iter().take_while(within).peekable();
        let mut found = Similarity::default();
        let (mut only_one, mut only_other) = (0, 0);
        self.ones.clear();
        self.others.clear();
        loop {
            let ahead = match (ones.peek(), others.peek()) {
                (Some(a), Some(b)) => digest_of(**a).cmp(&digest_of(**b)),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let one = ones.next_if(|_| ahead.is_le());
            match (one, others.next_if(|_| ahead.is_ge())) {
                (Some(sentence), Some(_)) => found.add(*sentence),
                (Some(sentence), None) => only_one += note(*sentence, &mut self.ones),
                (None, Some(sentence)) => only_other += note(*sentence, &mut self.others),
                (None, None) => {}
            }
        }
        // The longer one counts: an excerpt of less than half of a text is no copy of it.
        found.longer = found.same + only_one.max(only_other);
        // Below it the pair is no copy whatever differs, and most pairs end here.
        if found.shares(MIN_SHARED_PERCENT_OF_REST) {
            found.differ = self.differ();
        }
        found
    }

    /// Words of the sentences with one template among those that only one of the two has.
    fn differ(&mut self) -> u32 {
        self.ones.sort_unstable();
        self.others.sort_unstable();
        let mut others = self.others.iter().peekable();
        let mut words = 0;
        for one in &self.ones {
            while others.next_if(|other| template_of(**other) < template_of(*one)).is_some() {}
            if let Some(other) = others.next_if(|other| template_of(**other) == template_of(*one)) {
                words += words_of(*one).min(words_of(*other));
            }
        }
        words
    }
}

/// Keeps a sentence that has a counterpart perhaps, without its digest, so that it sorts by template; returns its words.
fn note(sentence: u64, with_facts: &mut Vec<u64>) -> u32 {
    if has_facts(sentence) {
        with_facts.push(sentence & 0xFFFF_FFFF);
    }
    words_of(sentence)
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint::tests::fingerprint;
    use super::*;

    fn compare(one: &str, other: &str) -> Similarity {
        let (one, other) = (fingerprint("", one).sentences, fingerprint("", other).sentences);
        let sketch = |sentences| Sketch { sentences, limit: u32::MAX };
        Comparer::default().compare(sketch(&one), sketch(&other))
    }

    const NEWS: &str = "The bridge over the Kura closed on Monday. Engineers found eleven loose bolts in the deck. \
        Drivers must take the ferry until further notice. The mayor said repairs would cost 4 million. \
        Work begins next week and ends in spring.";

    #[test]
    fn an_edited_copy_is_a_copy() {
        let cut = NEWS.replace("Drivers must take the ferry until further notice. ", "");
        assert!(compare(NEWS, &cut).is_copy());
        let update = NEWS.replace("4 million", "5 million");
        let found = compare(NEWS, &update);
        assert!(found.is_copy() && found.differ == 8, "{found:?}");
        assert_eq!(compare(NEWS, NEWS).share(), 1000);
    }

    #[test]
    fn a_template_filled_anew_is_no_copy() {
        let report = |town: &str, high: u32| {
            format!(
                "The weather in {town} will be fair tomorrow. The high will reach {high} degrees by noon. Residents are \
                 advised to carry water when they walk far from home. Roads stay dry and schools stay open all day."
            )
        };
        let found = compare(&report("Baku", 31), &report("Shusha", 24));
        assert!(found.same > found.longer / 2 && found.agree == 0 && !found.is_copy() && !found.agrees(), "{found:?}");
        assert!(compare(&report("Baku", 31), &report("Baku", 31)).agrees());
        assert!(!compare(NEWS, &report("Baku", 31)).is_copy());
    }
}
