//! What a terminal shows: no word is broken, and what people ask for day by day.

use serde_json::Value;

use crate::archive::{Archive, CORPUS, Run, package, program};
use crate::screen::on_a_terminal;
use crate::stories::{page, sentences};

/// Pages with long headlines, addresses and folders, indexed.
fn long() -> Archive {
    let archive = Archive::new();
    for number in 0..4 {
        let title =
            format!("Matter {number} of which the headline goes on and on until no screen of eighty columns holds it");
        let text = page(
            "a-site-with-a-long-name.example",
            &format!("201{number}-05-06T09:12:00Z"),
            &title,
            &sentences(1, 0..8),
        );
        let folder = "a-folder-with-a-long-name/and-another-one-below-it/".repeat(3);
        archive
            .write(format!("{folder}{number}.html"), text.replace("<p>", "<p>Anna Keller met Boris Hobbs in Lachin. "));
    }
    archive.index().code(0);
    archive
}

#[test]
fn no_word_is_broken_on_eighty_columns() {
    let archive = long();
    let id = archive.hits(&["talks"]).remove(0).id;
    let commands: [&[&str]; 12] = [
        &["query", "talks"],
        &["query", "--copies", "talks"],
        &["query", "--cite", "talks"],
        &["query", "--strict", "talks w/5 \"bridge", "and", "this", "goes", "on", "until", "the", "line", "is", "full"],
        &["show", &id],
        &["pairs", "person:Keller"],
        &["first", "talks"],
        &["on", "05-06", "talks"],
        &["copies", &id],
        &["facets", "people"],
        &["stats"],
        &["timeline", "talks"],
    ];
    for args in commands {
        let shown = on_a_terminal(&archive, args);
        assert!(!shown.is_empty(), "{args:?}");
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{args:?} {line}");
        }
    }
}

/// `text` without its colours.
fn plain(text: &str) -> String {
    let parts = text.split("\x1b[").enumerate();
    parts.map(|(at, part)| if at == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) }).collect()
}

#[test]
fn help_fits_on_eighty_columns() {
    let archive = Archive::new();
    for command in crate::cli::commands() {
        for flag in ["-h", "--help"] {
            let shown = plain(&on_a_terminal(&archive, &[&command, flag]));
            assert!(shown.contains("Usage: search"), "{command} {shown}");
            for line in shown.lines() {
                assert!(line.chars().count() <= 80, "{command} {flag} {line}");
            }
        }
    }
    let run = Run::of(program(package()).arg("--help")).code(0);
    assert!(run.stdout.contains("Usage: search [OPTIONS] COMMAND") && !run.stdout.contains("[COMMAND]"), "{run:?}");
}

#[test]
fn a_pipe_gets_the_list_for_people_where_it_is_asked_for() {
    let archive = long();
    let plain = archive.run(&["query", "-n", "1", "talks"]).code(0).stdout;
    assert_eq!(plain.lines().count(), 1, "{plain}");
    let pretty = archive.run(&["query", "--pretty", "-n", "1", "talks"]).code(0).stdout;
    assert!(pretty.starts_with(" 1  Matter") && pretty.contains("…/"), "{pretty}");
    assert!(pretty.lines().all(|line| line.chars().count() <= 80), "{pretty}");
    let narrow =
        Run::of(program(archive.folder()).env("COLUMNS", "50").args(["query", "--pretty", "talks"])).code(0).stdout;
    assert!(narrow.lines().all(|line| line.chars().count() <= 50), "{narrow}");
    // What a program reads is as it was.
    let show = archive.run(&["show", plain.split('\t').nth(1).unwrap()]).code(0).stdout;
    assert!(show.lines().any(|line| line.len() > 200), "{show}");
    archive.run(&["facets", "--pretty", "people"]).code(0);
    archive.run(&["timeline", "--pretty", "talks"]).code(0);
}

