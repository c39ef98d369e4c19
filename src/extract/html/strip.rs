//! The pass before the parse: one linear walk over the page that takes out what no rule reads.
//!
//! A parse costs by tags and attributes, not by bytes. Scripts, styles, drawings, comments, form controls, plain
//! formatting tags and attributes that no rule looks at go; JSON-LD is kept aside. What is left means the same to
//! the rules and takes about half the time to parse. The pass also bounds what the parser sees: its stack of open
//! elements is walked for many tags, so deep nesting would cost quadratic time.

use memchr::{memchr, memmem};

use super::head_link::HeadLink;
use crate::text::hash::fnv1a_32;

/// Deepest nesting that is kept; tags below are dropped, their text stays. Browsers stop at 512.
const MAX_DEPTH: usize = 250;
/// Most tags that are kept of a page of so many bytes: each one takes some 300 bytes in the lists of the rules, and no
/// page is to take more than twenty times its size. Pages with a thousand tags and more have at least 17 bytes a tag;
/// the largest news pages have about 30,000 tags.
fn most_tags(bytes: usize) -> usize {
    (20_000 + bytes / 32).min(100_000)
}

/// A page ready to be parsed.
#[derive(Debug, Default)]
pub(crate) struct Stripped<'t> {
    /// What is left of the page.
    pub(crate) html: String,
    /// Contents of `<script type="application/ld+json">`, in order.
    pub(crate) json_ld: Vec<&'t str>,
    /// The `<link>` and `<base>` tags that have an address, in order.
    pub(crate) head_links: Vec<HeadLink<'t>>,
    /// What was cut short.
    pub(crate) notes: Vec<String>,
}

/// Takes out of `page` what no rule reads.
pub(crate) fn strip(page: &str) -> Stripped<'_> {
    let mut stripper = Stripper {
        text: page,
        out: Stripped { html: String::with_capacity(page.len() / 2 + 64), ..Stripped::default() },
        open: Vec::new(),
        too_deep: 0,
        deepest_reached: false,
        tags: 0,
        most_tags: most_tags(page.len()),
        unclosed: 0,
        after_block: true,
        is_xml: is_xml(page),
    };
    stripper.run();
    if stripper.deepest_reached {
        stripper.out.notes.push(format!("tags nested deeper than {MAX_DEPTH} were dropped"));
    }
    if stripper.tags > stripper.most_tags {
        stripper.out.notes.push(format!("tags after the first {} were dropped", stripper.most_tags));
    }
    stripper.out
}

/// Whether the page says that it is XML, in which `<script src="a.js"/>` is a whole element.
fn is_xml(page: &str) -> bool {
    // The declaration or the name space stands in the first tag, behind a document type and perhaps a comment.
    let head = &page.as_bytes()[..page.len().min(2_000)];
    head.trim_ascii_start().starts_with(b"<?xml") || memmem::find(head, b"http://www.w3.org/1999/xhtml").is_some()
}

/// Whether the content of a `<noscript>` is text of the page, which scripts put in elsewhere, and no picture, counter or notice.
fn is_text(content: &str) -> bool {
    // A notice that scripts are wanted has a paragraph or two.
    let paragraphs = memmem::find_iter(content.as_bytes(), b"<p")
        .filter(|at| content.as_bytes().get(at + 2).is_some_and(|next| *next == b'>' || next.is_ascii_whitespace()));
    content.len() >= 400 && paragraphs.take(3).count() == 3
}

/// What is done with an element.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    /// Kept, and counted as a level.
    Keep,
    /// Kept; its end tag may be left out, so it is no level.
    Loose,
    /// Kept; has no end tag.
    Void,
    /// Tag dropped, content kept.
    Unwrap,
    /// Kept where it has an attribute that a rule reads, else unwrapped.
    Marked,
    /// Dropped with its content, which is raw text.
    Raw,
    /// Dropped with its content, which may hold the same element again.
    Whole,
    /// Tag dropped; it has no content.
    Gone,
}

