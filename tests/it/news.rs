//! Saved queries and what is new to them: nothing twice, nothing missed.

use std::fs;

use crate::archive::Archive;
use crate::rows;
use crate::stories::{page, sentences};

fn report(site: &str, when: &str, story: usize) -> String {
    page(site, when, &format!("Matter {story} at {site}"), &sentences(story, 0..8))
}

fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("a.html", report("post.example", "2020-01-01", 1));
    archive.index().code(0);
    let run = archive.run(&["new", "talks", "talks"]).code(0).prints("");
    assert!(run.stderr.contains("1 articles match now"), "{run:?}");
    archive
}

/// Paths of what is new.
fn news(archive: &Archive, options: &[&str]) -> Vec<String> {
    let run = archive.run(&[&["new", "--json"], options, &["talks"]].concat());
    let paths: Vec<String> = rows::parse(&run.stdout).into_iter().filter_map(|hit: rows::Hit| hit.path).collect();
    assert_eq!(run.status, Some(i32::from(paths.is_empty())), "{run:?}");
    paths
}

#[test]
fn what_came_since_is_listed_once() {
    let archive = archive();
    assert!(news(&archive, &[]).is_empty());
    archive.write("b.html", report("post.example", "2020-01-02", 2));
    archive.write("c.html", report("wire.example", "2019-01-03", 3));
    archive.index().code(0);
    assert_eq!(news(&archive, &["--peek"]), ["b.html", "c.html"]);
    assert_eq!(news(&archive, &[]), ["b.html", "c.html"]);
    assert!(news(&archive, &[]).is_empty());
    // Neither a page that is read again nor an index made anew is news.
    archive.write(
        "b.html",
        report("post.example", "2020-01-02", 2).replace("</article>", "<p>Corrected since.</p></article>"),
    );
    archive.index().code(0);
    assert!(news(&archive, &[]).is_empty());
    fs::remove_dir_all(archive.folder().join("index")).unwrap();
    archive.write("d.html", report("post.example", "2020-01-04", 4));
    archive.index().code(0);
    assert_eq!(news(&archive, &[]), ["d.html"]);
}

#[test]
fn copies_of_a_story_are_one_line_and_no_news_later() {
    let archive = archive();
    for site in ["one.example", "two.example", "three.example"] {
        archive.write(format!("{site}.html"), report(site, "2020-02-01", 7));
    }
    archive.index().code(0);
    assert_eq!(news(&archive, &["--peek", "--no-group"]).len(), 3);
    assert_eq!(news(&archive, &[]).len(), 1);
    archive.write("late.html", report("late.example", "2020-02-09", 7));
    archive.index().code(0);
    assert!(news(&archive, &[]).is_empty());
}

#[test]
fn runs_at_once_report_each_story_once() {
    let archive = archive();
    // A killed run has left this; a link of that name must not be written through.
    let told = archive.folder().join("state/search/told");
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&told).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let left = names().into_iter().find(|name| !name.contains('.')).unwrap() + ".77.new";
    let precious = archive.folder().join("precious");
    fs::write(&precious, "mine").unwrap();
    std::os::unix::fs::symlink(&precious, told.join(left)).unwrap();
    for round in 2..5 {
        archive.write(format!("{round}.html"), report("post.example", "2020-01-02", round));
        archive.index().code(0);
        let runs: Vec<_> = (0..4).map(|_| archive.start(&["new", "--json", "talks"])).collect();
        let outputs: Vec<_> = runs.into_iter().map(|run| run.wait_with_output().unwrap()).collect();
        let lines: usize =
            outputs.iter().map(|output| output.stdout.iter().filter(|byte| **byte == b'\n').count()).sum();
        assert_eq!(lines, 1, "{outputs:?}");
        let mut codes: Vec<_> = outputs.iter().map(|output| output.status.code()).collect();
        codes.sort_unstable();
        assert_eq!(codes, [Some(0), Some(1), Some(1), Some(1)], "{outputs:?}");
    }
    assert!(names().iter().all(|name| !name.ends_with(".new")), "{:?}", names());
    assert_eq!(fs::read_to_string(precious).unwrap(), "mine");
}

#[test]
fn a_name_is_saved_once_however_many_save_it() {
    let archive = archive();
    let runs: Vec<_> = (0..4).map(|_| archive.start(&["new", "bridge", "bridge"])).collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    }
    let saved = fs::read_to_string(archive.folder().join("search/queries.toml")).unwrap();
    assert_eq!(saved, "talks = \"talks\"\nbridge = \"bridge\"\n");
}

#[test]
fn what_could_not_be_printed_is_news_again() {
    let archive = archive();
    archive.write("b.html", report("post.example", "2020-01-02", 2));
    archive.index().code(0);
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let mut command = crate::archive::program(archive.folder());
    let status = command.args(["new", "--json", "talks"]).stdout(full).stderr(std::process::Stdio::null()).status();
    assert_eq!(status.unwrap().code(), Some(2));
    assert_eq!(news(&archive, &[]), ["b.html"]);
    assert!(news(&archive, &[]).is_empty());
}

#[test]
fn a_feed_is_well_formed() {
    let archive = archive();
    let title = "Talks <end> & \u{202e}begin";
    archive.write(
        "b.html",
        page("post.example", "2020-01-02", "Talks", &sentences(2, 0..8))
            .replace(">Talks<", &format!(">{}<", title.replace('&', "&amp;").replace('<', "&lt;"))),
    );
    archive.index().code(0);
    let feed = archive.run(&["new", "--atom", "talks"]).code(0).stdout;
    assert!(
        feed.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"),
        "{feed}"
    );
    assert!(feed.ends_with("</feed>\n") && feed.matches("<entry>").count() == 1, "{feed}");
    assert!(feed.contains("Talks &lt;end&gt; &amp;") && !feed.contains('\u{202e}'), "{feed}");
    assert!(feed.contains("<updated>2020-01-02T00:00:00Z</updated>"), "{feed}");
    let mut reader = quick_xml::Reader::from_str(&feed);
    reader.config_mut().check_end_names = true;
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    let empty = archive.run(&["new", "--atom", "talks"]).code(1).stdout;
    assert!(!empty.contains("<entry>") && empty.ends_with("</feed>\n"), "{empty}");
}

#[test]
fn queries_are_a_plain_file() {
    let archive = archive();
    let file = archive.folder().join("search/queries.toml");
    assert_eq!(fs::read_to_string(&file).unwrap(), "talks = \"talks\"\n");
    fs::write(&file, "talks = \"talks\"\nbridge = 'hlead(\"no such\")'").unwrap();
    let listed = archive.run(&["new"]).code(0).stdout;
    assert!(listed.starts_with("bridge\thlead(\"no such\")\t-\ntalks\ttalks\t20"), "{listed}");
    archive.run(&["new", "bridge"]).code(1).prints("");
    archive.run(&["new", "third", "--", "-x", "talks"]).code(0);
    assert!(fs::read_to_string(&file).unwrap().ends_with("'\nthird = \"-x talks\"\n"));
    for (args, why) in [
        (&["new", "unknown"][..], "no query is saved as unknown; type it once: search new unknown WORDS"),
        (&["new", "talks", "other"], "talks is saved as: talks; to change it edit "),
        (&["new", "../up", "talks"], "a name is of letters, digits"),
    ] {
        archive.run(args).code(2).prints("").complains(&[why]);
    }
    fs::write(&file, "talks = 3\n").unwrap();
    archive.run(&["new", "talks"]).code(2).complains(&["talks is no text"]);
}
