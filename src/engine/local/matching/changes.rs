//! When the words of articles changed: the captures that have other words than the one before them.
//!
//! It is no column: an older capture that comes in tomorrow is a change of an article that was written long ago. So it is found
//! among the captures when it is asked for, by their columns alone; signs and capitals are no words.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::filter::{self, Damage, Matching};
use crate::date::{Interval, Stamp};
use crate::index::Reader;
use crate::index::column;

/// Moments of change by article, seconds since 1970; the smallest number where no time is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes(Vec<(u64, i64)>);

impl Changes {
    /// Those of all articles of the index.
    pub(crate) fn of(reader: &Reader) -> tantivy::Result<Changes> {
        let several = several(reader)?;
        let mut captures: HashMap<u64, Vec<(i64, u64, u64)>> = HashMap::new();
        for segment in reader.searcher.segment_readers() {
            let (id, order) = (column::ID.open(segment)?, column::ORDER.open(segment)?);
            let (failed, content) = (column::FAILED.open(segment)?, column::CONTENT.open(segment)?);
            // No article of the segment may have words.
            let digest = column::DIGEST.find(segment)?;
            for doc in segment.doc_ids_alive() {
                let Some(article) = id.first(doc).filter(|id| several.contains(id)) else { continue };
                if failed.first(doc) == Some(1) {
                    continue;
                }
                let digest = digest.as_ref().and_then(|digest| digest.first(doc)).unwrap_or(0);
                let at = order.first(doc).unwrap_or(i64::MIN);
                // Equal times are ordered as captures are: by the digest of their bytes.
                captures.entry(article).or_default().push((at, content.first(doc).unwrap_or(0), digest));
            }
        }
        let mut moments = Vec::new();
        for (article, mut captures) in captures {
            captures.sort_unstable();
            let others = captures.windows(2).filter(|pair| pair[0].2 != pair[1].2);
            moments.extend(others.map(|pair| (article, pair[1].0)));
        }
        Ok(Changes(moments))
    }

    /// The articles that changed at any time.
    pub(crate) fn any(&self, damage: &Damage) -> Matching {
        self.those(damage, |_| true)
    }

    /// The articles that were found changed on one of the days `asked` (in UTC).
    pub(crate) fn within(&self, asked: Interval, damage: &Damage) -> Matching {
        let first = Stamp::day(asked.start).sort_key();
        let last = Stamp::day(asked.end).sort_key().saturating_add(86_399);
        self.those(damage, |at| (first..=last).contains(&at))
    }

    fn those(&self, damage: &Damage, test: impl Fn(i64) -> bool) -> Matching {
        let ids: HashSet<u64> = self.0.iter().filter(|(_, at)| test(*at)).map(|(id, _)| *id).collect();
        filter::among(column::ID, Arc::new(ids), damage)
    }
}

/// Ids of articles with several captures.
fn several(reader: &Reader) -> tantivy::Result<HashSet<u64>> {
    let mut ids = HashSet::new();
    if reader.superseded.is_empty() {
        return Ok(ids);
    }
    for segment in reader.searcher.segment_readers() {
        let (key, id) = (column::KEY.open(segment)?, column::ID.open(segment)?);
        let older =
            segment.doc_ids_alive().filter(|doc| key.first(*doc).is_some_and(|key| reader.superseded.contains(key)));
        ids.extend(older.filter_map(|doc| id.first(doc)));
    }
    Ok(ids)
}
