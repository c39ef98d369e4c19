//! Stored records as output: hits, whole articles, statistics.

use std::collections::BTreeMap;

use tantivy::{DocAddress, DocId, SegmentReader};

use crate::annotate::{Annotations, Mention, Value};
use crate::api::{
    ArticleView, Capture, Failed, Hit, MentionView, Page, PlaceRef, RecordPlace, Snippet, Stats, Story, Teller,
    VERSION, Why,
};
use crate::date::Interval;
use crate::engine::local::failure::Fallible;
use crate::error::Error;
use crate::extract::Kind;
use crate::index::column;
use crate::index::record::{Outcome, PageRecord, Record};
use crate::index::schema::{FORMAT, schema};
use crate::index::store::{self, Stored};
use crate::index::{Age, Reader};

/// What was found in the body of a record, and its language; `None` for a page that failed.
pub(crate) fn annotations(record: &Record) -> Option<(&Annotations, Option<&str>)> {
    page(record).map(|page| (&page.annotations, page.article.lang.as_deref()))
}

/// The language and the title of a record; `None` for a page that failed.
pub(crate) fn lang_and_title(record: &Record) -> Option<(Option<&str>, &str)> {
    page(record).map(|page| (page.article.lang.as_deref(), page.article.title.as_str()))
}

/// What was read of a page; `None` where that failed.
pub(crate) fn page(record: &Record) -> Option<&PageRecord> {
    match &record.outcome {
        Outcome::Page(page) => Some(page),
        Outcome::Failed(_) | Outcome::Container(_) => None,
    }
}

/// What a list knows of an article beside its record. The default is that of an article that stands in no list.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    rank: u64,
    score: f64,
    pub(crate) missing: Vec<String>,
    pub(crate) as_typed: Option<bool>,
    pub(crate) spellings: Vec<String>,
    pub(crate) snippets: Vec<Snippet>,
    pub(crate) story: Option<Story>,
    pub(crate) cursor: Option<String>,
    pub(crate) why: Vec<Why>,
}

impl Listed {
    /// At this place of a list, which counts from 1.
    pub(crate) fn at(rank: u64, score: f64) -> Listed {
        debug_assert!(rank > 0, "a list counts from 1; 0 is for articles that stand in none");
        Listed { rank, score, ..Listed::default() }
    }
}

/// The hit of what is stored of an article, as it is `listed`; `None` for a page that failed.
pub(crate) fn hit(stored: &Stored, id: u64, listed: Listed) -> Option<Hit> {
    let page = page(&stored.record)?;
    let Listed { rank, score, missing, as_typed, spellings, snippets, story, cursor, why } = listed;
    let article = &page.article;
    let dated = article.published;
    Some(Hit {
        id: hex(id),
        rank,
        score,
        missing,
        as_typed,
        spellings,
        title: title(page),
        date: dated.map(|dated| dated.stamp.to_string()),
        date_origin: dated.map(|dated| dated.origin.to_string()),
        date_precision: dated.map(|dated| dated.stamp.precision().name().to_owned()),
        site: article.site.clone(),
        lang: article.lang.clone(),
        byline: article.byline.clone(),
        kind: article.kind.name().to_owned(),
        words: page.words,
        people: page.annotations.people.iter().map(|person| person.name.clone()).collect(),
        places: page.annotations.places.iter().map(place).collect(),
        dates: page.dates.iter().map(ToString::to_string).collect(),
        snippets,
        story,
        url: article.url.clone(),
        file: file(stored),
        captured: page.captured.map(|stamp| stamp.to_string()),
        sha256: page.sha256.clone(),
        text_sha256: page.text_sha256.clone(),
        cursor,
        why,
    })
}

/// When an article was changed, where that was in a later year than that of its publication.
pub(crate) fn changed(stored: &Stored) -> Option<String> {
    let article = &page(&stored.record)?.article;
    let (published, modified) = (article.published?.stamp, article.modified?);
    (modified.date().year() > published.date().year()).then(|| modified.to_string())
}

/// One article of a story; `None` for a page that failed. `same` is in percent, as [`Teller::same`] has it.
pub(crate) fn teller(stored: &Stored, id: u64, same: u32) -> Option<Teller> {
    let page = page(&stored.record)?;
    Some(Teller {
        id: hex(id),
        same,
        date: page.article.published.map(|dated| dated.stamp.to_string()),
        site: page.article.site.clone(),
        title: title(page),
        url: page.article.url.clone(),
        file: file(stored),
    })
}

