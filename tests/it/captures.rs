//! Several captures of one address are one article.

use crate::archive::Archive;

/// A page of `address` with a modified time and a sentence of its own.
fn page(address: &str, modified: &str, text: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><head><title>Bridge report</title><link rel="canonical" href="{address}">
<meta property="article:published_time" content="2021-03-02T06:00:00Z">
<meta property="article:modified_time" content="{modified}"></head>
<body><article><h1>Bridge report</h1><p>{text} The inspectors walked the bridge from end to end on Tuesday and counted
four hundred bolts, of which eleven were loose and one was missing altogether.</p></article></body></html>"#
    )
}

const ADDRESS: &str = "https://spanandarch.example/2021/03/bridge-report";

fn two_captures() -> Archive {
    let archive = Archive::new();
    archive.write("z-first.html", page(ADDRESS, "2021-03-02T07:00:00Z", "The railing is sound."));
    archive.write("a-second.html", page(ADDRESS, "2021-03-02T19:00:00Z", "The railing is rotten."));
    archive.index().code(0);
    archive
}

#[test]
fn only_the_newest_is_searched_and_counted() {
    let archive = two_captures();
    assert_eq!(archive.paths(&["railing"]), ["a-second.html"]);
    assert_eq!(archive.paths(&["sound"]), [""; 0]);
    archive.run(&["query", "-c", "bridge"]).code(0).prints("1\n");
}

#[test]
fn the_older_one_comes_back_when_the_newest_goes() {
    let archive = two_captures();
    let id = archive.hits(&["rotten"]).remove(0).id;
    archive.remove("a-second.html");
    archive.index().code(0);
    let hits = archive.hits(&["railing"]);
    assert_eq!((hits.len(), hits[0].path.as_deref(), &hits[0].id), (1, Some("z-first.html"), &id));
}

#[test]
fn a_later_run_with_an_older_capture_changes_nothing() {
    let archive = two_captures();
    let before = archive.hits(&["railing"]);
    archive.write("m-oldest.html", page(ADDRESS, "2021-03-02T06:30:00Z", "The railing is painted."));
    archive.index().code(0);
    let after = archive.hits(&["railing"]);
    assert_eq!((after.len(), &after[0].path), (1, &before[0].path));
}

#[test]
fn order_of_runs_does_not_matter() {
    let (one, two) = (Archive::new(), Archive::new());
    let captures = [
        ("first.html", page(ADDRESS, "2021-03-02T07:00:00Z", "The railing is sound.")),
        ("second.html", page(ADDRESS, "2021-03-02T19:00:00Z", "The railing is rotten.")),
    ];
    for (archive, order) in [(&one, [0, 1]), (&two, [1, 0])] {
        for at in order {
            archive.write(captures[at].0, &captures[at].1);
            archive.index().code(0);
        }
    }
    assert_eq!(one.paths(&["railing"]), ["second.html"]);
    assert_eq!(two.paths(&["railing"]), ["second.html"]);
}

#[test]
fn an_address_that_cannot_be_trusted_joins_nothing() {
    for address in ["https://spanandarch.example/", "https://spanandarch.example/news/"] {
        let archive = Archive::new();
        archive.write("one.html", page(address, "2021-03-02T07:00:00Z", "The railing is sound."));
        archive.write("two.html", page(address, "2021-03-02T19:00:00Z", "The tunnel is wet."));
        archive.index().code(0);
        assert_eq!(archive.paths(&["bolts"]), ["one.html", "two.html"], "{address}");
    }
}

#[test]
fn a_copy_from_an_archive_of_the_web_is_a_capture_of_the_original() {
    let archive = Archive::new();
    let copy = format!("https://web.archive.org/web/20210302080000/{}", ADDRESS.replace("https://", "http://www."));
    archive.write("own.html", page(ADDRESS, "2021-03-02T07:00:00Z", "The railing is sound."));
    archive.write("copy.html", page(&copy, "2021-03-02T07:00:00Z", "The railing is rotten."));
    archive.index().code(0);
    let hits = archive.hits(&["railing"]);
    assert_eq!((hits.len(), hits[0].path.as_deref()), (1, Some("copy.html")), "the archive saved it later");
    archive.run(&["query", "--json", "railing"]).code(0).has(&[r#""captured":"2021-03-02T08:00:00Z""#]);
    // Either address names it.
    for address in [ADDRESS, &copy] {
        archive.run(&["show", address]).code(0).has(&["The railing is rotten."]);
    }
}

#[test]
fn a_folder_named_like_a_host_gives_the_site_where_nothing_else_does() {
    let archive = Archive::new();
    let bare = "<html><body><article><h1>Bridge report</h1><p>The inspectors walked the bridge from end to end on Tuesday \
                and counted four hundred bolts.</p></article></body></html>";
    archive.write("mirror/www.oakstead-courier.co.uk/2021/bridge.html", bare);
    archive.write("mirror/notes.zip/2021/bridge.html", format!("{bare}<p>again</p>"));
    archive.write(
        "mirror/oakstead-courier.co.uk/tunnel.txt",
        "Tunnel report\n\nThe tunnel was found to be wet by all who walked it.\n",
    );
    archive.index().code(0);
    assert_eq!(
        archive.paths(&["site:oakstead-courier.co.uk bridge"]),
        ["mirror/www.oakstead-courier.co.uk/2021/bridge.html"]
    );
    assert_eq!(archive.paths(&["site:oakstead-courier.co.uk tunnel"]), ["mirror/oakstead-courier.co.uk/tunnel.txt"]);
    archive.run(&["query", "-c", "bridge"]).code(0).prints("2\n");
}
