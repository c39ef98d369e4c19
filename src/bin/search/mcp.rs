//! `search mcp`.

use search::Result;
use search::engine::Live;
use search::mcp::{self, Archive};

use super::args::McpOptions;
use super::help::TOPICS;
use super::settings::Settings;
use super::{OK, names, today};

/// Name and text of each topic of help.
const HELP: [(&str, &str); TOPICS.len()] = {
    let mut texts = [("", ""); TOPICS.len()];
    let mut at = 0;
    while at < TOPICS.len() {
        texts[at] = (TOPICS[at].name, TOPICS[at].text);
        at += 1;
    }
    texts
};

pub(crate) fn run(options: &McpOptions, settings: &Settings) -> Result<u8> {
    let names = names::aliases(options.names.as_deref(), settings)?;
    let live = Live::new(settings.indexes(&options.place.index), names, today::for_query);
    mcp::serve(Archive { live, help: &HELP }).map(|()| OK)
}
