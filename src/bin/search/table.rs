//! `search batch names.csv --query 'person:{name}'`: one query for each row of a table, and one row of answers.

use std::fs::File;
use std::io::{self, Read};

use search::api::{Asked, Engine, Hit, Request, Sort, VERSION};
use search::output::{Sheet, json_line};
use search::text::{safe_line, safe_path};
use search::{Error, Result};
use serde::Serialize;

use super::args::{BatchOptions, MatchOptions};
use super::settings::Settings;
use super::{ERROR, NONE, OK, message, terminal, today};

/// What is answered about one row. Its JSON form is the contract of `search batch --query --json`.
#[derive(Serialize)]
struct Answer {
    v: u32,
    /// What the first column of the row holds.
    name: String,
    /// The query as it was asked.
    query: String,
    /// Articles that match.
    hits: u64,
    /// Those of them that do not hold all words as they were typed.
    other_forms: u64,
    /// Stories that they tell.
    stories: u64,
    /// When the first and the last of them were published; null where none has a date.
    first: Option<String>,
    last: Option<String>,
    /// Of the best article the best sentence, its id, and its address, else its file.
    sentence: Option<String>,
    id: Option<String>,
    link: Option<String>,
}

const COLUMNS: [&str; 9] = ["name", "hits", "stories", "first", "last", "sentence", "id", "link", "query"];

pub(crate) fn run(options: &BatchOptions, template: &str, settings: &Settings) -> Result<u8> {
    let engine = options.place.engine(settings)?;
    let path = &options.file;
    let input: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|cause| Error::io("open", path, cause))?)
    };
    let mut table = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(input);
    let unreadable = |cause: &csv::Error| Error::refused(path, format!("{cause}; a table in CSV has a header line"));
    let names = table.headers().map_err(|cause| unreadable(&cause))?.clone();
    let names: Vec<&str> = names.iter().map(|name| name.trim_start_matches('\u{feff}')).collect();
    let pieces = Template::parse(template, &names).map_err(Error::usage)?;
    let matching = &options.list.matching;
    let asked = Asked { limit: Some(1), ..matching.asked_of_all("") };
    let base = matching.request(asked, today::local(), settings)?;
    let (mut found, mut failed) = (false, false);
    let write = |answer: Option<&Answer>| terminal::print(|out| write(out, answer, options));
    write(None)?;
    for row in table.records() {
        let answer =
            row.map_err(|cause| unreadable(&cause)).and_then(|row| ask(&engine, &pieces, &row, &base, matching));
        match answer {
            Ok(answer) => {
                found |= answer.hits > 0;
                write(Some(&answer))?;
            }
            Err(error) => {
                failed = true;
                message::complain(&error.to_string());
            }
        }
    }
    Ok(if failed {
        ERROR
    } else if found {
        OK
    } else {
        NONE
    })
}

/// Asks for one row: the best article, the earliest and the latest.
fn ask(
    engine: &dyn Engine,
    template: &Template,
    row: &csv::StringRecord,
    base: &Request,
    matching: &MatchOptions,
) -> Result<Answer> {
    let text = template.fill(row);
    let best = Request { text: text.clone(), ..base.clone() };
    let response = engine.search(&best)?;
    matching.accept(&response.reading)?;
    let name = row.get(0).unwrap_or("").to_owned();
    response.reading.notes.iter().for_each(|note| message::remark(&format!("{name}: {note}")));
    let date = |sort: Sort| -> Result<Option<String>> {
        let hits = engine.search(&Request { sort, snippets: 0, ..best.clone() })?.body.hits;
        Ok(hits.into_iter().next().and_then(|hit| hit.date))
    };
    let (first, last) = if response.total == 0 { (None, None) } else { (date(Sort::Date)?, date(Sort::DateDown)?) };
    let hit = response.body.hits.into_iter().next();
    Ok(Answer {
        v: VERSION,
        name,
        query: text,
        hits: response.total,
        other_forms: response.other_forms,
        stories: response.stories,
        first,
        last,
        sentence: hit.as_ref().and_then(|hit| hit.snippets.first()).map(|snippet| snippet.text.clone()),
        id: hit.as_ref().map(|hit| hit.id.clone()),
        link: hit.as_ref().map(link),
    })
}

