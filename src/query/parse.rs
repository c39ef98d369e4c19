//! From tokens to the tree, with a stack of open parentheses instead of recursion.

use super::Note;
use super::chunk;
use super::field::FieldName;
use super::later::{self, Form};
use super::lex::{Lexer, Token, TokenKind, is_quote};
use super::ranges::DateFilter;
use super::stop;
use super::tree::{Field, Node, NodeKind};
use crate::date::Date;
use crate::text::Span;

/// Levels that parentheses, and the tree they make, may have; people use two or three.
const DEEPEST: usize = 64;
/// Notes that one query may have; more help nobody.
const MOST_NOTES: usize = 20;
/// Chunks after `date:` that may belong to its value: `date:10 november 2020`.
const DATE_CHUNKS: usize = 4;

/// Reads `text`, which is in NFC.
pub(super) fn parse(text: &str, today: Date) -> (Node, Vec<Note>) {
    let (mut root, notes) = match Parser::new(text, today, false).run() {
        Some(read) if read.0.height() <= DEEPEST => read,
        _ => {
            let mut flat = Parser::new(text, today, true);
            flat.note(Span::new(0, text.len()), "nested too deeply; all parentheses are ignored".to_owned());
            flat.run().unwrap_or_else(|| (empty(0, text.len()), Vec::new()))
        }
    };
    stop::mark(&mut root);
    (root, notes)
}

fn empty(start: usize, end: usize) -> Node {
    Node { span: Span::new(start, end), kind: NodeKind::All(Vec::new()) }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    And,
    Or,
}

