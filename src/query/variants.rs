//! Queries near another one: without one of its parts, with words spelled otherwise, with less of a phrase.

use std::collections::BTreeMap;

use super::Query;
use super::tree::{Capitals, DateOf, Field, Node, NodeKind, Reach, Role, Word};
use crate::text::{Span, words};

impl Query {
    /// What was typed for each part side by side, or joined by `AND`, and the query without it. Nothing where there is one
    /// part alone, or where what is left asks for nothing by itself.
    pub(crate) fn without_each(&self) -> Vec<(&str, Query)> {
        let (NodeKind::All(parts) | NodeKind::And(parts)) = &self.root.kind else { return Vec::new() };
        let rest = |at: usize| {
            let mut rest = parts.clone();
            let left_out = rest.remove(at);
            (!left_out.is_stop() && rest.iter().any(asks)).then(|| {
                let root = match self.root.kind {
                    NodeKind::And(_) => Node::and(rest, self.root.span),
                    _ => Node::all(rest, self.root.span),
                };
                (parts[at].span.of(&self.text), self.with(root))
            })
        };
        (0..parts.len()).filter_map(rest).collect()
    }

    /// What the query asks of articles and not of their text: the filters that stand side by side by site, language, day of
    /// publication and the like. It finds every article where there are none.
    pub(crate) fn of_articles(&self) -> Query {
        let parts = match &self.root.kind {
            NodeKind::All(parts) | NodeKind::And(parts) => parts.clone(),
            _ => vec![self.root.clone()],
        };
        self.with(Node::all(parts.into_iter().filter(is_of_article).collect(), self.root.span))
    }

    /// Each word that is asked for, those of names too, once, in query order: folded, and the query for it alone.
    pub(crate) fn each_word(&self) -> Vec<(String, Query)> {
        let mut all: Vec<Word> = Vec::new();
        gather(&self.root, &mut |node| match &node.kind {
            NodeKind::Field(Field::Name(_, name, _)) => words(name).for_each_word(|word| {
                let folded = word.folded.to_owned();
                all.push(Word { span: node.span, folded, stop: false, capitals: Capitals::Free, written: None });
            }),
            _ => all.extend(node.words().iter().filter(|word| !word.stop).cloned()),
        });
        let mut seen: Vec<(String, Query)> = Vec::new();
        for word in all {
            if seen.iter().all(|(known, _)| *known != word.folded) {
                let folded = word.folded.clone();
                seen.push((folded, self.with(Node { span: word.span, kind: NodeKind::Word(word) })));
            }
        }
        seen
    }

    /// The query with folded words in place of others.
    pub(crate) fn respelled(&self, spellings: &BTreeMap<String, String>) -> Query {
        fn respell(node: &mut Node, spellings: &BTreeMap<String, String>) {
            for word in node.words_mut() {
                if let Some(other) = spellings.get(&word.folded) {
                    word.folded.clone_from(other);
                    word.written = None;
                }
            }
            if let NodeKind::Field(Field::Name(_, name, _)) = &mut node.kind {
                *name = renamed(name, spellings);
            }
            node.children_mut().iter_mut().for_each(|child| respell(child, spellings));
        }
        let mut root = self.root.clone();
        respell(&mut root, spellings);
        self.with(root)
    }

    /// The words of each phrase of two words or more that is asked for, at most `most` of each.
    pub(crate) fn phrases(&self, most: usize) -> Vec<&[Word]> {
        let mut phrases = Vec::new();
        gather(&self.root, &mut |node| {
            if let NodeKind::Phrase(words) = &node.kind
                && words.len() > 1
            {
                phrases.push(&words[..words.len().min(most)]);
            }
        });
        phrases
    }

    /// The query for these words side by side.
    pub(crate) fn of_phrase(&self, words: &[Word]) -> Query {
        self.with(phrase(words))
    }

    /// The query for these words side by side with any word, or none, in the place of the one at `at`, which is neither the
    /// first nor the last.
    pub(crate) fn of_phrase_but_one(&self, words: &[Word], at: usize) -> Query {
        let parts = vec![phrase(&words[..at]), phrase(&words[at + 1..])];
        // Two apart at most: one word between them.
        self.with(Node { span: self.root.span, kind: NodeKind::Near(Reach::Before(2), parts) })
    }

