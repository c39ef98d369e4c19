//! Why a hit has its score.

use crate::api::Why;
use crate::engine::local::matching::collect::{Candidate, aged, demotion_of};
use crate::engine::local::plan::Plan;
use crate::engine::local::rank::{Scorer, Share};
use crate::engine::plan::TargetKind;
use crate::index::Reader;

/// What the parts of the query and the rules of ranking add to the score of `candidate`: they sum up to it, but for
/// rounding.
pub(crate) fn why(reader: &Reader, plan: &Plan, candidate: &Candidate) -> tantivy::Result<Vec<Why>> {
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

fn named(part: &str) -> Why {
    Why { part: part.to_owned(), title: 0, body: 0, forms: 0, weight: 0.0, score: 0.0 }
}

fn of_part(plan: &Plan, target: usize, share: &Share) -> Why {
    let part = match plan.targets().get(target).map(|target| &target.kind) {
        Some(TargetKind::Word { folded, .. }) => folded.clone(),
        Some(TargetKind::Pair(term)) => term.clone(),
        Some(TargetKind::Phrase(words)) => format!("\"{}\"", words.join(" ")),
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
