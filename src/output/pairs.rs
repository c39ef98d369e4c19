//! Who and where together: rows with their evidence.

use std::io::{self, Write};

use serde::Serialize;

use super::{NO_HEADLINE, Sheet, Style, grouped, json_line, plural};
use crate::api::{Answer, Evidence, Pair, VERSION};
use crate::text::safe_line;

/// A row as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    #[serde(flatten)]
    row: &'a Pair,
}

/// Writes `pairs` as JSON, one a line.
pub fn pairs_json(out: &mut dyn Write, pairs: &[Pair]) -> io::Result<()> {
    pairs.iter().try_for_each(|row| json_line(out, &Line { v: VERSION, row }))
}

/// Writes comma-separated values below a header line: a line for each piece of evidence, one for a row without any.
pub fn pairs_csv(out: &mut dyn Write, pairs: &[Pair]) -> io::Result<()> {
    let mut sheet = Sheet::new(out);
    sheet.row(["value", "articles", "stories", "times", "id", "date", "site", "title", "start", "end", "text"])?;
    for row in pairs {
        let counts = [row.value.clone(), row.articles.to_string(), row.stories.to_string(), row.times.to_string()];
        let mut write = |evidence: [String; 7]| sheet.row(counts.iter().chain(&evidence));
        for evidence in &row.evidence {
            write(cells(evidence))?;
        }
        if row.evidence.is_empty() {
            write(Default::default())?;
        }
    }
    sheet.end()
}

fn cells(evidence: &Evidence) -> [String; 7] {
    let Evidence { id, date, site, title, start, end, text } = evidence.clone();
    let or_empty = Option::unwrap_or_default;
    [id, or_empty(date), or_empty(site), or_empty(title), start.to_string(), end.to_string(), text]
}

/// A sentence in quotes; one that begins with a quote has them already.
fn quoted(sentence: &str) -> String {
    let sentence = safe_line(sentence);
    if sentence.starts_with(['“', '"', '«', '„', '‘', '「', '『']) {
        sentence.into_owned()
    } else {
        format!("“{sentence}”")
    }
}

/// Writes partners for people: a line a partner, its evidence below it.
pub fn pairs(out: &mut dyn Write, answer: &Answer<Vec<Pair>>, style: Style) -> io::Result<()> {
    let rows = &answer.body;
    let counts: Vec<String> = rows.iter().map(|row| grouped(row.articles)).collect();
    let width = counts.iter().map(String::len).max().unwrap_or(0);
    for (row, count) in rows.iter().zip(&counts) {
        let country = row.country.as_ref().map(|country| format!(", {country}")).unwrap_or_default();
        let name = format!("{}{country}", row.value);
        let name = safe_line(&name);
        let stories = match row.stories {
            n if n == row.articles => String::new(),
            n => format!("  {} {}", grouped(n), plural(n, "story", "stories")),
        };
        writeln!(out, "{count:>width$}  {}{}", style.paint(Style::BOLD, &name), style.paint(Style::DIM, &stories))?;
        for evidence in &row.evidence {
            let title = safe_line(evidence.title.as_deref().unwrap_or(NO_HEADLINE));
            let date: String = evidence.date.as_deref().unwrap_or("undated").chars().take("2020-12-01".len()).collect();
            writeln!(out, "{:width$}    {}", "", quoted(&evidence.text))?;
            let facts = format!("{date} · {title} · {}#{}-{}", evidence.id, evidence.start, evidence.end);
            writeln!(out, "{:width$}    {}", "", style.paint(Style::DIM, &facts))?;
        }
    }
    if !rows.is_empty() {
        writeln!(out)?;
    }
    let searched = format!("{} {}", grouped(answer.total), plural(answer.total, "article", "articles"));
    let total = if rows.is_empty() && answer.total > 0 {
        format!("nothing stands beside it in {searched}; --window paragraph or article looks farther")
    } else {
        format!("{searched} searched")
    };
    writeln!(out, "{}", style.paint(Style::DIM, &total))
}
