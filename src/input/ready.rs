//! Ready articles: what systems of newsrooms and collectors hand on in place of pages.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::saved;
use crate::date::Stamp;

/// An article whose parts are known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ready {
    /// May hold markup.
    pub(crate) title: String,
    /// Lines that name the authors.
    pub(crate) byline: Vec<String>,
    /// In ISO 8601, as are all its times.
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) lead: Option<String>,
    pub(crate) body: Body,
    /// The text is a teaser.
    pub(crate) stub: bool,
}

/// The text of a ready article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Body {
    /// Paragraphs with an empty line between them, or with a line each.
    Text(String),
    Html(String),
}

impl Default for Body {
    fn default() -> Body {
        Body::Text(String::new())
    }
}

impl Body {
    /// What `text` is, by whether it has tags that end paragraphs or lines.
    pub(crate) fn of(text: String) -> Body {
        let start = &text[..text.floor_char_boundary(4096)];
        let has = |tag: &str| start.contains(tag);
        let is_html = has("</p>") || has("<p>") || has("<br") || has("</div>") || has("<P>");
        if is_html { Body::Html(text) } else { Body::Text(text) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Body::Text(text) | Body::Html(text) => text.trim().is_empty(),
        }
    }
}

/// The parts of an article that fields are read for.
const PARTS: [&str; 10] = ["title", "text", "html", "date", "modified", "url", "author", "lang", "section", "tags"];

/// Names of fields as common tools write them, by part, the surest first.
const USUAL: [(&str, &[&str]); 10] = [
    ("title", &["title", "headline", "name"]),
    (
        "text",
        &["text", "body", "content", "article", "maintext", "fulltext", "body_text", "content_text", "articleBody"],
    ),
    ("html", &["html", "content_html", "body_html", "body_xhtml"]),
    (
        "date",
        &[
            "date",
            "published",
            "date_publish",
            "publish_date",
            "published_at",
            "pubDate",
            "datePublished",
            "date_published",
            "firstcreated",
            "versioncreated",
        ],
    ),
    ("modified", &["modified", "date_modify", "dateModified", "date_modified", "updated"]),
    ("url", &["url", "link", "canonical", "canonical_link", "uri"]),
    ("author", &["author", "authors", "byline", "creator"]),
    ("lang", &["lang", "language"]),
    ("section", &["section", "category"]),
    ("tags", &["tags", "keywords"]),
];

/// Which field of a file of ready articles is which part of an article. Names are compared without regard to case.
#[derive(Clone, Debug)]
pub struct Fields {
    /// What was said, which is tried before the usual names.
    named: Arc<Vec<(String, String)>>,
    /// What has no text is an article too: for who looks for one that was found before.
    any: bool,
}

impl Fields {
    /// The names that common tools use.
    pub fn usual() -> Fields {
        Fields { named: Arc::new(Vec::new()), any: false }
    }

    pub(super) fn any() -> Fields {
        Fields { any: true, ..Fields::usual() }
    }

    /// True where something was said.
    pub fn is_named(&self) -> bool {
        !self.named.is_empty()
    }

    /// Reads `title=headline,text=body.paragraphs`; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Fields, String> {
        let mut named = Vec::new();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (part, field) = pair.split_once('=').ok_or(format!("`{pair}` is not PART=FIELD"))?;
            if !PARTS.contains(&part) {
                return Err(format!("`{part}` is no part of an article; the parts are {}", PARTS.join(", ")));
            }
            named.push((part.to_owned(), field.trim().to_owned()));
        }
        Ok(Fields { named: Arc::new(named), any: false })
    }

    /// The fields for `part`, in the order in which they are tried.
    fn of(&self, part: &'static str) -> impl Iterator<Item = &str> {
        let usual = USUAL.iter().filter(move |(known, _)| *known == part).flat_map(|(_, names)| names.iter().copied());
        self.named.iter().filter(move |(known, _)| known == part).map(|(_, field)| field.as_str()).chain(usual)
    }

    /// What `get` gives first for a field of `part`.
    fn first<T>(&self, part: &'static str, get: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.of(part).find_map(get)
    }

    /// Whether a table with this head holds articles.
    pub(super) fn fit(&self, head: &[String]) -> bool {
        let has = |part| self.of(part).any(|field| head.iter().any(|name| name.eq_ignore_ascii_case(field)));
        self.any || ((has("text") || has("html")) && (has("title") || self.is_named()))
    }

    /// The article of which `get` gives the parts by the names of fields; `None` where it has no text.
    pub(super) fn article(&self, get: impl Fn(&str) -> Option<Part>) -> Option<Ready> {
        let text = |part| {
            self.first(part, |field| get(field).map(|part| part.joined("\n\n")).filter(|text| !text.trim().is_empty()))
        };
        let line = |part| text(part).map(|text| text.trim().to_owned());
        let list = |part| self.first(part, |field| get(field).map(Part::into_list)).unwrap_or_default();
        let date = |part| self.first(part, |field| date_of(&get(field)?.joined(" ")));
        let body = match text("html") {
            Some(html) => Body::Html(html),
            None => text("text").map(Body::of).unwrap_or_default(),
        };
        let url = self.first("url", |field| web_address(&get(field)?.joined("")));
        let ready = Ready {
            title: line("title").unwrap_or_default(),
            byline: list("author"),
            published: date("date"),
            modified: date("modified"),
            url,
            lang: line("lang"),
            section: line("section"),
            tags: list("tags"),
            lead: None,
            body,
            stub: false,
        };
        (self.any || !ready.body.is_empty()).then_some(ready)
    }

    /// The article that `value` is.
    pub(super) fn of_json(&self, value: &Value) -> Option<Ready> {
        let mut ready = self.article(|field| Part::of_json(down(value, field)?))?;
        if ready.body.is_empty() {
            ready.body = bodies(value).unwrap_or_default();
        }
        Some(ready)
    }

    /// As [`Fields::of_json`], also of what has its text in a list, as ninjs of the third version.
    pub(super) fn of_item(&self, value: &Value) -> Option<Ready> {
        self.of_json(value).or_else(|| {
            let body = bodies(value)?;
            let headline = value["headlines"][0]["value"].as_str().unwrap_or_default().to_owned();
            let mut ready = Fields { any: true, ..self.clone() }.of_json(value)?;
            if ready.title.is_empty() {
                ready.title = headline;
            }
            Some(Ready { body, ..ready })
        })
    }
}

