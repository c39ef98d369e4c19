//! Which articles match, as a tree that no engine's types are in.

use std::sync::Arc;

use super::field::{Field, Term};
use super::wildcard::FormWords;
use crate::date::Interval;
use crate::index::geo::Spot;
use crate::query::Reach;

/// Which articles match. An engine lowers it to queries of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Match {
    /// No article.
    Nothing,
    /// Those that hold one of these terms.
    AnyTerm(Vec<Term>),
    /// Those with one of these numbers in the field.
    AnyNumber(Field, Vec<u64>),
    /// Those that match all of `must` and none of `not`; with nothing in `must`, of all that queries may find.
    And { must: Vec<Match>, not: Vec<Match> },
    /// Those that match one of two or more.
    Or(Vec<Match>),
    /// Those that hold two or more words side by side in the field, with up to `slop` other words between them.
    Phrase { field: Field, words: Vec<String>, slop: u32 },
    /// Those in which something is found in a region so many times at least.
    Placed { place: Placement<Term>, region: Region, times: u32 },
    /// Those that hold a word for which a wildcard or fuzzy term stands in one of the fields.
    Forms(Arc<FormWords>, Vec<Field>),
    /// Those with a date inside the interval, or, with `overlap`, one that shares a day with it.
    Days { of: DateColumn, asked: Interval, overlap: bool },
    /// Those that have any such date.
    Dated(DateColumn),
    /// Those whose body has so many words, both ends included.
    Length { min: u64, max: u64 },
    /// Those that name a place not farther than so many kilometres from the centre.
    Near { centre: Spot, km: f64 },
    /// Captures that a newer capture of the same article supersedes.
    Superseded,
}

/// The dates of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateColumn {
    Published,
    Captured,
    /// Of captures that have other words than the one before them: no column, but found among all captures.
    Changed,
    /// Those that the body mentions.
    Mentioned,
}

/// Something with a place in the text, over terms of whatever type an engine has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Placement<T> {
    /// Words side by side.
    Sequence(Vec<Slot<T>>),
    /// One of several.
    Any(Vec<Placement<T>>),
    /// Each close to one before it.
    Near(Reach, Vec<Placement<T>>),
}

/// One word of a sequence: any of its terms.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slot<T> {
    pub(crate) title: Vec<T>,
    pub(crate) body: Vec<T>,
    /// The layout terms ([`crate::index::terms`]) of which the word has to have one; none for any word.
    pub(crate) capitals: Vec<&'static str>,
}

/// How much of a text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    /// All of it.
    Whole,
    /// The title and so many paragraphs of the body.
    Paragraphs(usize),
    /// So many words of the body.
    Words(u32),
}

impl<T> Placement<T> {
    /// The same over terms of another type.
    pub(crate) fn map<U>(self, lower: &impl Fn(T) -> U) -> Placement<U> {
        let all = |parts: Vec<Placement<T>>| parts.into_iter().map(|part| part.map(lower)).collect();
        match self {
            Placement::Sequence(slots) => Placement::Sequence(slots.into_iter().map(|slot| slot.map(lower)).collect()),
            Placement::Any(parts) => Placement::Any(all(parts)),
            Placement::Near(reach, parts) => Placement::Near(reach, all(parts)),
        }
    }
}

impl<T> Slot<T> {
    fn map<U>(self, lower: &impl Fn(T) -> U) -> Slot<U> {
        let all = |terms: Vec<T>| terms.into_iter().map(lower).collect();
        Slot { title: all(self.title), body: all(self.body), capitals: self.capitals }
    }
}

impl Match {
    pub(crate) fn term(term: Term) -> Match {
        Match::AnyTerm(vec![term])
    }

    /// `words` side by side, with up to `slop` words between them, in one of `fields`. One word is a term.
    pub(crate) fn phrase(fields: &[Field], words: &[String], slop: u32) -> Match {
        let in_field = |field: &Field| match words {
            [] => Match::Nothing,
            // A phrase of one word needs no positions.
            [word] => Match::term(field.term(word)),
            _ => Match::Phrase { field: *field, words: words.to_vec(), slop },
        };
        Match::or(fields.iter().map(in_field).collect())
    }

    /// Those that match one of `parts`.
    pub(crate) fn or(mut parts: Vec<Match>) -> Match {
        match parts.len() {
            0 => Match::Nothing,
            1 => parts.remove(0),
            _ => Match::Or(parts),
        }
    }

    /// Those that do not match.
    pub(crate) fn none_of(part: Match) -> Match {
        Match::And { must: Vec::new(), not: vec![part] }
    }
}
