//! The block model: how likely a block is text of the article, by trees over the numbers of `features.rs`.
//!
//! `data/blocks/README.md` says on what it was fitted and how to fit it again. The trees are tables of integers: a sum
//! of leaves in thousandths of log-odds, the same on every machine.

use std::sync::OnceLock;

use crate::extract::block_model::features::{COUNT, Facts, holds_cookie};
use crate::extract::body::choose::{Guide, ends_sentence};
use crate::extract::body::clean::{Scene, Verdict};
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Outline, Tag};
use crate::extract::tables::BLOCK_MODEL;

/// Pages with more blocks are left to the rules: they are no articles, and their cost would be felt.
const MOST_BLOCKS: usize = 20_000;

/// A node of a tree: goes left where the number is at most the threshold. A target below zero is leaf `!target`.
#[derive(Clone, Copy, Debug)]
struct Node {
    feature: u16,
    threshold: i16,
    left: i16,
    right: i16,
}

/// All trees in one table; a target at or above zero is a node, one below zero is leaf `!target` of the table.
#[derive(Debug, Default)]
struct Model {
    /// First node of each tree.
    roots: Vec<i16>,
    nodes: Vec<Node>,
    leaves: Vec<i32>,
}

/// Trees that are walked side by side: one walk alone would wait for memory at each step.
const ABREAST: usize = 10;

impl Model {
    /// Reads lines of `feature threshold left right, ... | leaf leaf ...`; other lines are left out.
    fn parse(text: &str) -> Model {
        let mut model = Model::default();
        for line in text.lines() {
            model.add(line);
        }
        model
    }

    /// Adds the tree of one line, whose targets count from its own first node and leaf.
    fn add(&mut self, line: &str) -> Option<()> {
        let (nodes, leaves) = line.split_once('|')?;
        // Targets are of 16 bits, so that a node takes eight bytes and the whole table stays in the cache.
        let (first, leaf) = (i16::try_from(self.nodes.len()).ok()?, i16::try_from(self.leaves.len()).ok()?);
        let moved = |target: i16| if target < 0 { target - leaf } else { target + first };
        let node = |text: &str| {
            let mut numbers = text.split_ascii_whitespace();
            Some(Node {
                feature: numbers.next()?.parse().ok().filter(|feature| usize::from(*feature) < COUNT)?,
                threshold: numbers.next()?.parse().ok()?,
                left: moved(numbers.next()?.parse().ok()?),
                right: moved(numbers.next()?.parse().ok()?),
            })
        };
        let nodes: Vec<Node> = nodes.split(',').map(node).collect::<Option<_>>()?;
        let leaves: Vec<i32> = leaves.split_ascii_whitespace().map(|leaf| leaf.parse().ok()).collect::<Option<_>>()?;
        self.roots.push(first);
        self.nodes.extend(nodes);
        self.leaves.extend(leaves);
        Some(())
    }

    /// The sum of the trees' leaves for a row; where the first trees leave no doubt, theirs alone.
    fn score(&self, row: &[i16; COUNT]) -> i32 {
        let mut sum = 0_i32;
        for (chunk, roots) in self.roots.chunks(ABREAST).enumerate() {
            if chunk >= 4 && sum.abs() > 2 * SURE {
                break;
            }
            let mut at = [-1; ABREAST];
            // Slots without a tree hold the leaf -1, which ends their walk at once.
            at[..roots.len()].copy_from_slice(roots);
            while at.iter().any(|at| *at >= 0) {
                for at in &mut at {
                    let Some(node) = usize::try_from(*at).ok().and_then(|at| self.nodes.get(at)) else { continue };
                    *at = if row[usize::from(node.feature)] <= node.threshold { node.left } else { node.right };
                }
            }
            sum += at[..roots.len()].iter().filter_map(|at| self.leaves.get(!*at as usize)).sum::<i32>();
        }
        sum
    }
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let model = Model::parse(BLOCK_MODEL);
        // Without trees the rules would decide alone, and nobody would notice.
        debug_assert!(!model.roots.is_empty(), "the block model could not be read");
        model
    })
}

/// The odds of each block, in thousandths of log-odds; `None` for blocks that the model is not asked about.
pub(crate) fn odds(scene: Scene<'_>, guide: Option<&Guide>, verdicts: &[Verdict]) -> Vec<Option<i32>> {
    let (model, count) = (model(), scene.outline.blocks.len());
    if model.roots.is_empty() || count > MOST_BLOCKS {
        return vec![None; count];
    }
    let facts = Facts::of(scene, verdicts, guide, false);
    let mut row = [0; COUNT];
    let score = |index: usize| {
        facts.is_asked(index).then(|| {
            facts.fill(index, &mut row);
            model.score(&row)
        })
    };
    (0..count).map(score).collect()
}

/// The first block that the model takes for a sentence of the text; the number of blocks where there is none.
fn first_text(outline: &Outline, odds: &[Option<i32>]) -> usize {
    let is_text = |(block, odds): (&Block, &Option<i32>)| {
        odds.is_some_and(|odds| odds >= 0) && block.words >= SHORT && ends_sentence(outline.text_of(block))
    };
    outline.blocks.iter().zip(odds).position(is_text).unwrap_or(outline.blocks.len())
}

