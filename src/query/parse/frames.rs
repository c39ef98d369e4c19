//! What stands between parentheses: parts side by side, and the operators that join them.

use super::{Frame, MOST_NEARS, Operator, Parser, Wrap, cover, shown};
use crate::query::field::FieldName;
use crate::query::operators::Function;
use crate::query::positional;
use crate::query::tree::{Field, Node, NodeKind, Reach};
use crate::text::Span;

impl Parser<'_> {
    pub(super) fn open(&mut self, span: Span) {
        if self.nested_date(span) {
            return;
        }
        // Taken in any case: what stands before an ignored parenthesis must not wait for the next one.
        let (field, function) = (self.field.take(), self.function.take());
        if self.flat {
            return;
        }
        let context = match (field, function) {
            (Some((name, _)), _) => Some(name),
            (None, Some((Function::In(scope), _))) => Some(FieldName::Text(scope)),
            _ => self.frame.context,
        };
        let function_is = |known: Function| function.is_some_and(|(function, _)| function == known);
        let loud = self.frame.loud || function_is(Function::AllCaps);
        let capitals = self.frame.capitals || loud || function_is(Function::Caps);
        let exact = self.frame.exact || function_is(Function::Form);
        let field = field.map(|(name, start)| (Wrap::Field(name), start));
        let wrap = field.or(function.map(|(function, start)| (Wrap::Function(function), start)));
        let frame = Frame { start: span.start as usize, wrap, context, capitals, loud, exact, ..Frame::default() };
        self.frames.push(std::mem::replace(&mut self.frame, frame));
    }

    /// Ends the innermost parenthesis, which reaches to `end`, and hands it to the one around it.
    pub(super) fn close(&mut self, end: usize) {
        let (start, wrap) = (self.frame.start, self.frame.wrap);
        let inner = self.finish();
        let Some(outer) = self.frames.pop() else {
            return;
        };
        self.frame = outer;
        let Some(mut node) = inner else {
            // `-()` excludes nothing; the dash must not fall on what follows.
            self.frame.minus = None;
            if let Some((wrap, start)) = wrap {
                let span = Span::new(start, end);
                if matches!(wrap, Wrap::Field(name) if !matches!(name, FieldName::Text(_) | FieldName::Later(_))) {
                    return self.refuse(span, "it holds no value");
                }
                self.note(span, format!("{} holds nothing; it is ignored", shown(span.of(self.text))));
            }
            return;
        };
        // A single part keeps its own span: parentheses around one word mean nothing.
        if matches!(node.kind, NodeKind::All(_) | NodeKind::And(_) | NodeKind::Or(_)) {
            node.span = Span::new(start, end);
        }
        if let Some((wrap, start)) = wrap {
            node = self.wrap(wrap, node, Span::new(start, end));
        }
        self.operand(node);
    }

    /// What a field or function makes of its value.
    pub(super) fn wrap(&mut self, wrap: Wrap, node: Node, span: Span) -> Node {
        match wrap {
            Wrap::Field(FieldName::Text(scope)) | Wrap::Function(Function::In(scope)) => {
                Node { span, kind: NodeKind::Field(Field::Text(scope, Box::new(node))) }
            }
            Wrap::Function(Function::AtLeast(times)) => {
                let mut node = positional::at_least(times, node);
                // The span of the whole, so that a note can point at the function too.
                node.span = span;
                node
            }
            Wrap::Field(_) | Wrap::Function(Function::Caps | Function::AllCaps | Function::Form) => node,
        }
    }

    /// All of the present frame as one part; nothing when it holds none.
    pub(super) fn finish(&mut self) -> Option<Node> {
        self.end_run();
        if let Some((_, span)) = self.frame.operator.take() {
            self.dangling(span);
        }
        if let Some((_, span)) = self.frame.reach.take() {
            self.dangling(span);
        }
        if let Some((_, span)) = self.frame.times.take() {
            self.dangling(span);
        }
        if let Some(start) = self.frame.not.take() {
            self.note(Span::new(start, start + 3), "NOT has nothing after it; it is ignored".to_owned());
        }
        self.end_or();
        let frame = std::mem::take(&mut self.frame);
        let span = cover(&frame.parts)?;
        // An article has one site and one language: several side by side can only mean any of them.
        let any = frame.context.is_some_and(FieldName::is_single);
        let excludes = frame.parts.iter().any(|part| matches!(part.kind, NodeKind::Not(_)));
        Some(if any && !excludes { Node::or(frame.parts, span) } else { Node::all(frame.parts, span) })
    }

    fn dangling(&mut self, span: Span) {
        let name = match span.of(self.text) {
            "&&" => "AND",
            "||" => "OR",
            typed => typed,
        };
        self.note(span, format!("{name} has nothing to join on one side; it is ignored"));
    }

    pub(super) fn operator(&mut self, operator: Operator, span: Span) {
        if let Some((_, reach)) = self.frame.reach.take() {
            self.dangling(reach);
        }
        // Nothing stands before it: at the start, or after another operator that was dropped.
        if self.frame.ands.is_empty() {
            self.dangling(span);
            return;
        }
        if self.frame.operator.replace((operator, span)).is_some() {
            self.note(span, "two operators side by side; the second counts".to_owned());
        }
    }

    /// An operator between two parts that looks at their places.
    pub(super) fn reach(&mut self, reach: Reach, span: Span) {
        let open = self.frame.operator.is_some() || self.frame.minus.is_some();
        // `a NOT W/5 b`
        let apart = self.frame.not.take().is_some() | std::mem::take(&mut self.frame.apart);
        if self.frame.ands.is_empty() || open {
            return self.dangling(span);
        }
        self.frame.apart = apart;
        // Each reads positions of every article that holds its words.
        if self.nears == MOST_NEARS {
            self.frame.apart = false;
            return self
                .note(span, format!("more than {MOST_NEARS} operators such as w/5; those after it are left out"));
        }
        if self.frame.reach.replace((reach, span)).is_some() {
            self.note(span, "two operators side by side; the second counts".to_owned());
        } else {
            self.nears += 1;
        }
    }

    /// Joins `right` with the part before it.
    pub(super) fn join(&mut self, reach: Reach, operator: Span, right: Node) {
        let Some(left) = self.frame.ands.pop() else {
            return self.frame.ands.push(right);
        };
        // Words in parentheses are a list elsewhere; that they become neighbours here has to be said.
        let grouped = |node: &Node| matches!(node.kind, NodeKind::All(_) | NodeKind::And(_));
        let typed = operator.of(self.text);
        if grouped(&left) || grouped(&right) {
            self.note(operator, format!("words in parentheses beside {typed} have to be as close to each other"));
        }
        let span = Span { start: left.span.start, end: right.span.end };
        let kept = std::mem::take(&mut self.frame.apart).then(|| left.clone());
        let mut parts = positional::near(reach, left, right, span);
        if parts.len() > 1 {
            self.note(operator, format!("{typed} stands between words, phrases and groups of them; read as AND"));
        }
        if let Some(kept) = kept {
            parts = self.apart(&kept, parts, operator);
        }
        self.frame.ands.extend(parts);
    }

    /// Adds a part to the present frame, with the operator and negation that stand before it.
    pub(super) fn operand(&mut self, node: Node) {
        let (not, minus) = (self.frame.not.take(), self.frame.minus.take());
        let node = match self.frame.times.take() {
            Some((times, span)) => {
                let whole = Span { start: span.start, end: node.span.end };
                Node { span: whole, ..positional::at_least(times, node) }
            }
            None => node,
        };
        let node = match (not, minus) {
            // `NOT -x` is `x`.
            (Some(start), None) | (None, Some(start)) => {
                // A count may stand before the dash.
                let span = Span::new(start.min(node.span.start as usize), node.span.end as usize);
                Node::not(node, span)
            }
            _ => node,
        };
        if let Some((reach, span)) = self.frame.reach.take() {
            return self.join(reach, span, node);
        }
        match self.frame.operator.take() {
            Some((Operator::And, _)) => self.frame.ands.push(node),
            // What stands before `OR` is finished, since `AND` binds tighter.
            Some((Operator::Or, _)) => {
                self.end_and();
                self.frame.ands.push(node);
            }
            None => {
                self.end_or();
                self.frame.ands.push(node);
            }
        }
    }

    fn end_and(&mut self) {
        let ands = std::mem::take(&mut self.frame.ands);
        // Said only where an `AND` without parentheses stands beside an `OR`: there people expect different things.
        self.frame.anded |= ands.len() > 1;
        if let Some(span) = cover(&ands) {
            self.frame.ors.push(Node::and(ands, span));
        }
    }

    fn end_or(&mut self) {
        self.end_and();
        let ors = std::mem::take(&mut self.frame.ors);
        let mixed = std::mem::take(&mut self.frame.anded) && ors.len() > 1;
        if let Some(span) = cover(&ors) {
            if mixed {
                let message = "AND and OR side by side: AND is read first; parentheses say it plainly";
                self.note(span, message.to_owned());
            }
            self.frame.parts.push(Node::or(ors, span));
        }
    }
}
