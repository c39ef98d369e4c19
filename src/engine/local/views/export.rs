//! Everything of a match: article by article, handed on as it is read and kept nowhere.
//!
//! What is held of the whole match is its order, 32 bytes an article; the text of one article at a time.

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::{DocAddress, SegmentReader};

use super::{Scope, Totals, article};
use crate::api::{ExportRow, Row, Taker, VERSION};
use crate::date::Precision;
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::matching::collect;
use crate::index::Reader;
use crate::index::column;
use crate::index::record::{Outcome, PageRecord};
use crate::index::schema::schema;
use crate::index::store::{self, Captures, Stored};

/// One article of a match in the order of rows: when it was published, in seconds since 1970, undated ones last; its id;
/// which capture; where it stands.
pub(crate) type Place = (i64, u64, u64, DocAddress);

/// The articles of the match, earliest published first.
pub(crate) fn in_order(scope: &Scope<'_>) -> Fallible<Vec<Place>> {
    let mut places = Vec::new();
    let open = |_: u32, segment: &SegmentReader| Open::new(scope.reader, segment);
    collect::each(scope.reader, scope.matching, scope.stop, open, |open, ord, doc| {
        let published = open.published.as_ref().and_then(|column| column.first(doc)).unwrap_or(i64::MAX);
        let (id, capture) = (open.id.first(doc).unwrap_or(0), open.captures.rank(doc));
        places.push((published, id, capture, DocAddress::new(ord, doc)));
        Ok(())
    })?;
    places.sort_unstable();
    Ok(places)
}

/// The columns of one segment.
struct Open<'r> {
    id: Column<u64>,
    published: Option<Column<i64>>,
    captures: Captures<'r>,
}

impl<'r> Open<'r> {
    fn new(reader: &'r Reader, segment: &SegmentReader) -> tantivy::Result<Open<'r>> {
        Ok(Open {
            id: column::ID.open(segment)?,
            published: column::PUBLISHED_AT.find(segment)?,
            captures: reader.captures(segment)?,
        })
    }
}

/// Hands every article of the match to `take`, with all that was found in its text where `mentions` says so.
pub(crate) fn articles(scope: &Scope<'_>, mentions: bool, take: &mut Taker<'_>) -> Fallible<Totals> {
    let places = in_order(scope)?;
    let mut stories = FirstOfStory { reader: scope.reader, known: FxHashMap::default() };
    for (_, id, _, address) in &places {
        scope.stop.check()?;
        let mut stored = scope.reader.load(*address)?;
        if mentions {
            stored.read_mentions()?;
        }
        let story = stories.of(*address)?;
        let row = row(stored, *id, mentions, story).ok_or_else(Failure::damaged)?;
        if take(Row::Article(Box::new(row)))?.is_break() {
            break;
        }
    }
    Ok(Totals::ungrouped(places.len() as u64))
}

/// The row of what is stored; `None` for a page that failed.
fn row(stored: Stored, id: u64, with_mentions: bool, story: Option<String>) -> Option<ExportRow> {
    let file = article::file(&stored);
    let Stored { record, body, .. } = stored;
    let Outcome::Page(page) = record.outcome else { return None };
    let PageRecord { article, annotations, dates, captured, sha256, text_sha256, words } = *page;
    let mentions = with_mentions.then(|| article::mentions(&body, &annotations));
    let dated = article.published;
    let day = dated.filter(|dated| dated.stamp.precision() >= Precision::Day);
    Some(ExportRow {
        v: VERSION,
        id: article::hex(id),
        date: dated.map(|dated| dated.stamp.to_string()),
        day: day.map(|dated| dated.stamp.date().to_string()),
        year: dated.map(|dated| dated.stamp.date().year()),
        date_origin: dated.map(|dated| dated.origin.to_string()),
        date_precision: dated.map(|dated| dated.stamp.precision().name().to_owned()),
        modified: article.modified.map(|stamp| stamp.to_string()),
        site: article.site,
        section: article.section,
        lang: article.lang,
        kind: article.kind.name().to_owned(),
        title: Some(article.title).filter(|title| !title.is_empty()),
        byline: article.byline,
        tags: article.tags,
        words,
        lead: article.lead,
        body,
        correction: article.correction,
        people: annotations.people.into_iter().map(|person| person.name).collect(),
        places: annotations.places.iter().map(article::place).collect(),
        dates: dates.iter().map(ToString::to_string).collect(),
        story,
        url: article.url,
        file,
        captured: captured.map(|stamp| stamp.to_string()),
        sha256,
        text_sha256,
        mentions,
    })
}

/// Ids of the first articles of stories, each looked up once.
struct FirstOfStory<'r> {
    reader: &'r Reader,
    /// By the number of the story.
    known: FxHashMap<u32, Option<String>>,
}

impl FirstOfStory<'_> {
    /// Of the story that the article at `address` tells; `None` where it stands alone.
    fn of(&mut self, address: DocAddress) -> Fallible<Option<String>> {
        let stories = self.reader.stories()?;
        let Some(group) = stories.group_of(self.reader.key(address)?) else { return Ok(None) };
        if let Some(id) = self.known.get(&group) {
            return Ok(id.clone());
        }
        let searcher = &self.reader.searcher;
        let first = stories.members(group).into_iter().next().map(|key| store::locate(searcher, schema().1.key, key));
        let first = first.transpose()?.and_then(|found| found.into_iter().next());
        let id = first.map(|first| column::ID.open(searcher.segment_reader(first.segment_ord)).map(|ids| (ids, first)));
        let id = id.transpose()?.and_then(|(ids, first)| ids.first(first.doc_id)).map(article::hex);
        self.known.insert(group, id.clone());
        Ok(id)
    }
}
