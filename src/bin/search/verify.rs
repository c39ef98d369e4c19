//! `search verify`.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use search::api::{Asked, Cited, Engine, Page, PageVerification, Row, Rows, VERSION, Verdict, VerdictBy, Verification};
use search::engine::Local;
use search::input::{Comparer, Fixity};
use search::output;
use search::{Error, Result};

use super::args::VerifyOptions;
use super::settings::Settings;
use super::terminal::{self, Form, Wanted};
use super::{ERROR, NONE, OK, article, message, open, today};

/// Bytes of a quotation that are read; what is compared of it are its first thousand words.
const LONGEST: u64 = 1 << 20;

pub(crate) fn run(options: &VerifyOptions, settings: &Settings) -> Result<u8> {
    if options.pages {
        return pages(options, settings);
    }
    let quote = options.quote.as_deref().map(quote).transpose()?;
    if quote.is_some() && (options.citations.len() > 1 || options.citations.iter().any(|typed| typed == "-")) {
        return Err(Error::usage("--quote has the words of one citation; name one, or none"));
    }
    let engine = options.place.engine(settings)?;
    let request = Asked::default().request(today::for_query(""));
    let mut status = OK;
    let mut one = |cited: Result<Cited>| -> Result<()> {
        match cited.and_then(|cited| engine.verify(&cited, &request)) {
            Ok(answer) => status = status.max(tell(&answer.body, options, settings)?),
            Err(error) => {
                message::complain(&error.to_string());
                status = ERROR;
            }
        }
        Ok(())
    };
    if options.citations.is_empty() {
        one(Ok(Cited { text: quote, ..Cited::default() }))?;
        return Ok(status);
    }
    for typed in &options.citations {
        if typed == "-" {
            article::lines(&mut |line| one(cited(line, &engine)))?;
        } else {
            let cited = cited(typed, &engine);
            one(cited.map(|cited| match &quote {
                Some(text) => Cited { text: Some(text.clone()), ..cited },
                None => cited,
            }))?;
        }
    }
    Ok(status)
}

/// A saved page, as the index has it.
struct Saved {
    id: String,
    page: Page,
    captured: Option<String>,
    sha256: String,
}

/// `search verify --pages`.
fn pages(options: &VerifyOptions, settings: &Settings) -> Result<u8> {
    let engine = options.place.engine(settings)?;
    let mut comparer = Comparer::new(settings.limits());
    if let Some(query) = &options.query {
        let mut saved = of_query(query, &engine)?;
        // A file of many pages is read from front to back.
        saved.sort_by(|one, other| place(one).cmp(&place(other)));
        let mut status = if saved.is_empty() { NONE } else { OK };
        for saved in saved {
            status = status.max(compared(saved, &mut comparer, options)?);
        }
        return Ok(status);
    }
    article::each(&options.citations, &engine, |named| {
        let hit = engine.article(&named.id)?.hit;
        compared(
            Saved { id: hit.id, page: hit.file, captured: hit.captured, sha256: hit.sha256 },
            &mut comparer,
            options,
        )
    })
}

fn place(saved: &Saved) -> (&Path, u64) {
    (&saved.page.file, saved.page.record.as_ref().map_or(0, |record| record.offset))
}

fn of_query(query: &str, engine: &Local) -> Result<Vec<Saved>> {
    let request = Asked { q: query.to_owned(), ..Asked::default() }.request(today::for_query(query));
    let mut saved = Vec::new();
    engine.rows(&request, &Rows::Articles { mentions: false }, &mut |row| {
        if let Row::Article(row) = row {
            saved.push(Saved { id: row.id, page: row.file, captured: row.captured, sha256: row.sha256 });
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(saved)
}

/// Compares one page and tells what has become of it; one that cannot be read is complained of.
fn compared(saved: Saved, comparer: &mut Comparer, options: &VerifyOptions) -> Result<u8> {
    let Saved { id, page, captured, sha256 } = saved;
    let fixity = match comparer.compare(&open::source(&page), &sha256) {
        Ok(fixity) => fixity,
        Err(error) => {
            message::complain(&error.to_string());
            return Ok(ERROR);
        }
    };
    let (verdict, now_sha256, moved_to) = match fixity {
        Fixity::Unchanged => (Verdict::Unchanged, Some(sha256.clone()), None),
        Fixity::Moved(path) => (Verdict::Moved, None, Some(path.to_string_lossy().into_owned())),
        Fixity::Changed(now) => (Verdict::Changed, now, None),
        Fixity::Gone => (Verdict::Gone, None, None),
    };
    let found = PageVerification { v: VERSION, verdict, id, page, captured, sha256, now_sha256, moved_to };
    terminal::print(|out| match options.json {
        true => output::json_line(out, &found),
        false => output::page_verification(out, &found),
    })?;
    Ok(if verdict == Verdict::Unchanged { OK } else { NONE })
}

/// What is cited: an article that is named by its address or file is cited as a whole.
fn cited(typed: &str, engine: &Local) -> Result<Cited> {
    match Cited::parse(typed) {
        Some(cited) => Ok(cited),
        None => Ok(Cited { id: Some(engine.id_of(typed)?), ..Cited::default() }),
    }
}

fn quote(typed: &str) -> Result<String> {
    if typed != "-" {
        return Ok(typed.to_owned());
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|cause| Error::io("read", "standard input".as_ref(), cause))?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// Prints what has become of one citation.
fn tell(found: &Verification, options: &VerifyOptions, settings: &Settings) -> Result<u8> {
    let wanted = Wanted { json: options.json, csv: false, lines: true };
    wanted.print((&options.look, settings), |out, form| match form {
        Form::Json => output::json_line(out, found),
        Form::People(style) => output::verification(out, found, style),
        Form::Lines | Form::Csv => output::verification_line(out, found),
    })?;
    if found.by == VerdictBy::Place && !options.json {
        let id = found.cited.id.as_deref().unwrap_or("");
        message::remark(&format!(
            "{id}: looked at the place alone; cite the words or the digest too, as 'search query --cite' does"
        ));
    }
    Ok(if found.verdict == Verdict::Unchanged { OK } else { NONE })
}
