//! How many documents of a match hold each value of a column.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::columnar::StrColumn;

use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::found::Documents;
use crate::engine::local::stop::Stop;
use crate::index::column::{Numbers, Strings, each_string, no_string, ordinals, values};

/// Strings with how many documents hold each: in the order of their bytes, each once. They lie one behind the other, as
/// an archive has more names than anything else, and most of them are looked at once and never shown.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    text: String,
    /// Where each string ends, and its documents.
    rows: Vec<(usize, u64)>,
}

impl Counted {
    /// These rows, which are in order.
    #[cfg(test)]
    pub(crate) fn of(rows: &[(&str, u64)]) -> Counted {
        let mut out = Counted::default();
        rows.iter().for_each(|(text, documents)| out.push(text, *documents));
        out
    }

    fn push(&mut self, text: &str, documents: u64) {
        self.text.push_str(text);
        self.rows.push((self.text.len(), documents));
    }

    fn range(&self, at: usize) -> Range<usize> {
        let start = if at == 0 { 0 } else { self.rows[at - 1].0 };
        start..self.rows[at].0
    }

    /// Each string and how many documents hold it.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        (0..self.rows.len()).map(|at| (&self.text[self.range(at)], self.rows[at].1))
    }

    /// The strings of two segments together.
    fn merged(self, other: Counted) -> Counted {
        if self.rows.is_empty() {
            return other;
        }
        let mut out = Counted::default();
        let (mut ours, mut theirs) = (self.iter().peekable(), other.iter().peekable());
        while let (Some((one, count)), Some((two, more))) = (ours.peek().copied(), theirs.peek().copied()) {
            let order = one.cmp(two);
            out.push(
                if order.is_gt() { two } else { one },
                match order {
                    std::cmp::Ordering::Less => count,
                    std::cmp::Ordering::Equal => count + more,
                    std::cmp::Ordering::Greater => more,
                },
            );
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
        }
        ours.chain(theirs).for_each(|(text, count)| out.push(text, count));
        out
    }
}

/// How many documents hold each string of `column`.
pub(crate) fn strings(documents: &Documents<'_>, column: Strings, stop: Stop<'_>) -> Fallible<Counted> {
    let mut out = Counted::default();
    for (segment, documents) in documents.segments() {
        let Some(column) = column.find(segment)? else { continue };
        out = out.merged(in_segment(&column, documents, stop)?);
    }
    Ok(out)
}

fn in_segment(column: &StrColumn, documents: &[DocId], stop: Stop<'_>) -> Fallible<Counted> {
    let (held, counts) = by_ordinal(column, documents, stop)?;
    let mut out = Counted::default();
    let mut counts = counts.into_iter();
    let mut is_text = true;
    // In order, so that each block of the dictionary is unpacked once.
    each_string(column, &held, |term| {
        let count = counts.next().unwrap_or(0);
        debug_assert!(count > 0, "each ordinal was counted");
        match std::str::from_utf8(term) {
            Ok(text) => out.push(text, count),
            Err(_) => is_text = false,
        }
    })?;
    // Only text goes into a column of strings.
    if is_text { Ok(out) } else { Err(no_string().into()) }
}

/// The ordinals that some of `documents` hold, in rising order, and how many do.
fn by_ordinal(column: &StrColumn, documents: &[DocId], stop: Stop<'_>) -> Fallible<(Vec<u64>, Vec<u64>)> {
    /// Values of one document, about: where a table of all ordinals has fewer places than the match has values, it is
    /// cheaper than a hash table.
    const VALUES: usize = 16;
    let mut pace = stop.pace();
    if column.num_terms() <= documents.len() * VALUES {
        let mut table = vec![0_u64; column.num_terms()];
        for doc in documents {
            pace.step()?;
            for ordinal in ordinals(column, *doc)? {
                *table.get_mut(ordinal as usize).ok_or_else(no_string)? += 1;
            }
        }
        let held = (0..).zip(table).filter(|(_, count)| *count > 0);
        return Ok(held.unzip());
    }
    let mut table: FxHashMap<u64, u64> = FxHashMap::default();
    for doc in documents {
        pace.step()?;
        ordinals(column, *doc)?.for_each(|ordinal| *table.entry(ordinal).or_default() += 1);
    }
    let mut held: Vec<(u64, u64)> = table.into_iter().collect();
    held.sort_unstable();
    Ok(held.into_iter().unzip())
}

/// The names of `ordinals`, which are in rising order and each once.
pub(crate) fn names(column: &StrColumn, ordinals: &[u64]) -> Fallible<Vec<String>> {
    let mut out = Vec::with_capacity(ordinals.len());
    each_string(column, ordinals, |term| out.push(String::from_utf8_lossy(term).into_owned()))?;
    Ok(out)
}

/// How many documents hold each number that `read` makes of the values of `column`.
pub(crate) fn numbers(
    documents: &Documents<'_>,
    column: Numbers<u64>,
    stop: Stop<'_>,
    read: impl Fn(u64) -> Option<i64>,
) -> Fallible<BTreeMap<i64, u64>> {
    let mut out: FxHashMap<i64, u64> = FxHashMap::default();
    let mut pace = stop.pace();
    for (segment, documents) in documents.segments() {
        let Some(column) = column.find(segment)? else { continue };
        let mut of_one: Vec<i64> = Vec::new();
        for document in documents {
            pace.step()?;
            of_one.clear();
            of_one.extend(values(&column, *document)?.filter_map(&read));
            of_one.sort_unstable();
            of_one.dedup();
            of_one.iter().for_each(|number| *out.entry(*number).or_default() += 1);
        }
    }
    Ok(out.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(rows: &BTreeMap<String, u64>) -> Counted {
        let mut out = Counted::default();
        rows.iter().for_each(|(text, count)| out.push(text, *count));
        out
    }

    #[test]
    fn strings_lie_one_behind_the_other() {
        let rows = BTreeMap::from([(String::new(), 3), ("a".to_owned(), 1), ("å\tÅ".to_owned(), 2)]);
        assert_eq!(counted(&rows).iter().collect::<Vec<_>>(), [("", 3), ("a", 1), ("å\tÅ", 2)]);
        assert_eq!(Counted::default().iter().count(), 0);
    }

    proptest! {
        #[test]
        fn segments_are_counted_together(
            one in prop::collection::btree_map("[a-c]{0,2}", 1u64..9, 0..12),
            other in prop::collection::btree_map("[a-c]{0,2}", 1u64..9, 0..12),
        ) {
            let mut expected = one.clone();
            other.iter().for_each(|(text, count)| *expected.entry(text.clone()).or_default() += count);
            let found = counted(&one).merged(counted(&other));
            let found: Vec<(String, u64)> = found.iter().map(|(text, count)| (text.to_owned(), count)).collect();
            prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
