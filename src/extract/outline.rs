//! The parsed page as flat lists: elements in document order, and the blocks of text they hold.
//!
//! One walk over the tree makes it; every rule after it reads these lists, never the tree. Text is kept in one
//! string with white space collapsed, so an element, a block and a paragraph are all byte ranges of it.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::hints::{self, HintReader, Hints};
pub(super) use super::tag::Tag;
use crate::text::is_cjk;

/// One element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// Index of its parent; its own index for the first element.
    pub(super) parent: u32,
    pub(super) tag: Tag,
    pub(super) hints: Hints,
    /// Hash of its tag and class names: elements that a template writes alike have the same.
    pub(super) class: u32,
    /// Its text, bytes of [`Outline::text`].
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its blocks, a range of [`Outline::blocks`].
    pub(super) first: u32,
    pub(super) last: u32,
    /// `itemprop=articleBody`.
    pub(super) is_body: bool,
    /// A link to an author, or an element marked as one.
    pub(super) is_author: bool,
    /// `rel=tag`.
    pub(super) is_tag: bool,
}

/// One block: a run of text without a break.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Block {
    /// Bytes of [`Outline::text`], without white space at the ends.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The nearest element with a break around it.
    pub(super) element: u32,
    /// Letters and digits.
    pub(super) letters: u32,
    /// Letters and digits inside links.
    pub(super) linked: u32,
    /// Words; two Han, kana or Thai letters count as one.
    pub(super) words: u32,
}

impl Block {
    /// Share of its letters that are links, 0 to 1.
    pub(super) fn link_share(&self) -> f32 {
        if self.letters == 0 { 0.0 } else { self.linked as f32 / self.letters as f32 }
    }
}

/// A name and a value: a `<meta>` tag or a microdata property.
#[derive(Clone, Debug)]
pub(super) struct Property {
    /// In lower case.
    pub(super) name: String,
    pub(super) value: String,
    /// Element that carries it; 0 in the head.
    pub(super) element: u32,
}

/// A page, read.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) text: String,
    pub(super) elements: Vec<Part>,
    pub(super) blocks: Vec<Block>,
    /// Where the text has a blank for a single line break, in order.
    pub(super) line_ends: Vec<u32>,
    /// `<meta>` tags in order.
    pub(super) metas: Vec<Property>,
    /// `itemprop` values and `<time datetime>` (named `time`) in order.
    pub(super) items: Vec<Property>,
    /// Content of `<title>`.
    pub(super) title: String,
    /// `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// `<html lang>`.
    pub(super) lang: Option<String>,
}

impl Outline {
    /// Parses `html` and reads it in one walk.
    pub(super) fn read(html: &str, hints: &mut HintReader) -> Outline {
        let parsed = Html::parse_document(html);
        hints.make_room();
        let mut reader = Reader { hints: std::mem::take(hints), ..Reader::default() };
        reader.out.elements.push(Part { tag: Tag::Body, ..Part::default() });
        for edge in parsed.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => reader.open(element),
                    Node::Text(text) => reader.text(text),
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Node::Element(element) = node.value() {
                        reader.close(element);
                    }
                }
            }
        }
        *hints = std::mem::take(&mut reader.hints);
        reader.finish()
    }

    pub(super) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }

    /// The text of a block in lines, where single line breaks set verse, an address or the like; else in one line.
    ///
    /// Lines of verse are short: those of running text that is merely wrapped are some seventy characters long.
    pub(super) fn lines_of(&self, block: &Block) -> std::borrow::Cow<'_, str> {
        let text = self.text_of(block);
        let from = self.line_ends.partition_point(|end| *end < block.start);
        let to = self.line_ends.partition_point(|end| *end < block.end);
        let Some(ends) = self.line_ends.get(from..to).filter(|ends| ends.len() >= 2) else { return text.into() };
        let length = text.chars().count();
        if length > 50 * (ends.len() + 1) {
            return text.into();
        }
        let mut lines = String::with_capacity(text.len());
        let mut at = block.start;
        for end in ends {
            lines.push_str(&self.text[at as usize..*end as usize]);
            lines.push('\n');
            at = end + 1;
        }
        lines.push_str(&self.text[at as usize..block.end as usize]);
        lines.into()
    }

    /// The text of an element on one line.
    pub(super) fn line(&self, element: &Part) -> String {
        let mut out = String::new();
        for word in self.text[element.start as usize..element.end as usize].split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }

    /// The element and those around it, innermost first.
    pub(super) fn ancestors(&self, element: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let current = next?;
            let parent = self.elements[current as usize].parent;
            next = (parent != current).then_some(parent);
            Some(current)
        })
    }

    /// Whether an element around `element`, short of those that also hold the block `beside`, is like `wanted`.
    pub(super) fn is_inside(&self, element: u32, beside: usize, wanted: impl Fn(&Part) -> bool) -> bool {
        let boxes = self.ancestors(element).map(|at| self.elements[at as usize]);
        let mut around = boxes.take_while(|part| !(part.first as usize..part.last as usize).contains(&beside));
        around.any(|part| wanted(&part))
    }

    /// The value of the first meta tag with this name, in lower case, that is not empty.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|meta| meta.name == name).map(|meta| meta.value.as_str())
    }
}

