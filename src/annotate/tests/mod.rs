//! Whole texts through all passes. [`marked`] is for the tests of single ones.

mod languages;
mod linear;
pub(super) mod marked;
mod order;

use super::*;
use proptest::prelude::*;

/// `surface=id` for places, `surface=name` for people, `surface=org` and `surface=?` for the rest, with `; ` between.
fn shown(text: &str, lang: &str) -> String {
    let found = annotate(text, ArticleContext { lang: Some(lang), ..ArticleContext::default() });
    let one = |mention: &Mention| {
        let value = match &mention.value {
            Value::Place(at) => found.places[*at as usize].id.to_string(),
            Value::Person(at) => found.people[*at as usize].name.clone(),
            Value::Org => "org".to_owned(),
            Value::Unplaced => "?".to_owned(),
            Value::Date(_) | Value::Timex(..) => return None,
        };
        Some(format!("{}={value}", mention.span.of(text)))
    };
    found.mentions.iter().filter_map(one).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(lang: &str, rows: &str) {
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (text, expected) = row.split_once(" ==> ").unwrap_or((row.trim_end_matches(" ==>"), ""));
        assert_eq!(shown(text, lang), expected, "{text}");
    }
}

#[test]
fn places_are_found_and_resolved() {
    check(
        "en",
        "Snow fell on Lachin and Baku, he said. ==> Lachin=147625; Baku=587084
         She lives in Paris, Texas. ==> Paris=4717560; Texas=4736286
         She lives in Paris. ==> Paris=2988507
         The U.S. and the UK signed. ==> U.S.=6252001; UK=2635167
         They told us in our office. ==>
         A bus left Zabukh for Hadrut in Azerbaijan. ==> Zabukh=2147483653; Hadrut=2147483655; Azerbaijan=587116
         Ships crossed the Caspian Sea. ==> Caspian Sea=2147483894
         It cost US$5 million. ==>
         Nice weather in Nice, France. ==> Nice=2990440; France=3017382",
    );
}

#[test]
fn people_are_linked() {
    check(
        "en",
        "President Ilham Aliyev spoke. Aliyev left. ==> Ilham Aliyev=Ilham Aliyev; Aliyev=Ilham Aliyev
         John Smith sang. Then Anna Smith sang. Ms. Smith won. ==> John Smith=John Smith; Anna Smith=Anna Smith; Smith=Anna Smith
         J. Smith wrote. John Smith agreed. ==> J. Smith=John Smith; John Smith=John Smith
         Anna Smith and John Smith spoke. Smith left. ==> Anna Smith=Anna Smith; John Smith=John Smith
         George Washington crossed it. Washington won. ==> George Washington=George Washington; Washington=George Washington
         In May Mr. May said he may go. ==> May=May",
    );
}

#[test]
fn people_are_named_without_titles_and_with_all_their_parts() {
    check(
        "en",
        "Judge Femke Terpstra spoke. Then Ms Terpstra left. ==> Femke Terpstra=Femke Terpstra; Terpstra=Femke Terpstra
         Pieter van der Zee came. Van der Zee left; Mr van der Zee was tired. ==> Pieter van der Zee=Pieter van der Zee; \
         Van der Zee=Pieter van der Zee; van der Zee=Pieter van der Zee
         Marie-Claire Dupont-Lanoy paid. Mrs Dupont-Lanoy smiled. ==> Marie-Claire Dupont-Lanoy=Marie-Claire Dupont-Lanoy; \
         Dupont-Lanoy=Marie-Claire Dupont-Lanoy
         Robert Merrow sang. Then Bob Merrow danced. ==> Robert Merrow=Robert Merrow; Bob Merrow=Robert Merrow
         Edwin Achterberg came. Later Achtenberg left. ==> Edwin Achterberg=Edwin Achterberg; Achtenberg=Edwin Achterberg
         Viktor Brandl sat. His wife, Helene Brandl, stood. Mr Brandl wept; Mrs Brandl did not. ==> Viktor Brandl=Viktor Brandl; \
         Helene Brandl=Helene Brandl; Brandl=Viktor Brandl; Brandl=Helene Brandl",
    );
    check(
        "az",
        "Kamran Rüstəmli gəldi. Kamran Rüstəmlinin sözü ==> Kamran Rüstəmli=Kamran Rüstəmli; Kamran Rüstəmlinin=Kamran Rüstəmli",
    );
    check("ru", "Лидия Вельская пела. Снимали Вельскую. ==> Лидия Вельская=Лидия Вельская; Вельскую=Лидия Вельская");
    check("tr", "Paulo Ferraz geldi. Ferraz’ın kartı ==> Paulo Ferraz=Paulo Ferraz; Ferraz’ın=Paulo Ferraz");
    check(
        "de",
        "Das sagte Karin Vollmer. Nun war Vollmers Rücktritt fällig. ==> Karin Vollmer=Karin Vollmer; Vollmers=Karin Vollmer",
    );
    check(
        "es",
        "Habló Juan Carlos Robledo Paz. Robledo se fue. ==> Juan Carlos Robledo Paz=Juan Carlos Robledo Paz; Robledo=Juan Carlos Robledo Paz",
    );
}

