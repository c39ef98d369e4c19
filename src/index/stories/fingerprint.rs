//! The fingerprint of a page: what tells copies of one article from articles that only look alike.

use crate::extract::Kind;

/// Words of a body from which on it is more than a stub.
// Below it stand captions of films and pictures: all video pages of a site would be one story.
const MIN_ARTICLE_WORDS: usize = 30;
/// Words of a sentence, at least; shorter ones are said in every second article.
// "He said." is in every second article.
const MIN_SENTENCE_WORDS: u32 = 3;
/// Words of a sentence, at most; what is longer (a list, a text without stops) is cut there.
// The count has eight bits, and a table without stops must not be one sentence.
const MAX_SENTENCE_WORDS: u32 = 48;
/// Words beside numbers and names from which on a sentence has a template.
// Two words around a name are no template: every "X said Y" would share it.
const MIN_TEMPLATE_WORDS: u32 = 3;
/// Sentences kept of a page: those with the least digests, which is a sample that all pages draw alike (Broder, "On the
/// resemblance and containment of documents", 1997). One article in a hundred has more.
// 1 KB a page.
const MAX_SENTENCES: usize = 128;

/// What is kept of a page to find its copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// Id of the article. Articles are looked at in the order of their ids, so that groups depend on the articles alone.
    pub(crate) article: u64,
    /// Of the words of the body; of headline and body for a page with few words or one that is no article. 0 for a page
    /// without words: it is a copy of nothing.
    pub(crate) digest: u64,
    /// Seconds since 1970.
    pub(crate) published: Option<i64>,
    /// Digest of the name of the site; 0 for a page without one.
    pub(crate) site: u64,
    /// The [`Sentence`]s as numbers, sorted, each once; none for a page with few words or one that is no article.
    pub(crate) sentences: Vec<u64>,
}

impl Fingerprint {
    /// From the terms of title and body, one a line, and the layout of the body on equal lines: see
    /// [`crate::index::terms::push_with_layout`]. When and where it was published is for the caller to add.
    pub(crate) fn of(title: &str, body: &str, layout: &str, kind: Kind) -> Fingerprint {
        let mut reader = Reader::default();
        reader.read(body, layout);
        let Reader { digest, words, mut sentences, .. } = reader;
        if words == 0 {
            return Fingerprint::default();
        }
        if words < MIN_ARTICLE_WORDS || matches!(kind, Kind::Index | Kind::Wall) {
            let digest = title.bytes().fold(digest, |digest, byte| mix(digest, u64::from(byte)));
            return Fingerprint { digest: spread(digest) | 1, ..Fingerprint::default() };
        }
        sentences.sort_unstable();
        // The least digests are the sample, so that two copies draw the same sentences.
        sentences.dedup_by_key(|sentence| digest_of(*sentence));
        sentences.truncate(MAX_SENTENCES);
        Fingerprint { digest: spread(digest) | 1, sentences, ..Fingerprint::default() }
    }
}

impl Fingerprint {
    /// Sentences with digests above it were not kept.
    pub(super) fn limit(&self) -> u32 {
        self.sentences
            .last()
            .filter(|_| self.sentences.len() >= MAX_SENTENCES)
            .map_or(u32::MAX, |last| digest_of(*last))
    }
}

/// One sentence, folded to 64 bits.
#[derive(Clone, Copy, Debug, Default)]
struct Sentence {
    /// Of all its words.
    exact: u64,
    /// Of its words beside numbers and names, with the places of these.
    template: u64,
    words: u32,
    /// Words that are neither number nor name.
    plain: u32,
    /// It has a number, or a name after its first word.
    has_facts: bool,
    /// The last word was a number or a name.
    in_slot: bool,
}

impl Sentence {
    /// Digest (32 bits), template (23), words (8), whether it tells (1).
    fn fold(self) -> u64 {
        let exact = spread(self.exact) >> 32;
        let template = if self.plain < MIN_TEMPLATE_WORDS { spread(self.exact) } else { spread(self.template) } >> 41;
        exact << 32 | template << 9 | u64::from(self.words.min(255)) << 1 | u64::from(self.has_facts)
    }
}

/// The digest of a site's name; 0 for none.
pub(crate) fn site_of(name: Option<&str>) -> u64 {
    name.map_or(0, |name| spread(name.bytes().fold(SEED, |hash, byte| mix(hash, u64::from(byte)))))
}

/// The digest of a folded sentence.
pub(super) fn digest_of(sentence: u64) -> u32 {
    (sentence >> 32) as u32
}

/// What a folded sentence says once its numbers and names are taken out.
pub(super) fn template_of(sentence: u64) -> u32 {
    (sentence >> 9) as u32 & 0x7F_FFFF
}

/// The words of a folded sentence.
pub(super) fn words_of(sentence: u64) -> u32 {
    (sentence >> 1) as u32 & 0xFF
}

