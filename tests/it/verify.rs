//! What has become of something cited.

use serde_json::Value;

use crate::archive::{Archive, CORPUS, Run, program};

const FIRST: &str =
    "The ferry of the east bank left at noon with forty people on board, said the clerk of the harbour.";
const SECOND: &str = "Two men were hurt when the rope of the ferry broke, and both are well again.";
const THIRD: &str = "Nobody knows why the rope, which was new in spring, could not bear the weight of the boat.";

fn page(title: &str, sentences: &[&str]) -> String {
    let text: String = sentences.iter().map(|sentence| format!("<p>{sentence}</p>\n")).collect();
    let address = format!("https://post.example/{}", title.replace(' ', "-"));
    format!(
        r#"<!doctype html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{address}">
<meta property="article:published_time" content="2020-01-02"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"#
    )
}

fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("a.html", page("The rope of the ferry", &[FIRST, SECOND, THIRD]));
    archive.write(
        "b.html",
        page("Another day", &["Nothing at all was reported from the east bank on Monday, nor on Tuesday."]),
    );
    archive.index().code(0);
    archive
}

/// The footnote for the sentence that holds `words`.
fn footnote(archive: &Archive, words: &str) -> String {
    archive.run(&["query", "--cite", "-n", "1", "-e", &format!("\"{words}\"")]).code(0).stdout.trim_end().to_owned()
}

fn verify(archive: &Archive, args: &[&str], status: i32) -> Value {
    let run = archive.run(&[&["verify", "--json"], args].concat()).code(status);
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"))
}

fn place(now: &Value) -> String {
    format!("{}#{}-{}", now["id"].as_str().unwrap(), now["start"], now["end"])
}

#[test]
fn what_stands_is_unchanged() {
    let archive = archive();
    let note = footnote(&archive, "Two men were hurt");
    let found = verify(&archive, &[&note], 0);
    assert_eq!((&found["verdict"], &found["by"]), (&"unchanged".into(), &"words".into()), "{found}");
    assert_eq!(found["now"]["text"], SECOND);
    assert_eq!(found["now"]["url"], "https://post.example/The-rope-of-the-ferry");
    let place = place(&found["now"]);
    let line = archive.run(&["verify", &note]).code(0).quiet().stdout;
    assert_eq!(line, format!("unchanged\t{place}\t{place}\t100\t{SECOND}\n"));
    // The digest alone, the words alone, the place alone.
    let digest = note.rsplit_once("sha256:").unwrap().1.trim_end_matches(')');
    let by = |args: &[&str], by: &str| {
        let found = verify(&archive, args, 0);
        assert_eq!((&found["verdict"], &found["by"]), (&"unchanged".into(), &by.into()), "{args:?} {found}");
    };
    by(&[&format!("{place}, sha256:{digest}")], "words");
    by(&[&format!("{}, sha256:{digest}", &place[..16])], "digest");
    by(&[&place], "place");
    archive.run(&["verify", &place]).code(0).complains(&["note: ", "looked at the place alone"]);
    by(&[&place, "--quote", "two men were hurt when"], "words");
    by(&["--quote", "“the rope, which was new in spring, …”"], "words");
    by(&["--quote", "The rope of the ferry"], "words");
    by(&["pages/a.html"], "place");
}

