//! Names against names.

use serde_json::Value;

use crate::archive::{Archive, Run, program};
use crate::stories::page;

const NAMES: &str = "# people\nAnna Keller\nBoris Hobbs\n\nplace:Berlin\nClara Finch\n\"garden bench\"\n";

fn archive() -> Archive {
    let archive = Archive::new();
    let report = |site: &str, when: &str, title: &str, first: &[&str]| {
        let filler = (0..8).map(|at| format!("Gate {at} of {title} was oiled on shift {}.", at * 90));
        page(site, when, title, &first.iter().map(|text| (*text).to_owned()).chain(filler).collect::<Vec<_>>())
    };
    let talks = ["President Boris Hobbs met Anna Keller in Berlin.", "Berlin was cold.", "Anna Keller left."];
    archive.write("a.html", report("post.example", "2020-05-01", "Talks", &talks));
    archive.write("copy.html", report("wire.example", "2020-05-02", "Talks", &talks));
    let bench = [
        "Anna Keller flew home from Berlin.",
        "Nobody met her there.",
        "A garden bench stood in the yard.",
        "Mr Hobbs slept.",
    ];
    archive.write("b.html", report("post.example", "2019-04-01", "A day at home", &bench));
    std::fs::write(archive.folder().join("names.txt"), NAMES).unwrap();
    archive.index().code(0);
    archive
}

/// Each edge as both names and the counts.
fn edges(run: &Run) -> Vec<String> {
    let edge = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let [source, target] = ["source", "target"].map(|key| row[key].as_str().unwrap().to_owned());
        format!("{source} + {target}: {} {} {}", row["articles"], row["stories"], row["times"])
    };
    run.stdout.lines().map(edge).collect()
}

#[test]
fn pairs_that_stand_in_one_window() {
    let archive = archive();
    let run = |args: &[&str]| archive.run(&[&["matrix", "--json"], args, &["names.txt"]].concat()).code(0);
    assert_eq!(
        edges(&run(&[])),
        ["Anna Keller + Boris Hobbs: 2 1 2", "Anna Keller + place:Berlin: 3 2 3", "Boris Hobbs + place:Berlin: 2 1 2",]
    );
    assert_eq!(edges(&run(&["--window=article"])).len(), 5, "the bench stands with Keller and Berlin");
    let narrowed = archive.run(&["matrix", "--json", "names.txt", "date:2019"]).code(0);
    assert_eq!(edges(&narrowed), ["Anna Keller + place:Berlin: 1 1 1"]);
    run(&[]).complains(&["note: 1 name is in no article: Clara Finch"]);
    // What is cited is there, earliest first.
    let rows: Vec<Value> = run(&[]).stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["articles", "evidence", "source", "stories", "target", "times", "v", "window"]);
    let evidence = rows[1]["evidence"].as_array().unwrap();
    assert_eq!(evidence[0]["date"], "2019-04-01");
    for one in evidence {
        let place = format!("{}#{}-{}", one["id"].as_str().unwrap(), one["start"], one["end"]);
        let shown = archive.run(&["show", &place]).code(0).stdout;
        assert!(shown.contains(&format!("passage “{}”", one["text"].as_str().unwrap())), "{one}");
        let text = one["text"].as_str().unwrap();
        assert!(text.contains("Keller") && text.contains("Berlin"), "{one}");
    }
}

#[test]
fn tables_and_graphs() {
    let archive = archive();
    let csv = archive.run(&["matrix", "--csv", "names.txt"]).code(0).stdout;
    let mut table = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names.join(" "), "source target window articles stories times first citations sentence");
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!((&rows[1][0], &rows[1][1], &rows[1][6]), ("Anna Keller", "place:Berlin", "2019-04-01"));
    assert_eq!(rows[1][7].split(' ').count(), 3);
    assert_eq!(&rows[1][8], "Anna Keller flew home from Berlin.");
    let lines = archive.run(&["matrix", "names.txt", "--evidence", "1"]).code(0).stdout;
    assert_eq!(lines.lines().next().unwrap().split('\t').count(), 9);
    let graph = archive.run(&["matrix", "--graphml", "names.txt"]).code(0).stdout;
    assert_eq!((graph.matches("<node ").count(), graph.matches("<edge ").count()), (5, 3));
    for line in [
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">",
        "      <data key=\"label\">&quot;garden bench&quot;</data>",
        "    <edge source=\"n0\" target=\"n2\">",
        "      <data key=\"weight\">3</data>",
        "      <data key=\"window\">sentence</data>",
    ] {
        assert!(graph.lines().any(|found| found == line), "{line} is not in {graph}");
    }
    for name in ["graphml", "graph", "node", "edge", "data"] {
        let opened = graph.matches(&format!("<{name} ")).count();
        assert_eq!(opened, graph.matches(&format!("</{name}>")).count(), "{name}");
    }
}

#[test]
fn what_is_no_list_is_refused() {
    let archive = archive();
    archive.write("one.txt", "Anna Keller\n");
    archive.write("odd.txt", "Anna Keller\ndate:soon\n");
    archive.write("twice.txt", "Anna Keller\nAnna Keller\nplace:Berlin\n");
    archive.run(&["matrix", "pages/one.txt"]).code(2).complains(&["a list of two names at least"]);
    archive.run(&["matrix", "pages/none.txt"]).code(2).complains(&["none.txt"]);
    archive.run(&["matrix", "pages/odd.txt"]).code(2).complains(&["date:soon"]);
    archive.run(&["matrix", "pages/twice.txt"]).code(0).complains(&["stands in the list twice"]);
    let run = Run::with_input(program(archive.folder()).args(["matrix", "-", "date:1999"]), NAMES.as_bytes()).code(1);
    run.prints("").complains(&["5 names are in no article: Anna Keller, Boris Hobbs"]);
}
