use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use crate::input::container::{RecordSkip, What, fetch, open};
use crate::input::{Fields, Limits, Locator, Source, read_saved};

/// A record with this block.
fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    with_length(kind, url, block, &block.len().to_string())
}

fn with_length(kind: &str, url: &str, block: &[u8], length: &str) -> Vec<u8> {
    let address = if url.is_empty() { String::new() } else { format!("WARC-Target-URI: {url}\r\n") };
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-06-05T04:03:02Z\r\n{address}Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn html(n: usize) -> String {
    let words = "The river rose by a metre in the night, and the ferry stayed at its berth. ".repeat(1 + n % 4);
    format!(
        "<!doctype html><html><head><title>Ferry {n}</title></head>\r\n\r\n<body><p>word{n} {words}</p></body></html>"
    )
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html{head}\r\n\r\n").as_bytes(), body].concat()
}

fn address(n: usize) -> String {
    format!("https://ferry.example/{n}.html")
}

/// The record of page `n`.
fn page(n: usize) -> Vec<u8> {
    record("response", &address(n), &answer("", html(n).as_bytes()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 3).unwrap()
}

/// What was found in a file.
#[derive(Debug, Default, PartialEq)]
struct Found {
    /// The `word…` of each page, or its first letters.
    pages: Vec<String>,
    places: Vec<Locator>,
    hurts: Vec<String>,
    skipped: Vec<RecordSkip>,
    refused: Vec<String>,
}

fn small() -> Limits {
    Limits { page: 1 << 20, ratio: 200 }
}

fn file(bytes: &[u8], name: &str) -> (tempfile::TempDir, Source) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let root = folder.path().to_owned();
    (folder, Source { root, path: PathBuf::from(name), locator: None, size: bytes.len() as u64, mtime: 0 })
}

fn word(text: &str) -> String {
    let at = text.find("word").unwrap_or(0);
    text[at..].chars().take_while(|c| c.is_alphanumeric()).take(12).collect()
}

fn read_from(source: &Source, from: u64) -> Found {
    let mut container = open(source, small(), &Fields::usual(), from).unwrap();
    let mut found = Found::default();
    loop {
        match container.next() {
            Ok(None) => return found,
            Err(hurt) => found.hurts.push(hurt.to_string()),
            Ok(Some(piece)) => match piece.what {
                What::Skipped(why) => found.skipped.push(why),
                What::Refused(why) => found.refused.push(why),
                What::Page(saved) => {
                    found.places.push(piece.locator);
                    match read_saved(saved, source, small()) {
                        Ok(page) => found.pages.push(word(&page.text)),
                        Err(error) => found.refused.push(error.reason()),
                    }
                }
            },
        }
    }
}

fn read(bytes: &[u8], name: &str) -> Found {
    let (_folder, source) = file(bytes, name);
    read_from(&source, 0)
}

fn words(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|n| format!("word{n}")).collect()
}

/// A record with line feeds alone: page `n`, or a request behind the last.
fn feeds(n: usize) -> Vec<u8> {
    let block = if n < 5 { answer("", html(n).as_bytes()) } else { b"GET / HTTP/1.1\n\n".to_vec() };
    let block: Vec<u8> = block.into_iter().filter(|byte| *byte != b'\r').collect();
    let kind = if n < 5 { "response" } else { "request" };
    let head =
        format!("WARC/1.0\nWARC-Type: {kind}\nWARC-Target-URI: {}\nContent-Length: {}\n\n", address(n), block.len());
    [head.as_bytes(), &block, b"\n\n"].concat()
}

/// Six records: five pages and a request.
fn records() -> Vec<Vec<u8>> {
    let mut records: Vec<Vec<u8>> = (0..5).map(page).collect();
    records.insert(2, record("request", &address(1), b"GET / HTTP/1.1\r\n\r\n"));
    records
}

