//! The same pages have the same ids, scores, order and citations wherever their folder lies.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::archive::{Archive, Run, program};
use crate::rows;

/// A page without an address of its own.
fn plain(title: &str, text: &str) -> String {
    format!("{title}\n\n{text}\n")
}

/// A page that states its address, published on `day`.
fn addressed(name: &str, day: &str, text: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><head><title>{name}</title>
<link rel="canonical" href="https://quayside.example/2021/05/{name}-and-the-harbour">
<meta property="article:published_time" content="{day}"></head><body><article><h1>{name}</h1><p>{text}</p>
<p>Nobody on the quay had seen the like of it since the winter of the great frost, said the harbour master.</p></article>
</body></html>"#
    )
}

/// An agency report with one sentence of its own, in as many words each: all score alike.
fn report(number: usize) -> String {
    let body = "The ferry left the harbour of Baku at dawn with eleven lorries and a circus on board. Anna Rossi, its \
                captain, waited two hours for the fog to lift. The circus is due in Odessa on Friday. Passengers were \
                given tea and a blanket each by the crew of the ferry.";
    plain("Ferry leaves with a circus", &format!("{body} Edition {number} of the harbour news went to print at noon."))
}

/// Pages of all kinds: with and without address, equal files, captures that no time tells apart, copies of one story.
fn fill(pages: &Path) {
    let write = |path: String, text: String| {
        let path = pages.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for number in 0..24 {
        write(format!("notes/{number}.txt"), plain("A note", &format!("Harbour gossip of the day, number {number}.")));
        write(format!("wire/{}/report.txt", number % 9), report(number % 9));
    }
    for number in 0..12 {
        let text = format!("The crane of berth {number} was painted red.");
        write(format!("site/{number}.html"), addressed("crane", "2021-05-04", &text));
        write(
            format!("site/berth{number}.html"),
            addressed(&format!("berth{number}"), "2021-05-04", "A berth is let."),
        );
    }
    for copy in ["b/same.txt", "a/same.txt", "same-again.txt", "c/d/e/same.txt"] {
        write(copy.to_owned(), plain("Tide table", "High water in the harbour at six, low water at noon."));
    }
    write("broken.html".to_owned(), "\0".repeat(64));
}

fn indexed(above: &str) -> (Archive, String) {
    let archive = Archive::new();
    let pages = format!("{above}pages");
    fill(&archive.folder().join(&pages));
    archive.run(&["index", &pages]).code(1);
    (archive, pages)
}

/// Standard output, with `/pages` for the folder of the archive.
fn printed(archive: &Archive, pages: &str, args: &[&str]) -> String {
    let Run { stdout, .. } = Run::of(program(archive.folder()).args(args));
    let folder = archive.folder().canonicalize().unwrap().join(pages);
    stdout.replace(folder.to_str().unwrap(), "/pages")
}

#[test]
fn answers_do_not_depend_on_the_folder() {
    let (near, pages) = indexed("");
    for above in ["old/disk/of/1998/", "z/", "0/"] {
        let (far, elsewhere) = indexed(above);
        let compare = |args: &[&str]| {
            let one = printed(&near, &pages, args);
            assert!(!one.is_empty(), "{args:?}");
            assert!(one == printed(&far, &elsewhere, args), "{args:?} differs in {above}");
        };
        for query in ["harbour", "-e -zzzz", "ferry circus", "harbour --sort date", "person:Rossi", "crane --versions"]
        {
            for form in ["--json --no-group", "--json --copies", "--cite", "--csv", "--json -n 5 --no-group"] {
                compare(&format!("query {form} --all {query}").split(' ').collect::<Vec<_>>());
            }
        }
        compare(&["first", "--json", "harbour"]);
        compare(&["timeline", "--json", "harbour"]);
        compare(&["facets", "--json", "people", "harbour"]);
        compare(&["pairs", "--json", "captain"]);
        compare(&["copies", "--json", &near.hits(&["ferry"])[0].id]);
        compare(&["show", "--json", &near.hits(&["tide", "table"])[0].id]);
        for archive in [&near, &far] {
            archive.run(&["new", "notes", "gossip"]);
            archive.run(&["index", "--rebuild", if archive.folder() == near.folder() { &pages } else { &elsewhere }]);
        }
        assert_eq!((news(&near), news(&far)), (String::new(), String::new()));
    }
}

fn news(archive: &Archive) -> String {
    archive.run(&["new", "--json", "notes"]).code(1).stdout
}

#[test]
fn pages_of_a_list_meet_wherever_they_lie() {
    let (archive, pages) = indexed("");
    let (other, elsewhere) = indexed("elsewhere/");
    let args = ["query", "--json", "--no-group", "--versions", "-n", "0", "crane"];
    let whole = printed(&archive, &pages, &args);
    let rows: Vec<rows::Hit> = rows::parse(&whole);
    assert_eq!(rows.len(), 12, "every capture is listed");
    // Where one list breaks off, the list of the other goes on.
    let rest = printed(&other, &elsewhere, &[&args[..], &["--after", rows[4].cursor.as_deref().unwrap()]].concat());
    assert_eq!(rest, whole.split_inclusive('\n').skip(5).collect::<String>());
}

#[test]
fn equal_files_are_captures_of_one_article() {
    let archive = Archive::new();
    fill(&archive.page(""));
    archive.index().code(1);
    let hits = archive.hits(&["tide", "table"]);
    let shown = |archive: &Archive| rows::paths(&archive.hits(&["tide", "table"])).join(" ");
    assert_eq!(hits.len(), 1);
    let first = shown(&archive);
    assert!(["a/same.txt", "b/same.txt"].contains(&&*first), "one of the shortest paths, not {first}");
    let article = archive.run(&["show", "--json", &hits[0].id]).code(0).stdout;
    let article: Value = serde_json::from_str(&article).unwrap();
    assert_eq!(article["captures"].as_array().unwrap().len(), 3);
    // The files that are shown go: another one stands for the article, which keeps its id.
    archive.remove("a/same.txt");
    archive.remove("b/same.txt");
    archive.index().code(1);
    let after = shown(&archive);
    assert!(["same-again.txt", "c/d/e/same.txt"].contains(&&*after), "{after}");
    assert_eq!(archive.hits(&["tide", "table"])[0].id, hits[0].id);
}

#[test]
fn a_page_without_an_address_is_what_it_says() {
    let archive = Archive::with(&[("a.txt", "Eels\n\nThe eels are back in the harbour.")]);
    archive.index().code(0);
    let id = |query: &str| archive.hits(&[query])[0].id.clone();
    let first = id("eels");
    // Moved or packed: the same article.
    archive.remove("a.txt");
    archive.write("b/c.txt", "Eels\n\nThe eels are back in the harbour.");
    archive.index().code(0);
    assert_eq!(id("eels"), first);
    // Edited: another one, and news to whoever has a query saved.
    archive.run(&["new", "eels", "eels"]).code(0);
    archive.write("b/c.txt", "Eels\n\nThe eels are gone from the harbour.");
    archive.index().code(0);
    assert_ne!(id("eels"), first);
    archive.run(&["show", &first]).code(2).complains(&["no article has this id"]);
    let news: Vec<rows::Hit> = rows::parse(&archive.run(&["new", "--json", "eels"]).code(0).stdout);
    assert_eq!(news.iter().map(|hit| &hit.id).collect::<Vec<_>>(), [&id("eels")]);
    archive.run(&["new", "eels"]).code(1).prints("");
}

#[test]
fn roots_in_any_order_show_the_same_files() {
    let archive = Archive::new();
    fill(&archive.folder().join("one"));
    fill(&archive.folder().join("two"));
    let roots = [["one", "two"], ["two", "one"]];
    let shown = roots.map(|[first, second]| {
        let index = format!("index-of-{first}");
        archive.run(&["index", "--index", &index, first, second]).code(1);
        let args = ["query", "--json", "--all", "--no-group", "-n", "0", "--index", &index, "-e", "-zzzz"];
        printed(&archive, "", &args)
    });
    assert_eq!(shown[0], shown[1]);
    assert!(shown[0].lines().all(|line| line.contains(r#"one","path""#)), "of equal paths the first root's");
}
