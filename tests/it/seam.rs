//! The seam: every view through `dyn Engine`, deadlines and cancelling, and that an overview is what its parts are.

use std::path::Path;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use search::api::{
    By, Cited, Engine, Facet, Listing, MatrixAsked, PairsAsked, Per, Request, Snippet, TimelineAsked, VersionName,
    View, Window, With,
};
use search::engine::Local;

use crate::archive::{Archive, CORPUS};
use crate::stories::{jiff_day, page, sentence};

const FACETS: [Facet; 8] = [
    Facet::People,
    Facet::Places,
    Facet::Orgs,
    Facet::About,
    Facet::Sites,
    Facet::Languages,
    Facet::Years,
    Facet::Kinds,
];

/// The engine over the corpus, as front ends hold it.
static ENGINE: LazyLock<Arc<dyn Engine>> = LazyLock::new(|| Arc::new(Local::open(&CORPUS.index()).unwrap()));

fn asked(text: &str) -> Request {
    Request { listing: Listing::All, ..Request::new(text, jiff_day()) }
}

/// Each view once.
fn views(id: &str) -> Vec<View> {
    let id = id.to_owned();
    let pairs = PairsAsked { with: With::People, window: Window::Sentence, evidence: 1, show: None };
    let mut views = vec![
        View::Hits,
        View::Count,
        View::Near,
        View::Timeline(TimelineAsked { by: None, about: false, shares: true }),
        View::Timeline(TimelineAsked { by: Some(By::Day), about: true, shares: false }),
        View::Frequencies(Per::Year),
        View::Firsts,
        View::Pairs(pairs),
        View::Years { day: (12, 2), about: false },
        View::Overview { facets: FACETS.to_vec(), by: None },
        View::Similar { id: id.clone() },
        View::Marks { id: id.clone() },
        View::Copies { id },
        View::Verify(Cited::words("Lachin")),
        View::Versions { id: some_id() },
        View::Diff {
            from: VersionName { id: some_id(), version: Some(1) },
            to: VersionName { id: some_id(), version: None },
        },
        View::Matrix(MatrixAsked {
            names: vec!["Lachin".into(), "medal".into()],
            window: Window::Article,
            evidence: 1,
        }),
    ];
    views.extend(FACETS.map(View::Facets));
    views
}

fn some_id() -> String {
    ENGINE.search(&asked("Lachin")).unwrap().body.hits[0].id.clone()
}

#[test]
fn each_view_has_the_body_that_is_its_own() {
    for view in views(&some_id()) {
        let answer = ENGINE.ask(&asked("Lachin"), &view).unwrap();
        let (variant, body) = (format!("{view:?}"), format!("{:?}", answer.body));
        let head = |text: &str| text.split(['(', ' ', '{']).next().unwrap().to_owned();
        let expected = match head(&variant).as_str() {
            "Similar" => "Hits".to_owned(),
            "Copies" => "Story".to_owned(),
            "Verify" => "Verification".to_owned(),
            other => other.to_owned(),
        };
        assert_eq!(head(&body), expected, "{variant}");
        assert!(answer.total > 0, "{variant}");
    }
}

#[test]
fn nothing_asked_is_nothing_shown_and_a_note() {
    for view in views(&some_id()).into_iter().filter(|view| !is_of_one_article(view)) {
        let answer = ENGINE.ask(&asked("  "), &view).unwrap();
        assert_eq!((answer.total, answer.stories), (0, 0), "{view:?}");
        assert!(answer.reading.notes[0].starts_with("the query is empty; type words"), "{view:?}");
        assert_eq!(answer.reading.query, "", "{view:?}");
    }
}

#[test]
fn a_deadline_that_has_passed_stops_every_view() {
    let late = Request { until: Some(Instant::now()), ..asked("*") };
    for view in views(&some_id()) {
        let error = ENGINE.ask(&late, &view).unwrap_err();
        assert!(error.is_stopped(), "{view:?}: {error}");
    }
    let soon = Request { until: Some(Instant::now() + Duration::from_secs(3_600)), ..asked("*") };
    for view in views(&some_id()) {
        assert!(ENGINE.ask(&soon, &view).is_ok(), "{view:?}");
    }
}

#[test]
fn another_thread_cancels_every_view() {
    let id = some_id();
    for view in views(&id) {
        let cancel = Arc::new(AtomicBool::new(false));
        let request = Request { cancel: Some(Arc::clone(&cancel)), ..asked("*") };
        assert!(ENGINE.ask(&request, &view).is_ok(), "{view:?}");
        std::thread::spawn(move || cancel.store(true, Ordering::Relaxed)).join().unwrap();
        let error = ENGINE.ask(&request, &view).unwrap_err();
        assert!(error.is_stopped() && !error.is_interrupted() && !error.is_busy(), "{view:?}: {error}");
    }
}

