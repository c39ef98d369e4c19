//! Commands that hand out all of a match.

use clap::{Args, ValueEnum};
use search::api::Per;

use super::reference::Reference;
use super::{AskOptions, Look};

/// Print every article of a query with its text
///
/// In one pass, earliest first, one JSON object a line: v, id, date, day, year, title, byline, site, body, people, places
/// and so on ('search help json'). What lacks words of the query is no part of it; copies are, each with the id of the
/// first article of its story in 'story'. Nothing is held in memory but one article and the order of all.
#[derive(Args, Debug)]
#[command(after_help = "\
Example: search export --csv lang:en date:2020.. > articles.csv
Exit status: 0 when an article matches, 1 when none does, 2 on an error.")]
pub(crate) struct ExportOptions {
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// One JSON object a line, which is what it prints unless told otherwise
    #[arg(long, conflicts_with_all = ["csv", "cite"])]
    pub(crate) json: bool,
    /// Comma-separated values with a header line
    ///
    /// A text is on one line, and one that begins with = + - or @ has an apostrophe before it, or a spreadsheet would run
    /// it. What has several values has '; ' between them.
    #[arg(long)]
    pub(crate) csv: bool,
    /// Everything found in each text too, as 'search show --json' has it
    #[arg(long, conflicts_with_all = ["csv", "cite"])]
    pub(crate) mentions: bool,
    /// Most articles to print; 0 prints all [default: all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// One reference an article: bibtex, csl, ris or footnote
    #[arg(long, value_name = "FORM", conflicts_with = "csv", hide_possible_values = true)]
    pub(crate) cite: Option<Reference>,
}

/// By what frequencies are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Counted {
    Year,
    Month,
    Site,
    Lang,
}

impl From<Counted> for Per {
    fn from(counted: Counted) -> Per {
        match counted {
            Counted::Year => Per::Year,
            Counted::Month => Per::Month,
            Counted::Site => Per::Site,
            Counted::Lang => Per::Lang,
        }
    }
}

/// Print every place where the words of a query stand, in context
///
/// A concordance: a line each, earliest article first: day, ID#START-END, site, what stands before it, the words, what stands behind
/// them. Each word, phrase and name of the query is looked for by itself, in headlines and texts, in every form and spelling
/// that the query finds (--exact: as typed alone); what stands close to each other (w/5) too. Copies of an article are there
/// like any other.
#[derive(Args, Debug)]
#[command(after_help = "\
Example: search lines --per year medal lang:en
Exit status: 0 when something was found, 1 when nothing was, 2 on an error.")]
pub(crate) struct LinesOptions {
    #[command(flatten)]
    pub(crate) ask: AskOptions,
    /// How often instead of where: in a million words, by year, month, site or lang
    ///
    /// Of the words in the headlines and texts of all articles that the filters of the query let through (lang:, site:, date:,
    /// kind: and the like), whatever they say.
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub(crate) per: Option<Counted>,
    /// Characters on each side, at most [default: 60; on a terminal what fits]
    #[arg(long, value_name = "N", conflicts_with = "per")]
    pub(crate) context: Option<usize>,
    /// Most lines to print; 0 prints all [default: all]
    #[arg(short = 'n', long, value_name = "N", conflicts_with = "per")]
    pub(crate) limit: Option<u64>,
    /// One JSON object a line
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Comma-separated values with a header line
    #[arg(long)]
    pub(crate) csv: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}
