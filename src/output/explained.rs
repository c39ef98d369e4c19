//! Why an article came out as it did. The JSON form is the contract of `search extract --explain --json`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Style, json_line};
use crate::api::ExtractRow;
use crate::extract::{BlockReport, Explanation};
use crate::text::safe_line;

/// A row of `search extract --json` with the reasons.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    row: &'a ExtractRow,
    #[serde(flatten)]
    why: &'a Explanation,
}

/// Writes the reasons for people, or the row with them as one JSON object.
///
/// For people: each field with its candidates, the winner marked; then each block on one line with its mark (`+` kept,
/// `-` dropped), the model's log-odds, the verdict with that of the rules, what names say of it, and the beginning of
/// its text.
pub fn explained(out: &mut dyn Write, row: &ExtractRow, why: &Explanation, style: Style, json: bool) -> io::Result<()> {
    if json {
        return json_line(out, &Explained { row, why });
    }
    for field in &why.fields {
        let value = field.value.as_deref().unwrap_or("-");
        writeln!(out, "{}: {}", style.paint(Style::BOLD, field.field), safe_line(value))?;
        for candidate in &field.candidates {
            let mark = if candidate.won { '>' } else { ' ' };
            writeln!(out, "  {mark} {:18} {}", safe_line(&candidate.origin), safe_line(&beginning(&candidate.value)))?;
        }
    }
    writeln!(out, "\n{}", style.paint(Style::BOLD, "blocks"))?;
    for block in &why.blocks {
        let text = beginning(&block.text);
        let text = if block.kept { safe_line(&text).into_owned() } else { style.paint(Style::DIM, &text) };
        writeln!(out, "{} {text}", facts(block))?;
    }
    Ok(())
}

/// What stands before the text of a block.
fn facts(block: &BlockReport) -> String {
    let mark = if block.kept { '+' } else { '-' };
    let odds = block.odds.map_or("     -".to_owned(), |odds| format!("{odds:+6.1}"));
    let verdict = if block.rule == block.verdict {
        block.verdict.to_owned()
    } else {
        format!("{} ({})", block.verdict, block.rule)
    };
    let names = if block.names.is_empty() { String::new() } else { format!(" [{}]", block.names.join(" ")) };
    format!("{mark} {odds} {verdict:22}{names}")
}

/// As much of a text as a line shows.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(90) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
