//! A concordance and its frequencies.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Sheet, Style, grouped, json_line};
use crate::api::{Frequency, Occurrence, Part, Per, VERSION};
use crate::text::safe_line;

/// A form in which occurrences are written.
#[derive(Clone, Copy, Debug)]
pub enum LineFormat {
    /// One JSON object a line.
    Json,
    /// Comma-separated values below the line that [`line_heading`] writes.
    Csv,
    /// `day<TAB>ID#START-END<TAB>site<TAB>left<TAB>hit<TAB>right`.
    Lines,
    /// Columns for people, the words below each other.
    People(Style),
}

const COLUMNS: [&str; 12] =
    ["id", "day", "year", "site", "lang", "title", "part", "start", "end", "left", "hit", "right"];

/// Writes what stands before the first occurrence.
pub fn line_heading(out: &mut dyn Write, format: LineFormat) -> io::Result<()> {
    match format {
        LineFormat::Csv => row(out, COLUMNS),
        _ => Ok(()),
    }
}

fn row<T: AsRef<str>>(out: &mut dyn Write, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
    let mut sheet = Sheet::new(out);
    sheet.row(cells)?;
    sheet.end()
}

/// Writes one occurrence.
pub fn line(out: &mut dyn Write, line: &Occurrence, format: LineFormat) -> io::Result<()> {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    match format {
        LineFormat::Json => json_line(out, line),
        LineFormat::Csv => {
            let Occurrence { v: _, id, day, year, site, lang, title, part, start, end, left, hit, right } = line;
            let year = year.map_or_else(String::new, |year| year.to_string());
            let (start, end) = (start.to_string(), end.to_string());
            let part = part_name(*part);
            let [day, site, lang, title] = [day, site, lang, title].map(or_empty);
            row(out, [id, &day, &year, &site, &lang, &title, part, &start, &end, left, hit, right])
        }
        LineFormat::Lines => {
            let cells =
                [or_empty(&line.day), place(line), or_empty(&line.site)].map(|cell| safe_line(&cell).into_owned());
            let texts = [&line.left, &line.hit, &line.right].map(|text| safe_line(text).trim().to_owned());
            writeln!(out, "{}\t{}", cells.join("\t"), texts.join("\t"))
        }
        LineFormat::People(style) => people(out, line, style),
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Title => "title",
        Part::Body => "body",
    }
}

/// Where it stands, as `search show` takes it: a passage of the text, of a headline the article.
fn place(line: &Occurrence) -> String {
    match line.part {
        Part::Body => format!("{}#{}-{}", line.id, line.start, line.end),
        Part::Title => line.id.clone(),
    }
}

/// Columns of a terminal that are for the words before and behind, at least each.
const LEAST: usize = 12;
/// Columns from which the day is told; below it is the year alone, as the words need the room.
const WIDE: usize = 100;
/// Columns for the id.
const ID: usize = 16;

/// Writes year or day, id and the words below those of the line before.
fn people(out: &mut dyn Write, line: &Occurrence, style: Style) -> io::Result<()> {
    let [left, hit, right] = [&line.left, &line.hit, &line.right].map(|text| safe_line(text));
    let year = line.year.map_or_else(String::new, |year| year.to_string());
    let (when, wide) = match &line.day {
        Some(day) if style.width >= WIDE => (day.clone(), "2020-12-01".len()),
        _ if style.width >= WIDE => (year, "2020-12-01".len()),
        _ => (year, "2020".len()),
    };
    let facts = format!("{when:wide$} {}", line.id);
    // A headline is told by its sign: its words stand in no place of the text.
    let sign = if line.part == Part::Title { "▸" } else { " " };
    let hit = mark(style, hit.trim());
    let plain = if style.colour { line.hit.trim().width() } else { hit.width() };
    let rest = style.width.saturating_sub(wide + 1 + ID + 2 + plain);
    let side = (rest / 2).max(LEAST);
    // A comma stands where the text has it.
    let gap = |text: &str, open: bool| if open || text.is_empty() { " " } else { "" };
    let before = gap(&left, left.ends_with(char::is_whitespace));
    let left = tail(left.trim(), side - before.len());
    let pad = " ".repeat(side.saturating_sub(before.len() + left.width()));
    let behind = gap(&right, right.starts_with(char::is_whitespace));
    let right = head(right.trim(), rest.saturating_sub(side + behind.len()));
    writeln!(out, "{} {sign}{pad}{left}{before}{hit}{behind}{right}", heading_of(style, &facts))
}

