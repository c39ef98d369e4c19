//! The parts of a plan that look at places in the text, or stand for several words of the index.

use std::sync::Arc;

use tantivy::Term;

use crate::engine::local::highlight::targets::{Want, What};
use crate::engine::local::matching::filter::Matching;
use crate::engine::local::matching::proximity::{self, Place, Region, Slot};
use crate::engine::local::plan::dictionary::{self, Forms};
use crate::engine::local::rank::Part;
use crate::engine::plan::wildcard::{self, Form};
use crate::engine::plan::{Builder, in_scope, in_title};
use crate::index::schema::schema;
use crate::index::terms;
use crate::query::{Capitals, Node, NodeKind, Scope, Word};

/// Paragraphs of the body that `hlead` looks at.
const LEAD: usize = 2;
/// Words of a pattern that are named when the reading of a query is explained.
const MOST_NAMED: usize = 12;

/// True where the words of `node` alone do not tell which documents match it.
pub(crate) fn is_placed(node: &Node, scope: Option<Scope>) -> bool {
    let leaf = matches!(node.kind, NodeKind::Pattern(_)) || !node.words().is_empty();
    let spelled = node.words().iter().any(|word| word.capitals != Capitals::Free);
    spelled || (leaf && matches!(scope, Some(Scope::Lead | Scope::First(_))))
}

impl Builder<'_> {
    /// The documents that hold `node`, which has a place or asks how often something with a place is found.
    pub(crate) fn placed(&mut self, node: &Node, scope: Option<Scope>, counts: bool) -> tantivy::Result<Matching> {
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
        Ok(proximity::matching(self.place(inner, scope)?, region, times))
    }

    fn place(&mut self, node: &Node, scope: Option<Scope>) -> tantivy::Result<Place> {
        let mut all = |parts: &[Node]| -> tantivy::Result<Vec<Place>> {
            parts.iter().map(|part| self.place(part, scope)).collect()
        };
        Ok(match &node.kind {
            NodeKind::Or(parts) => Place::Any(all(parts)?),
            NodeKind::Near(reach, parts) => Place::Near(*reach, all(parts)?),
            NodeKind::Pattern(_) | NodeKind::Fuzzy(..) => {
                let forms = self.forms_of(node)?;
                Place::Sequence(vec![slot_of(&forms.words, scope)])
            }
            NodeKind::Word(word) if word.capitals == Capitals::Free => {
                let (exact, stemmed, _) = self.terms(&word.folded, scope);
                let join = |exact: Vec<Term>, stemmed: Vec<Term>| {
                    let mut terms = exact;
                    terms.extend(stemmed);
                    terms.sort_unstable();
                    terms.dedup();
                    terms
                };
                let slot = Slot { title: join(exact.0, stemmed.0), body: join(exact.1, stemmed.1), capitals: vec![] };
                Place::Sequence(vec![slot])
            }
            _ => Place::Sequence(node.words().iter().map(|word| self.exact(word, scope)).collect()),
        })
    }

    /// A word in this form, with the capitals that are asked for.
    fn exact(&self, word: &Word, scope: Option<Scope>) -> Slot {
        let ((title, body), _, _) = self.terms(&word.folded, scope);
        let capitals = match &word.capitals {
            Capitals::Free => Vec::new(),
            Capitals::Some => vec![terms::INITIAL, terms::CAPITALS, terms::MIXED],
            Capitals::As(written) => terms::capitals(written).into_iter().collect(),
        };
        Slot { title, body, capitals }
    }

    /// Lets the words below `node` score and be shown in snippets.
    fn count_words(&mut self, node: &Node, scope: Option<Scope>) -> tantivy::Result<()> {
        for child in node.children() {
            self.count_words(child, scope)?;
        }
        let scope = match scope {
            Some(Scope::Lead) => None,
            Some(Scope::First(_)) => Some(Scope::Body),
            other => other,
        };
        let mut leaf = node.clone();
        if let NodeKind::Word(word) = &node.kind
            && word.capitals != Capitals::Free
        {
            leaf.kind = NodeKind::Phrase(vec![word.clone()]);
        }
        if let NodeKind::Phrase(words) | NodeKind::Chunk(words) = &mut leaf.kind {
            words.iter_mut().for_each(|word| word.capitals = Capitals::Free);
        }
        if node.children().is_empty() {
            // Places in the text are those of the typed spelling.
            let exact = std::mem::replace(&mut self.exact_only, true);
            self.node(&leaf, scope, true)?;
            self.exact_only = exact;
        }
        Ok(())
    }

    /// The documents that hold a word which a pattern stands for.
    pub(crate) fn form(&mut self, node: &Node, scope: Option<Scope>, counts: bool) -> tantivy::Result<Matching> {
        let forms = self.forms_of(node)?;
        if counts {
            let common = slot_of(&forms.common, scope);
            let exact = (common.title, common.body);
            let part = Part::new(&self.reader.searcher, self.averages, exact, Default::default(), self.wants.len())?;
            let what = What::Form(form_of(node));
            self.wants.push(Want { what, weight: part.weight() });
            self.parts.push(part);
        }
        let f = &schema().1;
        Ok(dictionary::holding(&forms, in_scope(scope, f.title, f.body)))
    }

    /// Says which words with open letters stand for more words than are searched.
    pub(crate) fn note_cut(&mut self) {
        const NAMED: usize = 3;
        let (most, cut) = (self.most_forms, &self.cut);
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
        self.notes.push(note);
    }

    /// The words of the index that `node` stands for, looked up once a query.
    fn forms_of(&mut self, node: &Node) -> tantivy::Result<Arc<Forms>> {
        let typed = node.to_string();
        if let Some(known) = self.forms.get(&typed) {
            return Ok(Arc::clone(known));
        }
        let f = &schema().1;
        let (searcher, fields) = (&self.reader.searcher, [f.title, f.body]);
        let forms = dictionary::find(searcher, self.lists, fields, &form_of(node), self.most_forms)?;
        if forms.cut {
            self.cut.push(typed.clone());
        }
        let words = &forms.words;
        let named = words.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = if words.len() > MOST_NAMED { ", …" } else { "" };
        self.read(match words.len() {
            0 => format!("{typed}: no word of the index"),
            1 => format!("{typed}: {named}"),
            count => format!("{typed}: {count} words: {named}{rest}"),
        });
        let forms = Arc::new(forms);
        self.forms.insert(typed, Arc::clone(&forms));
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

fn slot_of(words: &[String], scope: Option<Scope>) -> Slot {
    let f = &schema().1;
    let title = if in_title(scope) { wildcard::terms(f.title, words) } else { Vec::new() };
    let body = if scope == Some(Scope::Title) { Vec::new() } else { wildcard::terms(f.body, words) };
    Slot { title, body, capitals: Vec::new() }
}
