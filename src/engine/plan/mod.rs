//! From the query tree to what is matched, scored and shown.

pub(crate) mod by_name;
pub(crate) mod capitals;
pub(crate) mod positional;
pub(crate) mod recency;
pub(crate) mod spellings;
pub(crate) mod wildcard;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tantivy::Term;
use tantivy::schema::Field as Column;

use crate::api::Request;
use crate::date::{Date, Granularity, Interval};
use crate::engine::local::highlight::targets::{Want, What};
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::plan::dictionary::{Forms, Lists};
use crate::engine::local::rank::{Averages, Part, Terms};
use crate::engine::plan::by_name::FILTER_WEIGHT;
use crate::engine::plan::capitals::names;
use crate::engine::plan::recency::Recency;
use crate::engine::plan::spellings::Tables;
use crate::extract::Kind;
use crate::index::Reader;
use crate::index::column;
use crate::index::document::kind_number;
use crate::index::schema::schema;
use crate::lang::{self, Stemmer};
use crate::query::{DateFilter, DateOf, Field, Node, NodeKind, Query, Scope, Word};

/// How a query is carried out.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Must hold in every hit.
    required: Vec<Matching>,
    /// Must not hold in any hit.
    excluded: Vec<Matching>,
    /// The superseded captures, where they are not searched.
    superseded: Option<Matching>,
    /// Words side by side: all hold in a match; a partial hit lacks some.
    loose: Vec<Loose>,
    parts: Vec<Part>,
    wants: Vec<Want>,
    averages: Averages,
    notes: Vec<String>,
    also: Vec<String>,
    reading: Vec<String>,
    titled: Option<u32>,
    recency: Option<Recency>,
}

/// A word that a partial hit may lack.
#[derive(Debug)]
struct Loose {
    label: String,
    matching: Matching,
}

impl Plan {
    /// Plans `query` for the commit that `reader` holds.
    pub(crate) fn new(query: &Query, reader: &Reader, lists: &Lists, request: &Request) -> tantivy::Result<Plan> {
        let averages = Averages::of(reader.payload.totals);
        let mut builder = Builder {
            reader,
            lists,
            query,
            averages,
            names: names(query),
            stemmers: stemmers(reader)?,
            parts: Vec::new(),
            wants: Vec::new(),
            forms: HashMap::new(),
            cut: Vec::new(),
            most_forms: MOST_FORMS / forms_in(&query.root).max(1),
            notes: Vec::new(),
            also: Vec::new(),
            reading: Vec::new(),
            tables: Tables { own: request.names.as_deref() },
            exact_only: request.exact,
        };
        let mut plan = Plan {
            required: Vec::new(),
            excluded: Vec::new(),
            superseded: None,
            loose: Vec::new(),
            parts: Vec::new(),
            wants: Vec::new(),
            averages,
            notes: Vec::new(),
            also: Vec::new(),
            reading: Vec::new(),
            titled: title_words(&query.root),
            recency: request.recency.map(|days| Recency::of(reader, days, request.today)).transpose()?,
        };
        if !request.versions && !reader.superseded.is_empty() {
            let hidden = filter::superseded(&reader.superseded);
            plan.excluded.push(hidden.box_clone());
            plan.superseded = Some(hidden);
        }
        let mut common = Vec::new();
        stop_words(&query.root, &mut common);
        if !common.is_empty() {
            builder.read(format!("not needed, as common words: {}", common.join(", ")));
        }
        let top = match &query.root.kind {
            NodeKind::All(parts) => parts.as_slice(),
            _ => std::slice::from_ref(&query.root),
        };
        let prose = is_prose(top);
        for node in top.iter().filter(|node| !node.is_stop()) {
            match &node.kind {
                NodeKind::Not(inner) => plan.excluded.push(builder.node(inner, None, false)?),
                _ if node.may_be_missing() || (prose && matches!(node.kind, NodeKind::Phrase(_))) => {
                    let matching = builder.node(node, None, true)?;
                    plan.loose.push(Loose { label: builder.typed(node), matching });
                }
                _ => plan.required.push(builder.node(node, None, true)?),
            }
        }
        builder.note_cut();
        plan.parts = builder.parts;
        plan.wants = builder.wants;
        plan.notes = builder.notes;
        plan.also = builder.also;
        plan.reading = builder.reading;
        Ok(plan)
    }

