//! The parsed page as flat lists: elements in document order, and the blocks of text they hold.
//!
//! One walk over the tree makes it; every rule after it reads these lists, never the tree. Text is kept in one
//! string with white space collapsed, so an element, a block and a paragraph are all byte ranges of it.

use crate::extract::html::class_hints::Hints;
pub(crate) use crate::extract::html::tag::Tag;

/// One element.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Element {
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
    pub(crate) elements: Vec<Element>,
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
        // One break is a slip or sets an address apart; three lines are a stanza.
        let Some(ends) = self.line_ends.get(from..to).filter(|ends| ends.len() >= 2) else { return text.into() };
        let length = text.chars().count();
        // Lines of verse have some forty characters, wrapped text has seventy: fifty lies between.
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
    pub(crate) fn line(&self, element: &Element) -> String {
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

    /// Index after the last element inside `root`: elements are in document order, so the first whose parent comes before `root` lies
    /// behind it.
    pub(crate) fn end_of(&self, root: usize) -> usize {
        let inside = self.elements.iter().skip(root + 1).take_while(|part| part.parent as usize >= root);
        root + 1 + inside.count()
    }

    /// Whether `inner` is `outer` or lies in it.
    pub(crate) fn is_around(&self, outer: u32, inner: usize) -> bool {
        self.ancestors(inner as u32).any(|at| at == outer)
    }

    /// Whether an element around `element`, short of those that also hold the block `beside`, is like `wanted`.
    pub(crate) fn is_inside(&self, element: u32, beside: usize, wanted: impl Fn(&Element) -> bool) -> bool {
        let boxes = self.ancestors(element).map(|at| self.elements[at as usize]);
        let mut around = boxes.take_while(|part| !(part.first as usize..part.last as usize).contains(&beside));
        around.any(|part| wanted(&part))
    }

    /// The value of the first meta tag with this name, in lower case, that is not empty.
    pub(crate) fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|meta| meta.name == name).map(|meta| meta.value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::class_hints::HintReader;
    use crate::extract::html::{reader, strip};

    fn read(html: &str) -> Outline {
        reader::read(&strip::strip(html).html, &mut HintReader::default())
    }

    /// Blocks in order, each with its words and the share of linked letters in hundredths.
    #[track_caller]
    fn check(html: &str, expected: &str) {
        let outline = read(html);
        let blocks = outline.blocks.iter().map(|block| {
            format!("{}={}/{}", outline.text_of(block), block.words, (block.link_share() * 100.0).round())
        });
        assert_eq!(blocks.collect::<Vec<_>>().join("|"), expected, "{html}");
    }

    #[test]
    fn blocks_are_runs_of_text_without_a_break() {
        check("<p>one two<p>three", "one two=2/0|three=1/0");
        check("one <br> two <br><br>three", "one two=2/0|three=1/0");
        check("<p>one <b>two</b> <i>three</i></p>four", "one two three=3/0|four=1/0");
        check("<ul><li>one<li>two</ul>", "one=1/0|two=1/0");
        check("<table><tr><td>one<td>two</table>", "one=1/0|two=1/0");
        check("<p> </p><div></div>", "");
        check("", "");
    }

    #[test]
    fn words_and_links_are_counted_in_all_scripts() {
        check("<p>It's a well-known bridge, No. 7.", "It's a well-known bridge, No. 7.=6/0");
        check("<p>市议会决定", "市议会决定=3/0");
        check("<p>старый мост", "старый мост=2/0");
        check("<p><a href=/x>ab</a> cd", "ab cd=2/50");
        check("<p>…—!", "…—!=0/0");
    }

    #[test]
    fn elements_that_only_style_parts_apart_are_parted() {
        check("<p><span class=x>Jo Berg</span><span class=y>Nov 5</span>", "Jo Berg Nov 5=4/0");
        check("<p><span class=x>5</span><span class=y>12</span>", "5 12=2/0");
        check("<p>re<span class=x>build</span>", "rebuild=1/0");
        check("<p>H<sub>2</sub>O", "H2O=1/0");
    }

    #[test]
    fn what_is_invisible_is_no_text() {
        check("<p>re\u{AD}build\u{200B} it\u{FEFF}", "rebuild it=2/0");
        check("<p>one<!-- two --><script>three</script> four", "one four=2/0");
        check("<p>a\0b", "ab=1/0");
    }

    #[test]
    fn code_keeps_its_lines() {
        let outline = read("<pre>let x = 1;\nlet y = 2;\n\n\n\nlet z = 3;</pre>");
        assert_eq!(outline.text_of(&outline.blocks[0]), "let x = 1;\nlet y = 2;\n\nlet z = 3;");
    }

    #[test]
    fn short_lines_between_breaks_are_verse() {
        let verse = read(
            "<p>The river rose in darkness,<br>The river rose in rain,<br>And what it took<br>It did not give.</p>",
        );
        assert_eq!(verse.lines_of(&verse.blocks[0]).lines().count(), 4);
        // Two lines are no verse, and wrapped text is none.
        let two = read("<p>The river rose in darkness,<br>The river rose in rain.</p>");
        assert_eq!(two.lines_of(&two.blocks[0]).lines().count(), 1);
        let line = "The council of Ostmark voted on Monday to rebuild the old bridge of the town";
        let wrapped = read(&format!("<p>{line}<br>{line}<br>{line}<br>{line}</p>"));
        assert_eq!(wrapped.lines_of(&wrapped.blocks[0]).lines().count(), 1);
    }

    #[test]
    fn elements_hold_ranges_of_blocks_and_text() {
        let outline = read("<article><h1>One</h1><div><p>Two</p><p>Three</p></div></article><p>Four");
        let element = |tag: Tag| *outline.elements.iter().find(|element| element.tag == tag).expect("it is there");
        let article = element(Tag::Article);
        assert_eq!((article.first, article.last), (0, 3));
        assert_eq!(outline.line(&article), "One Two Three");
        assert_eq!(outline.line(&element(Tag::Heading(1))), "One");
        let holder = outline.blocks[1].element;
        let path: Vec<Tag> = outline.ancestors(holder).map(|at| outline.elements[at as usize].tag).collect();
        assert_eq!(path[..3], [Tag::Paragraph, Tag::Division, Tag::Article]);
        assert!(outline.is_inside(holder, 3, |part| part.tag == Tag::Article), "block 3 is outside of it");
        assert!(!outline.is_inside(holder, 2, |part| part.tag == Tag::Article), "block 2 is in it too");
    }

    #[test]
    fn the_head_is_read() {
        let outline = read(
            "<html lang=az><head><title> Körpü \n bərpa </title><link rel=canonical href='/k?a=1&amp;b=2'>\
             <meta property=og:title content=' Körpü '><meta name=Keywords content=''><meta itemprop=datePublished content=2020>\
             </head><body><time datetime=2020-11-10>x</time><p itemprop='author creator'>Jo</p>",
        );
        assert_eq!((outline.title.as_str(), outline.lang.as_deref()), ("Körpü bərpa", Some("az")));
        assert_eq!(outline.canonical.as_deref(), Some("/k?a=1&b=2"));
        assert_eq!((outline.meta("og:title"), outline.meta("keywords")), (Some("Körpü"), None));
        assert_eq!(outline.meta("datepublished"), Some("2020"));
        let items: Vec<(&str, &str)> = outline.items.iter().map(|item| (&*item.name, &*item.value)).collect();
        assert_eq!(items, [("time", "2020-11-10"), ("author creator", "")]);
        assert!(outline.elements.iter().any(|element| element.is_author));
    }

    #[test]
    fn hidden_elements_and_roles_are_hints() {
        for (attributes, hint) in [
            ("hidden", Hints::HIDDEN),
            ("aria-hidden=true", Hints::HIDDEN),
            ("style='display: none'", Hints::HIDDEN),
            ("style='color: red'", Hints::NONE),
            ("role=navigation", Hints::NAV),
            ("role=dialog", Hints::DIALOG),
            ("id=sidebar", Hints::SIDE),
            ("data-testid=byline", Hints::BYLINE),
        ] {
            let outline = read(&format!("<div {attributes}>x</div>"));
            let found = outline.elements.iter().fold(Hints::NONE, |all, element| all.with(element.hints));
            assert_eq!(found, hint, "{attributes}");
        }
    }
}
