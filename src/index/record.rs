//! What the index stores of one document, beside its body.
//!
//! Stored as bytes: [`CODING`], then the fields in their order, as `postcard` writes them. Nothing in the bytes says what
//! they mean, so a change of any type in here, down to [`Article`] and [`Annotations`], is another coding.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::Error as _};

use super::container::ContainerRecord;
use crate::annotate::{Annotations, Mention, Value};
use crate::date::{Interval, Stamp};
use crate::extract::Article;
use crate::input::Locator;
use crate::text::Span;

/// A path that survives JSON: a string where it is UTF-8, else its bytes in base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum StoredPath {
    Text(String),
    Bytes { bytes: Base64 },
}

/// Bytes that are written in base64; other text is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Base64(Vec<u8>);

impl TryFrom<String> for Base64 {
    type Error = data_encoding::DecodeError;

    fn try_from(text: String) -> Result<Base64, data_encoding::DecodeError> {
        data_encoding::BASE64.decode(text.as_bytes()).map(Base64)
    }
}

impl From<Base64> for String {
    fn from(Base64(bytes): Base64) -> String {
        data_encoding::BASE64.encode(&bytes)
    }
}

impl StoredPath {
    pub(crate) fn new(path: &Path) -> StoredPath {
        match path.to_str() {
            Some(text) => StoredPath::Text(text.to_owned()),
            None => StoredPath::Bytes { bytes: Base64(path.as_os_str().as_bytes().to_owned()) },
        }
    }

    pub(crate) fn to_path(&self) -> PathBuf {
        match self {
            StoredPath::Text(text) => PathBuf::from(text),
            StoredPath::Bytes { bytes: Base64(bytes) } => PathBuf::from(OsString::from_vec(bytes.clone())),
        }
    }
}

/// The first byte of what is stored: how the bytes after it are to be read.
const CODING: u8 = 1;

/// `value` as it is stored.
pub(crate) fn encode(value: &impl Serialize) -> postcard::Result<Vec<u8>> {
    postcard::to_stdvec(&(CODING, value))
}

/// What [`encode`] made the bytes of. Fails where they are cut off, go on, or are of another coding.
pub(crate) fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> postcard::Result<T> {
    let Some((&CODING, rest)) = bytes.split_first() else { return Err(postcard::Error::DeserializeBadEncoding) };
    match postcard::take_from_bytes(rest)? {
        (value, []) => Ok(value),
        _ => Err(postcard::Error::DeserializeBadEncoding),
    }
}

/// The stored record: everything that output shows and that is no body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Root folder, canonical and absolute.
    #[serde(with = "path_bytes")]
    pub(crate) root: PathBuf,
    /// Path below the root.
    #[serde(with = "path_bytes")]
    pub(crate) path: PathBuf,
    /// Where the page lies in a container; `None` for a plain file.
    pub(crate) locator: Option<Locator>,
    /// What became of the page.
    pub(crate) outcome: Outcome,
}

/// A path as its bytes.
mod path_bytes {
    use super::*;

    pub(super) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(path.as_os_str().as_bytes())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        let bytes = <&[u8]>::deserialize(from)?;
        Ok(PathBuf::from(OsString::from_vec(bytes.to_owned())))
    }
}

/// A SHA-256 in hex as its 32 bytes.
mod digest_bytes {
    use super::*;

    pub(super) fn serialize<S: Serializer>(hex: &str, to: S) -> Result<S::Ok, S::Error> {
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).map_err(S::Error::custom)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| S::Error::custom("a SHA-256 has 32 bytes"))?;
        bytes.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        Ok(data_encoding::HEXLOWER.encode(&<[u8; 32]>::deserialize(from)?))
    }
}

/// What became of one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// It was read; its body is stored beside the record.
    Page(Box<PageRecord>),
    /// It could not be read, for this reason.
    Failed(String),
    /// It holds many pages, which have documents of their own.
    Container(Box<ContainerRecord>),
}

/// A page that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PageRecord {
    /// The article; its body is taken out and stored by itself.
    pub(crate) article: Article,
    /// What was found in the body. Its mentions are stored by themselves: a list of hits has no use for them.
    pub(crate) annotations: Annotations,
    /// The distinct dates mentioned, sorted, as far as a hit lists them.
    pub(crate) dates: Vec<Interval>,
    /// When the page was fetched.
    pub(crate) captured: Option<Stamp>,
    /// SHA-256 of the page's bytes, in hex.
    #[serde(with = "digest_bytes")]
    pub(crate) sha256: String,
    /// SHA-256 of the body, in hex.
    #[serde(with = "digest_bytes")]
    pub(crate) text_sha256: String,
    /// Words in title and body.
    pub(crate) words: u64,
}

