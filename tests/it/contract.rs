//! Exit codes, output forms and JSON contracts.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

use crate::archive::{Archive, CORPUS, Run, package, program};
use crate::rows::{self, Extract, Hit, Mention};

#[test]
fn exit_codes_of_query() {
    for (args, status) in [
        (&["Lachin"][..], 0),
        (&["zzzz"], 1),
        (&["-q", "Lachin"], 0),
        (&["-q", "zzzz"], 1),
        (&["-c", "zzzz"], 1),
        (&["-l", "zzzz"], 1),
        (&["--no-such-option", "Lachin"], 2),
        (&["-n", "many", "Lachin"], 2),
    ] {
        let run = CORPUS.run("query", args);
        assert_eq!(run.status, Some(status), "{run:#?}");
    }
    CORPUS.run("query", &["-q", "Lachin"]).prints("").quiet();
    CORPUS.run("query", &["-c", "zzzz"]).prints("0\n");
}

#[test]
fn piped_output_is_one_line_a_hit() {
    let run = CORPUS.run("query", &["--all", "-n", "0", "Lachin"]).code(0);
    let json: Vec<Hit> = rows::parse(&CORPUS.run("query", &["--all", "--json", "Lachin"]).stdout);
    assert_eq!(run.stdout.lines().count(), json.len());
    for (line, hit) in run.stdout.lines().zip(&json) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [date, id, title, path] = cells[..] else { panic!("not four cells: {line}") };
        assert_eq!((date, id), (hit.date.as_deref().unwrap_or_default(), hit.id.as_str()), "{line}");
        assert_eq!(title, hit.title.as_deref().unwrap_or_default());
        assert!(path.ends_with(hit.path.as_deref().unwrap()), "{line}");
    }
}

#[test]
fn a_hit_keeps_its_contract() {
    let run = CORPUS.run("query", &["--json", "-n", "0", "Lachin", "medal"]).code(0);
    for (at, line) in run.stdout.lines().enumerate() {
        rows::check_keys(line, &[rows::HIT, &["cursor"]].concat());
        assert!(line.starts_with("{\"v\":1,"), "{line}");
        let hit: Hit = serde_json::from_str(line).unwrap();
        assert_eq!((hit.v, hit.rank), (1, at + 1));
        assert!(hit.id.len() == 16 && hit.id.bytes().all(|b| b.is_ascii_hexdigit()), "{}", hit.id);
        assert!(hit.sha256.len() == 64 && hit.text_sha256.len() == 64, "{hit:?}");
        assert!(hit.words > 0 && hit.score.is_finite(), "{hit:?}");
        assert!(hit.missing.iter().all(|word| ["lachin", "medal"].contains(&word.to_lowercase().as_str())), "{hit:?}");
        assert!(hit.places.iter().all(|place| place.id > 0 && !place.name.is_empty()), "{hit:?}");
    }
    let hits: Vec<Hit> = rows::parse(&run.stdout);
    let full = hits.iter().take_while(|hit| hit.missing.is_empty()).count();
    assert_eq!(full, 5, "articles with both words come first");
    assert!(hits[full..].iter().all(|hit| !hit.missing.is_empty()));
}

#[test]
fn fields_of_one_hit() {
    let hits = CORPUS.hits(&["-e", "\"district returned\""]);
    let hit = &hits[0];
    assert_eq!(
        hit.title.as_deref(),
        Some("Lachin district returned to Azerbaijan as last deadline of November statement is met")
    );
    assert_eq!(hit.date.as_deref(), Some("2020-12-01T17:42:00+04:00"));
    assert_eq!((hit.date_origin.as_deref(), hit.date_precision.as_deref()), (Some("json-ld"), Some("second")));
    assert_eq!((hit.site.as_deref(), hit.lang.as_deref()), (Some("caspianledger.example"), Some("en")));
    assert_eq!((hit.byline.join(", ").as_str(), hit.kind.as_str()), ("Leyla Hasanova", "article"));
    assert_eq!(hit.url.as_deref(), Some("https://www.caspianledger.example/2020/12/01/lachin-district-returned"));
    assert_eq!(hit.path.as_deref(), Some("caspianledger.example/2020/lachin-district-returned.html"));
    assert_eq!(hit.root.as_deref(), package().join("corpus").canonicalize().unwrap().to_str());
    for date in ["2020-11-10", "2020-11-15", "2020-11-20", "2020-11-25", "2020-12-01"] {
        assert!(hit.dates.iter().any(|found| found == date), "{date} is not in {:?}", hit.dates);
    }
    for person in ["Ilham Aliyev", "Nikol Pashinyan", "Vladimir Putin"] {
        assert!(hit.people.iter().any(|found| found == person), "{person} is not in {:?}", hit.people);
    }
    assert!(hit.places.iter().any(|place| place.country.as_deref() == Some("AZ")), "{:?}", hit.places);
}

