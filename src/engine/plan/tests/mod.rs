//! Plans without an index: what is typed, and how the plan prints.

mod mock;
mod names;
mod print;

use super::{Match, Plan, Settings};
use crate::date::Date;
use crate::query;
pub(super) use mock::Mock;

const TODAY: Date = jiff::civil::date(2026, 11, 22);

fn settings() -> Settings<'static> {
    Settings { today: TODAY, ..Settings::default() }
}

fn plan_as(text: &str, mock: &Mock, settings: Settings<'_>) -> Plan {
    match <Plan<Match>>::new(&query::parse(text, TODAY), mock, settings) {
        Ok(plan) => plan,
        Err(never) => match never {},
    }
}

fn plan(text: &str) -> Plan {
    plan_as(text, &Mock::archive(), settings())
}

/// Checks rows `INPUT ==> CLAUSES` as [`print::clauses`] writes them.
#[track_caller]
fn check(rows: &str, settings: Settings<'_>) {
    let mut failures = String::new();
    let mut count = 0;
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let (input, expected) = row.split_once("==>").expect("a row has ==>");
        let printed = print::clauses(&plan_as(input.trim(), &Mock::archive(), settings).clauses);
        if printed != expected.trim() {
            failures.push_str(&format!("{} ==> {printed}\n    wanted {}\n", input.trim(), expected.trim()));
        }
        count += 1;
    }
    assert!(failures.is_empty() && count > 0, "\n{failures}");
}

#[test]
fn rows() {
    check(include_str!("rows.txt"), settings());
}

#[test]
fn exact_spellings_and_hidden_captures() {
    let exact = Settings { exact: true, ..settings() };
    check(
        "Aliyev ==> ?aliyev
        person:Aliyev ==> +((named:person =aliyev & person:aliev) | (title:aliyev | body:aliyev))
        place:Kyiv ==> +(title:kyiv | named:place =kyiv)",
        exact,
    );
    let hidden = Settings { hides_superseded: true, ..settings() };
    check(
        "* ==> -superseded
        lachin -baku ==> ?lachin -superseded -baku",
        hidden,
    );
}

#[test]
fn names_of_the_users_own_table() {
    let (own, wrong) = crate::text::Aliases::read("person\tAliyev\tThe President\nplace\tLachin\tThe Bay\n");
    assert_eq!(wrong, []);
    let settings = Settings { names: Some(&own), ..settings() };
    // A name of several words widens a field, not a plain word.
    check("Lachin ==> ?lachin", settings);
    let plan = plan_as("person:Aliyev", &Mock::archive(), settings);
    assert!(plan.also().contains(&"The President".to_owned()), "{:?}", plan.also());
    let printed = print::clauses(&plan.clauses);
    assert!(printed.contains("person:\"te president\"~2"), "{printed}");
}

#[test]
fn what_is_typed_is_what_is_missing() {
    let plan = plan("Laçın  COVID-19 (order OR \"x\") title:x");
    let labels: Vec<&str> = plan.loose().map(|(label, _)| label).collect();
    assert_eq!(labels, ["Laçın", "COVID-19"]);
}

#[test]
fn a_list_is_filled_up_where_something_may_be_missing() {
    for (text, expected) in [
        ("lachin", false),
        ("lachin medal", true),
        ("\"lachin medal\"", false),
        ("lachin title:medal", false),
        ("lachin the", false),
        ("lachin person:Aliyev", true),
        ("person:Aliyev", false),
        ("-person:Aliyev lachin", false),
        ("lachin site:example.com", false),
    ] {
        assert_eq!(plan(text).can_be_partial(), expected, "{text}");
    }
}

/// The four matches of a plan.
#[track_caller]
fn matches(text: &str, settings: Settings<'_>, expected: [&str; 4]) {
    let plan = plan_as(text, &Mock::archive(), settings);
    let printed = [plan.all(), plan.any(), plan.some(), plan.everything()].map(|planned| print::matching(&planned));
    assert_eq!(printed, expected, "{text}");
}

#[test]
fn the_match_and_what_fills_it_up() {
    let hidden = Settings { hides_superseded: true, ..settings() };
    matches(
        "lachin baku -x site:y",
        settings(),
        [
            "(site:y & lachin & baku - x)",
            "(site:y & (lachin | baku) - x)",
            "((site:y & (lachin | baku) - x) - (lachin & baku))",
            "everything",
        ],
    );
    matches(
        "lachin",
        hidden,
        [
            "(lachin - superseded)",
            "(lachin - superseded)",
            "((lachin - superseded) - (lachin))",
            "(everything - superseded)",
        ],
    );
    // Who the article is about is known without any of the words.
    matches(
        "lachin org:UNESCO",
        settings(),
        ["(org:unesco & lachin)", "(org:unesco & lachin)", "(org:unesco - (lachin))", "everything"],
    );
    matches("site:y", settings(), ["(site:y)", "(site:y)", "((site:y) - everything)", "everything"]);
}

