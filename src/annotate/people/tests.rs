//! Rows: `language | text with its names marked as they come in ==> the same as they go out`.

use super::*;
use crate::annotate::names::{Name, Setting, Sex, Tokens};
use crate::annotate::tests::marked::{after, names, read};

#[track_caller]
fn check(rows: &str, pass: impl Fn(&Tokens<'_>, &mut Vec<Name>, Setting)) {
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (given, expected) = row.split_once(" ==> ").expect("a row has ==>");
        let (lang, text) = given.split_once(" | ").expect("a row has a language");
        assert_eq!(after(text, lang, &pass), expected, "{row}");
    }
}

#[test]
fn titles_are_no_part_of_a_name() {
    check(
        "en | {p Judge Femke Terpstra} ruled. ==> Judge {p Femke Terpstra} ruled.
         en | {p Prince Albert Vano} left. ==> Prince {p Albert Vano} left.
         en | The {o Princess Ingrid} slept. ==> The Princess {p Ingrid} slept.
         en | The {o General Motors} plant. ==> The {o General Motors} plant.
         en | Old {p Saint Aubin} wrote. ==> Old {p Saint Aubin} wrote.
         en | He met {p Ban Ki}-moon and {p Tsai} Ing-wen. ==> He met {p Ban Ki-moon} and {p Tsai Ing-wen}.
         en | A {p Joe Biden}-era rule. ==> A {p Joe Biden}-era rule.
         de | Dann sprach {p Herrn Weber}. ==> Dann sprach Herrn {p Weber}.
         tr | Sonra {p Volkan Hoca} geldi. ==> Sonra {p Volkan} Hoca geldi.
         ru | Пришел {p следователь Орлов}. ==> Пришел следователь {p Орлов}.
         es | Habló la {p jueza Ana Robledo}. ==> Habló la jueza {p Ana Robledo}.",
        fix_boundaries,
    );
}

#[test]
fn a_title_says_the_sex() {
    for (text, sex) in [
        ("Then {p Lady Brackley} spoke.", Some(Sex::Female)),
        ("Then {p Lord Brackley} spoke.", Some(Sex::Male)),
        ("Then Mr {p Brackley} spoke.", Some(Sex::Male)),
        ("Then {p Judge Brackley} spoke.", None),
        ("Then {p Brackley} spoke.", None),
    ] {
        let (plain, given) = read(text);
        let tokens = Tokens::new(&plain);
        let setting = Setting::for_language(Some("en"));
        let mut found = names(&tokens, &given, setting);
        fix_boundaries(&tokens, &mut found, setting);
        assert_eq!(found[0].sex, sex, "{text}");
    }
}

#[test]
fn hyphens_apostrophes_and_particles_do_not_cut_a_name() {
    check(
        "fr | Puis {p Jean}-Baptiste parla. ==> Puis {p Jean-Baptiste} parla.
         fr | Puis Jean-{p Baptiste Lanoy} parla. ==> Puis {p Jean-Baptiste Lanoy} parla.
         fr | Selon d'{p Arcourt}, non. ==> Selon {p d'Arcourt}, non.
         fr | Le discours d’{p Étienne Valmont}. ==> Le discours d’{p Étienne Valmont}.
         fr | Le discours {p d’Étienne Valmont}. ==> Le discours d’{p Étienne Valmont}.
         it | Il libro d'{p Alberto Rinaldi}. ==> Il libro d'{p Alberto Rinaldi}.
         en | Then {p Dupont}-Lanoy paid. ==> Then {p Dupont-Lanoy} paid.
         en | Van der {p Berg} came. ==> {p Van der Berg} came.
         en | She met van {p Gogh} there. ==> She met {p van Gogh} there.
         en | The state-{p Ellison} pact. ==> The state-{p Ellison} pact.",
        fix_boundaries,
    );
}

