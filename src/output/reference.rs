//! References to articles as programs for bibliographies read them: BibTeX, CSL JSON and RIS.
//!
//! Names of authors stand as the page prints them: which part is the surname is for the reading program to say. Every
//! reference has a note with the article's id, passages as `ID#START-END` and the digest of its text, which is what
//! `search verify` takes.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::cite::footnotes;
use super::json_line;
use super::referred::Referred;
use crate::api::Snippet;
use crate::text::{fold, safe_line};

/// A form of references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceFormat {
    /// Lines that a reader can check.
    Footnote,
    /// Entries of BibTeX and BibLaTeX.
    Bibtex,
    /// An array of items of the Citation Style Language.
    Csl,
    /// Records of RIS.
    Ris,
}

/// Writes references one after the other.
#[derive(Debug)]
pub struct References {
    format: ReferenceFormat,
    written: u64,
}

impl References {
    /// None written yet.
    pub fn new(format: ReferenceFormat) -> References {
        References { format, written: 0 }
    }

    /// Writes the reference to one article.
    pub fn add(&mut self, out: &mut dyn Write, article: Referred<'_>) -> io::Result<()> {
        match self.format {
            ReferenceFormat::Footnote => return footnotes(out, article, &mut self.written),
            ReferenceFormat::Bibtex => bibtex(out, article)?,
            ReferenceFormat::Csl => {
                out.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
                let mut line = Vec::new();
                json_line(&mut line, &csl(article))?;
                out.write_all(line.trim_ascii_end())?;
            }
            ReferenceFormat::Ris => ris(out, article)?,
        }
        self.written += 1;
        Ok(())
    }

    /// Writes what stands behind the last one.
    pub fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        match (self.format, self.written) {
            (ReferenceFormat::Csl, 0) => out.write_all(b"[]\n"),
            (ReferenceFormat::Csl, _) => out.write_all(b"\n]\n"),
            _ => Ok(()),
        }
    }
}

/// Where the text stands and what it was, for whoever checks it.
fn note(article: Referred<'_>) -> String {
    let Referred { id, text_sha256: digest, passages, .. } = article;
    if passages.is_empty() {
        return format!("{id}, sha256:{digest}");
    }
    let passage = |one: &Snippet| format!("“{}” ({id}#{}-{}, sha256:{digest})", one.text, one.start, one.end);
    safe_line(&passages.iter().map(passage).collect::<Vec<_>>().join("; ")).into_owned()
}

/// Year, month and day of an ISO 8601 date, as far as it goes.
fn date_parts(date: &str) -> Vec<u32> {
    let day = date.split('T').next().unwrap_or(date);
    day.split('-').map_while(|part| part.parse().ok()).collect()
}

fn bibtex(out: &mut dyn Write, article: Referred<'_>) -> io::Result<()> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts = article.date.map(date_parts).unwrap_or_default();
    writeln!(out, "@article{{{},", key(article, parts.first().copied()))?;
    let mut field = |name: &str, value: &str| writeln!(out, "  {name} = {value},");
    if !article.byline.is_empty() {
        let names: Vec<String> = article.byline.iter().map(|name| bibtex_name(name)).collect();
        field("author", &format!("{{{}}}", names.join(" and ")))?;
    }
    // Two pairs: the capitals of a headline are not for a style to change.
    field("title", &format!("{{{{{}}}}}", tex(article.title.unwrap_or(super::NO_HEADLINE))))?;
    if let Some(site) = article.site {
        field("journal", &format!("{{{}}}", tex(site)))?;
    }
    // BibTeX reads the first two, BibLaTeX the third, which alone has the day.
    if let Some(year) = parts.first() {
        field("year", &format!("{{{year:04}}}"))?;
        if let Some(month) = parts.get(1).and_then(|month| MONTHS.get((*month as usize).wrapping_sub(1))) {
            field("month", month)?;
        }
        field("date", &format!("{{{}}}", iso(&parts)))?;
    }
    if let Some(url) = article.url {
        field("url", &format!("{{{}}}", tex_url(url)))?;
    }
    if let Some(captured) = article.captured {
        field("urldate", &format!("{{{}}}", iso(&date_parts(captured))))?;
    }
    if let Some(lang) = article.lang {
        field("langid", &format!("{{{}}}", tex(lang)))?;
    }
    field("note", &format!("{{{}}}", tex(&note(article))))?;
    writeln!(out, "}}\n")
}

fn iso(parts: &[u32]) -> String {
    let part = |(at, part): (usize, &u32)| if at == 0 { format!("{part:04}") } else { format!("{part:02}") };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join("-")
}

