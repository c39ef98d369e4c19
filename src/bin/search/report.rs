//! What a run of indexing does and did: one screen for people, JSON lines for programs that wrap it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use search::api::VERSION;
use search::index::{Change, CheckReport, CompactReport, Failure, Progress, Report, Skipped, UpgradeReport};
use search::input::Skip;
use search::output::{Style, grouped, json_line, plural, size};
use search::text::safe_path;
use serde::Serialize;

/// Failures that are shown one by one; the rest is counted.
// A screen has 24 lines; more would push what else the run says off it.
pub(crate) const MOST_FAILURES: usize = 20;

/// Writes `report` for people. Failures are told elsewhere; here they are counted. A dry run tells what it would change.
pub(crate) fn write(out: &mut dyn Write, report: &Report, style: Style, dry: bool) -> io::Result<()> {
    for (path, change) in &report.changes {
        row(out, style, change_name(*change), &safe_path(path))?;
    }
    row(out, style, "pages", &pages(report, dry))?;
    if !report.kinds.is_empty() {
        row(out, style, "kinds", &list(&report.kinds))?;
    }
    for (why, skipped) in &report.skipped {
        row(out, style, "skipped", &passed_over(*why, skipped))?;
    }
    let older = match report.superseded {
        0 => String::new(),
        n => format!(" ({} older {} kept)", grouped(n), plural(n, "capture", "captures")),
    };
    row(out, style, "articles", &format!("{} to search{older}", grouped(report.articles)))?;
    row(out, style, "time", &time(report))?;
    if dry {
        return writeln!(out, "nothing was written; the same command without --dry-run does this");
    }
    row(out, style, "index", &size(report.index_bytes))?;
    if report.interrupted {
        writeln!(out, "stopped; what was done so far is kept, run the same command to go on")?;
    }
    Ok(())
}

/// How many pages there are, and what came of them.
fn pages(report: &Report, dry: bool) -> String {
    let names = if dry { ["to add", "to update", "to remove"] } else { ["added", "updated", "removed"] };
    let counts = [
        (report.added, names[0]),
        (report.updated, names[1]),
        (report.unchanged, "unchanged"),
        (report.removed, names[2]),
        (report.failures.len() as u64, "failed"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, name)| format!("{} {name}", grouped(*n))).collect();
    let counts = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
    format!("{}{counts}", grouped(report.pages()))
}

/// Names with their counts, in order.
fn list<K: Display>(counts: &BTreeMap<K, u64>) -> String {
    counts.iter().map(|(name, n)| format!("{name} {}", grouped(*n))).collect::<Vec<_>>().join(", ")
}

/// How long a run took, and how fast it read; one that read nothing has no speed.
fn time(report: &Report) -> String {
    let seconds = report.elapsed.as_secs_f64();
    let read = report.added + report.updated;
    if read == 0 || seconds <= 0.0 {
        return format!("{seconds:.1} s");
    }
    let rate = read as f64 / seconds;
    format!("{seconds:.1} s, {rate:.0} pages/s, {}/s", size((report.bytes as f64 / seconds) as u64))
}

/// Writes what a compaction did.
pub(crate) fn compacted(out: &mut dyn Write, report: &CompactReport, style: Style) -> io::Result<()> {
    // Not an error: scripts compact after each run, whether there is something to do or not.
    if report.segments <= 1 && report.dropped == 0 {
        return writeln!(out, "nothing to do: the index is in one part and nothing in it was deleted");
    }
    let parts = plural(report.segments, "part", "parts");
    row(out, style, "parts", &format!("{} {parts} made one", grouped(report.segments)))?;
    let (kept, dropped) = (grouped(report.documents), grouped(report.dropped));
    row(out, style, "pages", &format!("{kept} kept, {dropped} deleted or replaced dropped"))?;
    row(out, style, "time", &format!("{:.1} s", report.elapsed.as_secs_f64()))?;
    row(out, style, "index", &format!("{}, {} before", size(report.bytes_after), size(report.bytes_before)))
}

/// Writes what an upgrade did.
pub(crate) fn upgraded(out: &mut dyn Write, report: &UpgradeReport, style: Style) -> io::Result<()> {
    let UpgradeReport { from, to, .. } = report;
    if from == to {
        return writeln!(out, "nothing to do: the index is of format {to}");
    }
    let count = |n: u64, one: &str, many: &str| format!("{} {}", grouped(n), plural(n, one, many));
    let captures = count(report.captures, "older capture", "older captures");
    let failures = count(report.failures, "page that failed", "pages that failed");
    row(out, style, "format", &format!("{from} before, {to} now"))?;
    row(out, style, "articles", &format!("{} taken over, {captures}, {failures}", grouped(report.articles)))?;
    row(out, style, "time", &format!("{:.1} s", report.elapsed.as_secs_f64()))?;
    row(out, style, "index", &format!("{}, {} before", size(report.bytes_after), size(report.bytes_before)))
}

