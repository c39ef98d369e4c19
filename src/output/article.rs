//! One whole article.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{NO_HEADLINE, Style, json_line};
use crate::api::ArticleView;
use crate::text::{safe_line, safe_path, safe_text};

/// Writes `view` for people, with the `passage` of it that was asked for, or as one JSON object.
pub fn article(
    out: &mut dyn Write,
    view: &ArticleView,
    passage: Option<&str>,
    style: Style,
    json: bool,
) -> io::Result<()> {
    if json {
        return json_line(out, view);
    }
    let hit = &view.hit;
    let title = hit.title.as_deref().unwrap_or(NO_HEADLINE);
    writeln!(out, "{}\n", style.link(&hit.file.file, &style.paint(Style::BOLD, title)))?;
    let date =
        hit.date.as_deref().zip(hit.date_origin.as_deref()).map(|(date, origin)| format!("{date} (from {origin})"));
    let facts = [
        ("by", Some(hit.byline.join(", ")).filter(|names| !names.is_empty())),
        ("published", Some(date.unwrap_or("undated".to_owned()))),
        ("modified", view.modified.clone()),
        ("captured", hit.captured.clone()),
        ("site", hit.site.clone()),
        ("section", view.section.clone()),
        ("tags", Some(view.tags.join(" · ")).filter(|tags| !tags.is_empty())),
        ("correction", view.correction.clone()),
        ("language", hit.lang.clone()),
        ("kind", Some(hit.kind.clone())),
        ("words", Some(hit.words.to_string())),
        ("url", hit.url.clone()),
    ];
    let row = |out: &mut dyn Write, name: &str, value: &str| writeln!(out, "{} {value}", style.label(name));
    for (name, value) in facts {
        if let Some(value) = value {
            row(out, name, &safe_line(&value))?;
        }
    }
    // As they are: runs of blanks are part of a name.
    row(out, "file", &safe_path(&hit.file.file))?;
    row(out, "id", &hit.id)?;
    if let Some(passage) = passage {
        row(out, "passage", &format!("“{}”", safe_line(passage)))?;
    }
    let body = safe_text(&view.body);
    writeln!(out, "\n{body}")?;
    let list = |out: &mut dyn Write, name: &str, values: &[String]| {
        if values.is_empty() {
            return Ok(());
        }
        row(out, name, &safe_line(&values.join(" · ")))
    };
    if !body.is_empty() {
        writeln!(out)?;
    }
    list(out, "people", &hit.people)?;
    let places: Vec<String> = hit
        .places
        .iter()
        .map(|place| match &place.country {
            None => place.name.clone(),
            Some(country) => format!("{} ({country})", place.name),
        })
        .collect();
    list(out, "places", &places)?;
    list(out, "dates", &hit.dates)?;
    list(out, "notes", &view.notes)?;
    let captures: Vec<Cow<'_, str>> = view.captures.iter().map(|capture| safe_path(&capture.page.file)).collect();
    if captures.is_empty() { Ok(()) } else { row(out, "captures", &captures.join(" · ")) }
}
