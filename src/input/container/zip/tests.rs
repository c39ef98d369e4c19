use std::io::{Cursor, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::input::container::{What, fetch, open};
use crate::input::{Fields, Limits, Source, read_saved};

fn limits() -> Limits {
    Limits { page: 1 << 20, ratio: 200 }
}

fn html(n: usize) -> Vec<u8> {
    format!("<!doctype html><title>Ferry {n}</title><p>word{n} lies at the pier.").into_bytes()
}

fn record(n: usize) -> Vec<u8> {
    let answer = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", &html(n)[..]].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ferry.example/{n}\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&[head.as_bytes(), &answer, b"\r\n\r\n"].concat()).unwrap();
    encoder.finish().unwrap()
}

/// A zip of entries, which are packed where they do not begin with `=`.
fn zip(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let stored = name.strip_prefix('=');
        let method = if stored.is_some() { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(stored.unwrap_or(name), SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is found in a file: pages with the entry they are of, what is refused, how many are skipped.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>, usize) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.zip"), bytes).unwrap();
    let source =
        Source { root: folder.path().into(), path: "a.zip".into(), locator: None, size: bytes.len() as u64, mtime: 0 };
    let mut container = match open(&source, limits(), &Fields::usual(), 0) {
        Ok(container) => container,
        Err(error) => return (vec![], vec![error.reason()], 0),
    };
    let (mut pages, mut refused, mut skipped) = (vec![], vec![], 0);
    loop {
        match container.next() {
            Ok(None) => return (pages, refused, skipped),
            Err(hurt) => refused.push(hurt.to_string()),
            Ok(Some(piece)) => match piece.what {
                What::Skipped(_) => skipped += 1,
                What::Refused(why) => refused.push(why),
                What::Page(saved) => {
                    let at = Source { locator: Some(piece.locator), ..source.clone() };
                    let again = fetch(&at, limits()).unwrap();
                    assert_eq!((&again.bytes, &again.url), (&saved.bytes, &saved.url));
                    let url = saved.url.clone().unwrap_or_default();
                    let text = read_saved(saved, &at, limits()).unwrap().text;
                    let word = &text[text.find("word").unwrap()..].split(' ').next().unwrap();
                    pages.push(format!("{word} {} {url}", at.locator.unwrap().entry.unwrap().name).trim().to_owned());
                }
            },
        }
    }
}

#[test]
fn pages_and_crawls_in_a_zip_are_read() {
    let crawl = [record(5), record(6)].concat();
    let bytes = zip(&[
        ("news/a.html", html(1)),
        ("=b.htm", html(2)),
        ("../../etc/passwd.html", html(3)),
        ("story.php", html(4)),
        ("picture.png", b"\x89PNG".to_vec()),
        ("notes", b"no page".to_vec()),
        (".hidden/c.html", html(9)),
        ("__MACOSX/news/a.html", html(9)),
        ("=archive/data.warc.gz", crawl.clone()),
        ("archive/packed.warc.gz", crawl),
    ]);
    let (pages, refused, skipped) = read(&bytes);
    let expected = [
        "word1 news/a.html",
        "word2 b.htm",
        "word3 ../../etc/passwd.html",
        "word4 story.php",
        "word5 archive/data.warc.gz https://ferry.example/5",
        "word6 archive/data.warc.gz https://ferry.example/6",
        "word5 archive/packed.warc.gz https://ferry.example/5",
        "word6 archive/packed.warc.gz https://ferry.example/6",
    ];
    assert_eq!((pages, refused, skipped), (expected.map(str::to_owned).to_vec(), vec![], 4));
}

#[test]
fn what_is_hostile_or_damaged_is_said() {
    let inner = zip(&[("a.html", html(1)), ("=b.zip", zip(&[("c.html", html(9))]))]);
    let (pages, refused, _) = read(&zip(&[("inner.zip", inner.clone()), ("=stored.zip", inner), ("b.html", html(2))]));
    assert_eq!(pages, ["word1 inner.zip/a.html", "word1 stored.zip/a.html", "word2 b.html"]);
    assert_eq!(refused, ["an archive within an archive; unpack it first"; 2]);
    let bomb = [&html(1)[..], &vec![b' '; 8 << 20]].concat();
    let (pages, refused, _) = read(&zip(&[("a.html", bomb), ("b.html", html(2))]));
    assert_eq!((pages.len(), refused), (1, vec!["larger than the limit of 1 MiB".to_owned()]));
    let mut damaged = zip(&[("=a.html", html(1)), ("b.html", html(2))]);
    damaged[60] ^= 1;
    let (pages, refused, _) = read(&damaged);
    assert_eq!((pages.len(), refused.len()), (1, 1), "{refused:?}");
    let whole = zip(&[("a.html", html(1))]);
    let (pages, refused, _) = read(&whole[..whole.len() - 30]);
    assert_eq!((pages.len(), refused.len()), (0, 1), "{refused:?}");
    assert_eq!(read(&zip(&[])), (vec![], vec![], 0));
    // A program that unpacks itself.
    let (pages, refused, _) = read(&[b"#!/bin/sh\nexit\n", &whole[..]].concat());
    assert_eq!((pages, refused), (vec!["word1 a.html".to_owned()], vec![]));
}

#[test]
fn digests_of_a_package_are_compared() {
    let crawl = record(1);
    let digest = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(&crawl));
    for (digest, told) in [
        (digest, vec![]),
        (
            "00".repeat(32),
            vec![
                "damaged at byte 0: entry a.warc.gz: its digest is not the one in datapackage.json; went on at byte 0"
                    .to_owned(),
            ],
        ),
    ] {
        let package = format!(r#"{{"resources": [{{"path": "a.warc.gz", "hash": "sha256:{digest}"}}]}}"#);
        let (pages, refused, _) =
            read(&zip(&[("datapackage.json", package.into_bytes()), ("=a.warc.gz", crawl.clone())]));
        assert_eq!((pages.len(), refused), (1, told));
    }
}

#[test]
fn lists_of_pages_in_a_package_are_no_articles() {
    let list = br#"{"title": "Ferry 1", "text": "word1 lies at the pier.", "url": "https://ferry.example/1"}"#.to_vec();
    let (pages, refused, skipped) =
        read(&zip(&[("=archive/a.warc.gz", record(1)), ("pages/pages.jsonl", list.clone()), ("pages/", vec![])]));
    assert_eq!(
        (pages, refused, skipped),
        (vec!["word1 archive/a.warc.gz https://ferry.example/1".to_owned()], vec![], 2)
    );
}
