//! What a snippet should show: the parts of a query as they are recognised in a text.

use std::collections::HashSet;

use super::forms::Stem;
use super::wildcard::Form;
use crate::date::Interval;
use crate::index::geo::Spot;

/// One part of the query that can be pointed at in a text.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) kind: TargetKind,
    /// How much a sentence gains by showing it; rare words weigh more.
    pub(crate) weight: f64,
}

/// How a part is recognised.
#[derive(Clone, Debug)]
pub(crate) enum TargetKind {
    /// A word: its folded form, its stems in languages of the index, and other spellings of the name that it is, folded.
    Word { folded: String, stems: Vec<Stem>, spellings: Vec<String>, written: Written },
    /// Folded words side by side, or what they are where they are written otherwise.
    Phrase(Vec<String>, Written),
    /// Two characters side by side, of a script without blanks between words.
    Pair(String),
    /// A word that fits a wildcard term, or nearly is another.
    Form(Form),
    /// A date inside the interval, or one that shares a day with it.
    Date { asked: Interval, overlap: bool },
    /// A place with one of these ids, or inside one of them, or without an id and of a name that holds one of these words;
    /// of this name alone where no other spelling will do.
    Place { ids: HashSet<u32>, name: String, also: Vec<String>, exact: bool },
    /// A place not farther than so many kilometres from there.
    Near { centre: Spot, km: f64 },
    /// A person whose key holds, in this order, one of each of the lists of keys of some name; in this spelling where no
    /// other will do.
    Person { name: String, keys: Vec<Vec<Vec<String>>>, exact: bool },
    /// An organisation whose name holds these words.
    Org(Vec<String>),
}

/// What a word, or a chunk of words, is where it is written with other signs, or with none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Written {
    /// Folded words: `email` for `e-mail`.
    pub(crate) words: Vec<String>,
    /// Terms of words with signs, as [`crate::text::catenations_of`] gives them.
    pub(crate) catenations: Vec<String>,
}

impl TargetKind {
    /// What it is where it is written otherwise; nothing for what is no word.
    pub(crate) fn written(&self) -> Option<&Written> {
        match self {
            TargetKind::Word { written, .. } | TargetKind::Phrase(_, written) => Some(written),
            _ => None,
        }
    }

    /// True for the word with this folded form.
    pub(crate) fn is_word(&self, other: &str) -> bool {
        matches!(self, TargetKind::Word { folded, .. } if folded == other)
    }

    /// True for what a reader of words can point at; the rest needs the mentions of the body.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, TargetKind::Word { .. } | TargetKind::Phrase(..) | TargetKind::Pair(_) | TargetKind::Form(_))
    }
}
