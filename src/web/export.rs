//! What can be taken along as a file.

use std::io;

use super::ask::Ask;
use super::json::{accepted, nothing_else};
use super::reply::{Refusal, Reply, TEXT};
use super::routes::Desk;
use crate::api::{Answer, Asked, Engine, Hit, Hits, Public};
use crate::output::{self, HitFormat, ReferenceFormat, References};
use crate::text::safe_text;

/// Rows of one file.
const MOST: usize = 10_000;

type Made = Result<Reply, Refusal>;

fn fault(_: io::Error) -> Refusal {
    Refusal::new(500, "a fault in the program", "Please report it.")
}

/// The list, from its beginning, with what the query was and how many there are.
fn listed(desk: &Desk<'_>, ask: Ask) -> Result<(Answer<Hits>, Vec<Hit>), Refusal> {
    let until = ask.until();
    let asked = ask.asked(MOST)?;
    let strict = asked.strict;
    let asked = Asked { limit: Some(asked.limit.unwrap_or(MOST)), ..asked };
    let mut found = desk.engine.search(&desk.site.live.request(asked, until))?;
    accepted(strict, &found.reading)?;
    let hits = std::mem::take(&mut found.body.hits);
    Ok((found, hits.into_iter().map(|hit| Public::new(hit).into_inner()).collect()))
}

/// How many stories a file does not have.
fn left_out(found: &Answer<Hits>, hits: &[Hit]) -> u64 {
    let last = hits.last().map_or(0, |hit| hit.rank);
    (found.stories + found.body.partial).saturating_sub(last)
}

/// Hits as CSV or JSON lines, as the command line writes them. A last line says where there are more.
pub(super) fn list(desk: &Desk<'_>, ask: Ask) -> Made {
    let csv = ask.path.ends_with(".csv");
    let (found, hits) = listed(desk, ask)?;
    let (format, kind, name) = match csv {
        true => (HitFormat::Csv, "text/csv; charset=utf-8", "search.csv"),
        false => (HitFormat::Json, "application/x-ndjson", "search.jsonl"),
    };
    let mut body = Vec::new();
    output::heading(&mut body, format, false).map_err(fault)?;
    output::hits(&mut body, &hits, format, None).map_err(fault)?;
    match (left_out(&found, &hits), csv) {
        (0, _) => {}
        (more, true) => body.extend(format!("{more} more stories match; narrow the query\r\n").into_bytes()),
        (more, false) => body.extend(format!("{{\"v\":1,\"more\":{more}}}\n").into_bytes()),
    }
    Ok(Reply::new(200, kind, body).with("content-disposition", format!("attachment; filename=\"{name}\"")))
}

/// Hits as footnotes.
pub(super) fn footnotes(desk: &Desk<'_>, ask: Ask) -> Made {
    let (found, hits) = listed(desk, ask)?;
    let mut body = Vec::new();
    let mut references = References::new(ReferenceFormat::Footnote);
    for hit in &hits {
        references.add(&mut body, hit.into()).map_err(fault)?;
    }
    match left_out(&found, &hits) {
        0 => {}
        more => body.extend(format!("{more} more stories match; narrow the query\n").into_bytes()),
    }
    Ok(Reply::new(200, TEXT, body))
}

/// One article as text alone.
pub(super) fn text(desk: &Desk<'_>, id: &str, ask: &Ask) -> Made {
    nothing_else(ask)?;
    let view = desk.engine.article(id)?;
    Ok(Reply::new(200, TEXT, safe_text(&view.body).into_owned()))
}

/// One article as a footnote or for a program of bibliographies.
pub(super) fn reference(desk: &Desk<'_>, id: &str, name: &str, ask: &Ask) -> Made {
    nothing_else(ask)?;
    let hit = desk.engine.article(id)?.hit;
    let (format, kind) = match name {
        "cite.bib" => (ReferenceFormat::Bibtex, "application/x-bibtex; charset=utf-8"),
        "cite.json" => (ReferenceFormat::Csl, "application/vnd.citationstyles.csl+json"),
        "cite.ris" => (ReferenceFormat::Ris, "application/x-research-info-systems; charset=utf-8"),
        _ => (ReferenceFormat::Footnote, TEXT),
    };
    let mut body = Vec::new();
    let mut references = References::new(format);
    references.add(&mut body, (&hit).into()).map_err(fault)?;
    references.end(&mut body).map_err(fault)?;
    Ok(Reply::new(200, kind, body))
}
