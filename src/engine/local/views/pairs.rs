//! Who and where together: what stands in the sentences that name what was asked for, with the sentences.
//!
//! The match is walked article by article; a window (sentence, paragraph, article) counts where it names one of the
//! people, places and so on that the query filters by, or, where it filters by none, holds one of its words. A query
//! that nothing in a text can show, such as `site:`, has every window. What was asked for is no partner of itself.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use tantivy::{DocAddress, DocId};

use super::article::{self, Listed};
use super::{Scope, Totals};
use crate::annotate::{Annotations, Mention, Value};
use crate::api::{Evidence, Hit, Pair, PairsAsked, Window, With};
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::highlight::targets::Mark;
use crate::engine::local::matching::collect;
use crate::engine::plan::Target;
use crate::index::Stories;
use crate::index::column;
use crate::index::named::folded_words;
use crate::index::store::Stored;
use crate::text::{Span, fold, paragraphs, sentences};

/// Evidence of more bytes is cut down to the sentence of the partner.
// As much as a snippet shows of one sentence.
const LONGEST: usize = 600;

/// What walks over the articles of a match.
struct Walk<'a> {
    scope: Scope<'a>,
    asked: &'a PairsAsked,
    stories: &'a Stories,
}

/// The partners in the match: those in most articles first, then those that stand there most often, then by name.
pub(crate) fn pairs(scope: &Scope<'_>, asked: &PairsAsked) -> Fallible<(Totals, Vec<Pair>)> {
    let documents = collect::documents(scope.reader, scope.matching, scope.stop)?;
    let total = documents.iter().map(Vec::len).sum::<usize>() as u64;
    let walk = Walk { scope: *scope, asked, stories: scope.reader.stories()? };
    Ok((Totals::ungrouped(total), walk.pairs(documents)?))
}

/// One partner while it is counted.
#[derive(Default)]
struct Counted {
    /// Names as printed, with how often.
    names: BTreeMap<String, u64>,
    country: Option<String>,
    articles: u64,
    /// Groups of copies; articles that stand alone are counted beside.
    told: FxHashSet<u32>,
    alone: u64,
    times: u64,
    evidence: Vec<(Order, Evidence)>,
}

/// Earliest published first, undated last; then by id and place in the text.
type Order = (bool, Option<String>, String, u32);

/// A partner: a place by its id, a person or an organisation by the key of the name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Place(u32),
    Name(String),
}

impl Walk<'_> {
    fn pairs(&self, documents: Vec<Vec<DocId>>) -> Fallible<Vec<Pair>> {
        let mut found: BTreeMap<Key, Counted> = BTreeMap::new();
        let mut matcher = Matcher::new(self.scope.plan.targets());
        for (ord, documents) in (0..).zip(documents) {
            for doc in documents {
                // Each article is read as a whole: a thousand of them would be a second.
                self.scope.stop.check()?;
                self.article(DocAddress::new(ord, doc), doc, &mut matcher, &mut found)?;
            }
        }
        let mut rows: Vec<Pair> = found.into_iter().map(|(key, counted)| counted.row(&key)).collect();
        if let Some(name) = &self.asked.show {
            let name = fold(name);
            rows.retain(|row| fold(&row.value).contains(&name));
        }
        rows.sort_by(|one, other| {
            (other.articles, other.times).cmp(&(one.articles, one.times)).then_with(|| one.value.cmp(&other.value))
        });
        rows.truncate(self.scope.room());
        Ok(rows)
    }

    fn article(
        &self,
        address: DocAddress,
        doc: DocId,
        matcher: &mut Matcher<'_>,
        found: &mut BTreeMap<Key, Counted>,
    ) -> Fallible<()> {
        let reader = self.scope.reader;
        let mut stored = reader.load(address)?;
        stored.read_mentions()?;
        let segment = reader.searcher.segment_reader(address.segment_ord);
        let id = column::ID.open(segment)?.first(doc).unwrap_or(0);
        let group = column::KEY.open(segment)?.first(doc).and_then(|key| self.stories.group_of(key));
        let (annotations, lang) = article::annotations(&stored.record).ok_or_else(Failure::damaged)?;
        let hit = article::hit(&stored, id, Listed::default()).ok_or_else(Failure::damaged)?;
        let marks = anchors(matcher.targets(), matcher.find(&stored.body, annotations, lang));
        let text = Text { body: &stored.body, paragraphs: paragraphs(&stored.body), annotations, marks: &marks };
        let mut here: FxHashSet<Key> = FxHashSet::default();
        for window in text.windows(self.asked.window, matcher.targets().is_empty()) {
            for mention in text.partners(window) {
                let Some(key) = text.key(mention, self.asked.with) else { continue };
                let counted = found.entry(key.clone()).or_default();
                counted.times += 1;
                text.name(mention, counted);
                if here.insert(key) {
                    counted.articles += 1;
                    match group {
                        Some(group) => drop(counted.told.insert(group)),
                        None => counted.alone += 1,
                    }
                }
                // A window proves a partner once, however often it names it.
                let order = (hit.date.is_none(), hit.date.clone(), hit.id.clone(), window.start);
                counted.keep(order, self.asked.evidence, || text.evidence(window, mention, &hit));
            }
        }
        Ok(())
    }
}

/// The marks that make a window count: those of filters by a name where the query has such, else all.
fn anchors(targets: &[Target], marks: Vec<Mark>) -> Vec<Mark> {
    let named = targets.iter().any(|target| !target.kind.is_text());
    let mut anchors: Vec<Mark> =
        marks.into_iter().filter(|mark| !named || !targets[mark.target].kind.is_text()).collect();
    anchors.sort_unstable();
    anchors
}

