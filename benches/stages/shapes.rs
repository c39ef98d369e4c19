//! Pages of odd shapes in growing sizes: time and memory must grow with the size and no faster.
//!
//! Each page is extracted in a process of its own, which tells the largest memory that it held; what it held before the
//! page, tables included, is taken off.

use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use search::date::Date;
use search::extract::Extractor;
use search::input::{self, Limits};

use crate::clock::{Times, Who, peak};

/// Set in the processes that extract one page: its shape and its megabytes.
const ONE: &str = "SEARCH_BENCH_SHAPE";

const MEGABYTES: [usize; 4] = [1, 2, 4, 8];

/// Name, and the piece that is repeated.
const SHAPES: [(&str, &str); 12] = [
    ("deep", "<div><p>some words here, and there. "),
    ("deeper", "<div>"),
    ("wide", "<p>The council of Ostmark voted on Monday to rebuild the old bridge.</p>\n"),
    ("one line", "The council of Ostmark voted on Monday to rebuild the old bridge. "),
    ("letters", "x "),
    ("paragraphs", "<p>x"),
    ("bold", "<b>x"),
    ("links", "<a href=x>y</a>"),
    ("items", "<li>x y"),
    ("breaks", "x<br><br>"),
    ("table", "<table><tr><td>x"),
    ("signs", "<&"),
];

/// Extracts one page where this process was started for it; true where it was.
pub(crate) fn is_one() -> Result<bool, Box<dyn Error>> {
    let Ok(asked) = std::env::var(ONE) else { return Ok(false) };
    let (piece, bytes) = asked.rsplit_once('@').ok_or("no size")?;
    let bytes: usize = bytes.parse()?;
    let mut extractor = Extractor::default();
    let mut extract = |bytes: Vec<u8>| -> Result<(), Box<dyn Error>> {
        let page = input::read_bytes(bytes, Path::new("page.html"), Limits::default())?;
        black_box(extractor.extract(&page, Date::MAX));
        Ok(())
    };
    extract("<p>The council voted on Monday to rebuild the bridge.".into())?;
    let before = peak(Who::Us)?;
    let page = piece.repeat(bytes / piece.len()).into_bytes();
    let mut times = Times::default();
    times.add(Who::Us, || extract(page))??;
    writeln!(std::io::stdout(), "{} {}", times.median().as_micros(), peak(Who::Us)? - before)?;
    Ok(true)
}

/// Prints milliseconds a megabyte, and memory as a multiple of the page, for each shape and size.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    writeln!(out, "ms a MB, and peak memory x page, at {MEGABYTES:?} MB")?;
    for (name, piece) in SHAPES {
        write!(out, "{name:12}")?;
        for megabytes in MEGABYTES {
            let bytes = megabytes << 20;
            let one = Command::new(std::env::current_exe()?).env(ONE, format!("{piece}@{bytes}")).output()?;
            let told = String::from_utf8(one.stdout)?;
            let (micros, peak) = told.trim().split_once(' ').ok_or_else(|| format!("{name}: {told}"))?;
            let (micros, peak): (f64, f64) = (micros.parse()?, peak.parse()?);
            write!(out, "{:9.1} ms {:5.1} x", micros / 1e3 / megabytes as f64, peak / bytes as f64)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