fn fate(name: &str) -> Fate {
    match name {
        "script" | "style" | "noscript" | "iframe" | "textarea" | "noembed" | "noframes" | "xmp" => Fate::Raw,
        "svg" | "math" | "template" | "select" | "video" | "audio" | "canvas" | "object" | "map" => Fate::Whole,
        "b" | "i" | "em" | "strong" | "u" | "s" | "tt" | "font" | "big" | "strike" | "sub" | "sup" | "mark" | "ins"
        | "nobr" | "acronym" | "bdi" | "kbd" | "samp" | "var" | "plaintext" | "frameset" => Fate::Unwrap,
        "source" | "input" | "track" | "embed" | "param" | "area" | "base" | "col" | "wbr" | "img" | "frame"
        | "keygen" | "basefont" | "bgsound" | "image" => Fate::Gone,
        "br" | "hr" | "meta" | "link" => Fate::Void,
        "span" | "small" | "abbr" | "cite" | "q" | "data" | "bdo" => Fate::Marked,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "option" | "optgroup" | "rp"
        | "rt" | "colgroup" | "html" | "head" | "body" | "a" => Fate::Loose,
        _ => Fate::Keep,
    }
}

/// Writes an attribute in the quotes that its value does not hold.
fn write_attribute(html: &mut String, name: &str, value: &str) {
    let quote = if value.contains('"') { '\'' } else { '"' };
    html.push(' ');
    html.push_str(name);
    html.push('=');
    html.push(quote);
    if value.contains('"') && value.contains('\'') {
        html.push_str(&value.replace('\'', "&#39;"));
    } else {
        html.push_str(value);
    }
    html.push(quote);
}

/// Whether the element starts a line of its own; of custom elements that is not known.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "p"
            | "ul"
            | "ol"
            | "li"
            | "section"
            | "article"
            | "main"
            | "aside"
            | "nav"
            | "header"
            | "footer"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "td"
            | "th"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figure"
            | "figcaption"
            | "form"
            | "blockquote"
            | "dl"
            | "dt"
            | "dd"
            | "meta"
            | "link"
            | "head"
            | "body"
            | "html"
            | "hr"
            | "fieldset"
            | "details"
            | "summary"
            | "center"
    )
}

/// The attributes that rules read, of some or of all elements.
const READ: [&str; 20] = [
    "class",
    "id",
    "href",
    "rel",
    "itemprop",
    "property",
    "datetime",
    "role",
    "hidden",
    "data-testid",
    "data-component",
    "data-qa",
    "content",
    "name",
    "lang",
    "xml:lang",
    "title",
    "style",
    "aria-hidden",
    "value",
];

/// Whether any rule reads the attribute.
fn is_read(element: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "class" | "id" | "rel" | "itemprop" | "property" | "datetime" | "role" | "hidden" => true,
        "data-testid" | "data-component" | "data-qa" => true,
        "href" => matches!(element, "a" | "link"),
        "content" | "name" => element == "meta" || (attribute == "content" && element != "a"),
        "lang" | "xml:lang" => element == "html",
        "title" => element == "abbr",
        "style" => value.contains("none") || value.contains("hidden"),
        "aria-hidden" => true,
        "value" => element == "data",
        _ => false,
    }
}

/// An element that was opened: a hash of its name, and whether its tag was kept.
struct Open {
    name: u32,
    kept: bool,
}

struct Stripper<'t> {
    text: &'t str,
    out: Stripped<'t>,
    open: Vec<Open>,
    too_deep: usize,
    deepest_reached: bool,
    tags: usize,
    most_tags: usize,
    /// Bit of each element kind that was found to have no end tag any more.
    unclosed: u32,
    /// The last thing copied was a tag that starts or ends a block.
    after_block: bool,
    /// Any tag may close itself.
    is_xml: bool,
}

/// One tag as read: its name in lower case, and where it ends.
struct Tag<'b> {
    name: &'b str,
    /// After the name.
    attributes: usize,
}

