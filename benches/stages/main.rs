//! Each stage beside the floor: a bare `scraper` parse of the same pages.
//!
//! ```text
//! cargo bench                                  pages made by the bench itself
//! SEARCH_BENCH_PAGES=FOLDER cargo bench        pages from a folder, at most 64 MB of them, spread over all of it
//! SEARCH_BENCH_MB=512 SEARCH_BENCH_ROUNDS=3    more of them, fewer rounds
//! SEARCH_BENCH_INDEX=FOLDER cargo bench        queries of each kind on an index that is there, and nothing else
//! SEARCH_BENCH_KIND=w/5                        those of kinds with such a name alone
//! SEARCH_BENCH_SHAPES=1 cargo bench            odd pages of 1, 2, 4 and 8 MB instead: time and memory of extraction
//! ```
//!
//! Machines are noisy, so read the ratios. The rounds are interleaved, a slow minute hits all stages, and what counts is
//! each stage's median of the time on the processor, not on the clock. All stages run in this process on one thread with
//! the default allocator; the last lines are the program itself as it is shipped, in processes of its own.
//!
//! Without `--bench`, as `cargo test --all-targets` runs it, it makes one round over a few pages.

mod classes;
mod clock;
mod made;
mod pages;
mod program;
mod query;
mod shapes;
mod stage;
mod table;

use std::error::Error;

use pages::Set;
use program::Program;
use stage::Stages;
use table::Table;

fn main() -> Result<(), Box<dyn Error>> {
    if shapes::is_one()? {
        return Ok(());
    }
    if std::env::var_os("SEARCH_BENCH_SHAPES").is_some() {
        return shapes::run();
    }
    let smoke = !std::env::args().any(|argument| argument == "--bench");
    let number = |name: &str, default: usize| -> Result<usize, Box<dyn Error>> {
        match std::env::var(name) {
            Ok(value) => value.parse().map_err(|cause| format!("{name}={value}: {cause}").into()),
            Err(_) => Ok(default),
        }
    };
    let bytes = if smoke { 1 << 20 } else { number("SEARCH_BENCH_MB", 64)? << 20 };
    let rounds = if smoke { 1 } else { number("SEARCH_BENCH_ROUNDS", 5)?.max(1) };
    if let Some(index) = std::env::var_os("SEARCH_BENCH_INDEX").filter(|_| !smoke) {
        return query::kinds(index.as_ref(), rounds, &std::env::var("SEARCH_BENCH_KIND").unwrap_or_default());
    }
    let named = std::env::var_os("SEARCH_BENCH_PAGES").filter(|_| !smoke);
    let folder = pages::folder(named.as_deref(), bytes)?;
    // Before the pages are in memory: until it has begun, a child counts the memory of its parent as its own.
    let mut program = Program::new(folder.path())?;
    let set = Set::load(&folder)?;
    let mut stages = Stages::new(&set);
    for _ in 0..rounds {
        stages.round()?;
        program.round()?;
    }
    let mut table = Table::new(&set, rounds)?;
    stages.print(&mut table)?;
    query::run(&set, rounds, &table)?;
    program.print(&table)
}
