//! The power goes off: the image of a mounted file system is copied at some moment, and what had not come to the disk by then is
//! lost. The copy is mounted, which replays its journal, and asked.
//!
//! `SEARCH_KILLS=30` does it that many times for each command; without it a few. See `determinism.rs` for the moments.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::archive::{Archive, Run, program};
use crate::determinism::{copy, kills, moments};
use crate::power_cut::PAGE;
use crate::stories::{page, sentences};
use crate::strace::skipped;

/// A small file system in a file, mounted until it is dropped.
struct Disk {
    at: PathBuf,
}

impl Disk {
    /// Mounts `image`, a file in the archive's folder; `None` where that is not allowed.
    fn mount(archive: &Archive, image: &str) -> Option<Disk> {
        let at = archive.folder().join("disk");
        fs::create_dir_all(&at).unwrap();
        is_done(Command::new("mount").args(["-o", "loop"]).arg(archive.folder().join(image)).arg(&at))
            .then_some(Disk { at })
    }

    /// An empty one.
    fn fresh(archive: &Archive) -> Option<Disk> {
        let path = archive.folder().join("disk.img");
        let _ = fs::remove_file(&path);
        // Small, so that it is copied in a moment, and large enough to have a journal.
        fs::File::create(&path).unwrap().set_len(16 << 20).unwrap();
        is_done(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&path)).then(|| Disk::mount(archive, "disk.img"))?
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        is_done(Command::new("umount").arg(&self.at));
    }
}

fn is_done(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The command whose index, settings and state are on the disk.
fn on_disk(archive: &Archive, args: &[&str]) -> Command {
    let disk = archive.folder().join("disk");
    let mut command = program(archive.folder());
    command.env("XDG_STATE_HOME", disk.join("state")).env("XDG_CONFIG_HOME", disk.join("config"));
    command.args(args).arg("--index").arg(disk.join("index"));
    command
}

fn answer(archive: &Archive) -> String {
    let run = Run::of(&mut on_disk(archive, &["query", "--json", "-n", "0", "--no-group", "*"]));
    if run.status == Some(2) { run.stderr } else { run.stdout }
}

/// One command whose power is cut.
struct Case<'a> {
    archive: &'a Archive,
    command: &'a [&'a str],
    /// What is done on the disk before, and has come to it.
    before: &'a [&'a [&'a str]],
    /// What tells whether it was done, asked of the disk.
    seen: &'a dyn Fn() -> String,
}

/// What was seen before and after the command.
struct Outcomes {
    before: String,
    after: String,
}

impl Case<'_> {
    fn run(&self, args: &[&str]) {
        Run::of(&mut on_disk(self.archive, args)).code(0);
    }

    /// A disk on which all is as it is before the command.
    fn disk(&self) -> Option<Disk> {
        let disk = Disk::fresh(self.archive)?;
        let kept = self.archive.folder().join("kept");
        if kept.exists() {
            copy(&kept, &disk.at.join("index"));
        }
        self.before.iter().for_each(|args| self.run(args));
        is_done(Command::new("sync").arg("-f").arg(&disk.at)).then_some(disk)
    }

    /// What the uninterrupted command gives, and how long it takes.
    fn uninterrupted(&self) -> Option<(Outcomes, Duration)> {
        let _mounted = self.disk()?;
        let before = (self.seen)();
        let began = Instant::now();
        self.run(self.command);
        let took = began.elapsed();
        Some((Outcomes { before, after: (self.seen)() }, took))
    }

    /// Cuts the power after `delay`, or after the end. True where the command had said by then that it was done.
    fn cut(&self, outcomes: &Outcomes, delay: Option<Duration>) -> bool {
        let disk = self.disk().unwrap();
        let mut child = on_disk(self.archive, self.command).spawn().unwrap();
        match delay {
            Some(delay) => sleep(delay),
            None => drop(child.wait()),
        }
        let ended = child.try_wait().unwrap();
        let images = ["disk.img", "off.img"].map(|image| self.archive.folder().join(image));
        fs::copy(&images[0], &images[1]).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        drop(disk);
        // In the same place: what was reported is kept by the path of the index.
        let _copy = Disk::mount(self.archive, "off.img").unwrap();
        let (seen, what) = ((self.seen)(), format!("{:?} after {delay:?}", self.command));
        let done = ended.is_some_and(|status| status.success());
        assert!(seen == outcomes.after || !done && seen == outcomes.before, "{what}, done: {done}: {seen}");
        Run::of(&mut on_disk(self.archive, self.command));
        assert_eq!((self.seen)(), outcomes.after, "{what}, and done again");
        done
    }

    /// Cuts the power behind the end and at random moments.
    fn try_all(&self) {
        let Some((outcomes, took)) = self.uninterrupted() else {
            return skipped("a power cut needs the right to mount an image, and mkfs.ext4");
        };
        assert_ne!(outcomes.before, outcomes.after, "{:?} changes nothing", self.command);
        // Half of them when the command has said that it is done: that is what must hold.
        let count = kills().div_ceil(2);
        let mut done = (0..count).filter(|_| self.cut(&outcomes, None)).count();
        assert_eq!(done, count);
        done += moments(count).filter(|part| self.cut(&outcomes, Some(took.mul_f64(*part)))).count();
        assert!(done < 2 * count, "none was caught while it was going");
    }
}

fn pages() -> Archive {
    let archive = Archive::new();
    for (number, ship) in ["ferry", "trawler", "tanker", "barge", "tug"].iter().enumerate() {
        archive.write(format!("{number}.html"), PAGE.replace("ferry", ship));
    }
    archive
}

/// Keeps an index of the pages as they are, to begin with.
fn keep(archive: &Archive) {
    archive.run(&["index", "-q", "--index", "kept", "pages"]).code(0);
}

#[test]
fn first_runs() {
    let archive = pages();
    // No index, and one without a commit.
    let seen = || Some(answer(&archive)).filter(|text| text.starts_with('{')).unwrap_or_default();
    Case { archive: &archive, command: &["index", "-q", "pages"], before: &[], seen: &seen }.try_all();
}

#[test]
fn updates_and_compactions() {
    let archive = pages();
    keep(&archive);
    archive.write("1.html", PAGE.replace("reef", "sandbank"));
    archive.remove("2.html");
    let seen = || answer(&archive);
    Case { archive: &archive, command: &["index", "-q", "pages"], before: &[], seen: &seen }.try_all();
    // The answers stay, and the segments become one: those of the commit, whatever files lie beside.
    let segments = || {
        let meta = fs::read_to_string(archive.folder().join("disk/index/meta.json")).unwrap();
        format!("{} {}", meta.matches("\"segment_id\"").count(), answer(&archive).lines().count())
    };
    let before: &[&[&str]] = &[&["index", "-q", "pages"]];
    Case { archive: &archive, command: &["compact", "-q"], before, seen: &segments }.try_all();
}

#[test]
fn reports_of_what_is_new() {
    let archive = pages();
    keep(&archive);
    archive.write("9.html", page("post.example", "2020-01-02", "Matter 9", &sentences(9, 0..8)));
    let seen = || {
        let run = Run::of(&mut on_disk(&archive, &["new", "--json", "--peek", "ships"]));
        format!("{:?} {}", run.status, run.stdout.lines().count())
    };
    let before: &[&[&str]] = &[&["new", "ships", "aground OR matter"], &["index", "-q", "pages"]];
    Case { archive: &archive, command: &["new", "--json", "ships"], before, seen: &seen }.try_all();
}
