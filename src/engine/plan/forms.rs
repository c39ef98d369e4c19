//! The other forms of the words of a query, and which of these words are names in the archive.
//!
//! A word is looked up under the stem that each language of the index gives it, in articles of that language
//! ([`crate::index::forms`]). A name does not become another word: where the archive prints a word as a name, its other
//! forms are looked for among names alone, and only in languages in which names have other forms.

use std::collections::{HashMap, HashSet};

use super::field::{Field, Term};
use super::lexicon::Lexicon;
use crate::index::forms::{Class, Names, name_asked};
use crate::index::named::{person_word_term, place_name_term};
use crate::lang::{Stemmer, may_be_written_in, normalise};
use crate::query::{Capitals, Node, NodeKind};
use crate::text::{is_among, stop_languages};

/// The stem of a word in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stem {
    pub(crate) lang: &'static str,
    pub(crate) stem: String,
    /// What its forms are: ordinary words are none of the forms of a name.
    pub(crate) class: Class,
}

impl Stem {
    /// The term under which the index has the forms.
    pub(crate) fn term(&self) -> String {
        self.class.term(self.lang, &self.stem)
    }
}

/// What the archive says a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sort {
    #[default]
    Word,
    /// It has a capital inside sentences: a party, a month, a people.
    Capitalised,
    /// It names people or places.
    Name,
}

/// In how many living articles a word stands, and how.
struct Evidence {
    held: u64,
    /// As a name: with a capital inside a sentence, or in a mention.
    as_name: u64,
    /// In the name of a person, or as that of a place.
    mentioned: u64,
}

impl Evidence {
    /// The terms that are counted for it.
    fn terms(folded: &str) -> [Term; 4] {
        let named = |term: &str| Field::Named.term(term);
        let (person, place) = (person_word_term(folded), place_name_term(folded));
        [Field::Body.term(folded), Field::NameWords.term(folded), named(&person), named(&place)]
    }

    fn of(counts: [u64; 4]) -> Evidence {
        let [held, as_name, person, place] = counts;
        Evidence { held, as_name, mentioned: person + place }
    }

    /// Three quarters: capitals stand in headings and at the beginning of quotations too, so a few articles print any
    /// word with one, and some print a name only where a sentence begins.
    fn sort(&self) -> Sort {
        match self {
            Evidence { held, as_name, .. } if *held == 0 || as_name * 4 < held * 3 => Sort::Word,
            // Half: mentions are found in most places where a name stands, not in all.
            Evidence { held, mentioned, .. } if mentioned * 2 >= *held => Sort::Name,
            Evidence { .. } => Sort::Capitalised,
        }
    }
}

/// A word of the query as the index knows it.
#[derive(Debug, Default)]
pub(super) struct Known {
    sort: Sort,
    /// Those that some article holds, by language.
    pub(super) stems: Vec<Stem>,
}

/// The words of a query by their folded form.
pub(super) type KnownWords = HashMap<String, Known>;

impl Known {
    /// True for a word that the archive prints as a name.
    pub(super) fn is_name(&self) -> bool {
        self.sort != Sort::Word
    }

    /// True for one that names people or places.
    pub(super) fn names_somebody(&self) -> bool {
        self.sort == Sort::Name
    }
}

/// The words below `root` in whatever form, as the index knows them, by their folded form; and those of the terms `asked`
/// that some article holds.
pub(super) fn known<L: Lexicon>(
    root: &Node,
    asked: Vec<Term>,
    lexicon: &L,
) -> Result<(KnownWords, HashSet<Term>), L::Error> {
    let mut words = Vec::new();
    collect(root, &mut words);
    words.sort_unstable();
    words.dedup();
    let mut langs: Vec<&'static str> = lexicon.langs()?.iter().filter_map(|lang| normalise(lang)).collect();
    langs.sort_unstable();
    let langs: Vec<Inflecting> = langs.into_iter().filter_map(Inflecting::of).collect();
    let evidence: Vec<Term> = words.iter().flat_map(|word| Evidence::terms(word)).collect();
    let counts = lexicon.holders(&evidence.iter().collect::<Vec<_>>())?;
    let (counts, _) = counts.as_chunks::<4>();
    let mut out = KnownWords::new();
    for (word, counts) in words.into_iter().zip(counts) {
        let sort = Evidence::of(*counts).sort();
        let stop = stop_languages(word);
        let may_have = |lang: &&Inflecting| may_be_written_in(lang.code, word) && !is_among(lang.code, stop);
        let stems = langs.iter().filter(may_have).flat_map(|lang| lang.stems(word, sort)).collect();
        out.insert(word.to_owned(), Known { sort, stems });
    }
    let held = keep_held(&mut out, asked, lexicon)?;
    Ok((out, held))
}

/// Those of the terms `asked` that some article holds.
pub(super) fn held<L: Lexicon>(asked: Vec<Term>, lexicon: &L) -> Result<HashSet<Term>, L::Error> {
    keep_held(&mut KnownWords::new(), asked, lexicon)
}

