//! Commands that hand out all of a match.

use clap::{Args, ValueEnum};
use search::output::ReferenceFormat;

use super::AskOptions;

/// Forms of references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reference {
    /// A line that a reader can check
    Footnote,
    /// For LaTeX and JabRef
    Bibtex,
    /// JSON of the Citation Style Language, for Zotero and pandoc
    Csl,
    /// For EndNote, Zotero and Citavi
    Ris,
}

impl From<Reference> for ReferenceFormat {
    fn from(reference: Reference) -> ReferenceFormat {
        match reference {
            Reference::Footnote => ReferenceFormat::Footnote,
            Reference::Bibtex => ReferenceFormat::Bibtex,
            Reference::Csl => ReferenceFormat::Csl,
            Reference::Ris => ReferenceFormat::Ris,
        }
    }
}

/// Print every article of a query with its text and all that is known of it
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
    /// Comma-separated values with a header line instead of JSON
    ///
    /// A text is on one line, and one that begins with = + - or @ has an apostrophe before it, or a spreadsheet would run
    /// it. What has several values has '; ' between them.
    #[arg(long)]
    pub(crate) csv: bool,
    /// Everything found in each text too, as 'search show --json' has it
    #[arg(long, conflicts_with_all = ["csv", "cite"])]
    pub(crate) mentions: bool,
    /// One reference an article: bibtex, csl, ris or footnote
    #[arg(long, value_name = "FORM", conflicts_with = "csv", hide_possible_values = true)]
    pub(crate) cite: Option<Reference>,
}
