//! An index whose bytes are not those that were written, and an archive that does not hold still.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::archive::{Archive, Run, program};

const QUERIES: [&str; 4] =
    ["\"the keeper\" OR gull*", "place:Baku person:Rossi", "about:2020 date:2019..", "keeper -storm"];

/// Forty short pages.
fn archive() -> Archive {
    let archive = Archive::new();
    for number in 0..40 {
        archive.write(format!("{}/{number}.txt", number % 4), page(number, 0));
    }
    archive
}

fn page(number: usize, edition: usize) -> String {
    let weather = ["storm", "fog", "rain"][(number + edition) % 3];
    format!(
        "The {weather} of night {number}\n\nAnna Rossi, the keeper of the light at Baku, counted {} gulls on {} November 2020.\n\n\
         The {weather} passed before the keeper of edition {edition} was asleep.",
        number * 7 + edition,
        number % 28 + 1
    )
}

/// What the program answers to all queries.
fn answers(folder: &Path, index: &Path) -> Vec<Run> {
    let ask = |query: &&str| {
        Run::whatever(program(folder).args(["query", "--json", "--index"]).arg(index).args(["-n", "0", "-e", query]))
    };
    QUERIES.iter().map(ask).collect()
}

/// Standard output of each of them.
fn printed(folder: &Path, index: &Path) -> Vec<String> {
    answers(folder, index).into_iter().map(|run| run.stdout).collect()
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The files of the index in which a bit can turn, in a fixed order.
fn files(index: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(index).unwrap().flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.metadata().unwrap().len() > 0);
    files.sort_by_key(|file| file.extension().map(std::ffi::OsStr::to_owned));
    files
}

/// A bit turns in each file in turn. `search check` names the file; a query over the damaged index gives the answer of the
/// whole one, or ends with advice, or gives another answer: segments are not summed up by every query, which is why there
/// is the check. It does not hang, and what it prints is whole lines.
#[test]
fn bits_that_turn_are_found() {
    let archive = archive();
    archive.run(&["index", "--threads", "1", "pages"]).code(0);
    let (whole, torn) = (archive.folder().join("index"), archive.folder().join("torn"));
    let intact = archive.run(&["check"]).code(0).quiet();
    assert!(intact.stdout.ends_with("all as they were written\n"), "{intact:?}");
    let expected = printed(archive.folder(), &whole);
    let count = files(&whole).len();
    let (mut same, mut refused, mut wrong) = (0, 0, 0);
    for round in 0..count * 3 {
        copy(&whole, &torn);
        let file = files(&torn).swap_remove(round % count);
        let mut bytes = fs::read(&file).unwrap();
        let at = (round * 2_654_435_761 + 97) % bytes.len();
        bytes[at] ^= 1 << (round % 8);
        fs::write(&file, bytes).unwrap();
        let check = Run::whatever(program(archive.folder()).args(["check", "--index"]).arg(&torn));
        assert!(matches!(check.status, Some(1 | 2)), "byte {at} of {}: {check:?}", file.display());
        let name = file.file_name().unwrap().to_str().unwrap();
        check.complains(&["remove this folder and run 'search index'", name]);
        for (run, expected) in answers(archive.folder(), &torn).into_iter().zip(&expected) {
            match run.status {
                Some(0 | 1) if run.stdout == *expected => same += 1,
                Some(0 | 1) => {
                    wrong += 1;
                    assert!(run.stdout.is_empty() || run.stdout.ends_with('\n'), "{run:?}");
                    // What every command reads is summed up by every command.
                    assert!(!["meta.json", "stories-1", "superseded-1"].contains(&name), "{name}: {run:?}");
                }
                Some(2) => {
                    refused += 1;
                    let advised = ["run 'search index'", "search check"].iter().any(|words| run.stderr.contains(words));
                    assert!(advised, "{}: {run:?}", file.display());
                }
                _ => panic!("byte {at} of {}: {run:?}", file.display()),
            }
        }
    }
    // Else the bits turned where nothing is read.
    assert!(same > 0 && refused > 0, "{same} as before, {refused} refused, {wrong} wrong");
}

/// Pages are rewritten, removed and put back while a run reads them: the run ends, and the next one over the archive at
/// rest makes the index that a run from nothing makes.
#[test]
fn pages_that_change_while_they_are_read() {
    let archive = archive();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut edition = 0;
            while !done.load(Ordering::Relaxed) {
                edition += 1;
                for number in (0..40).filter(|number| (number + edition) % 3 != 0) {
                    let path = archive.page(format!("{}/{number}.txt", number % 4));
                    if (number + edition) % 7 == 0 {
                        let _ = fs::remove_file(&path);
                    } else {
                        fs::write(&path, page(number, edition)).unwrap();
                    }
                }
            }
        });
        for _ in 0..6 {
            let run = archive.index();
            assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
        }
        done.store(true, Ordering::Relaxed);
    });
    for number in 0..40 {
        archive.write(format!("{}/{number}.txt", number % 4), page(number, 1));
    }
    archive.index().code(0);
    archive.run(&["compact"]).code(0);
    archive.run(&["index", "--index", "fresh", "pages"]).code(0);
    let printed = |index: &str| printed(archive.folder(), index.as_ref());
    let (grown, fresh) = (printed("index"), printed("fresh"));
    assert!(fresh.iter().all(|answer| !answer.is_empty()));
    assert_eq!(grown, fresh);
}
