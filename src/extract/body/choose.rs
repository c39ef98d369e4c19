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
    /// The element that the page itself gives the article, and the end of what is in it.
    own: Option<(usize, usize)>,
    /// Comments stand beside the headline's own text, however short that is.
    has_comments_apart: bool,
}

impl Weights {
    /// Weighs a page; `heading` is the element of its headline.
    pub(crate) fn of(outline: &Outline, heading: Option<usize>) -> Weights {
        let count = outline.elements.len();
        let (mut raw, mut runs) = (vec![0.0_f32; count], vec![0.0_f32; count]);
        for block in &outline.blocks {
            let weight = weight(outline, block);
            raw[block.element as usize] += weight;
            runs[block.element as usize] += if weight > 0.0 { 1.0 } else { 0.0 };
        }
        add_up(outline, &mut raw);
        add_up(outline, &mut runs);
        // An element without children is its own heaviest child: the way down ends there.
        let heaviest = (0..count as u32).collect();
        let own = heading.and_then(|heading| own_element(outline, &raw, &runs, heading));
        let (believed, has_comments_apart) = believed(outline, heading, own);
        let mut weights = Weights { raw, runs, good: vec![0.0; count], heaviest, believed, own, has_comments_apart };
        weights.weigh_own(outline);
        weights.find_heaviest(outline);
        weights
    }

    /// Weighs what is no foreign matter.
    fn weigh_own(&mut self, outline: &Outline) {
        let mut foreign = vec![false; outline.elements.len()];
        // Parents come before their children, so one pass hands down what is foreign.
        for (index, element) in outline.elements.iter().enumerate().skip(1) {
            foreign[index] = foreign[element.parent as usize] || self.is_foreign(outline, index, 0);
        }
        for block in &outline.blocks {
            if !foreign[block.element as usize] {
                self.good[block.element as usize] += weight(outline, block);
            }
        }
        add_up(outline, &mut self.good);
    }

    /// Finds the heaviest child of each element.
    fn find_heaviest(&mut self, outline: &Outline) {
        for index in (1..outline.elements.len()).rev() {
            let parent = outline.elements[index].parent as usize;
            let best = self.heaviest[parent] as usize;
            // Going backwards, `>=` leaves the first of several that weigh the same: the text comes before what looks
            // like it.
            if best == parent || self.good[index] >= self.good[best] {
                self.heaviest[parent] = index as u32;
            }
        }
    }

    /// Whether the tag or the names of an element say that it is no part of the article that `whole` holds.
    ///
    /// Names are doubted by what the element holds: what has several paragraphs is no date, tag list or caption,
    /// whatever it is called, and a name that speaks against most of the text speaks of something else, such as the
    /// layout or the subscription that the text is sold in.
    pub(super) fn is_foreign(&self, outline: &Outline, index: usize, whole: usize) -> bool {
        let element = outline.elements[index];
        // These tags are never put around an article by mistake; names and the other tags are.
        if matches!(element.tag, Tag::Nav | Tag::Button | Tag::Caption) {
            return true;
        }
        let hints = element.hints.only(self.believed);
        let large = hints.has(Hints::LARGE) || matches!(element.tag, Tag::Footer | Tag::Form | Tag::Aside);
        let medium = hints.has(Hints::MEDIUM);
        let small = hints.has(Hints::SMALL);
        if !(large || medium || small) {
            return false;
        }
        let whole = match self.own {
            // What holds the article is none of its boxes, whatever it is called.
            Some((own, _)) if index <= own && element.last >= outline.elements[own].last => return false,
            Some((own, end)) if own < index && index < end => whole.max(own),
            // A menu before the article's own element, and a box of consent anywhere beside it, need not be doubted.
            Some((own, _)) if large && index < own || hints.has(Hints::DIALOG) => return true,
            _ => whole,
        };
        if self.has_comments_apart && hints.has(Hints::COMMENT) {
            return true;
        }
        // Of all of the text, foreign or not: a share of the good text alone would grow as more is taken away.
        let share = if self.raw[whole] > 0.0 { self.raw[index] / self.raw[whole] } else { 0.0 };
        // What may be long is doubted at half of the text, what has a few lines at three tenths. Three paragraphs are
        // more than any date, caption or tag list has.
        (large && share < 0.5) || (medium && share < 0.3) || (small && self.runs[index] < 3.0 && share < 0.3)
    }
}

