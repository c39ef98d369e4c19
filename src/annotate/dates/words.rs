//! The words beside dates, by list: `data/dates/words.txt`. English function words are in `lexicon`.

use std::sync::OnceLock;

use super::partial::Rel;
use crate::text::word_lists::{WordLists, WordSet};

const FILE: &str = include_str!("../../../data/dates/words.txt");

/// One field a list; the file says what each holds.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) before_weekday: WordSet,
    pub(super) behind_weekday: WordSet,
    /// Beginnings of words that say which weekday.
    which: Vec<(&'static str, Rel)>,
    /// Names of seasons; 0 is winter.
    seasons: [WordSet; 4],
    /// Beginnings of words for century.
    pub(super) century: Vec<&'static str>,
    /// Beginnings of words for years behind a decade of two figures.
    pub(super) years_behind_decade: Vec<&'static str>,
    pub(super) to: WordSet,
    pub(super) and: WordSet,
    pub(super) between_years: WordSet,
    pub(super) behind_year: WordSet,
    pub(super) before_year: WordSet,
    pub(super) years_before_decade: WordSet,
    pub(super) years_before_short_decade: WordSet,
    pub(super) decade_of: WordSet,
    pub(super) decade_endings: WordSet,
    pub(super) amounts: WordSet,
    pub(super) before_named_weekday: WordSet,
    pub(super) behind_named_weekday: WordSet,
    pub(super) games: WordSet,
    pub(super) put_off: WordSet,
}

impl Words {
    /// Those of the program.
    pub(super) fn embedded() -> &'static Words {
        static ONE: OnceLock<Words> = OnceLock::new();
        ONE.get_or_init(|| Words::read(&WordLists::parse(FILE)))
    }

    fn read(lists: &WordLists) -> Words {
        let last = lists.words("last").map(|word| (word, Rel::Last));
        Words {
            before_weekday: lists.set("before a weekday"),
            behind_weekday: lists.set("behind a weekday"),
            which: last.chain(lists.words("next").map(|word| (word, Rel::Next))).collect(),
            seasons: ["winter", "spring", "summer", "autumn"].map(|season| lists.set(season)),
            century: lists.words("century").collect(),
            years_behind_decade: lists.words("years behind a decade").collect(),
            to: lists.set("to"),
            and: lists.set("and"),
            between_years: lists.set("between years"),
            behind_year: lists.set("behind a year"),
            before_year: lists.set("before a year"),
            years_before_decade: lists.set("years before a decade"),
            years_before_short_decade: lists.set("years before a short decade"),
            decade_of: lists.set("decade of"),
            decade_endings: lists.set("decade endings"),
            amounts: lists.set("amounts"),
            before_named_weekday: lists.set("before a named weekday"),
            behind_named_weekday: lists.set("behind a named weekday"),
            games: lists.set("games"),
            put_off: lists.set("put off"),
        }
    }

    /// Which weekday a folded word beside it means.
    pub(super) fn which(&self, folded: &str) -> Option<Rel> {
        self.which.iter().find(|(known, _)| folded.starts_with(known)).map(|(_, rel)| *rel)
    }

    /// The season that a folded word names; 0 is winter.
    pub(super) fn season(&self, folded: &str) -> Option<i8> {
        self.seasons.iter().position(|names| names.has(folded)).map(|at| at as i8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_lists::check_file;

    #[test]
    fn the_file_is_whole() {
        check_file(FILE, false);
    }

    #[test]
    fn words_that_are_compared_folded_stand_folded() {
        let lists = WordLists::parse(FILE);
        for list in [
            "before a weekday",
            "behind a weekday",
            "last",
            "next",
            "winter",
            "spring",
            "summer",
            "autumn",
            "century",
            "years behind a decade",
        ] {
            lists.words(list).for_each(|word| assert_eq!(crate::text::fold(word), word, "[{list}]"));
        }
    }

    #[test]
    fn relations_and_seasons_are_told() {
        let words = Words::embedded();
        for (word, which) in [
            ("прошлую", Some(Rel::Last)),
            ("kommenden", Some(Rel::Next)),
            ("gelen", Some(Rel::Next)),
            ("gecen", Some(Rel::Last)),
            ("المقبل", Some(Rel::Next)),
            ("heute", None),
            ("", None),
        ] {
            assert_eq!(words.which(word), which, "{word}");
        }
        for (word, season) in
            [("зимой", Some(0)), ("primavera", Some(1)), ("ete", Some(2)), ("herbst", Some(3)), ("x", None)]
        {
            assert_eq!(words.season(word), season, "{word}");
        }
    }
}
