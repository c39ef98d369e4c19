use super::*;
use crate::extract::explain;
use crate::extract::tests::{TODAY, page};

const HTML: &str = "<html><head><title>Bridge to be rebuilt</title></head><body><article><h1>Bridge to be rebuilt</h1>\
    <div class=article-body><p>The council of Ostmark voted on Monday, 3 to 2, to rebuild the old bridge, which was closed.</p>\
    <p>Work is to begin in June, said Anna Holm, who chairs the council, and will take two years at the least.</p>\
    <p>Read <a href=/f>the story of the flood</a></p><p>We use cookies | © 2020</p></div></article>\
    <div class=sidebar><p><a href=/a>Other news</a></p></div></body></html>";

/// The number `name` of each block of the page.
fn numbers(name: &str) -> Vec<i16> {
    let (_, why) = explain(&page(HTML), TODAY);
    let at = why.features.iter().position(|feature| feature == name).expect("a feature of this name");
    why.blocks.iter().map(|block| block.numbers[at]).collect()
}

#[test]
fn rows_have_a_name_for_each_number() {
    let names = names();
    assert_eq!(names.len(), COUNT);
    let distinct: FxHashSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), COUNT, "two of one name");
}

#[test]
fn a_block_s_own_numbers() {
    // Headline, two paragraphs, a line with a link, a line of consent, a teaser.
    assert_eq!(numbers("words"), [4, 18, 21, 6, 4, 2]);
    assert_eq!(numbers("linked")[3..], [81, 0, 100]);
    assert_eq!(numbers("ends-sentence"), [0, 1, 1, 0, 0, 0]);
    assert_eq!(numbers("commas"), [0, 3, 3, 0, 0, 0]);
    assert_eq!(numbers("digits"), [0, 2, 0, 0, 4, 0]);
    assert_eq!(numbers("cjk"), [0; 6]);
    assert_eq!(numbers("title")[0], 100);
}

#[test]
fn a_block_s_place() {
    assert_eq!(numbers("in-article"), [1, 1, 1, 1, 1, 0]);
    assert_eq!(numbers("within-side"), [0, 0, 0, 0, 0, 1]);
    assert_eq!(numbers("within-body"), [0, 1, 1, 1, 1, 0]);
    assert_eq!(numbers("page-blocks"), [6; 6]);
    assert_eq!(numbers("words-1"), [-1, 4, 18, 21, 6, 4], "the neighbour before; none before the first");
    assert_eq!(numbers("words+1"), [18, 21, 6, 4, 2, -1]);
}

#[test]
fn shares_and_characters_become_integers() {
    assert_eq!([share(1.0, 2.0), share(3.0, 2.0), share(1.0, 0.0)], [500, 1000, -1]);
    assert_eq!(percent(0.505), 50);
    let classes: Vec<u8> = ['a', 'A', '7', 'あ', '“', ':', '|'].map(|c| class(Some(c))).to_vec();
    assert_eq!(classes, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(class(None), 0);
    assert!(holds_cookie("We use cookies") && !holds_cookie("We use nothing"));
}
