//! How the operators that look at places in the text take what they are given: [`near`] and [`at_least`].

use super::tree::{Field, Node, NodeKind, Reach};
use crate::text::Span;

/// `left` and `right` close to each other as one part, or both as they were where one has no place in the text.
///
/// Parts side by side, or joined by `AND`, are asked to be close to each other too. Two fields of one scope are joined
/// inside it.
pub(super) fn near(reach: Reach, left: Node, right: Node, span: Span) -> Vec<Node> {
    if let (NodeKind::Field(Field::Text(scope, one)), NodeKind::Field(Field::Text(other, two))) =
        (&left.kind, &right.kind)
        // `title:a w/5 title:b` can only be meant inside the title; between two fields nothing is close.
        && scope == other
        && can_be_placed(one)
        && can_be_placed(two)
    {
        let inner = Span { start: one.span.start, end: two.span.end };
        let parts = vec![placed((**one).clone(), reach), placed((**two).clone(), reach)];
        let joined = Node { span: inner, kind: chain(reach, parts) };
        return vec![Node { span, kind: NodeKind::Field(Field::Text(*scope, Box::new(joined))) }];
    }
    if !(can_be_placed(&left) && can_be_placed(&right)) {
        // The operands stay and are joined as by `AND`: to drop one would find too much.
        return vec![left, right];
    }
    vec![Node { span, kind: chain(reach, vec![placed(left, reach), placed(right, reach)]) }]
}

/// Parts close to each other. Left to right: a first part of the same operator is the head of the chain.
fn chain(reach: Reach, mut parts: Vec<Node>) -> NodeKind {
    if let Some(Node { kind: NodeKind::Near(inner, nodes), .. }) = parts.first_mut()
        && *inner == reach
    {
        let nodes = std::mem::take(nodes);
        parts.splice(0..1, nodes);
    }
    NodeKind::Near(reach, parts)
}

/// True where every leaf has a place, so that [`placed`] can give the whole one.
fn can_be_placed(node: &Node) -> bool {
    match &node.kind {
        NodeKind::All(parts) | NodeKind::And(parts) | NodeKind::Or(parts) => parts.iter().all(can_be_placed),
        _ => node.has_place(),
    }
}

/// `node` with its `All` and `And` turned into parts close to each other.
fn placed(node: Node, reach: Reach) -> Node {
    let each = |parts: Vec<Node>| parts.into_iter().map(|part| placed(part, reach)).collect();
    let kind = match node.kind {
        NodeKind::All(parts) | NodeKind::And(parts) => chain(reach, each(parts)),
        NodeKind::Or(parts) => NodeKind::Or(each(parts)),
        other => other,
    };
    Node { span: node.span, kind }
}

/// `node` so many times at least. Of several parts each is counted, and what cannot be counted stays as it is.
pub(super) fn at_least(times: u32, node: Node) -> Node {
    // Once at least is what every part is asked for.
    if times < 2 {
        return node;
    }
    let span = node.span;
    let each = |parts: Vec<Node>| parts.into_iter().map(|part| at_least(times, part)).collect::<Vec<_>>();
    if node.has_place() {
        return Node { span, kind: NodeKind::AtLeast(times, Box::new(node)) };
    }
    let kind = match node.kind {
        NodeKind::All(parts) => NodeKind::All(each(parts)),
        NodeKind::And(parts) => NodeKind::And(each(parts)),
        NodeKind::Or(parts) => NodeKind::Or(each(parts)),
        // Of two counts the higher one implies the other.
        NodeKind::AtLeast(other, inner) => NodeKind::AtLeast(times.max(other), inner),
        NodeKind::Field(Field::Text(scope, inner)) => {
            NodeKind::Field(Field::Text(scope, Box::new(at_least(times, *inner))))
        }
        other => other,
    };
    Node { span, kind }
}