/// Pages of two sites and two languages.
fn dated() -> Archive {
    let archive = Archive::new();
    for (site, date) in [
        ("post.example", "2019-12-30"),
        ("post.example", "2020-03-01"),
        ("wire.example", "2020-03-02"),
        ("wire.example", "2020-03-02"),
        ("wire.example", "2020-06-15"),
    ] {
        let number = archive.folder().join("pages").read_dir().unwrap().count();
        let text = page(site, date, &format!("Matter {number}"), &sentences(number, 0..4));
        archive.write(format!("{number}.html"), text);
    }
    archive.index().code(0);
    archive
}

#[test]
fn timelines_have_weeks_and_quarters_and_rows_without_articles() {
    let archive = dated();
    for (unit, expected) in [
        ("quarter", "2019-Q4\t1\n2020-Q1\t3\n2020-Q2\t1\n"),
        ("month", "2019-12\t1\n2020-01\t0\n2020-02\t0\n2020-03\t3\n2020-04\t0\n2020-05\t0\n2020-06\t1\n"),
    ] {
        archive.run(&["timeline", "--by", unit, "talks"]).code(0).prints(expected);
    }
    let weeks = archive.run(&["timeline", "--by", "week", "talks"]).code(0).stdout;
    assert!(
        weeks.starts_with("2020-W01\t1\n2020-W02\t0\n") && weeks.contains("\n2020-W09\t1\n2020-W10\t2\n"),
        "{weeks}"
    );
    assert_eq!(weeks.lines().count(), 25, "{weeks}");
    // Each row is a query: a week and a quarter are read by date:.
    for line in weeks.lines() {
        let (week, count) = line.split_once('\t').unwrap();
        assert_eq!(archive.hits(&["talks", &format!("date:{week}")]).len().to_string(), count, "{week}");
    }
    let shown = on_a_terminal(&archive, &["timeline", "--by", "quarter", "talks"]);
    assert!(shown.starts_with("2019-Q4  1  █"), "{shown}");
}

#[test]
fn timelines_are_told_apart_by_site_language_and_kind() {
    let archive = dated();
    archive
        .run(&["timeline", "--by", "year", "--per", "site", "talks"])
        .code(0)
        .prints("wire.example\t2019\t0\nwire.example\t2020\t3\npost.example\t2019\t1\npost.example\t2020\t1\n");
    archive
        .run(&["timeline", "--by", "year", "--per", "lang", "--csv", "talks"])
        .code(0)
        .prints("value,date,articles,of,share\nen,2019,1,,\nen,2020,4,,\n");
    let json = archive.run(&["timeline", "--by", "year", "--per", "kind", "--json", "*"]).code(0).stdout;
    let rows: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let sum: u64 = rows.iter().map(|row| row["articles"].as_u64().unwrap()).sum();
    assert!(sum == 5 && rows.iter().all(|row| row["value"].is_string()), "{json}");
    archive
        .run(&["timeline", "--by", "year", "--per", "site", "-n", "1", "talks"])
        .code(0)
        .complains(&["1 of 2 sites are listed"]);
    let shown = on_a_terminal(&archive, &["timeline", "--by", "year", "--per", "site", "talks", "OR", "bridge"]);
    assert!(shown.starts_with("wire.example\n2019  0") && shown.contains("\n\npost.example\n2019  1"), "{shown}");
    archive.run(&["timeline", "--per", "site", "zzzz"]).code(1).prints("");
}

#[test]
fn a_day_may_be_typed_as_date_reads_it() {
    let archive = dated();
    let expected = archive.run(&["on", "03-02"]).code(0).stdout;
    for day in ["2020-03-02", "2.3.2020", "2 March", "march-2", "2 mars", "2. März 2021", "2020-03-02..2020-03-02"] {
        archive.run(&["on", day]).code(0).prints(&expected);
    }
    archive.run(&["on", "march"]).code(2).complains(&["march is more than one day", "search query date:march"]);
    archive.run(&["on", "soon"]).code(2).complains(&["soon is no day of the year"]);
    archive.run(&["on", "02-30"]).code(2);
}

