//! Whole articles for programs: `search export`.

use std::io::{self, Write};

use super::{Sheet, json_line};
use crate::api::ExportRow;
use crate::text::safe_path;

/// The columns of CSV; those of `search query --csv` have the same names.
const COLUMNS: [&str; 27] = [
    "id",
    "date",
    "day",
    "year",
    "date_origin",
    "date_precision",
    "modified",
    "site",
    "section",
    "lang",
    "kind",
    "title",
    "byline",
    "tags",
    "words",
    "lead",
    "body",
    "correction",
    "people",
    "places",
    "dates",
    "story",
    "url",
    "path",
    "captured",
    "sha256",
    "text_sha256",
];

/// A form in which whole articles are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line.
    Json,
    /// Comma-separated values: text is on one line, several values are parted by `; `.
    Csv,
}

/// Writes what stands before the first article.
pub fn export_heading(out: &mut dyn Write, format: ExportFormat) -> io::Result<()> {
    match format {
        ExportFormat::Json => Ok(()),
        ExportFormat::Csv => {
            let mut sheet = Sheet::new(out);
            sheet.row(COLUMNS)?;
            sheet.end()
        }
    }
}

/// Writes one article.
pub fn export(out: &mut dyn Write, row: &ExportRow, format: ExportFormat) -> io::Result<()> {
    match format {
        ExportFormat::Json => json_line(out, row),
        ExportFormat::Csv => {
            let mut sheet = Sheet::new(out);
            // By name, so that the heading and the cells cannot go apart.
            sheet.row(COLUMNS.map(|column| cell(row, column)))?;
            sheet.end()
        }
    }
}

/// What stands in one of [`COLUMNS`]; empty where the article has no such thing.
fn cell(row: &ExportRow, column: &str) -> String {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    match column {
        "id" => row.id.clone(),
        "date" => or_empty(&row.date),
        "day" => or_empty(&row.day),
        "year" => row.year.map_or_else(String::new, |year| year.to_string()),
        "date_origin" => or_empty(&row.date_origin),
        "date_precision" => or_empty(&row.date_precision),
        "modified" => or_empty(&row.modified),
        "site" => or_empty(&row.site),
        "section" => or_empty(&row.section),
        "lang" => or_empty(&row.lang),
        "kind" => row.kind.clone(),
        "title" => or_empty(&row.title),
        "byline" => row.byline.join("; "),
        "tags" => row.tags.join("; "),
        "words" => row.words.to_string(),
        "lead" => or_empty(&row.lead),
        "body" => row.body.clone(),
        "correction" => or_empty(&row.correction),
        "people" => row.people.join("; "),
        "places" => row.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join("; "),
        "dates" => row.dates.join("; "),
        "story" => or_empty(&row.story),
        "url" => or_empty(&row.url),
        "path" => safe_path(&row.file.file).into_owned(),
        "captured" => or_empty(&row.captured),
        "sha256" => row.sha256.clone(),
        "text_sha256" => row.text_sha256.clone(),
        _ => String::new(),
    }
}
