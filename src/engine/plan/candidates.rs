//! What the parts of a query may stand under in an index beside their own words: pairs of characters, and what words with
//! signs are together.

use super::field::{Field, Term, in_body, in_title};
use super::part::Terms;
use crate::query::{Capitals, Node, NodeKind, Query, Scope, Word};
use crate::text::{CAPITALS, INITIALS, JOINED, Span, catenations_of, is_acronym, pairs_of, stop_languages};

/// The terms of the pairs of `node`, each with its bytes of `text`; none where it is no run of such characters.
pub(super) fn pairs(text: &str, node: &Node) -> Vec<(Span, String)> {
    let NodeKind::Chunk(_) = &node.kind else { return Vec::new() };
    let at = node.span.start;
    let moved = |span: Span| Span { start: at + span.start, end: at + span.end };
    pairs_of(node.span.of(text)).into_iter().map(|(span, term)| (moved(span), term)).collect()
}

/// What a part of the query may stand under in the index where it is written otherwise.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Plain words.
    pub(super) words: Vec<String>,
    /// What words with signs are together.
    pub(super) catenations: Vec<String>,
}

impl Candidates {
    /// Those of a plain word.
    pub(super) fn of_word(folded: &str) -> Candidates {
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
    pub(super) fn of_catenation(term: &str) -> Candidates {
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
    pub(super) fn of_written(written: &str, folded: &str) -> [Candidates; 2] {
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
    pub(super) fn terms(&self, scope: Option<Scope>) -> Terms {
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
pub(super) fn together(text: &str, span: Span) -> Option<String> {
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
        NodeKind::Phrase(words) => {
            let written = |word: &Word| Some(Candidates::of_written(word.written.as_ref()?, &word.folded));
            words.iter().filter_map(written).flatten().collect()
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
