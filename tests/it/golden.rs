//! What the extractor makes of each page of `corpus/`, compared with the files under `tests/golden/`.
//! `UPDATE=1 cargo test --test it golden` writes them again; the diff is then for a person to read.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::{Run, package, program};
use crate::rows::{self, Extract};

/// Pages of `corpus/` that an index run would read, relative to the package.
pub(crate) fn pages() -> Vec<PathBuf> {
    let mut folders = vec![package().join("corpus")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.extend((!name.ends_with("_files")).then(|| entry.path()));
            } else if [".html", ".htm", ".txt", ".html.gz"].iter().any(|end| name.ends_with(end)) {
                pages.push(entry.path().strip_prefix(package()).unwrap().to_owned());
            }
        }
    }
    pages.sort();
    pages
}

fn golden_file(page: &Path) -> PathBuf {
    let below = page.strip_prefix("corpus").unwrap();
    package().join("tests/golden").join(format!("{}.json", below.display()))
}

/// The row of a page as its golden file shows it: one paragraph a line, so that a change reads well.
fn shown(page: &Path) -> String {
    let run = Run::of(program(package()).args(["extract", "--json"]).arg(page)).code(0);
    rows::check_keys(run.stdout.trim_end(), rows::EXTRACT);
    let extracts: Vec<Extract> = rows::parse(&run.stdout);
    assert_eq!(extracts.len(), 1, "rows for {}", page.display());
    let mut json = serde_json::to_value(&extracts[0]).unwrap();
    json["body"] = extracts[0].body.split("\n\n").collect();
    serde_json::to_string_pretty(&json).unwrap() + "\n"
}

#[test]
fn every_page_as_its_golden_file() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for page in pages() {
        let (file, now) = (golden_file(&page), shown(&page));
        if update {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &now).unwrap();
            continue;
        }
        let then = fs::read_to_string(&file).unwrap_or_default();
        if now != then {
            wrong.push(format!("{}\n{}", page.display(), difference(&then, &now)));
        }
    }
    assert!(wrong.is_empty(), "golden pages differ (UPDATE=1 writes them again):\n{}", wrong.join("\n"));
}

#[test]
fn every_golden_file_has_its_page() {
    let mut kept: BTreeSet<PathBuf> = pages().iter().map(|page| golden_file(page)).collect();
    let mut folders = vec![package().join("tests/golden")];
    let mut orphans = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false if entry.path().extension() != Some("json".as_ref()) => {}
                false if !kept.remove(&entry.path()) => orphans.push(entry.path()),
                false => {}
            }
        }
    }
    assert!(orphans.is_empty(), "golden files without a page: {orphans:?}");
}

/// The lines that only one of two texts has.
fn difference(then: &str, now: &str) -> String {
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) = (then.lines().collect(), now.lines().collect());
    let gone = then.lines().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = now.lines().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(come).collect::<Vec<_>>().join("\n")
}
