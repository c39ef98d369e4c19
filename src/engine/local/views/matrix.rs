//! Names against names: which of a list stand together in one window, with the sentences.
//!
//! For each name the articles of the match that hold it are looked up; only those that hold two are read. In these each
//! name is found as a query for it alone would find it, so an edge agrees with what `search query` shows.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocAddress;

use super::article;
use super::export::in_order;
use super::pairs::{evidence_of, windows_of};
use super::{Scope, Totals};
use crate::api::{Edge, Evidence, Matrix, MatrixAsked, Node, Request};
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::matching::collect;
use crate::engine::local::matching::filter;
use crate::engine::local::plan::Plan;
use crate::error::Error;
use crate::index::store::Stored;
use crate::query;
use crate::text::Span;

/// One pair while it is counted.
#[derive(Default)]
struct Counted {
    articles: u64,
    told: FxHashSet<u32>,
    alone: u64,
    times: u64,
    evidence: Vec<Evidence>,
}

/// Which of the names stand together in the articles of the match.
pub(crate) fn matrix(scope: &Scope<'_>, asked: &MatrixAsked) -> Fallible<(Totals, Matrix)> {
    let mut plans = Vec::with_capacity(asked.names.len());
    let mut nodes: Vec<Node> = Vec::with_capacity(asked.names.len());
    let mut holders: FxHashMap<DocAddress, Vec<usize>> = FxHashMap::default();
    for (number, name) in asked.names.iter().enumerate() {
        scope.stop.check()?;
        let plan = plan(scope, name, &mut nodes)?;
        let both = filter::and(vec![scope.matching.box_clone(), plan.all()], Vec::new());
        for (ord, documents) in (0..).zip(collect::documents(scope.reader, &both, scope.stop)?) {
            nodes[number].articles += documents.len() as u64;
            documents.iter().for_each(|doc| holders.entry(DocAddress::new(ord, *doc)).or_default().push(number));
        }
        plans.push(plan);
    }
    let mut matchers: Vec<Matcher<'_>> = plans.iter().map(|plan| Matcher::new(plan.targets())).collect();
    let mut edges: BTreeMap<(usize, usize), Counted> = BTreeMap::new();
    let places = in_order(scope)?;
    let total = places.len() as u64;
    // Earliest first, so that the first evidence found is the one to keep.
    for (_, id, _, address) in places {
        let Some(names) = holders.get(&address).filter(|names| names.len() > 1) else { continue };
        scope.stop.check()?;
        let mut stored = scope.reader.load(address)?;
        stored.read_mentions()?;
        let found = found(&stored, names, &mut matchers)?;
        let story = scope.reader.stories()?.group_of(scope.reader.key(address)?);
        count(&stored, id, &found, story, asked, &mut edges)?;
    }
    let edges = edges.into_iter().map(|((source, target), counted)| Edge {
        source,
        target,
        articles: counted.articles,
        stories: counted.alone + counted.told.len() as u64,
        times: counted.times,
        evidence: counted.evidence,
    });
    Ok((Totals::ungrouped(total), Matrix { nodes, edges: edges.collect() }))
}

/// How one name is looked for; what is to be said of that is a new node.
fn plan(scope: &Scope<'_>, name: &str, nodes: &mut Vec<Node>) -> Fallible<Plan> {
    let query = query::parse(name, scope.request.today);
    if let Some(refused) = query.refused.first().filter(|_| !scope.request.lenient) {
        return Err(Error::usage(format!("{name}: {}", refused.message)).into());
    }
    if query.is_empty() {
        return Err(Error::usage(format!("the name '{name}' holds no word")).into());
    }
    let request = Request { text: name.to_owned(), ..scope.request.clone() };
    let plan = Plan::new(&query, scope.reader, scope.dictionaries, &request, scope.damage)?;
    let notes = query.notes.iter().map(|note| note.message.clone()).chain(plan.notes().iter().cloned());
    nodes.push(Node { articles: 0, also: plan.also().to_vec(), notes: notes.collect() });
    Ok(plan)
}

