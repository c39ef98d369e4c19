//! `search index`, `search compact` and `search check`.

use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use search::Error;
use search::index::{Options, Progress, Report};
use search::input::{self, Fields, Limits, WalkItem, WalkOptions};
use search::output::grouped;
use search::text::safe_path;

use super::args::{CheckOptions, CompactOptions, IndexOptions, ProgressForm};
use super::settings::{Key, Settings};
use super::{INTERRUPTED, NONE, OK, message, names, report, terminal, today};

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// Progress is shown at most this often.
const STEP: Duration = Duration::from_millis(100);

pub(crate) fn run(options: &IndexOptions, settings: &Settings) -> search::Result<u8> {
    if options.upgrade {
        return upgrade(options, settings);
    }
    let json = options.progress == ProgressForm::Json;
    catch_interrupt(json);
    if let Some(above) = settings.index_above().filter(|_| options.place.index.is_none() && !json) {
        let above = safe_path(&above).into_owned();
        message::remark(&format!(
            "{above} is an index, too; this run makes ./index and adds nothing to it (--index does)"
        ));
    }
    let asked = library_options(options, settings)?;
    let gauge = Gauge::new(options.progress, options.quiet);
    let outcome = search::index::run(&asked, &mut gauge.at_times(&Total::of(&asked)));
    gauge.close();
    let outcome = outcome?;
    if json {
        let _ = report::json(&mut io::stderr().lock(), &outcome);
    } else {
        complain(&outcome, options.quiet);
    }
    if !options.quiet {
        let style = terminal::style(options.color, None, settings);
        terminal::print_text(style, |out| report::write(out, &outcome, style, options.dry_run))?;
    }
    Ok(match outcome.interrupted {
        true => INTERRUPTED,
        false if outcome.failures.is_empty() => OK,
        false => NONE,
    })
}

/// `search index --upgrade`. Ctrl-C ends it as a kill does: the index is as it was.
fn upgrade(options: &IndexOptions, settings: &Settings) -> search::Result<u8> {
    let asked = library_options(options, settings)?;
    let gauge = Gauge::new(options.progress, options.quiet);
    let outcome = search::index::upgrade(&asked, &mut gauge.at_times(&Total::of(&asked)));
    gauge.close();
    let outcome = outcome?;
    if options.progress == ProgressForm::Json {
        let _ = report::upgraded_json(&mut io::stderr().lock(), &outcome);
    }
    if !options.quiet {
        let style = terminal::style(options.color, None, settings);
        terminal::print_text(style, |out| report::upgraded(out, &outcome, style))?;
    }
    Ok(OK)
}

/// Lets Ctrl-C end a run with a commit. A second one ends the program at once; the last commit stays whole.
fn catch_interrupt(json: bool) {
    let handler = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    if handler.is_err() && !json {
        message::remark("Ctrl-C cannot be caught here; it will end the run without a commit");
    }
}

/// What the library is asked to do.
fn library_options(options: &IndexOptions, settings: &Settings) -> search::Result<Options<'static>> {
    let fields = options.map.clone().unwrap_or_else(Fields::usual);
    Ok(Options {
        index: settings.index_here(options.place.index.as_deref()),
        paths: options.paths.clone(),
        threads: usize::try_from(settings.number(Key::Threads, options.threads)).unwrap_or(0),
        rebuild: options.rebuild,
        prune: options.prune,
        moved: options.moved.clone(),
        shared: options.shared,
        dry_run: options.dry_run,
        walk: WalkOptions { ignore_files: !options.no_ignore, follow: options.follow, mapped: fields.is_named() },
        page_timeout: (options.page_timeout > 0).then(|| Duration::from_secs(options.page_timeout)),
        // The option counts mebibytes; 1,024 of them at most, so that the shift loses nothing.
        limits: Limits { page: settings.number(Key::MaxPage, options.max_page) << 20, ..Limits::default() },
        // UTC, because dates of pages come from all zones: the day must be the same for all who index the same archive.
        today: today::utc(),
        places: names::places(options.places.as_deref(), settings)?,
        fields,
        stop: &STOP,
    })
}

