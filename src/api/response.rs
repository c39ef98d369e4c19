//! What is answered.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::Capture;

/// Why an article has its score: one part of the query, or one rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// The part as the index has it (`medal`, `"for the liberation"`), or `exact title`, `kind`, `recency` or `feedback`.
    pub part: String,
    /// Occurrences in the title, in the form typed.
    pub title: u64,
    /// Occurrences in the body, in the form typed.
    pub body: u64,
    /// Occurrences in other forms, in both.
    pub forms: u64,
    /// These forms and other spellings as title and body print them, each once, the first eight; lists alone know them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<String>,
    /// Weight of the part: rarity, repeats in the query, names; 0 for a rule. Rounded to four decimals.
    pub weight: f64,
    /// What it adds to the score, or takes from it. Rounded to four decimals.
    pub score: f64,
}

/// One value and its articles. Its JSON form is the contract of `search facets --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacetValue {
    /// A name, a day, a site, a code, a year, a kind.
    pub value: String,
    /// Articles that match and that `filter` finds.
    pub articles: u64,
    /// The part of a query that finds them.
    pub filter: String,
    /// Gazetteer id of a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// ISO 3166-1 alpha-2 code of the country of a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Degrees north of a place, rounded to five decimals: about a metre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east of a place, rounded likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Half the greatest extent of an area in kilometres; 0 for points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius_km: Option<u32>,
    /// The names of a person that were joined, those of most articles first; one for who goes by one, none for what is
    /// nobody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<NameForm>,
}

/// A name by which articles call a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameForm {
    /// As most articles print it.
    pub name: String,
    /// Articles whose fullest name for the person this is.
    pub articles: u64,
    /// Why it is taken for the person's.
    pub why: Joined,
}

/// Why a name is taken for that of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Joined {
    /// It is the name that is shown.
    Name,
    /// It has a title or role before it.
    Title,
    /// It has a middle name, and no other one stands between given name and surname.
    Middle,
    /// It is the surname, which hardly anybody else of the match bears.
    Surname,
}

impl Joined {
    /// As JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Joined::Name => "name",
            Joined::Title => "title",
            Joined::Middle => "middle",
            Joined::Surname => "surname",
        }
    }
}

impl FacetValue {
    /// A value that is no place.
    pub fn new(value: impl Into<String>, articles: u64, filter: String) -> FacetValue {
        FacetValue {
            value: value.into(),
            articles,
            filter,
            id: None,
            country: None,
            lat: None,
            lon: None,
            radius_km: None,
            forms: Vec::new(),
        }
    }
}

/// One article in a list. Its JSON form is the contract of `search query --json`.
///
/// Absent is null, lists are never absent, offsets are bytes into the stored body. The version of the contract is no
/// part of a hit; whoever writes one puts it first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// 16 hex digits.
    pub id: String,
    /// From 1.
    pub rank: u64,
    /// Rounded to four decimals.
    pub score: f64,
    /// Words of the query that the article lacks; empty for a full match.
    pub missing: Vec<String>,
    /// False where it holds some word of the query in other forms or spellings only, not as it was typed; null outside
    /// of a list.
    pub as_typed: Option<bool>,
    /// Spellings of names in the query, other than those typed, that its text has: as printed, in its order, each once.
    /// Known only where snippets were asked for.
    pub spellings: Vec<String>,
    /// Headline; null where the page has none.
    pub title: Option<String>,
    /// ISO 8601 date or date-time with the zone as written.
    pub date: Option<String>,
    /// Where the date was found: `json-ld`, `meta`, `time`, `text`, `url`.
    pub date_origin: Option<String>,
    /// `year`, `month`, `day`, `minute` or `second`.
    pub date_precision: Option<String>,
    /// Host without `www.`, or the site's name.
    pub site: Option<String>,
    /// ISO 639-1.
    pub lang: Option<String>,
    /// Authors in the order of the page.
    pub byline: Vec<String>,
    /// `article`, `live`, `stub`, `index`, `wall` or `other`.
    pub kind: String,
    /// Words in title and body.
    pub words: u64,
    /// Names of the people mentioned, in the order of first mention.
    pub people: Vec<String>,
    /// Places mentioned, in the order of first mention.
    pub places: Vec<PlaceRef>,
    /// Distinct dates mentioned, ISO 8601, sorted, the first 50.
    pub dates: Vec<String>,
    /// The best sentences.
    pub snippets: Vec<Snippet>,
    /// The story that it tells with other articles; null where it stands alone or stories are not grouped.
    pub story: Option<Story>,
    /// Address of the page.
    pub url: Option<String>,
    /// Root folder of the archive.
    #[serde(flatten)]
    pub file: Page,
    /// When the page was fetched, ISO 8601.
    pub captured: Option<String>,
    /// SHA-256 of the page's bytes, after decompression.
    pub sha256: String,
    /// SHA-256 of the stored body.
    pub text_sha256: String,
    /// What goes on behind it: see [`super::Cursor`]; none outside of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Why it has its score, in query order; only where it was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Why>,
}

