//! Every command of the README runs, in a folder like a fresh clone, and prints what the README says it prints.
//!
//! Blocks marked `sh` are commands. Blocks marked `console` hold lines that begin with `$ ` and below each what it
//! prints; `…` stands for any text. A command may end in `# exit 1`. `console tty` is run on a terminal without colours,
//! 80 columns wide. `python` and `r` are programs that read what the commands above them wrote, where they can be run.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::archive::package;

/// One command with what it must print (nothing said: anything) and its exit status.
#[derive(Debug, PartialEq)]
struct Step {
    command: String,
    output: Option<String>,
    status: i32,
    tty: bool,
}

impl Step {
    fn new(line: &str) -> Step {
        let (command, status) = match line.split_once("# exit ") {
            Some((command, status)) => (command.trim_end(), status.trim().parse().unwrap()),
            None => (line, 0),
        };
        Step { command: command.to_owned(), output: None, status, tty: false }
    }
}

/// The commands of a Markdown text.
fn steps(markdown: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut block = None;
    for line in markdown.lines() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            block = (block.is_none() && !info.is_empty()).then_some(info.trim());
            continue;
        }
        match (block, line.strip_prefix("$ ")) {
            (Some("sh"), _) if !line.trim().is_empty() && !line.starts_with('#') => match steps.last_mut() {
                Some(last) if last.command.ends_with('\\') => {
                    last.command.pop();
                    last.command += line.trim_start();
                }
                _ => steps.push(Step::new(line)),
            },
            (Some(kind @ ("console" | "console tty")), Some(command)) => {
                steps.push(Step { tty: kind.ends_with("tty"), ..Step::new(command) });
            }
            (Some("python"), _) => program(&mut steps, "python3 -c 'import pandas'", "python3 -", line),
            (Some("r"), _) => program(&mut steps, "command -v Rscript", "Rscript -", line),
            (Some("console" | "console tty"), None) => {
                let output = steps.last_mut().unwrap().output.get_or_insert_default();
                *output += line;
                output.push('\n');
            }
            _ => {}
        }
    }
    steps
}

/// Adds a line to the program that `run` reads, a step of its own, where `probe` says that it can be run here.
fn program(steps: &mut Vec<Step>, probe: &str, run: &str, line: &str) {
    let head = format!("if {probe} > /dev/null 2>&1; then {run} <<'END'\n");
    let end = "END\nfi\n";
    match steps.last_mut() {
        Some(last) if last.command.starts_with(&head) => {
            let lines = last.command.len() - end.len();
            last.command.insert_str(lines, &format!("{line}\n"));
        }
        _ => steps.push(Step::new(&format!("{head}{line}\n{end}"))),
    }
}

/// A folder as after `git clone` and a build. `cargo` only builds there, which is done, or runs the program.
fn clone() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("target/release")).unwrap();
    fs::create_dir(at.join("tools")).unwrap();
    copy(&package().join("corpus"), &at.join("corpus"));
    for program in [at.join("target/release/search"), at.join("tools/search")] {
        symlink(env!("CARGO_BIN_EXE_search"), program).unwrap();
    }
    let cargo = "#!/bin/sh\ncase $1 in run) while [ \"$1\" != -- ]; do shift; done; shift; exec search \"$@\";; esac\n";
    for (name, script) in [("cargo", cargo), ("git", "#!/bin/sh\n")] {
        fs::write(at.join("tools").join(name), script).unwrap();
        fs::set_permissions(at.join("tools").join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// A shell that runs the step, on a terminal where it asks for one.
fn shell(step: &Step) -> Command {
    if step.tty {
        let mut command = Command::new("script");
        command.args(["-qec", &format!("stty cols 80; {}", step.command), "/dev/null"]);
        command.env("NO_COLOR", "1").env("PAGER", "cat").stdin(Stdio::null());
        return command;
    }
    let mut command = Command::new("bash");
    command.args(["-c", &step.command]);
    command
}

/// True when `text` is `pattern` with something for each `…`.
fn fits(pattern: &str, text: &str) -> bool {
    let parts: Vec<String> = pattern.trim().split('…').map(regex::escape).collect();
    regex::Regex::new(&format!("(?s)^{}$", parts.join(".*?"))).unwrap().is_match(text.trim())
}

#[test]
fn every_command_runs() {
    let readme = fs::read_to_string(package().join("README.md")).unwrap();
    let steps = steps(&readme);
    assert!(steps.len() >= 5, "the README has commands");
    let clone = clone();
    let path = format!("{}:{}", clone.path().join("tools").display(), std::env::var("PATH").unwrap());
    for step in steps {
        let mut shell = shell(&step);
        shell.current_dir(clone.path()).env("PATH", &path).env_remove("SEARCH_INDEX");
        let output = match shell.env("HOME", clone.path()).env("XDG_CONFIG_HOME", clone.path()).output() {
            Err(_) if step.tty => continue, // No program here that makes a terminal.
            output => output.unwrap(),
        };
        let out = String::from_utf8_lossy(&output.stdout).replace('\r', "");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(step.status), "{}\n{out}\n{err}", step.command);
        if let Some(expected) = step.output {
            assert!(fits(&expected, &out), "{}\n--- the README says\n{expected}\n--- it prints\n{out}", step.command);
        }
    }
}

#[test]
fn the_reader_of_commands_reads_right() {
    let step = |command: &str, output: Option<&str>, status| Step {
        command: command.to_owned(),
        output: output.map(str::to_owned),
        status,
        tty: false,
    };
    let text = "a\n```sh\n# why\nsearch index corpus\nsearch query \\\n  x\n```\n```json\n{}\n```\n```console\n$ a # exit 1\nb\n$ c\n```\n";
    let program = steps("```python\na\nb\n```\n");
    assert_eq!(program.len(), 1);
    assert!(program[0].command.ends_with("python3 - <<'END'\na\nb\nEND\nfi\n"), "{program:?}");
    let expected = [
        step("search index corpus", None, 0),
        step("search query x", None, 0),
        step("a", Some("b\n"), 1),
        step("c", None, 0),
    ];
    assert_eq!(steps(text), expected);
    assert!(fits("a … c\n", "a b\nb c") && !fits("a … c", "a b d"));
}
