//! Elements of XML as trees, one item at a time.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// How deep elements lie in each other.
const DEPTH: usize = 256;
/// Elements of one item.
// An article has some hundred; a tree of millions takes memory that no text needs.
const MOST_NODES: usize = 200_000;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// With its prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    inside: Vec<Inside>,
}

#[derive(Debug)]
enum Inside {
    Node(Node),
    Text(String),
}

impl Node {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Node> {
        self.inside.iter().filter_map(|inside| match inside {
            Inside::Node(node) => Some(node),
            Inside::Text(_) => None,
        })
    }

    /// The children called `name`.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Node> {
        self.children().filter(move |child| child.local() == name)
    }

    /// The first child called `name`, one without a prefix before one with.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.all(name).find(|child| child.name == name).or_else(|| self.all(name).next())
    }

    /// The first element called `name` below this one.
    pub(super) fn find(&self, name: &str) -> Option<&Node> {
        self.children().find_map(|child| if child.local() == name { Some(child) } else { child.find(name) })
    }

    /// All of them, but for those within each other.
    pub(super) fn find_all(&self, name: &str) -> Vec<&Node> {
        self.children()
            .flat_map(|child| if child.local() == name { vec![child] } else { child.find_all(name) })
            .collect()
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for inside in &self.inside {
            match inside {
                Inside::Node(node) => node.add_text(text),
                Inside::Text(own) => text.push_str(own),
            }
        }
    }

    /// What it holds as HTML: the elements in it, or the markup that its text is.
    pub(super) fn content(&self) -> String {
        if self.children().next().is_some() { self.inside() } else { self.text() }
    }

    /// The elements and texts in it as HTML; a text alone may be markup itself.
    pub(super) fn inside(&self) -> String {
        let mut out = String::new();
        if self.children().next().is_none() {
            return self.text();
        }
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        for inside in &self.inside {
            match inside {
                Inside::Text(text) => escape(text, out),
                Inside::Node(node) if matches!(node.local(), "media" | "script" | "style") => {}
                Inside::Node(node) => {
                    // Headings of NITF are hl1 and hl2, its blocks stand for themselves.
                    let name = match node.local() {
                        "hl1" => "h1",
                        "hl2" => "h2",
                        "block" => "div",
                        name => name,
                    };
                    out.extend(["<", name]);
                    if let Some(href) = node.attribute("href") {
                        out.push_str(" href=\"");
                        escape(href, out);
                        out.push('"');
                    }
                    out.push('>');
                    node.write(out);
                    out.extend(["</", name, ">"]);
                }
            }
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Gives each outermost element of `text` whose name is one of `names` to `give`, with its bytes, or what is wrong with it.
pub(super) fn items(text: &str, names: &[&str], mut give: impl FnMut(Range<usize>, Result<Node, String>)) {
    let mut from = 0;
    loop {
        let mut reader = Items { reader: reader(&text[from..]), from, names };
        let wrong = loop {
            match reader.next() {
                Ok(Some((range, node))) => give(range, Ok(node)),
                Ok(None) => break None,
                Err(wrong) => break Some(wrong),
            }
        };
        let Some((range, why)) = wrong else { return };
        // The next item is looked for behind the beginning of this one, and behind what was read before.
        let next = names.iter().filter_map(|name| find_element(&text[range.end..], name)).min();
        give(range.clone(), Err(why));
        let Some(next) = next else { return };
        from = range.end + next;
    }
}

/// Where an element called `name` begins in `text`.
fn find_element(text: &str, name: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| {
        let rest = text[at + 1..].strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t', '/']))
    })
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

struct Items<'t> {
    reader: Reader<&'t [u8]>,
    /// Where in the file it began.
    from: usize,
    names: &'t [&'t str],
}

/// Where something is wrong, to where it was read, and what.
type Wrong = (Range<usize>, String);