#[test]
fn a_newer_capture_changes_moves_and_takes_away() {
    let archive = archive();
    let notes: Vec<String> = ["Two men were hurt", "left at noon", "Nobody knows why", "Nothing at all was"]
        .map(|words| footnote(&archive, words))
        .to_vec();
    let places: Vec<String> = notes.iter().map(|note| self::place(&verify(&archive, &[note], 0)["now"])).collect();
    let second = SECOND.replace("Two men", "Three men");
    // The first sentence stands behind the others now, the third is gone; a second capture of the same article.
    archive.write(
        "c.html",
        page("The rope of the ferry", &[&second, "The harbour is closed until Friday, it says.", FIRST]),
    );
    archive.remove("b.html");
    archive.index().code(0);

    let changed = verify(&archive, &[&notes[0]], 1);
    assert_eq!((&changed["verdict"], &changed["same"]), (&"changed".into(), &93.into()), "{changed}");
    let difference = changed["difference"].as_array().unwrap();
    assert_eq!(difference[0], serde_json::json!({"cited": "Two", "now": "Three"}));
    let both = |key: &str| difference.iter().map(|edit| edit[key].as_str().unwrap()).collect::<Vec<_>>().join(" ");
    assert_eq!(
        (both("cited"), both("now")),
        (SECOND.trim_end_matches('.').to_owned(), second.trim_end_matches('.').to_owned())
    );
    // The place alone is not enough where there is no text with the digest; here there is one, of the older capture.
    let digest = notes[0].rsplit_once("sha256:").unwrap().1.trim_end_matches(')');
    let by_digest = verify(&archive, &[&format!("{}, sha256:{digest}", places[0])], 1);
    assert_eq!((&by_digest["verdict"], &by_digest["by"]), (&"changed".into(), &"words".into()), "{by_digest}");
    assert_eq!(by_digest["difference"], changed["difference"]);

    let moved = verify(&archive, &[&notes[1]], 1);
    assert_eq!(
        (&moved["verdict"], &moved["now"]["text"]),
        (&"moved".into(), &FIRST.trim_end_matches('.').into()),
        "{moved}"
    );
    assert_ne!(place(&moved["now"]), places[1]);
    let shown = archive.run(&["show", &place(&moved["now"])]).code(0).stdout;
    assert!(shown.contains("passage “The ferry of the east bank"), "{shown}");

    // Nothing like it in the newer capture; the article of the last one is not in the index any more.
    for note in &notes[2..] {
        let gone = verify(&archive, &[note], 1);
        assert_eq!((&gone["verdict"], &gone["now"]), (&"gone".into(), &Value::Null), "{gone}");
    }
    let list = notes.join("\n") + "\n\nnothing\n";
    let run = Run::with_input(program(archive.folder()).args(["verify", "-"]), list.as_bytes()).code(2);
    let verdicts: Vec<&str> = run.stdout.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(verdicts, ["changed", "moved", "gone", "gone"]);
    assert!(run.stdout.contains("\t93\t[-Two-] {+Three+} men were hurt"), "{}", run.stdout);
    run.complains(&["nothing: no article has this id, address or file"]);
    // Another digest and no text that has it.
    let other = format!("{}, sha256:{}", &places[0][..16], "0".repeat(64));
    assert_eq!(verify(&archive, &[&other], 1)["verdict"], "changed");
}

#[test]
fn words_are_looked_for_in_every_article() {
    let archive = archive();
    archive.write(
        "copy.html",
        page("Rope of a ferry broke", &[SECOND, "That is all that is known here about the boat and the rope."]),
    );
    archive.index().code(0);
    let found = verify(&archive, &["--quote", SECOND], 0);
    assert_eq!((&found["verdict"], &found["others"]), (&"unchanged".into(), &1.into()), "{found}");
    let found = verify(
        &archive,
        &["--quote", "Two women were hurt when the rope of the ferry broke, and one is well again"],
        1,
    );
    assert_eq!(found["verdict"], "changed", "{found}");
    let pairs: Vec<(&str, &str)> = found["difference"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (edit["cited"].as_str().unwrap(), edit["now"].as_str().unwrap()))
        .filter(|(cited, now)| cited != now)
        .collect();
    assert_eq!(pairs, [("women", "men"), ("one is", "both are")]);
    let found = verify(
        &archive,
        &["--quote", "Volcanoes of the southern islands are quiet since the days of the old kings"],
        1,
    );
    assert_eq!((&found["verdict"], &found["same"]), (&"gone".into(), &Value::Null), "{found}");
    // The article that is cited does not have it, another one does.
    let b = archive.hits(&["title:another"]).remove(0).id;
    let moved = verify(&archive, &[&b, "--quote", THIRD], 1);
    assert_eq!(moved["verdict"], "moved", "{moved}");
    assert_ne!(moved["now"]["id"], b.as_str());
}

#[test]
fn what_cannot_be_looked_at_is_an_error() {
    let archive = archive();
    for (args, words) in [
        (&["--quote", "…"][..], "holds no word"),
        (&["nothing"], "no article has this id, address or file"),
        (&["https://post.example/none"], "no article of the index has this address"),
        (&["9546a5dc88fb06f8#5"], "no article has this id"),
        (&["-", "--quote", "x"], "--quote has the words of one citation"),
        (&[], "CITATION"),
    ] {
        archive.run(&[&["verify"], args].concat()).code(2).prints("").complains(&[words]);
    }
    archive.run(&["verify", "9546a5dc88fb06f8#5-9"]).code(1).prints("gone\t9546a5dc88fb06f8#5-9\t\t\t\n");
}

