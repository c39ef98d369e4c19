//! How a plan is made: one walk over the tree of the query.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::candidates;
use super::capitals::names;
use super::clauses::{Clauses, FULL_FIRST, Loose};
use super::field::Term;
use super::forms::{self, Known, KnownWords, known};
use super::lexicon::Lexicon;
use super::matches::Match;
use super::part::{Averages, Draft, Terms, Weighing, weigh};
use super::recency::Recency;
use super::spellings::Tables;
use super::target::{Target, TargetKind};
use super::wildcard::FormWords;
use super::{Plan, Said};
use crate::date::Date;
use crate::query::{Capitals, Field, Node, NodeKind, Query, Scope, Word};
use crate::text::{Aliases, Span};

/// What showing a mention that satisfies a filter is worth in a snippet, beside the weights of words: less than a rare
/// word and more than a common one.
const FILTER_WEIGHT: f64 = 3.0;
/// Plain words of a query from which on its quotation marks are those of a text that was pasted, not an operator: people
/// type fewer, sentences have more.
const PROSE: usize = 12;
/// Parts of a query in which `or` in lower case may be meant as an operator; longer ones are running text.
const SHORT: usize = 6;
/// Words of the index that the wildcards of one query may stand for, all together: their postings are all read.
const MOST_FORMS: usize = 10_000;

/// How a query is to be searched, beside what it says itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings<'a> {
    /// Names of the user's own table.
    pub(crate) names: Option<&'a Aliases>,
    /// No other forms of words and no other spellings of names.
    pub(crate) exact: bool,
    /// There are captures that newer ones supersede, and they are not searched.
    pub(crate) hides_superseded: bool,
    /// Half-life in days where age counts.
    pub(crate) recency: Option<u32>,
    pub(crate) today: Date,
}

impl Plan {
    /// Plans `query` for the index that `lexicon` knows.
    pub(crate) fn new<L: Lexicon>(query: &Query, lexicon: &L, settings: Settings<'_>) -> Result<Plan, L::Error> {
        let mut planner = Planner::new(query, lexicon, settings)?;
        planner.name_stop_words();
        planner.name_small_operators();
        // In query order: scores are summed in it, and the first occurrence of a word decides how it is shown.
        let clauses = planner.clauses(settings.hides_superseded)?;
        planner.note_cut();
        let averages = planner.averages;
        let parts = weigh(averages, planner.drafts, |terms| lexicon.doc_freqs(terms))?;
        debug_assert!(
            parts.iter().is_sorted_by_key(|part| part.target),
            "parts are in query order, as their targets are"
        );
        let mut targets: Vec<Target> =
            planner.targets.into_iter().map(|kind| Target { kind, weight: FILTER_WEIGHT }).collect();
        for part in parts.iter().filter(|part| !part.is_filter()) {
            // A filter weighs what it is worth among words in a snippet, not what it is worth in the score.
            targets[part.target].weight = part.weight;
        }
        let recency = match settings.recency {
            Some(half_life) => Some(Recency::new(lexicon.newest()?, half_life, settings.today)),
            None => None,
        };
        let titled = title_words(&query.root);
        Ok(Plan { clauses, parts, targets, averages, titled, recency, said: planner.said })
    }
}

/// A plan under construction.
pub(super) struct Planner<'a, L> {
    pub(super) lexicon: &'a L,
    query: &'a Query,
    pub(super) averages: Averages,
    /// First bytes of the words that were typed as names.
    names: HashSet<u32>,
    /// The words of the query as the index knows them, by their folded form; none where each is looked for in its own form.
    pub(super) known: KnownWords,
    /// Terms of words that are written with other signs, or with none, which some article holds.
    pub(super) written: HashSet<Term>,
    /// Not more than half of the words are names: then a name is what the query is about.
    names_stand_out: bool,
    pub(super) tables: Tables<'a>,
    /// No other forms of words and no other spellings of names.
    pub(super) exact_only: bool,
    pub(super) wildcards: Wildcards,
    /// What scores, in query order.
    pub(super) drafts: Vec<Draft>,
    /// What snippets show, in query order.
    pub(super) targets: Vec<TargetKind>,
    pub(super) said: Said,
}

