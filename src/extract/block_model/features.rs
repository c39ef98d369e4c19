//! What the block model sees of a block: numbers about its text, its place, its names and its neighbours.
//!
//! Everything is an integer, so that a row is the same on every machine and the trees are tables of integers. A row is
//! put together when it is asked for; only what costs something to find is kept, some eighty bytes a block.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::block_model::ancestry::{AROUND, Ancestry, ancestries};
use crate::extract::body::choose::{Guide, ends_sentence};
use crate::extract::body::clean::{Scene, Verdict};
use crate::extract::body::phrases;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Tag};
use crate::extract::word_bag::{WordBag, word_hashes};
use crate::text::is_cjk;

/// Numbers in a row.
pub(crate) const COUNT: usize = OWN.len() + 2 * HINTS + AROUND.len() + NEAR.len() * NEIGHBOURS.len() + FLOW.len();

const OWN: [&str; 45] = [
    "words",
    "letters-a-word",
    "linked",
    "ends-sentence",
    "stops",
    "commas",
    "digits",
    "capitals",
    "start",
    "end",
    "marks",
    "cjk",
    "tag",
    "parent-tag",
    "depth",
    "below-root",
    "at",
    "at-in-root",
    "after-heading",
    "in-parent",
    "parent-share",
    "grandparent-share",
    "kind-share",
    "kind-kept",
    "parent-kept",
    "title",
    "described",
    "guided",
    "phrase",
    "verdict",
    "kept",
    "again",
    "parent-linked",
    "grandparent-linked",
    "parent-words",
    "like-parent",
    "like-grandparent",
    "from-heading",
    "below-heading",
    "from-spine",
    "below-spine",
    "main-kind",
    "main-before",
    "main-after",
    "names-author",
];
/// Distances of the neighbours that are looked at.
const NEIGHBOURS: [isize; 6] = [-3, -2, -1, 1, 2, 3];
const NEAR: [&str; 6] = ["words", "linked", "kept", "ends-sentence", "same-parent", "same-kind"];
const FLOW: [&str; 15] = [
    "kept-before",
    "kept-after",
    "since-kept",
    "until-kept",
    "running-before",
    "running-after",
    "since-heading",
    "page-kept",
    "page-kept-blocks",
    "page-blocks",
    "page-kept-share",
    "has-guide",
    "root-share",
    "heading-linked",
    "heading-phrase",
];
const HINTS: usize = Hints::NAMES.len();

/// The names of a row's numbers, in order.
pub(crate) fn names() -> Vec<String> {
    let own = OWN.iter().map(|name| (*name).to_owned());
    let near = Hints::NAMES.iter().map(|name| format!("near-{name}"));
    let all = Hints::NAMES.iter().map(|name| format!("within-{name}"));
    let around = AROUND.iter().map(|name| (*name).to_owned());
    let beside = NEIGHBOURS.iter().flat_map(|at| NEAR.iter().map(move |name| format!("{name}{at:+}")));
    let flow = FLOW.iter().map(|name| (*name).to_owned());
    own.chain(near).chain(all).chain(around).chain(beside).chain(flow).collect()
}

/// What is known of one block by itself.
#[derive(Clone, Copy, Default)]
struct Own {
    stops: u16,
    commas: u16,
    digits: u16,
    capitals: u16,
    start: u8,
    end: u8,
    marks: u8,
    phrase: u8,
    cjk: bool,
    again: bool,
    ends: bool,
    author: bool,
    asked: bool,
    title: i16,
    described: i16,
    guided: i16,
    /// Index of the tag and class names of the block and its parent.
    kind: u32,
    /// Block before it that is kept and long; after it; heading before it.
    since: u16,
    until: u16,
    /// Blocks since the heading before it; `u16::MAX` where there is none.
    heading: u16,
    /// Words of kept blocks before it.
    before: u32,
    /// Words of running text in all blocks before it.
    running: u32,
    /// The same, of the page's main kind of block alone.
    main: u32,
}

