//! `search facets`.

use search::api::{Asked, Engine, Facets};
use search::output;

use super::args::FacetOptions;
use super::settings::{Key, Settings};
use super::terminal::{Form, Wanted};
use super::{NONE, OK, ask, message, today};

pub(crate) fn run(options: &FacetOptions, settings: &Settings) -> search::Result<u8> {
    let engine = options.place.engine(settings)?;
    let text = ask::text_of(options.query.as_deref(), &options.words)?;
    let text = if text.trim().is_empty() { "*".to_owned() } else { text };
    // A table that a program reads is whole unless it is said how much of it; people and pipes get what a screen holds.
    let default = if options.json || options.csv { 0 } else { settings.count(Key::Limit, None) };
    let limit = settings.most(options.limit, default);
    let asked = Asked { limit: Some(limit), ..options.matching.asked_of_all(&text) };
    let request = options.matching.request(asked, today::for_query(&text), settings)?;
    let found = engine.facets(&request, options.facet.into())?;
    options.matching.remark(&found.reading)?;
    cut(&found.body, limit).iter().for_each(|note| message::remark(note));
    let wanted = Wanted { json: options.json, csv: options.csv, lines: true };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::facets_json(out, &found.body),
        Form::Csv => output::facets_csv(out, &found.body),
        Form::Lines => output::facets_lines(out, &found.body),
        form => output::facets(out, &found, form.style()),
    })?;
    Ok(if found.body.values.is_empty() { NONE } else { OK })
}

/// Values of people, places and organisations that are counted at most.
// As the help of -n says.
const MOST: usize = 1000;

/// What to say where there are more values than are listed. Where spellings of one name are brought together there may be
/// fewer than the match has names, so it is only said of a list that is full.
fn cut(facets: &Facets, limit: usize) -> Option<String> {
    let listed = facets.values.len();
    let full = if limit > 0 { listed >= limit.min(MOST) } else { listed >= MOST };
    let of = facets.distinct;
    let all = if limit > 0 { ", -n 0 lists all" } else { "" };
    (full && of > listed as u64).then(|| format!("{listed} of {of} values are listed{all}"))
}
