//! The engine over one Tantivy index on disk.

mod collect;
mod dictionary;
mod explain;
mod facets;
mod feedback;
mod filter;
mod forms;
mod named;
mod names;
mod near;
mod occurrences;
mod placed;
mod plan;
mod rank;
mod scan;
mod show;
mod snippet;
mod spellings;
mod steady;
mod want;

use std::collections::HashMap;
use std::path::Path;

use tantivy::error::DataCorruption;
use tantivy::{DocAddress, TantivyError};

pub use show::mentions;

use crate::api::{ArticleView, Engine, Facet, Facets, Hit, Listing, Request, Response, Stats};
use crate::error::{Error, Result};
use crate::index::Reader;
use crate::query;
use collect::{Candidate, Collected};
use dictionary::Lists;
use plan::Plan;
use scan::Scanner;

/// The query that lists every article. Any other query without a word or filter finds nothing: it would list the
/// archive in no order anybody asked for.
const EVERYTHING: &str = "*";

/// The beginning of what was typed, for a note.
fn head(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn nothing_asked(query: &query::Query) -> Response {
    let typed = match query.text.trim() {
        "" => "the query is empty".to_owned(),
        text => format!("the query {} holds no word", head(text)),
    };
    let note = format!(
        "{typed}; type words, a phrase in quotes or a filter such as date:2020, or '{EVERYTHING}' for every article"
    );
    let noted = query.notes.iter().map(|note| note.message.clone());
    Response { notes: noted.chain([note]).collect(), ..Response::default() }
}

/// What was not read, or not searched, as it may have been meant.
fn notes(query: &query::Query, plan: &Plan) -> Vec<String> {
    query.notes.iter().map(|note| note.message.clone()).chain(plan.notes().iter().cloned()).collect()
}

/// One commit of one index, open for searching.
#[derive(Debug)]
pub struct Local {
    reader: Reader,
    lists: Lists,
}

impl Local {
    /// Opens the last commit of the index at `path`.
    pub fn open(path: &Path) -> Result<Local> {
        Ok(Local { reader: Reader::open(path)?, lists: Lists::default() })
    }

    fn failure(&self, cause: TantivyError) -> Error {
        match cause {
            TantivyError::DataCorruption(_) => Error::damaged(self.reader.path(), cause),
            cause => Error::index(self.reader.path(), cause),
        }
    }

    /// How the request is carried out, or the answer where it asks for nothing.
    fn plan(&self, request: &Request) -> Result<std::result::Result<(query::Query, Plan), Response>> {
        let query = query::parse(&request.text, request.today);
        if query.is_empty() && query.text.trim() != EVERYTHING {
            return Ok(Err(nothing_asked(&query)));
        }
        let plan = Plan::new(&query, &self.reader, &self.lists, request).map_err(|cause| self.failure(cause))?;
        Ok(Ok((query, plan)))
    }

    /// The hits to list, in order, with the totals.
    fn list(&self, plan: &Plan, request: &Request) -> tantivy::Result<Response> {
        let room = if request.limit == 0 { usize::MAX } else { request.offset.saturating_add(request.limit) };
        let any = request.listing == Listing::Any;
        let matching = if any { plan.any() } else { plan.all() };
        let deep = feedback::is_wanted(plan, request.sort);
        let depth = if deep { room.max(feedback::DEPTH) } else { room };
        let found = collect::best(&self.reader, plan, &matching, request.sort, depth)?;
        let mut response = Response { total: found.total, ..Response::default() };
        let fill = request.limit > 0 && found.best.len() < room;
        let learn = deep && found.best.len() < feedback::MODEL;
        let mut tiers = vec![found.best];
        if request.listing == Listing::Fill && plan.can_be_partial() && (fill || learn) {
            let rest = if fill { room - tiers[0].len() } else { 0 };
            let rest = if deep { rest.max(feedback::DEPTH) } else { rest };
            let Collected { total, best } = collect::best(&self.reader, plan, &plan.some(), request.sort, rest)?;
            response.partial = if fill { total } else { 0 };
            tiers.push(best);
        }
        if deep {
            feedback::rerank(&self.reader, plan, &mut tiers)?;
        }
        let listed = tiers.into_iter().take(if fill { 2 } else { 1 }).flatten().take(room);
        let count = if request.limit == 0 { usize::MAX } else { request.limit };
        let full = if any { 0 } else { found.total };
        let page: Vec<(u64, Candidate)> = (1..).zip(listed).skip(request.offset).take(count).collect();
        let mut missing =
            self.missing(plan, page.iter().filter(|(rank, _)| *rank > full).map(|(_, candidate)| candidate))?;
        let mut scanner = Scanner::new(plan.wants());
        for (rank, candidate) in page {
            let missing = missing.remove(&candidate.address).unwrap_or_default();
            let Some(mut hit) = self.hit(&mut scanner, request, &candidate, rank, missing) else {
                let cause = DataCorruption::comment_only("what is stored of an article cannot be read");
                return Err(TantivyError::DataCorruption(cause));
            };
            if request.explain {
                hit.why = explain::why(&self.reader, plan, &candidate)?;
            }
            response.hits.push(hit);
        }
        Ok(response)
    }

    /// For each of the candidates the words that it lacks.
    fn missing<'c>(
        &self,
        plan: &Plan,
        candidates: impl Iterator<Item = &'c Candidate>,
    ) -> tantivy::Result<HashMap<DocAddress, Vec<String>>> {
        let addresses: Vec<DocAddress> = candidates.map(|candidate| candidate.address).collect();
        let mut out: HashMap<DocAddress, Vec<String>> = HashMap::new();
        if addresses.is_empty() {
            return Ok(out);
        }
        for (label, matching) in plan.loose() {
            for (address, holds) in addresses.iter().zip(collect::holds(&self.reader, matching, &addresses)?) {
                if !holds {
                    out.entry(*address).or_default().push(label.to_owned());
                }
            }
        }
        Ok(out)
    }

    /// One candidate with its stored record and snippets; `None` where the store is damaged.
    fn hit(
        &self,
        scanner: &mut Scanner<'_>,
        request: &Request,
        candidate: &Candidate,
        rank: u64,
        missing: Vec<String>,
    ) -> Option<Hit> {
        let mut stored = crate::index::store::load(&self.reader.searcher, candidate.address)?;
        let mut hit = show::hit(&stored.record, candidate.id)?;
        hit.rank = rank;
        hit.score = candidate.score();
        hit.missing = missing;
        if request.snippets > 0 {
            if scanner.wants().iter().any(|want| !want.what.is_text()) {
                stored.read_mentions();
            }
            let annotations = show::annotations(&stored.record)?;
            hit.snippets = snippet::cut(&stored.body, scanner, annotations, hit.lang.as_deref(), request.snippets);
            hit.spellings = scanner.spellings().to_vec();
            if hit.snippets.is_empty() {
                hit.snippets.extend(snippet::lead(&stored.body));
            }
        }
        Some(hit)
    }
}

