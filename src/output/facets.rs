//! Counts of articles by person, place, day and so on.

use std::io::{self, Write};

use serde::Serialize;

use super::{Sheet, Style, grouped, json_line, plural};
use crate::api::{Answer, FacetValue, Facets, Joined, VERSION};
use unicode_width::UnicodeWidthStr;

use crate::text::safe_line;

/// A value as one line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    facet: &'static str,
    #[serde(flatten)]
    value: &'a FacetValue,
}

/// Writes one JSON object a value.
pub fn facets_json(out: &mut dyn Write, facets: &Facets) -> io::Result<()> {
    let facet = facets.facet.name();
    facets.values.iter().try_for_each(|value| json_line(out, &Line { v: VERSION, facet, value }))
}

/// Writes comma-separated values below a header line.
pub fn facets_csv(out: &mut dyn Write, facets: &Facets) -> io::Result<()> {
    let mut sheet = Sheet::new(out);
    sheet.row(["value", "articles", "filter", "id", "country"])?;
    for value in &facets.values {
        let (articles, id) = (value.articles.to_string(), value.id.map_or(String::new(), |id| id.to_string()));
        let country = value.country.as_deref().unwrap_or("");
        sheet.row([&value.value, &articles, &value.filter, &id, country])?;
    }
    sheet.end()
}

/// Writes `articles<TAB>value<TAB>filter` for each value.
pub fn facets_lines(out: &mut dyn Write, facets: &Facets) -> io::Result<()> {
    let line =
        |value: &FacetValue| format!("{}\t{}\t{}\n", value.articles, safe_line(&value.value), safe_line(&value.filter));
    facets.values.iter().try_for_each(|value| out.write_all(line(value).as_bytes()))
}

/// Names that are wider stand out of their column.
// A long name must not push the filters of all others off a screen of eighty columns.
const WIDEST: usize = 32;

/// Writes a table for people: how many articles, what, and the filter that finds them where it says more.
pub fn facets(out: &mut dyn Write, answer: &Answer<Facets>, style: Style) -> io::Result<()> {
    let facets = &answer.body;
    let counts: Vec<String> = facets.values.iter().map(|value| grouped(value.articles)).collect();
    let width = counts.iter().map(String::len).max().unwrap_or(0);
    let name = |value: &FacetValue| {
        let country = value.country.as_ref().map(|country| format!(", {country}")).unwrap_or_default();
        safe_line(&format!("{}{country}", value.value)).into_owned()
    };
    let names: Vec<String> = facets.values.iter().map(name).collect();
    let column = names.iter().map(|name| name.width()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    for ((value, count), name) in facets.values.iter().zip(&counts).zip(&names) {
        let filter = style.paint(Style::DIM, &value.filter);
        let pad = " ".repeat(column.saturating_sub(name.width()));
        writeln!(out, "{count:>width$}  {name}{pad}  {filter}")?;
    }
    if !facets.values.is_empty() {
        writeln!(out)?;
    }
    let total = format!("{} {}", grouped(answer.total), plural(answer.total, "article", "articles"));
    writeln!(out, "{}", style.paint(Style::DIM, &total))
}

/// Writes each person with the names that are joined: how many articles, the name, why it is the person's.
pub fn who(out: &mut dyn Write, facets: &Facets, style: Style) -> io::Result<()> {
    for (at, value) in facets.values.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let articles = format!("{} {}", grouped(value.articles), plural(value.articles, "article", "articles"));
        let name = style.paint(Style::BOLD, &safe_line(&value.value));
        writeln!(out, "{name}  {articles}  {}", style.paint(Style::DIM, &safe_line(&value.filter)))?;
        let column =
            value.forms.iter().map(|form| form.name.width()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
        for form in &value.forms {
            let pad = " ".repeat(column.saturating_sub(form.name.width()));
            let why = match form.why {
                Joined::Name => "",
                Joined::Title => "with a title",
                Joined::Middle => "with the only middle name",
                Joined::Surname => "the surname, which hardly anybody else bears",
            };
            let line = format!(
                "{:>6}  {}{pad}  {}",
                grouped(form.articles),
                safe_line(&form.name),
                style.paint(Style::DIM, why)
            );
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}