/// Dates a hit lists.
// A chronicle names hundreds; a hit lists what fits a line, the article has all.
const MAX_DATES: usize = 50;

/// The first distinct dates among `mentions`, sorted.
pub(crate) fn dates(mentions: &[Mention]) -> Vec<Interval> {
    let mut dates: Vec<Interval> = mentions
        .iter()
        .filter_map(|mention| match mention.value {
            Value::Date(interval) => Some(interval),
            _ => None,
        })
        .collect();
    dates.sort_unstable_by_key(|date| (date.start, date.end, date.granularity));
    // One day may be written in several ways, and is sorted next to itself.
    dates.dedup();
    dates.truncate(MAX_DATES);
    dates
}

/// The mentions of one body as they are stored: a body has many mentions and few rules.
#[derive(Serialize, Deserialize)]
struct StoredMentions<'b> {
    /// The rules that found them, each once.
    #[serde(borrow)]
    rules: Vec<&'b str>,
    mentions: Vec<StoredMention>,
}

#[derive(Serialize, Deserialize)]
struct StoredMention {
    /// Bytes from where the mention before begins; around the whole range, so that any order can be told.
    gap: u32,
    /// Bytes of its surface.
    length: u32,
    value: Value,
    /// In hundredths.
    confidence: u8,
    /// Place of its rule among the rules.
    rule: u32,
}

/// Mentions as they are stored.
pub(crate) fn write_mentions(mentions: &[Mention]) -> postcard::Result<Vec<u8>> {
    let mut stored = StoredMentions { rules: Vec::new(), mentions: Vec::with_capacity(mentions.len()) };
    let mut before = 0;
    for one in mentions {
        // There are some dozens of rules in all.
        let rule = stored.rules.iter().position(|rule| *rule == one.rule).unwrap_or_else(|| {
            stored.rules.push(&one.rule);
            stored.rules.len() - 1
        });
        stored.mentions.push(StoredMention {
            gap: one.span.start.wrapping_sub(before),
            length: one.span.end.wrapping_sub(one.span.start),
            value: one.value.clone(),
            confidence: (one.confidence * 100.0).round() as u8,
            rule: rule as u32,
        });
        before = one.span.start;
    }
    encode(&stored)
}

