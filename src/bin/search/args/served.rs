//! Commands that stay and answer others.

use std::path::PathBuf;

use clap::Args;

use super::IndexPlace;

/// Show the archive in a browser
///
/// Pages with hits, counts, timelines and articles, and the same as JSON below /api/v1, with the numbers of 'search query'.
/// It only reads, and answers this machine alone: for others let a proxy that knows its users ask it, under a name that
/// --host admits. A later commit of the index is taken up by the next page. Ctrl-C ends it.
#[cfg(feature = "serve")]
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 2 on an error; else it runs until it is ended.")]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// Address of this machine to listen on; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8431")]
    pub(crate) listen: String,
    /// A further name under which it may be asked for, that of a proxy; may be typed several times
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    /// Open it in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Names of your own, as for 'search query'
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(crate) names: Option<PathBuf>,
}

/// Answer agents by the Model Context Protocol, on standard input and output
///
/// A client starts it; see its manual for where the command is set down. Six tools (search, read, count, together, related,
/// verify), all of which only read; each answer is at most as long as the client asks for, and can be cited. Text of pages
/// stands only behind a bar (│), so that it cannot pass for an answer. That helps and settles nothing: an agent that may
/// also send or run things should not be given archives of strangers. A later commit of the index is taken up between calls.
#[cfg(feature = "mcp")]
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when the input has ended, 2 on an error.")]
pub(crate) struct McpOptions {
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// Names of your own, as for 'search query'
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(crate) names: Option<PathBuf>,
}
