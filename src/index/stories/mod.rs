//! Stories: articles that are near-duplicates of each other. How they are told is written down in `README.md`.
//!
//! A page's fingerprint (the digests of its sentences) is made in the worker from words that are there already and lies in
//! columns. At the end of a run the fingerprints of all current captures are put into groups, which depend on nothing but the
//! set of articles. The groups are a derived file that the commit names, made again from the columns when it is
//! missing.

mod fingerprint;
mod group;
mod similarity;

use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::directory::OwnedBytes;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::sidecar::{self, Sidecar, SidecarKind};
use super::sites::Sites;
use super::superseded::Superseded;
use crate::error::Result;
use crate::index::column;

pub(crate) use fingerprint::{Fingerprint, site_of};

/// Groups of two articles and more that tell the same story.
///
/// All numbers lie in one list, as in the file, and are used where they lie, so that a query pays for little more than
/// those that it asks for: the number of groups `g`, where each begins among the members and where the last ends (`g + 1` numbers), the keys of the members group by
/// group, the same keys sorted, and the group of each of these.
#[derive(Clone, Debug)]
pub(crate) struct Stories {
    numbers: OwnedBytes,
    groups: usize,
    members: usize,
}

impl Default for Stories {
    fn default() -> Stories {
        Stories { numbers: OwnedBytes::empty(), groups: 0, members: 0 }
    }
}

impl Stories {
    /// From the columns of all documents that `superseded` does not name.
    pub(crate) fn of(searcher: &Searcher, superseded: &Superseded) -> tantivy::Result<Stories> {
        Stories::of_run(searcher, superseded, &FxHashMap::default(), |_| true)
    }

    /// From the columns of the documents that are `kept`, and the `fresh` fingerprints of those that are not in them yet.
    pub(crate) fn of_run(
        searcher: &Searcher,
        superseded: &Superseded,
        fresh: &FxHashMap<u64, Fingerprint>,
        kept: impl Fn(u64) -> bool,
    ) -> tantivy::Result<Stories> {
        let mut archive = group::Archive::default();
        for segment in searcher.segment_readers() {
            let kept = |key: u64| kept(key) && !fresh.contains_key(&key) && !superseded.contains(key);
            load(segment, &mut archive, kept)?;
        }
        for (key, fingerprint) in fresh.iter().filter(|(key, _)| !superseded.contains(**key)) {
            archive.add(*key, fingerprint);
        }
        Ok(Stories::new(&archive.groups()))
    }

    /// From the keys of the members of each group, earliest published first.
    fn new(groups: &[Vec<u64>]) -> Stories {
        let mut numbers = vec![groups.len() as u64];
        let mut end = 0;
        numbers.push(end);
        for group in groups {
            end += group.len() as u64;
            numbers.push(end);
        }
        numbers.extend(groups.iter().flatten());
        // Sorted keys with their groups beside them: a query looks up the few articles that it lists by halves.
        let mut places: Vec<(u64, u64)> =
            (0..).zip(groups).flat_map(|(at, group)| group.iter().map(move |key| (*key, at))).collect();
        places.sort_unstable();
        numbers.extend(places.iter().map(|(key, _)| key));
        numbers.extend(places.iter().map(|(_, at)| at));
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        Stories { numbers: OwnedBytes::new(bytes), groups: groups.len(), members: places.len() }
    }

    /// How many groups there are.
    pub(crate) fn len(&self) -> usize {
        self.groups
    }

    /// How many articles are in a group.
    pub(crate) fn members_in_all(&self) -> usize {
        self.members
    }

    /// The group of the article with this key; `None` where it stands alone.
    pub(crate) fn group_of(&self, key: u64) -> Option<u32> {
        let keys = self.part(self.groups + 2 + self.members, self.members);
        let at = find(keys, key)?;
        self.number(self.groups + 2 + 2 * self.members + at).map(|group| group as u32)
    }

    /// The keys of a group, earliest published first and undated ones last.
    pub(crate) fn members(&self, group: u32) -> Vec<u64> {
        let place = |at: usize| self.number(1 + at).map_or(0, |n| n as usize);
        let (from, to) = (place(group as usize), place(group as usize + 1));
        let part = self.part(self.groups + 2 + from, to.saturating_sub(from));
        part.iter().map(|key| u64::from_le_bytes(*key)).collect()
    }

    fn number(&self, at: usize) -> Option<u64> {
        self.numbers.as_chunks().0.get(at).map(|number| u64::from_le_bytes(*number))
    }

    fn part(&self, from: usize, count: usize) -> &[[u8; 8]] {
        self.numbers.as_chunks().0.get(from..from.saturating_add(count)).unwrap_or(&[])
    }

    /// Writes the file for `revision`; `None` when every article stands alone.
    pub(crate) fn write(&self, folder: &Path, revision: u64) -> Result<Option<Sidecar>> {
        let numbers = if self.groups == 0 { &[] } else { self.numbers.as_chunks().0 };
        let numbers: Vec<u64> = numbers.iter().map(|number| u64::from_le_bytes(*number)).collect();
        sidecar::write(folder, SidecarKind::Stories, revision, &numbers)
    }

    /// Reads a file that [`Stories::write`] made; `None` when it is missing, damaged or another.
    pub(crate) fn read(folder: &Path, file: &Sidecar) -> Option<Stories> {
        let mut stories = Stories { numbers: sidecar::open(folder, SidecarKind::Stories, file)?, ..Stories::default() };
        let count = stories.numbers.len() / 8;
        stories.groups = usize::try_from(stories.number(0)?).ok().filter(|groups| *groups < count)?;
        stories.members = usize::try_from(stories.number(1 + stories.groups)?).ok()?;
        let whole = stories.members.checked_mul(3).and_then(|count| count.checked_add(stories.groups + 2));
        (whole == Some(count)).then_some(stories)
    }
}

