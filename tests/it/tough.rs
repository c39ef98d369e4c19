//! The library's runs under hard conditions: dry runs, touched files, compaction, damage, full disks, hostile pages.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use search::index::{self, Change, Options, Report};
use search::input::{Limits, WalkOptions};

use crate::archive::Archive;

static NEVER: AtomicBool = AtomicBool::new(false);

fn options(archive: &Archive) -> Options<'static> {
    Options {
        index: archive.folder().join("index"),
        paths: vec![archive.page("")],
        threads: 2,
        rebuild: false,
        prune: false,
        moved: None,
        shared: false,
        dry_run: false,
        walk: WalkOptions { ignore_files: true, follow: false, mapped: false },
        page_timeout: None,
        places: None,
        fields: search::input::Fields::usual(),
        limits: Limits::default(),
        today: search::date::Date::constant(2026, 11, 1),
        stop: &NEVER,
    }
}

fn run(archive: &Archive) -> Report {
    index::run(&options(archive), &mut |_| ()).unwrap()
}

/// What a run would do: counts of added, updated, unchanged, removed and failed pages.
fn counts(report: &Report) -> [u64; 5] {
    [report.added, report.updated, report.unchanged, report.removed, report.failures.len() as u64]
}

fn dry(archive: &Archive) -> Report {
    index::run(&Options { dry_run: true, ..options(archive) }, &mut |_| ()).unwrap()
}

/// Sets the file's time so many seconds into the past.
fn age(archive: &Archive, path: &str, seconds: u64) {
    let time = SystemTime::now() - Duration::from_secs(seconds);
    File::options().append(true).open(archive.page(path)).unwrap().set_modified(time).unwrap();
}

/// Names, lengths and times of all files in the index folder.
fn snapshot(folder: &Path) -> Vec<(String, u64, SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap()))
        .map(|(name, meta)| (name, meta.len(), meta.modified().unwrap()))
        .collect();
    files.sort();
    files
}

/// An archive of four old pages, one of them empty, which fails.
fn old_pages() -> Archive {
    let archive = Archive::with(&[
        ("a/one.txt", "Puffins\n\nThe puffins came back to the island in April, said Anna Rossi."),
        ("a/two.txt", "Kelp\n\nThe kelp farm lost a third of its ropes in Norway."),
        ("b/three.txt", "Peat\n\nA core of peat tells of a dry century."),
        ("b/empty.html", ""),
    ]);
    for path in ["a/one.txt", "a/two.txt", "b/three.txt", "b/empty.html"] {
        age(&archive, path, 3600);
    }
    archive
}

#[test]
fn a_dry_run_writes_nothing_and_tells_what_a_run_would_do() {
    let archive = old_pages();
    let folder = archive.folder().join("index");
    let report = dry(&archive);
    assert_eq!(counts(&report), [3, 0, 0, 0, 1]);
    assert!(!folder.exists());
    let changes: Vec<_> = report.changes.iter().map(|(path, change)| (path.file_name().unwrap(), *change)).collect();
    let add = |name: &'static str| (name.as_ref(), Change::Add);
    assert_eq!(changes, [add("one.txt"), add("two.txt"), add("three.txt")]);

    assert_eq!(counts(&run(&archive)), [3, 0, 0, 0, 1]);
    let before = snapshot(&folder);
    assert_eq!(counts(&dry(&archive)), [0, 0, 3, 0, 1]);
    archive.write("a/one.txt", "Puffins\n\nThe puffins left.");
    age(&archive, "a/two.txt", 60);
    archive.remove("b/three.txt");
    archive.write("b/four.txt", "Moss\n\nMoss grows.");
    let would = dry(&archive);
    assert_eq!(counts(&would), [1, 1, 1, 1, 1]);
    let kinds: Vec<Change> = would.changes.iter().map(|(_, change)| *change).collect();
    assert_eq!(kinds, [Change::Update, Change::Add, Change::Remove]);
    assert_eq!(snapshot(&folder), before);
    let did = run(&archive);
    assert_eq!((counts(&did), did.changes.len()), (counts(&would), 0));
}

#[test]
fn a_touched_file_is_read_once_more_and_then_known() {
    let archive = old_pages();
    run(&archive);
    let sees = || -> (u64, u64) {
        let report = run(&archive);
        assert_eq!(counts(&report)[..4], [0, 0, 3, 0]);
        (report.unchanged, report.bytes)
    };
    assert_eq!(sees(), (3, 0));
    age(&archive, "a/two.txt", 1800);
    let size = fs::metadata(archive.page("a/two.txt")).unwrap().len();
    assert_eq!(sees(), (3, size));
    assert_eq!(sees(), (3, 0));
    // What was touched just now is compared until its time lies two seconds before a run.
    age(&archive, "a/two.txt", 0);
    assert_eq!(sees(), (3, size));
    assert_eq!(sees(), (3, size));
    age(&archive, "a/two.txt", 900);
    assert_eq!(sees(), (3, size));
    index::compact(&archive.folder().join("index")).unwrap();
    assert_eq!(sees(), (3, 0));
    assert_eq!(archive.paths(&["kelp"]), ["a/two.txt"]);
    archive.write("a/two.txt", "Kelp\n\nThe farm was sold.");
    age(&archive, "a/two.txt", 900);
    assert_eq!(counts(&run(&archive)), [0, 1, 2, 0, 1]);
    assert_eq!(sees(), (3, 0));
    assert_eq!(archive.paths(&["ropes"]), [""; 0]);
}

