//! The list: hits in order, each with its record, snippets and story.

use std::collections::HashMap;

use tantivy::DocAddress;

use super::paging::{self, Row};
use super::{Scope, Totals, article, explain, stories};
use crate::api::{Hit, Hits, Listing};
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::highlight::snippet;
use crate::engine::local::matching::collect::{self, Candidate};
use article::Listed;

/// The hits to list, in order, with the totals.
pub(crate) fn hits(scope: &Scope<'_>) -> Fallible<(Totals, Hits)> {
    let Scope { reader, request, plan, .. } = *scope;
    let page = paging::page(scope)?;
    let any = request.listing == Listing::Any;
    let lacking = page.rows.iter().filter(|row| any || !row.candidate.standing.full);
    let mut missing = missing(scope, lacking.map(|row| &row.candidate))?;
    let mut matcher = Matcher::new(plan.targets());
    let asked = request.digest();
    let mut hits = Vec::with_capacity(page.rows.len());
    for Row { rank, fills, candidate } in page.rows {
        scope.stop.check()?;
        let mut listed = Listed::at(rank, candidate.score());
        listed.missing = missing.remove(&candidate.address).unwrap_or_default();
        listed.as_typed = Some(candidate.standing.typed);
        listed.cursor = Some(candidate.cursor(asked, rank, fills).to_string());
        if request.explain {
            listed.why = explain::why(reader, plan, &candidate, &mut matcher)?;
        }
        hits.push(hit(scope, &mut matcher, &candidate, listed)?);
    }
    Ok((page.totals, Hits { partial: page.partial, hits }))
}

/// One candidate with its stored record, snippets and story.
pub(crate) fn hit(
    scope: &Scope<'_>,
    matcher: &mut Matcher<'_>,
    candidate: &Candidate,
    mut listed: Listed,
) -> Fallible<Hit> {
    let Scope { reader, request, .. } = *scope;
    let mut stored = reader.load(candidate.address)?;
    if request.snippets > 0 {
        // Mentions are stored apart and cost as much to read as the rest: most queries are words alone.
        if matcher.targets().iter().any(|target| !target.kind.is_text()) {
            stored.read_mentions()?;
        }
        let (annotations, lang) = article::annotations(&stored.record).ok_or_else(Failure::damaged)?;
        listed.snippets = snippet::cut(&stored.body, matcher, annotations, lang, request.snippets);
        listed.spellings = matcher.spellings().to_vec();
        if listed.snippets.is_empty() {
            listed.snippets.extend(snippet::lead(&stored.body));
        }
    }
    listed.story = stories::of_hit(scope, candidate, &stored)?;
    article::hit(&stored, candidate.id, listed).ok_or_else(Failure::damaged)
}

/// For each of the candidates the words that it lacks.
fn missing<'c>(
    scope: &Scope<'_>,
    candidates: impl Iterator<Item = &'c Candidate>,
) -> Fallible<HashMap<DocAddress, Vec<String>>> {
    let addresses: Vec<DocAddress> = candidates.map(|candidate| candidate.address).collect();
    let mut out: HashMap<DocAddress, Vec<String>> = HashMap::new();
    if addresses.is_empty() {
        return Ok(out);
    }
    for (label, matching) in scope.plan.loose() {
        for (address, holds) in addresses.iter().zip(collect::holds(scope.reader, matching, &addresses)?) {
            if !holds {
                out.entry(*address).or_default().push(label.to_owned());
            }
        }
    }
    Ok(out)
}
