//! Settings: what the environment and the configuration file say where no option was typed.
//!
//! For every key an option goes before `$SEARCH_KEY`, that before `$XDG_CONFIG_HOME/search/config.toml`, and that
//! before what is built in. Variables that belong to all programs (`$PAGER`, `$NO_COLOR`) count only where nothing of
//! ours was set. The file is read once, and only by commands that have settings.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use search::input::Limits;
use search::text::safe_path;
use search::{Error, Result};

use super::args::When;
use super::{message, own_file};

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Index,
    Threads,
    MaxPage,
    Limit,
    Snippets,
    Names,
    Places,
    Color,
    Hyperlink,
    Pager,
}

/// What values a key takes.
enum Shape {
    Path,
    /// A file, or nothing for none.
    File,
    Command,
    Number(RangeInclusive<u64>),
    When,
}

struct Known {
    name: &'static str,
    variable: &'static str,
    default: &'static str,
    shape: Shape,
}

/// In the order of [`Key`].
const KNOWN: [Known; 10] = [
    known("index", "SEARCH_INDEX", "index", Shape::Path),
    // 0 is one a core.
    known("threads", "SEARCH_THREADS", "0", Shape::Number(0..=1024)),
    // Mebibytes. The largest of 1,880 labelled pages has 2.2; what is larger than 32 is a dump, not a page.
    known("max_page", "SEARCH_MAX_PAGE", "32", Shape::Number(1..=1024)),
    known("limit", "SEARCH_LIMIT", "10", Shape::Number(0..=u64::MAX)),
    known("snippets", "SEARCH_SNIPPETS", "1", Shape::Number(0..=u64::MAX)),
    known("names", "SEARCH_NAMES", "", Shape::File),
    known("places", "SEARCH_PLACES", "", Shape::File),
    known("color", "SEARCH_COLOR", "auto", Shape::When),
    known("hyperlink", "SEARCH_HYPERLINK", "auto", Shape::When),
    known("pager", "SEARCH_PAGER", "less -FRX", Shape::Command),
];

