//! `search new`: saved queries, and what matches them that was not reported before.
//!
//! Queries stand in `queries.toml` beside the configuration file, a line each, and may be edited there. What was reported
//! is remembered in [`super::reported`]. News are printed first and remembered then: who could not read them to the end
//! (a full disk, a closed pipe, a pager that was left) gets them again, and nobody misses one. Runs for one query wait
//! for each other, so that each story is reported by one of them.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::PathBuf;

use search::api::{Answer, Engine, Hit, Hits, Request, Sort};
use search::output::{self, Feed, HitFormat};
use search::text::{safe_line, safe_path};
use search::{Error, Result};

use super::args::NewOptions;
use super::reported::{self, Reported};
use super::settings::{self, Settings};
use super::terminal::{self, Form, Wanted};
use super::{NONE, OK, message, own_file, today};

pub(crate) fn run(options: &NewOptions, settings: &Settings) -> Result<u8> {
    let saved = Saved::load()?;
    let ask = &options.ask;
    let indexes = settings.indexes(&ask.place.index);
    let Some(name) = &options.name else { return list(&saved, &indexes) };
    check(name)?;
    if options.delete {
        return delete(&saved, name);
    }
    let typed = if ask.query.is_some() || !ask.words.is_empty() { Some(ask.text()?) } else { None };
    let known = saved.queries.iter().find(|(known, _)| known == name).map(|(_, query)| query.clone());
    let (query, first) = match (known, typed) {
        (Some(known), Some(typed)) if known != typed => {
            let file = safe_path(&saved.file);
            return Err(Error::usage(format!("{name} is saved as: {known}; to change it edit {file}")));
        }
        (Some(known), _) => (known, false),
        (None, Some(typed)) => (typed, true),
        (None, None) => {
            return Err(Error::usage(format!("no query is saved as {name}; type it once: search new {name} WORDS")));
        }
    };
    let request = Request {
        // News are read newest first.
        sort: Sort::DateDown,
        // All: what is beyond a limit now would be reported as new when newer articles push it down.
        limit: 0,
        // A copy of a reported article is no news, so the ids of all copies are needed.
        copies: true,
        group: !options.no_group,
        ..ask.request(&query, settings)?
    };
    let engine = ask.engine(settings)?;
    // Before the search: what another run reports while this one waits is no news to it.
    let mut reported = Reported::load(name, &indexes)?;
    let found = engine.search(&request)?;
    ask.matching.remark(&found.reading)?;
    if first {
        let count = found.total;
        reported.add(&found.body.hits);
        reported.store()?;
        saved.add(name, &query)?;
        message::remark(&format!(
            "saved; {count} articles match now, which are not news any more; ask again with: search new {name}"
        ));
        return Ok(OK);
    }
    let all = found.body.hits;
    let news = reported.news(&all);
    // What is said of nothing new is enough for people.
    if !news.is_empty() || options.atom {
        print(options, settings, (name, &query), &news)?;
    }
    if news.is_empty() {
        let since = reported.since().map(|time| format!(" since {}", today::of_time(time)));
        message::remark(&format!("nothing new{}", since.unwrap_or_default()));
    }
    if !options.peek {
        reported.add(&all);
        reported.store()?;
    }
    Ok(if news.is_empty() { NONE } else { OK })
}

/// Lists the saved queries, with when these indexes were last asked.
fn list(saved: &Saved, indexes: &[PathBuf]) -> Result<u8> {
    let line = |(name, query): &(String, String)| {
        let asked = reported::asked(name, indexes).map_or_else(|| "-".to_owned(), today::of_time);
        format!("{}\t{}\t{asked}\n", safe_line(name), safe_line(query))
    };
    terminal::print(|out| saved.queries.iter().map(line).try_for_each(|line| out.write_all(line.as_bytes())))?;
    Ok(if saved.queries.is_empty() { NONE } else { OK })
}

/// Forgets a query, with what was reported of it whatever the index.
fn delete(saved: &Saved, name: &str) -> Result<u8> {
    if !saved.queries.iter().any(|(known, _)| known == name) {
        return Err(Error::usage(format!("no query is saved as {name}; search new lists those that are")));
    }
    saved.remove(name)?;
    reported::forget(name)?;
    message::remark(&format!("{name} is saved no more"));
    Ok(OK)
}