impl Own {
    /// Compares a text of so many words with headline and description, and with the body that JSON-LD gives.
    fn compare(&mut self, (text, words): (&str, u32), [title, description]: [&WordBag; 2], guide: Option<&Guide>) {
        // Longer blocks are not the headline or the standfirst, and to hash their words is what costs most here.
        let compared = (2..=120).contains(&words) && (title.len() > 0 || description.len() > 0);
        let hashes = if compared || guide.is_some() { word_hashes(text) } else { Vec::new() };
        self.guided = guide.map_or(-1, |guide| percent(guide.share_of(&hashes)));
        if compared {
            let bag = WordBag::from(hashes);
            self.title = percent(bag.overlap(title));
            self.described = percent(bag.overlap(description));
        }
    }
}

/// All that rows are made of.
pub(crate) struct Facts<'a> {
    scene: Scene<'a>,
    verdicts: &'a [Verdict],
    own: Vec<Own>,
    ancestries: Vec<Ancestry>,
    /// Running words, kept words and number of each kind of block.
    kinds: Vec<(f32, f32)>,
    running: f32,
    kept: u32,
    kept_blocks: u32,
    densest: u32,
    /// The kind of block with most kept running text.
    main: u32,
    has_guide: bool,
}

impl<'a> Facts<'a> {
    /// `all`: also of blocks that the model is not asked about, for explanations and for fitting it.
    pub(crate) fn of(scene: Scene<'a>, verdicts: &'a [Verdict], guide: Option<&Guide>, all: bool) -> Facts<'a> {
        let outline = scene.outline;
        let mut facts = Facts {
            scene,
            verdicts,
            own: Vec::with_capacity(outline.blocks.len()),
            ancestries: ancestries(scene, verdicts),
            kinds: Vec::new(),
            running: 0.0,
            kept: 0,
            kept_blocks: 0,
            densest: 0,
            main: 0,
            has_guide: guide.is_some(),
        };
        facts.read_blocks(guide, all);
        facts.find_main();
        facts.measure_gaps();
        facts
    }

    fn read_blocks(&mut self, guide: Option<&Guide>, all: bool) {
        let (outline, title, description) =
            (self.scene.outline, WordBag::of(self.scene.title), WordBag::of(self.scene.description));
        let mut kinds: FxHashMap<[u32; 2], u32> = FxHashMap::default();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let mut total = 0;
        for (index, block) in outline.blocks.iter().enumerate() {
            let text = outline.text_of(block);
            let holder = outline.elements[block.element as usize];
            let parent = outline.elements[holder.parent as usize];
            let asked = all || is_asked(block, self.verdicts[index]);
            let mut own = if asked { read_text(text) } else { Own::default() };
            own.asked = asked;
            own.ends = ends_sentence(text);
            let next = kinds.len() as u32;
            own.kind = *kinds.entry([holder.class, parent.class]).or_insert(next);
            // Labels of one or two words are repeated on every page.
            own.again = block.words > 2 && !seen.insert(text);
            if asked {
                own.compare((text, block.words), [&title, &description], guide);
                own.author = block.words <= 110 && self.scene.authors.iter().any(|name| text.contains(name.as_str()));
            }
            if asked || matches!(holder.tag, Tag::Heading(_)) {
                own.phrase = phrases::sort(text, block.words);
            }
            self.kinds.resize(kinds.len(), (0.0, 0.0));
            (own.before, own.running) = (self.kept, total);
            total += running(block) as u32;
            self.count(index, own.kind);
            self.own.push(own);
        }
        let ancestries = self.ancestries.iter().enumerate();
        let densest = ancestries.max_by(|a, b| a.1.running.total_cmp(&b.1.running));
        self.densest = densest.map_or(0, |(index, _)| index as u32);
    }

    /// Counts block `index`, which is of this kind, for the page, the kind and the element around it.
    fn count(&mut self, index: usize, kind: u32) {
        let outline = self.scene.outline;
        let block = &outline.blocks[index];
        let running = running(block);
        let kind = &mut self.kinds[kind as usize];
        let place = &mut self.ancestries[outline.elements[block.element as usize].parent as usize];
        kind.0 += running;
        place.running += running;
        self.running += running;
        if self.verdicts[index].is_kept() {
            kind.1 += running;
            place.kept += running;
            self.kept += block.words;
            self.kept_blocks += 1;
        }
    }

    fn find_main(&mut self) {
        let kinds = self.kinds.iter().enumerate();
        self.main = kinds.max_by(|a, b| a.1.1.total_cmp(&b.1.1)).map_or(0, |(kind, _)| kind as u32);
        let mut total = 0;
        for (own, block) in self.own.iter_mut().zip(&self.scene.outline.blocks) {
            own.main = total;
            total += if own.kind == self.main { running(block) as u32 } else { 0 };
        }
    }

    /// Distances to the nearest long kept block before and after, and to the heading before.
    fn measure_gaps(&mut self) {
        let blocks = &self.scene.outline.blocks;
        let is_long = |index: usize| self.verdicts[index].is_kept() && blocks[index].words >= 12;
        let (mut since, mut heading) = (u16::MAX, u16::MAX);
        for (index, own) in self.own.iter_mut().enumerate() {
            (own.since, own.heading) = (since, heading);
            since = if is_long(index) { 0 } else { since }.saturating_add(1);
            let tag = self.scene.outline.elements[blocks[index].element as usize].tag;
            heading = if matches!(tag, Tag::Heading(_)) { 0 } else { heading }.saturating_add(1);
        }
        let mut until = u16::MAX;
        for (index, own) in self.own.iter_mut().enumerate().rev() {
            own.until = until;
            until = if is_long(index) { 0 } else { until }.saturating_add(1);
        }
    }

    /// Whether the model is asked about the block.
    pub(crate) fn is_asked(&self, index: usize) -> bool {
        self.own[index].asked
    }

    /// Fills `row` with the numbers of block `index`, in the order of [`names`].
    pub(crate) fn fill(&self, index: usize, row: &mut [i16; COUNT]) {
        let mut row = Writer { row, at: 0 };
        self.write_own(index, &mut row);
        let block = self.scene.outline.blocks[index];
        let holder = block.element as usize;
        self.write_names(holder, &mut row);
        let place = self.ancestries[holder];
        for bit in 0..AROUND.len() - 1 {
            row.flag(place.tags & (1 << bit) != 0);
        }
        let parent = self.scene.outline.elements[holder].parent;
        row.flag(parent == self.densest || self.scene.outline.elements[parent as usize].parent == self.densest);
        for distance in NEIGHBOURS {
            self.write_neighbour(index, distance, &mut row);
        }
        self.write_flow(index, &mut row);
        debug_assert_eq!(row.at, COUNT);
    }

    /// The numbers of [`OWN`], in order.
    fn write_own(&self, index: usize, row: &mut Writer) {
        let own = self.own[index];
        self.write_text(index, row);
        self.write_position(index, row);
        self.write_shares(index, row);
        for share in [own.title, own.described, own.guided] {
            row.put(share);
        }
        row.put(i16::from(own.phrase));
        row.put(self.verdicts[index] as i16);
        row.flag(self.verdicts[index].is_kept());
        row.flag(own.again);
        self.write_boxes(index, row);
        row.flag(own.kind == self.main);
        let (main, _) = self.kinds.get(self.main as usize).copied().unwrap_or_default();
        row.put(share(own.main as f32, main));
        row.put(share((main - own.main as f32).max(0.0), main));
        row.flag(own.author);
    }

    /// What the text is like.
    fn write_text(&self, index: usize, row: &mut Writer) {
        let (block, own) = (self.scene.outline.blocks[index], self.own[index]);
        row.count(block.words);
        row.count(block.letters * 10 / block.words.max(1));
        row.put(percent(block.link_share()));
        row.flag(own.ends);
        for count in [own.stops, own.commas, own.digits, own.capitals] {
            row.count(u32::from(count));
        }
        for class in [own.start, own.end, own.marks] {
            row.put(i16::from(class));
        }
        row.flag(own.cjk);
    }

    /// Where the block lies.
    fn write_position(&self, index: usize, row: &mut Writer) {
        let outline = self.scene.outline;
        let block = outline.blocks[index];
        let holder = outline.elements[block.element as usize];
        let parent = outline.elements[holder.parent as usize];
        row.put(holder.tag.rank());
        row.put(parent.tag.rank());
        let place = self.ancestries[block.element as usize];
        row.count(u32::from(place.depth));
        row.put(if place.below == u16::MAX { -1 } else { place.below as i16 });
        row.put((index * 1000 / outline.blocks.len().max(1)) as i16);
        let root = outline.elements[self.scene.root];
        let inside = (root.first as usize..root.last as usize).contains(&index);
        let (from, length) = (index.wrapping_sub(root.first as usize), (root.last - root.first).max(1) as usize);
        row.put(if inside { (from * 1000 / length) as i16 } else { -1 });
        let heading = self.scene.heading.map(|heading| outline.elements[heading].first as i64);
        row.put(heading.map_or(-500, |at| (index as i64 - at).clamp(-400, 400) as i16));
        row.count(parent.last - parent.first);
    }

    /// What part of the page's text stands in the boxes around the block and in blocks of its kind, and is kept there.
    fn write_shares(&self, index: usize, row: &mut Writer) {
        let (outline, weights) = (self.scene.outline, self.scene.weights);
        let holder = outline.elements[outline.blocks[index].element as usize];
        let parent = outline.elements[holder.parent as usize];
        row.put(share(weights.good[holder.parent as usize], weights.good[0]));
        row.put(share(weights.good[parent.parent as usize], weights.good[0]));
        let (running, kept) = self.kinds[self.own[index].kind as usize];
        row.put(share(running, self.running));
        row.put(share(kept, running));
        let around = self.ancestries[holder.parent as usize];
        row.put(share(around.kept, around.running));
    }

    /// The boxes around the block, and how they lie to the headline and to the longest kept block.
    fn write_boxes(&self, index: usize, row: &mut Writer) {
        let elements = &self.scene.outline.elements;
        let holder = self.scene.outline.blocks[index].element;
        let parent = elements[holder as usize].parent;
        let boxes = [parent, elements[parent as usize].parent].map(|at| self.ancestries[at as usize]);
        for around in boxes {
            row.put(share(around.linked as f32, around.letters as f32));
        }
        let parent = elements[parent as usize];
        row.count(boxes[0].letters / (parent.last - parent.first).max(1));
        for around in boxes {
            row.count(u32::from(around.alike));
        }
        let place = self.ancestries[holder as usize];
        for (up, below) in [place.heading, place.spine] {
            row.count(u32::from(up));
            row.count(u32::from(below));
        }
    }

    /// Names of the element and the three around it, then those of all around it.
    fn write_names(&self, holder: usize, row: &mut Writer) {
        let ancestors = self.scene.outline.ancestors(holder as u32).take(4);
        let near = ancestors.fold(Hints::NONE, |all, at| all.with(self.scene.outline.elements[at as usize].hints));
        for hints in [near, self.ancestries[holder].hints] {
            for bit in 0..HINTS {
                row.flag(hints.0 & (1 << bit) != 0);
            }
        }
    }

    fn write_neighbour(&self, index: usize, distance: isize, row: &mut Writer) {
        let outline = self.scene.outline;
        let Some((at, block)) =
            index.checked_add_signed(distance).and_then(|at| outline.blocks.get(at).map(|block| (at, block)))
        else {
            return [-1; NEAR.len()].iter().for_each(|value| row.put(*value));
        };
        let parent = |block: &Block| outline.elements[block.element as usize].parent;
        row.count(block.words);
        row.put(percent(block.link_share()));
        row.flag(self.verdicts[at].is_kept());
        row.flag(self.own[at].ends);
        row.flag(parent(block) == parent(&outline.blocks[index]));
        row.flag(self.own[at].kind == self.own[index].kind);
    }

    fn write_flow(&self, index: usize, row: &mut Writer) {
        let own = self.own[index];
        let blocks = &self.scene.outline.blocks;
        let mine = if self.verdicts[index].is_kept() { blocks[index].words } else { 0 };
        let all = self.kept as f32;
        row.put(share(own.before as f32, all));
        row.put(share((self.kept - own.before - mine) as f32, all));
        row.count(u32::from(own.since));
        row.count(u32::from(own.until));
        let at = |index: usize| self.own[index.min(self.own.len() - 1)].running;
        row.count(own.running - at(index.saturating_sub(8)));
        row.count(at(index + 9) - at(index + 1).min(at(index + 9)));
        row.count(u32::from(own.heading));
        row.count(self.kept);
        row.count(self.kept_blocks);
        row.count(blocks.len() as u32);
        row.put(share(all, self.running));
        row.flag(self.has_guide);
        row.put(share(self.scene.weights.good[self.scene.root], self.scene.weights.good[0]));
        let before = index.checked_sub(usize::from(own.heading).max(1)).map(|at| (blocks[at], self.own[at].phrase));
        row.put(before.map_or(-1, |(heading, _)| percent(heading.link_share())));
        row.put(before.map_or(-1, |(_, phrase)| i16::from(phrase)));
    }
}

