//! Queries of each kind, in the words of the pages themselves.

use std::error::Error;

use search::api::{Engine, Request};
use search::date::Date;
use search::engine::Local;

/// Articles that words are taken from.
const ARTICLES: usize = 300;
/// Queries of a kind.
const QUERIES: usize = 200;

/// What can be typed on purpose: the most common words and letters of English news.
const COMMON: [&str; 16] = [
    "s*",
    "*ment",
    "*e*",
    "t?e",
    "the w/p of",
    "the w/5 of w/5 in",
    "the w/s a",
    "\"of the\"",
    "\"in the\" OR \"to the\"",
    "a* OR b* OR c* OR d* OR e*",
    "(a* OR the) w/9 (s* OR of)",
    "atleast9(the)",
    "first50(the)",
    "hlead(s*)",
    "caps(the)",
    "date:none OR words:>1",
];

/// The name of a class and its queries.
type Class = (&'static str, Vec<String>);

/// Names of kinds, each with its queries, the same for the same index.
pub(crate) fn queries(engine: &Local, today: Date) -> Result<Vec<Class>, Box<dyn Error>> {
    let mut random = Random(7);
    // All have the same score, so they come in the order of their ids: at random.
    let mut request = Request::new("*", today);
    (request.limit, request.snippets) = (ARTICLES, 0);
    let mut texts = Vec::new();
    for hit in engine.search(&request)?.body.hits {
        let words: Vec<String> = engine.article(&hit.id)?.body.split_whitespace().filter_map(word).collect();
        if words.len() >= 60 {
            texts.push((hit.date.clone().unwrap_or_default(), words));
        }
    }
    if texts.is_empty() {
        return Err("the index holds no article of 60 words".into());
    }
    let mut made = |make: &dyn Fn(&mut Random, &str, &[String]) -> String| -> Vec<String> {
        let one = |_| {
            let (date, words) = &texts[random.below(texts.len())];
            make(&mut random, date, words)
        };
        (0..QUERIES).map(one).collect()
    };
    let near = |random: &mut Random, words: &[String], by: &str| {
        let at = random.below(words.len() - 6);
        format!("{} {by} {}", words[at], words[at + 1 + random.below(4)])
    };
    Ok(vec![
        ("one to three words", made(&|random, _, words| content(random, words, 1 + random.0 as usize % 3))),
        ("questions", made(&|random, _, words| content(random, words, 8 + random.0 as usize % 6))),
        (
            "phrases",
            made(&|random, _, words| {
                let at = random.below(words.len() - 3);
                format!("\"{}\"", words[at..at + 2 + random.below(2)].join(" "))
            }),
        ),
        ("w/5, pre/5", made(&|random, _, words| near(random, words, if random.0 % 2 == 0 { "w/5" } else { "pre/5" }))),
        ("w/s, w/p", made(&|random, _, words| near(random, words, if random.0 % 2 == 0 { "w/s" } else { "w/p" }))),
        (
            "open letters",
            made(&|random, _, words| {
                let word: Vec<char> = content(random, words, 1).chars().collect();
                let some = (2 + random.below(3)).min(word.len());
                let text = |letters: &[char]| letters.iter().collect::<String>();
                match random.below(4) {
                    0 | 1 => text(&word[..some]) + "*",
                    2 => format!("*{}", text(&word[word.len() - some..])),
                    _ => format!("{}?{}", text(&word[..some - 1]), text(&word[some..])),
                }
            }),
        ),
        ("a letter wrong", made(&|random, _, words| content(random, words, 1) + "~1")),
        (
            "ranges of days",
            made(&|random, date, words| {
                let year = date.get(..4).unwrap_or("2015");
                let word = content(random, words, 1);
                match random.below(3) {
                    0 => format!("date:{year} {word}"),
                    1 => format!("date:..{year} {word}"),
                    _ => format!("about:{year} {word}"),
                }
            }),
        ),
        ("common on purpose", COMMON.map(str::to_owned).to_vec()),
    ])
}

/// A word without the signs around it; `None` where nothing is left or it would be read as something else.
fn word(typed: &str) -> Option<String> {
    let word = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let plain = !word.is_empty() && word.chars().all(char::is_alphanumeric);
    plain.then(|| word.to_lowercase())
}

/// Some of the longer words, side by side.
fn content(random: &mut Random, words: &[String], count: usize) -> String {
    let long: Vec<&str> = words.iter().map(String::as_str).filter(|word| word.chars().count() > 4).collect();
    let long = if long.is_empty() { vec![words[0].as_str()] } else { long };
    let at = random.below(long.len());
    long.iter().cycle().skip(at).take(count).copied().collect::<Vec<_>>().join(" ")
}

/// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016.
struct Random(u64);

impl Random {
    /// 0 to `most` - 1.
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as usize % most.max(1)
    }
}