/// What is known of the articles that tell one story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// Articles that tell it, in the whole archive.
    pub articles: u64,
    /// Those of them that match the query.
    pub matching: u64,
    /// The one that was published first. Where none has a date, the one that the archive names first.
    pub first: Teller,
    /// The others, or all where the story was asked for; earliest first, undated ones last. Only where they were asked
    /// for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Teller>,
}

/// One article of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Teller {
    /// 16 hex digits.
    pub id: String,
    /// Of the words of the longer text those in sentences that it shares with the hit, in percent; 100 only for equal
    /// texts.
    pub same: u32,
    /// ISO 8601 date or date-time with the zone as written.
    pub date: Option<String>,
    /// Host without `www.`, or the site's name.
    pub site: Option<String>,
    /// Headline; null where the page has none.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Where it lies.
    #[serde(flatten)]
    pub file: Page,
}

/// Where a page lies. A path that is not UTF-8 has `path` null and its bytes in base64 in `path_bytes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Root folder, absolute; empty where it is not said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub root: String,
    /// Path below the root.
    pub path: Option<String>,
    /// The path's bytes in base64, only where it is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<String>,
    /// Where it lies in that file, only where the file holds many pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordPlace>,
    /// Folder of the index that it is of, only where several are asked at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// The file to open.
    #[serde(skip)]
    pub file: PathBuf,
}

/// Where a page lies in a file of many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordPlace {
    /// Where its record begins, in bytes of the file; where records are packed together, where what is packed begins.
    pub offset: u64,
    /// Bytes before it in what is unpacked there, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside: Option<u64>,
    /// The entry of a zip or tar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Which of the entries of this name it is, from 0, where it is not the first.
    #[serde(skip_serializing_if = "is_first")]
    pub nth: u32,
}

fn is_first(nth: &u32) -> bool {
    *nth == 0
}

/// A place as output names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceRef {
    /// Gazetteer id.
    pub id: u32,
    /// Main name.
    pub name: String,
    /// ISO 3166-1 alpha-2; null where it lies in no country or in several.
    pub country: Option<String>,
}

/// Whole sentences of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// First byte in the stored body.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The text from `start` to `end`.
    pub text: String,
    /// What matched, as `[start, end]` in the stored body; sorted, not overlapping.
    pub marks: Vec<[u32; 2]>,
}