    /// The match: every word and every filter.
    pub(crate) fn all(&self) -> Matching {
        let loose = self.loose.iter().map(|loose| loose.matching.box_clone());
        filter::and(self.copies(&self.required).chain(loose).collect(), self.copies(&self.excluded).collect())
    }

    /// Finds none of `articles`.
    pub(crate) fn leave_out(&mut self, articles: Matching) {
        self.excluded.push(articles);
    }

    /// Whether several captures of one article may be found.
    pub(crate) fn searches_captures(&self, reader: &Reader) -> bool {
        self.superseded.is_none() && !reader.superseded.is_empty()
    }

    /// Every article that the query could find, whatever its words: without superseded captures, unless these are
    /// searched.
    pub(crate) fn everything(&self) -> Matching {
        filter::and(Vec::new(), self.superseded.iter().map(|hidden| hidden.box_clone()).collect())
    }

    /// Some word and every filter.
    pub(crate) fn any(&self) -> Matching {
        if self.loose.is_empty() {
            return self.all();
        }
        let some = filter::or(self.loose.iter().map(|loose| loose.matching.box_clone()).collect());
        filter::and(self.copies(&self.required).chain([some]).collect(), self.copies(&self.excluded).collect())
    }

    /// Every filter, but not every word. Some word is held, unless a filter by a name tells already what is meant:
    /// then articles that name the person or place and lack all words fill up the list too.
    pub(crate) fn some(&self) -> Matching {
        let all = filter::and(self.loose.iter().map(|loose| loose.matching.box_clone()).collect(), Vec::new());
        if self.is_named() {
            let lacking = self.copies(&self.excluded).chain([all]).collect();
            return filter::and(self.copies(&self.required).collect(), lacking);
        }
        filter::and(vec![self.any()], vec![all])
    }

    /// True where a filter by a name scores.
    fn is_named(&self) -> bool {
        self.parts.iter().any(Part::is_filter)
    }

    fn copies<'a>(&self, parts: &'a [Matching]) -> impl Iterator<Item = Matching> + use<'a> {
        parts.iter().map(|part| part.box_clone())
    }

    /// True when an article may lack a word and still hold another, or the name that is asked for.
    pub(crate) fn can_be_partial(&self) -> bool {
        self.loose.len() > usize::from(!self.is_named())
    }

    /// The words that a partial hit may lack, as queries of their own and as typed.
    pub(crate) fn loose(&self) -> impl Iterator<Item = (&str, &Matching)> {
        self.loose.iter().map(|loose| (loose.label.as_str(), &loose.matching))
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How many words a title has that is the query; `None` where no title can be.
    pub(crate) fn titled(&self) -> Option<u32> {
        self.titled
    }

    /// How age counts; `None` where it does not.
    pub(crate) fn recency(&self) -> Option<Recency> {
        self.recency
    }

    pub(crate) fn wants(&self) -> &[Want] {
        &self.wants
    }

    /// The other spellings of names that were looked for, name by name.
    pub(crate) fn also(&self) -> &[String] {
        &self.also
    }

    /// What could not be searched as it was asked.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    pub(crate) fn averages(&self) -> Averages {
        self.averages
    }

    /// What the parts of the query also find.
    pub(crate) fn reading(&self) -> &[String] {
        &self.reading
    }
}

/// Plain words of a query from which on its quotation marks are those of a text that was pasted, not an operator.
const PROSE: usize = 12;

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
        NodeKind::Chunk(words) => Some(words.len() as u32),
        NodeKind::All(parts) => parts.iter().map(title_words).sum(),
        NodeKind::Field(field) => (!matches!(field, Field::Text(..))).then_some(0),
        NodeKind::Not(_) => Some(0),
        _ => None,
    }
}

