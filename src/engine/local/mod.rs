//! The engine over one Tantivy index on disk.

mod collect;
mod dictionary;
mod explain;
mod feedback;
mod filter;
mod forms;
mod list;
mod names;
mod near;
mod occurrences;
mod placed;
mod plan;
mod rank;
mod recency;
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

use crate::api::{ArticleView, Engine, Hit, Listing, Request, Response, Stats};
use crate::error::{Error, Result};
use crate::index::Reader;
use crate::query;
use collect::Candidate;
use dictionary::Lists;
use list::Row;
use plan::Plan;
use scan::Scanner;

/// The query that lists every article. Any other query without a word or filter finds nothing: it would list the
/// archive in no order anybody asked for.
const EVERYTHING: &str = "*";

const ANOTHER_QUERY: &str = "the cursor is of another query; ask as for the page that it is of, and add --after alone";

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
        let page = list::page(&self.reader, plan, request)?;
        let mut response = Response { total: page.total, partial: page.partial, ..Response::default() };
        let any = request.listing == Listing::Any;
        let lacking = page.rows.iter().filter(|row| any || row.partial);
        let mut missing = self.missing(plan, lacking.map(|row| &row.candidate))?;
        let mut scanner = Scanner::new(plan.wants());
        let asked = request.digest();
        for Row { rank, partial, candidate } in page.rows {
            let missing = missing.remove(&candidate.address).unwrap_or_default();
            let Some(mut hit) = self.hit(&mut scanner, request, &candidate, rank, missing) else {
                let cause = DataCorruption::comment_only("what is stored of an article cannot be read");
                return Err(TantivyError::DataCorruption(cause));
            };
            if request.explain {
                hit.why = explain::why(&self.reader, plan, &candidate)?;
            }
            hit.cursor = Some(candidate.cursor(asked, rank, partial).to_string());
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
            if hit.snippets.is_empty() {
                hit.snippets.extend(snippet::lead(&stored.body));
            }
        }
        Some(hit)
    }
}

impl Engine for Local {
    fn search(&self, request: &Request) -> Result<Response> {
        if request.after.as_ref().is_some_and(|after| after.asked != request.digest()) {
            return Err(Error::usage(ANOTHER_QUERY));
        }
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(answer),
        };
        let mut response = self.list(&plan, request).map_err(|cause| self.failure(cause))?;
        response.query = query.to_string();
        response.notes = notes(&query, &plan);
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
        Ok(Response { total, query: query.to_string(), notes, reading, ..Response::default() })
    }

    fn show(&self, id: &str) -> Result<ArticleView> {
        show::article(&self.reader, id)
    }

    fn stats(&self) -> Result<Stats> {
        show::stats(&self.reader).map_err(|cause| self.failure(cause))
    }
}
