//! `search copies`.

use search::api::{Asked, Engine, Teller, VERSION};
use search::output;
use serde::Serialize;

use super::args::CopiesOptions;
use super::settings::Settings;
use super::terminal::{self, View};
use super::{NONE, OK, article};

/// One article of the story as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    #[serde(flatten)]
    article: &'a Teller,
}

pub(crate) fn run(options: &CopiesOptions, settings: &Settings) -> search::Result<u8> {
    let engine = options.place.engine(settings)?;
    let request = Asked::default().request(super::today::for_query(""));
    let view = View::new(&options.look, settings);
    article::each(&options.articles, &engine, |named| {
        let story = engine.copies(&named.id, &request)?.body;
        view.print(|out| {
            if options.json {
                return story
                    .copies
                    .iter()
                    .try_for_each(|article| output::json_line(out, &Line { v: VERSION, article }));
            }
            if terminal::is_for_people(&options.look) {
                return output::tellers(out, &story.copies, "", view.style);
            }
            output::teller_lines(out, &story.copies, None)
        })?;
        Ok(if story.articles > 1 { OK } else { NONE })
    })
}
