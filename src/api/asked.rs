//! What may be asked, by name: the same from a command line, the query string of an address and a JSON object.
//!
//! Names are the long options of `search query`. What is not given stays open, so that each front end has its own
//! defaults; [`Asked::pairs`] prints what is given and nothing else, in one order, and reads back to the same.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Cursor, Listing, Request, Sort};
use crate::date::Date;
use crate::error::{Error, Result};

/// Days of [`Asked::recency`] where it is asked for without a number.
const YEAR: u32 = 365;

/// What is asked, before defaults are filled in. The default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The query as typed.
    pub q: String,
    /// As [`Request::limit`].
    pub limit: Option<usize>,
    /// As [`Request::offset`].
    pub offset: Option<usize>,
    /// As [`Request::after`].
    pub after: Option<Cursor>,
    /// As [`Request::sort`].
    pub sort: Option<Sort>,
    /// As [`Request::snippets`].
    pub snippets: Option<usize>,
    /// As [`Request::recency`]; at least 1.
    pub recency: Option<u32>,
    /// Only articles with all words.
    pub all: bool,
    /// Any word makes a match.
    pub any: bool,
    /// As [`Request::exact`].
    pub exact: bool,
    /// A query that cannot be read, or searched, just as it was typed is refused. No engine knows of it: whoever asks
    /// looks at the notes of the answer.
    pub strict: bool,
    /// As [`Request::lenient`].
    pub lenient: bool,
    /// As [`Request::versions`].
    pub versions: bool,
    /// List every article, not one for each story.
    pub no_group: bool,
    /// As [`Request::copies`].
    pub copies: bool,
    /// As [`Request::explain`].
    pub explain: bool,
}

/// One thing that may be asked, in the order in which it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Q,
    Limit,
    Offset,
    After,
    Sort,
    Snippets,
    Recency,
    All,
    Any,
    Exact,
    Strict,
    Lenient,
    Versions,
    NoGroup,
    Copies,
    Explain,
}

/// What a value is, in text and in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Number,
    /// There or not: an empty text, or a Boolean.
    Switch,
}

const NAMES: [(&str, Name, Shape); 16] = [
    ("q", Name::Q, Shape::Text),
    ("limit", Name::Limit, Shape::Number),
    ("offset", Name::Offset, Shape::Number),
    ("after", Name::After, Shape::Text),
    ("sort", Name::Sort, Shape::Text),
    ("snippets", Name::Snippets, Shape::Number),
    ("recency", Name::Recency, Shape::Number),
    ("all", Name::All, Shape::Switch),
    ("any", Name::Any, Shape::Switch),
    ("exact", Name::Exact, Shape::Switch),
    ("strict", Name::Strict, Shape::Switch),
    ("lenient", Name::Lenient, Shape::Switch),
    ("versions", Name::Versions, Shape::Switch),
    ("no-group", Name::NoGroup, Shape::Switch),
    ("copies", Name::Copies, Shape::Switch),
    ("explain", Name::Explain, Shape::Switch),
];

/// Pairs that exclude each other, as the options of the command line do.
const EITHER: [(&str, &str); 4] = [("all", "any"), ("offset", "after"), ("no-group", "copies"), ("strict", "lenient")];

