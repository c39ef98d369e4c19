//! Lists of words and phrases that the data files under `data/` hold by language.
//!
//! A line `[name]` opens a list. Each line below it is a row: the languages (ISO 639-1 codes with commas between) and,
//! after a tab, what it holds; without a tab it is all of no one language. Empty lines and lines that begin with `#` say
//! nothing. A row holds words with blanks between, or phrases with ` ; ` between: which of the two is for the code that asks.
//! An `_` at an end of a phrase stands for a blank, which would be lost there. All stands in the file as it is compared:
//! folded where the code compares folded words, which the head of each file says.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

/// One line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListRow {
    langs: &'static str,
    entries: &'static str,
}

/// A phrase of a list, as it is compared.
pub(crate) type Phrase = Cow<'static, str>;

impl ListRow {
    /// The words, in the order of the line.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        self.entries.split_ascii_whitespace()
    }

    /// The phrases, in the order of the line.
    pub(crate) fn phrases(self) -> impl Iterator<Item = Phrase> {
        self.entries.split(" ; ").map(phrase)
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
    /// Reads a file. Lines before the first list are left out; the tests of each file say that there are none.
    pub(crate) fn parse(text: &'static str) -> WordLists {
        let mut lists: FxHashMap<&str, Vec<ListRow>> = FxHashMap::default();
        let mut open = None;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                open = Some(name);
                lists.entry(name).or_default();
            } else if let Some(name) = open {
                let (langs, entries) = line.split_once('\t').unwrap_or(("", line));
                lists.entry(name).or_default().push(ListRow { langs, entries });
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

    /// The phrases of a list in all languages, in the order of the file.
    pub(crate) fn phrases(&self, list: &str) -> Vec<Phrase> {
        self.rows(list).iter().flat_map(|row| row.phrases()).collect()
    }

    /// The same, to be asked for single phrases.
    pub(crate) fn phrase_set(&self, list: &str) -> FxHashSet<Phrase> {
        self.rows(list).iter().flat_map(|row| row.phrases()).collect()
    }

    /// The phrases of each list whose name begins with `start`, by name.
    pub(crate) fn phrase_groups(&self, start: &str) -> Vec<Vec<Phrase>> {
        self.names().filter(|name| name.starts_with(start)).map(|name| self.phrases(name)).collect()
    }

    /// The names of all lists, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        let mut names: Vec<&'static str> = self.0.keys().copied().collect();
        names.sort_unstable();
        names.into_iter()
    }
}

/// A phrase with blanks for the underscores at its ends. One within stands for itself: `add_to_cart`.
fn phrase(written: &'static str) -> Phrase {
    if !written.starts_with('_') && !written.ends_with('_') {
        return written.into();
    }
    let inner = written.trim_matches('_');
    let blank = |is_there: bool| if is_there { " " } else { "" };
    [blank(written.starts_with('_')), inner, blank(written.ends_with('_'))].concat().into()
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

/// Fails where a line of `text`, a file of words, belongs to no list, names no language, holds no word, holds a word that folding changes, or one that its row has
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
    fn phrases_are_read_with_blanks_at_their_ends() {
        let lists = WordLists::parse(
            "# a comment\n[by]\nen\tby_ ; written by_\nde\tvon_\n\n[mark]\nadd_to_cart ; _&_ ; ;\n[mark: two]\n*\tx\n",
        );
        assert_eq!(lists.phrases("by"), ["by ", "written by ", "von "]);
        assert_eq!(lists.phrases("mark"), ["add_to_cart", " & ", ";"]);
        assert!(lists.phrase_set("mark").contains("add_to_cart"));
        assert_eq!(lists.phrase_groups("mark"), [vec!["add_to_cart", " & ", ";"], vec!["x"]]);
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
