//! One pass over the match: counting, scoring, keeping the best.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use crate::api::{Cursor, Sort};
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::filter::Matching;
use crate::engine::local::matching::tiers::{OpenTiers, Standing, Tiers};
use crate::engine::local::rank::Scorer;
use crate::engine::local::stop::Stop;
use crate::engine::plan::Recency;
use crate::extract::Kind;
use crate::index::column;
use crate::index::sites::Sites;
use crate::index::store::Captures;
use crate::index::{Reader, Stories};

/// A plan of this engine. It is named by its parts here: how plans are made is above this file.
type Plan = crate::engine::plan::Plan<Matching>;

/// One article of the match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    order: Key,
    pub(crate) id: u64,
    /// Which capture, where several are searched; else 0.
    capture: u64,
    pub(crate) address: DocAddress,
    /// Score in ten-thousandths.
    points: i64,
    /// How much of the query it holds, and how.
    pub(crate) standing: Standing,
    /// The story that it stands for, where articles are grouped and others tell it.
    pub(crate) story: Option<Told>,
}

/// A story in a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its number among [`Stories`].
    pub(crate) group: u32,
    /// Articles of the match that tell it.
    pub(crate) matching: u64,
}

impl Candidate {
    /// The score, rounded to four decimals.
    pub(crate) fn score(&self) -> f64 {
        self.points as f64 / 10_000.0
    }

    /// The place right behind it in the list of the query with the digest `asked`, where it has this rank.
    pub(crate) fn cursor(&self, asked: u64, rank: u64, partial: bool) -> Cursor {
        let (number, name) = match &self.order {
            Key::Number(Reverse(number)) => (*number, None),
            // A list by date has no site names: an empty one marks an undated article, which stands behind all dated ones.
            Key::Date(at, undated) => (at.unwrap_or(0), undated.then(String::new)),
            Key::Site(site, Reverse(points)) => (*points, Some(site.clone())),
        };
        Cursor { asked, rank, partial, number, name, id: self.id, capture: self.capture }
    }

    /// True where it comes behind `place`.
    pub(crate) fn is_behind(&self, place: &Cursor) -> bool {
        let name = || place.name.clone().unwrap_or_default();
        let order = match &self.order {
            Key::Number(_) => Key::Number(Reverse(place.number)),
            Key::Date(..) => Key::Date(Some(place.number), place.name.is_some()),
            Key::Site(..) => Key::Site(name(), Reverse(place.number)),
        };
        self.order.cmp(&order).then_with(|| (self.id, self.capture).cmp(&(place.id, place.capture))).is_gt()
    }

    /// Adds `bonus` to the score of a candidate that is ordered by it.
    pub(crate) fn raise(&mut self, bonus: f64) {
        let bonus = points(bonus);
        self.points += bonus;
        if let Key::Number(Reverse(number)) = &mut self.order {
            *number += bonus;
        }
    }
}

/// What is added to the points by which the first tier is ordered: more than any score has.
const FIRST_TIER: i64 = 1 << 50;

/// A score in ten-thousandths.
fn points(score: f64) -> i64 {
    debug_assert!(score.is_finite() && score >= 0.0, "a score is a sum of shares, none of them below 0: {score}");
    (score * 10_000.0).round() as i64
}