#[test]
fn nicknames_stand_inside_a_name() {
    check(
        "en | {p Leonard Arthur} \"Len\" Pym left. ==> {p Leonard Arthur \"Len\" Pym} left.
         en | {p Leonard Arthur} “Len” {p Pym} left. ==> {p Leonard Arthur “Len” Pym} left.
         en | {p Leonard Arthur} (1901) Pym left. ==> {p Leonard Arthur} (1901) Pym left.
         en | {p Leonard Arthur} \"the mole\" spoke. ==> {p Leonard Arthur} \"the mole\" spoke.",
        fix_boundaries,
    );
}

#[test]
fn what_only_bears_a_name_is_nobody() {
    check(
        "es | en la calle {p Antonio Machado}. ==> en la calle {? Antonio Machado}.
         fr | au lycée {p Victor Hugo}. ==> au lycée {? Victor Hugo}.
         fr | rue du {p Moulin}. ==> rue du {? Moulin}.
         en | on {p Martin Luther} Street. ==> on {? Martin Luther} Street.
         az | {p Nizami} küçəsində. ==> {? Nizami} küçəsində.
         az | {p Nigar Əliyeva Nizami} küçəsində. ==> {p Nigar Əliyeva} Nizami küçəsində.
         ru | на улице {p Горького}. ==> на улице {? Горького}.
         en | the {p Robert Ellison} said. ==> the {p Robert Ellison} said.",
        fix_boundaries,
    );
}

#[test]
fn and_joins_two_people() {
    check(
        "es | Llegaron {p Robledo Paz y Cáceres}. ==> Llegaron {p Robledo Paz} y {p Cáceres}.
         es | Llegó {p José Ortega y Gasset}. ==> Llegó {p José Ortega y Gasset}.",
        fix_boundaries,
    );
}

