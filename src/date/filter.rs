//! Tells in a few steps that a word is in none of a module's tables: nearly all words of a text are in none.

/// A set of words that says for certain that a word is not in it, and nearly always that it is.
#[derive(Clone, Debug)]
pub(crate) struct WordFilter([u64; WORDS]);

/// Two kilobytes, which stay in the cache: of the 16,384 bits some two thousand names set one in eight.
const WORDS: usize = 256;

impl WordFilter {
    /// The filter of these folded words.
    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w str>) -> WordFilter {
        let mut filter = WordFilter([0; WORDS]);
        words.for_each(|word| filter.add(word));
        filter
    }

    pub(crate) fn add(&mut self, word: &str) {
        let bit = bit(word.as_bytes(), |byte| byte);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// False for words that were never added.
    pub(crate) fn may_have(&self, folded: &str) -> bool {
        self.has(bit(folded.as_bytes(), |byte| byte))
    }

    /// The same for a word of ASCII letters as written: it need not be folded to be turned away.
    pub(crate) fn may_have_letters(&self, written: &str) -> bool {
        debug_assert!(written.bytes().all(|byte| byte.is_ascii_alphabetic()), "{written}");
        // The bit in which capitals differ from small letters.
        self.has(bit(written.as_bytes(), |byte| byte | 0x20))
    }

    fn has(&self, bit: usize) -> bool {
        self.0[bit / 64] & 1 << (bit % 64) != 0
    }
}

/// The bit of a word: of its length, its first, middle and last byte. To hash all bytes would cost what is to be saved.
fn bit(word: &[u8], fold: impl Fn(u8) -> u8) -> usize {
    let at = |at: usize| word.get(at).map_or(0, |byte| u32::from(fold(*byte)));
    let sign = at(0) | at(word.len() / 2) << 8 | at(word.len().wrapping_sub(1)) << 16 | (word.len() as u32) << 24;
    // The highest bits of a product depend on all bits of the number (multiplicative hashing, Knuth 6.4).
    (sign.wrapping_mul(0x9E37_79B1) >> 18) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_was_added_is_never_denied() {
        let words = ["", "a", "may", "november", "ноября", "نوفمبر", "十一月", "çərşənbə"];
        let filter = WordFilter::of(words.into_iter());
        assert!(words.iter().all(|word| filter.may_have(word)));
        assert!(["a", "May", "NOVEMBER"].iter().all(|word| filter.may_have_letters(word)));
        let empty = WordFilter::of(std::iter::empty());
        assert!(words.iter().all(|word| !empty.may_have(word)));
        assert!(!filter.may_have("medal") && !filter.may_have("медаль") && !filter.may_have_letters("Medal"));
    }
}