/// What candidates are ordered by before their id; smaller comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(Reverse<i64>),
    Date(Option<i64>, bool),
    Site(String, Reverse<i64>),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> Ordering {
        let key = |candidate: &Candidate| (candidate.id, candidate.capture);
        self.order.cmp(&other.order).then_with(|| key(self).cmp(&key(other)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The best of a match and its size.
#[derive(Debug)]
pub(crate) struct Collected {
    /// Articles that hold all words, and the stories that they tell.
    pub(crate) totals: Totals,
    /// Articles that lack some.
    pub(crate) partial: u64,
    /// Numbers of the stories.
    pub(crate) told: FxHashSet<u32>,
    pub(crate) best: Vec<Candidate>,
}

/// How many articles match, and how many stories they tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) articles: u64,
    /// Stories, and articles that stand alone.
    pub(crate) stories: u64,
    /// Articles that do not hold all words as they were typed; 0 where nobody asks.
    pub(crate) other_forms: u64,
}

impl Totals {
    /// Where nobody asks which articles are copies of each other.
    pub(crate) fn ungrouped(articles: u64) -> Totals {
        Totals { articles, stories: articles, other_forms: 0 }
    }
}

/// The size of a match; `stories` tell which articles are copies of each other, where that counts.
pub(crate) fn count(
    reader: &Reader,
    matching: &Matching,
    tiers: &Tiers,
    stories: Option<&Stories>,
    stop: Stop<'_>,
) -> Fallible<Totals> {
    let mut tally = Tally::default();
    let open = |_: u32, segment: &SegmentReader| Ok((column::KEY.open(segment)?, tiers.open(reader, segment)?));
    each(reader, matching, stop, open, |(key, tiers), _, doc| {
        let group = stories.and_then(|stories| stories.group_of(key.first(doc)?));
        tally.add(tiers.standing(doc), group);
        Ok(())
    })?;
    Ok(tally.totals())
}

/// The articles of a match as they are counted.
#[derive(Default)]
struct Tally {
    full: u64,
    partial: u64,
    other_forms: u64,
    /// Articles that stand alone, of those that hold all words.
    alone: u64,
    /// Stories that those tell.
    told: FxHashSet<u32>,
}

impl Tally {
    fn add(&mut self, standing: Standing, story: Option<u32>) {
        if !standing.full {
            self.partial += 1;
            return;
        }
        self.full += 1;
        self.other_forms += u64::from(!standing.typed);
        match story {
            Some(group) => drop(self.told.insert(group)),
            None => self.alone += 1,
        }
    }

    fn totals(&self) -> Totals {
        let stories = self.alone + self.told.len() as u64;
        Totals { articles: self.full, stories, other_forms: self.other_forms }
    }
}

/// The documents of a match, a list for each segment, in order.
pub(crate) fn documents(reader: &Reader, matching: &Matching, stop: Stop<'_>) -> Fallible<Vec<Vec<DocId>>> {
    let mut out = vec![Vec::new(); reader.searcher.segment_readers().len()];
    let visit = |(): &mut (), ord: u32, doc| {
        out[ord as usize].push(doc);
        Ok(())
    };
    each(reader, matching, stop, |_, _| Ok(()), visit)?;
    Ok(out)
}

/// The first document of a match.
pub(crate) fn first(reader: &Reader, matching: &Matching) -> tantivy::Result<Option<DocAddress>> {
    let searcher = &reader.searcher;
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let mut documents = weight.scorer(segment, 1.0)?;
        while documents.doc() != TERMINATED {
            if !segment.is_deleted(documents.doc()) {
                return Ok(Some(DocAddress::new(ord, documents.doc())));
            }
            documents.advance();
        }
    }
    Ok(None)
}

/// Keeps the best of what it is given.
struct Best {
    room: usize,
    heap: BinaryHeap<Candidate>,
}

impl Best {
    /// What a score must reach to be kept, in ten-thousandths; `None` while there is room, and where the order is another.
    fn least(&self) -> Option<i64> {
        let worst = self.heap.peek().filter(|_| self.heap.len() >= self.room)?;
        match worst.order {
            Key::Number(Reverse(number)) => Some(number),
            Key::Date(..) | Key::Site(..) => None,
        }
    }

    fn take_if(&mut self, candidate: Candidate, wanted: impl Fn(&Candidate) -> bool) {
        if !wanted(&candidate) {
            return;
        }
        if self.heap.len() < self.room {
            self.heap.push(candidate);
        } else if let Some(mut worst) = self.heap.peek_mut()
            // The worst of the best is on top of the heap: most candidates are turned away by one comparison.
            && candidate < *worst
        {
            *worst = candidate;
        }
    }
}

/// How the articles of a match are grouped.
#[derive(Clone, Copy)]
pub(crate) struct Grouping<'a> {
    pub(crate) stories: &'a Stories,
    /// Stories that are told already: their articles are counted, not listed.
    pub(crate) told: &'a FxHashSet<u32>,
}

/// Which articles of a match are kept.
#[derive(Clone, Copy)]
pub(crate) struct Keep<'a> {
    pub(crate) sort: Sort,
    /// The first so many in that order.
    pub(crate) room: usize,
    /// Where it is there, the first article of each story stands for it.
    pub(crate) grouping: Option<Grouping<'a>>,
    pub(crate) tiers: &'a Tiers,
}

