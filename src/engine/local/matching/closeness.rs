//! Which occurrences stand close to each other: all of matching by position that needs no index.

use crate::query::Reach;

/// One occurrence of a part: the positions of its first and last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// Whether one of `left` and one of `right`, both sorted, are close: as [`close`] decides it, but the first pair is
/// enough. Where units count, `starts` holds where each kind of them begins, in lists of their own: to sort them into one
/// would cost more than the two searches.
pub(super) fn touch(reach: Reach, starts: &[Vec<u32>], mut left: Vec<Occurrence>, mut right: Vec<Occurrence>) -> bool {
    debug_assert!(left.is_sorted() && right.is_sorted(), "occurrences come in the order of the text");
    let one_unit = |first: u32, last: u32| starts.iter().all(|starts| unit(starts, first) == unit(starts, last));
    let fits = |last: u32, first: u32| match reach {
        Reach::Within(words) | Reach::Before(words) => first - last <= words,
        Reach::Sentence | Reach::Paragraph => one_unit(last, first),
    };
    for list in [&mut left, &mut right] {
        list.retain(|found| found.first == found.last || one_unit(found.first, found.last));
    }
    let follows = |before: &[Occurrence], after: &[Occurrence]| {
        let mut at = 0;
        before.iter().any(|one| {
            // Of phrases, an earlier one may end later.
            if at > 0 && after[at - 1].first > one.last {
                at = after.partition_point(|next| next.first <= one.last);
            }
            at += after[at..].iter().take_while(|next| next.first <= one.last).count();
            // The next one that begins behind it is the closest: if that is too far, all others are.
            after.get(at).is_some_and(|next| fits(one.last, next.first))
        })
    };
    follows(&left, &right) || (!matches!(reach, Reach::Before(_)) && follows(&right, &left))
}

