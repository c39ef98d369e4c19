//! The versions of one article, and what changed from one to another.

use serde::Serialize;

use super::Page;

/// The versions of one article. Its JSON form is the contract of `search versions --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// Version of the contract.
    pub v: u32,
    /// 16 hex digits.
    pub id: String,
    /// Earliest first; one at least.
    pub versions: Vec<Version>,
}

/// One or more captures in a row with the same headline and text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// From 1, the earliest: what stands behind the `@` of `ID@1`.
    pub version: u32,
    /// Headline.
    pub title: Option<String>,
    /// When the page says that it was changed last; ISO 8601.
    pub modified: Option<String>,
    /// Words in headline and text.
    pub words: u64,
    /// SHA-256 of the stored body, in hex.
    pub text_sha256: String,
    /// Sentences that the version before did not have; 0 for the first. One that was reworded counts here and in `removed`.
    pub added: u64,
    /// Sentences of the version before that are not in this one; 0 for the first.
    pub removed: u64,
    /// The pages that were saved of it, earliest first; one at least.
    pub captures: Vec<Capture>,
}

/// One saved page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Capture {
    /// Where it lies.
    #[serde(flatten)]
    pub page: Page,
    /// When it was saved; ISO 8601, null where that is not known.
    pub captured: Option<String>,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// SHA-256 of the body that was read in it, in hex.
    pub text_sha256: String,
}

/// One version of an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VersionName {
    /// 16 hex digits.
    pub id: String,
    /// From 1, the earliest; `None` for the last.
    pub version: Option<u32>,
}

/// What changed from one version to another. Its JSON form is the contract of `search diff --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Version of the contract.
    pub v: u32,
    /// The version that is compared.
    pub from: DiffSide,
    /// The version that it is compared with.
    pub to: DiffSide,
    /// Both headlines in stretches; empty where they are the same.
    pub title: Vec<Wording>,
    /// What changed of the text, in its order.
    pub changes: Vec<Change>,
}

/// One of the two versions that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiffSide {
    /// 16 hex digits.
    pub id: String,
    /// From 1, the earliest.
    pub version: u32,
    /// Headline.
    pub title: Option<String>,
    /// When its first capture was saved; ISO 8601, null where that is not known.
    pub captured: Option<String>,
    /// SHA-256 of the body, in hex.
    pub text_sha256: String,
}

/// A sentence that is not the same in both versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `added`, `removed` or `reworded`.
    pub change: ChangeKind,
    /// The sentence as it was; null where it was added.
    pub before: Option<String>,
    /// The sentence as it is; null where it was removed.
    pub after: Option<String>,
    /// Both wordings in stretches; empty where it was added or removed.
    pub words: Vec<Wording>,
}

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is not there any more.
    Removed,
    /// Half of its words or more are still there.
    Reworded,
}

/// A stretch of two wordings: the same in both, or what stands in place of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// As it was; empty for what was added.
    pub before: String,
    /// As it is; empty for what was removed.
    pub after: String,
}
