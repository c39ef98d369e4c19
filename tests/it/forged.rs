//! Pages and names of files that try to pass for something else: whatever is printed, in whatever form, is inert.

use std::fs;

use crate::archive::{Archive, Run, program};
use crate::screen::on_a_terminal;
use crate::stories::sentences;

/// What a terminal obeys, what ends a line and a cell, and what reads backwards; the last word begins a line of its own.
const TRICKS: &str = "\u{1b}[31m\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}\u{2066}\u{200f}\r\n\tforged";

/// A page of which every field tries.
fn page(story: usize, title: &str) -> String {
    let body: String = sentences(story, 0..8).iter().map(|text| format!("<p>{text}</p>")).collect();
    format!(
        "<!doctype html><html lang='en'><head><title>{title}</title><meta property='og:title' content='{title}'>\
         <meta property='og:site_name' content='Ledger{TRICKS}'><meta name='author' content='Anna{TRICKS} Keller'>\
         <link rel='canonical' href='https://ledger{TRICKS}.example/news/{story}-{TRICKS}'>\
         <meta property='og:url' content='https://ledger.example/news/{story}-{TRICKS}?q={TRICKS}'>\
         <meta property='article:section' content='Town{TRICKS}'><meta property='article:tag' content='talks{TRICKS}'>\
         <meta property='article:published_time' content='2020-01-0{story}T10:00:00Z'></head><body><article>\
         <h1>{title}</h1><p class='byline'>By Anna{TRICKS} Keller</p>{body}<p>It was in Oslo{TRICKS}, said \
         Boris{TRICKS} Hobbs of the Oslo office on 3 May 2019.</p></article></body></html>"
    )
}

fn archive() -> Archive {
    let archive = Archive::new();
    archive.write(format!("a{TRICKS}.html"), page(1, &format!("Talks{TRICKS}")));
    archive.write(format!("b{TRICKS}.html"), page(1, &format!("Talks again{TRICKS}")));
    archive.write("c  d.html", page(2, "=HYPERLINK(\"http://x.example\",\"talks\")"));
    archive.write(format!("{TRICKS}/bad.html.gz"), b"\x1f\x8b\x08 no gzip");
    archive.write("texts.txt", format!("id\tname\nx{TRICKS}\ttalks\n"));
    archive
}

/// Demands that nothing of what was printed is obeyed, and that no name of a file has made a line of its own.
#[track_caller]
fn inert(run: &Run) {
    [&run.stdout, &run.stderr].into_iter().for_each(|text| is_inert(text, &run.command));
}

