//! Positions of words, and what is matched by them.

use tantivy::{Searcher, Term};

use super::{archive, found};
use crate::engine::local::matching::filter::{self, Matching};
use crate::engine::local::matching::occurrences::{Layout, Union};
use crate::engine::local::matching::proximity;
use crate::engine::plan::{Placement, Region, Slot};
use crate::index::schema::schema;
use crate::index::terms;
use crate::query::Reach;

const ARTICLES: &[(&str, &str)] = &[
    ("Gold medal for Lachin", "A medal was struck. The town of Lachin waits.\n\nIt is of gold.\n\nA third medal."),
    ("News", "In Lachin a gold medal was given. Nobody saw NATO.\n\nMcKay came."),
    ("Lachin", "The medal. The gold medal, and again the gold medal of 1992."),
    ("Tales", ""),
];

/// Words side by side, in both fields; `NATO^u` has to have the layout term.
fn words(typed: &str) -> Placement<Term> {
    let f = &schema().1;
    let slot = |typed: &str| {
        let (word, capitals) = typed.split_once('^').unwrap_or((typed, ""));
        let marks = [terms::INITIAL, terms::CAPITALS, terms::MIXED];
        Slot {
            title: vec![Term::from_field_text(f.title, word)],
            body: vec![Term::from_field_text(f.body, word)],
            capitals: marks.into_iter().filter(|mark| capitals.contains(mark)).collect(),
        }
    };
    Placement::Sequence(typed.split(' ').map(slot).collect())
}

fn near(reach: Reach, parts: &[&str]) -> Placement<Term> {
    Placement::Near(reach, parts.iter().map(|part| words(part)).collect())
}

#[track_caller]
fn check(searcher: &Searcher, place: Placement<Term>, region: Region, times: u32, expected: &[u32]) {
    let asked = format!("{place:?}");
    let matching = proximity::matching(place, region, times);
    assert_eq!(found(searcher, &matching), expected, "{asked}");
    // An exclusion asks about documents one by one.
    let without: Vec<u32> = (0..ARTICLES.len() as u32).filter(|doc| !expected.contains(doc)).collect();
    assert_eq!(found(searcher, &filter::and(Vec::new(), vec![matching])), without, "all but {asked}");
}

#[test]
fn articles_are_matched_by_place() {
    let archive = archive(ARTICLES);
    let whole = |place, expected: &[u32]| check(&archive, place, Region::Whole, 1, expected);
    whole(words("gold medal"), &[0, 1, 2]);
    whole(words("medal gold"), &[]);
    whole(near(Reach::Within(1), &["medal", "gold"]), &[0, 1, 2]);
    whole(near(Reach::Before(1), &["medal", "gold"]), &[]);
    whole(near(Reach::Before(3), &["lachin", "medal"]), &[1]);
    // Nothing of the title is close to anything of the body.
    whole(near(Reach::Within(100), &["lachin", "1992"]), &[]);
    whole(near(Reach::Sentence, &["lachin", "town"]), &[0]);
    whole(near(Reach::Sentence, &["struck", "town"]), &[]);
    whole(near(Reach::Paragraph, &["struck", "town"]), &[0]);
    whole(near(Reach::Paragraph, &["struck", "third"]), &[]);
    whole(Placement::Any(vec![words("nato"), words("1992")]), &[1, 2]);
    whole(words("unknown"), &[]);
    whole(
        Placement::Near(Reach::Within(2), vec![words("lachin"), near(Reach::Within(1), &["gold", "medal"])]),
        &[0, 1],
    );
}

#[test]
fn capitals_are_those_of_the_text() {
    let archive = archive(ARTICLES);
    let whole = |place, expected: &[u32]| check(&archive, place, Region::Whole, 1, expected);
    whole(words("nato^u"), &[1]);
    whole(words("nato^c"), &[]);
    whole(words("mckay^m"), &[1]);
    whole(words("gold^c"), &[0]);
    whole(words("gold^c medal"), &[0]);
    whole(words("the^cum gold"), &[2]);
}

