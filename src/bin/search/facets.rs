//! `search facets`.

use search::api::{Engine, Listing, Request};
use search::engine::Local;
use search::output;

use super::args::FacetOptions;
use super::query::{also, refusal};
use super::settings::{Key, Settings};
use super::terminal::{self, View};
use super::{NONE, OK, today};

pub(crate) fn run(options: &FacetOptions, settings: &Settings) -> search::Result<u8> {
    let engine = Local::open(&settings.index(options.place.index.as_deref()))?;
    let typed: Vec<&str> = options.query.iter().chain(&options.words).map(String::as_str).collect();
    let text = if typed.is_empty() { "*".to_owned() } else { typed.join(" ") };
    let request = Request {
        listing: if options.matching.any { Listing::Any } else { Listing::All },
        limit: usize::try_from(settings.number(Key::Limit, options.limit)).unwrap_or(usize::MAX),
        names: super::names::aliases(options.matching.names.as_deref(), settings)?,
        ..options.matching.request(&text, today::for_query(&text))
    };
    let found = engine.facets(&request, options.facet.into())?;
    if options.matching.strict && !found.reading.notes.is_empty() {
        return Err(refusal(&found.reading));
    }
    found.reading.notes.iter().for_each(|note| terminal::remark(note));
    also(&found.reading.also).iter().for_each(|line| terminal::remark(line));
    if options.json {
        terminal::print(|out| output::facets_json(out, &found.body))?;
    } else if options.csv {
        terminal::print(|out| output::facets_csv(out, &found.body))?;
    } else {
        let view = View::new(&options.look, settings);
        view.print(|out| output::facets(out, &found, view.style))?;
    }
    Ok(if found.body.values.is_empty() { NONE } else { OK })
}
