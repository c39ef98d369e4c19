//! What the extractor makes of one page. The JSON form is the contract of `search extract --json`.

use std::io::{self, Write};
use std::path::Path;

use super::{NO_HEADLINE, Style, json_line};
use crate::api::ExtractRow;
use crate::text::{safe_line, safe_path, safe_text};

/// Writes `row` for people, or as one JSON object.
pub fn extracted(out: &mut dyn Write, row: &ExtractRow, style: Style, json: bool) -> io::Result<()> {
    if json {
        return json_line(out, row);
    }
    let title = row.title.as_deref().unwrap_or(NO_HEADLINE);
    writeln!(out, "{}\n", style.paint(Style::BOLD, title))?;
    let date = row.published.as_deref().zip(row.published_origin.as_deref());
    let facts = [
        ("by", Some(row.byline.join(", ")).filter(|names| !names.is_empty())),
        ("published", Some(date.map_or("undated".to_owned(), |(date, origin)| format!("{date} (from {origin})")))),
        ("modified", row.modified.clone()),
        ("site", row.site.clone()),
        ("section", row.section.clone()),
        ("tags", Some(row.tags.join(" · ")).filter(|tags| !tags.is_empty())),
        ("correction", row.correction.clone()),
        ("language", row.lang.clone()),
        ("kind", Some(row.kind.clone())),
        ("encoding", Some(row.encoding.clone())),
        ("url", row.url.clone()),
        ("lead", row.lead.clone()),
        ("file", row.path.as_deref().map(|path| safe_path(Path::new(path)).into_owned())),
        ("notes", Some(row.notes.join("; ")).filter(|notes| !notes.is_empty())),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            writeln!(out, "{} {}", style.label(name), safe_line(&value))?;
        }
    }
    writeln!(out, "\n{}", safe_text(&row.body))
}