/// A key that a person recognises and that no other article has: `hobbs2021-9546a5dc88fb06f8`.
fn key(article: Referred<'_>, year: Option<u32>) -> String {
    let author = article.byline.first().and_then(|name| name.split_whitespace().last());
    let name = fold(author.or(article.site).unwrap_or(""));
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = if name.is_empty() { "article" } else { name.as_str() };
    let year = year.map_or_else(String::new, |year| format!("{year:04}"));
    format!("{name}{year}-{}", article.id)
}

/// A name as BibTeX takes it for one: a comma and the word between two names mean something to it.
fn bibtex_name(name: &str) -> String {
    let is_one = !name.contains(',') && !name.to_lowercase().split_whitespace().any(|word| word == "and");
    if is_one { tex(name) } else { format!("{{{}}}", tex(name)) }
}

/// `text` on one line with what TeX obeys escaped.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '$' | '&' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// An address, which is printed as it is: what would end the field or the line is written as its number.
fn tex_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in safe_line(url).chars() {
        match c {
            '{' | '}' | '\\' | ' ' | '"' => out.push_str(&format!("%{:02X}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

/// An item of the Citation Style Language, version 1.0.2.
fn csl(article: Referred<'_>) -> Value {
    let date = |date: &str| json!({ "date-parts": [date_parts(date)] });
    let names = || -> Vec<Value> { article.byline.iter().map(|name| json!({ "literal": name })).collect() };
    let fields = [
        ("id", Some(json!(article.id))),
        ("type", Some(json!("article-newspaper"))),
        ("title", article.title.map(Value::from)),
        ("author", Some(names()).filter(|names| !names.is_empty()).map(Value::from)),
        ("container-title", article.site.map(Value::from)),
        ("section", article.section.map(Value::from)),
        ("issued", article.date.map(date)),
        ("accessed", article.captured.map(date)),
        ("URL", article.url.map(Value::from)),
        ("language", article.lang.map(Value::from)),
        ("note", Some(json!(note(article)))),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(Map::from_iter(known))
}

fn ris(out: &mut dyn Write, article: Referred<'_>) -> io::Result<()> {
    let mut field = |tag: &str, value: &str| writeln!(out, "{tag}  - {}", safe_line(value));
    // Years, months and days with slashes, of which all three are always there.
    let slashed = |date: &str| {
        let iso = iso(&date_parts(date));
        let mut parts = iso.split('-');
        let mut next = || parts.next().unwrap_or("");
        format!("{}/{}/{}", next(), next(), next())
    };
    field("TY", "NEWS")?;
    article.byline.iter().try_for_each(|name| field("AU", name))?;
    field("TI", article.title.unwrap_or(super::NO_HEADLINE))?;
    let date = article.date.map(slashed);
    let captured = article.captured.map(slashed);
    let year = date.as_deref().and_then(|date| date.split('/').next());
    let rest = [
        ("T2", article.site),
        ("PY", year),
        ("DA", date.as_deref()),
        ("SE", article.section),
        ("UR", article.url),
        ("Y2", captured.as_deref()),
        ("LA", article.lang),
    ];
    rest.into_iter().try_for_each(|(tag, value)| value.map_or(Ok(()), |value| field(tag, value)))?;
    field("N1", &note(article))?;
    writeln!(out, "ER  - \n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_page_is_obeyed_by_tex() {
        for (text, written) in [
            ("Up 5 % & more", "Up 5 \\% \\& more"),
            ("a}, author={x", "a\\}, author=\\{x"),
            ("\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"),
            ("x_1^2 ~ #3 $4", "x\\_1\\textasciicircum{}2 \\textasciitilde{} \\#3 \\$4"),
            ("a\n@book{b", "a @book\\{b"),
            ("Şuşa", "Şuşa"),
        ] {
            assert_eq!(tex(text), written);
        }
        assert_eq!(tex_url("https://x.example/a_b?c=%20{1}\\"), "https://x.example/a_b?c=%20%7B1%7D%5C");
        assert_eq!(bibtex_name("Boris Hobbs"), "Boris Hobbs");
        assert_eq!(bibtex_name("Smith and Sons"), "{Smith and Sons}");
        assert_eq!(bibtex_name("Hobbs, Berlin"), "{Hobbs, Berlin}");
    }

    #[test]
    fn dates_are_as_fine_as_they_are() {
        for (date, parts, written) in [
            ("2020-12-02T09:15:00+04:00", &[2020, 12, 2][..], "2020-12-02"),
            ("2020-12", &[2020, 12], "2020-12"),
            ("2020", &[2020], "2020"),
        ] {
            assert_eq!(date_parts(date), parts);
            assert_eq!(iso(parts), written);
        }
    }
}