impl Counted {
    fn row(self, key: &Key) -> Pair {
        // The form that is printed most often; of equals the first of the alphabet.
        let best = self.names.iter().max_by(|one, other| one.1.cmp(other.1).then_with(|| other.0.cmp(one.0)));
        Pair {
            value: best.map_or_else(String::new, |(name, _)| name.clone()),
            id: match key {
                Key::Place(id) => Some(*id),
                Key::Name(_) => None,
            },
            country: self.country,
            articles: self.articles,
            stories: self.alone + self.told.len() as u64,
            times: self.times,
            evidence: self.evidence.into_iter().map(|(_, evidence)| evidence).collect(),
        }
    }

    /// Keeps the first `most` pieces of evidence, each once.
    fn keep(&mut self, order: Order, most: usize, evidence: impl FnOnce() -> Evidence) {
        if let Err(at) = self.evidence.binary_search_by(|(other, _)| other.cmp(&order))
            && at < most
        {
            self.evidence.insert(at, (order, evidence()));
            self.evidence.truncate(most);
        }
    }
}

/// One article: its mentions, and the marks of what was asked for, both in the order of the text.
struct Text<'a> {
    body: &'a str,
    paragraphs: Vec<Span>,
    annotations: &'a Annotations,
    marks: &'a [Mark],
}

impl<'a> Text<'a> {
    /// The windows that count; every one where the query shows nothing in a text.
    fn windows(&self, window: Window, every: bool) -> Vec<Span> {
        let all = windows_of(self.body, window);
        // An article matches as a whole, by its headline too.
        let every = every || window == Window::Article;
        all.into_iter().filter(|span| every || !self.marks_in(*span).is_empty()).collect()
    }

    fn marks_in(&self, span: Span) -> &'a [Mark] {
        let first = self.marks.partition_point(|mark| mark.span.start < span.start);
        let last = self.marks.partition_point(|mark| mark.span.start < span.end);
        &self.marks[first..last.max(first)]
    }

    /// The mentions in `window` but those that were asked for.
    fn partners(&self, window: Span) -> impl Iterator<Item = &'a Mention> {
        let mentions = &self.annotations.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < window.start);
        let within = mentions[first..].iter().take_while(move |mention| mention.span.start < window.end);
        let marks = self.marks_in(window);
        within.filter(move |mention| marks.iter().all(|mark| !mark.span.overlaps(mention.span)))
    }

    /// What a mention is counted under; `None` for one of another kind.
    fn key(&self, mention: &Mention, with: With) -> Option<Key> {
        Some(match (with, &mention.value) {
            (With::Places, Value::Place(at)) => Key::Place(self.annotations.places.get(*at as usize)?.id),
            (With::People, Value::Person(at)) => Key::Name(self.annotations.people.get(*at as usize)?.key.clone()),
            (With::Orgs, Value::Org) => Key::Name(folded_words(mention.span.of(self.body))),
            _ => return None,
        })
    }

    /// Counts how the bearer of a mention is called.
    fn name(&self, mention: &Mention, counted: &mut Counted) {
        let name = match &mention.value {
            Value::Place(at) => self.annotations.places.get(*at as usize).map(|place| {
                counted.country = Some(place.country.clone()).filter(|country| !country.is_empty());
                place.name.clone()
            }),
            Value::Person(at) => self.annotations.people.get(*at as usize).map(|person| person.name.clone()),
            _ => None,
        };
        let surface = || mention.span.of(self.body).split_whitespace().collect::<Vec<_>>().join(" ");
        *counted.names.entry(name.unwrap_or_else(surface)).or_default() += 1;
    }

    /// The sentences from what was asked for to the partner, or the partner's alone where that is far.
    fn evidence(&self, window: Span, mention: &Mention, hit: &Hit) -> Evidence {
        let near = self.marks_in(window).iter().min_by_key(|mark| mark.span.start.abs_diff(mention.span.start));
        let span = span_of_both(self.body, &self.paragraphs, mention.span, near.map(|mark| mark.span));
        evidence(self.body, span, hit)
    }
}

/// The sentences of the paragraph of `own` from it to `other`, or its own alone where that is far.
fn span_of_both(body: &str, paragraphs: &[Span], own: Span, other: Option<Span>) -> Span {
    let at = paragraphs.partition_point(|paragraph| paragraph.end <= own.start);
    let around = paragraphs.get(at).map_or_else(Vec::new, |paragraph| sentences(body, *paragraph));
    let holding = |inner: Span| around.iter().copied().find(|span| span.contains(inner));
    let own = holding(own).unwrap_or(own);
    let other = other.and_then(holding).unwrap_or(own);
    let both = Span { start: own.start.min(other.start), end: own.end.max(other.end) };
    if both.len() > LONGEST { own } else { both }
}

fn evidence(body: &str, span: Span, hit: &Hit) -> Evidence {
    let Hit { id, date, site, title, .. } = hit.clone();
    Evidence { id, date, site, title, start: span.start, end: span.end, text: span.of(body).to_owned() }
}

/// The sentences of a stored article that hold two places.
pub(super) fn evidence_of(stored: &Stored, id: u64, (own, other): (Span, Span)) -> Fallible<Evidence> {
    let hit = article::hit(stored, id, Listed::default()).ok_or_else(Failure::damaged)?;
    let span = span_of_both(&stored.body, &paragraphs(&stored.body), own, Some(other));
    Ok(evidence(&stored.body, span, &hit))
}

/// The windows of a body.
pub(super) fn windows_of(body: &str, window: Window) -> Vec<Span> {
    match window {
        Window::Article => vec![Span::new(0, body.len())],
        Window::Paragraph => paragraphs(body),
        Window::Sentence => paragraphs(body).iter().flat_map(|paragraph| sentences(body, *paragraph)).collect(),
    }
}
