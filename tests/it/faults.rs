//! What is done with an index of which something is missing or damaged, or that the system lets nobody write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use search::api::Engine;
use search::engine::Local;

use crate::archive::{Archive, Run, program};
use crate::stories::{page, sentences};

/// An archive of one page for each of `runs` runs, and so an index of as many segments.
fn grown(runs: usize) -> Archive {
    let archive = Archive::new();
    for number in 0..runs {
        write(&archive, number);
        archive.run(&["index", "-q", "pages"]).code(0);
    }
    archive
}

fn write(archive: &Archive, number: usize) {
    let title = format!("Matter {number}");
    let text = page("post.example", "2020-01-01", &title, &sentences(number, 0..8));
    archive.write(format!("{number}.html"), text);
}

fn index(archive: &Archive) -> PathBuf {
    archive.folder().join("index")
}

/// All files of a folder with their bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Names and sizes, for messages.
fn names(folder: &Path) -> Vec<String> {
    contents(folder).iter().map(|(path, bytes)| format!("{} {}", name(path), bytes.len())).collect()
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// A file of the index with this ending, the largest of them.
fn file(archive: &Archive, ending: &str) -> PathBuf {
    let files = contents(&index(archive)).into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == ending));
    files.max_by_key(|(_, bytes)| bytes.len()).unwrap().0
}

/// Turns one bit in the middle of `file`; returns what it held.
fn flip(file: &Path) -> Vec<u8> {
    let whole = fs::read(file).unwrap();
    let mut torn = whole.clone();
    torn[whole.len() / 3] ^= 4;
    fs::write(file, torn).unwrap();
    whole
}

/// Runs the program below a limit that the shell sets.
fn limited(archive: &Archive, limit: &str, args: &str) -> Run {
    let plain = program(archive.folder());
    let mut shell = Command::new("sh");
    let line = format!("ulimit {limit}; exec '{}' {args}", plain.get_program().to_str().unwrap());
    shell.args(["-c", &line]).current_dir(archive.folder()).env_clear();
    shell.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Run::of(&mut shell)
}

const EVERYTHING: &[&str] = &["query", "--json", "-n", "0", "--no-group", "*"];

#[test]
fn compact_writes_nothing_where_a_file_is_damaged() {
    let archive = Archive::new();
    (0..3).for_each(|number| write(&archive, number));
    archive.index().code(0);
    archive.remove("1.html");
    write(&archive, 3);
    archive.index().code(0);
    for ending in ["store", "pos", "term", "fieldnorm", "idx", "fast", "del"] {
        let file = file(&archive, ending);
        let whole = flip(&file);
        let before = contents(&index(&archive));
        archive.run(&["compact"]).code(2).complains(&[
            name(&file),
            "damaged index",
            "remove this folder and run 'search index'",
        ]);
        assert!(contents(&index(&archive)) == before, ".{ending}: {:?}", names(&index(&archive)));
        archive.run(&["check", "-q"]).code(1).complains(&[name(&file)]);
        fs::write(&file, whole).unwrap();
    }
    archive.run(&["compact"]).code(0).quiet();
    archive.run(&["check", "-q"]).code(0).quiet();
    assert_eq!(archive.paths(&["*"]), ["0.html", "2.html", "3.html"]);
}

/// Wherever a bit turns among the stored articles, an article is shown as it was stored or not at all, and an error says what
/// to do.
#[test]
fn a_letter_that_turned_is_never_shown_as_the_article() {
    let archive = Archive::new();
    (0..3).for_each(|number| write(&archive, number));
    archive.index().code(0);
    let ids: Vec<String> = archive.hits(&["*"]).into_iter().map(|hit| hit.id).collect();
    let show = |id: &String| Local::open(&index(&archive)).and_then(|engine| engine.article(id));
    let shown = |article| serde_json::to_string(&article).unwrap();
    let expected: Vec<String> = ids.iter().map(|id| shown(show(id).unwrap())).collect();
    let file = file(&archive, "store");
    let whole = fs::read(&file).unwrap();
    // Behind the articles lie where they begin, and the checksum, which is read when the file is opened.
    let (mut refused, articles) = (0, whole.len() - 250);
    for round in 0..300 {
        let mut torn = whole.clone();
        torn[round * articles / 300] ^= 1 << (round % 8);
        fs::write(&file, torn).unwrap();
        for (id, expected) in ids.iter().zip(&expected) {
            match show(id) {
                Ok(article) => assert_eq!(shown(article), *expected, "byte {}", round * articles / 300),
                Err(error) => {
                    refused += 1;
                    let text = error.to_string();
                    assert!(text.contains("damaged index: ") && text.contains("remove this folder"), "{text}");
                }
            }
        }
    }
    assert!(refused > 250, "of 300 bits only {refused} were noticed");
    let mut torn = whole.clone();
    torn[articles / 2] ^= 1;
    fs::write(&file, torn).unwrap();
    let said = ["damaged index", "remove this folder and run 'search index'"];
    let stopped: Vec<Run> =
        ids.iter().map(|id| archive.run(&["show", id])).filter(|run| run.status != Some(0)).collect();
    assert_eq!(stopped.len(), 1, "one of three articles: {stopped:?}");
    stopped.into_iter().for_each(|run| drop(run.code(2).complains(&said)));
    archive.run(&["query", "--cite", "-n", "0", "*"]).code(2).complains(&said);
}