/// What must hold where every word is to stand as it was typed.
#[derive(Default)]
struct Typed {
    /// Parts of the query that are words.
    words: usize,
    all: Vec<Match>,
    /// Those of them that come before all other forms.
    first: Vec<Match>,
    /// Some word has other forms.
    differs: bool,
}

/// The words for which wildcard and fuzzy terms stand.
pub(super) struct Wildcards {
    /// By the canonical form of the term, so that each is looked up once.
    pub(super) known: HashMap<String, Arc<FormWords>>,
    /// Terms that stand for more words than are searched.
    pub(super) cut: Vec<String>,
    /// Words that one term may stand for.
    pub(super) most: usize,
}

impl<'a, L: Lexicon> Planner<'a, L> {
    fn new(query: &'a Query, lexicon: &'a L, settings: Settings<'a>) -> Result<Planner<'a, L>, L::Error> {
        let asked = candidates::terms(query);
        let (known, written) = match settings.exact {
            true => (KnownWords::new(), forms::held(asked, lexicon)?),
            false => known(&query.root, asked, lexicon)?,
        };
        let most = MOST_FORMS / wildcards_in(&query.root).max(1);
        Ok(Planner {
            lexicon,
            query,
            averages: Averages::new(lexicon.totals()),
            names: names(query),
            written,
            names_stand_out: forms::names_stand_out(&query.root, &known),
            known,
            tables: Tables { own: settings.names },
            exact_only: settings.exact,
            wildcards: Wildcards { known: HashMap::new(), cut: Vec::new(), most },
            drafts: Vec::new(),
            targets: Vec::new(),
            said: Said::default(),
        })
    }

    /// Says which stop words an article need not hold.
    fn name_stop_words(&mut self) {
        let mut common = Vec::new();
        stop_words(&self.query.root, &mut common);
        if !common.is_empty() {
            self.said.read(format!("not needed, as common words: {}", common.join(", ")));
        }
    }

    /// Says how an operator is typed, where one stands in lower case between two parts.
    fn name_small_operators(&mut self) {
        let mut notes = Vec::new();
        small_operators(&self.query.root, &mut notes);
        notes.dedup();
        self.said.notes.extend(notes.into_iter().map(str::to_owned));
    }

    /// The parts side by side, each in its role.
    fn clauses(&mut self, hides_superseded: bool) -> Result<Clauses<Match>, L::Error> {
        let query = self.query;
        let top = match &query.root.kind {
            NodeKind::All(parts) => parts.as_slice(),
            _ => std::slice::from_ref(&query.root),
        };
        let prose = is_prose(top);
        let (mut required, mut excluded, mut loose) = (Vec::new(), Vec::new(), Vec::new());
        let words = top.iter().filter(|node| !node.is_stop() && is_text(node)).count();
        let mut typed = Typed { words, ..Typed::default() };
        // Stop words neither match nor score: their postings are the longest of all.
        for node in top.iter().filter(|node| !node.is_stop()) {
            match &node.kind {
                // What must not be there cannot score, and no snippet can show it.
                NodeKind::Not(inner) => excluded.push(self.node(inner, None, false)?),
                _ if node.may_be_missing() && !candidates::pairs(&query.text, node).is_empty() => {
                    loose.extend(self.loose_pairs(candidates::pairs(&query.text, node)));
                }
                _ if node.may_be_missing() || (prose && matches!(node.kind, NodeKind::Phrase(_))) => {
                    let matching = self.node(node, None, true)?;
                    self.as_typed(node, &matching, &mut typed)?;
                    loose.push(Loose { label: self.label(node), matching });
                }
                _ => {
                    let matching = self.node(node, None, true)?;
                    self.as_typed(node, &matching, &mut typed)?;
                    required.push(matching);
                }
            }
        }
        let is_named = self.drafts.iter().any(|draft| matches!(draft.weighing, Weighing::Filter(_)));
        let superseded = hides_superseded.then_some(Match::Superseded);
        let typed_is_first = typed.differs && typed.first == typed.all;
        let first = Some(typed.first).filter(|first| !first.is_empty());
        let typed = typed.differs.then_some(typed.all);
        Ok(Clauses { required, excluded, superseded, loose, typed, first, typed_is_first, is_named })
    }

    /// Adds `node`, which was planned as `matching`, to what must hold where every word is to stand as it was typed.
    ///
    /// Of one word the typed form comes before all others, and of a name in a short query. Of other words it does not: to
    /// have all of them as typed first costs topics with a person .007 and topics with a place .002 of nDCG@10, and gives
    /// topics .004.
    fn as_typed(&mut self, node: &Node, matching: &Match, typed: &mut Typed) -> Result<(), L::Error> {
        if !is_text(node) {
            typed.all.push(matching.clone());
            return Ok(());
        }
        let exact = self.exactly(|planner| planner.node(node, None, false))?;
        if *matching != exact {
            typed.differs = true;
            let is_name = matches!(&node.kind, NodeKind::Word(word) if self.is_name(&word.folded));
            if typed.words == 1 || (is_name && typed.words <= FULL_FIRST) {
                typed.first.push(exact.clone());
            }
        }
        typed.all.push(exact);
        Ok(())
    }

    /// What `plan` makes where every word is looked for as it was typed.
    fn exactly<T>(&mut self, plan: impl FnOnce(&mut Self) -> T) -> T {
        let (known, exact) = (std::mem::take(&mut self.known), std::mem::replace(&mut self.exact_only, true));
        let made = plan(self);
        (self.known, self.exact_only) = (known, exact);
        made
    }

    /// The articles that hold `node`. Where `counts` is set, its words score and are shown in snippets.
    pub(super) fn node(&mut self, node: &Node, scope: Option<Scope>, counts: bool) -> Result<Match, L::Error> {
        // First of all: capitals and regions ask for positions of what else would be a plain word.
        if is_placed(node, scope) {
            return self.placed(node, scope, counts);
        }
        // Signs are beside the words in the index, so what stands side by side with one has a place too.
        if let NodeKind::Phrase(words) = &node.kind
            && self.holds_signs(words, scope)
        {
            return self.placed(node, scope, counts);
        }
        Ok(match &node.kind {
            NodeKind::Word(word) => self.word(word, scope, counts)?,
            NodeKind::Chunk(words) => match candidates::pairs(&self.query.text, node) {
                pairs if pairs.is_empty() => self.chunk(node.span, words, scope, counts),
                pairs => self.all_pairs(pairs, scope, counts),
            },
            NodeKind::Phrase(words) => self.phrase(words, scope, counts),
            NodeKind::Pattern(_) | NodeKind::Fuzzy(..) => self.wildcard(node, scope, counts)?,
            NodeKind::Near(..) | NodeKind::AtLeast(..) => self.placed(node, scope, counts)?,
            NodeKind::All(nodes) | NodeKind::And(nodes) => {
                let (mut must, mut not) = (Vec::new(), Vec::new());
                for node in nodes.iter().filter(|node| !node.is_stop()) {
                    match &node.kind {
                        NodeKind::Not(inner) => not.push(self.node(inner, scope, false)?),
                        _ => must.push(self.node(node, scope, counts)?),
                    }
                }
                Match::And { must, not }
            }
            NodeKind::Or(nodes) => {
                let any: Result<_, _> = nodes.iter().map(|node| self.node(node, scope, counts)).collect();
                Match::or(any?)
            }
            NodeKind::Not(inner) => Match::none_of(self.node(inner, scope, false)?),
            NodeKind::Field(Field::Text(scope, inner)) => self.node(inner, Some(*scope), counts)?,
            NodeKind::Field(field) => self.field(field, counts)?,
        })
    }

    /// Lets words that begin with the one typed at the byte `start` score, and shows them as `what`.
    pub(super) fn score(&mut self, words: Vec<super::WordTerms>, start: Option<u32>, kind: TargetKind) {
        self.score_or(words, Terms::default(), start, kind);
    }

    /// The same for words that may be written otherwise, under the terms `instead`.
    pub(super) fn score_or(
        &mut self,
        words: Vec<super::WordTerms>,
        instead: Terms,
        start: Option<u32>,
        kind: TargetKind,
    ) {
        let is_name = start.is_some_and(|start| self.names.contains(&start)) || self.is_name_here(&kind);
        let weighing = if is_name { Weighing::RarityOfName } else { Weighing::Rarity };
        self.draft(words, instead, weighing, kind);
    }

    /// True for a word that the archive prints as a name, whatever capitals it was typed with.
    fn is_name_here(&self, kind: &TargetKind) -> bool {
        self.names_stand_out
            && matches!(kind, TargetKind::Word { folded, .. } if self.known.get(folded).is_some_and(Known::names_somebody))
    }

    pub(super) fn draft(&mut self, words: Vec<super::WordTerms>, instead: Terms, weighing: Weighing, kind: TargetKind) {
        self.drafts.push(Draft { words, instead, repeats: 1.0, target: self.targets.len(), weighing });
        self.targets.push(kind);
    }

    /// The query holds once more what the target at this place shows.
    pub(super) fn repeat(&mut self, target: usize) {
        if let Some(draft) = self.drafts.iter_mut().find(|draft| draft.target == target) {
            draft.repeats += 1.0;
        }
    }

    /// What names `node` where an article lacks it.
    fn label(&self, node: &Node) -> String {
        match &node.kind {
            NodeKind::Word(Word { written: Some(written), .. }) => written.clone(),
            _ => self.typed(node).to_owned(),
        }
    }

    /// What was typed for `node`.
    fn typed(&self, node: &Node) -> &'a str {
        self.typed_at(node.span)
    }

