use std::path::PathBuf;

use tantivy::schema::{Field, Value as _};

use super::*;
use crate::annotate::{Headline, Mention, Person};
use crate::date::{Date, Interval, Stamp};
use crate::extract::{DateOrigin, Dated, Kind};
use crate::input::{ContainerEntry, Format};
use crate::text::Span;

/// One document and what is kept of it.
struct Mapped {
    doc: TantivyDocument,
    identity: Identity,
    fingerprint: Fingerprint,
}

impl Mapped {
    fn texts(&self, field: impl Fn(&Fields) -> Field) -> Vec<&str> {
        self.doc.get_all(field(&schema().1)).filter_map(|value| value.as_str()).collect()
    }

    fn numbers(&self, field: impl Fn(&Fields) -> Field) -> Vec<u64> {
        self.doc.get_all(field(&schema().1)).filter_map(|value| value.as_u64()).collect()
    }

    /// The terms of a text field, one a line, with blanks for lines and without empty ones.
    fn terms(&self, field: impl Fn(&Fields) -> Field) -> String {
        self.texts(field).iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
    }

    fn bytes(&self, field: impl Fn(&Fields) -> Field) -> &[u8] {
        self.doc.get_first(field(&schema().1)).and_then(|value| value.as_bytes()).expect("stored bytes")
    }

    fn record(&self) -> Record {
        record::decode(self.bytes(|f| f.record)).expect("a record")
    }
}

fn source(root: &str, path: &str) -> Source {
    Source { root: root.into(), path: path.into(), locator: None, size: 12, mtime: 34 }
}

/// A page whose bytes have this digest, in hex.
fn page_of(sha256: &str) -> Page {
    Page {
        format: Format::Html,
        text: String::new(),
        url: None,
        folder: None,
        captured: None,
        encoding: "UTF-8",
        sha256: sha256.repeat(64 / sha256.len()),
        notes: Vec::new(),
    }
}

fn map(source: &Source, from: &Page, article: Article, annotations: Annotations) -> Mapped {
    let place = (Location::new(0, source), Made::NOTHING);
    let mapped = page(source, from, article, annotations, place, &mut StemCache::default());
    let (doc, identity, fingerprint) = mapped.expect("a document");
    Mapped { doc, identity, fingerprint }
}

fn of_article(article: Article) -> Mapped {
    map(&source("/srv/archive", "a.html"), &page_of("ab"), article, Annotations::default())
}

fn of_source(source: &Source) -> Mapped {
    map(source, &page_of("ab"), Article::default(), Annotations::default())
}

fn stamp(text: &str) -> Stamp {
    Stamp::parse_iso(text).expect("a stamp")
}

fn day(text: &str) -> Interval {
    Interval::day(text.parse::<Date>().expect("a day"))
}

fn mention(body: &str, surface: &str, value: Value) -> Mention {
    let start = body.find(surface).expect("it stands in the body");
    Mention { span: Span::new(start, start + surface.len()), value, confidence: 0.5, rule: "test".to_owned() }
}

#[test]
fn an_id_comes_from_the_address_or_from_the_bytes() {
    let addressed = || Article { identity: Some("news.example/a".to_owned()), ..Article::default() };
    let id = |root: &str, path: &str, digest: &str, article: Article| {
        map(&source(root, path), &page_of(digest), article, Annotations::default()).identity.id
    };
    let plain = id("/a", "one.html", "ab", Article::default());
    assert_eq!(plain, id("/b/c", "two.html", "ab", Article::default()), "where it lies");
    assert_eq!(plain, id("/a", "one.html", "ab", Article { title: "Eels".to_owned(), ..Article::default() }), "text");
    assert_ne!(plain, id("/a", "one.html", "cd", Article::default()), "bytes");
    let known = id("/a", "one.html", "ab", addressed());
    assert_eq!(known, id("/b", "two.html", "cd", addressed()), "captures of one address");
    assert_ne!(known, plain);
    // Ids are cited: they stay what they are from version to version.
    assert_eq!(known, hash(&[b"address", b"news.example/a"]));
    assert_eq!(plain, hash(&[b"page", "ab".repeat(32).as_bytes()]));
}

#[test]
fn a_key_is_of_the_file_whichever_root_it_was_reached_by() {
    let key = |root: &str, path: &str| key_of(&source(root, path));
    assert_eq!(key("/a", "b/c.html"), key("/a/b", "c.html"));
    assert_ne!(key("/a", "b.html"), key("/b", "b.html"));
}

