//! The words for which wildcard and fuzzy terms stand, and the articles that hold one of them.

use tantivy::Searcher;

use super::{archive, found};
use crate::engine::local::plan::dictionary;
use crate::engine::local::plan::walk::Dictionaries;
use crate::engine::plan::Form;
use crate::index::schema::schema;

const ARTICLES: &[(&str, &str)] = &[
    ("Medals", "The medal of Lachin."),
    ("Model", "A medal, a modal verb, a pedal."),
    ("Laçın", "Medalist and medallist; the middle."),
    ("Nothing", "Of all this."),
];

/// What stands for the form: its words, and the articles that hold one in the title, in the body, in either.
#[track_caller]
fn check(searcher: &Searcher, form: &Form, words: &str, expected: [&[u32]; 3]) {
    let (forms, postings) = dictionary::find(searcher, &Dictionaries::default(), form, 100).expect("a dictionary");
    assert_eq!((forms.label.as_str(), forms.words.join(" ").as_str()), (form.label(), words));
    assert!(!forms.cut);
    let f = &schema().1;
    for (fields, expected) in [vec![f.title], vec![f.body], vec![f.title, f.body]].into_iter().zip(expected) {
        let matching = dictionary::holding(postings.clone(), fields.clone());
        assert_eq!(found(searcher, &matching), expected, "{} in {fields:?}", form.label());
    }
}

#[test]
fn forms_stand_for_words_of_titles_and_bodies() {
    let archive = archive(ARTICLES);
    let pattern = |pattern: &str, words: &str, expected: [&[u32]; 3]| {
        check(&archive, &Form::pattern(pattern), words, expected);
    };
    pattern("med*", "medal medalist medallist medals", [&[0], &[0, 1, 2], &[0, 1, 2]]);
    pattern("m?dal", "medal modal", [&[], &[0, 1], &[0, 1]]);
    pattern("*dal", "medal modal pedal", [&[], &[0, 1], &[0, 1]]);
    pattern("*d*l*st", "medalist medallist", [&[], &[2], &[2]]);
    pattern("lac*", "lachin lacin", [&[2], &[0], &[0, 2]]);
    pattern("zz*", "", [&[], &[], &[]]);
    pattern("*zz", "", [&[], &[], &[]]);
    let fuzzy = |word: &str, edits: u8, words: &str, expected: [&[u32]; 3]| {
        check(&archive, &Form::fuzzy(word, edits), words, expected);
    };
    fuzzy("medal", 1, "medal medals modal pedal", [&[0], &[0, 1], &[0, 1]]);
    fuzzy("model", 1, "modal model", [&[1], &[1], &[1]]);
    fuzzy("medalist", 1, "medalist medallist", [&[], &[2], &[2]]);
    fuzzy("lachin", 1, "lachin lacin", [&[2], &[0], &[0, 2]]);
}

#[test]
fn the_first_of_the_alphabet_are_kept_and_the_most_frequent_score() {
    let archive = archive(ARTICLES);
    let dictionaries = Dictionaries::default();
    for (pattern, all) in [("med*", "medal medalist medallist medals"), ("*med*", "medal medalist medallist medals")] {
        for most in 1..=5 {
            let (forms, _) =
                dictionary::find(&archive, &dictionaries, &Form::pattern(pattern), most).expect("a dictionary");
            let expected: Vec<&str> = all.split(' ').take(most).collect();
            assert_eq!((forms.words, forms.cut), (expected.iter().map(|word| (*word).to_owned()).collect(), most < 4));
            assert_eq!(forms.common.first().map(String::as_str), Some("medal"), "two articles hold it");
        }
    }
}
