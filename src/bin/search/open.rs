//! `search open`: the saved page of an article in the program that shows such files, or its bytes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use search::api::{self, Engine};
use search::input::{self, ContainerEntry, Locator, Source};
use search::text::safe_path;
use search::{Error, Result};

use super::args::OpenOptions;
use super::settings::Settings;
use super::{OK, article, own_file, terminal};

/// What opens a file with the program that the user has chosen for its kind.
pub(super) const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

pub(crate) fn run(options: &OpenOptions, settings: &Settings) -> Result<u8> {
    let engine = options.place.engine(settings)?;
    let limits = settings.limits();
    article::each(&options.articles, &engine, |named| {
        let page = engine.article(&named.id)?.hit.file;
        if !page.file.exists() {
            return Err(Error::refused(
                &page.file,
                "the page is not there any more; 'search show' prints what was read of it",
            ));
        }
        if options.raw {
            let bytes = input::original(&source(&page), limits)?;
            terminal::print(|out| out.write_all(&bytes))?;
            return Ok(OK);
        }
        let file = match page.record {
            None => page.file,
            Some(_) => beside(&named.id, &input::original(&source(&page), limits)?)?,
        };
        show(options.with.as_deref().unwrap_or(OPENER), &file)
    })
}

/// Where the page lies, as the reader of containers knows it.
pub(crate) fn source(page: &api::Page) -> Source {
    let locator = page.record.as_ref().map(|record| Locator {
        outer: record.offset,
        inner: record.inside.unwrap_or(0),
        entry: record.entry.clone().map(|name| ContainerEntry { name, nth: record.nth }),
    });
    let root = PathBuf::from(&page.root);
    // The root is text, which a name that is not UTF-8 does not survive; the file is whole.
    let (root, path) = match page.file.strip_prefix(&root) {
        Ok(path) if path.components().next().is_some() => (root.clone(), path.to_owned()),
        _ => (PathBuf::new(), page.file.clone()),
    };
    Source { root, path, locator, size: 0, mtime: 0 }
}

/// A file of its own for a page that lies in a container, among the user's temporary files. It is left there: the program
/// that shows it may read it when this one has ended.
fn beside(id: &str, bytes: &[u8]) -> Result<PathBuf> {
    let path = std::env::temp_dir().join(format!("search-{id}-{}.html", std::process::id()));
    let written = own_file::create(&path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|cause| Error::io("write", &path, cause))?;
    Ok(path)
}

fn show(opener: &str, page: &Path) -> Result<u8> {
    let failed = |why: String| {
        Error::usage(format!("{opener}: {why}; name a program with --with; the page is {}", safe_path(page)))
    };
    let status = Command::new(opener).arg(page).stdin(Stdio::null()).status();
    let status = status.map_err(|cause| failed(format!("failed to start: {cause}")))?;
    if status.success() { Ok(OK) } else { Err(failed(status.to_string())) }
}
