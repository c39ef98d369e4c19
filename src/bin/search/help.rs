//! `search help`: a command's help, or a text on a topic.

use std::io::Write;

use clap::CommandFactory;
use clap::error::ErrorKind;
use search::{Error, Result};

use super::OK;
use super::args::{Arguments, Look};
use super::settings::Settings;
use super::terminal::{self, View};

/// A text that can be read offline.
pub(crate) struct Topic {
    /// What is typed.
    pub(crate) name: &'static str,
    /// Plain text of at most 80 columns; its first line is a heading.
    pub(crate) text: &'static str,
}

pub(crate) const TOPICS: [Topic; 5] = [
    Topic { name: "query-syntax", text: include_str!("help/query-syntax.txt") },
    Topic { name: "fields", text: include_str!("help/fields.txt") },
    Topic { name: "dates", text: include_str!("help/dates.txt") },
    Topic { name: "json", text: include_str!("help/json.txt") },
    Topic { name: "exit-codes", text: include_str!("help/exit-codes.txt") },
];

/// Name and text of each topic.
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(crate) const TEXTS: [(&str, &str); TOPICS.len()] = {
    let mut texts = [("", ""); TOPICS.len()];
    let mut at = 0;
    while at < TOPICS.len() {
        texts[at] = (TOPICS[at].name, TOPICS[at].text);
        at += 1;
    }
    texts
};

/// Made from the lock file by `data/licences/make.py`; the gate looks whether it still is that of the lock file.
const LICENCES: &str = include_str!("../../../data/licences/licences.txt");

/// Prints the help on `name`, on the whole program where nothing is named.
pub(crate) fn run(name: Option<&str>, settings: Option<&Settings>) -> Result<u8> {
    let text = match name {
        Some(name) if let Some(topic) = TOPICS.iter().find(|topic| topic.name == name) => topic.text.to_owned(),
        _ => of_command(name)?,
    };
    print(&text, settings)
}

/// Prints the licences of the program, of the crates that are linked into it and of its data.
pub(crate) fn licences(settings: Option<&Settings>) -> Result<u8> {
    print(LICENCES, settings)
}

fn print(text: &str, settings: Option<&Settings>) -> Result<u8> {
    let write = |out: &mut dyn Write| out.write_all(text.as_bytes());
    // Help must not fail because a setting is wrong.
    match settings {
        Some(settings) => View::new(&Look::default(), settings).print(write)?,
        None => terminal::print(write)?,
    }
    Ok(OK)
}

/// The help that clap itself prints for `search NAME --help`.
fn of_command(name: Option<&str>) -> Result<String> {
    let mut command = Arguments::command();
    let typed = ["search"].into_iter().chain(name).chain(["--help"]);
    match command.try_get_matches_from_mut(typed) {
        Err(answer) if answer.kind() == ErrorKind::DisplayHelp => Ok(answer.render().to_string()),
        _ => {
            let commands = command.get_subcommands().map(clap::Command::get_name);
            let commands: Vec<&str> = commands.filter(|name| *name != "help").collect();
            let topics: Vec<&str> = TOPICS.iter().map(|topic| topic.name).collect();
            let (name, commands, topics) = (name.unwrap_or(""), commands.join(", "), topics.join(", "));
            Err(Error::usage(format!("no help on '{name}'; there is help on the commands {commands} and on {topics}")))
        }
    }
}
