//! Options of `search versions` and `search diff`.

use clap::Args;

use super::{IndexPlace, Look};

/// List the versions of articles, earliest first
///
/// Pages with one address are captures of one article. A capture with the headline and the text of the one before it is a capture of the same version. Captures without a time
/// are ordered by what their pages say of their last change.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 several versions, 1 one alone, 2 on an error.")]
pub(crate) struct VersionsOptions {
    /// Articles: an id as 'search query' prints it, a passage as --cite does, an address, a file; - reads a list of them
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// List every capture with its time and the digest of its page
    #[arg(long)]
    pub(crate) captures: bool,
    /// One JSON object an article
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Print what changed from one version of an article to another
///
/// '+' was added, '-' was removed, '~' was reworded: [-before-] {+after+}. 'search versions' lists what can be compared.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 they differ, 1 they do not, 2 on an error.")]
pub(crate) struct DiffOptions {
    /// A version: an article as other commands name it, with @ and a number behind it; without one the last but one
    #[arg(value_name = "ARTICLE[@N]")]
    pub(crate) from: String,
    /// The version to compare it with, of any article [default: the last one of the same article]
    #[arg(value_name = "ARTICLE[@N]")]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}