impl Asked {
    /// The names, in the order in which they are printed.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, ..)| *name)
    }

    /// Reads the pairs of a query string, decoded. A name that there is not, a name that comes twice, a value that does
    /// not fit, and two that exclude each other are errors that say what would fit.
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> Result<Asked> {
        let mut reader = Reader::default();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            let (known, _) = reader.take(name)?;
            reader.asked.set(known, name, value)?;
        }
        reader.finish()
    }

    /// Reads a JSON object, likewise: numbers are numbers, switches Booleans.
    pub fn from_json(text: &str) -> Result<Asked> {
        let entries: Entries = serde_json::from_str(text)
            .map_err(|cause| Error::usage(format!("what is asked is no JSON object: {cause}")))?;
        let mut reader = Reader::default();
        for (name, value) in entries.0 {
            let (known, shape) = reader.take(&name)?;
            match (shape, &value) {
                // A switch that is off is one that is not there.
                (Shape::Switch, Value::Bool(false)) => {}
                (Shape::Switch, Value::Bool(true)) => reader.asked.set(known, &name, "")?,
                (Shape::Text, Value::String(text)) => reader.asked.set(known, &name, text)?,
                (Shape::Number, Value::Number(number)) => reader.asked.set(known, &name, &number.to_string())?,
                _ => return Err(Error::usage(format!("{name}: {value} does not fit; {}", fits(known, true)))),
            }
        }
        reader.finish()
    }

    /// What is given, in the order of [`Asked::names`]. A switch has an empty value.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        NAMES.iter().filter_map(|(name, known, _)| Some((*name, self.get(*known)?))).collect()
    }

    /// The request for an engine, with the defaults of [`Request::new`] for what is not given.
    pub fn request(self, today: Date) -> Request {
        let usual = Request::new(self.q, today);
        Request {
            listing: match (self.all, self.any) {
                (_, true) => Listing::Any,
                (true, false) => Listing::All,
                (false, false) => usual.listing,
            },
            sort: self.sort.unwrap_or(usual.sort),
            limit: self.limit.unwrap_or(usual.limit),
            offset: self.offset.unwrap_or(usual.offset),
            snippets: self.snippets.unwrap_or(usual.snippets),
            after: self.after,
            recency: self.recency,
            group: !self.no_group,
            copies: self.copies,
            versions: self.versions,
            exact: self.exact,
            lenient: self.lenient,
            explain: self.explain,
            ..usual
        }
    }

    /// The value of one name as text; `None` where it is not given.
    fn get(&self, name: Name) -> Option<String> {
        let switch = |on: bool| on.then(String::new);
        match name {
            Name::Q => Some(self.q.clone()).filter(|text| !text.is_empty()),
            Name::Limit => self.limit.map(|number| number.to_string()),
            Name::Offset => self.offset.map(|number| number.to_string()),
            Name::After => self.after.as_ref().map(Cursor::to_string),
            Name::Sort => self.sort.map(|sort| sort.name().to_owned()),
            Name::Snippets => self.snippets.map(|number| number.to_string()),
            Name::Recency => self.recency.map(|days| days.to_string()),
            Name::All => switch(self.all),
            Name::Any => switch(self.any),
            Name::Exact => switch(self.exact),
            Name::Strict => switch(self.strict),
            Name::Lenient => switch(self.lenient),
            Name::Versions => switch(self.versions),
            Name::NoGroup => switch(self.no_group),
            Name::Copies => switch(self.copies),
            Name::Explain => switch(self.explain),
        }
    }

    /// Sets one name, typed as `typed`, to a value in text form.
    fn set(&mut self, name: Name, typed: &str, value: &str) -> Result<()> {
        let refused = || Error::usage(format!("{typed}: '{value}' does not fit; {}", fits(name, false)));
        let number = || value.parse::<usize>().map_err(|_| refused());
        let switch = || if value.is_empty() { Ok(true) } else { Err(refused()) };
        match name {
            Name::Q => self.q = value.to_owned(),
            Name::Limit => self.limit = Some(number()?),
            Name::Offset => self.offset = Some(number()?),
            Name::After => self.after = Some(value.parse().map_err(|()| refused())?),
            Name::Sort => self.sort = Some(Sort::named(value).ok_or_else(refused)?),
            Name::Snippets => self.snippets = Some(number()?),
            Name::Recency if value.is_empty() => self.recency = Some(YEAR),
            Name::Recency => self.recency = Some(value.parse().ok().filter(|days| *days > 0).ok_or_else(refused)?),
            Name::All => self.all = switch()?,
            Name::Any => self.any = switch()?,
            Name::Exact => self.exact = switch()?,
            Name::Strict => self.strict = switch()?,
            Name::Lenient => self.lenient = switch()?,
            Name::Versions => self.versions = switch()?,
            Name::NoGroup => self.no_group = switch()?,
            Name::Copies => self.copies = switch()?,
            Name::Explain => self.explain = switch()?,
        }
        Ok(())
    }
}

/// What fits a name, for an error.
fn fits(name: Name, in_json: bool) -> String {
    match name {
        Name::Q => "a text does".to_owned(),
        Name::Limit => "a whole number does, 0 for all".to_owned(),
        Name::Offset | Name::Snippets => "a whole number does".to_owned(),
        Name::After => "the key \"cursor\" of a hit does".to_owned(),
        Name::Sort => format!("one of {} does", Sort::ALL.map(Sort::name).join(", ")),
        Name::Recency => "a number of days does, 1 or more".to_owned(),
        _ if in_json => "true or false does".to_owned(),
        _ => "it takes no value".to_owned(),
    }
}

