//! Rows: `language | text with its places marked ==> surface=place, country; ...`, `?` for one that stays open.

use super::*;
use crate::annotate::gazetteer::Entry;
use crate::annotate::names::{Name, Setting, Tokens};
use crate::annotate::tests::marked::{after, names, read};

fn resolved(lang: &str, text: &str) -> String {
    let (plain, given) = read(text);
    let tokens = Tokens::new(&plain);
    let setting = Setting::for_language(Some(lang));
    let found = names(&tokens, &given, setting);
    let places = resolve(&tokens, &found, setting.home, Some(lang));
    assert_eq!(places.len(), found.len(), "one answer for each name");
    let show = |(name, place): (&Name, &Option<(Entry, f32)>)| {
        let surface = tokens.span(name.start, name.end).of(&plain);
        match place {
            Some((entry, sure)) => {
                assert!((0.0..=1.0).contains(sure), "{surface}: {sure}");
                format!("{surface}={}, {}", entry.name(), entry.country())
            }
            None => format!("{surface}=?"),
        }
    };
    found.iter().zip(&places).map(show).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(rows: &str) {
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (given, expected) = row.split_once(" ==> ").expect("a row has ==>");
        let (lang, text) = given.split_once(" | ").expect("a row has a language");
        assert_eq!(resolved(lang, text), expected, "{text}");
    }
}

#[test]
fn alone_a_name_means_its_best_known_bearer() {
    check(
        "en | in {l Paris} ==> Paris=Paris, FR
         en | in {l Baku} ==> Baku=Baku, AZ
         en | {l Arlington}, Va. ==> Arlington=Arlington, US
         en | {l Washington} said so. ==> Washington=Washington, US
         en | in {l Qwertzuiop} ==> Qwertzuiop=?
         en | said {p Paris} ==> Paris=?",
    );
}

#[test]
fn a_neighbour_that_holds_it_decides() {
    check(
        "en | in {l Paris}, {l Texas} ==> Paris=Paris, US; Texas=Texas, US
         en | in {l Lachin} ({l Azerbaijan}) ==> Lachin=Lachin, AZ; Azerbaijan=Azerbaijan, AZ
         en | in {l Paris}, {l France} ==> Paris=Paris, FR; France=France, FR",
    );
}

#[test]
fn a_word_for_an_area_asks_for_the_division() {
    for (text, area) in [
        ("in {l Lachin} district", true),
        ("in the province of {l Quebec}", true),
        ("in the city of {l Lachin}", false),
        ("in {l Lachin}", false),
    ] {
        let (plain, given) = read(text);
        let tokens = Tokens::new(&plain);
        let setting = Setting::for_language(Some("en"));
        let found = names(&tokens, &given, setting);
        let (entry, _) = resolve(&tokens, &found, None, None)[0].expect("a place");
        assert_eq!(entry.record.kind != crate::annotate::gazetteer::PlaceKind::City, area, "{text}");
    }
}

#[test]
fn the_other_places_of_a_text_speak_for_their_country() {
    check(
        "en | {l Birmingham} and {l Montgomery} and {l Alabama} ==> Birmingham=Birmingham, US; Montgomery=Montgomery, US; Alabama=Alabama, US
         en | {l Birmingham} and {l London} ==> Birmingham=Birmingham, GB; London=London, GB",
    );
}

#[test]
fn all_mentions_of_a_name_mean_one_place() {
    check(
        "en | {l Paris} is far. In {l Paris}, {l Texas}, he slept. ==> Paris=Paris, US; Paris=Paris, US; Texas=Texas, US",
    );
}

#[test]
fn a_name_before_two_places_that_hold_it_has_two_bearers() {
    check(
        "en | at {l Tripoli}, {l Lebanon}, and {l Tripoli}, {l Libya}; {l Tripoli} slept ==> Tripoli=Tripoli, LB; Lebanon=Lebanon, LB; Tripoli=Tripoli, LY; Libya=Libya, LY; Tripoli=Tripoli, LY
         de | {l Cambridge} ({l England}) und {l Cambridge} ({l Massachusetts}) ==> Cambridge=Cambridge, GB; England=England, GB; Cambridge=Cambridge, US; Massachusetts=Massachusetts, US
         fr | à {l Hyderabad} ({l Pakistan}), puis à {l Hyderabad} ({l Inde}) ==> Hyderabad=Hyderabad, PK; Pakistan=Pakistan, PK; Hyderabad=Hyderabad, IN; Inde=India, IN",
    );
}

