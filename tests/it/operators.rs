//! What each operator finds, on a few pages of our own and on made ones, where a plain reading of the text says what must
//! be found.

use std::collections::BTreeSet;

use search::api::{Engine, Listing, Request};
use search::engine::Local;

use crate::archive::Archive;

const PAGES: &[(&str, &str)] = &[
    (
        "a.txt",
        "Medal for Lachin\n\nLACHIN, Azerbaijan, Nov 10 (Agency) — The medal was struck for the town. An order came late.\n\n\
         A second paragraph names nobody.\n\nThe third speaks of apples and a river.",
    ),
    (
        "b.txt",
        "Apple opens a shop\n\nApple sells phones. An apple a day is another matter.\n\nMedals, medals and one more medal: \
         three of them in a drawer.",
    ),
    (
        "c.txt",
        "News of the town\n\nThe town of Lachin lies on a river.\n\nNothing else is known.\n\nFar below a medal was found in \
         the gold mine.",
    ),
    ("d.txt", "Gold medal\n\nA gold medal and a silver medal were lost. Gold prices rose that day."),
    ("e.txt", "A name misspelt\n\nThe letter writes Lachn twice: Lachn again. NATO talks were led by McKay."),
];

/// Rows `QUERY ==> CANONICAL FORM ==> articles`.
const ROWS: &str = r#"
medal ==> medal ==> a b c d
medal lachin ==> medal lachin ==> a c
medal AND lachin ==> medal AND lachin ==> a c
apple OR gold ==> apple OR gold ==> a b c d
NOT medal ==> -medal ==> e
medal -gold ==> medal -gold ==> a b
medal -(gold OR apple) ==> medal -(gold OR apple) ==>
"gold medal" ==> "gold medal" ==> d
“gold medal” ==> "gold medal" ==> d
«gold medal» ==> "gold medal" ==> d
-"gold medal" medal ==> -"gold medal" medal ==> a b c

medal w/2 lachin ==> medal w/2 lachin ==> a
medal w/1 lachin ==> medal w/1 lachin ==>
lachin w/2 medal ==> lachin w/2 medal ==> a
lachin pre/2 medal ==> lachin pre/2 medal ==>
medal pre/2 lachin ==> medal pre/2 lachin ==> a
gold w/9 medal ==> gold w/9 medal ==> c d
gold pre/9 medal ==> gold pre/9 medal ==> d
medal pre/9 gold ==> medal pre/9 gold ==> c d
"gold medal"~2 ==> "gold" w/2 "medal" ==> d
gold NEAR medal ==> gold w/10 medal ==> c d
(gold OR silver) w/1 medal ==> (gold OR silver) w/1 medal ==> d
"silver medal" pre/4 gold ==> "silver medal" pre/4 gold ==> d
"silver medal" pre/2 gold ==> "silver medal" pre/2 gold ==>
gold pre/1 medal pre/4 medal ==> (gold pre/1 medal) pre/4 medal ==> d
gold pre/1 medal pre/2 medal ==> (gold pre/1 medal) pre/2 medal ==>
gold pre/4 medal pre/4 medal ==> gold pre/4 medal pre/4 medal ==> d
medal pre/4 gold pre/1 medal ==> (medal pre/4 gold) pre/1 medal ==>
med* w/2 lachn~1 ==> med* w/2 lachn~1 ==> a
-(medal w/2 lachin) medal ==> -(medal w/2 lachin) medal ==> b c d
apple w/s phones ==> apple w/s phones ==> b
apple w/s day ==> apple w/s day ==> b
phones w/s day ==> phones w/s day ==>
phones w/p day ==> phones w/p day ==> b
phones w/p drawer ==> phones w/p drawer ==>
shop w/p phones ==> shop w/p phones ==>
gold w/s silver w/s medal ==> gold w/s silver w/s medal ==> d

atleast3(medal) ==> atleast3(medal) ==> b d
atleast4(medal) ==> atleast4(medal) ==>
atleast2(lachn) ==> atleast2(lachn) ==> e
atleast3(gold OR silver) ==> atleast3(gold OR silver) ==> d
atleast2("gold medal") ==> atleast2("gold medal") ==> d
title:(atleast2(medal)) ==> title:(atleast2(medal)) ==>
-atleast3(medal) medal ==> -atleast3(medal) medal ==> a c
hlead(medal) ==> hlead(medal) ==> a b d
hlead(river) ==> hlead(river) ==> c
hlead(town -medal) ==> hlead(town -medal) ==> c
-hlead(medal) medal ==> -hlead(medal) medal ==> c
first4(medal) ==> first4(medal) ==> d
first3(gold w/1 medal) ==> first3(gold w/1 medal) ==> d
first2(gold w/1 medal) ==> first2(gold w/1 medal) ==>
caps(Apple) ==> caps(Apple) ==> b
caps(apples) ==> caps(apples) ==>
caps(nato) ==> caps(nato) ==> e
caps(Nato) ==> caps(Nato) ==>
caps(McKay) ==> caps(McKay) ==> e
caps(LACHIN) ==> caps(LACHIN) ==> a
caps(Lachin) ==> caps(Lachin) ==> a c
caps(Apple) w/2 phones ==> caps(Apple) w/2 phones ==> b
atleast3(caps(Apple)) ==> atleast3(caps(Apple)) ==>
atleast2(caps(Apple)) ==> atleast2(caps(Apple)) ==> b