#[test]
fn a_page_in_a_container_has_a_key_of_its_own_and_that_of_its_file() {
    let within = |outer, inner, name: Option<(&str, u32)>| {
        let entry = name.map(|(name, nth)| ContainerEntry { name: name.to_owned(), nth });
        let source = Source { locator: Some(Locator { outer, inner, entry }), ..source("/a", "crawl.warc") };
        map(&source, &page_of("ab"), Article::default(), Annotations::default())
    };
    let file = of_source(&source("/a", "crawl.warc"));
    assert_eq!((file.identity.parent, file.numbers(|f| f.parent).len()), (0, 0), "a plain file");
    let pages = [
        within(0, 0, None),
        within(9, 0, None),
        within(0, 9, None),
        within(0, 0, Some(("a.html", 0))),
        within(0, 0, Some(("a.html", 1))),
        within(0, 9, Some(("a.html", 0))),
    ];
    let mut keys: Vec<u64> = pages.iter().map(|page| page.identity.key).collect();
    for page in &pages {
        assert_eq!(page.numbers(|f| f.parent), [file.identity.key]);
        assert_eq!(page.identity.parent, file.identity.key);
        assert!(page.record().locator.is_some());
    }
    keys.push(file.identity.key);
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 7);
    let record = within(700, 0, Some(("a.warc.gz", 0)));
    assert_ne!(record.identity.key, within(0, 0, Some(("a.warc.gz", 0))).identity.key, "records of one entry");
}

#[test]
fn captures_are_ordered_by_the_best_time_that_is_known() {
    let dated = |text| Some(Dated { stamp: stamp(text), origin: DateOrigin::Meta });
    let order = |captured: Option<&str>, article: Article| {
        let page = Page { captured: captured.map(stamp), ..page_of("ab") };
        map(&source("/a", "b"), &page, article, Annotations::default()).identity.order
    };
    let both = || Article {
        published: dated("2020-01-01T00:00:00Z"),
        modified: Some(stamp("2021-01-01T00:00:00Z")),
        ..Article::default()
    };
    let at = |text: &str| stamp(text).sort_key();
    assert_eq!(order(None, Article::default()), i64::MIN);
    assert_eq!(order(None, Article { modified: None, ..both() }), at("2020-01-01T00:00:00Z"));
    assert_eq!(order(None, both()), at("2021-01-01T00:00:00Z"));
    assert_eq!(order(Some("2019-05-05T10:00:00Z"), both()), at("2019-05-05T10:00:00Z"), "even where it is earlier");
}

#[test]
fn words_stems_and_layout_stand_on_equal_lines() {
    let mapped = of_article(Article {
        title: "Three Medals".to_owned(),
        body: "Ships came home.\n\nNATO counted them.".to_owned(),
        lang: Some("en".to_owned()),
        ..Article::default()
    });
    assert_eq!((mapped.identity.words, mapped.identity.title_words), (8, 2));
    assert_eq!((mapped.numbers(|f| f.words), mapped.numbers(|f| f.title_words)), (vec![8], vec![2]));
    assert_eq!(mapped.texts(|f| f.title), ["three\nmedals\n"]);
    assert_eq!(mapped.texts(|f| f.title_stem), ["en~three\nen~medal\n"]);
    assert_eq!(mapped.texts(|f| f.body), ["ships\ncame\nhome\nnato\ncounted\nthem\n"]);
    assert_eq!(mapped.texts(|f| f.body_stem), ["en~ship\nen:came\nen:home\nen~nato\nen:count\n\n"]);
    assert_eq!(mapped.texts(|f| f.body_layout), ["p\tc\n\n\np\tu\n\n\n"]);
    // A language without a stemmer has no stems at all.
    let other =
        of_article(Article { title: "Üç medal".to_owned(), lang: Some("sw".to_owned()), ..Article::default() });
    assert_eq!(other.texts(|f| f.title_stem), [""]);
}

