//! The tree that a query is read into.

use super::ranges::DateFilter;
use crate::text::Span;

/// A part of a query and where it was typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Bytes of [`super::Query::text`]: everything that was typed for this part, quotes and parentheses included.
    pub(crate) span: Span,
    /// What it asks for.
    pub(crate) kind: NodeKind,
}

/// What a part of a query asks for.
///
/// Three kinds join parts. [`NodeKind::All`] is what words side by side make: its plain parts may be missing from an
/// article that fills up a short list (see [`Node::may_be_missing`]). [`NodeKind::And`] is the typed operator: every
/// operand must hold, also there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NodeKind {
    /// One index word.
    Word(Word),
    /// A word of which some letters are left open: `med*`, `s?ng`.
    Pattern(Pattern),
    /// A word and those that differ from it in so many letters, 1 or 2.
    Fuzzy(Word, u8),
    /// Several index words that were typed as one (`COVID-19`, `U.S.`, a run of Chinese): they stand side by side in this
    /// order. Two words at least.
    Chunk(Vec<Word>),
    /// A quoted phrase, one word at least. It stands as quoted: stop words count and no other form of a word will do.
    Phrase(Vec<Word>),
    /// Parts side by side, two at least; none at all is the empty query, only ever at the root. Parts that are `All`
    /// themselves are merged into it.
    All(Vec<Node>),
    /// The operands of `AND`, two at least, each strict. Operands that are `And` themselves are merged into it.
    And(Vec<Node>),
    /// The operands of `OR`, two at least. Operands that are `Or` themselves are merged into it.
    Or(Vec<Node>),
    /// Parts that stand close to each other, two at least: each close to one of those before it. Every part has a place
    /// in the text ([`Node::has_place`]).
    Near(Reach, Vec<Node>),
    /// A part with a place in the text that is found so many times at least; two or more.
    AtLeast(u32, Box<Node>),
    /// Articles without this part. Never a `Not` inside a `Not`.
    Not(Box<Node>),
    /// A part of the article other than its whole text.
    Field(Field),
}

/// One word as the index has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// Bytes of [`super::Query::text`], for the spelling as typed.
    pub(crate) span: Span,
    /// Folded form ([`crate::text::fold`]), never empty.
    pub(crate) folded: String,
    /// True for a stop word that an article need not hold.
    pub(crate) stop: bool,
    /// Whether it has to be written with capitals.
    pub(crate) capitals: Capitals,
    /// How it was written, where signs or capitals make it another word: `c++`, `#metoo`, `US`. Of words of a
    /// [`NodeKind::Phrase`] only where signs do, of those of a [`NodeKind::Chunk`] never.
    pub(crate) written: Option<String>,
}

/// What is asked of the capitals of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Capitals {
    /// Nothing.
    #[default]
    Free,
    /// Some letter is a capital.
    Some,
    /// Capitals stand as they do in this spelling, which has one at least.
    As(String),
}

/// Folded letters with `*` for any, or none, and `?` for exactly one; a letter or digit at least.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern(pub String);

/// How close parts stand to each other. Words are counted from the end of one part to the start of the other: words side
/// by side are one apart. A headline is one sentence and one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reach {
    /// So many words apart at most, in any order.
    Within(u32),
    /// The same, each part after the one before it.
    Before(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A field with what it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field {
    /// Words in one part of the text; the node holds no field.
    Text(Scope, Box<Node>),
    /// A name, as typed with its capitals and accents: white space is single blanks, never empty.
    Name(Role, String, Spelling),
    /// A place in the text not farther than so many metres, more than none, from there.
    Near(Centre, u32),
    /// The host of a site without `www.`, or its name; in lower case.
    Site(String),
    /// An ISO 639-1 code, one of those that an index has.
    Lang(&'static str),
    /// One of [`super::KINDS`].
    Kind(&'static str),
    /// What an article can be asked to have: `correction`.
    Has(&'static str),
    /// Days.
    Date(DateOf, DateFilter),
    /// Number of words of the body, both ends included; no `max` is no limit.
    Length {
        /// Fewest words.
        min: u32,
        /// Most words, never fewer than `min`.
        max: Option<u32>,
    },
}

/// The part of the text that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// The headline.
    Title,
    /// The body.
    Body,
    /// The headline and the first two paragraphs of the body.
    Lead,
    /// So many words from the start of the body.
    First(u32),
}

/// In which spellings a name is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Spelling {
    /// In all of them.
    #[default]
    Any,
    /// As typed, but for capitals and accents. Only people and places have other spellings.
    Exact,
}

/// Where distances are measured from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Centre {
    /// A place of this name; as [`Field::Name`] has it.
    Name(String),
    /// Degrees north, -90 to 90, and east, -180 to 180.
    Point(f64, f64),
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// An author.
    By,
    /// A person in the text.
    Person,
    /// A place in the text, or a place that contains it.
    Place,
    /// An organisation in the text.
    Org,
    /// A place in the dateline, or a place that contains it, or words of the dateline.
    Dateline,
    /// The section or rubric.
    Section,
    /// A key word that the page gives the article.
    Tag,
}

/// Which date of an article is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DateOf {
    /// When it was published.
    Published,
    /// When it was captured.
    Captured,
    /// When a capture was found to have other words than the one before it.
    Changed,
    /// A date in the text that lies inside the asked days.
    About,
    /// A date in the text that shares a day with the asked days.
    AboutOverlap,
}

