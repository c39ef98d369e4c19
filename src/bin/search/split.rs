//! `search query Lachin -medal`: where options end and the query begins.
//!
//! Options come before the first word. After it everything is query text, so that `-medal` excludes a word, except
//! exact long options. The words are handed on behind a `--`.

use std::ffi::OsString;

use clap::{ArgAction, Args, Command};

use super::args::{FacetOptions, FirstOptions, OnOptions, QueryOptions, TimelineOptions};

/// The arguments as clap should see them.
pub(crate) fn arguments(typed: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let typed: Vec<OsString> = typed.into_iter().collect();
    // Options that all commands have take no value.
    let is_option = |argument: &OsString| argument.to_string_lossy().starts_with('-');
    let Some(at) = typed.iter().skip(1).position(|argument| !is_option(argument)).map(|at| at + 1) else {
        return typed;
    };
    let Some((command, before)) = asking(&typed[at]) else { return typed };
    let (options, words) = split(&command, &typed[at + 1..], before);
    let mut out = typed[..=at].to_vec();
    out.extend(options);
    if !words.is_empty() {
        out.push("--".into());
        out.extend(words);
    }
    out
}

/// The command of this name, where it takes a query, and how many words stand before that: what is counted, a day.
/// Options may come after these.
fn asking(name: &OsString) -> Option<(Command, usize)> {
    Some(match name.to_str()? {
        "query" => (QueryOptions::augment_args(Command::new("query")), 0),
        "facets" => (FacetOptions::augment_args(Command::new("facets")), 1),
        "first" => (FirstOptions::augment_args(Command::new("first")), 0),
        "on" => (OnOptions::augment_args(Command::new("on")), 1),
        "timeline" => (TimelineOptions::augment_args(Command::new("timeline")), 0),
        _ => return None,
    })
}

/// What an argument is.
enum Shape {
    Word,
    /// An option; true where its value is the next argument.
    Option(bool),
    End,
}

/// The options and the words of `typed`; so many words stand before the query begins.
fn split(command: &Command, typed: &[OsString], before: usize) -> (Vec<OsString>, Vec<OsString>) {
    let (mut options, mut words) = (Vec::new(), Vec::new());
    let mut rest = typed.iter();
    while let Some(argument) = rest.next() {
        match shape(command, argument, words.len() > before) {
            Shape::Word => words.push(argument.clone()),
            Shape::Option(takes_next) => {
                options.push(argument.clone());
                if takes_next {
                    options.extend(rest.next().cloned());
                }
            }
            Shape::End => {
                words.extend(rest.cloned());
                break;
            }
        }
    }
    (options, words)
}

fn shape(command: &Command, argument: &OsString, in_query: bool) -> Shape {
    let Some(text) = argument.to_str() else { return Shape::Word };
    if text == "--" {
        return Shape::End;
    }
    if let Some(long) = text.strip_prefix("--") {
        let (name, value) = long.split_once('=').map_or((long, false), |(name, _)| (name, true));
        let known =
            matches!(name, "help" | "no-config") || command.get_arguments().any(|arg| arg.get_long() == Some(name));
        return if known {
            Shape::Option(!value && takes_value(command, |arg| arg.get_long() == Some(name)))
        } else if in_query {
            Shape::Word
        } else {
            Shape::Option(false)
        };
    }
    match text.strip_prefix('-') {
        Some(shorts) if !in_query && !shorts.is_empty() => Shape::Option(last_takes_next(command, shorts)),
        _ => Shape::Word,
    }
}

/// For `-cn`: the value of `n` is the next argument. For `-n5` it is not.
fn last_takes_next(command: &Command, shorts: &str) -> bool {
    let mut chars = shorts.chars();
    while let Some(short) = chars.next() {
        if takes_value(command, |arg| arg.get_short() == Some(short)) {
            return chars.next().is_none();
        }
    }
    false
}

fn takes_value(command: &Command, is: impl Fn(&clap::Arg) -> bool) -> bool {
    command.get_arguments().any(|arg| is(arg) && matches!(arg.get_action(), ArgAction::Set | ArgAction::Append))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_begins_at_the_first_word() {
        for row in "query Lachin -medal ==> query -- Lachin -medal
             query -n 5 Lachin ==> query -n 5 -- Lachin
             query -n5 -c Lachin -x ==> query -n5 -c -- Lachin -x
             query Lachin --json -medal ==> query --json -- Lachin -medal
             query Lachin --limit 3 medal ==> query --limit 3 -- Lachin medal
             query Lachin --limit=3 ==> query --limit=3 -- Lachin
             query Lachin --nonsense ==> query -- Lachin --nonsense
             query --nonsense Lachin ==> query --nonsense -- Lachin
             query Lachin --no-config ==> query --no-config -- Lachin
             --no-config query Lachin -medal ==> --no-config query -- Lachin -medal
             query -- -medal ==> query -- -medal
             query -e -medal ==> query -e -medal
             query --index d a - b ==> query --index d -- a - b
             timeline --by month a -b ==> timeline --by month -- a -b
             index -q corpus ==> index -q corpus"
            .lines()
        {
            let (typed, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let typed = std::iter::once("search").chain(typed.split(' ')).map(OsString::from);
            let out: Vec<String> =
                arguments(typed).iter().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
            assert_eq!(out.join(" "), expected);
        }
    }
}