#[test]
fn a_view_that_is_under_way_is_cancelled() {
    // Each round asks for pairs of the whole corpus, which reads every article, until the switch is seen.
    let cancel = Arc::new(AtomicBool::new(false));
    let request = Request { cancel: Some(Arc::clone(&cancel)), limit: 0, ..asked("*") };
    let worker = std::thread::spawn(move || {
        let pairs = PairsAsked { with: With::Places, window: Window::Article, evidence: 9, show: None };
        loop {
            if let Err(error) = ENGINE.ask(&request, &View::Pairs(pairs.clone())) {
                return error;
            }
        }
    });
    cancel.store(true, Ordering::Relaxed);
    assert!(worker.join().unwrap().is_stopped());
}

#[test]
fn one_engine_answers_many_threads() {
    let expected = ENGINE.search(&asked("Lachin")).unwrap();
    let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| ENGINE.search(&asked("Lachin")).unwrap())).collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), expected);
    }
}

#[test]
fn an_overview_is_what_its_parts_are() {
    for text in ["*", "Lachin", "medal OR order", "place:Azerbaijan date:2020..", "zzzz", "person:Aliyev -medal"] {
        let request = Request { limit: 5, ..asked(text) };
        let overview = ENGINE.overview(&request, &FACETS, Some(By::Month)).unwrap();
        let hits = ENGINE.search(&request).unwrap();
        assert_eq!(overview.body.hits, hits.body, "{text}");
        assert_eq!((overview.total, overview.stories), (hits.total, hits.stories), "{text}");
        assert_eq!(overview.reading, hits.reading, "{text}");
        for (facet, found) in FACETS.iter().zip(&overview.body.facets) {
            assert_eq!(*found, ENGINE.facets(&request, *facet).unwrap().body, "{text} {facet:?}");
        }
        let asked = TimelineAsked { by: Some(By::Month), about: false, shares: false };
        assert_eq!(overview.body.timeline, ENGINE.timeline(&request, asked).unwrap().body, "{text}");
    }
}

#[test]
fn the_count_of_a_value_is_that_of_the_query_with_its_filter() {
    let queries = [
        "*",
        "Lachin",
        "medal OR order",
        "place:Azerbaijan",
        "lang:en date:2020",
        "person:Aliyev -medal",
        "captured:2020..",
    ];
    let (mut compared, mut beyond) = (0, 0);
    for text in queries {
        for facet in FACETS {
            let request = Request { limit: 25, ..asked(text) };
            let found = ENGINE.facets(&request, facet).unwrap();
            assert_eq!(found.total, ENGINE.count(&request).unwrap().total, "{text} {facet:?}");
            for value in &found.body.values {
                // In brackets: OR and its like would take in only what stands beside them.
                let narrowed = if text == "*" { value.filter.clone() } else { format!("({text}) {}", value.filter) };
                let count = ENGINE.count(&asked(&narrowed)).unwrap();
                assert_eq!(count.total, value.articles, "{narrowed}");
                assert_eq!(value.lat.is_some(), facet == Facet::Places, "{value:?}");
                compared += 1;
            }
            assert!(found.body.distinct >= found.body.values.len() as u64, "{text} {facet:?}");
            beyond += usize::from(found.body.distinct > found.body.values.len() as u64);
        }
    }
    assert!(compared > 300 && beyond > 5, "{compared} counts, {beyond} facets with more than is listed");
}

#[test]
fn places_say_where_they_lie() {
    let found = ENGINE.facets(&asked("Lachin"), Facet::Places).unwrap();
    let lachin = found.body.values.iter().find(|value| value.value == "Lachin").unwrap();
    let (lat, lon) = (lachin.lat.unwrap(), lachin.lon.unwrap());
    assert!((39.0..40.5).contains(&lat) && (46.0..47.0).contains(&lon), "{lachin:?}");
    let line = serde_json::to_string(lachin).unwrap();
    assert!(line.contains("\"lat\":39.") && line.contains("\"radius_km\":"), "{line}");
}

