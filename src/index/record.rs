//! What the index stores of one document, beside its body.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::annotate::Annotations;
use crate::date::Stamp;
use crate::extract::Article;

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
    /// What was found in the body.
    pub(crate) annotations: Annotations,
    /// When the page was fetched.
    pub(crate) captured: Option<Stamp>,
    /// SHA-256 of the page's bytes, in hex.
    pub(crate) sha256: String,
    /// SHA-256 of the body, in hex.
    pub(crate) text_sha256: String,
    /// Words in title and body.
    pub(crate) words: u64,
}
