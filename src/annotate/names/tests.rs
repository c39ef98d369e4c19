//! Rows: `language | text ==> the text with its names marked`, as the rules alone find them.

use super::*;
use crate::annotate::tests::marked::{after, shown};

/// The names of `text` after the rules of [`find`].
fn found(lang: &str, text: &str) -> String {
    let tokens = Tokens::new(text);
    shown(&tokens, &find(&tokens, Setting::for_language(Some(lang))))
}

#[track_caller]
fn check(rows: &str) {
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (given, expected) = row.split_once(" ==> ").expect("a row has ==>");
        let (lang, text) = given.split_once(" | ").expect("a row has a language");
        assert_eq!(found(lang, text), expected, "{text}");
    }
}

#[test]
fn titles_and_given_names_make_people() {
    check(
        "en | Then President Ilham Aliyev spoke. ==> Then President {p Ilham Aliyev} spoke.
         en | Then Mr. Qworvic spoke. ==> Then Mr. {p Qworvic} spoke.
         en | Then Anna Qworvic spoke. ==> Then {p Anna Qworvic} spoke.
         en | Then J. Qworvic spoke. ==> Then {p J. Qworvic} spoke.
         en | Then George W. Bush spoke. ==> Then {p George W. Bush} spoke.
         en | Then Pieter van der Zee spoke. ==> Then {p Pieter van der Zee} spoke.
         ru | Генерал Савельев сказал. ==> Генерал {p Савельев} сказал.
         az | Sonra prezident İlham Əliyev dedi. ==> Sonra prezident {p İlham Əliyev} dedi.
         fr | Puis M. Lanoy parla. ==> Puis M. {p Lanoy} parla.",
    );
}

#[test]
fn heads_make_organisations() {
    check(
        "en | He reads at Baku State University daily. ==> He reads at {o Baku State University} daily.
         en | the Ministry of Foreign Affairs of Georgia ==> the {o Ministry of Foreign Affairs of Georgia}
         en | He left NATO today. ==> He left {o NATO} today.
         en | Then the Boston Celtics won. ==> Then the {o Boston Celtics} won.",
    );
}

#[test]
fn places_need_size_or_evidence() {
    check(
        "en | He flew to France. ==> He flew to {l France}.
         en | He lives in Lachin. ==> He lives in {l Lachin}.
         en | He met a Nice man. ==> He met a {? Nice} man.
         en | He lives in Paris, Texas. ==> He lives in {l Paris}, {l Texas}.
         en | It cost US$5 then. ==> It cost {? US}$5 then.
         en | They told us then. ==> They told us then.
         en | He swam in Lake Sevan. ==> He swam in {l Lake Sevan}.
         az | Sonra da Laçında qar yağdı. ==> Sonra da {l Laçında} qar yağdı.
         tr | Sonra Bakü'den döndü. ==> Sonra {l Bakü}'den döndü.
         ka | ის თბილისში ჩავიდა. ==> ის {l თბილისში} ჩავიდა.
         ar | وصل الوفد إلى باكو ==> وصل الوفد إلى {l باكو}",
    );
}

#[test]
fn what_is_no_name_is_left() {
    check(
        "en | Nothing here has a name. ==> Nothing here has a name.
         en | On Tuesday the Russian left. ==> On Tuesday the Russian left.",
    );
    assert_eq!(found("en", ""), "");
}

#[test]
fn one_sense_per_document() {
    let agreed = |text: &str| {
        after(text, "en", |tokens, names, _| {
            document_consistency(tokens, names, (&Tokens::new(""), &[]));
        })
    };
    for row in
        "{p George Washington} came. Then {? Washington} left. ==> {p George Washington} came. Then {p Washington} left.
        {l Shusha} was quiet. {? Shusha} slept. ==> {l Shusha} was quiet. {l Shusha} slept.
        The {o Lachin Water Board} met, the {? LWB} said. ==> The {o Lachin Water Board} met, the {o LWB} said.
        {p George France} came. Then {l France} voted. ==> {p George France} came. Then {l France} voted.
        Then {? Qworvic} left. ==> Then {? Qworvic} left."
            .lines()
    {
        let (given, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
        assert_eq!(agreed(given), expected, "{given}");
    }
}

#[test]
fn a_headline_names_people_for_the_body() {
    let title = Tokens::new("Elkhan Tariverdi wins");
    let headline = find(&title, Setting::for_language(Some("en")));
    let out = after("{? Tariverdi} lifted more.", "en", |tokens, names, _| {
        document_consistency(tokens, names, (&title, &headline));
    });
    assert_eq!(out, "{p Tariverdi} lifted more.");
}

#[test]
fn common_words_are_no_places_without_evidence() {
    for row in "tr | {l Çarşamba} günü gelecek. ==> {? Çarşamba} günü gelecek.
        de | Der {l Zug} fuhr ab. ==> Der {? Zug} fuhr ab.
        en | The china broke. Then {l China} paid. ==> The china broke. Then {l China} paid.
        en | The hull broke in {l Hull} today. ==> The hull broke in {? Hull} today.
        de | Die Stadt {l Essen} plant viel. ==> Die Stadt {l Essen} plant viel."
        .lines()
    {
        let (given, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
        let (lang, text) = given.split_once(" | ").expect("a row has a language");
        let out = after(text, lang, |tokens, names, _| demote_common_words(tokens, names, Some(lang)));
        assert_eq!(out, expected, "{text}");
    }
}

/// The thresholds of `evidence.rs`, each from both sides: what is known of the place decides, not what it is called.
#[test]
fn places_are_accepted_by_their_size() {
    for (text, rule) in [
        ("He saw Marseille there.", NameRule::Gazetteer),
        ("He went to Lachin then.", NameRule::GazetteerAndPreposition),
        ("Lachin slept.", NameRule::SmallPlace),
        ("He paid AU$ then.", NameRule::Currency),
    ] {
        let tokens = Tokens::new(text);
        let names = find(&tokens, Setting::for_language(Some("en")));
        assert!(names.iter().any(|name| name.rule == rule), "{text}: {names:?}");
    }
}

#[test]
fn an_honorific_or_given_name_says_the_sex() {
    for (word, expected) in
        [("mr", Some(Sex::Male)), ("frau", Some(Sex::Female)), ("doctor", None), ("qworvic", None), ("", None)]
    {
        assert_eq!(sex(Traits::of_word(word)), expected, "{word}");
    }
}
