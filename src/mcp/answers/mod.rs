//! What each tool answers.

mod count;
mod read;
mod related;
mod search;
mod together;
mod verify;

pub(super) use count::count;
pub(super) use read::read;
pub(super) use related::related;
pub(super) use search::search;
pub(super) use together::together;
pub(super) use verify::verify;

use super::Call;
use super::text::Text;
use crate::api::{Asked, Cited, Hit, Reading};
use crate::error::{Error, Result};
use crate::output::{ReferenceFormat, References};

/// Other spellings that are named; more would fill the answer.
const SPELLINGS: usize = 5;

/// What makes an article match, as it is asked for by every tool that takes a query. No query asks for every article.
fn matching(call: &Call<'_>) -> Asked {
    let q = call.arguments.text("query").filter(|text| !text.trim().is_empty()).unwrap_or("*").to_owned();
    Asked { q, exact: call.arguments.switch("exact"), any: call.arguments.switch("any"), ..Asked::default() }
}

/// The same for tools that look at a match as a whole: what holds some words only is no part of it.
fn whole_match(call: &Call<'_>) -> Asked {
    let asked = matching(call);
    Asked { all: !asked.any, ..asked }
}

/// The text of an answer, with what was read otherwise than it was given.
fn begin(call: &Call<'_>, first: &str, reading: &Reading) -> Text {
    let mut text = Text::new(call.arguments.number("max_bytes"), first);
    call.arguments.notes.iter().chain(&reading.notes).for_each(|note| text.say(&format!("note: {note}")));
    text
}

/// How the query was read.
fn read_as(reading: &Reading) -> String {
    if reading.query.is_empty() { "of the whole archive".to_owned() } else { format!("read as {}", reading.query) }
}

/// The id in the argument `id`, which may also be a citation.
fn id(call: &Call<'_>) -> Result<Cited> {
    let given = call.arguments.text("id").unwrap_or("");
    let wrong = || Error::usage(format!("id: '{given}' is no id; give the 16 hex digits that search prints"));
    Cited::parse(given).filter(|cited| cited.id.is_some()).ok_or_else(wrong)
}

/// The day of a date or time.
fn day(date: Option<&str>) -> &str {
    date.map_or("undated", |date| date.split('T').next().unwrap_or(date))
}

/// `1 article`, `2 articles`.
fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The footnote for an article and its snippets.
fn footnote(hit: &Hit) -> Result<String> {
    let mut out = Vec::new();
    let written = References::new(ReferenceFormat::Footnote).add(&mut out, hit.into());
    written.map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(String::from_utf8_lossy(&out).trim_end().to_owned())
}