/// What stands between an opening parenthesis and where we are.
///
/// Parts side by side bind least, then `OR`, then `AND`: `parts` holds what is finished, `ors` the operands of the
/// present `OR`, `ands` those of the present `AND`.
#[derive(Debug, Default)]
struct Frame {
    start: usize,
    /// The field whose value the parenthesis is, and where its name stands.
    wrap: Option<(FieldName, usize)>,
    /// The field that everything in here is a value of.
    context: Option<FieldName>,
    parts: Vec<Node>,
    ors: Vec<Node>,
    ands: Vec<Node>,
    /// Some operand of the present `OR` is an `AND` without parentheses.
    anded: bool,
    operator: Option<(Operator, Span)>,
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
    lexer: Lexer<'t>,
    frames: Vec<Frame>,
    frame: Frame,
    field: Option<(FieldName, usize)>,
    notes: Vec<Note>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, today: Date, flat: bool) -> Parser<'t> {
        Parser {
            text,
            today,
            flat,
            has_lower: text.chars().any(char::is_lowercase),
            lexer: Lexer::new(text),
            frames: Vec::new(),
            frame: Frame::default(),
            field: None,
            notes: Vec::new(),
        }
    }

    /// `None` when parentheses nest too deeply.
    fn run(mut self) -> Option<(Node, Vec<Note>)> {
        while let Some(token) = self.lexer.next_token() {
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
        Some((root, self.notes))
    }

    fn take(&mut self, token: Token) {
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
            TokenKind::Minus => self.frame.minus = Some(token.span.start as usize),
            TokenKind::And => self.operator(Operator::And, token.span),
            TokenKind::Or => self.operator(Operator::Or, token.span),
            TokenKind::Not => {
                let start = token.span.start as usize;
                self.frame.not = if self.frame.not.is_some() { None } else { Some(start) };
            }
            TokenKind::Field(name) => self.name(name, token.span),
            TokenKind::Quoted { inner, closed } => self.quoted(token.span, inner, closed),
            TokenKind::Chunk => self.chunk(token.span),
        }
    }

    /// Says something about `span`, once.
    fn note(&mut self, span: Span, message: String) {
        if self.notes.len() < MOST_NOTES && self.notes.iter().all(|note| note.message != message) {
            self.notes.push(Note { span, message });
        }
    }

    fn open(&mut self, span: Span) {
        if self.flat {
            self.field = None;
            return;
        }
        let wrap = self.field.take();
        let context = wrap.map(|(name, _)| name).or(self.frame.context);
        let frame = Frame { start: span.start as usize, wrap, context, ..Frame::default() };
        self.frames.push(std::mem::replace(&mut self.frame, frame));
    }

    /// Ends the innermost parenthesis, which reaches to `end`, and hands it to the one around it.
    fn close(&mut self, end: usize) {
        let (start, wrap) = (self.frame.start, self.frame.wrap);
        let inner = self.finish();
        let Some(outer) = self.frames.pop() else {
            return;
        };
        self.frame = outer;
        let Some(mut node) = inner else {
            self.frame.minus = None;
            return;
        };
        if matches!(node.kind, NodeKind::All(_) | NodeKind::And(_) | NodeKind::Or(_)) {
            node.span = Span::new(start, end);
        }
        if let Some((FieldName::Text(scope), start)) = wrap {
            let kind = NodeKind::Field(Field::Text(scope, Box::new(node)));
            node = Node { span: Span::new(start, end), kind };
        }
        self.operand(node);
    }

    /// All of the present frame as one part; nothing when it holds none.
    fn finish(&mut self) -> Option<Node> {
        self.end_run();
        if let Some((operator, span)) = self.frame.operator.take() {
            self.dangling(operator, span);
        }
        if let Some(start) = self.frame.not.take() {
            self.note(Span::new(start, start + 3), "NOT has nothing after it; it is ignored".to_owned());
        }
        self.end_or();
        let frame = std::mem::take(&mut self.frame);
        let span = cover(&frame.parts)?;
        let any = frame.context.is_some_and(FieldName::is_single);
        let excludes = frame.parts.iter().any(|part| matches!(part.kind, NodeKind::Not(_)));
        Some(if any && !excludes { Node::or(frame.parts, span) } else { Node::all(frame.parts, span) })
    }

    fn dangling(&mut self, operator: Operator, span: Span) {
        let name = if operator == Operator::And { "AND" } else { "OR" };
        self.note(span, format!("{name} has nothing to join on one side; it is ignored"));
    }

    fn operator(&mut self, operator: Operator, span: Span) {
        if self.frame.ands.is_empty() {
            self.dangling(operator, span);
            return;
        }
        if self.frame.operator.replace((operator, span)).is_some() {
            self.note(span, "two operators side by side; the second counts".to_owned());
        }
    }

    /// Adds a part to the present frame, with the operator and negation that stand before it.
    fn operand(&mut self, node: Node) {
        let (not, minus) = (self.frame.not.take(), self.frame.minus.take());
        let node = match (not, minus) {
            (Some(start), None) | (None, Some(start)) => {
                let span = Span::new(start, node.span.end as usize);
                Node::not(node, span)
            }
            _ => node,
        };
        match self.frame.operator.take() {
            Some((Operator::And, _)) => self.frame.ands.push(node),
            Some((Operator::Or, _)) => {
                self.end_and();
                self.frame.ands.push(node);
            }
            None => {
                self.end_or();
                self.frame.ands.push(node);
            }
        }
    }

    fn end_and(&mut self) {
        let ands = std::mem::take(&mut self.frame.ands);
        self.frame.anded |= ands.len() > 1;
        if let Some(span) = cover(&ands) {
            self.frame.ors.push(Node::and(ands, span));
        }
    }

    fn end_or(&mut self) {
        self.end_and();
        let ors = std::mem::take(&mut self.frame.ors);
        let mixed = std::mem::take(&mut self.frame.anded) && ors.len() > 1;
        if let Some(span) = cover(&ors) {
            if mixed {
                let message = "AND and OR side by side: AND is read first; parentheses say it plainly";
                self.note(span, message.to_owned());
            }
            self.frame.parts.push(Node::or(ors, span));
        }
    }

    fn name(&mut self, name: FieldName, span: Span) {
        if self.frame.context.is_some() {
            self.note(span, format!("{} inside another field; its value is read as words", span.of(self.text)));
            return;
        }
        if let FieldName::Later(_) = name {
            let typed = span.of(self.text);
            self.note(span, format!("{typed} is not supported yet; its value is read as words"));
            return;
        }
        self.field = Some((name, span.start as usize));
    }

    fn quoted(&mut self, span: Span, inner: Span, closed: bool) {
        if !closed {
            self.note(span, "this quote is not closed; the phrase reaches to the end".to_owned());
        }
        let slop = later::slop(&self.text[span.end as usize..]);
        if slop > 0 {
            let end = span.end as usize + slop;
            self.note(
                Span::new(span.start as usize, end),
                "~ after a phrase is not supported yet; it is ignored".to_owned(),
            );
            self.lexer.skip_to(end);
        }
        let (field, start) = match self.field.take() {
            Some((field, start)) => (Some(field), start),
            None => (self.frame.context, span.start as usize),
        };
        let whole = Span::new(start, span.end as usize);
        if let Some(field) = field.filter(|field| !matches!(field, FieldName::Text(_) | FieldName::Later(_))) {
            return self.value(field, whole, inner);
        }
        let words = chunk::index_words(self.text, inner);
        if words.is_empty() {
            self.frame.minus = None;
            return self.note(span, "these quotes hold no word; they are ignored".to_owned());
        }
        self.wrapped(whole, span, field, NodeKind::Phrase(words));
    }

    /// Adds a leaf, inside its text field where the field was typed right before it.
    fn wrapped(&mut self, whole: Span, own: Span, field: Option<FieldName>, kind: NodeKind) {
        let node = Node { span: own, kind };
        match field {
            Some(FieldName::Text(scope)) if self.frame.context.is_none() => {
                self.operand(Node { span: whole, kind: NodeKind::Field(Field::Text(scope, Box::new(node))) });
            }
            _ => self.operand(node),
        }
    }

    fn chunk(&mut self, span: Span) {
        if let Some((field, start)) = self.field.take() {
            let whole = Span::new(start, span.end as usize);
            return match field {
                FieldName::Text(_) => {
                    if let Some(node) = self.plain(span, true) {
                        self.wrapped(whole, node.span, Some(field), node.kind);
                    }
                }
                FieldName::Date(_) => {
                    let value = self.date_value(span);
                    self.value(field, Span::new(start, value.end as usize), value);
                }
                _ => self.value(field, whole, span),
            };
        }
        match self.frame.context {
            Some(context) if context.is_spaced() => {
                self.frame.run = Some(self.frame.run.map_or(span, |run| Span { start: run.start, end: span.end }));
            }
            Some(context) if context.is_single() => self.value(context, span, span),
            _ => {
                if let Some(node) = self.plain(span, false) {
                    self.operand(node);
                }
            }
        }
    }

    /// Reads the bare chunks gathered so far as one value.
    fn end_run(&mut self) {
        if let Some(run) = self.frame.run.take()
            && let Some(context) = self.frame.context
        {
            self.value(context, run, run);
        }
    }

    /// Reads `value` as the field's; what cannot be one becomes words, with a note.
    fn value(&mut self, field: FieldName, whole: Span, value: Span) {
        if let FieldName::Name(_) = field
            && let Some(row) = later::later(value.of(self.text), false).filter(|row| row.form == Form::Mark)
        {
            self.note(value, row.note());
        }
        match field.read(value.of(self.text), self.today) {
            Ok((field, odd)) => {
                if let Some(odd) = odd {
                    self.note(whole, format!("{}: {odd}", whole.of(self.text)));
                }
                self.operand(Node { span: whole, kind: NodeKind::Field(field) });
            }
            Err(why) => {
                self.note(whole, format!("{} is read as words: {why}", shown(whole.of(self.text))));
                match self.words(value) {
                    Some(node) => self.operand(node),
                    None => self.frame.minus = None,
                }
            }
        }
    }

    /// The chunks after `date:` that belong to its value: people type `date:last week` and `date:10 nov 2020`. Where
    /// the first chunk is a date of its own, only a year, or a second comparison, is taken with it; where it is one as
    /// the canonical form has it, nothing is.
    fn date_value(&mut self, first: Span) -> Span {
        let is_date = |span: Span| DateFilter::read(span.of(self.text), self.today).is_some();
        let typed = first.of(self.text);
        if typed.contains("..") || typed == "none" || typed.parse::<Date>().is_ok() {
            return first;
        }
        let alone = is_date(first);
        let mut ahead = Lexer::new(self.text);
        ahead.skip_to(self.lexer.at());
        let mut best = first;
        for _ in 0..DATE_CHUNKS {
            let Some(Token { span, kind: TokenKind::Chunk }) = ahead.next_token() else {
                break;
            };
            let typed = span.of(self.text);
            let year = typed.len() == 4 && typed.bytes().all(|b| b.is_ascii_digit());
            let whole = Span { start: first.start, end: span.end };
            if (!alone || year || typed.starts_with(['<', '>'])) && is_date(whole) {
                best = whole;
            }
        }
        self.lexer.skip_to(best.end as usize);
        best
    }

    /// A chunk that is read as words, with the notes it deserves; `value` where it follows a field's colon.
    fn plain(&mut self, span: Span, value: bool) -> Option<Node> {
        let typed = span.of(self.text);
        let before_paren = self.text[span.end as usize..].starts_with('(');
        if let Some(row) = later::later(typed, before_paren) {
            self.note(span, row.note());
            if row.form != Form::Mark && !value {
                return None;
            }
        } else if let Some(message) = surprise(typed, &self.text[span.end as usize..]) {
            self.note(span, message);
        }
        if self.has_lower && is_capitals(typed) && stop::is_english(&typed.to_ascii_lowercase()) {
            // `US` and `WHO` are names, `us` and `who` are not.
            return Some(Node { span, kind: NodeKind::Phrase(chunk::index_words(self.text, span)) });
        }
        let length = later::without_distance(typed).len();
        let node = self.words(Span::new(span.start as usize, span.start as usize + length));
        if node.is_none() {
            self.frame.minus = None;
        }
        node
    }

    /// The words of `span` side by side; nothing when it has none. An address loses its scheme.
    fn words(&mut self, span: Span) -> Option<Node> {
        let typed = span.of(self.text);
        let skipped = typed.find("://").filter(|at| typed[..*at].bytes().all(|b| b.is_ascii_alphabetic()));
        let start = span.start as usize + skipped.map_or(0, |at| at + 3);
        let parts = chunk::parts(self.text, Span::new(start, span.end as usize));
        let span = cover(&parts)?;
        Some(Node::all(parts, span))
    }
}

