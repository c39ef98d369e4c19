//! Where on the page the article's text lies.
//!
//! Each element weighs as much as the running text in it: blocks of eight words and more, links not counted, and
//! nothing inside menus, side columns, comments and the like. From the page, or from what it marks as its article
//! body, the choice goes down to the child that holds nearly all of the weight, until no child does.

use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Outline, Tag};
use crate::extract::html::value_text::plain;
use crate::extract::word_bag::word_hashes;

/// How much running text each element holds.
#[derive(Debug)]
pub(crate) struct Weights {
    /// Weight of each element with all that is in it.
    raw: Vec<f32>,
    /// Blocks of running text in each element.
    runs: Vec<f32>,
    /// Weight of each element without what is foreign in it.
    pub(crate) good: Vec<f32>,
    /// Child that weighs most; the element itself where it has none.
    heaviest: Vec<u32>,
    /// Names that are believed on this page.
    believed: Hints,
}

impl Weights {
    pub(crate) fn of(outline: &Outline) -> Weights {
        let count = outline.elements.len();
        let (mut raw, mut runs) = (vec![0.0_f32; count], vec![0.0_f32; count]);
        for block in &outline.blocks {
            let weight = weight(outline, block);
            raw[block.element as usize] += weight;
            runs[block.element as usize] += if weight > 0.0 { 1.0 } else { 0.0 };
        }
        add_up(outline, &mut raw);
        add_up(outline, &mut runs);
        let heaviest = (0..count as u32).collect();
        let mut weights = Weights { raw, runs, good: vec![0.0; count], heaviest, believed: believed(outline) };
        let mut foreign = vec![false; count];
        for (index, element) in outline.elements.iter().enumerate().skip(1) {
            foreign[index] = foreign[element.parent as usize] || weights.is_foreign(outline, index, 0);
        }
        for block in &outline.blocks {
            if !foreign[block.element as usize] {
                weights.good[block.element as usize] += weight(outline, block);
            }
        }
        add_up(outline, &mut weights.good);
        for index in (1..count).rev() {
            let parent = outline.elements[index].parent as usize;
            let best = weights.heaviest[parent] as usize;
            if best == parent || weights.good[index] >= weights.good[best] {
                weights.heaviest[parent] = index as u32;
            }
        }
        weights
    }

    /// Whether the tag or the names of an element say that it is no part of the article that `whole` holds.
    ///
    /// Names are doubted by what the element holds: what has several paragraphs is no date, tag list or caption,
    /// whatever it is called, and a name that speaks against most of the text speaks of something else, such as the
    /// layout or the subscription that the text is sold in.
    pub(crate) fn is_foreign(&self, outline: &Outline, index: usize, whole: usize) -> bool {
        let element = outline.elements[index];
        let share = if self.raw[whole] > 0.0 { self.raw[index] / self.raw[whole] } else { 0.0 };
        if matches!(element.tag, Tag::Nav | Tag::Button | Tag::Caption) {
            return true;
        }
        let hints = element.hints.only(self.believed);
        let large = hints.has(Hints::LARGE) || matches!(element.tag, Tag::Footer | Tag::Form | Tag::Aside);
        let medium = hints.has(Hints::MEDIUM);
        let small = hints.has(Hints::SMALL);
        (large && share < 0.5) || (medium && share < 0.3) || (small && self.runs[index] < 3.0 && share < 0.3)
    }
}

/// The hints that hold on this page: one that would take away most of its text means something else here.
///
/// Comments and related stories can well be longer than the article: what leaves a text as long as a short article is
/// believed whatever it takes away.
fn believed(outline: &Outline) -> Hints {
    let mut inherited = vec![Hints::NONE; outline.elements.len()];
    for (index, element) in outline.elements.iter().enumerate().skip(1) {
        inherited[index] = inherited[element.parent as usize].with(element.hints);
    }
    let mut taken = [0.0_f32; 32];
    let mut all = 0.0;
    for block in &outline.blocks {
        let weight = weight(outline, block);
        all += weight;
        let hints = inherited[block.element as usize].0;
        for (_, taken) in taken.iter_mut().enumerate().filter(|(bit, _)| hints & (1 << bit) != 0) {
            *taken += weight;
        }
    }
    let doubted = (0..32).filter(|bit| {
        let taken = taken[*bit as usize];
        if Hints::LARGE.has(Hints(1 << bit)) { all - taken < 500.0 && taken > 0.7 * all } else { taken > 0.5 * all }
    });
    doubted.fold(Hints(u32::MAX), |believed, bit| Hints(believed.0 & !(1 << bit)))
}

/// Adds the weight of each element to its parent; parents come before their children.
fn add_up(outline: &Outline, weights: &mut [f32]) {
    for index in (1..weights.len()).rev() {
        let parent = outline.elements[index].parent as usize;
        weights[parent] += weights[index];
    }
}

/// Letters of running text in a block.
fn weight(outline: &Outline, block: &Block) -> f32 {
    if block.words < 8 || block.link_share() > 0.5 {
        return 0.0;
    }
    let text = outline.text_of(block);
    let tag = outline.elements[block.element as usize].tag;
    let sentence = if ends_sentence(text) { 1.0 } else { 0.4 };
    let item = if matches!(tag, Tag::Item | Tag::Heading(_)) { 0.5 } else { 1.0 };
    (block.letters - block.linked) as f32 * sentence * item
}

/// Whether the text ends as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』', '）', '“', ' ']);
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '؟', '۔', '։', '।', '：'])
}