const fn known(name: &'static str, variable: &'static str, default: &'static str, shape: Shape) -> Known {
    Known { name, variable, default, shape }
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    BuiltIn,
    File,
    Variable(&'static str),
}

#[derive(Clone, Debug)]
struct Found {
    value: OsString,
    origin: Origin,
}

/// The settings in force.
#[derive(Debug)]
pub(crate) struct Settings {
    /// One for each key, in the order of [`Key`].
    found: Vec<Found>,
    /// The configuration file and whether it is there; none where it is not to be read or the user has no home.
    file: Option<(PathBuf, bool)>,
    /// Which index is asked is said.
    verbose: bool,
}

impl Settings {
    /// With or without a word on which index is asked.
    pub(crate) fn verbose(self, verbose: bool) -> Settings {
        Settings { verbose, ..self }
    }

    /// Reads the file, unless it is not wanted, and the environment. Keys that nobody knows are remarked upon; a value
    /// that cannot be is an error.
    pub(crate) fn load(with_file: bool) -> Result<Settings> {
        let built_in = |known: &Known| Found { value: known.default.into(), origin: Origin::BuiltIn };
        let mut settings = Settings { found: KNOWN.iter().map(built_in).collect(), file: None, verbose: false };
        // Before the file is read: a setting of ours, in the file or in a variable, goes before one that is for all programs.
        if let Some(value) = variable("PAGER") {
            settings.found[Key::Pager as usize] = Found { value, origin: Origin::Variable("PAGER") };
        }
        if with_file && let Some(path) = file() {
            let there = settings.read(&path)?;
            settings.file = Some((path, there));
        }
        for (known, found) in KNOWN.iter().zip(&mut settings.found) {
            // An empty variable is one that is not set, but an empty pager is none.
            let value = std::env::var_os(known.variable);
            let Some(value) = value.filter(|value| !value.is_empty() || matches!(known.shape, Shape::Command)) else {
                continue;
            };
            known.check(&value).map_err(|why| Error::usage(format!("${}: {why}", known.variable)))?;
            *found = Found { value, origin: Origin::Variable(known.variable) };
        }
        Ok(settings)
    }

    /// Takes over what the file at `path` sets; false where there is none.
    fn read(&mut self, path: &Path) -> Result<bool> {
        // No file is the usual case. Any other fault is said: a file that cannot be read would otherwise be ignored in silence.
        let Some(text) = own_file::text(path)? else { return Ok(false) };
        let refused = |why: String| Error::refused(path, format!("{why}; mend the file or pass --no-config"));
        let table: toml::Table = text.parse().map_err(|cause: toml::de::Error| {
            let line = cause.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
            refused(format!("line {line}: {}", cause.message().replace('\n', ", ")))
        })?;
        for (name, value) in &table {
            let Some(at) = KNOWN.iter().position(|known| known.name == name) else {
                let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
                let (path, names) = (safe_path(path), names.join(", "));
                // Not an error: a file may be shared by machines with an older and a newer version.
                message::remark(&format!("{path}: unknown key '{name}'; the keys are {names}"));
                continue;
            };
            let value: OsString = match value {
                toml::Value::String(text) => home(text, &KNOWN[at].shape),
                other => other.to_string().into(),
            };
            KNOWN[at].check(&value).map_err(|why| refused(format!("{name}: {why}")))?;
            self.found[at] = Found { value, origin: Origin::File };
        }
        Ok(true)
    }

    /// The folder of the index that is asked, compacted or checked. Where none is named and none lies here, it is that of the
    /// nearest folder above this one that has one.
    pub(crate) fn index(&self, typed: Option<&Path>) -> PathBuf {
        let here = self.index_here(typed);
        let index = if typed.is_some() { here } else { self.index_above().unwrap_or(here) };
        self.say(&index);
        index
    }

    /// The folder of the index that is written: a new one is made here, whatever lies above.
    pub(crate) fn index_here(&self, typed: Option<&Path>) -> PathBuf {
        typed.map_or_else(|| PathBuf::from(self.value(Key::Index)), Path::to_owned)
    }

    /// The index of a folder above this one, where none was set and none lies here.
    pub(crate) fn index_above(&self) -> Option<PathBuf> {
        let is_index = |index: &Path| index.join("meta.json").is_file();
        let name = Path::new(KNOWN[Key::Index as usize].default);
        if self.found[Key::Index as usize].origin != Origin::BuiltIn || is_index(name) {
            return None;
        }
        let here = std::env::current_dir().ok()?;
        here.ancestors().skip(1).map(|above| above.join(name)).find(|index| is_index(index))
    }

    fn say(&self, index: &Path) {
        if self.verbose {
            message::remark(&format!("index: {}", safe_path(&std::path::absolute(index).unwrap_or(index.to_owned()))));
        }
    }

    /// The folders of the indexes that are asked at once.
    pub(crate) fn indexes(&self, typed: &[PathBuf]) -> Vec<PathBuf> {
        if typed.is_empty() {
            return vec![self.index(None)];
        }
        typed.iter().for_each(|index| self.say(index));
        typed.to_vec()
    }

    /// A file; none where nothing is set.
    pub(crate) fn file(&self, key: Key, typed: Option<&Path>) -> Option<PathBuf> {
        typed.map(Path::to_owned).or_else(|| Some(PathBuf::from(self.value(key))).filter(|path| path != Path::new("")))
    }

    /// A number; 0 for a key that is none.
    pub(crate) fn number(&self, key: Key, typed: Option<u64>) -> u64 {
        typed.or_else(|| self.value(key).to_str()?.parse().ok()).unwrap_or(0)
    }

    /// What pages that are read again are read within.
    pub(crate) fn limits(&self) -> Limits {
        Limits { page: self.number(Key::MaxPage, None) << 20, ..Limits::default() }
    }

    /// How many of something, likewise.
    pub(crate) fn count(&self, key: Key, typed: Option<u64>) -> usize {
        usize::try_from(self.number(key, typed)).unwrap_or(usize::MAX)
    }

    /// Most of something to list: as typed or as set, else `default`.
    pub(crate) fn most(&self, typed: Option<u64>, default: usize) -> usize {
        let is_set = typed.is_some() || self.found[Key::Limit as usize].origin != Origin::BuiltIn;
        if is_set { self.count(Key::Limit, typed) } else { default }
    }

    /// When to do a thing.
    pub(crate) fn when(&self, key: Key, typed: Option<When>) -> When {
        typed.or_else(|| When::from_str(self.value(key).to_str()?, false).ok()).unwrap_or(When::Auto)
    }

    /// The pager with its arguments; empty for none.
    pub(crate) fn pager(&self) -> Vec<&str> {
        self.value(Key::Pager).to_str().unwrap_or("").split_whitespace().collect()
    }

    fn value(&self, key: Key) -> &OsStr {
        &self.found[key as usize].value
    }

    /// Writes the settings in force as a configuration file, each with where it came from.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let file = self.file.as_ref().map(|(path, there)| (safe_path(path).into_owned(), *there));
        match &file {
            Some((path, true)) => writeln!(out, "# {path}")?,
            Some((path, false)) => writeln!(out, "# {path} (not there)")?,
            None => writeln!(out, "# no configuration file is read")?,
        }
        for (known, found) in KNOWN.iter().zip(&self.found) {
            let value = found.value.to_string_lossy();
            let value = match known.shape {
                Shape::Number(_) => value.into_owned(),
                _ => toml::Value::String(value.into_owned()).to_string(),
            };
            let origin = match &found.origin {
                Origin::BuiltIn => "built in".to_owned(),
                Origin::File => file.as_ref().map_or_else(String::new, |(path, _)| path.clone()),
                Origin::Variable(name) => format!("${name}"),
            };
            writeln!(out, "{:<32} # {origin}", format!("{} = {value}", known.name))?;
        }
        Ok(())
    }
}

