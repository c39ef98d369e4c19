//! Which bearer of a name is meant, on the table of `tests/places`.

use serde_json::{Value, json};

use crate::archive::Archive;

const PROBE: &str = include_str!("../places/probe.tsv");
/// Of a hundred sentences so many must be right in every mention that counts.
const RIGHT: usize = 90;

/// The mention that counts of `text` from byte `from` on, and whether `found` has it where it lies.
fn is_there(text: &str, from: &mut usize, wanted: &str, found: &[Value]) -> bool {
    let (name, place) = wanted.split_once('@').unwrap();
    let numbers: Vec<f64> = place.split(',').map(|number| number.parse().unwrap()).collect();
    let off = numbers.get(2).copied().unwrap_or(1.0);
    let at = *from + text[*from..].find(name).unwrap();
    *from = at + name.len();
    found.iter().any(|mention| {
        let number = |key: &str| mention[key].as_f64();
        let (Some(start), Some(end)) = (number("start"), number("end")) else { return false };
        let (Some(lat), Some(lon)) = (number("lat"), number("lon")) else { return false };
        let here = (start..end).contains(&(at as f64));
        here && (lat - numbers[0]).abs() <= off && (lon - numbers[1]).abs() <= off
    })
}

#[test]
fn the_bearer_that_is_meant_is_found() {
    let archive = Archive::new();
    let rows: Vec<Vec<&str>> =
        PROBE.lines().filter(|row| !row.starts_with('#')).map(|row| row.split('\t').collect()).collect();
    let texts: String = rows
        .iter()
        .enumerate()
        .map(|(at, row)| format!("{}\n", json!({ "id": at.to_string(), "lang": row[1], "text": row[2] })))
        .collect();
    archive.write("texts.jsonl", texts);
    let out = archive.run(&["annotate", "--jsonl", "pages/texts.jsonl"]).code(0).stdout;
    let mut wrong = Vec::new();
    for line in out.lines() {
        let found: Value = serde_json::from_str(line).unwrap();
        let row = &rows[found["id"].as_str().and_then(|id| id.parse::<usize>().ok()).unwrap()];
        let mentions = found["mentions"].as_array().unwrap();
        let mut from = 0;
        if !row[3].split(';').all(|wanted| is_there(row[2], &mut from, wanted, mentions)) {
            wrong.push(format!("{}: {}", row[0], row[2]));
        }
    }
    assert_eq!((rows.len(), out.lines().count()), (120, 120));
    assert!((rows.len() - wrong.len()) * 100 >= rows.len() * RIGHT, "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
