//! The versions of one article: listed, compared, filtered by.

use serde_json::Value;

use crate::archive::Archive;

const ADDRESS: &str = "https://spanandarch.example/2021/03/bridge-report";

/// A page of [`ADDRESS`] that was saved at `when`.
fn page(when: &str, title: &str, text: &str) -> String {
    page_of(ADDRESS, when, title, text)
}

fn page_of(address: &str, when: &str, title: &str, text: &str) -> String {
    let paragraphs: String = text.split(" / ").map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    format!(
        "<!DOCTYPE html> <!--\n Page saved with SingleFile \n url: {address} \n saved date: {when} \n-->\n\
         <html lang=en><head><title>{title}</title><link rel=canonical href='{address}'></head>\
         <body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
}

const FIRST: &str = "The inspectors walked the bridge from end to end on Tuesday. / They counted four hundred bolts. / \
                     The railing is sound.";
const SECOND: &str = "The inspectors walked the bridge from end to end on Tuesday. / They counted five hundred bolts. / \
                      The bridge stays closed.";

/// Four captures, of which the first two and the last two have one text.
fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("d.html", page("2021-06-09T08:00:00Z", "Bridge closed", SECOND));
    archive.write("c.html", page("2021-06-08T08:00:00Z", "Bridge closed", SECOND) + "<!-- saved again -->");
    archive.write("b.html", page("2021-05-03T08:00:00Z", "Bridge report", FIRST) + "<!-- saved again -->");
    archive.write("a.html", page("2021-05-02T08:00:00Z", "Bridge report", FIRST));
    archive.write(
        "other.html",
        page_of("https://spanandarch.example/2021/03/tunnel-report", "2021-06-08T08:00:00Z", "Tunnel", FIRST),
    );
    archive.write(
        "again.html",
        page_of("https://spanandarch.example/2021/03/tunnel-report", "2021-06-18T08:00:00Z", "Tunnel", FIRST),
    );
    archive.index().code(0);
    archive
}

fn json(archive: &Archive, args: &[&str], status: i32) -> Value {
    serde_json::from_str(&archive.run(args).code(status).stdout).unwrap()
}

