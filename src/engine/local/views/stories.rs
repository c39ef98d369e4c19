//! Stories as output: what is known of the other articles that tell what a hit tells.

use tantivy::error::DataCorruption;
use tantivy::{DocAddress, Term};

use crate::api::{Hit, Request, Story, Teller};
use crate::engine::local::matching::collect::Candidate;
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::views::article;
use crate::error::{Error, Result};
use crate::index::column;
use crate::index::schema::schema;
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

/// Whether one article of each story is listed. Captures of one article are asked for one by one.
pub(crate) fn is_grouped(request: &Request, query: &Query) -> bool {
    request.group && !searches_captures(request, query)
}

/// The story for which a candidate stands; `None` where it stands alone.
pub(crate) fn of_hit(reader: &Reader, candidate: &Candidate, hit: &Hit, named: bool) -> tantivy::Result<Option<Story>> {
    let Some(told) = candidate.story else { return Ok(None) };
    let keys = reader.stories()?.members(told.group);
    let own = reader.key(candidate.address)?;
    let others = keys.iter().filter(|key| **key != own).copied();
    let teller = |key: u64| match key == own {
        true => Ok(from_hit(hit.clone(), 100)),
        false => teller(reader, key, candidate.address),
    };
    let first = keys.first().map(|key| teller(*key)).transpose()?;
    let copies = if named { others.map(teller).collect::<tantivy::Result<_>>()? } else { Vec::new() };
    Ok(first.map(|first| Story { articles: keys.len() as u64, matching: told.matching, first, copies }))
}

/// The story of the article with this id, with all its articles. The outer failure is that there is no such article.
pub(crate) fn of_article(reader: &Reader, id: &str) -> Result<tantivy::Result<Story>> {
    let (address, key) = locate(reader, id)?;
    let story = || {
        let stories = reader.stories()?;
        let keys = stories.group_of(key).map_or_else(|| vec![key], |group| stories.members(group));
        let copies: Vec<Teller> =
            keys.iter().map(|key| teller(reader, *key, address)).collect::<tantivy::Result<_>>()?;
        let first = copies.first().cloned().ok_or_else(damaged)?;
        Ok(Story { articles: keys.len() as u64, matching: keys.len() as u64, first, copies })
    };
    Ok(story())
}

/// Where the newest capture of the article with this id stands, and its key.
pub(crate) fn locate(reader: &Reader, id: &str) -> Result<(DocAddress, u64)> {
    let number = u64::from_str_radix(id, 16).ok().filter(|_| id.len() == 16).ok_or_else(|| Error::no_such_id(id))?;
    let fail = |cause| reader.failure(cause);
    for address in store::locate(&reader.searcher, schema().1.id, number).map_err(fail)? {
        let key = reader.key(address).map_err(fail)?;
        if !reader.superseded.contains(key) {
            return Ok((address, key));
        }
    }
    Err(Error::no_such_id(id))
}

/// The article with this key and those that tell the same story, as a query.
pub(crate) fn own(reader: &Reader, key: u64) -> tantivy::Result<Matching> {
    let stories = reader.stories()?;
    let keys = stories.group_of(key).map_or_else(|| vec![key], |group| stories.members(group));
    Ok(filter::any_term(keys.iter().map(|key| Term::from_field_u64(schema().1.key, *key))))
}

/// The article with this key, and how much of it is the same as the one at `beside`.
fn teller(reader: &Reader, key: u64, beside: DocAddress) -> tantivy::Result<Teller> {
    let searcher = &reader.searcher;
    let address = store::locate(searcher, schema().1.key, key)?.into_iter().next().ok_or_else(damaged)?;
    let stored = store::load(searcher, address)?;
    let segment = searcher.segment_reader(address.segment_ord);
    let id = column::ID.open(segment)?.first(address.doc_id).unwrap_or(key);
    let hit = article::hit(&stored.record, id).ok_or_else(damaged)?;
    Ok(from_hit(hit, stories::same(searcher, address, beside)?))
}

fn from_hit(hit: Hit, same: u32) -> Teller {
    Teller { id: hit.id, same, date: hit.date, site: hit.site, title: hit.title, url: hit.url, file: hit.file }
}

pub(crate) fn damaged() -> tantivy::TantivyError {
    tantivy::TantivyError::DataCorruption(DataCorruption::comment_only("a document that queries find is no article"))
}
