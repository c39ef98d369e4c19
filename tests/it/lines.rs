//! Every place where the words of a query stand, and how often that is.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::archive::{Archive, CORPUS, Run};

fn rows(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn archive() -> Archive {
    let page = |site: &str, day: &str, title: &str, text: &str| {
        format!(
            r#"<!doctype html><html lang="en"><head><title>{title}</title>
<link rel="canonical" href="https://{site}/{}"><meta property="article:published_time" content="{day}"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"#,
            title.replace(' ', "-")
        )
    };
    let archive = Archive::new();
    archive.write(
        "a.html",
        page(
            "post.example",
            "2019-05-06",
            "Eels in the harbour",
            "<p>Nobody had seen an eel here for years, said the warden of the harbour on Monday morning.</p>\
             <p>The eels, which are shy, came back by night and stayed under the old bridge until the morning.</p>",
        ),
    );
    archive.write(
        "b.html",
        page(
            "wire.example",
            "2020-01-02",
            "Harbour closed",
            "<p>The harbour is closed to all ships, and the ferry does not sail, said the warden on Thursday.</p>\
             <p>Who wants to cross may take the bridge, which is open by day and by night, or wait.</p>",
        ),
    );
    archive.index().code(0);
    archive
}

#[test]
fn a_line_for_each_occurrence_with_its_context() {
    let archive = archive();
    let run = archive.run(&["lines", "--context", "20", "eels"]).code(0);
    let id = archive.hits(&["eels"])[0].id.clone();
    run.prints(&format!(
        "2019-05-06\t{id}\tpost.example\t\tEels\tin the harbour\n\
         2019-05-06\t{id}#19-22\tpost.example\tNobody had seen an\teel\there for years,\n\
         2019-05-06\t{id}#94-98\tpost.example\tmorning. The\teels\t, which are shy,\n"
    ));
    let json = rows(&archive.run(&["lines", "--json", "--context", "20", "eels"]).code(0));
    let keys: Vec<&String> = json[1].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["day", "end", "hit", "id", "lang", "left", "part", "right", "site", "start", "title", "v", "year"]
    );
    assert_eq!((json[0]["part"].as_str(), json[1]["part"].as_str()), (Some("title"), Some("body")));
    for row in &json[1..] {
        let (start, end) = (&row["start"], &row["end"]);
        let shown = archive.run(&["show", &format!("{id}#{start}-{end}")]).code(0).stdout;
        assert!(shown.contains(&format!("passage “{}”", row["hit"].as_str().unwrap())), "{row} {shown}");
    }
    archive.run(&["lines", "-n", "2", "harbour"]).code(0);
    assert_eq!(archive.run(&["lines", "harbour", "-n", "2"]).code(0).stdout.lines().count(), 2);
    // This form alone; side by side; neither.
    assert_eq!(rows(&archive.run(&["lines", "--json", "--exact", "eel"]).code(0)).len(), 1);
    let phrase = rows(&archive.run(&["lines", "--json", "\"the warden\""]).code(0));
    assert_eq!(phrase.iter().map(|row| row["hit"].as_str().unwrap()).collect::<Vec<_>>(), ["the warden"; 2]);
    archive.run(&["lines", "volcano"]).code(1).prints("");
    archive
        .run(&["lines", "site:post.example"])
        .code(1)
        .prints("")
        .complains(&["1 article matches, but the query has no"]);
    archive.run(&["lines", "date:soon"]).code(2).prints("");
    archive.run(&["lines", "--per", "year", "--json", "--csv", "eel"]).code(2);
}

#[test]
fn columns_of_a_table() {
    let archive = archive();
    let run = archive.run(&["lines", "--csv", "harbour"]).code(0);
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    let names: Vec<&str> = "id,day,year,site,lang,title,part,start,end,left,hit,right".split(',').collect();
    assert_eq!(table.headers().unwrap().iter().collect::<Vec<_>>(), names);
    let json = rows(&archive.run(&["lines", "--json", "harbour"]).code(0));
    let lines: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(lines.len(), json.len());
    for (line, row) in lines.iter().zip(&json) {
        assert_eq!((&line[10], &line[6]), (row["hit"].as_str().unwrap(), row["part"].as_str().unwrap()));
    }
}

