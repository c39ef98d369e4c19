//! Timelines: rows, and that they add up.

use search::api::{By, Engine, Listing, Request, TimelineAsked};
use search::engine::Local;
use serde_json::Value;

use crate::archive::Archive;
use crate::stories::{Dice, jiff_day, page, sentences};

fn archive() -> Archive {
    let archive = Archive::new();
    let dates = ["2019-05-06T09:12:00Z", "2019-05-06", "2019-05-09", "2020-01-02", "2021-02-01", "2021-03-05", "", ""];
    for (number, date) in dates.iter().enumerate() {
        let text = page("post.example", date, &format!("Matter {number}"), &sentences(number, 0..4));
        archive.write(format!("{number}.html"), text);
    }
    archive.index().code(0);
    archive
}

/// The rows with articles as `date articles`, with `of` where it is given.
fn rows(archive: &Archive, args: &[&str]) -> Vec<String> {
    let run = archive.run(&[&["timeline", "--json"], args].concat()).code(0);
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let of = row["of"].as_u64().map(|of| format!("/{of}")).unwrap_or_default();
        format!("{} {}{of}", row["date"].as_str().unwrap_or("undated"), row["articles"])
    };
    run.stdout.lines().map(row).filter(|row| !row.contains(" 0")).collect()
}

#[test]
fn rows_are_as_fine_as_asked() {
    let archive = archive();
    assert_eq!(rows(&archive, &["--by", "year", "talks"]), ["2019 3", "2020 1", "2021 2", "undated 2"]);
    assert_eq!(
        rows(&archive, &["--by=month", "talks"]),
        ["2019-05 3", "2020-01 1", "2021-02 1", "2021-03 1", "undated 2"]
    );
    assert_eq!(
        rows(&archive, &["--by", "day", "talks"]),
        ["2019-05-06 2", "2019-05-09 1", "2020-01-02 1", "2021-02-01 1", "2021-03-05 1", "undated 2"]
    );
}

#[test]
fn shares_are_of_all_articles() {
    let archive = archive();
    let found = rows(&archive, &["--by", "year", "--normalise", "title:0", "OR", "title:7"]);
    assert_eq!(found, ["2019 1/3", "undated 1/2"]);
    let csv = archive.run(&["timeline", "--csv", "--by", "year", "--normalise", "title:0"]).code(0);
    csv.prints("date,articles,of,share\n2019,1,3,0.333333\n");
}

#[test]
fn dates_in_the_text_have_a_timeline_too() {
    let archive = Archive::with(&[
        ("a.txt", "Tides\n\nThe tide of 3 May 2010 was high, and that of 4 May 2010 higher."),
        ("b.txt", "Tides\n\nNobody speaks of the tide of May 2010, but of that in 1999."),
        ("c.txt", "Tides\n\nThe tide is high."),
    ]);
    archive.index().code(0);
    assert_eq!(rows(&archive, &["--about", "--by", "month", "tide"]), ["1999 1", "2010-05 2", "undated 1"]);
}

#[test]
fn rows_add_up_to_the_count() {
    let archive = archive();
    let engine = Local::open(&archive.folder().join("index")).unwrap();
    let mut dice = Dice::new();
    let mut dated = 0;
    for _ in 0..300 {
        let text = dice.query();
        let request = Request { listing: Listing::All, ..Request::new(&text, jiff_day()) };
        let total = engine.count(&request).unwrap().total;
        for by in [None, Some(By::Year), Some(By::Quarter), Some(By::Month), Some(By::Week), Some(By::Day)] {
            let found = engine.timeline(&request, TimelineAsked { by, about: false, shares: true }).unwrap();
            let sum: u64 = found.body.rows.iter().map(|row| row.articles).sum();
            assert_eq!((sum, found.total), (total, total), "{text} {by:?}");
            assert!(found.body.rows.iter().all(|row| row.of >= Some(row.articles)), "{text} {by:?}");
            dated += found.body.rows.iter().filter(|row| row.date.is_some()).count();
        }
    }
    assert!(dated > 100, "{dated}");
}

#[test]
fn people_see_bars_and_programs_lines() {
    let archive = archive();
    let piped = archive.run(&["timeline", "--by", "year", "talks"]).code(0).stdout;
    assert_eq!(piped, "2019\t3\n2020\t1\n2021\t2\nundated\t2\n");
    let shares = archive.run(&["timeline", "--by", "year", "--normalise", "title:0"]).code(0).stdout;
    assert_eq!(shares, "2019\t1\t3\t0.333333\n");
    let shown = crate::screen::on_a_terminal(&archive, &["timeline", "--by", "year", "talks"]);
    let bars: Vec<usize> = shown.lines().map(|line| line.matches('█').count()).collect();
    assert!(bars[0] > bars[2] && bars[2] > bars[1] && bars[1] > 0, "{shown}");
    assert!(shown.starts_with("2019     3  ███") && shown.ends_with("\n\n8 articles\n"), "{shown}");
    archive.run(&["timeline", "zzzz"]).code(1);
}
