//! How many articles of a match are about each person, place, day and so on.
//!
//! Counts come from the columns, by ordinal and not by name; of people, places and organisations what is listed is
//! counted by the filter that finds it. Either way a count is that of the query with the filter added. Values may
//! overlap: an article with two places counts for both, and for all that contain them.

mod bearers;
mod columns;
mod fold;

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tantivy::DocId;

use super::{Scope, Totals};
use crate::api::{Facet, FacetValue, Facets};
use crate::date::Interval;
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::found::Documents;
use crate::engine::local::stop::Stop;
use crate::extract::Kind;
use crate::index::column;
use crate::query::Query;

/// The values of `facet` over the match, those of most articles first; years in their order.
pub(crate) fn facets(scope: &Scope<'_>, facet: Facet) -> Fallible<(Totals, Facets)> {
    let documents = Documents::of(scope.reader, scope.matching, scope.stop)?;
    Ok((Totals::ungrouped(documents.count()), values(scope, &documents, facet)?))
}

/// The same over documents that are known.
pub(crate) fn values(scope: &Scope<'_>, documents: &Documents<'_>, facet: Facet) -> Fallible<Facets> {
    let stop = scope.stop;
    let (distinct, mut values) = match facet {
        Facet::People => bearers::people(scope, documents)?,
        Facet::Places => bearers::places(scope, documents)?,
        Facet::Orgs => bearers::orgs(scope, documents)?,
        Facet::About => all(days(documents, stop)?),
        Facet::Sites => all(sites(documents, stop)?),
        Facet::Languages => all(languages(documents, stop)?),
        Facet::Years => all(years(documents, stop)?),
        Facet::Kinds => all(kinds(documents, stop)?),
    };
    values.sort_by(|one, other| other.articles.cmp(&one.articles).then_with(|| one.value.cmp(&other.value)));
    values.truncate(scope.room());
    if facet == Facet::Years {
        values.sort_by(|one, other| one.value.cmp(&other.value));
    }
    for value in values.iter_mut().filter(|value| value.filter.is_empty()) {
        value.filter = filter(facet, &value.value);
    }
    Ok(Facets { facet, distinct, values })
}

/// Values whose filters are written when it is known which are listed.
fn all(counts: Vec<(String, u64)>) -> (u64, Vec<FacetValue>) {
    let values: Vec<FacetValue> =
        counts.into_iter().map(|(value, articles)| FacetValue::new(value, articles, String::new())).collect();
    (values.len() as u64, values)
}

/// The filter that finds `value` of a facet that is counted by its column alone.
fn filter(facet: Facet, value: &str) -> String {
    let field = match facet {
        Facet::About => "about",
        Facet::Sites => "site",
        Facet::Languages => "lang",
        Facet::Years => "date",
        Facet::Kinds => "kind",
        Facet::People => "person",
        Facet::Places => "place",
        Facet::Orgs => "org",
    };
    match facet {
        // These print as they are: four digits, a day, or a word of ours.
        Facet::About | Facet::Years | Facet::Kinds => format!("{field}:{value}"),
        // A value that no filter can ask for is still a value.
        _ => Query::of_field(field, value, crate::date::Date::MIN).map_or_else(String::new, |query| query.to_string()),
    }
}

/// Single days that the texts speak of.
fn days(documents: &Documents<'_>, stop: Stop<'_>) -> Fallible<Vec<(String, u64)>> {
    let single = |value| Interval::from_column(value).filter(|date| date.start == date.end);
    let found = columns::numbers(documents, column::DATES, stop, |value| {
        // Of one day there is one number, so that the numbers are days in another form.
        single(value).and(i64::try_from(value).ok())
    })?;
    let day = |column: i64| u64::try_from(column).ok().and_then(single).map(|date| date.start.to_string());
    Ok(found.into_iter().filter_map(|(column, count)| Some((day(column)?, count))).collect())
}

/// Sites with those below them. A parent that is the site of no article is not listed.
fn sites(documents: &Documents<'_>, stop: Stop<'_>) -> Fallible<Vec<(String, u64)>> {
    let own = own_sites(documents, stop)?;
    let found = columns::strings(documents, column::SITE, stop)?;
    let listed = found.iter().filter(|(site, _)| own.contains(*site));
    Ok(listed.map(|(site, count)| (site.to_owned(), count)).collect())
}

