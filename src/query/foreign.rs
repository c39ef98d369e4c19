//! The query words of other systems, which people bring along: what each is in this language.
//!
//! A word of another system counts only in a form that no query in plain words has: capitals (`ATLEAST 5 x`), a
//! parenthesis (`HEADLINE(x)`), a sign of comparison (`wc>500`), an equals sign (`hd=x`), figures (`near5`). What can be
//! asked here is read as it was meant; of the rest a note says what to type. The canonical form has none of them.
//!
//! From the manuals of Nexis, Factiva, ProQuest, Westlaw, dtSearch, Lucene and Google.

use super::field::FieldName;
use super::quotes::is_quote;
use super::tree::{DateOf, Reach, Role, Scope};

/// What stands between the name of a field and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `name:x`
    Colon,
    /// `name=x`
    Equals,
    /// `name(x)`
    Paren,
}

/// Names of fields in other systems: those behind a colon, and those before a parenthesis or an equals sign. The names of
/// this language count there too.
const NAMES: &[(&str, FieldName)] = &[
    ("hd", FieldName::Text(Scope::Title)),
    ("hl", FieldName::Text(Scope::Title)),
    ("ti", FieldName::Text(Scope::Title)),
    ("lp", FieldName::Text(Scope::Lead)),
    ("hlp", FieldName::Text(Scope::Lead)),
    ("ab", FieldName::Text(Scope::Lead)),
    ("lead", FieldName::Text(Scope::Lead)),
    ("abstract", FieldName::Text(Scope::Lead)),
    ("td", FieldName::Text(Scope::Body)),
    ("tx", FieldName::Text(Scope::Body)),
    ("ft", FieldName::Text(Scope::Body)),
    ("text", FieldName::Text(Scope::Body)),
    ("intext", FieldName::Text(Scope::Body)),
    ("fulltext", FieldName::Text(Scope::Body)),
    ("content", FieldName::Text(Scope::Body)),
    ("au", FieldName::Name(Role::By)),
    ("per", FieldName::Name(Role::Person)),
    ("loc", FieldName::Name(Role::Place)),
    ("location", FieldName::Name(Role::Place)),
    ("geographic", FieldName::Name(Role::Place)),
    ("city", FieldName::Name(Role::Place)),
    ("country", FieldName::Name(Role::Place)),
    ("company", FieldName::Name(Role::Org)),
    ("organization", FieldName::Name(Role::Org)),
    ("organisation", FieldName::Name(Role::Org)),
    ("su", FieldName::Name(Role::Tag)),
    ("subject", FieldName::Name(Role::Tag)),
    ("keyword", FieldName::Name(Role::Tag)),
    ("keywords", FieldName::Name(Role::Tag)),
    ("topic", FieldName::Name(Role::Tag)),
    ("clm", FieldName::Name(Role::Section)),
    ("category", FieldName::Name(Role::Section)),
    ("la", FieldName::Lang),
    ("sn", FieldName::Site),
    ("pub", FieldName::Site),
    ("publication", FieldName::Site),
    ("publisher", FieldName::Site),
    ("newspaper", FieldName::Site),
    ("domain", FieldName::Site),
    ("host", FieldName::Site),
    ("pd", FieldName::Date(DateOf::Published)),
    ("yr", FieldName::Date(DateOf::Published)),
    ("year", FieldName::Date(DateOf::Published)),
    ("pubdate", FieldName::Date(DateOf::Published)),
    ("before", FieldName::Before),
    ("after", FieldName::After),
    ("wc", FieldName::Length),
    ("length", FieldName::Length),
    ("wordcount", FieldName::Length),
];

/// Names that are looked for before an equals sign, but are too common as words to be one elsewhere.
const EQUALS_ONLY: [&str; 4] = ["city", "text", "lead", "host"];

