//! Why a hit has its score.

use std::collections::HashMap;

use super::article;
use crate::annotate::Annotations;
use crate::api::Why;
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::highlight::matcher::Matcher;
use crate::engine::local::matching::collect::{Candidate, aged, demotion_of};
use crate::engine::local::plan::Plan;
use crate::engine::local::rank::{Scorer, Share};
use crate::engine::plan::TargetKind;
use crate::index::Reader;
use crate::text::fold;

/// What the parts of the query and the rules of ranking add to the score of `candidate`: they sum up to it, but for
/// rounding.
pub(crate) fn why(
    reader: &Reader,
    plan: &Plan,
    candidate: &Candidate,
    matcher: &mut Matcher<'_>,
) -> Fallible<Vec<Why>> {
    let found = forms(reader, candidate, matcher)?;
    let segment = reader.searcher.segment_reader(candidate.address.segment_ord);
    let doc = candidate.address.doc_id;
    let open = || Scorer::open(plan.parts(), plan.titled(), plan.averages(), segment);
    let shares = open()?.explain(doc);
    let plain: f64 = shares.iter().map(|share| share.score).sum();
    let titled = open()?.score(doc);
    let demoted = titled * demotion_of(segment, doc)?;
    let aged = demoted * aged(plan, segment, doc)?;
    let mut out: Vec<Why> =
        plan.parts().iter().zip(&shares).map(|(part, share)| of_part(plan, part.target, share)).collect();
    for (why, part) in out.iter_mut().zip(plan.parts()) {
        why.found = found.get(&part.target).cloned().unwrap_or_default();
    }
    let rules = [
        ("exact title", titled - plain),
        ("kind", demoted - titled),
        ("recency", aged - demoted),
        ("feedback", candidate.score() - aged),
    ];
    let tells = |(_, score): &(&str, f64)| score.abs() >= 0.0001;
    out.extend(rules.into_iter().filter(tells).map(|(rule, score)| Why { score: rounded(score), ..named(rule) }));
    Ok(out)
}

/// Forms of one word that are named.
const MOST_FORMS: usize = 8;

/// For the words of the query their other forms and spellings in title and body, by their targets.
fn forms(reader: &Reader, candidate: &Candidate, matcher: &mut Matcher<'_>) -> Fallible<HashMap<usize, Vec<String>>> {
    let stored = reader.load(candidate.address)?;
    let (lang, title) = article::lang_and_title(&stored.record).ok_or_else(Failure::damaged)?;
    let mut found: HashMap<usize, Vec<String>> = HashMap::new();
    for text in [title, &stored.body] {
        // Mentions are not looked at: only words have forms.
        for mark in matcher.find(text, &Annotations::default(), lang) {
            let surface = mark.span.of(text);
            let TargetKind::Word { folded, .. } = &matcher.targets()[mark.target].kind else { continue };
            let known = found.entry(mark.target).or_default();
            if known.len() < MOST_FORMS && fold(surface) != *folded && known.iter().all(|known| known != surface) {
                known.push(surface.to_owned());
            }
        }
    }
    Ok(found)
}

fn named(part: &str) -> Why {
    Why { part: part.to_owned(), title: 0, body: 0, forms: 0, found: Vec::new(), weight: 0.0, score: 0.0 }
}

fn of_part(plan: &Plan, target: usize, share: &Share) -> Why {
    let part = match plan.targets().get(target).map(|target| &target.kind) {
        Some(TargetKind::Word { folded, .. }) => folded.clone(),
        Some(TargetKind::Pair(term)) => term.clone(),
        Some(TargetKind::Phrase(words, _)) => format!("\"{}\"", words.join(" ")),
        Some(TargetKind::Place { name, .. }) => format!("place:{name}"),
        Some(TargetKind::Person { name, .. }) => format!("person:{name}"),
        Some(TargetKind::Org(words)) => format!("org:{}", words.join(" ")),
        _ => String::new(),
    };
    Why {
        title: share.title as u64,
        body: share.body as u64,
        forms: share.variants as u64,
        weight: rounded(share.weight),
        score: rounded(share.score),
        ..named(&part)
    }
}

fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}
