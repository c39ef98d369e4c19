//! Queries in capitals throughout: headlines are pasted as they were printed, and some people type with the lock on.
//!
//! Capitals say nothing there, so such a query is read as if it were in lower case: `AND`, `OR` and `NOT` are words, no word
//! is a name by its capital, and `US` is no more than `us`. A short query without common words keeps its operators
//! (`LACHIN OR SHUSHA MEDAL`), and so does one that shows by other signs that it is no headline: quotes, parentheses,
//! fields.

use super::field::FieldName;
use super::foreign;
use super::operators;
use super::quotes::is_quote;
use super::stop_words;

/// Fewer words may all be acronyms: `NATO UN`.
const FEWEST: usize = 3;
/// Of five words so many are in capitals at least: a headline holds a `de`, a number with a unit, or a name such as `McKay`.
const OF_FIVE: usize = 4;
/// Words that a query with operators has at most, operators among them. `HARBOUR AND TOWN VOTE NOT TO MERGE` has more.
const SHORT: usize = 5;

/// Words of a query from which on quotes and parentheses may be those of running text, where one word in four is common.
const PROSE: usize = 12;

/// What is asked for with capitals alone. `NEAR` is a word in capitals throughout.
const OPERATORS: [&str; 3] = ["AND", "OR", "NOT"];

/// A query in capitals as it is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Calm {
    /// In lower case, but for operators that stay what they are.
    pub(super) text: String,
    /// The operators that are words here, as typed, each once.
    pub(super) words: Vec<&'static str>,
}

/// `text` as it is read, where it is in capitals throughout; `None` where capitals may say something.
pub(super) fn calm(text: &str) -> Option<Calm> {
    let chunks = || text.split_whitespace().filter(|chunk| has_case(chunk));
    let words = || chunks().filter(|chunk| !OPERATORS.contains(chunk));
    let loud = words().filter(|chunk| is_loud(chunk)).count();
    let common = words().filter(|chunk| stop_words::is_listed(&crate::text::fold(chunk))).count();
    let prose = words().count() >= PROSE && common * 4 >= words().count();
    if words().count() < FEWEST || loud * 5 < words().count() * OF_FIVE || is_explicit(text, prose) {
        return None;
    }
    let short = chunks().count() <= SHORT && common == 0;
    // With `AND` or without, the match is the same, and without it the list is filled up.
    let keeps = short && chunks().any(|chunk| matches!(chunk, "OR" | "NOT"));
    let words = OPERATORS.into_iter().filter(|operator| !short && chunks().any(|chunk| chunk == *operator)).collect();
    let lower = |piece: &str| {
        if keeps && OPERATORS.contains(&piece.trim()) { piece.to_owned() } else { lowered(piece) }
    };
    Some(Calm { text: text.split_inclusive(char::is_whitespace).map(lower).collect(), words })
}

/// True for a chunk with a letter of a script that has capitals.
fn has_case(chunk: &str) -> bool {
    chunk.chars().any(|c| c.is_uppercase() || c.is_lowercase())
}

fn is_loud(chunk: &str) -> bool {
    !chunk.chars().any(char::is_lowercase)
}

/// In lower case. `İ` would leave a dot behind that is no letter.
fn lowered(piece: &str) -> String {
    piece.replace('İ', "i").to_lowercase()
}

/// True where some sign says that the query was typed as one, not pasted as a headline or as `prose`, which has quotes and
/// parentheses of its own.
fn is_explicit(text: &str, prose: bool) -> bool {
    let typed = |chunk: &str| {
        let bare = chunk.trim_start_matches(['-', '(']);
        FieldName::at_start_of(bare).is_some()
            || foreign::field(bare).is_some()
            || bare.split('(').any(|name| operators::function(name).is_some())
            || (chunk.contains('/') && (operators::reach(chunk).is_some() || foreign::between(chunk).is_some()))
            || matches!(chunk, "&&" | "||" | "AFT" | "BEF" | "GEQ" | "LEQ" | "ATLEAST")
            || foreign::at_least(chunk).is_some()
            || chunk.contains(['<', '>', '='])
    };
    let marked = |c: char| is_quote(c) || matches!(c, '(' | ')');
    (!prose && text.contains(marked)) || text.split_whitespace().any(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_throughout_are_read_as_lower_case() {
        for (text, read, words) in [
            ("HARBOUR AND TOWN VOTE NOT TO MERGE", "harbour and town vote not to merge", "AND NOT"),
            ("SEX AND THE CITY", "sex and the city", "AND"),
            ("PRIX DU PAIN EN HAUSSE", "prix du pain en hausse", ""),
            ("ГАВАНЬ И ГОРОД ПРОТИВ СЛИЯНИЯ", "гавань и город против слияния", ""),
            ("İZMİR LİMANI VE KENT", "izmir limani ve kent", ""),
            ("ΤΟ ΛΙΜΑΝΙ ΚΑΙ Η ΠΟΛΗ", "το λιμανι και η πολη", ""),
            ("ՆԱՎԱՀԱՆԳԻՍՏԸ ՔԱՂԱՔԻ ՀԵՏ", "նավահանգիստը քաղաքի հետ", ""),
            // One of five may be something else.
            ("MAYOR McKay SAYS NO TO HARBOUR", "mayor mckay says no to harbour", ""),
            ("US AND IT DEAL 2020 SIGNED BY EU", "us and it deal 2020 signed by eu", "AND"),
            (
                "WHAT ARE THE AIMS (AND LIMITS) OF THE \"PUBLIC RECORD\" IN A TOWN ON THE COAST",
                "what are the aims (and limits) of the \"public record\" in a town on the coast",
                "",
            ),
            // Short, and without common words: the operators are meant.
            ("LACHIN NOT MEDAL OR ORDER", "lachin NOT medal OR order", ""),
            ("GOLD MEDAL OR ORDER", "gold medal OR order", ""),
            ("GOLD MEDAL AND ORDER", "gold medal and order", ""),
            ("NATO EU SUMMIT", "nato eu summit", ""),
        ] {
            let calm = calm(text).unwrap_or_else(|| panic!("{text}"));
            let folded = |text: &str| crate::text::fold(&text.replace("AND", "+"));
            assert_eq!(folded(&calm.text), folded(read), "{text}");
            assert_eq!(calm.text.split_whitespace().count(), text.split_whitespace().count());
            assert_eq!(calm.words.join(" "), words, "{text}");
        }
    }

    #[test]
    fn capitals_may_say_something_elsewhere() {
        for text in [
            "US AND EU",
            "LACHIN AND MEDAL",
            "NOT NOT NOT NOT NOT NOT X",
            "THE US",
            "Lachin AND Medal",
            "US troops AND NATO",
            "NATO UN EU summit",
            "HARBOUR AND TOWN \"VOTE NOT\" TO MERGE",
            "(HARBOUR OR TOWN) AND VOTE NOT TO MERGE",
            "TITLE:HARBOUR AND TOWN AND VOTE AND MERGE",
            "HARBOUR W/5 TOWN AND VOTE AND MERGER NOT PORT",
            "北京 上海 广州",
            "",
        ] {
            assert_eq!(calm(text), None, "{text}");
        }
    }
}
