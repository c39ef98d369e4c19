//! Where an element lies: what it inherits from the elements around it, for the block model.

use rustc_hash::FxHashMap;

use crate::extract::body::clean::{Scene, Verdict};
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Outline, Tag};

/// Names of the bits of [`Ancestry::tags`], in order, and of what is asked beside them.
pub(super) const AROUND: [&str; 14] = [
    "in-article",
    "in-main",
    "in-aside",
    "in-header",
    "in-footer",
    "in-form",
    "in-figure",
    "in-table",
    "in-list",
    "in-quote",
    "in-nav",
    "in-code",
    "in-body-item",
    "in-densest",
];

/// What is known of one element.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ancestry {
    /// Hints of it and of all around it.
    pub(crate) hints: Hints,
    /// Its tag and those around it, one bit each.
    pub(crate) tags: u16,
    pub(crate) depth: u16,
    /// Elements between it and the root; 0 for the root, `u16::MAX` outside it.
    pub(crate) below: u16,
    /// Words of running text of the blocks right below it, and how many of them are kept.
    pub(crate) running: f32,
    pub(crate) kept: f32,
    /// Letters of all blocks in it, and how many of them are linked.
    pub(crate) letters: u32,
    pub(crate) linked: u32,
    /// Steps up from the headline to the nearest element that also holds this one, and steps down from there.
    pub(crate) heading: (u16, u16),
    /// The same from the longest kept block.
    pub(crate) spine: (u16, u16),
    /// Elements on the page that a template writes like this one.
    pub(crate) alike: u16,
}

/// The place of each element, in order.
pub(crate) fn ancestries(scene: Scene<'_>, verdicts: &[Verdict]) -> Vec<Ancestry> {
    let elements = &scene.outline.elements;
    let heading = path(scene.outline, scene.heading.map(|heading| heading as u32));
    let spine = path(scene.outline, longest(scene.outline, verdicts));
    let mut ancestries: Vec<Ancestry> = Vec::with_capacity(elements.len());
    let mut alike: FxHashMap<u32, u16> = FxHashMap::default();
    for (index, element) in elements.iter().enumerate() {
        let above = ancestries.get(element.parent as usize).copied().unwrap_or_default();
        let step = |path: &FxHashMap<u32, u16>, above: (u16, u16)| match path.get(&(index as u32)) {
            Some(up) => (*up, 0),
            None => (above.0, above.1.saturating_add(1)),
        };
        let count = alike.entry(element.class).or_default();
        *count = count.saturating_add(1);
        ancestries.push(Ancestry {
            hints: above.hints.with(element.hints),
            tags: above.tags | bit(element.tag) | if element.is_body { 1 << 12 } else { 0 },
            depth: above.depth.saturating_add(1),
            below: match index {
                _ if index == scene.root => 0,
                // Outside the root; what lies below it is outside too, for the number does not grow.
                0 => u16::MAX,
                _ => above.below.saturating_add(1),
            },
            heading: step(&heading, above.heading),
            spine: step(&spine, above.spine),
            ..Ancestry::default()
        });
    }
    for (place, element) in ancestries.iter_mut().zip(elements) {
        place.alike = alike.get(&element.class).copied().unwrap_or_default();
    }
    count_letters(scene.outline, &mut ancestries);
    ancestries
}

/// Counts the letters in each element, linked and in all.
fn count_letters(outline: &Outline, ancestries: &mut [Ancestry]) {
    for block in &outline.blocks {
        let place = &mut ancestries[block.element as usize];
        place.letters += block.letters;
        place.linked += block.linked;
    }
    for index in (0..ancestries.len()).rev() {
        let Ancestry { letters, linked, .. } = ancestries[index];
        let parent = outline.elements[index].parent as usize;
        if parent != index {
            ancestries[parent].letters += letters;
            ancestries[parent].linked += linked;
        }
    }
}

/// The element and all around it, each with its distance.
fn path(outline: &Outline, element: Option<u32>) -> FxHashMap<u32, u16> {
    let ancestors = element.into_iter().flat_map(|element| outline.ancestors(element));
    ancestors.zip(0..).collect()
}

/// The element of the longest kept block.
fn longest(outline: &Outline, verdicts: &[Verdict]) -> Option<u32> {
    let kept = outline.blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_kept());
    kept.max_by_key(|(block, _)| block.words).map(|(block, _)| block.element)
}

/// The bit of a tag in the order of [`AROUND`].
fn bit(tag: Tag) -> u16 {
    match tag {
        Tag::Article => 1,
        Tag::Main => 1 << 1,
        Tag::Aside => 1 << 2,
        Tag::Header => 1 << 3,
        Tag::Footer => 1 << 4,
        Tag::Form => 1 << 5,
        Tag::Figure | Tag::Caption => 1 << 6,
        Tag::Table => 1 << 7,
        Tag::List => 1 << 8,
        Tag::Quote => 1 << 9,
        Tag::Nav => 1 << 10,
        Tag::Code => 1 << 11,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::explain;
    use crate::extract::tests::{TODAY, page};

    const HTML: &str = "<html><body><nav><p>Home and news</p></nav><main><article><h1>Bridge to be rebuilt</h1><div class=text>\
        <p>The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the flood of spring.</p>\
        <blockquote><p>We have waited long enough for this bridge to be open again, said Anna Holm, who chairs the council.</p>\
        </blockquote></div></article></main></body></html>";

    /// The number `name` of each block: menu, headline, paragraph, quote.
    #[track_caller]
    fn check(name: &str, expected: [i16; 4]) {
        let (_, why) = explain(&page(HTML), TODAY);
        let at = why.features.iter().position(|feature| feature == name).expect("a feature of this name");
        let found: Vec<i16> = why.blocks.iter().map(|block| block.numbers[at]).collect();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn tags_around_a_block_are_inherited() {
        check("in-nav", [1, 0, 0, 0]);
        check("in-main", [0, 1, 1, 1]);
        check("in-article", [0, 1, 1, 1]);
        check("in-quote", [0, 0, 0, 1]);
        check("in-table", [0; 4]);
    }

    #[test]
    fn names_around_a_block_are_inherited() {
        check("within-nav", [0; 4]);
        check("near-date", [0; 4]);
    }

    #[test]
    fn steps_lead_up_from_the_headline_and_down_to_the_block() {
        // The headline itself; the box of the text is a sister of it.
        check("from-heading", [3, 0, 1, 1]);
        check("below-heading", [2, 0, 2, 3]);
    }

    #[test]
    fn boxes_know_their_letters() {
        check("parent-linked", [0; 4]);
        check("grandparent-linked", [0; 4]);
    }
}
