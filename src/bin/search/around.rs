//! `search first`, `search on`, `search pairs`, `search similar`.

use search::Error;
use search::api::{Asked, Engine, PairsAsked};
use search::date::Date;
use search::output::{self, HitFormat};
use search::query;

use super::args::{FirstOptions, OnOptions, PairsOptions, SimilarOptions};
use super::settings::{Key, Settings};
use super::terminal::{Form, Wanted};
use super::{NONE, OK, article, message, today};

/// Hits of one year.
// Three of each leave room for the years of a decade on one screen.
const YEAR_LIMIT: u64 = 3;

pub(crate) fn first(options: &FirstOptions, settings: &Settings) -> search::Result<u8> {
    let found = options.ask.engine(settings)?.firsts(&options.ask.request(&options.ask.text()?, settings)?)?;
    options.ask.matching.remark(&found.reading)?;
    let wanted = Wanted { json: options.json, ..Wanted::default() };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::firsts_json(out, &found.body),
        form => output::firsts(out, &found, form.style()),
    })?;
    Ok(if found.total > 0 { OK } else { NONE })
}

pub(crate) fn on(options: &OnOptions, settings: &Settings) -> search::Result<u8> {
    let day = day(&options.day)?;
    let mut request = options.ask.request(&options.ask.text_or_all()?, settings)?;
    let default = if options.json { 0 } else { YEAR_LIMIT };
    request.limit = usize::try_from(options.limit.unwrap_or(default)).unwrap_or(usize::MAX);
    request.group = !options.no_group;
    request.snippets = 0;
    let found = options.ask.engine(settings)?.years(&request, day, options.about)?;
    options.ask.matching.remark(&found.reading)?;
    let wanted = Wanted { json: options.json, ..Wanted::default() };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::years_json(out, &found.body),
        form => output::years(out, &found.body, form.style()),
    })?;
    Ok(if found.body.is_empty() { NONE } else { OK })
}

/// Month and day as typed, `12-01`, or in any form that `date:` reads.
fn day(typed: &str) -> search::Result<(i8, i8)> {
    let parts = typed.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    // A leap year has every day that there is.
    if let Some(day) = parts.filter(|(month, day)| Date::new(2000, *month, *day).is_ok()) {
        return Ok(day);
    }
    match query::days(typed, today::local()) {
        Some((first, last)) if first == last => Ok((first.month(), first.day())),
        Some(_) => {
            Err(Error::usage(format!("{typed} is more than one day; for all of them: search query date:{typed}")))
        }
        None => Err(Error::usage(format!("{typed} is no day of the year; type month and day: search on 12-01"))),
    }
}

pub(crate) fn pairs(options: &PairsOptions, settings: &Settings) -> search::Result<u8> {
    let mut request = options.ask.request(&options.ask.text_or_all()?, settings)?;
    let default = if options.json || options.csv { 0 } else { settings.count(Key::Limit, None) };
    let limit = settings.most(options.limit, default);
    // One more tells whether there are more.
    request.limit = if limit == 0 { 0 } else { limit.saturating_add(1) };
    let most = options.evidence.unwrap_or(if options.show.is_some() { u64::MAX } else { 1 });
    let asked = PairsAsked {
        with: options.with.into(),
        window: options.window.into(),
        evidence: usize::try_from(most).unwrap_or(usize::MAX),
        show: options.show.clone(),
    };
    let mut found = options.ask.engine(settings)?.pairs(&request, asked)?;
    options.ask.matching.remark(&found.reading)?;
    if limit > 0 && found.body.len() > limit {
        found.body.truncate(limit);
        message::remark(&format!("{limit} partners are listed and there are more, -n 0 lists all"));
    }
    let wanted = Wanted { json: options.json, csv: options.csv, lines: false };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::pairs_json(out, &found.body),
        Form::Csv => output::pairs_csv(out, &found.body),
        form => output::pairs(out, &found, form.style()),
    })?;
    Ok(if found.body.is_empty() { NONE } else { OK })
}

pub(crate) fn similar(options: &SimilarOptions, settings: &Settings) -> search::Result<u8> {
    let asked = Asked {
        limit: Some(settings.count(Key::Limit, options.limit)),
        snippets: Some(settings.count(Key::Snippets, options.snippets)),
        no_group: options.no_group,
        ..Asked::default()
    };
    let engine = options.place.engine(settings)?;
    let request = asked.request(super::today::for_query(""));
    article::each(&options.articles, &engine, |named| {
        let found = engine.similar(&named.id, &request)?;
        found.reading.notes.iter().for_each(|note| message::remark(note));
        let wanted = Wanted { json: options.json, csv: false, lines: true };
        wanted.print((&options.look, settings), |out, form| match form {
            Form::Json => output::hits(out, &found.body.hits, HitFormat::Json, None),
            Form::People(style) => output::human(out, &found, style),
            Form::Csv | Form::Lines => output::hits(out, &found.body.hits, HitFormat::Lines, None),
        })?;
        Ok(if found.body.hits.is_empty() { NONE } else { OK })
    })
}