/// What may surprise about a chunk that is read as words, given what follows it.
fn surprise(typed: &str, rest: &str) -> Option<String> {
    if typed.contains("://") {
        return Some(format!("{} is read as its words; site: finds the articles of a site", shown(typed)));
    }
    if typed.starts_with("--") && typed[2..].starts_with(char::is_alphanumeric) {
        return Some(format!("{} is read as a word; options stand before the first word", shown(typed)));
    }
    let (name, value) = typed.split_once(':')?;
    if name.len() < 2 || !name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_') {
        return None;
    }
    let value = if value.is_empty() { rest } else { value };
    if FieldName::before_colon(typed).is_some() {
        return Some(format!("{name}: wants its value right after the colon; it is read as a word"));
    }
    let has_value = value.starts_with(|c: char| c.is_alphanumeric() || c == '(' || is_quote(c));
    has_value.then(|| format!("{name}: is not a field; it is read as a word"))
}

/// Two capitals at least and nothing else.
fn is_capitals(typed: &str) -> bool {
    typed.len() >= 2 && typed.bytes().all(|b| b.is_ascii_uppercase())
}

/// The head of what was typed, for a note.
fn shown(typed: &str) -> String {
    const MOST: usize = 40;
    match typed.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &typed[..at]),
        None => typed.to_owned(),
    }
}

/// From the first of `nodes` to the last.
fn cover(nodes: &[Node]) -> Option<Span> {
    Some(Span { start: nodes.first()?.span.start, end: nodes.last()?.span.end })
}
