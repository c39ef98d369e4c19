//! Settings: options over the environment over the configuration file over what is built in.

use std::fs;
use std::process::Command;

use crate::archive::{Archive, Run, program};

/// An archive with twelve pages about crabs, indexed to `index/`.
fn crabs() -> Archive {
    let archive = Archive::new();
    for number in 0..12 {
        archive
            .write(format!("{number}.txt"), format!("Crab {number}\n\nA crab with number {number} crossed the beach."));
    }
    archive.index().code(0);
    archive
}

/// The program in the archive's folder with this configuration file.
fn with_config(archive: &Archive, text: &str) -> Command {
    let folder = archive.folder().join("search");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
    program(archive.folder())
}

fn lines(run: &Run) -> usize {
    run.stdout.lines().count()
}

#[test]
fn options_go_before_the_environment_before_the_file() {
    let archive = crabs();
    let query = ["query", "--all", "crab"];
    assert_eq!(lines(&archive.run(&query)), 10, "built in");
    let mut command = with_config(&archive, "limit = 3\n");
    let run = Run::of(command.args(query)).code(0).complains(&["12 articles; listed up to 3 of 12, -n 0 lists all"]);
    assert_eq!(lines(&run), 3, "the file");
    assert_eq!(lines(&Run::of(program(archive.folder()).env("SEARCH_LIMIT", "4").args(query))), 4, "the environment");
    let mut command = program(archive.folder());
    assert_eq!(lines(&Run::of(command.env("SEARCH_LIMIT", "4").args(["query", "-n", "5", "--all", "crab"]))), 5);
    assert_eq!(lines(&archive.run(&["query", "--no-config", "--all", "crab"])), 10, "no file");
    assert_eq!(lines(&archive.run(&["--no-config", "query", "--all", "crab", "-shrimp"])), 10, "no file");
    let mut command = program(archive.folder());
    let run = Run::with_input(command.args(["batch", "-"]), b"crab\n");
    assert_eq!(lines(&run.code(0)), 3, "for batch too");
}

#[test]
fn the_folder_of_the_index_may_be_set() {
    let archive = crabs();
    fs::rename(archive.folder().join("index"), archive.folder().join("elsewhere")).unwrap();
    let query = ["query", "-q", "crab"];
    archive.run(&query).code(2).complains(&["index: no index here", "search index FOLDER"]);
    Run::of(with_config(&archive, "index = \"elsewhere\"").args(query)).code(0).quiet();
    Run::of(with_config(&archive, "index = \"~/elsewhere\"").args(query)).code(0).quiet();
    Run::of(program(archive.folder()).env("SEARCH_INDEX", "third").args(query)).code(2).complains(&["third"]);
    Run::of(program(archive.folder()).env("SEARCH_INDEX", "").args(query)).code(0).quiet();
}

#[test]
fn an_unknown_key_is_remarked_upon() {
    let archive = crabs();
    let run =
        Run::of(with_config(&archive, "colour = \"never\"\nlimit = 2\n").args(["query", "--all", "crab"])).code(0);
    assert_eq!((lines(&run), run.stderr.lines().count()), (2, 2), "{run:?}");
    run.complains(&["note: ", "search/config.toml: unknown key 'colour'", "limit", "color"]);
}

#[test]
fn what_cannot_be_is_an_error_that_says_where() {
    let archive = crabs();
    for (file, words) in [
        ("limit = \"ten\"", &["config.toml: limit: ten is not a whole number", "--no-config"][..]),
        ("limit = -1", &["limit: -1 is not a whole number"]),
        ("max_page = 0", &["max_page: 0 is not a whole number from 1 to 1024"]),
        ("color = true", &["color: true is not auto, always or never"]),
        ("limit = 1\nindex = ", &["config.toml: line 2: "]),
        ("limit = 1\nlimit = 2", &["config.toml: line 2: duplicate key"]),
    ] {
        Run::of(with_config(&archive, file).args(["query", "crab"])).code(2).prints("").complains(words);
        archive.run(&["query", "--no-config", "crab"]).code(0);
        archive.run(&["help"]).code(0);
        archive.run(&["--version"]).code(0).quiet();
    }
    let mut command = program(archive.folder());
    let run = Run::of(command.env("SEARCH_COLOR", "red").args(["query", "--no-config", "crab"])).code(2);
    run.complains(&["$SEARCH_COLOR: red is not auto, always or never"]);
}

#[test]
fn the_settings_in_force_can_be_seen_and_kept() {
    let archive = crabs();
    let path = archive.folder().join("search/config.toml");
    let shown = archive.run(&["config"]).code(0).quiet().stdout;
    assert!(shown.starts_with(&format!("# {} (not there)\n", path.display())), "{shown}");
    assert!(shown.contains("limit = 10") && shown.contains("# built in"), "{shown}");
    let mut command = with_config(&archive, "limit = 7\npager = \"most\"\nsnippets = 3\n");
    let shown = Run::of(command.env("SEARCH_SNIPPETS", "2").env("PAGER", "more").arg("config")).code(0).quiet().stdout;
    let row = |key: &str| shown.lines().find(|line| line.starts_with(key)).unwrap();
    assert!(row("limit").starts_with("limit = 7 ") && row("limit").ends_with(&format!(" # {}", path.display())));
    assert!(row("snippets").starts_with("snippets = 2") && row("snippets").ends_with("# $SEARCH_SNIPPETS"));
    assert!(row("pager").starts_with("pager = \"most\""), "what is ours goes before what is everybody's: {shown}");
    let again = Run::of(with_config(&archive, &shown).arg("config")).code(0).quiet().stdout;
    let values = |text: &str| -> Vec<String> {
        text.lines().skip(1).map(|line| line.split(" # ").next().unwrap().trim_end().to_owned()).collect()
    };
    assert_eq!(values(&again), values(&shown), "what it prints is a configuration file");
    let bare = archive.run(&["config", "--no-config"]).code(0).stdout;
    assert!(bare.starts_with("# no configuration file is read\n") && bare.contains("limit = 10"), "{bare}");
}
