//! `search versions` and `search diff`.

use search::api::{Asked, Engine, VersionName};
use search::engine::Local;
use search::{Error, Result, output};

use super::args::{DiffOptions, VersionsOptions};
use super::settings::Settings;
use super::terminal::{Form, Wanted};
use super::{NONE, OK, article, today};

/// `search versions`.
pub(crate) fn list(options: &VersionsOptions, settings: &Settings) -> Result<u8> {
    let engine = options.place.engine(settings)?;
    let request = Asked::default().request(today::for_query(""));
    let wanted = Wanted { json: options.json, csv: false, lines: true };
    article::each(&options.articles, &engine, |named| {
        let found = engine.versions(&named.id, &request)?.body;
        wanted.print((&options.look, settings), |out, form| match form {
            Form::Json => output::json_line(out, &found),
            Form::People(style) => output::versions(out, &found, options.captures, style),
            Form::Lines | Form::Csv => output::version_lines(out, &found),
        })?;
        Ok(if found.versions.len() > 1 { OK } else { NONE })
    })
}

/// `search diff`.
pub(crate) fn diff(options: &DiffOptions, settings: &Settings) -> Result<u8> {
    let engine = options.place.engine(settings)?;
    let request = Asked::default().request(today::for_query(""));
    let one = named(&options.from, &engine)?;
    let (from, to) = match &options.to {
        Some(typed) => (one, named(typed, &engine)?),
        // One name alone: that version and the last one; of the last one it is the one before.
        None => {
            let last = engine.versions(&one.id, &request)?.body.versions.len() as u32;
            let version = one.version.unwrap_or(last.saturating_sub(1).max(1));
            let to = VersionName { id: one.id.clone(), version: Some(last) };
            (VersionName { version: Some(version), ..one }, to)
        }
    };
    let found = engine.diff(&from, &to, &request)?.body;
    let wanted = Wanted { json: options.json, csv: false, lines: false };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::json_line(out, &found),
        Form::People(style) => output::diff(out, &found, style),
        Form::Lines | Form::Csv => output::diff(out, &found, output::Style::PLAIN),
    })?;
    Ok(if found.title.is_empty() && found.changes.is_empty() { NONE } else { OK })
}

/// `ID@2`, or an article alone, which is its last version.
fn named(typed: &str, engine: &Local) -> Result<VersionName> {
    let (article, version) = match typed.rsplit_once('@') {
        Some((article, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            let number =
                number.parse().map_err(|_| Error::usage(format!("{typed}: no article has so many versions")))?;
            (article, Some(number))
        }
        _ => (typed, None),
    };
    Ok(VersionName { id: article::one(article, engine)?.id, version })
}
