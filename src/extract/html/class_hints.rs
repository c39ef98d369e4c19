//! What class names and ids say of an element.
//!
//! Names are cut into words at punctuation and at capitals (`relatedPosts`, `related-posts`), and each word is
//! looked up; only long stems are looked for inside a word, as short ones occur by chance (`ad` in `header`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::tables::CLASS_NAMES;
use crate::text::word_lists::{Phrase, WordLists};

/// A set of hints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints(pub(crate) u32);

impl Hints {
    pub(crate) const NONE: Hints = Hints(0);
    /// Readers' comments.
    pub(crate) const COMMENT: Hints = Hints(1);
    /// Other stories.
    pub(crate) const RELATED: Hints = Hints(1 << 1);
    /// Share and follow buttons.
    pub(crate) const SHARE: Hints = Hints(1 << 2);
    /// Newsletter, subscription, donation and other calls.
    pub(crate) const CALL: Hints = Hints(1 << 3);
    /// Side column or widget.
    pub(crate) const SIDE: Hints = Hints(1 << 4);
    /// Foot of the page.
    pub(super) const FOOT: Hints = Hints(1 << 5);
    /// Menus and bread crumbs.
    pub(crate) const NAV: Hints = Hints(1 << 6);
    /// Advertisements.
    pub(crate) const AD: Hints = Hints(1 << 7);
    /// Captions, credits and galleries.
    pub(crate) const CAPTION: Hints = Hints(1 << 8);
    /// Who wrote it.
    pub(crate) const BYLINE: Hints = Hints(1 << 9);
    /// A portrait of the author.
    pub(crate) const BIO: Hints = Hints(1 << 10);
    /// Key words and topics.
    pub(crate) const TAGS: Hints = Hints(1 << 11);
    /// Cookie and consent boxes, dialogs.
    pub(crate) const DIALOG: Hints = Hints(1 << 12);
    /// Not shown.
    pub(super) const HIDDEN: Hints = Hints(1 << 13);
    /// Date and other data of the article.
    pub(crate) const DATE: Hints = Hints(1 << 14);
    /// A teaser of another story.
    pub(crate) const TEASER: Hints = Hints(1 << 15);
    /// The body of an article.
    pub(crate) const BODY: Hints = Hints(1 << 16);
    /// An article or something like it.
    pub(crate) const STORY: Hints = Hints(1 << 17);
    /// The standfirst.
    pub(crate) const LEAD: Hints = Hints(1 << 18);
    /// The headline.
    pub(crate) const TITLE: Hints = Hints(1 << 19);
    /// Table of contents.
    pub(crate) const CONTENTS: Hints = Hints(1 << 20);
    /// A dated entry of a running report.
    pub(crate) const LIVE: Hints = Hints(1 << 21);
    /// Material from another site.
    const EMBED: Hints = Hints(1 << 22);

    /// Names of the hints, by bit.
    pub(crate) const NAMES: [&str; 23] = [
        "comment", "related", "share", "call", "side", "foot", "nav", "ad", "caption", "byline", "bio", "tags",
        "dialog", "hidden", "date", "teaser", "body", "story", "lead", "title", "contents", "live", "embed",
    ];

    /// Foreign things that may be long.
    pub(crate) const LARGE: Hints = Hints(
        Self::COMMENT.0 | Self::RELATED.0 | Self::SIDE.0 | Self::FOOT.0 | Self::NAV.0 | Self::HIDDEN.0 | Self::BIO.0,
    );
    /// Foreign things of some lines.
    pub(crate) const MEDIUM: Hints =
        Hints(Self::CALL.0 | Self::AD.0 | Self::DIALOG.0 | Self::CONTENTS.0 | Self::EMBED.0 | Self::SHARE.0);
    /// Foreign things of a line or two.
    pub(crate) const SMALL: Hints =
        Hints(Self::CAPTION.0 | Self::BYLINE.0 | Self::TAGS.0 | Self::DATE.0 | Self::TEASER.0);

