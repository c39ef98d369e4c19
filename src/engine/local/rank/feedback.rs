//! Feedback for long queries: the best articles of the first pass tell which other words the answer is made of.
//!
//! A relevance model (RM3; Abdul-Jaleel and others, TREC 2004) over the best articles gives a few terms, and what an
//! article holds of them is added to its score, up to an eighth of the best score. Nothing is found that was not found
//! before: the best few hundred are put in a new order. Short queries are left alone: a name and a word or two are
//! best served by what was typed.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use tantivy::DocAddress;

use crate::api::Sort;
use crate::engine::local::failure::Fallible;
use crate::engine::local::matching::collect::Candidate;
use crate::engine::local::matching::terms::doc_freqs;
use crate::engine::local::plan::Plan;
use crate::engine::local::rank::Scorer;
use crate::engine::local::stop::Stop;
use crate::engine::plan::{Averages, Draft, Field, Part, Terms, Weighing, WordTerms, weigh};
use crate::index::Reader;
use crate::index::forms::Class;
use crate::index::record::Outcome;
use crate::lang::{StemCache, Stemmer, guess, normalise};
use crate::text::{Pair, Pairs, is_cjk, words};

/// Candidates of a tier that are put in a new order.
pub(crate) const DEPTH: usize = 300;
/// Articles that the terms are drawn from.
pub(crate) const MODEL: usize = 20;
/// Parts of a query from which on feedback helps.
// Shorter queries lost with it what they gained (`../README.md`).
const PARTS: usize = 6;
/// Terms drawn.
const TERMS: usize = 20;
/// Words read of each article: what it is about stands at its head.
const WORDS: usize = 300;
/// What an article that holds all the terms best gains, as a share of the best score.
const SHARE: f64 = 0.125;
/// Maximum document frequency of a term: one article in so many.
const COMMON: f64 = 10.0;
/// Terms in fewer articles, about, connect nothing.
const FEWEST: f64 = 1.5;
/// Shorter terms, in bytes, are left out.
// Two letters are an ending or an initial.
const SHORTEST: usize = 3;

/// True where a query gains by feedback.
pub(crate) fn is_wanted(plan: &Plan, sort: Sort) -> bool {
    sort == Sort::Score && plan.parts().iter().filter(|part| !part.is_filter()).count() >= PARTS
}

/// Puts the candidates of each tier in a new order. The tiers themselves stay in theirs.
pub(crate) fn rerank(reader: &Reader, plan: &Plan, tiers: Vec<&mut Vec<Candidate>>, stop: Stop<'_>) -> Fallible<()> {
    let model: Vec<Candidate> = tiers.iter().flat_map(|tier| tier.iter()).take(MODEL).cloned().collect();
    let parts = expansion(reader, plan.averages(), &model, stop)?;
    let ranked = tiers.iter().flat_map(|tier| tier.iter().take(DEPTH)).chain(&model);
    let scores = scores(reader, plan.averages(), &parts, ranked.map(|candidate| candidate.address).collect())?;
    let of = |candidate: &Candidate| scores.get(&candidate.address).copied().unwrap_or(0.0);
    let most = model.iter().map(of).fold(0.0, f64::max);
    let best = model.iter().map(Candidate::score).fold(0.0, f64::max);
    // No candidate holds a term of the model: there is no order to improve.
    if most <= 0.0 {
        return Ok(());
    }
    for tier in tiers {
        let head = tier.len().min(DEPTH);
        for candidate in &mut tier[..head] {
            candidate.raise(SHARE * best * of(candidate) / most);
        }
        tier[..head].sort_unstable();
    }
    Ok(())
}

