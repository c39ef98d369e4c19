//! A second run: what is skipped, replaced, removed and kept.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use crate::archive::{Archive, Run};

const PAGES: &[(&str, &str)] = &[
    ("a/one.txt", "Puffins\n\nThe puffins came back to the island in April."),
    ("a/two.txt", "Kelp\n\nThe kelp farm lost a third of its ropes."),
    ("b/three.txt", "Peat\n\nA core of peat tells of a dry century."),
];

/// Makes the file look older than the last run, so that its size and time are trusted.
fn age(archive: &Archive, path: &str) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    File::options().append(true).open(archive.page(path)).unwrap().set_modified(hour_ago).unwrap();
}

/// An indexed archive with old files.
fn indexed() -> Archive {
    let archive = Archive::with(PAGES);
    PAGES.iter().for_each(|page| age(&archive, page.0));
    archive.index().code(0);
    archive
}

/// The number that the report of a run has before `word`; what is not mentioned did not happen.
#[track_caller]
fn reported(run: &Run, word: &str) -> u64 {
    let line = run.stdout.lines().find(|line| line.trim_start().starts_with("pages ")).unwrap();
    let pattern = format!(r"([\d,]+) {word}\b");
    let found = regex::Regex::new(&pattern).unwrap().captures(line);
    found.map_or(0, |found| found[1].replace(',', "").parse().unwrap())
}

#[test]
fn unchanged_files_are_skipped() {
    let archive = indexed();
    let before = archive.hits(&["-e", "-zzzz"]);
    assert_eq!(before.len(), 3);
    let run = archive.index().code(0);
    assert_eq!((reported(&run, "unchanged"), reported(&run, "added")), (3, 0), "{run:?}");
    assert_eq!(archive.hits(&["-e", "-zzzz"]), before);
}

#[test]
fn a_changed_file_is_replaced() {
    let archive = indexed();
    archive.write("a/one.txt", "Puffins\n\nThe cormorants came back to the island in May.");
    let run = archive.index().code(0);
    assert_eq!((reported(&run, "updated"), reported(&run, "unchanged")), (1, 2), "{run:?}");
    assert_eq!(archive.paths(&["cormorants"]), ["a/one.txt"]);
    assert_eq!(archive.paths(&["April"]), [""; 0]);
    assert_eq!(archive.paths(&["-e", "-zzzz"]).len(), 3);
}

#[test]
fn a_change_of_the_same_size_just_now_is_seen() {
    let archive = Archive::with(PAGES);
    archive.index().code(0);
    let modified = fs::metadata(archive.page("a/two.txt")).unwrap().modified().unwrap();
    archive.write("a/two.txt", "Kelp\n\nThe kelp farm lost a fifth of its ropes.");
    File::options().append(true).open(archive.page("a/two.txt")).unwrap().set_modified(modified).unwrap();
    archive.index().code(0);
    assert_eq!(archive.paths(&["fifth"]), ["a/two.txt"]);
    assert_eq!(archive.paths(&["third"]), [""; 0]);
}

#[test]
fn a_touched_file_keeps_its_article() {
    let archive = indexed();
    let before = archive.hits(&["kelp"]);
    File::options().append(true).open(archive.page("a/two.txt")).unwrap().set_modified(SystemTime::now()).unwrap();
    let run = archive.index().code(0);
    assert_eq!((reported(&run, "updated"), reported(&run, "added")), (0, 0), "{run:?}");
    assert_eq!(archive.hits(&["kelp"]), before);
}

#[test]
fn a_vanished_file_is_removed() {
    let archive = indexed();
    archive.remove("a/two.txt");
    let run = archive.index().code(0);
    assert_eq!(reported(&run, "removed"), 1, "{run:?}");
    assert_eq!(archive.paths(&["-e", "-zzzz"]), ["a/one.txt", "b/three.txt"]);
}

#[test]
fn only_roots_of_this_run_lose_files() {
    let archive = Archive::with(PAGES);
    archive.run(&["index", "pages/a", "pages/b"]).code(0);
    archive.remove("a/one.txt");
    archive.run(&["index", "pages/b"]).code(0);
    assert_eq!(archive.paths(&["-e", "-zzzz"]), ["one.txt", "three.txt", "two.txt"]);
    archive.run(&["index", "pages/a"]).code(0);
    assert_eq!(archive.paths(&["-e", "-zzzz"]), ["three.txt", "two.txt"]);
}