fn link(hit: &Hit) -> String {
    hit.url.clone().unwrap_or_else(|| safe_path(&hit.file.file).into_owned())
}

/// Writes an answer, or what stands before the first one.
fn write(out: &mut dyn io::Write, answer: Option<&Answer>, options: &BatchOptions) -> io::Result<()> {
    let cells = answer.map(|answer| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let (hits, stories) = (answer.hits.to_string(), answer.stories.to_string());
        let (first, last, sentence) = (text(&answer.first), text(&answer.last), text(&answer.sentence));
        let (id, link) = (text(&answer.id), text(&answer.link));
        [answer.name.clone(), hits, stories, first, last, sentence, id, link, answer.query.clone()]
    });
    match (answer, cells) {
        (answer, _) if options.json => answer.map_or(Ok(()), |answer| json_line(out, answer)),
        (_, Some(cells)) if !options.csv => {
            writeln!(out, "{}", cells.map(|cell| safe_line(&cell).into_owned()).join("\t"))
        }
        (_, None) if !options.csv => Ok(()),
        (_, cells) => {
            let cells = cells.unwrap_or_else(|| COLUMNS.map(str::to_owned));
            let mut sheet = Sheet::new(out);
            sheet.row(cells)?;
            sheet.end()
        }
    }
}

/// A query with the names of columns in braces.
#[derive(Debug, PartialEq, Eq)]
struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The cell of this column.
    Cell(usize),
}

impl Template {
    /// Reads a template; `{{` and `}}` are braces. `Err` names what no column gives.
    fn parse(text: &str, names: &[&str]) -> std::result::Result<Template, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            pieces.push(Piece::Text(rest[..at].to_owned()));
            let sign = &rest[at..];
            if sign.starts_with("{{") || sign.starts_with("}}") {
                pieces.push(Piece::Text(sign[..1].to_owned()));
                rest = &sign[2..];
                continue;
            }
            let Some(end) = sign.find('}').filter(|_| sign.starts_with('{')) else {
                return Err(format!("--query: a brace stands alone in {text}; {{{{ and }}}} are braces"));
            };
            let name = sign[1..end].trim();
            let column = names.iter().position(|known| *known == name);
            let known = || format!("--query: there is no column {name}; the columns are {}", names.join(", "));
            pieces.push(Piece::Cell(column.ok_or_else(known)?));
            rest = &sign[end + 1..];
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        if !pieces.iter().any(|piece| matches!(piece, Piece::Cell(_))) {
            let first = names.first().unwrap_or(&"name");
            return Err(format!("--query: no column is asked for; write one in braces: person:{{{first}}}"));
        }
        Ok(Template { pieces })
    }

    /// The query for a row. A cell of several words stands in quotes, unless it does already.
    fn fill(&self, row: &csv::StringRecord) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Cell(at) => {
                    let cell = row.get(*at).unwrap_or("").replace(['"', '\n', '\r'], " ");
                    let cell = cell.trim();
                    let quoted = !out.ends_with('"') && !cell.chars().all(char::is_alphanumeric);
                    let quote = if quoted { "\"" } else { "" };
                    out.extend([quote, cell, quote]);
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled() {
        let names = ["name", "town"];
        for row in r#"person:{name} ==> person:"Anar Jafarov"
            person:{ name } place:{town} ==> person:"Anar Jafarov" place:Lachin
            "{town} w/5 {name}" ==> "Lachin w/5 "Anar Jafarov""
            {{{town}}} ==> {Lachin}
            {age} ==> ! --query: there is no column age
            medal ==> ! --query: no column is asked for
            {town ==> ! --query: a brace stands alone"#
            .lines()
        {
            let (typed, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let cells = csv::StringRecord::from(vec!["Anar Jafarov", "Lachin"]);
            let filled = match Template::parse(typed, &names) {
                Ok(template) => template.fill(&cells),
                Err(why) => format!("! {why}"),
            };
            assert!(filled.starts_with(expected), "{typed} ==> {filled}");
        }
    }
}
