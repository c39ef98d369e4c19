//! Reads the nodes of a page into an [`Outline`].

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::extract::html::class_hints::{self, HintReader, Hints};
use crate::extract::html::outline::{Block, Element, Outline, Property, Tag};
use crate::extract::html::parse::{self, Step};
use crate::extract::html::references;
use crate::extract::tables::URLS;
use crate::text::is_cjk;
use crate::text::word_lists::{Phrase, WordLists};

/// Parses `html`, which `strip` wrote, and reads it in one walk.
pub(crate) fn read(html: &str, hints: &mut HintReader) -> Outline {
    hints.make_room();
    let mut reader = Reader::new(std::mem::take(hints), html.len());
    parse::walk(html, |step| match step {
        Step::Open(name, attributes) => reader.open(name, attributes),
        Step::Text(text) => reader.text(text),
        Step::Close(name) => reader.close(name),
    });
    let (outline, known) = reader.finish();
    *hints = known;
    outline
}

/// Reads the nodes of a page in order.
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
    /// Open elements with the readings of letters, which stand over them.
    readings: u32,
    /// Where in the text an inline element ended, and whether another has begun since.
    seam: (usize, bool),
}

impl Reader {
    /// Ready for a page of so many bytes.
    fn new(hints: HintReader, bytes: usize) -> Reader {
        let mut reader = Reader { hints, ..Reader::default() };
        // Of news pages: a third is text, and there is an element on sixty-four bytes. Grown piece by piece, the lists of
        // a page would be copied a dozen times.
        reader.out.text.reserve(bytes / 3);
        reader.out.elements.reserve(bytes / 64);
        reader.out.elements.push(Element { tag: Tag::Body, ..Element::default() });
        reader
    }

