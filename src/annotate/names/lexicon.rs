//! What is known of single words as parts of names. See `data/names/README.md` for the sources.

use std::sync::OnceLock;

use fst::raw::Fst;

static LEXICON: &[u8] = include_bytes!("../../../data/names/lexicon.fst");

/// A set of traits of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u32);

/// The letters of the data files, each for one trait, in the order of the bits.
const LETTERS: &str = "GSCPODHMFRWANTVXIKQ";

impl Traits {
    /// Given name.
    pub const GIVEN: Traits = Traits(1);
    /// Surname.
    pub const SURNAME: Traits = Traits(1 << 1);
    /// Common word of some language.
    pub const COMMON: Traits = Traits(1 << 2);
    /// Alone it mostly names a person.
    pub const PERSON: Traits = Traits(1 << 3);
    /// Alone it mostly names an organisation.
    pub const ORG: Traits = Traits(1 << 4);
    /// Nationality, religion or event.
    pub const DEMONYM: Traits = Traits(1 << 5);
    /// Honorific or title before a name.
    pub const HONORIFIC: Traits = Traits(1 << 6);
    /// The honorific or given name is a man's.
    pub const MALE: Traits = Traits(1 << 7);
    /// The honorific or given name is a woman's.
    pub const FEMALE: Traits = Traits(1 << 8);
    /// Role or office.
    pub const ROLE: Traits = Traits(1 << 9);
    /// Head of the name of an organisation.
    pub const ORG_HEAD: Traits = Traits(1 << 10);
    /// Kind of administrative area.
    pub const AREA: Traits = Traits(1 << 11);
    /// Direction or part of an area.
    pub const DIRECTION: Traits = Traits(1 << 12);
    /// Particle inside a name.
    pub const PARTICLE: Traits = Traits(1 << 13);
    /// Verb of speech or of a person's doing.
    pub const SPEECH: Traits = Traits(1 << 14);
    /// Day or month.
    pub const CALENDAR: Traits = Traits(1 << 15);
    /// Preposition that stands before places.
    pub const BEFORE_PLACE: Traits = Traits(1 << 16);
    /// Kind of landscape feature or building.
    pub const FEATURE: Traits = Traits(1 << 17);
    /// Word before a role.
    pub const BEFORE_ROLE: Traits = Traits(1 << 18);

    /// The traits of a folded word; none where the word is unknown.
    pub fn of(folded: &str) -> Traits {
        static ONE: OnceLock<Option<Fst<&'static [u8]>>> = OnceLock::new();
        let lexicon = ONE.get_or_init(|| Fst::new(LEXICON).ok()).as_ref();
        let bits = lexicon.and_then(|lexicon| lexicon.get(folded.as_bytes())).map_or(0, |output| output.value());
        Traits(u32::try_from(bits).unwrap_or(0))
    }

    /// The traits that the letters of a data file stand for.
    pub fn from_letters(letters: &str) -> Option<Traits> {
        letters
            .chars()
            .try_fold(Traits::default(), |traits, letter| LETTERS.find(letter).map(|bit| Traits(traits.0 | 1 << bit)))
    }

    /// The bits of the data file.
    pub fn bits(self) -> u32 {
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
            assert!(Traits::of(word).has(traits), "{word}");
        }
        assert_eq!(Traits::of("qwertzuiop"), Traits::default());
    }

    #[test]
    fn every_letter_has_its_bit() {
        assert_eq!(Traits::from_letters("GQ"), Some(Traits::GIVEN.with(Traits::BEFORE_ROLE)));
        assert_eq!(Traits::from_letters("g"), None);
    }
}
