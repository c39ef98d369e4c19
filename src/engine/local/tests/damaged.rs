//! Columns whose bytes are not those that were written. Nothing sums up a segment before each query, so that what is
//! read must be believed no further than it can be.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use crate::api::{Engine, Facet, Request, Sort};
use crate::date::Date;
use crate::engine::Local;
use crate::error::Result;
use crate::index::{self, Options};
use crate::input::{Limits, WalkOptions};

fn today() -> Date {
    Date::new(2026, 11, 22).expect("a day")
}

/// An index of three pages of two sites in `folder`.
fn archive(folder: &Path) -> std::path::PathBuf {
    let pages = folder.join("pages");
    fs::create_dir(&pages).expect("a folder");
    for (number, who) in ["Anna Rossi", "Peter Brandt", "Maria Holm"].into_iter().enumerate() {
        let body = format!("<p>{who}, who chairs the Harbour Authority in Baku, spoke to the press of the eels.</p>");
        let site = format!("<link rel=canonical href='https://quay{}.example/2020/{number}'>", number % 2);
        let head = format!("{site}<meta property=article:published_time content='2020-01-0{}'>", number + 1);
        let page =
            format!("<html><head><title>Eels {number}</title>{head}</head><body>{}</body></html>", body.repeat(4));
        let path = pages.join(format!("{number}.html"));
        fs::write(&path, page).expect("written");
        // It is in the columns, which are to be the same in each run.
        let file = fs::File::options().write(true).open(path).expect("opened");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000)).expect("a time");
    }
    let stop = AtomicBool::new(false);
    let options = Options {
        index: folder.join("index"),
        paths: vec![pages],
        threads: 1,
        rebuild: false,
        prune: false,
        moved: None,
        walk: WalkOptions { ignore_files: true, follow: false, mapped: false },
        limits: Limits::default(),
        today: today(),
        places: None,
        fields: crate::input::Fields::usual(),
        shared: false,
        dry_run: false,
        page_timeout: None,
        stop: &stop,
    };
    index::run(&options, &mut |_| {}).expect("indexed");
    folder.join("index")
}

/// What is asked of a damaged index.
type Ask<'a> = &'a dyn Fn(&Local) -> Result<String>;

/// Turns a bit in one byte of `step` in the columns of an index, and asks it. How often it said that a value is missing.
fn told(step: usize, ask: Ask<'_>) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let index = archive(folder.path());
    let files = fs::read_dir(&index).expect("a folder").flatten().map(|entry| entry.path());
    let columns = files.into_iter().find(|file| file.extension().is_some_and(|end| end == "fast")).expect("columns");
    let whole = fs::read(&columns).expect("bytes");
    let rounds = (0..whole.len()).step_by(step).filter(|at| {
        let mut torn = whole.clone();
        torn[*at] ^= 0x01;
        // The mapped file of the round before must not change under its reader.
        fs::remove_file(&columns).and_then(|()| fs::write(&columns, torn)).expect("written");
        // Tantivy may panic, which the program tells as damage, too.
        let answer = catch_unwind(AssertUnwindSafe(|| ask(&Local::open(&index)?)));
        matches!(answer, Ok(Err(error)) if error.to_string().contains("that its column has not"))
    });
    rounds.count()
}

#[test]
fn a_value_that_its_column_has_not_is_told_as_damage() {
    let request = Request::new("*", today());
    let by_site = Request { sort: Sort::Site, ..request.clone() };
    let facets = |engine: &Local| {
        let facets = [Facet::People, Facet::Orgs, Facet::Sites, Facet::Languages];
        facets.iter().map(|facet| Ok(format!("{:?}", engine.facets(&request, *facet)?))).collect()
    };
    // Every byte would take ten seconds for the facets.
    assert!(told(3, &facets) > 0, "no round gave a document such a value");
    assert!(told(1, &|engine| Ok(format!("{:?}", engine.search(&by_site)?))) > 0, "a list by site");
    assert!(told(1, &|engine| Ok(format!("{:?}", engine.firsts(&request)?))) > 0, "the first of each site");
    // Filters read their columns where nothing can fail.
    let filtered = Request::new("near:Baku words:>3 date:2020", today());
    assert!(told(1, &|engine| Ok(format!("{:?}", engine.count(&filtered)?))) > 0, "a count with filters");
}
