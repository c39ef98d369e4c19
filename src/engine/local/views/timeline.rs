//! When the articles of a match were published, or which days they speak of.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::{Scope, Totals};
use crate::api::{Bucket, By, Timeline, TimelineAsked};
use crate::date::{Date, Interval};
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::collect;
use crate::engine::local::matching::filter::Matching;
use crate::index::column;

/// A stretch of time that a row stands for: its first and last day.
type Stretch = (Date, Date);

/// Articles a stretch; those without a date; all.
#[derive(Debug, Default)]
struct Counts {
    stretches: BTreeMap<Stretch, u64>,
    undated: u64,
    total: u64,
}

/// The timeline of the match.
pub(crate) fn timeline(scope: &Scope<'_>, asked: TimelineAsked) -> Fallible<(Totals, Timeline)> {
    let TimelineAsked { by, about, shares } = asked;
    let days = days(scope, scope.matching, about)?;
    let by = by.unwrap_or_else(|| fitting(&days));
    let mut counts = counts(&days, by);
    counts.fill(by);
    // Shares are of all that the query could find whatever its words: a superseded capture is no article of that day.
    let all = if shares { Some(self::counts(&self::days(scope, &scope.plan.everything(), about)?, by)) } else { None };
    let share = |articles: u64, of: u64| (articles as f64 / of.max(1) as f64 * 1e6).round() / 1e6;
    let bucket = |date: Option<String>, articles: u64, of: Option<u64>| Bucket {
        value: None,
        date,
        articles,
        of,
        share: of.map(|of| share(articles, of)),
    };
    let mut rows: Vec<Bucket> = counts
        .stretches
        .iter()
        .map(|(stretch, articles)| {
            let of = all.as_ref().map(|all| all.stretches.get(stretch).copied().unwrap_or(0));
            bucket(Some(name(*stretch)), *articles, of)
        })
        .collect();
    if counts.undated > 0 {
        rows.push(bucket(None, counts.undated, all.as_ref().map(|all| all.undated)));
    }
    Ok((Totals::ungrouped(counts.total), Timeline { by, about, rows }))
}

/// Rows from which on those without articles are left out.
// Three years of days. Bars of nothing say little, and who asks for the days of a century looks for those that are there.
const MOST_ROWS: usize = 1100;

impl Counts {
    /// Adds the stretches without articles that lie between the first and the last of this unit.
    fn fill(&mut self, by: By) {
        let unit = |date: Date| stretch(Interval::day(date), by);
        let mut own = self.stretches.keys().filter(|one| unit(one.0) == **one);
        let Some(first) = own.next().copied() else { return };
        let last = own.next_back().copied().unwrap_or(first);
        let mut between = Vec::new();
        let mut at = first;
        while at < last {
            between.push(at);
            let Ok(next) = at.1.tomorrow() else { return };
            at = unit(next);
            if between.len() > MOST_ROWS {
                return;
            }
        }
        for one in between {
            self.stretches.entry(one).or_default();
        }
    }
}

/// For each article of a match the distinct intervals it is dated by, counted together; under `None` those without one.
struct Days {
    /// How many articles have just these intervals.
    articles: FxHashMap<Vec<u64>, u64>,
    total: u64,
}

fn days(scope: &Scope<'_>, matching: &Matching, about: bool) -> Fallible<Days> {
    let column = if about { column::DATES } else { column::PUBLISHED };
    let mut days = Days { articles: FxHashMap::default(), total: 0 };
    let open = |_: u32, segment: &SegmentReader| column.find(segment);
    let mut own: Vec<u64> = Vec::new();
    collect::each(scope.reader, matching, scope.stop, open, |column: &mut Option<Column<u64>>, _, doc| {
        own.clear();
        if let Some(column) = column {
            own.extend(column::values(column, doc)?);
        }
        days.total += 1;
        match days.articles.get_mut(&own) {
            Some(count) => *count += 1,
            None => drop(days.articles.insert(own.clone(), 1)),
        }
        Ok(())
    })?;
    Ok(days)
}

