//! Everything of a query at once, and references to it.

use serde_json::Value;

use crate::archive::{Archive, CORPUS, Run};
use crate::stories::{page, sentences};

/// Keys of a line of `search export`, in the order in which they are printed.
const EXPORT: &[&str] = &[
    "v",
    "id",
    "date",
    "day",
    "year",
    "date_origin",
    "date_precision",
    "modified",
    "site",
    "section",
    "lang",
    "kind",
    "title",
    "byline",
    "tags",
    "words",
    "lead",
    "body",
    "correction",
    "people",
    "places",
    "dates",
    "story",
    "url",
    "root",
    "path",
    "captured",
    "sha256",
    "text_sha256",
];

fn rows(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("b.html", page("post.example", "2020-01-02", "Second & matter", &sentences(2, 0..8)));
    archive.write("a.html", page("wire.example", "2020-01-03", "Second matter, again", &sentences(2, 0..8)));
    archive.write("c.html", page("post.example", "2019-05-06", "First matter", &sentences(1, 0..8)));
    archive.write("d.txt", "No day\n\nNobody knows when this matter was written.");
    archive.index().code(0);
    archive
}

#[test]
fn every_article_comes_once_and_is_what_show_prints() {
    for query in [&["*"][..], &["Lachin"], &["lang:ru"], &["Lachin", "medal"], &["--any", "Lachin", "medal"], &["zzzz"]]
    {
        let run = CORPUS.run("export", query);
        let count = CORPUS.run("query", &[&["-c"], query].concat());
        assert_eq!(run.status, count.status, "{query:?}");
        let rows = rows(&run);
        assert_eq!(format!("{}\n", rows.len()), count.stdout, "{query:?}");
        for (row, line) in rows.iter().zip(run.stdout.lines()) {
            crate::rows::check_keys(line, EXPORT);
            let id = row["id"].as_str().unwrap();
            let shown = CORPUS.run("show", &["--json", id]).code(0).stdout;
            let shown: Value = serde_json::from_str(&shown).unwrap();
            for key in EXPORT.iter().filter(|key| !["day", "year", "story"].contains(key)) {
                assert_eq!(row[key], shown[key], "{key} of {id}");
            }
        }
    }
}

#[test]
fn rows_come_by_day_and_name_the_story() {
    let archive = archive();
    let run = archive.run(&["export", "matter"]).code(0).complains(&["note: 4 articles tell 3 stories; 'story' has"]);
    let rows = rows(&run);
    let column = |key: &str| rows.iter().map(|row| row[key].clone()).collect::<Vec<_>>();
    assert_eq!(column("day"), [Value::from("2019-05-06"), "2020-01-02".into(), "2020-01-03".into(), Value::Null]);
    assert_eq!(column("year"), [Value::from(2019), 2020.into(), 2020.into(), Value::Null]);
    assert_eq!(column("story"), [Value::Null, rows[1]["id"].clone(), rows[1]["id"].clone(), Value::Null]);
    // The order is that of the articles, whatever the index is made of.
    let again = Archive::new();
    for page in ["d.txt", "c.html", "a.html", "b.html"] {
        again.write(page, std::fs::read(archive.page(page)).unwrap());
        again.index().code(0);
    }
    let order = |run: &Run| self::rows(run).iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!(order(&again.run(&["export", "matter"])), order(&run));
}

#[test]
fn mentions_come_on_request() {
    let bare = rows(&CORPUS.run("export", &["Lachin"]).code(0));
    let full = rows(&CORPUS.run("export", &["--mentions", "Lachin"]).code(0));
    for (bare, full) in bare.iter().zip(&full) {
        assert!(bare.get("mentions").is_none());
        let shown = CORPUS.run("show", &["--json", full["id"].as_str().unwrap()]).code(0).stdout;
        assert_eq!(full["mentions"], serde_json::from_str::<Value>(&shown).unwrap()["mentions"]);
    }
}

