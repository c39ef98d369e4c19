//! Annotation takes time in proportion to the text, whatever is in it: each trigger of a rule, repeated without end.

use crate::annotate::{ArticleContext, annotate};
use crate::date::Stamp;
use crate::text::tests::steps::check_linear;
use crate::text::{Span, sentences};

/// Every unit begins what some rule reads on from.
const UNITS: &[&str] = &[
    "O'",
    "J. ",
    "J.",
    "AB ",
    "May ",
    "Al-",
    "Jean-",
    "Anna ",
    "Anna-Maria ",
    "Mr. ",
    "Dr ",
    "President ",
    "van ",
    "de la ",
    "John Smith ",
    "John Smith and ",
    "Smith ",
    "Anna \"Len\" ",
    "(Anna) ",
    "Saint-",
    "calle ",
    "Street ",
    "y ",
    "USA ",
    "University ",
    "University of ",
    "Ministry of the ",
    "Lake ",
    "River ",
    "Lachin ",
    "Lachin district ",
    "Paris, ",
    "Paris, Texas ",
    "in Paris ",
    "New York ",
    "the ",
    "The ",
    "of ",
    "x",
    "X",
    "a ",
    "İ",
    "ß ",
    "北",
    "ال ",
    "და ",
    "’s ",
    "Monday ",
    "Monday, ",
    "10 ",
    "10. ",
    "1990 ",
    "1990-",
    "1990, ",
    "1,000",
    ",000",
    "1.",
    "1/",
    "1:",
    "10:30 ",
    "$1 ",
    "10 May ",
    "May 10 ",
    "May 10, ",
    "10 of ",
    "of May ",
    "first of ",
    "the first ",
    "last ",
    "the next ",
    "last year ",
    "a year ",
    "two years ",
    "years ago ",
    "every ",
    "every year ",
    "between ",
    "from 1990 to ",
    "1 and ",
    "1-",
    "1 – ",
    "Q1 ",
    "5, ",
    "5, 6 and ",
    "Monday 21, ",
    "May 5, 6, ",
    "the last Friday of ",
    "a week on ",
    "the day after ",
    "two days after ",
    "15 Nisan ",
    "of the ",
    "vor 3 ",
    "vor ",
    "letzten ",
    "昨年",
    "上周",
    "昭和",
    "今年3",
    "15 خرداد ",
    "ט\"",
    "'96 ",
    "480 BC ",
    "AD ",
    "winter ",
    "the end of ",
    "early ",
    "morning of ",
    "the night of ",
    "Easter ",
    "bazar ",
    "çərşənbə ",
    "прошл ",
    "'",
    "\"",
    "(",
    ".",
    "…",
    ". ",
    "!?",
    ".'",
    "-",
    "– ",
    ",",
    " ",
    "\n",
    "\n\n",
    "- ",
];

fn work(lang: &'static str) -> impl Fn(&str) {
    move |text| {
        let published = Stamp::parse_iso("2020-11-10");
        let _ = annotate(text, ArticleContext { title: "", published, lang: Some(lang), own: None });
        let _ = sentences(text, Span::new(0, text.len()));
    }
}

#[test]
fn no_trigger_repeated_costs_more_than_its_length() {
    for unit in UNITS {
        check_linear(unit, 3_000, work("en"));
    }
}

#[test]
fn no_trigger_repeated_costs_more_in_other_languages() {
    for unit in UNITS.iter().step_by(3) {
        check_linear(unit, 2_000, work("az"));
        check_linear(unit, 2_000, work("de"));
    }
    for unit in UNITS.iter().filter(|unit| !unit.is_ascii()).chain(&["5, ", "3", "vor 3 "]) {
        check_linear(unit, 1_000, work("zh"));
        check_linear(unit, 1_000, work("he"));
        check_linear(unit, 1_000, work("fa"));
    }
}

/// Words that are all different cannot be looked up once for all.
#[test]
fn distinct_names_cost_no_more_than_their_number() {
    let word = |mut number: usize| {
        let mut out = String::from("Q");
        for _ in 0..4 {
            out.push(char::from(b'a' + (number % 26) as u8));
            number /= 26;
        }
        out
    };
    let text = |count: usize| (0..count).map(|at| word(at) + " ").collect::<String>();
    let people = |count: usize| (0..count).map(|at| format!("Mr {} said. ", word(at))).collect::<String>();
    for make in [&text as &dyn Fn(usize) -> String, &people] {
        let steps = |count| crate::text::tests::steps::count(|| work("en")(&make(count)));
        let (one, two) = (steps(600), steps(1_200));
        assert!(two <= one * 2 + one / 5, "{one} steps for six hundred, {two} for twice as many");
    }
}
