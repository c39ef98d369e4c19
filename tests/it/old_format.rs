//! An index that an earlier version made: it is refused with advice, a run makes it anew of the pages, and where these are
//! gone an upgrade makes it anew of what it holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Instant;

use serde_json::Value;

use crate::archive::{Archive, package};
use crate::rows;

/// An archive whose index is the one of format 6 in `tests/fixtures`.
pub(crate) fn archive() -> Archive {
    let archive = Archive::with(&[("new.txt", "Eels\n\nThe eels are back under the old ferry.")]);
    put_old_index(archive.folder());
    archive
}

fn put_old_index(folder: &Path) {
    let (from, to) = (package().join("tests/fixtures/format-6"), folder.join("index"));
    let _ = fs::remove_dir_all(&to);
    fs::create_dir(&to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
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

/// The ids that the program which made the index gave: the page without an address has another one today.
const IDS: [(&str, &str); 2] = [
    ("9546a5dc88fb06f8", "caspianledger.example/2020/new-medals.html"),
    ("6e28f9be6e97350e", "radio-barda.example/2020/bulletin-2020-12-01.txt"),
];

#[track_caller]
fn answers(archive: &Archive) {
    for (query, paths) in ANSWERS {
        assert_eq!(archive.paths(&["-e", query]), paths, "{query}");
    }
}

/// The bytes of each file in a folder, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|file| file.is_file());
    let name = |file: &Path| file.file_name().unwrap().to_string_lossy().into_owned();
    files.map(|file| (name(&file), fs::read(&file).unwrap())).filter(|(name, _)| !name.ends_with(".lock")).collect()
}

#[test]
fn what_reads_it_says_what_to_run() {
    let archive = archive();
    let advice = [
        "older version (format 6, this program reads 7)",
        "run 'search index' on your folders",
        "'search index --upgrade' where the pages are gone",
    ];
    for args in [&["query", "ferry"][..], &["show", "0123456789abcdef"], &["stats"], &["check"], &["compact"]] {
        archive.run(args).code(2).complains(&advice);
    }
}

#[test]
fn a_run_reads_everything_again_and_names_what_it_does_not() {
    let archive = archive();
    let run = archive.index().code(0);
    assert!(run.stderr.contains("everything is read again"), "{run:?}");
    assert!(run.stderr.contains("run 'search index /srv/archive' to have it again"), "{run:?}");
    assert_eq!(archive.paths(&["ferry"]), ["new.txt"]);
    archive.run(&["check"]).code(0).quiet();
}

#[test]
fn an_upgrade_keeps_what_is_in_it() {
    let archive = archive();
    let upgrade = archive.run(&["index", "--upgrade"]).code(0).stdout;
    for line in ["format 6 before, 7 now", "articles 11 taken over, 1 older capture, 1 page that failed"] {
        assert!(upgrade.contains(line), "{line}: {upgrade}");
    }
    answers(&archive);
    archive.run(&["check"]).code(0).quiet();
    let stats = archive.run(&["stats"]).code(0).stdout;
    for line in ["format 7", "articles 11 to search in 9 stories, 1 older capture kept", "broken.html: binary data"] {
        assert!(stats.contains(line), "{line}: {stats}");
    }
    for (id, path) in IDS {
        let shown: Value = serde_json::from_str(&archive.run(&["show", "--json", id]).code(0).stdout).unwrap();
        assert_eq!(shown["path"], path, "{id}");
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
    // Nothing of the old index is left, and nothing is left to do.
    let files = contents(&archive.folder().join("index"));
    let old = contents(&package().join("tests/fixtures/format-6"));
    let kept = old.keys().filter(|name| files.contains_key(*name)).collect::<Vec<_>>();
    assert_eq!(kept, [".managed.json", "meta.json"], "{:?}", files.keys());
    assert!(!archive.folder().join("index/upgrade").exists());
    archive.run(&["index", "--upgrade"]).code(0).prints("nothing to do: the index is of format 7\n");
    assert_eq!(contents(&archive.folder().join("index")), files);
}

#[test]
fn a_run_goes_on_with_what_was_upgraded() {
    let archive = archive();
    archive.run(&["index", "--upgrade", "-q"]).code(0).quiet();
    let run = archive.index().code(0);
    assert!(!run.stderr.contains("everything is read again"), "{run:?}");
    let mut paths = archive.paths(&["ferry"]);
    paths.sort();
    assert_eq!(paths, ["new.txt", "northerncourier.example/2021/captures/20211103-1550/ferry.html"]);
    archive.run(&["check"]).code(0).quiet();
    archive.run(&["compact"]).code(0);
    let hits: Vec<rows::Hit> = archive.hits(&["-e", "*"]);
    assert_eq!(hits.len(), 12, "{hits:?}");
    archive.run(&["check"]).code(0).quiet();
}

#[test]
fn a_damaged_index_is_not_upgraded() {
    for end in ["store", "fast", "term"] {
        let archive = archive();
        let folder = archive.folder().join("index");
        let name = contents(&folder).into_keys().find(|name| name.ends_with(end)).unwrap();
        let mut bytes = fs::read(folder.join(&name)).unwrap();
        bytes[40] ^= 1;
        fs::write(folder.join(&name), bytes).unwrap();
        let before = contents(&folder);
        archive.run(&["index", "--upgrade"]).code(2).complains(&["damaged index", &name]);
        assert_eq!(contents(&folder), before, "{end}");
    }
    Archive::new().run(&["index", "--upgrade"]).code(2).complains(&["no index here"]);
}

#[test]
fn killed_at_any_moment_it_is_the_old_index_or_the_new_one() {
    let archive = archive();
    let start = Instant::now();
    archive.run(&["index", "--upgrade"]).code(0);
    let whole = start.elapsed();
    let (mut old, mut new) = (0, 0);
    // Close together at the beginning, and far behind the end: a machine may be three times slower now than then.
    for moment in 1..=12 {
        put_old_index(archive.folder());
        let mut child = archive.start(&["index", "--upgrade", "-q"]);
        sleep(whole.mul_f64(f64::from(moment * moment) / 40.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let stats = archive.run(&["stats"]);
        if stats.stdout.contains("format 7") {
            new += 1;
            answers(&archive);
            archive.run(&["check"]).code(0).quiet();
        } else {
            old += 1;
            stats.code(2).complains(&["older version (format 6"]);
            archive.run(&["index", "--upgrade", "-q"]).code(0).quiet();
            answers(&archive);
        }
        // What was left over is gone after the next run.
        archive.index().code(0);
        assert!(!archive.folder().join("index/upgrade").exists());
        archive.run(&["check"]).code(0).quiet();
        assert_eq!(archive.hits(&["-e", "*"]).len(), 12);
    }
    assert!(old > 0 && new > 0, "{old} kills came before the end, {new} after it");
}
