//! Lists of words that the data files under `data/` hold by language.
//!
//! A line `[name]` opens a list. Each line below it is a row: the languages (ISO 639-1 codes with commas between) and,
//! after a tab, words with blanks between. Empty lines and lines that begin with `#` say nothing. Words stand in the file
//! as they are compared: folded where the code compares folded words, which the head of each file says.

use rustc_hash::{FxHashMap, FxHashSet};

/// One line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListRow {
    langs: &'static str,
    words: &'static str,
}

impl ListRow {
    /// The words, in the order of the line.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        self.words.split_ascii_whitespace()
    }

    /// True when the row is of this language.
    pub(crate) fn is_of(self, lang: &str) -> bool {
        self.langs.split(',').any(|code| code == lang)
    }
}

/// The lists of one file.
#[derive(Debug, Default)]
pub(crate) struct WordLists(FxHashMap<&'static str, Vec<ListRow>>);

impl WordLists {
    /// Reads a file. Lines before the first list and rows without a tab are left out; the tests of each file say that
    /// there are none.
    pub(crate) fn parse(text: &'static str) -> WordLists {
        let mut lists: FxHashMap<&str, Vec<ListRow>> = FxHashMap::default();
        let mut open = None;
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                open = Some(name);
                lists.entry(name).or_default();
            } else if let (Some(name), Some((langs, words))) = (open, line.split_once('\t')) {
                lists.entry(name).or_default().push(ListRow { langs, words });
            }
        }
        WordLists(lists)
    }

    /// The rows of a list, in the order of the file.
    pub(crate) fn rows(&self, list: &str) -> &[ListRow] {
        debug_assert!(self.0.contains_key(list), "no list [{list}]");
        self.0.get(list).map_or(&[], Vec::as_slice)
    }

    /// The words of a list in all languages, in the order of the file.
    pub(crate) fn words(&self, list: &str) -> impl Iterator<Item = &'static str> {
        self.rows(list).iter().flat_map(|row| row.words())
    }

    /// The same, to be asked for single words.
    pub(crate) fn set(&self, list: &str) -> WordSet {
        WordSet(self.words(list).collect())
    }

    /// The same, of one language.
    pub(crate) fn set_of(&self, list: &str, lang: &str) -> WordSet {
        WordSet(self.rows(list).iter().filter(|row| row.is_of(lang)).flat_map(|row| row.words()).collect())
    }
}

/// A set of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSet(FxHashSet<&'static str>);

impl WordSet {
    /// True when the word is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Fails where a line of `text` belongs to no list, holds no word, holds a word that folding changes, or one that its row has
/// already: such a word would never be found, or is a slip.
#[cfg(test)]
#[track_caller]
pub(crate) fn check_file(text: &'static str, folded: bool) {
    let mut open = false;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('[') {
            assert!(line.ends_with(']'), "{line}");
            open = true;
            continue;
        }
        assert!(open, "a row before the first list: {line}");
        let (langs, words) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
        assert!(
            langs.split(',').all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())),
            "languages of {line}"
        );
        let mut seen = FxHashSet::default();
        for word in words.split_ascii_whitespace() {
            assert!(seen.insert(word), "twice in a row: {word}");
            assert!(!folded || super::fold(word) == word, "not folded: {word}");
        }
        assert!(!seen.is_empty(), "no word: {line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# kinship\n\n[kin]\nen\tsister brother\nde,nl\tbroer\n[empty]\n[kin]\nfr\tsoeur\n";

    #[test]
    fn lists_are_read_by_name_and_language() {
        let lists = WordLists::parse(FILE);
        assert_eq!(lists.words("kin").collect::<Vec<_>>(), ["sister", "brother", "broer", "soeur"]);
        assert_eq!(lists.rows("empty"), []);
        let all = lists.set("kin");
        assert!(all.has("soeur") && !all.has("Soeur") && !all.has(""));
        let dutch = lists.set_of("kin", "nl");
        assert!(dutch.has("broer") && !dutch.has("sister"));
        check_file(FILE, true);
    }

    #[test]
    #[should_panic(expected = "no list [cousins]")]
    fn a_list_that_is_not_there_is_an_error_of_the_program() {
        WordLists::parse(FILE).rows("cousins");
    }

    #[test]
    #[should_panic(expected = "not folded: Sœur")]
    fn a_word_that_would_never_be_found_is_refused() {
        check_file("[kin]\nfr\tSœur\n", true);
    }
}