#[test]
fn frequencies_are_of_the_words_of_what_the_filters_let_through() {
    let archive = archive();
    let words: BTreeMap<String, u64> =
        archive.hits(&["*"]).into_iter().map(|hit| (hit.site.unwrap(), hit.words)).collect();
    let row = |site: &str, found: u64, articles: u64| {
        let per_million = (found as f64 / words[site] as f64 * 1e9).round() / 1e3;
        format!("{site}\t{found}\t{articles}\t1\t{}\t{per_million}\n", words[site])
    };
    let both = row("post.example", 3, 1) + &row("wire.example", 0, 0);
    archive.run(&["lines", "--per", "site", "eels"]).code(0).prints(&both);
    archive.run(&["lines", "eels", "--per=site", "site:post.example"]).code(0).prints(&row("post.example", 3, 1));
    let json = rows(&archive.run(&["lines", "--per=year", "--json", "harbour"]).code(0));
    let keys: Vec<&String> = json[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["articles", "occurrences", "of", "per_million", "v", "value", "words"]);
    assert_eq!(json.iter().map(|row| &row["value"]).collect::<Vec<_>>(), ["2019", "2020"]);
    let months = archive.run(&["lines", "--per=month", "--csv", "harbour"]).code(0).stdout;
    assert!(months.starts_with("value,occurrences,articles,of,words,per_million\n2019-05,"), "{months}");
    archive.run(&["lines", "--per=lang", "volcano"]).code(1);
}

#[test]
fn frequencies_are_the_lines_counted() {
    for query in [&["medal"][..], &["Lachin"], &["person:Aliyev"], &["medal", "lang:en"], &["\"the district\""]] {
        let lines = rows(&CORPUS.run("lines", &[&["--json"], query].concat()).code(0));
        for per in ["year", "lang"] {
            let mut counted: BTreeMap<String, u64> = BTreeMap::new();
            for line in &lines {
                let value = line[per].as_str().map(str::to_owned).or(line[per].as_u64().map(|year| year.to_string()));
                *counted.entry(value.unwrap_or_default()).or_default() += 1;
            }
            let table = rows(&CORPUS.run("lines", &[&["--json", "--per", per], query].concat()).code(0));
            let found = table.iter().filter(|row| row["occurrences"] != 0);
            let found: BTreeMap<String, u64> = found
                .map(|row| (row["value"].as_str().unwrap_or("").to_owned(), row["occurrences"].as_u64().unwrap()))
                .collect();
            assert_eq!(found, counted, "{query:?} {per}");
            let total: u64 = table.iter().map(|row| row["of"].as_u64().unwrap()).sum();
            let filters: Vec<&str> = query.iter().copied().filter(|part| part.starts_with("lang:")).collect();
            let all = if filters.is_empty() { vec!["*"] } else { filters };
            assert_eq!(format!("{total}\n"), CORPUS.run("query", &[vec!["-c"], all].concat()).code(0).stdout);
        }
    }
}

#[test]
fn each_word_of_the_texts_is_found_where_it_stands() {
    // The walk of a reader over the exported texts finds the same.
    let word = regex::Regex::new(r"(?i)\bmedals?\b").unwrap();
    let exported = rows(&CORPUS.run("export", &["lang:en"]).code(0));
    let mut expected = Vec::new();
    for row in &exported {
        for text in [&row["title"], &row["body"]] {
            let text = text.as_str().unwrap_or("");
            expected.extend(word.find_iter(text).map(|found| (row["id"].clone(), found.start(), found.as_str())));
        }
    }
    let lines = rows(&CORPUS.run("lines", &["--json", "medal", "lang:en"]).code(0));
    let found: Vec<_> = lines
        .iter()
        .map(|row| (row["id"].clone(), row["start"].as_u64().unwrap() as usize, row["hit"].as_str().unwrap()))
        .collect();
    assert_eq!(found, expected);
}