/// The element that holds the article; `heading` is the element of the headline.
pub(crate) fn choose(outline: &Outline, weights: &Weights, guide: Option<&Guide>, heading: Option<usize>) -> usize {
    let start = guided(outline, guide)
        .or_else(|| heading.and_then(|heading| own_article(outline, weights, heading)))
        .or_else(|| marked(outline, weights))
        .unwrap_or(0);
    descend(outline, weights, start)
}

/// The `<article>` of the headline, where the page holds others: pages that load one story after another.
fn own_article(outline: &Outline, weights: &Weights, heading: usize) -> Option<usize> {
    let own = outline.ancestors(heading as u32).find(|index| outline.elements[*index as usize].tag == Tag::Article)?;
    let least = (0.08 * weights.good[0]).max(300.0);
    let part = outline.elements[own as usize];
    let others = outline.elements.iter().enumerate().filter(|(index, other)| {
        other.tag == Tag::Article
            && (other.first >= part.last || other.last <= part.first)
            && weights.good[*index] >= least
    });
    (weights.good[own as usize] >= least && others.count() > 0).then_some(own as usize)
}

/// What the page marks as article body, where it holds a fair share of the text.
fn marked(outline: &Outline, weights: &Weights) -> Option<usize> {
    let bodies = outline.elements.iter().enumerate().filter(|(_, element)| element.is_body);
    let best = bodies.map(|(index, _)| index).max_by(|a, b| weights.good[*a].total_cmp(&weights.good[*b]))?;
    (weights.good[best] >= 0.35 * weights.good[0] && weights.good[best] > 0.0).then_some(best)
}

/// The smallest element that holds nearly all blocks found in the article body of JSON-LD.
fn guided(outline: &Outline, guide: Option<&Guide>) -> Option<usize> {
    let guide = guide?;
    let mut share = vec![0.0_f32; outline.elements.len()];
    let mut heads = 0.0;
    for block in outline.blocks.iter().filter(|block| block.words >= 8) {
        if guide.holds(outline.text_of(block)) {
            share[block.element as usize] += block.letters as f32;
            heads += block.letters as f32;
        }
    }
    add_up(outline, &mut share);
    if heads < 200.0 || heads < 0.6 * guide.letters as f32 {
        return None;
    }
    let mut at = 0;
    for index in 1..outline.elements.len() {
        let parent = outline.elements[index].parent as usize;
        if parent == at && share[index] >= 0.95 * share[0] && is_holder(outline.elements[index].tag) {
            at = index;
        }
    }
    Some(at)
}

/// Goes down to the child that holds nearly all of the weight, until no child does.
fn descend(outline: &Outline, weights: &Weights, from: usize) -> usize {
    let mut at = from;
    loop {
        let child = weights.heaviest[at] as usize;
        if child == at || weights.good[at] <= 0.0 {
            return at;
        }
        let (element, inner) = (outline.elements[at], outline.elements[child]);
        let is_body = |part: &crate::extract::html::outline::Part| part.is_body || part.hints.has(Hints::BODY);
        let share = if is_body(&element) {
            0.95
        } else if is_body(&inner) || inner.tag == Tag::Article {
            0.6
        } else {
            0.85
        };
        if !is_holder(inner.tag) || weights.good[child] < share * weights.good[at] {
            return at;
        }
        at = child;
    }
}

/// Whether an element can hold a whole article.
fn is_holder(tag: Tag) -> bool {
    !matches!(
        tag,
        Tag::Paragraph | Tag::Heading(_) | Tag::Item | Tag::List | Tag::Quote | Tag::Code | Tag::Link | Tag::Time
    )
}

/// The article body of JSON-LD as a body, where the page shows next to nothing of it: text that scripts put in.
pub(crate) fn told(told: &str, guide: &Guide, shown: &str) -> Option<String> {
    let letters = shown.chars().filter(|c| c.is_alphanumeric()).count();
    if guide.letters < 300 || letters > guide.letters || (letters > 300 && guide.holds(shown)) {
        return None;
    }
    if letters * 3 > guide.letters && shown.split("\n\n").any(|paragraph| guide.holds(paragraph)) {
        return None;
    }
    let mut out = String::with_capacity(told.len());
    for line in told.lines() {
        let line = plain(line);
        if line.chars().any(char::is_alphanumeric) {
            out.push_str(if out.is_empty() { "" } else { "\n\n" });
            out.push_str(&crate::text::nfc(&line));
        }
    }
    Some(out)
}

/// The article body of JSON-LD, prepared for look-ups.
pub(crate) struct Guide {
    letters: usize,
    shingles: rustc_hash::FxHashSet<u64>,
}

impl Guide {
    pub(crate) fn of(body: &str) -> Guide {
        let plain = plain(body);
        let words = word_hashes(&plain);
        Guide { letters: plain.chars().filter(|c| c.is_alphanumeric()).count(), shingles: shingles(&words).collect() }
    }

    /// Whether most of `text` is in the guide.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.share(text) >= 0.6
    }

    /// Share of the runs of three words in `text` that are in the guide; 0 where it has no such run.
    pub(crate) fn share(&self, text: &str) -> f32 {
        self.share_of(&word_hashes(text))
    }

    /// As [`Guide::share`], of the hashes of the words.
    pub(crate) fn share_of(&self, words: &[u64]) -> f32 {
        let (mut found, mut all) = (0, 0);
        for shingle in shingles(words) {
            all += 1;
            found += usize::from(self.shingles.contains(&shingle));
        }
        if all == 0 { 0.0 } else { found as f32 / all as f32 }
    }
}

/// Runs of three words.
fn shingles(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words.windows(3).map(|run| run[0] ^ run[1].rotate_left(21) ^ run[2].rotate_left(42))
}
