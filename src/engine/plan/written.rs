//! Words that are written with signs or without: `e-mail` and `email`, `B-52` and `B-52s`, `US` and `U.S.`, `1,000` and `1000`.
//!
//! The index has what words with a sign between are together ([`crate::text::catenations_of`]), so a word is looked for
//! among these, and words typed with a sign between among plain words. A word that its signs or capitals make another
//! one (`C++`, `US`) is looked for as it was written, where some article holds it so.

use super::field::{Field, Term};
use super::lexicon::Lexicon;
use super::matches::Match;
use super::part::{Terms, WordTerms};
use super::planner::Planner;
use super::target::{TargetKind, Written};
use super::words::{in_body, in_title};
use crate::query::{Capitals, Node, NodeKind, Query, Scope, Word};
use crate::text::{CAPITALS, INITIALS, JOINED, Span, catenations_of, is_acronym, stop_languages};

/// What a part of the query may stand under in the index where it is written otherwise.
#[derive(Debug, Default)]
struct Candidates {
    /// Plain words.
    words: Vec<String>,
    /// What words with signs are together.
    catenations: Vec<String>,
}

impl Candidates {
    /// Those of a plain word.
    fn of_word(folded: &str) -> Candidates {
        let mut candidates = Candidates::default();
        // `us` is no acronym, and what has one letter is no word of two parts.
        if stop_languages(folded) != 0
            || is_acronym(&folded.to_ascii_uppercase(), folded)
            || folded.chars().nth(1).is_none()
        {
            return candidates;
        }
        let other = other_number(folded);
        candidates.catenations.push(format!("{INITIALS}{folded}"));
        candidates
            .catenations
            .extend([Some(folded), other.as_deref()].iter().flatten().map(|one| format!("{JOINED}{one}")));
        // `B52`: of what begins with letters and ends in figures no stemmer knows the plural.
        candidates.words.extend(other.filter(|_| folded.contains(|c: char| c.is_ascii_digit())));
        candidates
    }

    /// Those of words typed as one, as which they are `term` together.
    fn of_catenation(term: &str) -> Candidates {
        let mut candidates = Candidates::default();
        let together = term.trim_start_matches([JOINED, INITIALS]);
        let other = other_number(together).filter(|_| term.starts_with(JOINED));
        candidates.catenations.extend(other.iter().map(|other| format!("{JOINED}{other}")));
        if is_acronym(&together.to_ascii_uppercase(), together) {
            // `U.S.` is written `US` too, which is not `us`.
            candidates.catenations.push(format!("{CAPITALS}{together}"));
        } else {
            candidates.words.push(together.to_owned());
            candidates.words.extend(other);
        }
        candidates
    }

    /// Those of a word that its signs or capitals make another one: first what it is, then what it is where they are
    /// written otherwise.
    fn of_written(written: &str, folded: &str) -> [Candidates; 2] {
        let catenations = |terms: Vec<String>| Candidates { words: Vec::new(), catenations: terms };
        match written.chars().next() {
            // A tag or a handle without its sign is the same word.
            Some('#' | '@') => {
                let plain = Candidates { words: vec![folded.to_owned()], catenations: Vec::new() };
                [catenations(vec![format!("{JOINED}{written}")]), plain]
            }
            _ if written.ends_with(['+', '#']) => {
                [catenations(vec![format!("{JOINED}{written}")]), Candidates::default()]
            }
            _ => [catenations(vec![format!("{CAPITALS}{folded}")]), catenations(vec![format!("{INITIALS}{folded}")])],
        }
    }

    /// The terms in the fields that a scope has.
    fn terms(&self, scope: Option<Scope>) -> Terms {
        let all = |words: Field, catenations: Field| {
            let words = words.terms(&self.words);
            words.into_iter().chain(catenations.terms(&self.catenations)).collect()
        };
        Terms {
            title: if in_title(scope) { all(Field::Title, Field::TitleStem) } else { Vec::new() },
            body: if in_body(scope) { all(Field::Body, Field::BodyStem) } else { Vec::new() },
        }
    }
}

/// The plural of what may be one thing, or one thing of a plural: `s` is the plural that languages of Latin letters share.
fn other_number(word: &str) -> Option<String> {
    if !word.ends_with(|c: char| c.is_ascii_alphanumeric()) || !word.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    Some(word.strip_suffix('s').map_or_else(|| format!("{word}s"), str::to_owned))
}

/// What words typed as one at `span` are together; `None` where some signs join and others part them.
fn together(text: &str, span: Span) -> Option<String> {
    // A last full stop belongs to initials.
    let rest = &text[span.end as usize..];
    let end = span.end as usize + usize::from(rest.starts_with('.'));
    let mut found = catenations_of(&text[span.start as usize..end]).into_iter();
    let (whole, term) = found.next()?;
    (whole.start == 0 && whole.end >= span.len() as u32).then_some(term)
}

/// The candidates of one part of the query.
fn candidates(text: &str, node: &Node) -> Vec<Candidates> {
    match &node.kind {
        NodeKind::Word(Word { capitals: Capitals::Free, written: Some(written), folded, .. }) => {
            Candidates::of_written(written, folded).into()
        }
        NodeKind::Word(Word { capitals: Capitals::Free, folded, .. }) => vec![Candidates::of_word(folded)],
        NodeKind::Chunk(_) => {
            together(text, node.span).map(|term| Candidates::of_catenation(&term)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The terms of all candidates of `query`, whether an article holds them or not.
pub(super) fn terms(query: &Query) -> Vec<Term> {
    let mut terms = Vec::new();
    collect(&query.text, &query.root, &mut terms);
    terms
}

fn collect(text: &str, node: &Node, terms: &mut Vec<Term>) {
    for candidates in candidates(text, node) {
        let found = candidates.terms(None);
        terms.extend(found.title.into_iter().chain(found.body));
    }
    node.children().iter().for_each(|child| collect(text, child, terms));
}

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
                let typed = self.typed_word(word).to_owned();
                self.said.notes.push(format!("no article holds {written} as it is written; searched as {typed}"));
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
