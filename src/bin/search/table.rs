//! `search batch names.csv --query 'person:{name}'`: one query for each row of a table, and one row of answers.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use search::api::{Asked, Engine, Hit, Request, Snippet, Sort, VERSION};
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
    /// The number of the row, from 1, without the header line.
    row: u64,
    /// What the column holds that the query asks for first.
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
    /// How the best article prints the name; null where its text does not have it.
    spelling: Option<String>,
    /// Headline and site of the best article.
    title: Option<String>,
    site: Option<String>,
    /// A sentence of it that holds the name, else its best one.
    sentence: Option<String>,
    /// Its id, and its address, else its file.
    id: Option<String>,
    link: Option<String>,
    /// Where nothing is found, a query near it that finds something.
    near: Option<String>,
}

const COLUMNS: [&str; 14] = [
    "name", "hits", "stories", "first", "last", "spelling", "title", "site", "sentence", "id", "link", "near", "query",
    "row",
];

pub(crate) fn run(options: &BatchOptions, template: &str, settings: &Settings) -> Result<u8> {
    let engine = options.place.engine(settings)?;
    let path = &options.file;
    let input: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|cause| Error::io("open", path, cause))?)
    };
    let mut input = BufReader::new(input);
    let delimiter = delimiter(input.fill_buf().map_err(|cause| Error::io("read", path, cause))?);
    let mut reader = csv::ReaderBuilder::new();
    let mut table = reader.flexible(true).trim(csv::Trim::All).delimiter(delimiter).from_reader(input);
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
    let best_request = Request { text: text.clone(), ..base.clone() };
    let response = engine.search(&best_request)?;
    matching.accept(&response.reading)?;
    let name = row.get(template.first()).unwrap_or("").to_owned();
    response.reading.notes.iter().for_each(|note| message::remark(&format!("{name}: {note}")));
    let date = |sort: Sort| -> Result<Option<String>> {
        let hits = engine.search(&Request { sort, snippets: 0, ..best_request.clone() })?.body.hits;
        Ok(hits.into_iter().next().and_then(|hit| hit.date))
    };
    let (first, last) = if response.total == 0 { (None, None) } else { (date(Sort::Date)?, date(Sort::DateDown)?) };
    let hit = response.body.hits.into_iter().next();
    let named = match &hit {
        Some(hit) => {
            engine.marks(&hit.id, &Request { text: template.name(row), ..base.clone() })?.body.into_iter().next()
        }
        None => None,
    };
    let best = hit.as_ref().and_then(|hit| hit.snippets.first()).map(|snippet| snippet.text.clone());
    let near = if hit.is_none() { engine.near(&best_request)?.body.into_iter().next() } else { None };
    Ok(Answer {
        v: VERSION,
        row: row.position().map_or(0, csv::Position::record),
        name,
        query: text,
        hits: response.total,
        other_forms: response.other_forms,
        stories: response.stories,
        first,
        last,
        spelling: named.as_ref().and_then(surface),
        title: hit.as_ref().and_then(|hit| hit.title.clone()),
        site: hit.as_ref().and_then(|hit| hit.site.clone()),
        sentence: named.map(|snippet| snippet.text).or(best),
        id: hit.as_ref().map(|hit| hit.id.clone()),
        link: hit.as_ref().map(link),
        near: near.map(|near| near.query),
    })
}

/// What is marked first in a sentence.
fn surface(snippet: &Snippet) -> Option<String> {
    let [start, end] = snippet.marks.first()?.map(|at| at.saturating_sub(snippet.start) as usize);
    snippet.text.get(start..end).map(str::to_owned)
}

/// What parts the cells of a table that begins with `bytes`: of the signs that spreadsheets write the one that its first
/// line has most of.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in bytes.iter().take_while(|byte| **byte != b'\n') {
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| sign == byte).filter(|_| !quoted) {
            *count += 1;
        }
    }
    // Of equals the first.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

fn link(hit: &Hit) -> String {
    hit.url.clone().unwrap_or_else(|| safe_path(&hit.file.file).into_owned())
}

/// Writes an answer, or what stands before the first one.
fn write(out: &mut dyn io::Write, answer: Option<&Answer>, options: &BatchOptions) -> io::Result<()> {
    let cells = answer.map(|answer| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let (hits, stories) = (answer.hits.to_string(), answer.stories.to_string());
        let (first, last, spelling) = (text(&answer.first), text(&answer.last), text(&answer.spelling));
        let [title, site, sentence] = [&answer.title, &answer.site, &answer.sentence].map(text);
        let [id, link, near] = [&answer.id, &answer.link, &answer.near].map(text);
        let (name, query, row) = (answer.name.clone(), answer.query.clone(), answer.row.to_string());
        [name, hits, stories, first, last, spelling, title, site, sentence, id, link, near, query, row]
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

    /// The column that is asked for first: the name.
    fn first(&self) -> usize {
        let cell = |piece: &Piece| match piece {
            Piece::Cell(at) => Some(*at),
            Piece::Text(_) => None,
        };
        self.pieces.iter().find_map(cell).unwrap_or(0)
    }

    /// The query for the name of a row alone, in the field in which the whole query asks for it.
    fn name(&self, row: &csv::StringRecord) -> String {
        let field = match &self.pieces[..] {
            [Piece::Text(text), Piece::Cell(_), ..] => text.rsplit(char::is_whitespace).next(),
            _ => None,
        };
        let field = field.filter(|field| field.ends_with(':')).unwrap_or("").trim_start_matches(['-', '(']);
        let name = Template { pieces: vec![Piece::Text(field.to_owned()), Piece::Cell(self.first())] };
        name.fill(row)
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
