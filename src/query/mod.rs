//! The query language: text to a tree with spans and notes. It knows nothing of the index.
//!
//! Every string is a query. What cannot be read as it was meant becomes words, with one note that says so; a filter of
//! which that is true is listed in [`Query::refused`] too, since without it articles are counted that were not meant. Parsing
//! takes linear time, and the stack does not grow with what is typed. [`Query`] prints its canonical form: how the
//! text was read, in the language itself, which reads back to the same tree.
//!
//! # Grammar
//!
//! ```text
//! query    = { part }                                parts side by side: all of them (see Strictness)
//! part     = and { "OR" and }                        OR binds tighter than side by side: a (b OR c) = a b OR c
//! and      = near { "AND" near }                     AND binds tighter than OR
//! near     = unary { reach unary }                   w/5 pre/5 w/s w/p bind tighter than AND, left to right
//! reach    = ( "w/" | "near/" | "adj/" | "pre/" ) digits | "w/s" | "w/p" | "NEAR"       in any case but NEAR
//! unary    = { "NOT" } [ "-" ] primary               "-" only at the start of a chunk with something after it
//! primary  = "(" query ")" | function | quoted | chunk | field
//! function = ( "hlead" | "caps" | "first" digits | "atleast" digits ) "(" query ")"     no blank before "("
//! quoted   = '"' text '"' [ "~" digits ]             also “ ” „ ‟ ＂, « », 「 」『 』; ~: so far apart
//! field    = name ":" ( chunk | quoted | "(" query ")" )   no blank around the colon
//! chunk    = anything else up to a blank or a parenthesis
//! ```
//!
//! `AND OR NOT` are operators in capitals only (`&&` and `||` are other spellings); `and or not` are stop words.
//! A chunk gives its words as [`crate::text::words`] cuts and folds them. Words that were typed as one stay together:
//! a hyphen, full stop, apostrophe, `_ & @ + ·` between any, and `, : / –` between digits.
//! `=x` is this form alone, `x*` and `x?z` are wildcard terms, `x~1` is a fuzzy term of edit distance 1. Other signs stand
//! for a blank.
//!
//! # Places
//!
//! What stands beside `w/5` and its like must have a place in the text: words, phrases, wildcard terms, and groups of them.
//! In parentheses, parts side by side are asked to be as close to each other; beside a field or an exclusion the
//! operator is read as `AND`. An occurrence takes part when it has a partner: in `a w/5 b w/5 c` a `c` close to an `a`
//! or `b` that is close to the other; in `a pre/5 b pre/5 c` each follows the one before. `atleast3( )` counts the
//! occurrences of its part, of a group of close parts those of the first. It and `caps( )` are handed down to what can
//! take them: `atleast2(a -b)` is `atleast2(a) -b`.
//!
//! | field | value |
//! |---|---|
//! | `title:` `body:` | words, a phrase, or any query without fields in parentheses |
//! | `by:` `person:` `place:` `dateline:` `org:` `section:` `tag:` | a name; in parentheses with blanks, `OR` parts names; `=` before the name of a person or place: this spelling |
//! | `has:` | `correction`: the outlet says what was wrong in the article |
//! | `site:` `lang:` `kind:` | one value; in parentheses any of several |
//! | `date:` `captured:` `about:` `about~:` | `none`, or days: see below |
//! | `near:` | a place or `NORTH,EAST` in degrees, a comma and a distance: `"Lachin,50km"`, `39.6,46.5,30mi` |
//! | `words:` | `>300` `>=300` `<300` `300` `300..500` `300..` |
//!
//! Days are `2020` `2020-11` `2020-11-10` `10.11.2020` `2020-W46` `2020-Q4` `1990s` `november` `november-2020`
//! `"10 Nov 2020"` `today` `yesterday` `monday` `last-week` `"last month"` `"last 3 weeks"` `2weeks` `30d`; two of them
//! with `..` between (either may be left out), or after `> >= < <=`. A date without its year is the latest that has
//! begun. Month and weekday names may be of any language in `date::names`. Without quotes as many of the next
//! chunks belong to the date as make it one: `date:last week`.
//!
//! # Words of other systems
//!
//! `HEADLINE(x)`, `hd=x`, `LENGTH > 500`, `DATE AFT 2019`, `near5`, `NOT W/5`, `ATLEAST 5 x` and their like are read as what
//! they are here, in forms that plain words do not have; the canonical form has none of them. The table is in `foreign`.
//!
//! # Strictness
//!
//! An article matches when it holds all parts. A list that the match leaves short is filled up with articles that
//! lack some: only words, chunks and their `OR`s side by side may be missing. Operands of
//! `AND`, phrases, fields, wildcard terms, operators of places and exclusions always hold. Stop words
//! are not needed at all; they count in phrases, as operands, as the only word of a field, and where the query has
//! nothing else. `US`, `IT`, `WHO` in capitals in a query that is not all capitals are read as one-word phrases. A
//! query of three words or more of which four in five are in capitals is read as if in lower case: see `shouting`. A
//! query of seven words or more is taken for a question, where also words such as `find` and `recently` are stop
//! words.
//!
//! # What is known to be wrong
//!
//! `caps( )` tells apart words with a capital first letter, words in capitals and other mixtures, so `caps(McKay)`
//! finds `MCkay` too. One occurrence may stand for two equal parts of a group of close ones: `(a w/5 b) w/5 a` is
//! found where `a` stands once. A stop word that is also a name in lower case (`who`, `us`) needs quotes. `d'` and
//! `l'` before a word are dropped also from names (`D'Souza`). `date:2019-05-01 to 2019-06-30` without quotes is the
//! one day: the canonical form of a day must not swallow the words after it; with years or months both ends are read.
//! The canonical form of a query that was cut for its length may be cut once more: what is typed as one can be several
//! words.
//! Without an `OR` in capitals there is no way to see that two words are alternatives.

