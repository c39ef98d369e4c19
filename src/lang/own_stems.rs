//! Words that have another stem than their stemmer gives them: it cuts by endings, so it takes for one what only begins
//! alike (university, universe) and parts what two spellings of one language write (labor, labour).
//!
//! The table is `data/stems/own.txt`, whose head says how it is read.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("../../data/stems/own.txt");

/// Stems by word.
pub(crate) type OwnStems = FxHashMap<&'static str, Box<str>>;

/// The stems of the language `lang`, an ISO 639-1 code; none for most.
pub(crate) fn of(lang: &str) -> &'static OwnStems {
    static TABLES: OnceLock<FxHashMap<&'static str, OwnStems>> = OnceLock::new();
    static NONE: OnceLock<OwnStems> = OnceLock::new();
    let tables = TABLES.get_or_init(|| read(TABLE));
    tables.get(lang).unwrap_or_else(|| NONE.get_or_init(OwnStems::default))
}

/// Reads the tables. Lines without a tab say nothing.
fn read(text: &'static str) -> FxHashMap<&'static str, OwnStems> {
    let mut tables: FxHashMap<&str, OwnStems> = FxHashMap::default();
    for (lang, words) in text.lines().filter_map(|line| line.split_once('\t')) {
        let table = tables.entry(lang).or_default();
        let first = words.split(' ').next().unwrap_or(words);
        for word in words.split(' ') {
            let (word, stem) = match word.split_once('>') {
                Some((word, known)) => (word, stem_of(lang, known, table)),
                None => (word, first.into()),
            };
            table.insert(word, stem);
        }
    }
    tables
}

/// The stem of a word that the stemmer of `lang` knows, or a row above.
fn stem_of(lang: &str, word: &str, table: &OwnStems) -> Box<str> {
    let own = table.get(word).cloned();
    let stemmer = || frostem::Stemmer::try_from_name(lang).ok();
    own.or_else(|| Some(stemmer()?.stem(word).into())).unwrap_or_else(|| word.into())
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
            assert_eq!(of(lang).get(word).map(|stem| &**stem), stem, "{word}");
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
        let rows = TABLE.lines().filter_map(|line| line.split_once('\t'));
        let words: Vec<(&str, &str)> = rows
            .flat_map(|(lang, row)| row.split(' ').map(move |word| (lang, word.split('>').next().unwrap_or(word))))
            .collect();
        let mut once = words.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), words.len());
        assert!(words.iter().all(|(_, word)| fold(word) == *word && !word.is_empty()));
    }
}
