//! The JSON contracts, read back with unknown fields denied.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Keys of a hit, in the order in which they are printed.
pub(crate) const HIT: &[&str] = &[
    "v",
    "id",
    "rank",
    "score",
    "missing",
    "as_typed",
    "spellings",
    "title",
    "date",
    "date_origin",
    "date_precision",
    "site",
    "lang",
    "byline",
    "kind",
    "words",
    "people",
    "places",
    "dates",
    "snippets",
    "story",
    "url",
    "root",
    "path",
    "captured",
    "sha256",
    "text_sha256",
];

/// Keys that `show --json` adds to those of a hit.
pub(crate) const SHOW: &[&str] =
    &["modified", "section", "tags", "correction", "lead", "body", "mentions", "notes", "captures"];

/// Keys of a row of `extract --json`, in the order in which they are printed.
pub(crate) const EXTRACT: &[&str] = &[
    "v",
    "path",
    "url",
    "title",
    "byline",
    "published",
    "published_origin",
    "published_precision",
    "modified",
    "site",
    "section",
    "tags",
    "correction",
    "lang",
    "kind",
    "lead",
    "body",
    "encoding",
    "notes",
];

/// One line of `search query --json`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hit {
    pub(crate) v: u32,
    pub(crate) id: String,
    pub(crate) rank: usize,
    pub(crate) score: f64,
    pub(crate) missing: Vec<String>,
    /// Only in a list.
    pub(crate) as_typed: Option<bool>,
    pub(crate) spellings: Vec<String>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) date_origin: Option<String>,
    pub(crate) date_precision: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) byline: Vec<String>,
    pub(crate) kind: String,
    pub(crate) words: u64,
    pub(crate) people: Vec<String>,
    pub(crate) places: Vec<Place>,
    pub(crate) dates: Vec<String>,
    pub(crate) snippets: Vec<Snippet>,
    pub(crate) story: Option<Story>,
    pub(crate) url: Option<String>,
    pub(crate) root: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) path_bytes: Option<String>,
    pub(crate) record: Option<Record>,
    /// Only where several indexes are asked.
    pub(crate) index: Option<String>,
    pub(crate) captured: Option<String>,
    pub(crate) sha256: String,
    pub(crate) text_sha256: String,
    /// `query` only.
    pub(crate) cursor: Option<String>,
}

/// The story of a hit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    pub(crate) articles: u64,
    pub(crate) matching: u64,
    pub(crate) first: Teller,
    #[serde(default)]
    pub(crate) copies: Vec<Teller>,
}

/// An article of a story; a line of `search copies --json`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Teller {
    pub(crate) v: Option<u32>,
    pub(crate) id: String,
    pub(crate) same: u32,
    pub(crate) date: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) root: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) path_bytes: Option<String>,
    pub(crate) record: Option<Record>,
    /// Only where several indexes are asked.
    pub(crate) index: Option<String>,
}

/// A place of a hit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
}

/// A snippet of a hit; all offsets are bytes into the stored body.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Snippet {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) marks: Vec<[usize; 2]>,
}

impl Snippet {
    /// The marked stretches of the text.
    pub(crate) fn marked(&self) -> Vec<&str> {
        self.marks.iter().map(|[s, e]| &self.text[s - self.start..e - self.start]).collect()
    }
}

/// A mention as `show --json` and `annotate --jsonl` print it. Only places have an id and coordinates.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) value: Option<String>,
    pub(crate) id: Option<u64>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) radius_km: Option<f64>,
    pub(crate) rule: String,
    pub(crate) confidence: f64,
}

/// Where a page lies in a file of many.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    pub(crate) offset: u64,
    pub(crate) inside: Option<u64>,
    pub(crate) entry: Option<String>,
    pub(crate) nth: Option<u32>,
}

/// One line of `search extract --json`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extract {
    pub(crate) v: u32,
    pub(crate) path: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) byline: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) published_origin: Option<String>,
    pub(crate) published_precision: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) correction: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) kind: String,
    pub(crate) lead: Option<String>,
    pub(crate) body: String,
    pub(crate) encoding: String,
    pub(crate) notes: Vec<String>,
}

/// Reads JSON lines.
#[track_caller]
pub(crate) fn parse<T: DeserializeOwned>(lines: &str) -> Vec<T> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why} in {line}"))).collect()
}

/// Demands that the object on `line` has exactly `keys`, in this order.
#[track_caller]
pub(crate) fn check_keys(line: &str, keys: &[&str]) {
    let Value::Object(object) = serde_json::from_str(line).unwrap() else { panic!("not an object: {line}") };
    let mut left: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut at = 0;
    for key in keys {
        let quoted = format!("\"{key}\":");
        let found = line[at..].find(&quoted).unwrap_or_else(|| panic!("'{key}' is missing or out of order in {line}"));
        at += found + quoted.len();
        left.retain(|have| have != key);
    }
    assert!(left.is_empty(), "keys that the contract does not have: {left:?}");
}

/// Paths of `hits`, sorted.
pub(crate) fn paths(hits: &[Hit]) -> Vec<String> {
    let mut paths: Vec<String> = hits.iter().filter_map(|hit| hit.path.clone()).collect();
    paths.sort();
    paths
}
