//! Words that have another stem than their stemmer gives them: it cuts by endings, so it takes for one what only begins
//! alike (university, universe) and parts what two spellings of one language write (labor, labour).
//!
//! The table is `data/stems/own.txt`, whose head says how it is read.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("../../data/stems/own.txt");

/// Stems by word.
pub(crate) type OwnStems = FxHashMap<&'static str, &'static str>;

/// The stems of the language `lang`, an ISO 639-1 code; none for most.
pub(crate) fn of(lang: &str) -> &'static OwnStems {
    static TABLES: OnceLock<FxHashMap<&'static str, OwnStems>> = OnceLock::new();
    static NONE: OnceLock<OwnStems> = OnceLock::new();
    let tables = TABLES.get_or_init(|| read(TABLE));
    tables.get(lang).unwrap_or_else(|| NONE.get_or_init(OwnStems::default))
}

/// Reads the tables. Lines without tabs say nothing.
fn read(text: &'static str) -> FxHashMap<&'static str, OwnStems> {
    let mut tables: FxHashMap<&str, OwnStems> = FxHashMap::default();
    for line in text.lines() {
        let mut cells = line.split('\t');
        let (Some(lang), Some(stem), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
        tables.entry(lang).or_default().extend(words.split(' ').map(|word| (word, stem)));
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn forms_of_one_word_have_its_stem() {
        for (lang, word, stem) in [
            ("en", "organisations", Some("organization")),
            ("en", "labour", Some("labor")),
            ("en", "universities", Some("university")),
            ("en", "organ", None),
            ("de", "university", None),
        ] {
            assert_eq!(of(lang).get(word).copied(), stem, "{word}");
        }
    }

    #[test]
    fn words_of_one_stemmer_are_told_apart_and_spellings_joined() {
        let stemmer = crate::lang::Stemmer::of("en").expect("a stemmer");
        let stem = |word: &str| stemmer.stem(word).into_owned();
        for (one, other) in [
            ("organ", "organization"),
            ("universe", "university"),
            ("busy", "business"),
            ("even", "evening"),
            ("import", "important"),
            ("intern", "international"),
            ("position", "positive"),
            ("author", "authorities"),
            ("experience", "experiment"),
            ("custom", "customer"),
            ("office", "officer"),
        ] {
            assert_ne!(stem(one), stem(other));
        }
        for (one, other) in [
            ("privatisation", "privatized"),
            ("harbour", "harbors"),
            ("centres", "center"),
            ("organiser", "organizations"),
            ("cancelled", "cancel"),
            ("labourers", "labor"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
    }

    #[test]
    fn the_table_is_folded_and_no_word_stands_twice() {
        let mut words = Vec::new();
        for row in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 3, "{row}");
            words.extend(cells[2].split(' ').map(|word| (cells[0], word)));
        }
        assert!(words.iter().all(|(_, word)| fold(word) == *word && !word.is_empty()));
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
