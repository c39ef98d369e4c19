//! Several indexes asked at once: the answers are those of one index made of all their archives.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::archive::{Archive, Run, package, program};
use crate::rows::{self, Hit};
use crate::stories::{page, sentences};

/// Three indexes of `corpus/`: of one half of its folders, of the other, and of all.
struct Halves {
    folder: tempfile::TempDir,
}

impl Halves {
    fn new() -> Halves {
        let mut sites: Vec<PathBuf> =
            fs::read_dir(package().join("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
        sites.retain(|path| path.is_dir());
        sites.sort();
        let folder = tempfile::tempdir().unwrap();
        // Every other one, so that languages and subjects are in both.
        let of = |rest: usize| sites.iter().enumerate().filter(move |(at, _)| at % 2 == rest).map(|(_, path)| path);
        for (name, pages) in
            [("one", of(0).collect::<Vec<_>>()), ("two", of(1).collect()), ("all", sites.iter().collect())]
        {
            Run::of(program(package()).arg("index").args(pages).arg("--index").arg(folder.path().join(name))).code(0);
        }
        Halves { folder }
    }

    /// Runs `search COMMAND ARGS` over the indexes with these names.
    fn run(&self, command: &str, names: &[&str], args: &[&str]) -> Run {
        let indexes = names.iter().flat_map(|name| [PathBuf::from("--index"), self.folder.path().join(name)]);
        Run::of(program(package()).arg(command).args(indexes).args(args))
    }
}

/// JSON lines without the key that only hits of several indexes have; other lines as they are.
fn lines(text: &str) -> Vec<Value> {
    fn forget(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.remove("index");
                map.values_mut().for_each(forget);
            }
            Value::Array(list) => list.iter_mut().for_each(forget),
            _ => {}
        }
    }
    let line = |line: &str| {
        let mut value = serde_json::from_str(line).unwrap_or_else(|_| Value::from(line));
        forget(&mut value);
        value
    };
    text.lines().map(line).collect()
}

#[test]
fn two_indexes_answer_as_one_made_of_both() {
    const QUERIES: [&[&str]; 9] = [
        &["medal"],
        &["place:Lachin", "date:2020.."],
        &["person:Aliyev"],
        &["\"for the liberation\""],
        &["me?al*"],
        &["lang:tr"],
        &["medal~", "-lachin"],
        &["what", "did", "the", "committee", "say", "of", "the", "old", "ferry", "and", "its", "captain"],
        &["nothinghere"],
    ];
    const COMMANDS: [(&str, &[&str]); 17] = [
        ("query", &["--json", "-n", "0"]),
        ("query", &["--json", "-n", "0", "--all", "--no-group"]),
        ("query", &["--json", "-n", "7", "--sort", "date", "--explain"]),
        ("query", &["--json", "-n", "0", "--versions", "--all"]),
        ("query", &["-c"]),
        ("facets", &["--json", "people"]),
        ("facets", &["--json", "places"]),
        ("facets", &["--json", "sites"]),
        ("facets", &["--json", "about"]),
        ("timeline", &["--json"]),
        ("first", &["--json"]),
        ("on", &["--json", "12-01"]),
        ("pairs", &["--json"]),
        ("export", &["--json"]),
        ("export", &["--csv"]),
        ("lines", &["--json"]),
        ("lines", &["--json", "--per", "site"]),
    ];
    let halves = Halves::new();
    let mut hits = 0;
    for (command, options) in COMMANDS {
        for query in QUERIES {
            let args = [options, &["--"], query].concat();
            let (both, one) = (halves.run(command, &["one", "two"], &args), halves.run(command, &["all"], &args));
            assert_eq!(lines(&both.stdout), lines(&one.stdout), "{command} {args:?}");
            assert_eq!((&both.stderr, both.status), (&one.stderr, one.status), "{command} {args:?}");
            hits += lines(&one.stdout).len();
        }
    }
    assert!(hits > 500, "{hits} lines");
}

#[test]
fn a_hit_says_which_index_it_is_of() {
    let halves = Halves::new();
    let run = halves.run("query", &["one", "two"], &["--json", "-n", "0", "medal"]).code(0);
    let hits: Vec<Hit> = rows::parse(&run.stdout);
    let mut of: Vec<String> = hits.iter().filter_map(|hit| hit.index.clone()).collect();
    assert_eq!(of.len(), hits.len());
    for hit in &hits {
        // Asked alone, the index has it.
        let name = hit.index.as_deref().unwrap().rsplit('/').next().unwrap();
        let alone = halves.run("show", &[name], &["--json", &hit.id]).code(0);
        assert!(!alone.stdout.contains("\"index\":"), "{alone:?}");
        // And all of them together do.
        halves.run("show", &["two", "one"], &[&hit.id]).code(0);
    }
    of.sort();
    of.dedup();
    assert_eq!(of.len(), 2, "{of:?}");
}

/// An archive with two folders of pages, `one` and `two`.
fn archive(pages: &[(&str, &str)]) -> Archive {
    let archive = Archive::with(pages);
    for name in ["one", "two"] {
        archive.run(&["index", &format!("pages/{name}"), "--index", name]).code(0);
    }
    archive
}

/// Paths of the hits of both indexes, in the order of the list.
fn paths(archive: &Archive, args: &[&str]) -> Vec<String> {
    let args = [&["query", "--json", "-n", "0", "--all", "--index", "one", "--index", "two"], args].concat();
    let hits: Vec<Hit> = rows::parse(&archive.run(&args).stdout);
    hits.into_iter().filter_map(|hit| hit.path).collect()
}