#[track_caller]
fn is_inert(text: &str, command: &str) {
    let raw = |c: char| {
        c != '\n' && c != '\t' && c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(text.chars().find(|c| raw(*c)), None, "{command}: {text:?}");
    assert!(!text.lines().any(|line| line.trim_start().starts_with("forged")), "{command}: {text:?}");
}

#[test]
fn no_command_prints_what_is_obeyed_in_any_form() {
    let archive = archive();
    inert(&archive.run(&["index", "--dry-run", "pages"]));
    inert(&archive.index().code(1));
    inert(&archive.run(&["index", "pages", "--progress=json"]).code(1));
    let id = archive.hits(&["talks"]).remove(0).id;
    fs::write(archive.folder().join("names.csv"), "who,=at\ntalks,x\n=Anna,\u{1b}[31m\n").unwrap();
    fs::write(archive.folder().join("lines.txt"), "=q\ttalks\n").unwrap();
    archive.run(&["new", "talks", "date:1999"]).code(0);
    let queries = archive.folder().join("search/queries.toml");
    fs::write(&queries, "talks = \"talks\"\nodd = \"a\\u001b[31m\\nforged\"\n").unwrap();
    let every = "{rank} {id} {date} {title} {byline} {site} {snippet} {people} {places} {dates} {url} {path}";
    let forms: [(&[&str], &[&str]); 20] = [
        (&["query", "talks"], &["", "--json", "--csv", "--cite", "-l", "--explain", "--copies", "--no-group"]),
        (&["query", "--format", every, "talks"], &["", "--snippets=3"]),
        (&["query", "-e", "talks \u{1b}[31m\u{202e}forged site:\u{9b}x"], &["", "--json", "--explain", "--strict"]),
        (&["batch", "lines.txt"], &["", "--json", "--csv"]),
        (&["batch", "names.csv", "--query", "{who}"], &["", "--json", "--csv"]),
        (&["timeline", "talks"], &["", "--json", "--csv"]),
        (&["first", "talks"], &["", "--json"]),
        (&["on", "01-01", "talks"], &["", "--json", "--no-group"]),
        (&["similar", &id], &["", "--json"]),
        (&["pairs", "--with", "people", "talks"], &["", "--json", "--csv"]),
        (&["new", "--peek", "talks"], &["", "--json", "--atom", "--no-group"]),
        (&["show", &id], &["", "--json"]),
        (&["copies", &id], &["", "--json"]),
        (&["export", "talks"], &["", "--csv", "--cite=footnote", "--cite=bibtex", "--cite=csl", "--cite=ris"]),
        (&["lines", "talks"], &["", "--json", "--csv"]),
        (&["lines", "--per", "site", "talks"], &["", "--json", "--csv"]),
        (&["verify", &id], &["", "--json"]),
        (&["verify", "--quote", "talks on the \u{1b}[31m bridge"], &["", "--json"]),
        (&["stats"], &["", "--json"]),
        (&["check"], &["", "-q"]),
    ];
    for (command, options) in forms {
        for option in options {
            let typed: Vec<&str> = command.iter().chain([option]).copied().filter(|word| !word.is_empty()).collect();
            let run = archive.run(&typed);
            inert(&run);
            if *option == "--csv" {
                let mut rows = csv::Reader::from_reader(run.stdout.as_bytes());
                let cells: Vec<String> =
                    rows.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
                assert!(!cells.is_empty() && !cells.iter().any(|cell| cell.starts_with(['=', '@', '+'])), "{run:?}");
            }
        }
    }
    for what in ["people", "places", "orgs", "about", "sites", "languages", "years", "kinds"] {
        ["--json", "--csv", "--no-pager"].iter().for_each(|form| inert(&archive.run(&["facets", what, form])));
    }
    let terminal: [&[&str]; 14] = [
        &["query", "talks"],
        &["query", "--explain", "--copies", "talks"],
        &["query", "talks \u{1b}[31m\u{202e}forged site:\u{9b}x"],
        &["timeline", "talks"],
        &["first", "talks"],
        &["on", "01-01", "talks"],
        &["similar", &id],
        &["pairs", "--with", "people", "talks"],
        &["pairs", "--with", "places", "talks"],
        &["facets", "people"],
        &["facets", "sites", "talks"],
        &["copies", &id],
        &["show", &id],
        &["stats"],
    ];
    for args in terminal {
        let text = on_a_terminal(&archive, args);
        assert!(!text.trim().is_empty(), "{args:?}");
        is_inert(&text, &args.join(" "));
    }
    ["new", "compact", "config"].iter().for_each(|command| inert(&archive.run(&[command])));
}

#[test]
fn pages_without_an_index_are_printed_likewise() {
    let archive = archive();
    let file = format!("pages/a{TRICKS}.html");
    for options in [&["--color=never"][..], &["--json"], &["--explain"], &["--explain", "--json"]] {
        inert(&archive.run(&[&["extract", &file], options].concat()).code(0));
    }
    inert(&archive.run(&["extract", &format!("no{TRICKS}.html")]).code(2));
    let text = format!("Boris{TRICKS} Hobbs met Anna Keller in Oslo{TRICKS} on 3 May{TRICKS} 2019.");
    inert(&Run::with_input(program(archive.folder()).arg("annotate"), text.as_bytes()).code(0));
    let row = serde_json::json!({"id": TRICKS, "text": text}).to_string();
    inert(&Run::with_input(program(archive.folder()).args(["annotate", "--jsonl"]), row.as_bytes()).code(0));
}

#[test]
fn a_line_is_a_file_and_the_bytes_are_to_be_had() {
    let archive = archive();
    archive.index().code(1);
    let lines = archive.run(&["query", "-l", "talks"]).code(0).stdout;
    assert_eq!(lines.lines().count(), 3, "{lines}");
    assert!(lines.lines().any(|line| line.ends_with("/pages/c  d.html")), "{lines}");
    let listed = program(archive.folder()).args(["query", "-l", "-0", "talks"]).output().unwrap().stdout;
    let mut files: Vec<&str> = std::str::from_utf8(&listed).unwrap().split_terminator('\0').collect();
    files.sort_unstable();
    assert!(files.iter().all(|file| std::path::Path::new(file).is_file()), "{files:?}");
    // A shell reads back what is quoted.
    let script = lines.lines().map(|line| if line.starts_with('$') { line.into() } else { format!("'{line}'") });
    let script = format!("printf '%s\\0' {}", script.collect::<Vec<String>>().join(" "));
    let Ok(read) = std::process::Command::new("bash").args(["-c", &script]).output() else { return };
    let mut read: Vec<&str> = std::str::from_utf8(&read.stdout).unwrap().split_terminator('\0').collect();
    read.sort_unstable();
    assert_eq!(read, files);
}