/// Whether a folded sentence has numbers or names.
pub(super) fn has_facts(sentence: u64) -> bool {
    sentence & 1 == 1
}

/// Reads the terms of a body into sentences.
#[derive(Default)]
struct Reader {
    digest: u64,
    words: usize,
    sentences: Vec<u64>,
    open: Sentence,
}

impl Reader {
    fn read(&mut self, terms: &str, layout: &str) {
        let mut marks = layout.bytes();
        let mut hash = SEED;
        let mut first = None;
        for byte in terms.bytes() {
            if byte != b'\n' {
                first.get_or_insert(byte);
                hash = mix(hash, u64::from(byte));
                continue;
            }
            let (mut begins, mut capital) = (false, false);
            for mark in marks.by_ref().take_while(|mark| *mark != b'\n') {
                begins |= matches!(mark, b'p' | b's');
                capital |= matches!(mark, b'c' | b'u' | b'm');
            }
            if begins || self.open.words == MAX_SENTENCE_WORDS {
                self.close();
            }
            self.word(hash, first.is_some_and(|first| first.is_ascii_digit()), capital);
            (hash, first) = (SEED, None);
        }
        self.close();
    }

    fn word(&mut self, hash: u64, number: bool, capital: bool) {
        self.digest = mix(self.digest, hash);
        self.words += 1;
        let open = &mut self.open;
        open.exact = mix(open.exact, hash);
        open.words += 1;
        if number || capital {
            // The first word of a sentence has a capital whatever it is.
            open.has_facts |= number || open.words > 1;
            // Neighbouring numbers and names are one gap: "Baku" and "San Marino" leave the same.
            if !open.in_slot {
                open.template = mix(open.template, SLOT);
            }
        } else {
            open.template = mix(open.template, hash);
            open.plain += 1;
        }
        open.in_slot = number || capital;
    }

    fn close(&mut self) {
        let sentence = std::mem::take(&mut self.open);
        if sentence.words >= MIN_SENTENCE_WORDS {
            self.sentences.push(sentence.fold());
        }
    }
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;
/// In place of a number or a name. No word has this hash but by chance.
const SLOT: u64 = 0x5107;

/// One step of FNV-1a (Fowler, Noll, Vo), of bytes or of whole hashes.
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(0x0000_0100_0000_01B3)
}

/// Spreads what a hash knows over all its bits (the finaliser of SplitMix64; Steele and others, 2014).
fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::index::beside::Beside;
    use crate::index::terms;

    /// The fingerprint of an article with this body.
    pub(crate) fn fingerprint(title: &str, body: &str) -> Fingerprint {
        let (mut head, mut words, mut layout) = (String::new(), String::new(), String::new());
        terms::push_words(title, &mut head);
        terms::push_with_layout(body, true, &mut words, &mut layout, &mut Beside::default());
        Fingerprint::of(&head, &words, &layout, Kind::Article)
    }

    /// The one sentence of `text`.
    fn sentence(text: &str) -> u64 {
        let long = format!("{text}\n\n{}", "again and again ".repeat(20));
        let all = fingerprint("", &long).sentences;
        let rest = fingerprint("", &format!("x y z\n\n{}", "again and again ".repeat(20))).sentences;
        *all.iter().find(|sentence| !rest.contains(sentence)).expect("a sentence of its own")
    }

    #[test]
    fn sentences_are_told_by_numbers_and_names() {
        for (one, other, same, template) in [
            ("The high will be 23 degrees.", "The high, will be: 23 degrees!", true, true),
            ("The high will be 23 degrees.", "The high will be 9 degrees.", false, true),
            ("Rain is due in Baku by noon.", "Rain is due in San Marino by noon.", false, true),
            ("Rain is due in Baku by noon.", "Snow is due in Baku by noon.", false, true),
            ("The rain is due by noon.", "The snow is due by noon.", false, false),
            ("NEW YORK CITY HALL", "LONDON TOWN HALL", false, false),
        ] {
            let (one, other) = (sentence(one), sentence(other));
            assert_eq!((digest_of(one) == digest_of(other), template_of(one) == template_of(other)), (same, template));
        }
        assert!(has_facts(sentence("it was 23 degrees")) && has_facts(sentence("so says Anna of it")));
        assert!(!has_facts(sentence("The rain is due.")));
        assert_eq!(words_of(sentence("one two three four")), 4);
    }

    #[test]
    fn stubs_are_told_by_headline_and_text() {
        let text = "word ".repeat(29);
        assert!(fingerprint("a", &text).sentences.is_empty());
        assert_ne!(fingerprint("a", &text).digest, fingerprint("b", &text).digest);
        let text = "word ".repeat(30);
        assert_eq!(fingerprint("a", &text).digest, fingerprint("b", &text).digest);
        assert_eq!(fingerprint("a", "").digest, 0);
        assert_ne!(fingerprint("", "a").digest, 0);
    }
}
