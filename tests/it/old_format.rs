//! An index that an earlier version made: today's program answers from it and goes on with it.

use std::fs;

use serde_json::Value;

use crate::archive::{Archive, package};
use crate::rows;

/// An archive whose index is the one of format 6 in `tests/fixtures`.
fn archive() -> Archive {
    let archive = Archive::with(&[("new.txt", "Eels\n\nThe eels are back under the old ferry.")]);
    let (from, to) = (package().join("tests/fixtures/format-6"), archive.folder().join("index"));
    fs::create_dir(&to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
    archive
}

/// What the pages say, as whoever reads them can see.
const ANSWERS: [(&str, &[&str]); 8] = [
    ("medal place:Lachin", &["caspianledger.example/2020/new-medals.html"]),
    ("\"old ferry\"", &[]),
    ("ferry Skarvholm", &["northerncourier.example/2021/captures/20211103-1550/ferry.html"]),
    ("图书馆", &["hepan-wanbao.example/2021/huanshu.html"]),
    ("date:2003", &["levant-gazette.example/2003/pipeline.html"]),
    ("person:Aliyev medal", &["caspianledger.example/2020/new-medals.html"]),
    ("lang:zh", &["hepan-wanbao.example/2021/huanshu.html"]),
    ("Caspian gas site:quaynews.example", &["quaynews.example/2020/adriatic-pipe.html"]),
];

#[track_caller]
fn answers(archive: &Archive) {
    for (query, paths) in ANSWERS {
        assert_eq!(archive.paths(&["-e", query]), paths, "{query}");
    }
}

#[test]
fn it_is_searched_shown_and_checked() {
    let archive = archive();
    answers(&archive);
    archive.run(&["check"]).code(0).quiet();
    let stats = archive.run(&["stats"]).code(0).stdout;
    for line in ["format 6", "articles 11 to search in 9 stories, 1 older capture kept", "broken.html: binary data"] {
        assert!(stats.contains(line), "{line}: {stats}");
    }
    let id = archive.hits(&["ferry", "Skarvholm"]).remove(0).id;
    let shown: Value = serde_json::from_str(&archive.run(&["show", "--json", &id]).code(0).stdout).unwrap();
    let older = "northerncourier.example/2021/captures/20211103-0815/ferry.html";
    assert_eq!(shown["captures"][0]["path"], older);
    assert_eq!(shown["title"], "Ferry refloated off Skarvholm, all 84 passengers ashore");
    let mentions = shown["mentions"].as_array().unwrap();
    assert!(mentions.iter().any(|mention| mention["kind"] == "date"), "{mentions:?}");
    let copies = archive.run(&["query", "--json", "--copies", "Adriatic"]).code(0).stdout;
    assert!(copies.contains("\"articles\":2"), "two tell one story: {copies}");
}

#[test]
fn a_run_goes_on_with_it() {
    let archive = archive();
    let run = archive.index().code(0);
    assert!(run.stderr.contains("closed to other users"), "{run:?}");
    let mut paths = archive.paths(&["ferry"]);
    paths.sort();
    assert_eq!(paths, ["new.txt", "northerncourier.example/2021/captures/20211103-1550/ferry.html"]);
    archive.run(&["check"]).code(0).quiet();
    archive.run(&["compact"]).code(0);
    let hits: Vec<rows::Hit> = archive.hits(&["-e", "*"]);
    assert_eq!(hits.len(), 12, "{hits:?}");
    archive.run(&["check"]).code(0).quiet();
}
