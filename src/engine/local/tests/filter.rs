//! The small queries that plans are lowered to.

use tantivy::Term;

use super::{archive, found};
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::matching::lower::Lowering;
use crate::engine::plan::{Field, Match, Placement, Region, Slot};
use crate::index::Superseded;
use crate::index::schema::schema;

const ARTICLES: &[(&str, &str)] =
    &[("Gold", "the gold medal"), ("Medal", "gold of a medal"), ("News", "silver"), ("Gold medal", "")];

fn body(word: &str) -> Term {
    Term::from_field_text(schema().1.body, word)
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn terms_few_and_many() {
    let archive = archive(ARTICLES);
    let check = |terms: Vec<Term>, expected: &[u32]| {
        assert_eq!(found(&archive, &filter::any_term(terms)), expected);
    };
    check(vec![], &[]);
    check(vec![body("gold")], &[0, 1]);
    check(vec![body("gold"), body("silver")], &[0, 1, 2]);
    check(vec![body("gold"), body("gold")], &[0, 1]);
    // From 65 terms on they are looked for in another way.
    for count in [63, 64, 65, 200] {
        let none = (1..count).map(|number| body(&format!("none{number}")));
        check(none.chain([body("silver")]).collect(), &[2]);
    }
}

#[test]
fn phrases_with_words_between() {
    let archive = archive(ARTICLES);
    let f = &schema().1;
    let check = |text: &str, slop: u32, expected: &[u32]| {
        assert_eq!(found(&archive, &filter::phrase(&[f.title, f.body], &words(text), slop)), expected, "{text} {slop}");
    };
    check("gold medal", 0, &[0, 3]);
    check("gold medal", 1, &[0, 3]);
    check("gold medal", 2, &[0, 1, 3]);
    check("gold", 0, &[0, 1, 3]);
    check("", 0, &[]);
}

#[test]
fn and_or_and_not() {
    let archive = archive(ARTICLES);
    let one = |word: &str| filter::term(body(word));
    let check = |matching: Matching, expected: &[u32]| assert_eq!(found(&archive, &matching), expected, "{matching:?}");
    check(filter::and(vec![], vec![]), &[0, 1, 2, 3]);
    check(filter::and(vec![], vec![one("gold")]), &[2, 3]);
    check(filter::and(vec![one("gold"), one("of")], vec![]), &[1]);
    check(filter::and(vec![one("gold")], vec![one("of")]), &[0]);
    check(filter::or(vec![]), &[]);
    check(filter::or(vec![one("gold")]), &[0, 1]);
    check(filter::or(vec![one("the"), one("silver")]), &[0, 2]);
    check(filter::nothing(), &[]);
}

#[test]
fn a_planned_match_finds_what_it_says() {
    let archive = archive(ARTICLES);
    let lowering = Lowering {
        superseded: &Superseded::default(),
        changes: Default::default(),
        postings: Default::default(),
        damage: &filter::Damage::default(),
    };
    let check = |planned: Match, expected: &[u32]| {
        let shown = format!("{planned:?}");
        assert_eq!(found(&archive, &lowering.lower(planned)), expected, "{shown}");
    };
    let gold = || Match::term(Field::Body.term("gold"));
    check(Match::Nothing, &[]);
    check(gold(), &[0, 1]);
    check(Match::none_of(gold()), &[2, 3]);
    check(Match::phrase(&[Field::Title, Field::Body], &words("gold medal"), 0), &[0, 3]);
    check(Match::phrase(&[Field::Title], &words("medal"), 0), &[1, 3]);
    check(Match::phrase(&[Field::Title], &[], 0), &[]);
    check(Match::or(vec![gold(), Match::term(Field::Title.term("news"))]), &[0, 1, 2]);
    check(Match::And { must: vec![gold()], not: vec![Match::term(Field::Body.term("of"))] }, &[0]);
    let slot = |word: &str| Slot { title: vec![], body: vec![Field::Body.term(word)], capitals: vec![] };
    let place = Placement::Sequence(vec![slot("gold"), slot("medal")]);
    check(Match::Placed { place: place.clone(), region: Region::Whole, times: 1 }, &[0]);
    check(Match::Placed { place, region: Region::Words(2), times: 1 }, &[]);
}