/// What cannot be asked, in which forms it is typed, and what to type instead.
const HINTS: &[(&str, &str)] = &[
    ("url", "site: finds the articles of a site, and 'search show ID' prints an address"),
    ("inurl", "site: finds the articles of a site"),
    ("allinurl", "site: finds the articles of a site"),
    ("link", "site: finds the articles of a site"),
    ("path", "-l prints the files of what is found"),
    ("file", "-l prints the files of what is found"),
    ("filename", "-l prints the files of what is found"),
    ("filetype", "kind: tells articles from other pages"),
    ("ext", "kind: tells articles from other pages"),
    ("type", "kind: tells articles from other pages"),
    ("dtype", "kind: tells articles from other pages"),
    ("id", "'search show ID' prints the article with an id"),
    ("cache", "'search show ID' prints the stored text"),
    ("related", "'search similar ID' finds articles like one"),
    ("allintitle", "several words of a headline are title:(a b)"),
    ("allintext", "several words of the text are body:(a b)"),
    ("rst", "site: takes a host or the name of a site"),
    ("sc", "site: takes a host or the name of a site"),
    ("so", "site: takes a host or the name of a site"),
    ("ns", "tag: and section: find what the page names"),
    ("in", "tag: and section: find what the page names"),
    ("re", "place: finds a place and all inside it"),
    ("co", "org: finds an organisation in the text"),
    ("fds", "org: finds an organisation in the text"),
    ("term", "tag: and section: find what the page names"),
    ("terms", "tag: and section: find what the page names"),
    ("correction", "has:correction finds articles that were corrected"),
    ("nocaps", "caps(x) asks for capitals, and nothing asks for none"),
    ("exact", "=x is this form alone, and quotes ask for a phrase"),
];

/// The longest name above, in bytes.
const LONGEST_NAME: usize = 12;

/// The name at the start of `text`, and the form in which a value follows it at once.
fn name_of(text: &str) -> Option<(&str, Form)> {
    let end = text.bytes().take(LONGEST_NAME + 1).position(|b| !b.is_ascii_alphabetic()).filter(|end| *end > 0)?;
    let (name, rest) = text.split_at(end);
    let mut signs = rest.chars();
    let form = match signs.next()? {
        ':' => Form::Colon,
        '=' => Form::Equals,
        '(' if !is_ending(name, &rest[1..]) => Form::Paren,
        _ => return None,
    };
    let value = signs.next()?;
    let follows = value.is_alphanumeric() || is_quote(value) || "(-=<>*[".contains(value);
    follows.then_some((name, form))
}

/// True for what an ending in parentheses makes of a plain word: `author(s)`, `section(en)`, `pub(lic)`. In capitals it is
/// none.
fn is_ending(name: &str, rest: &str) -> bool {
    let inner = rest.split(')').next().unwrap_or(rest);
    let ending = match inner.len() {
        1 => true,
        // `la(en)` is a language.
        2 => name.len() > 2,
        _ => matches!(inner, "ies" | "ing" | "lic" | "ers"),
    };
    ending && name.contains(|c: char| c.is_lowercase()) && inner.bytes().all(|b| b.is_ascii_lowercase())
}

/// The field that a name of another system at the start of `text` stands for, and the length of name and sign. A
/// parenthesis is no part of it.
pub(super) fn field(text: &str) -> Option<(FieldName, usize)> {
    let (name, form) = name_of(text)?;
    let foreign = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field);
    let own = || FieldName::named(name);
    let shouted = !name.contains(|c: char| c.is_lowercase());
    match form {
        Form::Colon => foreign.map(|field| (field, name.len() + 1)),
        Form::Equals => foreign.or_else(own).map(|field| (field, name.len() + 1)),
        // `stand by(me)`, `near(x)`: the short names are words of English too.
        Form::Paren => foreign
            .filter(|_| shouted || !EQUALS_ONLY.contains(&name.to_ascii_lowercase().as_str()))
            .or_else(|| {
                let compared = is_comparison(&text[name.len() + 1..]);
                own().filter(|field| *field != FieldName::Near && (shouted || compared || name.len() >= 5))
            })
            .map(|field| (field, name.len())),
    }
}

