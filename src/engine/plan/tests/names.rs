//! Names in other spellings, languages and alphabets, and names that only sound alike.

use super::Mock;
use crate::engine::plan::lexicon::Printed;
use crate::engine::plan::spellings::{Person, Tables, of_word};
use crate::text::fold;

/// Rows `KIND`, tab, names: `person` and `place` are two spellings of one, `people` are two names of people, `apart` two of
/// whatever kind, `word` is a name and an ordinary word. Rows with even numbers, from 0, were looked at while the rules were made.
const ROWS: &str = include_str!("../../../../tests/people/spellings.tsv");

const PERSON: Printed = Printed { people: 3, places: 0 };
const PLACE: Printed = Printed { people: 0, places: 3 };

/// True where a query for `typed` as a plain word, in an archive that prints `held` so, also looks for it.
fn finds(typed: &str, held: &str, printed: Printed, articles: u64) -> bool {
    let mock = Mock::printing(vec![(held.to_owned(), printed)], vec![(fold(held), articles)]);
    let Ok(others) = of_word(typed, &fold(typed), &mock, Tables { own: None });
    !others.is_empty()
}

/// True where each word of the one name finds that of the other, as `person:` does.
fn is_person(typed: &str, held: &str) -> bool {
    let printed = held.split([' ', '-']).map(|word| (word.to_owned(), PERSON)).collect();
    let Ok(person) = Person::find(typed, false, &Mock::printing(printed, Vec::new()), Tables { own: None });
    let (typed, held) = (typed.split([' ', '-']), held.split([' ', '-']));
    let equal = |(one, other): (&str, &str)| fold(one) == fold(other) || person.also.iter().any(|also| also == other);
    typed.zip(held).all(equal)
}

fn joins(kind: &str, one: &str, other: &str) -> bool {
    let either = |finds: &dyn Fn(&str, &str) -> bool| finds(one, other) || finds(other, one);
    match kind {
        "person" => either(&is_person),
        "place" => either(&|typed, held| finds(typed, held, PLACE, 3)),
        "word" => is_joined_with_a_word(one, other),
        _ => {
            either(&is_person)
                || either(&|typed, held| finds(typed, held, PERSON, 3))
                || (kind == "apart" && either(&|typed, held| finds(typed, held, PLACE, 3)))
        }
    }
}

/// True where a name finds a word that one article in twenty prints like a name, or the word the name.
fn is_joined_with_a_word(name: &str, word: &str) -> bool {
    let printed = vec![(name.to_owned(), PERSON), (word.to_owned(), Printed { people: 1, places: 1 })];
    let mock = Mock::printing(printed, vec![(fold(name), 3), (fold(word), 40)]);
    [name, word].iter().any(|typed| {
        let Ok(others) = of_word(typed, &fold(typed), &mock, Tables { own: None });
        !others.is_empty()
    })
}

#[test]
fn an_abbreviation_of_a_place_is_no_spelling_of_its_name() {
    for (name, held, finds) in [
        ("Korea", "ROK", false),
        ("Korea", "Rok", false),
        ("China", "PRC", false),
        ("Korea", "Kore", true),
        ("China", "Kina", true),
        ("Rome", "Rom", true),
    ] {
        assert_eq!(self::finds(name, held, PLACE, 3), finds, "{name} {held}");
    }
}

#[test]
fn spellings_meet_and_names_that_sound_alike_do_not() {
    let (mut joined, mut spellings, mut wrong) = ([0, 0], [0, 0], Vec::new());
    for (number, row) in ROWS.lines().filter(|row| !row.starts_with('#')).enumerate() {
        let cells: Vec<&str> = row.split('\t').collect();
        let &[kind, one, other] = &cells[..] else { panic!("{row}: three cells") };
        let found = joins(kind, one, other);
        let is_one = matches!(kind, "person" | "place");
        if is_one {
            spellings[number % 2] += 1;
            joined[number % 2] += usize::from(found);
        }
        if found != is_one {
            wrong.push(row);
        }
    }
    let apart: Vec<&&str> =
        wrong.iter().filter(|row| !row.starts_with("person") && !row.starts_with("place")).collect();
    assert!(apart.is_empty(), "joined and are two: {apart:#?}");
    // Those that are missed need case forms or vowels that no rule gives.
    let enough = joined.iter().zip(spellings).all(|(joined, all)| joined * 100 >= all * 90);
    assert!(enough, "{joined:?} of {spellings:?}: {wrong:#?}");
}