impl Node {
    /// The parts side by side; one part is itself.
    pub(super) fn all(parts: Vec<Node>, span: Span) -> Node {
        join(parts, span, NodeKind::All, |kind| match kind {
            NodeKind::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The operands of `AND`; one operand is itself.
    pub(super) fn and(parts: Vec<Node>, span: Span) -> Node {
        join(parts, span, NodeKind::And, |kind| match kind {
            NodeKind::And(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The operands of `OR`; one operand is itself.
    pub(super) fn or(parts: Vec<Node>, span: Span) -> Node {
        join(parts, span, NodeKind::Or, |kind| match kind {
            NodeKind::Or(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The articles that `node` does not find; two negations are none.
    pub(super) fn not(node: Node, span: Span) -> Node {
        match node.kind {
            // So that no walk over the tree has to think of two negations.
            NodeKind::Not(inner) => *inner,
            kind => Node { span, kind: NodeKind::Not(Box::new(Node { span: node.span, kind })) },
        }
    }

    /// True when an article that lacks this part may still fill up a list that the match leaves short: for words and
    /// chunks, and for an `Or` of such. Phrases, fields and operators were asked for in so many words and must hold.
    ///
    /// This speaks of the parts of an `All`; below an `And`, `Or`, `Not` or field the part holds or fails as a whole.
    pub(crate) fn may_be_missing(&self) -> bool {
        match &self.kind {
            // Who asks for capitals asks for this word and no other.
            NodeKind::Word(word) => word.capitals == Capitals::Free,
            NodeKind::Chunk(words) => words.iter().all(|word| word.capitals == Capitals::Free),
            NodeKind::Or(parts) | NodeKind::All(parts) => parts.iter().all(Node::may_be_missing),
            _ => false,
        }
    }

    /// True for a stop word that an article need not hold.
    pub(crate) fn is_stop(&self) -> bool {
        match &self.kind {
            NodeKind::Word(word) => word.stop,
            NodeKind::Chunk(words) => words.iter().all(|word| word.stop),
            _ => false,
        }
    }

    /// True for what stands at some place of the text, so that something can be near it: words, phrases, patterns, and
    /// `Or` and `Near` of such.
    pub(super) fn has_place(&self) -> bool {
        match &self.kind {
            NodeKind::Or(parts) => parts.iter().all(Node::has_place),
            NodeKind::Word(_) | NodeKind::Chunk(_) | NodeKind::Phrase(_) => true,
            NodeKind::Pattern(_) | NodeKind::Fuzzy(..) | NodeKind::Near(..) => true,
            _ => false,
        }
    }

    /// The words of a leaf; none for any other part, and none for a pattern.
    pub(crate) fn words(&self) -> &[Word] {
        match &self.kind {
            NodeKind::Word(word) | NodeKind::Fuzzy(word, _) => std::slice::from_ref(word),
            NodeKind::Chunk(words) | NodeKind::Phrase(words) => words,
            _ => &[],
        }
    }

    pub(super) fn words_mut(&mut self) -> &mut [Word] {
        match &mut self.kind {
            NodeKind::Word(word) | NodeKind::Fuzzy(word, _) => std::slice::from_mut(word),
            NodeKind::Chunk(words) | NodeKind::Phrase(words) => words,
            _ => &mut [],
        }
    }

    /// The parts directly below, in the order typed.
    pub(crate) fn children(&self) -> &[Node] {
        match &self.kind {
            NodeKind::All(parts) | NodeKind::And(parts) | NodeKind::Or(parts) | NodeKind::Near(_, parts) => parts,
            NodeKind::Not(inner) | NodeKind::AtLeast(_, inner) | NodeKind::Field(Field::Text(_, inner)) => {
                std::slice::from_ref(inner)
            }
            _ => &[],
        }
    }

    pub(super) fn children_mut(&mut self) -> &mut [Node] {
        match &mut self.kind {
            NodeKind::All(parts) | NodeKind::And(parts) | NodeKind::Or(parts) | NodeKind::Near(_, parts) => parts,
            NodeKind::Not(inner) | NodeKind::AtLeast(_, inner) | NodeKind::Field(Field::Text(_, inner)) => {
                std::slice::from_mut(inner)
            }
            _ => &mut [],
        }
    }

    /// The tree without its spans: what is asked for, wherever it was typed.
    pub(super) fn bare(&self) -> Node {
        fn forget_spans(node: &mut Node) {
            node.span = Span::new(0, 0);
            node.words_mut().iter_mut().for_each(|word| word.span = Span::new(0, 0));
            node.children_mut().iter_mut().for_each(forget_spans);
        }
        let mut node = self.clone();
        forget_spans(&mut node);
        node
    }

    /// Words from here down; anything else without parts counts as one.
    pub(super) fn leaves(&self) -> usize {
        let below: usize = self.children().iter().map(Node::leaves).sum();
        below.max(self.words().len()).max(1)
    }

    /// Levels of the tree from here down; 1 for a leaf.
    pub(super) fn height(&self) -> usize {
        1 + self.children().iter().map(Node::height).max().unwrap_or(0)
    }
}

/// Joins `parts` with `kind`, merging those that `open` finds to be of that kind already.
fn join(
    mut parts: Vec<Node>,
    span: Span,
    kind: fn(Vec<Node>) -> NodeKind,
    open: fn(NodeKind) -> Result<Vec<Node>, NodeKind>,
) -> Node {
    // No joint with one part: the canonical form would not show it.
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match open(part.kind) {
            Ok(inner) => flat.extend(inner),
            Err(kind) => flat.push(Node { span: part.span, kind }),
        }
    }
    Node { span, kind: kind(flat) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Node {
        crate::query::parse(text, jiff::civil::date(2026, 11, 22)).root
    }

    #[test]
    fn what_may_be_missing_has_a_place_or_is_a_joint() {
        // Whether the part may be missing, whether it has a place in the text, and the levels of the tree.
        for (text, missing, place, height) in [
            ("x", true, true, 1),
            ("x-y", true, true, 1),
            ("\"x y\"", false, true, 1),
            ("x*", false, true, 1),
            ("x~1", false, true, 1),
            ("caps(X)", false, true, 1),
            ("caps(X-Y)", false, true, 1),
            ("x OR y", true, true, 2),
            ("x OR \"y z\"", false, true, 2),
            ("x AND y", false, false, 2),
            ("x y", true, false, 2),
            ("-x", false, false, 2),
            ("x w/5 y", false, true, 2),
            ("x OR (y w/5 z)", false, true, 3),
            ("atleast2(x)", false, false, 2),
            ("title:x", false, false, 2),
            ("date:2020", false, false, 1),
            ("x OR date:2020", false, false, 2),
        ] {
            let node = read(text);
            assert_eq!((node.may_be_missing(), node.has_place(), node.height()), (missing, place, height), "{text}");
        }
    }

    #[test]
    fn joints_of_one_kind_are_one() {
        let none = Span::new(0, 0);
        for (text, parts) in [("a (b c) d", 4), ("a AND (b AND c)", 3), ("a OR (b OR c) OR d", 4), ("(a b) OR c", 2)] {
            assert_eq!(read(text).children().len(), parts, "{text}");
        }
        assert_eq!(Node::not(Node::not(read("x"), none), none), read("x"));
        for join in [Node::all, Node::and, Node::or] {
            assert_eq!(join(vec![read("x")], none), read("x"), "one part is itself");
        }
    }

    #[test]
    fn queries_are_the_same_wherever_they_were_typed() {
        let same = |one: &str, other: &str| {
            let day = jiff::civil::date(2026, 11, 22);
            crate::query::parse(one, day).asks_as(&crate::query::parse(other, day))
        };
        assert!(same("  Lachin   (medal)", "lachin medal") && same("date:yesterday", "date:2026-11-21"));
        assert!(!same("lachin medal", "medal lachin") && !same("a", "\"a\"") && !same("caps(A)", "caps(a)"));
    }
}
