//! The closed classes of words that rules of names ask for, by list: `data/names/cues.txt`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::text::word_lists::{WordLists, WordSet};

const FILE: &str = include_str!("../../../data/names/cues.txt");

/// One field a list; the file says what each holds.
#[derive(Debug)]
pub(crate) struct Cues {
    pub(crate) titles_that_are_names: WordSet,
    pub(crate) civil_titles: WordSet,
    pub(crate) other_titles: WordSet,
    pub(crate) titles_behind: WordSet,
    pub(crate) saints: WordSet,
    pub(crate) saints_of_towns: WordSet,
    pub(crate) leading_particles: WordSet,
    pub(crate) and: WordSet,
    pub(crate) buildings_before: WordSet,
    pub(crate) buildings_behind: WordSet,
    pub(crate) building_articles: WordSet,
    pub(crate) kin: WordSet,
    /// By the full name.
    pub(crate) familiar_names: FxHashMap<&'static str, Vec<&'static str>>,
    pub(crate) surname_endings: Vec<&'static str>,
    pub(crate) organisation_links: WordSet,
    pub(crate) organisation_articles: WordSet,
    pub(crate) place_endings: WordSet,
    pub(crate) hyphened_endings: WordSet,
    pub(crate) tagger_links: WordSet,
    pub(crate) written_with_a_stop: WordSet,
    lists: WordLists,
}

impl Cues {
    /// Those of the program.
    pub(crate) fn embedded() -> &'static Cues {
        static ONE: OnceLock<Cues> = OnceLock::new();
        ONE.get_or_init(|| Cues::read(WordLists::parse(FILE)))
    }

    fn read(lists: WordLists) -> Cues {
        // The first word of a row is the full name.
        let familiar = lists.rows("familiar names").iter().filter_map(|row| {
            let mut names = row.words();
            Some((names.next()?, names.collect()))
        });
        Cues {
            titles_that_are_names: lists.set("titles that are names"),
            civil_titles: lists.set("civil titles"),
            other_titles: lists.set("other titles"),
            titles_behind: lists.set("titles behind"),
            saints: lists.set("saints"),
            saints_of_towns: lists.set("saints of towns"),
            leading_particles: lists.set("leading particles"),
            and: lists.set("and"),
            buildings_before: lists.set("buildings before"),
            buildings_behind: lists.set("buildings behind"),
            building_articles: lists.set("building articles"),
            kin: lists.set("kin"),
            familiar_names: familiar.collect(),
            surname_endings: lists.words("surname endings").collect(),
            organisation_links: lists.set("organisation links"),
            organisation_articles: lists.set("organisation articles"),
            place_endings: lists.set("place endings"),
            hyphened_endings: lists.set("hyphened endings"),
            tagger_links: lists.set("tagger links"),
            written_with_a_stop: lists.set("written with a stop"),
            lists,
        }
    }

    /// The articles of a language whose towns have none; empty for other languages.
    pub(crate) fn articles(&self, lang: &str) -> WordSet {
        self.lists.set_of("articles", lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_lists::check_file;

    #[test]
    fn the_file_is_whole() {
        check_file(FILE, true);
    }

    #[test]
    fn every_list_is_read() {
        let cues = Cues::embedded();
        for (set, word) in [
            (&cues.titles_that_are_names, "judge"),
            (&cues.civil_titles, "princess"),
            (&cues.other_titles, "следователь"),
            (&cues.titles_behind, "hoca"),
            (&cues.saints, "sankt"),
            (&cues.saints_of_towns, "san"),
            (&cues.leading_particles, "van"),
            (&cues.and, "und"),
            (&cues.buildings_before, "улице"),
            (&cues.buildings_behind, "kucesi"),
            (&cues.building_articles, "du"),
            (&cues.kin, "soeur"),
            (&cues.organisation_links, "of"),
            (&cues.organisation_articles, "the"),
            (&cues.place_endings, "den"),
            (&cues.hyphened_endings, "nak"),
            (&cues.tagger_links, "della"),
            (&cues.written_with_a_stop, "ltd"),
        ] {
            assert!(set.has(word), "{word}");
        }
        assert_eq!(cues.familiar_names["robert"], ["bob", "bobby", "rob"]);
        assert!(cues.surname_endings.contains(&"shvili"));
        assert!(cues.articles("de").has("beim") && !cues.articles("fr").has("beim") && !cues.articles("en").has("the"));
    }
}
