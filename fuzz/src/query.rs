//! What may be wrong with a query: how it is read, and how it is answered.

use std::collections::BTreeSet;

use search::api::{Answer, Engine, Hit, Hits, Listing, Request, Sort};
use search::date::Date;
use search::query;

use crate::random::Random;

/// The day of all queries.
pub fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

/// What is wrong with how `text` is read.
pub fn parsed(text: &str) -> Option<String> {
    let query = query::parse(text, today());
    let printed = query.to_string();
    let again = query::parse(&printed, today());
    // What goes beyond a limit is cut, and a canonical form, which may be longer, may be cut where the query was not.
    let limited = |query: &query::Query| {
        let cut = ["more than ", "too long", "too deeply"];
        query.notes.iter().any(|note| cut.iter().any(|words| note.message.contains(words)))
    };
    if limited(&query) || limited(&again) {
        return None;
    }
    if !again.asks_as(&query) {
        return Some(format!("{printed:?} reads back as {:?}", again.to_string()));
    }
    if let Some(note) = again.notes.first() {
        return Some(format!("the canonical form {printed:?} gives a note: {}", note.message));
    }
    let inside = |span: search::text::Span| query.text.get(span.start as usize..span.end as usize).is_some();
    let messages: BTreeSet<&str> = query.notes.iter().map(|note| note.message.as_str()).collect();
    if !query.notes.iter().all(|note| inside(note.span)) || messages.len() < query.notes.len() {
        return Some("a note is said twice or stands nowhere".to_owned());
    }
    None
}

/// What is wrong with the answers to `text`.
pub fn answered(engine: &dyn Engine, text: &str, random: &mut Random) -> Option<String> {
    let mut request = Request::new(text, today());
    request.sort = [Sort::Score, Sort::Date, Sort::DateDown, Sort::Site, Sort::Words][random.below(5)];
    // A filter with a value that cannot be read is refused else, which is an answer too.
    request.lenient = query::parse(text, today()).refused.is_empty() || random.below(4) > 0;
    if !request.lenient {
        let refused = engine.count(&request).is_err();
        return (!refused).then(|| "what cannot be read is not refused".to_owned());
    }
    request.versions = random.below(4) == 0;
    request.group = random.below(2) == 0;
    request.explain = random.below(4) == 0;
    request.snippets = random.below(4);
    let mut totals = Vec::new();
    for listing in [Listing::All, Listing::Any] {
        request.listing = listing;
        let count = engine.count(&request).unwrap();
        let all = engine.search(&Request { limit: 0, snippets: 0, ..request.clone() }).unwrap();
        let (counted, listed) = ((count.total, count.stories), (all.total, all.stories));
        if counted != listed || all.stories != all.body.hits.len() as u64 {
            return Some(format!("{listing:?}: count {counted:?}, list {} of {listed:?}", all.body.hits.len()));
        }
        if count.reading != all.reading {
            return Some("counting reads it otherwise than listing".to_owned());
        }
        let page = Request { limit: 1 + random.below(5), offset: random.below(8), ..request.clone() };
        let part = engine.search(&page).unwrap();
        let ids = |answer: &Answer<Hits>| answer.body.hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
        let expected: Vec<String> = ids(&all).into_iter().skip(page.offset).take(page.limit).collect();
        if ids(&part) != expected {
            return Some(format!("{listing:?}: from {} on {:?}, not {expected:?}", page.offset, ids(&part)));
        }
        if let Some(fault) = part.body.hits.iter().find_map(|hit| snippets(hit)) {
            return Some(fault);
        }
        totals.push(all.total);
    }
    if totals[0] > totals[1] {
        return Some(format!("{} articles hold all words and {} any", totals[0], totals[1]));
    }
    request.listing = Listing::Fill;
    let filled = engine.search(&request).unwrap();
    let marked = filled.body.hits.iter().filter(|hit| hit.missing.is_empty()).count() as u64;
    if filled.total != totals[0] || marked > filled.total {
        return Some(format!("filled up: {marked} full hits of {}, not of {}", filled.total, totals[0]));
    }
    None
}

/// What is wrong with the snippets of a hit.
fn snippets(hit: &Hit) -> Option<String> {
    for snippet in &hit.snippets {
        let whole = snippet.text.len() as u32 == snippet.end - snippet.start;
        let at = |offset: u32| offset.checked_sub(snippet.start).map(|at| at as usize);
        let inside = |mark: &[u32; 2]| {
            at(mark[0])
                .zip(at(mark[1]))
                .is_some_and(|(start, end)| start < end && snippet.text.get(start..end).is_some())
        };
        let sorted = snippet.marks.windows(2).all(|two| two[0][1] <= two[1][0]);
        if !whole || !sorted || !snippet.marks.iter().all(inside) {
            return Some(format!("a snippet with marks elsewhere: {snippet:?}"));
        }
    }
    None
}
