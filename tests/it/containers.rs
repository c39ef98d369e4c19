//! Pages in files of many: found, shown, kept up with, and safe when a run ends in the middle.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::archive::{Archive, Run, program};

/// A page with a word of its own, `word…`, and a text of that number.
fn html(n: usize, text: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Ferry {n} is late again</title></head><body><article>\
         <h1>Ferry {n} is late again</h1><p>The word{n} of the harbour lay at berth {n} for the whole of Tuesday. {text}</p>\
         <p>Its master said that number {n} would sail when the fog had lifted over the strait of Thornbury.</p>\
         </article></body></html>"
    )
}

fn record(kind: &str, url: &str, date: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A record of the page at `url`, packed.
fn saved(url: &str, date: &str, page: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    gzip(&record("response", url, date, answer.as_bytes()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn ferry(n: usize) -> Vec<u8> {
    saved(&format!("https://ferry.example/2021/late-{n}.html"), "2021-06-05T04:03:02Z", &html(n, "Nobody waited."))
}

fn ferries(numbers: impl IntoIterator<Item = usize>) -> Vec<u8> {
    let request = gzip(&record("request", "https://ferry.example/", "2021-06-05T04:03:02Z", b"GET / HTTP/1.1\r\n\r\n"));
    numbers.into_iter().flat_map(|n| [request.clone(), ferry(n)].concat()).collect()
}

/// Writes a file whose time is old enough to be believed.
fn write(archive: &Archive, path: &str, bytes: &[u8], age: u64) {
    archive.write(path, bytes);
    let file = std::fs::File::options().append(true).open(archive.page(path)).unwrap();
    file.set_modified(std::time::SystemTime::now() - Duration::from_secs(age)).unwrap();
}

fn finds(archive: &Archive, n: usize) -> bool {
    archive.hits(&[&format!("word{n}")]).len() == 1
}

/// The line that `search index` prints of pages.
fn pages(run: &Run) -> String {
    run.stdout.lines().find_map(|line| line.trim_start().strip_prefix("pages ")).unwrap_or_default().to_owned()
}

#[test]
fn pages_of_a_crawl_are_found_and_shown() {
    let archive = Archive::new();
    write(&archive, "2021/crawl.warc.gz", &ferries(1..4), 60);
    write(&archive, "plain.html", html(9, "A page beside it.").as_bytes(), 60);
    let run = archive.index().code(0);
    assert_eq!(pages(&run), "4: 4 added");
    assert!(run.stdout.contains("requests of crawlers 3, such as 2021/crawl.warc.gz"), "{}", run.stdout);
    let line = archive.run(&["query", "--json", "word2"]).code(0).stdout;
    let hit: Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&hit["path"], &hit["url"]),
        (&"2021/crawl.warc.gz".into(), &"https://ferry.example/2021/late-2.html".into())
    );
    assert!(hit["record"]["offset"].as_u64().unwrap() > 0, "{hit}");
    let shown = archive.run(&["show", "--json", hit["id"].as_str().unwrap()]).code(0).stdout;
    assert!(shown.contains("2021-06-05T04:03:02Z") && shown.contains("\"record\":{\"offset\""), "{shown}");
    let raw = archive.run(&["open", "--raw", hit["id"].as_str().unwrap()]).code(0).stdout;
    assert_eq!(raw, html(2, "Nobody waited."));
    let stats = archive.run(&["stats", "--json"]).code(0).stdout;
    let stats: Value = serde_json::from_str(&stats).unwrap();
    assert_eq!((&stats["containers"], &stats["skipped"]["requests of crawlers"]), (&1.into(), &3.into()));
    assert_eq!((&stats["pages"], &stats["failed"]), (&4.into(), &Value::Array(vec![])));
}

#[test]
fn a_crawl_that_is_named_itself_is_read() {
    let archive = Archive::new();
    write(&archive, "crawl.warc", &ferries(1..3), 60);
    archive.run(&["index", "pages/crawl.warc"]).code(0);
    assert!(finds(&archive, 1) && finds(&archive, 2));
    // Under a name that says nothing.
    write(&archive, "crawl.000", &ferries(4..6), 60);
    archive.index().code(0);
    assert!(finds(&archive, 4) && finds(&archive, 5));
}

#[test]
fn a_second_run_reads_nothing_and_a_grown_file_is_read_on() {
    let archive = Archive::new();
    write(&archive, "a.warc.gz", &ferries(1..4), 60);
    archive.index().code(0);
    assert_eq!(pages(&archive.index().code(0)), "3: 3 unchanged");
    // What is changed before the end shows that it is not read again: the end is as it was.
    write(&archive, "a.warc.gz", &ferries(1..6), 50);
    let run = archive.index().code(0);
    assert_eq!(pages(&run), "3: 2 added, 1 unchanged");
    assert!((1..6).all(|n| finds(&archive, n)));
    assert_eq!(pages(&archive.index().code(0)), "5: 5 unchanged");
}

#[test]
fn a_replaced_file_is_compared_and_what_is_gone_goes() {
    let archive = Archive::new();
    write(&archive, "a.warc.gz", &ferries(1..5), 60);
    archive.index().code(0);
    // The same beginning, another middle, a shorter end.
    let changed =
        [ferries([1, 2]), saved("https://ferry.example/new", "2022-01-01T00:00:00Z", &html(7, "Of another day."))];
    write(&archive, "a.warc.gz", &changed.concat(), 50);
    let run = archive.index().code(0);
    assert!([1, 2, 7].iter().all(|n| finds(&archive, *n)), "{}", run.stdout);
    assert!([3, 4].iter().all(|n| !finds(&archive, *n)), "{}", run.stdout);
    assert_eq!(pages(&archive.index().code(0)), "3: 3 unchanged");
    // A file that is gone takes its pages along.
    archive.write("b.html", html(8, ""));
    archive.remove("a.warc.gz");
    archive.index().code(0);
    assert!(finds(&archive, 8) && ![1, 2, 7].iter().any(|n| finds(&archive, *n)));
    let stats = archive.run(&["stats", "--json"]).code(0).stdout;
    assert!(!stats.contains("containers"), "{stats}");
}

#[test]
fn damage_is_told_and_hides_nothing_that_was_known() {
    let archive = Archive::new();
    let good = ferries(1..5);
    write(&archive, "a.warc.gz", &good, 60);
    archive.index().code(0);
    let mut damaged = good.clone();
    let at = damaged.len() / 2;
    damaged[at..at + 30].fill(0);
    write(&archive, "a.warc.gz", &damaged, 50);
    let run = archive.index().code(1);
    assert!(run.stderr.contains("a.warc.gz: damaged at byte"), "{}", run.stderr);
    assert!((1..5).all(|n| finds(&archive, n)), "what lies behind damage is hidden, not gone");
    let again = archive.index().code(1);
    assert!(again.stderr.contains("(as before)"), "{}", again.stderr);
    assert!(archive.run(&["stats"]).code(0).stdout.contains("damaged at byte"));
    write(&archive, "a.warc.gz", &good, 40);
    archive.index().code(0);
}

#[test]
fn captures_of_one_address_are_one_article() {
    let archive = Archive::new();
    let at = |date: &str, text: &str| saved("https://ferry.example/2021/one-ferry.html", date, &html(1, text));
    let crawl = [
        at("2021-06-05T04:00:00Z", "It was blue."),
        at("2021-06-07T04:00:00Z", "It was green."),
        at("2021-06-06T04:00:00Z", "It was red."),
    ];
    write(&archive, "a.warc.gz", &crawl.concat(), 60);
    archive.index().code(0);
    assert_eq!(["green", "blue", "red"].map(|word| archive.hits(&[word]).len()), [1, 0, 0]);
}

#[test]
fn a_run_that_is_killed_goes_on() {
    let archive = Archive::new();
    write(&archive, "a.warc.gz", &ferries(1..400), 60);
    write(
        &archive,
        "b.warc",
        &(400..500)
            .flat_map(|n| {
                let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", html(n, "Plain."));
                record(
                    "response",
                    &format!("https://ferry.example/{n}-page.html"),
                    "2021-01-01T00:00:00Z",
                    page.as_bytes(),
                )
            })
            .collect::<Vec<u8>>(),
        60,
    );
    let list = |index: &str| {
        archive.run(&["query", "--index", index, "-n", "1000", "--json", "--fields", "id", "harbour"]).code(0).stdout
    };
    archive.run(&["index", "--index", "whole", "pages"]).code(0);
    for millis in [5, 40, 120, 300] {
        let mut child = archive.start(&["index", "--index", "killed", "pages"]);
        std::thread::sleep(Duration::from_millis(millis));
        let _ = child.kill();
        let _ = child.wait();
    }
    Run::of(program(archive.folder()).args(["index", "--index", "killed", "pages"])).code(0);
    assert_eq!(list("killed"), list("whole"));
    assert_eq!(list("whole").lines().count(), 499);
}

/// A tar of pages.
fn tar(pages: &[(&str, String)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, page) in pages {
        let mut header = tar::Header::new_ustar();
        header.set_size(page.len() as u64);
        builder.append_data(&mut header, name, page.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn pages_of_a_tar_keep_their_place_when_it_is_packed_anew() {
    let archive = Archive::new();
    let (one, two) = (("a/1.html", html(1, "Blue.")), ("a/2.html", html(2, "Green.")));
    write(&archive, "pages.tar", &tar(&[one.clone(), two.clone()]), 60);
    assert_eq!(pages(&archive.index().code(0)), "2: 2 added");
    assert_eq!(pages(&archive.index().code(0)), "2: 2 unchanged");
    write(&archive, "pages.tar", &tar(&[two, ("a/3.html", html(3, "Red.")), one]), 50);
    assert_eq!(pages(&archive.index().code(0)), "3: 1 added, 2 unchanged");
    let line = archive.run(&["query", "--json", "word3"]).code(0).stdout;
    let hit: Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!(hit["record"]["entry"], "a/3.html");
    let raw = archive.run(&["open", "--raw", hit["id"].as_str().unwrap()]).code(0).stdout;
    assert_eq!(raw, html(3, "Red."));
}

#[test]
fn a_page_as_a_browser_saves_it_in_one_file_is_read() {
    let archive = Archive::new();
    let message = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ferry.example/2021/late-one.html\r\n\
         Date: Sat, 5 Jun 2021 04:03:02 -0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=\"limit\"\r\n\r\n--limit\r\n\
         Content-Type: text/html\r\n\r\n{}\r\n--limit\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         iVBORw0KGgo=\r\n--limit--\r\n",
        html(1, "It was blue.")
    );
    archive.write("late.mhtml", &message);
    archive.index().code(0);
    let line = archive.run(&["query", "--json", "word1"]).code(0).stdout;
    let hit: Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!(hit["url"], "https://ferry.example/2021/late-one.html");
    let shown = archive.run(&["show", "--json", hit["id"].as_str().unwrap()]).code(0).stdout;
    assert!(shown.contains("2021-06-05T04:03:02Z"), "{shown}");
    let raw = archive.run(&["open", "--raw", hit["id"].as_str().unwrap()]).code(0).stdout;
    assert_eq!(raw.trim_end(), html(1, "It was blue."));
    archive.run(&["verify", hit["id"].as_str().unwrap()]).code(0);
}

/// The first hit for `word`.
fn hit(archive: &Archive, word: &str) -> Value {
    let line = archive.run(&["query", "--json", word]).code(0).stdout;
    serde_json::from_str(line.lines().next().unwrap()).unwrap()
}

#[test]
fn ready_articles_are_found_and_shown_whatever_they_come_in() {
    let archive = Archive::new();
    let line = |n: usize| {
        let text = format!("The word{n} of the harbour lay at berth {n}.\\n\\nIts master waited for the fog to lift.");
        format!(
            r#"{{"title":"Ferry {n}","text":"{text}","date":"2021-06-0{n}","url":"https://ferry.example/late-{n}.html","authors":["Ada Quay"]}}"#
        ) + "\n"
    };
    write(&archive, "a.jsonl", [line(1), line(2)].concat().as_bytes(), 60);
    write(&archive, "b.csv", "date;title;text\n2021-06-03;Ferry 3;\"The word3 lay;\n\nat berth\"\n".as_bytes(), 60);
    let feed = "<rss><channel><item><title>Ferry 4</title><link>https://ferry.example/4-is-late.html</link>\
                <description>The word4 lay at berth.</description></item></channel></rss>";
    write(&archive, "c.xml", feed.as_bytes(), 60);
    write(&archive, "d.json", br#"{"name": "a package", "version": "1"}"#, 60);
    let run = archive.index().code(0);
    assert_eq!(pages(&run), "4: 4 added", "{}", run.stdout);
    assert!(run.stdout.contains("files of another type 1 (.json 1), such as d.json"), "{}", run.stdout);
    let found = hit(&archive, "word2");
    assert_eq!(
        (&found["path"], &found["url"], &found["date"]),
        (&"a.jsonl".into(), &"https://ferry.example/late-2.html".into(), &"2021-06-02".into()),
    );
    let shown = archive.run(&["show", found["id"].as_str().unwrap()]).code(0).stdout;
    assert!(shown.contains("Ferry 2") && shown.contains("Ada Quay") && shown.contains("for the fog"), "{shown}");
    let raw = archive.run(&["open", "--raw", found["id"].as_str().unwrap()]).code(0).stdout;
    assert_eq!(raw, line(2).trim_end());
    let raw = archive.run(&["open", "--raw", hit(&archive, "word3")["id"].as_str().unwrap()]).code(0).stdout;
    assert_eq!(raw, "date,title,text\n2021-06-03,Ferry 3,\"The word3 lay;\n\nat berth\"\n");
    assert_eq!(archive.hits(&["kind:stub", "word4"]).len(), 1);
    // What was appended is read on from.
    write(&archive, "a.jsonl", [line(1), line(2), line(5)].concat().as_bytes(), 50);
    assert_eq!(pages(&archive.index().code(0)), "4: 1 added, 3 unchanged");
    assert!(finds(&archive, 5));
}

#[test]
fn fields_with_names_of_their_own_are_mapped_and_broken_lines_told() {
    let archive = Archive::new();
    let lines = "{\"kop\":\"Ferry\",\"tekst\":{\"delen\":[\"The word1 lay\",\"at berth\"]}}\n{\"kop\": broken\n";
    write(&archive, "a.jsonl", lines.as_bytes(), 60);
    let run = archive.run(&["index", "pages/a.jsonl"]).code(1);
    assert!(run.stderr.contains("--map text=FIELD, the fields are kop, tekst"), "{}", run.stderr);
    assert!(run.stderr.contains("line 2: no JSON"), "{}", run.stderr);
    archive.run(&["index", "pages/a.jsonl", "--map", "title=kop,text=tekst.delen", "--rebuild"]).code(1);
    assert!(finds(&archive, 1));
    archive.write("b.xml", "<?xml version='1.0'?><prices><price>9</price></prices>");
    let run = archive.run(&["index", "pages/b.xml"]).code(1);
    assert!(run.stderr.contains("no feed and no news: its first element is `prices`"), "{}", run.stderr);
    let run = archive.run(&["index", "pages/a.jsonl", "--map", "headline=kop"]).code(2);
    assert!(run.stderr.contains("the parts are title, text"), "{}", run.stderr);
}

#[test]
fn what_programs_keep_beside_pages_is_no_second_article() {
    let archive = Archive::new();
    let capture = "archive/1622865782.0";
    for (path, page) in [
        ("singlefile.html", html(1, "Blue.")),
        ("output.html", html(1, "Blue.")),
        ("ferry.example/late.html", html(1, "Blue.")),
        ("readability/content.html", html(1, "Blue.")),
        ("index.html", html(2, "A list.")),
        ("index.json", r#"{"title": "Ferry", "text": "word2"}"#.to_owned()),
    ] {
        archive.write(format!("{capture}/{path}"), page);
    }
    archive.write("archive/1622865783.0/index.json", "{}");
    archive.write("archive/1622865783.0/index.html", html(2, "A list."));
    archive.write("archive/1622865783.0/ferry.example/b/late.html", html(3, "Green."));
    archive.write("mirror/index.html", html(2, "A list of mirrors."));
    archive.write("mirror/hts-cache/new.txt", "word2");
    archive.write("mirror/ferry.example/index.html", html(4, "Red."));
    archive.write("mirror/ferry.example/robots.txt", "User-agent: word2");
    for name in ["a.pdf", "b.eml", "c.webarchive", "d.7z"] {
        archive.write(name, "word2");
    }
    archive.write("e.tst", b"\x16\x16\x01W2870\x1fasian\nr a BC-word2");
    let run = archive.index().code(0);
    assert_eq!(pages(&run), "3: 3 added", "{}", run.stdout);
    assert!([1, 3, 4].iter().all(|n| finds(&archive, *n)) && archive.hits(&["word2"]).is_empty());
    for line in [
        "PDF documents, which are not read 1",
        "mail, which is not read 1",
        "agency copy in ANPA 1312 or IPTC 7901, which is not read 1",
    ] {
        assert!(run.stdout.contains(line), "{}", run.stdout);
    }
}
