//! Runs of the library with another program in the place of this one.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::pipeline::{Program, run_as};
use super::{Options, Report};
use crate::date::Date;
use crate::extract::{Article, Extractor};
use crate::input::{Limits, Page, WalkOptions};

/// An archive in `pages`, beside its index.
struct Archive {
    folder: TempDir,
}

static STOP: AtomicBool = AtomicBool::new(false);

impl Archive {
    fn with(pages: &[(&str, &str)]) -> Archive {
        let archive = Archive { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(archive.folder.path().join("pages")).expect("a folder");
        for (name, text) in pages {
            fs::write(archive.page(name), text).expect("written");
            age(&archive.page(name));
        }
        archive
    }

    fn page(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join("pages").join(name)
    }

    fn run(&self, program: Program, today: &str) -> Report {
        let options = Options {
            index: self.folder.path().join("index"),
            paths: vec![self.folder.path().join("pages")],
            threads: 1,
            rebuild: false,
            prune: false,
            moved: None,
            walk: WalkOptions { ignore_files: true, follow: false, mapped: false },
            limits: Limits::default(),
            today: today.parse().expect("a day"),
            places: None,
            fields: crate::input::Fields::usual(),
            shared: false,
            dry_run: false,
            page_timeout: None,
            stop: &STOP,
        };
        run_as(program, &options, &mut |_| ()).expect("a run")
    }
}

/// Makes a file look as if it had not changed just now: its size and time are trusted then.
fn age(file: &Path) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    File::options().append(true).open(file).expect("a file").set_modified(hour_ago).expect("a time");
}

/// Added, updated, unchanged and failed pages.
fn counts(report: &Report) -> [u64; 4] {
    [report.added, report.updated, report.unchanged, report.failures.len() as u64]
}

#[test]
fn a_page_that_failed_by_our_fault_is_tried_once_by_each_program() {
    static TRIED: AtomicUsize = AtomicUsize::new(0);
    fn faulty(extractor: &mut Extractor, page: &Page, today: Date) -> Article {
        if page.text.contains("biscuit") {
            TRIED.fetch_add(1, Ordering::Relaxed);
            panic!("a fault of ours");
        }
        extractor.extract(page, today)
    }
    let program = |build, extract| Program { build, extract };
    let archive =
        Archive::with(&[("a.txt", "Eels\n\nThe eels are back."), ("b.txt", "Tea\n\nA ginger biscuit fell in.")]);
    let first = archive.run(program(1, faulty), "2030-01-01");
    assert_eq!((counts(&first), first.articles), ([1, 0, 0, 1], 1));
    assert!(first.failures[0].path.ends_with("b.txt") && !first.failures[0].known, "{first:?}");
    assert!(first.failures[0].reason.contains("internal error"), "{first:?}");
    let again = archive.run(program(1, faulty), "2030-01-02");
    assert_eq!((counts(&again), TRIED.load(Ordering::Relaxed)), ([0, 0, 1, 1], 1), "not tried in every run");
    assert!(again.failures[0].known && again.failures[0].reason.contains("internal error"), "{again:?}");
    let rebuilt = archive.run(program(2, faulty), "2030-01-02");
    assert_eq!((counts(&rebuilt), TRIED.load(Ordering::Relaxed)), ([0, 0, 1, 1], 2), "once by another build");
    let mended = archive.run(program(3, Extractor::extract), "2030-01-02");
    assert_eq!((counts(&mended), mended.articles), ([0, 1, 1, 0], 2));
    let last = archive.run(program(1, faulty), "2030-01-02");
    assert_eq!((counts(&last), TRIED.load(Ordering::Relaxed)), ([0, 0, 2, 0], 2), "what was read is not read again");
}

#[test]
fn a_fault_leaves_the_pages_after_it_alone() {
    fn faulty(extractor: &mut Extractor, page: &Page, today: Date) -> Article {
        let article = extractor.extract(page, today);
        assert!(!page.text.contains("biscuit"), "a fault of ours");
        article
    }
    let pages: Vec<(String, String)> = (0..20)
        .map(|n| {
            (
                format!("{n:02}.html"),
                format!(
                    "<title>Page {n}</title><p class=lead>The {} was counted {n} times.",
                    if n % 3 == 1 { "biscuit" } else { "gull" }
                ),
            )
        })
        .collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (&**name, &**text)).collect();
    let report = Archive::with(&pages).run(Program { build: 1, extract: faulty }, "2030-01-01");
    assert_eq!(counts(&report), [13, 0, 0, 7]);
}

#[test]
fn a_page_dated_ahead_is_read_again_when_its_day_has_come() {
    let page = "<html><head><title>Eclipse over the harbour</title>\
        <meta property=\"article:published_time\" content=\"2030-06-01T08:00:00Z\"></head>\
        <body><article><h1>Eclipse over the harbour</h1><p>The sun will be gone for two minutes, said the harbour master, \
        who has ordered four hundred pairs of paper glasses.</p></article></body></html>";
    let archive = Archive::with(&[("ahead.html", page), ("plain.txt", "Eels\n\nThe eels are back.")]);
    let program = Program { build: 1, extract: Extractor::extract };
    assert_eq!(counts(&archive.run(program, "2030-01-01")), [2, 0, 0, 0]);
    assert_eq!(counts(&archive.run(program, "2030-03-01")), [0, 0, 2, 0], "its day has not come");
    assert_eq!(counts(&archive.run(program, "2030-05-31")), [0, 1, 1, 0], "readers east of Greenwich are a day ahead");
    assert_eq!(counts(&archive.run(program, "2030-06-01")), [0, 0, 2, 0], "read once");
    // A fresh index of that day says the same.
    let fresh = Archive::with(&[("ahead.html", page)]);
    assert_eq!(counts(&fresh.run(program, "2030-05-31")), [1, 0, 0, 0]);
}
