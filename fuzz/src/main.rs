//! Changes saved pages and makes new ones at random, and extracts them: no panic, no hang, no malformed body, no span
//! that is not one.

use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, panic, process};

use search::extract::Extractor;
use search_fuzz::clock::on_processor;
use search_fuzz::page::fault;
use search_fuzz::pages::page;
use search_fuzz::random::Random;
use search_fuzz::seeds;

fn main() {
    let mut args = env::args().skip(1);
    let seeds = seeds::pages(Path::new(&args.next().unwrap_or("../corpus".to_owned())));
    let seconds = args.next().and_then(|text| text.parse().ok()).unwrap_or(60);
    let mut random = Random(args.next().and_then(|text| text.parse().ok()).unwrap_or(1));
    if seeds.is_empty() {
        eprintln!("no pages to begin with");
        process::exit(2);
    }
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut runs, mut bytes, mut slowest) = (0_u64, 0, Duration::ZERO);
    let mut extractor = Extractor::default();
    while Instant::now() < end {
        let page = page(&seeds, &mut random);
        let thorough = random.below(16) == 0;
        let start = on_processor();
        let found = panic::catch_unwind(panic::AssertUnwindSafe(|| fault(&page, &mut extractor, thorough)));
        let took = on_processor().saturating_sub(start);
        slowest = slowest.max(took);
        let late = took > Duration::from_secs(1 + page.len() as u64 / 1_000_000);
        let fault = found.unwrap_or(Some("it panicked".to_owned()));
        if let Some(fault) = fault.or(late.then(|| format!("it took {took:?}"))) {
            fs::write("failed.html", &page).unwrap();
            eprintln!("run {runs}: {fault}; the page is in failed.html");
            process::exit(1);
        }
        runs += 1;
        bytes += page.len();
    }
    println!("{runs} pages, {} MB, slowest {slowest:?}: no fault", bytes / 1_000_000);
}
