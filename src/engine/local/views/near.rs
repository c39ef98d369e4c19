//! What is near a query that found nothing: other spellings, the query without one part at a time, the closest phrase.
//!
//! Each is counted by asking for it, so that what is said of it holds; how many are asked is bounded.

use std::collections::BTreeMap;

use super::{Scope, stories};
use crate::api::{Listing, Near, NearKind, Request};
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::tiers::Tiers;
use crate::engine::local::matching::{collect, terms};
use crate::engine::local::plan::Plan;
use crate::engine::local::plan::dictionary;
use crate::engine::plan::{Field, Form};
use crate::query::{Query, Word};

/// Queries that are counted at most for one that found nothing. A count costs about what the query did.
const MOST_COUNTS: usize = 48;
/// Words that are looked for in the dictionary: each walk costs some milliseconds in a large archive.
const MOST_WORDS: usize = 4;
/// Parts that are left out one at a time.
const MOST_PARTS: usize = 8;
/// Words of a phrase that are looked at; people remember no more of a quotation.
const LONGEST_PHRASE: usize = 12;
/// Spellings that one word may have near it; the most frequent of so many is taken.
const MOST_SPELLINGS: usize = 2_000;

/// What is near `query`, which finds nothing, best first: spellings, then what was left out, what the fewest find before
/// others, then phrases. Spellings alone where articles that lack some words are listed below the match.
pub(crate) fn near(scope: &Scope<'_>, query: &Query) -> Fallible<Vec<Near>> {
    let mut counter = Counter { scope, left: MOST_COUNTS };
    let mut found = spellings(&mut counter, query)?;
    // What lacks some of the words is listed already, so only a word that no article has is worth a word.
    if counter.fills_up()? {
        return Ok(found);
    }
    let mut without = Vec::new();
    for (typed, rest) in query.without_each().into_iter().take(MOST_PARTS) {
        without.extend(counter.near(NearKind::Without, (typed.to_owned(), None), &rest)?);
    }
    without.sort_by_key(|near| near.articles);
    found.append(&mut without);
    for words in query.phrases(LONGEST_PHRASE) {
        found.extend(phrase(&mut counter, query, words)?);
    }
    Ok(found)
}

/// Counts queries, as many as there is room for.
struct Counter<'a> {
    scope: &'a Scope<'a>,
    left: usize,
}

impl Counter<'_> {
    /// How many articles match; none where no more are counted.
    fn count(&mut self, query: &Query) -> Fallible<u64> {
        let Scope { reader, request, stop, .. } = *self.scope;
        stop.check()?;
        if self.left == 0 {
            return Ok(0);
        }
        self.left -= 1;
        let versions = stories::searches_captures(request, query);
        let asked = Request { versions, ..request.clone() };
        let plan = Plan::new(query, reader, self.scope.dictionaries, &asked, self.scope.damage)?;
        let matching = if request.listing == Listing::Any { plan.any() } else { plan.all() };
        Ok(collect::count(reader, &matching, &Tiers::default(), None, stop)?.articles)
    }

    /// Whether articles are listed that lack some words.
    fn fills_up(&self) -> Fallible<bool> {
        let Scope { reader, request, plan, .. } = *self.scope;
        let may = request.listing == Listing::Fill && plan.can_be_partial();
        Ok(may && collect::first(reader, &plan.some())?.is_some())
    }

    /// Whether some article has the word as it is: then it need not be counted, which costs a query.
    fn holds(&self, word: &str) -> Fallible<bool> {
        let (title, body) = (Field::Title.term(word), Field::Body.term(word));
        Ok(terms::doc_freqs(self.scope.reader, &[&title, &body])?.iter().any(|articles| *articles > 0))
    }

    /// `query` as one that is near, where it finds something.
    fn near(
        &mut self,
        kind: NearKind,
        (typed, instead): (String, Option<String>),
        query: &Query,
    ) -> Fallible<Option<Near>> {
        let articles = self.count(query)?;
        Ok((articles > 0).then(|| Near { kind, typed, instead, query: query.to_string(), articles }))
    }
}

