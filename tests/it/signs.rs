//! Words with signs in or around them, and words of which capitals make others: found whichever way they are written.

use std::sync::LazyLock;

use crate::archive::Archive;
use crate::corpus::name;
use crate::rows::{self, Hit};

/// Pages: name, language, text.
const PAGES: &[(&str, &str, &str)] = &[
    ("hyphen", "en", "The harbour board signed for the ferry with an e-mail, and two e-mails came back at night."),
    ("plain", "en", "The harbour board sent an email about the ferry, and nobody in the town read it for a week."),
    ("bomber", "en", "Two B-52s and a MiG-29 flew over the bay, and the fishermen looked up from their nets."),
    ("coder", "en", "The pupils of the island write C++ in the morning and C# after lunch, said their teacher."),
    (
        "vitamin",
        "en",
        "Vitamin C helps the crews of the ferry in winter, the nurse said, and so does a grade C orange.",
    ),
    ("tag", "en", "Under #HarbourWatch the islanders count seals, and @BayNews prints the numbers each week."),
    ("acronym", "en", "The US envoy came by ferry and met the mayor, who showed him the new lighthouse."),
    ("stops", "en", "An envoy of the U.S. came by boat and met the teacher, but not the mayor of the island."),
    ("pronoun", "en", "Please help us, said the keeper of the lighthouse, and send us oil before the winter."),
    ("health", "en", "The WHO sent two doctors to the island, where eleven pupils had caught measles in a week."),
    ("thousand", "en", "The ferry carried 1,000 crates and 1,234,567 letters in its last year, said the owner."),
    ("million", "de", "Die Fähre trug 2.500 Kisten über die Bucht, und der Kapitän schrieb eine E-Mail an die Werft."),
    ("mail", "de", "Der Hafenmeister schrieb eine Email an die Werft und wartete drei Wochen auf eine Antwort."),
    ("auteur", "fr", "Le co-auteur du livre sur le phare habite au port depuis vingt ans avec ses deux chiens."),
    ("автор", "ru", "Её со-автор живёт у маяка и пишет книгу о рыбаках, которые ушли из старой гавани."),
    ("organ", "en", "The organ of the harbour church was mended by two brothers from the other side of the bay."),
    ("club", "en", "An organization of rowers met at the quay, and its chairman spoke for an hour about oars."),
    ("labour", "en", "The party of labour lost the vote in the harbour ward by eleven votes, a clerk said."),
    ("labor", "en", "Casual labor is paid by the day at the fish market, and the day begins at three."),
    ("tennis", "hr", "Đoković je pobijedio na turniru u luci i zahvalio gledateljima na podršci."),
];

fn archive() -> &'static Archive {
    static ARCHIVE: LazyLock<Archive> = LazyLock::new(|| {
        let archive = Archive::new();
        for (name, lang, text) in PAGES {
            let page = format!(
                "<html lang=\"{lang}\"><head><title>{name}</title></head><body><article><h1>Page {name}</h1><p>{text}</p></article></body></html>"
            );
            archive.write(format!("{name}.html"), page);
        }
        archive.index().code(0);
        archive
    });
    &ARCHIVE
}