/// One whole article. Its JSON form is the contract of `search show --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleView {
    /// Version of the contract.
    pub v: u32,
    /// The article as a hit, with rank 0, score 0 and no snippets.
    #[serde(flatten)]
    pub hit: Hit,
    /// When it was last changed, ISO 8601.
    pub modified: Option<String>,
    /// Section, as the page names it.
    pub section: Option<String>,
    /// Key words that the page gives the article.
    pub tags: Vec<String>,
    /// The note in which the outlet says what was wrong in it.
    pub correction: Option<String>,
    /// Summary.
    pub lead: Option<String>,
    /// The stored body.
    pub body: String,
    /// Everything found in the body, in its order.
    pub mentions: Vec<MentionView>,
    /// What was odd about the page.
    pub notes: Vec<String>,
    /// Other captures of the same article, newest first.
    pub captures: Vec<Capture>,
}

/// One mention as output shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MentionView {
    /// First byte in the stored body.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// `date`, `time`, `duration`, `set`, `place`, `person` or `org`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
    /// What it stands for: an ISO date, the place's or the person's main name; null where it is not resolved.
    pub value: Option<String>,
    /// Gazetteer id of a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// Degrees north of a place, rounded to five decimals: about a metre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east of a place, rounded likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Half the greatest extent of an area in kilometres; 0 for points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius_km: Option<u32>,
    /// The rule that found it.
    pub rule: String,
    /// From 0 to 1.
    pub confidence: f32,
}

/// What is in an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Version of the contract.
    pub v: u32,
    /// The folder of the index; empty where it is not said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub index: String,
    /// Format of the index.
    pub format: u32,
    /// Number of the last commit.
    pub revision: u64,
    /// Root folders and files; none where they are not said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<String>,
    /// Pages that did not fail.
    pub pages: u64,
    /// Articles a query can find: pages without superseded captures.
    pub articles: u64,
    /// Captures that a newer one supersedes.
    pub superseded: u64,
    /// Stories that the articles tell: those that stand alone, and groups of copies.
    pub stories: u64,
    /// Pages by kind.
    pub kinds: BTreeMap<String, u64>,
    /// Pages by language; `""` counts those without one.
    pub languages: BTreeMap<String, u64>,
    /// Pages by year of publication.
    pub years: BTreeMap<i16, u64>,
    /// Pages without a date.
    pub undated: u64,
    /// Files that hold many pages.
    #[serde(skip_serializing_if = "is_zero")]
    pub containers: u64,
    /// Records in them that are no pages, by reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub skipped: BTreeMap<String, u64>,
    /// Pages that failed, with reasons, sorted by path.
    pub failed: Vec<Failed>,
    /// Bytes of the index folder.
    pub bytes: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// A page that failed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Failed {
    /// The file, escaped where it is not UTF-8; empty where it is not said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Why.
    pub reason: String,
}

/// One page as extracted. Absent is null, lists are never absent.
#[derive(Clone, Debug, Serialize)]
pub struct ExtractRow {
    /// Version of the contract.
    pub v: u32,
    /// The file as named, `-` for standard input; null where it is not UTF-8.
    pub path: Option<String>,
    /// The path's bytes in base64, only where it is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Headline; null where there is none.
    pub title: Option<String>,
    /// Authors.
    pub byline: Vec<String>,
    /// ISO 8601, as precise as the page.
    pub published: Option<String>,
    /// Where it was found.
    pub published_origin: Option<String>,
    /// `year`, `month`, `day`, `minute` or `second`.
    pub published_precision: Option<String>,
    /// ISO 8601.
    pub modified: Option<String>,
    /// Host without `www.`, or the site's name.
    pub site: Option<String>,
    /// Section, as the page names it.
    pub section: Option<String>,
    /// Key words that the page gives the article.
    pub tags: Vec<String>,
    /// The note in which the outlet says what was wrong in the article.
    pub correction: Option<String>,
    /// ISO 639-1.
    pub lang: Option<String>,
    /// `article`, `live`, `stub`, `index`, `wall` or `other`.
    pub kind: String,
    /// Summary.
    pub lead: Option<String>,
    /// The article's text, paragraphs separated by a blank line.
    pub body: String,
    /// Character encoding of the page.
    pub encoding: String,
    /// What was odd.
    pub notes: Vec<String>,
}
