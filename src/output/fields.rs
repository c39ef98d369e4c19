//! Hits of which only some fields are wanted, and the short form for programs that pay for each word.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::hits::{COLUMNS, Line};
use super::template::{MORE, value};
use super::{Sheet, json_line};
use crate::api::{Hit, VERSION};
use crate::text::safe_line;

/// Keys of a hit in JSON that are no columns of CSV.
const KEYS: [&str; 8] = ["v", "date_origin", "date_precision", "spellings", "snippets", "story", "root", "why"];

/// Names of fields, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields(Vec<&'static str>);

impl Fields {
    /// Reads names with commas between; those of [`super::Template`], and for JSON also its keys. `Err` says which is
    /// not known.
    pub fn parse(text: &str, json: bool) -> Result<Fields, String> {
        let known = || COLUMNS.into_iter().chain(MORE).chain(KEYS.into_iter().filter(|_| json));
        let find = |name: &str| {
            let unknown = || format!("'{name}' is not known; there are {}", known().collect::<Vec<_>>().join(", "));
            known().find(|known| *known == name).ok_or_else(unknown)
        };
        text.split(',').map(|name| find(name.trim())).collect::<Result<_, _>>().map(Fields)
    }

    /// Writes one JSON object a hit, with the keys that JSON has for a hit, else with the text of the column.
    pub fn json(&self, out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
        hits.iter().try_for_each(|hit| {
            let whole = serde_json::to_value(Line { v: VERSION, query_id: None, hit })?;
            json_line(out, &Chosen { names: &self.0, whole: &whole, hit })
        })
    }

    /// Writes comma-separated values below a header line.
    pub fn csv(&self, out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
        let mut sheet = Sheet::new(out);
        sheet.row(&self.0)?;
        hits.iter().try_for_each(|hit| sheet.row(self.0.iter().map(|name| value(hit, name))))?;
        sheet.end()
    }

    /// Writes a line with tabs between a hit.
    pub fn lines(&self, out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
        hits.iter().try_for_each(|hit| {
            let cells: Vec<String> = self.0.iter().map(|name| safe_line(&value(hit, name)).into_owned()).collect();
            writeln!(out, "{}", cells.join("\t"))
        })
    }
}

/// Some keys of a hit, in an order of the user's own.
struct Chosen<'a> {
    names: &'a [&'static str],
    whole: &'a Value,
    hit: &'a Hit,
}

impl Serialize for Chosen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.names.len()))?;
        for name in self.names {
            match self.whole.get(name) {
                Some(found) => map.serialize_entry(name, found)?,
                None if KEYS.contains(name) => map.serialize_entry(name, &Value::Null)?,
                None => map.serialize_entry(name, &value(self.hit, name))?,
            }
        }
        map.end()
    }
}

/// Bytes of a line of [`compact`], at most: ten of them are less than 4 KB.
const LINE: usize = 400;
/// Bytes of an address in it; a longer one is left out, the id leads to it.
// The passage says more than the address: it and the date need most of the line.
const ADDRESS: usize = 120;

/// A hit in short. Its JSON form is the contract of `search query --compact`.
#[derive(serde::Serialize)]
struct Compact<'a> {
    date: Option<&'a str>,
    url: Option<&'a str>,
    cite: String,
    passage: String,
}

/// Writes one short JSON object a hit: day, address, citation, and as much of the best passage as the line holds.
pub fn compact(out: &mut dyn Write, hits: &[Hit]) -> io::Result<()> {
    hits.iter().try_for_each(|hit| {
        let snippet = hit.snippets.first();
        let cite = snippet.map_or_else(|| hit.id.clone(), |at| format!("{}#{}-{}", hit.id, at.start, at.end));
        let text = snippet.map_or(hit.title.as_deref().unwrap_or(""), |snippet| snippet.text.as_str());
        let mut line = Compact {
            date: hit.date.as_deref().map(|date| date.split('T').next().unwrap_or(date)),
            url: hit.url.as_deref().filter(|url| url.len() <= ADDRESS),
            cite,
            passage: safe_line(text).into_owned(),
        };
        while size(&line)? > LINE && !line.passage.is_empty() {
            let over = size(&line)? - LINE;
            shorten(&mut line.passage, over);
        }
        json_line(out, &line)
    })
}

/// Bytes of `line` as it is written, with its line break.
fn size(line: &Compact<'_>) -> io::Result<usize> {
    let mut bytes = Vec::new();
    json_line(&mut bytes, line)?;
    Ok(bytes.len())
}

/// Takes at least `over` bytes, or all, from the end of `text`, to the end of a word, and says so.
fn shorten(text: &mut String, over: usize) {
    let whole = text.strip_suffix('…').unwrap_or(text).len();
    let end = text.floor_char_boundary(whole.saturating_sub(over + '…'.len_utf8()));
    // Chinese and Japanese have no blanks to end at.
    let blank = text[..end].rfind(' ').filter(|blank| *blank > end / 2 && !text[end..].starts_with(' ')).unwrap_or(end);
    text.truncate(blank);
    if !text.is_empty() {
        text.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_or_named() {
        assert_eq!(Fields::parse("date, title,url", false), Ok(Fields(vec!["date", "title", "url"])));
        assert_eq!(Fields::parse("snippets,story", true), Ok(Fields(vec!["snippets", "story"])));
        let wrong = Fields::parse("date,snippets", false).expect_err("no column");
        assert!(wrong.starts_with("'snippets' is not known; there are rank, id, "), "{wrong}");
        assert!(Fields::parse("", true).is_err());
    }

    #[test]
    fn text_is_shortened_at_a_blank_and_ends() {
        let mut text = "The ferry of the east bank was late again, said the clerk.".to_owned();
        shorten(&mut text, 20);
        assert_eq!(text, "The ferry of the east bank was late…");
        for text in ["灯塔看守人星期天数了四十艘船", "ééééééé", "a"] {
            let mut left = text.to_owned();
            let mut rounds = 0;
            while !left.is_empty() {
                shorten(&mut left, 1);
                rounds += 1;
            }
            assert!(rounds <= text.len(), "{text}");
        }
    }
}
