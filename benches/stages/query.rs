//! Queries in this process: ten hits with snippets from an index that is open.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use search::api::{Engine, Request};
use search::date::Date;
use search::engine::Local;

use crate::clock::Times;
use crate::pages::Set;
use crate::program::QUERIES;
use crate::stage;
use crate::table::Table;

/// Times each query several times and prints the middle and the slow end.
pub(crate) fn run(set: &Set, rounds: usize, table: &Table) -> Result<(), Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    stage::run_index(set, place.path())?;
    let engine = Local::open(&place.path().join("index"))?;
    let today = Date::new(2026, 1, 1)?;
    let mut times = Times::default();
    for text in QUERIES.iter().cycle().take(QUERIES.len() * rounds * 10) {
        let request = Request::new(*text, today);
        let began = Instant::now();
        black_box(engine.search(&request)?);
        times.push(began.elapsed());
    }
    table.value("query, index open", times.percentile(50).as_secs_f64() * 1e3, "ms")?;
    table.value("  slowest hundredth", times.percentile(99).as_secs_f64() * 1e3, "ms")
}