/// How much of the longer of two articles stands in sentences that both have, in percent; 100 only where their texts are
/// equal, word by word.
pub(crate) fn same(searcher: &Searcher, one: DocAddress, other: DocAddress) -> tantivy::Result<u32> {
    let (one, other) = (fingerprint_of(searcher, one)?, fingerprint_of(searcher, other)?);
    if one.digest == other.digest {
        return Ok(100);
    }
    let found = similarity::Comparer::default().compare(sketch(&one), sketch(&other));
    Ok((found.share() / 10).min(99))
}

fn sketch(fingerprint: &Fingerprint) -> similarity::Sketch<'_> {
    similarity::Sketch { sentences: &fingerprint.sentences, limit: fingerprint.limit() }
}

/// The fingerprint in the columns of one document, without its time.
fn fingerprint_of(searcher: &Searcher, address: DocAddress) -> tantivy::Result<Fingerprint> {
    let (segment, doc) = (searcher.segment_reader(address.segment_ord), address.doc_id);
    let digest = column::DIGEST.find(segment)?.and_then(|column| column.first(doc));
    let sentences = sentences(column::SENTENCES.find(segment)?.as_ref(), doc)?;
    Ok(Fingerprint { digest: digest.unwrap_or(0), sentences, ..Fingerprint::default() })
}

fn sentences(column: Option<&Column<u64>>, doc: DocId) -> tantivy::Result<Vec<u64>> {
    column.map_or_else(|| Ok(Vec::new()), |column| Ok(column::values(column, doc)?.collect()))
}

/// Where `key` is among sorted keys. Keys are digests, spread evenly, so the place is guessed and looked for from there.
fn find(keys: &[[u8; 8]], key: u64) -> Option<usize> {
    // Keys are digests, spread evenly: a share of the range is about that share of the list.
    let guess = ((u128::from(key) * keys.len() as u128) >> 64) as usize;
    let (mut low, mut high) = (guess, guess);
    let mut step = 4;
    while low > 0 && keys.get(low).is_none_or(|found| u64::from_le_bytes(*found) > key) {
        low = low.saturating_sub(step);
        step *= 2;
    }
    while high < keys.len() && u64::from_le_bytes(keys[high]) < key {
        high = (high + step).min(keys.len());
        step *= 2;
    }
    let high = (high + 1).min(keys.len());
    let at = keys.get(low..high)?.binary_search_by_key(&key, |found| u64::from_le_bytes(*found));
    at.ok().map(|at| low + at)
}

/// Adds the fingerprints in the columns of one segment.
fn load(segment: &SegmentReader, archive: &mut group::Archive, kept: impl Fn(u64) -> bool) -> tantivy::Result<()> {
    let (key, id) = (column::KEY.open(segment)?, column::ID.open(segment)?);
    // A segment in which no page has words has no such column.
    let Some(digest) = column::DIGEST.find(segment)? else { return Ok(()) };
    let published = column::PUBLISHED_AT.find(segment)?;
    let sentences = column::SENTENCES.find(segment)?;
    let sites = Sites::open(segment)?;
    for doc in segment.doc_ids_alive() {
        let (Some(key), Some(article), Some(digest)) = (key.first(doc), id.first(doc), digest.first(doc)) else {
            continue;
        };
        if kept(key) {
            let published = published.as_ref().and_then(|column| column.first(doc));
            let sentences = self::sentences(sentences.as_ref(), doc)?;
            archive.add(key, &Fingerprint { article, digest, published, site: site_of(sites.of(doc)?), sentences });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_back_from_their_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let high = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let groups: Vec<Vec<u64>> = vec![vec![7, high(1), high(2)], vec![high(3), u64::MAX], vec![0, high(4)]];
        let stories = Stories::new(&groups);
        let name = stories.write(folder.path(), 3).expect("written").expect("a name");
        let read = Stories::read(folder.path(), &name).expect("whole");
        assert_eq!((read.len(), read.members_in_all()), (3, 7));
        for (at, group) in groups.iter().enumerate() {
            assert_eq!(read.members(at as u32), *group);
            assert!(group.iter().all(|key| read.group_of(*key) == Some(at as u32)), "{group:?}");
        }
        for key in [1, 8, high(5), u64::MAX - 1] {
            assert_eq!(read.group_of(key), None, "{key}");
        }
        assert_eq!(Stories::new(&[]).write(folder.path(), 4).expect("nothing to write"), None);
        assert_eq!(Stories::default().group_of(7), None);
    }

    #[test]
    fn keys_are_found_however_they_are_spread() {
        let even: Vec<u64> = (0..1000u64).map(|n| n << 54).collect();
        let low: Vec<u64> = (0..1000u64).map(|n| 3 * n).collect();
        let high: Vec<u64> = (0..1000u64).map(|n| u64::MAX - 3000 + 3 * n).collect();
        for keys in [even, low, high] {
            let bytes: Vec<[u8; 8]> = keys.iter().map(|key| key.to_le_bytes()).collect();
            for (at, key) in keys.iter().enumerate() {
                assert_eq!(find(&bytes, *key), Some(at));
                assert_eq!(find(&bytes, key.wrapping_add(1)), None);
            }
        }
    }
}
