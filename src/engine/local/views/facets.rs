//! How many articles of a match are about each person, place, day and so on.
//!
//! Candidates come from the columns; what is listed is counted by the filter that finds it, so that a count is that of
//! the query with the filter added. Values may overlap: an article with two places counts for both, and for all that
//! contain them.

use std::collections::{BTreeMap, HashSet};

use rustc_hash::FxHashMap;
use tantivy::{DocId, SegmentReader};

use super::{Scope, Totals};
use crate::annotate::gazetteer::{Gazetteer, PlaceKind};
use crate::annotate::places::likely;
use crate::api::{Facet, FacetValue, Facets, Request};
use crate::date::Interval;
use crate::engine::local::failure::Fallible;
use crate::engine::local::highlight::targets::is_person;
use crate::engine::local::matching::{collect, filter};
use crate::engine::local::plan::Plan;
use crate::engine::plan::TargetKind;
use crate::extract::Kind;
use crate::index::Reader;
use crate::index::column::{self, Numbers, Strings};
use crate::query;

/// Values of people, places and organisations that are listed at most: each is a query of its own.
const MOST: usize = 1_000;

/// The values of `facet` over the match, those of most articles first; years in their order.
pub(crate) fn facets(scope: &Scope<'_>, facet: Facet) -> Fallible<(Totals, Facets)> {
    let reader = scope.reader;
    let documents = collect::documents(reader, scope.matching, scope.stop)?;
    let mut values = match facet {
        Facet::People => people(scope, &documents)?,
        Facet::Places => places(scope, &documents)?,
        Facet::Orgs => orgs(scope, &documents)?,
        Facet::About => days(reader, &documents)?,
        Facet::Sites => sites(reader, &documents)?,
        Facet::Languages => languages(reader, &documents)?,
        Facet::Years => years(reader, &documents)?,
        Facet::Kinds => kinds(reader, &documents)?,
    };
    values.sort_by(|one, other| other.articles.cmp(&one.articles).then_with(|| one.value.cmp(&other.value)));
    let distinct = values.len() as u64;
    values.truncate(scope.room());
    if facet == Facet::Years {
        values.sort_by(|one, other| one.value.cmp(&other.value));
    }
    let total = documents.iter().map(Vec::len).sum::<usize>() as u64;
    Ok((Totals::ungrouped(total), Facets { facet, distinct, values }))
}

/// The documents of a match, segment by segment.
type Documents = Vec<Vec<DocId>>;

/// Calls `each` with every segment and its documents.
fn segments<'r>(
    reader: &'r Reader,
    documents: &'r Documents,
) -> impl Iterator<Item = (&'r SegmentReader, &'r [DocId])> {
    reader.searcher.segment_readers().iter().zip(documents).map(|(segment, documents)| (segment, documents.as_slice()))
}

/// How many documents hold each string of `column`.
fn strings(reader: &Reader, documents: &Documents, column: Strings) -> Fallible<BTreeMap<String, u64>> {
    let mut out = BTreeMap::new();
    for (segment, documents) in segments(reader, documents) {
        let Some(column) = column.find(segment)? else { continue };
        let mut counts: FxHashMap<u64, u64> = FxHashMap::default();
        for document in documents {
            column.term_ords(*document).for_each(|ord| *counts.entry(ord).or_default() += 1);
        }
        // In order, so that each block of the dictionary is unpacked once.
        let mut ords: Vec<u64> = counts.keys().copied().collect();
        ords.sort_unstable();
        let mut each = ords.iter();
        column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
            let count = each.next().and_then(|ord| counts.get(ord));
            if let (Ok(text), Some(count)) = (std::str::from_utf8(term), count) {
                *out.entry(text.to_owned()).or_default() += count;
            }
        })?;
    }
    Ok(out)
}

