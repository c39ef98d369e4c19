//! First articles, one day through the years, similar articles.

use serde_json::Value;

use crate::archive::{Archive, Run};
use crate::rows::{self, Hit};
use crate::stories::{page, sentence, sentences};

/// Rows of JSON, each as these keys, `-` for null.
fn cells(run: &Run, keys: &[&str]) -> Vec<String> {
    let cell = |row: &Value, key: &str| match &row[key] {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["v"], 1, "{line}");
        keys.iter().map(|key| cell(&row, key)).collect::<Vec<_>>().join(" ")
    };
    run.stdout.lines().map(row).collect()
}

fn archive() -> Archive {
    let archive = Archive::new();
    let pages = [
        ("a.html", "post.example", "2019-05-06T09:12:00Z", 1),
        ("b.html", "wire.example", "2019-05-06T08:00:00Z", 2),
        ("c.html", "post.example", "2020-05-06", 3),
        ("d.html", "herald.example", "2020-05-06", 3),
        ("e.html", "wire.example", "2020-05-09", 4),
        ("f.html", "herald.example", "", 5),
        ("g.html", "post.example", "2021-05-07", 6),
    ];
    for (path, site, date, story) in pages {
        let title = format!("Matter {story} of {}", path.trim_end_matches(".html"));
        archive.write(path, page(site, date, &title, &sentences(story, 0..6)));
    }
    archive.index().code(0);
    archive
}

#[test]
fn the_first_of_all_of_each_site_and_language() {
    let archive = archive();
    let run = archive.run(&["first", "--json", "talks"]).code(0);
    assert_eq!(
        cells(&run, &["of", "name", "path"]),
        [
            "all - b.html",
            "site wire.example b.html",
            "site post.example a.html",
            "site herald.example d.html",
            "lang en b.html"
        ]
    );
    let shown = archive.run(&["first", "talks"]).code(0).stdout;
    assert!(shown.starts_with("First of all\n  2019-05-06 08:00  wire.example  Matter 2 of b  "), "{shown}");
    assert!(shown.ends_with("\n\n7 articles, 1 of them undated\n"), "{shown}");
    archive.run(&["first", "--json", "talks", "-matter", "-talks"]).code(1).prints("");
    archive.run(&["first", "--json", "title:f"]).code(0).prints("");
}

#[test]
fn one_day_through_the_years() {
    let archive = archive();
    let run = archive.run(&["on", "--json", "05-06"]).code(0);
    assert_eq!(cells(&run, &["date", "articles", "stories"]), ["2019-05-06 2 2", "2020-05-06 2 1"]);
    let run = archive.run(&["on", "--json", "--no-group", "5-6", "title:3"]).code(0);
    assert_eq!(cells(&run, &["date", "articles", "stories"]), ["2020-05-06 2 2"]);
    let row: Value = serde_json::from_str(run.stdout.trim()).unwrap();
    assert_eq!(row["hits"].as_array().unwrap().len(), 2);
    let shown = archive.run(&["on", "05-06"]).code(0).stdout;
    assert!(shown.contains("\n\n2020-05-06  2 articles in 1 story\n"), "{shown}");
    archive.run(&["on", "05-08"]).code(1).prints("");
    for day in ["13-01", "02-30", "soon"] {
        archive.run(&["on", day]).code(2).complains(&[day, "search on 12-01"]);
    }
    archive.run(&["on", "--json", "02-29"]).code(1);
}

#[test]
fn days_that_are_spoken_of() {
    let archive = Archive::with(&[
        ("a.txt", "Tides\n\nThe tide of 3 May 2010 was high, and that of 3 May 2012 higher."),
        ("b.txt", "Ebb\n\nNobody speaks of the ebb of May 2010."),
    ]);
    archive.index().code(0);
    let run = archive.run(&["on", "--json", "--about", "05-03"]).code(0);
    assert_eq!(cells(&run, &["date", "articles"]), ["2010-05-03 1", "2012-05-03 1"]);
}

#[test]
fn similar_articles_share_telling_words() {
    let archive = Archive::new();
    let about = |subject: &str, n: usize| {
        let mut text = sentences(n, 0..5);
        text.push(format!("The {subject} was on everybody's lips, and the {subject} stayed there."));
        text
    };
    for (path, subject, story) in
        [("a.html", "zeppelin", 1), ("b.html", "zeppelin", 2), ("c.html", "zeppelin", 3), ("d.html", "anchor", 4)]
    {
        archive.write(path, page("post.example", "2020-01-01", &format!("Piece {path}"), &about(subject, story)));
    }
    archive.write("copy.html", page("wire.example", "2020-01-01", "Piece again", &about("zeppelin", 1)));
    (10..70).for_each(|n| {
        archive.write(format!("{n}.html"), page("post.example", "", &format!("P {n}"), &[sentence(n, 0)]))
    });
    archive.index().code(0);
    let id = archive.hits(&["zeppelin", "site:post.example", "title:a"]).remove(0).id;
    let run = archive.run(&["similar", "--json", "-n", "2", &id]).code(0);
    let hits: Vec<Hit> = rows::parse(&run.stdout);
    assert!(hits.iter().all(|hit| hit.missing.is_empty()));
    let mut paths: Vec<&str> = hits.iter().filter_map(|hit| hit.path.as_deref()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["b.html", "c.html"], "neither itself nor its copy");
    assert_eq!(archive.run(&["similar", &id]).code(0).stdout.lines().next().unwrap().split('\t').count(), 4);
    archive.run(&["similar", "0123456789abcdef"]).code(2).complains(&["0123456789abcdef"]);
}

#[test]
fn a_row_for_each_name_of_a_table() {
    let archive = archive();
    std::fs::write(
        archive.folder().join("sites.csv"),
        "who,site\nthe post,post.example\nherald,herald.example\nnobody,x.example\n",
    )
    .unwrap();
    let asked = ["batch", "sites.csv", "--query", "site:{site} street"];
    let run = archive.run(&[&asked[..], &["--json"]].concat()).code(0);
    assert_eq!(
        cells(&run, &["name", "hits", "stories", "first", "last"]),
        [
            "post.example 3 3 2019-05-06T09:12:00Z 2021-05-07",
            "herald.example 2 2 2020-05-06 2020-05-06",
            "x.example 0 0 - -",
        ]
    );
    let csv = archive.run(&[&asked[..], &["--csv"]].concat()).code(0).stdout;
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("name,hits,stories,first,last,spelling,title,site,sentence,id,link,near,query,row"));
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("post.example,3,3,") && line.contains("https://post.example/"))
    );
    archive.run(&["batch", "sites.csv", "--query", "site:{host}"]).code(2).complains(&["no column host", "who, site"]);
    archive.run(&["batch", "sites.csv", "--query", "zzzz {site}"]).code(1);
}