#[test]
fn metadata_is_filtered_by() {
    let mapped = of_article(Article {
        byline: vec!["Anna Rossi".to_owned(), "Boris Hobbs".to_owned()],
        section: Some("World News".to_owned()),
        tags: vec!["Black Sea".to_owned(), "eels".to_owned()],
        correction: Some("The bridge is older.".to_owned()),
        site: Some("News.Example.co.uk".to_owned()),
        lang: Some("en".to_owned()),
        kind: Kind::Live,
        published: Some(Dated { stamp: stamp("2020-11-10T08:15:00+04:00"), origin: DateOrigin::Meta }),
        ..Article::default()
    });
    assert_eq!(mapped.terms(|f| f.byline), "anna rossi boris hobbs");
    assert!(mapped.texts(|f| f.byline)[0].contains("rossi\n\n\n"), "no phrase runs from one name into the next");
    assert_eq!(mapped.terms(|f| f.section), "world news");
    assert_eq!(mapped.terms(|f| f.tag), "black sea eels");
    assert_eq!(mapped.texts(|f| f.has), ["correction"]);
    assert_eq!(mapped.texts(|f| f.site), ["news.example.co.uk", "example.co.uk", "co.uk"]);
    assert_eq!(mapped.texts(|f| f.lang), ["en"]);
    assert_eq!(mapped.numbers(|f| f.kind), [kind_number(Kind::Live)]);
    assert_eq!(mapped.numbers(|f| f.published).len(), 1);
    assert_eq!(mapped.fingerprint.published, Some(stamp("2020-11-10T04:15:00Z").sort_key()));
    assert_eq!(mapped.fingerprint.article, mapped.identity.id);
    let bare = of_article(Article::default());
    for field in [|f: &Fields| f.has, |f: &Fields| f.site, |f: &Fields| f.lang] {
        assert!(bare.texts(field).is_empty());
    }
    assert!(bare.numbers(|f| f.published).is_empty() && bare.numbers(|f| f.digest).is_empty());
    assert_eq!((bare.numbers(|f| f.live), bare.numbers(|f| f.failed)), (vec![1], vec![0]));
}

#[test]
fn a_site_is_found_under_its_parents() {
    for (site, expected) in [
        ("news.example.co.uk", "news.example.co.uk example.co.uk co.uk"),
        ("example.com", "example.com"),
        ("localhost", "localhost"),
        ("ŞUŞA.example", "şuşa.example"),
    ] {
        assert_eq!(domains(site).collect::<Vec<_>>().join(" "), expected, "{site}");
    }
    // A site's name where no address is known.
    assert_eq!(domains("The Ledger").collect::<Vec<_>>(), ["the ledger"]);
}

#[test]
fn mentions_are_found_by_what_they_name() {
    let body = "LACHIN, Nov 10 — Anna Rossi of the Harbour Board came on 11 May 2021 and left on 10 May 2021. \
                She had been in Ulduz, and on 11 May 2021 in Lachin.";
    let place = Place {
        id: 147_625,
        name: "Lachin".to_owned(),
        country: "AZ".to_owned(),
        ancestors: vec![587_116, 3_000],
        lat: 39.6,
        lon: 46.5,
        radius_km: 0,
        also: vec!["Our valley".to_owned()],
    };
    let annotations = Annotations {
        mentions: vec![
            mention(body, "LACHIN", Value::Place(0)),
            mention(body, "Anna Rossi", Value::Person(0)),
            mention(body, "Harbour Board", Value::Org),
            mention(body, "11 May 2021", Value::Date(day("2021-05-11"))),
            mention(body, "10 May 2021", Value::Date(day("2021-05-10"))),
            mention(body, "Ulduz", Value::Unplaced),
            mention(body, "11 May 2021", Value::Date(day("2021-05-11"))),
        ],
        places: vec![place],
        people: vec![Person { name: "Anna Rossi".to_owned(), key: "ana rosi".to_owned() }],
        headline: Headline::default(),
    };
    let article = Article { body: body.to_owned(), ..Article::default() };
    let mapped = map(&source("/a", "b"), &page_of("ab"), article, annotations.clone());
    assert_eq!(mapped.numbers(|f| f.dates), [day("2021-05-10").to_column(), day("2021-05-11").to_column()]);
    assert_eq!(mapped.numbers(|f| f.place), [3_000, 147_625, 587_116], "with all that contain it");
    assert_eq!(mapped.numbers(|f| f.dateline), [3_000, 147_625, 587_116]);
    assert_eq!(mapped.terms(|f| f.dateline_words), "lachin nov 10");
    assert_eq!(mapped.terms(|f| f.unplaced), "ulduz our valley");
    assert_eq!(mapped.terms(|f| f.org), "harbour board");
    assert_eq!(mapped.terms(|f| f.person), "ana rosi");
    assert_eq!(mapped.texts(|f| f.people), ["ana rosi\tAnna Rossi"]);
    assert_eq!(mapped.texts(|f| f.orgs), ["harbour board\tHarbour Board"]);
    // The text and the mentions are stored beside the record, once.
    assert_eq!(mapped.texts(|f| f.text), [body]);
    let read = record::read_mentions(mapped.bytes(|f| f.mentions)).expect("mentions");
    assert_eq!(read, annotations.mentions);
    let Outcome::Page(stored) = mapped.record().outcome else { panic!("a page") };
    assert_eq!((stored.article.body.as_str(), stored.annotations.mentions.len()), ("", 0));
    assert_eq!(stored.dates, [day("2021-05-10"), day("2021-05-11")]);
    assert_eq!(stored.annotations.places, annotations.places);
}

