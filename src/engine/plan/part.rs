//! What scores: the parts of a query, which terms count for each, and what each weighs.
//!
//! How occurrences become a score is the engine's matter (BM25F); how rare a part is, and how much more a name weighs, is
//! the plan's. What each rule gives on judged queries is in `README.md` of the local engine.

use super::field::{Field, Term};
use crate::index::Totals;
use crate::index::forms::read_term;

/// What an occurrence in the title is worth beside one in the body. A title says what an article is about, but holds
/// each word once; with 1, topics with a person lost .02 of nDCG@10.
pub(crate) const TITLE: f64 = 2.0;
/// What a name weighs beside another word that is as rare: as an equal, topics with a person lost .04 of nDCG@10.
const NAME: f64 = 1.5;
/// What an occurrence of a name in the title is worth.
const NAME_TITLE: f64 = 3.0;

/// What a filter by a place or an organisation weighs beside the words of a query, which weigh about 5: it puts articles
/// that are about what was asked for before those that name it in passing. With 1, topics with a place lost .04.
pub(crate) const PLACE: f64 = 3.0;
/// What a filter by a person weighs: about what the rarity of a name in plain words gives it.
pub(crate) const PERSON: f64 = 6.0;

/// Terms in titles, and terms in all other fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Terms {
    pub(crate) title: Vec<Term>,
    pub(crate) body: Vec<Term>,
}

/// The terms of one word in all its forms. No term is in two of the lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct WordTerms {
    /// The word as typed.
    pub(crate) typed: Terms,
    /// Terms that count other forms only.
    pub(crate) others: Terms,
    /// Terms that count the typed form too, beside other forms.
    pub(crate) inclusive: Terms,
}

impl WordTerms {
    /// A word in the form that was typed alone.
    pub(crate) fn exact(typed: Terms) -> WordTerms {
        WordTerms { typed, ..WordTerms::default() }
    }

    /// One word of a name that filters: the terms for it as typed, and those that count every spelling of it.
    pub(crate) fn of_name(typed: Vec<Term>, every_spelling: Vec<Term>) -> WordTerms {
        let (title, body) = typed.into_iter().partition(|term| term.field == Field::Title);
        WordTerms {
            typed: Terms { title, body },
            others: Terms::default(),
            inclusive: Terms { title: Vec::new(), body: every_spelling },
        }
    }

    /// The lists of terms, in the order in which [`WordTerms::documents`] wants their frequencies.
    fn lists(&self) -> [&[Term]; 6] {
        let WordTerms { typed, others, inclusive } = self;
        [&typed.title, &inclusive.title, &others.title, &typed.body, &inclusive.body, &others.body]
    }

    /// About how many documents hold one of the terms, out of `all`; `frequencies` gives how many hold each.
    ///
    /// The typed form is mostly among the stems, a word of the title mostly in the body too, so the larger of the two
    /// stands for both; other forms are taken to be independent. To know better, all postings would have to be read.
    fn documents(&self, all: f64, frequencies: &mut impl Iterator<Item = u64>) -> f64 {
        // Documents that are deleted and not yet merged away are counted in the dictionary, not in `all`.
        let mut share = || frequencies.next().map_or(0.0, |found| (found as f64).min(all) / all.max(1.0));
        let mut without = |terms: &[Term]| without(&terms.iter().map(|term| (term, share())).collect::<Vec<_>>());
        let [typed_titles, title_stems, other_titles, typed_bodies, body_stems, other_bodies] =
            self.lists().map(&mut without);
        let titles = typed_titles.min(title_stems) * other_titles;
        let bodies = typed_bodies.min(body_stems) * other_bodies;
        all * (1.0 - titles.min(bodies))
    }
}

/// The share of the documents that hold none of `terms`, each of which such a share holds.
///
/// A document is in one language, so what is found by the stems of several adds up. That a word is a name, or begins a
/// sentence, mostly in documents that hold it elsewhere too, so of the terms of one stem the largest stands for all. As if
/// all were independent, words with forms in many languages weighed too little: topics with a person lost .006 of nDCG@10.
fn without(terms: &[(&Term, f64)]) -> f64 {
    let (mut by_stems, mut lacking) = (0.0, 1.0);
    for of_lang in terms.chunk_by(|one, other| lang_and_stem(one.0).0 == lang_and_stem(other.0).0) {
        let is_stem = of_lang.first().is_some_and(|(term, _)| lang_and_stem(term).0.is_some());
        let none = of_lang.chunk_by(|one, other| is_stem && lang_and_stem(one.0) == lang_and_stem(other.0));
        let none: f64 = none.map(|same| 1.0 - same.iter().map(|(_, share)| *share).fold(0.0, f64::max)).product();
        if is_stem {
            by_stems += 1.0 - none;
        } else {
            lacking *= none;
        }
    }
    lacking * (1.0 - by_stems).max(0.0)
}

/// The language and the stem of a term of forms; no language for any other term.
fn lang_and_stem(term: &Term) -> (Option<&str>, &str) {
    match (term.field, read_term(&term.text)) {
        (Field::TitleStem | Field::BodyStem, Some((lang, stem))) => (Some(lang), stem),
        _ => (None, &term.text),
    }
}

