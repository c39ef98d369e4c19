//! What is known of single words as parts of names. See `data/names/README.md` for the sources.
//!
//! The file is a hash table that is used where it lies: 2^n slots of [`SLOT`] bytes, in each the upper half of a word's
//! hash (zero: free) and its traits, little-endian. A word lies in the first free slot from the one that the lower half
//! names. A word that is not in the file is taken for one that is once in some thousand million times.

use crate::text::hash::hash_word;

static LEXICON: &[u8] = include_bytes!("../../../data/names/lexicon.bin");

/// Bytes of a slot.
const SLOT: usize = 8;
/// No word lies farther from the slot that its hash names; `encode` refuses a lexicon in which one would.
const FARTHEST: usize = 128;

/// A set of traits of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u32);

/// The letters of the data files, each for one trait, in the order of the bits.
const LETTERS: &str = "GSCPODHMFRWANTVXIKQ";

impl Traits {
    /// Given name.
    pub(crate) const GIVEN: Traits = Traits(1);
    /// Surname.
    pub(crate) const SURNAME: Traits = Traits(1 << 1);
    /// Common word of some language.
    pub const COMMON: Traits = Traits(1 << 2);
    /// Alone it mostly names a person.
    pub(crate) const PERSON: Traits = Traits(1 << 3);
    /// Alone it mostly names an organisation.
    pub(crate) const ORG: Traits = Traits(1 << 4);
    /// Nationality, religion or event.
    pub(crate) const DEMONYM: Traits = Traits(1 << 5);
    /// Honorific or title before a name.
    pub(crate) const HONORIFIC: Traits = Traits(1 << 6);
    /// The honorific or given name is a man's.
    pub(crate) const MALE: Traits = Traits(1 << 7);
    /// The honorific or given name is a woman's.
    pub(crate) const FEMALE: Traits = Traits(1 << 8);
    /// Role or office.
    pub(crate) const ROLE: Traits = Traits(1 << 9);
    /// Head of the name of an organisation.
    pub(crate) const ORG_HEAD: Traits = Traits(1 << 10);
    /// PlaceKind of administrative area.
    pub(crate) const AREA: Traits = Traits(1 << 11);
    /// Direction or part of an area.
    pub const DIRECTION: Traits = Traits(1 << 12);
    /// Particle inside a name.
    pub(crate) const PARTICLE: Traits = Traits(1 << 13);
    /// Verb of speech or of a person's doing.
    pub(crate) const SPEECH: Traits = Traits(1 << 14);
    /// Day or month.
    pub(crate) const CALENDAR: Traits = Traits(1 << 15);
    /// Preposition that stands before places.
    pub(crate) const BEFORE_PLACE: Traits = Traits(1 << 16);
    /// PlaceKind of landscape feature or building.
    pub(crate) const FEATURE: Traits = Traits(1 << 17);
    /// Word before a role.
    pub(crate) const BEFORE_ROLE: Traits = Traits(1 << 18);

    /// The traits of a folded word; none where the word is unknown.
    pub fn of_word(folded: &str) -> Traits {
        Traits::of_hash(hash_word(folded.as_bytes()))
    }

    /// The traits of the folded word whose [`hash_word`] this is.
    pub(super) fn of_hash(hash: u64) -> Traits {
        let slots = LEXICON.as_chunks().0;
        let (home, mark) = place(hash, slots.len());
        // A free slot ends the search, so a word that is not there costs hardly more than one that is.
        let mut near = (home..home + FARTHEST).filter_map(|at| slots.get(at & slots.len().wrapping_sub(1)));
        let found = near.find(|slot| [0, mark].contains(&mark_of(slot))).filter(|slot| mark_of(slot) == mark);
        found.map_or_else(Traits::default, |[.., a, b, c, d]| Traits(u32::from_le_bytes([*a, *b, *c, *d])))
    }

    /// The file that holds `lexicon`; `None` where two of its words cannot be told apart, or one finds no room.
    pub fn encode(lexicon: &[(String, Traits)]) -> Option<Vec<u8>> {
        // At most two of three slots are taken: chains stay short enough for FARTHEST.
        let count = (lexicon.len() * 3 / 2).next_power_of_two();
        let mut slots = vec![[0; SLOT]; count];
        for (word, traits) in lexicon {
            let (home, mark) = place(hash_word(word.as_bytes()), count);
            let mut near = (home..home + FARTHEST).map(|at| at & (count - 1));
            // The same mark in reach of the same slot: two words that cannot be told apart. The build stops rather than
            // give one the traits of the other.
            let at = near.find(|at| [0, mark].contains(&mark_of(&slots[*at])))?;
            if mark_of(&slots[at]) == mark {
                return None;
            }
            let slot = &mut slots[at];
            slot[..4].copy_from_slice(&mark.to_le_bytes());
            slot[4..].copy_from_slice(&traits.0.to_le_bytes());
        }
        Some(slots.as_flattened().to_vec())
    }