#[test]
fn the_first_article_holds_the_words_as_they_were_typed() {
    let story = |date: &str, modified: &str, title: &str, text: &str| {
        page("post.example", date, title, &[text.to_owned()])
            .replace("</head>", &format!("<meta property=\"article:modified_time\" content=\"{modified}\"></head>"))
    };
    let archive = Archive::with(&[
        (
            "a.html",
            &story(
                "2004-05-06",
                "2004-05-07",
                "Grounds",
                "The banks of both rivers were flooded in the night, the council says today.",
            ),
        ),
        (
            "b.html",
            &story(
                "2011-05-06",
                "2014-02-01",
                "Loans",
                "The bank of the town has lent the council money for the wall it needs today.",
            ),
        ),
    ]);
    archive.index().code(0);
    let shown = archive.run(&["first", "bank"]).code(0).stdout;
    let first = shown.lines().nth(1).unwrap();
    assert!(first.contains("2011-05-06") && first.contains("changed 2014"), "{shown}");
    assert!(shown.contains("1 earlier one is passed over, which hold"), "{shown}");
    let json = archive.run(&["first", "--json", "bank"]).code(0).stdout;
    assert!(json.lines().next().unwrap().contains("\"changed\":\"2014-02-01\""), "{json}");
    // What no article holds as typed is still found.
    let shown = archive.run(&["first", "flooding"]).code(0).stdout;
    assert!(shown.contains("2004-05-06") && shown.contains("other forms only"), "{shown}");
    assert!(!shown.contains("passed over"), "{shown}");
}

#[test]
fn a_saved_query_says_since_when_nothing_is_new_and_can_be_forgotten() {
    let archive = dated();
    archive.run(&["new", "talks", "talks"]).code(0);
    archive.run(&["new", "bridge", "bridge"]).code(0);
    archive.run(&["new", "talks"]).code(1).prints("").complains(&["nothing new since 20"]);
    let listed = archive.run(&["new"]).code(0).stdout;
    let row: Vec<&str> = listed.lines().find(|line| line.starts_with("talks\t")).unwrap().split('\t').collect();
    assert!(row[1] == "talks" && row[2].starts_with("20"), "{listed}");
    // Of another index nothing was reported yet.
    archive.run(&["index", "pages", "--index", "other"]).code(0);
    let other = archive.run(&["new", "--index", "other"]).code(0).stdout;
    assert!(other.contains("talks\ttalks\t-\n"), "{other}");
    archive.run(&["new", "--delete", "talks"]).code(0).complains(&["talks is saved no more"]);
    let left = archive.run(&["new"]).code(0).stdout;
    assert!(left.starts_with("bridge\t") && left.lines().count() == 1, "{left}");
    archive.run(&["new", "talks"]).code(2).complains(&["no query is saved as talks"]);
    archive.run(&["new", "--delete", "talks"]).code(2);
    archive.run(&["new", "--delete"]).code(2);
    // Saved anew, nothing of the old one is left.
    archive.run(&["new", "talks", "matter"]).code(0);
}

#[test]
fn where_nothing_stands_beside_a_name_the_next_step_is_said() {
    let archive = Archive::with(&[(
        "a.txt",
        "Weir\n\nAnna Keller of Lund saw the weir.\n\nIt was Boris Hobbs who had built it.",
    )]);
    archive.index().code(0);
    let shown = archive.run(&["pairs", "person:Keller"]).code(1).stdout;
    assert_eq!(shown, "nothing stands beside it in 1 article; --window paragraph or article looks farther\n");
    let shown = archive.run(&["pairs", "--window", "article", "person:Keller"]).code(0).stdout;
    assert!(shown.starts_with("1  Boris Hobbs") && shown.ends_with("\n1 article searched\n"), "{shown}");
}

#[test]
fn notes_are_folded_on_a_terminal_and_one_line_elsewhere() {
    let archive = long();
    let args =
        ["query", "-n", "1", "zzzz", "yyyy", "xxxx", "wwww", "vvvv", "uuuu", "tttt", "HEADLINE(x)", "rst=", "url:a"];
    let shown = on_a_terminal(&archive, &args);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let piped = archive.run(&args);
    assert!(piped.stderr.lines().all(|line| line.starts_with("search: ")), "{piped:?}");
    CORPUS.run("query", &["-c", "medal"]).code(0);
}
