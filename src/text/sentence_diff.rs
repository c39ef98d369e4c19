//! What of a text was taken out, put in and reworded since another version of it, by sentences.
//!
//! Sentences that both have once, in the same order, are the fixed points; between two of them equal neighbours are kept, and
//! of what is left a sentence that is mostly the words of one taken out is that one, reworded. Work grows with the text: the
//! fixed points are found in n log n, and a sentence is compared with a few at its place.

use rustc_hash::FxHashMap;

use super::wording::{Edit, Quote};
use super::{Span, paragraphs, sentences};

/// Percent of the words that must be the same for a sentence to be another one, reworded.
// Of sentences on one matter by two writers about a third are.
const NEAR: u32 = 50;
/// Sentences that were put in that are compared with one that was taken out.
// A sentence that moved far is told as taken out and put in.
const NEIGHBOURS: usize = 8;

/// A sentence that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Removed(String),
    Added(String),
    Reworded { before: String, after: String, words: Vec<Edit> },
}

/// What changed from `before` to `after`, in the order of the text.
pub(crate) fn changes(before: &str, after: &str) -> Vec<Change> {
    let (one, other) = (sentences_of(before), sentences_of(after));
    let mut out = Vec::new();
    let (mut at, mut beside) = (0, 0);
    for (next, next_beside) in fixed_points(&one, &other).into_iter().chain([(one.len(), other.len())]) {
        gap(&one[at..next], &other[beside..next_beside], &mut out);
        (at, beside) = (next + 1, next_beside + 1);
    }
    out
}

/// Both wordings of one line, such as a headline; none where they are the same.
pub(crate) fn wordings(before: &str, after: &str) -> Vec<Edit> {
    if before == after {
        return Vec::new();
    }
    let Some(near) = Quote::new(before).and_then(|quote| quote.nearest(after)) else {
        return vec![Edit { cited: before.to_owned(), now: after.to_owned() }];
    };
    let Span { start, end } = near.span;
    let mut edits = near.edits;
    let (head, tail) = (after[..start as usize].trim(), after[end as usize..].trim());
    // Words before and behind what was aligned are put in; signs alone are no words.
    if head.contains(char::is_alphanumeric) {
        match edits.first_mut().filter(|edit| edit.now.is_empty()) {
            Some(edit) => head.clone_into(&mut edit.now),
            None => edits.insert(0, Edit { cited: String::new(), now: head.to_owned() }),
        }
    }
    if tail.contains(char::is_alphanumeric) {
        match edits.last_mut().filter(|edit| edit.now.is_empty()) {
            Some(edit) => tail.clone_into(&mut edit.now),
            None => edits.push(Edit { cited: String::new(), now: tail.to_owned() }),
        }
    }
    // The sign behind the last word is no part of its other wording.
    if let Some(edit) = edits.last_mut().filter(|edit| edit.cited.ends_with(char::is_alphanumeric)) {
        let word = edit.now.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        edit.now.truncate(word);
    }
    edits
}

fn sentences_of(body: &str) -> Vec<&str> {
    paragraphs(body).into_iter().flat_map(|paragraph| sentences(body, paragraph)).map(|span| span.of(body)).collect()
}

/// Pairs of places of sentences that both texts have once, ascending in both: the longest such row.
fn fixed_points(one: &[&str], other: &[&str]) -> Vec<(usize, usize)> {
    let mut places: FxHashMap<&str, [(usize, usize); 2]> = FxHashMap::default();
    for (side, all) in [one, other].into_iter().enumerate() {
        for (at, sentence) in all.iter().enumerate() {
            let entry = &mut places.entry(sentence).or_default()[side];
            *entry = (entry.0 + 1, at);
        }
    }
    let once = |(at, sentence): (usize, &&str)| match places.get(sentence) {
        Some([(1, _), (1, beside)]) => Some((at, *beside)),
        _ => None,
    };
    rising(&one.iter().enumerate().filter_map(once).collect::<Vec<_>>())
}

/// The longest row of `pairs`, which rise in the first number, that rises in the second too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // By length the last pair of the row that ends lowest; and before each pair the one that goes before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut row = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        row.push(pairs[at]);
        next = before[at];
    }
    row.reverse();
    row
}