/// The smallest `<article>` or `<main>` around the headline that holds a text, and the end of what is in it.
fn own_element(outline: &Outline, raw: &[f32], runs: &[f32], heading: usize) -> Option<(usize, usize)> {
    let own = outline.ancestors(heading as u32).map(|at| at as usize).find(|at| {
        // Three paragraphs, and no less than a menu with a sentence to each entry leaves: else it holds the head of the article alone.
        matches!(outline.elements[*at].tag, Tag::Article | Tag::Main) && runs[*at] >= 3.0 && raw[*at] >= 0.15 * raw[0]
    })?;
    Some((own, outline.end_of(own)))
}

/// The hints that hold on this page: one that would take away most of its text, or of the article's own element, means something
/// else here. And whether comments stand apart from the headline and its text.
///
/// Comments and related stories can well be longer than the article: what leaves a text as long as a short article is
/// believed whatever it takes away.
fn believed(outline: &Outline, heading: Option<usize>, own: Option<(usize, usize)>) -> (Hints, bool) {
    let mut inherited = vec![Hints::NONE; outline.elements.len()];
    for (index, element) in outline.elements.iter().enumerate().skip(1) {
        inherited[index] = inherited[element.parent as usize].with(element.hints);
    }
    let is_own = |block: &&Block| own.is_none_or(|(own, end)| (own..end).contains(&(block.element as usize)));
    // One sum a bit of the hints.
    let mut taken = [0.0_f32; 32];
    let mut all = 0.0;
    for block in outline.blocks.iter().filter(is_own) {
        let weight = weight(outline, block);
        all += weight;
        let hints = inherited[block.element as usize].0;
        for (_, taken) in taken.iter_mut().enumerate().filter(|(bit, _)| hints & (1 << bit) != 0) {
            *taken += weight;
        }
    }
    let is_apart = heading.is_some_and(|heading| has_comments_apart(outline, &inherited, heading));
    let doubted = (0..32).filter(|bit| {
        let taken = taken[*bit as usize];
        let hint = Hints(1 << bit);
        if hint == Hints::COMMENT && is_apart {
            return false;
        }
        // Five hundred letters are a short article: as long as that is left, comments may be longer than it is.
        if Hints::LARGE.has(hint) { all - taken < 500.0 && taken > 0.7 * all } else { taken > 0.5 * all }
    });
    (doubted.fold(Hints(u32::MAX), |believed, bit| Hints(believed.0 & !(1 << bit))), is_apart)
}

/// Whether several comments stand beside a headline whose own `<article>` or `<main>` has a text that is none of them.
fn has_comments_apart(outline: &Outline, inherited: &[Hints], heading: usize) -> bool {
    let is_comment = |at: u32| inherited[at as usize].has(Hints::COMMENT);
    let mut around = outline.ancestors(heading as u32).map(|at| outline.elements[at as usize]);
    let Some(own) = around.find(|part| matches!(part.tag, Tag::Article | Tag::Main)) else { return false };
    let named = outline.elements.iter().filter(|part| part.hints.has(Hints::COMMENT));
    // A list, an entry and its parts: one or two names are those of a layout.
    !is_comment(heading as u32)
        && named.take(4).count() == 4
        && outline.blocks[own.first as usize..own.last as usize]
            .iter()
            .any(|block| weight(outline, block) > 0.0 && !is_comment(block.element))
}

/// Adds the weight of each element to its parent; parents come before their children.
fn add_up(outline: &Outline, weights: &mut [f32]) {
    for index in (1..weights.len()).rev() {
        let parent = outline.elements[index].parent as usize;
        debug_assert!(parent < index, "element {index} comes before its parent {parent}");
        weights[parent] += weights[index];
    }
}