/// Writes a row from left to right.
struct Writer<'r> {
    row: &'r mut [i16; COUNT],
    at: usize,
}

impl Writer<'_> {
    fn put(&mut self, value: i16) {
        self.row[self.at] = value;
        self.at += 1;
    }

    fn count(&mut self, value: u32) {
        // The trees ask for nothing beyond it, and it fits.
        self.put(value.min(9_999) as i16);
    }

    fn flag(&mut self, value: bool) {
        self.put(i16::from(value));
    }
}

/// A share of 0 to 1 in hundredths.
fn percent(share: f32) -> i16 {
    (share * 100.0) as i16
}

/// `part` of `whole` in thousandths; -1 of nothing.
fn share(part: f32, whole: f32) -> i16 {
    if whole > 0.0 { (part / whole * 1000.0).min(1000.0) as i16 } else { -1 }
}

/// Words of running text in a block.
fn running(block: &Block) -> f32 {
    let plain = block.words as f32 * (1.0 - block.link_share());
    if block.words >= 8 { plain } else { 0.0 }
}

/// Whether the model is asked: not about what holds no letter, and not about the links and short lines around the
/// article, which are two blocks of three and never text.
pub(crate) fn is_asked(block: &Block, verdict: Verdict) -> bool {
    let around = matches!(verdict, Verdict::Outside | Verdict::Foreign);
    block.letters > 0 && !(around && (block.words < 5 || block.link_share() > 0.5))
}

