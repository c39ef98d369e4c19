//! Month and weekday names in the languages that the index meets.
//!
//! The names are data: `data/dates/names.tsv`, one row a name and language, with the inflected forms that stand in
//! dates (`ноября`, `noyabrda`, `בנובמבר`) and the abbreviations. They are looked up by their folded form, so a name
//! is found without its accents and in capitals.
//!
//! One word can be the name of different months: `listopad` is October in Croatian and November in Polish. The
//! language decides; without one, such a word has no answer.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::{fold, words};

const DATA: &str = include_str!("../../data/dates/names.tsv");

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A month, 1 to 12.
    Month(i8),
    /// A day of the week, 1 for Monday to 7 for Sunday.
    Weekday(i8),
}

/// One reading of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// ISO 639-1 code.
    pub(crate) lang: &'static str,
    /// What it stands for.
    pub(crate) meaning: Meaning,
    /// True for an abbreviation (`nov`), which is a date only beside a number or another name.
    pub(crate) short: bool,
}

#[derive(Debug, Default)]
struct Table {
    names: FxHashMap<String, Vec<Name>>,
    openers: FxHashSet<String>,
    langs: FxHashSet<&'static str>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::default();
        for row in DATA.lines().filter(|row| !row.starts_with('#')) {
            table.add_row(row);
        }
        table
    })
}

impl Table {
    /// Adds one row; rows that cannot be read are left out (a test says that there are none).
    fn add_row(&mut self, row: &'static str) -> Option<()> {
        let mut cells = row.split('\t');
        let lang = cells.next()?;
        let kind = cells.next()?;
        self.langs.insert(lang);
        let number: i8 = cells.next()?.parse().ok()?;
        let meaning = match kind {
            "month" => Meaning::Month(number),
            "weekday" => Meaning::Weekday(number),
            _ => return None,
        };
        for (short, list) in [(false, cells.next()?), (true, cells.next()?)] {
            for name in list.split(',').filter(|name| !name.is_empty()) {
                self.add(name, Name { lang, meaning, short });
            }
        }
        Some(())
    }

    fn add(&mut self, written: &str, name: Name) {
        let mut key = String::new();
        if written.starts_with(|c: char| ('\u{0E00}'..='\u{0E7F}').contains(&c)) {
            // Thai is cut into characters where words are searched; here its names are whole.
            key = fold(written);
            self.names.entry(key).or_default().push(name);
            return;
        }
        words(written).for_each_word(|word| {
            // Every beginning of a name of several words is an opener, so that a reader knows to wait for the next
            // word.
            if !key.is_empty() {
                self.openers.insert(key.clone());
                key.push(' ');
            }
            key.push_str(word.folded);
        });
        let readings = self.names.entry(key).or_default();
        if !readings.contains(&name) {
            readings.push(name);
        }
    }
}

/// All readings of a folded word, or of several folded words with one blank between them; empty for other words.
pub(crate) fn lookup(folded: &str) -> &'static [Name] {
    table().names.get(folded).map_or(&[], Vec::as_slice)
}

/// All folded names, and what begins those of several words; of `lang` alone where it is given, but for the beginnings.
pub(crate) fn all(lang: Option<&str>) -> impl Iterator<Item = &'static str> {
    let meant = move |readings: &[Name]| lang.is_none_or(|lang| readings.iter().any(|name| name.lang == lang));
    let names = table().names.iter().filter(move |(_, readings)| meant(readings)).map(|(name, _)| name);
    names.chain(&table().openers).map(String::as_str)
}

/// True when the names of this language, an ISO 639-1 code, are known.
pub(crate) fn speaks(lang: &str) -> bool {
    table().langs.contains(lang)
}

/// True when a name of several words begins with this folded word (`bazar ertəsi`, `تشرين الأول`).
pub(crate) fn opens(folded: &str) -> bool {
    table().openers.contains(folded)
}

/// The month, 1 to 12, that a folded word names: as `lang` reads it where that language has the word, else when all
/// languages that have it as a month agree.
pub(crate) fn month(folded: &str, lang: Option<&str>) -> Option<i8> {
    choose(folded, lang, |meaning| match meaning {
        Meaning::Month(number) => Some(number),
        Meaning::Weekday(_) => None,
    })
}

/// The day of the week, 1 for Monday to 7 for Sunday, that a folded word names; chosen as in [`month`].
pub(crate) fn weekday(folded: &str, lang: Option<&str>) -> Option<i8> {
    choose(folded, lang, |meaning| match meaning {
        Meaning::Weekday(number) => Some(number),
        Meaning::Month(_) => None,
    })
}

fn choose(folded: &str, lang: Option<&str>, number: impl Fn(Meaning) -> Option<i8>) -> Option<i8> {
    let readings = lookup(folded);
    let mut own = readings.iter().filter(|name| lang == Some(name.lang)).peekable();
    // A language that has the word decides alone, even where it means something else than asked for.
    if own.peek().is_some() {
        return own.find_map(|name| number(name.meaning));
    }
    let mut all = readings.iter().filter_map(|name| number(name.meaning));
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn names_are_found_in_their_language() {
        for row in "en November ==> month 11
             en sept ==> month 9
             az Noyabrın ==> month 11
             az ÇƏRŞƏNBƏ axşamı ==> weekday 2
             ru ноября ==> month 11
             ru среду ==> weekday 3
             tr Kasım ==> month 11
             tr ağustos ==> month 8
             de März ==> month 3
             fr août ==> month 8
             es miércoles ==> weekday 3
             pt março ==> month 3
             pl października ==> month 10
             pl listopada ==> month 11
             hr listopada ==> month 10
             cs září ==> month 9
             uk п'ятниця ==> weekday 5
             uk листопада ==> month 11
             ar نوفمبر ==> month 11
             ar تشرين الثاني ==> month 11
             fa نوامبر ==> month 11
             he בנובמבר ==> month 11
             el Νοεμβρίου ==> month 11
             fi marraskuuta ==> month 11
             hu novemberben ==> month 11
             ro Marți ==> weekday 2
             bg ноември ==> month 11
             sr новембра ==> month 11
             ka ნოემბერს ==> month 11
             hy նոյեմբերի ==> month 11
             id Agustus ==> month 8
             xx november ==> month 11
             xx listopad ==> none
             en noyabr ==> month 11
             en medal ==> none"
            .lines()
        {
            let (input, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let (lang, name) = input.split_once(' ').expect("a language");
            let mut key = Vec::new();
            words(name).for_each_word(|word| key.push(word.folded.to_owned()));
            let key = key.join(" ");
            let found = match (month(&key, Some(lang)), weekday(&key, Some(lang))) {
                (Some(number), _) => format!("month {number}"),
                (None, Some(number)) => format!("weekday {number}"),
                (None, None) => "none".to_owned(),
            };
            assert_eq!(found, expected, "{input}");
        }
    }

    #[test]
    fn every_row_is_read_and_every_language_is_whole() {
        let mut months: HashMap<&str, Vec<&str>> = HashMap::new();
        for row in DATA.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 5, "{row}");
            assert!(Table::default().add_row(row).is_some(), "{row}");
            months.entry(cells[0]).or_default().push(cells[1]);
        }
        for (lang, kinds) in months {
            assert_eq!(kinds.iter().filter(|kind| **kind == "month").count(), 12, "{lang}");
            assert_eq!(kinds.iter().filter(|kind| **kind == "weekday").count(), 7, "{lang}");
        }
    }

    #[test]
    fn words_that_open_a_name_are_known() {
        assert!(opens(&fold("bazar")) && opens(&fold("تشرين")));
        assert!(!opens("november"));
    }
}
