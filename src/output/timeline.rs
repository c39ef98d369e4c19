//! Timelines: bars for people, rows for programs.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{Sheet, Style, grouped, json_line, plural};
use crate::api::{Answer, Bucket, Timeline, VERSION};
use crate::text::safe_line;

/// A row as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    #[serde(flatten)]
    row: &'a Bucket,
}

/// Writes the rows of `timeline` as JSON, one a line.
pub fn timeline_json(out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
    timeline.rows.iter().try_for_each(|row| json_line(out, &Line { v: VERSION, row }))
}

/// Writes `timeline` as comma-separated values with a header line. The date of undated articles is empty, and so is what
/// was not asked for.
pub fn timeline_csv(out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
    let mut sheet = Sheet::new(out);
    let apart = timeline.rows.iter().any(|row| row.value.is_some());
    let names = ["value", "date", "articles", "of", "share"];
    sheet.row(&names[usize::from(!apart)..])?;
    for row in &timeline.rows {
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let share = row.share.map(|share| share.to_string()).unwrap_or_default();
        let date = row.date.clone().unwrap_or_default();
        let cells = [row.value.clone().unwrap_or_default(), date, row.articles.to_string(), number(row.of), share];
        sheet.row(&cells[usize::from(!apart)..])?;
    }
    sheet.end()
}

/// Writes `date<TAB>articles` for each row, with `value<TAB>` before it where sites, languages or kinds are told apart, and with `<TAB>of<TAB>share` where shares were asked for; undated articles are
/// in a row `undated`.
pub fn timeline_lines(out: &mut dyn Write, timeline: &Timeline) -> io::Result<()> {
    for row in &timeline.rows {
        if let Some(value) = &row.value {
            write!(out, "{}\t", safe_line(value))?;
        }
        write!(out, "{}\t{}", row.date.as_deref().unwrap_or("undated"), row.articles)?;
        if let (Some(of), Some(share)) = (row.of, row.share) {
            write!(out, "\t{of}\t{share}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes a timeline for people: a bar a row, as long as its number of articles, or its share where shares were asked
/// for.
pub fn timeline(out: &mut dyn Write, answer: &Answer<Timeline>, style: Style) -> io::Result<()> {
    let timeline = &answer.body;
    let names: Vec<&str> = timeline.rows.iter().map(|row| row.date.as_deref().unwrap_or("undated")).collect();
    let figures: Vec<String> = timeline.rows.iter().map(figures).collect();
    let width = |texts: &mut dyn Iterator<Item = &str>| texts.map(UnicodeWidthStr::width).max().unwrap_or(0);
    let name_width = width(&mut names.iter().copied());
    let figure_width = width(&mut figures.iter().map(String::as_str));
    // As wide as text is (`human::room`); 4 for the two gaps.
    let room = style.width.clamp(40, 100).saturating_sub(name_width + figure_width + 4).max(8);
    let value = |row: &Bucket| row.share.unwrap_or(row.articles as f64);
    let most = timeline.rows.iter().map(value).fold(0.0, f64::max);
    let mut last = None;
    for ((row, name), figures) in timeline.rows.iter().zip(&names).zip(&figures) {
        if row.value != last {
            let gap = if last.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}", style.paint(Style::BOLD, row.value.as_deref().unwrap_or_default()))?;
            last.clone_from(&row.value);
        }
        // Rows may all be empty, and a bar of nothing by nothing is nothing.
        let bar = bar(value(row) / most.max(f64::MIN_POSITIVE), room);
        let pad = " ".repeat(name_width - name.width());
        writeln!(out, "{}{pad}  {figures:>figure_width$}  {bar}", style.paint(Style::DIM, name))?;
    }
    if !timeline.rows.is_empty() {
        writeln!(out)?;
    }
    let each = if timeline.about { ", each counted wherever it speaks of a date" } else { "" };
    let total = format!("{} {}{each}", grouped(answer.total), plural(answer.total, "article", "articles"));
    writeln!(out, "{}", style.paint(Style::DIM, &total))
}

fn figures(row: &Bucket) -> String {
    match row.share {
        None => grouped(row.articles),
        Some(share) => format!("{} {:.2} %", grouped(row.articles), share * 100.0),
    }
}

/// A bar of `part` of `room` columns, in eighths of a column; what is not nothing shows.
fn bar(part: f64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = ((part.clamp(0.0, 1.0) * room as f64 * 8.0).round() as usize).max(usize::from(part > 0.0));
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_what_they_show() {
        assert_eq!(bar(1.0, 3), "███");
        assert_eq!(bar(0.5, 3), "█▌");
        assert_eq!(bar(0.0001, 3), "▏");
        assert_eq!(bar(0.0, 3), "");
    }
}