/// The occurrences of `lists` that take part in something close: for each list in turn those close to what was found
/// before, with their partners; only those of the `last` list where the next has to follow it.
pub(super) fn close(reach: Reach, units: &[u32], lists: Vec<Vec<Occurrence>>, last: bool) -> Vec<Occurrence> {
    debug_assert!(lists.iter().all(|list| list.is_sorted()), "occurrences come in the order of the text");
    debug_assert!(units.is_sorted(), "units come in the order of the text");
    let ordered = matches!(reach, Reach::Before(_));
    let mut lists = lists.into_iter();
    let mut levels: Vec<Vec<Occurrence>> = vec![lists.next().unwrap_or_default()];
    for right in lists {
        // In order, each stands after the one before it; else close to any of those before.
        let mut left = if ordered { levels.pop().unwrap_or_default() } else { levels.concat() };
        left.sort_unstable();
        left.dedup();
        let (left, right) = partners(reach, units, left, right);
        if right.is_empty() {
            return Vec::new();
        }
        if ordered {
            levels.push(left);
            levels.push(right);
        } else {
            levels = vec![left, right];
        }
    }
    if last {
        return levels.pop().unwrap_or_default();
    }
    if ordered {
        // What led nowhere further on takes no part.
        for at in (1..levels.len()).rev() {
            let right = levels[at].clone();
            let left = std::mem::take(&mut levels[at - 1]);
            levels[at - 1] = partners(reach, units, left, right).0;
        }
    }
    let mut all = levels.concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// Those of `left` and of `right`, both sorted, that have a partner in the other.
fn partners(
    reach: Reach,
    units: &[u32],
    mut left: Vec<Occurrence>,
    mut right: Vec<Occurrence>,
) -> (Vec<Occurrence>, Vec<Occurrence>) {
    let either = !matches!(reach, Reach::Before(_));
    left.retain(|one| inside_one(reach, units, one));
    right.retain(|one| inside_one(reach, units, one));
    let (to_right, to_left) = (Ends::new(&right), Ends::new(&left));
    let has = |one: &Occurrence, ends: &Ends, after: bool, before: bool| {
        (after && ends.after(one.last).is_some_and(|first| within(reach, units, one.last, first)))
            || (before && ends.before(one.first).is_some_and(|last| within(reach, units, last, one.first)))
    };
    left.retain(|one| has(one, &to_right, true, either));
    right.retain(|one| has(one, &to_left, either, true));
    (left, right)
}

/// Whether what ends at `last` and what begins at `first`, after it, are close.
fn within(reach: Reach, units: &[u32], last: u32, first: u32) -> bool {
    match reach {
        Reach::Within(words) | Reach::Before(words) => first - last <= words,
        Reach::Sentence | Reach::Paragraph => unit(units, last) == unit(units, first),
    }
}

/// A phrase that crosses the end of a sentence is in none.
fn inside_one(reach: Reach, units: &[u32], found: &Occurrence) -> bool {
    matches!(reach, Reach::Within(_) | Reach::Before(_)) || unit(units, found.first) == unit(units, found.last)
}

/// The number of the unit that holds `position`.
fn unit(units: &[u32], position: u32) -> usize {
    units.partition_point(|start| *start <= position)
}

/// Where occurrences begin and where they end, each sorted.
struct Ends {
    firsts: Vec<u32>,
    lasts: Vec<u32>,
}

impl Ends {
    fn new(found: &[Occurrence]) -> Ends {
        let firsts = found.iter().map(|one| one.first).collect();
        let mut lasts: Vec<u32> = found.iter().map(|one| one.last).collect();
        lasts.sort_unstable();
        Ends { firsts, lasts }
    }

    /// The first beginning after `position`.
    fn after(&self, position: u32) -> Option<u32> {
        self.firsts.get(self.firsts.partition_point(|first| *first <= position)).copied()
    }

    /// The last end before `position`.
    fn before(&self, position: u32) -> Option<u32> {
        let at = self.lasts.partition_point(|last| *last < position);
        self.lasts.get(at.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `3` is one word, `3-5` a phrase of three.
    fn read(list: &str) -> Vec<Occurrence> {
        let number = |text: &str| text.parse().expect("a position");
        let one = |text: &str| {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            Occurrence { first: number(first), last: number(last) }
        };
        list.split_whitespace().map(one).collect()
    }

    fn printed(found: &[Occurrence]) -> String {
        let one = |found: &Occurrence| match found.first == found.last {
            true => found.first.to_string(),
            false => format!("{}-{}", found.first, found.last),
        };
        found.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(reach: Reach, units: &[u32], lists: &[&str], expected: &str) {
        let lists: Vec<Vec<Occurrence>> = lists.iter().map(|list| read(list)).collect();
        assert_eq!(printed(&close(reach, units, lists, false)), expected);
    }

    #[test]
    fn words_apart_are_counted_from_end_to_start() {
        let within = |words, lists: &[&str], expected: &str| check(Reach::Within(words), &[], lists, expected);
        within(1, &["3", "4"], "3 4");
        within(1, &["4", "3"], "3 4");
        within(1, &["3", "5"], "");
        within(2, &["3", "5"], "3 5");
        within(1, &["3-5", "6"], "3-5 6");
        within(1, &["3-5", "2 7"], "2 3-5");
        within(2, &["1 9 30", "4 11 20"], "9 11");
        // What stands on the same words is not beside itself.
        within(5, &["3", "3"], "");
        within(5, &["3-5", "4"], "");
        within(5, &["3", ""], "");
    }

    #[test]
    fn in_order_each_follows_the_one_before() {
        let before = |words, lists: &[&str], expected: &str| check(Reach::Before(words), &[], lists, expected);
        before(1, &["3", "4"], "3 4");
        before(1, &["4", "3"], "");
        before(2, &["1 10", "3 20", "5"], "1 3 5");
        // 10 is followed by 12, which leads nowhere.
        before(2, &["1 10", "3 12", "5"], "1 3 5");
        before(2, &["1", "3", "6"], "");
        let last = close(Reach::Before(2), &[], vec![read("1 10"), read("3 12")], true);
        assert_eq!(printed(&last), "3 12");
    }

    #[test]
    fn of_three_the_last_is_close_to_one_that_has_a_partner() {
        let within = |words, lists: &[&str], expected: &str| check(Reach::Within(words), &[], lists, expected);
        // The 1 of the first has its partner in the second, but is not close to what comes last.
        within(2, &["1", "3", "5"], "3 5");
        within(2, &["5", "3", "1"], "1 3");
        within(2, &["3", "1", "5"], "3 5");
        within(2, &["1", "3", "6"], "");
        within(2, &["1 20", "3", "19"], "");
    }

    #[test]
    fn units_part_what_is_close() {
        // Sentences begin at 0, 10 and 20.
        let units = [0, 10, 20];
        check(Reach::Sentence, &units, &["1 12", "9 25"], "1 9");
        check(Reach::Sentence, &units, &["9", "10"], "");
        check(Reach::Paragraph, &units, &["19", "10"], "10 19");
        // A phrase that crosses the end of a sentence is in none.
        check(Reach::Sentence, &units, &["9-10", "8 12"], "");
        check(Reach::Within(5), &units, &["9", "10"], "9 10");
    }

    fn occurrences() -> impl Strategy<Value = Vec<Occurrence>> {
        prop::collection::btree_set((0u32..60, 0u32..3), 0..12)
            .prop_map(|found| found.into_iter().map(|(first, more)| Occurrence { first, last: first + more }).collect())
    }

    fn reach() -> impl Strategy<Value = Reach> {
        prop_oneof![
            (1u32..8).prop_map(Reach::Within),
            (1u32..8).prop_map(Reach::Before),
            Just(Reach::Sentence),
            Just(Reach::Paragraph),
        ]
    }

    /// The same by the definition: every pair is looked at.
    fn by_pairs(reach: Reach, units: &[u32], left: &[Occurrence], right: &[Occurrence]) -> Vec<Occurrence> {
        let inside = |one: &&Occurrence| inside_one(reach, units, one);
        let follows =
            |one: &Occurrence, next: &Occurrence| next.first > one.last && within(reach, units, one.last, next.first);
        let either = !matches!(reach, Reach::Before(_));
        let mut out = Vec::new();
        for one in left.iter().filter(inside) {
            for other in right.iter().filter(inside) {
                if follows(one, other) || (either && follows(other, one)) {
                    out.extend([*one, *other]);
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    proptest! {
        #[test]
        fn two_lists_are_close_as_their_pairs_are(
            reach in reach(), left in occurrences(), right in occurrences(),
            units in prop::collection::btree_set(0u32..60, 0..6),
        ) {
            let units: Vec<u32> = units.into_iter().collect();
            let expected = by_pairs(reach, &units, &left, &right);
            prop_assert_eq!(close(reach, &units, vec![left.clone(), right.clone()], false), expected.clone());
            let starts = match reach {
                Reach::Sentence => {
                    // The two kinds of beginnings, as an index has them.
                    let (one, other) = units.iter().partition(|start| **start % 2 == 0);
                    vec![one, other]
                }
                Reach::Paragraph => vec![units],
                Reach::Within(_) | Reach::Before(_) => Vec::new(),
            };
            prop_assert_eq!(touch(reach, &starts, left, right), !expected.is_empty());
        }
    }
}
