//! Each writer on an answer made by hand: what people see and what programs read.

use std::io::{self, Write};

use super::*;
use crate::api::{
    Answer, Bucket, By, Earliest, Evidence, Facet, FacetValue, Facets, Firsts, Hit, Hits, Of, Page, Pair, Reading,
    Snippet, Stats, Story, Teller, Timeline, Why, YearRow,
};

fn page(path: &str) -> Page {
    let file = Path::new("/archive").join(path);
    Page { root: "/archive".to_owned(), path: Some(path.to_owned()), path_bytes: None, record: None, index: None, file }
}

/// A short article on a medal.
fn hit() -> Hit {
    Hit {
        id: "00000000000000aa".to_owned(),
        rank: 1,
        score: 2.5,
        missing: Vec::new(),
        as_typed: None,
        spellings: Vec::new(),
        title: Some("A medal, \"gold\"".to_owned()),
        date: Some("2020-12-01T09:12+04:00".to_owned()),
        date_origin: Some("meta".to_owned()),
        date_precision: Some("minute".to_owned()),
        site: Some("ledger.example".to_owned()),
        lang: Some("en".to_owned()),
        byline: vec!["Anna Keller".to_owned(), "Boris Hobbs".to_owned()],
        kind: "article".to_owned(),
        words: 120,
        people: Vec::new(),
        places: Vec::new(),
        dates: Vec::new(),
        snippets: vec![Snippet { start: 5, end: 24, text: "The medal was given.".to_owned(), marks: vec![[9, 14]] }],
        story: None,
        url: Some("https://ledger.example/a".to_owned()),
        file: page("a.html"),
        captured: None,
        sha256: "0".repeat(64),
        text_sha256: "ab".to_owned(),
        cursor: None,
        why: Vec::new(),
    }
}

/// What a writer makes of something.
fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes everything");
    String::from_utf8(out).expect("output is UTF-8")
}

fn listed(total: u64, stories: u64, partial: u64, hits: Vec<Hit>) -> Answer<Hits> {
    Answer { total, stories, body: Hits { partial, hits }, ..Answer::default() }
}

#[test]
fn totals_read_as_a_person_would_say_them() {
    for (total, stories, partial, expected) in [
        (0, 0, 0, "0 articles"),
        (1, 1, 0, "1 article"),
        (1_234, 1_234, 0, "1 234 articles"),
        (5, 2, 0, "5 articles in 2 stories"),
        (5, 1, 0, "5 articles in 1 story"),
        (0, 0, 1, "no article holds all words, 1 holds some"),
        (1, 1, 2, "1 article holds all words, 2 more hold some"),
        (3, 2, 1, "3 articles hold all words, 1 more holds some"),
    ] {
        assert_eq!(totals(&listed(total, stories, partial, Vec::new())), expected);
    }
}

#[test]
fn people_see_headline_facts_sentence_and_file() {
    let shown = written(|out| human(out, &listed(3, 3, 0, vec![hit()]), Style::PLAIN));
    let expected = " 1  A medal, \"gold\"
    2020-12-01 · ledger.example · en
    The **medal** was given.
    00000000000000aa  /archive/a.html

3 articles; more: --offset 1
";
    assert_eq!(shown, expected);
    assert_eq!(written(|out| human(out, &listed(0, 0, 0, Vec::new()), Style::PLAIN)), "0 articles\n");
}

#[test]
fn what_lacks_words_stands_below_a_heading_once() {
    let lacking = |rank| Hit { rank, missing: vec!["gold".to_owned()], snippets: Vec::new(), ..hit() };
    let shown = written(|out| human(out, &listed(1, 1, 2, vec![hit(), lacking(2), lacking(3)]), Style::PLAIN));
    assert_eq!(shown.matches("Some words only:").count(), 1, "{shown}");
    assert_eq!(shown.matches("without: gold").count(), 2, "{shown}");
    assert!(shown.ends_with("1 article holds all words, 2 more hold some\n"), "{shown}");
}

