//! The leaves of the tree: fields with their values, quotes, words and what is marked in them.

use super::{DATE_CHUNKS, MOST_NEARS, MOST_PATTERNS, MOST_WORDS, Parser, cover, shown};
use crate::date::Date;
use crate::query::chunk;
use crate::query::field::FieldName;
use crate::query::foreign;
use crate::query::lexer::{Lexer, Token, TokenKind};
use crate::query::operators::{self, Function, Marked};
use crate::query::quotes::is_quote;
use crate::query::ranges::DateFilter;
use crate::query::tree::{Capitals, Field, Node, NodeKind, Reach, Word};
use crate::text::Span;

impl Parser<'_> {
    pub(super) fn name(&mut self, name: FieldName, span: Span) {
        // A field in a field has no meaning; its name is dropped and its value belongs to the outer one.
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

    pub(super) fn quoted(&mut self, span: Span, inner: Span, closed: bool) {
        if !closed {
            self.note(span, "this quote is not closed; the phrase reaches to the end".to_owned());
        }
        // Other engines take `"a b"~5`; it is read here and printed as this language has it.
        let slop = operators::slop(&self.text[span.end as usize..]);
        if let Some((_, length)) = slop {
            self.lexer.skip_to(span.end as usize + length);
        }
        let (field, start) = match self.field.take() {
            Some((field, start)) => (Some(field), start),
            None => (self.frame.context, span.start as usize),
        };
        let whole = Span::new(start, span.end as usize);
        if let Some(field) = field.filter(|field| !matches!(field, FieldName::Text(_) | FieldName::Later(_))) {
            return self.value(field, whole, inner);
        }
        let mut words = chunk::index_words(self.text, inner);
        // An exclusion of nothing must not fall on what follows the quotes.
        if words.is_empty() {
            self.frame.minus = None;
            return self.note(span, "these quotes hold no word; they are ignored".to_owned());
        }
        if self.frame.capitals {
            self.ask_for_capitals(&mut words);
        }
        let open = if slop.is_none() { self.open_phrase(inner) } else { None };
        if let Some(kind) = open {
            let node = Node { span, kind };
            self.note(span, format!("* and ? in quotes are read as {node}"));
            return self.wrapped(whole, span, field, node.kind);
        }
        let kind = match slop {
            // One word has no distance, and of a long text each word would be one more part to look for.
            Some((reach, _)) if (2..=MOST_NEARS).contains(&words.len()) => {
                let exact = |word: Word| Node { span: word.span, kind: NodeKind::Phrase(vec![word]) };
                NodeKind::Near(Reach::Within(reach), words.into_iter().map(exact).collect())
            }
            _ => NodeKind::Phrase(words),
        };
        if slop.is_some() {
            let node = Node { span, kind };
            self.note(span, format!("~ after a phrase is read as {node}"));
            return self.wrapped(whole, span, field, node.kind);
        }
        self.wrapped(whole, span, field, kind);
    }

    /// Adds a leaf, inside its text field where the field was typed right before it.
    fn wrapped(&mut self, whole: Span, own: Span, field: Option<FieldName>, kind: NodeKind) {
        let node = Node { span: own, kind };
        match field {
            // Inside a field the parenthesis has the scope already.
            Some(FieldName::Text(scope)) if self.frame.context.is_none() => {
                self.leaf(Node { span: whole, kind: NodeKind::Field(Field::Text(scope, Box::new(node))) });
            }
            _ => self.leaf(node),
        }
    }

    pub(super) fn chunk(&mut self, span: Span) {
        if let Some((field, start)) = self.field.take() {
            let whole = Span::new(start, span.end as usize);
            return match field {
                FieldName::Text(_) => {
                    if let Some(node) = self.plain(span, true) {
                        self.wrapped(whole, node.span, Some(field), node.kind);
                    }
                }
                FieldName::Date(_) | FieldName::Before | FieldName::After => {
                    let bracketed = self.bracketed(span);
                    let value = self.date_value(bracketed);
                    self.value(field, Span::new(start, value.end as usize), value);
                }
                FieldName::Name(_) => {
                    self.value(field, whole, span);
                    self.one_word(field, span);
                }
                FieldName::Length => {
                    let value = self.bracketed(span);
                    self.value(field, Span::new(start, value.end as usize), value);
                }
                _ => self.value(field, whole, span),
            };
        }
        match self.frame.context {
            // Gathered until something else than a chunk comes: `by:(A. Mammadova OR Smith)`.
            Some(context)
                if context.is_spaced() || (context == FieldName::Site && !span.of(self.text).contains('.')) =>
            {
                self.frame.run = Some(self.frame.run.map_or(span, |run| Span { start: run.start, end: span.end }));
            }
            Some(context) if context.is_single() => {
                // Names of sites have blanks, and hosts have none.
                self.end_run();
                self.value(context, span, span);
            }
            _ => {
                if self.operator_word(span) {
                    return;
                }
                if let Some(node) = self.plain(span, false) {
                    self.leaf(node);
                }
            }
        }
    }

    /// Takes a chunk that is an operator, or a function before its parenthesis.
    fn operator_word(&mut self, span: Span) -> bool {
        let typed = span.of(self.text);
        // In a query typed in capitals throughout `NEAR` is a word like all others; with a slash it can be nothing
        // else.
        if let Some(reach) = operators::reach(typed).filter(|_| self.has_lower || typed.contains('/')) {
            self.reach(reach, span);
            return true;
        }
        let start = span.start as usize;
        let Some(function) = operators::function(typed).filter(|_| self.text[span.end as usize..].starts_with('('))
        else {
            return self.foreign(span);
        };
        if function == Function::Form {
            self.note(span, format!("{typed}( ) is read as =: the form that was typed"));
        }
        if matches!(function, Function::In(_)) && self.frame.context.is_some() {
            self.note(span, format!("{typed}( ) inside another field; its words are read as the field's"));
        } else {
            self.function = Some((function, start));
        }
        true
    }

    /// Notes that only the chunk at `span` is the name, where it seems to go on.
    fn one_word(&mut self, field: FieldName, span: Span) {
        let mut ahead = Lexer::new(self.text);
        ahead.skip_to(self.lexer.at());
        if let FieldName::Name(role) = field
            && self.frame.context.is_none()
            && let Some(Token { span: next, kind: TokenKind::Chunk }) = ahead.next_token()
            // A capital behind a name is its second word far more often than the next thing asked for.
            && next.of(self.text).starts_with(char::is_uppercase)
            && !is_capitals(next.of(self.text))
        {
            let (name, first, next) = (role.name(), shown(span.of(self.text)), shown(next.of(self.text)));
            self.note(span, format!("{name}:{first} is one word; for a longer name type {name}:\"{first} {next}\""));
        }
    }

    /// Reads the bare chunks gathered so far as one value.
    pub(super) fn end_run(&mut self) {
        if let Some(run) = self.frame.run.take()
            && let Some(context) = self.frame.context
        {
            self.value(context, run, run);
        }
    }

    /// Adds a leaf to the present frame, unless there are too many words already; a long phrase is cut.
    fn leaf(&mut self, mut node: Node) {
        // Counted over the whole query: each word is looked up in several dictionaries.
        let left = MOST_WORDS.saturating_sub(self.words);
        let inner = node.children_mut().first_mut();
        let count = match inner {
            Some(inner) => cut(inner, left),
            None => cut(&mut node, left),
        };
        self.words += count;
        if count > left {
            self.note(node.span, format!("the query has more than {MOST_WORDS} words; the rest is ignored"));
        }
        if left == 0 {
            // The dropped part takes its negation with it.
            (self.frame.not, self.frame.minus) = (None, None);
            return;
        }
        self.operand(node);
    }

    /// Reads `value` as the field's; what cannot be one becomes words, with a note.
    pub(super) fn value(&mut self, field: FieldName, whole: Span, value: Span) {
        if let FieldName::Name(_) = field
            && let Some(marked) = operators::marked(self.text, value)
            && !(matches!(marked, Marked::Exact(_)) && field.has_spellings())
        {
            let sign = match marked {
                Marked::Exact(_) => "=",
                Marked::Fuzzy(..) => "~",
                Marked::Pattern(_) | Marked::Odd(_) => "* and ?",
            };
            self.note(value, format!("{}: {sign} does nothing in a name", shown(whole.of(self.text))));
        }
        match field.read(value.of(self.text), self.today) {
            Ok((field, odd)) => {
                if let Some(odd) = odd {
                    self.note(whole, format!("{}: {odd}", whole.of(self.text)));
                }
                self.leaf(Node { span: whole, kind: NodeKind::Field(field) });
            }
            Err(why) => {
                self.refuse(whole, &why);
                match self.words(value) {
                    Some(node) => self.leaf(node),
                    // Nothing is left to exclude.
                    None => self.frame.minus = None,
                }
            }
        }
    }

    /// The chunks after `date:` that belong to its value: people type `date:last week` and `date:10 nov 2020`. Where
    /// the first chunk is a date of its own, only a year, or a second comparison, is taken with it; where it is one as
    /// the canonical form has it, nothing is.
    pub(super) fn date_value(&mut self, first: Span) -> Span {
        let is_date = |span: Span| DateFilter::read(span.of(self.text), self.today).is_some();
        let typed = first.of(self.text);
        // Complete as it stands: what follows is another part of the query.
        if typed.contains("..") || typed == "none" || typed.parse::<Date>().is_ok() {
            return first;
        }
        let alone = is_date(first);
        let mut ahead = Lexer::new(self.text);
        ahead.skip_to(self.lexer.at());
        let mut best = first;
        // Looked ahead with a lexer of its own: chunks that turn out to be no date are read again as words.
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
        let rest = &self.text[span.end as usize..];
        let span = self.unweighted(span);
        let typed = span.of(self.text);
        if value && rest.starts_with('(') && operators::function(typed).is_some() {
            self.note(span, format!("{typed}( ) inside a field wants parentheses around it"));
        }
        // Alone it lists the archive; beside words it would ask for what every article has.
        if typed.bytes().all(|b| b == b'*') && typed.len() < self.text.trim().len() {
            self.note(span, "* alone stands for every article; beside other parts it is ignored".to_owned());
        }
        if let Some(stem) = foreign::stem(typed, self.formal)
            && let Some(open) = operators::open_ended(stem)
        {
            self.note(span, format!("{typed} is read as {stem}*: all its endings"));
            return self.marked(span, open);
        }
        if let Some(marked) = operators::marked(self.text, span) {
            return self.marked(span, marked);
        }
        let foreign = foreign::sign(typed, self.text, rest.trim().is_empty(), self.formal && !self.frame.capitals);
        if let Some(message) = foreign.or_else(|| surprise(typed, &self.text[span.start as usize..])) {
            self.note(span, message);
        }
        if self.frame.exact {
            let words = chunk::index_words(self.text, span);
            return (!words.is_empty()).then_some(Node { span, kind: NodeKind::Phrase(words) });
        }
        let node = self.words(span);
        if node.is_none() {
            self.frame.minus = None;
        }
        node
    }

    /// A word with signs that ask for more, or less, than its other forms.
    fn marked(&mut self, span: Span, marked: Marked) -> Option<Node> {
        let kind = match marked {
            Marked::Exact(skip) => {
                let start = span.start as usize + skip;
                let length = span.of(self.text).find('~').map_or(span.len(), |at| at) - skip;
                let mut words = chunk::index_words(self.text, Span::new(start, start + length));
                if self.frame.capitals {
                    self.ask_for_capitals(&mut words);
                }
                if words.is_empty() {
                    self.frame.minus = None;
                    return None;
                }
                NodeKind::Phrase(words)
            }
            // The rest is still searched, as the words that stand there.
            Marked::Pattern(_) | Marked::Fuzzy(..) if self.patterns == MOST_PATTERNS => {
                let message =
                    format!("more than {MOST_PATTERNS} words with *, ? or ~; the rest is read as plain words");
                self.note(span, message);
                let length = span.of(self.text).find('~').unwrap_or(span.len());
                return self.words(Span::new(span.start as usize, span.start as usize + length));
            }
            Marked::Pattern(pattern) => NodeKind::Pattern(pattern),
            Marked::Fuzzy(word, edits) => NodeKind::Fuzzy(word, edits),
            Marked::Odd(why) => {
                self.note(span, format!("{} is read as plain words: {why}", shown(span.of(self.text))));
                let node = self.words(span);
                if node.is_none() {
                    self.frame.minus = None;
                }
                return node;
            }
        };
        if self.frame.capitals && matches!(kind, NodeKind::Pattern(_) | NodeKind::Fuzzy(..)) {
            self.note(span, format!("caps( ) does not look at {}", shown(span.of(self.text))));
        }
        self.patterns += usize::from(matches!(kind, NodeKind::Pattern(_) | NodeKind::Fuzzy(..)));
        Some(Node { span, kind })
    }

    fn ask_for_capitals(&self, words: &mut [Word]) {
        let ask = if self.frame.loud { chunk::ask_for_all_capitals } else { chunk::ask_for_capitals };
        words.iter_mut().for_each(|word| ask(self.text, word));
    }

    /// The words of `span` side by side; nothing when it has none. An address loses its scheme.
    fn words(&mut self, span: Span) -> Option<Node> {
        let typed = span.of(self.text);
        // `https` stands in no text, and the words of the address may.
        let skipped = typed.find("://").filter(|at| typed[..*at].bytes().all(|b| b.is_ascii_alphabetic()));
        let start = span.start as usize + skipped.map_or(0, |at| at + 3);
        let mut parts = chunk::parts(self.text, Span::new(start, span.end as usize));
        if self.frame.capitals {
            parts.iter_mut().for_each(|part| self.ask_for_capitals(part.words_mut()));
        }
        // `caps(NEAR)` printed bare would read back as an operator, and so would the second half of `a,near5`.
        parts.iter_mut().for_each(quote_operator);
        let span = cover(&parts)?;
        Some(Node::all(parts, span))
    }
}