#[test]
fn a_state_that_is_abbreviated_speaks_for_its_counties() {
    check("en | {l Troy}, N.C. — in {l Montgomery County} ==> Troy=Troy, US; Montgomery County=Montgomery County, US");
    let (plain, given) = read("{l Troy}, N.C. — in {l Montgomery County}");
    let tokens = Tokens::new(&plain);
    let found = names(&tokens, &given, Setting::for_language(Some("en")));
    let (county, _) = resolve(&tokens, &found, None, Some("en"))[1].expect("a county");
    assert_eq!(county.record.lon.round(), -80.0);
}

#[test]
fn languages_that_call_the_country_otherwise_mean_the_state() {
    check(
        "de | in {l Georgia} ==> Georgia=Georgia, US
         fr | en {l Georgia} ==> Georgia=Georgia, US
         en | in {l Georgia} ==> Georgia=Georgia, GE",
    );
}

#[test]
fn misprints_are_taken_for_a_place_of_the_text() {
    check(
        "en | from {l Ghent} to {l Belgium} and back to {l Ghnt} ==> Ghent=Gent, BE; Belgium=Belgium, BE; Ghnt=Gent, BE
         en | back to {l Ghnt} ==> Ghnt=?",
    );
}

#[test]
fn the_language_speaks_for_its_country() {
    check("az | {l Laçın} və {l Bakı} ==> Laçın=Lachin, AZ; Bakı=Baku, AZ");
}

#[test]
fn names_in_a_list_and_in_one_country_speak_for_each_other() {
    check(
        "en | {l Georgia}, {l Florida} and {l Alabama} braced. ==> Georgia=Georgia, US; Florida=Florida, US; Alabama=Alabama, US
        en | {l Georgia} and {l Armenia} met. ==> Georgia=Georgia, GE; Armenia=Armenia, AM
        en | Police in {l Essex} and {l Kent} looked. ==> Essex=Essex, GB; Kent=Kent, GB
        en | {l London} denied it, and {l Dublin} did. ==> London=London, GB; Dublin=Dublin, IE
        en | A man from {l Reading}, {l Berkshire}, was fined. ==> Reading=Reading, GB; Berkshire=Berkshire, GB",
    );
}

#[test]
fn nothing_and_names_of_other_things_have_no_place() {
    assert_eq!(resolved("en", ""), "");
    check("en | {o NATO} and {? Lachin} ==> NATO=?; Lachin=?");
}

#[test]
fn what_opens_a_dateline_becomes_a_place() {
    for row in "{o BRUSSELS}, March 5 - Ministers met. ==> {l BRUSSELS}, March 5 - Ministers met.
        GENEVA (Agency) - Talks began. ==> {l GENEVA} (Agency) - Talks began.
        {l GENEVA}, April 1 - Talks began. ==> {l GENEVA}, April 1 - Talks began.
        {p Geneva} began the talks. ==> {p Geneva} began the talks.
        {o AGENCY} - Talks began. ==> {o AGENCY} - Talks began.
        {p Quentin} Marlow - a farewell. ==> {p Quentin} Marlow - a farewell."
        .lines()
    {
        let (given, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
        assert_eq!(after(given, "en", name_dateline), expected, "{given}");
    }
}

#[test]
fn likely_places_come_best_known_first() {
    for (name, first) in [("Paris", "FR"), ("Georgia", "GE"), ("Birmingham", "GB"), ("Lachin", "AZ")] {
        assert_eq!(likely(name).first().expect("a place").country(), first, "{name}");
    }
    assert!(likely("Qwertzuiop").is_empty() && likely("").is_empty());
}
