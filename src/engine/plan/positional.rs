//! The parts of a plan that look at positions in the text, or stand for several words of the index.

use std::sync::Arc;

use super::field::{Field, Term, in_body, in_title};
use super::lexicon::Lexicon;
use super::matches::{Match, Placement, Region, Slot};
use super::part::{Terms, WordTerms};
use super::planner::Planner;
use super::target::TargetKind;
use super::wildcard::{Form, FormWords};
use super::words::{fields_of, typed};
use crate::index::terms;
use crate::query::{Capitals, Node, NodeKind, Scope, Word};

/// Paragraphs of the body that `hlead` looks at.
const LEAD: usize = 2;
/// Words of a pattern that are named when the reading of a query is explained.
const MOST_NAMED: usize = 12;

impl<L: Lexicon> Planner<'_, L> {
    /// The documents that hold `node`, which has a place or asks how often something with a place is found.
    pub(super) fn placed(&mut self, node: &Node, scope: Option<Scope>, counts: bool) -> Result<Match, L::Error> {
        let (times, inner) = match &node.kind {
            NodeKind::AtLeast(times, inner) => (*times, &**inner),
            _ => (1, node),
        };
        if counts {
            self.count_words(inner, scope)?;
        }
        let region = match scope {
            Some(Scope::Lead) => Region::Paragraphs(LEAD),
            Some(Scope::First(words)) => Region::Words(words),
            _ => Region::Whole,
        };
        Ok(Match::Placed { place: self.place(inner, scope)?, region, times })
    }

    fn place(&mut self, node: &Node, scope: Option<Scope>) -> Result<Placement<Term>, L::Error> {
        let mut all = |parts: &[Node]| -> Result<Vec<Placement<Term>>, L::Error> {
            parts.iter().map(|part| self.place(part, scope)).collect()
        };
        Ok(match &node.kind {
            NodeKind::Or(parts) => Placement::Any(all(parts)?),
            NodeKind::Near(reach, parts) => Placement::Near(*reach, all(parts)?),
            NodeKind::Pattern(_) | NodeKind::Fuzzy(..) => {
                let forms = self.forms_of(node)?;
                Placement::Sequence(vec![slot_of(&forms.words, scope)])
            }
            NodeKind::Word(word) if word.capitals == Capitals::Free => {
                Placement::Sequence(vec![self.any_form(word, scope)])
            }
            _ => Placement::Sequence(node.words().iter().map(|word| self.exact(word, scope)).collect()),
        })
    }

    /// A word in all its forms; one that its signs or capitals make another one as it is written, where an article holds it so.
    fn any_form(&mut self, word: &Word, scope: Option<Scope>) -> Slot<Term> {
        if self.holds_signs(std::slice::from_ref(word), scope)
            && let Some(Terms { title, body }) = self.as_written(word, scope, !self.exact_only)
        {
            return Slot { title, body, capitals: Vec::new() };
        }
        let (typed, forms) = (typed(&word.folded, scope), self.forms(&word.folded, scope));
        let (title, body) = ([typed.title, forms.title].concat(), [typed.body, forms.body].concat());
        Slot { title, body, capitals: Vec::new() }
    }

    /// A word in this form, with the signs that it has and the capitals that are asked for.
    fn exact(&self, word: &Word, scope: Option<Scope>) -> Slot<Term> {
        let plain = || typed(&word.folded, scope);
        let Terms { title, body } = self.as_written(word, scope, false).unwrap_or_else(plain);
        let capitals = match &word.capitals {
            Capitals::Free => Vec::new(),
            // Any capital will do: the three kinds are all that an index tells apart.
            Capitals::Some => vec![terms::INITIAL, terms::CAPITALS, terms::MIXED],
            Capitals::As(written) => terms::capitals(written).into_iter().collect(),
        };
        Slot { title, body, capitals }
    }

    /// Lets the words below `node` score and be shown in snippets.
    fn count_words(&mut self, node: &Node, scope: Option<Scope>) -> Result<(), L::Error> {
        for child in node.children() {
            self.count_words(child, scope)?;
        }
        let scope = match scope {
            // Where a word has to stand narrows the match; it scores as in the whole article, whose lengths are
            // known.
            Some(Scope::Lead) => None,
            Some(Scope::First(_)) => Some(Scope::Body),
            other => other,
        };
        let mut leaf = node.clone();
        if let NodeKind::Word(word) = &node.kind
            && word.capitals != Capitals::Free
        {
            // Other forms of a word that was asked for with its capitals do not count.
            leaf.kind = NodeKind::Phrase(vec![word.clone()]);
        }
        if let NodeKind::Phrase(words) | NodeKind::Chunk(words) = &mut leaf.kind {
            words.iter_mut().for_each(|word| (word.capitals, word.written) = (Capitals::Free, None));
        }
        if node.children().is_empty() {
            // Places in the text are those of the typed spelling.
            let exact = std::mem::replace(&mut self.exact_only, true);
            self.node(&leaf, scope, true)?;
            self.exact_only = exact;
        }
        Ok(())
    }

    /// The articles that hold a word for which a wildcard or fuzzy term stands.
    pub(super) fn wildcard(&mut self, node: &Node, scope: Option<Scope>, counts: bool) -> Result<Match, L::Error> {
        let forms = self.forms_of(node)?;
        if counts {
            // The score reads postings with frequencies; of thousands of words the most frequent hold nearly all of
            // them.
            let common = slot_of(&forms.common, scope);
            let typed = Terms { title: common.title, body: common.body };
            self.score(vec![WordTerms::exact(typed)], None, TargetKind::Form(form_of(node)));
        }
        Ok(Match::Forms(forms, fields_of(scope)))
    }

    /// Says which wildcard terms stand for more words than are searched.
    pub(super) fn note_cut(&mut self) {
        const NAMED: usize = 3;
        let (most, cut) = (self.wildcards.most, &self.wildcards.cut);
        let note = match cut.as_slice() {
            [] => return,
            [one] => format!(
                "{one} stands for more than {most} words; only the first {most} in the alphabet are searched: type more \
                 of its letters"
            ),
            _ => {
                let named = cut.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
                let more = cut.len().saturating_sub(NAMED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!(
                    "{named}{more} stand for more than {most} words each; only the first {most} of each in the alphabet \
                     are searched: type more of their letters"
                )
            }
        };
        self.said.notes.push(note);
    }

    /// The words of the index that `node` stands for, looked up once a query.
    fn forms_of(&mut self, node: &Node) -> Result<Arc<FormWords>, L::Error> {
        let typed = node.to_string();
        if let Some(known) = self.wildcards.known.get(&typed) {
            return Ok(Arc::clone(known));
        }
        // Looked up for titles and bodies at once, whichever scope asks first.
        let forms = self.lexicon.words(&form_of(node), self.wildcards.most)?;
        if forms.cut {
            self.wildcards.cut.push(typed.clone());
        }
        let words = &forms.words;
        let named = words.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = if words.len() > MOST_NAMED { ", …" } else { "" };
        self.said.read(match words.len() {
            0 => format!("{typed}: no word of the index"),
            1 => format!("{typed}: {named}"),
            count => format!("{typed}: {count} words: {named}{rest}"),
        });
        let forms = Arc::new(forms);
        self.wildcards.known.insert(typed, Arc::clone(&forms));
        Ok(forms)
    }
}

fn form_of(node: &Node) -> Form {
    match &node.kind {
        NodeKind::Pattern(pattern) => Form::pattern(&pattern.0),
        NodeKind::Fuzzy(word, edits) => Form::fuzzy(&word.folded, *edits),
        _ => Form::pattern(""),
    }
}

/// Any of `words` in the fields of `scope`.
fn slot_of(words: &[String], scope: Option<Scope>) -> Slot<Term> {
    let title = if in_title(scope) { Field::Title.terms(words) } else { Vec::new() };
    let body = if in_body(scope) { Field::Body.terms(words) } else { Vec::new() };
    Slot { title, body, capitals: Vec::new() }
}