#[test]
fn articles_that_are_left_out() {
    let mut plan = plan("lachin");
    plan.leave_out(Match::Nothing);
    assert_eq!(print::matching(&plan.all()), "(lachin - nothing)");
}

/// What scores, part by part: `TARGET weight xREPEATS`, with the title's worth where it is not the usual one.
#[track_caller]
fn scores(text: &str, expected: &str) {
    assert_eq!(print::parts(&plan(text)), expected, "{text}");
}

#[test]
fn parts_weigh_what_their_rarity_says() {
    // ln(1 + (1000 - n + 0.5) / (n + 0.5)) of the 1,000 articles of the mock, 10 with lachin, 118 with medal or medals and
    // 100 with medal alone, as a phrase has it.
    scores("lachin", "lachin 4.5574");
    scores("medal", "medal 2.1338");
    scores("unknown", "unknown 7.6019");
    scores("Lachin medal", "lachin 4.5574; medal 2.1338");
    // In a sentence a capital makes a name: half as much again, three times in a title.
    scores("the town of Lachin and its medal", "town 7.6019; lachin 6.8361 title 3; medal 2.1338");
    scores("medal lachin medal", "medal 2.1338 x2; lachin 4.5574");
    // As rare as the rarest.
    scores("\"medal lachin\"", "\"medal lachin\" 4.5574");
    scores("medal-lachin", "\"medal lachin\" 4.5574");
    scores("-medal lachin", "lachin 4.5574");
    scores("(medal OR lachin) AND baku", "medal 2.1338; lachin 4.5574; baku 7.6019");
    scores("title:medal", "medal 2.1338");
    scores("medal w/5 lachin", "medal 2.1338; lachin 4.5574");
    scores("caps(Medal)", "\"medal\" 2.2986");
    scores("medal date:2020 site:y lang:en", "medal 2.1338");
    scores("person:Aliyev", "person:aliyev 6.0000");
    scores("place:Kyiv org:UNESCO", "place:kyiv 3.0000; org:unesco 3.0000");
    scores("-person:Aliyev", "");
    scores("by:Mammadova section:sport tag:x dateline:Lachin", "");
}

#[test]
fn other_forms_make_a_word_less_rare() {
    // 20 articles hold medals, whose stem is another word, and 100 medal. Taken to be independent, that are
    // 1000 · (1 − 0.98 · 0.9) = 118 in all, whichever of the two is typed.
    scores("medals", "medals 2.1338");
    scores("medal", "medal 2.1338");
}

#[test]
fn targets_weigh_as_their_parts_do_and_filters_three() {
    let plan = plan("lachin about:2020 near:\"39.6,46.5,5km\" person:Aliyev");
    let targets: Vec<String> = plan.targets().iter().map(print::target).collect();
    assert_eq!(targets, ["lachin 4.5574", "date 3.0000", "near 3.0000", "person:aliyev 3.0000"]);
    for text in ["date:2020", "captured:2020", "-about:2020", "by:x", "site:x"] {
        assert!(self::plan(text).targets().is_empty(), "{text}");
    }
}

#[test]
fn document_frequencies_are_asked_for_in_two_batches() {
    let mock = Mock::archive();
    plan_as("lachin medal \"a b c\" med* x~1 person:Aliyev (d OR e)", &mock, settings());
    // Which forms there are, and what all terms weigh.
    assert_eq!(mock.batches.get(), 2);
}

#[test]
fn a_wildcard_is_looked_up_once() {
    let mock = Mock::archive();
    let plan = plan_as("med* title:med* med* w/5 x", &mock, settings());
    assert_eq!(mock.lookups.get(), 1);
    assert_eq!(plan.reading(), ["med*: 3 words: medal, medals, meddle"]);
}

#[test]
fn words_of_a_title_that_is_the_query() {
    for (text, expected) in [
        ("lachin medal", Some(2)),
        ("the lachin medal", Some(3)),
        ("COVID-19 news", Some(3)),
        ("lachin date:2020 -x", Some(1)),
        ("\"lachin medal\"", None),
        ("lachin OR medal", None),
        ("title:lachin", None),
        ("med*", None),
        ("date:2020", Some(0)),
    ] {
        assert_eq!(plan(text).titled(), expected, "{text}");
    }
}