#[test]
fn a_story_says_how_many_copies_there_are_and_which_was_first() {
    let first = Teller {
        id: "00000000000000bb".to_owned(),
        same: 93,
        date: Some("2020-11-30".to_owned()),
        site: None,
        title: None,
        url: None,
        file: page("b.html"),
    };
    let story = Story { articles: 4, matching: 2, first: first.clone(), copies: vec![first] };
    let shown = written(|out| human(out, &listed(4, 1, 0, vec![Hit { story: Some(story), ..hit() }]), Style::PLAIN));
    assert!(shown.contains("+3 copies (1 match), first: a page without a site 2020-11-30\n"), "{shown}");
    assert!(shown.contains("     93 %  2020-11-30        -  (no headline)  00000000000000bb\n"), "{shown}");
}

#[test]
fn programs_read_lines_csv_and_json() {
    let of = |format, query_id| written(|out| hits(out, &[hit()], format, query_id));
    assert_eq!(
        of(HitFormat::Lines, None),
        "2020-12-01T09:12+04:00\t00000000000000aa\tA medal, \"gold\"\t/archive/a.html\n"
    );
    assert!(
        of(HitFormat::Lines, Some("q\t1")).starts_with("q 1\t2020-12-01"),
        "{}",
        of(HitFormat::Lines, Some("q\t1"))
    );
    let csv = of(HitFormat::Csv, None);
    assert!(csv.starts_with("1,00000000000000aa,2.5000,2020-12-01T09:12+04:00,\"A medal, \"\"gold\"\"\","), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&of(HitFormat::Json, Some("7"))).expect("a line is JSON");
    assert_eq!(
        (json["v"].as_u64(), json["query_id"].as_str(), json["words"].as_u64()),
        (Some(1), Some("7"), Some(120))
    );
    assert!(json["story"].is_null() && json.get("cursor").is_none() && json.get("why").is_none(), "{json}");
    let heading = |batch| written(|out| heading(out, HitFormat::Csv, batch));
    assert!(heading(false).starts_with("rank,id,score,date,title,"), "{}", heading(false));
    assert!(heading(true).starts_with("query_id,rank,"), "{}", heading(true));
    assert_eq!(written(|out| super::heading(out, HitFormat::Json, false)), "");
}

#[test]
fn a_line_is_a_file_whatever_its_name_and_raw_paths_are_as_on_the_disk() {
    let odd = Hit { file: page("a\n/archive/\u{202e}b.html"), ..hit() };
    let lines = "/archive/a.html\n$'/archive/a\\n/archive/\\342\\200\\256b.html'\n";
    assert_eq!(written(|out| paths(out, &[hit(), odd.clone()])), lines);
    let raw = "/archive/a.html\0/archive/a\n/archive/\u{202e}b.html\0";
    assert_eq!(written(|out| raw_paths(out, &[hit(), odd])), raw);
}

/// What a terminal obeys, what ends a line and a cell, and what reads backwards.
const FORGED: &str = "\u{1b}[31m\u{9b}2J\u{7}\u{202e}\u{2066}\r\n\t\u{2028}forged";

