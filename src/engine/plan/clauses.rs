//! The clauses of a query, and what a list, a count or a page that is filled up matches.

use super::matches::Match;

/// What can be joined: a [`Match`], or the query of an engine that it was lowered to.
pub(crate) trait Join: Sized {
    /// A copy, which costs little.
    fn copy(&self) -> Self;
    /// What matches all of `must` and none of `not`; with nothing in `must`, of all that queries may find.
    fn and(must: Vec<Self>, not: Vec<Self>) -> Self;
    /// What matches one of `parts`.
    fn or(parts: Vec<Self>) -> Self;
}

impl Join for Match {
    fn copy(&self) -> Match {
        self.clone()
    }

    fn and(must: Vec<Match>, not: Vec<Match>) -> Match {
        Match::And { must, not }
    }

    fn or(parts: Vec<Match>) -> Match {
        Match::or(parts)
    }
}

/// The parts that stand side by side in a query.
#[derive(Debug)]
pub(crate) struct Clauses<M> {
    /// Must hold in every hit.
    pub(crate) required: Vec<M>,
    /// Must not hold in any hit.
    pub(crate) excluded: Vec<M>,
    /// The superseded captures, where they are not searched.
    pub(crate) superseded: Option<M>,
    /// Words side by side: all hold in a match; a partial hit lacks some.
    pub(crate) loose: Vec<Loose<M>>,
    /// What must hold where every word is to stand as it was typed; `None` where that is the match itself.
    pub(crate) typed: Option<Vec<M>>,
    /// What of it comes before all other forms; `None` where nothing does.
    pub(crate) first: Option<Vec<M>>,
    /// The two are one.
    pub(crate) typed_is_first: bool,
    /// Some filter by a name scores: articles that name the person or place are answers without any of the words.
    pub(crate) is_named: bool,
}

/// Content words up to which an article that holds all of them comes before all others. A longer question is answered
/// by what holds most of it: with five words and more in order of score alone, topics with a person gain .024 of
/// nDCG@10 and topics with a place .003; CISI and topics lose .001.
pub(super) const FULL_FIRST: usize = 4;

/// A word that a partial hit may lack.
#[derive(Debug)]
pub(crate) struct Loose<M> {
    /// As it was typed.
    pub(crate) label: String,
    pub(crate) matching: M,
}

impl<M> Clauses<M> {
    /// The same clauses, each lowered.
    pub(crate) fn map<N>(self, mut lower: impl FnMut(M) -> N) -> Clauses<N> {
        Clauses {
            required: self.required.into_iter().map(&mut lower).collect(),
            excluded: self.excluded.into_iter().map(&mut lower).collect(),
            superseded: self.superseded.map(&mut lower),
            loose: self
                .loose
                .into_iter()
                .map(|loose| Loose { label: loose.label, matching: lower(loose.matching) })
                .collect(),
            typed: self.typed.map(|parts| parts.into_iter().map(&mut lower).collect()),
            first: self.first.map(|parts| parts.into_iter().map(&mut lower).collect()),
            typed_is_first: self.typed_is_first,
            is_named: self.is_named,
        }
    }

    /// True for a query of so many words that no article need hold all of them to come first.
    pub(crate) fn is_long(&self) -> bool {
        self.loose.len() > FULL_FIRST
    }

    /// True when an article may lack a word and still hold another, or the name that is asked for.
    pub(crate) fn can_be_partial(&self) -> bool {
        // One word alone cannot be missing, unless a name is left that was asked for.
        self.loose.len() > usize::from(!self.is_named)
    }
}

impl<M: Join> Clauses<M> {
    /// The match: every word and every filter.
    pub(crate) fn all(&self) -> M {
        M::and(copies(&self.required).chain(self.loose()).collect(), self.not().collect())
    }

    /// Some word and every filter.
    pub(crate) fn any(&self) -> M {
        // Without words that may be missing the two are the same, and an empty `or` would find nothing.
        if self.loose.is_empty() {
            return self.all();
        }
        let some = M::or(self.loose().collect());
        M::and(copies(&self.required).chain([some]).collect(), self.not().collect())
    }

    /// Every filter, but not every word. Some word is held, unless a filter by a name tells already what is meant:
    /// then articles that name the person or place and lack all words fill up the list too.
    pub(crate) fn some(&self) -> M {
        let all = self.all_words();
        if self.is_named {
            let lacking = self.not().chain([all]).collect();
            return M::and(copies(&self.required).collect(), lacking);
        }
        // What holds all words is in the match already: a list must not show it twice.
        M::and(vec![self.any()], vec![all])
    }

    /// What holds all words and what may fill it up, in one.
    pub(crate) fn either(&self) -> M {
        // As in [`Clauses::some`].
        if self.is_named { M::and(copies(&self.required).collect(), self.not().collect()) } else { self.any() }
    }

    /// What tells apart, among the articles of [`Clauses::either`], those that hold all words.
    pub(crate) fn all_words(&self) -> M {
        M::and(self.loose().collect(), Vec::new())
    }

    /// What tells apart, among the articles of the match, those with every word as it was typed; `None` where all are.
    pub(crate) fn typed(&self) -> Option<M> {
        self.typed.as_ref().map(|parts| M::and(copies(parts).collect(), Vec::new()))
    }

    /// What of the match comes first, whatever it scores; `None` where nothing does.
    pub(crate) fn first(&self) -> Option<M> {
        self.first.as_ref().map(|parts| M::and(copies(parts).collect(), Vec::new()))
    }

    /// Every article that the query could find, whatever its words: without superseded captures, unless these are
    /// searched.
    pub(crate) fn everything(&self) -> M {
        M::and(Vec::new(), self.superseded.iter().map(M::copy).collect())
    }

    fn loose(&self) -> impl Iterator<Item = M> {
        self.loose.iter().map(|loose| loose.matching.copy())
    }

    fn not(&self) -> impl Iterator<Item = M> {
        self.superseded.iter().chain(&self.excluded).map(M::copy)
    }
}

fn copies<M: Join>(parts: &[M]) -> impl Iterator<Item = M> {
    parts.iter().map(M::copy)
}
