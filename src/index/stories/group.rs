//! From the fingerprints of all articles to groups. The outcome depends on nothing but the set of fingerprints.

use rustc_hash::{FxHashMap, FxHashSet};

use super::fingerprint::{Fingerprint, digest_of, words_of};
use super::similarity::{Comparer, Sketch};

/// Articles that share a sentence from which on it is asked whether it is common.
// Below it the pairs to look at are too few to tell a template from a story that was copied.
const COMMON_FROM: usize = 8;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Articles among those that are looked at.
// Neighbours in the order of ids are as good as drawn at random, and fifteen pairs tell two in five from hardly any.
const SAMPLE_SIZE: usize = 16;
/// A sentence is common where fewer than two in five of its articles, by neighbours in the sample, are copies.
// Copies of one story agree pair by pair; what a template or a site repeats agrees in hardly any.
const COMMON_SHARE: (usize, usize) = (2, 5);
/// Words that are left without the common sentences, at least, for an article to be told from others.
// A sentence or two: what is left of a page that is all template would match any other such page.
const MIN_DISTINCTIVE_WORDS: u32 = 16;
/// Sentences that two articles share, at least, where common ones were left out.
// A room number or a price is soon the same by chance.
const MIN_SHARED_SENTENCES: u32 = 2;
/// Sentences of an article by which its copies are looked for: those with the least digests.
// Two articles that share half of their sentences miss each other with a probability below one in ten thousand.
const PROBES: usize = 16;
/// Articles that stand for all that share a sentence.
// So the work grows with the articles that share a sentence and not with their pairs.
const MAX_LEADERS: usize = 12;
/// What the centres of two groups must share for a pair of members to join them, in a thousand words.
// A text that changes a little from copy to copy must not join its first form and its last, which share nothing.
const MIN_CENTRE_SHARE: u32 = 300;
/// Sentences that are sorted at a time: 32 MB.
const SENTENCES_AT_A_TIME: usize = 4 << 20;

/// One article that may be in a story.
#[derive(Clone, Copy, Debug)]
struct Member {
    /// Of the document, by which the group names it.
    key: u64,
    /// Of the article, by which members are ordered: keys come from paths.
    id: u64,
    published: i64,
    site: u64,
    digest: u64,
    /// Its sentences in the list of all.
    all: Slice,
    /// Those of them that are not common, in the list of these.
    own: Slice,
    /// Digests above it were not kept.
    limit: u32,
}

/// A stretch of a list.
#[derive(Clone, Copy, Debug, Default)]
struct Slice {
    from: usize,
    count: usize,
}

impl Slice {
    fn of(self, list: &[u64]) -> &[u64] {
        &list[self.from..self.from + self.count]
    }
}

/// The fingerprints of all articles.
#[derive(Debug, Default)]
pub(super) struct Archive {
    members: Vec<Member>,
    sentences: Vec<u64>,
    /// Sentences that are not common.
    distinctive: Vec<u64>,
}

/// Two articles that are copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    /// What they do not share, in a thousand words.
    apart: u32,
    one: u32,
    other: u32,
}

impl Archive {
    /// Adds an article; one without words is passed over.
    pub(super) fn add(&mut self, key: u64, fingerprint: &Fingerprint) {
        if fingerprint.digest == 0 {
            return;
        }
        let from = self.sentences.len();
        self.sentences.extend(&fingerprint.sentences);
        let count = fingerprint.sentences.len();
        let published = fingerprint.published.unwrap_or(i64::MAX);
        self.members.push(Member {
            key,
            id: fingerprint.article,
            published,
            site: fingerprint.site,
            digest: fingerprint.digest,
            all: Slice { from, count },
            own: Slice::default(),
            limit: fingerprint.limit(),
        });
    }

    /// The keys of all groups of two and more, each with its earliest published article first, of equal times by id; the
    /// groups are in the order of the ids of their first articles.
    pub(super) fn groups(mut self) -> Vec<Vec<u64>> {
        // Ids come from addresses and bytes, keys from paths: the groups must not hang on where the archive lies.
        self.members.sort_unstable_by_key(|member| (member.id, member.key));
        debug_assert!(
            self.members.windows(2).all(|pair| pair[0].id != pair[1].id),
            "of the captures of an article one is in a story"
        );
        let mut sets = DisjointSets::new(self.members.len());
        let unlike = self.join_equal(&mut sets);
        self.leave_out_common(&unlike);
        let edges = self.edges(&unlike);
        self.join(&edges, &mut sets);
        let mut groups: FxHashMap<u32, Vec<&Member>> = FxHashMap::default();
        for (at, member) in (0..).zip(&self.members) {
            groups.entry(sets.find(at)).or_default().push(member);
        }
        let mut groups: Vec<Vec<&Member>> = groups.into_values().filter(|group| group.len() > 1).collect();
        groups.iter_mut().for_each(|group| group.sort_unstable_by_key(|member| (member.published, member.id)));
        groups.sort_unstable_by_key(|group| group.first().map(|member| member.id));
        groups.into_iter().map(|group| group.into_iter().map(|member| member.key).collect()).collect()
    }

