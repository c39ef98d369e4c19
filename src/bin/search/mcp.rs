//! `search mcp`.

use search::Result;
use search::engine::Live;
use search::mcp::{self, Archive};

use super::args::McpOptions;
use super::help::TEXTS;
use super::settings::Settings;
use super::{OK, names, today};

pub(crate) fn run(options: &McpOptions, settings: &Settings) -> Result<u8> {
    let names = names::aliases(options.names.as_deref(), settings)?;
    let live = Live::new(settings.indexes(&options.place.index), names, today::for_query);
    mcp::serve(Archive { live, help: &TEXTS }).map(|()| OK)
}
