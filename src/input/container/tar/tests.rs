use std::io::Write;

use ::tar::{Builder, EntryType, Header};
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

/// A tar of files, of links and devices where the name begins with their letter and a colon.
fn tar(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = Header::new_gnu();
        let (kind, name) = match name.split_once(':') {
            Some(("link", name)) => (EntryType::Symlink, name),
            Some(("device", name)) => (EntryType::Block, name),
            Some(("folder", name)) => (EntryType::Directory, name),
            _ => (EntryType::Regular, *name),
        };
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        if name.len() > 100 {
            builder.append_data(&mut header, name, &bytes[..]).unwrap();
            continue;
        }
        // As nobody would unpack it.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        if kind == EntryType::Symlink {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        builder.append(&header, &bytes[..]).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What is found in a file called `name`: pages with the entry they are of, what is told, how many are skipped.
#[track_caller]
fn read_as(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>, usize) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let size = bytes.len() as u64;
    let source = Source { root: folder.path().into(), path: name.into(), locator: None, size, mtime: 0 };
    let mut container = open(&source, limits(), &Fields::usual(), 0).unwrap();
    let (mut pages, mut told, mut skipped) = (vec![], vec![], 0);
    loop {
        match container.next() {
            Ok(None) => return (pages, told, skipped),
            Err(hurt) => told.push(hurt.to_string()),
            Ok(Some(piece)) => match piece.what {
                What::Skipped(_) => skipped += 1,
                What::Refused(why) => told.push(why),
                What::Page(saved) => {
                    let at = Source { locator: Some(piece.locator), ..source.clone() };
                    assert_eq!(fetch(&at, limits()).unwrap().bytes, saved.bytes);
                    let text = read_saved(saved, &at, limits()).unwrap().text;
                    let word = &text[text.find("word").unwrap()..].split(' ').next().unwrap();
                    let entry = at.locator.unwrap().entry.unwrap();
                    let nth = if entry.nth > 0 { format!(" {}", entry.nth) } else { String::new() };
                    pages.push(format!("{word} {}{nth}", entry.name));
                }
            },
        }
    }
}

#[test]
fn pages_in_a_tar_are_read_however_it_is_packed() {
    let long = format!("{}/e.html", "a".repeat(150));
    let bytes = tar(&[
        ("folder:news/", vec![]),
        ("news/a.html", html(1)),
        ("news/a.html", html(2)),
        ("../../etc/passwd.html", html(3)),
        ("link:secret.html", vec![]),
        ("device:disk.html", vec![]),
        ("picture.png", b"\x89PNG".to_vec()),
        (&long, html(4)),
        ("=within.tar", tar(&[("f.html", html(5))])),
        ("within.tar.gz", gzip(&tar(&[("f.html", html(6)), ("g.tar", tar(&[("h.html", html(7))]))]))),
    ]);
    let expected = [
        "word1 news/a.html",
        "word2 news/a.html 1",
        "word3 ../../etc/passwd.html",
        &format!("word4 {long}"),
        "word5 =within.tar/f.html",
        "word6 within.tar.gz/f.html",
    ];
    let told = vec!["an archive within an archive; unpack it first".to_owned()];
    let expected = (expected.map(str::to_owned).to_vec(), told, 3);
    for (name, bytes) in [
        ("a.tar", bytes.clone()),
        ("a.tgz", gzip(&bytes)),
        ("a.tar.zst", zstd::stream::encode_all(&bytes[..], 3).unwrap()),
        ("a.000", bytes.clone()),
    ] {
        assert_eq!(read_as(name, &bytes), expected, "{name}");
    }
}

#[test]
fn tars_that_were_joined_are_read_on() {
    let bytes = [tar(&[("a.html", html(1))]), tar(&[("b.html", html(2))])].concat();
    assert_eq!(read_as("a.tar", &bytes), (vec!["word1 a.html".to_owned(), "word2 b.html".to_owned()], vec![], 0));
}

#[test]
fn damage_is_told_and_what_is_behind_it_is_read() {
    let whole = tar(&[("a.html", html(1)), ("b.html", html(2)), ("c.html", html(3))]);
    let pages = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let mut damaged = whole.clone();
    damaged[1024] ^= 1;
    let told = "damaged at byte 1024: a head whose sum is wrong; went on at byte 2048".to_owned();
    assert_eq!(read_as("a.tar", &damaged), (pages(&["word1 a.html", "word3 c.html"]), vec![told], 0));
    // Cut between two entries, and within one.
    let told = "damaged at byte 2048: it has no end, so that entries may be missing; nothing behind it could be read";
    assert_eq!(read_as("a.tar", &whole[..2048]), (pages(&["word1 a.html", "word2 b.html"]), vec![told.to_owned()], 0));
    let told = "damaged at byte 1024: it ends inside an entry; nothing behind it could be read".to_owned();
    assert_eq!(read_as("a.tar", &whole[..1590]), (pages(&["word1 a.html", "word2 b.html"]), vec![told], 0));
    // A length of eight gigabytes.
    let mut lying = whole;
    lying[124..136].copy_from_slice(b"77777777777\0");
    let mut header = Header::from_byte_slice(&lying[..512]).clone();
    header.set_cksum();
    lying[..512].copy_from_slice(header.as_bytes());
    let (_, told, _) = read_as("a.tar", &lying);
    assert_eq!(told, ["damaged at byte 0: it ends inside an entry; nothing behind it could be read"]);
}

#[test]
fn a_bomb_hides_nothing() {
    let bytes = tar(&[("a.html", vec![0; 8 << 20]), ("b.html", html(2))]);
    let expected = (vec!["word2 b.html".to_owned()], vec!["larger than the limit of 1 MiB".to_owned()], 0);
    assert_eq!(read_as("a.tar", &bytes), expected);
    assert_eq!(read_as("a.tar.gz", &gzip(&bytes)), expected);
}