/// Where each of `names` stands in a body, with its number, in the order of the text.
fn found(stored: &Stored, names: &[usize], matchers: &mut [Matcher<'_>]) -> Fallible<Vec<(Span, usize)>> {
    let (annotations, lang) = article::annotations(&stored.record).ok_or_else(Failure::damaged)?;
    let mut found = Vec::new();
    for number in names {
        let marks = matchers[*number].find(&stored.body, annotations, lang);
        found.extend(marks.into_iter().map(|mark| (mark.span, *number)));
    }
    found.sort_unstable();
    Ok(found)
}

/// Counts the pairs of one article.
fn count(
    stored: &Stored,
    id: u64,
    found: &[(Span, usize)],
    story: Option<u32>,
    asked: &MatrixAsked,
    edges: &mut BTreeMap<(usize, usize), Counted>,
) -> Fallible<()> {
    let mut here: FxHashSet<(usize, usize)> = FxHashSet::default();
    for window in windows_of(&stored.body, asked.window) {
        let first = found.partition_point(|(span, _)| span.start < window.start);
        let last = found.partition_point(|(span, _)| span.start < window.end);
        for (pair, places) in pairs(&found[first..last.max(first)]) {
            let counted = edges.entry(pair).or_default();
            counted.times += 1;
            if here.insert(pair) {
                counted.articles += 1;
                match story {
                    Some(story) => drop(counted.told.insert(story)),
                    None => counted.alone += 1,
                }
            }
            if counted.evidence.len() < asked.evidence {
                counted.evidence.push(evidence_of(stored, id, places)?);
            }
        }
    }
    Ok(())
}

/// The pairs of different names in one window, each once, with the two places that are nearest to each other. Places of two
/// names that overlap are one mention, of one who bears both names, and no pair.
fn pairs(inside: &[(Span, usize)]) -> Vec<((usize, usize), (Span, Span))> {
    let mut by_name: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    inside.iter().for_each(|(span, name)| by_name.entry(*name).or_default().push(*span));
    let mut out = Vec::new();
    for (source, own) in &by_name {
        for (target, others) in by_name.range(source + 1..) {
            out.extend(nearest(own, others).map(|places| ((*source, *target), places)));
        }
    }
    out
}

/// The two places, one of each list, that are nearest and do not overlap. Both lists are in the order of the text and are
/// walked once.
fn nearest(own: &[Span], others: &[Span]) -> Option<(Span, Span)> {
    let (mut i, mut j) = (0, 0);
    let mut best: Option<(u32, (Span, Span))> = None;
    while let (Some(one), Some(other)) = (own.get(i), others.get(j)) {
        let gap = one.start.max(other.start).saturating_sub(one.end.min(other.end));
        if !one.overlaps(*other) && best.is_none_or(|(least, _)| gap < least) {
            best = Some((gap, (*one, *other)));
        }
        if one.start <= other.start { i += 1 } else { j += 1 }
    }
    best.map(|(_, places)| places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_places_that_do_not_overlap() {
        let spans = |pairs: &[(usize, usize)]| pairs.iter().map(|(a, b)| Span::new(*a, *b)).collect::<Vec<_>>();
        let near = |own: &[(usize, usize)], others: &[(usize, usize)]| {
            nearest(&spans(own), &spans(others)).map(|(one, other)| (one.start, other.start))
        };
        assert_eq!(near(&[(0, 4), (50, 54)], &[(20, 24), (56, 60)]), Some((50, 56)));
        assert_eq!(near(&[(0, 9)], &[(4, 9)]), None);
        assert_eq!(near(&[(0, 9), (30, 34)], &[(4, 9)]), Some((30, 4)));
        assert_eq!(near(&[], &[(4, 9)]), None);
    }
}