/// Reads names one after the other.
#[derive(Default)]
struct Reader {
    asked: Asked,
    seen: Vec<&'static str>,
}

impl Reader {
    /// Looks a name up that was not there before.
    fn take(&mut self, name: &str) -> Result<(Name, Shape)> {
        let Some((name, known, shape)) = NAMES.iter().find(|(known, ..)| *known == name) else {
            let names: Vec<&str> = Asked::names().collect();
            return Err(Error::usage(format!("{name}: there is no such parameter; there are {}", names.join(", "))));
        };
        if self.seen.contains(name) {
            return Err(Error::usage(format!("{name}: it is given twice; once does")));
        }
        self.seen.push(name);
        Ok((*known, *shape))
    }

    fn finish(self) -> Result<Asked> {
        let given: Vec<&str> = self.asked.pairs().into_iter().map(|(name, _)| name).collect();
        match EITHER.iter().find(|(one, other)| given.contains(one) && given.contains(other)) {
            Some((one, other)) => Err(Error::usage(format!("{one} and {other} exclude each other; one of them does"))),
            None => Ok(self.asked),
        }
    }
}

/// The JSON form: one object, names in the order of [`Asked::names`], only what is given.
impl Serialize for Asked {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let given = NAMES.iter().filter_map(|(name, known, shape)| {
            let value = self.get(*known)?;
            let value = match shape {
                Shape::Text => Value::String(value),
                Shape::Switch => Value::Bool(true),
                // What was printed from a number reads as one.
                Shape::Number => value.parse::<u64>().map_or(Value::Null, Value::from),
            };
            Some((*name, value))
        });
        serializer.collect_map(given)
    }
}

