//! Commands beside the main ones, and what the program says when there is nothing to do or something is wrong.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use serde_json::Value;

use crate::archive::{Archive, CORPUS, Run, package, program};
use crate::rows::{self, HIT};

/// An archive with three short pages, indexed.
pub(crate) fn birds() -> Archive {
    let archive = Archive::with(&[
        ("heron.txt", "The heron\n\nA heron stood in the reeds on 3 May 2019 and waited for the tide."),
        ("stork.txt", "The stork\n\nA stork and a heron shared the chimney of the old brickworks all spring."),
        (
            "wordless.html",
            "<html><body><p>Only a lapwing was seen on the mud flats that day, says the log.</p></body></html>",
        ),
    ]);
    archive.index().code(0);
    archive
}

fn batch(archive: &Archive, options: &[&str], queries: &[u8]) -> Run {
    Run::with_input(program(archive.folder()).args([&["batch", "-"], options].concat()), queries)
}

#[test]
fn batch_puts_the_id_of_the_query_before_each_hit() {
    let archive = birds();
    let run = batch(&archive, &["--all"], b"wading\theron\nstork\n\nnone\tzzzz\n").code(0).quiet();
    let lines: Vec<Vec<&str>> = run.stdout.lines().map(|line| line.split('\t').collect()).collect();
    let seen: Vec<(&str, &str)> = lines.iter().map(|cells| (cells[0], cells[3])).collect();
    assert_eq!(seen, [("wading", "The heron"), ("wading", "The stork"), ("2", "The stork")]);
    let single = archive.run(&["query", "--all", "stork"]).stdout;
    assert_eq!(run.stdout.lines().last().unwrap(), format!("2\t{}", single.trim_end()), "the usual line follows");
}