/// The size of the match, and those to `keep` of its articles of which `wanted` holds.
pub(crate) fn best(
    reader: &Reader,
    plan: &Plan,
    matching: &Matching,
    keep: Keep<'_>,
    stop: Stop<'_>,
    wanted: impl Fn(&Candidate) -> bool,
) -> Fallible<Collected> {
    let Keep { sort, room, grouping, .. } = keep;
    let mut tally = Tally::default();
    let mut best = Best { room, heap: BinaryHeap::new() };
    let mut told: FxHashMap<u32, (Candidate, u64)> = FxHashMap::default();
    let open = |_: u32, segment: &SegmentReader| Open::new(reader, plan, keep, segment);
    each(reader, matching, stop, open, |open, ord, doc| {
        let group = grouping.and_then(|grouping| Some((grouping, grouping.stories.group_of(open.key.first(doc)?)?)));
        let standing = open.tiers.standing(doc);
        tally.add(standing, group.map(|(_, group)| group));
        // Only counted: no score is worked out for it.
        if room == 0 {
            return Ok(());
        }
        let address = DocAddress::new(ord, doc);
        match group {
            None => {
                // What is in the first tier comes before others whatever it scores.
                let least = best.least().filter(|_| sort == Sort::Score && !standing.first);
                if let Some(candidate) = open.candidate(sort, address, standing, least)? {
                    best.take_if(candidate, &wanted);
                }
            }
            Some((grouping, group)) if grouping.told.contains(&group) => {}
            Some((_, group)) => {
                let candidate = open.candidate(sort, address, standing, None)?;
                candidate.into_iter().for_each(|candidate| tell(&mut told, group, candidate));
            }
        }
        Ok(())
    })?;
    for (group, (candidate, matching)) in told {
        best.take_if(Candidate { story: Some(Told { group, matching }), ..candidate }, &wanted);
    }
    let (totals, partial) = (tally.totals(), tally.partial);
    Ok(Collected { totals, partial, told: tally.told, best: best.heap.into_sorted_vec() })
}

/// Keeps the best candidate of a story, and how many there are.
fn tell(told: &mut FxHashMap<u32, (Candidate, u64)>, group: u32, candidate: Candidate) {
    match told.entry(group) {
        Entry::Vacant(story) => drop(story.insert((candidate, 1))),
        Entry::Occupied(mut story) => {
            let (best, matching) = story.get_mut();
            *matching += 1;
            if candidate < *best {
                *best = candidate;
            }
        }
    }
}

/// For each of `addresses`, whether `matching` holds it.
pub(crate) fn holds(reader: &Reader, matching: &Matching, addresses: &[DocAddress]) -> tantivy::Result<Vec<bool>> {
    let searcher = &reader.searcher;
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut order: Vec<usize> = (0..addresses.len()).collect();
    // Scorers go forward only: documents are asked for segment by segment, in rising order.
    order.sort_unstable_by_key(|at| addresses[*at]);
    let mut holds = vec![false; addresses.len()];
    let mut open: Option<(u32, Box<dyn tantivy::query::Scorer>)> = None;
    for at in order {
        let DocAddress { segment_ord, doc_id } = addresses[at];
        if open.as_ref().is_none_or(|(ord, _)| *ord != segment_ord) {
            open = Some((segment_ord, weight.scorer(searcher.segment_reader(segment_ord), 1.0)?));
        }
        let Some((_, documents)) = &mut open else { continue };
        // A scorer must not be sought to where it stands already.
        if documents.doc() < doc_id {
            documents.seek(doc_id);
        }
        holds[at] = documents.doc() == doc_id;
    }
    Ok(holds)
}

/// Calls `visit` with every living document of the match, segment by segment; ends early with the request's deadline, or
/// where `visit` fails.
pub(crate) fn each<T>(
    reader: &Reader,
    matching: &Matching,
    stop: Stop<'_>,
    open: impl Fn(u32, &SegmentReader) -> tantivy::Result<T>,
    mut visit: impl FnMut(&mut T, u32, DocId) -> tantivy::Result<()>,
) -> Fallible<()> {
    let searcher = &reader.searcher;
    let mut pace = stop.pace();
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        let ord = ord as u32;
        let mut documents = weight.scorer(segment, 1.0)?;
        if documents.doc() == TERMINATED {
            continue;
        }
        let mut context = open(ord, segment)?;
        while documents.doc() != TERMINATED {
            let doc = documents.doc();
            pace.step()?;
            if !segment.is_deleted(doc) {
                visit(&mut context, ord, doc)?;
            }
            documents.advance();
        }
    }
    Ok(())
}

