//! People and places in any spelling: filters, plain words, what lies near, counts, and the user's own names and places.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::archive::{Archive, CORPUS};
use crate::corpus::name;

const PAGES: &[(&str, &str)] = &[
    (
        "a.txt",
        "Road to Lachin opened\n\nLACHIN, Azerbaijan, Nov 10 (Agency) — The road to Lachin was opened by Ilham Aliyev. \
         Aliyev said that the road is new.",
    ),
    (
        "b.txt",
        "Laçında yol açıldı\n\nBu gün Azərbaycanın Laçın şəhərində yeni yol açıldı. Yolu İlham Əliyev açdı. Əliyev dedi ki, yol yenidir.",
    ),
    (
        "c.txt",
        "Дорога открыта\n\nСегодня в городе Лачин открыли новую дорогу. Дорогу открыл президент Азербайджана Ильхам Алиев. \
         Алиев сказал, что она нужна Лачину.",
    ),
    (
        "d.txt",
        "A shop in Baku\n\nBAKU, Azerbaijan (Agency) — A shop was opened in Baku by Leyla Mammadova. She was in Lachin once.",
    ),
    ("e.txt", "Nothing far away\n\nThe mayor of Tokyo opened a bridge. The bridge leads over the river."),
    ("f.txt", "Old road\n\nThe road to Corsair Bay is closed. It was built for Port Ellery, said Marc Dubrow."),
];

/// Rows `QUERY ==> articles in order`, where `a,b` before `|` come before those after it.
const ROWS: &str = r#"
person:Aliyev ==> a | b c
person:Əliyev ==> b | a c
person:Алиев ==> c | a b
person:"Ilham Aliyev" ==> a | b c
person:=Aliyev ==> a
person:=Алиев ==> c
person:"=Ilham Aliyev" ==> a
person:"I. Aliyev" ==> a b c
person:"И. Алиев" ==> a b c
person:"Aliyev I." ==> a b c
person:"L. Aliyev" ==>
person:"L. Mammadova" ==> d
person:"=I. Aliyev" ==>
person:"Mr Aliyev" ==> a | b c
person:"President Ilham Aliyev" ==> a | b c
person:"президент Алиев" ==> c | a b
person:"Cənab Əliyev" ==> b | a c
person:"Mr I. Aliyev" ==> a b c
place:Lachin ==> a d | b c
place:Laçın ==> b | a c d
place:=Laçın ==> b
place:Azerbaijan ==> a b c d
Lachin ==> a | b c d
lachin ==> a | b c d
Лачин ==> a b c d
=Lachin ==> a d
"Lachin" ==> a d
Aliyev ==> a | b c
opened ==> a d e
near:"Lachin,50km" ==> a b c d
near:39.64,46.55,10km ==> a b c d
near:"Baku,30mi" ==> d
near:"Tokyo,5km" ==> e
near:"Shusha,60km" ==> a b c d
near:"Shusha,5km" ==>
near:"Lachin,50km" -near:"Baku,10km" ==> a b c
near:"Nowheristan,50km" ==>
"#;

fn archive() -> Archive {
    let archive = Archive::with(PAGES);
    archive.index().code(0);
    archive
}

/// Names of the articles that match, in order.
fn found(archive: &Archive, query: &[&str]) -> Vec<String> {
    archive.hits(query).iter().map(|hit| name(hit.path.as_deref().unwrap())).collect()
}

