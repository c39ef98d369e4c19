//! The features of a word: hashes of what it is, what stands beside it, and pairs of these.

use super::observations::{BITS, Observation, Observations};
use crate::annotate::names::Gap;
use crate::text::hash::{hash_word, mix};

/// Stands for what lies before the first and after the last word of a sentence.
const BEFORE: Observation = edge(11);
const AFTER: Observation = edge(13);

const fn edge(word: u64) -> Observation {
    Observation {
        word,
        ending: word,
        shape: 0,
        gap: 0,
        rule: 0,
        why: 0,
        places: 0,
        traits: 0,
        elsewhere: 0,
        chain: (0, 0),
        chain_traits: 0,
        base_traits: 0,
        base_places: 0,
    }
}

/// A word and its two neighbours on either side.
pub(super) struct Window<'a> {
    pub(super) left2: &'a Observation,
    pub(super) left: &'a Observation,
    pub(super) here: &'a Observation,
    pub(super) right: &'a Observation,
    right2: &'a Observation,
}

/// Gives features their numbers: the same value under two numbers is two features.
struct Out<F: FnMut(u64)> {
    number: u64,
    each: F,
}

impl<F: FnMut(u64)> Out<F> {
    #[inline]
    fn put(&mut self, value: u64) {
        #[cfg(test)]
        crate::text::tests::steps::tick();
        self.number += 1;
        // The same value under two numbers must be two features; the multiplier (of degski's 64-bit mixer) spreads the
        // small numbers over all bits.
        (self.each)(mix(value, self.number.wrapping_mul(0xD6E8_FEB8_6659_FD93)));
    }

    /// The feature of each bit of `bits`, each together with `with`. Takes one number.
    #[inline]
    fn bits(&mut self, mut bits: u32, with: u64) {
        self.number += 1;
        while bits != 0 {
            let bit = u64::from(bits.trailing_zeros());
            (self.each)(mix(mix(bit, with), self.number.wrapping_mul(0xD6E8_FEB8_6659_FD93)));
            bits &= bits - 1;
        }
    }
}

/// Calls `each` with every feature of word `at`.
pub fn features(observations: &Observations<'_>, at: usize, each: impl FnMut(u64)) {
    let window = window(observations, at);
    let mut out = Out { number: 0, each };
    // The order of these calls, and of the features inside each, is the order of their numbers: the weights were
    // trained with it, so a new feature goes to the end and none ever moves.
    words(&window, &mut out);
    shapes(&window, &mut out);
    affixes(observations.tokens.folded(at), &mut out);
    lexicon(&window, &mut out);
    rules(&window, &mut out);
    elsewhere(&window, &mut out);
    chain(observations, at, &mut out);
    if observations.foreign {
        inflected(&window, observations.tokens.folded(at), &mut out);
    }
}

/// The words beside word `at`, not past the ends of its sentence, and not the `s` of a possessive that stands apart.
pub(super) fn window<'a>(observations: &'a Observations<'_>, at: usize) -> Window<'a> {
    // What stands in another sentence says nothing: a window that reached over it would learn by chance.
    let starts = |at: usize| observations.facts.get(at).is_none_or(|fact| fact.gap == Gap::Sentence as u8);
    let left = |at: Option<usize>| at.filter(|at| !starts(*at)).and_then(|at| at.checked_sub(1));
    let right = |at: Option<usize>| at.map(|at| at + 1).filter(|at| !starts(*at));
    let fact =
        |at: Option<usize>, edge: &'static Observation| at.and_then(|at| observations.facts.get(at)).unwrap_or(edge);
    let (left1, right1) = (left(Some(at)), right(Some(at)));
    Window {
        left2: fact(left(left1), &BEFORE),
        left: fact(left1, &BEFORE),
        here: fact(Some(at), &BEFORE),
        right: fact(right1, &AFTER),
        right2: fact(right(right1), &AFTER),
    }
}

fn words<F: FnMut(u64)>(w: &Window<'_>, out: &mut Out<F>) {
    let (here, shape) = (w.here.word, u64::from(w.here.shape));
    out.put(1);
    out.put(here);
    out.put(mix(here, shape));
    out.put(mix(here, u64::from(w.here.gap)));
    out.put(w.left.word);
    out.put(w.right.word);
    out.put(w.left2.word);
    out.put(w.right2.word);
    out.put(mix(w.left.word, here));
    out.put(mix(here, w.right.word));
    out.put(mix(w.left.word, w.right.word));
    out.put(mix(w.left2.word, w.left.word));
    out.put(mix(w.right.word, w.right2.word));
    out.put(mix(mix(w.left.word, u64::from(w.here.gap)), shape));
    out.put(mix(mix(w.right.word, u64::from(w.right.gap)), shape));
    out.put(w.left.ending);
    out.put(w.right.ending);
}