#[test]
fn absent_is_null_and_never_empty() {
    for hit in CORPUS.hits(&["-e", "-zzzz"]) {
        for text in [&hit.title, &hit.date, &hit.site, &hit.lang, &hit.url, &hit.path, &hit.captured] {
            assert_ne!(text.as_deref(), Some(""), "{hit:?}");
        }
        let country = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        assert!(hit.places.iter().filter_map(|place| place.country.as_deref()).all(country), "{hit:?}");
    }
}

#[test]
fn an_undated_page_has_null() {
    let hits = CORPUS.hits(&["warp", "madder"]);
    let hit = &hits[0];
    assert_eq!((&hit.date, &hit.date_origin, &hit.date_precision), (&None, &None, &None));
    let line = CORPUS.run("query", &["warp", "madder"]).code(0).stdout;
    assert!(line.starts_with('\t'), "{line}");
}

#[test]
fn limits_offsets_and_sorting() {
    let all = CORPUS.hits(&["Lachin"]);
    let ids = |args: &[&str]| -> Vec<String> {
        let run = CORPUS.run("query", &[&["--json", "--all"], args, &["Lachin"]].concat());
        rows::parse::<Hit>(&run.stdout).into_iter().map(|hit| hit.id).collect()
    };
    let every: Vec<String> = all.iter().map(|hit| hit.id.clone()).collect();
    assert_eq!(ids(&["-n", "3"]), every[..3]);
    assert_eq!(ids(&["-n", "2", "--offset", "2"]), every[2..4]);
    assert_eq!(ids(&["-n", "0"]), every);
    let order = |hit: &Hit| (hit.as_typed, hit.score);
    assert!(
        all.windows(2).all(|pair| order(&pair[0]) >= order(&pair[1])),
        "scores fall, behind the typed form once more"
    );
    for (order, newest_first) in [("date", false), ("-date", true)] {
        let run = CORPUS.run("query", &["--json", "--all", "-n", "0", "--sort", order, "Lachin"]).code(0);
        let mut dates: Vec<String> = rows::parse::<Hit>(&run.stdout).into_iter().filter_map(|hit| hit.date).collect();
        dates.iter_mut().for_each(|date| date.truncate(10));
        let mut expected = dates.clone();
        expected.sort();
        if newest_first {
            expected.reverse();
        }
        assert_eq!(dates, expected, "--sort {order}");
    }
}

#[test]
fn paths_for_scripts() {
    let lines = CORPUS.run("query", &["-l", "--all", "-n", "0", "Lachin"]).code(0).stdout;
    let nul = CORPUS.run("query", &["-l", "-0", "--all", "-n", "0", "Lachin"]).code(0).stdout;
    assert_eq!(lines.replace('\n', "\0"), nul);
    for path in lines.lines() {
        assert!(package().join(path).is_file(), "{path} can be opened from where the user is");
    }
}

#[test]
fn csv_has_a_heading_and_a_row_a_hit() {
    let run = CORPUS.run("query", &["--csv", "--all", "-n", "0", "Lachin"]).code(0);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let headings = reader.headers().unwrap().clone();
    assert!(headings.iter().any(|name| name == "title") && headings.iter().any(|name| name == "id"), "{headings:?}");
    assert_eq!(reader.records().map(Result::unwrap).count(), CORPUS.hits(&["Lachin"]).len());
}

#[test]
fn a_dash_before_a_word_leaves_it_out_and_options_stand_anywhere() {
    assert_eq!(CORPUS.hits(&["Lachin", "-medal"]), CORPUS.hits(&["-e", "Lachin -medal"]));
    let without_n = CORPUS.run("query", &["-c", "-e", "Lachin -n"]).code(0).stdout;
    CORPUS.run("query", &["-c", "Lachin", "-n"]).code(0).prints(&without_n);
    let late = CORPUS.run("query", &["Lachin", "--json", "--all"]).code(0);
    assert_eq!(late.stdout, CORPUS.run("query", &["--json", "--all", "Lachin"]).stdout);
    let plain = CORPUS.run("query", &["--json", "--all", "--", "-medal"]).code(0);
    assert_eq!(plain.stdout, CORPUS.run("query", &["--json", "--all", "-e", "-medal"]).stdout);
}

