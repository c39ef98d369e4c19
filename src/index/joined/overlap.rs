//! What several indexes have in common: files that more than one has read, and captures of one article.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::DocId;

use crate::index::column;
use crate::index::location::LocationOrder;
use crate::index::payload::Totals;
use crate::index::state::{Columns, Entry};
use crate::index::store::{Part, Reader};
use crate::index::superseded::Superseded;

/// Documents that are passed over: by the number of their index and of the segment there.
pub(super) type Hidden = FxHashMap<(usize, usize), FxHashSet<DocId>>;

/// What indexes that are asked together have in common.
#[derive(Default)]
pub(super) struct Overlap {
    /// Documents whose file another index has, too, and stands for.
    pub(super) hidden: Hidden,
    /// What the totals of the indexes have of these.
    pub(super) totals: Totals,
    /// Captures that a newer one of any index supersedes.
    pub(super) superseded: Superseded,
}

/// What tells one document from others. Of all documents no more than this is kept in memory.
#[derive(Clone, Copy)]
struct Known {
    key: u64,
    id: u64,
    /// The numbers of its index and of its segment there.
    segment: (usize, usize),
    doc: DocId,
}

impl Overlap {
    /// Of `readers`, whose `parts` say how their roots count in all roots, which have this `order`.
    pub(super) fn of(readers: &[Reader], parts: &[Part], order: &LocationOrder) -> tantivy::Result<Overlap> {
        let mut known = known(readers)?;
        let mut columns = Open { readers, parts, open: FxHashMap::default() };
        let mut out = Overlap::default();
        let mut keys: Vec<Vec<u64>> = vec![Vec::new(); readers.len()];
        // Ids whose captures are not those that one index knows of.
        let mut ids = FxHashSet::default();
        known.sort_unstable_by_key(|one| one.key);
        for one in known.chunk_by(|one, other| one.key == other.key).filter(|same| same.len() > 1) {
            let mut newest_first = Vec::with_capacity(one.len());
            for known in one {
                newest_first.push((Reverse(columns.entry(known)?.mtime), known.segment.0, *known));
            }
            newest_first.sort_by_key(|(time, index, _)| (*time, *index));
            for (.., known) in &newest_first[1..] {
                out.totals = out.totals + Totals::of([columns.entry(known)?].iter());
                out.hidden.entry(known.segment).or_default().insert(known.doc);
                ids.insert(known.id);
            }
        }
        known.sort_unstable_by_key(|one| one.id);
        let mut captures = Vec::new();
        for same in known.chunk_by(|one, other| one.id == other.id) {
            let is_of_one = same.iter().all(|other| other.segment.0 == same[0].segment.0);
            if is_of_one && !ids.contains(&same[0].id) {
                continue;
            }
            for known in same {
                keys[known.segment.0].push(known.key);
                if !out.hidden.get(&known.segment).is_some_and(|hidden| hidden.contains(&known.doc)) {
                    captures.push(columns.entry(known)?);
                }
            }
        }
        let own = readers.iter().zip(&keys).map(|(reader, keys)| reader.superseded.without(keys));
        out.superseded = Superseded::of(captures.iter(), order).with(own);
        Ok(out)
    }
}

/// All living documents.
fn known(readers: &[Reader]) -> tantivy::Result<Vec<Known>> {
    let mut all = Vec::new();
    for (index, reader) in readers.iter().enumerate() {
        for (number, segment) in reader.searcher.segment_readers().iter().enumerate() {
            let (keys, ids) = (column::KEY.open(segment)?, column::ID.open(segment)?);
            all.extend(segment.doc_ids_alive().map(|doc| Known {
                key: keys.first(doc).unwrap_or(0),
                id: ids.first(doc).unwrap_or(0),
                segment: (index, number),
                doc,
            }));
        }
    }
    Ok(all)
}

/// The columns of the segments that were looked at.
struct Open<'r> {
    readers: &'r [Reader],
    parts: &'r [Part],
    open: FxHashMap<(usize, usize), Columns>,
}

impl Open<'_> {
    /// What its columns say of a document, with its root as it counts in all roots.
    fn entry(&mut self, known: &Known) -> tantivy::Result<Entry> {
        let (index, number) = known.segment;
        let columns = match self.open.entry(known.segment) {
            std::collections::hash_map::Entry::Occupied(open) => open.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(Columns::open(&self.readers[index].searcher.segment_readers()[number])?)
            }
        };
        let mut entry = columns.entry(known.doc);
        entry.location.root += self.parts[index].first_root;
        Ok(entry)
    }
}
