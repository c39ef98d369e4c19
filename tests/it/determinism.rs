//! The same pages give the same answers, however they came into the index: threads, order, history, kills.
//!
//! `SEARCH_KILLS=30` kills that many first runs and that many update runs; without it a few. The seed of the moments is
//! printed when a test fails; `SEARCH_SEED` repeats it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::archive::{Archive, program};

/// Twenty queries of all kinds.
const QUERIES: [&str; 20] = [
    "-zzzz",
    "harbour",
    "ship",
    "\"the keeper\"",
    "Baku",
    "Lachin medal",
    "gulls patience rained",
    "date:2019",
    "date:2019-03..2019-05",
    "about:2020-11",
    "place:Turkey",
    "place:Azerbaijan -Lachin",
    "person:Rossi",
    "by:Field harbour",
    "wind OR tide",
    "title:Genoa",
    "lang:en medal",
    "kind:article words:>300",
    "(counted OR wrote) Izmir",
    "edition",
];

/// A page of the archive in one of its editions. Some pages share an address, so that they are captures of one
/// article; some are broken.
fn page(number: usize, edition: usize) -> String {
    let place = ["Baku", "Lachin", "Izmir", "Genoa", "Odessa"][(number + edition) % 5];
    let person = ["Anna Rossi", "Kerem Aksoy", "Nigar Quliyeva"][number % 3];
    let (day, month) = (number % 28 + 1, (number + edition) % 9 + 1);
    if number % 23 == 7 {
        return "\0".repeat(100);
    }
    let address = if number % 11 == 3 { number / 30 } else { number };
    let filler = "It rained, and the medal for patience went to the gulls. ".repeat((number + 3 * edition) % 40);
    format!(
        r#"<html lang="en"><head><title>Ship {number} in {place}</title>
<link rel="canonical" href="https://ships.example/2019/{month}/ship-number-{address}-came-home">
<meta property="article:published_time" content="2019-0{month}-{day:02}"><meta name="author" content="{person} Field"></head>
<body><nav><a href="/">Home</a><a href="/ships">Ships</a></nav><article><h1>Ship {number} in {place}</h1>
<p>The keeper of the harbour in {place} counted {} ships on {day} November 2020. {person} wrote down the wind and the tide
for the edition of {edition}.</p><p>{filler}</p></article><footer>All rights reserved</footer></body></html>"#,
        number * 7
    )
}

fn path(number: usize) -> String {
    format!("{}/{number}.html", number % 7)
}

/// The archive as it was first.
fn first(archive: &Archive, count: usize) {
    (0..count).for_each(|number| archive.write(path(number), page(number, 0)));
}

/// Changes a third of the pages, adds some and removes some.
fn change(archive: &Archive, count: usize, edition: usize) {
    for number in (0..count).filter(|number| number % 3 == edition % 3) {
        archive.write(path(number), page(number, edition));
    }
    for number in (0..count).filter(|number| number % 10 == edition) {
        archive.remove(&path(number));
    }
    for number in count..count + count / 8 {
        archive.write(path(number), page(number, edition));
    }
}

fn index(archive: &Archive, name: &str, arguments: &[&str]) {
    let run = archive.run(&[&["index", "--index", name], arguments].concat());
    assert_eq!(run.status, Some(1), "some pages are broken: {run:?}");
}

fn compact(archive: &Archive, name: &str) {
    search::index::compact(&archive.folder().join(name)).unwrap();
}

/// What the program answers to all queries, byte for byte.
fn answers(archive: &Archive, name: &str) -> String {
    let mut all = String::new();
    for query in QUERIES {
        let run =
            archive.run(&["query", "--index", name, "--json", "--no-group", "-n", "0", "--snippets", "3", "-e", query]);
        assert!(run.stderr.is_empty() && run.status == Some(0), "{run:?}");
        all += &run.stdout;
    }
    all
}