    pub(crate) fn has(self, other: Hints) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn only(self, other: Hints) -> Hints {
        Hints(self.0 & other.0)
    }

    pub(crate) fn with(self, other: Hints) -> Hints {
        Hints(self.0 | other.0)
    }
}

/// Reads class names, each distinct one once.
#[derive(Debug, Default)]
pub(crate) struct HintReader {
    seen: HashMap<Box<str>, Hints, BuildHasherDefault<Quick>>,
    words: NameWords,
}

/// A quick hash, eight bytes at a time; a page that makes names collide is bounded by [`MOST_NAMES`].
#[derive(Debug, Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (pieces, rest) = bytes.as_chunks::<8>();
        let mut add = |word: u64| self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        pieces.iter().for_each(|piece| add(u64::from_le_bytes(*piece)));
        if !rest.is_empty() {
            // Byte by byte: to copy a few bytes takes a call.
            add(rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// The quick hash of a name.
pub(crate) fn hash(name: &str) -> u32 {
    let mut hasher = Quick::default();
    hasher.write(name.as_bytes());
    hasher.finish() as u32
}

/// Most distinct names that are remembered; pages have some hundreds, and most of them in common with others of the site.
const MOST_NAMES: usize = 10_000;
/// Names longer than this are generated and say nothing.
const LONGEST_NAME: usize = 400;

impl HintReader {
    /// Forgets the names of earlier pages where they leave too little room.
    pub(super) fn make_room(&mut self) {
        if self.seen.len() > MOST_NAMES / 2 {
            self.seen.clear();
        }
    }

    /// What `names`, the value of a class or id attribute, says.
    pub(crate) fn read(&mut self, names: &str) -> Hints {
        if names.is_empty() || names.len() > LONGEST_NAME {
            return Hints::NONE;
        }
        if let Some(&hints) = self.seen.get(names) {
            return hints;
        }
        let mut hints = Hints::NONE;
        for name in names.split_ascii_whitespace() {
            self.words.read(name);
            hints = hints.with(self.words.hints());
        }
        // Once the table is full, further class names are parsed each time they come: slower, with the same result, and a page
        // with a million class names takes no more memory.
        if self.seen.len() < MOST_NAMES {
            self.seen.insert(names.into(), hints);
        }
        hints
    }
}

/// The words of a name, in lower case.
#[derive(Debug, Default)]
struct NameWords {
    text: String,
    /// Where each word begins and ends.
    cuts: Vec<(usize, usize)>,
}

impl NameWords {
    fn read(&mut self, name: &str) {
        self.text.clear();
        self.cuts.clear();
        let (mut start, mut after_lower) = (0, false);
        for c in name.chars() {
            let breaks = !c.is_alphanumeric() || (c.is_uppercase() && after_lower);
            if breaks {
                self.cut(start);
                start = self.text.len();
            }
            after_lower = c.is_lowercase();
            if c.is_ascii_alphanumeric() {
                self.text.push(c.to_ascii_lowercase());
            } else if c.is_alphanumeric() {
                self.text.extend(c.to_lowercase());
            }
        }
        self.cut(start);
    }

    /// Ends the word that began at `start`.
    fn cut(&mut self, start: usize) {
        if start < self.text.len() {
            // `article2`, `col3`; a number in front belongs to generated names.
            let word = self.text[start..].trim_end_matches(|c: char| c.is_ascii_digit());
            self.cuts.push((start, start + word.len()));
        }
    }

    /// The word at `at`; empty beyond the ends.
    fn get(&self, at: usize) -> &str {
        self.cuts.get(at).map_or("", |(start, end)| &self.text[*start..*end])
    }

    /// Hints of the name.
    fn hints(&self) -> Hints {
        let mut hints = Hints::NONE;
        for at in 0..self.cuts.len() {
            let (previous, word, next) = (self.get(at.wrapping_sub(1)), self.get(at), self.get(at + 1));
            hints = hints.with(of_word(previous, word, next));
            // `article-body`, `entry_content`, `storyText`: the two words together.
            if words().body.contains(next) && words().story.contains(word) {
                hints = hints.with(Hints::BODY);
            }
        }
        hints
    }
}

/// The words of `data/extract/class_names.txt`.
struct ClassWords {
    /// Words that say the same whatever stands beside them, but for those of bylines.
    hints: FxHashMap<Phrase, Hints>,
    story: FxHashSet<Phrase>,
    body: FxHashSet<Phrase>,
    about: FxHashSet<Phrase>,
    /// Parts of compound words, by their first letter.
    stems: [Vec<(Phrase, Hints)>; LETTERS],
}

/// Letters of the alphabet.
const LETTERS: usize = 26;

/// The place of a letter from a to z in the alphabet.
fn letter(byte: u8) -> Option<usize> {
    byte.checked_sub(b'a').map(usize::from).filter(|at| *at < LETTERS)
}

fn words() -> &'static ClassWords {
    static WORDS: OnceLock<ClassWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = WordLists::parse(CLASS_NAMES);
        let bit = |at: usize| Hints(1 << at);
        let mut hints: FxHashMap<Phrase, Hints> =
            table.phrases("none").into_iter().map(|word| (word, Hints::NONE)).collect();
        let mut stems: [Vec<(Phrase, Hints)>; LETTERS] = Default::default();
        for (at, name) in Hints::NAMES.iter().enumerate().filter(|(_, name)| !UNNAMED.contains(name)) {
            hints.extend(table.phrases(name).into_iter().map(|word| (word, bit(at))));
        }
        for (at, name) in Hints::NAMES.iter().enumerate().filter(|(_, name)| STEMMED.contains(name)) {
            for stem in table.phrases(&format!("stem: {name}")) {
                let list = stem.bytes().next().and_then(letter).and_then(|letter| stems.get_mut(letter));
                debug_assert!(list.is_some(), "a stem begins with a letter from a to z");
                list.into_iter().for_each(|list| list.push((stem.clone(), bit(at))));
            }
        }
        let (story, body, about) =
            (table.phrase_set("story word"), table.phrase_set("body word"), table.phrase_set("about an author"));
        ClassWords { hints, story, body, about, stems }
    })
}

