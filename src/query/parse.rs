//! From tokens to the tree, with a stack of open parentheses instead of recursion.

mod foreign;
mod frames;
mod leaves;
mod quoted;

use super::Note;
use super::field::FieldName;
use super::foreign::is_formal;
use super::lexer::{Lexer, Token, TokenKind};
use super::operators::Function;
use super::stop_words;
use super::tree::{Node, NodeKind, Reach};
use super::written;
use crate::date::Date;
use crate::text::Span;

/// Levels that parentheses, and the tree they make, may have; people use two or three.
const DEEPEST: usize = 64;
/// Notes that one query may have; more help nobody.
const MOST_NOTES: usize = 20;
/// Words, values of fields included, that one query may have. An article pasted as a query has fewer.
const MOST_WORDS: usize = 1_000;
/// Wildcard and fuzzy terms that one query may have: for each the dictionary of the index is walked.
const MOST_PATTERNS: usize = 40;
/// Operators that look at places in the text which one query may have.
const MOST_NEARS: usize = 64;
/// Chunks after `date:` that may belong to its value: `date:10 november 2020`.
const DATE_CHUNKS: usize = 4;

/// A tree, what is to be said of it, and the filters that could not be read.
type Read = (Node, Vec<Note>, Vec<Note>);

/// Reads `text`, which is in NFC.
pub(super) fn parse(text: &str, today: Date) -> Read {
    let (mut root, notes, refused) = match Parser::new(text, today, false).run() {
        // The tree can be higher than the parentheses are deep: operators add levels. What walks it later recurses.
        Some(read) if read.0.height() <= DEEPEST => read,
        _ => {
            // Read again without parentheses: the words are what is certainly meant.
            let mut flat = Parser::new(text, today, true);
            flat.note(Span::new(0, text.len()), "nested too deeply; all parentheses are ignored".to_owned());
            flat.run().unwrap_or_else(|| (empty(0, text.len()), Vec::new(), Vec::new()))
        }
    };
    written::mark(&mut root, text);
    stop_words::mark(&mut root);
    (root, notes, refused)
}

fn empty(start: usize, end: usize) -> Node {
    Node { span: Span::new(start, end), kind: NodeKind::All(Vec::new()) }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    And,
    Or,
}

/// What an opening parenthesis is the value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrap {
    Field(FieldName),
    Function(Function),
}

/// What stands between an opening parenthesis and where we are.
///
/// Parts side by side bind least, then `OR`, then `AND`: `parts` holds what is finished, `ors` the operands of the
/// present `OR`, `ands` those of the present `AND`.
#[derive(Debug, Default)]
struct Frame {
    start: usize,
    /// The field or function whose value the parenthesis is, and where its name stands.
    wrap: Option<(Wrap, usize)>,
    /// The field that everything in here is a value of.
    context: Option<FieldName>,
    /// Words in here have to be written with capitals.
    capitals: bool,
    /// In capitals throughout.
    loud: bool,
    /// Words in here have no other forms.
    exact: bool,
    parts: Vec<Node>,
    ors: Vec<Node>,
    ands: Vec<Node>,
    /// Some operand of the present `OR` is an `AND` without parentheses.
    anded: bool,
    operator: Option<(Operator, Span)>,
    reach: Option<(Reach, Span)>,
    /// The parts on both sides of `reach` are not to stand so close.
    apart: bool,
    /// How often the next part has to be found, and where that was typed.
    times: Option<(u32, Span)>,
    not: Option<usize>,
    minus: Option<usize>,
    /// Bare chunks of a value that may hold blanks.
    run: Option<Span>,
}

