//! Feedback for long questions: articles that are made of what the best ones are made of come first.

use std::fmt::Write;

use serde::Deserialize;

use crate::archive::Archive;
use crate::rows;

/// Six words, of which feedback begins to learn.
const QUESTION: &str = "ferry harbour storm repair cost council";
const FIVE: &str = "ferry harbour storm repair cost";

/// What is looked at of a hit.
#[derive(Debug, Deserialize)]
struct Hit {
    path: String,
    score: f64,
    #[serde(default)]
    why: Vec<Why>,
}

#[derive(Debug, Deserialize)]
struct Why {
    part: String,
    score: f64,
}

impl Hit {
    /// What feedback has added to the score.
    fn gain(&self) -> f64 {
        self.why.iter().filter(|why| why.part == "feedback").map(|why| why.score).sum()
    }
}

fn page(title: &str, paragraphs: &[&str]) -> String {
    let body = paragraphs.iter().fold(String::new(), |mut body, text| {
        let _ = write!(body, "<p>{text}</p>");
        body
    });
    format!(
        "<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )
}

/// A sentence of words that most pages have; no two numbers give the same.
fn common(number: usize) -> String {
    let (birds, posts) = (number * 31 + 7, number * 17 + 3);
    format!("On that day the wardens of the lake had counted {birds} birds of all sorts at {posts} posts on its shore.")
}

const ASKED: &str =
    "The council heard what repair of the ferry in the harbour would cost after the storm of last week.";
const PONTOON: &str = "Divers found the breakwater cracked and the pontoon sunk, and said that neither pontoon nor breakwater \
    was insured by anybody when the winter had begun.";
const VIOLIN: &str =
    "The evening ended with a violin and an accordion, and people said that the accordion was louder than the violin.";

/// Four articles that answer best and speak of a pontoon; two that answer less, `violin.html` and, in a segment of its own,
/// `pontoon.html`, which is a little longer; and many that do not answer.
fn archive() -> Archive {
    let archive = Archive::new();
    for number in 0..4 {
        let text = page(&format!("Ferry report {number}"), &[ASKED, PONTOON, &common(number * 100)]);
        archive.write(format!("best{number}.html"), text);
    }
    archive.write("violin.html", page("An evening", &[ASKED, VIOLIN, &common(901)]));
    for number in 0..54 {
        let texts: Vec<String> = (0..3).map(|at| common(1000 + number * 10 + at)).collect();
        // Words of one article alone are no terms of feedback.
        let first = if number < 3 { VIOLIN } else { "" };
        archive.write(
            format!("other{number}.html"),
            page(&format!("Lake report {number}"), &[first, &texts[0], &texts[1], &texts[2]]),
        );
    }
    archive.index().code(0);
    archive.write("pontoon.html", page("A morning", &[ASKED, PONTOON, &common(902)]));
    archive.index().code(0);
    archive
}

fn hits(archive: &Archive, query: &str) -> Vec<Hit> {
    let run = archive.run(&["query", "--json", "--explain", "--no-group", "-n", "0", query]).code(0);
    rows::parse(&run.stdout)
}

#[test]
fn what_the_best_articles_are_made_of_moves_the_others() {
    let archive = archive();
    let order = |hits: &[Hit]| -> Vec<String> {
        hits.iter().map(|hit| hit.path.clone()).filter(|path| !path.starts_with("best")).collect()
    };
    let fed = hits(&archive, QUESTION);
    assert_eq!(order(&fed), ["pontoon.html", "violin.html"], "{fed:#?}");
    let plain = hits(&archive, FIVE);
    assert_eq!(order(&plain), ["violin.html", "pontoon.html"], "{plain:#?}");
    assert!(plain.iter().all(|hit| hit.gain() == 0.0), "{plain:#?}");
    // What holds the terms best gains an eighth of the best score.
    let best = fed.iter().map(|hit| hit.score - hit.gain()).fold(0.0, f64::max);
    let most = fed.iter().map(Hit::gain).fold(0.0, f64::max);
    assert!((most - best / 8.0).abs() < 0.001, "{most} of {best}");
}