#[test]
fn a_failure_keeps_its_reason_and_nothing_to_find() {
    let at = source("/srv/archive", "broken.html");
    let (doc, identity) =
        failure(&at, "binary data, not a page", Location::new(3, &at), Made::NOTHING).expect("written");
    let fingerprint = Fingerprint::default();
    let failed = Mapped { doc, identity, fingerprint };
    assert!(failed.identity.failed && failed.numbers(|f| f.failed) == [1]);
    assert!(failed.numbers(|f| f.live).is_empty() && failed.texts(|f| f.body).is_empty());
    assert_eq!((failed.numbers(|f| f.size), failed.numbers(|f| f.key)), (vec![12], vec![key_of(&at)]));
    let record = failed.record();
    assert!(matches!(&record.outcome, Outcome::Failed(reason) if reason == "binary data, not a page"));
    assert_eq!((record.root, record.path), (PathBuf::from("/srv/archive"), "broken.html".into()));
}

#[test]
fn the_same_page_gives_the_same_document() {
    let article = || Article { title: "Eels".to_owned(), body: "The eels are back.".to_owned(), ..Article::default() };
    assert_eq!(of_article(article()).doc, of_article(article()).doc);
}

/// What the mapping makes of one article, as one digest.
fn digest_of_a_document() -> String {
    let body = "LACHIN, Nov 10 — Anna Rossi of the Harbour Board came on 11 May 2021.\n\nThe eels are back in NATO waters, \
                she said. Four hundred of them were counted by the keeper of the light on the first night of the year.";
    let place = Place {
        id: 147_625,
        name: "Lachin".to_owned(),
        country: "AZ".to_owned(),
        ancestors: vec![587_116],
        lat: 39.6,
        lon: 46.5,
        radius_km: 2,
        also: Vec::new(),
    };
    let annotations = Annotations {
        mentions: vec![
            mention(body, "LACHIN", Value::Place(0)),
            mention(body, "Anna Rossi", Value::Person(0)),
            mention(body, "Harbour Board", Value::Org),
            mention(body, "11 May 2021", Value::Date(day("2021-05-11"))),
            mention(body, "NATO", Value::Unplaced),
        ],
        places: vec![place],
        people: vec![Person { name: "Anna Rossi".to_owned(), key: "ana rosi".to_owned() }],
        headline: Headline { places: vec![0], people: Vec::new() },
    };
    let article = Article {
        title: "Eels are back at Lachin".to_owned(),
        byline: vec!["Boris Hobbs".to_owned()],
        published: Some(Dated { stamp: stamp("2021-05-12T08:15:00+04:00"), origin: DateOrigin::Meta }),
        modified: Some(stamp("2021-05-13T08:15:00+04:00")),
        section: Some("World".to_owned()),
        tags: vec!["eels".to_owned()],
        correction: Some("There were four hundred.".to_owned()),
        site: Some("news.example".to_owned()),
        url: Some("https://news.example/2021/eels".to_owned()),
        identity: Some("news.example/2021/eels".to_owned()),
        lang: Some("en".to_owned()),
        kind: Kind::Article,
        lead: Some("Eels.".to_owned()),
        body: body.to_owned(),
        notes: vec!["a note".to_owned()],
        ..Article::default()
    };
    let page = Page { captured: Some(stamp("2022-01-01T00:00:00Z")), ..page_of("ab") };
    let mapped = map(&source("/srv/archive", "2021/eels.html"), &page, article, annotations);
    let schema = &schema().0;
    let mut values: Vec<String> = mapped
        .doc
        .field_values()
        .map(|(field, value)| {
            let value = (
                value.as_str().map(str::to_owned),
                value.as_bytes().map(<[u8]>::to_vec),
                value.as_u64(),
                value.as_i64(),
            );
            format!("{} {value:?}", schema.get_field_name(field))
        })
        .collect();
    // In which order fields were added does not show.
    values.sort();
    format!("{:016x}", hash(&values.iter().map(|value| value.as_bytes()).collect::<Vec<_>>()))
}

#[test]
fn another_document_of_the_same_article_asks_for_another_version() {
    let now = digest_of_a_document();
    let last = include_str!("versions.tsv").lines().last().and_then(|line| line.split_once('\t')).expect("a line");
    assert_eq!(
        (VERSION, now.as_str()),
        last,
        "the same article gives another document: raise VERSION in document.rs, so that pages are read again, and add the \
         line VERSION, tab, digest to versions.tsv"
    );
}
