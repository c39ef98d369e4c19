//! What is near a query that found nothing.

use serde::Serialize;

/// A query near one that found nothing, which finds something. Its JSON form is a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Near {
    /// How it differs.
    pub kind: NearKind,
    /// What of the query differs, as it was typed.
    pub typed: String,
    /// What stands there instead: another spelling, or the phrase that is nearest; null where the part is left out.
    pub instead: Option<String>,
    /// The query to ask, in canonical form.
    pub query: String,
    /// Articles that it finds, more than none.
    pub articles: u64,
}

/// How a query differs from one that found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NearKind {
    /// Words that the archive does not hold are spelled as it has them.
    Spelling,
    /// One part is left out.
    Without,
    /// A phrase is shorter, or has one word different.
    Phrase,
}
