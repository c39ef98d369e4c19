//! What annotation returns.

use serde::{Deserialize, Serialize};

use super::dates::DateKind;
use super::gazetteer::{Entry, rounded};
use crate::date::Interval;
use crate::text::Span;

/// All that was found in one body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Mentions in the order of the text; those of one family (dates; names) never overlap.
    pub mentions: Vec<Mention>,
    /// Distinct places that mentions resolve to, in the order of first mention.
    pub places: Vec<Place>,
    /// Distinct people, in the order of first mention.
    pub people: Vec<Person>,
    /// Which of them the headline names.
    pub(crate) headline: Headline,
}

/// What of a body's places and people its headline names too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Headline {
    /// Indices into [`Annotations::places`], sorted, each once.
    pub(crate) places: Vec<u32>,
    /// Indices into [`Annotations::people`], sorted, each once.
    pub(crate) people: Vec<u32>,
}

/// One stretch of the body that names something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Bytes of the body; `body[span]` is the surface.
    pub span: Span,
    /// What it names.
    pub value: Value,
    /// From 0 to 1, rounded to hundredths: how sure the rule is.
    pub confidence: f32,
    /// The rule that found it, for `--explain`.
    pub rule: String,
}

impl Mention {
    /// A mention that `rule` is as sure of as `confidence` says.
    pub(super) fn new(span: Span, value: Value, confidence: f32, rule: &str) -> Mention {
        // More digits would say what nobody has measured, and differ from machine to machine.
        Mention { span, value, confidence: (confidence * 100.0).round() / 100.0, rule: rule.to_owned() }
    }
}

/// What a mention names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A date, resolved to days.
    Date(Interval),
    /// A time expression that stands for no days: a duration, a set, a time of a day that is not known, a date that
    /// nothing completes; in TIMEX3 notation.
    Timex(DateKind, String),
    /// An index into [`Annotations::places`].
    Place(u32),
    /// A place name without a resolution: no entry in the gazetteer, or several with nothing to choose between them.
    Unplaced,
    /// An index into [`Annotations::people`].
    Person(u32),
    /// An organisation.
    Org,
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// GeoNames id; ids from 2^31 belong to the supplement.
    pub id: u32,
    /// Its main name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of its country; empty where it has none.
    pub country: String,
    /// Ids of the places that contain it, nearest first.
    pub ancestors: Vec<u32>,
    /// Degrees north, rounded to five decimals: about a metre.
    #[serde(with = "degrees")]
    pub lat: f64,
    /// Degrees east, rounded likewise.
    #[serde(with = "degrees")]
    pub lon: f64,
    /// Half the greatest extent of an area in kilometres; 0 for points.
    pub radius_km: u32,
    /// Names of a place of the user's, and of those that contain it: the gazetteer does not lead from them to it.
    #[serde(default)]
    pub also: Vec<String>,
}

/// How serde writes degrees: as they are where a person may read it, in units of the fifth decimal in what is stored.
mod degrees {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    const UNITS: f64 = 1e5;

    pub(super) fn serialize<S: Serializer>(degrees: &f64, to: S) -> Result<S::Ok, S::Error> {
        // 180 degrees are far fewer units than an i32 holds.
        if to.is_human_readable() { degrees.serialize(to) } else { ((degrees * UNITS).round() as i32).serialize(to) }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        if from.is_human_readable() {
            return f64::deserialize(from);
        }
        Ok(f64::from(i32::deserialize(from)?) / UNITS)
    }
}

impl Place {
    /// The place of an entry of the gazetteer.
    pub(crate) fn from_entry(entry: Entry) -> Place {
        Place {
            id: entry.record.id,
            name: entry.name().to_owned(),
            country: entry.country().to_owned(),
            ancestors: entry.ancestors().map(|outer| outer.record.id).collect(),
            lat: rounded(entry.record.lat),
            lon: rounded(entry.record.lon),
            radius_km: entry.record.radius_km,
            also: Vec::new(),
        }
    }
}

/// One person of the text: all mentions joined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The fullest and most frequent form, without honorifics.
    pub name: String,
    /// Key for comparing people across articles: the name's parts folded across spellings and scripts, in order.
    pub key: String,
}
