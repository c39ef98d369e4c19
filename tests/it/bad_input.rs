//! What a run meets in real folders: damaged, hostile and odd files. It says so and goes on.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::archive::{Archive, Run, program};
use crate::rows;

/// A page that must be found whatever lies beside it.
const GOOD: &str = "<html><head><title>Lighthouse</title></head><body><h1>Lighthouse</h1><p>The keeper of the lighthouse \
                    counted forty ships on Sunday, and wrote each of them into the book with the hour and the wind.</p>\
                    </body></html>";

/// An archive with the good page and one odd one, indexed; the good one is found, whatever the other is.
#[track_caller]
fn beside(path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> (Archive, Run) {
    let archive = Archive::with(&[("good.html", GOOD)]);
    archive.write(path, content);
    let run = archive.index();
    assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
    assert!(archive.paths(&["lighthouse"]).contains(&"good.html".to_owned()), "{run:?}");
    (archive, run)
}

/// Demands that the run failed on one file, and that both the report and the statistics name it.
#[track_caller]
fn failed_on(archive: &Archive, run: &Run, path: &str) {
    assert_eq!(run.status, Some(1), "{run:?}");
    let all = format!("{}{}", run.stdout, run.stderr);
    assert!(all.contains(path), "'{path}' is not in {run:#?}");
    let stats = archive.run(&["stats"]).code(0);
    assert!(stats.stdout.contains(path), "'{path}' is not in {stats:#?}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn an_empty_file() {
    let (archive, _) = beside("empty.html", "");
    assert_eq!(archive.run(&["query", "-c", "lighthouse"]).code(0).stdout, "1\n");
}

#[test]
fn a_folder_named_like_a_page() {
    let (archive, run) = beside("x.html/inside.html", GOOD.replace("forty", "sixty"));
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(archive.paths(&["sixty"]), ["x.html/inside.html"]);
}

#[test]
fn a_file_without_permission() {
    let archive = Archive::with(&[("good.html", GOOD), ("secret.html", GOOD)]);
    fs::set_permissions(archive.page("secret.html"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(archive.page("secret.html")).is_ok() {
        return; // The superuser may read everything.
    }
    let run = archive.index();
    failed_on(&archive, &run, "secret.html");
    assert!(run.stderr.contains("permission denied"), "{run:?}");
}

#[test]
fn a_dangling_link() {
    let archive = Archive::with(&[("good.html", GOOD)]);
    std::os::unix::fs::symlink("nowhere.html", archive.page("link.html")).unwrap();
    std::os::unix::fs::symlink(".", archive.page("loop")).unwrap();
    let run = archive.index();
    assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
    assert_eq!(archive.paths(&["lighthouse"]), ["good.html"]);
}

#[test]
fn a_pipe_is_not_waited_for() {
    let archive = Archive::with(&[("good.html", GOOD)]);
    assert!(Command::new("mkfifo").arg(archive.page("pipe.html")).status().unwrap().success());
    let run = archive.index();
    assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
    assert_eq!(archive.paths(&["lighthouse"]), ["good.html"]);
}

#[test]
fn a_cut_gzip() {
    let whole = gzip(GOOD.repeat(50).as_bytes());
    let (archive, run) = beside("cut.html.gz", &whole[..whole.len() / 2]);
    failed_on(&archive, &run, "cut.html.gz");
}

#[test]
fn a_gzip_that_is_none_is_read_as_it_is() {
    let (archive, run) = beside("none.html.gz", GOOD.replace("forty", "fifteen"));
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(archive.paths(&["fifteen"]), ["none.html.gz"]);
}

#[test]
fn a_gzip_bomb() {
    let (archive, run) = beside("bomb.html.gz", gzip(&vec![b' '; 300 << 20]));
    failed_on(&archive, &run, "bomb.html.gz");
}

#[test]
fn a_picture_called_page() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xffa".to_vec();
    png.extend((0..5000_u32).map(|n| (n * n % 251) as u8));
    let (archive, _) = beside("picture.html", png);
    assert!(!archive.paths(&["-e", "kind:article"]).contains(&"picture.html".to_owned()));
    assert_eq!(archive.paths(&["IHDR"]), [""; 0]);
}

#[test]
fn nul_bytes_and_broken_utf8() {
    let (archive, _) = beside("nul.html", GOOD.replace("forty", "for\0ty \0 eighty"));
    assert_eq!(archive.paths(&["eighty"]), ["nul.html"]);
    let mut bytes = b"<meta charset=utf-8>".to_vec();
    bytes.extend(GOOD.replace("forty", "\u{fffd} ninety").bytes().map(|b| if b == 0xef { 0xff } else { b }));
    let (archive, _) = beside("broken.html", bytes);
    assert_eq!(archive.paths(&["ninety"]), ["broken.html"]);
}

#[test]
fn a_hundred_thousand_nested_tags() {
    let deep = format!("<html><body>{}<p>The lighthouse at the bottom of the well.</p>", "<div>".repeat(100_000));
    let (archive, _) = beside("deep.html", deep);
    archive.run(&["query", "-q", "lighthouse"]).code(0);
}

#[test]
fn one_line_of_800_kilobytes() {
    let line = "<p>The tide tables of the year, hour by hour, as the harbour office prints them.</p>".repeat(10_000);
    let (archive, _) = beside("line.html", format!("<html><body><h1>Tides</h1>{line}</body></html>"));
    assert_eq!(archive.paths(&["tide"]), ["line.html"]);
    let words = "word ".repeat(160_000);
    beside("words.txt", words);
}

#[test]
fn escapes_in_a_title_do_not_reach_the_terminal() {
    let title = "Red\u{1b}[31m alert\u{7}\tand\nmore\u{9b}2J\u{202e}";
    let (archive, _) = beside(
        "esc.html",
        GOOD.replace("<title>Lighthouse", &format!("<title>{title}"))
            .replace("<h1>Lighthouse", &format!("<h1>{title}")),
    );
    let piped = archive.run(&["query", "alert"]).code(0).stdout;
    assert_eq!(piped.lines().count(), 1, "one line a hit: {piped:?}");
    assert_eq!(piped.trim_end().split('\t').count(), 4, "{piped:?}");
    let binary = env!("CARGO_BIN_EXE_search");
    for command in [
        format!("'{binary}' query --color never alert"),
        format!("'{binary}' show --color never {}", archive.hits(&["alert"])[0].id),
    ] {
        let Ok(output) =
            Command::new("script").args(["-qec", &command, "/dev/null"]).current_dir(archive.folder()).output()
        else {
            return; // No program here that makes a terminal.
        };
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("alert"), "{text:?}");
        for control in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
            assert!(!text.contains(control), "{command}: {control:?} in {text:?}");
        }
    }
}

#[test]
fn a_name_that_is_not_utf8() {
    let name = OsStr::from_bytes(b"caf\xe9.html");
    let (archive, run) = beside(name, GOOD.replace("forty", "seventy"));
    assert_eq!(run.status, Some(0), "{run:?}");
    let hit = archive.hits(&["seventy"]).remove(0);
    assert_eq!(hit.path, None);
    let bytes = data_encoding::BASE64.decode(hit.path_bytes.unwrap().as_bytes()).unwrap();
    assert_eq!(bytes, name.as_bytes());
    let listed = program(archive.folder()).args(["query", "-l", "-0", "seventy"]).output().unwrap().stdout;
    assert!(listed.ends_with(b"/caf\xe9.html\0"), "{listed:?}");
    assert!(archive.run(&["query", "-l", "seventy"]).code(0).stdout.ends_with("/caf\\351.html'\n"));
    let extracted = archive.run(&[OsStr::new("extract"), OsStr::new("--json"), archive.page(name).as_os_str()]).code(0);
    assert!(extracted.stdout.contains("\"path_bytes\""), "{extracted:?}");
}

#[test]
fn old_encodings() {
    for (label, text, word) in [
        ("windows-1251", "Маяк на скале считал корабли каждое воскресенье и записывал их в книгу", "корабли"),
        ("windows-1254", "Fener bekçisi pazar günü kırk gemi saydı ve deftere yazdı, ışık söndü", "kırk"),
        ("iso-8859-9", "Fener bekçisi pazar günü kırk gemi saydı ve deftere yazdı, ışık söndü", "söndü"),
        ("gbk", "灯塔看守人星期天数了四十艘船，并把它们都写进了书里。", "灯塔"),
        ("utf-16le", "The keeper of the lighthouse counted nineteen ships", "nineteen"),
    ] {
        let page = format!(
            "<html><head><meta charset={label}><title>x</title></head><body><h1>{word}</h1><p>{text}.</p></body></html>"
        );
        let bytes = match label {
            "utf-16le" => [0xff, 0xfe].into_iter().chain(page.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            _ => encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&page).0.into_owned(),
        };
        let (archive, run) = beside("old.html", bytes);
        assert_eq!(run.status, Some(0), "{run:?}");
        assert_eq!(archive.paths(&[word]), ["old.html"], "{label}");
    }
}

#[test]
fn no_index() {
    let archive = Archive::new();
    for args in [&["query", "x"][..], &["stats"], &["show", "0000000000000000"]] {
        archive.run(args).code(2).prints("").complains(&["index", "search index"]);
    }
}

#[test]
fn a_folder_that_is_not_ours() {
    let archive = Archive::with(&[("good.html", GOOD)]);
    fs::create_dir(archive.folder().join("index")).unwrap();
    fs::write(archive.folder().join("index/thesis.txt"), "ten years of work").unwrap();
    archive.index().code(2).complains(&["index", "--index"]);
    archive.run(&["query", "x"]).code(2).complains(&["index"]);
    assert_eq!(fs::read_dir(archive.folder().join("index")).unwrap().count(), 1, "nothing is written there");
}

#[test]
fn nothing_to_index() {
    let archive = Archive::new();
    archive.run(&["index"]).code(2);
    let run = archive.index();
    assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
    archive.run(&["query", "-c", "x"]).code(1).prints("0\n");
}

#[test]
fn a_failed_file_is_tried_again_when_it_changes() {
    let whole = gzip(GOOD.replace("forty", "eleven").as_bytes());
    let (archive, run) = beside("cut.html.gz", &whole[..whole.len() / 2]);
    failed_on(&archive, &run, "cut.html.gz");
    archive.write("cut.html.gz", &whole);
    archive.index().code(0);
    assert_eq!(archive.paths(&["eleven"]), ["cut.html.gz"]);
    assert!(!archive.run(&["stats"]).code(0).stdout.contains("cut.html.gz"));
    let rows = rows::parse::<serde_json::Value>(&archive.run(&["query", "--json", "eleven"]).stdout);
    assert_eq!(rows.len(), 1);
}