/// How the words of the window are written and parted.
fn shapes<F: FnMut(u64)>(w: &Window<'_>, out: &mut Out<F>) {
    let join = |facts: &[&Observation]| {
        facts.iter().fold(5, |all, fact| mix(all, u64::from(fact.shape) << 8 | u64::from(fact.gap)))
    };
    out.put(join(&[w.here]));
    out.put(join(&[w.left, w.here]));
    out.put(join(&[w.here, w.right]));
    out.put(join(&[w.left, w.here, w.right]));
    out.put(join(&[w.left2, w.left, w.here, w.right]));
    out.put(join(&[w.left, w.here, w.right, w.right2]));
}

/// Heads and ends of the word, from one to four letters.
fn affixes<F: FnMut(u64)>(word: &str, out: &mut Out<F>) {
    // Five letters and more are mostly the word itself, which is a feature already.
    for letters in 1..5 {
        let head = word.char_indices().nth(letters).map(|(end, _)| &word[..end]);
        let tail = word.char_indices().rev().nth(letters - 1).map(|(start, _)| &word[start..]);
        out.put(head.map_or(0, |head| hash_word(head.as_bytes())));
        out.put(tail.map_or(0, |tail| hash_word(tail.as_bytes())));
    }
}

/// What lexicon and gazetteer know.
fn lexicon<F: FnMut(u64)>(w: &Window<'_>, out: &mut Out<F>) {
    let traits = |fact: &Observation| u64::from(fact.traits);
    let places = |fact: &Observation| u64::from(fact.places);
    let shape = u64::from(w.here.shape);
    // Each trait with how the word is written: a given name in lower case is a word.
    out.bits(w.here.traits, shape);
    out.bits(w.left.traits, shape);
    out.bits(w.right.traits, shape);
    out.put(mix(traits(w.here), shape));
    out.put(mix(traits(w.left), shape));
    out.put(mix(traits(w.right), shape));
    out.put(mix(traits(w.left), traits(w.here)));
    out.put(mix(traits(w.here), traits(w.right)));
    out.put(places(w.here));
    out.put(mix(places(w.here), traits(w.here)));
    out.put(mix(places(w.here), mix(w.left.word, shape)));
    out.put(mix(places(w.left), places(w.here) << 8));
    out.put(mix(places(w.here), places(w.right) << 8));
}

/// What the rules say, and where they tend to be wrong.
fn rules<F: FnMut(u64)>(w: &Window<'_>, out: &mut Out<F>) {
    let rule = |fact: &Observation| u64::from(fact.rule);
    // Zero is `outside` as well as `no rule`; one more keeps it from vanishing in the mixes.
    let here = rule(w.here) + 1;
    // Which rule it was weighs more than what it said: some are right nine times of ten, some every second time.
    let why = mix(w.here.why, here);
    out.put(here);
    out.put(why);
    out.put(mix(here, rule(w.left) << 8 | rule(w.right)));
    out.put(mix(why, mix(w.left.why, rule(w.left))));
    out.put(mix(why, mix(w.right.why, rule(w.right))));
    out.put(mix(here, w.here.word));
    out.put(mix(here, w.left.word));
    out.put(mix(here, w.right.word));
    out.put(mix(here, u64::from(w.here.traits)));
    out.put(mix(here, u64::from(w.here.elsewhere)));
    out.put(mix(why, u64::from(w.here.shape) << 8 | u64::from(w.here.gap)));
    out.put(mix(why, u64::from(w.left.traits)));
    out.put(mix(why, u64::from(w.right.traits)));
    out.put(mix(why, u64::from(w.here.places)));
}

/// What the other mentions of the word show.
fn elsewhere<F: FnMut(u64)>(w: &Window<'_>, out: &mut Out<F>) {
    debug_assert!(u32::from(w.here.elsewhere) >> BITS == 0);
    // The set as a whole, then each bit: rare sets have no weight of their own.
    out.put(u64::from(w.here.elsewhere));
    out.bits(u32::from(w.here.elsewhere), u64::from(w.here.shape));
    out.put(mix(u64::from(w.here.elsewhere), u64::from(w.here.places)));
    out.put(u64::from(w.left.elsewhere));
    out.put(u64::from(w.right.elsewhere));
}

