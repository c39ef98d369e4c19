//! `search verify`.

use clap::Args;

use super::{IndexPlace, Look};

/// Tell whether what is cited still stands: unchanged, moved, changed or gone
///
/// A citation is ID#START-END, a footnote of 'search query --cite' with its words and digest, a line of hits, an address or a
/// file. unchanged: it stands where it is cited, word for word. moved: it stands elsewhere, in the same article or another.
/// changed: the words are others now, with the differences. gone: nothing like it is there. It looks at the texts of the
/// index alone; with --pages at the saved pages. Forms of quotation marks and dashes, the width of blanks, and signs before the first and behind the last word
/// are no difference. With ID#START-END alone only the place can be looked at, which is said.
#[derive(Args, Debug)]
#[command(after_help = "\
Example: search query --cite medal > notes.txt, and later: search verify - < notes.txt
Exit status: 0 when all is unchanged, 1 when something is not, 2 on an error.")]
pub(crate) struct VerifyOptions {
    /// Citations; - reads a list of them
    #[arg(value_name = "CITATION", required_unless_present_any = ["quote", "query"])]
    pub(crate) citations: Vec<String>,
    /// The words that are quoted, of the one citation that is named, else wherever they stand; - reads them from standard
    /// input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) quote: Option<String>,
    /// Read the saved pages of what is cited again, and compare their bytes with the digests that the index has
    ///
    /// unchanged, changed, gone, or moved: to another file below the folder that was indexed. To find what was moved, all files
    /// there are read once.
    #[arg(long, conflicts_with = "quote")]
    pub(crate) pages: bool,
    /// With --pages: those of all articles of a query
    #[arg(long, value_name = "QUERY", requires = "pages", conflicts_with = "citations", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) place: IndexPlace,
    /// One JSON object a citation
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}