#[test]
fn misprinted_places_are_those_that_the_text_names() {
    check(
        "en",
        "The train left Ghent in Belgium. It came back to Ghnt. ==> Ghent=2797656; Belgium=2802361; Ghnt=2797656
         He sailed from Glasgow to Oban, and back to Glasow. ==> Glasgow=2648579; Oban=2641108; Glasow=2648579
         They met in The Hague, Netherlands. ==> The Hague=2747373; Netherlands=2750405",
    );
}

#[test]
fn organisations_are_neither() {
    check(
        "en",
        "He reads at Baku State University daily. ==> Baku State University=org
         A spokesman for the Ministry of Foreign Affairs of Georgia came. ==> Ministry of Foreign Affairs of Georgia=org
         The Lachin Water Board (LWB) met, the LWB said. ==> Lachin Water Board=org; LWB=org; LWB=org",
    );
}

#[test]
fn endings_of_cases_do_not_hide_places() {
    check("az", "Laçında qar yağdı, Bakıdan Şuşaya avtobus gedir. ==> Laçında=147625; Bakıdan=587084; Şuşaya=147105");
    check("az", "Dünən Laçında qar yağdı. ==> Laçında=147625");
    check("az", "Əliyev Laçın rayonunda oldu. ==> Əliyev=Əliyev; Laçın rayonunda=3243664871");
    check("ru", "Он был в Лачине и в Москве. ==> Лачине=147625; Москве=524901");
    check("ru", "Дорога в Нагорном Карабахе. ==> Нагорном Карабахе=2147483648");
    check("tr", "Heyet Bakü'den Ankara'ya gitti. ==> Bakü'den=587084; Ankara'ya=323786");
    check("ka", "ის თბილისში ჩავიდა. ==> თბილისში=611717");
    check("ar", "وصل الوفد إلى باكو من موسكو. ==> باكو=587084; موسكو=524901");
    check("de", "Der Handel Deutschlands wuchs. ==> Deutschlands=2921044");
}

#[test]
fn a_headline_names_people_for_the_body() {
    let context = ArticleContext { title: "Elkhan Tariverdi wins", lang: Some("en"), ..ArticleContext::default() };
    let found = annotate("Tariverdi lifted 150 kg.", context);
    assert_eq!(found.people.len(), 1);
    assert_eq!(found.people[0].key, crate::text::name_key("Tariverdi"));
}

#[test]
fn a_place_knows_its_ancestors() {
    let found = annotate("Snow fell in Lachin.", ArticleContext { lang: Some("en"), ..ArticleContext::default() });
    assert_eq!(found.places[0].country, "AZ");
    assert!(found.places[0].ancestors.contains(&587_116));
}

proptest! {
    #[test]
    fn mentions_lie_in_the_text(text in "(\\PC{0,12}|Lachin|Mr\\.|Ilham|Aliyev|Bank of|, |\\. |\\n\\n|-|'|Baku|al-){0,24}") {
        let found = annotate(&text, ArticleContext { title: &text, lang: Some("az"), ..ArticleContext::default() });
        let mut end = 0;
        for mention in &found.mentions {
            prop_assert!(text.get(mention.span.range()).is_some_and(|surface| !surface.is_empty()));
            if !matches!(mention.value, Value::Date(_) | Value::Timex(..)) {
                prop_assert!(mention.span.start >= end, "names do not overlap");
                end = mention.span.end;
            }
            match mention.value {
                Value::Place(at) => prop_assert!((at as usize) < found.places.len()),
                Value::Person(at) => prop_assert!((at as usize) < found.people.len()),
                _ => {}
            }
        }
        prop_assert!(found.mentions.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
    }
}

/// The places of a text in `lang`, as `surface=name` where resolved.
fn placed(lang: &str, text: &str) -> String {
    let found = annotate(text, ArticleContext { lang: Some(lang), ..ArticleContext::default() });
    let shown = found.mentions.iter().filter_map(|mention| match mention.value {
        Value::Place(at) => Some(format!("{}={}", mention.span.of(text), found.places[at as usize].name)),
        Value::Unplaced => Some(format!("{}=?", mention.span.of(text))),
        _ => None,
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn ordinary_words_of_a_language_are_no_places_without_evidence() {
    for row in "tr | Toplantı Çarşamba günü yapılacak. Çarşamba akşamı kent meydanında konser var. Kent konseyi karar verdi. ==>
        tr | Çarşamba ilçesinde yağmur yağdı. ==> Çarşamba=Çarşamba
        de | Der Zug fuhr am Montag ab. Das Essen war kalt. ==>
        de | Die Stadt plant viel. In Essen wohnen viele, die Polizei in Zug ermittelt. ==> Essen=Essen Zug=Zug
        it | Il Prato è verde. ==>
        en | The china was sold in China. China pays. ==> China=China China=China"
        .lines()
    {
        let (text, expected) = row.split_once("==>").expect("a row has ==>");
        let (lang, text) = text.split_once('|').expect("a row has |");
        assert_eq!(placed(lang.trim(), text.trim()), expected.trim(), "{text}");
    }
}

#[test]
fn what_opens_a_dateline_is_a_place() {
    for row in "BRUSSELS, March 5 - Ministers met. ==> BRUSSELS=Brussels
        GENEVA, April 1 (Agency) - Talks began. ==> GENEVA=Geneva
        AGENCY - Talks began. ==> "
        .lines()
    {
        let (text, expected) = row.split_once("==>").expect("a row has ==>");
        assert_eq!(placed("en", text.trim()), expected.trim(), "{text}");
    }
}
