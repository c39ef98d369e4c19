//! The block model: how likely a block is text of the article, by trees over the numbers of `features.rs`.
//!
//! `data/blocks/README.md` says on what it was fitted and how to fit it again. The trees are tables of integers: a sum
//! of leaves in thousandths of log-odds, the same on every machine.

use std::sync::OnceLock;

use super::body::Guide;
use super::clean::{Scene, Verdict};
use super::features::{COUNT, Facts};

const DATA: &str = include_str!("../../data/blocks/model.txt");

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

#[derive(Debug, Default)]
struct Tree {
    nodes: Vec<Node>,
    leaves: Vec<i32>,
}

impl Tree {
    /// Reads `feature threshold left right, ... | leaf leaf ...`; `None` for what is not such a line.
    fn parse(line: &str) -> Option<Tree> {
        let (nodes, leaves) = line.split_once('|')?;
        let node = |text: &str| {
            let mut numbers = text.split_ascii_whitespace();
            Some(Node {
                feature: numbers.next()?.parse().ok().filter(|feature| usize::from(*feature) < COUNT)?,
                threshold: numbers.next()?.parse().ok()?,
                left: numbers.next()?.parse().ok()?,
                right: numbers.next()?.parse().ok()?,
            })
        };
        let nodes: Option<Vec<Node>> = nodes.split(',').map(node).collect();
        let leaves: Option<Vec<i32>> = leaves.split_ascii_whitespace().map(|leaf| leaf.parse().ok()).collect();
        Some(Tree { nodes: nodes?, leaves: leaves? })
    }

    fn score(&self, row: &[i16; COUNT]) -> i32 {
        let mut at = 0;
        while let Some(node) = usize::try_from(at).ok().and_then(|at| self.nodes.get(at)) {
            at = if row[usize::from(node.feature)] <= node.threshold { node.left } else { node.right };
        }
        self.leaves.get(!at as usize).copied().unwrap_or(0)
    }
}

fn model() -> &'static [Tree] {
    static MODEL: OnceLock<Vec<Tree>> = OnceLock::new();
    MODEL.get_or_init(|| DATA.lines().filter_map(Tree::parse).collect())
}

/// The odds of each block, in thousandths of log-odds; `None` for blocks that the model is not asked about.
pub(super) fn odds(scene: Scene<'_>, guide: Option<&Guide>, verdicts: &[Verdict]) -> Vec<Option<i32>> {
    let (model, count) = (model(), scene.outline.blocks.len());
    if model.is_empty() || count > MOST_BLOCKS {
        return vec![None; count];
    }
    let facts = Facts::of(scene, verdicts, guide);
    let mut row = [0; COUNT];
    let score = |index: usize| {
        facts.is_asked(index).then(|| {
            facts.fill(index, &mut row);
            model.iter().map(|tree| tree.score(&row)).sum()
        })
    };
    (0..count).map(score).collect()
}

/// Lets the model overrule the verdicts of the rules.
pub(super) fn overrule(odds: &[Option<i32>], verdicts: &mut [Verdict]) {
    for (odds, verdict) in odds.iter().zip(verdicts) {
        match odds {
            Some(odds) if *odds < 0 && verdict.is_kept() => *verdict = Verdict::VotedOut,
            Some(odds) if *odds >= 0 && !verdict.is_kept() => *verdict = Verdict::VotedIn,
            _ => {}
        }
    }
}