/// Names are keys of the file of queries and parts of the names of files.
fn check(name: &str) -> Result<()> {
    let fits =
        // 60 bytes leave room for the digest behind the name in the 255 that a file's name may have.
        !name.is_empty() && name.len() <= 60 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if fits { Ok(()) } else { Err(Error::usage("a name is of letters, digits, - and _ without accents, 60 at most")) }
}

fn print(options: &NewOptions, settings: &Settings, (name, query): (&str, &str), news: &[Hit]) -> Result<()> {
    if options.atom {
        let now = today::now();
        return terminal::print(|out| output::atom(out, Feed { name, query, now: &now }, news));
    }
    let count = news.len() as u64;
    let body = Hits { partial: 0, hits: news.to_vec() };
    let answer = Answer { total: count, stories: count, body, ..Answer::default() };
    let wanted = Wanted { json: options.json, csv: false, lines: true };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::hits(out, news, HitFormat::Json, None),
        Form::People(style) => output::human(out, &answer, style),
        Form::Csv | Form::Lines => output::hits(out, news, HitFormat::Lines, None),
    })
}

/// The file of queries.
struct Saved {
    file: PathBuf,
    queries: Vec<(String, String)>,
}

impl Saved {
    fn load() -> Result<Saved> {
        let file = settings::folder("XDG_CONFIG_HOME", ".config").map(|folder| folder.join("queries.toml"));
        let file =
            file.ok_or_else(|| Error::usage("there is no folder for saved queries; set $HOME or $XDG_CONFIG_HOME"))?;
        let text = own_file::text(&file)?.unwrap_or_default();
        let table: toml::Table =
            text.parse().map_err(|cause: toml::de::Error| Error::refused(&file, cause.message().to_owned()))?;
        let query = |(name, value): (String, toml::Value)| match value {
            toml::Value::String(query) => Ok((name, query)),
            _ => Err(Error::refused(&file, format!("{name} is no text; write: {name} = \"a query\""))),
        };
        let queries = table.into_iter().map(query).collect::<Result<_>>()?;
        Ok(Saved { file, queries })
    }

    /// Takes the line of a query out of the file and leaves the others as they are, comments too.
    fn remove(&self, name: &str) -> Result<()> {
        let text = own_file::text(&self.file)?.unwrap_or_default();
        let is_other =
            |line: &&str| line.split_once('=').is_none_or(|(key, _)| key.trim().trim_matches(['"', '\'']) != name);
        let rest: String = text.split_inclusive('\n').filter(is_other).collect();
        let left: toml::Table =
            rest.parse().map_err(|cause: toml::de::Error| Error::refused(&self.file, cause.message().to_owned()))?;
        if left.contains_key(name) || left.len() + 1 != self.queries.len() {
            let why = format!("{name} does not stand on a line of its own; take it out with an editor");
            return Err(Error::refused(&self.file, why));
        }
        reported::replace(&self.file, &rest)
    }

    /// Adds a line at the end of the file, unless another run has done so since it was read.
    fn add(&self, name: &str, query: &str) -> Result<()> {
        let line = format!("{name} = {}\n", toml::Value::String(query.to_owned()));
        let fail = |cause| Error::io("write", &self.file, cause);
        reported::make_folder(&self.file)?;
        let mut file = OpenOptions::new().append(true).create(true).read(true).open(&self.file).map_err(fail)?;
        // A name that is there twice makes the file unreadable. Where there are no locks, nobody else is likely to write.
        let _ = file.lock();
        if Saved::load()?.queries.iter().any(|(known, _)| known == name) {
            return Ok(());
        }
        let mut whole = Vec::new();
        file.read_to_end(&mut whole).map_err(fail)?;
        // People edit the file, and not every editor ends the last line.
        let gap = if whole.is_empty() || whole.ends_with(b"\n") { "" } else { "\n" };
        file.write_all(format!("{gap}{line}").as_bytes()).map_err(fail)?;
        // What is said to be saved must survive a power cut, and a new name is on the disk only when its folder is.
        file.sync_all().and_then(|()| reported::sync_folder(&self.file)).map_err(fail)
    }
}