/// The stemmers of all languages that the index holds. A word is looked up under the stem of each, so a wrong guess at a
/// language costs rank, never recall.
fn stemmers(reader: &Reader) -> tantivy::Result<Vec<Stemmer>> {
    let mut langs = HashSet::new();
    for segment in reader.searcher.segment_readers() {
        let index = segment.inverted_index(schema().1.lang)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            langs.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    Ok(langs.iter().filter_map(|lang| Stemmer::of(lang)).collect())
}

/// Words of the index that the patterns of one query may stand for, all together.
const MOST_FORMS: usize = 10_000;

/// How many patterns and fuzzy words there are below `node`.
fn forms_in(node: &Node) -> usize {
    let own = usize::from(matches!(node.kind, NodeKind::Pattern(_) | NodeKind::Fuzzy(..)));
    own + node.children().iter().map(forms_in).sum::<usize>()
}

/// The stop words below `node` that an article need not hold.
fn stop_words(node: &Node, out: &mut Vec<String>) {
    if node.is_stop() {
        out.push(node.to_string());
    }
    node.children().iter().for_each(|child| stop_words(child, out));
}

pub(crate) struct Builder<'a> {
    pub(crate) reader: &'a Reader,
    pub(crate) lists: &'a Lists,
    query: &'a Query,
    pub(crate) averages: Averages,
    names: HashSet<u32>,
    stemmers: Vec<Stemmer>,
    pub(crate) parts: Vec<Part>,
    pub(crate) wants: Vec<Want>,
    /// The words that each pattern stands for, as the canonical form has it.
    pub(crate) forms: HashMap<String, Arc<Forms>>,
    /// Patterns that stand for more words than are searched.
    pub(crate) cut: Vec<String>,
    /// Words that one pattern may stand for.
    pub(crate) most_forms: usize,
    pub(crate) notes: Vec<String>,
    also: Vec<String>,
    pub(crate) reading: Vec<String>,
    pub(crate) tables: Tables<'a>,
    /// No other spellings of names.
    pub(crate) exact_only: bool,
}