impl<'t> Stripper<'t> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr(b'<', &bytes[at..]) {
            let tag = at + found;
            self.text_between(at, tag);
            at = match bytes.get(tag + 1) {
                Some(b'!') if bytes[tag..].starts_with(b"<!--") => comment_end(bytes, tag + 4),
                Some(b'!' | b'?') => memchr(b'>', &bytes[tag..]).map_or(bytes.len(), |end| tag + end + 1),
                Some(b'/') if bytes.get(tag + 2).is_some_and(u8::is_ascii_alphabetic) => self.end_tag(tag),
                Some(c) if c.is_ascii_alphabetic() => self.start_tag(tag),
                _ => {
                    // No tag may arise from it and what follows; the outline drops the invisible blank.
                    self.tags += 1;
                    self.out.html.push_str(if self.tags <= self.most_tags { "<\u{200B}" } else { " " });
                    self.after_block = false;
                    tag + 1
                }
            };
        }
        self.text_between(at, bytes.len());
    }

    /// Copies text between tags. White space beside a block shows nothing, but would make a node each time.
    fn text_between(&mut self, from: usize, to: usize) {
        let text = &self.text[from..to];
        if !text.trim_ascii().is_empty() {
            self.out.html.push_str(text);
            self.after_block = false;
        } else if !text.is_empty() && !self.after_block {
            self.out.html.push(' ');
        }
    }

    fn end_tag(&mut self, tag: usize) -> usize {
        // The longest name that any rule asks for is `data-component`; what does not fit is none of them.
        let mut buffer = [0; 24];
        let read = read_name(self.text, tag + 2, &mut buffer);
        let bytes = self.text.as_bytes();
        let end = memchr(b'>', &bytes[read.attributes..]).map_or(bytes.len(), |end| read.attributes + end + 1);
        match fate(read.name) {
            Fate::Unwrap | Fate::Raw | Fate::Whole | Fate::Gone | Fate::Void => {}
            Fate::Loose => self.push_end(read.name),
            Fate::Keep | Fate::Marked => {
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if let Some(at) = self.open.iter().rposition(|open| open.name == hash(read.name)) {
                    let kept = self.open[at].kept;
                    self.open.truncate(at);
                    if kept {
                        self.push_end(read.name);
                    }
                }
            }
        }
        end
    }

    fn push_end(&mut self, name: &str) {
        self.tags += 1;
        if self.tags <= self.most_tags {
            self.out.html.push_str("</");
            self.out.html.push_str(name);
            self.out.html.push('>');
            self.after_block = is_block(name);
        }
    }

    fn start_tag(&mut self, tag: usize) -> usize {
        let mut buffer = [0; 24];
        let Tag { name, attributes } = read_name(self.text, tag + 1, &mut buffer);
        let fate = fate(name);
        let written = self.out.html.len();
        self.out.html.push('<');
        self.out.html.push_str(name);
        let read = self.attributes(name, attributes);
        if matches!(name, "link" | "base") {
            self.head_link(name, &read);
        }
        let deep = self.open.len() >= MAX_DEPTH && matches!(fate, Fate::Keep | Fate::Marked);
        let wanted = match fate {
            Fate::Keep | Fate::Loose | Fate::Void => true,
            Fate::Marked => read.read != 0,
            Fate::Unwrap | Fate::Raw | Fate::Whole | Fate::Gone => false,
        };
        let wanted = wanted && !deep && (read.canonical || name != "link");
        self.tags += usize::from(wanted);
        let kept = wanted && self.tags <= self.most_tags;
        if kept {
            self.out.html.push('>');
            self.after_block = is_block(name);
        } else {
            self.out.html.truncate(written);
        }
        match fate {
            Fate::Keep | Fate::Loose | Fate::Marked | Fate::Raw if read.closed && self.is_xml => {
                if kept {
                    self.push_end(name);
                }
                return read.end;
            }
            Fate::Keep | Fate::Marked if deep => {
                self.too_deep += 1;
                self.deepest_reached = true;
            }
            Fate::Keep | Fate::Marked => self.open.push(Open { name: hash(name), kept }),
            Fate::Raw => return self.raw(name, read.end, read.json_ld),
            Fate::Whole if !read.closed && !read.shadow => return self.whole(name, read.end),
            _ => {}
        }
        if name == "title" { self.title(read.end) } else { read.end }
    }

    fn head_link(&mut self, name: &str, read: &Attributes<'t>) {
        let Attributes { rel, kind, href, .. } = *read;
        if !href.is_empty() && self.out.head_links.len() < HeadLink::MOST {
            self.out.head_links.push(HeadLink { is_base: name == "base", rel, kind, href });
        }
    }

    /// Copies the content of a title, in which there are no tags; what looks like one must not become one.
    fn title(&mut self, from: usize) -> usize {
        let (end, _) = raw_end(self.text.as_bytes(), "title", from);
        self.out.html.push_str(&self.text[from..end].replace('<', "&lt;"));
        self.after_block = false;
        end
    }

    /// Copies the attributes that a rule reads; `from` is after the name.
    fn attributes(&mut self, element: &str, from: usize) -> Attributes<'t> {
        let bytes = self.text.as_bytes();
        let mut found = Attributes { end: bytes.len(), ..Attributes::default() };
        let mut at = from;
        loop {
            while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
                found.closed = bytes[at] == b'/';
                at += 1;
            }
            match bytes.get(at) {
                None => return found,
                Some(b'>') => {
                    found.end = at + 1;
                    return found;
                }
                Some(_) => {}
            }
            found.closed = false;
            let name_start = at;
            // A name may begin with `=`.
            at += 1;
            while at < bytes.len() && !ENDS_NAME[usize::from(bytes[at])] {
                at += 1;
            }
            let name_end = at;
            while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            let mut value = (at, at);
            if bytes.get(at) == Some(&b'=') {
                at += 1;
                while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                (value, at) = attribute_value(bytes, at);
            }
            let name = &self.text[name_start..name_end];
            self.attribute(element, name, &self.text[value.0..value.1], &mut found);
        }
    }

    fn attribute(&mut self, element: &str, name: &'t str, value: &'t str, found: &mut Attributes<'t>) {
        let mut buffer = [0; 24];
        let Some(name) = lower(name, &mut buffer) else { return };
        match (element, name) {
            ("script", "type") => found.json_ld = value.to_ascii_lowercase().contains("ld+json"),
            ("link", "rel") => {
                found.canonical = value.eq_ignore_ascii_case("canonical");
                found.rel = value;
            }
            ("link", "type") => found.kind = value,
            // Of attributes with one name the first counts.
            ("link" | "base", "href") if found.href.is_empty() => found.href = value,
            ("template", "shadowrootmode" | "shadowroot") => found.shadow = true,
            _ => {}
        }
        let Some(bit) = READ.iter().position(|read| *read == name).map(|at| 1 << at) else { return };
        // Of attributes with one name the first counts.
        if found.read & bit != 0 || !is_read(element, name, value) {
            return;
        }
        found.read |= bit;
        write_attribute(&mut self.out.html, name, value);
    }

    /// Skips the raw content of `name`; without an end tag that is the rest of the page, as in browsers.
    fn raw(&mut self, name: &str, from: usize, json_ld: bool) -> usize {
        let (content_end, end) = raw_end(self.text.as_bytes(), name, from);
        if name == "noscript" && is_text(&self.text[from..content_end]) {
            return from;
        }
        if json_ld {
            self.out.json_ld.push(&self.text[from..content_end]);
        }
        end
    }

    /// Skips `name` with all that is in it; without an end tag only the tag itself.
    fn whole(&mut self, name: &str, from: usize) -> usize {
        // That an element has no end tag further on holds for the rest of the page; to look for it again each time
        // would take quadratic time. Two names on one bit cost a dropped drawing.
        let bit = 1 << (hash(name) % 31);
        if self.unclosed & bit != 0 {
            return from;
        }
        let bytes = self.text.as_bytes();
        let mut level = 1;
        let mut at = from;
        while let Some(found) = memchr(b'<', &bytes[at..]) {
            at += found + 1;
            let closing = bytes.get(at) == Some(&b'/');
            let start = at + usize::from(closing);
            if !is_name_at(bytes, start, name) {
                continue;
            }
            let end = memchr(b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1);
            if closing {
                level -= 1;
            } else if bytes.get(end.wrapping_sub(2)) != Some(&b'/') {
                level += 1;
            }
            if level == 0 {
                return end;
            }
            at = end;
        }
        self.unclosed |= bit;
        from
    }
}

