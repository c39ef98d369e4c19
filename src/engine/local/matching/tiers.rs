//! The tiers of a list: which articles come before others, whatever they score, and which of them are counted as what.
//!
//! What holds the words as they were typed, what holds all words, and what holds some. Each is a match; one pass over all
//! articles of a list tells for each which of them holds it. The rules stand in `README.md` of the local engine, "Order
//! and pages".

use tantivy::query::{EnableScoring, Scorer};
use tantivy::{DocId, SegmentReader};

use crate::engine::local::matching::filter::Matching;
use crate::index::Reader;

/// What is told apart among the articles of a list. `None` of the first two stands for what every one of them holds.
#[derive(Debug, Default)]
pub(crate) struct Tiers {
    /// All words of the query.
    pub(crate) full: Option<Matching>,
    /// All words as they were typed.
    pub(crate) typed: Option<Matching>,
    /// The words whose typed form goes before all other forms; `None` where it goes before none.
    pub(crate) first: Option<Matching>,
    /// What is as typed goes before all else.
    pub(crate) typed_is_first: bool,
}

/// Where one article stands among the tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) full: bool,
    pub(crate) typed: bool,
    /// It comes before what scores higher and is not first; never where no tier does.
    pub(crate) first: bool,
}

/// The tiers over one segment.
pub(crate) struct OpenTiers {
    /// All words, all as typed, those that go first.
    tiers: [Option<Box<dyn Scorer>>; 3],
    typed_is_first: bool,
}

impl Tiers {
    /// The tiers over `segment`.
    pub(crate) fn open(&self, reader: &Reader, segment: &SegmentReader) -> tantivy::Result<OpenTiers> {
        let open = |matching: &Option<Matching>| -> tantivy::Result<Option<Box<dyn Scorer>>> {
            let Some(matching) = matching else { return Ok(None) };
            let weight = matching.weight(EnableScoring::disabled_from_searcher(&reader.searcher))?;
            Ok(Some(weight.scorer(segment, 1.0)?))
        };
        let tiers = [open(&self.full)?, open(&self.typed)?, open(&self.first)?];
        Ok(OpenTiers { tiers, typed_is_first: self.typed_is_first })
    }
}

impl OpenTiers {
    /// Where `doc` stands. Documents come in rising order.
    pub(crate) fn standing(&mut self, doc: DocId) -> Standing {
        let [full, typed, first] =
            self.tiers.each_mut().map(|tier| tier.as_mut().map(|found| holds(&mut **found, doc)));
        let full = full.unwrap_or(true);
        let typed = full && typed.unwrap_or(true);
        Standing { full, typed, first: full && first.unwrap_or(typed && self.typed_is_first) }
    }
}

/// Whether a list of documents that goes forward only holds `doc`.
fn holds(documents: &mut dyn Scorer, doc: DocId) -> bool {
    // A scorer must not be sought to where it stands already, nor back.
    let at = if documents.doc() < doc { documents.seek(doc) } else { documents.doc() };
    at == doc
}
