//! Scores, compared with the formula of BM25F as the README has it.

use tantivy::Searcher;

use super::archive;
use crate::engine::local::rank::Scorer;
use crate::engine::plan::{Averages, Field, Part, Terms, WordTerms};
use crate::index::Totals;

const ARTICLES: &[(&str, &str)] = &[
    ("medal", "gold gold gold town"),
    ("town of gold", "medal medal medals"),
    ("news", "a b c d e f g h"),
    ("medal gold", "town"),
];

/// Words of all four titles and bodies, and of the titles.
const TOTALS: Totals = Totals { pages: 4, words: 23, title_words: 7 };

fn terms(word: &str) -> Terms {
    Terms { title: vec![Field::Title.term(word)], body: vec![Field::Body.term(word)] }
}

fn part(words: Vec<WordTerms>) -> Part {
    Part { words, instead: Terms::default(), weight: 2.0, title: 2.0, repeats: 1.0, target: 0, found: Some(1.0) }
}

fn word(word: &str) -> Part {
    part(vec![WordTerms::exact(terms(word))])
}

fn filter(word: &str) -> Part {
    Part { found: None, weight: 3.0, ..part(vec![WordTerms::of_name(vec![Field::Body.term(word)], Vec::new())]) }
}

fn scores(searcher: &Searcher, parts: &[Part], titled: Option<u32>) -> [f64; 4] {
    let segment = searcher.segment_reader(0);
    let mut scorer = Scorer::open(parts, titled, Averages::new(TOTALS), segment).expect("a scorer");
    let mut explained = Scorer::open(parts, titled, Averages::new(TOTALS), segment).expect("a scorer");
    std::array::from_fn(|doc| {
        let doc = doc as u32;
        let score = scorer.score(doc);
        let shares = explained.explain(doc);
        assert_eq!(shares.len(), parts.len());
        if titled.is_none() {
            let sum: f64 = shares.iter().map(|share| share.score).sum();
            assert!((sum - score).abs() < 1e-12, "the shares of {doc} sum up to its score");
        }
        score
    })
}

/// What so many occurrences count for parts of weight 2, where the length counts `b` and the article has `length` words,
/// those of the title twice: `weight · f · (k1 + 1) / (f + k1 · (1 − b + b · length / average))`.
fn expected(frequency: f64, b: f64, length: f64) -> f64 {
    let average = (23.0 + 7.0) / 4.0;
    2.0 * frequency * 2.2 / (frequency + 1.2 * (1.0 - b + b * length / average))
}

#[track_caller]
fn same(scores: [f64; 4], expected: [f64; 4]) {
    for (doc, (score, expected)) in scores.into_iter().zip(expected).enumerate() {
        assert!((score - expected).abs() < 1e-12, "article {doc}: {score}, expected {expected}");
    }
}

#[test]
fn one_part_has_one_saturation_and_no_length() {
    let archive = archive(ARTICLES);
    // An occurrence in the title counts as two in the body.
    same(
        scores(&archive, &[word("medal")], None),
        [expected(2.0, 0.0, 0.0), expected(2.0, 0.0, 0.0), 0.0, expected(2.0, 0.0, 0.0)],
    );
    let named = Part { title: 3.0, weight: 4.0, ..word("medal") };
    let three = 2.0 * expected(3.0, 0.0, 0.0);
    same(scores(&archive, &[named], None), [three, 2.0 * expected(2.0, 0.0, 0.0), 0.0, three]);
    let repeated = Part { repeats: 2.0, ..word("medal") };
    same(scores(&archive, &[repeated], None), scores(&archive, &[word("medal")], None).map(|score| 2.0 * score));
}

#[test]
fn with_every_further_part_the_length_counts_more() {
    let archive = archive(ARTICLES);
    // Lengths 2 · 1 + 4, 2 · 3 + 3, 2 · 2 + 1.
    same(
        scores(&archive, &[word("medal"), word("gold")], None),
        [
            expected(2.0, 0.2, 6.0) + expected(3.0, 0.2, 6.0),
            expected(2.0, 0.2, 9.0) + expected(2.0, 0.2, 9.0),
            0.0,
            expected(2.0, 0.2, 5.0) + expected(2.0, 0.2, 5.0),
        ],
    );
    let unknown = ["x", "y", "z"].map(word);
    let five: Vec<Part> = unknown.into_iter().chain([word("medal"), word("q")]).collect();
    // From the fourth part on it is 0.6.
    same(
        scores(&archive, &five, None),
        [expected(2.0, 0.6, 6.0), expected(2.0, 0.6, 9.0), 0.0, expected(2.0, 0.6, 5.0)],
    );
}