    /// The text of the query.
    pub(super) fn text(&self) -> &'a str {
        &self.query.text
    }

    /// What was typed at `span`.
    pub(super) fn typed_at(&self, span: Span) -> &'a str {
        span.of(&self.query.text)
    }

    /// What was typed for `word`.
    pub(super) fn typed_word(&self, word: &crate::query::Word) -> &'a str {
        word.span.of(&self.query.text)
    }
}

/// True for words, wherever they have to stand, and not for filters, exclusions and what stands for several words.
fn is_text(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Not(_) => false,
        NodeKind::Field(field) => matches!(field, Field::Text(..)),
        _ => true,
    }
}

/// True where the words of `node` alone do not tell which documents match it.
fn is_placed(node: &Node, scope: Option<Scope>) -> bool {
    let leaf = matches!(node.kind, NodeKind::Pattern(_)) || !node.words().is_empty();
    let spelled = node.words().iter().any(|word| word.capitals != Capitals::Free);
    spelled || (leaf && matches!(scope, Some(Scope::Lead | Scope::First(_))))
}

/// True for a query that reads like running text: a phrase in it may be missing as a word may.
fn is_prose(parts: &[Node]) -> bool {
    let is_plain = |node: &&Node| matches!(node.kind, NodeKind::Word(_) | NodeKind::Chunk(_)) && !node.is_stop();
    parts.iter().filter(is_plain).count() >= PROSE
}

