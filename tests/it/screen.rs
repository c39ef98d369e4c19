//! What a person sees: the program on a terminal of its own, with colours, links and the pager.

use std::fs::File;
use std::io::Read;
use std::process::Command;

use nix::pty::{OpenptyResult, Winsize, openpty};

use crate::archive::{Archive, program};

/// What one run showed on a terminal of `rows` lines and 80 columns, line breaks as `\n`, and its exit status.
#[track_caller]
fn shown(command: &mut Command, rows: u16) -> (String, Option<i32>) {
    let size = Winsize { ws_row: rows, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    let OpenptyResult { master, slave } = openpty(&size, None).unwrap();
    command.stdin(slave.try_clone().unwrap()).stdout(slave.try_clone().unwrap()).stderr(slave);
    let mut child = command.spawn().unwrap();
    // The command holds its copies of the terminal's other end; the end of output shows only when they are gone.
    command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let (mut master, mut bytes, mut piece) = (File::from(master), Vec::new(), [0; 4096]);
    while let Ok(read) = master.read(&mut piece) {
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&piece[..read]);
    }
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    assert!(!text.contains("panicked"), "{text}");
    (text, child.wait().unwrap().code())
}

/// The program on a terminal that says nothing of itself, with a pager that marks every line.
fn on_terminal(archive: &Archive) -> Command {
    let mut command = program(archive.folder());
    for name in ["SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "VTE_VERSION", "TERM_PROGRAM", "WT_SESSION"] {
        command.env_remove(name);
    }
    for name in ["KONSOLE_VERSION", "DOMTERM"] {
        command.env_remove(name);
    }
    command.env("SEARCH_PAGER", "sed s/^/|/");
    command
}

/// What a person sees of `args`, without colours and pager.
#[track_caller]
pub(crate) fn on_a_terminal(archive: &Archive, args: &[&str]) -> String {
    shown(on_terminal(archive).args(args).args(["--no-pager", "--color=never"]), 200).0
}

/// An archive with eight pages about otters, one in a folder with a blank in its name, indexed.
fn otters() -> Archive {
    let archive = Archive::new();
    archive.write(
        "a b/50%.txt",
        "The first otter\n\nAn otter slept on the weir on 4 June 2018, says Anna Lindqvist of Lund.",
    );
    for number in 2..9 {
        archive
            .write(format!("{number}.txt"), format!("Otter {number}\n\nOtter number {number} swam under the bridge."));
    }
    archive.index().code(0);
    archive
}

#[test]
fn what_is_longer_than_the_screen_goes_through_the_pager() {
    let archive = otters();
    for (args, rows, paged) in [
        (&["query", "otter"][..], 100, false),
        (&["query", "otter"], 10, true),
        (&["query", "--no-pager", "otter"], 10, false),
        (&["query", "-l", "otter"], 3, false),
        (&["query", "--json", "otter"], 3, false),
        (&["help", "query-syntax"], 10, true),
        (&["extract", "pages/2.txt"], 5, true),
        (&["stats"], 4, true),
    ] {
        let (text, status) = shown(on_terminal(&archive).args(args), rows);
        assert_eq!(status, Some(0), "{args:?} {text}");
        assert_eq!(text.starts_with('|'), paged, "{args:?} on {rows} lines: {text}");
    }
    let (plain, _) = shown(on_terminal(&archive).args(["query", "--no-pager", "otter"]), 10);
    let (paged, _) = shown(on_terminal(&archive).args(["query", "otter"]), 10);
    assert_eq!(paged.replace("\n|", "\n"), format!("|{plain}"), "nothing is lost on the way");
}