    /// Joins articles with one digest; returns the first of each kind, as far as it has sentences.
    fn join_equal(&self, sets: &mut DisjointSets) -> Vec<u32> {
        let mut first: FxHashMap<u64, u32> = FxHashMap::default();
        let mut unlike = Vec::new();
        for (at, member) in (0..).zip(&self.members) {
            match first.get(&member.digest) {
                Some(equal) => sets.join(*equal, at),
                None => {
                    first.insert(member.digest, at);
                    if member.all.count > 0 {
                        unlike.push(at);
                    }
                }
            }
        }
        unlike
    }

    /// All sentences of an article.
    fn whole(&self, at: u32) -> Sketch<'_> {
        let member = &self.members[at as usize];
        Sketch { sentences: member.all.of(&self.sentences), limit: member.limit }
    }

    /// Its sentences that are not common.
    fn rest(&self, at: u32) -> Sketch<'_> {
        let member = &self.members[at as usize];
        Sketch { sentences: member.own.of(&self.distinctive), limit: member.limit }
    }

    /// Whether it has common sentences.
    fn is_thin(&self, at: u32) -> bool {
        let member = &self.members[at as usize];
        member.own.count < member.all.count
    }

    /// Whether one site has published on many days what `holders` share: no story is printed so often.
    fn is_standing(&self, holders: &[u32]) -> bool {
        let days = |member: &Member| (member.site, member.published.div_euclid(DAY));
        let members = holders.iter().filter_map(|at| self.members.get(*at as usize));
        let dated = members.filter(|member| member.site != 0 && member.published != i64::MAX);
        let mut days: Vec<(u64, i64)> = dated.map(days).collect();
        days.sort_unstable();
        days.dedup();
        days.chunk_by(|one, other| one.0 == other.0).any(|days| days.len() >= COMMON_FROM)
    }

    /// Drops the sentences that many articles share which are otherwise different: what a site puts below every
    /// article, the standing text of a template, a statement that everybody quotes.
    fn leave_out_common(&mut self, unlike: &[u32]) {
        let mut comparer = Comparer::default();
        let mut common: FxHashSet<u32> = FxHashSet::default();
        each_shared(unlike, &|at| self.whole(at).sentences, &mut |digest, holders| {
            if holders.len() < COMMON_FROM {
                return;
            }
            if self.is_standing(holders) {
                common.insert(digest);
                return;
            }
            let step = holders.len().div_ceil(SAMPLE_SIZE);
            let sample: Vec<u32> = holders.iter().step_by(step).copied().collect();
            let copies =
                sample.windows(2).filter(|pair| comparer.compare(self.whole(pair[0]), self.whole(pair[1])).agrees());
            if copies.count() * COMMON_SHARE.1 < (sample.len() - 1) * COMMON_SHARE.0 {
                common.insert(digest);
            }
        });
        self.keep_all_but(&common);
    }

    /// Leaves the sentences of `common` out of what articles are compared by; all, where few words would be left.
    fn keep_all_but(&mut self, common: &FxHashSet<u32>) {
        let mut kept = Vec::with_capacity(self.sentences.len());
        for member in &mut self.members {
            let from = kept.len();
            let all = member.all.of(&self.sentences).iter();
            kept.extend(all.filter(|sentence| !common.contains(&digest_of(**sentence))));
            let words: u32 = kept.iter().skip(from).map(|sentence| words_of(*sentence)).sum();
            if words < MIN_DISTINCTIVE_WORDS {
                kept.truncate(from);
            }
            member.own = Slice { from, count: kept.len() - from };
        }
        self.distinctive = kept;
    }

    /// All pairs that are found to be copies. Pairs that share one of their probes are looked at; where many articles do,
    /// each is held against a few of them.
    fn edges(&self, unlike: &[u32]) -> Vec<Edge> {
        let mut comparer = Comparer::default();
        // A pair shares many probes and is looked at once.
        let mut seen: FxHashMap<u64, bool> = FxHashMap::default();
        let mut edges = Vec::new();
        let mut is_copy = |one: u32, other: u32| {
            *seen.entry(u64::from(one) << 32 | u64::from(other)).or_insert_with(|| {
                let edge = self.edge(one, other, &mut comparer);
                edges.extend(edge);
                edge.is_some()
            })
        };
        let probes = |at: u32| {
            let sentences = self.rest(at).sentences;
            &sentences[..sentences.len().min(PROBES)]
        };
        each_shared(unlike, &probes, &mut |_, holders| hold_against_leaders(holders, &mut is_copy));
        // The closest pairs first, so that centres stand before looser copies come.
        edges.sort_unstable();
        edges
    }

    /// The edge between two articles, where they are copies.
    fn edge(&self, one: u32, other: u32, comparer: &mut Comparer) -> Option<Edge> {
        let rest = comparer.compare(self.rest(one), self.rest(other));
        let is_thin = self.is_thin(one) || self.is_thin(other);
        // One sentence is soon the same by chance where a template leaves few.
        if is_thin && rest.sentences < MIN_SHARED_SENTENCES {
            return None;
        }
        let mut is_close = || comparer.compare(self.whole(one), self.whole(other)).is_close();
        let is_copy = rest.is_copy() || (is_thin && rest.rest_agrees() && is_close());
        is_copy.then(|| Edge { apart: 1000 - rest.share(), one, other })
    }

    /// Joins the ends of `edges`, the closest first, where the centres of their groups are alike too: else a text that
    /// changes a little from copy to copy would join its first and its last form, which share nothing.
    fn join(&self, edges: &[Edge], sets: &mut DisjointSets) {
        let degrees = degrees(edges, self.members.len());
        let mut comparer = Comparer::default();
        let mut centres: FxHashMap<u32, u32> = FxHashMap::default();
        for edge in edges {
            let (one, other) = (sets.find(edge.one), sets.find(edge.other));
            if one == other {
                continue;
            }
            // The ends of edges are the first of their kind, and so are centres.
            let centre = |set: u32, end: u32| centres.get(&set).copied().unwrap_or(end);
            let (a, b) = (centre(one, edge.one), centre(other, edge.other));
            if (a, b) != (edge.one, edge.other)
                && comparer.compare(self.rest(a), self.rest(b)).share() < MIN_CENTRE_SHARE
            {
                continue;
            }
            // The article with most copies stands for its group; of equals the first, so that the order of edges does not show.
            let order = |at: u32| (std::cmp::Reverse(degrees[at as usize]), at);
            let middle = if order(a) <= order(b) { a } else { b };
            sets.join(one, other);
            centres.insert(sets.find(one), middle);
        }
    }
}

