//! From the page that `strip` wrote to a tree.
//!
//! `strip` writes tags in one form: names in lower case, attributes as ` name="value"` with the quote that the value
//! does not hold, no comments, no raw text. So a tag is found with a few searches for bytes, and its attributes stay one
//! piece of text until a rule asks for them. How tags nest is decided by html5ever's tree builder, as in browsers.

use std::borrow::Cow;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use memchr::{memchr, memchr2, memmem};
use scraper::{Html, HtmlTreeSink, Node};

use crate::extract::html::references::decode;

/// A step of a walk through the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'t> {
    /// The element begins: its name, and its attributes as written.
    Open(&'t str, &'t str),
    Text(&'t str),
    /// The element with this name ends.
    Close(&'t str),
}

/// Parses `html`, which `strip` wrote, and calls `step` for each node in document order.
pub(crate) fn walk(html: &str, step: impl FnMut(Step<'_>)) {
    steps(&parse(html), step);
}

fn parse(html: &str) -> Html {
    let mut feeder = Feeder {
        text: html,
        shared: StrTendril::from_slice(html),
        rules: TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), Default::default()),
        // Twice as many slots as pages have names of elements, so they seldom clash.
        names: [const { None }; NAMES],
    };
    feeder.run();
    feeder.rules.end();
    feeder.rules.sink.finish()
}

fn steps(page: &Html, mut step: impl FnMut(Step<'_>)) {
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                // All attributes are handed over as one.
                Node::Element(element) => {
                    step(Step::Open(element.name(), element.attrs.first().map_or("", |(_, written)| written)));
                }
                Node::Text(text) => step(Step::Text(text)),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    step(Step::Close(element.name()));
                }
            }
        }
    }
}

/// The names and values in the attributes of a tag as `strip` writes them; of one name the first counts.
pub(crate) fn attributes(written: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = written;
    std::iter::from_fn(move || {
        let (name, quoted) = rest.trim_ascii_start().split_once('=')?;
        let quote = *quoted.as_bytes().first()?;
        let end = memchr(quote, &quoted.as_bytes()[1..])?;
        rest = &quoted[end + 2..];
        Some((name, &quoted[1..=end]))
    })
}

/// The value of an attribute, with its character references decoded.
pub(crate) fn value<'a>(written: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(written).find(|(known, _)| *known == name).map(|(_, value)| decode(value, true))
}

/// Names that are remembered: to look one up among all that HTML has takes longer.
const NAMES: usize = 64;

/// Feeds the tree builder with what it takes for the tokens of a page.
struct Feeder<'h> {
    text: &'h str,
    /// The same text, as pieces of which all text of the tree is held.
    shared: StrTendril,
    rules: TreeBuilder<NodeId, HtmlTreeSink>,
    names: [Option<LocalName>; NAMES],
}

