//! What the index stores of one document, beside its body.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
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
    Bytes { bytes: Base64 },
}

/// Bytes that are written in base64; other text is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Base64(Vec<u8>);

impl TryFrom<String> for Base64 {
    type Error = data_encoding::DecodeError;

    fn try_from(text: String) -> Result<Base64, data_encoding::DecodeError> {
        data_encoding::BASE64.decode(text.as_bytes()).map(Base64)
    }
}

impl From<Base64> for String {
    fn from(Base64(bytes): Base64) -> String {
        data_encoding::BASE64.encode(&bytes)
    }
}

impl StoredPath {
    pub(crate) fn new(path: &Path) -> StoredPath {
        match path.to_str() {
            Some(text) => StoredPath::Text(text.to_owned()),
            None => StoredPath::Bytes { bytes: Base64(path.as_os_str().as_bytes().to_owned()) },
        }
    }

    pub(crate) fn to_path(&self) -> PathBuf {
        match self {
            StoredPath::Text(text) => PathBuf::from(text),
            StoredPath::Bytes { bytes: Base64(bytes) } => PathBuf::from(OsString::from_vec(bytes.clone())),
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
// A chronicle names hundreds; a hit lists what fits a line, the article has all.
const MAX_DATES: usize = 50;

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
    // One day may be written in several ways, and is sorted next to itself.
    out.dedup();
    out.truncate(MAX_DATES);
    out
}

/// One mention as stored: first byte, one past the last, value, confidence, rule.
type StoredMention = (u32, u32, Value, f32, String);

/// Mentions as JSON, one array each.
pub(crate) fn write_mentions(mentions: &[Mention]) -> serde_json::Result<String> {
    let stored = |one: &Mention| -> StoredMention {
        (one.span.start, one.span.end, one.value.clone(), one.confidence, one.rule.clone())
    };
    let all: Vec<_> = mentions.iter().map(stored).collect();
    serde_json::to_string(&all)
}

/// Mentions from the JSON of [`write_mentions`].
pub(crate) fn read_mentions(json: &str) -> serde_json::Result<Vec<Mention>> {
    let all: Vec<StoredMention> = serde_json::from_str(json)?;
    let mention = |(start, end, value, confidence, rule): StoredMention| Mention {
        span: Span { start, end },
        value,
        confidence,
        rule,
    };
    Ok(all.into_iter().map(mention).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_not_utf8_survives() {
        let odd = PathBuf::from(OsString::from_vec(vec![b'a', 0xFF]));
        for path in [PathBuf::from("a.html"), PathBuf::from("şuşa/2020.html"), odd.clone()] {
            let json = serde_json::to_string(&StoredPath::new(&path)).expect("written");
            let read: StoredPath = serde_json::from_str(&json).expect(&json);
            assert_eq!(read.to_path(), path);
        }
        assert_eq!(serde_json::to_string(&StoredPath::new(&odd)).expect("written"), r#"{"bytes":"Yf8="}"#);
        assert!(serde_json::from_str::<StoredPath>(r#"{"bytes":"Yf8"}"#).is_err(), "cut off");
    }
}