/// The columns and postings of one segment.
struct Open<'r> {
    scorer: Scorer,
    id: Column<u64>,
    key: Column<u64>,
    /// Where several captures of an article are searched.
    captures: Option<Captures<'r>>,
    kind: Column<u64>,
    words: Column<u64>,
    published_at: Option<Column<i64>>,
    /// Where the list is by site.
    sites: Option<Sites>,
    recency: Option<Recency>,
    tiers: OpenTiers,
}

impl<'r> Open<'r> {
    fn new(reader: &'r Reader, plan: &Plan, keep: Keep<'_>, segment: &SegmentReader) -> tantivy::Result<Open<'r>> {
        Ok(Open {
            tiers: keep.tiers.open(reader, segment)?,
            scorer: Scorer::open(plan.parts(), plan.titled(), plan.averages(), segment)?,
            id: column::ID.open(segment)?,
            key: column::KEY.open(segment)?,
            captures: if plan.searches_captures(reader) { Some(reader.captures(segment)?) } else { None },
            kind: column::KIND.open(segment)?,
            words: column::WORDS.open(segment)?,
            published_at: column::PUBLISHED_AT.find(segment)?,
            sites: if keep.sort == Sort::Site { Some(Sites::open(segment)?) } else { None },
            recency: plan.recency(),
        })
    }

    /// The candidate that `doc` is; `None` where its score is certain to be below `least` ten-thousandths.
    fn candidate(
        &mut self,
        sort: Sort,
        address: DocAddress,
        standing: Standing,
        least: Option<i64>,
    ) -> tantivy::Result<Option<Candidate>> {
        let doc = address.doc_id;
        // Kind and age only lower it.
        let least = least.map_or(0.0, |least| least as f64 / 10_000.0);
        let Some(score) = self.scorer.score_from(doc, least) else { return Ok(None) };
        let score = score * demotion(self.kind.first(doc)) * self.aged(doc);
        // Rounded before anything is compared, so that sums in another order cannot change a list.
        let points = points(score);
        let date = || self.published_at.as_ref().and_then(|column| column.first(doc));
        let order = match sort {
            Sort::Score => Key::Number(Reverse(points + if standing.first { FIRST_TIER } else { 0 })),
            Sort::Words => Key::Number(Reverse(self.words.first(doc).unwrap_or(0) as i64)),
            // Undated articles come last in either direction.
            Sort::Date => Key::Date(Some(date().unwrap_or(i64::MAX)), date().is_none()),
            Sort::DateDown => Key::Date(Some(date().map_or(i64::MAX, |at| at.saturating_neg())), date().is_none()),
            Sort::Site => Key::Site(self.site_of(doc)?, Reverse(points)),
        };
        let id = self.id.first(doc);
        debug_assert!(id.is_some(), "every document has an id");
        let capture = self.captures.as_ref().map_or(0, |captures| captures.rank(doc));
        Ok(Some(Candidate { order, id: id.unwrap_or(0), capture, address, points, standing, story: None }))
    }

    /// What the score of `doc` is multiplied by for its age.
    fn aged(&self, doc: DocId) -> f64 {
        let Some(recency) = self.recency else { return 1.0 };
        recency.factor(self.published_at.as_ref().and_then(|column| column.first(doc)))
    }

    /// The name of the site; empty where it has none.
    fn site_of(&self, doc: DocId) -> tantivy::Result<String> {
        let site = self.sites.as_ref().map_or(Ok(None), |sites| sites.of(doc))?;
        Ok(site.unwrap_or_default().to_owned())
    }
}

/// What the score of `doc` is multiplied by for its age.
pub(crate) fn aged(plan: &Plan, segment: &SegmentReader, doc: DocId) -> tantivy::Result<f64> {
    let Some(recency) = plan.recency() else { return Ok(1.0) };
    let column: Option<Column<i64>> = column::PUBLISHED_AT.find(segment)?;
    Ok(recency.factor(column.and_then(|column| column.first(doc))))
}

