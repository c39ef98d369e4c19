//! `search matrix`.

use std::io::Read;
use std::path::Path;

use search::api::{Engine, MatrixAsked};
use search::output::{MatrixView, plural};
use search::{Error, Result};

use super::args::MatrixOptions;
use super::settings::Settings;
use super::{NONE, OK, message, own_file, terminal};

/// Bytes of a list on standard input: a thousand times more names than can be looked at side by side.
const LONGEST: u64 = 1 << 20;
/// Names that are told of one by one.
const MOST: usize = 10;

pub(crate) fn run(options: &MatrixOptions, settings: &Settings) -> Result<u8> {
    let names = names(&options.file)?;
    let engine = options.ask.engine(settings)?;
    let request = options.ask.request(&options.ask.text_or_all()?, settings)?;
    let asked = MatrixAsked {
        names: names.iter().map(|name| query_of(name)).collect(),
        window: options.window.into(),
        evidence: options.evidence,
    };
    let found = engine.matrix(&request, &asked)?;
    options.ask.matching.remark(&found.reading)?;
    for (name, node) in names.iter().zip(&found.body.nodes) {
        node.notes.iter().for_each(|note| message::remark(&format!("{name}: {note}")));
    }
    missing(&names, |at| found.body.nodes.get(at).is_some_and(|node| node.articles == 0));
    let view = MatrixView { names: &names, window: asked.window, matrix: &found.body };
    terminal::print(|out| match (options.graphml, options.json, options.csv) {
        (true, ..) => view.graphml(out),
        (_, true, _) => view.json(out),
        (_, _, true) => view.csv(out),
        _ => view.lines(out),
    })?;
    Ok(if found.body.edges.is_empty() { NONE } else { OK })
}

/// Says which names no article has.
fn missing(names: &[String], is_missing: impl Fn(usize) -> bool) {
    let missing: Vec<&str> = (0..names.len()).filter(|at| is_missing(*at)).map(|at| names[at].as_str()).collect();
    if missing.is_empty() {
        return;
    }
    let more = missing.len().saturating_sub(MOST);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (count, are) = (missing.len(), plural(missing.len() as u64, "name is", "names are"));
    let listed = missing[..missing.len().min(MOST)].join(", ");
    message::remark(&format!("{count} {are} in no article: {listed}{rest}"));
}

/// The lines of the file, each once; those that are empty or begin with # say nothing.
fn names(path: &Path) -> Result<Vec<String>> {
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        let read = std::io::stdin().lock().take(LONGEST).read_to_string(&mut text);
        read.map_err(|cause| Error::io("read", "standard input".as_ref(), cause))?;
        text
    } else {
        std::fs::metadata(path).map_err(|cause| Error::io("read", path, cause))?;
        own_file::text(path)?.unwrap_or_default()
    };
    let mut names: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if seen.insert(line) {
            names.push(line.to_owned());
        } else {
            message::remark(&format!("{line} stands in the list twice and counts once"));
        }
    }
    if names.len() < 2 {
        return Err(Error::refused(path, "a list of two names at least is needed, one a line"));
    }
    Ok(names)
}

/// The query that finds a name: a line that says itself how it is looked for, or the name of a person or organisation, or
/// the words.
fn query_of(line: &str) -> String {
    if line.contains([':', '"', '*', '(', '=']) || line.contains(" OR ") {
        return line.to_owned();
    }
    let words = if line.contains(char::is_whitespace) { format!("\"{line}\"") } else { line.to_owned() };
    format!("person:\"{line}\" OR org:\"{line}\" OR {words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_name_or_a_query() {
        for (line, query) in [
            ("Anna Keller", "person:\"Anna Keller\" OR org:\"Anna Keller\" OR \"Anna Keller\""),
            ("Lachin", "person:\"Lachin\" OR org:\"Lachin\" OR Lachin"),
            ("place:Lachin", "place:Lachin"),
            ("\"gas price\"", "\"gas price\""),
            ("gas OR oil", "gas OR oil"),
        ] {
            assert_eq!(query_of(line), query);
        }
    }
}