impl Items<'_> {
    fn at(&self) -> usize {
        self.from + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn event(&mut self, start: usize) -> Result<Event<'_>, Wrong> {
        let from = self.from;
        let before = self.at();
        match self.reader.read_event() {
            Ok(event) => Ok(event),
            Err(cause) => {
                let at = from + usize::try_from(self.reader.error_position()).unwrap_or(0);
                Err((start..at.max(before).max(start + 1), cause.to_string()))
            }
        }
    }

    /// The next item and its bytes.
    fn next(&mut self) -> Result<Option<(Range<usize>, Node)>, Wrong> {
        loop {
            let start = self.at();
            let names = self.names;
            let found = match self.event(start)? {
                Event::Start(tag) => Some((node(&tag), false)),
                Event::Empty(tag) => Some((node(&tag), true)),
                Event::Eof => return Ok(None),
                _ => None,
            };
            let Some((node, is_empty)) = found.filter(|(node, _)| names.contains(&node.local())) else { continue };
            let node = if is_empty { node } else { self.tree(node, start)? };
            return Ok(Some((start..self.at(), node)));
        }
    }

    /// The rest of the element `top`, which began at `start`.
    fn tree(&mut self, top: Node, start: usize) -> Result<Node, Wrong> {
        let (mut open, mut nodes) = (vec![top], 0);
        loop {
            let step = match self.event(start)? {
                Event::Start(tag) => Step::Open(node(&tag)),
                Event::Empty(tag) => Step::Inside(Inside::Node(node(&tag))),
                Event::End(tag) => Step::Close(AsRef::<str>::as_ref(&tag.name()).to_owned()),
                Event::Text(text) => Step::Inside(Inside::Text(AsRef::<str>::as_ref(&text).to_owned())),
                Event::CData(text) => Step::Inside(Inside::Text(AsRef::<str>::as_ref(&text).to_owned())),
                Event::GeneralRef(reference) => Step::Inside(Inside::Text(resolved(reference.as_ref()))),
                Event::Eof => Step::End,
                _ => continue,
            };
            nodes += 1;
            let end = self.at();
            let wrong = |why: &str| Err((start..end, why.to_owned()));
            if nodes > MOST_NODES || open.len() > DEPTH {
                return wrong("an item of too many elements, or of too many within each other");
            }
            match step {
                Step::Open(node) => open.push(node),
                Step::Inside(inside) => open.last_mut().map(|last| last.inside.push(inside)).unwrap_or_default(),
                Step::End => return wrong("it ends inside an item"),
                Step::Close(name) => {
                    if let Some(done) = close(&mut open, &name) {
                        return Ok(done);
                    }
                }
            }
        }
    }
}

enum Step {
    Open(Node),
    Inside(Inside),
    Close(String),
    End,
}

/// Closes the last of the open elements that is called `name`, and those within it that were not closed; the item where that
/// was it.
fn close(open: &mut Vec<Node>, name: &str) -> Option<Node> {
    let at = open.iter().rposition(|node| node.name == name)?;
    loop {
        let (is_last, done) = (open.len() - 1 == at, open.pop()?);
        match open.last_mut() {
            Some(last) => last.inside.push(Inside::Node(done)),
            None => return Some(done),
        }
        if is_last {
            return None;
        }
    }
}

fn node(tag: &BytesStart<'_>) -> Node {
    let mut all = tag.html_attributes();
    let attributes = all.with_checks(false).flatten().map(|attribute| {
        let value = attribute.value.into_owned();
        let plain = quick_xml::escape::unescape(&value).map(|value| value.into_owned());
        (AsRef::<str>::as_ref(&attribute.key).to_owned(), plain.unwrap_or(value))
    });
    let attributes = attributes.collect();
    Node { name: AsRef::<str>::as_ref(&tag.name()).to_owned(), attributes, inside: Vec::new() }
}

/// What `&name;` stands for; one that is not known by itself stays as it is.
fn resolved(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    match number.and_then(char::from_u32) {
        Some(c) => c.to_string(),
        None => resolve_predefined_entity(name).map_or_else(|| format!("&{name};"), str::to_owned),
    }
}
