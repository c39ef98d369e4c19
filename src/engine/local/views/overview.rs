//! A list, several facets and a timeline of one match.

use super::{Scope, Totals, facets, hits, timeline};
use crate::api::{By, Facet, Overview, TimelineAsked};
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::found::Documents;

/// The first page of hits, the values of each of `asked`, and when the articles were published.
pub(crate) fn overview(scope: &Scope<'_>, asked: &[Facet], by: Option<By>) -> Fallible<(Totals, Overview)> {
    // What matches is looked for once, whatever it costs: operators of places read every position of their words.
    let documents = Documents::of(scope.reader, scope.matching, scope.stop)?;
    let scope = &Scope { matching: &documents.matching(), ..*scope };
    let (totals, hits) = hits::hits(scope)?;
    debug_assert_eq!(totals.articles, documents.count(), "the list and the facets are of one match");
    let facets = asked.iter().map(|facet| facets::values(scope, &documents, *facet)).collect::<Fallible<_>>()?;
    let (_, timeline) = timeline::timeline(scope, TimelineAsked { by, about: false, shares: false })?;
    Ok((totals, Overview { hits, facets, timeline }))
}