#[test]
fn regions_and_counts() {
    let archive = archive(ARTICLES);
    check(&archive, words("third"), Region::Paragraphs(2), 1, &[]);
    check(&archive, words("third"), Region::Paragraphs(3), 1, &[0]);
    check(&archive, words("gold"), Region::Paragraphs(1), 1, &[0, 1, 2]);
    check(&archive, words("medal"), Region::Words(2), 1, &[0, 2]);
    check(&archive, words("medal"), Region::Words(1), 1, &[]);
    // The last word of a phrase counts; the title does not.
    check(&archive, words("gold medal"), Region::Words(4), 1, &[]);
    check(&archive, words("gold medal"), Region::Words(5), 1, &[1, 2]);
    check(&archive, words("medal"), Region::Whole, 2, &[0, 2]);
    check(&archive, words("medal"), Region::Whole, 3, &[0, 2]);
    check(&archive, words("medal"), Region::Whole, 4, &[]);
    check(&archive, words("gold medal"), Region::Whole, 2, &[2]);
    // Of parts close to each other the first is counted.
    check(&archive, near(Reach::Within(1), &["gold", "medal"]), Region::Whole, 2, &[2]);
    check(&archive, near(Reach::Within(1), &["medal", "gold"]), Region::Whole, 3, &[]);
}

#[test]
fn lacking_a_phrase() {
    let archive = archive(ARTICLES);
    let f = &schema().1;
    let phrase = |typed: &str| -> Matching {
        let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        filter::phrase(&[f.title, f.body], &words, 0)
    };
    let lachin = filter::term(Term::from_field_text(f.body, "lachin"));
    assert_eq!(found(&archive, &phrase("gold medal")), [0, 1, 2]);
    assert_eq!(found(&archive, &filter::and(Vec::new(), vec![phrase("gold medal")])), [3]);
    // The excluded scorer stands behind the candidate that it is asked about.
    assert_eq!(found(&archive, &filter::and(Vec::new(), vec![phrase("nobody saw"), phrase("gold medal of")])), [0, 3]);
    assert_eq!(found(&archive, &filter::and(vec![lachin], vec![filter::or(vec![phrase("nobody saw")])])), [0]);
}

#[test]
fn few_and_many_terms_give_the_same_positions() {
    let archive = archive(ARTICLES);
    let f = &schema().1;
    let terms = |words: &[&str]| words.iter().map(|word| Term::from_field_text(f.body, word)).collect::<Vec<_>>();
    let few = ["medal", "gold", "lachin"];
    let many = ["medal", "gold", "lachin", "the", "a", "of", "was", "in", "town", "it"];
    let segment = archive.segment_reader(0);
    for (words, expected) in [
        (&few[..], [vec![1, 7, 12, 15], vec![1, 3, 4], vec![1, 3, 4, 8, 9], vec![]]),
        (
            &many[..],
            [
                vec![0, 1, 2, 4, 5, 6, 7, 9, 11, 12, 13, 15],
                vec![0, 1, 2, 3, 4, 5],
                vec![0, 1, 2, 3, 4, 7, 8, 9, 10],
                vec![],
            ],
        ),
    ] {
        let mut union = Union::open(segment, &terms(words)).expect("postings");
        for (doc, expected) in (0..).zip(&expected) {
            assert_eq!(union.positions(doc), *expected, "{words:?} in {doc}");
        }
    }
}

#[test]
fn a_layout_says_where_units_begin() {
    const MARKS: [&str; 5] = [terms::PARAGRAPH, terms::SENTENCE, terms::INITIAL, terms::CAPITALS, terms::MIXED];
    let archive = archive(ARTICLES);
    let segment = archive.segment_reader(0);
    let mut body = Layout::open(segment, false, &MARKS).expect("a layout");
    assert_eq!((body.paragraphs(0), body.sentences(0)), (vec![0, 9, 13], vec![0, 4, 9, 13]));
    assert_eq!(body.of_marks(0, &[terms::PARAGRAPH, terms::SENTENCE]), [vec![0, 9, 13], vec![4]]);
    assert_eq!(body.capitals(1, &[terms::CAPITALS, terms::MIXED]), [9, 10]);
    let mut title = Layout::open(segment, true, &MARKS).expect("a layout");
    assert_eq!((title.paragraphs(0), title.capitals(0, &[terms::INITIAL])), (vec![], vec![0, 3]));
}
