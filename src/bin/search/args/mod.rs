//! What can be typed. Each sub-command turns its options into what the library takes; nothing here does any work.
//!
//! Options that [`crate::settings`] also knows are `None` where they were not typed.

mod around;
mod export;
mod matrix;
mod query;
mod reference;
#[cfg(any(feature = "mcp", feature = "serve"))]
mod served;
mod verify;
mod versions;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use around::{
    Apart, AskOptions, FirstOptions, NewOptions, OnOptions, PairsOptions, SimilarOptions, TimelineOptions, Unit,
};
pub(crate) use export::{ExportOptions, LinesOptions};
pub(crate) use matrix::MatrixOptions;
pub(crate) use query::{BatchOptions, FacetOptions, ListOptions, MatchOptions, Order, QueryOptions};
pub(crate) use reference::Reference;
#[cfg(feature = "mcp")]
pub(crate) use served::McpOptions;
#[cfg(feature = "serve")]
pub(crate) use served::ServeOptions;
pub(crate) use verify::VerifyOptions;
pub(crate) use versions::{DiffOptions, VersionsOptions};

/// Search the articles in a folder of saved news pages, by their words and by the dates, places and people in them.
#[derive(Debug, Parser)]
#[command(name = "search", version, max_term_width = 100, after_help = AFTER_HELP, disable_help_subcommand = true)]
#[command(arg_required_else_help = true, override_usage = "search [OPTIONS] COMMAND ...")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Do not read the configuration file
    #[arg(long, global = true)]
    pub(crate) no_config: bool,
    /// Say which index is asked
    #[arg(short, long, global = true, hide_short_help = true)]
    pub(crate) verbose: bool,
    /// Print the licences of the program and of all that is linked into it
    #[arg(long, visible_alias = "licenses", exclusive = true)]
    pub(crate) licences: bool,
}

const AFTER_HELP: &str = "\
Examples:
  search index corpus/                      read a folder of pages into the index
  search query Lachin medal                 articles that hold both words, best first
  search query '\"Lachin medal\"'             the two words side by side
  search query place:Lachin date:2020..     by place and day of publication
  search query about:2020-12-01             by a day that the text speaks of

More: 'search COMMAND --help', 'search help TOPIC' (query-syntax, fields, dates, json, exit-codes)
Exit status: 0 found, 1 nothing found (index: some files failed), 2 error, 75 busy, 130 stopped";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Index(IndexOptions),
    Query(QueryOptions),
    Batch(BatchOptions),
    Export(ExportOptions),
    Timeline(TimelineOptions),
    First(FirstOptions),
    On(OnOptions),
    Similar(SimilarOptions),
    Facets(FacetOptions),
    Who(WhoOptions),
    Lines(LinesOptions),
    Pairs(PairsOptions),
    Matrix(MatrixOptions),
    New(NewOptions),
    Show(ShowOptions),
    Open(OpenOptions),
    Copies(CopiesOptions),
    Versions(VersionsOptions),
    Diff(DiffOptions),
    Verify(VerifyOptions),
    Extract(ExtractOptions),
    Annotate(AnnotateOptions),
    Stats(StatsOptions),
    #[cfg(feature = "serve")]
    Serve(ServeOptions),
    #[cfg(feature = "mcp")]
    Mcp(McpOptions),
    Compact(CompactOptions),
    Check(CheckOptions),
    /// Print the settings in force and where each came from
    ///
    /// The output is a valid configuration file. Settings come from options, else from the environment ($SEARCH_INDEX,
    /// $SEARCH_LIMIT and so on), else from $XDG_CONFIG_HOME/search/config.toml, else they are built in.
    Config,
    Completions(CompletionsOptions),
    /// Print the manual page, in roff
    ///
    /// To read it: search man | man -l -
    Man,
    Help(HelpOptions),
}

/// Where the index is that is written or compared.
#[derive(Args, Debug)]
pub(crate) struct OneIndex {
    /// Folder of the index [default: $SEARCH_INDEX, else ./index]
    #[arg(long, value_name = "DIR")]
    pub(crate) index: Option<PathBuf>,
}

/// Where the indexes are that are asked.
#[derive(Args, Debug)]
pub(crate) struct IndexPlace {
    /// Folder of the index [default: $SEARCH_INDEX, else ./index]
    ///
    /// Typed several times, all are asked as one archive.
    #[arg(long, value_name = "DIR")]
    pub(crate) index: Vec<PathBuf>,
}

