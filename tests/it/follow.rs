//! What can be done with a hit: its article by id, citation, address or file, some of its fields, and the short form.

use serde_json::Value;

use crate::archive::{Archive, CORPUS, Run, program};
use crate::stories::{page, sentences};

fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("a.html", page("post.example", "2020-01-01", "First matter", &sentences(1, 0..8)));
    archive.write("b.html", page("wire.example", "2020-01-02", "Second matter", &sentences(2, 0..8)));
    archive.write("c.html", page("mail.example", "2020-01-03", "Second matter too", &sentences(2, 0..8)));
    archive.index().code(0);
    archive
}

#[test]
fn an_article_is_found_by_whatever_names_it() {
    let archive = archive();
    let hit = archive.hits(&["title:first"]).remove(0);
    let shown = archive.run(&["show", &hit.id]).code(0).stdout;
    for name in [
        "https://post.example/news/first-matter",
        "http://www.post.example/news/first-matter?utm_source=x",
        "pages/a.html",
    ] {
        assert_eq!(archive.run(&["show", name]).code(0).stdout, shown, "{name}");
    }
    let footnote = archive.run(&["query", "--cite", "--all", "title:first", "bridge"]).code(0).stdout;
    let place = footnote.rsplit_once('(').unwrap().1.split(',').next().unwrap();
    let passage = footnote.split_once(": “").unwrap().1.split_once('”').unwrap().0;
    let cited = archive.run(&["show", place]).code(0).stdout;
    assert!(cited.contains(&format!("passage “{passage}”")), "{cited}");
    archive.run(&["show", &format!("{}#5-9999999", hit.id)]).code(2).complains(&["no passage of the text, which has"]);
    for name in ["nothing", "https://post.example/news/no-matter", "0000000000000000", "pages/none.html"] {
        archive.run(&["show", name]).code(2).prints("").complains(&[name, "no article"]);
    }
}

#[test]
fn several_articles_and_lists_of_them() {
    let archive = archive();
    let ids: Vec<String> = archive.hits(&["--sort=date", "matter"]).into_iter().map(|hit| hit.id).collect();
    let json = archive.run(&["show", "--json", &ids[0], "pages/b.html", "nothing", &ids[2]]).code(2);
    let shown = |run: &Run| -> Vec<String> {
        let row = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        run.stdout.lines().map(row).collect()
    };
    assert_eq!(shown(&json), ids);
    json.complains(&["nothing: no article has this id, address or file"]);
    let piped = archive.run(&["query", "--no-group", "--sort=date", "matter"]).code(0).stdout;
    let cited = archive.run(&["query", "--no-group", "--sort=date", "--cite", "matter"]).code(0).stdout;
    for list in [piped, cited, ids.join("\n")] {
        let run = Run::with_input(program(archive.folder()).args(["show", "--json", "-"]), list.as_bytes()).code(0);
        assert_eq!(shown(&run), ids, "{list}");
    }
    let copies = archive.run(&["copies", "pages/b.html", "pages/c.html"]).code(0).stdout;
    assert_eq!(copies.lines().count(), 4, "{copies}");
    archive.run(&["copies", "pages/a.html", "pages/b.html"]).code(1);
    archive.run(&["similar", "https://post.example/news/first-matter", &ids[1]]).code(0);
}

#[test]
fn a_saved_page_is_opened() {
    let archive = archive();
    let id = archive.hits(&["title:first"]).remove(0).id;
    let page = std::fs::read_to_string(archive.page("a.html")).unwrap();
    archive.run(&["open", "--with", "cat", &id]).code(0).prints(&page);
    archive.run(&["open", "--with", "no-such-program", &id]).code(2).complains(&["no-such-program: ", "/a.html"]);
    archive.remove("a.html");
    archive.run(&["open", "--with", "cat", &id]).code(2).complains(&["a.html: the page is not there any more"]);
}

#[test]
fn some_fields_in_an_order_of_ones_own() {
    let archive = archive();
    let query = ["query", "--all", "--no-group", "--sort=date", "title:first"];
    let run = |options: &[&str]| archive.run(&[&query, options].concat());
    let address = "https://post.example/news/first-matter";
    run(&["--fields", "date,title,url"]).code(0).prints(&format!("2020-01-01\tFirst matter\t{address}\n"));
    run(&["--csv", "--fields", "url, date"]).code(0).prints(&format!("url,date\n{address},2020-01-01\n"));
    let json = run(&["--json", "--fields", "url,words,byline,why,snippet"]).code(0).stdout;
    assert!(json.starts_with(&format!("{{\"url\":\"{address}\",\"words\":")), "{json}");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert!(json["words"].is_u64() && json["byline"].is_array() && json["why"].is_null(), "{json}");
    run(&["--fields", "colour"]).code(2).complains(&["--fields: 'colour' is not known; there are rank, id"]);
    run(&["--fields", "story"]).code(2);
}

#[test]
fn ten_hits_in_short_are_four_kilobytes() {
    for query in
        [&["--no-group", "the"][..], &["lang:ru"], &["lang:az"], &["Lachin"], &["lang:zh OR lang:ja OR lang:ar"]]
    {
        let run = CORPUS.run("query", &[&["--compact", "-n", "10"], query].concat());
        assert!(run.stdout.len() <= 4096, "{query:?}: {}", run.stdout.len());
        for line in run.stdout.lines() {
            let hit: Value = serde_json::from_str(line).unwrap();
            let keys: Vec<&String> = hit.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["cite", "date", "passage", "url"]);
            assert!(hit["passage"].as_str().is_some_and(|text| !text.is_empty()), "{line}");
        }
    }
    let run = CORPUS.run("query", &["--compact", "-n", "1", "Lachin", "medal"]).code(0);
    let hit: Value = serde_json::from_str(&run.stdout).unwrap();
    let shown = CORPUS.run("show", &[hit["cite"].as_str().unwrap()]).code(0).stdout;
    assert!(shown.contains("passage “"), "{shown}");
}