#[test]
fn names_are_found_in_any_spelling_and_the_typed_one_comes_first() {
    let archive = archive();
    let mut wrong = Vec::new();
    for row in ROWS.lines().filter(|row| !row.is_empty()) {
        let (query, expected) = row.split_once(" ==>").unwrap();
        let all: BTreeSet<String> =
            expected.split_whitespace().filter(|word| *word != "|").map(str::to_owned).collect();
        let first: BTreeSet<String> = match expected.split_once('|') {
            Some((first, _)) => first.split_whitespace().map(str::to_owned).collect(),
            None => BTreeSet::new(),
        };
        let found = found(&archive, &["-e", query]);
        let head: BTreeSet<String> = found.iter().take(first.len()).cloned().collect();
        if found.iter().cloned().collect::<BTreeSet<_>>() != all || head != first {
            wrong.push(format!("{query} ==> {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_spellings_are_told_marked_and_can_be_turned_off() {
    let archive = archive();
    let run = archive.run(&["query", "--json", "Lachin"]).code(0).complains(&[
        "also searched: ",
        "Laçın",
        "Лачин",
        "--exact",
    ]);
    assert_eq!(run.stderr.matches("also searched").count(), 1, "{}", run.stderr);
    let hits = archive.hits(&["Lachin"]);
    let of = |page: &str| hits.iter().find(|hit| hit.path.as_deref() == Some(page)).unwrap();
    assert!(of("a.txt").spellings.is_empty());
    assert_eq!(of("b.txt").spellings, ["Laçın"]);
    assert!(of("b.txt").snippets[0].marked().contains(&"Laçın"));
    assert!(of("c.txt").spellings.iter().any(|spelling| spelling == "Лачин"));
    archive.run(&["query", "--exact", "Lachin"]).code(0).quiet();
    assert_eq!(found(&archive, &["--exact", "Aliyev"]), ["a"]);
    assert_eq!(found(&archive, &["--exact", "person:Aliyev"]), ["a"]);
    // An ordinary word has one spelling.
    archive.run(&["query", "--json", "road"]).code(0).quiet();
}

#[test]
fn near_says_what_it_took_for_what() {
    let archive = archive();
    archive.run(&["query", "near:Lachin"]).code(0).complains(&["50 km are taken"]);
    archive.run(&["query", "near:Nowheristan,5km"]).code(1).complains(&["no place of this name is known"]);
    archive.run(&["query", "near:Springfield,5km"]).complains(&["also so named: "]);
    archive
        .run(&["query", "--explain", "near:Lachin,50km"])
        .complains(&["read as: near:\"Lachin,50km\"", "not farther than 50 km"]);
    let hits = archive.hits(&["near:39.64,46.55,10km"]);
    let marks: BTreeSet<&str> = hits.iter().flat_map(|hit| hit.snippets[0].marked()).collect();
    assert!(marks.contains("Lachin") && marks.contains("Laçın") && !marks.contains("Baku"), "{marks:?}");
}

#[test]
fn one_bearer_has_the_names_that_the_user_says() {
    let archive = archive();
    let table = archive.folder().join("names.tsv");
    std::fs::write(&table, "# ours\nMarc Dubrow\tIlham Aliyev\nCorsair Bay\tTokyo\nlonely\n").unwrap();
    let path = table.to_str().unwrap();
    assert_eq!(found(&archive, &["person:\"Marc Dubrow\""]), ["f"]);
    let joined: BTreeSet<String> = found(&archive, &["--names", path, "person:\"Marc Dubrow\""]).into_iter().collect();
    assert!(joined.is_superset(&BTreeSet::from(["a".to_owned(), "f".to_owned()])), "{joined:?}");
    let run = archive.run(&["query", "--names", path, "place:\"Corsair Bay\""]);
    run.code(0).complains(&["names.tsv: line 4 is left out"]);
    assert!(found(&archive, &["--names", path, "place:\"Corsair Bay\""]).contains(&"e".to_owned()));
    archive.run(&["query", "--names", "missing.tsv", "x"]).code(2).complains(&["missing.tsv"]);
}

#[test]
fn places_of_the_users_own_are_found() {
    let archive = archive();
    assert_eq!(found(&archive, &["place:\"Port Ellery\" place:AZ"]), [""; 0]);
    let table = "2200000001\tCorsair Bay\tBay of Corsairs\tAZ\twater\t40.1\t50.2\t0\t12\n\
                 2200000002\tPort Ellery\tEllery\t2200000001\tcity\t40.2\t50.3\n\
                 2200000003\tNorth Pit\t\t\tcity\t91\t0\n";
    std::fs::write(archive.folder().join("places.tsv"), table).unwrap();
    let run = archive.run(&["index", "--places", "places.tsv", "pages"]).code(0);
    run.complains(&["places.tsv: line 3 is left out", "degrees"]);
    for (query, expected) in [
        ("place:\"Port Ellery\"", "f"),
        ("place:Ellery", "f"),
        ("place:\"Bay of Corsairs\"", "f"),
        ("place:Azerbaijan", "a b c d f"),
        ("near:40.2,50.3,1km", "f"),
        ("near:\"Corsair Bay,20km\"", "f"),
    ] {
        let found: BTreeSet<String> = found(&archive, &["-e", query]).into_iter().collect();
        assert_eq!(found, expected.split(' ').map(str::to_owned).collect(), "{query}");
    }
    // The table is part of what makes a page: without a change of it nothing is read again, with one everything is.
    let again = archive.run(&["index", "--progress=json", "--places", "places.tsv", "pages"]).code(0);
    assert!(again.stderr.contains("\"unchanged\":6"), "{}", again.stderr);
    let without = archive.run(&["index", "--progress=json", "pages"]).code(0);
    assert!(without.stderr.contains("\"updated\":6"), "{}", without.stderr);
    assert_eq!(found(&archive, &["near:40.2,50.3,1km"]), [""; 0]);
}

/// One line of `search facets --json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Value {
    v: u32,
    facet: String,
    value: String,
    articles: usize,
    filter: String,
    id: Option<u64>,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    radius_km: Option<u32>,
    #[serde(default)]
    forms: Vec<Form>,
}

/// A name of a person in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    articles: usize,
    why: String,
}

fn facets(what: &str, query: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = [what, "--json", "-n", "25"].iter().chain(query).copied().collect();
    let run = CORPUS.run("facets", &args);
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn counts_are_those_of_the_query_with_the_filter() {
    for what in ["people", "places", "orgs", "about", "sites", "languages", "years", "kinds"] {
        for query in ["*", "place:Lachin", "gas OR medal", "nosuchword"] {
            let values = facets(what, &["-e", query]);
            if query == "*" || query == "nosuchword" {
                assert_eq!(values.is_empty(), query == "nosuchword", "{what} {query}");
            }
            for value in &values {
                assert_eq!((value.v, value.facet.as_str()), (1, what));
                let placed = [value.id.is_some(), value.lat.is_some(), value.lon.is_some(), value.radius_km.is_some()];
                assert_eq!(placed, [what == "places"; 4], "{value:?}");
                assert!(value.country.as_ref().is_none_or(|country| country.len() == 2), "{value:?}");
                assert_eq!(value.forms.is_empty(), what != "people", "{value:?}");
                let whole = if query == "*" { value.filter.clone() } else { format!("({query}) {}", value.filter) };
                let count = CORPUS.run("query", &["--count", "-e", &whole]).code(0).stdout;
                assert_eq!(count.trim(), value.articles.to_string(), "{whole}");
            }
            let sorted = values.windows(2).all(|pair| match what {
                "years" => pair[0].value < pair[1].value,
                _ => {
                    (pair[1].articles, &pair[0].value) < (pair[0].articles, &pair[1].value)
                        || pair[1].articles < pair[0].articles
                }
            });
            assert!(sorted, "{what} {query}: {values:?}");
        }
    }
    let people = facets("people", &["*"]);
    assert!(people.iter().any(|value| value.value.ends_with("Aliyev")), "{people:?}");
    // One line for all spellings.
    let aliyev = people.iter().filter(|value| value.filter.contains("Aliyev") || value.filter.contains("Əliyev"));
    assert!(aliyev.count() <= 4, "{people:?}");
    let places = facets("places", &["*"]);
    assert!(places.iter().any(|value| value.value == "Azerbaijan" && value.country.as_deref() == Some("AZ")));
}

#[test]
fn facets_are_printed_as_a_table_and_as_csv() {
    CORPUS.run("facets", &["kinds", "-n", "1", "lang:az"]).code(0).prints("6\tarticle\tkind:article\n");
    let csv = CORPUS.run("facets", &["--csv", "years", "lang:az", "date:2019"]).code(0);
    csv.prints("value,articles,filter,id,country\n2019,2,date:2019,,\n");
    CORPUS.run("facets", &["people", "nosuchword"]).code(1);
    CORPUS.run("facets", &["colours"]).code(2);
}

#[test]
fn a_name_finds_the_same_articles_in_every_alphabet() {
    let found = |query: &str| -> BTreeSet<String> {
        CORPUS.hits(&["-e", query]).iter().map(|hit| name(hit.path.as_deref().unwrap())).collect()
    };
    for spellings in [
        ["person:Aliyev", "person:Əliyev", "person:Алиев"],
        ["place:Lachin", "place:Laçın", "place:Лачин"],
        ["place:Shusha", "place:Şuşa", "place:Шуша"],
    ] {
        let first = found(spellings[0]);
        assert!(first.len() > 5, "{first:?}");
        for other in &spellings[1..] {
            assert_eq!(found(other), first, "{other}");
        }
    }
    assert!(found("place:Azerbaijan").is_superset(&found("place:Lachin")));
    // It speaks of that day, whenever it was printed.
    let day = found("about:2020-12-01");
    assert!(!found("about:2020-12-01 date:2023").is_empty() && day.len() > 5, "{day:?}");
    assert!(found("about:2020-12-01 -about~:2020-12-01").is_empty());
}

#[test]
fn a_person_counts_once_under_all_names_and_who_tells_them() {
    let archive = Archive::new();
    for (name, text) in [
        ("a", "Report\n\nThe minister Nora Velling spoke in Oslo. Velling left at noon."),
        ("b", "Bericht\n\nDer Sturm kam am Abend. Präsidentin Nora Velling reiste nach Bergen ab."),
        ("c", "Rapport\n\nA bridge was shut on Monday. Mrs Velling will open it again, a paper said."),
        ("d", "Rapport\n\nUne tempête a frappé la côte. Nora Ann Velling visitera Bergen lundi."),
        ("e", "Report\n\nTom Harker and Liz Harker met in Oslo. They signed the deed there."),
        ("f", "Report\n\nThe harvest was late. Mr Harker bought the mill, a neighbour said."),
    ] {
        archive.write(format!("{name}.txt"), text);
    }
    archive.run(&["index", "."]).code(0);
    let people = archive.run(&["facets", "people", "--json"]).code(0).stdout;
    let people: Vec<Value> = people.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown: Vec<(&str, usize)> = people.iter().map(|one| (one.value.as_str(), one.articles)).collect();
    assert_eq!(shown[0], ("Nora Velling", 4), "{shown:?}");
    assert_eq!(shown.iter().filter(|(name, _)| name.contains("Velling")).count(), 1, "{shown:?}");
    // Two people, and one of them without a given name: nobody knows which.
    assert_eq!(shown.iter().filter(|(name, _)| name.contains("Harker")).count(), 3, "{shown:?}");
    let forms: Vec<(&str, usize, &str)> =
        people[0].forms.iter().map(|form| (form.name.as_str(), form.articles, form.why.as_str())).collect();
    assert_eq!(forms, [("Nora Velling", 2, "name"), ("Nora Ann Velling", 1, "middle"), ("Velling", 1, "surname")]);
    let count = archive.run(&["query", "--count", "-e", &people[0].filter]).code(0).stdout;
    assert_eq!(count.trim(), "4", "{}", people[0].filter);
    let who = archive.run(&["who", "Velling"]).code(0).stdout;
    assert!(who.starts_with("Nora Velling  4 articles") && who.contains("the surname"), "{who}");
    let lines = archive.run(&["who", "--json", "Velling"]).code(0).stdout;
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert_eq!(archive.run(&["who", "harker"]).code(0).stdout.matches("Harker").count(), 9);
    archive.run(&["who", "Nobody"]).code(1);
    archive.run(&["who"]).code(2);
}
