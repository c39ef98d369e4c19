//! Which articles are listed, in which order: the match, then what fills it up; from the beginning, or from a cursor on.
//! The rules stand in `README.md` of the local engine, "Order and pages".

use rustc_hash::FxHashSet;

use super::{Scope, Totals};
use crate::api::Listing;
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::collect::{self, Candidate, Collected, Grouping, Keep};
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::matching::tiers::Tiers;
use crate::engine::local::rank::feedback;
use crate::index::Stories;

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Page {
    /// Of the match, wherever the page begins.
    pub(crate) totals: Totals,
    /// Articles that hold some words but not all; 0 where the page has room for none of them.
    pub(crate) partial: u64,
    /// Ranks and candidates, in order.
    pub(crate) rows: Vec<Row>,
}

/// A candidate in a list.
#[derive(Debug)]
pub(crate) struct Row {
    /// From 1.
    pub(crate) rank: u64,
    /// It stands behind the match, among what fills it up.
    pub(crate) fills: bool,
    pub(crate) candidate: Candidate,
}

/// The best of the match, or of what fills it up.
struct Tier {
    totals: Totals,
    partial: u64,
    /// Numbers of the stories.
    told: FxHashSet<u32>,
    /// From the beginning where feedback puts it in a new order, else from the cursor on.
    head: Vec<Candidate>,
    /// What comes behind the head and the cursor, where that is asked for.
    tail: Vec<Candidate>,
}

impl Tier {
    fn of(found: Collected, tail: Vec<Candidate>) -> Tier {
        Tier { totals: found.totals, partial: found.partial, told: found.told, head: found.best, tail }
    }
}

/// The page that the request asks for.
pub(crate) fn page(scope: &Scope<'_>) -> Fallible<Page> {
    let Scope { reader, plan, request, .. } = *scope;
    let lister = Lister {
        scope: *scope,
        stories: scope.stories()?,
        room: request.offset.saturating_add(scope.room()),
        deep: feedback::is_wanted(plan, request.sort),
    };
    let first = match scope.by_score_alone() {
        // One list of what holds all words and what holds some.
        true => {
            lister.tier(&plan.either(), None, &Tiers { full: Some(plan.all_words()), ..scope.tiers() }, usize::MAX)?
        }
        false => lister.tier(scope.matching, None, &scope.tiers(), usize::MAX)?,
    };
    let count = first.head.len() + first.tail.len();
    let learn = lister.deep && count < feedback::MODEL;
    // What feedback does to the match must be known before it is known how much of it comes behind a cursor.
    let short = request.limit > 0 && (count < lister.room || (lister.deep && request.after.is_some()));
    let fills = request.listing == Listing::Fill && plan.can_be_partial() && !scope.by_score_alone();
    let second = if fills && (short || learn) {
        // Only for what it tells about the match, where the match alone fills the page.
        let rest = if short { lister.room.saturating_sub(if lister.deep { 0 } else { count }) } else { 0 };
        let lacking = Tiers { full: Some(filter::nothing()), ..Tiers::default() };
        Some(lister.tier(&plan.some(), Some(&first.told), &lacking, rest)?)
    } else {
        None
    };
    let (totals, among) = (first.totals, first.partial);
    let behind = second.as_ref().map_or(0, |tier| tier.partial);
    let mut tiers: Vec<Tier> = std::iter::once(first).chain(second).collect();
    if lister.deep {
        let heads = tiers.iter_mut().map(|tier| &mut tier.head);
        feedback::rerank(reader, plan, heads.collect(), scope.stop)?;
    }
    let mut tiers = tiers.into_iter().map(|tier| [tier.head, tier.tail]).enumerate();
    let of = |(number, [head, tail]): (usize, [Vec<Candidate>; 2])| -> Vec<Candidate> {
        let head = head.into_iter().filter(|candidate| lister.follows(candidate, number > 0));
        head.chain(tail).take(lister.room).collect()
    };
    let first = tiers.next().map(of).unwrap_or_default();
    let fill = request.limit > 0 && first.len() < lister.room;
    let second = tiers.next().filter(|_| fill).map(of).unwrap_or_default();
    let begin = request.after.as_ref().map_or(0, |after| after.rank);
    let both = first.into_iter().map(|one| (false, one)).chain(second.into_iter().map(|one| (true, one)));
    let rows = (begin + 1..).zip(both.take(lister.room)).skip(request.offset);
    let rows = rows.map(|(rank, (fills, candidate))| Row { rank, fills, candidate }).collect();
    Ok(Page { totals, partial: among + if fill { behind } else { 0 }, rows })
}

struct Lister<'a> {
    scope: Scope<'a>,
    stories: Option<&'a Stories>,
    /// Candidates that the page and what is passed over before it need.
    room: usize,
    /// Feedback puts the best in a new order.
    deep: bool,
}

impl Lister<'_> {
    /// True for a candidate of one of the tiers that the page may show.
    fn follows(&self, candidate: &Candidate, partial: bool) -> bool {
        match &self.scope.request.after {
            None => true,
            Some(after) if after.partial == partial => candidate.is_behind(after),
            Some(after) => partial && !after.partial,
        }
    }

    /// The best of `matching`, `most` at most but for what feedback needs. What fills up the match comes with the stories
    /// that the match has told.
    fn tier(&self, matching: &Matching, told: Option<&FxHashSet<u32>>, tiers: &Tiers, most: usize) -> Fallible<Tier> {
        let Scope { reader, plan, request, stop, .. } = self.scope;
        let partial = told.is_some();
        let none = FxHashSet::default();
        let grouping = self.stories.map(|stories| Grouping { stories, told: told.unwrap_or(&none) });
        let room = self.room.min(most);
        let passed = request.after.as_ref().is_some_and(|after| after.partial) && !partial;
        let best = |room: usize, wanted: &dyn Fn(&Candidate) -> bool| {
            let room = if passed && !self.deep { 0 } else { room };
            collect::best(reader, plan, matching, Keep { sort: request.sort, room, grouping, tiers }, stop, wanted)
        };
        if !self.deep {
            let found = best(room, &|candidate| self.follows(candidate, partial))?;
            return Ok(Tier::of(found, Vec::new()));
        }
        let whole = if request.after.is_none() { room } else { 0 };
        let found = best(whole.max(feedback::DEPTH), &|_| true)?;
        let tail = match found.best.last() {
            // The order of what lies below the head is final.
            Some(last) if request.after.is_some() && !passed && found.best.len() >= feedback::DEPTH => {
                best(room, &|candidate| candidate > last && self.follows(candidate, partial))?.best
            }
            _ => Vec::new(),
        };
        Ok(Tier::of(found, tail))
    }
}