#[test]
fn who_is_named_in_full_is_found_by_a_part() {
    check(
        "en | {p Femke Terpstra} spoke. Later Terpstra left. ==> {p Femke Terpstra} spoke. Later {p Terpstra} left.
         en | {p Femke Terpstra} spoke. Later Femke left. ==> {p Femke Terpstra} spoke. Later {p Femke} left.
         en | Later Terpstra left. ==> Later Terpstra left.
         en | {p Leonard \"Len\" Pym} sang; Len slept. ==> {p Leonard \"Len\" Pym} sang; {p Len} slept.
         ru | Пела {p Лидия Вельская}. Потом Вельскую сняли. ==> Пела {p Лидия Вельская}. Потом {p Вельскую} сняли.
         de | Es sagte {p Karin Vollmer}. Vollmers Rücktritt kam. ==> Es sagte {p Karin Vollmer}. {p Vollmers} Rücktritt kam.
         az | {p Kamran Rüstəmli} gəldi. Rüstəmlinin sözü. ==> {p Kamran Rüstəmli} gəldi. {p Rüstəmlinin} sözü.",
        propagate_mentions,
    );
}

/// The last words of a text are those of one name, like all others.
#[test]
fn names_do_not_overlap_at_the_end_of_a_text() {
    check(
        "ro | Forumul {l Grecia}-{l România}-{l Bulgaria} de la {l Sofia} ==> Forumul {p Grecia-România-Bulgaria de la Sofia}
         ro | Forumul {l Grecia}-{l România}-{l Bulgaria} de la {l Sofia} azi ==> Forumul {p Grecia-România-Bulgaria de la Sofia} azi",
        propagate_mentions,
    );
}

#[test]
fn a_person_named_in_full_displaces_a_town_without_evidence() {
    check(
        "en | {p George Thornbury} came. Then {l Thornbury} left. ==> {p George Thornbury} came. Then {p Thornbury} left.
         en | {p George Thornbury} came. He lives in {l Thornbury}. ==> {p George Thornbury} came. He lives in {l Thornbury}.
         en | {p Anna Georgia} came. Then {l Georgia} left. ==> {p Anna Georgia} came. Then {l Georgia} left.",
        propagate_mentions,
    );
}

#[test]
fn a_title_or_relative_makes_an_unknown_word_a_person() {
    check(
        "en | Then Mr Qworvic left. ==> Then Mr {p Qworvic} left.
         en | She saw her sister, Homavi, there. ==> She saw her sister, {p Homavi}, there.
         en | Then Qworvic left. ==> Then Qworvic left.
         en | It was {? Something} new. ==> It was Something new.",
        propagate_mentions,
    );
}

/// The people of a marked text as `surface=name`; `-` for one left open.
fn linked(lang: &str, text: &str) -> String {
    let (plain, given) = read(text);
    let tokens = Tokens::new(&plain);
    let setting = Setting::for_language(Some(lang));
    let mut found = names(&tokens, &given, setting);
    fix_boundaries(&tokens, &mut found, setting);
    let linked = link(&tokens, &found, setting.endings);
    let show = |(name, person): (&Name, &Option<u32>)| {
        let of = person.map_or("-", |at| linked.people[at as usize].name.as_str());
        format!("{}={of}", tokens.span(name.start, name.end).of(&plain))
    };
    found.iter().zip(&linked.of_name).map(show).collect::<Vec<_>>().join("; ")
}

#[test]
fn mentions_of_one_person_are_joined() {
    for row in "en | {p J. Smith} wrote. {p John Smith} agreed. ==> J. Smith=John Smith; John Smith=John Smith
        en | {p Robert Merrow} sang. {p Bob Merrow} danced. ==> Robert Merrow=Robert Merrow; Bob Merrow=Robert Merrow
        en | {p John Smith} and {p John Brown} spoke. ==> John Smith=John Smith; John Brown=John Brown
        en | {p Anna Smith} met {p John Smith}. {p Smith} left. ==> Anna Smith=Anna Smith; John Smith=John Smith; Smith=-
        en | {p Anna Smith} met {p John Smith}. Mr {p Smith} left. ==> Anna Smith=Anna Smith; John Smith=John Smith; Smith=John Smith
        en | {p Anna Smith} came. Later {p John Smith} came. Then {p Smith} left. ==> Anna Smith=Anna Smith; John Smith=John Smith; Smith=John Smith
        en | {p Smith} wins. Later {p Anna Smith} spoke. ==> Smith=Anna Smith; Anna Smith=Anna Smith
        en | {p Lord Brackley} came. {p Lady Brackley} came. ==> Brackley=Brackley; Brackley=Brackley
        en | {p Edwin Achterberg} came. {p Achtenberg} left. ==> Edwin Achterberg=Edwin Achterberg; Achtenberg=Edwin Achterberg
        es | {p Gabriel Robledo Paz} y {p Robledo}. ==> Gabriel Robledo Paz=Gabriel Robledo Paz; Robledo=Gabriel Robledo Paz
        ru | {p Пётр Орлов} и {p Петра Орлова}. ==> Пётр Орлов=Пётр Орлов; Петра Орлова=Пётр Орлов
        az | {p Kamran Rüstəmli} və {p Rüstəmlinin}. ==> Kamran Rüstəmli=Kamran Rüstəmli; Rüstəmlinin=Kamran Rüstəmli"
        .lines()
    {
        let (given, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
        let (lang, text) = given.split_once(" | ").expect("a row has a language");
        assert_eq!(linked(lang, text), expected, "{text}");
    }
}

/// A list of thousands of namesakes must not be compared pair by pair.
#[test]
fn many_namesakes_are_looked_at_in_bounds() {
    let text: String = (0..400).map(|at| format!("{{p Name{} Smith}} came. ", letters(at))).collect();
    let shown = linked("en", &text);
    assert_eq!(shown.matches("=Name").count(), 400);
}

/// A word of letters that stands for a number.
fn letters(mut number: usize) -> String {
    let mut out = String::new();
    for _ in 0..4 {
        out.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    out
}
