//! What the index stores of one document, beside its body.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::annotate::{Annotations, Mention, Value};
use crate::date::{Interval, Stamp};
use crate::extract::Article;
use crate::text::Span;

/// A path that survives JSON: a string where it is UTF-8, else its bytes in base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum StoredPath {
    Text(String),
    Bytes { bytes: String },
}

impl StoredPath {
    pub(crate) fn new(path: &Path) -> StoredPath {
        match path.to_str() {
            Some(text) => StoredPath::Text(text.to_owned()),
            None => StoredPath::Bytes {
                bytes: data_encoding::BASE64.encode(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str())),
            },
        }
    }

    pub(crate) fn to_path(&self) -> PathBuf {
        match self {
            StoredPath::Text(text) => PathBuf::from(text),
            StoredPath::Bytes { bytes } => {
                let raw = data_encoding::BASE64.decode(bytes.as_bytes()).unwrap_or_default();
                PathBuf::from(<OsString as std::os::unix::ffi::OsStringExt>::from_vec(raw))
            }
        }
    }
}

/// The stored record: everything that output shows and that is no body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Root folder, canonical and absolute.
    pub(crate) root: StoredPath,
    /// Path below the root.
    pub(crate) path: StoredPath,
    /// Offset of the record in a container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) record: Option<u64>,
    /// What became of the page.
    pub(crate) outcome: Outcome,
}

/// What became of one page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// It was read; its body is stored beside the record.
    Page(Box<PageRecord>),
    /// It could not be read, for this reason.
    Failed(String),
}

/// A page that was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PageRecord {
    /// The article; its body is taken out and stored by itself.
    pub(crate) article: Article,
    /// What was found in the body. Its mentions are stored by themselves: a list of hits has no use for them.
    pub(crate) annotations: Annotations,
    /// The distinct dates mentioned, sorted, as far as a hit lists them.
    pub(crate) dates: Vec<String>,
    /// When the page was fetched.
    pub(crate) captured: Option<Stamp>,
    /// SHA-256 of the page's bytes, in hex.
    pub(crate) sha256: String,
    /// SHA-256 of the body, in hex.
    pub(crate) text_sha256: String,
    /// Words in title and body.
    pub(crate) words: u64,
}

/// Dates a hit lists.
const MOST_DATES: usize = 50;

/// The first distinct dates among `mentions`, sorted.
pub(crate) fn dates(mentions: &[Mention]) -> Vec<String> {
    let mut dates: Vec<Interval> = mentions
        .iter()
        .filter_map(|mention| match mention.value {
            Value::Date(interval) => Some(interval),
            _ => None,
        })
        .collect();
    dates.sort_unstable_by_key(|date| (date.start, date.end, date.granularity));
    let mut out: Vec<String> = dates.iter().map(Interval::to_string).collect();
    out.dedup();
    out.truncate(MOST_DATES);
    out
}

/// One mention as stored: first byte, one past the last, value, confidence, rule.
type StoredMention = (u32, u32, Value, f32, String);

/// Mentions as JSON, one array each.
pub(crate) fn write_mentions(mentions: &[Mention]) -> String {
    let stored = |one: &Mention| -> StoredMention {
        (one.span.start, one.span.end, one.value.clone(), one.confidence, one.rule.clone())
    };
    let all: Vec<_> = mentions.iter().map(stored).collect();
    // Strings and numbers: serialising cannot fail.
    serde_json::to_string(&all).unwrap_or_default()
}

/// Mentions from the JSON of [`write_mentions`]; none where it is damaged.
pub(crate) fn read_mentions(json: &str) -> Vec<Mention> {
    let all: Vec<StoredMention> = serde_json::from_str(json).unwrap_or_default();
    let mention = |(start, end, value, confidence, rule): StoredMention| Mention {
        span: Span { start, end },
        value,
        confidence,
        rule,
    };
    all.into_iter().map(mention).collect()
}