/// How many documents hold each number that `read` makes of the values of `column`.
fn numbers(
    reader: &Reader,
    documents: &Documents,
    column: Numbers<u64>,
    read: impl Fn(u64) -> Option<i64>,
) -> Fallible<BTreeMap<i64, u64>> {
    let mut out = BTreeMap::new();
    for (segment, documents) in segments(reader, documents) {
        let Some(column) = column.find(segment)? else { continue };
        let mut of_one: Vec<i64> = Vec::new();
        for document in documents {
            of_one.clear();
            of_one.extend(column.values_for_doc(*document).filter_map(&read));
            of_one.sort_unstable();
            of_one.dedup();
            of_one.iter().for_each(|number| *out.entry(*number).or_default() += 1);
        }
    }
    Ok(out)
}

/// Names as people read them, each by what tells it from others, those in most documents first.
fn by_key(found: BTreeMap<String, u64>) -> Vec<(String, String)> {
    let mut groups: BTreeMap<String, (u64, u64, String)> = BTreeMap::new();
    for (text, count) in found {
        let Some((key, name)) = text.split_once('\t') else { continue };
        let (all, most, best) = groups.entry(key.to_owned()).or_default();
        *all += count;
        if count > *most {
            (*most, *best) = (count, name.to_owned());
        }
    }
    let mut groups: Vec<(String, (u64, u64, String))> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (all, ..))| std::cmp::Reverse(*all));
    groups.into_iter().map(|(key, (_, _, name))| (key, name)).collect()
}

/// How many candidates are looked at for so many values.
fn candidates(request: &Request) -> usize {
    if request.limit == 0 { MOST } else { (2 * request.limit + 20).min(MOST) }
}

/// The filter `field:name` in its canonical form, its plan, and how many articles of the match it leaves.
fn counted(scope: &Scope<'_>, field: &str, name: &str) -> Fallible<(String, Plan, u64)> {
    let Scope { reader, lists, matching, stop, .. } = *scope;
    let request = Request { versions: scope.versions, ..scope.request.clone() };
    let query = query::parse(&format!("{field}:\"{name}\""), request.today);
    let plan = Plan::new(&query, reader, lists, &request)?;
    let both = filter::and(vec![matching.box_clone(), plan.all()], Vec::new());
    let count = collect::count(reader, &both, None, stop)?.articles;
    Ok((query.to_string(), plan, count))
}

fn value(name: &str, articles: u64, filter: String) -> FacetValue {
    FacetValue { value: name.to_owned(), articles, filter, id: None, country: None }
}

fn people(scope: &Scope<'_>, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let mut out = Vec::new();
    let mut known: Vec<TargetKind> = Vec::new();
    for (key, name) in
        by_key(strings(scope.reader, documents, column::PEOPLE)?).into_iter().take(candidates(scope.request))
    {
        // Another spelling of one that is listed.
        let same = |kind: &TargetKind| match kind {
            TargetKind::Person { keys, .. } => {
                keys.iter().any(|keys| keys.len() == key.split(' ').count() && is_person(&key, keys))
            }
            _ => false,
        };
        if known.iter().any(same) {
            continue;
        }
        let (filter, plan, count) = counted(scope, "person", &name)?;
        if count > 0 {
            known.extend(plan.targets().first().map(|target| target.kind.clone()));
            out.push(value(&name, count, filter));
        }
    }
    Ok(out)
}

fn orgs(scope: &Scope<'_>, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let mut out = Vec::new();
    for (_, name) in by_key(strings(scope.reader, documents, column::ORGS)?).into_iter().take(candidates(scope.request))
    {
        let (filter, _, count) = counted(scope, "org", &name)?;
        if count > 0 {
            out.push(value(&name, count, filter));
        }
    }
    Ok(out)
}

