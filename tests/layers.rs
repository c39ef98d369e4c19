//! Reads the sources: the layers of ARCHITECTURE.md, where foreign crates may be named, and what must not stay in a tree.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules a module may name; itself always. The table of ARCHITECTURE.md: no arrow that is not here, so no cycle.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("error", &["text"]),
    ("date", &["error", "text"]),
    ("lang", &["error", "text", "date"]),
    ("input", &["error", "text", "date", "lang"]),
    ("extract", &["error", "text", "date", "lang", "input"]),
    ("annotate", &["error", "text", "date", "lang", "input", "extract"]),
    ("index", &["error", "text", "date", "lang", "input", "extract", "annotate"]),
    ("query", &["error", "text", "date", "lang"]),
    ("api", &["error", "text", "date"]),
    ("engine", &["error", "text", "date", "lang", "input", "extract", "annotate", "index", "query", "api"]),
    ("output", &["error", "text", "date", "lang", "input", "extract", "annotate", "index", "query", "api"]),
    ("web", &["error", "text", "api", "engine", "output"]),
    ("mcp", &["error", "text", "api", "engine", "output"]),
];

/// Where a foreign crate may be named.
const FOREIGN: &[(&str, &[&str])] = &[
    ("tantivy", &["src/index", "src/engine/local"]),
    ("tantivy_fst", &["src/index", "src/engine/local"]),
    ("scraper", &["src/extract"]),
    ("html5ever", &["src/extract"]),
    ("ego_tree", &["src/extract"]),
    ("walkdir", &["src/input"]),
    ("clap", &["src/bin/search"]),
    ("clap_complete", &["src/bin/search"]),
    ("clap_mangen", &["src/bin/search"]),
    ("toml", &["src/bin/search"]),
    ("quick_xml", &["src/output", "src/input/container/news"]),
    ("indicatif", &["src/bin/search"]),
    ("reqwest", &[]),
    ("ureq", &[]),
    ("hyper", &["src/web/server.rs"]),
    ("hyper_util", &["src/web/server.rs"]),
    ("maud", &["src/web"]),
    ("rmcp", &["src/mcp/server.rs"]),
    ("tokio", &["src/mcp/server.rs", "src/web/server.rs"]),
];