/// What the score of `doc` is multiplied by for its kind.
pub(crate) fn demotion_of(segment: &SegmentReader, doc: DocId) -> tantivy::Result<f64> {
    Ok(demotion(column::KIND.open(segment)?.first(doc)))
}

/// Pages that are no articles come later, but they come. `Other` is no reason: short stories and bare pages are taken
/// for it, and to demote it cost 12 % of nDCG@10 on bare pages.
fn demotion(kind: Option<u64>) -> f64 {
    match kind.and_then(|at| Kind::ALL.get(at as usize)) {
        Some(Kind::Article | Kind::Other) | None => 1.0,
        Some(Kind::Live | Kind::Stub) => 0.95,
        Some(Kind::Index) => 0.5,
        Some(Kind::Wall) => 0.3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidate(order: Key, points: i64, id: u64, capture: u64) -> Candidate {
        let standing = Standing { full: true, typed: true, first: false };
        Candidate { order, id, capture, address: DocAddress::new(0, 0), points, standing, story: None }
    }

    #[test]
    fn scores_are_rounded_to_four_decimals() {
        for (score, expected) in [(0.0, 0.0), (1.000_049, 1.0), (1.000_05, 1.000_1), (12.345_678, 12.345_7)] {
            let points = points(score);
            let candidate = candidate(Key::Number(Reverse(points)), points, 1, 0);
            assert_eq!(candidate.score(), expected, "{score}");
        }
    }

    #[test]
    fn a_bonus_moves_a_candidate_up() {
        let mut low = candidate(Key::Number(Reverse(10_000)), 10_000, 1, 0);
        let high = candidate(Key::Number(Reverse(12_000)), 12_000, 2, 0);
        assert!(high < low);
        low.raise(0.300_04);
        assert!(low < high && low.score() == 1.3);
    }

    #[test]
    fn pages_that_are_no_articles_come_later() {
        let of = |kind: Kind| demotion(Kind::ALL.iter().position(|other| *other == kind).map(|at| at as u64));
        assert_eq!((of(Kind::Article), of(Kind::Other), demotion(None), demotion(Some(99))), (1.0, 1.0, 1.0, 1.0));
        assert_eq!((of(Kind::Live), of(Kind::Stub), of(Kind::Index), of(Kind::Wall)), (0.95, 0.95, 0.5, 0.3));
    }

    #[test]
    fn the_best_of_a_story_stands_for_it() {
        let mut told = FxHashMap::default();
        for points in [5, 9, 7] {
            tell(&mut told, 3, candidate(Key::Number(Reverse(points)), points, 1, 0));
        }
        let (best, matching) = &told[&3];
        assert_eq!((best.points, *matching), (9, 3));
    }

    /// Keys of one sort: lists are never of several.
    fn keys() -> impl Strategy<Value = Vec<Candidate>> {
        let scores = (0i64..6).prop_map(|points| (Key::Number(Reverse(points)), points)).boxed();
        let dates = prop::option::of(-3i64..3)
            .prop_map(|date| (Key::Date(Some(date.unwrap_or(i64::MAX)), date.is_none()), 1))
            .boxed();
        let sites =
            ("[ab]{1,2}", 0i64..3).prop_map(|(site, points)| (Key::Site(site, Reverse(points)), points)).boxed();
        prop::sample::select(vec![scores, dates, sites]).prop_flat_map(|key| {
            let one = (key, 0u64..4, 0u64..2)
                .prop_map(|((order, points), id, capture)| candidate(order, points, id, capture));
            prop::collection::vec(one, 0..30)
        })
    }

    proptest! {
        #[test]
        fn the_best_are_the_first_of_all_in_order(all in keys(), room in 0usize..8) {
            let mut best = Best { room, heap: BinaryHeap::new() };
            all.iter().for_each(|candidate| best.take_if(candidate.clone(), |candidate| candidate.id != 3));
            let mut expected: Vec<Candidate> = all.into_iter().filter(|candidate| candidate.id != 3).collect();
            expected.sort();
            expected.truncate(room);
            prop_assert_eq!(best.heap.into_sorted_vec(), expected);
        }

        #[test]
        fn behind_a_cursor_is_what_comes_later(all in keys()) {
            for one in &all {
                let cursor = one.cursor(7, 1, false);
                for other in &all {
                    prop_assert_eq!(other.is_behind(&cursor), other > one, "{:?} behind {:?}", other, one);
                }
            }
        }
    }
}