/// The number of words typed side by side, stop words too; `None` where something else than words is asked for, but for
/// filters.
fn title_words(node: &Node) -> Option<u32> {
    match &node.kind {
        NodeKind::Word(_) => Some(1),
        // Titles are as long as the words that the index cuts them into.
        NodeKind::Chunk(words) => Some(words.len() as u32),
        NodeKind::All(parts) => parts.iter().map(title_words).sum(),
        NodeKind::Field(field) => (!matches!(field, Field::Text(..))).then_some(0),
        NodeKind::Not(_) => Some(0),
        _ => None,
    }
}

/// How many wildcard and fuzzy terms there are below `node`.
fn wildcards_in(node: &Node) -> usize {
    let own = usize::from(matches!(node.kind, NodeKind::Pattern(_) | NodeKind::Fuzzy(..)));
    own + node.children().iter().map(wildcards_in).sum::<usize>()
}

/// What is to be said of the operators in lower case below `node`.
fn small_operators(node: &Node, notes: &mut Vec<&'static str>) {
    node.children().iter().for_each(|child| small_operators(child, notes));
    let NodeKind::All(parts) = &node.kind else { return };
    if parts.len() > SHORT {
        return;
    }
    for three in parts.windows(3) {
        let between = !three[0].is_stop() && three[1].is_stop() && !three[2].is_stop();
        match three[1].words() {
            [word] if between && word.folded == "or" => {
                notes.push("or is a common word here; OR in capitals finds either");
            }
            [word] if between && word.folded == "not" => {
                notes.push("not is a common word here; NOT in capitals, or a dash before a word, leaves it out");
            }
            _ => {}
        }
    }
}

/// The stop words below `node` that an article need not hold.
fn stop_words(node: &Node, out: &mut Vec<String>) {
    if node.is_stop() {
        out.push(node.to_string());
    }
    node.children().iter().for_each(|child| stop_words(child, out));
}
