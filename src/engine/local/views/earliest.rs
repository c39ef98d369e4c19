//! The earliest article of a match: of all, of each site, of each language.

use std::collections::BTreeMap;

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use super::article::{self, Listed};
use super::{Scope, Totals};
use crate::api::{Earliest, Firsts, Of};
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::matching::collect;
use crate::index::Reader;
use crate::index::column;
use crate::index::schema::schema;
use crate::index::sites::Sites;
use crate::index::store::Captures;

/// Where a first article stands and what it is first by: whether it holds other forms only, seconds since 1970, then id, then
/// rank of the capture.
type First = (bool, i64, u64, u64, DocAddress);

/// The earliest articles of the match. Undated ones are first of nothing.
pub(crate) fn firsts(scope: &Scope<'_>) -> Fallible<(Totals, Firsts)> {
    let mut found: BTreeMap<(Of, String), First> = BTreeMap::new();
    let (mut total, mut undated) = (0, 0);
    let tiers = scope.tiers();
    // When articles were published that hold other forms only.
    let mut others = Vec::new();
    let open =
        |_: u32, segment: &SegmentReader| Ok((Sorted::new(scope.reader, segment)?, tiers.open(scope.reader, segment)?));
    collect::each(scope.reader, scope.matching, scope.stop, open, |(open, tiers), ord, doc| {
        total += 1;
        let Some(published) = open.published.as_ref().and_then(|column| column.first(doc)) else {
            undated += 1;
            return Ok(());
        };
        // What holds the words as they were typed goes before: other forms and spellings may mean another thing.
        let other = !tiers.standing(doc).typed;
        if other {
            others.push(published);
        }
        let (id, capture) = (open.id.first(doc).unwrap_or(0), open.captures.rank(doc));
        let first = (other, published, id, capture, DocAddress::new(ord, doc));
        let site = open.site(doc)?.map(|name| (Of::Site, name));
        let lang = open.lang(doc).map(|name| (Of::Lang, name));
        for place in [Some((Of::All, String::new())), site, lang].into_iter().flatten() {
            found.entry(place).and_modify(|best| *best = first.min(*best)).or_insert(first);
        }
        Ok(())
    })?;
    let mut rows = Vec::with_capacity(found.len());
    let mut found: Vec<((Of, String), First)> = found.into_iter().collect();
    found.sort_by_key(|((of, _), (_, published, id, ..))| (*of, *published, *id));
    let passed_over = match found.first() {
        Some((_, (false, first, ..))) => others.iter().filter(|published| *published < first).count() as u64,
        _ => 0,
    };
    for ((of, name), (other, _, id, _, address)) in found {
        scope.stop.check()?;
        let stored = scope.reader.load(address)?;
        let mut listed = Listed::default();
        listed.as_typed = Some(!other);
        let changed = article::changed(&stored);
        let hit = article::hit(&stored, id, listed).ok_or_else(Failure::damaged)?;
        rows.push(Earliest { of, name: Some(name).filter(|_| of != Of::All), changed, hit });
    }
    Ok((Totals::ungrouped(total), Firsts { undated, passed_over, rows }))
}

/// The columns of one segment by which articles are sorted out.
pub(super) struct Sorted<'r> {
    id: Column<u64>,
    captures: Captures<'r>,
    published: Option<Column<i64>>,
    sites: Sites,
    langs: Vec<String>,
    /// For each document the place of its language in `langs`, from 1; 0 for none.
    lang_of: Vec<u8>,
}

impl<'r> Sorted<'r> {
    pub(super) fn new(reader: &'r Reader, segment: &SegmentReader) -> tantivy::Result<Sorted<'r>> {
        let (langs, lang_of) = languages(segment)?;
        Ok(Sorted {
            id: column::ID.open(segment)?,
            captures: reader.captures(segment)?,
            published: column::PUBLISHED_AT.find(segment)?,
            sites: Sites::open(segment)?,
            langs,
            lang_of,
        })
    }

    /// The language of an article.
    pub(super) fn lang(&self, doc: DocId) -> Option<String> {
        let at = usize::from(*self.lang_of.get(doc as usize)?);
        self.langs.get(at.checked_sub(1)?).cloned()
    }

    /// The site of an article.
    pub(super) fn site(&self, doc: DocId) -> tantivy::Result<Option<String>> {
        Ok(self.sites.of(doc)?.map(str::to_owned))
    }
}

/// The languages of a segment and which one each document is in. There are fewer than 255 of them.
fn languages(segment: &SegmentReader) -> tantivy::Result<(Vec<String>, Vec<u8>)> {
    let index = segment.inverted_index(schema().1.lang)?;
    let mut langs = Vec::new();
    let mut of = vec![0; segment.max_doc() as usize];
    let mut terms = index.terms().stream()?;
    while let Some((lang, info)) = terms.next() {
        langs.push(String::from_utf8_lossy(lang).into_owned());
        let number = u8::try_from(langs.len()).unwrap_or(0);
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if let Some(place) = of.get_mut(postings.doc() as usize) {
                *place = number;
            }
            postings.advance();
        }
    }
    Ok((langs, of))
}
