//! Other forms of words: in which articles they are found, in which order, and what is said of them.

use std::sync::LazyLock;

use crate::archive::Archive;
use crate::corpus::name;
use crate::rows::{self, Hit};

/// Pages in several languages: name, language, sentences.
const PAGES: &[(&str, &str, &str)] = &[
    (
        "kettle",
        "en",
        "Put the kettle on the stove and put the lid on it. A cook puts salt in, said the cook of the inn.",
    ),
    ("rain", "en", "It rained on the harbour all day. The mayor, Vera Putina, said that the harbour would be closed."),
    ("harbours", "en", "Two harbours were closed. The pilots of both harbours wait at home."),
    (
        "banks",
        "en",
        "On Monday the old ferry ran to the island again, and Peter Banks was on board of it. We met Banks there.",
    ),
    (
        "bank",
        "en",
        "A bank lent money to farmers. Every bank in the town does so, and the bank by the bridge asks for no interest.",
    ),
    ("ro", "ro", "Ieri primarul orașului a spus că sunt puțini bani pentru drumuri și că podul vechi va fi închis."),
    ("ru1", "ru", "Вчера в порту встретили капитана Сомова. Все говорят, что Сомов вернулся домой на старом корабле."),
    ("ru2", "ru", "На берегу ждали Сомова и его команду. Рядом с Сомовым стояли рыбаки из старой деревни."),
    ("it", "it", "Un’altra città d’arte è stata premiata ieri dalla regione, ha detto il sindaco della città."),
    ("az", "az", "Dünən şəhərdə yağış yağdı, limanda gəmilər dayandı və Putina küçəsi bağlandı."),
];

fn archive() -> &'static Archive {
    static ARCHIVE: LazyLock<Archive> = LazyLock::new(|| {
        let archive = Archive::new();
        for (name, lang, text) in PAGES {
            let page = format!(
                "<html lang=\"{lang}\"><head><title>{name}</title></head><body><article><h1>{name} 1</h1><p>{text}</p></article></body></html>"
            );
            archive.write(format!("{name}.html"), page);
        }
        archive.index().code(0);
        archive
    });
    &ARCHIVE
}

/// The hits of `options`, in order.
#[track_caller]
fn hits(options: &[&str]) -> Vec<Hit> {
    let run = archive().run(&[&["query", "--json", "--no-group"], options].concat());
    assert!(matches!(run.status, Some(0 | 1)), "{run:?}");
    rows::parse(&run.stdout)
}

/// The pages of a query, in order.
fn found(options: &[&str]) -> String {
    hits(options).iter().map(|hit| name(hit.path.as_deref().unwrap())).collect::<Vec<_>>().join(" ")
}

#[test]
fn forms_are_found_at_home() {
    for (query, expected) in [
        // No form of a name is a word of another language.
        ("Putina", "az rain"),
        ("puts", "kettle"),
        ("Артем", ""),
        // No form of a name is an ordinary word, but a word may stand in a name.
        ("Banks", "banks"),
        ("banks", "banks"),
        ("bank", "bank banks"),
        // Names have forms where the language gives them some.
        ("Сомов", "ru1 ru2"),
        ("Сомовым", "ru2 ru1"),
        // In the typed form first, whatever the score.
        ("harbour", "rain harbours"),
        ("harbours", "harbours rain"),
        ("=harbours", "harbours"),
    ] {
        assert_eq!(found(&["--all", "-e", query]), expected, "{query}");
    }
    assert_eq!(found(&["--all", "--exact", "-e", "harbour"]), "rain");
    assert_eq!(found(&["--all", "--sort", "words", "-e", "harbours"]), "rain harbours");
}

#[test]
fn what_is_counted_is_said() {
    let said = "1 holds harbour, 1 more only in other forms (turn off: --exact, or = before the word)";
    for options in [&["-c"][..], &["-l"], &[]] {
        let run = archive().run(&[&["query"], options, &["harbour"]].concat()).code(0);
        assert!(run.stderr.contains(said), "{run:?}");
    }
    archive().run(&["query", "-q", "harbour"]).code(0).quiet();
    let run = archive().run(&["query", "-c", "--exact", "harbour"]).code(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("1\n", ""));
    assert!(archive().run(&["query", "-c", "Сомову"]).code(0).stderr.contains("none holds Сомову as typed, 2 only"));
    let typed: Vec<Option<bool>> = hits(&["harbour"]).iter().map(|hit| hit.as_typed).collect();
    assert_eq!(typed, [Some(true), Some(false)]);
}

#[test]
fn a_page_goes_on_behind_the_typed_form() {
    let first = hits(&["-n", "1", "harbour"]).remove(0);
    let next = hits(&["-n", "1", "--after", &first.cursor.unwrap(), "harbour"]);
    assert_eq!((next.len(), next[0].rank, next[0].as_typed), (1, 2, Some(false)));
}

#[test]
fn a_long_question_is_answered_by_score_alone() {
    let words = "ferry island board monday peter harbour";
    let hits = hits(&["-n", "3", words]);
    // No article holds all six.
    assert_eq!(name(hits[0].path.as_deref().unwrap()), "banks", "{hits:?}");
    assert_eq!(hits[0].missing, ["harbour"]);
}
