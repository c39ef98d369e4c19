//! `search`: the search engine for news archives.
//!
//! Exit status: 0 found (or done), 1 nothing found (or, for `index`, some files failed), 2 an error happened, 75 the
//! index is busy, 130 stopped by Ctrl-C after a clean commit.

mod annotate;
mod args;
mod around;
mod article;
mod ask;
mod batch;
mod copies;
#[cfg(test)]
mod double;
mod export;
mod facets;
mod fold;
mod help;
mod index;
mod inspect;
mod lines;
mod manual;
mod matrix;
#[cfg(feature = "mcp")]
mod mcp;
mod message;
mod names;
mod new;
mod open;
mod own_file;
mod pager;
mod query;
mod refusal;
mod report;
mod reported;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod split;
mod table;
mod terminal;
mod timeline;
mod today;
mod verify;
mod versions;
mod who;

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::process::ExitCode;

use clap::Parser;
use nix::sys::signal::{SigSet, Signal};
use search::Error;
use search::text::safe_line;

use args::{Arguments, Command};
use settings::Settings;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Found, or done.
const OK: u8 = 0;
/// Nothing found, or some files failed.
const NONE: u8 = 1;
/// An error happened.
const ERROR: u8 = 2;
/// Try again later.
// `EX_TEMPFAIL` of sysexits.h, which mail systems and job runners know as "try again".
const BUSY: u8 = 75;
/// Stopped by Ctrl-C.
// 128 and the number of SIGINT, as shells have it.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse_from(split::arguments(std::env::args_os())) {
        Ok(arguments) => arguments,
        Err(answer) => return refusal::refuse(&answer),
    };
    std::panic::set_hook(Box::new(fault));
    block_file_size_signal();
    ExitCode::from(ended(|| run(arguments)))
}

/// A file that would grow above the limit of its size (`ulimit -f`) is an error of writing, like a full disk; the signal that
/// comes with it would end the program without a word.
fn block_file_size_signal() {
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGXFSZ);
    // Before there is a second thread, as threads take it over. Where it is refused all is as it was.
    let _ = signals.thread_block();
}

/// The exit status of a command: its own, or what its error or its fault stands for, which is said.
fn ended(command: impl FnOnce() -> search::Result<u8>) -> u8 {
    // What was printed so far is whole lines, and the index is only changed by commits: nothing is left half done.
    let outcome = catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| {
        message::complain(
            "the files of an index may have been damaged, which 'search check' tells; else please report this",
        );
        Ok(ERROR)
    });
    match outcome {
        Ok(code) => code,
        // Who reads `search ... | head` has seen enough: that is no failure.
        Err(error) if error.is_broken_pipe() => OK,
        Err(error) => {
            message::complain(&error.to_string());
            status(&error)
        }
    }
}

/// Says in one line where a fault in the program is; what comes of it says who catches it.
fn fault(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or("no message");
    let place = info.location().map(|location| (location.file(), location.line()));
    let (file, line) =
        place.map_or(("", 0), |(file, line)| (file.rsplit_once("/src/").map_or(file, |(_, file)| file), line));
    message::complain(&format!("internal error at {file}:{line}: {}", safe_line(message)));
}

fn run(arguments: Arguments) -> search::Result<u8> {
    let settings = || Settings::load(!arguments.no_config).map(|settings| settings.verbose(arguments.verbose));
    let Some(command) = arguments.command else {
        return if arguments.licences { help::licences(settings().ok().as_ref()) } else { help::run(None, None) };
    };
    match command {
        Command::Index(options) => index::run(&options, &settings()?),
        Command::Query(options) => query::run(&options, &settings()?),
        Command::Batch(options) => batch::run(&options, &settings()?),
        Command::Export(options) => export::run(&options, &settings()?),
        Command::First(options) => around::first(&options, &settings()?),
        Command::On(options) => around::on(&options, &settings()?),
        Command::Similar(options) => around::similar(&options, &settings()?),
        Command::Timeline(options) => timeline::run(&options, &settings()?),
        Command::Verify(options) => verify::run(&options, &settings()?),
        Command::Versions(options) => versions::list(&options, &settings()?),
        Command::Diff(options) => versions::diff(&options, &settings()?),
        Command::Copies(options) => copies::run(&options, &settings()?),
        Command::Matrix(options) => matrix::run(&options, &settings()?),
        Command::New(options) => new::run(&options, &settings()?),
        Command::Pairs(options) => around::pairs(&options, &settings()?),
        #[cfg(feature = "mcp")]
        Command::Mcp(options) => mcp::run(&options, &settings()?),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::run(&options, &settings()?),
        Command::Lines(options) => lines::run(&options, &settings()?),
        Command::Facets(options) => facets::run(&options, &settings()?),
        Command::Who(options) => who::run(&options, &settings()?),
        Command::Show(options) => inspect::show(&options, &settings()?),
        Command::Open(options) => open::run(&options, &settings()?),
        Command::Extract(options) => inspect::extract(&options, &settings()?),
        Command::Annotate(options) => annotate::run(&options),
        Command::Stats(options) => inspect::stats(&options, &settings()?),
        Command::Compact(options) => index::compact(&options, &settings()?),
        Command::Check(options) => index::check(&options, &settings()?),
        Command::Config => {
            let settings = settings()?;
            terminal::print(|out| settings.write(out)).map(|()| OK)
        }
        Command::Completions(options) => manual::completions(options.shell),
        Command::Man => manual::page(),
        Command::Help(options) => help::run(options.name.as_deref(), settings().ok().as_ref()),
    }
}

fn status(error: &Error) -> u8 {
    if error.is_busy() {
        BUSY
    } else if error.is_interrupted() {
        INTERRUPTED
    } else {
        ERROR
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use double::Double;
    use search::api::{Engine, Request};

    /// The exit status of a command that asks the double for `text`.
    fn asked(text: &str) -> u8 {
        let engine: &dyn Engine = &Double;
        ended(|| {
            let found = engine.search(&Request::new(text, today::local()))?;
            Ok(if found.body.hits.is_empty() { NONE } else { OK })
        })
    }

    #[test]
    fn what_an_engine_does_becomes_an_exit_status() {
        for (text, status) in [
            ("medal", OK),
            ("nothing", NONE),
            ("stopped", ERROR),
            ("damaged", ERROR),
            ("interrupted", INTERRUPTED),
            ("another view", ERROR),
        ] {
            assert_eq!(asked(text), status, "{text}");
        }
    }

    #[test]
    fn a_crash_is_an_error_and_the_next_command_is_answered() {
        assert_eq!(asked("crash"), ERROR);
        assert_eq!(asked("medal"), OK);
    }

    #[test]
    fn a_reader_that_has_gone_away_is_no_failure() {
        let gone = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert_eq!(ended(|| Err(Error::io("write", "standard output".as_ref(), gone()))), OK);
    }
}