#[test]
fn what_is_said_of_the_reading() {
    for (text, reading) in [
        ("lachin", ""),
        (
            "the town of medals",
            "not needed, as common words: the, of|medals: also its other forms, by the stems medal (en)",
        ),
        ("x*", "x*: no word of the index"),
        ("meda*", "meda*: 2 words: medal, medals"),
        ("meddl~1", "meddl~1: 2 words: medal, meddle"),
        ("person:Aliyev", "person:Aliyev: every spelling with the key aliev"),
        ("person:=Aliyev", "person:Aliyev: in this spelling alone"),
        ("near:39.6,46.5,50km", "near: places not farther than 50 km from 39.60 north, 46.50 east"),
    ] {
        assert_eq!(plan(text).reading().join("|"), reading, "{text}");
    }
}

#[test]
fn other_spellings_are_told() {
    assert_eq!(plan("Aliyev").also(), ["Əliyev, Алиев"]);
    assert_eq!(plan("Aliyev aliyev").also(), ["Əliyev, Алиев"]);
    assert_eq!(plan("\"Aliyev\"").also(), [""; 0]);
    assert_eq!(plan("Aliyev w/5 x").also(), [""; 0]);
    assert_eq!(plan("medal").also(), [""; 0]);
}

#[test]
fn places_that_nobody_knows() {
    let plan = plan("near:\"Nowhereburgh,5km\"");
    assert_eq!(print::clauses(&plan.clauses), "+nothing");
    assert!(plan.notes()[0].starts_with("near:Nowhereburgh: no place of this name is known"), "{:?}", plan.notes());
    // The user's own place, which some article names.
    assert_eq!(print::clauses(&self::plan("near:\"Qwxyz Bay,5km\"").clauses), "+near(1.00,2.00 5km)");
}

#[test]
fn wildcards_that_stand_for_too_much() {
    let mut mock = Mock::archive();
    mock.words = (0..30_000).map(|number| format!("m{number:05}")).collect();
    let cut = |text: &str| plan_as(text, &mock, settings()).notes().to_vec();
    let one = cut("m*");
    assert!(one[0].starts_with("m* stands for more than 10000 words; only the first 10000"), "{one:?}");
    // All wildcards together stand for so many.
    let four = cut("m* m0* m1* m2*");
    assert!(four[0].starts_with("m*, m0*, m1* and 1 more stand for more than 2500 words each"), "{four:?}");
    assert!(cut("m0000*").is_empty());
}

#[test]
fn age_counts_where_it_is_asked_for() {
    assert_eq!(plan("lachin").recency(), None);
    let recency = plan_as("lachin", &Mock::archive(), Settings { recency: Some(30), ..settings() }).recency();
    // The newest article of the mock is of the time 1,000.
    assert_eq!(recency.map(|recency| recency.factor(Some(1_000))), Some(1.0));
}

#[test]
fn places_are_found_under_all_their_names() {
    let printed = print::clauses(&plan("place:Kyiv").clauses);
    // Three of the four articles that hold the word print it as the place: in a headline it means it too.
    assert!(printed.starts_with("+(place#") && printed.ends_with(" | title:kyiv)"), "{printed}");
    assert!(printed.contains(" | unplaced:kiev | ") && printed.contains(" | unplaced:kyiv | "), "{printed}");
    let nowhere = print::clauses(&plan("-place:Kyiv lachin").clauses);
    assert!(nowhere.starts_with("?lachin -(place#"), "{nowhere}");
}

mod any_query {
    use super::*;
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "lachin ",
        "medals ",
        "Aliyev ",
        "the ",
        "COVID-19 ",
        "\"gold medal\" ",
        "-",
        "(",
        ") ",
        "OR ",
        "AND ",
        "NOT ",
        "w/5 ",
        "pre/2 ",
        "w/s ",
        "title:",
        "hlead(",
        "first50(",
        "caps(",
        "atleast2(",
        "med* ",
        "x~1 ",
        "person:Bush ",
        "place:Kyiv ",
        "org:UNESCO ",
        "near:\"1,2,3km\" ",
        "date:2020 ",
        "about:2020 ",
        "captured:none ",
        "site:y ",
        "lang:(en az) ",
        "kind:wall ",
        "words:>3 ",
        "* ",
    ];

    proptest! {
        #[test]
        fn plans_hold_together(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..16)) {
            let text = pieces.concat();
            let plan = plan(&text);
            for part in plan.parts() {
                prop_assert!(part.target < plan.targets().len(), "{}", text);
                prop_assert!(part.weight.is_finite() && part.weight >= 0.0 && part.repeats >= 1.0, "{}", text);
                prop_assert!(!part.words.is_empty(), "{}", text);
            }
            for (label, _) in plan.loose() {
                prop_assert!(!label.is_empty() && text.contains(label), "{} in {}", label, text);
            }
            // Whatever is asked, what fills up a list is no part of the match.
            let all: Vec<String> = [plan.all(), plan.any(), plan.some()].iter().map(print::matching).collect();
            prop_assert!(all.iter().all(|printed| !printed.is_empty()), "{}", text);
            prop_assert!(plan.clauses.superseded.is_none());
        }
    }
}
