//! Names among the words of a query: what was typed with a capital.
//!
//! A name in a query is mostly what the query is about: `interest rates Volcker` asks for him, and an article on rates
//! without him is no answer, though one on him and other things may be. The first word of a sentence tells nothing,
//! and neither do capitals where more than half of the words have one (headlines, German, shouting).

use std::collections::HashSet;

use crate::query::{Node, NodeKind, Query, Word};
use crate::text::{Span, sentences};

/// First bytes of the words of `query` that are names.
pub(crate) fn names(query: &Query) -> HashSet<u32> {
    let mut words = Vec::new();
    collect(&query.root, &mut words);
    let has_capital = |word: &&Word| word.span.of(&query.text).starts_with(char::is_uppercase);
    // Headlines, German and shouting: where most words have a capital, none tells.
    if words.iter().copied().filter(has_capital).count() * 2 > words.len() {
        return HashSet::new();
    }
    let starts = words.iter().map(|word| word.span.start);
    let sentences = sentences(&query.text, Span::new(0, query.text.len()));
    let first = |sentence: &Span| starts.clone().filter(|start| (sentence.start..sentence.end).contains(start)).min();
    let first: HashSet<u32> = sentences.iter().filter_map(first).collect();
    let inside = words.iter().copied().filter(has_capital).map(|word| word.span.start);
    // The first word of a sentence has a capital anyway.
    inside.filter(|start| !first.contains(start)).collect()
}

fn collect<'q>(node: &'q Node, words: &mut Vec<&'q Word>) {
    match &node.kind {
        NodeKind::Word(word) => words.push(word),
        NodeKind::Chunk(inner) | NodeKind::Phrase(inner) => words.extend(inner),
        _ => {}
    }
    node.children().iter().for_each(|child| collect(child, words));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    #[test]
    fn names_are_told_by_their_capitals() {
        let rows = "interest rates Volcker ==> Volcker
            Interest rates and Volcker ==> Volcker
            What did Baker say? Rates fell in Japan. ==> Baker|Japan
            dollar exchange rate of the U.S. Treasury ==> U|S|Treasury
            Lachin Medal ==>
            MEDAL FOR LACHIN ==>
            medal лачин Лачин ==> Лачин
            medal ==>
            ==>";
        for row in rows.lines() {
            let (text, expected) = row.trim().split_once("==>").expect("a row has ==>");
            let query = crate::query::parse(text.trim(), Date::new(2026, 1, 1).expect("a day"));
            let mut found: Vec<u32> = names(&query).into_iter().collect();
            found.sort_unstable();
            let found: Vec<&str> = found
                .iter()
                .map(|at| query.text[*at as usize..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or(""))
                .collect();
            assert_eq!(found.join("|"), expected.trim(), "{text}");
        }
    }
}