/// Lets the model overrule the verdicts of the rules.
pub(crate) fn overrule(scene: Scene<'_>, odds: &[Option<i32>], verdicts: &mut [Verdict]) {
    let blocks = &scene.outline.blocks;
    debug_assert!(odds.len() == blocks.len() && verdicts.len() == blocks.len(), "odds and a verdict for each block");
    let first = first_text(scene.outline, odds);
    // Thirty-eight of the pages that the model was fitted on were as small: it knows little of such.
    let doubt = if blocks.len() < 40 { SURE } else { 0 };
    for (index, odds) in odds.iter().enumerate() {
        let Some(odds) = *odds else { continue };
        let (block, verdict) = (&blocks[index], &mut verdicts[index]);
        if verdict.is_kept() {
            *verdict = if odds < -doubt { Verdict::VotedOut } else { *verdict };
            continue;
        }
        // A rule that knows a short block by its name is right more often than the model, which sees few words of it.
        let named = block.words < 2 * SHORT && matches!(verdict, Verdict::Foreign | Verdict::Furniture);
        let label = index < first && *verdict == Verdict::Edge && is_label(scene.outline, block);
        if odds >= (if named { SURE } else { doubt }) && !label && !is_consent(scene.outline, block) {
            *verdict = Verdict::VotedIn;
        }
    }
}

/// Log-odds, in thousandths, at which the model is believed against a rule that says what a short block is, and on
/// small pages.
// Odds of 2.7 to 1.
const SURE: i32 = 1_000;

/// Blocks with fewer words say little of themselves.
const SHORT: u32 = 8;

/// A short line before the text is a date, a byline or a place. Some collections count it as text and the model has
/// learned so; readers and annotation do not.
fn is_label(outline: &Outline, block: &Block) -> bool {
    block.words < SHORT && !matches!(outline.elements[block.element as usize].tag, Tag::Heading(_))
}

/// A box that is named after consent and speaks of cookies; where there is no other text, the model takes it.
fn is_consent(outline: &Outline, block: &Block) -> bool {
    let named = |at: u32| outline.elements[at as usize].hints.has(Hints::DIALOG);
    holds_cookie(outline.text_of(block)) && outline.ancestors(block.element).any(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_fitted_on_the_numbers_of_today() {
        let fitted = BLOCK_MODEL.lines().next().unwrap_or("");
        assert_eq!(
            fitted,
            crate::extract::block_model::features::names().join(" "),
            "fit again: data/blocks/README.md"
        );
        let model = model();
        assert_eq!(model.roots.len(), BLOCK_MODEL.lines().count() - 1, "a line was not read");
        for (at, node) in model.nodes.iter().enumerate() {
            // Targets lie in the table, and nodes point forward: no path is endless.
            for target in [node.left, node.right] {
                let leaf = target < 0 && (!target as usize) < model.leaves.len();
                assert!(leaf || (target as usize > at && (target as usize) < model.nodes.len()), "node {at}");
            }
        }
    }

    #[test]
    fn trees_are_read_and_summed() {
        let model = Model::parse("a b c\n0 5 -1 -2|100 -40\n1 0 1 -3,0 9 -1 -2|7 8 9\nnonsense\n");
        assert_eq!((model.roots.len(), model.nodes.len(), model.leaves.len()), (2, 3, 5));
        let mut row = [0; COUNT];
        // At most the threshold goes left.
        (row[0], row[1]) = (5, 0);
        assert_eq!(model.score(&row), 100 + 7);
        (row[0], row[1]) = (6, 0);
        assert_eq!(model.score(&row), -40 + 7);
        (row[0], row[1]) = (10, 0);
        assert_eq!(model.score(&row), -40 + 8);
        (row[0], row[1]) = (5, 1);
        assert_eq!(model.score(&row), 100 + 9);
        assert_eq!(Model::parse("").score(&row), 0);
    }

    #[test]
    fn a_feature_that_rows_have_not_is_no_tree() {
        assert!(Model::parse(&format!("{COUNT} 5 -1 -2|1 2")).roots.is_empty());
        assert!(Model::parse("0 5 -1|1 2").roots.is_empty());
        assert!(Model::parse("0 5 -1 -2|1 x").roots.is_empty());
    }

    #[test]
    fn texts_of_consent_are_never_voted_in() {
        let consent = "We and our partners use cookies to show you advertising that you may like, and to count how many people read \
                       our pages. You may refuse all of them at any time.";
        let text = [
            "The council of Ostmark voted on Monday to rebuild the old bridge, which had been closed since the flood of spring.",
            "Work is to begin in June, said Anna Holm, who chairs the council, and it will take two years at the very least.",
            "The railway had asked for a tunnel instead, at three times the price, and has not said whether it will go to court.",
        ];
        let html = format!("<main><p>{}</p></main><div class=cookie-consent><p>{consent}</p></div>", text.join("<p>"));
        assert_eq!(crate::extract::tests::read(&html).body, text.join("\n\n"));
    }

    #[test]
    fn pages_of_too_many_blocks_are_left_to_the_rules() {
        let html = "<p>x".repeat(MOST_BLOCKS + 1);
        let (_, why) = crate::extract::explain(&crate::extract::tests::page(&html), crate::extract::tests::TODAY);
        assert!(why.blocks.iter().all(|block| block.odds.is_none()));
    }
}
