//! What is made of a match: the list, counts by value and by day, articles, stories. Each view is a function of a
//! [`Scope`]; none knows how the query was read.

pub(crate) mod anniversary;
pub(crate) mod article;
pub(crate) mod earliest;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod facets;
pub(crate) mod hits;
pub(crate) mod lines;
pub(crate) mod marks;
pub(crate) mod matrix;
pub(crate) mod near;
pub(crate) mod overview;
pub(crate) mod paging;
pub(crate) mod pairs;
pub(crate) mod similar;
pub(crate) mod stories;
pub(crate) mod target;
pub(crate) mod timeline;
pub(crate) mod verify;
pub(crate) mod versions;

pub(crate) use crate::engine::local::matching::collect::Totals;

use super::failure::Fallible;
use super::matching::filter::{Damage, Matching};
use super::matching::tiers::Tiers;
use super::plan::Plan;
use super::plan::walk::Dictionaries;
use super::stop::Stop;
use crate::api::{Listing, Request, Sort};
use crate::index::{Reader, Stories};

/// One request over one commit: what every view may look at.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) reader: &'a Reader,
    pub(crate) dictionaries: &'a Dictionaries,
    /// As it was asked.
    pub(crate) request: &'a Request,
    pub(crate) plan: &'a Plan,
    /// The articles that hold all words, or any where that was asked for.
    pub(crate) matching: &'a Matching,
    /// One article of each story is listed.
    pub(crate) grouped: bool,
    pub(crate) stop: Stop<'a>,
    /// Where filters note that a column is damaged.
    pub(crate) damage: &'a Damage,
}

impl<'a> Scope<'a> {
    /// The stories by which articles are grouped; `None` where they are not.
    pub(crate) fn stories(&self) -> Fallible<Option<&'a Stories>> {
        Ok(if self.grouped { Some(self.reader.stories()?) } else { None })
    }

    /// What is told apart among the articles of the match; the typed form comes first in a list by score alone.
    pub(crate) fn tiers(&self) -> Tiers {
        let any = self.request.listing == Listing::Any;
        let by_score = self.request.sort == Sort::Score;
        // One match that tells both is looked at once.
        let as_typed = !any && self.plan.typed_is_first();
        Tiers {
            full: None,
            // Where any word makes a match, nobody asks for all of them as typed.
            typed: self.plan.typed().filter(|_| !any),
            first: self.plan.first().filter(|_| by_score && !as_typed),
            typed_is_first: as_typed && by_score,
        }
    }

    /// True for a list in which what holds all words does not come before what holds some: that is what is left of a
    /// long question which an article answers without holding each of its words.
    pub(crate) fn by_score_alone(&self) -> bool {
        let Request { listing, limit, .. } = self.request;
        *listing == Listing::Fill && *limit > 0 && self.plan.is_long() && self.plan.can_be_partial()
    }

    /// How many rows are wanted.
    pub(crate) fn room(&self) -> usize {
        if self.request.limit == 0 { usize::MAX } else { self.request.limit }
    }
}