impl Builder<'_> {
    /// The documents that hold `node`. Where `counts` is set, its words score and are shown in snippets.
    pub(crate) fn node(&mut self, node: &Node, scope: Option<Scope>, counts: bool) -> tantivy::Result<Matching> {
        if positional::is_placed(node, scope) {
            return self.placed(node, scope, counts);
        }
        Ok(match &node.kind {
            NodeKind::Word(word) => self.word(word, scope, counts)?,
            NodeKind::Chunk(words) | NodeKind::Phrase(words) => self.phrase(words, scope, counts)?,
            NodeKind::Pattern(_) | NodeKind::Fuzzy(..) => self.form(node, scope, counts)?,
            NodeKind::Near(..) | NodeKind::AtLeast(..) => self.placed(node, scope, counts)?,
            NodeKind::All(nodes) | NodeKind::And(nodes) => {
                let (mut must, mut not) = (Vec::new(), Vec::new());
                for node in nodes.iter().filter(|node| !node.is_stop()) {
                    match &node.kind {
                        NodeKind::Not(inner) => not.push(self.node(inner, scope, false)?),
                        _ => must.push(self.node(node, scope, counts)?),
                    }
                }
                filter::and(must, not)
            }
            NodeKind::Or(nodes) => {
                filter::or(nodes.iter().map(|node| self.node(node, scope, counts)).collect::<tantivy::Result<_>>()?)
            }
            NodeKind::Not(inner) => filter::and(Vec::new(), vec![self.node(inner, scope, false)?]),
            NodeKind::Field(Field::Text(scope, inner)) => self.node(inner, Some(*scope), counts)?,
            NodeKind::Field(field) => self.field(field, counts)?,
        })
    }

    fn word(&mut self, word: &Word, scope: Option<Scope>, counts: bool) -> tantivy::Result<Matching> {
        let (exact, mut stemmed, stems) = self.terms(&word.folded, scope);
        let spellings = self.spellings(word, scope, &mut stemmed)?;
        let all = [&exact.0, &exact.1, &stemmed.0, &stemmed.1];
        let matching = filter::any_term(all.into_iter().flatten().cloned());
        if counts {
            if stems.iter().any(|stem| *stem != word.folded) {
                let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
                self.read(format!("{}: also its other forms, by the stems {}", word.folded, stems.join(", ")));
            }
            let what = What::Word { folded: word.folded.clone(), stems, spellings };
            if let Some(at) = self.wants.iter().position(|want| want.what.is_word(&word.folded)) {
                // A word that the query repeats counts as often.
                if let Some(part) = self.parts.iter_mut().find(|part| part.want == at) {
                    part.repeats += 1.0;
                }
                return Ok(matching);
            }
            let part = Part::new(&self.reader.searcher, self.averages, exact, stemmed, self.wants.len())?;
            self.score(part, word, what);
        }
        Ok(matching)
    }

    /// Other spellings of a word that is a name, folded; their terms are added to those of other forms.
    fn spellings(&mut self, word: &Word, scope: Option<Scope>, forms: &mut Terms) -> tantivy::Result<Vec<String>> {
        if self.exact_only {
            return Ok(Vec::new());
        }
        let (_, f) = schema();
        let others = spellings::of_word(word.span.of(&self.query.text), &word.folded, self.reader, self.tables)?;
        for field in in_scope(scope, f.title, f.body) {
            let terms = others.iter().map(|other| Term::from_field_text(field, &other.folded));
            if field == f.title { &mut forms.0 } else { &mut forms.1 }.extend(terms);
        }
        self.also(&others.iter().map(|other| other.surface.clone()).collect::<Vec<_>>());
        Ok(others.into_iter().map(|other| other.folded).collect())
    }

    /// Says which other spellings of a name are looked for.
    pub(crate) fn also(&mut self, spellings: &[String]) {
        let line = spellings.join(", ");
        if !line.is_empty() && !self.also.contains(&line) {
            self.also.push(line);
        }
    }

    /// Lets `part` score, which begins with the typed word `first`, and shows it as `what`.
    fn score(&mut self, part: Part, first: &Word, what: What) {
        let part = if self.names.contains(&first.span.start) { part.named() } else { part };
        self.wants.push(Want { what, weight: part.weight() });
        self.parts.push(part);
    }

    fn phrase(&mut self, words: &[Word], scope: Option<Scope>, counts: bool) -> tantivy::Result<Matching> {
        let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
        if counts {
            let want = self.wants.len();
            let part = |word: &String| {
                let (exact, _, _) = self.terms(word, scope);
                Part::new(&self.reader.searcher, self.averages, exact, Default::default(), want)
            };
            let parts = folded.iter().map(part).collect::<tantivy::Result<_>>()?;
            if let (Some(part), Some(first)) = (Part::joined(parts), words.first()) {
                self.score(part, first, What::Phrase(folded.clone()));
            }
        }
        Ok(filter::phrase(&in_scope(scope, schema().1.title, schema().1.body), &folded, 0))
    }

    /// Says once what a part of the query also finds.
    pub(crate) fn read(&mut self, line: String) {
        if !self.reading.contains(&line) {
            self.reading.push(line);
        }
    }

    /// The terms of a word in titles and bodies: as it is, and by its stems, which are returned too.
    pub(crate) fn terms(&self, folded: &str, scope: Option<Scope>) -> (Terms, Terms, Vec<String>) {
        let (_, f) = schema();
        let mut stems: Vec<String> = self.stemmers.iter().map(|stemmer| stemmer.stem(folded).into_owned()).collect();
        stems.sort_unstable();
        stems.dedup();
        let exact = |field| vec![Term::from_field_text(field, folded)];
        let stemmed = |surface: Column, stem: Column| {
            let terms =
                stems.iter().flat_map(|word| [Term::from_field_text(stem, word), Term::from_field_text(surface, word)]);
            terms.collect::<Vec<_>>()
        };
        let (title, body) = (in_title(scope), scope != Some(Scope::Title));
        let when = |wanted: bool, terms: Vec<Term>| if wanted { terms } else { Vec::new() };
        (
            (when(title, exact(f.title)), when(body, exact(f.body))),
            (when(title, stemmed(f.title, f.title_stem)), when(body, stemmed(f.body, f.body_stem))),
            stems,
        )
    }

    fn field(&mut self, field: &Field, counts: bool) -> tantivy::Result<Matching> {
        let (_, f) = schema();
        Ok(match field {
            Field::Text(scope, node) => self.node(node, Some(*scope), counts)?,
            Field::Name(role, name, spelling) => self.name(*role, name, *spelling, counts)?,
            Field::Near(centre, metres) => self.near(centre, *metres, counts)?,
            Field::Site(site) => filter::term(Term::from_field_text(f.site, site)),
            Field::Lang(code) => filter::term(Term::from_field_text(f.lang, lang::normalise(code).unwrap_or(code))),
            Field::Has(what) => filter::term(Term::from_field_text(f.has, what)),
            Field::Kind(name) => {
                let kinds = Kind::ALL.iter().filter(|kind| kind.name() == *name);
                filter::any_term(kinds.map(|kind| Term::from_field_u64(f.kind, kind_number(*kind))))
            }
            Field::Date(of, filter) => self.date(*of, filter, counts),
            Field::Length { min, max } => {
                filter::number(column::WORDS, u64::from(*min), max.map_or(u64::MAX, u64::from))
            }
        })
    }

    fn date(&mut self, of: DateOf, filter: &DateFilter, counts: bool) -> Matching {
        let range = match filter {
            DateFilter::None => {
                let any = match of {
                    DateOf::Published => filter::any_value(column::PUBLISHED),
                    DateOf::Captured => filter::any_value(column::CAPTURED_AT),
                    DateOf::About | DateOf::AboutOverlap => filter::any_value(column::DATES),
                };
                return filter::and(vec![], vec![any]);
            }
            DateFilter::Within(range) => range,
        };
        let asked = Interval {
            start: range.from.unwrap_or(Date::MIN),
            end: range.to.unwrap_or(Date::MAX),
            granularity: Granularity::Range,
        };
        match of {
            DateOf::Published => filter::days(column::PUBLISHED, asked, false),
            DateOf::Captured => filter::seconds(column::CAPTURED_AT, asked),
            DateOf::About | DateOf::AboutOverlap => {
                let overlap = of == DateOf::AboutOverlap;
                if counts {
                    self.wants.push(Want { what: What::Date { asked, overlap }, weight: FILTER_WEIGHT });
                }
                filter::days(column::DATES, asked, overlap)
            }
        }
    }

    /// What was typed for `node`.
    fn typed(&self, node: &Node) -> String {
        node.span.of(&self.query.text).to_owned()
    }
}

/// True where words of the title count.
pub(crate) fn in_title(scope: Option<Scope>) -> bool {
    matches!(scope, None | Some(Scope::Title | Scope::Lead))
}

/// The fields that words of `scope` are looked for in.
pub(crate) fn in_scope(scope: Option<Scope>, title: Column, body: Column) -> Vec<Column> {
    match scope {
        None | Some(Scope::Lead) => vec![title, body],
        Some(Scope::Title) => vec![title],
        Some(Scope::Body | Scope::First(_)) => vec![body],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_knows_the_kinds_that_the_extractor_gives() {
        let mut given = Kind::ALL.map(Kind::name);
        given.sort_unstable();
        let mut known: Vec<&str> = crate::query::KINDS.to_vec();
        known.sort_unstable();
        assert_eq!(known, given);
    }
}
