//! What is asked of the site: a path and named values, read as strictly as a command line.

use std::time::{Duration, Instant};

use url::form_urlencoded;

use super::reply::Refusal;
use crate::api::Asked;

/// How long one request may take.
const LONGEST: Duration = Duration::from_secs(2);
/// How long one may take that hands out a file.
const LONGEST_EXPORT: Duration = Duration::from_secs(20);
/// Characters of a query.
const QUERY: usize = 1_000;
const FITS: &str = "See the help on the query language.";

/// One request, without what only the protocol needs.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// Begins with a slash.
    pub(super) path: String,
    /// Decoded, in their order.
    pub(super) pairs: Vec<(String, String)>,
    started: Instant,
}

impl Ask {
    pub(super) fn new(path: &str, query: &str) -> Ask {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Ask { path: path.to_owned(), pairs, started: Instant::now() }
    }

    /// When the engine is to give up.
    pub(super) fn until(&self) -> Instant {
        let export = matches!(self.path.as_str(), "/export.csv" | "/export.jsonl" | "/cite.txt");
        self.started + if export { LONGEST_EXPORT } else { LONGEST }
    }

    /// True where a program asks, which wants no page.
    pub(super) fn is_for_programs(&self) -> bool {
        self.path.starts_with("/api/")
    }

    /// Takes a value of this name out, at most one; empty ones are none, as forms send what was left blank.
    pub(super) fn take(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let mut found = None;
        let mut again = false;
        self.pairs.retain(|(one, value)| {
            let is_it = one == name;
            if is_it {
                again |= found.is_some();
                found = Some(value.clone());
            }
            !is_it
        });
        match again {
            true => Err(Refusal::new(400, format!("{name}: it is given twice; once does"), FITS)),
            false => Ok(found.filter(|value| !value.is_empty())),
        }
    }

    /// A switch: there or not, and without a value.
    pub(super) fn switch(&mut self, name: &str) -> Result<bool, Refusal> {
        let there = self.pairs.iter().any(|(one, _)| one == name);
        match self.take(name)? {
            Some(value) => Err(Refusal::new(400, format!("{name}: '{value}' does not fit; it takes no value"), FITS)),
            None => Ok(there),
        }
    }

    /// What is left, as what may be asked; every other name is refused. The list has 1 to `most` hits.
    pub(super) fn asked(self, most: usize) -> Result<Asked, Refusal> {
        let asked = Asked::from_pairs(self.pairs)?;
        if asked.q.chars().nth(QUERY).is_some() {
            return Err(Refusal::new(400, format!("q: a query has at most {QUERY} characters"), FITS));
        }
        if asked.limit.is_some_and(|limit| limit == 0 || limit > most) {
            return Err(Refusal::new(400, format!("limit: from 1 to {most}"), "Further hits are on the next page."));
        }
        if asked.snippets.is_some_and(|snippets| snippets > 10) {
            return Err(Refusal::new(400, "snippets: from 0 to 10", "The article has all sentences."));
        }
        // What is far behind costs as much as all before it.
        if asked.offset.is_some_and(|offset| offset > 10_000) {
            return Err(Refusal::new(
                400,
                "offset: from 0 to 10000",
                "Narrow the query, or take the list along as a file.",
            ));
        }
        Ok(asked)
    }
}
