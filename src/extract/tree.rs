//! The tree that the parser's rules build: names, attributes as written, text, and nothing else.
//!
//! A node takes some fifty bytes and no allocation of its own: text and attributes are pieces of the page, which all
//! nodes share.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};

/// No node.
const NONE: u32 = u32::MAX;

#[derive(Debug)]
enum Value {
    Document,
    Element {
        name: LocalName,
        /// As in the page that `strip` wrote: `class="a" href="/x"`.
        attributes: StrTendril,
    },
    Text(StrTendril),
}

#[derive(Debug)]
struct Node {
    parent: u32,
    first: u32,
    last: u32,
    before: u32,
    after: u32,
    value: Value,
}

/// A parsed page; node 0 is the document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// A step of a walk through the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'t> {
    /// The element begins: its name, and its attributes as written.
    Open(&'t str, &'t str),
    Text(&'t str),
    /// The element with this name ends.
    Close(&'t str),
}

impl Tree {
    fn add(&mut self, value: Value) -> u32 {
        self.nodes.push(Node { parent: NONE, first: NONE, last: NONE, before: NONE, after: NONE, value });
        self.nodes.len() as u32 - 1
    }

    fn node(&mut self, at: u32) -> Option<&mut Node> {
        self.nodes.get_mut(at as usize)
    }

    /// Puts `node`, which has no parent, into `parent`, after `before` and before `after`.
    fn link(&mut self, node: u32, parent: u32, before: u32, after: u32) {
        if let Some(node) = self.node(node) {
            (node.parent, node.before, node.after) = (parent, before, after);
        }
        self.join(parent, before, node);
        self.join(parent, node, after);
    }

    /// Makes `before` and `after` neighbours; where one is missing, the other is an end of `parent`.
    fn join(&mut self, parent: u32, before: u32, after: u32) {
        match self.node(before) {
            Some(node) => node.after = after,
            None => self.nodes[parent as usize].first = after,
        }
        match self.node(after) {
            Some(node) => node.before = before,
            None => self.nodes[parent as usize].last = before,
        }
    }

    fn detach(&mut self, node: u32) {
        let Node { parent, before, after, .. } = self.nodes[node as usize];
        if parent != NONE {
            self.join(parent, before, after);
            self.nodes[node as usize].parent = NONE;
        }
    }

    /// Puts `child` into `parent`, after `before` and before `after`; text becomes part of the text before it.
    fn insert(&mut self, child: NodeOrText<Handle>, parent: u32, before: u32, after: u32) {
        match child {
            NodeOrText::AppendNode(node) => self.link(node.at, parent, before, after),
            NodeOrText::AppendText(text) => {
                if let Some(Node { value: Value::Text(known), .. }) = self.node(before) {
                    known.push_tendril(&text);
                } else {
                    let node = self.add(Value::Text(text));
                    self.link(node, parent, before, after);
                }
            }
        }
    }

    /// Calls `step` for each node in document order.
    pub(super) fn walk<'t>(&'t self, mut step: impl FnMut(Step<'t>)) {
        let mut at = 0;
        while let Some(node) = self.nodes.get(at as usize) {
            match &node.value {
                Value::Document => {}
                Value::Element { name, attributes } => step(Step::Open(name, attributes)),
                Value::Text(text) => step(Step::Text(text)),
            }
            if node.first != NONE {
                at = node.first;
                continue;
            }
            loop {
                let node = &self.nodes[at as usize];
                if let Value::Element { name, .. } = &node.value {
                    step(Step::Close(name));
                }
                at = node.after;
                if at != NONE {
                    break;
                }
                at = node.parent;
                if at == NONE {
                    return;
                }
            }
        }
    }
}

/// A node as the parser's rules hold it; the name is at hand, for they ask for little else.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    at: u32,
    name: LocalName,
}

/// The name of an element; all are HTML, as `strip` takes drawings and formulas out.
#[derive(Debug)]
pub(super) struct Name<'a> {
    space: &'a Namespace,
    local: &'a LocalName,
}

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        self.space
    }

    fn local_name(&self) -> &LocalName {
        self.local
    }
}

/// Takes the changes that the parser's rules make.
#[derive(Debug)]
pub(super) struct Sink {
    tree: RefCell<Tree>,
    space: Namespace,
}

impl Sink {
    /// An empty page with room for so many tags, and as much text between them.
    pub(super) fn for_tags(tags: usize) -> Sink {
        let mut tree = Tree { nodes: Vec::with_capacity(2 * tags + 8) };
        tree.add(Value::Document);
        Sink { tree: RefCell::new(tree), space: ns!(html) }
    }
}

/// All attributes of a tag as one text; `tokens` hands them over as one.
fn written(attributes: Vec<Attribute>) -> StrTendril {
    attributes.into_iter().next().map(|attribute| attribute.value).unwrap_or_default()
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { at: 0, name: LocalName::default() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Name<'a> {
        Name { space: &self.space, local: &target.name }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let name = name.local;
        let value = Value::Element { name: name.clone(), attributes: written(attributes) };
        Handle { at: self.tree.borrow_mut().add(value), name }
    }

    // `strip` leaves no comments and no processing instructions.
    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { at: self.tree.borrow_mut().add(Value::Text(StrTendril::new())), name: LocalName::default() }
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        let last = tree.nodes[parent.at as usize].last;
        tree.insert(child, parent.at, last, NONE);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().nodes[element.at as usize].parent != NONE;
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.at == other.at
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        if let NodeOrText::AppendNode(node) = &child {
            tree.detach(node.at);
        }
        let Node { parent, before, .. } = tree.nodes[sibling.at as usize];
        if parent != NONE {
            tree.insert(child, parent, before, sibling.at);
        }
    }

    /// Appends what a second `<html>` or `<body>` says: of attributes with one name the first counts.
    fn add_attrs_if_missing(&self, target: &Handle, added: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let Some(Node { value: Value::Element { attributes, .. }, .. }) = tree.node(target.at) {
            if !attributes.is_empty() {
                attributes.push_slice(" ");
            }
            attributes.push_tendril(&written(added));
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.at);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        loop {
            let child = tree.nodes[node.at as usize].first;
            if child == NONE {
                break;
            }
            tree.detach(child);
            let last = tree.nodes[parent.at as usize].last;
            tree.link(child, parent.at, last, NONE);
        }
    }
}
