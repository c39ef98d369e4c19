//! Phrases with open words: `"gold med*"`, `"for the * of Lachin"`.

use super::{MOST_NEARS, MOST_PATTERNS, Parser};
use crate::query::chunk;
use crate::query::operators::{self, Marked};
use crate::query::tree::{Node, NodeKind, Reach};
use crate::text::Span;

/// Parts that stand side by side, between two stars of a phrase.
#[derive(Default)]
struct Segments {
    done: Vec<Vec<Node>>,
    /// Stars since the last word.
    stars: u32,
    /// The most stars between two words.
    most: u32,
    patterns: usize,
}

impl Segments {
    fn add(&mut self, node: Node) {
        if self.done.is_empty() || self.stars > 0 {
            // Before the first word a star stands for nothing.
            self.most = if self.done.is_empty() { 0 } else { self.most.max(self.stars) };
            self.stars = 0;
            self.done.push(Vec::new());
        }
        let Some(last) = self.done.last_mut() else { return };
        match (last.last_mut(), node) {
            // Words side by side are one phrase.
            (Some(Node { span, kind: NodeKind::Phrase(words) }), Node { span: own, kind: NodeKind::Phrase(more) }) => {
                span.end = own.end;
                words.extend(more);
            }
            (_, node) => last.push(node),
        }
    }

    /// All of it as one part; words and stars count for the distance.
    fn joined(self, span: Span) -> Option<NodeKind> {
        let near = |reach: u32, mut parts: Vec<Node>| match parts.len() {
            1 => parts.pop(),
            _ => Some(Node { span, kind: NodeKind::Near(Reach::Before(reach), parts) }),
        };
        let segments: Option<Vec<Node>> = self.done.into_iter().map(|parts| near(1, parts)).collect();
        near(self.most + 1, segments?).map(|node| node.kind)
    }
}

impl Parser<'_> {
    /// What the phrase at `inner` is where some of its words are open; `None` where none is, or there are too many.
    pub(super) fn open_phrase(&mut self, inner: Span) -> Option<NodeKind> {
        if self.frame.capitals || !inner.of(self.text).contains(['*', '?']) {
            return None;
        }
        let (mut segments, mut parts) = (Segments::default(), 0);
        for typed in inner.of(self.text).split_whitespace() {
            let start = typed.as_ptr() as usize - self.text.as_ptr() as usize;
            let span = Span::new(start, start + typed.len());
            if typed.bytes().all(|b| b == b'*') {
                segments.stars += 1;
                continue;
            }
            // Each is looked up, and its places are read.
            parts += 1;
            if parts > MOST_NEARS {
                return None;
            }
            if let Some(Marked::Pattern(pattern)) = operators::marked(self.text, span) {
                segments.patterns += 1;
                segments.add(Node { span, kind: NodeKind::Pattern(pattern) });
                continue;
            }
            let words = chunk::index_words(self.text, span);
            if !words.is_empty() {
                segments.add(Node { span, kind: NodeKind::Phrase(words) });
            }
        }
        let open = segments.patterns > 0 || segments.done.len() > 1;
        let nears = segments.done.iter().map(Vec::len).sum::<usize>();
        if !open || self.patterns + segments.patterns > MOST_PATTERNS || self.nears + nears > MOST_NEARS {
            return None;
        }
        self.patterns += segments.patterns;
        self.nears += nears;
        segments.joined(inner)
    }
}
