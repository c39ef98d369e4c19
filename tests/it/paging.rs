//! Pages of a list, and newer articles first.

use serde::Deserialize;

use crate::archive::{Archive, CORPUS, Run};
use crate::rows;

/// What is looked at of a hit.
#[derive(Debug, Deserialize)]
struct Hit {
    id: String,
    rank: usize,
    score: f64,
    path: String,
    cursor: String,
}

fn hits(run: &Run) -> Vec<Hit> {
    assert!(matches!(run.status, Some(0 | 1)), "{run:#?}");
    rows::parse(&run.stdout)
}

/// The list of `args`, in pages of `size`, each asked behind the last hit of the one before; `query` runs the program.
fn paged(query: impl Fn(&[&str]) -> Run, args: &[&str], size: &str) -> Vec<Hit> {
    let mut all: Vec<Hit> = Vec::new();
    loop {
        let cursor = all.last().map(|hit| format!("--after={}", hit.cursor));
        let page: Vec<&str> =
            cursor.as_deref().into_iter().chain(["--json", "-n", size]).chain(args.iter().copied()).collect();
        let found = hits(&query(&page));
        if found.is_empty() {
            return all;
        }
        all.extend(found);
    }
}

#[test]
fn pages_behind_a_cursor_make_up_the_list() {
    let question = "returned district bakery walnut medal bridge corridor families road";
    for (options, query) in [
        (&[][..], "Lachin medal"),
        (&["--all"], "Lachin"),
        (&["--any"], "medal bakery OR school"),
        (&["--all", "--sort", "date"], "*"),
        (&["--all", "--sort=-date", "--versions"], "*"),
        (&["--all", "--sort=site"], "Lachin OR medal"),
        (&["--all", "--sort", "words"], "*"),
        (&["--all", "--recency=30"], "*"),
        (&["--any"], question),
        (&[], question),
        (&["--sort=-date"], "Lachin medal"),
    ] {
        let args: Vec<&str> = options.iter().copied().chain(["-e", query]).collect();
        let whole: Vec<&str> = ["--json", "-n", "1000"].into_iter().chain(args.iter().copied()).collect();
        let whole = hits(&CORPUS.run("query", &whole));
        assert!(whole.len() > 3, "{args:?}: {}", whole.len());
        let pages = paged(|args| CORPUS.run("query", args), &args, "3");
        assert_eq!(shown(&pages), shown(&whole), "{args:?}");
    }
}

fn shown(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|hit| format!("{} {} {} {}", hit.rank, hit.id, hit.path, hit.score)).collect()
}

#[test]
fn pages_go_on_behind_what_feedback_orders() {
    // Feedback orders three hundred.
    let days = ["2020-01-01"; 310];
    let archive = herons(&days);
    let args = ["--no-group", "one heron was seen at the lake by the warden who met geese and ducks"];
    let query = |args: &[&str]| archive.run(&[&["query"], args].concat());
    let whole = hits(&query(&[&["--json", "-n", "1000"], &args[..]].concat()));
    assert_eq!(whole.len(), days.len());
    assert!(whole.windows(2).all(|two| two[0].score >= two[1].score));
    assert_eq!(shown(&paged(query, &args, "100")), shown(&whole));
}

#[test]
fn what_is_no_cursor_of_the_query_is_refused() {
    let first = hits(&CORPUS.run("query", &["--json", "-n", "1", "medal"])).remove(0).cursor;
    let after = format!("--after={first}");
    CORPUS.run("query", &[&after, "--json", "-n", "2", "medal"]).code(0).quiet();
    for (args, why) in [
        (&[after.as_str(), "--json", "Lachin"][..], "of another query"),
        (&[&after, "--json", "--sort=date", "medal"], "of another query"),
        (&["--after=medal", "medal"], "is no cursor"),
        (&["--after=", "medal"], "is no cursor"),
        (&[&after, "--offset=1", "medal"], "cannot be used with"),
    ] {
        CORPUS.run("query", args).code(2).prints("").complains(&[why]);
    }
    let last = hits(&CORPUS.run("query", &["--json", "--all", "-n", "0", "medal"])).pop().unwrap().cursor;
    let last = format!("--after={last}");
    CORPUS.run("query", &["--json", "--all", &last, "medal"]).code(1).prints("");
}