/// The bytes that end the name of an attribute.
const ENDS_NAME: [bool; 256] = {
    let mut ends = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        ends[byte] = matches!(byte as u8, b' ' | b'\t' | b'\n' | b'\r' | 12 | b'/' | b'>' | b'=');
        byte += 1;
    }
    ends
};

#[derive(Default)]
struct Attributes<'t> {
    /// After the tag.
    end: usize,
    /// The tag closes itself.
    closed: bool,
    /// Bits of the attributes that were kept, by their place in [`READ`].
    read: u32,
    json_ld: bool,
    canonical: bool,
    /// Of a `<link>` or `<base>`.
    rel: &'t str,
    kind: &'t str,
    href: &'t str,
    /// The content of the template is shown: it is written out for an element that draws itself.
    shadow: bool,
}

/// The span of the value at `at` without its quotes, and where reading goes on.
fn attribute_value(bytes: &[u8], at: usize) -> ((usize, usize), usize) {
    match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => {
            let end = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |end| at + 1 + end);
            ((at + 1, end), (end + 1).min(bytes.len()))
        }
        _ => {
            let mut end = at;
            while end < bytes.len() && !bytes[end].is_ascii_whitespace() && bytes[end] != b'>' {
                end += 1;
            }
            ((at, end), end)
        }
    }
}

