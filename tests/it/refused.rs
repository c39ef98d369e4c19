//! What the system refuses or what ends the program in the middle of a call: no locks, a disk that is full from one write on, a
//! kill at each call that changes names. Each is brought about by `strace`.

use std::collections::BTreeSet;
use std::fs;

use crate::archive::{Archive, Run};
use crate::determinism::copy;
use crate::power_cut::PAGE;
use crate::strace::traced;

/// An index of three pages, of which one has changed since, one is gone and one is new.
fn changed() -> Archive {
    let page = |ship: &str| PAGE.replace("ferry", ship);
    let archive = Archive::with(&[("a.html", PAGE), ("b.html", &page("trawler")), ("c.html", &page("tanker"))]);
    // Two tell one story, so that there is a derived file.
    archive.write("copy.html", PAGE.replace("Tuesday night.", "Tuesday night, it was said."));
    archive.index().code(0);
    archive.write("a.html", PAGE.replace("reef", "sandbank"));
    archive.remove("b.html");
    archive.write("d.html", page("barge"));
    copy(&archive.folder().join("index"), &archive.folder().join("before"));
    archive
}

/// Brings the index to where it was before the run.
fn again(archive: &Archive) {
    fs::remove_dir_all(archive.folder().join("index")).unwrap();
    copy(&archive.folder().join("before"), &archive.folder().join("index"));
}

fn names(archive: &Archive) -> BTreeSet<String> {
    let files = fs::read_dir(archive.folder().join("index")).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

fn answer(archive: &Archive) -> String {
    archive.run(&["query", "--json", "-n", "0", "--no-group", "--sort", "site", "*"]).code(0).quiet().stdout
}

/// The answer before the update and after it.
fn answers(archive: &Archive) -> [String; 2] {
    let before = answer(archive);
    archive.index().code(0);
    [before, answer(archive)]
}

const UPDATE: [&str; 5] = ["index", "-q", "--threads", "1", "pages"];

/// An update of which the `nth` of `calls` goes as `inject` says; `None` where it has no so many of them.
fn injected(archive: &Archive, calls: &str, inject: &str, nth: usize) -> Option<Run> {
    let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:{inject}:when={nth}"));
    let (run, text) = traced(archive, &["-e", &trace, "-e", &inject], &UPDATE)?;
    (run.status.is_none() || text.contains("INJECTED") || text.contains("+++ killed by SIGKILL")).then_some(run)
}

#[test]
fn without_locks_readers_go_on_and_writers_say_so() {
    let archive = Archive::with(&[("a.html", PAGE)]);
    archive.index().code(0);
    for error in ["ENOLCK", "ENOSYS", "EOPNOTSUPP"] {
        let inject = format!("inject=flock:error={error}");
        let run = |args: &[&str]| traced(&archive, &["-e", "trace=flock", "-e", &inject], args).map(|(run, _)| run);
        let Some(count) = run(&["query", "-c", "ferry"]) else { return };
        count.code(0).quiet().prints("1\n");
        for reader in [&["query", "ferry"][..], &["stats"], &["check", "-q"], &["timeline", "ferry"]] {
            let read = run(reader).unwrap().quiet();
            assert!(matches!(read.status, Some(0 | 1)), "{read:?}");
        }
        // One run at a time goes well, and what was reported is no index that two could spoil.
        run(&["new", &error.to_lowercase(), "ferry"]).unwrap().code(0);
        for writer in [&["index", "pages"][..], &["compact"], &["index", "--index", "other", "pages"]] {
            run(writer).unwrap().code(2).complains(&["this file system has no locks", "put the index on another"]);
        }
    }
    archive.run(&["check", "-q"]).code(0).quiet();
}

#[test]
fn a_run_that_a_full_disk_ends_leaves_nothing_behind() {
    let archive = changed();
    let (whole, before) = (names(&archive), answer(&archive));
    let mut stopped = 0;
    for calls in ["write", "fsync,fdatasync"] {
        // From the tenth on, so that all kinds of files are met without all of them.
        for nth in (1..).step_by(if calls == "write" { 10 } else { 2 }) {
            again(&archive);
            let Some(run) = injected(&archive, calls, "error=ENOSPC", nth) else { break };
            if run.status == Some(0) {
                continue;
            }
            stopped += 1;
            assert_eq!(names(&archive), whole, "{calls} {nth}: {run:?}");
            let run = run.code(2);
            // The first call of its thread may be the one that would have told.
            if !run.stderr.is_empty() {
                run.complains(&["no space left on device", "make room and run the same command again"]);
            }
            assert_eq!(answer(&archive), before, "{calls} {nth}");
        }
    }
    assert!(stopped > 5 || stopped == 0, "only {stopped} runs were ended");
}

/// All calls with `SEARCH_KILLS`, else each third.
#[test]
fn a_kill_at_any_change_of_names_loses_nothing() {
    let archive = changed();
    let answers = answers(&archive);
    let step = if std::env::var_os("SEARCH_KILLS").is_some() { 1 } else { 3 };
    for calls in ["rename,renameat,renameat2", "fsync,fdatasync", "unlink,unlinkat"] {
        for nth in (1..).step_by(step) {
            again(&archive);
            let Some(run) = injected(&archive, calls, "signal=KILL", nth) else { break };
            assert!(answers.contains(&answer(&archive)), "{calls} {nth}: {run:?}");
            archive.run(&UPDATE).code(0).quiet();
            assert_eq!(answer(&archive), answers[1], "{calls} {nth}");
            archive.run(&["check", "-q"]).code(0).quiet();
            let left = names(&archive);
            assert!(!left.iter().any(|name| name.contains(".tmp") || name.contains(".new")), "{calls} {nth}: {left:?}");
        }
    }
}