#[derive(Default)]
struct Reader {
    out: Outline,
    hints: HintReader,
    stack: Vec<u32>,
    /// Block-level elements among the open ones.
    holders: Vec<u32>,
    block: Block,
    links: u32,
    breaks: u32,
    blank: bool,
    in_word: bool,
    code: u32,
    in_title: bool,
    /// Where in the text an inline element ended, and whether another has begun since.
    seam: (usize, bool),
}

impl Reader {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        match name {
            "title" if self.out.title.is_empty() => self.in_title = true,
            "meta" => return self.meta(element),
            "link" => self.out.canonical = element.attr("href").map(str::to_owned).or(self.out.canonical.take()),
            "br" => return self.line_break(),
            "html" => self.out.lang = element.attr("lang").or(element.attr("xml:lang")).map(str::to_owned),
            _ => {}
        }
        let tag = Tag::of(name);
        if tag.is_block() {
            self.end_block();
        }
        let index = self.out.elements.len() as u32;
        let mut entry = Part {
            parent: self.stack.last().copied().unwrap_or(0),
            tag,
            start: self.out.text.len() as u32,
            first: self.out.blocks.len() as u32,
            ..Part::default()
        };
        entry.class = tag.rank() as u32;
        if !matches!(name, "html" | "body") {
            self.attributes(element, &mut entry, index);
        }
        self.links += u32::from(tag == Tag::Link);
        self.code += u32::from(tag == Tag::Code);
        self.seam.1 = true;
        self.out.elements.push(entry);
        self.stack.push(index);
        if tag.is_block() {
            self.holders.push(index);
            self.block.element = index;
        }
    }

    fn attributes(&mut self, element: &Element, entry: &mut Part, index: u32) {
        let mut datetime = None;
        let mut item = None;
        let mut content = None;
        for (name, value) in element.attrs() {
            match name {
                "class" => {
                    entry.hints = entry.hints.with(self.hints.read(value));
                    entry.class = (entry.class ^ hints::hash(value)).rotate_left(5);
                }
                "id" | "data-testid" | "data-component" | "data-qa" => {
                    entry.hints = entry.hints.with(self.hints.read(value));
                }
                "rel" => {
                    let is = |wanted| value.split_ascii_whitespace().any(|rel| rel == wanted);
                    entry.is_author |= is("author");
                    entry.is_tag |= is("tag");
                }
                "href" => {
                    content = content.or(Some(value).filter(|_| entry.tag != Tag::Link));
                    entry.is_author |= is_author_address(value);
                }
                "itemprop" => item = Some(value),
                "datetime" => datetime = Some(value),
                "content" | "title" | "value" => content = Some(value),
                "property" if element.name() != "meta" && value.contains("date") => item = Some(value),
                "hidden" => entry.hints = entry.hints.with(Hints::HIDDEN),
                "aria-hidden" if value == "true" => entry.hints = entry.hints.with(Hints::HIDDEN),
                "style" if is_hiding(value) => entry.hints = entry.hints.with(Hints::HIDDEN),
                "role" => entry.hints = entry.hints.with(of_role(value)),
                _ => {}
            }
        }
        if let Some(item) = item {
            entry.is_body |= item.split_ascii_whitespace().any(|item| item.eq_ignore_ascii_case("articleBody"));
            entry.is_author |= item.split_ascii_whitespace().any(|item| matches!(item, "author" | "creator"));
            let value = datetime.or(content).unwrap_or("");
            self.item(&item.to_ascii_lowercase(), value, index);
        }
        if let Some(datetime) = datetime {
            self.item("time", datetime, index);
        }
    }

    fn item(&mut self, name: &str, value: &str, element: u32) {
        self.out.items.push(Property { name: name.to_owned(), value: value.trim().to_owned(), element });
    }

    fn meta(&mut self, element: &Element) {
        let Some(value) = element.attr("content").map(str::trim).filter(|value| !value.is_empty()) else { return };
        let names = ["property", "name", "itemprop"].into_iter().filter_map(|name| element.attr(name));
        for name in names {
            let name = name.trim().to_ascii_lowercase();
            let element = self.stack.last().copied().unwrap_or(0);
            self.out.metas.push(Property { name, value: value.to_owned(), element });
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if matches!(name, "meta" | "br") {
            return;
        }
        self.in_title &= name != "title";
        let Some(index) = self.stack.pop() else { return };
        let tag = self.out.elements[index as usize].tag;
        if tag.is_block() {
            self.end_block();
            self.holders.pop();
            self.block.element = self.holders.last().copied().unwrap_or(0);
        }
        self.seam = (self.out.text.len(), false);
        self.links -= u32::from(tag == Tag::Link);
        self.code -= u32::from(tag == Tag::Code);
        let (end, last) = (self.out.text.len() as u32, self.out.blocks.len() as u32);
        let entry = &mut self.out.elements[index as usize];
        entry.end = end;
        entry.last = last;
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.code > 0 {
            self.push_text("\n");
        } else if self.breaks > 1 {
            self.end_block();
        }
        self.blank = true;
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.out.title.extend(text.chars().filter(|c| *c != '\u{200B}'));
        } else {
            self.push_text(text);
        }
    }

    fn push_text(&mut self, text: &str) {
        if self.code > 0 {
            return text.split_inclusive('\n').for_each(|line| self.push_line(line));
        }
        self.push_line(text);
    }

    /// A text without line breaks that count; within code, one line with its break.
    fn push_line(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let word_start = rest.trim_start();
            if word_start.len() < rest.len() {
                self.blank = true;
                self.in_word = false;
            }
            if word_start.is_empty() {
                break;
            }
            let end = word_end(word_start);
            let (word, after) = word_start.split_at(end);
            if word.is_ascii() {
                self.push_ascii(word)
            } else {
                word.chars().for_each(|c| self.push_char(c))
            }
            rest = after;
        }
        // One blank line at most: two line breaks part paragraphs.
        if self.code > 0 && text.ends_with('\n') && self.is_open() && !self.out.text.ends_with("\n\n") {
            self.out.text.push('\n');
        }
    }

    /// Whether the block has text already.
    fn is_open(&self) -> bool {
        self.out.text.len() as u32 > self.block.start
    }

    /// Puts the blank or the seam before a piece that begins with `first`.
    fn separate(&mut self, first: char) {
        if !self.blank && self.seam == (self.out.text.len(), true) {
            self.blank = is_seam(self.out.text.chars().next_back(), first);
            self.in_word &= !self.blank;
        }
        if self.blank && self.is_open() && !self.out.text.ends_with('\n') {
            if self.breaks > 0 {
                self.out.line_ends.push(self.out.text.len() as u32);
            }
            self.out.text.push(' ');
        }
        self.blank = false;
        self.breaks = 0;
    }

    fn push_ascii(&mut self, word: &str) {
        let Some(first) = word.bytes().find(|byte| !byte.is_ascii_control()) else { return };
        self.separate(char::from(first));
        if word.bytes().any(|byte| byte.is_ascii_control()) {
            self.out.text.extend(word.chars().filter(|c| !c.is_control()));
        } else {
            self.out.text.push_str(word);
        }
        let mut letters = 0;
        for byte in word.bytes() {
            if byte.is_ascii_alphanumeric() {
                letters += 1;
                self.block.words += if self.in_word { 0 } else { 2 };
                self.in_word = true;
            } else {
                self.in_word &= matches!(byte, b'\'' | b'-');
            }
        }
        self.block.letters += letters;
        self.block.linked += if self.links > 0 { letters } else { 0 };
    }

    fn push_char(&mut self, c: char) {
        // Soft hyphens, zero-width blanks and byte order marks are invisible.
        if matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}') || c.is_control() {
            return;
        }
        self.separate(c);
        self.out.text.push(c);
        self.count(c);
    }

    fn count(&mut self, c: char) {
        if !c.is_alphanumeric() {
            self.in_word &= matches!(c, '\'' | '’' | '-');
            return;
        }
        self.block.letters += 1;
        self.block.linked += u32::from(self.links > 0);
        // Words are counted in halves; the end of the block halves the count.
        if is_cjk(c) {
            self.block.words += 1;
            self.in_word = false;
        } else if !self.in_word {
            self.block.words += 2;
            self.in_word = true;
        }
    }

    fn end_block(&mut self) {
        let end = self.out.text.trim_end().len();
        self.out.text.truncate(end.max(self.block.start as usize));
        if end as u32 > self.block.start {
            let block = Block { end: end as u32, words: self.block.words.div_ceil(2), ..self.block };
            self.out.blocks.push(block);
            self.out.text.push('\n');
        }
        self.block = Block { start: self.out.text.len() as u32, element: self.block.element, ..Block::default() };
        self.blank = false;
        self.in_word = false;
        self.breaks = 0;
    }

    fn finish(mut self) -> Outline {
        self.end_block();
        self.out.elements[0].end = self.out.text.len() as u32;
        self.out.elements[0].last = self.out.blocks.len() as u32;
        self.out.title = self.out.title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.out
    }
}

