//! `count`: exact numbers, each with the filter that finds what it counts.

use super::{begin, counted, read_as, whole_match};
use crate::api::{Asked, By, Engine, Facet, Timeline, TimelineAsked};
use crate::error::Result;
use crate::mcp::Call;
use crate::mcp::text::name;

/// What there is to count by, but for the units of time.
const FACETS: [Facet; 7] =
    [Facet::People, Facet::Places, Facet::Orgs, Facet::Sites, Facet::Languages, Facet::Kinds, Facet::About];

pub(in crate::mcp) fn count(call: &Call<'_>) -> Result<String> {
    let by = call.arguments.choice("by");
    match FACETS.into_iter().find(|facet| facet.name() == by) {
        Some(facet) => values(call, facet),
        None => times(call, by),
    }
}

fn values(call: &Call<'_>, facet: Facet) -> Result<String> {
    let limit = call.arguments.number("limit");
    let found = call.engine.facets(&call.request(Asked { limit: Some(limit), ..whole_match(call) }), facet)?;
    let total = counted(found.total, "article", "articles");
    let mut text = begin(call, &format!("{total} · by {} · {}", facet.name(), read_as(&found.reading)), &found.reading);
    let mut shown: u64 = 0;
    for value in &found.body.values {
        let filter = if value.filter.is_empty() { String::new() } else { format!(" · {}", value.filter) };
        if !text.add(&name(&format!("{} ", value.articles), &format!("{}{filter}", value.value))) {
            break;
        }
        shown += 1;
    }
    // Spellings of one bearer count apart in what there is, so that a list that is not full is whole.
    let full = shown >= limit as u64 || shown < found.body.values.len() as u64;
    let left = if full { found.body.distinct.saturating_sub(shown) } else { 0 };
    let more = match left {
        0 => "All values are shown.".to_owned(),
        _ if limit < 50 => format!("{left} more values: raise limit, or narrow the query."),
        _ => format!("{left} more values: narrow the query."),
    };
    Ok(text.end(&format!(
        "{more} An article counts once for each of its values; add the filter to the query to list them."
    )))
}

fn times(call: &Call<'_>, by: &str) -> Result<String> {
    let by = match by {
        "year" => By::Year,
        "month" => By::Month,
        _ => By::Day,
    };
    let asked = TimelineAsked { by: Some(by), ..TimelineAsked::default() };
    let found = call.engine.timeline(&call.request(whole_match(call)), asked)?;
    let total = counted(found.total, "article", "articles");
    let first = format!("{total} · by time of publication · {}", read_as(&found.reading));
    let mut text = begin(call, &first, &found.reading);
    let (kept, left) = greatest(&found.body, call.arguments.number("limit"));
    let mut cut = 0;
    for (date, articles) in kept {
        cut += u64::from(!text.add(&format!("{articles} {date} · date:{date}\n")));
    }
    let undated = found.body.rows.iter().filter(|row| row.date.is_none()).map(|row| row.articles).sum::<u64>();
    let left = left + cut;
    let more = if left == 0 {
        String::new()
    } else {
        format!("{left} more times with fewer articles: a coarser unit, or a narrower query. ")
    };
    Ok(text.end(&format!("{more}{undated} undated articles are in none of them (date:none).")))
}

/// The times with most articles, in their order, and how many more have some.
fn greatest(timeline: &Timeline, limit: usize) -> (Vec<(&str, u64)>, u64) {
    let dated = timeline.rows.iter().filter_map(|row| Some((row.date.as_deref()?, row.articles)));
    let all: Vec<(&str, u64)> = dated.filter(|(_, articles)| *articles > 0).collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(all[*at].1), *at));
    order.truncate(limit);
    order.sort_unstable();
    (order.iter().map(|at| all[*at]).collect(), (all.len() - order.len()) as u64)
}