/// A page that is no copy of another: most runs of words hold a number of its own.
fn page(day: &str, number: usize) -> String {
    let stop = |at: usize| {
        let (post, birds) = (number * 100 + at, number * 31 + at * 7);
        format!("<p>At post {post} the warden met {birds} geese, {} ducks, {} terns.</p>", birds + 3, post + birds)
    };
    let stops: String = (1..12).map(stop).collect();
    format!(
        "<html lang=en><head><title>Heron report {number}</title>\
         <meta property=article:published_time content=\"{day}\"></head><body><article><h1>Heron report {number}</h1>\
         <p>One heron was seen at the lake.</p>{stops}</article></body></html>"
    )
}

fn herons(days: &[&str]) -> Archive {
    let archive = Archive::new();
    for (number, day) in days.iter().enumerate() {
        archive.write(format!("{number}.html"), page(day, number + 10));
    }
    archive.index().code(0);
    archive
}

#[test]
fn a_cursor_neither_repeats_nor_misses_when_articles_are_added() {
    let archive = herons(&["2020-01-06", "2020-01-05", "2020-01-04", "2020-01-03", "2020-01-02"]);
    let asked = ["query", "--json", "-n", "2", "--sort=-date"];
    let paths = |hits: &[Hit]| hits.iter().map(|hit| hit.path.clone()).collect::<Vec<_>>().join(" ");
    let first = hits(&archive.run(&[&asked[..], &["heron"]].concat()));
    assert_eq!(paths(&first), "0.html 1.html");
    for (path, day) in [("new.html", "2020-01-07"), ("between.html", "2020-01-04T12:00:00Z")] {
        archive.write(path, page(day, if path == "new.html" { 31 } else { 32 }));
    }
    archive.index().code(0);
    let by_offset = hits(&archive.run(&[&asked[..], &["--offset=2", "heron"]].concat()));
    assert_eq!(paths(&by_offset), "1.html between.html");
    // Not even the hit that the cursor was of has to be there still.
    archive.remove("1.html");
    archive.index().code(0);
    let after = format!("--after={}", first[1].cursor);
    let second = hits(&archive.run(&[&asked[..], &[after.as_str(), "heron"]].concat()));
    assert_eq!(paths(&second), "between.html 2.html");
    assert_eq!(second[0].rank, 3);
}

#[test]
fn newer_articles_come_first_where_that_is_asked_for() {
    let archive = herons(&["2019-06-01", "", "2020-01-05", "2020-01-02"]);
    let order = |options: &[&str]| -> Vec<String> {
        let run = archive.run(&[&["query", "--json"], options, &["heron"]].concat());
        hits(&run).into_iter().map(|hit| hit.path).collect()
    };
    assert_eq!(order(&["--recency"]), ["2.html", "3.html", "0.html", "1.html"]);
    // After thirty half-lives an article counts as an undated one: which of the two is first is up to their ids.
    assert_eq!(order(&["--recency=7"])[..2], ["2.html", "3.html"]);
    let plain: Vec<f64> = hits(&archive.run(&["query", "--json", "heron"])).iter().map(|hit| hit.score).collect();
    assert!(plain.windows(2).all(|two| (two[0] - two[1]).abs() < 0.01), "{plain:?}");
    let explained = archive.run(&["query", "--recency=7", "--explain", "heron"]).code(0);
    assert!(explained.stderr.contains("recency -"), "{explained:#?}");
    archive.run(&["query", "--recency=0", "heron"]).code(2);
}

