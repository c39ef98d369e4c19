//! The parsed page as flat lists: elements in document order, and the blocks of text they hold.
//!
//! One walk over the tree makes it; every rule after it reads these lists, never the tree. Text is kept in one
//! string with white space collapsed, so an element, a block and a paragraph are all byte ranges of it.

use crate::extract::html::class_hints::Hints;
pub(crate) use crate::extract::html::tag::Tag;

/// One element.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Part {
    /// Index of its parent; its own index for the first element.
    pub(crate) parent: u32,
    pub(crate) tag: Tag,
    pub(crate) hints: Hints,
    /// Hash of its tag and class names: elements that a template writes alike have the same.
    pub(crate) class: u32,
    /// Its text, bytes of [`Outline::text`].
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Its blocks, a range of [`Outline::blocks`].
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// `itemprop=articleBody`.
    pub(crate) is_body: bool,
    /// A link to an author, or an element marked as one.
    pub(crate) is_author: bool,
    /// `rel=tag`.
    pub(crate) is_tag: bool,
}

/// One block: a run of text without a break.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Block {
    /// Bytes of [`Outline::text`], without white space at the ends.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The nearest element with a break around it.
    pub(crate) element: u32,
    /// Letters and digits.
    pub(crate) letters: u32,
    /// Letters and digits inside links.
    pub(crate) linked: u32,
    /// Words; two Han, kana or Thai letters count as one.
    pub(crate) words: u32,
}

impl Block {
    /// Share of its letters that are links, 0 to 1.
    pub(crate) fn link_share(&self) -> f32 {
        if self.letters == 0 { 0.0 } else { self.linked as f32 / self.letters as f32 }
    }
}

/// A name and a value: a `<meta>` tag or a microdata property.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// In lower case.
    pub(crate) name: String,
    pub(crate) value: String,
    /// Element that carries it; 0 in the head.
    pub(crate) element: u32,
}

/// A page, read.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) text: String,
    pub(crate) elements: Vec<Part>,
    pub(crate) blocks: Vec<Block>,
    /// Where the text has a blank for a single line break, in order.
    pub(crate) line_ends: Vec<u32>,
    /// `<meta>` tags in order.
    pub(crate) metas: Vec<Property>,
    /// `itemprop` values and `<time datetime>` (named `time`) in order.
    pub(crate) items: Vec<Property>,
    /// Content of `<title>`.
    pub(crate) title: String,
    /// `<link rel=canonical>`.
    pub(crate) canonical: Option<String>,
    /// `<html lang>`.
    pub(crate) lang: Option<String>,
}

impl Outline {
    pub(crate) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }

    /// The text of a block in lines, where single line breaks set verse, an address or the like; else in one line.
    ///
    /// Lines of verse are short: those of running text that is merely wrapped are some seventy characters long.
    pub(crate) fn lines_of(&self, block: &Block) -> std::borrow::Cow<'_, str> {
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
    pub(crate) fn line(&self, element: &Part) -> String {
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
    pub(crate) fn ancestors(&self, element: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let current = next?;
            let parent = self.elements[current as usize].parent;
            next = (parent != current).then_some(parent);
            Some(current)
        })
    }

    /// Whether an element around `element`, short of those that also hold the block `beside`, is like `wanted`.
    pub(crate) fn is_inside(&self, element: u32, beside: usize, wanted: impl Fn(&Part) -> bool) -> bool {
        let boxes = self.ancestors(element).map(|at| self.elements[at as usize]);
        let mut around = boxes.take_while(|part| !(part.first as usize..part.last as usize).contains(&beside));
        around.any(|part| wanted(&part))
    }

    /// The value of the first meta tag with this name, in lower case, that is not empty.
    pub(crate) fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|meta| meta.name == name).map(|meta| meta.value.as_str())
    }
}
