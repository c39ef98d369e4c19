//! This day through the years.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::article::Listed;
use super::{Scope, Totals, hits};
use crate::api::YearRow;
use crate::date::{Date, Interval};
use crate::engine::local::failure::Fallible;
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::matching::collect::{self, Grouping, Keep};
use crate::engine::local::matching::filter::{self, Matching};
use crate::index::column::{self, Numbers};

/// The best articles of the match on one day of each year; published then, or with `about` speaking of it.
pub(crate) fn years(scope: &Scope<'_>, day: (i8, i8), about: bool) -> Fallible<(Totals, Vec<YearRow>)> {
    let Scope { reader, request, plan, stop, .. } = *scope;
    let stories = scope.stories()?;
    let (none, tiers) = (FxHashSet::default(), scope.tiers());
    let mut matcher = Matcher::new(plan.targets());
    let mut rows = Vec::new();
    let (articles, days) = days(scope, day, about)?;
    for date in days {
        let matching = of_day(scope, date, about);
        let grouping = stories.map(|stories| Grouping { stories, told: &none });
        let keep = Keep { sort: request.sort, room: scope.room(), grouping, tiers: &tiers };
        let found = collect::best(reader, plan, &matching, keep, stop, |_| true)?;
        let mut listed = Vec::with_capacity(found.best.len());
        for (rank, candidate) in (1..).zip(&found.best) {
            // No cursor: the list of one year is no page of a longer one.
            listed.push(hits::hit(scope, &mut matcher, candidate, Listed::at(rank, candidate.score()))?);
        }
        rows.push(YearRow {
            date: date.to_string(),
            articles: found.totals.articles,
            stories: found.totals.stories,
            hits: listed,
        });
    }
    Ok((Totals::ungrouped(articles), rows))
}

/// The column of the days of publication, or of those mentioned.
fn days_of(about: bool) -> Numbers<u64> {
    if about { column::DATES } else { column::PUBLISHED }
}

/// How many articles match, and the days with this month and day on which some of them were published, or of which they
/// speak, in order.
fn days(scope: &Scope<'_>, (month, day): (i8, i8), about: bool) -> Fallible<(u64, BTreeSet<Date>)> {
    let (mut total, mut days) = (0, BTreeSet::new());
    let open = |_: u32, segment: &SegmentReader| days_of(about).find(segment);
    collect::each(scope.reader, scope.matching, scope.stop, open, |values: &mut Option<Column<u64>>, _, doc| {
        total += 1;
        let Some(values) = values else { return Ok(()) };
        let found = column::values(values, doc)?.filter_map(Interval::from_column);
        let single = found.filter(|found| found.start == found.end).map(|found| found.start);
        days.extend(single.filter(|found| (found.month(), found.day()) == (month, day)));
        Ok(())
    })?;
    Ok((total, days))
}

/// The articles of the match that were published on `day` or speak of it.
fn of_day(scope: &Scope<'_>, day: Date, about: bool) -> Matching {
    let on_day = filter::days(days_of(about), Interval::day(day), false, scope.damage);
    filter::and(vec![scope.matching.box_clone(), on_day], Vec::new())
}
