//! The canonical form: what a query was read as, in the language itself. It reads back to the same tree.

use std::fmt::{self, Write};

use super::distance::kilometres;
use super::ranges::{DateFilter, DateRange};
use super::tree::{Capitals, Centre, DateOf, Field, Node, NodeKind, Reach, Role, Scope, Spelling, Word};
use crate::text::is_cjk;

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Word(word) => in_capitals(std::slice::from_ref(word), chunk, f),
            NodeKind::Chunk(words) => in_capitals(words, chunk, f),
            NodeKind::Phrase(words) => in_capitals(words, phrase, f),
            NodeKind::Pattern(pattern) => f.write_str(&pattern.0),
            NodeKind::Fuzzy(word, edits) => write!(f, "{}~{edits}", word.folded),
            NodeKind::All(parts) => joined(parts, " ", f),
            NodeKind::And(parts) => joined(parts, " AND ", f),
            NodeKind::Or(parts) => joined(parts, " OR ", f),
            NodeKind::Near(reach, parts) => {
                for (at, part) in parts.iter().enumerate() {
                    if at > 0 {
                        write!(f, " {reach} ")?;
                    }
                    part.as_tight(f)?;
                }
                Ok(())
            }
            NodeKind::AtLeast(times, inner) => write!(f, "atleast{times}({inner})"),
            NodeKind::Not(inner) => {
                f.write_char('-')?;
                inner.as_tight(f)
            }
            NodeKind::Field(field) => field.fmt(f),
        }
    }
}

impl Node {
    /// Whatever joins several parts stands in parentheses below another part.
    fn as_operand(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            NodeKind::All(_) | NodeKind::And(_) | NodeKind::Or(_) => write!(f, "({self})"),
            _ => fmt::Display::fmt(self, f),
        }
    }

    /// The same below what binds tighter than `AND`: `NOT` and the operators of places.
    fn as_tight(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            NodeKind::Near(..) => write!(f, "({self})"),
            _ => self.as_operand(f),
        }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reach::Within(words) => write!(f, "w/{words}"),
            Reach::Before(words) => write!(f, "pre/{words}"),
            Reach::Sentence => f.write_str("w/s"),
            Reach::Paragraph => f.write_str("w/p"),
        }
    }
}

fn joined(parts: &[Node], by: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(by)?;
        }
        part.as_operand(f)?;
    }
    Ok(())
}

type Writer = fn(&[Word], &mut fmt::Formatter<'_>) -> fmt::Result;

/// Words as `write` puts them, inside `caps( )` where their capitals count.
fn in_capitals(words: &[Word], write: Writer, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if words.iter().all(|word| word.capitals == Capitals::Free) {
        return write(words, f);
    }
    f.write_str("caps(")?;
    write(words, f)?;
    f.write_char(')')
}

/// The spelling that reads back as `word`.
fn spelling(word: &Word) -> &str {
    match &word.capitals {
        Capitals::As(typed) => typed,
        Capitals::Free | Capitals::Some => word.written.as_ref().unwrap_or(&word.folded),
    }
}

fn chunk(words: &[Word], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut last = None;
    for word in words {
        // A hyphen keeps two words in one chunk; a run of Chinese is cut at one.
        if last.is_some_and(|last| !is_cjk(last)) {
            f.write_char('-')?;
        }
        f.write_str(spelling(word))?;
        last = spelling(word).chars().next_back();
    }
    Ok(())
}

fn phrase(words: &[Word], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            f.write_char(' ')?;
        }
        f.write_str(spelling(word))?;
    }
    f.write_char('"')
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Text(Scope::Lead, node) => write!(f, "hlead({node})"),
            Field::Text(Scope::First(words), node) => write!(f, "first{words}({node})"),
            Field::Text(scope, node) => {
                // `title:caps(x)` would be read as a chunk `caps` with something behind it.
                let plain = node.words().iter().all(|word| word.capitals == Capitals::Free);
                match node.kind {
                    NodeKind::Word(_) | NodeKind::Chunk(_) | NodeKind::Phrase(_) if plain => {
                        write!(f, "{}:{node}", scope.name())
                    }
                    NodeKind::Pattern(_) | NodeKind::Fuzzy(..) => write!(f, "{}:{node}", scope.name()),
                    _ => write!(f, "{}:({node})", scope.name()),
                }
            }
            Field::Name(role, name, Spelling::Any) => value(role.name(), name, f),
            Field::Name(role, name, Spelling::Exact) if is_plain(name) => write!(f, "{}:={name}", role.name()),
            Field::Name(role, name, Spelling::Exact) => write!(f, "{}:\"={name}\"", role.name()),
            Field::Near(Centre::Name(name), metres) => write!(f, "near:\"{name},{}\"", kilometres(*metres)),
            Field::Near(Centre::Point(north, east), metres) => {
                write!(f, "near:{north},{east},{}", kilometres(*metres))
            }
            Field::Site(site) => value("site", site, f),
            Field::Lang(lang) => write!(f, "lang:{lang}"),
            Field::Kind(kind) => write!(f, "kind:{kind}"),
            Field::Has(what) => write!(f, "has:{what}"),
            Field::Date(of, filter) => write!(f, "{}:{filter}", of.name()),
            // As it was typed most likely.
            Field::Length { min, max: Some(max) } if min == max => write!(f, "words:{min}"),
            Field::Length { min, max: Some(max) } => write!(f, "words:{min}..{max}"),
            Field::Length { min, max: None } => write!(f, "words:{min}.."),
        }
    }
}

/// A bare value where it is one plain chunk, else quoted.
fn value(field: &str, value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if is_plain(value) { write!(f, "{field}:{value}") } else { write!(f, "{field}:\"{value}\"") }
}

/// True for a value that needs no quotes.
fn is_plain(value: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '\'' | '’');
    value.starts_with(char::is_alphanumeric) && value.chars().all(plain)
}

impl Scope {
    /// The name of the field, or of the function that asks for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Scope::Title => "title",
            Scope::Body => "body",
            Scope::Lead => "hlead",
            Scope::First(_) => "first",
        }
    }
}

impl Role {
    /// The field's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::By => "by",
            Role::Person => "person",
            Role::Place => "place",
            Role::Org => "org",
            Role::Dateline => "dateline",
            Role::Section => "section",
            Role::Tag => "tag",
        }
    }
}

impl Role {
    /// True for names that are printed in several spellings, which the index knows to be one.
    pub(super) fn has_spellings(self) -> bool {
        matches!(self, Role::Person | Role::Place)
    }
}

impl DateOf {
    /// The field's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            DateOf::Published => "date",
            DateOf::Captured => "captured",
            DateOf::Changed => "changed",
            DateOf::About => "about",
            DateOf::AboutOverlap => "about~",
        }
    }
}

/// `none`, one day, or both ends with two dots between them; an open end is empty.
impl fmt::Display for DateFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateFilter::None => f.write_str("none"),
            // Not `2020-11-10..2020-11-10`: a full date is read as that one day, so the short form gives the same filter.
            DateFilter::Within(DateRange { from: Some(from), to: Some(to) }) if from == to => write!(f, "{from}"),
            DateFilter::Within(DateRange { from, to }) => {
                if let Some(from) = from {
                    write!(f, "{from}")?;
                }
                f.write_str("..")?;
                to.map_or(Ok(()), |to| write!(f, "{to}"))
            }
        }
    }
}
