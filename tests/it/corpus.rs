//! What the sample archive must answer; `corpus/README.md` has the same table for people.

use std::collections::BTreeSet;

use crate::archive::CORPUS;
use crate::golden;
use crate::rows::{self, Mention};

/// `QUERY ==> names of all matching pages`, without folder and ending.
const ANSWERS: &str = r#"
Lachin medal ==> correction-batumi lacin-rayonu weightlifter-batumi new-medals three-years-after
"For the liberation" place:Lachin ==> new-medals three-years-after
Lachin -medal ==> bulletin-2020-12-01 knots lachin lachin-district-returned lachin-town lacin-havalimani
=Lachin -medal ==> bulletin-2020-12-01 knots lachin-district-returned lachin-town
about:2020-12-01 ==> bulletin-2020-12-01 lachin lachin-district-returned lachin-town lacin-rayonu new-medals three-years-after
about:2021-05-12 ==> shusha shusha-festival susa-festivali xaribulbul
about:2020-12-31 ==> adriatic-pipe caspian-gas gas gas-from-the-caspian gas-in-brief
about:1957-10-04 ==> obituary-marlowe
about:1972-08 ==> obituary-marlowe
about:1931-02-02 ==> obituary-marlowe
about:2013-09-11 ==> lighthouse-fund-trial
about:2016-12-02 ==> lighthouse-fund-trial
about:1977-08-09 ==> pamyati-okeanologa
about:2012-10-03 ==> map-case-chronicle
about:1974-05-06 ==> obituary-thornbury
about:2012-07-10 ==> ten-years-of-the-press
person:"Viktor Brandl" ==> map-case-chronicle
person:Thornbury ==> obituary-thornbury
place:Ghent ==> map-case-chronicle
place:Kutaisi ==> ten-years-of-the-press
about:2015-12-21 ==> manat
about:2022-08-14 ==> isti-hava
about:2024-01-14 ==> zwei-frankfurts
about:2017-05-01 ==> muguet
about:2024-03-16 ==> mate
about:2023-11-03 ==> zafaran
about:2023-11-06 ==> sabun-tarabulus
person:Aliyev ==> lachin lachin-district-returned lachin-town lacin-havalimani lacin-rayonu new-medals pipeline shusha shusha-festival susa-festivali three-years-after xaribulbul
person:Əliyev ==> lachin lachin-district-returned lachin-town lacin-havalimani lacin-rayonu new-medals pipeline shusha shusha-festival susa-festivali three-years-after xaribulbul
person:"Heydar Aliyev" ==> pipeline
person:Radjabov ==> radzhabov recebov
person:Rəcəbov ==> radzhabov recebov
person:Radschabow ==> radzhabov recebov
person:Раджабов ==> radzhabov recebov
person:London ==> lighthouse-fund-trial
person:Berlin ==> zwei-frankfurts
person:Konya ==> canak-firini
place:Lachin ==> bulletin-2020-12-01 correction-batumi knots lachin lachin-district-returned lachin-town weightlifter-batumi lacin-havalimani lacin-rayonu new-medals three-years-after
place:Shusha ==> lachin-district-returned new-medals shusha shusha-festival susa-festivali xaribulbul
place:Şuşa ==> lachin-district-returned new-medals shusha shusha-festival susa-festivali xaribulbul
place:Шуша ==> lachin-district-returned new-medals shusha shusha-festival susa-festivali xaribulbul
place:Italy date:2020-12-31..2021-01-02 ==> adriatic-pipe caspian-gas gas gas-from-the-caspian gas-in-brief
place:Lebanon ==> sabun-tarabulus
"liberation of Prague" ==> prague-medal
weightlifter ==> weightlifter-batumi
Skarvholm ==> ferry
lang:az ==> idman isti-hava ixrac kitab-avtobusu lacin-rayonu recebov xaribulbul
lang:ru ==> lachin pamyati-okeanologa radzhabov robot shusha sneg
lang:tr ==> canak-firini cay-hasadi lacin-havalimani lodos-canli susa-festivali
lang:de ==> gletscher korrektur-gletscher zwei-frankfurts
lang:ar ==> misbar-alamal sabun-tarabulus
lang:fa ==> zafaran
lang:fr ==> muguet
lang:es ==> mate
kind:live ==> lodos-canli storm-live
has:correction ==> correction-batumi
tag:Карабах ==> lachin
site:skylab-notebook.example ==> first-images
by:Pritchard ==> denmark-baku
by:Günel ==> lacin-rayonu xaribulbul
by:Соболева ==> lachin shusha
title:glacier OR title:Gletscher ==> gletscher
date:2019 ==> kitab-avtobusu correction-batumi map-case-chronicle radzhabov recebov weightlifter-batumi
date:2012 ==> bread-oven
date:2003..2008 ==> cay-hasadi pipeline
date:2020-12 place:Lachin lang:en ==> bulletin-2020-12-01 lachin-district-returned new-medals
date:2021-05 ==> shusha shusha-festival susa-festivali xaribulbul
barley ==> harbour-cranes
çay ==> cay-hasadi
Лачин ==> bulletin-2020-12-01 correction-batumi knots lachin lachin-district-returned lachin-town lacin-havalimani lacin-rayonu new-medals three-years-after weightlifter-batumi
=Лачин ==> lachin
снегопад ==> sneg
vapur ==> lodos-canli
fındıq ==> ixrac
المريخ ==> misbar-alamal
صابون ==> sabun-tarabulus
زعفران ==> zafaran
图书馆 ==> huanshu
place:苏州 ==> huanshu
lang:zh ==> huanshu
place:London ==>
place:Berlin ==>
Valence ==> muguet
"valve, looked at a needle" ==> caspian-gas gas gas-from-the-caspian gas-in-brief
"six years to build" ==> adriatic-pipe
(Webb OR Skarvholm) -ferry ==> first-images
Oberhofer -Korrektur ==> gletscher
(chess OR şahmat OR шахматы OR Schach) kind:article ==> radzhabov recebov zwei-frankfurts
"#;

