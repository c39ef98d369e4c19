//! `search query Lachin -medal`: where options end and the query begins.
//!
//! Options come before the first word. After it everything is query text, so that `-medal` excludes a word, except
//! exact long options. The words are handed on behind a `--`.

use std::ffi::OsString;

use clap::{ArgAction, Args, Command};

use super::args::{FacetOptions, FirstOptions, NewOptions, OnOptions, PairsOptions, QueryOptions, TimelineOptions};

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

/// The command of this name, where it takes a query, and how many words stand before that: what is counted, a day, a
/// name.
/// Options may come after these.
fn asking(name: &OsString) -> Option<(Command, usize)> {
    Some(match name.to_str()? {
        "query" => (QueryOptions::augment_args(Command::new("query")), 0),
        "facets" => (FacetOptions::augment_args(Command::new("facets")), 1),
        "first" => (FirstOptions::augment_args(Command::new("first")), 0),
        "on" => (OnOptions::augment_args(Command::new("on")), 1),
        "new" => (NewOptions::augment_args(Command::new("new")), 1),
        "pairs" => (PairsOptions::augment_args(Command::new("pairs")), 0),
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

/// True for options whose value may be the next argument.
fn takes_value(command: &Command, is: impl Fn(&clap::Arg) -> bool) -> bool {
    let takes = |arg: &clap::Arg| matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    command.get_arguments().any(|arg| is(arg) && takes(arg) && !arg.is_require_equals_set())
}

/// One line for each of the `words` of a query that looks like an option: what it is read as, and what to type.
/// Nothing where a `--` says that they are words.
pub(crate) fn misplaced(words: &[String]) -> Vec<String> {
    if std::env::args_os().any(|argument| argument == "--") {
        return Vec::new();
    }
    let command = QueryOptions::augment_args(Command::new("query"));
    looks_like_options(&command, words)
}

fn looks_like_options(command: &Command, words: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.starts_with("--") && word.len() > 2 {
            notes.push(format!("'{word}' is no option and is read as words; 'search query --help' lists the options"));
            continue;
        }
        let Some((short, value)) = word.strip_prefix('-').and_then(|rest| {
            let short = rest.chars().next()?;
            Some((short, &rest[short.len_utf8()..]))
        }) else {
            continue;
        };
        let takes = takes_value(command, |arg| arg.get_short() == Some(short));
        let known = short == 'h' || command.get_arguments().any(|arg| arg.get_short() == Some(short));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !known || !(value.is_empty() || (takes && is_number(value))) {
            continue;
        }
        // The option with its value, and the words without them.
        let taken =
            if takes && value.is_empty() && words.get(at + 1).is_some_and(|next| is_number(next)) { 2 } else { 1 };
        let (option, before) = (&words[at..at + taken], &words[..at]);
        let typed: Vec<String> =
            option.iter().chain(before).chain(&words[at + taken..]).map(|word| quoted(word)).collect();
        notes.push(format!(
            "'{word}' after the first word leaves out articles with '{}'; for the option type: search query {}",
            &word[1..],
            typed.join(" ")
        ));
    }
    notes
}

/// `word` as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_.,:/@%+=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
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
             query --recency Lachin medal ==> query --recency -- Lachin medal
             query Lachin --recency=30 medal ==> query --recency=30 -- Lachin medal
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

    #[test]
    fn words_that_look_like_options_are_noted() {
        let command = QueryOptions::augment_args(Command::new("query"));
        for row in "Lachin medal -n 2 ==> -n 2 Lachin medal
             Lachin -n2 ==> -n2 Lachin
             Lachin -c ==> -c Lachin
             Lachin -l -0 ==> -l Lachin -0 | -0 Lachin -l
             \"a b\" -n 2 (c) ==> -n 2 '\"a b\"' '(c)'
             Lachin -n two ==> -n Lachin two
             Lachin --jsn ==> '--jsn' is no option
             Lachin -medal -x - 2 a-n ==>
             Lachin -naval ==>"
            .lines()
        {
            let (typed, expected) = row.trim().split_once("==>").expect("a row has ==>");
            let typed: Vec<String> = match typed.trim().strip_prefix("\"a b\"") {
                Some(rest) => std::iter::once("\"a b\"").chain(rest.split_whitespace()).map(str::to_owned).collect(),
                None => typed.split_whitespace().map(str::to_owned).collect(),
            };
            let notes = looks_like_options(&command, &typed);
            let expected: Vec<&str> = expected.split('|').map(str::trim).filter(|part| !part.is_empty()).collect();
            let fits = |(note, expected): (&String, &&str)| {
                note.starts_with(*expected)
                    || note.split_once("search query ").is_some_and(|(_, typed)| typed == *expected)
            };
            assert!(notes.len() == expected.len() && notes.iter().zip(&expected).all(fits), "{typed:?}: {notes:?}");
        }
    }
}
