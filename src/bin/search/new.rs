//! `search new`: saved queries, and what matches them that was not reported before.
//!
//! Queries stand in `queries.toml` beside the configuration file, a line each, and may be edited there. What was reported is
//! kept as ids of articles, a file for each query and index, and not as a revision of the index: a page that is read
//! again, or an index that is made anew, tells nothing twice and hides nothing.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use search::api::{Answer, Engine, Hit, Hits, Request, Sort};
use search::output::{self, Feed, HitFormat};
use search::text::{safe_line, safe_path};
use search::{Error, Result};
use sha2::{Digest, Sha256};

use super::args::NewOptions;
use super::settings::{self, Settings};
use super::terminal::{self, Form, Wanted};
use super::{NONE, OK, message, today};

pub(crate) fn run(options: &NewOptions, settings: &Settings) -> Result<u8> {
    let saved = Saved::load()?;
    let Some(name) = &options.name else {
        let line = |(name, query): &(String, String)| format!("{}\t{}\n", safe_line(name), safe_line(query));
        terminal::print(|out| saved.queries.iter().map(line).try_for_each(|line| out.write_all(line.as_bytes())))?;
        return Ok(if saved.queries.is_empty() { NONE } else { OK });
    };
    check(name)?;
    let ask = &options.ask;
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
    let found = ask.engine(settings)?.search(&request)?;
    ask.matching.remark(&found.reading)?;
    let mut reported = Reported::load(name, &settings.index(ask.place.index.as_deref()))?;
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
    print(options, settings, (name, &query), &news)?;
    if !options.peek {
        reported.add(&all);
        reported.store()?;
    }
    Ok(if news.is_empty() { NONE } else { OK })
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
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(cause) if cause.kind() == ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(Error::io("read", &file, cause)),
        };
        let table: toml::Table =
            text.parse().map_err(|cause: toml::de::Error| Error::refused(&file, cause.message().to_owned()))?;
        let query = |(name, value): (String, toml::Value)| match value {
            toml::Value::String(query) => Ok((name, query)),
            _ => Err(Error::refused(&file, format!("{name} is no text; write: {name} = \"a query\""))),
        };
        let queries = table.into_iter().map(query).collect::<Result<_>>()?;
        Ok(Saved { file, queries })
    }

    /// Adds a line at the end of the file.
    fn add(&self, name: &str, query: &str) -> Result<()> {
        let line = format!("{name} = {}\n", toml::Value::String(query.to_owned()));
        let fail = |cause| Error::io("write", &self.file, cause);
        make_folder(&self.file)?;
        let mut file = OpenOptions::new().append(true).create(true).read(true).open(&self.file).map_err(fail)?;
        let whole = fs::read(&self.file).map_err(fail)?;
        // People edit the file, and not every editor ends the last line.
        let gap = if whole.is_empty() || whole.ends_with(b"\n") { "" } else { "\n" };
        file.write_all(format!("{gap}{line}").as_bytes()).map_err(fail)?;
        // What is said to be saved must survive a power cut, and a new name is on the disk only when its folder is.
        file.sync_all().and_then(|()| sync_folder(&self.file)).map_err(fail)
    }
}

fn make_folder(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    // A new folder is on the disk only when the one above it is.
    let fresh: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    fs::create_dir_all(folder)
        .and_then(|()| fresh.iter().try_for_each(|fresh| sync_folder(fresh)))
        .map_err(|cause| Error::io("make", folder, cause))
}

/// Brings the name of `file` to the disk.
fn sync_folder(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// The ids of the articles that were reported for one query over one index, with those of their copies.
struct Reported {
    file: PathBuf,
    ids: BTreeSet<String>,
}

impl Reported {
    fn load(name: &str, index: &Path) -> Result<Reported> {
        let folder = settings::folder("XDG_STATE_HOME", ".local/state");
        let folder = folder
            .ok_or_else(|| Error::usage("there is no folder for what was reported; set $HOME or $XDG_STATE_HOME"))?;
        // Two paths to one index share what was reported. An index that is not there is reported by the engine before.
        let place = fs::canonicalize(index).unwrap_or_else(|_| index.to_owned());
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(place.as_os_str().as_encoded_bytes())[..8]);
        // The name of the folder of older versions: what they have reported must not be news again.
        let file = folder.join("told").join(format!("{name}-{digest}"));
        let ids = match fs::read_to_string(&file) {
            Ok(text) => text.lines().map(str::to_owned).collect(),
            Err(cause) if cause.kind() == ErrorKind::NotFound => BTreeSet::new(),
            Err(cause) => return Err(Error::io("read", &file, cause)),
        };
        Ok(Reported { file, ids })
    }

    /// Those of `hits` whose story was not reported, by the article itself or by a copy.
    fn news(&self, hits: &[Hit]) -> Vec<Hit> {
        let is_new = |hit: &&Hit| ids(hit).all(|id| !self.ids.contains(id));
        let news = (1..).zip(hits.iter().filter(is_new));
        news.map(|(rank, hit)| Hit { rank, cursor: None, ..hit.clone() }).collect()
    }

    fn add(&mut self, hits: &[Hit]) {
        self.ids.extend(hits.iter().flat_map(ids).map(str::to_owned));
    }

    /// Writes the file anew beside the old one and puts it in its place: at no moment there is half of it.
    fn store(&self) -> Result<()> {
        make_folder(&self.file)?;
        let fresh = self.file.with_extension("new");
        let write = || -> std::io::Result<()> {
            let mut out = File::create(&fresh)?;
            let text: String = self.ids.iter().flat_map(|id| [id.as_str(), "\n"]).collect();
            out.write_all(text.as_bytes())?;
            // Before the rename: a power cut would otherwise leave the new name with no content.
            out.sync_all()?;
            fs::rename(&fresh, &self.file)?;
            sync_folder(&self.file)
        };
        write().map_err(|cause| Error::io("write", &self.file, cause))
    }
}

/// The ids of a hit and of its copies.
fn ids(hit: &Hit) -> impl Iterator<Item = &str> {
    let copies = hit.story.iter().flat_map(|story| story.copies.iter().chain([&story.first]));
    [hit.id.as_str()].into_iter().chain(copies.map(|copy| copy.id.as_str()))
}