/// Which articles a list has: the match, then what lacks some words, best first, where the match is shorter than the page.
#[test]
fn a_short_list_is_filled_up_with_what_lacks_some_words() {
    let archive = Archive::new();
    for (name, day, words) in [
        ("both", 5, "A heron came back to the lake."),
        ("both-longer", 4, "The lake was calm. Nobody had seen the heron that left it in May, nor asked for it."),
        ("heron", 1, "A heron stood still, as a heron does."),
        ("lake", 2, "The lake was calm and the lake was cold."),
        ("lake-longer", 3, "The boats were brought home, and nothing was left on the lake but some old wood."),
        ("neither", 6, "The boats were brought home."),
    ] {
        archive.write(format!("{name}.txt"), format!("{name} of May\n\n{day} May 2020\n\n{words}"));
    }
    archive.index().code(0);
    let check = |args: &[&str], listed: &str, note: &str| {
        let run = archive.run(&[&["query", "--json", "--no-group"], args].concat());
        let row = |hit: &Filled| {
            let lacks = if hit.missing.is_empty() { String::new() } else { format!(" -{}", hit.missing.join(",")) };
            format!("{} {}{lacks}", hit.rank, hit.path.trim_end_matches(".txt"))
        };
        let rows: Vec<Filled> = rows::parse(&run.stdout);
        assert_eq!(rows.iter().map(row).collect::<Vec<_>>().join("; "), listed, "{args:?}");
        let said = run.stderr.lines().find(|line| line.contains("hold all words")).unwrap_or_default();
        assert_eq!(said, note, "{args:?}");
    };
    let both = "search: note: 2 articles hold all words, 3 more hold some";
    let all = "1 both; 2 both-longer; 3 heron -lake; 4 lake -heron; 5 lake-longer -heron";
    check(&["heron lake"], all, both);
    check(&["-n", "5", "heron lake"], all, both);
    check(&["-n", "3", "heron lake"], "1 both; 2 both-longer; 3 heron -lake", both);
    // A page that the match fills has no room, nor has the whole match.
    check(&["-n", "2", "heron lake"], "1 both; 2 both-longer", "");
    check(&["-n", "1", "heron lake"], "1 both", "");
    check(&["-n", "0", "heron lake"], "1 both; 2 both-longer", "");
    check(&["--all", "heron lake"], "1 both; 2 both-longer", "");
    check(&["heron"], "1 heron; 2 both; 3 both-longer", "");
    // What is passed over counts as room.
    check(&["-n", "1", "--offset=1", "heron lake"], "2 both-longer", "");
    check(&["-n", "2", "--offset=1", "heron lake"], "2 both-longer; 3 heron -lake", both);
    check(&["-n", "2", "--offset=3", "heron lake"], "4 lake -heron; 5 lake-longer -heron", both);
    // Whatever the order, the match comes first.
    check(&["--sort=date", "-n", "4", "heron lake"], "1 both-longer; 2 both; 3 heron -lake; 4 lake -heron", both);
    check(&["--sort=-date", "-n", "3", "heron lake"], "1 both; 2 both-longer; 3 lake-longer -heron", both);
    // Cursors of the match and of what follows it.
    let hits = hits(&archive.run(&["query", "--json", "--no-group", "heron lake"]));
    for (hit, listed) in hits.iter().zip([
        "2 both-longer; 3 heron -lake; 4 lake -heron",
        "3 heron -lake; 4 lake -heron; 5 lake-longer -heron",
        "4 lake -heron; 5 lake-longer -heron",
        "5 lake-longer -heron",
        "",
    ]) {
        check(&["-n", "3", &format!("--after={}", hit.cursor), "heron lake"], listed, both);
    }
}

/// What is looked at of a hit that may lack words.
#[derive(Debug, Deserialize)]
struct Filled {
    rank: usize,
    path: String,
    missing: Vec<String>,
}