mod chunk;
mod days;
mod distance;
mod field;
mod foreign;
mod lexer;
mod name;
mod operators;
mod parse;
mod positional;
mod print;
mod quotes;
mod ranges;
mod shouting;
mod stop_words;
mod tree;
mod variants;
mod written;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::date::Date;
use crate::text::{Span, nfc};

pub(crate) use field::CHANGES;
#[cfg(test)]
pub(crate) use field::KINDS;
pub(crate) use ranges::DateFilter;
pub(crate) use tree::{Capitals, Centre, DateOf, Field, Node, NodeKind, Reach, Role, Scope, Spelling, Word};

/// Bytes of text that are read; the rest is ignored, with a note.
const LONGEST_QUERY: usize = 100_000;

/// A query as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What is asked for; an `All` without parts when nothing is.
    pub(crate) root: Node,
    /// What was not read as it may have been meant, in the order it was noticed; each thing once.
    pub notes: Vec<Note>,
    /// The filters whose value cannot be read, and what would fit. They are words in the tree, and noted as such: whoever
    /// searches for them instead should have been asked to.
    pub refused: Vec<Note>,
    /// What was typed, in NFC, and in lower case where it was in capitals throughout: all spans are bytes of it.
    pub text: String,
}

/// One thing to tell the user about how the query was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Bytes of [`Query::text`] it is about.
    pub span: Span,
    /// One line, lower case, no full stop; it may quote what was typed.
    pub message: String,
}

/// True where `name` is that of a field, `site` of `site:x`, in any of its spellings.
pub fn is_field(name: &str) -> bool {
    field::FieldName::named(name).is_some()
}

/// Reads what may stand behind `date:` where it is one stretch of days: its first and last day. `None` where it is no date or
/// has an open end.
pub fn days(text: &str, today: Date) -> Option<(Date, Date)> {
    match DateFilter::read(text, today)?.filter {
        DateFilter::Within(range) => range.from.zip(range.to),
        DateFilter::None => None,
    }
}

/// Reads a query. `today` is what relative dates (`yesterday`, `last-week`) rest on.
pub fn parse(text: &str, today: Date) -> Query {
    let mut end = text.len().min(LONGEST_QUERY);
    // The cut must not fall into a character.
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = end < text.len();
    // Before anything else: all spans are bytes of the composed text.
    let mut text = nfc(&text[..end]).into_owned();
    let mut words = Vec::new();
    if let Some(calm) = shouting::calm(&text) {
        (text, words) = (nfc(&calm.text).into_owned(), calm.words);
    }
    let (root, mut notes, refused) = parse::parse(&text, today);
    if !words.is_empty() {
        let words = words.join(", ");
        let message =
            format!("a query in capitals: {words} read as words; with the other words in lower case they join them");
        notes.insert(0, Note { span: Span::new(0, text.len()), message });
    }
    if cut {
        let message = format!("the query is too long; only its first {LONGEST_QUERY} bytes are read");
        notes.push(Note { span: Span::new(text.len(), text.len()), message });
    }
    Query { root, notes, refused, text }
}

impl Query {
    /// True where both ask for the same, wherever in their texts it was typed.
    pub fn asks_as(&self, other: &Query) -> bool {
        self.root.bare() == other.root.bare()
    }

    /// The query for one value of the field `name`, as it is read in quotes behind the colon; `None` for what no value of
    /// that field can be. Nothing is printed and read again: a value may hold any sign of the language.
    pub(crate) fn of_field(name: &str, value: &str, today: Date) -> Option<Query> {
        let (field, _) = field::FieldName::named(name)?.read(&nfc(value), today).ok()?;
        let root = Node { span: Span::new(0, 0), kind: NodeKind::Field(field) };
        Some(Query { root, notes: Vec::new(), refused: Vec::new(), text: String::new() })
    }

    /// True when nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(&self.root.kind, NodeKind::All(parts) if parts.is_empty())
    }
}

/// The canonical form; the empty string for the empty query.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}
