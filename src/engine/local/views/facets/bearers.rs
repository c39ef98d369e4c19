//! People, places and organisations: whose names the columns hold, and how many articles each has.
//!
//! Columns are counted by name, but an article is about a bearer: several spellings are one person, a town is found by
//! the name of its district. So names are gathered into bearers first; those of most articles are candidates, and each
//! that is listed is counted by the filter that finds it, because the filter finds more than the column tells: other
//! spellings, and names in headlines.

use std::cmp::{Ordering, Reverse};
use std::collections::HashSet;

use super::columns::{self, Counted};
use super::fold::{One, fold_names};
use crate::annotate::gazetteer::{Entry, Gazetteer, PlaceKind};
use crate::annotate::places::likely;
use crate::api::{FacetValue, Request};
use crate::engine::local::failure::Fallible;
use crate::engine::local::highlight::targets::is_person;
use crate::engine::local::matching::found::Documents;
use crate::engine::local::plan::Plan;
use crate::engine::local::views::Scope;
use crate::engine::plan::TargetKind;
use crate::index::column;
use crate::query::{self, Query, Role};

/// Values of people, places and organisations that are listed at most: each is counted by a filter of its own.
const MOST: usize = 1_000;

/// How many candidates are looked at for so many values. Twice as many, and twenty more, because a candidate may be
/// another spelling of one before it, or be overtaken by one that its filter finds more of.
fn candidates(request: &Request) -> usize {
    if request.limit == 0 { MOST } else { request.limit.saturating_mul(2).saturating_add(20).min(MOST) }
}

/// Who bears some of the names of a column.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bearer<'c> {
    /// What tells the bearer from others.
    pub(super) key: &'c str,
    /// The name that most documents print; of equals the first of the alphabet.
    pub(super) name: &'c str,
    /// Documents, each counted once for each of its spellings.
    pub(super) documents: u64,
}

/// What is listed by how many documents it is in.
trait Ranked {
    fn documents(&self) -> u64;
    fn key(&self) -> &str;
}

impl Ranked for Bearer<'_> {
    fn documents(&self) -> u64 {
        self.documents
    }
    fn key(&self) -> &str {
        self.key
    }
}

impl Ranked for One<'_> {
    fn documents(&self) -> u64 {
        self.documents
    }
    fn key(&self) -> &str {
        self.key
    }
}

/// The bearers of the names of a column, in which each is `key<TAB>name`: in the order of their keys.
fn bearers(names: &Counted) -> Vec<Bearer<'_>> {
    let mut out: Vec<Bearer<'_>> = Vec::new();
    let mut most = 0;
    for (text, documents) in names.iter() {
        let Some((key, name)) = text.split_once('\t') else { continue };
        // All names with one key lie side by side, because no key holds a tab.
        match out.last_mut().filter(|last| last.key == key) {
            Some(last) => {
                last.documents += documents;
                if documents > most {
                    (most, last.name) = (documents, name);
                }
            }
            None => {
                most = documents;
                out.push(Bearer { key, name, documents });
            }
        }
    }
    out
}

/// The first `room` of `bearers`: those of most documents, of equals those with the first key.
fn foremost<B: Ranked>(mut bearers: Vec<B>, room: usize) -> Vec<B> {
    fn order<B: Ranked>(one: &B, other: &B) -> Ordering {
        other.documents().cmp(&one.documents()).then_with(|| one.key().cmp(other.key()))
    }
    if room < bearers.len() {
        bearers.select_nth_unstable_by(room, order);
        bearers.truncate(room);
    }
    bearers.sort_unstable_by(order);
    bearers
}

/// The filter by a name: what it finds, and how many articles of the match.
struct Filter {
    /// In canonical form.
    text: String,
    plan: Plan,
    articles: u64,
}

/// The filter by a name of this role, planned and counted; `None` for what no filter can ask for.
fn filter(scope: &Scope<'_>, documents: &Documents<'_>, role: Role, name: &str) -> Fallible<Option<Filter>> {
    let Some(query) = Query::of_field(role.name(), name, scope.request.today) else { return Ok(None) };
    planned(scope, documents, &query, query.to_string()).map(Some)
}

/// The filter of this query, which is written as `text`.
fn planned(scope: &Scope<'_>, documents: &Documents<'_>, query: &Query, text: String) -> Fallible<Filter> {
    // The documents of the match lack superseded captures already, where these are not searched.
    let request = Request { versions: true, ..scope.request.clone() };
    let plan = Plan::new(query, scope.reader, scope.dictionaries, &request, scope.damage)?;
    let articles = documents.count_in(&plan.all(), scope.stop)?;
    Ok(Filter { text, plan, articles })
}

/// The people of the match, and how many it tells apart.
pub(crate) fn people(scope: &Scope<'_>, documents: &Documents<'_>) -> Fallible<(u64, Vec<FacetValue>)> {
    let names = columns::strings(documents, column::PEOPLE, scope.stop)?;
    let people = fold_names(bearers(&names));
    let distinct = people.len() as u64;
    let mut out = Vec::new();
    let mut known: Vec<TargetKind> = Vec::new();
    for one in foremost(people, candidates(scope.request)) {
        // Another spelling of one that is listed.
        let same = |kind: &TargetKind| match kind {
            TargetKind::Person { keys, .. } => {
                keys.iter().any(|keys| keys.len() == one.key.split(' ').count() && is_person(one.key, keys))
            }
            _ => false,
        };
        if known.iter().any(same) {
            continue;
        }
        let filter = match one.filter() {
            Some(text) => Some(planned(scope, documents, &query::parse(&text, scope.request.today), text)?),
            None => filter(scope, documents, Role::Person, one.name)?,
        };
        if let Some(filter) = filter.filter(|filter| filter.articles > 0) {
            known.extend(filter.plan.targets().iter().map(|target| target.kind.clone()));
            out.push(FacetValue { forms: one.forms(), ..FacetValue::new(one.name, filter.articles, filter.text) });
        }
    }
    Ok((distinct, out))
}

