//! Who stands beside whom, with the sentences.

use serde_json::Value;

use crate::archive::{Archive, CORPUS, Run};
use crate::stories::page;

fn archive() -> Archive {
    let archive = Archive::new();
    let filler = |n: usize| {
        (0..8).map(move |at| format!("Bench {} of garden {n} was oiled on shift {}.", n * 50 + at, n * 90 + at))
    };
    let report = |site: &str, when: &str, title: &str, first: &[&str], n: usize| {
        let text: Vec<String> = first.iter().map(|text| (*text).to_owned()).chain(filler(n)).collect();
        page(site, when, title, &text)
    };
    let trip = [
        "Mayor Anna Keller flew to Berlin and then to Paris.",
        "Berlin was cold.",
        "Anna Keller left Paris again.",
        "President Boris Hobbs stayed in Madrid.",
    ];
    archive.write("a.html", report("post.example", "2020-05-01", "Trip of a mayor", &trip, 1));
    archive.write("copy.html", report("wire.example", "2020-05-02", "Trip of a mayor", &trip, 1));
    let talks = ["Anna Keller met President Boris Hobbs in Berlin.", "They spoke of Madrid."];
    archive.write("b.html", report("post.example", "2020-04-01", "Talks in the spring", &talks, 2));
    let other = ["President Boris Hobbs opened a bridge in Madrid."];
    archive.write("c.html", report("post.example", "2020-06-01", "A bridge", &other, 3));
    archive.index().code(0);
    archive
}

/// Each row as value, articles, stories, times.
fn rows(run: &Run) -> Vec<String> {
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["v"], 1);
        format!("{} {} {} {}", row["value"].as_str().unwrap(), row["articles"], row["stories"], row["times"])
    };
    run.stdout.lines().map(row).collect()
}

#[test]
fn partners_stand_in_the_window() {
    let archive = archive();
    for (args, expected) in [
        (&["--with=places"][..], &["Berlin 3 2 3", "Paris 2 1 4"][..]),
        (&["--with=people"], &["Boris Hobbs 1 1 1"]),
        (&["--with=place", "--window=paragraph"], &["Berlin 3 2 5", "Madrid 3 2 3", "Paris 2 1 4"]),
        (&["--with=places", "--window=article", "-n2"], &["Berlin 3 2 5", "Madrid 3 2 3"]),
    ] {
        let run = archive.run(&[&["pairs", "--json"], args, &["person:Keller"]].concat()).code(0);
        assert_eq!(rows(&run), expected, "{args:?}");
    }
    archive.run(&["pairs", "--with=orgs", "person:Keller"]).code(1);
    archive.run(&["pairs", "--with=days", "person:Keller"]).code(2);
}

#[test]
fn evidence_is_the_sentence_and_can_be_checked() {
    let archive = archive();
    let run = archive.run(&["pairs", "--json", "--with=places", "--show=berlín", "person:Keller"]).code(0);
    let row: Value = serde_json::from_str(run.stdout.trim()).unwrap();
    let evidence = row["evidence"].as_array().unwrap();
    // Earliest published first.
    let texts: Vec<&str> = evidence.iter().map(|one| one["text"].as_str().unwrap()).collect();
    let trip = "Mayor Anna Keller flew to Berlin and then to Paris.";
    assert_eq!(texts, ["Anna Keller met President Boris Hobbs in Berlin.", trip, trip]);
    for one in evidence {
        let shown = archive.run(&["show", "--json", one["id"].as_str().unwrap()]).code(0);
        let article: Value = serde_json::from_str(&shown.stdout).unwrap();
        let at = |key: &str| usize::try_from(one[key].as_u64().unwrap()).unwrap();
        assert_eq!(&article["body"].as_str().unwrap()[at("start")..at("end")], one["text"].as_str().unwrap());
    }
    let csv = archive.run(&["pairs", "--csv", "--with=places", "-n1", "--evidence=0", "person:Keller"]).code(0);
    csv.prints("value,articles,stories,times,id,date,site,title,start,end,text\nBerlin,3,2,3,,,,,,,\n");
    let shown = archive.run(&["pairs", "--with=people", "person:Keller"]).code(0).stdout;
    assert!(
        shown
            .starts_with("1  Boris Hobbs\n     “Anna Keller met President Boris Hobbs in Berlin.”\n     2020-04-01 · "),
        "{shown}"
    );
}

#[test]
fn words_make_windows_where_no_name_is_asked_for() {
    let archive = archive();
    let run = archive.run(&["pairs", "--json", "--with=places", "bridge"]).code(0);
    assert_eq!(rows(&run), ["Madrid 1 1 1"]);
    // A filter that no text shows leaves every sentence.
    let run = archive.run(&["pairs", "--json", "--with=people", "site:wire.example"]).code(0);
    assert_eq!(rows(&run), ["Anna Keller 1 1 2", "Boris Hobbs 1 1 1"]);
}

#[test]
fn partners_in_an_article_are_those_that_a_filter_finds() {
    let run = CORPUS.run("pairs", &["--json", "--with=places", "--window=article", "-n0", "person:Aliyev"]).code(0);
    for line in run.stdout.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let query = format!("person:Aliyev place:\"{}\"", row["value"].as_str().unwrap());
        let count: u64 = CORPUS.run("query", &["-c", &query]).code(0).stdout.trim().parse().unwrap();
        assert!(row["articles"].as_u64().unwrap() <= count, "{query}: {line}");
    }
}
