//! The program as it is shipped: a first run, a second one over the same pages, and cold queries.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::clock::{self, Times, Who};
use crate::table::Table;

/// Questions in words that news of all kinds has.
pub(crate) const QUERIES: [&str; 10] = [
    "school budget vote",
    "minister announced agreement",
    "police report",
    "hospital strike workers",
    "new bridge opened",
    "medal ceremony veterans",
    "election",
    "\"first season\"",
    "harbour OR railway",
    "energy prices -pipeline",
];

/// Times of the program.
pub(crate) struct Program {
    pages: PathBuf,
    place: TempDir,
    /// Largest memory of a first run, in bytes.
    memory: u64,
    first: Times,
    second: Times,
    query: Times,
}

impl Program {
    /// Runs the program once over `pages`, to see how much memory it takes.
    pub(crate) fn new(pages: &Path) -> Result<Program, Box<dyn Error>> {
        let place = tempfile::tempdir()?;
        index(pages, &place.path().join("index"))?;
        let memory = clock::peak(Who::Children)?;
        let [first, second, query] = <[Times; 3]>::default();
        Ok(Program { pages: pages.to_owned(), place, memory, first, second, query })
    }

    /// A first run, a second one, and all queries.
    pub(crate) fn round(&mut self) -> Result<(), Box<dyn Error>> {
        let at = self.place.path().join("index");
        std::fs::remove_dir_all(&at)?;
        self.first.add(Who::Children, || index(&self.pages, &at))??;
        self.second.add(Who::Children, || index(&self.pages, &at))??;
        for text in QUERIES {
            self.query.add(Who::Children, || search(&["query", "--index"], &at, &["-n", "10", "--", text]))??;
        }
        Ok(())
    }

    pub(crate) fn print(&self, table: &Table) -> Result<(), Box<dyn Error>> {
        table.stage("search index", self.first.median())?;
        let share = self.second.median().as_secs_f64() / self.first.median().as_secs_f64().max(1e-9);
        let files = std::fs::read_dir(self.place.path().join("index"))?.flatten();
        let size: u64 = files.filter_map(|file| file.metadata().ok()).map(|meta| meta.len()).sum();
        table.value("  again, unchanged", share * 100.0, "% of the first run's time")?;
        table.value("  peak memory", self.memory as f64 / 1e6, "MB")?;
        table.value("  size of the index", size as f64 / 1e6, "MB")?;
        table.value("search query, cold", self.query.median().as_secs_f64() * 1e3, "ms")
    }
}

fn index(pages: &Path, at: &Path) -> Result<(), Box<dyn Error>> {
    search(&["index", "--index"], at, &[pages.to_str().ok_or("the temporary folder's name is not UTF-8")?])
}

/// Runs the program. 1 is no failure: it found nothing, or some pages were refused.
fn search(before: &[&str], at: &Path, after: &[&str]) -> Result<(), Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_search"));
    command.args(before).arg(at).args(after).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status()?;
    if matches!(status.code(), Some(0 | 1)) { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}