impl Engine for Local {
    fn search(&self, request: &Request) -> Result<Response> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(answer),
        };
        let mut response = self.list(&plan, request).map_err(|cause| self.failure(cause))?;
        response.query = query.to_string();
        response.notes = notes(&query, &plan);
        response.also = plan.also().to_vec();
        response.reading = plan.reading().to_vec();
        Ok(response)
    }

    fn count(&self, request: &Request) -> Result<Response> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(answer),
        };
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        let total = collect::count(&self.reader, &matching).map_err(|cause| self.failure(cause))?;
        let (notes, reading) = (notes(&query, &plan), plan.reading().to_vec());
        let also = plan.also().to_vec();
        Ok(Response { total, query: query.to_string(), notes, also, reading, ..Response::default() })
    }

    fn facets(&self, request: &Request, facet: Facet) -> Result<Facets> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(Facets { notes: answer.notes, ..Facets::default() }),
        };
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        let fail = |cause| self.failure(cause);
        let total = collect::count(&self.reader, &matching).map_err(fail)?;
        let scope = facets::Scope { reader: &self.reader, lists: &self.lists, matching: &matching, request };
        let values = facets::values(&scope, facet).map_err(fail)?;
        let (notes, also) = (notes(&query, &plan), plan.also().to_vec());
        Ok(Facets { total, values, query: query.to_string(), notes, also })
    }

    fn show(&self, id: &str) -> Result<ArticleView> {
        show::article(&self.reader, id)
    }

    fn stats(&self) -> Result<Stats> {
        show::stats(&self.reader).map_err(|cause| self.failure(cause))
    }
}