#[test]
fn compaction_drops_what_was_deleted_and_gives_the_scores_of_a_fresh_index() {
    let archive = old_pages();
    run(&archive);
    for round in 0..3 {
        for page in 0..5 {
            let text = "The puffins of the island. ".repeat(1 + (page * 7 + round) % 5);
            archive.write(format!("c/{page}.txt"), format!("Puffins {page}\n\n{text} Round {round} in Norway."));
        }
        run(&archive);
    }
    archive.remove("a/one.txt");
    run(&archive);
    let index = archive.folder().join("index");
    let lists = |index: &str| -> Vec<String> {
        ["puffins island", "norway", "round", "-zzzz", "peat OR kelp", "\"the island\""]
            .map(|query| archive.run(&["query", "--index", index, "--json", "-n", "0", "-e", query]).stdout)
            .to_vec()
    };
    let unscored = |lists: &[String]| -> Vec<Vec<String>> {
        let score = regex::Regex::new(r#""(score|rank)":[^,]*,|,"cursor":"[^"]*""#).unwrap();
        let sorted = |list: &String| {
            let mut lines: Vec<String> = list.lines().map(|line| score.replace_all(line, "").into_owned()).collect();
            lines.sort();
            lines
        };
        lists.iter().map(sorted).collect()
    };
    let before = lists("index");
    let report = index::compact(&index).unwrap();
    assert_eq!((report.documents, report.dropped > 0, report.segments > 1), (8, true, true), "{report:?}");
    assert!(report.bytes_after < report.bytes_before, "{report:?}");
    let after = lists("index");
    assert_eq!(unscored(&after), unscored(&before));
    archive.run(&["index", "pages", "--index", "fresh"]).code(1);
    assert_eq!(after, lists("fresh"));

    let files = snapshot(&index);
    let again = index::compact(&index).unwrap();
    assert_eq!((again.segments, again.dropped), (1, 0));
    assert_eq!(snapshot(&index), files);
    assert_eq!(counts(&run(&archive))[..4], [0, 0, 7, 0]);
}

#[test]
fn compaction_of_nothing() {
    let archive = Archive::new();
    let none = index::compact(&archive.folder().join("index")).unwrap_err();
    assert!(none.is_no_index(), "{none}");
    assert!(!archive.folder().join("index").exists());
    let foreign = index::compact(archive.folder()).unwrap_err();
    assert!(foreign.to_string().contains("not a search index"), "{foreign}");
    archive.write("a.txt", "Moss\n\nMoss grows.");
    run(&archive);
    archive.remove("a.txt");
    index::run(&Options { prune: true, ..options(&archive) }, &mut |_| ()).unwrap();
    let report = index::compact(&archive.folder().join("index")).unwrap();
    assert_eq!((report.documents, report.dropped), (0, 0));
    archive.run(&["query", "moss"]).code(1);
}

#[test]
fn an_interrupt_ends_a_run_within_a_page() {
    let archive = Archive::with(&[("a.txt", "Moss\n\nMoss grows.")]);
    let page = format!("Sand\n\n{}", "The sand of Anna Rossi in Baku on 3 May 2020. ".repeat(400_000));
    archive.write("slow.txt", &page);
    let stop = AtomicBool::new(false);
    let options = Options { stop: &stop, threads: 1, ..options(&archive) };
    // The short page is first by its name; the long one takes many times as long as the run waits for it.
    let report = index::run(&options, &mut |progress| {
        if progress.done == 1 {
            stop.store(true, Ordering::Relaxed);
        }
    })
    .unwrap();
    assert!(report.interrupted && report.failures.is_empty(), "{report:?}");
    assert_eq!(archive.paths(&["moss"]), ["a.txt"]);
    assert_eq!(archive.paths(&["sand"]), [""; 0], "the page in work was left behind");
    archive.write("slow.txt", "Sand\n\nSand settles.");
    assert_eq!(counts(&run(&archive)), [1, 0, 1, 0, 0]);
}

#[test]
fn a_page_that_takes_too_long_is_given_up_and_tried_again() {
    let archive = Archive::with(&[("a.txt", "Moss\n\nMoss grows."), ("slow.txt", "Sand\n\nSand blows.")]);
    run(&archive);
    archive.write("slow.txt", format!("Sand\n\n{}", "The sand of Anna Rossi in Baku on 3 May 2020. ".repeat(400_000)));
    let hasty = Options { page_timeout: Some(Duration::from_millis(300)), threads: 1, ..options(&archive) };
    let report = index::run(&hasty, &mut |_| ()).unwrap();
    let [failure] = &report.failures[..] else { panic!("one failure: {report:?}") };
    assert!(failure.path.ends_with("slow.txt") && failure.reason.contains("--page-timeout"), "{failure:?}");
    // What was known of it is still there, and the other page was read.
    assert_eq!(archive.paths(&["sand"]), ["slow.txt"]);
    assert_eq!(archive.paths(&["moss"]), ["a.txt"]);
    archive.write("slow.txt", "Sand\n\nSand settles.");
    assert_eq!(counts(&run(&archive)), [0, 1, 1, 0, 0]);
    assert_eq!(archive.paths(&["settles"]), ["slow.txt"]);
}

/// An index of a few pages with a change to one of its files, and what the program says of it.
#[track_caller]
fn damaged(change: impl Fn(&Path), words: &[&str]) {
    let archive = old_pages();
    run(&archive);
    change(&archive.folder().join("index"));
    for command in [&["query", "puffins"][..], &["stats"], &["index", "pages"]] {
        archive.run(command).code(2).complains(words);
    }
}

/// The one file of the index with this ending.
fn file(folder: &Path, ending: &str) -> std::path::PathBuf {
    fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().ends_with(ending))
        .unwrap()
}