#[test]
fn facets_are_the_same_in_one_segment_and_in_many() {
    let archive = Archive::new();
    let many = tempfile::tempdir().unwrap();
    let index = |folder: &Path| {
        let run = archive.run(&["index", ".", "--index", folder.to_str().unwrap()]);
        assert_eq!(run.status, Some(0), "{run:?}");
    };
    let text = |n: usize| {
        let people = ["Anna Keller", "Boris Hobbs", "Clara Finch"];
        let places = ["Batumi", "Lachin", "Oslo"];
        let (person, place) = (people[n % 3], places[n / 3 % 3]);
        format!("Report {n}\n\n{person} spoke in {place} on 2 December 202{}. {person} left {place}.", n % 4)
    };
    // A commit for every two pages, so that counts of several segments are put together.
    for n in 0..6 {
        archive.write(format!("{n}.txt"), text(n));
        if n % 2 == 1 {
            index(many.path());
        }
    }
    let one = tempfile::tempdir().unwrap();
    index(one.path());
    let (one, many) = (Local::open(one.path()).unwrap(), Local::open(many.path()).unwrap());
    for facet in FACETS {
        let of = |engine: &Local| engine.facets(&asked("*"), facet).unwrap();
        assert_eq!(of(&one).body, of(&many).body, "{facet:?}");
    }
    let people = many.facets(&asked("*"), Facet::People).unwrap().body.values;
    let people: Vec<(&str, u64)> = people.iter().map(|value| (value.value.as_str(), value.articles)).collect();
    assert_eq!(people, [("Anna Keller", 2), ("Boris Hobbs", 2), ("Clara Finch", 2)]);
}

/// What `marks` show, each marked stretch in brackets.
fn shown(marks: &[Snippet]) -> Vec<String> {
    let one = |snippet: &Snippet| {
        let (mut out, mut at) = (String::new(), snippet.start);
        let of = |start: u32, end: u32| &snippet.text[(start - snippet.start) as usize..(end - snippet.start) as usize];
        for [start, end] in &snippet.marks {
            out += &format!("{}[{}]", of(at, *start), of(*start, *end));
            at = *end;
        }
        out + of(at, snippet.end)
    };
    marks.iter().map(one).collect()
}

#[test]
fn marks_are_all_sentences_that_show_something() {
    let archive = Archive::with(&[(
        "a.txt",
        "Harbour\n\nThe harbour of Batumi is open. It rained on Sunday.\n\nShips left the harbours at noon. Batumi slept.",
    )]);
    archive.index().code(0);
    let engine = Local::open(&archive.folder().join("index")).unwrap();
    let id = engine.search(&asked("*")).unwrap().body.hits[0].id.clone();
    let marks = |text: &str| shown(&engine.marks(&id, &asked(text)).unwrap().body);
    assert_eq!(marks("harbour"), ["The [harbour] of Batumi is open.", "Ships left the [harbours] at noon."]);
    // The article lacks one of the words: it is shown what there is all the same.
    assert_eq!(marks("noon volcano"), ["Ships left the harbours at [noon]."]);
    assert_eq!(marks("\"left the\""), ["Ships [left the] harbours at noon."]);
    assert_eq!(marks("place:Batumi"), ["The harbour of [Batumi] is open.", "[Batumi] slept."]);
    assert_eq!(marks("volcano"), Vec::<String>::new());
    assert!(engine.marks("0123456789abcdef", &asked("noon")).unwrap_err().is_no_such_id());
}

#[test]
fn similar_articles_say_which_words_were_looked_for() {
    let sentences = |from: usize| (from..from + 6).map(|number| sentence(1, number)).collect::<Vec<_>>();
    let archive = Archive::with(&[
        ("a.html", &page("a.example", "2020-01-01", "Bridge closed", &sentences(0))),
        ("b.html", &page("b.example", "2020-01-02", "Bridge open", &sentences(20))),
    ]);
    archive.write("c.txt", "Volcano\n\nQuiet.");
    archive.index().code(0);
    let engine = Local::open(&archive.folder().join("index")).unwrap();
    let hits = engine.search(&asked("bridge")).unwrap().body.hits;
    let similar = engine.similar(&hits[0].id, &asked("this text is passed over")).unwrap();
    assert!(similar.reading.query.split(' ').any(|word| word == "bridge"), "{:?}", similar.reading);
    assert!(similar.body.hits.iter().all(|hit| hit.id != hits[0].id && hit.missing.is_empty()));
    // No other article has a word of this one: that is said instead of looking for nothing.
    let alone = engine.search(&asked("volcano")).unwrap().body.hits[0].id.clone();
    let nothing = engine.similar(&alone, &asked("")).unwrap();
    assert_eq!((nothing.total, nothing.body.hits.len()), (0, 0));
    assert_eq!(nothing.reading.notes, ["no word of this article tells it from others and stands in another one too"]);
    archive.run(&["similar", &alone]).code(1).prints("").complains(&["note: no word of this article"]);
}

#[test]
fn there_is_no_engine_without_an_index() {
    assert!(Local::open(Path::new("no-such-folder")).unwrap_err().is_no_index());
}

/// True for a view that passes the text of the request over.
fn is_of_one_article(view: &View) -> bool {
    matches!(
        view,
        View::Similar { .. } | View::Copies { .. } | View::Verify(_) | View::Versions { .. } | View::Diff { .. }
    )
}