/// The main one of several bodies.
fn bodies(value: &Value) -> Option<Body> {
    let list = value.get("bodies")?.as_array()?;
    let main = list.iter().find(|body| body["role"] == "main").or(list.first())?;
    Some(Body::of(main.get("value")?.as_str()?.to_owned())).filter(|body| !body.is_empty())
}

/// The value at the end of `path`, whose steps are parted by dots.
fn down<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let step = |value: &'v Value, name: &str| {
        let object = value.as_object()?;
        object
            .get(name)
            .or_else(|| object.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    };
    // A name may hold a dot itself.
    step(value, path).or_else(|| path.split('.').try_fold(value, step))
}

/// What a field holds.
pub(super) enum Part {
    One(String),
    Many(Vec<String>),
}

impl Part {
    fn of_json(value: &Value) -> Option<Part> {
        let one = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            // A person, a paragraph.
            Value::Object(object) => {
                ["name", "value", "text"].iter().find_map(|key| Some(object.get(*key)?.as_str()?.to_owned()))
            }
            _ => None,
        };
        match value {
            Value::Array(values) => Some(Part::Many(values.iter().filter_map(one).collect())),
            value => one(value).map(Part::One),
        }
    }

    fn joined(self, by: &str) -> String {
        match self {
            Part::One(text) => text,
            Part::Many(texts) => texts.join(by),
        }
    }

    fn into_list(self) -> Vec<String> {
        let list = match self {
            Part::One(text) => vec![text],
            Part::Many(texts) => texts,
        };
        list.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    }
}

pub(super) fn web_address(text: &str) -> Option<String> {
    saved::unwrapped(text.trim(), None).0
}

/// A time in ISO 8601, in that of mail, or in seconds or thousandths since 1970; in ISO 8601.
pub(super) fn date_of(text: &str) -> Option<String> {
    let text = text.trim();
    // Eight digits are a day.
    if (9..=13).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        // Seconds have ten digits until the year 2286.
        let seconds = if text.len() > 11 { number / 1000 } else { number };
        let zoned = jiff::Timestamp::from_second(seconds).ok()?;
        return Some(Stamp::parse_iso(&zoned.to_string())?.to_string());
    }
    saved::moment(text).map(|stamp| stamp.to_string())
}

/// True where a file that begins with `head` holds ready articles, by names that common tools use.
pub(super) fn begins_like_articles(head: &[u8]) -> bool {
    let plain = plain(head);
    match plain.as_bytes().first() {
        Some(b'<') => is_news_root(root(&plain)),
        Some(b'{' | b'[') => {
            let has = |part| Fields::usual().of(part).any(|field| plain.contains(&format!("\"{field}\"")));
            let many = plain.contains("\"bodies\"") && plain.contains("\"headlines\"");
            (has("title") && (has("text") || has("html"))) || many
        }
        Some(_) => heads_table(head, &Fields::usual()),
        None => false,
    }
}

/// The text at the beginning of a file. UTF-16 is ASCII with zero bytes between, as far as names go.
fn plain(head: &[u8]) -> String {
    let plain: Vec<u8> = head.iter().filter(|byte| **byte != 0).copied().collect();
    let marks = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"];
    let plain = marks.iter().fold(&plain[..], |bytes, mark| bytes.strip_prefix(*mark).unwrap_or(bytes));
    String::from_utf8_lossy(plain.trim_ascii_start()).into_owned()
}