/// Averages of the index that scores rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Averages {
    documents: f64,
    length: f64,
}

impl Averages {
    /// From the sums that the commit carries: the same whatever the segments and however many deleted documents they
    /// still hold.
    pub(crate) fn new(totals: Totals) -> Averages {
        let documents = totals.pages as f64;
        let length = totals.words as f64 + (TITLE - 1.0) * totals.title_words as f64;
        // One word at least: an index without words divides by its length too.
        Averages { documents, length: (length / documents.max(1.0)).max(1.0) }
    }

    /// Articles of the index.
    pub(crate) fn documents(self) -> f64 {
        self.documents
    }

    /// Words of an article, those of the title as often as they count.
    pub(crate) fn length(self) -> f64 {
        self.length
    }

    /// Inverse document frequency as in BM25, never negative.
    fn idf(self, frequency: f64) -> f64 {
        (1.0 + (self.documents - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln()
    }
}

/// One part of the query that scores: a word in all its forms, several words that stand side by side, or a filter by a
/// name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) words: Vec<WordTerms>,
    /// What the words are where they are written otherwise; each counts as another form of all of them.
    pub(crate) instead: Terms,
    /// How much it tells of an article to hold it once more; for words their inverse document frequency, more for a name.
    pub(crate) weight: f64,
    /// What an occurrence in the title is worth beside one in the body.
    pub(crate) title: f64,
    /// How often the query holds it.
    pub(crate) repeats: f64,
    /// The target that shows it in a snippet, by its place among the targets.
    pub(crate) target: usize,
    /// About how many documents hold it; `None` for a filter by a name, which every match satisfies: it tells how much
    /// an article is about the name, and is no word of the query.
    pub(crate) found: Option<f64>,
}

impl Part {
    /// True for a filter by a name.
    pub(crate) fn is_filter(&self) -> bool {
        self.found.is_none()
    }

    /// The part with its weight times `factor`.
    pub(crate) fn times(self, factor: f64) -> Part {
        Part { weight: self.weight * factor, ..self }
    }
}

/// A part of which it is not known yet how rare it is, so that the index is asked for all parts of a query at once.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) words: Vec<WordTerms>,
    pub(crate) instead: Terms,
    pub(crate) repeats: f64,
    pub(crate) target: usize,
    pub(crate) weighing: Weighing,
}

/// What the weight of a part comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Weighing {
    /// Its rarity.
    Rarity,
    /// Its rarity, and that a name was typed.
    RarityOfName,
    /// Every match satisfies a filter, so how rare it is says nothing: a constant takes its place.
    Filter(f64),
}

impl Draft {
    /// The part once its terms are counted. Words side by side are as rare as the rarest of them and found as often as
    /// the one that is found least, an upper bound that needs no positions.
    fn weighed(self, averages: Averages, frequencies: &mut impl Iterator<Item = u64>) -> Part {
        let Draft { words, instead, repeats, target, weighing } = self;
        let (emphasis, title) = if weighing == Weighing::RarityOfName { (NAME, NAME_TITLE) } else { (1.0, TITLE) };
        if let Weighing::Filter(weight) = weighing {
            return Part { words, instead, weight, title, repeats, target, found: None };
        }
        let all = averages.documents;
        let rarest = words.iter().map(|word| word.documents(all, frequencies)).fold(f64::INFINITY, f64::min);
        let otherwise = WordTerms::exact(instead.clone()).documents(all, frequencies);
        // Written one way or the other, independently.
        let found = all.max(1.0) * (1.0 - (1.0 - rarest / all.max(1.0)) * (1.0 - otherwise / all.max(1.0)));
        Part { words, instead, weight: averages.idf(found) * emphasis, title, repeats, target, found: Some(found) }
    }
}

