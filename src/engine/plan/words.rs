//! Words and phrases of a plan.

use std::collections::BTreeMap;

use super::field::{Field, in_body, in_title};
use super::forms::{Known, Stem};
use super::lexicon::Lexicon;
use super::matches::Match;
use super::part::{Terms, WordTerms};
use super::peoples::called_after;
use super::planner::Planner;
use super::spellings;
use super::target::{TargetKind, Written};
use crate::index::forms::name_found_under;
use crate::lang::Stemmer;
use crate::query::{Scope, Word};

impl<L: Lexicon> Planner<'_, L> {
    /// A word in all its forms and, where it is a name, spellings.
    pub(super) fn word(&mut self, word: &Word, scope: Option<Scope>, counts: bool) -> Result<Match, L::Error> {
        if let Some(written) = &word.written {
            return self.written_word(word, written, scope, counts);
        }
        let typed = typed(&word.folded, scope);
        let inclusive = self.forms(&word.folded, scope);
        let (mut others, spellings) = self.spellings(word, scope)?;
        let (signed, written) = self.with_signs(word, scope);
        others.title.extend(signed.title);
        others.body.extend(signed.body);
        let all = [&typed.title, &typed.body, &inclusive.title, &inclusive.body, &others.title, &others.body];
        let matching = Match::AnyTerm(all.into_iter().flatten().cloned().collect());
        if counts {
            self.add_called_after(&word.folded, scope, &mut others);
            self.count_word(word, WordTerms { typed, others, inclusive }, spellings, written);
        }
        Ok(matching)
    }

    /// Adds what is called after the country that a word names to the terms that score beside it.
    fn add_called_after(&self, folded: &str, scope: Option<Scope>, others: &mut Terms) {
        if self.exact_only || !self.is_name(folded) {
            return;
        }
        // `Argentine` has the stem of `Argentina` in English, and would count twice.
        let has_stem = |word: &str, stem: &Stem| {
            Stemmer::of(stem.lang).is_some_and(|stemmer| {
                name_found_under(stem.lang, stemmer, word).split('\t').any(|found| found == stem.stem)
            })
        };
        for word in called_after(folded).filter(|word| !self.stems(folded).iter().any(|stem| has_stem(word, stem))) {
            let terms = typed(word, scope);
            others.title.extend(terms.title);
            others.body.extend(terms.body);
        }
    }

    /// Lets a word score and be shown in snippets.
    fn count_word(&mut self, word: &Word, terms: WordTerms, spellings: Vec<String>, written: Written) {
        let stems = self.stems(&word.folded).to_vec();
        self.say_forms(&word.folded, &stems);
        match self.targets.iter().position(|kind| kind.is_word(&word.folded)) {
            // A word that the query repeats counts as often.
            Some(at) => self.repeat(at),
            None => {
                let kind = TargetKind::Word { folded: word.folded.clone(), stems, spellings, written };
                self.score(vec![terms], Some(word.span.start), kind);
            }
        }
    }

    /// Says by which stems other forms of a word are found, and in which languages.
    fn say_forms(&mut self, folded: &str, stems: &[Stem]) {
        let mut langs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        // Nothing to tell where the stem is the word itself.
        for stem in stems.iter().filter(|stem| stem.stem != folded) {
            let langs = langs.entry(&stem.stem).or_default();
            // A stem of names and one of words may be the same.
            if langs.last() != Some(&stem.lang) {
                langs.push(stem.lang);
            }
        }
        if langs.is_empty() {
            return;
        }
        let name = if self.is_name(folded) { " as a name" } else { "" };
        let by: Vec<String> = langs.iter().map(|(stem, langs)| format!("{stem} ({})", langs.join(" "))).collect();
        self.said.read(format!("{folded}: also its other forms{name}, by the stems {}", by.join(", ")));
    }

    /// The terms of other spellings of a word that is a name, and these spellings, folded.
    fn spellings(&mut self, word: &Word, scope: Option<Scope>) -> Result<(Terms, Vec<String>), L::Error> {
        let mut terms = Terms::default();
        if self.exact_only {
            return Ok((terms, Vec::new()));
        }
        let others = spellings::of_word(self.typed_word(word), &word.folded, self.lexicon, self.tables)?;
        for field in fields_of(scope) {
            let found = others.iter().map(|other| field.term(&other.folded));
            if field == Field::Title { &mut terms.title } else { &mut terms.body }.extend(found);
        }
        self.said.also(&others.iter().map(|other| other.surface.clone()).collect::<Vec<_>>());
        Ok((terms, others.into_iter().map(|other| other.folded).collect()))
    }

    /// Words side by side, in this form alone.
    pub(super) fn phrase(&mut self, words: &[Word], scope: Option<Scope>, counts: bool) -> Match {
        self.phrase_or(words, Terms::default(), Written::default(), scope, counts)
    }

    /// The same, where the terms `instead` count as another form of all of them, which is recognised as `written`.
    pub(super) fn phrase_or(
        &mut self,
        words: &[Word],
        instead: Terms,
        written: Written,
        scope: Option<Scope>,
        counts: bool,
    ) -> Match {
        debug_assert!(!words.is_empty(), "a phrase has a word");
        let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
        if counts {
            let terms = folded.iter().map(|word| WordTerms::exact(typed(word, scope)));
            let (terms, start) = (terms.collect(), words.first().map(|first| first.span.start));
            self.score_or(terms, instead, start, TargetKind::Phrase(folded.clone(), written));
        }
        Match::phrase(&fields_of(scope), &folded, 0)
    }

    /// The stems by which other forms of a word are found.
    fn stems(&self, folded: &str) -> &[Stem] {
        self.known.get(folded).map_or(&[], |known| &known.stems)
    }

    /// True for a word that the archive prints as a name.
    pub(super) fn is_name(&self, folded: &str) -> bool {
        self.known.get(folded).is_some_and(Known::is_name)
    }

    /// The terms under which the forms of a word meet, the typed one among them.
    pub(super) fn forms(&self, folded: &str, scope: Option<Scope>) -> Terms {
        let terms = |field: Field| self.stems(folded).iter().map(|stem| field.term(&stem.term())).collect();
        Terms {
            title: if in_title(scope) { terms(Field::TitleStem) } else { Vec::new() },
            body: if in_body(scope) { terms(Field::BodyStem) } else { Vec::new() },
        }
    }
}

/// The terms of a word as it is.
pub(super) fn typed(folded: &str, scope: Option<Scope>) -> Terms {
    let (title, body) =
        fields_of(scope).into_iter().map(|field| field.term(folded)).partition(|term| term.field == Field::Title);
    Terms { title, body }
}

/// The fields that words of `scope` are looked for in, as they are.
pub(super) fn fields_of(scope: Option<Scope>) -> Vec<Field> {
    let title = in_title(scope).then_some(Field::Title);
    title.into_iter().chain(in_body(scope).then_some(Field::Body)).collect()
}