/// Hints that no single word gives.
const UNNAMED: [&str; 2] = ["hidden", "embed"];
/// Hints whose words are looked for inside longer ones.
const STEMMED: [&str; 11] =
    ["comment", "related", "share", "call", "side", "foot", "nav", "ad", "caption", "byline", "body"];

fn of_word(previous: &str, word: &str, next: &str) -> Hints {
    if let Some(&hints) = words().hints.get(word) {
        let about = || previous == "about" || words().about.contains(next);
        // `author-bio` is a portrait, but `author` alone is as often the line with the name.
        return if hints == Hints::BYLINE && about() { hints.with(Hints::BIO) } else { hints };
    }
    match word {
        "most" if matches!(next, "read" | "popular" | "viewed" | "recent") => Hints::RELATED,
        "more" if matches!(next, "from" | "on" | "stories" | "news" | "articles" | "posts" | "links" | "in") => {
            Hints::RELATED
        }
        "read" if matches!(next, "more" | "next" | "also") && previous != "time" => Hints::RELATED,
        "also" if matches!(next, "read" | "like") => Hints::RELATED,
        "see" if next == "also" => Hints::RELATED,
        "next" | "prev" | "previous" if matches!(next, "post" | "article" | "story" | "posts" | "up") => Hints::RELATED,
        "sign" if next == "up" => Hints::CALL,
        "side" if matches!(next, "bar" | "column" | "col") => Hints::SIDE,
        "hidden" | "hide" | "invisible" | "noprint" if previous.is_empty() && next.is_empty() => Hints::HIDDEN,
        "visually" if next == "hidden" => Hints::HIDDEN,
        "sr" if next == "only" => Hints::HIDDEN,
        "screen" if next == "reader" => Hints::HIDDEN,
        "print" if next == "only" => Hints::HIDDEN,
        "time" if previous != "full" && next != "line" => Hints::DATE,
        "contents" if previous == "of" => Hints::CONTENTS,
        "live" if matches!(next, "blog" | "post" | "entry" | "update" | "updates") => Hints::LIVE,
        "twitter" | "instagram" if matches!(next, "tweet" | "media") => Hints::EMBED,
        // Compounds of two words have ten letters and more; shorter words hold stems by chance.
        _ if word.len() >= 10 => of_stem(word),
        _ => Hints::NONE,
    }
}