    /// An element begins; `written` are its attributes as `strip` wrote them.
    fn open(&mut self, name: &str, written: &str) {
        match name {
            "title" if self.out.title.is_empty() => self.in_title = true,
            "meta" => return self.meta(written),
            "link" => self.out.canonical = own(written, "href").or(self.out.canonical.take()),
            "br" => return self.line_break(),
            "rt" | "rp" | "rtc" => self.readings += 1,
            "html" => self.out.lang = own(written, "lang").or_else(|| own(written, "xml:lang")),
            _ => {}
        }
        let tag = Tag::of(name);
        if tag.is_block() {
            self.end_block();
        }
        let index = self.out.elements.len() as u32;
        let mut entry = Element {
            parent: self.stack.last().copied().unwrap_or(0),
            tag,
            start: self.out.text.len() as u32,
            first: self.out.blocks.len() as u32,
            ..Element::default()
        };
        // Element of the shape: a `div` and a `p` of one class are set by different templates.
        entry.class = tag.rank() as u32;
        if !matches!(name, "html" | "body") {
            self.attributes(written, &mut entry, index);
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

    fn attributes(&mut self, written: &str, entry: &mut Element, index: u32) {
        let [mut datetime, mut item, mut dated, mut content, mut titled, mut valued, mut linked] = [const { None }; 7];
        for (name, value) in parse::attributes(written) {
            let value = references::decode(value, true);
            match name {
                "class" => {
                    entry.hints = entry.hints.with(self.hints.read(&value));
                    entry.class = (entry.class ^ class_hints::hash(&value)).rotate_left(5);
                }
                "id" | "data-testid" | "data-component" | "data-qa" => {
                    entry.hints = entry.hints.with(self.hints.read(&value));
                }
                "rel" => {
                    let is = |wanted| value.split_ascii_whitespace().any(|rel| rel == wanted);
                    entry.is_author |= is("author");
                    entry.is_tag |= is("tag");
                }
                "href" => {
                    entry.is_author |= is_author_address(&value);
                    linked = Some(value).filter(|_| entry.tag != Tag::Link);
                }
                "itemprop" => item = Some(value),
                "datetime" => datetime = Some(value),
                "content" => content = Some(value),
                "title" => titled = Some(value),
                "value" => valued = Some(value),
                "property" if value.contains("date") => dated = Some(value),
                "hidden" => entry.hints = entry.hints.with(Hints::HIDDEN),
                "aria-hidden" if value == "true" => entry.hints = entry.hints.with(Hints::HIDDEN),
                "style" if is_hiding(&value) => entry.hints = entry.hints.with(Hints::HIDDEN),
                "role" => entry.hints = entry.hints.with(of_role(&value)),
                _ => {}
            }
        }
        if let Some(item) = dated.or(item) {
            entry.is_body |= item.split_ascii_whitespace().any(|item| item.eq_ignore_ascii_case("articleBody"));
            entry.is_author |= item.split_ascii_whitespace().any(|item| matches!(item, "author" | "creator"));
            let value = datetime.clone().or(valued).or(titled).or(content).or(linked).unwrap_or_default();
            self.item(&item.to_ascii_lowercase(), &value, index);
        }
        if let Some(datetime) = datetime {
            self.item("time", &datetime, index);
        }
    }

    fn item(&mut self, name: &str, value: &str, element: u32) {
        self.out.items.push(Property { name: name.to_owned(), value: value.trim().to_owned(), element });
    }

    fn meta(&mut self, written: &str) {
        let value = parse::value(written, "content");
        let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) else { return };
        let names = ["property", "name", "itemprop"].into_iter().filter_map(|name| parse::value(written, name));
        for name in names {
            let name = name.trim().to_ascii_lowercase();
            let element = self.stack.last().copied().unwrap_or(0);
            self.out.metas.push(Property { name, value: value.to_owned(), element });
        }
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "meta" | "br") {
            return;
        }
        self.in_title &= name != "title";
        self.readings -= u32::from(matches!(name, "rt" | "rp" | "rtc"));
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
        // In `<pre>` a break is a line.
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
        } else if self.readings == 0 {
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
        if !self.blank && self.seam.0 == self.out.text.len() {
            self.blank = if self.seam.1 {
                is_seam(self.out.text.chars().next_back(), first)
            } else {
                self.is_seam_of_heading(first)
            };
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

    /// Whether an element that has just ended in a heading was a kicker or the like, and no first letter (`<i>e</i>Commerce`).
    fn is_seam_of_heading(&self, first: char) -> bool {
        let holder = &self.out.elements[self.block.element as usize];
        let mut before = self.out.text.chars().rev();
        matches!(holder.tag, Tag::Heading(_))
            && is_seam(before.next(), first)
            && before.next().is_some_and(char::is_alphanumeric)
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
                // In halves: two Han letters count as one word.
                self.block.words += if self.in_word { 0 } else { 2 };
                self.in_word = true;
            } else {
                // `it's` and `well-known` are one word.
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
        // What is trimmed off stays in the text: elements have begun and ended there.
        let start = self.block.start as usize;
        let end = start + self.out.text[start..].trim_end().len();
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

    /// The page, and what was learned of its names.
    fn finish(mut self) -> (Outline, HintReader) {
        self.end_block();
        debug_assert!(self.stack.is_empty() && self.holders.is_empty(), "the walk closes what it opens");
        self.out.elements[0].end = self.out.text.len() as u32;
        self.out.elements[0].last = self.out.blocks.len() as u32;
        self.out.title = crate::text::squeeze(&self.out.title);
        (self.out, self.hints)
    }
}

/// The value of an attribute.
fn own(written: &str, name: &str) -> Option<String> {
    parse::value(written, name).map(Cow::into_owned)
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
    static AFTER_SLASH: OnceLock<Vec<Phrase>> = OnceLock::new();
    let parts = AFTER_SLASH.get_or_init(|| WordLists::parse(URLS).phrases("author page"));
    let mut slashes = memchr::memchr_iter(b'/', address.as_bytes());
    slashes.any(|at| parts.iter().any(|part| address[at + 1..].starts_with(&**part)))
}
