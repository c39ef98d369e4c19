//! `search timeline`.

use search::api::{By, Engine, Listing, Reading, Request, TimelineAsked};
use search::engine::Local;
use search::output;

use super::args::{AskOptions, TimelineOptions, Unit};
use super::query::{also, refusal, text_of};
use super::settings::Settings;
use super::terminal::{self, View};
use super::{NONE, OK, today};

impl AskOptions {
    /// What to ask an engine.
    pub(crate) fn request(&self, settings: &Settings) -> search::Result<Request> {
        self.request_for(&text_of(self.query.as_deref(), &self.words)?, settings)
    }

    /// As [`AskOptions::request`], whatever was typed.
    pub(crate) fn request_for(&self, text: &str, settings: &Settings) -> search::Result<Request> {
        let listing = if self.matching.any { Listing::Any } else { Listing::All };
        let names = super::names::aliases(self.matching.names.as_deref(), settings)?;
        Ok(Request { listing, names, ..self.matching.request(text, today::for_query(text)) })
    }

    /// The engine over the index that is asked.
    pub(crate) fn engine(&self, settings: &Settings) -> search::Result<Local> {
        Local::open(&settings.index(self.place.index.as_deref()))
    }

    /// Remarks on what was not read as it was typed, or refuses it.
    pub(crate) fn remark(&self, reading: &Reading) -> search::Result<()> {
        if self.matching.strict && !reading.notes.is_empty() {
            return Err(refusal(reading));
        }
        reading.notes.iter().for_each(|note| terminal::remark(note));
        also(&reading.also).iter().for_each(|line| terminal::remark(line));
        Ok(())
    }
}

pub(crate) fn run(options: &TimelineOptions, settings: &Settings) -> search::Result<u8> {
    let by = options.by.map(|unit| match unit {
        Unit::Year => By::Year,
        Unit::Month => By::Month,
        Unit::Day => By::Day,
    });
    let engine = options.ask.engine(settings)?;
    let asked = TimelineAsked { by, about: options.about, shares: options.normalise };
    let found = engine.timeline(&options.ask.request(settings)?, asked)?;
    options.ask.remark(&found.reading)?;
    if options.json {
        terminal::print(|out| output::timeline_json(out, &found.body))?;
    } else if options.csv {
        terminal::print(|out| output::timeline_csv(out, &found.body))?;
    } else {
        let view = View::new(&options.look, settings);
        view.print(|out| output::timeline(out, &found, view.style))?;
    }
    Ok(if found.total > 0 { OK } else { NONE })
}
