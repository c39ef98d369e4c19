//! `search timeline`.

use search::api::{By, Engine, TimelineAsked};
use search::output;

use super::args::{TimelineOptions, Unit};
use super::settings::Settings;
use super::terminal::{Form, Wanted};
use super::{NONE, OK};

pub(crate) fn run(options: &TimelineOptions, settings: &Settings) -> search::Result<u8> {
    let by = options.by.map(|unit| match unit {
        Unit::Year => By::Year,
        Unit::Month => By::Month,
        Unit::Day => By::Day,
    });
    let engine = options.ask.engine(settings)?;
    let asked = TimelineAsked { by, about: options.about, shares: options.normalise };
    let found = engine.timeline(&options.ask.request(&options.ask.text()?, settings)?, asked)?;
    options.ask.matching.remark(&found.reading)?;
    let wanted = Wanted { json: options.json, csv: options.csv, lines: true };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::timeline_json(out, &found.body),
        Form::Csv => output::timeline_csv(out, &found.body),
        Form::Lines => output::timeline_lines(out, &found.body),
        form => output::timeline(out, &found, form.style()),
    })?;
    Ok(if found.total > 0 { OK } else { NONE })
}
