//! The engine over one Tantivy index on disk, in rooms: [`plan`] decides what a query looks for, [`matching`] which
//! documents hold it, [`rank`] in which order they stand, [`highlight`] where it stands in their text, and [`views`] what
//! is made of them. [`failure`] and [`stop`] are handed through all rooms: why a request fails, and when it is given up.

mod failure;
mod highlight;
mod matching;
mod plan;
mod rank;
mod stop;
#[cfg(test)]
mod tests;
mod views;

use std::path::{Path, PathBuf};

pub use views::article::mentions;

use crate::api::{Answer, ArticleView, Body, Cited, Engine, Listing, Reading, Request, Rows, Stats, Taker, View};
use crate::error::{Error, Result};
use crate::index::Reader;
use crate::query::{self, Query};
use failure::Fallible;
use matching::collect;
use matching::filter::{Damage, Matching};
use plan::Plan;
use plan::walk::Dictionaries;
use stop::Stop;
use views::{
    Scope, Totals, anniversary, article, earliest, export, facets, hits, lines, marks, matrix, near, overview, pairs,
    similar, stories, target, timeline, verify, versions,
};

/// The query that lists every article. Any other query without a word or filter finds nothing: it would list the
/// archive in no order anybody asked for.
const EVERYTHING: &str = "*";

const ANOTHER_QUERY: &str = "the cursor is of another query; ask as for the page that it is of, and add --after alone";

/// One commit of one index, or of each of several, open for searching.
#[derive(Debug)]
pub struct Local {
    reader: Reader,
    dictionaries: Dictionaries,
}

impl Local {
    /// Opens the last commit of the index at `path`.
    pub fn open(path: &Path) -> Result<Local> {
        Ok(Local { reader: Reader::open(path)?, dictionaries: Dictionaries::default() })
    }

    /// Opens the last commits of the indexes at `paths` as one archive.
    pub fn open_all(paths: &[PathBuf]) -> Result<Local> {
        Ok(Local { reader: Reader::open_all(paths)?, dictionaries: Dictionaries::default() })
    }

    /// Number of the commit.
    pub fn revision(&self) -> u64 {
        self.reader.payload.revision
    }

    /// The id of the article that `named` names: an id, an address that the page has for itself, or the path of its file.
    pub fn id_of(&self, named: &str) -> Result<String> {
        target::id(&self.reader, named).map_err(|failure| failure.error(|cause| self.reader.failure(&cause)))
    }

    fn answer(&self, request: &Request, view: &View) -> Fallible<Answer> {
        // An engine that is asked too late does nothing at all, however little there is to do.
        Stop::of(request).check()?;
        match view {
            View::Copies { id } => self.story(id, Stop::of(request)),
            View::Verify(cited) => self.verified(cited, request),
            View::Versions { id } => {
                let found = versions::versions(&self.reader, id, Stop::of(request))?;
                Ok(answer(Reading::default(), (Totals::ungrouped(1), Body::Versions(Box::new(found)))))
            }
            View::Diff { from, to } => {
                let found = versions::diff(&self.reader, from, to)?;
                Ok(answer(Reading::default(), (Totals::ungrouped(1), Body::Diff(Box::new(found)))))
            }
            View::Similar { id } => self.similar(id, request, view),
            View::Near => self.near(request),
            View::Hits | View::Overview { .. } if is_of_another_query(request) => {
                Err(Error::usage(ANOTHER_QUERY).into())
            }
            _ => self.matched(request, view, None),
        }
    }

    /// What the articles that match `request` come to, without those of `left_out`.
    fn matched(&self, request: &Request, view: &View, left_out: Option<Matching>) -> Fallible<Answer> {
        let nothing = || (Totals::ungrouped(0), Body::nothing(view));
        self.seen(request, left_out, nothing, |scope| seen_as(scope, view))
    }

