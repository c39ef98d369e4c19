//! Plans for one Tantivy index: the neutral plan ([`crate::engine::plan`]), each match lowered to a query.

pub(crate) mod dictionary;
mod lexicon;
pub(crate) mod walk;

use crate::api::Request;
use crate::engine::local::matching::changes::Changes;
use crate::engine::local::matching::filter::{Damage, Matching};
use crate::engine::local::matching::lower::Lowering;
use crate::engine::plan::{Join, Settings};
use crate::index::Reader;
use crate::query::{CHANGES, DateOf, Field, Node, NodeKind, Query};
use lexicon::IndexLexicon;
use walk::Dictionaries;

/// How a query is carried out in one index.
pub(crate) type Plan = crate::engine::plan::Plan<Matching>;

impl Plan {
    /// Plans `query` for the commit that `reader` holds; its filters note in `damage` what they cannot read.
    pub(crate) fn new(
        query: &Query,
        reader: &Reader,
        dictionaries: &Dictionaries,
        request: &Request,
        damage: &Damage,
    ) -> tantivy::Result<Plan> {
        let settings = Settings {
            names: request.names.as_deref(),
            exact: request.exact,
            hides_superseded: !request.versions && !reader.superseded.is_empty(),
            recency: request.recency,
            today: request.today,
        };
        let lexicon = IndexLexicon::new(reader, dictionaries);
        let plan = <crate::engine::plan::Plan>::new(query, &lexicon, settings)?;
        let changes = if asks_for_changes(&query.root) { Changes::of(reader)? } else { Changes::default() };
        let postings = lexicon.into_postings();
        let lowering = Lowering { superseded: &reader.superseded, changes, postings, damage };
        Ok(plan.map(|planned| lowering.lower(planned)))
    }

    /// Whether several captures of one article may be found.
    pub(crate) fn searches_captures(&self, reader: &Reader) -> bool {
        self.clauses.superseded.is_none() && !reader.superseded.is_empty()
    }
}

/// Whether a filter on changes stands below `node`: to find them takes a look at all captures.
fn asks_for_changes(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Field(Field::Date(DateOf::Changed, _) | Field::Has(CHANGES)))
        || node.children().iter().any(asks_for_changes)
}

impl Join for Matching {
    fn copy(&self) -> Matching {
        self.box_clone()
    }

    fn and(must: Vec<Matching>, not: Vec<Matching>) -> Matching {
        crate::engine::local::matching::filter::and(must, not)
    }

    fn or(parts: Vec<Matching>) -> Matching {
        crate::engine::local::matching::filter::or(parts)
    }
}