/// The organisations of the match, and how many the index tells apart.
pub(crate) fn orgs(scope: &Scope<'_>, documents: &Documents<'_>) -> Fallible<(u64, Vec<FacetValue>)> {
    let names = columns::strings(documents, column::ORGS, scope.stop)?;
    let bearers = bearers(&names);
    let distinct = bearers.len() as u64;
    let mut out = Vec::new();
    for Bearer { name, .. } in foremost(bearers, candidates(scope.request)) {
        let Some(filter) = filter(scope, documents, Role::Org, name)? else { continue };
        if filter.articles > 0 {
            out.push(FacetValue::new(name, filter.articles, filter.text));
        }
    }
    Ok((distinct, out))
}

/// Places with all that lie in them, but for continents, which say nothing; and how many there are.
pub(crate) fn places(scope: &Scope<'_>, documents: &Documents<'_>) -> Fallible<(u64, Vec<FacetValue>)> {
    let gazetteer = Gazetteer::embedded();
    let found = columns::numbers(documents, column::PLACE, scope.stop, |id| i64::try_from(id).ok())?;
    let mut found: Vec<(i64, u64)> = found.into_iter().collect();
    found.sort_unstable_by_key(|(id, count)| (Reverse(*count), *id));
    let entries = found.into_iter().filter_map(|(id, _)| gazetteer.place(u32::try_from(id).ok()?));
    let entries: Vec<Entry> = entries.filter(|entry| entry.record.kind != PlaceKind::Continent).collect();
    let distinct = entries.len() as u64;
    let mut out = Vec::new();
    let mut known: HashSet<u32> = HashSet::new();
    for entry in entries.into_iter().take(candidates(scope.request)) {
        // A town and the district that is named for it are found by one name.
        let named_for = likely(entry.name()).into_iter().next().filter(|first| first.within(&entry));
        let entry = named_for.unwrap_or(entry);
        if known.contains(&entry.record.id) {
            continue;
        }
        let Some(filter) = filter(scope, documents, Role::Place, entry.name())? else { continue };
        if let Some(TargetKind::Place { ids, .. }) = filter.plan.targets().first().map(|target| &target.kind) {
            known.extend(ids);
        }
        if filter.articles > 0 {
            out.push(place(&entry, filter));
        }
    }
    Ok((distinct, out))
}

fn place(entry: &Entry, filter: Filter) -> FacetValue {
    /// Five decimals are about a metre, as everywhere in output.
    fn rounded(degrees: f64) -> f64 {
        (degrees * 1e5).round() / 1e5
    }
    FacetValue {
        id: Some(entry.record.id),
        country: Some(entry.country().to_owned()).filter(|country| !country.is_empty()),
        lat: Some(rounded(entry.record.lat)),
        lon: Some(rounded(entry.record.lon)),
        radius_km: Some(entry.record.radius_km),
        ..FacetValue::new(entry.name(), filter.articles, filter.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(rows: &[(&str, u64)]) -> Counted {
        assert!(rows.is_sorted(), "as a column has them");
        Counted::of(rows)
    }

    #[test]
    fn names_with_one_key_are_one_bearer() {
        let names = counted(&[("alyf\tAliyev", 2), ("alyf\tƏliyev", 5), ("alyf kara\tKara Aliyev", 1), ("x", 9)]);
        let found = bearers(&names);
        assert_eq!(
            found,
            [
                Bearer { key: "alyf", name: "Əliyev", documents: 7 },
                Bearer { key: "alyf kara", name: "Kara Aliyev", documents: 1 },
            ]
        );
    }

    #[test]
    fn of_equal_names_the_first_of_the_alphabet_is_shown() {
        let names = counted(&[("a\tAnn", 2), ("a\tAnne", 2)]);
        assert_eq!(bearers(&names)[0].name, "Ann");
    }

    #[test]
    fn the_foremost_are_those_of_most_documents() {
        let names = counted(&[("a\tA", 1), ("b\tB", 3), ("c\tC", 3), ("d\tD", 2)]);
        let keys = |room| foremost(bearers(&names), room).iter().map(|bearer| bearer.key).collect::<String>();
        for (room, expected) in [(0, ""), (1, "b"), (2, "bc"), (3, "bcd"), (4, "bcda"), (9, "bcda")] {
            assert_eq!(keys(room), expected, "{room}");
        }
    }

    #[test]
    fn more_candidates_are_looked_at_than_are_listed() {
        let limit = |limit| candidates(&Request { limit, ..Request::new("", crate::date::Date::MIN) });
        assert_eq!([limit(1), limit(10), limit(490), limit(491), limit(0)], [22, 40, 1_000, 1_000, 1_000]);
    }
}