#[test]
fn records_are_found_however_they_are_packed() {
    let plain = records().concat();
    let blocks: Vec<u8> = plain.chunks(700).flat_map(gzip).collect();
    let by_record: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    let frames: Vec<u8> = records().iter().flat_map(|record| zstd(record)).collect();
    let with_empty: Vec<u8> = records().iter().flat_map(|record| [gzip(record), gzip(b"")].concat()).collect();
    let line_feeds = (0..6).flat_map(feeds).collect();
    for (name, bytes) in [
        ("a.warc", plain.clone()),
        ("a.warc.gz", gzip(&plain)),
        ("b.warc.gz", blocks),
        ("c.warc.gz", by_record.clone()),
        ("d.warc.zst", frames),
        ("e.warc.zst", zstd(&plain)),
        ("f.warc.gz", with_empty),
        ("packed.warc", by_record.clone()),
        ("plain.warc.gz", plain.clone()),
        ("padded.warc.gz", [&by_record[..], &[0; 70_000]].concat()),
        ("feeds.warc", line_feeds),
    ] {
        let found = read(&bytes, name);
        assert_eq!((&found.pages, found.hurts.len()), (&words(0..5), 0), "{name}: {found:?}");
        assert_eq!((found.skipped, found.refused), (vec![RecordSkip::Request], vec![]), "{name}");
    }
}

/// A record in ARC.
fn arc(url: &str, block: &[u8]) -> Vec<u8> {
    let line = format!("{url} 10.0.0.1 20010203040506 text/html {}\n", block.len());
    [line.as_bytes(), block, b"\n"].concat()
}

#[test]
fn arc_is_read_as_well() {
    let mut records = vec![arc(
        "filedesc://a.arc",
        b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n",
    )];
    records.extend((0..5).map(|n| arc(&address(n), &answer("", html(n).as_bytes()))));
    let plain = records.concat();
    let by_record: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let garbage =
        [&records[..3].concat()[..], b"\ngarbage\n\nmore http://a.example/ of it\n", &records[3..].concat()].concat();
    let mut damaged = by_record.clone();
    let at = gzip(&records[0]).len() + gzip(&records[1]).len() + 30;
    damaged[at..at + 20].fill(0x55);
    for (name, bytes, expected, hurts) in [
        ("a.arc", &plain, vec![0, 1, 2, 3, 4], 0),
        ("b.arc.gz", &by_record, vec![0, 1, 2, 3, 4], 0),
        ("c.gz", &gzip(&plain), vec![0, 1, 2, 3, 4], 0),
        ("d.arc", &garbage, vec![0, 1, 2, 3, 4], 1),
        ("e.arc.gz", &damaged, vec![0, 2, 3, 4], 1),
    ] {
        let found = read(bytes, name);
        assert_eq!((&found.pages, found.hurts.len()), (&words(expected), hurts), "{name}: {found:?}");
        assert_eq!(found.skipped, [RecordSkip::About], "{name}");
    }
    let (_folder, source) = file(&by_record, "b.arc.gz");
    let at = Source { locator: read_from(&source, 0).places.pop(), ..source };
    let saved = fetch(&at, small()).unwrap();
    assert_eq!(
        (saved.url, saved.captured.map(|at| at.to_string())),
        (Some(address(4)), Some("2001-02-03T04:05:06Z".to_owned()))
    );
}

#[test]
fn a_page_is_found_again_by_its_place() {
    let plain = records().concat();
    let by_record: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in
        [("a.warc", plain.clone()), ("b.warc.gz", by_record), ("c.warc.gz", gzip(&plain)), ("d.warc.zst", zstd(&plain))]
    {
        let (_folder, source) = file(&bytes, name);
        for (n, place) in read_from(&source, 0).places.into_iter().enumerate() {
            let at = Source { locator: Some(place.clone()), ..source.clone() };
            let saved = fetch(&at, small()).unwrap();
            assert_eq!(
                (saved.url.as_deref(), saved.captured.map(|at| at.to_string()).as_deref()),
                (Some(&*address(n)), Some("2021-06-05T04:03:02Z"))
            );
            assert_eq!(read_saved(saved, &at, small()).unwrap().text, html(n), "{name}");
            let beside = Source { locator: Some(Locator { outer: place.outer + 1, ..place }), ..source.clone() };
            assert!(fetch(&beside, small()).is_err(), "{name}");
        }
    }
}