/// The parts of `drafts`, weighed by the document frequencies of all their terms, which `doc_freqs` is asked for in one
/// batch.
pub(crate) fn weigh<E>(
    averages: Averages,
    drafts: Vec<Draft>,
    doc_freqs: impl FnOnce(&[&Term]) -> Result<Vec<u64>, E>,
) -> Result<Vec<Part>, E> {
    let counted = drafts.iter().filter(|draft| !matches!(draft.weighing, Weighing::Filter(_)));
    let mut terms: Vec<&Term> = Vec::new();
    for draft in counted {
        terms.extend(draft.words.iter().flat_map(WordTerms::lists).flatten());
        terms.extend(draft.instead.title.iter().chain(&draft.instead.body));
    }
    let frequencies = doc_freqs(&terms)?;
    debug_assert_eq!(frequencies.len(), terms.len(), "one frequency a term");
    let mut frequencies = frequencies.into_iter();
    Ok(drafts.into_iter().map(|draft| draft.weighed(averages, &mut frequencies)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(words: &[&str]) -> Terms {
        Terms { title: Vec::new(), body: words.iter().map(|word| Field::Body.term(word)).collect() }
    }

    #[test]
    fn each_term_counts_for_what_it_holds() {
        let exact = WordTerms::exact(body(&["medals"]));
        assert_eq!(
            (exact.typed, exact.others, exact.inclusive),
            (body(&["medals"]), Terms::default(), Terms::default())
        );
        let name =
            WordTerms::of_name(vec![Field::Named.term("a"), Field::Title.term("b")], vec![Field::Named.term("c")]);
        assert_eq!((name.typed.title, name.typed.body), (vec![Field::Title.term("b")], vec![Field::Named.term("a")]));
        assert_eq!(name.inclusive.body, [Field::Named.term("c")]);
    }

    fn documents(terms: &WordTerms, frequencies: &[u64]) -> f64 {
        assert_eq!(frequencies.len(), terms.lists().iter().map(|list| list.len()).sum::<usize>());
        terms.documents(100.0, &mut frequencies.iter().copied())
    }

    #[test]
    fn frequencies_of_forms_are_taken_together() {
        let close = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one}, expected {other}");
        let typed = WordTerms { typed: body(&["a"]), ..WordTerms::default() };
        close(documents(&typed, &[10]), 10.0);
        // Deleted documents are still in the dictionary.
        close(documents(&typed, &[1_000]), 100.0);
        // The larger of the typed form and the stems that hold it, and other forms beside.
        let stems = WordTerms { inclusive: body(&["s"]), ..typed.clone() };
        close(documents(&stems, &[10, 30]), 30.0);
        let others = WordTerms { others: body(&["o"]), ..stems };
        close(documents(&others, &[10, 30, 50]), 100.0 * (1.0 - 0.7 * 0.5));
        // The larger of title and body.
        let title = Terms { title: vec![Field::Title.term("a")], body: body(&["a"]).body };
        let both = WordTerms { typed: title, ..WordTerms::default() };
        close(documents(&both, &[40, 10]), 40.0);
        close(documents(&WordTerms::default(), &[]), 0.0);
    }

    #[test]
    fn stems_of_one_word_are_not_independent() {
        for (terms, expected) in [
            // Classes of one stem, stems of one language, languages.
            ("en:bank 30 en^bank 10 en~bank 20", 70.0),
            ("ru:a 50 ru~a 10 ru:b 40", 30.0),
            ("de:bank 30 de~bank 30 en:bank 30 en~bank 20 ro:banc 20", 20.0),
            ("de:bank 80 en:bank 60", 0.0),
            // What is no stem.
            ("北京 50 京都 50", 25.0),
            ("", 100.0),
        ] {
            let words: Vec<&str> = terms.split_whitespace().collect();
            let terms: Vec<(Term, f64)> = words
                .as_chunks::<2>()
                .0
                .iter()
                .map(|[text, share]| (Field::BodyStem.term(text), share.parse::<f64>().expect("a share") / 100.0))
                .collect();
            let lacking = without(&terms.iter().map(|(term, share)| (term, *share)).collect::<Vec<_>>());
            assert!((lacking * 100.0 - expected).abs() < 1e-9, "{terms:?}: {lacking}");
        }
    }

    #[test]
    fn rarity_is_never_below_nothing() {
        let averages = Averages::new(Totals { pages: 100, words: 5_000, title_words: 1_000 });
        assert_eq!((averages.documents(), averages.length()), (100.0, 60.0));
        assert!(averages.idf(0.0) > averages.idf(10.0) && averages.idf(10.0) > averages.idf(90.0));
        assert!(averages.idf(100.0) >= 0.0 && averages.idf(1_000.0) == 0.0);
        let empty = Averages::new(Totals::default());
        assert_eq!((empty.documents(), empty.length()), (0.0, 1.0));
        assert!(empty.idf(0.0).is_finite());
    }

    #[test]
    fn a_phrase_is_as_rare_as_its_rarest_word() {
        let averages = Averages::new(Totals { pages: 100, words: 5_000, title_words: 1_000 });
        let word = |text: &str| WordTerms { typed: body(&[text]), ..WordTerms::default() };
        let draft = |words: Vec<WordTerms>, weighing| Draft {
            words,
            instead: Terms::default(),
            repeats: 1.0,
            target: 0,
            weighing,
        };
        let drafts = vec![
            draft(vec![word("a"), word("b")], Weighing::Rarity),
            draft(vec![word("a")], Weighing::RarityOfName),
            draft(vec![word("c")], Weighing::Filter(3.0)),
        ];
        let mut asked = Vec::new();
        let parts = weigh(averages, drafts, |terms| {
            asked = terms.iter().map(|term| term.text.clone()).collect();
            Ok::<_, std::convert::Infallible>(vec![40, 5, 40])
        });
        let Ok(parts) = parts;
        assert_eq!(asked, ["a", "b", "a"], "a filter is not counted");
        assert!(parts[0].found.is_some_and(|found| (found - 5.0).abs() < 1e-9));
        assert!((parts[0].weight - averages.idf(5.0)).abs() < 1e-9);
        assert!((parts[1].weight - 1.5 * averages.idf(40.0)).abs() < 1e-9 && parts[1].title > parts[0].title);
        assert_eq!((parts[2].weight, parts[2].found, parts[2].is_filter()), (3.0, None, true));
        assert_eq!(parts[2].clone().times(2.0).weight, 6.0);
    }
}