    /// What `see` makes of the articles that match `request`, without those of `left_out`; `nothing` where the query asks
    /// for nothing.
    fn seen<B>(
        &self,
        request: &Request,
        left_out: Option<Matching>,
        nothing: impl FnOnce() -> (Totals, B),
        see: impl FnOnce(&Scope<'_>) -> Fallible<(Totals, B)>,
    ) -> Fallible<Answer<B>> {
        let query = query::parse(&request.text, request.today);
        if !request.lenient && !query.refused.is_empty() {
            return Err(refused(&query).into());
        }
        if query.is_empty() && query.text.trim() != EVERYTHING {
            return Ok(answer(nothing_asked(&query), nothing()));
        }
        let versions = stories::searches_captures(request, &query);
        let planned = Request { versions, ..request.clone() };
        let damage = Damage::default();
        let mut plan = Plan::new(&query, &self.reader, &self.dictionaries, &planned, &damage)?;
        if let Some(articles) = left_out {
            plan.leave_out(articles);
        }
        let scope = Scope {
            reader: &self.reader,
            dictionaries: &self.dictionaries,
            request,
            plan: &plan,
            matching: &if request.listing == Listing::Any { plan.any() } else { plan.all() },
            grouped: request.group && !versions,
            stop: Stop::of(request),
            damage: &damage,
        };
        let seen = see(&scope)?;
        damage.check()?;
        Ok(answer(reading(&query, &plan), seen))
    }

    /// Hands out the rows of the articles that match `request`.
    fn handed_out(&self, request: &Request, rows: &Rows, take: &mut Taker<'_>) -> Fallible<Answer<()>> {
        Stop::of(request).check()?;
        let nothing = || (Totals::ungrouped(0), ());
        self.seen(request, None, nothing, |scope| match rows {
            Rows::Articles { mentions } => Ok((export::articles(scope, *mentions, take)?, ())),
            Rows::Occurrences { context } => Ok((lines::lines(scope, *context, take)?, ())),
        })
    }

    /// What is near a query that finds nothing.
    fn near(&self, request: &Request) -> Fallible<Answer> {
        let nothing = || (Totals::ungrouped(0), Body::Near(Vec::new()));
        self.seen(request, None, nothing, |scope| {
            let (totals, _) = seen_as(scope, &View::Count)?;
            let query = query::parse(&request.text, request.today);
            let finds_nothing = totals.articles == 0 && !query.is_empty();
            let near = if finds_nothing { near::near(scope, &query)? } else { Vec::new() };
            Ok((totals, Body::Near(near)))
        })
    }

    /// The articles that tell the story of one.
    fn story(&self, id: &str, stop: Stop<'_>) -> Fallible<Answer> {
        let story = stories::of_article(&self.reader, id, stop)?;
        let total = story.articles;
        Ok(Answer {
            reading: Reading::default(),
            total,
            stories: 1,
            other_forms: 0,
            body: Body::Story(Box::new(story)),
        })
    }

    /// What has become of something cited: in its article, else word for word in others, else in other words.
    fn verified(&self, cited: &Cited, request: &Request) -> Fallible<Answer> {
        let inquiry = verify::Inquiry::open(&self.reader, cited)?;
        let mut found = inquiry.in_article();
        let none = || (Totals::ungrouped(0), None);
        if let (None, Some(request)) = (&found, inquiry.verbatim(request)) {
            let see = |scope: &Scope<'_>| Ok((Totals::ungrouped(0), inquiry.elsewhere(scope)?));
            found = self.seen(&request, None, none, see)?.body;
        }
        if let (None, Some(request)) = (&found, inquiry.otherwise(request)) {
            let see = |scope: &Scope<'_>| Ok((Totals::ungrouped(0), inquiry.nearest(scope)?));
            found = self.seen(&request, None, none, see)?.body;
        }
        let found = found.unwrap_or_else(|| inquiry.gone());
        let totals = Totals::ungrouped(u64::from(found.now.is_some()) + found.others);
        Ok(answer(Reading::default(), (totals, Body::Verification(Box::new(found)))))
    }

    /// More like one article: its telling words, asked for like any query.
    fn similar(&self, id: &str, request: &Request, view: &View) -> Fallible<Answer> {
        let (text, own) = similar::query(&self.reader, id)?;
        let request = Request { text, listing: Listing::Any, ..request.clone() };
        if request.text.is_empty() {
            let notes = vec![similar::NOTHING_TELLS.to_owned()];
            return Ok(Answer { reading: Reading { notes, ..Reading::default() }, ..nothing(view) });
        }
        let mut answer = self.matched(&request, view, Some(own))?;
        if let Body::Hits(list) = &mut answer.body {
            // Nobody typed these words: that an article lacks some of them is no news.
            list.hits.iter_mut().for_each(|hit| hit.missing.clear());
        }
        Ok(answer)
    }
}

impl Engine for Local {
    fn ask(&self, request: &Request, view: &View) -> Result<Answer> {
        self.answer(request, view).map_err(|failure| failure.error(|cause| self.reader.failure(&cause)))
    }

    fn rows(&self, request: &Request, rows: &Rows, take: &mut Taker<'_>) -> Result<Answer<()>> {
        let handed_out = self.handed_out(request, rows, take);
        handed_out.map_err(|failure| failure.error(|cause| self.reader.failure(&cause)))
    }