/// Letters of running text in a block.
fn weight(outline: &Outline, block: &Block) -> f32 {
    // Menus, captions and labels seldom have eight words, sentences of an article seldom fewer.
    if block.words < 8 || block.link_share() > 0.5 {
        return 0.0;
    }
    let text = outline.text_of(block);
    let tag = outline.elements[block.element as usize].tag;
    // Teasers and captions end without a mark more often than not; a paragraph that does is worth two and a half of
    // them.
    let sentence = if ends_sentence(text) { 1.0 } else { 0.4 };
    // Lists are as often menus as text, and headings stand over other stories as well.
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
    let start = guided(outline, weights, guide)
        .or_else(|| heading.and_then(|heading| own_article(outline, weights, heading)))
        .or_else(|| marked(outline, weights))
        .unwrap_or(0);
    descend(outline, weights, start)
}

/// The `<article>` of the headline, where the page holds others: pages that load one story after another.
fn own_article(outline: &Outline, weights: &Weights, heading: usize) -> Option<usize> {
    let own = outline.ancestors(heading as u32).find(|index| outline.elements[*index as usize].tag == Tag::Article)?;
    // A story that was loaded below has as much text as the first, a teaser in an `<article>` a line or two.
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
    // Templates mark a box for the body and put half of the text outside of it; less than a third is a caption or a
    // note that was marked.
    (weights.good[best] >= 0.35 * weights.good[0] && weights.good[best] > 0.0).then_some(best)
}

/// The smallest element that holds nearly all blocks found in the article body of JSON-LD.
fn guided(outline: &Outline, weights: &Weights, guide: Option<&Guide>) -> Option<usize> {
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
    // JSON-LD that is cut short or is of another article finds little of itself on the page and guides nowhere.
    if heads < 200.0 || heads < 0.6 * guide.letters as f32 {
        return None;
    }
    let mut at = 0;
    for index in 1..outline.elements.len() {
        let parent = outline.elements[index].parent as usize;
        // A pull quote or a caption can stand outside: nearly all is enough.
        if parent == at && share[index] >= 0.95 * share[0] && is_holder(outline.elements[index].tag) {
            at = index;
        }
    }
    Some(around_the_cut(outline, weights, at))
}

