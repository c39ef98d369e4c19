//! Names in a text: which words belong together and what sort of thing they name.
//!
//! [`find`] is the seam at which a trained tagger can take the place of the rules: it gives spans with labels, and
//! what places and people do with them does not depend on who found them.

mod cues;
mod demote_common_words;
mod document_consistency;
mod endings;
mod evidence;
mod find;
mod lexicon;
mod ordinary;
mod person;
mod rule;
mod token;
mod vocabulary;
mod walk;

pub(crate) use cues::Cues;
pub use demote_common_words::demote_common_words;
pub use document_consistency::document_consistency;
pub(crate) use endings::Endings;
pub use find::find;
pub use lexicon::Traits;
pub(crate) use ordinary::drop_ordinary_words;
pub(crate) use rule::NameRule;
pub(crate) use token::{Case, Gap};
pub use token::{Token, Tokens};
pub(crate) use walk::longest;

use super::gazetteer::{Candidates, home_of};

/// What the language of a text says of its names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// Case endings.
    pub(crate) endings: Endings,
    /// Country for which the language speaks.
    pub home: Option<[u8; 2]>,
    /// Common nouns have capitals too, so that capitals say little.
    pub nouns: bool,
    /// The lexicon knows the common words of the language well, so that other words in capitals are names.
    pub known: bool,
    /// `M.` before a name is no initial but `Monsieur`.
    pub monsieur: bool,
    /// What stands between a name and its case ending, where something does.
    pub(crate) parted: Option<Gap>,
}

impl Setting {
    /// The setting of a text in `lang`, an ISO 639-1 code.
    pub fn for_language(lang: Option<&str>) -> Setting {
        Setting {
            endings: Endings::for_language(lang),
            home: lang.and_then(home_of),
            nouns: matches!(lang, Some("de" | "lb")),
            // A text of unknown language is most often English, and is read as the tagger reads it.
            known: matches!(lang, None | Some("en")),
            monsieur: lang == Some("fr"),
            parted: match lang {
                Some("tr") => Some(Gap::Apostrophe),
                Some("hu" | "fi") => Some(Gap::Hyphen),
                _ => None,
            },
        }
    }
}

/// True for a folded word that before a name is a title: an honorific, a role, or a word before one.
pub(crate) fn is_title(folded: &str) -> bool {
    has_title(Traits::of_word(folded), folded)
}

/// The same, where the traits of the word are known already.
pub(crate) fn has_title(traits: Traits, folded: &str) -> bool {
    let cues = Cues::embedded();
    let title = traits.has(Traits::HONORIFIC.with(Traits::ROLE).with(Traits::BEFORE_ROLE));
    // Saints keep theirs.
    let saint = cues.saints.has(folded);
    let named = traits.has(Traits::GIVEN.with(Traits::SURNAME));
    title && !saint && (!named || cues.titles_that_are_names.has(folded)) || cues.other_titles.has(folded)
}

/// A stretch of words that names something.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its first word.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    /// What it names.
    pub label: Label,
    /// From 0 to 1: how sure the rule is.
    pub(crate) confidence: f32,
    /// The rule that found it.
    pub(crate) rule: NameRule,
    /// The places that it may mean; empty for names of other things.
    pub(crate) places: Candidates,
    /// The person's sex, where an honorific says it.
    pub(crate) sex: Option<Sex>,
}

/// What a rule makes of some words.
#[derive(Clone, Copy, Debug)]
struct Verdict {
    label: Label,
    confidence: f32,
    rule: NameRule,
}

impl Verdict {
    fn new(label: Label, confidence: f32, rule: NameRule) -> Verdict {
        Verdict { label, confidence, rule }
    }

    /// Nothing is known: other mentions may tell.
    fn open(rule: NameRule) -> Verdict {
        Verdict { label: Label::Unknown, confidence: 0.0, rule }
    }
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Org,
    /// Something; other mentions in the text may tell.
    Unknown,
}

/// What an honorific says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    /// Mr, Lord, King.
    Male,
    /// Mrs, Lady, Queen.
    Female,
}

/// What an honorific or a given name says of a person's sex.
pub(crate) fn sex(traits: Traits) -> Option<Sex> {
    match (traits.has(Traits::MALE), traits.has(Traits::FEMALE)) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