/// The name at `from` in lower case; a name that does not fit the buffer comes back empty.
fn read_name<'b>(text: &'b str, from: usize, buffer: &'b mut [u8; 24]) -> Tag<'b> {
    let bytes = text.as_bytes();
    let mut end = from;
    while end < bytes.len() && !bytes[end].is_ascii_whitespace() && !matches!(bytes[end], b'/' | b'>') {
        end += 1;
    }
    // Long names are those of custom elements; one name does for all of them.
    Tag { name: lower(&text[from..end], buffer).unwrap_or("x-long"), attributes: end }
}

/// `name` in lower case; `None` where it does not fit the buffer or is none.
fn lower<'b>(name: &'b str, buffer: &'b mut [u8; 24]) -> Option<&'b str> {
    let target = buffer.get_mut(..name.len())?;
    if name.bytes().any(|b| b <= b' ' || b == b'<') {
        return None;
    }
    if !name.bytes().any(|b| b.is_ascii_uppercase()) {
        return Some(name);
    }
    target.copy_from_slice(name.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok()
}

fn hash(name: &str) -> u32 {
    fnv1a_32(name.as_bytes())
}

fn is_name_at(bytes: &[u8], at: usize, name: &str) -> bool {
    bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(at + name.len()).is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
}

/// Where the raw text from `from` ends, and where its end tag ends.
fn raw_end(bytes: &[u8], name: &str, from: usize) -> (usize, usize) {
    let mut at = from;
    while let Some(found) = memmem::find(&bytes[at..], b"</") {
        let start = at + found;
        if is_name_at(bytes, start + 2, name) {
            let end = memchr(b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1);
            return (start, end);
        }
        at = start + 2;
    }
    (bytes.len(), bytes.len())
}

/// After the comment whose text starts at `from`; `<!-->` and `--!>` end one too.
fn comment_end(bytes: &[u8], from: usize) -> usize {
    if bytes[from..].starts_with(b">") {
        return from + 1;
    }
    if bytes[from..].starts_with(b"->") {
        return from + 2;
    }
    let mut at = from;
    while let Some(found) = memmem::find(&bytes[at..], b"--") {
        let after = at + found + 2;
        match bytes.get(after) {
            Some(b'>') => return after + 1,
            Some(b'!') if bytes.get(after + 1) == Some(&b'>') => return after + 2,
            _ => at = after - 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests;
