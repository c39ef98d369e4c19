//! What is typed where, and what a list leaves out: nothing is misread and nothing is cut without a word.

use crate::archive::{Archive, Run, package, program};
use crate::cli::{birds, commands};

#[test]
fn options_stand_anywhere() {
    let archive = birds();
    for (typed, same) in [
        (&["query", "heron", "-n", "1"][..], &["query", "-n", "1", "heron"][..]),
        (&["query", "heron", "-n1", "--json"], &["query", "--json", "-n", "1", "heron"]),
        (&["query", "heron", "-c"], &["query", "-c", "heron"]),
        (&["query", "heron", "-l", "-0"], &["query", "-l", "-0", "heron"]),
        (&["query", "heron", "-q"], &["query", "-q", "heron"]),
        (&["query", "heron", "-stork", "-c"], &["query", "-c", "heron", "-stork"]),
        (&["facets", "kinds", "lang:en", "-n", "1"], &["facets", "-n", "1", "kinds", "lang:en"]),
        (&["pairs", "heron", "-n", "3"], &["pairs", "-n", "3", "heron"]),
        (&["on", "05-03", "heron", "-n", "3"], &["on", "05-03", "-n", "3", "heron"]),
        (&["timeline", "heron", "--csv"], &["timeline", "--csv", "heron"]),
    ] {
        let (typed, same) = (archive.run(typed), archive.run(same));
        assert_eq!((&typed.stdout, &typed.stderr, typed.status), (&same.stdout, &same.stderr, same.status));
    }
    assert_eq!(archive.run(&["query", "heron", "-stork", "-c"]).code(0).stdout, "1\n");
    archive.run(&["first", "heron", "-n", "3"]).code(2).prints("").complains(&["unexpected argument '-n'"]);
    archive.run(&["timeline", "heron", "-n", "3"]).code(2).prints("").complains(&["--per <KIND>"]);
    archive.run(&["query", "heron", "-n", "two"]).complains(&["the option takes a number: -n 10"]);
    archive.run(&["timeline", "heron", "-lc"]).complains(&["'-lc' leaves out articles with 'lc'", "type -l -c"]);
    let file = archive.folder().join("300");
    let mut redirected = program(archive.folder());
    redirected.args(["query", "heron", "words:"]).stdout(std::fs::File::create(&file).unwrap());
    let run = Run::of_stderr(&mut redirected);
    assert!(run.contains("the shell took > for itself") && run.contains("/300"), "{run}");
}

#[test]
fn nothing_is_cut_in_silence() {
    let archive = Archive::new();
    for number in 0..12 {
        let text = format!("Crab {number}\n\nA crab with number {number}{number} crossed the beach near the old pier.");
        archive.write(format!("{number}.txt"), text);
    }
    archive.write("shrimp.txt", "Shrimp\n\nA shrimp and one more shrimp crossed the pool below the quay at noon.");
    archive.index().code(0);
    let lines = |args: &[&str]| {
        let run = archive.run(&[&["query", "--no-group"], args].concat()).code(0);
        (run.stdout.lines().count(), run.stderr)
    };
    let (listed, note) = lines(&["--all", "crab"]);
    assert_eq!((listed, note.as_str()), (10, "search: note: 12 articles; listed up to 10 of 12, -n 0 lists all\n"));
    for options in [&["--json"][..], &["-l"], &["--format", "{id}"], &["-n", "0"]] {
        assert_eq!(lines(&[options, &["--all", "crab"]].concat()), (12, String::new()), "{options:?}");
    }
    assert_eq!(lines(&["--csv", "crab"]).0, 13);
    assert_eq!(lines(&["-n", "3", "--all", "crab"]), (3, String::new()));
    assert_eq!(archive.run(&["query", "-c", "crab"]).stdout, "12\n");
    let (_, note) = lines(&["--cite", "crab"]);
    assert!(note.contains("listed up to 10 of 12"), "{note}");
    let run = archive.run(&["query", "shrimp", "noon", "pier"]).complains(&["no article holds all words"]);
    assert!(run.stdout.lines().all(|line| line.split('\t').nth(2).unwrap().starts_with("[without ")), "{run:?}");
    archive.run(&["query", "--format", "json", "crab"]).code(2).complains(&["for json type --json"]);
    let run = Run::with_input(program(archive.folder()).args(["batch", "--all", "-"]), b"crab\nshrimp\n").code(0);
    assert_eq!(run.stderr, "search: note: 1 query has more articles than are listed, -n 0 lists all\n");
    Run::with_input(program(archive.folder()).args(["batch", "--all", "-n", "3", "-"]), b"crab\n").code(0).quiet();
    let facets = archive.run(&["facets", "kinds"]).code(0).quiet().stdout;
    assert_eq!(facets.lines().next().map(|line| line.split('\t').count()), Some(3), "{facets}");
}

#[test]
fn the_readme_names_every_command() {
    let readme = std::fs::read_to_string(package().join("README.md")).unwrap();
    for command in commands() {
        assert!(readme.contains(&format!("search {command}")), "'search {command}' is not in the README");
    }
}
