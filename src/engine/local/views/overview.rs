//! A list, several facets and a timeline of one match.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::{Scope, Totals, facets, hits, timeline};
use crate::api::{By, Facet, Facets, Hits, Overview, Timeline, TimelineAsked};
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::found::Documents;

/// The first page of hits, the values of each of `asked`, and when the articles were published.
pub(crate) fn overview(scope: &Scope<'_>, asked: &[Facet], by: Option<By>) -> Fallible<(Totals, Overview)> {
    // What matches is looked for once, whatever it costs: operators of places read every position of their words.
    let documents = Documents::of(scope.reader, scope.matching, scope.stop)?;
    let scope = &Scope { matching: &documents.matching(), ..*scope };
    let queue = Queue { scope, documents: &documents, asked, next: AtomicUsize::new(0) };
    // A second thread, because people take as long as all else together; a third would find nothing left to do.
    let (totals, hits, timeline, mut counted) = thread::scope(|threads| {
        let other = threads.spawn(|| queue.work());
        let own = queue.work_beside(by);
        // Joined whatever became of the rest: where nobody joins it, a crash in it is one of this place.
        let others = other.join().unwrap_or_else(|crash| resume_unwind(crash));
        let (totals, hits, timeline, mut counted) = own?;
        counted.extend(others?);
        Fallible::Ok((totals, hits, timeline, counted))
    })?;
    debug_assert_eq!(totals.articles, documents.count(), "the list and the facets are of one match");
    counted.sort_unstable_by_key(|(place, _)| *place);
    let facets = counted.into_iter().map(|(_, facets)| facets).collect();
    Ok((totals, Overview { hits, facets, timeline }))
}

/// The facets that are still to be counted.
struct Queue<'q> {
    scope: &'q Scope<'q>,
    documents: &'q Documents<'q>,
    asked: &'q [Facet],
    next: AtomicUsize,
}

/// The place of each facet in the order asked for, and its values.
type Counted = Vec<(usize, Facets)>;

impl Queue<'_> {
    /// The list and the timeline, then facets as long as there are some.
    fn work_beside(&self, by: Option<By>) -> Fallible<(Totals, Hits, Timeline, Counted)> {
        let (totals, hits) = hits::hits(self.scope)?;
        let (_, timeline) = timeline::timeline(self.scope, TimelineAsked { by, about: false, shares: false })?;
        Ok((totals, hits, timeline, self.work()?))
    }

    /// Counts one facet after the other until none is left.
    fn work(&self) -> Fallible<Counted> {
        let mut out = Vec::new();
        loop {
            let place = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(facet) = self.asked.get(place) else { return Ok(out) };
            out.push((place, facets::values(self.scope, self.documents, *facet)?));
        }
    }
}
