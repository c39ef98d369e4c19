//! What can be read by its address: the archive as a whole, texts of help, and articles.

use serde_json::{Map, Value};

use super::Archive;
use super::text::{Text, name};
use crate::api::{Engine, Stats};
use crate::error::{Error, Result};

/// The archive as a whole.
pub(super) const OVERVIEW: &str = "search://archive";
/// Begins the address of a text of help.
pub(super) const HELP: &str = "search://help/";
/// Begins the address of an article.
pub(super) const ARTICLE: &str = "search://article/";

/// Bytes of the overview.
const ROOM: usize = 12_000;
/// Values of one kind in it.
const MOST: usize = 40;

impl Archive {
    /// The text at `uri`; `None` where there is nothing of that address.
    pub(super) fn resource(&self, uri: &str) -> Result<Option<String>> {
        if uri == OVERVIEW {
            return Ok(Some(overview(&self.live.engine()?.stats()?)));
        }
        if let Some(topic) = uri.strip_prefix(HELP) {
            return Ok(self.help.iter().find(|(name, _)| *name == topic).map(|(_, text)| (*text).to_owned()));
        }
        let Some(rest) = uri.strip_prefix(ARTICLE) else { return Ok(None) };
        let (id, around) = rest.split_once('/').map_or((rest, None), |(id, place)| (id, Some(place)));
        let mut given = Map::new();
        given.insert("id".to_owned(), Value::from(id));
        if let Some(place) = around {
            given.insert("around".to_owned(), Value::from(place));
        }
        match self.answer("read", given, &std::sync::Arc::default()) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.is_no_such_id() || error.is_usage() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Texts of help by their addresses.
    pub(super) fn help_addresses(&self) -> impl Iterator<Item = (String, &'static str)> {
        self.help.iter().map(|(name, _)| (format!("{HELP}{name}"), *name))
    }
}

/// Counts of the archive, without places of this machine.
fn overview(stats: &Stats) -> String {
    let first = format!("{} articles in {} stories · revision {}", stats.articles, stats.stories, stats.revision);
    let mut text = Text::new(ROOM, &first);
    let years = stats.years.iter().map(|(year, n)| format!("{year} {n}")).collect::<Vec<_>>();
    let first_and_last = stats.years.keys().next().zip(stats.years.keys().next_back());
    if let Some((first, last)) = first_and_last {
        text.say(&format!("published {first} to {last}, {} undated", stats.undated));
    }
    let list = |counts: &std::collections::BTreeMap<String, u64>| {
        let mut counts: Vec<(&String, &u64)> = counts.iter().collect();
        counts.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
        let one = |(name, n): &(&String, &u64)| format!("{} {n}", if name.is_empty() { "unknown" } else { name });
        counts.iter().take(MOST).map(one).collect::<Vec<_>>().join(", ")
    };
    text.add(&name("languages ", &list(&stats.languages)));
    text.say(&format!("kinds of page: {}", list(&stats.kinds)));
    for chunk in years.chunks(12) {
        text.say(&format!("years: {}", chunk.join(", ")));
    }
    if !stats.failed.is_empty() {
        text.say(&format!("{} pages could not be read", stats.failed.len()));
    }
    text.end("Sites: count by=sites.")
}

/// That nothing has the address.
pub(super) fn unknown(uri: &str) -> Error {
    Error::usage(format!(
        "{uri}: nothing is there; there are {OVERVIEW}, {HELP}TOPIC, {ARTICLE}ID and {ARTICLE}ID/START-END"
    ))
}