#[test]
fn every_footnote_of_the_sample_archive_is_unchanged() {
    for query in ["Lachin", "lang:ru", "lang:az", "lang:zh OR lang:ar OR lang:fa", "medal"] {
        let notes = CORPUS.run("query", &["--cite", "-n", "0", "--snippets", "3", "--no-group", query]).stdout;
        let run = Run::with_input(
            program(crate::archive::package()).args(["verify", "--json", "-", "--index"]).arg(CORPUS.index()),
            notes.as_bytes(),
        )
        .code(0);
        assert_eq!(run.stdout.lines().count(), notes.lines().count(), "{query}");
        for line in run.stdout.lines() {
            let found: Value = serde_json::from_str(line).unwrap();
            // A page without a text is cited as a whole.
            let by = if found["cited"]["start"].is_null() { "digest" } else { "words" };
            assert_eq!((&found["verdict"], &found["by"]), (&"unchanged".into(), &by.into()), "{line}");
            assert_eq!(found["cited"]["start"], found["now"]["start"]);
        }
    }
    let compact = CORPUS.run("query", &["--compact", "-n", "0", "Lachin"]).code(0).stdout;
    Run::with_input(
        program(crate::archive::package()).args(["verify", "-", "--index"]).arg(CORPUS.index()),
        compact.as_bytes(),
    )
    .code(0);
}

#[test]
fn the_keys_of_a_verification() {
    let found = verify(&archive(), &["--quote", FIRST], 0);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&found), "by cited difference now others same v verdict");
    assert_eq!(keys(&found["cited"]), "end id start text text_sha256");
    assert_eq!(keys(&found["now"]), "date end id site start text text_sha256 title url");
    let help = Run::of(program(crate::archive::package()).args(["help", "json"])).code(0).stdout;
    for word in ["verdict", "unchanged", "moved", "changed", "gone", "difference", "others", "cited"] {
        assert!(help.contains(word), "{word}");
    }
}

/// A page of its own by number.
fn numbered(n: usize) -> String {
    let text = format!("The ferry with the number {n} left at noon with {} people on board, said the clerk.", n + 40);
    page(&format!("Ferry number {n}"), &[&text])
}

#[test]
fn five_hundred_saved_pages_are_held_against_their_digests() {
    let archive = Archive::new();
    let name = |n: usize| format!("{}/ferry-{n}.html", n % 7);
    (0..500).for_each(|n| archive.write(name(n), numbered(n)));
    archive.index().code(0);
    let all = |status| {
        let run = archive.run(&["verify", "--pages", "--json", "--query", "ferry"]).code(status);
        let rows: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), 500);
        let of = |verdict: &str| -> Vec<String> {
            let found = rows.iter().filter(|row| row["verdict"] == verdict);
            let mut paths: Vec<String> = found.map(|row| row["path"].as_str().unwrap().to_owned()).collect();
            paths.sort();
            paths
        };
        ["unchanged", "changed", "moved", "gone"].map(of)
    };
    let [unchanged, changed, moved, gone] = all(0);
    assert_eq!((unchanged.len(), changed.len(), moved.len(), gone.len()), (500, 0, 0, 0));
    // A letter, a new name, and nothing left.
    archive.write(name(3), numbered(3).replace("noon", "moon"));
    std::fs::rename(archive.page(name(8)), archive.page("renamed.html")).unwrap();
    archive.remove(&name(11));
    let [unchanged, changed, moved, gone] = all(1);
    assert_eq!(unchanged.len(), 497);
    assert_eq!((changed, moved, gone), (vec![name(3)], vec![name(8)], vec![name(11)]));
}

#[test]
fn a_cited_page_is_read_again() {
    let archive = archive();
    let note = footnote(&archive, "Two men were hurt");
    let id = place(&verify(&archive, &[&note], 0)["now"]).split_once('#').unwrap().0.to_owned();
    let path = archive.page("a.html");
    let path = path.canonicalize().unwrap().display().to_string();
    let shown: Value = serde_json::from_str(&archive.run(&["show", "--json", &id]).code(0).stdout).unwrap();
    let sha256 = shown["sha256"].as_str().unwrap().to_owned();
    archive.run(&["verify", "--pages", &id]).code(0).prints(&format!("unchanged\t{id}\t{sha256}\t{path}\t\n"));
    // A footnote on standard input, and an article by its address.
    let mut command = program(archive.folder());
    Run::with_input(command.args(["verify", "--pages", "-"]), format!("{note}\n").as_bytes()).code(0).has(&[&sha256]);
    archive.run(&["verify", "--pages", "https://post.example/The-rope-of-the-ferry"]).code(0);
    archive.write("a.html", "");
    let found = verify(&archive, &["--pages", &id], 1);
    assert_eq!(
        (&found["verdict"], &found["now_sha256"]),
        (&"changed".into(), &Value::String(digest_of_nothing())),
        "{found}"
    );
    archive.run(&["verify", "--pages", "--query", "nothingofthekind"]).code(1).prints("");
    archive.run(&["verify", "--query", "ferry"]).code(2);
    archive.run(&["verify", "--pages", "--quote", "ferry"]).code(2);
}

fn digest_of_nothing() -> String {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned()
}