/// Places with all that lie in them, but for continents, which say nothing.
fn places(scope: &Scope<'_>, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let gazetteer = Gazetteer::embedded();
    let found = numbers(scope.reader, documents, column::PLACE, |id| i64::try_from(id).ok())?;
    let mut found: Vec<(i64, u64)> = found.into_iter().collect();
    found.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    let entries = found.into_iter().filter_map(|(id, _)| gazetteer.place(u32::try_from(id).ok()?));
    let mut out = Vec::new();
    let mut known: HashSet<u32> = HashSet::new();
    for entry in entries.filter(|entry| entry.record.kind != PlaceKind::Continent).take(candidates(scope.request)) {
        // A town and the district that is named for it are found by one name.
        let named_for = likely(entry.name()).into_iter().next().filter(|first| first.within(&entry));
        let entry = named_for.unwrap_or(entry);
        if known.contains(&entry.record.id) {
            continue;
        }
        let (filter, plan, count) = counted(scope, "place", entry.name())?;
        if let Some(TargetKind::Place { ids, .. }) = plan.targets().first().map(|target| &target.kind) {
            known.extend(ids);
        }
        if count > 0 {
            let country = Some(entry.country().to_owned()).filter(|country| !country.is_empty());
            out.push(FacetValue { id: Some(entry.record.id), country, ..value(entry.name(), count, filter) });
        }
    }
    Ok(out)
}

/// Single days that the texts speak of.
fn days(reader: &Reader, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let found = numbers(reader, documents, column::DATES, |value| {
        Interval::from_column(value).filter(|date| date.start == date.end).and(i64::try_from(value).ok())
    })?;
    let mut out: BTreeMap<String, u64> = BTreeMap::new();
    for (column, count) in found {
        if let Some(date) = u64::try_from(column).ok().and_then(Interval::from_column) {
            *out.entry(date.start.to_string()).or_default() += count;
        }
    }
    Ok(out.into_iter().map(|(day, count)| value(&day, count, format!("about:{day}"))).collect())
}

/// Sites with those below them. A parent that is the site of no article is not listed.
fn sites(reader: &Reader, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let mut own: HashSet<String> = HashSet::new();
    for (segment, documents) in segments(reader, documents) {
        let Some(column) = column::SITE.find(segment)? else { continue };
        let mut known: HashSet<Vec<u64>> = HashSet::new();
        for document in documents {
            let ords: Vec<u64> = column.term_ords(*document).collect();
            if known.insert(ords.clone()) {
                let mut longest = String::new();
                for ord in ords {
                    let mut name = String::new();
                    if column.ord_to_str(ord, &mut name)? && name.len() > longest.len() {
                        longest = name;
                    }
                }
                own.insert(longest);
            }
        }
    }
    let found = strings(reader, documents, column::SITE)?;
    let listed = found.into_iter().filter(|(site, _)| own.contains(site));
    Ok(listed.map(|(site, count)| value(&site, count, canonical("site", &site))).collect())
}

fn languages(reader: &Reader, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let found = strings(reader, documents, column::LANG)?;
    Ok(found.into_iter().map(|(lang, count)| value(&lang, count, canonical("lang", &lang))).collect())
}

/// Years of publication; articles without a date under `none`.
fn years(reader: &Reader, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let found = numbers(reader, documents, column::PUBLISHED, |value| {
        let date = Interval::from_column(value).filter(|date| date.start.year() == date.end.year())?;
        Some(i64::from(date.start.year()))
    })?;
    let mut undated = 0;
    for (segment, documents) in segments(reader, documents) {
        let column = column::PUBLISHED.find(segment)?;
        let has = |document: &&DocId| column.as_ref().is_some_and(|column| column.first(**document).is_some());
        undated += documents.len() as u64 - documents.iter().filter(has).count() as u64;
    }
    let years = found.into_iter().map(|(year, count)| (format!("{year:04}"), count));
    let undated = (undated > 0).then(|| ("none".to_owned(), undated));
    Ok(years.chain(undated).map(|(year, count)| value(&year, count, format!("date:{year}"))).collect())
}

fn kinds(reader: &Reader, documents: &Documents) -> Fallible<Vec<FacetValue>> {
    let found = numbers(reader, documents, column::KIND, |kind| i64::try_from(kind).ok())?;
    let name =
        |kind: i64| usize::try_from(kind).ok().and_then(|at| Kind::ALL.get(at)).map_or("other", |kind| kind.name());
    Ok(found.into_iter().map(|(kind, n)| value(name(kind), n, format!("kind:{}", name(kind)))).collect())
}

/// `field:value` as a query prints it.
fn canonical(field: &str, value: &str) -> String {
    query::parse(&format!("{field}:\"{value}\""), crate::date::Date::MIN).to_string()
}
