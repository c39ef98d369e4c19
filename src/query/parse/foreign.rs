//! Query words of other systems in their places: see [`crate::query::foreign`].

use super::{Operator, Parser, shown};
use crate::query::field::FieldName;
use crate::query::foreign;
use crate::query::ranges::DateFilter;
use crate::query::tree::Node;
use crate::text::Span;

impl Parser<'_> {
    /// Takes a chunk that asks for something in another system.
    pub(super) fn foreign(&mut self, span: Span) -> bool {
        self.compares(span) || self.foreign_reach(span) || self.counts(span) || self.is_passed_over(span)
    }

    /// `LENGTH > 500`, `wc>500`, `DATE AFT 2019-11-01`.
    fn compares(&mut self, span: Span) -> bool {
        // A field in a field has no meaning.
        let found = foreign::compared(span.of(self.text)).filter(|_| self.frame.context.is_none());
        let Some((field, length)) = found else { return false };
        let (start, before) = (span.start as usize, self.lexer.at());
        let name = &self.text[start..start + length];
        let Some(mut value) = self.compared_value(start + length, name.bytes().all(|b| b.is_ascii_uppercase())) else {
            return false;
        };
        self.lexer.skip_to(value.end as usize);
        if matches!(field, FieldName::Date(_)) {
            value = self.date_value(value);
        }
        let typed = value.of(self.text);
        // Where a word compares, the value has to be one: a headline may begin `DATE IS`.
        let word = typed.starts_with(|c: char| c.is_ascii_alphabetic());
        let reads = || typed.contains(char::is_numeric) && field.read(typed, self.today).is_ok();
        if word && !reads() {
            self.lexer.skip_to(before);
            return false;
        }
        self.value(field, Span::new(start, value.end as usize), value);
        true
    }

    /// The sign of a comparison at the byte `at`, or with `words` a word for one, and what stands behind it.
    fn compared_value(&self, at: usize, words: bool) -> Option<Span> {
        let sign = self.skip_blanks(at);
        let value = self.skip_blanks(sign + foreign::comparison(&self.text[sign..], words)?);
        let end = value + self.word_at(value).len();
        // An equals sign is none of the value.
        let first = if self.text[sign..].starts_with('=') { value } else { sign };
        (end > value).then(|| Span::new(first, end))
    }

    /// What stands at the byte `at` up to a blank or parenthesis.
    fn word_at(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).unwrap_or(rest.len())]
    }

    fn skip_blanks(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + (rest.len() - rest.trim_start().len())
    }

    /// `a near5 b`, `a AROUND(5) b`, `a NOT W/5 b`, `a w/seg b`.
    fn foreign_reach(&mut self, span: Span) -> bool {
        let typed = span.of(self.text);
        let after = span.end as usize;
        // `AROUND(5)`: the number is in parentheses of its own.
        let inner = self.text[after..].strip_prefix('(').filter(|_| typed == "AROUND").unwrap_or("");
        let digits = &inner[..inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
        if let Some(found) = foreign::between(&format!("near{digits}"))
            && inner[digits.len()..].starts_with(')')
        {
            let end = after + digits.len() + 2;
            self.lexer.skip_to(end);
            self.between(found, Span::new(span.start as usize, end));
            return true;
        }
        let Some(found) = foreign::between(typed) else { return false };
        // In a query in capitals throughout `SAME` is a word like all others.
        if !self.has_lower && typed.bytes().all(|b| b.is_ascii_uppercase()) {
            return false;
        }
        self.between(found, span);
        true
    }

    fn between(&mut self, found: foreign::Between, span: Span) {
        let typed = shown(span.of(self.text));
        if let Some(note) = found.note {
            self.note(span, format!("{typed} is read {note}"));
        }
        let Some(reach) = found.reach else { return self.operator(Operator::And, span) };
        self.frame.apart |= found.apart;
        self.reach(reach, span);
    }

    /// `ATLEAST 5 x`, `atleast5 x`.
    fn counts(&mut self, span: Span) -> bool {
        let typed = span.of(self.text);
        let start = self.skip_blanks(span.end as usize);
        let number = if typed == "ATLEAST" { self.word_at(start) } else { "" };
        let Some(times) = foreign::at_least(&format!("{typed}{number}")) else { return false };
        if !number.is_empty() {
            self.lexer.skip_to(start + number.len());
        }
        self.frame.times = Some((times, span));
        true
    }

    /// A `BUT` before `NOT`, and the weight behind a phrase: `"a b"^4`.
    fn is_passed_over(&mut self, span: Span) -> bool {
        let typed = span.of(self.text);
        if typed.strip_prefix('^').is_some_and(is_weight) && self.text[..span.start as usize].ends_with(['"', ')']) {
            self.note(span, format!("{typed}: words have no weights here; it is ignored"));
            return true;
        }
        typed == "BUT" && self.word_at(self.skip_blanks(span.end as usize)) == "NOT"
    }

    /// The part of a chunk before a weight: `medal^4`.
    pub(super) fn unweighted(&mut self, span: Span) -> Span {
        let typed = span.of(self.text);
        let Some((head, tail)) = typed.rsplit_once('^') else { return span };
        if !is_weight(tail) || !head.ends_with(char::is_alphanumeric) {
            return span;
        }
        let word = Span::new(span.start as usize, span.start as usize + head.len());
        self.note(span, format!("{}: words have no weights here; it is read as {}", shown(typed), shown(head)));
        word
    }

    /// `DATE(geq (2019-11-01) and leq (2020-01-31))`: parentheses in the value of a date are passed over.
    pub(super) fn nested_date(&mut self, open: Span) -> bool {
        let Some((field @ FieldName::Date(_), start)) = self.field else { return false };
        let Some(length) = closing(&self.text[open.end as usize..]) else { return false };
        let inner = Span::new(open.end as usize, open.end as usize + length);
        let read = || DateFilter::read(inner.of(self.text), self.today).is_some();
        if !inner.of(self.text).contains('(') || !read() {
            return false;
        }
        self.field = None;
        self.lexer.skip_to(inner.end as usize + 1);
        self.value(field, Span::new(start, inner.end as usize + 1), inner);
        true
    }

    /// A value in brackets, as in `date:[2019 TO 2021]`: it reaches to the bracket that closes it.
    pub(super) fn bracketed(&mut self, first: Span) -> Span {
        /// No range is longer: two dates with their times.
        const LONGEST: usize = 80;
        let rest = &self.text[first.start as usize..];
        let end = rest.char_indices().take(LONGEST).find(|(_, c)| matches!(c, ']' | '}'));
        let Some((end, _)) = end.filter(|_| rest.starts_with(['[', '{'])) else { return first };
        let whole = Span::new(first.start as usize, first.start as usize + end + 1);
        self.lexer.skip_to(whole.end.max(first.end) as usize);
        whole
    }

    /// What stands too close, left out: an occurrence that does is one in the whole article.
    pub(super) fn apart(&mut self, left: &Node, mut joined: Vec<Node>, span: Span) -> Vec<Node> {
        self.note(span, "NOT with w/5: articles in which the two stand so close anywhere are left out".to_owned());
        let inner = joined.pop();
        let kept = if joined.is_empty() {
            // It is looked up twice.
            self.words += left.leaves();
            left.clone()
        } else {
            joined.remove(0)
        };
        let none = |node: Node| {
            let own = node.span;
            Node::not(node, own)
        };
        [kept].into_iter().chain(inner.map(none)).collect()
    }
}

fn is_weight(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Where the parenthesis closes that was opened before `text`; a value has no more than a hundred characters.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1;
    for (at, c) in text.char_indices().take(100) {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}
