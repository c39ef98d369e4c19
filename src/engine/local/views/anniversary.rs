//! This day through the years.

use std::collections::BTreeSet;

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use crate::date::{Date, Interval};
use crate::engine::local::matching::collect;
use crate::engine::local::matching::filter::{self, Matching};
use crate::index::Reader;
use crate::index::column::{self, Numbers};

/// The column of the days of publication, or of those mentioned.
fn days_of(about: bool) -> Numbers<u64> {
    if about { column::DATES } else { column::PUBLISHED }
}

/// The days with this month and day on which articles of `matching` were published, or of which they speak, in order.
pub(crate) fn days(
    reader: &Reader,
    matching: &Matching,
    (month, day): (i8, i8),
    about: bool,
) -> tantivy::Result<BTreeSet<Date>> {
    let mut days = BTreeSet::new();
    let open = |_: u32, segment: &SegmentReader| days_of(about).find(segment);
    collect::each(reader, matching, open, |values: &mut Option<Column<u64>>, _, doc| {
        let found = values.iter().flat_map(|values| values.values_for_doc(doc)).filter_map(Interval::from_column);
        let single = found.filter(|found| found.start == found.end).map(|found| found.start);
        days.extend(single.filter(|found| (found.month(), found.day()) == (month, day)));
    })?;
    Ok(days)
}

/// The articles of `matching` that were published on `day` or speak of it.
pub(crate) fn of_day(matching: &Matching, day: Date, about: bool) -> Matching {
    filter::and(vec![matching.box_clone(), filter::days(days_of(about), Interval::day(day), false)], Vec::new())
}