/// The members of an object in their order, also those that come twice, which a map would hide.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Entries, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cursor() -> Cursor {
        Cursor { asked: 7, rank: 3, partial: false, number: -2, name: None, id: 9, capture: 4 }
    }

    /// `a=1 b` as pairs.
    fn pairs(text: &str) -> Vec<(&str, &str)> {
        text.split_whitespace().map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect()
    }

    #[track_caller]
    fn check(typed: &str, printed: &str) {
        let asked = match Asked::from_pairs(pairs(typed)) {
            Ok(asked) => asked.pairs(),
            Err(error) => {
                assert_eq!(format!("! {error}"), printed, "{typed}");
                return;
            }
        };
        let one =
            |(name, value): (&str, String)| if value.is_empty() { name.to_owned() } else { format!("{name}={value}") };
        assert_eq!(asked.into_iter().map(one).collect::<Vec<_>>().join(" "), printed, "{typed}");
    }

    #[test]
    fn pairs_are_read_and_printed_in_one_order() {
        check("", "");
        check("q=Lachin", "q=Lachin");
        check("any sort=-date q=Lachin limit=0", "q=Lachin limit=0 sort=-date any");
        check("recency", "recency=365");
        check("recency=30 snippets=2 no-group strict", "snippets=2 recency=30 strict no-group");
        check("explain versions exact all", "all exact versions explain");
        // What was typed as the default stays typed: another front end has another default.
        check("offset=0 sort=score", "offset=0 sort=score");
    }

    #[test]
    fn what_does_not_fit_is_named_with_what_does() {
        check(
            "limt=5",
            "! limt: there is no such parameter; there are q, limit, offset, after, sort, snippets, recency, all, any, \
             exact, strict, lenient, versions, no-group, copies, explain",
        );
        check("q=a q=b", "! q: it is given twice; once does");
        check("limit=ten", "! limit: 'ten' does not fit; a whole number does, 0 for all");
        check("limit=-1", "! limit: '-1' does not fit; a whole number does, 0 for all");
        check("snippets=", "! snippets: '' does not fit; a whole number does");
        check("sort=best", "! sort: 'best' does not fit; one of score, date, -date, site, words does");
        check("recency=0", "! recency: '0' does not fit; a number of days does, 1 or more");
        check("after=medal", "! after: 'medal' does not fit; the key \"cursor\" of a hit does");
        check("any=yes", "! any: 'yes' does not fit; it takes no value");
        check("all any", "! all and any exclude each other; one of them does");
        check("strict lenient", "! strict and lenient exclude each other; one of them does");
        check("copies no-group", "! no-group and copies exclude each other; one of them does");
        check(
            "Q=a",
            "! Q: there is no such parameter; there are q, limit, offset, after, sort, snippets, recency, all, \
                      any, exact, strict, lenient, versions, no-group, copies, explain",
        );
    }

    #[test]
    fn json_has_numbers_and_booleans() {
        let read = |text: &str| {
            Asked::from_json(text)
                .map_or_else(|error| format!("! {error}"), |asked| serde_json::to_string(&asked).unwrap_or_default())
        };
        for (text, expected) in [
            ("{}", "{}"),
            (r#"{"any":true,"q":"Лачин","limit":3,"exact":false}"#, r#"{"q":"Лачин","limit":3,"any":true}"#),
            (r#"{"q":"a","q":"b"}"#, "! q: it is given twice; once does"),
            (r#"{"limit":"3"}"#, "! limit: \"3\" does not fit; a whole number does, 0 for all"),
            (r#"{"limit":1.5}"#, "! limit: '1.5' does not fit; a whole number does, 0 for all"),
            (r#"{"limit":null}"#, "! limit: null does not fit; a whole number does, 0 for all"),
            (r#"{"any":"true"}"#, "! any: \"true\" does not fit; true or false does"),
            (r#"{"q":5}"#, "! q: 5 does not fit; a text does"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert!(read("[]").starts_with("! what is asked is no JSON object: "), "{}", read("[]"));
        assert!(read("{").starts_with("! what is asked is no JSON object: "), "{}", read("{"));
    }

    #[test]
    fn a_request_has_what_was_asked_and_the_usual_for_the_rest() {
        let today = Date::constant(2026, 11, 22);
        let usual = Request::new("medal", today);
        let request = Asked { q: "medal".to_owned(), ..Asked::default() }.request(today);
        assert_eq!(format!("{request:?}"), format!("{usual:?}"));
        let asked = Asked::from_pairs(pairs(
            "q=medal limit=3 offset=2 sort=site snippets=0 recency=9 any versions no-group exact lenient",
        ));
        let request = asked.map(|asked| asked.request(today)).unwrap_or(usual);
        assert_eq!((request.limit, request.offset, request.snippets, request.recency), (3, 2, 0, Some(9)));
        assert_eq!((request.sort, request.listing), (Sort::Site, Listing::Any));
        assert!(
            request.lenient
                && request.versions
                && request.exact
                && !request.group
                && !request.copies
                && !request.explain
        );
    }

    fn asked() -> impl Strategy<Value = Asked> {
        let sort = prop::option::of(prop::sample::select(Sort::ALL.to_vec()));
        let numbers = (prop::option::of(0usize..99), prop::option::of(0usize..99), prop::option::of(0usize..9));
        let switches = prop::collection::vec(any::<bool>(), 9);
        ("\\PC{0,12}", numbers, sort, prop::option::of(1u32..999), any::<bool>(), switches).prop_map(
            |(q, (limit, offset, snippets), sort, recency, after, on)| Asked {
                q,
                limit,
                // Each of two that exclude each other only without the other.
                offset: offset.filter(|_| !after),
                after: after.then(cursor),
                sort,
                snippets,
                recency,
                all: on[0] && !on[1],
                any: on[1],
                exact: on[2],
                strict: on[3] && !on[8],
                lenient: on[8],
                versions: on[4],
                no_group: on[5] && !on[6],
                copies: on[6],
                explain: on[7],
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_to_the_same(asked in asked()) {
            prop_assert_eq!(&Asked::from_pairs(asked.pairs()).map_err(|error| error.to_string()), &Ok(asked.clone()));
            let json = serde_json::to_string(&asked).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(Asked::from_json(&json).map_err(|error| error.to_string()), Ok(asked));
        }

        #[test]
        fn no_text_makes_it_panic(name in "\\PC{0,9}", value in "\\PC{0,9}", text in "\\PC{0,40}") {
            let _ = Asked::from_pairs([(&name, &value)]);
            for (name, ..) in NAMES {
                let _ = Asked::from_pairs([(name, &value)]);
            }
            let _ = Asked::from_json(&text);
        }
    }
}