/// The terms that the articles of `model` are made of, as parts that weigh what the terms weigh in them.
fn expansion(reader: &Reader, averages: Averages, model: &[Candidate], stop: Stop<'_>) -> Fallible<Vec<Part>> {
    let total: f64 = model.iter().map(Candidate::score).sum();
    let mut weights: FxHashMap<Telling, f64> = FxHashMap::default();
    let mut cache = StemCache::default();
    for candidate in model {
        stop.check()?;
        let terms = terms_of(reader, candidate.address, &mut cache)?;
        let length: u32 = terms.values().sum();
        for (term, count) in terms {
            *weights.entry(term).or_default() += candidate.score() * f64::from(count) / f64::from(length) / total;
        }
    }
    let mut weights: Vec<(Telling, f64)> = weights.into_iter().filter(|(term, _)| may_tell(&term.stem)).collect();
    let order = |one: &(Telling, f64), other: &(Telling, f64)| -> Ordering {
        // Ties by the alphabet: the map gives its terms in any order.
        other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0))
    };
    weights.sort_unstable_by(order);
    // What a tenth of the archive holds tells one article from another as little as a stop word.
    let most = averages.documents() / COMMON;
    let mut parts = Vec::with_capacity(TERMS);
    for (term, weight) in weights {
        let words = vec![WordTerms::exact(term.terms())];
        let draft = Draft { words, instead: Terms::default(), repeats: 1.0, target: 0, weighing: Weighing::Rarity };
        // One by one: most terms are not looked at, since enough are found before.
        let drawn = weigh(averages, vec![draft], |terms| doc_freqs(reader, terms))?;
        let tells = |part: &Part| part.found.is_some_and(|found| (FEWEST..=most).contains(&found));
        parts.extend(drawn.into_iter().filter(tells).map(|part| part.times(weight)));
        if parts.len() == TERMS {
            break;
        }
    }
    Ok(parts)
}

pub(crate) fn may_tell(term: &str) -> bool {
    term.len() >= SHORTEST && !term.bytes().all(|b| b.is_ascii_digit())
}

/// A term that an article is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Telling {
    /// The stem of a word; the word itself in languages without a stemmer, or a pair of characters.
    stem: String,
    /// The language of the stem.
    lang: Option<&'static str>,
}

impl Telling {
    /// All forms of it, names too: a word of an article is never so far from a name with its stem as a typed one is.
    fn terms(&self) -> Terms {
        let Some(lang) = self.lang else {
            // Pairs of characters stand in the fields of stems.
            let both = |surface: Field, stem: Field| vec![surface.term(&self.stem), stem.term(&self.stem)];
            return Terms { title: both(Field::Title, Field::TitleStem), body: both(Field::Body, Field::BodyStem) };
        };
        let all = |field: Field| Class::ALL.map(|class| field.term(&class.term(lang, &self.stem))).to_vec();
        Terms { title: all(Field::TitleStem), body: all(Field::BodyStem) }
    }
}

/// How often each term stands in the title and the head of an article.
fn terms_of(reader: &Reader, address: DocAddress, cache: &mut StemCache) -> tantivy::Result<FxHashMap<Telling, u32>> {
    let mut counts: FxHashMap<Telling, u32> = FxHashMap::default();
    let stored = reader.load(address)?;
    let Outcome::Page(page) = &stored.record.outcome else { return Ok(counts) };
    let (mut folded, mut pairs) = (String::new(), Vec::new());
    for text in [&page.article.title, &stored.body] {
        let mut words = words(text);
        let mut left = WORDS;
        // Of each, title and body: a long body must not drown its title.
        let mut paired = Pairs::default();
        let mut pair = |pair: Pair<'_>| pairs.push(pair.term.to_owned());
        while let Some(word) = words.next_word().filter(|_| left > 0) {
            left -= 1;
            paired.take(text, word, &mut pair);
            // One character says little: its pairs stand for it.
            if !word.folded.starts_with(is_cjk) {
                folded.push_str(word.folded);
                folded.push('\n');
            }
        }
        paired.close(&mut pair);
    }
    let lang = page
        .article
        .lang
        .as_deref()
        .and_then(normalise)
        .or_else(|| guess(&stored.body))
        .filter(|lang| Stemmer::of(lang).is_some());
    let mut add = |stem: &str, lang| *counts.entry(Telling { stem: stem.to_owned(), lang }).or_default() += 1;
    match lang {
        Some(code) => {
            cache.stem_all(code, folded.lines(), |_, stems| stems.split('\t').for_each(|stem| add(stem, lang)))
        }
        // The words are their own stems.
        None => folded.lines().for_each(|word| add(word, None)),
    }
    pairs.iter().for_each(|pair| add(pair, None));
    Ok(counts)
}

/// The scores of `parts` in the documents at `addresses`.
fn scores(
    reader: &Reader,
    averages: Averages,
    parts: &[Part],
    mut addresses: Vec<DocAddress>,
) -> tantivy::Result<FxHashMap<DocAddress, f64>> {
    // One scorer a segment, which goes forward only.
    addresses.sort_unstable();
    addresses.dedup();
    let mut scores = FxHashMap::default();
    for inside in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
        let Some(first) = inside.first() else { continue };
        let segment = reader.searcher.segment_reader(first.segment_ord);
        let mut scorer = Scorer::open(parts, None, averages, segment)?;
        scores.extend(inside.iter().map(|address| (*address, scorer.score(address.doc_id))));
    }
    Ok(scores)
}
