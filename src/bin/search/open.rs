//! `search open`: the saved page of an article in the program that shows such files.

use std::process::{Command, Stdio};

use search::api::Engine;
use search::text::safe_path;
use search::{Error, Result};

use super::args::OpenOptions;
use super::settings::Settings;
use super::{OK, article};

/// What opens a file with the program that the user has chosen for its kind.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

pub(crate) fn run(options: &OpenOptions, settings: &Settings) -> Result<u8> {
    let engine = options.place.engine(settings)?;
    let opener = options.with.as_deref().unwrap_or(OPENER);
    article::each(&options.articles, &engine, |named| {
        let page = engine.article(&named.id)?.hit.file.file;
        if !page.exists() {
            return Err(Error::refused(
                &page,
                "the page is not there any more; 'search show' prints what was read of it",
            ));
        }
        let failed = |why: String| {
            Error::usage(format!("{opener}: {why}; name a program with --with; the page is {}", safe_path(&page)))
        };
        let status = Command::new(opener).arg(&page).stdin(Stdio::null()).status();
        let status = status.map_err(|cause| failed(format!("failed to start: {cause}")))?;
        if status.success() { Ok(OK) } else { Err(failed(status.to_string())) }
    })
}
