//! Keys of names, names that are spellings of one, and misprints.

use proptest::prelude::*;

use super::table;
use crate::text::{Aliases, keys_may_meet, misprint, name_key, same_name};

#[test]
fn names_are_keyed_by_how_they_sound() {
    table(
        "Aliyev ==> aliev
         Əliyev ==> aliev
         Алиев ==> aliev
         Alijew ==> aliev
         Lachin ==> laCin
         Laçın ==> laCin
         Лачин ==> laCin
         Shusha ==> SuSa
         Şuşa ==> SuSa
         Шуша ==> SuSa
         Chekhov ==> Cehov
         Tschechow ==> CeCov
         Чехов ==> Cehov
         Khachaturian ==> haCaturian
         Хачатурян ==> haCaturian
         Zhukov ==> Zukov
         Жуков ==> Zukov
         Jafarov ==> jafarov
         Cəfərov ==> jafarov
         Джафаров ==> jafarov
         Yeltsin ==> elcin
         Jelzin ==> jelzin
         Ельцин ==> elcin
         Quliyev ==> guliev
         Guliyev ==> guliev
         Philip ==> filip
         Filip ==> filip
         Anna ==> ana
         Ana ==> ana
         Wagner ==> vagner
         Вагнер ==> vagner
         — ==>
         7 ==> 7",
        name_key,
    );
}

#[track_caller]
fn one_key(rows: &str) {
    let keys = |row: &str| row.split(' ').map(|word| (name_key(word), word.to_owned())).collect::<Vec<_>>();
    let rows = rows.lines().map(|row| keys(row.trim()));
    let wrong: Vec<_> = rows.filter(|keys| keys.windows(2).any(|pair| pair[0].0 != pair[1].0)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn spellings_of_many_languages_share_a_key() {
    one_key(
        "Ilham Ильхам İlham
         Elchin Elçin Эльчин
         Rashid Rəşid Рашид
         Akhundov Ахундов
         Shahin Şahin Шахин
         Qarabagh Qarabağ
         Tamerlan Тамерлан
         Gorbachev Горбачев
         Mammadov Məmmədov
         Sarkisyan Саркисян
         Davit დავით
         Tbilisi თბილისი Тбилиси
         Vake ვაკე
         Yerevan Ереван",
    );
}

#[test]
fn people_of_two_spellings_are_one() {
    for row in "Ilham Aliyev | Ильхам Алиев
        Ilham Aliyev | İlham Əliyev
        Vladimir Putin | Владимир Путин
        Anton Chekhov | Anton Tschechow
        Omar al-Bashir | Omar Bashir
        Elchin Guliyev | Elçin Quliyev
        Rashid Behbudov | Rəşid Behbudov
        Yusif Mammadov | Юсиф Мамедов
        Lachin | Laçın
        Shusha | Шуша
        Kalbajar | Kəlbəcər
        Ilham Heydar oglu Aliyev | Ilham Aliyev"
        .lines()
    {
        let (a, b) = row.trim().split_once(" | ").expect("two names");
        assert!(same_name(a, b) && same_name(b, a), "{row}");
    }
}

#[test]
fn people_of_like_names_are_two() {
    for row in "Ilham Aliyev | Ilham Aliyeva
        Ilham Aliyev | Heydar Aliyev
        Anna Smith | John Smith
        Anna Petrov | Anna Petrova
        Ivan Ivanov | Ivan Ivanova
        Aliyev | Ilham Aliyev
        Hansen | Hanson
        Granada | Grenada
        Niger | Nigeria
        Austria | Australia
        Baku | Batu
        Ivan | Jovan
        Anna | Hanna"
        .lines()
    {
        let (a, b) = row.trim().split_once(" | ").expect("two names");
        assert!(!same_name(a, b) && !same_name(b, a), "{row}");
    }
}

#[test]
fn names_that_history_changed_are_known() {
    for (name, other) in [("Tbilisi", "Tiflis"), ("Tiflis", "Tbilisi"), ("Khankendi", "Stepanakert")] {
        assert!(Aliases::builtin().others(name).any(|found| found == other), "{name}");
        assert!(keys_may_meet(&name_key(name), &name_key(other)), "{name}");
        assert!(same_name(name, other), "{name}");
    }
    assert_eq!(Aliases::builtin().others("Qwertz").count(), 0);
    assert_eq!(Aliases::builtin().others("").count(), 0);
}

#[test]
fn one_letter_inside_is_a_misprint() {
    for row in "glasgow glasow
        glasgow glagsow
        glasgow glaskow
        baghdad bahgdad
        merkel merkle
        johnson jonhson
        mitchell mitchel
        сергеев сергев"
        .lines()
    {
        let (a, b) = row.trim().split_once(' ').expect("two words");
        assert!(misprint(a, b) && misprint(b, a), "{row}");
    }
}

#[test]
fn other_names_are_no_misprints() {
    for row in "glasgow lasgow
        glasgow glasgows
        ivanov ivanova
        kowalski kowalska
        лукашенко лукашенка
        iran iraq
        baku batu
        merkel merkelson
        aliyev aliyeva
        same same"
        .lines()
        .filter(|row| !row.ends_with("same"))
    {
        let (a, b) = row.trim().split_once(' ').expect("two words");
        assert!(!misprint(a, b) && !misprint(b, a), "{row}");
    }
}

proptest! {
    #[test]
    fn a_name_is_itself(name in "[A-ZÇŞƏİÖÜ][a-zçşəıöü]{2,9}( [A-ZÇŞƏİÖÜ][a-zçşəıöü]{2,9})?") {
        prop_assert!(same_name(&name, &name));
        prop_assert!(keys_may_meet(&name_key(&name), &name_key(&name)));
    }

    #[test]
    fn the_order_of_two_names_does_not_matter(a in "[A-Z][a-z]{1,8}", b in "[A-Z][a-z]{1,8}") {
        prop_assert_eq!(same_name(&a, &b), same_name(&b, &a));
        prop_assert_eq!(misprint(&a, &b), misprint(&b, &a));
        prop_assert_eq!(keys_may_meet(&name_key(&a), &name_key(&b)), keys_may_meet(&name_key(&b), &name_key(&a)));
    }

    #[test]
    fn keys_are_those_of_the_word_in_capitals(word in "[a-zçşəöü]{1,12}") {
        // `i` and `ı` have capitals of their own in Turkic languages.
        prop_assume!(!word.contains(['i', 'ı', 'c', 'x']));
        prop_assert_eq!(name_key(&word), name_key(&word.to_uppercase()));
    }
}
