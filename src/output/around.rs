//! First articles, and one day through the years.

use std::io::{self, Write};

use serde::Serialize;

use super::{NO_HEADLINE, Style, grouped, json_line, plural};
use crate::api::{Answer, Earliest, Firsts, Hit, Of, VERSION, YearRow};
use crate::text::safe_line;

/// A row as a line of JSON.
#[derive(Serialize)]
struct Line<'a, T> {
    v: u32,
    #[serde(flatten)]
    row: &'a T,
}

/// Writes the rows of `firsts` as JSON, one a line.
pub fn firsts_json(out: &mut dyn Write, firsts: &Firsts) -> io::Result<()> {
    firsts.rows.iter().try_for_each(|row| json_line(out, &Line { v: VERSION, row }))
}

/// Writes first articles for people: a line an article, below headings.
pub fn firsts(out: &mut dyn Write, answer: &Answer<Firsts>, style: Style) -> io::Result<()> {
    let firsts = &answer.body;
    let mut last = None;
    for row in &firsts.rows {
        if last.is_some_and(|last| last != row.of) {
            writeln!(out)?;
        }
        if last != Some(row.of) {
            writeln!(out, "{}", style.paint(Style::DIM, heading(row.of)))?;
            last = Some(row.of);
        }
        first(out, row, style)?;
    }
    let undated = match firsts.undated {
        0 => String::new(),
        n => format!(", {} of them undated", grouped(n)),
    };
    if last.is_some() {
        writeln!(out)?;
    }
    let passed_over = match firsts.passed_over {
        0 => String::new(),
        n => format!(
            "; {} earlier {} passed over, which hold other forms or spellings only",
            grouped(n),
            plural(n, "one is", "ones are")
        ),
    };
    let articles = plural(answer.total, "article", "articles");
    let total = format!("{} {articles}{undated}{passed_over}", grouped(answer.total));
    writeln!(out, "{}", style.paint(Style::DIM, &total))
}

fn heading(of: Of) -> &'static str {
    match of {
        Of::All => "First of all",
        Of::Site => "First of each site",
        Of::Lang => "First in each language",
    }
}

fn first(out: &mut dyn Write, row: &Earliest, style: Style) -> io::Result<()> {
    let name = row.name.as_deref().or(row.hit.site.as_deref()).unwrap_or("-");
    let other = if row.hit.as_typed == Some(false) { "  other forms only" } else { "" };
    let year = row.changed.as_deref().and_then(|date| date.split('-').next());
    let changed = year.map_or_else(String::new, |year| format!("  changed {}", safe_line(year)));
    let facts = format!("{:16}  {}{other}{changed}", minute(&row.hit), safe_line(name));
    brief(out, &facts, &row.hit, style)
}

/// Writes `years` as JSON, one a line.
pub fn years_json(out: &mut dyn Write, years: &[YearRow]) -> io::Result<()> {
    years.iter().try_for_each(|row| json_line(out, &Line { v: VERSION, row }))
}

/// Writes `years` for people: a heading a year and a line an article.
pub fn years(out: &mut dyn Write, years: &[YearRow], style: Style) -> io::Result<()> {
    for (at, row) in years.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}  {}", style.paint(Style::BOLD, &row.date), style.paint(Style::DIM, &counts(row)))?;
        for hit in &row.hits {
            brief(out, &safe_line(hit.site.as_deref().unwrap_or("-")), hit, style)?;
        }
    }
    Ok(())
}

fn counts(row: &YearRow) -> String {
    let articles = format!("{} {}", grouped(row.articles), plural(row.articles, "article", "articles"));
    if row.stories == row.articles {
        return articles;
    }
    format!("{articles} in {} {}", grouped(row.stories), plural(row.stories, "story", "stories"))
}

/// One line: `facts`, headline, id.
fn brief(out: &mut dyn Write, facts: &str, hit: &Hit, style: Style) -> io::Result<()> {
    let title = safe_line(hit.title.as_deref().unwrap_or(NO_HEADLINE));
    let title = style.link(&hit.file.file, &title);
    writeln!(out, "  {facts}  {title}  {}", style.paint(Style::DIM, &hit.id))
}

/// Day and minute of an article.
fn minute(hit: &Hit) -> String {
    let date = hit.date.as_deref().unwrap_or("undated");
    date.chars().take("2019-05-06T09:12".len()).map(|c| if c == 'T' { ' ' } else { c }).collect()
}