/// `search compact`.
pub(crate) fn compact(options: &CompactOptions, settings: &Settings) -> search::Result<u8> {
    let outcome = search::index::compact(&settings.index(options.place.index.as_deref()))?;
    if !options.quiet {
        let style = terminal::style(options.color, None, settings);
        terminal::print_text(style, |out| report::compacted(out, &outcome, style))?;
    }
    Ok(OK)
}

/// `search check`.
pub(crate) fn check(options: &CheckOptions, settings: &Settings) -> search::Result<u8> {
    let path = settings.index(options.place.index.as_deref());
    let outcome = search::index::check(&path)?;
    for file in &outcome.damaged {
        let cause = format!("{}: its bytes are not those that were written", safe_path(file));
        message::complain(&Error::damaged(&path, cause).to_string());
    }
    if !options.quiet {
        terminal::print(|out| report::checked(out, &outcome))?;
    }
    // 1 as for `cmp` and `diff`: the check itself went well.
    Ok(if outcome.damaged.is_empty() { OK } else { NONE })
}

/// Says on standard error what failed and what was odd. A quiet run passes over what an earlier one has said.
fn complain(outcome: &Report, quiet: bool) {
    let failures: Vec<_> = outcome.failures.iter().filter(|failure| !(quiet && failure.known)).collect();
    for failure in failures.iter().take(report::MOST_FAILURES) {
        let known = if failure.known { " (as before)" } else { "" };
        message::complain(&format!("{}: {}{known}", safe_path(&failure.path), failure.reason));
    }
    if let Some(rest) = failures.len().checked_sub(report::MOST_FAILURES).filter(|rest| *rest > 0) {
        message::complain(&format!("{rest} more failed; 'search stats' lists them all"));
    }
    outcome.warnings.iter().for_each(|warning| message::remark(warning));
}

/// What shows how far a run is.
enum Gauge {
    Bar(ProgressBar),
    Json,
    None,
}

/// What a run will come by, counted beside it: its own walk goes no faster than pages are read.
struct Total {
    paths: Vec<PathBuf>,
    walk: WalkOptions,
    /// Where all are counted.
    counted: Arc<OnceLock<Counted>>,
    begun: Cell<bool>,
}

/// What lies below the paths of a run.
#[derive(Clone, Copy, Default)]
struct Counted {
    /// Pages, and files of many pages.
    files: u64,
    /// Bytes of them.
    bytes: u64,
    /// There are files of many pages among them.
    containers: bool,
}

impl Counted {
    fn add(&mut self, item: &WalkItem) {
        let (WalkItem::Page(source) | WalkItem::Container(source)) = item else { return };
        self.files += 1;
        self.bytes += source.size;
        self.containers |= matches!(item, WalkItem::Container(_));
    }
}

/// Runs that are shorter need no total.
// Counting costs a second walk, which is most of a run that has nothing to do.
const COUNTED_FROM: Duration = Duration::from_secs(1);

impl Total {
    fn of(options: &Options<'_>) -> Total {
        let (paths, walk) = (options.paths.clone(), options.walk);
        Total { paths, walk, counted: Arc::default(), begun: Cell::new(false) }
    }

    /// What was counted, where that is known.
    fn counted(&self, elapsed: Duration) -> Option<Counted> {
        if elapsed >= COUNTED_FROM && !self.begun.replace(true) {
            let (paths, walk, counted) = (self.paths.clone(), self.walk, Arc::clone(&self.counted));
            // It ends with the program at the latest.
            std::thread::spawn(move || {
                let mut all = Counted::default();
                for item in paths.iter().filter_map(|path| input::walk(path, walk).ok()).flatten() {
                    all.add(&item);
                }
                let _ = counted.set(all);
            });
        }
        self.counted.get().copied().filter(|counted| counted.files > 0)
    }
}