=medals ==> "medals" ==> b
medals ==> medals ==> a b c d
=apple ==> "apple" ==> b
apple ==> apple ==> a b
med* ==> med* ==> a b c d
m?dal ==> m?dal ==> a b c d
*chin ==> *chin ==> a c
l*n ==> l*n ==> a c e
lachn~1 ==> lachn~1 ==> a c e
lachn~0 ==> "lachn" ==> e
lchan~2 ==> lchan~2 ==> a c e
zzz* ==> zzz* ==>
title:med* ==> title:med* ==> a d
title:(medal OR shop) ==> title:(medal OR shop) ==> a b d
body:shop ==> body:shop ==>

"gold med*" ==> "gold" pre/1 med* ==> d
"silver medal * lost" ==> "silver medal" pre/2 "lost" ==> d
"gold * silver" ==> "gold" pre/2 "silver" ==>
HEADLINE(medal) ==> title:medal ==> a d
hd=medal -BODY(gold) ==> title:medal -body:gold ==> a
medal near2 lachin ==> medal w/2 lachin ==> a
phones /s day ==> phones w/s day ==>
phones /p day ==> phones w/p day ==> b
medal NOT W/2 lachin ==> medal AND -(medal w/2 lachin) ==> b c d
ATLEAST 3 medal ==> atleast3(medal) ==> b d
ALLCAPS(nato) ==> caps(NATO) ==> e
PLURAL(medals) ==> "medals" ==> b
SINGULAR(apple) ==> "apple" ==> b
lachn$ ==> lachn* ==> e
LENGTH < 20 ==> words:0..19 ==> d e
MEDAL AND TOWN NOT IN A RIVER ==> medal and town not in a river ==> a c
GOLD MEDAL NOT SILVER ORDER ==> gold medal -silver order ==>

dateline:Lachin ==> dateline:Lachin ==> a
dateline:Azerbaijan ==> dateline:Azerbaijan ==> a
dateline:Agency ==> dateline:Agency ==> a
place:Lachin ==> place:Lachin ==> a c
words:<20 ==> words:0..19 ==> d e
date:none medal ==> date:none medal ==> a b c d
date:2020 medal ==> date:2020-01-01..2020-12-31 medal ==>
lang:en medal -lang:de ==> lang:en medal -lang:de ==> a b c
kind:wall medal ==> kind:wall medal ==>
site:example.com medal ==> site:example.com medal ==>
by:Mammadova medal ==> by:Mammadova medal ==>
"#;