#[test]
fn reading_goes_on_at_a_mark() {
    let plain = records().concat();
    let by_record: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes, expected) in
        [("a.warc", plain.clone(), 3), ("b.warc.gz", by_record, 3), ("c.warc.gz", gzip(&plain), 0)]
    {
        let (_folder, source) = file(&bytes, name);
        let mut container = open(&source, small(), &Fields::usual(), 0).unwrap();
        // Three pages and a request before the fourth.
        (0..5).for_each(|_| assert!(container.next().is_ok()));
        assert_eq!(read_from(&source, container.mark()).pages, words(expected..5), "{name}");
    }
}

#[test]
fn what_is_no_page_is_counted_by_its_reason() {
    use RecordSkip::*;
    let page = html(1);
    let http = |status: &str, kind: &str| {
        [format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n").as_bytes(), page.as_bytes()].concat()
    };
    let web = "http://ferry.example/a";
    for (kind, url, block, expected) in [
        ("response", web, http("200 OK", "text/html"), None),
        ("response", web, http("203 X", "application/xhtml+xml"), None),
        ("response", web, http("404 Not Found", "text/html"), Some(Status)),
        ("response", web, http("301 Moved", "text/html"), Some(Status)),
        ("response", web, http("200", "text/css"), Some(OtherType)),
        ("response", web, http("200", "image/png"), Some(OtherType)),
        ("response", web, answer("", b"\x89PNG\r\n\x1a\n0000"), Some(OtherType)),
        ("response", web, http("200", "application/octet-stream"), None),
        (
            "response",
            web,
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *".to_vec(),
            Some(OtherType),
        ),
        ("response", web, [b"HTTP/1.0 200 OK\r\n\r\n", page.as_bytes()].concat(), None),
        ("response", web, answer("", b""), Some(Empty)),
        ("response", "https://ferry.example/robots.txt", http("200", "text/html"), Some(Robots)),
        ("response", "https://ferry.example/a/robots.txt", http("200", "text/html"), None),
        ("response", "dns:ferry.example", b"20200101\nferry.example. A 1.2.3.4".to_vec(), Some(OtherAddress)),
        ("resource", "urn:view:http://a.example/", page.as_bytes().to_vec(), Some(OtherAddress)),
        ("resource", web, page.as_bytes().to_vec(), None),
        ("revisit", web, http("200", "text/html"), Some(Revisit)),
        ("warcinfo", "", b"software: x".to_vec(), Some(About)),
        ("metadata", web, b"via: x".to_vec(), Some(About)),
        ("conversion", web, b"Some text".to_vec(), Some(Conversion)),
        ("continuation", web, b"more".to_vec(), Some(Continuation)),
        ("bookmark", web, b"x".to_vec(), Some(Unknown)),
    ] {
        let found = read(&record(kind, url, &block), "a.warc");
        let case = format!("{kind} {url} {:?}", String::from_utf8_lossy(&block));
        assert_eq!(
            (found.pages.len(), found.skipped),
            (usize::from(expected.is_none()), expected.into_iter().collect()),
            "{case}"
        );
        assert!(found.hurts.is_empty(), "{case}: {:?}", found.hurts);
    }
}

#[test]
fn codings_are_undone_where_they_were_done() {
    let text = html(3);
    let body = text.as_bytes();
    let deflated = |raw: bool| {
        if raw {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(body).unwrap();
            return encoder.finish().unwrap();
        }
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    };
    let chunked = |bytes: &[u8]| -> Vec<u8> {
        let chunks = bytes
            .chunks(50)
            .flat_map(|chunk| [format!("{:X} ;x=y\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
        chunks.chain(*b"0000\r\nT: x\r\n\r\n").collect()
    };
    let (said_chunked, packed) = ("\r\nTransfer-Encoding: chunked", "\r\nContent-Encoding: ");
    for (head, sent) in [
        (said_chunked.to_owned(), chunked(body)),
        (said_chunked.to_owned(), body.to_vec()),
        (format!("{packed}gzip"), gzip(body)),
        (format!("{packed}gzip"), body.to_vec()),
        (String::new(), gzip(body)),
        (format!("{packed}gzip"), gzip(&gzip(body))),
        (format!("{packed}gzip{said_chunked}"), chunked(&gzip(body))),
        (format!("{packed}deflate"), deflated(false)),
        (format!("{packed}deflate"), deflated(true)),
        (format!("{packed}deflate"), body.to_vec()),
        (format!("{packed}br"), body.to_vec()),
        (format!("{packed}zstd"), zstd(body)),
        (format!("{packed}zstd{said_chunked}"), body.to_vec()),
    ] {
        let found = read(&record("response", "https://ferry.example/", &answer(&head, &sent)), "a.warc");
        assert_eq!((found.pages, found.hurts), (words([3]), vec![]), "{head:?}");
    }
    let part = read(
        &record("response", "https://ferry.example/", &answer("", &gzip(b"<div>word7 is a part of a page</div>"))),
        "a.warc",
    );
    assert_eq!(part.pages, words([7]), "the server says that it is a page");
    // As far as it goes.
    let packed = gzip(format!("{text}{}", (0..9000).map(|n| n.to_string()).collect::<String>()).as_bytes());
    let cut = answer("\r\nContent-Encoding: gzip", &packed[..packed.len() / 2]);
    assert_eq!(read(&record("response", "https://ferry.example/", &cut), "a.warc").pages, words([3]));
}

#[test]
fn the_server_names_the_encoding() {
    let text = "<!doctype html><title>x</title><p>word Паром не ушёл";
    let (bytes, ..) = encoding_rs::KOI8_R.encode(text);
    let block = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"koi8-r\"\r\n\r\n", &bytes[..]].concat();
    let (_folder, source) = file(&record("response", "http://a.example/", &block), "a.warc");
    let Ok(Some(piece)) = open(&source, small(), &Fields::usual(), 0).unwrap().next() else { panic!("a page") };
    let What::Page(saved) = piece.what else { panic!("a page") };
    assert_eq!(read_saved(saved, &source, small()).unwrap().text, text);
}

#[test]
fn an_archive_of_the_web_is_not_the_site() {
    let url = "http://web.archive.org/web/20140226054445/http://www.ferry.example/news/1";
    let (_folder, source) = file(&record("response", url, &answer("", html(1).as_bytes())), "a.warc");
    let Ok(Some(piece)) = open(&source, small(), &Fields::usual(), 0).unwrap().next() else { panic!("a page") };
    let What::Page(saved) = piece.what else { panic!("a page") };
    let captured = saved.captured.map(|at| at.to_string());
    assert_eq!(
        (saved.url.as_deref(), captured.as_deref()),
        (Some("http://www.ferry.example/news/1"), Some("2014-02-26T05:44:45Z"))
    );
}

/// Bytes of a file, what is damaged in it, and which of its five pages are found all the same.
#[test]
fn the_way_back_is_found() {
    let member = |n: usize| gzip(&page(n));
    let rest = |from: usize| (from..5).flat_map(member).collect::<Vec<u8>>();
    let plain_rest = |from: usize| (from..5).flat_map(page).collect::<Vec<u8>>();
    let mut checksum = member(1);
    let at = checksum.len() - 6;
    checksum[at] ^= 1;
    let mut bits = member(1);
    bits[40..60].fill(0xaa);
    let noise: Vec<u8> = (0..9000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let false_members = b"\x1f\x8b\x08\0\0\0\0\0\0\x03garbage".repeat(40);
    let block = answer("", html(1).as_bytes());
    let wrong = |length: &str| with_length("response", &address(1), &block, length);
    let (short, long) = ((block.len() - 60).to_string(), (block.len() + 430).to_string());
    let huge = "1000000000000000000";
    let no_type = b"WARC/1.0\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n".to_vec();
    let long_head =
        [b"WARC/1.0\r\nWARC-Type: response\r\nX: ", &b"a".repeat(90_000)[..], b"\r\nContent-Length: 0\r\n\r\n\r\n\r\n"]
            .concat();
    let all = vec![0, 1, 2, 3, 4];
    let without = vec![0, 2, 3, 4];
    for (what, bytes, expected) in [
        ("checksum", [member(0), checksum, rest(2)].concat(), &without),
        ("bits", [member(0), bits, rest(2)].concat(), &without),
        ("hole", [member(0), vec![0; 500], rest(1)].concat(), &all),
        ("noise", [member(0), noise.clone(), rest(1)].concat(), &all),
        ("false members", [member(0), false_members.clone(), rest(1)].concat(), &all),
        ("noise behind", [rest(0), noise.clone()].concat(), &all),
        ("a member of something else", [member(0), gzip(&noise), rest(1)].concat(), &all),
        ("short length, packed", [member(0), gzip(&wrong(&short)), rest(2)].concat(), &all),
        ("long length, packed", [member(0), gzip(&wrong(&long)), rest(2)].concat(), &all),
        ("huge length, packed", [member(0), gzip(&wrong(huge)), rest(2)].concat(), &all),
        ("no number, packed", [member(0), gzip(&wrong("five")), rest(2)].concat(), &without),
        ("no type, packed", [member(0), gzip(&no_type), rest(1)].concat(), &all),
        ("long head, packed", [member(0), gzip(&long_head), rest(1)].concat(), &all),
        ("short length", [page(0), wrong(&short), plain_rest(2)].concat(), &all),
        ("long length", [page(0), wrong(&long), plain_rest(2)].concat(), &all),
        ("huge length", [page(0), wrong(huge), plain_rest(2)].concat(), &all),
        ("minus", [page(0), wrong("-5"), plain_rest(2)].concat(), &without),
        ("no type", [page(0), no_type.clone(), plain_rest(1)].concat(), &all),
        (
            "garbage",
            [page(0), b"garbage WARC/ and more\r\nWARC/1.0 is a format\r\n".to_vec(), plain_rest(1)].concat(),
            &all,
        ),
        ("long head", [page(0), long_head, plain_rest(1)].concat(), &all),
    ] {
        let name = if bytes.starts_with(b"WARC") { "a.warc" } else { "a.warc.gz" };
        let found = read(&bytes, name);
        assert_eq!(found.pages, words(expected.iter().copied()), "{what}: {found:?}");
        let told = if what == "hole" { 0 } else { 1 };
        assert!(found.hurts.len() >= told && found.hurts.len() <= 2, "{what}: {:?}", found.hurts);
    }
}

#[test]
fn a_file_that_is_cut_off_gives_what_is_whole() {
    let plain = records().concat();
    let by_record: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in [("a.warc", &plain), ("b.warc.gz", &by_record)] {
        let cut = &bytes[..bytes.len() - 40];
        let found = read(cut, name);
        assert_eq!((found.pages, found.hurts.len()), (words(0..4), 1), "{name}");
        assert!(found.hurts[0].contains("ends inside a"), "{:?}", found.hurts);
    }
}

#[test]
fn a_page_that_quotes_a_record_is_one_page() {
    let quoted = String::from_utf8(page(2)).unwrap();
    let body = format!("<!doctype html><title>WARC</title><pre>\r\n\r\n{quoted}</pre><p>word1 is behind it");
    let record = record("response", &address(1), &answer("", body.as_bytes()));
    let found = read(&[page(0), record, page(2)].concat(), "a.warc");
    assert_eq!((found.places.len(), found.hurts), (3, vec![]));
}

#[test]
fn caps_hold() {
    let bomb = gzip(&record("response", &address(1), &vec![b' '; 64 << 20]));
    let found = read(&[gzip(&page(0)), bomb, gzip(&page(2))].concat(), "a.warc.gz");
    assert_eq!(found.pages, words([0, 2]));
    assert!(found.hurts[0].contains("more than 200 times its size"), "{:?}", found.hurts);
    let inside = answer("\r\nContent-Encoding: gzip", &gzip(&vec![b' '; 4 << 20]));
    let large = answer("", "<p>much text ".repeat(100_000).as_bytes());
    let records = [page(0), record("response", &address(1), &inside), record("response", &address(2), &large), page(3)];
    let found = read(&records.concat(), "a.warc");
    assert_eq!((found.pages, found.hurts), (words([0, 3]), vec![]));
    assert_eq!(found.refused, ["decompresses to more than the limit of 1 MiB", "larger than the limit of 1 MiB"]);
}

#[test]
fn lengths_that_lie_one_after_the_other_take_linear_time() {
    let liar = with_length("response", "http://a.example/", b"x", "999999999999");
    let found = read(&liar.repeat(20_000), "a.warc");
    assert!(found.hurts.len() + found.skipped.len() >= 20_000, "{}", found.hurts.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A good file with one record changed gives all others.
    #[test]
    fn one_damaged_record_costs_no_other(
        which in 0_usize..5, at in 0_usize..4000, bytes in prop::collection::vec(any::<u8>(), 1..30), cut in any::<bool>(), packed in any::<bool>(),
    ) {
        let mut records: Vec<Vec<u8>> = (0..5).map(page).collect();
        if packed {
            records.iter_mut().for_each(|record| *record = gzip(record));
        }
        let record = &mut records[which];
        let at = at % record.len();
        let end = (at + bytes.len()).min(record.len());
        if cut {
            record.drain(at..end);
        } else {
            record.splice(at..end, bytes);
        }
        let found = read(&records.concat(), if packed { "a.warc.gz" } else { "a.warc" });
        let others = words((0..5).filter(|n| *n != which));
        let missing: Vec<&String> = others.iter().filter(|word| !found.pages.contains(word)).collect();
        prop_assert!(missing.is_empty(), "missing {missing:?} in {found:?}");
        prop_assert!(found.places.len() <= 6, "{found:?}");
    }

    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(prop_oneof![
        Just(b"WARC/1.0\r\n".to_vec()), Just(b"WARC-Type: response\r\n".to_vec()), Just(b"Content-Length: 90\r\n".to_vec()),
        Just(b"\r\n\r\n".to_vec()), Just(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()), Just(b"<html>".to_vec()), Just(gzip(b"WARC/1.0\r\n")),
        Just(b"\x1f\x8b\x08".to_vec()), Just(b"\x28\xb5\x2f\xfd".to_vec()), Just(b"5\r\n".to_vec()), prop::collection::vec(any::<u8>(), 0..40),
    ], 1..30)) {
        let bytes = bytes.concat();
        if !bytes.is_empty() {
            read(&bytes, "a.warc");
        }
    }
}

#[test]
fn a_length_that_ends_by_chance_with_the_next_record_hides_none() {
    let bare = |n: usize| [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", html(n).as_bytes()].concat();
    let first = bare(1).len();
    let second = page(2);
    // It takes the next record along, and the lines behind that or not.
    for length in [first + 4 + second.len() - 4, first + 4 + second.len()] {
        let long = with_length("response", &address(1), &bare(1), &length.to_string());
        let told =
            format!("damaged at byte 0: a record that is shorter than its length; went on at byte {}", long.len());
        let found = read(&[long, second.clone(), page(3)].concat(), "a.warc");
        assert_eq!(found.pages, ["word1", "word2", "word3"], "{length}");
        assert_eq!(found.hurts, [told], "{length}");
    }
    // A crawl that was fetched, and a page that quotes a record and has the length that the server said.
    let crawl = record(
        "response",
        &address(1),
        &[b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", &page(2)[..]].concat(),
    );
    assert_eq!(read(&[crawl, page(3)].concat(), "a.warc").hurts, Vec::<String>::new());
    let quote = [html(1).as_bytes(), b"\r\n\r\n", &page(2)[..]].concat();
    let said = record("response", &address(1), &answer(&format!("\r\nContent-Length: {}", quote.len()), &quote));
    let found = read(&[said, page(3)].concat(), "a.warc");
    assert_eq!((found.pages.len(), found.hurts), (2, vec![]));
}
