//! Words that are written with signs or without: `e-mail` and `email`, `B-52` and `B-52s`, `US` and `U.S.`, `1,000` and `1000`.
//!
//! The index has what words with a sign between are together ([`crate::text::catenations_of`]), so a word is looked for
//! among these, and words typed with a sign between among plain words. A word that its signs or capitals make another
//! one (`C++`, `US`) is looked for as it was written, where some article holds it so.

use super::candidates::{Candidates, together};
use super::field::Term;
use super::lexicon::Lexicon;
use super::matches::Match;
use super::part::{Terms, WordTerms};
use super::planner::Planner;
use super::target::{TargetKind, Written};
use crate::query::{Scope, Word};
use crate::text::Span;

impl<L: Lexicon> Planner<'_, L> {
    /// A word that its signs or capitals make another one: as it was written where some article holds it so, else as the
    /// plain word that it is without them, which is said.
    pub(super) fn written_word(
        &mut self,
        word: &Word,
        written: &str,
        scope: Option<Scope>,
        counts: bool,
    ) -> Result<Match, L::Error> {
        let [own, otherwise] =
            Candidates::of_written(written, &word.folded).map(|candidates| self.held(candidates, scope));
        let (mut terms, mut found) = own;
        if terms.title.is_empty() && terms.body.is_empty() {
            if counts && !self.exact_only {
                self.say_plain(written, &word.folded);
            }
            let plain = Word { written: None, ..word.clone() };
            return self.word(&plain, scope, counts);
        }
        let mut others = Terms::default();
        if !self.exact_only {
            let (also, written) = otherwise;
            others = also;
            found.words.extend(written.words);
            found.catenations.extend(written.catenations);
        }
        let all = [&terms.title, &terms.body, &others.title, &others.body];
        let matching = Match::AnyTerm(all.into_iter().flatten().cloned().collect());
        if counts {
            let words = WordTerms { typed: std::mem::take(&mut terms), others, ..WordTerms::default() };
            self.score(vec![words], Some(word.span.start), TargetKind::Phrase(Vec::new(), found));
        }
        Ok(matching)
    }

    /// Says that a word is searched without what makes it another one.
    fn say_plain(&mut self, written: &str, plain: &str) {
        let note = format!("no article holds {written} as it is written; searched as {plain}");
        if !self.said.notes.contains(&note) {
            self.said.notes.push(note);
        }
    }

    /// Whether some article holds one of `words` with the signs that make it another word. Says
    /// which are held by none.
    pub(super) fn holds_signs(&mut self, words: &[Word], scope: Option<Scope>) -> bool {
        let mut holds = false;
        for word in words {
            let Some(written) = &word.written else { continue };
            match self.as_written(word, scope, false) {
                Some(_) => holds = true,
                None => self.say_plain(written, &word.folded),
            }
        }
        holds
    }

    /// The terms of a word that its signs or capitals make another one, as it was written, and where `otherwise` is set as it
    /// is written otherwise; `None` where no article holds it so.
    pub(super) fn as_written(&self, word: &Word, scope: Option<Scope>, otherwise: bool) -> Option<Terms> {
        let candidates = Candidates::of_written(word.written.as_ref()?, &word.folded);
        let [(mut own, _), (others, _)] = candidates.map(|candidates| self.held(candidates, scope));
        if own.title.is_empty() && own.body.is_empty() {
            return None;
        }
        if otherwise {
            own.title.extend(others.title);
            own.body.extend(others.body);
        }
        Some(own)
    }

    /// Words typed as one with signs between: side by side, or as they are written otherwise.
    pub(super) fn chunk(&mut self, span: Span, words: &[Word], scope: Option<Scope>, counts: bool) -> Match {
        let term = if self.exact_only { None } else { together(self.text(), span) };
        let candidates = term.map(|term| Candidates::of_catenation(&term)).unwrap_or_default();
        let (instead, written) = self.held(candidates, scope);
        let others: Vec<Term> = instead.title.iter().chain(&instead.body).cloned().collect();
        if counts && !written.words.is_empty() {
            self.said.read(format!("{}: also {}", self.typed_at(span), written.words.join(", ")));
        }
        let phrase = self.phrase_or(words, instead, written, scope, counts);
        if others.is_empty() { phrase } else { Match::or(vec![phrase, Match::AnyTerm(others)]) }
    }

    /// The terms of a plain word where signs stand in it, and how it is recognised there.
    pub(super) fn with_signs(&self, word: &Word, scope: Option<Scope>) -> (Terms, Written) {
        if self.exact_only {
            return (Terms::default(), Written::default());
        }
        self.held(Candidates::of_word(&word.folded), scope)
    }

    /// Of `candidates` those that some article holds.
    fn held(&self, candidates: Candidates, scope: Option<Scope>) -> (Terms, Written) {
        let Terms { mut title, mut body } = candidates.terms(scope);
        for terms in [&mut title, &mut body] {
            terms.retain(|term| self.written.contains(term));
        }
        let holds = |text: &String| title.iter().chain(&body).any(|term| term.text == *text);
        let Candidates { mut words, mut catenations } = candidates;
        words.retain(holds);
        catenations.retain(holds);
        (Terms { title, body }, Written { words, catenations })
    }
}
