//! Why a hit has its score, and rules of ranking that a whole program shows best.

use serde::Deserialize;

use crate::archive::{Archive, CORPUS};
use crate::rows;

/// What is looked at of a hit.
#[derive(Debug, Deserialize)]
struct Hit {
    id: String,
    score: f64,
    #[serde(default)]
    why: Vec<Why>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    part: String,
    title: u64,
    body: u64,
    forms: u64,
    #[serde(default)]
    found: Vec<String>,
    weight: f64,
    score: f64,
}

/// A question long enough for feedback.
const QUESTION: &str = "returned district bakery walnut medal bridge corridor families road";

fn hits(options: &[&str], query: &str) -> Vec<Hit> {
    let options: Vec<&str> = options.iter().copied().chain(["--json", "-e", query]).collect();
    rows::parse(&CORPUS.run("query", &options).code(0).stdout)
}

#[test]
fn the_reasons_sum_up_to_the_score() {
    for query in ["Lachin medal", "medals", "\"Black Sea\"", "COVID-19 OR Lachin", "date:2020 Lachin", QUESTION] {
        for hit in hits(&["--explain", "-n", "20"], query) {
            let sum: f64 = hit.why.iter().map(|why| why.score).sum();
            assert!((sum - hit.score).abs() < 0.001, "{query}: {hit:?}");
            let found = |why: &Why| (why.title + why.body + why.forms > 0) == (why.score > 0.0) || why.weight == 0.0;
            assert!(hit.why.iter().all(found), "{query}: {hit:?}");
        }
    }
    assert!(hits(&["--explain"], QUESTION).iter().any(|hit| hit.why.iter().any(|why| why.part == "feedback")));
    assert!(hits(&[], "Lachin").iter().all(|hit| hit.why.is_empty()));
}

#[test]
fn the_form_that_matched_is_told() {
    for hit in hits(&["--explain"], "decorations") {
        let [why] = &hit.why[..] else { continue };
        assert_eq!(why.forms > 0, !why.found.is_empty(), "{hit:?}");
    }
    let found: Vec<String> =
        hits(&["--explain"], "medals").into_iter().flat_map(|hit| hit.why).flat_map(|why| why.found).collect();
    assert!(found.iter().any(|form| form.eq_ignore_ascii_case("medal")), "{found:?}");
}

#[test]
fn a_score_does_not_depend_on_how_many_are_listed() {
    let of = |options: &[&str]| -> Vec<(String, f64)> {
        hits(options, QUESTION).into_iter().map(|hit| (hit.id, hit.score)).collect()
    };
    let many = of(&["-n", "40"]);
    assert_eq!(of(&["-n", "3"]), many[..3]);
    assert_eq!(of(&["-n", "3", "--offset", "4"]), many[4..7]);
}

#[test]
fn reasons_are_said_on_standard_error() {
    let run = CORPUS.run("query", &["--explain", "-n", "1", "-e", "Lachin medal"]).code(0);
    assert!(run.stderr.contains("1 scores") && run.stderr.contains("medal"), "{}", run.stderr);
}

#[test]
fn the_article_that_is_called_so_comes_first() {
    let archive = Archive::new();
    let page = |title: &str, text: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text} \
             The mayor opened it on a wet morning, and nobody who had come to see it stayed dry for long.</p></article></body></html>"
        )
    };
    archive.write("named.html", page("The old mill", "It stands by the river."));
    archive.write("other.html", page("Old mill, old mill, old mill", "The old mill is an old mill, an old mill."));
    archive.index().code(0);
    let first = |query: &str| archive.hits(&[query]).remove(0).path;
    assert_eq!(first("the old mill").as_deref(), Some("named.html"));
    assert_eq!(first("old mill").as_deref(), Some("other.html"));
}