impl Feeder<'_> {
    fn run(&mut self) {
        self.feed(Token::DoctypeToken(Doctype { name: Some("html".into()), ..Doctype::default() }));
        let mut at = 0;
        while at < self.text.len() {
            let tag = self.next_tag(at);
            self.characters(at, tag);
            at = if tag < self.text.len() { self.tag(tag) } else { tag };
        }
        self.feed(Token::EOFToken);
    }

    /// Hands a token over; true where only text may follow it up to its end tag.
    fn feed(&self, token: Token) -> bool {
        matches!(self.rules.process_token(token, 1), TokenSinkResult::RawData(_))
    }

    /// Where the next tag begins; a `<` that begins none is text.
    fn next_tag(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(found) = memchr(b'<', &bytes[at..]) {
            let tag = at + found;
            if bytes.get(tag + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') {
                return tag;
            }
            at = tag + 1;
        }
        bytes.len()
    }

    fn piece(&self, from: usize, to: usize) -> StrTendril {
        self.shared.subtendril(from as u32, (to - from) as u32)
    }

    fn characters(&self, from: usize, to: usize) {
        let text = &self.text[from..to];
        let token = if memchr::memchr3(b'&', b'\r', 0, text.as_bytes()).is_none() {
            self.piece(from, to)
        } else {
            let text = decode(text, false);
            // Zero characters show nothing, and a line ends with one character.
            let plain = memchr2(b'\r', 0, text.as_bytes()).is_none();
            let text =
                if plain { text } else { text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n").into() };
            StrTendril::from_slice(&text)
        };
        if !token.is_empty() {
            self.feed(Token::CharacterTokens(token));
        }
    }

    /// Feeds the tag at `tag`, and where only text may follow it, that text; returns where reading goes on.
    fn tag(&mut self, tag: usize) -> usize {
        let bytes = self.text.as_bytes();
        let closing = bytes.get(tag + 1) == Some(&b'/');
        let start = tag + 1 + usize::from(closing);
        let end = memchr2(b' ', b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end);
        let name = self.name(&self.text[start..end]);
        let close = tag_end(bytes, end);
        let mut attrs = Vec::new();
        if close > end && !closing {
            let name = QualName::new(None, ns!(), local_name!("class"));
            attrs.push(Attribute { name, value: self.piece(end + 1, close) });
        }
        let kind = if closing { TagKind::EndTag } else { TagKind::StartTag };
        let token = Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false };
        let after = if bytes.get(close) == Some(&b'>') { close + 1 } else { bytes.len() };
        if !self.feed(Token::TagToken(token)) {
            return after;
        }
        let end_tag = format!("</{}>", &self.text[start..end]);
        let end = memmem::find(&bytes[after..], end_tag.as_bytes()).map_or(bytes.len(), |end| after + end);
        self.characters(after, end);
        end
    }

    fn name(&mut self, name: &str) -> LocalName {
        let bytes = name.as_bytes();
        let byte = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(*byte));
        let slot =
            &mut self.names[(byte(0) * 5 + byte(1) * 3 + byte(bytes.len().wrapping_sub(1)) + bytes.len()) % NAMES];
        match slot {
            Some(known) if **known == *name => known.clone(),
            _ => slot.insert(LocalName::from(name)).clone(),
        }
    }
}

/// Where the `>` of a tag stands whose name ends at `from`.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at) == Some(&b' ') {
        let Some(equals) = memchr(b'=', &bytes[at..]) else { return bytes.len() };
        let open = at + equals + 1;
        let Some(quote) = bytes.get(open) else { return bytes.len() };
        let Some(length) = memchr(*quote, &bytes[open + 1..]) else { return bytes.len() };
        at = open + length + 2;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::strip::strip;
    use proptest::prelude::*;

    /// Names, text and nesting; not the attributes.
    fn shape(page: &Html) -> String {
        let mut out = String::new();
        steps(page, |step| match step {
            Step::Open(name, _) => out.extend(["<", name, ">"]),
            Step::Text(text) => out.push_str(text),
            Step::Close(_) => out.push_str("</>"),
        });
        out
    }

    #[test]
    fn attributes_are_read_when_asked_for() {
        let written = r#"class="a b" href='/x?y=1&amp;z="2"' id="" lang="e&uuml;""#;
        let all: Vec<_> = attributes(written).collect();
        assert_eq!(all[..2], [("class", "a b"), ("href", r#"/x?y=1&amp;z="2""#)]);
        assert_eq!(value(written, "href").as_deref(), Some(r#"/x?y=1&z="2""#));
        assert_eq!(value(written, "lang").as_deref(), Some("eü"));
        assert_eq!(value(written, "id").as_deref(), Some(""));
        assert_eq!(value(written, "rel"), None);
        assert_eq!(attributes("class").count() + attributes("class=\"x").count(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        /// The whole tokenizer of html5ever makes the same tree of what `strip` wrote.
        #[test]
        fn the_tree_is_that_of_browsers(
            page in "(</?(p|div|a|table|td|tr|ul|li|title|pre|form|h1|html|body|head|meta|x-y)( class=[a\"']?b)?( id='(x\"|</title>)')?>|[a &;<\n]{1,4}|&amp|&#(x41|0|128);?|&not(it|in)?;|&lt;?|<b){0,40}"
        ) {
            let html = strip(&page).html;
            let whole = Html::parse_document(&format!("<!DOCTYPE html>{html}"));
            prop_assert_eq!(shape(&parse(&html)), shape(&whole), "{}", html);
        }
    }
}