/// The mentions that [`write_mentions`] stored.
pub(crate) fn read_mentions(bytes: &[u8]) -> postcard::Result<Vec<Mention>> {
    let StoredMentions { rules, mentions } = decode(bytes)?;
    let mut before: u32 = 0;
    let mention = |stored: StoredMention| {
        let start = before.wrapping_add(stored.gap);
        before = start;
        let rule = rules.get(stored.rule as usize).ok_or(postcard::Error::DeserializeBadEncoding)?;
        Ok(Mention {
            span: Span { start, end: start.wrapping_add(stored.length) },
            value: stored.value,
            confidence: f32::from(stored.confidence) / 100.0,
            rule: (*rule).to_owned(),
        })
    };
    mentions.into_iter().map(mention).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::dates::DateKind;
    use crate::annotate::{Headline, Person, Place};
    use crate::date::Date;
    use crate::extract::{DateOrigin, Dated, Kind};
    use crate::index::digest::hash;
    use crate::input::ContainerEntry;

    #[test]
    fn a_path_that_is_not_utf8_survives() {
        let odd = PathBuf::from(OsString::from_vec(vec![b'a', 0xFF]));
        for path in [PathBuf::from("a.html"), PathBuf::from("şuşa/2020.html"), odd.clone()] {
            let json = serde_json::to_string(&StoredPath::new(&path)).expect("written");
            let read: StoredPath = serde_json::from_str(&json).expect(&json);
            assert_eq!(read.to_path(), path);
            let failed = Record { path, outcome: Outcome::Failed("empty file".to_owned()), ..record() };
            assert_eq!(decode::<Record>(&encode(&failed).expect("written")), Ok(failed));
        }
        assert_eq!(serde_json::to_string(&StoredPath::new(&odd)).expect("written"), r#"{"bytes":"Yf8="}"#);
        assert!(serde_json::from_str::<StoredPath>(r#"{"bytes":"Yf8"}"#).is_err(), "cut off");
    }

    fn day(text: &str) -> Interval {
        Interval::day(text.parse::<Date>().expect("a day"))
    }

    fn place() -> Place {
        Place {
            id: 147_625,
            name: "Laçın".to_owned(),
            country: "AZ".to_owned(),
            ancestors: vec![587_116, 6_255_147],
            lat: 39.6,
            lon: -46.549_12,
            radius_km: 2,
            also: vec!["Lachin".to_owned()],
        }
    }

    /// A record with something in every field.
    fn record() -> Record {
        let stamp = |text| Stamp::parse_iso(text);
        let text = |text: &str| Some(text.to_owned());
        let article = Article {
            title: "Eels are back".to_owned(),
            byline: vec!["Boris Hobbs".to_owned()],
            published: stamp("2021-05-12T08:15+04:00").map(|stamp| Dated { stamp, origin: DateOrigin::JsonLd }),
            modified: stamp("2021-05"),
            dated_ahead: None,
            captured: None,
            section: text("World"),
            tags: vec!["eels".to_owned(), "угри".to_owned()],
            correction: text("There were four hundred."),
            site: text("news.example"),
            url: text("https://news.example/2021/eels"),
            identity: text("news.example/2021/eels"),
            lang: text("en"),
            kind: Kind::Live,
            lead: text("Eels."),
            body: String::new(),
            notes: vec!["a note".to_owned()],
        };
        let annotations = Annotations {
            mentions: Vec::new(),
            places: vec![place(), Place { lat: -0.5, also: Vec::new(), ..place() }],
            people: vec![Person { name: "Anna Rossi".to_owned(), key: "ana rosi".to_owned() }],
            headline: Headline { places: vec![0], people: vec![0] },
        };
        let page = PageRecord {
            article,
            annotations,
            dates: vec![day("1918-11-11"), day("2021-05-10")],
            captured: stamp("2022-01-01T00:00:00Z"),
            sha256: "ab".repeat(32),
            text_sha256: "09".repeat(32),
            words: 412,
        };
        let (root, path) = ("/srv/archive".into(), "2021/eels.html".into());
        let entry = Some(ContainerEntry { name: "archive/data.warc.gz".to_owned(), nth: 1 });
        let locator = Some(Locator { outer: 5_000_000_000, inner: 77, entry });
        Record { root, path, locator, outcome: Outcome::Page(Box::new(page)) }
    }

    fn mentions() -> Vec<Mention> {
        let values = [
            Value::Date(day("2021-05-10")),
            Value::Timex(DateKind::Duration, "P3D".to_owned()),
            Value::Place(1),
            Value::Unplaced,
            Value::Person(300),
            Value::Org,
        ];
        let rules = ["day", "duration", "tagger", "tagger", "tagger", "cue"];
        let mention = |(at, (value, rule)): (u32, (Value, &str))| {
            let span = Span { start: at * 1_000, end: at * 1_000 + 7 };
            Mention { span, value, confidence: at as f32 / 100.0, rule: rule.to_owned() }
        };
        (0..).zip(values.into_iter().zip(rules)).map(mention).collect()
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let bytes = encode(&record()).expect("written");
        assert_eq!(decode::<Record>(&bytes), Ok(record()));
        let mut unordered = mentions();
        unordered.reverse();
        for mentions in [mentions(), unordered, Vec::new()] {
            assert_eq!(read_mentions(&write_mentions(&mentions).expect("written")), Ok(mentions));
        }
        assert_eq!(
            [hash(&[&bytes]), hash(&[&write_mentions(&mentions()).expect("written")])],
            [4_784_118_357_685_616_558, 13_474_591_250_373_940_313],
            "other bytes for the same record: an index that holds the old ones is not read any more, so raise FORMAT"
        );
    }

    #[test]
    fn a_digest_that_is_none_is_not_stored() {
        for sha256 in ["", "ab", &"AB".repeat(32), &"ab".repeat(33)] {
            let mut record = record();
            if let Outcome::Page(page) = &mut record.outcome {
                sha256.clone_into(&mut page.sha256);
            }
            assert!(encode(&record).is_err(), "{sha256}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(cut in 0_usize..400, at in 0_usize..400, byte: u8) {
            for mut bytes in [encode(&record()).expect("written"), write_mentions(&mentions()).expect("written")] {
                let at = at % bytes.len();
                bytes[at] = byte;
                let _ = (decode::<Record>(&bytes), read_mentions(&bytes));
                bytes.truncate(cut);
                let _ = (decode::<Record>(&bytes), read_mentions(&bytes));
            }
        }
    }
}