/// How output looks.
#[derive(Args, Debug, Default)]
pub(crate) struct Look {
    /// Colours: auto, always or never
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    pub(crate) color: Option<When>,
    /// Headlines as links to their files: auto, always or never
    ///
    /// auto: on terminals that are known to show links, and not over ssh, where the file is not at hand.
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    pub(crate) hyperlink: Option<When>,
    /// The list for people, also in a pipe
    #[arg(long, hide_short_help = true)]
    pub(crate) pretty: bool,
    /// Print all at once, also where it is longer than the screen
    ///
    /// The pager is $SEARCH_PAGER, else 'pager' of the configuration file, else $PAGER, else less. An empty name is none.
    #[arg(long)]
    pub(crate) no_pager: bool,
}

/// When to do a thing that suits terminals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

/// How a run tells how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProgressForm {
    /// A bar, on a terminal
    Auto,
    /// One JSON object a line, at most ten a second, and the report as the last one
    Json,
    /// Nothing
    Never,
}

/// Read folders or files into the index
///
/// Unchanged pages are skipped, changed ones are replaced, and pages that vanished from a folder named here are
/// removed. Stopped or killed at any moment, the same command goes on where it was.
#[derive(Args, Debug)]
#[command(
    after_help = "Reads .html, .htm, .xhtml and .txt files, files of other or no ending that begin like HTML, and their .gz. A \
file that is named itself is read whatever it is called. Exit status: 0 done, 1 some files \
failed (they are listed), 2 error, 75 another run is writing, 130 stopped by Ctrl-C with all work kept."
)]
pub(crate) struct IndexOptions {
    /// Folders or files
    #[arg(required_unless_present = "upgrade", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) place: OneIndex,
    /// Bring an index of the version before to today's format where its pages are gone
    ///
    /// Reads no page: every article is made anew of what the index has stored, with its id. The folder holds both indexes
    /// for a moment. Stopped at any time, the index is as before or as after. Where the pages are still there, the next
    /// 'search index PATH...' reads them all again.
    #[arg(long, conflicts_with_all = ["paths", "rebuild", "prune", "dry_run"])]
    pub(crate) upgrade: bool,
    /// Read every page again, changed or not
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Remove vanished pages even where a whole folder is empty now, or is not there any more
    #[arg(long)]
    pub(crate) prune: bool,
    /// A folder was moved: --moved OLD NEW reads its pages at the new place and takes out those at the old one
    ///
    /// Articles keep their ids, as these do not depend on where a page lies, so nothing is news to 'search new'.
    #[arg(long, value_name = "OLD", conflicts_with_all = ["upgrade", "prune"])]
    pub(crate) moved: Option<PathBuf>,
    /// Let other users of this machine read the index, as the umask says; else it is for its owner alone
    #[arg(long)]
    pub(crate) shared: bool,
    /// Tell what would be added, updated and removed, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Read what .ignore and .searchignore files leave out, too
    #[arg(short = 'u', long)]
    pub(crate) no_ignore: bool,
    /// Follow links that lead out of the folders named here
    ///
    /// Without it such links are counted and left out: who packs an archive could make them point to any file of yours.
    #[arg(long)]
    pub(crate) follow: bool,
    /// Threads that read pages [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<u64>,
    /// Give a page up after this many seconds; 0 for never
    // The slowest page that the limits allow takes some seconds; on a slow disk and a busy machine ten times that.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub(crate) page_timeout: u64,
    /// Largest page, in MiB after decompression [default: 32]
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) max_page: Option<u64>,
    /// Which fields of JSON lines, JSON and CSV are which part of an article: title=headline,text=body.paragraphs
    ///
    /// Parts are title, text, html, date, modified, url, author, lang, section and tags; dots go down into objects, lists are
    /// joined. The names that common tools use need not be said.
    #[arg(long, value_name = "PART=FIELD,...", value_parser = search::input::Fields::parse)]
    pub(crate) map: Option<search::input::Fields>,
    /// Places of your own, beside the gazetteer: a table in the form of data/gazetteer/supplement.tsv
    ///
    /// Columns, separated by tabs: id (a number from 2147483648 on; or a country code or GeoNames id, to give a known place
    /// more names), name, other names separated by |, parent (an id or country code), kind (city, region, water, ...),
    /// degrees north, degrees east, inhabitants, radius in km. After a change of the file every page is read again.
    #[arg(long, value_name = "FILE")]
    pub(crate) places: Option<PathBuf>,
    /// Progress on standard error: auto, json or never
    ///
    /// json is for programs that wrap this one: one object a line, {"v", "found", "done", "failed", "walked"}, at most
    /// ten a second, and {"v", "report"} as the last, with --upgrade {"v", "upgrade"}. Failures are in the report then, and nothing else is on standard
    /// error.
    #[arg(long, value_name = "FORM", default_value = "auto", hide_default_value = true, hide_possible_values = true)]
    pub(crate) progress: ProgressForm,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Colours: auto, always or never
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    pub(crate) color: Option<When>,
}