/// The sites that some article is of. An article names its site and all that contain it: its own is the longest.
fn own_sites(documents: &Documents<'_>, stop: Stop<'_>) -> Fallible<BTreeSet<String>> {
    let mut own = BTreeSet::new();
    let mut pace = stop.pace();
    for (segment, documents) in documents.segments() {
        let Some(column) = column::SITE.find(segment)? else { continue };
        let mut lists: FxHashSet<Vec<u64>> = FxHashSet::default();
        let mut list = Vec::new();
        for doc in documents {
            pace.step()?;
            list.clear();
            list.extend(column::ordinals(&column, *doc)?);
            if !lists.contains(&list) {
                lists.insert(list.clone());
            }
        }
        let mut ordinals: Vec<u64> = lists.iter().flatten().copied().collect();
        ordinals.sort_unstable();
        ordinals.dedup();
        // All at once and in order: one by one, each name unpacks its block of the dictionary again.
        let names = columns::names(&column, &ordinals)?;
        for list in &lists {
            let names = list.iter().filter_map(|ordinal| names.get(ordinals.binary_search(ordinal).ok()?));
            own.extend(names.rev().max_by_key(|name| name.len()).cloned());
        }
    }
    Ok(own)
}

fn languages(documents: &Documents<'_>, stop: Stop<'_>) -> Fallible<Vec<(String, u64)>> {
    let found = columns::strings(documents, column::LANG, stop)?;
    Ok(found.iter().map(|(lang, count)| (lang.to_owned(), count)).collect())
}

/// Years of publication; articles without a date under `none`.
fn years(documents: &Documents<'_>, stop: Stop<'_>) -> Fallible<Vec<(String, u64)>> {
    let found = columns::numbers(documents, column::PUBLISHED, stop, |value| {
        let date = Interval::from_column(value).filter(|date| date.start.year() == date.end.year())?;
        Some(i64::from(date.start.year()))
    })?;
    let mut undated = 0;
    for (segment, documents) in documents.segments() {
        let column = column::PUBLISHED.find(segment)?;
        let has = |document: &&DocId| column.as_ref().is_some_and(|column| column.first(**document).is_some());
        undated += documents.len() as u64 - documents.iter().filter(has).count() as u64;
    }
    let years = found.into_iter().map(|(year, count)| (format!("{year:04}"), count));
    Ok(years.chain((undated > 0).then(|| ("none".to_owned(), undated))).collect())
}

fn kinds(documents: &Documents<'_>, stop: Stop<'_>) -> Fallible<Vec<(String, u64)>> {
    let found = columns::numbers(documents, column::KIND, stop, |kind| i64::try_from(kind).ok())?;
    let name = |kind: i64| {
        let kind = usize::try_from(kind).ok().and_then(|at| Kind::ALL.get(at));
        debug_assert!(kind.is_some(), "a kind that no page has");
        kind.map_or("other", |kind| kind.name()).to_owned()
    };
    Ok(found.into_iter().map(|(kind, count)| (name(kind), count)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use crate::query;
    use proptest::prelude::*;

    #[test]
    fn filters_are_written_in_canonical_form() {
        for (facet, value, expected) in [
            (Facet::Sites, "ledger.example", "site:ledger.example"),
            (Facet::Sites, "the daily ledger", "site:\"the daily ledger\""),
            (Facet::Languages, "az", "lang:az"),
            (Facet::Years, "2020", "date:2020"),
            (Facet::Years, "none", "date:none"),
            (Facet::About, "2020-12-01", "about:2020-12-01"),
            (Facet::Kinds, "stub", "kind:stub"),
            // No query can ask for it.
            (Facet::Sites, "—", ""),
        ] {
            let found = filter(facet, value);
            assert_eq!(found, expected);
            assert_eq!(query::parse(&found, Date::MIN).notes, [], "{value} is read as a filter");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_read_as_it_is_in_quotes(name in "[\\p{L}\\p{N} .,'()&-]{1,24}") {
            for field in ["person", "place", "org", "site"] {
                let typed = query::parse(&format!("{field}:\"{name}\""), Date::MIN);
                if let Some(built) = Query::of_field(field, &name, Date::MIN) {
                    prop_assert_eq!(built.to_string(), typed.to_string(), "{} {}", field, name);
                    prop_assert_eq!(query::parse(&built.to_string(), Date::MIN).to_string(), built.to_string());
                }
            }
        }
    }
}
