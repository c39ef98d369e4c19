//! Case endings: a place is often printed with one, the gazetteer knows it without.
//!
//! `data/names/endings.txt` holds them by script and language. They are tried only where the word itself leads nowhere,
//! so a wrong guess needs a word that is no name and a name that is one.

use std::sync::OnceLock;

use crate::text::word_lists::WordLists;

const FILE: &str = include_str!("../../../data/names/endings.txt");

/// An ending and what stands in its place in the nominative.
type Ending = (&'static str, &'static str);

/// The endings of the file.
#[derive(Debug)]
struct Tables {
    turkic: Vec<Ending>,
    genitive: Vec<Ending>,
    west_slavic: Vec<Ending>,
    cyrillic: Vec<Ending>,
    georgian: Vec<Ending>,
    armenian: Vec<Ending>,
}

fn tables() -> &'static Tables {
    static ONE: OnceLock<Tables> = OnceLock::new();
    ONE.get_or_init(|| {
        let lists = WordLists::parse(FILE);
        let endings = |list: &str, lang: &str| {
            let rows = lists.rows(list).iter().filter(|row| row.is_of(lang));
            rows.flat_map(|row| row.words()).filter_map(|word| word.split_once('>')).collect()
        };
        Tables {
            turkic: endings("latin", "az"),
            genitive: endings("latin", "de"),
            west_slavic: endings("latin", "pl"),
            cyrillic: endings("cyrillic", "ru"),
            georgian: endings("georgian", "ka"),
            armenian: endings("armenian", "hy"),
        }
    })
}

/// The endings that a word may bear.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Endings {
    /// Of words in Latin letters.
    latin: &'static [Ending],
    /// Words in Cyrillic letters bear those of Slavic languages.
    slavic: bool,
}

impl Endings {
    /// The endings of a text in `lang`, an ISO 639-1 code. Those of scripts used by few languages need none.
    pub(crate) fn for_language(lang: Option<&str>) -> Endings {
        let latin = match lang {
            Some("az" | "tr" | "tk") => tables().turkic.as_slice(),
            Some("de" | "sv" | "no" | "da" | "nl") => &tables().genitive,
            Some("pl" | "cs" | "sk" | "hr" | "sl" | "bs" | "sr") => &tables().west_slavic,
            _ => &[],
        };
        // Turkic and Iranian languages in Cyrillic letters have other endings; Azerbaijani was printed in them too.
        Endings { latin, slavic: !matches!(lang, Some("kk" | "ky" | "tg" | "mn" | "az")) }
    }

    /// Calls `each` with every form that `word`, folded, may have without its ending.
    pub(crate) fn strip(self, word: &str, mut each: impl FnMut(&str)) {
        let Some(first) = word.chars().next() else { return };
        let table = match first {
            'a'..='z' => self.latin,
            '\u{0400}'..='\u{04FF}' if self.slavic => &tables().cyrillic,
            '\u{10D0}'..='\u{10FF}' => &tables().georgian,
            '\u{0561}'..='\u{0587}' => &tables().armenian,
            _ => &[],
        };
        let mut form = String::new();
        for (ending, nominative) in table {
            // No break at the first that fits: `a` may stand for nothing or for `ы`, and only the gazetteer can tell.
            let Some(stem) = word.strip_suffix(ending) else { continue };
            if stem.chars().count() < if stem.is_ascii() { FEWEST_LETTERS + 1 } else { FEWEST_LETTERS } {
                continue;
            }
            form.clear();
            form.push_str(stem);
            form.push_str(nominative);
            each(&form);
        }
        if matches!(first, 'و' | 'ب' | 'ل' | 'ف' | 'ك' | 'ו' | 'ב' | 'ל' | 'מ' | 'ה' | 'ש') {
            proclitics(word, &mut each);
        }
    }
}

/// Letters that must be left of a word; one more in Latin, where short names and short words abound.
const FEWEST_LETTERS: usize = 3;

/// Arabic and Hebrew write conjunctions and prepositions together with the word: `وبغداد` is `و` and `بغداد`.
fn proclitics(word: &str, each: &mut impl FnMut(&str)) {
    let mut rest = word;
    // Two at most: `and in Baghdad` is one word of Arabic, longer chains are other words.
    for _ in 0..2 {
        let mut chars = rest.chars();
        chars.next();
        rest = chars.as_str();
        if rest.chars().count() < FEWEST_LETTERS {
            return;
        }
        each(rest);
        if !rest.starts_with(['ب', 'ل', 'ك', 'ב', 'ל', 'מ', 'ה']) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use crate::text::word_lists::check_file;

    #[test]
    fn the_file_is_whole() {
        check_file(FILE, false);
        let words = FILE.lines().filter(|line| !line.starts_with(['#', '['])).flat_map(|line| line.split('\t').nth(1));
        for word in words.flat_map(str::split_whitespace) {
            let (ending, nominative) = word.split_once('>').expect("an ending and its nominative");
            assert!(!ending.is_empty() && ending != nominative, "{word}");
            assert_eq!((fold(ending).as_str(), fold(nominative).as_str()), (ending, nominative), "not folded");
        }
    }

    #[test]
    fn endings_come_off() {
        for row in "az laçinda ==> laçin
             az qarabagin ==> qarabaq
             az bakinin ==> baki
             tr ankaradan ==> ankara
             ru лачине ==> лачин
             ru москве ==> москва
             ru нагорном ==> нагорный
             ru казани ==> казань
             de deutschlands ==> deutschland
             ka ლაჩინში ==> ლაჩინი
             hy բաքվում ==> բաքվ
             ar وبغداد ==> بغداد
             en bakus ==> "
            .lines()
        {
            let (input, expected) = row.trim_end().trim_start().split_once(" ==>").expect("a row has ==>");
            let (lang, word) = input.split_once(' ').expect("a language");
            let mut forms = Vec::new();
            Endings::for_language(Some(lang)).strip(word, |form| forms.push(form.to_owned()));
            let expected = expected.trim();
            assert!(
                if expected.is_empty() { forms.is_empty() } else { forms.iter().any(|form| form == expected) },
                "{row}: {forms:?}"
            );
        }
    }

    /// All forms of `language word`, in the order in which they are tried.
    fn forms(row: &str) -> String {
        let (lang, word) = row.split_once(' ').expect("a language");
        let mut out = Vec::new();
        Endings::for_language(Some(lang)).strip(word, |form| out.push(form.to_owned()));
        out.join(" ")
    }

    #[test]
    fn forms_come_in_the_order_of_the_table() {
        crate::text::tests::table(
            "az bakidan ==> baki
             az bakida ==> baki bakid
             az susaya ==> susa susay
             az gencenin ==> gence gencen
             az sekide ==> seki sekid
             tr ankaraya ==> ankara ankaray
             tr izmirde ==> izmir izmird
             de deutschlands ==> deutschland
             sv stockholms ==> stockholm
             en londons ==>
             ru баку ==> бак бака
             ru москвой ==> москва москвая
             ka თბილისში ==> თბილისი თბილის
             hy երևանում ==> երևան
             ar وبغداد ==> بغداد غداد
             he בירושלים ==> ירושלים
             kk астанада ==>
             fr paris ==>",
            forms,
        );
    }

    #[test]
    fn short_stems_are_left() {
        for row in ["az ada", "tr ela", "ru ома", "de its"] {
            assert_eq!(forms(row), "", "{row}");
        }
    }
}
