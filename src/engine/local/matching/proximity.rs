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

use crate::engine::local::matching::closeness::{Occurrence, close, touch};
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::matching::occurrences::{Layout, Union};
use crate::engine::plan::Region;
use crate::index::terms;
use crate::query::Reach;

/// Something with a place in the text, over Tantivy's terms.
type Placement = crate::engine::plan::Placement<Term>;
type Slot = crate::engine::plan::Slot<Term>;

/// Documents in which `place` is found `times` times at least in `region`.
pub(crate) fn matching(place: Placement, region: Region, times: u32) -> Matching {
    let candidates = Arc::from(candidates(&place));
    let mut marks = Vec::new();
    if matches!(region, Region::Paragraphs(_)) {
        marks.push(terms::PARAGRAPH);
    }
    read_for(&place, &mut marks);
    marks.sort_unstable();
    marks.dedup();
    Box::new(NearQuery { candidates, asked: Arc::new(Asked { place, marks, region, times: times as usize }) })
}

/// Adds the marks of layout that are read to find `place`.
fn read_for(place: &Placement, marks: &mut Vec<&'static str>) {
    match place {
        Placement::Sequence(slots) => marks.extend(slots.iter().flat_map(|slot| slot.capitals.iter().copied())),
        Placement::Any(parts) => parts.iter().for_each(|part| read_for(part, marks)),
        Placement::Near(reach, parts) => {
            match reach {
                Reach::Sentence => marks.extend([terms::PARAGRAPH, terms::SENTENCE]),
                Reach::Paragraph => marks.push(terms::PARAGRAPH),
                Reach::Within(_) | Reach::Before(_) => {}
            }
            parts.iter().for_each(|part| read_for(part, marks));
        }
    }
}

/// Documents that hold the words of `place`, wherever they stand.
fn candidates(place: &Placement) -> Matching {
    match place {
        Placement::Sequence(slots) => {
            let each = slots.iter().map(|slot| filter::any_term(slot.title.iter().chain(&slot.body).cloned()));
            filter::and(each.collect(), Vec::new())
        }
        Placement::Any(parts) => filter::or(parts.iter().map(candidates).collect()),
        Placement::Near(_, parts) => filter::and(parts.iter().map(candidates).collect(), Vec::new()),
    }
}

#[derive(Debug)]
struct Asked {
    place: Placement,
    /// The marks of layout that are read.
    marks: Vec<&'static str>,
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
        // Opening positions costs more than the whole of an empty segment.
        if candidates.doc() == TERMINATED {
            return Ok(candidates);
        }
        let title = Text::open(&self.asked, segment, true)?;
        let body = Text::open(&self.asked, segment, false)?;
        // The body first: most of what is asked for stands there.
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
        // The first occurrence decides; counting would read the title too.
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
    asked: Finder,
    layout: Layout,
    region: Region,
    title: bool,
}

impl Text {
    fn open(asked: &Asked, segment: &SegmentReader, title: bool) -> tantivy::Result<Text> {
        Ok(Text {
            asked: Finder::open(&asked.place, segment, title)?,
            layout: Layout::open(segment, title, &asked.marks)?,
            region: asked.region,
            title,
        })
    }

    /// The position at which what is looked at ends.
    fn end(&mut self, doc: DocId) -> u32 {
        match (self.region, self.title) {
            (Region::Whole, _) | (Region::Paragraphs(_), true) => u32::MAX,
            // The first words are those of the body: a title is all of its own.
            (Region::Words(_), true) => 0,
            (Region::Words(words), false) => words,
            (Region::Paragraphs(most), false) => self.layout.paragraphs(doc).get(most).copied().unwrap_or(u32::MAX),
        }
    }

    /// Whether `doc` holds what is asked.
    fn holds(&mut self, doc: DocId) -> bool {
        let end = self.end(doc);
        // Two parts are what nearly all such queries have, and need no lists of partners.
        if let Finder::Near(reach, parts) = &mut self.asked
            && let [one, other] = &mut parts[..]
        {
            let left = one.find_as(doc, end, &mut self.layout, matches!(reach, Reach::Before(_)));
            let right = if left.is_empty() { Vec::new() } else { other.find(doc, end, &mut self.layout) };
            if right.is_empty() {
                return false;
            }
            let starts = match reach {
                Reach::Sentence => self.layout.of_marks(doc, &[terms::PARAGRAPH, terms::SENTENCE]),
                Reach::Paragraph => self.layout.of_marks(doc, &[terms::PARAGRAPH]),
                Reach::Within(_) | Reach::Before(_) => Vec::new(),
            };
            return touch(*reach, &starts, left, right);
        }
        !self.asked.find(doc, end, &mut self.layout).is_empty()
    }

    /// How often `doc` holds what is asked.
    fn count(&mut self, doc: DocId) -> usize {
        let end = self.end(doc);
        let found = self.asked.find(doc, end, &mut self.layout);
        match &mut self.asked {
            // Of parts close to each other the first is counted.
            Finder::Near(_, parts) => match parts.first_mut().map(|first| first.find(doc, end, &mut self.layout)) {
                Some(first) => first.iter().filter(|one| found.binary_search(one).is_ok()).count(),
                None => 0,
            },
            _ => found.len(),
        }
    }
}

/// A [`Placement`] over the postings of one field of one segment.
enum Finder {
    Sequence(Vec<(Union, Vec<&'static str>)>),
    Any(Vec<Finder>),
    Near(Reach, Vec<Finder>),
}

impl Finder {
    fn open(place: &Placement, segment: &SegmentReader, title: bool) -> tantivy::Result<Finder> {
        let all = |parts: &[Placement]| -> tantivy::Result<Vec<Finder>> {
            parts.iter().map(|part| Finder::open(part, segment, title)).collect()
        };
        Ok(match place {
            Placement::Sequence(slots) => {
                let open = |slot: &Slot| -> tantivy::Result<_> {
                    let terms = if title { &slot.title } else { &slot.body };
                    Ok((Union::open(segment, terms)?, slot.capitals.clone()))
                };
                Finder::Sequence(slots.iter().map(open).collect::<tantivy::Result<_>>()?)
            }
            Placement::Any(parts) => Finder::Any(all(parts)?),
            Placement::Near(reach, parts) => Finder::Near(*reach, all(parts)?),
        })
    }

    /// Its occurrences in `doc` before the position `end`, sorted, each once.
    fn find(&mut self, doc: DocId, end: u32, layout: &mut Layout) -> Vec<Occurrence> {
        self.find_as(doc, end, layout, false)
    }

    /// The same; where it is the `head` of a part in order, of one in order itself only the last, which the next follows.
    fn find_as(&mut self, doc: DocId, end: u32, layout: &mut Layout, head: bool) -> Vec<Occurrence> {
        match self {
            Finder::Sequence(slots) => sequence(slots, doc, end, layout),
            Finder::Any(parts) => {
                let mut all: Vec<Occurrence> = parts.iter_mut().flat_map(|part| part.find(doc, end, layout)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            Finder::Near(reach, parts) => {
                let mut lists = Vec::with_capacity(parts.len());
                let ordered = matches!(reach, Reach::Before(_));
                for (at, part) in parts.iter_mut().enumerate() {
                    let list = part.find_as(doc, end, layout, ordered && at == 0);
                    // What one part lacks the others need not be read for.
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

fn sequence(slots: &mut [(Union, Vec<&'static str>)], doc: DocId, end: u32, layout: &mut Layout) -> Vec<Occurrence> {
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
    let found = starts.into_iter().map(|first| Occurrence { first, last: first + length.max(1) - 1 });
    found.filter(|found| found.last < end).collect()
}