/// True for a value that begins with a sign of comparison, or with what stands for one before a parenthesis or date.
fn is_comparison(value: &str) -> bool {
    let value = value.trim_start();
    let word = value.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    value.starts_with(['<', '>', '='])
        || ["aft", "bef", "geq", "leq"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// What to type instead of the name of another system at the start of `text`, where nothing can be read for it.
pub(super) fn hint(text: &str) -> Option<String> {
    let (name, form) = name_of(text)?;
    let (_, hint) = HINTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    let sign = match form {
        Form::Colon => ":",
        Form::Equals => "=",
        // `so(called)`, `in(…)`: of the short names codes follow an equals sign.
        Form::Paren if name.len() < 4 => return None,
        Form::Paren => "( )",
    };
    Some(format!("{name}{sign} is read as a word: {hint}"))
}

/// The field that a chunk compares with something (`wc>500`, `LENGTH`, `DATE`), and the length of its name.
pub(super) fn compared(chunk: &str) -> Option<(FieldName, usize)> {
    let end = chunk.find(['<', '>', '=']).unwrap_or(chunk.len());
    let name = &chunk[..end];
    let found = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field);
    let found = found.or_else(|| FieldName::named(name))?;
    matches!(found, FieldName::Length | FieldName::Date(_)).then_some((found, end))
}

/// The length of the sign, or word, of a comparison that `text` begins with.
pub(super) fn comparison(text: &str, words: bool) -> Option<usize> {
    let signs = text.len() - text.trim_start_matches(['<', '>', '=']).len();
    if signs > 0 {
        return Some(signs);
    }
    let word = text.split_whitespace().next().filter(|_| words)?;
    matches!(word, "AFT" | "BEF" | "IS" | "GEQ" | "LEQ").then_some(word.len())
}

/// What an operator of another system between two parts is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Between {
    /// `None` where nothing is closer than `AND`.
    pub(super) reach: Option<Reach>,
    /// The parts stand farther apart.
    pub(super) apart: bool,
    /// What is not read just as it was meant.
    pub(super) note: Option<&'static str>,
}

/// The operator that `chunk` is: `near5`, `N/5`, `P/5`, `/5`, `/s`, `NOT/5`, `w/seg`, `SAME`.
pub(super) fn between(chunk: &str) -> Option<Between> {
    const ORDER: &str = "in any order, and pre/5 keeps it";
    let plain = |reach| Some(Between { reach: Some(reach), apart: false, note: None });
    let noted = |reach, note| Some(Between { reach: Some(reach), apart: false, note: Some(note) });
    match chunk {
        "SAME" => return plain(Reach::Paragraph),
        "ADJ" => return plain(Reach::Before(1)),
        "+s" => return noted(Reach::Sentence, ORDER),
        "+p" => return noted(Reach::Paragraph, ORDER),
        _ => {}
    }
    let lower = chunk.to_ascii_lowercase();
    if let Some((head, tail)) = lower.split_once('/') {
        let reach = match (head, tail) {
            ("w" | "near" | "not" | "", "s" | "sent" | "sentence") => Reach::Sentence,
            ("w" | "near" | "not" | "", "p" | "para" | "paragraph") => Reach::Paragraph,
            ("w" | "", "seg") => {
                let note = "as AND, and w/p is in one paragraph";
                return Some(Between { reach: None, apart: false, note: Some(note) });
            }
            ("p" | "onear", _) => Reach::Before(words(tail)?),
            ("n" | "not" | "within" | "", _) => Reach::Within(words(tail)?),
            _ => return None,
        };
        return Some(Between { reach: Some(reach), apart: head == "not", note: None });
    }
    let counted = |head: &str| lower.strip_prefix(head).and_then(words);
    if let Some(apart) = counted("near") {
        return plain(Reach::Within(apart));
    }
    if let Some(apart) = counted("onear") {
        return plain(Reach::Before(apart));
    }
    // In order at one house, in any at another: what finds both is taken.
    counted("adj").and_then(|apart| noted(Reach::Within(apart), ORDER))
}