struct Parser<'t> {
    text: &'t str,
    today: Date,
    /// Parentheses are ignored.
    flat: bool,
    /// Something is typed in lower case, so capitals mean something.
    has_lower: bool,
    /// The query has operators that running text has not.
    formal: bool,
    lexer: Lexer<'t>,
    frames: Vec<Frame>,
    frame: Frame,
    field: Option<(FieldName, usize)>,
    function: Option<(Function, usize)>,
    nears: usize,
    words: usize,
    patterns: usize,
    notes: Vec<Note>,
    refused: Vec<Note>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, today: Date, flat: bool) -> Parser<'t> {
        Parser {
            text,
            today,
            flat,
            has_lower: text.chars().any(char::is_lowercase),
            formal: is_formal(text),
            lexer: Lexer::new(text),
            frames: Vec::new(),
            frame: Frame::default(),
            field: None,
            function: None,
            nears: 0,
            words: 0,
            patterns: 0,
            notes: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// `None` when parentheses nest too deeply.
    fn run(mut self) -> Option<Read> {
        while let Some(token) = self.lexer.next_token() {
            // Given up at once, so that hostile text costs no memory.
            if self.frames.len() > DEEPEST {
                return None;
            }
            self.take(token);
        }
        let end = self.text.len();
        if !self.frames.is_empty() {
            let open = Span::new(self.frame.start, self.frame.start + 1);
            self.note(open, "this parenthesis is not closed; it reaches to the end".to_owned());
        }
        while !self.frames.is_empty() {
            self.close(end);
        }
        let root = self.finish().unwrap_or_else(|| empty(0, end));
        Some((root, self.notes, self.refused))
    }

    fn take(&mut self, token: Token) {
        // A name of several words goes on over bare chunks only.
        if !matches!(token.kind, TokenKind::Chunk) || self.field.is_some() {
            self.end_run();
        }
        match token.kind {
            TokenKind::Open => self.open(token.span),
            TokenKind::Close if self.flat => {}
            TokenKind::Close if self.frames.is_empty() => {
                self.note(token.span, "this parenthesis closes nothing; it is ignored".to_owned());
            }
            TokenKind::Close => self.close(token.span.end as usize),
            TokenKind::Minus => {
                if token.span.of(self.text) == "!" {
                    self.note(token.span, "! before a word is read as -: without it".to_owned());
                }
                self.frame.minus = Some(token.span.start as usize);
            }
            TokenKind::And => self.operator(Operator::And, token.span),
            TokenKind::Or => self.operator(Operator::Or, token.span),
            TokenKind::Not => {
                let start = token.span.start as usize;
                // Two negations are none, as in speech of logic; the tree never holds one inside the other.
                self.frame.not = if self.frame.not.is_some() { None } else { Some(start) };
            }
            TokenKind::Field(name) => self.name(name, token.span),
            TokenKind::Quoted { inner, closed } => self.quoted(token.span, inner, closed),
            TokenKind::Chunk => self.chunk(token.span),
        }
    }

    /// Says why the filter at `span` cannot be one.
    fn refuse(&mut self, span: Span, why: &str) {
        // In parentheses the name of the field stands before them.
        let name = self.frame.wrap.filter(|_| self.frame.context.is_some());
        let name = name.map_or("", |(_, start)| &self.text[start..self.frame.start]);
        let typed = format!("{name}{}", shown(span.of(self.text)));
        let message = format!("{typed}: {why}");
        if self.refused.len() < MOST_NOTES && self.refused.iter().all(|note| note.message != message) {
            self.refused.push(Note { span, message });
        }
        self.note(span, format!("{typed} is read as words: {why}"));
    }

    /// Says something about `span`, once.
    fn note(&mut self, span: Span, message: String) {
        // The same slip made fifty times is one note.
        if self.notes.len() < MOST_NOTES && self.notes.iter().all(|note| note.message != message) {
            self.notes.push(Note { span, message });
        }
    }
}

/// From the first of `nodes` to the last.
fn cover(nodes: &[Node]) -> Option<Span> {
    Some(Span { start: nodes.first()?.span.start, end: nodes.last()?.span.end })
}

/// The head of what was typed, for a note.
fn shown(typed: &str) -> String {
    const LONGEST_SHOWN: usize = 40;
    match typed.char_indices().nth(LONGEST_SHOWN) {
        Some((at, _)) => format!("{}…", &typed[..at]),
        None => typed.to_owned(),
    }
}