/// The query with the words that no article holds spelled as the archive has them; where no article holds all of these,
/// each such word alone.
fn spellings(counter: &mut Counter<'_>, query: &Query) -> Fallible<Vec<Near>> {
    let mut known = BTreeMap::new();
    for (word, alone) in query.each_word() {
        if known.len() < MOST_WORDS
            && !counter.holds(&word)?
            && counter.count(&alone)? == 0
            && let Some(other) = spelling(counter.scope, &word)?
        {
            known.insert(word, other);
        }
    }
    let all = |words: Vec<&String>| words.into_iter().cloned().collect::<Vec<_>>().join(" ");
    let words = (all(known.keys().collect()), Some(all(known.values().collect())));
    if known.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(whole) = counter.near(NearKind::Spelling, words, &query.respelled(&known))? {
        return Ok(vec![whole]);
    }
    let mut found = Vec::new();
    for (word, alone) in query.each_word() {
        if let Some(other) = known.get(&word) {
            let words = (word, Some(other.clone()));
            found.extend(counter.near(NearKind::Spelling, words, &alone.respelled(&known))?);
        }
    }
    Ok(found)
}

/// The nearest word of titles and bodies in the same script: the one that most documents hold of those that differ least.
fn spelling(scope: &Scope<'_>, word: &str) -> Fallible<Option<String>> {
    let letters = word.chars().count();
    // Of short words nearly every other word of so many letters is near.
    let most = match letters {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    for edits in 1..=most {
        // With two letters wrong the first is seldom one of them, and `agency` becomes no `gene`.
        let form = if edits == 1 { Form::fuzzy(word, edits) } else { Form::fuzzy(word, edits).of_one_head() };
        let (found, _) = dictionary::find(&scope.reader.searcher, scope.dictionaries, &form, MOST_SPELLINGS)?;
        let mut common = found.common.into_iter();
        if let Some(other) = common.find(|other| other != word && same_script(word, other)) {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// True where each letter of `other` is of an alphabet that `word` has letters of.
fn same_script(word: &str, other: &str) -> bool {
    let alphabet = |c: char| match c {
        '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => 0,
        // Blocks of 256 characters hold one alphabet, or few.
        _ => c as u32 >> 8,
    };
    let known: Vec<u32> = word.chars().filter(|c| c.is_alphabetic()).map(alphabet).collect();
    other.chars().all(|c| c.is_alphabetic() && known.contains(&alphabet(c)))
}

/// The phrase that is nearest: with one word different, else the longest part of it that stands somewhere.
fn phrase(counter: &mut Counter<'_>, query: &Query, words: &[Word]) -> Fallible<Option<Near>> {
    let typed = query.of_phrase(words);
    if counter.count(&typed)? > 0 {
        return Ok(None);
    }
    let shown = |words: &[Word]| words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
    // A word in the middle was misheard.
    for at in 1..words.len().saturating_sub(1) {
        let instead = format!("{} … {}", shown(&words[..at]), shown(&words[at + 1..]));
        let other = query.of_phrase_but_one(words, at);
        if let Some(near) = counter.near(NearKind::Phrase, (shown(words), Some(instead)), &other)? {
            return Ok(Some(near));
        }
    }
    let (start, end) = longest(words.len(), |start, end| Ok(counter.count(&query.of_phrase(&words[start..end]))? > 0))?;
    if end - start < 2 {
        return Ok(None);
    }
    let part = &words[start..end];
    counter.near(NearKind::Phrase, (shown(words), Some(shown(part))), &query.of_phrase(part))
}

/// The longest part of so many words that stands somewhere, where parts of what stands stand too: asked of two ends that
/// only move forward.
fn longest(words: usize, mut stands: impl FnMut(usize, usize) -> Fallible<bool>) -> Fallible<(usize, usize)> {
    let (mut start, mut best) = (0, (0, 0));
    for end in 1..=words {
        // A part that is no longer than the best one need not be asked for.
        while start < end && end - start > best.1 - best.0 && !stands(start, end)? {
            start += 1;
        }
        if end - start > best.1 - best.0 {
            best = (start, end);
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_part_that_stands_is_found_with_few_questions() {
        for (stands, expected) in
            [(vec![(0, 2), (2, 5)], (2, 5)), (vec![(0, 3)], (0, 3)), (vec![(4, 6)], (4, 6)), (vec![], (0, 0))]
        {
            let mut asked = 0;
            let found = longest(6, |start, end| {
                asked += 1;
                Ok(stands.iter().any(|(from, to)| *from <= start && end <= *to))
            });
            assert_eq!(found.ok(), Some(expected), "{stands:?}");
            assert!(asked <= 12, "{asked}");
        }
    }

    #[test]
    fn spellings_are_of_one_script() {
        for (word, other, same) in [
            ("lachn", "lachin", true),
            ("лачн", "лачин", true),
            ("lachn", "лачин", false),
            ("медал", "медаl", false),
            ("covd", "cov1d", false),
        ] {
            assert_eq!(same_script(word, other), same, "{word} {other}");
        }
    }
}
