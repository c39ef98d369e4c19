//! `search timeline`.

use search::Result;
use search::api::{Answer, Bucket, By, Engine, Facet, Request, Timeline, TimelineAsked};
use search::output;

use super::args::{Apart, TimelineOptions, Unit};
use super::settings::{Key, Settings};
use super::terminal::{Form, Wanted};
use super::{NONE, OK, message};

pub(crate) fn run(options: &TimelineOptions, settings: &Settings) -> Result<u8> {
    let by = options.by.map(|unit| match unit {
        Unit::Year => By::Year,
        Unit::Quarter => By::Quarter,
        Unit::Month => By::Month,
        Unit::Week => By::Week,
        Unit::Day => By::Day,
    });
    let engine = options.ask.engine(settings)?;
    let asked = TimelineAsked { by, about: options.about, shares: options.normalise };
    let request = options.ask.request(&options.ask.text()?, settings)?;
    let mut found = engine.timeline(&request, asked)?;
    options.ask.matching.remark(&found.reading)?;
    if let Some(apart) = options.per.filter(|_| found.total > 0) {
        found.body.rows = told_apart(&engine, &request, (&found, asked), facet(apart), limit(options, settings))?;
    }
    let wanted = Wanted { json: options.json, csv: options.csv, lines: true };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::timeline_json(out, &found.body),
        Form::Csv => output::timeline_csv(out, &found.body),
        Form::Lines => output::timeline_lines(out, &found.body),
        form => output::timeline(out, &found, form.style()),
    })?;
    Ok(if found.total > 0 { OK } else { NONE })
}

fn facet(apart: Apart) -> Facet {
    match apart {
        Apart::Site => Facet::Sites,
        Apart::Lang => Facet::Languages,
        Apart::Kind => Facet::Kinds,
    }
}

/// Most values that have a timeline.
fn limit(options: &TimelineOptions, settings: &Settings) -> usize {
    let default = if options.json || options.csv { 0 } else { settings.count(Key::Limit, None) };
    settings.most(options.limit, default)
}

/// The rows of each value of `facet`, those of most articles first: the timeline of the query with the filter of the value,
/// with a row for each row of the `whole`.
fn told_apart(
    engine: &dyn Engine,
    request: &Request,
    (whole, asked): (&Answer<Timeline>, TimelineAsked),
    facet: Facet,
    limit: usize,
) -> Result<Vec<Bucket>> {
    let values = engine.facets(&Request { limit, ..request.clone() }, facet)?.body;
    if values.distinct > values.values.len() as u64 {
        let (listed, of) = (values.values.len(), values.distinct);
        message::remark(&format!("{listed} of {of} {} are listed, -n 0 lists all", facet.name()));
    }
    let asked = TimelineAsked { by: Some(whole.body.by), ..asked };
    let mut rows = Vec::new();
    // A value that no filter can ask for has no timeline; it is a site whose name is no word.
    for value in values.values.iter().filter(|value| !value.filter.is_empty()) {
        let text = match whole.reading.query.as_str() {
            "" | "*" => value.filter.clone(),
            query => format!("({query}) {}", value.filter),
        };
        let own = engine.timeline(&Request { text, ..request.clone() }, asked)?.body.rows;
        let row = |date: &Option<String>| own.iter().find(|row| row.date == *date).cloned();
        // That none of its articles is undated need not be said.
        let kept = whole.body.rows.iter().filter(|all| all.date.is_some() || row(&all.date).is_some());
        rows.extend(kept.map(|all| {
            let empty = Bucket { articles: 0, of: all.of.map(|_| 0), share: all.share.map(|_| 0.0), ..all.clone() };
            Bucket { value: Some(value.value.clone()), ..row(&all.date).unwrap_or(empty) }
        }));
    }
    Ok(rows)
}
