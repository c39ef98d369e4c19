//! `search serve` as a browser sees it: HTTP to the real program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use scraper::{Html, Selector};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::archive::{Archive, CORPUS, Run, package, program};
use crate::corpus;
use crate::rows::{self, Hit};

/// A site that is served until it is dropped.
struct Site {
    child: Child,
    port: u16,
}

/// What came back.
#[derive(Debug)]
struct Answer {
    status: u16,
    /// Names in lower case.
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Site {
    fn of(folder: &Path, index: &Path, options: &[&str]) -> Site {
        let mut command = program(folder);
        command.args(["serve", "--listen", "127.0.0.1:0", "--index"]).arg(index).args(options);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.split('/').next()?.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no address: {line:?}"));
        Site { child, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // A test that hangs tells nothing.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends a request as it is and reads to the end.
    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let cut = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("no head: {bytes:?}"));
        let head = String::from_utf8(bytes[..cut].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Answer { status, headers: headers.collect(), body: bytes[cut + 4..].to_vec() }
    }

    fn with(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = format!("Host: localhost:{}\r\n", self.port);
        self.send(&format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.with("GET", path, "")
    }

    /// A page that is there.
    #[track_caller]
    fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// `path` with a query.
    fn asking(path: &str, pairs: &[(&str, &str)]) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("{path}?{query}")
    }
}

fn of_corpus() -> Site {
    Site::of(package(), &CORPUS.index(), &[])
}

/// What `selector` finds in a page, as the values of `attribute`.
fn values(page: &str, selector: &str, attribute: &str) -> Vec<String> {
    let (page, selector) = (Html::parse_document(page), Selector::parse(selector).unwrap());
    page.select(&selector).filter_map(|element| element.value().attr(attribute)).map(str::to_owned).collect()
}

/// The text of what `selector` finds.
fn texts(page: &str, selector: &str) -> Vec<String> {
    let (page, selector) = (Html::parse_document(page), Selector::parse(selector).unwrap());
    page.select(&selector).map(|element| element.text().collect()).collect()
}

#[test]
fn numbers_and_order_are_those_of_the_command_line() {
    let site = of_corpus();
    for query in corpus::queries() {
        let run = CORPUS.run("query", &["--json", "-n", "50", "-e", query]);
        let typed: Vec<String> = rows::parse::<Hit>(&run.stdout).into_iter().map(|hit| hit.id).collect();
        let total = CORPUS.run("query", &["-c", "-e", query]).stdout.trim().to_owned();
        let pairs = [("q", query), ("limit", "50")];
        let json = site.get(&Site::asking("/api/v1/search", &pairs)).json();
        let ids: Vec<&str> = json["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
        assert_eq!(
            (ids, json["total"].to_string()),
            (typed.iter().map(String::as_str).collect(), total.clone()),
            "{query}"
        );
        assert_eq!(site.get(&Site::asking("/api/v1/count", &pairs)).json()["total"].to_string(), total, "{query}");
        let page = site.page(&Site::asking("/", &pairs));
        let links = values(&page, ".hit h2 a", "href");
        let shown: Vec<&str> = links.iter().map(|link| &link["/a/".len()..][..16]).collect();
        assert_eq!(shown, typed, "{query}");
        assert_eq!(texts(&page, "h1")[0].split(" article").next().unwrap().replace(' ', ""), total, "{query}");
    }
}

#[test]
fn counts_are_those_of_the_command_line() {
    let site = of_corpus();
    for facet in ["people", "places", "orgs", "about", "sites", "languages", "years", "kinds"] {
        let run = CORPUS.run("facets", &[facet, "--json", "Lachin"]);
        let typed: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let json = site.get(&format!("/api/v1/facets/{facet}?q=Lachin&limit=1000")).json();
        let counted = json["values"].as_array().unwrap();
        let pair = |value: &Value| (value["value"].clone(), value["articles"].clone(), value["filter"].clone());
        assert_eq!(counted.iter().map(pair).collect::<Vec<_>>(), typed.iter().map(pair).collect::<Vec<_>>(), "{facet}");
        let page = site.page(&format!("/facets/{facet}?q=Lachin"));
        let shown: Vec<String> = values(&page, ".facet data", "value");
        assert_eq!(shown, typed.iter().map(|value| value["articles"].to_string()).collect::<Vec<_>>(), "{facet}");
    }
    for (address, options) in [("", vec![]), ("&by=year", vec!["--by", "year"]), ("&about=", vec!["--about"])] {
        let run = CORPUS.run("timeline", &[&["--json"][..], &options, &["Lachin"]].concat());
        let typed: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let json = site.get(&format!("/api/v1/timeline?q=Lachin{address}")).json();
        let rows = json["rows"].as_array().unwrap();
        let pair = |row: &Value| (row["date"].clone(), row["articles"].clone());
        assert_eq!(
            rows.iter().map(pair).collect::<Vec<_>>(),
            typed.iter().map(pair).collect::<Vec<_>>(),
            "{options:?}"
        );
        let table = texts(&site.page(&format!("/timeline?q=Lachin{address}")), ".numbers td");
        let some = typed.iter().map(|row| row["articles"].to_string()).filter(|n| n != "0").collect::<Vec<_>>();
        assert_eq!(table, some, "{options:?}");
    }
    for (path, format) in [("/export.jsonl", "--json"), ("/export.csv", "--csv")] {
        let file = site.page(&format!("{path}?q=medal"));
        let run = CORPUS.run("query", &[format, "-n", "0", "medal"]);
        assert_eq!(file.lines().count(), run.stdout.lines().count(), "{path}");
    }
    assert_eq!(site.page("/cite.txt?q=medal"), CORPUS.run("query", &["--cite", "-n", "0", "medal"]).stdout);
}

#[test]
fn every_link_leads_to_a_page_and_none_names_a_place_of_this_machine() {
    let site = of_corpus();
    let mut todo = vec!["/".to_owned(), "/?q=Lachin+medal".to_owned(), "/?q=date%3A2020&sort=-date".to_owned()];
    let mut seen: BTreeSet<String> = todo.iter().cloned().collect();
    let here = [package().to_str().unwrap().to_owned(), CORPUS.index().to_str().unwrap().to_owned()];
    let mut pages = 0;
    while let Some(path) = todo.pop() {
        let answer = site.get(&path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let text = answer.text();
        assert!(!here.iter().any(|place| text.contains(place.as_str())), "{path} names a place of this machine");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.headers.get(name).map(String::as_str), Some(value), "{path}");
        }
        assert!(answer.headers["content-security-policy"].starts_with("default-src 'none'; style-src 'self'"));
        assert!(!answer.headers.keys().any(|name| name.starts_with("access-control")), "{path}");
        pages += 1;
        if !answer.headers["content-type"].starts_with("text/html") {
            continue;
        }
        assert!(!text.contains("<script") && !text.contains(" style="), "{path}");
        let (page, ids) = (Html::parse_document(&text), Selector::parse("[id]").unwrap());
        let ids: Vec<&str> = page.select(&ids).filter_map(|one| one.value().attr("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path}: an id comes twice");
        for link in values(&text, "a, link", "href") {
            let (to, part) = link.split_once('#').map_or((link.as_str(), None), |(to, part)| (to, Some(part)));
            if to.is_empty() {
                assert!(part.is_some_and(|part| ids.contains(&part)), "{path}: {link} leads nowhere");
            } else if !to.starts_with('/') {
                assert!(to.starts_with("https://") || to.starts_with("http://"), "{path}: {link}");
            } else if pages + todo.len() < 400 && seen.insert(to.to_owned()) {
                todo.push(to.to_owned());
            }
        }
    }
    assert!(pages >= 300, "{pages}");
}

#[test]
fn an_article_shows_where_the_question_stands() {
    let site = of_corpus();
    let page = site.page("/a/9546a5dc88fb06f8?q=Lachin+medal");
    let sentences = values(&page, ".s[id]", "id");
    assert_eq!(sentences.len(), 4, "{sentences:?}");
    assert!(
        texts(&page, ".text mark")
            .iter()
            .all(|mark| ["Lachin", "medal", "medals", "Medals", "Laçının"].contains(&mark.as_str()))
    );
    for hit in [values(&site.page("/?q=Lachin+medal"), ".says .at", "href")].concat() {
        let (article, place) = hit.split_once('#').unwrap();
        assert!(values(&site.page(article), ".s", "id").contains(&place.to_owned()), "{hit}");
    }
    assert_eq!(texts(&page, ".text td").len(), 8, "a table is a table");
    let body = site.page("/a/9546a5dc88fb06f8/text");
    let shown: String = texts(&page, ".text p, .text td").concat();
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(bare(&shown), bare(&body), "no word of the text is lost and none comes twice");
    // From right to left, where the text is.
    let arabic = values(&site.page("/?q=lang%3Aar"), ".hit h2 a", "href");
    let page = site.page(arabic[0].split('?').next().unwrap());
    assert_eq!(values(&page, ".text", "dir"), ["rtl"]);
    assert_eq!(values(&page, ".text", "lang"), ["ar"]);
}

#[test]
fn what_is_asked_wrongly_is_said_with_its_status() {
    let site = of_corpus();
    let long = format!("/?q={}", "x".repeat(1001));
    for (path, status, said) in [
        ("/?limt=5", 400, "limt: there is no such parameter"),
        ("/?q=a&q=b", 400, "q: it is given twice"),
        ("/?q=a&limit=0", 400, "limit: from 1 to 50"),
        ("/?q=a&limit=51", 400, "limit: from 1 to 50"),
        ("/?q=a&from=1&from=2", 400, "from: it is given twice"),
        ("/?q=date:soon", 400, "date:soon"),
        ("/?q=a&offset=10001", 400, "offset"),
        (&long, 400, "at most 1000 characters"),
        ("/?q=%22open&strict=", 422, ""),
        ("/a/0000000000000000", 404, "no article has this id"),
        ("/a/../../etc/passwd", 404, ""),
        ("/a/%2e%2e%2fetc", 404, ""),
        ("/facets/authors", 404, "no such facet"),
        ("/timeline?by=hour", 400, "by: one of"),
        ("/help/nothing", 404, "no such text of help"),
        ("/nothing", 404, "there is no such page"),
        ("/archive?x=1", 400, "takes no such value"),
        ("/api/v1/search?limit=101", 400, "limit: from 1 to 100"),
        ("/api/v1/nothing", 404, "there is no such page"),
        ("/api/v1/articles/zz", 404, "no article has this id"),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert!(answer.text().contains(said), "{path}: {}", answer.text());
        if path.starts_with("/api/") {
            let json = answer.json();
            assert!(json["error"]["kind"].is_string() && json["error"]["hint"].is_string(), "{json}");
        }
    }
    let to = site.get("/?q=medal&from=2019&to=2020-05");
    assert_eq!((to.status, to.headers["location"].as_str()), (303, "/?q=medal+date%3A2019..2020-05"));
    assert_eq!(site.page("/?q=medal&from=&to=&snippets=2&sort=score").matches("<h1>").count(), 1);
    assert!(site.page("/?q=lachn+-medal").contains("No article matches."));
}

#[test]
fn only_who_is_sent_by_this_site_may_ask() {
    let site = Site::of(package(), &CORPUS.index(), &["--host", "archive.example"]);
    let ask = |head: &str| site.send(&format!("{head}Connection: close\r\n\r\n")).status;
    for (host, status) in [("evil.example", 421), ("localhost:1", 421), ("archive.example", 200), ("[::1]", 421)] {
        assert_eq!(ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n")), status, "{host}");
    }
    assert_eq!(ask("GET / HTTP/1.0\r\n"), 421, "no name at all");
    for (headers, path, status) in [
        ("Origin: http://evil.example\r\n", "/", 403),
        ("Sec-Fetch-Site: cross-site\r\n", "/api/v1/search?q=medal", 403),
        ("Sec-Fetch-Site: cross-site\r\n", "/export.csv?q=medal", 403),
        ("Sec-Fetch-Site: cross-site\r\n", "/?q=medal", 200),
        ("Sec-Fetch-Site: same-origin\r\n", "/api/v1/search?q=medal", 200),
    ] {
        assert_eq!(site.with("GET", path, headers).status, status, "{headers}{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = site.with(method, "/", "");
        assert_eq!((answer.status, answer.headers["allow"].as_str()), (405, "GET, HEAD"), "{method}");
    }
    let long = site.get(&format!("/?q={}", "x".repeat(9 * 1024)));
    assert_eq!(long.status, 414);
    assert!((400..500).contains(&site.with("GET", "/", &format!("X: {}\r\n", "x".repeat(40 * 1024))).status));
    let run = Run::of(program(package()).args(["serve", "--listen", "0.0.0.0:0", "--index"]).arg(CORPUS.index()));
    run.code(2).complains(&["0.0.0.0:0: only this machine may ask", "--host NAME"]);
    Run::of(program(package()).args(["serve", "--listen", "here"]))
        .code(2)
        .complains(&["here: no address to listen on"]);
}

#[test]
fn slow_and_many_connections_keep_nobody_out() {
    let site = of_corpus();
    let mut slow = site.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    let idle: Vec<TcpStream> = (0..200).map(|_| site.connect()).collect();
    assert_eq!(site.get("/?q=medal").status, 200);
    // The half of a head is given up.
    let mut bytes = Vec::new();
    let _ = slow.read_to_end(&mut bytes);
    assert!(!String::from_utf8_lossy(&bytes).contains("200 OK"));
    drop(idle);
    assert_eq!(site.get("/?q=medal").status, 200);
}

#[test]
fn what_is_known_already_is_not_sent_again() {
    let site = of_corpus();
    let first = site.get("/?q=medal");
    let tag = &first.headers["etag"];
    let again = site.with("GET", "/?q=medal", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = site.with("GET", "/?q=Lachin", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(other.status, 200);
    let head = site.with("HEAD", "/?q=medal", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.headers["content-length"], first.body.len().to_string());
    let packed = site.with("GET", "/?q=medal", "Accept-Encoding: br, gzip\r\n");
    assert_eq!(packed.headers["content-encoding"], "gzip");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, first.body);
    // A page of ten hits is small enough for a slow line.
    assert!(packed.body.len() < 30_000 && first.body.len() < 90_000, "{} {}", packed.body.len(), first.body.len());
    let style = &values(&first.text(), "link[rel=stylesheet]", "href")[0];
    assert!(site.get(style).headers["cache-control"].contains("immutable"));
}

/// A digest of every file below a folder.
fn digests(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), Sha256::digest(fs::read(entry.path()).unwrap()).to_vec())
        })
        .collect()
}

#[test]
fn an_index_may_come_later_be_replaced_and_is_never_written() {
    let page = |text: &str| {
        format!(
            "<title>{text}</title><article><h1>{text}</h1><p>The kestrel was seen over the old harbour at noon.</p></article>"
        )
    };
    let archive = Archive::with(&[("one.html", &page("One"))]);
    let index = archive.folder().join("index");
    let site = Site::of(archive.folder(), &index, &[]);
    let answer = site.get("/?q=kestrel");
    assert_eq!(answer.status, 503);
    assert!(
        answer.text().contains("there is no index yet") && !answer.text().contains(archive.folder().to_str().unwrap())
    );
    assert_eq!(site.get("/healthz").status, 503);
    archive.index();
    assert_eq!(site.get("/api/v1/count?q=kestrel").json()["total"], 1);
    archive.write("two.html", page("Two"));
    archive.index();
    let before = digests(&index);
    assert_eq!(site.get("/api/v1/count?q=kestrel").json()["total"], 2);
    for path in ["/", "/?q=kestrel", "/archive", "/timeline", "/facets/sites", "/export.csv?q=kestrel"] {
        site.page(path);
    }
    assert_eq!(digests(&index), before, "the archive is only read");
    assert!(site.page("/healthz").starts_with("ok, revision "));
    // A commit that cannot be opened leaves the one before in use.
    fs::write(index.join("meta.json"), "{}").unwrap();
    assert_eq!(site.get("/api/v1/count?q=kestrel").json()["total"], 2);
    assert!(site.page("/healthz").starts_with("behind, revision "), "{}", site.page("/healthz"));
}

#[test]
fn a_hostile_page_is_shown_and_runs_nowhere() {
    let evil =
        "\"><script>alert(1)</script><img src=x onerror=alert(2)>' javascript:alert(3) \u{202e}drow \u{7}kestrel";
    let attribute = evil.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let page = format!(
        "<html lang='\"><x'><head><meta charset=utf-8><title>{attribute}</title><meta name=author content=\"{attribute}\">\
         <link rel=canonical href=\"javascript:alert(4)\"><meta property=og:site_name content=\"{attribute}\">\
         <meta property=article:section content=\"{attribute}\"></head><body><article><h1>{attribute}</h1>\
         <p>{attribute} stands in a paragraph that is long enough to be one.</p><p>{}</p></article></body></html>",
        "kestrel".repeat(20_000)
    );
    let archive = Archive::with(&[("evil.html", &page), ("<img src=x onerror=alert(5)>.html", &page)]);
    archive.index();
    let site = Site::of(archive.folder(), &archive.folder().join("index"), &[]);
    let list = site.page("/?q=kestrel&versions=");
    let mut links = values(&list, ".hit h2 a", "href");
    assert!(!links.is_empty(), "{list}");
    links.extend(
        ["/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/facets/people", "/facets/sites", "/archive", "/"]
            .map(str::to_owned),
    );
    links.push("/?%22%3E%3Cscript%3E=1".to_owned());
    for link in links {
        let text = site.get(&link).text();
        let page = Html::parse_document(&text);
        for selector in ["script", "img", "iframe", "[onerror]", "[style]", "x"] {
            assert_eq!(page.select(&Selector::parse(selector).unwrap()).count(), 0, "{link}: {selector}");
        }
        for href in values(&text, "[href]", "href") {
            assert!(href.starts_with('/') || href.starts_with('#') || href.starts_with("http"), "{link}: {href}");
        }
        assert!(!text.contains(['\u{202e}', '\u{7}']), "{link}");
        assert!(!text.contains(archive.folder().to_str().unwrap()), "{link}");
    }
    let json = site.get("/api/v1/search?q=kestrel").text();
    assert!(!json.contains("\"root\"") && !json.contains(archive.folder().to_str().unwrap()), "{json}");
}
