//! Hits for programs: JSON lines, CSV, tab-separated lines, paths.

use std::io::{self, Write};

use serde::Serialize;

use super::{Sheet, json_line};
use crate::api::{Hit, Page, Teller, VERSION, Why};
use crate::text::{safe_line, safe_path};

/// A format of hits that programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitFormat {
    /// One JSON object a line, as written down in the README.
    Json,
    /// `date<TAB>id<TAB>title<TAB>path`, one hit a line; one that lacks words of the query says so before its title.
    Lines,
    /// Comma-separated values below the line that [`heading`] writes.
    Csv,
}

/// The columns of CSV, after the query's id where there are several queries.
pub(super) const COLUMNS: [&str; 19] = [
    "rank", "id", "score", "date", "title", "byline", "site", "lang", "kind", "words", "snippet", "people", "places",
    "dates", "missing", "copies", "first", "url", "path",
];

/// A hit as one line of JSON.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    pub(super) v: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) query_id: Option<&'a str>,
    #[serde(flatten)]
    pub(super) hit: &'a Hit,
}

/// Writes what stands before the first hit: the header line of CSV, nothing for the other formats. `batch` adds the
/// column of the query's id.
pub fn heading(out: &mut dyn Write, format: HitFormat, batch: bool) -> io::Result<()> {
    if format != HitFormat::Csv {
        return Ok(());
    }
    let mut sheet = Sheet::new(out);
    sheet.row(batch.then_some("query_id").into_iter().chain(COLUMNS))?;
    sheet.end()
}

/// Writes all of `hits`, each with the id of the query that found it where one is given.
pub fn hits(out: &mut dyn Write, hits: &[Hit], format: HitFormat, query_id: Option<&str>) -> io::Result<()> {
    match format {
        HitFormat::Json => hits.iter().try_for_each(|hit| json_line(out, &Line { v: VERSION, query_id, hit })),
        HitFormat::Lines => hits.iter().try_for_each(|hit| {
            line(out, hit, query_id)?;
            teller_lines(out, hit.story.as_ref().map_or(&[], |story| &story.copies), query_id)
        }),
        HitFormat::Csv => csv(out, hits, query_id),
    }
}

fn line(out: &mut dyn Write, hit: &Hit, query_id: Option<&str>) -> io::Result<()> {
    let title = hit.title.as_deref();
    if hit.missing.is_empty() {
        return cells(out, query_id, (hit.date.as_deref(), &hit.id, title, &hit.file));
    }
    // In the headline, so that every line has the same columns.
    let marked = format!("[without {}] {}", hit.missing.join(" "), title.unwrap_or(""));
    cells(out, query_id, (hit.date.as_deref(), &hit.id, Some(&marked), &hit.file))
}

fn cells(
    out: &mut dyn Write,
    query_id: Option<&str>,
    (date, id, title, page): (Option<&str>, &str, Option<&str>, &Page),
) -> io::Result<()> {
    if let Some(query_id) = query_id {
        write!(out, "{}\t", safe_line(query_id))?;
    }
    let (date, title) = (date.unwrap_or(""), safe_line(title.unwrap_or("")));
    writeln!(out, "{date}\t{id}\t{title}\t{}", safe_path(&page.file))
}

/// Writes articles of a story as hits are written: `date<TAB>id<TAB>title<TAB>path`, one a line.
pub fn teller_lines(out: &mut dyn Write, articles: &[Teller], query_id: Option<&str>) -> io::Result<()> {
    for article in articles {
        let (date, title) = (article.date.as_deref(), article.title.as_deref());
        cells(out, query_id, (date, &article.id, title, &article.file))?;
    }
    Ok(())
}

/// For each of `hits` that knows why it has its score one line that says so.
pub fn why(hits: &[Hit]) -> Vec<String> {
    let line = |hit: &Hit| {
        let parts: Vec<String> = hit.why.iter().map(because).collect();
        format!("{} scores {:.4}: {}", hit.rank, hit.score, parts.join(", "))
    };
    hits.iter().filter(|hit| !hit.why.is_empty()).map(line).collect()
}

fn because(why: &Why) -> String {
    let score = format!("{} {:.4}", why.part, why.score);
    // A rule and not a part of the query: it has no occurrences.
    if why.weight == 0.0 {
        return score;
    }
    let places = [(why.title, "in the title"), (why.body, "in the body"), (why.forms, "in other forms")];
    let places = places.iter().filter(|(count, _)| *count > 0).map(|(count, place)| format!("{count} {place}"));
    let places = places.collect::<Vec<_>>().join(", ");
    let places = if places.is_empty() { "not found".to_owned() } else { places };
    let forms: Vec<_> = why.found.iter().map(|form| safe_line(form)).collect();
    let places = if forms.is_empty() { places } else { format!("{places}: {}", forms.join(" ")) };
    format!("{score} (weight {:.4}; {places})", why.weight)
}

/// Writes the files of `hits`, one a line.
pub fn paths(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    hits.iter().try_for_each(|hit| writeln!(out, "{}", safe_path(&hit.file.file)))
}

/// Writes the bytes of the path of each of `hits` as they are on the disk, each followed by a NUL byte.
pub fn raw_paths(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    for hit in hits {
        out.write_all(std::os::unix::ffi::OsStrExt::as_bytes(hit.file.file.as_os_str()))?;
        out.write_all(&[0])?;
    }
    Ok(())
}

fn csv(out: &mut dyn Write, hits: &[Hit], query_id: Option<&str>) -> io::Result<()> {
    let mut sheet = Sheet::new(out);
    for hit in hits {
        // By name and not by order, so that a column can be moved in one place and the heading follows.
        let cells = COLUMNS.map(|column| cell(hit, column));
        sheet.row(query_id.into_iter().chain(cells.iter().map(String::as_str)))?;
    }
    sheet.end()
}

/// What stands in one of [`COLUMNS`]; empty where the article has no such thing.
pub(super) fn cell(hit: &Hit, column: &str) -> String {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    match column {
        "rank" => hit.rank.to_string(),
        "id" => hit.id.clone(),
        "score" => format!("{:.4}", hit.score),
        "date" => or_empty(&hit.date),
        "title" => or_empty(&hit.title),
        "byline" => hit.byline.join("; "),
        "site" => or_empty(&hit.site),
        "lang" => or_empty(&hit.lang),
        "kind" => hit.kind.clone(),
        "words" => hit.words.to_string(),
        // One cell for all: the number of columns must not depend on `--snippets`.
        "snippet" => hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect::<Vec<_>>().join(" … "),
        "people" => hit.people.join("; "),
        "places" => hit.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join("; "),
        "dates" => hit.dates.join("; "),
        "missing" => hit.missing.join(" "),
        "copies" => hit.story.as_ref().map_or(0, |story| story.articles.saturating_sub(1)).to_string(),
        "first" => hit.story.as_ref().map_or_else(String::new, |story| story.first.id.clone()),
        "url" => or_empty(&hit.url),
        "path" => safe_path(&hit.file.file).into_owned(),
        _ => String::new(),
    }
}
