//! Queries in this process: ten hits with snippets from an index that is open.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use search::api::{Engine, Request};
use search::date::Date;
use search::engine::Local;

use crate::classes;
use crate::clock::{Times, Who};
use crate::pages::Set;
use crate::program::QUERIES;
use crate::stage;
use crate::table::Table;

/// Times each query several times and prints the middle and the slow end.
pub(crate) fn run(set: &Set, rounds: usize, table: &Table) -> Result<(), Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    stage::run_index(set, place.path())?;
    let engine = Local::open(&place.path().join("index"))?;
    let times = times(&engine, &QUERIES.map(str::to_owned), rounds * 10)?;
    table.value("query, index open", milliseconds(&times, 50), "ms")?;
    table.value("  slowest hundredth", milliseconds(&times, 99), "ms")
}

/// Times queries of each kind on the index at `at`; where `only` is not empty, of kinds whose name holds it.
pub(crate) fn kinds(at: &Path, rounds: usize, only: &str) -> Result<(), Box<dyn Error>> {
    let engine = Local::open(at)?;
    Table::line(&format!("{:22}{:>10}{:>10}{:>10}   slowest", "ms, of each 10 hits", "middle", "p99", "most"))?;
    for (name, queries) in classes::queries(&engine, today()?)?.iter().filter(|(name, _)| name.contains(only)) {
        let times = times(&engine, queries, rounds)?;
        let [middle, late, most] = [50, 99, 100].map(|percent| milliseconds(&times, percent));
        let slowest = times.slowest().and_then(|at| queries.get(at)).map_or("", String::as_str);
        Table::line(&format!("{name:22}{middle:10.2}{late:10.2}{most:10.2}   {slowest}"))?;
    }
    Ok(())
}

/// For each query the middle of its times on the processor in so many rounds. What a query has just read is not asked
/// for again before all others had their turn.
fn times(engine: &Local, queries: &[String], rounds: usize) -> Result<Times, Box<dyn Error>> {
    let requests: Vec<Request> =
        queries.iter().map(|text| Ok(Request::new(text, today()?))).collect::<Result<_, Box<dyn Error>>>()?;
    let mut each = vec![Times::default(); queries.len()];
    for _ in 0..rounds {
        for (request, own) in requests.iter().zip(&mut each) {
            black_box(own.add(Who::Us, || engine.search(request))??);
        }
    }
    let mut times = Times::default();
    each.iter().for_each(|own| times.push(own.median()));
    Ok(times)
}

fn milliseconds(times: &Times, percent: usize) -> f64 {
    times.percentile(percent).as_secs_f64() * 1e3
}

fn today() -> Result<Date, Box<dyn Error>> {
    Ok(Date::new(2026, 1, 1)?)
}
