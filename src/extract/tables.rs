//! The tables that extraction reads, all of them compiled in, and the digest that names them.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// The block model; `data/blocks/README.md` says how it was fitted.
pub(crate) const BLOCK_MODEL: &str = include_str!("../../data/blocks/model.txt");
/// Words of bylines.
pub(crate) const BYLINES: &str = include_str!("../../data/extract/bylines.txt");
/// Words of class names, by what they say of an element.
pub(crate) const CLASS_NAMES: &str = include_str!("../../data/extract/class_names.txt");
/// What marks a note of correction.
pub(crate) const CORRECTIONS: &str = include_str!("../../data/extract/corrections.txt");
/// Words beside dates.
pub(crate) const DATES: &str = include_str!("../../data/extract/dates.txt");
/// Weights of the features by which the kind of a page is decided.
pub(crate) const KINDS: &str = include_str!("../../data/extract/kind.tsv");
/// Words and marks by which the kind of a page is decided.
pub(crate) const KIND_WORDS: &str = include_str!("../../data/extract/kinds.txt");
/// Phrases that templates write.
pub(crate) const PHRASES: &str = include_str!("../../data/extract/phrases.txt");

/// Words that are no key words.
pub(crate) const TAGS: &str = include_str!("../../data/extract/tags.txt");
/// Words of headlines.
pub(crate) const TITLES: &str = include_str!("../../data/extract/titles.txt");
/// Parts of addresses.
pub(crate) const URLS: &str = include_str!("../../data/extract/urls.txt");

/// Every table of this file.
const ALL: [&str; 11] =
    [BLOCK_MODEL, BYLINES, CLASS_NAMES, CORRECTIONS, DATES, KINDS, KIND_WORDS, PHRASES, TAGS, TITLES, URLS];

/// Names the rules of today. To be raised with every change of code that gives another article for the same page; a test
/// compares the golden articles of `corpus/` and asks for it. Changes of the tables need no number: their bytes count.
const RULES: u32 = 6;

/// What extraction makes of a page is decided by the page, the day and this number: rules and tables together.
///
/// The index keeps it beside each document, and reads pages again that were read under another one.
pub(crate) fn fingerprint() -> u64 {
    static FINGERPRINT: OnceLock<u64> = OnceLock::new();
    *FINGERPRINT.get_or_init(|| {
        let mut hasher = Sha256::new();
        hasher.update(RULES.to_be_bytes());
        for table in ALL {
            // With its length, so that a line that moves from one table to the next is a change.
            hasher.update((table.len() as u64).to_be_bytes());
            hasher.update(table);
        }
        hasher.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_lists::WordLists;
    use std::collections::HashSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Number of the rules, and the digest of the golden articles that they give. One line for each number that there was:
    /// a line is never changed, a new one is put below it.
    const HISTORY: &str = include_str!("versions.tsv");

    /// The files below `folder` whose names end in `.end`, sorted.
    fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
        let mut open = vec![folder.to_owned()];
        let mut found = Vec::new();
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                match entry.is_dir() {
                    true => open.push(entry),
                    false if entry.extension().is_some_and(|found| found == end) => found.push(entry),
                    false => {}
                }
            }
        }
        found.sort();
        found
    }

    /// The digest of all golden articles with their paths.
    fn golden() -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let mut hasher = Sha256::new();
        for file in files(&folder, "json") {
            hasher.update(file.strip_prefix(&folder).expect("below it").as_os_str().as_encoded_bytes());
            hasher.update([0]);
            hasher.update(fs::read(&file).expect("a golden file"));
        }
        data_encoding::HEXLOWER.encode(&hasher.finalize()[..16])
    }

    #[test]
    fn golden_articles_change_only_with_the_number_of_the_rules() {
        let lines: Vec<(u32, &str)> = HISTORY
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t').and_then(|(number, digest)| Some((number.parse().ok()?, digest))))
            .collect();
        assert!(lines.is_sorted_by(|one, next| one.0 < next.0), "versions.tsv: numbers do not rise");
        let (number, digest) = *lines.last().expect("a line");
        let now = golden();
        assert!(
            digest == now || number < RULES,
            "golden articles changed under rules {RULES}: raise RULES in src/extract/tables.rs and add the line \
             `{}\t{now}` to src/extract/versions.tsv; without it old documents would be taken for new ones",
            RULES + 1
        );
        assert_eq!(
            (number, digest),
            (RULES, now.as_str()),
            "add the line `{RULES}\t{now}` to src/extract/versions.tsv"
        );
    }

    #[test]
    fn entries_stand_once_in_a_section_and_are_written_as_they_are_compared() {
        for text in [BYLINES, CLASS_NAMES, CORRECTIONS, DATES, KIND_WORDS, PHRASES, TAGS, TITLES, URLS] {
            let first = text.lines().find(|line| !line.is_empty() && !line.starts_with('#'));
            assert!(first.is_some_and(|line| line.starts_with('[')), "a row before the first list: {first:?}");
            let lists = WordLists::parse(text);
            for section in lists.names() {
                let entries = lists.phrases(section);
                // Marks of software are looked for in the page as it is; all else is compared in lower case.
                let is_raw = section.starts_with("software");
                let mut seen = HashSet::new();
                for entry in &entries {
                    assert!(!entry.trim().is_empty() && entry.trim().len() + 2 >= entry.len(), "[{section}] '{entry}'");
                    assert!(seen.insert(entry), "[{section}] has '{entry}' twice");
                    assert!(is_raw || entry.to_lowercase() == *entry, "[{section}] '{entry}' is not in lower case");
                }
            }
        }
    }

    #[test]
    fn every_table_is_in_the_fingerprint() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract");
        let this = own.join("tables.rs");
        for file in files(&own, "rs").into_iter().filter(|file| *file != this) {
            let code = fs::read_to_string(&file).expect("a source");
            assert!(!code.contains("include_"), "{}: tables belong into tables.rs", file.display());
        }
        let code = fs::read_to_string(&this).expect("a source");
        let declared = code.matches(concat!("= include", "_str!(\"../../data/")).count();
        assert_eq!(declared, ALL.len(), "a table is not in ALL");
        assert_ne!(fingerprint(), 0);
    }
}