const MOST_LINES: usize = 600;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` whose name ends in one of `ends`, relative to the package, sorted.
fn files(folder: &str, ends: &[&str]) -> Vec<PathBuf> {
    let mut todo = vec![top().join(folder)];
    let mut found = Vec::new();
    while let Some(at) = todo.pop() {
        let Ok(entries) = fs::read_dir(&at) else { continue };
        for entry in entries.map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                todo.push(path);
            } else if ends.iter().any(|end| name.ends_with(end)) {
                found.push(path.strip_prefix(top()).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(top().join(path)).unwrap()).into_owned()
}

/// The source without its line comments, which may speak of anything.
fn code(path: &Path) -> String {
    let text = read(path);
    text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect::<Vec<_>>().join("\n")
}

/// The module of a library source: `src/text/words.rs` and `src/text.rs` are both `text`.
fn module(path: &Path) -> String {
    let below = path.strip_prefix("src").unwrap();
    let first = Path::new(below.components().next().unwrap().as_os_str());
    first.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The top-level modules that `code` names after `crate::`, groups included.
fn named_modules(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.extend([ident(rest)]),
        }
    }
    names
}

/// The first identifier of each member of `{a, b::c, d::{e, f}}`, given what follows the opening brace.
fn group_heads(group: &str) -> Vec<String> {
    let (mut heads, mut depth, mut head) = (Vec::new(), 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => head = true,
            c if head && !c.is_whitespace() => {
                heads.push(ident(&group[at..]));
                head = false;
            }
            _ => {}
        }
    }
    heads
}

fn ident(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// True when `code` uses the crate `name`: a path that begins with it, or a `use` of it.
fn names_crate(code: &str, name: &str) -> bool {
    let pattern = format!(r"(^|[^\w:.])(::)?{name}::|\buse\s+(::)?{name}\s*[;{{]|\bextern\s+crate\s+{name}\b");
    regex::Regex::new(&pattern).unwrap().is_match(code)
}

#[test]
fn no_arrow_that_the_table_does_not_have() {
    let modules: BTreeSet<&str> = LAYERS.iter().map(|row| row.0).collect();
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let from = module(&path);
        if matches!(from.as_str(), "lib" | "bin") {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|row| row.0 == from) else {
            wrong.push(format!("{}: module '{from}' is not in the table", path.display()));
            continue;
        };
        for to in named_modules(&code(&path)) {
            if to != from && modules.contains(to.as_str()) && !allowed.contains(&to.as_str()) {
                wrong.push(format!("{}: {from} -> {to}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows against the layers:\n{}", wrong.join("\n"));
}

#[test]
fn foreign_crates_stay_in_their_module() {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let code = code(&path);
        for (name, homes) in FOREIGN {
            let at_home = homes.iter().any(|home| path.starts_with(home) || path == Path::new(&format!("{home}.rs")));
            if !at_home && names_crate(&code, name) {
                wrong.push(format!("{}: names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "crates outside their module:\n{}", wrong.join("\n"));
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = ["src", "tests", "benches", "fuzz/src"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .map(|path| (read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "over {MOST_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn nothing_left_behind() {
    // Written in two halves, so that this file does not hold what it looks for.
    let marks = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
        concat!("FIX", "ME"),
        concat!("TO", "DO"),
    ];
    let mut wrong = Vec::new();
    for path in ["src", "tests", "benches", "fuzz"].iter().flat_map(|folder| files(folder, &[".rs"])) {
        for (number, line) in read(&path).lines().enumerate() {
            // Four of them stand for an unknown year in TIMEX3.
            let line = line.replace(concat!("XX", "XX"), "");
            if let Some(mark) = marks.iter().find(|mark| line.contains(*mark)) {
                wrong.push(format!("{}:{}: {mark}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "left behind:\n{}", wrong.join("\n"));
}

#[test]
fn no_machine_paths() {
    let pattern =
        regex::Regex::new(concat!(r"(^|[^\w.])/(wo", r"rk|ro", r"ot|fa", r"rm|ho", r"me|Us", r"ers)/[\w.]")).unwrap();
    let ends = [".rs", ".md", ".toml", ".html", ".txt", ".tsv", ".json", ".py", ".sh", "run"];
    let mut paths: Vec<PathBuf> =
        ["src", "tests", "benches", "corpus", ".ci"].iter().flat_map(|folder| files(folder, &ends)).collect();
    let here = fs::read_dir(top()).unwrap().map(|entry| PathBuf::from(entry.unwrap().file_name()));
    paths.extend(here.filter(|name| ends.iter().any(|end| name.to_string_lossy().ends_with(end))));
    let mut wrong = Vec::new();
    for path in paths {
        for (number, line) in read(&path).lines().enumerate() {
            if pattern.is_match(line) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "paths of one machine:\n{}", wrong.join("\n"));
}

#[test]
fn the_readers_of_this_test_read_right() {
    let names = |code: &str| named_modules(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("use crate::text::Span;"), "text");
    assert_eq!(names("use crate::{date::{Interval, Stamp}, error::Result, text};"), "date error text");
    assert_eq!(names("fn f(x: crate::index::Writer) {}"), "index");
    assert_eq!(names("pub(crate) fn f() {}"), "");
    assert!(names_crate("use tantivy::Index;", "tantivy"));
    assert!(names_crate("fn f(x: &tantivy::Index)", "tantivy"));
    assert!(!names_crate("use tantivy_fst::Map;", "tantivy"));
    assert!(!names_crate("let x = crate::index::clap::y();", "clap"));
    assert_eq!(module(Path::new("src/text/words.rs")), "text");
    assert_eq!(module(Path::new("src/error.rs")), "error");
}
