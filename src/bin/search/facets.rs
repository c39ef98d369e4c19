//! `search facets`.

use search::api::{Asked, Engine};
use search::engine::Local;
use search::output;

use super::args::FacetOptions;
use super::settings::{Key, Settings};
use super::terminal::{Form, Wanted};
use super::{NONE, OK, today};

pub(crate) fn run(options: &FacetOptions, settings: &Settings) -> search::Result<u8> {
    let engine = Local::open(&settings.index(options.place.index.as_deref()))?;
    let typed: Vec<&str> = options.query.iter().chain(&options.words).map(String::as_str).collect();
    let text = if typed.is_empty() { "*".to_owned() } else { typed.join(" ") };
    let limit = Some(settings.count(Key::Limit, options.limit));
    let asked = Asked { limit, ..options.matching.asked_of_all(&text) };
    let request = options.matching.request(asked, today::for_query(&text), settings)?;
    let found = engine.facets(&request, options.facet.into())?;
    options.matching.remark(&found.reading)?;
    let wanted = Wanted { json: options.json, csv: options.csv, lines: false };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::facets_json(out, &found.body),
        Form::Csv => output::facets_csv(out, &found.body),
        form => output::facets(out, &found, form.style()),
    })?;
    Ok(if found.body.values.is_empty() { NONE } else { OK })
}
