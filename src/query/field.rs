//! Fields: their names, and how the value of each is read.

use super::distance;
use super::name::name;
use super::ranges::DateFilter;
use super::tree::{DateOf, Field, Role, Scope, Spelling};
use crate::date::Date;
use crate::text::nfc;

/// The page kinds that `kind:` knows.
pub(crate) const KINDS: [&str; 6] = ["article", "live", "stub", "index", "wall", "other"];

/// What `has:` knows.
pub(super) const HAS: [&str; 2] = ["correction", CHANGES];
/// Of several captures of the article some have other words than the one before.
pub(crate) const CHANGES: &str = "changes";

/// What stands before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldName {
    Text(Scope),
    Name(Role),
    Site,
    Lang,
    Kind,
    Has,
    Date(DateOf),
    /// Published before a day, or not before one: names of other systems for what `date:<` and `date:>=` ask.
    Before,
    After,
    Near,
    Length,
    /// A field that is not built yet: noted, and its value read as words.
    Later(&'static str),
}

/// Names and their other spellings.
const NAMES: &[(&str, FieldName)] = &[
    ("title", FieldName::Text(Scope::Title)),
    ("headline", FieldName::Text(Scope::Title)),
    ("intitle", FieldName::Text(Scope::Title)),
    ("body", FieldName::Text(Scope::Body)),
    ("by", FieldName::Name(Role::By)),
    ("byline", FieldName::Name(Role::By)),
    ("author", FieldName::Name(Role::By)),
    ("person", FieldName::Name(Role::Person)),
    ("people", FieldName::Name(Role::Person)),
    ("place", FieldName::Name(Role::Place)),
    ("org", FieldName::Name(Role::Org)),
    ("section", FieldName::Name(Role::Section)),
    ("tag", FieldName::Name(Role::Tag)),
    ("site", FieldName::Site),
    ("source", FieldName::Site),
    ("lang", FieldName::Lang),
    ("language", FieldName::Lang),
    ("kind", FieldName::Kind),
    ("date", FieldName::Date(DateOf::Published)),
    ("published", FieldName::Date(DateOf::Published)),
    ("captured", FieldName::Date(DateOf::Captured)),
    ("changed", FieldName::Date(DateOf::Changed)),
    ("about", FieldName::Date(DateOf::About)),
    ("about~", FieldName::Date(DateOf::AboutOverlap)),
    ("words", FieldName::Length),
    ("near", FieldName::Near),
    ("has", FieldName::Has),
    ("dateline", FieldName::Name(Role::Dateline)),
    ("indexed", FieldName::Later("indexed")),
    ("said", FieldName::Later("said")),
    ("since", FieldName::Later("since")),
];

impl FieldName {
    /// The field whose name and colon `text` begins with, and their length, where a value follows at once.
    pub(super) fn at_start_of(text: &str) -> Option<(FieldName, usize)> {
        let (name, length) = FieldName::before_colon(text)?;
        let value = text[length..].chars().next()?;
        // `title: x` is how sentences are written, not how fields are asked for; a note says so.
        (!value.is_whitespace() && value != ')').then_some((name, length))
    }

    /// The field whose name and colon `text` begins with, and their length.
    pub(super) fn before_colon(text: &str) -> Option<(FieldName, usize)> {
        // No name is longer: a colon far into a chunk is part of a sentence or an address.
        let length = 1 + text.bytes().take(12).position(|b| b == b':')?;
        Some((FieldName::named(&text[..length - 1])?, length))
    }

    /// The field of this name, or with this other spelling of its name.
    pub(super) fn named(name: &str) -> Option<FieldName> {
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
    }

    /// True for fields that hold one value of each article, so that several values side by side mean any of them.
    pub(super) fn is_single(self) -> bool {
        matches!(self, FieldName::Site | FieldName::Lang | FieldName::Kind | FieldName::Length | FieldName::Date(_))
    }

