//! Under which term the forms of a word meet: `medal` and `medals` under `en:medal`.
//!
//! A term carries the language of its article, so that a word is looked up under the stem of a language in articles of
//! that language alone: the Romanian stem of a president is an English verb. It also says whether the word stands there
//! as a name, so that no form of a name is an ordinary word: `pl^warszaw` is found in Warszawie, never in warsztat. What begins
//! a sentence may be either, `pl~warszaw`.
//! Stop words have no forms, and numbers have none.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::terms::next_line;
use crate::lang::{StemCache, Stemmer};

/// What an occurrence of a word is. Each is one of them alone, so that none counts twice in a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Word,
    Name,
    /// With a capital where every word has one, and it is no name elsewhere in the article.
    Either,
}

impl Class {
    pub(crate) const ALL: [Class; 3] = [Class::Word, Class::Name, Class::Either];

    /// What stands between a language and a stem.
    fn sign(self) -> char {
        match self {
            Class::Word => ':',
            Class::Name => '^',
            Class::Either => '~',
        }
    }

    /// The term under which the forms of such a word meet.
    pub(crate) fn term(self, lang: &str, stem: &str) -> String {
        format!("{lang}{}{stem}", self.sign())
    }
}

/// The language and the stem of a term that [`Class::term`] makes; `None` for any other.
pub(crate) fn read_term(term: &str) -> Option<(&str, &str)> {
    term.split_once(Class::ALL.map(Class::sign))
}

/// How a language prints the names of people and places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// With a capital, in one form: `Orbán`, whatever the sentence is.
    Fixed,
    /// With a capital and at most an `s` behind them: `Merkels`.
    Genitive,
    /// With a capital and with endings: `Путина`.
    Inflected,
    /// Without capitals: nothing tells them from other words but the mentions.
    Unmarked,
}

impl Names {
    /// What is known of the language `lang`, an ISO 639-1 code. Of languages that are not in the table, [`Names::Fixed`].
    pub(crate) fn of(lang: &str) -> Names {
        // Asked for each word of a body in a list of hits: compared as a whole, not looked for in a list.
        match lang {
            "af" | "da" | "de" | "nl" | "no" | "sv" => Names::Genitive,
            "az" | "be" | "bg" | "cs" | "el" | "et" | "eu" | "fi" | "hr" | "hu" | "hy" | "is" | "kk" | "ky" | "la"
            | "lt" | "lv" | "mk" | "mn" | "pl" | "ro" | "ru" | "sk" | "sl" | "sq" | "sr" | "tr" | "uk" | "uz" => {
                Names::Inflected
            }
            "am" | "ar" | "bn" | "fa" | "gu" | "he" | "hi" | "ja" | "ka" | "km" | "kn" | "ko" | "ml" | "mr" | "my"
            | "ne" | "pa" | "ps" | "si" | "ta" | "te" | "th" | "ur" | "yi" | "zh" => Names::Unmarked,
            _ => Names::Fixed,
        }
    }
}

/// True where a capital inside a sentence says that a word is a name: not in German, whose nouns all have one.
fn capitals_tell(lang: &str) -> bool {
    lang != "de" && Names::of(lang) != Names::Unmarked
}

/// The stems by which the forms of a folded name are looked up.
pub(crate) fn name_asked(lang: &str, stemmer: Stemmer, folded: &str) -> Vec<String> {
    own_stem(lang, folded).map_or_else(|| stemmer.asked(folded), |stem| vec![stem.to_owned()])
}

/// The stems under which a folded name of a text is found, with tabs between.
pub(crate) fn name_found_under<'w>(lang: &str, stemmer: Stemmer, folded: &'w str) -> Cow<'w, str> {
    own_stem(lang, folded).map_or_else(|| stemmer.found_under(folded), Cow::Borrowed)
}

/// The stem of a folded name where it is not that of an ordinary word.
fn own_stem<'w>(lang: &str, folded: &'w str) -> Option<&'w str> {
    // A surname in the nominative, whose end a stemmer takes for the genitive of many: Сомов, not of a сом.
    let is_surname = || "be bg ru uk".contains(lang) && (folded.ends_with("ов") || folded.ends_with("ев"));
    match Names::of(lang) {
        Names::Genitive => Some(without_s(folded)),
        Names::Inflected if is_surname() => Some(folded),
        _ => None,
    }
}

/// A name without the `s` of a genitive.
fn without_s(folded: &str) -> &str {
    /// Letters that are left at least: `Lis` is no genitive of `Li`.
    const SHORTEST: usize = 3;
    match folded.strip_suffix('s') {
        Some(name) if !name.ends_with('s') && name.chars().count() >= SHORTEST => name,
        _ => folded,
    }
}

/// The words of a text that it prints as names: with a capital inside a sentence. `words` and `layout` are as
/// [`super::terms::push_with_layout`] gives them; empty where capitals tell nothing in `lang`.
///
/// A sentence of which more than half has capitals (a heading, a list of names) says nothing.
pub(crate) fn printed_as_names<'w>(words: &'w str, layout: &str, lang: &str) -> FxHashSet<&'w str> {
    let mut names = FxHashSet::default();
    if !capitals_tell(lang) {
        return names;
    }
    let mut sentence = Sentence::default();
    let (mut words, mut layout) = (words, layout);
    while !words.is_empty() {
        let (word, marks) = (next_line(&mut words), next_line(&mut layout));
        if marks.starts_with(['p', 's']) {
            sentence.end(&mut names);
        } else {
            // Behind the first word, which has a capital anyway.
            sentence.words += 1;
            if !marks.is_empty() {
                sentence.capitals.push(word);
            }
        }
    }
    sentence.end(&mut names);
    names
}