/// Segments are merged when there are eight of a size.
#[test]
fn a_run_merges_no_damaged_segment() {
    let archive = grown(7);
    let file = file(&archive, "store");
    let whole = flip(&file);
    write(&archive, 7);
    archive.index().code(2).complains(&[name(&file), "damaged index", "remove this folder and run 'search index'"]);
    archive.run(&["check", "-q"]).code(1).complains(&[name(&file)]);
    fs::write(&file, whole).unwrap();
    // A run that commits nothing merges nothing.
    write(&archive, 8);
    archive.index().code(0).quiet();
    archive.run(&["check", "-q"]).code(0).quiet();
    assert_eq!(archive.paths(&["*"]).len(), 9);
    let segments = contents(&index(&archive)).into_keys().filter(|path| path.extension().is_some_and(|e| e == "store"));
    assert!(segments.count() < 8, "they were not merged, so nothing was tried here");
}

#[test]
fn without_its_list_of_files_an_index_is_searched_and_the_next_run_lists_them() {
    let archive = grown(1);
    let list = index(&archive).join(".managed.json");
    let answer = archive.run(EVERYTHING).code(0).stdout;
    for content in [None, Some(""), Some("[\"meta.json\"]"), Some("no list")] {
        match content {
            None => fs::remove_file(&list).unwrap(),
            Some(content) => fs::write(&list, content).unwrap(),
        }
        archive.run(&["check", "-q"]).code(1).complains(&[".managed.json"]);
        archive.run(EVERYTHING).code(0).prints(&answer);
        archive.index().code(0).quiet();
        archive.run(&["check", "-q"]).code(0).quiet();
        archive.run(EVERYTHING).code(0).prints(&answer);
    }
}

#[test]
fn what_a_killed_run_left_is_swept() {
    let archive = grown(1);
    for command in ["index pages", "compact"] {
        for name in [".tmpQ7ex0A", ".meta.json.new", ".managed.json.new"] {
            fs::write(index(&archive).join(name), "half").unwrap();
        }
        archive.run(&command.split(' ').collect::<Vec<_>>()).code(0).quiet();
        let left = names(&index(&archive));
        assert!(!left.iter().any(|name| name.contains(".tmp") || name.contains(".new")), "{command}: {left:?}");
    }
}

#[test]
fn a_limit_of_file_sizes_is_a_full_disk_and_no_sudden_end() {
    let archive = Archive::new();
    (0..40).for_each(|number| write(&archive, number));
    let advice = ["file too large", "ulimit -f", "run the same command again"];
    let mut stopped = 0;
    for blocks in [0, 8, 64, 256] {
        let run = limited(&archive, &format!("-f {blocks}"), "index -q pages");
        if run.status == Some(0) {
            continue;
        }
        stopped += 1;
        assert!(!run.stderr.contains("remove this folder"), "{run:?}");
        run.code(2).complains(&advice);
    }
    assert!(stopped > 1, "no limit was met");
    archive.index().code(0).quiet();
    assert_eq!(archive.paths(&["*"]).len(), 40);
    archive.run(&["check", "-q"]).code(0).quiet();
}

#[test]
fn a_compact_that_fails_gives_its_space_back() {
    let archive = Archive::new();
    for from in [0, 30] {
        (from..from + 30).for_each(|number| write(&archive, number));
        archive.index().code(0);
    }
    let (before, answer) = (names(&index(&archive)), archive.run(EVERYTHING).code(0).stdout);
    let largest = contents(&index(&archive)).values().map(Vec::len).max().unwrap();
    // In blocks of 512 bytes; a bit more than the largest file, so that half of the merge is written.
    let run = limited(&archive, &format!("-f {}", largest / 512 + 8), "compact");
    run.code(2).complains(&["file too large", "ulimit -f"]);
    assert_eq!(names(&index(&archive)), before);
    archive.run(EVERYTHING).code(0).prints(&answer);
    archive.run(&["compact", "-q"]).code(0).quiet();
}

#[test]
fn a_whole_index_is_not_to_be_removed_because_no_more_files_can_be_opened() {
    let archive = grown(1);
    let mut stopped = 0;
    for files in 4..16 {
        for args in ["query --index index -c '*'", "index -q --index other pages", "index -q pages", "compact"] {
            let run = limited(&archive, &format!("-n {files}"), args);
            assert!(matches!(run.status, Some(0 | 2)), "{run:?}");
            assert!(!run.stderr.contains("remove this folder"), "{files} files: {run:?}");
            stopped += usize::from(run.status == Some(2));
        }
    }
    assert!(stopped > 8, "only {stopped} were stopped");
    archive.run(&["check", "-q"]).code(0).quiet();
}
