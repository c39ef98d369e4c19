//! `search first`, `search on`, `search pairs`, `search similar`.

use search::Error;
use search::api::{Engine, PairsAsked, Request};
use search::date::Date;
use search::engine::Local;
use search::output::{self, HitFormat};

use super::args::{FirstOptions, OnOptions, PairsOptions, SimilarOptions};
use super::settings::{Key, Settings};
use super::terminal::{self, View};
use super::{NONE, OK};

/// Hits of one year.
const YEAR_LIMIT: u64 = 3;

pub(crate) fn first(options: &FirstOptions, settings: &Settings) -> search::Result<u8> {
    let found = options.ask.engine(settings)?.firsts(&options.ask.request(settings)?)?;
    options.ask.remark(&found.reading)?;
    if options.json {
        terminal::print(|out| output::firsts_json(out, &found.body))?;
    } else {
        let view = View::new(&options.look, settings);
        view.print(|out| output::firsts(out, &found, view.style))?;
    }
    Ok(if found.total > 0 { OK } else { NONE })
}

pub(crate) fn on(options: &OnOptions, settings: &Settings) -> search::Result<u8> {
    let day = day(&options.day)?;
    let mut request = options.ask.request(settings)?;
    if request.text.trim().is_empty() {
        request.text = "*".to_owned();
    }
    request.limit = usize::try_from(options.limit.unwrap_or(YEAR_LIMIT)).unwrap_or(usize::MAX);
    request.group = !options.no_group;
    request.snippets = 0;
    let found = options.ask.engine(settings)?.years(&request, day, options.about)?;
    options.ask.remark(&found.reading)?;
    if options.json {
        terminal::print(|out| output::years_json(out, &found.body))?;
    } else {
        let view = View::new(&options.look, settings);
        view.print(|out| output::years(out, &found.body, view.style))?;
    }
    Ok(if found.body.is_empty() { NONE } else { OK })
}

/// Month and day as typed, `12-01`.
fn day(typed: &str) -> search::Result<(i8, i8)> {
    let parts = typed.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    // A leap year has every day that there is.
    let day = parts.filter(|(month, day)| Date::new(2000, *month, *day).is_ok());
    day.ok_or_else(|| Error::usage(format!("{typed} is no day of the year; type month and day: search on 12-01")))
}

pub(crate) fn pairs(options: &PairsOptions, settings: &Settings) -> search::Result<u8> {
    let mut request = options.ask.request(settings)?;
    if request.text.trim().is_empty() {
        request.text = "*".to_owned();
    }
    request.limit = usize::try_from(settings.number(Key::Limit, options.limit)).unwrap_or(usize::MAX);
    let most = options.evidence.unwrap_or(if options.show.is_some() { u64::MAX } else { 1 });
    let asked = PairsAsked {
        with: options.with.into(),
        window: options.window.into(),
        evidence: usize::try_from(most).unwrap_or(usize::MAX),
        show: options.show.clone(),
    };
    let found = options.ask.engine(settings)?.pairs(&request, asked)?;
    options.ask.remark(&found.reading)?;
    if options.json {
        terminal::print(|out| output::pairs_json(out, &found.body))?;
    } else if options.csv {
        terminal::print(|out| output::pairs_csv(out, &found.body))?;
    } else {
        let view = View::new(&options.look, settings);
        view.print(|out| output::pairs(out, &found, view.style))?;
    }
    Ok(if found.body.is_empty() { NONE } else { OK })
}

pub(crate) fn similar(options: &SimilarOptions, settings: &Settings) -> search::Result<u8> {
    let number = |key, typed| usize::try_from(settings.number(key, typed)).unwrap_or(usize::MAX);
    let request = Request {
        limit: number(Key::Limit, options.limit),
        snippets: number(Key::Snippets, options.snippets),
        group: !options.no_group,
        ..Request::new("", super::today::for_query(""))
    };
    let found = Local::open(&settings.index(options.place.index.as_deref()))?.similar(&options.id, &request)?;
    found.reading.notes.iter().for_each(|note| terminal::remark(note));
    if options.json {
        terminal::print(|out| output::hits(out, &found.body.hits, HitFormat::Json, None))?;
    } else if terminal::is_read_by_a_person() {
        let view = View::new(&options.look, settings);
        view.print(|out| output::human(out, &found, view.style))?;
    } else {
        terminal::print(|out| output::hits(out, &found.body.hits, HitFormat::Lines, None))?;
    }
    Ok(if found.body.hits.is_empty() { NONE } else { OK })
}