#[track_caller]
fn found(query: &str) -> String {
    let run = archive().run(&["query", "--json", "--no-group", "--all", query]);
    assert!(matches!(run.status, Some(0 | 1)), "{query}: {run:?}");
    rows::parse(&run.stdout).iter().map(|hit: &Hit| name(hit.path.as_deref().unwrap())).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_found_whichever_way_they_are_written() {
    let mut wrong = Vec::new();
    for (query, expected) in [
        // As it was typed first, then as others write it.
        ("email lang:en", "plain hyphen"),
        ("e-mail lang:en", "hyphen plain"),
        ("E-Mail Werft", "million mail"),
        ("Email Werft", "mail million"),
        ("coauteur", "auteur"),
        ("соавтор", "автор"),
        ("B-52", "bomber"),
        ("B52", "bomber"),
        ("MiG-29s", "bomber"),
        ("C++", "coder"),
        ("C#", "coder"),
        ("#harbourwatch", "tag"),
        ("HarbourWatch", "tag"),
        ("@BayNews", "tag"),
        ("US", "acronym stops"),
        ("U.S.", "stops acronym"),
        ("us", "pronoun acronym"),
        ("US mayor", "acronym stops"),
        ("WHO", "health"),
        ("1000", "thousand"),
        ("1,000", "thousand"),
        ("1234567", "thousand"),
        ("2500", "million"),
        ("2,500", "million"),
        ("=email", "plain mail"),
        // One word to a stemmer, two to a reader; and two spellings of one.
        ("organ", "organ"),
        ("organisations", "club"),
        ("labor", "labor labour"),
        ("labour", "labour labor"),
        ("Djokovic", "tennis"),
    ] {
        let found = found(query);
        if found != expected {
            wrong.push(format!("{query}: {found}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Beside other words, too: quoted, and close to something.
#[test]
fn signs_count_inside_quotations_and_near_other_words() {
    let mut wrong = Vec::new();
    for (query, expected) in [
        ("\"C++\"", "coder"),
        ("\"C++ in the morning\"", "coder"),
        ("\"write C# in\"", ""),
        ("\"and C# after\"", "coder"),
        ("\"vitamin C helps\"", "vitamin"),
        ("\"C orange\"", "vitamin"),
        ("\"C++ orange\"", ""),
        ("title:\"C++\"", ""),
        ("C++ w/3 island", "coder"),
        ("C++ w/9 orange", ""),
        ("C w/9 orange", "vitamin"),
        ("C# pre/2 lunch", "coder"),
        ("lunch pre/9 C#", ""),
        ("C# w/s (C++ OR nets)", "coder"),
        ("\"under #HarbourWatch the\"", "tag"),
        ("\"and @BayNews prints\"", "tag"),
        ("@BayNews w/3 numbers", "tag"),
        ("@BayNews w/2 numbers", ""),
        ("US w/5 ferry", "acronym"),
        ("US w/5 boat", "stops"),
        ("US w/6 oil", ""),
        ("us w/6 oil", "pronoun"),
        ("ferry -\"C++ in the morning\" lang:en title:coder", ""),
        ("atleast2(C#)", ""),
    ] {
        let found = found(query);
        if found != expected {
            wrong.push(format!("{query}: {found}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_no_article_has_with_its_signs_is_searched_without_them_and_said() {
    let run = archive().run(&["query", "-q", "ferry++"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let run = archive().run(&["query", "ferry++"]);
    assert!(run.stderr.contains("no article holds ferry++ as it is written; searched as ferry"), "{run:?}");
    for query in ["\"the ferry++ in winter\"", "ferry++ w/5 winter"] {
        let run = archive().run(&["query", query]).code(0);
        let notes = run.stderr.matches("no article holds ferry++ as it is written; searched as ferry").count();
        assert_eq!(notes, 1, "{run:?}");
    }
}

#[test]
fn signs_are_marked_in_snippets_with_their_words() {
    for (query, marked) in [
        ("email town", "email town"),
        ("email night", "e-mail night|e-mails"),
        ("e-mail week", "email week"),
        ("C++", "C++"),
        ("US boat", "U.S. boat"),
        ("1000 crates", "1,000 crates"),
        ("#harbourwatch seals", "#HarbourWatch seals"),
    ] {
        let run = archive().run(&["query", "--json", "--no-group", "--all", query]);
        let hit: serde_json::Value = serde_json::from_str(run.stdout.lines().next().unwrap_or_default()).unwrap();
        let text = hit["snippets"][0]["text"].as_str().unwrap();
        let spans = hit["snippets"][0]["marks"].as_array().unwrap();
        let start = hit["snippets"][0]["start"].as_u64().unwrap();
        let place = |at: &serde_json::Value| (at.as_u64().unwrap() - start) as usize;
        let shown: Vec<&str> = spans.iter().map(|mark| &text[place(&mark[0])..place(&mark[1])]).collect();
        for part in marked.split(['|', ' ']) {
            assert!(shown.contains(&part), "{query}: {shown:?} in {text}");
        }
    }
}