/// What follows the first word of a sentence.
#[derive(Default)]
struct Sentence<'w> {
    words: usize,
    capitals: Vec<&'w str>,
}

impl<'w> Sentence<'w> {
    fn end(&mut self, names: &mut FxHashSet<&'w str>) {
        if self.capitals.len() * 2 <= self.words {
            names.extend(self.capitals.iter().copied());
        }
        self.capitals.clear();
        self.words = 0;
    }
}

/// For each of `words` the term under which its forms meet, one a line, or an empty line where it has no other forms;
/// nothing at all for languages without a stemmer. A word with a capital that is one of `names` is a name, and any other
/// with a capital may be one.
pub(crate) fn lines(words: &str, layout: &str, lang: &str, names: &FxHashSet<&str>, cache: &mut StemCache) -> String {
    let mut out = String::with_capacity(words.len());
    let (mut rest, mut layout) = (words, layout);
    let words = std::iter::from_fn(|| (!rest.is_empty()).then(|| next_line(&mut rest)));
    let (marked, tells) = (Names::of(lang) != Names::Unmarked, capitals_tell(lang));
    cache.stem_all(lang, words, |word, stem| {
        let has_capital = next_line(&mut layout).ends_with(['c', 'u', 'm']);
        let is_number = stem == word && word.starts_with(|c: char| c.is_numeric());
        if !stem.is_empty() && !is_number {
            let class = match has_capital {
                true if marked && names.contains(word) => Class::Name,
                true if tells => Class::Either,
                _ => Class::Word,
            };
            let own = own_stem(lang, word).filter(|own| class != Class::Word && *own != stem);
            if class != Class::Name || own.is_none() {
                push_terms(lang, class, stem, &mut out);
            }
            own.iter().for_each(|own| push_terms(lang, class, own, &mut out));
        }
        out.push('\n');
    });
    out
}

/// Adds to the last line of `out` the terms of these stems, which tabs part.
fn push_terms(lang: &str, class: Class, stems: &str, out: &mut String) {
    for stem in stems.split('\t') {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\t');
        }
        out.push_str(lang);
        out.push(class.sign());
        out.push_str(stem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::beside::Beside;
    use crate::index::terms::push_with_layout;

    fn names_and_lines(lang: &str, text: &str) -> (String, String) {
        let (mut words, mut layout) = (String::new(), String::new());
        push_with_layout(text, true, &mut words, &mut layout, &mut Beside::default());
        let names = printed_as_names(&words, &layout, lang);
        let forms = lines(&words, &layout, lang, &names, &mut StemCache::default());
        let mut printed: Vec<&str> = names.into_iter().collect();
        printed.sort_unstable();
        assert!(forms.is_empty() || forms.lines().count() == words.lines().count(), "{text}");
        (printed.join(" "), forms.split('\n').filter(|term| !term.is_empty()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn words_and_names_meet_under_terms_of_their_language() {
        for (lang, text, names, forms) in [
            ("en", "The medals of Banks in 2020", "banks", "en:medal en^bank"),
            // The first word has a capital anyway, but the name is one everywhere.
            (
                "en",
                "Banks fell. Old banks and Mr Banks met us.",
                "banks mr",
                "en^bank en:fell en~old en:bank en^mr en^bank en:met",
            ),
            // A heading says nothing.
            ("en", "New Banks Open Doors", "", "en~new en~bank en~open en~door"),
            ("ru", "Вчера в Ялту приехали гости", "ялту", "ru~вчер ru^ялт ru:приеха ru:гост"),
            // German nouns have capitals.
            ("de", "Gestern kamen die Häuser", "", "de:gest de:kam de:haus"),
            ("sw", "Jana mvua ilinyesha Dodoma", "dodoma", ""),
            ("ar", "كتاب جديد", "", "ar:كتاب ar:جديد"),
        ] {
            assert_eq!(names_and_lines(lang, text), (names.to_owned(), forms.to_owned()), "{text}");
        }
    }

    #[test]
    fn names_have_the_endings_that_their_language_gives_them() {
        for (lang, name, stem) in [
            ("de", "merkels", "merkel"),
            ("de", "hansen", "hansen"),
            ("de", "voss", "voss"),
            ("nl", "lis", "lis"),
            ("ru", "путина", "путин"),
            ("ru", "сомов", "сомов"),
            ("ru", "сомова", "сомов"),
            ("ru", "сомовым", "сомов"),
        ] {
            let Some(stemmer) = Stemmer::of(lang) else { continue };
            assert_eq!(name_found_under(lang, stemmer, name), stem, "{lang} {name}");
        }
        let terms = Class::ALL.map(|class| class.term("en", "bank"));
        assert_eq!(terms, ["en:bank", "en^bank", "en~bank"]);
        assert!(terms.iter().all(|term| read_term(term) == Some(("en", "bank"))));
        assert_eq!(read_term("北京"), None);
    }

    #[test]
    fn each_language_is_listed_once() {
        for (lang, names) in [
            ("en", Names::Fixed),
            ("de", Names::Genitive),
            ("ru", Names::Inflected),
            ("ar", Names::Unmarked),
            ("", Names::Fixed),
        ] {
            assert_eq!(Names::of(lang), names, "{lang}");
        }
    }
}