/// The chain of capitalised words: what stands on either side of it, its first and last word, its length.
fn chain<F: FnMut(u64)>(observations: &Observations<'_>, at: usize, out: &mut Out<F>) {
    let (start, end) = observations.facts[at].chain;
    let (start, end) = (start as usize, end as usize);
    let word = |at: Option<usize>| at.and_then(|at| observations.facts.get(at)).map_or(7, |fact| fact.word);
    let (before, after) = (word(start.checked_sub(1)), word(Some(end)));
    // Long chains are lists or headlines; beyond five the length says no more.
    let (length, from, to) = ((end - start).min(5) as u64, (at - start).min(3) as u64, (end - 1 - at).min(3) as u64);
    out.put(mix(before, from));
    out.put(mix(after, to));
    out.put(mix(from, length));
    out.put(mix(word(Some(start)), from));
    out.put(mix(word(end.checked_sub(1)), to));
    out.put(mix(mix(before, after), length));
    out.bits(observations.facts[at].chain_traits, from << 4 | to);
    out.put(mix(mix(u64::from(observations.facts[end - 1].traits), to), length));
}

/// What a word is without its ending: of languages that inflect names.
fn inflected<F: FnMut(u64)>(w: &Window<'_>, word: &str, out: &mut Out<F>) {
    let base = |fact: &Observation| u64::from(fact.base_traits) << 8 | u64::from(fact.base_places);
    let shape = u64::from(w.here.shape);
    // A head of five or six letters is the word without its ending, or nearly so.
    for letters in 5..7 {
        let head = word.char_indices().nth(letters).map(|(end, _)| &word[..end]);
        out.put(head.map_or(0, |head| hash_word(head.as_bytes())));
    }
    out.bits(w.here.base_traits, shape);
    out.bits(w.left.base_traits, shape);
    out.bits(w.right.base_traits, shape);
    out.put(mix(base(w.here), shape));
    out.put(mix(u64::from(w.here.base_places), u64::from(w.here.places)));
    out.put(mix(u64::from(w.here.base_places), w.left.word));
    out.put(mix(u64::from(w.here.base_places), u64::from(w.here.traits)));
    out.put(mix(base(w.left), base(w.here) << 8));
    out.put(mix(base(w.here), base(w.right) << 8));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names::{Name, NameRule, Setting, Tokens, find};

    /// The features of word `at` of an English text, whose names `change` may change first.
    fn features_of(text: &str, at: usize, change: impl Fn(&mut Vec<Name>)) -> Vec<u64> {
        let tokens = Tokens::new(text);
        let setting = Setting::for_language(Some("en"));
        let mut names = find(&tokens, setting);
        change(&mut names);
        let mut out = Vec::new();
        features(&Observations::new(&tokens, &names, setting), at, |feature| out.push(feature));
        out
    }

    const TEXT: &str = "Prime Minister Anna Bergstrom met officials of the World Bank in Geneva.";

    /// The weights lie under these numbers: where this fails, the tagger must be trained again or the change undone.
    #[test]
    fn features_have_the_numbers_of_the_training() {
        let words = 12;
        let all: Vec<u64> = (0..words).flat_map(|at| features_of(TEXT, at, |_| ())).collect();
        assert_eq!(all.iter().fold(0, |sum, feature| mix(sum, *feature)), DIGEST, "{} features", all.len());
    }

    const DIGEST: u64 = 0x27C8_8F26_A587_D3B6;

    #[test]
    fn the_rule_is_a_feature_and_its_name_is_none() {
        let rule =
            |rule: NameRule| features_of(TEXT, 2, move |names| names.iter_mut().for_each(|name| name.rule = rule));
        assert_ne!(rule(NameRule::TitleAndName), rule(NameRule::GivenName));
        assert_eq!(rule(NameRule::GivenName), rule(NameRule::GivenName));
    }

    #[test]
    fn a_word_has_no_more_features_than_its_sums_can_hold() {
        for at in 0..12 {
            assert!(features_of(TEXT, at, |_| ()).len() < 256);
        }
    }

    #[test]
    fn a_window_ends_with_its_sentence() {
        let tokens = Tokens::new("It rained. Baku slept. Then");
        let observations = Observations::new(&tokens, &[], Setting::for_language(Some("en")));
        let (first, last) = (window(&observations, 2), window(&observations, 3));
        assert_eq!((first.left.word, first.left2.word), (BEFORE.word, BEFORE.word));
        assert_eq!((first.right.word, first.right2.word), (tokens.hash(3), AFTER.word));
        assert_eq!((last.left.word, last.right.word), (tokens.hash(2), AFTER.word));
    }
}