/// Calls `visit` with every digest that two and more of `articles` have among their sentences, which `list` gives sorted,
/// and with these articles in order.
fn each_shared<'s>(articles: &[u32], list: &dyn Fn(u32) -> &'s [u64], visit: &mut dyn FnMut(u32, &[u32])) {
    // By ranges of digests, each sorted by itself: all at once would take 8 bytes for every sentence of the archive.
    let total: usize = articles.iter().map(|at| list(*at).len()).sum();
    let rounds = total.div_ceil(SENTENCES_AT_A_TIME) as u64;
    let mut entries: Vec<u64> = Vec::with_capacity(total.min(SENTENCES_AT_A_TIME + SENTENCES_AT_A_TIME / 4));
    let mut holders: Vec<u32> = Vec::new();
    for round in 0..rounds {
        let (from, to) = ((round << 32) / rounds, ((round + 1) << 32) / rounds);
        entries.clear();
        for at in articles {
            let list = list(*at);
            let first = list.partition_point(|sentence| sentence >> 32 < from);
            let mine = list[first..].iter().take_while(|sentence| **sentence >> 32 < to);
            entries.extend(mine.map(|sentence| sentence >> 32 << 32 | u64::from(*at)));
        }
        entries.sort_unstable();
        for run in entries.chunk_by(|one, other| one >> 32 == other >> 32).filter(|run| run.len() > 1) {
            holders.clear();
            holders.extend(run.iter().map(|entry| *entry as u32));
            visit((run[0] >> 32) as u32, &holders);
        }
    }
}

/// Asks `is_copy` about `holders` of one sentence: where they are few of each pair, else of each holder and those before it
/// that are no copies of each other.
fn hold_against_leaders(holders: &[u32], is_copy: &mut dyn FnMut(u32, u32) -> bool) {
    let few = holders.len() < COMMON_FROM;
    let mut leaders: Vec<u32> = Vec::new();
    for holder in holders {
        let mut found = false;
        for leader in &leaders {
            found |= is_copy(*leader, *holder);
            if found && !few {
                break;
            }
        }
        if few || (!found && leaders.len() < MAX_LEADERS) {
            leaders.push(*holder);
        }
    }
}

/// How many copies each of so many members has.
fn degrees(edges: &[Edge], members: usize) -> Vec<u32> {
    let mut degrees = vec![0; members];
    for edge in edges {
        degrees[edge.one as usize] += 1;
        degrees[edge.other as usize] += 1;
    }
    degrees
}

