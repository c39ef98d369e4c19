//! Inputs to begin with, a folder for each target of `coverage/`.
//!
//! ```text
//! seeds PAGES OUT [FILE...]     a query a line of each FILE
//! ```

use std::path::Path;
use std::{env, fs, process};

use search::date::Date;
use search::input::{self, Limits};
use search_fuzz::queries::made;
use search_fuzz::random::Random;
use search_fuzz::seeds;

/// Queries that are made at random.
const QUERIES: usize = 300;
/// Files of the index, or more: a number beyond wraps around.
const FILES: u8 = 24;

fn main() {
    let mut args = env::args().skip(1);
    let (Some(pages), Some(out)) = (args.next(), args.next()) else {
        eprintln!("seeds PAGES OUT [FILE...]");
        process::exit(2);
    };
    let pages = seeds::pages(Path::new(&pages));
    let texts: Vec<Vec<u8>> = pages.iter().filter_map(|page| text(page)).collect();
    let mut queries: Vec<String> = Vec::new();
    for file in args {
        queries.extend(
            fs::read_to_string(file).unwrap().lines().map(|line| line.split('\t').next().unwrap_or(line).to_owned()),
        );
    }
    let mut random = Random(1);
    for _ in 0..QUERIES {
        let last = queries.last().cloned().unwrap_or_default();
        queries.push(made(&mut random, &["Lachin".to_owned(), "medal".to_owned()], &last));
    }
    let queries = queries.iter().map(|query| [b"\0", query.as_bytes()].concat());
    let mut damages = Vec::new();
    for file in 0..FILES {
        for (way, at) in [(0, 40_u32), (0x10, 120), (4, 100), (5, 0), (6, 30), (7, 0), (0xE0, 200)] {
            damages.push([&[file, way][..], &at.to_le_bytes(), b"\x01"].concat());
        }
    }
    write(Path::new(&out), "container", containers(&pages));
    write(Path::new(&out), "extract", pages);
    write(Path::new(&out), "annotate", texts);
    write(Path::new(&out), "query", queries);
    write(Path::new(&out), "index_files", damages);
}

/// Files of a few pages, as they are, and with a length that is wrong. A fuzzer finds the packings by itself.
fn containers(pages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let record = |page: &Vec<u8>, off: usize| {
        let answer = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", &page[..page.len().min(2000)]].concat();
        let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/\r\nWARC-Date: 2020-01-01T00:00:00Z";
        let head = format!("{head}\r\nContent-Length: {}\r\n\r\n", answer.len() - off);
        [head.as_bytes(), &answer, b"\r\n\r\n"].concat()
    };
    let file = |(at, pages): (usize, &[Vec<u8>])| {
        let records = pages.iter().enumerate().flat_map(|(n, page)| record(page, (at % 3) * n));
        [0].into_iter().chain(records).collect()
    };
    pages.chunks(3).take(20).enumerate().map(file).collect()
}

/// The article of a page, as the target reads it: language and day, headline, body.
fn text(page: &[u8]) -> Option<Vec<u8>> {
    let page = input::read_bytes(page.to_vec(), Path::new("page.html"), Limits::default()).ok()?;
    let article = search::extract::extract(&page, Date::MAX);
    Some(
        [&[page_language(article.lang.as_deref()), 11][..], article.title.as_bytes(), b"\n", article.body.as_bytes()]
            .concat(),
    )
}

fn page_language(lang: Option<&str>) -> u8 {
    search_fuzz::annotated::LANGUAGES.iter().position(|known| *known == lang).unwrap_or(0) as u8
}

fn write(out: &Path, target: &str, inputs: impl IntoIterator<Item = Vec<u8>>) {
    let folder = out.join(target);
    fs::create_dir_all(&folder).unwrap();
    for (number, input) in inputs.into_iter().enumerate() {
        fs::write(folder.join(format!("{number:04}")), input).unwrap();
    }
}