    /// True for fields whose values may hold blanks.
    pub(super) fn is_spaced(self) -> bool {
        matches!(
            self,
            FieldName::Name(_)
                | FieldName::Date(_)
                | FieldName::Before
                | FieldName::After
                | FieldName::Near
                | FieldName::Length
        )
    }

    /// True for names of which `=` asks for one spelling.
    pub(super) fn has_spellings(self) -> bool {
        matches!(self, FieldName::Name(role) if role.has_spellings())
    }

    /// Reads a value; also what is odd about it. `Err` says why it cannot be one.
    pub(super) fn read(self, value: &str, today: Date) -> Result<(Field, Option<&'static str>), String> {
        let value = value.trim();
        let field = match self {
            FieldName::Name(role) => {
                let spelling =
                    if role.has_spellings() && value.starts_with('=') { Spelling::Exact } else { Spelling::Any };
                Field::Name(role, name(value).ok_or("it holds no name")?, spelling)
            }
            FieldName::Near => {
                return distance::read(value)
                    .ok_or_else(|| "it is no place with a distance, such as Lachin,50km".to_owned());
            }
            FieldName::Site => Field::Site(site(value).ok_or("it holds no site")?),
            FieldName::Lang => Field::Lang(lang(value).ok_or_else(no_language)?),
            FieldName::Kind => Field::Kind(kind(value).ok_or_else(|| format!("the kinds are {}", KINDS.join(", ")))?),
            FieldName::Has => {
                let known = HAS
                    .into_iter()
                    // People ask for corrections as often as for a correction.
                    .find(|known| one(value).eq_ignore_ascii_case(one(known)));
                Field::Has(known.ok_or_else(|| format!("what articles can be asked to have is {}", HAS.join(", ")))?)
            }
            FieldName::Length => length(value).ok_or("it is no number or range, such as >300 or 300..500")?,
            FieldName::Date(of) => {
                let read =
                    DateFilter::read(value, today).ok_or("it is no date, such as 2020-11, 2019..2021 or last-week")?;
                return Ok((Field::Date(of, read.filter), read.note));
            }
            FieldName::Before => return FieldName::Date(DateOf::Published).read(&format!("<{value}"), today),
            FieldName::After => return FieldName::Date(DateOf::Published).read(&format!(">={value}"), today),
            FieldName::Text(_) | FieldName::Later(_) => return Err("it is read as words".to_owned()),
        };
        Ok((field, None))
    }
}

/// A thing that is asked for by its plural.
fn one(value: &str) -> &str {
    value.strip_suffix(['s', 'S']).unwrap_or(value)
}

fn no_language() -> String {
    format!("the languages are {}, or their names in English", crate::lang::codes().collect::<Vec<_>>().join(" "))
}

/// The host in an address, or the name of a site.
fn site(value: &str) -> Option<String> {
    // Until nothing changes: what is left of an address may look like one again, and the canonical form has to read
    // back.
    let mut site = nfc(&name(value)?.to_lowercase()).into_owned();
    loop {
        let mut rest = site.as_str();
        rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
        rest = rest.split_once('/').map_or(rest, |(host, _)| host);
        rest = rest.strip_prefix("www.").unwrap_or(rest);
        rest = rest.trim_end_matches('.');
        let next = name(rest)?;
        if next == site {
            return Some(site);
        }
        site = next;
    }
}