/// A page's name without folders and endings.
pub(crate) fn name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap();
    file.trim_end_matches(".gz").trim_end_matches(".html").trim_end_matches(".txt").trim_end_matches(".amp").to_owned()
}

/// The queries of the table.
pub(crate) fn queries() -> impl Iterator<Item = &'static str> {
    ANSWERS.lines().filter_map(|row| row.split_once(" ==>")).map(|(query, _)| query)
}

#[test]
fn answers() {
    let mut wrong = Vec::new();
    for row in ANSWERS.lines().filter(|row| !row.is_empty()) {
        let (query, expected) = row.split_once(" ==>").unwrap();
        let expected: BTreeSet<String> = expected.split_whitespace().map(str::to_owned).collect();
        let hits = CORPUS.hits(&["-e", query]);
        let found: BTreeSet<String> = hits.iter().map(|hit| name(hit.path.as_deref().unwrap())).collect();
        if found != expected {
            let lacks: Vec<_> = expected.difference(&found).collect();
            let extra: Vec<_> = found.difference(&expected).collect();
            wrong.push(format!("{query}\n    lacks {lacks:?}, has {extra:?} more"));
        }
    }
    assert!(wrong.is_empty(), "wrong answers:\n{}", wrong.join("\n"));
}

#[test]
fn the_medal_comes_first_with_its_sentence() {
    for query in [&["Lachin medal"][..], &["Lachin", "medal"]] {
        let hits = CORPUS.hits(query);
        assert_eq!(name(hits[0].path.as_deref().unwrap()), "new-medals");
        let snippet = &hits[0].snippets[0];
        assert!(snippet.text.contains("“For the liberation of Lachin”"), "{snippet:?}");
        let marked = snippet.marked();
        assert!(marked.contains(&"medal") && marked.contains(&"Lachin"), "{marked:?}");
    }
}

#[test]
fn every_page_is_an_article_of_the_index_but_the_older_captures() {
    let hits = CORPUS.hits(&["-e", "date:..2030 OR -zzzz"]);
    let found: BTreeSet<String> = hits.iter().map(|hit| format!("corpus/{}", hit.path.as_deref().unwrap())).collect();
    let pages = golden::pages();
    let older = |page: &String| page.contains("20211103-0815") || page.contains("20180121-1010");
    let expected = pages.iter().map(|page| page.display().to_string()).filter(|page| !older(page));
    assert_eq!(found, expected.collect());
}