#[test]
fn batch_json_is_the_contract_of_a_hit_with_the_id_second() {
    let archive = birds();
    let run = batch(&archive, &["--json", "-n", "1"], b"q 1\theron\n\"\tstork\n").code(0).quiet();
    let ids: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(ids.iter().map(|hit| hit["query_id"].as_str().unwrap()).collect::<Vec<_>>(), ["q 1", "\""]);
    let mut keys = HIT.to_vec();
    keys.insert(1, "query_id");
    run.stdout.lines().for_each(|line| rows::check_keys(line, &keys));
    let single = archive.run(&["query", "--json", "-n", "1", "stork"]).stdout;
    let (single, cursor) = single.trim_end().split_once(r#","cursor":"#).unwrap();
    assert!(!cursor.contains(','), "the cursor comes last");
    let second = run.stdout.lines().nth(1).unwrap();
    assert_eq!(second.replacen(r#""query_id":"\"","#, "", 1), format!("{single}}}"), "nothing else differs");
}

#[test]
fn batch_csv_has_one_heading() {
    let run = batch(&birds(), &["--csv", "--all"], b"a\theron\nb\tstork\n").code(0).quiet();
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    assert_eq!(&reader.headers().unwrap()[0], "query_id");
    let ids: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!(ids, ["a", "a", "b"]);
}

#[test]
fn batch_goes_on_after_a_line_it_cannot_ask() {
    let archive = birds();
    let run = batch(&archive, &[], b"a\t\n\xFF\xFEx\nc\tstork\n").code(2);
    assert!(run.stdout.starts_with("c\t"), "{run:?}");
    run.complains(&["note: a: the query is empty", "line 2: not UTF-8"]);
    batch(&archive, &[], b"zzzz\n").code(1).prints("").quiet();
    batch(&archive, &[], b"").code(1).prints("").quiet();
    archive.run(&["batch", "none.tsv"]).code(2).complains(&["none.tsv", "no such file"]);
    archive.run(&["batch", "--json", "--csv", "-"]).code(2);
}

#[test]
fn batch_answers_a_query_before_it_reads_the_next() {
    let archive = birds();
    let mut command = program(archive.folder());
    let mut child = command.args(["batch", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, mut lines) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()).lines());
    for (query, title) in [("stork\n", "The stork"), ("reeds\n", "The heron")] {
        std::io::Write::write_all(&mut input, query.as_bytes()).unwrap();
        assert!(lines.next().unwrap().unwrap().contains(title));
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_query_that_asks_for_nothing_finds_nothing_and_says_what_to_type() {
    for query in ["", " ", "(", "((((", "\"", "title:\"", "-", "\u{202e}", "()", "?!"] {
        let run = CORPUS.run("query", &["-e", query]).code(1).prints("");
        run.complains(&["type words, a phrase in quotes or a filter such as date:2020"]);
    }
    CORPUS.run("query", &[]).code(1).complains(&["the query is empty"]);
    CORPUS.run("query", &["-c", "("]).code(1).complains(&["the query ( holds no word"]);
    let all = CORPUS.run("query", &["-c", "*"]).code(0).stdout;
    assert_eq!(CORPUS.run("query", &["-c", "words:0.."]).code(0).stdout, all);
    assert_eq!(CORPUS.hits(&["--sort", "-date", "*"]).len().to_string(), all.trim_end());
    for query in ["date:none", "-medal", "the", "lang:en"] {
        CORPUS.run("query", &["-c", "-e", query]).code(0);
    }
}

#[test]
fn a_page_without_a_headline_has_null() {
    let archive = birds();
    let hit = archive.hits(&["lapwing"]).remove(0);
    assert_eq!(hit.title, None);
    let shown = archive.run(&["show", &hit.id]).code(0).stdout;
    assert!(shown.starts_with("(no headline)\n"), "{shown}");
    let line = archive.run(&["query", "lapwing"]).code(0).stdout;
    assert_eq!(line.split('\t').nth(2), Some(""), "{line}");
    let row = archive.run(&["extract", "--json", "pages/wordless.html"]).code(0).stdout;
    assert_eq!(rows::parse::<rows::Extract>(&row)[0].title, None);
}

#[test]
fn coordinates_are_as_exact_as_they_are_known() {
    let text = b"The minister flew from Baku to Istanbul and on to Tbilisi.";
    let run = Run::with_input(
        program(package()).args(["annotate", "--jsonl"]),
        &[b"{\"id\":1,\"text\":\"", &text[..], b"\"}"].concat(),
    );
    let row: Value = serde_json::from_str(&run.code(0).stdout).unwrap();
    let places: Vec<&Value> =
        row["mentions"].as_array().unwrap().iter().filter(|found| found["lat"].is_f64()).collect();
    assert!(places.len() >= 2, "{row}");
    for degrees in places.iter().flat_map(|place| [&place["lat"], &place["lon"]]) {
        let text = degrees.to_string();
        assert!(text.split_once('.').is_some_and(|(_, decimals)| decimals.len() <= 5), "{text}");
    }
}

#[test]
fn failures_of_a_run_go_to_standard_error() {
    let archive = Archive::with(&[("good.txt", "Kelp\n\nKelp grows in cold water."), ("bad.html", "\u{89}PNG")]);
    archive.write("bad.html.gz", b"\x1f\x8b\x08 not a gzip");
    let run = archive.index().code(1);
    assert!(!run.stdout.contains("bad.html.gz"), "the report counts failures: {run:?}");
    assert!(run.stdout.contains("1 failed"), "{run:?}");
    let line = run.stderr.lines().find(|line| line.contains("bad.html.gz")).unwrap();
    assert!(line.starts_with("search: ") && line.contains("pages/bad.html.gz: "), "{line}");
    // Files that changed a moment ago are read again.
    let bad = std::fs::File::options().write(true).open(archive.page("bad.html.gz")).unwrap();
    bad.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(3600)).unwrap();
    archive.index().code(1);
    archive.index().code(1).complains(&["bad.html.gz", "(as before)"]);
    archive.run(&["index", "-q", "pages"]).code(1).prints("").quiet();
}

#[test]
fn counts_read_as_a_person_would_say_them() {
    let archive = birds();
    for (query, total) in [("stork", "1 article"), ("heron", "2 articles")] {
        let run = Run::of(program(archive.folder()).args(["query", "-c", query]));
        assert_eq!(run.stdout.trim_end(), total.split(' ').next().unwrap());
    }
    archive.write("photo.jpg", "x");
    let report = archive.index().code(0).stdout;
    assert!(report.contains("skipped files of another type 1 (.jpg 1), such as photo.jpg\n"), "{report}");
    let capture = |day: u32| {
        let url = "https://marsh.example/2020/bittern";
        let published = format!("<meta property=\"article:modified_time\" content=\"2020-04-0{day}T10:00:00Z\">");
        let text = "The bittern boomed again in the marsh at dusk, and the warden wrote the hour down. ".repeat(4);
        format!(
            "<html><head><title>Bittern</title><link rel=canonical href={url}><meta property=og:url content={url}>\
                 {published}</head><body><h1>Bittern</h1><article><p>Day {day}. {text}</p></article></body></html>"
        )
    };
    for day in 1..4 {
        archive.write(format!("{day}/bittern.html"), capture(day));
        archive.index().code(0);
        let stats = archive.run(&["stats"]).code(0).stdout;
        let kept = ["4 to search\n", "4 to search, 1 older capture kept\n", "4 to search, 2 older captures kept\n"];
        assert!(stats.contains(kept[day as usize - 1]), "{stats}");
    }
}

#[test]
fn progress_for_programs_is_json_alone() {
    let archive = birds();
    archive.write("bad.html.gz", b"\x1f\x8b\x08 not a gzip");
    let run = archive.run(&["index", "--rebuild", "--progress=json", "pages"]).code(1);
    let lines: Vec<Value> = run.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, steps) = lines.split_last().unwrap();
    for step in steps {
        let keys: Vec<&String> = step.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["done", "failed", "found", "read", "v", "walked"]);
    }
    assert_eq!((last["v"].as_u64(), last["report"]["updated"].as_u64()), (Some(1), Some(3)));
    let failure = &last["report"]["failures"][0];
    assert!(failure["path"].as_str().unwrap().ends_with("bad.html.gz"), "{failure}");
    assert!(run.stdout.contains("pages"), "the report for people stays: {run:?}");
    let quiet = archive.run(&["index", "-q", "--progress=json", "pages"]).code(1).prints("");
    assert!(quiet.stderr.lines().all(|line| line.starts_with("{\"v\":1,")), "{quiet:?}");
    archive.run(&["index", "--progress=never", "pages"]).code(1);
    archive.run(&["index", "--progress=loud", "pages"]).code(2);
}

#[test]
fn help_has_topics_and_commands() {
    let help = |args: &[&str]| Run::of(program(package()).arg("help").args(args));
    for topic in ["query-syntax", "fields", "dates", "json", "exit-codes"] {
        let text = help(&[topic]).code(0).quiet().stdout;
        let file = package().join(format!("src/bin/search/help/{topic}.txt"));
        assert_eq!(text, std::fs::read_to_string(file).unwrap());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{topic} fits on a screen");
        assert!(help(&[]).code(0).stdout.contains(topic));
    }
    let all = help(&[]).code(0).quiet().stdout;
    assert_eq!(all, Run::of(program(package()).arg("--help")).code(0).stdout);
    for command in commands() {
        let long = Run::of(program(package()).args([&command, "--help"])).code(0).quiet().stdout;
        assert_eq!(help(&[&command]).code(0).stdout, long, "{command}");
        let short = Run::of(program(package()).args([&command, "-h"])).code(0).quiet().stdout;
        assert!(short.lines().count() <= 40, "'{command} -h' fits on a screen: {short}");
    }
    help(&["nonsense"]).code(2).prints("").complains(&["no help on 'nonsense'", "query-syntax", "batch"]);
}

/// The commands that the program says it has.
pub(crate) fn commands() -> Vec<String> {
    let help = Run::of(program(package()).arg("-h")).code(0).stdout;
    let rows = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<String> = rows.map(|row| row.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(names.len() > 8, "{help}");
    names
}

#[test]
fn the_topic_on_json_names_every_key() {
    let text = Run::of(program(package()).args(["help", "json"])).code(0).stdout;
    for key in HIT.iter().chain(rows::SHOW).chain(rows::EXTRACT) {
        let named = |word: &str| word == *key;
        assert!(text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(named), "'{key}' is not in the topic");
    }
}

#[test]
fn every_query_of_the_topics_can_be_asked() {
    for topic in ["query-syntax", "fields", "dates"] {
        let text = Run::of(program(package()).args(["help", topic])).code(0).stdout;
        let fields = text.split_whitespace().filter(|word| word.contains(':') && !word.ends_with([':', ',']));
        for query in fields.filter(|word| word.starts_with(char::is_lowercase) && !word.contains(['"', '('])) {
            let run = CORPUS.run("query", &["-c", "-e", query]);
            let told = run
                .stderr
                .lines()
                .all(|line| ["also searched: ", "; type ", "in other forms"].iter().any(|told| line.contains(told)));
            assert!(matches!(run.status, Some(0 | 1)) && told, "{query}: {run:?}");
        }
    }
}

#[test]
fn the_manual_has_all_commands_and_topics() {
    let page = Run::of(program(package()).arg("man")).code(0).quiet().stdout;
    assert!(page.is_ascii() && page.contains(".TH search 1"), "{page}");
    for command in commands() {
        assert!(page.contains(&format!(".SH \"SEARCH {}\"", command.to_uppercase())), "{command}");
    }
    for part in [".SH \"QUERY-SYNTAX\"", ".SH \"DATES\"", "\\-\\-snippets", "about:2020\\-12\\-01"] {
        assert!(page.contains(part), "'{part}' is not in the manual");
    }
}

#[test]
fn completions_for_the_usual_shells() {
    for shell in ["bash", "zsh", "fish"] {
        let script = Run::of(program(package()).args(["completions", shell])).code(0).quiet().stdout;
        for word in ["batch", "snippets", "hyperlink"] {
            assert!(script.contains(word), "'{word}' is not in the script of {shell}");
        }
    }
    Run::of(program(package()).args(["completions", "abacus"])).code(2).complains(&["bash"]);
}

#[test]
fn a_reader_that_goes_away_is_no_error_anywhere() {
    let archive = Archive::new();
    for number in 0..300 {
        archive.write(format!("{number}.txt"), format!("Gulls {number}\n\n{}", "The gulls of the quay. ".repeat(60)));
    }
    archive.index().code(0);
    let queries = "gulls\n".repeat(50);
    archive.write("queries", &queries);
    for args in [
        &["query", "--csv", "-n", "0", "gulls"][..],
        &["query", "-n", "0", "gulls"],
        &["query", "-l", "-n", "0", "gulls"],
        &["batch", "-n", "0", "pages/queries"],
        &["batch", "--csv", "-n", "0", "pages/queries"],
        &["batch", "--json", "-n", "0", "pages/queries"],
        &["completions", "bash"],
        &["man"],
        &["help", "json"],
        &["stats"],
        &["config"],
    ] {
        let mut child = archive.start(args);
        let mut first = [0; 1];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.lines().all(|line| line.contains("note: 300 articles in 1 story")), "{args:?}: {said}");
    }
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let archive = Archive::with(&[("heron.txt", "The heron\n\nA heron stood in the reeds.")]);
    let run = archive.run(&["index", "--dry-run", "pages"]).code(0).quiet();
    let folder = archive.folder().canonicalize().unwrap();
    assert!(run.stdout.contains(&format!("add {}/pages/heron.txt\n", folder.display())), "{run:?}");
    assert!(run.stdout.contains("1: 1 to add") && run.stdout.contains("nothing was written"), "{run:?}");
    assert!(!archive.folder().join("index").exists());
    archive.index().code(0);
    archive.write("stork.txt", "The stork\n\nA stork on the chimney.");
    archive.remove("heron.txt");
    let run = archive.run(&["index", "--dry-run", "pages"]).code(0);
    assert!(run.stdout.contains("1 to add") && run.stdout.contains("1 to remove"), "{run:?}");
    assert_eq!(archive.paths(&["heron"]), ["heron.txt"], "still there");
    let json = archive.run(&["index", "--dry-run", "-q", "--progress=json", "pages"]).code(0).prints("").stderr;
    let report: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    let changes: Vec<&str> =
        report["report"]["changes"].as_array().unwrap().iter().map(|one| one["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["remove", "add"], "sorted by path");
}

#[test]
fn compact_says_what_it_did() {
    let archive = birds();
    archive.write("heron.txt", "The heron\n\nAnother heron stood in the reeds, and then a third.");
    archive.index().code(0);
    let before = archive.paths(&["heron"]);
    let run = archive.run(&["compact"]).code(0).quiet();
    assert!(run.stdout.contains("3 kept, 1 deleted or replaced dropped"), "{run:?}");
    assert_eq!(archive.paths(&["heron"]), before);
    let again = archive.run(&["compact"]).code(0).quiet();
    assert!(again.stdout.starts_with("nothing to do"), "{again:?}");
    archive.run(&["compact", "-q"]).code(0).prints("").quiet();
    archive.run(&["compact", "--index", "none"]).code(2).complains(&["none: no index here"]);
}

#[test]
fn words_without_a_command_are_answered_with_the_command() {
    let search = |args: &[&str]| Run::of(program(package()).args(args));
    search(&["Lachin", "medal"])
        .code(2)
        .prints("")
        .complains(&["'Lachin' is no command", "search query Lachin medal;"]);
    search(&["qury", "Lachin"]).code(2).prints("").complains(&["'qury' is no command (is it 'query'?)"]);
    search(&["count", "medal"]).code(2).prints("").complains(&["type search query -c WORDS"]);
    search(&["query", "--site", "x.example", "tide"]).code(2).complains(&["write site:x.example in the query"]);
    search(&["query", "--limt", "3", "Lachin"]).code(2).prints("").complains(&["--limt", "--limit"]);
    search(&[]).code(2).prints("").complains(&["Usage: search", "query"]);
}

#[test]
fn today_is_the_day_where_the_user_is() {
    // The two zones are 25 hours apart, so the day is never the same in both.
    let zone = |hours: &str| jiff::tz::TimeZone::posix(&format!("XXX{hours}")).unwrap();
    let today = jiff::Timestamp::now().to_zoned(zone("+11")).date();
    let text =
        "The tide table of the pier was printed this morning and pinned beside the door of the office. ".repeat(3);
    let archive = Archive::with(&[(
        "tide.html",
        &format!(
            "<html><head><title>Tide</title><meta property=\"article:published_time\" content=\"{today}T00:00:00-11:00\">\
             </head><body><h1>Tide</h1><article><p>{text}</p></article></body></html>"
        ),
    )]);
    archive.index().code(0);
    let count = |hours: &str| {
        let mut command = program(archive.folder());
        Run::of(command.env("TZ", format!("XXX{hours}")).args(["query", "-c", "tide", "date:today"])).stdout
    };
    assert_eq!(count("-14"), "0\n");
    // Unless midnight has passed there since the page was made.
    if jiff::Timestamp::now().to_zoned(zone("+11")).date() == today {
        assert_eq!(count("+11"), "1\n");
    }
}

#[test]
fn what_is_not_read_is_named_and_why() {
    let archive = birds();
    let page =
        "<!doctype html><html><body><article><h1>Auk</h1><p>The auk was seen in the bay.</p></article></body></html>";
    for name in ["article.html?id=7", "index.html.1", "index.html@p=3", "story.php", "none"] {
        archive.write(name, page.replace("auk", &format!("auk of {}", name.replace(|c: char| !c.is_alphabetic(), ""))));
    }
    for name in ["a.css", "b.css", "c.PNG", "style.css?v=3", "notes.odd"] {
        archive.write(name, "no page");
    }
    let report = archive.index().code(0).stdout;
    let told = "skipped files of another type 5 (.css 2, .odd 1, .png 1), such as a.css\n";
    assert!(report.contains(told), "{report}");
    assert_eq!(archive.hits(&["auk"]).len(), 5);
    let run = archive.run(&["index", "pages", "--progress=json"]).code(0);
    let report: Value = serde_json::from_str(run.stderr.lines().last().unwrap()).unwrap();
    let report = &report["report"];
    assert_eq!(report["skipped"]["files of another type"], 5, "{report}");
    assert_eq!((&report["skipped_types"][".css"], &report["skipped_types"][".png"]), (&2.into(), &1.into()));
    assert_eq!(report["skipped_examples"]["files of another type"], "a.css");
    // A file that is named itself is read whatever it is called, or refused.
    archive.run(&["index", "pages/notes.odd"]).code(0);
    assert_eq!(archive.paths(&["no", "page"]), ["notes.odd"]);
    archive.write("real.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    archive.run(&["index", "pages/real.png"]).code(1).complains(&["real.png: a PNG image, not a page"]);
}

#[test]
fn a_name_that_is_mistyped_makes_no_index() {
    let archive = Archive::new();
    archive.run(&["index", "nosuch"]).code(2).prints("").complains(&["nosuch: failed to open: no such file"]);
    assert!(!archive.folder().join("index").exists());
    archive.run(&["index", "nosuch", "neither"]).code(2).complains(&["nosuch: ", "neither: "]);
    archive.index().code(0).complains(&["note: ", "/pages: no pages here"]);
    archive.write("a.txt", "Gulls\n\nThe gulls of the quay.");
    archive.run(&["index", "nosuch", "pages"]).code(1).complains(&["nosuch: failed to open"]);
    archive.run(&["index", "nosuch"]).code(2);
    assert_eq!(archive.paths(&["gulls"]), ["a.txt"]);
}

#[test]
fn a_link_that_leads_nowhere_is_remembered() {
    let archive = birds();
    std::os::unix::fs::symlink("nowhere.txt", archive.page("gone.txt")).unwrap();
    archive.index().code(1).complains(&["gone.txt: failed to open: no such file or directory"]);
    let stats = archive.run(&["stats"]).code(0).stdout;
    assert!(stats.contains("failed 1\n") && stats.contains("/gone.txt: failed to open: no such"), "{stats}");
    // What was read through a link once is kept while it leads nowhere.
    archive.write("nowhere.txt", "Knots\n\nThe knot flew over the sands.");
    archive.index().code(0);
    assert_eq!(archive.paths(&["--versions", "knot"]), ["gone.txt", "nowhere.txt"]);
    std::fs::rename(archive.page("nowhere.txt"), archive.folder().join("away.txt")).unwrap();
    archive.index().code(1);
    assert_eq!(archive.paths(&["knot"]), ["gone.txt"]);
}

#[test]
fn links_that_lead_out_are_counted_and_followed_on_request() {
    let archive = birds();
    let outside = archive.folder().join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("private.txt"), "Private\n\nThe bittern keeps its own counsel.").unwrap();
    std::os::unix::fs::symlink(outside.join("private.txt"), archive.page("link.txt")).unwrap();
    std::os::unix::fs::symlink(&outside, archive.page("folder")).unwrap();
    let report = archive.index().code(0).stdout;
    let told = "skipped links that lead out of the archive (--follow reads them) 2, such as folder\n";
    assert!(report.contains(told), "{report}");
    assert_eq!(archive.paths(&["bittern"]), [] as [&str; 0]);
    archive.run(&["index", "--follow", "pages"]).code(0);
    assert_eq!(archive.paths(&["--versions", "bittern"]), ["folder/private.txt", "link.txt"]);
    archive.index().code(0);
    assert_eq!(archive.paths(&["bittern"]), [] as [&str; 0], "what is not followed any more is gone");
}

#[test]
fn pipes_as_files_of_ones_own_are_refused() {
    let archive = birds();
    std::fs::create_dir_all(archive.folder().join("search")).unwrap();
    let pipe = |path: &std::path::Path| std::process::Command::new("mkfifo").arg(path).status().unwrap();
    let names = archive.folder().join("names.txt");
    assert!(pipe(&names).success());
    for options in [&["query", "--names", "names.txt", "heron"][..], &["index", "--places", "names.txt", "pages"]] {
        archive.run(options).code(2).complains(&["names.txt: a pipe or device, not a file; copy what it gives"]);
    }
    archive.run(&["query", "--names", "pages", "heron"]).code(2).complains(&["pages: a folder, not a file"]);
    archive.run(&["query", "--names", "/dev/zero", "heron"]).code(2).complains(&["/dev/zero: a pipe or device"]);
    archive.run(&["query", "--names", "none.txt", "heron"]).code(2).complains(&["none.txt: failed to read: no such"]);
    for (file, args) in [("config.toml", &["query", "heron"][..]), ("queries.toml", &["new"])] {
        let file = archive.folder().join("search").join(file);
        assert!(pipe(&file).success());
        archive.run(args).code(2).prints("").complains(&["a pipe or device, not a file"]);
        std::fs::remove_file(file).unwrap();
    }
}

#[test]
fn ignore_files_may_be_ignored() {
    let archive = birds();
    archive.write(".searchignore", "stork.txt\n");
    archive.index().code(0);
    assert_eq!(archive.paths(&["stork"]), [] as [&str; 0]);
    archive.run(&["index", "--no-ignore", "pages"]).code(0);
    assert_eq!(archive.paths(&["stork"]), ["stork.txt"]);
}

#[test]
fn notes_are_errors_where_it_is_strict() {
    for (query, note) in
        [("foo:bar", "foo: is not a field"), ("(medal", "not closed"), ("w/5 medal", "nothing to join")]
    {
        CORPUS.run("query", &["--strict", "-c", "-e", query]).code(2).prints("").complains(&[note, "without --strict"]);
    }
    CORPUS.run("query", &["--strict", "-c", "Lachin", "w/5", "medal"]).quiet();
    let archive = Archive::with(&[("queries", "a\tfoo:bar\nb\tmedal\n"), ("one.txt", "Medal\n\nA medal.")]);
    archive.index();
    let run = archive.run(&["batch", "--strict", "pages/queries"]).code(2).complains(&["line 1", "not a field"]);
    assert!(run.stdout.starts_with("b\t"), "{run:?}");
}

#[test]
fn a_filter_that_cannot_be_read_is_refused_by_every_command() {
    let archive = birds();
    for (query, fits) in [
        ("date:soon heron", "date:soon: it is no date, such as 2020-11"),
        ("kind:news heron", "kind:news: the kinds are article, live, stub"),
        ("lang:xx heron", "lang:xx: the languages are af am ar az"),
        ("words:abc heron", "words:abc: it is no number or range"),
    ] {
        let commands: [&[&str]; 7] = [
            &["query", "--json"],
            &["query", "-c"],
            &["timeline"],
            &["first"],
            &["facets", "years"],
            &["pairs"],
            &["new", "herons"],
        ];
        for command in commands {
            let run = archive.run(&[command, &["-e", query]].concat()).code(2);
            run.prints("").complains(&[fits, "--lenient searches such values as words"]);
        }
        let lines = format!("a\t{query}\nb\tstork\n");
        let run = batch(&archive, &[], lines.as_bytes()).code(2).complains(&["line 1: ", fits]);
        assert!(run.stdout.starts_with("b\t"), "{run:?}");
        let lenient = archive.run(&["query", "--lenient", "-e", query]).code(0).complains(&["is read as words"]);
        assert_eq!(lenient.stdout.lines().count(), 2, "{lenient:?}");
    }
    // Refused, it was not saved.
    archive.run(&["new", "herons"]).code(2).complains(&["no query is saved"]);
    archive.run(&["query", "--strict", "--lenient", "heron"]).code(2).complains(&["cannot be used with"]);
}

#[test]
fn a_query_is_explained_on_standard_error() {
    let run = CORPUS.run("query", &["--explain", "-c", "-e", "the medals lach* Zz~1"]).complains(&[
        "read as: the medals lach* zz~1",
        "not needed, as common words: the",
        "medals: also its other forms",
        "lach*: ",
        "lachin",
        "zz~1: ",
    ]);
    assert!(run.stdout.trim().parse::<u64>().is_ok(), "{run:?}");
}

#[test]
fn a_query_comes_from_standard_input() {
    let archive = Archive::with(&[("a.txt", "Gulls\n\nThe gulls of the quay."), ("b.txt", "Terns\n\nThe terns left.")]);
    archive.index().code(0);
    let asked = |input: &str| Run::with_input(program(archive.folder()).args(["query", "-l", "-"]), input.as_bytes());
    assert!(asked("\"of the\nquay\"\n").code(0).stdout.ends_with("a.txt\n"));
    asked("-gulls terns").code(0);
    asked("").code(1).complains(&["the query is empty"]);
}

#[test]
fn hits_take_the_form_that_is_asked_for() {
    let archive =
        Archive::with(&[("a.txt", "Gulls\n\nThe gulls\tof the quay. They left."), ("b.txt", "Gulls\n\nNo birds.")]);
    archive.index().code(0);
    let run =
        archive.run(&["query", "--all", "--format", "{rank}: {title} {{{words}}}\\t{start}-{end}", "gulls", "quay"]);
    run.code(0).quiet().prints("1: Gulls {8}\t0-22\n");
    archive.run(&["query", "--format", "{colour}", "gulls"]).code(2).complains(&["{colour} is not known", "title"]);
    archive.run(&["query", "--format", "{title}", "--json", "gulls"]).code(2);
    let cited = archive.run(&["query", "--all", "--cite", "gulls", "quay"]).code(0).quiet().stdout;
    let hit = archive.hits(&["gulls", "quay"]).remove(0);
    let place = format!("({}#0-22, sha256:{})\n", hit.id, hit.text_sha256);
    assert_eq!(cited, format!("[1] “Gulls”, undated: “The gulls of the quay.” {place}"));
}