/// The element around `at`, or around one of its parents, where boxes beside it that are written alike go on with the text: JSON-LD
/// was cut at the first of them.
fn around_the_cut(outline: &Outline, weights: &Weights, at: usize) -> usize {
    let is_alike = |part: usize| {
        let (own, parent) = (outline.elements[part], outline.elements[part].parent as usize);
        let beside = outline.elements[parent + 1..outline.end_of(parent)].iter().enumerate().filter(|(_, other)| {
            other.parent == own.parent && other.class == own.class && other.tag == own.tag && other.start >= own.end
        });
        let more: f32 = beside.map(|(other, _)| weights.good[parent + 1 + other]).sum();
        // A fifth of the text: less is a box for readers.
        part != 0 && is_holder(own.tag) && own.tag != Tag::Article && more > 0.2 * weights.good[part]
    };
    // The box that the page repeats is at most two steps around its text.
    let around = outline.ancestors(at as u32).map(|part| part as usize).take(3);
    let cut = around.take_while(|part| *part != 0).find(|part| is_alike(*part));
    cut.map_or(at, |part| outline.elements[part].parent as usize)
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
        let is_body = |part: &crate::extract::html::outline::Element| part.is_body || part.hints.has(Hints::BODY);
        // What is named a body is left only for nearly all of its text, and what is named one is entered for less:
        // the name is evidence.
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
    // A text of under 300 letters is a description. What shows as much as JSON-LD tells, or a good piece of it, is
    // the text itself.
    if guide.letters < 300 || letters > guide.letters || (letters > 300 && guide.holds(shown)) {
        return None;
    }
    // A third of the text with a paragraph that JSON-LD has is the free part of it, and the kind says so.
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

    /// Letters and digits of all of it.
    pub(crate) fn letters(&self) -> usize {
        self.letters
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
    // Three words: two are in every text of the same matter, four are broken by each slip between two versions.
    // Rotated, so that the order counts.
    words.windows(3).map(|run| run[0] ^ run[1].rotate_left(21) ^ run[2].rotate_left(42))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::class_hints::HintReader;
    use crate::extract::html::{reader, strip};

    const LONG: &str = "<p>The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the flood \
                        of spring.</p><p>Work is to begin in June, said Anna Holm, who chairs the council, and it will take two \
                        years at the very least.</p><p>The railway had asked for a tunnel instead, at three times the price, and \
                        has not said whether it will go to court.</p><p>Nobody knows what it will cost, for the price of steel \
                        has doubled since the last estimate was made in the autumn.</p>";
    /// Another story of the same length.
    const OTHER: &str = "<p>A thousand people lost their homes in the flood of the century, when the river rose by six metres \
                         within a single night.</p><p>Tents were put up on the square before the town hall, where soldiers gave \
                         out bread, blankets and clean water.</p><p>Not until Thursday did the water fall, and the first \
                         families went back to see what was left of their houses.</p><p>Farmers say that the fields along the \
                         bank cannot be sown again before the spring of next year.</p>";

    fn outline(html: &str) -> Outline {
        reader::read(&strip::strip(html).html, &mut HintReader::default())
    }

    /// The id of the element that is chosen is `wanted`: its text begins with that word.
    #[track_caller]
    fn check(html: &str, guide: Option<&str>, first: &str) {
        let outline = outline(html);
        let heading = outline.elements.iter().position(|element| element.tag == Tag::Heading(1));
        let weights = Weights::of(&outline, heading);
        let guide = guide.map(Guide::of);
        let root = choose(&outline, &weights, guide.as_ref(), heading);
        let line = outline.line(&outline.elements[root]);
        assert!(line.starts_with(first), "{html}: {line}");
    }

    #[test]
    fn the_choice_goes_down_to_the_text() {
        check(&format!("<div>Home News Sport</div><div><div>{LONG}</div></div><div>Foot</div>"), None, "The council");
        check(&format!("<main>Top<article>Mark {LONG}</article></main>"), None, "Mark");
        // Not into one of the paragraphs, and not into a side column that is longer.
        check(&format!("<div>Mark {LONG}</div><div class=sidebar>{LONG}{LONG}</div>"), None, "Mark");
        check("<p>Short</p>", None, "Short");
        check("", None, "");
    }

    #[test]
    fn what_the_page_marks_as_body_counts_if_it_holds_enough() {
        check(&format!("<div>{LONG}<div itemprop=articleBody>Mark {LONG}</div></div>"), None, "Mark");
        check(&format!("<div>All {LONG}{LONG}{LONG}<div itemprop=articleBody>Mark.</div></div>"), None, "All");
    }

    #[test]
    fn of_several_articles_that_of_the_headline_counts() {
        check(&format!("<article>Other {OTHER}</article><article><h1>Mark</h1>{LONG}</article>"), None, "Mark");
    }

    #[test]
    fn json_ld_guides_to_the_text_that_it_tells() {
        let plain = LONG.replace("<p>", "").replace("</p>", "\n");
        check(&format!("<div>Other {OTHER}{OTHER}</div><div>Mark {LONG}</div>"), Some(&plain), "Mark");
    }

    #[test]
    fn a_guide_holds_what_it_says() {
        let guide = Guide::of("The council of Ostmark voted on Monday to rebuild the old bridge.");
        assert!(guide.holds("voted on Monday to rebuild"));
        assert!(!guide.holds("The railway had asked for a tunnel"));
        assert_eq!(guide.share("old bridge"), 0.0, "no run of three words");
        assert_eq!(guide.share(""), 0.0);
    }

    #[test]
    fn text_of_json_ld_stands_in_where_the_page_shows_next_to_none() {
        let told_text = LONG.replace("<p>", "").replace("</p>", "\n\n");
        let guide = Guide::of(&told_text);
        let taken = told(&told_text, &guide, "Subscribe to read on.").expect("it is taken");
        assert_eq!(taken.split("\n\n").count(), 4);
        assert_eq!(told(&told_text, &guide, &taken), None, "it is all shown");
        assert_eq!(told("Short.", &Guide::of("Short."), ""), None);
    }

    #[test]
    fn sentences_end_in_many_scripts() {
        for text in ["It opens.", "“It opens.”", "Wann? ", "Открыт!»", "开放了。", "افتتح؟", "Բաց է։", "खुला है।"]
        {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["It opens", "Photo (Jo Berg)", "", "Page 2,"] {
            assert!(!ends_sentence(text), "{text}");
        }
    }
}
