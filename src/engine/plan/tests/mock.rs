//! A small archive that is only asked, never searched.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::annotate::places::likely;
use crate::engine::plan::lexicon::Printed;
use crate::engine::plan::{Field, Form, FormWords, Lexicon, Spellings, Term};
use crate::index::Totals;
use crate::index::geo::Spot;
use crate::index::named::place_key;
use crate::text::spelling_keys;

pub(in crate::engine::plan) struct Mock {
    /// How many of the 1,000 articles hold a word of title or body, or a term of another field.
    held: Vec<(String, u64)>,
    pub(super) words: Vec<String>,
    /// Words of names as printed, and in how many articles.
    printed: Vec<(String, Printed)>,
    /// How often document frequencies and the words of a wildcard were asked for.
    pub(super) batches: Cell<usize>,
    pub(super) lookups: Cell<usize>,
}

impl Mock {
    pub(in crate::engine::plan) fn archive() -> Mock {
        let people = |(word, people): &(&str, u64)| ((*word).to_owned(), Printed { people: *people, places: 0 });
        let held = [
            ("lachin", 10),
            ("medal", 100),
            ("medals", 20),
            ("aliyev", 5),
            ("eliyev", 9),
            ("person =aliyev", 5),
            ("kyiv", 4),
            ("place =kyiv", 3),
            ("bush", 40),
            ("person =bush", 10),
        ];
        let printed = [("Aliyev", 5), ("Əliyev", 9), ("Алиев", 3), ("Bush", 10), ("Busch", 2)];
        Mock {
            words: ["medal", "medals", "meddle", "lachin"].map(str::to_owned).to_vec(),
            ..Mock::printing(
                printed.iter().map(people).collect(),
                held.map(|(word, count)| (word.to_owned(), count)).to_vec(),
            )
        }
    }

    /// One that prints these words of names, and of which so many articles hold these words.
    pub(in crate::engine::plan) fn printing(printed: Vec<(String, Printed)>, held: Vec<(String, u64)>) -> Mock {
        Mock { held, words: Vec::new(), printed, batches: Cell::new(0), lookups: Cell::new(0) }
    }

    fn frequencies(&self, terms: &[&Term]) -> Vec<u64> {
        let of = |term: &&Term| match term.field {
            // Every article with medal or medals, a word that no article prints as a name.
            Field::TitleStem | Field::BodyStem if term.text == "en:medal" => 118,
            Field::TitleStem | Field::BodyStem | Field::NameWords => 0,
            _ => self.held.iter().find(|(text, _)| *text == term.text).map_or(0, |(_, count)| *count),
        };
        terms.iter().map(of).collect()
    }
}

impl Lexicon for Mock {
    type Error = Infallible;

    fn totals(&self) -> Totals {
        Totals { pages: 1_000, words: 300_000, title_words: 8_000 }
    }

    fn langs(&self) -> Result<Vec<String>, Infallible> {
        Ok(vec!["en".to_owned(), "xx".to_owned()])
    }

    fn doc_freqs(&self, terms: &[&Term]) -> Result<Vec<u64>, Infallible> {
        self.batches.set(self.batches.get() + 1);
        Ok(self.frequencies(terms))
    }

    fn holders(&self, terms: &[&Term]) -> Result<Vec<u64>, Infallible> {
        Ok(self.frequencies(terms))
    }

    fn words(&self, form: &Form, most: usize) -> Result<FormWords, Infallible> {
        self.lookups.set(self.lookups.get() + 1);
        let mut words: Vec<String> = self.words.iter().filter(|word| form.fits(word)).cloned().collect();
        words.sort_unstable();
        let cut = words.len() > most;
        words.truncate(most);
        let common = words.iter().take(2).cloned().collect();
        Ok(FormWords { label: form.label().to_owned(), words, common, cut })
    }

    fn spellings(&self, key: &str, near: bool, fits: &dyn Fn(&str, &str) -> bool) -> Result<Spellings, Infallible> {
        let keys = |surface: &str, printed: &Printed| {
            let mut keys = spelling_keys(surface);
            // A text means the place that is best known by a name.
            let place = likely(surface).first().filter(|_| printed.places > 0).map(|place| place_key(place.record.id));
            keys.extend(place);
            keys
        };
        let mut found = Spellings::new();
        for (surface, printed) in &self.printed {
            for other in keys(surface, printed) {
                if (near || other == key) && fits(&other, surface) {
                    found.insert((other, surface.clone()), *printed);
                }
            }
        }
        Ok(found)
    }

    fn bearers(&self, keys: &[String]) -> Result<BTreeMap<String, u64>, Infallible> {
        let all = [("anar aliev\tAnar Aliyev", 5), ("ayla aliev\tAyla Aliyeva", 2), ("leila aliev\tLeyla Aliyev", 4)];
        let named =
            |(bearer, _): &(&str, u64)| bearer.split(['\t', ' ']).any(|word| keys.iter().any(|key| key == word));
        Ok(all.into_iter().filter(named).map(|(bearer, count)| (bearer.to_owned(), count)).collect())
    }

    fn newest(&self) -> Result<Option<i64>, Infallible> {
        Ok(Some(1_000))
    }

    fn own_place(&self, folded: &str) -> Result<Option<Spot>, Infallible> {
        Ok((folded == "qwxyz bay").then_some(Spot { lat: 1.0, lon: 2.0, radius_km: 0 }))
    }
}