impl Known {
    /// What is wrong with `value`.
    fn check(&self, value: &OsStr) -> Result<(), String> {
        let text = value.to_string_lossy();
        match &self.shape {
            Shape::Path if text.is_empty() => Err("the name of a folder is missing".to_owned()),
            Shape::Path | Shape::File | Shape::Command => Ok(()),
            Shape::Number(range) => match text.parse::<u64>() {
                Ok(number) if range.contains(&number) => Ok(()),
                _ if *range.end() == u64::MAX => Err(format!("{text} is not a whole number")),
                _ => Err(format!("{text} is not a whole number from {} to {}", range.start(), range.end())),
            },
            Shape::When => match When::from_str(&text, false) {
                Ok(_) => Ok(()),
                Err(_) => Err(format!("{text} is not auto, always or never")),
            },
        }
    }
}

/// Where the configuration file would be.
fn file() -> Option<PathBuf> {
    Some(folder("XDG_CONFIG_HOME", ".config")?.join("config.toml"))
}

/// The program's folder below the one that `name` names (XDG Base Directory Specification), else below `default` in the
/// user's own; none where the user has no home.
pub(crate) fn folder(name: &str, default: &str) -> Option<PathBuf> {
    let named = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    Some(named.or_else(|| Some(PathBuf::from(variable("HOME")?).join(default)))?.join("search"))
}

/// A value of the file, with the user's folder for `~/` before a path, as no shell is there to put it in.
fn home(text: &str, shape: &Shape) -> OsString {
    match (shape, text.strip_prefix("~/"), variable("HOME")) {
        (Shape::Path | Shape::File, Some(rest), Some(home)) => PathBuf::from(home).join(rest).into(),
        _ => text.into(),
    }
}

/// A variable that is set to something.
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_keys() {
        use Key::*;
        let keys = [Index, Threads, MaxPage, Limit, Snippets, Names, Places, Color, Hyperlink, Pager];
        for (at, (key, known)) in keys.iter().zip(&KNOWN).enumerate() {
            assert_eq!(*key as usize, at);
            assert_eq!(known.name.replace('_', ""), format!("{key:?}").to_lowercase());
            assert_eq!(known.variable, format!("SEARCH_{}", known.name.to_uppercase()));
            assert_eq!(known.check(known.default.as_ref()), Ok(()));
        }
    }

    #[test]
    fn values_are_checked() {
        for (key, value, why) in [
            (Key::Limit, "ten", "ten is not a whole number"),
            (Key::Limit, "-1", "-1 is not a whole number"),
            (Key::MaxPage, "0", "0 is not a whole number from 1 to 1024"),
            (Key::Color, "red", "red is not auto, always or never"),
            (Key::Index, "", "the name of a folder is missing"),
        ] {
            assert_eq!(KNOWN[key as usize].check(value.as_ref()), Err(why.to_owned()));
        }
    }
}