/// True where not more than half of the words below `root` are names: as with capitals, where most are none stands out.
pub(super) fn names_stand_out(root: &Node, known: &KnownWords) -> bool {
    let (mut names, mut words) = (0, 0);
    count_names(root, known, &mut names, &mut words);
    names * 2 <= words
}

fn count_names(node: &Node, known: &KnownWords, names: &mut usize, words: &mut usize) {
    for word in node.words().iter().filter(|word| !word.stop) {
        *words += 1;
        *names += usize::from(known.get(&word.folded).is_some_and(Known::names_somebody));
    }
    node.children().iter().for_each(|child| count_names(child, known, names, words));
}

/// Drops the stems that no article holds: most languages have no form of a word of another. Returns those of the terms
/// `asked` that some article holds; all are asked for in one batch.
fn keep_held<L: Lexicon>(known: &mut KnownWords, asked: Vec<Term>, lexicon: &L) -> Result<HashSet<Term>, L::Error> {
    let all = known.values().flat_map(|known| &known.stems).map(Stem::term);
    let terms: Vec<[Term; 2]> = all.map(|term| [Field::TitleStem.term(&term), Field::BodyStem.term(&term)]).collect();
    let found = lexicon.doc_freqs(&terms.iter().flatten().chain(&asked).collect::<Vec<_>>())?;
    debug_assert_eq!(found.len(), terms.len() * 2 + asked.len(), "one frequency a term");
    let (found, of_asked) = found.split_at((terms.len() * 2).min(found.len()));
    let mut found = found.as_chunks::<2>().0.iter();
    for known in known.values_mut() {
        known.stems.retain(|_| found.next().is_none_or(|[title, body]| title + body > 0));
    }
    let held = asked.into_iter().zip(of_asked).filter(|(_, found)| **found > 0);
    Ok(held.map(|(term, _)| term).collect())
}

/// A language whose words have other forms.
struct Inflecting {
    code: &'static str,
    stemmer: Stemmer,
    names: Names,
}

impl Inflecting {
    /// `None` for a language without a stemmer.
    fn of(code: &'static str) -> Option<Inflecting> {
        Some(Inflecting { code, stemmer: Stemmer::of(code)?, names: Names::of(code) })
    }

    /// The stems under which a word of this sort may stand in its articles.
    fn stems(&self, word: &str, sort: Sort) -> Vec<Stem> {
        let (as_word, as_name) = match (sort, self.names) {
            // Nothing tells a name from a word there.
            (_, Names::Unmarked) => (true, false),
            (Sort::Word, _) => (true, true),
            (Sort::Capitalised, _) => (false, true),
            (Sort::Name, Names::Fixed) => (false, false),
            (Sort::Name, Names::Genitive | Names::Inflected) => (false, true),
        };
        let of_word = if as_word { self.stemmer.asked(word) } else { Vec::new() };
        let of_name = if as_name { name_asked(self.code, self.stemmer, word) } else { Vec::new() };
        let each = |stems: Vec<String>, class: Class| -> Vec<Stem> {
            stems
                .into_iter()
                .flat_map(|stem| {
                    [class, Class::Either].map(|class| Stem { lang: self.code, stem: stem.clone(), class })
                })
                .collect()
        };
        let mut out = [each(of_word, Class::Word), each(of_name, Class::Name)].concat();
        // A word and a name have most stems in common.
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The words that were not asked for in one form alone.
fn collect<'q>(node: &'q Node, words: &mut Vec<&'q str>) {
    if let NodeKind::Word(word) = &node.kind
        && word.capitals == Capitals::Free
    {
        words.push(&word.folded);
    }
    node.children().iter().for_each(|child| collect(child, words));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_is_in_the_archive() {
        for (counts, sort) in [
            ([0, 0, 0, 0], Sort::Word),
            ([4, 2, 2, 0], Sort::Word),
            ([4, 3, 1, 0], Sort::Capitalised),
            ([4, 3, 1, 1], Sort::Name),
            ([4, 4, 0, 4], Sort::Name),
        ] {
            assert_eq!(Evidence::of(counts).sort(), sort, "{counts:?}");
        }
    }

    #[test]
    fn stems_are_looked_for_where_the_word_may_have_forms() {
        for (lang, word, sort, expected) in [
            ("en", "medals", Sort::Word, "en:medal en^medal en~medal"),
            ("en", "democrats", Sort::Capitalised, "en^democrat en~democrat"),
            // English names have one form, German ones two, Russian ones many.
            ("en", "banks", Sort::Name, ""),
            ("de", "merkels", Sort::Name, "de^merkel de~merkel"),
            ("ru", "путина", Sort::Name, "ru^путин ru~путин"),
            // Manchester is no form of manche.
            ("de", "manchester", Sort::Capitalised, "de^manchester de~manchester"),
            ("ar", "كتاب", Sort::Name, "ar:كتاب ar~كتاب"),
            // A language without a stemmer.
            ("zh", "北京", Sort::Word, ""),
        ] {
            let found = Inflecting::of(lang).map(|lang| lang.stems(word, sort)).unwrap_or_default();
            assert_eq!(found.iter().map(Stem::term).collect::<Vec<_>>().join(" "), expected, "{lang} {word}");
        }
    }
}
