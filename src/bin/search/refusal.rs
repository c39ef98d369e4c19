//! What is said where the command line cannot be read: what to type instead.

use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use search::query;

use super::args::Arguments;
use super::split::quoted;
use super::{ERROR, message};

/// Words that people type for a command, and what they mean.
const MEANT: [(&str, &str); 14] = [
    ("find", "search query WORDS"),
    ("search", "search query WORDS"),
    ("grep", "search query WORDS"),
    ("ask", "search query WORDS"),
    ("count", "search query -c WORDS"),
    ("list", "search query '*' for every article, search query -l WORDS for files, search new for saved queries"),
    ("ls", "search query -l WORDS"),
    ("get", "search show ID"),
    ("cat", "search show ID"),
    ("add", "search index FOLDER"),
    ("update", "search index FOLDER"),
    ("reindex", "search index --rebuild FOLDER"),
    ("status", "search stats"),
    ("version", "search --version"),
];

/// Prints what clap has to say: help that was asked for, or what is wrong with the options. Words where a command
/// should be are most likely a query, and fields where options should be a filter.
pub(crate) fn refuse(answer: &clap::Error) -> ExitCode {
    let typed: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    match said(answer, &typed) {
        Some(said) => message::complain(&said),
        None => drop(answer.print()),
    }
    ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(ERROR))
}

/// What we have to say ourselves.
fn said(answer: &clap::Error, typed: &[String]) -> Option<String> {
    if let Some(ContextValue::String(word)) = answer.get(ContextKind::InvalidSubcommand) {
        return Some(no_command(answer, word, typed));
    }
    match answer.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) if answer.kind() == ErrorKind::UnknownArgument => {
            no_option(option, typed).or_else(|| unknown_option(answer, option, typed))
        }
        _ => None,
    }
}

fn no_command(answer: &clap::Error, word: &str, typed: &[String]) -> String {
    if let Some((_, meant)) = MEANT.iter().find(|(known, _)| *known == word) {
        return format!("'{word}' is no command; type {meant}");
    }
    let near: Vec<&str> = match answer.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) => {
            names.iter().map(String::as_str).filter(|name| is_near(name, word)).collect()
        }
        _ => Vec::new(),
    };
    let guess = if near.is_empty() { String::new() } else { format!(" (is it '{}'?)", near.join("' or '")) };
    let words = typed.iter().skip_while(|typed| *typed != word).map(|word| quoted(word));
    let words = words.collect::<Vec<_>>().join(" ");
    format!(
        "'{word}' is no command{guess}; to look for it type: search query {words}; 'search help' lists the commands"
    )
}

/// True where `word` may be a slip of the pen for `name`: clap's own measure takes any word of like letters for one.
fn is_near(name: &str, word: &str) -> bool {
    // A slip in the first letter is rare, and two letters more or less are no slip in names this short.
    word.starts_with(&name[..1]) && name.len().abs_diff(word.len()) < 2
}

/// For an option that is called like a field of the query how to write it there.
fn no_option(option: &str, typed: &[String]) -> Option<String> {
    let name = option.strip_prefix("--")?.split('=').next().filter(|name| query::is_field(name))?;
    let at = typed.iter().position(|typed| typed.strip_prefix("--").is_some_and(|rest| rest.starts_with(name)))?;
    let value = typed[at].split_once('=').map(|(_, value)| value).or(typed.get(at + 1).map(String::as_str));
    let value = value.map_or("VALUE".to_owned(), quoted);
    Some(format!("'--{name}' is no option; write {name}:{value} in the query; 'search help fields' lists the fields"))
}

/// For an option that is like none: clap's own tip takes it for a word that somebody looks for, which it seldom is.
fn unknown_option(answer: &clap::Error, option: &str, typed: &[String]) -> Option<String> {
    if !option.starts_with("--") || answer.get(ContextKind::SuggestedArg).is_some() {
        return None;
    }
    let command = typed.iter().find(|word| !word.starts_with('-')).map(String::as_str);
    let command = command.filter(|name| Arguments::command().find_subcommand(name).is_some());
    let help = command.map_or("search --help".to_owned(), |name| format!("search {name} --help"));
    let options = format!("'{option}' is no option; '{help}' lists the options");
    let as_word = "to look for it as a word, write it behind --";
    Some(if command == Some("query") { format!("{options}; {as_word}") } else { options })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[test]
    fn wrong_commands_are_answered_with_the_right_one() {
        for (line, expected) in [
            ("Lachin medal", "'Lachin' is no command; to look for it type: search query Lachin medal; "),
            ("qury Lachin", "'qury' is no command (is it 'query'?); "),
            ("count medal", "'count' is no command; type search query -c WORDS"),
            ("list", "'list' is no command; type search query '*' for every article"),
            ("query --foo medal", "'--foo' is no option; 'search query --help' lists the options; to look for it"),
            ("--foo", "'--foo' is no option; 'search --help' lists the options"),
            ("query --site post.example medal", "'--site' is no option; write site:post.example in the query; "),
            ("facets people --date=2019.. medal", "'--date' is no option; write date:2019.. in the query; "),
        ] {
            let typed: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let answer = Arguments::try_parse_from(std::iter::once("search".to_owned()).chain(typed.clone()));
            let Err(answer) = answer else { panic!("{line} is read") };
            let said = said(&answer, &typed).unwrap_or_default();
            assert!(said.starts_with(expected), "{line}: {said}");
        }
        let answer = Arguments::try_parse_from(["search", "query", "--limt", "3"]).map(|_| ());
        assert_eq!(answer.err().and_then(|answer| said(&answer, &[])), None, "clap knows better");
    }
}