#[test]
fn pagers_that_are_not_there_or_leave_early() {
    let archive = otters();
    for pager in ["", "cat", "no-such-pager --flag"] {
        let (text, status) = shown(on_terminal(&archive).env("SEARCH_PAGER", pager).args(["query", "otter"]), 5);
        assert_eq!(status, Some(0), "'{pager}': {text}");
        assert!(text.contains("The first otter") && text.contains("8 articles"), "'{pager}': {text}");
    }
    archive.write("long.txt", format!("Long\n\n{}", "An otter and its river. ".repeat(20_000)));
    let (text, status) =
        shown(on_terminal(&archive).env("SEARCH_PAGER", "true").args(["extract", "pages/long.txt"]), 5);
    assert_eq!((text.as_str(), status), ("", Some(0)));
    let mut command = on_terminal(&archive);
    let (text, _) = shown(command.env_remove("SEARCH_PAGER").env("PAGER", "sed s/^/+/").args(["query", "otter"]), 5);
    assert!(text.starts_with('+'), "the pager of all programs: {text}");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let archive = otters();
    for (name, value, args, coloured) in [
        ("TERM", "xterm", &["query", "otter"][..], true),
        ("TERM", "dumb", &["query", "otter"], false),
        ("NO_COLOR", "1", &["query", "otter"], false),
        ("NO_COLOR", "", &["query", "otter"], true),
        ("NO_COLOR", "1", &["query", "--color", "always", "otter"], true),
        ("CLICOLOR", "0", &["query", "otter"], false),
        ("SEARCH_COLOR", "never", &["query", "otter"], false),
        ("SEARCH_COLOR", "never", &["query", "--color", "auto", "otter"], true),
    ] {
        let (text, _) = shown(on_terminal(&archive).env(name, value).args(args), 100);
        assert_eq!(text.contains("\x1b["), coloured, "{name}={value} {args:?}: {text}");
        assert_eq!(
            text.contains("**otter**") || text.contains("**Otter**"),
            !coloured,
            "marks show either way: {text}"
        );
    }
    let forced =
        program(archive.folder()).env("CLICOLOR_FORCE", "1").args(["show", &archive.hits(&["weir"])[0].id]).output();
    assert!(String::from_utf8_lossy(&forced.unwrap().stdout).contains("\x1b[1mThe first otter"));
}

#[test]
fn every_colour_ends_and_nothing_else_does() {
    let archive = otters();
    archive.write("bad.html.gz", b"\x1f\x8b\x08 not a gzip");
    archive.index().code(1);
    let id = &archive.hits(&["weir"])[0].id;
    for args in [&["query", "otter"][..], &["show", id], &["stats"], &["extract", "pages/2.txt"], &["index", "pages"]] {
        let (text, _) = shown(on_terminal(&archive).args(args), 200);
        // The progress bar, which comes before the report, moves the cursor in ways of its own.
        let text = text.rsplit("\x1b[2K").next().unwrap();
        let (mut open, mut starts) = (false, 0);
        for piece in text.split("\x1b[").skip(1) {
            let ends = piece.starts_with("0m");
            assert_eq!(ends, open, "{args:?}: {text:?}");
            open = !ends;
            starts += usize::from(!ends);
        }
        assert!(!open && starts > 0, "{args:?}: {text:?}");
    }
}

#[test]
fn links_lead_to_the_file_on_terminals_that_show_them() {
    let archive = otters();
    let folder = archive.folder().canonicalize().unwrap();
    let address = format!("\x1b]8;;file://{}/pages/a%20b/50%25.txt\x1b\\", folder.display());
    for (name, value, args, linked) in [
        ("TERM", "xterm", &["query", "weir"][..], false),
        ("TERM", "xterm", &["query", "--hyperlink", "always", "weir"], true),
        ("VTE_VERSION", "7003", &["query", "weir"], true),
        ("VTE_VERSION", "4000", &["query", "weir"], false),
        ("TERM", "xterm-kitty", &["query", "weir"], true),
        ("TERM", "xterm-kitty", &["query", "--hyperlink", "never", "weir"], false),
        ("TERM_PROGRAM", "WezTerm", &["query", "weir"], true),
        ("SEARCH_HYPERLINK", "always", &["query", "weir"], true),
    ] {
        let (text, _) = shown(on_terminal(&archive).env(name, value).args(args), 100);
        assert_eq!(text.contains(&address), linked, "{name}={value} {args:?}: {text:?}");
        assert_eq!(text.matches("\x1b]8;;").count(), if linked { 2 } else { 0 }, "{text:?}");
    }
    for name in ["SSH_CONNECTION", "TMUX"] {
        let mut command = on_terminal(&archive);
        let (text, _) = shown(command.env("TERM", "xterm-kitty").env(name, "x").args(["query", "weir"]), 100);
        assert!(!text.contains("\x1b]8;;"), "{name}: {text:?}");
    }
    let piped = program(archive.folder()).env("TERM", "xterm-kitty").args(["query", "weir"]).output().unwrap();
    assert!(!piped.stdout.contains(&0x1b));
}
