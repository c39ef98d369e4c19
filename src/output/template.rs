//! Hits in a form of the user's own: `--format '{date} {title}'`.

use std::io::{self, Write};

use super::hits::{COLUMNS, cell};
use crate::api::Hit;
use crate::text::{safe_line, safe_path};

/// Names beside the columns of CSV: where the first snippet lies in the stored body, the digests, and what
/// goes on behind the hit.
pub(super) const MORE: [&str; 6] = ["start", "end", "captured", "sha256", "text_sha256", "cursor"];

/// What is written for each hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The value of this name.
    Value(&'static str),
}

impl Template {
    /// Reads a template: names in braces, everything else as it stands; `{{` and `}}` are braces, `\t` `\n` `\\` what
    /// they are in most languages. `Err` names what cannot be filled in.
    pub fn parse(text: &str) -> Result<Template, String> {
        if let "json" | "jsonl" | "csv" = text {
            let option = text.trim_end_matches('l');
            return Err(format!("it takes names in braces, such as '{{date}} {{title}}'; for {text} type --{option}"));
        }
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}', '\\']) {
            plain.push_str(&rest[..at]);
            let sign = &rest[at..];
            let taken = match (sign.as_bytes()[0], sign.as_bytes().get(1)) {
                (b'{', Some(b'{')) | (b'}', Some(b'}')) | (b'\\', Some(b'\\')) => {
                    plain.push_str(&sign[..1]);
                    2
                }
                (b'\\', Some(b't')) => {
                    plain.push('\t');
                    2
                }
                (b'\\', Some(b'n')) => {
                    plain.push('\n');
                    2
                }
                (b'{', _) => {
                    let end = sign.find('}').ok_or("a { is not closed; {{ stands for a brace")?;
                    let name = sign[1..end].trim();
                    let known = COLUMNS.into_iter().chain(MORE).find(|known| *known == name);
                    let known = known.ok_or_else(|| {
                        format!("{{{name}}} is not known; there are {}, {}", COLUMNS.join(", "), MORE.join(", "))
                    })?;
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    pieces.push(Piece::Value(known));
                    end + 1
                }
                _ => {
                    plain.push_str(&sign[..1]);
                    1
                }
            };
            rest = &sign[taken..];
        }
        plain.push_str(rest);
        pieces.push(Piece::Text(plain));
        // Between two names there is an empty text; without this two templates that write the same would differ.
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        Ok(Template { pieces })
    }

    /// Writes one hit and ends its line. Values are on one line and safe to print.
    pub fn write(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.write_all(text.as_bytes())?,
                Piece::Value("path") => out.write_all(safe_path(&hit.file.file).as_bytes())?,
                Piece::Value(name) => out.write_all(safe_line(&value(hit, name)).as_bytes())?,
            }
        }
        out.write_all(b"\n")
    }
}

/// What stands for a name: of a column its cell.
pub(super) fn value(hit: &Hit, name: &str) -> String {
    let first = hit.snippets.first();
    match name {
        "start" => first.map(|snippet| snippet.start.to_string()).unwrap_or_default(),
        "end" => first.map(|snippet| snippet.end.to_string()).unwrap_or_default(),
        "captured" => hit.captured.clone().unwrap_or_default(),
        "sha256" => hit.sha256.clone(),
        "text_sha256" => hit.text_sha256.clone(),
        "cursor" => hit.cursor.clone().unwrap_or_default(),
        _ => cell(hit, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_read() {
        for row in r"{date} {title} ==> <date>| |<title>
            a{{b}} ==> a{b}
            {rank}\t{ id } ==> <rank>|	|<id>
            a\\b\q ==> a\b\q
            {nothing} ==> ! {nothing} is not known
            {date ==> ! a { is not closed
            json ==> ! it takes names in braces, such as '{date} {title}'; for json type --json
            } ==> }"
            .lines()
        {
            let (typed, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let shown = match Template::parse(typed) {
                Ok(template) => template
                    .pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Text(text) => text.clone(),
                        Piece::Value(name) => format!("<{name}>"),
                    })
                    .collect::<Vec<_>>()
                    .join("|"),
                Err(why) => format!("! {why}"),
            };
            assert!(shown.starts_with(expected), "{typed} ==> {shown}");
        }
    }
}