/// Languages named in English, and the codes by which an index has them.
const LANGUAGES: &[(&str, &str)] = &[
    ("afrikaans", "af"),
    ("albanian", "sq"),
    ("amharic", "am"),
    ("arabic", "ar"),
    ("armenian", "hy"),
    ("azerbaijani", "az"),
    ("azeri", "az"),
    ("basque", "eu"),
    ("belarusian", "be"),
    ("bengali", "bn"),
    ("bulgarian", "bg"),
    ("burmese", "my"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("esperanto", "eo"),
    ("estonian", "et"),
    ("farsi", "fa"),
    ("filipino", "tl"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("galician", "gl"),
    ("georgian", "ka"),
    ("german", "de"),
    ("greek", "el"),
    ("gujarati", "gu"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("icelandic", "is"),
    ("indonesian", "id"),
    ("irish", "ga"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("kannada", "kn"),
    ("kazakh", "kk"),
    ("khmer", "km"),
    ("korean", "ko"),
    ("kyrgyz", "ky"),
    ("latin", "la"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("macedonian", "mk"),
    ("malay", "ms"),
    ("malayalam", "ml"),
    ("marathi", "mr"),
    ("mongolian", "mn"),
    ("nepali", "ne"),
    ("norwegian", "no"),
    ("pashto", "ps"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("sinhala", "si"),
    ("slovak", "sk"),
    ("slovenian", "sl"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("swedish", "sv"),
    ("tagalog", "tl"),
    ("tamil", "ta"),
    ("telugu", "te"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("uzbek", "uz"),
    ("vietnamese", "vi"),
    ("welsh", "cy"),
    ("yiddish", "yi"),
    ("zulu", "zu"),
];

/// The code at the head of a language tag, or of a language named in English; `None` for what no article can be in.
fn lang(value: &str) -> Option<&'static str> {
    let named = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(value));
    // Regions are dropped: an index knows languages, not countries.
    named.map(|(_, code)| *code).or_else(|| crate::lang::normalise(value))
}

fn kind(value: &str) -> Option<&'static str> {
    let value = value.to_ascii_lowercase();
    let value = match value.as_str() {
        "liveblog" | "live-blog" | "live blog" => "live",
        // People name kinds in the plural: `kind:articles`.
        other => other.strip_suffix('s').unwrap_or(other),
    };
    KINDS.into_iter().find(|kind| *kind == value)
}

/// `300`, `300..500`, `300-500`, `300..`, `..500`, `>300`, `>=300`, `<300`, `<=300`.
fn length(value: &str) -> Option<Field> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    // `[300 TO 500]`, with a star for an open end.
    let unbracketed = value.trim_matches(['[', ']', '{', '}']).replace(" TO ", "..").replace('*', "");
    let value = if value.starts_with(['[', '{']) { unbracketed.trim() } else { value };
    let (min, max) = if let Some(rest) = value.strip_prefix(">=") {
        (number(rest)?, None)
    } else if let Some(rest) = value.strip_prefix('>') {
        (number(rest)?.checked_add(1)?, None)
    } else if let Some(rest) = value.strip_prefix("<=") {
        (0, Some(number(rest)?))
    } else if let Some(rest) = value.strip_prefix('<') {
        (0, Some(number(rest)?.checked_sub(1)?))
    } else if let Some((min, max)) = value.split_once("..").or_else(|| value.split_once('-')) {
        let open = |text: &str| text.trim().is_empty();
        let min = if open(min) { 0 } else { number(min)? };
        (min, if open(max) { None } else { Some(number(max)?) })
    } else {
        (number(value)?, Some(number(value)?))
    };
    // Unlike dates, lengths are typed as numbers: a range that holds nothing is a slip, so it is read as words with
    // a note.
    if max.is_some_and(|max| max < min) {
        return None;
    }
    Some(Field::Length { min, max })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 22);

    #[test]
    fn names_are_known_in_any_case_before_a_value() {
        for (name, field) in NAMES {
            let typed = format!("{}:x", name.to_uppercase());
            assert_eq!(FieldName::at_start_of(&typed), Some((*field, name.len() + 1)), "{typed}");
        }
        assert_eq!(FieldName::at_start_of("title:"), None);
        assert_eq!(FieldName::at_start_of("title: x"), None);
        assert_eq!(FieldName::at_start_of("title:)"), None);
        assert_eq!(FieldName::at_start_of("titles:x"), None);
        assert_eq!(FieldName::at_start_of(":x"), None);
        assert_eq!(FieldName::before_colon("title: x"), Some((FieldName::Text(Scope::Title), 6)));
    }

    /// The canonical form of the value, or why it is none.
    fn read(name: FieldName, value: &str) -> String {
        match name.read(value, TODAY) {
            Ok((field, note)) => format!("{field}{}", if note.is_some() { " noted" } else { "" }),
            Err(why) => format!("no: {why}"),
        }
    }

    #[track_caller]
    fn check(name: FieldName, rows: &[(&str, &str)]) {
        for (value, expected) in rows {
            let read = read(name, value);
            // Of a reason the beginning is enough.
            assert!(
                read == *expected || (expected.starts_with("no:") && read.starts_with(expected)),
                "{value}: {read}"
            );
        }
    }

    #[test]
    fn sites_are_hosts_without_what_is_around_them() {
        check(
            FieldName::Site,
            &[
                ("Example.COM", "site:example.com"),
                ("https://www.example.com/a?b", "site:example.com"),
                ("www.www.example.com.", "site:example.com"),
                ("example.com/", "site:example.com"),
                ("Daily News", "site:\"daily news\""),
                ("//", "no: it holds no site"),
            ],
        );
    }

    #[test]
    fn languages_are_codes_or_named_in_english() {
        for (name, code) in LANGUAGES {
            assert_eq!(crate::lang::normalise(code), Some(*code), "{name}");
        }
        check(
            FieldName::Lang,
            &[
                ("EN", "lang:en"),
                ("en-GB", "lang:en"),
                ("pt_BR", "lang:pt"),
                ("Azerbaijani", "lang:az"),
                ("kaz", "lang:kk"),
                ("nb", "lang:no"),
                ("Dutch", "lang:nl"),
                ("e", "no: the languages are af am"),
                ("engl", "no: the languages are"),
                ("xx", "no: the languages are"),
            ],
        );
    }

    #[test]
    fn kinds_and_what_articles_have() {
        check(
            FieldName::Kind,
            &[
                ("articles", "kind:article"),
                ("liveblog", "kind:live"),
                ("live blog", "kind:live"),
                ("paper", "no: the kinds are"),
            ],
        );
        check(
            FieldName::Has,
            &[
                ("correction", "has:correction"),
                ("CorrectionS", "has:correction"),
                ("change", "has:changes"),
                ("Changes", "has:changes"),
                ("correctionss", "no: what articles"),
            ],
        );
    }

    #[test]
    fn lengths_include_both_ends() {
        check(
            FieldName::Length,
            &[
                ("300", "words:300"),
                (">300", "words:301.."),
                (">=300", "words:300.."),
                ("<300", "words:0..299"),
                ("<=300", "words:0..300"),
                ("300..500", "words:300..500"),
                ("300-500", "words:300..500"),
                (" 300 .. 500 ", "words:300..500"),
                ("300..", "words:300.."),
                ("..500", "words:0..500"),
                ("..", "words:0.."),
                ("300..300", "words:300"),
                ("<1", "words:0"),
                // No article has fewer words than none, or more than a number can be.
                ("<0", "no:"),
                (">4294967295", "no:"),
                ("500..300", "no:"),
                ("many", "no:"),
            ],
        );
    }

    #[test]
    fn names_and_dates_and_distances() {
        check(FieldName::Name(Role::Person), &[("=Əliyev", "person:=Əliyev"), ("A  B", "person:\"A B\"")]);
        check(FieldName::Name(Role::By), &[("=Anar", "by:Anar"), ("--", "no: it holds no name")]);
        check(
            FieldName::Date(DateOf::About),
            &[
                ("2020-11-10", "about:2020-11-10"),
                ("10/11/2020", "about:2020-11-10 noted"),
                ("soon", "no: it is no date"),
            ],
        );
        check(FieldName::Near, &[("Lachin", "near:\"Lachin,50km\" noted"), ("7", "no: it is no place")]);
        check(FieldName::Text(Scope::Title), &[("x", "no: it is read as words")]);
    }
}
