//! What is near a query that found nothing.

use std::io::{self, Write};

use serde::Serialize;

use super::{grouped, json_line, plural};
use crate::api::{Near, NearKind, VERSION};
use crate::text::safe_line;

/// All of it as one object.
#[derive(Serialize)]
struct Object<'a> {
    v: u32,
    near: &'a [Near],
}

/// Writes `near` as one JSON object on a line.
pub fn near_json(out: &mut dyn Write, near: &[Near]) -> io::Result<()> {
    json_line(out, &Object { v: VERSION, near })
}

/// One line for each query that is near: how it differs, what it finds, and what to type.
pub fn near_lines(near: &[Near]) -> Vec<String> {
    near.iter().map(line).collect()
}

fn line(near: &Near) -> String {
    let Near { kind, typed, instead, query, articles } = near;
    let (typed, instead) = (safe_line(typed), safe_line(instead.as_deref().unwrap_or("")));
    let differs = match kind {
        NearKind::Spelling => format!("{instead} for {typed}"),
        NearKind::Without => format!("without {typed}"),
        NearKind::Phrase => format!("the closest phrase is \"{instead}\""),
    };
    let found = format!("{} {}", grouped(*articles), plural(*articles, "article", "articles"));
    format!("{differs}: {found}; type {}", safe_line(query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_queries_say_how_they_differ() {
        let near = |kind, instead: Option<&str>| Near {
            kind,
            typed: "lachn\u{1b}".to_owned(),
            instead: instead.map(str::to_owned),
            query: "lachin medal".to_owned(),
            articles: 1_200,
        };
        let all = [
            near(NearKind::Spelling, Some("lachin")),
            near(NearKind::Without, None),
            near(NearKind::Phrase, Some("gold medal")),
        ];
        let lines = near_lines(&all);
        assert!(lines[0].starts_with("lachin for lachn") && lines[0].ends_with(": 1 200 articles; type lachin medal"));
        assert!(lines[1].starts_with("without lachn") && !lines.concat().contains('\u{1b}'), "{lines:?}");
        assert!(lines[2].starts_with("the closest phrase is \"gold medal\""), "{lines:?}");
        let mut out = Vec::new();
        near_json(&mut out, &all[1..2]).expect("memory can be written");
        let expected = "{\"v\":1,\"near\":[{\"kind\":\"without\",\"typed\":\"lachn\\u001b\",\"instead\":null,\
                        \"query\":\"lachin medal\",\"articles\":1200}]}\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
