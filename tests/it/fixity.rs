//! Whether the files of an index are those that were written, and who may read them.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::archive::{Archive, Run, program};
use crate::stories::{page, sentences};

/// An archive whose index has every kind of file: superseded captures, a story, touched files, deleted documents.
fn archive() -> Archive {
    let archive = Archive::new();
    for number in 0..12 {
        archive.write(
            format!("{number}.html"),
            page("post.example", "2020-01-01", &format!("Matter {number}"), &sentences(number, 0..8)),
        );
    }
    archive.write("copy.html", page("wire.example", "2020-01-02", "Copy", &sentences(1, 0..8)));
    archive.write("later.html", page("post.example", "2020-01-03", "Matter 2", &sentences(2, 0..9)));
    archive.index().code(0);
    archive.write("3.html", page("post.example", "2020-01-01", "Matter 3", &sentences(3, 2..9)));
    archive.index().code(0);
    archive
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(file: &Path) -> &str {
    file.file_name().unwrap().to_str().unwrap()
}

/// The names of damaged files, or why the index cannot be opened.
fn damage(index: &Path) -> String {
    match search::index::check(index) {
        Ok(report) => format!("{:?}", report.damaged),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_bit_that_turned_is_told_by_the_name_of_its_file() {
    let archive = archive();
    let index = archive.folder().join("index");
    archive.run(&["check"]).code(0).quiet();
    let mut kinds = Vec::new();
    for file in files(&index).into_iter().filter(|file| file.metadata().unwrap().len() > 0) {
        let whole = fs::read(&file).unwrap();
        // The ends of files hold what speaks of the rest: footers, digests.
        let ends = (0..whole.len()).rev().take(160).step_by(7);
        let spread = (0..24).map(|part| part * (whole.len() - 1) / 23);
        for (round, at) in ends.chain(spread).enumerate() {
            let mut torn = whole.clone();
            torn[at] ^= 1 << (round % 8);
            fs::write(&file, torn).unwrap();
            let told = damage(&index);
            assert!(told.contains(name(&file)), "byte {at} of {}: {told}", file.display());
        }
        let run = Run::whatever(program(archive.folder()).arg("check"));
        assert!(matches!(run.status, Some(1 | 2)), "{run:?}");
        run.complains(&[name(&file), "run 'search index'"]);
        fs::write(&file, &whole).unwrap();
        kinds.push(name(&file).rsplit(['.', '-']).next().unwrap().to_owned());
    }
    archive.run(&["check"]).code(0).quiet();
    for kind in ["json", "store", "idx", "pos", "term", "fast", "fieldnorm", "del"] {
        assert!(kinds.iter().any(|found| found == kind), "no file of the kind {kind} was tried: {kinds:?}");
    }
    for kind in ["superseded-", "stories-"] {
        assert!(files(&index).iter().any(|file| name(file).starts_with(kind)), "no {kind}");
    }
}

#[test]
fn a_file_that_is_gone_is_told() {
    let archive = archive();
    let index = archive.folder().join("index");
    for file in files(&index) {
        if file.metadata().unwrap().len() == 0 || name(&file) == "meta.json" {
            continue;
        }
        let whole = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        let told = damage(&index);
        assert!(told.contains(name(&file)), "{}: {told}", file.display());
        fs::write(&file, whole).unwrap();
    }
    archive.run(&["check"]).code(0).quiet();
}

/// What the program answers over the index `name`, grouped by stories.
fn answer(archive: &Archive, name: &str) -> Run {
    Run::of(program(archive.folder()).args(["query", "--json", "-n", "0", "--index", name, "*"]))
}

#[test]
fn files_that_were_exchanged_are_told() {
    let archive = archive();
    let index = archive.folder().join("index");
    let files = files(&index).into_iter().filter(|file| file.metadata().unwrap().len() > 0).collect::<Vec<_>>();
    assert!(files.len() > 14, "two segments: {files:?}");
    let whole: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    for (one, file) in files.iter().enumerate() {
        for (other, with) in files.iter().enumerate().take(one) {
            if whole[one] == whole[other] {
                continue;
            }
            fs::write(file, &whole[other]).unwrap();
            fs::write(with, &whole[one]).unwrap();
            let told = damage(&index);
            assert!(told.contains(name(file)) || told.contains(name(with)), "{file:?} and {with:?}: {told}");
            fs::write(file, &whole[one]).unwrap();
            fs::write(with, &whole[other]).unwrap();
        }
    }
    archive.run(&["check"]).code(0).quiet();
}

/// A file of the same kind from an index of other pages is whole by itself. It is told, and no query answers from it; what is
/// derived from the columns is made of them again, and by the next run for good.
#[test]
fn files_of_another_index_are_told_and_not_searched() {
    let archive = archive();
    archive.write("copy.html", page("wire.example", "2020-01-02", "Copy", &sentences(4, 0..8)));
    archive.write("later.html", page("post.example", "2020-01-03", "Matter 5", &sentences(5, 0..9)));
    archive.run(&["index", "-q", "--index", "other", "pages"]).code(0);
    archive.remove("7.html");
    archive.run(&["index", "-q", "--index", "other", "pages"]).code(0);
    let at = |name: &str| archive.folder().join(name);
    let (torn, expected) = (at("torn"), answer(&archive, "index").code(0).stdout);
    let mut kinds = Vec::new();
    for file in files(&at("index")).into_iter().filter(|file| file.metadata().unwrap().len() > 0) {
        let kind = kind(&file);
        let Some(with) = files(&at("other")).into_iter().find(|with| self::kind(with) == kind) else { continue };
        let _ = fs::remove_dir_all(&torn);
        fs::create_dir(&torn).unwrap();
        for file in files(&at("index")) {
            fs::copy(&file, torn.join(name(&file))).unwrap();
        }
        fs::copy(&with, torn.join(name(&file))).unwrap();
        let told = damage(&torn);
        assert!(told.contains(name(&file)) || kind == "json", "{with:?} as {file:?}: {told}");
        let run = answer(&archive, "torn");
        if ["stories", "superseded", "touched"].contains(&kind) {
            run.code(0).prints(&expected);
            archive.run(&["index", "-q", "--index", "torn", "pages/0.html"]).code(0);
            archive.run(&["check", "--index", "torn"]).code(0).quiet();
        } else if name(&file) != ".managed.json" {
            run.code(2).complains(&["damaged index", "remove this folder and run 'search index'"]);
        }
        kinds.push(kind.to_owned());
    }
    for kind in ["store", "idx", "pos", "term", "fast", "fieldnorm", "del", "json", "stories", "superseded"] {
        assert!(kinds.iter().any(|found| found == kind), "no file of the kind {kind} was tried: {kinds:?}");
    }
}

/// What sort of file it is: its ending, or what a derived file lists.
fn kind(file: &Path) -> &str {
    let derived = name(file).split('-').next().unwrap();
    file.extension().map_or(derived, |ending| ending.to_str().unwrap())
}

/// Runs the program with a umask.
fn masked(archive: &Archive, umask: &str, args: &str) -> Run {
    let program = program(archive.folder());
    let line = format!("umask {umask}; exec '{}' {args}", program.get_program().to_str().unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]).current_dir(archive.folder());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    Run::of(&mut shell)
}

/// The permissions of the folder of the index and those of all files in it.
#[track_caller]
fn assert_modes(archive: &Archive, folder: u32, file: u32) {
    let index = archive.folder().join("index");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let found: Vec<String> = files(&index).iter().map(|path| format!("{} {:o}", name(path), mode(path))).collect();
    assert_eq!(format!("{:o}", mode(&index)), format!("{folder:o}"), "{found:?}");
    assert!(found.iter().all(|row| row.ends_with(&format!(" {file:o}"))), "not all {file:o}: {found:?}");
}

const PAGE: (&str, &str) = ("a.txt", "Eels\n\nThe eels are back in the harbour.");

#[test]
fn an_index_is_for_its_owner_alone() {
    let archive = Archive::with(&[PAGE, ("b.txt", "Eels again\n\nThe eels are back in the harbour, again.")]);
    masked(&archive, "000", "index pages").code(0).quiet();
    assert_modes(&archive, 0o700, 0o600);
    archive.write("a.txt", "Eels\n\nThe eels are gone from the harbour.");
    masked(&archive, "000", "index pages").code(0).quiet();
    masked(&archive, "000", "query eels").code(0).quiet();
    masked(&archive, "000", "compact").code(0).quiet();
    masked(&archive, "000", "query eels").code(0).quiet();
    assert_modes(&archive, 0o700, 0o600);
}

#[test]
fn a_shared_index_is_as_the_umask_says() {
    let archive = Archive::with(&[PAGE]);
    masked(&archive, "027", "index --shared pages").code(0).quiet();
    assert_modes(&archive, 0o750, 0o640);
    // It was said once; it need not be said again.
    archive.write("b.txt", "Kelp\n\nThe kelp farm lost a third of its ropes.");
    masked(&archive, "027", "index pages").code(0).quiet();
    masked(&archive, "027", "compact").code(0).quiet();
    masked(&archive, "027", "query kelp").code(0).quiet();
    assert_modes(&archive, 0o750, 0o640);
}

#[test]
fn a_private_index_can_be_shared_later() {
    let archive = Archive::with(&[PAGE]);
    masked(&archive, "022", "index pages").code(0).quiet();
    assert_modes(&archive, 0o700, 0o600);
    masked(&archive, "022", "index --shared pages").code(0).quiet();
    assert_modes(&archive, 0o755, 0o644);
    masked(&archive, "022", "index pages").code(0).quiet();
    assert_modes(&archive, 0o755, 0o644);
}

#[test]
fn an_open_index_is_closed_with_a_word() {
    let archive = Archive::with(&[PAGE]);
    let index = archive.folder().join("index");
    masked(&archive, "022", "index pages").code(0).quiet();
    // As versions before left it.
    fs::set_permissions(&index, Permissions::from_mode(0o755)).unwrap();
    files(&index).iter().for_each(|file| fs::set_permissions(file, Permissions::from_mode(0o644)).unwrap());
    masked(&archive, "022", "index pages").code(0).complains(&["closed to other users of this machine; --shared"]);
    assert_modes(&archive, 0o700, 0o600);
    masked(&archive, "022", "index pages").code(0).quiet();
}