    /// The traits that the letters of a data file stand for.
    pub fn from_letters(letters: &str) -> Option<Traits> {
        letters
            .chars()
            .try_fold(Traits::default(), |traits, letter| LETTERS.find(letter).map(|bit| Traits(traits.0 | 1 << bit)))
    }

    /// The bits of the data file.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    /// Both sets.
    #[must_use]
    pub const fn with(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }

    /// True when the word has at least one of `any`.
    pub const fn has(self, any: Traits) -> bool {
        self.0 & any.0 != 0
    }
}

/// The mark of the word in a slot.
fn mark_of([a, b, c, d, ..]: &[u8; SLOT]) -> u32 {
    u32::from_le_bytes([*a, *b, *c, *d])
}

/// The slot that a hash names, of `count`, and the mark by which it is told from others there.
fn place(hash: u64, count: usize) -> (usize, u32) {
    // Zero is the mark of a free slot.
    (hash as usize & count.wrapping_sub(1), ((hash >> 32) as u32).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_traits() {
        for (word, traits) in [
            ("ilham", Traits::GIVEN),
            ("smith", Traits::SURNAME),
            ("the", Traits::COMMON),
            ("nato", Traits::ORG),
            ("israeli", Traits::DEMONYM),
            ("mrs", Traits::FEMALE),
            ("prezident", Traits::HONORIFIC),
            ("spokesman", Traits::ROLE),
            ("universiteti", Traits::ORG_HEAD),
            ("rayonu", Traits::AREA),
            ("south", Traits::DIRECTION),
            ("bin", Traits::PARTICLE),
            ("river", Traits::FEATURE),
            ("prime", Traits::BEFORE_ROLE),
        ] {
            assert!(Traits::of_word(word).has(traits), "{word}");
        }
        assert_eq!(Traits::of_word("qwertzuiop"), Traits::default());
    }

    #[test]
    fn every_letter_has_its_bit() {
        assert_eq!(Traits::from_letters("GQ"), Some(Traits::GIVEN.with(Traits::BEFORE_ROLE)));
        assert_eq!(Traits::from_letters("g"), None);
    }

    /// The names of the traits that the tables below use.
    fn traits_of(word: &str) -> String {
        let names = [
            ("given", Traits::GIVEN),
            ("surname", Traits::SURNAME),
            ("common", Traits::COMMON),
            ("person", Traits::PERSON),
            ("org", Traits::ORG),
            ("demonym", Traits::DEMONYM),
            ("honorific", Traits::HONORIFIC),
            ("male", Traits::MALE),
            ("female", Traits::FEMALE),
            ("role", Traits::ROLE),
            ("head", Traits::ORG_HEAD),
            ("area", Traits::AREA),
            ("direction", Traits::DIRECTION),
            ("particle", Traits::PARTICLE),
            ("speech", Traits::SPEECH),
            ("calendar", Traits::CALENDAR),
            ("preposition", Traits::BEFORE_PLACE),
            ("feature", Traits::FEATURE),
            ("before-role", Traits::BEFORE_ROLE),
        ];
        let traits = Traits::of_word(word);
        names.iter().filter(|(_, one)| traits.has(*one)).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_lexicon_knows_what_words_are() {
        crate::text::tests::table(
            "maria ==> given female
             ilham ==> given
             garcia ==> surname person
             ivanov ==> surname person
             иванов ==> surname
             анна ==> given
             paris ==> given surname
             moscow ==>
             will ==> given surname common male
             rose ==> given surname common female
             may ==> given surname common female calendar
             river ==> given common feature
             lake ==> surname common feature
             university ==> common head
             ministry ==> common head
             bank ==> common head
             school ==> common head
             president ==> common honorific
             президент ==> honorific
             министр ==> honorific
             mr ==> common honorific male
             mrs ==> common honorific female
             frau ==> honorific female
             says ==> common speech
             told ==> common speech
             sagte ==> common speech
             сказал ==> common speech
             in ==> common preposition
             near ==> surname common preposition
             district ==> common area
             rayonu ==> area
             район ==> area
             province ==> common area
             monday ==> surname calendar
             israeli ==> demonym
             nato ==> common org
             the ==> common
             of ==> common
             bin ==> given common particle
             chairman ==> common role
             spokesman ==> common role
             striker ==> common role
             former ==> common before-role
             deputy ==> common before-role
             prime ==> common before-role
             southern ==> surname common direction
             qwertzuiop ==>",
            traits_of,
        );
    }

    #[test]
    fn a_lexicon_is_read_as_it_was_written() {
        let words: Vec<(String, Traits)> = (0..500)
            .map(|at| (format!("word{at}"), Traits::from_letters(["G", "SC", "H", "Q"][at % 4]).expect("letters")))
            .collect();
        let file = Traits::encode(&words).expect("room for all");
        assert!((file.len() / SLOT).is_power_of_two());
        let twice = vec![words[0].clone(), words[0].clone()];
        assert!(Traits::encode(&twice).is_none(), "one word twice cannot be told apart");
    }
}