pub(crate) fn hex(id: u64) -> String {
    format!("{id:016x}")
}

fn title(page: &PageRecord) -> Option<String> {
    Some(page.article.title.clone()).filter(|title| !title.is_empty())
}

pub(crate) fn place(place: &crate::annotate::Place) -> PlaceRef {
    let country = Some(place.country.clone()).filter(|country| !country.is_empty());
    PlaceRef { id: place.id, name: place.name.clone(), country }
}

/// The saved page that is stored; `None` for one that failed.
pub(crate) fn capture(stored: &Stored) -> Option<Capture> {
    let page = page(&stored.record)?;
    let captured = page.captured.map(|stamp| stamp.to_string());
    let (sha256, text_sha256) = (page.sha256.clone(), page.text_sha256.clone());
    Some(Capture { page: file(stored), captured, sha256, text_sha256 })
}

pub(crate) fn file(stored: &Stored) -> Page {
    let (root, path) = (&stored.record.root, &stored.record.path);
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
    Page {
        root: root.to_string_lossy().into_owned(),
        path: path.to_str().map(str::to_owned),
        path_bytes: path.to_str().is_none().then(|| data_encoding::BASE64.encode(bytes)),
        index: stored.index.as_ref().map(|index| index.to_string_lossy().into_owned()),
        record: stored.record.locator.as_ref().map(|locator| RecordPlace {
            offset: locator.outer,
            inside: Some(locator.inner).filter(|inside| *inside > 0),
            entry: locator.entry.as_ref().map(|entry| entry.name.clone()),
            nth: locator.entry.as_ref().map_or(0, |entry| entry.nth),
        }),
        file: root.join(path),
    }
}

/// The article with this id, newest capture first among its captures.
pub(crate) fn article(reader: &Reader, id: &str) -> Fallible<ArticleView> {
    let number = number(id)?;
    let mut captures = captures(reader, number, true)?.into_iter();
    let stored = captures.next().ok_or_else(|| Error::no_such_id(id))?;
    let older = captures.filter_map(|stored| capture(&stored)).collect();
    Ok(view(stored, number, older).ok_or_else(|| Error::no_such_id(id))?)
}

/// All captures of the article with this id, newest first; none where there is no such article.
pub(crate) fn captures(reader: &Reader, number: u64, mentions: bool) -> Fallible<Vec<Stored>> {
    let mut captures: Vec<(Age, Stored)> = Vec::new();
    for address in store::locate(&reader.searcher, schema().1.id, number)? {
        let mut stored = reader.load(address)?;
        if mentions {
            stored.read_mentions()?;
        }
        if page(&stored.record).is_some() {
            let age = reader.age(address)?;
            captures.push((age, stored));
        }
    }
    captures.sort_by_key(|(age, _)| std::cmp::Reverse(*age));
    Ok(captures.into_iter().map(|(_, stored)| stored).collect())
}

/// An id as it was typed, as the index has it.
pub(crate) fn number(id: &str) -> Fallible<u64> {
    let number = u64::from_str_radix(id, 16).ok().filter(|_| id.len() == 16);
    Ok(number.ok_or_else(|| Error::no_such_id(id))?)
}

fn view(stored: Stored, id: u64, captures: Vec<Capture>) -> Option<ArticleView> {
    let page = page(&stored.record)?;
    let article = &page.article;
    let mentions = mentions(&stored.body, &page.annotations);
    Some(ArticleView {
        v: VERSION,
        hit: hit(&stored, id, Listed::default())?,
        modified: article.modified.map(|stamp| stamp.to_string()),
        section: article.section.clone(),
        tags: article.tags.clone(),
        correction: article.correction.clone(),
        lead: article.lead.clone(),
        mentions,
        notes: article.notes.clone(),
        captures,
        body: stored.body,
    })
}

/// All mentions in `body` as output shows them, in the order of the text.
pub fn mentions(body: &str, annotations: &Annotations) -> Vec<MentionView> {
    annotations.mentions.iter().map(|mention| mention_view(mention, body, annotations)).collect()
}

