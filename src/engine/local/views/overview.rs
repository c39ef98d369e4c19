//! A list, several facets and a timeline of one match.

use super::{Scope, Totals, facets, hits, timeline};
use crate::api::{By, Facet, Overview, TimelineAsked};
use crate::engine::local::failure::Fallible;

/// The first page of hits, the values of each of `asked`, and when the articles were published.
pub(crate) fn overview(scope: &Scope<'_>, asked: &[Facet], by: Option<By>) -> Fallible<(Totals, Overview)> {
    let (totals, hits) = hits::hits(scope)?;
    let facets = asked.iter().map(|facet| Ok(facets::facets(scope, *facet)?.1)).collect::<Fallible<_>>()?;
    let (_, timeline) = timeline::timeline(scope, TimelineAsked { by, about: false, shares: false })?;
    Ok((totals, Overview { hits, facets, timeline }))
}
