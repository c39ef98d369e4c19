//! The part of the rules that reads people's names.

use super::evidence::{lies_in, surname_like};
use super::find::Finder;
use super::lexicon::Traits;
use super::token::{Case, Gap};
use super::walk::{Match, longest};
use super::{Label, NameRule, Verdict};
use crate::annotate::gazetteer::Candidates;

/// Most words of a person's name: what is longer is two names that nothing parts.
const PERSON: usize = 5;

impl Finder<'_, '_> {
    /// A person's name at `at`: where it ends and by which rule.
    pub(super) fn person(&self, at: usize, end: usize, titled: bool) -> Option<(usize, NameRule)> {
        let first = self.token(at)?;
        let initial = first.initial(self.tokens.text) && self.token(at + 1).is_some_and(|next| next.gap == Gap::Stop);
        let no_name =
            Traits::DIRECTION.with(Traits::DEMONYM).with(Traits::FEATURE).with(Traits::AREA).with(Traits::ORG_HEAD);
        // A given name that is also a common word (`Will`, `Rose`) needs a surname behind it.
        let sure = !first.is(Traits::COMMON)
            || self.token(at + 1).is_some_and(|next| {
                let surname = next.is(Traits::SURNAME) || surname_like(self.tokens.folded(at + 1));
                surname && !next.is(Traits::COMMON)
            });
        let given = first.is(Traits::GIVEN) && first.case == Case::Title && !first.is(no_name) && sure;
        if !titled && !given && !initial {
            return None;
        }
        let mut last = at + 1;
        // The word right behind a given name is the surname even where a town bears it (`Jack London`).
        while last < end.min(at + PERSON) && self.in_person(last) && !(last > at + 1 && self.opens_place(last)) {
            last += 1;
        }
        last = self.trimmed(at, last);
        // A name does not end in an initial: `John F.` lost its surname to the end of a line.
        let letters = self.token(last - 1).is_some_and(|token| token.span.len() > 1);
        last = self.syllables(last);
        match (titled, last - at) {
            (true, 1) if first.is(Traits::COMMON) && !first.is(Traits::SURNAME.with(Traits::GIVEN)) => None,
            (true, _) if letters => Some((last, NameRule::TitleAndName)),
            (false, 2..) if letters => {
                Some((last, if initial { NameRule::InitialAndName } else { NameRule::GivenNameAndName }))
            }
            (false, 1) if given && !first.is(Traits::COMMON) => Some((last, NameRule::GivenName)),
            _ => None,
        }
    }

    /// True when unknown words from `at` on end before `next`: before a place that needs no evidence, and where they
    /// are the first word of a sentence, which may be any word, before one of the text's own country or with a case
    /// ending.
    fn ends_before(&self, at: usize, next: usize) -> bool {
        // The first word of a sentence may be any word: a place of the text's own country right behind it stands alone.
        let opening = next == at + 1 && self.tokens.list[at].gap == Gap::Sentence;
        let own = |place: &Match| place.inflected || self.setting.home.is_some_and(|home| lies_in(place, home));
        self.opens_place(next)
            || longest(self.tokens, next, self.setting)
                .is_some_and(|place| self.is_country(&place) || (opening && own(&place)))
    }

    /// The end of a name from `at` to `last` without the particles at its end.
    fn trimmed(&self, at: usize, mut last: usize) -> usize {
        while last > at + 1 && self.token(last - 1).is_some_and(|token| token.case == Case::Lower) {
            last -= 1;
        }
        last
    }

    /// The end of a name that ends at `last`, with the lower-case syllables that hyphens add: `Soo-hyuck`.
    fn syllables(&self, mut last: usize) -> usize {
        while self.token(last).is_some_and(|token| token.gap == Gap::Hyphen && token.case == Case::Lower)
            && !self.is(last, Traits::COMMON)
        {
            last += 1;
        }
        last
    }

    /// True when word `at` may go on a person's name.
    fn in_person(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let named = token.is(Traits::SURNAME.with(Traits::GIVEN));
        if token.is(Traits::CALENDAR) || (!named && self.opens_country(at)) {
            return false;
        }
        let closed = Traits::ORG_HEAD.with(Traits::ROLE).with(Traits::AREA).with(Traits::ORG);
        token.gap.joins()
            && (named || !token.is(closed.with(Traits::DEMONYM)))
            && (named || token.initial(self.tokens.text) || token.is(Traits::PARTICLE) || !token.is(Traits::COMMON))
    }

    /// True when a place that needs no evidence begins at `at`, or one that a word like `district` follows.
    fn opens_place(&self, at: usize) -> bool {
        longest(self.tokens, at, self.setting).is_some_and(|place| {
            let area = self.is(place.end, Traits::AREA) || self.is(place.end - 1, Traits::AREA);
            area || (self.is_well_known(&place) && !self.is(at, Traits::SURNAME))
        })
    }

    /// True when a country's name begins at `at`.
    fn opens_country(&self, at: usize) -> bool {
        longest(self.tokens, at, self.setting).is_some_and(|place| self.is_country(&place))
    }

    /// Words that no rule knows: people where they look it, else left for other mentions to tell.
    pub(super) fn unknown(&mut self, at: usize, end: usize) -> usize {
        let mut last = at + 1;
        while last < end.min(at + PERSON) && self.in_person(last) && !self.ends_before(at, last) {
            last += 1;
        }
        last = self.syllables(self.trimmed(at, last));
        let first = self.tokens.list[at];
        let words = last - at;
        let upper = (at..last).all(|at| self.tokens.list[at].case == Case::Upper);
        // Most certain first: what the lexicon knows of the single word, then how several words look, then the verb.
        let found = if words == 1 && first.is(Traits::ORG) {
            Verdict::new(Label::Org, 0.7, NameRule::KnownOrg)
        // A headline in capitals: every word looks like a name, so none does.
        } else if upper {
            Verdict::open(NameRule::Capitals)
        } else if words == 1 && first.is(Traits::PERSON) {
            Verdict::new(Label::Person, 0.7, NameRule::KnownSurname)
        } else if words > 1 && self.like_person(at, last) {
            Verdict::new(Label::Person, 0.6, NameRule::UnknownWords)
        } else if self.is(last, Traits::SPEECH)
            && (surname_like(self.tokens.folded(last - 1)) || first.is(Traits::SURNAME))
        {
            Verdict::new(Label::Person, 0.6, NameRule::SurnameAndVerb)
        } else {
            Verdict::open(NameRule::UnknownWord)
        };
        self.push(at, last, found, Candidates::default());
        last
    }

    /// True for unknown words that may be a person's: in English any, elsewhere those with the ending of a surname.
    fn like_person(&self, at: usize, last: usize) -> bool {
        let surname = self.is(last - 1, Traits::SURNAME) || surname_like(self.tokens.folded(last - 1));
        let opening = !self.setting.known && self.is(at, Traits::COMMON);
        !opening
            && (at..last).all(|at| !self.is(at, Traits::COMMON) || self.is(at, Traits::PARTICLE))
            && (self.setting.known || (surname && !self.setting.nouns))
    }
}