#[test]
fn damage_is_named_with_what_to_do() {
    let advice = ["damaged index", "remove this folder and run 'search index'"];
    damaged(|folder| fs::write(folder.join("meta.json"), "{\"garbage").unwrap(), &advice);
    damaged(|folder| fs::write(folder.join("meta.json"), b"\xff\xfe\0").unwrap(), &advice);
    damaged(|folder| fs::write(folder.join("meta.json"), "").unwrap(), &advice);
    // A file that a command does not need may be damaged; what fails says what to do, and nothing panics.
    for ending in [".term", ".idx", ".fast", ".store", ".fieldnorm", ".pos"] {
        for length in [None, Some(0), Some(60), Some(150)] {
            let archive = old_pages();
            run(&archive);
            let file = file(&archive.folder().join("index"), ending);
            match length {
                None => fs::remove_file(file).unwrap(),
                Some(length) => File::options().write(true).open(file).unwrap().set_len(length).unwrap(),
            }
            for command in [&["query", "\"the puffins\""][..], &["stats"], &["index", "--rebuild", "pages"]] {
                let run = archive.run(command);
                assert!(matches!(run.status, Some(0..=2)), "{run:?}");
                if run.status == Some(2) {
                    run.complains(&["remove this folder and run 'search index'"]);
                }
            }
        }
    }
}

#[test]
fn other_formats_are_refused_or_rebuilt() {
    let reformat = |folder: &Path, format: &str| {
        let meta = fs::read_to_string(folder.join("meta.json")).unwrap();
        // A checksum is of what a version wrote itself.
        let meta = regex::Regex::new(r#""checksum":"[^"]*","#).unwrap().replace(&meta, "");
        let now = regex::Regex::new(r#"\\"format\\":\d+"#).unwrap();
        fs::write(folder.join("meta.json"), now.replace(&meta, format!(r#"\"format\":{format}"#)).as_ref()).unwrap();
    };
    damaged(|folder| reformat(folder, "99"), &["newer version (format 99", "upgrade search"]);

    let archive = old_pages();
    archive.run(&["index", "pages/a", "pages/b"]).code(1);
    let folder = archive.folder().join("index");
    fs::write(folder.join("mine.txt"), "not ours").unwrap();
    reformat(&folder, "0");
    archive.run(&["query", "puffins"]).code(2).complains(&["older version (format 0", "run 'search index'"]);
    let compaction = index::compact(&folder).unwrap_err();
    assert!(compaction.is_older_format(), "{compaction}");
    let before = snapshot(&folder);
    assert_eq!(counts(&dry(&archive)), [3, 0, 0, 0, 1]);
    assert_eq!(snapshot(&folder), before);
    let run = archive.run(&["index", "pages/a"]).code(0);
    assert!(run.stderr.contains("pages/b: was in it too; run 'search index "), "{run:?}");
    assert_eq!(archive.paths(&["-e", "-zzzz"]), ["one.txt", "two.txt"]);
    assert_eq!(fs::read_to_string(folder.join("mine.txt")).unwrap(), "not ours");
}

#[test]
fn an_index_without_its_sidecars_still_answers() {
    let page = |text: &str| format!("<link rel=canonical href=https://a.example/2020/one-long-story><p>{text}");
    let archive = Archive::with(&[("a.html", &page("Moss grows.")), ("b.html", &page("Moss grew."))]);
    run(&archive);
    let before = archive.hits(&["-e", "-zzzz"]);
    assert_eq!(before.len(), 1, "two captures");
    let superseded = file(&archive.folder().join("index"), "superseded-1");
    fs::write(&superseded, "12345678").unwrap();
    assert_eq!(archive.hits(&["-e", "-zzzz"]), before);
    fs::remove_file(&superseded).unwrap();
    assert_eq!(archive.hits(&["-e", "-zzzz"]), before);
}
