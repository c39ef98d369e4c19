//! The printed table.

use std::error::Error;
use std::io::Write;
use std::time::Duration;

use crate::pages::Set;

/// Prints a line for each stage as soon as it is known.
pub(crate) struct Table {
    /// Bytes of HTML.
    bytes: usize,
    /// Number of pages.
    pages: usize,
    floor: Duration,
}

impl Table {
    pub(crate) fn new(set: &Set, rounds: usize) -> Result<Table, Box<dyn Error>> {
        let (pages, bytes) = (set.pages.len(), set.bytes());
        let table = Table { bytes, pages, floor: Duration::ZERO };
        table.print(&format!("{pages} pages, {:.1} MB, median of {rounds} rounds", bytes as f64 / 1e6))?;
        table.print(&format!("{:22}{:>10}{:>12}{:>10}", "", "MB/s", "ms a page", "x parse"))?;
        Ok(table)
    }

    /// The time that all others are compared with.
    pub(crate) fn floor(&mut self, time: Duration) {
        self.floor = time;
    }

    /// One stage that took `time` for all pages.
    pub(crate) fn stage(&self, name: &str, time: Duration) -> Result<(), Box<dyn Error>> {
        let seconds = time.as_secs_f64().max(1e-9);
        self.print(&format!(
            "{name:22}{:10.1}{:12.3}{:10.2}",
            self.bytes as f64 / 1e6 / seconds,
            seconds * 1e3 / self.pages as f64,
            seconds / self.floor.as_secs_f64().max(1e-9)
        ))
    }

    /// A figure that has no rate.
    pub(crate) fn value(&self, name: &str, value: f64, unit: &str) -> Result<(), Box<dyn Error>> {
        self.print(&format!("{name:22}{value:10.2} {unit}"))
    }

    /// A line of its own.
    pub(crate) fn print(&self, line: &str) -> Result<(), Box<dyn Error>> {
        Table::line(line)
    }

    /// A line that needs no table.
    pub(crate) fn line(line: &str) -> Result<(), Box<dyn Error>> {
        Ok(writeln!(std::io::stdout().lock(), "{line}")?)
    }
}