/// Merge the parts of the index into one and drop what was deleted
///
/// The answers stay the same. Scores become those of an index made afresh: until then deleted pages still count in how
/// rare a word is. Searching goes on meanwhile.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 done, 2 error, 75 another run is writing.")]
pub(crate) struct CompactOptions {
    #[command(flatten)]
    pub(crate) place: OneIndex,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Colours: auto, always or never
    #[arg(long, value_name = "WHEN", hide_possible_values = true)]
    pub(crate) color: Option<When>,
}

/// Compare the files of the index with the checksums that were written with them
///
/// Reads the whole index and changes nothing; searching and indexing go on meanwhile.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 every file is as it was written, 1 some are not, 2 error.")]
pub(crate) struct CheckOptions {
    #[command(flatten)]
    pub(crate) place: OneIndex,
    /// Print nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Print articles: text, metadata and what they mention
///
/// Of a citation, ID#START-END, the passage is printed too.
#[derive(Args, Debug)]
pub(crate) struct ShowOptions {
    /// Articles: an id as 'search query' prints it, a passage as --cite does, an address, a file; - reads a list of them
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Open the saved pages of articles in the browser, or in another program
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when every page was opened, 2 on an error.")]
pub(crate) struct OpenOptions {
    /// Articles: an id as 'search query' prints it, a passage as --cite does, an address, a file; - reads a list of them
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// Program that opens a page [default: the one for such files]
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) with: Option<String>,
    /// Write the bytes of the saved page to standard output, unpacked and otherwise as they were saved
    #[arg(long, conflicts_with = "with")]
    pub(crate) raw: bool,
}

/// List the articles that tell the same story as one, earliest first
///
/// Copies are found when pages are indexed: articles of which half the sentences are the same, unless they fill one
/// template with other numbers and names. Each line says how much of the longer text is the same.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 when there are others, 1 when the article stands alone, 2 on an error.")]
pub(crate) struct CopiesOptions {
    /// Articles: an id as 'search query' prints it, a passage as --cite does, an address, a file; - reads a list of them
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Tell who bears a name, under which names, and why these are one
///
/// 'search facets people' counts a person once. This lists what it joins: names with a title or role, with a middle name, and
/// the surname alone where hardly anybody else bears it. Others of the name follow, since what may be two people is not joined.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 found, 1 when nobody is named so, 2 on an error.")]
pub(crate) struct WhoOptions {
    /// A surname or a full name; several words need no quotes
    #[arg(required = true, value_name = "NAME", trailing_var_arg = true)]
    pub(crate) name: Vec<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// One JSON object a person, as 'search facets people --json' has them
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Print what the extractor makes of pages, without an index
#[derive(Args, Debug)]
pub(crate) struct ExtractOptions {
    /// Pages; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    /// Print why: each block of the page with its verdict, each field with what was found for it
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Print the dates, places and people in plain text, without an index
#[derive(Args, Debug)]
pub(crate) struct AnnotateOptions {
    /// Text; - is standard input
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub(crate) file: PathBuf,
    /// Read one JSON object a line, {"id", "text", "date", "title", "lang"}, and write {"id", "mentions"} for each
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// Day of publication, on which "last Tuesday" rests
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

/// Print what is in the index, with the pages that failed
#[derive(Args, Debug)]
pub(crate) struct StatsOptions {
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Print the completion script of a shell
///
/// For bash: search completions bash > ~/.local/share/bash-completion/completions/search
#[derive(Args, Debug)]
pub(crate) struct CompletionsOptions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Print help on a command or a topic
///
/// Topics: query-syntax, dates, json, exit-codes.
#[derive(Args, Debug)]
pub(crate) struct HelpOptions {
    /// A command, or query-syntax, dates, json, exit-codes
    #[arg(value_name = "TOPIC")]
    pub(crate) name: Option<String>,
}