/// The answers without ranks, scores and what rests on them, in the order of ids: what does not depend on history before a compaction.
fn unscored(answers: &str) -> Vec<String> {
    let score = regex::Regex::new(r#""(rank|score)":[^,]*,|,"cursor":"[^"]*""#).unwrap();
    let mut lines: Vec<String> = answers.lines().map(|line| score.replace_all(line, "").into_owned()).collect();
    lines.sort();
    lines
}

/// Copies a folder of files.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Numbers between 0 and 1 that are spread evenly and differ from run to run of the tests.
#[expect(clippy::print_stdout, reason = "a test that fails shows what it printed")]
pub(crate) fn moments(count: usize) -> impl Iterator<Item = f64> {
    let given = std::env::var("SEARCH_SEED").ok().map(|seed| seed.parse().unwrap());
    let seed: f64 = given.unwrap_or_else(|| f64::from(std::time::UNIX_EPOCH.elapsed().unwrap().subsec_micros()) / 1e6);
    println!("SEARCH_SEED={seed} repeats these moments");
    (1..=count).map(move |n| (seed + n as f64 * 0.618_033_988_749_895).fract())
}

/// How many runs are ended at a random moment.
pub(crate) fn kills() -> usize {
    std::env::var("SEARCH_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(4)
}

/// Kills runs at random moments of a run that takes about `whole`, each after `prepare`, and calls `check` after each. A
/// run that has ended before its moment is done again with an earlier one.
fn killed(archive: &Archive, whole: Duration, prepare: &dyn Fn(), check: &dyn Fn(f64)) {
    for moment in moments(kills()) {
        let mut part = moment;
        loop {
            prepare();
            let mut child = archive.start(&["index", "--index", "killed", "pages"]);
            sleep(whole.mul_f64(part));
            let going = child.try_wait().unwrap().is_none();
            child.kill().unwrap();
            child.wait().unwrap();
            check(part);
            if going {
                break;
            }
            part *= 0.7;
            assert!(part > 1e-4, "no run could be caught while it was going");
        }
    }
}

#[test]
fn first_runs_killed_at_random_moments() {
    let archive = Archive::new();
    first(&archive, 250);
    let start = Instant::now();
    index(&archive, "whole", &["pages"]);
    let whole = start.elapsed();
    let expected = answers(&archive, "whole");
    let killed_index = archive.folder().join("killed");
    killed(
        &archive,
        whole,
        &|| {
            let _ = fs::remove_dir_all(&killed_index);
        },
        &|part| {
            index(&archive, "killed", &["pages"]);
            assert!(answers(&archive, "killed") == expected, "killed after {part} of a first run");
        },
    );
}

#[test]
fn update_runs_killed_at_random_moments() {
    let archive = Archive::new();
    first(&archive, 250);
    index(&archive, "before", &["pages"]);
    change(&archive, 250, 1);
    copy(&archive.folder().join("before"), &archive.folder().join("whole"));
    let start = Instant::now();
    index(&archive, "whole", &["pages"]);
    let whole = start.elapsed();
    let mixed = unscored(&answers(&archive, "whole"));
    compact(&archive, "whole");
    let expected = answers(&archive, "whole");
    index(&archive, "fresh", &["pages"]);
    assert!(answers(&archive, "fresh") == expected, "an updated index after compaction is a fresh one");
    let killed_index = archive.folder().join("killed");
    killed(
        &archive,
        whole,
        &|| {
            let _ = fs::remove_dir_all(&killed_index);
            copy(&archive.folder().join("before"), &killed_index);
        },
        &|part| {
            index(&archive, "killed", &["pages"]);
            assert_eq!(unscored(&answers(&archive, "killed")), mixed, "killed after {part} of an update");
            compact(&archive, "killed");
            assert!(answers(&archive, "killed") == expected, "killed after {part} of an update, compacted");
        },
    );
}

#[test]
fn neither_threads_nor_the_order_of_files_show() {
    let archive = Archive::new();
    first(&archive, 120);
    fs::create_dir(archive.folder().join("more")).unwrap();
    for number in 60..90 {
        fs::write(archive.folder().join(format!("more/{number}.html")), page(number, 2)).unwrap();
    }
    index(&archive, "one", &["--threads", "1", "pages", "more"]);
    let one = answers(&archive, "one");
    index(&archive, "eight", &["--threads", "8", "pages", "more"]);
    assert!(answers(&archive, "eight") == one, "threads");
    index(&archive, "order", &["--threads", "8", "more", "pages"]);
    assert!(answers(&archive, "order") == one, "order of roots");
    index(&archive, "turns", &["more"]);
    index(&archive, "turns", &["pages"]);
    assert!(answers(&archive, "turns") == one, "by turns, for nothing was deleted");
}

#[test]
fn history_does_not_show_after_compaction() {
    let archive = Archive::new();
    first(&archive, 80);
    index(&archive, "grown", &["pages"]);
    for edition in 1..4 {
        change(&archive, 80, edition);
        index(&archive, "grown", &["pages"]);
    }
    index(&archive, "fresh", &["pages"]);
    let fresh = answers(&archive, "fresh");
    assert_eq!(unscored(&answers(&archive, "grown")), unscored(&fresh));
    let counts = |name: &str| -> Vec<String> {
        let count = |query: &&str| archive.run(&["query", "--index", name, "-c", "-e", query]).stdout;
        QUERIES.iter().map(count).collect()
    };
    assert_eq!(counts("grown"), counts("fresh"));
    compact(&archive, "grown");
    assert!(answers(&archive, "grown") == fresh);
}

#[test]
fn a_reader_sees_one_commit_while_runs_go_on() {
    let archive = Archive::new();
    first(&archive, 60);
    index(&archive, "index", &["pages"]);
    let states: Vec<String> = (0..3)
        .map(|edition| {
            if edition > 0 {
                change(&archive, 60, edition);
            }
            let name = format!("state{edition}");
            index(&archive, &name, &["pages"]);
            archive.run(&["query", "--index", &name, "-c", "-e", "-zzzz"]).stdout
        })
        .collect();
    let mut child =
        program(archive.folder()).args(["index", "pages"]).stdout(std::process::Stdio::null()).spawn().unwrap();
    let mut asked = 0;
    while child.try_wait().unwrap().is_none() || asked == 0 {
        let count = archive.run(&["query", "-c", "-e", "-zzzz"]).code(0).quiet().stdout;
        assert!(count == states[0] || count == states[2], "{count} is neither of {states:?}");
        asked += 1;
    }
    assert_eq!(archive.run(&["query", "-c", "-e", "-zzzz"]).stdout, states[2]);
}

fn signal(name: &str, process: u32) {
    assert!(Command::new("kill").args([name, &process.to_string()]).status().unwrap().success());
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let archive = Archive::new();
    first(&archive, 20);
    index(&archive, "index", &["pages"]);
    let folder = archive.folder().join("index");
    let writer = fs::File::options().write(true).open(folder.join(".tantivy-writer.lock")).unwrap();
    writer.try_lock().unwrap();
    archive.run(&["index", "pages"]).code(75).complains(&["busy"]);
    archive.run(&["compact"]).code(75).complains(&["busy"]);
    assert!(search::index::compact(&folder).unwrap_err().is_busy());
    archive.run(&["query", "-q", "harbour"]).code(0).quiet();
    writer.unlock().unwrap();
    index(&archive, "index", &["pages"]);
}

#[test]
fn an_interrupt_keeps_what_was_done() {
    let archive = Archive::new();
    first(&archive, 400);
    let start = Instant::now();
    index(&archive, "whole", &["pages"]);
    let whole = start.elapsed();
    // A run that has ended before its moment is done again with an earlier one.
    let stopped = (0..12).any(|half| {
        let _ = fs::remove_dir_all(archive.folder().join("index"));
        let mut child = archive.start(&["index", "pages"]);
        while !archive.folder().join("index/meta.json").exists() && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(1));
        }
        sleep(whole.mul_f64(0.5_f64.powi(half)));
        signal("-INT", child.id());
        child.wait_with_output().unwrap().status.code() == Some(130)
    });
    assert!(stopped, "no run could be stopped while it was going");
    index(&archive, "index", &["pages"]);
    assert!(answers(&archive, "index") == answers(&archive, "whole"));
}