/// The words found: in colour, else between asterisks.
fn mark(style: Style, hit: &str) -> String {
    if style.colour { style.paint(Style::MARK, hit) } else { format!("*{hit}*") }
}

/// The last words of `text` that fit into so many columns.
fn tail(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    let count = text.chars().rev().take_while(fits).count();
    let cut = text.chars().count() - count;
    let at = text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at);
    let rest = &text[at..];
    if cut == 0 || text[..at].ends_with(char::is_whitespace) {
        return rest.trim_start();
    }
    rest.find(char::is_whitespace).map_or(rest, |blank| rest[blank..].trim_start())
}

/// The first words of `text` that fit into so many columns.
fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > columns
    });
    let Some((end, _)) = end else { return text };
    let rest = &text[..end];
    if text[end..].starts_with(char::is_whitespace) {
        return rest;
    }
    rest.rfind(char::is_whitespace).map_or(rest, |blank| &rest[..blank])
}

/// A row as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    #[serde(flatten)]
    row: &'a Frequency,
}

/// Writes frequencies as JSON, one row a line.
pub fn frequencies_json(out: &mut dyn Write, rows: &[Frequency]) -> io::Result<()> {
    rows.iter().try_for_each(|row| json_line(out, &Line { v: VERSION, row }))
}

fn cells(row: &Frequency) -> [String; 6] {
    let value = row.value.as_deref().map_or_else(String::new, |value| safe_line(value).into_owned());
    let Frequency { occurrences, articles, of, words, per_million, .. } = row;
    [value, occurrences.to_string(), articles.to_string(), of.to_string(), words.to_string(), per_million.to_string()]
}

/// Writes frequencies as comma-separated values below a header line.
pub fn frequencies_csv(out: &mut dyn Write, rows: &[Frequency]) -> io::Result<()> {
    let mut sheet = Sheet::new(out);
    sheet.row(["value", "occurrences", "articles", "of", "words", "per_million"])?;
    rows.iter().try_for_each(|row| sheet.row(cells(row)))?;
    sheet.end()
}

/// Writes frequencies with tabs between, in the columns of the CSV.
pub fn frequencies_lines(out: &mut dyn Write, rows: &[Frequency]) -> io::Result<()> {
    rows.iter().try_for_each(|row| writeln!(out, "{}", cells(row).join("\t")))
}

/// Writes frequencies for people: years and months in their order, sites and languages by how often, and of these only
/// where something was found.
pub fn frequencies(out: &mut dyn Write, rows: &[Frequency], per: Per, style: Style) -> io::Result<()> {
    let in_time = matches!(per, Per::Year | Per::Month);
    let none = match per {
        Per::Year | Per::Month => "undated",
        Per::Site => "no site",
        Per::Lang => "no language",
    };
    let name = |row: &Frequency| safe_line(row.value.as_deref().unwrap_or(none)).into_owned();
    let mut rows: Vec<&Frequency> = rows.iter().collect();
    let all = rows.len();
    if !in_time {
        rows.retain(|row| row.occurrences > 0);
        rows.sort_by(|one, other| other.per_million.total_cmp(&one.per_million));
    }
    let width = rows.iter().map(|row| name(row).width()).max().unwrap_or(0);
    let heading = format!("{:width$}  a million words   found  articles        of       words", "");
    writeln!(out, "{}", heading_of(style, &heading))?;
    for row in &rows {
        let name = name(row);
        let pad = " ".repeat(width.saturating_sub(name.width()));
        let numbers = [row.occurrences, row.articles, row.of, row.words].map(grouped);
        let [occurrences, articles, of, words] = &numbers;
        let rate = row.per_million;
        writeln!(out, "{name}{pad}  {rate:>15.1} {occurrences:>7} {articles:>9} {of:>9} {words:>11}")?;
    }
    match all - rows.len() {
        0 => Ok(()),
        more => writeln!(out, "{}", heading_of(style, &format!("nothing in {more} more"))),
    }
}

/// Text that is safe as it is, faint, its blanks kept.
fn heading_of(style: Style, text: &str) -> String {
    if style.colour { format!("{}{text}{}", Style::DIM, Style::RESET) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_to_columns() {
        for (text, columns, last, first) in [
            ("the ferry was late", 100, "the ferry was late", "the ferry was late"),
            ("the ferry was late", 8, "was late", "the"),
            ("the ferry was late", 9, "was late", "the ferry"),
            ("the ferry was late", 2, "te", "th"),
            ("灯塔看守人", 5, "守人", "灯塔"),
            ("", 5, "", ""),
        ] {
            assert_eq!((tail(text, columns), head(text, columns)), (last, first), "{text} {columns}");
        }
    }
}