/// Whether two letters of neighbouring inline elements belong to different words: pages set such elements apart by
/// style alone (`<span>Jo Berg</span><span>Nov 5</span>`).
fn is_seam(before: Option<char>, after: char) -> bool {
    let Some(before) = before else { return false };
    (before.is_lowercase() || before.is_ascii_digit()) && after.is_uppercase()
        || before.is_alphabetic() && after.is_ascii_digit()
        || before.is_ascii_digit() && after.is_ascii_digit()
}

/// Where the word at the start of `text` ends; at least one character long.
fn word_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() && bytes[end].is_ascii_graphic() {
        end += 1;
    }
    match bytes.get(end) {
        None => end,
        Some(byte) if byte.is_ascii_whitespace() && end > 0 => end,
        _ => text.find(char::is_whitespace).unwrap_or(text.len()),
    }
}

fn is_hiding(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn of_role(role: &str) -> Hints {
    match role {
        "navigation" | "menu" | "menubar" | "search" | "toolbar" => Hints::NAV,
        "complementary" => Hints::SIDE,
        "contentinfo" => Hints::FOOT,
        "dialog" | "alertdialog" | "tooltip" => Hints::DIALOG,
        _ => Hints::NONE,
    }
}

/// Whether a link goes to the page of an author.
fn is_author_address(address: &str) -> bool {
    const PARTS: [&str; 12] = [
        "/author/",
        "/authors/",
        "/autor/",
        "/autoren/",
        "/auteur/",
        "/by/",
        "/profile/",
        "/contributor",
        "/people/",
        "/staff/",
        "/journalist",
        "/redaktion/",
    ];
    PARTS.iter().any(|part| address.contains(part))
}
