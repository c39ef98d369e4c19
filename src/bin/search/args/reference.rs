//! In which form articles are cited.

use clap::ValueEnum;
use search::output::ReferenceFormat;

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