#[test]
fn csv_has_the_same_columns_a_line_an_article() {
    let run = CORPUS.run("export", &["--csv", "*"]).code(0);
    let json = rows(&CORPUS.run("export", &["*"]).code(0));
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    let names: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let keys: Vec<&str> = EXPORT.iter().copied().filter(|key| !["v", "root"].contains(key)).collect();
    assert_eq!(names, keys);
    let lines: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!((lines.len(), run.stdout.lines().count()), (json.len(), json.len() + 1));
    for (line, row) in lines.iter().zip(&json) {
        let cell = |name: &str| &line[names.iter().position(|known| known == name).unwrap()];
        assert_eq!((cell("id"), cell("words")), (row["id"].as_str().unwrap(), row["words"].to_string().as_str()));
        let body = row["body"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(cell("body").trim_start_matches('\'').split_whitespace().collect::<Vec<_>>().join(" "), body);
    }
}

#[test]
fn references_are_read_by_other_programs() {
    let archive = archive();
    let run = |args: &[&str]| archive.run(&[&["export"], args, &["matter"]].concat()).code(0).stdout;
    let bibtex = run(&["--cite=bibtex"]);
    assert_eq!(bibtex.matches("@article{").count(), 4, "{bibtex}");
    for line in [
        "  title = {{Second \\& matter}},",
        "  journal = {post.example},",
        "  month = jan,",
        "  date = {2020-01-02},",
        "  year = {2020},",
    ] {
        assert!(bibtex.lines().any(|found| found == line), "{line} is not in {bibtex}");
    }
    let keys: std::collections::BTreeSet<&str> = bibtex.lines().filter(|line| line.starts_with('@')).collect();
    assert_eq!(keys.len(), 4, "keys are told apart: {keys:?}");
    let csl: Value = serde_json::from_str(&run(&["--cite", "csl"])).unwrap();
    assert_eq!(csl[0]["issued"]["date-parts"], serde_json::json!([[2019, 5, 6]]));
    assert_eq!(csl[1]["title"], "Second & matter");
    assert_eq!(csl[3].get("issued"), None, "undated stays undated");
    assert!(csl[1]["note"].as_str().unwrap().starts_with(csl[1]["id"].as_str().unwrap()));
    let ris = run(&["--cite=ris"]);
    assert_eq!((ris.matches("TY  - NEWS").count(), ris.matches("ER  - \n").count()), (4, 4));
    assert!(ris.contains("\nDA  - 2019/05/06\nUR  - https://post.example/news/first-matter\n"), "{ris}");
    let notes = run(&["--cite=footnote"]);
    assert!(notes.starts_with("[1] “First matter”, post.example, 2019-05-06") && notes.lines().count() == 4, "{notes}");
    assert_eq!(archive.run(&["export", "--cite=csl", "zzzz"]).code(1).stdout, "[]\n");
}

#[test]
fn a_query_gives_the_passage_with_its_reference() {
    let note = CORPUS.run("query", &["--cite", "-n", "1", "Lachin", "medal"]).code(0).stdout;
    let place = note.rsplit_once('(').unwrap().1.trim_end().trim_end_matches(')');
    for form in ["bibtex", "csl", "ris"] {
        let run = CORPUS.run("query", &[&format!("--cite={form}"), "-n", "1", "Lachin", "medal"]).code(0).stdout;
        // TeX has the sign of a number escaped.
        assert!(run.replace("\\#", "#").contains(place), "{form} has no {place}: {run}");
    }
    CORPUS.run("query", &["--cite=word", "Lachin"]).code(2).complains(&["bibtex"]);
    CORPUS.run("query", &["--cite=ris", "--json", "Lachin"]).code(2);
    CORPUS.run("export", &["--cite=ris", "--csv", "Lachin"]).code(2);
}

#[test]
fn what_cannot_be_asked_leaves_no_half_answer() {
    CORPUS.run("export", &["date:soon"]).code(2).prints("");
    CORPUS.run("export", &["--csv", "--strict", "url:x"]).code(2).prints("");
    CORPUS.run("export", &[]).code(1).prints("").complains(&["the query is empty"]);
    CORPUS.run("export", &["zzzz", "--csv"]).code(1);
    let plain = CORPUS.run("export", &["medal"]).code(0).stdout;
    CORPUS.run("export", &["medal", "--json"]).code(0).prints(&plain);
    CORPUS.run("export", &["medal", "--json", "--csv"]).code(2);
}

#[test]
fn the_help_names_every_key() {
    let text = Run::of(crate::archive::program(crate::archive::package()).args(["help", "json"])).code(0).stdout;
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    assert!(EXPORT.iter().all(|key| words.contains(key)));
}
