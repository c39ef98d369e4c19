//! Copies of one article are one story: grouping, its counts, and that it depends on nothing but the articles.

use std::collections::BTreeSet;
use std::fs;

use search::api::{Engine, Listing, Request};
use search::engine::Local;

use crate::archive::{Archive, CORPUS};
use crate::rows::{self, Hit, Teller};

/// A page of `site` with these sentences, two a paragraph.
pub(crate) fn page(site: &str, when: &str, title: &str, sentences: &[String]) -> String {
    let paragraphs: String = sentences.chunks(2).map(|pair| format!("<p>{}</p>\n", pair.join(" "))).collect();
    let address = format!("https://{site}/news/{}", title.to_lowercase().replace(' ', "-"));
    let dated = if when.is_empty() {
        String::new()
    } else {
        format!(r#"<meta property="article:published_time" content="{when}">"#)
    };
    format!(
        r#"<!doctype html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{address}">
<meta property="og:url" content="{address}"><meta property="og:type" content="article">{dated}</head>
<body><article><h1>{title}</h1>
{paragraphs}</article></body></html>"#
    )
}

/// Sentence `number` of story `story`; no other has its words.
pub(crate) fn sentence(story: usize, number: usize) -> String {
    let word = |n: usize, words: [&'static str; 5]| words[(story * 7 + number * 3 + n) % 5];
    format!(
        "The {} of street {} was {} by {} after {} days of talks that nobody {} had followed.",
        word(0, ["bridge", "school", "harbour", "market", "theatre"]),
        story * 100 + number,
        word(1, ["closed", "sold", "painted", "measured", "rented"]),
        word(2, ["Anna Keller", "Boris Hobbs", "Clara Finch", "David Osborne", "Elena Quill"]),
        story * 31 + number * 17,
        word(3, ["abroad", "there", "indoors", "nearby", "upstairs"]),
    )
}

pub(crate) fn sentences(story: usize, numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|number| sentence(story, number)).collect()
}

/// The pages of an archive: story 1 in four copies, story 2 in two, three articles that stand alone, a stub twice.
fn pages() -> Vec<(&'static str, String)> {
    let stub = ["Watch the film here.".to_owned()];
    vec![
        ("wire.html", page("wire.example", "2019-05-06T09:12:00Z", "Talks end", &sentences(1, 0..10))),
        ("post.html", page("post.example", "2019-05-06T10:40:00Z", "Long talks over", &sentences(1, 0..9))),
        ("herald.html", page("herald.example", "2019-05-07", "Street talks", &sentences(1, (0..10).rev()))),
        ("late.html", page("late.example", "", "Talks", &sentences(1, (2..10).chain(40..41)))),
        ("two.html", page("post.example", "2020-01-02", "Second matter", &sentences(2, 0..8))),
        ("two-again.html", page("wire.example", "2020-01-01", "A second matter", &sentences(2, 0..8))),
        ("three.html", page("post.example", "2020-01-03", "Third matter", &sentences(3, 0..8))),
        ("four.html", page("wire.example", "2020-01-04", "Fourth matter", &sentences(4, 0..8))),
        (
            "half.html",
            page("wire.example", "2020-01-05", "Fifth matter", &{
                let mut mixed = sentences(5, 0..7);
                mixed.extend(sentences(1, 0..3));
                mixed
            }),
        ),
        ("film.html", page("wire.example", "2020-01-06", "A film", &stub)),
        ("other-film.html", page("wire.example", "2020-01-07", "Another film", &stub)),
    ]
}

fn archive() -> Archive {
    let archive = Archive::new();
    pages().iter().for_each(|(path, text)| archive.write(path, text));
    archive.index().code(0);
    archive
}

/// One line for each story: paths of the articles that tell it, sorted.
fn stories(archive: &Archive) -> BTreeSet<String> {
    let run = archive.run(&["query", "--json", "--copies", "-n", "0", "*"]).code(0);
    let line = |hit: Hit| {
        let mut paths: Vec<String> = hit.path.into_iter().collect();
        paths.extend(hit.story.into_iter().flat_map(|story| story.copies).filter_map(|copy| copy.path));
        paths.sort();
        paths.join(" ")
    };
    rows::parse(&run.stdout).into_iter().map(line).collect()
}

const STORIES: [&str; 7] = [
    "film.html",
    "four.html",
    "half.html",
    "herald.html late.html post.html wire.html",
    "other-film.html",
    "three.html",
    "two-again.html two.html",
];

#[test]
fn copies_are_one_story_and_others_are_not() {
    assert_eq!(stories(&archive()).iter().map(String::as_str).collect::<Vec<_>>(), STORIES);
}

#[test]
fn a_story_is_one_line_with_its_first() {
    let archive = archive();
    let run = archive.run(&["query", "--json", "--all", "-n", "0", "title:talks"]).code(0);
    let hits: Vec<Hit> = rows::parse(&run.stdout);
    assert_eq!(hits.len(), 1);
    let story = hits[0].story.as_ref().unwrap();
    assert_eq!((story.articles, story.matching, story.copies.len()), (4, 4, 0));
    let first = &story.first;
    assert_eq!((first.date.as_deref(), first.site.as_deref()), (Some("2019-05-06T09:12:00Z"), Some("wire.example")));
    let run = archive.run(&["query", "--json", "--all", "title:over"]).code(0);
    let story = rows::parse::<Hit>(&run.stdout).remove(0).story.unwrap();
    assert_eq!((story.articles, story.matching), (4, 1), "the first one need not match");
    assert_eq!(story.first.path.as_deref(), Some("wire.html"));
    let cells = archive.run(&["query", "--format", "{copies} {first}", "--all", "title:over"]).code(0).stdout;
    assert_eq!(cells, format!("3 {}\n", story.first.id));
}

#[test]
fn all_articles_are_listed_on_request() {
    let archive = archive();
    let lines = |args: &[&str]| {
        let run = archive.run(&[&["query"], args, &["--all", "-n", "0", "title:talks"]].concat()).code(0);
        run.stdout.lines().count()
    };
    assert_eq!((lines(&[]), lines(&["--no-group"]), lines(&["--copies"]), lines(&["-l"])), (1, 4, 4, 4));
    assert_eq!((lines(&["--json"]), lines(&["--json", "--no-group"])), (1, 4));
    archive.run(&["query", "-c", "title:talks"]).code(0).prints("4\n");
    archive.run(&["query", "-c", "--stories", "title:talks"]).code(0).prints("1\n");
    let ungrouped: Vec<Hit> = rows::parse(&archive.run(&["query", "--json", "--no-group", "title:talks"]).stdout);
    assert!(ungrouped.iter().all(|hit| hit.story.is_none()));
}

#[test]
fn copies_of_one_article() {
    let archive = archive();
    let id = archive.hits(&["title:over"]).remove(0).id;
    let copies: Vec<Teller> = rows::parse(&archive.run(&["copies", "--json", &id]).code(0).stdout);
    let shown: Vec<(&str, u32)> = copies.iter().map(|copy| (copy.path.as_deref().unwrap(), copy.same)).collect();
    assert_eq!(shown, [("wire.html", 90), ("post.html", 100), ("herald.html", 90), ("late.html", 77)]);
    assert_eq!(archive.run(&["copies", &id]).code(0).stdout.lines().count(), 4);
    let alone = archive.hits(&["title:third"]).remove(0).id;
    let run = archive.run(&["copies", "--json", &alone]).code(1);
    assert_eq!(rows::parse::<Teller>(&run.stdout).len(), 1);
    archive.run(&["copies", "0123456789abcdef"]).code(2).complains(&["0123456789abcdef"]);
}

#[test]
fn neither_order_nor_history_matters() {
    let all = pages();
    for order in [vec![10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], vec![3, 0, 7, 1, 9, 2, 5, 8, 4, 10, 6]] {
        let archive = Archive::new();
        for part in order.chunks(3) {
            part.iter().for_each(|at| archive.write(all[*at].0, &all[*at].1));
            archive.index().code(0);
        }
        assert_eq!(stories(&archive).iter().map(String::as_str).collect::<Vec<_>>(), STORIES, "{order:?}");
    }
}

#[test]
fn what_came_and_went_leaves_nothing() {
    let archive = archive();
    let before = stories(&archive);
    // It would join what stands alone with story 2.
    archive.write("more.html", page("more.example", "2020-02-01", "More", &sentences(3, 0..8)));
    archive.write("three.html", page("post.example", "2020-01-03", "Third matter", &sentences(2, 0..8)));
    archive.index().code(0);
    assert!(stories(&archive).contains("three.html two-again.html two.html"));
    archive.remove("more.html");
    archive.write("three.html", page("post.example", "2020-01-03", "Third matter", &sentences(3, 0..8)));
    archive.index().code(0);
    assert_eq!(stories(&archive), before);
}

#[test]
fn the_file_of_stories_can_be_lost() {
    let archive = archive();
    let before = stories(&archive);
    let name = |entry: fs::DirEntry| entry.path().to_string_lossy().contains("stories-").then(|| entry.path());
    let file = fs::read_dir(archive.folder().join("index")).unwrap().flatten().find_map(name).unwrap();
    fs::write(&file, "12345678").unwrap();
    assert_eq!(stories(&archive), before, "damaged");
    fs::remove_file(&file).unwrap();
    assert_eq!(stories(&archive), before, "missing");
}

#[test]
fn only_the_newest_capture_tells_a_story() {
    let archive = archive();
    let older = |text: String| {
        text.replace("</head>", r#"<meta property="article:modified_time" content="2019-05-06T09:00:00Z"></head>"#)
    };
    archive.write("old-four.html", older(page("wire.example", "2019-05-06", "Fourth matter", &sentences(1, 0..10))));
    archive.index().code(0);
    assert_eq!(stories(&archive).iter().map(String::as_str).collect::<Vec<_>>(), STORIES);
    let lines = |args: &[&str]| archive.run(&[&["query", "-n", "0", "--all"], args].concat()).stdout.lines().count();
    assert_eq!((lines(&["title:fourth"]), lines(&["--versions", "title:fourth"])), (1, 2));
    assert_eq!((lines(&["title:talks"]), lines(&["title:talks", "captured:none"])), (1, 4), "every capture by itself");
    assert_eq!(lines(&["title:fourth", "captured:none"]), 2);
}

#[test]
fn people_read_one_line_a_story() {
    let archive = archive();
    let shown = crate::screen::on_a_terminal(&archive, &["query", "--all", "title:talks"]);
    assert!(shown.contains("+3 copies, first: wire.example 2019-05-06 09:12"), "{shown}");
    assert!(shown.contains("4 articles in 1 story"), "{shown}");
    let shown = crate::screen::on_a_terminal(&archive, &["query", "--all", "--copies", "title:over"]);
    assert!(shown.contains("+3 copies (0 match), first: wire.example"), "{shown}");
    assert!(shown.contains(" 90 %  2019-05-06 09:12  wire.example  Talks end"), "{shown}");
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Dice {
        Dice(42)
    }

    pub(crate) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        of[(self.0 >> 33) as usize % of.len()]
    }

    /// A query of one to three parts.
    pub(crate) fn query(&mut self) -> String {
        const PARTS: [&str; 18] = [
            "bridge",
            "street",
            "talks",
            "matter",
            "-harbour",
            "title:talks",
            "site:wire.example",
            "lang:en",
            "date:2020",
            "date:none",
            "kind:article",
            "words:>50",
            "\"of street\"",
            "(sold OR painted)",
            "atleast3(talks)",
            "film",
            "place:London",
            "zzzz",
        ];
        let count = self.one(&["1", "2", "3"]).parse().unwrap();
        (0..count).map(|_| self.one(&PARTS)).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn counts_are_the_lengths_of_lists() {
    let archive = archive();
    let engine = Local::open(&archive.folder().join("index")).unwrap();
    let mut dice = Dice::new();
    let mut found = 0;
    for _ in 0..1000 {
        let text = dice.query();
        let grouped = Request { listing: Listing::All, limit: 0, snippets: 0, ..Request::new(&text, jiff_day()) };
        let single = Request { group: false, ..grouped.clone() };
        let (stories, articles) = (engine.search(&grouped).unwrap(), engine.search(&single).unwrap());
        let count = engine.count(&grouped).unwrap();
        assert_eq!(
            (count.total, count.stories),
            (articles.body.hits.len() as u64, stories.body.hits.len() as u64),
            "{text}"
        );
        assert_eq!((stories.total, stories.stories), (count.total, count.stories), "{text}");
        let told: u64 = stories.body.hits.iter().map(|hit| hit.story.as_ref().map_or(1, |story| story.matching)).sum();
        assert_eq!(told, count.total, "{text}");
        found += usize::from(count.stories < count.total);
    }
    assert!(found > 50, "queries that find a story: {found}");
}

pub(crate) fn jiff_day() -> search::date::Date {
    search::date::Date::constant(2024, 6, 1)
}

#[test]
fn stats_tell_how_many_stories_there_are() {
    let run = archive().run(&["stats", "--json"]).code(0);
    let stats: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((stats["articles"].as_u64(), stats["stories"].as_u64()), (Some(11), Some(7)));
    CORPUS.run("stats", &[]).code(0);
}