#[test]
fn only_a_filter_that_cannot_be_read_is_an_error() {
    for query in
        ["(a", "\"a", "a OR", "AND a", "a NOT", "10:30", "x:y", "((((a", "-a", "title:", "*", "a \u{202e}", "a\\"]
    {
        let run = CORPUS.run("query", &["-e", query]);
        assert!(matches!(run.status, Some(0 | 1)), "'{query}': {run:?}");
    }
    CORPUS.run("query", &["-e", "date:yesterdayish"]).code(2).prints("").complains(&["it is no date"]);
    let long = "word ".repeat(20_000);
    let run = CORPUS.run("query", &["-c", "-e", &long]);
    assert!(matches!(run.status, Some(0 | 1)), "{:?} {}", run.status, run.stderr);
}

#[test]
fn extract_reads_files_and_standard_input() {
    let page = "corpus/skylab-notebook.example/2022/first-images.html";
    let run = Run::of(program(package()).args(["extract", "--json", page])).code(0).quiet();
    let file: Extract = rows::parse(&run.stdout).remove(0);
    assert_eq!((file.v, file.path.as_deref(), file.encoding.as_str()), (1, Some(page), "UTF-8"));
    assert_eq!(
        file.url.as_deref(),
        Some("https://skylab-notebook.example/2022/07/13/what-the-first-webb-pictures-show/")
    );
    let bytes = std::fs::read(package().join(page)).unwrap();
    let run = Run::with_input(program(package()).args(["extract", "--json", "-"]), &bytes).code(0);
    let piped: Extract = rows::parse(&run.stdout).remove(0);
    assert_eq!(Extract { path: piped.path.clone(), ..file.clone() }, piped);
    let both = Run::of(program(package()).args(["extract", "--json", page, page])).code(0);
    assert_eq!(rows::parse::<Extract>(&both.stdout), [file.clone(), file.clone()]);
    let text = Run::of(program(package()).args(["extract", page])).code(0).stdout;
    assert!(text.contains(file.title.as_deref().unwrap()) && text.contains(&file.body), "{text}");
}

#[test]
fn extract_goes_on_after_a_file_it_cannot_read() {
    let page = "corpus/touchline.example/2021/denmark-baku.amp.html";
    let run = Run::of(program(package()).args(["extract", "--json", "corpus/none.html", page]));
    assert!(matches!(run.status, Some(1 | 2)), "{run:?}");
    assert_eq!(rows::parse::<Extract>(&run.stdout).len(), 1);
    run.complains(&["corpus/none.html"]);
}

#[test]
fn show_prints_the_article() {
    let hit = CORPUS.hits(&["Lachin", "medal"]).remove(0);
    let run = CORPUS.run("show", &[&hit.id]).code(0);
    for part in [hit.title.as_deref().unwrap(), "Leyla Hasanova", "The first ceremonies are expected"] {
        assert!(run.stdout.contains(part), "'{part}' is not in {}", run.stdout);
    }
    let run = CORPUS.run("show", &["--json", &hit.id]).code(0);
    assert_eq!(run.stdout.lines().count(), 1);
    let shown: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((shown["v"].as_u64(), shown["id"].as_str()), (Some(1), Some(hit.id.as_str())));
    let run = CORPUS.run("show", &["0000000000000000"]);
    assert!(matches!(run.status, Some(1 | 2)), "{run:?}");
    run.complains(&["0000000000000000", "no article has this id"]);
}

#[test]
fn annotate_reads_json_lines() {
    let rows = concat!(
        r#"{"id":"a","text":"On May 18 Anar Jafarov came to Baku.","date":"2019-06-01"}"#,
        "\n",
        r#"{"id":7,"text":""}"#,
        "\n",
    );
    let run = Run::with_input(program(package()).args(["annotate", "--jsonl"]), rows.as_bytes()).code(0).quiet();
    let rows: Vec<serde_json::Value> = rows::parse(&run.stdout);
    assert_eq!((&rows[0]["id"], &rows[1]), (&"a".into(), &serde_json::json!({"id": 7, "mentions": []})));
    let mentions: Vec<Mention> = serde_json::from_value(rows[0]["mentions"].clone()).unwrap();
    let found: Vec<_> = mentions.iter().map(|m| (m.start, m.kind.as_str(), m.value.as_deref().unwrap())).collect();
    assert_eq!(found, [(3, "date", "2019-05-18"), (10, "person", "Anar Jafarov"), (31, "place", "Baku")]);
    let baku = &mentions[2];
    assert_eq!((baku.lat.unwrap().round(), baku.lon.unwrap().round(), baku.id.is_some()), (40.0, 50.0, true));
    assert!(mentions[0].lat.is_none() && mentions[0].id.is_none());
}

