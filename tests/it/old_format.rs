//! An index that an earlier version made: it is refused with advice, and a run makes it anew.

use std::fs;

use crate::archive::{Archive, package};

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

#[test]
fn what_reads_it_says_what_to_run() {
    let archive = archive();
    let advice = ["older version (format 6, this program reads 7)", "run 'search index' on your folders"];
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
