//! Two wordings word by word: the cheapest way from one to the other.

use std::ops::Range;

use super::{Quote, Token};

/// What it costs that words are other words, or that one has none beside it.
pub(super) const OTHER: u32 = 4;
/// What it costs that a word has another capital, accent or sign.
const NEARLY: u32 = 1;

/// A stretch of both wordings: where they are equal the texts are, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// As it is quoted; empty for what was added.
    pub(crate) cited: String,
    /// As the text has it; empty for what was taken out.
    pub(crate) now: String,
}

/// One step on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Both,
    /// A word of the quotation that the text does not have.
    Cited,
    /// A word of the text that the quotation does not have.
    Now,
    Begin,
}

/// Aligns all of `quote` with what of `window` it costs least: the cost, both wordings, and which tokens of the window.
pub(super) fn align(quote: &Quote, window: &[Token]) -> (u32, Vec<Edit>, Range<usize>) {
    let (rows, columns) = (quote.tokens.len(), window.len());
    let mut steps = vec![Step::Begin; (rows + 1) * (columns + 1)];
    // Words of the window before the first cost nothing.
    let mut costs = vec![0; columns + 1];
    for row in 1..=rows {
        let mut diagonal = costs[0];
        costs[0] = row as u32 * OTHER;
        steps[row * (columns + 1)] = Step::Cited;
        for column in 1..=columns {
            let both = diagonal + cost(quote, row - 1, &window[column - 1]);
            let (cited, now) = (costs[column] + OTHER, costs[column - 1] + OTHER);
            diagonal = costs[column];
            let best = both.min(cited).min(now);
            costs[column] = best;
            steps[row * (columns + 1) + column] = if best == both {
                Step::Both
            } else if best == cited {
                Step::Cited
            } else {
                Step::Now
            };
        }
    }
    // Words behind the last cost nothing either.
    let (end, cost) = costs.iter().enumerate().min_by_key(|(_, cost)| **cost).map_or((0, 0), |(at, cost)| (at, *cost));
    let (mut row, mut column) = (rows, end);
    let mut path = Vec::new();
    while row > 0 {
        let step = steps[row * (columns + 1) + column];
        path.push(step);
        row -= usize::from(step != Step::Now);
        column -= usize::from(step != Step::Cited);
    }
    (cost, edits(quote, &window[column..end], path.iter().rev()), column..end)
}

fn cost(quote: &Quote, at: usize, found: &Token) -> u32 {
    let own = &quote.tokens[at];
    match own.number == found.number {
        true if quote.same(at, own, found) => 0,
        true => NEARLY,
        false => OTHER,
    }
}

/// The stretches that are equal and those that are not, by turns.
fn edits<'s>(quote: &Quote, found: &[Token], path: impl Iterator<Item = &'s Step>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut equal = false;
    let (mut cited, mut now) = (quote.tokens.iter().enumerate(), found.iter().enumerate());
    let (own_last, last) = (quote.tokens.len(), found.len());
    for step in path {
        let own = if *step == Step::Now { None } else { cited.next() };
        let other = if *step == Step::Cited { None } else { now.next() };
        let same = match (own, other) {
            (Some((at, own)), Some((_, other))) => own.number == other.number && quote.same(at, own, other),
            _ => false,
        };
        if edits.is_empty() || same != equal {
            edits.push(Edit { cited: String::new(), now: String::new() });
            equal = same;
        }
        let Some(edit) = edits.last_mut() else { continue };
        // Equal stretches are shown as the text has them: forms of signs are no difference.
        let own = if same {
            other.map(|(at, token)| (at, last, token))
        } else {
            own.map(|(at, token)| (at, own_last, token))
        };
        append(&mut edit.cited, own);
        append(&mut edit.now, other.map(|(at, token)| (at, last, token)));
    }
    edits
}

/// Adds a word with its signs, but for those before the first and behind the last.
fn append(text: &mut String, token: Option<(usize, usize, &Token)>) {
    let Some((at, count, token)) = token else { return };
    if !text.is_empty() {
        text.push(' ');
    }
    let before = if at == 0 { "" } else { token.before.as_str() };
    let behind = if at + 1 == count { "" } else { token.behind.as_str() };
    text.extend([before, &token.word, behind]);
}
