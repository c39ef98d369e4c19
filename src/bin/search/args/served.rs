//! Commands that stay and answer others.

use std::path::PathBuf;

use clap::Args;

use super::IndexPlace;

/// Answer agents by the Model Context Protocol, on standard input and output
///
/// A client starts it; see its manual for where the command is set down. Six tools (search, read, count, together, related,
/// verify), all of which only read; each answer is at most as long as the client asks for, and can be cited. Text of pages
/// stands only behind a bar (│), so that it cannot pass for an answer. That helps and settles nothing: an agent that may
/// also send or run things should not be given archives of strangers. A later commit of the index is taken up between calls.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when the input has ended, 2 on an error.")]
pub(crate) struct McpOptions {
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// Names of your own, as for 'search query'
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(crate) names: Option<PathBuf>,
}