#[test]
fn the_furniture_is_not_searched() {
    for words in [
        "84 partners",
        "newsletter",
        "\"Most read\"",
        "Proudly powered",
        "Commemorative",
        "Биатлон",
        "Adjara record",
        "маслины",
        "Цейтнот",
        "sanglier",
        "sierras",
        "Permafrost",
        "Kondisionerlərin",
        "Hochwasser",
        "شله‌زرد",
    ] {
        let hits = CORPUS.hits(&["-e", &format!("{words} kind:article")]);
        let names: Vec<String> = hits.iter().map(|hit| name(hit.path.as_deref().unwrap())).collect();
        assert!(names.is_empty(), "{words}: {names:?}");
    }
}

#[test]
fn a_capture_shows_its_newest_text() {
    let hits = CORPUS.hits(&["Skarvholm"]);
    assert_eq!(hits[0].title.as_deref(), Some("Ferry refloated off Skarvholm, all 84 passengers ashore"));
    assert_eq!(CORPUS.hits(&["lifeboats"]).len(), 0);
    let hits = CORPUS.hits(&["снегопада"]);
    assert_eq!(hits[0].title.as_deref(), Some("Дорога на перевал открыта после двух дней снегопада"));
}

#[test]
fn snippets_are_cut_from_the_stored_body() {
    for query in
        ["Lachin", "ferry passengers", "Лачин", "المسبار", "زعفران", "Şuşa", "\"Webb pictures\"", "about:2020-12-01"]
    {
        for hit in CORPUS.hits(&["-e", query]) {
            let shown = CORPUS.run("show", &["--json", &hit.id]).code(0);
            let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
            let body = shown["body"].as_str().unwrap();
            for snippet in &hit.snippets {
                assert_eq!(body.get(snippet.start..snippet.end), Some(snippet.text.as_str()), "{query}: {}", hit.id);
                assert!(snippet.marked().iter().all(|mark| !mark.is_empty()), "{query}: {snippet:?}");
            }
        }
    }
}

#[test]
fn mentions_are_cut_from_the_stored_body() {
    let mut number = 0;
    for hit in CORPUS.hits(&["-e", "-zzzz"]) {
        let run = CORPUS.run("show", &["--json", &hit.id]).code(0);
        rows::check_keys(run.stdout.trim_end(), &[rows::HIT, rows::SHOW].concat());
        let shown: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let body = shown["body"].as_str().unwrap();
        let mentions: Vec<Mention> = serde_json::from_value(shown["mentions"].clone()).unwrap();
        for mention in &mentions {
            assert_eq!(body.get(mention.start..mention.end), Some(mention.text.as_str()), "{}", hit.id);
            assert!(
                ["date", "time", "duration", "set", "place", "person", "org"].contains(&mention.kind.as_str()),
                "{mention:?}"
            );
            assert!(!mention.rule.is_empty() && (0.0..=1.0).contains(&mention.confidence), "{mention:?}");
        }
        number += mentions.len();
    }
    assert!(number > 100, "only {number} mentions");
}

#[test]
fn counts_equal_lists() {
    let queries = [
        "Lachin",
        "Lachin medal",
        "-Lachin",
        "Lachin OR ferry",
        "date:2020",
        "about:2020-12-01",
        "person:Aliyev",
        "kind:article",
        "place:Azerbaijan",
        "zzzz",
        "\"the liberation\"",
        "lang:en -medal",
        "*",
        "the",
        "((a",
        "title:Lachin date:2020..",
    ];
    for query in queries {
        for (count, list) in [(&["-c"][..], "--all"), (&["-c", "--all"], "--all"), (&["-c", "--any"], "--any")] {
            let count = CORPUS.run("query", &[count, &["-e", query]].concat());
            let list = CORPUS.run("query", &[list, "-l", "-n", "0", "-e", query]);
            let (number, lines) = (count.stdout.trim(), list.stdout.lines().count());
            assert_eq!(number, lines.to_string(), "'{query}': {count:?} against {list:?}");
            assert_eq!(count.status, Some(i32::from(number == "0")), "{count:?}");
        }
    }
}