#[test]
fn people_are_shown_nothing_that_a_terminal_obeys() {
    let teller = Teller {
        id: "00000000000000bb".to_owned(),
        same: 93,
        date: None,
        site: Some(FORGED.to_owned()),
        title: Some(FORGED.to_owned()),
        url: Some(FORGED.to_owned()),
        file: page(FORGED),
    };
    let forged = Hit {
        title: Some(FORGED.to_owned()),
        site: Some(FORGED.to_owned()),
        byline: vec![FORGED.to_owned()],
        url: Some(FORGED.to_owned()),
        file: page(FORGED),
        missing: vec![FORGED.to_owned()],
        spellings: vec![FORGED.to_owned()],
        snippets: vec![Snippet { start: 0, end: FORGED.len() as u32, text: FORGED.to_owned(), marks: Vec::new() }],
        story: Some(Story { articles: 2, matching: 1, first: teller.clone(), copies: vec![teller] }),
        ..hit()
    };
    let template = Template::parse("{title} {path} {url} {byline} {site} {snippet}").expect("a template");
    let hits = [forged.clone()];
    let years_of = [YearRow { date: "2020".to_owned(), articles: 1, stories: 1, hits: hits.to_vec() }];
    let row = Earliest { of: Of::Site, name: Some(FORGED.to_owned()), changed: None, hit: forged.clone() };
    let first = Answer { body: Firsts { undated: 0, passed_over: 0, rows: vec![row] }, ..Answer::default() };
    for (name, text) in [
        ("human", written(|out| human(out, &listed(1, 1, 0, hits.to_vec()), Style::PLAIN))),
        ("years", written(|out| years(out, &years_of, Style::PLAIN))),
        ("firsts", written(|out| firsts(out, &first, Style::PLAIN))),
        ("template", written(|out| template.write(out, &forged))),
        ("footnotes", references(ReferenceFormat::Footnote, &hits)),
        ("bibtex", references(ReferenceFormat::Bibtex, &hits)),
        ("csl", references(ReferenceFormat::Csl, &hits)),
        ("ris", references(ReferenceFormat::Ris, &hits)),
        ("lines", written(|out| super::hits(out, &hits, HitFormat::Lines, None))),
        ("csv", written(|out| super::hits(out, &hits, HitFormat::Csv, None))),
        ("json", written(|out| super::hits(out, &hits, HitFormat::Json, None))),
    ] {
        let raw = |c: &char| !matches!(c, '\n' | '\t') && (crate::text::is_hostile(*c) || crate::text::breaks_line(*c));
        assert_eq!(text.chars().find(raw), None, "{name}: {text:?}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("forged")), "{name}: {text:?}");
    }
}

/// References to `hits`.
fn references(format: ReferenceFormat, hits: &[Hit]) -> String {
    let mut references = References::new(format);
    written(|out| {
        hits.iter().try_for_each(|hit| references.add(out, hit.into()))?;
        references.end(out)
    })
}

#[test]
fn footnotes_can_be_checked() {
    let hits = [hit(), Hit { snippets: Vec::new(), byline: Vec::new(), ..hit() }];
    let note = references(ReferenceFormat::Footnote, &hits);
    let expected = "[1] Anna Keller, Boris Hobbs, “A medal, \"gold\"”, ledger.example, 2020-12-01T09:12+04:00, \
                    https://ledger.example/a: “The medal was given.” (00000000000000aa#5-24, sha256:ab)
[2] “A medal, \"gold\"”, ledger.example, 2020-12-01T09:12+04:00, https://ledger.example/a (00000000000000aa, sha256:ab)
";
    assert_eq!(note, expected);
}

#[test]
fn scores_are_explained_part_by_part() {
    let part = |part: &str, body, weight, score| Why {
        part: part.to_owned(),
        title: 0,
        body,
        forms: 0,
        found: Vec::new(),
        weight,
        score,
    };
    let parts = vec![part("medal", 2, 1.5, 2.0), part("gold", 0, 1.0, 0.0), part("kind", 0, 0.0, -0.5)];
    let lines = why(&[Hit { why: parts, ..hit() }, hit()]);
    let expected = "1 scores 2.5000: medal 2.0000 (weight 1.5000; 2 in the body), gold 0.0000 (weight 1.0000; not found), \
                    kind -0.5000";
    assert_eq!(lines, [expected]);
}

/// Georgia in four articles, and a name that is no place in one.
fn facet_values() -> Facets {
    let place = FacetValue {
        id: Some(614_540),
        country: Some("GE".to_owned()),
        lat: Some(42.0),
        lon: Some(43.5),
        radius_km: Some(200),
        ..FacetValue::new("Georgia", 1_004, "place:Georgia".to_owned())
    };
    let other = FacetValue::new("a, b", 1, "place:\"a, b\"".to_owned());
    Facets { facet: Facet::Places, distinct: 9, values: vec![place, other] }
}

#[test]
fn facets_have_three_forms() {
    let answer =
        Answer { reading: Reading::default(), total: 1_005, stories: 1_005, other_forms: 0, body: facet_values() };
    let shown = written(|out| facets(out, &answer, Style::PLAIN));
    assert_eq!(shown, "1 004  Georgia, GE  place:Georgia\n    1  a, b         place:\"a, b\"\n\n1 005 articles\n");
    let csv = written(|out| facets_csv(out, &answer.body));
    let expected = "value,articles,filter,id,country\nGeorgia,1004,place:Georgia,614540,GE\n\
                    \"a, b\",1,\"place:\"\"a, b\"\"\",,\n";
    assert_eq!(csv, expected);
    let json = written(|out| facets_json(out, &answer.body));
    let expected = r#"{"v":1,"facet":"places","value":"Georgia","articles":1004,"filter":"place:Georgia","id":614540,"country":"GE","lat":42.0,"lon":43.5,"radius_km":200}
{"v":1,"facet":"places","value":"a, b","articles":1,"filter":"place:\"a, b\""}
"#;
    assert_eq!(json, expected);
}

#[test]
fn timelines_have_three_forms() {
    let row = |date: Option<&str>, articles, of, share| Bucket {
        value: None,
        date: date.map(str::to_owned),
        articles,
        of,
        share,
    };
    let rows = vec![row(Some("2019"), 4, Some(8), Some(0.5)), row(None, 1, Some(10), Some(0.1))];
    let body = Timeline { by: By::Year, about: false, rows };
    let answer = Answer { total: 5, stories: 5, body, ..Answer::default() };
    let shown = written(|out| timeline(out, &answer, Style { width: 40, ..Style::PLAIN }));
    // 40 columns less the names (7), the figures (9) and four blanks are 20; a fifth of them is 4.
    let expected =
        format!("2019     4 50.00 %  {}\nundated  1 10.00 %  {}\n\n5 articles\n", "█".repeat(20), "█".repeat(4));
    assert_eq!(shown, expected);
    assert_eq!(written(|out| timeline_csv(out, &answer.body)), "date,articles,of,share\n2019,4,8,0.5\n,1,10,0.1\n");
    assert_eq!(
        written(|out| timeline_json(out, &answer.body)),
        "{\"v\":1,\"date\":\"2019\",\"articles\":4,\"of\":8,\"share\":0.5}\n\
         {\"v\":1,\"date\":null,\"articles\":1,\"of\":10,\"share\":0.1}\n"
    );
}

#[test]
fn pairs_have_three_forms() {
    let evidence = Evidence {
        id: "00000000000000aa".to_owned(),
        date: Some("2020-12-01T09:12+04:00".to_owned()),
        site: None,
        title: None,
        start: 5,
        end: 24,
        text: "Both\nmet.".to_owned(),
    };
    let pair = Pair {
        value: "Oslo".to_owned(),
        id: Some(7),
        country: Some("NO".to_owned()),
        articles: 3,
        stories: 1,
        times: 4,
        evidence: vec![evidence],
    };
    let bare = Pair { value: "Rome".to_owned(), evidence: Vec::new(), stories: 3, country: None, ..pair.clone() };
    let answer = Answer { total: 9, stories: 9, body: vec![pair, bare], ..Answer::default() };
    let shown = written(|out| pairs(out, &answer, Style::PLAIN));
    let expected = "3  Oslo, NO 1 story\n     “Both met.”\n     2020-12-01 · (no headline) · 00000000000000aa#5-24\n\
                    3  Rome\n\n9 articles searched\n";
    assert_eq!(shown, expected);
    let csv = written(|out| pairs_csv(out, &answer.body));
    let expected = "value,articles,stories,times,id,date,site,title,start,end,text\n\
                    Oslo,3,1,4,00000000000000aa,2020-12-01T09:12+04:00,,,5,24,Both met.\nRome,3,3,4,,,,,,,\n";
    assert_eq!(csv, expected);
    let json = written(|out| pairs_json(out, &answer.body[1..]));
    let expected = "{\"v\":1,\"value\":\"Rome\",\"id\":7,\"country\":null,\"articles\":3,\"stories\":3,\"times\":4,\"evidence\":[]}\n";
    assert_eq!(json, expected);
}

#[test]
fn first_articles_stand_below_what_they_are_first_of() {
    let row = |of, name: Option<&str>| Earliest { of, name: name.map(str::to_owned), changed: None, hit: hit() };
    let rows = vec![row(Of::All, None), row(Of::Site, Some("ledger.example")), row(Of::Lang, Some("en"))];
    let answer =
        Answer { total: 5, stories: 5, body: Firsts { undated: 2, passed_over: 0, rows }, ..Answer::default() };
    let shown = written(|out| firsts(out, &answer, Style::PLAIN));
    let line = |name: &str| format!("  2020-12-01 09:12  {name}  A medal, \"gold\"  00000000000000aa\n");
    let expected = format!(
        "First of all\n{}\nFirst of each site\n{}\nFirst in each language\n{}\n5 articles, 2 of them undated\n",
        line("ledger.example"),
        line("ledger.example"),
        line("en")
    );
    assert_eq!(shown, expected);
    let json = written(|out| firsts_json(out, &answer.body));
    assert!(
        json.starts_with("{\"v\":1,\"of\":\"all\",\"name\":null,\"changed\":null,\"id\":\"00000000000000aa\","),
        "{json}"
    );
    assert_eq!(json.lines().count(), 3);
}

#[test]
fn years_have_a_heading_each() {
    let year = |date: &str, stories| YearRow { date: date.to_owned(), articles: 2, stories, hits: vec![hit()] };
    let rows = [year("2019-12-01", 2), year("2020-12-01", 1)];
    let line = "  ledger.example  A medal, \"gold\"  00000000000000aa\n";
    let expected = format!("2019-12-01  2 articles\n{line}\n2020-12-01  2 articles in 1 story\n{line}");
    assert_eq!(written(|out| years(out, &rows, Style::PLAIN)), expected);
    assert!(written(|out| years_json(out, &rows)).starts_with("{\"v\":1,\"date\":\"2019-12-01\",\"articles\":2,"));
}

#[test]
fn statistics_name_what_is_there() {
    let of = |stats: &Stats| written(|out| stats_lines(out, stats));
    let mut stats =
        Stats { index: "ix".to_owned(), format: 6, revision: 2, bytes: 1_500, pages: 3, ..Stats::default() };
    (stats.articles, stats.stories, stats.superseded, stats.undated) = (2, 1, 1, 1);
    stats.kinds.insert("article".to_owned(), 3);
    stats.languages.extend([(String::new(), 1), ("en".to_owned(), 2)]);
    stats.years.insert(2020, 2);
    let expected = "     index ix (format 6, revision 2, 1.5 KB)
  articles 2 to search in 1 story, 1 older capture kept
     kinds article 3
 languages en 2, unknown 1
 published 2020 2, undated 1
    failed 0
";
    assert_eq!(of(&stats), expected);
}

fn stats_lines(out: &mut dyn Write, stats: &Stats) -> io::Result<()> {
    super::stats(out, stats, Style::PLAIN, false)
}

#[test]
fn numbers_read_well() {
    assert_eq!(grouped(0), "0");
    assert_eq!(grouped(1_234_567), "1 234 567");
    assert_eq!(size(999), "999 bytes");
    assert_eq!(size(508_000_000), "508.0 MB");
}

#[test]
fn paint_never_lets_an_escape_through() {
    assert_eq!(Style::PLAIN.paint(Style::BOLD, "a\x1b[31mb\nc"), "a\u{FFFD}[31mb c");
}

#[test]
fn links_are_addresses_whatever_the_path_holds() {
    let style = Style { links: true, ..Style::PLAIN };
    for (path, address) in [
        ("/a/b.html", "file:///a/b.html"),
        ("/a b/50%.html", "file:///a%20b/50%25.html"),
        ("/q?x#y;z", "file:///q%3Fx%23y;z"),
        ("/\x1b]8;;\x07", "file:///%1B]8;;%07"),
        ("/Laçın", "file:///La%C3%A7%C4%B1n"),
    ] {
        assert_eq!(style.link(Path::new(path), "t"), format!("\x1b]8;;{address}\x1b\\t\x1b]8;;\x1b\\"));
    }
    assert_eq!(style.link(Path::new("a.html"), "t"), "t");
    assert_eq!(Style::PLAIN.link(Path::new("/a.html"), "t"), "t");
}

#[test]
fn long_paths_are_cut_in_the_middle() {
    let style = |width| Style { width, ..Style::PLAIN };
    for (path, width, expected) in [
        ("/srv/a.html", 40, "/srv/a.html"),
        ("/srv/archive/courant/2019/05/bridge.html", 40, "/srv/archive/courant/2019/05/bridge.html"),
        ("/srv/archive/courant/2019/05/bridge.html", 32, "/srv/…/2019/05/bridge.html"),
        ("/srv/archive/courant/2019/05/the-bridge-is-closed.html", 32, "/srv/…bridge-is-closed.html"),
        ("/а/архив/новости/2019/мост-закрыт.html", 30, "/а/архив/…/мост-закрыт.html"),
        ("/新闻/档案/二零一九年/五月/大桥关闭了.html", 26, "/新闻/…/大桥关闭了.html"),
    ] {
        let shown = style(width).path(path.as_ref(), 0);
        assert!(unicode_width::UnicodeWidthStr::width(shown.as_str()) <= width, "{shown}");
        assert_eq!(shown, expected);
    }
}