/// Writes what an upgrade did as one JSON object.
pub(crate) fn upgraded_json(out: &mut dyn Write, report: &UpgradeReport) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line {
        v: u32,
        upgrade: Body,
    }
    #[derive(Serialize)]
    struct Body {
        from: u32,
        to: u32,
        articles: u64,
        captures: u64,
        failures: u64,
        bytes_before: u64,
        bytes_after: u64,
    }
    let UpgradeReport { from, to, articles, captures, failures, bytes_before, bytes_after, .. } = *report;
    let upgrade = Body { from, to, articles, captures, failures, bytes_before, bytes_after };
    json_line(out, &Line { v: VERSION, upgrade })
}

/// Writes what a check found.
pub(crate) fn checked(out: &mut dyn Write, report: &CheckReport) -> io::Result<()> {
    let files = plural(report.files, "file", "files");
    write!(out, "{} {files}, {}: ", grouped(report.files), size(report.bytes))?;
    match report.damaged.len() {
        0 => writeln!(out, "all as they were written"),
        1 => writeln!(out, "1 is damaged"),
        count => writeln!(out, "{count} are damaged"),
    }
}

/// Types of files that are named; the rest is counted.
// Pictures, styles and scripts; a line of the screen holds no more.
const MOST_TYPES: usize = 6;

/// What was left out for one reason, by type, with an example.
fn passed_over(why: Skip, skipped: &Skipped) -> String {
    let mut types: Vec<(&str, u64)> = skipped.types.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    types.sort_by_key(|(name, n)| (Reverse(*n), *name));
    let more = types.len().saturating_sub(MOST_TYPES);
    let mut named: Vec<String> =
        types.iter().take(MOST_TYPES).map(|(name, n)| format!("{name} {}", grouped(*n))).collect();
    if more > 0 {
        named.push(format!("{more} more types"));
    }
    let types = if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) };
    format!("{} {}{types}, such as {}", why.name(), grouped(skipped.count), safe_path(&skipped.example))
}

fn row(out: &mut dyn Write, style: Style, name: &str, text: &str) -> io::Result<()> {
    writeln!(out, "{} {text}", style.label(name))
}

fn change_name(change: Change) -> &'static str {
    match change {
        Change::Add => "add",
        Change::Update => "update",
        Change::Remove => "remove",
    }
}

/// Writes how far a run is as one JSON object.
pub(crate) fn progress(out: &mut dyn Write, progress: Progress) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line {
        v: u32,
        found: u64,
        done: u64,
        failed: u64,
        walked: bool,
        read: u64,
    }
    let Progress { found, done, failed, walked, read } = progress;
    json_line(out, &Line { v: VERSION, found, done, failed, walked, read })
}

/// Writes `report` as one JSON object.
pub(crate) fn json(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        v: u32,
        report: Body<'a>,
    }
    json_line(out, &Line { v: VERSION, report: Body::of(report) })
}

/// A report in JSON.
#[derive(Serialize)]
struct Body<'a> {
    pages: u64,
    added: u64,
    updated: u64,
    unchanged: u64,
    removed: u64,
    failures: Vec<Failed<'a>>,
    kinds: BTreeMap<String, u64>,
    skipped: BTreeMap<&'static str, u64>,
    skipped_types: BTreeMap<&'a str, u64>,
    skipped_examples: BTreeMap<&'static str, String>,
    changes: Vec<Changed>,
    warnings: &'a [String],
    articles: u64,
    superseded: u64,
    bytes: u64,
    index_bytes: u64,
    seconds: f64,
    interrupted: bool,
}

#[derive(Serialize)]
struct Changed {
    path: String,
    change: &'static str,
}

#[derive(Serialize)]
struct Failed<'a> {
    path: String,
    reason: &'a str,
    known: bool,
}

impl<'a> Body<'a> {
    fn of(report: &'a Report) -> Body<'a> {
        let types = report.skipped.values().flat_map(|skipped| &skipped.types);
        let examples = report.skipped.iter().map(|(why, skipped)| (why, &skipped.example));
        Body {
            pages: report.pages(),
            added: report.added,
            updated: report.updated,
            unchanged: report.unchanged,
            removed: report.removed,
            failures: report.failures.iter().map(Failed::of).collect(),
            kinds: report.kinds.iter().map(|(kind, n)| (kind.to_string(), *n)).collect(),
            skipped: report.skipped.iter().map(|(why, skipped)| (why.name(), skipped.count)).collect(),
            skipped_types: types.map(|(name, n)| (name.as_str(), *n)).collect(),
            skipped_examples: examples.map(|(why, path)| (why.name(), path.to_string_lossy().into_owned())).collect(),
            changes: report.changes.iter().map(|(path, change)| Changed::of(path, *change)).collect(),
            warnings: &report.warnings,
            articles: report.articles,
            superseded: report.superseded,
            bytes: report.bytes,
            index_bytes: report.index_bytes,
            // Milliseconds: finer figures differ from run to run and make logs look different that are not.
            seconds: (report.elapsed.as_secs_f64() * 1e3).round() / 1e3,
            interrupted: report.interrupted,
        }
    }
}

impl Changed {
    fn of(path: &Path, change: Change) -> Changed {
        Changed { path: path.to_string_lossy().into_owned(), change: change_name(change) }
    }
}

impl<'a> Failed<'a> {
    fn of(failure: &'a Failure) -> Failed<'a> {
        let path = failure.path.to_string_lossy().into_owned();
        Failed { path, reason: &failure.reason, known: failure.known }
    }
}
