//! `search lines`.

use std::ops::ControlFlow;

use search::api::{Engine, Listing, Request, Row, Rows};
use search::engine::Local;
use search::output::{self, LineFormat, plural};
use search::{Error, Result};

use super::args::LinesOptions;
use super::settings::Settings;
use super::terminal::{Form, Wanted};
use super::{NONE, OK, message};

/// Characters on each side for programs.
// A sentence of a newspaper has about 120.
const CONTEXT: usize = 60;

pub(crate) fn run(options: &LinesOptions, settings: &Settings) -> Result<u8> {
    let engine = options.ask.engine(settings)?;
    let mut request = options.ask.request(&options.ask.text()?, settings)?;
    if request.listing == Listing::Fill {
        request.listing = Listing::All;
    }
    let wanted = Wanted { json: options.json, csv: options.csv, lines: true };
    if let Some(per) = options.per {
        let found = engine.frequencies(&request, per.into())?;
        options.ask.matching.remark(&found.reading)?;
        wanted.print((&options.look, settings), |out, form| match form {
            Form::Json => output::frequencies_json(out, &found.body),
            Form::Csv => output::frequencies_csv(out, &found.body),
            Form::Lines => output::frequencies_lines(out, &found.body),
            Form::People(style) => output::frequencies(out, &found.body, per.into(), style),
        })?;
        let occurrences: u64 = found.body.iter().map(|row| row.occurrences).sum();
        return Ok(status(occurrences, found.total));
    }
    // Asked first: a query that is refused leaves no half answer behind.
    let counted = engine.count(&request)?;
    options.ask.matching.remark(&counted.reading)?;
    let mut printed = 0;
    let mut failed = None;
    wanted.print((&options.look, settings), |out, form| {
        let format = match form {
            Form::Json => LineFormat::Json,
            Form::Csv => LineFormat::Csv,
            Form::Lines => LineFormat::Lines,
            Form::People(style) => LineFormat::People(style),
        };
        let context = options.context.unwrap_or(CONTEXT);
        output::line_heading(out, format)?;
        let taken = each(&engine, &request, context, &mut |line| {
            output::line(out, &line, format).map_err(|cause| Error::io("write", "standard output".as_ref(), cause))?;
            printed += 1;
            Ok(if options.limit == Some(printed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
        failed = taken.err();
        Ok(())
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(status(printed, counted.total)),
    }
}

/// Hands each occurrence to `take`.
fn each(
    engine: &Local,
    request: &Request,
    context: usize,
    take: &mut dyn FnMut(search::api::Occurrence) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let rows = Rows::Occurrences { context };
    let taken = engine.rows(request, &rows, &mut |row| match row {
        Row::Occurrence(line) => take(*line),
        Row::Article(_) => Ok(ControlFlow::Continue(())),
    });
    taken.map(|_| ())
}

/// Says where articles match and nothing of the query stands in them.
fn status(occurrences: u64, articles: u64) -> u8 {
    if occurrences == 0 && articles > 0 {
        let match_ = plural(articles, "article matches", "articles match");
        message::remark(&format!("{articles} {match_}, but the query has no word or name to look for in the text"));
    }
    if occurrences > 0 { OK } else { NONE }
}