    fn article(&self, id: &str) -> Result<ArticleView> {
        article::article(&self.reader, id).map_err(|failure| failure.error(|cause| self.reader.failure(&cause)))
    }

    fn stats(&self) -> Result<Stats> {
        article::stats(&self.reader).map_err(|failure| failure.error(|cause| self.reader.failure(&cause)))
    }
}

/// What was seen, as an answer.
fn answer<B>(reading: Reading, (totals, body): (Totals, B)) -> Answer<B> {
    let Totals { articles, stories, other_forms } = totals;
    Answer { reading, total: articles, stories, other_forms, body }
}

/// The totals and the body of `view`.
fn seen_as(scope: &Scope<'_>, view: &View) -> Fallible<(Totals, Body)> {
    Ok(match view {
        View::Hits | View::Similar { .. } => {
            let (totals, hits) = hits::hits(scope)?;
            (totals, Body::Hits(hits))
        }
        View::Count => {
            (collect::count(scope.reader, scope.matching, &scope.tiers(), scope.stories()?, scope.stop)?, Body::Count)
        }
        View::Timeline(asked) => {
            let (totals, timeline) = timeline::timeline(scope, *asked)?;
            (totals, Body::Timeline(timeline))
        }
        View::Frequencies(per) => {
            let query = query::parse(&scope.request.text, scope.request.today);
            let (totals, rows) = lines::frequencies(scope, &query, *per)?;
            (totals, Body::Frequencies(rows))
        }
        View::Firsts => {
            let (totals, firsts) = earliest::firsts(scope)?;
            (totals, Body::Firsts(firsts))
        }
        View::Pairs(asked) => {
            let (totals, rows) = pairs::pairs(scope, asked)?;
            (totals, Body::Pairs(rows))
        }
        View::Matrix(asked) => {
            let (totals, matrix) = matrix::matrix(scope, asked)?;
            (totals, Body::Matrix(matrix))
        }
        View::Years { day, about } => {
            let (totals, rows) = anniversary::years(scope, *day, *about)?;
            (totals, Body::Years(rows))
        }
        View::Facets(facet) => {
            let (totals, facets) = facets::facets(scope, *facet)?;
            (totals, Body::Facets(facets))
        }
        View::Overview { facets, by } => {
            let (totals, overview) = overview::overview(scope, facets, *by)?;
            (totals, Body::Overview(overview))
        }
        View::Marks { id } => (Totals::ungrouped(1), Body::Marks(marks::marks(scope, id)?)),
        // Answered without a match.
        View::Copies { .. } | View::Near | View::Verify(_) | View::Versions { .. } | View::Diff { .. } => {
            (Totals::ungrouped(0), Body::nothing(view))
        }
    })
}

/// True where the list is to go on behind a hit of another one.
fn is_of_another_query(request: &Request) -> bool {
    request.after.as_ref().is_some_and(|after| after.asked != request.digest())
}

/// How the query was read, what was not read or not searched as it may have been meant, and what was searched too.
fn reading(query: &Query, plan: &Plan) -> Reading {
    Reading {
        query: query.to_string(),
        notes: query.notes.iter().map(|note| note.message.clone()).chain(plan.notes().iter().cloned()).collect(),
        also: plan.also().to_vec(),
        parts: plan.reading().to_vec(),
    }
}

/// The error of a query with filters whose value cannot be read: without them it would count what was not asked for.
fn refused(query: &Query) -> Error {
    let why: Vec<&str> = query.refused.iter().map(|note| note.message.as_str()).collect();
    Error::usage(format!("{}; --lenient searches such values as words", why.join("; ")))
}

/// The answer that has nothing to show.
fn nothing(view: &View) -> Answer {
    Answer { reading: Reading::default(), total: 0, stories: 0, other_forms: 0, body: Body::nothing(view) }
}

/// How a query without a word or filter was read.
fn nothing_asked(query: &Query) -> Reading {
    let typed = match query.text.trim() {
        "" => "the query is empty".to_owned(),
        text => format!("the query {} holds no word", head(text)),
    };
    let note = format!(
        "{typed}; type words, a phrase in quotes or a filter such as date:2020, or '{EVERYTHING}' for every article"
    );
    let notes = query.notes.iter().map(|note| note.message.clone()).chain([note]).collect();
    Reading { notes, ..Reading::default() }
}

/// The beginning of what was typed, for a note.
fn head(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