/// What changed between two fixed points.
fn gap(one: &[&str], other: &[&str], out: &mut Vec<Change>) {
    // Sentences that stand several times are no fixed points; beside one they are.
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - tail], &other[..other.len() - tail]);
    let mut told = 0;
    for sentence in one {
        let nearest = Quote::new(sentence).and_then(|quote| {
            let near = |(at, now): (usize, &&str)| {
                quote.nearest(now).filter(|near| near.same >= NEAR).map(|near| (near.same, at))
            };
            let all = other[told..].iter().take(NEIGHBOURS).enumerate().filter_map(near);
            // Of equals the first.
            all.max_by_key(|(same, at)| (*same, std::cmp::Reverse(*at)))
        });
        match nearest {
            Some((_, skipped)) => {
                out.extend(other[told..told + skipped].iter().map(|now| Change::Added((*now).to_owned())));
                told += skipped;
                let now = other[told];
                let words = wordings(sentence, now);
                out.push(Change::Reworded { before: (*sentence).to_owned(), after: now.to_owned(), words });
                told += 1;
            }
            None => out.push(Change::Removed((*sentence).to_owned())),
        }
    }
    out.extend(other[told..].iter().map(|now| Change::Added((*now).to_owned())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(before: &str, after: &str) -> String {
        let edit = |edit: &Edit| match edit.cited == edit.now {
            true => edit.now.clone(),
            false => format!("[{}>{}]", edit.cited, edit.now),
        };
        let change = |change: &Change| match change {
            Change::Removed(text) => format!("-{text}"),
            Change::Added(text) => format!("+{text}"),
            Change::Reworded { words, .. } => format!("~{}", words.iter().map(edit).collect::<Vec<_>>().join(" ")),
        };
        changes(before, after).iter().map(change).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn sentences_are_kept_taken_out_put_in_and_reworded() {
        for row in "One came. Two went. | One came. Two went. ==> 
            One came here. Two went. | Two went. ==> -One came here.
            Two went. | One came here. Two went. ==> +One came here.
            The old bridge is closed now. Two went. | The old bridge is open now. Two went. ==> ~The old bridge is [closed>open] now
            Four eels died. It rained. | It rained. Four eels died. ==> -Four eels died. / +Four eels died.
            So it is. A tree fell. So it is. | So it is. Nobody came back. So it is. ==> -A tree fell. / +Nobody came back.
            Мост закрыт до весны. Снег идёт. | Мост закрыт до лета. Снег идёт. ==> ~Мост закрыт до [весны>лета]
            桥已经关闭了。下雨了。 | 桥已经开放了。下雨了。 ==> ~桥 已 经 [关 闭>开 放] 了
             | New text here. ==> +New text here.
            Old text here. |  ==> -Old text here."
            .lines()
        {
            let (texts, expected) = row.split_once(" ==> ").expect("a row has ==>");
            let (before, after) = texts.split_once(" | ").expect("a row has two texts");
            assert_eq!(told(before.trim(), after.trim()), expected.trim(), "{row}");
        }
    }

    #[test]
    fn headlines_are_held_side_by_side() {
        let edits = |before, after| wordings(before, after).len();
        assert_eq!((edits("Bridge shut", "Bridge shut"), edits("Bridge shut", "Storm ahead")), (0, 1));
        assert_eq!(edits("Bridge shut for good", "Bridge shut for now"), 2);
    }

    proptest! {
        #[test]
        fn what_was_put_in_and_taken_out_makes_one_of_the_other(
            one in prop::collection::vec("(Eels swim|It rains|Snow fell|We came) (here|there|home)\\. ", 0..12),
            other in prop::collection::vec("(Eels swim|It rains|Snow fell|We came) (here|there|home)\\. ", 0..12),
        ) {
            let (one, other) = (one.concat(), other.concat());
            let (mut left, mut grown) = (sentences_of(&one), sentences_of(&other));
            for change in changes(&one, &other) {
                let (before, after) = match change {
                    Change::Removed(text) => (Some(text), None),
                    Change::Added(text) => (None, Some(text)),
                    Change::Reworded { before, after, .. } => (Some(before), Some(after)),
                };
                for (text, all) in [(before, &mut left), (after, &mut grown)] {
                    if let Some(text) = text {
                        let at = all.iter().position(|known| *known == text).expect("a sentence of the text");
                        all.remove(at);
                    }
                }
            }
            // What is left of both are the same sentences.
            left.sort_unstable();
            grown.sort_unstable();
            prop_assert_eq!(left, grown);
        }
    }
}