/// Disjoint sets of numbers.
#[derive(Debug)]
struct DisjointSets(Vec<u32>);

impl DisjointSets {
    fn new(count: usize) -> DisjointSets {
        DisjointSets((0..count as u32).collect())
    }

    fn find(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let above = self.0[at as usize];
            // Halving the path on the way keeps the trees flat without a second pass.
            self.0[at as usize] = self.0[above as usize];
            at = above;
        }
        at
    }

    /// Joins two sets; the least number stands for the whole.
    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        self.0[one.max(other) as usize] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint::tests::fingerprint;
    use super::*;
    use proptest::prelude::*;

    /// The groups of these bodies, by their numbers from 0.
    fn grouped(bodies: &[String]) -> Vec<Vec<u64>> {
        let mut archive = Archive::default();
        bodies.iter().enumerate().for_each(|(at, body)| archive.add(at as u64, &article(at as u64, body)));
        archive.groups()
    }

    fn article(id: u64, body: &str) -> Fingerprint {
        Fingerprint { article: id, ..fingerprint(&format!("{id}"), body) }
    }

    /// A body of sentences by number.
    fn body(sentences: impl IntoIterator<Item = u32>) -> String {
        let sentence = |n: u32| {
            let word =
                |k: u32| ["red", "tide", "boat", "lamp", "stone", "quiet", "north", "sugar"][((n >> k) % 8) as usize];
            format!("A {} {} saw {} of the {} {} near it. ", word(0), word(3), n, word(6), word(9))
        };
        sentences.into_iter().map(sentence).collect()
    }

    #[test]
    fn copies_are_joined_and_others_are_not() {
        let bodies = [
            body(0..10),
            body(0..9),
            body((2..10).rev()),
            body(100..110),
            body((100..104).chain(200..206)),
            String::new(),
            String::new(),
            "Short.".to_owned(),
        ];
        assert_eq!(grouped(&bodies), [[0, 1, 2]]);
    }

    #[test]
    fn what_stands_below_every_article_joins_nothing() {
        let standing = body(900..904);
        let bodies: Vec<String> = (0..20).map(|n| body(n * 10..n * 10 + 5) + &standing).collect();
        assert_eq!(grouped(&bodies), [[0; 0]; 0]);
        let twice: Vec<String> = bodies.iter().chain([&bodies[3]]).cloned().collect();
        assert_eq!(grouped(&twice), [[3, 20]]);
    }

    #[test]
    fn what_one_site_prints_day_after_day_joins_nothing() {
        let groups = |site: &dyn Fn(i64) -> u64| {
            let mut archive = Archive::default();
            for day in 0..20 {
                let own = body(day as u32 * 10..day as u32 * 10 + 4) + &body(900..912);
                archive.add(
                    day as u64,
                    &Fingerprint { published: Some(day * DAY), site: site(day), ..article(day as u64, &own) },
                );
            }
            archive.groups().len()
        };
        assert_eq!((groups(&|_| 1), groups(&|day| day as u64 + 1)), (0, 1));
    }

    #[test]
    fn a_text_that_changes_bit_by_bit_does_not_join_its_ends() {
        let bodies: Vec<String> = (0..30).map(|n| body(n * 3..n * 3 + 10)).collect();
        let groups = grouped(&bodies);
        assert!(groups.iter().all(|group| group.len() < 8), "{groups:?}");
    }

    #[test]
    fn a_story_in_hundreds_of_copies_is_one() {
        let bodies: Vec<String> = (0..300).map(|n| body((0..10).filter(|s| *s != n % 10).chain([1000 + n]))).collect();
        assert_eq!(grouped(&bodies).iter().map(Vec::len).collect::<Vec<_>>(), [300]);
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(
            cuts in prop::collection::vec((0u32..6, 0u32..4, 6u32..12), 1..40),
            turn in 0usize..40,
        ) {
            let fingerprints: Vec<(u64, Fingerprint)> = (0..)
                .zip(&cuts)
                .map(|(key, (story, from, to))| (key, article(key, &body(story * 20 + from..story * 20 + to))))
                .collect();
            let groups = |order: &mut dyn Iterator<Item = &(u64, Fingerprint)>| {
                let mut archive = Archive::default();
                order.for_each(|(key, fingerprint)| archive.add(*key, fingerprint));
                archive.groups()
            };
            let forward = groups(&mut fingerprints.iter());
            prop_assert_eq!(&forward, &groups(&mut fingerprints.iter().rev()));
            let turn = turn % fingerprints.len();
            prop_assert_eq!(&forward, &groups(&mut fingerprints[turn..].iter().chain(&fingerprints[..turn])));
        }
    }
}
