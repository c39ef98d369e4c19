//! Queries made at random.

use crate::random::Random;

/// Pieces that the language treats in its own ways.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "AND", "OR", "NOT", "&&", "||", "(", ")", "((", "))", "-", "--", "\"", "“", "”", "«", "»", "「", "」", "w/5", "w/s",
    "w/p", "pre/3", "near/2", "NEAR", "w/0", "w/99999999999", "adj/1", "atleast3(", "atleast0(", "hlead(", "caps(",
    "first50(", "first0(", "=", "*", "?", "~", "~1", "~2", "~9", "a*", "*a", "*e*", "s?e", "*", "**", "??", "title:",
    "body:", "by:", "site:", "section:", "lang:en", "kind:stub", "kind:nothing", "words:>300", "words:5..2", "words:",
    "date:", "date:2020", "date:2019..2021", "date:..2020-11", "date:none", "date:last week", "date:\"last week\"",
    "date:monday..", "captured:2020", "captured:none", "about:", "about:2020-12-01", "about~:1992", "about:none",
    "place:", "place:Lachin", "place:\"New York\"", "person:", "person:Aliyev", "person:=Aliyev", "org:", "dateline:",
    "dateline:Baku", "near:\"Lachin,50km\"", "has:correction", "the", "of", "and", "in", "who", "US", "IT", "to",
    "COVID-19", "U.S.", "10:30", "a/b", "http://example.com/x?y=z", "l'été", "D'Souza", "Əliyev", "Алиев", "北京",
    "東京都", "صدام", "שלום", "צה\"ל", "e\u{301}", "\u{301}", "\u{200f}", "\u{ad}", "\u{0}", "\u{feff}", "ﬁ", "ß", "İ",
    "ǅ", "🙂", "\n", "\t", "\u{a0}", "\u{3000}", "…", "–", "'", "’", "`", ":", "::", "x:", ":x", ",", ".", ";", "%",
    "\\", "{", "}", "[", "]", "<", ">", "^", "$", "!", "#", "@", "+", "_", "0", "1", "2020", "19", "november",
    "today", "monday", "1990s", "2020-Q4",
];

/// Pieces of one query at most.
const MOST: usize = 40;

/// A query of pieces and words; or the last one with a change.
pub fn made(random: &mut Random, words: &[String], last: &str) -> String {
    let mut out = String::new();
    let most = if random.below(4) == 0 { MOST } else { 8 };
    for _ in 0..1 + random.below(most) {
        match random.below(12) {
            0 => out.push_str(&"ab \u{e9}\"(".repeat(1 + random.below(4))),
            1..=5 if !words.is_empty() => {
                let word: Vec<char> = words[random.below(words.len())].chars().collect();
                let at = random.below(word.len().max(1));
                // One in five with a letter left open, wrong or missing.
                let change = ["*", "?", "", "~"].get(random.below(20));
                match change {
                    Some(change) => {
                        out.extend(&word[..at]);
                        out.push_str(change);
                        out.extend(&word[(at + 1).min(word.len())..]);
                    }
                    None => out.extend(&word),
                }
            }
            _ => out.push_str(PIECES[random.below(PIECES.len())]),
        }
        if random.below(3) > 0 {
            out.push(' ');
        }
    }
    match random.below(40) {
        0 => out = out.repeat(1 + random.below(200)),
        1..=8 => {
            let cut = |text: &str, at: usize| {
                let mut at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (from, to) = (random.below(last.len() + 1), random.below(out.len() + 1));
            out = format!("{}{}", &last[..cut(last, from)], &out[cut(&out, to)..]);
        }
        _ => {}
    }
    let mut end = out.len().min(20_000);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out
}