/// A word that would read as an operator stands in quotes, where it means the same.
fn quote_operator(node: &mut Node) {
    let NodeKind::Word(word) = &node.kind else { return };
    let typed = if let Capitals::As(typed) = &word.capitals { typed.as_str() } else { "" };
    if is_operator_word(typed) || foreign::is_operator(typed) || foreign::is_operator(&word.folded) {
        node.kind = NodeKind::Phrase(vec![word.clone()]);
    }
}

/// True for what is an operator in capitals alone.
fn is_operator_word(typed: &str) -> bool {
    const WORDS: [&str; 9] = ["AND", "OR", "NOT", "NEAR", "ANDNOT", "BUTNOT", "BUT", "DATE", "ATLEAST"];
    WORDS.contains(&typed)
}

/// Cuts a phrase of more than `most` words; returns how many words there were. Anything else has one at least.
fn cut(node: &mut Node, most: usize) -> usize {
    let count = node.words().len().max(node.children().len()).max(1);
    if let NodeKind::Phrase(words) = &mut node.kind {
        words.truncate(most);
    }
    count
}

/// What may surprise about a chunk that is read as words; `all` begins with it and goes on.
fn surprise(typed: &str, all: &str) -> Option<String> {
    let rest = &all[typed.len()..];
    if let Some(hint) = foreign::hint(all) {
        return Some(hint);
    }
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