#[test]
fn every_operator_finds_what_it_says() {
    let archive = Archive::with(PAGES);
    archive.index().code(0);
    let engine = Local::open(&archive.folder().join("index")).unwrap();
    let mut failures = String::new();
    for row in ROWS.lines().filter(|row| !row.is_empty()) {
        let [query, canonical, expected] = row.split("==>").map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("a row has two arrows: {row}");
        };
        let mut request = Request::new(query, jiff::civil::date(2026, 11, 22));
        (request.limit, request.listing) = (0, Listing::All);
        let response = engine.search(&request).unwrap();
        let mut found: Vec<String> = response.body.hits.iter().filter_map(|hit| hit.file.path.clone()).collect();
        found.sort();
        let found = found.join(" ").replace(".txt", "");
        if (response.reading.query.as_str(), found.as_str()) != (canonical, expected) {
            failures.push_str(&format!(
                "{query} ==> {} ==> {found}\n    wanted {canonical} ==> {expected}\n",
                response.reading.query
            ));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// A small generator of numbers: tests need no luck.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

/// Words whose stems are no other of them, so that reading the text plainly finds the same.
const WORDS: &[&str] = &["gold", "river", "town", "medal", "bridge", "storm"];

/// A made article: sentences of words, in paragraphs.
struct Made {
    title: Vec<&'static str>,
    body: Vec<Vec<Vec<&'static str>>>,
}

impl Made {
    fn new(dice: &mut Dice) -> Made {
        let mut words = |most: usize| (0..=dice.roll(most)).map(|_| WORDS[dice.roll(WORDS.len())]).collect::<Vec<_>>();
        let title = words(3);
        let body = (0..words(4).len()).map(|_| (0..words(3).len()).map(|_| words(6)).collect()).collect();
        Made { title, body }
    }

    fn text(&self) -> String {
        let sentence = |words: &Vec<&str>| {
            let mut text = words.join(" ");
            text[..1].make_ascii_uppercase();
            text + "."
        };
        let paragraph =
            |sentences: &Vec<Vec<&'static str>>| sentences.iter().map(sentence).collect::<Vec<_>>().join(" ");
        let body: Vec<String> = self.body.iter().map(paragraph).collect();
        format!("{}\n\n{}", sentence(&self.title), body.join("\n\n"))
    }

    /// Position, sentence and paragraph of each `word` in the body; those of the title.
    fn places(&self, word: &str) -> [Vec<(i64, usize, usize)>; 2] {
        let title = (0..).zip(&self.title).filter(|(_, have)| **have == word).map(|(at, _)| (at, 0, 0)).collect();
        let (mut at, mut number, mut body) = (0, 0, Vec::new());
        for (paragraph, sentences) in self.body.iter().enumerate() {
            for sentence in sentences {
                for have in sentence {
                    if *have == word {
                        body.push((at, number, paragraph));
                    }
                    at += 1;
                }
                number += 1;
            }
        }
        [title, body]
    }

    fn near(&self, one: &str, other: &str, close: impl Fn((i64, usize, usize), (i64, usize, usize)) -> bool) -> bool {
        self.places(one).iter().zip(self.places(other)).any(|(ones, others)| {
            ones.iter().any(|one| others.iter().any(|other| one.0 != other.0 && close(*one, *other)))
        })
    }
}

/// Made articles in an index, and the engine over it.
struct MadeArchive {
    _archive: Archive,
    made: Vec<Made>,
    engine: Local,
}

impl MadeArchive {
    fn new(seed: u64) -> MadeArchive {
        let mut dice = Dice(seed);
        let made: Vec<Made> = (0..60).map(|_| Made::new(&mut dice)).collect();
        let archive = Archive::new();
        for (at, page) in made.iter().enumerate() {
            archive.write(format!("{at}.txt"), page.text());
        }
        archive.index().code(0);
        let engine = Local::open(&archive.folder().join("index")).unwrap();
        MadeArchive { _archive: archive, made, engine }
    }

    fn ask(&self, query: &str, listing: Listing) -> (u64, u64, BTreeSet<usize>) {
        let mut request = Request::new(query, jiff::civil::date(2026, 11, 22));
        (request.limit, request.listing, request.lenient) = (0, listing, true);
        let counted = self.engine.count(&request).unwrap().total;
        let response = self.engine.search(&request).unwrap();
        let name = |path: &String| path.trim_end_matches(".txt").parse::<usize>().unwrap();
        let listed = response.body.hits.iter().filter_map(|hit| hit.file.path.as_ref().map(name)).collect();
        (counted, response.total, listed)
    }
}

/// Whether a reader would say that an article holds what is asked.
type Reading<'a> = &'a dyn Fn(&Made) -> bool;

#[test]
fn places_in_the_text_are_read_as_a_reader_would() {
    let archive = MadeArchive::new(7);
    let mut dice = Dice(11);
    for _ in 0..150 {
        let (one, other) = (dice.pick(WORDS), dice.pick(WORDS));
        let words = dice.roll(8) as i64 + 1;
        let times = dice.roll(3) + 2;
        let count = |page: &Made, end: i64, paragraphs: usize| {
            let [title, body] = page.places(one);
            let inside = body.iter().filter(|(at, _, paragraph)| *at < end && *paragraph < paragraphs);
            (title.len(), inside.count())
        };
        let rows: [(String, Reading); 8] = [
            (format!("{one} w/{words} {other}"), &|page| page.near(one, other, |a, b| (a.0 - b.0).abs() <= words)),
            (format!("{one} pre/{words} {other}"), &|page| {
                page.near(one, other, |a, b| b.0 > a.0 && b.0 - a.0 <= words)
            }),
            (format!("{one} w/s {other}"), &|page| page.near(one, other, |a, b| a.1 == b.1)),
            (format!("{one} w/p {other}"), &|page| page.near(one, other, |a, b| a.2 == b.2)),
            (format!("atleast{times}({one})"), &|page| {
                let (title, body) = count(page, i64::MAX, usize::MAX);
                title + body >= times
            }),
            (format!("first{words}({one})"), &|page| count(page, words, usize::MAX).1 > 0),
            (format!("hlead({one})"), &|page| count(page, i64::MAX, 2) != (0, 0)),
            (format!("\"{one} {other}\""), &|page| page.near(one, other, |a, b| b.0 == a.0 + 1)),
        ];
        for (query, holds) in rows {
            let expected: BTreeSet<usize> = (0..archive.made.len()).filter(|at| holds(&archive.made[*at])).collect();
            assert_eq!(archive.ask(&query, Listing::All).2, expected, "{query}");
        }
    }
}

/// A query of parts that may stand anywhere.
fn query(dice: &mut Dice, depth: usize) -> String {
    let word = dice.pick(WORDS).to_owned();
    if depth == 0 {
        return word;
    }
    let mut inner = || query(dice, depth - 1);
    let (one, other) = (inner(), inner());
    match dice.roll(16) {
        0 => format!("({one} {other})"),
        1 => format!("({one} AND {other})"),
        2 => format!("({one} OR {other})"),
        3 => format!("-({one})"),
        4 => format!("({one} w/4 {other})"),
        5 => format!("({one} pre/3 {other})"),
        6 => format!("({one} w/s {other})"),
        7 => format!("atleast2({one})"),
        8 => format!("hlead({one})"),
        9 => format!("\"{word} gold\""),
        10 => format!("{}*", &word[..2]),
        11 => format!("{word}~1"),
        12 => format!("title:({one})"),
        13 => format!("caps({word})"),
        14 => {
            ["lang:en", "words:>20", "date:none", "kind:article", "first9(gold)", "place:Baku"][dice.roll(6)].to_owned()
        }
        _ => one,
    }
}

/// What may come out of a keyboard.
fn soup(dice: &mut Dice) -> String {
    const PIECES: &[&str] = &[
        "gold ",
        "river ",
        "-",
        "NOT ",
        "AND ",
        "OR ",
        "(",
        ")",
        "\"",
        "w/3 ",
        "pre/2 ",
        "w/s ",
        "w/p ",
        "NEAR ",
        "atleast2(",
        "hlead(",
        "first9(",
        "caps(",
        "Gold",
        "med* ",
        "*r ",
        "m?dal ",
        "rivr~1 ",
        "=town ",
        "title:",
        "body:(",
        "date:",
        "2019.. ",
        "none ",
        "about:",
        "place:",
        "person:",
        "dateline:",
        "lang:en ",
        "kind:",
        "words:>9 ",
        "the ",
        "* ",
        "~2 ",
    ];
    (0..dice.roll(14)).map(|_| dice.pick(PIECES)).collect()
}

/// As many rounds as `ROUNDS` says.
#[test]
fn counts_equal_lists() {
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(150);
    let archive = MadeArchive::new(3);
    let everything = archive.ask("*", Listing::All).0;
    let mut dice = Dice(5);
    for round in 0..rounds {
        let made = format!("{} {}", query(&mut dice, 2), query(&mut dice, 1));
        let text = if round % 3 == 0 { soup(&mut dice) } else { made.clone() };
        for listing in [Listing::All, Listing::Any] {
            let (counted, total, listed) = archive.ask(&text, listing);
            assert_eq!((counted, total), (listed.len() as u64, listed.len() as u64), "{listing:?} {text}");
        }
        let (all, ..) = archive.ask(&made, Listing::All);
        let (without, ..) = archive.ask(&format!("-({made})"), Listing::All);
        assert_eq!(all + without, everything, "{made}");
    }
}

#[test]
fn the_worst_queries_end_with_a_note() {
    let archive = MadeArchive::new(9);
    let letters: Vec<String> = ('a'..='z').map(|letter| format!("{letter}*")).collect();
    let worst = [
        (letters.join(" OR "), None),
        (letters.join(" w/5 "), None),
        (format!("{} ", letters.join(" ")).repeat(100), Some("more than 40 words")),
        ("*a* ".repeat(20_000), Some("more than 40 words")),
        ((0..10_000).map(|n| format!("w{n} ")).collect(), Some("more than 1000 words")),
        (format!("\"{}\"", "gold ".repeat(10_000)), Some("more than 1000 words")),
        (format!("{}gold{}", "(".repeat(10_000), ")".repeat(10_000)), Some("nested too deeply")),
        (format!("{}gold", "-(gold w/5 ".repeat(9_000)), Some("nested too deeply")),
        ("gold w/5 ".repeat(10_000), Some("more than 64 operators")),
        (format!("{}gold{}", "atleast2(".repeat(5_000), ")".repeat(5_000)), Some("nested too deeply")),
        ("gold OR ".repeat(10_000), Some("more than 1000 words")),
    ];
    for (text, note) in worst {
        let request = Request::new(text.clone(), jiff::civil::date(2026, 11, 22));
        let response = archive.engine.search(&request).unwrap();
        let head: String = text.chars().take(40).collect();
        if let Some(note) = note {
            assert!(
                response.reading.notes.iter().any(|have| have.contains(note)),
                "{head}: {:?}",
                response.reading.notes
            );
        }
    }
}