/// An article counts once in every stretch that it is dated by.
fn counts(days: &Days, by: By) -> Counts {
    let mut counts = Counts { total: days.total, ..Counts::default() };
    for (columns, articles) in &days.articles {
        let mut stretches: Vec<Stretch> =
            columns.iter().filter_map(|column| Some(stretch(Interval::from_column(*column)?, by))).collect();
        stretches.sort_unstable();
        stretches.dedup();
        if stretches.is_empty() {
            counts.undated += articles;
        }
        for stretch in stretches {
            *counts.stretches.entry(stretch).or_default() += articles;
        }
    }
    counts
}

/// The year, quarter, month, week or day that holds `found`; where none does, the next coarser one, and `found` itself where it is
/// longer than a year.
fn stretch(found: Interval, by: By) -> Stretch {
    let (start, end) = (found.start, found.end);
    let month = (start.first_of_month(), start.last_of_month());
    let year = (start.first_of_year(), start.last_of_year());
    let whole = |found: Option<Interval>| found.map_or((start, start), |found| (found.start, found.end));
    let quarter = || whole(Interval::quarter(start.year(), (start.month() + 2) / 3));
    let finest = match by {
        By::Day => vec![(start, start), month, year],
        By::Week => vec![whole(Interval::week_of(start)), month, year],
        By::Month => vec![month, year],
        By::Quarter => vec![quarter(), year],
        By::Year => vec![year],
    };
    finest.into_iter().find(|(_, last)| end <= *last).unwrap_or((start, end))
}

/// The name of a stretch in ISO 8601.
fn name((start, end): Stretch) -> String {
    if start == end {
        start.to_string()
    } else if (start, end) == (start.first_of_month(), start.last_of_month()) {
        format!("{:04}-{:02}", start.year(), start.month())
    } else if (start, end) == (start.first_of_year(), start.last_of_year()) {
        format!("{:04}", start.year())
    } else if Interval::week_of(start).is_some_and(|week| (week.start, week.end) == (start, end)) {
        let week = start.iso_week_date();
        format!("{:04}-W{:02}", week.year(), week.week())
    } else if Interval::quarter(start.year(), (start.month() + 2) / 3)
        .is_some_and(|quarter| (quarter.start, quarter.end) == (start, end))
    {
        format!("{:04}-Q{}", start.year(), (start.month() + 2) / 3)
    } else {
        format!("{start}/{end}")
    }
}

/// The unit that gives a screen of rows.
fn fitting(days: &Days) -> By {
    let found = || days.articles.keys().flatten().filter_map(|column| Interval::from_column(*column));
    let first = found().map(|found| found.start).min();
    let last = found().map(|found| found.start).max();
    match first.zip(last).map(|(first, last)| Interval::range(first, last).days()) {
        Some(days) if days <= 62 => By::Day,
        Some(days) if days <= 4 * 366 => By::Month,
        _ => By::Year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn stretches_are_as_fine_as_the_date_allows() {
        for (start, end, by, expected) in [
            ("2020-02-29", "2020-02-29", By::Day, "2020-02-29"),
            ("2020-02-29", "2020-02-29", By::Month, "2020-02"),
            ("2020-02-29", "2020-02-29", By::Year, "2020"),
            ("2020-02-01", "2020-02-29", By::Day, "2020-02"),
            ("2020-02-10", "2020-02-16", By::Day, "2020-02"),
            ("2020-01-01", "2020-12-31", By::Month, "2020"),
            ("2020-01-31", "2020-02-06", By::Month, "2020"),
            ("1990-01-01", "1999-12-31", By::Year, "1990-01-01/1999-12-31"),
            ("2019-12-30", "2020-01-05", By::Year, "2020-W01"),
            ("2019-12-31", "2019-12-31", By::Week, "2020-W01"),
            ("2020-02-26", "2020-02-26", By::Week, "2020-W09"),
            ("2020-02-01", "2020-02-29", By::Week, "2020-02"),
            ("2020-05-31", "2020-05-31", By::Quarter, "2020-Q2"),
            ("2020-12-01", "2020-12-31", By::Quarter, "2020-Q4"),
            ("2020-01-01", "2020-12-31", By::Quarter, "2020"),
        ] {
            assert_eq!(name(stretch(Interval::range(day(start), day(end)), by)), expected, "{start} {end}");
        }
    }
}
