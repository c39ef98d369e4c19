//! What is near a query that found nothing.

use search::api::{Engine, Listing, Request};
use search::engine::Local;
use serde_json::Value;

use crate::archive::Archive;

const PAGES: &[(&str, &str)] = &[
    ("a.txt", "Medal for Lachin\n\nThe medal was struck for the town. An order of merit came late, said Ada Marlow."),
    ("b.txt", "News of the town\n\nThe town of Lachin lies on a river, and its mill has ground rye since 1890."),
    ("c.txt", "Медаль из Лачина\n\nВ городе Лачин вручили медаль. Медаль золотая."),
    ("d.txt", "Die Mühle\n\nDie Mühle am Fluss mahlt wieder Roggen, sagte der Müller am Montag."),
];

/// Rows `QUERY ==> kind: typed > instead: query = articles`, in order, with ` | ` between.
const ROWS: &str = r#"
rivver ==> spelling: rivver > river: river = 1
rivver mill ==> spelling: rivver > river: river mill = 1 | without: rivver >: mill = 1
медаь ==> spelling: медаь > медаль: медаль = 1
rivver mil ==> spelling: rivver > river: river = 1
person:"Ada Marlw" ==> spelling: marlw > marlow: person:"Ada marlow" = 1
lachin date:2019 ==> without: date:2019 >: lachin = 2
medal AND rye ==> without: medal >: rye = 1 | without: rye >: medal = 1
medal -town ==> without: -town >: medal = 1
"order of the merit" ==> phrase: order of the merit > order of … merit: "order of" pre/2 "merit" = 1
"the mill has milled rye" ==> phrase: the mill has milled rye > mill has: "mill has" = 1
"mill has milled rye since" ==> phrase: mill has milled rye since > mill has … rye since: "mill has" pre/2 "rye since" = 1
"qwxyz uvwxy" ==>
qwxyz ==>
lachin ==>
lachin medal ==>
"#;

#[test]
fn a_query_that_finds_nothing_has_others_near_it() {
    let archive = Archive::with(PAGES);
    archive.index().code(0);
    let engine = Local::open(&archive.folder().join("index")).unwrap();
    let mut wrong = String::new();
    for row in ROWS.lines().filter(|row| !row.is_empty()) {
        let (query, expected) = row.split_once("==>").unwrap();
        let request = Request { listing: Listing::All, ..Request::new(query.trim(), jiff::civil::date(2026, 11, 22)) };
        let answer = engine.near(&request).unwrap();
        assert_eq!(answer.total, engine.count(&request).unwrap().total, "{query}");
        let lines: Vec<String> = answer
            .body
            .iter()
            .map(|near| {
                // What is said to be found is found.
                let again = Request { text: near.query.clone(), ..request.clone() };
                assert_eq!(engine.count(&again).unwrap().total, near.articles, "{}", near.query);
                let kind = format!("{:?}", near.kind).to_lowercase();
                let instead = near.instead.as_ref().map_or(String::new(), |instead| format!(" {instead}"));
                format!("{kind}: {} >{instead}: {} = {}", near.typed, near.query, near.articles)
            })
            .collect();
        if lines.join(" | ") != expected.trim() {
            wrong.push_str(&format!("{query}==> {}\n    wanted {}\n", lines.join(" | "), expected.trim()));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn it_is_said_on_standard_error_and_hits_are_alone_on_standard_output() {
    let archive = Archive::with(PAGES);
    archive.index().code(0);
    let run = archive.run(&["query", "--all", "rivver", "mill"]).code(1).prints("");
    run.complains(&[
        "note: river for rivver: 1 article; type river mill",
        "note: without rivver: 1 article; type mill",
    ]);
    archive
        .run(&["query", "-c", "lachin", "date:2019"])
        .code(1)
        .prints("0\n")
        .complains(&["without date:2019: 2 articles"]);
    archive.run(&["query", "-q", "rivver"]).code(1).prints("").quiet();
    // What has some of the words is listed: then what a word that no article has is near to, and nothing else.
    let run = archive.run(&["query", "rivver", "mill"]).code(0);
    assert!(run.stderr.contains("note: river for rivver: 1 article; type river mill"), "{run:?}");
    assert!(!run.stderr.contains("without"), "{run:?}");
    let run = archive.run(&["query", "medal", "rye"]).code(0);
    assert!(!run.stderr.contains("; type "), "both words are in some article: {run:?}");
    let run = archive.run(&["query", "--json", "rivver"]).code(1).prints("");
    let object: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(object["near"][0]["instead"], "river", "{object}");
}
