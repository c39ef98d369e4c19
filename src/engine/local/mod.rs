//! The engine over one Tantivy index on disk, in rooms: [`plan`] decides what a query looks for, [`matching`] which
//! documents hold it, [`rank`] in which order they stand, [`highlight`] where it stands in their text, and [`views`] what
//! is made of them.

mod highlight;
mod matching;
mod plan;
mod rank;
mod views;

use std::collections::HashMap;
use std::path::Path;

use rustc_hash::FxHashSet;
use tantivy::{DocAddress, TantivyError};

pub use views::article::mentions;

use crate::api::{
    ArticleView, By, Engine, Facet, Facets, Firsts, Hit, Listing, Pairs, PairsAsked, Request, Response, Stats, Story,
    Timeline, YearRow, Years,
};
use crate::error::{Error, Result};
use crate::index::Reader;
use crate::query;
use highlight::matcher::Scanner;
use highlight::snippet;
use matching::collect::{self, Candidate, Grouping, Keep};
use plan::Plan;
use plan::dictionary::Lists;
use views::paging::Row;
use views::{anniversary, article, earliest, explain, facets, paging, pairs, similar, stories, timeline};

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
        self.reader.failure(cause)
    }

    /// How the request is carried out, or the answer where it asks for nothing.
    fn plan(&self, request: &Request) -> Result<std::result::Result<(query::Query, Plan), Response>> {
        let query = query::parse(&request.text, request.today);
        if query.is_empty() && query.text.trim() != EVERYTHING {
            return Ok(Err(nothing_asked(&query)));
        }
        let request = Request { versions: stories::searches_captures(request, &query), ..request.clone() };
        let plan = Plan::new(&query, &self.reader, &self.lists, &request).map_err(|cause| self.failure(cause))?;
        Ok(Ok((query, plan)))
    }

    /// The hits to list, in order, with the totals.
    fn list(&self, plan: &Plan, request: &Request, grouped: bool) -> tantivy::Result<Response> {
        let page = paging::page(&self.reader, plan, request, grouped)?;
        let mut response =
            Response { total: page.total, stories: page.stories, partial: page.partial, ..Response::default() };
        let any = request.listing == Listing::Any;
        let lacking = page.rows.iter().filter(|row| any || row.partial);
        let mut missing = self.missing(plan, lacking.map(|row| &row.candidate))?;
        let mut scanner = Scanner::new(plan.wants());
        let asked = request.digest();
        for Row { rank, partial, candidate } in page.rows {
            let missing = missing.remove(&candidate.address).unwrap_or_default();
            let mut hit = self.hit(&mut scanner, request, &candidate, rank, missing)?;
            hit.story = stories::of_hit(&self.reader, &candidate, &hit, request.copies)?;
            if request.explain {
                hit.why = explain::why(&self.reader, plan, &candidate)?;
            }
            hit.cursor = Some(candidate.cursor(asked, rank, partial).to_string());
            response.hits.push(hit);
        }
        Ok(response)
    }

    /// The best articles of the match on one day of each year.
    fn years(
        &self,
        plan: &Plan,
        request: &Request,
        grouped: bool,
        day: (i8, i8),
        about: bool,
    ) -> tantivy::Result<Vec<YearRow>> {
        let stories = if grouped { Some(self.reader.stories()?) } else { None };
        let none = FxHashSet::default();
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        let room = if request.limit == 0 { usize::MAX } else { request.limit };
        let mut scanner = Scanner::new(plan.wants());
        let mut rows = Vec::new();
        for date in anniversary::days(&self.reader, &matching, day, about)? {
            let matching = anniversary::of_day(&matching, date, about);
            let grouping = stories.map(|stories| Grouping { stories, told: &none });
            let found =
                collect::best(&self.reader, plan, &matching, Keep { sort: request.sort, room, grouping }, |_| true)?;
            let mut hits = Vec::with_capacity(found.best.len());
            for (rank, candidate) in (1..).zip(&found.best) {
                let mut hit = self.hit(&mut scanner, request, candidate, rank, Vec::new())?;
                hit.story = stories::of_hit(&self.reader, candidate, &hit, request.copies)?;
                hits.push(hit);
            }
            rows.push(YearRow { date: date.to_string(), articles: found.total, stories: found.stories, hits });
        }
        Ok(rows)
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

    /// One candidate with its stored record and snippets.
    fn hit(
        &self,
        scanner: &mut Scanner<'_>,
        request: &Request,
        candidate: &Candidate,
        rank: u64,
        missing: Vec<String>,
    ) -> tantivy::Result<Hit> {
        let mut stored = crate::index::store::load(&self.reader.searcher, candidate.address)?;
        let mut hit = article::hit(&stored.record, candidate.id).ok_or_else(stories::damaged)?;
        hit.rank = rank;
        hit.score = candidate.score();
        hit.missing = missing;
        if request.snippets > 0 {
            if scanner.wants().iter().any(|want| !want.what.is_text()) {
                stored.read_mentions()?;
            }
            let annotations = article::annotations(&stored.record).ok_or_else(stories::damaged)?;
            hit.snippets = snippet::cut(&stored.body, scanner, annotations, hit.lang.as_deref(), request.snippets);
            hit.spellings = scanner.spellings().to_vec();
            if hit.snippets.is_empty() {
                hit.snippets.extend(snippet::lead(&stored.body));
            }
        }
        Ok(hit)
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
        let grouped = stories::is_grouped(request, &query);
        let mut response = self.list(&plan, request, grouped).map_err(|cause| self.failure(cause))?;
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
        let count = || {
            let grouped = stories::is_grouped(request, &query);
            let stories = if grouped { Some(self.reader.stories()?) } else { None };
            collect::count(&self.reader, &matching, stories)
        };
        let (total, stories) = count().map_err(|cause| self.failure(cause))?;
        let (notes, reading) = (notes(&query, &plan), plan.reading().to_vec());
        let also = plan.also().to_vec();
        Ok(Response { total, stories, query: query.to_string(), notes, also, reading, ..Response::default() })
    }

    fn timeline(&self, request: &Request, by: Option<By>, about: bool, shares: bool) -> Result<Timeline> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(Timeline { notes: answer.notes, ..Timeline::default() }),
        };
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        let all = shares.then(|| plan.everything());
        let rows = timeline::timeline(&self.reader, &matching, all.as_ref(), by, about);
        let found = rows.map_err(|cause| self.failure(cause))?;
        Ok(Timeline { query: query.to_string(), notes: notes(&query, &plan), also: plan.also().to_vec(), ..found })
    }

    fn first(&self, request: &Request) -> Result<Firsts> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(Firsts { notes: answer.notes, ..Firsts::default() }),
        };
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        let found = earliest::firsts(&self.reader, &matching).map_err(|cause| self.failure(cause))?;
        Ok(Firsts { query: query.to_string(), notes: notes(&query, &plan), also: plan.also().to_vec(), ..found })
    }

    fn pairs(&self, request: &Request, asked: &PairsAsked) -> Result<Pairs> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(Pairs { notes: answer.notes, ..Pairs::default() }),
        };
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        let find = || {
            let walk = pairs::Walk { reader: &self.reader, plan: &plan, asked, stories: self.reader.stories()? };
            let (total, _) = collect::count(&self.reader, &matching, None)?;
            Ok((total, walk.pairs(&matching, request.limit)?))
        };
        let (total, rows) = find().map_err(|cause| self.failure(cause))?;
        let (notes, also) = (notes(&query, &plan), plan.also().to_vec());
        Ok(Pairs { total, rows, query: query.to_string(), notes, also })
    }

    fn on(&self, request: &Request, day: (i8, i8), about: bool) -> Result<Years> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(Years { notes: answer.notes, ..Years::default() }),
        };
        let grouped = stories::is_grouped(request, &query);
        let rows = self.years(&plan, request, grouped, day, about).map_err(|cause| self.failure(cause))?;
        Ok(Years { rows, query: query.to_string(), notes: notes(&query, &plan), also: plan.also().to_vec() })
    }

    fn similar(&self, id: &str, request: &Request) -> Result<Response> {
        let (address, key) = stories::locate(&self.reader, id)?;
        let stored = crate::index::store::load(&self.reader.searcher, address);
        let stored = stored.map_err(|cause| self.failure(cause))?;
        let text = similar::query(&self.reader, &stored).map_err(|cause| self.failure(cause))?;
        let request = Request { text, listing: Listing::Any, ..request.clone() };
        let (query, mut plan) = match self.plan(&request)? {
            Ok(planned) => planned,
            Err(_) => return Ok(Response::default()),
        };
        plan.leave_out(stories::own(&self.reader, key).map_err(|cause| self.failure(cause))?);
        let grouped = stories::is_grouped(&request, &query);
        let mut found = self.list(&plan, &request, grouped).map_err(|cause| self.failure(cause))?;
        // Nobody typed these words: that an article lacks some of them is no news.
        found.hits.iter_mut().for_each(|hit| hit.missing.clear());
        Ok(Response { query: query.to_string(), ..found })
    }

    fn copies(&self, id: &str) -> Result<Story> {
        stories::of_article(&self.reader, id)?.map_err(|cause| self.failure(cause))
    }

    fn facets(&self, request: &Request, facet: Facet) -> Result<Facets> {
        let (query, plan) = match self.plan(request)? {
            Ok(planned) => planned,
            Err(answer) => return Ok(Facets { notes: answer.notes, ..Facets::default() }),
        };
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        let request = &Request { versions: stories::searches_captures(request, &query), ..request.clone() };
        let fail = |cause| self.failure(cause);
        let (total, _) = collect::count(&self.reader, &matching, None).map_err(fail)?;
        let scope = facets::Scope { reader: &self.reader, lists: &self.lists, matching: &matching, request };
        let values = facets::values(&scope, facet).map_err(fail)?;
        let (notes, also) = (notes(&query, &plan), plan.also().to_vec());
        Ok(Facets { total, values, query: query.to_string(), notes, also })
    }

    fn show(&self, id: &str) -> Result<ArticleView> {
        article::article(&self.reader, id)
    }

    fn stats(&self) -> Result<Stats> {
        article::stats(&self.reader).map_err(|cause| self.failure(cause))
    }
}
