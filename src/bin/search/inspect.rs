//! `search show`, `search extract`, `search stats`.

use std::io::Read;
use std::path::Path;

use search::Error;
use search::api::{ArticleView, Engine, ExtractRow, VERSION};
use search::engine::Local;
use search::extract::{self, Article};
use search::input::{self, Limits, Page};
use search::output;

use super::args::{ExtractOptions, ShowOptions, StatsOptions};
use super::settings::Settings;
use super::terminal::View;
use super::{ERROR, OK, article, message, today};

pub(crate) fn show(options: &ShowOptions, settings: &Settings) -> search::Result<u8> {
    let engine = options.place.engine(settings)?;
    let view = View::new(&options.look, settings);
    let mut first = true;
    article::each(&options.articles, &engine, |named| {
        let article = engine.article(&named.id)?;
        let passage = named.passage.map(|place| passage(&article, place)).transpose()?;
        let gap = !options.json && !std::mem::take(&mut first);
        view.print(|out| {
            if gap {
                writeln!(out)?;
            }
            output::article(out, &article, passage, view.style, options.json)
        })?;
        Ok(OK)
    })
}

/// The passage of `article` that a citation names.
fn passage(article: &ArticleView, (start, end): (usize, usize)) -> search::Result<&str> {
    article.body.get(start..end).filter(|text| !text.is_empty()).ok_or_else(|| {
        let (id, bytes) = (&article.hit.id, article.body.len());
        Error::usage(format!(
            "{id}#{start}-{end}: no passage of the text, which has {bytes} bytes; another text was cited"
        ))
    })
}

pub(crate) fn stats(options: &StatsOptions, settings: &Settings) -> search::Result<u8> {
    let view = View::new(&options.look, settings);
    // One after the other: what fails, and what to do about it, is a matter of one index.
    for (at, index) in settings.indexes(&options.place.index).iter().enumerate() {
        let stats = Local::open(index)?.stats()?;
        let gap = at > 0 && !options.json;
        view.print(|out| {
            if gap {
                writeln!(out)?;
            }
            output::stats(out, &stats, view.style, options.json)
        })?;
    }
    Ok(OK)
}

pub(crate) fn extract(options: &ExtractOptions, settings: &Settings) -> search::Result<u8> {
    let view = View::new(&options.look, settings);
    let today = today::utc();
    let mut status = OK;
    view.print(|out| {
        for (at, file) in options.files.iter().enumerate() {
            match page(file) {
                Ok(page) => {
                    if at > 0 && !options.json {
                        writeln!(out)?;
                    }
                    if options.explain {
                        let (article, why) = extract::explain(&page, today);
                        output::explained(out, &row(file, &page, article), &why, view.style, options.json)?;
                    } else {
                        let row = row(file, &page, extract::extract(&page, today));
                        output::extracted(out, &row, view.style, options.json)?;
                    }
                }
                Err(error) => {
                    // What was printed before it comes before it.
                    out.flush()?;
                    message::complain(&error.to_string());
                    status = ERROR;
                }
            }
        }
        Ok(())
    })?;
    Ok(status)
}

/// The row of one page.
fn row(path: &Path, page: &Page, article: Article) -> ExtractRow {
    let dated = article.published;
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
    ExtractRow {
        v: VERSION,
        path: path.to_str().map(str::to_owned),
        path_bytes: path.to_str().is_none().then(|| data_encoding::BASE64.encode(bytes)),
        url: article.url,
        title: Some(article.title).filter(|title| !title.is_empty()),
        byline: article.byline,
        published: dated.map(|dated| dated.stamp.to_string()),
        published_origin: dated.map(|dated| dated.origin.to_string()),
        published_precision: dated.map(|dated| dated.stamp.precision().name().to_owned()),
        modified: article.modified.map(|stamp| stamp.to_string()),
        site: article.site,
        section: article.section,
        tags: article.tags,
        correction: article.correction,
        lang: article.lang,
        kind: article.kind.name().to_owned(),
        lead: article.lead,
        body: article.body,
        encoding: page.encoding.to_owned(),
        notes: page.notes.iter().chain(&article.notes).cloned().collect(),
    }
}

fn page(file: &Path) -> search::Result<Page> {
    let limits = Limits::default();
    if file.as_os_str() != "-" {
        return input::read_file(file, limits);
    }
    let mut bytes = Vec::new();
    let name = Path::new("standard input");
    std::io::stdin()
        .lock()
        .take(limits.page + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| Error::io("read", name, cause))?;
    input::read_bytes(bytes, name, limits)
}
