//! `search verify`.

use std::io::Read;

use search::api::{Asked, Cited, Engine, Verdict, VerdictBy, Verification};
use search::engine::Local;
use search::output;
use search::{Error, Result};

use super::args::VerifyOptions;
use super::settings::Settings;
use super::terminal::{Form, Wanted};
use super::{ERROR, NONE, OK, article, message, today};

/// Bytes of a quotation that are read; what is compared of it are its first thousand words.
const LONGEST: u64 = 1 << 20;

pub(crate) fn run(options: &VerifyOptions, settings: &Settings) -> Result<u8> {
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
