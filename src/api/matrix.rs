//! Names against names: which of a list stand together.

use serde::Serialize;

use super::{Evidence, Window};

/// What is asked of a list of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixAsked {
    /// For each name the query that finds it: `person:"Anna Keller"`, `"gas price"`.
    pub names: Vec<String>,
    /// Where two of them must stand.
    pub window: Window,
    /// Pieces of evidence a pair, at most; earliest published first.
    pub evidence: usize,
}

/// Which names stand together in the articles of a match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// One for each name, in the order of the list.
    pub nodes: Vec<Node>,
    /// Pairs that stand together somewhere, in the order of the list.
    pub edges: Vec<Edge>,
}

/// One name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Articles of the match that name it.
    pub articles: u64,
    /// Other spellings of it that were searched too.
    pub also: Vec<String>,
    /// What was read or searched otherwise than it was typed; one sentence each.
    pub notes: Vec<String>,
}

/// Two names that stand together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// Place of the first name in the list, from 0.
    pub source: usize,
    /// Place of the second one, which is greater.
    pub target: usize,
    /// Articles that name both in one window.
    pub articles: u64,
    /// Stories that these tell: copies of one count once.
    pub stories: u64,
    /// Windows that name both.
    pub times: u64,
    /// Where; earliest published first, undated last.
    pub evidence: Vec<Evidence>,
}