#[test]
fn captures_with_one_text_are_one_version() {
    let archive = archive();
    let found = json(&archive, &["versions", "--json", ADDRESS], 0);
    let versions = found["versions"].as_array().unwrap();
    let told: Vec<String> = versions
        .iter()
        .map(|version| {
            let captures = version["captures"].as_array().unwrap().iter();
            let paths: Vec<&str> = captures.map(|capture| capture["path"].as_str().unwrap()).collect();
            format!(
                "{} {} {} +{} -{}",
                version["version"],
                version["title"],
                paths.join(","),
                version["added"],
                version["removed"]
            )
        })
        .collect();
    assert_eq!(told, [r#"1 "Bridge report" a.html,b.html +0 -0"#, r#"2 "Bridge closed" c.html,d.html +2 -2"#]);
    let capture = &versions[0]["captures"][1];
    assert_eq!(capture["captured"], "2021-05-03T08:00:00Z");
    assert_ne!(capture["sha256"], versions[0]["captures"][0]["sha256"], "the bytes are others");
    assert_eq!(capture["text_sha256"], versions[0]["text_sha256"]);
    // For programs a line each, for people with every capture.
    let id = found["id"].as_str().unwrap();
    let lines = archive.run(&["versions", id]).code(0).stdout;
    assert!(lines.starts_with(&format!("{id}@1\t2021-05-02T08:00:00Z\t2\t")), "{lines}");
    archive.run(&["versions", "--pretty", "--captures", id]).code(0).has(&[
        "@2  Bridge closed",
        "sha256:",
        "22 words · +2 -2",
    ]);
    archive.run(&["versions", "https://spanandarch.example/2021/03/tunnel-report"]).code(1);
    archive.run(&["versions", "https://spanandarch.example/2021/03/nothing-here"]).code(2);
}

#[test]
fn versions_are_named_by_their_number() {
    let archive = archive();
    let id = json(&archive, &["versions", "--json", ADDRESS], 0)["id"].as_str().unwrap().to_owned();
    let numbers = |args: &[&str]| {
        let all: Vec<&str> = ["diff", "--json"].iter().chain(args).copied().collect();
        let found = json(&archive, &all, 0);
        format!("{} {}", found["from"]["version"], found["to"]["version"])
    };
    assert_eq!(numbers(&[&id]), "1 2");
    assert_eq!(numbers(&[&format!("{id}@1")]), "1 2");
    assert_eq!(numbers(&[&format!("{ADDRESS}@2"), &format!("{ADDRESS}@1")]), "2 1");
    archive.run(&["diff", &format!("{id}@2"), &id]).code(1);
    archive.run(&["diff", &format!("{id}@3")]).code(2).complains(&[&format!("{id}@1 to {id}@2"), "search versions"]);
    archive.run(&["diff", &format!("{id}@0")]).code(2);
    archive.run(&["diff", &format!("{id}@99999999999999999999")]).code(2);
}

#[test]
fn what_changed_is_found_by_filters() {
    let archive = archive();
    for (query, found) in [
        ("has:changes", vec!["d.html"]),
        ("changed:2021-06", vec!["d.html"]),
        ("changed:2021-06-08", vec!["d.html"]),
        ("changed:2021-06-09", vec![]),
        ("changed:2021-05", vec![]),
        ("changed:2021-06 bolts", vec!["d.html"]),
        ("bolts -has:changes", vec!["again.html"]),
        ("has:change", vec!["d.html"]),
    ] {
        assert_eq!(archive.paths(&[query]), found, "{query}");
    }
}

#[test]
fn hostile_text_is_shown_as_text() {
    let archive = Archive::new();
    for (name, word) in [("a", "closed"), ("b", "open")] {
        let text = format!("The bridge is &#x1b;[31m{word} <b>today</b> &amp; all boats pass.");
        archive.write(
            format!("{name}.html"),
            page(
                &format!("2021-05-0{}T08:00:00Z", name.len() + usize::from(name == "b")),
                "A &#x1b;]0;x&#7; title",
                &text,
            ),
        );
    }
    archive.index().code(0);
    for args in [&["versions", "--pretty"][..], &["versions"], &["diff"]] {
        let args: Vec<&str> = args.iter().copied().chain([ADDRESS]).collect();
        let run = archive.run(&args).code(0);
        assert!(!run.stdout.contains(['\u{1b}', '\u{7}']), "{}", run.stdout);
    }
}

/// What changed from one text to another: `+` was added, `-` removed, `~` reworded.
const PAIRS: &[(&str, &str, &str)] = &[
    (
        "The dam holds. / Rain is due.",
        "The dam holds. / Rain is due. / Roads are shut tonight.",
        "+Roads are shut tonight.",
    ),
    ("The dam holds. / Rain is due on Monday.", "The dam holds.", "-Rain is due on Monday."),
    (
        "Two men were hurt in the fall of the crane.",
        "Three men were hurt in the fall of the crane.",
        "~[Two>Three] men were hurt in the fall of the crane",
    ),
    (
        "Police said that nobody was hurt.",
        "Police said that one man was hurt.",
        "~Police said that [nobody>one man] was hurt",
    ),
    (
        "The vote is on Friday at noon.",
        "The vote was put off without a new date.",
        "-The vote is on Friday at noon. +The vote was put off without a new date.",
    ),
    ("One came home. Two went away. Three stayed there.", "One came home. Three stayed there.", "-Two went away."),
    ("One came home. Three stayed there.", "One came home. Two went away. Three stayed there.", "+Two went away."),
    (
        "First we ate soup. Then we slept long. At last we left.",
        "Then we slept long. First we ate soup. At last we left.",
        "-First we ate soup. +First we ate soup.",
    ),
    ("The mayor, Anna Holm, said so.", "The mayor, Anne Holm, said so.", "~The mayor, [Anna>Anne] Holm, said so"),
    ("The price is 3.50 a litre now.", "The price is 3.80 a litre now.", "~The price is [3.50>3.80] a litre now"),
    ("It was “very good” for us all.", "It was \"very good\" for us all.", "~It was \"very good\" for us all"),
    ("Мост закрыт до весны из-за льда.", "Мост закрыт до лета из-за льда.", "~Мост закрыт до [весны>лета] из-за льда"),
    ("Снег идёт. Дороги закрыты.", "Снег идёт. Дороги закрыты. Школы тоже не работают.", "+Школы тоже не работают."),
    (
        "Köprü bahara kadar kapalı kalacak.",
        "Köprü yaza kadar kapalı kalacak.",
        "~Köprü [bahara>yaza] kadar kapalı kalacak",
    ),
    (
        "Le pont est fermé depuis lundi. Il pleut.",
        "Le pont est ouvert depuis lundi. Il pleut.",
        "~Le pont est [fermé>ouvert] depuis lundi",
    ),
    ("桥已经关闭了。下雨了。", "桥已经开放了。下雨了。", "~桥 已 经 [关 闭>开 放] 了"),
    ("الجسر مغلق حتى الربيع القادم.", "الجسر مغلق حتى الصيف القادم.", "~الجسر مغلق حتى [الربيع>الصيف] القادم"),
    (
        "So it is. A tree fell on us. So it is.",
        "So it is. A house burned down. So it is.",
        "-A tree fell on us. +A house burned down.",
    ),
    (
        "More follows in the evening edition of today. / The dam holds.",
        "The dam holds. / Correction: an earlier report named the wrong dam.",
        "-More follows in the evening edition of today. +Correction: an earlier report named the wrong dam.",
    ),
    (
        "The old bridge over the river was closed on Monday after the flood.",
        "After the flood the bridge was closed. / The old bridge over the river was closed on Tuesday after the flood.",
        "+After the flood the bridge was closed. ~The old bridge over the river was closed on [Monday>Tuesday] after the flood",
    ),
];

#[test]
fn twenty_pairs_are_compared_as_readers_would() {
    let archive = Archive::new();
    let address = |at: usize| format!("https://spanandarch.example/2021/03/report-{at}");
    let rest = "This sentence stands in both of them and says no more than that it has not been changed by anybody.";
    for (at, (before, after, _)) in PAIRS.iter().enumerate() {
        for (name, day, text) in [("a", 2, before), ("b", 3, after)] {
            let page =
                page_of(&address(at), &format!("2021-05-0{day}T08:00:00Z"), "Report", &format!("{text} / {rest}"));
            archive.write(format!("{at:02}{name}.html"), page);
        }
    }
    archive.index().code(0);
    let mut wrong = Vec::new();
    for (at, (before, after, expected)) in PAIRS.iter().enumerate() {
        let run = archive.run(&["diff", "--json", &address(at)]);
        let found: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
        let told: Vec<String> = found["changes"].as_array().unwrap().iter().map(told).collect();
        if told.join(" ") != *expected {
            wrong.push(format!("{before} → {after}\n  {} instead of\n  {expected}", told.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PAIRS.len(), wrong.join("\n"));
}

fn told(change: &Value) -> String {
    let text = |key: &str| change[key].as_str().unwrap_or("").to_owned();
    let edit = |edit: &Value| {
        let (before, after) = (edit["before"].as_str().unwrap_or(""), edit["after"].as_str().unwrap_or(""));
        if before == after { after.to_owned() } else { format!("[{before}>{after}]") }
    };
    match change["change"].as_str().unwrap_or("") {
        "added" => format!("+{}", text("after")),
        "removed" => format!("-{}", text("before")),
        _ => format!("~{}", change["words"].as_array().unwrap().iter().map(edit).collect::<Vec<_>>().join(" ")),
    }
}