/// A number of words, figures and nothing else.
fn words(text: &str) -> Option<u32> {
    super::operators::distance(text)
}

/// How often a word of the form `atleast5` asks for what follows.
pub(super) fn at_least(chunk: &str) -> Option<u32> {
    let head = chunk.get(..7).filter(|head| head.eq_ignore_ascii_case("atleast"))?;
    let digits = &chunk[head.len()..];
    let figures = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    figures.then(|| digits.parse().unwrap_or(u32::MAX))
}

/// True for a folded word that stands for an operator wherever it is printed bare.
pub(super) fn is_operator(folded: &str) -> bool {
    between(folded).is_some() || at_least(folded).is_some()
}

/// The word before the sign of an open ending in another system: `gam$`, `gam$3`; `gam!` where the query is `formal`.
pub(super) fn stem(chunk: &str, formal: bool) -> Option<&str> {
    let at = chunk.find(['$', '!'])?;
    let (stem, sign) = (&chunk[..at], &chunk[at..]);
    let open = match sign {
        "!" => formal,
        _ => sign.starts_with('$') && sign.len() <= 2 && sign[1..].bytes().all(|b| b.is_ascii_digit()),
    };
    (open && is_stem(stem)).then_some(stem)
}

/// Three small letters at least: `US$` is money, and `Yahoo!` a name.
fn is_stem(stem: &str) -> bool {
    stem.chars().count() >= 3 && stem.chars().all(char::is_lowercase)
}

/// True where the query has operators that running text has not, so that signs mean what they mean to a librarian.
pub(super) fn is_formal(text: &str) -> bool {
    let formal = |chunk: &str| {
        matches!(chunk, "AND" | "OR" | "NOT" | "&&" | "||")
            || super::operators::reach(chunk).is_some()
            || between(chunk).is_some()
    };
    // In a headline `AND` is a word.
    text.contains(char::is_lowercase) && text.split([' ', '(', ')']).any(formal)
}

/// Words that are operators elsewhere, in capitals and in a query with other operators, and what to type.
const WORDS: &[(&str, &str)] = &[
    ("CONTAINS", "a field and its value are title:x"),
    ("XOR", "one without the other is (a -b) OR (b -a)"),
    ("TI", "in the headline is title:x"),
    ("AU", "an author is by:x"),
    ("AB", "in the headline or the lead is hlead(x)"),
    ("TX", "in the text is body:x"),
    ("SU", "a key word is tag:x"),
];

