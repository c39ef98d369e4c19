//! `search query Lachin -medal -n 3`: which arguments are options and which are the query.
//!
//! Options may stand anywhere. What would be both, behind the first word, is decided by its length: a dash and one letter
//! is an option, with its number where it takes one, and a dash before more letters leaves a word out. So `-medal` never
//! is five options, and nobody leaves out all articles with the word `c`. The words are handed on behind a `--`.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Args, Command};

use super::args::{
    ExportOptions, FacetOptions, FirstOptions, LinesOptions, MatrixOptions, NewOptions, OnOptions, PairsOptions,
    QueryOptions, TimelineOptions,
};

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
    let (command, before) = match name.to_str()? {
        "query" => (QueryOptions::augment_args(Command::new("query")), 0),
        "export" => (ExportOptions::augment_args(Command::new("export")), 0),
        "facets" => (FacetOptions::augment_args(Command::new("facets")), 1),
        "lines" => (LinesOptions::augment_args(Command::new("lines")), 0),
        "first" => (FirstOptions::augment_args(Command::new("first")), 0),
        "matrix" => (MatrixOptions::augment_args(Command::new("matrix")), 1),
        "on" => (OnOptions::augment_args(Command::new("on")), 1),
        "new" => (NewOptions::augment_args(Command::new("new")), 1),
        "pairs" => (PairsOptions::augment_args(Command::new("pairs")), 0),
        "timeline" => (TimelineOptions::augment_args(Command::new("timeline")), 0),
        _ => return None,
    };
    // Of the options that all commands have, the one with a letter.
    let verbose = Arg::new("verbose").short('v').long("verbose").action(ArgAction::SetTrue);
    Some((command.arg(verbose), before))
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
        match shape(command, argument, rest.as_slice().first(), words.len() > before) {
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

fn shape(command: &Command, argument: &OsString, next: Option<&OsString>, in_query: bool) -> Shape {
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
        None | Some("") => Shape::Word,
        Some(shorts) if !in_query => Shape::Option(last_takes_next(command, shorts)),
        Some(shorts) => one_option(command, shorts, next).map_or(Shape::Word, Shape::Option),
    }
}

/// For `shorts` that are one option, `n` or `n5`, whether its value is the `next` argument. An option of `search query`
/// that this command does not have is one too: it is refused, as a word of one letter it would be obeyed in silence.
fn one_option(command: &Command, shorts: &str, next: Option<&OsString>) -> Option<bool> {
    let query = QueryOptions::augment_args(Command::new("query"));
    let mut chars = shorts.chars();
    let short = chars.next()?;
    let is = |arg: &clap::Arg| arg.get_short() == Some(short);
    let known = short == 'h' || [command, &query].iter().any(|command| command.get_arguments().any(is));
    let takes = [command, &query].iter().any(|command| takes_value(command, is));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // All of them take numbers, but the one for the query.
    let fits = |next: &OsString| short == 'e' || next.to_str().is_some_and(is_number);
    match chars.as_str() {
        _ if !known => None,
        "" if takes => next.is_some_and(fits).then_some(true),
        "" => Some(false),
        value => (takes && is_number(value)).then_some(false),
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
    looks_like_options(words)
}

fn looks_like_options(words: &[String]) -> Vec<String> {
    let query = QueryOptions::augment_args(Command::new("query"));
    let is_flag = |short: char| {
        let is = |arg: &clap::Arg| arg.get_short() == Some(short);
        query.get_arguments().any(is) && !takes_value(&query, is)
    };
    let note = |word: &String| {
        if let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) {
            let name = name.split('=').next().unwrap_or(name);
            if search::query::is_field(name) {
                return Some(format!("'--{name}' is no option and is read as a word; write {name}:VALUE"));
            }
            return Some(format!("'{word}' is no option and is read as words; --help lists the options"));
        }
        if let Some(option) = word.strip_prefix('-').filter(|option| *option == "n") {
            return Some(format!(
                "'-{option}' leaves out articles with '{option}'; the option takes a number: -{option} 10"
            ));
        }
        let flags = word.strip_prefix('-').filter(|flags| flags.len() > 1 && flags.chars().all(is_flag))?;
        let apart: Vec<String> = flags.chars().map(|flag| format!("-{flag}")).collect();
        let apart = apart.join(" ");
        Some(format!("'{word}' leaves out articles with '{flags}'; for the options type {apart}"))
    };
    words.iter().filter_map(note).collect()
}

/// `word` as a shell takes it.
pub(crate) fn quoted(word: &str) -> String {
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
             query stadia -n 3 ==> query -n 3 -- stadia
             query stadia -n3 -medal gold ==> query -n3 -- stadia -medal gold
             query a -c -l -0 -q b -naval ==> query -c -l -0 -q -- a b -naval
             query a -n two ==> query -- a -n two
             query a -n ==> query -- a -n
             query a -e -b ==> query -e -b -- a
             query a -x -lc -é - ==> query -- a -x -lc -é -
             facets people lang:en -n 3 -x ==> facets -n 3 -- people lang:en -x
             timeline a -n 3 ==> timeline -n 3 -- a
             first a -c ==> first -c -- a
             new name a -medal -n 3 ==> new -n 3 -- name a -medal
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
        for row in "Lachin -lc ==> '-lc' leaves out articles with 'lc'; for the options type -l -c
             Lachin -l0 -qq ==> '-l0' leaves out articles with 'l0' | '-qq' leaves out
             Lachin --jsn ==> '--jsn' is no option
             Lachin -n two ==> '-n' leaves out articles with 'n'; the option takes a number: -n 10
             Lachin --site post.example ==> '--site' is no option and is read as a word; write site:VALUE
             Lachin -medal -x - 2 a-n -naval -cell -- ==>"
            .lines()
        {
            let (typed, expected) = row.trim().split_once("==>").expect("a row has ==>");
            let typed: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
            let notes = looks_like_options(&typed);
            let expected: Vec<&str> = expected.split('|').map(str::trim).filter(|part| !part.is_empty()).collect();
            let fits = |(note, expected): (&String, &&str)| note.starts_with(*expected);
            assert!(notes.len() == expected.len() && notes.iter().zip(&expected).all(fits), "{typed:?}: {notes:?}");
        }
    }
}