/// A page of one address, saved at two times.
fn capture(hour: u32, text: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><head><title>Lock gates</title>
<link rel="canonical" href="https://canal.example/2021/03/lock-gates">
<meta property="article:published_time" content="2021-03-02T06:00:00Z">
<meta property="article:modified_time" content="2021-03-02T{hour:02}:00:00Z"></head><body><article><h1>Lock gates</h1>
<p>{text} The keepers measured both gates on Tuesday and found that the upper one had sunk by a hand.</p>
</article></body></html>"#
    )
}

#[test]
fn captures_of_one_article_in_two_indexes_are_one_article() {
    let (early, late) = (capture(7, "The gates are sound."), capture(9, "The gates are rotten."));
    for (one, two, newest) in [(&early, &late, "b.html"), (&late, &early, "a.html")] {
        let archive = archive(&[("one/a.html", one), ("two/b.html", two)]);
        assert_eq!(paths(&archive, &["gates"]), [newest]);
        assert_eq!(paths(&archive, &["sound"]), [""; 0]);
        let mut all = paths(&archive, &["--versions", "gates"]);
        all.sort();
        assert_eq!(all, ["a.html", "b.html"]);
    }
}

#[test]
fn copies_are_found_across_indexes() {
    let copy = |site: &str, when: &str| page(site, when, &format!("Matter at {site}"), &sentences(1, 0..8));
    let (one, two) = (copy("post.example", "2020-01-01"), copy("wire.example", "2020-01-02"));
    let archive = archive(&[("one/a.html", &one), ("two/b.html", &two)]);
    assert_eq!(paths(&archive, &["talks"]).len(), 1);
    assert_eq!(paths(&archive, &["--no-group", "talks"]).len(), 2);
    let id = archive.run(&["query", "--no-group", "--fields", "id", "-n", "1", "--index", "two", "talks"]).stdout;
    let both = ["copies", "--index", "one", "--index", "two", id.trim()];
    let run = archive.run(&both).code(0);
    assert!(run.stdout.contains("post.example") && run.stdout.contains("wire.example"), "{run:?}");
    archive.run(&["copies", "--index", "two", id.trim()]).code(1);
}

#[test]
fn a_file_that_both_have_read_is_one_article() {
    let archive = Archive::with(&[
        ("one/a.html", &page("post.example", "2020-01-01", "Eels", &sentences(1, 0..8))),
        ("one/b.html", &page("post.example", "2020-01-02", "Herons", &sentences(2, 0..8))),
    ]);
    archive.run(&["index", "pages", "--index", "all"]).code(0);
    let expected = archive.run(&["query", "--json", "--index", "all", "talks"]).stdout;
    let same = |two: &str, why: &str| {
        let run = archive.run(&["query", "--json", "--index", "all", "--index", two, "talks"]).code(0);
        assert_eq!(lines(&run.stdout), lines(&expected), "{why}");
    };
    archive.run(&["index", "pages", "--index", "again"]).code(0);
    same("again", "read by both");
    // Its segments have the names of those that they are copies of.
    fs::create_dir(archive.folder().join("copied")).unwrap();
    for entry in fs::read_dir(archive.folder().join("all")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), archive.folder().join("copied").join(entry.file_name())).unwrap();
    }
    same("copied", "a folder that was copied");
    same("./all", "one index by two names");
    // One of the two has read it since it was changed.
    let changed = page("post.example", "2020-01-02", "Storks", &sentences(3, 0..8));
    archive.write("one/b.html", changed);
    let later = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    fs::File::open(archive.page("one/b.html")).unwrap().set_modified(later).unwrap();
    archive.run(&["index", "pages", "--index", "again"]).code(0);
    for indexes in [["all", "again"], ["again", "all"]] {
        let run = archive
            .run(&["query", "--fields", "title", "-n", "0", "--index", indexes[0], "--index", indexes[1], "talks"]);
        let mut titles: Vec<&str> = run.stdout.lines().collect();
        titles.sort_unstable();
        assert_eq!(titles, ["Eels", "Storks"], "{indexes:?}");
    }
}

#[test]
fn what_is_wrong_with_one_of_them_is_said_of_that_one() {
    let archive = archive(&[
        ("one/a.html", &page("post.example", "2020-01-01", "Eels", &sentences(1, 0..8))),
        ("two/b.html", &page("post.example", "2020-01-02", "Herons", &sentences(2, 0..8))),
    ]);
    archive.run(&["query", "--index", "one", "--index", "nowhere", "talks"]).code(2).complains(&["nowhere: no index"]);
    archive
        .run(&["index", "--index", "one", "--index", "two", "pages"])
        .code(2)
        .complains(&["'--index <DIR>' cannot be used multiple times"]);
    for entry in fs::read_dir(archive.folder().join("two")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "store") {
            let mut bytes = fs::read(&file).unwrap();
            bytes.iter_mut().take(200).for_each(|byte| *byte ^= 0x55);
            fs::write(&file, bytes).unwrap();
        }
    }
    let run = archive.run(&["query", "--index", "one", "--index", "two", "talks"]).code(2);
    assert!(run.stderr.contains("two: damaged") && !run.stderr.contains("one: "), "{run:?}");
}

#[test]
fn statistics_are_those_of_each_index() {
    let archive = archive(&[
        ("one/a.html", &page("post.example", "2020-01-01", "Eels", &sentences(1, 0..8))),
        ("two/b.html", &page("post.example", "2020-01-02", "Herons", &sentences(2, 0..8))),
    ]);
    let run = archive.run(&["stats", "--json", "--index", "one", "--index", "two"]).code(0);
    let names: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["index"].clone()).collect();
    assert_eq!(names, ["one", "two"]);
}