/// How far a run is: of how many pages, how fast, how long it will take, and what failed. How many pages there are in files
/// of many pages nobody knows before they are read: there the share of bytes counts.
fn how_far(progress: Progress, counted: Option<Counted>, elapsed: Duration) -> String {
    let Progress { found, done, failed, walked, read } = progress;
    // Files come and go, and a page in two roots is counted twice.
    let files = counted.filter(|counted| !counted.containers).map(|counted| counted.files.max(found));
    let total = if walked { Some(found) } else { files };
    let of = total.map_or_else(|| format!("{} and more", grouped(found)), grouped);
    let mut parts = vec![format!("{} of {of} pages", grouped(done))];
    let bytes = counted.map(|counted| counted.bytes).filter(|bytes| total.is_none() && *bytes > 0);
    let share = bytes.map(|bytes| read as f64 / bytes.max(read) as f64);
    parts.extend(share.map(|share| format!("{:.0} % of the bytes", share * 100.0)));
    let rate = done as f64 / elapsed.as_secs_f64().max(0.001);
    if rate >= 1.0 {
        parts.push(format!("{} pages/s", grouped(rate as u64)));
    }
    let by_pages =
        || total.filter(|_| done > 0).map(|total| total.saturating_sub(done) as f64 / rate.max(f64::MIN_POSITIVE));
    let by_bytes = share.filter(|share| *share > 0.0).map(|share| elapsed.as_secs_f64() * (1.0 - share) / share);
    if let Some(left) = by_bytes.or_else(by_pages).map(|left| left.ceil() as u64) {
        parts.push(match left {
            0..120 => format!("{left} s left"),
            120..7200 => format!("{} min left", left.div_ceil(60)),
            _ => format!("{} h left", left.div_ceil(3600)),
        });
    }
    if failed > 0 {
        parts.push(format!("{} failed", grouped(failed)));
    }
    parts.join(" · ")
}

impl Gauge {
    fn new(form: ProgressForm, quiet: bool) -> Gauge {
        match form {
            ProgressForm::Json => return Gauge::Json,
            ProgressForm::Auto if !quiet && io::stderr().is_terminal() => {}
            _ => return Gauge::None,
        }
        let bar = ProgressBar::no_length();
        let style = ProgressStyle::with_template("{spinner} {msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_message("reading folders");
        Gauge::Bar(bar)
    }

    fn show(&self, progress: Progress, total: &Total) {
        match self {
            Gauge::Bar(bar) => {
                bar.set_length(progress.found);
                bar.set_position(progress.done);
                bar.set_message(how_far(progress, total.counted(bar.elapsed()), bar.elapsed()));
            }
            // A wrapper that has gone away does not stop the run.
            Gauge::Json => {
                let _ = report::progress(&mut io::stderr().lock(), progress);
            }
            Gauge::None => {}
        }
    }

    /// [`Gauge::show`], no more often than anybody sees.
    fn at_times<'g>(&'g self, total: &'g Total) -> impl FnMut(Progress) + 'g {
        let mut last = Instant::now();
        move |progress| {
            // Pages come by the thousand a second; a terminal that scrolls over a network would slow the run.
            if last.elapsed() >= STEP {
                last = Instant::now();
                self.show(progress, total);
            }
        }
    }

    fn close(&self) {
        if let Gauge::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_tells_total_rate_and_time_left() {
        let progress = |found, done, failed, walked| Progress { found, done, failed, walked, read: 300 };
        let files = |files| Some(Counted { files, bytes: 900, containers: false });
        let crawls = Some(Counted { files: 2, bytes: 1_200, containers: true });
        let seconds = Duration::from_secs;
        for (progress, counted, elapsed, expected) in [
            (progress(40, 0, 0, false), None, seconds(0), "0 of 40 and more pages"),
            (progress(1_500, 1_200, 0, false), None, seconds(4), "1 200 of 1 500 and more pages · 300 pages/s"),
            (
                progress(1_500, 1_200, 2, false),
                files(6_000),
                seconds(4),
                "1 200 of 6 000 pages · 300 pages/s · 16 s left · 2 failed",
            ),
            (progress(90_000, 300, 0, true), files(1), seconds(3), "300 of 90 000 pages · 100 pages/s · 15 min left"),
            (
                progress(1_500, 1_200, 0, false),
                crawls,
                seconds(4),
                "1 200 of 1 500 and more pages · 25 % of the bytes · 300 pages/s · 12 s left",
            ),
            (progress(9_000_000, 300, 0, true), None, seconds(3), "300 of 9 000 000 pages · 100 pages/s · 25 h left"),
        ] {
            assert_eq!(how_far(progress, counted, elapsed), expected);
        }
    }
}
