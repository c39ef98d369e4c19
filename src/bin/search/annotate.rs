//! `search annotate`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use search::Error;
use search::annotate::{ArticleContext, annotate};
use search::api::MentionView;
use search::date::Stamp;
use search::engine;
use search::output;
use search::text::safe_path;
use serde::{Deserialize, Serialize};

use super::args::AnnotateOptions;
use super::{ERROR, OK, message, terminal};

/// One text to annotate.
#[derive(Debug, Deserialize)]
struct Row {
    id: serde_json::Value,
    #[serde(default)]
    text: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    lang: Option<String>,
}

/// What was found in it.
#[derive(Debug, Serialize)]
struct Annotated {
    id: serde_json::Value,
    mentions: Vec<MentionView>,
}

pub(crate) fn run(options: &AnnotateOptions) -> search::Result<u8> {
    let path = options.file.as_path();
    let fail = |cause| Error::io("read", path, cause);
    let mut input = open(path)?;
    if options.jsonl {
        return rows(&mut input, path);
    }
    let mut text = String::new();
    input.read_to_string(&mut text).map_err(fail)?;
    let published = options.date.as_deref().map(stamp).transpose()?;
    let lang = search::lang::detect(&text, None);
    let found = annotate(&text, ArticleContext { published, lang, ..ArticleContext::default() });
    terminal::print(|out| output::mentions(out, &engine::mentions(&text, &found)))?;
    Ok(OK)
}

fn open(path: &Path) -> search::Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    Ok(Box::new(BufReader::new(File::open(path).map_err(|cause| Error::io("open", path, cause))?)))
}

fn stamp(text: &str) -> search::Result<Stamp> {
    Stamp::parse_iso(text).ok_or_else(|| Error::usage(format!("{text}: not a date; write it like 2020-11-10")))
}

/// One JSON object a line in, one out. A line that is none is reported and passed over.
fn rows(input: &mut dyn BufRead, path: &Path) -> search::Result<u8> {
    let mut status = OK;
    for (at, line) in input.lines().enumerate() {
        let line = line.map_err(|cause| Error::io("read", path, cause))?;
        if line.trim().is_empty() {
            continue;
        }
        let row: Row = match serde_json::from_str(&line) {
            Ok(row) => row,
            Err(cause) => {
                message::complain(&format!("{}: line {}: {cause}", safe_path(path), at + 1));
                status = ERROR;
                continue;
            }
        };
        let published = row.date.as_deref().and_then(Stamp::parse_iso);
        let lang = search::lang::detect(&row.text, row.lang.as_deref());
        let found = annotate(&row.text, ArticleContext { title: &row.title, published, lang, own: None });
        let annotated = Annotated { id: row.id, mentions: engine::mentions(&row.text, &found) };
        terminal::print(|out| output::json_line(out, &annotated))?;
    }
    Ok(status)
}
