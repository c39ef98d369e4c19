//! Questions in languages without blanks between words find the text that answers them: `tests/questions/*.tsv`.

use std::fmt::Write;
use std::fs;

use serde::Deserialize;

use crate::archive::{Archive, package};
use crate::rows;

#[derive(Deserialize)]
struct Found {
    query_id: String,
    path: String,
}

/// An archive of the texts, and a batch of the questions: the id of each ends in the number of the text that answers it.
fn read(lang: &str) -> (Archive, String, usize) {
    let (archive, mut batch, mut texts, mut questions) = (Archive::new(), String::new(), 0, 0);
    let file = fs::read_to_string(package().join(format!("tests/questions/{lang}.tsv"))).unwrap();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("@\t") {
            Some(text) => {
                texts += 1;
                let page = format!("<html lang={lang}><meta charset=utf-8><article><p>{text}</p></article></html>");
                archive.write(format!("{texts}.html"), page);
            }
            None => {
                questions += 1;
                writeln!(batch, "{questions}/{texts}\t{line}").unwrap();
            }
        }
    }
    (archive, batch, questions)
}

/// Mean of one by the rank of the text that answers a question, and how many questions find nothing at all.
fn measure(lang: &str) -> (f64, usize) {
    let (archive, batch, questions) = read(lang);
    archive.index().code(0);
    fs::write(archive.folder().join("questions"), batch).unwrap();
    let run = archive.run(&["batch", "--json", "-n", "25", "questions"]);
    let found: Vec<Found> = rows::parse(&run.stdout);
    let mut sum = 0.0;
    let (mut last, mut rank, mut answered) = ("", 0, 0);
    for hit in &found {
        if hit.query_id != last {
            (last, rank) = (&hit.query_id, 0);
            answered += 1;
        }
        rank += 1;
        let text = hit.query_id.split('/').next_back().unwrap();
        if hit.path == format!("{text}.html") {
            sum += 1.0 / f64::from(rank);
        }
    }
    (sum / questions as f64, questions - answered)
}

#[test]
fn questions_in_scripts_without_blanks_find_their_texts() {
    // A little below what was measured: 100 questions over 25 texts each.
    for (lang, least) in [("ja", 0.95), ("th", 0.95)] {
        let (mean, nothing) = measure(lang);
        assert!(mean >= least, "{lang}: mean reciprocal rank {mean:.3}");
        assert!(nothing <= 3, "{lang}: {nothing} questions find nothing");
    }
}