fn mention_view(mention: &Mention, body: &str, annotations: &Annotations) -> MentionView {
    let mut view = MentionView {
        start: mention.span.start,
        end: mention.span.end,
        kind: "place",
        text: mention.span.of(body).to_owned(),
        value: None,
        id: None,
        lat: None,
        lon: None,
        radius_km: None,
        rule: mention.rule.clone(),
        confidence: mention.confidence,
    };
    match &mention.value {
        Value::Date(interval) => (view.kind, view.value) = ("date", Some(interval.to_string())),
        Value::Timex(kind, value) => (view.kind, view.value) = (kind.name(), Some(value.clone())),
        Value::Person(at) => {
            view.kind = "person";
            view.value = annotations.people.get(*at as usize).map(|person| person.name.clone());
        }
        Value::Org => view.kind = "org",
        Value::Unplaced => {}
        Value::Place(at) => {
            let Some(place) = annotations.places.get(*at as usize) else { return view };
            view.value = Some(place.name.clone());
            view.id = Some(place.id);
            (view.lat, view.lon, view.radius_km) = (Some(place.lat), Some(place.lon), Some(place.radius_km));
        }
    }
    view
}

/// What is in the index.
pub(crate) fn stats(reader: &Reader) -> Fallible<Stats> {
    let (_, f) = schema();
    let mut stats = Stats {
        v: VERSION,
        index: reader.path().display().to_string(),
        format: FORMAT,
        revision: reader.payload.revision,
        roots: reader.payload.roots.iter().map(|root| root.to_path().display().to_string()).collect(),
        superseded: reader.superseded.len() as u64,
        bytes: store::folder_size(reader.path()),
        ..Stats::default()
    };
    for (ord, segment) in reader.searcher.segment_readers().iter().enumerate() {
        let failed = count_pages(segment, &mut stats)?;
        for doc in failed {
            let stored = reader.load(DocAddress::new(ord as u32, doc))?;
            let reasons = match &stored.record.outcome {
                Outcome::Failed(reason) => vec![reason.clone()],
                Outcome::Container(container) => {
                    stats.containers += 1;
                    for (why, count) in &container.tally.skipped {
                        *stats.skipped.entry(why.name().to_owned()).or_default() += count;
                    }
                    container.tally.lines()
                }
                Outcome::Page(_) => Vec::new(),
            };
            let path = file(&stored).file.display().to_string();
            stats.failed.extend(reasons.into_iter().map(|reason| Failed { path: path.clone(), reason }));
        }
        let index = segment.inverted_index(f.lang)?;
        let mut terms = index.terms().stream()?;
        while let Some((lang, info)) = terms.next() {
            let count = match segment.alive_bitset() {
                None => info.doc_freq,
                Some(alive) => {
                    let postings =
                        index.read_postings_from_terminfo(info, tantivy::schema::IndexRecordOption::Basic)?;
                    postings.doc_freq_given_deletes(alive)
                }
            };
            *stats.languages.entry(String::from_utf8_lossy(lang).into_owned()).or_default() += u64::from(count);
        }
    }
    stats.languages.retain(|_, count| *count > 0);
    let known: u64 = stats.languages.values().sum();
    if stats.pages > known {
        stats.languages.insert(String::new(), stats.pages - known);
    }
    stats.articles = stats.pages - stats.superseded;
    let stories = reader.stories()?;
    stats.stories = stats.articles - (stories.members_in_all() - stories.len()) as u64;
    stats.failed.sort();
    Ok(stats)
}

/// Counts the pages of one segment; returns the documents that failed.
fn count_pages(segment: &SegmentReader, stats: &mut Stats) -> tantivy::Result<Vec<DocId>> {
    let (failed, kind) = (column::FAILED.open(segment)?, column::KIND.open(segment)?);
    let published = column::PUBLISHED.find(segment)?;
    let mut kinds: BTreeMap<u64, u64> = BTreeMap::new();
    let mut out = Vec::new();
    for doc in segment.doc_ids_alive() {
        if failed.first(doc) == Some(1) {
            out.push(doc);
            continue;
        }
        stats.pages += 1;
        *kinds.entry(kind.first(doc).unwrap_or(0)).or_default() += 1;
        match published.as_ref().and_then(|column| column.first(doc)).and_then(Interval::from_column) {
            Some(date) => *stats.years.entry(date.start.year()).or_default() += 1,
            None => stats.undated += 1,
        }
    }
    for (kind, count) in kinds {
        let name = Kind::ALL.get(kind as usize).map_or("other", |kind| kind.name());
        *stats.kinds.entry(name.to_owned()).or_default() += count;
    }
    Ok(out)
}