/// Hints of a compound such as `relatedarticles`.
fn of_stem(word: &str) -> Hints {
    let stems = &words().stems;
    let mut hints = Hints::NONE;
    for (at, first) in word.bytes().enumerate() {
        let here = letter(first).and_then(|letter| stems.get(letter)).into_iter().flatten();
        let found = here.filter(|(stem, _)| word.as_bytes()[at..].starts_with(stem.as_bytes()));
        hints = found.fold(hints, |all, (_, hint)| all.with(*hint));
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_an_element_is() {
        for (name, hints) in [
            ("relatedPosts", Hints::RELATED),
            ("c-article-body", Hints::BODY),
            ("header", Hints::NONE),
            ("post-author-bio", Hints::BYLINE.with(Hints::BIO)),
            ("ad", Hints::AD),
            ("shadow", Hints::NONE),
            ("most_read", Hints::RELATED),
        ] {
            let known = Hints::LARGE.with(Hints::MEDIUM).with(Hints::SMALL).with(Hints::BODY);
            let found = HintReader::default().read(name).0 & known.0;
            assert_eq!(Hints(found), hints, "{name}");
        }
    }

    #[track_caller]
    fn check(names: &str, expected: &str) {
        let found = HintReader::default().read(names);
        let named = Hints::NAMES.iter().enumerate().filter(|(bit, _)| found.0 & (1 << bit) != 0);
        assert_eq!(named.map(|(_, name)| *name).collect::<Vec<_>>().join(" "), expected, "{names}");
    }

    #[test]
    fn words_are_read_with_their_neighbours() {
        check("most-read", "related");
        check("almost-read", "");
        check("read-more", "related");
        // A reading time is no link to other stories.
        check("time-read-more", "date");
        check("sign-up", "call");
        check("visually-hidden", "hidden");
        check("hidden", "hidden");
        check("hidden-xs", "");
        check("full-time", "");
        check("timeline time-line", "");
        check("about-author", "byline bio");
        check("author", "byline");
        check("live-blog", "live");
        check("storyText", "body story");
        check("post-123", "story");
        check("col3 article2", "story");
    }

    #[test]
    fn long_stems_are_found_inside_words() {
        check("relatedarticles", "related");
        check("newslettersignup", "call");
        check("stickysidebarbox", "side");
        // Short words occur by chance.
        check("shadow header badge", "");
        check("subscriber", "");
    }

    #[test]
    fn names_of_other_languages_and_of_no_language() {
        check("noticias-relacionadas", "related");
        check("kommentare", "comment");
        check("Überschrift", "");
        check("", "");
        check(&"x".repeat(LONGEST_NAME + 1), "");
    }

    #[test]
    fn what_was_learned_is_forgotten_in_time_and_changes_nothing() {
        let mut reader = HintReader::default();
        for at in 0..MOST_NAMES + 10 {
            assert!(reader.read(&format!("sidebar x{at}")).has(Hints::SIDE));
        }
        assert!(reader.seen.len() <= MOST_NAMES);
        reader.make_room();
        assert!(reader.seen.is_empty());
        assert!(reader.read("sidebar x1").has(Hints::SIDE));
    }
}
