//! Matching by place: parts close to each other, so many times, in the lead, with capitals.
//!
//! Everything is decided on positions. A query of this kind has candidates, the documents that hold its words at all, and
//! looks at the positions of each. What a part gives for a document is the list of its occurrences; of parts that
//! are asked to be close, those occurrences that have a partner. So the work grows with the occurrences, never with
//! their pairs, and a group in parentheses is close to something when one of its occurrences is.
//!
//! Title and body are looked at one after the other: nothing of one is close to anything of the other.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::matching::occurrences::{Found, Layout, Union};
use crate::engine::plan::Region;
use crate::index::terms;
use crate::query::Reach;

/// Something with a place in the text, over Tantivy's terms.
type Place = crate::engine::plan::Place<Term>;
type Slot = crate::engine::plan::Slot<Term>;

/// Documents in which `place` is found `times` times at least in `region`.
pub(crate) fn matching(place: Place, region: Region, times: u32) -> Matching {
    let candidates = Arc::from(candidates(&place));
    Box::new(NearQuery { candidates, asked: Arc::new(Asked { place, region, times: times as usize }) })
}

/// Documents that hold the words of `place`, wherever they stand.
fn candidates(place: &Place) -> Matching {
    match place {
        Place::Sequence(slots) => {
            let each = slots.iter().map(|slot| filter::any_term(slot.title.iter().chain(&slot.body).cloned()));
            filter::and(each.collect(), Vec::new())
        }
        Place::Any(parts) => filter::or(parts.iter().map(candidates).collect()),
        Place::Near(_, parts) => filter::and(parts.iter().map(candidates).collect(), Vec::new()),
    }
}

#[derive(Debug)]
struct Asked {
    place: Place,
    region: Region,
    times: usize,
}

#[derive(Clone, Debug)]
struct NearQuery {
    candidates: Arc<dyn Query>,
    asked: Arc<Asked>,
}

impl Query for NearQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(NearWeight { candidates: self.candidates.weight(scoring)?, asked: Arc::clone(&self.asked) }))
    }
}

struct NearWeight {
    candidates: Box<dyn Weight>,
    asked: Arc<Asked>,
}

impl Weight for NearWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let candidates = self.candidates.scorer(segment, boost)?;
        if candidates.doc() == TERMINATED {
            return Ok(candidates);
        }
        let title = Text::open(&self.asked, segment, true)?;
        let body = Text::open(&self.asked, segment, false)?;
        let mut found = NearScorer { candidates, texts: [body, title], times: self.asked.times };
        found.settle();
        Ok(Box::new(found))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("matched by place", 1.0))
    }
}

/// Steps through the candidates that hold what is asked.
struct NearScorer {
    candidates: Box<dyn Scorer>,
    texts: [Text; 2],
    times: usize,
}

impl NearScorer {
    /// Goes on to the first candidate, from the present one, that holds what is asked.
    fn settle(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !self.holds(doc) {
            doc = self.candidates.advance();
        }
        doc
    }

    fn holds(&mut self, doc: DocId) -> bool {
        if self.times <= 1 {
            return self.texts.iter_mut().any(|text| text.holds(doc));
        }
        let mut count = 0;
        for text in &mut self.texts {
            count += text.count(doc);
            if count >= self.times {
                return true;
            }
        }
        false
    }
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.candidates.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }
}

impl Scorer for NearScorer {
    fn score(&mut self) -> Score {
        1.0
    }
}

/// The title or the body of the documents of one segment.
struct Text {
    part: Part,
    layout: Layout,
    region: Region,
    title: bool,
}

impl Text {
    fn open(asked: &Asked, segment: &SegmentReader, title: bool) -> tantivy::Result<Text> {
        Ok(Text {
            part: Part::open(&asked.place, segment, title)?,
            layout: Layout::open(segment, title)?,
            region: asked.region,
            title,
        })
    }

    /// The position at which what is looked at ends.
    fn end(&mut self, doc: DocId) -> u32 {
        match (self.region, self.title) {
            (Region::Whole, _) | (Region::Paragraphs(_), true) => u32::MAX,
            (Region::Words(_), true) => 0,
            (Region::Words(words), false) => words,
            (Region::Paragraphs(most), false) => self.layout.paragraphs(doc).get(most).copied().unwrap_or(u32::MAX),
        }
    }

    /// Whether `doc` holds what is asked.
    fn holds(&mut self, doc: DocId) -> bool {
        let end = self.end(doc);
        if let Part::Near(reach, parts) = &mut self.part
            && let [one, other] = &mut parts[..]
        {
            let left = one.find_as(doc, end, &mut self.layout, matches!(reach, Reach::Before(_)));
            let right = if left.is_empty() { Vec::new() } else { other.find(doc, end, &mut self.layout) };
            return !right.is_empty() && touch(*reach, doc, &mut self.layout, left, right);
        }
        !self.part.find(doc, end, &mut self.layout).is_empty()
    }

