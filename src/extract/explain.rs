//! Why an article came out as it did: every block of the page with what was decided about it, every field with what
//! was found for it.
//!
//! Made only when it is asked for; extraction itself keeps none of it.

use serde::Serialize;

use super::body::Guide;
use super::clean::{Scene, Verdict};
use super::features::{COUNT, Facts};
use super::hints::Hints;

/// The reasons behind one article.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explanation {
    /// All blocks of the page, in reading order.
    pub blocks: Vec<BlockReport>,
    /// The fields that were found, each with its candidates.
    pub fields: Vec<FieldReport>,
    /// Names of the numbers that the block model sees, in the order of [`BlockReport::numbers`].
    pub features: Vec<String>,
}

/// What was decided about one block: a run of text without a break.
#[derive(Clone, Debug, Serialize)]
pub struct BlockReport {
    /// Its text, as it stands on the page.
    pub text: String,
    /// Whether it is part of the body.
    pub kept: bool,
    /// What the rules say of it, a word: `keep`, `outside`, `foreign` and so on.
    pub rule: &'static str,
    /// How sure the block model is that it is text of the article, in log-odds; null where it was not asked.
    pub odds: Option<f32>,
    /// What decided, a word like `rule`; `voted-out` and `voted-in` are the model's.
    pub verdict: &'static str,
    /// What tags and names say of it and of the elements around it.
    pub names: Vec<&'static str>,
    /// The numbers that the model sees.
    pub numbers: Vec<i16>,
}

/// What was found for one field of the article.
#[derive(Clone, Debug, Serialize)]
pub struct FieldReport {
    /// `title`, `published` and so on.
    pub field: &'static str,
    /// What the article says; null where nothing was found.
    pub value: Option<String>,
    /// What the page offers for it, in the order in which it is believed.
    pub candidates: Vec<Candidate>,
}

/// One value that the page offers for a field.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Where it stands: `json-ld`, `og:title`, `h1` and so on.
    pub origin: String,
    /// As it stands on the page.
    pub value: String,
    /// Whether the field's value was made of it.
    pub won: bool,
}

/// Reports on all blocks. `rules` are the verdicts before the model was asked, `verdicts` those after it.
pub(super) fn blocks(
    scene: Scene<'_>,
    guide: Option<&Guide>,
    rules: &[Verdict],
    odds: &[Option<i32>],
    verdicts: &[Verdict],
) -> Vec<BlockReport> {
    let facts = Facts::of(scene, rules, guide);
    let mut row = [0; COUNT];
    let mut out = Vec::with_capacity(verdicts.len());
    for (index, block) in scene.outline.blocks.iter().enumerate() {
        facts.fill(index, &mut row);
        let around = scene.outline.ancestors(block.element);
        let hints = around.fold(Hints::NONE, |all, at| all.with(scene.outline.elements[at as usize].hints));
        let named = Hints::NAMES.iter().enumerate().filter(|(bit, _)| hints.0 & (1 << bit) != 0);
        out.push(BlockReport {
            text: scene.outline.text_of(block).to_owned(),
            kept: verdicts[index].is_kept(),
            rule: rules[index].name(),
            odds: odds[index].map(|odds| odds as f32 / 1000.0),
            verdict: verdicts[index].name(),
            names: named.map(|(_, name)| *name).collect(),
            numbers: row.to_vec(),
        });
    }
    out
}
