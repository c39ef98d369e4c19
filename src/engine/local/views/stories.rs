//! Stories as output: what is known of the other articles that tell what a hit tells.

use tantivy::{DocAddress, Term};

use super::{Scope, article};
use crate::api::{Request, Story, Teller};
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::matching::collect::Candidate;
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::stop::Stop;
use crate::error::Error;
use crate::index::column;
use crate::index::schema::schema;
use crate::index::store::Stored;
use crate::index::{Reader, store, stories};
use crate::query::{DateOf, Field, Node, NodeKind, Query};

/// Whether a filter on the time of capture stands below `node`: then every capture is searched.
fn asks_for_captures(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Field(Field::Date(DateOf::Captured, _)))
        || node.children().iter().any(asks_for_captures)
}

/// Whether every capture of an article is searched.
pub(crate) fn searches_captures(request: &Request, query: &Query) -> bool {
    request.versions || asks_for_captures(&query.root)
}

/// The story for which a candidate that is stored like this stands; `None` where it stands alone.
pub(crate) fn of_hit(scope: &Scope<'_>, candidate: &Candidate, stored: &Stored) -> Fallible<Option<Story>> {
    let Some(told) = candidate.story else { return Ok(None) };
    let Scope { reader, request, stop, .. } = *scope;
    let keys = reader.stories()?.members(told.group);
    let own = reader.key(candidate.address)?;
    let teller = |key: u64| {
        stop.check()?;
        match key == own {
            true => article::teller(stored, candidate.id, 100).ok_or_else(Failure::damaged),
            false => teller(reader, key, candidate.address),
        }
    };
    let Some(first) = keys.first() else {
        debug_assert!(false, "a story has two articles at least");
        return Ok(None);
    };
    let first = teller(*first)?;
    let others = keys.iter().filter(|key| request.copies && **key != own);
    let copies = others.map(|key| teller(*key)).collect::<Fallible<_>>()?;
    Ok(Some(Story { articles: keys.len() as u64, matching: told.matching, first, copies }))
}

/// The story of the article with this id, with all its articles.
pub(crate) fn of_article(reader: &Reader, id: &str, stop: Stop<'_>) -> Fallible<Story> {
    let (address, key) = locate(reader, id)?;
    let tellers = members(reader, key)?.into_iter().map(|key| {
        stop.check()?;
        teller(reader, key, address)
    });
    let copies: Vec<Teller> = tellers.collect::<Fallible<_>>()?;
    let articles = copies.len() as u64;
    let first = copies.first().cloned().ok_or_else(Failure::damaged)?;
    Ok(Story { articles, matching: articles, first, copies })
}

/// The keys of the articles that tell the story of the one with this key; itself where it stands alone.
fn members(reader: &Reader, key: u64) -> Fallible<Vec<u64>> {
    let stories = reader.stories()?;
    Ok(stories.group_of(key).map_or_else(|| vec![key], |group| stories.members(group)))
}

/// Where the newest capture of the article with this id stands, and its key.
pub(crate) fn locate(reader: &Reader, id: &str) -> Fallible<(DocAddress, u64)> {
    for address in store::locate(&reader.searcher, schema().1.id, article::number(id)?)? {
        let key = reader.key(address)?;
        if !reader.superseded.contains(key) {
            return Ok((address, key));
        }
    }
    Err(Error::no_such_id(id).into())
}

/// The article with this key and those that tell the same story, as a query.
pub(crate) fn own(reader: &Reader, key: u64) -> Fallible<Matching> {
    let terms = members(reader, key)?.into_iter().map(|key| Term::from_field_u64(schema().1.key, key));
    Ok(filter::any_term(terms))
}

/// The article with this key, and how much of it is the same as the one at `beside`.
fn teller(reader: &Reader, key: u64, beside: DocAddress) -> Fallible<Teller> {
    let searcher = &reader.searcher;
    let address = store::locate(searcher, schema().1.key, key)?.into_iter().next().ok_or_else(Failure::damaged)?;
    let stored = reader.load(address)?;
    let segment = searcher.segment_reader(address.segment_ord);
    let id = column::ID.open(segment)?.first(address.doc_id).unwrap_or(key);
    let same = stories::same(searcher, address, beside)?;
    article::teller(&stored, id, same).ok_or_else(Failure::damaged)
}