    /// How often `doc` holds what is asked.
    fn count(&mut self, doc: DocId) -> usize {
        let end = self.end(doc);
        let found = self.part.find(doc, end, &mut self.layout);
        match &mut self.part {
            // Of parts close to each other the first is counted.
            Part::Near(_, parts) => match parts.first_mut().map(|first| first.find(doc, end, &mut self.layout)) {
                Some(first) => first.iter().filter(|one| found.binary_search(one).is_ok()).count(),
                None => 0,
            },
            _ => found.len(),
        }
    }
}

/// A [`Place`] over the postings of one field of one segment.
enum Part {
    Sequence(Vec<(Union, Vec<&'static str>)>),
    Any(Vec<Part>),
    Near(Reach, Vec<Part>),
}

impl Part {
    fn open(place: &Place, segment: &SegmentReader, title: bool) -> tantivy::Result<Part> {
        let all = |parts: &[Place]| -> tantivy::Result<Vec<Part>> {
            parts.iter().map(|part| Part::open(part, segment, title)).collect()
        };
        Ok(match place {
            Place::Sequence(slots) => {
                let open = |slot: &Slot| -> tantivy::Result<_> {
                    let terms = if title { &slot.title } else { &slot.body };
                    Ok((Union::open(segment, terms)?, slot.capitals.clone()))
                };
                Part::Sequence(slots.iter().map(open).collect::<tantivy::Result<_>>()?)
            }
            Place::Any(parts) => Part::Any(all(parts)?),
            Place::Near(reach, parts) => Part::Near(*reach, all(parts)?),
        })
    }

    /// Its occurrences in `doc` before the position `end`, sorted, each once.
    fn find(&mut self, doc: DocId, end: u32, layout: &mut Layout) -> Vec<Found> {
        self.find_as(doc, end, layout, false)
    }

    /// The same; where it is the `head` of a part in order, of one in order itself only the last, which the next follows.
    fn find_as(&mut self, doc: DocId, end: u32, layout: &mut Layout, head: bool) -> Vec<Found> {
        match self {
            Part::Sequence(slots) => sequence(slots, doc, end, layout),
            Part::Any(parts) => {
                let mut all: Vec<Found> = parts.iter_mut().flat_map(|part| part.find(doc, end, layout)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            Part::Near(reach, parts) => {
                let mut lists = Vec::with_capacity(parts.len());
                let ordered = matches!(reach, Reach::Before(_));
                for (at, part) in parts.iter_mut().enumerate() {
                    let list = part.find_as(doc, end, layout, ordered && at == 0);
                    if list.is_empty() {
                        return list;
                    }
                    lists.push(list);
                }
                let units = match reach {
                    Reach::Sentence => layout.sentences(doc),
                    Reach::Paragraph => layout.paragraphs(doc),
                    Reach::Within(_) | Reach::Before(_) => Vec::new(),
                };
                close(*reach, &units, lists, ordered && head)
            }
        }
    }
}

fn sequence(slots: &mut [(Union, Vec<&'static str>)], doc: DocId, end: u32, layout: &mut Layout) -> Vec<Found> {
    let length = slots.len() as u32;
    let mut starts: Vec<u32> = Vec::new();
    for (at, (union, capitals)) in slots.iter_mut().enumerate() {
        let at = at as u32;
        let mut positions = union.positions(doc);
        if !capitals.is_empty() {
            let written = layout.capitals(doc, capitals);
            positions.retain(|position| written.binary_search(position).is_ok());
        }
        if at == 0 {
            starts = positions;
        } else {
            starts.retain(|start| positions.binary_search(&(start + at)).is_ok());
        }
        if starts.is_empty() {
            return Vec::new();
        }
    }
    let found = starts.into_iter().map(|first| Found { first, last: first + length.max(1) - 1 });
    found.filter(|found| found.last < end).collect()
}

/// Whether one of `left` and one of `right`, both sorted, are close: as [`close`] decides it, but the first pair is enough.
fn touch(reach: Reach, doc: DocId, layout: &mut Layout, mut left: Vec<Found>, mut right: Vec<Found>) -> bool {
    let starts = match reach {
        Reach::Sentence => [layout.of(doc, terms::PARAGRAPH), layout.of(doc, terms::SENTENCE)],
        Reach::Paragraph => [layout.of(doc, terms::PARAGRAPH), Vec::new()],
        Reach::Within(_) | Reach::Before(_) => Default::default(),
    };
    let one_unit = |first: u32, last: u32| starts.iter().all(|starts| unit(starts, first) == unit(starts, last));
    let fits = |last: u32, first: u32| match reach {
        Reach::Within(words) | Reach::Before(words) => first - last <= words,
        Reach::Sentence | Reach::Paragraph => one_unit(last, first),
    };
    for list in [&mut left, &mut right] {
        list.retain(|found| found.first == found.last || one_unit(found.first, found.last));
    }
    let follows = |before: &[Found], after: &[Found]| {
        let mut at = 0;
        before.iter().any(|one| {
            // Of phrases, an earlier one may end later.
            if at > 0 && after[at - 1].first > one.last {
                at = after.partition_point(|next| next.first <= one.last);
            }
            at += after[at..].iter().take_while(|next| next.first <= one.last).count();
            after.get(at).is_some_and(|next| fits(one.last, next.first))
        })
    };
    follows(&left, &right) || (!matches!(reach, Reach::Before(_)) && follows(&right, &left))
}

/// The occurrences of `lists` that take part in something close: for each list in turn those close to what was found
/// before, with their partners; only those of the `last` list where the next has to follow it.
fn close(reach: Reach, units: &[u32], lists: Vec<Vec<Found>>, last: bool) -> Vec<Found> {
    let ordered = matches!(reach, Reach::Before(_));
    let mut lists = lists.into_iter();
    let mut levels: Vec<Vec<Found>> = vec![lists.next().unwrap_or_default()];
    for right in lists {
        // In order, each stands after the one before it; else close to any of those before.
        let mut left = if ordered { levels.pop().unwrap_or_default() } else { levels.concat() };
        left.sort_unstable();
        left.dedup();
        let (left, right) = partners(reach, units, left, right);
        if right.is_empty() {
            return Vec::new();
        }
        if ordered {
            levels.push(left);
            levels.push(right);
        } else {
            levels = vec![left, right];
        }
    }
    if last {
        return levels.pop().unwrap_or_default();
    }
    if ordered {
        // What led nowhere further on takes no part.
        for at in (1..levels.len()).rev() {
            let right = levels[at].clone();
            let left = std::mem::take(&mut levels[at - 1]);
            levels[at - 1] = partners(reach, units, left, right).0;
        }
    }
    let mut all = levels.concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// Those of `left` and of `right`, both sorted, that have a partner in the other.
fn partners(reach: Reach, units: &[u32], mut left: Vec<Found>, mut right: Vec<Found>) -> (Vec<Found>, Vec<Found>) {
    let either = !matches!(reach, Reach::Before(_));
    left.retain(|one| inside_one(reach, units, one));
    right.retain(|one| inside_one(reach, units, one));
    let (to_right, to_left) = (Ends::of(&right), Ends::of(&left));
    let has = |one: &Found, ends: &Ends, after: bool, before: bool| {
        (after && ends.after(one.last).is_some_and(|first| within(reach, units, one.last, first)))
            || (before && ends.before(one.first).is_some_and(|last| within(reach, units, last, one.first)))
    };
    left.retain(|one| has(one, &to_right, true, either));
    right.retain(|one| has(one, &to_left, either, true));
    (left, right)
}

/// Whether what ends at `last` and what begins at `first`, after it, are close.
fn within(reach: Reach, units: &[u32], last: u32, first: u32) -> bool {
    match reach {
        Reach::Within(words) | Reach::Before(words) => first - last <= words,
        Reach::Sentence | Reach::Paragraph => unit(units, last) == unit(units, first),
    }
}

/// A phrase that crosses the end of a sentence is in none.
fn inside_one(reach: Reach, units: &[u32], found: &Found) -> bool {
    matches!(reach, Reach::Within(_) | Reach::Before(_)) || unit(units, found.first) == unit(units, found.last)
}

/// The number of the unit that holds `position`.
fn unit(units: &[u32], position: u32) -> usize {
    units.partition_point(|start| *start <= position)
}

/// Where occurrences begin and where they end, each sorted.
struct Ends {
    firsts: Vec<u32>,
    lasts: Vec<u32>,
}

impl Ends {
    fn of(found: &[Found]) -> Ends {
        let firsts = found.iter().map(|one| one.first).collect();
        let mut lasts: Vec<u32> = found.iter().map(|one| one.last).collect();
        lasts.sort_unstable();
        Ends { firsts, lasts }
    }

    /// The first beginning after `position`.
    fn after(&self, position: u32) -> Option<u32> {
        self.firsts.get(self.firsts.partition_point(|first| *first <= position)).copied()
    }

    /// The last end before `position`.
    fn before(&self, position: u32) -> Option<u32> {
        let at = self.lasts.partition_point(|last| *last < position);
        self.lasts.get(at.checked_sub(1)?).copied()
    }
}