    fn with(&self, root: Node) -> Query {
        Query { root, notes: Vec::new(), refused: Vec::new(), text: self.text.clone() }
    }
}

/// `name` with some of its words spelled otherwise.
fn renamed(name: &str, spellings: &BTreeMap<String, String>) -> String {
    let (mut out, mut end) = (String::new(), 0);
    words(name).for_each_word(|word| {
        let typed = word.span.of(name);
        out.push_str(&name[end..word.span.start as usize]);
        out.push_str(spellings.get(word.folded).map_or(typed, String::as_str));
        end = word.span.end as usize;
    });
    out.push_str(&name[end..]);
    out
}

fn phrase(words: &[Word]) -> Node {
    let span = match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
        _ => Span::new(0, 0),
    };
    Node { span, kind: NodeKind::Phrase(words.to_vec()) }
}

/// True for a part that finds something by itself: a common word or an exclusion narrows down what others find.
fn asks(node: &Node) -> bool {
    !node.is_stop() && !matches!(node.kind, NodeKind::Not(_))
}

/// True for a part that speaks of the article and not of its text.
fn is_of_article(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Field(field) => match field {
            Field::Site(_) | Field::Lang(_) | Field::Kind(_) | Field::Has(_) | Field::Length { .. } => true,
            Field::Name(role, ..) => matches!(role, Role::By | Role::Section | Role::Tag | Role::Dateline),
            Field::Date(of, _) => matches!(of, DateOf::Published | DateOf::Captured | DateOf::Changed),
            Field::Text(..) | Field::Near(..) => false,
        },
        NodeKind::All(parts) | NodeKind::And(parts) | NodeKind::Or(parts) => parts.iter().all(is_of_article),
        NodeKind::Not(inner) => is_of_article(inner),
        _ => false,
    }
}

/// Hands each part below `node` that must be there to `take`.
fn gather<'n>(node: &'n Node, take: &mut impl FnMut(&'n Node)) {
    if matches!(node.kind, NodeKind::Not(_)) {
        return;
    }
    take(node);
    node.children().iter().for_each(|child| gather(child, take));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        crate::query::parse(text, jiff::civil::date(2026, 11, 22))
    }

    #[test]
    fn one_part_at_a_time_is_left_out() {
        for (text, expected) in [
            (
                "Lachin medal date:2019",
                "Lachin: medal date:2019-01-01..2019-12-31 | medal: lachin date:2019-01-01..2019-12-31 | date:2019: lachin medal",
            ),
            ("a AND b AND c", "a: b AND c | b: a AND c | c: a AND b"),
            ("the medal order", "medal: the order | order: the medal"),
            ("medal -gold", "-gold: medal"),
            ("medal", ""),
            ("\"gold medal\"", ""),
            ("a OR b", ""),
            ("", ""),
        ] {
            let query = read(text);
            let found: Vec<String> =
                query.without_each().iter().map(|(typed, rest)| format!("{typed}: {rest}")).collect();
            assert_eq!(found.join(" | "), expected, "{text}");
        }
    }

    #[test]
    fn words_are_exchanged_wherever_they_are_asked_for() {
        let query = read("lachn \"gold medl\" -lachn title:(lachn OR x) the person:\"A. Medl, Jr.\"");
        let words: Vec<String> = query.each_word().into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["lachn", "gold", "medl", "x", "a", "jr"]);
        let spellings = [("lachn", "lachin"), ("medl", "medal")].map(|(one, other)| (one.to_owned(), other.to_owned()));
        let other = query.respelled(&spellings.into());
        assert_eq!(other.to_string(), "lachin \"gold medal\" -lachin title:(lachin OR x) the person:\"A. medal, Jr.\"");
    }

    #[test]
    fn phrases_lose_words() {
        let query = read("x \"a b c d\" -\"y z\" \"one\"");
        let phrases = query.phrases(3);
        assert_eq!(phrases.len(), 1);
        assert_eq!(query.of_phrase(&phrases[0][..2]).to_string(), "\"a b\"");
        assert_eq!(query.of_phrase_but_one(phrases[0], 1).to_string(), "\"a\" pre/2 \"c\"");
    }
}
