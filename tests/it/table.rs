//! `search batch TABLE --query`: a row of answers for each name of a table.

use serde_json::Value;

use crate::archive::{Archive, Run};
use crate::stories::page;

fn archive() -> Archive {
    let archive = Archive::new();
    let report = |title: &str, when: &str, first: &[&str]| {
        let filler = (0..8).map(|at| format!("Gate {at} of {title} was oiled on shift {}.", at * 90));
        page(
            "post.example",
            when,
            title,
            &first.iter().map(|text| (*text).to_owned()).chain(filler).collect::<Vec<_>>(),
        )
    };
    let talks = ["The talks on the ferry lasted until noon.", "President Ilham Aliyev was there, and left early."];
    archive.write("a.html", report("Talks on the ferry", "2020-05-01", &talks));
    let az = ["Danışıqlar bərə haqqında idi.", "Prezident İlham Əliyev də orada idi."];
    archive.write("b.html", report("Bərə", "2021-05-01", &az));
    archive.index().code(0);
    archive
}

fn rows(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_name_its_spelling_and_a_sentence_that_holds_it() {
    let archive = archive();
    std::fs::write(
        archive.folder().join("names.csv"),
        "id;name;town\n17;Ilham Aliyev;Baku\n18;\"Əliyev; İlham\";Baku\n19;Ilham Aliyef;Baku\n\n20;Zoe Quentin;Baku\n",
    )
    .unwrap();
    let run = archive.run(&["batch", "names.csv", "--query", "person:{name} ferry", "--json"]).code(0);
    let rows = rows(&run);
    let column = |key: &str| rows.iter().map(|row| row[key].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>();
    assert_eq!(column("name"), ["Ilham Aliyev", "Əliyev; İlham", "Ilham Aliyef", "Zoe Quentin"]);
    assert_eq!(rows.iter().map(|row| row["row"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(column("sentence")[0], "President Ilham Aliyev was there, and left early.");
    assert_eq!((column("spelling")[0].as_str(), column("title")[0].as_str()), ("Ilham Aliyev", "Talks on the ferry"));
    assert_eq!(column("site")[0], "post.example");
    assert_eq!((&rows[3]["hits"], column("near")[3].as_str()), (&0.into(), "ferry"), "{:?}", rows[3]);
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    let expected = "first hits id last link name near other_forms query row sentence site spelling stories title v";
    assert_eq!(keys.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(" "), expected);
}

#[test]
fn another_spelling_is_told() {
    let archive = archive();
    std::fs::write(archive.folder().join("names.tsv"), "name\tyear\nAliyev\t2021\n").unwrap();
    let run = archive.run(&["batch", "names.tsv", "--query", "person:{name} date:{year}", "--csv"]).code(0);
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    let heading = "name hits stories first last spelling title site sentence id link near query row";
    assert_eq!(table.headers().unwrap().iter().collect::<Vec<_>>().join(" "), heading);
    let row = table.records().next().unwrap().unwrap();
    assert_eq!((&row[0], &row[5], &row[8]), ("Aliyev", "İlham Əliyev", "Prezident İlham Əliyev də orada idi."));
}