#[test]
fn other_forms_count_less_inside_the_same_saturation() {
    let archive = archive(ARTICLES);
    let forms = part(vec![WordTerms { others: terms("medals"), ..WordTerms::exact(terms("medal")) }]);
    same(
        scores(&archive, &[forms], None),
        [expected(2.0, 0.0, 0.0), expected(2.0 + 0.7, 0.0, 0.0), 0.0, expected(2.0, 0.0, 0.0)],
    );
}

#[test]
fn words_side_by_side_count_as_the_one_found_least() {
    let archive = archive(ARTICLES);
    let phrase = part(["gold", "town"].map(|word| WordTerms::exact(terms(word))).to_vec());
    same(
        scores(&archive, &[phrase], None),
        [expected(1.0, 0.0, 0.0), expected(2.0, 0.0, 0.0), 0.0, expected(1.0, 0.0, 0.0)],
    );
}

#[test]
fn a_title_that_is_the_query_comes_first() {
    let archive = archive(ARTICLES);
    let parts = [word("gold"), word("medal")];
    let (plain, titled) = (scores(&archive, &parts, None), scores(&archive, &parts, Some(2)));
    // No score of both parts reaches 2 · 2 · 2.2.
    same(titled, [plain[0], plain[1], plain[2], plain[3] + 8.8]);
    assert!(titled[3] > titled[0] && plain.iter().all(|score| *score < 8.8));
    // The title has another word beside.
    same(scores(&archive, &[word("gold")], Some(1)), scores(&archive, &[word("gold")], None));
}

#[test]
fn filters_tell_how_much_an_article_is_about_a_name() {
    let archive = archive(ARTICLES);
    let worth = |frequency: f64| 1.5 * expected(frequency, 0.0, 0.0);
    // Beside a word it is one more share, which makes no length count.
    same(
        scores(&archive, &[word("town"), filter("gold")], None),
        [expected(1.0, 0.0, 0.0) + worth(3.0), expected(2.0, 0.0, 0.0), 0.0, expected(1.0, 0.0, 0.0)],
    );
    // Alone, what holds the name as typed comes before all that holds another spelling of it.
    let both =
        WordTerms::of_name(vec![Field::Body.term("medals")], vec![Field::Body.term("medal"), Field::Body.term("gold")]);
    let name = Part { words: vec![both], ..filter("x") };
    let alone = scores(&archive, &[name], None);
    assert!(alone[1] > 3.0 * 2.2 && alone[0] > 0.0 && alone[0] < 3.0 * 2.2, "{alone:?}");
}

#[test]
fn only_what_scores_less_is_let_go() {
    let archive = archive(ARTICLES);
    let rare = Part { weight: 5.0, ..word("gold") };
    for (parts, titled) in [
        (vec![word("medal"), rare.clone(), word("town")], None),
        (vec![word("medal"), word("gold")], Some(2)),
        (vec![filter("medal"), word("town")], None),
        (vec![filter("medal"), filter("gold")], None),
    ] {
        let all = scores(&archive, &parts, titled);
        for least in (0..140).map(|tenths| f64::from(tenths) / 10.0) {
            let open =
                || Scorer::open(&parts, titled, Averages::new(TOTALS), archive.segment_reader(0)).expect("a scorer");
            let mut scorer = open();
            for (doc, score) in (0..).zip(all) {
                match scorer.score_from(doc, least) {
                    Some(found) => assert_eq!(found, score, "article {doc} from {least}"),
                    None => assert!(score < least, "article {doc} has {score} and was let go at {least}"),
                }
            }
        }
    }
    // What cannot reach the bound is not looked at to the end.
    let parts = [word("medal"), rare, word("town")];
    let mut scorer = Scorer::open(&parts, None, Averages::new(TOTALS), archive.segment_reader(0)).expect("a scorer");
    let most = 2.2 * (2.0 + 5.0 + 2.0);
    assert_eq!(scorer.score_from(0, most + 0.1), None);
}
