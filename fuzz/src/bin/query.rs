//! Random queries: the parser reads its own canonical form back; what is planned runs, and counts are the lengths of
//! lists.
//!
//! ```text
//! query parse [SECONDS [SEED]]
//! query plan FOLDER [SECONDS [SEED]]     over an index made of the pages in FOLDER
//! ```

use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, fs, panic, process};

use search_fuzz::archive::Archive;
use search_fuzz::clock::{on_processor, peak};
use search_fuzz::queries::made;
use search_fuzz::query::{answered, parsed};
use search_fuzz::random::Random;

/// Processor time of one query at most, and more for each thousand bytes.
const SLOW: Duration = Duration::from_secs(1);
/// Memory of the process at most, in bytes.
const LARGE: u64 = 2 << 30;

fn main() {
    let mut args = env::args().skip(1);
    let target = args.next().unwrap_or_default();
    let folder = if target == "plan" { args.next().map(PathBuf::from) } else { None };
    let seconds = args.next().and_then(|text| text.parse().ok()).unwrap_or(60);
    let mut random = Random(args.next().and_then(|text| text.parse().ok()).unwrap_or(1));
    let open = folder.map(|folder| Archive::of(&folder));
    if open.is_none() && target != "parse" {
        eprintln!("query parse [SECONDS [SEED]] or query plan FOLDER [SECONDS [SEED]]");
        process::exit(2);
    }
    let words = open.as_ref().map_or(Vec::new(), |open| open.words.clone());
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut runs, mut slowest, mut last) = (0_u64, (Duration::ZERO, String::new()), "Lachin medal".to_owned());
    while Instant::now() < end {
        let text = made(&mut random, &words, &last);
        let start = on_processor();
        let check = || match &open {
            None => parsed(&text),
            Some(open) => answered(&open.engine, &text, &mut random),
        };
        let fault = panic::catch_unwind(panic::AssertUnwindSafe(check)).unwrap_or(Some("it panicked".to_owned()));
        let took = on_processor().saturating_sub(start);
        let late = took > SLOW * (1 + text.len() as u32 / 1_000);
        let fault = fault.or(late.then(|| format!("it took {took:?}")));
        let fault = fault.or((peak() > LARGE).then(|| format!("memory went up to {} MB", peak() >> 20)));
        if let Some(fault) = fault {
            fs::write("failed.txt", &text).unwrap();
            eprintln!("run {runs}: {fault}; the query is in failed.txt: {text:?}");
            process::exit(1);
        }
        if took > slowest.0 {
            slowest = (took, text.chars().take(200).collect());
        }
        runs += 1;
        last = text;
    }
    let (took, text) = slowest;
    println!("{runs} queries, slowest {took:?}, at most {} MB: no fault; the slowest: {text:?}", peak() >> 20);
}
