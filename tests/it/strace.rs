//! The program below `strace`: what it asks of the system is written down, or answered otherwise.

use std::fs;
use std::io::{self, Write};
use std::process::Command;

use crate::archive::{Archive, Run, program};

/// One run of the program with `options` of strace, and what strace wrote down; `None`, with a loud word, where processes
/// must not be traced.
pub(crate) fn traced(archive: &Archive, options: &[&str], args: &[&str]) -> Option<(Run, String)> {
    let log = archive.folder().join("trace.txt");
    let _ = fs::remove_file(&log);
    let plain = program(archive.folder());
    let mut traced = Command::new("strace");
    traced.args(["-f", "-y", "-s", "4096", "-o"]).arg(&log).args(options);
    traced.arg(plain.get_program()).args(args).current_dir(archive.folder()).env_clear();
    traced.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = traced.output();
    let text = fs::read_to_string(&log).unwrap_or_default();
    match output {
        Ok(output) if !text.is_empty() => Some((Run::from_output(format!("{traced:?}"), &output), text)),
        _ => {
            skipped("what the system is asked needs strace, and the right to trace processes");
            None
        }
    }
}

/// Says that something was not tried, straight to standard error: what a test prints is hidden where the test passes.
pub(crate) fn skipped(why: &str) {
    io::stderr().write_all(format!("!! SKIPPED: {why}\n").as_bytes()).unwrap();
}