/// True where a file that begins with `head` is a feed, or news in XML.
pub(super) fn is_news(head: &[u8]) -> bool {
    let plain = plain(head);
    plain.starts_with('<') && is_news_root(root(&plain))
}

/// True where a file that begins with `head` is a table whose columns `fields` know.
pub(super) fn heads_table(head: &[u8], fields: &Fields) -> bool {
    let plain = plain(head);
    let line = plain.lines().next().unwrap_or_default();
    [',', ';', '\t', '|'].iter().any(|mark| {
        let head: Vec<String> = line.split(*mark).map(|name| name.trim().trim_matches('"').to_owned()).collect();
        head.len() > 1 && !fields.any && fields.fit(&head)
    })
}

/// The name of the first element of `text`, without its prefix.
pub(super) fn root(text: &str) -> &str {
    let mut rest = text;
    loop {
        let Some(at) = rest.find('<') else { return "" };
        rest = &rest[at + 1..];
        let end = match rest.as_bytes().first() {
            Some(b'?') => "?>",
            Some(b'!') if rest.starts_with("!--") => "-->",
            Some(b'!') => ">",
            _ => {
                let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
                return name.rsplit(':').next().unwrap_or_default();
            }
        };
        let Some(at) = rest.find(end) else { return "" };
        rest = &rest[at + end.len()..];
    }
}

fn is_news_root(name: &str) -> bool {
    matches!(name, "rss" | "feed" | "RDF" | "nitf" | "newsMessage" | "newsItem" | "NewsML" | "NewsItem")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_written() {
        for (text, expected) in [
            ("2021-06-05T04:03:02+02:00", Some("2021-06-05T04:03:02+02:00")),
            ("Sat, 05 Jun 2021 04:03:02 GMT", Some("2021-06-05T04:03:02Z")),
            ("1622865782", Some("2021-06-05T04:03:02Z")),
            ("1622865782000", Some("2021-06-05T04:03:02Z")),
            ("20210605", Some("2021-06-05")),
            ("yesterday", None),
        ] {
            assert_eq!(date_of(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn fields_are_found_by_name() {
        let read = |fields: &Fields, json: &str| {
            fields.of_item(&serde_json::from_str(json).unwrap()).map(|ready| match ready.body {
                Body::Text(text) => format!("{}: {text} {}", ready.title, ready.byline.join("+")),
                Body::Html(html) => format!("{}: html {html} {}", ready.title, ready.byline.join("+")),
            })
        };
        let usual = Fields::usual();
        let named = Fields::parse("title=head.line, text=body.parts").unwrap();
        for (fields, json, expected) in [
            (&usual, r#"{"Title":"Eels","TEXT":"They came."}"#, Some("Eels: They came. ")),
            (
                &usual,
                r#"{"title":"Eels","text":"","content":"<p>They came.</p>"}"#,
                Some("Eels: html <p>They came.</p> "),
            ),
            (
                &usual,
                r#"{"headline":"Eels","body_html":"They","body_text":"came","authors":[{"name":"Ada"},"Bo"]}"#,
                Some("Eels: html They Ada+Bo"),
            ),
            (
                &usual,
                r#"{"uri":"u","headlines":[{"value":"Eels"}],"bodies":[{"role":"x","value":"no"},{"role":"main","value":"They"}]}"#,
                Some("Eels: They "),
            ),
            (&usual, r#"{"title":"Eels"}"#, None),
            (&usual, r#"["title"]"#, None),
            (
                &named,
                r#"{"head":{"line":"Eels"},"title":"No","body":{"parts":["They","came"]}}"#,
                Some("Eels: They\n\ncame "),
            ),
        ] {
            assert_eq!(read(fields, json).as_deref(), expected, "{json}");
        }
        assert!(Fields::parse("headline=title").is_err() && Fields::parse("title").is_err());
    }

    #[test]
    fn ready_articles_are_known_by_how_they_begin() {
        for (head, expected) in [
            ("{\"title\": \"Eels\", \"text\": \"They came", true),
            ("[{\"text\": \"They\", \"headline\": 1", true),
            ("{\"name\": \"package\", \"version\": 1}", false),
            ("url,date,title,text\nhttps", true),
            ("\u{feff}Title;Text;Date\r\n", true),
            ("id,name,price\n", false),
            ("A title, a text and more of it", false),
            ("<?xml version='1.0'?><!-- a --><rss version='2.0'>", true),
            ("<rdf:RDF xmlns='x'>", true),
            ("<urlset xmlns='x'><title>text</title>", false),
            ("", false),
        ] {
            assert_eq!(begins_like_articles(head.as_bytes()), expected, "{head}");
        }
    }
}
