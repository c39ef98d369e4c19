//! Words and phrases of a plan.

use super::field::{Field, Term};
use super::lexicon::Lexicon;
use super::matches::Match;
use super::part::{Terms, WordTerms};
use super::planner::Planner;
use super::spellings;
use super::target::TargetKind;
use crate::query::{Scope, Word};

/// The terms of one word.
pub(super) struct OfWord {
    /// The word as it is.
    pub(super) typed: Terms,
    /// Its stems, in the fields of stems and as they are: a text may hold the stem itself.
    pub(super) stemmed: Terms,
    /// The stems that the languages of the index give it, sorted.
    pub(super) stems: Vec<String>,
}

impl<L: Lexicon> Planner<'_, L> {
    /// A word in all its forms and, where it is a name, spellings.
    pub(super) fn word(&mut self, word: &Word, scope: Option<Scope>, counts: bool) -> Result<Match, L::Error> {
        let OfWord { typed, mut stemmed, stems } = self.terms(&word.folded, scope);
        let spellings = self.spellings(word, scope, &mut stemmed)?;
        // Duplicates do no harm to a match and are rare: a word that is its own stem.
        let all = [&typed.title, &typed.body, &stemmed.title, &stemmed.body];
        let matching = Match::AnyTerm(all.into_iter().flatten().cloned().collect());
        if !counts {
            return Ok(matching);
        }
        // Nothing to tell where the stem is the word itself.
        if stems.iter().any(|stem| *stem != word.folded) {
            self.said.read(format!("{}: also its other forms, by the stems {}", word.folded, stems.join(", ")));
        }
        match self.targets.iter().position(|kind| kind.is_word(&word.folded)) {
            // A word that the query repeats counts as often.
            Some(at) => self.repeat(at),
            None => {
                let kind = TargetKind::Word { folded: word.folded.clone(), stems, spellings };
                self.score(vec![WordTerms::new(typed, stemmed)], Some(word.span.start), kind);
            }
        }
        Ok(matching)
    }

    /// Other spellings of a word that is a name, folded; their terms are added to those of other forms.
    fn spellings(&mut self, word: &Word, scope: Option<Scope>, forms: &mut Terms) -> Result<Vec<String>, L::Error> {
        if self.exact_only {
            return Ok(Vec::new());
        }
        let others = spellings::of_word(self.typed_word(word), &word.folded, self.lexicon, self.tables)?;
        for field in fields_of(scope) {
            let terms = others.iter().map(|other| field.term(&other.folded));
            if field == Field::Title { &mut forms.title } else { &mut forms.body }.extend(terms);
        }
        self.said.also(&others.iter().map(|other| other.surface.clone()).collect::<Vec<_>>());
        Ok(others.into_iter().map(|other| other.folded).collect())
    }

    /// Words side by side, in this form alone.
    pub(super) fn phrase(&mut self, words: &[Word], scope: Option<Scope>, counts: bool) -> Match {
        debug_assert!(!words.is_empty(), "a phrase has a word");
        let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
        if counts {
            let terms = folded.iter().map(|word| WordTerms::new(self.terms(word, scope).typed, Terms::default()));
            let (terms, start) = (terms.collect(), words.first().map(|first| first.span.start));
            self.score(terms, start, TargetKind::Phrase(folded.clone()));
        }
        Match::phrase(&fields_of(scope), &folded, 0)
    }

    /// The terms of a word in titles and bodies.
    pub(super) fn terms(&self, folded: &str, scope: Option<Scope>) -> OfWord {
        let mut stems: Vec<String> = self.stemmers.iter().flat_map(|stemmer| stemmer.asked(folded)).collect();
        stems.sort_unstable();
        // Most languages agree on the stem of a foreign word.
        stems.dedup();
        let stemmed = |surface: Field, stem: Field| -> Vec<Term> {
            stems.iter().flat_map(|word| [stem.term(word), surface.term(word)]).collect()
        };
        let (mut typed, mut others) = (Terms::default(), Terms::default());
        if in_title(scope) {
            typed.title.push(Field::Title.term(folded));
            others.title = stemmed(Field::Title, Field::TitleStem);
        }
        if in_body(scope) {
            typed.body.push(Field::Body.term(folded));
            others.body = stemmed(Field::Body, Field::BodyStem);
        }
        OfWord { typed, stemmed: others, stems }
    }
}

/// True where words of the title count.
pub(super) fn in_title(scope: Option<Scope>) -> bool {
    matches!(scope, None | Some(Scope::Title | Scope::Lead))
}

/// True where words of the body count.
pub(super) fn in_body(scope: Option<Scope>) -> bool {
    scope != Some(Scope::Title)
}

/// The fields that words of `scope` are looked for in, as they are.
pub(super) fn fields_of(scope: Option<Scope>) -> Vec<Field> {
    let title = in_title(scope).then_some(Field::Title);
    title.into_iter().chain(in_body(scope).then_some(Field::Body)).collect()
}
