//! Light stemmers, for languages that Snowball has none for: tables of what a form of a word has beside its base.
//!
//! Goal: who types the base form finds the others, and no other word. Whether `adam` (a man) is `ada` (an island) with an
//! ending only the sentence tells, so a word of a text is found under every base that it may have, `adam` and `ada`,
//! and a word of a query asks for itself, and for another base only by endings with which hardly a word ends by itself.
//! Only inflection is taken off. The tables are `data/stems/endings.txt`, whose head says how they are read.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/stems/endings.txt");

/// Prefixes that are taken off one by one: `וכשבבית` has the most.
const MOST_BEFORE: usize = 3;
/// Bases that a word may have, itself among them; agglutinated words have three or four.
const MOST_BASES: usize = 8;

/// The table of one language.
#[derive(Debug, Default)]
pub(crate) struct Light {
    lang: &'static str,
    /// Letters that are left of a word of a text, and of a query.
    least: [usize; 2],
    before: Vec<&'static str>,
    /// Rows of endings, from the last of a word inwards, each the shortest first: those are taken off wrongly least.
    rows: Vec<Vec<Ending>>,
    /// The last letter of a word before an ending, and without one.
    changes: Vec<(char, char)>,
}

#[derive(Debug)]
struct Ending {
    text: &'static str,
    /// What takes its place; mostly nothing.
    instead: &'static str,
    /// Hardly a word ends so by itself.
    sure: bool,
}

/// Where a word stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Text,
    Query,
}

impl Light {
    /// The table of the language `lang`, an ISO 639-1 code.
    pub(crate) fn of(lang: &str) -> Option<&'static Light> {
        static TABLES: OnceLock<Vec<Light>> = OnceLock::new();
        TABLES.get_or_init(|| read(TABLE)).iter().find(|table| table.lang == lang)
    }

    /// The bases that the folded `word` may have, the word itself first.
    pub(crate) fn bases(&self, word: &str, side: Side) -> Vec<String> {
        let mut bases = vec![word.to_owned()];
        if side == Side::Text {
            self.take_prefixes(&mut bases);
        }
        for row in &self.rows {
            for at in 0..bases.len() {
                for base in self.without_endings(&bases[at], row, side) {
                    if bases.len() < MOST_BASES && !bases.contains(&base) {
                        bases.push(base);
                    }
                }
            }
        }
        bases
    }

    fn take_prefixes(&self, bases: &mut Vec<String>) {
        for at in 0..MOST_BEFORE {
            let Some(word) = bases.get(at) else { break };
            let rest = self.before.iter().find_map(|prefix| word.strip_prefix(prefix));
            let Some(rest) = rest.filter(|rest| self.leaves_enough(rest, Side::Text)) else { break };
            bases.push(rest.to_owned());
        }
    }

    /// The word without each ending of `row` that leaves enough of it, the shortest ending first.
    fn without_endings(&self, word: &str, row: &[Ending], side: Side) -> Vec<String> {
        let mut bases = Vec::new();
        for ending in row.iter().filter(|ending| ending.sure || side == Side::Text) {
            let rest = word.strip_suffix(ending.text).filter(|rest| self.leaves_enough(rest, side));
            let Some(rest) = rest else { continue };
            bases.push(format!("{rest}{}", ending.instead));
            if side == Side::Text && ending.instead.is_empty() {
                bases.extend(self.changed(rest));
            }
        }
        bases
    }

    /// What is left of a word is long enough to be one.
    fn leaves_enough(&self, rest: &str, side: Side) -> bool {
        let least = self.least[usize::from(side == Side::Query)];
        rest.chars().count() >= least
    }

    /// The base as it is without an ending, where its last letter changes before one.
    fn changed(&self, base: &str) -> Option<String> {
        let last = base.chars().next_back()?;
        let (_, now) = self.changes.iter().find(|(before, _)| *before == last)?;
        Some(format!("{}{now}", &base[..base.len() - last.len_utf8()]))
    }
}

/// Reads the tables. Rows that say nothing are passed over; a test reads what the program holds.
fn read(text: &'static str) -> Vec<Light> {
    let mut tables: Vec<Light> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(lang), Some(what), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
        if tables.last().is_none_or(|table| table.lang != lang) {
            tables.push(Light { lang, ..Light::default() });
        }
        let Some(table) = tables.last_mut() else { continue };
        let words = words.split_whitespace();
        match what {
            "least" => table.least.iter_mut().zip(words).for_each(|(least, word)| *least = word.parse().unwrap_or(3)),
            "before" => table.before = words.collect(),
            "end" => table.changes = words.filter_map(change).collect(),
            _ => {
                let mut row: Vec<Ending> = words.map(ending).collect();
                row.sort_by_key(|ending| ending.text.len());
                table.rows.push(row);
            }
        }
    }
    tables
}

fn change(word: &str) -> Option<(char, char)> {
    let (before, now) = word.split_once('>')?;
    Some((before.chars().next()?, now.chars().next()?))
}

fn ending(word: &'static str) -> Ending {
    let (word, sure) = word.strip_suffix('?').map_or((word, true), |word| (word, false));
    let (text, instead) = word.split_once('>').unwrap_or((word, ""));
    Ending { text, instead, sure }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    /// Whether the typed `base` finds `form`.
    fn finds(table: &Light, base: &str, form: &str) -> bool {
        let found = table.bases(&fold(form), Side::Text);
        table.bases(&fold(base), Side::Query).iter().any(|asked| found.contains(asked))
    }

    /// Rows of `forms.txt`: a language, a tab, words: a base and its forms, or, behind `!`, words none of which finds another.
    #[test]
    fn base_forms_find_their_forms_and_no_other_word() {
        let (mut wrong, mut joined, mut apart) = (Vec::new(), 0, 0);
        for row in include_str!("forms.txt").lines().filter(|row| !row.starts_with('#') && !row.is_empty()) {
            let (lang, words) = row.split_once('\t').expect("a language and words");
            let table = Light::of(lang).expect("a table");
            let (others, words): (bool, Vec<&str>) = match words.strip_prefix("! ") {
                Some(words) => (true, words.split(' ').collect()),
                None => (false, words.split(' ').collect()),
            };
            for form in &words[1..] {
                let found = finds(table, words[0], form) || (others && finds(table, form, words[0]));
                *(if others { &mut apart } else { &mut joined }) += 1;
                if found == others {
                    wrong.push(format!("{lang} {} {form}: {:?}", words[0], table.bases(&fold(form), Side::Text)));
                }
            }
        }
        assert!(joined > 100 && apart > 100, "{joined} {apart}");
        assert!(wrong.is_empty(), "{} of {joined} and {apart}:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn the_tables_are_whole() {
        for table in read(TABLE) {
            assert!(table.least[0] >= 2 && table.least[1] >= table.least[0], "{}", table.lang);
            assert!(crate::lang::normalise(table.lang).is_some() && !table.rows.is_empty(), "{}", table.lang);
            let endings = || table.rows.iter().flatten();
            endings().for_each(|ending| assert_eq!(fold(ending.text), ending.text, "{}", table.lang));
        }
    }

    #[test]
    fn a_word_has_few_bases_and_is_the_first() {
        for word in ["", "a", "ושכשבבית", "kitablarindandir", "에서에서에서에서"] {
            for table in read(TABLE) {
                let bases = table.bases(word, Side::Text);
                assert!(bases.len() <= MOST_BASES && bases[0] == word, "{}: {bases:?}", table.lang);
            }
        }
    }
}
