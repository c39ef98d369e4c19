//! Filters on columns, and the small queries that the plan is made of.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::columnar::Column;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

use crate::date::{Interval, Stamp};
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::excludable::excludable;
use crate::index::Superseded;
use crate::index::column::{self, Numbers};
use crate::index::geo::Spot;
use crate::index::schema::schema;

/// A query of ours: cheap to copy, matched without scores.
pub(crate) type Matching = Box<dyn Query>;

/// Whether a filter has met a document whose values its column has not. What Tantivy asks of a document cannot fail, so this is
/// looked at when the answer has been made, which is then none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Damage(Arc<AtomicBool>);

impl Damage {
    /// Fails where a filter has met damage.
    pub(crate) fn check(&self) -> Fallible<()> {
        // Nothing else is published through the switch, so no order with other memory is needed.
        if self.0.load(Ordering::Relaxed) { Err(column::no_values().into()) } else { Ok(()) }
    }

    fn met(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// From so many terms on, documents are gathered term by term instead of reading all their postings side by side.
const MANY: usize = 64;

pub(crate) fn nothing() -> Matching {
    Box::new(EmptyQuery)
}

/// Documents that hold one of `terms`.
pub(crate) fn any_term(terms: impl IntoIterator<Item = Term>) -> Matching {
    let terms: Vec<Term> = terms.into_iter().collect();
    // A scorer for each of a thousand terms keeps them in a heap; a set of documents does not care.
    if terms.len() > MANY {
        return Box::new(TermSetQuery::new(terms));
    }
    or(terms.into_iter().map(term).collect())
}

pub(crate) fn term(term: Term) -> Matching {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// Documents that hold `words` side by side, with up to `slop` words between them, in one of `fields`.
pub(crate) fn phrase(fields: &[Field], words: &[String], slop: u32) -> Matching {
    let in_field = |field: Field| -> Matching {
        let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
        match terms.len() {
            0 => nothing(),
            1 => any_term(terms),
            _ => {
                let terms = terms.into_iter().enumerate().collect();
                excludable(Box::new(PhraseQuery::new_with_offset_and_slop(terms, slop)))
            }
        }
    };
    or(fields.iter().map(|field| in_field(*field)).collect())
}

pub(crate) fn or(mut parts: Vec<Matching>) -> Matching {
    match parts.len() {
        0 => nothing(),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Should, part)).collect())),
    }
}

/// Documents that match all of `must` and none of `not`; with nothing in `must`, of all that queries may find.
pub(crate) fn and(must: Vec<Matching>, not: Vec<Matching>) -> Matching {
    // Tantivy finds nothing with exclusions alone, and failed pages are documents too: `live` is on all others.
    let must = if must.is_empty() { vec![term(Term::from_field_u64(schema().1.live, 1))] } else { must };
    let not = not.into_iter().map(|part| (Occur::MustNot, part));
    Box::new(BooleanQuery::new(must.into_iter().map(|part| (Occur::Must, part)).chain(not).collect()))
}

/// Documents for which `test` holds on some value of `column`.
fn some_value<T>(
    column: Numbers<T>,
    damage: &Damage,
    test: impl Fn(T) -> bool + Clone + Send + Sync + 'static,
) -> Matching
where
    T: tantivy::columnar::MonotonicallyMappableToU64 + tantivy::columnar::HasAssociatedColumnType + Send + Sync,
    tantivy::columnar::DynamicColumn: Into<Option<Column<T>>>,
{
    let damage = damage.clone();
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let column: Option<Column<T>> = column.find(segment)?;
        let (test, damage) = (test.clone(), damage.clone());
        let holds = move |column: &Column<T>, doc| match column::values(column, doc) {
            Ok(mut values) => values.any(&test),
            Err(_) => {
                damage.met();
                false
            }
        };
        Ok(move |doc: DocId| column.as_ref().is_some_and(|column| holds(column, doc)))
    });
    Box::new(DocPredicateQuery::from(predicate))
}

/// Documents with a date in `column` inside `asked`, or sharing a day with it.
pub(crate) fn days(column: Numbers<u64>, asked: Interval, overlap: bool, damage: &Damage) -> Matching {
    some_value(column, damage, move |value: u64| {
        Interval::from_column(value)
            .is_some_and(|found| if overlap { asked.overlaps(&found) } else { asked.contains(&found) })
    })
}

/// Documents with a time in `column`, seconds since 1970, on one of the days `asked` (in UTC).
pub(crate) fn seconds(column: Numbers<i64>, asked: Interval, damage: &Damage) -> Matching {
    let first = Stamp::day(asked.start).sort_key();
    // The last second of the day: captures are kept in seconds.
    let last = Stamp::day(asked.end).sort_key().saturating_add(86_399);
    some_value(column, damage, move |value: i64| (first..=last).contains(&value))
}

/// Documents with a number in `column` from `min` to `max`.
pub(crate) fn number(column: Numbers<u64>, min: u64, max: u64, damage: &Damage) -> Matching {
    some_value(column, damage, move |value: u64| (min..=max).contains(&value))
}

/// Documents with a place not farther than `km` from `centre`.
pub(crate) fn near(centre: Spot, km: f64, damage: &Damage) -> Matching {
    some_value(column::GEO, damage, move |value: u64| Spot::from_column(value).is_near(centre, km))
}

/// Documents with any value in `column`.
pub(crate) fn any_value<T>(column: Numbers<T>, damage: &Damage) -> Matching
where
    T: tantivy::columnar::MonotonicallyMappableToU64 + tantivy::columnar::HasAssociatedColumnType + Send + Sync,
    tantivy::columnar::DynamicColumn: Into<Option<Column<T>>>,
{
    some_value(column, damage, |_: T| true)
}

/// Documents with one of `values` in `column`.
pub(crate) fn among(column: Numbers<u64>, values: Arc<HashSet<u64>>, damage: &Damage) -> Matching {
    some_value(column, damage, move |value: u64| values.contains(&value))
}

/// Documents that a newer capture supersedes.
pub(crate) fn superseded(set: &Superseded, damage: &Damage) -> Matching {
    let set = Arc::new(set.clone());
    some_value(column::KEY, damage, move |key: u64| set.contains(key))
}