/// What is to be said of a plain chunk with signs that mean something elsewhere; `last` where nothing follows it, `formal`
/// as in [`stem`].
pub(super) fn sign(chunk: &str, text: &str, last: bool, formal: bool) -> Option<String> {
    if let Some((_, hint)) = WORDS.iter().find(|(word, _)| formal && *word == chunk) {
        return Some(format!("{chunk} is read as a word: {hint}"));
    }
    let inside =
        |sign: char| chunk.split_once(sign).is_some_and(|(a, b)| is_stem(a) && b.starts_with(char::is_lowercase));
    if inside('#') || inside('%') {
        return Some(format!("{chunk} is read as its words; m?dal and medal~1 leave letters open"));
    }
    let sentence = last && text.starts_with(char::is_uppercase);
    if let Some(stem) = chunk.strip_suffix('!').filter(|stem| is_stem(stem) && !sentence) {
        return Some(format!("{chunk} is read as {stem}; {stem}* finds its other endings"));
    }
    // Two question marks end no sentence, and neither does one before a word in lower case.
    let asked = chunk.trim_end_matches('?');
    if chunk.len() >= asked.len() + 2 && is_stem(asked) {
        return Some(format!("{chunk} is read as {asked}; {asked}* finds its other endings"));
    }
    if chunk == "|" {
        return Some("| is read as a blank; OR in capitals finds either of two words".to_owned());
    }
    let inner = chunk.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).unwrap_or("");
    if inner.contains(|c: char| !c.is_alphanumeric()) {
        return Some(format!("{chunk} is read as its words; med* and m?dal leave letters open"));
    }
    let lower = chunk.to_ascii_lowercase();
    let slashed = |letter: &str| {
        let mut parts = lower.split('/').skip(1);
        parts.any(|part| part.strip_prefix(letter).is_some_and(|tail| words(tail).is_some()))
    };
    if slashed("n") {
        return Some(format!("{chunk} is read as words; close to each other is a w/5 b"));
    }
    slashed("f").then(|| format!("{chunk} is read as words; in the first words is first50(a)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_before_a_value() {
        let title = FieldName::Text(Scope::Title);
        for (text, expected) in [
            ("hd=Lachin", Some((title, 3))),
            ("HEADLINE(Lachin)", Some((title, 8))),
            ("headline(Lachin)", Some((title, 8))),
            ("ti(\"gold medal\")", Some((title, 2))),
            ("title=x", Some((title, 6))),
            ("BYLINE(x)", Some((FieldName::Name(Role::By), 6))),
            ("au=x", Some((FieldName::Name(Role::By), 3))),
            ("pub(x)", None),
            ("pub(lic)", None),
            ("pub(post)", Some((FieldName::Site, 3))),
            ("la(en)", Some((FieldName::Lang, 2))),
            ("before:2020", Some((FieldName::Before, 7))),
            ("location:Lachin", Some((FieldName::Name(Role::Place), 9))),
            // Plain words, and fields of this language in their own form.
            ("author(s)", None),
            ("AUTHOR(S)", Some((FieldName::Name(Role::By), 6))),
            ("city(Lachin)", None),
            ("CITY(Lachin)", Some((FieldName::Name(Role::Place), 4))),
            ("near(x)", None),
            ("by(me)", None),
            ("title:x", None),
            ("hd= x", None),
            ("hd x", None),
            ("=x", None),
            ("", None),
        ] {
            assert_eq!(field(text), expected, "{text}");
        }
        for (name, _) in NAMES {
            assert!(name.len() <= LONGEST_NAME && FieldName::named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn operators_between_parts() {
        let reach = |reach| Some((Some(reach), false));
        for (chunk, expected) in [
            ("near5", reach(Reach::Within(5))),
            ("adj5", reach(Reach::Within(5))),
            ("onear/5", reach(Reach::Before(5))),
            ("N/5", reach(Reach::Within(5))),
            ("P/5", reach(Reach::Before(5))),
            ("/5", reach(Reach::Within(5))),
            ("/s", reach(Reach::Sentence)),
            ("w/para", reach(Reach::Paragraph)),
            ("SAME", reach(Reach::Paragraph)),
            ("ADJ", reach(Reach::Before(1))),
            ("w/seg", Some((None, false))),
            ("NOT/5", Some((Some(Reach::Within(5)), true))),
            ("same", None),
            ("near", None),
            ("adj", None),
            ("w5", None),
            ("/", None),
            ("and/or", None),
            ("km/h", None),
            ("w/o", None),
        ] {
            assert_eq!(between(chunk).map(|between| (between.reach, between.apart)), expected, "{chunk}");
        }
    }

    #[test]
    fn open_endings() {
        for (chunk, formal, expected) in [
            ("gam$", false, Some("gam")),
            ("gam$3", false, Some("gam")),
            ("gam!", true, Some("gam")),
            ("gam!", false, None),
            ("US$", true, None),
            ("A$AP", true, None),
            ("$5", true, None),
            ("Help!!", true, None),
        ] {
            assert_eq!(stem(chunk, formal), expected, "{chunk}");
        }
    }
}
