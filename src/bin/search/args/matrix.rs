//! `search matrix`.

use std::path::PathBuf;

use clap::Args;

use super::AskOptions;
use super::around::Nearness;

/// Count which names of a list stand together, with the places
///
/// One pair a line: both names, the window, articles, stories, windows that name both, the day of the first, citations and
/// the first sentence. Pairs that never stand together are not listed; names that no article has are said. A line of the
/// list is a name: of a person in any spelling, of an organisation, or else the words; or a query of its own, such as
/// place:Lachin or '"gas price"'. Lines that begin with # say nothing.
#[derive(Args, Debug)]
#[command(after_help = "\
Example: search matrix --graphml names.txt date:2020.. > names.graphml
Exit status: 0 when a pair is listed, 1 when none is, 2 on an error.")]
pub(crate) struct MatrixOptions {
    /// Names, one a line; - is standard input
    #[arg(value_name = "NAMES")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// Where both stand: in one sentence, paragraph or article
    #[arg(long, value_name = "WINDOW", default_value = "sentence", hide_possible_values = true)]
    pub(crate) window: Nearness,
    /// Citations a pair, at most, earliest first
    // What a line of a table holds and a person checks.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) evidence: usize,
    /// One JSON object a pair
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Comma-separated values with a header line
    #[arg(long)]
    pub(crate) csv: bool,
    /// A graph for Gephi, Cytoscape, igraph and NetworkX
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    pub(crate) graphml: bool,
}