#[test]
fn annotate_names_every_kind_with_the_bytes_it_stands_at() {
    let text = "LAÇIN, Azərbaycan, 10 Nov 2020 (Agentlik) — İlham Əliyev met the Red Cross for two hours at 5 p.m. on Monday, as \
                every week.";
    let row = serde_json::json!({"id": 1, "text": text, "date": "2020-11-12"}).to_string();
    let run = Run::with_input(program(package()).args(["annotate", "--jsonl"]), row.as_bytes()).code(0).quiet();
    let rows: Vec<serde_json::Value> = rows::parse(&run.stdout);
    let mentions: Vec<Mention> = serde_json::from_value(rows[0]["mentions"].clone()).unwrap();
    let mut starts: Vec<usize> = mentions.iter().map(|mention| mention.start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    starts.dedup();
    assert_eq!(starts.len(), mentions.len());
    for mention in &mentions {
        assert_eq!(text.get(mention.start..mention.end), Some(mention.text.as_str()), "{mention:?}");
        let kinds = ["date", "time", "duration", "set", "person", "place", "org"];
        assert!(kinds.contains(&mention.kind.as_str()) && !mention.rule.is_empty(), "{mention:?}");
        assert!((0.0..=1.0).contains(&mention.confidence), "{mention:?}");
        let coordinates = [mention.lat.is_some(), mention.lon.is_some(), mention.radius_km.is_some()];
        assert_eq!(coordinates, [mention.id.is_some(); 3], "{mention:?}");
        assert!(mention.id.is_none() || (mention.kind == "place" && mention.value.is_some()), "{mention:?}");
    }
    let kinds: BTreeSet<&str> = mentions.iter().map(|mention| mention.kind.as_str()).collect();
    assert!(kinds.is_superset(&BTreeSet::from(["date", "duration", "set", "person", "place", "org"])), "{mentions:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let archive = Archive::new();
    for number in 0..400 {
        archive.write(
            format!("{number}.txt"),
            format!("Report {number}\n\nThe pigeons of the square, part {number}. {}", "Coo. ".repeat(80)),
        );
    }
    archive.index().code(0);
    let mut child = archive.start(&["query", "--json", "-n", "0", "pigeons"]);
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with('{'));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn where_the_index_is() {
    let archive = Archive::with(&[("a.txt", "Kelp\n\nKelp grows.")]);
    archive.index().code(0);
    assert!(archive.folder().join("index").is_dir(), "./index unless told otherwise");
    archive.run(&["index", "pages", "--index", "other"]).code(0);
    archive.run(&["query", "--index", "other", "-q", "kelp"]).code(0);
    let run = Run::of(program(archive.folder()).env("SEARCH_INDEX", "third").args(["index", "pages"])).code(0);
    assert!(archive.folder().join("third").is_dir(), "{run:?}");
    Run::of(program(archive.folder()).env("SEARCH_INDEX", "third").args(["query", "-q", "kelp"])).code(0);
    archive.run(&["query", "-q", "--index", "fourth", "kelp"]).code(2).complains(&["fourth", "search index"]);
}

#[test]
fn stats_account_for_every_file() {
    let run = CORPUS.run("stats", &[]).code(0);
    for word in ["60", "article", "stub", "live", "az 7"] {
        assert!(run.stdout.contains(word), "'{word}' is not in {}", run.stdout);
    }
}

#[test]
fn help_says_what_a_newcomer_must_know() {
    let run = Run::of(program(package()).args(["query", "--help"])).code(0).quiet();
    assert!(run.stdout.contains("'\"") || run.stdout.contains("quot"), "how to type a phrase: {}", run.stdout);
    for command in ["index", "query", "facets", "show", "extract", "annotate", "stats"] {
        Run::of(program(package()).args([command, "-h"])).code(0).quiet();
    }
    let version = Run::of(program(package()).arg("--version")).code(0).stdout;
    assert!(version.contains(env!("CARGO_PKG_VERSION")), "{version}");
}
