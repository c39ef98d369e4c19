//! From what was typed to what an engine is asked, and what is said of how it was read. Every command that takes a query
//! goes through here, so that the same words mean the same everywhere.

use std::io::Read;

use search::api::{Asked, Reading, Request, Sort};
use search::date::Date;
use search::engine::Local;
use search::text::safe_path;
use search::{Error, Result};

use super::args::{AskOptions, IndexPlace, ListOptions, MatchOptions, Order};
use super::settings::{Key, Settings};
use super::{message, names, split, today};

impl MatchOptions {
    /// What makes an article match `text`.
    pub(crate) fn asked(&self, text: &str) -> Asked {
        let MatchOptions { any, strict, lenient, versions, exact, names: _ } = *self;
        Asked { q: text.to_owned(), any, strict, lenient, versions, exact, ..Asked::default() }
    }

    /// The same for commands that look at a match as a whole: what holds some words only is no part of it.
    pub(crate) fn asked_of_all(&self, text: &str) -> Asked {
        Asked { all: !self.any, ..self.asked(text) }
    }

    /// The request for `asked`, with the user's names.
    pub(crate) fn request(&self, asked: Asked, today: Date, settings: &Settings) -> Result<Request> {
        let names = names::aliases(self.names.as_deref(), settings)?;
        Ok(Request { names, ..asked.request(today) })
    }

    /// Refuses what was not read just as it was typed, where that is asked for.
    pub(crate) fn accept(&self, reading: &Reading) -> Result<()> {
        if self.strict && !reading.notes.is_empty() {
            let notes = reading.notes.join("; ");
            return Err(Error::usage(format!("{notes}; without --strict it is read as: {}", reading.query)));
        }
        Ok(())
    }

    /// Remarks on what was not read as it was typed, or refuses it.
    pub(crate) fn remark(&self, reading: &Reading) -> Result<()> {
        self.accept(reading)?;
        reading.notes.iter().for_each(|note| message::remark(note));
        also(&reading.also).iter().for_each(|line| message::remark(line));
        Ok(())
    }
}

impl ListOptions {
    /// What to list of `text`.
    pub(crate) fn asked(&self, text: &str, settings: &Settings) -> Asked {
        Asked {
            all: self.all,
            sort: Some(self.sort.into()),
            limit: Some(settings.count(Key::Limit, self.limit)),
            snippets: Some(settings.count(Key::Snippets, self.snippets)),
            recency: self.recency,
            ..self.matching.asked(text)
        }
    }
}

impl From<Order> for Sort {
    fn from(order: Order) -> Sort {
        match order {
            Order::Score => Sort::Score,
            Order::Date => Sort::Date,
            Order::DateDown => Sort::DateDown,
            Order::Site => Sort::Site,
            Order::Words => Sort::Words,
        }
    }
}

impl IndexPlace {
    /// The engine over the indexes that are asked.
    pub(crate) fn engine(&self, settings: &Settings) -> Result<Local> {
        Local::open_all(&settings.indexes(&self.index))
    }
}

impl AskOptions {
    /// What was typed as the query.
    pub(crate) fn text(&self) -> Result<String> {
        text_of(self.query.as_deref(), &self.words)
    }

    /// The same, every article where nothing was typed.
    pub(crate) fn text_or_all(&self) -> Result<String> {
        Ok(Some(self.text()?).filter(|text| !text.trim().is_empty()).unwrap_or_else(|| "*".to_owned()))
    }

    /// What to ask an engine about the articles that match `text`.
    pub(crate) fn request(&self, text: &str, settings: &Settings) -> Result<Request> {
        self.matching.request(self.matching.asked_of_all(text), today::for_query(text), settings)
    }

    /// The engine over the indexes that are asked.
    pub(crate) fn engine(&self, settings: &Settings) -> Result<Local> {
        self.place.engine(settings)
    }
}

/// Which other spellings were searched too, where there are any.
pub(crate) fn also(spellings: &[String]) -> Option<String> {
    let spellings = spellings.join(" · ");
    (!spellings.is_empty()).then(|| format!("also searched: {spellings} (turn off: --exact, or = before the name)"))
}

/// Bytes of standard input that are read as a query: ten times more than any is read of.
const LONGEST: u64 = 1 << 20;

/// The query of these options, or all of standard input where it is a dash; a line break is a blank.
pub(crate) fn text_of(query: Option<&str>, words: &[String]) -> Result<String> {
    split::misplaced(words).iter().for_each(|note| message::remark(note));
    shell_took(words).iter().for_each(|note| message::remark(note));
    let typed: Vec<&str> = query.into_iter().chain(words.iter().map(String::as_str)).collect();
    if query.is_some() || typed != ["-"] {
        return Ok(typed.join(" "));
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|cause| Error::io("read", "standard input".as_ref(), cause))?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// What to say where a word ends in the colon of a field and the output goes to a file that is called like a number: the
/// shell has taken the `>` of `words:>300` for itself.
fn shell_took(words: &[String]) -> Option<String> {
    let word = words.iter().find(|word| word.len() > 1 && word.ends_with(':'))?;
    // The name of standard output is known on Linux alone; elsewhere nothing is said.
    let file = std::fs::read_link("/proc/self/fd/1").ok()?;
    let name = file.file_name()?.to_str()?;
    let value = name.strip_prefix('=').unwrap_or(name);
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_number.then(|| {
        let path = safe_path(&file);
        format!("'{word}' has no value, and the output goes to the file {path}: the shell took > for itself; type '{word}>{name}' in quotes")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::QueryOptions;
    use clap::{Args, Command, ValueEnum};

    /// Long options of `search query` that say where the index is or how the answer is printed, not what it is; names
    /// come from a file, which only the command line has at hand.
    const OF_OUTPUT: [&str; 22] = [
        "query",
        "index",
        "names",
        "count",
        "stories",
        "files",
        "null",
        "quiet",
        "json",
        "csv",
        "format",
        "fields",
        "compact",
        "cite",
        "color",
        "hyperlink",
        "no-pager",
        "pretty",
        "verbose",
        "help",
        "no-config",
        "version",
    ];

    #[test]
    fn every_long_option_that_concerns_the_answer_can_be_asked_by_its_name() {
        let command = QueryOptions::augment_args(Command::new("query"));
        let mut options: Vec<&str> = command.get_arguments().filter_map(|option| option.get_long()).collect();
        options.retain(|name| !OF_OUTPUT.contains(name));
        options.sort_unstable();
        let mut names: Vec<&str> = Asked::names().filter(|name| *name != "q").collect();
        names.sort_unstable();
        assert_eq!(options, names);
    }

    #[test]
    fn orders_have_the_same_names_as_typed_and_as_asked() {
        for order in Order::value_variants() {
            let typed = order.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(typed.as_deref(), Some(Sort::from(*order).name()));
        }
    }

    #[test]
    fn other_spellings_are_one_line() {
        assert_eq!(also(&[]), None);
        let line = also(&["Laçın, Лачин".to_owned(), "Əliyev".to_owned()]);
        assert_eq!(
            line.as_deref(),
            Some("also searched: Laçın, Лачин · Əliyev (turn off: --exact, or = before the name)")
        );
    }
}
