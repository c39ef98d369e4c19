//! Folders that were moved, and an index that is found from inside of its archive.

use std::fs;
use std::os::unix::fs::symlink;

use crate::archive::{Archive, Run, program};
use crate::stories::{page, sentences};

/// Two folders with a page each, indexed.
fn archive() -> Archive {
    let archive = Archive::new();
    for (number, name) in ["one", "two"].into_iter().enumerate() {
        let title = format!("Matter {name}");
        let text = page("post.example", "2020-01-01", &title, &sentences(number, 0..8));
        archive.write(format!("{name}/a.html"), text);
    }
    archive.run(&["index", "pages/one", "pages/two"]).code(0);
    archive
}

/// Ids and roots of what is found, sorted.
fn found(archive: &Archive) -> Vec<(String, String)> {
    let hits = archive.hits(&["talks"]).into_iter();
    let name = |root: String| root.rsplit('/').next().unwrap().to_owned();
    let mut found: Vec<(String, String)> = hits.map(|hit| (hit.id, name(hit.root.unwrap()))).collect();
    found.sort();
    found
}

#[test]
fn a_folder_that_was_moved_keeps_its_articles() {
    let archive = archive();
    archive.run(&["new", "talks", "talks"]).code(0);
    let before = found(&archive);
    fs::rename(archive.page("one"), archive.page("three")).unwrap();
    // What is not there is said, and the files are listed all the same.
    let listed = archive.run(&["query", "-l", "talks"]).code(0);
    assert_eq!(listed.stdout.lines().count(), 2, "{listed:?}");
    listed.complains(&["1 of 2 files are not there any more: ", "/pages/one/a.html", "search index --moved "]);
    let report = archive.run(&["index", "--moved", "pages/one", "pages/three"]).code(0).stdout;
    assert!(report.contains("1 added, 1 removed"), "{report}");
    let moved = |(id, root): &(String, String)| (id.clone(), root.replace("one", "three"));
    assert_eq!(found(&archive), before.iter().map(moved).collect::<Vec<_>>());
    archive.run(&["query", "-l", "talks"]).code(0).quiet();
    archive.run(&["new", "talks"]).code(1);
}

#[test]
fn a_whole_archive_may_move_with_folders_that_were_read_by_themselves() {
    let archive = archive();
    let before: Vec<String> = found(&archive).into_iter().map(|(id, _)| id).collect();
    fs::rename(archive.page(""), archive.folder().join("elsewhere")).unwrap();
    archive.run(&["index", "--moved", "pages", "elsewhere"]).code(0);
    assert_eq!(found(&archive).into_iter().map(|(id, _)| id).collect::<Vec<_>>(), before);
    let roots = archive.hits(&["talks"]).into_iter().map(|hit| hit.root.unwrap());
    assert!(roots.into_iter().all(|root| root.ends_with("/elsewhere")));
}

#[test]
fn what_was_not_moved_is_not_taken_out() {
    let archive = archive();
    let before = found(&archive);
    archive.run(&["index", "--moved", "pages/one", "pages/two"]).code(2).complains(&["pages/one: it is still there"]);
    archive
        .run(&["index", "--moved", "pages/never", "pages/two"])
        .code(2)
        .complains(&["pages/never: the index knows nothing of it", "search stats"]);
    // Nothing was found at the new place: it may not be there yet.
    fs::rename(archive.page("one"), archive.folder().join("away")).unwrap();
    fs::create_dir(archive.page("empty")).unwrap();
    archive.run(&["index", "--moved", "pages/one", "pages/empty"]).code(0).complains(&["no pages here"]);
    archive.run(&["index", "--moved", "pages/one", "pages/nowhere"]).code(2);
    assert_eq!(found(&archive), before);
    archive.run(&["index", "--moved", "pages/one"]).code(2);
}

#[test]
fn a_folder_that_is_gone_can_be_pruned() {
    let archive = archive();
    fs::rename(archive.page("one"), archive.folder().join("away")).unwrap();
    archive.run(&["index", "pages/one"]).code(2).complains(&["pages/one"]);
    assert_eq!(found(&archive).len(), 2);
    archive.run(&["index", "--dry-run", "--prune", "pages/one"]).code(0);
    assert_eq!(found(&archive).len(), 2);
    let report = archive.run(&["index", "--prune", "pages/one"]).code(0).stdout;
    assert!(report.contains("1 removed"), "{report}");
    assert_eq!(found(&archive).len(), 1);
    // A name that the index does not know is a name that is wrong.
    archive.run(&["index", "--prune", "pages/oen"]).code(1).complains(&["pages/oen", "no such file"]);
    archive.run(&["index", "--prune", "pages/oen", "--index", "none"]).code(2);
    assert!(!archive.folder().join("none").exists());
}

#[test]
fn the_index_is_found_from_inside_of_the_archive() {
    let archive = archive();
    let inside = archive.page("one");
    let run = |args: &[&str]| Run::of(program(&inside).args(args));
    let here = archive.run(&["query", "-c", "talks"]).code(0).stdout;
    run(&["query", "-c", "talks"]).code(0).prints(&here).quiet();
    let index = archive.folder().canonicalize().unwrap().join("index");
    let said = format!("search: note: index: {}\n", index.display());
    assert_eq!(run(&["query", "-v", "-c", "talks"]).code(0).prints(&here).stderr, said);
    assert_eq!(run(&["query", "-c", "talks", "-v"]).code(0).prints(&here).stderr, said);
    for command in ["stats", "check", "compact"] {
        run(&[command]).code(0);
    }
    // What is named is meant as it is named.
    run(&["query", "--index", "index", "talks"]).code(2).complains(&["index: no index"]);
    Run::of(program(&inside).env("SEARCH_INDEX", "index").args(["query", "talks"])).code(2);
    // A run writes here, and says so.
    run(&["index", "a.html"]).code(0).complains(&["is an index, too; this run makes ./index"]);
    run(&["query", "-c", "talks"]).code(0).prints("1\n");
}

#[test]
fn links_that_lead_nowhere_are_among_what_failed() {
    let archive = archive();
    symlink("nowhere.html", archive.page("one/link.html")).unwrap();
    archive.run(&["index", "pages/one"]).code(1);
    let stats = archive.run(&["stats"]).code(0).stdout;
    assert!(stats.contains("failed 1\n") && stats.contains("/one/link.html: "), "{stats}");
}
