//! Names that are ordinary words, firms, streets or degrees: the last look at what was found.
//!
//! `data/names/ordinary.txt` has the words. One of them is a place all the same where a preposition of place leads to it,
//! anywhere in the text, and a firm's name is a person where the text names that person in full.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::token::{Case, Gap, Tokens};
use super::{Label, Name, NameRule};
use crate::date::names as months;
use crate::text::word_lists::{WordLists, WordSet};

const FILE: &str = include_str!("../../../data/names/ordinary.txt");

struct Words {
    lists: WordLists,
    firms: WordSet,
    streets: WordSet,
    degrees: WordSet,
}

fn words() -> &'static Words {
    static ONE: OnceLock<Words> = OnceLock::new();
    ONE.get_or_init(|| {
        let lists = WordLists::parse(FILE);
        let (firms, streets, degrees) = (lists.set("firms"), lists.set("streets"), lists.set("degrees"));
        Words { lists, firms, streets, degrees }
    })
}

/// Takes out the names of `tokens`, a text in `lang`, that name neither place nor person.
pub(crate) fn drop_ordinary_words(tokens: &Tokens<'_>, names: &mut Vec<Name>, lang: Option<&str>) {
    let lang = lang.unwrap_or("en");
    let (ordinary, particles) = (words().lists.set_of("words", lang), words().lists.set_of("particles", lang));
    let led = |name: &Name| name.rule == NameRule::GazetteerAndPreposition;
    let places: HashSet<String> = names.iter().filter(|name| led(name)).map(|name| joined(tokens, name)).collect();
    let full = |name: &&Name| name.label == Label::Person && name.end - name.start > 1;
    let surnames: HashSet<&str> = names.iter().filter(full).map(|name| tokens.folded(name.end - 1)).collect();
    let ends: HashSet<usize> = names.iter().filter(|name| name.label == Label::Person).map(|name| name.end).collect();
    names.retain(|name| {
        if !matches!(name.label, Label::Person | Label::Place) || led(name) {
            return true;
        }
        let word = joined(tokens, name);
        let one = name.end == name.start + 1;
        let all = (name.start..name.end).all(|at| ordinary.has(tokens.folded(at)) || particles.has(tokens.folded(at)));
        let any = (name.start..name.end).any(|at| ordinary.has(tokens.folded(at)));
        let common = all && any || ordinary.has(&word);
        let month = one && name.label == Label::Person && is_date_word(&word, lang);
        let firm =
            one && words().firms.has(&word) && !surnames.contains(word.as_str()) && !behind_article(tokens, name);
        let degree = is_degree(tokens, name, &word) && ends.contains(&name.start);
        let other = (common || firm) && !places.contains(&word);
        !(other || month || degree || in_street(tokens, name) || in_katakana(tokens, name))
    });
}

/// The folded words of a name without what is between them.
fn joined(tokens: &Tokens<'_>, name: &Name) -> String {
    (name.start..name.end).map(|at| tokens.folded(at)).collect()
}

/// A month or weekday of the language is no given name.
fn is_date_word(word: &str, lang: &str) -> bool {
    // English has people who are called April, May and June.
    let own = |name: &months::Name| name.lang == lang && !name.short;
    lang != "en" && months::lookup(word).iter().any(own)
}

/// `the Amazon` is the river.
fn behind_article(tokens: &Tokens<'_>, name: &Name) -> bool {
    name.start > 0 && tokens.list[name.start].gap == Gap::Blank && tokens.folded(name.start - 1) == "the"
}

/// `M.S.` behind a comma.
fn is_degree(tokens: &Tokens<'_>, name: &Name, word: &str) -> bool {
    tokens.list[name.start].gap == Gap::Comma && words().degrees.has(word)
}

/// `Martin Luther King Boulevard`, a part of `Rosa-Luxemburg-Straße`.
fn in_street(tokens: &Tokens<'_>, name: &Name) -> bool {
    let street = |at: usize| words().streets.has(tokens.folded(at));
    if name.label == Label::Person && name.end > name.start + 1 && street(name.end - 1) {
        return true;
    }
    // Three parts of a name are many.
    let parts = (name.end..tokens.list.len().min(name.end + 3)).take_while(|at| tokens.list[*at].gap == Gap::Hyphen);
    parts.into_iter().any(street)
}

/// `ドバイ` in `アドバイザー`: the run of Katakana goes on before or behind the name.
fn in_katakana(tokens: &Tokens<'_>, name: &Name) -> bool {
    let kana = |c: char| ('\u{30A1}'..='\u{30FA}').contains(&c) || c == 'ー';
    let span = tokens.span(name.start, name.end).range();
    let text = tokens.text;
    let inside = text[span.clone()].chars().all(kana) && tokens.list[name.start].case == Case::Uncased;
    inside && (text[..span.start].ends_with(kana) || text[span.end..].starts_with(kana))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{ArticleContext, annotate};
    use crate::text::word_lists::check_file;

    #[test]
    fn the_file_is_whole() {
        check_file(FILE, true);
    }

    /// Rows: language, text, surfaces of its places and people.
    #[test]
    fn ordinary_words_are_no_names() {
        for row in "de | Der Platz hat einen neuen Namen. Die Kultur spielt eine große Rolle, in Köln auch. ==> Köln
            de | Er wohnt in der Konrad-Adenauer-Allee gleich beim Markt. ==>
            de | Im Juni trafen sich die Länder mit Hanna Brück. ==> Hanna Brück
            id | Rapat digelar pada bulan Agustus di Jakarta. ==> Jakarta
            en | Shares of Amazon fell after Amazon told staff in Leeds. ==> Leeds
            en | The Amazon is a river in Brazil. ==> Amazon; Brazil
            en | Erica Stone, M.S., leads the clinic. ==> Erica Stone
            en | The embassy stands on Martin Luther King Boulevard. ==>
            en | Harrison Ford spoke. Ford left. ==> Harrison Ford; Ford
            ja | アドバイザーは大阪でチェスをする。 ==> 大阪"
            .lines()
        {
            let (given, expected) = row.trim().split_once(" ==>").expect("a row has ==>");
            let (lang, text) = given.split_once(" | ").expect("a language");
            let found = annotate(text, ArticleContext { title: "", published: None, lang: Some(lang), own: None });
            let kept = found.mentions.iter().filter(|mention| {
                use crate::annotate::Value;
                matches!(mention.value, Value::Place(_) | Value::Unplaced | Value::Person(_))
            });
            let surfaces: Vec<&str> = kept.map(|mention| mention.span.of(text)).collect();
            assert_eq!(surfaces.join("; "), expected.trim(), "{text}");
        }
    }
}