fn read_text(text: &str) -> Own {
    let mut own = Own::default();
    let mut first_letter = None;
    // A page can be one block of megabytes, and its beginning tells what sort of text it is.
    for c in text.chars().take(2_000) {
        match c {
            // Most characters of most pages: they count for nothing, so they come first.
            'a'..='z' | ' ' => {}
            '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '۔' | '।' => own.stops += 1,
            ',' | ';' | '、' | '，' | '،' => own.commas += 1,
            '0'..='9' => own.digits += 1,
            '|' | '»' | '›' | '·' | '•' => own.marks |= 1,
            '@' | '#' => own.marks |= 2,
            '©' => own.marks |= 4,
            '{' | '}' | '\\' | '=' => own.marks |= 8,
            c if c.is_uppercase() => own.capitals += 1,
            c => own.cjk |= is_cjk(c),
        }
        first_letter = first_letter.or_else(|| c.is_alphanumeric().then_some(c));
    }
    own.marks |= if holds_cookie(text) { 16 } else { 0 };
    own.start = class(text.chars().next()) * 8 + class(first_letter);
    own.end = class(text.chars().next_back());
    own
}

/// Whether the text speaks of cookies, as consent boxes of most languages do.
pub(super) fn holds_cookie(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"ookie").is_some()
}

/// What sort of character it is.
fn class(c: Option<char>) -> u8 {
    match c {
        None => 0,
        Some(c) if c.is_lowercase() => 1,
        Some(c) if c.is_uppercase() => 2,
        Some(c) if c.is_numeric() => 3,
        Some(c) if c.is_alphabetic() => 4,
        Some('"' | '“' | '„' | '«' | '”' | '\'' | '‘' | '’' | '「' | '»') => 5,
        Some(':' | '…') => 6,
        Some(_) => 7,
    }
}

#[cfg(test)]
mod tests;