#[test]
fn a_missing_root_keeps_its_articles() {
    let archive = indexed();
    fs::rename(archive.folder().join("pages"), archive.folder().join("unplugged")).unwrap();
    let run = archive.index();
    assert!(matches!(run.status, Some(1 | 2)), "{run:?}");
    assert!(run.stderr.contains("pages: failed to open: no such file or directory"), "{run:?}");
    assert_eq!(archive.paths(&["-e", "-zzzz"]).len(), 3);
}

#[test]
fn a_missing_root_does_not_stop_the_others() {
    let archive = Archive::with(PAGES);
    let run = archive.run(&["index", "pages/none", "pages/b"]);
    assert!(matches!(run.status, Some(1 | 2)), "{run:?}");
    assert!(run.stderr.contains("search: pages/none: "), "{run:?}");
    assert_eq!(archive.paths(&["peat"]), ["three.txt"]);
}

#[test]
fn an_emptied_root_keeps_its_articles_until_pruned() {
    let archive = indexed();
    PAGES.iter().for_each(|page| archive.remove(page.0));
    let run = archive.index();
    assert!(format!("{}{}", run.stdout, run.stderr).contains("--prune"), "says how to remove them: {run:?}");
    assert_eq!(archive.paths(&["-e", "-zzzz"]).len(), 3);
    archive.run(&["index", "--prune", "pages"]).code(0);
    assert_eq!(archive.paths(&["-e", "-zzzz"]).len(), 0);
}

#[test]
fn a_moved_page_with_an_address_keeps_its_id() {
    let page = |text: &str| {
        format!(
            "<html><head><title>Eels</title><link rel=canonical href=https://eelnews.example/2021/05/where-eels-go>\
             </head><body><h1>Eels</h1><p>{text} Nobody has seen an eel egg in the open sea, and it is not for want of \
             looking, said the captain of the survey ship.</p></body></html>"
        )
    };
    let archive = Archive::with(&[("old/eels.html", &page("A transmitter surfaced."))]);
    archive.index().code(0);
    let before = archive.hits(&["eel"]);
    archive.write("new/eels.html", page("A transmitter surfaced."));
    archive.remove("old/eels.html");
    archive.index().code(0);
    let after = archive.hits(&["eel"]);
    assert_eq!((after.len(), &after[0].id), (1, &before[0].id));
    assert_eq!(after[0].path.as_deref(), Some("new/eels.html"));
}

#[test]
fn a_file_can_be_named_alone() {
    let archive = Archive::with(PAGES);
    archive.run(&["index", "pages/b/three.txt"]).code(0);
    assert_eq!(archive.paths(&["-e", "-zzzz"]), ["three.txt"]);
    archive.run(&["index", "pages"]).code(0);
    assert_eq!(archive.paths(&["peat"]).len(), 1, "one article, whichever way it was named");
}

#[test]
fn roots_in_any_order_give_the_same_index() {
    let archive = Archive::with(PAGES);
    archive.run(&["index", "pages/a", "pages/b", "--index", "at-once"]).code(0);
    archive.run(&["index", "pages/b", "--index", "by-turns"]).code(0);
    archive.run(&["index", "pages/a", "--index", "by-turns"]).code(0);
    for query in ["-zzzz", "the", "island OR century"] {
        let hits = |index: &str| archive.run(&["query", "--json", "--index", index, "-e", query]).code(0).stdout;
        assert_eq!(hits("at-once"), hits("by-turns"), "{query}");
    }
}

#[test]
fn rebuild_reads_everything_again() {
    let archive = indexed();
    let before = archive.hits(&["-e", "-zzzz"]);
    let run = archive.run(&["index", "--rebuild", "pages"]).code(0);
    assert_eq!(reported(&run, "unchanged"), 0, "{run:?}");
    assert_eq!(archive.hits(&["-e", "-zzzz"]), before);
}

#[test]
fn saved_pages_companions_and_hidden_files_are_no_pages() {
    let archive = Archive::with(PAGES);
    for path in ["a/one_files/frame.html", ".hidden/x.html", "a/.draft.txt", "a/picture.svg", "NOTES.md"] {
        archive.write(path, "Puffins\n\nThe puffins of an advertisement.");
    }
    archive.write("a/one.html", "<title>Gulls</title><h1>Gulls</h1><p>The gulls are walking today, and so are we.</p>");
    archive.index().code(0);
    assert_eq!(archive.paths(&["puffins"]), ["a/one.txt"]);
}
